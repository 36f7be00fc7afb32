/* Invariant: what is said here of a value that is held against a limit is, byte for byte, what at_most and at_least of
 * the vocabulary say. */
#ifndef PV_LUA_VOCABULARY_SOON_VERDICTS_H
#define PV_LUA_VOCABULARY_SOON_VERDICTS_H

#include "lua/values/values.h"

/* A value held against a limit: at_most(value, limit, noun), or at_least. */
typedef struct pv_held {
    bool at_most, counted, met;
    pv_exact_number value, limit;
    pv_str noun;                   /* empty: none */
    pv_str value_text, limit_text; /* as tostring gives them */
} pv_held;

bool pv_held_is_met(const pv_held *asked);
/* The message, once `met` is set: "95 words; at most 100 are allowed", "the target, 18%, is less than 20%". */
void pv_held_say(const pv_held *asked, pv_buf *message);
/* The line of working: "95 ≤ 100". */
void pv_held_show(const pv_held *asked, pv_buf *step);

#endif
