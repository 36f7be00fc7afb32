/* Invariant: an expression that is tried is evaluated as a rule's check would: by the same rule host, on a submission,
 * under one rule's budget, and with nothing left of it afterwards. What came of it is text and places, nothing of the
 * rule host. */
#ifndef PV_RUN_TRIAL_H
#define PV_RUN_TRIAL_H

#include "run/ruleset.h"

/* How many elements of a list, and attributes of a value, are told. */
#define PV_TRIED_VALUES_MAX ((size_t)50)

typedef struct pv_trial {
    pv_str expression;
    pv_str kept;               /* whole lines before it: "local limit = 3\n" */
    const pv_subject *subject; /* which `subject` is, and the name of its kind; NULL: none */
    size_t rule_index;         /* whose `parameters` there are; SIZE_MAX: none */
    const pv_text *text;       /* which `text` is; NULL: the subject's, where it has one */
} pv_trial;

typedef enum pv_tried_kind {
    PV_TRIED_VALUE,     /* what the expression gave; of several, one after the other */
    PV_TRIED_ELEMENT,   /* of the list before it */
    PV_TRIED_ATTRIBUTE, /* of the value before it */
    PV_TRIED_REST,      /* says how many more there are */
} pv_tried_kind;

typedef struct pv_tried_value {
    pv_tried_kind kind;
    pv_str name; /* of an attribute, number of an element */
    pv_trail_value value;
} pv_tried_value;

typedef struct pv_tried {
    const pv_tried_value *values;
    size_t count;
    const pv_fault *fault; /* at a line and column of the expression, where it is of it; NULL: it has a value */
} pv_tried;

#endif
