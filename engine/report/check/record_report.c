#include "report/check/record_report.h"

#include "base/hash.h"
#include "report/check/check_json_p.h"
#include "run/record.h"

enum { PATHS = PV_JSON_SECTION_COUNT, INPUTS, PACKS, PARAMETERS };

static const pv_report_section sections[] = {
    PV_JSON_SECTIONS,
    [PATHS] = {.name = "paths", .joining = PV_JOIN_AT_END}, /* of inputs, as other reports name them */
    [INPUTS] = {.name = "inputs", .joining = PV_JOIN_AT_END},
    [PACKS] = {.name = "packs", .joining = PV_JOIN_EQUALS},
    [PARAMETERS] = {.name = "parameters", .joining = PV_JOIN_EQUALS},
};

typedef struct record_state {
    pv_json_state report; /* first: the functions of the JSON format take this for their own */
    pv_report_context context;
} record_state;

static const pv_audit_facts *facts_of(const pv_report *report) {
    return report->setup.context->audit;
}

/* ---- names ---- */

static pv_str name_of(pv_report *report, pv_str path) {
    const pv_audit_facts *facts = facts_of(report);
    pv_str name = facts->name(facts->payload, report->scratch, path);
    report->failed |= !name.data;
    return name.data ? name : PV_STR("");
}

/* A source without bytes is no file, but what findings of no submission are listed under, and keeps its name. */
static const pv_source *rename_source(pv_report *report, const pv_source *source) {
    pv_source *copy = PV_NEW(report->scratch, pv_source);
    pv_source **attached = PV_NEW_ARRAY(report->scratch, pv_source *, source->attached_count);
    if (!copy || !attached)
        return NULL;
    *copy = *source;
    copy->attached = attached;
    if (source->bytes.size > 0)
        copy->path = name_of(report, source->path);
    for (size_t i = 0; i < source->attached_count; i++) {
        attached[i] = PV_NEW(report->scratch, pv_source);
        if (!attached[i])
            return NULL;
        *attached[i] = *source->attached[i];
        attached[i]->path = name_of(report, attached[i]->path);
    }
    return copy;
}

/* A file of a pack may lie anywhere on the machine, so only its name is given; the pack's files stand with the pack. */
static const pv_fault *rename_faults(pv_report *report, const pv_fault *faults, size_t count) {
    const pv_audit_facts *facts = facts_of(report);
    pv_fault *renamed = PV_NEW_ARRAY(report->scratch, pv_fault, count);
    report->failed |= !renamed;
    for (size_t i = 0; renamed && i < count; i++) {
        pv_str path = faults[i].path;
        size_t start = path.size;
        while (start > 0 && path.data[start - 1] != '/')
            start--;
        renamed[i] = faults[i];
        renamed[i].path = pv_str_slice(path, start, path.size);
        for (size_t k = 0; k < facts->input_count; k++)
            if (pv_str_equal(facts->inputs[k].path, path))
                renamed[i].path = name_of(report, path);
    }
    return renamed;
}

static const pv_report_baseline *rename_baseline(pv_report *report, const pv_report_baseline *baseline) {
    pv_report_baseline *copy = PV_NEW(report->scratch, pv_report_baseline);
    const pv_verdict_entry **fixed = PV_NEW_ARRAY(report->scratch, const pv_verdict_entry *, baseline->fixed_count);
    pv_verdict_entry *entries = PV_NEW_ARRAY(report->scratch, pv_verdict_entry, baseline->fixed_count);
    if (!copy || !fixed || !entries)
        return NULL;
    *copy = *baseline;
    copy->fixed = fixed;
    for (size_t i = 0; i < baseline->fixed_count; i++) {
        entries[i] = *baseline->fixed[i];
        entries[i].path = name_of(report, entries[i].path);
        fixed[i] = &entries[i];
    }
    return copy;
}

static void report_renamed(pv_report *report, const pv_report_input *input) {
    pv_report_input renamed = *input;
    pv_results results = *input->results;
    pv_submission submission;
    renamed.results = &results;
    results.faults = rename_faults(report, results.faults, results.fault_count);
    if (input->source)
        renamed.source = rename_source(report, input->source);
    if (input->baseline)
        renamed.baseline = rename_baseline(report, input->baseline);
    if (!results.faults || (input->source && !renamed.source) || (input->baseline && !renamed.baseline)) {
        report->failed = true;
        return;
    }
    if (input->submission) {
        submission = *input->submission;
        submission.source = renamed.source;
        renamed.submission = &submission;
    }
    pv_json_format.submission(report, &renamed);
}

/* ---- what was judged, and by what ---- */

static void write_input(pv_json *json, pv_str path, const char *sha256, const pv_report_input *judged) {
    pv_str pack = judged && judged->pack ? judged->pack->manifest->id : (pv_str){0};
    pv_json_object_begin(json);
    pv_json_member(json, "path", path);
    pv_json_optional_member(json, "sha256", pv_str_from(sha256));
    pv_json_optional_member(json, "pack", pack);
    pv_json_key(json, "verdicts");
    if (judged)
        pv_json_unsigned(json, judged->results->verdict_count);
    else
        pv_json_null(json);
    pv_json_object_end(json);
}

static void add_pack(pv_report *report, const pv_pack *pack) {
    pv_json json = pv_json_on(&report->text);
    pv_json_object_begin(&json);
    pv_json_member(&json, "id", pack->manifest->id);
    pv_json_member(&json, "version", pack->manifest->version);
    pv_json_member(&json, "sha256", pv_str_from(pack->sha256));
    pv_json_key(&json, "files");
    pv_json_array_begin(&json);
    for (size_t i = 0; i < pack->file_count; i++) {
        char sha256[65];
        pv_hash_sha256(&pack->files[i].bytes, 1, sha256);
        pv_json_file(&json, pack->files[i].name, sha256);
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

static void add_submission(pv_report *report, const pv_report_input *input) {
    report_renamed(report, input);
    if (input->submission) {
        pv_json json = pv_json_on(&report->text);
        write_input(&json, name_of(report, input->source->path), input->sha256, input);
        pv_entry_add_row(report, INPUTS);
        pv_entry_add(report, PATHS, 0, input->source->path);
    }
    if (input->pack) {
        add_pack(report, input->pack);
        add_parameters(report, input->pack);
    }
}

/* ---- the record ---- */

/* The report in it is the same whether or not statistics were asked for besides. */
static bool init(pv_report *report, pv_error *error) {
    record_state *state = report->state;
    const pv_audit_facts *facts = facts_of(report);
    state->context = *report->setup.context;
    state->context.statistics = NULL;
    state->context.baseline = facts->baseline;
    report->setup.context = &state->context;
    return pv_json_format.init(report, error);
}

static void write_head(pv_report *report) {
    pv_json *json = &((record_state *)report->state)->report.json;
    *json = pv_json_on(report->setup.out);
    pv_json_object_begin(json);
    pv_json_key(json, "record");
    pv_json_unsigned(json, PV_RECORD_SCHEMA);
    pv_json_line_break(json);
    pv_json_raw(json, facts_of(report)->surroundings);
    pv_json_line_break(json);
    pv_json_key(json, "report");
    pv_json_report_begin(report);
}

/* In the order of the report; a file that could not be read as a submission is here too, and a fault says why. */
static void write_inputs(pv_json *json, pv_report *report) {
    const pv_audit_facts *facts = facts_of(report);
    size_t next = 0;
    pv_json_line_break(json);
    pv_json_key(json, sections[INPUTS].name);
    pv_json_array_begin(json);
    for (size_t i = 0; i < facts->input_count; i++) {
        const pv_audit_input *input = &facts->inputs[i];
        bool judged =
            next < pv_entry_count(report, PATHS) && pv_str_equal(pv_entry_at(report, PATHS, next), input->path);
        if (!judged && input->skipped)
            continue;
        pv_json_line_break(json);
        if (judged) {
            pv_json_raw(json, pv_entry_at(report, INPUTS, next++));
        } else {
            char sha256[65] = "";
            facts->hash(facts->payload, input->path, sha256);
            write_input(json, name_of(report, input->path), sha256, NULL);
        }
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
}

static bool rename_skipped(pv_report *report, pv_skipped_list *renamed) {
    const pv_skipped_list *skipped = report->setup.context->skipped;
    *renamed = (pv_skipped_list){0};
    if (!skipped)
        return true;
    renamed->items = PV_NEW_ARRAY(report->scratch, pv_skipped, skipped->count);
    report->failed |= !renamed->items;
    for (; renamed->items && renamed->count < skipped->count; renamed->count++)
        renamed->items[renamed->count] =
            (pv_skipped){name_of(report, skipped->items[renamed->count].path), skipped->items[renamed->count].why};
    return renamed->items != NULL;
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    pv_json *json = &((record_state *)report->state)->report.json;
    const pv_fault *renamed = rename_faults(report, faults, fault_count);
    pv_skipped_list skipped;
    if (!rename_skipped(report, &skipped) || !renamed)
        return;
    ((record_state *)report->state)->context.skipped = &skipped;
    pv_json_report_end(report, summary, renamed, fault_count);
    pv_entry_write_member(json, report, PARAMETERS);
    pv_entry_write_member(json, report, PACKS);
    write_inputs(json, report);
    pv_json_line_break(json);
    pv_json_key(json, "exit_status");
    pv_json_unsigned(json, (uint64_t)pv_summary_exit_code(summary));
    pv_json_object_end(json);
    pv_buf_append_char(json->out, '\n');
}

static void clear(pv_report *report) {
    pv_json_format.clear(report);
}

const pv_format pv_record_format = {
    .help = "the record of the run",
    .wants_hash = true,
    .reports_baseline = true,
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .state_size = sizeof(record_state),
    .init = init,
    .clear = clear,
    .head = write_head,
    .submission = add_submission,
    .foot = write_foot,
};
