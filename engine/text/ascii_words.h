/* Invariant: for text that is all ASCII, the same words as the definition "word" finds (words.h), eight bytes at a time. */
#ifndef PV_TEXT_ASCII_WORDS_H
#define PV_TEXT_ASCII_WORDS_H

#include "base/str.h"

size_t pv_ascii_words_count(pv_str text);
/* Fills at, which has room for as many words as were counted. */
void pv_ascii_words_find(pv_str text, pv_span *at);

#endif
