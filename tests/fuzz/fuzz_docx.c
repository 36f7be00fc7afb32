/* Any bytes taken for a Word document are read or refused with a sentence; what is read of one is text that stands
 * where it says, in the projection and in the part that it was written in, and each place has a name. Memory that is
 * refused is said, or made no difference. An input that is no archive is a text of parts, each under a line
 * "--- NAME", of which one is made: so the XML is fuzzed, and not only checksums. */
#include <string.h>

#include "base/utf8.h"
#include "fuzz_input.h"
#include "load/docx_p.h"
#include "load/loader.h"

/* ---- an archive of parts ---- */

static uint32_t checksum(pv_str bytes) {
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < bytes.size; i++) {
        crc ^= (unsigned char)bytes.data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320U : 0);
    }
    return ~crc;
}

static void put(pv_buf *out, uint64_t number, size_t size) {
    for (size_t i = 0; i < size; i++)
        pv_buf_append_char(out, i < 8 ? (char)(number >> 8 * i & 0xFF) : '\0');
}

static void put_entry(pv_buf *out, pv_buf *directory, pv_str name, pv_str content) {
    size_t start = out->size;
    for (int i = 0; i < 2; i++) {
        pv_buf *to = i == 0 ? out : directory;
        put(to, i == 0 ? 0x04034B50 : 0x02014B50, 4);
        put(to, 20, i == 0 ? 2 : 4);
        put(to, 0, 8); /* flags, method, time */
        put(to, checksum(content), 4);
        put(to, content.size, 4);
        put(to, content.size, 4);
        put(to, name.size, 2);
        put(to, 0, i == 0 ? 2 : 12);
        if (i == 1)
            put(to, start, 4);
        pv_buf_append(to, name);
    }
    pv_buf_append(out, content);
}

static void put_archive(pv_buf *out, pv_str text) {
    pv_buf directory = pv_buf_on(out->memory);
    size_t count = 0;
    pv_str mark = PV_STR("--- ");
    for (size_t at = pv_str_find(text, mark, 0); at != SIZE_MAX && count < 100; count++) {
        size_t name_end = pv_str_find(text, PV_STR("\n"), at);
        if (name_end == SIZE_MAX)
            break;
        size_t next = pv_str_find(text, PV_STR("\n--- "), name_end);
        pv_str content = pv_str_slice(text, name_end + 1 > text.size ? text.size : name_end + 1,
                                      next == SIZE_MAX      ? text.size
                                      : next < name_end + 1 ? name_end + 1
                                                            : next);
        put_entry(out, &directory, pv_str_slice(text, at + mark.size, name_end), content);
        at = next == SIZE_MAX ? SIZE_MAX : next + 1;
    }
    size_t start = out->size;
    pv_buf_append(out, pv_buf_str(&directory));
    put(out, 0x06054B50, 4);
    put(out, 0, 4);
    put(out, count, 2);
    put(out, count, 2);
    put(out, directory.size, 4);
    put(out, start, 4);
    put(out, 0, 2);
    pv_buf_clear(&directory);
}

/* ---- what must hold ---- */

static void check_text(const pv_source *source, const pv_text *text, bool is_verbatim) {
    uint32_t covered = 0;
    REQUIRE(text->span.start <= text->span.end && text->span.end <= source->bytes.size);
    for (size_t i = 0; i < text->segment_count; i++) {
        const pv_segment *segment = &text->segments[i];
        REQUIRE(segment->value.start == covered && segment->value.end > covered);
        covered = segment->value.end;
        REQUIRE(segment->source.start >= text->span.start && segment->source.end <= text->span.end);
        pv_str value = pv_str_slice(text->value, segment->value.start, covered);
        bool was_there = segment->source.start == segment->source.end;
        REQUIRE((was_there && !is_verbatim) || pv_str_equal(value, pv_source_slice(source, segment->source)));
    }
    REQUIRE(covered == text->value.size);
}

static void check_blocks(const pv_blocks *blocks, bool is_original) {
    uint32_t end = 0;
    for (size_t i = 0; i < blocks->count; i++) {
        const pv_block *block = &blocks->list[i];
        check_text(blocks->source, &block->text, !is_original);
        REQUIRE(is_original || block->text.span.start >= end);
        end = block->text.span.end;
        pv_source_place place = pv_source_describe(blocks->source, block->text.span.start);
        REQUIRE(place.text[0] != '\0');
        pv_spot spot = pv_source_spot(blocks->source, block->text.span.start);
        REQUIRE(spot.paragraph >= 1 && (is_original || spot.paragraph == i + 1));
        pv_position position = pv_source_locate(blocks->source, block->text.span.start);
        REQUIRE(position.line == spot.paragraph && position.column >= 1);
        REQUIRE(block->cell.table == 0 || (block->cell.row > 0 && block->cell.column > 0 && block->cell.row_count > 0));
        REQUIRE(pv_utf8_invalid_at(block->label.value) == SIZE_MAX);
    }
}

static void check_origins(const pv_docx_ruler *ruler) {
    const pv_docx_projection *projection = &ruler->projection;
    uint32_t end = 0;
    for (size_t i = 0; i < projection->origin_count; i++) {
        const pv_docx_origin *origin = &projection->origins[i];
        REQUIRE(origin->at >= end);
        end = origin->at + origin->size;
        REQUIRE(end <= projection->text.size);
        REQUIRE(origin->part < ruler->docx->parts.count);
        REQUIRE(origin->origin.start <= origin->origin.end);
        REQUIRE(origin->origin.end <= ruler->docx->parts.items[origin->part].bytes.size);
        REQUIRE(!origin->is_exact || origin->origin.end - origin->origin.start == origin->size);
    }
}

static void check_once(pv_str bytes, size_t fail_after) {
    pv_limits limits = pv_limits_default();
    limits.part_bytes = (size_t)4 << 20;
    fuzz_input input = {.memory = pv_memory_with_limit((size_t)256 << 20)};
    const pv_loader *loader = pv_loader_by_name(PV_STR("input.docx"));
    input.arena = pv_arena_new(&input.memory);
    REQUIRE(loader && input.arena);
    input.memory.fail_after = fail_after;
    pv_loaded loaded = {0};
    bool read = loader->open(&input.source, input.arena, PV_STR("input.docx"), bytes, &limits, &input.error) &&
                loader->load(&loaded, input.arena, input.source, NULL, &limits, &input.error);
    REQUIRE(read == (input.error.code == PV_OK));
    REQUIRE(read || input.error.message[0] != '\0');
    if (read) {
        input.memory.fail_after = 0;
        check_blocks(loaded.blocks, false);
        if (loaded.blocks->original)
            check_blocks(loaded.blocks->original, true);
        for (size_t i = 0; i < loaded.blocks->left_out_count; i++)
            REQUIRE(loaded.blocks->left_out[i].at.end <= input.source->bytes.size);
        check_origins(pv_docx_of_source(input.source));
        if (loaded.blocks->count > 0)
            fuzz_arrived();
    }
    fuzz_input_free(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    pv_str input = {(const char *)bytes, size};
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf made = pv_buf_on(&memory);
    if (!pv_package_is_likely(input)) {
        put_archive(&made, input);
        input = pv_buf_str(&made);
    }
    check_once(input, 0);
    check_once(input, 1 + size % 61);
    pv_buf_clear(&made);
    return 0;
}
