#include "table/table_p.h"

#include "base/array.h"
#include "model/blocks.h"
#include "model/message.h"

/* ---- sheets ---- */

typedef struct sheet_state {
    bool has_headings; /* rows below them are records */
    bool has_gap;      /* an empty row came last */
    bool is_hidden;
    bool is_told;  /* of a hidden sheet, that it has records */
    bool has_part; /* a header row or a table was found on it */
    pv_cell first; /* the first cell with something in it */
    pv_cell title; /* of the row before this one, where that is of no table yet; .blank: there is none */
} sheet_state;

/* Whether most of the row's filled cells are headings of the form: two at least, or all in a table that is called. */
static bool may_be_headings(pv_table_loader *loader, size_t called, bool *out) {
    size_t filled;
    size_t known;
    if (!pv_table_count_headings(&loader->tree, loader->form, &filled, &known))
        return false;
    const bool may_be_one = called != SIZE_MAX || loader->names->all.count == 1;
    *out = 2 * known >= filled && (known > 1 || (known == filled && may_be_one));
    return true;
}

bool pv_table_find_kind(size_t *out, pv_arena *arena, const pv_form *form, pv_str name, pv_error *error) {
    static const struct {
        pv_str plural, singular;
    } endings[] = {
        {PV_STR(""), PV_STR("")}, {PV_STR("s"), PV_STR("")}, {PV_STR("ies"), PV_STR("y")}, {PV_STR("es"), PV_STR("")}};
    *out = SIZE_MAX;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && *out == SIZE_MAX && name.size > 0; i++) {
        uint64_t key;
        if (!pv_str_ends_with(name, endings[i].plural))
            continue;
        const pv_str stem = pv_str_slice(name, 0, name.size - endings[i].plural.size);
        const pv_str singular = pv_arena_format(arena, "%.*s%.*s", PV_STR_ARG(stem), PV_STR_ARG(endings[i].singular));
        if (!singular.data)
            return pv_fail_memory(error);
        if (!pv_synonym_key(arena, singular, &key, error))
            return false;
        *out = pv_synonyms_find(&form->called->kinds, key);
    }
    return true;
}

static bool find_called(const pv_table_loader *loader, pv_str name, size_t *out) {
    return pv_table_find_kind(out, loader->tree.arena, loader->form, name, loader->tree.error);
}

static bool end_table(pv_table_loader *loader, sheet_state *sheet) {
    if (!sheet->has_headings)
        return true;
    sheet->has_headings = false;
    if (!pv_table_check_headings(&loader->headings, loader->used_here, loader->problems, loader->tree.error))
        return false;
    for (size_t i = 0; i < loader->form->record_count; i++)
        loader->used_here[i] = false;
    return true;
}

/* What a table on the sheet that begins at the row at hand is called by: the sheet, or the title above it. */
static bool find_table_called(const pv_table_loader *loader, const sheet_state *sheet, size_t *out) {
    pv_text title;
    if (!find_called(loader, loader->rows->sheet, out))
        return false;
    return *out != SIZE_MAX || sheet->title.blank ||
           (pv_table_text(&loader->tree, &sheet->title, &title) && find_called(loader, title.value, out));
}

static bool begin_table(pv_table_loader *loader, sheet_state *sheet, size_t called) {
    if (!end_table(loader, sheet))
        return false;
    sheet->has_headings = true;
    sheet->has_part = true;
    sheet->title.blank = true;
    loader->tables++;
    loader->rows->use = PV_ROW_READ;
    return pv_table_read_headings(&loader->headings, &loader->tree, loader->form, called, loader->problems);
}

/* Passes over a row of a hidden sheet; one with headings was meant to be read, perhaps. */
static bool pass_hidden(pv_table_loader *loader, sheet_state *sheet, bool are_headings) {
    const pv_rows *rows = loader->rows;
    if (sheet->is_told || !are_headings)
        return true;
    sheet->is_told = true;
    return pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, rows->at, loader->tree.error,
                           "the sheet “%s” has records and is hidden, so it was not read; show it, or take it out of "
                           "the workbook",
                           pv_message_quote(rows->sheet).text);
}

static bool begins_field(const pv_table_loader *loader, bool *out) {
    const pv_cell name = loader->rows->row[0];
    pv_text text;
    uint64_t key;
    *out = false;
    if (name.blank)
        return true;
    if (!pv_table_text(&loader->tree, &name, &text) ||
        !pv_synonym_key(loader->tree.arena, text.value, &key, loader->tree.error))
        return false;
    *out = pv_synonyms_find(&loader->names->fields, key) != SIZE_MAX;
    return true;
}

/* The title before the row at hand was none. */
static bool drop_title(pv_table_loader *loader, sheet_state *sheet) {
    if (sheet->title.blank)
        return true;
    const pv_cell title = sheet->title;
    sheet->title.blank = true;
    return pv_table_leave_out(loader, &title, PV_STR("this row is neither a heading nor a record, and was not read"));
}

static bool is_alone(const pv_rows *rows) {
    const pv_cell first = pv_rows_filled_from(rows, 0);
    size_t filled = 0;
    for (size_t i = 0; i < rows->count; i++)
        filled += !rows->row[i].blank;
    return filled == 1 && !first.blank;
}

/* Whether the row read last has the headings of the table over again, as a page begins with them. */
static bool is_repeated(const pv_table_loader *loader, bool *out) {
    const pv_table_headings *headings = &loader->headings;
    pv_text text, earlier;
    if (!pv_table_is_headings(&loader->tree, loader->form, out))
        return false;
    for (size_t i = 0; i < headings->count && *out; i++) {
        const pv_cell cell = pv_rows_cell(loader->rows, i);
        if (!pv_table_text(&loader->tree, &cell, &text) ||
            !pv_table_text(&loader->tree, &headings->list[i].cell, &earlier))
            return false;
        *out = pv_str_equal(text.value, earlier.value);
    }
    return true;
}

static bool read_sheet_row(pv_table_loader *loader, sheet_state *sheet) {
    const pv_rows *rows = loader->rows;
    const bool may_begin = !sheet->has_headings || sheet->has_gap;
    bool are_headings = false;
    bool is_field = false;
    size_t called = SIZE_MAX;
    if (may_begin && (!find_table_called(loader, sheet, &called) || !may_be_headings(loader, called, &are_headings)))
        return false;
    if (!begins_field(loader, &is_field))
        return false;
    if (rows->is_hidden)
        return pass_hidden(loader, sheet, are_headings);
    if (are_headings)
        return begin_table(loader, sheet, called);
    if (sheet->has_headings && !sheet->has_gap && !is_repeated(loader, &are_headings))
        return false;
    if (are_headings) {
        loader->rows->use = PV_ROW_READ;
        return true;
    }
    if (sheet->has_headings && !(sheet->has_gap && loader->headings.count > 1 && is_alone(rows)))
        return (rows->in_document || drop_title(loader, sheet)) && pv_table_read_record(loader);
    if (rows->in_document) {
        sheet->title = pv_rows_filled_from(rows, 0);
        return true;
    }
    if (!drop_title(loader, sheet))
        return false;
    if (!sheet->has_headings && pv_rows_name_form(rows) && !loader->form_name) {
        sheet->has_part = true;
        loader->header_end = rows->at.end;
        return pv_table_read_form_row(loader);
    }
    if (!sheet->has_headings && is_field) {
        sheet->has_part = true;
        loader->header_end = rows->at.end;
        return pv_table_read_field_row(loader);
    }
    sheet->title = pv_rows_filled_from(rows, 0);
    return true;
}

/* A sheet on which nothing was found. One that is called as records are was meant to hold them: a heading that is
 * misspelt must not take them out of the filing. */
static bool pass_sheet(pv_table_loader *loader, const sheet_state *sheet, pv_str name) {
    const pv_quote quoted = pv_message_quote(name);
    size_t called;
    if (!find_called(loader, name, &called))
        return false;
    if (called != SIZE_MAX)
        return pv_problems_add(
            loader->problems, PV_PROBLEM_UNKNOWN_NAME, sheet->first.at, loader->tree.error,
            "the sheet “%s” is called as the records of “%s” are, and no row of it has their headings, "
            "so it was not read",
            quoted.text, pv_message_quote(loader->form->records[called].label).text);
    return pv_table_leave_out(
        loader, &sheet->first,
        pv_arena_format(loader->tree.arena,
                        "the sheet “%s” has neither headings nor fields of the form, and was not read", quoted.text));
}

static bool end_sheet(pv_table_loader *loader, sheet_state *sheet, pv_str name) {
    const bool was_read = sheet->has_part || sheet->first.blank || sheet->is_hidden; /* or it is told already */
    if (loader->rows->in_document)
        return end_table(loader, sheet);
    if (!was_read)
        sheet->title.blank = true;
    return drop_title(loader, sheet) && end_table(loader, sheet) && (was_read || pass_sheet(loader, sheet, name));
}

bool pv_table_read_sheets(pv_table_loader *loader) {
    static const sheet_state untouched = {.first = {.blank = true}, .title = {.blank = true}};
    pv_rows *rows = loader->rows;
    sheet_state sheet = untouched;
    pv_str name = {0};
    bool found = true;
    for (;;) {
        if (!rows->next(rows, &found, loader->tree.error))
            return false;
        if (!found || rows->is_first) {
            if (!end_sheet(loader, &sheet, name))
                return false;
            sheet = untouched;
            sheet.is_hidden = rows->is_hidden;
            name = rows->sheet;
        }
        if (!found)
            break;
        rows->use = PV_ROW_PASSED;
        if (rows->blank || rows->remark) {
            sheet.has_gap |= rows->blank;
            continue;
        }
        if (sheet.first.blank)
            sheet.first = pv_rows_filled_from(rows, 0);
        if (!read_sheet_row(loader, &sheet))
            return false;
        sheet.has_gap = false;
    }
    const uint32_t end = (uint32_t)rows->source->bytes.size;
    return loader->tables > 0 || rows->in_document ||
           pv_fail_at(loader->tree.error, PV_ERROR_SHAPE, (pv_span){end, end},
                      "no sheet of the workbook has a row of headings of the form");
}
