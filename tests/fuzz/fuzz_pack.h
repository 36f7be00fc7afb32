/* What the fuzz targets share that run a whole check: a pack and a submission from bytes, and what must hold of the
 * result. */
#ifndef PV_TESTS_FUZZ_PACK_H
#define PV_TESTS_FUZZ_PACK_H

#include "library/library.h"

typedef struct fuzz_pack {
    pv_str form;
    pv_str rules;
    pv_str submission;
} fuzz_pack;

/* A form with everything a form can have, rules that use it, and a submission on it: the parts a target does not
 * vary. The first call tries them out; where they are not judged whole it says why and aborts. */
fuzz_pack fuzz_pack_sound(void);
/* Opens the pack, reads and judges the submission, and checks every verdict and fault. What must hold and does not
 * stops the program. */
void fuzz_pack_check(const fuzz_pack *pack);

#endif
