/* Invariant: what is written loads as the submission that was read: each text under the same key, with the same words
 * and paragraphs, in the same order. */
#ifndef PV_REPORT_YAML_SUBMISSION_H
#define PV_REPORT_YAML_SUBMISSION_H

#include "base/buf.h"
#include "model/submission.h"

/* A submission as YAML. document: what it was read from; path: what that is called in the comment above it. Above a text
 * that was not told with certainty from what is printed around it a comment says so, and below all what was not
 * understood. Fails for memory. */
bool pv_yaml_submission(pv_buf *out, pv_arena *arena, const pv_document *document, const pv_submission *submission,
                        pv_str path, pv_error *error) PV_MUST_CHECK;

#endif
