/* One deterministic sort for table.sort and for the keys that pairs goes through. */
#include "lua/object/class.h"
#include "lua/sandbox/sandbox.h"

/* The stack slots of a sort: two tables, of which each pass merges one into the other. */
typedef struct merge {
    int from;
    int to;
    lua_Integer count;
    pv_sandbox_before before;
} merge;

/* [-0, +0, v] Merges from[left, middle) and from[middle, right) into to[left, right). */
static void merge_runs(lua_State *L, const merge *pass, lua_Integer left, lua_Integer middle, lua_Integer right) {
    lua_Integer next_left = left;
    lua_Integer next_right = middle;
    for (lua_Integer out = left; out < right; out++) {
        bool take_right = next_left == middle;
        if (next_left < middle && next_right < right) {
            lua_rawgeti(L, pass->from, next_left);
            lua_rawgeti(L, pass->from, next_right);
            take_right = MAY_RAISE(pass->before(L)); /* equal values keep their order */
            lua_pop(L, 2);
        }
        lua_rawgeti(L, pass->from, take_right ? next_right++ : next_left++);
        lua_rawseti(L, pass->to, out);
    }
}

static lua_Integer smaller(lua_Integer a, lua_Integer b) {
    return a < b ? a : b;
}

/* [-0, +0, v] One pass over all runs of this width. */
static void merge_pass(lua_State *L, const merge *pass, lua_Integer width) {
    MAY_RAISE(pv_runtime_charge(L, (size_t)pass->count));
    for (lua_Integer left = 1; left <= pass->count; left += 2 * width) {
        lua_Integer middle = smaller(left + width, pass->count + 1);
        merge_runs(L, pass, left, middle, smaller(middle + width, pass->count + 1));
    }
}

void pv_sandbox_sort(lua_State *L, int index, lua_Integer count, pv_sandbox_before before) {
    luaL_checkstack(L, 8, "too many values to sort");
    MAY_RAISE(pv_runtime_charge(L, (size_t)count));
    int base = lua_gettop(L);
    lua_createtable(L, (int)count, 0);
    lua_createtable(L, (int)count, 0);
    merge pass = {base + 1, base + 2, count, before};
    for (lua_Integer number = 1; number <= count; number++) {
        lua_geti(L, index, number);
        lua_rawseti(L, pass.from, number);
    }
    for (lua_Integer width = 1; width < count; width *= 2) {
        merge_pass(L, &pass, width);
        pass = (merge){pass.to, pass.from, count, before};
    }
    for (lua_Integer number = 1; number <= count; number++) {
        lua_rawgeti(L, pass.from, number);
        lua_seti(L, index, number);
    }
    lua_settop(L, base);
}

static int key_rank(int type) {
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : 2;
}

static bool key_before(lua_State *L) {
    int type = lua_type(L, -1);
    int other = lua_type(L, -2);
    if (type != other)
        return key_rank(type) < key_rank(other);
    if (type == LUA_TNUMBER)
        return lua_compare(L, -1, -2, LUA_OPLT);
    if (type == LUA_TBOOLEAN)
        return lua_toboolean(L, -1) < lua_toboolean(L, -2);
    pv_str key, below;
    key.data = lua_tolstring(L, -1, &key.size);
    below.data = lua_tolstring(L, -2, &below.size);
    return pv_str_compare(key, below) < 0;
}

void pv_sandbox_push_sorted_keys(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 4, "too many keys");
    lua_newtable(L);
    int keys = lua_gettop(L);
    lua_Integer count = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        int type = lua_type(L, -1);
        if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN)
            (void)pv_raise_expected(L, -1, "a table whose keys are numbers, strings or booleans");
        MAY_RAISE(pv_runtime_charge(L, 1));
        lua_pushvalue(L, -1);
        lua_rawseti(L, keys, ++count);
    }
    MAY_RAISE(pv_sandbox_sort(L, keys, count, key_before));
}
