/* Invariant: of each style that cells can have it is known how it shows a number, and whether it strikes its text
 * through; of one that is not described, as a program that knows it has it. */
#ifndef PV_LOAD_SHEET_STYLES_P_H
#define PV_LOAD_SHEET_STYLES_P_H

#include "base/arena.h"
#include "base/limits.h"
#include "load/shown_number_p.h"
#include "load/xml_p.h"

typedef struct pv_sheet_style {
    pv_number_format numbers;
    bool is_struck;
} pv_sheet_style;

typedef struct pv_sheet_styles {
    const pv_sheet_style *items; /* by number */
    size_t count;
} pv_sheet_styles;

/* Reads the part of a workbook that has its styles; without bytes there are none. */
bool pv_sheet_styles_read(pv_sheet_styles *out, pv_arena *arena, pv_str bytes, pv_str part, const pv_limits *limits,
                          pv_error *error) PV_MUST_CHECK;
/* Whether the value of a flag says that it is set. */
bool pv_sheet_flag(pv_str value);
/* Whether a mark such as <strike/>, whose start was just read, is on: it is unless it says otherwise. */
bool pv_sheet_mark_is_on(const pv_xml_reader *xml);

#endif
