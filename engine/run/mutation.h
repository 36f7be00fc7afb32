/* Invariant: a mutation is one change of one file's text; applied, every other byte stands as it stood. Mutations are
 * found in the order in which they stand, so the same pack always has the same ones. */
#ifndef PV_RUN_MUTATION_H
#define PV_RUN_MUTATION_H

#include "base/arena.h"
#include "base/error.h"

typedef struct pv_mutation {
    size_t file; /* whatever number its finder was given */
    pv_span span;
    pv_str replacement; /* of the bytes in span; may be empty */
} pv_mutation;

typedef struct pv_mutations {
    pv_arena *arena;
    pv_mutation *items;
    size_t count;
    size_t capacity;
} pv_mutations;

/* What a word becomes that is to be found nowhere. */
#define PV_MUTATION_NO_WORD "zzz"

/* replacement must live as long as the mutations. */
bool pv_mutations_add(pv_mutations *all, size_t file, pv_span span, pv_str replacement, pv_error *error) PV_MUST_CHECK;
/* The number that stands in span (digits, perhaps a point and more digits), one more and, if it is not 0, one less. */
bool pv_mutations_add_number(pv_mutations *all, size_t file, pv_str text, pv_span span, pv_error *error) PV_MUST_CHECK;
/* text with the mutation made, in arena; .data is NULL when memory is refused. */
pv_str pv_mutation_apply(const pv_mutation *mutation, pv_str text, pv_arena *arena);

/* In a form: the numbers, the flags and the elements of lists under keys that is_read tells to be read by a rule. */
typedef bool (*pv_mutation_key)(void *payload, pv_str key);
bool pv_mutations_of_form(pv_mutations *all, size_t file, pv_str text, pv_mutation_key is_read, void *payload,
                          pv_error *error) PV_MUST_CHECK;

#endif
