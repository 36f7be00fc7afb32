#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/glob.h"

typedef struct match_case {
    const char *pattern;
    const char *text;
    bool matches;
} match_case;

static const match_case match_cases[] = {
    {"", "", true},
    {"", "a", false},
    {"a.yaml", "a.yaml", true},
    {"a.yaml", "axyaml", false},
    {"a.yaml", "a.yam", false},
    /* one star stays in its part of the path */
    {"*.yaml", "a.yaml", true},
    {"*.yaml", ".yaml", true},
    {"*.yaml", "d/a.yaml", false},
    {"d/*", "d/a", true},
    {"d/*", "d/", true},
    {"d/*", "d/e/a", false},
    {"*.yaml", "yaml", false},
    {"a*a", "a", false},
    {"a*a", "aa", true},
    {"*", "", true},
    {"a*", "a\xC3\xA9/", false},
    {"a*c",
     "a\xC3\xA9\xFF"
     "c",
     true},
    {"*a*b*", "xaybz", true},
    {"*a*b*", "xbyaz", false},
    {"a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaa", false},
    /* two go on */
    {"**", "", true},
    {"**", "a/b/c", true},
    {"d/**", "d/e/a", true},
    {"d/**", "d", false},
    {"d/**", "e/d/a", false},
    {"**/a", "a", true},
    {"**/a", "d/e/a", true},
    {"**/a", "d/ba", false},
    {"d/**/a", "d/a", true},
    {"d/**/a", "d/e/f/a", true},
    {"d/**/a", "da", false},
    {"x**/a", "x/a", true},
    {"x**/a", "xa", false},
    {"**/**/a", "d/a", true},
    {"**/**/a", "d/e/f/a", true},
    {"**/**/a", "d/ba", false},
    {"**.rows", "t.rows", true},
    {"***", "a/b", true},
    /* one character */
    {"?", "a", true},
    {"?", "é", true},
    {"?", "", false},
    {"?", "/", false},
    {"a?b", "a/b", false},
    /* classes */
    {"[abc]", "b", true},
    {"[abc]", "d", false},
    {"[a-c]x", "bx", true},
    {"[a-c]", "d", false},
    {"[!a-c]", "d", true},
    {"[!a-c]", "b", false},
    {"[!a]", "/", false},
    {"[]]", "]", true},
    {"[a-]", "-", true},
    {"[à-é]", "è", true},
    {"[\\]]", "]", true},
    /* braces */
    {"{a,b}", "a", true},
    {"{a,b}", "b", true},
    {"{a,b}", "c", false},
    {"{a,b}", "a,b", false},
    {"x{a,bc}y", "xbcy", true},
    {"x{a,bc}y", "xacy", false},
    {"x{,a}y", "xy", true},
    {"x{,a}y", "xay", true},
    {"{a,{b,c}d}", "cd", true},
    {"{a,{b,c}d}", "ad", false},
    {"{a{b,c},d}", "ac", true},
    {"{a{b,c},d}", "d", true},
    {"{*.yaml,*.csv}", "a.csv", true},
    {"{**/a,b}", "x/y/a", true},
    {"**{*,a}{**/,b}", "//ab", true},
    {"a,b", "a,b", true},
    /* the characters themselves */
    {"\\*", "*", true},
    {"\\*", "a", false},
    {"\\{a\\}", "{a}", true},
    {"\\\\", "\\", true},
    {"{a\\,b,c}", "a,b", true},
};

static void test_matches(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof match_cases / sizeof *match_cases; i++) {
        const match_case *given = &match_cases[i];
        pv_error error = {0};
        if (!pv_glob_check(pv_str_from(given->pattern), &error))
            fail_msg("'%s': %s", given->pattern, error.message);
        if (pv_glob_matches(pv_str_from(given->pattern), pv_str_from(given->text)) != given->matches)
            fail_msg("'%s' on '%s' is not %d", given->pattern, given->text, given->matches);
    }
}

static void test_what_is_malformed_is_said_and_matches_nothing(void **state) {
    (void)state;
    static const struct {
        const char *pattern;
        const char *message;
    } cases[] = {
        {"[", "a [ in a pattern needs its ]; write \\[ for the character itself"},
        {"a[]", "a [ in a pattern needs its ]; write \\[ for the character itself"},
        {"[a\\]", "a [ in a pattern needs its ]; write \\[ for the character itself"},
        {"{a,b", "a { in a pattern needs its }; write \\{ for the character itself"},
        {"{a,{b}", "a { in a pattern needs its }; write \\{ for the character itself"},
        {"a}", "a } in a pattern needs its {; write \\} for the character itself"},
        {"a\\", "a \\ at the end of a pattern needs a character after it"},
        {"x[c-a]", "the range in '[c-a]' ends before it begins"},
        {"{{{{{{{{{a}}}}}}}}}", "braces in a pattern stand at most 8 deep"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_error error = {0};
        assert_false(pv_glob_check(pv_str_from(cases[i].pattern), &error));
        assert_string_equal(error.message, cases[i].message);
        assert_false(pv_glob_matches(pv_str_from(cases[i].pattern), pv_str_from(cases[i].pattern)));
    }
}

static void test_a_pattern_is_as_long_as_it_may_be_and_no_longer(void **state) {
    (void)state;
    char pattern[PV_GLOB_LONGEST + 2];
    pv_error error = {0};
    memset(pattern, '*', sizeof pattern);
    assert_true(pv_glob_check((pv_str){pattern, PV_GLOB_LONGEST}, &error));
    assert_true(pv_glob_matches((pv_str){pattern, PV_GLOB_LONGEST}, PV_STR("a/b")));
    memset(pattern, 'a', PV_GLOB_LONGEST);
    assert_true(pv_glob_matches((pv_str){pattern, PV_GLOB_LONGEST}, (pv_str){pattern, PV_GLOB_LONGEST}));
    assert_false(pv_glob_check((pv_str){pattern, PV_GLOB_LONGEST + 1}, &error));
    assert_string_equal(error.message, "a pattern has at most 512 bytes; this one has 513");
}

static void test_what_stands_for_more_than_one_text(void **state) {
    (void)state;
    assert_false(pv_glob_is_pattern(PV_STR("filings/a.yaml")));
    assert_false(pv_glob_is_pattern(PV_STR("a\\*\\[b\\\\")));
    assert_true(pv_glob_is_pattern(PV_STR("a\\\\*"))); /* a backslash, then anything */
    assert_true(pv_glob_is_pattern(PV_STR("a?")));
    assert_true(pv_glob_is_pattern(PV_STR("{a,b}")));
    assert_true(pv_glob_is_pattern(PV_STR("[ab]")));
}

/* Plain patterns are matched otherwise than those with braces. */
static void test_a_pattern_in_braces_matches_the_same(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof match_cases / sizeof *match_cases; i++) {
        char braced[PV_GLOB_LONGEST];
        snprintf(braced, sizeof braced, "{%s}", match_cases[i].pattern);
        if (match_cases[i].pattern[0] != '{' && !strchr(match_cases[i].pattern, ',') &&
            pv_glob_matches(pv_str_from(braced), pv_str_from(match_cases[i].text)) != match_cases[i].matches)
            fail_msg("%s and %s", braced, match_cases[i].text);
    }
}

static void test_a_union_matches_what_one_of_its_parts_matches(void **state) {
    static const struct {
        const char *one, *other, *both;
    } cases[] = {
        {"a.b", "c.*", "{a.b,c.*}"},           {"{a,b}", "c", "{a,b,c}"},
        {"{a,{b,c}}", "{d}", "{a,{b,c},d}"},   {"{a,b}c", "{a}{b}", "{{a,b}c,{a}{b}}"},
        {"a,b", "[,]{,d}", "{a\\,b,[,]{,d}}"},
    };
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    (void)state;
    assert_non_null(arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_error error = {0};
        pv_str both = pv_glob_union(arena, pv_str_from(cases[i].one), pv_str_from(cases[i].other));
        assert_string_equal(both.data, cases[i].both);
        assert_true(pv_glob_check(both, &error));
    }
    pv_str union_of_three = PV_STR("{a\\,b,{c,d},e}");
    const char *const parts[] = {"a\\,b", "{c,d}", "e"};
    size_t at = 0;
    pv_str part;
    for (size_t i = 0; i < 3; i++) {
        assert_true(pv_glob_next_part(union_of_three, &at, &part));
        assert_true(pv_str_equal(part, pv_str_from(parts[i])));
    }
    assert_false(pv_glob_next_part(union_of_three, &at, &part));
    assert_true(pv_glob_matches(union_of_three, PV_STR("a,b")));
    at = 0;
    assert_true(pv_glob_next_part(PV_STR("{a,b}c"), &at, &part) && pv_str_equal(part, PV_STR("{a,b}c")));
    assert_false(pv_glob_next_part(PV_STR("{a,b}c"), &at, &part));
    at = 0;
    assert_false(pv_glob_next_part(PV_STR(""), &at, &part));
    pv_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_a_pattern_in_braces_matches_the_same),
        cmocka_unit_test(test_what_stands_for_more_than_one_text),
        cmocka_unit_test(test_a_union_matches_what_one_of_its_parts_matches),
        cmocka_unit_test(test_what_is_malformed_is_said_and_matches_nothing),
        cmocka_unit_test(test_a_pattern_is_as_long_as_it_may_be_and_no_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
