/* Registers: columns that name rows of tables, records with keys that belong to one another, and matrices. */
#include "document_fixture.h"

#include <stdio.h>
#include <string.h>

/* Lines of this form are replaced in the tests of its faults. */
static const char form_text[] =
    "form: loans\n"
    "title: Register of loans\n"
    "fields:\n"
    "  seat: { type: row, table: branch }\n"
    "records:\n"
    "  agreement:\n"
    "    key: [branch, kind]\n"
    "    columns:\n"
    "      signed: date\n"
    "      branch: { type: row, table: branch, required: true }\n"
    "      kind: { type: row, table: kind }\n"
    "  delivery:\n"
    "    of: agreement\n"
    "    columns: { day: { type: date, required: true } }\n"
    "  signature:\n"
    "    of: agreement\n"
    "    key: [branch, kind, name]\n"
    "    columns: { name: text }\n"
    "tables:\n"
    "  branch:\n"
    "    columns: { name: text, aliases: list }\n"
    "    rows:\n"
    "      - { name: North Hall, aliases: [North, the northern-hall] }\n"
    "      - { name: South Hall }\n"
    "      - { name: Harbour }\n"
    "  kind:\n"
    "    columns: { name: text }\n"
    "    rows: [{ name: Books }, { name: Maps }]\n"
    "matrices:\n"
    "  coverage: { label: Who lends what, rows: branch, columns: kind, records: agreement }\n";

static const pv_submission *read(void **state, const char *yaml) {
    arena_fixture *fixture = *state;
    return submission_of(fixture, form_of(fixture, form_text), yaml);
}

static pv_str row_name(const pv_value *value) {
    assert_non_null(value->row);
    return pv_row_title(value->row);
}

static void test_a_row_is_named_however_it_is_spelt(void **state) {
    const pv_submission *submission = read(state, "form: loans\n"
                                                  "fields: { seat: The Northern Hall }\n"
                                                  "records:\n"
                                                  "  agreement:\n"
                                                  "    - { branch: NORTH, kind: maps }\n"
                                                  "    - { branch: south-hall, kind: }\n");
    assert_int_equal(submission->problem_count, 0);
    assert_str(row_name(&submission->fields.values[0]), "North Hall");
    const pv_record *records = submission->records[0].records;
    assert_str(row_name(&records[0].values.values[1]), "North Hall");
    assert_str(row_name(&records[0].values.values[2]), "Maps");
    assert_str(row_name(&records[1].values.values[1]), "South Hall");
    assert_null(records[1].values.values[2].row);
    assert_ptr_equal(records[0].values.values[1].row, submission->fields.values[0].row);
}

static void assert_problem(const pv_submission *submission, size_t index, pv_problem_kind kind, const char *at,
                           const char *message) {
    assert_true(index < submission->problem_count);
    const pv_problem *problem = &submission->problems[index];
    assert_str(problem->message, message);
    assert_int_equal(problem->kind, kind);
    assert_covers(submission->source, problem->at, at);
}

static void test_an_unknown_row_is_a_problem_with_a_suggestion(void **state) {
    const pv_submission *submission = read(state, "form: loans\n"
                                                  "records:\n"
                                                  "  agreement:\n"
                                                  "    - { branch: Harbor, kind: Books }\n"
                                                  "    - { branch: '?', kind: Books }\n");
    assert_problem(submission, 0, PV_PROBLEM_WRONG_TYPE, "Harbor",
                   "branch: 'Harbor' is not one of the choices; there are North Hall, South Hall and Harbour; "
                   "did you mean Harbour?");
    assert_problem(submission, 1, PV_PROBLEM_WRONG_TYPE, "'?'",
                   "branch: '?' is not one of the choices; there are North Hall, "
                   "South Hall and Harbour");
    assert_int_equal(submission->problem_count, 2);
    assert_true(submission->records[0].records[0].values.values[1].unreadable);
}

static const char nested[] = "form: loans\n"
                             "records:\n"
                             "  delivery:\n"
                             "    - { branch: North, kind: Books, day: 2024-01-01 }\n"
                             "  agreement:\n"
                             "    - branch: South Hall\n"
                             "      kind: Maps\n"
                             "      delivery: [{ day: 2024-01-02 }, { day: 2024-01-03, kind: maps }]\n"
                             "      signature: [{ name: Ada }]\n"
                             "    - { branch: north hall, kind: Books }\n";

static void test_records_belong_to_the_one_with_their_key(void **state) {
    const pv_submission *submission = read(state, nested);
    assert_int_equal(submission->problem_count, 0);
    const pv_record_list *agreements = &submission->records[0];
    const pv_record_list *deliveries = &submission->records[1];
    assert_int_equal(agreements->count, 2);
    assert_int_equal(deliveries->count, 3);
    /* In document order, wherever they stand. */
    assert_int_equal(deliveries->records[0].values.values[2].date.day, 1);
    assert_int_equal(deliveries->records[2].values.values[2].date.day, 3);
    assert_int_equal(deliveries->records[2].number, 3);
    assert_ptr_equal(deliveries->records[0].owner, &agreements->records[1]);
    assert_ptr_equal(deliveries->records[1].owner, &agreements->records[0]);
    assert_ptr_equal(deliveries->records[2].owner, &agreements->records[0]);
    /* Owned kind after kind. */
    const pv_record *owned = agreements->records[0].first_owned;
    assert_ptr_equal(owned, &deliveries->records[1]);
    assert_ptr_equal(owned->next_owned, &deliveries->records[2]);
    assert_ptr_equal(owned->next_owned->next_owned, &submission->records[2].records[0]);
    assert_null(owned->next_owned->next_owned->next_owned);
}

static void test_a_nested_row_takes_its_key_from_the_row_around_it(void **state) {
    const pv_submission *submission = read(state, nested);
    const pv_value *branch = &submission->records[1].records[1].values.values[0];
    assert_str(row_name(branch), "South Hall");
    assert_covers(submission->source, branch->at, "South Hall");
    assert_ptr_equal(branch->spec, &submission->form->records[1].columns[0]);
}

static void test_wrong_keys(void **state) {
    const pv_submission *submission =
        read(state, "form: loans\n"
                    "records:\n"
                    "  agreement:\n"
                    "    - { branch: North, kind: Books, delivery: [{ day: 2024-01-01, kind: Maps }] }\n"
                    "    - { branch: North Hall, kind: books }\n"
                    "    - { branch: Norse, kind: Books }\n"
                    "    - { branch: Norse, kind: Books }\n"
                    "  delivery:\n"
                    "    - { branch: Harbour, kind: Books, day: 2024-01-02 }\n"
                    "  signature:\n"
                    "    - { branch: North, kind: Books, name: Ada }\n"
                    "    - { branch: North, kind: Books, name: ADA }\n"
                    "    - { branch: North, kind: Books }\n"
                    "    - { branch: North, kind: Books }\n");
    assert_problem(submission, 0, PV_PROBLEM_WRONG_KEY, "Maps",
                   "this row of “delivery” stands in the one for North, Books, but says that it belongs to another");
    assert_problem(submission, 1, PV_PROBLEM_WRONG_KEY, "North Hall, kind: books",
                   "row 2 of “agreement” has the same “branch” and “kind” as row 1: North Hall, books");
    assert_true(submission->problems[1].has_other);
    assert_covers(submission->source, submission->problems[1].other, "North, kind: Books");
    /* Rows whose key is open are not compared: the name has a problem of its own. */
    assert_problem(submission, 2, PV_PROBLEM_WRONG_TYPE, "Norse",
                   "branch: 'Norse' is not one of the choices; there are North Hall, South Hall and Harbour; "
                   "did you mean North?");
    assert_int_equal(submission->problems[3].kind, PV_PROBLEM_WRONG_TYPE);
    assert_problem(
        submission, 4, PV_PROBLEM_WRONG_KEY, "Harbour, kind: Books",
        "row 2 of “delivery” belongs to no row of “agreement”: none has the “branch” and “kind” Harbour, Books");
    assert_problem(submission, 5, PV_PROBLEM_WRONG_KEY, "North, kind: Books, name: ADA",
                   "row 2 of “signature” has the same “branch”, “kind” and “name” as row 1: North, Books, ADA");
    assert_int_equal(submission->problem_count, 6);
    assert_null(submission->records[1].records[0].owner);
    assert_null(submission->records[1].records[1].owner);
    /* The first of two with one key has what belongs to them. */
    assert_ptr_equal(submission->records[2].records[0].owner, &submission->records[0].records[0]);
}

static void test_what_stands_where_nested_rows_belong(void **state) {
    const pv_submission *submission = read(state, "form: loans\n"
                                                  "records:\n"
                                                  "  agreement:\n"
                                                  "    - { branch: North, kind: Books, delivery: none, signature: }\n"
                                                  "    - { branch: South Hall, kind: Books, delivry: [] }\n");
    assert_problem(submission, 0, PV_PROBLEM_WRONG_TYPE, "none", "“delivery” is a list of rows, not a text");
    assert_problem(submission, 1, PV_PROBLEM_UNKNOWN_NAME, "delivry",
                   "a row of agreement has no column delivry; did you mean delivery?");
    assert_int_equal(submission->problem_count, 2);
    assert_true(submission->records[1].given);
    assert_int_equal(submission->records[1].count, 0);
}

static void test_titles_and_hashes_follow_the_key(void **state) {
    arena_fixture *fixture = *state;
    const pv_submission *submission = read(state, nested);
    const pv_submission *moved = read(state, "form: loans\n"
                                             "records:\n"
                                             "  agreement:\n"
                                             "    - { branch: Harbour, kind: Maps }\n"
                                             "    - { branch: South Hall, kind: Maps,\n"
                                             "        delivery: [{ day: 2024-01-02 }, { day: 2024-01-03 }] }\n");
    const pv_record *delivery = &submission->records[1].records[2];
    assert_str(pv_record_title(&submission->records[0].records[1], fixture->arena), "North Hall, Books");
    assert_str(pv_record_title(delivery, fixture->arena), "South Hall, Maps");
    assert_int_equal(pv_record_hash(&submission->records[0].records[0], 1, false),
                     pv_record_hash(&moved->records[0].records[1], 1, false));
    assert_int_equal(pv_record_hash(delivery, 1, false), pv_record_hash(&moved->records[1].records[1], 1, false));
    assert_int_not_equal(pv_record_hash(delivery, 1, false), pv_record_hash(&moved->records[1].records[0], 1, false));
}

static void test_a_matrix_has_every_pair(void **state) {
    const pv_submission *submission = read(state, "form: loans\n"
                                                  "records:\n"
                                                  "  agreement:\n"
                                                  "    - { branch: South Hall, kind: Maps }\n"
                                                  "    - { branch: Nowhere, kind: Maps }\n"
                                                  "    - { kind: maps, branch: south hall }\n");
    const pv_pair_list *matrix = &submission->matrices[0];
    assert_int_equal(matrix->count, 6);
    assert_str(matrix->pairs[0].name, "North Hall, Books");
    assert_str(matrix->pairs[3].name, "South Hall, Maps");
    assert_str(matrix->pairs[5].name, "Harbour, Maps");
    assert_int_equal(matrix->pairs[3].record_count, 2);
    assert_ptr_equal(matrix->pairs[3].records[0], &submission->records[0].records[0]);
    assert_ptr_equal(matrix->pairs[3].records[1], &submission->records[0].records[2]);
    assert_covers(submission->source, matrix->pairs[3].at, "South Hall, kind: Maps");
    /* What is not there would stand after the last row. */
    assert_int_equal(matrix->pairs[0].record_count, 0);
    assert_stands_after(submission->source, matrix->pairs[0].at, "{ kind: maps, branch: south hall }");
}

/* The pairs of two matrices may have the same names: what is found in one of them is not what is found in the other. */
static void test_two_matrices_are_told_apart(void **state) {
    arena_fixture *fixture = *state;
    static char yaml[2 * sizeof form_text];
    snprintf(yaml, sizeof yaml, "%s  other: { label: Once more, rows: branch, columns: kind, records: agreement }\n",
             form_text);
    const pv_submission *submission = submission_of(fixture, form_of(fixture, yaml), "form: loans\n");
    const pv_rule rule = {.id = PV_STR("r")};
    uint64_t fingerprints[2];
    for (size_t i = 0; i < 2; i++) {
        const pv_pair *pair = &submission->matrices[i].pairs[3];
        assert_str(pair->name, "South Hall, Maps");
        pv_verdict verdict = {.rule = &rule, .subject = {.kind = PV_SUBJECT_PAIR, .pair = pair}};
        pv_verdict_identify(&verdict, submission->source, submission);
        fingerprints[i] = verdict.fingerprint;
    }
    assert_int_not_equal(fingerprints[0], fingerprints[1]);
}

/* Of two columns that name rows of one table, the one in the key says what a record is about. */
static void test_a_matrix_goes_by_the_key(void **state) {
    arena_fixture *fixture = *state;
    static char yaml[2 * sizeof form_text];
    const char *found = strstr(form_text, "signed: date");
    snprintf(yaml, sizeof yaml, "%.*ssigned: { type: row, table: kind }%s", (int)(found - form_text), form_text,
             found + strlen("signed: date"));
    const pv_submission *submission = submission_of(fixture, form_of(fixture, yaml),
                                                    "form: loans\n"
                                                    "records:\n"
                                                    "  agreement: [{ branch: Harbour, kind: Maps, signed: Books }]\n");
    assert_int_equal(submission->matrices[0].pairs[4].record_count, 0);
    assert_int_equal(submission->matrices[0].pairs[5].record_count, 1);
}

static void test_a_matrix_of_nothing(void **state) {
    const pv_submission *submission = read(state, "form: loans\nfields: { seat: Harbour }\n");
    assert_int_equal(submission->matrices[0].count, 6);
    assert_stands_after(submission->source, submission->matrices[0].pairs[5].at, "seat: Harbour }");
}

/* ---- faults of the form ---- */

typedef struct faulty_form {
    const char *from;
    const char *to;
    const char *at; /* the words of the changed form that the error covers */
    const char *message;
} faulty_form;

static const faulty_form faulty_forms[] = {
    {"seat: { type: row, table: branch }", "seat: row", "row",
     "a row needs the table that it is of; write it like { type: row, table: NAME }"},
    {"seat: { type: row, table: branch }", "seat: { type: row, table: branches }", "branches",
     "'branches' is not a table; did you mean branch?"},
    {"seat: { type: row, table: branch }", "seat: { type: text, table: branch }", "table",
     "only a value of type row names a table, not one of type text"},
    {"fields:\n", "attributes: { form: { seat: { type: row, table: branch } } }\nfields:\n",
     "{ type: row, table: branch }", "only fields and columns are of type row, not what is read before the tables"},
    {"columns: { name: text }\n    rows: [{ name: Books }, { name: Maps }]",
     "columns: { title: text }\n    rows: [{ title: Books }]", "kind",
     "the table kind needs a column called name, of type text: its rows are to be named"},
    {"{ name: South Hall }", "{ aliases: [South] }", "", "row 2 of the table branch has no name"},
    {"{ name: South Hall }", "{ name: NORTH }", "NORTH",
     "'North Hall' and 'NORTH' of the table branch are both called NORTH"},
    {"key: [branch, kind]", "key: [branch, sort]", "sort", "'sort' is not a column; there are signed, branch and kind"},
    {"key: [branch, kind]", "key: []", "[]", "a key needs at least one column"},
    {"key: [branch, kind]", "key: branch", "branch", "key must be a list, but is a text"},
    {"    key: [branch, kind]\n", "", "agreement",
     "agreement has no key by which a row could say to which of them it belongs"},
    {"of: agreement\n    columns: { day", "of: signature\n    columns: { day", "signature",
     "'signature' is not a record kind that stands before this one; there is agreement"},
    {"columns: { day: { type: date, required: true } }", "columns: { day: date, kind: text }", "kind",
     "kind is the key of agreement already, and so a column of every row"},
    {"signed: date", "delivery: date", "delivery",
     "delivery is the name of records that belong to agreement, and so cannot be a column of it"},
    {"rows: branch, columns: kind", "rows: branch, columns: branch", "branch",
     "the rows and the columns of a matrix are two tables, not one"},
    {"rows: branch, columns: kind", "rows: branch", "", "a matrix needs columns"},
    {"columns: kind, records: agreement", "columns: kind, records: agreements", "agreements",
     "'agreements' is not a record kind; did you mean agreement?"},
    {"      kind: { type: row, table: kind }\n", "      kind: text\n", "agreement",
     "agreement has no column that names a row of the table kind; a matrix needs one"},
    {"key: [branch, kind]\n    columns:\n      signed: date",
     "key: [branch, signed, kind]\n    columns:\n      signed: { type: row, table: kind }", "agreement",
     "agreement has more than one column that names a row of the table kind; a matrix needs one"},
    {"rows: [{ name: Books }, { name: Maps }]", "rows: []", "kind", "the table kind has no rows"},
};

static void test_each_fault_of_a_form_has_its_place_and_message(void **state) {
    arena_fixture *fixture = *state;
    static char yaml[2 * sizeof form_text];
    for (size_t i = 0; i < sizeof faulty_forms / sizeof *faulty_forms; i++) {
        const faulty_form *fault = &faulty_forms[i];
        const char *found = strstr(form_text, fault->from);
        if (found == NULL)
            fail_msg("the form has no \"%s\"", fault->from);
        snprintf(yaml, sizeof yaml, "%.*s%s%s", (int)(found - form_text), form_text, fault->to,
                 found + strlen(fault->from));
        const pv_document *document = document_of(fixture, yaml);
        pv_form *form;
        pv_error error = {0};
        if (pv_form_build(&form, fixture->arena, document, &error))
            fail_msg("no fault was found in: %s", fault->to);
        assert_string_equal(error.message, fault->message);
        assert_covers(document->source, error.where, fault->at);
    }
}

static bool read_all(pv_arena *arena, pv_error *error) {
    pv_document *form_document;
    pv_document *document;
    pv_form *form;
    pv_submission *submission;
    return try_document(&form_document, arena, form_text, error) && pv_form_build(&form, arena, form_document, error) &&
           try_document(&document, arena, nested, error) &&
           pv_submission_build(&submission, arena, form, document, error) &&
           (pv_record_title(submission->records[0].records, arena).data != NULL || pv_fail_memory(error));
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(read_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_a_row_is_named_however_it_is_spelt),
        arena_test(test_an_unknown_row_is_a_problem_with_a_suggestion),
        arena_test(test_records_belong_to_the_one_with_their_key),
        arena_test(test_a_nested_row_takes_its_key_from_the_row_around_it),
        arena_test(test_wrong_keys),
        arena_test(test_what_stands_where_nested_rows_belong),
        arena_test(test_titles_and_hashes_follow_the_key),
        arena_test(test_a_matrix_has_every_pair),
        arena_test(test_two_matrices_are_told_apart),
        arena_test(test_a_matrix_goes_by_the_key),
        arena_test(test_a_matrix_of_nothing),
        arena_test(test_each_fault_of_a_form_has_its_place_and_message),
        cmocka_unit_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
