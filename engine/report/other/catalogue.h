/* Invariant: a catalogue lists every rule that a pack runs once: the built-in ones, then the pack's own by id; and
 * every parameter of a rule once, with the value that counts and where that was set. */
#ifndef PV_REPORT_CATALOGUE_H
#define PV_REPORT_CATALOGUE_H

#include "report/verdicts/report.h"
#include "report/write/json.h"

/* ---- rules ---- */

void pv_catalogue_terminal(pv_buf *out, const pv_report_style *style, const pv_pack *pack);

/* One example of a rule, as a page shows it. */
typedef struct pv_catalogue_example {
    const pv_rule *rule;
    pv_str given;   /* what it fills in */
    pv_str outcome; /* "fail at "5%": 5% is less than 20%" */
} pv_catalogue_example;

/* A page with a table of contents and a part for each rule. The examples of a rule stand
 * together. */
void pv_catalogue_markdown(pv_buf *out, const pv_pack *pack, const pv_catalogue_example *examples,
                           size_t example_count);
/* The pack as one object: id, version, title, form, rules. */
void pv_catalogue_json(pv_json *json, const pv_pack *pack);

/* ---- parameters ---- */

void pv_parameters_terminal(pv_buf *out, const pv_report_style *style, const pv_pack *pack);
/* "integer from 1 to 40; the rule's default", "text; set by the pack, PATH:LINE:COLUMN; …": what may be set, and
 * what was. */
void pv_parameters_write_origin(pv_buf *out, const pv_parameter *parameter);

#endif
