/* Invariant: wording is compared whole word by whole word, with ASCII letters folded and any white space between the
 * words, but never across a line feed, which ends a paragraph. What is English in it is in the tables of phrasing.c. */
#ifndef PV_TEXT_PHRASING_P_H
#define PV_TEXT_PHRASING_P_H

#include "base/str.h"

#define PV_POUND_SIGN 0xA3u
#define PV_EURO_SIGN 0x20ACu

/* The first offset at or after (before) this one that has no blank, white space other than a line feed, after (before)
 * it. */
size_t pv_phrasing_skip_blanks(pv_str text, size_t offset);
size_t pv_phrasing_skip_blanks_back(pv_str text, size_t offset);
/* The character at offset with its length in bytes; 0 and 0 at the end of text. */
uint32_t pv_phrasing_character_at(pv_str text, size_t offset, size_t *length);
/* True when a letter or number stands directly at (before) offset. */
bool pv_phrasing_word_character_at(pv_str text, size_t offset);
bool pv_phrasing_word_character_before(pv_str text, size_t offset);

/* Where the word that starts at offset ends: letters and numbers. */
size_t pv_phrasing_word_end(pv_str text, size_t offset);
/* Where to look on when nothing was found at offset, so that nothing is found inside a word: after the word that starts
 * there, or after the one character. */
size_t pv_phrasing_step_over(pv_str text, size_t offset);
/* After the blanks or the one hyphen at offset ("30 days", "30-day"); SIZE_MAX when there is neither. */
size_t pv_phrasing_after_joint(pv_str text, size_t offset);
/* The word that blanks separate from offset, one dot after it allowed ("No. 5"); empty when there is none. */
pv_span pv_phrasing_word_before(pv_str text, size_t offset);

/* Whether word is, as equal sees it, one of these. */
bool pv_phrasing_is_one_of(pv_str word, const char *const *words, size_t count, bool (*equal)(pv_str, pv_str));
/* End of phrase (lower case, single spaces) when it is the next wording at or after offset; otherwise SIZE_MAX. */
size_t pv_phrasing_phrase_after(pv_str text, size_t offset, pv_str phrase);
/* Start of phrase when it is the wording that blanks separate from offset; otherwise SIZE_MAX. */
size_t pv_phrasing_phrase_before(pv_str text, size_t offset, pv_str phrase);

/* True when the word before offset makes a label of the number after it: "Section 3", "page (2)", "January 5". */
bool pv_phrasing_labels_number(pv_str text, size_t offset);
/* True for the name of a month, capitalised, or its abbreviation. */
bool pv_phrasing_is_month(pv_str word);
/* 1 to 12 for the name of a month or its abbreviation, in any case; otherwise 0. */
unsigned pv_phrasing_month(pv_str word, bool *abbreviated);

/* Whether word, in any case, is one that a title writes small and that says nothing about what it is called: an
 * article, a conjunction, a preposition. One list, so that what may stand small in a heading is what is passed over
 * when headings are compared. */
bool pv_small_word(pv_str word);

/* True for the hyphens, the figure dash, the en dash and the minus sign. */
bool pv_phrasing_is_hyphen(uint32_t character);
/* True when one of them stands directly before offset. */
bool pv_phrasing_hyphen_before(pv_str text, size_t offset);
/* True when what stands directly before offset makes the number there part of a name, a date or a code, or a signed
 * one: "DMC-2", "24/7", "10:30", "-5". */
bool pv_phrasing_glued_before(pv_str text, size_t offset);
/* The same after it: "4th", "3-year", "1/15", "10:30", "3.b". */
bool pv_phrasing_glued_after(pv_str text, size_t offset);

#endif
