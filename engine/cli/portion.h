/* Invariant: the portions of all workers together hold each file once. A portion is gone through in steps of some
 * files; where a process ended in the middle of a step, its files are taken one at a time, so that one file alone is
 * lost. */
#ifndef PV_CLI_PORTION_H
#define PV_CLI_PORTION_H

#include <stdbool.h>
#include <stddef.h>

/* Files of one slice: few, so that what waits to be joined stays small; the workers take slices in turn. */
#define PV_SLICE_FILES ((size_t)4)

typedef struct pv_portion {
    size_t at;           /* the first file of the next step; files when none is left */
    size_t singly_until; /* before this one, a step is one file */
    size_t workers;
    size_t files; /* of all portions */
} pv_portion;

/* That of one of `workers` workers. */
pv_portion pv_portion_of(size_t worker, size_t workers, size_t files);
bool pv_portion_is_done(const pv_portion *portion);
/* The file after the last of the next step. */
size_t pv_portion_end(const pv_portion *portion);
/* Goes on to the step after the next. */
void pv_portion_step(pv_portion *portion);
/* Has the files of the next step taken one at a time; false when it is of one file already. */
bool pv_portion_narrow(pv_portion *portion);

#endif
