/* Invariant: of the packs that judge one form, at most one judges it on a given day, and it is never a pack that
 * another one in effect supersedes. Where the manifests leave that open, it is an error that names the packs. */
#ifndef PV_RUN_SUCCESSION_H
#define PV_RUN_SUCCESSION_H

#include "run/pack.h"

/* Which of the packs (at least one), all of which judge the form, is to judge it: the one in effect on the day, or
 * without a day (NULL) whenever it is in effect, that none of the others in question supersedes. PV_ERROR_NOT_FOUND
 * when none is in effect, PV_ERROR_USAGE when several are left; without a place. */
bool pv_succession_choose(const pv_manifest *const *packs, size_t count, pv_str form_id, const pv_date *day,
                          size_t *out, pv_error *error) PV_MUST_CHECK;
/* Whether the pack, one of packs, supersedes itself by way of the others: PV_ERROR_SHAPE at the entry of its
 * supersedes that leads back to it. */
bool pv_succession_check(const pv_manifest *pack, const pv_manifest *const *packs, size_t count, pv_arena *arena,
                         pv_error *error) PV_MUST_CHECK;

#endif
