/* Invariant: a wording is immutable once built: the words of one language (english.c), with those that a pack adds,
 * that tell in which light a statement is made. A cue is one of them found in a text as whole tokens, the longest at
 * each token, so that "not only" is found where it stands and "not" is not. What a cue does to what stands around it is
 * for context.h to say. */
#ifndef PV_TEXT_CUES_H
#define PV_TEXT_CUES_H

#include "text/phrases.h"

/* What a cue does. A phrase may do several things; one that does none takes its words out of play ("no later than"). */
typedef uint64_t pv_cue_roles;
#define PV_CUE_ROLE(bit) (UINT64_C(1) << (bit))
#define PV_CUE_DENIES PV_CUE_ROLE(0)       /* "not", "without", "unable to" */
#define PV_CUE_HEDGES PV_CUE_ROLE(1)       /* "may", "where possible", "explore" */
#define PV_CUE_CONDITIONS PV_CUE_ROLE(2)   /* "if", "subject to" */
#define PV_CUE_PAST PV_CUE_ROLE(3)         /* "was", "last year" */
#define PV_CUE_PRESENT PV_CUE_ROLE(4)      /* "currently", "is" */
#define PV_CUE_PROMISES PV_CUE_ROLE(5)     /* "will", "plan to", "goal" */
#define PV_CUE_SPEAKER PV_CUE_ROLE(6)      /* who else may be saying it: "DHCS", "the form" */
#define PV_CUE_ASKS PV_CUE_ROLE(7)         /* what a speaker does: "asks for", "requires", "required" */
#define PV_CUE_DEMAND PV_CUE_ROLE(8)       /* what a speaker has: "requirement", "target" */
#define PV_CUE_ATTRIBUTES PV_CUE_ROLE(9)   /* by itself somebody else's words: "according to", "we are asked" */
#define PV_CUE_ACHIEVES PV_CUE_ROLE(10)    /* "reach", "meet": makes what is given the speaker's own */
#define PV_CUE_CHANGES PV_CUE_ROLE(11)     /* "increase", "growth" */
#define PV_CUE_ACTION PV_CUE_ROLE(12)      /* a verb that begins an imperative */
#define PV_CUE_SUBJECT PV_CUE_ROLE(13)     /* "we", "they" */
#define PV_CUE_OURS PV_CUE_ROLE(14)        /* "we", "our plan" */
#define PV_CUE_FINITE PV_CUE_ROLE(15)      /* an auxiliary: "will", "is", "does" */
#define PV_CUE_CONTRAST PV_CUE_ROLE(16)    /* "but", "however" */
#define PV_CUE_RELATIVE PV_CUE_ROLE(17)    /* "which", "who" */
#define PV_CUE_SUBORDINATE PV_CUE_ROLE(18) /* "because", "while" */
#define PV_CUE_JOINS PV_CUE_ROLE(19)       /* "and", "or" */
/* How it reaches; where nothing is said, forward. */
#define PV_CUE_WEAK PV_CUE_ROLE(20)         /* gives way to any other of its kind in the statement: "is" */
#define PV_CUE_WHOLE PV_CUE_ROLE(21)        /* the whole statement: "where possible" */
#define PV_CUE_NEAR PV_CUE_ROLE(22)         /* only what directly follows: "nearly", "current" */
#define PV_CUE_TO_COMMA PV_CUE_ROLE(23)     /* "instead of" */
#define PV_CUE_PARTICIPLE PV_CUE_ROLE(24)   /* past only where it is no adjective and no passive of a promise */
#define PV_CUE_CONTINUES PV_CUE_ROLE(25)    /* "nor": goes on with a denial */
#define PV_CUE_NEEDS_CLAUSE PV_CUE_ROLE(26) /* opens a statement only before a subject and an auxiliary: "while" */
#define PV_CUE_TO_VERB PV_CUE_ROLE(28)      /* "explore": up to "and" with a verb of its own */
#define PV_CUE_TO_FINITE PV_CUE_ROLE(29)    /* "without": up to the verb that goes on, "without a home will" */
#define PV_CUE_APOSTROPHE PV_CUE_ROLE(27)   /* is what it is only with its apostrophe: "we'll" */
#define PV_CUE_TAKES_BACK PV_CUE_ROLE(30)   /* "scratch that": what stands before it */
#define PV_CUE_ELSEWHERE PV_CUE_ROLE(31)    /* "in other counties" */
#define PV_CUE_HERE PV_CUE_ROLE(32)         /* "in this county": there too */
#define PV_CUE_CLOSING PV_CUE_ROLE(33)      /* is what it is only before a mark of punctuation */

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
