/* Invariant: whoever has the sections of the JSON report among its own, first and in this order, and its state at the
 * head of its own, can have the report written into something else by the functions of pv_json_format. */
#ifndef PV_REPORT_CHECK_JSON_P_H
#define PV_REPORT_CHECK_JSON_P_H

#include "report/check/format.h"
#include "report/verdicts/comparison.h"
#include "report/verdicts/verdict_json.h"

enum {
    PV_JSON_VERDICTS,
    PV_JSON_INPUTS,
    PV_JSON_FAULTS,
    PV_JSON_CHANGES, /* of a run that compares two days */
    PV_JSON_FIXED,   /* of a run with a baseline */
    PV_JSON_NOTES,   /* on the baseline */
    PV_JSON_PACKS,   /* in the order of first use */
    PV_JSON_SECTION_COUNT,
};

#define PV_JSON_SECTIONS                                                                                               \
    [PV_JSON_VERDICTS] = {.name = "verdicts", .joining = PV_JOIN_AT_ONCE, .before = "\n", .between = ",\n"},           \
    [PV_JSON_INPUTS] = {.name = "inputs", .joining = PV_JOIN_AT_END},                                                  \
    [PV_JSON_FAULTS] = {.name = "faults", .joining = PV_JOIN_AT_END},                                                  \
    [PV_JSON_CHANGES] = {.name = "changes", .joining = PV_JOIN_AT_END},                                                \
    [PV_JSON_FIXED] = {.name = "fixed", .joining = PV_JOIN_AT_END},                                                    \
    [PV_JSON_NOTES] = {.name = "notes", .joining = PV_JOIN_AT_END},                                                    \
    [PV_JSON_PACKS] = {.name = "packs", .joining = PV_JOIN_EQUALS}

typedef struct pv_json_state {
    pv_json_verdicts *writer;
    pv_json json;                /* where the report is written */
    pv_comparison_totals totals; /* all made in one process */
} pv_json_state;

/* The report as an object of state->json, which stands where a value is due. */
void pv_json_report_begin(pv_report *report);
void pv_json_report_end(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count);

#endif
