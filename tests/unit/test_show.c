#include "report_fixture.h"

#include "report/other/catalogue.h"
#include "report/other/show_report.h"

static const char odd_filing[] = "form: demo\n"
                                 "records:\n"
                                 "  allocation:\n"
                                 "    - { area: \"1\", points: \"1,000\" }\n"
                                 "  attachment:\n"
                                 "    - { title: Letter, supports: [1.1, 1.2] }\n"
                                 "measures:\n"
                                 "  1.1:\n"
                                 "    1: >-\n"
                                 "      one two\n"
                                 "      three\n"
                                 "\n"
                                 "      four\n"
                                 "  1.22: stray\n";

static void read_odd_filing(report_fixture *fixture) {
    fixture->submission = submission_of(&fixture->base, fixture->pack.form, odd_filing);
}

static void assert_shows(const report_fixture *fixture, const char *text) {
    if (pv_str_find(pv_buf_str(&fixture->out), pv_str_from(text), 0) == SIZE_MAX)
        fail_msg("\"%s\"\nis not in\n%s", text, fixture->out.data);
}

static void test_json_keeps_values_as_written(void **state) {
    report_fixture *fixture = *state;
    read_odd_filing(fixture);
    pv_show_json(&fixture->out, fixture->submission);
    assert_shows(fixture, "{\"kind\":\"allocation\",\"number\":1,\"values\":{\"area\":{\"value\":\"1\",");
    assert_shows(fixture, "\"points\":{\"value\":\"1,000\",");
    assert_shows(fixture, "\"fields\":{\"plan\":{\"value\":null,");
    assert_shows(fixture, "\"supports\":{\"value\":[\"1.1\",\"1.2\"],");
}

/* The form asks for attachments under one name; they stand apart from the other records. */
static void test_json_sets_attachments_apart(void **state) {
    report_fixture *fixture = *state;
    read_odd_filing(fixture);
    pv_show_json(&fixture->out, fixture->submission);
    pv_str written = pv_buf_str(&fixture->out);
    size_t attachments = pv_str_find(written, PV_STR("\"attachments\":["), 0);
    assert_true(pv_str_find(written, PV_STR("\"kind\":\"allocation\""), 0) < attachments);
    assert_true(pv_str_find(written, PV_STR("\"kind\":\"attachment\""), 0) > attachments);
}

static void test_json_folds_texts_to_prose(void **state) {
    report_fixture *fixture = *state;
    read_odd_filing(fixture);
    pv_show_json(&fixture->out, fixture->submission);
    assert_shows(fixture, "\"item\":\"1\",\"prompt\":\"Describe the plan.\",\"given\":true,\"blank\":false,"
                          "\"text\":\"one two three\\nfour\",\"words\":4,\"word_minimum\":null,\"word_limit\":5,"
                          "\"characters\":18,\"character_limit\":null,"
                          "\"at\":{\"path\":\"test.yaml\",\"line\":10,\"column\":7,");
    assert_shows(fixture, "\"confidence\":1}");
    assert_shows(fixture,
                 "\"prompt\":\"Describe the engagement.\",\"given\":false,\"blank\":true,\"text\":\"\","
                 "\"words\":0,\"word_minimum\":null,\"word_limit\":null,\"characters\":0,\"character_limit\":null,");
}

static void test_what_is_not_understood(void **state) {
    report_fixture *fixture = *state;
    read_odd_filing(fixture);
    pv_show_json(&fixture->out, fixture->submission);
    assert_shows(fixture, "\"not_understood\":[\n{\"at\":{\"path\":\"test.yaml\",\"line\":14,\"column\":3,");
    pv_show_terminal(&fixture->out, &fixture->style, fixture->submission);
    assert_shows(fixture, "  --> test.yaml:14:3\n  14 | 1.22: stray\n     | ^^^^\n");
}

static void test_limits_are_shown_with_what_they_limit(void **state) {
    report_fixture *fixture = *state;
    file_without_points(fixture);
    pv_show_terminal(&fixture->out, &fixture->style, fixture->submission);
    assert_shows(fixture, "short Short (mandatory)\n"
                          "  short.1 3 words of 4 to 40 at 3:15\n");
    assert_shows(fixture, "  long 2 words of at most 4, 11 characters of at most 10 at 4:9\n");
    pv_buf_reset(&fixture->out);
    pv_show_json(&fixture->out, fixture->submission);
    assert_shows(fixture, "\"words\":3,\"word_minimum\":4,\"word_limit\":40,");
    assert_shows(fixture, "\"characters\":11,\"character_limit\":10,");
}

static void test_what_cannot_be_read_is_shown_as_written(void **state) {
    report_fixture *fixture = *state;
    fixture->submission = submission_of(&fixture->base, fixture->pack.form,
                                        "form: demo\n"
                                        "fields: { plan: [a, b] }\n"
                                        "records: { allocation: [{ area: \"1\", points: \"few\" }] }\n");
    pv_show_json(&fixture->out, fixture->submission);
    assert_shows(fixture, "\"plan\":{\"value\":\"[a, b]\",");
    assert_shows(fixture, "\"points\":{\"value\":\"few\",");
    pv_show_terminal(&fixture->out, &fixture->style, fixture->submission);
    assert_shows(fixture, "  Plan name: [a, b] (not understood)\n");
    assert_shows(fixture, "    points: few (not understood)\n");
}

static void test_terminal_cuts_long_texts_unless_verbose(void **state) {
    report_fixture *fixture = *state;
    fixture->style.width = 40;
    fixture->submission = submission_of(&fixture->base, fixture->pack.form,
                                        "form: demo\nmeasures:\n  1.2: "
                                        "one two three four five six seven eight nine ten eleven twelve thirteen "
                                        "fourteen fifteen sixteen seventeen eighteen nineteen twenty end\n");
    pv_show_terminal(&fixture->out, &fixture->style, fixture->submission);
    assert_shows(fixture, "  1.2 21 words of at most 5 at 3:8\n"
                          "    one two three four five six seven\n"
                          "    eight nine ten eleven twelve\n"
                          "    thirteen fourteen fifteen sixteen …\n");
    pv_buf_reset(&fixture->out);
    fixture->style.verbose = true;
    pv_show_terminal(&fixture->out, &fixture->style, fixture->submission);
    assert_shows(fixture, "\n    seventeen eighteen nineteen twenty\n    end\n");
}

static void write_catalogue(report_fixture *fixture, pv_buf *out) {
    pv_json json = pv_json_on(out);
    pv_catalogue_json(&json, &fixture->pack);
    pv_catalogue_markdown(out, &fixture->pack, NULL, 0);
    pv_catalogue_terminal(out, &fixture->style, &fixture->pack);
}

/* The built-in rules, then the pack's own. */
static void test_a_catalogue_lists_every_rule_once(void **state) {
    report_fixture *fixture = *state;
    size_t count = 0;
    while (pv_pack_rule_at(&fixture->pack, count))
        count++;
    size_t built_in = PV_BUILT_IN_COUNT - 3; /* no records of the form have a key, and nothing a condition or bound */
    assert_int_equal(count, built_in + 3);
    assert_ptr_equal(pv_pack_rule_at(&fixture->pack, 0), pv_built_in_rule(PV_BUILT_IN_COUNTS));
    assert_ptr_equal(pv_pack_rule_at(&fixture->pack, built_in), &report_rules[0]);
    write_catalogue(fixture, &fixture->out);
    assert_shows(fixture, "{\"id\":\"demo.limit\",\"title\":\"Each response keeps to its word limit\","
                          "\"citation\":\"Form: “5 words”\",\"remedy\":\"Shorten the response.\",\"why\":null,"
                          "\"each\":\"response\",\"record\":null,\"levels\":{\"draft\":\"error\",\"submission\":"
                          "\"error\",\"gate\":\"error\"},");
    assert_shows(fixture, "\"examples\":0}");
    assert_shows(fixture, "| [demo.partners](#demopartners) | The partners are named | each measure | warning |\n");
    assert_shows(fixture, "\nwarning  demo.partners  each measure\n         The partners are named\n");
}

static void test_refused_memory_fails_the_buffer(void **state) {
    report_fixture *fixture = *state;
    read_odd_filing(fixture);
    bool refused = true;
    for (size_t request = 1; refused; request++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_buf out = pv_buf_on(&memory);
        memory.fail_after = request;
        pv_show_json(&out, fixture->submission);
        pv_show_terminal(&out, &fixture->style, fixture->submission);
        write_catalogue(fixture, &out);
        refused = memory.fail_after == 0;
        assert_int_equal(out.failed, refused);
        pv_buf_clear(&out);
        assert_int_equal(memory.used, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_json_keeps_values_as_written),
        report_test(test_json_sets_attachments_apart),
        report_test(test_json_folds_texts_to_prose),
        report_test(test_what_is_not_understood),
        report_test(test_limits_are_shown_with_what_they_limit),
        report_test(test_what_cannot_be_read_is_shown_as_written),
        report_test(test_terminal_cuts_long_texts_unless_verbose),
        report_test(test_a_catalogue_lists_every_rule_once),
        report_test(test_refused_memory_fails_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
