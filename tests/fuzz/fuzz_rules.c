/* Any bytes as a rule file: the pack opens, with faults or without, and every rule that loads answers for every
 * subject. */
#include "fuzz_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_pack pack = fuzz_pack_sound();
    pack.rules = (pv_str){(const char *)bytes, size};
    fuzz_pack_check(&pack);
    return 0;
}
