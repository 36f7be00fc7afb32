/* Invariant: what a form prints is one row of words in the order in which it prints them, cut into regions without gap:
 * the heading of a measure with its description, then its prompts. Each word has a price, which leaving it out costs:
 * little where forms as filed often lack it (numbers, titles, "100 word limit"). */
#ifndef PV_ALIGN_PRINTED_P_H
#define PV_ALIGN_PRINTED_P_H

#include "model/form.h"

/* Prices are thousandths of a word. */
#define PV_PRICE_WORD 1000
#define PV_PRICE_SOFT 250
#define PV_PRICE_TITLE 500
#define PV_PRICE_LIMIT 500 /* of "100 word limit" */

typedef struct pv_printed_word {
    uint64_t hash;
    uint32_t price;
} pv_printed_word;

typedef struct pv_printed_region {
    uint32_t start, end; /* words */
    uint32_t answers;    /* of a prompt: the first place, between words, at which its answer may stand; to the end */
    uint32_t skip;       /* what leaving out the whole region, or all that is left of it, costs at most */
    const pv_measure *measure;
    const pv_item *item; /* NULL: a heading */
} pv_printed_region;

typedef struct pv_printed {
    const pv_printed_word *words;
    size_t count;
    const pv_printed_region *regions;
    size_t region_count;
    const uint32_t *zones; /* per place between words, 0 to count: the region whose answer may stand there, or
                            * PV_NO_REGION */
} pv_printed;

#define PV_NO_REGION UINT32_MAX

/* What these measures print, in this order, in arena. */
bool pv_printed_build(pv_printed *out, pv_arena *arena, const pv_form *form, const pv_measure *const *measures,
                      size_t count, pv_error *error) PV_MUST_CHECK;
/* Whether every character of a word is a digit. */
bool pv_word_is_number(pv_str text, pv_span at);

#endif
