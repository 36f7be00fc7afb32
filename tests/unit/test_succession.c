/* Which pack judges on which day, and what a pack may need of the engine. */
#include "document_fixture.h"

#include <stdio.h>

#include "run/pack.h"

#define DAY(y, m, d)                                                                                                   \
    { .year = (y), .month = (m), .day = (d) }

/* Three years' packs of one form. The second supersedes the first, the third the second; the last two overlap in 2024. */
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
        arena_test(test_the_day_chooses),
        arena_test(test_two_left_are_both_named),
        arena_test(test_a_pack_that_is_not_in_effect_supersedes_nothing),
        arena_test(test_circles),
        arena_test(test_requirements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
