#include "report/check/audit_report.h"

#include "base/hash.h"
#include "report/verdicts/tally.h"
#include "report/verdicts/verdict_json.h"

enum { PATHS, INPUTS, VERDICTS, PACKS, PARAMETERS, FAULTS };

static const pv_report_section sections[] = {
    [PATHS] = {.name = "paths", .joining = PV_JOIN_AT_END}, /* of inputs, as reports name them */
    [INPUTS] = {.name = "inputs", .joining = PV_JOIN_AT_END},
    [VERDICTS] = {.name = "verdicts", .joining = PV_JOIN_AT_END}, /* hashed; none is kept. The number: how many */
    [PACKS] = {.name = "packs", .joining = PV_JOIN_EQUALS},
    [PARAMETERS] = {.name = "parameters", .joining = PV_JOIN_EQUALS},
    [FAULTS] = {.name = "faults", .joining = PV_JOIN_EQUALS},
};

typedef struct audit_state {
    pv_json_verdicts *writer;
    pv_sha256 *verdicts;
    size_t verdict_count;
} audit_state;

static bool init(pv_report *report, pv_error *error) {
    audit_state *state = report->state;
    state->verdicts = pv_sha256_begin(report->arena);
    if (!state->verdicts)
        return pv_fail_memory(error);
    return pv_json_verdicts_new(&state->writer, report->setup.memory, error);
}

static void clear(pv_report *report) {
    pv_json_verdicts_free(((audit_state *)report->state)->writer);
}

static const pv_audit_facts *facts_of(const pv_report *report) {
    return report->setup.context->audit;
}

/* ---- names ---- */

static pv_str last_part(pv_str path) {
    size_t start = path.size;
    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return pv_str_slice(path, start, path.size);
}

static pv_str name_of(pv_report *report, pv_str path) {
    const pv_audit_facts *facts = facts_of(report);
    pv_str name = facts->name(facts->payload, report->scratch, path);
    report->failed |= !name.data;
    return name.data ? name : PV_STR("");
}

/* How places name a file: from the folder that the submission stands in; where they belong to none, as the record does.
 * What has no bytes is no file, and keeps its name. */
static pv_str name_in_places(pv_report *report, const pv_report_input *input, const pv_source *file) {
    const pv_audit_facts *facts = facts_of(report);
    if (input->submission)
        return pv_source_name_beside(input->source, file->path);
    return file->bytes.size > 0 ? facts->name(facts->payload, report->scratch, file->path) : file->path;
}

/* A copy of the source of input in which every file is named so. */
static const pv_source *name_for_places(pv_report *report, const pv_report_input *input) {
    const pv_source *source = input->source;
    pv_source *copy = PV_NEW(report->scratch, pv_source);
    pv_source **attached = PV_NEW_ARRAY(report->scratch, pv_source *, source->attached_count);
    if (!copy || !attached)
        return NULL;
    *copy = *source;
    copy->path = name_in_places(report, input, source);
    copy->attached = attached;
    for (size_t i = 0; i < source->attached_count; i++) {
        attached[i] = PV_NEW(report->scratch, pv_source);
        if (!attached[i])
            return NULL;
        *attached[i] = *source->attached[i];
        attached[i]->path = name_in_places(report, input, source->attached[i]);
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

static void write_verdicts(pv_report *report, const pv_report_input *input, pv_buf *out) {
    pv_report_input renamed = *input;
    pv_json json = pv_json_on(&report->text);
    renamed.source = name_for_places(report, input);
    report->failed |= !renamed.source;
    if (renamed.source) {
        pv_json_array_begin(&json);
        pv_json_verdicts_write(((audit_state *)report->state)->writer, &json, &renamed);
        unlist(pv_buf_str(&report->text), out);
    }
    report->failed |= report->text.failed;
    pv_buf_reset(&report->text);
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

static void add_input(pv_report *report, const pv_report_input *input, pv_str verdicts) {
    const pv_submission *submission = input->submission;
    pv_json json = pv_json_on(&report->text);
    pv_json_object_begin(&json);
    pv_json_member(&json, "path", name_of(report, submission->source->path));
    pv_json_member(&json, "sha256", pv_str_from(input->sha256));
    pv_json_member(&json, "form", submission->form->id);
    pv_json_member(&json, "format", submission->format);
    pv_json_member(&json, "pack", input->pack->manifest->id);
    pv_json_member(&json, "mode", pv_str_from(pv_mode_name(input->results->mode)));
    pv_json_member(&json, "fail_on", pv_str_from(pv_level_name(input->results->fail_on)));
    write_files(&json, submission->source);
    write_counts(&json, input->results, verdicts);
    pv_json_object_end(&json);
    pv_entry_add(report, PATHS, 0, input->source->path);
    pv_entry_add_row(report, INPUTS);
}

/* ---- what it was judged by ---- */

static void add_pack(pv_report *report, const pv_pack *pack) {
    pv_json json = pv_json_on(&report->text);
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
    pv_entry_add_row(report, PACKS);
}

static void add_parameter(pv_report *report, const pv_pack *pack, const pv_rule *rule, const pv_parameter *parameter) {
    pv_json json = pv_json_on(&report->text);
    pv_buf value = pv_buf_on(report->setup.memory);
    pv_parameter_write(&value, &parameter->value);
    pv_json_object_begin(&json);
    pv_json_member(&json, "pack", pack->manifest->id);
    pv_json_member(&json, "rule", rule->id);
    pv_json_member(&json, "name", parameter->spec.name);
    pv_json_member(&json, "value", pv_buf_str(&value));
    pv_json_object_end(&json);
    report->failed |= value.failed;
    pv_buf_clear(&value);
    pv_entry_add_row(report, PARAMETERS);
}

/* Those that the project set, whatever the pack has. */
static void add_parameters(pv_report *report, const pv_pack *pack) {
    for (size_t i = 0; i < pack->ruleset->rule_count; i++) {
        const pv_rule *rule = &pack->ruleset->rules[i];
        for (size_t k = 0; k < rule->parameter_count; k++)
            if (rule->parameters[k].origin == PV_PARAMETER_OF_PROJECT)
                add_parameter(report, pack, rule, &rule->parameters[k]);
    }
}

/* A file of a pack may lie anywhere on the machine, so only its name is given; the pack's files stand with the pack. */
static void add_fault(pv_report *report, const pv_fault *fault) {
    const pv_audit_facts *facts = facts_of(report);
    pv_fault reported = *fault;
    pv_json json = pv_json_on(&report->text);
    reported.path = last_part(fault->path);
    for (size_t i = 0; i < facts->input_count; i++)
        if (pv_str_equal(facts->inputs[i].path, fault->path))
            reported.path = name_of(report, fault->path);
    pv_json_fault(&json, &reported);
    pv_entry_add_row(report, FAULTS);
}

static void add_submission(pv_report *report, const pv_report_input *input) {
    pv_buf verdicts = pv_buf_on(report->setup.memory);
    write_verdicts(report, input, &verdicts);
    if (input->submission)
        add_input(report, input, pv_buf_str(&verdicts));
    if (input->pack) {
        add_pack(report, input->pack);
        add_parameters(report, input->pack);
    }
    for (size_t i = 0; i < input->results->fault_count; i++)
        add_fault(report, &input->results->faults[i]);
    pv_entry_add(report, VERDICTS, input->results->verdict_count, pv_buf_str(&verdicts));
    report->failed |= verdicts.failed;
    pv_buf_clear(&verdicts);
}

static bool admit(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    audit_state *state = report->state;
    (void)out;
    if (section != VERDICTS)
        return true;
    pv_sha256_add(state->verdicts, entry);
    state->verdict_count += (size_t)number;
    return false;
}

/* ---- the record ---- */

static void write_file(pv_json *json, const pv_audit_file *file) {
    pv_json_object_begin(json);
    pv_json_member(json, "path", file->path);
    pv_json_optional_member(json, "sha256", pv_str_from(file->sha256));
    pv_json_object_end(json);
}

static void write_file_or_none(pv_json *json, const char *key, const pv_audit_file *file) {
    pv_json_key(json, key);
    if (file->path.size == 0)
        pv_json_null(json);
    else
        write_file(json, file);
}

static void write_engine(pv_json *json, const pv_report_context *context) {
    const pv_audit_facts *facts = context->audit;
    pv_json_line_break(json);
    pv_json_key(json, "engine");
    pv_json_object_begin(json);
    pv_json_member(json, "version", context->version);
    pv_json_key(json, "built_with");
    pv_json_object_begin(json);
    for (size_t i = 0; i < facts->library_count; i++)
        pv_json_member(json, facts->libraries[i].name, pv_str_from(facts->libraries[i].version));
    pv_json_object_end(json);
    pv_json_object_end(json);
}

static void write_options(pv_json *json, const pv_report_context *context) {
    const pv_audit_facts *facts = context->audit;
    pv_json_line_break(json);
    pv_json_key(json, "options");
    pv_json_object_begin(json);
    pv_json_optional_member(json, "pack", facts->pack);
    pv_json_optional_member(json, "mode", pv_str_from(facts->has_mode ? pv_mode_name(context->mode) : ""));
    pv_json_optional_member(json, "fail_on", pv_str_from(facts->has_fail_on ? pv_level_name(context->fail_on) : ""));
    pv_json_optional_member(json, "as_of", context->as_of);
    pv_json_optional_member(json, "rule", context->rule_pattern);
    pv_json_optional_member(json, "waivers", facts->given_waivers);
    pv_json_optional_member(json, "baseline", facts->given_baseline);
    pv_json_optional_member(json, "stdin_filename", facts->standard_input);
    pv_json_member(json, "from", facts->from);
    pv_json_key(json, "of_folder");
    pv_json_bool(json, facts->of_folder);
    pv_json_object_end(json);
}

static void write_configuration(pv_json *json, const pv_report *report) {
    const pv_report_context *context = report->setup.context;
    const pv_audit_facts *facts = context->audit;
    pv_json_line_break(json);
    pv_json_key(json, "configuration");
    pv_json_object_begin(json);
    pv_json_member(json, "mode", pv_str_from(pv_mode_name(context->mode)));
    pv_json_member(json, "fail_on", pv_str_from(pv_level_name(context->fail_on)));
    write_file_or_none(json, "file", &facts->configuration);
    write_file_or_none(json, "lock", &facts->lock);
    pv_json_key(json, "others");
    pv_json_array_begin(json);
    for (size_t i = 0; i < facts->other_count; i++)
        write_file(json, &facts->others[i]);
    pv_json_array_end(json);
    write_file_or_none(json, "waivers", &facts->waivers);
    write_file_or_none(json, "baseline", &facts->baseline);
    pv_entry_write_member(json, report, PARAMETERS);
    pv_json_object_end(json);
}

/* A file that could not be read as a submission; a fault says why. */
static void write_unread(pv_json *json, const pv_audit_facts *facts, pv_str path, pv_arena *arena) {
    char sha256[65] = "";
    pv_str name = facts->name(facts->payload, arena, path);
    facts->hash(facts->payload, path, sha256);
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "path", name);
    pv_json_optional_member(json, "sha256", pv_str_from(sha256));
    pv_json_raw(json, PV_STR("\"form\":null,\"format\":null,\"pack\":null,\"mode\":null,\"fail_on\":null,\"files\":[],"
                             "\"verdicts\":null"));
    pv_json_object_end(json);
    json->out->failed |= !name.data;
}

static void write_inputs(pv_json *json, const pv_report *report) {
    const pv_audit_facts *facts = facts_of(report);
    size_t next = 0;
    pv_json_line_break(json);
    pv_json_key(json, sections[INPUTS].name);
    pv_json_array_begin(json);
    for (size_t i = 0; i < facts->input_count; i++) {
        const pv_audit_input *input = &facts->inputs[i];
        if (next < pv_entry_count(report, PATHS) && pv_str_equal(pv_entry_at(report, PATHS, next), input->path)) {
            pv_json_line_break(json);
            pv_json_raw(json, pv_entry_at(report, INPUTS, next++));
        } else if (!input->skipped) {
            write_unread(json, facts, input->path, report->scratch);
        }
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
}

static void write_verdict_sums(pv_json *json, const pv_report *report) {
    const audit_state *state = report->state;
    char sha256[65];
    pv_sha256_end(state->verdicts, sha256);
    pv_json_line_break(json);
    pv_json_key(json, "verdicts");
    pv_json_object_begin(json);
    pv_json_key(json, "count");
    pv_json_unsigned(json, state->verdict_count);
    pv_json_member(json, "sha256", pv_str_from(sha256));
    pv_json_object_end(json);
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    const pv_report_context *context = report->setup.context;
    pv_json json = pv_json_on(report->setup.out);
    for (size_t i = 0; i < fault_count; i++)
        add_fault(report, &faults[i]);
    pv_json_object_begin(&json);
    pv_json_key(&json, "schema");
    pv_json_unsigned(&json, PV_AUDIT_SCHEMA);
    pv_json_member(&json, "kind", PV_AUDIT_KIND);
    write_engine(&json, context);
    write_options(&json, context);
    write_configuration(&json, report);
    pv_entry_write_member(&json, report, PACKS);
    write_inputs(&json, report);
    write_verdict_sums(&json, report);
    pv_entry_write_member(&json, report, FAULTS);
    pv_json_summary(&json, "summary", summary, false);
    pv_json_line_break(&json);
    pv_json_key(&json, "exit_status");
    pv_json_unsigned(&json, (uint64_t)pv_summary_exit_code(summary));
    pv_json_object_end(&json);
    pv_buf_append_char(json.out, '\n');
}

const pv_format pv_audit_format = {
    .help = "the record of the run",
    .wants_hash = true,
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .state_size = sizeof(audit_state),
    .init = init,
    .clear = clear,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};
