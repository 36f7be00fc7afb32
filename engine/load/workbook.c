#include "load/workbook_p.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/utf8.h"
#include "load/links_p.h"
#include "load/sheet_styles_p.h"

#define LAST_ROW 1048576u /* that a sheet can have */
#define LAST_COLUMN 16384u

/* A text that cells share, as it is stored until the first cell shows it. */
typedef struct shared_text {
    pv_str text;
    bool is_clean;
    bool is_struck; /* a part of it is struck through */
} shared_text;

typedef struct sheet_entry {
    pv_str name;
    pv_str link;
    bool is_hidden;
} sheet_entry;

typedef PV_ARRAY(pv_sheet_cell) cell_list;

typedef struct merged_area {
    uint32_t top, left, bottom, right;
} merged_area;

/* Everything that is known of the workbook while it is read. */
typedef struct workbook_reader {
    pv_arena *arena;
    const pv_limits *limits;
    pv_error *error;
    pv_package *package;
    bool counts_from_1904;
    PV_ARRAY(shared_text) strings;
    pv_sheet_styles styles;
    PV_ARRAY(sheet_entry) sheets;
    size_t cells; /* of all sheets so far */
    size_t bytes; /* of their texts */
} workbook_reader;

/* ---- parts ---- */

static bool fail_damaged(const workbook_reader *all, const char *what) {
    return pv_fail(all->error, PV_ERROR_SYNTAX, "the workbook is damaged: %s", what);
}

static bool unpack_part(workbook_reader *all, pv_str name, pv_str *out, bool *found) {
    const pv_package_entry *entry;
    if (!pv_package_find(&entry, all->package, name, all->error))
        return false;
    *found = entry != NULL;
    return !entry || pv_package_unpack(out, all->arena, all->package, entry, all->limits, all->error);
}

static bool read_part(workbook_reader *all, pv_str name, const pv_xml_handlers *handlers, bool *found) {
    pv_str bytes;
    return unpack_part(all, name, &bytes, found) &&
           (!*found || pv_xml_read(bytes, name, handlers, all->limits, all->error));
}

static const pv_link *link_by_id(const pv_links *links, pv_str id) {
    for (size_t i = 0; i < links->count; i++)
        if (pv_str_equal(links->items[i].id, id))
            return &links->items[i];
    return NULL;
}

/* ---- texts ---- */

/* "_x000D_": how a character that XML has no room for stands in a workbook's text. */
static bool escape_at(pv_str text, size_t at, uint32_t *code) {
    *code = 0;
    if (at + 7 > text.size || text.data[at] != '_' || text.data[at + 1] != 'x' || text.data[at + 6] != '_')
        return false;
    for (size_t i = at + 2; i < at + 6; i++) {
        const int digit = pv_hex_value(text.data[i]);
        if (digit < 0)
            return false;
        *code = *code * 16 + (uint32_t)digit;
    }
    return true;
}

static bool shows_nothing(uint32_t code) {
    return (code < 0x20 && code != '\n' && code != '\t') || code == 0x7F || (code >= 0xD800 && code < 0xE000) ||
           (code & 0xFFFE) == 0xFFFE;
}

/* The text as a cell shows it: escapes undone, a line break as one line feed, no white space around it. */
static pv_str clean(pv_arena *arena, pv_str raw) {
    char *out = pv_arena_alloc(arena, raw.size + 1);
    size_t size = 0;
    for (size_t at = 0; out && at < raw.size;) {
        uint32_t code;
        size_t length = 7;
        if (!escape_at(raw, at, &code))
            code = pv_utf8_decode(raw, at, &length);
        at += length;
        const bool is_return = code == '\r';
        if (is_return && at < raw.size && raw.data[at] == '\n')
            continue;
        if (is_return)
            code = '\n';
        if (!shows_nothing(code))
            size += pv_utf8_encode(code, out + size);
    }
    if (!out)
        return (pv_str){0};
    pv_str text = {out, size};
    size_t length;
    while (text.size > 0 && pv_utf8_is_white_space(pv_utf8_decode(text, 0, &length)))
        text = pv_str_slice(text, length, text.size);
    while (text.size > 0 && pv_utf8_is_white_space(pv_utf8_decode(text, pv_utf8_previous(text, text.size), &length)))
        text = pv_str_slice(text, 0, pv_utf8_previous(text, text.size));
    return text;
}

/* The texts of <si> or <is>: its runs, one after the other, without how they are pronounced. */
typedef struct text_reader {
    pv_buf text;
    bool in_text;
    bool is_struck;    /* a run is */
    unsigned phonetic; /* so many <rPh> are open */
} text_reader;

static void start_of_text(text_reader *reader, const pv_xml_reader *xml, pv_xml_name name) {
    reader->is_struck |= pv_xml_is(name, PV_XML_S, PV_STR("strike")) && pv_sheet_mark_is_on(xml);
    if (pv_xml_is(name, PV_XML_S, PV_STR("rPh")))
        reader->phonetic++;
    reader->in_text |= reader->phonetic == 0 && pv_xml_is(name, PV_XML_S, PV_STR("t"));
}

static void end_of_text(text_reader *reader, pv_xml_name name) {
    if (pv_xml_is(name, PV_XML_S, PV_STR("rPh")) && reader->phonetic > 0)
        reader->phonetic--;
    if (pv_xml_is(name, PV_XML_S, PV_STR("t")))
        reader->in_text = false;
}

typedef struct strings_reader {
    workbook_reader *all;
    text_reader text;
} strings_reader;

static bool start_of_string(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    strings_reader *reader = payload;
    (void)error;
    if (pv_xml_is(name, PV_XML_S, PV_STR("si"))) {
        pv_buf_reset(&reader->text.text);
        reader->text.is_struck = false;
    }
    start_of_text(&reader->text, xml, name);
    return true;
}

static bool end_of_string(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    strings_reader *reader = payload;
    workbook_reader *all = reader->all;
    (void)xml;
    end_of_text(&reader->text, name);
    if (!pv_xml_is(name, PV_XML_S, PV_STR("si")))
        return true;
    shared_text *added = PV_ARRAY_ADD(all->arena, &all->strings);
    if (added)
        added->is_struck = reader->text.is_struck;
    if (added && !reader->text.text.failed)
        added->text = pv_arena_copy(all->arena, pv_buf_str(&reader->text.text));
    return (added && added->text.data) || pv_fail_memory(error);
}

static bool text_of_string(void *payload, const pv_xml_reader *xml, pv_str text, pv_error *error) {
    strings_reader *reader = payload;
    (void)xml;
    (void)error;
    if (reader->text.in_text)
        pv_buf_append(&reader->text.text, text);
    return true;
}

static bool read_strings(workbook_reader *all, pv_str part) {
    strings_reader reader = {.all = all, .text = {.text = pv_buf_on(pv_arena_memory(all->arena))}};
    const pv_xml_handlers handlers = {
        .payload = &reader, .start = start_of_string, .end = end_of_string, .text = text_of_string};
    bool found;
    const bool read = part.size == 0 || read_part(all, part, &handlers, &found);
    pv_buf_clear(&reader.text.text);
    return read;
}

/* ---- how numbers are shown ---- */

static bool read_number(pv_str text, uint32_t most, uint32_t *out) {
    uint64_t number;
    if (!pv_digits_read(text, most, &number))
        return false;
    *out = (uint32_t)number;
    return true;
}

static bool read_styles(workbook_reader *all, pv_str part) {
    pv_str bytes = {0};
    bool found = false;
    return (part.size == 0 || unpack_part(all, part, &bytes, &found)) &&
           pv_sheet_styles_read(&all->styles, all->arena, found ? bytes : (pv_str){0}, part, all->limits, all->error);
}

/* ---- sheets ---- */

typedef struct sheet_reader {
    workbook_reader *all;
    cell_list cells;
    PV_ARRAY(merged_area) merged;
    pv_sheet *sheet;
    uint32_t row; /* being read */
    uint32_t column;
    bool row_is_hidden;
    bool row_is_counted; /* among the hidden ones */
    bool has_sheet;      /* the part is one of cells */
    bool in_cell;
    bool in_value;
    bool has_value;
    bool has_formula;
    pv_str type; /* of the cell, in its attribute `t` */
    char type_text[16];
    bool is_struck;                   /* the cell's text is, by its style */
    const pv_number_format *shown_as; /* NULL: as it is */
    pv_buf value;                     /* of <v> */
    text_reader text;                 /* of <is> */
    pv_buf made;
    shared_text *shared; /* that the cell says; NULL: it says what was made */
} sheet_reader;

/* "B3"; false: it names no cell. */
static bool read_cell_name(pv_str name, uint32_t *row, uint32_t *column) {
    size_t at = 0;
    *column = 0;
    while (at < name.size && pv_ascii_is_letter(name.data[at]) && *column <= LAST_COLUMN)
        *column = *column * 26 + (uint32_t)(pv_ascii_lower(name.data[at++]) - 'a') + 1;
    return *column >= 1 && *column <= LAST_COLUMN && read_number(pv_str_slice(name, at, name.size), LAST_ROW, row) &&
           *row >= 1;
}

void pv_cell_name(uint32_t row, uint32_t column, char out[16]) {
    char letters[8];
    size_t at = sizeof letters;
    letters[--at] = '\0';
    for (uint32_t rest = column; rest > 0 && at > 0; rest = (rest - 1) / 26)
        letters[--at] = (char)('A' + (rest - 1) % 26);
    snprintf(out, 16, "%s%u", letters + at, (unsigned)row);
}

static bool start_of_row(sheet_reader *reader, const pv_xml_reader *xml) {
    uint32_t row;
    reader->row++;
    if (read_number(pv_xml_attribute(xml, PV_XML_NONE, "r"), LAST_ROW, &row) && row >= 1)
        reader->row = row;
    if (reader->row > LAST_ROW)
        return fail_damaged(reader->all, "a sheet has more rows than one can have");
    reader->column = 0;
    reader->row_is_hidden = pv_sheet_flag(pv_xml_attribute(xml, PV_XML_NONE, "hidden"));
    reader->row_is_counted = false;
    return true;
}

static bool start_of_cell(sheet_reader *reader, const pv_xml_reader *xml) {
    workbook_reader *all = reader->all;
    uint32_t style;
    uint32_t row;
    uint32_t column;
    const pv_str type = pv_xml_attribute(xml, PV_XML_NONE, "t");
    reader->column++;
    if (read_cell_name(pv_xml_attribute(xml, PV_XML_NONE, "r"), &row, &column)) {
        reader->row = row;
        reader->column = column;
    }
    if (reader->column > LAST_COLUMN || reader->row < 1)
        return fail_damaged(all, "a cell stands outside its sheet");
    reader->in_cell = true;
    reader->has_value = false;
    reader->has_formula = false;
    const size_t kept = type.size < sizeof reader->type_text ? type.size : 0;
    if (kept > 0)
        memcpy(reader->type_text, type.data, kept);
    reader->type = (pv_str){reader->type_text, kept};
    reader->shown_as = NULL;
    reader->is_struck = false;
    reader->text.is_struck = false;
    if (read_number(pv_xml_attribute(xml, PV_XML_NONE, "s"), UINT32_MAX, &style) && style < all->styles.count) {
        reader->shown_as = &all->styles.items[style].numbers;
        reader->is_struck = all->styles.items[style].is_struck;
    }
    pv_buf_reset(&reader->value);
    pv_buf_reset(&reader->text.text);
    return true;
}

/* "2024-03-31T00:00:00": a day is written without the midnight that it begins at. */
static pv_str day_of_text(pv_str text) {
    const pv_str midnight = PV_STR("T00:00:00");
    const pv_str rest = pv_str_slice(text, 10 < text.size ? 10 : text.size, text.size);
    return pv_str_starts_with(rest, midnight) ? pv_str_slice(text, 0, 10) : text;
}

/* What the cell just read says, into reader->made or as reader->shared; *is_typed as of pv_sheet_cell. */
static bool say_cell(sheet_reader *reader, bool *is_typed) {
    workbook_reader *all = reader->all;
    const pv_str value = pv_str_trim(pv_buf_str(&reader->value));
    const pv_str type = reader->type;
    uint32_t index;
    pv_buf_reset(&reader->made);
    reader->shared = NULL;
    *is_typed = false;
    if (pv_str_equal(type, PV_STR("inlineStr"))) {
        pv_buf_append(&reader->made, pv_buf_str(&reader->text.text));
    } else if (pv_str_equal(type, PV_STR("s"))) {
        if (value.size == 0)
            return true;
        if (!read_number(value, UINT32_MAX, &index) || index >= all->strings.count)
            return fail_damaged(all, "a cell names a text that is not there");
        reader->shared = &all->strings.items[index];
    } else if (pv_str_equal(type, PV_STR("b"))) {
        if (value.size > 0)
            pv_buf_append(&reader->made, pv_sheet_flag(value) ? PV_STR("TRUE") : PV_STR("FALSE"));
        *is_typed = true;
    } else if (pv_str_equal(type, PV_STR("d"))) {
        pv_buf_append(&reader->made, day_of_text(value));
        *is_typed = true;
    } else if (pv_str_equal(type, PV_STR("str")) || pv_str_equal(type, PV_STR("e"))) {
        pv_buf_append(&reader->made, pv_buf_str(&reader->value));
    } else if (value.size > 0) {
        static const pv_number_format plain = {.count = 0};
        pv_number_show(&reader->made, value, reader->shown_as ? reader->shown_as : &plain, all->counts_from_1904);
        *is_typed = true;
    }
    return true;
}

static void count_hidden(sheet_reader *reader) {
    if (reader->row_is_hidden && !reader->row_is_counted) {
        reader->sheet->hidden_rows++;
        reader->row_is_counted = true;
    }
}

static bool add_cell(sheet_reader *reader, const pv_sheet_cell *cell) {
    workbook_reader *all = reader->all;
    if (all->cells++ == all->limits->table_cells)
        return pv_fail(all->error, PV_ERROR_LIMIT, "the workbook has more than %zu cells with something in them",
                       all->limits->table_cells);
    all->bytes += cell->text.size;
    if (all->bytes > all->limits->part_bytes)
        return pv_fail(
            all->error, PV_ERROR_LIMIT,
            "the cells of the workbook have more than %zu MB of text, as they say the same long texts over and over",
            all->limits->part_bytes >> 20);
    pv_sheet_cell *added = PV_ARRAY_ADD(all->arena, &reader->cells);
    if (!added)
        return pv_fail_memory(all->error);
    *added = *cell;
    if (cell->column > reader->sheet->last_column)
        reader->sheet->last_column = cell->column;
    return true;
}

/* A text that cells share is made clean once, and they share that too. */
static pv_str text_of_cell(const sheet_reader *reader) {
    pv_arena *arena = reader->all->arena;
    shared_text *shared = reader->shared;
    if (!shared)
        return clean(arena, pv_buf_str(&reader->made));
    if (!shared->is_clean) {
        shared->text = clean(arena, shared->text);
        shared->is_clean = true;
    }
    return shared->text;
}

static bool end_of_cell(sheet_reader *reader) {
    workbook_reader *all = reader->all;
    pv_sheet_cell cell = {.row = reader->row, .column = reader->column, .row_count = 1, .column_count = 1};
    reader->in_cell = false;
    if (!say_cell(reader, &cell.is_typed))
        return false;
    if (reader->made.failed || reader->value.failed || reader->text.text.failed)
        return pv_fail_memory(all->error);
    cell.text = text_of_cell(reader);
    if (!cell.text.data)
        return pv_fail_memory(all->error);
    cell.is_unvalued = reader->has_formula && !reader->has_value && cell.text.size == 0;
    if (cell.text.size == 0 && !cell.is_unvalued)
        return true;
    count_hidden(reader);
    reader->sheet->struck_cells +=
        reader->is_struck || reader->text.is_struck || (reader->shared && reader->shared->is_struck);
    return add_cell(reader, &cell);
}

static bool add_merged(sheet_reader *reader, const pv_xml_reader *xml) {
    const pv_str name = pv_xml_attribute(xml, PV_XML_NONE, "ref");
    const size_t colon = pv_str_find(name, PV_STR(":"), 0);
    merged_area area;
    if (colon == SIZE_MAX || !read_cell_name(pv_str_slice(name, 0, colon), &area.top, &area.left) ||
        !read_cell_name(pv_str_slice(name, colon + 1, name.size), &area.bottom, &area.right) ||
        area.bottom < area.top || area.right < area.left)
        return true;
    merged_area *added = PV_ARRAY_ADD(reader->all->arena, &reader->merged);
    if (!added)
        return pv_fail_memory(reader->all->error);
    *added = area;
    return true;
}

static void count_hidden_columns(sheet_reader *reader, const pv_xml_reader *xml) {
    uint32_t first;
    uint32_t last;
    if (pv_sheet_flag(pv_xml_attribute(xml, PV_XML_NONE, "hidden")) &&
        read_number(pv_xml_attribute(xml, PV_XML_NONE, "min"), LAST_COLUMN, &first) &&
        read_number(pv_xml_attribute(xml, PV_XML_NONE, "max"), LAST_COLUMN, &last) && last >= first)
        reader->sheet->hidden_columns += last - first + 1;
}

static bool start_in_sheet(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    sheet_reader *reader = payload;
    const pv_str local = name.local;
    (void)error;
    if (name.space != PV_XML_S)
        return true;
    if (pv_str_equal(local, PV_STR("c")))
        return start_of_cell(reader, xml);
    if (pv_str_equal(local, PV_STR("row")))
        return start_of_row(reader, xml);
    if (reader->in_cell) {
        reader->in_value = pv_str_equal(local, PV_STR("v"));
        reader->has_value |= reader->in_value;
        reader->has_formula |= pv_str_equal(local, PV_STR("f"));
        start_of_text(&reader->text, xml, name);
        return true;
    }
    if (pv_str_equal(local, PV_STR("worksheet")))
        reader->has_sheet = true;
    if (pv_str_equal(local, PV_STR("col")))
        count_hidden_columns(reader, xml);
    return !pv_str_equal(local, PV_STR("mergeCell")) || add_merged(reader, xml);
}

static bool end_in_sheet(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    sheet_reader *reader = payload;
    (void)xml;
    (void)error;
    if (name.space != PV_XML_S || !reader->in_cell)
        return true;
    end_of_text(&reader->text, name);
    if (pv_str_equal(name.local, PV_STR("v")))
        reader->in_value = false;
    return !pv_str_equal(name.local, PV_STR("c")) || end_of_cell(reader);
}

static bool text_in_sheet(void *payload, const pv_xml_reader *xml, pv_str text, pv_error *error) {
    sheet_reader *reader = payload;
    (void)xml;
    (void)error;
    if (reader->in_value)
        pv_buf_append(&reader->value, text);
    if (reader->in_cell && reader->text.in_text)
        pv_buf_append(&reader->text.text, text);
    return true;
}

static int by_place(const void *left, const void *right) {
    const pv_sheet_cell *a = left;
    const pv_sheet_cell *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

static void sort_cells(cell_list *cells) {
    bool sorted = true;
    for (size_t i = 1; sorted && i < cells->count; i++)
        sorted = by_place(&cells->items[i - 1], &cells->items[i]) < 0;
    if (!sorted && cells->count > 0)
        qsort(cells->items, cells->count, sizeof *cells->items, by_place);
}

/* Says what stands in the first cell of a merged area in those below it as well. */
static bool repeat_merged(sheet_reader *reader) {
    const size_t count = reader->cells.count;
    for (size_t i = 0; i < reader->merged.count && count > 0; i++) {
        const merged_area *area = &reader->merged.items[i];
        const pv_sheet_cell key = {.row = area->top, .column = area->left};
        pv_sheet_cell *first = bsearch(&key, reader->cells.items, count, sizeof key, by_place);
        if (!first)
            continue;
        first->row_count = area->bottom - area->top + 1;
        first->column_count = area->right - area->left + 1;
        pv_sheet_cell below = *first;
        below.is_repeated = true;
        below.row_count = 1;
        while (below.row++ < area->bottom)
            if (!add_cell(reader, &below))
                return false;
    }
    sort_cells(&reader->cells);
    return true;
}

/* Two cells in one place: the file is no sheet that a program would have saved. */
static bool check_places(const sheet_reader *reader) {
    for (size_t i = 1; i < reader->cells.count; i++)
        if (by_place(&reader->cells.items[i - 1], &reader->cells.items[i]) == 0)
            return fail_damaged(reader->all, "two cells stand in one place");
    return true;
}

/* *is_sheet: false where the part is a chart, or something else without cells. */
static bool read_sheet(workbook_reader *all, pv_str part, pv_sheet *out, bool *is_sheet) {
    pv_memory *memory = pv_arena_memory(all->arena);
    sheet_reader reader = {.all = all,
                           .sheet = out,
                           .value = pv_buf_on(memory),
                           .text = {.text = pv_buf_on(memory)},
                           .made = pv_buf_on(memory)};
    const pv_xml_handlers handlers = {
        .payload = &reader, .start = start_in_sheet, .end = end_in_sheet, .text = text_in_sheet};
    bool found = false;
    bool read = read_part(all, part, &handlers, &found);
    if (read && !found)
        read = fail_damaged(all, "a sheet is missing");
    if (read) {
        sort_cells(&reader.cells);
        read = repeat_merged(&reader) && check_places(&reader);
    }
    pv_buf_clear(&reader.value);
    pv_buf_clear(&reader.text.text);
    pv_buf_clear(&reader.made);
    out->cells = reader.cells.items;
    out->cell_count = reader.cells.count;
    *is_sheet = reader.has_sheet;
    return read;
}

/* ---- the workbook ---- */

typedef struct book_reader {
    workbook_reader *all;
    bool has_book; /* the part is a workbook */
} book_reader;

static bool start_in_book(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    book_reader *reader = payload;
    workbook_reader *all = reader->all;
    if (name.space != PV_XML_S)
        return true;
    if (pv_str_equal(name.local, PV_STR("workbook")))
        reader->has_book = true;
    if (pv_str_equal(name.local, PV_STR("workbookPr")))
        all->counts_from_1904 = pv_sheet_flag(pv_xml_attribute(xml, PV_XML_NONE, "date1904"));
    if (!pv_str_equal(name.local, PV_STR("sheet")))
        return true;
    const pv_str state = pv_xml_attribute(xml, PV_XML_NONE, "state");
    sheet_entry *entry = PV_ARRAY_ADD(all->arena, &all->sheets);
    if (!entry)
        return pv_fail_memory(error);
    entry->name = clean(all->arena, pv_xml_attribute(xml, PV_XML_NONE, "name"));
    entry->link = pv_arena_copy(all->arena, pv_xml_attribute(xml, PV_XML_R, "id"));
    entry->is_hidden = pv_str_equal(state, PV_STR("hidden")) || pv_str_equal(state, PV_STR("veryHidden"));
    if (!entry->name.data || !entry->link.data)
        return pv_fail_memory(error);
    return true;
}

/* Says whose file it is, where that is known by one of its parts. */
static bool fail_without_book(const workbook_reader *all) {
    static const struct {
        pv_str part;
        const char *what;
    } others[] = {
        {PV_STR("content.xml"), "this is an OpenDocument file (.ods), which is not read; save it as .xlsx"},
        {PV_STR("Index/Document.iwa"), "this is a file of Numbers, which is not read; export it as .xlsx"},
        {PV_STR("word/document.xml"), "this is a Word document, whatever it is called; call it .docx"},
    };
    const pv_package_entry *entry;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (!pv_package_find(&entry, all->package, others[i].part, all->error))
            return false;
        if (entry)
            return pv_fail(all->error, PV_ERROR_REFUSED, "%s", others[i].what);
    }
    return pv_fail(all->error, PV_ERROR_SHAPE, "there is no workbook in this file");
}

/* The part that the package is about, as a workbook; *part is its name. */
static bool read_book(workbook_reader *all, pv_str *part) {
    book_reader reader = {.all = all};
    const pv_xml_handlers handlers = {.payload = &reader, .start = start_in_book};
    pv_links links;
    bool found = false;
    if (!pv_links_read(&links, all->arena, all->package, PV_STR(""), all->limits, all->error))
        return false;
    *part = pv_links_target(&links, "officeDocument");
    if (part->size == 0)
        *part = PV_STR("xl/workbook.xml");
    if (pv_str_ends_with(*part, PV_STR(".bin")))
        return pv_fail(all->error, PV_ERROR_REFUSED,
                       "this is a binary workbook (.xlsb), which is not read; save it as .xlsx");
    if (!read_part(all, *part, &handlers, &found))
        return false;
    return reader.has_book || fail_without_book(all);
}

static bool read_sheets(workbook_reader *all, const pv_links *links, pv_workbook *out) {
    pv_sheet *sheets = PV_NEW_ARRAY(all->arena, pv_sheet, all->sheets.count);
    if (!sheets)
        return pv_fail_memory(all->error);
    for (size_t i = 0; i < all->sheets.count; i++) {
        const sheet_entry *entry = &all->sheets.items[i];
        const pv_link *link = link_by_id(links, entry->link);
        pv_sheet *sheet = &sheets[out->sheet_count];
        bool is_sheet;
        *sheet = (pv_sheet){.name = entry->name, .is_hidden = entry->is_hidden};
        if (entry->link.size == 0)
            continue; /* a module of macros, as old files have them */
        if (!link)
            return fail_damaged(all, "a sheet is missing");
        if (!pv_str_equal(link->type, PV_STR("worksheet")))
            continue;
        if (!read_sheet(all, link->target, sheet, &is_sheet))
            return false;
        out->sheet_count += is_sheet;
    }
    out->sheets = sheets;
    return out->sheet_count > 0 || pv_fail(all->error, PV_ERROR_SHAPE, "the workbook has no sheet with cells");
}

bool pv_workbook_read(pv_workbook *out, pv_arena *arena, pv_str bytes, const pv_limits *limits, pv_error *error) {
    workbook_reader all = {.arena = arena, .limits = limits, .error = error};
    pv_links links;
    pv_str book;
    *out = (pv_workbook){0};
    return pv_package_open(&all.package, arena, bytes, limits, error) && read_book(&all, &book) &&
           pv_links_read(&links, arena, all.package, book, limits, error) &&
           read_strings(&all, pv_links_target(&links, "sharedStrings")) &&
           read_styles(&all, pv_links_target(&links, "styles")) && read_sheets(&all, &links, out);
}
