#include "document_fixture.h"

#include "cli/new_command.h"

static void assert_edited(arena_fixture *fixture, const char *before, const char *after) {
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_error error = {0};
    if (!pv_manifest_add_rule_file(&out, document_of(fixture, before), PV_STR("rules/new.lua"), &error))
        fail_msg("%s", error.message);
    assert_str(pv_buf_str(&out), after);
    pv_buf_clear(&out);
}

static void test_a_line_is_added_after_the_last(void **state) {
    assert_edited(*state, "pack: a\nrules:\n  - a.lua # first\n  - b.lua # last\n\nform: f.yaml\n",
                  "pack: a\nrules:\n  - a.lua # first\n  - b.lua # last\n  - rules/new.lua\n\nform: f.yaml\n");
}

static void test_the_file_may_end_with_the_list(void **state) {
    assert_edited(*state, "rules:\n- a.lua", "rules:\n- a.lua\n- rules/new.lua");
    assert_edited(*state, "rules:\n-   a.lua\n", "rules:\n-   a.lua\n-   rules/new.lua\n");
}

static void test_line_breaks_stay_what_they_are(void **state) {
    assert_edited(*state, "rules:\r\n  - a.lua\r\nform: f\r\n",
                  "rules:\r\n  - a.lua\r\n  - rules/new.lua\r\nform: f\r\n");
}

static void test_a_list_in_brackets(void **state) {
    assert_edited(*state, "rules: [ a.lua, b.lua ] # both\n", "rules: [ a.lua, b.lua, rules/new.lua ] # both\n");
    assert_edited(*state, "{pack: a, rules: ['a.lua']}\n", "{pack: a, rules: ['a.lua', rules/new.lua]}\n");
}

static void test_no_list_to_add_to(void **state) {
    static const char *const manifests[] = {"pack: a\n", "rules: []\n", "rules:\n"};
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof manifests / sizeof *manifests; i++) {
        pv_buf out = pv_buf_on(&fixture->memory);
        pv_error error = {0};
        assert_false(pv_manifest_add_rule_file(&out, document_of(fixture, manifests[i]), PV_STR("n.lua"), &error));
        assert_int_equal(error.code, PV_ERROR_SHAPE);
        pv_buf_clear(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_line_is_added_after_the_last, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_the_file_may_end_with_the_list, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_line_breaks_stay_what_they_are, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_a_list_in_brackets, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_no_list_to_add_to, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
