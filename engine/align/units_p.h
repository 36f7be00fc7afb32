/* Invariant: units are the blocks of a document that say something of its own, in reading order: what pages print
 * around their text, and the footnotes that the form prints, float past them and are none. Every unit may reach the
 * places of the form that the measures around it hold, told by wording that no other measure of the form has. */
#ifndef PV_ALIGN_UNITS_P_H
#define PV_ALIGN_UNITS_P_H

#include "align/labelling_p.h"
#include "model/blocks.h"

/* The blocks without what controls show until they are filled in, which nobody wrote and which answers nothing; blocks
 * itself where there is no such text. In arena. */
bool pv_blocks_without_prompts(const pv_blocks **out, pv_arena *arena, const pv_blocks *blocks,
                               pv_error *error) PV_MUST_CHECK;

typedef struct pv_unit_list {
    pv_unit *units;
    const pv_block **blocks; /* of each */
    pv_token_list *tokens;   /* the same, places in the block's text */
    bool *cut;               /* something floats between it and the one before */
    bool *tabled;            /* a table of records does */
    size_t count;
} pv_unit_list;

/* The units of a document, in arena; where they reach is not set. taken: per block, that it is none; NULL: all may
 * be. */
bool pv_units_find(pv_unit_list *out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks, const bool *taken,
                   pv_error *error) PV_MUST_CHECK;

/* What of a form is found in a document. */
typedef struct pv_found_form {
    size_t asked;                /* prompts */
    size_t found;                /* of them */
    const pv_measure **measures; /* those that are there, in the document's order */
    size_t measure_count;
    uint32_t *first, *last; /* of each: the unit by which it has surely begun, and before which it surely is not over;
                             * UINT32_MAX and 0 where nothing tells */
} pv_found_form;

bool pv_units_recognise(pv_found_form *out, pv_arena *arena, const pv_form *form, const pv_unit_list *units,
                        pv_error *error) PV_MUST_CHECK;
/* Sets where the units reach. */
void pv_units_reach(pv_unit_list *units, const pv_found_form *found, const pv_printed *printed);

/* Texts that a form prints besides prompts. */
typedef struct pv_printed_texts {
    const pv_token_list *texts;
    size_t count;
} pv_printed_texts;

/* How many of these lines, from the first on, are those of a text from *from on, or together a part of one of some
 * length; *text, *from: the text and where the words before ended in it, which then are set to where these end. Among
 * answers it takes more words. */
size_t pv_printed_lines(const pv_printed_texts *all, const pv_token_list *lines, size_t count, bool among_answers,
                        size_t *text, size_t *from);

#endif
