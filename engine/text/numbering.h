/* Invariant: a break is told only where the numbers around it leave no other reading: a number that is missing is
 * looked for in all that begins a line between its neighbours, and numbering may begin anew in every part, and behind
 * every heading without a number. Numbers that the program makes are never broken; they count as there. */
#ifndef PV_TEXT_NUMBERING_H
#define PV_TEXT_NUMBERING_H

#include "text/headings.h"
#include "text/lists.h"

typedef enum pv_numbering_kind {
    PV_NUMBERING_JUMPS,     /* 2, 4 */
    PV_NUMBERING_REPEATS,   /* 2, 2 */
    PV_NUMBERING_GOES_BACK, /* 3, 2 */
} pv_numbering_kind;

typedef enum pv_numbered_kind {
    PV_NUMBERED_HEADING,
    PV_NUMBERED_CAPTION, /* of a table, a figure */
    PV_NUMBERED_ITEM,
} pv_numbered_kind;

typedef struct pv_numbering_break {
    pv_numbering_kind kind;
    pv_numbered_kind of;
    pv_span at;       /* the number; of a caption with its word */
    pv_span previous; /* the one that it does not follow; empty where it should be the first */
    pv_str expected;  /* what would follow: "2.2"; empty where that is not told */
} pv_numbering_break;

/* What a line begins with, or the program made before it. */
typedef struct pv_line_number {
    pv_str name;   /* "section", "table"; empty without one */
    pv_str number; /* "4.7", "A" */
    pv_span at;    /* bytes, name included; of one that is made the empty span before its line */
    bool is_made;
} pv_line_number;

typedef struct pv_numbering {
    const pv_numbering_break *breaks; /* in text order */
    size_t break_count;
    const pv_line_number *numbers; /* in text order, of tables of contents too */
    size_t number_count;
} pv_numbering;

/* How the headings, captions and lists of text are numbered, in arena. */
bool pv_numbering_find(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_marks *marks,
                       const pv_list_items *items, pv_numbering *out, pv_error *error) PV_MUST_CHECK;

#endif
