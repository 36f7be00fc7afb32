/* Any bytes become a well-formed tree, in which each text says what its place does, or exactly one error with a
 * place in them; also when an allocation fails. What is read has the same values as YAML where YAML reads it too. */
#include <string.h>

#include "fuzz_input.h"

#include "load/json_reader.h"

static void check_error(const pv_source *source, const pv_error *error) {
    REQUIRE(error->message[0] != '\0' && !strpbrk(error->message, "\r\n"));
    REQUIRE(error->code == PV_ERROR_MEMORY || error->has_where);
    REQUIRE(error->where.start <= error->where.end && error->where.end <= source->bytes.size);
    REQUIRE(error->other.start <= error->other.end && error->other.end <= source->bytes.size);
}

static void check_text(const pv_source *source, const pv_node *node) {
    const pv_text *text = &node->text;
    uint32_t at = 0;
    uint32_t place = node->span.start;
    for (size_t i = 0; i < text->segment_count; i++) {
        const pv_segment *segment = &text->segments[i];
        REQUIRE(segment->value.start == at && segment->source.start >= place);
        at = segment->value.end;
        place = segment->source.end;
    }
    REQUIRE(at == text->value.size && place <= node->span.end);
    if (!memchr(text->value.data, '\\', text->value.size) && text->segment_count == 1) {
        pv_str written = pv_source_slice(source, text->segments[0].source);
        REQUIRE(written.size != text->value.size || pv_str_equal(written, text->value));
    }
}

static void check_tree(const pv_source *source, const pv_document *document) {
    uint32_t earliest = 0;
    for (const pv_node *node = document->root; node; node = fuzz_next_node(node)) {
        if (node->key) {
            REQUIRE(node->key->span.start >= earliest && node->key->span.end <= node->span.start);
            check_text(source, node->key);
        }
        REQUIRE(node->span.start >= earliest && node->span.end <= source->bytes.size);
        REQUIRE(!node->parent || node->span.end <= node->parent->span.end);
        earliest = node->kind == PV_NODE_SCALAR ? node->span.end : node->span.start;
        if (node->kind == PV_NODE_SCALAR)
            check_text(source, node);
    }
}

static void check_once(const uint8_t *bytes, size_t size, size_t fail_after) {
    fuzz_input input;
    pv_error error = {0};
    pv_document *document;
    pv_limits limits = pv_limits_default();
    fuzz_input_load(&input, bytes, size, 0);
    if (input.source && input.error.code != PV_ERROR_ENCODING) {
        input.memory.fail_after = fail_after;
        bool loaded = pv_json_load(&document, input.arena, input.source, &limits, &error);
        input.memory.fail_after = 0;
        REQUIRE(loaded == (error.code == PV_OK) && loaded == (document != NULL));
        if (loaded) {
            check_tree(input.source, document);
            fuzz_arrived();
        } else {
            check_error(input.source, &error);
        }
    }
    fuzz_input_free(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    check_once(bytes, size, 0);
    check_once(bytes, size, 1 + size % 13);
    return 0;
}
