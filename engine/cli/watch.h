/* Invariant: watching ends on q, Ctrl-C or the end of input, and leaves the terminal as it was. */
#ifndef PV_CLI_WATCH_H
#define PV_CLI_WATCH_H

#include "cli/command.h"

/* What is run now and after every change, on a screen cleared before. */
typedef struct pv_watched {
    const pv_str *folders; /* and the folders in them */
    size_t folder_count;
    const pv_str *own; /* names of files that the run itself writes, which are no change */
    size_t own_count;
    pv_exit (*run)(const void *payload);
    const void *payload;
} pv_watched;

/* What the last run gave. */
pv_exit pv_watch(pv_arena *arena, const pv_watched *watched);

#endif
