/* Invariant: a pack is opened at most once per process, and its outcome, good or bad, is remembered. Of two packs
 * with one id the one found first counts: in the configured folder, then in those of the host. What is read of a pack
 * is in its folder; the library checks that no name in a manifest leaves it. */
#ifndef PV_PROJECT_PACK_STORE_H
#define PV_PROJECT_PACK_STORE_H

#include "model/message.h"
#include "project/config.h"

#define PV_MANIFEST_NAME PV_STR("pack.yaml")

typedef struct pv_pack_store pv_pack_store;

/* Who is told what is no fault, and may not be meant so. */
typedef struct pv_project_notices {
    void *payload;
    void (*notice)(void *payload, const pv_fault *notice);
} pv_project_notices;

/* Looks where the packs are, and opens none. config: the folder of packs, parameters and lock that go for all of
 * them. only (--pack): the id or folder of the one pack to use, whatever the day, or empty. What both point at is
 * borrowed, and host. Yours: pv_pack_store_free, before the library's end. */
bool pv_pack_store_new(pv_pack_store **out, pv_library *library, const pv_host *host, const pv_config *config,
                       pv_str only, pv_fault *fault) PV_MUST_CHECK;
void pv_pack_store_free(pv_pack_store *store);
/* For the packs to be opened: of which of them nothing has to be found out again. NULL: of none. */
void pv_pack_store_trust(pv_pack_store *store, const pv_proofs *proofs);

/* The pack that judges this form on the day of library (run/pack.h), or NULL with a fault. Borrowed from the
 * library. The fault's path is empty when it is the form's name that is at fault and not a pack. */
const pv_pack *pv_pack_store_for_form(pv_pack_store *store, pv_str form_id, pv_fault *fault);
/* The pack with this id, or in this folder. */
const pv_pack *pv_pack_store_named(pv_pack_store *store, pv_str name, pv_fault *fault);
/* Whether one of the packs to use has a rule as the pattern says, or may have it; one that cannot be opened has
 * none. */
bool pv_pack_store_has_rule(pv_pack_store *store, pv_str rule_pattern);
/* Whether there is but one pack to use, because --pack names it. */
bool pv_pack_store_has_only(const pv_pack_store *store);
/* Where none was found: "no packs were found in a or b; PROVISO_RULES, or packs in .proviso.yaml, names the folder that
 * they are in". */
pv_sentence pv_pack_store_none(const pv_host *host);
/* How many packs there are to choose from: one with `only`. */
size_t pv_pack_store_count(const pv_pack_store *store);
/* The index-th of them, in the order they were found. */
const pv_pack *pv_pack_store_at(pv_pack_store *store, size_t index, pv_fault *fault);
/* The packs that are there and cannot be read. */
bool pv_pack_store_report_unread(pv_pack_store *store, const pv_project_notices *to, pv_error *error) PV_MUST_CHECK;

#endif
