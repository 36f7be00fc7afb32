#include "lua/value_key.h"

#include "lua/date.h"
#include "lua/number.h"
#include "lua/text_object.h"
#include "lua/value.h"

/* 2.50 and 2.5 are one number. */
static void push_number_key(lua_State *L, pv_decimal number) {
    while (number.scale > 0 && number.coefficient % 10 == 0) {
        number.coefficient /= 10;
        number.scale--;
    }
    lua_pushfstring(L, "number %I %d", (LUAI_UACINT)number.coefficient, (int)number.scale);
}

/* Nothing but punctuation is blank. */
static void push_tokens_key(lua_State *L, const pv_token_list *tokens) {
    if (tokens->count == 0) {
        lua_pushnil(L);
        return;
    }
    MAY_RAISE(pv_runtime_charge(L, tokens->count / 2 + 1));
    luaL_Buffer key;
    luaL_buffinit(L, &key);
    luaL_addstring(&key, "text ");
    for (size_t i = 0; i < tokens->count; i++)
        luaL_addlstring(&key, (const char *)&tokens->tokens[i].hash, sizeof tokens->tokens[i].hash);
    luaL_pushresult(&key);
}

int pv_push_value_key(lua_State *L, int index) {
    pv_push_held(L, index);
    int value = lua_gettop(L);
    pv_number number;
    if (pv_number_at(L, value, &number))
        push_number_key(L, number.value);
    else if (pv_class_test(L, value, &pv_date_class))
        lua_pushfstring(L, "day %s", pv_date_push_iso(L, pv_date_check(L, value)));
    else if (pv_class_test(L, value, &pv_row_class))
        lua_pushfstring(L, "row %s", luaL_tolstring(L, value, NULL)); /* names tell the rows of a table apart */
    else if (lua_isnil(L, value))
        lua_pushnil(L);
    else if (lua_isboolean(L, value))
        lua_pushfstring(L, "boolean %d", lua_toboolean(L, value));
    else
        push_tokens_key(L, pv_text_tokens_argument(L, value));
    return 1;
}
