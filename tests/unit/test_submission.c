/* Submissions: what is given, what is absent and where it should have stood, and what was not understood. */
#include "document_fixture.h"

#include <stdio.h>
#include <string.h>

/* Measures m (3 items), one (1 item) and last (2 items), printed in this order. */
static const char form_text[] =
    "form: small\n"
    "title: A small form\n"
    "fields:\n"
    "  county: { type: text, required: true, one_of: [Inyo, Los Angeles] }\n"
    "  since: date\n"
    "  remarks: text\n"
    "sections: [{ id: \"1\", title: All }]\n"
    "measures:\n"
    "  - { id: 1.1.6, section: \"1\", title: M, obligation: mandatory,\n"
    "      items: [{ id: \"1\", prompt: A }, { id: \"2\", prompt: B }, { id: \"3\", prompt: C }] }\n"
    "  - { id: 1.1.7, section: \"1\", title: One, obligation: mandatory, items: [{ id: \"1\", prompt: D }] }\n"
    "  - { id: 1.1.2, section: \"1\", title: Last, obligation: optional,\n"
    "      items: [{ id: a, prompt: E }, { id: b, prompt: F }] }\n"
    "records:\n"
    "  allocation: { columns: { area: { type: text, required: true }, points: { type: integer, required: true },\n"
    "                           note: text } }\n"
    "  attachment: { columns: { title: { type: text, required: true }, supports: list } }\n";

static const pv_submission *read(void **state, const char *yaml) {
    arena_fixture *fixture = *state;
    return submission_of(fixture, form_of(fixture, form_text), yaml);
}

static const pv_response *response(const pv_submission *submission, const char *full_id) {
    const pv_response *found = pv_submission_response(submission, pv_str_from(full_id));
    assert_non_null(found);
    assert_str(found->item->full_id, full_id);
    return found;
}

static void test_what_is_given(void **state) {
    const pv_submission *submission = read(state, "form: small\n"
                                                  "fields:\n"
                                                  "  since: 2022-07-01\n"
                                                  "  county: Los Angeles\n"
                                                  "measures:\n"
                                                  "  1.1.2:\n"
                                                  "    b: Only this one.\n"
                                                  "  1.1.6:\n"
                                                  "    2: >-\n"
                                                  "      Two words\n"
                                                  "      and three more.\n"
                                                  "\n"
                                                  "      A paragraph.\n"
                                                  "    1: |\n"
                                                  "      Kept\n"
                                                  "      together.\n"
                                                  "  1.1.7: Directly.\n"
                                                  "records:\n"
                                                  "  allocation:\n"
                                                  "    - { points: 300, area: \"1\" }\n"
                                                  "    - { area: \"2\", points: 200, note: as filed }\n");
    assert_int_equal(submission->problem_count, 0);
    assert_false(submission->blank);
    assert_str(submission->format, "yaml");
    assert_str(submission->fields.values[0].text.value, "Los Angeles");
    assert_int_equal(submission->fields.values[1].date.year, 2022);

    const pv_response *folded = response(submission, "1.1.6.2");
    assert_str(folded->text.value, "Two words and three more.\nA paragraph.");
    assert_int_equal(folded->word_count, 7);
    assert_true(folded->given && !folded->blank);
    assert_true(folded->confidence == 1.0);
    assert_covers(submission->source, folded->at, "Two words\n      and three more.\n\n      A paragraph.");
    assert_str(response(submission, "1.1.6.1")->text.value, "Kept together.");
    assert_str(response(submission, "1.1.7")->text.value, "Directly.");
    assert_str(response(submission, "1.1.2.b")->text.value, "Only this one.");
    assert_null(pv_submission_response(submission, PV_STR("1.1.7.1")));

    /* In the form's order, whatever the submission's. */
    assert_covers(submission->source, submission->measures[0].at, "1.1.6");
    assert_covers(submission->source, submission->measures[2].at, "1.1.2");
    assert_ptr_equal(submission->measures[2].responses, &submission->responses[4]);
    assert_true(submission->measures[0].given && !submission->measures[0].blank);

    const pv_record_list *allocation = &submission->records[0];
    assert_int_equal(allocation->count, 2);
    assert_int_equal(allocation->records[1].number, 2);
    assert_int_equal(pv_value_list_get(&allocation->records[0].values, PV_STR("points"))->number.coefficient, 300);
    assert_covers(submission->source, allocation->records[0].at, "{ points: 300, area: \"1\" }");
}

static void test_a_one_item_measure_may_name_its_item(void **state) {
    const pv_submission *submission = read(state, "form: small\nmeasures:\n  1.1.7:\n    1: Under its item.\n");
    assert_int_equal(submission->problem_count, 0);
    assert_str(response(submission, "1.1.7")->text.value, "Under its item.");
}

static void test_absent_items_stand_after_their_neighbour(void **state) {
    const pv_submission *submission = read(state, "form: small\n"
                                                  "measures:\n"
                                                  "  1.1.6:   # begun\n"
                                                  "    2: The second.\n"
                                                  "  1.1.2:\n"
                                                  "    a:\n");
    assert_stands_after(submission->source, response(submission, "1.1.6.1")->at, "1.1.6:");
    assert_false(response(submission, "1.1.6.1")->given);
    assert_stands_after(submission->source, response(submission, "1.1.6.3")->at, "The second.");
    /* a is there, with nothing in it. */
    const pv_response *blank = response(submission, "1.1.2.a");
    assert_true(blank->given && blank->blank);
    assert_int_equal(blank->at.start, blank->at.end);
    assert_true(blank->at.start >= pv_str_find(submission->source->bytes, PV_STR("a:"), 0) + 2);
    assert_stands_after(submission->source, response(submission, "1.1.2.b")->at, "    a:");
    assert_true(submission->measures[2].given && submission->measures[2].blank);
    assert_int_equal(submission->problem_count, 0);
}

static void test_absent_measures_stand_after_their_neighbour(void **state) {
    const pv_submission *submission = read(state, "form: small\n"
                                                  "measures:\n"
                                                  "  1.1.7: Directly.\n"
                                                  "records: {}\n");
    assert_false(submission->measures[0].given);
    assert_true(submission->measures[0].blank);
    assert_stands_after(submission->source, submission->measures[0].at, "measures:");
    assert_stands_after(submission->source, response(submission, "1.1.6.3")->at, "measures:");
    assert_stands_after(submission->source, submission->measures[2].at, "Directly.");
    assert_stands_after(submission->source, response(submission, "1.1.2.a")->at, "Directly.");
    /* records is there: its kinds would stand in it. */
    assert_stands_after(submission->source, submission->records[0].at, "records:");
}

static void test_absent_parts_stand_at_the_end(void **state) {
    const pv_submission *submission = read(state, "# A draft.\nform: small  # no more yet\n\n# The end.\n");
    assert_true(submission->blank);
    assert_int_equal(submission->problem_count, 0);
    assert_stands_after(submission->source, submission->measures[0].at, "form: small");
    assert_stands_after(submission->source, submission->fields.values[2].at, "form: small");
    assert_stands_after(submission->source, submission->records[1].at, "form: small");
    assert_false(submission->records[1].given);
    assert_stands_after(submission->source, response(submission, "1.1.7")->at, "form: small");
}

static void test_absent_fields_stand_after_their_neighbour(void **state) {
    const pv_submission *submission = read(state, "form: small\nfields:\n  since: 2022-07-01\nmeasures:\n");
    const pv_value *fields = submission->fields.values;
    assert_stands_after(submission->source, fields[0].at, "fields:");
    assert_true(fields[1].given);
    assert_stands_after(submission->source, fields[2].at, "2022-07-01");
    assert_stands_after(submission->source, submission->measures[0].at, "measures:");
    assert_int_equal(submission->problem_count, 0);
}

static void test_a_skeleton_is_blank(void **state) {
    const pv_submission *submission = read(state, "form: small\nfields:\n  county: ''\n  since:\nmeasures:\n"
                                                  "  1.1.6:\n    1: \"\\u200b \"\n  1.1.7:\n  1.1.2:\n"
                                                  "records:\n  allocation: []\n  attachment:\n");
    assert_int_equal(submission->problem_count, 0);
    assert_true(submission->blank);
    assert_covers(submission->source, submission->fields.values[0].at, "''");
    const pv_response *invisible = response(submission, "1.1.6.1");
    assert_true(invisible->given && invisible->blank);
    assert_int_equal(invisible->word_count, 0);
    assert_int_equal(invisible->text.value.size, 0);
    assert_covers(submission->source, invisible->at, "\"\\u200b \"");
    assert_true(response(submission, "1.1.7")->given);
    assert_false(response(submission, "1.1.2.a")->given);
    assert_stands_after(submission->source, response(submission, "1.1.2.b")->at, "1.1.2:");
    assert_true(submission->records[0].given);
}

/* A submission, and its one problem: kind, the words it covers (or, with '>' in front, those it stands after), message.
 * */
typedef struct misread {
    const char *yaml;
    pv_problem_kind kind;
    const char *at;
    const char *message;
} misread;

static const misread misread_submissions[] = {
    {"form: small\nfeilds: {}\n", PV_PROBLEM_UNKNOWN_NAME, "feilds",
     "a submission has no part feilds; did you mean fields?"},
    {"form: small\nfields: { coutny: Inyo }\n", PV_PROBLEM_UNKNOWN_NAME, "coutny",
     "the form has no field coutny; did you mean county?"},
    {"form: small\nmeasures: { 1.1.66: x }\n", PV_PROBLEM_UNKNOWN_NAME, "1.1.66",
     "the form has no measure 1.1.66; did you mean 1.1.6?"},
    {"form: small\nmeasures: { 1.1.6: { 4: x } }\n", PV_PROBLEM_UNKNOWN_NAME, "4",
     "measure 1.1.6 has no item 4; there are 1, 2 and 3"},
    {"form: small\nmeasures: { 1.1.7: { 2: x } }\n", PV_PROBLEM_UNKNOWN_NAME, "2",
     "measure 1.1.7 has no item 2; there is 1"},
    {"form: small\nmeasures: { '': x }\n", PV_PROBLEM_UNKNOWN_NAME, "''",
     "the form has no measure ''; there are 1.1.6, 1.1.7 and 1.1.2"},
    {"form: small\nrecords: { alocation: [] }\n", PV_PROBLEM_UNKNOWN_NAME, "alocation",
     "the form has no record kind alocation; did you mean allocation?"},
    {"form: small\nrecords: { allocation: [{ area: a, points: 1, pionts: 2 }] }\n", PV_PROBLEM_UNKNOWN_NAME, "pionts",
     "a row of allocation has no column pionts; did you mean points?"},
    {"form: smal\n", PV_PROBLEM_UNKNOWN_NAME, "smal",
     "the submission is on the form 'smal', but is read as one on small"},
    {"form: [small]\n", PV_PROBLEM_WRONG_TYPE, "[small]", "form is the form's name, not a list"},
    {"fields: {}\n", PV_PROBLEM_MISSING_PART, ">", "the submission does not name its form; begin with form: small"},
    {"form: small\nfields: { county: Inio }\n", PV_PROBLEM_WRONG_TYPE, "Inio",
     "county: 'Inio' is not one of the choices; there are Inyo and Los Angeles; did you mean Inyo?"},
    {"form: small\nfields: { since: 7/1/2022 }\n", PV_PROBLEM_WRONG_TYPE, "7/1/2022",
     "since: '7/1/2022' is not a date; write it like 2022-07-01"},
    {"form: small\nfields: { county: { name: Inyo } }\n", PV_PROBLEM_WRONG_TYPE, "{ name: Inyo }",
     "county: a text belongs here, not a mapping"},
    {"form: small\nfields: [Inyo]\n", PV_PROBLEM_WRONG_TYPE, "[Inyo]",
     "this is a list; give each field under its name, like name: value"},
    {"form: small\nmeasures: { 1.1.6: { 1: [x] } }\n", PV_PROBLEM_WRONG_TYPE, "[x]",
     "the response to 1.1.6.1 is a text, not a list"},
    {"form: small\nmeasures: { 1.1.7: { 1: { a: x } } }\n", PV_PROBLEM_WRONG_TYPE, "{ a: x }",
     "the response to 1.1.7 is a text, not a mapping"},
    {"form: small\nmeasures: { 1.1.6: prose }\n", PV_PROBLEM_WRONG_TYPE, "prose",
     "measure 1.1.6 has 3 items, so it is not a text; give each response under its item, 1 to 3"},
    {"form: small\nrecords: { allocation: { area: a } }\n", PV_PROBLEM_WRONG_TYPE, "{ area: a }",
     "“allocation” is a list of rows, not a mapping"},
    {"form: small\nrecords: { allocation: [{ area: a, points: 1 }, b] }\n", PV_PROBLEM_WRONG_TYPE, "b",
     "row 2 of “allocation” is a text; it needs its columns, like name: value"},
    /* In braces a comma ends a value. */
    {"form: small\nrecords: { allocation: [{ area: a, points: 2,520 }] }\n", PV_PROBLEM_UNKNOWN_NAME, "520",
     "a row of allocation has no column 520; there are area, points and note; a comma ends a value here: write "
     "\"2,520\" in quotes"},
    {"form: small\nfields: { remarks: from $1,200.50 }\n", PV_PROBLEM_UNKNOWN_NAME, "200.50",
     "the form has no field 200.50; there are county, since and remarks; a comma ends a value here: write "
     "\"1,200.50\" in quotes"},
    {"form: small\nrecords: { allocation: [{ area: a, points: 2,52 }] }\n", PV_PROBLEM_UNKNOWN_NAME, "52",
     "a row of allocation has no column 52; there are area, points and note"},
    {"form: small\nrecords: { allocation: [{ area: a, points: 2, 520: }] }\n", PV_PROBLEM_UNKNOWN_NAME, "520",
     "a row of allocation has no column 520; there are area, points and note"},
    {"form: small\nrecords: { allocation: [{ area: a, points: 2,520: 1 }] }\n", PV_PROBLEM_UNKNOWN_NAME, "520",
     "a row of allocation has no column 520; there are area, points and note"},
    {"form: small\nrecords: { allocation: [{ area: a, points: many }] }\n", PV_PROBLEM_WRONG_TYPE, "many",
     "points: 'many' is not an integer; write it like 200 or 1,000"},
    {"form: small\nrecords: { attachment: [{ title: a, supports: [b, {}] }] }\n", PV_PROBLEM_WRONG_TYPE, "{}",
     "supports: an entry of the list is a text, not a mapping"},
    {"form: small\nrecords: { allocation: [{ area: a }] }\n", PV_PROBLEM_MISSING_PART, ">area: a",
     "row 1 of “allocation” has no “points”"},
    {"form: small\nrecords: { allocation: [{ points: 1 }] }\n", PV_PROBLEM_MISSING_PART, ">allocation: [",
     "row 1 of “allocation” has no “area”"},
    {"form: small\nrecords: { allocation: [{ area: '', points: 1 }] }\n", PV_PROBLEM_MISSING_PART, "''",
     "row 1 of “allocation” has no “area”"},
};

static void test_each_problem_has_its_place_and_message(void **state) {
    for (size_t i = 0; i < sizeof misread_submissions / sizeof *misread_submissions; i++) {
        const misread *expected = &misread_submissions[i];
        const pv_submission *submission = read(state, expected->yaml);
        if (submission->problem_count != 1)
            fail_msg("%zu problems in %s", submission->problem_count, expected->yaml);
        const pv_problem *problem = &submission->problems[0];
        assert_str(problem->message, expected->message);
        assert_int_equal(problem->kind, expected->kind);
        assert_int_equal(problem->expected_here, expected->kind == PV_PROBLEM_MISSING_PART);
        if (expected->at[0] == '>')
            assert_stands_after(submission->source, problem->at, expected->at + 1);
        else
            assert_covers(submission->source, problem->at, expected->at);
        assert_false(submission->blank);
    }
}

static void test_the_rest_is_still_read(void **state) {
    const pv_submission *submission =
        read(state, "form: small\n"
                    "measures:\n"
                    "  1.1.6: { 1: One., 2: [no], 9: none, 3: Three. }\n"
                    "  1.1.9: unknown\n"
                    "  1.1.7: Given.\n"
                    "records:\n"
                    "  allocation: [no, { area: a, points: few }, { area: b, points: 2 }]\n"
                    "fields: { since: soon, remarks: Read. }\n");
    assert_int_equal(submission->problem_count, 6);
    for (size_t i = 1; i < submission->problem_count; i++)
        assert_true(submission->problems[i - 1].at.start <= submission->problems[i].at.start);
    assert_str(response(submission, "1.1.6.1")->text.value, "One.");
    assert_str(response(submission, "1.1.6.3")->text.value, "Three.");
    assert_str(response(submission, "1.1.7")->text.value, "Given.");
    assert_str(submission->fields.values[2].text.value, "Read.");

    /* What was not understood is in no other part: blank where it stands. */
    const pv_response *list = response(submission, "1.1.6.2");
    assert_true(list->given && list->blank);
    assert_stands_after(submission->source, list->at, "2: ");
    const pv_record_list *allocation = &submission->records[0];
    assert_int_equal(allocation->count, 2);
    assert_int_equal(allocation->records[0].number, 2);
    assert_int_equal(allocation->records[1].values.values[1].number.coefficient, 2);
}

/* What stands where a value belongs and is none of it: something is given, so nothing is missing there. */
static void assert_unreadable(const pv_submission *submission, const pv_value *value, const char *at,
                              const char *text) {
    assert_true(value->given && value->unreadable);
    assert_false(pv_value_is_blank(value));
    assert_covers(submission->source, value->at, at);
    assert_str(value->text.value, text);
}

static void test_what_cannot_be_read_is_given(void **state) {
    const pv_submission *submission =
        read(state, "form: small\n"
                    "fields: { county: \"Inio\", since: soon, remarks: [a] }\n"
                    "records:\n"
                    "  allocation: [{ area: a, points: few, note: { b: c } }]\n"
                    "  attachment: [{ title: d, supports: e }, { title: f, supports: [g, {}] }]\n");
    assert_int_equal(submission->problem_count, 7);
    const pv_value *fields = submission->fields.values;
    assert_unreadable(submission, &fields[0], "Inio", "Inio");
    assert_unreadable(submission, &fields[1], "soon", "soon");
    assert_unreadable(submission, &fields[2], "[a]", "");
    const pv_value *allocation = submission->records[0].records[0].values.values;
    assert_false(allocation[0].unreadable);
    assert_unreadable(submission, &allocation[1], "few", "few");
    assert_unreadable(submission, &allocation[2], "{ b: c }", "");
    const pv_record *attachments = submission->records[1].records;
    assert_unreadable(submission, &attachments[0].values.values[1], "e", "e");
    const pv_value *partly = &attachments[1].values.values[1];
    assert_unreadable(submission, partly, "[g, {}]", "");
    assert_int_equal(partly->element_count, 0);
}

static void test_a_root_that_is_no_mapping(void **state) {
    const pv_submission *submission = read(state, "- form: small\n");
    assert_int_equal(submission->problem_count, 2);
    assert_int_equal(submission->problems[0].kind, PV_PROBLEM_WRONG_TYPE);
    assert_int_equal(submission->problems[1].kind, PV_PROBLEM_MISSING_PART);
}

/* count measures that the form has not, then one response of the wrong type. */
static char *unknown_measures(arena_fixture *fixture, size_t count) {
    static const char head[] = "form: small\nmeasures:\n";
    static const char tail[] = "  1.1.7: [x]\n";
    size_t size = sizeof head + count * 16 + sizeof tail;
    char *yaml = pv_arena_alloc(fixture->arena, size);
    assert_non_null(yaml);
    int used = snprintf(yaml, size, "%s", head);
    for (size_t i = 0; i < count; i++)
        used += snprintf(yaml + used, size - (size_t)used, "  x%06zu: y\n", i);
    snprintf(yaml + used, size - (size_t)used, "%s", tail);
    return yaml;
}

static void test_problems_are_capped_by_kind(void **state) {
    arena_fixture *fixture = *state;
    const pv_submission *submission = read(state, unknown_measures(fixture, 1000));
    assert_int_equal(submission->problem_count, 1001);
    assert_int_equal(submission->problems[999].kind, PV_PROBLEM_UNKNOWN_NAME);
    assert_covers(submission->source, submission->problems[999].at, "x000999");

    submission = read(state, unknown_measures(fixture, 100003));
    assert_int_equal(submission->problem_count, 1002);
    assert_str(submission->problems[1000].message, "99003 more problems like this from here on");
    assert_covers(submission->source, submission->problems[1000].at, "x001000");
    /* However many names were unknown, the other kind of problem is not lost among them. */
    assert_int_equal(submission->problems[1001].kind, PV_PROBLEM_WRONG_TYPE);
    assert_covers(submission->source, submission->problems[1001].at, "[x]");
}

static void test_the_form_a_document_names(void **state) {
    arena_fixture *fixture = *state;
    pv_str id;
    pv_span at;
    const pv_document *document = document_of(fixture, "measures: {}\nform: \"small\"\n");
    assert_true(pv_submission_form_id(document, &id, &at, &fixture->error));
    assert_str(id, "small");
    assert_covers(document->source, at, "\"small\"");

    static const struct {
        const char *yaml;
        pv_code code;
        const char *at;
    } refused[] = {
        {"fields: {}\n", PV_ERROR_NOT_FOUND, ""},
        {"- form: small\n", PV_ERROR_NOT_FOUND, ""},
        {"form: {}\n", PV_ERROR_SHAPE, "{}"},
        {"form: ''\n", PV_ERROR_SHAPE, "''"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        pv_error error = {0};
        document = document_of(fixture, refused[i].yaml);
        assert_false(pv_submission_form_id(document, &id, &at, &error));
        assert_int_equal(error.code, refused[i].code);
        assert_covers(document->source, error.where, refused[i].at);
    }
}

static bool build_submission(pv_arena *arena, pv_error *error) {
    static const char yaml[] = "form: small\nfields: { county: Inyo, since: never }\nextra: 1\n"
                               "measures: { 1.1.6: { 1: Some words here., 2: [x] }, 1.1.7: y }\n"
                               "records: { allocation: [{ area: a }], attachment: [{ title: b, supports: [c, d] }] }\n";
    pv_document *document;
    pv_form *form;
    pv_submission *submission;
    return try_document(&document, arena, form_text, error) && pv_form_build(&form, arena, document, error) &&
           try_document(&document, arena, yaml, error) &&
           pv_submission_build(&submission, arena, form, document, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(build_submission);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_what_is_given),
        arena_test(test_a_one_item_measure_may_name_its_item),
        arena_test(test_absent_items_stand_after_their_neighbour),
        arena_test(test_absent_measures_stand_after_their_neighbour),
        arena_test(test_absent_parts_stand_at_the_end),
        arena_test(test_absent_fields_stand_after_their_neighbour),
        arena_test(test_a_skeleton_is_blank),
        arena_test(test_each_problem_has_its_place_and_message),
        arena_test(test_the_rest_is_still_read),
        arena_test(test_what_cannot_be_read_is_given),
        arena_test(test_a_root_that_is_no_mapping),
        arena_test(test_problems_are_capped_by_kind),
        arena_test(test_the_form_a_document_names),
        cmocka_unit_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
