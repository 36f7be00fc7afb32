/* Invariant: all lines that begin with a number, or before which the program made one, are known by it, in text order;
 * a number with several members shows that the one around it is there too. Whether a number is missing is asked of all
 * of them, in whatever way their lines are written. */
#ifndef PV_TEXT_LINE_NUMBERS_P_H
#define PV_TEXT_LINE_NUMBERS_P_H

#include "text/headings.h"

#define PV_NUMBER_LONGEST 40 /* bytes */

typedef enum pv_number_style { PV_NUMBER_FIGURE, PV_NUMBER_LETTER, PV_NUMBER_ROMAN } pv_number_style;

/* A number that is read: "4.7" has the prefix "4." and the ordinal 7. */
typedef struct pv_read_number {
    pv_str name;   /* "section", "table"; or empty */
    pv_str number; /* without what closes it */
    size_t prefix; /* bytes of number before its last member */
    size_t members;
    pv_number_style style;
    unsigned ordinal;
    unsigned letter; /* of one letter that is a Roman numeral too: its place in the alphabet; else 0 */
    bool suffixed;   /* "3a" */
    size_t start;    /* in its line */
    size_t end;      /* behind the number and what closes it */
    char close;      /* ".", ")", ":", "-"; a blank: nothing; NUL: its line ends */
} pv_read_number;

typedef struct pv_numbered_line {
    pv_read_number read;
    pv_span at;   /* the line */
    uint64_t key; /* of name and number */
    bool is_caption;
    bool is_contents;
    bool is_made;
    bool is_item;
    bool is_outer; /* the number is that of a part in which the line's own stands: "6.2" of "6.2.7" */
} pv_numbered_line;

typedef struct pv_numbered_lines {
    pv_str text;
    const pv_heading_list *headings;
    const pv_marks *marks; /* or NULL */
    pv_numbered_line *lines;
    size_t count;
    size_t *by_key; /* lines, by key and then by place */
} pv_numbered_lines;

/* A number with another last member. */
typedef struct pv_made_number {
    char text[PV_NUMBER_LONGEST + 16];
    size_t size;
} pv_made_number;

/* Reads the number that line begins with behind `start` bytes. */
bool pv_line_number_read(pv_str line, size_t start, pv_read_number *read);
/* Never 0. */
uint64_t pv_number_key(pv_str name, pv_str number);
/* Whether it is what captions begin with: "table". */
bool pv_number_names_caption(pv_str name);
pv_made_number pv_number_with_ordinal(const pv_read_number *read, unsigned ordinal);

/* In arena. */
bool pv_numbered_lines_find(pv_numbered_lines *out, pv_arena *arena, pv_str text, const pv_heading_list *headings,
                            const pv_marks *marks, pv_error *error) PV_MUST_CHECK;
/* The first line from place `from` on that begins with the number of this key; NULL where none does before `to`. */
const pv_numbered_line *pv_numbered_line_between(const pv_numbered_lines *all, uint64_t key, size_t from, size_t to);
/* Whether a line between two places begins with this number, so that it is not missing: a heading that is not marked
 * as one, a number in another shape. An item of a list in which the number before it stands too is none. */
bool pv_number_stands_between(const pv_numbered_lines *all, const pv_read_number *read, unsigned ordinal, size_t from,
                              size_t to);

#endif
