/* Invariant: what boxes say of a value is taken only where it can be told; else the text stays as it stands, for its
 * type to refuse, and says where a person must look. */
#ifndef PV_MODEL_TICKED_H
#define PV_MODEL_TICKED_H

#include "model/value.h"

/* Whether boxes may say what a value is: one is chosen, or several. */
bool pv_ticked_may_be(const pv_value_spec *spec);
/* Makes of a scalar whose text has boxes (text/ticks.h) what they say, for a value of which one is chosen or several:
 * yes or no, a choice, a row of a table, a list of choices. Of none ticked it is blank; of several where one is asked
 * it stays as it is. *node: then the value. false: error is filled. */
bool pv_ticked_take(pv_node **node, pv_arena *arena, const pv_value_spec *spec, pv_error *error) PV_MUST_CHECK;

#endif
