/* A report of the fixture's submission, in any format. */
#ifndef PV_TESTS_FORMAT_FIXTURE_H
#define PV_TESTS_FORMAT_FIXTURE_H

#include "report_fixture.h"

#include "report/check/format.h"

static inline pv_report *report_on(report_fixture *fixture, const pv_format *format, pv_buf *out, pv_buf *shipped) {
    const pv_report_setup setup = {.memory = &fixture->base.memory,
                                   .style = fixture->style,
                                   .context = &fixture->context,
                                   .out = out,
                                   .shipped = shipped};
    pv_report *report;
    assert_true(pv_report_new(&report, format, &setup, &fixture->base.error));
    return report;
}

/* The submission `times` times over into report, which is ended (with summary) and freed. */
static inline void finish_report(report_fixture *fixture, pv_report *report, size_t times, const pv_summary *summary,
                                 const pv_fault *faults, size_t fault_count) {
    for (size_t i = 0; i < times; i++)
        assert_true(pv_report_submission(report, &fixture->input, &fixture->base.error));
    assert_true(pv_report_end(report, summary, faults, fault_count, &fixture->base.error));
    pv_report_free(report);
}

/* What a report says of the submission alone, without its end. */
static inline void write_submission_as(report_fixture *fixture, const pv_format *format) {
    pv_report *report = report_on(fixture, format, &fixture->out, NULL);
    assert_true(pv_report_submission(report, &fixture->input, &fixture->base.error));
    pv_report_free(report);
    assert_false(fixture->out.failed);
}

/* That, with each allocation refused in turn: it is reported, and nothing is left behind. */
static inline void assert_submission_survives(report_fixture *fixture, const pv_format *format) {
    bool refused = true;
    for (size_t request = 1; refused; request++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_buf out = pv_buf_on(&memory);
        pv_error error = {0};
        const pv_report_setup setup = {
            .memory = &memory, .style = fixture->style, .context = &fixture->context, .out = &out};
        pv_report *report = NULL;
        memory.fail_after = request;
        bool done =
            pv_report_new(&report, format, &setup, &error) && pv_report_submission(report, &fixture->input, &error);
        refused = memory.fail_after == 0;
        assert_int_equal(done, !refused);
        pv_report_free(report);
        pv_buf_clear(&out);
        assert_int_equal(memory.used, 0);
    }
}

/* The fixture's submission in a report of its own, with its end; false when memory is refused. */
static inline bool report_survives(const report_fixture *fixture, const pv_format *format, pv_memory *memory,
                                   const pv_report_style *style, const pv_fault *faults, size_t fault_count,
                                   pv_error *error) {
    pv_buf out = pv_buf_on(memory);
    const pv_report_setup setup = {.memory = memory, .style = *style, .context = &fixture->context, .out = &out};
    const pv_summary summary = {.submissions = 1};
    pv_report *report = NULL;
    bool done = pv_report_new(&report, format, &setup, error) && pv_report_submission(report, &fixture->input, error) &&
                pv_report_end(report, &summary, faults, fault_count, error);
    pv_report_free(report);
    pv_buf_clear(&out);
    return done;
}

#endif
