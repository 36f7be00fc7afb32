/* What must hold of the blocks of any document. */
#ifndef PV_TESTS_FUZZ_BLOCKS_H
#define PV_TESTS_FUZZ_BLOCKS_H

#include "load/loader.h"

/* Opens and loads bytes as a file of this name, once with all the memory there is and once with an allocation refused:
 * exactly one error, or blocks whose texts lie in the source, in it byte for byte where lengths are equal, each with a
 * place that can be called. */
void fuzz_blocks(pv_str name, pv_str bytes);

#endif
