/* Invariant: what a thing is called (its name, its label, its aliases) leads to that one thing however it is capitalised,
 * hyphenated, underscored and spaced, and to no other. */
#ifndef PV_MODEL_SYNONYMS_H
#define PV_MODEL_SYNONYMS_H

#include "base/arena.h"
#include "base/error.h"

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

/* What folded texts are compared by: a hash of their words (text/tokens.h), or of the whole where it has no letter or number
 * ("#", "%"). */
bool pv_synonym_key(pv_arena *arena, pv_str text, uint64_t *out, pv_error *error) PV_MUST_CHECK;
/* Makes count things' synonyms findable, in arena. One thing may be called the same twice; when two things are, *clash has the
 * two, and out is of no use. Fails only for memory. */
bool pv_synonyms_index(pv_synonyms *out, pv_arena *arena, const pv_synonym *list, size_t count, pv_synonym_clash *clash,
                       pv_error *error) PV_MUST_CHECK;
/* The thing with this key, or SIZE_MAX. */
size_t pv_synonyms_find(const pv_synonyms *synonyms, uint64_t key);

#endif
