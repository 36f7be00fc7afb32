#include "arena_fixture.h"

#include "model/language.h"

static pv_language_name read_name(arena_fixture *fixture, const char *signature) {
    pv_language_name name;
    pv_error error = {0};
    if (!pv_language_read_name(&name, fixture->arena, pv_str_from(signature), PV_STR("It is."), &error))
        fail_msg("%s", error.message);
    return name;
}

static void test_an_attribute(void **state) {
    pv_language_name name = read_name(*state, "points: decimal");
    assert_str(name.name, "points");
    assert_str(name.result, "decimal");
    assert_str(name.doc, "It is.");
    assert_false(name.is_called);
}

static void test_a_method(void **state) {
    pv_language_name name = read_name(*state, ":mentions(wanted: phrases | string): list of mention");
    assert_str(name.name, "mentions");
    assert_str(name.result, "list of mention");
    assert_true(name.is_called);
    assert_int_equal(name.parameter_count, 1);
    assert_str(name.parameters[0].name, "wanted");
    assert_str(name.parameters[0].type, "phrases | string");
    assert_false(name.parameters[0].optional);
}

/* A "?" may stand after the name or after the type. */
static void test_optional_parameters(void **state) {
    pv_language_name name = read_name(*state, "calendar(rows, first: date?, noun?, …): calendar");
    assert_int_equal(name.parameter_count, 4);
    assert_str(name.parameters[0].name, "rows");
    assert_str(name.parameters[0].type, "");
    assert_false(name.parameters[0].optional);
    assert_str(name.parameters[1].type, "date");
    assert_true(name.parameters[1].optional);
    assert_str(name.parameters[2].name, "noun");
    assert_true(name.parameters[2].optional);
    assert_str(name.parameters[3].name, "…");
}

static void test_nothing_to_give_and_nothing_to_get(void **state) {
    pv_language_name name = read_name(*state, "trace(...)");
    assert_int_equal(name.parameter_count, 1);
    assert_str(name.parameters[0].name, "…");
    assert_str(name.result, "");
    assert_int_equal(read_name(*state, ":count(): integer").parameter_count, 0);
}

static void test_what_is_no_signature(void **state) {
    static const char *const texts[] = {"", ":", "at_most(x", "at most(x): verdict", "points decimal", "points:"};
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pv_language_name name;
        pv_error error = {0};
        assert_false(pv_language_read_name(&name, fixture->arena, pv_str_from(texts[i]), PV_STR(""), &error));
        assert_int_equal(error.code, PV_ERROR_SYNTAX);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_attribute, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_a_method, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_optional_parameters, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_nothing_to_give_and_nothing_to_get, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_signature, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
