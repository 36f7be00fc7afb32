/* text: values that know where each of their bytes came from. */
#include "arena_fixture.h"
#include "map_fixture.h"

#include "model/text.h"

/* As it stands in a file, and as the value a reader made of it: the quote pair is one quote, the line break with its
 * indentation a space. */
#define SOURCE "k: 'it''s one\n   two'"
#define VALUE "it's one two"

static const pv_segment segments[] = {
    {{0, 2}, {4, 6}},    /* it */
    {{2, 3}, {6, 8}},    /* ' from '' */
    {{3, 8}, {8, 13}},   /* s one */
    {{8, 9}, {13, 17}},  /* the fold */
    {{9, 12}, {17, 20}}, /* two */
};

static const pv_text sample = {.value = {VALUE, sizeof VALUE - 1},
                               .span = {3, 21},
                               .segments = segments,
                               .segment_count = sizeof segments / sizeof segments[0],
                               .exact = true};

static void assert_located(size_t start, size_t end, uint32_t source_start, uint32_t source_end) {
    pv_span place = pv_text_locate(&sample, start, end);
    assert_int_equal(place.start, source_start);
    assert_int_equal(place.end, source_end);
}

static void bytes_are_located_within_their_segment(void **state) {
    (void)state;
    assert_located(0, 2, 4, 6);
    assert_located(1, 2, 5, 6);
    assert_located(5, 8, 10, 13); /* one */
    assert_located(9, 12, 17, 20);
}

static void what_was_rewritten_is_located_as_a_whole(void **state) {
    (void)state;
    assert_located(2, 3, 6, 8);
    assert_located(8, 9, 13, 17);
    assert_located(0, 4, 4, 9);   /* it's */
    assert_located(0, 12, 4, 20); /* all, without the quotes */
    assert_located(7, 10, 12, 18);
}

static void an_empty_range_is_a_place_before_the_next_byte(void **state) {
    (void)state;
    assert_located(0, 0, 4, 4);
    assert_located(3, 3, 8, 8);
    assert_located(5, 5, 10, 10);
    assert_located(8, 8, 13, 13);
    assert_located(12, 12, 20, 20); /* at the end: after the last byte */
}

static void an_empty_text_stands_where_it_starts(void **state) {
    (void)state;
    pv_text nothing = {.value = PV_STR(""), .span = {7, 9}, .exact = true};
    pv_span place = pv_text_locate(&nothing, 0, 0);
    assert_int_equal(place.start, 7);
    assert_int_equal(place.end, 7);
}

static void a_slice_has_its_part_of_the_map(void **state) {
    arena_fixture *fixture = *state;
    pv_text part;
    assert_true(pv_text_slice(&part, fixture->arena, &sample, 1, 10, &fixture->error));
    assert_str(part.value, "t's one t");
    assert_int_equal(part.span.start, 5);
    assert_int_equal(part.span.end, 18);
    assert_true(part.exact);
    assert_map(&part, PV_STR(SOURCE), "[t|t]['|''][s one|s one][ |/   ][t|t]");
    assert_true(pv_text_slice(&part, fixture->arena, &sample, 5, 7, &fixture->error));
    assert_map(&part, PV_STR(SOURCE), "[on|on]");
    assert_true(pv_text_slice(&part, fixture->arena, &sample, 9, 9, &fixture->error));
    assert_str(part.value, "");
    assert_int_equal(part.span.start, 17);
}

static void a_verbatim_text_is_its_own_source(void **state) {
    arena_fixture *fixture = *state;
    pv_text text;
    assert_true(pv_text_verbatim(&text, fixture->arena, PV_STR("two words"), 100, &fixture->error));
    pv_span place = pv_text_locate(&text, 4, 9);
    assert_int_equal(place.start, 104);
    assert_int_equal(place.end, 109);
    assert_int_equal(text.span.start, 100);
    assert_int_equal(text.span.end, 109);
    assert_true(text.exact);
}

static bool is_blank(arena_fixture *fixture, const char *value) {
    pv_text text;
    assert_true(pv_text_verbatim(&text, fixture->arena, pv_str_from(value), 0, &fixture->error));
    return pv_text_is_blank(&text);
}

static void white_space_and_zero_width_characters_are_blank(void **state) {
    assert_true(is_blank(*state, ""));
    assert_true(is_blank(*state, " \t\n\u00A0\u3000\u2028"));
    assert_true(is_blank(*state, "\u200B\uFEFF \u00AD"));
    assert_true(is_blank(*state, "\u200E"));
    assert_true(is_blank(*state, "\u2800 \u3164\u180E\u034F\u2063\uFE0F\uFFFC\U000E0041\x01\x7F"));
    assert_false(is_blank(*state, "\u2801"));
    assert_false(is_blank(*state, " \u200B. "));
    assert_false(is_blank(*state, "\u4E00"));
}

/* The value folds to expected, by this map. */
static void assert_folds(void **state, pv_wrapping wrapping, const char *value, const char *expected, const char *map) {
    arena_fixture *fixture = *state;
    pv_text text;
    pv_text folded;
    assert_true(pv_text_verbatim(&text, fixture->arena, pv_str_from(value), 0, &fixture->error));
    assert_true(pv_text_fold(&folded, fixture->arena, &text, wrapping, &fixture->error));
    assert_str(folded.value, expected);
    assert_map(&folded, text.value, map);
    pv_span whole = pv_text_locate(&folded, 0, folded.value.size);
    assert_int_equal(folded.span.start, whole.start);
    assert_int_equal(folded.span.end, whole.end);
}

static void prose_without_line_breaks_is_only_trimmed(void **state) {
    assert_folds(state, PV_WRAPPING_NONE, "one  two\tthree", "one  two\tthree", "[one  two\tthree|one  two\tthree]");
    assert_folds(state, PV_WRAPPING_NONE, "\n one\u00A0two \n", "one\u00A0two", "[one\u00A0two|one\u00A0two]");
    assert_folds(state, PV_WRAPPING_HARD, "", "", "");
    assert_folds(state, PV_WRAPPING_HARD, " \n\t\n", "", "");
}

static void a_line_break_separates_paragraphs(void **state) {
    assert_folds(state, PV_WRAPPING_NONE, "one\ntwo", "one\ntwo", "[one/two|one/two]");
    assert_folds(state, PV_WRAPPING_NONE, "one \n\n\t\n two\n", "one\ntwo", "[one|one][/| //\t/ ][two|two]");
}

static void a_single_line_break_in_hard_wrapped_prose_is_a_space(void **state) {
    assert_folds(state, PV_WRAPPING_HARD, "one \n  two\n\nthree\n", "one two\nthree",
                 "[one|one][ | /  ][two|two][/|//][three|three]");
    assert_folds(state, PV_WRAPPING_HARD, "one\r\ntwo\r\n\r\nthree", "one two\nthree",
                 "[one|one][ |~/][two|two][/|~/~/][three|three]");
}

static void every_unicode_line_break_is_one(void **state) {
    assert_folds(state, PV_WRAPPING_HARD, "a\u2028b\u2029\u2029c", "a b\nc",
                 "[a|a][ |\u2028][b|b][/|\u2029\u2029][c|c]");
    /* A break of one byte becomes one byte, so the segment goes on. */
    assert_folds(state, PV_WRAPPING_HARD, "a\xC2\x85 b\vc", "a b c", "[a|a][ |\xC2\x85 ][b c|b\vc]");
}

static void a_list_marker_opens_a_line_of_its_own(void **state) {
    static const char *const markers[] = {"1)",     "(2)", "12.", "a)", "(b)",    "c.",    "iv)",
                                          "(viii)", "A)",  "-",   "*",  "\u2022", "\u2013"};
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof markers / sizeof markers[0]; i++) {
        pv_str value = pv_arena_format(fixture->arena, "steps:\n  %s first\nstep", markers[i]);
        pv_str expected = pv_arena_format(fixture->arena, "steps:\n%s first step", markers[i]);
        pv_text text;
        pv_text folded;
        assert_true(pv_text_verbatim(&text, fixture->arena, value, 0, &fixture->error));
        assert_true(pv_text_fold(&folded, fixture->arena, &text, PV_WRAPPING_HARD, &fixture->error));
        assert_str(folded.value, expected.data);
    }
}

static void what_only_looks_like_a_marker_is_wrapped_text(void **state) {
    static const char *const words[] = {
        "2022) and",                               /* a year in parentheses that the line broke */
        "J. Smith",                                /* an initial */
        "(or) not",  "1.5 million", "-based", "*", /* nothing follows, so it marks nothing */
        "1)",
    };
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        pv_str value = pv_arena_format(fixture->arena, "before\n%s", words[i]);
        pv_str expected = pv_arena_format(fixture->arena, "before %s", words[i]);
        pv_text text;
        pv_text folded;
        assert_true(pv_text_verbatim(&text, fixture->arena, value, 0, &fixture->error));
        assert_true(pv_text_fold(&folded, fixture->arena, &text, PV_WRAPPING_HARD, &fixture->error));
        assert_str(folded.value, expected.data);
    }
}

static void a_word_cut_at_its_hyphen_is_joined(void **state) {
    assert_folds(state, PV_WRAPPING_HARD, "on-\n demand", "on-demand", "[on-|on-][demand|demand]");
    assert_folds(state, PV_WRAPPING_HARD, "Medi-\nCal", "Medi-Cal", "[Medi-|Medi-][Cal|Cal]");
    assert_folds(state, PV_WRAPPING_HARD, "COVID-\n19", "COVID-19", "[COVID-|COVID-][19|19]");
    assert_folds(state, PV_WRAPPING_HARD, "short-\n or long", "short- or long",
                 "[short-|short-][ |/ ][or long|or long]");
    assert_folds(state, PV_WRAPPING_HARD, "a -\n b", "a - b", "[a -|a -][ |/ ][b|b]");
    assert_folds(state, PV_WRAPPING_HARD, "on-\n\ndemand", "on-\ndemand", "[on-|on-][/|//][demand|demand]");
    assert_folds(state, PV_WRAPPING_NONE, "on-\ndemand", "on-\ndemand", "[on-/demand|on-/demand]");
}

static void lines_of_the_source_are_known_after_folding(void **state) {
    arena_fixture *fixture = *state;
    pv_line_starts starts;
    assert_true(pv_text_line_starts(&sample, 0, sample.value.size, fixture->arena, &starts, &fixture->error));
    assert_int_equal(starts.count, 1);
    assert_int_equal(starts.at[0], 9);
    assert_true(pv_text_line_starts(&sample, 5, 12, fixture->arena, &starts, &fixture->error));
    assert_int_equal(starts.count, 1);
    assert_int_equal(starts.at[0], 4);
    assert_true(pv_text_line_starts(&sample, 9, 12, fixture->arena, &starts, &fixture->error));
    assert_int_equal(starts.count, 0);
}

static void folding_keeps_the_way_to_the_source(void **state) {
    arena_fixture *fixture = *state;
    pv_text folded;
    assert_true(pv_text_fold(&folded, fixture->arena, &sample, PV_WRAPPING_NONE, &fixture->error));
    assert_map(&folded, PV_STR(SOURCE), "[it|it]['|''][s one|s one][ |/   ][two|two]");
}

static bool slice_and_fold(pv_arena *arena, pv_error *error) {
    pv_text text;
    pv_text folded;
    pv_text part;
    return pv_text_verbatim(&text, arena, PV_STR("one\n\ntwo\n\nthree"), 0, error) &&
           pv_text_fold(&folded, arena, &text, PV_WRAPPING_NONE, error) &&
           pv_text_slice(&part, arena, &folded, 1, 5, error);
}

static void refused_memory_is_an_error(void **state) {
    (void)state;
    assert_survives_refused_memory(slice_and_fold);
}

/* ---- made labels ---- */

/* "1." before "We", "2." before what follows a gap, "(a)" before "it". */
#define LISTED "  We plan\n\n  then  act on\nit"
static const pv_made_label made[] = {{2, {"1.", 2}}, {11, {"2.", 2}}, {26, {"(a)", 3}}};

static pv_text listed(arena_fixture *fixture) {
    pv_text text;
    assert_true(pv_text_verbatim(&text, fixture->arena, PV_STR(LISTED), 0, &fixture->error));
    text.labels = made;
    text.label_count = sizeof made / sizeof *made;
    return text;
}

static void labels_stand_before_the_same_after_folding_and_cutting(void **state) {
    arena_fixture *fixture = *state;
    pv_text folded, part;
    const pv_text text = listed(fixture);
    assert_true(pv_text_fold(&folded, fixture->arena, &text, PV_WRAPPING_HARD, &fixture->error));
    assert_str(folded.value, "We plan\nthen  act on\nit"); /* "it" begins an item: it is not wrapped */
    assert_int_equal(folded.label_count, 3);
    assert_int_equal(folded.labels[0].at, 0);
    assert_int_equal(folded.labels[1].at, 8);
    assert_int_equal(folded.labels[2].at, 21);
    assert_true(pv_text_slice(&part, fixture->arena, &folded, 8, 20, &fixture->error));
    assert_int_equal(part.label_count, 1);
    assert_int_equal(part.labels[0].at, 0);
    assert_str(part.labels[0].label, "2.");
    assert_int_equal(pv_text_label_words(&folded, 0, folded.value.size), 3);
    assert_int_equal(pv_text_label_words(&folded, 1, 21), 1);
}

static void labels_enumerate(void **state) {
    arena_fixture *fixture = *state;
    static const pv_made_label labels[] = {{0, {"1.", 2}}, {8, {"2.", 2}}, {15, {"3.", 2}}};
    pv_list_items items;
    pv_text text;
    assert_true(pv_text_verbatim(&text, fixture->arena, PV_STR("We plan\nWe act\nWe end"), 0, &fixture->error));
    assert_true(pv_text_find_items(&text, 0, text.value.size, fixture->arena, &items, &fixture->error));
    assert_int_equal(items.count, 0);
    text.labels = labels;
    text.label_count = 3;
    assert_true(pv_text_find_items(&text, 0, text.value.size, fixture->arena, &items, &fixture->error));
    assert_int_equal(items.count, 3);
    static const pv_span bodies[] = {{0, 7}, {8, 14}, {15, 21}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(items.items[i].ordinal, i + 1);
        assert_int_equal(items.items[i].marker.start, bodies[i].start);
        assert_int_equal(items.items[i].marker.end, bodies[i].start);
        assert_int_equal(items.items[i].body.start, bodies[i].start);
        assert_int_equal(items.items[i].body.end, bodies[i].end);
    }
    assert_true(pv_text_find_items(&text, 8, text.value.size, fixture->arena, &items, &fixture->error));
    assert_int_equal(items.count, 0); /* 2. and 3. begin nothing */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_located_within_their_segment),
        cmocka_unit_test(what_was_rewritten_is_located_as_a_whole),
        cmocka_unit_test(an_empty_range_is_a_place_before_the_next_byte),
        cmocka_unit_test(an_empty_text_stands_where_it_starts),
        arena_test(a_slice_has_its_part_of_the_map),
        arena_test(a_verbatim_text_is_its_own_source),
        arena_test(white_space_and_zero_width_characters_are_blank),
        arena_test(prose_without_line_breaks_is_only_trimmed),
        arena_test(a_line_break_separates_paragraphs),
        arena_test(a_single_line_break_in_hard_wrapped_prose_is_a_space),
        arena_test(every_unicode_line_break_is_one),
        arena_test(a_list_marker_opens_a_line_of_its_own),
        arena_test(what_only_looks_like_a_marker_is_wrapped_text),
        arena_test(a_word_cut_at_its_hyphen_is_joined),
        arena_test(lines_of_the_source_are_known_after_folding),
        arena_test(folding_keeps_the_way_to_the_source),
        arena_test(labels_stand_before_the_same_after_folding_and_cutting),
        arena_test(labels_enumerate),
        cmocka_unit_test(refused_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
