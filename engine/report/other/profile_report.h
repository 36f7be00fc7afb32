/* Invariant: what is written is what the meter heard, slowest first; times of phases add up to that of the run. The
 * numbers are another run's others: nothing that is compared holds them. */
#ifndef PV_REPORT_PROFILE_REPORT_H
#define PV_REPORT_PROFILE_REPORT_H

#include "report/write/layout.h"
#include "run/meter.h"

/* Tables for people: phases, rules, and the slowest calls. The meter was stopped. */
void pv_profile_terminal(pv_buf *out, const pv_report_style *style, pv_meter *meter);
/* The same for programs (docs/schema/profile.schema.json), times in nanoseconds. */
void pv_profile_json(pv_buf *out, pv_meter *meter);

#endif
