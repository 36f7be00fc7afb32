#include "align/filed_tables_p.h"

#include <stdlib.h>

#include "align/answers_p.h"
#include "base/array.h"
#include "base/digits.h"
#include "text/tables.h"

#define WIDEST 64u /* columns of a table that are looked at */

/* A block in a table, and where it stands among them. */
typedef struct placed_block {
    uint32_t table;
    uint32_t row;
    uint32_t column;
    uint32_t owner;        /* the block that it is, or is a part of */
    const pv_block *block; /* that, or one made of the part */
} placed_block;

/* A cell as several rows may have it. */
typedef struct spanning_cell {
    pv_cell cell;
    uint32_t last; /* row */
} spanning_cell;

/* The rows of all tables of a document, one after the other. */
typedef struct document_rows {
    pv_rows rows; /* the first member: it is what reads them */
    pv_arena *arena;
    const pv_form *form;
    const pv_blocks *blocks;
    pv_answers answers; /* its units are the placed blocks */
    PV_ARRAY(placed_block) placed;
    const placed_block *list; /* these, in order */
    size_t count;
    size_t next;         /* of them, to be read next */
    size_t first, end;   /* those of the row read last */
    uint32_t table, row; /* read last; 0 before the first */
    uint32_t titled;     /* the block that calls the table; UINT32_MAX: none */
    bool is_gap;         /* an empty row was given before the table that goes on */
    spanning_cell open[WIDEST];
    bool *taken;
} document_rows;

static bool is_in_table(const pv_block *block) {
    return block->cell.table > 0 && block->kind != PV_BLOCK_FURNITURE && block->kind != PV_BLOCK_NOTE;
}

static int compare_placed(const void *left, const void *right) {
    const placed_block *a = left;
    const placed_block *b = right;
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return (a->owner > b->owner) - (a->owner < b->owner);
}

/* ---- what a table is called ---- */

static bool says_nothing(const pv_block *block) {
    return block->kind == PV_BLOCK_FURNITURE || block->kind == PV_BLOCK_NOTE || pv_text_is_blank(&block->text);
}

/* A title without what numbers it and says that it goes on: “Table 3. Budget (continued)”, “4 Budget”. */
static pv_str bare_title(pv_arena *arena, pv_str title) {
    static const pv_str numbering[] = {PV_STR("table"), PV_STR("section"),  PV_STR("part"),
                                       PV_STR("annex"), PV_STR("appendix"), PV_STR("schedule")};
    static const pv_str endings[] = {PV_STR("continued"), PV_STR("cont"), PV_STR("contd"), PV_STR("cont'd")};
    pv_error ignored = {0};
    pv_token_list tokens;
    if (!pv_tokens_find(arena, title, &tokens, &ignored))
        return title;
    size_t first = 0, end = tokens.count;
    for (bool more = true; more && first < end;) {
        const pv_span at = tokens.tokens[first].at;
        const pv_str word = pv_str_slice(title, at.start, at.end);
        more = pv_digits_end(pv_str_slice(title, 0, at.end), at.start) == at.end;
        for (size_t i = 0; i < sizeof numbering / sizeof *numbering; i++)
            more |= first + 1 < end && pv_str_equal_ascii_folded(word, numbering[i]);
        first += more;
    }
    for (size_t i = 0; end > first && i < sizeof endings / sizeof *endings; i++) {
        const pv_span at = tokens.tokens[end - 1].at;
        end -= pv_str_equal_ascii_folded(pv_str_slice(title, at.start, at.end), endings[i]);
    }
    return first < end ? pv_str_slice(title, tokens.tokens[first].at.start, tokens.tokens[end - 1].at.end) : title;
}

/* The record kind that a block names: as it stands, or without what numbers it. */
static bool kind_named(const document_rows *all, uint32_t block, size_t *kind, pv_str *name) {
    pv_error *error = all->answers.error;
    *name = all->blocks->list[block].text.value;
    if (!pv_table_find_kind(kind, all->arena, all->form, *name, error))
        return false;
    if (*kind != SIZE_MAX)
        return true;
    *name = bare_title(all->arena, *name);
    return pv_table_find_kind(kind, all->arena, all->form, *name, error);
}

/* What stands above a table that begins with a block: the block before it, else the heading before it, with no other
 * table between. rows.sheet: the name of the kind, or nothing. */
static bool find_title(document_rows *all, uint32_t first) {
    bool is_nearest = true;
    all->titled = UINT32_MAX;
    all->rows.sheet = PV_STR("");
    for (uint32_t i = first; i > 0; i--) {
        const pv_block *block = &all->blocks->list[i - 1];
        size_t kind;
        pv_str name;
        if (says_nothing(block))
            continue;
        if (is_in_table(block))
            return true;
        if (is_nearest || block->kind == PV_BLOCK_HEADING) {
            if (!kind_named(all, i - 1, &kind, &name))
                return false;
            if (kind != SIZE_MAX) {
                all->rows.sheet = name;
                all->titled = i - 1;
                return true;
            }
        }
        if (block->kind == PV_BLOCK_HEADING)
            return true;
        is_nearest = false;
    }
    return true;
}

/* ---- tables that go on ---- */

static uint32_t columns_of(const document_rows *all, size_t first) {
    uint32_t columns = 0;
    for (size_t i = first; i < all->count && all->list[i].table == all->list[first].table; i++) {
        const pv_block_cell *cell = &all->list[i].block->cell;
        const uint32_t end = cell->column + (cell->column_count > 0 ? cell->column_count - 1 : 0);
        columns = end > columns ? end : columns;
    }
    return columns;
}

/* Whether a table has a label of a field in its first column: then it is one of fields. */
static bool has_fields(const document_rows *all, size_t first, bool *out) {
    *out = false;
    for (size_t i = first; i < all->count && all->list[i].table == all->list[first].table && !*out; i++) {
        uint64_t key;
        if (all->list[i].column > 1)
            continue;
        if (!pv_synonym_key(all->arena, all->list[i].block->text.value, &key, all->answers.error))
            return false;
        *out = pv_synonyms_find(&all->form->called->fields, key) != SIZE_MAX;
    }
    return true;
}

/* Whether a table, from its first placed block on, goes on with the one before: as many columns, and nothing between
 * but what pages print. */
static bool goes_on(const document_rows *all, size_t first, bool *out) {
    *out = false;
    if (first == 0 || columns_of(all, first) < 2)
        return true;
    size_t before = first - 1;
    while (before > 0 && all->list[before - 1].table == all->list[first - 1].table)
        before--;
    if (columns_of(all, before) != columns_of(all, first))
        return true;
    uint32_t last = 0;
    for (size_t i = before; i < first; i++)
        last = all->list[i].owner > last ? all->list[i].owner : last;
    for (uint32_t i = last + 1; i < all->list[first].owner; i++)
        if (!says_nothing(&all->blocks->list[i]))
            return true;
    bool are_fields;
    if (!has_fields(all, first, &are_fields))
        return false;
    *out = !are_fields;
    return true;
}

/* ---- rows ---- */

/* Takes the blocks of the row read last out of what may be answered, where they are of a table of records. */
static void settle_row(document_rows *all) {
    if (all->rows.use == PV_ROW_PASSED || all->rows.blank)
        return;
    for (size_t i = all->first; i < all->end; i++)
        all->taken[all->list[i].owner] = true;
    if (all->titled != UINT32_MAX)
        all->taken[all->titled] = true;
}

/* What several blocks in one cell say, each a paragraph unless it goes on. */
static bool make_cell(document_rows *all, size_t first, size_t end, pv_cell *out) {
    pv_answer_part *parts = PV_NEW_ARRAY(all->arena, pv_answer_part, end - first);
    size_t count = 0;
    if (!parts)
        return pv_fail_memory(all->answers.error);
    for (size_t i = first; i < end; i++)
        if (!pv_text_is_blank(&all->list[i].block->text))
            parts[count++].unit = i;
    if (count == 0) {
        const pv_span at = all->list[first].block->text.span;
        *out = (pv_cell){.at = {at.start, at.start}, .blank = true};
        return true;
    }
    const pv_node *node = pv_answer_node(&all->answers, parts, count);
    if (!node)
        return false;
    *out = (pv_cell){.at = node->span, .made = &node->text};
    return true;
}

static void add_cell(document_rows *all, uint32_t column, const pv_cell *cell) {
    while (all->rows.count + 1 < column)
        all->rows.row[all->rows.count++] = (pv_cell){.at = {cell->at.start, cell->at.start}, .blank = true};
    if (all->rows.count < column)
        all->rows.row[all->rows.count++] = *cell;
}

/* Cells of rows above that span this one, before a column. */
static void add_spanning(document_rows *all, uint32_t row, uint32_t before) {
    for (uint32_t column = (uint32_t)all->rows.count + 1; column < before && column <= WIDEST; column++)
        if (all->open[column - 1].last >= row)
            add_cell(all, column, &all->open[column - 1].cell);
}

/* What is not certain of a row. */
static bool doubt_row(document_rows *all, size_t first, size_t end) {
    const char *why = all->answers.is_recognised ? PV_DOUBT_RECOGNISED : NULL;
    for (size_t i = first; i < end && !why; i++)
        why = pv_block_doubt_says(all->list[i].block->doubt);
    pv_uncertainty *doubt = why ? PV_NEW(all->arena, pv_uncertainty) : NULL;
    all->rows.doubt = doubt;
    if (doubt)
        doubt->why = pv_str_from(why);
    return !why || doubt || pv_fail_memory(all->answers.error);
}

/* The cells of the row from list[first] on. */
static bool read_cells(document_rows *all, size_t first) {
    const uint32_t row = all->list[first].row;
    size_t end = first;
    all->rows.count = 0;
    all->rows.blank = true;
    for (size_t i = first; i < all->count && all->list[i].table == all->list[first].table && all->list[i].row == row;
         i = end) {
        const pv_block_cell *place = &all->list[i].block->cell;
        pv_cell cell = {.blank = true};
        for (end = i + 1; end < all->count && all->list[end].table == all->list[i].table && all->list[end].row == row &&
                          all->list[end].column == all->list[i].column;)
            end++;
        if (place->column == 0 || place->column > WIDEST)
            continue;
        if (!make_cell(all, i, end, &cell))
            return false;
        all->rows.blank &= cell.blank;
        add_spanning(all, row, place->column);
        if (cell.blank && all->open[place->column - 1].last >= row)
            cell = all->open[place->column - 1].cell; /* the cell above goes on here */
        else
            all->open[place->column - 1] =
                (spanning_cell){cell, row + (place->row_count > 0 ? place->row_count - 1 : 0)};
        add_cell(all, place->column, &cell);
    }
    add_spanning(all, row, WIDEST + 1);
    if (!doubt_row(all, first, end))
        return false;
    all->first = first;
    all->end = end;
    all->next = end;
    if (all->rows.count == 0) {
        const pv_span at = all->list[first].block->text.span;
        all->rows.row[all->rows.count++] = (pv_cell){.at = {at.start, at.start}, .blank = true};
    }
    all->rows.at = (pv_span){all->rows.row[0].at.start, all->rows.row[0].at.end};
    for (size_t i = 0; i < all->rows.count; i++) {
        if (all->rows.row[i].blank || all->rows.row[i].at.start < all->rows.at.start)
            continue;
        all->rows.at.end = all->rows.row[i].at.end > all->rows.at.end ? all->rows.row[i].at.end : all->rows.at.end;
    }
    return true;
}

static void give_gap(document_rows *all) {
    const pv_span at = all->list[all->next].block->text.span;
    all->first = all->end = all->next;
    all->rows.count = 0;
    all->rows.row[all->rows.count++] = (pv_cell){.at = {at.start, at.start}, .blank = true};
    all->rows.at = (pv_span){at.start, at.start};
    all->rows.blank = true;
    all->is_gap = true;
}

static bool next_row(pv_rows *rows, bool *found, pv_error *error) {
    document_rows *all = (document_rows *)rows;
    (void)error; /* it is the one of the answers */
    settle_row(all);
    rows->use = PV_ROW_PASSED;
    rows->is_first = false;
    *found = all->next < all->count;
    if (!*found)
        return true;
    const placed_block *at = &all->list[all->next];
    if (at->table != all->table) {
        bool more;
        if (!goes_on(all, all->next, &more))
            return false;
        if (more && !all->is_gap) {
            give_gap(all);
            return true;
        }
        all->is_gap = false;
        for (size_t i = 0; i < WIDEST; i++)
            all->open[i] = (spanning_cell){0};
        rows->is_first = !more;
        if (!more && !find_title(all, at->owner))
            return false;
    }
    all->table = at->table;
    all->row = at->row;
    return read_cells(all, all->next);
}

static bool cell_text(pv_text *out, pv_arena *arena, const pv_source *source, const pv_cell *cell, pv_error *error) {
    (void)arena;
    (void)source;
    (void)error;
    *out = cell->made ? *cell->made : (pv_text){.value = PV_STR(""), .span = cell->at, .exact = true};
    return true;
}

/* ---- the cells of a document ---- */

static placed_block *add_placed(document_rows *all) {
    placed_block *added = PV_ARRAY_ADD(all->arena, &all->placed);
    if (!added)
        pv_fail_memory(all->answers.error);
    return added;
}

/* Blocks that stand in tables, numbered in the order in which the tables begin. */
static bool place_blocks(document_rows *all) {
    const pv_blocks *blocks = all->blocks;
    uint32_t last = 0, tables = 0;
    for (size_t i = 0; i < blocks->count; i++)
        if (is_in_table(&blocks->list[i]) && blocks->list[i].cell.table > last)
            last = blocks->list[i].cell.table;
    uint32_t *order = PV_NEW_ARRAY(all->arena, uint32_t, (size_t)last + 1);
    if (!order)
        return pv_fail_memory(all->answers.error);
    for (size_t i = 0; i < blocks->count; i++) {
        const pv_block *block = &blocks->list[i];
        if (!is_in_table(block))
            continue;
        if (order[block->cell.table] == 0)
            order[block->cell.table] = ++tables;
        placed_block *placed = add_placed(all);
        if (!placed)
            return false;
        *placed = (placed_block){order[block->cell.table], block->cell.row, block->cell.column, (uint32_t)i, block};
    }
    return true;
}

/* A part of a line as a block in a table. */
static bool place_part(document_rows *all, uint32_t table, uint32_t row, uint32_t column, uint32_t owner, pv_span at) {
    pv_block *block = PV_NEW(all->arena, pv_block);
    placed_block *placed = add_placed(all);
    if (!block)
        pv_fail_memory(all->answers.error);
    if (!block || !placed)
        return false;
    *block = all->blocks->list[owner];
    block->cell = (pv_block_cell){table, row, column, 1, 1};
    block->label = (pv_text){0};
    block->may_go_on = false;
    *placed = (placed_block){table, row, column, owner, block};
    return pv_text_verbatim(&block->text, all->arena, pv_source_slice(all->blocks->source, at), at.start,
                            all->answers.error);
}

/* The line that holds bytes of the source, from a block on; the count where there is none. */
static uint32_t line_at(const pv_blocks *blocks, uint32_t from, uint32_t offset) {
    while (from < blocks->count && blocks->list[from].text.span.end < offset)
        from++;
    return from;
}

static bool place_row(document_rows *all, const pv_text_table_row *row, uint32_t table, uint32_t number,
                      uint32_t *line) {
    *line = line_at(all->blocks, *line, row->at.end);
    for (size_t i = 0; i < row->count && *line < all->blocks->count; i++)
        if (!place_part(all, table, number, (uint32_t)i + 1, *line, row->cells[i]))
            return false;
    return true;
}

/* Lines of a table that say nothing belong to its first row, in no column. */
static bool place_rules(document_rows *all, const pv_text_table *table, uint32_t number, uint32_t line) {
    const pv_blocks *blocks = all->blocks;
    for (line = line_at(blocks, line, table->at.start); line < blocks->count; line++) {
        const pv_block *block = &blocks->list[line];
        pv_token_list tokens;
        if (block->text.span.start >= table->at.end)
            break;
        if (!pv_tokens_find(all->arena, block->text.value, &tokens, all->answers.error))
            return false;
        placed_block *placed = tokens.count == 0 ? add_placed(all) : NULL;
        if (tokens.count == 0 && !placed)
            return false;
        if (placed)
            *placed = (placed_block){number, 1, WIDEST + 1, line, block};
    }
    return true;
}

/* The tables that lines of a text make, whose columns blanks, tabs or bars part. */
static bool place_lines(document_rows *all) {
    const pv_blocks *blocks = all->blocks;
    pv_text_tables tables;
    uint32_t line = 0;
    if (!pv_tables_find(all->arena, blocks->source->bytes, NULL, &tables, all->answers.error))
        return false;
    for (size_t i = 0; i < tables.count; i++) {
        const pv_text_table *table = &tables.tables[i];
        uint32_t number = 0;
        if (!place_rules(all, table, (uint32_t)i + 1, line) ||
            (table->has_heading && !place_row(all, &table->heading, (uint32_t)i + 1, ++number, &line)))
            return false;
        for (size_t k = 0; k < table->count; k++)
            if (!place_row(all, &table->rows[k], (uint32_t)i + 1, ++number, &line))
                return false;
    }
    return true;
}

/* Whether a document is nothing but lines as they stand in its file. */
static bool is_of_lines(const pv_blocks *blocks) {
    for (size_t i = 0; i < blocks->count; i++)
        if ((blocks->list[i].kind != PV_BLOCK_LINE && blocks->list[i].kind != PV_BLOCK_FURNITURE) ||
            blocks->list[i].page > 0 || blocks->list[i].cell.table > 0)
            return false;
    return blocks->source != NULL;
}

/* ---- headings that are broken into lines ---- */

#define MOST_LINES 3 /* of a heading */

/* Whether the rows from list[first] to before list[end] make, column by column, headings of the form: two at least. */
static bool are_headings(document_rows *all, size_t first, size_t end, bool *out) {
    size_t known = 0;
    *out = true;
    for (uint32_t column = 1; column <= WIDEST && *out; column++) {
        pv_buf text = pv_buf_on(pv_arena_memory(all->arena));
        uint64_t key = 0;
        for (size_t i = first; i < end; i++)
            if (all->list[i].column == column)
                pv_buf_format(&text, "%s%.*s", text.size > 0 ? " " : "", PV_STR_ARG(all->list[i].block->text.value));
        const bool is_filled = text.size > 0;
        const bool done = !text.failed
                              ? !is_filled || pv_synonym_key(all->arena, pv_buf_str(&text), &key, all->answers.error)
                              : pv_fail_memory(all->answers.error);
        pv_buf_clear(&text);
        if (!done)
            return false;
        *out = !is_filled || pv_synonyms_find(&all->form->called->all, key) != SIZE_MAX;
        known += is_filled;
    }
    *out = *out && known > 1;
    return true;
}

/* Makes one row of lines that are headings only together. */
static bool join_headings(document_rows *all) {
    placed_block *list = all->placed.items;
    for (size_t i = 0, next; i < all->count; i = next) {
        size_t end = i;
        for (next = i; next < all->count && list[next].table == list[i].table && list[next].row == list[i].row;)
            next++;
        bool are = list[i].block->kind != PV_BLOCK_LINE;
        for (size_t lines = 1; lines <= MOST_LINES && !are; lines++) {
            const size_t from = end;
            while (end < all->count && list[end].table == list[i].table && list[end].row == list[from].row)
                end++;
            if (end == from)
                break;
            if (!are_headings(all, i, end, &are))
                return false;
            for (size_t k = i; are && k < end; k++)
                list[k].row = list[i].row;
            next = are ? end : next;
        }
    }
    return true;
}

/* ---- the whole ---- */

static bool gather(document_rows *all, pv_unit_list *units) {
    if (!(is_of_lines(all->blocks) ? place_lines(all) : place_blocks(all)))
        return false;
    all->count = all->placed.count;
    all->list = all->placed.items;
    if (all->count > 1)
        qsort(all->placed.items, all->count, sizeof *all->placed.items, compare_placed);
    if (!join_headings(all))
        return false;
    if (all->count > 1)
        qsort(all->placed.items, all->count, sizeof *all->placed.items, compare_placed);
    units->blocks = PV_NEW_ARRAY(all->arena, const pv_block *, all->count);
    units->units = PV_NEW_ARRAY(all->arena, pv_unit, all->count);
    units->cut = PV_NEW_ARRAY(all->arena, bool, all->count);
    if (!units->blocks || !units->units || !units->cut)
        return pv_fail_memory(all->answers.error);
    for (size_t i = 0; i < all->count; i++)
        units->blocks[i] = all->list[i].block;
    units->count = all->count;
    return true;
}

bool pv_filed_tables_find(pv_filed_tables *out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                          pv_problems *problems, pv_error *error) {
    pv_unit_list units = {0};
    document_rows all = {
        .rows = {.source = blocks->source, .next = next_row, .text = cell_text, .blank = true},
        .arena = arena,
        .form = form,
        .blocks = blocks,
        .answers = {.arena = arena, .error = error, .form = form, .units = &units},
        .titled = UINT32_MAX,
        .taken = PV_NEW_ARRAY(arena, bool, blocks->count),
    };
    *out =
        (pv_filed_tables){.taken = all.taken, .records = {.rows = PV_NEW_ARRAY(arena, pv_branch, form->record_count)}};
    all.rows.row = PV_NEW_ARRAY(arena, pv_cell, WIDEST);
    if (!all.taken || !out->records.rows || !all.rows.row)
        return pv_fail_memory(error);
    if (!form->called)
        return true;
    all.answers.is_recognised = blocks->is_recognised;
    return gather(&all, &units) &&
           (all.count == 0 || pv_table_read_records(&out->records, arena, &all.rows, form, problems, error));
}
