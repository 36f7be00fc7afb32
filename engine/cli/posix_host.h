/* Invariant: this is the only module that opens, lists or writes files of a project (reports write their own,
 * outputs.c). A file that exists is never overwritten by _create, and replaced whole or not at all by _replace. A
 * message of those that write names the path. */
#ifndef PV_CLI_POSIX_HOST_H
#define PV_CLI_POSIX_HOST_H

#include "project/host.h"

/* The file system, with the packs that PROVISO_RULES names or else those that come with the program: those of the
 * installation that it lies in, wherever that is now; rules/ in the folder above its own, as in a build tree; those of
 * an installation in the place that was configured. */
const pv_host *pv_posix_host(void);

/* A new file with this text. PV_ERROR_IO when there is something at path already. */
bool pv_posix_create(pv_str path, pv_str text, pv_error *error) PV_MUST_CHECK;
/* The file at path, which may be new, with this text in the place of what it held. */
bool pv_posix_replace(pv_str path, pv_str text, pv_error *error) PV_MUST_CHECK;
/* The name of the program that started this one, where it is one that may start it several times for parts of one list
 * ("xargs"); NULL: it is not, or that cannot be told. */
const char *pv_posix_splitter(void);
/* The folder at path, which may exist; the one above it must. */
bool pv_posix_folder(pv_str path, pv_error *error) PV_MUST_CHECK;

#endif
