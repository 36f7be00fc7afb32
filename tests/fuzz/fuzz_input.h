/* What the fuzz targets share: an input as a loaded document, with memory that is counted and limited, and the count of
 * the inputs that got to the end of a target. */
#ifndef PV_TESTS_FUZZ_INPUT_H
#define PV_TESTS_FUZZ_INPUT_H

#include <stdio.h>
#include <stdlib.h>

#include "load/yaml.h"

typedef struct fuzz_input {
    pv_memory memory;
    pv_arena *arena;
    pv_source *source;     /* NULL when it was refused */
    pv_document *document; /* the same */
    pv_error error;
} fuzz_input;

/* Loads bytes; the allocation number fail_after fails (0 for none). */
void fuzz_input_load(fuzz_input *input, const uint8_t *bytes, size_t size, size_t fail_after);
void fuzz_input_free(fuzz_input *input);
/* The node after this one in the order of the source, keys left out; NULL at the end. */
const pv_node *fuzz_next_node(const pv_node *node);

/* An input was read whole and all that is to hold of it was checked. A target none of whose inputs gets there checks
 * nothing but refusals: the replay program fails then. */
void fuzz_arrived(void);
size_t fuzz_arrivals(void);

/* Stops with the place in the target when something that must always hold does not. */
#define REQUIRE(condition)                                                                                             \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                             \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

#endif
