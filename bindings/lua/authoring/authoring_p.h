/* Invariant: what the modules of this room share only reads: text of rules, examples, and values of a rule that
 * runs. */
#ifndef PV_LUA_AUTHORING_AUTHORING_P_H
#define PV_LUA_AUTHORING_AUTHORING_P_H

#include "base/array.h"
#include "base/buf.h"
#include "lua/authoring/authoring.h"
#include "lua/object/class.h"
#include "lua/rules/rules.h"

/* ---- lexemes.c: words ---- */

/* The bytes of the index-th; empty past the last. */
pv_str pv_lexemes_text(const pv_lexemes *lexemes, size_t index);
/* Whether Lua keeps the word for itself: "end", "local". */
bool pv_lexeme_is_keyword(pv_str word);
/* Whether the index-th is this word or symbol. */
bool pv_lexemes_is(const pv_lexemes *lexemes, size_t index, const char *text);
/* Whether the index-th is a name, and this one. */
bool pv_lexemes_is_name(const pv_lexemes *lexemes, size_t index, pv_str name);
/* Whether `.` or `:` stands before the index-th. */
bool pv_lexemes_is_after_dot(const pv_lexemes *lexemes, size_t index);
/* What stands between the quotes or long brackets of a string. False when escapes make it differ from its value. */
bool pv_lexemes_string(const pv_lexemes *lexemes, size_t index, pv_str *out);

/* The bracket that closes the one at index, or count; the one that opens the one at index, or count. */
size_t pv_lexemes_closing(const pv_lexemes *lexemes, size_t index);
size_t pv_lexemes_opening(const pv_lexemes *lexemes, size_t index);
/* The `end` of the function at index, or count. */
size_t pv_lexemes_function_end(const pv_lexemes *lexemes, size_t index);
/* The first lexeme of the expression that the name at index ends: `response` in `response.text:items().leaves`. */
size_t pv_lexemes_chain_start(const pv_lexemes *lexemes, size_t index);
/* The last lexeme of the arguments that follow the name at index; index itself when none do. */
size_t pv_lexemes_call_end(const pv_lexemes *lexemes, size_t index);

/* ---- lexemes.c: expressions ---- */

/* Lexemes [first, last]. */
typedef struct pv_expression {
    size_t first;
    size_t last;
} pv_expression;

/* The expressions of a line that end in `.name` or `:name`, or with `calls` in a call of it, from left to right; a
 * call may stand on a later line, when its expression starts on this one. Fills up to capacity, returns how many it
 * filled. */
size_t pv_expressions_of_name(const pv_lexemes *lexemes, uint32_t line, pv_str name, bool calls, pv_expression *out,
                              size_t capacity);
/* What a `return` on this line returns, when that is a call; else false. */
bool pv_expressions_returned(const pv_lexemes *lexemes, uint32_t line, pv_expression *out);
/* Its text in arena, as the rule's author wrote it, with white space and comments folded to a space, and cut where it
 * is long; .data is NULL when memory is refused. */
pv_str pv_expression_text(const pv_lexemes *lexemes, pv_expression expression, pv_arena *arena);

/* ---- lexemes.c: declarations ---- */

/* Whether `name =` stands at index. */
bool pv_lexemes_is_key(const pv_lexemes *lexemes, size_t index, const char *name);
/* The declaration `rule "id" { … }` whose `rule` is the index-th lexeme, and its closing brace; false when there is
 * none. */
bool pv_lexemes_declaration(const pv_lexemes *lexemes, size_t index, pv_str *id, size_t *last);
/* Where the number-th example (from 1) of a rule begins, as an offset; the rule's own place where that cannot be told,
 * as of examples that are not written one by one. */
uint32_t pv_lexemes_example(const pv_lexemes *lexemes, const pv_rule *rule, size_t number);
/* The id of the rule whose declaration holds this byte of the file; empty outside of rules. */
pv_str pv_lexemes_rule_at(const pv_lexemes *lexemes, uint32_t offset);

/* ---- line_recorder.c ---- */

/* Sets with_code[line - 1] for the lines of the chunk where Lua's compiler put an instruction of a function that can be
 * reached, so that a line hook could report it. The file level is left out: it runs when a pack loads, not when a rule
 * is judged. A chunk that does not compile has none. */
bool pv_code_lines(pv_memory *memory, const pv_chunk *chunk, bool *with_code, size_t line_count,
                   pv_error *error) PV_MUST_CHECK;

/* ---- load_time.c ---- */

/* Of each file, for each line: whether something on it can run while a rule is judged, by what the words of the files
 * say. Not so what only ends something, what only builds examples, and functions that are only called when the pack
 * loads. out has room for one array per file, which are in arena. Fails only for memory. */
bool pv_lua_judged_lines(const pv_lexemes *files, size_t count, pv_arena *arena, bool **out,
                         pv_error *error) PV_MUST_CHECK;

/* ---- example_submission.c ---- */

typedef struct pv_example_setting {
    const pv_form *form;
    const pv_limits *limits;
    const pv_example *example;
    const pv_item *item; /* what the example's response answers; NULL: every item, ... */
    bool typed;          /* ... those that ask for a value too */
} pv_example_setting;

/* The parts of what an example calls a response or measure in a row, "2.1.1 (Health Net)"; without brackets the row is
 * empty and *id all of it. */
void pv_example_split(pv_str name, pv_str *id, pv_str *row);
/* The submission an example describes, in arena, made from a document like a filed one, whose source and nodes are
 * written together, without a parser between. PV_ERROR_NOT_FOUND for a name the form has not, PV_ERROR_ENCODING for a
 * text that is not UTF-8. */
bool pv_example_submission(const pv_submission **out, pv_arena *arena, const pv_example_setting *setting,
                           pv_error *error) PV_MUST_CHECK;

/* ---- lint_patterns.c ---- */

/* The patterns that matched anything while the examples were run, each once. */
typedef struct pv_matched {
    pv_observer observer; /* first, so that either pointer is the other */
    pv_arena *arena;
    PV_ARRAY(const pv_pattern *) patterns;
} pv_matched;

/* One rule set being looked at. */
typedef struct pv_lua_lint {
    pv_lint *lint;
    pv_lua_ruleset *owner;
    const pv_lexemes *files; /* one per file of owner */
    pv_matched matched;
} pv_lua_lint;

/* lint_expressions.c: formats that are data or lack values, shares worked out by hand. */
bool pv_lua_lint_expressions(const pv_lua_lint *all, pv_error *error) PV_MUST_CHECK;
/* lint_citations.c: citations that quote another number than the form has. */
bool pv_lua_lint_citations(const pv_lua_lint *all, pv_error *error) PV_MUST_CHECK;
/* lint_comparisons.c: comparisons that are never true. */
bool pv_lua_lint_comparisons(const pv_lua_lint *all, pv_error *error) PV_MUST_CHECK;
/* Patterns that match nothing, or are slow. */
bool pv_lua_lint_patterns(const pv_lua_lint *all, pv_error *error) PV_MUST_CHECK;

#define PV_HOSTILE_BYTES ((size_t)4096)

/* One character for each thing the pattern can match, in its order: "a1%" for `[a-z]+\d%`. Whole characters, since
 * texts that are searched are valid UTF-8. */
typedef struct pv_pattern_sample {
    char at[256];
    size_t size;  /* bytes */
    size_t count; /* characters */
} pv_pattern_sample;

/* What a pattern is likely to match a long part of, and then fail: extended is its flag x. */
pv_pattern_sample pv_pattern_sample_of(pv_str pattern, bool extended);
/* How many texts there are for a sample: the whole of it, each character and each two neighbours of it, each
 * repeated. */
size_t pv_hostile_text_count(const pv_pattern_sample *sample);
/* Replaces what is in out by the index-th: PV_HOSTILE_BYTES, a character that ends no match, and the sample, lest a
 * search be given up at once for a character that is nowhere in the text. */
void pv_hostile_text_write(const pv_pattern_sample *sample, size_t index, pv_buf *out);

/* ---- shown_value.c ---- */

#define PV_SHOWN_BYTES ((size_t)160)

/* A value in bounded space, written without running any of the rule's code: the same value always looks the same. */
typedef struct pv_shown_value {
    char text[PV_SHOWN_BYTES + 4]; /* and room for "…" */
    size_t size;
    bool cut;
    const pv_source *source; /* where the value comes from; NULL: nowhere */
    pv_place at;
} pv_shown_value;

/* [-0, +0, m] Shows the value at index: a text in quotes, a list with its first elements. */
void pv_show_value(lua_State *L, int index, pv_shown_value *out);
/* [-0, +0, m] Shows the value at index, which the object at another index gave for name: a plain value then comes from
 * where the object has it. */
void pv_show_member(lua_State *L, int index, int object, pv_str name, pv_shown_value *out);

#endif
