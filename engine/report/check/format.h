/* Invariant: what a report holds depends on nothing but the entries that submissions gave it, in order, and the sums at
 * the end. An entry knows nothing of those before it, so it can be made in another process: one process or many, the
 * report is the same, byte for byte. */
#ifndef PV_REPORT_FORMAT_H
#define PV_REPORT_FORMAT_H

#include "base/buf.h"
#include "report/verdicts/report.h"
#include "report/write/json.h"

/* The formats that --format takes, the default first. One more is a file that defines pv_NAME_format, and a row. */
#define PV_FORMATS(ROW)                                                                                                \
    ROW(terminal)                                                                                                      \
    ROW(json)                                                                                                          \
    ROW(sarif)                                                                                                         \
    ROW(junit)                                                                                                         \
    ROW(tap)                                                                                                           \
    ROW(github)                                                                                                        \
    ROW(gitlab)                                                                                                        \
    ROW(markdown)

/* ---- what a format is ---- */

typedef enum pv_joining {
    PV_JOIN_AT_ONCE, /* goes out as it comes, so that memory stays flat */
    PV_JOIN_AT_END,  /* kept for the foot to write */
    PV_JOIN_EQUALS,  /* likewise, but one that equals an earlier one is that one */
} pv_joining;

/* A named list of entries. Entries are whole pieces of the report; their order is that of the submissions. */
typedef struct pv_report_section {
    const char *name;
    pv_joining joining;
    const char *before;  /* AT_ONCE: what stands before the first entry, NULL for nothing */
    const char *between; /* AT_ONCE: what stands between two */
    size_t most;         /* so many entries are taken, and the rest is only counted; 0: all are */
} pv_report_section;

/* What a report is made for; borrowed, and outlives it. */
typedef struct pv_report_setup {
    pv_memory *memory;
    pv_report_style style;
    const pv_report_context *context;
    pv_buf *out;     /* what the report is written to; whoever owns it may empty it in between */
    pv_buf *shipped; /* where entries go, to be joined in another process; NULL: they are joined here */
    size_t filled;   /* bytes that stand already where the report goes */
    /* Takes what is in out, and then a large entry, to where the report goes, so that it is not copied to out first.
     * NULL: it is. */
    bool (*pass_on)(void *payload, pv_str entry, pv_error *error);
    void *payload;
} pv_report_setup;

/* One report of a run. */
typedef struct pv_report {
    const struct pv_format *format;
    pv_report_setup setup;
    void *state;              /* of the format: state_size bytes, zeroed at first */
    pv_arena *arena;          /* of the run */
    pv_arena *scratch;        /* of the submission at hand */
    pv_buf text;              /* to make entries in; empty when a submission or the foot begins */
    bool failed;              /* memory was refused */
    pv_error problem;         /* in joining; the code PV_OK: none */
    struct pv_joined *joined; /* for each section */
} pv_report;

/* All functions but submission may be NULL; refused memory leaves report->failed, or setup.out failed. */
typedef struct pv_format {
    const char *help;      /* one line: what it is for */
    bool wants_hash;       /* of each input */
    bool reports_baseline; /* what became of it, which is no verdict */
    bool per_submission;   /* written submission by submission: someone may be watching */
    const pv_report_section *sections;
    size_t section_count;
    size_t state_size;
    bool (*init)(pv_report *report, pv_error *error); /* of the state, in every process */
    void (*clear)(pv_report *report);                 /* of the state; also after init failed */
    void (*head)(pv_report *report);
    /* Adds entries: pv_entry_add. Must not write to setup.out. */
    void (*submission)(pv_report *report, const pv_report_input *input);
    /* Where an entry is joined, before it goes to out: may write there what could not be known where it was made (its
     * number), or leave it out (false). */
    bool (*admit)(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out);
    /* faults: those that belong to no submission. */
    void (*foot)(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count);
} pv_format;

#define PV_FORMAT_DECLARED(name) extern const pv_format pv_##name##_format;
PV_FORMATS(PV_FORMAT_DECLARED)
/* The Markdown at the length that a step summary of GitHub may have. */
extern const pv_format pv_step_summary_format;

/* ---- for formats ---- */

/* Adds an entry to a section. number: what admit needs to know of it. */
void pv_entry_add(pv_report *report, size_t section, uint64_t number, pv_str entry);
/* The same of report->text, which is empty afterwards. */
void pv_entry_add_text(pv_report *report, size_t section, uint64_t number);
/* The same of a JSON value, without the line break before it. */
void pv_entry_add_row(pv_report *report, size_t section);

/* Entries joined so far, and those that there was no room for. */
size_t pv_entry_count(const pv_report *report, size_t section);
size_t pv_entry_left_out(const pv_report *report, size_t section);
/* One of a section that is not written at once; borrowed until the next is added. */
pv_str pv_entry_at(const pv_report *report, size_t section, size_t index);
/* The first `most` of them, one after another. */
void pv_entry_write(pv_report *report, size_t section, size_t most);
/* All of them, each on a line of its own, into the array begun in json. */
void pv_entry_write_rows(pv_json *json, const pv_report *report, size_t section);
/* The same as a member of the object begun in json, called as the section is. */
void pv_entry_write_member(pv_json *json, const pv_report *report, size_t section);
/* In admit: where the entry that the submission at hand added as its number-th to a section without equals stands in
 * that. */
size_t pv_entry_index(pv_report *report, size_t section, uint64_t number);

/* ---- for those who want a report ---- */

/* What --format takes, NULL at the end, and the format of one of these names. */
extern const char *const pv_format_names[];
const pv_format *pv_format_named(const char *name);
/* "  NAME  what it is for" for each. */
void pv_format_write_help(pv_buf *out);

/* A report with its head. Yours: pv_report_free. */
bool pv_report_new(pv_report **out, const pv_format *format, const pv_report_setup *setup,
                   pv_error *error) PV_MUST_CHECK;
void pv_report_free(pv_report *report); /* NULL is allowed */
bool pv_report_submission(pv_report *report, const pv_report_input *input, pv_error *error) PV_MUST_CHECK;
/* Joins what was shipped of any number of submissions. */
bool pv_report_join(pv_report *report, pv_str shipped, pv_error *error) PV_MUST_CHECK;
/* faults: those that belong to no submission. */
bool pv_report_end(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count,
                   pv_error *error) PV_MUST_CHECK;

#endif
