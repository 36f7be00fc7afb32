/* What the reader of our own reads of any bytes is what libyaml's events give, to the last member of the last node;
 * what libyaml refuses it declines. Memory that is refused is said, or made no difference. */
#include <string.h>

#include "fuzz_input.h"
#include "load/yaml_reader_p.h"
#include "same_document.h"

static void check_same(const fuzz_input *input, const pv_document *own) {
    pv_arena *arena = pv_arena_new(pv_arena_memory(input->arena));
    pv_limits limits = pv_limits_default();
    pv_error error = {0};
    pv_document *expected;
    size_t at;
    REQUIRE(arena);
    if (!pv_yaml_load_events(&expected, arena, input->source, &limits, &error)) {
        fprintf(stderr, "read though libyaml refuses it at %u: %s\n", error.where.start, error.message);
        abort();
    }
    const char *difference = document_difference(own, expected, &at);
    if (difference) {
        fprintf(stderr, "not the same at byte %zu: %s\n", at, difference);
        abort();
    }
    pv_arena_free(arena);
}

/* A source, as fuzz_input_load gives it, and no document. */
static bool open_input(fuzz_input *input, const uint8_t *bytes, size_t size) {
    pv_limits limits = pv_limits_default();
    *input = (fuzz_input){.memory = pv_memory_with_limit((size_t)256 << 20)};
    input->arena = pv_arena_new(&input->memory);
    REQUIRE(input->arena);
    return pv_source_new(&input->source, input->arena, PV_STR("input"), (pv_str){(const char *)bytes, size}, &limits,
                         &input->error);
}

static void check_once(const uint8_t *bytes, size_t size, size_t fail_after) {
    pv_limits limits = pv_limits_default();
    fuzz_input input;
    if (open_input(&input, bytes, size)) {
        size_t used = input.memory.used;
        input.memory.fail_after = fail_after;
        bool read = pv_yaml_read(&input.document, input.arena, input.source, &limits, &input.error);
        bool was_refused = fail_after > 0 && input.memory.fail_after == 0;
        input.memory.fail_after = 0;
        REQUIRE(read || (was_refused && input.error.code == PV_ERROR_MEMORY));
        REQUIRE(!read || input.error.code == PV_OK);
        if (input.document) {
            check_same(&input, input.document);
            fuzz_arrived();
        } else {
            REQUIRE(input.memory.used == used);
        }
    }
    fuzz_input_free(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    check_once(bytes, size, 0);
    check_once(bytes, size, 1 + size % 17);
    return 0;
}
