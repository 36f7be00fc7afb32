/* What texts and lists say, in the check vocabulary: numbers in their spellings, how often, how long, how many, what
 * comes twice, whose wording it is. */
#include "vocabulary_fixture.h"

#define SECOND "submission.responses[2]" /* The plan and the county meet every month to review all referrals. */
#define PERCENTAGE R ".text:percentages():first()"
#define COUNT R ".text:counts():first()"
#define AMOUNT R ".text:amounts():first()"
#define TWENTY "decimal(\"20%\")"

/* ---- numbers ---- */

static const text_check numbers[] = {
    {"Grow by at least 20%.",
     {"at_least(" PERCENTAGE ", " TWENTY ")", PASS, "20% is at least 20%", "20%", "20% ≥ 20%"}},
    {"Grow by 20 percent.",
     {"at_least(" PERCENTAGE ", " TWENTY ")", PASS, "20 percent is at least 20%", "20 percent", NULL}},
    {"Grow by 20 per cent.",
     {"at_least(" PERCENTAGE ", " TWENTY ")", PASS, "20 per cent is at least 20%", "20 per cent", NULL}},
    {"Grow by twenty percent.",
     {"at_least(" PERCENTAGE ", " TWENTY ")", PASS, "twenty percent is at least 20%", "twenty percent", NULL}},
    {"Grow by 20 %.", {"at_least(" PERCENTAGE ", " TWENTY ")", PASS, "20 % is at least 20%", "20 %", NULL}},
    {"Grow by 19.99%.",
     {"at_least(" PERCENTAGE ", " TWENTY ")", FAIL, "19.99% is less than 20%", "19.99%", "19.99% < 20%"}},
    /* A range is held to its lower end below and to its upper end above. */
    {"Grow by 20-25%.", {"at_least(" PERCENTAGE ", " TWENTY ")", PASS, "20-25% is at least 20%", "20-25%", NULL}},
    {"Grow by 20-25%.",
     {"at_most(" PERCENTAGE ", decimal(\"22%\"))", FAIL, "20-25% is more than 22%", "20-25%", "25% > 22%"}},
    {"Take 3-4 steps.", {"between(" COUNT ", 3, 4)", PASS, "3-4 is from 3 to 4", "3-4", NULL}},
    {"Take 3 – 4 steps.", {"at_most(" COUNT ", 3)", FAIL, "3 – 4 is more than 3", "3 – 4", "4 > 3"}},
    {"Take five steps.",
     {"at_most(" COUNT ", 5, \"number of steps\")", PASS, "the number of steps, five, is at most 5", "five", NULL}},
    {"It costs $4 million.",
     {"at_most(" AMOUNT ", 4000000)", PASS, "$4 million is at most 4000000", "$4 million", NULL}},
    {"It costs £10,000.50.", {"at_most(" AMOUNT ", 10000)", FAIL, "£10,000.50 is more than 10000", "£10,000.50", NULL}},
};

static void test_numbers(void **state) {
    assert_text_checks(*state, ROWS(numbers));
}

/* ---- how often ---- */

#define SELDOM(stated) "“" stated "” is less often than asked for: quarter"
#define OPEN(stated) "“" stated "” leaves open whether it is less often than asked for: quarter"
#define EVERY_QUARTER "every(" R ", \"quarter\")"

static const text_check frequencies[] = {
    {"We meet at least quarterly.", {EVERY_QUARTER, PASS, "“quarterly”", "quarterly", "asked for: quarter"}},
    {"We meet four times a year.", {EVERY_QUARTER, PASS, "“four times a year”", "four times a year", NULL}},
    {"We meet every three months.", {EVERY_QUARTER, PASS, "“every three months”", "every three months", NULL}},
    {"We meet on a monthly basis.", {EVERY_QUARTER, PASS, "“monthly”", "monthly", NULL}},
    {"We meet every other week.",
     {"every(" R ", \"two weeks\")", PASS, "“every other week”", "every other week", NULL}},
    {"We meet quarterly.", {"every(" R ", \"four times a year\")", PASS, "“quarterly”", "quarterly", NULL}},
    {"We meet annually.", {"every(" R ", \"year\")", PASS, "“annually”", "annually", NULL}},
    {"We meet twice a year.", {EVERY_QUARTER, FAIL, SELDOM("twice a year"), "twice a year", NULL}},
    {"We meet every four months.", {EVERY_QUARTER, FAIL, SELDOM("every four months"), "every four months", NULL}},
    /* One that does is enough, wherever it stands. */
    {"We report every year and meet each month.", {EVERY_QUARTER, PASS, "“each month”", "each month", NULL}},
    {"We report yearly and meet every 3 to 6 months.",
     {EVERY_QUARTER, REVIEW, OPEN("every 3 to 6 months"), "every 3 to 6 months", NULL}},
    {"We meet up to quarterly.", {EVERY_QUARTER, REVIEW, OPEN("quarterly"), "quarterly", NULL}},
    /* Six or twenty-four times a year: more than four either way. */
    {"We meet bimonthly.", {EVERY_QUARTER, PASS, "“bimonthly”", "bimonthly", NULL}},
    {"We meet bimonthly.",
     {"every(" R ", \"month\")", REVIEW, "“bimonthly” leaves open whether it is less often than asked for: month",
      "bimonthly", NULL}},
    {"We report yearly and meet monthly.",
     {"every(" R ".text:frequencies()[1], \"quarter\")", FAIL, SELDOM("yearly"), "yearly", NULL}},
    {"We report yearly and meet monthly.",
     {"every(" R ".text:frequencies(), \"quarter\")", PASS, "“monthly”", "monthly", NULL}},
    {"We meet regularly.",
     {"every(" R ".text:frequencies(), \"quarter\")", FAIL, "it is not stated how often; asked for: quarter", NULL,
      NULL}},
    {"We meet regularly.",
     {EVERY_QUARTER, FAIL, "it is not stated how often; asked for: quarter", "We meet regularly.", NULL}},
};

static void test_frequencies(void **state) {
    assert_text_checks(*state, ROWS(frequencies));
}

/* ---- how long ---- */

#define MOST(limit) "takes_at_most(" R ", \"" limit "\")"
#define LEAST(limit) "takes_at_least(" R ", \"" limit "\")"
#define IN_30 MOST("30 calendar days")
#define LONGER(stated) "“" stated "” is longer than asked for: 30 calendar days"
#define MAYBE_LONGER(stated) "“" stated "” leaves open whether it is longer than asked for: 30 calendar days"

static const text_check durations[] = {
    {"Within 30 calendar days.",
     {IN_30, PASS, "“30 calendar days”", "30 calendar days", "asked for: 30 calendar days"}},
    {"Within thirty (30) calendar days.",
     {IN_30, PASS, "“thirty (30) calendar days”", "thirty (30) calendar days", NULL}},
    {"Within 30 days.", {IN_30, PASS, "“30 days”", "30 days", NULL}},
    {"Within 31 days.", {IN_30, FAIL, LONGER("31 days"), "31 days", NULL}},
    {"Within four weeks.", {IN_30, PASS, "“four weeks”", "four weeks", NULL}},
    {"Within 5 weeks.", {IN_30, FAIL, LONGER("5 weeks"), "5 weeks", NULL}},
    /* A month has 28 to 31 days. */
    {"Within one month.", {IN_30, REVIEW, MAYBE_LONGER("one month"), "one month", NULL}},
    {"Within two months.", {IN_30, FAIL, LONGER("two months"), "two months", NULL}},
    /* 20 business days span four weekends at most, 22 five: 28 and 32 days. */
    {"Within 20 business days.", {IN_30, PASS, "“20 business days”", "20 business days", NULL}},
    {"Within 22 business days.", {IN_30, REVIEW, MAYBE_LONGER("22 business days"), "22 business days", NULL}},
    {"Within 31 business days.", {IN_30, FAIL, LONGER("31 business days"), "31 business days", NULL}},
    {"Within 3-5 business days.", {MOST("5 business days"), PASS, "“3-5 business days”", "3-5 business days", NULL}},
    /* Holidays are not bounded. */
    {"Within 10 working days.", {IN_30, REVIEW, MAYBE_LONGER("10 working days"), "10 working days", NULL}},
    {"Within 10 working days.", {MOST("10 working days"), PASS, "“10 working days”", "10 working days", NULL}},
    {"In at least 10 days.", {IN_30, REVIEW, MAYBE_LONGER("10 days"), "10 days", NULL}},
    {"In more than 30 days.", {IN_30, FAIL, LONGER("30 days"), "30 days", NULL}},
    {"We call soon.", {IN_30, FAIL, "it is not stated how long; asked for: 30 calendar days", "We call soon.", NULL}},
    {"We keep records for at least 10 years.", {LEAST("ten years"), PASS, "“10 years”", "10 years", NULL}},
    {"We keep records for 120 months.", {LEAST("ten years"), PASS, "“120 months”", "120 months", NULL}},
    {"We keep records for nine years.",
     {LEAST("ten years"), FAIL, "“nine years” is shorter than asked for: ten years", "nine years", NULL}},
    {"We keep records for less than ten years.",
     {LEAST("ten years"), FAIL, "“ten years” is shorter than asked for: ten years", "ten years", NULL}},
    /* Ten years have 3650 to 3660 days. */
    {"We keep records for 3653 days.",
     {LEAST("ten years"), REVIEW, "“3653 days” leaves open whether it is shorter than asked for: ten years",
      "3653 days", NULL}},
    /* A duration by itself; what it says. */
    {"Call within 5 days and close within 90 days.",
     {"takes_at_most(" R ".text:durations():last(), \"60 days\")", FAIL, "“90 days” is longer than asked for: 60 days",
      "90 days", NULL}},
    {"Call within 3-5 business days.",
     {"pass(\"%s %s-%s %s\", " R ".text:durations()[1].qualifier, " R ".text:durations()[1].value, " R
      ".text:durations()[1].upper, " R ".text:durations()[1].unit)",
      PASS, "at most 3-5 business day", NULL, NULL}},
};

static void test_durations(void **state) {
    assert_text_checks(*state, ROWS(durations));
}

/* ---- how many ---- */

#define STEPS(low, high) "count_of(" R ".text:items():leaves_list(), " low ", " high ", \"steps\")"

static const text_check counts[] = {
    {"We 1) hire, 2) train and (3) pay.",
     {STEPS("3", "4"), PASS, "3 steps", "1) hire, 2) train and (3) pay.", "3: 3 to 4"}},
    {"We 1) hire, 2) train.",
     {STEPS("3", "4"), FAIL, "2 steps are given; 3 to 4 are asked for", "1) hire, 2) train.", "2 < 3"}},
    {"We 1) hire, 2) train, 3) pay, 4) check, 5) report.",
     {STEPS("3", "4"), FAIL, "5 steps are given; 3 to 4 are asked for", "5) report.", "5 > 4"}},
    {"We 1) hire, 2) train.",
     {STEPS("3", "nil"), FAIL, "2 steps are given; at least 3 are asked for", "1) hire, 2) train.", "2 < 3"}},
    {"We 1) hire, 2) train.", {STEPS("1", "1"), FAIL, "2 steps are given; 1 is asked for", "2) train.", "2 > 1"}},
    {"We hire.", {STEPS("3", "4"), FAIL, "no steps were found; 3 to 4 are asked for", NULL, "0 < 3"}},
    {"We hire.", {STEPS("0", "4"), PASS, "0 steps", NULL, NULL}},
    /* Of a nested list of two styles the innermost count: a, b and 2. */
    {"1. Train:\\na) staff\\nb) leaders\\n2. Pay",
     {STEPS("3", "3"), PASS, "3 steps", "a) staff\\nb) leaders\\n2. Pay", NULL}},
};

static void test_counts(void **state) {
    assert_text_checks(*state, ROWS(counts));
}

/* ---- alike and different ---- */

#define LETTERS(column) "submission.records.letter:map(function(letter) return letter." column " end)"
#define FIELDS "submission.fields"

static const check alike[] = {
    {"unique(" LETTERS("title") ", \"title\")", FAIL, "the title “letter of  Support” is given more than once",
     "letter of  Support", "“Letter of support” = “letter of  Support”"},
    {"unique(" LETTERS("cost") ")", FAIL, "the value “2.5” is given more than once", "2.5", "“2.5” = “2.5”"},
    {"unique({ \"one\", \"two\", 2, \"2\" }, \"name\")", PASS, "each name is given once", NULL, "4 compared"},
    {"unique({ \"A-B\", \"a b\" })", FAIL, "the value “a b” is given more than once", NULL, NULL},
    {"unique({ true, false, date(\"2022-07-01\"), date(\"2022-07-02\") })", PASS, "each value is given once", NULL,
     NULL},
    {"unique({ date(\"2022-07-01\"), date(\"2022-07-01\") })", FAIL, "the value “2022-07-01” is given more than once",
     NULL, NULL},
    /* Blanks are not equal to each other. */
    {"unique({ \"\", \" \", " FIELDS ".absent, " FIELDS ".ended })", PASS, "each value is given once", "", NULL},
    {"unique({})", PASS, "each value is given once", NULL, "0 compared"},
    {"equal_across({ " FIELDS ".county, " FIELDS ".absent, " FIELDS ".served }, \"county\")", PASS,
     "the same county throughout", "Los Angeles\n  served: LOS-ANGELES", "3 compared"},
    {"equal_across({ " FIELDS ".county, \"los angeles\", \"Kern\" }, \"county\")", FAIL,
     "the county “Kern” is not “Los Angeles”", NULL, "“Los Angeles” ≠ “Kern”"},
    {"equal_across({ \"Kern\", " FIELDS ".county })", FAIL, "the value “Los Angeles” is not “Kern”", "Los Angeles",
     NULL},
    {"equal_across({ 30, " FIELDS ".term, decimal(\"30.0\") })", PASS, "the same value throughout", "30", NULL},
    {"equal_across({ 30, decimal(\"30.1\") })", FAIL, "the value “30.1” is not “30”", NULL, NULL},
    {"equal_across({})", PASS, "the same value throughout", NULL, NULL},
};

static void test_alike_and_different(void **state) {
    answer(*state, "");
    assert_checks(*state, "", ROWS(alike));
}

static void test_a_repetition_shows_the_first(void **state) {
    lua_fixture *fixture = *state;
    answer(fixture, "");
    pv_outcome outcome = run_expression(fixture, "", "unique(" LETTERS("title") ")");
    assert_int_equal(outcome.related_count, 1);
    assert_str(outcome.related[0].message, "the first");
    assert_covers(fixture->submission->source, outcome.related[0].at.span, "Letter of support");
}

/* ---- whose wording ---- */

#define HALF "decimal(\"50%\")"

/* The second response has 11 words, so nine runs of three; six of eight are in "The plan and the county meet every
 * month in person": the plan and, plan and the, and the county, the county meet, county meet every, meet every month.
 * */
#define MOSTLY_COPIED "The plan and the county meet every month in person."
#define COPIED_PART "The plan and the county meet every month"

static const text_check copies[] = {
    {MOSTLY_COPIED,
     {"not_copied_from(" R ", " SECOND ", decimal(\"76%\"))", PASS, "its wording is its own", MOSTLY_COPIED,
      "75% < 76%"}},
    {MOSTLY_COPIED,
     {"not_copied_from(" R ", " SECOND ", decimal(\"75%\"))", FAIL,
      "75% of the wording is that of M.2, 8 words in a row", COPIED_PART, "75% ≥ 75%, or 8 words in a row"}},
    {MOSTLY_COPIED,
     {"not_copied_from(" R ", submission.responses, decimal(\"100%\"), 8)", FAIL,
      "75% of the wording is that of M.2, 8 words in a row", COPIED_PART, NULL}},
    {MOSTLY_COPIED,
     {"not_copied_from(" R ", submission.responses, decimal(\"100%\"), 9)", PASS, "its wording is its own",
      MOSTLY_COPIED, NULL}},
    {MOSTLY_COPIED,
     {"not_copied_from(" R ", { \"We meet.\", \"THE PLAN, and the COUNTY meet every month\" }, " HALF ")", FAIL,
      "75% of the wording is that of another text, 8 words in a row", COPIED_PART, NULL}},
    {"We visit them.",
     {"not_copied_from(" R ", submission.responses, " HALF ")", PASS, "its wording is its own", "We visit them.",
      NULL}},
    /* What is measured as 75.00% is the number that is written 75%. */
    {MOSTLY_COPIED,
     {"unique({ " R ".text:similarity(" SECOND ".text).containment, decimal(\"75%\") })", FAIL,
      "the value “75%” is given more than once", NULL, NULL}},
    /* The prompt is "Say how often the parties meet and who they are." */
    {"Often the parties meet, and who they are varies.",
     {"not_echoing(" R ", " R ".item.prompt, " HALF ")", FAIL,
      "85.71% of the wording is the form's own, 8 words in a row", "Often the parties meet, and who they are",
      "85.71% ≥ 50%"}},
    {"The parties talk every month.",
     {"not_echoing(" R ", " R ".item.prompt, " HALF ")", PASS, "it says more than the form",
      "The parties talk every month.", "0% < 50%"}},
};

static void test_copies(void **state) {
    assert_text_checks(*state, ROWS(copies));
}

static const misuse misuses[] = {
    {"every(\"quarterly\", \"quarter\")", "every needs a text of the submission, not a string"},
    {"every(" R ", \"often\")", "\"often\" does not say how often"},
    {"every(" R ", \"bimonthly\")", "\"bimonthly\" does not say how often"},
    {"takes_at_most(" R ", \"soon\")", "\"soon\" does not say how long"},
    {"takes_at_most(5, \"5 days\")", "takes_at_most needs a text of the submission, not a number"},
    {"unique({ print })", "the rule language has no \"print\""},
    {"unique({ {} })", "expected a text, got a table"},
    {"not_copied_from(\"x\", \"y\", 5)", "not_copied_from needs a text of the submission, not a string"},
    {"not_echoing(" R ", nil, 5)", "expected a text, got nothing"},
};

static void test_misuse_says_what_is_needed(void **state) {
    answer(*state, "We meet quarterly, within 5 days.");
    assert_misuses(*state, "", 3, ROWS(misuses));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        vocabulary_test(test_numbers),
        vocabulary_test(test_frequencies),
        vocabulary_test(test_durations),
        vocabulary_test(test_counts),
        vocabulary_test(test_alike_and_different),
        vocabulary_test(test_a_repetition_shows_the_first),
        vocabulary_test(test_copies),
        vocabulary_test(test_misuse_says_what_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
