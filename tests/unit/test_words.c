#include "arena_fixture.h"

#include <string.h>

#include "base/buf.h"
#include "text/words.h"

static const pv_word_method methods[] = {PV_WORD_METHOD_WORD, PV_WORD_METHOD_DASH_SPLIT, PV_WORD_METHOD_UAX29};
static const char *const method_names[] = {"word", "dash-split", "uax29"};

/* "word" follows from its definition; "dash-split" is what LibreOffice 7.4 counts, "uax29" what libunistring 1.0 does,
 * both measured. */
static const struct {
    const char *text;
    size_t words[3]; /* by method */
} probes[] = {
    {"and/or", {1, 1, 2}},
    {"L.A.", {1, 1, 1}},
    {"L.A. County", {2, 2, 2}},
    {"e.g., x", {2, 2, 2}},
    {"1) step", {2, 2, 2}},
    {"(1) step", {2, 2, 2}},
    {"1. step", {2, 2, 2}},
    {"a) step", {2, 2, 2}},
    {"A & B", {3, 3, 2}},
    {"R&D", {1, 1, 2}},
    {"a - b", {3, 3, 2}},
    {"a-b", {1, 1, 2}},
    {"a\u2010b", {1, 1, 2}},
    {"a\u2011b", {1, 1, 2}},
    {"soft\u00ADhyphen", {1, 1, 1}},
    {"a \u2013 b", {3, 2, 2}},
    {"a\u2013b", {1, 2, 2}},
    {"a \u2014 b", {3, 2, 2}},
    {"a\u2014b", {1, 2, 2}},
    {"a--b", {1, 2, 2}},
    {"a -- b", {3, 3, 2}},
    {"3-4 steps", {2, 2, 3}},
    {"3 \u2013 4 steps", {4, 3, 3}},
    {"20%", {1, 1, 1}},
    {"20 %", {2, 2, 1}},
    {".2%", {1, 1, 1}},
    {"$4 million", {2, 2, 2}},
    {"8,600", {1, 1, 1}},
    {"33.7%", {1, 1, 1}},
    {"http://example.com/a-b?c=d&e=f", {1, 1, 8}},
    {"foo@bar.com", {1, 1, 2}},
    {"a\u00A0b", {2, 2, 2}},
    {"a\u202Fb", {2, 2, 1}},
    {"a\u2009b", {2, 2, 2}},
    {"a\u200Bb", {1, 1, 2}},
    {"a\u2060b", {1, 1, 1}},
    {"a\uFEFFb", {1, 1, 1}},
    {"a\u3000b", {2, 2, 2}},
    {"a\u2028b", {2, 2, 2}},
    {"a\xC2\x85"
     "b",
     {2, 2, 2}},
    {"a\tb", {2, 2, 2}},
    {"a\nb", {2, 2, 2}},
    {"a\n\n\nb", {2, 2, 2}},
    {"don't", {1, 1, 1}},
    {"don\u2019t", {1, 1, 1}},
    {"providers' expertise", {2, 2, 2}},
    {"word...word", {1, 1, 2}},
    {"word\u2026word", {1, 1, 2}},
    {"word \u2026 word", {3, 3, 2}},
    {"\u2022 item", {2, 2, 1}},
    {"* item", {2, 2, 1}},
    {"region / county", {3, 3, 2}},
    {"systems/services, and", {2, 2, 3}},
    {"(i.e., engaging)", {2, 2, 2}},
    {"\u201Cquoted words\u201D", {2, 2, 2}},
    {"\u00AB a \u00BB", {3, 3, 1}},
    {"\u4F60\u597D\u4E16\u754C", {4, 4, 4}},
    {"\u65E5\u672C\u8A9E text", {4, 4, 4}},
    {"\u3053\u308C\u306F\u672C", {4, 4, 4}},
    {"\uD55C\uAD6D\uC5B4 \uBB38\uC7A5", {5, 5, 2}},
    {"\U0001f600", {1, 1, 0}},
    {"ok \U0001f600", {2, 2, 1}},
    {"#1 !!! ok", {3, 3, 2}},
    {"Q4 2022", {2, 2, 2}},
    {"explanation.1", {1, 1, 2}},
    {"na\u00EFve cafe\u0301", {2, 2, 2}},
    /* what shows nothing is no word */
    {"ten \u200B words", {2, 2, 2}},
    {"ten \u00AD\u200E words \uFE0F", {2, 2, 2}},
    {"\u2800", {0, 0, 0}},
    {"\u3164 \u115F\u1160 \uFFA0", {0, 0, 0}},
    {"\u180E \u034F \u2063 \uFFFC \U000E0041 \u061C \u2066 \uFEFF", {0, 0, 0}},
    {"\u200B\u4E16", {1, 1, 1}},
    {"\xC2\x80 \uFFF9", {0, 0, 0}},
    {"\u00AD- a", {2, 2, 1}},
};

static size_t count_of(arena_fixture *fixture, pv_str text, pv_word_method method) {
    size_t count;
    assert_true(pv_words_count(text, method, &count, &fixture->error));
    return count;
}

static void counts_the_probe_strings(void **state) {
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++)
        for (size_t m = 0; m < 3; m++) {
            size_t count = count_of(*state, pv_str_from(probes[i].text), methods[m]);
            if (count != probes[i].words[m])
                fail_msg("\"%s\" by %s is %zu, should be %zu", probes[i].text, method_names[m], count,
                         probes[i].words[m]);
        }
}

static void finds_just_the_words_it_counts(void **state) {
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++)
        for (size_t m = 0; m < 3; m++) {
            pv_str text = pv_str_from(probes[i].text);
            pv_word_list list;
            assert_true(pv_words_find(fixture->arena, text, methods[m], &list, &fixture->error));
            assert_int_equal(list.count, probes[i].words[m]);
            for (size_t w = 0; w < list.count; w++) {
                assert_true(list.at[w].start < list.at[w].end && list.at[w].end <= text.size);
                assert_true(w == 0 || list.at[w - 1].end <= list.at[w].start);
            }
        }
}

/* The words found, by a "|" between them. */
static const struct {
    pv_word_method method;
    const char *text;
    const char *words;
} splits[] = {
    {PV_WORD_METHOD_WORD, "  Hi,\tL.A.\u3000\u4E16\u754Cx \n", "Hi,|L.A.|\u4E16|\u754C|x"},
    {PV_WORD_METHOD_WORD, "x\u4E16", "x|\u4E16"},
    /* a voiced kana typed as kana and mark, and the syllable "han" typed as three jamo, are one word each */
    {PV_WORD_METHOD_WORD, "\u304B\u3099\u304F", "\u304B\u3099|\u304F"},
    {PV_WORD_METHOD_WORD, "\u1112\u1161\u11AB\u1112\u1161\u11AB", "\u1112\u1161\u11AB|\u1112\u1161\u11AB"},
    {PV_WORD_METHOD_WORD, "\u4E16\u200B\u754C\u2028\u4E16", "\u4E16\u200B|\u754C|\u4E16"},
    {PV_WORD_METHOD_WORD,
     "a\x01"
     "b c\x1F"
     "d",
     "a\x01"
     "b|c\x1F"
     "d"}, /* controls are not White_Space */
    {PV_WORD_METHOD_WORD, "\u2014 a--b", "\u2014|a--b"},
    {PV_WORD_METHOD_DASH_SPLIT, "\u2014 a\u2014", "a"},
    {PV_WORD_METHOD_DASH_SPLIT, "\u2013\u2014", ""},
    {PV_WORD_METHOD_DASH_SPLIT, "a-b--c -- d-", "a-b--|c|--|d-"},
    {PV_WORD_METHOD_DASH_SPLIT, "--all ---x", "--|all|---|x"},
    {PV_WORD_METHOD_UAX29, "Don't (stop) -- 3.5!", "Don't|stop|3.5"},
};

static void finds_the_exact_bytes(void **state) {
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof splits / sizeof splits[0]; i++) {
        pv_str text = pv_str_from(splits[i].text);
        pv_word_list list;
        assert_true(pv_words_find(fixture->arena, text, splits[i].method, &list, &fixture->error));
        pv_buf joined = pv_buf_on(&fixture->memory);
        for (size_t w = 0; w < list.count; w++) {
            if (w > 0)
                pv_buf_append_char(&joined, '|');
            pv_buf_append(&joined, pv_str_slice(text, list.at[w].start, list.at[w].end));
        }
        assert_str(pv_buf_str(&joined), splits[i].words);
        pv_buf_clear(&joined);
    }
}

static void counts_nothing_in_nothing(void **state) {
    for (size_t m = 0; m < 3; m++) {
        assert_int_equal(count_of(*state, (pv_str){NULL, 0}, methods[m]), 0);
        assert_int_equal(count_of(*state, PV_STR(" \t\r\n\u00A0\u2029\u3000"), methods[m]), 0);
    }
}

static void takes_a_nul_for_a_character(void **state) {
    assert_int_equal(count_of(*state, PV_STR("a\0b c"), PV_WORD_METHOD_WORD), 2);
}

static void finds_the_first_word_too_many(void **state) {
    arena_fixture *fixture = *state;
    pv_word_list list;
    assert_true(pv_words_find(fixture->arena, repeated(fixture->arena, "word ", 101), PV_WORD_METHOD_WORD, &list,
                              &fixture->error));
    assert_int_equal(list.count, 101);
    assert_int_equal(list.at[100].start, 500);
    assert_int_equal(list.at[100].end, 504);
}

static void names_the_methods(void **state) {
    (void)state;
    pv_word_method method;
    for (size_t m = 0; m < 3; m++) {
        assert_true(pv_word_method_from_name(pv_str_from(method_names[m]), &method));
        assert_int_equal(method, methods[m]);
    }
    assert_false(pv_word_method_from_name(PV_STR("dash"), &method));
    assert_false(pv_word_method_from_name(PV_STR(""), &method));
}

/* Z for a zero-width trick, L for a long run, J for joined words, in the order found. */
static void assert_tricks(arena_fixture *fixture, pv_str text, const char *kinds) {
    pv_word_trick_list list;
    char found[16] = "";
    assert_true(pv_words_find_tricks(fixture->arena, text, &list, &fixture->error));
    assert_true(list.count < sizeof found);
    for (size_t i = 0; i < list.count; i++)
        found[i] = "ZLJ"[list.tricks[i].kind];
    if (strcmp(found, kinds) != 0)
        fail_msg("\"%.*s\" has the tricks \"%s\", should have \"%s\"", PV_STR_ARG(text), found, kinds);
}

static void finds_glued_words(void **state) {
    assert_tricks(*state, PV_STR("two\u200Bwords and two\u2060more"), "ZZ");
    assert_tricks(*state, PV_STR("four\uFEFFglued\u200Btogether\u200Cnow"), "Z"); /* one run, one trick */
    assert_tricks(*state, PV_STR("one,\u200B(two)"), "Z");
    assert_tricks(*state, PV_STR("two\u200B\u2060words"), "Z");
    assert_tricks(*state, PV_STR("\uFEFFword word\u200B \u200B"), "");               /* nothing on one side */
    assert_tricks(*state, PV_STR("\U0001F468\u200D\U0001F469\u200D\U0001F467"), ""); /* a family, one emoji */
    assert_tricks(*state, PV_STR("\u4E16\u200B\u754C"), "");                         /* two words anyway */
    assert_tricks(*state, PV_STR("hard-to-reach L.A."), "");
    static const pv_str glue[] = {PV_STR("\u2800"), PV_STR("\u180E"), PV_STR("\u034F"), PV_STR("\u2063"),
                                  PV_STR("\uFE0F"), PV_STR("\uFFFC"), PV_STR("\u3164"), PV_STR("\u200E"),
                                  PV_STR("\u200C"), PV_STR("\u200D"), PV_STR("\u2066"), PV_STR("\U000E0061"),
                                  PV_STR("\u17B4"), PV_STR("\u115F")};
    for (size_t i = 0; i < sizeof glue / sizeof *glue; i++) {
        pv_arena *arena = ((arena_fixture *)*state)->arena;
        assert_tricks(*state, pv_arena_format(arena, "two%.*swords", PV_STR_ARG(glue[i])), "Z");
        assert_tricks(*state, pv_arena_format(arena, "\u03B4\u03CD\u03BF%.*s\u043B2", PV_STR_ARG(glue[i])), "Z");
        assert_tricks(*state, pv_arena_format(arena, "two %.*s words", PV_STR_ARG(glue[i])), "");
    }
}

/* Joiners and their like in words that are written with them, and a hyphen that stands ready for the end of a line. */
static void leaves_honest_writing_alone(void **state) {
    assert_tricks(*state, PV_STR("soft\u00ADhyphen co\u00ADop\u00ADerate"), "");
    assert_tricks(*state, PV_STR("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"), ""); /* Persian */
    assert_tricks(*state, PV_STR("\u0915\u094D\u200D\u0937"), "");                         /* Hindi */
    assert_tricks(*state, PV_STR("\u0D28\u0D4D\u200D\u0D31"), "");                         /* Malayalam */
    assert_tricks(*state, PV_STR("\u0995\u09CD\u200C\u09B7"), "");                         /* Bengali */
    assert_tricks(*state, PV_STR("\u1820\u180E\u1820"), "");                               /* Mongolian */
    assert_tricks(*state, PV_STR("\u0E01\u200B\u0E02"), "");                               /* Thai */
    assert_tricks(*state, PV_STR("\u05D0\u200F\u05D1"), "");                               /* Hebrew */
    assert_tricks(*state, PV_STR("1\uFE0F\u20E32\uFE0F\u20E3"), "");                       /* keycaps */
    assert_tricks(*state, PV_STR("Acme\u2122\uFE0F(tm)"), "");
    assert_tricks(*state, PV_STR("so\U0001F468\u200D\U0001F469on"), "");
    assert_tricks(*state, PV_STR("\u0645\u200Cab\u200Bcd"), "Z"); /* Latin words in the same run */
}

static pv_str around_with(arena_fixture *fixture, const char *before, const char *part, size_t times,
                          const char *after) {
    pv_str middle = repeated(fixture->arena, part, times);
    return pv_arena_format(fixture->arena, "%s%.*s%s", before, PV_STR_ARG(middle), after);
}

static pv_str around(arena_fixture *fixture, const char *before, size_t letters, const char *after) {
    return around_with(fixture, before, "x", letters, after);
}

static void finds_long_runs(void **state) {
    arena_fixture *fixture = *state;
    assert_tricks(fixture, repeated(fixture->arena, "x", 60), "");
    assert_tricks(fixture, repeated(fixture->arena, "x", 61), "L");
    assert_tricks(fixture, repeated(fixture->arena, "\u00E9", 60), ""); /* characters, not bytes */
    assert_tricks(fixture, repeated(fixture->arena, "\u00E9", 61), "L");
    assert_tricks(fixture, repeated(fixture->arena, "word-", 13), "L");
    assert_tricks(fixture, repeated(fixture->arena, "\u4E16", 100), ""); /* a hundred words */
    assert_tricks(fixture, repeated(fixture->arena, "ab\u200B", 30), "ZL");
    assert_tricks(fixture, repeated(fixture->arena, "_", 100), ""); /* a line to write on */
    assert_tricks(fixture, repeated(fixture->arena, "=-", 100), "");
    assert_tricks(fixture, around_with(fixture, "Name", ".", 100, "5"), ""); /* leads the eye */
    assert_tricks(fixture, around_with(fixture, "Total", "\u2026", 70, "5"), "");
    assert_tricks(fixture, repeated(fixture->arena, "two..", 20), "L");
}

static void lets_addresses_be_long(void **state) {
    arena_fixture *fixture = *state;
    assert_tricks(fixture, around(fixture, "https://example.org/", 80, ""), "");
    assert_tricks(fixture, around(fixture, "(www.example.org/", 80, ");"), "");
    assert_tricks(fixture, around(fixture, "www.example.org/", 80, "?from=http://example.org"), "");
    assert_tricks(fixture, around(fixture, "someone@", 80, ".example.org),"), "");
    assert_tricks(fixture, around(fixture, "", 61, "://example.org"), "L"); /* too much in front */
    assert_tricks(fixture, around(fixture, "://", 80, ""), "L");            /* no scheme */
    assert_tricks(fixture, around(fixture, "someone@", 80, ""), "L");       /* no dot in the host */
    assert_tricks(fixture, around(fixture, "@a.", 80, ""), "L");
    assert_tricks(fixture, around(fixture, "someone@.", 80, ""), "L");
    assert_tricks(fixture, around(fixture, "", 61, "@example.org"), "L");
    assert_tricks(fixture, around(fixture, "a@b.example/", 80, ""), "L"); /* not a host */
}

static void finds_joined_words(void **state) {
    static const char *const joined[] = {
        "we_will_connect_all",
        "train/pay/monitor/report",
        "connect,train,pay",
        "connect;train;pay",
        "connect.train.pay.monitor",
        "we|will|connect|all",
        "we+will+connect+all",
        "we\u2014will\u2014connect\u2014all",
        "we~will~connect~all",
        "we\uFF3Fwill\uFF3Fconnect\uFF3Fall",
        "connect\uFF0Ctrain\uFF0Cpay",
        "we\u00B7will\u00B7connect\u00B7all",
        "we:will:connect:all",
        "we-will-connect-all-our-providers",
        "WeWillConnectAllProviders",
        "(connect,train,pay).",
        "we_will/connect.all",
        "providers',members',partners'",
        "train\uFF0Fpay\uFF0Fmonitor\uFF0Freport",
        "follow-up,out-reach,in-take",
    };
    for (size_t i = 0; i < sizeof joined / sizeof joined[0]; i++)
        assert_tricks(*state, pv_str_from(joined[i]), "J");
    /* Once is a slip. */
    assert_tricks(*state, PV_STR("connect,train them pay,report soon"), "");
    assert_tricks(*state, PV_STR("connect,train screen;refer pay,report help.Visit call,write"), "JJJJJ");
}

static void finds_no_trick_in_what_is_one(void **state) {
    static const char *const honest[] = {
        "and/or",
        "providers/entities",
        "behavioral/physical",
        "he/she/they",
        "SSI/SSDI/CalFresh/CalWORKs",
        "Hispanic/Latino/Black/White",
        "1,000,000",
        "7/1/2022",
        "2022-07-01",
        "12.5.3.1",
        "e.g.,",
        "i.e.",
        "U.S.A.",
        "a.m.",
        "Payment_1_final_v2.docx",
        "draft_two_of_plan.docx",
        "dhcs.ca.gov",
        "www.dhcs.ca.gov/services/mcq/pages",
        "dhcs.ca.gov/services/mcq/pages",
        "https://a.b/we_will_connect_all",
        "name.of.some.one@dhcs.ca.gov",
        "state-of-the-art",
        "one-size-fits-all",
        "hard-to-reach",
        "county-wide",
        "screening\u2014and",
        "CalAIM",
        "McDonald",
        "HealthNet",
        "wait...what",
        "L.A.-based",
        "client_id_number",
        "Kern,Inyo",
        "yes,no",
        "Yes/No/NA",
        "(_____)",
        "x,y,z1",
        "AT&T",
        "R&D",
        "Q1/Q2/Q3/Q4",
        "24/7",
        "A/B/C1",
        "word1-word2-word3-word4-word5-word6",
        "CalAIMCommunityX",
    };
    for (size_t i = 0; i < sizeof honest / sizeof honest[0]; i++)
        assert_tricks(*state, pv_str_from(honest[i]), "");
}

static void points_at_the_run(void **state) {
    arena_fixture *fixture = *state;
    pv_word_trick_list list;
    assert_true(pv_words_find_tricks(fixture->arena, PV_STR("an a\u200Bb end"), &list, &fixture->error));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.tricks[0].at.start, 3);
    assert_int_equal(list.tricks[0].at.end, 8); /* two letters and three bytes of U+200B */
}

static bool find_all(pv_arena *arena, pv_error *error) {
    pv_str text = PV_STR("a\u200Bb c\u2060d");
    for (size_t m = 0; m < 3; m++) {
        pv_word_list list;
        if (!pv_words_find(arena, text, methods[m], &list, error))
            return false;
    }
    pv_word_trick_list tricks;
    return pv_words_find_tricks(arena, text, &tricks, error);
}

static void reports_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(find_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(counts_the_probe_strings),     arena_test(finds_just_the_words_it_counts),
        arena_test(finds_the_exact_bytes),        arena_test(counts_nothing_in_nothing),
        arena_test(takes_a_nul_for_a_character),  arena_test(finds_the_first_word_too_many),
        cmocka_unit_test(names_the_methods),      arena_test(finds_glued_words),
        arena_test(leaves_honest_writing_alone),  arena_test(finds_long_runs),
        arena_test(lets_addresses_be_long),       arena_test(points_at_the_run),
        arena_test(finds_joined_words),           arena_test(finds_no_trick_in_what_is_one),
        cmocka_unit_test(reports_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
