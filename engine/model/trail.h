/* Invariant: a trail tells what a rule did on one subject, in the order in which it did it, and changes nothing: a rule that
 * is followed gives the verdict that it gives unfollowed. It holds text and places and nothing of the rule host; its memory
 * is in one arena, and the sources it points into outlive it. */
#ifndef PV_MODEL_TRAIL_H
#define PV_MODEL_TRAIL_H

#include "model/verdict.h"

typedef struct pv_trail_value {
    pv_str text;             /* as it is shown, cut with "…" where it is long */
    const pv_source *source; /* the submission, the form, or where a parameter was set; NULL when it comes from none */
    pv_place at;             /* in source */
} pv_trail_value;

typedef enum pv_trail_step_kind {
    PV_TRAIL_ASKED,    /* a value of the submission or the form was asked for */
    PV_TRAIL_CALLED,   /* a helper, a method or a function of the file was called */
    PV_TRAIL_OPERATED, /* values of the engine were compared, added, counted … */
} pv_trail_step_kind;

typedef struct pv_trail_step {
    pv_trail_step_kind kind;
    uint32_t line;     /* of the rule's file, 1-based */
    pv_str expression; /* as the rule has it, white space folded; in words where it cannot be told */
    const pv_trail_value *arguments;
    size_t argument_count;
    pv_trail_value value; /* what came of it */
    bool finished;        /* false: it raised, or the rule was stopped in it; there is no value */
    bool
        passed_through; /* what came of it was only asked for something else: `response.item` in `response.item.target` */
} pv_trail_step;

typedef struct pv_trail_variable {
    pv_str name;
    pv_trail_value value;
} pv_trail_variable;

/* A line of a function that was called. */
typedef struct pv_trail_line {
    uint32_t number;
    bool has_code;
    size_t runs;
} pv_trail_line;

typedef struct pv_trail {
    const pv_source *file;
    const pv_trail_line *lines; /* in order */
    size_t line_count;
    const pv_trail_step *steps;
    size_t step_count;
    bool cut;                           /* there were more steps than are kept */
    const pv_trail_variable *variables; /* of the check (or of `when`, if that decided), at the end */
    size_t variable_count;
} pv_trail;

#endif
