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
        arena_test(test_type_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
