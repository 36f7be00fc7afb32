/* Invariant: what other programs make of a file says what is in it, or there is an error of one sentence that names the
 * program and what to do; nothing is run but for a file that is read. */
#ifndef PV_CLI_CONVERSIONS_H
#define PV_CLI_CONVERSIONS_H

#include "project/host.h"

/* pv_host.convert of the command's own host. */
bool pv_conversions_run(void *payload, const pv_conversion_request *request, pv_buf *out, pv_error *error);
/* Whether the pages of a PDF that has no text are recognised by tesseract (--ocr), from now on. */
void pv_conversions_recognise(bool wanted);

#endif
