/* Invariant: a value found in a text knows its place; a value of the form or of a parameter has none, and is a plain
 * Lua value where Lua has its like. No value changes once it is made. */
#ifndef PV_LUA_VALUES_VALUES_H
#define PV_LUA_VALUES_VALUES_H

#include "base/buf.h"
#include "lua/object/class.h"

/* The methods of lists, and of the classes that inherit them (list_methods.c). */
extern const pv_member pv_list_members[];
/* [-0, +0, m] Builds the metatable of lists; called once per state. */
void pv_list_register(lua_State *L);

/* Pushing values, [-0, +1, m] each; returns 1. */
/* A text over part of the submission; text must live in the session arena. */
int pv_push_text(lua_State *L, const pv_text *text);
/* A decimal with an optional place (NULL: none) and percent sign. */
int pv_push_decimal(lua_State *L, pv_decimal value, bool percentage, const pv_place *place);
/* A date with an optional place. */
int pv_push_date(lua_State *L, pv_date date, const pv_place *place);
/* A row of a table of the form. */
int pv_push_row(lua_State *L, const pv_value_list *row);
/* [-0, +1, v] How the text at index first compares with the text at index second. Returns 1. */
int pv_push_similarity(lua_State *L, int first, int second);

/* Declared values: data of the form as plain Lua values (and decimals and dates), data of the submission as values that
 * know their place. An absent value is nil. */
/* [-0, +1, m] A value of the submission. Returns 1. */
int pv_push_filed_value(lua_State *L, const pv_value *value);
/* [-0, +1, m] The text of a value of the submission, also when it is absent. Returns 1. */
int pv_push_value_text(lua_State *L, const pv_value *value);
/* Where a value of the submission stands, or should. */
pv_place pv_value_place(const pv_value *value);

/* [-0, +1, m] A value of the form, or of a parameter, that is given. Returns 1. */
int pv_push_form_value(lua_State *L, const pv_value *value);
/* [-0, +(0|1), m] The value of the form with this name, for a get_declared: returns 1, or 0 when none is declared. */
int pv_push_attribute(lua_State *L, const pv_value_list *values, pv_str name);
/* The names of the values: fills up to capacity, returns how many it filled. */
size_t pv_value_names(const pv_value_list *values, pv_str *names, size_t capacity);
/* The same two for a class with `values`: its get_declared and declared_names. */
int pv_get_attribute(lua_State *L, pv_str name);
size_t pv_attribute_names(lua_State *L, pv_str *names, size_t capacity);

/* What rules get for a value of this kind, of a submission (filed) or of the form. */
pv_foreseen pv_foresee_value(const pv_value_spec *spec, bool filed);

/* What a number is a number of. */
typedef enum pv_unit {
    PV_UNIT_NONE, /* a plain number: of whatever it is held against, but for a percentage */
    PV_UNIT_PERCENTAGE,
    PV_UNIT_MONEY,
    PV_UNIT_COUNT,
} pv_unit;

/* Numbers that rules compare or add are exact: decimals, quantities (as their value) and whole Lua numbers. A Lua
 * number with a fraction is refused, since its bits are not what was written. */
typedef struct pv_exact_number {
    pv_decimal value;
    pv_unit unit;
} pv_exact_number;

/* [-0, +0, -] The number at index; false when it is none. */
bool pv_number_at(lua_State *L, int index, pv_exact_number *out);
/* [-0, +0, v] The same, raising what is wrong with it. */
pv_exact_number pv_number_check(lua_State *L, int index);
/* [-0, +1, m] A decimal with the number's unit and an optional place (NULL: none). */
int pv_push_number(lua_State *L, pv_exact_number number, const pv_place *place);
/* Whether two numbers can be compared, whatever they are. */
bool pv_number_is_like(pv_exact_number a, pv_exact_number b);
/* Appends what tostring gives for a number. object: what it is the number of; NULL for a plain one of Lua. */
void pv_number_write(const pv_object *object, pv_exact_number number, pv_buf *out);
/* How many there are of an object that is words, or characters. */
size_t pv_counted_length(const pv_object *counted);
/* [-0, +0, v] The unit of what two numbers give that are compared or added (done: "compared"): raises for unlike ones,
 * naming what was probably meant. Nothing (0) is alike to everything. */
pv_unit pv_number_common_unit(lua_State *L, pv_exact_number a, pv_exact_number b, const char *done);
/* [-0, +0, v] <0, 0, >0; raises for unlike ones. */
int pv_number_compare(lua_State *L, pv_exact_number a, pv_exact_number b);
/* Whether it may say how many there are of something, days or words: no percentage, and no amount of money. */
bool pv_number_counts(pv_exact_number number);
/* [-0, +0, v] A whole number: a count, or which element is meant. */
lua_Integer pv_number_check_whole(lua_State *L, int index);
/* [-0, +1, m] What a value that is no number is: "a text", "1.5, which is not exact; write decimal("1.5")". */
const char *pv_number_describe(lua_State *L, int index);

/* __eq, __lt, __le of every class of numbers: decimals, quantities and whole numbers mix. */
int l_number_equal(lua_State *L);
int l_number_less(lua_State *L);
int l_number_less_or_equal(lua_State *L);
/* :equals(other), since `==` between a decimal and a plain number is always false in Lua. */
int l_number_equals(lua_State *L);

/* A date is a day that exists; what arithmetic gives has no place, since it stands nowhere. */
/* [-0, +0, v] The day that the value at index is. */
pv_date pv_date_check(lua_State *L, int index);
/* [-0, +1, m] "2022-07-01". */
const char *pv_date_push_iso(lua_State *L, pv_date date);
/* [-0, +0, v] Which days count, by the value at index: "calendar" (also when it is absent), "business", or a
 * calendar. */
pv_calendar pv_calendar_argument(lua_State *L, int index);

/* [-0, +0, -] How many more words are counted of the words at index where made labels count (pv_text_label_words); 0 of
 * anything else. */
size_t pv_words_of_labels(lua_State *L, int index);

/* Kinds of fields for PV_FIELD: a decimal; one that stands where its object stands; a limit that the form prints, nil
 * for 0. */
#define PV_TYPE_decimal pv_decimal
#define PV_TYPE_placed_decimal pv_decimal
#define PV_TYPE_limit uint32_t
int pv_reflect_decimal(lua_State *L, const pv_object *object, const void *field);
int pv_reflect_placed_decimal(lua_State *L, const pv_object *object, const void *field);
int pv_reflect_limit(lua_State *L, const pv_object *object, const void *field);

extern const pv_class pv_row_class, pv_text_class, pv_words_class, pv_characters_class, pv_trick_class,
    pv_quantity_class, pv_list_item_class, pv_list_items_class, pv_match_class, pv_mention_class, pv_similarity_class,
    pv_decimal_class, pv_date_class, pv_pattern_class, pv_phrases_class, pv_calendar_class, pv_date_mention_class,
    pv_duration_class, pv_frequency_class, pv_interval_class, pv_part_class, pv_alignment_class, pv_clause_class,
    pv_text_table_class, pv_text_row_class, pv_acronym_class, pv_name_variant_class, pv_passage_class, pv_break_class;

/* What functions read of a text: a type of parameters. error: what is wrong with a text that cannot be read so, as the
 * function says it. */
bool pv_reads_how_often(pv_arena *arena, pv_str text, pv_error *error) PV_MUST_CHECK;
bool pv_reads_how_long(pv_arena *arena, pv_str text, pv_error *error) PV_MUST_CHECK;
bool pv_reads_day(pv_arena *arena, pv_str text, pv_error *error) PV_MUST_CHECK;
bool pv_reads_number(pv_arena *arena, pv_str text, pv_error *error) PV_MUST_CHECK;

/* Global functions, documented where they are registered. */
int l_pattern(lua_State *L);
int l_phrases(lua_State *L);
int l_decimal(lua_State *L);
int l_date(lua_State *L);
int l_calendar(lua_State *L);

#endif
