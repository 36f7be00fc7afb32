/* Every scalar of every document that is accepted can be decoded again from its raw bytes to exactly the parser's
 * value: no map is coarse. The parser is the oracle. */
#include <string.h>

#include "fuzz_input.h"

static void check_segments(const pv_text *text, const pv_source *source) {
    uint32_t value_end = 0;
    uint32_t source_end = text->span.start;
    for (size_t i = 0; i < text->segment_count; i++) {
        pv_segment segment = text->segments[i];
        REQUIRE(segment.value.start == value_end && segment.value.end > segment.value.start);
        REQUIRE(segment.source.start >= source_end && segment.source.end > segment.source.start);
        value_end = segment.value.end;
        source_end = segment.source.end;
    }
    REQUIRE(value_end == text->value.size);
    REQUIRE(source_end <= text->span.end && text->span.end <= source->bytes.size);
}

/* Cut anywhere, a part lies where the whole says that it lies. */
static void check_slices(const pv_text *text, pv_arena *arena) {
    pv_error error = {0};
    pv_text part;
    size_t middle = text->value.size / 2;
    REQUIRE(pv_text_slice(&part, arena, text, middle, text->value.size, &error));
    REQUIRE(part.value.size == text->value.size - middle);
    pv_span whole = pv_text_locate(text, middle, text->value.size);
    pv_span same = pv_text_locate(&part, 0, part.value.size);
    REQUIRE(whole.start == same.start && whole.end == same.end);
}

static void check_text(const pv_node *scalar, const fuzz_input *input) {
    if (!scalar->text.exact) {
        fprintf(stderr, "coarse: %.*s\nvalue:  %.*s\n", PV_STR_ARG(pv_source_slice(input->source, scalar->span)),
                PV_STR_ARG(scalar->text.value));
        abort();
    }
    check_segments(&scalar->text, input->source);
    check_slices(&scalar->text, input->arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_input input;
    fuzz_input_load(&input, bytes, size, 0);
    const pv_node *node = input.document ? input.document->root : NULL;
    for (; node; node = fuzz_next_node(node)) {
        if (node->key)
            check_text(node->key, &input);
        if (node->kind == PV_NODE_SCALAR)
            check_text(node, &input);
    }
    if (input.document)
        fuzz_arrived();
    fuzz_input_free(&input);
    return 0;
}
