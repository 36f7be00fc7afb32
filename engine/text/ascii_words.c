#include "text/ascii_words.h"

#include <assert.h>
#include <string.h>

#define CHUNK sizeof(uint64_t)
#define EACH_BYTE UINT64_C(0x0101010101010101)
#define TOP_BITS (EACH_BYTE * 0x80)

/* The bytes at offset as one number, the first one lowest on every machine; beyond the text there is white space. */
static uint64_t chunk_at(pv_str text, size_t offset) {
    uint64_t chunk = EACH_BYTE * ' ';
    size_t rest = text.size - offset;
    if (rest >= CHUNK)
        memcpy(&chunk, text.data + offset, CHUNK);
    else if (rest > 0)
        memcpy(&chunk, text.data + offset, rest);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    chunk = __builtin_bswap64(chunk);
#endif
    return chunk;
}

/* The top bit of each byte that is white space. All bytes are below 0x80, so no sum leaves its byte. */
static uint64_t white_space_in(uint64_t chunk) {
    uint64_t from_tab = chunk + EACH_BYTE * (0x80 - '\t');
    uint64_t after_return = chunk + EACH_BYTE * (0x80 - '\r' - 1);
    uint64_t not_blank = (chunk ^ EACH_BYTE * ' ') + EACH_BYTE * 0x7F;
    return ((from_tab & ~after_return) | ~not_blank) & TOP_BITS;
}

/* The top bit of each byte of the chunk at offset where a word begins or, just behind it, has ended. *before has the lowest top
 * bit set when white space stands before the chunk, and is moved on. */
static uint64_t edges_at(pv_str text, size_t offset, uint64_t *before) {
    uint64_t spaces = white_space_in(chunk_at(text, offset));
    uint64_t edges = spaces ^ (spaces << 8 | *before);
    *before = spaces >> 8 * (CHUNK - 1);
    return edges;
}

size_t pv_ascii_words_count(pv_str text) {
    size_t edges = 0;
    uint64_t before = 0x80;
    for (size_t offset = 0; offset <= text.size; offset += CHUNK)
        edges += (edges_at(text, offset, &before) >> 7) * EACH_BYTE >> 8 * (CHUNK - 1);
    return edges / 2;
}

void pv_ascii_words_find(pv_str text, pv_span *at) {
    assert(text.size <= UINT32_MAX);
    bool inside = false;
    uint64_t before = 0x80;
    for (size_t offset = 0; offset <= text.size; offset += CHUNK) {
        for (uint64_t edges = edges_at(text, offset, &before); edges != 0; edges &= edges - 1) {
            uint32_t edge = (uint32_t)(offset + (size_t)__builtin_ctzll(edges) / 8);
            if (inside)
                (at++)->end = edge;
            else
                at->start = edge;
            inside = !inside;
        }
    }
}
