/* Follows one rule while it runs, and notes each step: what was asked for, called and computed, and what came of it. */
#include "lua/authoring/authoring_p.h"

#include <string.h>

/* What following costs: the rule gets so much more time, so that it comes to the same end. */
#define TIMES_SLOWER_FOLLOWED 20U
#define DEEPEST_FOLLOWED 100
#define TOO_DEEP (-1)

#define MAX_ARGUMENTS ((size_t)8)
#define MAX_CANDIDATES ((size_t)16)
#define MAX_STEPS ((size_t)1000)
#define MAX_FRAMES ((size_t)64)
#define MAX_VARIABLES ((size_t)40)
#define NO_STEP SIZE_MAX

typedef struct recorded_step {
    pv_trail_step step;
    pv_str name;        /* what was asked for or called */
    const void *result; /* the object or list that came of it, which is kept alive; else NULL */
    size_t outer;       /* the call that ends with this one, because it was its last act; or NO_STEP */
} recorded_step;

/* A function that is running. Errors unwind without a word, so frames are told apart by their depth. */
typedef struct followed_frame {
    int depth;
    bool of_rule;  /* its code is in the rule's file */
    uint32_t line; /* that began last in it */
    size_t step;   /* the call that is waiting for it, or NO_STEP */
} followed_frame;

typedef struct followed_variable {
    char name[48];
    pv_shown_value value;
} followed_variable;

typedef struct followed_line {
    size_t runs;
    bool in_function;
    bool has_code;
} followed_line;

struct pv_tracing {
    pv_observer observer; /* what the runtime sees; first, so that either pointer is the other */
    pv_arena *kept;
    const pv_source *file;
    pv_lexemes lexemes;
    bool memory_refused;
    recorded_step *steps; /* room for MAX_STEPS */
    size_t step_count;
    bool cut;
    size_t visit;         /* the steps from here on were taken since the last line began */
    followed_line *lines; /* by number */
    followed_frame frames[MAX_FRAMES];
    size_t frame_count;
    int outermost; /* depth of `when` or `check` itself; 0 when neither is running */
    followed_variable variables[MAX_VARIABLES];
    size_t variable_count;
};

/* ---- steps ---- */

/* A text just made in the trail's arena; empty, with memory_refused set, when it was refused. */
static pv_str check_text(pv_tracing *tracing, pv_str text) {
    tracing->memory_refused = tracing->memory_refused || !text.data;
    return text.data ? text : PV_STR("");
}

/* A copy in the trail's arena; empty, with memory_refused set, when it is refused. */
static pv_str keep_text(pv_tracing *tracing, pv_str text) {
    return check_text(tracing, pv_arena_copy(tracing->kept, text));
}

static pv_trail_value keep_value(pv_tracing *tracing, const pv_shown_value *value) {
    return (pv_trail_value){keep_text(tracing, (pv_str){value->text, value->size}), value->source, value->at};
}

/* NULL when there are too many already. */
static recorded_step *add_step(pv_tracing *tracing, pv_trail_step_kind kind, uint32_t line, pv_str name) {
    if (tracing->step_count == MAX_STEPS) {
        tracing->cut = true;
        return NULL;
    }
    recorded_step *added = &tracing->steps[tracing->step_count++];
    *added = (recorded_step){.step = {.kind = kind, .line = line}, .name = keep_text(tracing, name), .outer = NO_STEP};
    return added;
}

/* [-0, +0, m] Keeps the value at index from being collected, so that no other object gets its address. */
static const void *hold(lua_State *L, int index, const pv_tracing *tracing) {
    int type = lua_type(L, index);
    if (type != LUA_TUSERDATA && type != LUA_TTABLE)
        return NULL;
    index = lua_absindex(L, index);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, tracing) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, tracing);
    }
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
    return lua_topointer(L, index);
}

/* The object at index is asked for something: the step that gave it only led there. */
static void note_use(pv_tracing *tracing, lua_State *L, int index) {
    const void *object = lua_topointer(L, index);
    for (size_t i = tracing->step_count; object && i-- > 0;)
        if (tracing->steps[i].result == object && tracing->steps[i].step.kind == PV_TRAIL_ASKED) {
            tracing->steps[i].step.passed_through = true;
            return;
        }
}

/* ---- the expression of a step ---- */

/* [-0, +0, -] Whether the variable called name is the object at index; true where there is none of that name. */
static bool is_variable(lua_State *L, const lua_Debug *running, pv_str name, int object) {
    bool fits = true;
    const char *known;
    for (int number = 1; (known = lua_getlocal(L, running, number)) != NULL; number++) {
        if (pv_str_equal(pv_str_from(known), name)) /* an inner variable of the same name comes later */
            fits = lua_rawequal(L, -1, object);
        lua_pop(L, 1);
    }
    return fits;
}

/* Whether an expression with this text has given the object; true where nothing is known of it. */
static bool has_given(const pv_tracing *tracing, pv_str text, const void *object) {
    bool known = false;
    for (size_t i = 0; i < tracing->step_count; i++) {
        if (tracing->steps[i].result != object)
            continue;
        known = true;
        if (pv_str_equal(tracing->steps[i].step.expression, text))
            return true;
    }
    return !known;
}

/* [-0, +0, -] Whether what stands before the last name of an expression (`response.item` in `response.item.target`) can
 * be the object at index. */
static bool can_begin_with(pv_tracing *tracing, lua_State *L, const lua_Debug *running, pv_expression expression,
                           int object) {
    if (expression.last < expression.first + 2)
        return true;
    expression.last -= 2;
    if (expression.last == expression.first)
        return is_variable(L, running, pv_lexemes_text(&tracing->lexemes, expression.first), object);
    pv_str text = check_text(tracing, pv_expression_text(&tracing->lexemes, expression, tracing->kept));
    return has_given(tracing, text, lua_topointer(L, object));
}

/* How often this line has asked for this name since it began. */
static size_t occurrence_of(const pv_tracing *tracing, const recorded_step *step) {
    size_t count = 0;
    for (size_t i = tracing->visit; i + 1 < tracing->step_count; i++) {
        const recorded_step *earlier = &tracing->steps[i];
        count += earlier->step.kind == step->step.kind && earlier->step.line == step->step.line &&
                 pv_str_equal(earlier->name, step->name);
    }
    return count;
}

static void set_expression(pv_tracing *tracing, recorded_step *step, const pv_expression *expression) {
    step->step.expression = check_text(tracing, pv_expression_text(&tracing->lexemes, *expression, tracing->kept));
}

/* The last step, as its line has it. For a value asked for: the function that is running, and the index of the
 * object. */
static void name_step(pv_tracing *tracing, lua_State *L, recorded_step *step, const lua_Debug *running, int object) {
    pv_expression found[MAX_CANDIDATES];
    pv_expression fitting[MAX_CANDIDATES];
    bool calls = step->step.kind == PV_TRAIL_CALLED;
    size_t count = pv_expressions_of_name(&tracing->lexemes, step->step.line, step->name, calls, found, MAX_CANDIDATES);
    size_t fitting_count = 0;
    for (size_t i = 0; i < count; i++)
        if (calls || can_begin_with(tracing, L, running, found[i], object))
            fitting[fitting_count++] = found[i];
    if (fitting_count > 0) {
        set_expression(tracing, step, &fitting[occurrence_of(tracing, step) % fitting_count]);
        return;
    }
    pv_str shown =
        pv_arena_format(tracing->kept, "%s%.*s%s", calls ? "" : "….", PV_STR_ARG(step->name), calls ? "(…)" : "");
    step->step.expression = check_text(tracing, shown);
}

/* ---- steps: values asked for ---- */

/* [-0, +0, m] The object at index 1 gave the value on top for the name at index 2, on the line of the function
 * running. */
static void note_member(pv_tracing *tracing, lua_State *L, const lua_Debug *running) {
    enum { OBJECT = 1, NAME };
    int value = lua_gettop(L);
    note_use(tracing, L, OBJECT);
    if (lua_isfunction(L, value))
        return; /* a method: its call follows */
    pv_str name = pv_lua_str(L, NAME);
    recorded_step *step = add_step(tracing, PV_TRAIL_ASKED, (uint32_t)running->currentline, name);
    if (!step)
        return;
    pv_shown_value shown;
    name_step(tracing, L, step, running, OBJECT);
    pv_show_member(L, value, OBJECT, name, &shown);
    step->step.value = keep_value(tracing, &shown);
    step->step.finished = true;
    step->result = hold(L, value, tracing);
}

/* ---- steps: calls ---- */

typedef struct operation {
    const char *event;
    const char *sign;
} operation;

/* The sign of a metamethod that computes or compares; NULL for one that does not. */
static const char *sign_of(const char *event) {
    static const operation operations[] = {
        {"add", "+"}, {"sub", "-"}, {"mul", "*"}, {"div", "/"}, {"mod", "%"}, {"idiv", "//"},
        {"pow", "^"}, {"unm", "-"}, {"len", "#"}, {"eq", "=="}, {"lt", "<"},  {"le", "<="},
    };
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].event, event) == 0)
            return operations[i].sign;
    return NULL;
}

/* [-0, +0, m] The arguments of the call that event is about, from the number-th on: those with names, then the
 * others. */
static void keep_arguments(pv_tracing *tracing, lua_State *L, const lua_Debug *event, int number, pv_trail_step *step) {
    pv_trail_value *arguments = PV_NEW_ARRAY(tracing->kept, pv_trail_value, MAX_ARGUMENTS);
    if (!arguments) {
        tracing->memory_refused = true;
        return;
    }
    step->arguments = arguments;
    pv_shown_value shown;
    for (; number <= event->ntransfer && step->argument_count < MAX_ARGUMENTS; number++) {
        lua_getlocal(L, event, number);
        pv_show_value(L, -1, &shown);
        arguments[step->argument_count++] = keep_value(tracing, &shown);
        lua_pop(L, 1);
    }
    for (int further = -1; step->argument_count < MAX_ARGUMENTS && lua_getlocal(L, event, further); further--) {
        pv_show_value(L, -1, &shown);
        arguments[step->argument_count++] = keep_value(tracing, &shown);
        lua_pop(L, 1);
    }
}

/* "18 + 20", "#103 words". */
static void name_operation(pv_tracing *tracing, pv_trail_step *step, const char *sign) {
    bool binary = step->argument_count > 1 && *sign != '#';
    pv_str left = step->argument_count > 0 ? step->arguments[0].text : PV_STR("");
    pv_str right = binary ? step->arguments[1].text : PV_STR("");
    pv_str shown = binary ? pv_arena_format(tracing->kept, "%.*s %s %.*s", PV_STR_ARG(left), sign, PV_STR_ARG(right))
                          : pv_arena_format(tracing->kept, "%s(%.*s)", sign, PV_STR_ARG(left));
    step->expression = check_text(tracing, shown);
    step->argument_count = 0;
}

/* Going through a list is no step of its own. */
static bool is_walking(const char *name) {
    return strcmp(name, "ipairs") == 0 || strcmp(name, "pairs") == 0;
}

/* [-0, +0, m] The step for the call that event (asked for "nSr") is about, made on a line of the rule; NO_STEP when it
 * is not worth one. */
static size_t note_call(pv_tracing *tracing, lua_State *L, const lua_Debug *event, uint32_t line) {
    bool is_operation = event->name && strcmp(event->namewhat, "metamethod") == 0;
    const char *sign = is_operation ? sign_of(event->name) : NULL;
    if (!event->name || strcmp(event->namewhat, "for iterator") == 0 || (is_operation && !sign) ||
        is_walking(event->name))
        return NO_STEP;
    recorded_step *added =
        add_step(tracing, is_operation ? PV_TRAIL_OPERATED : PV_TRAIL_CALLED, line, pv_str_from(event->name));
    if (!added)
        return NO_STEP;
    bool is_method = strcmp(event->namewhat, "method") == 0;
    if (is_method && event->ntransfer > 0) {
        lua_getlocal(L, event, 1);
        note_use(tracing, L, -1);
        lua_pop(L, 1);
    }
    keep_arguments(tracing, L, event, is_method ? 2 : 1, &added->step);
    if (is_operation)
        name_operation(tracing, &added->step, sign);
    else
        name_step(tracing, L, added, NULL, 0);
    return tracing->step_count - 1;
}

/* [-0, +0, m] The same for a function called as the last act of another, which was on this line. It has no name; what
 * was called stands after `return`. */
static size_t note_last_call(pv_tracing *tracing, lua_State *L, const lua_Debug *event, uint32_t line) {
    pv_expression returned;
    if (!pv_expressions_returned(&tracing->lexemes, line, &returned))
        return NO_STEP;
    recorded_step *added = add_step(tracing, PV_TRAIL_CALLED, line, PV_STR(""));
    if (!added)
        return NO_STEP;
    set_expression(tracing, added, &returned);
    keep_arguments(tracing, L, event, 1, &added->step);
    return tracing->step_count - 1;
}

/* ---- steps: what came of them ---- */

/* [-0, +0, m] The step, and the calls that end with it, gave the value on top. */
static void note_result(pv_tracing *tracing, lua_State *L, size_t step) {
    for (; step != NO_STEP; step = tracing->steps[step].outer) {
        recorded_step *ending = &tracing->steps[step];
        pv_shown_value shown;
        pv_show_value(L, -1, &shown);
        ending->step.value = keep_value(tracing, &shown);
        ending->step.finished = true;
        ending->result = hold(L, -1, tracing);
    }
}

/* ---- where the rule is ---- */

/* The frame has been asked for "S". */
static bool is_of_rule(const pv_tracing *tracing, const lua_Debug *running) {
    return running->source[0] == '@' && pv_str_equal(pv_str_from(running->source + 1), tracing->file->path);
}

static bool find_rule_frame(const pv_tracing *tracing, lua_State *L, int level, lua_Debug *out) {
    return lua_getstack(L, level, out) && lua_getinfo(L, "Sl", out) && out->currentline > 0 && is_of_rule(tracing, out);
}

/* How many functions are running; TOO_DEEP for more than are followed. Asking Lua for a level costs as much as the
 * level is deep, so a rule that recurses without end must not be able to make this long. */
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

/* ---- events: values asked for ---- */

static void on_member(pv_observer *observer, lua_State *L) {
    pv_tracing *tracing = (pv_tracing *)observer;
    pv_runtime *runtime = pv_runtime_of(L);
    int64_t fuel = runtime->fuel;
    int top = lua_gettop(L);
    lua_Debug running;
    luaL_checkstack(L, 20, NULL);
    if (lua_type(L, 2) == LUA_TSTRING && find_rule_frame(tracing, L, 1, &running))
        note_member(tracing, L, &running);
    lua_settop(L, top);
    runtime->fuel = fuel;
}

/* ---- events: calls ---- */

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

static followed_frame *frame_at(pv_tracing *tracing, int depth) {
    leave_frames(tracing, depth + 1);
    followed_frame *last = tracing->frame_count > 0 ? &tracing->frames[tracing->frame_count - 1] : NULL;
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
                              const followed_frame *replaced) {
    lua_Debug caller;
    if (replaced)
        return replaced->of_rule ? note_last_call(tracing, L, event, replaced->line) : NO_STEP;
    bool by_rule = find_rule_frame(tracing, L, 1, &caller);
    return by_rule ? note_call(tracing, L, event, (uint32_t)caller.currentline) : NO_STEP;
}

static void on_call(pv_tracing *tracing, lua_State *L, lua_Debug *event) {
    int depth = depth_of(L);
    if (depth == TOO_DEEP)
        return;
    lua_getinfo(L, "nSr", event);
    bool is_last_act = event->event == LUA_HOOKTAILCALL && frame_at(tracing, depth);
    followed_frame replaced = is_last_act ? *frame_at(tracing, depth) : (followed_frame){.step = NO_STEP};
    leave_frames(tracing, depth);
    size_t step = follow_any_call(tracing, L, event, is_last_act ? &replaced : NULL);
    if (step != NO_STEP)
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
    if (tracing->frame_count < MAX_FRAMES)
        tracing->frames[tracing->frame_count++] =
            (followed_frame){depth, of_rule, 0, step != NO_STEP ? step : replaced.step};
}

/* ---- events: lines, variables and returns ---- */

/* [-0, +0, m] The variables of the function that event is about, in place of those noted before. */
static void note_variables(pv_tracing *tracing, lua_State *L, const lua_Debug *event) {
    tracing->variable_count = 0;
    const char *name;
    for (int number = 1; (name = lua_getlocal(L, event, number)) != NULL; number++) {
        if (name[0] != '(' && tracing->variable_count < MAX_VARIABLES) {
            followed_variable *noted = &tracing->variables[tracing->variable_count++];
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
    followed_frame *running = depth == TOO_DEEP ? NULL : frame_at(tracing, depth);
    if (running)
        running->line = (uint32_t)event->currentline;
    tracing->lines[event->currentline].runs++;
    tracing->visit = tracing->step_count;
    if (depth == tracing->outermost)
        note_variables(tracing, L, event);
}

static void on_return(pv_tracing *tracing, lua_State *L, lua_Debug *event) {
    int depth = depth_of(L);
    const followed_frame *ending = depth == TOO_DEEP ? NULL : frame_at(tracing, depth);
    if (!ending)
        return;
    lua_getinfo(L, "r", event);
    if (ending->of_rule && depth == tracing->outermost)
        note_variables(tracing, L, event);
    bool gives = event->ntransfer > 0 && lua_getlocal(L, event, event->ftransfer);
    if (!gives)
        lua_pushnil(L);
    note_result(tracing, L, ending->step);
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
    tracing->steps = PV_NEW_ARRAY(scratch, recorded_step, MAX_STEPS);
    tracing->lines = PV_NEW_ARRAY(scratch, followed_line, file->line_count + 1);
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
        const followed_line *followed = &tracing->lines[line];
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
        const followed_variable *noted = &tracing->variables[i];
        variables[i] =
            (pv_trail_variable){keep_text(tracing, pv_str_from(noted->name)), keep_value(tracing, &noted->value)};
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
