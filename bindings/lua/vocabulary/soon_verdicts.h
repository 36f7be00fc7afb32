/* Invariant: what is said here of a value that is held against a limit, and of what is given, is, byte for byte, what
 * at_most, at_least and present of the vocabulary say. */
#ifndef PV_LUA_VOCABULARY_SOON_VERDICTS_H
#define PV_LUA_VOCABULARY_SOON_VERDICTS_H

#include "base/buf.h"
#include "lua/values/values.h"

/* A text that is put together in a block, so that nothing is allocated for it; one that is longer is not. */
typedef struct pv_short_text {
    pv_buf buf;
    char block[240];
} pv_short_text;

void pv_short_text_begin(pv_short_text *text, pv_memory *memory);
/* False where it is too long; *out lives as long as text. */
bool pv_short_text_end(pv_short_text *text, pv_str *out);

/* A value held against a limit: at_most(value, limit, noun), or at_least. */
typedef struct pv_held {
    bool at_most, counted, met;
    pv_exact_number value, limit;
    pv_str noun;                   /* empty: none */
    pv_str value_text, limit_text; /* as tostring gives them */
} pv_held;

/* Takes the value, and the noun where there is none yet: so many of what is counted, or a number. False where the
 * prelude says it otherwise: "1 word", a range, what cannot be compared. `at_most`, `limit` and `noun` are set. */
bool pv_held_counts(pv_held *asked, size_t count, pv_str noun);
bool pv_held_compares(pv_held *asked, pv_exact_number value, bool may_be_range);
bool pv_held_is_met(const pv_held *asked);
/* The message, once `met` is set: "95 words; at most 100 are allowed", "the target, 18%, is less than 20%". */
void pv_held_say(const pv_held *asked, pv_buf *message);
/* The line of working: "95 ≤ 100". */
void pv_held_show(const pv_held *asked, pv_buf *step);

#define PV_SAID_OF_RESPONSE PV_STR("the response to ")
/* "the response to 1.1 is given", or is not. */
void pv_given_say(pv_str kind, pv_str name, bool given, pv_buf *message);

#endif
