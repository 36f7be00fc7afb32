/* Invariant: everything here is shared, and not changed, by all sessions of the rule set. */
#ifndef PV_LUA_LUA_RULESET_PARTS_H
#define PV_LUA_LUA_RULESET_PARTS_H

#include "lua/line_recorder.h"
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
    pv_line_recorder *recorder; /* NULL: nobody asked which lines run */
    pv_matched *matched;        /* is told which patterns match; NULL: nobody asked */
    pv_session *idle;           /* an ended session, kept for its memory */
} pv_lua_ruleset;

/* Has recorder told, in all sessions from now on, which lines run. */
void pv_lua_ruleset_record(pv_lua_ruleset *owner, pv_line_recorder *recorder);

#endif
