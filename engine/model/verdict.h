/* Invariant: a verdict is one rule's outcome on one subject, in one of five states, or one of several findings that are
 * its outcome together, whose state is the gravest of theirs; every finding has a place, and a place is where the words
 * are or, with expected_here, where they should have been. */
#ifndef PV_MODEL_VERDICT_H
#define PV_MODEL_VERDICT_H

#include "model/rule.h"
#include "model/submission.h"

typedef enum pv_state {
    PV_STATE_PASS,
    PV_STATE_FAIL,
    PV_STATE_REVIEW,         /* a person must judge */
    PV_STATE_NOT_APPLICABLE, /* message gives the reason */
    PV_STATE_NOT_CHECKED,    /* the rule crashed, ran out of budget or gave no verdict; a fault says why */
} pv_state;
#define PV_STATE_COUNT (PV_STATE_NOT_CHECKED + 1)

typedef struct pv_place {
    pv_span span;
    bool expected_here; /* something absent should stand here; span is empty or the blank */
} pv_place;

/* Exactly one of the pointers below `kind` is set (none for a submission or collection). */
typedef struct pv_subject {
    pv_subject_kind kind;
    const pv_section *section;
    const pv_filed_measure *measure;
    const pv_response *response;
    const pv_record *record;
    const pv_pair *pair;
} pv_subject;

typedef struct pv_related {
    pv_place at;
    pv_str message;
} pv_related;

/* A named person's dated decision to accept findings (run/waivers.h). */
typedef struct pv_waiver {
    pv_str id;
    pv_str rule;    /* a pattern of ids */
    pv_str subject; /* a name, as reports print it, a fingerprint, or "*" */
    pv_str path;    /* a pattern of submissions' paths; empty: all */
    pv_str reason;
    pv_str approver;
    pv_date created; /* the first day on which it waives */
    pv_date expires; /* the last */
    size_t index;    /* among all of its file that are well-formed */
    pv_span id_at;
    pv_span rule_at;
    pv_span expires_at;
} pv_waiver;

/* Whether a finding stood in the baseline (run/baseline.h). */
typedef enum pv_baseline_mark {
    PV_BASELINE_NONE, /* there is none, or it is no finding that one would hold */
    PV_BASELINE_NEW,
    PV_BASELINE_UNCHANGED,
} pv_baseline_mark;

typedef enum pv_fault_kind {
    PV_FAULT_INPUT,   /* a submission, pack or form could not be read */
    PV_FAULT_LOAD,    /* a rule file does not compile, or a rule's declaration is wrong */
    PV_FAULT_ERROR,   /* a rule raised */
    PV_FAULT_VERDICT, /* a rule returned something that is no verdict */
    PV_FAULT_FUEL,
    PV_FAULT_MEMORY,
    PV_FAULT_TIME,
    PV_FAULT_PATTERN, /* a regular expression met a limit */
    PV_FAULT_RANGE,   /* arithmetic left the exact range */
} pv_fault_kind;

/* A rule or pack that misbehaved, or an input that could not be read; not a finding about the submission. */
typedef struct pv_fault {
    pv_fault_kind kind;
    pv_str rule;    /* id, or empty */
    pv_str message; /* one sentence */
    pv_str path;    /* the file the place is in; empty where there is none */
    pv_position at; /* line 0: no place */
    pv_code code;   /* of the error it was made of; PV_OK: of none */
} pv_fault;

/* What judging a rule on a subject came to. Its memory is in the arena of the results. */
typedef struct pv_outcome {
    pv_state state; /* not-checked exactly when there is a fault */
    pv_str message;
    pv_place at;
    bool has_at;   /* false, as a rule host leaves it: the runner takes the subject's own place */
    pv_str remedy; /* what is to be done about this finding; empty: what its rule says */
    pv_date due;   /* the day on which it falls due, or fell */
    bool has_due;
    const pv_related *related;
    size_t related_count;
    const pv_str *working; /* one step per line, in order */
    size_t working_count;
    size_t stands_for;                /* so many findings, none of which is said; 0: it is one, and itself */
    uint64_t work;                    /* units of its budget that the rule took; 0 when it was not run */
    const pv_fault *fault;            /* the rule id in it is filled in by the runner; NULL: none */
    const pv_uncertain *looked_at;    /* the first that the rule looked at of what is uncertain; NULL: nothing */
    const struct pv_trail *trail;     /* how the rule came to it; NULL when it was not followed, or not run */
    const struct pv_outcome *further; /* findings of the same rule and subject besides this one; each has none */
    size_t further_count;
} pv_outcome;

typedef struct pv_verdict {
    const pv_rule *rule;
    pv_subject subject;
    pv_level level; /* after the pack's modes and configuration */
    pv_outcome outcome;
    const struct pv_condition *condition; /* of the form, that is broken here (model/conditions.h); NULL: none */
    uint32_t order;       /* in which it was reached: by rule id, then subject; decides between verdicts at one place */
    uint64_t fingerprint; /* of rule, subject and a finding's words; no lines, so it survives edits elsewhere */
    uint64_t earlier_fingerprint; /* as it was made while quotes and spellings belonged to it */
    size_t number; /* among the findings that its rule gave for its subject, in the order of their places; from 1 */
    size_t of;     /* so many; 0: the rule gave one verdict, and that is it */
    const pv_waiver *waiver; /* that accepts it; NULL: none */
    pv_baseline_mark baseline;
} pv_verdict;

/* How many findings it counts as. */
static inline size_t pv_verdict_count(const pv_verdict *verdict) {
    return verdict->outcome.stands_for > 0 ? verdict->outcome.stands_for : 1;
}

const char *pv_state_name(pv_state state);
const char *pv_fault_kind_name(pv_fault_kind kind);
/* fail, review and not-checked: what someone must act on. */
bool pv_state_is_finding(pv_state state);
/* fail and review: what a waiver or a baseline can accept. */
bool pv_state_can_be_accepted(pv_state state);
/* A finding that asks for something still: neither waived nor in the baseline. Only these count for the exit status. */
bool pv_verdict_is_open(const pv_verdict *verdict);
/* What is to be done about it: its own, or what its rule says. */
pv_str pv_verdict_remedy(const pv_verdict *verdict);
/* "1.1.6.3", "measure 1.1.6", of one for each row "2.1 (Health Net)", "section 1", "allocation 2", "Amador, WIC" (a
 * pair), "the submission", in arena. */
pv_str pv_subject_name(const pv_subject *subject, pv_arena *arena);
/* The same for a person to read: a record by the label of its kind and with what it is about, "row 76 of “Meetings”
 * (Inyo, IHSS)". */
pv_str pv_subject_title(const pv_subject *subject, pv_arena *arena);
/* Whether given is what it is called, by its name or as reports print it; false when memory is refused. */
bool pv_subject_means(const pv_subject *subject, pv_str given, pv_arena *arena, bool *out) PV_MUST_CHECK;
/* The hash of a rule's id, with which each of its fingerprints begins: of the rule that was last asked for. */
typedef struct pv_rule_hash {
    const pv_rule *rule; /* NULL: none was */
    uint64_t hash;
} pv_rule_hash;

/* Fills in the fingerprints, once all else is: of rule id, subject (a record by the values of its key, however they are
 * spelt), the condition broken, how many it stands for and, for a finding, its excerpt with white space folded and
 * without what a writer of YAML may choose, which is quotes, block signs, escapes and blanks in brackets: what is found
 * again after an edit elsewhere, or another formatting. submission: the one judged, whose values read the same in every
 * format (model/reading.h); NULL: the words are not of one. */
void pv_verdict_identify(pv_verdict *verdict, const pv_source *source, const pv_submission *submission);
/* The same for all findings of one rule on one subject, in the order of their places, which it numbers. Of those that
 * are alike in all of that, each has the letters around it in its fingerprint too; where these are alike, its message;
 * where that is, its number among those alike. So none is taken for another, whatever order the rule gave them in, and
 * none becomes another when that one goes. */
void pv_verdicts_identify(pv_verdict *verdicts, size_t count, const pv_source *source, const pv_submission *submission,
                          pv_rule_hash *known);

/* ---- a trail ---- */

/* What a rule did on one subject, in the order in which it did it. Following changes nothing: a rule that is
 * followed gives the verdict that it gives unfollowed. It holds text and places and nothing of the rule host; its
 * memory is in one arena, and the sources it points into outlive it. */

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
    bool passed_through;  /* what came of it was only asked for more: `response.item` in `response.item.target` */
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
