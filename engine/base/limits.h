/* Invariant: every limit that outside input can meet stands here, with its unit; meeting one is a fault, never a
 * result. */
#ifndef PV_BASE_LIMITS_H
#define PV_BASE_LIMITS_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pv_limits {
    size_t source_bytes;       /* one submission, manifest or form, or one file beside a submission */
    size_t attached_files;     /* files beside a submission that it may name */
    size_t attached_bytes;     /* of all of them */
    size_t yaml_depth;         /* mappings and sequences inside one another */
    size_t yaml_events;        /* per source */
    size_t table_rows;         /* per source; empty ones too */
    size_t table_columns;      /* cells in one row */
    size_t table_cells;        /* per source */
    size_t package_bytes;      /* one file that is an archive: a Word document, a workbook */
    size_t package_entries;    /* parts in one */
    size_t part_bytes;         /* one of them, unpacked */
    size_t unpacked_bytes;     /* all that are read of one package */
    size_t part_ratio;         /* unpacked to packed bytes, of a part that unpacks to more than part_ratio_bytes */
    size_t part_ratio_bytes;   /* smaller ones are harmless, and XML packs well */
    size_t xml_depth;          /* elements inside one another */
    size_t converted_bytes;    /* what another program makes of a file: the words of a PDF, a document saved anew */
    size_t page_words;         /* of a document that is read page by page */
    size_t problems;           /* of one kind, per submission, each of which is said; one more stands for the rest */
    size_t findings;           /* of one rule and subject, each of which is said; others stand for the rest */
    size_t rule_file_bytes;    /* one Lua file */
    size_t pattern_bytes;      /* one regular expression */
    uint32_t pattern_steps;    /* PCRE2 match limit, as machine code */
    size_t pattern_subject;    /* bytes one pattern may be run over */
    int64_t fuel;              /* per rule and subject: VM instructions, allocation, library work */
    size_t lua_bytes;          /* per Lua state */
    size_t lua_string_bytes;   /* one string */
    uint32_t cpu_milliseconds; /* per rule and subject; a backstop whose outcome is always a fault */
} pv_limits;

/* The starting limits: 4 MB, 1000 files of 64 MB, depth 64, 1 M events, 100 k rows of 1 k cells, 500 k cells, packages
 * of 256 MB and 20 k parts of 128 MB, 256 MB unpacked, ratio 200 above 16 MB, XML depth 1000, 256 MB and 4 M words of
 * a conversion, 1000 problems of a kind,
 * 100 findings of a rule and subject, 1 MB rule file, 4 kB pattern, 100 k steps, 64 kB subject, fuel 5 M, 64 MB per
 * state, 1 MB per string, 2 s. */
static inline pv_limits pv_limits_default(void) {
    return (pv_limits){
        .source_bytes = (size_t)4 << 20,
        .attached_files = 1000,
        .attached_bytes = (size_t)64 << 20,
        .yaml_depth = 64,
        .yaml_events = 1000000,
        .table_rows = 100000,
        .table_columns = 1000,
        .table_cells = 500000,
        .package_bytes = (size_t)256 << 20,
        .package_entries = 20000,
        .part_bytes = (size_t)128 << 20,
        .unpacked_bytes = (size_t)256 << 20,
        .part_ratio = 200,
        .part_ratio_bytes = (size_t)16 << 20,
        .xml_depth = 1000,
        .converted_bytes = (size_t)256 << 20,
        .page_words = 4000000,
        .problems = 1000,
        .findings = 100,
        .rule_file_bytes = (size_t)1 << 20,
        .pattern_bytes = 4096,
        .pattern_steps = 100000,
        .pattern_subject = (size_t)64 << 10,
        .fuel = 5000000,
        .lua_bytes = (size_t)64 << 20,
        .lua_string_bytes = (size_t)1 << 20,
        .cpu_milliseconds = 2000,
    };
}

/* Every one of them: what is known under some limits may not hold under others. */
#define PV_LIMIT_COUNT 27
static_assert(sizeof(size_t) != 8 || sizeof(pv_limits) == PV_LIMIT_COUNT * 8, "each limit is listed below");
static inline void pv_limits_list(const pv_limits *limits, uint64_t out[PV_LIMIT_COUNT]) {
    const uint64_t all[PV_LIMIT_COUNT] = {
        limits->source_bytes,  limits->attached_files,   limits->attached_bytes,   limits->yaml_depth,
        limits->yaml_events,   limits->table_rows,       limits->table_columns,    limits->table_cells,
        limits->package_bytes, limits->package_entries,  limits->part_bytes,       limits->unpacked_bytes,
        limits->part_ratio,    limits->part_ratio_bytes, limits->xml_depth,        limits->converted_bytes,
        limits->page_words,    limits->problems,         limits->findings,         limits->rule_file_bytes,
        limits->pattern_bytes, limits->pattern_steps,    limits->pattern_subject,  (uint64_t)limits->fuel,
        limits->lua_bytes,     limits->lua_string_bytes, limits->cpu_milliseconds,
    };
    for (size_t i = 0; i < PV_LIMIT_COUNT; i++)
        out[i] = all[i];
}

#endif
