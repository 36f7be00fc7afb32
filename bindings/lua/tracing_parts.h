/* Invariant: a tracing is worked on by tracing.c, which follows what runs, and tracing_steps.c, which notes what it does; nobody
 * else looks inside. */
#ifndef PV_LUA_TRACING_PARTS_H
#define PV_LUA_TRACING_PARTS_H

#include "lua/expressions.h"
#include "lua/shown_value.h"
#include "lua/tracing.h"

#define PV_TRACING_STEPS ((size_t)1000)
#define PV_TRACING_FRAMES ((size_t)64)
#define PV_TRACING_VARIABLES ((size_t)40)
#define PV_NO_STEP SIZE_MAX

typedef struct pv_recorded_step {
    pv_trail_step step;
    pv_str name;        /* what was asked for or called */
    const void *result; /* the object or list that came of it, which is kept alive; else NULL */
    size_t outer;       /* the call that ends with this one, because it was its last act; or PV_NO_STEP */
} pv_recorded_step;

/* A function that is running. Errors unwind without a word, so frames are told apart by their depth. */
typedef struct pv_followed_frame {
    int depth;
    bool of_rule;  /* its code is in the rule's file */
    uint32_t line; /* that began last in it */
    size_t step;   /* the call that is waiting for it, or PV_NO_STEP */
} pv_followed_frame;

typedef struct pv_followed_variable {
    char name[48];
    pv_shown_value value;
} pv_followed_variable;

typedef struct pv_followed_line {
    size_t runs;
    bool in_function;
    bool has_code;
} pv_followed_line;

struct pv_tracing {
    pv_observer observer; /* what the runtime sees; first, so that either pointer is the other */
    pv_arena *kept;
    const pv_source *file;
    pv_lexemes lexemes;
    bool memory_refused;
    pv_recorded_step *steps; /* room for PV_TRACING_STEPS */
    size_t step_count;
    bool cut;
    size_t visit;            /* the steps from here on were taken since the last line began */
    pv_followed_line *lines; /* by number */
    pv_followed_frame frames[PV_TRACING_FRAMES];
    size_t frame_count;
    int outermost; /* depth of `when` or `check` itself; 0 when neither is running */
    pv_followed_variable variables[PV_TRACING_VARIABLES];
    size_t variable_count;
};

/* A copy in the trail's arena; empty, with memory_refused set, when it is refused. */
pv_str pv_tracing_keep(pv_tracing *tracing, pv_str text);
/* The same for a text just made there. */
pv_str pv_tracing_check(pv_tracing *tracing, pv_str text);
pv_trail_value pv_tracing_keep_value(pv_tracing *tracing, const pv_shown_value *value);

/* [-0, +0, m] The object at index 1 gave the value on top for the name at index 2, on the line of the function running. */
void pv_tracing_note_member(pv_tracing *tracing, lua_State *L, const lua_Debug *running);
/* [-0, +0, m] The step for the call that event (asked for "nSr") is about, made on a line of the rule; PV_NO_STEP when it is not
 * worth one. */
size_t pv_tracing_note_call(pv_tracing *tracing, lua_State *L, const lua_Debug *event, uint32_t line);
/* [-0, +0, m] The same for a function called as the last act of another, which was on this line. */
size_t pv_tracing_note_last_call(pv_tracing *tracing, lua_State *L, const lua_Debug *event, uint32_t line);
/* [-0, +0, m] The step, and the calls that end with it, gave the value on top. */
void pv_tracing_note_result(pv_tracing *tracing, lua_State *L, size_t step);

#endif
