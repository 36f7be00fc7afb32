#include "fuzz_blocks.h"

#include <string.h>

#include "base/utf8.h"
#include "fuzz_input.h"

#define MEMORY_LIMIT ((size_t)512 << 20)

static void check_text(const pv_source *source, const pv_text *text) {
    uint32_t covered = 0;
    uint32_t at = 0;
    REQUIRE(text->span.start <= text->span.end && text->span.end <= source->bytes.size);
    for (size_t i = 0; i < text->segment_count; i++) {
        const pv_segment *segment = &text->segments[i];
        REQUIRE(segment->value.start == covered && segment->value.end > covered);
        REQUIRE(segment->source.start >= at && segment->source.end > segment->source.start);
        REQUIRE(segment->source.end <= source->bytes.size);
        covered = segment->value.end;
        at = segment->source.start;
    }
    REQUIRE(covered == text->value.size);
    REQUIRE(pv_utf8_invalid_at(text->value) == SIZE_MAX);
}

static void check_blocks(const pv_source *source, const pv_blocks *blocks) {
    for (size_t i = 0; i < blocks->count; i++) {
        const pv_block *block = &blocks->list[i];
        check_text(source, &block->text);
        if (block->label.segment_count > 0)
            check_text(source, &block->label);
        REQUIRE((block->cell.table == 0) == (block->cell.row == 0));
        REQUIRE(pv_source_describe(source, block->text.span.start).text[0] != '\0');
        pv_spot spot = pv_source_spot(source, block->text.span.start);
        REQUIRE(!spot.has_box || (spot.left <= spot.right && spot.top <= spot.bottom));
        REQUIRE(pv_source_locate(source, block->text.span.end).line > 0);
    }
    for (size_t i = 0; i < blocks->left_out_count; i++)
        REQUIRE(blocks->left_out[i].what.size > 0 && blocks->left_out[i].at.end <= source->bytes.size);
}

static void check_once(pv_str name, pv_str bytes, size_t fail_after) {
    pv_memory memory = pv_memory_with_limit(MEMORY_LIMIT);
    pv_limits limits = pv_limits_default();
    pv_arena *arena = pv_arena_new(&memory);
    pv_source *source = NULL;
    pv_loaded loaded = {0};
    pv_error error = {0};
    const pv_loader *loader = pv_loader_by_name(name);
    REQUIRE(arena && loader);
    memory.fail_after = fail_after;
    if (loader->open(&source, arena, name, bytes, &limits, &error) &&
        loader->load(&loaded, arena, source, NULL, &limits, &error)) {
        REQUIRE(error.code == PV_OK && loaded.blocks);
        check_blocks(source, loaded.blocks);
        fuzz_arrived();
    } else {
        REQUIRE(error.message[0] != '\0' && !strpbrk(error.message, "\r\n"));
    }
    pv_arena_free(arena);
    REQUIRE(memory.used == 0);
}

void fuzz_blocks(pv_str name, pv_str bytes) {
    check_once(name, bytes, 0);
    check_once(name, bytes, 1 + bytes.size % 61);
}
