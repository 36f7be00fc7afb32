#include "lua/host/runtime.h"
#include "lua/host/plain_messages_p.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/set.h"

/* In Lua 5.4 any count hook costs the same, however often it is called, so it is called often. */
#define INSTRUCTIONS_PER_TICK 1000
/* Fuel for memory: asking for it, and the full collection that Lua makes when it is refused. */
#define BYTES_PER_UNIT 32
#define COLLECTED_BYTES_PER_UNIT 64
/* Garbage is not collected below this: most sessions end before it, and are dropped whole. */
#define UNCOLLECTED_BYTES ((size_t)4 * 1024 * 1024)
/* What a stopped rule may still take while it unwinds. */
#define UNWINDING_BYTES ((size_t)256 * 1024)
/* What Lua's allocator calls the code of a function (LUA_TPROTO). */
#define PROTOTYPE ((size_t)LUA_NUMTYPES + 1)
/* Frames looked at for the line of a rule: the vocabulary and the bindings are never nested deeper. */
#define PLACE_FRAMES 40

pv_str pv_lua_str(lua_State *L, int index) {
    pv_str text;
    text.data = lua_tolstring(L, index, &text.size);
    return text;
}

pv_str pv_check_str(lua_State *L, int index) {
    pv_str text;
    text.data = luaL_checklstring(L, index, &text.size);
    return text;
}

/* ---- memory ---- */

/* A refusal makes Lua collect everything and ask again, so it is not yet a failure; but the collection is work. */
static void *refuse(pv_runtime *runtime, bool string) {
    pv_heap_touch_all(runtime->heap);
    runtime->string_refused = string;
    runtime->fuel -= (int64_t)(runtime->memory.used / COLLECTED_BYTES_PER_UNIT);
    return NULL;
}

static void *allocate(void *data, void *block, size_t old_size, size_t new_size) {
    pv_runtime *runtime = data;
    /* Without a block, Lua passes the type of object in old_size, 0 for an array. */
    bool is_string = !block && old_size == LUA_TSTRING;
    bool lasting = is_string || (!block && old_size == (runtime->compiles ? 0 : PROTOTYPE));
    if (!block)
        old_size = 0;
    if (is_string && new_size > runtime->limits.lua_string_bytes)
        return refuse(runtime, true);
    void *resized = pv_heap_resize(runtime->heap, block, old_size, new_size, lasting);
    if (!resized && new_size > 0)
        return refuse(runtime, false);
    if (new_size > old_size)
        runtime->fuel -= (int64_t)((new_size - old_size) / BYTES_PER_UNIT + 1);
    return resized;
}

int pv_runtime_compile(lua_State *L, pv_str text, const char *name) {
    pv_runtime *runtime = pv_runtime_of(L);
    runtime->compiles = true;
    int status = LUA_OK;
    if (!pv_precompiled_push(L, runtime->precompiled, text, name))
        status = luaL_loadbufferx(L, text.data, text.size, name, "t");
    runtime->compiles = false;
    /* A handler may have been called, for which Lua made what is no part of a function. */
    if (status != LUA_OK)
        pv_heap_distrust(runtime->heap);
    return status;
}

/* ---- stopping ---- */

/* Cuts at a character boundary: what is recorded is printed as UTF-8. */
static void record_message(pv_stop *stop, pv_str message) {
    size_t size = message.size;
    if (size >= sizeof stop->message) {
        size = sizeof stop->message - 1;
        while (size > 0 && ((unsigned char)message.data[size] & 0xC0) == 0x80)
            size--;
    }
    memcpy(stop->message, message.data, size);
    stop->message[size] = '\0';
}

const pv_source *pv_runtime_file(const pv_runtime *runtime, const char *path) {
    for (size_t i = 0; i < runtime->file_count; i++)
        if (pv_str_equal(runtime->files[i]->path, pv_str_from(path)))
            return runtime->files[i];
    return NULL;
}

static const pv_source *file_of_frame(const pv_runtime *runtime, const lua_Debug *frame) {
    return frame->source[0] == '@' ? pv_runtime_file(runtime, frame->source + 1) : NULL;
}

/* Takes the "file:line: " off that Lua put before a message raised for this frame; false when it did not. */
static bool take_prefix(pv_str *message, const lua_Debug *frame) {
    char prefix[LUA_IDSIZE + 16];
    int size = snprintf(prefix, sizeof prefix, "%s:%d: ", frame->short_src, frame->currentline);
    pv_str expected = {prefix, (size_t)size};
    if (!pv_str_starts_with(*message, expected))
        return false;
    *message = pv_str_slice(*message, expected.size, message->size);
    return true;
}

/* Finds the line of a rule file that an error belongs to: the one it was raised for (which error(message, 2) chooses),
 * else the innermost that is running. Returns message without the place Lua may have put before it. Allocates nothing,
 * so it can run in a message handler. */
static pv_str record_place(lua_State *L, pv_runtime *runtime, pv_str message) {
    pv_stop *stop = &runtime->stop;
    bool found = false;
    lua_Debug frame;
    for (int level = 0; level < PLACE_FRAMES && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Slt", &frame);
        if (frame.currentline < 1)
            continue;
        const pv_source *file = file_of_frame(runtime, &frame);
        stop->line_lost |= !found && !file && frame.istailcall;
        bool raised_for = take_prefix(&message, &frame);
        if (file && (raised_for || !found)) {
            stop->file = file;
            stop->line = frame.currentline;
        }
        found = found || file;
        if (raised_for && found)
            break;
    }
    return message;
}

static void record_stop(pv_runtime *runtime, pv_fault_kind kind, const char *message) {
    runtime->stop.stopped = true;
    runtime->stop.kind = kind;
    record_message(&runtime->stop, pv_str_from(message));
    runtime->memory.limit = runtime->limits.lua_bytes + UNWINDING_BYTES;
}

static void record_memory_stop(pv_runtime *runtime) {
    char message[120];
    if (runtime->string_refused)
        snprintf(message, sizeof message, "a text grew longer than %zu bytes", runtime->limits.lua_string_bytes);
    else
        snprintf(message, sizeof message, "more than %zu bytes of memory are needed", runtime->limits.lua_bytes);
    record_stop(runtime, PV_FAULT_MEMORY, message);
}

/* [-0, +0, v] The value raised is a marker that needs no memory; what happened is in runtime->stop. */
static int raise_stop(lua_State *L) {
    lua_pushlightuserdata(L, pv_runtime_of(L));
    return lua_error(L);
}

int pv_runtime_stop(lua_State *L, pv_fault_kind kind, const char *message) {
    pv_runtime *runtime = pv_runtime_of(L);
    if (!runtime->stop.stopped) {
        record_stop(runtime, kind, message);
        record_place(L, runtime, pv_str_from(message));
    }
    return raise_stop(L);
}

int pv_runtime_stop_memory(lua_State *L) {
    pv_runtime *runtime = pv_runtime_of(L);
    if (!runtime->stop.stopped) {
        record_memory_stop(runtime);
        record_place(L, runtime, PV_STR(""));
    }
    return raise_stop(L);
}

int pv_runtime_raise(lua_State *L, const pv_error *error) {
    switch (error->code) {
    case PV_ERROR_MEMORY:
        return pv_runtime_stop_memory(L);
    case PV_ERROR_LIMIT:
        return pv_runtime_stop(L, PV_FAULT_PATTERN, error->message);
    case PV_ERROR_RANGE:
        return pv_runtime_stop(L, PV_FAULT_RANGE, error->message);
    default:
        return luaL_error(L, "%s", error->message);
    }
}

static bool is_name_byte(char c) {
    return pv_ascii_is_letter_or_digit(c) || c == '_';
}

/* The first name in quotes; empty where there is none. */
static pv_str quoted_name(pv_str message) {
    size_t start = pv_str_find(message, PV_STR("\""), 0);
    if (start == SIZE_MAX)
        return (pv_str){0};
    size_t end = ++start;
    while (end < message.size && is_name_byte(message.data[end]))
        end++;
    return end < message.size && message.data[end] == '"' ? pv_str_slice(message, start, end) : PV_STR("");
}

/* Where name stands in line, as a whole word; SIZE_MAX where it does not. */
static size_t find_name(pv_str line, pv_str name) {
    size_t at = name.size > 0 ? pv_str_find(line, name, 0) : SIZE_MAX;
    for (; at != SIZE_MAX; at = pv_str_find(line, name, at + 1)) {
        size_t end = at + name.size;
        if ((at == 0 || !is_name_byte(line.data[at - 1])) && (end == line.size || !is_name_byte(line.data[end])))
            return at;
    }
    return SIZE_MAX;
}

/* Where the only < or > of the line stands, outside of quotation marks; SIZE_MAX where there is none, or several. */
static size_t find_comparison(pv_str line) {
    size_t found = SIZE_MAX;
    char quote = '\0';
    for (size_t at = 0; at < line.size; at++) {
        char c = line.data[at];
        if (quote) {
            at += c == '\\';
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '<' || c == '>') {
            if (found != SIZE_MAX)
                return SIZE_MAX;
            found = at;
        }
    }
    return found;
}

pv_position pv_stop_position(const pv_stop *stop) {
    pv_str line = pv_source_line(stop->file, (uint32_t)stop->line);
    size_t start = pv_source_line_start(stop->file, (uint32_t)stop->line);
    pv_str message = pv_str_from(stop->message);
    size_t at = find_name(line, quoted_name(message));
    if (at == SIZE_MAX && pv_str_find(message, PV_STR("cannot be compared with"), 0) != SIZE_MAX)
        at = find_comparison(line);
    if (at == SIZE_MAX) {
        pv_str words = pv_str_trim(line);
        at = words.size > 0 ? (size_t)(words.data - line.data) : 0;
    }
    return pv_source_locate(stop->file, start + at);
}

/* ---- fuel and time ---- */

static int stop_for_fuel(lua_State *L) {
    char message[120];
    snprintf(message, sizeof message, "more than %lld units of work are needed",
             (long long)pv_runtime_of(L)->limits.fuel);
    return pv_runtime_stop(L, PV_FAULT_FUEL, message);
}

void pv_runtime_charge(lua_State *L, size_t work) {
    pv_runtime *runtime = pv_runtime_of(L);
    if (runtime->fuel > 0 && work <= (uint64_t)runtime->fuel) {
        runtime->fuel -= (int64_t)work;
        return;
    }
    runtime->fuel = 0;
    MAY_RAISE(stop_for_fuel(L));
}

static uint64_t processor_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

/* The clock is first read at the first tick: most rules end before it. */
static void check_deadline(lua_State *L, pv_runtime *runtime) {
    uint64_t now = processor_nanoseconds();
    if (runtime->deadline == 0) {
        uint64_t times = runtime->observer ? runtime->observer->slow_down : 1;
        runtime->deadline = now + times * runtime->limits.cpu_milliseconds * 1000000U;
        return;
    }
    if (now < runtime->deadline)
        return;
    char message[120];
    snprintf(message, sizeof message, "more than %u ms of processor time are needed", runtime->limits.cpu_milliseconds);
    MAY_RAISE(pv_runtime_stop(L, PV_FAULT_TIME, message));
}

static void collect_when_large(lua_State *L, pv_runtime *runtime) {
    if (runtime->collects || runtime->memory.used < UNCOLLECTED_BYTES)
        return;
    runtime->collects = true;
    pv_heap_touch_all(runtime->heap);
    lua_gc(L, LUA_GCRESTART);
}

static void on_tick(lua_State *L, lua_Debug *event) {
    (void)event;
    pv_runtime *runtime = pv_runtime_of(L);
    if (runtime->stop.stopped)
        MAY_RAISE(raise_stop(L));
    MAY_RAISE(pv_runtime_charge(L, INSTRUCTIONS_PER_TICK));
    MAY_RAISE(check_deadline(L, runtime));
    collect_when_large(L, runtime);
}

static void on_observed_event(lua_State *L, lua_Debug *event) {
    pv_observer *observer = pv_runtime_of(L)->observer;
    if (event->event == LUA_HOOKCOUNT)
        MAY_RAISE(on_tick(L, event));
    else
        MAY_RAISE(observer->event(observer, L, event));
}

static void renew_budget(pv_runtime *runtime) {
    memset(&runtime->stop, 0, sizeof runtime->stop);
    runtime->stop.kind = PV_FAULT_ERROR;
    runtime->fuel = runtime->limits.fuel;
    runtime->deadline = 0;
    runtime->string_refused = false;
    /* What a stopped rule took while it unwound may still be there. */
    bool over = runtime->memory.used > runtime->limits.lua_bytes;
    runtime->memory.limit = over ? runtime->memory.used : runtime->limits.lua_bytes;
    /* Setting the hook restarts its counter, so that a rule's fuel does not depend on the rules before it. */
    int events = runtime->observer ? runtime->observer->events : 0;
    lua_sethook(runtime->state, events ? on_observed_event : on_tick, LUA_MASKCOUNT | events, INSTRUCTIONS_PER_TICK);
}

/* ---- the boundary ---- */

/* Runs where an error was raised, with the stack still there. Must not allocate: it also runs when memory is out. Of
 * several errors the first is kept, since later ones follow from it. */
int pv_runtime_record_error(lua_State *L) {
    pv_runtime *runtime = pv_runtime_of(L);
    if (runtime->stop.stopped || runtime->stop.caught)
        return 1;
    if (lua_type(L, 1) != LUA_TSTRING) {
        record_place(L, runtime, PV_STR(""));
        char message[80];
        snprintf(message, sizeof message, "the rule raised a %s, not a message", luaL_typename(L, 1));
        record_message(&runtime->stop, pv_str_from(message));
        return 1;
    }
    pv_str message;
    message.data = lua_tolstring(L, 1, &message.size);
    message = record_place(L, runtime, message);
    char plain[sizeof runtime->stop.message];
    message = pv_plain_message(message, plain, sizeof plain);
    record_message(&runtime->stop, message.size ? message : PV_STR("the rule raised an empty message"));
    return 1;
}

bool pv_runtime_call(pv_runtime *runtime, lua_CFunction body, void *argument) {
    lua_State *L = runtime->state;
    assert(lua_gettop(L) == 0);
    renew_budget(runtime);
    /* None of these allocates: light functions, a light pointer, and a stack that is still empty. */
    lua_pushcfunction(L, pv_runtime_record_error);
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, argument);
    int status = lua_pcall(L, 1, 0, 1);
    lua_settop(L, 0);
    if (status == LUA_ERRMEM && !runtime->stop.stopped)
        record_memory_stop(runtime);
    if (status == LUA_ERRERR && runtime->stop.message[0] == '\0')
        record_message(&runtime->stop, PV_STR("the calls are nested too deeply"));
    return status == LUA_OK && !runtime->stop.stopped && !runtime->stop.caught;
}

void pv_runtime_require_open(lua_State *L) {
    pv_runtime *runtime = pv_runtime_of(L);
    runtime->asks_filing = true;
    if (!runtime->submission && !runtime->collection)
        luaL_error(L, runtime->loading ? "no submission is open at file level" : "this submission is closed");
}

const pv_submission *pv_runtime_submission(lua_State *L) {
    const pv_runtime *runtime = pv_runtime_of(L);
    MAY_RAISE(pv_runtime_require_open(L));
    if (!runtime->submission)
        luaL_error(L, "this asks for the submission, and here are several; go on from one of collection.submissions");
    return runtime->submission;
}

void pv_runtime_complete(lua_State *L, pv_span at) {
    pv_runtime *runtime = pv_runtime_of(L);
    pv_error error = {0};
    runtime->asks_filing = true;
    if (!runtime->collection || pv_collection_complete(runtime->collection, at.start, &error))
        return;
    if (error.code == PV_ERROR_MEMORY)
        pv_runtime_stop_memory(L);
    pv_runtime_stop(L, PV_FAULT_INPUT, error.message);
}

const pv_submission *pv_runtime_submission_of(lua_State *L, pv_span at) {
    const pv_runtime *runtime = pv_runtime_of(L);
    MAY_RAISE(pv_runtime_complete(L, at));
    const pv_submission *found = runtime->collection ? pv_collection_at(runtime->collection, at.start) : NULL;
    return found ? found : MAY_RAISE(pv_runtime_submission(L));
}

/* ---- what is looked at ---- */

/* Of what is open, by a place in it; NULL: nothing in it is uncertain. */
static const pv_submission *uncertain_submission(const pv_runtime *runtime, pv_span at) {
    const pv_submission *submission =
        runtime->collection ? pv_collection_at(runtime->collection, at.start) : runtime->submission;
    return submission && submission->uncertain && submission->uncertain_count > 0 ? submission : NULL;
}

void pv_runtime_look(lua_State *L, const pv_response *response) {
    pv_runtime *runtime = pv_runtime_of(L);
    const pv_submission *submission = response->uncertainty ? uncertain_submission(runtime, response->at) : NULL;
    for (size_t i = 0; submission && !runtime->looked_at && i < submission->uncertain_count; i++)
        if (submission->uncertain[i].response == response)
            runtime->looked_at = &submission->uncertain[i];
}

void pv_runtime_look_at(lua_State *L, pv_span at) {
    pv_runtime *runtime = pv_runtime_of(L);
    const pv_submission *submission = uncertain_submission(runtime, at);
    for (size_t i = 0; submission && !runtime->looked_at && i < submission->uncertain_count; i++)
        if (pv_uncertain_touches(&submission->uncertain[i], runtime->source, at))
            runtime->looked_at = &submission->uncertain[i];
}

static bool make_state(pv_runtime *runtime) {
    runtime->memory = pv_memory_with_limit(runtime->limits.lua_bytes);
    if (!runtime->heap)
        runtime->heap = pv_heap_new(runtime->document_memory, &runtime->memory);
    runtime->state = runtime->heap ? lua_newstate(allocate, runtime) : NULL;
    if (!runtime->state) {
        record_memory_stop(runtime);
        return false;
    }
    *(pv_runtime **)lua_getextraspace(runtime->state) = runtime;
    lua_gc(runtime->state, LUA_GCSTOP);
    runtime->collects = false;
    return true;
}

bool pv_runtime_open(pv_runtime *runtime) {
    if (make_state(runtime) && pv_runtime_call(runtime, runtime->furnish, NULL))
        return true;
    pv_runtime_close(runtime);
    return false;
}

/* Not by lua_close: it would visit every object only to free it. */
void pv_runtime_close(pv_runtime *runtime) {
    if (runtime->heap)
        pv_heap_clear(runtime->heap);
    runtime->state = NULL;
}

void pv_runtime_free(pv_runtime *runtime) {
    pv_heap_free(runtime->heap);
    runtime->heap = NULL;
    runtime->state = NULL;
}

void pv_runtime_seal(pv_runtime *runtime) {
    pv_heap_seal(runtime->heap);
}

bool pv_runtime_restore(pv_runtime *runtime) {
    runtime->collects = false;
    return runtime->heap && pv_heap_restore(runtime->heap);
}

/* ---- what rule files compile ---- */

typedef struct kept_value {
    pv_str key;
    void *value;
    void (*free_value)(void *value);
} kept_value;

struct pv_compiled {
    pv_memory *memory;
    pv_arena *arena;
    PV_ARRAY(kept_value) values;
    pv_set keys; /* positions in values */
};

pv_compiled *pv_compiled_new(pv_memory *memory) {
    pv_compiled *compiled = pv_memory_new(memory, sizeof *compiled);
    if (!compiled)
        return NULL;
    compiled->memory = memory;
    compiled->arena = pv_arena_new(memory);
    if (!compiled->arena) {
        pv_memory_free(memory, compiled, sizeof *compiled);
        return NULL;
    }
    compiled->keys = pv_set_in(compiled->arena);
    return compiled;
}

void pv_compiled_free(pv_compiled *compiled) {
    if (!compiled)
        return;
    for (size_t i = 0; i < compiled->values.count; i++)
        if (compiled->values.items[i].free_value)
            compiled->values.items[i].free_value(compiled->values.items[i].value);
    pv_arena_free(compiled->arena);
    pv_memory_free(compiled->memory, compiled, sizeof *compiled);
}

static bool has_key(const void *values, size_t position, const void *key) {
    return pv_str_equal(((const kept_value *)values)[position].key, *(const pv_str *)key);
}

void *pv_compiled_find(pv_compiled *compiled, pv_str key) {
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, key);
    size_t found = pv_set_find(&compiled->keys, hash, has_key, compiled->values.items, &key);
    return found == PV_SET_NONE ? NULL : compiled->values.items[found].value;
}

/* Once it is among the values, it is freed with them. */
bool pv_compiled_keep(pv_compiled *compiled, pv_str key, void *value, void (*free_value)(void *value),
                      pv_error *error) {
    pv_str kept = pv_arena_copy(compiled->arena, key);
    kept_value *added = kept.data ? PV_ARRAY_ADD(compiled->arena, &compiled->values) : NULL;
    if (!added) {
        if (free_value)
            free_value(value);
        return pv_fail_memory(error);
    }
    *added = (kept_value){kept, value, free_value};
    return pv_set_add(&compiled->keys, pv_hash_continue(PV_HASH_SEED, key), compiled->values.count - 1, error);
}

pv_arena *pv_compiled_arena(const pv_compiled *compiled) {
    return compiled->arena;
}
