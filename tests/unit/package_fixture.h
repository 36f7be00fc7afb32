/* ZIP archives written byte by byte, right ones and broken ones. */
#ifndef PV_TESTS_PACKAGE_FIXTURE_H
#define PV_TESTS_PACKAGE_FIXTURE_H

#include "arena_fixture.h"

#include <zlib.h>

#include "base/buf.h"

typedef struct archive {
    pv_buf bytes;
    pv_buf directory;
    unsigned count;
} archive;

/* How an entry differs from a stored one. */
typedef struct entry_form {
    bool deflated;
    bool has_descriptor; /* the sizes follow its bytes, instead of standing before them */
    bool is_large;       /* its sizes stand in the extra field of ZIP64 */
    unsigned flags;
    unsigned method;      /* where it is neither 0 nor 8 */
    const char *own_name; /* in its own header; NULL: the same */
    int wrong_size;       /* added to what the directory says of its size, */
    unsigned wrong_crc;   /* of its checksum, */
    int wrong_start;      /* and of where it begins */
} entry_form;

static inline archive archive_begin(pv_memory *memory) {
    return (archive){.bytes = pv_buf_on(memory), .directory = pv_buf_on(memory)};
}

static inline void put_16(pv_buf *out, unsigned number) {
    pv_buf_append_char(out, (char)(number & 0xFF));
    pv_buf_append_char(out, (char)(number >> 8 & 0xFF));
}

static inline void put_32(pv_buf *out, uint64_t number) {
    put_16(out, (unsigned)(number & 0xFFFF));
    put_16(out, (unsigned)(number >> 16 & 0xFFFF));
}

static inline void put_64(pv_buf *out, uint64_t number) {
    put_32(out, number);
    put_32(out, number >> 32);
}

static inline void archive_add(archive *made, const char *name, pv_str content, entry_form form) {
    pv_str names[] = {pv_str_from(form.own_name ? form.own_name : name), pv_str_from(name)};
    uint32_t crc = (uint32_t)crc32_z(0, (const Bytef *)content.data, content.size) + form.wrong_crc;
    unsigned method = form.method ? form.method : form.deflated ? 8 : 0;
    unsigned flags = form.flags | (form.has_descriptor ? 8 : 0);
    uint64_t start = made->bytes.size + (uint64_t)(int64_t)form.wrong_start;
    static char packed[1 << 20];
    pv_str data = content;
    if (form.deflated) {
        z_stream stream = {0};
        assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
        memcpy(&stream.next_in, &content.data, sizeof content.data);
        stream.avail_in = (uInt)content.size;
        stream.next_out = (Bytef *)packed;
        stream.avail_out = sizeof packed;
        assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
        data = (pv_str){packed, stream.total_out};
        deflateEnd(&stream);
    }
    uint64_t size = content.size + (uint64_t)(int64_t)form.wrong_size;
    for (int i = 0; i < 2; i++) {
        pv_buf *out = i == 0 ? &made->bytes : &made->directory;
        bool is_large = form.is_large && i == 1;
        bool is_later = form.has_descriptor && i == 0;
        put_32(out, i == 0 ? 0x04034B50 : 0x02014B50);
        if (i == 1)
            put_16(out, 45);
        put_16(out, 20);
        put_16(out, flags);
        put_16(out, method);
        put_32(out, 0x00210000); /* 1980-01-01 */
        put_32(out, is_later ? 0 : crc);
        put_32(out, is_later ? 0 : is_large ? UINT32_MAX : data.size);
        put_32(out, is_later ? 0 : is_large ? UINT32_MAX : size);
        put_16(out, (unsigned)names[i].size);
        put_16(out, is_large ? 28 : 0);
        if (i == 1) {
            put_16(out, 0); /* comment */
            put_16(out, 0);
            put_16(out, 0);
            put_32(out, 0);
            put_32(out, is_large ? UINT32_MAX : start);
        }
        pv_buf_append(out, names[i]);
        if (is_large) {
            put_16(out, 0x0001);
            put_16(out, 24);
            put_64(out, size);
            put_64(out, data.size);
            put_64(out, start);
        }
    }
    pv_buf_append(&made->bytes, data);
    if (form.has_descriptor) {
        put_32(&made->bytes, 0x08074B50);
        put_32(&made->bytes, crc);
        put_32(&made->bytes, data.size);
        put_32(&made->bytes, size);
    }
    made->count++;
}

/* The end record; count: what it says of the entries. */
static inline void archive_put_end(archive *made, uint64_t directory, unsigned count, pv_str comment) {
    put_32(&made->bytes, 0x06054B50);
    put_32(&made->bytes, 0);
    put_16(&made->bytes, count);
    put_16(&made->bytes, count);
    put_32(&made->bytes, made->directory.size);
    put_32(&made->bytes, directory);
    put_16(&made->bytes, (unsigned)comment.size);
    pv_buf_append(&made->bytes, comment);
}

/* The whole of it, in arena; made is used up. */
static inline pv_str archive_end_as(archive *made, pv_arena *arena, pv_str comment) {
    size_t directory = made->bytes.size;
    pv_buf_append(&made->bytes, pv_buf_str(&made->directory));
    archive_put_end(made, directory, made->count, comment);
    /* In a block of exactly its size, so that the sanitizers see a byte read past the end. */
    char *block = pv_arena_room(arena, made->bytes.size);
    assert_non_null(block);
    memcpy(block, made->bytes.data, made->bytes.size);
    pv_str bytes = {block, made->bytes.size};
    pv_buf_clear(&made->bytes);
    pv_buf_clear(&made->directory);
    return bytes;
}

static inline pv_str archive_end(archive *made, pv_arena *arena) {
    return archive_end_as(made, arena, PV_STR(""));
}

#endif
