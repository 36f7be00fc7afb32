/* Invariant: "acronyms 1". An acronym is a word of two or more capitals that stands for words whose initials it has.
 * An expansion is a place where the text says both side by side, and the letters are told by the words; what merely
 * looks like an acronym (a Roman numeral, a state's postal code, a unit, an id, a word in capitals) is one only where
 * the text expands it. */
#ifndef PV_TEXT_ACRONYMS_H
#define PV_TEXT_ACRONYMS_H

#include "text/headings.h"

typedef struct pv_expansion {
    pv_span words;   /* bytes: what it stands for */
    pv_span acronym; /* where it is said beside them */
    bool different;  /* it says other words than the first expansion does */
} pv_expansion;

typedef struct pv_acronym {
    pv_span form;        /* bytes: as it is first written, without the "s" of several and what an owner has */
    const pv_span *uses; /* in text order; not in its expansions, in lines of capitals, nor in what a page prints
                           * around its text */
    size_t use_count;
    size_t first;                   /* of them, the first that is not in a heading; use_count when there is none */
    const pv_expansion *expansions; /* in text order */
    size_t expansion_count;
} pv_acronym;

/* In the order of their first place. */
typedef struct pv_acronym_list {
    const pv_acronym *acronyms;
    size_t count;
} pv_acronym_list;

/* In arena; tokens are those of text, headings all of its (pv_headings_find_all), marks what the document says of it,
 * or NULL. Takes time in proportion to the tokens. */
bool pv_acronyms_find(pv_acronym_list *out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                      const pv_heading_list *headings, const pv_marks *marks, pv_error *error) PV_MUST_CHECK;

/* The first use that stands before the first expansion; NULL where none does, or there is no expansion. */
const pv_span *pv_acronym_used_early(const pv_acronym *acronym);

#endif
