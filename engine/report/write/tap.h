/* Invariant: what is written stays within its line and its test point, whatever the text holds. */
#ifndef PV_REPORT_TAP_H
#define PV_REPORT_TAP_H

#include "base/buf.h"

/* A description is one line, in which "#" would begin a directive. */
void pv_tap_description(pv_buf *out, pv_str text);
/* `key: "value"` and a line feed: a line of a YAML block. */
void pv_tap_member(pv_buf *out, const char *key, pv_str value);

#endif
