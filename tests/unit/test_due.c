/* What falls due, by day. */
#include "terminal_fixture.h"

#include "report/check/terminal_p.h"

static pv_verdict *add_due(report_fixture *fixture, pv_state state, const char *words, const char *message,
                           const char *day) {
    pv_verdict *verdict = add_verdict(fixture, RULE_WHOLE, state, words, message);
    verdict->outcome.has_due = pv_date_parse(pv_str_from(day), &verdict->outcome.due);
    return verdict;
}

static void write_due(report_fixture *fixture, const char *as_of) {
    pv_buf_reset(&fixture->out);
    pv_due_write(&fixture->out, &fixture->style, pv_str_from(as_of), &fixture->input, fixture->base.arena);
    assert_false(fixture->out.failed);
}

/* 2024 is a leap year: from 28 February to 1 March are 2 days. */
static void test_by_day_and_then_by_place(void **state) {
    report_fixture *fixture = *state;
    add_due(fixture, PV_STATE_REVIEW, "form", "later", "2024-03-01");
    add_due(fixture, PV_STATE_FAIL, "plan", "long ago", "2023-02-28");
    add_due(fixture, PV_STATE_FAIL, "Health", "yesterday", "2024-02-27");
    add_due(fixture, PV_STATE_REVIEW, "Net", "", "2024-02-28");
    add_due(fixture, PV_STATE_REVIEW, "one", "also later", "2024-03-01");
    write_due(fixture, "2024-02-28");
    assert_written(fixture, "\nFalls due, seen from 2024-02-28\n"
                            "  2023-02-28  overdue by 365 days  the submission\n"
                            "              long ago (demo.whole, 2:11)\n"
                            "  2024-02-27  overdue by 1 day     the submission\n"
                            "              yesterday (demo.whole, 2:17)\n"
                            "  2024-02-28  today                the submission\n"
                            "              The filing is whole (demo.whole, 2:24)\n"
                            "  2024-03-01  in 2 days            the submission\n"
                            "              later (demo.whole, 1:1)\n"
                            "  2024-03-01  in 2 days            the submission\n"
                            "              also later (demo.whole, 8:8)\n");
}

static void test_passes_only_where_everything_is_asked_for(void **state) {
    report_fixture *fixture = *state;
    add_due(fixture, PV_STATE_PASS, "form", "not yet", "2024-03-01");
    add_due(fixture, PV_STATE_NOT_APPLICABLE, "form", "never", "2024-03-01");
    add_due(fixture, PV_STATE_FAIL, "form", "no day", "");
    write_due(fixture, "2024-02-29");
    assert_written(fixture, "");
    fixture->style.verbose = true;
    write_due(fixture, "2024-02-29");
    assert_shows(fixture, "2024-03-01  in 1 day");
    assert_hides(fixture, "never");
    assert_hides(fixture, "no day");
}

static void test_without_a_day_the_days_alone(void **state) {
    report_fixture *fixture = *state;
    add_due(fixture, PV_STATE_FAIL, "form", "late", "2024-03-01");
    write_due(fixture, "");
    assert_written(fixture, "\nFalls due\n"
                            "  2024-03-01  the submission\n"
                            "              late (demo.whole, 1:1)\n");
}

static void test_no_line_is_wider_than_the_style(void **state) {
    report_fixture *fixture = *state;
    add_due(fixture, PV_STATE_FAIL, "form", "a message that goes on for longer than any line there is", "1024-03-01");
    add_due(fixture, PV_STATE_REVIEW, "Net", "short", "2024-03-02");
    for (unsigned width = 40; width <= 120; width += 8) {
        fixture->style.width = width;
        write_due(fixture, "2024-02-29");
        assert_in_range(widest_line(pv_buf_str(&fixture->out)), 30, width);
    }
}

static void test_refused_memory_fails_the_buffer(void **state) {
    report_fixture *fixture = *state;
    add_due(fixture, PV_STATE_FAIL, "form", "late", "2024-03-01");
    bool refused = true;
    for (size_t request = 1; refused; request++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_buf out = pv_buf_on(&memory);
        pv_arena *scratch = pv_arena_new(&memory);
        memory.fail_after = request;
        pv_due_write(&out, &fixture->style, PV_STR("2024-02-29"), &fixture->input, scratch);
        refused = memory.fail_after == 0;
        assert_int_equal(out.failed, refused);
        pv_buf_clear(&out);
        pv_arena_free(scratch);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_by_day_and_then_by_place),        report_test(test_passes_only_where_everything_is_asked_for),
        report_test(test_without_a_day_the_days_alone),    report_test(test_no_line_is_wider_than_the_style),
        report_test(test_refused_memory_fails_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
