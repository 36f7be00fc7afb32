/* Invariant: everything here is shared, and not changed, by all sessions of the rule set. */
#ifndef PV_LUA_LUA_RULESET_PARTS_H
#define PV_LUA_LUA_RULESET_PARTS_H

#include "lua/lua_ruleset.h"
#include "lua/rule_loader.h"

typedef struct pv_lua_ruleset {
    pv_ruleset ruleset; /* what the engine sees; first, so that either pointer is the other */
    pv_lua_config config;
    pv_arena *arena;
    pv_compiled *compiled;
    pv_matcher *matcher;
    pv_catalogue catalogue;
    const pv_source *const *files;
    size_t file_count;
    pv_session *idle; /* an ended session, kept for its memory */
} pv_lua_ruleset;

#endif
