#include "fuzz_input.h"

#define MEMORY_LIMIT ((size_t)256 << 20)

static size_t arrivals;

void fuzz_arrived(void) {
    arrivals++;
}

size_t fuzz_arrivals(void) {
    return arrivals;
}

void fuzz_input_load(fuzz_input *input, const uint8_t *bytes, size_t size, size_t fail_after) {
    pv_limits limits = pv_limits_default();
    *input = (fuzz_input){.memory = pv_memory_with_limit(MEMORY_LIMIT)};
    input->arena = pv_arena_new(&input->memory);
    REQUIRE(input->arena);
    input->memory.fail_after = fail_after;
    pv_str text = {(const char *)bytes, size};
    bool loaded = pv_source_new(&input->source, input->arena, PV_STR("input"), text, &limits, &input->error) &&
                  pv_yaml_load(&input->document, input->arena, input->source, &limits, &input->error);
    REQUIRE(loaded == (input->error.code == PV_OK));
    REQUIRE(loaded == (input->document != NULL));
}

void fuzz_input_free(fuzz_input *input) {
    pv_arena_free(input->arena);
    REQUIRE(input->memory.used == 0);
}

const pv_node *fuzz_next_node(const pv_node *node) {
    if (node->first)
        return node->first;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}
