/* Invariant: hashes depend on the bytes alone, and are the same on every machine. */
#ifndef PV_BASE_HASH_H
#define PV_BASE_HASH_H

#include "base/arena.h"

/* FNV-1a, 64 bits, continued from seed (start with PV_HASH_SEED). For tables and fingerprints, not against
 * attackers. */
#define PV_HASH_SEED UINT64_C(0xcbf29ce484222325)
uint64_t pv_hash_continue(uint64_t seed, pv_str bytes);
static inline uint64_t pv_hash_byte(uint64_t seed, char byte) {
    return (seed ^ (unsigned char)byte) * UINT64_C(0x100000001b3);
}

/* SHA-256 as 64 lower-case hexadecimal digits and a NUL. */
void pv_hash_sha256(const pv_str *parts, size_t count, char out[65]);

/* The same of bytes that come one after another. */
typedef struct pv_sha256 pv_sha256;
/* In arena; NULL when memory is refused. */
pv_sha256 *pv_sha256_begin(pv_arena *arena);
void pv_sha256_add(pv_sha256 *hash, pv_str bytes);
/* Of all that was added; hash then begins anew. */
void pv_sha256_end(pv_sha256 *hash, char out[65]);

#endif
