/* Invariant: all that is English in the spelling of names stands in spelling_english.c, as data, words with "|"
 * between; abbreviations and British spellings are those of naming_english.c. Names and compounds are looked for apart
 * and give variants of one kind of list, which name_variants.c puts in order. */
#ifndef PV_TEXT_NAME_VARIANTS_P_H
#define PV_TEXT_NAME_VARIANTS_P_H

#include "base/array.h"
#include "text/name_variants.h"
#include "text/word_forms_p.h"
#include "text/word_tables_p.h"

#define PV_NAME_WORDS_MOST 7

extern const pv_str pv_english_name_links; /* small words inside a name: "of" */
extern const pv_str pv_english_name_and;
extern const pv_str pv_english_name_openings;  /* what stands before a name, with a capital at a sentence's start */
extern const pv_str pv_english_articles;       /* ... and, in a title, with one anywhere */
extern const pv_str pv_english_part_labels;    /* what parts of a document are called: "appendix" */
extern const pv_str pv_english_particles;      /* what makes a verb of the word before it: "follow *up*" */
extern const pv_str pv_english_compounds;      /* nouns that are written as one word or as two: "health care" */
extern const pv_str pv_english_prefixes;       /* behind which a hyphen is a matter of taste: "non" */
extern const pv_str pv_english_suffixes;       /* ... and before which: "wide" */
extern const pv_str pv_english_other_meanings; /* that are other words without their hyphen: "re-sign" */

/* A word as a part of a name. */
typedef struct pv_name_word {
    pv_letters letters; /* an abbreviation's in full */
    uint64_t surface;   /* hash of how it is written, and of what parts it from the word before */
    uint64_t opening;   /* the same without what is before it */
    bool content, link; /* one of the name's own; a small one between */
    bool joins;         /* it may be of one name with the word before it */
    bool abbreviated, respelt;
    bool owner; /* it ends in 's, which is of the name where that goes on: "Children's Bureau" */
} pv_name_word;

typedef struct pv_variant_finder {
    pv_arena *arena;
    pv_error *error;
    pv_word_forms forms;
    pv_letters *letters; /* of each word */
    pv_word_table lower; /* words that are written small somewhere */
    pv_word_table links, openings, particles, labels;
    uint64_t and_key;
    pv_name_word *names; /* of each word, for names */
    PV_ARRAY(pv_name_variant) found;
} pv_variant_finder;

/* Counts the words that are flagged with one of these, and not with one of those, and keeps them by their keys. */
bool pv_variants_note(const pv_variant_finder *finder, pv_word_table *out, uint32_t flags, uint32_t not_flags);
bool pv_variants_add(pv_variant_finder *finder, const pv_name_variant *variant);
/* A name where it stands. */
typedef struct pv_name_place {
    uint64_t key, surface;
    uint32_t first, words;
} pv_name_place;

/* In what two spellings of one name differ. */
typedef struct pv_name_difference {
    uint32_t differing, usual_differing; /* bits: words of the rarer spelling, and of the usual one */
    unsigned same;                       /* words of their own that both have alike */
    unsigned single;                     /* letters that stand alone, of what is joined in the other */
    bool joined, hyphen, accents, apostrophe, capitals, abbreviation, ampersand, spelling;
    bool is_none; /* of no matter, or no variant at all */
} pv_name_difference;

pv_name_difference pv_name_compare(const pv_variant_finder *finder, const pv_name_place *usual,
                                   const pv_name_place *other);

/* One-letter slips in names; compounds. */
bool pv_variants_find_slips(pv_variant_finder *finder);
bool pv_variants_find_compounds(pv_variant_finder *finder);

#endif
