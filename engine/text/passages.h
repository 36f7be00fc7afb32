/* Invariant: a passage stands twice in a text, word for word, case and punctuation aside; what pages print around their
 * text and what is shown letter by letter is none. Its copies do not overlap, come in text order, and none of them
 * reaches over a heading, a cell or a note. Of several places where it stood before, the first is named. */
#ifndef PV_TEXT_PASSAGES_H
#define PV_TEXT_PASSAGES_H

#include "text/lines.h"
#include "text/marks.h"
#include "text/tokens.h"

typedef struct pv_passage {
    pv_span at;      /* the later of the two, from its first word to its last */
    pv_span earlier; /* where it stood first */
    size_t words;    /* that both have in common */
} pv_passage;

typedef struct pv_passages {
    const pv_passage *passages;
    size_t count;
} pv_passages;

/* The passages of `least` words or more that stand twice in text, whose tokens these are, in arena. Two that a few
 * words part in both places are one. marks may be NULL. */
bool pv_passages_find(pv_arena *arena, pv_str text, const pv_token_list *tokens, const pv_marks *marks, size_t least,
                      pv_passages *out, pv_error *error) PV_MUST_CHECK;

#endif
