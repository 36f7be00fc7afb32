/* math, without random numbers, and utf8. */
#include <lualib.h>

#include "lua/sandbox/sandbox.h"

const luaL_Reg pv_sandbox_math_functions[] = {
    {"abs", NULL},  {"ceil", NULL}, {"cos", NULL},        {"deg", NULL},  {"exp", NULL}, {"floor", NULL},
    {"fmod", NULL}, {"huge", NULL}, {"log", NULL},        {"max", NULL},  {"min", NULL}, {"maxinteger", NULL},
    {"modf", NULL}, {"pi", NULL},   {"mininteger", NULL}, {"rad", NULL},  {"sin", NULL}, {"sqrt", NULL},
    {"tan", NULL},  {"acos", NULL}, {"asin", NULL},       {"atan", NULL}, {"ult", NULL}, {"tointeger", NULL},
    {"type", NULL}, {NULL, NULL},
};

const luaL_Reg pv_sandbox_utf8_functions[] = {
    {"char", pv_sandbox_charged},
    {"codepoint", pv_sandbox_charged},
    {"len", pv_sandbox_charged},
    {"offset", pv_sandbox_charged},
    {NULL, NULL},
};

void pv_sandbox_push_math(lua_State *L) {
    lua_newtable(L);
    pv_sandbox_add_standard(L, luaopen_math, pv_sandbox_math_functions);
}

void pv_sandbox_push_utf8(lua_State *L) {
    lua_newtable(L);
    pv_sandbox_add_standard(L, luaopen_utf8, pv_sandbox_utf8_functions);
}
