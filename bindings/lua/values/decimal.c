#include "lua/values/decimal_p.h"

#include "base/buf.h"

#include <string.h>

void pv_push_decimal(lua_State *L, pv_decimal value, bool percentage, const pv_place *place) {
    pv_decimal_object *decimal = pv_class_new(L, &pv_decimal_class, sizeof *decimal);
    decimal->number = (pv_number){value, percentage};
    pv_object_set_place(&decimal->object, place);
}

/* decimal("12.5"), decimal("20%"), decimal(12): the exact number written. */
int l_decimal(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING) {
        pv_number number = pv_number_check(L, 1);
        pv_push_decimal(L, number.value, number.percentage, NULL);
        return 1;
    }
    pv_str text;
    text.data = lua_tolstring(L, 1, &text.size);
    bool percentage = pv_str_ends_with(text, PV_STR("%"));
    if (percentage)
        text = pv_str_slice(text, 0, text.size - 1);
    pv_decimal value;
    pv_error error = {0};
    if (!pv_decimal_parse(text, false, &value, &error))
        return pv_runtime_raise(L, &error);
    pv_push_decimal(L, value, percentage, NULL);
    return 1;
}

typedef bool pv_decimal_operation(pv_decimal a, pv_decimal b, pv_decimal *out, pv_error *error);

static pv_decimal operate(lua_State *L, pv_decimal_operation *operation) {
    pv_decimal result;
    pv_error error = {0};
    if (!operation(pv_number_check(L, 1).value, pv_number_check(L, 2).value, &result, &error))
        pv_runtime_raise(L, &error);
    return result;
}

/* 20% + 5 is 25%. */
static bool either_is_percentage(lua_State *L) {
    return pv_number_check(L, 1).percentage || pv_number_check(L, 2).percentage;
}

static int l_decimal_add(lua_State *L) {
    pv_push_decimal(L, operate(L, pv_decimal_add), either_is_percentage(L), NULL);
    return 1;
}

static int l_decimal_subtract(lua_State *L) {
    pv_push_decimal(L, operate(L, pv_decimal_subtract), either_is_percentage(L), NULL);
    return 1;
}

/* 20% * 3 is 60%; of two percentages the product of their numbers is none. */
static int l_decimal_multiply(lua_State *L) {
    bool percentage = pv_number_check(L, 1).percentage != pv_number_check(L, 2).percentage;
    pv_push_decimal(L, operate(L, pv_decimal_multiply), percentage, NULL);
    return 1;
}

static int l_decimal_negate(lua_State *L) {
    const pv_decimal_object *self = pv_class_check(L, 1, &pv_decimal_class);
    pv_error error = {0};
    pv_decimal result;
    if (!pv_decimal_subtract(pv_decimal_from_integer(0), self->number.value, &result, &error))
        return pv_runtime_raise(L, &error);
    pv_push_decimal(L, result, self->number.percentage, NULL);
    return 1;
}

static int l_decimal_divide(lua_State *L) {
    return luaL_error(L, "decimals are not divided, since a quotient need not be exact; compare a share with "
                         "share_of(part, whole, minimum), or show it with part:share_of(whole)");
}

/* [-0, +1, v] The text of a buffer charged to the arenas, which is freed before anything can raise. */
static int push_short(lua_State *L, pv_buf *buf) {
    char text[64];
    pv_str written = pv_buf_str(buf);
    bool whole = !buf->failed && written.size <= sizeof text;
    size_t size = whole ? written.size : 0;
    if (whole)
        memcpy(text, written.data, size);
    pv_buf_clear(buf);
    if (!whole)
        return pv_runtime_stop_memory(L);
    lua_pushlstring(L, text, size);
    return 1;
}

static int l_decimal_to_string(lua_State *L) {
    const pv_decimal_object *self = pv_class_check(L, 1, &pv_decimal_class);
    pv_buf buf = pv_buf_on(pv_runtime_of(L)->document_memory);
    pv_decimal_format(self->number.value, &buf);
    if (self->number.percentage)
        pv_buf_append_char(&buf, '%');
    return push_short(L, &buf);
}

static int l_decimal_share_of(lua_State *L) {
    pv_decimal part = pv_number_check(L, 1).value;
    pv_decimal whole = pv_number_check(L, 2).value;
    pv_buf buf = pv_buf_on(pv_runtime_of(L)->document_memory);
    pv_error error = {0};
    if (!pv_decimal_format_share(part, whole, &buf, &error)) {
        pv_buf_clear(&buf);
        return pv_runtime_raise(L, &error);
    }
    pv_buf_append_char(&buf, '%');
    return push_short(L, &buf);
}

static const pv_member members[] = {
    {"equals", ":equals(other: number): boolean",
     "Whether both are the same number; `==` between a decimal and a plain number is always false in Lua.", NULL,
     l_number_equals},
    {"share_of", ":share_of(whole: number): string",
     "The share of the whole as a percentage with one place, rounded, for showing only (\"18.9%\").", NULL,
     l_decimal_share_of},
    PV_MEMBERS_END,
};

static const luaL_Reg operators[] = {
    {"__add", l_decimal_add},
    {"__sub", l_decimal_subtract},
    {"__mul", l_decimal_multiply},
    {"__unm", l_decimal_negate},
    {"__div", l_decimal_divide},
    {"__idiv", l_decimal_divide},
    {"__mod", l_decimal_divide},
    {"__eq", l_number_equal},
    {"__lt", l_number_less},
    {"__le", l_number_less_or_equal},
    {NULL, NULL},
};

const pv_class pv_decimal_class = {
    .name = "decimal",
    .doc = "An exact decimal number, perhaps a percentage, perhaps with its place; mixes with whole numbers in + - * "
           "< <=.",
    .members = members,
    .to_string = l_decimal_to_string,
    .operators = operators,
};
