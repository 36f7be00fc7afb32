/* Invariant: a number is qualified only by the wording directly before it, or by "or more" and its like directly after. */
#ifndef PV_TEXT_QUALIFIERS_H
#define PV_TEXT_QUALIFIERS_H

#include "text/quantities.h"

/* How text qualifies the number and unit at these bytes. */
pv_qualifier pv_qualifier_of(pv_str text, pv_span at);

#endif
