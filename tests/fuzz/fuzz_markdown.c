/* Any bytes as Markdown. */
#include "fuzz_blocks.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_blocks(PV_STR("input.md"), (pv_str){(const char *)bytes, size});
    return 0;
}
