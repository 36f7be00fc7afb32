/* Invariant: the shards of all workers together hold each file once, and a frame (base/buf.h) that is received is the
 * one that was sent, whole: the end of a pipe is an error, never an empty frame. */
#ifndef PV_CLI_JOBS_P_H
#define PV_CLI_JOBS_P_H

#include "base/buf.h"

/* ---- shards: which files a worker checks ---- */

/* Files of one slice: few, so that what waits to be joined stays small; the workers take slices in turn. */
#define PV_SLICE_FILES ((size_t)4)

/* The files of one worker. It goes through them in steps of some files; where a process ended in the middle of a step,
 * its files are taken one at a time, so that one file alone is lost. */
typedef struct pv_shard {
    size_t at;           /* the first file of the next step; files when none is left */
    size_t singly_until; /* before this one, a step is one file */
    size_t workers;
    size_t files; /* of all shards */
} pv_shard;

/* That of one of `workers` workers. */
pv_shard pv_shard_of(size_t number, size_t workers, size_t files);
bool pv_shard_is_done(const pv_shard *shard);
/* The file after the last of the next step. */
size_t pv_shard_end(const pv_shard *shard);
/* Goes on to the step after the next. */
void pv_shard_step(pv_shard *shard);
/* Has the files of the next step taken one at a time; false when it is of one file already. */
bool pv_shard_narrow(pv_shard *shard);

/* ---- frames: between two processes of one program on one machine ---- */

/* The frame, with its length before it, to a pipe. */
bool pv_frame_send(int descriptor, const pv_buf *frame, pv_error *error) PV_MUST_CHECK;
/* The next frame from a pipe, in place of what frame holds; PV_ERROR_IO when the other end is gone. */
bool pv_frame_receive(int descriptor, pv_buf *frame, pv_error *error) PV_MUST_CHECK;

#endif
