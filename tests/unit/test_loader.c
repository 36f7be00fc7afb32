/* loader: which loader reads what, and what people are told of the table. */
#include "arena_fixture.h"

#include <string.h>

#include "load/loader.h"

static const char *format_of(arena_fixture *fixture, const char *path, const char *bytes) {
    pv_limits limits = pv_limits_default();
    return pv_loader_for(pv_str_from(path), pv_str_from(bytes), fixture->arena, &limits)->format.data;
}

static void the_name_decides(void **state) {
    static const char *const table = "form,f\n";
    static const char *const tree = "form: f\n";
    assert_string_equal(format_of(*state, "a/b.yaml", table), "yaml");
    assert_string_equal(format_of(*state, "a.YML", table), "yaml");
    assert_string_equal(format_of(*state, "a/b.CSV", tree), "csv");
    assert_string_equal(format_of(*state, ".csv", ""), "csv");
    assert_string_equal(format_of(*state, "a.csv.yaml", table), "yaml");
    assert_string_equal(format_of(*state, "a.txt", "Dear Sir or Madam,\n"), "text");
    assert_string_equal(format_of(*state, "a.txt", "# Ours\nform: f\n"), "yaml");
    assert_string_equal(format_of(*state, "a.txt", "The form: f\n"), "text");
}

static void where_the_name_says_nothing_the_bytes_of_standard_input_do(void **state) {
    assert_string_equal(format_of(*state, "-", "form,f\n"), "csv");
    assert_string_equal(format_of(*state, "-", "\xEF\xBB\xBF\n;;\n\"Form\"; f \r\n"), "csv");
    assert_string_equal(format_of(*state, "-", "form: f\n"), "yaml");
    assert_string_equal(format_of(*state, "-", ""), "yaml");
    assert_string_equal(format_of(*state, "-", "\xFF\xFE\x80"), "yaml");
    assert_string_equal(format_of(*state, "a.dat", "form,f\n"), "yaml");
    assert_string_equal(format_of(*state, "csv", "form,f\n"), "yaml");
}

static void a_folder_is_searched_for_what_the_table_names(void **state) {
    arena_fixture *fixture = *state;
    assert_null(pv_loader_by_name(PV_STR("a.dat")));
    assert_true(pv_loader_by_name(PV_STR("a.txt"))->is_document);
    assert_null(pv_loader_by_name(PV_STR("csv")));
    assert_true(pv_loader_by_name(PV_STR("a.yml"))->has_comments);
    assert_false(pv_loader_by_name(PV_STR("a.csv"))->has_comments);
    assert_string_equal(pv_loader_patterns(fixture->arena).data, "*.yaml, *.yml, *.csv");
    assert_string_equal(pv_loader_titles(fixture->arena).data, "YAML nor CSV");
}

static bool name_everything(pv_arena *arena, pv_error *error) {
    bool named = pv_loader_patterns(arena).data && pv_loader_titles(arena).data;
    return named || pv_fail_memory(error);
}

static void a_refused_allocation_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(name_everything);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(the_name_decides),
        arena_test(where_the_name_says_nothing_the_bytes_of_standard_input_do),
        arena_test(a_folder_is_searched_for_what_the_table_names),
        cmocka_unit_test(a_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
