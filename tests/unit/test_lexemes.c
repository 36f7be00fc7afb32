/* The words of Lua sources: what is code, what is a string or comment, and which expression a name ends. */
#include "arena_fixture.h"

#include "base/buf.h"
#include "lua/authoring/authoring_p.h"

static pv_lexemes lexemes_of(arena_fixture *fixture, const char *text) {
    pv_limits limits = pv_limits_default();
    pv_source *source = NULL;
    pv_lexemes lexemes;
    pv_error error = {0};
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("a.lua"), pv_str_from(text), &limits, &error));
    assert_true(pv_lexemes_read(&lexemes, fixture->arena, source, &error));
    return lexemes;
}

/* All lexemes of text, with a bar between. */
static void assert_lexemes(arena_fixture *fixture, const char *text, const char *expected) {
    pv_lexemes lexemes = lexemes_of(fixture, text);
    pv_buf joined = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < lexemes.count; i++) {
        pv_buf_append_text(&joined, i > 0 ? "|" : "");
        pv_buf_append(&joined, pv_lexemes_text(&lexemes, i));
    }
    assert_str(pv_buf_str(&joined), expected);
    pv_buf_clear(&joined);
}

static void test_lexemes(void **state) {
    arena_fixture *fixture = *state;
    assert_lexemes(fixture, "", "");
    assert_lexemes(fixture, "a.b:c(1)", "a|.|b|:|c|(|1|)");
    assert_lexemes(fixture, "x=1..2", "x|=|1..2"); /* malformed to Lua too, but one word */
    assert_lexemes(fixture, "a..b...", "a|..|b|...");
    assert_lexemes(fixture, "a==b~=c<=d>=e//f", "a|==|b|~=|c|<=|d|>=|e|//|f");
    assert_lexemes(fixture, "0x1F 3e-2 .5 7", "0x1F|3e-2|.5|7");
    assert_lexemes(fixture, "a-b", "a|-|b");
    assert_lexemes(fixture,
                   "\xEF\xBB\xBF"
                   "a",
                   "a");
}

static void test_strings_and_comments(void **state) {
    arena_fixture *fixture = *state;
    assert_lexemes(fixture, "a -- b 3\nc", "a|c");
    assert_lexemes(fixture, "a --[[ b\n 3 ]] c", "a|c");
    assert_lexemes(fixture, "a --[==[ ]] ]=] ]==] c", "a|c");
    assert_lexemes(fixture, "a --", "a");
    assert_lexemes(fixture, "'it\\'s -- 3' x", "'it\\'s -- 3'|x");
    assert_lexemes(fixture, "[[a]b]] x", "[[a]b]]|x");
    assert_lexemes(fixture, "t[1] t[ [[k]] ]", "t|[|1|]|t|[|[[k]]|]");
    pv_lexemes lexemes = lexemes_of(fixture, "\"a\" 'b\\n' [[\nc]] [=[d]=] e");
    pv_str text;
    assert_true(pv_lexemes_string(&lexemes, 0, &text));
    assert_str(text, "a");
    assert_false(pv_lexemes_string(&lexemes, 1, &text)); /* its value is not what stands there */
    assert_true(pv_lexemes_string(&lexemes, 2, &text));
    assert_str(text, "c");
    assert_true(pv_lexemes_string(&lexemes, 3, &text));
    assert_str(text, "d");
    assert_false(pv_lexemes_string(&lexemes, 4, &text));
    assert_false(pv_lexemes_string(&lexemes, 5, &text));
}

static void test_lines(void **state) {
    pv_lexemes lexemes = lexemes_of(*state, "a\n--[[\n\n]] b \"\\\n\"\nc");
    assert_int_equal(lexemes.at[0].line, 1);
    assert_int_equal(lexemes.at[1].line, 4);
    assert_int_equal(lexemes.at[2].line, 4);
    assert_int_equal(lexemes.at[3].line, 6);
}

/* The expressions of line 1 of text that ask for name, or call it, with a bar between. */
static void assert_expressions(arena_fixture *fixture, const char *text, const char *name, bool calls,
                               const char *expected) {
    pv_lexemes lexemes = lexemes_of(fixture, text);
    pv_expression found[8];
    size_t count = pv_expressions_of_name(&lexemes, 1, pv_str_from(name), calls, found, 8);
    pv_buf joined = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < count; i++) {
        pv_buf_append_text(&joined, i > 0 ? "|" : "");
        pv_buf_append(&joined, pv_expression_text(&lexemes, found[i], fixture->arena));
    }
    assert_str(pv_buf_str(&joined), expected);
    pv_buf_clear(&joined);
}

static void test_expressions(void **state) {
    arena_fixture *fixture = *state;
    assert_expressions(fixture, "local a = r.item.target", "target", false, "r.item.target");
    assert_expressions(fixture, "if a.x == b.x then", "x", false, "a.x|b.x");
    assert_expressions(fixture, "x = y", "x", false, ""); /* a variable is not asked for */
    assert_expressions(fixture, "f(a[1].x).y", "y", false, "f(a[1].x).y");
    assert_expressions(fixture, "return (a or b):at(c)", "at", true, "(a or b):at(c)");
    assert_expressions(fixture, "r.text:find(p):at(1)", "find", true, "r.text:find(p)");
    assert_expressions(fixture, "local function f(x) return g { x } end", "f", true, "");
    assert_expressions(fixture, "local function f(x) return g { x } end", "g", true, "g { x }");
    assert_expressions(fixture, "fail(\"no\",\n  1)\n  :at(x)", "at", true, "fail(\"no\", 1):at(x)");
    assert_expressions(fixture, "a()\nb.x()", "x", true, ""); /* on another line, and it starts there */
}

static void test_what_a_line_returns(void **state) {
    arena_fixture *fixture = *state;
    pv_lexemes lexemes = lexemes_of(fixture, "return at_most(a, (b)):at(c[1]), 2\nreturn x\nlocal y = f()");
    pv_expression returned;
    assert_true(pv_expressions_returned(&lexemes, 1, &returned));
    assert_str(pv_expression_text(&lexemes, returned, fixture->arena), "at_most(a, (b)):at(c[1])");
    assert_false(pv_expressions_returned(&lexemes, 2, &returned));
    assert_false(pv_expressions_returned(&lexemes, 3, &returned));
}

static void test_a_long_expression_is_cut(void **state) {
    arena_fixture *fixture = *state;
    pv_str repeated_argument = repeated(fixture->arena, "äö, ", 100);
    pv_str text = pv_arena_format(fixture->arena, "f(\"%.*s\")", PV_STR_ARG(repeated_argument));
    pv_lexemes lexemes = lexemes_of(fixture, text.data);
    pv_str shown = pv_expression_text(&lexemes, (pv_expression){0, lexemes.count - 1}, fixture->arena);
    assert_true(shown.size < 150);
    assert_true(pv_str_ends_with(shown, PV_STR("…")));
}

static bool read_some(pv_arena *arena, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_lexemes lexemes;
    return pv_source_new(&source, arena, PV_STR("a.lua"), PV_STR("a.b(c)"), &limits, error) &&
           pv_lexemes_read(&lexemes, arena, source, error);
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(read_some);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_lexemes),
        arena_test(test_strings_and_comments),
        arena_test(test_lines),
        arena_test(test_expressions),
        arena_test(test_what_a_line_returns),
        arena_test(test_a_long_expression_is_cut),
        arena_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
