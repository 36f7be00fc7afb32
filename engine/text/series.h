/* Invariant: a series is three or more things that one sentence puts side by side, told apart by semicolons or commas:
 * "as follows: a; b; c", "A, B, and C", "A, B and C". It has no markers, so its items are of PV_ITEM_SERIES: what it is
 * a series of, and whether a comma set something off instead, is not known. A thousands comma, what stands in brackets
 * and what leads to a series ("In 2022, …") are no parts of one. */
#ifndef PV_TEXT_SERIES_H
#define PV_TEXT_SERIES_H

#include "text/lists.h"

typedef struct pv_series_list {
    const pv_list_items *series; /* each outer items alone; markers are empty, at where the body begins */
    size_t count;
} pv_series_list;

/* All series of text, in order, in arena. */
bool pv_series_find(pv_arena *arena, pv_str text, pv_series_list *out, pv_error *error) PV_MUST_CHECK;

#endif
