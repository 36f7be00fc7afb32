/* Invariant: two records that differ in anything but white space have at least one difference, and two of the same run none. What
 * explains a difference comes before it: engine, configuration, packs, inputs, then verdicts. */
#ifndef PV_RUN_AUDIT_COMPARISON_H
#define PV_RUN_AUDIT_COMPARISON_H

#include "run/audit_record.h"

typedef struct pv_audit_difference {
    const char *part; /* "pack" */
    pv_str message;   /* "demo 1.0.0: rules/answers.lua changed" */
    struct pv_audit_difference *next;
} pv_audit_difference;

typedef struct pv_audit_differences {
    pv_audit_difference *first;
    pv_audit_difference *last;
    size_t count;
    size_t verdicts; /* of them */
} pv_audit_differences;

/* What differs from then to now, in arena. Fails only for memory. */
bool pv_audit_compare(pv_audit_differences *out, pv_arena *arena, const pv_audit_record *then,
                      const pv_audit_record *now, pv_error *error) PV_MUST_CHECK;

#endif
