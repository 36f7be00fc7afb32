#include "torture.h"

#include "arena_fixture.h"
#include "base/buf.h"
#include "text/placement.h"

/* The rows of a plan: each name, and its aliases behind "|". */
static const char *const asked_for[] = {
    "Service description and oversight",
    "|Title IV-E prevention services",
    "|Pre-print Section 1",
    "Consultation and coordination",
    "|Pre-print Section 2",
    "Workforce support",
    "Workforce training",
    "|Training",
    "|Pre-print Section 4",
    "Prevention caseloads",
    "|Caseloads",
    "State reporting assurance",
    "|Attachment I",
};

enum { SERVICES, CONSULTATION, SUPPORT, TRAINING, CASELOADS, ASSURANCE, ROWS_OF_PLAN };

typedef struct placed {
    pv_str text;
    pv_heading_list headings;
    pv_row_alignments *rows;
} placed;

static placed place(void **state, const char *text) {
    arena_fixture *fixture = *state;
    placed out = {.text = pv_str_from(text)};
    pv_token_list tokens;
    pv_error error = {0};
    enum { NAMES = sizeof asked_for / sizeof asked_for[0] };
    pv_align_name names[NAMES];
    size_t rows = 0;
    for (size_t i = 0; i < NAMES; i++) {
        bool alias = asked_for[i][0] == '|';
        rows += !alias;
        names[i] = (pv_align_name){pv_str_from(asked_for[i] + alias), rows - 1};
    }
    assert_int_equal(rows, ROWS_OF_PLAN);
    assert_true(pv_headings_find_all(fixture->arena, out.text, NULL, &out.headings, &error));
    assert_true(pv_tokens_find(fixture->arena, out.text, &tokens, &error));
    assert_true(
        pv_placement_find(fixture->arena, out.text, &out.headings, &tokens, names, NAMES, rows, &out.rows, &error));
    return out;
}

/* What a row finds in text, as "confidence how: words" with the number of the line. */
static void check(void **state, const char *text, size_t row, const char *expected) {
    arena_fixture *fixture = *state;
    placed found = place(state, text);
    pv_buf shown = pv_buf_on(&fixture->memory);
    if (found.rows[row].count == 0) {
        pv_buf_append_text(&shown, "none");
    } else {
        const pv_alignment *best = &found.rows[row].best[0];
        size_t line = 1;
        for (size_t i = 0; i < best->at.start; i++)
            line += text[i] == '\n';
        pv_buf_format(&shown, "%u %s, line %zu", best->confidence, pv_alignment_how_name(best->how), line);
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

#define SAID "\n\nThe state agency does what the Act asks for, and says how.\n\n"

static void test_words(void **state) {
    check(state, "# Workforce Support" SAID, SUPPORT, "10000 heading, line 1");
    check(state, "# Support of the Workforce" SAID, SUPPORT, "10000 heading, line 1");
    check(state, "# Duties" SAID, SUPPORT, "none");
    /* 70 % of "consultation" and "coordination", of seven letters alike each: 49, and 30 % of 1176 / 2100. */
    check(state, "# Consulting and Coordinating Others" SAID, CONSULTATION, "6580 heading words, line 1");
    /* All of the name, which is 1680 of 1680 + 3 * 420: 70 + 30 * 57 %. */
    check(state, "# Consultation and Coordination of Tribes, Courts and Partners" SAID, CONSULTATION,
          "8710 heading words, line 1");
    /* With six such words it is 1680 of 4200, less than half of the title. */
    check(state, "# Consultation and Coordination: Tribes, Courts, Partners, Parents, Youth, Schools" SAID,
          CONSULTATION, "7900 heading words, line 1");
}

/* One heading for several rows; what another row explains better is that row's alone. */
static void test_rows_together(void **state) {
    const char *both = "# Workforce Support and Training" SAID;
    /* 1260 of 2100 and three quarters of 840: 70 + 30 * 90 %. */
    check(state, both, SUPPORT, "9700 heading words, line 1");
    check(state, both, TRAINING, "9700 heading words, line 1");
    /* "Workforce" is a third of the name and of the title: 33 %, of which support leaves half. */
    check(state, "# Workforce Support" SAID, TRAINING, "none");
}

/* A title on two lines, each marked, or one with a label of its own. */
static void test_two_lines(void **state) {
    check(state, "Text that opens the plan, with more than eight words.\n\n# Consultation\n\n# and Coordination" SAID,
          CONSULTATION, "9700 heading, line 3");
    check(state, "# Section 2\n\n# Consultation and Coordination" SAID, CONSULTATION, "10000 heading, line 1");
}

static void test_numbers(void **state) {
    /* Nothing of the words: 60 %. */
    check(state, "# Partners (Pre-print Section 2)" SAID, CONSULTATION, "6000 heading words, line 1");
    check(state, "# Partners (Pre-print Sections 1 and 2)" SAID, CONSULTATION, "6000 heading words, line 1");
    check(state, "# Partners\n\nPre-print Section 2" SAID, CONSULTATION, "6000 heading words, line 1");
    check(state, "# Partners (Pre-print Section 3)" SAID, CONSULTATION, "none");
    /* "Training" is two thirds of the name and all of the title: 76.2 %; the number closes 60 % of what is missing. */
    check(state, "# Training (Pre-print Section 4)" SAID, TRAINING, "9048 heading words, line 1");
    /* What stands before the first heading has none. */
    check(state, "Pre-print Section 2" SAID "# Duties" SAID, CONSULTATION, "4500 list, line 1");
    /* Numbers and the words of numbers weigh nothing. */
    check(state, "# Section 7: Workforce Support (Pre-print Section 3)" SAID, SUPPORT, "10000 heading, line 1");
}

static void test_lists(void **state) {
    /* A table of contents in headings, with page numbers. */
    check(state,
          "# Contents\n\n# Consultation and Coordination\n\n3\n\n# Workforce Support\n\n5\n\n# Workforce "
          "Training\n\n7\n\n"
          "# Consultation and Coordination" SAID "# Workforce Support" SAID "# Workforce Training" SAID,
          SUPPORT, "10000 heading, line 19");
    /* In lines. */
    check(state, "# Duties" SAID "- Workforce support\n- Fees\n", SUPPORT, "4500 list, line 5");
    check(state, "# Duties" SAID "| Workforce support | 3 |\n| --- | --- |\n| Fees | 4 |\n", SUPPORT,
          "4500 list, line 5");
    /* An element of a list that the end of a page parts: 60 %. */
    check(state,
          "# Topics" SAID
          "- Case plans\n- Risk\n\nPage 4\n\n# Workforce support\n\n- Data systems and how they are kept "
          "in order\n- Reports to the state\n",
          SUPPORT, "6000 heading, line 10");
}

static void test_places(void **state) {
    /* On the title page, not exactly the name: 50 % of 70 + 30 * 2940 / 3780. */
    check(state, "# Title IV-E Prevention Services Plan of Ohio\n\n# Introduction" SAID, SERVICES,
          "4655 heading words, line 1");
    check(state, "# Workforce Support\n\n# Introduction" SAID, SUPPORT, "10000 heading, line 1");
    /* A sentence, of which less than half is the name: 80 % of 79. */
    check(state, "# Workforce support is what we give" SAID, SUPPORT, "6320 heading words, line 1");
    /* Little under it. */
    check(state, "# Workforce Support\n\nSee above.\n", SUPPORT, "8000 heading, line 1");
    /* In an appendix that repeats the form, beside the part and without one. */
    check(state, "# Workforce Support" SAID "# Appendix A: Form" SAID "# Workforce Support" SAID, SUPPORT,
          "10000 heading, line 1");
    check(state,
          "# Consultation and Coordination" SAID "# Workforce Support" SAID "# Workforce Training" SAID
          "# Appendix A: Form" SAID "# Prevention Caseloads" SAID,
          CASELOADS, "6000 heading, line 17");
    /* An attachment outside of the appendices, and in them. */
    check(state, "# State Reporting Assurance" SAID, ASSURANCE, "8500 heading, line 1");
    check(state, "# Workforce Support" SAID "# Attachment I: State Reporting Assurance" SAID, ASSURANCE,
          "10000 heading, line 5");
}

/* Where most parts have numbers, one that has none stands deeper. */
static void test_styles(void **state) {
    const char *text = "# Section 1: Consultation and Coordination" SAID "# Section 2: Workforce Support" SAID
                       "# Prevention Caseloads" SAID "# Section 3: Workforce Training" SAID
                       "# Section 4: Service Description and Oversight" SAID;
    check(state, text, TRAINING, "10000 heading, line 13");
    /* 80 % for its style, 90 % of that inside section 2. */
    check(state, text, CASELOADS, "7200 heading, line 9");
}

static void test_text_alone(void **state) {
    check(state, "# Duties\n\nThe workforce support of every county is planned with its agencies.\n", SUPPORT,
          "4000 body, line 3");
    check(state, "# Duties\n\nWe plan.\n\nThe workforce support of every county is planned with its agencies.\n",
          SUPPORT, "3000 body, line 5");
}

static void test_margin(void **state) {
    /* 100 %, and 70 + 30 * 75 % = 92.5 %: 2.5 are missing of 10. */
    placed found = place(state, "# Workforce Support" SAID "# Workforce Support Plan" SAID);
    assert_int_equal(found.rows[SUPPORT].count, 2);
    assert_int_equal(found.rows[SUPPORT].best[1].confidence, 9250);
    assert_int_equal(found.rows[SUPPORT].best[0].confidence, 9750);
    /* Of the same words, the first. */
    check(state, "# Workforce Support" SAID "# Workforce Support" SAID, SUPPORT, "10000 heading, line 1");
}

static void test_limits(void **state) {
    arena_fixture *fixture = *state;
    pv_heading_list headings;
    pv_token_list tokens;
    pv_row_alignments *rows;
    pv_error error = {0};
    pv_str text = repeated(fixture->arena, "# One\n\nText.\n\n", 3000);
    assert_true(pv_headings_find_all(fixture->arena, text, NULL, &headings, &error));
    assert_true(pv_tokens_find(fixture->arena, text, &tokens, &error));
    pv_align_name names[200];
    for (size_t i = 0; i < 200; i++)
        names[i] = (pv_align_name){PV_STR("Two"), i};
    assert_false(pv_placement_find(fixture->arena, text, &headings, &tokens, names, 200, 200, &rows, &error));
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    error = (pv_error){0};
    names[0].name = PV_STR("…");
    assert_false(pv_placement_find(fixture->arena, text, &headings, &tokens, names, 1, 1, &rows, &error));
    assert_int_equal(error.code, PV_ERROR_SHAPE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_words, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_rows_together, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_two_lines, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_numbers, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_lists, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_places, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_styles, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_text_alone, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_margin, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_limits, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
