/* Invariant: what is taken off the front of a frame is what was put at its end, in the same order and of the same kind;
 * a frame that ends too soon is an error, never a wrong value. Frames stay within one program on one machine. */
#ifndef PV_BASE_FRAME_H
#define PV_BASE_FRAME_H

#include "base/buf.h"
#include "base/error.h"

void pv_frame_put_number(pv_buf *frame, uint64_t number);
void pv_frame_put_text(pv_buf *frame, pv_str text);

/* Reading: both take what they give off the front of frame. */
bool pv_frame_take_number(pv_str *frame, uint64_t *out, pv_error *error) PV_MUST_CHECK;
/* Borrows from the frame. */
bool pv_frame_take_text(pv_str *frame, pv_str *out, pv_error *error) PV_MUST_CHECK;

#endif
