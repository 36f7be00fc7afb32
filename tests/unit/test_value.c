/* Reading typed values: each type's one spelling, and what each refusal says. */
#include "document_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Reads `v: …` as spec says. */
static bool read_value(arena_fixture *fixture, const pv_value_spec *spec, const char *yaml, pv_value *out) {
    const pv_document *document = document_of(fixture, yaml);
    fixture->error = (pv_error){0};
    return pv_value_read(out, fixture->arena, spec, document->root->first, &fixture->error);
}

static void assert_number(arena_fixture *fixture, pv_type type, const char *yaml, int64_t coefficient, uint8_t scale) {
    pv_value_spec spec = {.name = PV_STR("v"), .type = type};
    pv_value value;
    if (!read_value(fixture, &spec, yaml, &value))
        fail_msg("%s: %s", yaml, fixture->error.message);
    assert_true(value.given);
    assert_int_equal(pv_decimal_compare(value.number, (pv_decimal){coefficient, scale}), 0);
}

static void assert_refused(arena_fixture *fixture, pv_type type, const char *yaml, const char *message) {
    pv_value_spec spec = {.name = PV_STR("v"), .type = type};
    pv_value value;
    assert_false(read_value(fixture, &spec, yaml, &value));
    assert_int_equal(fixture->error.code, PV_ERROR_SHAPE);
    assert_true(fixture->error.has_where);
    assert_string_equal(fixture->error.message, message);
}

static void test_integers(void **state) {
    arena_fixture *fixture = *state;
    assert_number(fixture, PV_TYPE_INTEGER, "v: 200", 200, 0);
    assert_number(fixture, PV_TYPE_INTEGER, "v: -3", -3, 0);
    assert_number(fixture, PV_TYPE_INTEGER, "v: 1,000", 1000, 0);
    assert_number(fixture, PV_TYPE_INTEGER, "v: \" 007 \"", 7, 0);
    assert_number(fixture, PV_TYPE_INTEGER, "v: 9223372036854775807", INT64_MAX, 0);
    const char *expected = "is not an integer; write it like 200 or 1,000";
    static const char *const wrong[] = {"10,00", "12.0", "0x10", "1e3", "ten", "1 000", "٣"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char yaml[40];
        char message[100];
        snprintf(yaml, sizeof yaml, "v: '%s'", wrong[i]);
        snprintf(message, sizeof message, "'%s' %s", wrong[i], expected);
        assert_refused(fixture, PV_TYPE_INTEGER, yaml, message);
    }
    assert_refused(fixture, PV_TYPE_INTEGER, "v: 9223372036854775808",
                   "'9223372036854775808' has more digits than can be kept exactly");
}

static void test_decimals_and_percentages(void **state) {
    arena_fixture *fixture = *state;
    assert_number(fixture, PV_TYPE_DECIMAL, "v: 12.50", 125, 1);
    assert_number(fixture, PV_TYPE_DECIMAL, "v: 80", 80, 0);
    assert_number(fixture, PV_TYPE_DECIMAL, "v: 1.10", 11, 1);
    assert_number(fixture, PV_TYPE_PERCENTAGE, "v: 20%", 20, 0);
    assert_number(fixture, PV_TYPE_PERCENTAGE, "v: 20 %", 20, 0);
    assert_number(fixture, PV_TYPE_PERCENTAGE, "v: 33.7%", 337, 1);
    assert_refused(fixture, PV_TYPE_DECIMAL, "v: 12.5.0", "'12.5.0' is not a decimal; write it like 12.50");
    assert_refused(fixture, PV_TYPE_PERCENTAGE, "v: 20", "'20' is not a percentage; write it like 20%");
    assert_refused(fixture, PV_TYPE_PERCENTAGE, "v: twenty%", "'twenty%' is not a percentage; write it like 20%");
    assert_refused(fixture, PV_TYPE_PERCENTAGE, "v: \"%\"", "'%' is not a percentage; write it like 20%");
    assert_refused(fixture, PV_TYPE_PERCENTAGE, "v: [20%]", "a percentage belongs here, not a list");
    assert_refused(fixture, PV_TYPE_INTEGER, "v: {a: 1}", "an integer belongs here, not a mapping");
}

static void test_money(void **state) {
    arena_fixture *fixture = *state;
    static const struct {
        const char *currency;
        const char *yaml;
        int64_t coefficient;
        uint8_t scale;
    } cases[] = {
        {"USD", "v: $832,000.00", 832000, 0},
        {"USD", "v: US$5", 5, 0},
        {"USD", "v: 1200.00 USD", 1200, 0},
        {"USD", "v: usd 12.5", 125, 1},
        {"GBP", "v: £1,200", 1200, 0},
        {"GBP", "v: '1200'", 1200, 0},
        {"GBP", "v: (1,200)", -1200, 0},
        {"GBP", "v: (£1,200.50)", -12005, 1},
        {"GBP", "v: £(1,200)", -1200, 0},
        {"GBP", "v: -£5", -5, 0},
        {"GBP", "v: £-5", -5, 0},
        {"GBP", "v: \u22125 GBP", -5, 0},
        {"GBP", "v: 0", 0, 0},
        {"EUR", "v: 5 €", 5, 0},
        {"CHF", "v: Fr. 5", 5, 0},
        {"CAD", "v: C$5", 5, 0},
        {"XOF", "v: 5 XOF", 5, 0},
        {"GBP", "v: £ 5", 5, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_MONEY, .currency = pv_str_from(cases[i].currency)};
        pv_value value;
        if (!read_value(fixture, &spec, cases[i].yaml, &value))
            fail_msg("%s: %s", cases[i].yaml, fixture->error.message);
        const pv_decimal expected = {cases[i].coefficient, cases[i].scale};
        if (pv_decimal_compare(value.number, expected) != 0)
            fail_msg("%s", cases[i].yaml);
    }
}

static void test_what_is_no_money(void **state) {
    arena_fixture *fixture = *state;
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_MONEY, .currency = PV_STR("GBP")};
    static const char *const wrong[] = {"$5",   "5 USD", "£1.2m", "£",        "GBP",  "((5))",
                                        "-(5)", "--5",   "£5£",   "5 pounds", "1,20", "£+5"};
    pv_value value;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char yaml[40];
        char message[200];
        snprintf(yaml, sizeof yaml, "v: '%s'", wrong[i]);
        snprintf(message, sizeof message, "'%s' is not an amount in GBP; write it like £1,200.00 or 1200.00 GBP",
                 wrong[i]);
        if (read_value(fixture, &spec, yaml, &value))
            fail_msg("%s", wrong[i]);
        assert_string_equal(fixture->error.message, message);
    }
    spec.has_places = true;
    assert_true(read_value(fixture, &spec, "v: £5.00", &value));
    assert_false(read_value(fixture, &spec, "v: £5.50", &value));
    assert_string_equal(fixture->error.message, "'£5.50' is no whole number; the form takes whole units here");
    spec.places = 2;
    assert_true(read_value(fixture, &spec, "v: £5.500", &value));
    assert_false(read_value(fixture, &spec, "v: £5.505", &value));
    assert_string_equal(fixture->error.message, "'£5.505' has 3 decimal places; the form takes at most 2");
}

static void test_words_accepted_for_a_number(void **state) {
    arena_fixture *fixture = *state;
    static const pv_str words[] = {PV_STR("N/A")};
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_INTEGER, .accepts = words, .accept_count = 1};
    pv_value value;
    assert_true(read_value(fixture, &spec, "v: n/a", &value));
    assert_true(value.accepted && value.given && !value.unreadable);
    assert_false(pv_value_is_known(&value));
    assert_false(pv_value_is_blank(&value));
    assert_true(read_value(fixture, &spec, "v: 12", &value));
    assert_true(pv_value_is_known(&value));
    assert_false(read_value(fixture, &spec, "v: none", &value));
}

static void test_a_choice_of_ones_own(void **state) {
    arena_fixture *fixture = *state;
    static const pv_str kinds[] = {PV_STR("Charity"), PV_STR("Company")};
    pv_value_spec spec = {
        .name = PV_STR("v"), .type = PV_TYPE_TEXT, .choices = kinds, .choice_count = 2, .other = true};
    pv_value value;
    static const char *const own[] = {"v: { other: A club }", "v: { Other: A club }", "v: 'Other: A club'",
                                      "v: 'OTHER :  A club'"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (!read_value(fixture, &spec, own[i], &value))
            fail_msg("%s: %s", own[i], fixture->error.message);
        assert_true(value.other);
        assert_str(value.text.value, "A club");
    }
    assert_true(read_value(fixture, &spec, "v: charity", &value));
    assert_false(value.other);
    assert_str(value.text.value, "Charity");
    static const char *const nothing[] = {"v: other", "v: 'Other:'", "v: { other: }", "v: 'other: '"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        assert_false(read_value(fixture, &spec, nothing[i], &value));
        assert_string_equal(fixture->error.message, "“Other” does not say what it is; write other: and your own words, "
                                                    "or \"Other: your own words\"");
    }
    assert_false(read_value(fixture, &spec, "v: A club", &value));
    assert_false(read_value(fixture, &spec, "v: otherwise", &value));
    assert_false(read_value(fixture, &spec, "v: { other: a, more: b }", &value));
    spec.type = PV_TYPE_LIST;
    assert_true(read_value(fixture, &spec, "v:\n  - Company\n  - other: A club\n  - 'Other: a band'", &value));
    assert_int_equal(value.element_count, 3);
    assert_str(value.elements[1].value, "A club");
    assert_str(value.elements[2].value, "a band");
    spec.other = false;
    assert_false(read_value(fixture, &spec, "v: ['Other: a band']", &value));
}

static void test_choices_in_messages(void **state) {
    arena_fixture *fixture = *state;
    pv_str units[14];
    char names[14][8];
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_TEXT, .choices = units, .choice_count = 14};
    pv_value value;
    for (size_t i = 0; i < 14; i++) {
        snprintf(names[i], sizeof names[i], "UoA %zu", i + 1);
        units[i] = pv_str_from(names[i]);
    }
    assert_false(read_value(fixture, &spec, "v: UoA11", &value));
    assert_string_equal(fixture->error.message, "'UoA11' is not one of the choices; did you mean UoA 1 or UoA 11?");
    assert_false(read_value(fixture, &spec, "v: Chemistry", &value));
    assert_string_equal(fixture->error.message,
                        "'Chemistry' is not one of the choices; there are 14, which `proviso rules --choices v` lists");
    spec.choice_count = 3;
    assert_false(read_value(fixture, &spec, "v: Chemistry", &value));
    assert_string_equal(fixture->error.message,
                        "'Chemistry' is not one of the choices; there are UoA 1, UoA 2 and UoA 3");
}

/* However it is written, each type has one spelling. */
static void test_spelling(void **state) {
    arena_fixture *fixture = *state;
    static const struct {
        pv_type type;
        const char *yaml;
        const char *spelt;
    } cases[] = {
        {PV_TYPE_MONEY, "v: £1,200.50", "1200.5 GBP"},
        {PV_TYPE_MONTH, "v: Sept 2011", "2011-09"},
        {PV_TYPE_YEAR, "v: '2003'", "2003"},
        {PV_TYPE_PERIOD, "v: 2003–2014", "2003 to 2014"},
        {PV_TYPE_PERIOD, "v: 2013/2014", "2013/14"},
        {PV_TYPE_PERIOD, "v: since 2004", "2004 to present"},
        {PV_TYPE_PERIOD, "v: Jan–Dec 2015", "2015-01 to 2015-12"},
        {PV_TYPE_PERIOD, "v: 1 January – 31 March 2015", "2015-01-01 to 2015-03-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_value_spec spec = {.name = PV_STR("v"), .type = cases[i].type, .currency = PV_STR("GBP")};
        pv_value value;
        if (!read_value(fixture, &spec, cases[i].yaml, &value))
            fail_msg("%s: %s", cases[i].yaml, fixture->error.message);
        assert_string_equal(pv_value_spelt(&value).text, cases[i].spelt);
    }
}

static void test_booleans_are_only_true_and_false(void **state) {
    arena_fixture *fixture = *state;
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_BOOLEAN};
    pv_value value;
    assert_true(read_value(fixture, &spec, "v: true", &value));
    assert_true(value.boolean);
    assert_true(read_value(fixture, &spec, "v: false", &value));
    assert_false(value.boolean);
    assert_refused(fixture, PV_TYPE_BOOLEAN, "v: no", "'no' is not a boolean; write true or false");
    assert_refused(fixture, PV_TYPE_BOOLEAN, "v: True", "'True' is not a boolean; write true or false");
    spec.filed = true; /* by a filer */
    assert_true(read_value(fixture, &spec, "v: Yes", &value));
    assert_true(value.boolean);
    assert_true(read_value(fixture, &spec, "v: no", &value));
    assert_false(value.boolean);
    assert_false(read_value(fixture, &spec, "v: y", &value));
    assert_string_equal(fixture->error.message, "'y' is not a boolean; write true or false, yes or no");
}

static void test_texts_fold_and_know_their_place(void **state) {
    arena_fixture *fixture = *state;
    const pv_document *document = document_of(fixture, "v: \"  Los\n\n  Angeles \"\n");
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_TEXT};
    pv_value value;
    assert_true(pv_value_read(&value, fixture->arena, &spec, document->root->first, &fixture->error));
    assert_str(value.text.value, "Los\nAngeles");
    assert_covers(document->source, value.at, "Los\n\n  Angeles");
}

/* Line by line, white space and all; the place is that of its words. */
static void test_documents_are_not_folded(void **state) {
    arena_fixture *fixture = *state;
    const pv_document *document = document_of(fixture, "v: |\n\n  1. One\n     line\n\n  2. Two\n\n");
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_DOCUMENT};
    pv_value value;
    assert_true(pv_value_read(&value, fixture->arena, &spec, document->root->first, &fixture->error));
    assert_str(value.text.value, "\n1. One\n   line\n\n2. Two\n");
    assert_covers(document->source, value.at, "1. One\n     line\n\n  2. Two");
    assert_null(value.file);
    assert_true(value.text.exact);
    assert_covers(document->source, pv_text_locate(&value.text, 8, 15), "   line");
    assert_false(pv_value_is_blank(&value));
    assert_refused(fixture, PV_TYPE_DOCUMENT, "v: [a]", "a document belongs here, not a list");
    /* Without a submission there is nothing that a file could stand beside. */
    assert_refused(fixture, PV_TYPE_DOCUMENT, "v: { file: a.txt }", "a document belongs here, not a mapping");
}

static void test_blank_scalars_are_blank_and_no_fault(void **state) {
    arena_fixture *fixture = *state;
    static const char *const blanks[] = {"v:", "v: ''", "v: \"\\u00a0 \"", "v: |\n\n"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        for (int type = PV_TYPE_TEXT; type < PV_TYPE_COUNT; type++) {
            pv_value_spec spec = {.name = PV_STR("v"), .type = (pv_type)type};
            pv_value value;
            assert_true(read_value(fixture, &spec, blanks[i], &value));
            assert_int_equal(value.given, type == PV_TYPE_TEXT || type == PV_TYPE_DOCUMENT);
            assert_true(pv_value_is_blank(&value));
            assert_int_equal(value.text.value.size, 0);
            assert_true(value.at.start >= 2);
        }
}

static void test_lists(void **state) {
    arena_fixture *fixture = *state;
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_LIST};
    pv_value value;
    assert_true(read_value(fixture, &spec, "v: [1.1.7, no, 1.10]", &value));
    assert_int_equal(value.element_count, 3);
    assert_str(value.elements[0].value, "1.1.7");
    assert_str(value.elements[1].value, "no");
    assert_str(value.elements[2].value, "1.10");
    assert_true(read_value(fixture, &spec, "v: []", &value));
    assert_true(value.given);
    assert_true(pv_value_is_blank(&value));
    assert_refused(fixture, PV_TYPE_LIST, "v: alone", "a list belongs here, not a text; write it like [one, another]");
    assert_refused(fixture, PV_TYPE_LIST, "v: [[a]]", "an entry of the list is a text, not a list");
    assert_refused(fixture, PV_TYPE_LIST, "v: [a, '']", "an entry of the list is empty");
    assert_int_equal(fixture->error.where.start, 7);
}

static void test_choices(void **state) {
    arena_fixture *fixture = *state;
    static const pv_str counties[] = {PV_STR("Amador"), PV_STR("Los Angeles")};
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_TEXT, .choices = counties, .choice_count = 2};
    pv_value value;
    assert_true(read_value(fixture, &spec, "v: Los Angeles", &value));
    assert_false(read_value(fixture, &spec, "v: Los Angelos", &value));
    assert_string_equal(
        fixture->error.message,
        "'Los Angelos' is not one of the choices; there are Amador and Los Angeles; did you mean Los Angeles?");
    assert_false(read_value(fixture, &spec, "v: Fresno", &value));
    assert_string_equal(fixture->error.message, "'Fresno' is not one of the choices; there are Amador and Los Angeles");
    assert_true(read_value(fixture, &spec, "v:", &value));

    spec.type = PV_TYPE_LIST;
    assert_true(read_value(fixture, &spec, "v: [AMADOR, 'los\u00A0 angeles']", &value));
    assert_str(value.elements[0].value, "Amador");
    assert_str(value.elements[1].value, "Los Angeles");
    assert_true(read_value(fixture, &spec, "v: [Amador, Los Angeles]", &value));
    assert_false(read_value(fixture, &spec, "v: [Amador, Amadro]", &value));
    assert_string_equal(fixture->error.message,
                        "'Amadro' is not one of the choices; there are Amador and Los Angeles; did you mean Amador?");
    assert_int_equal(fixture->error.where.start, 12);
}

/* A value that is one of the choices however it is written, or is none of them. */
static void test_choices_are_compared_as_what_they_are(void **state) {
    arena_fixture *fixture = *state;
    static const pv_str choices[] = {PV_STR("1000"),       PV_STR("1.50"),        PV_STR("20%"),     PV_STR("5 %"),
                                     PV_STR("2024-01-05"), PV_STR("Ma\u00F1ana"), PV_STR("STRASSE"), PV_STR("A"),
                                     PV_STR("true"),       PV_STR("us"),          PV_STR("US"),      PV_STR("<5")};
    static const struct {
        pv_type type;
        const char *yaml;
        const char *text; /* the value's, where it is a choice; else NULL */
    } cases[] = {
        {PV_TYPE_INTEGER, "v: 1,000", "1,000"},
        {PV_TYPE_INTEGER, "v: 01000", "01000"},
        {PV_TYPE_INTEGER, "v: +1000", "+1000"},
        {PV_TYPE_INTEGER, "v: 1001", NULL},
        {PV_TYPE_INTEGER, "v: -1000", NULL},
        {PV_TYPE_DECIMAL, "v: 1.5", "1.5"},
        {PV_TYPE_DECIMAL, "v: 1000.00", "1000.00"},
        {PV_TYPE_DECIMAL, "v: 1.05", NULL},
        {PV_TYPE_PERCENTAGE, "v: 20.0%", "20.0%"},
        {PV_TYPE_PERCENTAGE, "v: 20 %", "20 %"},
        {PV_TYPE_PERCENTAGE, "v: 5%", "5%"},
        {PV_TYPE_PERCENTAGE, "v: 1000%", NULL},
        {PV_TYPE_DATE, "v: 2024-01-05", "2024-01-05"},
        {PV_TYPE_DATE, "v: 2024-05-01", NULL},
        {PV_TYPE_BOOLEAN, "v: true", "true"},
        {PV_TYPE_BOOLEAN, "v: false", NULL},
        {PV_TYPE_TEXT, "v: Man\u0303ana", "Ma\u00F1ana"},
        {PV_TYPE_TEXT, "v: MAN\u0303ANA", "Ma\u00F1ana"},
        {PV_TYPE_TEXT, "v: stra\u00DFe", "STRASSE"},
        {PV_TYPE_TEXT, "v: Ma\u00ADn\u0303ana\u200B", "Ma\u00F1ana"},
        {PV_TYPE_TEXT, "v: us", "us"},
        {PV_TYPE_TEXT, "v: US", "US"},
        {PV_TYPE_TEXT, "v: Us", NULL}, /* which of the two? */
        {PV_TYPE_TEXT, "v: a", "A"},
        {PV_TYPE_TEXT, "v: A+", NULL},
        {PV_TYPE_TEXT, "v: '>5'", NULL},
        {PV_TYPE_TEXT, "v: Manana", NULL},
        {PV_TYPE_TEXT, "v: 1,000", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_value_spec spec = {.name = PV_STR("v"), .type = cases[i].type, .choices = choices};
        spec.choice_count = sizeof choices / sizeof *choices;
        pv_value value;
        bool is_choice = read_value(fixture, &spec, cases[i].yaml, &value);
        if (is_choice != (cases[i].text != NULL))
            fail_msg("%s is %s choice", cases[i].yaml, is_choice ? "a" : "no");
        if (is_choice)
            assert_str(value.text.value, cases[i].text);
    }
}

static void test_what_parts_a_text_from_a_choice_is_named(void **state) {
    arena_fixture *fixture = *state;
    static const pv_str choices[] = {PV_STR("Los Angeles"), PV_STR("Amador")};
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_TEXT, .choices = choices, .choice_count = 2};
    pv_value value;
    assert_false(read_value(fixture, &spec, "v: Los\u2011Angeles", &value));
    assert_non_null(strstr(fixture->error.message, "; it holds U+2011, which looks like -; did you mean Los Angeles?"));
    assert_false(read_value(fixture, &spec, "v: Amador\u2800", &value));
    assert_non_null(strstr(fixture->error.message, "; it holds U+2800, which shows nothing; did you mean Amador?"));
}

static void test_quoted_texts_fit_into_a_message(void **state) {
    arena_fixture *fixture = *state;
    char yaml[400] = "v: \"\\n\\e[31m";
    for (size_t i = strlen(yaml); i + 3 < sizeof yaml; i += 2) {
        yaml[i] = (char)0xC3;
        yaml[i + 1] = (char)0xA9;
        yaml[i + 2] = '"';
    }
    pv_value_spec spec = {.name = PV_STR("v"), .type = PV_TYPE_DATE};
    pv_value value;
    assert_false(read_value(fixture, &spec, yaml, &value));
    assert_int_equal(pv_utf8_invalid_at(pv_str_from(fixture->error.message)), SIZE_MAX);
    assert_null(strpbrk(fixture->error.message, "\n\x1b"));
    assert_non_null(strstr(fixture->error.message, "…' is not a date; write it like 2022-07-01"));
}

static void test_type_names(void **state) {
    (void)state;
    for (int type = PV_TYPE_TEXT; type < PV_TYPE_COUNT; type++) {
        pv_type found;
        assert_true(pv_type_from_name(pv_str_from(pv_type_name((pv_type)type)), &found));
        assert_int_equal(found, type);
    }
    pv_type unchanged = PV_TYPE_DATE;
    assert_false(pv_type_from_name(PV_STR("number"), &unchanged));
    assert_int_equal(unchanged, PV_TYPE_DATE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_integers),
        arena_test(test_decimals_and_percentages),
        arena_test(test_booleans_are_only_true_and_false),
        arena_test(test_texts_fold_and_know_their_place),
        arena_test(test_documents_are_not_folded),
        arena_test(test_blank_scalars_are_blank_and_no_fault),
        arena_test(test_lists),
        arena_test(test_choices),
        arena_test(test_choices_are_compared_as_what_they_are),
        arena_test(test_what_parts_a_text_from_a_choice_is_named),
        arena_test(test_quoted_texts_fit_into_a_message),
        arena_test(test_money),
        arena_test(test_what_is_no_money),
        arena_test(test_words_accepted_for_a_number),
        arena_test(test_a_choice_of_ones_own),
        arena_test(test_choices_in_messages),
        arena_test(test_spelling),
        arena_test(test_type_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
