/* Invariant: a pack that needs a later engine than this one is refused before anything else in its manifest is read,
 * since what else stands there may be of that later engine. */
#ifndef PV_RUN_REQUIREMENTS_H
#define PV_RUN_REQUIREMENTS_H

#include "model/node.h"

/* The version of what rules see: the names, helpers and keys of docs/rules.md. A change that breaks a rule raises
 * it. */
#define PV_RULES_API 1

/* Whether `requires: { proviso: VERSION, rules_api: NUMBER, as_of: BOOLEAN }` of a manifest, if it is there, is met by
 * the engine of this version ("0.1.0"). as_of is asked of a run and not of the engine: pv_manifest.needs_day. PV_ERROR_REFUSED, or PV_ERROR_SHAPE when it is not written so, with its place. */
bool pv_requirements_check(const pv_document *manifest, pv_arena *arena, pv_str version, pv_error *error) PV_MUST_CHECK;

#endif
