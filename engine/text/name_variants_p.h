/* Invariant: all that is English in the spelling of names stands in name_variants_english.c, as data, words with "|"
 * between; abbreviations and British spellings are those of naming_english.c. Names and compounds are looked for apart
 * and give variants of one kind of list, which name_variants.c puts in order. */
#ifndef PV_TEXT_NAME_VARIANTS_P_H
#define PV_TEXT_NAME_VARIANTS_P_H

#include "base/array.h"
#include "text/name_variants.h"
#include "text/word_forms_p.h"

#define PV_NAME_WORDS_MOST 7

extern const pv_str pv_english_name_links;     /* small words inside a name: "of" */
extern const pv_str pv_english_part_labels;    /* what parts of a document are called: "appendix" */
extern const pv_str pv_english_particles;      /* what makes a verb of the word before it: "follow *up*" */
extern const pv_str pv_english_compounds;      /* nouns that are written as one word or as two: "health care" */
extern const pv_str pv_english_prefixes;       /* before which a hyphen is a matter of taste: "non" */
extern const pv_str pv_english_other_meanings; /* that are other words without their hyphen: "re-sign" */

/* Hashes of words, with what is kept for each; open addressing. */
typedef struct pv_word_table {
    uint64_t *keys; /* 0: free */
    uint32_t *values;
    size_t mask;
} pv_word_table;

/* A hash of letters that one of two words after one another is made of. */
typedef struct pv_letters_hash {
    uint64_t hash, power;
    uint32_t letters;
} pv_letters_hash;

typedef struct pv_variant_finder {
    pv_arena *arena;
    pv_error *error;
    pv_word_forms forms;
    pv_letters_hash *letters; /* of each word: its folded letters and figures, an abbreviation's in full */
    pv_word_table links, particles;
    PV_ARRAY(pv_name_variant) found;
} pv_variant_finder;

#define PV_LETTERS_NONE ((pv_letters_hash){.power = 1})
pv_letters_hash pv_letters_hash_add(pv_letters_hash hash, uint32_t character);
pv_letters_hash pv_letters_hash_join(pv_letters_hash first, pv_letters_hash second);
/* As a key of a table: never 0. */
uint64_t pv_letters_hash_key(pv_letters_hash hash);

bool pv_word_table_new(pv_word_table *out, pv_arena *arena, size_t count, pv_error *error);
/* What is kept for the key; NULL where it is not there. */
uint32_t *pv_word_table_find(const pv_word_table *table, uint64_t key);
/* The same, made 0 where it was not. The table has room. */
uint32_t *pv_word_table_put(pv_word_table *table, uint64_t key);

/* The words of a list, each with the value 1. */
bool pv_word_list_read(pv_word_table *out, pv_arena *arena, pv_str words, pv_error *error);

bool pv_variants_add(pv_variant_finder *finder, const pv_name_variant *variant);
/* One-letter slips in names; compounds. */
bool pv_variants_find_slips(pv_variant_finder *finder);
bool pv_variants_find_compounds(pv_variant_finder *finder);

#endif
