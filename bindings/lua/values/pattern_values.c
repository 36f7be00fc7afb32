#include "lua/values/values_p.h"

#include <string.h>

/* ---- patterns ---- */

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
    pv_str key = pv_lua_str(L, -1);
    return key;
}

static void free_pattern(void *pattern) {
    pv_pattern_free(pattern);
}

/* [-0, +0, v] Quotes the pattern from where it is at fault. */
static void raise_fault(lua_State *L, pv_str source, const pv_error *error) {
    if (error->code == PV_ERROR_MEMORY)
        pv_runtime_raise(L, error);
    if (error->has_where && error->where.start < source.size) {
        pv_push_str(L, pv_str_slice(source, error->where.start, source.size));
        luaL_error(L, "the pattern is at fault at \"%s\": %s", lua_tostring(L, -1), error->message);
    }
    luaL_error(L, "the pattern is at fault: %s", error->message);
}

/* The pattern, which the rule set owns, or a raised error. */
static const pv_pattern *compile(lua_State *L, pv_str source, pv_pattern_flags flags) {
    pv_runtime *runtime = pv_runtime_of(L);
    pv_str key = push_key(L, source, flags);
    pv_pattern *pattern = pv_compiled_find(runtime->compiled, key);
    if (pattern)
        return pattern;
    MAY_RAISE(pv_runtime_charge(L, source.size + 1));
    pv_memory *memory = pv_arena_memory(pv_compiled_arena(runtime->compiled));
    pv_error error = {0};
    flags.known_to_compile = runtime->proven;
    if (!pv_pattern_compile(&pattern, memory, source, flags, &runtime->limits, &error))
        (void)MAY_RAISE(raise_fault(L, source, &error));
    if (!pv_compiled_keep(runtime->compiled, key, pattern, free_pattern, &error))
        pv_runtime_raise(L, &error);
    return pattern;
}

int l_pattern(lua_State *L) {
    pv_str source = pv_check_str(L, 1);
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

static const pv_member pattern_members[] = {
    {"source", "source: string", "The pattern as written.", .get = get_source},
    PV_MEMBERS_END,
};

const pv_class pv_pattern_class = {
    .name = "pattern",
    .doc = "A regular expression, compiled at file level: `pattern [[\\bQ[1-4] \\d{4}\\b]]`, `pattern([[…]], \"ix\")`.",
    .members = pattern_members,
    .to_string = get_source,
};

/* ---- matches ---- */

/* The pattern lives as long as the rule set, so longer than any match. */
typedef struct pv_match_object {
    pv_object object;
    const pv_pattern *pattern;
    const pv_text *whole;
    uint32_t start; /* of the text searched, in whole; captures count from there */
    size_t count;   /* captures, the whole match included */
    pv_capture captures[];
} pv_match_object;

static size_t capture_count(const pv_pattern *pattern) {
    return (size_t)pv_pattern_group_count(pattern) + 1;
}

/* [-0, +0, v] Searches text from an offset; *captures, which are NULL at first, are scratch in the call arena. */
static bool search(lua_State *L, const pv_text_object *text, const pv_pattern *pattern, size_t from,
                   pv_capture **captures) {
    pv_runtime *runtime = pv_runtime_of(L);
    pv_str bytes = pv_text_object_str(text);
    MAY_RAISE(pv_runtime_charge(L, (bytes.size - from) / 16 + 4));
    bool found = false;
    pv_error error = {0};
    const pv_signature *signature = bytes.size <= runtime->limits.pattern_subject ? pv_text_signature(L, text) : NULL;
    if (signature && !pv_pattern_admits(pattern, signature))
        return false;
    if (!pv_pattern_prepare(pattern, &error))
        (void)MAY_RAISE(raise_fault(L, pv_pattern_source(pattern), &error));
    size_t count = capture_count(pattern);
    if (!*captures)
        *captures = pv_check_memory(L, PV_NEW_ARRAY(runtime->call_arena, pv_capture, count));
    if (!pv_pattern_find(pattern, runtime->matcher, bytes, from, *captures, count, &found, &error))
        pv_runtime_raise(L, &error);
    pv_observer *observer = runtime->observer;
    if (found && observer && observer->matched && !observer->matched(observer, pattern))
        (void)MAY_RAISE(pv_runtime_stop_memory(L));
    return found;
}

static int push_match(lua_State *L, const pv_text_object *text, const pv_pattern *pattern, const pv_capture *captures) {
    size_t size = capture_count(pattern) * sizeof captures[0];
    pv_match_object *match = pv_class_new(L, &pv_match_class, sizeof *match + size);
    match->pattern = pattern;
    match->whole = text->whole;
    match->start = text->part.start;
    match->count = capture_count(pattern);
    memcpy(match->captures, captures, size);
    pv_object_place_in(&match->object, text->whole, pv_text_within(text, captures[0].at));
    return 1;
}

bool pv_pattern_search(lua_State *L, const pv_text_object *text, const pv_pattern *pattern, size_t from, pv_span *at) {
    pv_capture *captures = NULL;
    bool found = search(L, text, pattern, from, &captures);
    if (found)
        *at = captures[0].at;
    return found;
}

int l_text_find(lua_State *L) {
    const pv_text_object *text = pv_text_self(L);
    const pv_pattern *pattern = pv_pattern_argument(L, 2);
    pv_capture *captures = NULL;
    return search(L, text, pattern, 0, &captures) ? push_match(L, text, pattern, captures) : pv_push_nil(L);
}

int l_text_matches(lua_State *L) {
    const pv_text_object *text = pv_text_self(L);
    const pv_pattern *pattern = pv_pattern_argument(L, 2);
    pv_capture *captures = NULL;
    pv_str bytes = pv_text_object_str(text);
    pv_list_new(L, 0);
    size_t count = 0;
    for (size_t from = 0; from <= bytes.size && search(L, text, pattern, from, &captures);) {
        push_match(L, text, pattern, captures);
        pv_list_set(L, ++count);
        from = pv_pattern_after(bytes, captures[0].at);
    }
    return 1;
}

static const pv_match_object *check_match(lua_State *L) {
    return pv_class_check(L, 1, &pv_match_class);
}

static int push_capture(lua_State *L, const pv_match_object *match, size_t number) {
    const pv_capture *capture = &match->captures[number];
    if (!capture->set)
        return pv_push_nil(L);
    pv_span at = {match->start + capture->at.start, match->start + capture->at.end};
    return pv_push_text_part(L, match->whole, at);
}

static int l_match_index(lua_State *L) {
    const pv_match_object *match = check_match(L);
    lua_Integer number = luaL_checkinteger(L, 2);
    if (number < 0 || (lua_Unsigned)number >= match->count)
        return luaL_error(L, "the pattern has no group %I; it has %I", (LUAI_UACINT)number,
                          (LUAI_UACINT)(match->count - 1));
    return push_capture(L, match, (size_t)number);
}

static int get_text(lua_State *L) {
    return push_capture(L, lua_touserdata(L, 1), 0);
}

static int get_group(lua_State *L, pv_str name) {
    const pv_match_object *match = lua_touserdata(L, 1);
    uint32_t number = pv_pattern_group_number(match->pattern, name);
    return number > 0 ? push_capture(L, match, number) : 0;
}

static size_t group_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_match_object *match = lua_touserdata(L, 1);
    size_t count = 0;
    for (; count < capacity; count++) {
        names[count] = pv_pattern_group_name(match->pattern, (uint32_t)count);
        if (names[count].size == 0)
            break;
    }
    return count;
}

static int l_match_to_string(lua_State *L) {
    const pv_match_object *match = check_match(L);
    pv_span at = match->captures[0].at;
    return pv_push_str(L, pv_str_slice(match->whole->value, match->start + at.start, match->start + at.end));
}

pv_found pv_match_found(const pv_object *object) {
    const pv_match_object *match = (const pv_match_object *)object;
    pv_span at = match->captures[0].at;
    return (pv_found){*object, match->whole, {match->start + at.start, match->start + at.end}};
}

static const pv_member match_members[] = {
    {"text", "text: text", "The whole match; also `match[0]`.", .get = get_text},
    PV_CONTEXT_MEMBERS,
    PV_MEMBERS_END,
};

const pv_class pv_match_class = {
    .name = "match",
    .doc = "Where a pattern matched: `match[n]` and `match.name` are its groups, each a text, or nil when it took no "
           "part.",
    .members = match_members,
    .get_declared = get_group,
    .declared_names = group_names,
    .index = l_match_index,
    .element = "text?",
    .to_string = l_match_to_string,
    .of_session = true,
};
