#include "torture.h"

#include "report/other/language_report.h"
#include "report/write/markup.h"

typedef struct conversion {
    const char *from;
    const char *to;
} conversion;

static void assert_conversions(void (*write)(pv_buf *out, pv_str text), const conversion *rows, size_t count) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf out = pv_buf_on(&memory);
    for (size_t i = 0; i < count; i++) {
        pv_buf_reset(&out);
        write(&out, pv_str_from(rows[i].from));
        assert_str(pv_buf_str(&out), rows[i].to);
    }
    pv_buf_clear(&out);
}

#define ASSERT_CONVERSIONS(write, rows) assert_conversions((write), (rows), sizeof(rows) / sizeof *(rows))

static void test_prose_is_no_markup(void **state) {
    static const conversion rows[] = {
        {"plain, with 3 - 4 (or so) words", "plain, with 3 - 4 (or so) words"},
        {"*not* [a link] <b>", "\\*not\\* \\[a link\\] \\<b\\>"},
        {"a|b", "a\\|b"},
        {"one\ntwo", "one two"},
        {"snake_case _and_ more", "snake_case \\_and\\_ more"},
        {"C:\\path", "C:\\\\path"},
    };
    (void)state;
    ASSERT_CONVERSIONS(pv_markdown_text, rows);
}

/* A run of backquotes is fenced by a longer one. */
static void test_code(void **state) {
    static const conversion rows[] = {
        {"a * b", "`a * b`"},
        {"a\xE2\x80\xAE", "`a<U+202E>`"},
        {"`x`", "`` `x` ``"},
        {"a | b", "`a | b`"},
    };
    static const conversion in_cells[] = {{"a | b", "`a \\| b`"}};
    (void)state;
    ASSERT_CONVERSIONS(pv_markdown_code, rows);
    ASSERT_CONVERSIONS(pv_markdown_code_cell, in_cells);
}

/* GitHub drops the points of an id from its anchor. */
static void test_links(void **state) {
    static const conversion rows[] = {
        {"ipp1.word-limit", "[ipp1.word-limit](#ipp1word-limit)"},
        {"List item", "[List item](#list-item)"},
    };
    (void)state;
    ASSERT_CONVERSIONS(pv_markdown_link, rows);
}

static void write_type(pv_buf *out, pv_str written) {
    pv_meta_type(out, written, PV_STR("list item"));
}

static void test_types(void **state) {
    static const conversion rows[] = {
        {"", "any"},
        {"text", "text"},
        {"match?", "match?"},
        {"list of quantity", "list_of_quantity"},
        {"list of element", "list_of_list_item"},
        {"element?", "list_item?"},
        {"function of element", "fun(it: list_item): any"},
        {"text | string | nil", "text | string | nil"},
        {"response?, similarity?", "response?, similarity?"},
        {"number", "numeric"},
        {"place", "any"},
        {"any value that knows where it is", "any"},
        {"fun(subject: a | b): verdict", "fun(subject: a | b): verdict"},
        {"\"error\" | \"note\"", "\"error\" | \"note\""},
        {"example[]", "example[]"},
    };
    (void)state;
    ASSERT_CONVERSIONS(write_type, rows);
}

static void test_a_comment_calls_nobody(void **state) {
    static const conversion rows[] = {
        {"20% of a: b, c", "20% of a: b, c"},
        {"@team, a@b.org and @ alone", "@<!-- -->team, a@<!-- -->b.org and @ alone"},
        {"#12, # and C#", "#<!-- -->12, # and C#"},
        {"!1 ~2 $3 &amp;", "\\!1 \\~2 \\$3 \\&amp;"},
        {"<b> a|b `c`", "\\<b\\> a\\|b \\`c\\`"},
        {"one\ntwo\x1b\x7f three", "one two\\<U+001B\\>\\<U+007F\\> three"},
        {"a\xE2\x80\xAE b\xE2\x81\xA6", "a\\<U+202E\\> b\\<U+2066\\>"},
        {"\xE2\x9D\xA4\xEF\xB8\x8F", "\xE2\x9D\xA4\xEF\xB8\x8F"}, /* a heart, as an emoji */
    };
    (void)state;
    ASSERT_CONVERSIONS(pv_markdown_comment, rows);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prose_is_no_markup),
        cmocka_unit_test(test_a_comment_calls_nobody),
        cmocka_unit_test(test_code),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
