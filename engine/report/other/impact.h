/* Invariant: every change that someone has to know of stands in the report once, under its rule, and counts once for
 * its rule, once for its measure, once in the sums. Every rule that applies to fewer subjects is named, whatever it
 * said of them. Nothing of a submission is borrowed once it was added. */
#ifndef PV_REPORT_IMPACT_H
#define PV_REPORT_IMPACT_H

#include "base/array.h"
#include "report/verdicts/report.h"
#include "run/changes.h"

/* What a finding was and is, of one subject. */
typedef struct pv_impact_change {
    pv_change_kind kind;
    pv_impact_kind impact;
    pv_str rule;     /* that says so now; of one that is gone, that said so */
    pv_str was_rule; /* that it replaces; empty: it is the same */
    pv_str title;
    pv_str subject_kind; /* "measure": what it counts for, with its name */
    pv_str subject_of;   /* "1.1.6"; of records and pairs their kind; empty for the whole submission */
    pv_str subject;
    pv_str place; /* "filing.yaml:7:42" */
    pv_str was;   /* "fail: …" */
    pv_str is;
    pv_str json; /* its members */
    size_t order;
} pv_impact_change;

/* Of one rule, or of one measure. */
typedef struct pv_impact_row {
    pv_str kind; /* of a subject */
    pv_str name;
    pv_str title; /* of a rule */
    size_t counts[PV_IMPACT_COUNT];
    size_t first; /* of a rule: its changes stand together from here on */
} pv_impact_row;

/* Of one rule: the subjects that it applied to by the first pack, and those of them that it does not by the second. */
typedef struct pv_impact_reach {
    pv_str rule;
    pv_str title;
    size_t applied;
    size_t stopped;
} pv_impact_reach;

/* What is compared; borrowed, and outlives the report. */
typedef struct pv_impact_setting {
    pv_str version; /* of proviso */
    const pv_pack *before;
    const pv_pack *after;
    pv_rule_changes rules;
    pv_mode mode;
    pv_str as_of;        /* empty: none */
    pv_str rule_pattern; /* empty: all rules */
} pv_impact_setting;

typedef struct pv_impact {
    pv_impact_setting setting;
    pv_arena *arena;
    PV_ARRAY(pv_impact_change) changes;
    size_t kinds[PV_CHANGE_COUNT]; /* of all changes, those of no finding too */
    size_t counts[PV_IMPACT_COUNT];
    PV_ARRAY(pv_impact_reach) reach; /* once it is ended: of rules that stopped applying to anything, by id */
    size_t submissions;              /* that both packs judged */
    /* Once it is ended. */
    const pv_impact_row *rules;
    size_t rule_count;
    const pv_impact_row *subjects;
    size_t subject_count;
} pv_impact;

/* Contents are yours: pv_impact_clear. */
bool pv_impact_init(pv_impact *impact, pv_memory *memory, const pv_impact_setting *setting,
                    pv_error *error) PV_MUST_CHECK;
void pv_impact_clear(pv_impact *impact);
/* A submission with its comparison. */
bool pv_impact_add(pv_impact *impact, const pv_report_input *input, pv_error *error) PV_MUST_CHECK;
/* No more come: sorts and counts. */
bool pv_impact_end(pv_impact *impact, pv_error *error) PV_MUST_CHECK;

/* Whether verdicts differ, though both packs have one id and one version. */
bool pv_impact_keeps_version(const pv_impact *impact);
/* After its end. faults: what could not be concluded. */
void pv_impact_terminal(pv_buf *out, const pv_report_style *style, const pv_impact *impact, size_t fault_count);
void pv_impact_markdown(pv_buf *out, const pv_impact *impact, size_t fault_count);
void pv_impact_json(pv_buf *out, const pv_impact *impact, const pv_fault *faults, size_t fault_count);
/* "3 submissions: 2 findings are new, 5 are gone; 1 rule applies to fewer subjects". */
void pv_impact_answer(pv_buf *out, const pv_impact *impact);

#endif
