/* Records of checks: reading them, and what differs between two. */
#include "document_fixture.h"

#include "run/record.h"

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B64 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

#define VERDICT(rule, state, message, subject, due)                                                                    \
    "{\"rule\":\"" rule "\",\"state\":\"" state "\",\"level\":\"error\",\"message\":\"" message                        \
    "\",\"subject\":{\"name\":\"" subject "\"},\"due\":" due ",\"fingerprint\":\"000000000000000" subject              \
    "\",\"waiver\":null}"

static const char sound[] =
    "{\"record\":2,\n"
    "\"engine\":{\"version\":\"0.1.0\",\"built_with\":{\"Lua\":\"5.4.4\"}},\n"
    "\"options\":{\"pack\":\"./null\",\"mode\":\"gate\",\"fail_on\":null,\"as_of\":\"2024-05-01\",\"rule\":null,"
    "\"waivers\":null,\"baseline\":null,\"stdin_filename\":null,\"from\":\".\",\"of_folder\":true},\n"
    "\"configuration\":{\"mode\":\"gate\",\"fail_on\":\"error\",\"file\":{\"path\":\".proviso.yaml\",\"sha256\":\"" A64
    "\"},\"lock\":null,\"others\":[],\"waivers\":null,\"baseline\":null},\n"
    "\"report\":{\"schema\":1,\"mode\":\"gate\",\"verdicts\":[\n" VERDICT(
        "a.b", "pass", "well", "1",
        "null") ",\n" VERDICT("a.b", "fail", "five", "2",
                              "\"2024-05-02\"") ",\n" VERDICT("a.c", "fail", "six", "3",
                                                              "null") ",\n" VERDICT("all.one", "fail", "twice", "4",
                                                                                    "null") "],\n\"inputs\":[{\"path\":"
                                                                                            "\"a.yaml\",\"sha256\":"
                                                                                            "\"" A64
                                                                                            "\",\"form\":\"demo\","
                                                                                            "\"format\":\"yaml\","
                                                                                            "\"mode\":\"gate\",\"fail_"
                                                                                            "on\":\"error\",\"files\":["
                                                                                            "{\"path\":\"x.txt\","
                                                                                            "\"sha256\":\"" A64
                                                                                            "\"}]}],\n"
                                                                                            "\"faults\":[{\"rule\":"
                                                                                            "null,\"kind\":\"input\","
                                                                                            "\"message\":\"it is "
                                                                                            "torn\","
                                                                                            "\"at\":{\"path\":\"torn."
                                                                                            "yaml\",\"line\":2,"
                                                                                            "\"column\":1}}],\n"
                                                                                            "\"summary\":{\"pass\":1,"
                                                                                            "\"fail\":3}},\n"
                                                                                            "\"parameters\":[{\"pack\":"
                                                                                            "\"demo\",\"rule\":\"a.b\","
                                                                                            "\"name\":\"least\","
                                                                                            "\"value\":\"20%\"}],\n"
                                                                                            "\"packs\":[{\"id\":"
                                                                                            "\"demo\",\"version\":\"1."
                                                                                            "0.0\",\"sha256\":\"" A64
                                                                                            "\",\"files\":[{\"path\":"
                                                                                            "\"pack.yaml\",\"sha256\":"
                                                                                            "\"" A64
                                                                                            "\"},{\"path\":\"rules."
                                                                                            "lua\",\"sha256\":\"" A64
                                                                                            "\"}]}],\n"
                                                                                            "\"inputs\":[{\"path\":\"a."
                                                                                            "yaml\",\"sha256\":\"" A64
                                                                                            "\",\"pack\":\"demo\","
                                                                                            "\"verdicts\":3},\n"
                                                                                            "{\"path\":\"torn.yaml\","
                                                                                            "\"sha256\":null,\"pack\":"
                                                                                            "null,\"verdicts\":null}],"
                                                                                            "\n"
                                                                                            "\"exit_status\":2}\n";

/* The sound record with one text in the place of another. */
static pv_str altered(arena_fixture *fixture, const char *from, const char *to) {
    pv_str text = pv_str_from(sound);
    size_t at = pv_str_find(text, pv_str_from(from), 0);
    if (at == SIZE_MAX)
        fail_msg("the sound record does not hold %s", from);
    pv_str made = pv_arena_format(fixture->arena, "%.*s%s%s", (int)at, sound, to, sound + at + strlen(from));
    assert_non_null(made.data);
    return made;
}

static pv_check_record record_of(arena_fixture *fixture, const char *text) {
    pv_check_record record;
    pv_error error = {0};
    if (!pv_check_record_read(&record, fixture->arena, document_of(fixture, text), &error))
        fail_msg("at byte %u: %s", error.where.start, error.message);
    return record;
}

static void test_what_a_record_holds(void **state) {
    const pv_check_record record = record_of(*state, sound);
    assert_str(pv_check_record_text(&record, "engine.version"), "0.1.0");
    assert_str(pv_check_record_text(&record, "options.pack"), "./null");
    assert_str(pv_check_record_text(&record, "options.fail_on"), "");
    assert_str(pv_check_record_text(&record, "options.of_folder"), "true");
    assert_str(pv_check_record_text(&record, "options.colour.of"), "");
    assert_int_equal(record.inputs->count, 2);
    assert_int_equal(record.verdicts->count, 4);
    assert_ptr_equal(record.verdicts_of[0], record.verdicts->first);
    assert_int_equal(record.verdict_counts[0], 3);
    assert_int_equal(record.verdict_counts[1], 0);
    assert_int_equal(record.rest_count, 1);
    assert_str(pv_node_value(pv_node_get(record.rest, PV_STR("rule"))), "all.one");
}

static void test_what_is_refused_and_where(void **state) {
    static const struct {
        const char *from, *to, *at, *message;
    } trials[] = {
        {"\"record\":2", "\"record\":3", "3,", "the layout 3"},
        {"\"record\":2,", "\"schema\":1,\"kind\":\"audit-record\",", "{\"schema", "an earlier version of proviso"},
        {"\"record\":2,", "", "{", "no record"},
        {"\"record\":2,", "\"record\":null,", "null", "the layout must be"},
        {"\"gate\",\"fail_on\":null", "\"gates\",\"fail_on\":null", "\"gates\"", "did you mean gate"},
        {"\"gate\",\"fail_on\":null", "[],\"fail_on\":null", "[]", "a mode"},
        {"2024-05-01", "2024-05-32", "\"2024-05-32", "is not a date"},
        {"2024-05-02", "2024-05-32", "\"2024-05-32", "is not a date"},
        {"\"0.1.0\"", "null", "null,\"built_with", "the version is null"},
        {"\"verdicts\":3", "\"verdicts\":-3", "-3", "whole number"},
        {"\"verdicts\":3", "\"verdicts\":12345678901234567890", "12345678901234567890", "whole number"},
        {"\"verdicts\":3", "\"verdicts\":5", "5}", "not have so many"},
        {"\"verdicts\":3", "\"verdict\":3", "{\"path\"", "the record needs verdicts"},
        {"\"id\":\"demo\"", "\"id\":[]", "[],\"version", "an id"},
        {"\"lock\":null,", "", "{\"mode\":\"gate\",\"fail_on\":\"error", "needs lock"},
        {"\"rule\":null", "\"role\":null", "{\"pack\":\"./null\"", "needs rule"},
        {"\"rule\":null,", "\"rule\":null,\"role\":null,", "\"role\"", "no key role"},
        {"\"of_folder\":true", "\"of_folder\":1", "1}", "of_folder"},
        {"\"packs\":[", "\"packs\":[7,", "7,", "packs[] must be a mapping"},
        {"\"faults\":[{", "\"other\":[{", "{\"schema", "the record needs faults"},
        {"\"state\":\"pass\"", "\"state\":\"passed\"", "\"passed\"", "did you mean pass"},
        {"0000000000000001", "000000000000000g", "\"000000000000000g", "a fingerprint has"},
        {"\"subject\":{\"name\":\"1\"}", "\"subject\":{}", "{}", "needs name"},
    };
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        pv_check_record record;
        pv_error error = {0};
        const pv_document *document = document_of(fixture, altered(fixture, trials[i].from, trials[i].to).data);
        assert_false(pv_check_record_read(&record, fixture->arena, document, &error));
        assert_int_equal(error.code, PV_ERROR_SHAPE);
        pv_str rest = pv_str_slice(document->source->bytes, error.where.start, document->source->bytes.size);
        if (!pv_str_starts_with(rest, pv_str_from(trials[i].at)))
            fail_msg("%zu: at %.30s: %s", i, rest.data, error.message);
        if (pv_str_find(pv_str_from(error.message), pv_str_from(trials[i].message), 0) == SIZE_MAX)
            fail_msg("%zu: %s", i, error.message);
    }
}

static void test_what_differs(void **state) {
    static const struct {
        const char *from, *to, *part, *message;
    } trials[] = {
        {"0.1.0", "0.2.0", "engine", "proviso was 0.1.0, is 0.2.0"},
        {"5.4.4", "5.4.6", "engine", "Lua was 5.4.4, is 5.4.6"},
        {"{\"Lua\":\"5.4.4\"}", "{}", "engine", "Lua was 5.4.4, is none"},
        {"proviso.yaml\",\"sha256\":\"aa", "proviso.yaml\",\"sha256\":\"bb", "configuration", ".proviso.yaml changed"},
        {".proviso.yaml", "../.proviso.yaml", "configuration", "the file was .proviso.yaml, is ../.proviso.yaml"},
        {"[],\"waivers\":null", "[],\"waivers\":{\"path\":\"w.yaml\",\"sha256\":\"" A64 "\"}", "waivers",
         "the file was none, is w.yaml"},
        {"\"others\":[]", "\"others\":[{\"path\":\"x/.proviso.yaml\",\"sha256\":\"" A64 "\"}]", "configuration",
         "of some inputs: x/.proviso.yaml is new"},
        {"\"yaml\",\"mode\":\"gate\"", "\"yaml\",\"mode\":\"draft\"", "input",
         "a.yaml was judged in gate mode, is judged in draft mode"},
        {"{\"mode\":\"gate\"", "{\"mode\":\"draft\"", "configuration", "the mode was gate, is draft"},
        {"20%", "30%", "configuration", "least of a.b was set to 20%, is set to 30%"},
        {"\"least\"", "\"most\"", "configuration", "least of a.b was set to 20%, is as the pack has it"},
        {"rules.lua\",\"sha256\":\"aa", "rules.lua\",\"sha256\":\"ba", "pack", "demo: rules.lua changed"},
        {"rules.lua", "more.lua", "pack", "demo: rules.lua is gone"},
        {"\"version\":\"1.0.0\"", "\"version\":\"1.1.0\"", "pack", "demo was version 1.0.0, is 1.1.0"},
        {"\"id\":\"demo\"", "\"id\":\"other\"", "pack", "demo judges no input any more"},
        {"\"sha256\":\"" A64 "\",\"pack\":\"demo\"", "\"sha256\":\"" B64 "\",\"pack\":\"demo\"", "input",
         "a.yaml changed"},
        {"\"sha256\":\"" A64 "\",\"pack\":\"demo\"", "\"sha256\":null,\"pack\":\"demo\"", "input",
         "a.yaml is missing, or cannot be read"},
        {"\",\"pack\":\"demo\",\"verdicts\"", "\",\"pack\":\"other\",\"verdicts\"", "input",
         "a.yaml was judged by the pack demo, is judged by other"},
        {"\"form\":\"demo\"", "\"form\":\"other\"", "input", "a.yaml was read as demo (yaml), is read as other (yaml)"},
        {"x.txt\",\"sha256\":\"aa", "x.txt\",\"sha256\":\"ab", "input", "a.yaml: x.txt changed"},
        {",\"files\":[{\"path\":\"x.txt\",\"sha256\":\"" A64 "\"}]", "", "input", "a.yaml: x.txt is gone"},
        {",\n{\"path\":\"torn.yaml\",\"sha256\":null,\"pack\":null,\"verdicts\":null}", "", "input",
         "torn.yaml is not checked any more"},
        {"\"pack\":null,\"verdicts\":null", "\"pack\":null,\"verdicts\":0", "verdicts",
         "torn.yaml could not be judged, and is now"},
        {"\"state\":\"pass\"", "\"state\":\"review\"", "verdicts", "a.yaml: pass was 1, is 0; review was 0, is 1"},
        {"003\",\"waiver\":null", "003\",\"waiver\":{}", "verdicts", "a.yaml: waived was 0, is 1"},
        {"\"six\"", "\"seven\"", "verdicts",
         "a.yaml: other verdicts, though as many of each state: a.c of 3 (changed-wording)"},
        {"2024-05-02", "2024-05-03", "verdicts",
         "a.yaml: other verdicts, though as many of each state: a.b of 2 (changed-wording)"},
        {"\"pass\",\"level\":\"error\"", "\"pass\",\"level\":\"note\"", "verdicts",
         "a.yaml: other verdicts, though as many of each state: their order, their places or the words of their rules"},
        {VERDICT("a.b", "fail", "five", "2", "\"2024-05-02\"") ",\n" VERDICT("a.c", "fail", "six", "3", "null"),
         VERDICT("a.c", "fail", "six", "3", "null") ",\n" VERDICT("a.b", "fail", "five", "2", "\"2024-05-02\""),
         "verdicts",
         "a.yaml: other verdicts, though as many of each state: their order, their places or the words of their rules"},
        {"\"twice\"", "\"thrice\"", "verdicts",
         "of no single input: other verdicts, though as many of each state: all.one of 4 (changed-wording)"},
        {",\n" VERDICT("all.one", "fail", "twice", "4", "null"), "", "verdicts", "they were 4, are 3"},
        {"\"verdicts\":3", "\"verdicts\":4", "verdicts", "a.yaml: fail was 2, is 3"},
        {"it is torn", "it is whole", "fault", "gone: it is torn"},
        {"\"line\":2", "\"line\":3", "fault", "gone: it is torn"},
        {"{\"pass\":1,\"fail\":3}", "{\"pass\":1,\"fail\":4}", "summary", "fail was 3, is 4"},
        {"\"report\":{\"schema\":1,", "\"report\":{", "record", "report is not as it was"},
        {"\"schema\":1", "\"schema\":\"1\"", "record", "report.schema is not as it was"},
        {"\"column\":1", "\"column\":2", "fault", "gone: it is torn"},
        {"\"sha256\":\"" A64 "\",\"form\"", "\"sha256\":\"" B64 "\",\"form\"", "record",
         "report.inputs[0].sha256 is not as it was"},
        {"\"from\":\".\"", "\"from\":\"..\"", "record", "options.from is not as it was"},
        {"\"mode\":\"gate\",\"fail_on\":null", "\"mode\":null,\"fail_on\":null", "record",
         "options.mode is not as it was"},
        {"\"rule\":\"a.b\",\"state\"", "\"also\":[],\"rule\":\"a.b\",\"state\"", "verdicts",
         "a.yaml: other verdicts, though as many of each state: their order, their places or the words of their rules"},
        {"\"exit_status\":2", "\"exit_status\":1", "exit status", "was 2, is 1"},
    };
    arena_fixture *fixture = *state;
    const pv_check_record then = record_of(fixture, sound);
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        const pv_check_record now = record_of(fixture, altered(fixture, trials[i].from, trials[i].to).data);
        pv_record_differences found;
        assert_true(pv_check_record_compare(&found, fixture->arena, &then, &now, &fixture->error));
        assert_int_not_equal(found.count, 0);
        assert_string_equal(found.first->part, trials[i].part);
        assert_str(found.first->message, trials[i].message);
    }
}

static void test_the_same_does_not_differ(void **state) {
    arena_fixture *fixture = *state;
    const pv_check_record then = record_of(fixture, sound);
    pv_record_differences found;
    assert_true(pv_check_record_compare(&found, fixture->arena, &then, &then, &fixture->error));
    assert_int_equal(found.count, 0);
}

/* The order of members, and white space, say nothing. */
static void test_the_order_of_members_does_not_differ(void **state) {
    arena_fixture *fixture = *state;
    const pv_check_record then = record_of(fixture, sound);
    const pv_check_record now =
        record_of(fixture, altered(fixture, "{\"pass\":1,\"fail\":3}", "{ \"fail\":3,\"pass\":1}").data);
    pv_record_differences found;
    assert_true(pv_check_record_compare(&found, fixture->arena, &then, &now, &fixture->error));
    assert_int_equal(found.count, 0);
}

static bool read_and_compare(pv_arena *arena, pv_error *error) {
    pv_document *document;
    pv_document *other_document;
    pv_check_record record;
    pv_check_record other;
    pv_record_differences found;
    char text[sizeof sound];
    memcpy(text, sound, sizeof sound);
    memcpy(strstr(text, "five"), "nine", 4);
    return try_document(&document, arena, sound, error) && pv_check_record_read(&record, arena, document, error) &&
           try_document(&other_document, arena, text, error) &&
           pv_check_record_read(&other, arena, other_document, error) &&
           pv_check_record_compare(&found, arena, &record, &other, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(read_and_compare);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_what_a_record_holds),
        arena_test(test_what_is_refused_and_where),
        arena_test(test_what_differs),
        arena_test(test_the_same_does_not_differ),
        arena_test(test_the_order_of_members_does_not_differ),
        arena_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
