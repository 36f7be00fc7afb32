/* The matrices of a submission: every row of one table against every row of another, with the records about the two. */
#include "model/message.h"
#include "model/submission_reader.h"

/* One matrix being filled. */
typedef struct pv_filling {
    pv_submission_reader *reader;
    const pv_matrix *matrix;
    const pv_record_list *list;
    pv_pair *pairs;
} pv_filling;

static size_t pair_count(const pv_matrix *matrix) {
    return matrix->rows->row_count * matrix->columns->row_count;
}

/* The pair that a record is about; NULL when it does not say. */
static pv_pair *pair_of(const pv_filling *filling, const pv_record *record) {
    const pv_matrix *matrix = filling->matrix;
    const pv_value_list *row = record->values.values[matrix->row_cell].row;
    const pv_value_list *column = record->values.values[matrix->column_cell].row;
    if (row == NULL || column == NULL)
        return NULL;
    return &filling->pairs[pv_table_row_number(matrix->rows, row) * matrix->columns->row_count +
                           pv_table_row_number(matrix->columns, column)];
}

/* Where a record about the pair would stand: after the last one there is. */
static pv_span free_place(const pv_filling *filling) {
    return (pv_span){filling->list->at.end, filling->list->at.end};
}

static bool name_pairs(const pv_filling *filling) {
    const pv_matrix *matrix = filling->matrix;
    for (size_t i = 0; i < pair_count(matrix); i++) {
        pv_pair *pair = &filling->pairs[i];
        pair->matrix = matrix;
        pair->row = &matrix->rows->rows[i / matrix->columns->row_count];
        pair->column = &matrix->columns->rows[i % matrix->columns->row_count];
        pair->at = free_place(filling);
        pair->name = pv_arena_format(filling->reader->arena, "%.*s, %.*s", PV_STR_ARG(pv_row_title(pair->row)),
                                     PV_STR_ARG(pv_row_title(pair->column)));
        if (pair->name.data == NULL)
            return pv_fail_memory(filling->reader->error);
    }
    return true;
}

/* The records of all pairs stand in one array, one pair's after another's. */
static bool share_out_records(const pv_filling *filling) {
    const pv_record_list *list = filling->list;
    const pv_record **records = pv_reader_array(filling->reader, list->count, sizeof *records);
    const pv_record ***free = pv_reader_array(filling->reader, pair_count(filling->matrix), sizeof *free);
    if (records == NULL || free == NULL)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        pv_pair *pair = pair_of(filling, &list->records[i]);
        if (pair != NULL)
            pair->record_count++;
    }
    for (size_t i = 0; i < pair_count(filling->matrix); i++) {
        filling->pairs[i].records = records;
        free[i] = records;
        records += filling->pairs[i].record_count;
    }
    for (size_t i = 0; i < list->count; i++) {
        const pv_pair *pair = pair_of(filling, &list->records[i]);
        if (pair != NULL)
            *free[pair - filling->pairs]++ = &list->records[i];
    }
    return true;
}

static void place_pairs(const pv_filling *filling) {
    const size_t cells[] = {filling->matrix->row_cell, filling->matrix->column_cell};
    for (size_t i = 0; i < pair_count(filling->matrix); i++) {
        pv_pair *pair = &filling->pairs[i];
        if (pair->record_count > 0)
            pair->at = pv_reader_cells(pair->records[0], cells, sizeof cells / sizeof *cells);
    }
}

bool pv_reader_fill_matrices(pv_submission_reader *reader, pv_submission *out) {
    const pv_form *form = reader->form;
    pv_pair_list *matrices = pv_reader_array(reader, form->matrix_count, sizeof *matrices);
    if (matrices == NULL)
        return false;
    for (size_t i = 0; i < form->matrix_count; i++) {
        const pv_matrix *matrix = &form->matrices[i];
        pv_filling filling = {
            .reader = reader,
            .matrix = matrix,
            .list = &out->records[matrix->records->index],
            .pairs = pv_reader_array(reader, pair_count(matrix), sizeof *filling.pairs),
        };
        if (filling.pairs == NULL || !name_pairs(&filling) || !share_out_records(&filling))
            return false;
        place_pairs(&filling);
        matrices[i] = (pv_pair_list){.pairs = filling.pairs, .count = pair_count(matrix)};
    }
    out->matrices = matrices;
    return true;
}
