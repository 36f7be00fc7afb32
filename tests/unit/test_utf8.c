#include "torture.h"

#include <string.h>

#include "base/utf8.h"

static void finds_the_first_bad_byte(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t at;
    } cases[] = {
        {"plain ascii, long enough for a word at a time", SIZE_MAX},
        {"\xC3\xA9\xE2\x80\x99\xF0\x9F\x98\x80", SIZE_MAX},
        {"abcdefgh\x80", 8},            /* a continuation byte alone */
        {"a\xC0\xAF", 1},               /* overlong "/" */
        {"a\xE0\x80\xAF", 1},           /* overlong in three */
        {"a\xED\xA0\x80", 1},           /* a surrogate half */
        {"\xED\x9F\xBF", SIZE_MAX},     /* the last before the surrogates */
        {"a\xF4\x90\x80\x80", 1},       /* past U+10FFFF */
        {"\xF4\x8F\xBF\xBF", SIZE_MAX}, /* U+10FFFF */
        {"a\xF5\x80\x80\x80", 1},
        {"ab\xE2\x80", 2}, /* cut off */
        {"ab\xC3", 2},
        {"\xFF", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(pv_utf8_invalid_at(pv_str_from(cases[i].bytes)), cases[i].at);
}

static void decodes_and_encodes_every_length(void **state) {
    (void)state;
    static const uint32_t code_points[] = {'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof code_points / sizeof code_points[0]; i++) {
        char bytes[4];
        size_t length;
        size_t written = pv_utf8_encode(code_points[i], bytes);
        assert_int_equal(pv_utf8_decode((pv_str){bytes, written}, 0, &length), code_points[i]);
        assert_int_equal(length, written);
    }
}

static void makes_progress_on_bad_bytes(void **state) {
    (void)state;
    size_t length;
    assert_int_equal(pv_utf8_decode(PV_STR("\xE2\x80"), 0, &length), 0xFFFD);
    assert_int_equal(length, 1);
}

static void counts_and_measures(void **state) {
    (void)state;
    assert_int_equal(pv_utf8_length(PV_STR("Sherriff\xE2\x80\x99s")), 10);
    assert_int_equal(pv_utf8_previous(PV_STR("a\xE2\x80\x99"), 4), 1);
    assert_int_equal(pv_utf8_columns(PV_STR("caf\x65\xCC\x81")), 4);          /* a combining accent takes no column */
    assert_int_equal(pv_utf8_columns(PV_STR("\xE4\xBD\xA0\xE5\xA5\xBD")), 4); /* two ideographs, two columns each */
}

static void knows_the_classes(void **state) {
    (void)state;
    static const uint32_t spaces[] = {' ',    '\t',   '\n',   '\r',   0x0B,   0x85,   0xA0,
                                      0x1680, 0x2003, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        assert_true(pv_utf8_is_white_space(spaces[i]));
    static const uint32_t others[] = {'a', 0x00, 0x1F, 0x200B, 0x2060, 0xFEFF, 0x180E};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(pv_utf8_is_white_space(others[i]));
    assert_true(pv_utf8_is_ideograph(0x4F60));
    assert_true(pv_utf8_is_ideograph(0x3053)); /* Hiragana */
    assert_true(pv_utf8_is_ideograph(0xD55C)); /* Hangul */
    assert_true(pv_utf8_is_ideograph(0x20000));
    assert_false(pv_utf8_is_ideograph(0x3001)); /* ideographic comma */
    assert_false(pv_utf8_is_ideograph('a'));
    assert_true(pv_utf8_is_word_character(0xE9));
    assert_true(pv_utf8_is_word_character('7'));
    assert_false(pv_utf8_is_word_character(0x2013));
    assert_true(pv_utf8_is_zero_width(0x200B));
    assert_false(pv_utf8_is_zero_width(' '));
    static const uint32_t invisible[] = {0xAD,   0x34F,  0x61C,  0x115F, 0x1160, 0x17B5,  0x180B,  0x180E,  0x200B,
                                         0x200E, 0x202E, 0x2060, 0x2063, 0x2069, 0x2800,  0x3164,  0xFE0F,  0xFEFF,
                                         0xFFA0, 0xFFFC, 0x80,   0x9F,   0xFFF9, 0x1D173, 0xE0001, 0xE0061, 0xE01EF};
    for (size_t i = 0; i < sizeof invisible / sizeof invisible[0]; i++) {
        assert_true(pv_utf8_is_invisible(invisible[i]));
        assert_false(pv_utf8_is_word_character(invisible[i]));
    }
    static const uint32_t visible[] = {'a',  ' ',   0x85,  0xA0,   0x2028,  0x3000,
                                       0xE9, 0x301, 0x600, 0x2801, 0x1F600, 0xFFFD};
    for (size_t i = 0; i < sizeof visible / sizeof visible[0]; i++)
        assert_false(pv_utf8_is_invisible(visible[i]));
    assert_int_equal(pv_utf8_lower(0xC9), 0xE9);
    assert_int_equal(pv_utf8_lower('Q'), 'q');
}

static void cuts_between_characters(void **state) {
    (void)state;
    assert_str(pv_utf8_cut(PV_STR("abc"), 3), "abc");
    assert_str(pv_utf8_cut(PV_STR("abc"), 2), "ab");
    assert_str(pv_utf8_cut(PV_STR("abc"), 0), "");
    assert_str(pv_utf8_cut(PV_STR("a\u20acb"), 4), "a\u20ac");
    assert_str(pv_utf8_cut(PV_STR("a\u20acb"), 3), "a");
    assert_str(pv_utf8_cut(PV_STR("\u20ac"), 2), "");
}

/* Of texts of every length, with one byte or two that are not plain at every place. */
static void test_plain_end(void **state) {
    (void)state;
    static const char ends[] = {'\0', '\x1F', '"', '\\', '\x7F', '\x80', '\xFF', '\n'};
    char bytes[52];
    for (size_t size = 0; size <= sizeof bytes; size++)
        for (size_t place = 0; place <= size; place++)
            for (size_t from = 0; from <= size; from++) {
                memset(bytes, 'x', sizeof bytes);
                bytes[size % 3] = ' ';
                if (place < size)
                    bytes[place] = ends[(place + size) % sizeof ends];
                if (place + 1 < size)
                    bytes[place + 1] = ends[from % sizeof ends];
                pv_str text = {bytes, size};
                size_t expected = from <= place ? place : from == place + 1 ? from : size;
                assert_int_equal(pv_utf8_plain_end(text, from, '"', '\\'), expected);
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_first_bad_byte),
        cmocka_unit_test(decodes_and_encodes_every_length),
        cmocka_unit_test(makes_progress_on_bad_bytes),
        cmocka_unit_test(counts_and_measures),
        cmocka_unit_test(knows_the_classes),
        cmocka_unit_test(cuts_between_characters),
        cmocka_unit_test(test_plain_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
