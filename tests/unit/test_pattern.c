#include "torture.h"

#include <string.h>
#include <time.h>

#include "text/pattern.h"

#define PLAIN ((pv_pattern_flags){0})

typedef struct pattern_fixture {
    pv_memory memory;
    pv_limits limits;
    pv_matcher *matcher;
    bool interpreted;
    bool put_off; /* compiled when it is first needed */
} pattern_fixture;

static int set_up_any(void **state, bool interpreted, bool put_off) {
    static pattern_fixture shared;
    shared.interpreted = interpreted;
    shared.put_off = put_off;
    shared.memory = pv_memory_with_limit(SIZE_MAX);
    shared.limits = pv_limits_default();
    pv_error error = {0};
    *state = &shared;
    return pv_matcher_new(&shared.matcher, &shared.memory, &shared.limits, &error) ? 0 : -1;
}

static int set_up(void **state) {
    return set_up_any(state, false, false);
}

static int set_up_interpreted(void **state) {
    return set_up_any(state, true, false);
}

static int set_up_put_off(void **state) {
    return set_up_any(state, false, true);
}

static int tear_down(void **state) {
    pattern_fixture *fixture = *state;
    pv_matcher_free(fixture->matcher);
    return fixture->memory.used == 0 ? 0 : -1;
}

static pv_pattern *compile(pattern_fixture *fixture, const char *source, pv_pattern_flags flags) {
    pv_pattern *pattern;
    pv_error error = {0};
    flags.interpreted = fixture->interpreted;
    flags.known_to_compile = fixture->put_off;
    if (!pv_pattern_compile(&pattern, &fixture->memory, pv_str_from(source), flags, &fixture->limits, &error) ||
        !pv_pattern_prepare(pattern, &error))
        fail_msg("%s: %s", source, error.message);
    return pattern;
}

static void check_refused(void **state, pv_str source, pv_code code, size_t where) {
    pattern_fixture *fixture = *state;
    pv_pattern *pattern;
    pv_error error = {0};
    const pv_pattern_flags flags = {.interpreted = fixture->interpreted, .known_to_compile = fixture->put_off};
    bool compiled = pv_pattern_compile(&pattern, &fixture->memory, source, flags, &fixture->limits, &error);
    assert_true(compiled ? fixture->put_off : !pattern);
    if (compiled) {
        pv_error again = {0};
        pv_capture capture;
        bool found = true;
        assert_false(pv_pattern_prepare(pattern, &error));
        assert_false(pv_pattern_find(pattern, fixture->matcher, PV_STR("a"), 0, &capture, 1, &found, &again));
        assert_false(found);
        assert_string_equal(again.message, error.message);
        pv_pattern_free(pattern);
    }
    assert_int_equal(error.code, code);
    assert_true(error.has_where);
    assert_int_equal(error.where.start, where);
    assert_true(strlen(error.message) > 0 && !strchr(error.message, '\n'));
}

/* The span of the first match at or after from; {1, 0} when there is none. */
static pv_span find_from(void **state, const char *source, pv_pattern_flags flags, const char *text, size_t from) {
    pattern_fixture *fixture = *state;
    pv_pattern *pattern = compile(fixture, source, flags);
    pv_capture capture;
    bool found;
    pv_error error = {0};
    if (!pv_pattern_find(pattern, fixture->matcher, pv_str_from(text), from, &capture, 1, &found, &error))
        fail_msg("%s", error.message);
    pv_pattern_free(pattern);
    return found ? capture.at : (pv_span){1, 0};
}

static void check_found(void **state, const char *source, pv_pattern_flags flags, const char *text, size_t start,
                        size_t end) {
    pv_span at = find_from(state, source, flags, text, 0);
    assert_int_equal(at.start, start);
    assert_int_equal(at.end, end);
}

static void check_not_found(void **state, const char *source, pv_pattern_flags flags, const char *text) {
    check_found(state, source, flags, text, 1, 0);
}

static void test_dialect(void **state) {
    pv_pattern_flags multiline = {.multiline = true};
    check_found(state, "Q[1-4] \\d{4}", PLAIN, "in Q4 2022.", 3, 10);
    check_found(state, "\\w+", PLAIN, "\xC3\xA9t\xC3\xA9 ok", 0, 5); /* é t é: letters beyond ASCII */
    check_found(state, ".", PLAIN, "\xE2\x80\x99s", 0, 3);           /* a character, not a byte */
    check_not_found(state, "a.b", PLAIN, "a\nb");
    check_found(state, "a.b", PLAIN, "a\rb", 0, 3); /* only the line feed ends a line */
    check_not_found(state, "a$", PLAIN, "a\n");     /* "$" is the very end */
    check_found(state, "a$", multiline, "a\nb", 0, 1);
    check_found(state, "^b", multiline, "a\r\nb", 3, 4);
    check_not_found(state, "^b", PLAIN, "a\nb");
    check_found(state, "(?m)^b", PLAIN, "a\nb", 2, 3);
    check_found(state, "\xC3\x89T", (pv_pattern_flags){.ignore_case = true}, "\xC3\xA9t", 0, 3);
    check_not_found(state, "ET", PLAIN, "et");
    check_found(state, "a b # comment", (pv_pattern_flags){.extended = true}, "ab", 0, 2);
    check_not_found(state, "a b", PLAIN, "ab");
    check_found(state, "", PLAIN, "", 0, 0);
    check_found(state, "\\(\\*", PLAIN, "f(*", 1, 3);
}

static void test_captures(void **state) {
    pattern_fixture *fixture = *state;
    pv_pattern *pattern = compile(fixture, "(?<quarter>Q\\d)(x)? (?<year>\\d{4})", PLAIN);
    assert_int_equal(pv_pattern_group_count(pattern), 3);
    assert_int_equal(pv_pattern_group_number(pattern, PV_STR("year")), 3);
    assert_int_equal(pv_pattern_group_number(pattern, PV_STR("quarter")), 1);
    assert_int_equal(pv_pattern_group_number(pattern, PV_STR("years")), 0);
    assert_str(pv_pattern_group_name(pattern, 0), "quarter");
    assert_str(pv_pattern_group_name(pattern, 1), "year");
    assert_str(pv_pattern_group_name(pattern, 2), "");
    assert_str(pv_pattern_source(pattern), "(?<quarter>Q\\d)(x)? (?<year>\\d{4})");
    pv_capture captures[5];
    bool found;
    pv_error error = {0};
    assert_true(pv_pattern_find(pattern, fixture->matcher, PV_STR("in Q4 2022"), 0, captures, 5, &found, &error));
    assert_true(found);
    assert_true(captures[0].set && captures[0].at.start == 3 && captures[0].at.end == 10);
    assert_true(captures[1].set && captures[1].at.start == 3 && captures[1].at.end == 5);
    assert_false(captures[2].set); /* took no part */
    assert_true(captures[3].set && captures[3].at.start == 6 && captures[3].at.end == 10);
    assert_false(captures[4].set); /* there is no such group */
    pv_pattern_free(pattern);
}

static void test_more_groups_than_a_new_matcher_holds(void **state) {
    pattern_fixture *fixture = *state;
    pv_pattern *pattern = compile(fixture, "()()()()()()()()()()()()()()()()()()()()(b)", PLAIN);
    pv_capture captures[22];
    bool found;
    pv_error error = {0};
    assert_true(pv_pattern_find(pattern, fixture->matcher, PV_STR("ab"), 0, captures, 22, &found, &error));
    assert_true(found && captures[21].set);
    assert_int_equal(captures[21].at.start, 1);
    pv_pattern_free(pattern);
}

static void test_searching_on(void **state) {
    pattern_fixture *fixture = *state;
    pv_str text = PV_STR("a\xE2\x80\x99"
                         "b");
    pv_pattern *pattern = compile(fixture, "x*", PLAIN);
    size_t starts[8];
    size_t count = 0;
    for (size_t from = 0; from <= text.size;) {
        pv_capture capture;
        bool found;
        pv_error error = {0};
        assert_true(pv_pattern_find(pattern, fixture->matcher, text, from, &capture, 1, &found, &error));
        assert_true(found && count < 8);
        starts[count++] = capture.at.start;
        from = pv_pattern_after(text, capture.at);
    }
    assert_int_equal(count, 4); /* before each of three characters, and at the end */
    assert_int_equal(starts[1], 1);
    assert_int_equal(starts[2], 4);
    assert_int_equal(starts[3], 5);
    assert_int_equal(pv_pattern_after(text, (pv_span){1, 4}), 4);
    pv_pattern_free(pattern);
    /* The text before `from` is still there to look back at. */
    assert_int_equal(find_from(state, "(?<=a)b", PLAIN, "ab", 1).start, 1);
    assert_int_equal(find_from(state, "^b", PLAIN, "ab", 1).start, 1);
    assert_int_equal(find_from(state, "^b", PLAIN, "ab", 1).end, 0);
    assert_int_equal(find_from(state, "a", PLAIN, "a", 2).end, 0);
}

static void test_refused_patterns(void **state) {
    check_refused(state, PV_STR("[z-a]"), PV_ERROR_SYNTAX, 3);
    check_refused(state, PV_STR("(((a))"), PV_ERROR_SYNTAX, 6);
    check_refused(state, PV_STR("\\C"), PV_ERROR_REFUSED, 2);
    check_refused(state, PV_STR("(*LIMIT_MATCH=1)a"), PV_ERROR_REFUSED, 0);
    check_refused(state, PV_STR("(*NO_JIT)a"), PV_ERROR_REFUSED, 0);
    check_refused(state, PV_STR("(*UTF)(*NO_JIT)a"), PV_ERROR_REFUSED, 0);
    check_refused(state, PV_STR("a\\\\\\Gb"), PV_ERROR_REFUSED, 3);
    check_refused(state, PV_STR("ab\xFF"), PV_ERROR_ENCODING, 2);
    check_refused(state, PV_STR("(?=a\\K)"), PV_ERROR_SYNTAX, 7); /* known only when all of it was read */
}

static void test_limits_of_the_pattern(void **state) {
    pattern_fixture *fixture = *state;
    const pv_pattern_flags flags = {.interpreted = fixture->interpreted};
    char source[5000];
    memset(source, 'a', sizeof source);
    check_refused(state, (pv_str){source, 4097}, PV_ERROR_LIMIT, 0);
    pv_pattern *pattern;
    pv_error error = {0};
    assert_true(
        pv_pattern_compile(&pattern, &fixture->memory, (pv_str){source, 4096}, flags, &fixture->limits, &error));
    pv_pattern_free(pattern);

    memset(source, '(', 51);
    memset(source + 51, ')', 51);
    assert_true(
        pv_pattern_compile(&pattern, &fixture->memory, (pv_str){source + 1, 100}, flags, &fixture->limits, &error));
    pv_pattern_free(pattern);
    assert_false(
        pv_pattern_compile(&pattern, &fixture->memory, (pv_str){source, 102}, flags, &fixture->limits, &error));
    assert_int_equal(error.code, PV_ERROR_LIMIT);

    pv_error too_large = {0};
    assert_false(pv_pattern_compile(&pattern, &fixture->memory, PV_STR("((a{500}){500}){500}"), flags, &fixture->limits,
                                    &too_large));
    assert_int_equal(too_large.code, PV_ERROR_LIMIT);
}

/* Searches for source in `size` bytes of unit, over and over; true when it was stopped at a limit. It must end soon. */
static bool is_stopped(void **state, const char *source, const char *unit, size_t size) {
    pattern_fixture *fixture = *state;
    pv_pattern *pattern = compile(fixture, source, PLAIN);
    char *text = test_malloc(size);
    for (size_t i = 0; i < size; i++)
        text[i] = unit[i % strlen(unit)];
    pv_capture capture;
    bool found;
    pv_error error = {0};
    clock_t begin = clock();
    bool ended = pv_pattern_find(pattern, fixture->matcher, (pv_str){text, size}, 0, &capture, 1, &found, &error);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    assert_true(seconds < 10); /* the interpreter takes minutes */
    assert_false(found);
    if (!ended) {
        assert_int_equal(error.code, PV_ERROR_LIMIT);
        assert_non_null(strstr(error.message, source));
    }
    test_free(text);
    pv_pattern_free(pattern);
    return !ended;
}

static void limit_time(pattern_fixture *fixture, uint32_t milliseconds) {
    pv_error error = {0};
    pv_matcher_free(fixture->matcher);
    fixture->limits.cpu_milliseconds = milliseconds;
    assert_true(pv_matcher_new(&fixture->matcher, &fixture->memory, &fixture->limits, &error));
}

/* None of these may end as "no match" because a limit was met. */
static void test_catastrophic_patterns_are_stopped(void **state) {
    pattern_fixture *fixture = *state;
    if (fixture->interpreted) /* which waits for the time to run out */
        limit_time(fixture, 100);
    assert_true(is_stopped(state, "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 64));
    assert_true(is_stopped(state, "a*a*[bc]", "a", 65536));
    assert_true(is_stopped(state, "(a+)+[bc]", "a", 65536));
    assert_true(is_stopped(state, "(?:a|a)*[bc]", "a", 4000));
    assert_true(is_stopped(state, "(?:a|a){14}[cd]", "a", 65536));
    assert_true(is_stopped(state, "(a|b|ab)*c|d", "ab", 65536));
    assert_true(is_stopped(state, "(.*)(.*)(.*)(.*)(.*)[^xy ]", "x y", 20000));
    assert_true(is_stopped(state, "^(?:(a)|b|(?1))*?\\d\\D", "ab", 4000));
}

/* Slow for an interpreter, but within the limits: the answer is then a true one. */
static void test_slow_patterns_end(void **state) {
    assert_false(is_stopped(state, "a*a*[bc]", "a", 1000));
    assert_false(is_stopped(state, "a+[bc]", "a", 65536));
    assert_false(is_stopped(state, "(?:a|a){10}[cd]", "a", 4096));
}

/* What takes the interpreter too long is stopped; what ends in time has the true answer (is_stopped sees that nothing
 * is found). */
static void test_slow_patterns_end_or_are_stopped(void **state) {
    assert_false(is_stopped(state, "a*a*[bc]", "a", 300));
    assert_false(is_stopped(state, "a+[bc]", "a", 4096));
    assert_false(is_stopped(state, "(?:a|a){10}[cd]", "a", 1000));
    limit_time(*state, 100);
    is_stopped(state, "a*a*[bc]", "a", 8000); /* 106 s under the limit of steps alone */
    is_stopped(state, "a+[bc]", "a", 65536);
    is_stopped(state, "(\\w+)(?:\\1)*+[bc]", "a", 65536);
    is_stopped(state, "\\X*\\X*[bc]", "a", 20000);
    is_stopped(state, "(?<=(?=(a*)a*)a)[bc]", "a", 65536);
}

/* A search that goes deep gives back what it needed. */
static void test_interpreter_stack_is_limited(void **state) {
    pattern_fixture *fixture = *state;
    size_t before = fixture->memory.used;
    assert_true(is_stopped(state, "^(?:a()()()()()()()()()()|b)*c|d", "a", 65536));
    assert_true(fixture->memory.used <= before);
    check_found(state, "b", PLAIN, "ab", 1, 2);
}

static void test_machine_code_is_used_where_it_can_be(void **state) {
    (void)state;
    const char *reason = pv_pattern_no_machine_code();
    assert_true(!reason || strlen(reason) > 0);
    assert_ptr_equal(pv_pattern_no_machine_code(), reason);
}

/* A step may scan much text, so the limit of steps alone would let this one run for an hour. */
static void test_time_is_limited(void **state) {
    limit_time(*state, 50);
    assert_true(is_stopped(state, "a{1,3000}a{1,3000}[bc]", "a", 65536));
}

/* Texts and patterns for which the places are tried a few at a time must give what one search would give. */
static void test_searching_in_parts(void **state) {
    const pattern_fixture *fixture = *state;
    static char text[6001];
    memset(text, 'a', sizeof text - 1);
    memcpy(text, "\xC3\xA9\xE2\x80\x99", 5);
    text[5000] = 'c';
    if (fixture->interpreted) /* a tenth as fast: far from the bound on time, also on a machine that is busy */
        check_found(state, "(?:a|a){6}[cd]", PLAIN, text, 5000 - 6, 5001);
    else
        check_found(state, "(?:a|a){11}[cd]", PLAIN, text, 5000 - 11, 5001);
    check_found(state, "(?<=\xE2\x80\x99)(?:a|a)", PLAIN, text, 5, 6);
    check_found(state, "(?:b|b)?$", PLAIN, text, 6000, 6000);
    check_not_found(state, "^a", PLAIN, text);
    memset(text, 'b', sizeof text - 1);
    memcpy(text, "aaa\r\n", 5);
    check_not_found(state, "^$", (pv_pattern_flags){.multiline = true}, text);
    check_found(state, "^b", (pv_pattern_flags){.multiline = true}, text, 5, 6);
    check_found(state, "\\r\\n", PLAIN, text, 3, 5);
    check_found(state, "\\n", PLAIN, text, 4, 5);
}

static void test_long_subject(void **state) {
    pattern_fixture *fixture = *state;
    size_t size = fixture->limits.pattern_subject + 1;
    char *text = test_malloc(size);
    memset(text, 'a', size);
    pv_pattern *pattern = compile(fixture, "b", PLAIN);
    pv_capture capture;
    bool found;
    pv_error error = {0};
    assert_true(pv_pattern_find(pattern, fixture->matcher, (pv_str){text, size - 1}, 0, &capture, 1, &found, &error));
    assert_false(found);
    assert_false(pv_pattern_find(pattern, fixture->matcher, (pv_str){text, size}, 0, &capture, 1, &found, &error));
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    pv_pattern_free(pattern);
    test_free(text);
}

static void test_match_that_ends_before_it_starts(void **state) {
    pattern_fixture *fixture = *state;
    pv_pattern *pattern = compile(fixture, "(?=a(?1))|(b\\K)", PLAIN);
    pv_capture capture;
    bool found;
    pv_error error = {0};
    assert_false(pv_pattern_find(pattern, fixture->matcher, PV_STR("ab"), 0, &capture, 1, &found, &error));
    assert_int_equal(error.code, PV_ERROR_REFUSED);
    pv_pattern_free(pattern);
    check_found(state, "a\\Kb", PLAIN, "ab", 1, 2);
}

static void test_messages_stay_on_one_line(void **state) {
    pattern_fixture *fixture = *state;
    /* 79 bytes of pattern, then a character of two bytes that must not be cut. */
    pv_pattern *pattern = compile(fixture,
                                  "(a+)+\n[bc]xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                                  "\xC3\xA9|(a+)+[de]",
                                  PLAIN);
    pv_capture capture;
    bool found;
    pv_error error = {0};
    assert_false(pv_pattern_find(pattern, fixture->matcher, PV_STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 0,
                                 &capture, 1, &found, &error));
    assert_null(strchr(error.message, '\n'));
    assert_non_null(strstr(error.message, "(a+)+ [bc]xxx"));
    assert_null(strchr(error.message, '\xC3'));
    pv_pattern_free(pattern);
}

static void check_every_refused_allocation(pv_pattern_flags flags) {
    bool done = false;
    pv_limits limits = pv_limits_default();
    for (size_t n = 1; !done; n++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        memory.fail_after = n;
        pv_pattern *pattern = NULL;
        pv_matcher *matcher = NULL;
        pv_capture capture;
        bool found = false;
        pv_error error = {0};
        done = pv_matcher_new(&matcher, &memory, &limits, &error) &&
               pv_pattern_compile(&pattern, &memory, PV_STR("()()()()()()()()(?<a>b)"), flags, &limits, &error) &&
               pv_pattern_find(pattern, matcher, PV_STR("ab"), 0, &capture, 1, &found, &error);
        assert_int_equal(error.code, done ? PV_OK : PV_ERROR_MEMORY);
        assert_int_equal(found, done);
        assert_true(n > 1 || !done);
        pv_pattern_free(pattern);
        pv_matcher_free(matcher);
        assert_int_equal(memory.used, 0);
    }
}

static void test_every_refused_allocation_is_reported(void **state) {
    (void)state;
    check_every_refused_allocation(PLAIN);
    check_every_refused_allocation((pv_pattern_flags){.interpreted = true});
    check_every_refused_allocation((pv_pattern_flags){.known_to_compile = true});
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define INTERPRETED(name)                                                                                              \
    { #name " (interpreted)", name, set_up_interpreted, tear_down, NULL }
#define PUT_OFF(name)                                                                                                  \
    { #name " (put off)", name, set_up_put_off, tear_down, NULL }

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_dialect),
        TEST(test_captures),
        TEST(test_more_groups_than_a_new_matcher_holds),
        TEST(test_searching_on),
        TEST(test_refused_patterns),
        TEST(test_limits_of_the_pattern),
        TEST(test_catastrophic_patterns_are_stopped),
        TEST(test_slow_patterns_end),
        TEST(test_time_is_limited),
        TEST(test_searching_in_parts),
        TEST(test_long_subject),
        TEST(test_match_that_ends_before_it_starts),
        TEST(test_messages_stay_on_one_line),
        PUT_OFF(test_dialect),
        PUT_OFF(test_captures),
        PUT_OFF(test_searching_on),
        PUT_OFF(test_refused_patterns),
        PUT_OFF(test_match_that_ends_before_it_starts),
        INTERPRETED(test_dialect),
        INTERPRETED(test_captures),
        INTERPRETED(test_more_groups_than_a_new_matcher_holds),
        INTERPRETED(test_searching_on),
        INTERPRETED(test_refused_patterns),
        INTERPRETED(test_limits_of_the_pattern),
        INTERPRETED(test_catastrophic_patterns_are_stopped),
        INTERPRETED(test_slow_patterns_end_or_are_stopped),
        INTERPRETED(test_time_is_limited),
        INTERPRETED(test_searching_in_parts),
        INTERPRETED(test_long_subject),
        INTERPRETED(test_match_that_ends_before_it_starts),
        INTERPRETED(test_messages_stay_on_one_line),
        INTERPRETED(test_interpreter_stack_is_limited),
        cmocka_unit_test(test_machine_code_is_used_where_it_can_be),
        cmocka_unit_test(test_every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
