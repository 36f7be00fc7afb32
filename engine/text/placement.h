/* Invariant: "align 2". Which part of a text is what a row asks for is told from headings, as by "align 1", and from
 * where they stand, how they are numbered and what the other rows ask for: the rows are held against the text together.
 * It depends on the text and the rows alone, and is exact: hundredths of a percent, cut, not rounded.
 *
 * A word weighs 840 / k, k being how many rows have it in a name (at most 8), 420 where none has, and nothing where it
 * is a number or stands only in numbered names ("Pre-print Section 4"). The headings are those of text/headings.h and
 * the entries of tables of contents. A title gives a name
 *   70 % of the share of the name that it has, and 30 % of the share of the title that the name has; a word of which
 *   only the first seven letters are the same counts seven tenths, one that another row explains, whose name is there
 *   in full, three quarters; a heading with nothing under it is held against the names with the next one, too (97 %);
 *   at most 70 % by an alias of one word, 85 % by one of two, 96 % by any other, 79 % where a word of the name is
 *   missing or less than half of the title is the name; 90 % of it where other rows explain more of the title, 50 %
 *   where another row explains all that this one does, and more;
 *   a number closes 60 % of what is missing: in the heading, in its second line, or in the first eight words under it.
 * What is left of that, by what the heading is: an entry of a list 30 %; an element of a list that a page's end parts
 * 60 %; a sentence 80 %; with less than eight words under it 80 %; on the title page 50 % and of words that come three
 * times or more 88 %, where the title is not the name and nothing else. By where it stands: in an appendix 60 % (30 %
 * where the part is an attachment asked for), outside of one 85 % of what is called one; not written as most of the
 * parts asked for are 80 %, 90 % or 95 % (these have numbers, capitals, neither), and 90 % of that inside the part of
 * another row. 2 % more between the parts of the rows before and after, though not from below 79 % beyond it; 3 % more
 * with the row's own number where the headings have those of the rows. Last, where a part of other words comes within
 * 10 %, what is missing of these.
 *
 * Where no heading says it: an entry of a list 45 %, the first line under a heading 40 %, a later one 30 %, 15 % less
 * for a single word. Less than 20 % is no alignment. */
#ifndef PV_TEXT_PLACEMENT_H
#define PV_TEXT_PLACEMENT_H

#include "text/alignment.h"

#define PV_PLACEMENT_VERSION "align 2"
#define PV_PLACEMENT_STEPS_MAX 40000000 /* words of titles * words of names; parts * rows * rows */

/* For each of rows rows, in arena. headings are all of text (pv_headings_find_all), tokens its own. A row is called an
 * appendix by a name that begins so ("Attachment I"). More work than PV_PLACEMENT_STEPS_MAX is PV_ERROR_LIMIT; a name
 * without a token PV_ERROR_SHAPE. */
bool pv_placement_find(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_token_list *tokens,
                       const pv_align_name *names, size_t name_count, size_t rows, pv_row_alignments **out,
                       pv_error *error) PV_MUST_CHECK;

#endif
