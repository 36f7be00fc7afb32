/* Invariant: Lua code of a rule runs only inside pv_runtime_call, which always returns; a stop (fuel, memory, time,
 * pattern) is sticky: nothing a rule does makes it run on. Everything a rule allocates or computes is charged to the
 * budget. */
#ifndef PV_LUA_HOST_RUNTIME_H
#define PV_LUA_HOST_RUNTIME_H

#include <lauxlib.h>
#include <lua.h>

#include "lua/host/heap.h"
#include "lua/host/precompiled.h"
#include "run/meter.h"
#include "run/ruleset.h"
#include "text/pattern.h"

/* Marks a call that may leave by longjmp (a Lua error): hold no resource across it that the collector or an arena does
 * not own. */
#define MAY_RAISE(call) (call)

typedef struct pv_runtime pv_runtime; /* one Lua state, its budget, and the submission open in it */

/* Why a rule ended without a result; kind PV_FAULT_ERROR for an ordinary error. */
typedef struct pv_stop {
    bool stopped; /* sticky: by the budget or a limit, not by an ordinary error */
    bool caught;  /* an ordinary error that the rule caught with pcall: it went on, but has no result */
    pv_fault_kind kind;
    char message[300];
    const pv_source *file; /* the rule file that was running; NULL when none was */
    int line;              /* 1-based, in file */
    bool line_lost;        /* a rule returned what it called directly, and its line went with it */
} pv_stop;

/* One line a rule wrote with trace(), in the call arena, latest first. */
typedef struct pv_trace {
    const struct pv_trace *previous;
    pv_str text;
} pv_trace;

/* Who looks on while rules run. It changes nothing that a rule can see or spend. */
typedef struct pv_observer pv_observer;
struct pv_observer {
    int events;         /* LUA_MASKLINE, …: what `event` is called for */
    uint32_t slow_down; /* from 1: a rule looked on gets this many times the time, its fuel bounds it as ever */
    /* A rule begins on a subject. May be NULL. */
    void (*begin)(pv_observer *self);
    /* [-0, +0, m] A line, a call or a return. NULL without events. */
    void (*event)(pv_observer *self, lua_State *L, lua_Debug *event);
    /* [-0, +0, m] The object at index 1 was asked for the name at index 2 and gave the value on top. May be NULL. */
    void (*member)(pv_observer *self, lua_State *L);
    /* The pattern matched something; false when memory is refused. May be NULL. */
    bool (*matched)(pv_observer *self, const pv_pattern *pattern);
};

/* What rule files compile (patterns, phrase sets): each once per rule set, kept as long as it, and shared, immutable,
 * by all its sessions: a session that asks for the same key again gets the same value. */
typedef struct pv_compiled pv_compiled;

struct pv_runtime {
    lua_State *state;
    pv_heap *heap;              /* of the state */
    pv_memory memory;           /* the account of the Lua heap; its limit is limits.lua_bytes */
    pv_memory *document_memory; /* account for arenas */
    pv_limits limits;
    pv_stop stop;        /* sticky until the next rule */
    int64_t fuel;        /* left for this rule and subject */
    uint64_t deadline;   /* CPU clock, nanoseconds; 0: not yet set */
    bool string_refused; /* the last refusal of memory was for one string over its cap */
    bool collects;       /* garbage is collected: only once a rule has made much of it */
    bool compiles;       /* Lua compiles: the arrays that it makes are of functions, which never change */
    const pv_form *form;
    const pv_submission *submission; /* NULL when none is open: every accessor then raises */
    pv_collection *collection;       /* open in place of one submission; else NULL */
    bool asks_filing;        /* whoever set it to false is told: something of what is open was asked for since */
    const pv_source *source; /* of the submission or the collection */
    struct pv_text_facts **response_facts; /* of the submission's responses, in the session arena; NULL: of none yet */
    pv_arena *session_arena;               /* lives as long as the session: derived values kept per response */
    pv_arena *call_arena;                  /* cleared before each rule and subject: scratch and outcome */
    pv_matcher *matcher;
    pv_compiled *compiled; /* patterns and phrase sets, of the rule set */
    bool proven;           /* nothing was found in the rule files before: patterns in them are known to compile */
    bool loading;          /* file level: pattern, phrases and rule may be called */
    pv_str as_of;
    const pv_source *const *files; /* the rule files, for places */
    size_t file_count;
    bool has_doubts;               /* something is uncertain in what is open */
    const pv_uncertain *looked_at; /* the first of these that the rule looked at; NULL: none */
    const pv_trace *trace;
    size_t trace_count;
    pv_observer *observer;             /* NULL: nobody looks on */
    pv_meter *meter;                   /* NULL: nobody asks what anything costs */
    const pv_precompiled *precompiled; /* what need not be compiled; NULL: everything is */
    lua_CFunction furnish;             /* gives a new state all that rules find in it */
    lua_CFunction standard_format;     /* string.format of the standard library */
    struct pv_rule_loader *loader;     /* while loading */
};

/* Makes the state of a runtime whose other fields are set, and has it furnished. False with runtime->stop filled when
 * that raises, or memory is refused. */
bool pv_runtime_open(pv_runtime *runtime) PV_MUST_CHECK;
/* Drops the state. The runtime may be opened again; else pv_runtime_free follows. */
void pv_runtime_close(pv_runtime *runtime);
void pv_runtime_free(pv_runtime *runtime);
/* Keeps the state as it is now, so that pv_runtime_restore can make it so again, whatever was done in it. Restoring
 * answers false when nothing is kept (see heap.h); the state is then to be closed and made anew. */
void pv_runtime_seal(pv_runtime *runtime);
bool pv_runtime_restore(pv_runtime *runtime);
/* The one boundary: gives the runtime a full budget and calls body(L) with argument as a light userdata at index 1.
 * True when it returned and no error was raised in it; else runtime->stop says what was, and where. Its results are
 * dropped. */
bool pv_runtime_call(pv_runtime *runtime, lua_CFunction body, void *argument) PV_MUST_CHECK;

/* [-0, +1, -] Compiles source text: the function, or a message; LUA_OK, or Lua's status. */
int pv_runtime_compile(lua_State *L, pv_str text, const char *name) PV_MUST_CHECK;
/* [-0, +0, m] The string at index; a number becomes one. Lives as long as Lua keeps the value. */
pv_str pv_lua_str(lua_State *L, int index);
/* [-0, +0, v] The string that a function must be given at index. */
pv_str pv_check_str(lua_State *L, int index);
/* [-0, +0, -] The runtime of a state; never NULL. */
static inline pv_runtime *pv_runtime_of(lua_State *L) {
    return *(pv_runtime **)lua_getextraspace(L);
}
/* [-0, +0, v] Takes work units off the fuel (about one per 16 bytes touched); raises when none is left. */
void pv_runtime_charge(lua_State *L, size_t work);
/* [-0, +0, v] The submission; raises that it is closed, or that there are several. */
const pv_submission *pv_runtime_submission(lua_State *L);
/* [-0, +0, v] Has all of a submission there; one of several may be kept in outline. Stops when it cannot be read. */
void pv_runtime_complete(lua_State *L, pv_span at);
/* [-0, +0, v] The submission that something at this place belongs to, whole; raises that it is closed. */
const pv_submission *pv_runtime_submission_of(lua_State *L, pv_span at);
/* [-0, +0, -] Notes that the rule looks at a response, where that has an uncertainty. */
void pv_runtime_look(lua_State *L, const pv_response *response);
/* [-0, +0, -] The same of what was made of the words at a span. */
void pv_runtime_look_at(lua_State *L, pv_span at);
/* [-0, +0, v] Raises when neither a submission nor a collection is open; what follows asks it for something. */
void pv_runtime_require_open(lua_State *L);
/* [-0, +0, v] Raises a C error: memory, limit and range errors become sticky stops of that kind, others plain
 * errors. */
int pv_runtime_raise(lua_State *L, const pv_error *error);
/* [-0, +0, v] Records a sticky stop and raises it. */
int pv_runtime_stop(lua_State *L, pv_fault_kind kind, const char *message);
/* The rule file with this path, or NULL. */
const pv_source *pv_runtime_file(const pv_runtime *runtime, const char *path);
/* Where a stop with a file is: at the name that its message puts in quotes, where that stands on the line ("there is no
 * \"at_mots\""), else where the line begins to say something. */
pv_position pv_stop_position(const pv_stop *stop);
/* A message handler: records an error, and where it was raised, in runtime->stop. */
int pv_runtime_record_error(lua_State *L);
/* [-0, +0, v] The stop for memory: of one string over its cap, or of the state. */
int pv_runtime_stop_memory(lua_State *L);

/* Empty, charged to memory, which must outlive it; NULL when memory is refused. Yours: pv_compiled_free. */
pv_compiled *pv_compiled_new(pv_memory *memory);
/* NULL is allowed. */
void pv_compiled_free(pv_compiled *compiled);
/* The value kept under key, or NULL. Keys of different kinds of values must differ ("pattern i \bQ[1-4]"). */
void *pv_compiled_find(pv_compiled *compiled, pv_str key);
/* Keeps value under a copy of key and takes it over, also when memory is refused: free_value (NULL: the value lives in
 * pv_compiled_arena) is called with it, at the end or before. */
bool pv_compiled_keep(pv_compiled *compiled, pv_str key, void *value, void (*free_value)(void *value),
                      pv_error *error) PV_MUST_CHECK;
/* For values that live as long as the rule set. */
pv_arena *pv_compiled_arena(const pv_compiled *compiled);

#endif
