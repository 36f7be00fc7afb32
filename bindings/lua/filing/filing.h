/* Invariant: a part of the submission or of the form is one value for as long as the session, read-only, and knows its
 * place; what is not given is there all the same, and says so. */
#ifndef PV_LUA_FILING_FILING_H
#define PV_LUA_FILING_FILING_H

#include "lua/object/class.h"

/* Pushing the filing, [-0, +1, m] each. */
void pv_push_submission(lua_State *L);
void pv_push_one_submission(lua_State *L, const pv_submission *submission);
/* Raises when none is open. */
void pv_push_collection(lua_State *L);
void pv_push_section(lua_State *L, const pv_section *section);
void pv_push_group(lua_State *L, const pv_group *group);
void pv_push_measure(lua_State *L, const pv_filed_measure *measure);
void pv_push_response(lua_State *L, const pv_response *response);
void pv_push_item(lua_State *L, const pv_item *item);
void pv_push_record(lua_State *L, const pv_record *record);
void pv_push_record_list(lua_State *L, const pv_record_list *list);
void pv_push_pair(lua_State *L, const pv_pair *pair);
void pv_push_field(lua_State *L, const pv_value *value);
void pv_push_form(lua_State *L);
/* [-0, +1, v] The subject as a Lua value. */
void pv_push_subject(lua_State *L, const pv_subject *subject);
/* [-0, +1, m] The list of the form's sections. Returns 1. */
int pv_push_sections(lua_State *L);
/* [-0, +1, v] The list of the filed measures of these measures of the form; raises when no submission is open. Returns
 * 1. */
int pv_push_measures(lua_State *L, const pv_measure *const *measures, size_t count);
/* The hull of these measures in the submission that is open; for find_place. */
bool pv_place_of_measures(const pv_runtime *runtime, const pv_measure *const *measures, size_t count, pv_place *out);

extern const pv_class pv_collection_class, pv_submission_class, pv_fields_class, pv_records_class, pv_form_class,
    pv_tables_class, pv_section_class, pv_group_class, pv_measure_class, pv_response_class, pv_item_class,
    pv_field_class, pv_record_class, pv_record_list_class, pv_pair_class;

#endif
