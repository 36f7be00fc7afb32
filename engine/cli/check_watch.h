/* Invariant: every run begins with nothing of the one before: packs, configurations and submissions are read again. */
#ifndef PV_CLI_CHECK_WATCH_H
#define PV_CLI_CHECK_WATCH_H

#include "cli/command.h"

/* Checks now, and after every change of a submission, configuration or pack. */
pv_exit pv_check_watch(pv_library *library, const pv_options *options,
                       pv_exit (*check)(pv_library *library, const pv_options *options));

#endif
