#include "arena_fixture.h"

#include "lua/authoring/authoring.h"
#include "lua/object/class.h"
#include "lua/vocabulary/vocabulary.h"

static pv_language describe(arena_fixture *fixture) {
    pv_language language;
    pv_error error = {0};
    if (!pv_lua_describe(&language, fixture->arena, &error))
        fail_msg("%s", error.message);
    return language;
}

static const pv_language_name *find_name(const pv_language_name *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (pv_str_equal(names[i].name, pv_str_from(name)))
            return &names[i];
    return NULL;
}

static const pv_language_name *find_function(const pv_language *language, const char *name) {
    for (size_t i = 0; i < language->group_count; i++) {
        const pv_language_group *group = &language->groups[i];
        const pv_language_name *found = find_name(group->functions, group->function_count, name);
        if (found)
            return found;
    }
    return NULL;
}

/* A record's name and its signature say the same, and the sentence is one. */
static void assert_record(const pv_language_name *described, const char *name) {
    if (!described)
        fail_msg("%s is not described", name);
    if (!pv_str_ends_with(described->doc, PV_STR(".")))
        fail_msg("what is said of %s is no sentence: %.*s", name, PV_STR_ARG(described->doc));
}

static void test_every_class_is_described(void **state) {
    pv_language language = describe(*state);
    size_t count = 0;
    for (; pv_classes[count]; count++) {
        const pv_class *class = pv_classes[count];
        const pv_language_class *described = &language.classes[count];
        assert_str(described->name, class->name);
        assert_int_equal(described->element.size > 0, class->index != NULL);
        for (const pv_member *member = class->members; member->name; member++)
            assert_record(find_name(described->names, described->name_count, member->name), member->name);
    }
    assert_int_equal(language.class_count, count);
}

static void test_every_function_in_c_is_described(void **state) {
    pv_language language = describe(*state);
    for (const pv_function_group *group = pv_function_groups; group->title; group++)
        for (const pv_function *function = group->functions; function->name; function++)
            assert_record(find_function(&language, function->name), function->name);
}

/* What a file of the vocabulary exports stands in the list it returns: "return { at_most = at_most, … }". */
static void assert_exports_described(const pv_language *language, pv_arena *arena, pv_str text) {
    size_t at = SIZE_MAX;
    for (size_t found = 0; (found = pv_str_find(text, PV_STR("\nreturn {"), found)) != SIZE_MAX; found++)
        at = found;
    assert_int_not_equal(at, SIZE_MAX);
    size_t start = at + sizeof "\nreturn {" - 1;
    for (size_t equals; (equals = pv_str_find(text, PV_STR("="), start)) != SIZE_MAX; start = equals + 1) {
        pv_str before = pv_str_slice(text, start, equals);
        size_t comma = pv_str_find(before, PV_STR(","), 0);
        pv_str name = pv_str_trim(comma == SIZE_MAX ? before : pv_str_slice(before, comma + 1, before.size));
        pv_str kept = pv_arena_copy(arena, name);
        assert_record(find_function(language, kept.data), kept.data);
    }
}

static void test_all_of_the_vocabulary_is_described(void **state) {
    arena_fixture *fixture = *state;
    pv_language language = describe(fixture);
    for (const pv_prelude_file *file = pv_prelude_files; file->name; file++)
        assert_exports_described(&language, fixture->arena, (pv_str){file->text, file->size});
    const pv_language_name *at_most = find_function(&language, "at_most");
    assert_record(at_most, "at_most");
    assert_str(at_most->signature, "at_most(x, limit, noun?): verdict");
    assert_true(pv_str_starts_with(at_most->doc, PV_STR("Passes when x, ")));
}

static void test_declarations_and_plain_lua(void **state) {
    pv_language language = describe(*state);
    assert_int_equal(language.declaration_count, 4);
    assert_str(language.declarations[0].name, "rule");
    assert_str(language.declarations[0].keys[0].name, "title");
    assert_true(language.declarations[0].keys[0].required);
    assert_str(language.libraries[0].name, "");
    assert_str(language.libraries[0].names[0], "assert");
    assert_str(language.libraries[1].name, "string");
}

static bool describe_in(pv_arena *arena, pv_error *error) {
    pv_language language;
    return pv_lua_describe(&language, arena, error);
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(describe_in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_class_is_described, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_every_function_in_c_is_described, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_all_of_the_vocabulary_is_described, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_declarations_and_plain_lua, arena_setup, arena_teardown),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
