/* Invariant: where a plan gives an outcome it is, byte for byte, the one that the rule's check gives; wherever anything
 * is out of the ordinary it declines, and the check is run. A plan is read from the text of a check that knows its
 * subject and names of the rule language and nothing else, and that does nothing but hold what these give against each
 * other and return a verdict; all other rules have none. */
#ifndef PV_LUA_RULESET_PLAN_P_H
#define PV_LUA_RULESET_PLAN_P_H

#include "lua/rules/rules.h"

typedef struct pv_plan pv_plan;

/* The plans of a catalogue's rules, by rule; NULL for a rule that has none. In arena; NULL when memory is refused. */
const pv_plan *const *pv_plans_read(const pv_catalogue *catalogue, pv_arena *arena);
/* What the check gives for the subject, of the submission that is open; all memory of it is in arena. False: it
 * declines, and *out is as it was. */
bool pv_plan_run(const pv_plan *plan, pv_runtime *runtime, const pv_subject *subject, pv_arena *arena, pv_outcome *out);

/* ---- what a plan is made of ---- */

typedef enum pv_step_kind {
    PV_STEP_SUBJECT, /* the response */
    PV_STEP_LOCAL,
    PV_STEP_STRING,
    PV_STEP_WHOLE,     /* a whole number */
    PV_STEP_FIELD,     /* a member that is a field of what it is asked of */
    PV_STEP_ATTRIBUTE, /* a value that the form declares for an item */
    PV_STEP_ITEM,
    PV_STEP_MEASURE,
    PV_STEP_MANDATORY,
    PV_STEP_ANSWERED,
    PV_STEP_TEXT,
    PV_STEP_WORDS,
    PV_STEP_STATED, /* the percentages, amounts or counts of a text */
    PV_STEP_LARGEST,
    PV_STEP_SMALLEST,
} pv_step_kind;

/* An expression: what is asked of what `of` gives. */
typedef struct pv_step {
    pv_step_kind kind;
    const struct pv_step *of;
    const pv_member *member;
    pv_str text; /* of a string, what it says; of an attribute, its name */
    size_t local;
    int64_t whole;
    int stated; /* a pv_quantity_kind */
} pv_step;

typedef enum pv_saying_kind {
    PV_SAY_AT_MOST,
    PV_SAY_AT_LEAST,
    PV_SAY_PRESENT,
    PV_SAY_STATE, /* pass, fail, review, not_applicable, with a message */
} pv_saying_kind;

enum { PV_PLAN_ARGUMENTS = 4, PV_PLAN_LOCALS = 4, PV_PLAN_LINES = 8 };

/* A call that gives a verdict. */
typedef struct pv_saying {
    pv_saying_kind kind;
    pv_state state;
    const pv_step *arguments[PV_PLAN_ARGUMENTS];
    size_t count;
} pv_saying;

typedef enum pv_line_kind { PV_LINE_LOCAL, PV_LINE_IF, PV_LINE_RETURN } pv_line_kind;

/* A statement: a local gets its value; the saying is returned where the value is true, or is not; or in any case. */
typedef struct pv_plan_line {
    pv_line_kind kind;
    bool unless;
    const pv_step *value;
    pv_saying saying;
} pv_plan_line;

struct pv_plan {
    pv_plan_line lines[PV_PLAN_LINES];
    size_t count;
};

#endif
