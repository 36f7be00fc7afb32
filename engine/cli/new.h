/* Invariant: what proviso new writes runs and passes at once, and nothing that exists is overwritten. */
#ifndef PV_CLI_NEW_H
#define PV_CLI_NEW_H

#include "cli/command.h"

/* One run of the command. */
typedef struct pv_making {
    pv_library *library;
    const pv_options *options;
    pv_arena *arena;
    pv_str name; /* of what is made: NUL-terminated, letters, digits, ".", "-" and "_" where it becomes an id */
    pv_buf text; /* of the file being made */
    pv_buf said; /* what to tell on standard output when all is done */
} pv_making;

/* Each makes its kind of thing and says what it wrote, or what went wrong. */
pv_exit pv_new_pack(pv_making *making);
pv_exit pv_new_rule(pv_making *making);
pv_exit pv_new_submission(pv_making *making);

/* Creates a file with making->text, empties that, and notes that it was written. */
bool pv_new_write(pv_making *making, pv_str path, pv_error *error) PV_MUST_CHECK;
/* PV_ERROR_USAGE unless making->name can be the id of what ("a pack"). */
bool pv_new_check_id(const pv_making *making, const char *what, pv_error *error) PV_MUST_CHECK;

#endif
