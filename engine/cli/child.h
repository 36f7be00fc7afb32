/* Invariant: a child is started from a list of arguments, never by way of a shell; it gets nothing of the environment
 * but where programs lie, no open file, no terminal, and a folder of its own, which is gone when this program goes on,
 * whatever happens. It and what it started end when its time is up. */
#ifndef PV_CLI_CHILD_H
#define PV_CLI_CHILD_H

#include "base/buf.h"

/* A private folder for the files of one conversion. */
typedef struct pv_workplace {
    char folder[64];
    bool interrupted; /* somebody wants this program to end */
} pv_workplace;

bool pv_workplace_open(pv_workplace *place, pv_error *error) PV_MUST_CHECK;
/* Removes it with all that is in it. Where somebody wanted this program to end meanwhile, it ends now. */
void pv_workplace_close(pv_workplace *place);
/* A new file in it. */
bool pv_workplace_write(const pv_workplace *place, const char *name, pv_str bytes, pv_error *error) PV_MUST_CHECK;
/* Appends a file in it to out, at most one byte more than limit; false, without an error, when there is none. */
bool pv_workplace_read(const pv_workplace *place, const char *name, size_t limit, pv_buf *out);
/* The names of its files that begin so, one on each line, in byte order, each with the folder before it. */
bool pv_workplace_list(const pv_workplace *place, const char *prefix, pv_buf *out);

/* Whether there is such a program, by the folders of PATH; its path. */
bool pv_child_find(const char *program, char *path, size_t size);

typedef enum pv_child_end {
    PV_CHILD_EXITED,
    PV_CHILD_CRASHED,
    PV_CHILD_LATE,     /* it took longer than it may */
    PV_CHILD_TOO_MUCH, /* it said more than it may */
    PV_CHILD_FAILED,   /* it could not be started, or memory is refused */
} pv_child_end;

typedef struct pv_child {
    const char *path;
    const char *const *arguments; /* without the program's name; NULL at the end. Its folder is the workplace */
    size_t output_limit;          /* bytes */
    unsigned seconds;
    bool alone; /* only one of this program at a time, whoever runs it */
} pv_child;

/* Runs it to its end. said: what it wrote to standard output, or NULL; complaints: the beginning of what it wrote to
 * standard error. status: of PV_CHILD_EXITED. */
pv_child_end pv_child_run(pv_workplace *place, const pv_child *child, pv_buf *said, pv_buf *complaints, int *status);

#endif
