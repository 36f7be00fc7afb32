#include "lua/object/class.h"

static uint32_t smaller(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

static uint32_t larger(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

/* source is NULL while no submission is judged: then there is one file. */
static bool is_in_one_file(const pv_source *source, const pv_place *a, const pv_place *b) {
    return !source || pv_source_part(source, a->span.start) == pv_source_part(source, b->span.start);
}

void pv_place_add(const pv_source *source, pv_place *hull, bool *any, pv_place place) {
    if (!*any || (hull->expected_here && !place.expected_here)) {
        *hull = place;
    } else if (hull->expected_here == place.expected_here && !place.expected_here &&
               is_in_one_file(source, hull, &place)) {
        hull->span.start = smaller(hull->span.start, place.span.start);
        hull->span.end = larger(hull->span.end, place.span.end);
    }
    *any = true;
}

static bool place_of_object(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    if (object->has_place) {
        *out = object->place;
        return true;
    }
    return runtime->submission && object->class->find_place && object->class->find_place(runtime, object, out);
}

bool pv_place_of(lua_State *L, int index, pv_place *out) {
    const pv_runtime *runtime = pv_runtime_of(L);
    const pv_object *object = pv_object_test(L, index);
    if (object)
        return place_of_object(runtime, object, out);
    if (!lua_istable(L, index) || !lua_checkstack(L, 1))
        return false;
    bool any = false;
    index = lua_absindex(L, index);
    lua_Unsigned count = lua_rawlen(L, index);
    for (lua_Unsigned i = 1; i <= count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        pv_place place;
        object = pv_object_test(L, -1);
        if (object && place_of_object(runtime, object, &place))
            pv_place_add(runtime->source, out, &any, place);
        lua_pop(L, 1);
    }
    return any;
}
