/* Invariant: what comes out is the document that the same submission in YAML would give, each text with its exact place, so that
 * nothing after it knows what a table is; and what could not be placed in it is a problem at its cell. */
#ifndef PV_LOAD_CSV_H
#define PV_LOAD_CSV_H

#include "base/limits.h"
#include "model/form.h"

/* Whether a file called so is read as CSV: .csv, in any case. */
bool pv_csv_is_named(pv_str path);
/* Whether the first row that is not empty begins with the cell `form` and goes on: no YAML does. */
bool pv_csv_names_form(pv_arena *arena, const pv_source *source, const pv_limits *limits);
/* The form that the first row names: `form,ID`. PV_ERROR_NOT_FOUND when it names none, PV_ERROR_SHAPE when it leaves the name
 * out; else what pv_csv_next says of the row. */
bool pv_csv_form_id(pv_str *out, pv_span *at, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                    pv_error *error) PV_MUST_CHECK;
/* Reads source (which must outlive arena) as a submission on form. Fails for what leaves nothing to read: the cells themselves
 * (load/csv_reader.h), no row of headings, no column that tells the record kinds apart, a form that is not kept as a table. */
bool pv_csv_load(pv_document **out, pv_arena *arena, const pv_source *source, const pv_form *form,
                 const pv_limits *limits, pv_error *error) PV_MUST_CHECK;

#endif
