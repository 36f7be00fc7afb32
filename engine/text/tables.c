#include "text/tables.h"

#include "base/array.h"
#include "base/digits.h"
#include "base/utf8.h"

#define RULE_MARKS_MIN 3 /* "---" */

typedef enum line_kind { LINE_PROSE, LINE_RULE, LINE_PIPES, LINE_TABS, LINE_ALIGNED } line_kind;

typedef struct table_line {
    pv_span at;
    line_kind kind;
    bool grid;    /* a rule that is also written between rows: "+---+---+" */
    size_t first; /* of its cells */
    size_t count;
} table_line;

typedef struct table_scan {
    pv_str text;
    pv_arena *arena;
    PV_ARRAY(table_line) lines;
    PV_ARRAY(pv_span) cells;
    PV_ARRAY(pv_text_table_row) rows;
    PV_ARRAY(pv_text_table) tables;
} table_scan;

/* ---- lines and their cells ---- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static pv_span trimmed(pv_str text, pv_span at) {
    while (at.start < at.end && is_blank(text.data[at.start]))
        at.start++;
    while (at.end > at.start && is_blank(text.data[at.end - 1]))
        at.end--;
    return at;
}

static bool add_cell(table_scan *scan, table_line *line, uint32_t start, uint32_t end) {
    pv_span *cell = PV_ARRAY_ADD(scan->arena, &scan->cells);
    if (!cell)
        return false;
    *cell = trimmed(scan->text, (pv_span){start, end});
    line->count++;
    return true;
}

static bool is_pipe(pv_str text, uint32_t offset) {
    return text.data[offset] == '|' && (offset == 0 || text.data[offset - 1] != '\\');
}

/* Nothing but marks that rule a line. */
static bool is_rule(pv_str text, const table_line *line, bool *grid) {
    size_t marks = 0;
    bool parted = false;
    *grid = false;
    for (uint32_t i = line->at.start; i < line->at.end; i++) {
        char c = text.data[i];
        if (c == '-' || c == '=')
            marks++;
        else if (c == '|' || c == '+' || is_blank(c))
            parted = true;
        else if (c != ':')
            return false;
        *grid |= c == '+';
    }
    return marks >= RULE_MARKS_MIN && parted;
}

/* Splits the line at each place where cell_end says that one ends; it says where the next begins. */
static bool split(table_scan *scan, table_line *line, pv_span at,
                  bool (*cell_end)(pv_str text, uint32_t offset, uint32_t end, uint32_t *next)) {
    uint32_t start = at.start;
    line->first = scan->cells.count;
    line->count = 0;
    for (uint32_t i = at.start; i < at.end; i++) {
        uint32_t next;
        if (!cell_end(scan->text, i, at.end, &next))
            continue;
        if (!add_cell(scan, line, start, i))
            return false;
        start = next;
        i = next - 1;
    }
    return add_cell(scan, line, start, at.end);
}

static bool ends_at_pipe(pv_str text, uint32_t offset, uint32_t end, uint32_t *next) {
    (void)end;
    *next = offset + 1;
    return is_pipe(text, offset);
}

static bool ends_at_tab(pv_str text, uint32_t offset, uint32_t end, uint32_t *next) {
    (void)end;
    *next = offset + 1;
    return text.data[offset] == '\t';
}

static bool ends_at_blanks(pv_str text, uint32_t offset, uint32_t end, uint32_t *next) {
    uint32_t after = offset;
    while (after < end && text.data[after] == ' ')
        after++;
    *next = after;
    return after - offset >= 2;
}

/* A line that may be one of a table; of one cell, none is. */
static bool read_line(table_scan *scan, table_line *line) {
    pv_str text = scan->text;
    pv_span inner = line->at;
    if (inner.start == inner.end)
        return true;
    if (is_rule(text, line, &line->grid)) {
        line->kind = LINE_RULE;
        return true;
    }
    size_t tabs = 0;
    size_t pipes = 0;
    for (uint32_t i = inner.start; i < inner.end; i++) {
        tabs += text.data[i] == '\t';
        pipes += is_pipe(text, i);
    }
    bool framed = pipes > 1 && is_pipe(text, inner.start) && is_pipe(text, inner.end - 1);
    if (pipes > 0) {
        inner.start += is_pipe(text, inner.start);
        inner.end -= inner.end > inner.start && is_pipe(text, inner.end - 1);
    }
    line->kind = pipes > 0 ? LINE_PIPES : tabs > 0 ? LINE_TABS : LINE_ALIGNED;
    if (!split(scan, line, inner, pipes > 0 ? ends_at_pipe : tabs > 0 ? ends_at_tab : ends_at_blanks))
        return false;
    if (line->count < 2 && !framed)
        line->kind = LINE_PROSE;
    return true;
}

static bool add_line(table_scan *scan, size_t start, size_t end) {
    table_line *line = PV_ARRAY_ADD(scan->arena, &scan->lines);
    if (!line)
        return false;
    line->at = trimmed(scan->text, (pv_span){(uint32_t)start, (uint32_t)end});
    return read_line(scan, line);
}

static bool read_lines(table_scan *scan, const pv_line_starts *starts) {
    size_t next = 0;
    size_t start = 0;
    for (size_t i = 0; i <= scan->text.size; i++) {
        while (starts && next < starts->count && starts->at[next] < i)
            next++;
        bool begins = starts && next < starts->count && starts->at[next] == i && i > start;
        if (i < scan->text.size && scan->text.data[i] != '\n' && !begins)
            continue;
        if (!add_line(scan, start, i))
            return false;
        start = begins ? i : i + 1;
    }
    return true;
}

/* ---- which lines are a table ---- */

/* Characters of a line that were gone over. */
typedef struct column_count {
    uint32_t offset;
    size_t columns;
} column_count;

static size_t column_at(pv_str text, column_count *counted, uint32_t offset) {
    counted->columns += pv_utf8_length(pv_str_slice(text, counted->offset, offset));
    counted->offset = offset;
    return counted->columns;
}

/* Whether each cell of the line stands under that of the line before it, at its beginning or at its end. */
static bool is_under(const table_scan *scan, const table_line *above, const table_line *line) {
    column_count up = {.offset = above->at.start};
    column_count down = {.offset = line->at.start};
    for (size_t i = 0; i < line->count; i++) {
        const pv_span *a = &scan->cells.items[above->first + i];
        const pv_span *b = &scan->cells.items[line->first + i];
        bool begin = column_at(scan->text, &up, a->start) == column_at(scan->text, &down, b->start);
        bool end = column_at(scan->text, &up, a->end) == column_at(scan->text, &down, b->end);
        if (!begin && !end)
            return false;
    }
    return true;
}

/* Whether the line goes on with the table of which `row` is the last row. */
static bool goes_on(const table_scan *scan, const table_line *row, const table_line *line) {
    if (line->kind == LINE_RULE || line->kind != row->kind)
        return line->kind == LINE_RULE;
    return line->kind != LINE_ALIGNED || (line->count == row->count && is_under(scan, row, line));
}

/* A rule that is no grid's stands under a heading: the row before it begins a table. */
static bool is_heading(const table_scan *scan, size_t index) {
    const table_line *lines = scan->lines.items;
    return index + 1 < scan->lines.count && lines[index].kind > LINE_RULE && lines[index + 1].kind == LINE_RULE &&
           !lines[index + 1].grid;
}

/* After the last line of the table that begins at `first`. */
static size_t end_of_table(const table_scan *scan, size_t first, size_t *rows) {
    const table_line *lines = scan->lines.items;
    const table_line *row = NULL;
    size_t end = first;
    *rows = 0;
    for (; end < scan->lines.count && lines[end].kind != LINE_PROSE; end++) {
        if (row && (!goes_on(scan, row, &lines[end]) || (*rows > 1 && is_heading(scan, end))))
            break;
        if (lines[end].kind == LINE_RULE)
            continue;
        row = &lines[end];
        ++*rows;
    }
    return end;
}

/* ---- a table ---- */

static bool has_figure(pv_str text, const pv_text_table_row *row) {
    for (size_t i = 0; i < row->count; i++)
        for (uint32_t k = row->cells[i].start; k < row->cells[i].end; k++)
            if (pv_is_digit(text.data[k]))
                return true;
    return false;
}

/* What most rows have; of two that as many have, the larger. SIZE_MAX when memory is refused. */
static size_t most_columns(pv_arena *arena, const pv_text_table_row *rows, size_t count) {
    size_t largest = 0;
    size_t best = 0;
    for (size_t i = 0; i < count; i++)
        largest = rows[i].count > largest ? rows[i].count : largest;
    size_t *votes = PV_NEW_ARRAY(arena, size_t, largest + 1);
    if (!votes)
        return SIZE_MAX;
    for (size_t i = 0; i < count; i++)
        votes[rows[i].count]++;
    for (size_t columns = 1; columns <= largest; columns++)
        best = votes[columns] >= votes[best] && votes[columns] > 0 ? columns : best;
    return best;
}

static bool add_table(table_scan *scan, size_t first, size_t end) {
    const table_line *lines = scan->lines.items;
    const size_t first_row = scan->rows.count;
    bool ruled = false; /* a rule directly after the first row */
    pv_table_style style = PV_TABLE_PIPES;
    for (size_t i = first; i < end; i++) {
        size_t rows = scan->rows.count - first_row;
        if (lines[i].kind == LINE_RULE) {
            ruled |= rows == 1;
            continue;
        }
        pv_text_table_row *row = PV_ARRAY_ADD(scan->arena, &scan->rows);
        if (!row)
            return false;
        *row = (pv_text_table_row){.at = lines[i].at, .count = lines[i].count};
        row->cells = scan->cells.items + lines[i].first; /* the cells do not move any more */
        style = lines[i].kind == LINE_TABS    ? PV_TABLE_TABS
                : lines[i].kind == LINE_PIPES ? PV_TABLE_PIPES
                                              : PV_TABLE_ALIGNED;
    }
    pv_text_table *table = PV_ARRAY_ADD(scan->arena, &scan->tables);
    if (!table)
        return false;
    size_t count = scan->rows.count - first_row;
    const pv_text_table_row *rows = scan->rows.items + first_row;
    bool figures_below = false;
    for (size_t i = 1; i < count; i++)
        figures_below |= has_figure(scan->text, &rows[i]);
    /* The rows may still move: until the end, `columns` keeps which is the first. */
    *table = (pv_text_table){
        .style = style,
        .at = {lines[first].at.start, lines[end - 1].at.end},
        .has_heading = ruled || (!has_figure(scan->text, &rows[0]) && figures_below),
        .count = count,
        .columns = first_row,
    };
    return true;
}

static bool finish_table(const table_scan *scan, pv_text_table *table) {
    table->rows = scan->rows.items + table->columns;
    if (table->has_heading) {
        table->heading = *table->rows++;
        table->count--;
    }
    table->columns = table->has_heading ? table->heading.count : most_columns(scan->arena, table->rows, table->count);
    return table->columns != SIZE_MAX;
}

static bool find_tables(table_scan *scan) {
    for (size_t i = 0; i < scan->lines.count;) {
        size_t rows;
        size_t end = scan->lines.items[i].kind == LINE_PROSE ? i : end_of_table(scan, i, &rows);
        bool is_table = end > i && (rows > 1 || (rows == 1 && end - i > 1 && scan->lines.items[i].kind == LINE_PIPES));
        if (is_table && !add_table(scan, i, end))
            return false;
        i = is_table ? end : i + 1;
    }
    bool finished = true;
    for (size_t i = 0; finished && i < scan->tables.count; i++)
        finished = finish_table(scan, &scan->tables.items[i]);
    return finished;
}

bool pv_tables_find(pv_arena *arena, pv_str text, const pv_line_starts *starts, pv_text_tables *out, pv_error *error) {
    table_scan scan = {.text = text, .arena = arena};
    if (!read_lines(&scan, starts) || !find_tables(&scan))
        return pv_fail_memory(error);
    *out = (pv_text_tables){scan.tables.items, scan.tables.count};
    return true;
}
