/* Invariant: a catalogue lists every rule that a pack runs once: the built-in ones, then the pack's own by id. */
#ifndef PV_REPORT_CATALOGUE_H
#define PV_REPORT_CATALOGUE_H

#include "report/json.h"
#include "report/report.h"

/* The index-th rule, or NULL past the last. */
const pv_rule *pv_catalogue_rule(const pv_pack *pack, size_t index);

void pv_catalogue_terminal(pv_buf *out, const pv_report_style *style, const pv_pack *pack);
void pv_catalogue_markdown(pv_buf *out, const pv_pack *pack);
/* The pack as one object: id, version, title, form, rules. */
void pv_catalogue_json(pv_json *json, const pv_pack *pack);

#endif
