#include "torture.h"

#include "arena_fixture.h"
#include "base/buf.h"
#include "text/clauses.h"

static void show_result(pv_buf *out, pv_str template, pv_str text, const pv_clause_result *result) {
    pv_buf_append_text(out, pv_clause_state_name(result->state));
    if (result->state != PV_CLAUSE_CHANGED)
        return;
    pv_buf_format(out, " %u at %.*s", result->similarity,
                  PV_STR_ARG(pv_str_slice(text, result->departs.start, result->departs.end)));
    for (size_t i = 0; i < result->run_count; i++) {
        const pv_clause_run *run = &result->runs[i];
        pv_buf_format(out, " %c%.*s", run->added ? '+' : '-',
                      PV_STR_ARG(pv_str_slice(run->added ? text : template, run->at.start, run->at.end)));
    }
}

/* "kept / changed 8571 at not +not / missing", one for each clause. */
static void check(void **state, const char *template, const char *text, const char *expected) {
    arena_fixture *fixture = *state;
    pv_error error = {0};
    pv_str template_bytes = pv_str_from(template), bytes = pv_str_from(text);
    pv_clause_list clauses;
    pv_token_list tokens;
    pv_lines lines;
    pv_clause_index *index;
    assert_true(pv_clauses_find(fixture->arena, template_bytes, &clauses, &error));
    assert_true(pv_tokens_find(fixture->arena, bytes, &tokens, &error));
    assert_true(pv_lines_find(fixture->arena, bytes, &lines, &error));
    assert_true(pv_clause_index_build(&index, fixture->arena, &tokens, &lines, &error));
    pv_buf shown = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < clauses.count; i++) {
        pv_clause_result result;
        assert_true(pv_clause_hold(index, &clauses.clauses[i], fixture->arena, &result, &error));
        pv_buf_append_text(&shown, i > 0 ? " / " : "");
        show_result(&shown, template_bytes, bytes, &result);
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

static void check_clauses(void **state, const char *template, const char *expected) {
    arena_fixture *fixture = *state;
    pv_error error = {0};
    pv_str bytes = pv_str_from(template);
    pv_clause_list clauses;
    assert_true(pv_clauses_find(fixture->arena, bytes, &clauses, &error));
    pv_buf shown = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < clauses.count; i++)
        pv_buf_format(&shown, "%s%.*s", i > 0 ? " | " : "",
                      PV_STR_ARG(pv_str_slice(bytes, clauses.clauses[i].at.start, clauses.clauses[i].at.end)));
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

static void test_what_is_a_clause(void **state) {
    check_clauses(state, "1. Term\n\nIt begins today.\n\na. It ends.\n\n(b) It is renewed.\n\n• It is signed.\n",
                  "It begins today. | It ends. | It is renewed. | It is signed.");
    check_clauses(state, "2. Term. It begins\ntoday.\n3. Fees. There are none.\n\n____\n",
                  "It begins\ntoday. | There are none.");
    check_clauses(state, "It begins.\nIt ends.", "It begins. | It ends.");
    check_clauses(state, "", "");
}

#define SHALL "The plan shall train all staff within 60 days."

static void test_kept(void **state) {
    check(state, SHALL, SHALL, "kept");
    check(state, SHALL, "Before. The PLAN shall train\n   all staff within 60 days, and yearly.", "kept");
    check(state, "One is here. Two too.\n\nThree is there.", "Three is there.\n\nNew.\n\nOne is here. Two too.",
          "kept / kept");
    /* What a page prints around the text is passed over. */
    check(
        state, SHALL,
        "I. A\n\nPage 1\nThe Plan\n\nII. B\n\nThe plan shall\nPage 2\nThe Plan\ntrain all staff within 60 days.\nPage "
        "3\nThe Plan\n",
        "kept");
}

static void test_filled_in(void **state) {
    check(state, "As of [date], [party] and the plan agree for ____ years.",
          "As of January 1, 2024, the County of Mono and the plan agree for three years.", "kept");
    check(state, "As of {{date}} they agree.", "As of they agree.", "kept");
    check(state, "[Party] shall report.", "The county shall report.", "kept");
    /* The first of the words that follow is not always the right one. */
    check(state, "It ends on [day] of the term.", "It ends on the last day of the year of the term.", "kept");
    /* Room is not without end. */
    arena_fixture *fixture = *state;
    pv_str many = repeated(fixture->arena, "very ", PV_FILL_WORDS_MAX + 1);
    pv_str text = pv_arena_format(fixture->arena, "yearly report is %.*s good.", PV_STR_ARG(many));
    check(state, "Their yearly report is [how] good.", text.data, "changed 6000 at yearly -Their -good");
}

static void test_changed(void **state) {
    check(state, SHALL, "The plan shall not train all staff within 60 days.", "changed 9000 at not +not");
    check(state, SHALL, "The plan may train all staff within 90 days.",
          "changed 6363 at may -shall +may -60 +90"); /* 7 of 9, and 2 put in */
    check(state, SHALL, "The plan shall train all staff.", "changed 6666 at staff -within 60 days");
    check(state, SHALL, "The plan shall train.", "missing"); /* four of nine */
    check(state, "The [party] must provide education to members.",
          "The County of Mono must not provide education to members.", "changed 8571 at not +not");
}

static void test_missing(void **state) {
    check(state, SHALL, "Nothing of the kind.", "missing");
    check(state, SHALL, "", "missing");
    check(state, "Both agree.", "Both disagree.", "missing"); /* too short to be recognised in other words */
}

/* A limit is said to be one. */
static void test_limits(void **state) {
    arena_fixture *fixture = *state;
    pv_error error = {0};
    pv_clause_list clauses;
    pv_str longest = repeated(fixture->arena, "word ", PV_CLAUSE_TOKENS_MAX);
    assert_true(pv_clauses_find(fixture->arena, longest, &clauses, &error));
    assert_int_equal(clauses.count, 1);
    pv_str longer = repeated(fixture->arena, "word ", PV_CLAUSE_TOKENS_MAX + 1);
    assert_false(pv_clauses_find(fixture->arena, longer, &clauses, &error));
    assert_int_equal(error.code, PV_ERROR_LIMIT);
}

static void test_too_much_work(void **state) {
    arena_fixture *fixture = *state;
    pv_error error = {0};
    pv_clause_list clauses;
    pv_token_list tokens;
    pv_lines lines;
    pv_clause_index *index;
    pv_clause_result result;
    pv_str text = repeated(fixture->arena, "a ", 40000);
    pv_str template = repeated(fixture->arena, "a ____ ", 400);
    template = pv_arena_format(fixture->arena, "%.*s b", PV_STR_ARG(template));
    assert_true(pv_clauses_find(fixture->arena, template, &clauses, &error));
    assert_true(pv_tokens_find(fixture->arena, text, &tokens, &error));
    assert_true(pv_lines_find(fixture->arena, text, &lines, &error));
    assert_true(pv_clause_index_build(&index, fixture->arena, &tokens, &lines, &error));
    assert_false(pv_clause_hold(index, &clauses.clauses[0], fixture->arena, &result, &error));
    assert_int_equal(error.code, PV_ERROR_LIMIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_a_clause, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_kept, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_filled_in, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_changed, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_missing, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_limits, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_too_much_work, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
