/* Invariant: every condition that the form of a pack declares is in the list once, with who judges it; conditions of
 * one kind that the same rules judge stand together, in the form's order. */
#ifndef PV_REPORT_CONDITIONS_REPORT_H
#define PV_REPORT_CONDITIONS_REPORT_H

#include "report/verdicts/report.h"
#include "report/write/json.h"

/* Conditions of one kind with the same judges. */
typedef struct pv_condition_group {
    pv_str name; /* "items.*.word_limit", or of a single one its address */
    size_t count;
    pv_judges judges; /* none: the built-in rule */
    pv_built_in built_in;
} pv_condition_group;

/* The groups of a pack's conditions, in arena; NULL when memory is refused. */
const pv_condition_group *pv_condition_groups(const pv_pack *pack, pv_arena *arena, size_t *count);
/* Lines under a heading, nothing where the form declares none. */
void pv_conditions_terminal(pv_buf *out, const pv_report_style *style, const pv_pack *pack);
/* A part of a page, with its heading. */
void pv_conditions_markdown(pv_buf *out, const pv_pack *pack);
/* "conditions": each with its address, its number, the rules that judge it, and the built-in one that does where none
 * of them has told what is broken. */
void pv_conditions_json(pv_json *json, const pv_pack *pack);
/* How many there are, and how many of them rules of the pack judge. */
void pv_conditions_count(const pv_pack *pack, size_t *all, size_t *by_rules);

#endif
