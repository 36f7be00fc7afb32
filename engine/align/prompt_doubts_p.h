/* Invariant: an answer, or that there is none, may be another prompt's wherever its own prompt was not surely found,
 * and found whole: then it is doubted, with a sentence that says why. */
#ifndef PV_ALIGN_PROMPT_DOUBTS_P_H
#define PV_ALIGN_PROMPT_DOUBTS_P_H

#include "align/answers_p.h"

/* Of each region why what answers it may be another prompt's, in arena; NULL: it may not, or it is a heading. Where
 * prompts of a measure are without an answer and the answers to others are not certain, none of it is. firsts: of each
 * region the first unit of its answer; SIZE_MAX: there is none. false: error is filled. */
bool pv_prompt_doubts_find(const char ***out, const pv_answers *answers, const pv_printed *printed,
                           const size_t *firsts) PV_MUST_CHECK;

#endif
