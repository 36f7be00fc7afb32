/* What must hold of the submission that a file on a form becomes, whatever its format. */
#ifndef PV_TESTS_FILING_ON_FORM_H
#define PV_TESTS_FILING_ON_FORM_H

#include "fuzz_input.h"
#include "load/loader.h"
#include "model/submission.h"

/* A file being read on a form. */
typedef struct fuzz_filing {
    pv_memory memory;
    pv_arena *arena;
    pv_limits limits;
    pv_form *form;
    pv_source *source; /* NULL when it was refused */
    pv_error error;
} fuzz_filing;

/* How one format is read: opens bytes as filing->source and makes the tree that they are on filing->form. */
typedef bool fuzz_filing_reader(fuzz_filing *filing, pv_str bytes, pv_document **out);

/* Reads bytes on the form that form_text is, once with all the memory there is and once with an allocation refused:
 * exactly one error, told by on_error, or a tree in which every text is made of what its span covers, and a submission
 * with every problem in its place. */
void fuzz_filing_check(const char *form_text, pv_str bytes, fuzz_filing_reader *read,
                       void (*on_error)(const fuzz_filing *filing));

#endif
