#include "lua/authoring/tracing_parts_p.h"

#include <string.h>

#define MAX_ARGUMENTS ((size_t)8)
#define MAX_CANDIDATES ((size_t)16)

/* ---- steps ---- */

pv_str pv_tracing_check(pv_tracing *tracing, pv_str text) {
    tracing->memory_refused = tracing->memory_refused || !text.data;
    return text.data ? text : PV_STR("");
}

pv_str pv_tracing_keep(pv_tracing *tracing, pv_str text) {
    return pv_tracing_check(tracing, pv_arena_copy(tracing->kept, text));
}

pv_trail_value pv_tracing_keep_value(pv_tracing *tracing, const pv_shown_value *value) {
    return (pv_trail_value){pv_tracing_keep(tracing, (pv_str){value->text, value->size}), value->source, value->at};
}

/* NULL when there are too many already. */
static pv_recorded_step *add_step(pv_tracing *tracing, pv_trail_step_kind kind, uint32_t line, pv_str name) {
    if (tracing->step_count == PV_TRACING_STEPS) {
        tracing->cut = true;
        return NULL;
    }
    pv_recorded_step *added = &tracing->steps[tracing->step_count++];
    *added = (pv_recorded_step){
        .step = {.kind = kind, .line = line}, .name = pv_tracing_keep(tracing, name), .outer = PV_NO_STEP};
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
    pv_str text = pv_tracing_check(tracing, pv_expression_text(&tracing->lexemes, expression, tracing->kept));
    return has_given(tracing, text, lua_topointer(L, object));
}

/* How often this line has asked for this name since it began. */
static size_t occurrence_of(const pv_tracing *tracing, const pv_recorded_step *step) {
    size_t count = 0;
    for (size_t i = tracing->visit; i + 1 < tracing->step_count; i++) {
        const pv_recorded_step *earlier = &tracing->steps[i];
        count += earlier->step.kind == step->step.kind && earlier->step.line == step->step.line &&
                 pv_str_equal(earlier->name, step->name);
    }
    return count;
}

static void set_expression(pv_tracing *tracing, pv_recorded_step *step, const pv_expression *expression) {
    step->step.expression =
        pv_tracing_check(tracing, pv_expression_text(&tracing->lexemes, *expression, tracing->kept));
}

/* The last step, as its line has it. For a value asked for: the function that is running, and the index of the
 * object. */
static void name_step(pv_tracing *tracing, lua_State *L, pv_recorded_step *step, const lua_Debug *running, int object) {
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
    step->step.expression = pv_tracing_check(tracing, shown);
}

/* ---- values asked for ---- */

void pv_tracing_note_member(pv_tracing *tracing, lua_State *L, const lua_Debug *running) {
    enum { OBJECT = 1, NAME };
    int value = lua_gettop(L);
    note_use(tracing, L, OBJECT);
    if (lua_isfunction(L, value))
        return; /* a method: its call follows */
    pv_str name;
    name.data = lua_tolstring(L, NAME, &name.size);
    pv_recorded_step *step = add_step(tracing, PV_TRAIL_ASKED, (uint32_t)running->currentline, name);
    if (!step)
        return;
    pv_shown_value shown;
    name_step(tracing, L, step, running, OBJECT);
    pv_show_member(L, value, OBJECT, name, &shown);
    step->step.value = pv_tracing_keep_value(tracing, &shown);
    step->step.finished = true;
    step->result = hold(L, value, tracing);
}

/* ---- calls ---- */

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
        arguments[step->argument_count++] = pv_tracing_keep_value(tracing, &shown);
        lua_pop(L, 1);
    }
    for (int further = -1; step->argument_count < MAX_ARGUMENTS && lua_getlocal(L, event, further); further--) {
        pv_show_value(L, -1, &shown);
        arguments[step->argument_count++] = pv_tracing_keep_value(tracing, &shown);
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
    step->expression = pv_tracing_check(tracing, shown);
    step->argument_count = 0;
}

/* Going through a list is no step of its own. */
static bool is_walking(const char *name) {
    return strcmp(name, "ipairs") == 0 || strcmp(name, "pairs") == 0;
}

size_t pv_tracing_note_call(pv_tracing *tracing, lua_State *L, const lua_Debug *event, uint32_t line) {
    bool is_operation = event->name && strcmp(event->namewhat, "metamethod") == 0;
    const char *sign = is_operation ? sign_of(event->name) : NULL;
    if (!event->name || strcmp(event->namewhat, "for iterator") == 0 || (is_operation && !sign) ||
        is_walking(event->name))
        return PV_NO_STEP;
    pv_recorded_step *added =
        add_step(tracing, is_operation ? PV_TRAIL_OPERATED : PV_TRAIL_CALLED, line, pv_str_from(event->name));
    if (!added)
        return PV_NO_STEP;
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

/* A function called as the last act of another has no name; what was called stands after `return`. */
size_t pv_tracing_note_last_call(pv_tracing *tracing, lua_State *L, const lua_Debug *event, uint32_t line) {
    pv_expression returned;
    if (!pv_expressions_returned(&tracing->lexemes, line, &returned))
        return PV_NO_STEP;
    pv_recorded_step *added = add_step(tracing, PV_TRAIL_CALLED, line, PV_STR(""));
    if (!added)
        return PV_NO_STEP;
    set_expression(tracing, added, &returned);
    keep_arguments(tracing, L, event, 1, &added->step);
    return tracing->step_count - 1;
}

/* ---- what came of them ---- */

void pv_tracing_note_result(pv_tracing *tracing, lua_State *L, size_t step) {
    for (; step != PV_NO_STEP; step = tracing->steps[step].outer) {
        pv_recorded_step *ending = &tracing->steps[step];
        pv_shown_value shown;
        pv_show_value(L, -1, &shown);
        ending->step.value = pv_tracing_keep_value(tracing, &shown);
        ending->step.finished = true;
        ending->result = hold(L, -1, tracing);
    }
}
