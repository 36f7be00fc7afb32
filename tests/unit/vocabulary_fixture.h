/* Rows of checks: an expression that gives a verdict, and the verdict it must give. */
#ifndef PV_TESTS_VOCABULARY_FIXTURE_H
#define PV_TESTS_VOCABULARY_FIXTURE_H

#include "lua_fixture.h"

typedef struct check {
    const char *expression; /* a verdict */
    pv_state state;
    const char *message;
    const char *excerpt; /* the words pointed at; NULL: no place; "": something is expected there */
    const char *working; /* the first step; NULL: not looked at */
} check;

/* A check of a text, which is the first response of the submission. */
typedef struct text_check {
    const char *text;
    check check;
} text_check;

#define R "submission.responses[1]"
#define PASS PV_STATE_PASS
#define FAIL PV_STATE_FAIL
#define REVIEW PV_STATE_REVIEW
/* An array and its length, as two arguments. */
#define ROWS(rows) (rows), sizeof(rows) / sizeof((rows)[0])

static const char vocabulary_form[] =
    "form: test\n"
    "title: A form\n"
    "fields:\n"
    "  opened: { label: Opening day, type: date }\n"
    "  closed: { label: Closing day, type: date }\n"
    "  ended: { label: Last day, type: date }\n"
    "  term: { label: Term, type: integer }\n"
    "  county: { label: County, type: text }\n"
    "  served: { label: County served, type: text }\n"
    "  absent: { label: Plan, type: text }\n"
    "sections:\n"
    "  - { id: \"1\", title: First }\n"
    "measures:\n"
    "  - id: M\n"
    "    section: \"1\"\n"
    "    title: A measure\n"
    "    obligation: mandatory\n"
    "    points: 80\n"
    "    items:\n"
    "      - { id: \"1\", prompt: Say how often the parties meet and who they are. }\n"
    "      - { id: \"2\", prompt: Say more. }\n"
    "records:\n"
    "  letter:\n"
    "    label: Letters\n"
    "    columns: { title: { type: text }, cost: { type: decimal } }\n"
    "tables:\n"
    "  holiday: # all Mondays\n"
    "    columns: { name: text, date: date }\n"
    "    rows:\n"
    "      - { name: Independence Day, date: 2022-07-04 }\n"
    "      - { name: Martin Luther King Day, date: 2022-01-17 }\n"
    "      - { name: Washington's Birthday, date: 2022-02-21 }\n";

/* 3 January 2022 is a Monday, 2 February a Wednesday. */
static const char vocabulary_submission[] = "form: test\n"
                                            "fields:\n"
                                            "  opened: 2022-01-03\n"
                                            "  closed: 2022-02-02\n"
                                            "  term: 30\n"
                                            "  county: Los Angeles\n"
                                            "  served: LOS-ANGELES\n"
                                            "records:\n"
                                            "  letter:\n"
                                            "    - { title: Letter of support, cost: 2.50 }\n"
                                            "    - { title: Minutes, cost: 2.5 }\n"
                                            "    - { title: \"letter of  Support\", cost: 3 }\n"
                                            "measures:\n"
                                            "  M:\n"
                                            "    2: The plan and the county meet every month to review all referrals.\n"
                                            "    1: ";

/* What every expression may use. */
static const char vocabulary_file_level[] = "local holidays = calendar(form.tables.holiday)\n";

static inline int vocabulary_setup(void **state) {
    lua_setup(state);
    lua_fixture *fixture = *state;
    fixture->form = form_of(&fixture->base, vocabulary_form);
    return 0;
}

#define vocabulary_test(function) cmocka_unit_test_setup_teardown(function, vocabulary_setup, lua_teardown)

/* The submission with this text, which has no quotation marks, as its first response. */
static inline void answer(lua_fixture *fixture, const char *text) {
    close_rules(fixture);
    pv_str yaml = pv_arena_format(fixture->base.arena, "%s\"%s\"\n", vocabulary_submission, text);
    fixture->submission = submission_of(&fixture->base, fixture->form, yaml.data);
    assert_int_equal(fixture->submission->problem_count, 0);
}

static inline bool stands_at(const lua_fixture *fixture, const pv_outcome *outcome, const char *excerpt) {
    if (!excerpt)
        return !outcome->has_at;
    if (!*excerpt)
        return outcome->has_at && outcome->at.expected_here;
    return outcome->has_at && !outcome->at.expected_here &&
           pv_str_equal(pv_source_slice(fixture->submission->source, outcome->at.span), pv_str_from(excerpt));
}

static inline void assert_gives(const lua_fixture *fixture, const check *row, const pv_outcome *outcome) {
    bool works =
        !row->working || (outcome->working_count > 0 && pv_str_equal(outcome->working[0], pv_str_from(row->working)));
    if (outcome->state == row->state && pv_str_equal(outcome->message, pv_str_from(row->message)) &&
        stands_at(fixture, outcome, row->excerpt) && works)
        return;
    pv_str at = outcome->has_at ? pv_source_slice(fixture->submission->source, outcome->at.span) : PV_STR("(none)");
    pv_str working = outcome->working_count ? outcome->working[0] : PV_STR("");
    print_error("%s\n  %s: %.*s%.*s\n  at %s\"%.*s\"\n  working %.*s\n", row->expression, pv_state_name(outcome->state),
                PV_STR_ARG(outcome->message), PV_STR_ARG(fault_message(outcome)),
                outcome->at.expected_here ? "the gap " : "", PV_STR_ARG(at), PV_STR_ARG(working));
    fail();
}

/* Runs an expression as the whole check of a rule, after what file_level declares. */
static inline pv_outcome run_expression(lua_fixture *fixture, const char *file_level, const char *expression) {
    pv_str text = pv_arena_format(fixture->base.arena, "%s" RULE("a", "local verdict = %s return verdict"), file_level,
                                  expression);
    open_rules(fixture, text.data);
    return run_rule(fixture, "a");
}

static inline void assert_checks(lua_fixture *fixture, const char *file_level, const check *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        pv_outcome outcome = run_expression(fixture, file_level, rows[i].expression);
        assert_gives(fixture, &rows[i], &outcome);
    }
}

static inline void assert_text_checks(lua_fixture *fixture, const text_check *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        answer(fixture, rows[i].text);
        assert_checks(fixture, vocabulary_file_level, &rows[i].check, 1);
    }
}

/* A helper that is misused raises in the rule's line, and says what it needs. */
typedef struct misuse {
    const char *expression;
    const char *message; /* part of the fault's */
} misuse;

static inline void assert_misuses(lua_fixture *fixture, const char *file_level, unsigned line, const misuse *rows,
                                  size_t count) {
    for (size_t i = 0; i < count; i++) {
        pv_outcome outcome = run_expression(fixture, file_level, rows[i].expression);
        if (outcome.state != PV_STATE_NOT_CHECKED || !holds(fault_message(&outcome), rows[i].message))
            fail_msg("%s: %s %.*s", rows[i].expression, pv_state_name(outcome.state),
                     PV_STR_ARG(fault_message(&outcome)));
        assert_int_equal(outcome.fault->at.line, line);
    }
}

#endif
