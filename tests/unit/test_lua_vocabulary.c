/* The check vocabulary: for each helper what passes, what does not, the message, the exact words it points at, and the
 * working. The submission is lua_submission; its response to 1.1.6.1 is "We plan four visits by 25% of all." */
#include "vocabulary_fixture.h"

#define FIELDS "submission.fields"
#define MEETINGS "submission.records.meeting"
#define GUESTS MEETINGS ":map(function(row) return row.guests end)"

static const check checks[] = {
    /* present */
    {"present(" FIELDS ".county)", PASS, "County is given", "Los Angeles", NULL},
    {"present(" FIELDS ".plan)", FAIL, "Plan is not given", "", NULL},
    {"present(" R ")", PASS, "the response to 1.1.6.1 is given", "We plan four visits by 25% of all.", NULL},
    {"present(submission.responses[2])", FAIL, "the response to 1.1.6.2 is not given", "", NULL},
    {"present(nil)", FAIL, "it is not given", NULL, NULL},
    {"present({})", FAIL, "it is not given", NULL, NULL},
    {"present({1})", PASS, "it is given", NULL, NULL},
    {"present(\"\")", FAIL, "it is not given", NULL, NULL},
    {"present(" R ".text:percentages())", PASS, "it is given", "25%", NULL},
    {"present(" MEETINGS ")", PASS, "Meetings is given",
     "- { place: Here, guests: 30 }\n    - { place: There, guests: 12 }", NULL},
    /* at_most */
    {"at_most(" R ".words, 8)", PASS, "8 words; at most 8 are allowed", "We plan four visits by 25% of all.", "8 ≤ 8"},
    {"at_most(" R ".words, 7)", FAIL, "8 words; at most 7 are allowed", "all.", "8 > 7"},
    {"at_most(" R ".words, 5, \"words\")", FAIL, "8 words; at most 5 are allowed", "25% of all.", "8 > 5"},
    {"at_most(" R ".words, 0)", FAIL, "8 words; at most 0 are allowed", "We plan four visits by 25% of all.", NULL},
    {"at_most(" R ".text.characters, 34)", PASS, "34 characters; at most 34 are allowed",
     "We plan four visits by 25% of all.", "34 ≤ 34"},
    {"at_most(" R ".text.characters, 30)", FAIL, "34 characters; at most 30 are allowed", "all.", "34 > 30"},
    {"at_most(" R ".text:percentages():first(), decimal(\"20%\"))", FAIL, "25% is more than 20%", "25%", "25% > 20%"},
    {"at_most(" R ".text:percentages():first(), decimal(\"25.0%\"))", PASS, "25% is at most 25%", "25%", "25% ≤ 25%"},
    {"at_most({4, 5, 6}, 2, \"steps\")", FAIL, "3 steps; at most 2 are allowed", NULL, "3 > 2"},
    {"at_most(" MEETINGS ", 1, \"meetings\")", FAIL, "2 meetings; at most 1 is allowed", "{ place: There, guests: 12 }",
     "2 > 1"},
    /* at_least */
    {"at_least(" R ".text:percentages():first(), " R ".item.target)", PASS, "25% is at least 20%", "25%", "25% ≥ 20%"},
    {"at_least(" R ".text:percentages():first(), decimal(\"26%\"), \"target\")", FAIL,
     "the target, 25%, is less than 26%", "25%", "25% < 26%"},
    {"at_least(" R ".text:amounts(), 1, \"amounts\")", FAIL, "0 amounts; at least 1 is asked for", NULL, "0 < 1"},
    {"at_least(3, 3)", PASS, "3 is at least 3", NULL, "3 ≥ 3"},
    {"at_least(" FIELDS ".plan, 3)", FAIL, "Plan is not given", "", NULL},
    /* between */
    {"between(3, 1, 3)", PASS, "3 is from 1 to 3", NULL, "1 ≤ 3 ≤ 3"},
    {"between(0, 1, 3)", FAIL, "0 is less than 1", NULL, "0 < 1"},
    {"between(4, 1, 3)", FAIL, "4 is more than 3", NULL, "4 > 3"},
    /* one_of */
    {"one_of(" FIELDS ".county, {\"Kern\", \"Los Angeles\"})", PASS, "“Los Angeles” is one of the choices",
     "Los Angeles", NULL},
    {"one_of(" FIELDS ".county, {\"Kern\", \"Los Angelos\"})", FAIL,
     "“Los Angeles” is not one of the choices; did you mean “Los Angelos”?", "Los Angeles",
     "the choices: Kern, Los Angelos"},
    {"one_of(" FIELDS ".county, {\"Kern\"})", FAIL, "“Los Angeles” is not one of the choices", "Los Angeles", NULL},
    {"one_of(" FIELDS ".plan, {\"x\"})", FAIL, "Plan is not given", "", NULL},
    /* equals */
    {"equals(" FIELDS ".county, \"los-angeles\")", PASS, "Los Angeles", "Los Angeles", NULL},
    {"equals(" FIELDS ".county, \"Kern\")", FAIL, "Los Angeles is not Kern", "Los Angeles", NULL},
    {"equals(decimal(\"2.50\"), decimal(\"2.5\"))", PASS, "2.5", NULL, "2.5 = 2.5"},
    {"equals(3, decimal(\"3.0\"))", PASS, "3", NULL, NULL},
    {"equals(" FIELDS ".plan, 3)", FAIL, "Plan is not given", "", NULL},
    {"equals(3, 4)", FAIL, "3 is not 4", NULL, "3 ≠ 4"},
    /* sums_to, share_of */
    {"sums_to(" GUESTS ", 42, \"guests\")", PASS, "guests: the sum is 42", "30 }\n    - { place: There, guests: 12",
     "30 + 12 = 42 = 42"},
    {"sums_to(" GUESTS ", 41)", FAIL, "the sum is 42, not 41", "30 }\n    - { place: There, guests: 12",
     "30 + 12 = 42 ≠ 41"},
    {"sums_to({}, 0)", PASS, "the sum is 0", NULL, NULL},
    {"sums_to({decimal(\"0.1\"), decimal(\"0.2\")}, decimal(\"0.3\"))", PASS, "the sum is 0.3", NULL, NULL},
    {"share_of(19, 95, decimal(\"20%\"))", PASS, "19 of 95 is 20.0%, at least 20%", NULL, "19 of 95 = 20.0% ≥ 20%"},
    {"share_of(18, 95, decimal(\"20%\"))", FAIL, "18 of 95 is 18.9%, less than 20%", NULL, "18 of 95 = 18.9% < 20%"},
    /* 19.9995 is not shown as 20.0. */
    {"share_of(39999, 200000, decimal(\"20%\"))", FAIL, "39999 of 200000 is 19.9995%, less than 20%", NULL,
     "39999 of 200000 = 19.9995% < 20%"},
    {"share_at_most(7, 100, decimal(\"7%\"))", PASS, "7 of 100 is 7.0%, at most 7%", NULL, "7 of 100 = 7.0% ≤ 7%"},
    {"share_at_most(50, 100, decimal(\"7%\"))", FAIL, "50 of 100 is 50.0%, more than 7%", NULL,
     "50 of 100 = 50.0% > 7%"},
    {"share_at_most(70001, 1000000, decimal(\"7%\"))", FAIL, "70001 of 1000000 is 7.0001%, more than 7%", NULL, NULL},
    {"at_most(50, 100 * decimal(\"7%\"))", FAIL, "50 is more than 7", NULL, "50 > 7"},
    {"share_of(1, 0, decimal(\"20%\"))", FAIL, "there is no share of 0", NULL, NULL},
    /* mentions, mentions_all */
    {"mentions(" R ", \"Four visits\")", PASS, "mentions “four visits”", "four visits", NULL},
    {"mentions(" R ", {\"five visits\", \"by 25\"})", PASS, "mentions “by 25”", "by 25", NULL},
    {"mentions(" R ", {\"five\", \"six\"})", FAIL, "does not mention “five”, “six”",
     "We plan four visits by 25% of all.", NULL},
    {"mentions_all(" R ", {\"visits\", \"plan\"})", PASS, "mentions all 2", "We plan four visits by 25% of all.", NULL},
    {"mentions_all(" R ", {\"visits\", \"money\", \"people\"})", FAIL, "does not mention “money”, “people”",
     "We plan four visits by 25% of all.", NULL},
    /* all_of, instead */
    {"all_of(pass(\"a\"), pass(), pass(\"b\"))", PASS, "a; b", NULL, NULL},
    {"all_of(pass(\"a\"):working(\"x\"), fail(\"b\"):at(" FIELDS ".county):working(\"y\"), fail(\"c\"))", FAIL, "b",
     "Los Angeles", "y"},
    {"all_of(at_least(3, 2), review(\"b\"))", REVIEW, "b", NULL, "3 ≥ 2"},
    {"instead(fail(\"x\"):at(" FIELDS ".county), \"review\")", REVIEW, "x", "Los Angeles", NULL},
    {"instead(review(\"x\"), \"fail\")", FAIL, "x", NULL, NULL},
    {"instead(pass(\"x\"), \"review\")", PASS, "x", NULL, NULL},
};

static void test_the_vocabulary(void **state) {
    assert_checks(*state, "", ROWS(checks));
}

/* What cannot be read is given, and form.types says what is wrong with it: nothing else is. */
static const check checks_of_the_unreadable[] = {
    {"present(" FIELDS ".opened)", PASS, "Opening day is given", "soon", NULL},
    {"before(" FIELDS ".opened, date(\"2022-01-01\"))", PV_STATE_NOT_APPLICABLE,
     "Opening day cannot be read, which has its own finding", NULL, NULL},
    {"on_or_after(" FIELDS ".closed, " FIELDS ".opened)", PV_STATE_NOT_APPLICABLE,
     "Opening day cannot be read, which has its own finding", NULL, NULL},
    {"at_most(" FIELDS ".term, 3)", PV_STATE_NOT_APPLICABLE, "Term cannot be read, which has its own finding", NULL,
     NULL},
    {"at_least(submission.records.letter[1]:cell(\"cost\"), 1)", PV_STATE_NOT_APPLICABLE,
     "cost cannot be read, which has its own finding", NULL, NULL},
    {"present(submission.records.letter[1]:cell(\"cost\"))", PASS, "cost is given", "[1]", NULL},
    {"equals(3, " FIELDS ".term)", PV_STATE_NOT_APPLICABLE, "Term cannot be read, which has its own finding", NULL,
     NULL},
    {"one_of(" FIELDS ".term, { \"many\" })", PASS, "“many” is one of the choices", "many", NULL},
};

static void test_what_cannot_be_read(void **state) {
    lua_fixture *fixture = *state;
    fixture->submission = submission_of(&fixture->base, fixture->form,
                                        "form: test\n"
                                        "fields: { opened: soon, closed: 2022-02-02, term: many }\n"
                                        "records: { letter: [{ title: Minutes, cost: [1] }] }\n");
    assert_int_equal(fixture->submission->problem_count, 3);
    assert_checks(fixture, "", ROWS(checks_of_the_unreadable));
}

static const char required_form[] = "form: test\n"
                                    "title: A form\n"
                                    "fields:\n"
                                    "  name: { label: Name, type: text, required: true }\n"
                                    "  remarks: { label: Remarks, type: text }\n"
                                    "  first: { label: First day, type: date, required: true }\n"
                                    "  last: { label: Last day, type: date, required: true }\n";

typedef struct required_row {
    const char *submission;
    check check;
    size_t others; /* missing fields shown besides the first */
} required_row;

static const required_row required_rows[] = {
    {"form: test\nfields: { name: a, first: 2022-01-03, last: 2022-01-04 }\n",
     {"required_fields(submission)", PASS, "every required field is given", NULL, NULL},
     0},
    /* Given, although it cannot be read. */
    {"form: test\nfields: { name: a, first: soon, last: 2022-01-04 }\n",
     {"required_fields(submission)", PASS, "every required field is given", NULL, NULL},
     0},
    {"form: test\nfields: { name: a, first: 2022-01-03 }\n",
     {"required_fields(submission)", FAIL, "Last day is not given", "", NULL},
     0},
    {"form: test\nfields: { name: ' ', last: 2022-01-04 }\n",
     {"required_fields(submission)", FAIL, "Name and First day are not given", "", NULL},
     1},
    {"form: test\n", {"required_fields(submission)", FAIL, "Name, First day and Last day are not given", "", NULL}, 2},
};

static void test_required_fields(void **state) {
    lua_fixture *fixture = *state;
    fixture->form = form_of(&fixture->base, required_form);
    for (size_t i = 0; i < sizeof required_rows / sizeof *required_rows; i++) {
        const required_row *row = &required_rows[i];
        fixture->submission = submission_of(&fixture->base, fixture->form, row->submission);
        pv_outcome outcome = run_expression(fixture, "", row->check.expression);
        assert_gives(fixture, &row->check, &outcome);
        assert_int_equal(outcome.related_count, row->others);
    }
}

static const misuse misuses[] = {
    {"at_most(" R ".words)", "at_most needs a limit, not nothing (nil)"},
    {"at_most(50, decimal(\"7%\"))", "a number (50) and a percentage (7%) cannot be compared"},
    {"at_most(" R ".words, decimal(\"7%\"))", "and a percentage (7%) cannot be compared"},
    {"at_least(decimal(\"20%\"), 20)", "a number (20) and a percentage (20%) cannot be compared"},
    {"between(5, decimal(\"1%\"), decimal(\"7%\"))", "cannot be compared"},
    {"equals(20, decimal(\"20%\"))", "cannot be compared"},
    {"sums_to({decimal(\"20%\"), decimal(\"80%\")}, 100)", "a percentage (100%) and a number (100) cannot be compared"},
    {"sums_to({decimal(\"20%\"), 80}, 100)", "a percentage (20%) and a number (80) cannot be added"},
    {"share_of(18, 95, 20)", "share_of holds a share against a percentage, such as decimal(\"20%\"), not 20"},
    {"share_at_most(decimal(\"5%\"), 95, decimal(\"20%\"))", "a percentage (5%) and a number (95) cannot be divided"},
    {"share_of(\"x\", 95, decimal(\"20%\"))", "share_of: the part is a string, not a number"},
    {"at_most(true, 3)", "at_most needs a number, a day or something that can be counted, not a boolean"},
    {"at_least(3, \"3\")", "at_least needs a limit, not a string"},
    {"at_least(" FIELDS ".county, 3)", "something that can be counted, not a field"},
    {"sums_to({1, \"2\"}, 3)", "sums_to: element 2 of the list is a string, not a number"},
    {"mentions(\"x\", \"y\")", "mentions needs a text of the submission, not a string"},
    {"all_of(pass(), true)", "all_of needs verdicts; value 2 is a boolean"},
    {"all_of(pass(), nil, pass())", "all_of needs verdicts; value 2 is a nil"},
    {"instead(pass(), \"pass\")", "instead turns a verdict"},
};

static void test_misuse_says_what_is_needed(void **state) {
    assert_misuses(*state, "", 3, ROWS(misuses));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(test_the_vocabulary),
        vocabulary_test(test_what_cannot_be_read),
        lua_test(test_required_fields),
        lua_test(test_misuse_says_what_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
