/* Tables that stand in a text: their rows, cells and headings. */
#include "lua/values/values_p.h"
#include "text/tables.h"

/* A table, and where its text stands; in the session's arena. */
struct pv_table_list {
    const pv_text *whole;
    uint32_t start; /* of the text asked, in whole: the spans count from there */
    pv_text_tables found;
};

typedef struct pv_table_object {
    pv_object object;
    const pv_table_list *of;
    const pv_text_table *table;
} pv_table_object;

typedef struct pv_table_row_object {
    pv_object object;
    const pv_table_list *of;
    const pv_text_table *table;
    const pv_text_table_row *row;
} pv_table_row_object;

static pv_span within(const pv_table_list *of, pv_span at) {
    return (pv_span){of->start + at.start, of->start + at.end};
}

static int push_words(lua_State *L, const pv_table_list *of, pv_span at) {
    return pv_push_text_part(L, of->whole, within(of, at));
}

/* ---- finding them ---- */

/* Whether the blank at this byte of a segment was a line break in the source. */
static bool was_line_break(const pv_source *source, const pv_segment *segment, uint32_t offset) {
    uint32_t size = segment->source.end - segment->source.start;
    if (size != segment->value.end - segment->value.start)
        return segment->value.end == segment->value.start + 1; /* made of a break and of blanks around it */
    uint32_t at = segment->source.start + (offset - segment->value.start);
    char byte = pv_source_slice(source, (pv_span){at, at + 1}).data[0];
    return byte == '\n' || byte == '\r';
}

/* Where lines of the text begin whose line break folding made a blank, whatever the scalar was; they count from its
 * start. */
static void find_line_starts(lua_State *L, const pv_text_object *text, pv_line_starts *out) {
    pv_runtime *runtime = pv_runtime_of(L);
    const pv_text *whole = text->whole;
    MAY_RAISE(pv_runtime_complete(L, whole->span));
    uint32_t *at =
        pv_check_memory(L, PV_NEW_ARRAY(runtime->session_arena, uint32_t, text->part.end - text->part.start));
    *out = (pv_line_starts){.at = at};
    for (size_t i = 0; runtime->source && i < whole->segment_count; i++) {
        const pv_segment *segment = &whole->segments[i];
        uint32_t start = segment->value.start > text->part.start ? segment->value.start : text->part.start;
        uint32_t end = segment->value.end < text->part.end ? segment->value.end : text->part.end;
        for (uint32_t k = start; k < end; k++)
            if (whole->value.data[k] == ' ' && was_line_break(runtime->source, segment, k))
                at[out->count++] = k + 1 - text->part.start;
    }
}

static const pv_table_list *find_tables(lua_State *L, pv_text_object *text) {
    pv_arena *arena = pv_runtime_of(L)->session_arena;
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_text_charge(L, bytes);
    pv_table_list *list = pv_check_memory(L, PV_NEW(arena, pv_table_list));
    *list = (pv_table_list){.whole = text->whole, .start = text->part.start};
    pv_line_starts starts;
    pv_error error = {0};
    find_line_starts(L, text, &starts);
    if (!pv_tables_find(arena, bytes, &starts, &list->found, &error))
        pv_runtime_raise(L, &error);
    return list;
}

static int push_table(lua_State *L, const pv_table_list *of, const pv_text_table *table) {
    pv_table_object *object = pv_class_new(L, &pv_text_table_class, sizeof *object);
    object->of = of;
    object->table = table;
    pv_object_place_in(&object->object, of->whole, within(of, table->at));
    return 1;
}

int l_text_tables(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->tables)
        facts->tables = find_tables(L, text);
    const pv_table_list *list = facts->tables;
    MAY_RAISE(pv_runtime_charge(L, list->found.count));
    PV_PUSH_LIST(L, list->found.count, i, push_table(L, list, &list->found.tables[i]));
    return 1;
}

/* ---- a table ---- */

static const pv_table_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int push_row(lua_State *L, const pv_table_list *of, const pv_text_table *table, const pv_text_table_row *row) {
    pv_table_row_object *object = pv_class_new(L, &pv_text_row_class, sizeof *object);
    object->of = of;
    object->table = table;
    object->row = row;
    pv_object_place_in(&object->object, of->whole, within(of, row->at));
    return 1;
}

static int get_rows(lua_State *L) {
    const pv_text_table *table = self(L)->table;
    MAY_RAISE(pv_runtime_charge(L, table->count));
    PV_PUSH_LIST(L, table->count, i, push_row(L, self(L)->of, table, &table->rows[i]));
    return 1;
}

static int push_cells(lua_State *L, const pv_table_list *of, const pv_text_table_row *row) {
    MAY_RAISE(pv_runtime_charge(L, row->count));
    PV_PUSH_LIST(L, row->count, i, push_words(L, of, row->cells[i]));
    return 1;
}

static int get_headings(lua_State *L) {
    return push_cells(L, self(L)->of, &self(L)->table->heading);
}

static int get_columns(lua_State *L) {
    return pv_push_size(L, self(L)->table->columns);
}

static int get_style(lua_State *L) {
    static const char *const names[] = {
        [PV_TABLE_PIPES] = "pipes",
        [PV_TABLE_TABS] = "tabs",
        [PV_TABLE_ALIGNED] = "aligned",
    };
    return pv_push_name(L, names[self(L)->table->style]);
}

static bool is_irregular(const pv_text_table *table, const pv_text_table_row *row) {
    return row->count != table->columns;
}

static int get_irregular(lua_State *L) {
    const pv_text_table *table = self(L)->table;
    MAY_RAISE(pv_runtime_charge(L, table->count / 4 + 1));
    for (size_t i = 0; i < table->count; i++)
        if (is_irregular(table, &table->rows[i]))
            return push_row(L, self(L)->of, table, &table->rows[i]);
    return pv_push_nil(L);
}

/* [-0, +0, v] Which column the value at index 2 is: a number, or a heading, however it is spelt. SIZE_MAX: none. */
static size_t column_argument(lua_State *L, const pv_table_list *of, const pv_text_table *table) {
    if (lua_isinteger(L, 2)) {
        lua_Integer number = lua_tointeger(L, 2);
        if (number < 1)
            luaL_error(L, "the columns of a table are counted from 1");
        return (size_t)number - 1;
    }
    if (lua_type(L, 2) != LUA_TSTRING)
        pv_raise_expected(L, 2, "a heading or the number of a column");
    const pv_token_list *wanted = pv_text_tokens_argument(L, 2);
    for (size_t i = 0; i < table->heading.count; i++) {
        push_words(L, of, table->heading.cells[i]);
        const pv_token_list *tokens = pv_text_tokens(L, lua_touserdata(L, -1));
        lua_pop(L, 1);
        if (pv_tokens_are_same(wanted, tokens))
            return i;
    }
    return SIZE_MAX;
}

static int l_table_column(lua_State *L) {
    const pv_table_object *object = pv_class_check(L, 1, &pv_text_table_class);
    const pv_text_table *table = object->table;
    size_t column = column_argument(L, object->of, table);
    if (column >= table->columns)
        return pv_push_nil(L);
    MAY_RAISE(pv_runtime_charge(L, table->count));
    pv_list_new(L, table->count);
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        if (column >= table->rows[i].count)
            continue;
        push_words(L, object->of, table->rows[i].cells[column]);
        pv_list_set(L, ++count);
    }
    return 1;
}

static int l_table_to_string(lua_State *L) {
    const pv_table_object *object = pv_class_check(L, 1, &pv_text_table_class);
    const pv_text_table *table = object->table;
    lua_pushfstring(L, "%I %s of %I columns", (LUAI_UACINT)table->count, table->count == 1 ? "row" : "rows",
                    (LUAI_UACINT)table->columns);
    return 1;
}

static const pv_member table_members[] = {
    {"rows", "rows: list of text row", "Its rows, without the headings.", .get = get_rows},
    {"headings", "headings: list of text",
     "What stands over its columns: the row over a rule of \"-\", or a first row without a figure where there are "
     "figures "
     "below; an empty list where neither is.",
     .get = get_headings},
    {"columns", "columns: integer", "How many columns it has: as many as headings, or as most of its rows have.",
     .get = get_columns},
    {"style", "style: string", "How its cells are told apart: \"pipes\", \"tabs\" or \"aligned\".", .get = get_style},
    {"irregular", "irregular: text row?",
     "The first row that has more or fewer cells than there are columns (its `irregular` says how); nil where none "
     "has.",
     .get = get_irregular},
    {"column", ":column(which: string | integer): list of text?",
     "The cells of a column, by its heading, spelt in any way, or its number; nil where there is none. Rows that do "
     "not "
     "reach so far have none.",
     .method = l_table_column},
    PV_MEMBERS_END,
};

const pv_class pv_text_table_class = {
    .name = "text table",
    .doc = "A table that stands in a text: lines of cells with \"|\" or tabs between, or with columns under one "
           "another.",
    .members = table_members,
    .to_string = l_table_to_string,
    .of_session = true,
};

/* ---- a row ---- */

static const pv_table_row_object *row_self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int get_cells(lua_State *L) {
    return push_cells(L, row_self(L)->of, row_self(L)->row);
}

static int get_text(lua_State *L) {
    return push_words(L, row_self(L)->of, row_self(L)->row->at);
}

static int get_number(lua_State *L) {
    return pv_push_size(L, (size_t)(row_self(L)->row - row_self(L)->table->rows) + 1);
}

static int get_row_irregular(lua_State *L) {
    const pv_table_row_object *object = row_self(L);
    if (!is_irregular(object->table, object->row))
        return pv_push_nil(L);
    lua_pushfstring(L, "has %I %s where the table has %I columns", (LUAI_UACINT)object->row->count,
                    object->row->count == 1 ? "cell" : "cells", (LUAI_UACINT)object->table->columns);
    return 1;
}

static int l_row_cell(lua_State *L) {
    const pv_table_row_object *object = pv_class_check(L, 1, &pv_text_row_class);
    size_t column = column_argument(L, object->of, object->table);
    return column < object->row->count ? push_words(L, object->of, object->row->cells[column]) : pv_push_nil(L);
}

static int l_row_to_string(lua_State *L) {
    const pv_table_row_object *object = pv_class_check(L, 1, &pv_text_row_class);
    pv_span at = within(object->of, object->row->at);
    return pv_push_str(L, pv_str_slice(object->of->whole->value, at.start, at.end));
}

static const pv_member row_members[] = {
    {"cells", "cells: list of text", "Its cells, without blanks at their ends; empty ones too.", .get = get_cells},
    {"cell", ":cell(which: string | integer): text?",
     "One of its cells, by the heading of the column or its number; nil where there is none.", .method = l_row_cell},
    {"number", "number: integer", "Its number in the table, from 1, headings not counted.", .get = get_number},
    {"text", "text: text", "The line as written.", .get = get_text},
    {"irregular", "irregular: string?",
     "How it departs from its table (\"has 2 cells where the table has 3 columns\"), or nil.",
     .get = get_row_irregular},
    PV_MEMBERS_END,
};

const pv_class pv_text_row_class = {
    .name = "text row",
    .doc = "A row of a table that stands in a text.",
    .members = row_members,
    .to_string = l_row_to_string,
    .of_session = true,
};
