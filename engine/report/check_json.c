#include "base/hash.h"
#include "report/baseline_json.h"
#include "report/comparison.h"
#include "report/json_fault.h"
#include "report/json_summary.h"
#include "report/json_verdicts.h"
#include "report/matrix.h"
#include "report/report.h"
#include "report/statistics.h"

/* An array that is made beside the report. */
typedef struct gathered {
    pv_buf text; /* "[" and rows, not closed */
    pv_json json;
} gathered;

/* A pack that was used, as an object. */
typedef struct used_pack {
    pv_str identity;
    struct used_pack *next;
} used_pack;

struct pv_check_json {
    pv_memory *memory;
    pv_arena *arena;
    pv_json_verdicts *writer;
    pv_json whole;     /* the report, when it is not a part of one */
    gathered verdicts; /* of a part; a report's own go out at once */
    pv_json *to;       /* where verdicts go: one of the two above */
    gathered inputs;
    gathered faults;
    gathered changes; /* of a run that compares two days */
    gathered fixed;   /* of a run with a baseline */
    gathered notes;   /* on the baseline */
    pv_report_context context;
    pv_comparison_totals totals;
    used_pack *first_pack; /* in the order of first use */
    used_pack *last_pack;
};

#define ROW_SEPARATOR PV_STR(",\n")

static void gather_anew(gathered *list) {
    pv_buf_reset(&list->text);
    list->json = pv_json_on(&list->text);
    pv_json_array_begin(&list->json);
}

/* The rows alone. */
static pv_str rows_of(const gathered *list) {
    pv_str text = pv_buf_str(&list->text);
    size_t start = sizeof "[\n" - 1;
    return text.size > start ? pv_str_slice(text, start, text.size) : (pv_str){0};
}

static bool create(pv_check_json **out, pv_memory *memory, pv_error *error) {
    pv_check_json *report = pv_memory_new(memory, sizeof *report);
    if (!report)
        return pv_fail_memory(error);
    report->memory = memory;
    report->arena = pv_arena_new(memory);
    report->verdicts.text = pv_buf_on(memory);
    report->inputs.text = pv_buf_on(memory);
    report->faults.text = pv_buf_on(memory);
    report->changes.text = pv_buf_on(memory);
    report->fixed.text = pv_buf_on(memory);
    report->notes.text = pv_buf_on(memory);
    if (!report->arena || !pv_json_verdicts_new(&report->writer, memory, error)) {
        pv_check_json_free(report);
        return pv_fail_memory(error);
    }
    gather_anew(&report->inputs);
    gather_anew(&report->faults);
    *out = report;
    return true;
}

bool pv_check_json_begin(pv_check_json **out, pv_memory *memory, pv_buf *buf, const pv_report_context *context,
                         pv_error *error) {
    if (!create(out, memory, error))
        return false;
    pv_check_json *report = *out;
    report->context = *context;
    if (context->compare.size)
        gather_anew(&report->changes);
    if (context->baseline.size) {
        gather_anew(&report->fixed);
        gather_anew(&report->notes);
    }
    report->whole = pv_json_on(buf);
    report->to = &report->whole;
    pv_json *json = report->to;
    pv_json_object_begin(json);
    pv_json_key(json, "schema");
    pv_json_unsigned(json, 1);
    pv_json_member(json, "proviso", context->version);
    pv_json_member(json, "mode", pv_str_from(pv_mode_name(context->mode)));
    pv_json_optional_member(json, "as_of", context->as_of);
    pv_json_line_break(json);
    pv_json_key(json, "verdicts");
    pv_json_array_begin(json);
    return true;
}

bool pv_check_json_begin_part(pv_check_json **out, pv_memory *memory, pv_error *error) {
    if (!create(out, memory, error))
        return false;
    gather_anew(&(*out)->verdicts);
    (*out)->to = &(*out)->verdicts.json;
    return true;
}

void pv_check_json_free(pv_check_json *report) {
    if (!report)
        return;
    pv_buf_clear(&report->verdicts.text);
    pv_buf_clear(&report->inputs.text);
    pv_buf_clear(&report->faults.text);
    pv_buf_clear(&report->changes.text);
    pv_buf_clear(&report->fixed.text);
    pv_buf_clear(&report->notes.text);
    pv_json_verdicts_free(report->writer);
    pv_arena_free(report->arena);
    pv_memory_free(report->memory, report, sizeof *report);
}

/* Adds a pack that is not among those used so far. */
static void add_pack(pv_check_json *report, pv_str identity) {
    for (const used_pack *known = report->first_pack; known; known = known->next)
        if (pv_str_equal(known->identity, identity))
            return;
    used_pack *added = PV_NEW(report->arena, used_pack);
    pv_str copy = pv_arena_copy(report->arena, identity);
    if (!added || !copy.data) {
        report->to->out->failed = true;
        return;
    }
    added->identity = copy;
    if (report->last_pack)
        report->last_pack->next = added;
    else
        report->first_pack = added;
    report->last_pack = added;
}

static void add_pack_of(pv_check_json *report, const pv_pack *pack) {
    pv_buf identity = pv_buf_on(report->memory);
    pv_json json = pv_json_on(&identity);
    pv_json_object_begin(&json);
    pv_json_member(&json, "id", pack->manifest->id);
    pv_json_member(&json, "version", pack->manifest->version);
    pv_json_member(&json, "sha256", pv_str_from(pack->sha256));
    pv_json_object_end(&json);
    add_pack(report, pv_buf_str(&identity));
    report->to->out->failed |= identity.failed;
    pv_buf_clear(&identity);
}

/* The files beside a submission, where it has any. */
static void write_files(pv_json *json, const pv_source *source) {
    if (source->attached_count == 0)
        return;
    pv_json_key(json, "files");
    pv_json_array_begin(json);
    for (size_t i = 0; i < source->attached_count; i++) {
        char sha256[65];
        pv_hash_sha256(&source->attached[i]->bytes, 1, sha256);
        pv_json_object_begin(json);
        pv_json_member(json, "path", source->attached[i]->path);
        pv_json_member(json, "sha256", pv_str_from(sha256));
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void write_input(pv_json *json, const pv_report_input *input) {
    const pv_submission *submission = input->submission;
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "path", submission->source->path);
    pv_json_member(json, "sha256", pv_str_from(input->sha256));
    pv_json_member(json, "form", submission->form->id);
    pv_json_member(json, "format", submission->format);
    pv_json_member(json, "mode", pv_str_from(pv_mode_name(input->results->mode)));
    pv_json_member(json, "fail_on", pv_str_from(pv_level_name(input->results->fail_on)));
    write_files(json, submission->source);
    pv_matrices_json(json, input);
    pv_json_object_end(json);
}

static void add_baseline(pv_check_json *report, const pv_report_baseline *baseline) {
    for (size_t i = 0; i < baseline->fixed_count; i++) {
        pv_json_line_break(&report->fixed.json);
        pv_baseline_entry_json(&report->fixed.json, baseline->fixed[i]);
    }
    for (size_t i = 0; i < baseline->note_count; i++)
        pv_json_string(&report->notes.json, baseline->notes[i]);
}

void pv_check_json_submission(pv_check_json *report, const pv_report_input *input) {
    if (input->pack)
        add_pack_of(report, input->pack);
    pv_json_verdicts_write(report->writer, report->to, input);
    for (size_t i = 0; i < input->results->fault_count; i++)
        pv_json_fault(&report->faults.json, &input->results->faults[i]);
    if (input->submission)
        write_input(&report->inputs.json, input);
    if (input->baseline)
        add_baseline(report, input->baseline);
    if (input->comparison) {
        pv_comparison_json(&report->changes.json, input);
        pv_comparison_totals_add(&report->totals, input->comparison);
    }
}

bool pv_check_json_take_part(pv_check_json *report, pv_buf *packs, pv_check_json_part *out) {
    pv_buf_reset(packs);
    for (const used_pack *pack = report->first_pack; pack; pack = pack->next) {
        pv_buf_append(packs, pack->identity);
        if (pack->next)
            pv_buf_append(packs, ROW_SEPARATOR);
    }
    *out = (pv_check_json_part){
        .verdicts = rows_of(&report->verdicts),
        .inputs = rows_of(&report->inputs),
        .faults = rows_of(&report->faults),
        .packs = pv_buf_str(packs),
    };
    return !report->verdicts.text.failed && !report->inputs.text.failed && !report->faults.text.failed &&
           !packs->failed;
}

void pv_check_json_forget_part(pv_check_json *report) {
    gather_anew(&report->verdicts);
    gather_anew(&report->inputs);
    gather_anew(&report->faults);
}

static void add_rows(pv_json *json, pv_str rows) {
    if (rows.size == 0)
        return;
    pv_json_line_break(json);
    pv_json_raw(json, rows);
}

void pv_check_json_add_part(pv_check_json *report, const pv_check_json_part *part) {
    add_rows(report->to, part->verdicts);
    add_rows(&report->inputs.json, part->inputs);
    add_rows(&report->faults.json, part->faults);
    for (size_t start = 0; start < part->packs.size;) {
        size_t end = pv_str_find(part->packs, ROW_SEPARATOR, start);
        if (end == SIZE_MAX)
            end = part->packs.size;
        add_pack(report, pv_str_slice(part->packs, start, end));
        start = end + ROW_SEPARATOR.size;
    }
}

static void write_list(pv_json *json, const char *key, gathered *list) {
    pv_json_line_break(&list->json);
    pv_json_array_end(&list->json);
    pv_json_line_break(json);
    pv_json_key(json, key);
    pv_json_raw(json, pv_buf_str(&list->text));
    json->out->failed |= list->text.failed;
}

static void write_baseline(pv_check_json *report, pv_json *json) {
    pv_json_line_break(json);
    pv_json_key(json, "baseline");
    pv_json_object_begin(json);
    pv_json_member(json, "path", report->context.baseline);
    write_list(json, "notes", &report->notes);
    write_list(json, "fixed", &report->fixed);
    pv_json_object_end(json);
}

static void write_comparison(pv_check_json *report, pv_json *json) {
    pv_str earlier;
    pv_str later;
    pv_comparison_days(&report->context, &earlier, &later);
    pv_json_line_break(json);
    pv_json_key(json, "comparison");
    pv_json_object_begin(json);
    pv_json_member(json, "as_of", report->context.as_of);
    pv_json_member(json, "compare", report->context.compare);
    pv_json_member(json, "earlier", earlier);
    pv_json_member(json, "later", later);
    write_list(json, "changes", &report->changes);
    pv_json_line_break(json);
    pv_json_key(json, "unchanged");
    pv_json_unsigned(json, report->totals.counts[PV_CHANGE_NONE]);
    pv_json_summary(json, "before", &report->totals.before, false);
    pv_json_summary(json, "after", &report->totals.after, false);
    pv_json_object_end(json);
}

static void write_packs(const pv_check_json *report, pv_json *json) {
    pv_json_line_break(json);
    pv_json_key(json, "pack");
    if (report->first_pack)
        pv_json_raw(json, report->first_pack->identity);
    else
        pv_json_null(json);
    pv_json_key(json, "packs");
    pv_json_array_begin(json);
    for (const used_pack *pack = report->first_pack; pack; pack = pack->next)
        pv_json_raw(json, pack->identity);
    pv_json_array_end(json);
}

void pv_check_json_end(pv_check_json *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    pv_json *json = report->to;
    for (size_t i = 0; i < fault_count; i++)
        pv_json_fault(&report->faults.json, &faults[i]);
    pv_json_line_break(json);
    pv_json_array_end(json);
    write_list(json, "inputs", &report->inputs);
    write_list(json, "faults", &report->faults);
    pv_json_summary(json, "summary", summary, report->context.baseline.size > 0);
    if (report->context.baseline.size)
        write_baseline(report, json);
    if (report->context.compare.size)
        write_comparison(report, json);
    write_packs(report, json);
    if (report->context.statistics) {
        pv_json_line_break(json);
        pv_json_key(json, "statistics");
        pv_statistics_json(json, report->context.statistics);
    }
    pv_json_object_end(json);
    pv_buf_append_char(json->out, '\n');
}
