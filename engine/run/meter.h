/* Invariant: a meter looks on and changes no verdict. At any time exactly one phase is on, so that the times of the
 * phases add up to the time of the run; what a rule took is in them too. The clock is handed in: without a meter (NULL,
 * which every function takes that is called while it runs) none is read. */
#ifndef PV_RUN_METER_H
#define PV_RUN_METER_H

#include "base/array.h"
#include "model/verdict.h"

typedef enum pv_phase {
    PV_PHASE_OTHER,         /* finding files, configuration, the meter itself */
    PV_PHASE_PACKS,         /* reading packs, compiling their rules */
    PV_PHASE_READ,          /* the bytes of submissions */
    PV_PHASE_PARSE,         /* bytes to a tree */
    PV_PHASE_SUBMISSION,    /* the tree as a submission on its form */
    PV_PHASE_SESSION,       /* opening submissions to the rules, and closing them */
    PV_PHASE_APPLICABILITY, /* days, blanks, `when` */
    PV_PHASE_TEXTS,         /* what texts are asked for: words, amounts, shingles … */
    PV_PHASE_RULES,         /* `check` */
    PV_PHASE_CONDITIONS,    /* the built-in rules */
    PV_PHASE_VERDICTS,      /* levels, fingerprints, order; waivers and baseline */
    PV_PHASE_TOGETHER,      /* keeping submissions for the rules on all of them */
    PV_PHASE_REPORT,        /* making and writing the reports */
    PV_PHASE_COUNT,
} pv_phase;

typedef struct pv_phase_cost {
    uint64_t nanoseconds;
    uint64_t entered;
    size_t peak; /* most bytes that the engine held while it was on; 0: it never was */
} pv_phase_cost;

typedef struct pv_rule_cost {
    const pv_rule *rule;
    uint64_t passed_over;   /* subjects that it was not asked about */
    uint64_t calls;         /* and those that it was */
    uint64_t nanoseconds;   /* of all calls, the next two included */
    uint64_t applicability; /* of that, `when` */
    uint64_t texts;         /* of that, what it asked of texts first; the rules after it find that worked out */
    uint64_t slowest;       /* nanoseconds of one call */
    uint64_t work;          /* units of the budget, of all calls */
    uint64_t most_work;     /* of one */
    uint64_t budget;        /* what one may take; 0: it is not limited */
    uint64_t most_bytes;    /* that one call allocated */
} pv_rule_cost;

/* One rule on one subject. */
typedef struct pv_call_cost {
    pv_str rule;
    pv_str subject;
    pv_str path; /* where the subject stands; empty: that of many files */
    pv_position at;
    uint64_t nanoseconds;
    uint64_t work;
} pv_call_cost;

enum { PV_METER_SLOWEST = 10 };

typedef struct pv_clock {
    uint64_t (*now)(void *payload); /* nanoseconds since some moment; never less than before */
    void *payload;
} pv_clock;

typedef struct pv_meter {
    pv_clock clock;
    pv_memory *memory; /* the account whose bytes are told */
    pv_memory own;     /* what the meter itself holds */
    pv_arena *arena;   /* in that */
    pv_phase_cost phases[PV_PHASE_COUNT];
    PV_ARRAY(pv_rule_cost) rules; /* as they were met */
    pv_call_cost slowest[PV_METER_SLOWEST];
    size_t slowest_count;
    uint64_t submissions;
    bool refused; /* memory was: something is missing */
    /* What is going on. */
    pv_phase phase;
    uint64_t since;  /* of the clock */
    size_t peak;     /* bytes, of the phases before */
    pv_phase asking; /* before PV_PHASE_TEXTS */
    size_t turn;     /* the rule that was met last */
    struct {
        uint64_t start, applicability, texts;
        uint64_t work, budget, bytes;
        size_t used;
    } call;
} pv_meter;

/* Starts, in PV_PHASE_OTHER; the meter stays where it is. clock and memory are to outlive it. Contents are yours:
 * pv_meter_clear. */
bool pv_meter_start(pv_meter *meter, pv_clock clock, pv_memory *memory, pv_error *error) PV_MUST_CHECK;
/* Ends the last phase; false when something is missing for want of memory. */
bool pv_meter_stop(pv_meter *meter, pv_error *error) PV_MUST_CHECK;
void pv_meter_clear(pv_meter *meter);

/* From now on it is this phase; gives the one before, to go back to. */
pv_phase pv_meter_enter(pv_meter *meter, pv_phase phase);

/* What stands between the two is the phase of texts, which knows no other within it. True; and done. */
bool pv_meter_begin_texts(pv_meter *meter);
bool pv_meter_end_texts(pv_meter *meter, bool done);

/* A rule begins on a subject, in this phase; and is done with it, so that it is PV_PHASE_VERDICTS. Where the subject
 * stands is an offset of source. */
void pv_meter_begin_call(pv_meter *meter, pv_phase phase);
void pv_meter_end_call(pv_meter *meter, const pv_rule *rule, const pv_subject *subject, const pv_source *source,
                       size_t at);
/* For the rule host: what the call that is going on took of its budget, and the bytes that the rule's code allocated.
 */
void pv_meter_charge(pv_meter *meter, uint64_t work, uint64_t budget, uint64_t bytes);
/* The rule is not asked about a subject. */
void pv_meter_pass_over(pv_meter *meter, const pv_rule *rule);
/* One more submission is judged. */
void pv_meter_count(pv_meter *meter);

#endif
