/* Invariant: a glimpse asks of a file nothing but bytes: whatever they are, it ends, and fails for nothing. What it
 * takes for keys may be none; it only serves to tell a filing with a fault from a file that was never meant to be
 * one. */
#ifndef PV_LOAD_GLIMPSE_P_H
#define PV_LOAD_GLIMPSE_P_H

#include "load/loader.h"

/* The glimpses of the loaders, as pv_loader has them. */
bool pv_glimpse_yaml(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload);
bool pv_glimpse_csv(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload);

#endif
