/* Invariant: what is written is well-formed XML 1.0 whatever the text holds: markup is escaped, and what XML has no character
 * for is U+FFFD. */
#ifndef PV_REPORT_XML_H
#define PV_REPORT_XML_H

#include "base/buf.h"

/* Text between tags. */
void pv_xml_text(pv_buf *out, pv_str text);
/* " name=\"value\"". */
void pv_xml_attribute(pv_buf *out, const char *name, pv_str value);
void pv_xml_number(pv_buf *out, const char *name, size_t value);

#endif
