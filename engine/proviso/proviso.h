/* proviso.h: checks filings against the conditions of their form, and says of each whether it is met, where, and how
 * that was worked out. The public interface; docs/embedding.md has a complete program.
 *
 * Invariant: this header needs no other of proviso. Nothing here reads a file, the environment, a clock (but as a
 * backstop against rules that run too long) or a terminal: bytes come from you and from the callbacks you give, and the
 * same bytes give the same verdicts.
 *
 * Ownership. What a function ending in _new, or one with a pointer to a pointer `out` that is not const, gives is
 * yours: free it with the _free of its type (NULL is allowed), before the engine it came from. Packs and rules are the
 * engine's. Every text, array and pointer in a struct that is filled for you is borrowed from the object it was asked
 * of and lives as long as that. What you pass in is needed only during the call, callbacks' payloads included.
 *
 * Errors. A function that returns bool gives false exactly when it failed; it has then filled *error, unless error is
 * NULL, and left *out alone. A faulty rule is no error: its verdict is PROVISO_STATE_NOT_CHECKED, and a fault of the
 * result says why.
 *
 * Threads. An engine, and all that came from it, belongs to one thread at a time. Different engines share nothing and
 * may be used by different threads at once. Functions without an object may be called from any thread.
 *
 * Growth. Structs with a first member struct_size may get members at their end in later versions: set it to the sizeof
 * the struct you compiled with, and zero the rest (PROVISO_ZERO); zero always means the default. The other structs stay
 * as they are. Enumerations may get values: treat one that you do not know as you would an unknown kind of problem. */
#ifndef PROVISO_H
#define PROVISO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROVISO_VERSION_MAJOR 0
#define PROVISO_VERSION_MINOR 1
#define PROVISO_VERSION_PATCH 0
#define PROVISO_VERSION "0.1.0"
/* As proviso_version_number counts: while the major version is 0, the minor one changes when programs must be compiled
 * anew. */
#define PROVISO_VERSION_NUMBER                                                                                         \
    (PROVISO_VERSION_MAJOR * 1000000u + PROVISO_VERSION_MINOR * 1000u + PROVISO_VERSION_PATCH)

#if defined(PROVISO_API) /* as you say */
#elif defined(__GNUC__)
#define PROVISO_API __attribute__((visibility("default")))
#else
#define PROVISO_API
#endif

/* Initializes any struct of this header: proviso_error error = PROVISO_ZERO; */
#ifdef __cplusplus
#define PROVISO_ZERO                                                                                                   \
    {}
extern "C" {
#else
#define PROVISO_ZERO                                                                                                   \
    { 0 }
#endif

/* Of the library that is linked: PROVISO_VERSION_NUMBER and PROVISO_VERSION as it was compiled. */
PROVISO_API uint32_t proviso_version_number(void);
PROVISO_API const char *proviso_version(void);
/* NULL, or why regular expressions are interpreted in this process, which is slower: "memory cannot be made
 * executable". */
PROVISO_API const char *proviso_no_machine_code(void);

/* ---- texts and errors ---- */

/* UTF-8, not ended by a NUL; data may be NULL when size is 0. */
typedef struct proviso_text {
    const char *data;
    size_t size; /* bytes */
} proviso_text;

typedef enum proviso_code {
    PROVISO_OK,
    PROVISO_ERROR_MEMORY,    /* the system, or the engine's limit, refused memory */
    PROVISO_ERROR_LIMIT,     /* something is larger or deeper than it may be */
    PROVISO_ERROR_ENCODING,  /* not UTF-8, or characters that the format forbids */
    PROVISO_ERROR_SYNTAX,    /* not well-formed */
    PROVISO_ERROR_REFUSED,   /* well-formed, but with something that is not accepted (an alias, a key given twice) */
    PROVISO_ERROR_SHAPE,     /* well-formed, but not what the pack or form asks for */
    PROVISO_ERROR_NOT_FOUND, /* a file, pack part, rule or format that is not there */
    PROVISO_ERROR_RANGE,     /* a number that cannot be held exactly */
    PROVISO_ERROR_IO,        /* a callback of yours failed */
    PROVISO_ERROR_USAGE,     /* an argument makes no sense, such as a day that is none */
} proviso_code;

/* Yours, wholly; a function fills it without allocating. */
typedef struct proviso_error {
    proviso_code code;
    /* 1-based; 0: no place is known. Rows of a table, paragraphs of a document: as its reader would count. */
    uint32_t line;
    uint32_t column;   /* 1-based, in code points */
    char message[512]; /* one sentence for people, without a full stop; ends in NUL */
    /* Of the file at fault, as it was named; empty: none. Ends in NUL; the start is cut off when it is longer. */
    char path[512];
} proviso_error;

/* Takes the next bytes of a text that is written, in order. false gives the writing up: PROVISO_ERROR_IO. */
typedef bool (*proviso_write)(void *payload, const char *bytes, size_t size);

/* Where a proviso_read puts its answer. */
typedef struct proviso_reply proviso_reply;

typedef enum proviso_read_outcome {
    PROVISO_READ_DONE,
    PROVISO_READ_NOT_FOUND, /* there is no such file */
    PROVISO_READ_REFUSED,   /* there is, but it is none that may be read */
    PROVISO_READ_FAILED,    /* nothing can be said */
} proviso_read_outcome;

/* Gives a file. name is relative, with "/" between folders, and ends in NUL: "pack.yaml", "rules/header.lua". It comes
 * from a pack or a submission, so check that it does not leave the folder you mean (a submission's never does by its
 * own words, but links may). Call nothing of this header but the proviso_reply_ functions in it. */
typedef proviso_read_outcome (*proviso_read)(void *payload, const char *name, proviso_reply *reply);
/* Adds bytes, which are copied, to the file's; false: they are too many or memory was refused, and the file will not be
 * used. Of a file that a submission names and that is not read (a value of type file) there are never too many: the
 * first are kept, and the others counted. */
PROVISO_API bool proviso_reply_bytes(proviso_reply *reply, const void *bytes, size_t size);
/* What messages and reports are to call the file; without it, its name. */
PROVISO_API bool proviso_reply_path(proviso_reply *reply, const char *path);
/* Why it could not be read: one sentence, for the error. */
PROVISO_API void proviso_reply_message(proviso_reply *reply, const char *message);

/* A file in memory. */
typedef struct proviso_file {
    const char *name;
    const void *bytes;
    size_t size;
} proviso_file;

/* ---- engine ---- */

/* What packs are opened in: their memory, the day they judge by, the limits on all of it. */
typedef struct proviso_engine proviso_engine;

typedef struct proviso_engine_options {
    size_t struct_size;
    const char *as_of;         /* the day rules judge by, YYYY-MM-DD; NULL: none, and rules that need one are faults */
    size_t memory_bytes;       /* of everything in the engine; 0: no limit but those below */
    size_t source_bytes;       /* of one submission, form or manifest; 0: 4 MiB */
    int64_t fuel;              /* instructions and work of one rule on one subject; 0: 5,000,000 */
    size_t state_bytes;        /* of the rules' values while they judge; 0: 64 MiB */
    uint32_t cpu_milliseconds; /* of one rule on one subject, a backstop behind fuel; 0: 2000 */
} proviso_engine_options;

/* options: NULL for the defaults. */
PROVISO_API bool proviso_engine_new(proviso_engine **out, const proviso_engine_options *options, proviso_error *error);
/* With all its packs. */
PROVISO_API void proviso_engine_free(proviso_engine *engine);
/* Bytes in use, and the most that ever were. */
PROVISO_API size_t proviso_engine_memory(const proviso_engine *engine, size_t *peak);

/* ---- packs ---- */

/* A form and the rules on it. It lives as long as its engine. */
typedef struct proviso_pack proviso_pack;

/* Opens a pack, whose files are asked for from pack.yaml on. Rules that do not load are faults of the pack and not its
 * end. */
PROVISO_API bool proviso_pack_open(proviso_engine *engine, proviso_read read, void *payload, const proviso_pack **out,
                                   proviso_error *error);
/* The same from files in memory, which are copied. */
PROVISO_API bool proviso_pack_open_files(proviso_engine *engine, const proviso_file *files, size_t count,
                                         const proviso_pack **out, proviso_error *error);

typedef struct proviso_pack_facts {
    size_t struct_size;
    proviso_text id;
    proviso_text version;
    proviso_text title;
    proviso_text form;   /* the id of the form it judges */
    proviso_text sha256; /* over its files, in hexadecimal */
    size_t rule_count;   /* built-in ones included */
    size_t fault_count;  /* rules that did not load */
} proviso_pack_facts;
PROVISO_API bool proviso_pack_about(const proviso_pack *pack, proviso_pack_facts *out, proviso_error *error);
/* The catalogue of its rules as JSON, as `proviso rules --format json` writes it. */
PROVISO_API bool proviso_pack_catalogue(const proviso_pack *pack, proviso_write write, void *payload,
                                        proviso_error *error);

typedef enum proviso_level {
    PROVISO_LEVEL_DEFAULT, /* in options: error */
    PROVISO_LEVEL_NOTE,
    PROVISO_LEVEL_WARNING,
    PROVISO_LEVEL_ERROR,
} proviso_level;

typedef struct proviso_rule {
    size_t struct_size;
    proviso_text id;
    proviso_text title; /* the requirement, as it is when it is met */
    proviso_text citation;
    proviso_text remedy;
    proviso_text why;     /* empty: not said */
    proviso_text subject; /* what it judges each of: "response", "measure", "record" … */
    proviso_level level;  /* its own; the pack or the mode may set another */
    size_t example_count;
    proviso_text path; /* of its file; empty: it is built in */
    uint32_t line;     /* 0: it is built in */
} proviso_rule;
/* index < rule_count: the pack's own by id, then the built-in ones. */
PROVISO_API bool proviso_pack_rule(const proviso_pack *pack, size_t index, proviso_rule *out, proviso_error *error);

/* A rule, pack or file that misbehaved; it says nothing about the submission. */
typedef struct proviso_fault {
    size_t struct_size;
    proviso_text kind; /* "load", "error", "verdict", "fuel", "memory", "time", "pattern", "range", "input" */
    proviso_text rule; /* empty: of none */
    proviso_text message;
    proviso_text path; /* empty: no place */
    uint32_t line;
    uint32_t column;
} proviso_fault;
PROVISO_API bool proviso_pack_fault(const proviso_pack *pack, size_t index, proviso_fault *out, proviso_error *error);

/* ---- checking ---- */

typedef enum proviso_mode {
    PROVISO_MODE_DEFAULT, /* submission */
    PROVISO_MODE_DRAFT,
    PROVISO_MODE_SUBMISSION,
    PROVISO_MODE_GATE,
} proviso_mode;

typedef struct proviso_check_options {
    size_t struct_size;
    proviso_mode mode;
    proviso_level fail_on;  /* findings of this level and above are blocking */
    const char *rules;      /* a pattern of rule ids ("ipp1.word-*"); NULL: all */
    proviso_read siblings;  /* files beside the submission that it names; NULL: none can be read */
    void *siblings_payload; /* for siblings */
} proviso_check_options;

/* The id of the form that a submission names, to choose a pack by, written to out with a NUL. PROVISO_ERROR_LIMIT when
 * size is too small. */
PROVISO_API bool proviso_form_of(proviso_engine *engine, const char *name, const void *bytes, size_t size, char *out,
                                 size_t out_size, proviso_error *error);

/* What the rules of a pack made of one submission. Yours. */
typedef struct proviso_result proviso_result;

/* Judges a submission, whose bytes are copied. name: its path, for places and reports; its ending tells the format, as
 * for the command. options: NULL for the defaults. An error is of the submission when it has a path: it could not be
 * read. */
PROVISO_API bool proviso_check(const proviso_pack *pack, const char *name, const void *bytes, size_t size,
                               const proviso_check_options *options, proviso_result **out, proviso_error *error);
PROVISO_API void proviso_result_free(proviso_result *result);
/* Reads a submission without judging it, and writes what was read as JSON, as `proviso show --format json` does. */
PROVISO_API bool proviso_show(const proviso_pack *pack, const char *name, const void *bytes, size_t size,
                              const proviso_check_options *options, proviso_write write, void *payload,
                              proviso_error *error);

typedef struct proviso_counts {
    size_t struct_size;
    int exit_status; /* as the command has it: 0 nothing blocks, 1 a finding does, 2 something could not be concluded */
    size_t verdicts; /* all of the next five together */
    size_t pass;
    size_t fail;
    size_t review; /* a person must judge */
    size_t not_applicable;
    size_t not_checked;
    size_t errors; /* fail and review, by level */
    size_t warnings;
    size_t notes;
    size_t blocking; /* of these, at or above fail_on */
    size_t faults;   /* those of the pack too */
} proviso_counts;
PROVISO_API bool proviso_result_counts(const proviso_result *result, proviso_counts *out, proviso_error *error);
/* index < faults: those of the pack, then those of judging. */
PROVISO_API bool proviso_result_fault(const proviso_result *result, size_t index, proviso_fault *out,
                                      proviso_error *error);

typedef enum proviso_state {
    PROVISO_STATE_PASS = 1,
    PROVISO_STATE_FAIL,
    PROVISO_STATE_REVIEW,
    PROVISO_STATE_NOT_APPLICABLE,
    PROVISO_STATE_NOT_CHECKED,
} proviso_state;

typedef struct proviso_place {
    proviso_text path; /* of the submission, or of a file beside it */
    uint32_t line;     /* as in proviso_error */
    uint32_t column;
    uint32_t end_line; /* of the character after the last */
    uint32_t end_column;
    proviso_text text;  /* the words there, as the file has them */
    bool expected_here; /* what is missing should stand here */
} proviso_place;

typedef struct proviso_related {
    proviso_place at;
    proviso_text message;
} proviso_related;

typedef struct proviso_verdict {
    size_t struct_size;
    proviso_text rule;
    proviso_state state;
    proviso_level level; /* in the mode at hand */
    proviso_text message;
    proviso_text title;
    proviso_text citation;
    proviso_text remedy;       /* the finding's own, or the rule's */
    proviso_text subject_kind; /* "response", "record", "submission" … */
    proviso_text subject;      /* its name: "1.1.6.1", "meeting 2", "the submission" */
    bool has_place;
    proviso_place place;
    const proviso_related *related;
    size_t related_count;
    const proviso_text *working; /* how it was worked out, step by step */
    size_t working_count;
    proviso_text due;     /* YYYY-MM-DD, the day on which it falls due; empty: none */
    char fingerprint[17]; /* the same as long as rule, subject and words are, wherever they move; ends in NUL */
    /* What its place is called in a document, which is no file of lines: "page 2, paragraph 7"; else empty. */
    proviso_text place_called;
} proviso_verdict;
/* index < verdicts: sorted by place, then rule. */
PROVISO_API bool proviso_result_verdict(const proviso_result *result, size_t index, proviso_verdict *out,
                                        proviso_error *error);
/* Judges the submissions of results together by the pack's rules on all submissions: as many as there are, of one pack.
 * *out is one more result, of no submission, and stands on its own; NULL where the pack has no such rule. The options
 * are those of the first result. */
PROVISO_API bool proviso_check_together(const proviso_result *const *results, size_t count, proviso_result **out,
                                        proviso_error *error);
/* The sums of several results of one engine; a pack's faults count once. */
PROVISO_API bool proviso_total(const proviso_result *const *results, size_t count, proviso_counts *out,
                               proviso_error *error);
/* The report on results (at least one) of one engine, in their order, as `proviso check --format FORMAT` writes it:
 * byte for byte the same where paths, packs, day, mode and rules are, and what was judged together comes last. format:
 * "json", "sarif", "junit", "tap", "github", "gitlab", "markdown", "terminal"; NULL: json. */
PROVISO_API bool proviso_report(const proviso_result *const *results, size_t count, const char *format,
                                proviso_write write, void *payload, proviso_error *error);

/* ---- testing rules: examples ---- */

/* The examples of a pack's rules, run. Yours. */
typedef struct proviso_examples proviso_examples;

/* rules: a pattern of ids; NULL: all. */
PROVISO_API bool proviso_examples_run(const proviso_pack *pack, const char *rules, proviso_examples **out,
                                      proviso_error *error);
PROVISO_API void proviso_examples_free(proviso_examples *examples);
PROVISO_API size_t proviso_examples_count(const proviso_examples *examples);

typedef struct proviso_example {
    size_t struct_size;
    proviso_text rule;
    size_t number; /* from 1, in the rule; 0: the rule's examples could not be run at all, and actual says why */
    bool passed;
    proviso_text given;    /* what it fills in, in short */
    proviso_text expected; /* "fail at word 101" */
    proviso_text actual;   /* "pass: 100 words" */
    proviso_text path;
    uint32_t line; /* of the example; of what is at fault, where the rule is */
} proviso_example;
PROVISO_API bool proviso_examples_at(const proviso_examples *examples, size_t index, proviso_example *out,
                                     proviso_error *error);

/* ---- testing rules: lint ---- */

/* Remarks on a pack's rules and form. Yours. */
typedef struct proviso_lint proviso_lint;

/* cases: results of submissions on this pack that were made to test it; patterns and rules that do something in one
 * count as in use. They may be freed when this returns. */
PROVISO_API bool proviso_lint_run(const proviso_pack *pack, const proviso_result *const *cases, size_t case_count,
                                  proviso_lint **out, proviso_error *error);
PROVISO_API void proviso_lint_free(proviso_lint *lint);
PROVISO_API size_t proviso_lint_count(const proviso_lint *lint);

typedef struct proviso_remark {
    size_t struct_size;
    proviso_text kind; /* "citation.missing" … as `proviso lint --help` lists them */
    proviso_level level;
    proviso_text rule; /* empty: of none */
    proviso_text message;
    proviso_text remedy;
    proviso_text path;
    uint32_t line;
    uint32_t column;
} proviso_remark;
PROVISO_API bool proviso_lint_at(const proviso_lint *lint, size_t index, proviso_remark *out, proviso_error *error);

/* ---- testing rules: coverage ---- */

/* What rules gave, and which of their lines ran. Yours. From the first coverage of a pack on, its rule files' lines are
 * noted whenever its rules judge, which makes judging slower. */
typedef struct proviso_coverage proviso_coverage;

PROVISO_API bool proviso_coverage_new(const proviso_pack *pack, const char *rules, proviso_coverage **out,
                                      proviso_error *error);
PROVISO_API void proviso_coverage_free(proviso_coverage *coverage);
/* Counts what examples or a result of this pack gave. */
PROVISO_API void proviso_coverage_add_examples(proviso_coverage *coverage, const proviso_examples *examples);
PROVISO_API void proviso_coverage_add_result(proviso_coverage *coverage, const proviso_result *result);
/* Takes the lines that have run so far, in all judging by the pack since its first coverage. */
PROVISO_API bool proviso_coverage_take_lines(proviso_coverage *coverage, proviso_error *error);

typedef struct proviso_rule_coverage {
    size_t struct_size;
    proviso_text rule;
    size_t seen[4]; /* how often it gave pass, fail, review, not-applicable */
    bool asked[4];  /* whether its code can give them: what is asked for and never seen is untested */
} proviso_rule_coverage;
PROVISO_API size_t proviso_coverage_rule_count(const proviso_coverage *coverage);
PROVISO_API bool proviso_coverage_rule(const proviso_coverage *coverage, size_t index, proviso_rule_coverage *out,
                                       proviso_error *error);

typedef enum proviso_line { PROVISO_LINE_WITHOUT_CODE, PROVISO_LINE_MISSED, PROVISO_LINE_RUN } proviso_line;

typedef struct proviso_file_coverage {
    size_t struct_size;
    proviso_text path;
    const uint8_t *lines; /* a proviso_line for each, the first line first */
    size_t line_count;
} proviso_file_coverage;
/* 0 until lines were taken. */
PROVISO_API size_t proviso_coverage_file_count(const proviso_coverage *coverage);
PROVISO_API bool proviso_coverage_file(const proviso_coverage *coverage, size_t index, proviso_file_coverage *out,
                                       proviso_error *error);

/* ---- testing rules: mutation ---- */

/* Small changes of a pack, each of which good examples would notice. Yours. */
typedef struct proviso_mutations proviso_mutations;

PROVISO_API bool proviso_mutations_find(const proviso_pack *pack, proviso_mutations **out, proviso_error *error);
PROVISO_API void proviso_mutations_free(proviso_mutations *mutations);
PROVISO_API size_t proviso_mutations_count(const proviso_mutations *mutations);

typedef struct proviso_mutation {
    size_t struct_size;
    proviso_text name; /* of the file, in the pack */
    proviso_text path; /* of the same, for people */
    size_t start;      /* bytes [start, end) of it are replaced */
    size_t end;
    uint32_t line;
    uint32_t column;
    proviso_text original; /* those bytes */
    proviso_text replacement;
} proviso_mutation;
PROVISO_API bool proviso_mutations_at(const proviso_mutations *mutations, size_t index, proviso_mutation *out,
                                      proviso_error *error);
/* Opens the pack with the change made, in an engine of your choice: best one of its own, which is freed afterwards. It
 * is noticed when this fails, the pack has faults, an example does not pass, or a case comes out otherwise than it
 * should. */
PROVISO_API bool proviso_mutations_open(const proviso_mutations *mutations, size_t index, proviso_engine *engine,
                                        const proviso_pack **out, proviso_error *error);

#ifdef __cplusplus
}
#endif

#endif
