/* Invariant: what is compared with (another day, another pack) is judged in a library of its own, from the bytes that
 * were read for the first; what could not be concluded there is a fault that says where. */
#ifndef PV_PROJECT_COMPARE_H
#define PV_PROJECT_COMPARE_H

#include "project/checker.h"

typedef struct pv_compare pv_compare;

/* How the other one judges. All borrowed. */
typedef struct pv_compare_setting {
    const pv_host *host;
    pv_project_settings settings; /* pack, mode and so on */
    pv_str as_of;                 /* the day; empty: none */
    pv_str language;              /* of forms; empty: the first of each */
    bool is_earlier;              /* what changed is told from it to the first */
    pv_str where;                 /* heads its faults: "as of 2024-06-30" */
    pv_listener listener;         /* reported to: a submission comes with its comparison */
} pv_compare_setting;

/* Yours: pv_compare_free, also after a failure. */
bool pv_compare_new(pv_compare **out, pv_memory *memory, const pv_compare_setting *setting,
                    pv_error *error) PV_MUST_CHECK;
void pv_compare_free(pv_compare *compare);
/* By which the other one judges. */
pv_project *pv_compare_project(const pv_compare *compare);
/* Takes the bytes of each file from the reader that the first one reads by. */
void pv_compare_follow(pv_compare *compare, const pv_reader *first);
/* Who is to be told of the first; judges each submission by the other too. */
pv_listener pv_compare_listener(pv_compare *compare);

#endif
