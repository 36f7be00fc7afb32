/* Any bytes as a configuration: one error with a place in them, or values that were set by nodes in them and
 * overrides that can be applied; its patterns answer for any path. */
#include <string.h>

#include "fuzz_input.h"
#include "project/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_error(const fuzz_input *input) {
    const pv_error *error = &input->error;
    REQUIRE(error->message[0] != '\0' && !strpbrk(error->message, "\r\n"));
    REQUIRE(error->code == PV_ERROR_MEMORY || error->has_where);
    REQUIRE(error->where.start <= error->where.end && error->where.end <= input->source->bytes.size);
}

static void match(const pv_path_patterns *patterns) {
    static const char *const paths[] = {"a.yaml", "d/e/a.yaml", "d/{a,b}[c]", "\xc3\xa9/*"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const pv_path_pattern *last = pv_path_patterns_last(patterns, pv_str_from(paths[i]));
        REQUIRE(pv_path_patterns_choose(patterns, pv_str_from(paths[i])) == (last && !last->takes_back));
    }
}

static void use(pv_config *config, fuzz_input *input) {
    match(&config->include);
    match(&config->ignore);
    size_t levels = config->level_count;
    for (size_t i = 0; i < config->override_count; i++) {
        match(&config->overrides[i].paths);
        if (!pv_config_override_with(config, input->arena, &config->overrides[i], &input->error)) {
            REQUIRE(input->error.code == PV_ERROR_MEMORY); /* it was read once */
            return;
        }
        REQUIRE(config->level_count >= levels);
        levels = config->level_count;
    }
    fuzz_arrived();
}

static void check(const uint8_t *bytes, size_t size, size_t fail_after) {
    fuzz_input input;
    fuzz_input_load(&input, bytes, size, fail_after);
    pv_config config = {.path = PV_STR("nowhere/.proviso.yaml")};
    if (input.document) {
        if (pv_config_read_document(&config, input.arena, input.document, &input.error))
            use(&config, &input);
        else
            check_error(&input);
    }
    fuzz_input_free(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    check(bytes, size, 0);
    for (size_t fail_after = 1; fail_after < 64; fail_after *= 2)
        check(bytes, size, fail_after);
    return 0;
}
