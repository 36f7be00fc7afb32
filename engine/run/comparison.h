/* Invariant: every verdict of either day stands in exactly one pair, with the verdict of the same rule on the same subject
 * on the other day, or alone; pairs come in the order of place. Pure: what is compared is borrowed and may come from two
 * packs. */
#ifndef PV_RUN_COMPARISON_H
#define PV_RUN_COMPARISON_H

#include "run/runner.h"

/* What changed between the earlier and the later verdict. What does not apply and what is not there are alike. */
typedef enum pv_change_kind {
    PV_CHANGE_NONE,
    PV_CHANGE_FAILING,        /* fails now */
    PV_CHANGE_REVIEW,         /* open to review now */
    PV_CHANGE_NOT_CHECKED,    /* could not be decided now */
    PV_CHANGE_PASSING,        /* passes, and was a finding */
    PV_CHANGE_APPLICABLE,     /* passes, and did not apply */
    PV_CHANGE_NOT_APPLICABLE, /* does not apply any more */
    PV_CHANGE_LEVEL,          /* a finding of the same state, at another level */
    PV_CHANGE_WORDING,        /* of the same state: only message or due day differ */
    PV_CHANGE_COUNT,
} pv_change_kind;

typedef struct pv_change {
    pv_change_kind kind;
    const pv_verdict *before; /* NULL: the rule or subject was not there on the earlier day */
    const pv_verdict *after;  /* NULL: not on the later */
    pv_str subject;
} pv_change;

typedef struct pv_comparison {
    const pv_change *changes; /* all pairs, those of PV_CHANGE_NONE too */
    size_t count;
    size_t counts[PV_CHANGE_COUNT];
} pv_comparison;

/* before and after are the results of one submission on two days, or by two packs. Verdicts are matched by rule and subject, a
 * rule that another one replaces by that one; of several, those with the same fingerprint first, then in order. In arena; fails only for memory. */
bool pv_comparison_make(pv_comparison *out, pv_arena *arena, const pv_results *before, const pv_results *after,
                        pv_error *error) PV_MUST_CHECK;
/* "newly-failing", …: as reports for programs name it. */
const char *pv_change_name(pv_change_kind kind);
/* How many pairs differ. */
size_t pv_comparison_changed(const pv_comparison *comparison);
/* The verdict that says where the pair stands: the later, or where there is none the earlier. */
const pv_verdict *pv_change_verdict(const pv_change *change);

#endif
