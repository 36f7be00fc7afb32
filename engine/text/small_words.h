/* Invariant: the words that a title writes small and that say nothing about what it is called: articles, conjunctions and
 * prepositions. One list, so that what may stand small in a heading is what is passed over when headings are compared. */
#ifndef PV_TEXT_SMALL_WORDS_H
#define PV_TEXT_SMALL_WORDS_H

#include "base/str.h"

/* Whether word, in any case, is one of them. */
bool pv_small_word(pv_str word);

#endif
