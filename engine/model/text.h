/* Invariant: a pv_text is a value that knows, for each of its bytes, the source bytes it was made from. Segments
 * cover the value from 0 to its end without gap, in order; equal lengths on both sides mean that byte n came from
 * byte n. */
#ifndef PV_MODEL_TEXT_H
#define PV_MODEL_TEXT_H

#include "base/arena.h"
#include "base/error.h"
#include "text/lists.h"
#include "text/marks.h"

typedef struct pv_segment {
    pv_span value;  /* bytes of the value */
    pv_span source; /* the bytes they came from; a different length for an escape or a folded line break */
} pv_segment;

typedef struct pv_text pv_text;
struct pv_text {
    pv_str value;
    pv_span span; /* the whole scalar in the source, quotes or block indicator included */
    const pv_segment *segments;
    size_t segment_count;
    bool exact;            /* false: one coarse segment, because the map's self-check failed */
    bool is_prose_of_part; /* made of a part of a document: of its marks only those of the source, the code, count */
    const pv_line_indent *indents; /* of its lines that folding took blanks from, in order */
    size_t indent_count;
    const pv_made_label *labels; /* in order; they are no part of the value, and no words of it */
    size_t label_count;
    const pv_marks *marks; /* of a whole document; NULL where none are known, and of a part of one */
};

/* Source bytes that value bytes [start, end) were made from. An empty range gives the empty source span where the next
 * byte comes from (at the end: after the last). */
pv_span pv_text_locate(const pv_text *text, size_t start, size_t end);
/* A part of text, sharing its bytes; segments are cut to fit, in arena, and so are made labels; those of the whole are
 * shared too. */
bool pv_text_slice(pv_text *out, pv_arena *arena, const pv_text *text, size_t start, size_t end,
                   pv_error *error) PV_MUST_CHECK;
/* What the line breaks of a text mean. */
typedef enum pv_wrapping {
    PV_WRAPPING_NONE, /* each ends a paragraph */
    PV_WRAPPING_HARD, /* lines are wrapped: a single one is inside a paragraph, unless a list marker follows it */
    /* As none; and lines were wrapped, and are joined already by a space made of the line break and of the blanks after
     * it: the only space of the text that is not byte for byte its source. */
    PV_WRAPPING_JOINED,
} pv_wrapping;

/* The text as prose: trimmed; white space runs that hold line breaks become one space inside a paragraph and one
 * line feed between paragraphs; all other white space stays. Where a wrapped line ends within a word, at its hyphen,
 * nothing comes between. */
bool pv_text_fold(pv_text *out, pv_arena *arena, const pv_text *text, pv_wrapping wrapping,
                  pv_error *error) PV_MUST_CHECK;
/* Whether a line that is wrapped ends within a word, at its hyphen: "on-" before "demand", not "short-" before "or
 * long-term". Neither has white space where they meet. */
bool pv_text_joins_at_hyphen(pv_str line, pv_str next);
/* Where in value bytes [start, end) a line of the source begins whose line break folding made a blank, and how far
 * lines of the value were indented; they count from start. In arena. */
bool pv_text_line_starts(const pv_text *text, size_t start, size_t end, pv_arena *arena, pv_line_starts *out,
                         pv_error *error) PV_MUST_CHECK;
/* How many words the made labels that stand before something in value bytes [start, end) would be if they had been
 * written: so many more some readers count. */
size_t pv_text_label_words(const pv_text *text, size_t start, size_t end);
/* The enumerated items of value bytes [start, end), in arena (pv_lists_find), counted from start: those that made
 * labels enumerate too, whose marker is the empty span before what the label stands before. */
bool pv_text_find_items(const pv_text *text, size_t start, size_t end, pv_arena *arena, pv_list_items *out,
                        pv_error *error) PV_MUST_CHECK;
#define PV_LABELLED_SIZE 96
/* ", 102 with the numbers and bullets that the word processor adds", after a count of words. */
void pv_labelled_count(size_t count, char out[PV_LABELLED_SIZE]);
/* True when nothing but white space and characters that show nothing is in it. */
bool pv_text_is_blank(const pv_text *text);
/* Whether its document shows letter by letter what value byte offset stands in, as programs are. */
bool pv_text_is_code(const pv_text *text, size_t offset);
/* A text all of which was made from these source bytes: one segment. */
bool pv_text_made_from(pv_text *out, pv_arena *arena, pv_str value, pv_span source, pv_error *error) PV_MUST_CHECK;
/* A text whose source is itself: value byte n is source byte base + n (examples, tests, plain sources). */
bool pv_text_verbatim(pv_text *out, pv_arena *arena, pv_str value, size_t base, pv_error *error) PV_MUST_CHECK;

/* ---- making a text ---- */

/* Segments being gathered: they cover the value from 0 to `covered` without gap, in order, as few as possible: what
 * continues the last one byte for byte on both sides becomes part of it. Nothing reaches the arena before _finish. */
typedef struct pv_segment_list {
    pv_arena *arena;
    pv_segment *items; /* NULL while `local` is enough */
    size_t count;
    size_t capacity;
    uint32_t covered;     /* bytes of the value so far */
    pv_segment local[48]; /* a response of 100 words needs some 15 */
} pv_segment_list;

/* Makes list empty; its segments will live in arena. */
void pv_segments_begin(pv_segment_list *list, pv_arena *arena);
/* The next size bytes of the value came from these source bytes. */
bool pv_segments_add(pv_segment_list *list, size_t size, pv_span source, pv_error *error) PV_MUST_CHECK;
/* The next bytes of the value came from where bytes [start, end) of text came from. */
bool pv_segments_add_part(pv_segment_list *list, const pv_text *text, size_t start, size_t end,
                          pv_error *error) PV_MUST_CHECK;
/* Gives out->segments and out->segment_count. The list is used up, whatever the outcome. */
bool pv_segments_finish(pv_segment_list *list, pv_text *out, pv_error *error) PV_MUST_CHECK;
/* Frees what a list holds that will not be finished; returns false, so that callers can `return` it. */
bool pv_segments_abandon(pv_segment_list *list);

#endif
