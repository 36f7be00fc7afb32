/* Invariant: what a record holds of one submission is made from that submission alone, so that it can be made in another
 * process. */
#ifndef PV_REPORT_AUDIT_ROWS_H
#define PV_REPORT_AUDIT_ROWS_H

#include "report/check/audit.h"

typedef struct pv_audit_rows pv_audit_rows;

/* What a part holds, borrowed from it. Rows are JSON objects, each with a line feed after it. */
typedef struct pv_audit_part {
    pv_str path;  /* of the submission, as reports name it */
    pv_str input; /* one object; empty: findings of no submission */
    pv_str packs;
    pv_str parameters;
    pv_str faults;
    pv_str verdicts; /* what the hash is taken over */
    uint64_t verdict_count;
} pv_audit_part;

/* facts is borrowed. Yours: pv_audit_rows_free. */
bool pv_audit_rows_new(pv_audit_rows **out, pv_memory *memory, const pv_audit_facts *facts,
                       pv_error *error) PV_MUST_CHECK;
void pv_audit_rows_free(pv_audit_rows *rows); /* NULL is allowed */
/* Adds the part of input to the end of part; refused memory leaves that failed. */
void pv_audit_rows_write(pv_audit_rows *rows, const pv_report_input *input, pv_buf *part);
/* Adds the row of a fault. */
void pv_audit_rows_fault(pv_audit_rows *rows, const pv_fault *fault, pv_buf *out);
/* Takes one part off the front of parts. */
bool pv_audit_part_take(pv_str *parts, pv_audit_part *out, pv_error *error) PV_MUST_CHECK;

#endif
