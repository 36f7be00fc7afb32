/* CSV cells: what each says, and exactly which bytes it is made of. Spans are written as the text they cover. */
#include "arena_fixture.h"
#include "map_fixture.h"

#include <string.h>

#include "load/csv_p.h"

/* A reader over text, opened. */
static pv_csv_reader open_text(arena_fixture *fixture, const char *text) {
    static pv_limits limits;
    pv_source *source;
    pv_csv_reader reader;
    limits = pv_limits_default();
    assert_true(
        pv_source_new(&source, fixture->arena, PV_STR("test.csv"), pv_str_from(text), &limits, &fixture->error));
    assert_true(pv_csv_open(&reader, fixture->arena, source, &limits, &fixture->error));
    return reader;
}

/* All rows as written out: cells between "|", rows between "/"; a blank cell is "_". */
static void assert_rows(void **state, const char *text, const char *expected) {
    arena_fixture *fixture = *state;
    pv_csv_reader reader = open_text(fixture, text);
    pv_buf shown = pv_buf_on(&fixture->memory);
    bool found = true;
    bool first = true;
    for (;; first = false) {
        assert_true(pv_csv_next(&reader.rows, &found, &fixture->error));
        if (!found)
            break;
        if (!first)
            pv_buf_append_char(&shown, '/');
        for (size_t i = 0; i < reader.rows.count; i++) {
            pv_text cell;
            if (i > 0)
                pv_buf_append_char(&shown, '|');
            assert_true(
                pv_csv_cell_text(&cell, fixture->arena, reader.rows.source, &reader.rows.row[i], &fixture->error));
            assert_int_equal(reader.rows.row[i].blank, cell.value.size == 0);
            write_visibly(&shown, reader.rows.row[i].blank ? PV_STR("_") : cell.value);
        }
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

static void test_cells_stand_between_separators(void **state) {
    assert_rows(state, "a,b\nc,d\n", "a|b/c|d");
    assert_rows(state, "a,b\nc,d", "a|b/c|d");
    assert_rows(state, "a,,b,", "a|_|b|_");
    assert_rows(state, ",", "_|_");
    assert_rows(state, "", "");
    assert_rows(state, "\n\na\n", "_/_/a");
    assert_rows(state, " a b\t, c ,\u00a0d\u00a0", "a b|c|d");
    assert_rows(state, "caf\u00e9,\u6f22", "caf\u00e9|\u6f22");
}

static void test_each_kind_of_line_break_ends_a_row(void **state) {
    assert_rows(state, "a\nb\r\nc\rd", "a/b/c/d");
    assert_rows(state, "a\r\r\nb", "a/_/b");
}

static void test_quoted_cells(void **state) {
    assert_rows(state, "\"a,b\",c", "a,b|c");
    assert_rows(state, "\"a \"\"b\"\" c\",\"\"\"\"", "a \"b\" c|\"");
    /* Shown as "/": line feeds of the text, whatever they were written as. */
    assert_rows(state, "\"a\nb\",\"c\r\nd\",\"e\rf\"", "a/b|c/d|e/f");
    assert_rows(state, "\"\",\" \",\"\n\"", "_|_|_");
    assert_rows(state, " \"a, b\" , \"c\"", "a, b|c");
    assert_rows(state, "\" a \"", "a");
    /* Elsewhere than at the beginning a quote is a letter. */
    assert_rows(state, "5\" pipe,a \"b\"", "5\" pipe|a \"b\"");
}

static void test_the_separator_is_found_out(void **state) {
    assert_rows(state, "a;b;c,d\ne;f\n", "a|b|c,d/e|f");
    assert_rows(state, "a\tb, c\t\n", "a|b, c|_");
    assert_rows(state, "a,b;c\n", "a|b;c");      /* as many of both: the comma */
    assert_rows(state, "a\nb;c;d\n", "a/b;c;d"); /* none in the first line: the comma */
    assert_rows(state, "\n  \na;b\nc,d,e\n", "_/_/a|b/c,d,e");
    assert_rows(state, "\"a,b,c,d\";\"e\nf,,,\";g\n", "a,b,c,d|e/f,,,|g");
    assert_rows(state, ";;;\na,b\n", "_|_|_|_/a,b");
}

static void test_a_byte_order_mark_and_a_separator_line_are_passed_over(void **state) {
    assert_rows(state,
                "\xEF\xBB\xBF"
                "a;b\n",
                "a|b");
    assert_rows(state, "sep=;\r\na,b;c\n", "a,b|c");
    assert_rows(state, "\xEF\xBB\xBFSEP=,\na;b;c,d\n", "a;b;c|d");
    assert_rows(state, "sep=\t\na,b\tc\n", "a,b|c");
    assert_rows(state, "sep=;", "");
    assert_rows(state, "sep=;a,b\n", "sep=;a|b"); /* not such a line */
    assert_rows(state, "sep=", "sep=");
}

/* The index-th cell of the first row is written at these bytes, says value, and maps so. */
static void assert_cell(void **state, const char *text, size_t index, uint32_t start, uint32_t end, const char *map) {
    arena_fixture *fixture = *state;
    pv_csv_reader reader = open_text(fixture, text);
    bool found;
    pv_text cell;
    assert_true(pv_csv_next(&reader.rows, &found, &fixture->error) && found);
    pv_cell at = pv_rows_cell(&reader.rows, index);
    assert_int_equal(at.at.start, start);
    assert_int_equal(at.at.end, end);
    assert_true(pv_csv_cell_text(&cell, fixture->arena, reader.rows.source, &at, &fixture->error));
    assert_int_equal(cell.span.start, start);
    assert_int_equal(cell.span.end, end);
    assert_true(cell.exact);
    assert_map(&cell, reader.rows.source->bytes, map);
}

static void test_cells_know_their_bytes(void **state) {
    assert_cell(state, "ab,cd\n", 1, 3, 5, "[cd|cd]");
    assert_cell(state, "ab, cd \n", 1, 4, 6, "[cd|cd]");
    assert_cell(state, "ab,,e\n", 1, 3, 3, "");
    assert_cell(state, "ab,  ,e\n", 1, 3, 3, "");
    assert_cell(state, "ab,\"\",e\n", 1, 3, 5, "");
    assert_cell(state, "ab\n", 3, 2, 2, ""); /* past the end of the row */
    assert_cell(state, "ab, \"cd\" \n", 1, 4, 8, "[cd|cd]");
    assert_cell(state, "\"a \"\"b\"\"\"", 0, 0, 9, "[a |a ][\"|\"\"][b|b][\"|\"\"]");
    assert_cell(state, "\"a\r\nb\rc\nd\"", 0, 0, 10, "[a|a][/|~/][b/c/d|b~c/d]");
    assert_cell(state, "\" \r\n a\"\" \"", 0, 0, 10, "[a|a][\"|\"\"]");
    assert_cell(state,
                "\xEF\xBB\xBF"
                "ab,c",
                0, 3, 5, "[ab|ab]");
    assert_cell(state, "sep=;\nab;c", 1, 9, 10, "[c|c]");
}

static void test_rows_know_their_bytes(void **state) {
    arena_fixture *fixture = *state;
    pv_csv_reader reader = open_text(fixture, "a,b\r\n,\n\n c,\"d\ne\",");
    bool found;
    assert_true(pv_csv_next(&reader.rows, &found, &fixture->error) && found && !reader.rows.blank);
    assert_int_equal(reader.rows.at.start, 0);
    assert_int_equal(reader.rows.at.end, 3);
    assert_true(pv_csv_next(&reader.rows, &found, &fixture->error) && found && reader.rows.blank);
    assert_int_equal(reader.rows.count, 2);
    assert_true(pv_rows_next_filled(&reader.rows, &found, &fixture->error) && found);
    assert_int_equal(reader.rows.at.start, 8);
    assert_int_equal(reader.rows.at.end, 17);
    assert_int_equal(reader.rows.count, 3);
    assert_true(pv_rows_next_filled(&reader.rows, &found, &fixture->error) && !found);
}

/* Reading the rows ends with this error at these bytes. */
static void assert_refused(void **state, const char *text, pv_code code, uint32_t start, uint32_t end,
                           const char *message) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_csv_reader reader;
    pv_error error = {0};
    bool found = true;
    limits.table_columns = 3;
    limits.table_rows = 4;
    limits.table_cells = 5;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("test.csv"), pv_str_from(text), &limits, &error));
    bool read = pv_csv_open(&reader, fixture->arena, source, &limits, &error);
    while (read && found)
        read = pv_csv_next(&reader.rows, &found, &error);
    assert_false(read);
    assert_int_equal(error.code, code);
    assert_int_equal(error.where.start, start);
    assert_int_equal(error.where.end, end);
    if (!strstr(error.message, message))
        fail_msg("'%s' does not say '%s'", error.message, message);
}

static void test_what_is_refused(void **state) {
    assert_refused(state, "a,\"b\nc,d\n", PV_ERROR_SYNTAX, 2, 3, "never closed");
    assert_refused(state, "a,\"b\"\"\n", PV_ERROR_SYNTAX, 2, 3, "never closed");
    assert_refused(state, "a,\"", PV_ERROR_SYNTAX, 2, 3, "never closed");
    assert_refused(state, "a,\"b\"c,d\n", PV_ERROR_SYNTAX, 5, 6, "text follows");
    assert_refused(state, "\"b\" \u00e9", PV_ERROR_SYNTAX, 4, 6, "text follows");
    assert_refused(state, "sep=:\na:b\n", PV_ERROR_REFUSED, 4, 5, "comma, a semicolon, a tab or a |");
}

static void test_limits(void **state) {
    assert_refused(state, "a,b,c,d\n", PV_ERROR_LIMIT, 6, 6, "more than 3 cells");
    assert_refused(state, "a\nb\nc\nd\ne\n", PV_ERROR_LIMIT, 8, 8, "more than 4 rows");
    assert_refused(state, "a,b\nc,d\ne,f\n", PV_ERROR_LIMIT, 10, 10, "more than 5 cells");
}

static bool read_all(pv_arena *arena, pv_error *error) {
    static const char text[] = "a,\"b \"\"c\"\"\r\nd\"\ne\n";
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_csv_reader reader;
    bool found;
    if (!pv_source_new(&source, arena, PV_STR("test.csv"), pv_str_from(text), &limits, error) ||
        !pv_csv_open(&reader, arena, source, &limits, error))
        return false;
    for (;;) {
        if (!pv_csv_next(&reader.rows, &found, error))
            return false;
        if (!found)
            return true;
        for (size_t i = 0; i < reader.rows.count; i++) {
            pv_text cell;
            if (!pv_csv_cell_text(&cell, arena, source, &reader.rows.row[i], error))
                return false;
        }
    }
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(read_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_cells_stand_between_separators),
        arena_test(test_each_kind_of_line_break_ends_a_row),
        arena_test(test_quoted_cells),
        arena_test(test_the_separator_is_found_out),
        arena_test(test_a_byte_order_mark_and_a_separator_line_are_passed_over),
        arena_test(test_cells_know_their_bytes),
        arena_test(test_rows_know_their_bytes),
        arena_test(test_what_is_refused),
        arena_test(test_limits),
        arena_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
