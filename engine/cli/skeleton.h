/* Invariant: a skeleton is a file of the folder skeleton/, embedded in the program, in which @NAME@ stands for what differs from
 * one copy to the next; a copy has a value for each. */
#ifndef PV_CLI_SKELETON_H
#define PV_CLI_SKELETON_H

#include "base/buf.h"

typedef struct pv_skeleton {
    const char *name; /* "rule-response.lua" */
    const char *text;
    size_t size;
} pv_skeleton;

/* Ends with a NULL name. */
extern const pv_skeleton pv_skeletons[];

/* What stands for @NAME@. */
typedef struct pv_skeleton_value {
    pv_str name;
    pv_str value;
} pv_skeleton_value;

/* Appends a copy of the skeleton called name. */
void pv_skeleton_write(pv_buf *out, const char *name, const pv_skeleton_value *values, size_t count);

#endif
