/* Invariant: a mention carries the phrase that was found, and the row it stands for when it was looked for as one. */
#ifndef PV_LUA_VALUES_MENTION_P_H
#define PV_LUA_VALUES_MENTION_P_H

#include "lua/values/text_object.h"
#include "text/phrases.h"

/* The slot in which a row keeps the phrase set made of it (row.c). */
#define PV_ROW_PHRASES 1

/* Phrases looked for, and what stands for them in Lua. */
typedef struct pv_wanted {
    const pv_phrases *set;
    int phrases; /* stack index: table of the phrases, by their number in set + 1 */
    int rows;    /* stack index: table of the rows they stand for, where they stand for one */
} pv_wanted;

/* [-0, +2, v] The phrases that the value at index asks for: a phrase set, a string or text, a row, or a list of these. A row
 * is replaced by its set; a set made of strings or a list lives in the call arena. */
pv_wanted pv_push_wanted(lua_State *L, int index);
/* [-0, +0, v] Gives take the name of the row at index, then its aliases. */
void pv_row_names(lua_State *L, int row, void (*take)(void *context, pv_str name), void *context);
/* [-0, +1, v] The list of where text names what the value at index asks for. Returns 1. */
int pv_push_mentions(lua_State *L, pv_text_object *text, int index);

#endif
