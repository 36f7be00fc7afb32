/* Invariant: the catalogue holds every rule whose declaration is whole, sorted by id, and a fault for every file or
 * rule that was refused. Running a file again declares the same rules in the same order, so the functions of its n-th
 * declaration belong to the n-th rule it declared when it was read. */
#ifndef PV_LUA_RULES_RULE_LOADER_H
#define PV_LUA_RULES_RULE_LOADER_H

#include "lua/rules/example.h"
#include "lua/sandbox/sandbox.h"

typedef struct pv_rule_file {
    pv_chunk chunk;
    bool runs;                /* false: it is too large, or was stopped; it is not run again */
    size_t first_declaration; /* the number, among all files' declarations, of its first */
} pv_rule_file;

typedef struct pv_catalogue {
    pv_rule_file *files;
    size_t file_count;
    const pv_rule *rules;            /* sorted by id */
    const pv_example_list *examples; /* of each rule */
    const size_t *declarations;      /* of each rule: the number of its declaration */
    size_t rule_count;
    const pv_fault *faults; /* in the order in which they were met */
    size_t fault_count;
    bool stopped; /* a file was stopped: what it left in the state must not reach a rule */
    pv_arena *arena;
} pv_catalogue;

/* Runs the files (runtime->files) in runtime's open state, which then has the rules' functions. Fails only for
 * memory. */
bool pv_catalogue_read(pv_catalogue *out, pv_runtime *runtime, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* Runs the files again, in another open state. A file that now faults leaves its rules without functions, which shows
 * when they are run. False when memory is refused. */
bool pv_catalogue_instantiate(pv_catalogue *catalogue, pv_runtime *runtime) PV_MUST_CHECK;
/* [-0, +2, -] Pushes `check` and `when` of a rule, each nil when there is none. */
void pv_catalogue_push_functions(lua_State *L, const pv_catalogue *catalogue, size_t rule_index);

/* rule "id" { … }, at file level. */
int l_rule(lua_State *L);

#endif
