/* blocks and rulers: a text that is not the bytes of its file calls its places as a reader of the file would. */
#include "pages_fixture.h"

#include <string.h>

static void assert_called(const pv_source *source, size_t offset, const char *words, uint32_t line, uint32_t column) {
    pv_position at = pv_source_locate(source, offset);
    assert_string_equal(pv_source_describe(source, offset).text, words);
    assert_int_equal(at.line, line);
    assert_int_equal(at.column, column);
}

static void places_are_called_as_the_ruler_has_it(void **state) {
    const pv_source *source = pages_document(*state);
    assert_called(source, 0, "page 1, paragraph 1", 1, 1);
    assert_called(source, 10, "page 1, paragraph 2", 2, 4);
    assert_called(source, 24, "page 2, paragraph 3", 3, 1);
    assert_called(source, 35, "table 1, cell B3", 4, 3);
}

static void a_spot_is_what_the_ruler_knows(void **state) {
    const pv_source *source = pages_document(*state);
    const pv_spot spot = pv_source_spot(source, 24);
    assert_int_equal(spot.page, 2);
    assert_int_equal(spot.paragraph, 3);
    assert_int_equal(spot.sheet.size, 0);
    assert_false(spot.has_box);
}

static void without_a_ruler_they_are_lines_and_columns(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_source *source;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("a"), pv_str_from(pages_text), &limits, &fixture->error));
    assert_called(source, 10, "line 2, column 4", 2, 4);
    assert_int_equal(pv_source_spot(source, 10).page, 0);
    assert_true(pv_source_has_lines(source, 10));
    assert_false(pv_source_has_lines(pages_document(fixture), 10));
}

static void each_attached_file_has_its_own_ruler_and_a_copy_keeps_it(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    const pv_source *attached;
    pv_source *source;
    pv_source *file = pages_document(fixture);
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("b"), PV_STR("x\ny"), &limits, &fixture->error));
    assert_true(pv_source_attach_copy(source, fixture->arena, file, &attached, &fixture->error));
    file->ruler = NULL;
    assert_called(source, 2, "line 2, column 1", 2, 1);
    assert_int_equal(attached->base, 4);
    assert_called(source, 4 + 10, "page 1, paragraph 2", 2, 4);
    assert_called(source, 4 + 35, "table 1, cell B3", 4, 3);
}

/* ---- parts ---- */

static void assert_words(arena_fixture *fixture, const pv_source *source, pv_span span, size_t parts,
                         const char *words) {
    const pv_parts found = pv_source_parts(source, span);
    pv_buf scratch = pv_buf_on(&fixture->memory);
    pv_str given = pv_source_words(source, span, &scratch);
    assert_int_equal(pv_parts_count(&found), parts);
    assert_int_equal(given.size, strlen(words));
    assert_memory_equal(given.data, words, given.size);
    pv_buf_clear(&scratch);
}

static void a_span_over_a_cut_is_several_parts_without_its_words(void **state) {
    arena_fixture *fixture = *state;
    const pv_source *source = two_columns(fixture);
    assert_words(fixture, source, span_of(source, "We spend", "by May."), 3, "We spend\nall of it\nby May.");
    assert_words(fixture, source, span_of(source, "hire", "nurses"), 2, "hire\ntwo nurses");
    assert_words(fixture, source, span_of(source, "of it", "May"), 2, "of it\nby May");
    const pv_parts parts = pv_source_parts(source, span_of(source, "spend", "all"));
    const pv_span second = pv_parts_at(&parts, 1);
    assert_int_equal(second.start, pv_str_find(source->bytes, PV_STR("all"), 0));
    assert_int_equal(second.end, second.start + 3);
}

static void a_span_that_begins_or_ends_in_a_cut_is_one(void **state) {
    arena_fixture *fixture = *state;
    const pv_source *source = two_columns(fixture);
    assert_words(fixture, source, span_of(source, "We spend", "We spend"), 1, "We spend");
    assert_words(fixture, source, span_of(source, "We hire", "We hire"), 1, "We hire");
    assert_words(fixture, source, span_of(source, "spend", "We hire"), 1, "spend\nWe hire");
    assert_words(fixture, source, (pv_span){0, (uint32_t)source->bytes.size}, 1, columns);
    assert_words(fixture, source, (pv_span){9, 9}, 1, "");
}

static void a_copy_has_the_same_cuts(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_source *source;
    const pv_source *attached;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("b"), PV_STR("x\ny"), &limits, &fixture->error));
    assert_true(pv_source_attach_copy(source, fixture->arena, two_columns(fixture), &attached, &fixture->error));
    assert_int_equal(attached->base, 4);
    assert_words(fixture, source, span_of(attached, "We spend", "by May."), 3, "We spend\nall of it\nby May.");
    assert_words(fixture, source, span_of(attached, "hire", "June"), 3, "hire\ntwo nurses\nin June");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(places_are_called_as_the_ruler_has_it),
        arena_test(a_spot_is_what_the_ruler_knows),
        arena_test(without_a_ruler_they_are_lines_and_columns),
        arena_test(each_attached_file_has_its_own_ruler_and_a_copy_keeps_it),
        arena_test(a_span_over_a_cut_is_several_parts_without_its_words),
        arena_test(a_span_that_begins_or_ends_in_a_cut_is_one),
        arena_test(a_copy_has_the_same_cuts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
