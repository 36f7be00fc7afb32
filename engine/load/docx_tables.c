/* The outermost tables of a Word document: which row and column each cell stands in, and what it spans. */
#include "load/docx_walk_p.h"

#define COLUMNS_MOST 1000000 /* those beyond are one */

bool pv_docx_begin_table(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what, (void)reader, (void)error;
    pv_docx_current_story(walk)->last = PV_DOCX_NONE;
    bool is_numbered = pv_docx_current_story(walk)->kind == PV_DOCX_BODY; /* those inside of others too */
    walk->docx->table_count += is_numbered ? 1 : 0;
    if (walk->table_depth++ > 0 || !is_numbered)
        return true;
    walk->table = (pv_docx_open_table){
        .depth = walk->open.count,
        .number = walk->docx->table_count,
        .first_cell = (uint32_t)walk->docx->cells.count,
        .above = (uint32_t)walk->docx->cells.count,
    };
    return true;
}

void pv_docx_end_table(pv_docx_walker *walk) {
    if (walk->table.depth == walk->open.count)
        walk->table.depth = 0;
    walk->table_depth--;
}

/* Whether what starts is of the outermost table itself. */
static bool is_of_table(const pv_docx_walker *walk) {
    return walk->table.depth > 0 && walk->table_depth == 1;
}

bool pv_docx_begin_row(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what, (void)reader, (void)error;
    if (!is_of_table(walk))
        return true;
    walk->table.row++;
    walk->table.column = 1;
    walk->table.above = walk->table.first_cell;
    walk->table.first_cell = (uint32_t)walk->docx->cells.count;
    walk->table.row_page = walk->docx->page;
    walk->table.last_page = walk->docx->page;
    return true;
}

void pv_docx_end_row(pv_docx_walker *walk) {
    if (is_of_table(walk))
        walk->docx->page = walk->table.last_page;
}

bool pv_docx_begin_cell(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what, (void)reader;
    const pv_docx_story around = *pv_docx_current_story(walk);
    if (!pv_docx_begin_story(walk, around.kind, around.owner, false, error))
        return false;
    if (!is_of_table(walk))
        return true;
    pv_block_cell *cell = PV_ARRAY_ADD(walk->arena, &walk->docx->cells);
    uint32_t *root = PV_ARRAY_ADD(walk->arena, &walk->docx->roots);
    if (!cell || !root)
        return pv_fail_memory(error);
    *root = (uint32_t)walk->docx->cells.count - 1;
    *cell = (pv_block_cell){walk->table.number, walk->table.row, walk->table.column, 1, 1};
    pv_docx_current_story(walk)->cell = (uint32_t)walk->docx->cells.count - 1;
    walk->docx->page = walk->table.row_page;
    return true;
}

void pv_docx_end_cell(pv_docx_walker *walk) {
    if (is_of_table(walk)) {
        const pv_block_cell *cell = &walk->docx->cells.items[pv_docx_current_story(walk)->cell];
        if (cell->column < COLUMNS_MOST)
            walk->table.column = cell->column + cell->column_count;
        if (walk->docx->page > walk->table.last_page)
            walk->table.last_page = walk->docx->page;
    }
    pv_docx_end_story(walk);
}

/* A cell that goes on with the one above it: that one, or the one which it goes on with itself, has a row more. */
static void merge_cell(pv_docx_walker *walk, uint32_t index) {
    pv_docx *docx = walk->docx;
    uint32_t column = docx->cells.items[index].column;
    uint32_t low = walk->table.above;
    uint32_t high = walk->table.first_cell;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (docx->cells.items[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == walk->table.first_cell || docx->cells.items[low].column != column)
        return;
    docx->roots.items[index] = docx->roots.items[low];
    docx->cells.items[docx->roots.items[low]].row_count++;
}

bool pv_docx_see_cell_look(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    uint32_t index = pv_docx_current_story(walk)->cell;
    pv_str value = pv_docx_value_of(reader);
    (void)error;
    if (!is_of_table(walk))
        return true;
    if (what == PV_DOCX_ELEMENT_GRID_BEFORE)
        walk->table.column += walk->table.column < COLUMNS_MOST ? (uint32_t)pv_docx_number_of(value, 1000, 0) : 0;
    else if (index != PV_DOCX_NONE && what == PV_DOCX_ELEMENT_GRID_SPAN)
        walk->docx->cells.items[index].column_count = (uint32_t)pv_docx_number_of(value, 1000, 1);
    else if (index != PV_DOCX_NONE && !pv_str_equal(value, PV_STR("restart")))
        merge_cell(walk, index);
    return true;
}
