#include "report/check/format.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/set.h"

/* A copy more of it would be seen in the time that a run takes. */
#define LARGE_ENTRY_BYTES ((size_t)32 << 10)
/* In what is shipped, stands where the number of a section would: the next submission begins. */
#define SUBMISSION_BEGINS UINT64_MAX

typedef struct pv_joined {
    size_t count; /* entries taken */
    size_t left_out;
    pv_buf text;            /* those that are kept, one after another */
    PV_ARRAY(size_t) ends;  /* of each of them in text */
    pv_set known;           /* EQUALS: the entries kept */
    PV_ARRAY(size_t) given; /* EQUALS: where the entries of the submission at hand stand */
} pv_joined;

/* ---- a report ---- */

void pv_report_free(pv_report *report) {
    if (!report)
        return;
    if (report->format->clear && report->state)
        report->format->clear(report);
    for (size_t i = 0; report->joined && i < report->format->section_count; i++)
        pv_buf_clear(&report->joined[i].text);
    pv_buf_clear(&report->text);
    pv_arena_free(report->scratch);
    pv_arena_free(report->arena);
    pv_memory_free(report->setup.memory, report, sizeof *report);
}

static bool init(pv_report *report, pv_error *error) {
    const pv_format *format = report->format;
    report->arena = pv_arena_new(report->setup.memory);
    report->scratch = pv_arena_new(report->setup.memory);
    if (!report->arena || !report->scratch)
        return pv_fail_memory(error);
    report->joined = PV_NEW_ARRAY(report->arena, pv_joined, format->section_count);
    if (!report->joined)
        return pv_fail_memory(error);
    for (size_t i = 0; i < format->section_count; i++)
        report->joined[i] = (pv_joined){.text = pv_buf_on(report->setup.memory), .known = pv_set_in(report->arena)};
    report->state = pv_arena_alloc(report->arena, format->state_size);
    if (!report->state)
        return pv_fail_memory(error);
    return !format->init || format->init(report, error);
}

bool pv_report_new(pv_report **out, const pv_format *format, const pv_report_setup *setup, pv_error *error) {
    pv_report *report = pv_memory_new(setup->memory, sizeof *report);
    if (!report)
        return pv_fail_memory(error);
    *report = (pv_report){.format = format, .setup = *setup, .text = pv_buf_on(setup->memory)};
    if (!init(report, error)) {
        pv_report_free(report);
        return false;
    }
    if (format->head && !setup->shipped)
        format->head(report);
    *out = report;
    return true;
}

/* Whether all went well; *error says what did not. */
static bool is_sound(pv_report *report, pv_error *error) {
    report->failed |= report->text.failed || report->setup.out->failed;
    if (report->setup.shipped)
        report->failed |= report->setup.shipped->failed;
    for (size_t i = 0; i < report->format->section_count; i++)
        report->failed |= report->joined[i].text.failed;
    if (report->failed)
        return pv_fail_memory(error);
    if (report->problem.code != PV_OK)
        *error = report->problem;
    return report->problem.code == PV_OK;
}

/* ---- joining ---- */

static void break_off(pv_report *report) {
    pv_fail(&report->problem, PV_ERROR_IO, "a worker process sent what is no part of a report");
}

static void begin_submission(pv_report *report) {
    for (size_t i = 0; i < report->format->section_count; i++)
        report->joined[i].given.count = 0;
}

static pv_str kept_at(const pv_joined *section, size_t index) {
    size_t start = index > 0 ? section->ends.items[index - 1] : 0;
    return pv_str_slice(pv_buf_str(&section->text), start, section->ends.items[index]);
}

static bool is_entry(const void *items, size_t position, const void *wanted) {
    return pv_str_equal(kept_at(items, position), *(const pv_str *)wanted);
}

static void note_given(pv_report *report, pv_joined *section, size_t index) {
    size_t *given = PV_ARRAY_ADD(report->arena, &section->given);
    report->failed |= !given;
    if (given)
        *given = index;
}

/* Puts the entry at the end of out, unless the format will not have it. */
static bool put(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    const pv_report_section *declared = &report->format->sections[section];
    size_t start = out->size;
    if (declared->joining == PV_JOIN_AT_ONCE) {
        const char *before = report->joined[section].count > 0 ? declared->between : declared->before;
        pv_buf_append_text(out, before ? before : "");
    }
    if (report->format->admit && !report->format->admit(report, section, number, entry, out)) {
        out->size = start;
        return false;
    }
    const pv_report_setup *setup = &report->setup;
    if (out == setup->out && setup->pass_on && entry.size >= LARGE_ENTRY_BYTES && !out->failed)
        (void)setup->pass_on(setup->payload, entry, &report->problem);
    else
        pv_buf_append(out, entry);
    return true;
}

/* Remembers where the entry just put into the section ends. */
static void keep(pv_report *report, pv_joined *section, bool once, uint64_t hash) {
    size_t position = section->ends.count;
    size_t *end = PV_ARRAY_ADD(report->arena, &section->ends);
    report->failed |= !end;
    if (!end)
        return;
    *end = section->text.size;
    if (once && !pv_set_add(&section->known, hash, position, &report->problem))
        section->ends.count = position;
}

static void join_entry(pv_report *report, size_t index, uint64_t number, pv_str entry) {
    const pv_report_section *declared = &report->format->sections[index];
    pv_joined *section = &report->joined[index];
    uint64_t hash = 0;
    if (declared->joining == PV_JOIN_EQUALS) {
        hash = pv_hash_continue(PV_HASH_SEED, entry);
        size_t known = pv_set_find(&section->known, hash, is_entry, section, &entry);
        if (known != PV_SET_NONE) {
            note_given(report, section, known);
            return;
        }
    }
    if (declared->most > 0 && section->count == declared->most) {
        section->left_out++;
        return;
    }
    bool at_once = declared->joining == PV_JOIN_AT_ONCE;
    if (!put(report, index, number, entry, at_once ? report->setup.out : &section->text))
        return;
    section->count++;
    if (declared->joining == PV_JOIN_EQUALS)
        note_given(report, section, section->ends.count);
    if (!at_once)
        keep(report, section, declared->joining == PV_JOIN_EQUALS, hash);
}

void pv_entry_add(pv_report *report, size_t section, uint64_t number, pv_str entry) {
    pv_buf *shipped = report->setup.shipped;
    if (!shipped) {
        join_entry(report, section, number, entry);
        return;
    }
    pv_frame_put_number(shipped, section);
    pv_frame_put_number(shipped, number);
    pv_frame_put_text(shipped, entry);
}

void pv_entry_add_text(pv_report *report, size_t section, uint64_t number) {
    if (!report->text.failed)
        pv_entry_add(report, section, number, pv_buf_str(&report->text));
    report->failed |= report->text.failed;
    pv_buf_reset(&report->text);
}

void pv_entry_add_row(pv_report *report, size_t section) {
    pv_buf *text = &report->text;
    if (!text->failed)
        pv_entry_add(report, section, 0, pv_str_trim(pv_buf_str(text)));
    report->failed |= text->failed;
    pv_buf_reset(text);
}

bool pv_report_submission(pv_report *report, const pv_report_input *input, pv_error *error) {
    if (report->setup.shipped)
        pv_frame_put_number(report->setup.shipped, SUBMISSION_BEGINS);
    begin_submission(report);
    report->format->submission(report, input);
    pv_arena_clear(report->scratch);
    return is_sound(report, error);
}

bool pv_report_join(pv_report *report, pv_str shipped, pv_error *error) {
    while (shipped.size > 0) {
        uint64_t section, number;
        pv_str entry;
        if (!pv_frame_take_number(&shipped, &section, error))
            return false;
        if (section == SUBMISSION_BEGINS) {
            begin_submission(report);
            continue;
        }
        if (!pv_frame_take_number(&shipped, &number, error) || !pv_frame_take_text(&shipped, &entry, error))
            return false;
        if (section >= report->format->section_count)
            break_off(report);
        else
            join_entry(report, (size_t)section, number, entry);
        if (!is_sound(report, error))
            return false;
    }
    return true;
}

bool pv_report_end(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count,
                   pv_error *error) {
    begin_submission(report);
    if (report->format->foot)
        report->format->foot(report, summary, faults, fault_count);
    return is_sound(report, error);
}

/* ---- what was joined ---- */

size_t pv_entry_count(const pv_report *report, size_t section) {
    return report->joined[section].count;
}

size_t pv_entry_left_out(const pv_report *report, size_t section) {
    return report->joined[section].left_out;
}

pv_str pv_entry_at(const pv_report *report, size_t section, size_t index) {
    return kept_at(&report->joined[section], index);
}

void pv_entry_write(pv_report *report, size_t section, size_t most) {
    const pv_joined *joined = &report->joined[section];
    size_t count = joined->ends.count < most ? joined->ends.count : most;
    if (count > 0)
        pv_buf_append(report->setup.out, pv_str_slice(pv_buf_str(&joined->text), 0, joined->ends.items[count - 1]));
}

void pv_entry_write_rows(pv_json *json, const pv_report *report, size_t section) {
    for (size_t i = 0; i < report->joined[section].ends.count; i++) {
        pv_json_line_break(json);
        pv_json_raw(json, pv_entry_at(report, section, i));
    }
    json->out->failed |= report->joined[section].text.failed;
}

void pv_entry_write_member(pv_json *json, const pv_report *report, size_t section) {
    pv_json_line_break(json);
    pv_json_key(json, report->format->sections[section].name);
    pv_json_array_begin(json);
    pv_entry_write_rows(json, report, section);
    pv_json_line_break(json);
    pv_json_array_end(json);
}

size_t pv_entry_index(pv_report *report, size_t section, uint64_t number) {
    const pv_joined *joined = &report->joined[section];
    if (number < joined->given.count)
        return joined->given.items[number];
    break_off(report);
    return 0;
}
