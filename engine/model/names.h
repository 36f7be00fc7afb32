/* Invariant: where a name stands in a list is found by hash, so a hostile document that asks for a million unknown
 * names costs a million steps and no more. The names keep their order and no two are equal. A synonym (a thing's
 * name, its label, an alias) leads to one thing however it is capitalised, hyphenated, underscored and spaced, and
 * to no other. */
#ifndef PV_MODEL_NAMES_H
#define PV_MODEL_NAMES_H

#include "base/set.h"

typedef struct pv_names {
    const pv_str *names;
    size_t count;
    pv_set positions; /* empty: none is found */
} pv_names;

/* Indexes names, which must live as long as the index, in arena. *repeated is the position of the first name that stood
 * earlier already (the index is then of no use), or SIZE_MAX. */
bool pv_names_index(pv_names *out, pv_arena *arena, const pv_str *names, size_t count, size_t *repeated,
                    pv_error *error) PV_MUST_CHECK;
/* The position of name, or SIZE_MAX. */
size_t pv_names_find(const pv_names *names, pv_str name);

/* ---- the same text ---- */

/* A text as it is compared with what it must be one of: code points, without regard to composed or decomposed letters,
 * case, spacing, and what shows nothing. Punctuation and signs stay: "A" is not "A+". */
typedef struct pv_folded {
    int32_t *longer; /* in an arena, where it does not fit here */
    size_t count;
    int32_t points[64];
} pv_folded;

/* Takes of arena only for a text that is long. */
bool pv_names_fold(pv_folded *out, pv_arena *arena, pv_str text, pv_error *error) PV_MUST_CHECK;
bool pv_names_are_same(const pv_folded *a, const pv_folded *b);

/* ---- synonyms ---- */

/* One way to call a thing. */
typedef struct pv_synonym {
    pv_str text;
    uint32_t thing; /* its position among the things */
    uint64_t key;   /* of the text, folded; filled by pv_synonyms_index */
} pv_synonym;

typedef struct pv_synonyms {
    const pv_synonym *sorted; /* by key, each key once */
    size_t count;
    const pv_str *spellings; /* the same texts in the order given: for suggestions */
} pv_synonyms;

/* Two things that are called the same: positions in the list given. */
typedef struct pv_synonym_clash {
    bool found;
    size_t earlier;
    size_t later;
} pv_synonym_clash;

/* What folded texts are compared by: a hash of their words (text/tokens.h), or of the whole where it has no letter
 * or number ("#", "%"). */
bool pv_synonym_key(pv_arena *arena, pv_str text, uint64_t *out, pv_error *error) PV_MUST_CHECK;
/* For qsort: by key, then by thing. */
int pv_synonym_compare(const void *left, const void *right);
/* Makes count things' synonyms findable, in arena. One thing may be called the same twice; when two things are,
 * *clash has the two, and out is of no use. Fails only for memory. */
bool pv_synonyms_index(pv_synonyms *out, pv_arena *arena, const pv_synonym *list, size_t count, pv_synonym_clash *clash,
                       pv_error *error) PV_MUST_CHECK;
/* The thing with this key, or SIZE_MAX. */
size_t pv_synonyms_find(const pv_synonyms *synonyms, uint64_t key);

#endif
