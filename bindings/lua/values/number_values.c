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

pv_exact_number pv_number_of_quantity(const pv_quantity *quantity) {
    static const pv_unit units[] = {
        [PV_QUANTITY_PERCENTAGE] = PV_UNIT_PERCENTAGE,
        [PV_QUANTITY_AMOUNT] = PV_UNIT_MONEY,
        [PV_QUANTITY_COUNT] = PV_UNIT_COUNT,
    };
    return (pv_exact_number){quantity->value, units[quantity->kind]};
}

bool pv_number_at(lua_State *L, int index, pv_exact_number *out) {
    const pv_decimal_object *decimal = pv_class_test(L, index, &pv_decimal_class);
    if (decimal) {
        *out = decimal->number;
        return true;
    }
    const pv_quantity_object *quantity = pv_class_test(L, index, &pv_quantity_class);
    if (quantity) {
        *out = pv_number_of_quantity(&quantity->quantity);
        return true;
    }
    int whole = 0;
    lua_Integer integer = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &whole) : 0;
    *out = (pv_exact_number){pv_decimal_from_integer(integer), PV_UNIT_NONE};
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

bool pv_number_counts(pv_exact_number number) {
    return number.unit == PV_UNIT_NONE || number.unit == PV_UNIT_COUNT;
}

lua_Integer pv_number_check_whole(lua_State *L, int index) {
    int64_t whole = 0;
    pv_exact_number number = pv_number_check(L, index);
    if (!pv_number_counts(number) || !pv_decimal_to_integer(number.value, &whole))
        luaL_error(L, "expected a whole number, got %s", luaL_tolstring(L, index, NULL));
    return whole;
}

/* ---- units ---- */

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

/* [-0, +1, m] "20%", "1500", "300". */
static const char *push_with_unit(lua_State *L, pv_exact_number number) {
    pv_buf buf = pv_buf_on(pv_runtime_of(L)->document_memory);
    pv_decimal_format(number.value, &buf);
    if (number.unit == PV_UNIT_PERCENTAGE)
        pv_buf_append_char(&buf, '%');
    push_short(L, &buf);
    return lua_tostring(L, -1);
}

static bool is_nothing(pv_exact_number number) {
    return number.unit == PV_UNIT_NONE && number.value.coefficient == 0;
}

void pv_number_write(const pv_object *object, pv_exact_number number, pv_buf *out) {
    if (object && object->class == &pv_quantity_class) {
        const pv_found *found = (const pv_found *)object;
        pv_buf_append(out, pv_str_slice(found->whole->value, found->at.start, found->at.end));
        return;
    }
    pv_decimal_format(number.value, out);
    if (number.unit == PV_UNIT_PERCENTAGE)
        pv_buf_append_char(out, '%');
}

bool pv_number_is_like(pv_exact_number a, pv_exact_number b) {
    return a.unit == b.unit || (a.unit != PV_UNIT_PERCENTAGE && b.unit != PV_UNIT_PERCENTAGE &&
                                (a.unit == PV_UNIT_NONE || b.unit == PV_UNIT_NONE));
}

static int raise_unlike(lua_State *L, pv_exact_number a, pv_exact_number b, const char *done) {
    static const char *const names[] = {
        [PV_UNIT_NONE] = "a number",
        [PV_UNIT_PERCENTAGE] = "a percentage",
        [PV_UNIT_MONEY] = "an amount of money",
        [PV_UNIT_COUNT] = "a count",
    };
    const char *first = push_with_unit(L, a);
    const char *second = push_with_unit(L, b);
    if (a.unit != PV_UNIT_PERCENTAGE && b.unit != PV_UNIT_PERCENTAGE)
        return luaL_error(L, "%s (%s) and %s (%s) cannot be %s", names[a.unit], first, names[b.unit], second, done);
    bool first_is = a.unit == PV_UNIT_PERCENTAGE;
    if (strcmp(done, "compared") == 0)
        return luaL_error(L,
                          "%s (%s) and %s (%s) cannot be compared; a percentage is written decimal(\"%s%%\"), and "
                          "share_of and share_at_most hold a part of a whole against one",
                          names[a.unit], first, names[b.unit], second, first_is ? second : first);
    return luaL_error(L,
                      "%s (%s) and %s (%s) cannot be %s; the part that a percentage is of a number is their product, "
                      "decimal(\"%s\") * number, and share_of and share_at_most hold a part of a whole against one",
                      names[a.unit], first, names[b.unit], second, done, first_is ? first : second);
}

pv_unit pv_number_common_unit(lua_State *L, pv_exact_number a, pv_exact_number b, const char *done) {
    if (a.unit == b.unit || is_nothing(b))
        return a.unit;
    if (is_nothing(a))
        return b.unit;
    if (a.unit == PV_UNIT_PERCENTAGE || b.unit == PV_UNIT_PERCENTAGE ||
        (a.unit != PV_UNIT_NONE && b.unit != PV_UNIT_NONE))
        raise_unlike(L, a, b, done);
    return a.unit != PV_UNIT_NONE ? a.unit : b.unit;
}

int pv_number_compare(lua_State *L, pv_exact_number a, pv_exact_number b) {
    pv_number_common_unit(L, a, b, "compared");
    return pv_decimal_compare(a.value, b.value);
}

static int compare(lua_State *L) {
    return pv_number_compare(L, pv_number_check(L, 1), pv_number_check(L, 2));
}

int l_number_equal(lua_State *L) {
    pv_exact_number a, b;
    bool equal = pv_number_at(L, 1, &a) && pv_number_at(L, 2, &b) && pv_number_compare(L, a, b) == 0;
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

int pv_push_number(lua_State *L, pv_exact_number number, const pv_place *place) {
    pv_decimal_object *decimal = pv_class_new(L, &pv_decimal_class, sizeof *decimal);
    decimal->number = number;
    pv_object_set_place(&decimal->object, place);
    return 1;
}

int pv_push_decimal(lua_State *L, pv_decimal value, bool percentage, const pv_place *place) {
    return pv_push_number(L, (pv_exact_number){value, percentage ? PV_UNIT_PERCENTAGE : PV_UNIT_NONE}, place);
}

int pv_reflect_decimal(lua_State *L, const pv_object *object, const void *field) {
    (void)object;
    return pv_push_decimal(L, *(const pv_decimal *)field, false, NULL);
}

int pv_reflect_placed_decimal(lua_State *L, const pv_object *object, const void *field) {
    return pv_push_decimal(L, *(const pv_decimal *)field, false, &object->place);
}

/* decimal("12.5"), decimal("20%"), decimal(12): the exact number written. */
/* "12.5", "20%" */
static bool read_number(pv_str text, pv_decimal *out, bool *percentage, pv_error *error) {
    *percentage = pv_str_ends_with(text, PV_STR("%"));
    if (*percentage)
        text = pv_str_slice(text, 0, text.size - 1);
    return pv_decimal_parse(text, false, out, error);
}

bool pv_reads_number(pv_arena *arena, pv_str text, pv_error *error) {
    (void)arena;
    pv_decimal value;
    bool percentage;
    return read_number(text, &value, &percentage, error);
}

int l_decimal(lua_State *L) {
    pv_decimal value;
    bool percentage;
    pv_error error = {0};
    if (lua_type(L, 1) != LUA_TSTRING)
        return pv_push_number(L, pv_number_check(L, 1), NULL);
    if (!read_number(pv_lua_str(L, 1), &value, &percentage, &error))
        return pv_runtime_raise(L, &error);
    return pv_push_decimal(L, value, percentage, NULL);
}

typedef bool pv_decimal_operation(pv_decimal a, pv_decimal b, pv_decimal *out, pv_error *error);

static pv_decimal operate(lua_State *L, pv_decimal a, pv_decimal b, pv_decimal_operation *operation) {
    pv_decimal result;
    pv_error error = {0};
    if (!operation(a, b, &result, &error))
        pv_runtime_raise(L, &error);
    return result;
}

static int push_operated(lua_State *L, pv_decimal_operation *operation, const char *done) {
    pv_exact_number a = pv_number_check(L, 1);
    pv_exact_number b = pv_number_check(L, 2);
    pv_unit unit = pv_number_common_unit(L, a, b, done);
    return pv_push_number(L, (pv_exact_number){operate(L, a.value, b.value, operation), unit}, NULL);
}

static int l_decimal_add(lua_State *L) {
    return push_operated(L, pv_decimal_add, "added");
}

static int l_decimal_subtract(lua_State *L) {
    return push_operated(L, pv_decimal_subtract, "subtracted");
}

/* A percentage of a number is the part, in the number's unit: 20% * 300 is 60, and 20% * 5% is 1%. */
static int l_decimal_multiply(lua_State *L) {
    static const pv_decimal hundredth = {1, 2};
    pv_exact_number a = pv_number_check(L, 1);
    pv_exact_number b = pv_number_check(L, 2);
    if (a.unit == PV_UNIT_MONEY && b.unit == PV_UNIT_MONEY)
        raise_unlike(L, a, b, "multiplied");
    pv_exact_number product = {operate(L, a.value, b.value, pv_decimal_multiply), b.unit};
    if (a.unit == PV_UNIT_PERCENTAGE || b.unit == PV_UNIT_PERCENTAGE)
        product.value = operate(L, product.value, hundredth, pv_decimal_multiply);
    if (b.unit == PV_UNIT_NONE || b.unit == PV_UNIT_PERCENTAGE)
        product.unit = a.unit == PV_UNIT_PERCENTAGE ? b.unit : a.unit;
    else if (a.unit == PV_UNIT_MONEY)
        product.unit = PV_UNIT_MONEY;
    return pv_push_number(L, product, NULL);
}

static int l_decimal_negate(lua_State *L) {
    const pv_decimal_object *self = pv_class_check(L, 1, &pv_decimal_class);
    pv_error error = {0};
    pv_decimal result;
    if (!pv_decimal_subtract(pv_decimal_from_integer(0), self->number.value, &result, &error))
        return pv_runtime_raise(L, &error);
    return pv_push_number(L, (pv_exact_number){result, self->number.unit}, NULL);
}

static int l_decimal_divide(lua_State *L) {
    return luaL_error(L, "decimals are not divided, since a quotient need not be exact; compare a share with "
                         "share_of(part, whole, minimum), or show it with part:share_of(whole)");
}

static int l_decimal_to_string(lua_State *L) {
    const pv_decimal_object *self = pv_class_check(L, 1, &pv_decimal_class);
    push_with_unit(L, self->number);
    return 1;
}

static int l_decimal_share_of(lua_State *L) {
    pv_exact_number part = pv_number_check(L, 1);
    pv_exact_number whole = pv_number_check(L, 2);
    pv_exact_number against = {0};
    bool compared = !lua_isnoneornil(L, 3);
    if (compared)
        against = pv_number_check(L, 3);
    if (compared && against.unit != PV_UNIT_PERCENTAGE)
        return pv_raise_expected(L, 3, "a percentage, decimal(\"20%\")");
    pv_number_common_unit(L, part, whole, "divided");
    pv_buf buf = pv_buf_on(pv_runtime_of(L)->document_memory);
    pv_error error = {0};
    if (!pv_decimal_format_share(part.value, whole.value, compared ? &against.value : NULL, &buf, &error)) {
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
    {"share_of", ":share_of(whole: number, against: decimal?): string",
     "The share of the whole as a percentage, rounded to one place, for showing only (\"18.9%\"); beside a percentage "
     "that "
     "it was held against, to as many places as show on which side of it the share lies.",
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
    .doc =
        "An exact decimal number, perhaps a percentage or an amount of money, perhaps with its place; mixes with whole "
        "numbers in + - * < <=. A percentage times a number is the part; in + - < == a percentage goes with "
        "percentages "
        "only (and with 0), and an amount of money not with a count: all else is a fault.",
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

int l_text_contradictions(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_contradiction_list found;
    pv_error error = {0};
    if (!pv_contradictions_find(pv_runtime_of(L)->call_arena, bytes, &found, &error))
        pv_runtime_raise(L, &error);
    PV_PUSH_LIST(L, found.count, i, pv_push_text_part(L, text->whole, pv_text_within(text, found.at[i])));
    return 1;
}

static const pv_quantity_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int push_number(lua_State *L, pv_decimal value) {
    return pv_push_number(L, (pv_exact_number){value, pv_number_of_quantity(&self(L)->quantity).unit},
                          &self(L)->found.object.place);
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

/* Reads the words around the quantity anew: there are few in a text, and few are asked for more than one thing. */
static pv_claim claim_of(lua_State *L) {
    const pv_quantity_object *object = self(L);
    const pv_statements *statements = pv_text_statements(L, object->found.whole);
    pv_push_text(L, object->found.whole);
    pv_text_object *text = lua_touserdata(L, -1);
    const pv_quantity_list *others = pv_text_quantities(L, text, object->quantity.kind);
    lua_pop(L, 1);
    pv_quantity quantity = object->quantity;
    quantity.at = object->found.at;
    MAY_RAISE(pv_runtime_charge(L, others->count + 16));
    return pv_claim_of(statements, &quantity, others);
}

static int push_when(lua_State *L, bool holds, pv_decimal value) {
    return holds ? push_number(L, value) : pv_push_nil(L);
}

static int get_comparator(lua_State *L) {
    pv_qualifier comparator = claim_of(L).comparator;
    return comparator == PV_QUALIFIER_NONE ? pv_push_nil(L) : pv_push_name(L, pv_qualifier_name(comparator));
}

static int get_change(lua_State *L) {
    pv_claim claim = claim_of(L);
    return push_when(L, claim.kind == PV_CLAIM_CHANGE, claim.from_to ? claim.change : self(L)->quantity.value);
}

static int get_level(lua_State *L) {
    pv_claim claim = claim_of(L);
    bool level = claim.kind == PV_CLAIM_LEVEL || claim.from_to;
    return push_when(L, level, claim.from_to ? claim.to : self(L)->quantity.value);
}

static int get_share(lua_State *L) {
    return push_when(L, claim_of(L).kind == PV_CLAIM_SHARE, self(L)->quantity.value);
}

static int get_from(lua_State *L) {
    pv_claim claim = claim_of(L);
    return push_when(L, claim.from_to, claim.from);
}

static int get_falls(lua_State *L) {
    return pv_push_boolean(L, claim_of(L).falls);
}

static int get_definite(lua_State *L) {
    return pv_push_boolean(L, claim_of(L).definite);
}

static int get_is_target(lua_State *L) {
    return pv_push_boolean(L, claim_of(L).is_target);
}

static int get_of(lua_State *L) {
    pv_span of = claim_of(L).of;
    return of.end > of.start ? pv_push_text_part(L, self(L)->found.whole, of) : pv_push_nil(L);
}

static int get_unit(lua_State *L) {
    static const char *const names[] = {
        [PV_QUANTITY_UNIT_PERCENT] = "percent",
        [PV_QUANTITY_UNIT_POINTS] = "points",
        [PV_QUANTITY_UNIT_FRACTION] = "fraction",
    };
    pv_quantity_unit unit = self(L)->quantity.unit;
    return unit == PV_QUANTITY_UNIT_NONE ? pv_push_nil(L) : pv_push_name(L, names[unit]);
}

static int get_exact(lua_State *L) {
    return pv_push_boolean(L, !self(L)->quantity.rounded);
}

static const pv_member quantity_members[] = {
    {"value", "value: decimal", "The number; of a range, its lower end.", .get = get_value},
    {"upper", "upper: decimal", "The upper end of a range, else the number itself.", .get = get_upper},
    {"is_range", "is_range: boolean", "Whether it is a range (\"3-4\", \"20-25%\").", .get = get_is_range},
    {"qualifier", "qualifier: \"at least\" | \"over\" | \"at most\" | \"under\" | \"about\" | nil",
     "How the text qualifies it: \"at least\", \"over\", \"at most\", \"under\", \"about\", or nil.",
     PV_OWN_FIELD(qualifier, pv_quantity_object, quantity.qualifier)},
    {"kind", "kind: \"percentage\" | \"amount\" | \"count\"", "\"percentage\", \"amount\" or \"count\".",
     .get = get_kind},
    {"unit", "unit: \"percent\" | \"points\" | \"fraction\" | nil",
     "What a percentage is said in: \"percent\", \"points\" (percentage points, a difference) or \"fraction\" "
     "(\"one-fifth\", \"half of\", \"1 in 5\"); nil for amounts and counts.",
     .get = get_unit},
    {"exact", "exact: boolean",
     "Whether its value is all that it says: that of \"a third\" is cut after six places (33.333333%), and compares "
     "rightly with every percentage that has fewer.",
     .get = get_exact},
    {"text", "text: text", "The number and its unit as written.", PV_OWN_FIELD(words, pv_quantity_object, found.at)},
    {"comparator", "comparator: \"at least\" | \"over\" | \"at most\" | \"under\" | \"about\" | nil",
     "The same as qualifier, from wider wording: also \"as much as\", \"nearly\", \"≥\", \"or better\".",
     .get = get_comparator},
    {"change", "change: decimal?",
     "By how much something changes (\"increase by 20%\"); of \"from 40% to 60%\" the difference; nil for no change.",
     .get = get_change},
    {"level", "level: decimal?", "The level that is stated (\"to 60%\", \"reach 60%\"), or nil.", .get = get_level},
    {"share", "share: decimal?", "The share of something that it is (\"20% of our providers\"), or nil.",
     .get = get_share},
    {"from", "from: decimal?", "Of a change from one level to another, the level before; else nil.", .get = get_from},
    {"falls", "falls: boolean", "Whether it is a change downwards (\"reduce by 20%\").", .get = get_falls},
    {"definite", "definite: boolean", "Whether it is spoken of as known (\"the 20%\").", .get = get_definite},
    {"is_target", "is_target: boolean", "Whether it is named as a goal, or as what is reached.", .get = get_is_target},
    {"of", "of: text?", "What it is a share of, or a change in (\"ECM Providers\"), or nil.", .get = get_of},
    PV_CONTEXT_MEMBERS,
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
