#include "report/verdicts/due.h"

#include "report/verdicts/excerpt.h"

#include <inttypes.h>
#include <stdlib.h>

#define INDENT ((size_t)2)
#define GAP_COLUMNS ((size_t)2)
#define DAY_COLUMNS (PV_DATE_SIZE - 1)
/* Narrower than this, the subject stands on a line below the day. */
#define WIDTH_FOR_ONE_LINE 60u

/* One line of the list, with the texts of its columns. */
typedef struct due_row {
    const pv_verdict *verdict;
    pv_str when;
    pv_str subject;
    pv_str place;
} due_row;

typedef struct due_list {
    const pv_report_input *input;
    pv_arena *scratch;
    due_row *rows;
    size_t count;
    size_t when_columns; /* of the widest */
} due_list;

static bool is_listed(const pv_verdict *verdict, bool verbose) {
    bool open = verdict->outcome.state == PV_STATE_FAIL || verdict->outcome.state == PV_STATE_REVIEW;
    return verdict->outcome.has_due && (open || (verbose && verdict->outcome.state == PV_STATE_PASS));
}

/* By day, then by place, which is the order of the verdicts. */
static int compare_rows(const void *left, const void *right) {
    const pv_verdict *a = ((const due_row *)left)->verdict;
    const pv_verdict *b = ((const due_row *)right)->verdict;
    int order = pv_date_compare(a->outcome.due, b->outcome.due);
    return order != 0 ? order : (a > b) - (a < b);
}

/* "in 12 days", "today", "overdue by 1 day"; empty where no day was judged by. */
static pv_str describe_when(pv_arena *scratch, const pv_date *as_of, pv_date due) {
    if (!as_of)
        return PV_STR("");
    int64_t days = pv_date_days_between(*as_of, due);
    if (days == 0)
        return PV_STR("today");
    int64_t count = days < 0 ? -days : days;
    return pv_arena_format(scratch, "%s %" PRId64 " day%s", days < 0 ? "overdue by" : "in", count,
                           count == 1 ? "" : "s");
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static bool add_row(due_list *list, const pv_verdict *verdict, const pv_date *as_of) {
    due_row row = {
        .verdict = verdict,
        .when = describe_when(list->scratch, as_of, verdict->outcome.due),
        .subject = pv_subject_title(&verdict->subject, list->scratch),
        .place = pv_place_brief(list->scratch, list->input->source, verdict->outcome.at.span.start),
    };
    list->when_columns = larger(list->when_columns, row.when.size);
    list->rows[list->count++] = row;
    return row.when.data && row.subject.data && row.place.data;
}

static bool gather(due_list *list, const pv_date *as_of, bool verbose) {
    const pv_results *results = list->input->results;
    list->rows = PV_NEW_ARRAY(list->scratch, due_row, results->verdict_count);
    bool gathered = list->rows != NULL;
    for (size_t i = 0; gathered && i < results->verdict_count; i++)
        if (is_listed(&results->verdicts[i], verbose))
            gathered = add_row(list, &results->verdicts[i], as_of);
    if (gathered && list->count > 1)
        qsort(list->rows, list->count, sizeof *list->rows, compare_rows);
    return gathered;
}

static void write_gap(pv_buf *out, size_t columns) {
    pv_buf_append_repeat(out, ' ', columns);
}

static pv_ink ink_of(const pv_verdict *verdict) {
    return verdict->outcome.state == PV_STATE_PASS ? PV_INK_FAINT : pv_level_ink(verdict->level);
}

/* "no meeting in Q2 2024 (mou.meeting-quarterly, 18:17)" */
static void write_what(pv_buf *out, const pv_report_style *style, const due_row *row, size_t indent,
                       pv_arena *scratch) {
    const pv_rule *rule = row->verdict->rule;
    pv_str message = row->verdict->outcome.message.size > 0 ? row->verdict->outcome.message : rule->title;
    pv_str text = pv_arena_format(scratch, "%.*s (%.*s, %.*s)", PV_STR_ARG(message), PV_STR_ARG(rule->id),
                                  PV_STR_ARG(row->place));
    out->failed |= !text.data;
    write_gap(out, indent);
    pv_layout_wrap(out, text, style->width, indent, indent, 0);
}

static void write_row(pv_buf *out, const pv_report_style *style, const due_list *list, const due_row *row) {
    char day[PV_DATE_SIZE];
    pv_date_write(row->verdict->outcome.due, day);
    write_gap(out, INDENT);
    pv_layout_inked(out, style, ink_of(row->verdict), pv_str_from(day));
    bool one_line = style->width >= WIDTH_FOR_ONE_LINE;
    size_t beneath = one_line ? INDENT + DAY_COLUMNS + GAP_COLUMNS : 2 * INDENT;
    size_t at = beneath;
    if (row->when.size > 0) {
        write_gap(out, GAP_COLUMNS);
        pv_layout_cell(out, row->when, one_line ? list->when_columns : row->when.size);
        at += one_line ? list->when_columns + GAP_COLUMNS : 0;
    }
    if (!one_line)
        pv_buf_append_char(out, '\n');
    write_gap(out, one_line ? GAP_COLUMNS : beneath);
    pv_layout_cut(out, row->subject, style->width - at);
    pv_buf_append_char(out, '\n');
    write_what(out, style, row, beneath, list->scratch);
}

void pv_due_write(pv_buf *out, const pv_report_style *style, pv_str as_of, const pv_report_input *input,
                  pv_arena *scratch) {
    due_list list = {.input = input, .scratch = scratch};
    pv_date day;
    bool has_day = pv_date_parse(as_of, &day);
    if (!gather(&list, has_day ? &day : NULL, style->verbose)) {
        out->failed = true;
        return;
    }
    if (list.count == 0)
        return;
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("Falls due"));
    if (has_day)
        pv_buf_format(out, ", seen from %.*s", PV_STR_ARG(as_of));
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < list.count; i++)
        write_row(out, style, &list, &list.rows[i]);
}
