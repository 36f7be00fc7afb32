/* Invariant: a box is a sign that a filer ticks or leaves, told apart from other writing by the sign alone; a bullet, a
 * number and a word are none. What stands beside it is the words up to the next box, on the side on which the text has
 * them. */
#ifndef PV_TEXT_TICKS_H
#define PV_TEXT_TICKS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef struct pv_tick {
    bool is_ticked;
    pv_span mark;
    pv_span label; /* without white space and commas at its ends; may be empty */
} pv_tick;

typedef struct pv_ticks {
    const pv_tick *list; /* in text order */
    size_t count;
    size_t ticked;   /* of them */
    pv_span before;  /* what stands before the first box, and belongs to none */
    bool are_unsure; /* on which side of the boxes their words stand cannot be told */
} pv_ticks;

/* The boxes of a text, in arena: ☒ ☐ ☑ □ ✔ and the like, [x] and [ ], (x) and ( ), and the signs of the fonts Wingdings
 * and Zapf Dingbats. */
bool pv_ticks_find(pv_ticks *out, pv_arena *arena, pv_str text, pv_error *error) PV_MUST_CHECK;
/* Whether a text begins with a box; *end: where that ends. */
bool pv_tick_begins(pv_str text, bool *is_ticked, size_t *end);

#endif
