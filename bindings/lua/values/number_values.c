#include "base/buf.h"
#include "lua/values/values_p.h"

#include <string.h>

/* ---- numbers of all classes ---- */

typedef struct pv_decimal_object {
    pv_object object;
    pv_exact_number number;
} pv_decimal_object;

typedef struct pv_quantity_object {
    pv_found found;
    pv_quantity quantity; /* at: bytes of the text asked, which need not be the whole */
} pv_quantity_object;

bool pv_number_at(lua_State *L, int index, pv_exact_number *out) {
    const pv_decimal_object *decimal = pv_class_test(L, index, &pv_decimal_class);
    if (decimal) {
        *out = decimal->number;
        return true;
    }
    const pv_quantity_object *quantity = pv_class_test(L, index, &pv_quantity_class);
    if (quantity) {
        *out = (pv_exact_number){quantity->quantity.value, quantity->quantity.kind == PV_QUANTITY_PERCENTAGE};
        return true;
    }
    int whole = 0;
    lua_Integer integer = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &whole) : 0;
    *out = (pv_exact_number){pv_decimal_from_integer(integer), false};
    return whole != 0;
}

const char *pv_number_describe(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TNUMBER)
        return pv_describe(L, index);
    lua_pushvalue(L, index);
    const char *digits = lua_tostring(L, -1);
    return lua_pushfstring(L, "%s, which Lua does not keep exactly; write decimal(\"%s\")", digits, digits);
}

pv_exact_number pv_number_check(lua_State *L, int index) {
    pv_exact_number number;
    if (!pv_number_at(L, index, &number))
        luaL_error(L, "expected a number, got %s", pv_number_describe(L, index));
    return number;
}

lua_Integer pv_number_check_whole(lua_State *L, int index) {
    int64_t whole;
    if (!pv_decimal_to_integer(pv_number_check(L, index).value, &whole))
        pv_raise_expected(L, index, "a whole number");
    return whole;
}

static int compare(lua_State *L) {
    return pv_decimal_compare(pv_number_check(L, 1).value, pv_number_check(L, 2).value);
}

int l_number_equal(lua_State *L) {
    pv_exact_number a, b;
    bool equal = pv_number_at(L, 1, &a) && pv_number_at(L, 2, &b) && pv_decimal_compare(a.value, b.value) == 0;
    return pv_push_boolean(L, equal);
}

int l_number_less(lua_State *L) {
    return pv_push_boolean(L, compare(L) < 0);
}

int l_number_less_or_equal(lua_State *L) {
    return pv_push_boolean(L, compare(L) <= 0);
}

int l_number_equals(lua_State *L) {
    return pv_push_boolean(L, compare(L) == 0);
}

/* ---- decimals ---- */

int pv_push_decimal(lua_State *L, pv_decimal value, bool percentage, const pv_place *place) {
    pv_decimal_object *decimal = pv_class_new(L, &pv_decimal_class, sizeof *decimal);
    decimal->number = (pv_exact_number){value, percentage};
    pv_object_set_place(&decimal->object, place);
    return 1;
}

int pv_reflect_decimal(lua_State *L, const pv_object *object, const void *field) {
    (void)object;
    return pv_push_decimal(L, *(const pv_decimal *)field, false, NULL);
}

int pv_reflect_placed_decimal(lua_State *L, const pv_object *object, const void *field) {
    return pv_push_decimal(L, *(const pv_decimal *)field, false, &object->place);
}

/* decimal("12.5"), decimal("20%"), decimal(12): the exact number written. */
int l_decimal(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING) {
        pv_exact_number number = pv_number_check(L, 1);
        return pv_push_decimal(L, number.value, number.percentage, NULL);
    }
    pv_str text = pv_lua_str(L, 1);
    bool percentage = pv_str_ends_with(text, PV_STR("%"));
    if (percentage)
        text = pv_str_slice(text, 0, text.size - 1);
    pv_decimal value;
    pv_error error = {0};
    if (!pv_decimal_parse(text, false, &value, &error))
        return pv_runtime_raise(L, &error);
    return pv_push_decimal(L, value, percentage, NULL);
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
    return pv_push_decimal(L, operate(L, pv_decimal_add), either_is_percentage(L), NULL);
}

static int l_decimal_subtract(lua_State *L) {
    return pv_push_decimal(L, operate(L, pv_decimal_subtract), either_is_percentage(L), NULL);
}

/* 20% * 3 is 60%; of two percentages the product of their numbers is none. */
static int l_decimal_multiply(lua_State *L) {
    bool percentage = pv_number_check(L, 1).percentage != pv_number_check(L, 2).percentage;
    return pv_push_decimal(L, operate(L, pv_decimal_multiply), percentage, NULL);
}

static int l_decimal_negate(lua_State *L) {
    const pv_decimal_object *self = pv_class_check(L, 1, &pv_decimal_class);
    pv_error error = {0};
    pv_decimal result;
    if (!pv_decimal_subtract(pv_decimal_from_integer(0), self->number.value, &result, &error))
        return pv_runtime_raise(L, &error);
    return pv_push_decimal(L, result, self->number.percentage, NULL);
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

static const pv_member decimal_members[] = {
    {"equals", ":equals(other: number): boolean",
     "Whether both are the same number; `==` between a decimal and a plain number is always false in Lua.",
     .method = l_number_equals},
    {"share_of", ":share_of(whole: number): string",
     "The share of the whole as a percentage with one place, rounded, for showing only (\"18.9%\").",
     .method = l_decimal_share_of},
    PV_MEMBERS_END,
};

static const luaL_Reg decimal_operators[] = {
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
    .members = decimal_members,
    .to_string = l_decimal_to_string,
    .operators = decimal_operators,
};

/* ---- quantities stated in a text ---- */

static void push_quantity(lua_State *L, const pv_text_object *text, const pv_quantity *found) {
    pv_quantity_object *object = pv_found_new(L, &pv_quantity_class, sizeof *object, text, found->at);
    object->quantity = *found;
}

static int push_quantities(lua_State *L, pv_quantity_kind kind) {
    pv_text_object *text = pv_text_self(L);
    const pv_quantity_list *found = pv_text_quantities(L, text, kind);
    PV_PUSH_LIST(L, found->count, i, push_quantity(L, text, &found->quantities[i]));
    return 1;
}

int l_text_percentages(lua_State *L) {
    return push_quantities(L, PV_QUANTITY_PERCENTAGE);
}

int l_text_amounts(lua_State *L) {
    return push_quantities(L, PV_QUANTITY_AMOUNT);
}

int l_text_counts(lua_State *L) {
    return push_quantities(L, PV_QUANTITY_COUNT);
}

static const pv_quantity_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int push_number(lua_State *L, pv_decimal value) {
    return pv_push_decimal(L, value, self(L)->quantity.kind == PV_QUANTITY_PERCENTAGE, &self(L)->found.object.place);
}

static int get_value(lua_State *L) {
    return push_number(L, self(L)->quantity.value);
}

static int get_upper(lua_State *L) {
    return push_number(L, self(L)->quantity.upper);
}

static int get_is_range(lua_State *L) {
    return pv_push_boolean(L, pv_decimal_compare(self(L)->quantity.value, self(L)->quantity.upper) != 0);
}

static int get_kind(lua_State *L) {
    static const char *const names[] = {
        [PV_QUANTITY_PERCENTAGE] = "percentage",
        [PV_QUANTITY_AMOUNT] = "amount",
        [PV_QUANTITY_COUNT] = "count",
    };
    return pv_push_name(L, names[self(L)->quantity.kind]);
}

static const pv_member quantity_members[] = {
    {"value", "value: decimal", "The number; of a range, its lower end.", .get = get_value},
    {"upper", "upper: decimal", "The upper end of a range, else the number itself.", .get = get_upper},
    {"is_range", "is_range: boolean", "Whether it is a range (\"3-4\", \"20-25%\").", .get = get_is_range},
    {"qualifier", "qualifier: string?",
     "How the text qualifies it: \"at least\", \"over\", \"at most\", \"under\", \"about\", or nil.",
     PV_OWN_FIELD(qualifier, pv_quantity_object, quantity.qualifier)},
    {"kind", "kind: string", "\"percentage\", \"amount\" or \"count\".", .get = get_kind},
    {"text", "text: text", "The number and its unit as written.", PV_OWN_FIELD(words, pv_quantity_object, found.at)},
    {"equals", ":equals(other: number): boolean",
     "Whether its value is this number; `==` between a quantity and a plain number is always false in Lua.",
     .method = l_number_equals},
    PV_MEMBERS_END,
};

static const luaL_Reg quantity_operators[] = {
    {"__eq", l_number_equal},
    {"__lt", l_number_less},
    {"__le", l_number_less_or_equal},
    {NULL, NULL},
};

const pv_class pv_quantity_class = {
    .name = "quantity",
    .doc = "A number stated in a text, which compares as its value.",
    .members = quantity_members,
    .to_string = l_found_to_string,
    .operators = quantity_operators,
    .of_session = true,
};
