/* Manifests, levels by mode, and what makes a pack's parts fit together. */
#include "document_fixture.h"

#include <stdio.h>
#include <string.h>

#include "run/pack.h"
#include "run/ruleset.h"

static const char complete[] = "pack: small-pack\n"
                               "version: 1.0.0\n"
                               "title: A small pack\n"
                               "form: form.yaml\n"
                               "rules:\n"
                               "  - rules/second.lua\n"
                               "  - rules/first.lua\n"
                               "levels:\n"
                               "  draft:\n"
                               "    small.limit: note\n"
                               "    form.types: warning\n"
                               "  gate:\n"
                               "    small.limit: error\n"
                               "effective: { from: 2022-01-01, to: 2022-12-31 }\n"
                               "supersedes: [older-pack, oldest-pack]\n"
                               "requires: { proviso: 0.1.0, rules_api: 1 }\n"
                               "parameters:\n"
                               "  small.limit: { words: 20 }\n";

static const pv_rule rules[] = {
    {.id = PV_STR("small.limit"), .level = PV_LEVEL_WARNING},
    {.id = PV_STR("small.points"), .level = PV_LEVEL_ERROR},
};

/* The one parameter of small.limit, as its rule file gives it; set anew for each test. */
static pv_parameter words;
static pv_rule limit_and_points[2];

static pv_ruleset two_rules(void) {
    words = (pv_parameter){.spec = {.name = PV_STR("words"), .type = PV_TYPE_INTEGER}};
    limit_and_points[0] = rules[0];
    limit_and_points[0].parameters = &words;
    limit_and_points[0].parameter_count = 1;
    limit_and_points[1] = rules[1];
    return (pv_ruleset){.rules = limit_and_points, .rule_count = 2};
}

/* A pack of these on an empty form. */
static bool assemble(arena_fixture *fixture, pv_pack *out, const pv_manifest *manifest, pv_ruleset *ruleset,
                     pv_error *error) {
    static const pv_form form = {0};
    const pv_pack_parts parts = {.manifest = manifest, .form = &form, .ruleset = ruleset};
    return pv_pack_assemble(out, &parts, fixture->arena, error);
}

static const pv_manifest *manifest_of(arena_fixture *fixture, const char *yaml) {
    pv_manifest *manifest = NULL;
    pv_error error = {0};
    if (!pv_manifest_build(&manifest, fixture->arena, document_of(fixture, yaml), &error))
        fail_msg("at byte %u: %s", error.where.start, error.message);
    return manifest;
}

static void test_a_manifest(void **state) {
    const pv_manifest *manifest = manifest_of(*state, complete);
    assert_str(manifest->id, "small-pack");
    assert_str(manifest->version, "1.0.0");
    assert_str(manifest->title, "A small pack");
    assert_str(manifest->form_file, "form.yaml");
    assert_int_equal(manifest->rule_file_count, 2);
    assert_str(manifest->rule_files[0], "rules/second.lua");
    assert_str(manifest->rule_files[1], "rules/first.lua");
    assert_int_equal(manifest->level_count, 3);
    assert_true(manifest->has_from && manifest->from.year == 2022 && manifest->from.month == 1);
    assert_true(manifest->has_to && manifest->to.month == 12 && manifest->to.day == 31);
    assert_int_equal(manifest->supersedes_count, 2);
    assert_str(manifest->supersedes[1].pack, "oldest-pack");
    assert_covers(manifest->source, manifest->supersedes[1].at, "oldest-pack");
    assert_ptr_equal(manifest->parameters.source, manifest->source);
    assert_int_equal(manifest->parameters.rules->count, 1);
}

/* One change to the complete manifest, the words the error must cover, and its message. */
static const struct {
    const char *from, *to, *at, *message;
} faulty_manifests[] = {
    {"version: 1.0.0\n", "", "", "a pack needs version"},
    {"version: 1.0.0", "verison: 1.0.0", "verison", "a pack has no key verison; did you mean version?"},
    {"pack: small-pack", "pack: [small]", "[small]", "the pack's id must be a text, but is a list"},
    {"form: form.yaml", "form:", "", "the form is empty"},
    {"form: form.yaml", "form: ../form.yaml", "../form.yaml",
     "the form must be a path inside the pack's folder, not '../form.yaml'"},
    {"rules/first.lua", "/etc/passwd", "/etc/passwd",
     "a rule file must be a path inside the pack's folder, not '/etc/passwd'"},
    {"rules/first.lua", "rules//x.lua", "rules//x.lua",
     "a rule file must be a path inside the pack's folder, not 'rules//x.lua'"},
    {"rules/first.lua", "a/../../x.lua", "a/../../x.lua",
     "a rule file must be a path inside the pack's folder, not 'a/../../x.lua'"},
    {"rules/first.lua", "..\\x.lua", "..\\x.lua",
     "a rule file must be a path inside the pack's folder, not '..\\x.lua'"},
    {"rules/first.lua", "C:x.lua", "C:x.lua", "a rule file must be a path inside the pack's folder, not 'C:x.lua'"},
    {"rules/first.lua", "rules/second.lua", "rules/second.lua", "the rule file rules/second.lua is there twice"},
    {"  draft:\n", "  drafts:\n", "drafts", "levels has no key drafts; did you mean draft?"},
    {"small.limit: note", "small.limit: notice", "notice", "'notice' is not a level; did you mean note?"},
    {"small.limit: note", "small.limit: [note]", "[note]", "a level must be a text, but is a list"},
    {"  gate:\n    small.limit: error\n", "  gate: error\n", "error",
     "the levels of a mode must be a mapping, but is a text"},
    {"from: 2022-01-01", "from: 2022-13-01", "2022-13-01", "there is no day '2022-13-01' in the calendar"},
    {"from: 2022-01-01", "form: 2022-01-01", "form", "effective has no key form; did you mean from?"},
    {"to: 2022-12-31", "to: 2021-12-31", "2021-12-31", "the last day is before the first"},
    {"[older-pack, oldest-pack]", "older-pack", "older-pack", "supersedes must be a list, but is a text"},
    {"oldest-pack", "[oldest-pack]", "[oldest-pack]", "a pack's id must be a text, but is a list"},
    {"{ words: 20 }", "20", "20", "what is set of a rule must be a mapping, but is a text"},
};

static void test_each_fault_of_a_manifest_has_its_place_and_message(void **state) {
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof faulty_manifests / sizeof *faulty_manifests; i++) {
        char yaml[2 * sizeof complete];
        const char *from = faulty_manifests[i].from;
        const char *found = strstr(complete, from);
        assert_non_null(found);
        snprintf(yaml, sizeof yaml, "%.*s%s%s", (int)(found - complete), complete, faulty_manifests[i].to,
                 found + strlen(from));
        const pv_document *document = document_of(fixture, yaml);
        pv_manifest *manifest;
        pv_error error = {0};
        if (pv_manifest_build(&manifest, fixture->arena, document, &error))
            fail_msg("no fault was found in: %s", faulty_manifests[i].to);
        assert_string_equal(error.message, faulty_manifests[i].message);
        assert_int_equal(error.code, PV_ERROR_SHAPE);
        assert_covers(document->source, error.where, faulty_manifests[i].at);
    }
}

static void test_levels_by_mode(void **state) {
    pv_ruleset ruleset = two_rules();
    pv_pack pack;
    pv_error error = {0};
    assert_true(assemble(*state, &pack, manifest_of(*state, complete), &ruleset, &error));
    assert_int_equal(pv_pack_level(&pack, &rules[0], PV_MODE_DRAFT), PV_LEVEL_NOTE);
    assert_int_equal(pv_pack_level(&pack, &rules[0], PV_MODE_SUBMISSION), PV_LEVEL_WARNING);
    assert_int_equal(pv_pack_level(&pack, &rules[0], PV_MODE_GATE), PV_LEVEL_ERROR);
    assert_int_equal(pv_pack_level(&pack, &rules[1], PV_MODE_DRAFT), PV_LEVEL_ERROR);
    const pv_rule *types = pv_built_in_rule(PV_BUILT_IN_TYPES);
    assert_int_equal(pv_pack_level(&pack, types, PV_MODE_DRAFT), PV_LEVEL_WARNING);
    assert_int_equal(pv_pack_level(&pack, types, PV_MODE_GATE), PV_LEVEL_ERROR);
}

static void test_a_level_of_an_unknown_rule_is_an_error(void **state) {
    static const char yaml[] = "pack: p\nversion: \"1\"\ntitle: P\nform: form.yaml\nrules: [a.lua]\n"
                               "levels: { gate: { small.pionts: note } }\n";
    const pv_manifest *manifest = manifest_of(*state, yaml);
    pv_ruleset ruleset = two_rules();
    pv_pack pack;
    pv_error error = {0};
    assert_false(assemble(*state, &pack, manifest, &ruleset, &error));
    assert_int_equal(error.code, PV_ERROR_NOT_FOUND);
    assert_string_equal(error.message, "the pack has no rule small.pionts; did you mean small.points?");
    assert_covers(manifest->source, error.where, "small.pionts");

    /* A file that did not load may hold the rule; only its own fault is reported. */
    const pv_fault unloaded = {.kind = PV_FAULT_LOAD, .path = PV_STR("a.lua"), .message = PV_STR("syntax error")};
    ruleset.faults = &unloaded;
    ruleset.fault_count = 1;
    error = (pv_error){0};
    assert_true(assemble(*state, &pack, manifest, &ruleset, &error));
}

static void test_the_manifest_sets_parameters(void **state) {
    arena_fixture *fixture = *state;
    const pv_manifest *manifest = manifest_of(fixture, complete);
    pv_ruleset ruleset = two_rules();
    pv_pack pack;
    pv_error error = {0};
    assert_true(assemble(fixture, &pack, manifest, &ruleset, &error));
    assert_int_equal(words.value.number.coefficient, 20);
    assert_int_equal(words.origin, PV_PARAMETER_OF_PACK);
    assert_false(pack.has_as_of);

    static const char yaml[] = "pack: p\nversion: \"1\"\ntitle: P\nform: form.yaml\nrules: [a.lua]\n"
                               "parameters: { small.points: { words: 20 } }\n";
    manifest = manifest_of(fixture, yaml);
    assert_false(assemble(fixture, &pack, manifest, &ruleset, &error));
    assert_string_equal(error.message, "rule small.points has no parameter words");
    assert_covers(manifest->source, error.where, "words");
}

static void test_the_hash_is_over_all_parts_in_order(void **state) {
    pv_ruleset ruleset = two_rules();
    pv_form form = {0};
    pv_pack pack;
    pv_error error = {0};
    /* SHA-256 of "abc" (FIPS 180-4, example). */
    const pv_str files[] = {PV_STR("a"), PV_STR(""), PV_STR("bc")};
    const pv_pack_parts parts = {
        .manifest = manifest_of(*state, complete),
        .form = &form,
        .ruleset = &ruleset,
        .files = files,
        .file_count = 3,
    };
    assert_true(pv_pack_assemble(&pack, &parts, ((arena_fixture *)*state)->arena, &error));
    assert_string_equal(pack.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_modes(void **state) {
    (void)state;
    static const char *const names[PV_MODE_COUNT] = {"draft", "submission", "gate"};
    for (int mode = 0; mode < PV_MODE_COUNT; mode++) {
        pv_mode found;
        assert_string_equal(pv_mode_name((pv_mode)mode), names[mode]);
        assert_true(pv_mode_from_name(pv_str_from(names[mode]), &found));
        assert_int_equal(found, mode);
    }
    pv_mode mode;
    assert_false(pv_mode_from_name(PV_STR("Draft"), &mode));
}

static void test_built_in_rules(void **state) {
    (void)state;
    static const char *const ids[PV_BUILT_IN_COUNT] = {"form.applies",  "form.counts", "form.keys",
                                                       "form.limits",   "form.names",  "form.parts",
                                                       "form.required", "form.types",  "form.values"};
    static const pv_built_in of_problem[PV_PROBLEM_KIND_COUNT] = {PV_BUILT_IN_KEYS, PV_BUILT_IN_NAMES,
                                                                  PV_BUILT_IN_PARTS, PV_BUILT_IN_TYPES};
    for (int kind = 0; kind < PV_PROBLEM_KIND_COUNT; kind++)
        assert_int_equal(pv_built_in_of_problem((pv_problem_kind)kind), of_problem[kind]);
    for (int which = 0; which < PV_BUILT_IN_COUNT; which++) {
        const pv_rule *rule = pv_built_in_rule((pv_built_in)which);
        assert_str(rule->id, ids[which]);
        assert_int_equal(rule->level, which == PV_BUILT_IN_APPLIES ? PV_LEVEL_WARNING : PV_LEVEL_ERROR);
        assert_int_equal(rule->each, PV_SUBJECT_SUBMISSION);
        assert_true(rule->checks_blank);
        assert_true(rule->title.size > 0 && rule->citation.size > 0 && rule->remedy.size > 0);
    }
}

static bool build_manifest(pv_arena *arena, pv_error *error) {
    pv_document *document;
    pv_manifest *manifest;
    return try_document(&document, arena, complete, error) && pv_manifest_build(&manifest, arena, document, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(build_manifest);
}

/* ---- which pack judges, and what it needs of the engine ---- */

#define DAY(y, m, d)                                                                                                   \
    { .year = (y), .month = (m), .day = (d) }

/* Three years' packs of one form. The second supersedes the first, the third the second; the last two overlap in
 * 2024. */
static const pv_superseded first_year[] = {{.pack = PV_STR("p2022"), .at = {10, 15}}};
static const pv_superseded second_year[] = {{.pack = PV_STR("p2023"), .at = {20, 25}}};
static const pv_manifest p2022 = {
    .id = PV_STR("p2022"), .has_from = true, .from = DAY(2022, 1, 1), .has_to = true, .to = DAY(2022, 12, 31)};
static const pv_manifest p2023 = {.id = PV_STR("p2023"),
                                  .has_from = true,
                                  .from = DAY(2023, 1, 1),
                                  .has_to = true,
                                  .to = DAY(2024, 6, 30),
                                  .supersedes = first_year,
                                  .supersedes_count = 1};
static const pv_manifest p2024 = {
    .id = PV_STR("p2024"), .has_from = true, .from = DAY(2024, 1, 1), .supersedes = second_year, .supersedes_count = 1};

/* The id of the pack chosen on a day (NULL: none said), or the error's message. */
static const char *chosen(const pv_manifest *const *packs, size_t count, const char *day_text) {
    static pv_error error;
    static char id[64];
    pv_date day;
    size_t index = SIZE_MAX;
    error = (pv_error){0};
    if (day_text)
        assert_true(pv_date_parse(pv_str_from(day_text), &day));
    if (!pv_succession_choose(packs, count, PV_STR("f"), day_text ? &day : NULL, &index, &error))
        return error.message;
    snprintf(id, sizeof id, "%.*s", PV_STR_ARG(packs[index]->id));
    return id;
}

static void test_the_day_chooses(void **state) {
    (void)state;
    const pv_manifest *const packs[] = {&p2024, &p2022, &p2023};
    static const struct {
        const char *day, *pack;
    } rows[] = {
        {"2022-01-01", "p2022"},
        {"2022-12-31", "p2022"},
        {"2023-01-01", "p2023"},
        {"2023-12-31", "p2023"},
        {"2024-01-01", "p2024"}, /* p2023 is in effect too, but superseded */
        {"2030-01-01", "p2024"},
        {NULL, "p2024"},
        {"2021-12-31", "no pack that judges the form f is in effect on 2021-12-31"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(chosen(packs, 3, rows[i].day), rows[i].pack);
}

static void test_two_left_are_both_named(void **state) {
    (void)state;
    static const pv_manifest one = {.id = PV_STR("one")};
    static const pv_manifest other = {.id = PV_STR("other")};
    const pv_manifest *const packs[] = {&one, &other};
    assert_string_equal(chosen(packs, 2, NULL),
                        "the packs one and other both judge the form f; say the day with --as-of, "
                        "or the pack with --pack");
    assert_string_equal(chosen(packs, 2, "2022-07-01"),
                        "the packs one and other both judge the form f on 2022-07-01; say which with --pack");
    assert_string_equal(chosen(packs, 1, "2022-07-01"), "one");
}

static void test_a_pack_that_is_not_in_effect_supersedes_nothing(void **state) {
    (void)state;
    static const pv_superseded old[] = {{.pack = PV_STR("old")}};
    static const pv_manifest always = {.id = PV_STR("old")};
    static const pv_manifest later = {
        .id = PV_STR("later"), .has_from = true, .from = DAY(2025, 1, 1), .supersedes = old, .supersedes_count = 1};
    const pv_manifest *const packs[] = {&always, &later};
    assert_string_equal(chosen(packs, 2, "2024-12-31"), "old");
    assert_string_equal(chosen(packs, 2, "2025-01-01"), "later");
}

static void test_circles(void **state) {
    arena_fixture *fixture = *state;
    const pv_superseded third_year[] = {{.pack = PV_STR("gone")}, {.pack = PV_STR("p2024"), .at = {30, 35}}};
    pv_manifest circular = p2022;
    circular.supersedes = third_year;
    circular.supersedes_count = 2;
    const pv_manifest outside = {.id = PV_STR("outside"), .supersedes = second_year, .supersedes_count = 1};
    const pv_manifest *const packs[] = {&circular, &p2023, &p2024, &outside};
    pv_error error = {0};
    assert_false(pv_succession_check(&circular, packs, 4, fixture->arena, &error));
    assert_string_equal(error.message, "a pack cannot supersede p2024, which supersedes it in turn");
    assert_int_equal(error.where.start, 30);
    error = (pv_error){0};
    assert_false(pv_succession_check(&p2023, packs, 4, fixture->arena, &error));
    assert_int_equal(error.where.start, 10);
    error = (pv_error){0};
    /* It leads into the circle, and is not in it. */
    assert_true(pv_succession_check(&outside, packs, 4, fixture->arena, &error));

    const pv_manifest *const straight[] = {&p2022, &p2023, &p2024};
    for (size_t i = 0; i < 3; i++)
        assert_true(pv_succession_check(straight[i], straight, 3, fixture->arena, &error));

    const pv_manifest itself = {.id = PV_STR("p2022"), .supersedes = first_year, .supersedes_count = 1};
    const pv_manifest *const alone[] = {&itself};
    assert_false(pv_succession_check(&itself, alone, 1, fixture->arena, &error));
    assert_string_equal(error.message, "a pack cannot supersede itself");
}

static void test_requirements(void **state) {
    arena_fixture *fixture = *state;
    static const struct {
        const char *requires, *at, *message; /* message NULL: met by 0.10.2 */
    } rows[] = {
        {"pack: p\n", "", NULL},
        {"requires: { proviso: 0.10.2, rules_api: 1 }\n", "", NULL},
        {"requires: { proviso: 0.9.9 }\n", "", NULL},
        {"requires: { proviso: \"0.10\" }\n", "", NULL},
        {"requires: { proviso: 0.10.3 }\n", "0.10.3", "the pack needs proviso 0.10.3 or later, but this is 0.10.2"},
        {"requires: { proviso: \"1\" }\n", "\"1\"", "the pack needs proviso 1 or later, but this is 0.10.2"},
        {"requires: { as_of: true }\n", "", NULL},
        {"requires: { as_of: soon }\n", "soon", "'soon' is not a boolean; write true or false"},
        {"requires: { proviso: newest }\n", "newest", "a version is written like 0.1.0"},
        {"requires: { proviso: 1..2 }\n", "1..2", "a version is written like 0.1.0"},
        {"requires: { rules_api: 2 }\n", "2",
         "the pack is written for version 2 of the rule language, but this proviso has version 1"},
        {"requires: { rules_api: 0 }\n", "0", "rules_api must be at least 1"},
        {"requires: { rule_api: 1 }\n", "rule_api", "requires has no key rule_api; did you mean rules_api?"},
        /* What a later engine may mean by other keys is not looked at first. */
        {"colour: blue\nrequires: { proviso: 9.0.0 }\n", "9.0.0",
         "the pack needs proviso 9.0.0 or later, but this is 0.10.2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const pv_document *document = document_of(fixture, rows[i].requires);
        pv_error error = {0};
        bool met = pv_requirements_check(document, fixture->arena, PV_STR("0.10.2"), &error);
        assert_int_equal(met, rows[i].message == NULL);
        if (met)
            continue;
        assert_string_equal(error.message, rows[i].message);
        assert_covers(document->source, error.where, rows[i].at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_a_manifest),
        arena_test(test_each_fault_of_a_manifest_has_its_place_and_message),
        arena_test(test_levels_by_mode),
        arena_test(test_a_level_of_an_unknown_rule_is_an_error),
        arena_test(test_the_manifest_sets_parameters),
        arena_test(test_the_hash_is_over_all_parts_in_order),
        arena_test(test_modes),
        arena_test(test_built_in_rules),
        cmocka_unit_test(test_refused_memory_is_reported),
        arena_test(test_the_day_chooses),
        arena_test(test_two_left_are_both_named),
        arena_test(test_a_pack_that_is_not_in_effect_supersedes_nothing),
        arena_test(test_circles),
        arena_test(test_requirements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
