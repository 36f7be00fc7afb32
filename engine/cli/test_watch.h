/* Invariant: watching ends on q, Ctrl-C or the end of input, and leaves the terminal as it was. */
#ifndef PV_CLI_TEST_WATCH_H
#define PV_CLI_TEST_WATCH_H

#include "cli/command.h"

/* Runs `run` now and after every change of a file in folders (searched for folders in them), on a screen cleared before. */
pv_exit pv_test_watch(pv_arena *arena, const pv_str *folders, size_t count, pv_exit (*run)(const void *payload),
                      const void *payload);

#endif
