/* Invariant: everything here is shared, and not changed, by all sessions of the rule set. */
#ifndef PV_LUA_LOADED_RULES_H
#define PV_LUA_LOADED_RULES_H

#include "lua/rule_loader.h"

typedef struct pv_lua_ruleset {
    pv_ruleset ruleset;  /* what the engine sees; first, so that either pointer is the other */
    const pv_form *form; /* outlives the rule set */
    pv_limits limits;
    pv_str as_of; /* the day that the next session judges by, or empty */
    pv_memory *memory;
    pv_arena *arena;
    pv_compiled *compiled;
    pv_matcher *matcher;
    pv_catalogue catalogue;
    const pv_source *const *files;
    size_t file_count;
    pv_observer *observer; /* looks on in every session that is opened from now on; NULL: nobody */
    pv_session *idle;      /* an ended session, kept for its memory */
} pv_lua_ruleset;

#endif
