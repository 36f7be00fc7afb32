/* What is said about rules: their examples, the numbers in their code, the names nobody asks for. */
#include "lua/authoring/authoring_p.h"

#include <stdio.h>
#include <string.h>

#include "lua/values/values.h"
#include "lua/vocabulary/vocabulary.h"
#include "model/conditions.h"
#include "model/terms.h"
#include "run/runner.h"

#define MAX_NESTING 200

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
    const pv_example_setting setting = {owner->form, &owner->limits, &example, &owner->form->items[0], false};
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

/* ---- numbers ---- */

/* Counting from none, one and two, and a hundred for per cent, say nothing about the form. */
static bool is_harmless(pv_str number) {
    static const char *const harmless[] = {"0", "1", "2", "100"};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (pv_str_equal(number, pv_str_from(harmless[i])))
            return true;
    return false;
}

/* Blocks around a lexeme, and how many of them are functions. */
typedef struct nesting {
    bool is_function[MAX_NESTING];
    size_t depth;
    size_t functions;
} nesting;

static void enter(nesting *around, bool is_function) {
    if (around->depth < MAX_NESTING)
        around->is_function[around->depth] = is_function;
    around->depth++;
    around->functions += is_function;
}

static void leave(nesting *around) {
    if (around->depth == 0)
        return;
    around->depth--;
    if (around->depth < MAX_NESTING && around->is_function[around->depth])
        around->functions--;
}

/* Only where it begins or ends a block: `while` and `for` do so with their `do`. */
static void follow_blocks(nesting *around, const pv_lexemes *file, size_t index) {
    if (pv_lexemes_is(file, index, "function"))
        enter(around, true);
    else if (pv_lexemes_is(file, index, "if") || pv_lexemes_is(file, index, "do") ||
             pv_lexemes_is(file, index, "repeat"))
        enter(around, false);
    else if (pv_lexemes_is(file, index, "end") || pv_lexemes_is(file, index, "until"))
        leave(around);
}

/* `local limit = 40` at file level is the same number at another place. */
static bool is_named_number(const pv_lexemes *file, size_t index) {
    return index >= 3 && pv_lexemes_is(file, index - 1, "=") && pv_lexemes_is(file, index - 3, "local");
}

static bool lint_numbers(const pv_lua_lint *all, const pv_lexemes *file, pv_error *error) {
    nesting around = {.depth = 0};
    for (size_t i = 0; i < file->count; i++) {
        follow_blocks(&around, file, i);
        pv_str text = pv_lexemes_text(file, i);
        if (file->at[i].kind != PV_LEXEME_NUMBER || is_harmless(text) ||
            (around.functions == 0 && !is_named_number(file, i)))
            continue;
        pv_span at = file->at[i].at;
        if (!pv_lint_add(all->lint, PV_LINT_NUMBER_IN_RULE, pv_lexemes_rule_at(file, at.start), file->source, at, error,
                         "the number %.*s stands in the code, where nobody looks for it", PV_STR_ARG(text)))
            return false;
    }
    return true;
}

/* Numbers in code. */
static bool lint_code(const pv_lua_lint *all, pv_error *error) {
    for (size_t i = 0; i < all->owner->file_count; i++)
        if (!lint_numbers(all, &all->files[i], error))
            return false;
    return true;
}

/* ---- names asked for ---- */

/* Whether the lexeme asks for name: `.name`, `:name(…)`, `["name"]`, `cell("name")`. */
static bool asks_for(const pv_lexemes *file, size_t index, pv_str name) {
    pv_str text;
    if (file->at[index].kind == PV_LEXEME_STRING)
        return pv_lexemes_string(file, index, &text) && pv_str_equal(text, name);
    return pv_lexemes_is_name(file, index, name) && pv_lexemes_is_after_dot(file, index);
}

static bool is_asked_for(const pv_lua_lint *all, pv_str name) {
    for (size_t i = 0; i < all->owner->file_count; i++)
        for (size_t at = 0; at < all->files[i].count; at++)
            if (asks_for(&all->files[i], at, name))
                return true;
    return false;
}

/* ---- names of the form ---- */

/* What is declared and asked for by nobody. What the engine judges of it, it judges all the same. */
static bool lint_name(const pv_lua_lint *all, const char *what, const char *part, pv_str name, pv_span at,
                      pv_error *error) {
    return is_asked_for(all, name) || (pv_lint_add(all->lint, PV_LINT_FORM_UNUSED, PV_STR(""), all->owner->form->source,
                                                   at, error, "no rule asks for the %s %.*s", what, PV_STR_ARG(name)) &&
                                       pv_lint_about(all->lint, part, name, error));
}

/* An attribute is there for rules alone: one that none reads is a condition or a number that nobody judges by. */
static bool lint_attributes(const pv_lua_lint *all, const char *what, const pv_value_spec *specs, size_t count,
                            pv_error *error) {
    char part[32];
    snprintf(part, sizeof part, "attributes.%s", what);
    for (size_t i = 0; i < count; i++)
        if (!is_asked_for(all, specs[i].name) && !pv_form_is_held_against(all->owner->form, &specs[i]) &&
            !(pv_lint_add(all->lint, PV_LINT_ATTRIBUTE_UNREAD, PV_STR(""), all->owner->form->source, specs[i].at, error,
                          "no rule reads the %s attribute %.*s, which the form declares", what,
                          PV_STR_ARG(specs[i].name)) &&
              pv_lint_about(all->lint, part, specs[i].name, error)))
            return false;
    return true;
}

/* Whether what a filer writes there can be wrong by its type alone: any text, and any list of texts, is one. */
static bool is_judged_by_type(const pv_value_spec *spec) {
    return spec->choice_count > 0 ||
           (spec->type != PV_TYPE_TEXT && spec->type != PV_TYPE_DOCUMENT && spec->type != PV_TYPE_LIST);
}

/* Whether the form declares a condition of the field, or of the record kind, that is judged whatever rules do. */
static bool is_judged(const pv_form *form, const pv_value_spec *field, const pv_record_spec *record) {
    if (field && is_judged_by_type(field))
        return true;
    for (size_t i = 0; i < form->condition_count; i++) {
        const pv_condition *condition = &form->conditions[i];
        pv_problem_kind problem;
        if (condition->spec == field && condition->record == record && !pv_condition_is_structural(condition, &problem))
            return true;
    }
    return false;
}

/* Whether a part of the form applies only under a condition on it, or a value is held against it. */
static bool decides_what_applies(const pv_form *form, const void *thing) {
    if (pv_form_is_held_against(form, thing))
        return true;
    for (size_t i = 0; i < form->conditional_count; i++)
        if (pv_only_if_is_on(form->conditionals[i].only_if, thing))
            return true;
    return false;
}

static bool any_names_rows_of(const pv_value_spec *specs, size_t count, const pv_table *table) {
    for (size_t i = 0; i < count; i++)
        if (specs[i].table == table)
            return true;
    return false;
}

/* Whether values name rows of the table (`type: row`), a matrix is made of it, or a measure is given for each of its
 * rows: the form itself asks for it then. */
static bool is_used_by_form(const pv_form *form, const pv_table *table) {
    bool used = any_names_rows_of(form->fields, form->field_count, table);
    for (size_t i = 0; i < form->record_count; i++)
        used = used || any_names_rows_of(form->records[i].columns, form->records[i].column_count, table);
    for (size_t i = 0; i < form->table_count; i++)
        used = used || any_names_rows_of(form->tables[i].columns, form->tables[i].column_count, table);
    for (size_t i = 0; i < form->item_count; i++)
        used = used || (form->items[i].spec && form->items[i].spec->table == table);
    for (size_t i = 0; i < form->matrix_count; i++)
        used = used || form->matrices[i].rows == table || form->matrices[i].columns == table;
    for (size_t i = 0; i < form->measure_count; i++)
        used = used || form->measures[i].for_table == table;
    return used;
}

/* Whether rows of other kinds belong to rows of this one, a matrix is filled in by it, or a measure is given for each
 * of its rows. */
static bool holds_others(const pv_form *form, const pv_record_spec *record) {
    bool holds = false;
    for (size_t i = 0; i < form->record_count; i++)
        holds = holds || form->records[i].owner == record;
    for (size_t i = 0; i < form->matrix_count; i++)
        holds = holds || form->matrices[i].records == record;
    for (size_t i = 0; i < form->measure_count; i++)
        holds = holds || form->measures[i].for_records == record;
    return holds;
}

static bool lint_form(const pv_lua_lint *all, pv_error *error) {
    const pv_form *form = all->owner->form;
    if (!lint_attributes(all, "form", form->form_attributes, form->form_attribute_count, error) ||
        !lint_attributes(all, "section", form->section_attributes, form->section_attribute_count, error) ||
        !lint_attributes(all, "measure", form->measure_attributes, form->measure_attribute_count, error) ||
        !lint_attributes(all, "item", form->item_attributes, form->item_attribute_count, error))
        return false;
    for (size_t i = 0; i < form->field_count; i++)
        if (!is_judged(form, &form->fields[i], NULL) && !decides_what_applies(form, &form->fields[i]) &&
            !lint_name(all, "field", "fields", form->fields[i].name, form->fields[i].at, error))
            return false;
    for (size_t i = 0; i < form->record_count; i++)
        if (!is_judged(form, NULL, &form->records[i]) && !holds_others(form, &form->records[i]) &&
            !decides_what_applies(form, &form->records[i]) &&
            !lint_name(all, "record kind", "records", form->records[i].name, form->records[i].at, error))
            return false;
    for (size_t i = 0; i < form->table_count; i++)
        if (!decides_what_applies(form, &form->tables[i]) && !is_used_by_form(form, &form->tables[i]) &&
            !lint_name(all, "table", "tables", form->tables[i].name, form->tables[i].at, error))
            return false;
    return true;
}

/* ---- names of parameters ---- */

/* The lexemes of a rule's declaration, `rule` to the closing brace. False when it is not written as `rule "id" { …
 * }`. */
static bool find_declaration(const pv_lua_lint *all, const pv_rule *rule, const pv_lexemes **file, size_t *first,
                             size_t *last) {
    for (size_t i = 0; i < all->owner->file_count; i++) {
        if (all->files[i].source != rule->source)
            continue;
        *file = &all->files[i];
        for (*first = 0; *first < (*file)->count; (*first)++) {
            pv_str id;
            if (pv_lexemes_declaration(*file, *first, &id, last) && pv_str_equal(id, rule->id))
                return true;
        }
    }
    return false;
}

/* Where the declaration names the parameter (`parameters = { NAME = … }`); the rule's first line when it is written
 * otherwise. */
static pv_span place_of_parameter(const pv_lua_lint *all, const pv_rule *rule, pv_str name) {
    const pv_lexemes *file;
    size_t first;
    size_t last;
    if (!find_declaration(all, rule, &file, &first, &last))
        return rule->at;
    bool inside = false;
    for (size_t i = first; i < last; i++) {
        inside = inside || (pv_lexemes_is_key(file, i, "parameters"));
        if (inside && pv_lexemes_is_name(file, i, name) && pv_lexemes_is(file, i + 1, "="))
            return file->at[i].at;
    }
    return rule->at;
}

static bool lint_parameters(const pv_lua_lint *all, const pv_rule *rule, pv_error *error) {
    for (size_t i = 0; i < rule->parameter_count; i++) {
        pv_str name = rule->parameters[i].spec.name;
        if (!is_asked_for(all, name) && !pv_lint_add(all->lint, PV_LINT_PARAMETER_UNUSED, rule->id, rule->source,
                                                     place_of_parameter(all, rule, name), error,
                                                     "nothing asks for the parameter %.*s", PV_STR_ARG(name)))
            return false;
    }
    return true;
}

/* What the form and the rules declare and no rule asks for. */
static bool lint_names(const pv_lua_lint *all, pv_error *error) {
    for (size_t i = 0; i < all->owner->catalogue.rule_count; i++)
        if (!lint_parameters(all, &all->owner->catalogue.rules[i], error))
            return false;
    return lint_form(all, error);
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
    return done && lint_code(&all, error) && pv_lua_lint_citations(&all, error) &&
           pv_lua_lint_comparisons(&all, error) && lint_names(&all, error) && pv_lua_lint_expressions(&all, error) &&
           pv_lua_lint_patterns(&all, error);
}
