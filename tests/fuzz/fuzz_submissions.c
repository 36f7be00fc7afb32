/* Any bytes as a submission: it is refused, or judged by every rule with every place inside it. */
#include "fuzz_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_pack pack = fuzz_pack_sound();
    pack.submission = (pv_str){(const char *)bytes, size};
    fuzz_pack_check(&pack);
    return 0;
}
