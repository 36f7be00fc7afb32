/* Measures that are given once for each row, of a table of the form or of the records of a filing. */
#include "document_fixture.h"

#include <stdio.h>

#include "model/conditions.h"

static const char form_text[] =
    "form: rows\n"
    "title: Rows\n"
    "tables:\n"
    "  region: { label: Regions, columns: { name: text, aliases: list },\n"
    "            rows: [{ name: North, aliases: [Upper] }, { name: South }] }\n"
    "records:\n"
    "  plan: { label: Plans, key: [number], columns: { number: { type: integer, required: true }, new: boolean } }\n"
    "  visit:\n"
    "    key: [place, by]\n"
    "    columns: { place: { type: text, required: true }, by: { type: text, required: true } }\n"
    "sections: [{ id: \"1\", title: Only }]\n"
    "groups: [{ id: g, title: More, measures: [\"4\", \"5\"], choose: 1, points: 5 }]\n"
    "measures:\n"
    "  - { id: \"1\", section: \"1\", title: One, obligation: mandatory, items: [{ id: \"1\", prompt: Say it }] }\n"
    "  - id: \"2\"\n"
    "    section: \"1\"\n"
    "    title: Two\n"
    "    obligation: mandatory\n"
    "    for_each: plan\n"
    "    items:\n"
    "      - { id: \"1\", prompt: How many, type: integer }\n"
    "      - { id: \"2\", prompt: Say how, word_limit: 3, only_if: { column: new, is: true } }\n"
    "  - { id: \"3\", section: \"1\", title: Three, obligation: mandatory, for_each: region,\n"
    "      items: [{ id: \"1\", prompt: Say where }] }\n"
    "  - { id: \"4\", section: \"1\", title: Four, obligation: optional, for_each: { records: visit },\n"
    "      items: [{ id: \"1\", prompt: Say when }] }\n"
    "  - { id: \"5\", section: \"1\", title: Five, obligation: optional, items: [{ id: \"1\", prompt: Say why }] }\n";

static const char whole[] = "form: rows\n"
                            "records:\n"
                            "  plan: [{ number: \"1,000\", new: true }, { number: 7, new: false }]\n"
                            "  visit: [{ place: North Hall, by: Ann }]\n"
                            "measures:\n"
                            "  \"1\": All.\n"
                            "  \"2\":\n"
                            "    7: { 1: 5 }\n"
                            "    1000: { 1: 6, 2: In two ways. }\n"
                            "  \"3\":\n"
                            "    Upper: Up there.\n"
                            "    south: Down there.\n"
                            "  \"4\":\n"
                            "    north-hall ann: In May.\n";

static const pv_submission *read(void **state, const char *yaml) {
    arena_fixture *fixture = *state;
    return submission_of(fixture, form_of(fixture, form_text), yaml);
}

static pv_breaches breaches_of(void **state, const pv_submission *submission) {
    arena_fixture *fixture = *state;
    pv_breaches all = {0};
    pv_error error = {0};
    pv_problem_kind problem;
    for (size_t i = 0; i < submission->form->condition_count; i++) {
        const pv_condition *condition = &submission->form->conditions[i];
        if (!pv_condition_is_structural(condition, &problem))
            assert_true(pv_condition_breaches(condition, submission, NULL, fixture->arena, &all, &error));
    }
    return all;
}

static void test_each_row_has_its_measure(void **state) {
    const pv_submission *submission = read(state, whole);
    assert_int_equal(submission->problem_count, 0);
    assert_int_equal(submission->measure_count, 1 + 2 + 2 + 1 + 1);
    assert_int_equal(submission->response_count, 1 + 4 + 2 + 1 + 1);
    const pv_filed_list plans = pv_submission_filed(submission, &submission->form->measures[1]);
    assert_int_equal(plans.count, 2);
    /* in the order of the rows, whatever that of the measures */
    assert_str(plans.measures[0].row_name, "1,000");
    assert_ptr_equal(plans.measures[0].record, &submission->records[0].records[0]);
    assert_covers(submission->source, plans.measures[0].at, "1000");
    assert_str(plans.measures[0].responses[1].text.value, "In two ways.");
    assert_ptr_equal(plans.measures[0].responses[1].filed, &plans.measures[0]);
    assert_covers(submission->source, plans.measures[1].at, "7");
    assert_int_equal(plans.measures[1].responses[0].value->number.coefficient, 5);
    assert_true(plans.measures[1].responses[1].why_not.size > 0); /* that plan is not new */
    const pv_filed_list regions = pv_submission_filed(submission, &submission->form->measures[2]);
    assert_str(regions.measures[0].row_name, "North");
    assert_ptr_equal(regions.measures[0].row, &submission->form->tables[0].rows[0]);
    assert_str(regions.measures[1].responses[0].text.value, "Down there.");
    assert_int_equal(breaches_of(state, submission).count, 0);
}

static void test_what_is_left_out_knows_its_place(void **state) {
    const pv_submission *submission = read(state, "form: rows\n"
                                                  "records: { plan: [{ number: 1 }, { number: 2 }, { number: 3 }] }\n"
                                                  "measures:\n"
                                                  "  \"1\": All.\n"
                                                  "  \"2\":\n"
                                                  "    2: { 1: 5, 2: One two three four. }\n"
                                                  "  \"3\": { North: Up., South: Down. }\n"
                                                  "  \"5\": Because.\n");
    const pv_filed_list plans = pv_submission_filed(submission, &submission->form->measures[1]);
    assert_int_equal(submission->problem_count, 0);
    assert_false(plans.measures[0].given);
    assert_stands_after(submission->source, plans.measures[0].at, "\"2\":");
    assert_stands_after(submission->source, plans.measures[2].at, "four. }");
    const pv_breaches found = breaches_of(state, submission);
    assert_int_equal(found.count, 3);
    assert_str(found.items[0].message, "“Two” for “1” is not answered; the form makes it mandatory");
    assert_ptr_equal(found.items[0].subject.measure, &plans.measures[0]);
    assert_ptr_equal(found.items[1].subject.measure, &plans.measures[2]);
    assert_str(found.items[2].condition->address, "items.2.2.word_limit");
    assert_ptr_equal(found.items[2].subject.response, &plans.measures[1].responses[1]);
}

static void test_without_rows_there_is_one_without_a_row(void **state) {
    const pv_submission *submission = read(state, "form: rows\n"
                                                  "measures: { \"1\": All., \"3\": { North: Up., South: Down. } }\n");
    const pv_filed_list plans = pv_submission_filed(submission, &submission->form->measures[1]);
    assert_int_equal(plans.count, 1);
    assert_true(pv_filed_has_no_row(plans.measures) && plans.measures->blank && !plans.measures->given);
    const pv_breaches found = breaches_of(state, submission);
    assert_int_equal(found.count, 2);
    assert_str(found.items[1].message, "“Two” is given for each row of “Plans”, and there is none; the form makes it "
                                       "mandatory");
    assert_str(found.items[0].condition->address, "groups.g.choose");
}

static void test_a_group_counts_what_is_given_for_every_row(void **state) {
    const pv_submission *submission = read(state, "form: rows\n"
                                                  "records:\n"
                                                  "  plan: [{ number: 1 }]\n"
                                                  "  visit: [{ place: A, by: B }, { place: C, by: D }]\n"
                                                  "measures:\n"
                                                  "  \"1\": All.\n"
                                                  "  \"2\": { 1: { 1: 1, 2: In one way. } }\n"
                                                  "  \"3\": { North: Up., South: Down. }\n"
                                                  "  \"4\": { \"A, B\": In May. }\n");
    const pv_breaches found = breaches_of(state, submission);
    assert_int_equal(submission->problem_count, 0);
    assert_int_equal(found.count, 1);
    assert_str(found.items[0].message, "“More”: 0 of 4, 5 are reported on for each row; the form asks for 1");
    assert_int_equal(found.items[0].related_count, 1); /* after 4 for C, D: 5 */
}

static void test_problems(void **state) {
    const struct {
        const char *measures;
        const char *message;
        const char *at;
    } cases[] = {
        {"  \"2\": { 1: { 1: 1 }, 8: { 1: 1 } }\n", "“Plans” has no row 8; there is 1", "8"},
        {"  \"2\": { 1: { 1: 1 }, one: { 1: 1 } }\n", "“Plans” has no row one; there is 1", "one"},
        {"  \"2\": { 1: { 1: 1 }, 1.0: { 1: 1 } }\n", "“Plans” has no row 1.0; there is 1", "1.0"},
        {"  \"2\": { 1: { 1: 1 }, \"1,000\": { 1: 1 } }\n", "“Plans” has no row 1,000; there is 1", "\"1,000\""},
        {"  \"2\": { 1: { 1: 1 }, 01: { 1: 1 } }\n", "measure 2 is given for 1 twice", "01"},
        {"  \"3\": { North: Up., Upper: Up. }\n", "measure 3 is given for North twice", "Upper"},
        {"  \"3\": Up.\n",
         "measure 3 is given for each row of “Regions”, so it is not a text; give each under the name of its row, like "
         "North: …",
         "Up."},
        {"  \"4\": { A: Up. }\n", "“visit” has no row A; it has none, and measure 4 is given for each of its rows",
         "A"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char yaml[400];
        snprintf(yaml, sizeof yaml, "form: rows\nrecords: { plan: [{ number: 1 }] }\nmeasures:\n%s", cases[i].measures);
        const pv_submission *submission = read(state, yaml);
        assert_int_equal(submission->problem_count, 1);
        assert_str(submission->problems[0].message, cases[i].message);
        assert_covers(submission->source, submission->problems[0].at, cases[i].at);
    }
}

/* "A, B" and "C" is called what "A" and "B, C" is. */
static void test_rows_that_are_called_alike(void **state) {
    const pv_submission *submission =
        read(state, "form: rows\n"
                    "records: { visit: [{ place: \"A, B\", by: C }, { place: D, by: E },\n"
                    "                   { place: A, by: \"B, C\" }] }\n"
                    "measures: { \"4\": { \"A, B, C\": In May. } }\n");
    assert_int_equal(submission->problem_count, 1);
    assert_int_equal(submission->problems[0].kind, PV_PROBLEM_WRONG_KEY);
    assert_str(submission->problems[0].message,
               "row 3 of “visit” is called A, B, C like row 1, so that no measure can be given for one of the two");
    assert_int_equal(pv_submission_filed(submission, &submission->form->measures[3]).count, 2);
}

static uint64_t fingerprint_of(const pv_submission *submission, size_t measure, size_t row) {
    static const pv_rule rule = {.id = {"r", 1}};
    const pv_filed_list list = pv_submission_filed(submission, &submission->form->measures[measure]);
    pv_verdict verdict = {
        .rule = &rule,
        .subject = {.kind = PV_SUBJECT_RESPONSE, .response = &list.measures[row].responses[0]},
        .outcome = {.state = PV_STATE_FAIL, .has_at = true, .at = {list.measures[row].responses[0].at, false}},
    };
    pv_verdict_identify(&verdict, submission->source, submission);
    return verdict.fingerprint;
}

static void test_subjects_are_named_and_told_apart_by_the_row(void **state) {
    arena_fixture *fixture = *state;
    const pv_submission *submission = read(state, whole);
    const pv_filed_list plans = pv_submission_filed(submission, &submission->form->measures[1]);
    pv_subject subject = {.kind = PV_SUBJECT_MEASURE, .measure = &plans.measures[1]};
    assert_str(pv_subject_name(&subject, fixture->arena), "measure 2 (7)");
    subject = (pv_subject){.kind = PV_SUBJECT_RESPONSE, .response = &plans.measures[0].responses[1]};
    assert_str(pv_subject_name(&subject, fixture->arena), "2.2 (1,000)");
    const pv_submission *other = read(state, "form: rows\n"
                                             "records: { plan: [{ number: 7 }, { number: 1000 }] }\n"
                                             "measures: { \"2\": { 1000: { 1: 6 }, 7: { 1: 6 } } }\n");
    /* the same row, the same words: whatever its number, and however its key is spelt */
    assert_true(fingerprint_of(submission, 1, 0) == fingerprint_of(other, 1, 1));
    assert_true(fingerprint_of(other, 1, 0) != fingerprint_of(other, 1, 1));
}

static bool read_all(pv_arena *arena, pv_error *error) {
    pv_document *form_document, *document;
    pv_form *form;
    pv_submission *submission;
    return try_document(&form_document, arena, form_text, error) && pv_form_build(&form, arena, form_document, error) &&
           try_document(&document, arena, whole, error) &&
           pv_submission_build(&submission, arena, form, document, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(read_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_each_row_has_its_measure),
        arena_test(test_what_is_left_out_knows_its_place),
        arena_test(test_without_rows_there_is_one_without_a_row),
        arena_test(test_a_group_counts_what_is_given_for_every_row),
        arena_test(test_problems),
        arena_test(test_rows_that_are_called_alike),
        arena_test(test_subjects_are_named_and_told_apart_by_the_row),
        cmocka_unit_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
