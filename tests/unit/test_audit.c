/* Records of checks: reading them, and what differs between two. */
#include "document_fixture.h"

#include "run/audit_comparison.h"

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B64 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char sound[] =
    "{\"schema\":1,\"kind\":\"audit-record\",\n"
    "\"engine\":{\"version\":\"0.1.0\",\"built_with\":{\"Lua\":\"5.4.4\"}},\n"
    "\"options\":{\"pack\":\"./null\",\"mode\":\"gate\",\"fail_on\":null,\"as_of\":\"2024-05-01\",\"rule\":null,"
    "\"waivers\":null,\"baseline\":null,\"stdin_filename\":null,\"from\":\".\",\"of_folder\":true},\n"
    "\"configuration\":{\"mode\":\"gate\",\"fail_on\":\"error\",\"file\":{\"path\":\".proviso.yaml\",\"sha256\":\"" A64
    "\"},\"lock\":null,\"others\":[],\"waivers\":null,\"baseline\":null,\n"
    "\"parameters\":[{\"pack\":\"demo\",\"rule\":\"a.b\",\"name\":\"least\",\"value\":\"20%\"}]},\n"
    "\"packs\":[{\"id\":\"demo\",\"version\":\"1.0.0\",\"sha256\":\"" A64
    "\",\"files\":[{\"path\":\"pack.yaml\",\"sha256\":\"" A64 "\"},{\"path\":\"rules.lua\",\"sha256\":\"" A64
    "\"}]}],\n"
    "\"inputs\":[{\"path\":\"a.yaml\",\"sha256\":\"" A64
    "\",\"form\":\"demo\",\"format\":\"yaml\",\"pack\":\"demo\",\"mode\":\"gate\","
    "\"fail_on\":\"error\",\"files\":[{\"path\":\"x.txt\",\"sha256\":\"" A64 "\"}],\n"
    "\"verdicts\":{\"count\":3,\"pass\":1,\"fail\":2,\"review\":0,\"not_applicable\":0,\"not_checked\":0,\"waived\":0,"
    "\"sha256\":\"" A64 "\"}},\n"
    "{\"path\":\"torn.yaml\",\"sha256\":null,\"form\":null,\"format\":null,\"pack\":null,\"mode\":null,"
    "\"fail_on\":null,\"files\":[],\"verdicts\":"
    "null}],"
    "\n\"verdicts\":{\"count\":3,\"sha256\":\"" A64 "\"},\n"
    "\"faults\":[{\"rule\":null,\"kind\":\"input\",\"message\":\"it is torn\","
    "\"at\":{\"path\":\"torn.yaml\",\"line\":2,\"column\":1}}],\n"
    "\"summary\":{\"pass\":1,\"fail\":2},\n"
    "\"exit_status\":2}\n";

/* The sound record with one text in the place of another. */
static pv_str altered(arena_fixture *fixture, const char *from, const char *to) {
    pv_str text = pv_str_from(sound);
    size_t at = pv_str_find(text, pv_str_from(from), 0);
    assert_int_not_equal(at, SIZE_MAX);
    pv_str made = pv_arena_format(fixture->arena, "%.*s%s%s", (int)at, sound, to, sound + at + strlen(from));
    assert_non_null(made.data);
    return made;
}

static pv_audit_record record_of(arena_fixture *fixture, const char *text) {
    pv_audit_record record;
    pv_error error = {0};
    if (!pv_audit_record_read(&record, fixture->arena, document_of(fixture, text), &error))
        fail_msg("at byte %u: %s", error.where.start, error.message);
    return record;
}

static void test_what_a_record_holds(void **state) {
    const pv_audit_record record = record_of(*state, sound);
    assert_str(record.version, "0.1.0");
    assert_str(record.libraries.list[0].path, "Lua");
    assert_str(record.libraries.list[0].sha256, "5.4.4");
    assert_str(record.pack, "./null");
    assert_str(record.given_mode, "gate");
    assert_str(record.given_fail_on, "");
    assert_str(record.as_of, "2024-05-01");
    assert_str(record.from, ".");
    assert_true(record.of_folder);
    assert_str(record.fail_on, "error");
    assert_str(record.configuration.path, ".proviso.yaml");
    assert_str(record.lock.path, "");
    assert_int_equal(record.parameter_count, 1);
    assert_str(record.parameters[0].value, "20%");
    assert_int_equal(record.pack_count, 1);
    assert_str(record.packs[0].files.list[1].path, "rules.lua");
    assert_int_equal(record.input_count, 2);
    assert_true(record.inputs[0].judged);
    assert_str(record.inputs[0].mode, "gate");
    assert_int_equal(record.inputs[0].states[PV_RECORDED_FAIL], 2);
    assert_false(record.inputs[1].judged);
    assert_str(record.inputs[1].sha256, "");
    assert_str(record.faults[0].line, "2");
    assert_int_equal(record.exit_status, 2);
}

static void test_what_is_refused_and_where(void **state) {
    static const struct {
        const char *from, *to, *at, *message;
    } trials[] = {
        {"\"schema\":1", "\"schema\":2", "2,", "the layout 2"},
        {"\"schema\":1,", "", "{\"kind", "no record"},
        {"audit-record", "report", "{\"schema", "no record"},
        {"\"gate\",\"fail_on\":null", "\"gates\",\"fail_on\":null", "\"gates\"", "did you mean gate"},
        {"2024-05-01", "2024-05-32", "\"2024-05-32", "there is no day"},
        {"\"0.1.0\"", "null", "null,\"built_with", "the version is null"},
        {"\"count\":3,\"pass\"", "\"count\":-3,\"pass\"", "-3", "whole number"},
        {"\"count\":3,\"pass\"", "\"count\":12345678901234567890,\"pass\"", "12345678901234567890", "whole number"},
        {"\"id\":\"demo\"", "\"id\":[]", "[],\"version", "an id"},
        {"\"lock\":null,", "", "{\"mode\":\"gate\",\"fail_on\":\"error", "needs lock"},
        {"\"lock\"", "\"key\"", "\"key\"", "no key key"},
        {"\"of_folder\":true", "\"of_folder\":1", "1}", "of_folder"},
        {"\"packs\":[", "\"packs\":[7,", "7,", "a pack"},
    };
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        pv_audit_record record;
        pv_error error = {0};
        const pv_document *document = document_of(fixture, altered(fixture, trials[i].from, trials[i].to).data);
        assert_false(pv_audit_record_read(&record, fixture->arena, document, &error));
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
        {"\"demo\",\"mode\":\"gate\"", "\"demo\",\"mode\":\"draft\"", "input",
         "a.yaml was judged in gate mode, is judged in draft mode"},
        {"{\"mode\":\"gate\"", "{\"mode\":\"draft\"", "configuration", "the mode was gate, is draft"},
        {"20%", "30%", "configuration", "least of a.b was set to 20%, is set to 30%"},
        {"\"least\"", "\"most\"", "configuration", "least of a.b was set to 20%, is as the pack has it"},
        {"rules.lua\",\"sha256\":\"aa", "rules.lua\",\"sha256\":\"ba", "pack", "demo: rules.lua changed"},
        {"rules.lua", "more.lua", "pack", "demo: rules.lua is gone"},
        {"\"version\":\"1.0.0\"", "\"version\":\"1.1.0\"", "pack", "demo was version 1.0.0, is 1.1.0"},
        {"\"id\":\"demo\"", "\"id\":\"other\"", "pack", "demo judges no input any more"},
        {"a.yaml\",\"sha256\":\"aa", "a.yaml\",\"sha256\":\"ab", "input", "a.yaml changed"},
        {"a.yaml\",\"sha256\":\"" A64 "\"", "a.yaml\",\"sha256\":null", "input",
         "a.yaml is missing, or cannot be read"},
        {"x.txt\",\"sha256\":\"aa", "x.txt\",\"sha256\":\"ab", "input", "a.yaml: x.txt changed"},
        {"\"pass\":1,\"fail\":2,\"review\":0", "\"pass\":0,\"fail\":2,\"review\":1", "verdicts",
         "a.yaml: pass was 1, is 0; review was 0, is 1"},
        {"\"waived\":0,\"sha256\":\"aa", "\"waived\":0,\"sha256\":\"ab", "verdicts",
         "a.yaml: other verdicts, though as many of each state"},
        {"{\"count\":3,\"sha256\":\"" A64, "{\"count\":3,\"sha256\":\"" B64, "verdicts",
         "their sha256 was " A64 ", is " B64},
        {"{\"count\":3,\"sha256\"", "{\"count\":4,\"sha256\"", "verdicts", "they were 3, are 4"},
        {"it is torn", "it is whole", "fault", "gone: it is torn"},
        {"\"line\":2", "\"line\":3", "fault", "gone: it is torn"},
        {"{\"pass\":1,\"fail\":2}", "{\"pass\":1,\"fail\":3}", "summary", "fail was 2, is 3"},
        {"\"exit_status\":2", "\"exit_status\":1", "exit status", "was 2, is 1"},
    };
    arena_fixture *fixture = *state;
    const pv_audit_record then = record_of(fixture, sound);
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        const pv_audit_record now = record_of(fixture, altered(fixture, trials[i].from, trials[i].to).data);
        pv_audit_differences found;
        assert_true(pv_audit_compare(&found, fixture->arena, &then, &now, &fixture->error));
        assert_int_not_equal(found.count, 0);
        assert_string_equal(found.first->part, trials[i].part);
        assert_str(found.first->message, trials[i].message);
    }
}

static void test_the_same_does_not_differ(void **state) {
    arena_fixture *fixture = *state;
    const pv_audit_record then = record_of(fixture, sound);
    pv_audit_differences found;
    assert_true(pv_audit_compare(&found, fixture->arena, &then, &then, &fixture->error));
    assert_int_equal(found.count, 0);
}

static bool read_and_compare(pv_arena *arena, pv_error *error) {
    pv_document *document;
    pv_audit_record record;
    pv_audit_record other;
    pv_audit_differences found;
    if (!try_document(&document, arena, sound, error) || !pv_audit_record_read(&record, arena, document, error))
        return false;
    other = record;
    other.version = PV_STR("0.2.0");
    return pv_audit_compare(&found, arena, &record, &other, error);
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
        arena_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
