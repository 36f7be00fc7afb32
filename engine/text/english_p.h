/* Invariant: all that is English in the reading of statements stands in english.c, as data: which words do what, which
 * dots close no sentence, how quantities are compared. */
#ifndef PV_TEXT_ENGLISH_P_H
#define PV_TEXT_ENGLISH_P_H

#include "text/cues.h"
#include "text/quantities.h"

extern const pv_cue_words pv_english_cues[];
extern const size_t pv_english_cue_groups;

/* Whether the dot after this word, without it, closes no sentence whatever follows ("Dr", "vs"). */
bool pv_english_is_title(pv_str word);
/* Whether it may close one or not ("etc", "Inc"). */
bool pv_english_is_abbreviation(pv_str word);
/* Whether a capital word after such a dot begins a sentence: "We", "The". */
bool pv_english_begins_sentence(pv_str word);
/* Whether word says nothing by itself: an article, a preposition, a conjunction. */
bool pv_english_is_function_word(pv_str word);
/* Whether word is an article, a possessive pronoun or a demonstrative. */
bool pv_english_is_determiner(pv_str word);
/* Whether word may stand between a promise and its verb: "will also jointly …", "will be …". */
bool pv_english_stands_before_verb(pv_str word);
/* Whether word begins a clause in which another verb stands: "who", "why". */
bool pv_english_opens_clause(pv_str word);
/* Whether word names what is the better the smaller it is: "gap", "shortage". */
bool pv_english_is_gap(pv_str word);
/* Whether it is one that makes what follows known already: "the", "these". */
bool pv_english_is_definite(pv_str word);

/* Whether word gives leave: "permits", "allow". */
bool pv_english_is_leave(pv_str word);
/* Whether word is what somebody gives before something may happen: "approval". */
bool pv_english_is_assent(pv_str word);
/* Whether so many years are more than any plan that is held to: "fifty". */
bool pv_english_is_many(pv_str word);
/* Whether a number after it is its name: "tier 2", "section 3". */
bool pv_english_is_numbered(pv_str word);
/* Whether what is read word for word follows: "the template reads: …". */
bool pv_english_is_quoting(pv_str word);
/* Whether what somebody says begins with it: "says that", "say they". */
bool pv_english_is_reported(pv_str word);
/* Whether word, after "by", names a time: "December", "2022", "year", "spring". */
bool pv_english_is_deadline(pv_str word);

/* Whether what a sentence concedes begins with it: "while", "although". */
bool pv_english_concedes(pv_str word);
/* Whether a sentence that begins with it speaks of what was said before: "this", "they". */
bool pv_english_points_back(pv_str word);
/* Whether it tells in which manner something is done: "online", "in" of "in person". */
bool pv_english_is_manner(pv_str word);
/* Whether what is said before is set against what begins with it: "however". */
bool pv_english_contrasts(pv_str word);
/* Whether it names what a statement was about: "target", "commitment", "meetings". */
bool pv_english_is_matter(pv_str word);
/* Whether it leaves open what it is said of: "may", "unlikely". */
bool pv_english_loosens(pv_str word);
/* Whether what may be told behind "may" is more of it: "include", "also". */
bool pv_english_is_more(pv_str word);

/* How a quantity is compared, beyond what quantities.h reads; longer ones first. */
typedef struct pv_comparing_words {
    pv_str phrase;
    pv_qualifier qualifier;
} pv_comparing_words;

extern const pv_comparing_words pv_english_comparing_before[];
extern const size_t pv_english_comparing_before_count;
extern const pv_comparing_words pv_english_comparing_after[];
extern const size_t pv_english_comparing_after_count;

#endif
