#include "lua/match.h"

typedef struct pv_pattern_object {
    pv_object object;
    const pv_pattern *pattern; /* of the rule set */
} pv_pattern_object;

/* "i", "ix", …; raises for any other letter. */
static pv_pattern_flags flags_at(lua_State *L, int index) {
    pv_pattern_flags flags = {0};
    for (const char *letter = luaL_optstring(L, index, ""); *letter; letter++) {
        switch (*letter) {
        case 'i':
            flags.ignore_case = true;
            break;
        case 'x':
            flags.extended = true;
            break;
        case 'm':
            flags.multiline = true;
            break;
        default:
            luaL_error(L,
                       "a pattern's flags are \"i\" (either case), \"x\" (spaced out) and \"m\" (^ and $ at line "
                       "breaks), not \"%s\"",
                       lua_tostring(L, index));
        }
    }
    return flags;
}

/* [-0, +1, m] What the pattern is kept under: kind, flags, source. */
static pv_str push_key(lua_State *L, pv_str source, pv_pattern_flags flags) {
    lua_pushfstring(L, "pattern %s%s%s ", flags.ignore_case ? "i" : "", flags.extended ? "x" : "",
                    flags.multiline ? "m" : "");
    pv_push_str(L, source);
    lua_concat(L, 2);
    pv_str key;
    key.data = lua_tolstring(L, -1, &key.size);
    return key;
}

static void free_pattern(void *pattern) {
    pv_pattern_free(pattern);
}

/* The compiled pattern, which the rule set owns, or a raised error that quotes the pattern from where it is at fault. */
static const pv_pattern *compile(lua_State *L, pv_str source, pv_pattern_flags flags) {
    pv_runtime *runtime = pv_runtime_of(L);
    pv_str key = push_key(L, source, flags);
    pv_pattern *pattern = pv_compiled_find(runtime->compiled, key);
    if (pattern)
        return pattern;
    MAY_RAISE(pv_runtime_charge(L, source.size + 1));
    pv_memory *memory = pv_arena_memory(pv_compiled_arena(runtime->compiled));
    pv_error error = {0};
    if (!pv_pattern_compile(&pattern, memory, source, flags, &runtime->limits, &error)) {
        if (error.code == PV_ERROR_MEMORY)
            pv_runtime_raise(L, &error);
        if (error.has_where && error.where.start < source.size) {
            pv_push_str(L, pv_str_slice(source, error.where.start, source.size));
            luaL_error(L, "the pattern is at fault at \"%s\": %s", lua_tostring(L, -1), error.message);
        }
        luaL_error(L, "the pattern is at fault: %s", error.message);
    }
    if (!pv_compiled_keep(runtime->compiled, key, pattern, free_pattern, &error))
        pv_runtime_raise(L, &error);
    return pattern;
}

int l_pattern(lua_State *L) {
    pv_str source;
    source.data = luaL_checklstring(L, 1, &source.size);
    pv_pattern_flags flags = flags_at(L, 2);
    if (!pv_runtime_of(L)->loading)
        return luaL_error(L, "patterns are made at file level, outside any function, so that each is compiled once");
    const pv_pattern *pattern = compile(L, source, flags);
    pv_pattern_object *object = pv_class_new(L, &pv_pattern_class, sizeof *object);
    object->pattern = pattern;
    return 1;
}

const pv_pattern *pv_pattern_argument(lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TSTRING)
        luaL_error(L, "expected a pattern, got a string; make one at file level: local wanted = pattern [[…]]");
    const pv_pattern_object *object = pv_class_check(L, index, &pv_pattern_class);
    return object->pattern;
}

static int get_source(lua_State *L) {
    return pv_push_str(L, pv_pattern_source(pv_pattern_argument(L, 1)));
}

static const pv_member members[] = {
    {"source", "source: string", "The pattern as written.", get_source, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_pattern_class = {
    .name = "pattern",
    .doc = "A regular expression, compiled at file level: `pattern [[\\bQ[1-4] \\d{4}\\b]]`, `pattern([[…]], \"ix\")`.",
    .members = members,
    .to_string = get_source,
};
