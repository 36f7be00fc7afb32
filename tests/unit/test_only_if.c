/* Which parts of a form apply to a filing, and why not. */
#include "document_fixture.h"

#include <stdio.h>

static const char form_text[] =
    "form: parts\n"
    "title: Parts\n"
    "tables:\n"
    "  county: { columns: { name: text, aliases: list }, rows: [{ name: Kern }, { name: Inyo, aliases: [I.] }] }\n"
    "  pilot: { columns: { name: text, aliases: list }, rows: [{ name: kern, aliases: [Bakersfield] }] }\n"
    "fields:\n"
    "  county: { label: County, type: text }\n"
    "  kind: { type: text, one_of: [a, b] }\n"
    "  share: percentage\n"
    "  day: date\n"
    "  sure: boolean\n"
    "  row: { type: row, table: county }\n"
    "  more: { type: list, only_if: { field: kind, is: b } }\n"
    "sections: [{ id: \"1\", title: One }]\n"
    "measures:\n"
    "  - id: \"1\"\n"
    "    section: \"1\"\n"
    "    title: All\n"
    "    obligation: mandatory\n"
    "    only_if: %s\n"
    "    items: [{ id: \"1\", prompt: A? }, { id: \"2\", prompt: B? }]\n"
    "records: { letter: { label: Letters, columns: { title: text } } }\n";

static const pv_form *form_with(arena_fixture *fixture, const char *condition) {
    pv_str text = pv_arena_format(fixture->arena, form_text, condition);
    assert_non_null(text.data);
    return form_of(fixture, text.data);
}

static void test_only_what_is_sure_exempts(void **state) {
    static const struct {
        const char *condition;
        const char *fields;
        bool applies;
    } cases[] = {
        {"{ field: kind, is: b }", "kind: b", true},
        {"{ field: kind, is: b }", "kind: B", true}, /* a choice whatever its case */
        {"{ field: kind, is: b }", "kind: a", false},
        {"{ field: kind, is: b }", "kind: c", true}, /* no choice */
        {"{ field: kind, is: b }", "kind:", true},
        {"{ field: kind, is: b }", "sure: true", true}, /* nothing said */
        {"{ field: kind, is: b }", "kind: [a]", true},
        {"{ not: { field: kind, is: b } }", "kind: b", false},
        {"{ not: { field: kind, is: b } }", "kind:", true},
        {"{ field: share, one_of: [20%, 30%] }", "share: 20.0 %", true},
        {"{ field: share, one_of: [20%, 30%] }", "share: 25%", false},
        {"{ field: share, one_of: [20%, 30%] }", "share: 25", true},
        {"{ field: day, is: 2022-01-01 }", "day: 2022-01-02", false},
        {"{ field: day, is: 2022-01-01 }", "day: 2022-01-01", true},
        {"{ field: day, is: 2022-01-01 }", "day: 2022-02-30", true},
        {"{ field: sure, is: true }", "sure: false", false},
        {"{ field: sure, is: true }", "sure: no", false},
        {"{ field: sure, is: true }", "sure: nay", true},
        {"{ field: row, is: Inyo }", "row: I.", true},
        {"{ field: row, is: Inyo }", "row: Kern", false},
        {"{ field: row, is: Inyo }", "row: Kerm", true},
        {"{ field: row, names: pilot }", "row: Kern", true},
        {"{ field: row, names: pilot }", "row: I.", false},
        {"{ field: county, names: pilot, among: county }", "county: KERN", true},
        {"{ field: county, names: pilot, among: county }", "county: Bakersfield", true},
        {"{ field: county, names: pilot, among: county }", "county: I.", false},
        {"{ field: county, names: pilot, among: county }", "county: Inyo and Kern", true},
        {"{ field: county, names: pilot, among: county }", "county: Inyoo", true},
        {"{ field: county, names: pilot, among: county }", "county: TBD", true},
        {"{ field: county, names: pilot, among: county, around: [County of, Co, CA] }", "county: Inyo Co.", false},
        {"{ field: county, names: pilot, among: county, around: [County of, Co, CA] }", "county: \"Kern Co, CA\"",
         true},
        {"{ field: county, names: pilot, among: county, around: [County of, Co, CA] }", "county: County of I. CA",
         false},
        {"{ field: county, names: pilot, among: county, around: [County of, Co, CA] }", "county: of Inyo", true},
        {"{ field: county, names: pilot, among: county, around: [County of, Co, CA] }", "county: not Inyo CA", true},
        {"{ field: county, names: pilot, among: county, around: [County of, Co, CA] }", "county: CA", true},
        {"{ not: { field: county, names: pilot } }", "county: Kern", false},
        {"{ not: { field: county, names: pilot } }", "county: Kerm", true},
        {"{ field: county, given: true }", "county: somewhere", true},
        {"{ field: county, given: true }", "county: N/A", true},
        {"{ field: county, given: true }", "county:", false},
        {"{ field: county, given: true }", "countie: Kern", true}, /* it may be what was meant */
        {"{ field: share, given: false }", "share: 20%", false},
        {"{ field: share, given: false }", "share: twenty", true},
        {"{ field: share, given: false }", "day: 2022-01-01", true},
        /* what does not apply is not there, whatever placeholder stands in it */
        {"{ field: more, given: true }", "kind: a, more: [N/A]", false},
        {"{ field: more, given: true }", "kind: b, more: [N/A]", true},
        {"{ field: more, given: true }", "kind: a, more: [one]", true},
        {"{ records: letter }", "sure: true", false},
        {"{ records: letter }", "sure: maybe", true}, /* something was not understood */
        {"{ all: [{ field: kind, is: b }, { field: sure, is: true }] }", "kind: a", false},
        {"{ all: [{ field: kind, is: b }, { field: sure, is: true }] }", "kind: b", true},
        {"{ any: [{ field: kind, is: b }, { field: sure, is: true }] }", "kind: a", true},
        {"{ any: [{ field: kind, is: b }, { field: sure, is: true }] }", "kind: a, sure: false", false},
        {"{ any: [{ not: { field: kind, is: a } }, { all: [{ field: sure, is: true }] }] }", "kind: a", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char filing[256];
        snprintf(filing, sizeof filing, "form: parts\nfields: { %s }\n", cases[i].fields);
        const pv_submission *submission = submission_of(*state, form_with(*state, cases[i].condition), filing);
        if ((submission->measures[0].why_not.size == 0) != cases[i].applies)
            fail_msg("%s of %s: %.*s", cases[i].condition, cases[i].fields,
                     PV_STR_ARG(submission->measures[0].why_not));
        assert_true(pv_str_equal(submission->responses[1].why_not, submission->measures[0].why_not));
        assert_int_equal(pv_measure_is_exempt(&submission->measures[0]), !cases[i].applies);
    }
}

static void test_the_reason_says_what_is_there(void **state) {
    const pv_form *form =
        form_with(*state, "{ any: [{ field: county, names: pilot, among: county }, { all: [{ field: sure, is: true },\n"
                          "      { records: letter, least: 2 }] }] }");
    const pv_submission *submission =
        submission_of(*state, form,
                      "form: parts\nfields: { county: Inyo, sure: false }\n"
                      "records: { letter: [{ title: One }] }\nmeasures: { 1: { 1: We will. } }\n");
    assert_str(submission->measures[0].why_not,
               "applies only if “County” is “kern” or (“sure” is “true” and “Letters” has at least 2 rows); "
               "“County” is “Inyo”, “sure” is “false”, “Letters” has 1 row");
    /* What is answered all the same is judged. */
    assert_false(pv_measure_is_exempt(&submission->measures[0]));
    assert_false(pv_response_is_exempt(&submission->responses[0]));
    assert_true(pv_response_is_exempt(&submission->responses[1]));
    assert_int_equal(form->conditional_count, 2);
    assert_str(form->conditionals[1].address, "measures.1");
}

static const char columns_text[] =
    "form: parts\n"
    "title: Parts\n"
    "tables:\n"
    "  role: { columns: { name: text, leads: boolean }, rows: [{ name: Head, leads: true },\n"
    "      { name: Clerk, leads: false }, { name: Guest }] }\n"
    "fields: { region: { type: text, one_of: [north, south] } }\n"
    "records:\n"
    "  hire:\n"
    "    columns:\n"
    "      through: { type: text, one_of: [agency, plan] }\n"
    "      role: { type: row, table: role }\n"
    "      agency: { type: text, required: true, only_if: %s }\n"
    "      fee: { type: text, only_if: { column: agency, given: true } }\n";

static void test_columns_hang_on_their_own_row(void **state) {
    arena_fixture *fixture = *state;
    static const struct {
        const char *condition;
        const char *row;
        bool applies;
        bool fee_applies;
    } cases[] = {
        {"{ column: through, is: agency }", "through: agency", true, false}, /* a blank one is not given */
        {"{ column: through, is: agency }", "through: agency, agency: Star", true, true},
        {"{ column: through, is: agency }", "through: plan", false, false},
        {"{ column: through, is: agency }", "through: plan, agency: N/A", false, false},
        {"{ column: through, is: agency }", "through: plan, agency: Star", false, true},
        {"{ column: through, is: agency }", "through: plans", true, true},
        {"{ column: through, is: agency }", "through: TBD", true, true},
        {"{ column: through, is: agency }", "role: Head", true, false},
        {"{ column: role, row: leads, is: true }", "role: Head, agency: Star", true, true},
        {"{ column: role, row: leads, is: true }", "role: Clerk", false, false},
        {"{ column: role, row: leads, is: true }", "role: Guest, agency: Star", true, true}, /* nobody says */
        {"{ column: role, row: leads, is: true }", "role: Clerc", true, true},
        {"{ not: { column: role, row: leads, one_of: [true] } }", "role: Head", false, false},
        {"{ any: [{ field: region, is: south }, { column: role, is: Head }] }", "role: Clerk", false, false},
        {"{ all: [{ field: region, is: north }, { column: role, is: Head }] }", "role: Head", true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char filing[256];
        pv_str text = pv_arena_format(fixture->arena, columns_text, cases[i].condition);
        assert_non_null(text.data);
        /* Another row decides nothing. */
        snprintf(filing, sizeof filing,
                 "form: parts\nfields: { region: north }\nrecords: { hire: [{ %s }, { role: Clerk, through: plan, "
                 "agency: Sun }] }\n",
                 cases[i].row);
        const pv_submission *submission = submission_of(fixture, form_of(fixture, text.data), filing);
        const pv_value *cells = submission->records[0].records[0].values.values;
        if ((cells[2].why_not.size == 0) != cases[i].applies || (cells[3].why_not.size == 0) != cases[i].fee_applies)
            fail_msg("%s of %s: %.*s; %.*s", cases[i].condition, cases[i].row, PV_STR_ARG(cells[2].why_not),
                     PV_STR_ARG(cells[3].why_not));
    }
}

/* Each field hangs on the next one, or the one before it. */
static const char *chain(arena_fixture *fixture, unsigned length, bool forwards) {
    pv_buf text = pv_buf_on(&fixture->memory);
    pv_buf_append_text(&text, "form: parts\ntitle: Parts\nfields:\n");
    for (unsigned i = 1; i <= length; i++) {
        unsigned number = forwards ? length + 1 - i : i;
        pv_buf_format(&text, "  f%u: { type: boolean, only_if: { field: f%u, is: true } }\n", number, number - 1);
    }
    pv_buf_append_text(&text, "  f0: boolean\n");
    pv_str kept = pv_arena_copy(fixture->arena, pv_buf_str(&text));
    pv_buf_clear(&text);
    assert_non_null(kept.data);
    return kept.data;
}

static void test_a_chain_has_an_end(void **state) {
    arena_fixture *fixture = *state;
    pv_error error = {0};
    pv_form *form;
    const pv_submission *backwards =
        submission_of(fixture, form_of(fixture, chain(fixture, 200, false)), "form: parts\nfields: { f0: false }\n");
    const pv_submission *forwards =
        submission_of(fixture, form_of(fixture, chain(fixture, 60, true)), "form: parts\nfields: { f0: false }\n");
    for (size_t i = 0; i < 60; i++) {
        assert_true(forwards->fields.values[i].why_not.size > 0);
        assert_true(backwards->fields.values[i].why_not.size > 0);
    }
    assert_int_equal(forwards->fields.values[60].why_not.size, 0);
    assert_false(pv_form_build(&form, fixture->arena, document_of(fixture, chain(fixture, 70, true)), &error));
    assert_string_equal(error.message, "the conditions on which that of f6 hangs are too many");
}

static bool build(pv_arena *arena, pv_error *error) {
    static const char filing[] = "form: parts\nfields: { county: Inyo, sure: false, kind: a, more: [one] }\n";
    char text[sizeof form_text + 128];
    pv_document *document;
    pv_form *form;
    pv_submission *submission;
    snprintf(text, sizeof text, form_text,
             "{ any: [{ field: county, names: pilot, among: county }, { field: sure, one_of: [true] }] }");
    return try_document(&document, arena, text, error) && pv_form_build(&form, arena, document, error) &&
           try_document(&document, arena, filing, error) &&
           pv_submission_build(&submission, arena, form, document, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(build);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_only_what_is_sure_exempts),     arena_test(test_the_reason_says_what_is_there),
        arena_test(test_columns_hang_on_their_own_row), arena_test(test_a_chain_has_an_end),
        arena_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
