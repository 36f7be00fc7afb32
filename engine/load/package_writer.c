/* Writing a package anew: what is not changed stays byte for byte as it was. */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/array.h"
#include "load/package_p.h"

#define ENTRY_SIGNATURE 0x04034B50U
#define RECORD_SIGNATURE 0x02014B50U
#define LIBRARY_VERSION 20U /* that unpacks what is deflated */
#define UTF8_NAMES 0x0800U
#define DEFLATED 8U
#define RECORD_SIZE ((size_t)46)
#define END_SIZE ((size_t)22)

typedef struct package_writer {
    pv_buf *out;
    const pv_package *package;
    const pv_package_change *changes;
    size_t change_count;
    uint64_t *starts; /* of each entry of the package, in its directory's order; then of each added part */
    struct packed {
        uint32_t crc;
        uint32_t packed_size;
        uint32_t size;
    } * packed; /* of each change */
    pv_error *error;
} package_writer;

static void put(pv_buf *out, uint64_t number, size_t bytes) {
    for (size_t i = 0; i < bytes; i++)
        pv_buf_append_char(out, (char)(number >> 8 * i & 0xFF));
}

static void patch(pv_buf *out, size_t at, uint64_t number, size_t bytes) {
    for (size_t i = 0; i < bytes && !out->failed; i++)
        out->data[at + i] = (char)(number >> 8 * i & 0xFF);
}

static size_t change_of(const package_writer *writer, const pv_package_entry *entry) {
    for (size_t i = 0; i < writer->change_count; i++) {
        const pv_package_entry *changed = writer->changes[i].entry;
        if (changed && (changed == entry || pv_str_equal_ascii_folded(changed->name, entry->name)))
            return i; /* one that is there twice stays alike */
    }
    return SIZE_MAX;
}

/* The bytes of out from start on are contents: puts them, deflated, in their place. */
static bool deflate_onto(pv_buf *out, pv_str content) {
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    const uLong most = deflateBound(&stream, (uLong)content.size);
    int ended = Z_MEM_ERROR;
    if (pv_buf_reserve(out, most)) {
        memcpy(&stream.next_in, &content.data, sizeof content.data); /* zlib reads it, and does not say so */
        stream.avail_in = (uInt)content.size;
        stream.next_out = (Bytef *)out->data + out->size;
        stream.avail_out = (uInt)most;
        ended = deflate(&stream, Z_FINISH);
        out->size += stream.total_out;
    }
    deflateEnd(&stream);
    return ended == Z_STREAM_END;
}

/* What both headers of a changed part have in common, from the flags on; moment: of an entry before it, or NULL. */
static void put_common(pv_buf *out, const struct packed *packed, const char *moment, uint16_t flags) {
    put(out, flags, 2);
    put(out, DEFLATED, 2);
    if (moment)
        pv_buf_append(out, (pv_str){moment, 4});
    else
        put(out, 0x00210000, 4); /* 1980-01-01 */
    put(out, packed->crc, 4);
    put(out, packed->packed_size, 4);
    put(out, packed->size, 4);
}

/* entry: in whose place; NULL for a part that is added. */
static bool put_changed(package_writer *writer, size_t index, const pv_package_entry *entry) {
    pv_buf *out = writer->out;
    const pv_package_change *change = &writer->changes[index];
    const pv_str name = entry ? entry->name : change->name;
    struct packed *packed = &writer->packed[index];
    const char *moment = entry ? writer->package->bytes.data + entry->start + 10 : NULL;
    const size_t header = out->size;
    packed->crc = (uint32_t)crc32_z(0, (const Bytef *)change->content.data, change->content.size);
    packed->size = (uint32_t)change->content.size;
    put(out, ENTRY_SIGNATURE, 4);
    put(out, LIBRARY_VERSION, 2);
    put_common(out, packed, moment, entry ? entry->flags & UTF8_NAMES : 0);
    put(out, name.size, 2);
    put(out, 0, 2);
    pv_buf_append(out, name);
    const size_t start = out->size;
    if (change->content.size > UINT32_MAX / 2 || !deflate_onto(out, change->content))
        return pv_fail_memory(writer->error);
    packed->packed_size = (uint32_t)(out->size - start);
    patch(out, header + 18, packed->packed_size, 4);
    return true;
}

static int by_start(const void *left, const void *right) {
    const pv_package_entry *a = *(const pv_package_entry *const *)left;
    const pv_package_entry *b = *(const pv_package_entry *const *)right;
    return a->start < b->start ? -1 : a->start > b->start;
}

/* All entries, in the order in which they lie in the package, and what stands between them. */
static bool put_entries(package_writer *writer, pv_arena *scratch) {
    const pv_package *package = writer->package;
    const pv_package_entry **order = PV_NEW_ARRAY(scratch, const pv_package_entry *, package->count);
    uint64_t at = 0;
    if (!order)
        return pv_fail_memory(writer->error);
    for (size_t i = 0; i < package->count; i++)
        order[i] = &package->entries[i];
    if (package->count > 0)
        qsort(order, package->count, sizeof *order, by_start);
    for (size_t i = 0; i < package->count; i++) {
        const pv_package_entry *entry = order[i];
        const size_t change = change_of(writer, entry);
        pv_buf_append(writer->out, pv_str_slice(package->bytes, at, entry->start));
        writer->starts[entry - package->entries] = writer->out->size;
        if (change == SIZE_MAX)
            pv_buf_append(writer->out, pv_str_slice(package->bytes, entry->start, entry->end));
        else if (!put_changed(writer, change, entry))
            return false;
        at = entry->end;
    }
    pv_buf_append(writer->out, pv_str_slice(package->bytes, at, package->directory));
    return true;
}

static void put_record(package_writer *writer, size_t index) {
    pv_buf *out = writer->out;
    const pv_package *package = writer->package;
    const pv_package_entry *entry = &package->entries[index];
    const size_t change = change_of(writer, entry);
    const size_t start = out->size;
    pv_buf_append(out, pv_str_slice(package->bytes, entry->record, entry->record_end));
    if (change != SIZE_MAX) {
        const struct packed *packed = &writer->packed[change];
        patch(out, start + 8, entry->flags & UTF8_NAMES, 2);
        patch(out, start + 10, DEFLATED, 2);
        patch(out, start + 16, packed->crc, 4);
        patch(out, start + 20, packed->packed_size, 4);
        patch(out, start + 24, packed->size, 4);
    }
    patch(out, start + 42, writer->starts[index] - package->shift, 4);
}

static void put_new_record(package_writer *writer, size_t change) {
    pv_buf *out = writer->out;
    const pv_str name = writer->changes[change].name;
    put(out, RECORD_SIGNATURE, 4);
    put(out, LIBRARY_VERSION, 2);
    put(out, LIBRARY_VERSION, 2);
    put_common(out, &writer->packed[change], NULL, 0);
    put(out, name.size, 2);
    pv_buf_append_repeat(out, '\0', 12); /* no extra field, no comment, one disk, no attributes */
    put(out, writer->starts[writer->package->count + change] - writer->package->shift, 4);
    pv_buf_append(out, name);
}

static void put_directory(package_writer *writer, size_t added) {
    pv_buf *out = writer->out;
    const pv_package *package = writer->package;
    const size_t start = out->size;
    for (size_t i = 0; i < package->count; i++)
        put_record(writer, i);
    for (size_t i = 0; i < writer->change_count; i++)
        if (!writer->changes[i].entry)
            put_new_record(writer, i);
    const size_t end = out->size;
    const size_t count = package->count + added;
    pv_buf_append(out, pv_str_slice(package->bytes, package->directory_end, package->bytes.size));
    patch(out, end + 8, count, 2);
    patch(out, end + 10, count, 2);
    patch(out, end + 12, end - start, 4);
    patch(out, end + 16, start - package->shift, 4);
}

static bool check_size(const package_writer *writer, size_t added) {
    uint64_t size = writer->package->bytes.size;
    for (size_t i = 0; i < writer->change_count; i++)
        size += writer->changes[i].content.size;
    const bool fits = size < UINT32_MAX / 2 && writer->package->count + added < UINT16_MAX;
    const bool has_end =
        writer->package->directory_end + END_SIZE <= writer->package->bytes.size && !writer->package->has_large_records;
    return (fits && has_end) ||
           pv_fail(writer->error, PV_ERROR_REFUSED, "the file is an archive of a kind that is read, but not written");
}

bool pv_package_rewrite(pv_buf *out, pv_arena *scratch, const pv_package *package, const pv_package_change *changes,
                        size_t count, pv_error *error) {
    package_writer writer = {
        .out = out,
        .package = package,
        .changes = changes,
        .change_count = count,
        .starts = PV_NEW_ARRAY(scratch, uint64_t, package->count + count),
        .packed = pv_arena_array(scratch, count, sizeof(struct packed)),
        .error = error,
    };
    size_t added = 0;
    if (!writer.starts || !writer.packed)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        added += !changes[i].entry;
    if (!check_size(&writer, added) || !put_entries(&writer, scratch))
        return false;
    for (size_t i = 0; i < count; i++) {
        writer.starts[package->count + i] = out->size;
        if (!changes[i].entry && !put_changed(&writer, i, NULL))
            return false;
    }
    put_directory(&writer, added);
    return !out->failed || pv_fail_memory(error);
}
