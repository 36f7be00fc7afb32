/* Invariant: what is foreseen of a class (see pv_foreseen) is what its get_declared gives when a rule runs. */
#ifndef PV_LUA_FILING_FILING_P_H
#define PV_LUA_FILING_FILING_P_H

#include "lua/object/class.h"

/* The members foresee and add_names of the class called so, for its record. */
#define PV_FORESEEN(thing)                                                                                             \
    bool pv_foresee_##thing(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out);      \
    bool pv_add_names_of_##thing(const pv_form *form, const void *of, pv_str method, pv_name_list *out);

PV_FORESEEN(form)
PV_FORESEEN(section)
PV_FORESEEN(measure)
PV_FORESEEN(item)
PV_FORESEEN(tables)
PV_FORESEEN(submission)
PV_FORESEEN(fields)
PV_FORESEEN(field)
PV_FORESEEN(records)
PV_FORESEEN(record)
PV_FORESEEN(pair)

/* [-0, +1, m] A record of the submission. Returns 1. */
int pv_push_record(lua_State *L, const pv_record *record);

/* [-0, +1, v] A value of the submission; where it is left out and the form computes it, what it comes to.
 * filed: the measure that it is in, of a response's; or NULL. Returns 1. */
int pv_push_value_or_computed(lua_State *L, const pv_value *value, const pv_filed_measure *filed);
/* Of a value that is left out and computed: the place of what it is computed from; false, and *place as it was, of all
 * others. record, filed: the row or the measure that it is in, or NULL. */
bool pv_find_origin(lua_State *L, const pv_value *value, const pv_record *record, const pv_filed_measure *filed,
                    pv_place *place);

/* [-0, +1, m] Of a file that was looked at its kind ("pdf"), and its size in bytes; else nil. Return 1. */
int pv_push_file_kind(lua_State *L, const pv_value *value);
int pv_push_file_size(lua_State *L, const pv_value *value);

bool pv_foresee_record_list(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out);

#define PV_FORESEE(thing) .foresee = pv_foresee_##thing, .add_names = pv_add_names_of_##thing

#endif
