/* Invariant: a part of the submission or of the form is one value for as long as the session, read-only, and knows its
 * place; what is not given is there all the same, and says so. */
#ifndef PV_LUA_FILING_FILING_H
#define PV_LUA_FILING_FILING_H

#include "lua/object/class.h"

/* Pushing the filing, [-0, +1, m] each; returns 1. */
/* Raises when none is open. */
int pv_push_submission(lua_State *L);
int pv_push_form(lua_State *L);
int pv_push_measure(lua_State *L, const pv_filed_measure *measure);
int pv_push_response(lua_State *L, const pv_response *response);
int pv_push_section(lua_State *L, const pv_section *section);
/* The list of the form's sections. */
int pv_push_sections(lua_State *L);
/* The subject of a rule; raises when it is a submission or a collection and none is open. */
int pv_push_subject(lua_State *L, const pv_subject *subject);

/* What the subject of a rule is, by its keys `each`, `record` and `matrix`. */
pv_foreseen pv_foresee_subject(const pv_form *form, pv_subject_kind kind, pv_str record, pv_str matrix);

extern const pv_class pv_collection_class, pv_submission_class, pv_fields_class, pv_records_class, pv_form_class,
    pv_tables_class, pv_section_class, pv_group_class, pv_measure_class, pv_response_class, pv_item_class,
    pv_field_class, pv_record_class, pv_record_list_class, pv_pair_class;

#endif
