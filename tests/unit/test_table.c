/* A submission kept as CSV: the tree it gives, read as a submission, and what is wrong in it, each at its cell. */
#include "document_fixture.h"

#include <string.h>

#include "load/loader.h"
#include "model/form.h"

/* Two kinds that share the headings Book and Remarks. */
static const char form_text[] = "form: loans\n"
                                "title: Loans\n"
                                "fields:\n"
                                "  library: { label: Library, type: text, aliases: [branch] }\n"
                                "  rooms: { label: Reading rooms, type: list }\n"
                                "  counted: date\n"
                                "records:\n"
                                "  loan:\n"
                                "    aliases: [lent book]\n"
                                "    columns:\n"
                                "      book: { label: Book, type: text, required: true, aliases: [title] }\n"
                                "      lent: { label: Lent on, type: date, required: true }\n"
                                "      renewable: boolean\n"
                                "      subjects: list\n"
                                "  reminder:\n"
                                "    columns:\n"
                                "      book: { label: Book, type: text, required: true, aliases: [title] }\n"
                                "      fee: decimal\n"
                                "csv: { kind: Row, dates: month-first }\n";

static bool try_load(pv_document **out, pv_arena *arena, const pv_form *form, const char *text, pv_error *error) {
    static pv_limits limits;
    pv_source *source;
    limits = pv_limits_default();
    pv_loaded loaded = {0};
    bool done = pv_source_new(&source, arena, PV_STR("test.csv"), pv_str_from(text), &limits, error) &&
                pv_loader_by_name(PV_STR("test.csv"))->load(&loaded, arena, source, form, &limits, error);
    *out = loaded.tree;
    return done;
}

static const pv_submission *read_on(arena_fixture *fixture, const pv_form *form, const char *text) {
    pv_document *document;
    pv_submission *submission;
    pv_error error = {0};
    if (!try_load(&document, fixture->arena, form, text, &error) ||
        !pv_submission_build(&submission, fixture->arena, form, document, &error))
        fail_msg("at byte %u: %s", error.where.start, error.message);
    return submission;
}

static const pv_submission *read(void **state, const char *text) {
    arena_fixture *fixture = *state;
    return read_on(fixture, form_of(fixture, form_text), text);
}

static const pv_value *cell(const pv_submission *submission, size_t kind, size_t row, const char *column) {
    assert_true(row < submission->records[kind].count);
    return pv_value_list_get(&submission->records[kind].records[row].values, pv_str_from(column));
}

/* The problem with this number: of this kind, at exactly this text (or the empty place after it), saying so. */
#define assert_problem(submission_, number_, kind_, covered_, said_)                                                   \
    do {                                                                                                               \
        assert_true((number_) < (submission_)->problem_count);                                                         \
        const pv_problem *problem_ = &(submission_)->problems[number_];                                                \
        assert_int_equal(problem_->kind, kind_);                                                                       \
        assert_covers((submission_)->source, problem_->at, covered_);                                                  \
        if (pv_str_find(problem_->message, pv_str_from(said_), 0) == SIZE_MAX)                                         \
            fail_msg("'%.*s' does not say '%s'", PV_STR_ARG(problem_->message), said_);                                \
    } while (0)

static void test_what_is_given(void **state) {
    const pv_submission *submission = read(state, "form,loans,\n"
                                                  "BRANCH,Main Street\n"
                                                  "Reading-rooms,blue ; green;\n"
                                                  ",,\n"
                                                  "Row,Title,Lent on,Renewable,Subjects,Fee\n"
                                                  "Loan,Emma,3/1/2024,Yes,travel; history,\n"
                                                  "\n"
                                                  "reminder,Emma,,,,2.75\n"
                                                  "lent-book,\"A \"\"B\"\"\",2024-03-02,FALSE\n");
    const pv_source *source = submission->source;
    assert_int_equal(submission->problem_count, 0);
    assert_str(submission->format, "csv");
    assert_str(submission->fields.values[0].text.value, "Main Street");
    assert_covers(source, submission->fields.values[0].at, "Main Street");
    const pv_value *rooms = &submission->fields.values[1];
    assert_int_equal(rooms->element_count, 2);
    assert_covers(source, rooms->elements[0].span, "blue");
    assert_covers(source, rooms->elements[1].span, "green");
    assert_stands_after(source, submission->fields.values[2].at, "blue ; green;");

    assert_int_equal(submission->records[0].count, 2);
    assert_int_equal(submission->records[1].count, 1);
    const pv_value *lent = cell(submission, 0, 0, "lent");
    assert_str(lent->text.value, "3/1/2024");
    assert_covers(source, lent->at, "3/1/2024");
    assert_int_equal(lent->date.month, 3);
    assert_true(cell(submission, 0, 0, "renewable")->boolean);
    assert_false(cell(submission, 0, 1, "renewable")->boolean);
    assert_true(pv_value_is_known(cell(submission, 0, 1, "renewable")));
    assert_covers(source, cell(submission, 0, 0, "subjects")->elements[1].span, "history");
    assert_str(cell(submission, 0, 1, "book")->text.value, "A \"B\"");
    assert_covers(source, cell(submission, 0, 1, "book")->at, "A \"\"B\"\"");
    assert_int_equal(cell(submission, 1, 0, "fee")->number.coefficient, 275);
    assert_covers(source, submission->records[0].records[0].at, "Loan,Emma,3/1/2024,Yes,travel; history,");
    /* The row ends before them. */
    assert_false(cell(submission, 0, 1, "subjects")->given);
    assert_stands_after(source, cell(submission, 0, 1, "subjects")->at, "2024-03-02,FALSE");
}

static void test_without_a_header(void **state) {
    const pv_submission *submission = read(state, "\nRow,Book,Lent on\nloan,Emma,2024-03-01\n");
    assert_int_equal(submission->problem_count, 0);
    assert_int_equal(submission->records[0].count, 1);
    assert_int_equal(submission->records[1].count, 0);
    assert_int_equal(submission->fields.values[0].at.start, 0);
    assert_stands_after(submission->source, submission->records[1].at, "2024-03-01");
}

static void test_a_form_with_one_kind_needs_no_column_for_it(void **state) {
    arena_fixture *fixture = *state;
    const pv_form *form =
        form_of(fixture, "form: f\ntitle: F\nrecords: { loan: { columns: { book: text, due: date } } }\n"
                         "csv: { dates: day-first }\n");
    const pv_submission *submission = read_on(fixture, form, "Due;BOOK\n31/12/2024;Emma\n12/31/2024;\n");
    assert_int_equal(submission->records[0].count, 2);
    assert_int_equal(cell(submission, 0, 0, "due")->date.month, 12);
    assert_int_equal(submission->problem_count, 1);
    assert_problem(submission, 0, PV_PROBLEM_WRONG_TYPE, "12/31/2024",
                   "there is no day '12/31/2024', read with the day first");
}

static void test_dates_as_the_form_says(void **state) {
    arena_fixture *fixture = *state;
    const pv_form *form =
        form_of(fixture, "form: f\ntitle: F\nrecords: { loan: { columns: { due: date } } }\ncsv: {}\n");
    const pv_submission *submission = read_on(fixture, form, "due\n2024-03-31\n3/31/2024\n");
    assert_int_equal(submission->problem_count, 1);
    assert_problem(submission, 0, PV_PROBLEM_WRONG_TYPE, "3/31/2024", "is not a date; write it like 2022-07-01");
    assert_null(strstr(submission->problems[0].message.data, " or "));
    submission = read(state, "Row,Book,Lent on\n"
                             "loan,a,2/30/2024\n"
                             "loan,b,3/1/24\n"
                             "loan,c,March 1\n"
                             "loan,d,3/1/2024 9:00\n"
                             "loan,e,03/01/2024\n"
                             "loan,f,\"2/29/2024 \"\n");
    assert_int_equal(submission->problem_count, 4);
    assert_problem(submission, 0, PV_PROBLEM_WRONG_TYPE, "2/30/2024", "there is no day '2/30/2024'");
    assert_true(cell(submission, 0, 0, "lent")->unreadable);
    assert_str(cell(submission, 0, 0, "lent")->text.value, "2/30/2024");
    assert_problem(submission, 1, PV_PROBLEM_WRONG_TYPE, "3/1/24", "like 2022-07-01 or 7/1/2022");
    assert_problem(submission, 2, PV_PROBLEM_WRONG_TYPE, "March 1", "is not a date");
    assert_problem(submission, 3, PV_PROBLEM_WRONG_TYPE, "3/1/2024 9:00", "is not a date");
    assert_true(pv_value_is_known(cell(submission, 0, 4, "lent")));
    assert_int_equal(cell(submission, 0, 5, "lent")->date.day, 29);
}

static void test_headings_that_are_wrong(void **state) {
    const pv_submission *submission = read(state, "Row,Bok,Lent on,fee,FEE,,\n"
                                                  "loan,Emma,2024-03-01,,,\n"
                                                  "loan,Persuasion,2024-03-01,,,x\n"
                                                  "reminder,Emma,,1,2,\n");
    assert_int_equal(submission->problem_count, 4);
    assert_problem(submission, 0, PV_PROBLEM_UNKNOWN_NAME, "Bok", "has no heading Bok; did you mean Book?");
    assert_problem(submission, 1, PV_PROBLEM_UNKNOWN_NAME, "FEE", "'FEE' is the heading of column 4 already");
    assert_problem(submission, 2, PV_PROBLEM_MISSING_PART, "", "cells of this column are filled");
    assert_stands_after(submission->source, submission->problems[2].at, "FEE,");
    /* Both kinds need it, and no row says so again. */
    assert_problem(submission, 3, PV_PROBLEM_MISSING_PART, "", "no heading 'Book', and every row of “loan”");
    assert_stands_after(submission->source, submission->problems[3].at, "FEE,,");
    assert_int_equal(cell(submission, 1, 0, "fee")->number.coefficient, 1);
}

static void test_a_heading_is_missed_only_by_kinds_with_rows(void **state) {
    const pv_submission *submission = read(state, "Row,Book\nreminder,Emma\n");
    assert_int_equal(submission->problem_count, 0);
}

static void test_rows_that_are_wrong(void **state) {
    const pv_submission *submission = read(state, "Row,Book,Lent on,Fee\n"
                                                  "lone,Emma,2024-03-01\n"
                                                  ",Emma,2024-03-01\n"
                                                  "loan,Emma,2024-03-01,2.50\n"
                                                  "loan,,2024-03-01,,,too,many\n"
                                                  "loan,Emma\n"
                                                  "reminder,Emma,,x\n");
    assert_int_equal(submission->problem_count, 7);
    assert_problem(submission, 0, PV_PROBLEM_UNKNOWN_NAME, "lone", "record kind lone; did you mean loan?");
    assert_problem(submission, 1, PV_PROBLEM_MISSING_PART, "", "does not say under Row what it is");
    assert_problem(submission, 2, PV_PROBLEM_UNKNOWN_NAME, "2.50",
                   "a row of “loan” has no column Fee, which is one of “reminder”");
    assert_problem(submission, 3, PV_PROBLEM_MISSING_PART, "", "row 2 of “loan” has no “Book”");
    assert_stands_after(submission->source, submission->problems[3].at, "2.50\nloan,");
    assert_true(submission->problems[3].expected_here);
    assert_problem(submission, 4, PV_PROBLEM_WRONG_TYPE, "too", "7 cells under 4 headings");
    assert_problem(submission, 5, PV_PROBLEM_MISSING_PART, "", "row 3 of “loan” has no “Lent on”");
    assert_stands_after(submission->source, submission->problems[5].at, "many\nloan,Emma");
    assert_problem(submission, 6, PV_PROBLEM_WRONG_TYPE, "x", "is not a decimal");
    assert_int_equal(submission->records[0].count, 3);
}

static void test_header_rows_that_are_wrong(void **state) {
    const pv_submission *submission = read(state, "form,loans,x\n"
                                                  "Libary,a\n"
                                                  "rooms,a;;b\n"
                                                  "rooms,c\n"
                                                  ",d\n"
                                                  "branch,e,,f\n"
                                                  "\n"
                                                  "Row,Book\n");
    assert_int_equal(submission->problem_count, 6);
    assert_problem(submission, 0, PV_PROBLEM_WRONG_TYPE, "x", "a name and one value");
    assert_problem(submission, 1, PV_PROBLEM_UNKNOWN_NAME, "Libary", "no field Libary; did you mean Library?");
    assert_problem(submission, 2, PV_PROBLEM_WRONG_TYPE, "", "an entry of the list is empty");
    assert_stands_after(submission->source, submission->problems[2].at, "rooms,a;");
    assert_problem(submission, 3, PV_PROBLEM_UNKNOWN_NAME, "rooms", "given in a row above already");
    assert_problem(submission, 4, PV_PROBLEM_MISSING_PART, "", "does not say of which field");
    assert_problem(submission, 5, PV_PROBLEM_WRONG_TYPE, "f", "a name and one value");
    assert_str(submission->fields.values[0].text.value, "e");
}

/* Loading text ends with this error at exactly this text. */
static void assert_fault(void **state, const char *text, const char *covered, const char *said) {
    arena_fixture *fixture = *state;
    pv_document *document;
    pv_error error = {0};
    assert_false(try_load(&document, fixture->arena, form_of(fixture, form_text), text, &error));
    assert_str(pv_str_slice(pv_str_from(text), error.where.start, error.where.end), covered);
    if (!strstr(error.message, said))
        fail_msg("'%s' does not say '%s'", error.message, said);
}

static void test_what_leaves_nothing_to_read(void **state) {
    assert_fault(state, "", "", "the row of headings is missing; it belongs at the top");
    assert_fault(state, "form,loans\nLibrary,x\n", "", "after the header and an empty row");
    assert_fault(state, "form,\n\nRow,Book\n", "", "the form's name belongs here");
    assert_fault(state, "form,loans\nRow,Book\nloan,Emma\n", "Row,Book", "an empty row belongs between");
    assert_fault(state, "Book,Lent on\n", "Book,Lent on", "a heading 'Row' belongs in this row");
    assert_fault(state, "Rwo,Book\n", "Rwo", "no heading 'Rwo'; did you mean Row");
    assert_fault(state, "Row,Book\nloan,\"b\n", "\"", "never closed");
}

static void test_a_form_that_is_no_table(void **state) {
    arena_fixture *fixture = *state;
    pv_document *document;
    pv_error error = {0};
    const pv_form *form = form_of(fixture, "form: f\ntitle: F\nfields: { a: text }\n");
    assert_false(try_load(&document, fixture->arena, form, "form,f\n", &error));
    assert_non_null(strstr(error.message, "does not say how it is kept as CSV"));
}

static void test_the_form_is_named_first(void **state) {
    static const struct {
        const char *text;
        const char *form; /* NULL: it is not named */
    } cases[] = {
        {"form,loans\n", "loans"},     {"\xEF\xBB\xBF\"form\"; loans \r\n", "loans"},
        {"\n \nForm\tloans", "loans"}, {"sep=;\nform;\"a,b\"\n", "a,b"},
        {"Row,Book\n", NULL},          {"", NULL},
        {"form: loans\n", NULL},       {"- form, loans\n", NULL},
    };
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_source *source;
        pv_error error = {0};
        pv_form_name form;
        pv_str text = pv_str_from(cases[i].text);
        assert_true(pv_source_new(&source, fixture->arena, PV_STR("-"), text, &limits, &error));
        assert_int_equal(pv_loader_by_name(PV_STR("test.csv"))->recognises(PV_STR("-"), text, fixture->arena, &limits),
                         cases[i].form != NULL);
        assert_int_equal(
            pv_loader_by_name(PV_STR("test.csv"))->form_name(&form, fixture->arena, source, &limits, &error),
            cases[i].form != NULL);
        assert_int_equal(form.given, cases[i].form != NULL);
        if (cases[i].form)
            assert_str(form.id, cases[i].form);
        else
            assert_int_equal(error.code, PV_ERROR_NOT_FOUND);
    }
}

/* A form with this text after its first two lines is refused, at the last place where covered stands. */
static void assert_form_refused(void **state, const char *rest, const char *covered, const char *said) {
    arena_fixture *fixture = *state;
    pv_str text = pv_arena_format(fixture->arena, "form: f\ntitle: F\n%s", rest);
    const pv_document *document = document_of(fixture, text.data);
    pv_form *form;
    pv_error error = {0};
    assert_false(pv_form_build(&form, fixture->arena, document, &error));
    assert_covers(document->source, error.where, covered);
    if (!strstr(error.message, said))
        fail_msg("'%s' does not say '%s'", error.message, said);
}

static void test_forms_that_a_table_could_not_follow(void **state) {
    assert_form_refused(state, "records: { a: { columns: { b: text } }, c: { columns: { d: text } } }\ncsv: {}\n", "{}",
                        "the form has 2 record kinds, so csv needs kind");
    assert_form_refused(state, "csv: {}\n", "{}", "a form without record kinds");
    assert_form_refused(state, "records: { a: { columns: { b: text } } }\ncsv: { dates: year-first }\n", "year-first",
                        "is not an order of dates");
    assert_form_refused(state, "records: { a: { columns: { b: text } } }\ncsv: { kinds: x }\n", "kinds",
                        "did you mean kind?");
    assert_form_refused(
        state, "records: { a: { columns: { b: text, c: { type: text, aliases: [B] } } } }\ncsv: { kind: Row }\n", "c",
        "'B' would mean both of the columns b and c");
    assert_form_refused(
        state, "records: { a: { columns: { b: text } }, c: { columns: { d: text }, label: A } }\ncsv: { kind: Row }\n",
        "c", "'A' would mean both of the record kinds a and c");
    assert_form_refused(state, "records: { a: { columns: { b: text } } }\ncsv: { kind: B }\n", "B",
                        "'B' is the heading of the column b of a too");
    assert_form_refused(
        state, "fields: { x: text, y: { type: text, label: X } }\nrecords: { a: { columns: { b: text } } }\ncsv: {}\n",
        "y", "both of the fields x and y");
}

static bool load_once(pv_arena *arena, pv_error *error) {
    static const char text[] = "form,loans\nLibary,x\nrooms,a;b\n\nRow,Bok,Lent on,Subjects,,fee,fee\n"
                               "loan,\"E \"\"e\"\"\",3/1/2024,a;b,x,1\nlone,a\n,b\nreminder,,,,,,,,y\n";
    pv_document *document;
    pv_document *form_document;
    pv_submission *submission;
    pv_form *form;
    return try_document(&form_document, arena, form_text, error) && pv_form_build(&form, arena, form_document, error) &&
           try_load(&document, arena, form, text, error) &&
           pv_submission_build(&submission, arena, form, document, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(load_once);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_what_is_given),
        arena_test(test_without_a_header),
        arena_test(test_a_form_with_one_kind_needs_no_column_for_it),
        arena_test(test_dates_as_the_form_says),
        arena_test(test_headings_that_are_wrong),
        arena_test(test_a_heading_is_missed_only_by_kinds_with_rows),
        arena_test(test_rows_that_are_wrong),
        arena_test(test_header_rows_that_are_wrong),
        arena_test(test_what_leaves_nothing_to_read),
        arena_test(test_a_form_that_is_no_table),
        arena_test(test_the_form_is_named_first),
        arena_test(test_forms_that_a_table_could_not_follow),
        arena_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
