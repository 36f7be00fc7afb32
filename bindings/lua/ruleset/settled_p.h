/* Invariant: a `when` is settled for a part of the form only when it has run on that part without asking for anything
 * that another submission might answer otherwise, and knows nothing but what it asks for; then it says the same on
 * every submission on the form. In doubt it is not settled, and is run each time. */
#ifndef PV_LUA_RULESET_SETTLED_P_H
#define PV_LUA_RULESET_SETTLED_P_H

#include "lua/rules/rules.h"

typedef struct pv_settled pv_settled;

/* What `when` says of a part of the form. */
typedef struct pv_decision {
    bool known; /* false: it is to be run */
    bool applies;
    uint64_t work;  /* units of the budget that it takes */
    pv_str message; /* why it does not apply, as reports say it */
} pv_decision;

/* Settles what can be, with the parts of a submission that is open in a state in which no rule has run. In arena; NULL
 * when memory is refused. */
pv_settled *pv_settle(pv_runtime *runtime, const pv_catalogue *catalogue, pv_arena *arena);
/* Whether a rule was run for it: the state is then to be renewed. */
bool pv_settled_tried(const pv_settled *settled);
/* What is settled for the rule_index-th rule on a subject, or NULL. */
const pv_decision *pv_settled_find(const pv_settled *settled, size_t rule_index, const pv_subject *subject);

/* Calling the functions of a rule. */

/* [-0, +results, v] Calls the function at index with as many of subject (a value at that index), submission and
 * parameters as it has a name for. */
void pv_call_with_subject(lua_State *L, int function, int subject, unsigned arguments, const pv_rule *rule,
                          int results);

#endif
