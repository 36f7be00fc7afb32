/* Any bytes as a form: it is refused with one fault at one place, or a submission is judged on it. */
#include "fuzz_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_pack pack = fuzz_pack_sound();
    pack.form = (pv_str){(const char *)bytes, size};
    fuzz_pack_check(&pack);
    return 0;
}
