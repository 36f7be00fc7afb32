/* Whatever a text holds, its acronyms, their uses and expansions lie in it in order, and so does every place of a name
 * that is spelt otherwise elsewhere; or a limit is met, and said to be one. */
#include "fuzz_input.h"

#include "base/utf8.h"
#include "text/acronyms.h"
#include "text/name_variants.h"

#define MOST_BYTES 40000

typedef struct names_input {
    pv_arena *arena;
    pv_str text;
    pv_token_list tokens;
    pv_heading_list headings;
} names_input;

static void check_span(const names_input *input, pv_span at) {
    REQUIRE(at.start < at.end && at.end <= input->text.size);
    REQUIRE(!pv_utf8_is_continuation(input->text.data[at.start]));
    REQUIRE(at.end == input->text.size || !pv_utf8_is_continuation(input->text.data[at.end]));
}

static void check_acronyms(const names_input *input, size_t fail_after, pv_memory *memory) {
    pv_acronym_list found;
    pv_error error = {0};
    memory->fail_after = fail_after;
    const bool done =
        pv_acronyms_find(&found, input->arena, input->text, &input->tokens, &input->headings, NULL, &error);
    memory->fail_after = 0;
    REQUIRE(done == (error.code == PV_OK));
    REQUIRE(done || error.code == PV_ERROR_LIMIT || (fail_after > 0 && error.code == PV_ERROR_MEMORY));
    for (size_t i = 0; done && i < found.count; i++) {
        const pv_acronym *acronym = &found.acronyms[i];
        check_span(input, acronym->form);
        REQUIRE(acronym->use_count + acronym->expansion_count > 0 && acronym->first <= acronym->use_count);
        for (size_t k = 0; k < acronym->use_count; k++) {
            check_span(input, acronym->uses[k]);
            REQUIRE(k == 0 || acronym->uses[k].start >= acronym->uses[k - 1].end);
        }
        for (size_t k = 0; k < acronym->expansion_count; k++) {
            const pv_expansion *expansion = &acronym->expansions[k];
            check_span(input, expansion->words);
            check_span(input, expansion->acronym);
            REQUIRE(k == 0 || expansion->acronym.start >= acronym->expansions[k - 1].acronym.end);
            REQUIRE(k > 0 || !expansion->different);
        }
    }
}

static void check_variants(const names_input *input, size_t fail_after, pv_memory *memory) {
    pv_name_variant_list found;
    pv_error error = {0};
    memory->fail_after = fail_after;
    const bool done =
        pv_name_variants_find(&found, input->arena, input->text, &input->tokens, &input->headings, NULL, &error);
    memory->fail_after = 0;
    REQUIRE(done == (error.code == PV_OK));
    REQUIRE(done || error.code == PV_ERROR_LIMIT || (fail_after > 0 && error.code == PV_ERROR_MEMORY));
    for (size_t i = 0; done && i < found.count; i++) {
        const pv_name_variant *variant = &found.variants[i];
        REQUIRE(variant->count > 0 && variant->usual_count > 0 && pv_variant_kind_name(variant->kind));
        check_span(input, variant->usual);
        for (size_t k = 0; k < variant->count; k++) {
            check_span(input, variant->places[k]);
            REQUIRE(k == 0 || variant->places[k].start > variant->places[k - 1].start);
        }
        REQUIRE(i == 0 || variant->places[0].start >= found.variants[i - 1].places[0].start);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    const pv_str text = {(const char *)bytes, size};
    if (size > MOST_BYTES || pv_utf8_invalid_at(text) != SIZE_MAX)
        return 0;
    pv_memory memory = pv_memory_with_limit((size_t)256 << 20);
    names_input input = {.arena = pv_arena_new(&memory), .text = text};
    pv_error error = {0};
    REQUIRE(input.arena && pv_tokens_find(input.arena, text, &input.tokens, &error) &&
            pv_headings_find_all(input.arena, text, NULL, &input.headings, &error));
    for (size_t fail_after = 0; fail_after < 2; fail_after++) {
        check_acronyms(&input, fail_after * (1 + size % 13), &memory);
        check_variants(&input, fail_after * (1 + size % 29), &memory);
    }
    fuzz_arrived();
    pv_arena_free(input.arena);
    REQUIRE(memory.used == 0);
    return 0;
}
