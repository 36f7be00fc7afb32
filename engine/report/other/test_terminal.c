#include "report/other/test_report.h"

#include "report/verdicts/place.h"
#include "report/write/layout.h"

/* ---- expected and actual, side by side ---- */

#define INDENT ((size_t)2)
/* " | " */
#define MARK_COLUMNS ((size_t)3)

/* The end of what of text fits into `columns` from start on: before a blank where there is one, else wherever it is
 * full. */
static size_t piece_end(pv_str text, size_t start, size_t columns) {
    size_t used = 0;
    size_t at = start;
    size_t last_blank = start;
    while (at < text.size) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        if (used + glyph.columns > columns)
            return last_blank > start ? last_blank : at;
        if (text.data[at] == ' ')
            last_blank = at;
        used += glyph.columns;
        at += glyph.source_size;
    }
    return at;
}

/* The next line of a cell; *from moves past it and the blank after it. */
static pv_str next_piece(pv_str text, size_t *from, size_t columns) {
    size_t end = piece_end(text, *from, columns);
    pv_str piece = pv_str_slice(text, *from, end);
    *from = end < text.size && text.data[end] == ' ' ? end + 1 : end;
    return piece;
}

static void write_cell(pv_buf *out, const pv_report_style *style, bool differs, pv_ink ink, pv_str text,
                       size_t columns) {
    if (differs)
        pv_layout_ink(out, style, ink);
    pv_layout_cell(out, text, columns);
    if (differs)
        pv_layout_plain(out, style);
}

static char mark_of(const pv_test_row *row) {
    if (row->met)
        return ' ';
    if (row->expected.size > 0 && row->actual.size > 0)
        return '|';
    return row->expected.size > 0 ? '<' : '>';
}

/* A line of both halves, without blanks at its end. */
static void write_line(pv_buf *out, const pv_report_style *style, const pv_test_row *pieces, char mark,
                       size_t columns) {
    pv_buf_append_repeat(out, ' ', INDENT);
    write_cell(out, style, mark != ' ', PV_INK_GOOD, pieces->expected, columns);
    pv_buf_append_char(out, ' ');
    pv_buf_append_char(out, mark);
    if (pieces->actual.size > 0) {
        pv_buf_append_char(out, ' ');
        write_cell(out, style, mark != ' ', PV_INK_ERROR, pieces->actual, pv_layout_columns(pieces->actual));
    }
    while (out->size > 0 && out->data[out->size - 1] == ' ')
        out->size--;
    pv_buf_append_char(out, '\n');
}

static void write_row(pv_buf *out, const pv_report_style *style, const pv_test_row *row, size_t columns) {
    size_t left = 0;
    size_t right = 0;
    char mark = mark_of(row);
    do {
        pv_test_row pieces = {
            .expected = next_piece(row->expected, &left, columns),
            .actual = next_piece(row->actual, &right, columns),
        };
        write_line(out, style, &pieces, mark, columns);
    } while (left < row->expected.size || right < row->actual.size);
}

void pv_side_by_side(pv_buf *out, const pv_report_style *style, const pv_test_row *rows, size_t count) {
    size_t columns = (style->width - INDENT - MARK_COLUMNS) / 2;
    const pv_test_row headings = {.expected = PV_STR("expected"), .actual = PV_STR("actual"), .met = true};
    pv_layout_ink(out, style, PV_INK_FAINT);
    write_row(out, style, &headings, columns);
    pv_layout_plain(out, style);
    size_t met = 0;
    for (size_t i = 0; i < count; i++) {
        met += rows[i].met;
        if (!rows[i].met || style->verbose)
            write_row(out, style, &rows[i], columns);
    }
    if (met > 0 && !style->verbose)
        pv_buf_format(out, "  and %zu as expected; --verbose shows %s\n", met, met == 1 ? "it" : "them");
}

/* ---- coverage ---- */

#define GAP ((size_t)2)
#define LEAST_RULE_COLUMNS ((size_t)8)
/* Narrower than this, the last heading is short. */
#define WIDTH_FOR_LONG_HEADING 70U

typedef struct table_shape {
    size_t rule;
    size_t states[PV_COVERED_STATES];
    const char *headings[PV_COVERED_STATES];
} table_shape;

static table_shape shape_for(const pv_coverage *coverage, unsigned width) {
    table_shape shape = {.states = {6, 6, 8, 16}};
    for (size_t i = 0; i < PV_COVERED_STATES; i++)
        shape.headings[i] = pv_state_name((pv_state)i);
    if (width < WIDTH_FOR_LONG_HEADING) {
        shape.states[PV_STATE_NOT_APPLICABLE] = 5;
        shape.headings[PV_STATE_NOT_APPLICABLE] = "n/a";
    }
    size_t room = width - GAP;
    for (size_t i = 0; i < PV_COVERED_STATES; i++)
        room -= shape.states[i];
    shape.rule = LEAST_RULE_COLUMNS;
    for (size_t i = 0; i < coverage->rule_count; i++) {
        size_t needed = pv_layout_columns(coverage->rules[i].rule->id);
        shape.rule = needed > shape.rule ? needed : shape.rule;
    }
    shape.rule = shape.rule < room ? shape.rule : room;
    return shape;
}

static void write_right(pv_buf *out, const pv_report_style *style, pv_ink ink, pv_str text, size_t columns) {
    pv_buf_append_repeat(out, ' ', columns - pv_layout_columns(text));
    pv_layout_inked(out, style, ink, text);
}

static void write_headings(pv_buf *out, const pv_report_style *style, const table_shape *shape) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_repeat(out, ' ', GAP);
    pv_layout_cell(out, PV_STR("rule"), shape->rule);
    pv_layout_plain(out, style);
    for (size_t i = 0; i < PV_COVERED_STATES; i++)
        write_right(out, style, PV_INK_FAINT, pv_str_from(shape->headings[i]), shape->states[i]);
    pv_buf_append_char(out, '\n');
}

/* How often; "none" where the rule can give it and nothing made it, "-" where it cannot. */
static void write_seen(pv_buf *out, const pv_report_style *style, const pv_rule_coverage *rule, size_t state,
                       size_t columns) {
    if (rule->seen[state] > 0)
        pv_layout_number(out, rule->seen[state], columns);
    else if (rule->asked[state])
        write_right(out, style, PV_INK_ERROR, PV_STR("none"), columns);
    else
        write_right(out, style, PV_INK_FAINT, PV_STR("-"), columns);
}

static void write_rule(pv_buf *out, const pv_report_style *style, const pv_rule_coverage *rule,
                       const table_shape *shape) {
    pv_buf_append_repeat(out, ' ', GAP);
    pv_layout_cell(out, rule->rule->id, shape->rule);
    for (size_t i = 0; i < PV_COVERED_STATES; i++)
        write_seen(out, style, rule, i, shape->states[i]);
    pv_buf_append_char(out, '\n');
}

static void write_untested(pv_buf *out, const pv_report_style *style, const pv_coverage *coverage) {
    pv_buf ids = pv_buf_on(out->memory);
    for (size_t i = 0; i < coverage->rule_count; i++) {
        if (!pv_coverage_is_untested(&coverage->rules[i]))
            continue;
        pv_buf_append_text(&ids, ids.size > 0 ? ", " : "");
        pv_buf_append(&ids, coverage->rules[i].rule->id);
    }
    pv_layout_labelled(out, style, "untested", sizeof "untested  " - 1, pv_buf_str(&ids), 0);
    out->failed = out->failed || ids.failed;
    pv_buf_clear(&ids);
}

/* "12-14, 20" */
static void list_missed_lines(pv_buf *out, const pv_file_coverage *file) {
    size_t count = file->file->line_count;
    for (size_t line = 0; line < count; line++) {
        if (file->lines[line] != PV_LINE_MISSED)
            continue;
        size_t last = line;
        while (last + 1 < count && file->lines[last + 1] == PV_LINE_MISSED)
            last++;
        pv_buf_append_text(out, out->size > 0 ? ", " : "");
        pv_buf_append_unsigned(out, line + 1);
        if (last > line)
            pv_buf_format(out, "-%zu", last + 1);
        line = last;
    }
}

static void write_missed_lines(pv_buf *out, const pv_report_style *style, const pv_file_coverage *file) {
    pv_buf lines = pv_buf_on(out->memory);
    list_missed_lines(&lines, file);
    if (lines.size > 0) {
        pv_place_write(out, style, file->file->path, (pv_position){0});
        pv_layout_labelled(out, style, "not run", sizeof "untested  " - 1, pv_buf_str(&lines), 0);
    }
    out->failed = out->failed || lines.failed;
    pv_buf_clear(&lines);
}

/* Percent: what is not all is not shown so. */
static const pv_decimal all_of_it = {100, 0};

static void write_share(pv_buf *out, const char *noun, pv_share share) {
    pv_error never = {0};
    pv_buf_format(out, "%s: %zu of %zu", noun, share.covered, share.all);
    if (share.all == 0)
        return;
    pv_buf_append_text(out, " = ");
    if (pv_decimal_format_share(pv_decimal_from_integer((int64_t)share.covered),
                                pv_decimal_from_integer((int64_t)share.all), &all_of_it, out, &never))
        pv_buf_append_char(out, '%');
}

/* How often each outcome was seen, rule by rule; then what is untested, the lines that never ran, and the shares. */
static void write_coverage_table(pv_buf *out, const pv_report_style *style, const pv_coverage *coverage) {
    table_shape shape = shape_for(coverage, style->width);
    pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("coverage "));
    pv_layout_text(out, coverage->pack);
    pv_buf_append_char(out, '\n');
    write_headings(out, style, &shape);
    for (size_t i = 0; i < coverage->rule_count; i++)
        write_rule(out, style, &coverage->rules[i], &shape);
    write_untested(out, style, coverage);
    for (size_t i = 0; i < coverage->file_count; i++)
        write_missed_lines(out, style, &coverage->files[i]);
    pv_buf_append_repeat(out, ' ', GAP);
    write_share(out, "outcomes", pv_coverage_outcomes(coverage));
    if (coverage->file_count > 0)
        write_share(out, ", lines", pv_coverage_lines(coverage));
    pv_buf_append_char(out, '\n');
}

/* ---- cases to be rewritten ---- */

static void write_difference_line(pv_buf *out, const pv_report_style *style, const pv_case_line *line) {
    pv_ink ink = line->mark == '-' ? PV_INK_ERROR : line->mark == '+' ? PV_INK_GOOD : PV_INK_FAINT;
    pv_layout_ink(out, style, ink);
    if (line->mark == '+')
        pv_buf_append_text(out, "     ");
    else
        pv_buf_format(out, "%5u", (unsigned)line->number);
    pv_buf_format(out, " %c ", line->mark);
    pv_layout_text(out, line->text);
    while (out->size > 0 && out->data[out->size - 1] == ' ')
        out->size--;
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
}

void pv_case_difference(pv_buf *out, const pv_report_style *style, pv_str name, pv_str path,
                        const pv_case_update *update) {
    pv_position at = {update->line_count > 0 ? update->lines[0].number : 1, 1};
    pv_layout_inked(out, style, PV_INK_ERROR, PV_STR("failed "));
    pv_layout_inked(out, style, PV_INK_STRONG, name);
    pv_buf_append_char(out, '\n');
    pv_place_write(out, style, path, at);
    if (update->refused)
        pv_layout_labelled(out, style, "kept", sizeof "kept  " - 1, pv_str_from(update->refused), 0);
    for (size_t i = 0; !update->refused && i < update->line_count; i++)
        write_difference_line(out, style, &update->lines[i]);
}

/* ---- changes that tests were to notice ---- */

#define MUTANT_LABEL_COLUMNS ((size_t)5)
#define MAX_LINES ((size_t)4)

/* The line with the change made; of a change over several lines, the first. */
static void write_changed_line(pv_buf *out, pv_str line, size_t start, const pv_mutation *mutation) {
    size_t size = mutation->span.end - mutation->span.start;
    size_t end = start + size < line.size ? start + size : line.size;
    pv_buf_append(out, pv_str_slice(line, 0, start));
    pv_buf_append(out, mutation->replacement);
    pv_buf_append(out, pv_str_slice(line, end, line.size));
}

/* "not noticed  form.yaml:662:9: the alias “DPSS”" */
static void write_alias(pv_buf *out, const pv_report_style *style, const pv_source *source, const pv_mutation *mutation,
                        pv_position at) {
    pv_layout_inked(out, style, PV_INK_WARNING, PV_STR("not noticed"));
    pv_buf_append_text(out, "  ");
    pv_layout_text(out, source->path);
    pv_buf_format(out, ":%u:%u: the alias “", (unsigned)at.line, (unsigned)at.column);
    pv_layout_text(out, pv_source_slice(source, mutation->span));
    pv_buf_append_text(out, "”\n");
}

void pv_mutant_unnoticed(pv_buf *out, const pv_report_style *style, const pv_source *source,
                         const pv_mutation *mutation) {
    pv_position at = pv_source_locate(source, mutation->span.start);
    pv_str line = pv_source_line(source, at.line);
    pv_buf changed = pv_buf_on(out->memory);
    write_changed_line(&changed, line, mutation->span.start - pv_source_line_start(source, at.line), mutation);
    if (mutation->kind == PV_MUTATION_OF_ALIAS) {
        write_alias(out, style, source, mutation, at);
        pv_buf_clear(&changed);
        return;
    }
    pv_layout_inked(out, style, PV_INK_WARNING, PV_STR("not noticed"));
    pv_buf_append_char(out, '\n');
    pv_place_write(out, style, source->path, at);
    pv_layout_labelled(out, style, "was", MUTANT_LABEL_COLUMNS, pv_str_trim(line), MAX_LINES);
    pv_layout_labelled(out, style, "now", MUTANT_LABEL_COLUMNS, pv_str_trim(pv_buf_str(&changed)), MAX_LINES);
    out->failed = out->failed || changed.failed;
    pv_buf_clear(&changed);
}

size_t pv_mutants_unnoticed(const pv_mutant_counts *counts) {
    size_t unnoticed = 0;
    for (size_t kind = 0; kind < PV_MUTATION_KIND_COUNT; kind++)
        unnoticed += counts->all[kind] - counts->noticed[kind];
    return unnoticed;
}

/* "56.3%" */
static void write_percent(pv_buf *out, size_t part, size_t whole) {
    pv_error never = {0};
    if (pv_decimal_format_share(pv_decimal_from_integer((int64_t)part), pv_decimal_from_integer((int64_t)whole),
                                &all_of_it, out, &never))
        pv_buf_append_char(out, '%');
}

void pv_mutants_summary(pv_buf *out, const pv_report_style *style, const pv_mutant_counts *counts) {
    static const char *const names[PV_MUTATION_KIND_COUNT] = {"in rules", "in the form", "of aliases"};
    size_t all = 0;
    size_t kinds = 0;
    for (size_t kind = 0; kind < PV_MUTATION_KIND_COUNT; kind++) {
        all += counts->all[kind];
        kinds += counts->all[kind] > 0;
    }
    size_t unnoticed = pv_mutants_unnoticed(counts);
    pv_layout_inked(out, style, unnoticed == 0 ? PV_INK_GOOD : PV_INK_WARNING, PV_STR("NOTICED"));
    pv_buf_format(out, "  %zu of ", all - unnoticed);
    pv_layout_count(out, all, "change");
    if (all > 0) {
        pv_buf_append_text(out, " = ");
        write_percent(out, all - unnoticed, all);
    }
    const char *before = ": ";
    for (size_t kind = 0; kinds > 1 && kind < PV_MUTATION_KIND_COUNT; kind++) {
        if (counts->all[kind] == 0)
            continue;
        pv_buf_format(out, "%s%zu of %zu %s", before, counts->noticed[kind], counts->all[kind], names[kind]);
        before = ", ";
    }
    pv_buf_append_char(out, '\n');
}

/* ---- results ---- */

#define LABEL_COLUMNS ((size_t)10)

static void write_heading(pv_buf *out, const pv_report_style *style, const pv_test_result *result) {
    bool passed = result->outcome == PV_TEST_PASSED;
    pv_layout_inked(out, style, passed ? PV_INK_GOOD : PV_INK_ERROR, passed ? PV_STR("passed ") : PV_STR("failed "));
    pv_layout_inked(out, style, PV_INK_STRONG, result->name);
    if (result->number > 0)
        pv_buf_format(out, ", example %zu", result->number);
    pv_buf_append_char(out, '\n');
    if (!passed)
        pv_place_write(out, style, result->path, result->at);
}

/* Both sides of an example are sentences; those of a case are lists to be compared. */
static void write_rows(pv_buf *out, const pv_report_style *style, const pv_test_result *result) {
    if (result->kind == PV_TEST_CASE) {
        if (result->row_count > 0)
            pv_side_by_side(out, style, result->rows, result->row_count);
        return;
    }
    for (size_t i = 0; i < result->row_count; i++) {
        pv_layout_labelled(out, style, "expected", LABEL_COLUMNS, result->rows[i].expected, 0);
        pv_layout_labelled(out, style, "got", LABEL_COLUMNS, result->rows[i].actual, 0);
    }
}

/* "1 of 4 examples": how many failed, where any test did. */
static void write_count(pv_buf *out, bool any_failed, size_t failed, size_t all, const char *noun) {
    if (any_failed && all > 0)
        pv_buf_format(out, "%zu of ", failed);
    pv_layout_count(out, all, noun);
}

/* "4 examples of 2 rules and 1 case", "0 of 4 examples of 2 rules, 1 of 1 case": each kind is counted by itself. */
static void write_tests(pv_buf *out, const pv_test_summary *summary, size_t rules) {
    bool failed = summary->failed > 0;
    write_count(out, failed, summary->contradicted - summary->one_sided, summary->examples, "example");
    pv_buf_append_text(out, " of ");
    pv_layout_count(out, rules, "rule");
    if (summary->cases > 0) {
        pv_buf_append_text(out, failed ? ", " : " and ");
        write_count(out, failed, summary->failed - summary->contradicted, summary->cases, "case");
    }
    if (summary->one_sided > 0)
        pv_buf_format(out, "; %zu %s without examples of both sides", summary->one_sided,
                      summary->one_sided == 1 ? "rule" : "rules");
    if (summary->faulty > 0)
        pv_buf_format(out, "; %zu could not be run", summary->faulty);
}

static void write_summary(pv_buf *out, const pv_report_style *style, const pv_test_report *report) {
    pv_test_summary summary = pv_test_summarize(report);
    bool failed = summary.failed > 0;
    pv_str word = failed ? PV_STR("FAILED") : summary.faulty > 0 ? PV_STR("FAULTY") : PV_STR("PASSED");
    pv_layout_inked(out, style, failed || summary.faulty > 0 ? PV_INK_ERROR : PV_INK_GOOD, word);
    pv_buf_append_text(out, "  ");
    pv_buf text = pv_buf_on(out->memory);
    write_tests(&text, &summary, report->rules);
    pv_layout_wrap(out, pv_buf_str(&text), style->width, sizeof "PASSED  " - 1, sizeof "PASSED  " - 1, 0);
    out->failed = out->failed || text.failed;
    pv_buf_clear(&text);
}

void pv_test_terminal(pv_buf *out, const pv_report_style *style, const pv_test_report *report) {
    for (size_t i = 0; i < report->result_count; i++) {
        const pv_test_result *result = &report->results[i];
        bool apart = report->cases_apart && result->kind == PV_TEST_CASE && result->outcome == PV_TEST_FAILED;
        if (apart || result->outcome == PV_TEST_FAULTY || (result->outcome == PV_TEST_PASSED && !style->verbose))
            continue;
        write_heading(out, style, result);
        write_rows(out, style, result);
    }
    for (size_t i = 0; i < report->coverage_count; i++)
        write_coverage_table(out, style, &report->coverage[i]);
    write_summary(out, style, report);
}
