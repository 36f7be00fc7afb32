/* Invariant: a value found in a text knows its place; a value of the form or of a parameter has none, and is a plain Lua value
 * where Lua has its like. No value changes once it is made. */
#ifndef PV_LUA_VALUES_VALUES_H
#define PV_LUA_VALUES_VALUES_H

#include "lua/object/class.h"

/* The methods of lists, and of the classes that inherit them (list.c). */
extern const pv_member pv_list_members[];
/* [-0, +0, m] Builds the metatable of lists; called once per state. */
void pv_list_register(lua_State *L);

/* Pushing values, [-0, +1, m] each. */
/* A text over part of the submission; text must live in the session arena. */
void pv_push_text(lua_State *L, const pv_text *text);
/* A decimal with an optional place (NULL: none) and percent sign. */
void pv_push_decimal(lua_State *L, pv_decimal value, bool percentage, const pv_place *place);
/* A date with an optional place. */
void pv_push_date(lua_State *L, pv_date date, const pv_place *place);
/* A row of a table of the form. */
void pv_push_row(lua_State *L, const pv_value_list *row);

extern const pv_class pv_row_class, pv_text_class, pv_words_class, pv_characters_class, pv_trick_class,
    pv_quantity_class, pv_list_item_class, pv_list_items_class, pv_match_class, pv_mention_class, pv_similarity_class,
    pv_decimal_class, pv_date_class, pv_pattern_class, pv_phrases_class, pv_calendar_class, pv_date_mention_class,
    pv_duration_class, pv_frequency_class, pv_part_class, pv_alignment_class, pv_clause_class;

/* Global functions, documented where they are registered. */
int l_pattern(lua_State *L);
int l_phrases(lua_State *L);
int l_decimal(lua_State *L);

#endif
