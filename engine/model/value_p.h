/* Invariant: a text is a value of its type whole, or not at all. */
#ifndef PV_MODEL_VALUE_P_H
#define PV_MODEL_VALUE_P_H

#include "model/value.h"

/* A scalar's text, which has no white space around it, as its type's value: fills in what that is told by. Fails at
 * node with what was expected; a list or document is any. arena is for the work. */
bool pv_value_parse(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                    pv_error *error) PV_MUST_CHECK;

#endif
