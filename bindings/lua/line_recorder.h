/* Invariant: recording changes no verdict and no budget; a rule set that nobody asked to record pays nothing for it. */
#ifndef PV_LUA_LINE_RECORDER_H
#define PV_LUA_LINE_RECORDER_H

#include "run/coverage.h"

/* From now on, notes which lines of the rule files run. */
bool pv_lua_record_lines(pv_ruleset *ruleset, pv_error *error) PV_MUST_CHECK;
/* What has run so far, of the lines in functions: one entry per rule file, in arena. None when nothing was recorded. */
bool pv_lua_recorded_lines(pv_ruleset *ruleset, pv_arena *arena, const pv_file_coverage **out, size_t *count,
                           pv_error *error) PV_MUST_CHECK;

#endif
