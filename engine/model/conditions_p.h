/* Invariant: a condition on a value is broken only by a value that is given and could be read, or by what one that is
 * left out is computed to be; what cannot be decided is doubtful where no other finding says why. */
#ifndef PV_MODEL_CONDITIONS_P_H
#define PV_MODEL_CONDITIONS_P_H

#include "model/conditions.h"
#include "model/terms.h"

/* What looking at one value after another needs again. */
typedef struct pv_look_state {
    pv_term_memo memo;
    struct pv_pattern *pattern; /* NULL: not yet */
    struct pv_matcher *matcher;
} pv_look_state;

/* One value that a condition is about. */
typedef struct pv_looked_at {
    const pv_condition *condition;
    const pv_value *value;
    pv_subject subject;
    const pv_term_context *context;
    pv_look_state *state;
    pv_breaches *out;
    pv_error *error;
} pv_looked_at;

void pv_look_state_clear(pv_look_state *state);

bool pv_breach_add(pv_breaches *out, pv_breach breach, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* Whether the condition is one of those below. */
bool pv_condition_is_on_value(const pv_condition *condition);
/* Conditions on bounds, patterns, entries of lists, and what is computed or prefilled (value_conditions.c). */
bool pv_value_look_at(const pv_looked_at *it) PV_MUST_CHECK;
/* How many measures of a group are reported on, and how many rows there are of a kind (counted_conditions.c). */
bool pv_look_at_group(const pv_condition *condition, const pv_submission *submission, pv_arena *arena, pv_breaches *out,
                      pv_error *error) PV_MUST_CHECK;
bool pv_look_at_rows(const pv_condition *condition, const pv_submission *submission, pv_arena *arena, pv_breaches *out,
                     pv_error *error) PV_MUST_CHECK;
/* That no two rows have a column in common: all rows at once. */
bool pv_unique_look_at(const pv_condition *condition, const pv_record_list *rows, pv_arena *arena, pv_breaches *out,
                       pv_error *error) PV_MUST_CHECK;

#endif
