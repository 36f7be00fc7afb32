/* Invariant: the other day is judged in a library of its own, by the pack that is in effect on it, from the bytes that were
 * read for the first; what could not be concluded on it is a fault that names the day. */
#ifndef PV_CLI_COMPARE_H
#define PV_CLI_COMPARE_H

#include "cli/speaker.h"

typedef struct pv_compare pv_compare;

typedef struct pv_compare_setting {
    const pv_options *options; /* with a day to compare with */
    pv_speaker *speaker;       /* what both days gave is said by */
} pv_compare_setting;

/* All borrowed. Yours: pv_compare_free, also after a failure. */
bool pv_compare_new(pv_compare **out, pv_memory *memory, const pv_compare_setting *setting,
                    pv_error *error) PV_MUST_CHECK;
void pv_compare_free(pv_compare *compare);
/* Takes the bytes of each file from the reader that the first day is read by. */
void pv_compare_follow(pv_compare *compare, const pv_reader *first);
/* Who is told of the first day; judges each submission by the other, and has the speaker say both. */
pv_listener pv_compare_listener(pv_compare *compare);

#endif
