/* Invariant: what a text claims of a quantity is read from the words around it, in its own statement: how it is
 * compared, whether it is a change ("increase by 20%"), a level ("to 60%") or a share ("20% of our providers"), and of
 * what. From a level to a level is a change by the difference. Where the words say none of these, neither does the
 * claim. */
#ifndef PV_TEXT_CLAIMS_H
#define PV_TEXT_CLAIMS_H

#include "text/context.h"
#include "text/quantities.h"

typedef enum pv_claim_kind {
    PV_CLAIM_NONE,
    PV_CLAIM_CHANGE, /* "by 20%", "a 20% increase", "from 40% to 60%" */
    PV_CLAIM_LEVEL,  /* "to 60%", "reach 60%", "at 45%" */
    PV_CLAIM_SHARE,  /* "20% of our providers" */
} pv_claim_kind;

typedef struct pv_claim {
    pv_claim_kind kind;
    pv_qualifier comparator; /* wider than that of the quantity: also "as much as", "≥", "or better" */
    bool definite;           /* "the 20%": known already; not so what a promise reaches or takes up */
    bool is_target;          /* named as a goal, or what is reached: "our goal is 20%", "reach 20%", "commit to 20%" */
    bool from_to;            /* "from 40% to 60%" */
    bool falls;              /* a change downwards: "reduce by 20%" */
    pv_decimal from;         /* from_to: the level before */
    pv_decimal to;           /* and after */
    pv_decimal change;       /* from_to: the difference, without its sign */
    pv_span of;              /* what it is a share of, or a change in, bytes: "ECM Providers"; empty where not said */
} pv_claim;

/* "change", "level", "share"; "" for none. */
const char *pv_claim_kind_name(pv_claim_kind kind);

/* What is claimed of one quantity of the text read; others: all of its kind, for "from 40% … to 60%". */
pv_claim pv_claim_of(const pv_statements *read, const pv_quantity *quantity, const pv_quantity_list *others);

#endif
