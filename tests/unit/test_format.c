/* Sections of a report: how entries are joined, here and from other processes. */
#include "arena_fixture.h"

#include <stdio.h>
#include <string.h>

#include "report/check/format.h"

enum { STREAMED, KEPT, ONCE, NUMBERED };

static const pv_report_section sections[] = {
    [STREAMED] = {.name = "streamed", .joining = PV_JOIN_AT_ONCE, .before = "<", .between = "|"},
    [KEPT] = {.name = "kept", .joining = PV_JOIN_AT_END, .most = 3},
    [ONCE] = {.name = "once", .joining = PV_JOIN_EQUALS},
    [NUMBERED] = {.name = "numbered", .joining = PV_JOIN_AT_END},
};

static size_t given; /* submissions so far */

/* Each submission gives its number and "same" to every section; NUMBERED refers to its entries in ONCE. */
static void add_submission(pv_report *report, const pv_report_input *input) {
    (void)input;
    pv_buf_append_unsigned(&report->text, ++given);
    pv_str own = pv_arena_copy(report->scratch, pv_buf_str(&report->text));
    pv_buf_reset(&report->text);
    const pv_str texts[] = {PV_STR("same"), own};
    for (size_t section = 0; section < NUMBERED; section++)
        for (size_t i = 0; i < 2; i++)
            pv_entry_add(report, section, 0, texts[i]);
    for (size_t i = 0; i < 2; i++) {
        pv_buf_append(&report->text, texts[i]);
        pv_entry_add_text(report, NUMBERED, i);
    }
}

/* 2 is left out of the streamed ones. */
static bool admit(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    if (section == NUMBERED)
        pv_buf_format(out, "%zu=", pv_entry_index(report, ONCE, number));
    return section != STREAMED || !pv_str_equal(entry, PV_STR("2"));
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    (void)summary, (void)faults, (void)fault_count;
    pv_buf *out = report->setup.out;
    pv_buf_append_text(out, "> ");
    pv_entry_write(report, KEPT, 2);
    pv_buf_format(out, " of %zu and %zu more; ", pv_entry_count(report, KEPT), pv_entry_left_out(report, KEPT));
    pv_entry_write(report, NUMBERED, SIZE_MAX);
    pv_buf_append_char(out, ' ');
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    pv_entry_write_member(&json, report, ONCE);
    pv_json_object_end(&json);
}

static const pv_format format = {
    .help = "for a test",
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};

static const char expected[] = "<same|1|same|same|3> same1 of 3 and 3 more; 0=same1=10=same2=20=same3=3 "
                               "{\n\"once\":[\nsame,\n1,\n2,\n3\n]}";

static pv_report *report_on(arena_fixture *fixture, pv_buf *out, pv_buf *shipped) {
    const pv_report_setup setup = {.memory = &fixture->memory, .style = {.width = 80}, .out = out, .shipped = shipped};
    pv_report *report;
    assert_true(pv_report_new(&report, &format, &setup, &fixture->error));
    return report;
}

static void submit(arena_fixture *fixture, pv_report *report) {
    const pv_report_input input = {0};
    assert_true(pv_report_submission(report, &input, &fixture->error));
}

static void assert_ends(arena_fixture *fixture, pv_report *report, pv_buf *out) {
    const pv_summary summary = {0};
    assert_true(pv_report_end(report, &summary, NULL, 0, &fixture->error));
    assert_str(pv_buf_str(out), expected);
    pv_report_free(report);
    pv_buf_clear(out);
}

static void test_each_section_is_joined_as_it_says(void **state) {
    arena_fixture *fixture = *state;
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_report *report = report_on(fixture, &out, NULL);
    given = 0;
    for (size_t i = 0; i < 3; i++)
        submit(fixture, report);
    assert_ends(fixture, report, &out);
}

static void test_what_another_process_ships_is_joined_the_same(void **state) {
    arena_fixture *fixture = *state;
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_buf unused = pv_buf_on(&fixture->memory);
    pv_buf shipped = pv_buf_on(&fixture->memory);
    pv_report *report = report_on(fixture, &out, NULL);
    pv_report *worker = report_on(fixture, &unused, &shipped);
    given = 0;
    submit(fixture, report);
    submit(fixture, worker);
    submit(fixture, worker);
    assert_int_equal(unused.size, 0);
    assert_true(pv_report_join(report, pv_buf_str(&shipped), &fixture->error));
    pv_report_free(worker);
    pv_buf_clear(&shipped);
    assert_ends(fixture, report, &out);
}

/* An entry of a section that there is none of, one cut short, and one that refers to nothing. */
static void test_what_is_no_part_of_a_report_is_refused(void **state) {
    arena_fixture *fixture = *state;
    const uint64_t numbers[][2] = {{NUMBERED + 1, 0}, {KEPT, 0}, {NUMBERED, 5}};
    for (size_t i = 0; i < 3; i++) {
        pv_buf out = pv_buf_on(&fixture->memory);
        pv_buf shipped = pv_buf_on(&fixture->memory);
        pv_report *report = report_on(fixture, &out, NULL);
        pv_frame_put_number(&shipped, numbers[i][0]);
        pv_frame_put_number(&shipped, numbers[i][1]);
        if (i != 1)
            pv_frame_put_text(&shipped, PV_STR("x"));
        fixture->error = (pv_error){0};
        assert_false(pv_report_join(report, pv_buf_str(&shipped), &fixture->error));
        assert_int_equal(fixture->error.code, PV_ERROR_IO);
        pv_report_free(report);
        pv_buf_clear(&shipped);
        pv_buf_clear(&out);
    }
}

static void test_each_name_has_a_format(void **state) {
    (void)state;
    for (size_t i = 0; pv_format_names[i]; i++) {
        assert_non_null(pv_format_named(pv_format_names[i]));
        assert_non_null(pv_format_named(pv_format_names[i])->help);
    }
    assert_null(pv_format_named("xlsx"));
}

static void test_each_format_has_a_row_on_the_page(void **state) {
    (void)state;
    static char page[100000];
    FILE *file = fopen(PV_OUTPUTS_PAGE, "rb");
    assert_non_null(file);
    page[fread(page, 1, sizeof page - 1, file)] = '\0';
    fclose(file);
    for (size_t i = 0; pv_format_names[i]; i++) {
        char row[64];
        snprintf(row, sizeof row, "\n| `%s` | ", pv_format_names[i]);
        if (!strstr(page, row))
            fail_msg("docs/outputs.md has no row for %s", pv_format_names[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_each_section_is_joined_as_it_says),
        arena_test(test_what_another_process_ships_is_joined_the_same),
        arena_test(test_what_is_no_part_of_a_report_is_refused),
        arena_test(test_each_name_has_a_format),
        arena_test(test_each_format_has_a_row_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
