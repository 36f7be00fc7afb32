#include "base/digits.h"
#include "base/hash.h"
#include "report/check/gathered_faults_p.h"
#include "report/verdicts/finding.h"
#include "report/write/json.h"

enum { FAULTS, ISSUES = FAULTS + PV_FAULT_SECTION_COUNT };
static const pv_report_section sections[] = {
    PV_FAULT_SECTIONS(FAULTS),
    [ISSUES] = {.name = "issues", .joining = PV_JOIN_AT_ONCE, .before = "\n", .between = ",\n"},
};

static void write_head(pv_report *report) {
    pv_buf_append_char(report->setup.out, '[');
}

/* What a person must judge is one step less severe than what is certain. */
static pv_str severity_of(const pv_verdict *verdict) {
    static const char *const severities[] = {"info", "minor", "major", "critical"};
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
    pv_json_object_begin(json);
    pv_json_prose_member(json, "description", description);
    pv_json_member(json, "check_name", check);
    pv_json_member(json, "severity", severity);
    pv_json_member(json, "mode", pv_str_from(mode));
}

/* Every entry must have a file and a line: what has no file stands at the folder, and what is in a document at its
 * first line. */
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
    char digits[PV_HEX_SIZE];
    pv_buf text = pv_buf_on(json->out->memory);
    pv_hex_write(hash, digits);
    pv_buf_append_text(&text, digits);
    if (ordinal > 1)
        pv_buf_format(&text, "-%zu", ordinal);
    pv_json_member(json, "fingerprint", pv_buf_str(&text));
    json->out->failed |= text.failed;
    pv_buf_clear(&text);
}

static void add_finding(pv_report *report, const pv_report_input *input, const pv_verdict *verdict,
                        uint64_t fingerprint, size_t ordinal) {
    pv_json json = pv_json_on(&report->text);
    pv_buf sentence = pv_buf_on(report->setup.memory);
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_append_text(&sentence, "For review: ");
    pv_finding_sentence(&sentence, verdict, report->scratch);
    pv_finding_where(&sentence, input, verdict);
    write_entry(&json, pv_mode_name(input->results->mode), pv_buf_str(&sentence), verdict->rule->id,
                severity_of(verdict));
    write_fingerprint(&json, fingerprint, ordinal);
    pv_str path = pv_finding_path(input, verdict);
    write_location(&json, path.size > 0 ? path : PV_STR("."),
                   pv_finding_has_lines(input, verdict) ? pv_finding_start(input, verdict).line : 1);
    pv_json_object_end(&json);
    report->failed |= sentence.failed;
    pv_buf_clear(&sentence);
    pv_entry_add_row(report, ISSUES);
}

static void add_submission(pv_report *report, const pv_report_input *input) {
    const pv_results *results = input->results;
    pv_faults_gather(report, FAULTS, input);
    const pv_verdict **findings = PV_NEW_ARRAY(report->scratch, const pv_verdict *, results->verdict_count);
    uint64_t *keys = PV_NEW_ARRAY(report->scratch, uint64_t, results->verdict_count);
    size_t count = 0;
    for (size_t i = 0; findings && keys && i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        if (!pv_verdict_is_open(verdict) || !pv_state_can_be_accepted(verdict->outcome.state))
            continue;
        findings[count] = verdict;
        keys[count++] = fingerprint_of(input, verdict);
    }
    const size_t *ordinals = findings && keys ? pv_finding_ordinals(keys, count, report->scratch) : NULL;
    report->failed |= !ordinals;
    for (size_t i = 0; ordinals && i < count; i++)
        add_finding(report, input, findings[i], keys[i], ordinals[i]);
}

static bool admit(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    (void)entry;
    return section != FAULTS + 1 || pv_faults_admit(report, FAULTS, number, out);
}

static void add_fault(pv_report *report, const pv_gathered_fault *gathered) {
    const pv_fault *fault = &gathered->fault;
    pv_json json = pv_json_on(&report->text);
    pv_str path = fault->path.size > 0 ? pv_path_relative(fault->path) : PV_STR(".");
    pv_buf text = pv_buf_on(report->setup.memory);
    pv_buf_format(&text, "%.*s:%u:%u:%.*s:", PV_STR_ARG(path), (unsigned)fault->at.line, (unsigned)fault->at.column,
                  PV_STR_ARG(fault->rule));
    uint64_t hash = pv_hash_continue(pv_hash_continue(PV_HASH_SEED, pv_buf_str(&text)), fault->message);
    pv_buf_reset(&text);
    pv_fault_sentence(&text, gathered);
    write_entry(&json, pv_mode_name(report->setup.context->mode), pv_buf_str(&text),
                fault->rule.size > 0 ? fault->rule : PV_STR("fault"), PV_STR("blocker"));
    write_fingerprint(&json, hash, 1);
    write_location(&json, path, fault->at.line > 0 ? fault->at.line : 1);
    pv_json_object_end(&json);
    report->failed |= text.failed;
    pv_buf_clear(&text);
    pv_entry_add_row(report, ISSUES);
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    (void)summary;
    size_t count;
    const pv_gathered_fault *gathered = pv_faults_gathered(report, FAULTS, faults, fault_count, &count);
    for (size_t i = 0; i < count; i++)
        add_fault(report, &gathered[i]);
    pv_buf_append_text(report->setup.out, "\n]\n");
}

const pv_format pv_gitlab_format = {
    .help = "Code Quality report of GitLab",
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .head = write_head,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};
