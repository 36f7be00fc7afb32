#include "report/check/audit_rows.h"

#include "base/hash.h"
#include "report/verdicts/json_fault.h"
#include "report/verdicts/json_verdicts.h"

struct pv_audit_rows {
    pv_memory *memory;
    pv_arena *arena; /* of the submission at hand */
    const pv_audit_facts *facts;
    pv_json_verdicts *verdicts;
};

bool pv_audit_rows_new(pv_audit_rows **out, pv_memory *memory, const pv_audit_facts *facts, pv_error *error) {
    pv_audit_rows *rows = pv_memory_new(memory, sizeof *rows);
    if (!rows)
        return pv_fail_memory(error);
    *rows = (pv_audit_rows){.memory = memory, .facts = facts, .arena = pv_arena_new(memory)};
    if (!rows->arena || !pv_json_verdicts_new(&rows->verdicts, memory, error)) {
        pv_audit_rows_free(rows);
        return pv_fail_memory(error);
    }
    *out = rows;
    return true;
}

void pv_audit_rows_free(pv_audit_rows *rows) {
    if (!rows)
        return;
    pv_json_verdicts_free(rows->verdicts);
    pv_arena_free(rows->arena);
    pv_memory_free(rows->memory, rows, sizeof *rows);
}

/* ---- names ---- */

static pv_str last_part(pv_str path) {
    size_t start = path.size;
    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return pv_str_slice(path, start, path.size);
}

static pv_str name_of(pv_audit_rows *rows, pv_str path, pv_buf *out) {
    pv_str name = rows->facts->name(rows->facts->payload, rows->arena, path);
    out->failed |= !name.data;
    return name.data ? name : PV_STR("");
}

/* How places name a file: from the folder that the submission stands in; where they belong to none, as the record does.
 * What has no bytes is no file, and keeps its name. */
static pv_str name_in_places(pv_audit_rows *rows, const pv_report_input *input, const pv_source *file) {
    const pv_audit_facts *facts = rows->facts;
    if (input->submission)
        return pv_source_name_beside(input->source, file->path);
    return file->bytes.size > 0 ? facts->name(facts->payload, rows->arena, file->path) : file->path;
}

/* A copy of the source of input in which every file is named so. */
static const pv_source *name_for_places(pv_audit_rows *rows, const pv_report_input *input) {
    const pv_source *source = input->source;
    pv_source *copy = PV_NEW(rows->arena, pv_source);
    pv_source **attached = PV_NEW_ARRAY(rows->arena, pv_source *, source->attached_count);
    if (!copy || !attached)
        return NULL;
    *copy = *source;
    copy->path = name_in_places(rows, input, source);
    copy->attached = attached;
    for (size_t i = 0; i < source->attached_count; i++) {
        attached[i] = PV_NEW(rows->arena, pv_source);
        if (!attached[i])
            return NULL;
        *attached[i] = *source->attached[i];
        attached[i]->path = name_in_places(rows, input, source->attached[i]);
        if (!attached[i]->path.data)
            return NULL;
    }
    return copy->path.data ? copy : NULL;
}

/* ---- verdicts ---- */

/* Puts the rows of an array of rows ("[", then each on a line of its own, commas between) each with a line feed. */
static void unlist(pv_str array, pv_buf *out) {
    size_t start = sizeof "[\n" - 1;
    while (start < array.size) {
        size_t end = pv_str_find(array, PV_STR("\n"), start);
        bool is_last = end == SIZE_MAX;
        if (is_last)
            end = array.size;
        pv_buf_append(out, pv_str_slice(array, start, is_last ? end : end - 1));
        pv_buf_append_char(out, '\n');
        start = end + 1;
    }
}

static void write_verdicts(pv_audit_rows *rows, const pv_report_input *input, pv_buf *out) {
    pv_report_input renamed = *input;
    pv_buf array = pv_buf_on(rows->memory);
    pv_json json = pv_json_on(&array);
    renamed.source = name_for_places(rows, input);
    out->failed |= !renamed.source;
    if (!out->failed) {
        pv_json_array_begin(&json);
        pv_json_verdicts_write(rows->verdicts, &json, &renamed);
    }
    out->failed |= array.failed;
    unlist(pv_buf_str(&array), out);
    pv_buf_clear(&array);
}

/* ---- what was judged ---- */

static void write_files(pv_json *json, const pv_source *source) {
    pv_json_key(json, "files");
    pv_json_array_begin(json);
    for (size_t i = 0; i < source->attached_count; i++) {
        const pv_source *file = source->attached[i];
        char sha256[65];
        pv_hash_sha256(&file->bytes, 1, sha256);
        pv_json_object_begin(json);
        pv_json_member(json, "path", pv_source_name_beside(source, file->path));
        pv_json_member(json, "sha256", pv_str_from(sha256));
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void write_counts(pv_json *json, const pv_results *results, pv_str rows) {
    pv_summary summary = {0};
    char sha256[65];
    pv_summary_add(&summary, results);
    pv_hash_sha256(&rows, 1, sha256);
    const struct {
        const char *key;
        size_t count;
    } counts[] = {
        {"count", results->verdict_count},
        {"pass", summary.pass},
        {"fail", summary.fail},
        {"review", summary.review},
        {"not_applicable", summary.not_applicable},
        {"not_checked", summary.not_checked},
        {"waived", summary.waived},
    };
    pv_json_key(json, "verdicts");
    pv_json_object_begin(json);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        pv_json_key(json, counts[i].key);
        pv_json_unsigned(json, counts[i].count);
    }
    pv_json_member(json, "sha256", pv_str_from(sha256));
    pv_json_object_end(json);
}

static void write_input(pv_audit_rows *rows, const pv_report_input *input, pv_str verdicts, pv_buf *out) {
    const pv_submission *submission = input->submission;
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    pv_json_member(&json, "path", name_of(rows, submission->source->path, out));
    pv_json_member(&json, "sha256", pv_str_from(input->sha256));
    pv_json_member(&json, "form", submission->form->id);
    pv_json_member(&json, "format", submission->format);
    pv_json_member(&json, "pack", input->pack->manifest->id);
    pv_json_member(&json, "mode", pv_str_from(pv_mode_name(input->results->mode)));
    pv_json_member(&json, "fail_on", pv_str_from(pv_level_name(input->results->fail_on)));
    write_files(&json, submission->source);
    write_counts(&json, input->results, verdicts);
    pv_json_object_end(&json);
}

/* ---- what it was judged by ---- */

static void write_pack(const pv_pack *pack, pv_buf *out) {
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    pv_json_member(&json, "id", pack->manifest->id);
    pv_json_member(&json, "version", pack->manifest->version);
    pv_json_member(&json, "sha256", pv_str_from(pack->sha256));
    pv_json_key(&json, "files");
    pv_json_array_begin(&json);
    for (size_t i = 0; i < pack->file_count; i++) {
        pv_json_object_begin(&json);
        pv_json_member(&json, "path", pack->files[i].name);
        pv_json_member(&json, "sha256", pv_str_from(pack->files[i].sha256));
        pv_json_object_end(&json);
    }
    pv_json_array_end(&json);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}

static void write_parameter(pv_audit_rows *rows, const pv_pack *pack, const pv_rule *rule,
                            const pv_parameter *parameter, pv_buf *out) {
    pv_json json = pv_json_on(out);
    pv_buf value = pv_buf_on(rows->memory);
    pv_parameter_write(&value, &parameter->value);
    pv_json_object_begin(&json);
    pv_json_member(&json, "pack", pack->manifest->id);
    pv_json_member(&json, "rule", rule->id);
    pv_json_member(&json, "name", parameter->spec.name);
    pv_json_member(&json, "value", pv_buf_str(&value));
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
    out->failed |= value.failed;
    pv_buf_clear(&value);
}

/* Those that the project set, whatever the pack has. */
static void write_parameters(pv_audit_rows *rows, const pv_pack *pack, pv_buf *out) {
    for (size_t i = 0; i < pack->ruleset->rule_count; i++) {
        const pv_rule *rule = &pack->ruleset->rules[i];
        for (size_t k = 0; k < rule->parameter_count; k++)
            if (rule->parameters[k].origin == PV_PARAMETER_OF_PROJECT)
                write_parameter(rows, pack, rule, &rule->parameters[k], out);
    }
}

/* A file of a pack may lie anywhere on the machine, so only its name is told; the pack's files stand with the pack. */
void pv_audit_rows_fault(pv_audit_rows *rows, const pv_fault *fault, pv_buf *out) {
    const pv_audit_facts *facts = rows->facts;
    pv_fault told = *fault;
    pv_buf row = pv_buf_on(rows->memory);
    pv_json json = pv_json_on(&row);
    told.path = last_part(fault->path);
    for (size_t i = 0; i < facts->input_count; i++)
        if (pv_str_equal(facts->inputs[i].path, fault->path))
            told.path = name_of(rows, fault->path, out);
    pv_json_fault(&json, &told);
    out->failed |= row.failed;
    pv_buf_append(out, pv_str_trim(pv_buf_str(&row)));
    pv_buf_append_char(out, '\n');
    pv_buf_clear(&row);
}

/* ---- a part ---- */

static void put(pv_buf *part, const pv_buf *text) {
    part->failed |= text->failed;
    pv_frame_put_text(part, pv_buf_str(text));
}

void pv_audit_rows_write(pv_audit_rows *rows, const pv_report_input *input, pv_buf *part) {
    enum { PART_INPUT, PART_PACKS, PART_PARAMETERS, PART_FAULTS, PART_VERDICTS, PART_COUNT };
    pv_buf texts[PART_COUNT];
    for (size_t i = 0; i < PART_COUNT; i++)
        texts[i] = pv_buf_on(rows->memory);
    write_verdicts(rows, input, &texts[PART_VERDICTS]);
    if (input->submission)
        write_input(rows, input, pv_buf_str(&texts[PART_VERDICTS]), &texts[PART_INPUT]);
    if (input->pack) {
        write_pack(input->pack, &texts[PART_PACKS]);
        write_parameters(rows, input->pack, &texts[PART_PARAMETERS]);
    }
    for (size_t i = 0; i < input->results->fault_count; i++)
        pv_audit_rows_fault(rows, &input->results->faults[i], &texts[PART_FAULTS]);
    pv_frame_put_text(part, input->source->path);
    for (size_t i = 0; i < PART_COUNT; i++) {
        put(part, &texts[i]);
        pv_buf_clear(&texts[i]);
    }
    pv_frame_put_number(part, input->results->verdict_count);
    pv_arena_clear(rows->arena);
}

bool pv_audit_part_take(pv_str *parts, pv_audit_part *out, pv_error *error) {
    pv_str *const texts[] = {&out->path, &out->input, &out->packs, &out->parameters, &out->faults, &out->verdicts};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!pv_frame_take_text(parts, texts[i], error))
            return false;
    return pv_frame_take_number(parts, &out->verdict_count, error);
}
