#include "document_fixture.h"

#include <stdio.h>

#include "project/config.h"

static pv_config config_of(arena_fixture *fixture, const char *yaml) {
    pv_config config = {.path = PV_STR("plans/.proviso.yaml")};
    pv_error error = {0};
    if (!pv_config_read_document(&config, fixture->arena, document_of(fixture, yaml), &error))
        fail_msg("at byte %u: %s", error.where.start, error.message);
    return config;
}

static void test_every_key_sets_its_value(void **state) {
    const pv_config config = config_of(*state, "mode: gate\n"
                                               "fail_on: note\n"
                                               "levels: { 'a.*': warning, a.b: note }\n"
                                               "parameters: { a.b: { share: 20% } }\n"
                                               "include: ['*.yaml', '*.csv']\n"
                                               "ignore: [drafts/]\n"
                                               "waivers: waivers.yaml\n"
                                               "baseline: /tmp/baseline.json\n"
                                               "formats: [terminal, json=out.json]\n");
    assert_true(pv_config_gives(&config.values, PV_CONFIG_MODE) && config.values.mode == PV_MODE_GATE);
    assert_true(pv_config_gives(&config.values, PV_CONFIG_FAIL_ON) && config.values.fail_on == PV_LEVEL_NOTE);
    assert_int_equal(config.level_count, 2);
    assert_str(config.levels[1].rule_pattern, "a.b");
    assert_int_equal(config.levels[1].level, PV_LEVEL_NOTE);
    assert_non_null(config.parameters.rules);
    assert_int_equal(config.include.count, 2);
    assert_int_equal(config.ignore.count, 1);
    assert_str(config.values.waivers, "plans/waivers.yaml"); /* named from the file's own folder */
    assert_str(config.values.baseline, "/tmp/baseline.json");
    assert_int_equal(config.format_count, 2);
    assert_str(config.formats[0], "terminal");
    assert_str(config.formats[1], "json=plans/out.json");
    assert_null(config.set[PV_CONFIG_PACKS]);
    assert_int_equal(config.set[PV_CONFIG_MODE]->span.start, 6);
}

static void test_what_nothing_sets_is_not_set(void **state) {
    const pv_config config = config_of(*state, "mode: draft\n");
    assert_false(pv_config_gives(&config.values, PV_CONFIG_FAIL_ON));
    assert_int_equal(config.level_count, 0);
    assert_null(config.parameters.rules);
    assert_null(config.set[PV_CONFIG_INCLUDE]);
    assert_int_equal(config.values.packs.size + config.values.waivers.size + config.values.baseline.size, 0);
    assert_int_equal(config.override_count, 0);
}

static void test_an_override_outweighs_what_was_set_before(void **state) {
    arena_fixture *fixture = *state;
    pv_config config = config_of(*state, "mode: draft\n"
                                         "fail_on: warning\n"
                                         "levels: { a.b: note }\n"
                                         "parameters: { a.b: { share: 20% } }\n"
                                         "overrides:\n"
                                         "  - paths: ['2024/**']\n"
                                         "    mode: gate\n"
                                         "    pack: old/pack\n"
                                         "    levels: { a.b: error }\n"
                                         "    parameters: { a.b: { share: 30% } }\n"
                                         "  - { paths: [x], mode: submission }\n");
    pv_error error = {0};
    assert_int_equal(config.override_count, 2);
    assert_int_equal(config.values.mode, PV_MODE_DRAFT); /* until it is applied */
    assert_true(pv_config_override_with(&config, fixture->arena, &config.overrides[0], &error));
    assert_int_equal(config.values.mode, PV_MODE_GATE);
    assert_int_equal(config.values.fail_on, PV_LEVEL_WARNING);
    assert_str(config.values.pack, "plans/old/pack");
    assert_int_equal(config.level_count, 2);
    assert_int_equal(config.levels[1].level, PV_LEVEL_ERROR);
    assert_str(pv_node_value(config.parameters.rules->first->first), "30%");
    assert_str(pv_node_value(config.parameters.before->rules->first->first), "20%");
    assert_true(pv_config_override_with(&config, fixture->arena, &config.overrides[1], &error));
    assert_int_equal(config.values.mode, PV_MODE_SUBMISSION);
}

static void test_what_is_wrong_is_said_where_it_stands(void **state) {
    static const struct {
        const char *yaml;
        uint32_t at;
        const char *message;
    } cases[] = {
        {"modes: gate", 0, "the configuration has no key modes; did you mean mode?"},
        {"as_of: today", 7,
         "a configuration names one day, so that its results stay the same; for the day of the run say --as-of today"},
        {"as_of: 2024-02-30", 7, "the day to judge by is one that exists, written like 2022-07-01, not '2024-02-30'"},
        {"mode: gaet", 6, "there is no mode 'gaet'; did you mean gate?"},
        {"mode: [gate]", 6, "the mode must be a text, but is a list"},
        {"fail_on: {}", 9, "a level must be a text, but is a mapping"},
        {"fail_on: errors", 9, "there is no level 'errors'; did you mean error?"},
        {"levels: [a]", 8, "the levels must be a mapping, but is a list"},
        {"levels: { a.b: off }", 15, "a rule cannot be switched off; the lowest level of its findings is note"},
        {"levels: { a.b: warn }", 15, "there is no level 'warn'; there are error, warning and note"},
        {"levels: { 'a[': note }", 10, "a [ in a pattern needs its ]; write \\[ for the character itself"},
        {"parameters: { a.b: 1 }", 19, "what is set of a rule must be a mapping, but is a text"},
        {"packs: nowhere", 7, "the folder of packs plans/nowhere does not exist"},
        {"include: '*.yaml'", 9, "what is included must be a list, but is a text"},
        {"ignore: [a, '']", 12, "a pattern is empty"},
        {"waivers: [w.yaml]", 9, "the file of waivers must be a text, but is a list"},
        {"baseline: ''", 10, "the file of the baseline is empty"},
        {"formats: json", 9, "the formats must be a list, but is a text"},
        {"formats: []", 9, "the formats are empty; leave the key out for the default"},
        {"overrides: { paths: [a] }", 11, "the overrides must be a list, but is a mapping"},
        {"overrides: [{ mode: gate }]", 12, "an override needs paths"},
        {"overrides: [{ paths: [a], packs: b }]", 26, "an override has no key packs; did you mean pack?"},
        {"overrides: [{ paths: [a], ignore: [b] }]", 26,
         "an override has no key ignore; there are paths, pack, mode, "
         "fail_on, levels and parameters"},
        {"overrides: [{ paths: [a], mode: gaet }]", 32, "there is no mode 'gaet'; did you mean gate?"},
        {"overrides: [{ paths: ['{a'] }]", 22, "a { in a pattern needs its }; write \\{ for the character itself"},
    };
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_config config = {.path = PV_STR("plans/.proviso.yaml")};
        pv_error error = {0};
        if (pv_config_read_document(&config, fixture->arena, document_of(fixture, cases[i].yaml), &error))
            fail_msg("%s is read", cases[i].yaml);
        if (strcmp(error.message, cases[i].message) != 0 || error.where.start != cases[i].at)
            fail_msg("%s: at %u: %s", cases[i].yaml, error.where.start, error.message);
    }
}

static void test_overrides_are_counted(void **state) {
    arena_fixture *fixture = *state;
    for (size_t count = PV_CONFIG_MAX_OVERRIDES; count <= PV_CONFIG_MAX_OVERRIDES + 1; count++) {
        pv_str overrides = repeated(fixture->arena, "- paths: [a]\n", count);
        pv_str yaml = pv_arena_format(fixture->arena, "overrides:\n%.*s", PV_STR_ARG(overrides));
        pv_config config = {.path = PV_CONFIG_NAME};
        pv_error error = {0};
        assert_int_equal(pv_config_read_document(&config, fixture->arena, document_of(fixture, yaml.data), &error),
                         count == PV_CONFIG_MAX_OVERRIDES);
    }
}

/* ---- the published schema ---- */

/* The schema is JSON, and so YAML. */
static const pv_node *schema_of(arena_fixture *fixture) {
    FILE *file = fopen(PV_CONFIG_SCHEMA, "rb");
    assert_non_null(file);
    char *text = pv_arena_alloc(fixture->arena, 1 << 16);
    size_t size = fread(text, 1, (1 << 16) - 1, file);
    fclose(file);
    assert_true(size > 0 && size < (1 << 16) - 1);
    return document_of(fixture, text)->root;
}

/* Every key is a property of the schema, and there is no other. */
static void assert_same_keys(const pv_node *schema, const pv_str *keys, size_t count) {
    const pv_node *properties = pv_node_get(schema, PV_STR("properties"));
    assert_non_null(properties);
    for (size_t i = 0; i < count; i++)
        if (!pv_node_get(properties, keys[i]))
            fail_msg("%s is not in the schema", keys[i].data);
    assert_int_equal(properties->count, count);
    assert_str(pv_node_value(pv_node_get(schema, PV_STR("additionalProperties"))), "false");
}

static void test_the_schema_has_the_keys_that_are_read(void **state) {
    const pv_node *schema = schema_of(*state);
    pv_str keys[PV_CONFIG_KEY_COUNT];
    assert_same_keys(schema, keys, pv_config_keys(keys));
    const pv_node *overrides = pv_node_get(pv_node_get(schema, PV_STR("properties")), PV_STR("overrides"));
    assert_same_keys(pv_node_get(overrides, PV_STR("items")), keys, pv_config_override_keys(keys));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_key_sets_its_value, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_what_nothing_sets_is_not_set, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_an_override_outweighs_what_was_set_before, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_wrong_is_said_where_it_stands, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_overrides_are_counted, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_the_schema_has_the_keys_that_are_read, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
