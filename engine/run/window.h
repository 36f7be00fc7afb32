/* Invariant: a rule with `since` or `until` never judges on a day outside them, nor when no day was said. */
#ifndef PV_RUN_WINDOW_H
#define PV_RUN_WINDOW_H

#include "run/pack.h"

/* Whether the rule's days let it judge (*open). If not, out is the outcome: not applicable outside them, and not
 * checked, with a fault, when the pack was opened for no day. Fails only for memory. */
bool pv_window_look(const pv_rule *rule, const pv_pack *pack, pv_arena *arena, bool *open, pv_outcome *out,
                    pv_error *error) PV_MUST_CHECK;
/* A day on which a rule with such days applies. */
pv_date pv_window_day_inside(const pv_rule *rule);

#endif
