#include "lua/values/quantity_p.h"

#include "lua/values/number.h"

static void push_quantity(lua_State *L, const pv_text_object *text, const pv_quantity *found) {
    pv_quantity_object *quantity = pv_class_new(L, &pv_quantity_class, sizeof *quantity);
    quantity->quantity = *found;
    quantity->quantity.at = pv_text_within(text, found->at);
    quantity->whole = text->whole;
    pv_object_place_in(&quantity->object, text->whole, quantity->quantity.at);
}

int pv_push_quantities(lua_State *L, pv_text_object *text, pv_quantity_kind kind) {
    const pv_quantity_list *found = pv_text_quantities(L, text, kind);
    pv_list_new(L, found->count);
    for (size_t i = 0; i < found->count; i++) {
        push_quantity(L, text, &found->quantities[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static const pv_quantity_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int push_number(lua_State *L, pv_decimal value) {
    pv_push_decimal(L, value, self(L)->quantity.kind == PV_QUANTITY_PERCENTAGE, &self(L)->object.place);
    return 1;
}

static int get_value(lua_State *L) {
    return push_number(L, self(L)->quantity.value);
}

static int get_upper(lua_State *L) {
    return push_number(L, self(L)->quantity.upper);
}

static int get_is_range(lua_State *L) {
    lua_pushboolean(L, pv_decimal_compare(self(L)->quantity.value, self(L)->quantity.upper) != 0);
    return 1;
}

static int get_qualifier(lua_State *L) {
    if (self(L)->quantity.qualifier == PV_QUALIFIER_NONE)
        lua_pushnil(L);
    else
        lua_pushstring(L, pv_qualifier_name(self(L)->quantity.qualifier));
    return 1;
}

static int get_kind(lua_State *L) {
    static const char *const names[] = {
        [PV_QUANTITY_PERCENTAGE] = "percentage",
        [PV_QUANTITY_AMOUNT] = "amount",
        [PV_QUANTITY_COUNT] = "count",
    };
    lua_pushstring(L, names[self(L)->quantity.kind]);
    return 1;
}

static int get_text(lua_State *L) {
    pv_push_text_part(L, self(L)->whole, self(L)->quantity.at);
    return 1;
}

/* As the text writes it. */
static int l_quantity_to_string(lua_State *L) {
    const pv_quantity_object *quantity = pv_class_check(L, 1, &pv_quantity_class);
    return pv_push_str(L, pv_str_slice(quantity->whole->value, quantity->quantity.at.start, quantity->quantity.at.end));
}

static const pv_member members[] = {
    {"value", "value: decimal", "The number; of a range, its lower end.", get_value, NULL},
    {"upper", "upper: decimal", "The upper end of a range, else the number itself.", get_upper, NULL},
    {"is_range", "is_range: boolean", "Whether it is a range (\"3-4\", \"20-25%\").", get_is_range, NULL},
    {"qualifier", "qualifier: string?",
     "How the text qualifies it: \"at least\", \"over\", \"at most\", \"under\", \"about\", or nil.", get_qualifier,
     NULL},
    {"kind", "kind: string", "\"percentage\", \"amount\" or \"count\".", get_kind, NULL},
    {"text", "text: text", "The number and its unit as written.", get_text, NULL},
    {"equals", ":equals(other: number): boolean",
     "Whether its value is this number; `==` between a quantity and a plain number is always false in Lua.", NULL,
     l_number_equals},
    PV_MEMBERS_END,
};

static const luaL_Reg operators[] = {
    {"__eq", l_number_equal},
    {"__lt", l_number_less},
    {"__le", l_number_less_or_equal},
    {NULL, NULL},
};

const pv_class pv_quantity_class = {
    .name = "quantity",
    .doc = "A number stated in a text, which compares as its value.",
    .members = members,
    .to_string = l_quantity_to_string,
    .operators = operators,
    .of_session = true,
};
