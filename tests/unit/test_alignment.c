#include "torture.h"

#include <stdio.h>

#include "arena_fixture.h"
#include "text/alignment.h"

typedef struct aligned {
    pv_str text;
    pv_heading_list headings;
    pv_row_alignments *rows;
} aligned;

/* Names without row numbers: a new row begins with each name that "|" does not open. */
static aligned align(void **state, pv_str text, const char *const *names, size_t count) {
    arena_fixture *fixture = *state;
    aligned out = {.text = text};
    pv_token_list tokens;
    pv_error error = {0};
    pv_align_name *given = PV_NEW_ARRAY(fixture->arena, pv_align_name, count);
    assert_true(pv_headings_find(fixture->arena, text, NULL, &out.headings, &error));
    assert_true(pv_tokens_find(fixture->arena, text, &tokens, &error));
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        bool alias = names[i][0] == '|';
        rows += !alias;
        given[i] = (pv_align_name){pv_str_from(names[i] + alias), rows - 1};
    }
    assert_true(pv_align(fixture->arena, text, &out.headings, &tokens, given, count, rows, &out.rows, &error));
    return out;
}

static void check(void **state, const char *text, const char *name, pv_alignment_how how, unsigned confidence,
                  const char *at) {
    aligned found = align(state, pv_str_from(text), &name, 1);
    if (confidence == 0) {
        assert_int_equal(found.rows[0].count, 0);
        return;
    }
    assert_true(found.rows[0].count > 0);
    const pv_alignment *best = &found.rows[0].best[0];
    assert_int_equal(best->how, how);
    assert_int_equal(best->confidence, confidence);
    assert_str(pv_str_slice(found.text, best->at.start, best->at.end), at);
}

#define AGREEMENT                                                                                                      \
    "1. Services\n\nThe plan covers what members need.\n\n2. Training & Education\n\nStaff are trained.\n\n"           \
    "3. Data Sharing and Confidentiality\n\nThe parties meet each quarter. Quality improvement is discussed.\n\n"      \
    "Disputes go to the state.\n\nTraining is yearly.\n"

static void test_headings(void **state) {
    check(state, AGREEMENT, "Training and education", PV_ALIGNMENT_HEADING, 10000, "2. Training & Education");
    check(state, AGREEMENT, "education, training", PV_ALIGNMENT_HEADING, 10000, "2. Training & Education");
    check(state, AGREEMENT, "Service", PV_ALIGNMENT_HEADING, 10000, "1. Services");
    /* All of the name, two of the heading's three words: 60 + 40 * 2/3. */
    check(state, AGREEMENT, "Data-sharing", PV_ALIGNMENT_WORDS, 8666, "3. Data Sharing and Confidentiality");
    /* Half of the name, half of the heading: 30 + 20. */
    check(state, AGREEMENT, "Training plan", PV_ALIGNMENT_WORDS, 5000, "2. Training & Education");
}

static void test_bodies(void **state) {
    check(state, AGREEMENT, "Quality improvement", PV_ALIGNMENT_BODY, 5000, "Quality improvement");
    check(state, AGREEMENT, "Dispute", PV_ALIGNMENT_BODY, 2000, "Disputes");
    check(state, AGREEMENT, "Staff", PV_ALIGNMENT_BODY, 3000, "Staff");
    check(state, AGREEMENT, "Emergency preparedness", PV_ALIGNMENT_BODY, 0, "");
    /* A name in capitals is not the word. */
    check(state, "1. Term\n\nWe care for all.\n", "CARE", PV_ALIGNMENT_BODY, 0, "");
    check(state, "1. Term\n\nThe CARE act applies.\n", "CARE", PV_ALIGNMENT_BODY, 3000, "CARE");
    /* Nor does a table of contents name anything. */
    check(state, "Contents\n\nData sharing, on page two\n\n1. Term\n\nText.\n", "Data sharing", PV_ALIGNMENT_BODY, 0,
          "");
}

/* A word that many headings have tells little: "plan" stands in four, and weighs 210 against 840. */
static void test_weights(void **state) {
    const char *text =
        "1. Plan Scope\n\nText.\n\n2. Plan Term\n\nText.\n\n3. Plan Review\n\nText.\n\n4. Plan Data\n\nText.\n";
    /* 60 * 210/1050 + 40 * 210/1050 */
    check(state, text, "Plan goals", PV_ALIGNMENT_WORDS, 2000, "1. Plan Scope");
    check(state, text, "Review goals", PV_ALIGNMENT_WORDS, 6200, "3. Plan Review"); /* 30 + 40 * 840/1050 */
}

/* Aliases count like the name; one part may serve two rows, and a row have several parts. */
static void test_rows(void **state) {
    static const char *const names[] = {"Instruction", "|Training and education", "Education", "Emergencies"};
    aligned found = align(state, PV_STR(AGREEMENT), names, 4);
    assert_int_equal(found.rows[0].best[0].part, found.rows[1].best[0].part);
    assert_int_equal(found.rows[0].best[0].name, 1);
    assert_int_equal(found.rows[0].best[0].confidence, 10000);
    assert_int_equal(found.rows[1].best[0].confidence, 8000);
    assert_int_equal(found.rows[2].count, 0);
    static const char *const twice[] = {"Data sharing"};
    found =
        align(state, PV_STR("1. Data Sharing\n\nOne.\n\n2. Data Sharing Rules\n\nTwo.\n\n3. Data Sharing\n\nThree.\n"),
              twice, 1);
    assert_int_equal(found.rows[0].count, 3);
    assert_int_equal(found.rows[0].best[0].part, 0);
    assert_int_equal(found.rows[0].best[1].part, 2);
    assert_int_equal(found.rows[0].best[2].part, 1);
}

static void test_words_that_decided(void **state) {
    arena_fixture *fixture = *state;
    pv_str words;
    pv_error error = {0};
    assert_true(pv_alignment_words(fixture->arena, PV_STR("Data Sharing and Data Rules"), PV_STR("rule of data"),
                                   &words, &error));
    assert_str(words, "Data, Rules");
}

static void test_names_without_words(void **state) {
    arena_fixture *fixture = *state;
    pv_heading_list headings;
    pv_token_list tokens;
    pv_row_alignments *rows;
    pv_error error = {0};
    pv_str text = PV_STR(AGREEMENT);
    assert_true(pv_headings_find(fixture->arena, text, NULL, &headings, &error));
    assert_true(pv_tokens_find(fixture->arena, text, &tokens, &error));
    const pv_align_name name = {PV_STR("…"), 0};
    assert_false(pv_align(fixture->arena, text, &headings, &tokens, &name, 1, 1, &rows, &error));
    assert_int_equal(error.code, PV_ERROR_SHAPE);
}

/* ---- real filings, where they are at hand: the number of the part that a reader takes for each row ---- */

typedef struct labelled {
    const char *name;
    const char *number; /* of the part; NULL: no heading is the row's, so none may be taken for it */
} labelled;

static void check_real(void **state, const char *path, const labelled *rows, size_t count) {
    arena_fixture *fixture = *state;
    FILE *file = fopen(path, "rb");
    if (!file) {
        print_message("skipped: there is no filing at %s\n", path);
        skip();
    }
    static char bytes[1u << 20];
    pv_str text = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    const char **names = PV_NEW_ARRAY(fixture->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        names[i] = rows[i].name;
    aligned found = align(state, text, names, count);
    for (size_t i = 0, row = 0; i < count; i++) {
        if (rows[i].name[0] == '|')
            continue;
        const pv_row_alignments *best = &found.rows[row++];
        bool sure = best->count > 0 && best->best[0].confidence >= 7000;
        assert_int_equal(sure, rows[i].number != NULL);
        if (!sure)
            continue;
        pv_span number = found.headings.headings[best->best[0].part].number;
        assert_str(pv_str_slice(text, number.start, number.end), rows[i].number);
    }
}

#define CORPUS "../shared/corpus/"

static void test_policy(void **state) {
    static const labelled provisions[] = {
        {"Services", NULL}, /* named, never headed */
        {"Roles and responsibilities", NULL},
        {"Training and education", "E"},
        {"Referrals", NULL},
        {"Care coordination", NULL},
        {"Quarterly meetings", "F"},
        {"Quality improvement", NULL},
        {"Data sharing", NULL},
        {"Dispute resolution", "C"},
        {"Disaster and emergency preparedness", NULL},
        {"General requirements", NULL},
    };
    check_real(state, PV_PROJECT "/" CORPUS "medi-cal/EE.1144_CEO20250227_v20250201.txt", provisions, 11);
}

#define NINE_SECTIONS(description, evaluation, safety, consultation, support, training, caseloads, reporting,          \
                      eligible)                                                                                        \
    {"Service description and oversight", description}, {"|Program descriptions", ""},                                 \
        {"|Prevention services description", ""}, {"Evaluation strategy and waiver request", evaluation},              \
        {"|Evaluation and continuous quality improvement strategy", ""}, {"|Program evaluation", ""},                  \
        {"Monitoring child safety", safety}, {"Consultation and coordination", consultation},                          \
        {"Child welfare workforce support", support}, {"|Workforce training and support", ""},                         \
        {"Child welfare workforce training", training}, {"|Workforce training and support", ""},                       \
        {"Prevention caseloads", caseloads}, {"Assurance on prevention program reporting", reporting},                 \
        {"|Data reporting", ""}, {"Child and family eligibility for the title IV-E prevention program", eligible}, {   \
        "|Services eligibility and candidacy identification", ""                                                       \
    }

static void test_plans(void **state) {
    static const labelled utah[] = {NINE_SECTIONS("SECTION 1", "SECTION 2", "SECTION 3", "SECTION 4", "SECTION 5",
                                                  "SECTION 6", "SECTION 7", "SECTION 8", "SECTION 9")};
    static const labelled maryland[] = {NINE_SECTIONS("Section 3", "Section 6", "Section 5", "", "Section 7",
                                                      "Section 7", "Section 8", "Section 9", "Section 2")};
    check_real(state, PV_PROJECT "/" CORPUS "title-iv-e/UT_PreventionPlan.md", utah, 17);
    check_real(state, PV_PROJECT "/" CORPUS "title-iv-e/MD_PreventionPlan.md", maryland, 17);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_headings, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_bodies, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_weights, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_rows, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_words_that_decided, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_names_without_words, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_policy, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_plans, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
