/* Any bytes as what pdftotext says of a PDF. */
#include "fuzz_blocks.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_blocks(PV_STR("input.pdf"), (pv_str){(const char *)bytes, size});
    return 0;
}
