/* Invariant: a wording is immutable once built: the words of one language (english.c), with those that a pack adds,
 * that tell in which light a statement is made. A cue is one of them found in a text as whole tokens, the longest at
 * each token, so that "not only" is found where it stands and "not" is not. What a cue does to what stands around it is
 * for context.h to say. */
#ifndef PV_TEXT_CUES_H
#define PV_TEXT_CUES_H

#include "text/phrases.h"

/* What a cue does. A phrase may do several things; one that does none takes its words out of play ("no later than"). */
typedef uint32_t pv_cue_roles;
enum {
    PV_CUE_DENIES = 1u << 0,       /* "not", "without", "unable to" */
    PV_CUE_HEDGES = 1u << 1,       /* "may", "where possible", "explore" */
    PV_CUE_CONDITIONS = 1u << 2,   /* "if", "subject to" */
    PV_CUE_PAST = 1u << 3,         /* "was", "last year" */
    PV_CUE_PRESENT = 1u << 4,      /* "currently", "is" */
    PV_CUE_PROMISES = 1u << 5,     /* "will", "plan to", "goal" */
    PV_CUE_SPEAKER = 1u << 6,      /* who else may be saying it: "DHCS", "the form" */
    PV_CUE_ASKS = 1u << 7,         /* what a speaker does: "asks for", "requires", "required" */
    PV_CUE_DEMAND = 1u << 8,       /* what a speaker has: "requirement", "target" */
    PV_CUE_ATTRIBUTES = 1u << 9,   /* by itself somebody else's words: "according to", "we are asked" */
    PV_CUE_ACHIEVES = 1u << 10,    /* "reach", "meet": makes what is given the speaker's own */
    PV_CUE_CHANGES = 1u << 11,     /* "increase", "growth" */
    PV_CUE_ACTION = 1u << 12,      /* a verb that begins an imperative */
    PV_CUE_SUBJECT = 1u << 13,     /* "we", "they" */
    PV_CUE_OURS = 1u << 14,        /* "we", "our plan" */
    PV_CUE_FINITE = 1u << 15,      /* an auxiliary: "will", "is", "does" */
    PV_CUE_CONTRAST = 1u << 16,    /* "but", "however" */
    PV_CUE_RELATIVE = 1u << 17,    /* "which", "who" */
    PV_CUE_SUBORDINATE = 1u << 18, /* "because", "while" */
    PV_CUE_JOINS = 1u << 19,       /* "and", "or" */
    /* How it reaches; where nothing is said, forward. */
    PV_CUE_WEAK = 1u << 20,         /* gives way to any other of its kind in the statement: "is" */
    PV_CUE_WHOLE = 1u << 21,        /* the whole statement: "where possible" */
    PV_CUE_NEAR = 1u << 22,         /* only what directly follows: "nearly", "current" */
    PV_CUE_TO_COMMA = 1u << 23,     /* "instead of" */
    PV_CUE_PARTICIPLE = 1u << 24,   /* past only where it is no adjective and no passive of a promise */
    PV_CUE_CONTINUES = 1u << 25,    /* "nor": goes on with a denial */
    PV_CUE_NEEDS_CLAUSE = 1u << 26, /* opens a statement only before a subject and an auxiliary: "while" */
    PV_CUE_TO_VERB = 1u << 28,      /* "explore": up to "and" with a verb of its own */
    PV_CUE_TO_FINITE = 1u << 29,    /* "without": up to the verb that goes on, "without a home will" */
    PV_CUE_APOSTROPHE = 1u << 27,   /* is what it is only with its apostrophe: "we'll" */
};

/* The words of a role, with "|" between. */
typedef struct pv_cue_words {
    pv_cue_roles roles;
    pv_str phrases;
} pv_cue_words;

typedef struct pv_cue {
    pv_cue_roles roles;
    uint32_t first;     /* token */
    uint32_t end;       /* after its last */
    pv_span at;         /* bytes */
    uint32_t statement; /* the innermost that it stands in (statements.h) */
} pv_cue;

typedef struct pv_wording pv_wording;

/* What a pack may add words of: "denies", "speakers" … */
typedef struct pv_wording_kind {
    pv_str name;
    pv_cue_roles roles;
} pv_wording_kind;

#define PV_WORDING_KINDS_MAX 16
extern const pv_wording_kind pv_wording_kinds[];
extern const size_t pv_wording_kind_count;

/* A phrase that a pack adds: it does what its kind does, whatever the language has for it. */
typedef struct pv_wording_phrase {
    pv_cue_roles roles;
    pv_str phrase;
} pv_wording_phrase;

/* The wording of the language "en", in arena. A phrase without a token is PV_ERROR_SHAPE. */
bool pv_wording_build(pv_wording **out, pv_arena *arena, const pv_wording_phrase *added, size_t count,
                      pv_error *error) PV_MUST_CHECK;
/* The cues in tokens of text, in order, in arena. */
bool pv_cues_find(const pv_wording *wording, pv_arena *arena, pv_str text, const pv_token_list *tokens, pv_cue **out,
                  size_t *count, pv_error *error) PV_MUST_CHECK;

#endif
