/* Invariant: every change is judged, by one of two processes; a process that dies without its answers makes the run fail. */
#ifndef PV_CLI_TEST_MUTATE_H
#define PV_CLI_TEST_MUTATE_H

#include "cli/command.h"

/* Changes the packs one thing at a time and reports the changes that no example and no case notices. */
pv_exit pv_test_mutate(pv_library *library, const pv_options *options, const pv_pack_choice *packs);

#endif
