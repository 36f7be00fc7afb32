/* Invariant: a duration is a period that is stated for itself: not the interval of a frequency ("every three months"), not
 * a share of a longer one ("seven days a week") and not an age ("18 years old"). */
#ifndef PV_TEXT_DURATIONS_H
#define PV_TEXT_DURATIONS_H

#include "base/arena.h"
#include "text/periods.h"
#include "text/quantities.h"

typedef struct pv_duration {
    pv_qualifier qualifier; /* "within" and "no later than" are PV_QUALIFIER_AT_MOST */
    pv_decimal value;       /* of a range: the lower end */
    pv_decimal upper;       /* of a range: the upper end; else equal to value */
    pv_time_unit unit;
    pv_span at; /* number and unit, bytes; without the qualifier */
} pv_duration;

typedef struct pv_duration_list {
    const pv_duration *durations;
    size_t count;
} pv_duration_list;

/* All durations of text, in order, in arena: "within 30 calendar days", "five (5) Working Days", "a two-week period", "one
 * year"; "a year" only where it is qualified ("within a year"). A number too long for a decimal is PV_ERROR_RANGE. */
bool pv_durations_find(pv_arena *arena, pv_str text, pv_duration_list *out, pv_error *error) PV_MUST_CHECK;

#endif
