/* Which words of a rule file are changed, and into what; and what a declaration's words can give. */
#include "arena_fixture.h"

#include "lua/authoring/authoring.h"

static const pv_source *source_of(arena_fixture *fixture, const char *text) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    assert_true(
        pv_source_new(&source, fixture->arena, PV_STR("rules.lua"), pv_str_from(text), &limits, &fixture->error));
    return source;
}

static pv_mutations mutations_of(arena_fixture *fixture, const char *text) {
    pv_mutations all = {.arena = fixture->arena};
    pv_lexemes lexemes;
    assert_true(pv_lexemes_read(&lexemes, fixture->arena, source_of(fixture, text), &fixture->error));
    assert_true(pv_lua_mutations(&all, 0, &lexemes, NULL, &fixture->error));
    return all;
}

static void assert_mutants(arena_fixture *fixture, const char *text, const char *const *expected, size_t count) {
    pv_mutations all = mutations_of(fixture, text);
    for (size_t i = 0; i < count && i < all.count; i++)
        assert_str(pv_mutation_apply(&all.items[i], pv_str_from(text), fixture->arena), expected[i]);
    assert_int_equal(all.count, count);
}

#define ASSERT_MUTANTS(state, text, ...)                                                                               \
    do {                                                                                                               \
        const char *const expected_[] = {__VA_ARGS__};                                                                 \
        assert_mutants(state, text, expected_, sizeof expected_ / sizeof *expected_);                                  \
    } while (0)

static void test_comparisons_move_to_their_neighbour(void **state) {
    ASSERT_MUTANTS(*state, "return a < b", "return a <= b");
    ASSERT_MUTANTS(*state, "return a >= b", "return a > b");
    ASSERT_MUTANTS(*state, "return a == b", "return a ~= b");
}

static void test_logic_turns(void **state) {
    ASSERT_MUTANTS(*state, "return a and not b", "return a or not b", "return a and  b");
    ASSERT_MUTANTS(*state, "return true", "return false");
}

static void test_branches_are_negated_as_a_whole(void **state) {
    ASSERT_MUTANTS(*state, "if a or b then c() end", "if not (a or b) then c() end", "if a and b then c() end");
}

static void test_numbers_and_outcomes(void **state) {
    ASSERT_MUTANTS(*state, "return at_most(x, 5)", "return at_least(x, 5)", "return at_most(x, 6)",
                   "return at_most(x, 4)");
    ASSERT_MUTANTS(*state, "return review('5 of 6')", "return pass('5 of 6')");
    assert_int_equal(mutations_of(*state, "return text:fail(), fail").count, 0);
}

static void test_words_looked_for_become_unknown(void **state) {
    ASSERT_MUTANTS(*state, "local p = phrases { \"see it\" }", "local p = phrases { \"zzz\" }");
    ASSERT_MUTANTS(*state, "return mentions(t, 'x')", "return mentions(t, \"zzz\")");
}

static void test_days_move_by_one(void **state) {
    ASSERT_MUTANTS(*state, "return date(\"2024-02-28\")", "return date(\"2024-02-29\")", "return date(\"2024-02-27\")");
    ASSERT_MUTANTS(*state, "rule 'a.b' { title = '2024-02-28', since = '2024-01-01', check = c }",
                   "rule 'a.b' { title = '2024-02-28', since = '2024-01-02', check = c }",
                   "rule 'a.b' { title = '2024-02-28', since = '2023-12-31', check = c }");
    assert_int_equal(mutations_of(*state, "return f('2024-02-30', 'on 2024-02-01')").count, 0);
}

static void test_only_the_code_of_a_declaration_is_changed(void **state) {
    ASSERT_MUTANTS(*state,
                   "rule \"a.b\" {\n  title = \"At most 5\" .. 6, -- 7\n  level = \"error\",\n"
                   "  check = function(r) return f(r, 8) end,\n"
                   "  examples = { { state = \"pass\", at = 9, complete = true } },\n}\n",
                   "rule \"a.b\" {\n  title = \"At most 5\" .. 6, -- 7\n  level = \"error\",\n"
                   "  check = function(r) return f(r, 9) end,\n"
                   "  examples = { { state = \"pass\", at = 9, complete = true } },\n}\n",
                   "rule \"a.b\" {\n  title = \"At most 5\" .. 6, -- 7\n  level = \"error\",\n"
                   "  check = function(r) return f(r, 7) end,\n"
                   "  examples = { { state = \"pass\", at = 9, complete = true } },\n}\n");
}

static void assert_outcomes(arena_fixture *fixture, const char *declaration, bool fails, bool reviews,
                            bool may_not_apply) {
    const pv_source *source = source_of(fixture, declaration);
    const pv_rule rule = {.source = source, .at = {0, 4}};
    bool asked[4] = {false};
    assert_true(pv_declaration_outcomes(&rule, fixture->arena, asked, &fixture->error));
    assert_true(asked[PV_STATE_PASS]);
    assert_int_equal(asked[PV_STATE_FAIL], fails);
    assert_int_equal(asked[PV_STATE_REVIEW], reviews);
    assert_int_equal(asked[PV_STATE_NOT_APPLICABLE], may_not_apply);
}

static void test_what_the_words_of_a_declaration_can_give(void **state) {
    assert_outcomes(*state, "rule 'a' { check = function(r) return at_most(r, 1) end }", true, false, false);
    assert_outcomes(*state, "rule 'a' { check = function(r) return review('x') end }", false, true, false);
    assert_outcomes(*state, "rule 'a' { when = w, check = function(r) return review('x') or fail('y') end }", true,
                    true, true);
    assert_outcomes(*state, "rule 'a' { check = c, examples = { { review('x') } } }", true, false, false);
    assert_outcomes(*state, "rule 'a' { check = c } rule 'b' { check = review('x') }", true, false, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_comparisons_move_to_their_neighbour),
        arena_test(test_logic_turns),
        arena_test(test_branches_are_negated_as_a_whole),
        arena_test(test_numbers_and_outcomes),
        arena_test(test_words_looked_for_become_unknown),
        arena_test(test_days_move_by_one),
        arena_test(test_only_the_code_of_a_declaration_is_changed),
        arena_test(test_what_the_words_of_a_declaration_can_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
