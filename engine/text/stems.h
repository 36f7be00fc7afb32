/* Invariant: a stem is the beginning of a word in small letters, so many bytes of it at most, without what stands
 * before its first letter and behind its last ("“Developing," and "development" are one, from five letters). A print
 * holds a stem where one of its words begins so; a stem that is shorter is a whole word, and is held where that stands.
 * Letters are those of ASCII. */
#ifndef PV_TEXT_STEMS_H
#define PV_TEXT_STEMS_H

#include "base/arena.h"
#include "base/error.h"
#include "text/words.h"

#define PV_STEM_LETTERS_MOST 8u

/* Numbers, by a number. */
typedef struct pv_stem_set {
    uint64_t *slots; /* 0: empty */
    size_t mask;     /* capacity - 1 */
} pv_stem_set;

/* What a print holds. */
typedef struct pv_stem_print {
    pv_stem_set stems;
    size_t letters;
} pv_stem_print;

/* Words that have no stem, since they tell nothing. */
typedef struct pv_stem_filler {
    pv_stem_set words;
    uint32_t sizes[26]; /* by first letter: bit n, that one has n bytes; the last bit, that one has as many or more */
} pv_stem_filler;

/* Stems, each a number. */
typedef struct pv_stem_list {
    const uint64_t *stems;
    size_t count;
} pv_stem_list;

typedef struct pv_stem_counts {
    size_t printed; /* of all, those that a print holds */
    size_t all;     /* words with a stem that stands apart from none */
    bool short_of;  /* too few are printed for the share: the words were not counted to their end */
} pv_stem_counts;

#define PV_STEM_SHARE_ALL 10000u /* in hundredths of a percent */

/* All in arena. The filler's words have white space between them; letters: 1 to PV_STEM_LETTERS_MOST. */
bool pv_stem_print_read(pv_stem_print *out, pv_arena *arena, pv_str printed, size_t letters,
                        pv_error *error) PV_MUST_CHECK;
bool pv_stem_filler_read(pv_stem_filler *out, pv_arena *arena, pv_str words, pv_error *error) PV_MUST_CHECK;
/* The stems of the words of text, in their order. */
bool pv_stems_find(pv_stem_list *out, pv_arena *arena, pv_str text, const pv_word_list *words,
                   const pv_stem_filler *filler, size_t letters, pv_error *error) PV_MUST_CHECK;
/* Counts words of text, but none with a stem of `apart`; all are of as many letters as the prints. Where those that are
 * printed can no longer come to the share, at most PV_STEM_SHARE_ALL, counting ends; 0: it never does. */
pv_stem_counts pv_stems_count(pv_str text, const pv_word_list *words, const pv_stem_filler *filler,
                              const pv_stem_list *apart, const pv_stem_print *const *prints, size_t print_count,
                              size_t share);

#endif
