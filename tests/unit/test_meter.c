/* The meter with a clock that ticks when it is told to. */
#include "report_fixture.h"

#include "report/other/profile_report.h"

/* What is written holds these lines. */
#define assert_contains(fixture, lines)                                                                                \
    assert_int_not_equal(pv_str_find(pv_buf_str(&(fixture)->out), PV_STR(lines), 0), SIZE_MAX)

static uint64_t ticks;

static uint64_t now(void *payload) {
    (void)payload;
    return ticks;
}

static void start(pv_meter *meter, report_fixture *fixture) {
    pv_error error = {0};
    ticks = 1000;
    assert_true(pv_meter_start(meter, (pv_clock){.now = now}, &fixture->base.memory, &error));
}

static void stop(pv_meter *meter) {
    pv_error error = {0};
    assert_true(pv_meter_stop(meter, &error));
}

/* The rule on the item-th response, for so long. */
static void call(pv_meter *meter, const report_fixture *fixture, size_t item, uint64_t nanoseconds) {
    const pv_response *response = &fixture->submission->responses[item];
    const pv_subject subject = {.kind = PV_SUBJECT_RESPONSE, .response = response};
    pv_meter_begin_call(meter, PV_PHASE_RULES);
    ticks += nanoseconds;
    pv_meter_end_call(meter, &report_rules[RULE_LIMIT], &subject, fixture->submission->source, response->at.start);
}

static void test_exactly_one_phase_is_on(void **state) {
    pv_meter meter;
    start(&meter, *state);
    ticks += 5; /* anything else */
    pv_phase before = pv_meter_enter(&meter, PV_PHASE_READ);
    assert_int_equal(before, PV_PHASE_OTHER);
    ticks += 7;
    assert_int_equal(pv_meter_enter(&meter, PV_PHASE_PARSE), PV_PHASE_READ);
    ticks += 11;
    assert_int_equal(pv_meter_enter(&meter, before), PV_PHASE_PARSE);
    ticks += 13;
    stop(&meter);
    assert_int_equal(meter.phases[PV_PHASE_OTHER].nanoseconds, 18);
    assert_int_equal(meter.phases[PV_PHASE_READ].nanoseconds, 7);
    assert_int_equal(meter.phases[PV_PHASE_PARSE].nanoseconds, 11);
    assert_int_equal(meter.phases[PV_PHASE_PARSE].entered, 1);
    pv_meter_clear(&meter);
}

/* when and texts are part of the call and of phases of their own. */
static void test_a_call_has_its_parts(void **state) {
    report_fixture *fixture = *state;
    const pv_subject whole = {.kind = PV_SUBJECT_SUBMISSION};
    const pv_rule *rule = &report_rules[RULE_WHOLE];
    pv_meter meter;
    start(&meter, fixture);
    pv_meter_begin_call(&meter, PV_PHASE_RULES);
    ticks += 1;
    pv_phase before = pv_meter_enter(&meter, PV_PHASE_APPLICABILITY);
    ticks += 2;
    assert_true(pv_meter_begin_texts(&meter));
    ticks += 4;
    assert_false(pv_meter_end_texts(&meter, false));
    ticks += 8;
    (void)pv_meter_enter(&meter, before);
    ticks += 16;
    pv_meter_charge(&meter, 300, 1000, 64);
    pv_meter_end_call(&meter, rule, &whole, fixture->submission->source, 0);
    ticks += 32;
    pv_meter_pass_over(&meter, rule);
    stop(&meter);
    assert_int_equal(meter.rules.count, 1);
    const pv_rule_cost *cost = &meter.rules.items[0];
    assert_int_equal(cost->nanoseconds, 31);
    assert_int_equal(cost->applicability, 10);
    assert_int_equal(cost->texts, 4);
    assert_int_equal(cost->calls, 1);
    assert_int_equal(cost->passed_over, 1);
    assert_int_equal(cost->work, 300);
    assert_int_equal(cost->budget, 1000);
    assert_int_equal(cost->most_bytes, 64);
    assert_int_equal(meter.phases[PV_PHASE_RULES].nanoseconds, 17);
    assert_int_equal(meter.phases[PV_PHASE_VERDICTS].nanoseconds, 32);
    pv_meter_clear(&meter);
}

static void test_the_slowest_are_kept_with_their_places(void **state) {
    report_fixture *fixture = *state;
    pv_meter meter;
    start(&meter, fixture);
    for (uint64_t i = 1; i <= 30; i++)
        call(&meter, fixture, i % 2, i == 7 ? 500 : i);
    stop(&meter);
    assert_int_equal(meter.slowest_count, PV_METER_SLOWEST);
    assert_int_equal(meter.slowest[0].nanoseconds, 500);
    assert_int_equal(meter.slowest[1].nanoseconds, 30);
    assert_int_equal(meter.slowest[9].nanoseconds, 22);
    assert_str(meter.slowest[0].rule, "demo.limit");
    assert_str(meter.slowest[0].subject, "1.1.2");
    assert_true(meter.slowest[0].at.line > 0);
    pv_meter_clear(&meter);
}

/* What is held at a time belongs to the phase of that time, and the account gets its own peak back. */
static void test_the_peak_of_each_phase(void **state) {
    report_fixture *fixture = *state;
    pv_memory *memory = &fixture->base.memory;
    pv_meter meter;
    start(&meter, fixture);
    size_t base = memory->used;
    (void)pv_meter_enter(&meter, PV_PHASE_PARSE);
    void *block = pv_memory_new(memory, 10000000);
    assert_non_null(block);
    pv_memory_free(memory, block, 10000000);
    (void)pv_meter_enter(&meter, PV_PHASE_REPORT);
    stop(&meter);
    assert_int_equal(meter.phases[PV_PHASE_PARSE].peak, base + 10000000);
    assert_int_equal(meter.phases[PV_PHASE_REPORT].peak, base);
    assert_int_equal(memory->peak, base + 10000000);
    pv_meter_clear(&meter);
}

static void test_nobody_asks(void **state) {
    (void)state;
    assert_int_equal(pv_meter_enter(NULL, PV_PHASE_READ), PV_PHASE_OTHER);
    assert_true(pv_meter_begin_texts(NULL) && pv_meter_end_texts(NULL, true));
    pv_meter_begin_call(NULL, PV_PHASE_RULES);
    pv_meter_charge(NULL, 1, 1, 1);
    pv_meter_end_call(NULL, NULL, NULL, NULL, 0);
    pv_meter_pass_over(NULL, NULL);
    pv_meter_count(NULL);
}

/* A missing row would be taken for a rule that took nothing. */
static void test_refused_memory_is_told(void **state) {
    report_fixture *fixture = *state;
    pv_error error = {0};
    pv_meter meter;
    start(&meter, fixture);
    meter.own.limit = meter.own.used;
    for (uint64_t i = 1; i < 10000; i++) /* each slower than those before, so that its place is kept */
        call(&meter, fixture, 0, i);
    meter.own.limit = SIZE_MAX;
    assert_false(pv_meter_stop(&meter, &error));
    assert_int_equal(error.code, PV_ERROR_MEMORY);
    pv_meter_clear(&meter);
}

static void test_tables_for_people(void **state) {
    report_fixture *fixture = *state;
    pv_meter meter;
    start(&meter, fixture);
    (void)pv_meter_enter(&meter, PV_PHASE_PACKS);
    ticks += 2000000;
    call(&meter, fixture, 0, 1000000);
    pv_meter_count(&meter);
    stop(&meter);
    pv_profile_terminal(&fixture->out, &fixture->style, &meter);
    assert_contains(fixture, "opening packs                        2.0     66.7%");
    assert_contains(fixture, "Rule                  ms   share   calls    µs/call    most µs  budget     kB\n"
                             "demo.limit           1.0   33.3%       1     1000.0     1000.0    0.0%");
    assert_contains(fixture, "demo.limit          1000.0  1.1.1, ");
    pv_meter_clear(&meter);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, report_setup, report_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_exactly_one_phase_is_on),
        TEST(test_a_call_has_its_parts),
        TEST(test_the_slowest_are_kept_with_their_places),
        TEST(test_the_peak_of_each_phase),
        TEST(test_nobody_asks),
        TEST(test_refused_memory_is_told),
        TEST(test_tables_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
