#include "lua/lua_lint.h"

#include "lua/example_submission.h"
#include "lua/examples.h"
#include "run/runner.h"

/* ---- where rules are declared ---- */

/* The declaration whose `rule` is the index-th lexeme; false when it is none. */
static bool is_declaration(const pv_lexemes *file, size_t index, pv_str *id, size_t *last) {
    if (!pv_lexemes_is(file, index, "rule") || !pv_lexemes_string(file, index + 1, id) ||
        !pv_lexemes_is(file, index + 2, "{"))
        return false;
    *last = pv_lexemes_closing(file, index + 2);
    return *last < file->count;
}

pv_str pv_lua_lint_rule_at(const pv_lua_lint *all, const pv_lexemes *file, uint32_t offset) {
    (void)all;
    for (size_t i = 0; i < file->count && file->at[i].at.start <= offset; i++) {
        pv_str id;
        size_t last;
        if (is_declaration(file, i, &id, &last) && file->at[last].at.end > offset)
            return id;
    }
    return PV_STR("");
}

bool pv_lua_lint_declaration(const pv_lua_lint *all, const pv_rule *rule, const pv_lexemes **file, size_t *first,
                             size_t *last) {
    for (size_t i = 0; i < all->owner->file_count; i++) {
        if (all->files[i].source != rule->source)
            continue;
        *file = &all->files[i];
        for (*first = 0; *first < (*file)->count; (*first)++) {
            pv_str id;
            if (is_declaration(*file, *first, &id, last) && pv_str_equal(id, rule->id))
                return true;
        }
    }
    return false;
}

/* ---- examples, and whether a rule ever applies ---- */

static bool lint_examples(const pv_lua_lint *all, size_t index, pv_error *error) {
    const pv_example_list *list = &all->owner->catalogue.examples[index];
    const pv_rule *rule = &all->owner->catalogue.rules[index];
    bool passes = false;
    bool fails = false;
    for (size_t i = 0; i < list->count; i++) {
        pv_state state = list->examples[i].state;
        passes = passes || state == PV_STATE_PASS;
        fails = fails || state == PV_STATE_FAIL || state == PV_STATE_REVIEW;
    }
    if (!passes && !pv_lint_add(all->lint, PV_LINT_EXAMPLE_NONE_PASSES, rule->id, rule->source, rule->at, error,
                                "no example passes, so nothing shows what the rule accepts"))
        return false;
    return fails || pv_lint_add(all->lint, PV_LINT_EXAMPLE_NONE_FAILS, rule->id, rule->source, rule->at, error,
                                "no example fails, so nothing shows that the rule can find anything");
}

/* Whether the rule applies to anything in a submission: one that is blank, or has a filler in every response. */
static bool apply_to(const pv_lua_lint *all, const pv_rule *rule, bool complete, bool *applies, pv_arena *scratch,
                     pv_error *error) {
    const pv_lua_ruleset *owner = all->owner;
    const pv_example example = {.complete = complete};
    const pv_example_setting setting = {owner->form, &owner->limits, &example, &owner->form->items[0]};
    const pv_run_options options = {.mode = PV_MODE_SUBMISSION, .rule_pattern = rule->id};
    const pv_submission *submission;
    pv_results results;
    pv_arena_clear(scratch);
    if (!pv_example_submission(&submission, scratch, &setting, error) ||
        !pv_run_check(&results, scratch, all->lint->pack, submission, &options, error))
        return false;
    for (size_t i = 0; i < results.verdict_count; i++)
        *applies = *applies || results.verdicts[i].outcome.state != PV_STATE_NOT_APPLICABLE;
    return true;
}

static bool lint_application(const pv_lua_lint *all, size_t index, const pv_example_result *results, size_t count,
                             pv_arena *scratch, pv_error *error) {
    const pv_rule *rule = &all->owner->catalogue.rules[index];
    bool applies = all->lint->applied[index];
    for (size_t i = 0; i < count; i++)
        applies =
            applies || (results[i].rule == rule && results[i].judged && results[i].state != PV_STATE_NOT_APPLICABLE);
    if (!applies && all->owner->form->item_count > 0 &&
        (!apply_to(all, rule, false, &applies, scratch, error) || !apply_to(all, rule, true, &applies, scratch, error)))
        return false;
    return applies || pv_lint_add(all->lint, PV_LINT_RULE_NEVER_APPLIES, rule->id, rule->source, rule->at, error,
                                  "the rule applies to nothing in its examples, the pack's cases, a blank filing or a "
                                  "full one");
}

static bool note_matched(pv_observer *observer, const pv_pattern *pattern) {
    pv_matched *matched = (pv_matched *)observer;
    for (size_t i = 0; i < matched->patterns.count; i++)
        if (matched->patterns.items[i] == pattern)
            return true;
    const pv_pattern **noted = PV_ARRAY_ADD(matched->arena, &matched->patterns);
    if (noted)
        *noted = pattern;
    return noted;
}

static bool lint_rules(const pv_lua_lint *all, pv_arena *scratch, pv_error *error) {
    const pv_example_result *results;
    size_t count;
    if (!pv_lua_run_examples(&all->owner->ruleset, PV_STR(""), all->lint->arena, &results, &count, error))
        return false;
    for (size_t i = 0; i < all->owner->catalogue.rule_count; i++)
        if (!lint_examples(all, i, error) || !lint_application(all, i, results, count, scratch, error))
            return false;
    return true;
}

/* ---- the whole ---- */

static bool read_files(pv_lua_lint *all, pv_error *error) {
    pv_lexemes *files = PV_NEW_ARRAY(all->lint->arena, pv_lexemes, all->owner->file_count);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < all->owner->file_count; i++)
        if (!pv_lexemes_read(&files[i], all->lint->arena, all->owner->files[i], error))
            return false;
    all->files = files;
    return true;
}

bool pv_lua_ruleset_lint(pv_ruleset *ruleset, pv_lint *lint, pv_error *error) {
    pv_lua_lint all = {.lint = lint, .owner = (pv_lua_ruleset *)ruleset};
    all.matched = (pv_matched){.observer = {.slow_down = 1, .matched = note_matched}, .arena = lint->arena};
    pv_arena *scratch = pv_arena_new(all.owner->memory);
    if (!scratch)
        return pv_fail_memory(error);
    pv_observer *before = all.owner->observer;
    all.owner->observer = &all.matched.observer;
    bool done = read_files(&all, error) && lint_rules(&all, scratch, error);
    all.owner->observer = before;
    pv_arena_free(scratch);
    return done && pv_lua_lint_code(&all, error) && pv_lua_lint_names(&all, error) && pv_lua_lint_patterns(&all, error);
}
