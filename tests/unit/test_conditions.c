/* What a form declares, and what breaks it: where, and in what sentence. */
#include "document_fixture.h"

#include <stdio.h>
#include <string.h>

#include "model/conditions.h"

static const char form_text[] =
    "form: grant\n"
    "title: A grant\n"
    "fields:\n"
    "  name: { label: Your name, type: text, required: true, character_limit: 5 }\n"
    "  about: { label: About you, type: text, word_minimum: 2, word_limit: 3 }\n"
    "  day: { type: date, one_of: [2024-01-01] }\n"
    "sections: [{ id: \"1\", title: One }]\n"
    "groups:\n"
    "  - { id: either, title: Either, measures: [\"1.2\", \"1.3\"], choose: 1, points: 5, most: 1 }\n"
    "measures:\n"
    "  - id: \"1.1\"\n"
    "    section: \"1\"\n"
    "    title: Purpose\n"
    "    obligation: mandatory\n"
    "    points: 10\n"
    "    items:\n"
    "      - { id: \"1\", prompt: What for?, word_limit: 3 }\n"
    "      - { id: \"2\", prompt: Anything else?, required: false, word_minimum: 2 }\n"
    "  - { id: \"1.2\", section: \"1\", title: Partners, obligation: optional, points: 5,\n"
    "      items: [{ id: \"1\", prompt: Who? }] }\n"
    "  - { id: \"1.3\", section: \"1\", title: Others, obligation: optional, points: 5,\n"
    "      items: [{ id: \"1\", prompt: Who? }, { id: \"2\", prompt: Where?, character_limit: 4 }] }\n"
    "records:\n"
    "  row:\n"
    "    label: The budget\n"
    "    rows: { least: 1, most: 2 }\n"
    "    key: [what]\n"
    "    columns: { what: { type: text, required: true, word_limit: 1 } }\n"
    "  part: { of: row, columns: { size: integer } }\n";

static void test_each_condition_has_its_address(void **state) {
    static const char *const addresses[] = {
        "fields.name.required",
        "fields.name.character_limit",
        "fields.about.word_minimum",
        "fields.about.word_limit",
        "fields.day.type",
        "fields.day.one_of",
        "groups.either.choose",
        "groups.either.most",
        "measures.1.1.obligation",
        "items.1.1.1.required",
        "items.1.1.1.word_limit",
        "items.1.1.2.word_minimum", /* not required */
        "items.1.2.required",       /* of what is optional: no placeholder */
        "items.1.3.1.required",
        "items.1.3.2.required",
        "items.1.3.2.character_limit",
        "records.row.key",
        "records.row.rows.least",
        "records.row.rows.most",
        "records.row.columns.what.required",
        "records.row.columns.what.word_limit",
        "records.part.of",
        "records.part.columns.size.type", /* the column of its owner's key is the owner's */
    };
    arena_fixture *fixture = *state;
    const pv_form *form = form_of(fixture, form_text);
    for (size_t i = 0; i < form->condition_count && i < sizeof addresses / sizeof addresses[0]; i++)
        assert_str(form->conditions[i].address, addresses[i]);
    assert_int_equal(form->condition_count, sizeof addresses / sizeof addresses[0]);
    assert_str(pv_condition_pattern(&form->conditions[10], fixture->arena), "items.*.word_limit");
    assert_str(pv_condition_pattern(&form->conditions[20], fixture->arena), "records.*.columns.*.word_limit");
    assert_str(pv_condition_pattern(&form->conditions[18], fixture->arena), "records.*.rows.most");
}

static const char sound[] = "form: grant\n"
                            "fields: { name: Ann, about: one two three, day: 2024-01-01 }\n"
                            "measures:\n"
                            "  \"1.1\": { 1: one two three }\n"
                            "  \"1.3\": { 1: One, 2: Four }\n"
                            "records: { row: [{ what: Oven, part: [{ size: 1 }] }, { what: Pan }] }\n";

typedef struct breach_case {
    const char *condition;
    const char *filing;
    bool expected_here;
    const char *at; /* the words there; where something is expected, what stands before it */
    const char *message;
    const char *working;
} breach_case;

#define MEASURES "measures: { \"1.1\": { 1: x }, \"1.2\": y }\n"
#define FIELDS "fields: { name: Ann }\n"
#define ROWS "records: { row: [{ what: Oven }] }\n"

static const breach_case cases[] = {
    {"fields.name.required", "form: grant\nfields: { name: }\n" MEASURES ROWS, true,
     "name:", "“Your name” is not given; the form requires it", ""},
    {"fields.name.required", "form: grant\n" MEASURES ROWS, true, "what: Oven }] }",
     "“Your name” is not given; the form requires it", ""},
    {"fields.name.character_limit", "form: grant\nfields: { name: ZoëMae }\n" MEASURES ROWS, false, "e",
     "“Your name”: 6 characters; the form allows 5", "6 > 5"},
    {"fields.about.word_minimum", "form: grant\nfields: { name: Ann, about: one }\n" MEASURES ROWS, false, "one",
     "“About you”: 1 word; the form asks for at least 2", "1 < 2"},
    {"fields.about.word_limit", "form: grant\nfields: { name: Ann, about: one two three four five }\n" MEASURES ROWS,
     false, "four five", "“About you”: 5 words; the form allows 3", "5 > 3"},
    {"groups.either.choose", "form: grant\n" FIELDS "measures: { \"1.1\": { 1: x } }\n" ROWS, true,
     "measures: { \"1.1\": { 1: x }", "“Either”: 0 of 1.2, 1.3 are reported on; the form asks for 1", "0 < 1"},
    {"groups.either.most",
     "form: grant\n" FIELDS "measures: { \"1.1\": { 1: x }, \"1.2\": y, \"1.3\": { 1: z, 2: z } }\n" ROWS, false,
     "\"1.2\"", "“Either”: 2 of 1.2, 1.3 are reported on; the form allows 1", "2 > 1"},
    {"measures.1.1.obligation", "form: grant\n" FIELDS "measures: { \"1.1\": { 1: \"\" }, \"1.2\": y }\n" ROWS, true,
     NULL, "“Purpose” is not answered; the form makes it mandatory", "10 points are at stake"},
    {"items.1.1.1.required", "form: grant\n" FIELDS "measures: { \"1.1\": { 2: two words }, \"1.2\": y }\n" ROWS, true,
     "\"1.1\":", "“What for?” is not answered; the form requires it", ""},
    {"items.1.1.1.word_limit", "form: grant\n" FIELDS "measures: { \"1.1\": { 1: a b c d }, \"1.2\": y }\n" ROWS, false,
     "d", "4 words; the form allows 3", "4 > 3"},
    {"items.1.1.2.word_minimum", "form: grant\n" FIELDS "measures: { \"1.1\": { 1: x, 2: few }, \"1.2\": y }\n" ROWS,
     false, "few", "1 word; the form asks for at least 2", "1 < 2"},
    {"items.1.2.required",
     "form: grant\n" FIELDS "measures: { \"1.1\": { 1: x }, \"1.2\": tbd, \"1.3\": { 1: y, 2: z } }\n" ROWS, false,
     "tbd", "“Who?” is not answered: “tbd” stands for an answer and is none; the form requires it", ""},
    {"items.1.3.1.required", "form: grant\n" FIELDS "measures: { \"1.1\": { 1: x }, \"1.3\": { 2: here } }\n" ROWS,
     true, "\"1.3\":", "“Who?” is not answered; the form requires it", ""},
    {"items.1.3.2.character_limit",
     "form: grant\n" FIELDS "measures: { \"1.1\": { 1: x }, \"1.3\": { 1: x, 2: in the hall } }\n" ROWS, false,
     "he hall", "11 characters; the form allows 4", "11 > 4"},
    {"records.row.rows.least", "form: grant\n" FIELDS MEASURES, true, "\"1.2\": y }",
     "“The budget”: 0 rows; the form asks for at least 1", "0 < 1"},
    {"records.row.rows.most",
     "form: grant\n" FIELDS MEASURES "records: { row: [{ what: A }, { what: B }, { what: C }, { what: D }] }\n", false,
     "{ what: C }, { what: D }", "“The budget”: 4 rows; the form allows 2", "4 > 2"},
    {"records.row.columns.what.word_limit",
     "form: grant\n" FIELDS MEASURES "records: { row: [{ what: A }, { what: B and C }] }\n", false, "and C",
     "“what”: 3 words; the form allows 1", "3 > 1"},
};

/* The measure that a breach is about, itself or by a response in it. */
static const pv_filed_measure *broken_in(const pv_breach *breach) {
    return breach->subject.response ? breach->subject.response->filed : breach->subject.measure;
}

static pv_breaches breaches_of(arena_fixture *fixture, const pv_submission *submission) {
    pv_breaches all = {0};
    pv_error error = {0};
    for (size_t i = 0; i < submission->form->condition_count; i++) {
        pv_problem_kind problem;
        const pv_condition *condition = &submission->form->conditions[i];
        if (!pv_condition_is_structural(condition, &problem))
            assert_true(pv_condition_breaches(condition, submission, NULL, fixture->arena, &all, &error));
        if (pv_condition_measure(condition) && all.count > 0 && all.items[all.count - 1].condition == condition)
            assert_true(pv_condition_is_broken(condition, broken_in(&all.items[all.count - 1])));
    }
    return all;
}

static void test_a_sound_filing_breaks_nothing(void **state) {
    arena_fixture *fixture = *state;
    const pv_submission *submission = submission_of(fixture, form_of(fixture, form_text), sound);
    assert_int_equal(submission->problem_count, 0);
    assert_int_equal(breaches_of(fixture, submission).count, 0);
}

/* Each filing breaks one condition, and no other. */
static void test_each_condition_is_broken_at_its_place(void **state) {
    arena_fixture *fixture = *state;
    const pv_form *form = form_of(fixture, form_text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const pv_submission *submission = submission_of(fixture, form, cases[i].filing);
        pv_breaches found = breaches_of(fixture, submission);
        if (found.count != 1)
            fail_msg("%s: %zu conditions are broken", cases[i].condition, found.count);
        const pv_breach *breach = &found.items[0];
        assert_str(breach->condition->address, cases[i].condition);
        assert_str(breach->message, cases[i].message);
        assert_str(breach->working, cases[i].working);
        assert_int_equal(breach->at.expected_here, cases[i].expected_here);
        if (cases[i].at && cases[i].expected_here)
            assert_stands_after(submission->source, breach->at.span, cases[i].at);
        else if (cases[i].at)
            assert_covers(submission->source, breach->at.span, cases[i].at);
    }
}

/* A measure that is left out is one finding, not one for each of its prompts; what is unreadable is not missing. */
static void test_nothing_is_broken_twice(void **state) {
    arena_fixture *fixture = *state;
    const pv_submission *submission = submission_of(fixture, form_of(fixture, form_text), "form: grant\n");
    pv_breaches found = breaches_of(fixture, submission);
    static const char *const addresses[] = {"fields.name.required", "groups.either.choose", "measures.1.1.obligation",
                                            "records.row.rows.least"};
    assert_int_equal(found.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_str(found.items[i].condition->address, addresses[i]);
    submission =
        submission_of(fixture, form_of(fixture, form_text), "form: grant\nfields: { name: [a, b] }\n" MEASURES ROWS);
    assert_int_equal(breaches_of(fixture, submission).count, 0);
    assert_int_equal(submission->problem_count, 1);
}

static bool find_breaches(pv_arena *arena, pv_error *error) {
    pv_document *document;
    pv_form *form;
    pv_submission *submission;
    pv_breaches all = {0};
    if (!try_document(&document, arena, form_text, error) || !pv_form_build(&form, arena, document, error) ||
        !try_document(&document, arena, cases[4].filing, error) ||
        !pv_submission_build(&submission, arena, form, document, error))
        return false;
    for (size_t i = 0; i < form->condition_count; i++) {
        pv_problem_kind problem;
        if (!pv_condition_is_structural(&form->conditions[i], &problem) &&
            !pv_condition_breaches(&form->conditions[i], submission, NULL, arena, &all, error))
            return false;
    }
    return true;
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(find_breaches);
}

static const struct {
    const char *from;
    const char *to;
    const char *at;
    const char *message;
} faulty[] = {
    {"least: 1, most: 2", "least: 3, most: 2", "2", "most is less than least, 3"},
    {"least: 1, most: 2", "lest: 1", "lest", "rows has no key lest; did you mean least?"},
    {"least: 1, most: 2", "least: 0", "0", "least must be at least 1"},
    {"choose: 1, points: 5, most: 1", "choose: 2, points: 5, most: 1", "1", "most is less than choose, 2"},
    {"required: false, word_minimum", "required: no, word_minimum", "no", "'no' is not a boolean; write true or false"},
};

static void test_each_fault_of_a_form_has_its_place(void **state) {
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        char yaml[2 * sizeof form_text];
        const char *found = strstr(form_text, faulty[i].from);
        assert_non_null(found);
        snprintf(yaml, sizeof yaml, "%.*s%s%s", (int)(found - form_text), form_text, faulty[i].to,
                 found + strlen(faulty[i].from));
        const pv_document *document = document_of(fixture, yaml);
        pv_form *form;
        pv_error error = {0};
        assert_false(pv_form_build(&form, fixture->arena, document, &error));
        assert_string_equal(error.message, faulty[i].message);
        assert_covers(document->source, error.where, faulty[i].at);
    }
}

#define condition_test(function) cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        condition_test(test_each_condition_has_its_address),
        condition_test(test_a_sound_filing_breaks_nothing),
        condition_test(test_each_condition_is_broken_at_its_place),
        condition_test(test_nothing_is_broken_twice),
        condition_test(test_refused_memory_is_reported),
        condition_test(test_each_fault_of_a_form_has_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
