/* Invariant: what comes out is the document that went in, with remarks beside its text: every byte of the package that
 * a remark does not need to change is as it was, and its text reads as before. Remarks of an earlier run are replaced;
 * those of anybody else stay. */
#ifndef PV_LOAD_ANNOTATE_H
#define PV_LOAD_ANNOTATE_H

#include "base/buf.h"
#include "base/limits.h"
#include "model/annotation.h"

/* Appends to out a copy of the Word document that source was read from (with its loader, not a copy of a source) with
 * the remarks as comments by "proviso". PV_ERROR_REFUSED: it is no Word document, or none that can be written. */
bool pv_annotate_docx(pv_buf *out, pv_arena *scratch, const pv_source *source, const pv_annotation *annotation,
                      const pv_limits *limits, pv_error *error) PV_MUST_CHECK;

#endif
