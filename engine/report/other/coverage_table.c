#include "report/other/coverage_table.h"

#include "report/verdicts/excerpt.h"
#include "report/write/layout.h"

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

static void write_share(pv_buf *out, const char *noun, pv_share share) {
    pv_error never = {0};
    pv_buf_format(out, "%s: %zu of %zu", noun, share.covered, share.all);
    if (share.all == 0)
        return;
    pv_buf_append_text(out, " = ");
    if (pv_decimal_format_share(pv_decimal_from_integer((int64_t)share.covered),
                                pv_decimal_from_integer((int64_t)share.all), out, &never))
        pv_buf_append_char(out, '%');
}

void pv_coverage_table(pv_buf *out, const pv_report_style *style, const pv_coverage *coverage) {
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
