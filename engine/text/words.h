/* Invariant: a word count is made by a named, versioned definition, and the words found are exactly the ones counted:
 * spans into the text given, in order, not overlapping, never empty. */
#ifndef PV_TEXT_WORDS_H
#define PV_TEXT_WORDS_H

#include "base/arena.h"
#include "base/error.h"

/* How words are told apart. Findings print the name, so a definition never changes under its name. */
typedef enum pv_word_method {
    /* "word": Microsoft Word's rule. Maximal runs of characters that are not Unicode White_Space, each one word, typed
     * enumerators and lone symbols included; each ideograph (Han, kana, Hangul) is one word, with the marks and
     * what shows nothing after it, and ends a run. Characters that show nothing (pv_utf8_is_invisible) separate
     * nothing, and a run of them alone is no word. */
    PV_WORD_METHOD_WORD,
    /* "dash-split": LibreOffice's rule. As "word", but em dash and en dash separate words and are none, and two or more
     * hyphens end the word they stand in: "a--b" is two words, "a -- b" three. */
    PV_WORD_METHOD_DASH_SPLIT,
    /* "uax29": Unicode text segmentation, counting segments that hold a letter or a number. */
    PV_WORD_METHOD_UAX29,
} pv_word_method;

typedef struct pv_word_list {
    const pv_span *at; /* byte spans of the text counted */
    size_t count;
} pv_word_list;

/* The method of this name: "word", "dash-split", "uax29". */
bool pv_word_method_from_name(pv_str name, pv_word_method *out);

/* The words of text, in arena. */
bool pv_words_find(pv_arena *arena, pv_str text, pv_word_method method, pv_word_list *out,
                   pv_error *error) PV_MUST_CHECK;
/* The count alone; no allocation for PV_WORD_METHOD_WORD and DASH_SPLIT. false (memory) only for UAX29. */
bool pv_words_count(pv_str text, pv_word_method method, size_t *out, pv_error *error) PV_MUST_CHECK;

/* The number-th word (1 is the first) of a text that has so many, by PV_WORD_METHOD_WORD; and from the first word to
 * the last, of one that has any. */
pv_span pv_word_at(pv_str text, size_t number);
pv_span pv_words_hull(pv_str text);
/* The count by PV_WORD_METHOD_WORD of a text that is ASCII; false where it is not. *shown: whether each of its
 * characters shows, or is white space. */
bool pv_words_count_shown(pv_str text, size_t *out, bool *shown) PV_MUST_CHECK;

typedef enum pv_word_trick_kind {
    /* What shows nothing glues two words of a script that has white space between words and needs no joiners (Latin,
     * Greek, Cyrillic …). Not so a soft hyphen, and what stands inside Arabic, Indic and such words. */
    PV_WORD_TRICK_ZERO_WIDTH,
    /* Over 60 characters without white space, and not a URL or e-mail address; a leader (.....) counts as one. */
    PV_WORD_TRICK_LONG_RUN,
    /* Several words in a shorter run, parted by signs or capitals alone: "we_will_connect_all", "connect,train,pay".
     * Two with a comma between them are a slip, but not four times in one text. */
    PV_WORD_TRICK_JOINED,
} pv_word_trick_kind;

typedef struct pv_word_trick {
    pv_word_trick_kind kind;
    pv_span at; /* the whole run, since what is invisible cannot be pointed at */
} pv_word_trick;

typedef struct pv_word_trick_list {
    const pv_word_trick *tricks;
    size_t count;
} pv_word_trick_list;

/* How many words more a person reads in text than are counted, where what shows nothing glues them (the trick of that
 * kind); *first: the first run that is glued, empty when there is none. */
size_t pv_words_glued(pv_str text, pv_span *first);
/* What makes a count look smaller than what a person reads, in text order, in arena. A run can be both kinds. */
bool pv_words_find_tricks(pv_arena *arena, pv_str text, pv_word_trick_list *out, pv_error *error) PV_MUST_CHECK;

#endif
