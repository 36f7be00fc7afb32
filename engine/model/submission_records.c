/* The record lists of a submission: rows of typed values. */
#include "model/message.h"
#include "model/submission_reader.h"

/* One record list being read. */
typedef struct pv_row_reader {
    pv_submission_reader *reader;
    const pv_record_spec *spec;
    const pv_node **cells; /* of the row read last, by column */
} pv_row_reader;

static bool report_missing_columns(const pv_row_reader *rows, const pv_record *record) {
    for (size_t i = 0; i < record->values.count; i++) {
        const pv_value *value = &record->values.values[i];
        bool told = rows->reader->columns_told && rows->cells[i] == NULL;
        if (value->spec->required && pv_value_is_blank(value) && !told &&
            !pv_problems_add(&rows->reader->problems, PV_PROBLEM_MISSING_PART, value->at, rows->reader->error,
                             "row %zu of %s has no %s", record->number, pv_message_quote(rows->spec->name).text,
                             pv_message_quote(value->spec->name).text))
            return false;
    }
    return true;
}

static bool read_row(const pv_row_reader *rows, const pv_node *row, pv_record *record) {
    const pv_record_spec *spec = rows->spec;
    const pv_children columns = {"a row of ", spec->name, "column", &spec->column_names};
    *record = (pv_record){.spec = spec, .number = row->index + 1, .at = row->span};
    return pv_reader_sort_children(rows->reader, row, &columns, rows->cells) &&
           pv_reader_values(rows->reader, spec->columns, spec->column_count, rows->cells, row->span.start,
                            &record->values) &&
           report_missing_columns(rows, record);
}

static bool read_rows(const pv_row_reader *rows, const pv_node *list, pv_record_list *out) {
    pv_record *records = pv_reader_array(rows->reader, list->count, sizeof *records);
    if (records == NULL)
        return false;
    out->records = records;
    for (const pv_node *row = list->first; row != NULL; row = row->next) {
        if (row->kind == PV_NODE_MAPPING) {
            if (!read_row(rows, row, &records[out->count++]))
                return false;
        } else if (!pv_problems_add(&rows->reader->problems, PV_PROBLEM_WRONG_TYPE, row->span, rows->reader->error,
                                    "row %zu of %s is %s; it needs its columns, like name: value", row->index + 1,
                                    pv_message_quote(rows->spec->name).text, pv_message_found(row))) {
            return false;
        }
    }
    return true;
}

static bool read_list(pv_submission_reader *reader, const pv_record_spec *spec, const pv_node *node,
                      pv_record_list *out) {
    out->given = true;
    out->at = node->span;
    if (pv_node_is_empty(node))
        return true;
    if (node->kind != PV_NODE_SEQUENCE) {
        out->at.end = out->at.start;
        return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                               "%s is a list of rows, not %s", pv_message_quote(spec->name).text,
                               pv_message_found(node));
    }
    pv_row_reader rows = {.reader = reader, .spec = spec};
    rows.cells = pv_reader_array(reader, spec->column_count, sizeof *rows.cells);
    return rows.cells != NULL && read_rows(&rows, node, out);
}

bool pv_reader_read_records(pv_submission_reader *reader, const pv_node *mapping, pv_submission *out) {
    const pv_form *form = reader->form;
    const pv_children kinds = {"the form", PV_STR(""), "record kind", &form->record_names};
    pv_record_list *lists = pv_reader_array(reader, form->record_count, sizeof *lists);
    const pv_node **sorted = pv_reader_array(reader, form->record_count, sizeof *sorted);
    if (lists == NULL || sorted == NULL || !pv_reader_sort_children(reader, mapping, &kinds, sorted))
        return false;
    uint32_t expected = pv_reader_start_of(reader, mapping, reader->content_end);
    for (size_t i = 0; i < form->record_count; i++) {
        lists[i] = (pv_record_list){.spec = &form->records[i], .at = {expected, expected}};
        if (sorted[i] == NULL)
            continue;
        if (!read_list(reader, &form->records[i], sorted[i], &lists[i]))
            return false;
        expected = pv_reader_end_of(reader, sorted[i]);
    }
    out->records = lists;
    return true;
}
