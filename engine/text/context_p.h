/* Invariant: what makes a context is told part by part, each from cues that reach the words: their tense, then whose
 * words they are, since a promise may take up somebody's demand. Words are told of the past, of the present, or
 * promised, by the nearest cue that tells it; a weak one ("is") gives way to any other. */
#ifndef PV_TEXT_CONTEXT_P_H
#define PV_TEXT_CONTEXT_P_H

#include "text/context.h"
#include "text/reach_p.h"

typedef struct pv_tense {
    pv_context_kind kind; /* PAST, PRESENT, PROMISED, or PV_CONTEXT_KINDS for none */
    const pv_cue *cue;    /* that tells it, or NULL: a deadline */
    pv_span at;
} pv_tense;

/* The tense of the words; *where: the statement that tells it. */
pv_tense pv_tense_find(const pv_target *of, uint32_t *where);
/* Adds to context whose words they are where they are somebody else's, or that it cannot be told. */
void pv_attribution_find(const pv_target *of, const pv_tense *found, uint32_t where, pv_context *context);

/* Adds that what stands around the words takes them back, puts them off or places them elsewhere (reservations.c). */
void pv_reservations_find(const pv_target *of, pv_context *context);

/* The verb that a promise governs (tense.c): "increase" of "will increase"; empty where none is told. */
pv_span pv_governing_verb(const pv_target *of, const pv_cue *promise);

/* That a kind holds, or a doubt stands, because of these bytes; the first one told stays. */
void pv_context_set(pv_context *context, pv_context_kind kind, pv_span trigger);
void pv_context_doubt(pv_context *context, pv_doubt why, pv_span trigger);

#endif
