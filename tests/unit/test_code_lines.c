/* Which lines of a rule file have code that can run while a rule is judged. */
#include "arena_fixture.h"

#include "lua/authoring/authoring_p.h"

#define LINES ((size_t)12)

/* One character per line: x where there is code. */
static void assert_lines(arena_fixture *fixture, const char *text, const char *expected) {
    const pv_chunk chunk = {.name = "@rules.lua", .text = pv_str_from(text)};
    bool with_code[LINES] = {false};
    char found[LINES + 1] = "";
    size_t count = pv_str_from(expected).size;
    assert_true(pv_code_lines(&fixture->memory, &chunk, with_code, count, &fixture->error));
    for (size_t i = 0; i < count; i++)
        found[i] = with_code[i] ? 'x' : '.';
    assert_str(pv_str_from(found), expected);
}

static void test_file_level_is_left_out(void **state) {
    assert_lines(*state, "local a = 1\nlocal b = {\n  a,\n}\n", "....");
}

static void test_heads_ends_and_blank_lines_have_none(void **state) {
    assert_lines(*state,
                 "local function f(x)\n" /* . */
                 "\n"                    /* . */
                 "  -- a remark\n"       /* . */
                 "  if x > 1 then\n"     /* x */
                 "    return 'more'\n"   /* x */
                 "  else\n"              /* . */
                 "    x = x + 0.5\n"     /* x */
                 "  end\n"               /* . */
                 "  return x\n"          /* x */
                 "end\n",                /* . */
                 "...xx.x.x.");
}

static void test_functions_in_functions_and_in_tables(void **state) {
    assert_lines(*state,
                 "rule 'a' {\n"
                 "  check = function(r, ...)\n"
                 "    return map(r,\n"               /* x */
                 "      function(e) return e end)\n" /* x */
                 "  end,\n"
                 "  examples = { { at = 1 } },\n"
                 "}\n",
                 "..xx...");
}

/* More than 127 lines between two instructions: the dump then gives the line itself. */
static void test_far_jumps_of_lines(void **state) {
    arena_fixture *fixture = *state;
    pv_str gap = repeated(fixture->arena, "\n", 300);
    pv_str text = pv_arena_format(fixture->arena, "function f()\n  g()%.*s  h()\nend\n", PV_STR_ARG(gap));
    const pv_chunk chunk = {.name = "@rules.lua", .text = text};
    bool with_code[303] = {false};
    assert_true(pv_code_lines(&fixture->memory, &chunk, with_code, 303, &fixture->error));
    size_t count = 0;
    for (size_t i = 0; i < 303; i++)
        count += with_code[i];
    assert_int_equal(count, 2);
    assert_true(with_code[1]);
    assert_true(with_code[301]);
}

static void test_what_does_not_compile_has_none(void **state) {
    assert_lines(*state, "function f(\n  return\n", "..");
}

static void test_refused_memory_is_an_error(void **state) {
    (void)state;
    const pv_chunk chunk = {.name = "@rules.lua", .text = PV_STR("function f() return 1 end")};
    bool refused = true;
    for (size_t request = 1; refused; request++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_error error = {0};
        bool with_code[1];
        memory.fail_after = request;
        bool done = pv_code_lines(&memory, &chunk, with_code, 1, &error);
        refused = memory.fail_after == 0;
        /* Lua may do without what it was refused, by collecting; it must never be a wrong answer or a leak. */
        assert_true(done || error.code == PV_ERROR_MEMORY);
        assert_true(done || refused);
        assert_int_equal(memory.used, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_file_level_is_left_out),
        arena_test(test_heads_ends_and_blank_lines_have_none),
        arena_test(test_functions_in_functions_and_in_tables),
        arena_test(test_far_jumps_of_lines),
        arena_test(test_what_does_not_compile_has_none),
        cmocka_unit_test(test_refused_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
