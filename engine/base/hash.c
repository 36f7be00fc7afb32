#include "base/hash.h"

#include <nettle/sha2.h>

uint64_t pv_hash_continue(uint64_t seed, pv_str bytes) {
    for (size_t i = 0; i < bytes.size; i++)
        seed = pv_hash_byte(seed, bytes.data[i]);
    return seed;
}

void pv_hash_sha256(const pv_str *parts, size_t count, char out[65]) {
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    for (size_t i = 0; i < count; i++)
        if (parts[i].size)
            sha256_update(&context, parts[i].size, (const uint8_t *)parts[i].data);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[64] = '\0';
}
