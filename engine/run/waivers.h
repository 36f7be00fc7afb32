/* Invariant: a waiver that is well-formed, in effect and meets a finding accepts it; any other accepts nothing and is
 * itself a finding, never passed over. The state of a finding stays what it is: who accepts it is told beside it. */
#ifndef PV_RUN_WAIVERS_H
#define PV_RUN_WAIVERS_H

#include "run/runner.h"

#define PV_WAIVERS_MOST ((size_t)10000)

/* Something wrong with an entry, which then accepts nothing. */
typedef struct pv_waiver_problem {
    pv_span at;
    pv_str message;
} pv_waiver_problem;

/* A file of waivers: a list of { id, rule, subject, path, reason, approver, created, expires }, of which only path may
 * be left out. */
typedef struct pv_waivers {
    const pv_source *source;
    const pv_waiver *list; /* those that are well-formed, in the order of the file */
    size_t count;
    const pv_waiver_problem *problems;
    size_t problem_count;
} pv_waivers;

/* What a run has learnt of one waiver: a set of these. */
typedef enum pv_waiver_note {
    PV_WAIVER_USED = 1,        /* it accepted a finding, or would have before it was created or after it expired */
    PV_WAIVER_REFUSED = 2,     /* it met a finding of a rule that cannot be waived */
    PV_WAIVER_COVERED = 4,     /* a submission that it is about was checked */
    PV_WAIVER_RULE_EXISTS = 8, /* a pack that was used has a rule that it names */
    PV_WAIVER_NEARBY = 16,     /* a submission in the folder that its path names, or in any where it names none */
    PV_WAIVER_NOWHERE = 32,    /* there is no such folder */
} pv_waiver_note;

/* Which findings the report of the waivers themselves may make. */
typedef struct pv_waivers_run {
    pv_date as_of;
    const pv_run_options *options; /* whose rule pattern selects these rules too, and whose levels go */
    bool whole;                    /* all rules ran, without a fault: what was not met is not there */
    bool in_folder;                /* and on all files of a folder */
    bool all_packs;                /* the notes know of every pack there is */
    /* The rule that is probably meant by an id, or NULL. */
    const pv_rule *(*nearest)(void *payload, pv_str id);
    void *payload;
} pv_waivers_run;

/* Reads document, in arena. An entry that is not as it should be becomes a problem; PV_ERROR_SHAPE when the whole is no
 * list, or too long. */
bool pv_waivers_read(pv_waivers **out, pv_arena *arena, const pv_document *document, pv_error *error) PV_MUST_CHECK;
/* The source of a file in which there is nothing: no waivers. */
bool pv_waivers_none(pv_waivers **out, pv_arena *arena, const pv_source *source, pv_error *error) PV_MUST_CHECK;
/* Marks the findings of the submission at path that a waiver accepts on this day; notes has one set per waiver, and is
 * added to. The verdicts stay in their order, in arena. */
bool pv_waivers_apply(const pv_waivers *waivers, pv_date as_of, pv_str path, pv_results *results, unsigned char *notes,
                      pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* Notes which waivers name a rule of this set, or a built-in one. */
void pv_waivers_note_rules(const pv_waivers *waivers, const pv_ruleset *ruleset, unsigned char *notes);
/* Verdicts on the waivers themselves, which belong to no submission; places lie in waivers->source. */
bool pv_waivers_judge(pv_results *out, pv_arena *arena, const pv_waivers *waivers, const unsigned char *notes,
                      const pv_waivers_run *run, pv_error *error) PV_MUST_CHECK;

/* How many of the rules on the waivers themselves the pattern selects. */
size_t pv_waivers_selected(pv_str rule_pattern);

/* The folder that the waiver's path names, up to its first wildcard; empty where it names none. */
pv_str pv_waiver_folder(const pv_waiver *waiver);
/* Whether the waiver is about the submission at path, and about this verdict of it. */
bool pv_waiver_covers(const pv_waiver *waiver, pv_str path);
bool pv_waiver_meets(const pv_waiver *waiver, const pv_verdict *verdict, pv_arena *scratch, bool *failed);
/* What a waiver calls the verdict's subject: a record by what it is about, "agreement Amador, WIC", all else by its
 * name. In arena; .data is NULL when memory is refused. */
pv_str pv_waiver_subject(const pv_verdict *verdict, pv_arena *arena);

#endif
