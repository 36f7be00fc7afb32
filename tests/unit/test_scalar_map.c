/* scalar map: each style decoded by hand. The values are what YAML 1.1 says these bytes mean (chapters 5.7, 8.1, 9);
 * that libyaml agrees is what the fuzz target checks. */
#include "arena_fixture.h"
#include "map_fixture.h"

#include <string.h>

#include "load/scalar_map_p.h"

/* What stands before the scalar in its source, so that offsets do not start at 0. */
#define BEFORE "key: "
/* U+0085, which C does not let one write as an escape. */
#define NEL "\xC2\x85"

static pv_text map_within(arena_fixture *fixture, pv_scalar_style style, int parent_indent, const char *raw,
                          const char *value) {
    pv_buf source = pv_buf_on(&fixture->memory);
    pv_buf_append_text(&source, BEFORE);
    pv_buf_append_text(&source, raw);
    pv_span span = {sizeof BEFORE - 1, (uint32_t)source.size};
    pv_text text;
    pv_str bytes = pv_arena_copy(fixture->arena, pv_buf_str(&source));
    pv_buf_clear(&source);
    assert_true(pv_scalar_map_build(&text, fixture->arena, bytes, span, style, parent_indent, pv_str_from(value),
                                    &fixture->error));
    return text;
}

/* The raw bytes in this style mean value, by this map. */
static void assert_maps(void **state, pv_scalar_style style, const char *raw, const char *value, const char *map) {
    arena_fixture *fixture = *state;
    pv_text text = map_within(fixture, style, 0, raw, value);
    assert_true(text.exact);
    assert_int_equal(text.span.start, sizeof BEFORE - 1);
    pv_str source = pv_arena_format(fixture->arena, BEFORE "%s", raw);
    assert_map(&text, source, map);
}

/* A block scalar ends where its last value byte comes from: the raw bytes but for their last `unused`. */
static void assert_block_ends(void **state, const char *raw, const char *value, size_t unused) {
    pv_text text = map_within(*state, PV_SCALAR_FOLDED, 0, raw, value);
    assert_true(text.exact);
    assert_int_equal(text.span.end, sizeof BEFORE - 1 + strlen(raw) - unused);
}

static void a_plain_line_is_one_segment(void **state) {
    assert_maps(state, PV_SCALAR_PLAIN, "Los Angeles", "Los Angeles", "[Los Angeles|Los Angeles]");
    assert_maps(state, PV_SCALAR_PLAIN, "caf\u00e9 \u2014 a\tb", "caf\u00e9 \u2014 a\tb",
                "[caf\u00e9 \u2014 a\tb|caf\u00e9 \u2014 a\tb]");
    assert_maps(state, PV_SCALAR_PLAIN, "", "", "");
}

static void plain_lines_fold(void **state) {
    assert_maps(state, PV_SCALAR_PLAIN, "one \t\n  two", "one two", "[one|one][ | \t/  ][two|two]");
    assert_maps(state, PV_SCALAR_PLAIN, "one\n\n \n  two", "one\n\ntwo", "[one|one][/|/][/|/][two|two]");
    assert_maps(state, PV_SCALAR_PLAIN, "one\r\n  two\r\n\r\n  x", "one two\nx",
                "[one|one][ |~/  ][two|two][/|~/][x|x]");
    assert_maps(state, PV_SCALAR_PLAIN, "one\r two", "one two", "[one|one][ |~ ][two|two]");
}

static void unicode_line_breaks_are_yaml_line_breaks(void **state) {
    /* NEL folds like LF; LS and PS stay, and what surrounds them does not. */
    assert_maps(state, PV_SCALAR_PLAIN, "a" NEL "  b", "a b", "[a|a][ |" NEL "  ][b|b]");
    assert_maps(state, PV_SCALAR_PLAIN, "a \u2028  b", "a\u2028b", "[a|a][\u2028|\u2028][b|b]");
    assert_maps(state, PV_SCALAR_PLAIN, "a\n\u2029\n b", "a\u2029\nb", "[a|a][\u2029/|\u2029/][b|b]");
    assert_maps(state, PV_SCALAR_LITERAL, "|\n x" NEL " y\u2028 z", "x\ny\u2028z",
                "[x|x][/|" NEL "][y\u2028|y\u2028][z|z]");
}

static void a_doubled_quote_is_one(void **state) {
    assert_maps(state, PV_SCALAR_SINGLE_QUOTED, "'it''s'", "it's", "[it|it]['|''][s|s]");
    assert_maps(state, PV_SCALAR_SINGLE_QUOTED, "''''", "'", "['|'']");
    assert_maps(state, PV_SCALAR_SINGLE_QUOTED, "''", "", "");
    assert_maps(state, PV_SCALAR_SINGLE_QUOTED, "' \\n '", " \\n ", "[ \\n | \\n ]");
}

static void quoted_lines_fold_and_keep_outer_blanks(void **state) {
    assert_maps(state, PV_SCALAR_SINGLE_QUOTED, "' one \n  two  '", " one two  ", "[ one| one][ | /  ][two  |two  ]");
    assert_maps(state, PV_SCALAR_SINGLE_QUOTED, "'one\n '", "one ", "[one|one][ |/ ]");
    assert_maps(state, PV_SCALAR_DOUBLE_QUOTED, "\" \n\n one\"", "\none", "[/|/][one|one]");
}

static void escapes_map_to_all_their_bytes(void **state) {
    assert_maps(state, PV_SCALAR_DOUBLE_QUOTED, "\"a\\tb\\\\\\\"\\/c\"", "a\tb\\\"/c",
                "[a|a][\t|\\t][b|b][\\|\\\\][\"|\\\"][/|\\/][c|c]");
    assert_maps(state, PV_SCALAR_DOUBLE_QUOTED, "\"\\x41\\u00e9\\U0001F600\"", "A\u00e9\U0001F600",
                "[A|\\x41][\u00e9|\\u00e9][\U0001F600|\\U0001F600]");
    assert_maps(state, PV_SCALAR_DOUBLE_QUOTED, "\"\\L\\P\"", "\u2028\u2029", "[\u2028|\\L][\u2029|\\P]");
    assert_maps(state, PV_SCALAR_DOUBLE_QUOTED, "\"\\a\\b\\n\\v\\f\\r\\e\\ \"", "\a\b\n\v\f\r\x1B ",
                "[\a|\\a][\b|\\b][/|\\n][\v|\\v][\f|\\f][~|\\r][\x1B|\\e][ |\\ ]");
    /* Both sides have two bytes, and next to each other they count as one segment. */
    assert_maps(state, PV_SCALAR_DOUBLE_QUOTED, "\"\\N\\_\"", NEL "\u00A0", "[" NEL "\u00A0|\\N\\_]");
}

static void a_zero_escape_is_a_byte_of_the_value(void **state) {
    arena_fixture *fixture = *state;
    pv_text text;
    assert_true(pv_scalar_map_build(&text, fixture->arena, PV_STR("\"a\\0b\""), (pv_span){0, 6},
                                    PV_SCALAR_DOUBLE_QUOTED, -1, PV_STR("a\0b"), &fixture->error));
    assert_true(text.exact);
    pv_span place = pv_text_locate(&text, 1, 2);
    assert_int_equal(place.start, 2);
    assert_int_equal(place.end, 4);
}

static void a_backslash_joins_lines(void **state) {
    assert_maps(state, PV_SCALAR_DOUBLE_QUOTED, "\"one \\\n   two\"", "one two", "[one |one ][two|two]");
    assert_maps(state, PV_SCALAR_DOUBLE_QUOTED, "\"one\\\r\n\r\n  \\ two\"", "one\n two",
                "[one|one][/|~/][ |\\ ][two|two]");
}

static void literal_lines_lose_their_indentation(void **state) {
    assert_maps(state, PV_SCALAR_LITERAL, "|\n  one\n    two\n\n  three\n", "one\n  two\n\nthree\n",
                "[one/|one/][  two//|  two//][three/|three/]");
    assert_maps(state, PV_SCALAR_LITERAL, "| # note\r\n  one\r\n  two\r\n", "one\ntwo\n",
                "[one|one][/|~/][two|two][/|~/]");
    assert_maps(state, PV_SCALAR_LITERAL, "|\n\n \n  one", "\n\none", "[/|/][/|/][one|one]");
}

static void an_indentation_indicator_keeps_further_spaces(void **state) {
    assert_maps(state, PV_SCALAR_LITERAL, "|2-\n    one\n   two\n", "  one\n two", "[  one/|  one/][ two| two]");
    assert_maps(state, PV_SCALAR_FOLDED, ">-1\n one\n  two", "one\n two", "[one/|one/][ two| two]");
}

static void an_indentation_indicator_counts_from_the_parent(void **state) {
    pv_text text = map_within(*state, PV_SCALAR_LITERAL, 2, "|1-\n    one", " one");
    assert_true(text.exact);
    text = map_within(*state, PV_SCALAR_LITERAL, -1, "|1-\n    one", "   one");
    assert_true(text.exact);
}

static void folded_lines_fold(void **state) {
    assert_maps(state, PV_SCALAR_FOLDED, ">-\n  one \n  two\n\n  three\n", "one  two\nthree",
                "[one |one ][ |/  ][two|two][/|/][three|three]");
}

static void lines_indented_further_are_not_folded(void **state) {
    assert_maps(state, PV_SCALAR_FOLDED, ">-\n one\n   two\n   three\n four", "one\n  two\n  three\nfour",
                "[one/|one/][  two/|  two/][  three/|  three/][four|four]");
    assert_maps(state, PV_SCALAR_FOLDED, ">-\n one\n\n \ttwo\n\n three", "one\n\n\ttwo\n\nthree",
                "[one//|one//][\ttwo//|\ttwo//][three|three]");
}

static void chomping_decides_on_the_last_line_breaks(void **state) {
    assert_maps(state, PV_SCALAR_FOLDED, ">-\n one\n\n\n", "one", "[one|one]");
    assert_maps(state, PV_SCALAR_FOLDED, ">\n one\n\n\n", "one\n", "[one/|one/]");
    assert_maps(state, PV_SCALAR_FOLDED, ">+\n one\n\n \n", "one\n\n\n", "[one//|one//][/|/]");
    assert_maps(state, PV_SCALAR_FOLDED, ">+\n\n\n", "\n\n", "[//|//]");
    assert_maps(state, PV_SCALAR_FOLDED, ">\n\n", "", "");
}

static void a_block_scalar_ends_with_its_value(void **state) {
    assert_block_ends(state, ">-\n one\n\n\n", "one", 3);
    assert_block_ends(state, ">\n one\n\n\n", "one\n", 2);
    assert_block_ends(state, ">+\n one\n\n\n", "one\n\n\n", 0);
    assert_block_ends(state, ">- # note\n\n", "", 9);
}

static void what_does_not_decode_to_the_value_is_mapped_coarsely(void **state) {
    static const struct {
        pv_scalar_style style;
        const char *raw;
        const char *value;
    } wrong[] = {
        {PV_SCALAR_PLAIN, "one\n two", "one  two"},            /* a byte too many in the middle */
        {PV_SCALAR_PLAIN, "one", "one "},                      /* at the end */
        {PV_SCALAR_PLAIN, "one two", "one"},                   /* a byte too few */
        {PV_SCALAR_SINGLE_QUOTED, "'it''s'", "it''s"},         /* the pair left as it is */
        {PV_SCALAR_DOUBLE_QUOTED, "\"\\q\"", "q"},             /* an escape that does not exist */
        {PV_SCALAR_DOUBLE_QUOTED, "\"\\", "\\"},               /* cut off */
        {PV_SCALAR_LITERAL, "|\n  one\n two\n", "one\ntwo\n"}, /* indentation that differs */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pv_text text = map_within(*state, wrong[i].style, 0, wrong[i].raw, wrong[i].value);
        assert_false(text.exact);
        assert_int_equal(text.segment_count, 1);
        assert_int_equal(text.segments[0].value.end, strlen(wrong[i].value));
        assert_int_equal(text.segments[0].source.start, sizeof BEFORE - 1);
        assert_int_equal(text.segments[0].source.end, sizeof BEFORE - 1 + strlen(wrong[i].raw));
    }
}

static void many_segments_do_not_fit_into_the_first_place(void **state) {
    arena_fixture *fixture = *state;
    pv_str lines = repeated(fixture->arena, "ab\n  ", 1000);
    pv_str value = repeated(fixture->arena, "ab ", 1000);
    pv_text text;
    assert_true(pv_scalar_map_build(&text, fixture->arena, lines, (pv_span){0, (uint32_t)lines.size - 3},
                                    PV_SCALAR_PLAIN, -1, pv_str_slice(value, 0, value.size - 1), &fixture->error));
    assert_true(text.exact);
    assert_int_equal(text.segment_count, 1999);
    pv_span last = pv_text_locate(&text, 2997, 2999);
    assert_int_equal(last.start, 4995);
    assert_int_equal(last.end, 4997);
}

static bool map_many_lines(pv_arena *arena, pv_error *error) {
    static char lines[400];
    static char value[200];
    for (size_t i = 0; i < sizeof lines; i++)
        lines[i] = "a\n  "[i % 4];
    for (size_t i = 0; i < sizeof value; i++)
        value[i] = "a "[i % 2];
    pv_text text;
    return pv_scalar_map_build(&text, arena, (pv_str){lines, sizeof lines}, (pv_span){0, sizeof lines - 3},
                               PV_SCALAR_PLAIN, -1, (pv_str){value, sizeof value - 1}, error);
}

static void refused_memory_is_an_error(void **state) {
    (void)state;
    assert_survives_refused_memory(map_many_lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(a_plain_line_is_one_segment),
        arena_test(plain_lines_fold),
        arena_test(unicode_line_breaks_are_yaml_line_breaks),
        arena_test(a_doubled_quote_is_one),
        arena_test(quoted_lines_fold_and_keep_outer_blanks),
        arena_test(escapes_map_to_all_their_bytes),
        arena_test(a_zero_escape_is_a_byte_of_the_value),
        arena_test(a_backslash_joins_lines),
        arena_test(literal_lines_lose_their_indentation),
        arena_test(an_indentation_indicator_keeps_further_spaces),
        arena_test(an_indentation_indicator_counts_from_the_parent),
        arena_test(folded_lines_fold),
        arena_test(lines_indented_further_are_not_folded),
        arena_test(chomping_decides_on_the_last_line_breaks),
        arena_test(a_block_scalar_ends_with_its_value),
        arena_test(what_does_not_decode_to_the_value_is_mapped_coarsely),
        arena_test(many_segments_do_not_fit_into_the_first_place),
        cmocka_unit_test(refused_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
