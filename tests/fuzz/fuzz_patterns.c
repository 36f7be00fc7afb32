/* What a prefilter turns away does not match, whatever the pattern and the text: PCRE2 is the oracle. And a pattern
 * that is interpreted at first answers what machine code does, limits included. The first line of the input is the
 * pattern, behind its flags and a blank ("ix \bfoo\b"), the rest is the text; a digit among the flags is for lower
 * limits. */
#include <string.h>

#include "fuzz_input.h"

#include "base/utf8.h"
#include "text/pattern.h"

#define MOST_PARTS 8

typedef struct fixture {
    pv_memory memory;
    pv_limits limits;
    pv_arena *arena;
    pv_matcher *matcher;
} fixture;

static pv_pattern_flags read_flags(pv_str flags) {
    return (pv_pattern_flags){.ignore_case = memchr(flags.data, 'i', flags.size) != NULL,
                              .extended = memchr(flags.data, 'x', flags.size) != NULL,
                              .multiline = memchr(flags.data, 'm', flags.size) != NULL,
                              .interpreted = true};
}

static void check_part(const fixture *it, const pv_pattern *pattern, const pv_signature *signature, pv_str whole,
                       pv_span part) {
    pv_error error = {0};
    pv_capture capture;
    bool found;
    if (!pv_signature_covers(whole, part) || pv_pattern_admits(pattern, signature))
        return;
    if (pv_pattern_find(pattern, it->matcher, pv_str_slice(whole, part.start, part.end), 0, &capture, 1, &found,
                        &error))
        REQUIRE(!found);
}

static void check(const fixture *it, const pv_pattern *pattern, pv_str text) {
    pv_error error = {0};
    pv_signature signature;
    REQUIRE(pv_signature_build(&signature, it->arena, text, &error));
    check_part(it, pattern, &signature, text, (pv_span){0, (uint32_t)text.size});
    for (uint32_t i = 1; i < MOST_PARTS && text.size > MOST_PARTS; i++) {
        uint32_t start = (uint32_t)pv_utf8_cut(text, text.size * i / MOST_PARTS).size;
        uint32_t end = (uint32_t)pv_utf8_cut(text, text.size - (text.size - start) * i / MOST_PARTS / 2).size;
        if (start <= end)
            check_part(it, pattern, &signature, text, (pv_span){start, end});
    }
}

/* Few steps, so that a bound that is too high shows. */
static uint32_t steps_of(pv_str flags) {
    static const uint32_t steps[] = {100000, 20, 60, 150, 400, 1000, 3000, 10000};
    for (size_t i = 0; i < flags.size; i++)
        if (flags.data[i] >= '0' && flags.data[i] < '8')
            return steps[flags.data[i] - '0'];
    return steps[0];
}

typedef struct searched {
    bool ended;
    bool found;
    pv_capture captures[MOST_PARTS];
    pv_error error;
} searched;

static searched search_with(fixture *it, pv_str source, pv_pattern_flags flags, pv_str text) {
    searched out = {0};
    pv_matcher *matcher;
    pv_pattern *pattern;
    pv_error error = {0};
    REQUIRE(pv_matcher_new(&matcher, &it->memory, &it->limits, &error));
    if (pv_pattern_compile(&pattern, &it->memory, source, flags, &it->limits, &out.error)) {
        out.ended = pv_pattern_find(pattern, matcher, text, 0, out.captures, MOST_PARTS, &out.found, &out.error);
        pv_pattern_free(pattern);
    }
    pv_matcher_free(matcher);
    return out;
}

static bool took_too_long(const searched *outcome) {
    return !outcome->ended && strstr(outcome->error.message, "more time") != NULL;
}

static void check_at_first(fixture *it, pv_str source, pv_str flags, pv_str text) {
    pv_pattern_flags read = read_flags(flags);
    read.interpreted = false;
    const searched made = search_with(it, source, read, text);
    if (!made.ended && made.error.code == PV_ERROR_REFUSED)
        return; /* no machine code can be made of it, which a pattern that is known to compile has */
    read.known_to_compile = true;
    const searched first = search_with(it, source, read, text);
    if (took_too_long(&made) || took_too_long(&first))
        return;
    REQUIRE(made.ended == first.ended && made.found == first.found && made.error.code == first.error.code);
    for (size_t i = 0; made.found && i < MOST_PARTS; i++)
        REQUIRE(made.captures[i].set == first.captures[i].set &&
                made.captures[i].at.start == first.captures[i].at.start &&
                made.captures[i].at.end == first.captures[i].at.end);
}

static void check_input(fixture *it, pv_str input) {
    size_t blank = pv_str_find(input, PV_STR(" "), 0);
    size_t line = pv_str_find(input, PV_STR("\n"), 0);
    pv_error error = {0};
    pv_pattern *pattern;
    if (line == SIZE_MAX || blank > line || pv_utf8_invalid_at(input) != SIZE_MAX)
        return;
    pv_str source = pv_str_slice(input, blank + 1, line);
    if (!pv_pattern_compile(&pattern, &it->memory, source, read_flags(pv_str_slice(input, 0, blank)), &it->limits,
                            &error))
        return;
    check(it, pattern, pv_str_slice(input, line + 1, input.size));
    pv_pattern_free(pattern);
    it->limits.pattern_steps = steps_of(pv_str_slice(input, 0, blank));
    check_at_first(it, source, pv_str_slice(input, 0, blank), pv_str_slice(input, line + 1, input.size));
    fuzz_arrived();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fixture it = {.memory = pv_memory_with_limit((size_t)64 << 20), .limits = pv_limits_default()};
    pv_error error = {0};
    it.limits.cpu_milliseconds = 20; /* so that no pattern holds the fuzzer up: what takes longer is not compared */
    it.arena = pv_arena_new(&it.memory);
    REQUIRE(it.arena && pv_matcher_new(&it.matcher, &it.memory, &it.limits, &error));
    check_input(&it, (pv_str){(const char *)bytes, size});
    pv_matcher_free(it.matcher);
    pv_arena_free(it.arena);
    return 0;
}
