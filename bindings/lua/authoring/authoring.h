/* Invariant: rules are looked at without changing what they do: what is read of them is read from their text as the
 * compiler sees it, from their registration records, or from running their examples through the runner that judges
 * submissions. Who watches a rule that runs attaches as an observer, and spends none of its budget; a rule set that
 * nobody watches pays nothing. */
#ifndef PV_LUA_AUTHORING_AUTHORING_H
#define PV_LUA_AUTHORING_AUTHORING_H

#include "model/language.h"
#include "model/source.h"
#include "run/coverage.h"
#include "run/lint.h"
#include "run/mutation.h"
#include "run/ruleset.h"

/* ---- the text of a rule file ---- */

typedef enum pv_lexeme_kind {
    PV_LEXEME_NAME, /* keywords too */
    PV_LEXEME_NUMBER,
    PV_LEXEME_STRING,
    PV_LEXEME_SYMBOL,
} pv_lexeme_kind;

typedef struct pv_lexeme {
    pv_lexeme_kind kind;
    pv_span at;
    uint32_t line; /* of its first character */
} pv_lexeme;

/* The words of a Lua source that compiled, in order, without comments and white space: what stands between quotes or
 * in a comment is never taken for code. */
typedef struct pv_lexemes {
    const pv_source *source;
    const pv_lexeme *at;
    size_t count;
} pv_lexemes;

/* Fails only for memory. */
bool pv_lexemes_read(pv_lexemes *out, pv_arena *arena, const pv_source *source, pv_error *error) PV_MUST_CHECK;
/* The place of what a fault found in the declaration that begins on a line: at the key that its message names, within
 * the example or the parameter that it names; where the declaration begins, when it names none that is there. */
pv_position pv_declaration_fault_place(const pv_lexemes *lexemes, uint32_t line, pv_str message);
/* Puts what the compiler says of the file (message, at this line) into the words of its author, in arena, and at the
 * place that is to be mended. file: its lexemes, as far as it has any. False when memory is refused. */
bool pv_lua_tell_syntax(const pv_lexemes *file, uint32_t line, pv_arena *arena, pv_str *message,
                        pv_position *at) PV_MUST_CHECK;
/* For each state up to not-applicable, whether the words of the declaration can give it: `when` and not_applicable give
 * not-applicable, fail and review what they say, and a check that names neither fails by way of the vocabulary, unless
 * the helpers of its file that it calls can only give review. Fails only for memory. */
bool pv_declaration_outcomes(const pv_rule *rule, pv_arena *scratch, bool *asked, pv_error *error) PV_MUST_CHECK;

/* Adds the changes to a rule file that can bear on a verdict: numbers, comparisons, and, or and not, true and false,
 * the conditions of branches, the states that are returned, days, and the words of phrases and mentions; never titles
 * and citations, examples, a message or a comment, and nothing that of_examples (NULL: nothing) has of its lexemes. */
bool pv_lua_mutations(pv_mutations *all, size_t file, const pv_lexemes *lexemes, const bool *of_examples,
                      pv_error *error) PV_MUST_CHECK;
/* Of each file, for each lexeme: whether it stands in an example, or in what only examples ask for. out has room for
 * one array per file, which are in arena. Fails only for memory. */
bool pv_lua_example_lexemes(const pv_lexemes *files, size_t count, pv_arena *arena, bool **out,
                            pv_error *error) PV_MUST_CHECK;
/* Whether name stands in the code as a name: what is so called in a form may be read. */
bool pv_lua_reads_name(const pv_lexemes *lexemes, pv_str name);

struct pv_catalogue;
struct pv_runtime;

/* Looks up every name that the files of a catalogue name, in every branch: globals, the members of values whose class
 * follows from the form and the registration records, words that functions know. What no run could know is a fault at
 * its place, and refuses the rule that it stands in; what cannot be told without running is left alone. runtime: the
 * state in which the catalogue was read. Fails only for memory. */
bool pv_lua_look_up_names(struct pv_catalogue *catalogue, struct pv_runtime *runtime, pv_error *error) PV_MUST_CHECK;

/* ---- the language ---- */

/* Describes the language of rules, from the registration records and the comments above the vocabulary's functions;
 * lists are in arena. PV_ERROR_SYNTAX for a record with a malformed signature. */
bool pv_lua_describe(pv_language *out, pv_arena *arena, pv_error *error) PV_MUST_CHECK;

/* ---- rules that run ---- */

/* Runs every example of the rules whose id matches rule_pattern (empty: all), in arena. No example sees anything of
 * another. */
bool pv_lua_run_examples(pv_ruleset *ruleset, pv_str rule_pattern, pv_arena *arena, const pv_example_result **out,
                         size_t *count, pv_error *error) PV_MUST_CHECK;

/* From now on, notes which lines of the rule files run; no verdict and no budget changes. */
bool pv_lua_record_lines(pv_ruleset *ruleset, pv_error *error) PV_MUST_CHECK;
/* What has run so far, of the lines in functions: one entry per rule file, in arena. None when nothing was recorded. */
bool pv_lua_recorded_lines(pv_ruleset *ruleset, pv_arena *arena, const pv_file_coverage **out, size_t *count,
                           pv_error *error) PV_MUST_CHECK;

/* The rule set's method. A name counts as used wherever a rule file asks for it, so a name that is reported is used
 * nowhere. */
bool pv_lua_ruleset_lint(pv_ruleset *ruleset, pv_lint *lint, pv_error *error) PV_MUST_CHECK;

/* One rule being followed; what it keeps is bounded. */
typedef struct pv_tracing pv_tracing;

/* A tracing of the rules of file: it lives in scratch, and its trail in kept. NULL when memory is refused. It follows
 * what runs in a runtime whose observer it is, from the next pv_runtime_call on. */
pv_tracing *pv_tracing_new(pv_arena *scratch, pv_arena *kept, const pv_source *file);
struct pv_observer *pv_tracing_observer(pv_tracing *tracing);
/* The trail, in kept. */
bool pv_tracing_finish(pv_tracing *tracing, const pv_trail **out, pv_error *error) PV_MUST_CHECK;

/* ---- an expression tried ---- */

struct pv_runtime;
struct pv_catalogue;
struct pv_trial;
struct pv_tried;
/* Evaluates the expression in a session's state, whatever it does: what came of it, or its fault, in arena. Fails only
 * for memory, and for an expression that is no UTF-8 text. */
bool pv_lua_try(struct pv_runtime *runtime, const struct pv_catalogue *catalogue, const struct pv_trial *trial,
                pv_arena *arena, struct pv_tried *out, pv_error *error) PV_MUST_CHECK;

#endif
