/* Invariant: rules run in a Lua state built from nothing for one submission, under fuel, memory and CPU limits, and
 * reach the submission only through read-only values that stop working when the session ends. */
#ifndef PV_LUA_RULESET_LUA_RULESET_H
#define PV_LUA_RULESET_LUA_RULESET_H

#include "run/trial.h"

typedef struct pv_lua_config {
    const pv_form *form; /* outlives the rule set */
    pv_limits limits;
    pv_str as_of; /* a date, or empty */
    pv_memory *memory;
    struct pv_meter *meter; /* run/meter.h; NULL: none */
    bool proven; /* these very files were opened before, under these limits, and there was nothing to say of them: names
                    are not looked up again, and patterns not compiled before they are searched for */
    bool names_unchecked; /* names are not looked up before a rule runs: for what tests what running them does */
} pv_lua_config;

/* Compiles the rule files (sources outlive the rule set; one that is no UTF-8 text is refused here), reads their
 * declarations and looks up every name in them. A file or rule that is refused becomes a fault of the rule set and the
 * others stay; false only for memory. Yours: (*out)->methods->free(*out). */
bool pv_lua_ruleset_open(pv_ruleset **out, const pv_lua_config *config, const pv_source *const *files,
                         size_t file_count, pv_error *error) PV_MUST_CHECK;

/* From the next session on, rules judge by this day (empty: none), which must stay where it is until another is given.
 * Gives back the one before. */
pv_str pv_lua_ruleset_judge_by(pv_ruleset *ruleset, pv_str as_of);

/* Tries an expression on a submission, in a session of its own: what came of it, or its fault, in arena. Fails only for
 * memory, and for an expression that is no UTF-8 text. */
bool pv_lua_ruleset_try(pv_ruleset *ruleset, const pv_submission *submission, const pv_trial *trial, pv_arena *arena,
                        pv_tried *out, pv_error *error) PV_MUST_CHECK;

#endif
