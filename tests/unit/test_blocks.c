/* blocks and rulers: a text that is not the bytes of its file calls its places as a reader of the file would. */
#include "arena_fixture.h"

#include <stdio.h>
#include <string.h>

#include "model/blocks.h"

/* A document of two pages, as a loader would have taken it out of its file: each block on a line of its own. */
static const char text[] = "Budget\nWe spend it all.\nthe rest\nRent\n";

typedef struct page_ruler {
    pv_ruler ruler;
    pv_blocks blocks;
} page_ruler;

static const pv_block *block_at(const pv_ruler *ruler, size_t offset, size_t *index) {
    const pv_blocks *blocks = &((const page_ruler *)ruler)->blocks;
    *index = 0;
    while (*index + 1 < blocks->count && blocks->list[*index + 1].text.span.start <= offset)
        ++*index;
    return &blocks->list[*index];
}

static pv_position locate(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    size_t index;
    const pv_block *block = block_at(ruler, offset - file->base, &index);
    return (pv_position){(uint32_t)index + 1, (uint32_t)(offset - file->base) - block->text.span.start + 1};
}

static pv_source_place describe(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    size_t index;
    const pv_block *block = block_at(ruler, offset - file->base, &index);
    pv_source_place words;
    if (block->kind == PV_BLOCK_CELL)
        snprintf(words.text, sizeof words.text, "table %u, cell %c%u", (unsigned)block->cell.table,
                 (int)('A' + block->cell.column - 1), (unsigned)block->cell.row);
    else
        snprintf(words.text, sizeof words.text, "page %u, paragraph %zu", (unsigned)block->page, index + 1);
    return words;
}

static void spot(const pv_ruler *ruler, const pv_source *file, size_t offset, pv_spot *out) {
    size_t index;
    out->page = block_at(ruler, offset - file->base, &index)->page;
    out->paragraph = (uint32_t)index + 1;
}

static const pv_ruler *copy(const pv_ruler *ruler, pv_arena *arena) {
    page_ruler *made = PV_NEW(arena, page_ruler);
    if (made)
        *made = *(const page_ruler *)ruler;
    return made ? &made->ruler : NULL;
}

static pv_text text_at(pv_arena *arena, const char *part) {
    pv_text out;
    pv_error error = {0};
    size_t start = pv_str_find(pv_str_from(text), pv_str_from(part), 0);
    assert_true(pv_text_verbatim(&out, arena, pv_str_from(part), start, &error));
    return out;
}

static pv_source *document(arena_fixture *fixture) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_arena *arena = fixture->arena;
    assert_true(pv_source_new(&source, arena, PV_STR("a.docx"), pv_str_from(text), &limits, &fixture->error));
    pv_block *list = PV_NEW_ARRAY(arena, pv_block, 4);
    page_ruler *ruler = PV_NEW(arena, page_ruler);
    assert_non_null(list);
    assert_non_null(ruler);
    list[0] = (pv_block){.kind = PV_BLOCK_HEADING, .text = text_at(arena, "Budget"), .level = 1, .page = 1};
    list[1] = (pv_block){.kind = PV_BLOCK_PARAGRAPH, .text = text_at(arena, "We spend it all."), .page = 1};
    list[2] = (pv_block){.kind = PV_BLOCK_LIST_ITEM,
                         .text = text_at(arena, "the rest"),
                         .label = {.value = PV_STR("(a)")},
                         .label_is_made = true,
                         .level = 1,
                         .page = 2};
    list[3] = (pv_block){.kind = PV_BLOCK_CELL,
                         .text = text_at(arena, "Rent"),
                         .page = 2,
                         .cell = {.table = 1, .row = 3, .column = 2, .row_count = 1, .column_count = 1}};
    *ruler = (page_ruler){{locate, describe, spot, copy}, {.source = source, .list = list, .count = 4}};
    source->ruler = &ruler->ruler;
    return source;
}

static void assert_called(const pv_source *source, size_t offset, const char *words, uint32_t line, uint32_t column) {
    pv_position at = pv_source_locate(source, offset);
    assert_string_equal(pv_source_describe(source, offset).text, words);
    assert_int_equal(at.line, line);
    assert_int_equal(at.column, column);
}

static void places_are_called_as_the_ruler_has_it(void **state) {
    const pv_source *source = document(*state);
    assert_called(source, 0, "page 1, paragraph 1", 1, 1);
    assert_called(source, 10, "page 1, paragraph 2", 2, 4);
    assert_called(source, 24, "page 2, paragraph 3", 3, 1);
    assert_called(source, 35, "table 1, cell B3", 4, 3);
}

static void a_spot_is_what_the_ruler_knows(void **state) {
    const pv_source *source = document(*state);
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
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("a"), pv_str_from(text), &limits, &fixture->error));
    assert_called(source, 10, "line 2, column 4", 2, 4);
    assert_int_equal(pv_source_spot(source, 10).page, 0);
}

static void each_attached_file_has_its_own_ruler_and_a_copy_keeps_it(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    const pv_source *attached;
    pv_source *source;
    pv_source *file = document(fixture);
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("b"), PV_STR("x\ny"), &limits, &fixture->error));
    assert_true(pv_source_attach_copy(source, fixture->arena, file, &attached, &fixture->error));
    file->ruler = NULL;
    assert_called(source, 2, "line 2, column 1", 2, 1);
    assert_int_equal(attached->base, 4);
    assert_called(source, 4 + 10, "page 1, paragraph 2", 2, 4);
    assert_called(source, 4 + 35, "table 1, cell B3", 4, 3);
}

/* ---- parts ---- */

/* Two answers in two columns, read line by line: what one says lies between the parts of the other. */
static const char columns[] = "We spend\nWe hire\n all of it\n two nurses\nby May.\nin June.\n";

static pv_span span_of(const pv_source *source, const char *first, const char *last) {
    size_t start = pv_str_find(source->bytes, pv_str_from(first), 0);
    size_t end = pv_str_find(source->bytes, pv_str_from(last), 0) + strlen(last);
    return (pv_span){source->base + (uint32_t)start, source->base + (uint32_t)end};
}

static void cut(arena_fixture *fixture, pv_source *source, pv_span answer, const char *line) {
    assert_true(pv_source_add_cut(source, fixture->arena, answer, span_of(source, line, line), &fixture->error));
}

static pv_source *two_columns(arena_fixture *fixture) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("a"), pv_str_from(columns), &limits, &fixture->error));
    const pv_span left = span_of(source, "We spend", "by May.");
    const pv_span right = span_of(source, "We hire", "in June.");
    cut(fixture, source, left, "We hire\n");
    cut(fixture, source, left, " two nurses\n");
    cut(fixture, source, right, " all of it\n");
    cut(fixture, source, right, "by May.\n");
    return source;
}

static void assert_words(arena_fixture *fixture, const pv_source *source, pv_span span, size_t parts,
                         const char *words) {
    const pv_parts found = pv_source_parts(source, span);
    pv_str given = pv_source_words(source, span, fixture->arena);
    assert_int_equal(pv_parts_count(&found), parts);
    assert_int_equal(given.size, strlen(words));
    assert_memory_equal(given.data, words, given.size);
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
