#include "report/other/test_report.h"

#include "report/other/remarks.h"
#include "report/write/json.h"
#include "report/write/layout.h"
#include "report/write/markup.h"

/* Columns of the marked words, of their first line, that are quoted in a row. */
#define LONGEST_QUOTE ((size_t)80)

pv_test_summary pv_test_summarize(const pv_test_report *report) {
    pv_test_summary summary = {0};
    for (size_t i = 0; i < report->result_count; i++) {
        const pv_test_result *result = &report->results[i];
        summary.examples += result->kind == PV_TEST_EXAMPLE && result->number > 0;
        summary.cases += result->kind == PV_TEST_CASE;
        summary.failed += result->outcome == PV_TEST_FAILED;
        summary.faulty += result->outcome == PV_TEST_FAULTY;
        bool contradicted = result->kind == PV_TEST_EXAMPLE && result->outcome == PV_TEST_FAILED;
        summary.contradicted += contradicted;
        summary.one_sided += contradicted && result->number == 0;
    }
    return summary;
}

/* "ipp1.word-limit, example 2", "cases/over.yaml": appended to out. */
static void write_result_name(pv_buf *out, const pv_test_result *result) {
    pv_buf_append(out, result->name);
    if (result->number > 0)
        pv_buf_format(out, ", example %zu", result->number);
}

/* ---- the rows of a case ---- */

typedef struct row_writer {
    pv_buf text;
    const pv_case *read;
    const pv_source *submission;
    pv_arena *arena;
} row_writer;

static void write_place(row_writer *writer, uint32_t start, bool expected_here, pv_span words) {
    const pv_source *file = pv_source_part(writer->submission, start);
    bool attached = file->base > 0;
    pv_position at = pv_source_locate(file, start);
    if (!attached)
        at = pv_case_position(writer->read, at);
    pv_buf_append_text(&writer->text, " at ");
    if (attached)
        pv_buf_format(&writer->text, "%.*s:", PV_STR_ARG(file->path));
    pv_buf_format(&writer->text, "%u:%u", (unsigned)at.line, (unsigned)at.column);
    if (expected_here) {
        pv_buf_append_text(&writer->text, ", expected here");
    } else if (words.end > words.start) {
        pv_buf scratch = pv_buf_on(writer->text.memory);
        pv_str quoted = pv_source_words(writer->submission, words, &scratch);
        size_t line_end = pv_str_find(quoted, PV_STR("\n"), 0);
        pv_buf_append_text(&writer->text, " “");
        pv_layout_cut(&writer->text, line_end == SIZE_MAX ? quoted : pv_str_slice(quoted, 0, line_end), LONGEST_QUOTE);
        pv_buf_append_text(&writer->text, line_end == SIZE_MAX ? "”" : " …”");
        writer->text.failed |= scratch.failed;
        pv_buf_clear(&scratch);
    }
}

static void write_due(row_writer *writer, pv_date day) {
    char text[PV_DATE_SIZE];
    pv_date_write(day, text);
    pv_buf_format(&writer->text, ", due %s", text);
}

static void write_expected(row_writer *writer, const pv_expectation *expected) {
    pv_buf_format(&writer->text, "%.*s: %s", PV_STR_ARG(expected->rule), pv_state_name(expected->state));
    if (expected->subject.size > 0)
        pv_buf_format(&writer->text, " for %.*s", PV_STR_ARG(expected->subject));
    if (expected->place != PV_EXPECTED_ANYWHERE)
        write_place(writer, expected->span.start, expected->expected_here, expected->span);
    if (expected->has_due)
        write_due(writer, expected->due);
}

/* The subject where the expectation names it, or where nothing else distinguishes the verdicts of one rule. */
static bool write_actual(row_writer *writer, const pv_verdict *verdict, const pv_expectation *expected) {
    pv_buf_format(&writer->text, "%.*s: %s", PV_STR_ARG(verdict->rule->id), pv_state_name(verdict->outcome.state));
    if (!expected || expected->subject.size > 0 || expected->place == PV_EXPECTED_ANYWHERE) {
        pv_str subject = pv_subject_name(&verdict->subject, writer->arena);
        if (!subject.data)
            return false;
        pv_buf_format(&writer->text, " for %.*s", PV_STR_ARG(subject));
    }
    write_place(writer, verdict->outcome.at.span.start, verdict->outcome.at.expected_here, verdict->outcome.at.span);
    if (expected && expected->has_due && verdict->outcome.has_due)
        write_due(writer, verdict->outcome.due);
    if (verdict->outcome.message.size > 0)
        pv_buf_format(&writer->text, ": %.*s", PV_STR_ARG(verdict->outcome.message));
    return true;
}

static bool keep(row_writer *writer, pv_str *out) {
    *out = writer->text.failed ? (pv_str){NULL, 0} : pv_arena_copy(writer->arena, pv_buf_str(&writer->text));
    pv_buf_reset(&writer->text);
    return out->data != NULL;
}

static bool write_row(row_writer *writer, const pv_case_row *row, pv_test_row *out) {
    out->met = row->met;
    if (row->expected)
        write_expected(writer, row->expected);
    if (!keep(writer, &out->expected))
        return false;
    return (!row->actual || write_actual(writer, row->actual, row->expected)) && keep(writer, &out->actual);
}

bool pv_test_rows_of_case(pv_test_result *result, pv_arena *arena, const pv_case *read, const pv_source *submission,
                          const pv_case_match *match, pv_error *error) {
    pv_test_row *rows = PV_NEW_ARRAY(arena, pv_test_row, match->row_count);
    row_writer writer = {pv_buf_on(pv_arena_memory(arena)), read, submission, arena};
    bool written = rows != NULL;
    for (size_t i = 0; written && i < match->row_count; i++)
        written = write_row(&writer, &match->rows[i], &rows[i]);
    pv_buf_clear(&writer.text);
    result->rows = rows;
    result->row_count = match->row_count;
    return written || pv_fail_memory(error);
}

/* ---- TAP ---- */

static void write_name(pv_buf *out, const pv_test_result *result) {
    pv_buf name = pv_buf_on(out->memory);
    write_result_name(&name, result);
    pv_tap_description(out, result->pack);
    pv_buf_append_text(out, ": ");
    pv_tap_description(out, pv_buf_str(&name));
    out->failed = out->failed || name.failed;
    pv_buf_clear(&name);
}

static void write_diagnosis(pv_buf *out, const pv_test_result *result) {
    pv_buf_append_text(out, "  ---\n  ");
    if (result->fault.size > 0) {
        pv_tap_member(out, "message", result->fault);
        pv_buf_append_text(out, "  ");
    }
    pv_tap_member(out, "file", result->path);
    pv_buf_format(out, "  line: %u\n  column: %u\n", (unsigned)result->at.line, (unsigned)result->at.column);
    if (result->row_count > 0)
        pv_buf_append_text(out, "  differences:\n");
    for (size_t i = 0; i < result->row_count; i++) {
        if (result->rows[i].met)
            continue;
        pv_buf_append_text(out, "    - ");
        pv_tap_member(out, "expected", result->rows[i].expected);
        pv_buf_append_text(out, "      ");
        pv_tap_member(out, "actual", result->rows[i].actual);
    }
    pv_buf_append_text(out, "  ...\n");
}

void pv_test_tap(pv_buf *out, const pv_test_report *report) {
    pv_buf_format(out, "TAP version 13\n1..%zu\n", report->result_count);
    for (size_t i = 0; i < report->result_count; i++) {
        const pv_test_result *result = &report->results[i];
        bool passed = result->outcome == PV_TEST_PASSED;
        pv_buf_format(out, "%s %zu - ", passed ? "ok" : "not ok", i + 1);
        write_name(out, result);
        pv_buf_append_char(out, '\n');
        if (!passed)
            write_diagnosis(out, result);
    }
}

/* ---- JUnit ---- */

/* Readers expect times; that of the machine would be no part of what is tested. */
#define NO_TIME " time=\"0\""

typedef struct suite_counts {
    size_t tests;
    size_t failures;
    size_t errors;
} suite_counts;

/* Of results[from .. until), the end of the run of results of one pack. */
static size_t suite_end(const pv_test_report *report, size_t from, suite_counts *counts) {
    size_t end = from;
    for (; end < report->result_count && pv_str_equal(report->results[end].pack, report->results[from].pack); end++) {
        counts->tests++;
        counts->failures += report->results[end].outcome == PV_TEST_FAILED;
        counts->errors += report->results[end].outcome == PV_TEST_FAULTY;
    }
    return end;
}

static void write_counts(pv_buf *out, const suite_counts *counts) {
    pv_xml_number(out, "tests", counts->tests);
    pv_xml_number(out, "failures", counts->failures);
    pv_xml_number(out, "errors", counts->errors);
    pv_buf_append_text(out, NO_TIME);
}

static void write_problem(pv_buf *out, const pv_test_result *result) {
    const char *element = result->outcome == PV_TEST_FAULTY ? "error" : "failure";
    pv_buf_format(out, "      <%s", element);
    pv_markup_attribute(out, "message",
                        result->fault.size > 0 ? result->fault : PV_STR("the verdicts are not those expected"));
    pv_buf_append_char(out, '>');
    pv_xml_text(out, result->path);
    if (result->at.line > 0)
        pv_buf_format(out, ":%u:%u", (unsigned)result->at.line, (unsigned)result->at.column);
    pv_buf_append_text(out, result->path.size > 0 ? "\n" : "");
    for (size_t i = 0; i < result->row_count; i++) {
        if (result->rows[i].met)
            continue;
        pv_buf_append_text(out, "expected  ");
        pv_xml_text(out, result->rows[i].expected);
        pv_buf_append_text(out, "\nactual    ");
        pv_xml_text(out, result->rows[i].actual);
        pv_buf_append_char(out, '\n');
    }
    pv_buf_format(out, "</%s>\n", element);
}

static void write_testcase(pv_buf *out, const pv_test_result *result) {
    static const char *const classes[] = {
        [PV_TEST_EXAMPLE] = "examples", [PV_TEST_CASE] = "cases", [PV_TEST_PACK] = "pack"};
    pv_buf name = pv_buf_on(out->memory);
    write_result_name(&name, result);
    pv_buf_append_text(out, "    <testcase");
    pv_markup_attribute(out, "name", pv_buf_str(&name));
    pv_markup_attribute(out, "classname", pv_str_from(classes[result->kind]));
    if (result->path.size > 0)
        pv_markup_attribute(out, "file", result->path);
    if (result->path.size > 0 && result->at.line > 0)
        pv_xml_number(out, "line", result->at.line);
    pv_buf_append_text(out, NO_TIME);
    out->failed = out->failed || name.failed;
    pv_buf_clear(&name);
    if (result->outcome == PV_TEST_PASSED) {
        pv_buf_append_text(out, "/>\n");
        return;
    }
    pv_buf_append_text(out, ">\n");
    write_problem(out, result);
    pv_buf_append_text(out, "    </testcase>\n");
}

static void write_suite(pv_buf *out, const pv_test_report *report, size_t from, size_t end,
                        const suite_counts *counts) {
    pv_buf_append_text(out, "  <testsuite");
    pv_markup_attribute(out, "name", report->results[from].pack);
    write_counts(out, counts);
    pv_buf_append_text(out, ">\n");
    for (size_t i = from; i < end; i++)
        write_testcase(out, &report->results[i]);
    pv_buf_append_text(out, "  </testsuite>\n");
}

void pv_test_junit(pv_buf *out, const pv_test_report *report) {
    pv_test_summary summary = pv_test_summarize(report);
    const suite_counts all = {report->result_count, summary.failed, summary.faulty};
    pv_buf_append_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"proviso\"");
    write_counts(out, &all);
    pv_buf_append_text(out, ">\n");
    for (size_t from = 0; from < report->result_count;) {
        suite_counts counts = {0};
        size_t end = suite_end(report, from, &counts);
        write_suite(out, report, from, end, &counts);
        from = end;
    }
    pv_buf_append_text(out, "</testsuites>\n");
}

/* ---- JSON ---- */

/* Grows, never changes meaning. */
#define SCHEMA_VERSION 1

static void write_place_json(pv_json *json, const pv_test_result *result) {
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

static void write_result_json(pv_json *json, const pv_test_result *result) {
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
    write_place_json(json, result);
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
        write_result_json(&json, &report->results[i]);
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

/* ---- GitHub annotations and SARIF: what did not pass ---- */

static const pv_remark_kind of_example = {
    PV_STR("test.example"), PV_LEVEL_ERROR, PV_STR("An example of a rule does not give what it says"),
    PV_STR("Correct the rule or its example: until then nothing that it says counts.")};
static const pv_remark_kind of_case = {PV_STR("test.case"), PV_LEVEL_ERROR,
                                       PV_STR("A case of a pack does not give what it says"),
                                       PV_STR("Correct the rules, or what the case expects.")};
static const pv_remark_kind not_run = {PV_STR("test.not-run"), PV_LEVEL_ERROR,
                                       PV_STR("An example, a case or a pack could not be run"),
                                       PV_STR("Correct what the message names.")};

static const pv_remark_kind *kind_of(const pv_test_result *result) {
    if (result->outcome == PV_TEST_FAULTY)
        return &not_run;
    return result->kind == PV_TEST_CASE ? &of_case : &of_example;
}

/* "expected pass; got fail: too long", a line for each row that differs. */
static void write_differing_rows(pv_buf *out, const pv_test_result *result) {
    for (size_t i = 0; i < result->row_count; i++) {
        const pv_test_row *row = &result->rows[i];
        if (row->met)
            continue;
        if (out->size > 0)
            pv_buf_append_char(out, '\n');
        if (row->expected.size > 0)
            pv_buf_format(out, "expected %.*s", PV_STR_ARG(row->expected));
        if (row->expected.size > 0 && row->actual.size > 0)
            pv_buf_append_text(out, "; ");
        if (row->actual.size > 0)
            pv_buf_format(out, "got %.*s", PV_STR_ARG(row->actual));
    }
    if (result->fault.size > 0)
        pv_buf_format(out, "%s%.*s", out->size > 0 ? "\n" : "", PV_STR_ARG(result->fault));
}

static bool add_remark(pv_remarks *remarks, pv_arena *arena, const pv_test_result *result, pv_buf *text) {
    pv_remark *added = PV_ARRAY_ADD(arena, &remarks->all);
    if (!added)
        return false;
    pv_buf_reset(text);
    write_differing_rows(text, result);
    pv_str message = pv_arena_copy(arena, pv_buf_str(text));
    pv_str title = result->number > 0
                       ? pv_arena_format(arena, "%.*s, example %zu", PV_STR_ARG(result->name), result->number)
                       : result->name;
    *added = (pv_remark){.kind = kind_of(result),
                         .title = title,
                         .path = result->path,
                         .start = result->at,
                         .end = result->at,
                         .message = message};
    return message.data && title.data && !text->failed;
}

static void write_remarks(pv_buf *out, const pv_test_report *report, pv_str version, int exit_code,
                          void (*format)(pv_buf *out, const pv_remarks *remarks)) {
    pv_remarks remarks = {.version = version, .exit_code = exit_code};
    pv_arena *arena = pv_arena_new(out->memory);
    pv_buf text = pv_buf_on(out->memory);
    bool whole = arena;
    for (size_t i = 0; whole && i < report->result_count; i++)
        if (report->results[i].outcome != PV_TEST_PASSED)
            whole = add_remark(&remarks, arena, &report->results[i], &text);
    if (whole)
        format(out, &remarks);
    out->failed |= !whole;
    pv_buf_clear(&text);
    pv_arena_free(arena);
}

void pv_test_github(pv_buf *out, const pv_test_report *report, pv_str version, int exit_code) {
    pv_test_summary summary = pv_test_summarize(report);
    write_remarks(out, report, version, exit_code, pv_remarks_github);
    pv_buf_append_text(out, "proviso: ");
    pv_layout_count(out, summary.examples, "example");
    pv_buf_append_text(out, " and ");
    pv_layout_count(out, summary.cases, "case");
    pv_buf_format(out, ", %zu failed, %zu not run\n", summary.failed, summary.faulty);
}

void pv_test_sarif(pv_buf *out, const pv_test_report *report, pv_str version, int exit_code) {
    write_remarks(out, report, version, exit_code, pv_remarks_sarif);
}
