#include "report/other/test_report.h"
#include "report/write/json.h"

/* Grows, never changes meaning. */
#define SCHEMA_VERSION 1

static void write_place(pv_json *json, const pv_test_result *result) {
    pv_json_optional_member(json, "path", result->path);
    pv_json_key(json, "line");
    pv_json_unsigned(json, result->at.line);
    pv_json_key(json, "column");
    pv_json_unsigned(json, result->at.column);
}

static void write_rows(pv_json *json, const pv_test_result *result) {
    pv_json_key(json, "rows");
    pv_json_array_begin(json);
    for (size_t i = 0; i < result->row_count; i++) {
        pv_json_object_begin(json);
        pv_json_optional_member(json, "expected", result->rows[i].expected);
        pv_json_optional_member(json, "actual", result->rows[i].actual);
        pv_json_key(json, "met");
        pv_json_bool(json, result->rows[i].met);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void write_result(pv_json *json, const pv_test_result *result) {
    static const char *const kinds[] = {
        [PV_TEST_EXAMPLE] = "example", [PV_TEST_CASE] = "case", [PV_TEST_PACK] = "pack"};
    static const char *const outcomes[] = {
        [PV_TEST_PASSED] = "passed", [PV_TEST_FAILED] = "failed", [PV_TEST_FAULTY] = "faulty"};
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "pack", result->pack);
    pv_json_member(json, "kind", pv_str_from(kinds[result->kind]));
    pv_json_member(json, "name", result->name);
    if (result->number > 0) {
        pv_json_key(json, "number");
        pv_json_unsigned(json, result->number);
    }
    pv_json_member(json, "outcome", pv_str_from(outcomes[result->outcome]));
    pv_json_optional_member(json, "fault", result->fault);
    write_place(json, result);
    write_rows(json, result);
    pv_json_object_end(json);
}

static void write_rule_coverage(pv_json *json, const pv_rule_coverage *rule) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "rule", rule->rule->id);
    for (size_t state = 0; state < PV_COVERED_STATES; state++) {
        pv_json_key(json, pv_state_name((pv_state)state));
        if (rule->seen[state] == 0 && !rule->asked[state])
            pv_json_null(json);
        else
            pv_json_unsigned(json, rule->seen[state]);
    }
    pv_json_object_end(json);
}

static void write_share(pv_json *json, const char *key, pv_share share) {
    pv_json_key(json, key);
    pv_json_object_begin(json);
    pv_json_key(json, "covered");
    pv_json_unsigned(json, share.covered);
    pv_json_key(json, "all");
    pv_json_unsigned(json, share.all);
    pv_json_object_end(json);
}

static void write_file_coverage(pv_json *json, const pv_file_coverage *file) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "path", file->file->path);
    pv_json_key(json, "missed");
    pv_json_array_begin(json);
    for (size_t line = 0; line < file->file->line_count; line++)
        if (file->lines[line] == PV_LINE_MISSED)
            pv_json_unsigned(json, line + 1);
    pv_json_array_end(json);
    pv_json_object_end(json);
}

static void write_coverage(pv_json *json, const pv_coverage *coverage) {
    pv_json_object_begin(json);
    pv_json_member(json, "pack", coverage->pack);
    write_share(json, "outcomes", pv_coverage_outcomes(coverage));
    write_share(json, "lines", pv_coverage_lines(coverage));
    pv_json_key(json, "rules");
    pv_json_array_begin(json);
    for (size_t i = 0; i < coverage->rule_count; i++)
        write_rule_coverage(json, &coverage->rules[i]);
    pv_json_array_end(json);
    pv_json_key(json, "files");
    pv_json_array_begin(json);
    for (size_t i = 0; i < coverage->file_count; i++)
        write_file_coverage(json, &coverage->files[i]);
    pv_json_array_end(json);
    pv_json_object_end(json);
}

static void write_summary(pv_json *json, const pv_test_report *report) {
    pv_test_summary summary = pv_test_summarize(report);
    pv_json_key(json, "summary");
    pv_json_object_begin(json);
    const struct {
        const char *key;
        size_t count;
    } counts[] = {{"rules", report->rules},
                  {"examples", summary.examples},
                  {"cases", summary.cases},
                  {"failed", summary.failed},
                  {"faulty", summary.faulty}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        pv_json_key(json, counts[i].key);
        pv_json_unsigned(json, counts[i].count);
    }
    pv_json_object_end(json);
}

void pv_test_json(pv_buf *out, const pv_test_report *report) {
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    pv_json_key(&json, "schema");
    pv_json_unsigned(&json, SCHEMA_VERSION);
    pv_json_key(&json, "results");
    pv_json_array_begin(&json);
    for (size_t i = 0; i < report->result_count; i++)
        write_result(&json, &report->results[i]);
    pv_json_array_end(&json);
    if (report->coverage_count > 0) {
        pv_json_key(&json, "coverage");
        pv_json_array_begin(&json);
        for (size_t i = 0; i < report->coverage_count; i++)
            write_coverage(&json, &report->coverage[i]);
        pv_json_array_end(&json);
    }
    write_summary(&json, report);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}
