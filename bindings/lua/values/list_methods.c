#include "lua/sandbox/sandbox.h"
#include "lua/values/values.h"

/* How many elements the list at index 1 has; methods read it with lua_geti, so that tables and objects serve alike. */
static lua_Integer check_list(lua_State *L) {
    const pv_object *object = pv_object_test(L, 1);
    if (!lua_istable(L, 1) && !(object && object->class->inherited == pv_list_members))
        pv_raise_expected(L, 1, "a list");
    lua_Integer count = luaL_len(L, 1);
    MAY_RAISE(pv_runtime_charge(L, (size_t)count / 4 + 1));
    return count;
}

static int l_list_first(lua_State *L) {
    if (check_list(L) == 0)
        lua_pushnil(L);
    else
        lua_geti(L, 1, 1);
    return 1;
}

static int l_list_last(lua_State *L) {
    lua_Integer count = check_list(L);
    if (count == 0)
        lua_pushnil(L);
    else
        lua_geti(L, 1, count);
    return 1;
}

static void check_function(lua_State *L) {
    if (!lua_isfunction(L, 2))
        pv_raise_expected(L, 2, "a function");
}

/* [-0, +2, e] Pushes the element and what the function at index 2 gives for it. */
static void apply(lua_State *L, lua_Integer number) {
    lua_geti(L, 1, number);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_call(L, 1, 1);
}

static int l_list_where(lua_State *L) {
    lua_Integer count = check_list(L);
    check_function(L);
    pv_list_new(L, 0);
    size_t kept = 0;
    for (lua_Integer i = 1; i <= count; i++) {
        apply(L, i);
        bool keep = lua_toboolean(L, -1);
        lua_pop(L, 1);
        if (keep)
            pv_list_set(L, ++kept);
        else
            lua_pop(L, 1);
    }
    return 1;
}

static int l_list_map(lua_State *L) {
    lua_Integer count = check_list(L);
    check_function(L);
    pv_list_new(L, (size_t)count);
    size_t kept = 0;
    for (lua_Integer i = 1; i <= count; i++) {
        apply(L, i);
        lua_remove(L, -2);
        if (lua_isnil(L, -1))
            lua_pop(L, 1);
        else
            pv_list_set(L, ++kept);
    }
    return 1;
}

/* An element for which the function says nothing would be passed over in silence. */
static int l_list_judge(lua_State *L) {
    lua_Integer count = check_list(L);
    check_function(L);
    lua_settop(L, 3);
    pv_list_new(L, (size_t)count);
    for (lua_Integer i = 1; i <= count; i++) {
        apply(L, i);
        if (lua_isnil(L, -1))
            return luaL_error(L, "judge needs a verdict for each element, and got nothing for element %I, %s",
                              (LUAI_UACINT)i, pv_describe(L, -2));
        lua_remove(L, -2);
        pv_list_set(L, (size_t)i);
    }
    if (count == 0 && !lua_isnil(L, 3)) {
        lua_pushvalue(L, 3);
        pv_list_set(L, 1);
    }
    return 1;
}

/* A list of the elements that have all of these attributes. */
static int push_with(lua_State *L, const char *first, const char *second) {
    lua_Integer count = check_list(L);
    pv_list_new(L, 0);
    size_t kept = 0;
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        if (!pv_object_test(L, -1))
            return luaL_error(L, "only what is found in a text is promised or asserted; element %I of the list is %s",
                              (LUAI_UACINT)i, pv_describe(L, -1));
        lua_getfield(L, -1, first);
        lua_getfield(L, -2, second);
        bool keep = lua_toboolean(L, -1) && lua_toboolean(L, -2);
        lua_pop(L, 2);
        if (keep)
            pv_list_set(L, ++kept);
        else
            lua_pop(L, 1);
    }
    return 1;
}

static int l_list_promised(lua_State *L) {
    return push_with(L, "promised", "sure");
}

static int l_list_asserted(lua_State *L) {
    return push_with(L, "asserted", "asserted");
}

static int l_list_count(lua_State *L) {
    lua_pushinteger(L, check_list(L));
    return 1;
}

/* [-0, +1, v] Pushes the element, and gives its number. */
static pv_exact_number number_of_element(lua_State *L, lua_Integer i, const char *purpose) {
    pv_exact_number number;
    lua_geti(L, 1, i);
    if (!pv_number_at(L, -1, &number))
        luaL_error(L, "%s needs numbers; element %I of the list is %s", purpose, (LUAI_UACINT)i,
                   pv_number_describe(L, -1));
    return number;
}

static int l_list_sum(lua_State *L) {
    lua_Integer count = check_list(L);
    pv_exact_number sum = {0};
    for (lua_Integer i = 1; i <= count; i++) {
        pv_error error = {0};
        pv_exact_number number = number_of_element(L, i, "sum");
        pv_unit unit = i == 1 ? number.unit : pv_number_common_unit(L, sum, number, "added");
        if (!pv_decimal_add(sum.value, number.value, &sum.value, &error))
            return pv_runtime_raise(L, &error);
        sum.unit = unit;
        lua_pop(L, 1);
    }
    return pv_push_number(L, sum, NULL);
}

/* The first of the elements that come out furthest in this direction (1: largest, -1: smallest), or nil. */
static int push_extreme(lua_State *L, int direction, const char *purpose) {
    lua_Integer count = check_list(L);
    if (count == 0)
        return pv_push_nil(L);
    pv_exact_number best = number_of_element(L, 1, purpose);
    for (lua_Integer i = 2; i <= count; i++) {
        pv_exact_number number = number_of_element(L, i, purpose);
        if (pv_number_compare(L, number, best) * direction > 0) {
            best = number;
            lua_replace(L, -2);
        } else {
            lua_pop(L, 1);
        }
    }
    return 1;
}

static int l_list_largest(lua_State *L) {
    return push_extreme(L, 1, "largest");
}

static int l_list_smallest(lua_State *L) {
    return push_extreme(L, -1, "smallest");
}

/* The elements, with commas between. */
static int l_list_to_string(lua_State *L) {
    lua_Integer count = check_list(L);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1)
            luaL_addstring(&buffer, ", ");
        lua_geti(L, 1, i);
        pv_sandbox_to_string(L, -1, NULL);
        lua_remove(L, -2);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    return 1;
}

/* __index of the method table: what is no element and no method. Numbers past the end are nil, so that ipairs ends. */
static int l_list_unknown(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING)
        return pv_push_nil(L);
    pv_str names[16];
    size_t count = 0;
    for (const pv_member *member = pv_list_members; member->name && count < 16; member++)
        names[count++] = pv_str_from(member->name);
    pv_str name = pv_lua_str(L, 2);
    return pv_raise_unknown(L, "a list", name, names, count);
}

const pv_member pv_list_members[] = {
    {"first", ":first(): element?", "The first element, or nil when the list is empty.", .method = l_list_first},
    {"last", ":last(): element?", "The last element, or nil when the list is empty.", .method = l_list_last},
    {"where", ":where(f: function of element): list of element",
     "A list of the elements for which f gives true, in their order.", .method = l_list_where},
    {"map", ":map(f: function of element): list",
     "A list of what f gives for each element; where it gives nil, nothing.", .method = l_list_map},
    {"judge", ":judge(f: function of element, none: verdict?): list of verdict",
     "What f finds of each element, for a check to return: each failure is a finding of its own. Of an empty list the "
     "verdict `none`; f must give a verdict for every element.",
     .method = l_list_judge},
    {"sum", ":sum(): decimal", "The exact sum of the numbers in the list; of an empty list 0.", .method = l_list_sum},
    {"largest", ":largest(): element?", "The first of the largest numbers in the list, or nil when it is empty.",
     .method = l_list_largest},
    {"smallest", ":smallest(): element?", "The first of the smallest numbers in the list, or nil when it is empty.",
     .method = l_list_smallest},
    {"promised", ":promised(): list of element",
     "A list of the elements, found in a text, that are promised for sure: not hedged, conditional, denied, unclear or "
     "somebody else's.",
     .method = l_list_promised},
    {"asserted", ":asserted(): list of element",
     "A list of the elements, found in a text, that are neither denied nor unclear nor somebody else's words.",
     .method = l_list_asserted},
    {"count", ":count(): integer", "How many elements the list has.", .method = l_list_count},
    PV_MEMBERS_END,
};

void pv_list_register(lua_State *L) {
    lua_createtable(L, 0, 4);
    lua_createtable(L, 0, 10);
    for (const pv_member *member = pv_list_members; member->name; member++) {
        lua_pushcfunction(L, member->method);
        lua_setfield(L, -2, member->name);
    }
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, l_list_unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, l_list_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "list");
    lua_setfield(L, -2, "__name");
    pv_list_set_metatable(L);
}
