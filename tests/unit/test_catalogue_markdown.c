#include "report_fixture.h"

#include "report/other/catalogue.h"

static const pv_str tags[] = {PV_STR("length"), PV_STR("form_a")};
static const pv_str replaced[] = {PV_STR("demo.old-limit")};
static const pv_level_setting levels[] = {{PV_MODE_DRAFT, PV_STR("demo.limit"), PV_LEVEL_NOTE, {0, 0}}};
static const pv_manifest manifest = {
    .id = PV_STR("demo"),
    .version = PV_STR("1.0.0"),
    .title = PV_STR("Demonstration *of* a pack"),
    .has_from = true,
    .from = {2022, 7, 1},
    .levels = levels,
    .level_count = 1,
};

/* The page of a pack with one rule that has everything a rule can have. */
static pv_str page_of(report_fixture *fixture, const pv_catalogue_example *examples, size_t count, pv_rule *rule) {
    pv_parameter parameter = {
        .spec = {.name = PV_STR("fewest"), .type = PV_TYPE_INTEGER},
        .means = PV_STR("The fewest | least."),
        .value = {.spec = &parameter.spec, .given = true, .text = {.value = PV_STR("3")}, .number = {3, 0}},
        .low = {.spec = &parameter.spec, .given = true, .text = {.value = PV_STR("1")}, .number = {1, 0}},
    };
    rule->why = PV_STR("It is read aloud.");
    rule->has_since = rule->has_until = true;
    rule->since = (pv_date){2022, 1, 1};
    rule->until = (pv_date){2022, 12, 31};
    rule->tags = tags;
    rule->tag_count = 2;
    rule->replaces = replaced;
    rule->replaces_count = 1;
    rule->parameters = &parameter;
    rule->parameter_count = 1;
    pv_ruleset ruleset = {.rules = rule, .rule_count = 1};
    pv_pack pack = {.manifest = &manifest, .form = fixture->pack.form, .ruleset = &ruleset};
    pv_catalogue_markdown(&fixture->out, &pack, examples, count);
    rule->parameters = NULL;
    return pv_buf_str(&fixture->out);
}

static void test_a_rule_with_everything(void **state) {
    report_fixture *fixture = *state;
    pv_rule rule = report_rules[RULE_LIMIT];
    pv_rule other = report_rules[RULE_WHOLE];
    const pv_catalogue_example examples[] = {
        {&rule, PV_STR("1.1.1 \"one two\""), PV_STR("pass: 2 words")},
        {&other, PV_STR("nothing filled in"), PV_STR("fail")},
        {&rule, PV_STR("1.1.1 \"a|b\""), PV_STR("fail at \"b\"")},
    };
    pv_str page = page_of(fixture, examples, 3, &rule);
    size_t start = pv_str_find(page, PV_STR("### demo.limit\n"), 0);
    size_t end = pv_str_find(page, PV_STR("\n## What the form declares, and who judges it\n"), 0);
    assert_int_not_equal(start, SIZE_MAX);
    assert_int_not_equal(end, SIZE_MAX);
    assert_str(pv_str_slice(page, start, end), "### demo.limit\n"
                                               "\n"
                                               "**Each response keeps to its word limit**\n"
                                               "\n"
                                               "> Form: “5 words”\n"
                                               "\n"
                                               "- **Why:** It is read aloud.\n"
                                               "- **Judges:** each response; a blank one is not applicable\n"
                                               "- **Level:** error, in draft mode note\n"
                                               "- **Applies:** from 2022-01-01 to 2022-12-31\n"
                                               "- **To do:** Shorten the response.\n"
                                               "- **Replaces:** `demo.old-limit`\n"
                                               "- **Tags:** `length`, `form_a`\n"
                                               "\n"
                                               "| parameter | value | may be | means |\n"
                                               "|---|---|---|---|\n"
                                               "| `fewest` | 3 | integer from 1 | The fewest \\| least. |\n"
                                               "\n"
                                               "| given | verdict |\n"
                                               "|---|---|\n"
                                               "| 1.1.1 \"one two\" | pass: 2 words |\n"
                                               "| 1.1.1 \"a\\|b\" | fail at \"b\" |\n");
}

static void test_the_head(void **state) {
    report_fixture *fixture = *state;
    pv_rule rule = report_rules[RULE_LIMIT];
    pv_str page = page_of(fixture, NULL, 0, &rule);
    static const char *const parts[] = {
        "# Demonstration \\*of\\* a pack\n",
        "The pack `demo` 1.0.0 judges the form `demo`, “Demonstration form”, by 1 rule: 1 error. In effect from "
        "2022-07-01.\n",
        "| [demo.limit](#demolimit) | Each response keeps to its word limit | each response | error |\n",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (pv_str_find(page, pv_str_from(parts[i]), 0) == SIZE_MAX)
            fail_msg("\"%s\"\nis not in\n%.*s", parts[i], PV_STR_ARG(page));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_rule_with_everything, report_setup, report_teardown),
        cmocka_unit_test_setup_teardown(test_the_head, report_setup, report_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
