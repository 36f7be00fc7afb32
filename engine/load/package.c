/* The ZIP archives that office files are, read here and not by a library: what is written back into one needs to know
 * the bytes of each entry, and what is wrong with one must be said in the words of those who sent it. */
#include "load/package_p.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/utf8.h"

#define ENTRY_SIGNATURE 0x04034B50U
#define RECORD_SIGNATURE 0x02014B50U
#define END_SIGNATURE 0x06054B50U
#define LARGE_END_SIGNATURE 0x06064B50U
#define LARGE_LOCATOR_SIGNATURE 0x07064B50U
#define ENTRY_SIZE ((size_t)30) /* of the fixed parts of the records */
#define RECORD_SIZE ((size_t)46)
#define END_SIZE ((size_t)22)
#define LARGE_END_SIZE ((size_t)56)
#define LARGE_LOCATOR_SIZE ((size_t)20)
#define COMMENT_MOST ((size_t)0xFFFF)
#define LARGE_EXTRA 0x0001U
#define FLAG_ENCRYPTED 0x0001U
#define FLAG_DIRECTORY_ENCRYPTED 0x2000U
#define IN_LARGE_EXTRA UINT32_MAX /* a size or offset that stands in the extra field of ZIP64 */
#define DEFLATE_MOST 1032U        /* of one byte deflate makes at most so many */

/* ---- what is no package ---- */

static bool holds_utf16(pv_str bytes, const char *ascii) {
    char name[64];
    size_t size = 0;
    for (; ascii[size / 2] && size + 1 < sizeof name; size += 2) {
        name[size] = ascii[size / 2];
        name[size + 1] = '\0';
    }
    return pv_str_find(bytes, (pv_str){name, size}, 0) != SIZE_MAX;
}

static bool fail_compound(pv_str bytes, pv_error *error) {
    if (holds_utf16(bytes, "EncryptedPackage"))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the file is protected with a password; open it in the program that it was made with, take the "
                       "password away, and save it again");
    if (holds_utf16(bytes, "WordDocument"))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the file is in the old format of Word 97 to 2003 (.doc), whatever it is called; save it as "
                       ".docx");
    if (holds_utf16(bytes, "Workbook") || holds_utf16(bytes, "Book"))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the file is in the old format of Excel 97 to 2003 (.xls), whatever it is called; save it as "
                       ".xlsx");
    return pv_fail(error, PV_ERROR_REFUSED,
                   "the file is in an old office format or protected with a password; save it without one as .docx or "
                   ".xlsx");
}

bool pv_package_is_likely(pv_str bytes) {
    return pv_str_starts_with(bytes, PV_STR("PK\x03\x04"));
}

/* bytes hold no end of a directory. */
static bool fail_no_package(pv_str bytes, pv_error *error) {
    pv_str text = pv_str_slice(bytes, pv_utf8_mark_size(bytes), bytes.size);
    if (bytes.size == 0)
        return pv_fail(error, PV_ERROR_SYNTAX, "the file is empty");
    if (pv_str_starts_with(bytes, PV_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return fail_compound(bytes, error);
    if (pv_package_is_likely(bytes))
        return pv_fail(error, PV_ERROR_SYNTAX,
                       "the file breaks off before its end, or its end is damaged: it may not have been copied or "
                       "downloaded whole; ask for it again");
    if (pv_str_starts_with(bytes, PV_STR("%PDF")))
        return pv_fail(error, PV_ERROR_REFUSED, "the file is a PDF under another name; call it .pdf");
    if (pv_str_starts_with(text, PV_STR("{\\rtf")))
        return pv_fail(error, PV_ERROR_REFUSED, "the file is RTF text under another name; save it as .docx");
    if (pv_str_starts_with(text, PV_STR("<")))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the file is XML or HTML text under another name, and not the archive that an office file is; "
                       "save it as .docx or .xlsx");
    return pv_fail(error, PV_ERROR_SYNTAX,
                   "the file is not the ZIP archive that a Word file or workbook is: it is damaged, or another kind of "
                   "file under this name");
}

static bool fail_damaged(pv_error *error, const char *what) {
    return pv_fail(error, PV_ERROR_SYNTAX,
                   "the archive that the file is is damaged: %s; it may not have been copied or downloaded whole",
                   what);
}

/* ---- the directory ---- */

/* Numbers of 2, 4 and 8 bytes at `at`, which lie inside bytes. */
static uint16_t read_16(pv_str bytes, uint64_t at) {
    const unsigned char *b = (const unsigned char *)bytes.data + at;
    return (uint16_t)(b[0] | b[1] << 8);
}

static uint32_t read_32(pv_str bytes, uint64_t at) {
    return read_16(bytes, at) | (uint32_t)read_16(bytes, at + 2) << 16;
}

static uint64_t read_64(pv_str bytes, uint64_t at) {
    return read_32(bytes, at) | (uint64_t)read_32(bytes, at + 4) << 32;
}

static bool has_room(pv_str bytes, uint64_t at, uint64_t size) {
    return at <= bytes.size && size <= bytes.size - at;
}

static bool stands_at(pv_str bytes, uint64_t at, uint64_t size, uint32_t signature) {
    return has_room(bytes, at, size) && read_32(bytes, at) == signature;
}

/* The end record, which a comment may follow and what was added to the file; SIZE_MAX when there is none. */
static size_t find_end(pv_str bytes) {
    if (bytes.size < END_SIZE)
        return SIZE_MAX;
    size_t first = bytes.size > END_SIZE + COMMENT_MOST ? bytes.size - END_SIZE - COMMENT_MOST : 0;
    for (size_t at = bytes.size - END_SIZE + 1; at-- > first;)
        if (read_32(bytes, at) == END_SIGNATURE && has_room(bytes, at + END_SIZE, read_16(bytes, at + 20)))
            return at;
    return SIZE_MAX;
}

/* What the end records say of the directory. */
typedef struct directory_end {
    uint64_t entries;
    uint64_t size;
    uint64_t offset;
    uint64_t at; /* where the records begin */
    bool has_disks;
    bool has_large_records;
} directory_end;

/* Lets the records of ZIP64 say it, where there are any. */
static bool read_large_end(pv_str bytes, directory_end *end, pv_error *error) {
    if (end->at < LARGE_LOCATOR_SIZE ||
        !stands_at(bytes, end->at - LARGE_LOCATOR_SIZE, LARGE_LOCATOR_SIZE, LARGE_LOCATOR_SIGNATURE))
        return true;
    uint64_t locator = end->at - LARGE_LOCATOR_SIZE;
    uint64_t at = read_64(bytes, locator + 8);
    /* Something may stand before the archive: then the record is right before its locator. */
    if (!stands_at(bytes, at, LARGE_END_SIZE, LARGE_END_SIGNATURE) && locator >= LARGE_END_SIZE)
        at = locator - LARGE_END_SIZE;
    if (!stands_at(bytes, at, LARGE_END_SIZE, LARGE_END_SIGNATURE) || at > locator)
        return fail_damaged(error, "the end of its list of parts cannot be found");
    *end = (directory_end){
        .entries = read_64(bytes, at + 32),
        .size = read_64(bytes, at + 40),
        .offset = read_64(bytes, at + 48),
        .at = at,
        .has_disks = read_32(bytes, at + 16) != 0 || read_32(bytes, at + 20) != 0 || read_32(bytes, locator + 4) != 0,
        .has_large_records = true,
    };
    return true;
}

static bool read_end(pv_str bytes, directory_end *end, pv_error *error) {
    size_t at = find_end(bytes);
    if (at == SIZE_MAX)
        return fail_no_package(bytes, error);
    *end = (directory_end){
        .entries = read_16(bytes, at + 10),
        .size = read_32(bytes, at + 12),
        .offset = read_32(bytes, at + 16),
        .at = at,
        .has_disks = read_16(bytes, at + 4) != 0 || read_16(bytes, at + 6) != 0,
    };
    if (!read_large_end(bytes, end, error))
        return false;
    if (end->has_disks)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the archive that the file is was split into several; put it together again, or save the "
                       "document anew");
    if (end->size > end->at)
        return fail_damaged(error, "its list of parts is larger than the file");
    return true;
}

/* The sizes and the offset that did not fit into the record stand in its extra field, in this order. */
static bool read_large_extra(pv_str bytes, pv_package_entry *entry, uint64_t at, uint64_t end) {
    uint64_t *const members[] = {&entry->size, &entry->packed_size, &entry->start};
    bool is_wanted = false;
    for (size_t i = 0; i < 3; i++)
        is_wanted |= *members[i] == IN_LARGE_EXTRA;
    while (is_wanted && at + 4 <= end) {
        uint64_t next = at + 4 + read_16(bytes, at + 2);
        if (next > end)
            return false;
        if (read_16(bytes, at) == LARGE_EXTRA) {
            at += 4;
            for (size_t i = 0; i < 3; i++) {
                if (*members[i] != IN_LARGE_EXTRA)
                    continue;
                if (at + 8 > next)
                    return false;
                *members[i] = read_64(bytes, at);
                at += 8;
            }
            return true;
        }
        at = next;
    }
    return true;
}

/* The record at `at`; gives the end of it, or 0 when it is none. */
static uint64_t read_record(const pv_package *package, uint64_t at, pv_package_entry *entry) {
    pv_str bytes = package->bytes;
    if (!stands_at(bytes, at, RECORD_SIZE, RECORD_SIGNATURE) || at + RECORD_SIZE > package->directory_end)
        return 0;
    uint64_t name_size = read_16(bytes, at + 28);
    uint64_t extra = at + RECORD_SIZE + name_size;
    uint64_t extra_end = extra + read_16(bytes, at + 30);
    uint64_t end = extra_end + read_16(bytes, at + 32);
    if (end > package->directory_end)
        return 0;
    *entry = (pv_package_entry){
        .name = {bytes.data + at + RECORD_SIZE, name_size},
        .flags = read_16(bytes, at + 8),
        .method = read_16(bytes, at + 10),
        .crc = read_32(bytes, at + 16),
        .packed_size = read_32(bytes, at + 20),
        .size = read_32(bytes, at + 24),
        .start = read_32(bytes, at + 42),
        .record = at,
        .record_end = end,
    };
    if (!read_large_extra(bytes, entry, extra, extra_end) || entry->start > package->directory)
        return 0;
    entry->start += package->shift;
    return end;
}

static int compare_starts(const void *a, const void *b) {
    const pv_package_entry *const *first = a;
    const pv_package_entry *const *second = b;
    return ((*first)->start > (*second)->start) - ((*first)->start < (*second)->start);
}

/* Where each entry ends; refused where one reaches into the next. */
static bool part_entries(pv_package *package, pv_arena *arena, pv_error *error) {
    pv_arena_place place = pv_arena_here(arena);
    pv_package_entry **order = PV_NEW_ARRAY(arena, pv_package_entry *, package->count);
    if (!order)
        return pv_fail_memory(error);
    for (size_t i = 0; i < package->count; i++)
        order[i] = &package->entries[i];
    qsort(order, package->count, sizeof *order, compare_starts);
    bool is_parted = true;
    for (size_t i = 0; i < package->count && is_parted; i++) {
        pv_package_entry *entry = order[i];
        entry->end = i + 1 < package->count ? order[i + 1]->start : package->directory;
        is_parted = entry->end >= entry->start && entry->end - entry->start >= ENTRY_SIZE &&
                    entry->packed_size <= entry->end - entry->start - ENTRY_SIZE;
    }
    pv_arena_back_to(arena, place);
    return is_parted ||
           fail_damaged(error, "what it says of where its parts begin and how long they are cannot be true");
}

static bool read_directory(pv_package *package, pv_arena *arena, const directory_end *end, pv_error *error) {
    package->directory = end->at - end->size;
    package->directory_end = end->at;
    if (end->offset > package->directory)
        return fail_damaged(error, "its list of parts is not where it says");
    package->shift = package->directory - end->offset;
    package->entries = PV_NEW_ARRAY(arena, pv_package_entry, end->entries);
    if (!package->entries)
        return pv_fail_memory(error);
    uint64_t at = package->directory;
    for (; package->count < end->entries; package->count++) {
        at = read_record(package, at, &package->entries[package->count]);
        if (at == 0)
            return fail_damaged(error, "its list of parts breaks off");
    }
    return part_entries(package, arena, error);
}

bool pv_package_open(pv_package **out, pv_arena *arena, pv_str bytes, const pv_limits *limits, pv_error *error) {
    *out = NULL;
    directory_end end = {0};
    if (bytes.size > limits->package_bytes)
        return pv_fail(error, PV_ERROR_LIMIT, "the file is larger than the limit of %zu bytes", limits->package_bytes);
    if (!read_end(bytes, &end, error))
        return false;
    if (end.entries > end.size / RECORD_SIZE)
        return fail_damaged(error, "its list of parts breaks off");
    if (end.entries > limits->package_entries)
        return pv_fail(error, PV_ERROR_LIMIT, "the file holds %llu parts, more than the limit of %zu",
                       (unsigned long long)end.entries, limits->package_entries);
    pv_package *package = PV_NEW(arena, pv_package);
    if (!package)
        return pv_fail_memory(error);
    package->bytes = bytes;
    package->has_large_records = end.has_large_records;
    if (!read_directory(package, arena, &end, error))
        return false;
    *out = package;
    return true;
}

/* ---- entries ---- */

static char name_character(char c) {
    return c == '\\' ? '/' : pv_ascii_lower(c);
}

static pv_str without_slash(pv_str name) {
    return name.size > 0 && name_character(name.data[0]) == '/' ? pv_str_slice(name, 1, name.size) : name;
}

static bool is_same_name(pv_str a, pv_str b) {
    a = without_slash(a);
    b = without_slash(b);
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (name_character(a.data[i]) != name_character(b.data[i]))
            return false;
    return true;
}

bool pv_package_find(const pv_package_entry **out, const pv_package *package, pv_str name, pv_error *error) {
    *out = NULL;
    for (size_t i = 0; i < package->count; i++) {
        const pv_package_entry *entry = &package->entries[i];
        if (!is_same_name(entry->name, name))
            continue;
        if (*out && ((*out)->crc != entry->crc || (*out)->size != entry->size)) {
            *out = NULL;
            return pv_fail(error, PV_ERROR_REFUSED,
                           "the file holds the part %.*s twice, with two contents, and programs differ on which of "
                           "them is shown; open it in the program that it was made with and save it again",
                           PV_STR_ARG(name));
        }
        if (!*out)
            *out = entry;
    }
    return true;
}

/* zlib has its memory from the same account; a block's size stands before it. */
#define BLOCK_HEAD ((size_t)16)

static void *zlib_alloc(void *memory, unsigned count, unsigned size) {
    size_t bytes = BLOCK_HEAD + (size_t)count * size;
    char *block = pv_memory_resize(memory, NULL, 0, bytes);
    if (!block)
        return NULL;
    memcpy(block, &bytes, sizeof bytes);
    return block + BLOCK_HEAD;
}

static void zlib_free(void *memory, void *address) {
    char *block = (char *)address - BLOCK_HEAD;
    size_t bytes;
    memcpy(&bytes, block, sizeof bytes);
    pv_memory_free(memory, block, bytes);
}

/* Inflates packed into the size bytes at out; false, with no error, when that is not what comes out. */
static bool inflate_to(char *out, size_t size, pv_str packed, pv_memory *memory, bool *is_whole, pv_error *error) {
    z_stream stream = {.zalloc = zlib_alloc, .zfree = zlib_free, .opaque = memory};
    Bytef *input; /* zlib only reads it, and does not say so */
    memcpy(&input, &packed.data, sizeof input);
    *is_whole = false;
    int outcome = inflateInit2(&stream, -MAX_WBITS);
    if (outcome != Z_OK)
        return pv_fail_memory(error);
    char beyond = 0; /* zlib wants room even for nothing */
    stream.next_in = input;
    stream.avail_in = (uInt)packed.size;
    stream.next_out = (Bytef *)(size > 0 ? out : &beyond);
    stream.avail_out = (uInt)(size > 0 ? size : 1);
    outcome = inflate(&stream, Z_FINISH);
    *is_whole = outcome == Z_STREAM_END && stream.total_out == size && stream.total_in == packed.size;
    inflateEnd(&stream);
    return outcome != Z_MEM_ERROR || pv_fail_memory(error);
}

static bool fail_part(pv_error *error) {
    return fail_damaged(error, "what one of its parts holds is not what was put into it");
}

/* What is against taking out an entry of this size. */
static bool check_size(const pv_package *package, const pv_package_entry *entry, const pv_limits *limits,
                       pv_error *error) {
    if (entry->size > limits->part_bytes)
        return pv_fail(error, PV_ERROR_LIMIT, "a part of the file unpacks to more than the limit of %zu bytes",
                       limits->part_bytes);
    if (entry->size > limits->unpacked_bytes - package->unpacked)
        return pv_fail(error, PV_ERROR_LIMIT, "the parts of the file unpack to more than the limit of %zu bytes",
                       limits->unpacked_bytes);
    if (entry->method == 0 ? entry->size != entry->packed_size : entry->size / DEFLATE_MOST > entry->packed_size)
        return fail_part(error);
    if (entry->size > limits->part_ratio_bytes && entry->size / limits->part_ratio > entry->packed_size)
        return pv_fail(error, PV_ERROR_LIMIT,
                       "a part of the file unpacks to more than %zu times its size, as those of no document do that "
                       "people write",
                       limits->part_ratio);
    return true;
}

/* Where the packed bytes of an entry begin; 0 when its header is not what the directory says. */
static uint64_t find_data(const pv_package *package, const pv_package_entry *entry) {
    pv_str bytes = package->bytes;
    uint64_t at = entry->start;
    if (!stands_at(bytes, at, ENTRY_SIZE, ENTRY_SIGNATURE))
        return 0;
    uint64_t name_size = read_16(bytes, at + 26);
    uint64_t data = at + ENTRY_SIZE + name_size + read_16(bytes, at + 28);
    if (data > entry->end || entry->packed_size > entry->end - data)
        return 0;
    return pv_str_equal((pv_str){bytes.data + at + ENTRY_SIZE, name_size}, entry->name) ? data : 0;
}

bool pv_package_unpack(pv_str *out, pv_arena *arena, pv_package *package, const pv_package_entry *entry,
                       const pv_limits *limits, pv_error *error) {
    *out = (pv_str){0};
    if (entry->flags & (FLAG_ENCRYPTED | FLAG_DIRECTORY_ENCRYPTED))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the archive that the file is is encrypted; save the document again without a password");
    if (entry->method != 0 && entry->method != Z_DEFLATED)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "a part of the file is packed by method %u, which office programs do not use; save it again "
                       "with the program that it was made with",
                       (unsigned)entry->method);
    if (!check_size(package, entry, limits, error))
        return false;
    uint64_t data = find_data(package, entry);
    if (data == 0)
        return fail_part(error);
    pv_str packed = {package->bytes.data + data, entry->packed_size};
    pv_str unpacked = packed;
    if (entry->method != 0) {
        char *room = pv_arena_room(arena, entry->size + 1);
        bool is_whole;
        if (!room)
            return pv_fail_memory(error);
        if (!inflate_to(room, entry->size, packed, pv_arena_memory(arena), &is_whole, error))
            return false;
        if (!is_whole)
            return fail_part(error);
        room[entry->size] = '\0';
        unpacked = (pv_str){room, entry->size};
    }
    if (crc32_z(0, (const Bytef *)unpacked.data, unpacked.size) != entry->crc)
        return fail_part(error);
    package->unpacked += entry->size;
    *out = unpacked;
    return true;
}
