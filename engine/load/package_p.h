/* Invariant: a package is a ZIP archive in memory, as its central directory tells it. Nothing in it is a path: names
 * are compared and never opened. No two entries share a byte, so what unpacks is bounded by what was handed in and by
 * the limits; what the directory says of an entry (size, checksum) is checked before its bytes are believed. */
#ifndef PV_LOAD_PACKAGE_P_H
#define PV_LOAD_PACKAGE_P_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"

typedef struct pv_package_entry {
    pv_str name; /* as the directory has it; borrowed from the package's bytes, and in no known encoding */
    uint16_t flags;
    uint16_t method; /* 0 stored, 8 deflated */
    uint32_t crc;
    uint64_t packed_size;
    uint64_t size;
    uint64_t record;     /* where its record in the central directory begins, */
    uint64_t record_end; /* and ends */
    uint64_t start;      /* where its own header begins, */
    uint64_t end;        /* and where what follows it does: the next entry, or what stands before the directory */
} pv_package_entry;

typedef struct pv_package {
    pv_str bytes;
    pv_package_entry *entries; /* in the order of the directory */
    size_t count;
    uint64_t shift;         /* what stands before the archive, and its offsets leave out: mostly 0 */
    uint64_t directory;     /* where the central directory begins, */
    uint64_t directory_end; /* and ends: the end records follow */
    bool has_large_records; /* of ZIP64 */
    uint64_t unpacked;      /* bytes taken out of it so far */
} pv_package;

/* Reads the directory of bytes, which must outlive arena. Refused in a filer's words: no archive at all (an old or
 * encrypted office file, a PDF, text), one that is cut off, in several disks, or over the limits. */
bool pv_package_open(pv_package **out, pv_arena *arena, pv_str bytes, const pv_limits *limits,
                     pv_error *error) PV_MUST_CHECK;
/* Whether bytes begin as those of a package do. */
bool pv_package_is_likely(pv_str bytes);
/* The entry of a part by its name, "word/document.xml": a leading slash, \ for / and the case of ASCII letters make no
 * difference, as in the packages' own standard. *out: NULL when there is none. Two entries of one name with the same
 * contents are one (the first); programs differ on which of two others counts, so those are refused. */
bool pv_package_find(const pv_package_entry **out, const pv_package *package, pv_str name,
                     pv_error *error) PV_MUST_CHECK;
/* The bytes of an entry, checked: borrowed from the package where they are stored, else in arena. */
bool pv_package_unpack(pv_str *out, pv_arena *arena, pv_package *package, const pv_package_entry *entry,
                       const pv_limits *limits, pv_error *error) PV_MUST_CHECK;

/* ---- writing one anew (package_writer.c) ---- */

/* A part with other contents than it has. */
typedef struct pv_package_change {
    const pv_package_entry *entry; /* NULL: a part that is added */
    pv_str name;                   /* of one that is added */
    pv_str content;
} pv_package_change;

/* Appends the package with these changes to out, which is empty; entries that are not changed, and what stands around
 * them, stay byte for byte. PV_ERROR_REFUSED: an archive of ZIP64, or one that would become it. */
bool pv_package_rewrite(pv_buf *out, pv_arena *scratch, const pv_package *package, const pv_package_change *changes,
                        size_t count, pv_error *error) PV_MUST_CHECK;

#endif
