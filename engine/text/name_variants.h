/* Invariant: "name variants 1". Two spellings are variants where a reader takes them for one name and they differ in
 * nothing that a sentence, a heading or the grammar asks for: each variant is one spelling that a text uses less often
 * than another, with every place of it. Capitals of a title or of a sentence's first word, lines in capitals, plurals
 * and a closing 's make none. */
#ifndef PV_TEXT_NAME_VARIANTS_H
#define PV_TEXT_NAME_VARIANTS_H

#include "text/headings.h"

typedef enum pv_variant_kind {
    PV_VARIANT_SPACING,      /* "Cal-AIM", "Healthcare Services": a hyphen, a blank or neither */
    PV_VARIANT_CAPITALS,     /* "CalAim", "MEDI-CAL" */
    PV_VARIANT_ACCENTS,      /* "Jose" */
    PV_VARIANT_APOSTROPHE,   /* "Childrens Bureau" */
    PV_VARIANT_ABBREVIATION, /* "Dept.", "&" */
    PV_VARIANT_SPELLING,     /* "Behavioural": British and American */
    PV_VARIANT_SLIP,         /* "Tulere County": a letter too many, missing, other or in another place */
    PV_VARIANT_COMPOUND,     /* "non-profit" and "nonprofit": no name, but one word */
} pv_variant_kind;

typedef struct pv_name_variant {
    pv_variant_kind kind;
    const pv_span *places; /* bytes, in text order */
    size_t count;
    pv_span usual; /* the first place of the spelling that is used more often; of two used as often, the earlier one */
    size_t usual_count;
} pv_name_variant;

/* In the order of their first places. */
typedef struct pv_name_variant_list {
    const pv_name_variant *variants;
    size_t count;
} pv_name_variant_list;

/* In arena; tokens are those of text, headings all of its (pv_headings_find_all), marks what the document says of it,
 * or NULL. Takes time in proportion to the tokens, and n log n in the names that are spelt in several ways. */
bool pv_name_variants_find(pv_name_variant_list *out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                           const pv_heading_list *headings, const pv_marks *marks, pv_error *error) PV_MUST_CHECK;

/* "spacing", "capitals" … */
const char *pv_variant_kind_name(pv_variant_kind kind);

#endif
