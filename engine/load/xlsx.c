#include <stdio.h>

#include "base/array.h"
#include "base/utf8.h"
#include "load/loader_p.h"
#include "load/package_p.h"
#include "load/workbook_p.h"
#include "model/message.h"
#include "table/table.h"

/* The text of a workbook has a line for each cell, row after row, sheet after sheet; of every row that has one, also
 * for the empty ones up to the last column of the sheet, so that what is absent has a place. */

typedef struct placed_cell {
    uint32_t start; /* of its line */
    uint32_t end;
    uint32_t sheet; /* its number, from 0 */
    uint32_t row;
    uint32_t column;
    const pv_sheet_cell *cell; /* NULL: nothing stands in it */
} placed_cell;

/* What is known of the workbook besides its text. */
typedef struct workbook_ruler {
    pv_ruler ruler;       /* the first member: it is what a source is handed */
    const pv_str *sheets; /* their names */
    const bool *are_hidden;
    size_t sheet_count;
    const placed_cell *cells; /* in the order of the text */
    size_t count;
    const pv_left_out *left_out;
    size_t left_out_count;
} workbook_ruler;

/* ---- places ---- */

/* The cell that an offset of the file lies in; NULL: there are none. */
static const placed_cell *cell_at(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    const workbook_ruler *book = (const workbook_ruler *)ruler;
    const size_t at = offset - file->base;
    size_t low = 0;
    size_t high = book->count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (book->cells[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return book->count > 0 ? &book->cells[low] : NULL;
}

static pv_position locate(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    pv_source lines = *file;
    (void)ruler;
    lines.ruler = NULL;
    lines.attached_count = 0;
    return pv_source_locate(&lines, offset);
}

static pv_source_place describe(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    const workbook_ruler *book = (const workbook_ruler *)ruler;
    const placed_cell *cell = cell_at(ruler, file, offset);
    pv_source_place place = {"an empty workbook"};
    char name[16];
    if (!cell)
        return place;
    pv_cell_name(cell->row, cell->column, name);
    const pv_str sheet = pv_utf8_cut(book->sheets[cell->sheet], sizeof place.text - 32);
    snprintf(place.text, sizeof place.text, "sheet “%.*s”, cell %s", PV_STR_ARG(sheet), name);
    return place;
}

static void spot(const pv_ruler *ruler, const pv_source *file, size_t offset, pv_spot *out) {
    const workbook_ruler *book = (const workbook_ruler *)ruler;
    const placed_cell *cell = cell_at(ruler, file, offset);
    if (!cell)
        return;
    out->sheet = book->sheets[cell->sheet];
    pv_cell_name(cell->row, cell->column, out->cell);
}

static bool copy_names(workbook_ruler *made, const workbook_ruler *book, pv_arena *arena) {
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, book->sheet_count);
    placed_cell *cells = PV_NEW_ARRAY(arena, placed_cell, book->count);
    bool copied = names && cells;
    for (size_t i = 0; copied && i < book->sheet_count; i++) {
        names[i] = pv_arena_copy(arena, book->sheets[i]);
        copied = names[i].data != NULL;
    }
    for (size_t i = 0; copied && i < book->count; i++) {
        cells[i] = book->cells[i];
        cells[i].cell = NULL; /* places need no more */
    }
    made->sheets = names;
    made->cells = cells;
    return copied;
}

static const pv_ruler *copy(const pv_ruler *ruler, pv_arena *arena) {
    const workbook_ruler *book = (const workbook_ruler *)ruler;
    workbook_ruler *made = PV_NEW(arena, workbook_ruler);
    if (!made)
        return NULL;
    *made = (workbook_ruler){.ruler = book->ruler, .sheet_count = book->sheet_count, .count = book->count};
    return copy_names(made, book, arena) ? &made->ruler : NULL;
}

/* ---- the text ---- */

typedef struct text_writer {
    pv_arena *arena;
    const pv_limits *limits;
    pv_buf text;
    PV_ARRAY(placed_cell) cells;
    PV_ARRAY(pv_left_out) left_out;
    uint32_t sheet;
    pv_error *error;
} text_writer;

static bool place(text_writer *writer, uint32_t row, uint32_t column, const pv_sheet_cell *cell) {
    placed_cell *placed = PV_ARRAY_ADD(writer->arena, &writer->cells);
    if (!placed)
        return pv_fail_memory(writer->error);
    placed->start = (uint32_t)writer->text.size;
    if (cell)
        pv_buf_append(&writer->text, cell->text);
    placed->end = (uint32_t)writer->text.size;
    placed->sheet = writer->sheet;
    placed->row = row;
    placed->column = column;
    placed->cell = cell;
    pv_buf_append_char(&writer->text, '\n');
    if (writer->text.size > UINT32_MAX / 2)
        return pv_fail(writer->error, PV_ERROR_LIMIT, "there is more text in the workbook than can be read");
    return true;
}

/* The cells of a row from cells[0] on, with the empty ones between and, where there is room for them, after them. */
static bool place_row(text_writer *writer, const pv_sheet *sheet, const pv_sheet_cell *cells, size_t count) {
    const uint32_t row = cells[0].row;
    uint32_t last = cells[count - 1].column;
    size_t at = 0;
    if (sheet->last_column <= writer->limits->table_columns)
        last = sheet->last_column;
    for (uint32_t column = 1; column <= last; column++) {
        const pv_sheet_cell *cell = at < count && cells[at].column == column ? &cells[at++] : NULL;
        if (writer->cells.count >= 2 * writer->limits->table_cells)
            return pv_fail(writer->error, PV_ERROR_LIMIT,
                           "the sheet “%s” has more than %zu cells, most of them empty; delete the columns and rows "
                           "that are not needed",
                           pv_message_quote(sheet->name).text, 2 * writer->limits->table_cells);
        if (!place(writer, row, column, cell))
            return false;
    }
    return true;
}

static bool tell(text_writer *writer, size_t first, pv_str what) {
    if (first >= writer->cells.count)
        return true;
    pv_left_out *added = PV_ARRAY_ADD(writer->arena, &writer->left_out);
    if (!added || !what.data)
        return pv_fail_memory(writer->error);
    *added = (pv_left_out){{writer->cells.items[first].start, writer->cells.items[first].end}, what};
    return true;
}

static bool tell_hidden(text_writer *writer, const pv_sheet *sheet, size_t first) {
    pv_arena *arena = writer->arena;
    const pv_quote name = pv_message_quote(sheet->name);
    if (sheet->is_hidden)
        return tell(writer, first, pv_arena_format(arena, "the sheet “%s” is hidden, and was not read", name.text));
    if (sheet->hidden_rows > 0 &&
        !tell(writer, first,
              pv_arena_format(arena, "%u row%s of the sheet “%s” %s hidden, and read like the others",
                              (unsigned)sheet->hidden_rows, sheet->hidden_rows == 1 ? "" : "s", name.text,
                              sheet->hidden_rows == 1 ? "is" : "are")))
        return false;
    if (sheet->struck_cells > 0 &&
        !tell(writer, first,
              pv_arena_format(arena, "%u cell%s of the sheet “%s” %s struck through, and read like the others",
                              (unsigned)sheet->struck_cells, sheet->struck_cells == 1 ? "" : "s", name.text,
                              sheet->struck_cells == 1 ? "is" : "are")))
        return false;
    return sheet->hidden_columns == 0 ||
           tell(writer, first,
                pv_arena_format(arena, "columns of the sheet “%s” are hidden, and read like the others", name.text));
}

static bool place_sheet(text_writer *writer, const pv_sheet *sheet) {
    const size_t first = writer->cells.count;
    for (size_t at = 0; at < sheet->cell_count;) {
        size_t end = at;
        while (end < sheet->cell_count && sheet->cells[end].row == sheet->cells[at].row)
            end++;
        if (!place_row(writer, sheet, &sheet->cells[at], end - at))
            return false;
        at = end;
    }
    return tell_hidden(writer, sheet, first);
}

static bool finish_text(text_writer *writer, const pv_workbook *book, pv_source **out, pv_str path,
                        const pv_limits *limits) {
    workbook_ruler *ruler = PV_NEW(writer->arena, workbook_ruler);
    pv_str *names = PV_NEW_ARRAY(writer->arena, pv_str, book->sheet_count);
    bool *are_hidden = PV_NEW_ARRAY(writer->arena, bool, book->sheet_count);
    pv_str text = {0};
    pv_limits own = *limits;
    if (!writer->text.failed)
        text = pv_arena_copy(writer->arena, pv_buf_str(&writer->text));
    if (!ruler || !names || !are_hidden || !text.data)
        return pv_fail_memory(writer->error);
    for (size_t i = 0; i < book->sheet_count; i++) {
        names[i] = book->sheets[i].name;
        are_hidden[i] = book->sheets[i].is_hidden;
    }
    *ruler = (workbook_ruler){.ruler = {locate, describe, spot, copy},
                              .sheets = names,
                              .are_hidden = are_hidden,
                              .sheet_count = book->sheet_count,
                              .cells = writer->cells.items,
                              .count = writer->cells.count,
                              .left_out = writer->left_out.items,
                              .left_out_count = writer->left_out.count};
    own.source_bytes = SIZE_MAX; /* its package was held to limits of its own */
    if (!pv_source_new(out, writer->arena, path, text, &own, writer->error))
        return false;
    (*out)->ruler = &ruler->ruler;
    return true;
}

static bool open_workbook(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                          pv_error *error) {
    pv_workbook book;
    text_writer writer = {.arena = arena, .limits = limits, .text = pv_buf_on(pv_arena_memory(arena)), .error = error};
    *out = NULL;
    if (!pv_workbook_read(&book, arena, bytes, limits, error))
        return false;
    bool placed = true;
    for (; placed && writer.sheet < book.sheet_count; writer.sheet++)
        placed = place_sheet(&writer, &book.sheets[writer.sheet]);
    placed = placed && finish_text(&writer, &book, out, path, limits);
    pv_buf_clear(&writer.text);
    return placed;
}

/* ---- as a table ---- */

#define WIDEST_ROW 16384u /* cells that a row of a sheet can have */

typedef struct sheet_rows {
    pv_rows rows; /* the first member: it is what reads them */
    const workbook_ruler *book;
    size_t next;    /* the cell to be read next */
    uint32_t last;  /* the row read last, of the sheet below */
    uint32_t sheet; /* its number; UINT32_MAX before the first */
} sheet_rows;

static pv_cell cell_of(const placed_cell *placed) {
    return (pv_cell){
        .at = {placed->start, placed->end},
        .typed = placed->cell && placed->cell->is_typed,
        .unvalued = placed->cell && placed->cell->is_unvalued,
        .blank = !placed->cell,
    };
}

static bool is_remark(const pv_rows *rows) {
    bool others = false;
    for (size_t i = 1; i < rows->count; i++)
        others |= !rows->row[i].blank;
    return !others && pv_str_starts_with(pv_source_slice(rows->source, rows->row[0].at), PV_STR("# "));
}

/* The next row that has a cell; rows without one that stand before it are one empty row. */
static bool next_row(pv_rows *rows, bool *found, pv_error *error) {
    sheet_rows *all = (sheet_rows *)rows;
    const workbook_ruler *book = all->book;
    *found = all->next < book->count;
    if (!*found)
        return true;
    const placed_cell *cell = &book->cells[all->next];
    const bool is_new = all->sheet != cell->sheet;
    rows->is_first = is_new;
    rows->sheet = book->sheets[cell->sheet];
    rows->is_hidden = book->are_hidden[cell->sheet];
    rows->remark = false;
    rows->count = 0;
    rows->blank = true;
    if (!is_new && cell->row > all->last + 1) {
        all->last = cell->row - 1;
        rows->at = (pv_span){cell->start, cell->start};
        rows->row[rows->count++] = (pv_cell){.at = rows->at, .blank = true};
        return true;
    }
    all->sheet = cell->sheet;
    all->last = cell->row;
    rows->at.start = cell->start;
    for (; all->next < book->count && cell->sheet == all->sheet && cell->row == all->last; cell++) {
        rows->at.end = cell->end;
        if (rows->count < WIDEST_ROW)
            rows->row[rows->count++] = cell_of(cell);
        rows->blank &= !cell->cell;
        all->next++;
        if (all->next == book->count)
            break;
    }
    (void)error;
    rows->remark = is_remark(rows);
    return true;
}

static bool cell_text(pv_text *out, pv_arena *arena, const pv_source *source, const pv_cell *cell, pv_error *error) {
    return pv_text_verbatim(out, arena, pv_source_slice(source, cell->at), cell->at.start, error);
}

static bool begin_rows(sheet_rows *out, pv_arena *arena, const pv_source *source, pv_error *error) {
    *out = (sheet_rows){
        .rows = {.source = source, .next = next_row, .text = cell_text},
        .book = (const workbook_ruler *)source->ruler,
        .sheet = UINT32_MAX,
    };
    out->rows.row = PV_NEW_ARRAY(arena, pv_cell, WIDEST_ROW);
    return out->rows.row || pv_fail_memory(error);
}

/* ---- as blocks ---- */

static bool make_blocks(pv_blocks **out, pv_arena *arena, const pv_source *source, pv_error *error) {
    const workbook_ruler *book = (const workbook_ruler *)source->ruler;
    pv_blocks *blocks = PV_NEW(arena, pv_blocks);
    pv_block *list = PV_NEW_ARRAY(arena, pv_block, book->count);
    size_t count = 0;
    if (!blocks || !list)
        return pv_fail_memory(error);
    for (size_t i = 0; i < book->count; i++) {
        const placed_cell *placed = &book->cells[i];
        const pv_sheet_cell *cell = placed->cell;
        const pv_cell as_cell = cell_of(placed);
        if (book->are_hidden[placed->sheet] || (cell && cell->is_repeated))
            continue;
        pv_block *block = &list[count++];
        *block = (pv_block){
            .kind = PV_BLOCK_CELL,
            .is_parted = i == 0 || placed[-1].sheet != placed->sheet || placed->row > placed[-1].row + 1,
            .cell = {.table = placed->sheet + 1,
                     .row = placed->row,
                     .column = placed->column,
                     .row_count = cell ? cell->row_count : 1,
                     .column_count = cell ? cell->column_count : 1},
        };
        if (!cell_text(&block->text, arena, source, &as_cell, error))
            return false;
    }
    *blocks = (pv_blocks){.source = source,
                          .format = pv_xlsx_loader.format,
                          .list = list,
                          .count = count,
                          .left_out = book->left_out,
                          .left_out_count = book->left_out_count};
    *out = blocks;
    return true;
}

/* ---- the loader ---- */

static bool join_left_out(pv_document *document, const workbook_ruler *book, pv_arena *arena, pv_error *error) {
    const size_t count = document->left_out_count + book->left_out_count;
    pv_left_out *all = PV_NEW_ARRAY(arena, pv_left_out, count);
    if (!all)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        all[i] = i < book->left_out_count ? book->left_out[i] : document->left_out[i - book->left_out_count];
    document->left_out = all;
    document->left_out_count = count;
    return true;
}

static bool load(pv_loaded *out, pv_arena *arena, const pv_source *source, const pv_form *form, const pv_limits *limits,
                 pv_error *error) {
    sheet_rows rows;
    if (!form || !form->headings)
        return make_blocks(&out->blocks, arena, source, error);
    return begin_rows(&rows, arena, source, error) &&
           pv_table_load(&out->tree, arena, &rows.rows, form, pv_xlsx_loader.format, limits, error) &&
           join_left_out(out->tree, rows.book, arena, error);
}

/* A cell `form` at the beginning of a row says it in the one beside it. */
static bool read_form_name(pv_form_name *out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                           pv_error *error) {
    sheet_rows rows;
    bool found = true;
    pv_text text;
    (void)limits;
    *out = (pv_form_name){0};
    if (!begin_rows(&rows, arena, source, error))
        return false;
    while (found) {
        if (!next_row(&rows.rows, &found, error))
            return false;
        if (!found || rows.rows.is_hidden || !pv_rows_name_form(&rows.rows))
            continue;
        const pv_cell cell = pv_rows_cell(&rows.rows, 1);
        out->given = true;
        out->at = cell.at;
        if (cell.blank)
            return pv_fail_without_form_name(&cell, error);
        if (!cell_text(&text, arena, source, &cell, error))
            return false;
        out->id = text.value;
        return true;
    }
    return pv_fail_at(error, PV_ERROR_NOT_FOUND, (pv_span){0, 0},
                      "the workbook does not name its form; begin a sheet with a row of two cells, form and its name, "
                      "or name the pack with --pack");
}

static bool glimpse(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload) {
    (void)bytes;
    (void)scratch;
    (void)judge;
    (void)payload;
    return false; /* what stands in it is only known once it is unpacked */
}

/* With those of which is said how else the file is to be saved. */
static const pv_str endings[] = {PV_STR(".xlsx"), PV_STR(".xlsm"), PV_STR(".xltx"), PV_STR(".xltm"),   PV_STR(".xls"),
                                 PV_STR(".xlt"),  PV_STR(".xlsb"), PV_STR(".ods"),  PV_STR(".numbers")};

const pv_loader pv_xlsx_loader = {
    .format = PV_STR("xlsx"),
    .title = PV_STR("an Excel workbook"),
    .endings = endings,
    .ending_count = sizeof endings / sizeof *endings,
    .is_document = true,
    .open = open_workbook,
    .form_name = read_form_name,
    .load = load,
    .glimpse = glimpse,
};
