/* Invariant: "align 2". */
#ifndef PV_TEXT_PLACEMENT_H
#define PV_TEXT_PLACEMENT_H

#include "text/alignment.h"

#define PV_PLACEMENT_VERSION "align 2"
#define PV_PLACEMENT_STEPS_MAX 40000000

bool pv_placement_find(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_token_list *tokens,
                       const pv_align_name *names, size_t name_count, size_t rows, pv_row_alignments **out,
                       pv_error *error) PV_MUST_CHECK;

#endif
