#include "torture.h"

#include <string.h>

#include "text/pattern.h"

typedef enum outcome { TURNED_AWAY, ADMITTED, FOUND } outcome;

typedef struct prefilter_case {
    const char *flags;
    const char *pattern;
    const char *text;
    outcome outcome; /* FOUND: admitted, as it must be */
} prefilter_case;

/* Reasoned out from what a pattern can match; whether it does, PCRE2 says besides. */
static const prefilter_case cases[] = {
    {"", "quarter", "each quarter", FOUND},
    {"", "quarter", "each month", TURNED_AWAY},
    {"i", "quarter", "QUARTERLY", FOUND},
    {"", "quarter", "QUARTERLY", ADMITTED}, /* letters of either case are one symbol */
    {"", "ab", "nothing", ADMITTED},        /* too short to be asked for */
    /* edges of words */
    {"", "\\bno\\b", "none", TURNED_AWAY},
    {"", "\\bno\\b", "say no.", FOUND},
    {"", "say no\\Q", "say no.", FOUND}, /* nothing is quoted */
    {"", "say no\\Q", "nothing", ADMITTED},
    {"", "\\bno\\b", "no", FOUND},
    {"", "\\bno\\b", "\xC3\xA9no", ADMITTED}, /* é is a letter to PCRE2; beyond ASCII all is APART */
    {"", "\\bno\\b", "\xE2\x80\x99no\xE2\x80\x99", FOUND},
    {"x", "\\b ( no | none ) \\b", "nobody knows", TURNED_AWAY},
    {"x", "\\b ( no | none ) \\b", "of none", FOUND},
    {"m", "^no$", "yes\nno\nyes", FOUND},
    {"m", "^no$", "yes\nnot\nyes", TURNED_AWAY},
    /* white space of any length and kind */
    {"ix", "not \\s+ in", "not \t\n in", FOUND},
    {"ix", "not \\s+ in", "knot in", FOUND},
    {"ix", "not \\s in", "not\xC2\xA0in", FOUND},
    {"ix", "not \\s+ in", "notin", TURNED_AWAY},
    {"ix", "not \\s* in", "notin", FOUND},
    {"", "not in", "not in", FOUND},
    {"", "a, b", "a, b", FOUND},
    {"", "go - no", "let go - no", FOUND},
    {"", "go - no", "let gone", TURNED_AWAY},
    /* quantifiers: of the last character or group only, and none of what may be missing is asked for */
    {"", "until?", "unti", FOUND},
    {"", "un?til", "util", FOUND},
    {"", "goo+al", "goooooal", FOUND},
    {"", "goo+al", "goa", TURNED_AWAY},
    {"", "(foo)?bar", "bar", FOUND},
    {"", "(?:foo){0,2}bar", "bar", FOUND},
    {"", "(?:foo){2}bar", "foofoobar", FOUND},
    {"", "(?:foo){2}bar", "fo bar", TURNED_AWAY},
    {"", "foo*", "fo", FOUND},
    {"x", "foo {0} bar", "fobar", FOUND},
    {"x", "food # and drink\n ?", "foo", FOUND},
    {"", "food++", "foodd", FOUND},
    {"", "x{,3}food", "nothing", ADMITTED}, /* versions of PCRE2 differ: not read */
    /* choices */
    {"", "attach|enclos", "an enclosure", FOUND},
    {"", "attach|enclos", "a letter", TURNED_AWAY},
    {"", "attach|", "a letter", FOUND},
    {"", "(attach|enclos) with", "attached by", TURNED_AWAY},
    {"", "(one|two) (three|four)", "two four", FOUND},
    {"", "(one|two) (three|four)", "two five", TURNED_AWAY},
    {"", "(?|(one)|(two))", "two", FOUND},
    {"", "\\b(on|off)\\b", "only often", TURNED_AWAY},
    /* one of a few characters */
    {"", "\\d", "none", TURNED_AWAY},
    {"", "\\d", "No. 5", FOUND},
    {"", "\\d", "\xD9\xA3", FOUND}, /* an Arabic digit */
    {"", "\\d+\\s*%", "five 5 per cent", TURNED_AWAY},
    {"", "\\d+\\s*%", "5 %", FOUND},
    {"", "[?!]", "Why?", FOUND},
    {"", "[?!]", "Why.", TURNED_AWAY},
    {"", "[]x]", "a]", FOUND},
    {"", "[^]x]", "a", FOUND},
    {"i", "[k]", "\xE2\x84\xAA", FOUND}, /* the Kelvin sign */
    {"i", "[\xE2\x84\xAA]", "k", FOUND},
    {"", "(?i:[\xC5\xBF!])", "s", FOUND}, /* the long s */
    {"i", "food[-\xC5\xBF]", "FOODS", FOUND},
    {"i", "kelvin",
     "\xE2\x84\xAA"
     "elvin",
     FOUND},
    {"i", "gas", "ga\xC5\xBF", FOUND}, /* the long s */
    {"", "[a-f]9", "zzz", TURNED_AWAY},
    {"", "[[:alpha:]]9 [+--]", "zz9 ,", FOUND},
    {"", "[\\t-t]", "=", FOUND}, /* a range that an escape begins */
    {"", "[A-Z-Q]", "-", FOUND}, /* a hyphen behind a range is one */
    {"", "[A-C-E]", "D", TURNED_AWAY},
    {"", "[a[:b]|[%:]c]food", "a", FOUND}, /* "[:" is no name of a class: the class ends at the first bracket */
    {"", "[\\x41]bc", "Abc", FOUND},
    {"", "[\xE2\x98\x90-\xE2\x98\x92]", "\xE2\x98\x91", FOUND}, /* a range of check marks */
    /* lookarounds */
    {"", "(?=food)f", "food", FOUND},
    {"", "(?=food)f", "for", TURNED_AWAY},
    {"", "(?!food)f", "for", FOUND},
    {"", "(?<=long )road", "long road", FOUND},
    {"", "(?<!long )road", "short road", FOUND},
    /* flags in the pattern */
    {"", "(?x) food  bar ", "foodbar", FOUND},
    {"", "(?x: food ) bar", "food bar", FOUND},
    {"x", "(?-x:food bar)", "food bar", FOUND},
    {"x", "a\\ b c d", "a bcd", FOUND},
    {"x", "[ ]food", " food", FOUND},
    /* quotations */
    {"", "\\QSan (Luis)\\E", "in San (Luis)", FOUND},
    {"", "\\QSan (Luis)\\E", "in San Luis", TURNED_AWAY},
    {"x", "\\Qa b\\E c", "a bc", FOUND},
    {"", "\\Qfood\\E?s", "foos", FOUND},
    {"", "food\\Q\\E?s", "foos", FOUND},
    /* what is not understood is admitted */
    {"", "(?<one>food)(?(one)x|y)", "foodx", FOUND},
    {"", "(?<one>food)(?&one)", "foodfood", FOUND},
    {"", "(food)\\1", "foodfood", FOUND},
    {"", "\\x66ood", "food", FOUND},
    {"", "\\x{66}ood", "food", FOUND},
    {"", "(?#food)bar", "bar", FOUND},
    {"", "", "", FOUND},
    {"", "\\p{Lu}bc",
     "\xC3\x84"
     "bc",
     FOUND},
    {"", "caf\xC3\xA9s", "caf\xC3\xA9s", FOUND},
    {"", "caf\xC3\xA9?s", "cafs", FOUND},
};

static pv_pattern_flags flags_of(const char *letters) {
    pv_pattern_flags flags = {0};
    for (; *letters; letters++) {
        flags.ignore_case = flags.ignore_case || *letters == 'i';
        flags.extended = flags.extended || *letters == 'x';
        flags.multiline = flags.multiline || *letters == 'm';
    }
    return flags;
}

static void check_case(const prefilter_case *tried) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_limits limits = pv_limits_default();
    pv_arena *arena = pv_arena_new(&memory);
    pv_matcher *matcher;
    pv_pattern *pattern;
    pv_signature signature;
    pv_capture capture;
    bool found;
    pv_error error = {0};
    pv_str text = pv_str_from(tried->text);
    if (!arena || !pv_matcher_new(&matcher, &memory, &limits, &error) ||
        !pv_pattern_compile(&pattern, &memory, pv_str_from(tried->pattern), flags_of(tried->flags), &limits, &error) ||
        !pv_signature_build(&signature, arena, text, &error) ||
        !pv_pattern_find(pattern, matcher, text, 0, &capture, 1, &found, &error))
        fail_msg("%s: %s", tried->pattern, error.message);
    outcome came = TURNED_AWAY;
    if (pv_pattern_admits(pattern, &signature))
        came = found ? FOUND : ADMITTED;
    else if (found)
        fail_msg("\"%s\" is turned away from \"%s\", which it matches", tried->pattern, tried->text);
    if (came != tried->outcome)
        fail_msg("\"%s\" on \"%s\": %d, not %d", tried->pattern, tried->text, came, tried->outcome);
    pv_pattern_free(pattern);
    pv_matcher_free(matcher);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

static void test_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_case(&cases[i]);
}

/* A part is asked of the signature of its whole only where words do not go on beyond it. */
static void test_parts(void **state) {
    (void)state;
    pv_str whole = PV_STR("casino, yes");
    assert_true(pv_signature_covers(whole, (pv_span){0, 6}));
    assert_true(pv_signature_covers(whole, (pv_span){6, 11}));
    assert_true(pv_signature_covers(whole, (pv_span){8, 11}));
    assert_false(pv_signature_covers(whole, (pv_span){4, 6})); /* "no", which is no word of the whole */
    assert_false(pv_signature_covers(whole, (pv_span){0, 4}));
}

/* Longer than the smallest signature is made for, so that a wider one is. */
static void test_long_text(void **state) {
    (void)state;
    char text[4000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "lorem ipsum dolor "[i % 18];
    memcpy(text + 3000, " quarterly ", 11);
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_prefilter *stands;
    pv_prefilter *lacks;
    pv_signature signature;
    pv_error error = {0};
    assert_true(pv_signature_build(&signature, arena, (pv_str){text, sizeof text}, &error));
    assert_true(pv_prefilter_build(&stands, &memory, PV_STR("\\bquarterly\\b"), false, &error));
    assert_true(pv_prefilter_build(&lacks, &memory, PV_STR("\\bmonthly\\b"), false, &error));
    assert_true(pv_prefilter_admits(stands, &signature));
    assert_false(pv_prefilter_admits(lacks, &signature));
    pv_prefilter_free(stands);
    pv_prefilter_free(lacks);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
