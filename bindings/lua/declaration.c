#include "lua/declaration.h"

#include "base/str.h"

#define MAX_KEYS 32

static const pv_declaration_key *find_key(const pv_declaration_key *keys, pv_str name) {
    for (; keys->name; keys++)
        if (pv_str_equal(pv_str_from(keys->name), name))
            return keys;
    return NULL;
}

static bool fail_unknown_key(const pv_declaration_key *keys, pv_str name, pv_error *error) {
    pv_str names[MAX_KEYS];
    size_t count = 0;
    for (; count < MAX_KEYS && keys[count].name; count++)
        names[count] = pv_str_from(keys[count].name);
    size_t nearest = pv_suggest(name, names, count);
    if (nearest == SIZE_MAX)
        return pv_fail(error, PV_ERROR_SHAPE, "there is no key \"%.60s\"", name.data);
    return pv_fail(error, PV_ERROR_SHAPE, "there is no key \"%.60s\"; did you mean \"%s\"?", name.data,
                   keys[nearest].name);
}

static bool has_type(int wanted, int type) {
    bool is_place = type == LUA_TNUMBER || type == LUA_TSTRING;
    bool is_value = is_place || type == LUA_TBOOLEAN || type == LUA_TTABLE;
    return type == wanted || (wanted == PV_DECLARED_PLACE && is_place) || (wanted == PV_DECLARED_VALUE && is_value);
}

static const char *type_name(lua_State *L, int wanted) {
    if (wanted == PV_DECLARED_VALUE)
        return "value";
    return wanted == PV_DECLARED_PLACE ? "number or a string" : lua_typename(L, wanted);
}

/* The key is at index -2, its value on top. */
static bool check_entry(lua_State *L, const pv_declaration_key *keys, pv_error *error) {
    if (lua_type(L, -2) != LUA_TSTRING)
        return pv_fail(error, PV_ERROR_SHAPE,
                       "a value without a key stands among the keys; a comma or a name is missing");
    pv_str name;
    name.data = lua_tolstring(L, -2, &name.size);
    const pv_declaration_key *key = find_key(keys, name);
    if (!key)
        return fail_unknown_key(keys, name, error);
    if (!has_type(key->type, lua_type(L, -1)))
        return pv_fail(error, PV_ERROR_SHAPE, "\"%s\" is a %s; it must be a %s", key->name, luaL_typename(L, -1),
                       type_name(L, key->type));
    return true;
}

bool pv_declaration_check(lua_State *L, int index, const pv_declaration_key *keys, pv_error *error) {
    index = lua_absindex(L, index);
    int top = lua_gettop(L);
    bool valid = true;
    lua_pushnil(L);
    while (valid && lua_next(L, index)) {
        valid = check_entry(L, keys, error);
        lua_pop(L, 1);
    }
    lua_settop(L, top);
    for (; valid && keys->name; keys++) {
        if (lua_getfield(L, index, keys->name) == LUA_TNIL && keys->required)
            valid = pv_fail(error, PV_ERROR_SHAPE, "\"%s\" is missing", keys->name);
        lua_pop(L, 1);
    }
    return valid;
}

pv_str pv_declaration_value(lua_State *L, int index, pv_arena *arena, bool *failed) {
    pv_str text;
    lua_pushvalue(L, index); /* converting a number in place would change the table's own value */
    text.data = lua_tolstring(L, -1, &text.size);
    pv_str copy = pv_arena_copy(arena, text);
    lua_pop(L, 1);
    if (!copy.data)
        *failed = true;
    return copy;
}

pv_str pv_declaration_text(lua_State *L, int index, const char *name, pv_arena *arena, bool *failed) {
    pv_str text = PV_STR("");
    if (lua_getfield(L, index, name) != LUA_TNIL)
        text = pv_declaration_value(L, -1, arena, failed);
    lua_pop(L, 1);
    return text;
}

bool pv_declaration_flag(lua_State *L, int index, const char *name) {
    lua_getfield(L, index, name);
    bool flag = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return flag;
}

bool pv_declaration_is_false(lua_State *L, int index, const char *name) {
    bool given = lua_getfield(L, index, name) != LUA_TNIL;
    bool flag = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return given && !flag;
}

size_t pv_declaration_number(lua_State *L, int index, const char *name) {
    lua_getfield(L, index, name);
    lua_Integer number = lua_type(L, -1) == LUA_TNUMBER ? lua_tointeger(L, -1) : 0;
    lua_pop(L, 1);
    return number < 1 ? 0 : (size_t)number;
}

bool pv_declaration_texts(lua_State *L, int index, pv_arena *arena, const pv_str **out, size_t *count,
                          pv_error *error) {
    index = lua_absindex(L, index);
    bool failed = false;
    *count = (size_t)lua_rawlen(L, index);
    pv_str *texts = PV_NEW_ARRAY(arena, pv_str, *count);
    if (!texts)
        return pv_fail_memory(error);
    for (size_t i = 0; i < *count; i++) {
        int type = lua_rawgeti(L, index, (lua_Integer)i + 1);
        if (type == LUA_TSTRING)
            texts[i] = pv_declaration_value(L, -1, arena, &failed);
        lua_pop(L, 1);
        if (type != LUA_TSTRING)
            return pv_fail(error, PV_ERROR_SHAPE, "a list holds texts, not a %s", lua_typename(L, type));
    }
    *out = texts;
    return !failed || pv_fail_memory(error);
}

bool pv_declaration_day(lua_State *L, int index, const char *name, bool *given, pv_date *out, pv_error *error) {
    pv_str text;
    *given = lua_getfield(L, index, name) == LUA_TSTRING;
    bool valid = true;
    if (*given) {
        text.data = lua_tolstring(L, -1, &text.size);
        valid =
            pv_date_parse(text, out) ||
            pv_fail(error, PV_ERROR_SHAPE, "%s is \"%.60s\"; it must be a day like \"2022-07-01\"", name, text.data);
    }
    lua_pop(L, 1);
    return valid;
}

bool pv_declaration_fail_choice(const char *key, pv_str given, const pv_str *choices, size_t count, pv_error *error) {
    size_t nearest = pv_suggest(given, choices, count);
    if (nearest != SIZE_MAX)
        return pv_fail(error, PV_ERROR_SHAPE, "%s \"%.60s\" does not exist; did you mean \"%.*s\"?", key, given.data,
                       PV_STR_ARG(choices[nearest]));
    return pv_fail(error, PV_ERROR_SHAPE, "%s \"%.60s\" does not exist", key, given.data);
}
