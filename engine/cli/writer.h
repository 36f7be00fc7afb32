/* Invariant: a file that exists is never overwritten by _create, and replaced whole or not at all by _replace. A message names
 * the path at fault. */
#ifndef PV_CLI_WRITER_H
#define PV_CLI_WRITER_H

#include "base/arena.h"
#include "base/error.h"

/* Paths end in NUL. */

/* A new file with this text. PV_ERROR_IO when there is something at path already. */
bool pv_writer_create(pv_str path, pv_str text, pv_error *error) PV_MUST_CHECK;
/* The file at path, which may be new, with this text in the place of what it held. */
bool pv_writer_replace(pv_arena *arena, pv_str path, pv_str text, pv_error *error) PV_MUST_CHECK;
/* The folder at path, which may exist; the one above it must. */
bool pv_writer_folder(pv_str path, pv_error *error) PV_MUST_CHECK;

#endif
