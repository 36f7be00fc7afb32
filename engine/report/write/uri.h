/* Invariant: what is appended is a URI reference (RFC 3986) whatever bytes the path holds, and different paths give different
 * ones. */
#ifndef PV_REPORT_URI_H
#define PV_REPORT_URI_H

#include "base/buf.h"

/* A relative path as a relative reference, an absolute one as file:///…; what a URI cannot hold as it is, percent-encoded. */
void pv_uri_append(pv_buf *out, pv_str path);

#endif
