/* Invariant: eight bytes of a text, or sixteen, are looked at together, and what is found is the same on every machine:
 * the first of them is the lowest of the word. Of what a test of eight flags (the high bit of a byte) the first is
 * always right; those after it may be flagged because of it. A test of sixteen is right of each. */
#ifndef PV_BASE_BYTES_H
#define PV_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PV_BYTES_ONES UINT64_C(0x0101010101010101)
#define PV_BYTES_HIGH UINT64_C(0x8080808080808080)
#define PV_BYTES_WORD sizeof(uint64_t)

static inline uint64_t pv_bytes_load(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The place in its word of the first byte that is flagged; flags: not 0. */
static inline size_t pv_bytes_first(uint64_t flags) {
    return (size_t)__builtin_ctzll(flags) / 8;
}

/* Flags the bytes that are c. */
static inline uint64_t pv_bytes_equal(uint64_t word, char c) {
    uint64_t zero_where_equal = word ^ PV_BYTES_ONES * (unsigned char)c;
    return (zero_where_equal - PV_BYTES_ONES) & ~zero_where_equal & PV_BYTES_HIGH;
}

/* Flags the bytes that are not printable ASCII: a byte under 20 sets its high bit by a borrow, one over 7E by a carry,
 * or has it; a borrow or carry reaches the next byte only from one that is flagged itself. */
static inline uint64_t pv_bytes_not_printable(uint64_t word) {
    return ((word - PV_BYTES_ONES * 0x20) | (word + PV_BYTES_ONES) | word) & PV_BYTES_HIGH;
}

/* Flags the bytes that are not printable ASCII, and those that are one of the stops, which are. */
static inline uint64_t pv_bytes_not_plain(uint64_t word, char stop, char other_stop) {
    uint64_t stops = ((word ^ PV_BYTES_ONES * (unsigned char)stop) - PV_BYTES_ONES) |
                     ((word ^ PV_BYTES_ONES * (unsigned char)other_stop) - PV_BYTES_ONES);
    return ((word - PV_BYTES_ONES * 0x20) | (word + PV_BYTES_ONES) | word | stops) & PV_BYTES_HIGH;
}

/* The first offset at or after from that holds a or b, or any offset at or after end: bytes before `size` may be looked
 * at. */
static inline size_t pv_bytes_find_either(const char *bytes, size_t from, size_t end, size_t size, char a, char b) {
    for (; from < end && from + PV_BYTES_WORD <= size; from += PV_BYTES_WORD) {
        uint64_t word = pv_bytes_load(bytes + from);
        uint64_t found = pv_bytes_equal(word, a) | pv_bytes_equal(word, b);
        if (found)
            return from + pv_bytes_first(found);
    }
    while (from < end && bytes[from] != a && bytes[from] != b)
        from++;
    return from;
}

/* The first offset at or after from that holds no space, or size. */
static inline size_t pv_bytes_skip_spaces(const char *bytes, size_t from, size_t size) {
    for (; from + PV_BYTES_WORD <= size; from += PV_BYTES_WORD) {
        uint64_t other = pv_bytes_load(bytes + from) ^ PV_BYTES_ONES * ' ';
        if (other)
            return from + pv_bytes_first(other);
    }
    while (from < size && bytes[from] == ' ')
        from++;
    return from;
}

/* ---- sixteen at a time ---- */

#define PV_BLOCK_BYTES ((size_t)16)

/* The compiler makes vector instructions of what is done to it, or of the bytes one after another. A comparison gives
 * 255 for each byte of which it holds, 0 for each other. */
typedef unsigned char pv_block __attribute__((vector_size(16)));

static inline pv_block pv_block_load(const char *at) {
    pv_block block;
    memcpy(&block, at, sizeof block);
    return block;
}

static inline pv_block pv_block_equal(pv_block block, char c) {
    return (pv_block)(block == (pv_block){0} + (unsigned char)c);
}

/* Flags those from first to last. */
static inline pv_block pv_block_within(pv_block block, char first, char last) {
    return (pv_block)(block - (unsigned char)first <= (pv_block){0} + (unsigned char)(last - first));
}

static inline pv_block pv_block_not_ascii(pv_block block) {
    return (pv_block)(block >= (pv_block){0} + 0x80);
}

static inline pv_block pv_block_white_space(pv_block block) {
    return pv_block_equal(block, ' ') | pv_block_within(block, '\t', '\r');
}

/* A bit for each byte that is flagged, that of the first the lowest. */
static inline uint32_t pv_block_bits(pv_block flags) {
#ifdef __SSE2__
    typedef char bytes __attribute__((vector_size(16)));
    return (uint32_t)__builtin_ia32_pmovmskb128((bytes)flags);
#else
    char bytes[PV_BLOCK_BYTES];
    memcpy(bytes, &flags, sizeof bytes);
    const uint64_t low = pv_bytes_load(bytes) & PV_BYTES_ONES;
    const uint64_t high = pv_bytes_load(bytes + PV_BYTES_WORD) & PV_BYTES_ONES;
    const uint64_t gather = UINT64_C(0x0102040810204080); /* bit 8 i of a product with it is added to bit 56 + i */
    return (uint32_t)(low * gather >> 56 | (high * gather >> 56) << 8);
#endif
}

/* The sum of the bytes, of which each is less than 16. */
static inline size_t pv_block_sum(pv_block block) {
    char bytes[PV_BLOCK_BYTES];
    memcpy(bytes, &block, sizeof bytes);
    const uint64_t pairs = pv_bytes_load(bytes) + pv_bytes_load(bytes + PV_BYTES_WORD);
    return (size_t)(pairs * PV_BYTES_ONES >> 56);
}

/* The place in its block of the first byte that is flagged, PV_BLOCK_BYTES where none is. */
static inline size_t pv_block_first(pv_block flags) {
    return (size_t)__builtin_ctz(pv_block_bits(flags) | (uint32_t)1 << PV_BLOCK_BYTES);
}

#endif
