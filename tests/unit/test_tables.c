/* Tables in texts; each reasoned by hand. */
#include "arena_fixture.h"

#include "base/buf.h"
#include "text/tables.h"

static void put_row(pv_buf *shown, pv_str text, const pv_text_table_row *row, char end) {
    for (size_t i = 0; i < row->count; i++) {
        pv_buf_append_text(shown, i > 0 ? "," : "");
        pv_buf_append(shown, pv_str_slice(text, row->cells[i].start, row->cells[i].end));
    }
    pv_buf_append_char(shown, end);
}

/* "pipes 2: Item,Budget: a,1; b,2;" of each table; "\r" is where a line begins whose break became a blank. */
static void tables(const char *prose, const char *expected) {
    static const char *const styles[] = {"pipes", "tabs", "aligned"};
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf shown = pv_buf_on(&memory);
    pv_buf bytes = pv_buf_on(&memory);
    uint32_t at[64];
    pv_line_starts starts = {.at = at};
    for (const char *c = prose; *c; c++) {
        pv_buf_append_char(&bytes, *c == '\r' ? ' ' : *c);
        if (*c == '\r')
            at[starts.count++] = (uint32_t)bytes.size;
    }
    pv_str text = pv_buf_str(&bytes);
    pv_text_tables found;
    pv_error error = {0};
    assert_true(pv_tables_find(arena, text, &starts, &found, &error));
    for (size_t i = 0; i < found.count; i++) {
        const pv_text_table *table = &found.tables[i];
        pv_buf_format(&shown, "%s%s %zu: ", i > 0 ? " / " : "", styles[table->style], table->columns);
        if (table->has_heading)
            put_row(&shown, text, &table->heading, ':');
        for (size_t row = 0; row < table->count; row++)
            put_row(&shown, text, &table->rows[row], ';');
        assert_true(table->at.start < table->at.end);
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    pv_buf_clear(&bytes);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

static void test_pipes(void **state) {
    (void)state;
    tables("| Item | Budget |\n|------|-------:|\n| Trees | 1,200 |\n| Soil | 30 |",
           "pipes 2: Item,Budget:Trees,1,200;Soil,30;");
    tables("We spend:\r| Item | Budget |\r| --- | --- |\r| Trees | 12 |\rand no more.",
           "pipes 2: Item,Budget:Trees,12;");
    tables("a | b\nc | d", "pipes 2: a,b;c,d;");
    tables("+---+---+\n| a | b |\n+---+---+\n| c | d |\n+---+---+\n| e | f |\n+---+---+", "pipes 2: a,b:c,d;e,f;");
    tables("| a \\| b | c |\n| d | |", "pipes 2: a \\| b,c;d,;");
    tables("| only |\n|------|\n| one |", "pipes 1: only:one;");
}

static void test_two_tables(void **state) {
    (void)state;
    tables("| a | b |\n|---|---|\n| 1 | 2 |\n| c | d |\n|---|---|\n| 3 | 4 |", "pipes 2: a,b:1,2; / pipes 2: c,d:3,4;");
    tables("a | b\n1 | 2\nProse.\nc | d\n3 | 4", "pipes 2: a,b:1,2; / pipes 2: c,d:3,4;");
}

static void test_tabs_and_columns(void **state) {
    (void)state;
    tables("Who\tHours\nAshby\t12\nBarrow\t\t7", "tabs 2: Who,Hours:Ashby,12;Barrow,,7;");
    tables("Who       Hours   Budget\nAshby        12       40\nBarrow      100      300",
           "aligned 3: Who,Hours,Budget:Ashby,12,40;Barrow,100,300;");
    tables("Größe    Zahl\nÄpfel    12", "aligned 2: Größe,Zahl:Äpfel,12;");
}

static void test_what_is_irregular(void **state) {
    (void)state;
    tables("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", "pipes 2: a,b:1;1,2,3;");
    tables("1 | 2\n3 | 4\n5 | 6 | 7", "pipes 2: 1,2;3,4;5,6,7;");
}

static void test_what_is_no_table(void **state) {
    (void)state;
    static const char *const none[] = {
        "",
        "One line | with a mark.",
        "| a | b |",
        "We plant trees.  They grow.\nThen we  rest, at last.",
        "---\n---",
        "a - b\nc - d",
        "Either/or\nhere | there is prose\nand more",
        "- one\n- two",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        tables(none[i], "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pipes),
        cmocka_unit_test(test_two_tables),
        cmocka_unit_test(test_tabs_and_columns),
        cmocka_unit_test(test_what_is_irregular),
        cmocka_unit_test(test_what_is_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
