/* Invariant: a frame (base/buf.h) that is received is the one that was sent, whole: the end of a pipe is an error,
 * never an empty frame. */
#ifndef PV_CLI_JOBS_P_H
#define PV_CLI_JOBS_P_H

#include "base/buf.h"

/* The frame, with its length before it, to a pipe. */
bool pv_frame_send(int descriptor, const pv_buf *frame, pv_error *error) PV_MUST_CHECK;
/* The next frame from a pipe, in place of what frame holds; PV_ERROR_IO when the other end is gone. */
bool pv_frame_receive(int descriptor, pv_buf *frame, pv_error *error) PV_MUST_CHECK;

#endif
