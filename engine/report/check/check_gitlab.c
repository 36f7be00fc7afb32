#include "base/hash.h"
#include "report/check/format.h"
#include "report/verdicts/finding.h"
#include "report/write/json.h"

typedef struct gitlab_report {
    pv_report base;
    pv_json json;
} gitlab_report;

static bool begin(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    if (!pv_report_new(out, setup, sizeof(gitlab_report), error))
        return false;
    pv_json *json = &((gitlab_report *)*out)->json;
    *json = pv_json_on(setup->out);
    pv_json_array_begin(json);
    return true;
}

/* What a person must judge is one step less severe than what is certain. */
static pv_str severity_of(const pv_verdict *verdict) {
    static const char *const severities[] = {"info", "minor", "major", "critical"};
    if (verdict->outcome.state == PV_STATE_NOT_CHECKED)
        return PV_STR("blocker");
    return pv_str_from(severities[(size_t)verdict->level + (verdict->outcome.state != PV_STATE_REVIEW)]);
}

/* Of a finding's own fingerprint, the file judged and the file it is in: entries with equal ones would be merged. */
static uint64_t fingerprint_of(const pv_report_input *input, const pv_verdict *verdict) {
    const pv_str separator = PV_STR("\n");
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, pv_path_relative(input->source->path));
    hash = pv_hash_continue(hash, separator);
    hash = pv_hash_continue(hash, pv_finding_path(input, verdict));
    hash = pv_hash_continue(hash, separator);
    for (unsigned bit = 0; bit < 64; bit += 8)
        hash = pv_hash_byte(hash, (char)(verdict->fingerprint >> bit & 0xFF));
    return hash;
}

static void write_entry(pv_json *json, const char *mode, pv_str description, pv_str check, pv_str severity) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "description", description);
    pv_json_member(json, "check_name", check);
    pv_json_member(json, "severity", severity);
    pv_json_member(json, "mode", pv_str_from(mode));
}

static void write_location(pv_json *json, pv_str path, uint32_t line) {
    pv_json_key(json, "location");
    pv_json_object_begin(json);
    pv_json_member(json, "path", path);
    pv_json_key(json, "lines");
    pv_json_object_begin(json);
    pv_json_key(json, "begin");
    pv_json_unsigned(json, line);
    pv_json_object_end(json);
    pv_json_object_end(json);
}

static void write_fingerprint(pv_json *json, uint64_t hash, size_t ordinal) {
    pv_buf text = pv_buf_on(json->out->memory);
    pv_buf_format(&text, "%016llx", (unsigned long long)hash);
    if (ordinal > 1)
        pv_buf_format(&text, "-%zu", ordinal);
    pv_json_member(json, "fingerprint", pv_buf_str(&text));
    json->out->failed |= text.failed;
    pv_buf_clear(&text);
}

static void write_finding(pv_json *json, const char *mode, const pv_report_input *input, const pv_verdict *verdict,
                          uint64_t fingerprint, size_t ordinal, pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(json->out->memory);
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_append_text(&sentence, "For review: ");
    pv_finding_sentence(&sentence, verdict, scratch);
    write_entry(json, mode, pv_buf_str(&sentence), verdict->rule->id, severity_of(verdict));
    write_fingerprint(json, fingerprint, ordinal);
    write_location(json, pv_finding_path(input, verdict), pv_finding_start(input, verdict).line);
    pv_json_object_end(json);
    json->out->failed |= sentence.failed;
    pv_buf_clear(&sentence);
}

static bool write_findings(pv_buf *part, const pv_report *report, const pv_report_input *input, pv_arena *scratch) {
    const pv_results *results = input->results;
    const char *mode = pv_mode_name(input->results->mode);
    const pv_verdict **findings = PV_NEW_ARRAY(scratch, const pv_verdict *, results->verdict_count);
    uint64_t *keys = PV_NEW_ARRAY(scratch, uint64_t, results->verdict_count);
    size_t count = 0;
    for (size_t i = 0; findings && keys && i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        if (!pv_verdict_is_open(verdict))
            continue;
        findings[count] = verdict;
        keys[count++] = fingerprint_of(input, verdict);
    }
    const size_t *ordinals = findings && keys ? pv_finding_ordinals(keys, count, scratch) : NULL;
    pv_buf text = pv_buf_on(report->setup.memory);
    for (size_t i = 0; ordinals && i < count; i++) {
        pv_json json = pv_json_on(&text);
        write_finding(&json, mode, input, findings[i], keys[i], ordinals[i], scratch);
        pv_frame_put_text(part, pv_str_trim(pv_buf_str(&text)));
        part->failed |= text.failed;
        pv_buf_reset(&text);
    }
    pv_buf_clear(&text);
    return ordinals != NULL;
}

static void add_submission(pv_report *report, const pv_report_input *input, pv_buf *part) {
    pv_arena *scratch = pv_arena_new(report->setup.memory);
    part->failed |= !scratch || !write_findings(part, report, input, scratch);
    pv_arena_free(scratch);
}

static bool join(pv_report *base, pv_str parts, pv_error *error) {
    pv_json *json = &((gitlab_report *)base)->json;
    while (parts.size > 0) {
        pv_str entry;
        if (!pv_frame_take_text(&parts, &entry, error))
            return false;
        pv_json_line_break(json);
        pv_json_raw(json, entry);
    }
    return true;
}

/* Every entry must have a file; a fault without one stands at the folder. */
static void write_fault(pv_json *json, const char *mode, const pv_fault *fault) {
    pv_str path = fault->path.size > 0 ? pv_path_relative(fault->path) : PV_STR(".");
    pv_buf place = pv_buf_on(json->out->memory);
    pv_buf_format(&place, "%.*s:%u:%u:%.*s:", PV_STR_ARG(path), (unsigned)fault->at.line, (unsigned)fault->at.column,
                  PV_STR_ARG(fault->rule));
    uint64_t hash = pv_hash_continue(pv_hash_continue(PV_HASH_SEED, pv_buf_str(&place)), fault->message);
    write_entry(json, mode, fault->message, fault->rule.size > 0 ? fault->rule : PV_STR("fault"), PV_STR("blocker"));
    write_fingerprint(json, hash, 1);
    write_location(json, path, fault->at.line > 0 ? fault->at.line : 1);
    pv_json_object_end(json);
    json->out->failed |= place.failed;
    pv_buf_clear(&place);
}

static void end(pv_report *base, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    (void)summary;
    pv_json *json = &((gitlab_report *)base)->json;
    for (size_t i = 0; i < fault_count; i++)
        write_fault(json, pv_mode_name(base->setup.context->mode), &faults[i]);
    pv_json_line_break(json);
    pv_json_array_end(json);
    pv_buf_append_char(json->out, '\n');
}

const pv_format pv_gitlab_format = {
    .begin = begin,
    .submission = add_submission,
    .join = join,
    .end = end,
    .free = pv_report_free,
};
