/* A source that is a document of pages, and one with answers in several parts. */
#ifndef PV_TESTS_PAGES_FIXTURE_H
#define PV_TESTS_PAGES_FIXTURE_H

#include "arena_fixture.h"

#include <stdio.h>
#include <string.h>

#include "model/blocks.h"

/* A document of two pages, as a loader would have taken it out of its file: each block on a line of its own. */
static const char pages_text[] = "Budget\nWe spend it all.\nthe rest\nRent\n";

typedef struct page_ruler {
    pv_ruler ruler;
    pv_blocks blocks;
} page_ruler;

static inline const pv_block *pages_block_at(const pv_ruler *ruler, size_t offset, size_t *index) {
    const pv_blocks *blocks = &((const page_ruler *)ruler)->blocks;
    *index = 0;
    while (*index + 1 < blocks->count && blocks->list[*index + 1].text.span.start <= offset)
        ++*index;
    return &blocks->list[*index];
}

static inline pv_position pages_locate(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    size_t index;
    const pv_block *block = pages_block_at(ruler, offset - file->base, &index);
    return (pv_position){(uint32_t)index + 1, (uint32_t)(offset - file->base) - block->text.span.start + 1};
}

static inline pv_source_place pages_describe(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    size_t index;
    const pv_block *block = pages_block_at(ruler, offset - file->base, &index);
    pv_source_place words;
    if (block->kind == PV_BLOCK_CELL)
        snprintf(words.text, sizeof words.text, "table %u, cell %c%u", (unsigned)block->cell.table,
                 (int)('A' + block->cell.column - 1), (unsigned)block->cell.row);
    else
        snprintf(words.text, sizeof words.text, "page %u, paragraph %zu", (unsigned)block->page, index + 1);
    return words;
}

static inline void pages_spot(const pv_ruler *ruler, const pv_source *file, size_t offset, pv_spot *out) {
    size_t index;
    out->page = pages_block_at(ruler, offset - file->base, &index)->page;
    out->paragraph = (uint32_t)index + 1;
}

static inline const pv_ruler *pages_copy(const pv_ruler *ruler, pv_arena *arena) {
    page_ruler *made = PV_NEW(arena, page_ruler);
    if (made)
        *made = *(const page_ruler *)ruler;
    return made ? &made->ruler : NULL;
}

static inline pv_text pages_text_at(pv_arena *arena, const char *part) {
    pv_text out;
    pv_error error = {0};
    size_t start = pv_str_find(pv_str_from(pages_text), pv_str_from(part), 0);
    assert_true(pv_text_verbatim(&out, arena, pv_str_from(part), start, &error));
    return out;
}

static inline pv_source *pages_document(arena_fixture *fixture) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_arena *arena = fixture->arena;
    assert_true(pv_source_new(&source, arena, PV_STR("a.docx"), pv_str_from(pages_text), &limits, &fixture->error));
    pv_block *list = PV_NEW_ARRAY(arena, pv_block, 4);
    page_ruler *ruler = PV_NEW(arena, page_ruler);
    assert_non_null(list);
    assert_non_null(ruler);
    list[0] = (pv_block){.kind = PV_BLOCK_HEADING, .text = pages_text_at(arena, "Budget"), .level = 1, .page = 1};
    list[1] = (pv_block){.kind = PV_BLOCK_PARAGRAPH, .text = pages_text_at(arena, "We spend it all."), .page = 1};
    list[2] = (pv_block){.kind = PV_BLOCK_LIST_ITEM,
                         .text = pages_text_at(arena, "the rest"),
                         .label = {.value = PV_STR("(a)")},
                         .label_is_made = true,
                         .level = 1,
                         .page = 2};
    list[3] = (pv_block){.kind = PV_BLOCK_CELL,
                         .text = pages_text_at(arena, "Rent"),
                         .page = 2,
                         .cell = {.table = 1, .row = 3, .column = 2, .row_count = 1, .column_count = 1}};
    *ruler = (page_ruler){{pages_locate, pages_describe, pages_spot, pages_copy},
                          {.source = source, .list = list, .count = 4}};
    source->ruler = &ruler->ruler;
    return source;
}

/* Makes any source one of a document: all of it is one paragraph, on page 2. */
static inline void become_a_page(arena_fixture *fixture, pv_source *source) {
    pv_block *block = PV_NEW(fixture->arena, pv_block);
    page_ruler *ruler = PV_NEW(fixture->arena, page_ruler);
    assert_non_null(block);
    assert_non_null(ruler);
    *block = (pv_block){.kind = PV_BLOCK_PARAGRAPH, .page = 2};
    *ruler = (page_ruler){{pages_locate, pages_describe, pages_spot, pages_copy},
                          {.source = source, .list = block, .count = 1}};
    source->ruler = &ruler->ruler;
}

/* Two answers in two columns, read line by line: what one says lies between the parts of the other. */
static const char columns[] = "We spend\nWe hire\n all of it\n two nurses\nby May.\nin June.\n";

static inline pv_span span_of(const pv_source *source, const char *first, const char *last) {
    size_t start = pv_str_find(source->bytes, pv_str_from(first), 0);
    size_t end = pv_str_find(source->bytes, pv_str_from(last), 0) + strlen(last);
    return (pv_span){source->base + (uint32_t)start, source->base + (uint32_t)end};
}

static inline void cut(arena_fixture *fixture, pv_source *source, pv_span answer, const char *line) {
    assert_true(pv_source_add_cut(source, fixture->arena, answer, span_of(source, line, line), &fixture->error));
}

static inline pv_source *two_columns(arena_fixture *fixture) {
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

#endif
