/* Invariant: an example becomes a submission the same way a filed one does: from a document, whose source is written
 * here and whose nodes are made with it, without a parser between. */
#ifndef PV_LUA_AUTHORING_EXAMPLE_SUBMISSION_P_H
#define PV_LUA_AUTHORING_EXAMPLE_SUBMISSION_P_H

#include "lua/rules/example.h"

typedef struct pv_example_setting {
    const pv_form *form;
    const pv_limits *limits;
    const pv_example *example;
    const pv_item *item; /* what the example's response answers; NULL: every item */
} pv_example_setting;

/* The submission an example describes, in arena. PV_ERROR_NOT_FOUND for a name the form has not, PV_ERROR_ENCODING for
 * a text that is not UTF-8. */
bool pv_example_submission(const pv_submission **out, pv_arena *arena, const pv_example_setting *setting,
                           pv_error *error) PV_MUST_CHECK;

#endif
