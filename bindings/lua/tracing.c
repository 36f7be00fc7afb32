#include "lua/tracing_parts.h"

#include <string.h>

/* What following costs: the rule gets so much more time, so that it comes to the same end. */
#define TIMES_SLOWER_FOLLOWED 20U
#define DEEPEST_FOLLOWED 100
#define TOO_DEEP (-1)

/* ---- where the rule is ---- */

/* The frame has been asked for "S". */
static bool is_of_rule(const pv_tracing *tracing, const lua_Debug *running) {
    return running->source[0] == '@' && pv_str_equal(pv_str_from(running->source + 1), tracing->file->path);
}

static bool find_rule_frame(const pv_tracing *tracing, lua_State *L, int level, lua_Debug *out) {
    return lua_getstack(L, level, out) && lua_getinfo(L, "Sl", out) && out->currentline > 0 && is_of_rule(tracing, out);
}

/* How many functions are running; TOO_DEEP for more than are followed. Asking Lua for a level costs as much as the level is
 * deep, so a rule that recurses without end must not be able to make this long. */
static int depth_of(lua_State *L) {
    lua_Debug running;
    int low = 0;
    int high = DEEPEST_FOLLOWED;
    if (lua_getstack(L, high, &running))
        return TOO_DEEP;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (lua_getstack(L, middle, &running))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- values asked for ---- */

static void on_member(pv_observer *observer, lua_State *L) {
    pv_tracing *tracing = (pv_tracing *)observer;
    pv_runtime *runtime = pv_runtime_of(L);
    int64_t fuel = runtime->fuel;
    int top = lua_gettop(L);
    lua_Debug running;
    luaL_checkstack(L, 20, NULL);
    if (lua_type(L, 2) == LUA_TSTRING && find_rule_frame(tracing, L, 1, &running))
        pv_tracing_note_member(tracing, L, &running);
    lua_settop(L, top);
    runtime->fuel = fuel;
}

/* ---- calls ---- */

/* [-0, +0, m] Notes the lines of the function that event is about. */
static void note_function(pv_tracing *tracing, lua_State *L, lua_Debug *event) {
    size_t last = (size_t)event->lastlinedefined;
    for (size_t line = (size_t)event->linedefined; line <= last && line <= tracing->file->line_count; line++)
        tracing->lines[line].in_function = true;
    lua_getinfo(L, "L", event);
    for (size_t line = (size_t)event->linedefined; line <= last && line <= tracing->file->line_count; line++) {
        if (lua_rawgeti(L, -1, (lua_Integer)line) != LUA_TNIL)
            tracing->lines[line].has_code = true;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* Ends the frames that an error or a return has left behind. */
static void leave_frames(pv_tracing *tracing, int depth) {
    while (tracing->frame_count > 0 && tracing->frames[tracing->frame_count - 1].depth >= depth)
        tracing->frame_count--;
}

static pv_followed_frame *frame_at(pv_tracing *tracing, int depth) {
    leave_frames(tracing, depth + 1);
    pv_followed_frame *last = tracing->frame_count > 0 ? &tracing->frames[tracing->frame_count - 1] : NULL;
    return last && last->depth == depth ? last : NULL;
}

static bool is_in_rule(const pv_tracing *tracing) {
    for (size_t i = 0; i < tracing->frame_count; i++)
        if (tracing->frames[i].of_rule)
            return true;
    return false;
}

/* The step for the function that begins, which takes the place of `replaced` when that called it as its last act. */
static size_t follow_any_call(pv_tracing *tracing, lua_State *L, const lua_Debug *event,
                              const pv_followed_frame *replaced) {
    lua_Debug caller;
    if (replaced)
        return replaced->of_rule ? pv_tracing_note_last_call(tracing, L, event, replaced->line) : PV_NO_STEP;
    bool by_rule = find_rule_frame(tracing, L, 1, &caller);
    return by_rule ? pv_tracing_note_call(tracing, L, event, (uint32_t)caller.currentline) : PV_NO_STEP;
}

static void on_call(pv_tracing *tracing, lua_State *L, lua_Debug *event) {
    int depth = depth_of(L);
    if (depth == TOO_DEEP)
        return;
    lua_getinfo(L, "nSr", event);
    bool is_last_act = event->event == LUA_HOOKTAILCALL && frame_at(tracing, depth);
    pv_followed_frame replaced = is_last_act ? *frame_at(tracing, depth) : (pv_followed_frame){.step = PV_NO_STEP};
    leave_frames(tracing, depth);
    size_t step = follow_any_call(tracing, L, event, is_last_act ? &replaced : NULL);
    if (step != PV_NO_STEP)
        tracing->steps[step].outer = replaced.step;
    bool of_rule = is_of_rule(tracing, event);
    if (of_rule)
        note_function(tracing, L, event);
    if (is_last_act && depth == tracing->outermost) {
        tracing->outermost = 0; /* its variables are as they were before its last act */
    } else if (of_rule && !is_last_act && !is_in_rule(tracing)) {
        tracing->outermost = depth;
        tracing->variable_count = 0;
    }
    if (tracing->frame_count < PV_TRACING_FRAMES)
        tracing->frames[tracing->frame_count++] =
            (pv_followed_frame){depth, of_rule, 0, step != PV_NO_STEP ? step : replaced.step};
}

/* ---- lines, variables and returns ---- */

/* [-0, +0, m] The variables of the function that event is about, in place of those noted before. */
static void note_variables(pv_tracing *tracing, lua_State *L, const lua_Debug *event) {
    tracing->variable_count = 0;
    const char *name;
    for (int number = 1; (name = lua_getlocal(L, event, number)) != NULL; number++) {
        if (name[0] != '(' && tracing->variable_count < PV_TRACING_VARIABLES) {
            pv_followed_variable *noted = &tracing->variables[tracing->variable_count++];
            noted->name[0] = '\0';
            strncat(noted->name, name, sizeof noted->name - 1);
            pv_show_value(L, -1, &noted->value);
        }
        lua_pop(L, 1);
    }
}

static void on_line(pv_tracing *tracing, lua_State *L, lua_Debug *event) {
    lua_getinfo(L, "S", event);
    if (!is_of_rule(tracing, event) || (size_t)event->currentline > tracing->file->line_count)
        return;
    int depth = depth_of(L);
    pv_followed_frame *running = depth == TOO_DEEP ? NULL : frame_at(tracing, depth);
    if (running)
        running->line = (uint32_t)event->currentline;
    tracing->lines[event->currentline].runs++;
    tracing->visit = tracing->step_count;
    if (depth == tracing->outermost)
        note_variables(tracing, L, event);
}

static void on_return(pv_tracing *tracing, lua_State *L, lua_Debug *event) {
    int depth = depth_of(L);
    const pv_followed_frame *ending = depth == TOO_DEEP ? NULL : frame_at(tracing, depth);
    if (!ending)
        return;
    lua_getinfo(L, "r", event);
    if (ending->of_rule && depth == tracing->outermost)
        note_variables(tracing, L, event);
    bool gives = event->ntransfer > 0 && lua_getlocal(L, event, event->ftransfer);
    if (!gives)
        lua_pushnil(L);
    pv_tracing_note_result(tracing, L, ending->step);
    lua_pop(L, 1);
    tracing->frame_count--;
}

static void on_event(pv_observer *observer, lua_State *L, lua_Debug *event) {
    pv_tracing *tracing = (pv_tracing *)observer;
    pv_runtime *runtime = pv_runtime_of(L);
    int64_t fuel = runtime->fuel;
    luaL_checkstack(L, 20, NULL);
    switch (event->event) {
    case LUA_HOOKLINE:
        on_line(tracing, L, event);
        break;
    case LUA_HOOKRET:
        on_return(tracing, L, event);
        break;
    default:
        on_call(tracing, L, event);
    }
    runtime->fuel = fuel;
}

/* ---- beginning ---- */

/* Forgets what was followed so far. */
static void restart(pv_observer *observer) {
    pv_tracing *tracing = (pv_tracing *)observer;
    memset(tracing->lines, 0, (tracing->file->line_count + 1) * sizeof *tracing->lines);
    tracing->step_count = 0;
    tracing->cut = false;
    tracing->visit = 0;
    tracing->frame_count = 0;
    tracing->outermost = 0;
    tracing->variable_count = 0;
}

pv_tracing *pv_tracing_new(pv_arena *scratch, pv_arena *kept, const pv_source *file) {
    pv_tracing *tracing = PV_NEW(scratch, pv_tracing);
    pv_error error = {0};
    if (!tracing)
        return NULL;
    tracing->observer = (pv_observer){
        .events = LUA_MASKLINE | LUA_MASKCALL | LUA_MASKRET,
        .slow_down = TIMES_SLOWER_FOLLOWED,
        .begin = restart,
        .event = on_event,
        .member = on_member,
    };
    tracing->kept = kept;
    tracing->file = file;
    tracing->steps = PV_NEW_ARRAY(scratch, pv_recorded_step, PV_TRACING_STEPS);
    tracing->lines = PV_NEW_ARRAY(scratch, pv_followed_line, file->line_count + 1);
    bool made = tracing->steps && tracing->lines && pv_lexemes_read(&tracing->lexemes, scratch, file, &error);
    return made ? tracing : NULL;
}

pv_observer *pv_tracing_observer(pv_tracing *tracing) {
    return &tracing->observer;
}

/* ---- the trail ---- */

static bool finish_lines(const pv_tracing *tracing, pv_trail *trail) {
    size_t count = 0;
    for (size_t line = 1; line <= tracing->file->line_count; line++)
        count += tracing->lines[line].in_function;
    pv_trail_line *lines = PV_NEW_ARRAY(tracing->kept, pv_trail_line, count);
    if (!lines)
        return false;
    for (size_t line = 1; line <= tracing->file->line_count; line++) {
        const pv_followed_line *followed = &tracing->lines[line];
        if (followed->in_function)
            lines[trail->line_count++] = (pv_trail_line){(uint32_t)line, followed->has_code, followed->runs};
    }
    trail->lines = lines;
    return true;
}

static bool finish_steps(const pv_tracing *tracing, pv_trail *trail) {
    pv_trail_step *steps = PV_NEW_ARRAY(tracing->kept, pv_trail_step, tracing->step_count);
    for (size_t i = 0; steps && i < tracing->step_count; i++)
        steps[i] = tracing->steps[i].step;
    trail->steps = steps;
    trail->step_count = tracing->step_count;
    trail->cut = tracing->cut;
    return steps;
}

static bool finish_variables(pv_tracing *tracing, pv_trail *trail) {
    pv_trail_variable *variables = PV_NEW_ARRAY(tracing->kept, pv_trail_variable, tracing->variable_count);
    for (size_t i = 0; variables && i < tracing->variable_count; i++) {
        const pv_followed_variable *noted = &tracing->variables[i];
        variables[i] = (pv_trail_variable){pv_tracing_keep(tracing, pv_str_from(noted->name)),
                                           pv_tracing_keep_value(tracing, &noted->value)};
    }
    trail->variables = variables;
    trail->variable_count = tracing->variable_count;
    return variables;
}

bool pv_tracing_finish(pv_tracing *tracing, const pv_trail **out, pv_error *error) {
    pv_trail *trail = PV_NEW(tracing->kept, pv_trail);
    if (!trail || !finish_lines(tracing, trail) || !finish_steps(tracing, trail) || !finish_variables(tracing, trail) ||
        tracing->memory_refused)
        return pv_fail_memory(error);
    trail->file = tracing->file;
    *out = trail;
    return true;
}
