/* Invariant: what is no answer is told from the words of the text alone, and the same everywhere. It is one only where
 * every word of it is known to say nothing: a single word beyond those makes it an answer, which rules and people
 * judge. Case, punctuation, hyphens and spacing do not matter (tokens.h). */
#ifndef PV_TEXT_UNANSWERED_H
#define PV_TEXT_UNANSWERED_H

#include "base/arena.h"
#include "base/error.h"
#include "text/tokens.h"

typedef enum pv_unanswered {
    PV_ANSWERED,
    PV_UNANSWERED_BLANK,       /* nothing that shows */
    PV_UNANSWERED_PLACEHOLDER, /* "TBD", "N/A", "-", "…", "xxx", "None", "to be determined", "[insert text]" */
    PV_UNANSWERED_ELSEWHERE,   /* "see above", "same as 1.1.6.2", "ditto": the words stand somewhere else */
    PV_UNANSWERED_REPEATED,    /* one word, or a few, over and over */
    PV_UNANSWERED_DUMMY,       /* lorem ipsum */
    PV_UNANSWERED_PROMPT,      /* the prompt's own words, or a passage of them */
} pv_unanswered;

/* The English words that say nothing, and further ones of a form. */
typedef struct pv_empty_words pv_empty_words;

/* A set with count further phrases in arena, each of which stands for no answer by itself. PV_ERROR_SHAPE for a phrase
 * without a letter or number, PV_ERROR_LIMIT for one that is too long. */
bool pv_empty_words_build(pv_empty_words **out, pv_arena *arena, const pv_str *further, size_t count,
                          pv_error *error) PV_MUST_CHECK;
/* What of an answer text is. prompt: the words of what it answers, when it is prose; NULL for a field or cell, where a
 * check mark is an answer, and what is repeated may be a name or a number. Scratch memory is of arena; fails only for
 * memory. */
bool pv_unanswered_judge(const pv_empty_words *words, pv_arena *arena, pv_str text, const pv_token_list *prompt,
                         pv_unanswered *out, pv_error *error) PV_MUST_CHECK;
/* Why a text is no answer, as what is said of it: "stands for an answer and is none". NULL for an answer and
 * for a blank. */
const char *pv_unanswered_reason(pv_unanswered kind);

#endif
