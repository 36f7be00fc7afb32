/* What the check vocabulary makes of the light in which a text says something: what is denied or somebody else's words
 * does not count, what is not sure is for a person, and each says why, with the words because of which. */
#include "vocabulary_fixture.h"

#define TARGET "states_target(" R ", decimal(\"20%\"))"
#define NO_TARGET "no target is stated; asked for: 20%"
#define UNSURE(stated, why) "“" stated "” is no sure target of 20%: " why

static const text_check targets[] = {
    {"We will increase access by 20%.", {TARGET, PASS, "the target, 20%, is promised", "20%", "20% ≥ 20%"}},
    {"We will increase access by at least 25%.", {TARGET, PASS, "the target, 25%, is promised", "25%", "25% ≥ 20%"}},
    {"Our goal is 20%.", {TARGET, PASS, "the target, 20%, is promised", "20%", NULL}},
    {"We will reach the 20% that DHCS asks for.", {TARGET, PASS, "the target, 20%, is promised", "20%", NULL}},
    {"We will go from 40% to 60%.", {TARGET, PASS, "the target, 60%, is promised", "60%", "20% ≥ 20%"}},
    {"We will increase access by 15%.", {TARGET, FAIL, "the target, 15%, is less than 20%", "15%", "15% < 20%"}},
    {"We will grow by 15%, and then by 20%.", {TARGET, PASS, "the target, 20%, is promised", "20%", NULL}},
    {"We will increase access.", {TARGET, FAIL, NO_TARGET, "We will increase access.", NULL}},
    {"We will increase access.",
     {"states_target(" R ", decimal(\"20%\"), { absent = \"review\" })", REVIEW, NO_TARGET, "We will increase access.",
      NULL}},
    {"We cannot promise 20%.",
     {TARGET, FAIL, NO_TARGET "; “20%” does not count: “cannot” denies it", "We cannot promise 20%.", NULL}},
    {"DHCS asks for at least 20%.",
     {TARGET, FAIL, NO_TARGET "; “20%” does not count: “DHCS asks for” tells it as somebody else's words",
      "DHCS asks for at least 20%.", NULL}},
    {"We may increase access by 20%.", {TARGET, REVIEW, UNSURE("20%", "“may” leaves it open"), "20%", NULL}},
    {"We will increase access by up to 20%.",
     {TARGET, REVIEW, UNSURE("20%", "it is a most, not a least"), "20%", NULL}},
    {"If funding allows, we will increase access by 20%.",
     {TARGET, REVIEW, UNSURE("20%", "“If” sets a condition"), "20%", NULL}},
    {"We will not fail to increase access by 20%.",
     {TARGET, REVIEW, UNSURE("20%", "it is denied twice (“not”)"), "20%", NULL}},
    {"Currently 45% of our providers bill.",
     {TARGET, REVIEW, UNSURE("45%", "“Currently” tells what was or is"), "45%", NULL}},
    {"45% more.", {TARGET, REVIEW, UNSURE("45%", "nothing promises it"), "45%", NULL}},
    {"We will train 45% of our staff.", {TARGET, REVIEW, UNSURE("45%", "it is a share of “staff”"), "45%", NULL}},
    {"We will increase access to 45%.",
     {TARGET, REVIEW, UNSURE("45%", "it is a level, and from where it rises is not said"), "45%", NULL}},
    {"We will reduce access by 20%.", {TARGET, REVIEW, UNSURE("20%", "it is a fall"), "20%", NULL}},
    {"We will increase access by about 20%.", {TARGET, REVIEW, UNSURE("20%", "it is about so much"), "20%", NULL}},
    {"We will increase access by 15% and currently bill for 45%.",
     {TARGET, FAIL, "the target, 15%, is less than 20%", "15%", NULL}},
    {"We cannot promise 20%.",
     {"states_target(" R ", decimal(\"20%\"), { context = \"any\" })", PASS, "the target, 20%, is at least 20%", "20%",
      NULL}},
};

static void test_targets(void **state) {
    assert_text_checks(*state, ROWS(targets));
}

#define DPH "mentions(" R ", \"public health\")"
#define NOT_MENTIONED "does not mention “public health”"

static const text_check named[] = {
    {"We work with public health.", {DPH, PASS, "mentions “public health”", "public health", NULL}},
    {"We do not work with public health.", {DPH, FAIL, NOT_MENTIONED, "We do not work with public health.", NULL}},
    {"DHCS asks for public health.", {DPH, FAIL, NOT_MENTIONED, "DHCS asks for public health.", NULL}},
    {"We may work with public health.",
     {DPH, REVIEW, "mentions “public health”, but “may” leaves it open", "public health", NULL}},
    /* What is said for sure counts, wherever it stands. */
    {"We may train public health, and we will meet with public health.",
     {DPH, PASS, "mentions “public health”", "public health", NULL}},
    {"We do not work with public health.",
     {"mentions(" R ", \"public health\", { context = \"any\" })", PASS, "mentions “public health”", "public health",
      NULL}},
    {"We do not work with public health, but with social services.",
     {"mentions_all(" R ", { \"public health\", \"social services\" })", FAIL, NOT_MENTIONED,
      "We do not work with public health, but with social services.", "1 of 2 are mentioned"}},
    {"We work with public health, and may meet social services.",
     {"mentions_all(" R ", { \"public health\", \"social services\" })", REVIEW,
      "mentions “social services”, but “may” leaves it open", "social services", NULL}},
};

static void test_names(void **state) {
    assert_text_checks(*state, ROWS(named));
}

#define QUARTER "every(" R ", \"quarter\")"
#define NOT_STATED "it is not stated how often; asked for: quarter"

static const text_check frequencies[] = {
    {"We will meet quarterly.", {QUARTER, PASS, "“quarterly”", "quarterly", NULL}},
    {"We cannot commit to quarterly meetings.",
     {QUARTER, FAIL, NOT_STATED, "We cannot commit to quarterly meetings.", NULL}},
    {"We hope to meet quarterly.",
     {QUARTER, REVIEW, "“quarterly” is not sure: “hope to” leaves it open", "quarterly", NULL}},
    {"We met quarterly in 2021.",
     {QUARTER, REVIEW, "“quarterly” is not sure: “met” says that it was so", "quarterly", NULL}},
    {"We will not meet quarterly but once a year.",
     {QUARTER, FAIL, "“once a year” is less often than asked for: quarter", "once a year", NULL}},
    {"We cannot meet quarterly.",
     {"every(" R ", \"quarter\", { context = \"any\" })", PASS, "“quarterly”", "quarterly", NULL}},
    {"It will take up to 30 days.", {"takes_at_most(" R ", \"30 days\")", PASS, "“30 days”", "30 days", NULL}},
    {"It will not take 30 days.",
     {"takes_at_least(" R ", \"30 days\")", FAIL, "it is not stated how long; asked for: 30 days",
      "It will not take 30 days.", NULL}},
};

static void test_frequencies(void **state) {
    assert_text_checks(*state, ROWS(frequencies));
}

static const text_check counts[] = {
    {"We will not 1) connect, 2) train, 3) pay.",
     {"count_of(" R ".text:items():leaves_list(), 3, 4, \"steps\")", REVIEW,
      "3 steps are marked, of which 3 are in doubt; 3 to 4 are asked for: “not” denies it", "1) connect,", NULL}},
    {"We will 1) connect, 2) train, 3) not pay.",
     {"count_of(" R ".text:items():leaves_list(), 3, 4, \"steps\")", REVIEW,
      "3 steps are marked, of which 1 is in doubt; 3 to 4 are asked for: “not” denies it", "3) not pay.", NULL}},
    {"We will 1) connect all not yet connected, 2) train who never was, 3) pay.",
     {"count_of(" R ".text:items():leaves_list(), 3, 4, \"steps\")", PASS, "3 steps",
      "1) connect all not yet connected, 2) train who never was, 3) pay.", NULL}},
    {"We will 1) connect.\n2) Pay.",
     {"count_of(" R ".text:items():leaves_list(), 3, 4, \"steps\")", FAIL, "2 steps are given; 3 to 4 are asked for",
      "1) connect.\n2) Pay.", NULL}},
    {"We will 1) connect, 2) train, 3) not pay.",
     {"count_of(" R ".text:items():leaves_list(), 3, 4, \"steps\", { context = \"any\" })", PASS, "3 steps",
      "1) connect, 2) train, 3) not pay.", NULL}},
    {"We will 1) connect, 2) train, 3) not fail to pay.",
     {"count_of(" R ".text:items():leaves_list(), 3, 4, \"steps\")", REVIEW,
      "whether there are 3 to 4 steps is not sure: it is denied twice (“not”)", "3) not fail to pay.", NULL}},
};

static void test_counts(void **state) {
    assert_text_checks(*state, ROWS(counts));
}

/* Attributes and filters, as text. */
#define SHOWN(expression) "pass(\"%s\", " expression ")"
#define FIRST R ".text:percentages():first()"

static const text_check attributes[] = {
    {"We may reach 20%.", {SHOWN(FIRST ".hedged"), PASS, "may", NULL, NULL}},
    {"We may reach 20%.", {SHOWN(FIRST ".denied"), PASS, "nil", NULL, NULL}},
    {"We may reach 20%.", {SHOWN(FIRST ".sure"), PASS, "false", NULL, NULL}},
    {"We may reach 20%.", {SHOWN(FIRST ".asserted"), PASS, "true", NULL, NULL}},
    {"DHCS asks for 20%.", {SHOWN(FIRST ".attributed_to"), PASS, "DHCS asks for", NULL, NULL}},
    {"We cannot reach 20%.", {SHOWN(FIRST ".denied"), PASS, "cannot", NULL, NULL}},
    {"We will reach 20% if asked.", {SHOWN(FIRST ".conditional"), PASS, "if", NULL, NULL}},
    {"We grew 20%.", {SHOWN(FIRST ".past"), PASS, "grew", NULL, NULL}},
    {"We now have 20%.", {SHOWN(FIRST ".present"), PASS, "now", NULL, NULL}},
    {"We will reach 20%.", {SHOWN(FIRST ".promised"), PASS, "will", NULL, NULL}},
    {"Will we reach 20%?", {SHOWN(FIRST ".doubt"), PASS, "it stands in a question", NULL, NULL}},
    {"Grow access by 20%.", {SHOWN(FIRST ".change"), PASS, "20%", NULL, NULL}},
    {"Grow access from 20% to 50%.", {SHOWN(R ".text:percentages():last().change"), PASS, "30%", NULL, NULL}},
    {"Grow access from 20% to 50%.", {SHOWN(R ".text:percentages():last().from"), PASS, "20%", NULL, NULL}},
    {"Grow access to 20%.", {SHOWN(FIRST ".level"), PASS, "20%", NULL, NULL}},
    {"Train 20% of our ECM Providers.", {SHOWN(FIRST ".share"), PASS, "20%", NULL, NULL}},
    {"Train 20% of our ECM Providers.", {SHOWN(FIRST ".of"), PASS, "ECM Providers", NULL, NULL}},
    {"Train as much as 20% of them.", {SHOWN(FIRST ".comparator"), PASS, "at most", NULL, NULL}},
    {"We send a quarterly letter.", {SHOWN(R ".text:frequencies():first().what"), PASS, "letter", NULL, NULL}},
    {"We will not 1) meet, 2) train.", {SHOWN(R ".text:items()[2].denied"), PASS, "not", NULL, NULL}},
    {"We cannot start on July 1, 2022.", {SHOWN(R ".text:dates():first().denied"), PASS, "cannot", NULL, NULL}},
    {"We cannot do it in 30 days.", {SHOWN(R ".text:durations():first().denied"), PASS, "cannot", NULL, NULL}},
    {"We will reach 20%, not 30%.", {SHOWN("#" R ".text:percentages():promised()"), PASS, "1", NULL, NULL}},
    {"DHCS asks for 20%; we may reach 30%.",
     {SHOWN(R ".text:percentages():asserted():first()"), PASS, "30%", NULL, NULL}},
};

static void test_attributes(void **state) {
    lua_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        answer(fixture, attributes[i].text);
        pv_outcome outcome = run_expression(fixture, "", attributes[i].check.expression);
        if (!pv_str_equal(outcome.message, pv_str_from(attributes[i].check.message)))
            fail_msg("%s %s: %.*s%.*s", attributes[i].text, attributes[i].check.expression, PV_STR_ARG(outcome.message),
                     PV_STR_ARG(fault_message(&outcome)));
    }
}

/* The words that tell it are a second place. */
static void test_places(void **state) {
    lua_fixture *fixture = *state;
    answer(fixture, "We cannot promise 20%.");
    pv_outcome outcome = run_expression(fixture, "", TARGET);
    assert_int_equal(outcome.related_count, 1);
    assert_str(outcome.related[0].message, "“20%” does not count: “cannot” denies it");
    assert_str(pv_source_slice(fixture->submission->source, outcome.related[0].at.span), "cannot");
}

static void test_misuse(void **state) {
    static const misuse rows[] = {
        {"mentions(" R ", \"x\", { contxt = \"any\" })", "mentions has no option \"contxt\"; it has context"},
        {"every(" R ", \"quarter\", { context = \"none\" })", "every takes context = \"any\""},
        {"states_target(" R ", decimal(\"20%\"), { absent = \"pass\" })", "takes absent = \"review\" or \"fail\""},
        {R ".text:words_by(\"word\").sure", "has no \"sure\""},
        {FIRST ".attributed", "did you mean \"attributed_to\"?"},
        {R ".text:paragraphs():map(tostring):promised()", "only what is found in a text is promised"},
    };
    lua_fixture *fixture = *state;
    answer(fixture, "We will reach 20%.");
    assert_misuses(fixture, "", 3, rows, sizeof rows / sizeof rows[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        vocabulary_test(test_targets), vocabulary_test(test_names),      vocabulary_test(test_frequencies),
        vocabulary_test(test_counts),  vocabulary_test(test_attributes), vocabulary_test(test_places),
        vocabulary_test(test_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
