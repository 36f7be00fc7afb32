/* Invariant: an enumerated item is one whose marker continues a sequence that began at its first member (1, a, i) or is
 * a bullet at the start of a line; "(2022)", "see 3)" or a lone "2." start nothing. Items come in text order; an item's
 * parent stands before it. */
#ifndef PV_TEXT_LISTS_H
#define PV_TEXT_LISTS_H

#include "base/arena.h"
#include "base/error.h"

typedef enum pv_marker_style {
    PV_MARKER_NUMBER, /* 1) (1) 1. — styles may be mixed within one list, as filers do: "1) 2) (3)" */
    PV_MARKER_LETTER, /* a) (a) a. */
    PV_MARKER_ROMAN,  /* i) (i) i. — only where it opens a list and is followed by ii */
    PV_MARKER_BULLET, /* • – - * at the start of a line */
} pv_marker_style;

#define PV_NO_PARENT SIZE_MAX

typedef struct pv_list_item {
    pv_marker_style style;
    unsigned ordinal; /* 1-based; for bullets the running number */
    unsigned depth;   /* 0 for the outer list */
    size_t parent;    /* index of the item this one is nested in, or PV_NO_PARENT */
    bool leaf;        /* nothing is nested in it */
    pv_span marker;   /* "1)", bytes */
    /* From after the marker to the next marker of this or an outer list, trimmed; of a list's last item, to the end of
     * the paragraph: what follows cannot be told from prose. */
    pv_span body;
} pv_list_item;

typedef struct pv_list_items {
    const pv_list_item *items;
    size_t count;  /* all levels */
    size_t leaves; /* items nothing is nested in: what a form counts when it asks for "3-4 steps" */
    size_t lists;  /* separate outer lists found */
} pv_list_items;

/* The enumerated items of text, inline and block, in arena. A line feed in text is a paragraph break.
 * A list has two members or more (bullets: one), with wording after each. It is nested in the item before it when that
 * item's own list goes on later, or when it is written otherwise than the lists around it and begins in the item's own
 * sentence, or on the line directly after; otherwise it is an outer list of its own. */
bool pv_lists_find(pv_arena *arena, pv_str text, pv_list_items *out, pv_error *error) PV_MUST_CHECK;

#endif
