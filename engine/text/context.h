/* Invariant: "context 1". The light in which a text says something is told from cues (cues.h) that reach it, by the
 * rules here and nothing else: no guess, no statistics. Each kind that holds has the words that make it hold. What
 * cannot be told is unclear, with the reason, and never promised. A promise whose object is somebody's demand ("we will
 * reach the 20% that DHCS asks for") is a promise; a demand in a promise's words ("DHCS will require 20%") is not. */
#ifndef PV_TEXT_CONTEXT_H
#define PV_TEXT_CONTEXT_H

#include "text/statements.h"

#define PV_CONTEXT_VERSION "context 1"

typedef enum pv_context_kind {
    PV_CONTEXT_DENIED,
    PV_CONTEXT_HEDGED,
    PV_CONTEXT_ATTRIBUTED, /* somebody else's words */
    PV_CONTEXT_CONDITIONAL,
    PV_CONTEXT_PAST,
    PV_CONTEXT_PRESENT,
    PV_CONTEXT_PROMISED,
    PV_CONTEXT_UNCLEAR,
    PV_CONTEXT_KINDS,
} pv_context_kind;

/* Why a context is unclear. */
typedef enum pv_doubt {
    PV_DOUBT_NONE,
    PV_DOUBT_DENIED_TWICE, /* "will not fail to" */
    PV_DOUBT_QUOTED,       /* in a longer quotation of nobody that is named */
    PV_DOUBT_ASKED,        /* in a question */
    PV_DOUBT_LED,          /* an item of a list that begins with somebody else's words */
    PV_DOUBT_SUBJECT,      /* in a subject of which something is denied */
    PV_DOUBT_BRACKET,      /* a denial in brackets follows it */
    PV_DOUBT_TOO_LONG,     /* in a sentence that is too long to be read */
    PV_DOUBT_TAKEN_BACK,   /* "or rather", "scratch that" after it */
    PV_DOUBT_NOTE,         /* a footnote to it denies it, leaves it open or sets a condition */
    PV_DOUBT_ELSEWHERE,    /* "in another county" */
    PV_DOUBT_FAR_OFF,      /* "by 2090" */
    PV_DOUBT_GARBLED,      /* a figure that a blank parts: "2 0%" */
} pv_doubt;

typedef struct pv_context {
    pv_span trigger[PV_CONTEXT_KINDS]; /* bytes; empty where the kind does not hold */
    pv_doubt doubt;
    pv_span promised_by; /* the words of its statement before those that promise it: who, or what; may be empty */
    pv_span verb;        /* what the promise says will be done: "meet" of "will meet"; empty where that is not told */
} pv_context;

/* "denied", "hedged" … */
const char *pv_context_kind_name(pv_context_kind kind);
/* "it is denied twice" … */
const char *pv_doubt_reason(pv_doubt doubt);
bool pv_context_holds(const pv_context *context, pv_context_kind kind);
/* Neither denied nor somebody else's nor unclear. */
bool pv_context_is_asserted(const pv_context *context);
/* Asserted, and neither hedged nor conditional. */
bool pv_context_is_sure(const pv_context *context);

/* The context of the words at these bytes of the text read; nothing holds where no word stands. Costs no more than a
 * few passes over their sentence. */
pv_context pv_context_of(const pv_statements *read, pv_span at);
/* What of a list item with these bytes says how the whole of it is said: what stands behind the auxiliary of its main
 * verb ("we will not *train* staff"), or before it where nothing does ("*audits* are not planned"), otherwise all of
 * its first statement ("*train staff who have never used one*"), whose words then are no cues to it. Empty where no
 * word stands. */
pv_span pv_context_head(const pv_statements *read, pv_span item);

#endif
