/* Invariant: what comes of a document is what the same submission in YAML would give: each text under the item that it
 * answers, with the place of each of its bytes, and nothing that the form prints. What could not be told with certainty
 * says so; what answers nothing is a problem, and is in no answer. */
#ifndef PV_ALIGN_ALIGN_H
#define PV_ALIGN_ALIGN_H

#include "model/blocks.h"
#include "model/form.h"
#include "model/node.h"

bool pv_align_recognise(pv_recognition *out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                        pv_error *error) PV_MUST_CHECK;
/* The submission on form that the blocks of source hold, in arena; problems: so many of a kind are kept. Refused is a
 * document that is not on this form, and one that is too long for it (PV_ERROR_LIMIT). Notes in source what lies
 * between the parts of an answer; source: NULL, as of a view in which what stood may lie in any order: not. */
bool pv_align_document(pv_document **out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                       pv_source *source, size_t problems, pv_error *error) PV_MUST_CHECK;

#endif
