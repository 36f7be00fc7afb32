#include "report/verdicts/matrix.h"

#define GAP_COLUMNS ((size_t)2)
#define LEAST_LABEL_COLUMNS ((size_t)16)
#define MOST_LABEL_COLUMNS ((size_t)34)
#define MOST_HEAD_COLUMNS ((size_t)12)

/* A matrix and what was found of it. */
typedef struct shown_matrix {
    const pv_matrix *matrix;
    const pv_state *states; /* of its pairs, in their order */
} shown_matrix;

typedef struct sign {
    const char *text; /* one column */
    const char *meaning;
    pv_ink ink;
    int gravity;
} sign;

static const sign signs[] = {
    [PV_STATE_PASS] = {"✓", "passes", PV_INK_GOOD, 1},
    [PV_STATE_FAIL] = {"✗", "fails", PV_INK_ERROR, 3},
    [PV_STATE_REVIEW] = {"?", "for review", PV_INK_WARNING, 2},
    [PV_STATE_NOT_APPLICABLE] = {"·", "not applicable", PV_INK_FAINT, 0},
    [PV_STATE_NOT_CHECKED] = {"!", "not checked", PV_INK_ERROR, 4},
};

#define STATE_COUNT (sizeof signs / sizeof *signs)

/* False when no rule was run on the matrix, or memory is refused, which shows as *failed. */
static bool gather(shown_matrix *out, pv_arena *scratch, const pv_report_input *input, size_t index, bool *failed) {
    const pv_pair_list *list = &input->submission->matrices[index];
    pv_state *states = PV_NEW_ARRAY(scratch, pv_state, list->count);
    bool any = false;
    *failed |= states == NULL;
    if (!states)
        return false;
    for (size_t i = 0; i < list->count; i++)
        states[i] = PV_STATE_NOT_APPLICABLE;
    for (size_t i = 0; i < input->results->verdict_count; i++) {
        const pv_verdict *verdict = &input->results->verdicts[i];
        const pv_pair *pair = verdict->subject.pair;
        if (!pair || pair->matrix->index != index)
            continue;
        pv_state *state = &states[pair - list->pairs];
        if (signs[verdict->outcome.state].gravity > signs[*state].gravity)
            *state = verdict->outcome.state;
        any = true;
    }
    *out = (shown_matrix){.matrix = &input->submission->form->matrices[index], .states = states};
    return any;
}

/* ---- on a terminal ---- */

/* What stands over a column. */
static pv_str head_of(const pv_value_list *column) {
    const pv_value *name = pv_value_list_get(column, PV_STR("short"));
    return name && name->text.value.size > 0 ? name->text.value : pv_row_title(column);
}

static size_t at_most(size_t columns, size_t most) {
    return columns < most ? columns : most;
}

static size_t head_columns(const pv_value_list *column) {
    return at_most(pv_layout_columns(head_of(column)), MOST_HEAD_COLUMNS);
}

/* What the labels of the rows take: as much as the longest of them wants, but less where all columns then fit next to
 * them. */
static size_t label_columns(const pv_report_style *style, const pv_matrix *matrix) {
    size_t label = 0;
    for (size_t i = 0; i < matrix->rows->row_count; i++) {
        size_t columns = at_most(pv_layout_columns(pv_row_title(&matrix->rows->rows[i])), MOST_LABEL_COLUMNS);
        label = columns > label ? columns : label;
    }
    size_t heads = 0;
    for (size_t i = 0; i < matrix->columns->row_count; i++)
        heads += GAP_COLUMNS + head_columns(&matrix->columns->rows[i]);
    bool fits = heads + LEAST_LABEL_COLUMNS <= style->width;
    return fits ? at_most(label, style->width - heads) : label;
}

/* The column after the last that fits next to the labels; always one at least. */
static size_t end_of_block(const pv_report_style *style, const pv_table *columns, size_t first, size_t label) {
    size_t taken = label;
    size_t end = first;
    while (end < columns->row_count) {
        taken += GAP_COLUMNS + head_columns(&columns->rows[end]);
        if (taken > style->width && end > first)
            break;
        end++;
    }
    return end;
}

static void write_heads(pv_buf *out, const pv_report_style *style, const pv_table *columns, size_t first, size_t end,
                        size_t label) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_repeat(out, ' ', label);
    for (size_t i = first; i < end; i++) {
        pv_buf_append_repeat(out, ' ', GAP_COLUMNS);
        if (i + 1 < end)
            pv_layout_cell(out, head_of(&columns->rows[i]), head_columns(&columns->rows[i]));
        else
            pv_layout_cut(out, head_of(&columns->rows[i]), MOST_HEAD_COLUMNS);
    }
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
}

static void write_row(pv_buf *out, const pv_report_style *style, const shown_matrix *shown, size_t row, size_t first,
                      size_t end, size_t label) {
    const pv_table *columns = shown->matrix->columns;
    pv_layout_cell(out, pv_row_title(&shown->matrix->rows->rows[row]), label);
    for (size_t i = first; i < end; i++) {
        const sign *mark = &signs[shown->states[row * columns->row_count + i]];
        pv_buf_append_repeat(out, ' ', GAP_COLUMNS);
        pv_layout_inked(out, style, mark->ink, pv_str_from(mark->text));
        if (i + 1 < end)
            pv_buf_append_repeat(out, ' ', head_columns(&columns->rows[i]) - 1);
    }
    pv_buf_append_char(out, '\n');
}

/* "✓ 91 passes  ✗ 4 fails  · 85 not applicable": the signs that occur, and how often. */
static void write_legend(pv_buf *out, const pv_report_style *style, const shown_matrix *shown) {
    static const pv_state order[] = {PV_STATE_PASS, PV_STATE_FAIL, PV_STATE_REVIEW, PV_STATE_NOT_CHECKED,
                                     PV_STATE_NOT_APPLICABLE};
    size_t counts[STATE_COUNT] = {0};
    for (size_t i = 0; i < shown->matrix->rows->row_count * shown->matrix->columns->row_count; i++)
        counts[shown->states[i]]++;
    const char *separator = "";
    for (size_t i = 0; i < STATE_COUNT; i++) {
        const sign *mark = &signs[order[i]];
        if (counts[order[i]] == 0)
            continue;
        pv_buf_append_text(out, separator);
        pv_layout_inked(out, style, mark->ink, pv_str_from(mark->text));
        pv_buf_format(out, " %s %zu", mark->meaning, counts[order[i]]);
        separator = "   ";
    }
    pv_buf_append_char(out, '\n');
}

static void write_matrix(pv_buf *out, const pv_report_style *style, const shown_matrix *shown) {
    const pv_matrix *matrix = shown->matrix;
    size_t label = label_columns(style, matrix);
    pv_buf_append_char(out, '\n');
    pv_layout_inked_wrap(out, style, PV_INK_STRONG, matrix->label, 0);
    for (size_t first = 0; first < matrix->columns->row_count;) {
        size_t end = end_of_block(style, matrix->columns, first, label);
        write_heads(out, style, matrix->columns, first, end, label);
        for (size_t row = 0; row < matrix->rows->row_count; row++)
            write_row(out, style, shown, row, first, end, label);
        first = end;
    }
    write_legend(out, style, shown);
}

void pv_matrices_terminal(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_arena *scratch) {
    for (size_t i = 0; i < input->submission->form->matrix_count; i++) {
        shown_matrix shown;
        if (gather(&shown, scratch, input, i, &out->failed))
            write_matrix(out, style, &shown);
    }
}

/* ---- as JSON ---- */

static void write_names(pv_json *json, const char *key, const pv_table *table) {
    pv_json_key(json, key);
    pv_json_array_begin(json);
    for (size_t i = 0; i < table->row_count; i++)
        pv_json_string(json, pv_row_title(&table->rows[i]));
    pv_json_array_end(json);
}

static void write_cells(pv_json *json, const shown_matrix *shown) {
    size_t width = shown->matrix->columns->row_count;
    pv_json_key(json, "cells");
    pv_json_array_begin(json);
    for (size_t row = 0; row < shown->matrix->rows->row_count; row++) {
        pv_json_array_begin(json);
        for (size_t column = 0; column < width; column++)
            pv_json_string(json, pv_str_from(pv_state_name(shown->states[row * width + column])));
        pv_json_array_end(json);
    }
    pv_json_array_end(json);
}

void pv_matrices_json(pv_json *json, const pv_report_input *input) {
    pv_arena *scratch = pv_arena_new(json->out->memory);
    bool begun = false;
    json->out->failed |= !scratch;
    for (size_t i = 0; scratch && i < input->submission->form->matrix_count; i++) {
        shown_matrix shown;
        if (!gather(&shown, scratch, input, i, &json->out->failed))
            continue;
        if (!begun) {
            pv_json_key(json, "matrices");
            pv_json_array_begin(json);
        }
        begun = true;
        pv_json_object_begin(json);
        pv_json_member(json, "name", shown.matrix->name);
        pv_json_member(json, "label", shown.matrix->label);
        write_names(json, "rows", shown.matrix->rows);
        write_names(json, "columns", shown.matrix->columns);
        write_cells(json, &shown);
        pv_json_object_end(json);
    }
    if (begun)
        pv_json_array_end(json);
    pv_arena_free(scratch);
}
