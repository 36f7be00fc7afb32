#include "base/hash.h"

#include <nettle/sha2.h>

#include "base/digits.h"

uint64_t pv_hash_continue(uint64_t seed, pv_str bytes) {
    for (size_t i = 0; i < bytes.size; i++)
        seed = pv_hash_byte(seed, bytes.data[i]);
    return seed;
}

struct pv_sha256 {
    struct sha256_ctx context;
};

pv_sha256 *pv_sha256_begin(pv_arena *arena) {
    pv_sha256 *hash = PV_NEW(arena, pv_sha256);
    if (hash)
        sha256_init(&hash->context);
    return hash;
}

void pv_sha256_add(pv_sha256 *hash, pv_str bytes) {
    if (bytes.size)
        sha256_update(&hash->context, bytes.size, (const uint8_t *)bytes.data);
}

void pv_sha256_end(pv_sha256 *hash, char out[65]) {
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&hash->context, sizeof digest, digest);
    pv_hex_write_bytes(digest, sizeof digest, out);
    out[64] = '\0';
}

void pv_hash_sha256(const pv_str *parts, size_t count, char out[65]) {
    pv_sha256 hash;
    sha256_init(&hash.context);
    for (size_t i = 0; i < count; i++)
        pv_sha256_add(&hash, parts[i]);
    pv_sha256_end(&hash, out);
}
