/* Invariant: every name of the language stands in the reference once, with the words of its registration. */
#ifndef PV_REPORT_REFERENCE_H
#define PV_REPORT_REFERENCE_H

#include "base/buf.h"
#include "model/language.h"

/* The rule reference, as Markdown. */
void pv_reference_markdown(pv_buf *out, const pv_language *language);

#endif
