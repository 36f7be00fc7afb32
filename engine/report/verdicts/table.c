#include "report/verdicts/table.h"

#include <inttypes.h>
#include <string.h>

#define GAP "  "
#define GAP_COLUMNS ((size_t)2)
#define POINTS_COLUMNS ((size_t)6)
#define STATE_COLUMNS ((size_t)12)
#define MIN_TITLE_COLUMNS ((size_t)8)
/* Narrower than this, the length column leaves out which response it is about. */
#define WIDTH_FOR_RESPONSE 72u

typedef struct widths {
    size_t id;
    size_t title;
    bool points;   /* the form gives some */
    size_t length; /* 0: no response has a limit, or there is no room */
    const char *length_heading;
    bool names_response;
} widths;

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* "100/100", "79/50–150" of a minimum and a limit, "79/50 or more" of a minimum alone. */
static void write_words(pv_buf *out, const pv_response *response) {
    const pv_length *length = &response->item->length;
    pv_buf_format(out, "%zu/", response->words.count);
    if (length->word_minimum > 0)
        pv_buf_format(out, length->word_limit > 0 ? "%u–" : "%u or more", (unsigned)length->word_minimum);
    if (length->word_limit > 0)
        pv_buf_format(out, "%u", (unsigned)length->word_limit);
}

/* "100/100" or "812/900 characters"; " in 1.1.6.4" where it names the response. */
static void write_length(pv_buf *out, const pv_tightest *tightest, bool names_response) {
    if (tightest->in_characters)
        pv_buf_format(out, "%" PRIu64 "/%" PRIu64 " characters", tightest->part, tightest->whole);
    else
        write_words(out, tightest->response);
    if (names_response) {
        pv_buf_append_text(out, " in ");
        pv_layout_text(out, tightest->response->item->full_id);
    }
}

/* What the columns hold at their widest. */
static void measure_contents(widths *columns, const pv_tally *tally, pv_buf *scratch) {
    for (size_t i = 0; i < tally->measure_count; i++) {
        const pv_measure_tally *counted = &tally->measures[i];
        columns->id = larger(columns->id, pv_layout_columns(counted->filed->measure->id));
        columns->title = larger(columns->title, pv_layout_columns(counted->filed->measure->title));
        if (!counted->tightest.response)
            continue;
        if (counted->tightest.in_characters)
            columns->length_heading = "Length of limit";
        pv_buf_reset(scratch);
        write_length(scratch, &counted->tightest, columns->names_response);
        columns->length = larger(columns->length, pv_layout_columns(pv_buf_str(scratch)));
    }
    columns->id = larger(columns->id, sizeof "Measure" - 1);
    if (columns->length)
        columns->length = larger(columns->length, strlen(columns->length_heading));
}

static widths measure_widths(const pv_report_style *style, const pv_tally *tally, pv_buf *scratch) {
    widths columns = {
        .points = tally->has_points,
        .length_heading = "Words of limit",
        .names_response = style->width >= WIDTH_FOR_RESPONSE,
    };
    measure_contents(&columns, tally, scratch);
    size_t taken = columns.id + GAP_COLUMNS + STATE_COLUMNS + GAP_COLUMNS;
    if (columns.points)
        taken += POINTS_COLUMNS + GAP_COLUMNS;
    if (columns.length && taken + GAP_COLUMNS + columns.length + MIN_TITLE_COLUMNS > style->width)
        columns.length = 0;
    if (columns.length)
        taken += GAP_COLUMNS + columns.length;
    size_t left = style->width > taken + MIN_TITLE_COLUMNS ? style->width - taken : MIN_TITLE_COLUMNS;
    if (columns.title > left)
        columns.title = left;
    return columns;
}

static pv_ink standing_ink(pv_standing standing) {
    switch (standing) {
    case PV_STANDING_PASSES:
        return PV_INK_GOOD;
    case PV_STANDING_NOT_REPORTED:
    case PV_STANDING_WAIVED:
    case PV_STANDING_KNOWN:
        return PV_INK_FAINT;
    case PV_STANDING_NOTE:
        return PV_INK_NOTE;
    case PV_STANDING_WARNING:
        return PV_INK_WARNING;
    case PV_STANDING_ERROR:
    case PV_STANDING_NOT_CHECKED:
        return PV_INK_ERROR;
    }
    return PV_INK_FAINT;
}

/* Right-aligned, with a star after points that count once for a whole group. */
static void write_points(pv_buf *out, pv_decimal points, bool shared, pv_buf *scratch) {
    pv_buf_reset(scratch);
    pv_decimal_format(points, scratch);
    pv_str text = pv_buf_str(scratch);
    if (text.size < POINTS_COLUMNS)
        pv_buf_append_repeat(out, ' ', POINTS_COLUMNS - text.size);
    pv_buf_append(out, text);
    if (shared)
        pv_buf_append_char(out, '*');
}

static void write_head(pv_buf *out, const pv_report_style *style, const widths *columns) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, PV_STR("Measure"), columns->id + GAP_COLUMNS + columns->title);
    pv_buf_append_text(out, columns->points ? GAP "Points" GAP : GAP);
    if (columns->length) {
        pv_layout_cell(out, PV_STR("State"), STATE_COLUMNS);
        pv_buf_append_text(out, GAP);
        pv_buf_append_text(out, columns->length_heading);
    } else {
        pv_buf_append_text(out, "State");
    }
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
}

static void write_row(pv_buf *out, const pv_report_style *style, const widths *columns, const pv_measure_tally *counted,
                      pv_buf *scratch) {
    const pv_measure *measure = counted->filed->measure;
    pv_layout_cell(out, measure->id, columns->id);
    pv_buf_append_text(out, GAP);
    pv_layout_cell(out, measure->title, columns->title);
    pv_buf_append_text(out, GAP);
    if (columns->points) {
        write_points(out, measure->group ? measure->group->points : measure->points, measure->group != NULL, scratch);
        pv_buf_append_text(out, measure->group ? " " : GAP);
    }
    pv_str state = pv_str_from(pv_standing_name(counted->standing));
    pv_layout_inked(out, style, standing_ink(counted->standing), state);
    if (columns->length && counted->tightest.response) {
        pv_buf_append_repeat(out, ' ', STATE_COLUMNS - state.size);
        pv_buf_append_text(out, GAP);
        write_length(out, &counted->tightest, columns->names_response);
    }
    pv_buf_append_char(out, '\n');
}

static void write_total(pv_buf *out, const pv_report_style *style, const widths *columns, const pv_tally *tally,
                        pv_buf *scratch) {
    if (!columns->points || !tally->points_known)
        return;
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, PV_STR("Total"), columns->id + GAP_COLUMNS + columns->title);
    pv_buf_append_text(out, GAP);
    pv_layout_plain(out, style);
    write_points(out, tally->points, false, scratch);
    pv_buf_append_text(out, "\n");
}

/* "* 30 points once, for reporting on 1 of 1.2.6, 1.2.10" for each group; without points, "1 of 1.2.6, 1.2.10 is asked
 * for". */
static void write_groups(pv_buf *out, const pv_report_style *style, const widths *columns, const pv_form *form,
                         pv_buf *scratch) {
    for (size_t i = 0; i < form->group_count; i++) {
        const pv_group *group = &form->groups[i];
        pv_buf_reset(scratch);
        if (columns->points) {
            pv_buf_append_text(scratch, "* ");
            pv_decimal_format(group->points, scratch);
            pv_buf_append_text(scratch, " points once, for reporting on ");
        }
        pv_buf_format(scratch, "%u of ", (unsigned)group->choose);
        for (size_t member = 0; member < group->measure_count; member++) {
            if (member > 0)
                pv_buf_append_text(scratch, ", ");
            pv_buf_append(scratch, group->measures[member]->id);
        }
        pv_buf_append_text(scratch, columns->points ? "" : group->choose == 1 ? " is asked for" : " are asked for");
        pv_layout_inked_wrap(out, style, PV_INK_FAINT, pv_buf_str(scratch), GAP_COLUMNS);
    }
}

void pv_table_write(pv_buf *out, const pv_report_style *style, const pv_form *form, const pv_tally *tally) {
    if (tally->measure_count == 0)
        return;
    pv_buf scratch = pv_buf_on(out->memory);
    widths columns = measure_widths(style, tally, &scratch);
    pv_buf_append_char(out, '\n');
    write_head(out, style, &columns);
    for (size_t i = 0; i < tally->measure_count; i++)
        write_row(out, style, &columns, &tally->measures[i], &scratch);
    write_total(out, style, &columns, tally, &scratch);
    write_groups(out, style, &columns, form, &scratch);
    out->failed |= scratch.failed;
    pv_buf_clear(&scratch);
}
