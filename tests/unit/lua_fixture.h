/* A rule set from Lua text, open on a small submission, and one rule run at a time. */
#ifndef PV_TESTS_LUA_FIXTURE_H
#define PV_TESTS_LUA_FIXTURE_H

#include "document_fixture.h"

#include <string.h>

#include "lua/ruleset/lua_ruleset.h"

#define RULES_PATH "rules/test.lua"

static const char lua_form[] = "form: test\n"
                               "title: A form\n"
                               "attributes:\n"
                               "  item: { target: percentage }\n"
                               "fields:\n"
                               "  county: { label: County, type: text }\n"
                               "  plan: { label: Plan, type: text }\n"
                               "sections:\n"
                               "  - { id: \"1\", title: First }\n"
                               "measures:\n"
                               "  - id: 1.1.6\n"
                               "    section: \"1\"\n"
                               "    title: A measure\n"
                               "    obligation: mandatory\n"
                               "    points: 80\n"
                               "    items:\n"
                               "      - { id: \"1\", prompt: Say what., word_limit: 3, target: 20% }\n"
                               "      - { id: \"2\", prompt: Say more. }\n"
                               "records:\n"
                               "  meeting:\n"
                               "    label: Meetings\n"
                               "    columns: { place: { type: text }, guests: { type: integer } }\n";

static const char lua_submission[] = "form: test\n"
                                     "fields:\n"
                                     "  county: Los Angeles\n"
                                     "records:\n"
                                     "  meeting:\n"
                                     "    - { place: Here, guests: 30 }\n"
                                     "    - { place: There, guests: 12 }\n"
                                     "measures:\n"
                                     "  1.1.6:\n"
                                     "    1: We plan four visits by 25% of all.\n";

typedef struct lua_fixture {
    arena_fixture base; /* first: a test's state can be read as either */
    pv_limits limits;
    const pv_form *form;
    const pv_submission *submission;
    pv_str as_of; /* empty: not given */
    pv_ruleset *ruleset;
    pv_session *session;
} lua_fixture;

static inline int lua_setup(void **state) {
    lua_fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->base.memory = pv_memory_with_limit(SIZE_MAX);
    fixture->base.arena = pv_arena_new(&fixture->base.memory);
    fixture->limits = pv_limits_default();
    fixture->form = form_of(&fixture->base, lua_form);
    fixture->submission = submission_of(&fixture->base, fixture->form, lua_submission);
    assert_int_equal(fixture->submission->problem_count, 0);
    *state = fixture;
    return 0;
}

static inline void close_rules(lua_fixture *fixture) {
    if (fixture->session)
        fixture->ruleset->methods->end(fixture->session);
    if (fixture->ruleset)
        fixture->ruleset->methods->free(fixture->ruleset);
    fixture->session = NULL;
    fixture->ruleset = NULL;
}

static inline int lua_teardown(void **state) {
    lua_fixture *fixture = *state;
    close_rules(fixture);
    return arena_teardown(state);
}

/* Opens the rule set of one file; replaces the one that is open. */
static inline void load_rules(lua_fixture *fixture, const char *text) {
    close_rules(fixture);
    pv_source *source = NULL;
    pv_error error = {0};
    pv_lua_config config = {.form = fixture->form,
                            .limits = fixture->limits,
                            .as_of = fixture->as_of,
                            .memory = &fixture->base.memory,
                            .names_unchecked = true};
    if (!pv_source_new(&source, fixture->base.arena, PV_STR(RULES_PATH), pv_str_from(text), &fixture->limits, &error))
        fail_msg("%s", error.message);
    const pv_source *files[] = {source};
    if (!pv_lua_ruleset_open(&fixture->ruleset, &config, files, 1, &error))
        fail_msg("%s", error.message);
}

/* The same, without faults, open on the submission. */
static inline void open_rules(lua_fixture *fixture, const char *text) {
    load_rules(fixture, text);
    if (fixture->ruleset->fault_count > 0)
        fail_msg("line %u: %.*s", fixture->ruleset->faults[0].at.line, PV_STR_ARG(fixture->ruleset->faults[0].message));
    pv_error error = {0};
    assert_true(fixture->ruleset->methods->begin(fixture->ruleset, fixture->submission, &fixture->session, &error));
}

static inline size_t index_of(const lua_fixture *fixture, const char *id) {
    for (size_t i = 0; i < fixture->ruleset->rule_count; i++)
        if (pv_str_equal(fixture->ruleset->rules[i].id, pv_str_from(id)))
            return i;
    fail_msg("no rule %s", id);
    return 0;
}

/* Runs a rule of the open rule set on a subject. */
static inline pv_outcome run_on(lua_fixture *fixture, const char *id, const pv_subject *subject) {
    pv_outcome outcome;
    pv_error error = {0};
    assert_true(fixture->ruleset->methods->evaluate(fixture->session, index_of(fixture, id), subject,
                                                    fixture->base.arena, &outcome, &error));
    return outcome;
}

static inline pv_outcome run_rule(lua_fixture *fixture, const char *id) {
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    return run_on(fixture, id, &subject);
}

static inline bool holds(pv_str text, const char *part) {
    return pv_str_find(text, pv_str_from(part), 0) != SIZE_MAX;
}

/* A whole rule on the submission around the body of its check. */
#define RULE(id, body)                                                                                                 \
    "rule \"" id "\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\", level = \"error\",\n"   \
    "check = function(subject, submission)\n" body "\nend }\n"

#define lua_test(function) cmocka_unit_test_setup_teardown(function, lua_setup, lua_teardown)

#endif
