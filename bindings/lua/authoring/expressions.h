/* Invariant: an expression is shown as the rule's author wrote it, on one line. */
#ifndef PV_LUA_AUTHORING_EXPRESSIONS_H
#define PV_LUA_AUTHORING_EXPRESSIONS_H

#include "lua/authoring/lexemes.h"

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
/* Its text in arena, with white space and comments folded to a space, and cut where it is long; .data is NULL when
 * memory is refused. */
pv_str pv_expression_text(const pv_lexemes *lexemes, pv_expression expression, pv_arena *arena);

#endif
