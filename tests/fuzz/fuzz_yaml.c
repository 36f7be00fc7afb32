/* Any bytes become a well-formed tree, or exactly one error with a place in them; also when an allocation fails. */
#include <string.h>

#include "fuzz_input.h"

static void check_error(const fuzz_input *input) {
    const pv_error *error = &input->error;
    REQUIRE(error->message[0] != '\0' && !strpbrk(error->message, "\r\n"));
    REQUIRE(error->code == PV_ERROR_MEMORY || error->code == PV_ERROR_LIMIT || error->has_where);
    size_t size = input->source ? input->source->bytes.size : SIZE_MAX;
    REQUIRE(error->where.start <= error->where.end && error->where.end <= size);
    REQUIRE(error->other.start <= error->other.end && error->other.end <= size);
}

static void check_child(const pv_node *parent, const pv_node *child, size_t index, size_t earliest) {
    REQUIRE(child->parent == parent && child->index == index);
    REQUIRE(child->span.start >= earliest && child->span.end <= parent->span.end);
    REQUIRE((child->key != NULL) == (parent->kind == PV_NODE_MAPPING));
    if (!child->key)
        return;
    REQUIRE(child->key->kind == PV_NODE_SCALAR && child->key->parent == parent);
    REQUIRE(child->key->span.start >= earliest && child->key->span.end <= child->span.start);
}

static void check_children(const pv_node *node) {
    size_t count = 0;
    size_t earliest = node->span.start;
    for (const pv_node *child = node->first; child; child = child->next) {
        check_child(node, child, count++, earliest);
        earliest = child->span.end;
    }
    REQUIRE(count == node->count);
    /* Looking each key up is quadratic; a few are enough to see a key that is there twice. */
    for (const pv_node *child = node->first; child && child->index < 50; child = child->next)
        REQUIRE(!child->key || pv_node_get(node, child->key->text.value) == child);
}

static void check_folding(const fuzz_input *input, const pv_text *text) {
    pv_text folded;
    pv_error error = {0};
    for (pv_wrapping wrapping = PV_WRAPPING_NONE; wrapping <= PV_WRAPPING_JOINED; wrapping++) {
        REQUIRE(pv_text_fold(&folded, input->arena, text, wrapping, &error));
        REQUIRE(folded.value.size <= text->value.size);
        REQUIRE(pv_text_is_blank(&folded) == pv_text_is_blank(text));
        pv_span whole = pv_text_locate(&folded, 0, folded.value.size);
        REQUIRE(whole.start >= text->span.start && whole.end <= text->span.end);
    }
}

static void check_tree(const fuzz_input *input) {
    for (const pv_node *node = input->document->root; node; node = fuzz_next_node(node)) {
        REQUIRE(node->span.start <= node->span.end && node->span.end <= input->source->bytes.size);
        check_children(node);
        if (node->kind == PV_NODE_SCALAR)
            check_folding(input, &node->text);
    }
}

static void check_once(const uint8_t *bytes, size_t size, size_t fail_after) {
    fuzz_input input;
    fuzz_input_load(&input, bytes, size, fail_after);
    input.memory.fail_after = 0;
    if (input.document) {
        check_tree(&input);
        fuzz_arrived();
    } else {
        check_error(&input);
    }
    fuzz_input_free(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    check_once(bytes, size, 0);
    check_once(bytes, size, 1 + size % 61);
    return 0;
}
