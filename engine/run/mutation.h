/* Invariant: a mutation is one change of one file's text; applied, every other byte stands as it stood. Mutations are
 * found in the order in which they stand, so the same pack always has the same ones. */
#ifndef PV_RUN_MUTATION_H
#define PV_RUN_MUTATION_H

#include "model/node.h"

/* Where a change is made. Most names in a table of reference data go unnoticed by design: no test tries them all. */
typedef enum pv_mutation_kind {
    PV_MUTATION_OF_RULES,
    PV_MUTATION_OF_FORM,
    PV_MUTATION_OF_ALIAS,
    PV_MUTATION_KIND_COUNT
} pv_mutation_kind;

typedef struct pv_mutation {
    pv_mutation_kind kind;
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
/* The day that stands in span, one later and one earlier; nothing where none stands there. */
bool pv_mutations_add_date(pv_mutations *all, size_t file, pv_str text, pv_span span, pv_error *error) PV_MUST_CHECK;
/* text with the mutation made, in arena; .data is NULL when memory is refused. */
pv_str pv_mutation_apply(const pv_mutation *mutation, pv_str text, pv_arena *arena);

/* In a form: the numbers, days, flags and the elements of lists under keys that is_read tells to be read by a rule, and
 * the days of conditions; never an id or a name by which a part of the form is known. */
typedef bool (*pv_mutation_key)(void *payload, pv_str key);
bool pv_mutations_of_form(pv_mutations *all, size_t file, const pv_document *form, pv_mutation_key is_read,
                          void *payload, pv_error *error) PV_MUST_CHECK;

#endif
