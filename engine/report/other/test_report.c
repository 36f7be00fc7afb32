#include "report/other/test_report.h"

#include "report/write/layout.h"

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
        summary.contradicted += result->kind == PV_TEST_EXAMPLE && result->outcome == PV_TEST_FAILED;
    }
    return summary;
}

void pv_test_name(pv_buf *out, const pv_test_result *result) {
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
    bool beside = file->base > 0;
    pv_position at = pv_source_locate(file, start);
    if (!beside)
        at = pv_case_position(writer->read, at);
    pv_buf_append_text(&writer->text, " at ");
    if (beside)
        pv_buf_format(&writer->text, "%.*s:", PV_STR_ARG(file->path));
    pv_buf_format(&writer->text, "%u:%u", (unsigned)at.line, (unsigned)at.column);
    if (expected_here) {
        pv_buf_append_text(&writer->text, ", expected here");
    } else if (words.end > words.start) {
        pv_str quoted = pv_source_slice(writer->submission, words);
        size_t line_end = pv_str_find(quoted, PV_STR("\n"), 0);
        pv_buf_append_text(&writer->text, " “");
        pv_layout_cut(&writer->text, line_end == SIZE_MAX ? quoted : pv_str_slice(quoted, 0, line_end), LONGEST_QUOTE);
        pv_buf_append_text(&writer->text, line_end == SIZE_MAX ? "”" : " …”");
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

/* The subject where the expectation speaks of it, or where nothing else tells verdicts of one rule apart. */
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
