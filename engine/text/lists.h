/* Invariant: an enumerated item is one whose marker continues a sequence that began at its first member (1, a, i,
 * First) or is a bullet at the start of a line; "(2022)", "see 3)" or a lone "2." start nothing. No marker that is
 * written as those of a list around it is passed over because its number does not follow: it is an item, and says so.
 * Items come in text order; an item's parent stands before it. */
#ifndef PV_TEXT_LISTS_H
#define PV_TEXT_LISTS_H

#include "base/arena.h"
#include "base/error.h"

/* How far a line of the text was indented in its source, where folding took the blanks before it. */
typedef struct pv_line_indent {
    uint32_t at; /* byte offset of its first character */
    uint32_t columns;
} pv_line_indent;

/* The number or bullet that the program which shows a document makes before a paragraph: its author wrote none. */
typedef struct pv_made_label {
    uint32_t at; /* in the value: the first byte of what it stands before */
    pv_str label;
} pv_made_label;

/* Where lines of the source began that are no lines of the text, in order: folding made blanks of their line breaks;
 * how far lines of the text were indented, in order, those that were not left out; and the labels that were made before
 * parts of it, in order. */
typedef struct pv_line_starts {
    const uint32_t *at;
    size_t count;
    const pv_line_indent *indents;
    size_t indent_count;
    const pv_made_label *labels;
    size_t label_count;
} pv_line_starts;

typedef enum pv_marker_style {
    PV_MARKER_NUMBER, /* 1) (1) 1. — styles may be mixed within one list, as filers do: "1) 2) (3)"; [1] #1 ① 1: 1.1 */
    PV_MARKER_LETTER, /* a) (a) a. */
    PV_MARKER_ROMAN,  /* i) (i) i. — only where it opens a list and is followed by ii */
    PV_MARKER_BULLET, /* • – - * at the start of a line */
    PV_MARKER_WORD,   /* First, Secondly, Step 1: */
    PV_MARKER_NONE,   /* of a series */
} pv_marker_style;

#define PV_NO_PARENT SIZE_MAX

/* How surely it is an item. */
typedef enum pv_item_confidence {
    PV_ITEM_MARKED, /* its marker says so */
    PV_ITEM_LOOSE,  /* its list is marked as few are: "1)x", "1.) x", "Step 1 x", "The first is x" */
    PV_ITEM_SERIES, /* it has no marker, but is one of a series: "A, B, and C", "as follows: a; b; c" (series.h) */
} pv_item_confidence;

typedef enum pv_item_order {
    PV_ITEM_FOLLOWS,
    PV_ITEM_JUMPS,
    PV_ITEM_REPEATS,
    PV_ITEM_GOES_BACK,
} pv_item_order;

typedef struct pv_list_item {
    pv_marker_style style;
    pv_item_confidence confidence;
    pv_item_order order; /* how its number stands to that of the item before it in its list */
    unsigned previous;   /* and that number; 0 where order is PV_ITEM_FOLLOWS */
    unsigned ordinal;    /* 1-based, as written; for bullets the running number */
    unsigned depth;      /* 0 for the outer list */
    size_t list;         /* which of the outer lists it is in, from 0 */
    size_t parent;       /* index of the item this one is nested in, or PV_NO_PARENT */
    bool leaf;           /* nothing is nested in it */
    pv_span marker;      /* "1)", bytes */
    /* From after the marker to the next marker of this or an outer list, trimmed; of a list's last item, to the end of
     * the paragraph: what follows cannot be told from prose. Of markers behind what they number ("connect [step 1]"):
     * what stands before, from the one before it or the start of the sentence. */
    pv_span body;
} pv_list_item;

typedef struct pv_list_items {
    const pv_list_item *items;
    size_t count;  /* all levels */
    size_t leaves; /* items nothing is nested in: what a form counts when it asks for "3-4 steps" */
    size_t outer;  /* items that are nested in none */
    size_t lists;  /* separate outer lists found */
} pv_list_items;

/* The enumerated items of text, inline and block, in arena. A line feed in text is a paragraph break. starts may be
 * NULL. A made label is a marker like one that is written; the marker of its item is then empty, and before the body.
 * A list has two members or more (bullets: one), with wording after each. It is nested in the item before it when that
 * item's own list goes on later, or when it is written otherwise than the lists around it, or indented further, and
 * begins in the item's own sentence, or on the line directly after; otherwise it is an outer list of its own. */
bool pv_lists_find(pv_arena *arena, pv_str text, const pv_line_starts *starts, pv_list_items *out,
                   pv_error *error) PV_MUST_CHECK;

/* Whether line begins with a marker that tells the line break before it from one that wraps a line of prose. */
bool pv_marker_opens(pv_str line);

#endif
