/* Invariant: a source is valid UTF-8 without NUL, its bytes never change, and it outlives every span into it.
 * Positions are byte offsets everywhere; what they are called (line and column, page, paragraph, cell) is for the
 * source's ruler to say, when something is printed. Files may be attached to a source: their bytes continue its
 * offsets, so that an offset says which file it lies in, and the end of one is never the start of the next. No span
 * reaches from one into another. A span that reaches over a cut is several parts, and the cut is none of it. */
#ifndef PV_MODEL_SOURCE_H
#define PV_MODEL_SOURCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"

typedef struct pv_ruler pv_ruler;

/* An answer that other words stand between: the rest of its prompt, what the pages print around their text. */
typedef struct pv_cut_answer pv_cut_answer;

/* A file: one that was read, or one attached to it. */
typedef struct pv_source {
    pv_str path;   /* as the user gave it; "-" for standard input. Of an attached file: as the user would open it */
    pv_str bytes;  /* a byte order mark, where there is one, included */
    uint32_t base; /* the offset of the first of them; 0 but for an attached file */
    const uint32_t *line_starts; /* counted from base */
    size_t line_count;           /* at least 1 */
    bool has_odd_characters;    /* control characters but tab, LF and CR; U+2028, U+2029; a U+FEFF inside; U+FFFE … */
    const pv_ruler *ruler;      /* how its places are called; NULL: by line and column */
    pv_cut_answer *cut_answers; /* in the order added */
    size_t cut_answer_count;
    size_t cut_answer_capacity;
    struct pv_source **attached; /* in the order attached, which is that of their offsets */
    size_t attached_count;
    size_t attached_capacity;
} pv_source;

/* 1-based; the column counts Unicode code points, a byte order mark not among them. */
typedef struct pv_position {
    uint32_t line;
    uint32_t column;
} pv_position;

/* A place in words: "line 3, column 5", "page 2, paragraph 7", "cell B3". */
typedef struct pv_source_place {
    char text[64];
} pv_source_place;

/* What a place is called in a document that is no file of lines; 0 and empty where it does not apply. */
typedef struct pv_spot {
    uint32_t page;
    uint32_t paragraph; /* in the document, tables included */
    pv_str sheet;
    char cell[16]; /* "B3" */
    bool has_box;  /* where on the page: points from its upper left corner, in hundredths */
    int32_t left, top, right, bottom;
} pv_spot;

/* How the places of a file are called. A loader whose text is not the file's own bytes hands one to the source it
 * makes; it may begin a larger struct, with what the loader knows of pages or cells. */
struct pv_ruler {
    /* Of an offset of the file. As line and column count what a reader of this kind of file would count: rows,
     * paragraphs. */
    pv_position (*locate)(const pv_ruler *ruler, const pv_source *file, size_t offset);
    pv_source_place (*describe)(const pv_ruler *ruler, const pv_source *file, size_t offset);
    /* The spot of an offset; NULL: the file has lines and columns alone. */
    void (*spot)(const pv_ruler *ruler, const pv_source *file, size_t offset, pv_spot *out);
    /* The same ruler in arena, for a copy of its file; NULL when memory is refused. */
    const pv_ruler *(*copy)(const pv_ruler *ruler, pv_arena *arena);
};

/* A path without "./" before it: how files of the folder worked in are named, in every report alike. */
pv_str pv_path_relative(pv_str path);

/* A source over borrowed bytes (which must outlive arena). Refused: over the limit, not UTF-8, NUL inside;
 * error.where is the byte at fault. Lines end in LF, CRLF or CR. On an encoding error *out is still set, so the
 * place can be printed. */
bool pv_source_new(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                   pv_error *error) PV_MUST_CHECK;
/* What pv_source_new asks of the bytes: UTF-8 without NUL. */
bool pv_source_check_encoding(pv_str bytes, pv_error *error) PV_MUST_CHECK;
/* Attaches a file, over borrowed bytes, measured by line and column. On any error nothing is attached, and error has
 * no place: of an encoding error the message names the file, line and column. */
bool pv_source_attach(pv_source *source, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                      const pv_source **out, pv_error *error) PV_MUST_CHECK;
/* Attaches a copy of a file (what is attached to it left aside), which may then go. Its size is bounded by the
 * offsets alone. */
bool pv_source_attach_copy(pv_source *source, pv_arena *arena, const pv_source *file, const pv_source **out,
                           pv_error *error) PV_MUST_CHECK;
/* Attaches a file of so many bytes, which are not there: of its places there are only the offsets, until it is filled
 * with those of the same file read anew. */
bool pv_source_attach_outline(pv_source *source, pv_arena *arena, pv_str path, size_t size, pv_source **out,
                              pv_error *error) PV_MUST_CHECK;
bool pv_source_fill(pv_source *outline, pv_arena *arena, const pv_source *file, pv_error *error) PV_MUST_CHECK;
/* What a path beside source is called from the folder that source stands in: the same wherever that is. */
pv_str pv_source_sibling_name(const pv_source *source, pv_str path);
/* The file that an offset lies in: source, or one attached to it. */
const pv_source *pv_source_part(const pv_source *source, size_t offset);
pv_str pv_source_path_at(const pv_source *source, size_t offset);
/* Where an offset lies in the file that it lies in, as the file's ruler has it; and the same for people. */
pv_position pv_source_locate(const pv_source *source, size_t offset);
pv_source_place pv_source_describe(const pv_source *source, size_t offset);
/* Its spot: all zero in a file that has lines and columns alone. */
pv_spot pv_source_spot(const pv_source *source, size_t offset);
/* Whether whoever opens the file that offset lies in finds its lines: false of a document, whose places are called by
 * page, paragraph or cell, and whose lines are those of the text taken out of it. */
bool pv_source_has_lines(const pv_source *source, size_t offset);
/* The bytes of a span, which lie in one file, with those of cuts. */
pv_str pv_source_slice(const pv_source *source, pv_span span);

/* ---- parts ---- */

/* Adds a cut: bytes of the file that lie between two parts of the answer that takes up `answer`, and are none of it.
 * Those of one answer come one after the other, in their order; no part between them is empty. Answers may reach into
 * one another's cuts, as those in two columns do. */
bool pv_source_add_cut(pv_source *file, pv_arena *arena, pv_span answer, pv_span cut, pv_error *error) PV_MUST_CHECK;

/* The parts of a span, in order: at least one. */
typedef struct pv_parts {
    const pv_source *file;
    pv_span span;
    const pv_span *cuts; /* those it reaches over: they lie between the parts. They count from the file's base */
    size_t cut_count;
} pv_parts;

/* Of a span of an answer, which reaches over a cut when it begins in one of its parts and ends in a later one. */
pv_parts pv_source_parts(const pv_source *source, pv_span span);
static inline size_t pv_parts_count(const pv_parts *parts) {
    return parts->cut_count + 1;
}
/* Without the white space at a cut. */
pv_span pv_parts_at(const pv_parts *parts, size_t index);
/* The bytes of a span without those of cuts, each further part on a line of its own. Where there are several they are
 * put into scratch, which is emptied before, and stand there until it changes. */
pv_str pv_source_words(const pv_source *source, pv_span span, pv_buf *scratch);

/* Of one file (pv_source_part), what is attached to it left aside. */

/* Offset of the first character: after the byte order mark, where there is one. */
size_t pv_source_text_start(const pv_source *file);
/* Offset after the last character. */
size_t pv_source_end(const pv_source *file);
/* The line (1-based) that an offset lies in, of the file's bytes, whatever its ruler calls it. */
uint32_t pv_source_line_at(const pv_source *file, size_t offset);
/* The bytes of a line (1-based), without its line break. */
pv_str pv_source_line(const pv_source *file, uint32_t line);
/* Offset at which a line (1-based) starts; past the last line: the end of the file. */
size_t pv_source_line_start(const pv_source *file, uint32_t line);

#endif
