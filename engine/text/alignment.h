/* Invariant: "align 1". How sure it is that a part of a text is what a row asks for depends on the text and the row
 * alone, not on the other rows, and is exact: hundredths of a percent, cut, not rounded.
 *
 * The key words of a name are its tokens without the small words (articles, conjunctions, prepositions), a plural "s"
 * folded; where all are small, all of them. A key word weighs 840 / k, k being how many headings of the text hold it
 * (at least 1, at most 8): a word of many headings tells little. Of the row's name and aliases the one counts that
 * gives most:
 *   heading        100 %: the title has the key words of the name and no others, in any order
 *   heading words  60 % of the share of the name's weight that the title holds, and 40 % of the share of the title's
 *                  weight that the name holds
 *   body           50 %: the words of the name stand in a row in the first paragraph under the heading; 40 % in a later
 *                  one, and 30 % and 20 % when the name is a single word. A name in capitals matches only capitals
 *                  there.
 * What gives less than 20 % is no alignment. A part whose title is that of a table of contents is none. */
#ifndef PV_TEXT_ALIGNMENT_H
#define PV_TEXT_ALIGNMENT_H

#include "text/headings.h"
#include "text/tokens.h"

#define PV_ALIGNMENT_VERSION "align 1"
#define PV_ALIGNMENTS_A_ROW 8           /* the best so many parts are kept */
#define PV_ALIGNMENT_STEPS_MAX 20000000 /* titles held against names: headings * words * names */
#define PV_ALIGNMENT_CERTAIN 10000
#define PV_ALIGNMENT_LEAST 2000

typedef enum pv_alignment_how {
    PV_ALIGNMENT_HEADING,
    PV_ALIGNMENT_WORDS,
    PV_ALIGNMENT_BODY,
    PV_ALIGNMENT_LIST, /* of "align 2" alone: an entry of a list names the row */
} pv_alignment_how;

/* One name or alias of a row. */
typedef struct pv_align_name {
    pv_str name;
    size_t row; /* its index; names come row by row, in order */
} pv_align_name;

typedef struct pv_alignment {
    size_t part; /* index of a heading */
    size_t name; /* index of the name that it was held against */
    pv_alignment_how how;
    unsigned confidence; /* hundredths of a percent */
    pv_span at;          /* the heading, or the words of the body, bytes */
} pv_alignment;

/* The parts that may be a row, best first, and of those as good as each other in text order. */
typedef struct pv_row_alignments {
    pv_alignment best[PV_ALIGNMENTS_A_ROW];
    size_t count;
} pv_row_alignments;

/* For each of rows rows, in arena. headings and tokens are those of text. More work than PV_ALIGNMENT_STEPS_MAX is
 * PV_ERROR_LIMIT; a name without a token PV_ERROR_SHAPE. */
bool pv_align(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_token_list *tokens,
              const pv_align_name *names, size_t name_count, size_t rows, pv_row_alignments **out,
              pv_error *error) PV_MUST_CHECK;
/* Puts found among the best of its row; of one part only the best stays; bodies_apart: and the best of what stands
 * under its heading. */
void pv_alignment_offer(pv_row_alignments *row, const pv_alignment *found, bool bodies_apart);
/* "heading", "heading words", "body", "list". */
const char *pv_alignment_how_name(pv_alignment_how how);
/* The words of title that name has too, with commas between, in arena: what decided. */
bool pv_alignment_words(pv_arena *arena, pv_str title, pv_str name, pv_str *out, pv_error *error) PV_MUST_CHECK;

#endif
