/* Invariant: what is said of an example fits on a few lines, however long its texts are. */
#ifndef PV_LUA_AUTHORING_EXAMPLE_TEXT_P_H
#define PV_LUA_AUTHORING_EXAMPLE_TEXT_P_H

#include "lua/rules/example.h"

/* What the example fills in: `1.1.6.1 "We plan …"; county "Inyo"`. */
void pv_example_write_given(pv_buf *out, const pv_example *example);
/* A text in quotation marks, cut with "…" where it is long. */
void pv_example_write_excerpt(pv_buf *out, pv_str text);

#endif
