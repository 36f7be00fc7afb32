/* Invariant: a table of words has at most half of its slots taken, and no key of it stands more than PV_SET_STEPS slots
 * from where a search for it begins: keys made to collide are refused, with PV_ERROR_LIMIT, and never cost more steps
 * than that. Equal letters have equal hashes, of whatever words they are made; 64 bits are taken as proof. */
#ifndef PV_TEXT_WORD_TABLES_P_H
#define PV_TEXT_WORD_TABLES_P_H

#include "text/tokens.h"

/* A number for each word, by a hash. */
typedef struct pv_word_table {
    uint64_t *keys; /* 0: free */
    uint32_t *values;
    size_t mask;
} pv_word_table;

/* In arena, with room for so many words. */
bool pv_word_table_new(pv_word_table *out, pv_arena *arena, size_t count, pv_error *error) PV_MUST_CHECK;
/* The number of the word; NULL where it is not there. */
uint32_t *pv_word_table_find(const pv_word_table *table, uint64_t key);
/* The same, with the word put there, its number 0, where it was not. The table has room. NULL when too many collide. */
uint32_t *pv_word_table_put(pv_word_table *table, uint64_t key, pv_error *error) PV_MUST_CHECK;

/* The first of the words with "|" between, which are then those after it. */
pv_str pv_take_word(pv_str *words);
size_t pv_count_words(pv_str words);
/* Adds each word of a list, its letters small: the bits are set in its number. The table has room. */
bool pv_word_table_add(pv_word_table *table, pv_str words, uint32_t bits, pv_error *error) PV_MUST_CHECK;
/* A table of the words of one list, each with the number 1. */
bool pv_word_table_of(pv_word_table *out, pv_arena *arena, pv_str words, pv_error *error) PV_MUST_CHECK;

/* A hash of letters, which those of two pieces of a word give that of the word. */
typedef struct pv_letters {
    uint64_t hash, power;
    uint32_t count;
} pv_letters;

#define PV_LETTERS_NONE ((pv_letters){.power = 1})
pv_letters pv_letters_add(pv_letters letters, uint32_t character);
pv_letters pv_letters_join(pv_letters first, pv_letters second);
/* The letters and figures of a word, without regard to case, accents and apostrophes. */
pv_letters pv_letters_of(pv_str word);
/* As a key of a table: never 0. */
uint64_t pv_letters_key(pv_letters letters);

#endif
