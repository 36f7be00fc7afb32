/* Invariant: of two sets of verdicts, A (before) and B (after), every verdict stands in exactly one pair, with the one
 * of the other set that has the same identity, or alone. Of either side an entry is all that is known: it may come from
 * a run or have been read from a file. Pure: what is compared is borrowed, and may come from two packs. */
#ifndef PV_RUN_CHANGES_H
#define PV_RUN_CHANGES_H

#include "run/runner.h"

/* ---- verdicts as entries ---- */

/* A verdict by what it is known again by, and what it came to. */
typedef struct pv_verdict_entry {
    pv_str path; /* of the submission, without "./" before it; empty where only one is compared */
    pv_str rule;
    pv_str subject;       /* by name; the fingerprint holds it too, without the number of a row that may have moved */
    uint64_t fingerprint; /* of rule, subject, words at its place */
    uint32_t ordinal;     /* from 1, among those equal in path, rule and fingerprint, in the order of their places */
    uint32_t start;       /* where it begins; 0 when it was read from a file */
    uint32_t order;       /* among those of one start */
    /* What it came to; left zeroed where a file does not keep it, as a baseline. */
    pv_state state;
    pv_level level;
    pv_str message;
    bool has_due;
    pv_date due;
    const pv_verdict *verdict; /* that it is of; NULL: it was read from a file */
} pv_verdict_entry;

typedef struct pv_verdict_entries {
    pv_verdict_entry *list;
    size_t count;
    const pv_ruleset *ruleset; /* of their rules; NULL: not said */
} pv_verdict_entries;

/* The verdicts of the submission at path whose state is wanted (NULL: all), in their order, in arena; fails only for
 * memory. */
bool pv_entries_of(pv_verdict_entries *out, pv_arena *arena, pv_str path, const pv_results *results,
                   bool (*wanted)(pv_state), pv_error *error) PV_MUST_CHECK;
/* Gives each of the entries of one submission its number among those that are equal in rule and fingerprint; fails only
 * for memory. */
bool pv_entries_number(const pv_verdict_entries *entries, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* path as entries have it, without what makes no difference: "./", "//", "/." and a "/" at the end. In arena, or
 * borrowed; .data is NULL when memory is refused. */
pv_str pv_entry_path(pv_arena *arena, pv_str path);

/* ---- pairs ---- */

/* What must agree for two entries to be one verdict. */
typedef enum pv_identity {
    /* Path, rule and subject, a rule being that which replaces it in B; of several, those with the same fingerprint
     * first, then in order. What pairs this way may have changed. */
    PV_IDENTITY_SUBJECT,
    /* Path, rule, fingerprint and ordinal: a finding of the same words. */
    PV_IDENTITY_WORDS,
} pv_identity;

/* What changed between the earlier and the later verdict. What does not apply and what is not there are alike. */
typedef enum pv_change_kind {
    PV_CHANGE_NONE,
    PV_CHANGE_FAILING,        /* fails now */
    PV_CHANGE_REVIEW,         /* open to review now */
    PV_CHANGE_NOT_CHECKED,    /* could not be decided now */
    PV_CHANGE_PASSING,        /* passes, and was a finding; or it is one of several, and no more */
    PV_CHANGE_APPLICABLE,     /* passes, and did not apply */
    PV_CHANGE_NOT_APPLICABLE, /* does not apply any more */
    PV_CHANGE_LEVEL,          /* a finding of the same state, at another level */
    PV_CHANGE_WORDING,        /* of the same state: only message or due day differ */
    PV_CHANGE_COUNT,
} pv_change_kind;

typedef struct pv_change {
    pv_change_kind kind;            /* says something where both sides keep what a verdict came to */
    const pv_verdict_entry *before; /* NULL: the rule or subject was not there in A */
    const pv_verdict_entry *after;  /* NULL: not in B */
    bool among_others; /* of rule and subject there are verdicts on both sides; on that of a NULL there are fewer */
} pv_change;

typedef struct pv_changes {
    const pv_change *list; /* all pairs, those of PV_CHANGE_NONE too, by path, place, rule and subject */
    size_t count;
    size_t counts[PV_CHANGE_COUNT];
} pv_changes;

/* Pairs the entries of two sets, in arena; fails only for memory. */
bool pv_changes_between(pv_changes *out, pv_arena *arena, const pv_verdict_entries *before,
                        const pv_verdict_entries *after, pv_identity identity, pv_error *error) PV_MUST_CHECK;
/* The same for the results of one submission on two days, or by two packs, by subject. */
bool pv_changes_of(pv_changes *out, pv_arena *arena, const pv_results *before, const pv_results *after,
                   pv_error *error) PV_MUST_CHECK;
/* Of a document with tracked changes: results is what it came to with them accepted, original without them. Each
 * verdict that differs says so, and is a review where it is a finding in one of the two and none in the other. New
 * verdicts are in arena; fails only for memory. */
bool pv_run_join_views(pv_results *results, pv_arena *arena, const pv_results *original,
                       const pv_submission *submission, pv_error *error) PV_MUST_CHECK;
/* "newly-failing", …: as reports for programs name it. */
const char *pv_change_name(pv_change_kind kind);
/* How many pairs differ. */
size_t pv_changes_differing(const pv_changes *changes);
/* The entry that says where the pair stands: B's, or where there is none A's. */
const pv_verdict_entry *pv_change_entry(const pv_change *change);

/* What a change means to whoever acts on findings: a finding where there was none, one that is no more, or another
 * one. */
typedef enum pv_impact_kind {
    PV_IMPACT_NONE,
    PV_IMPACT_NEW,
    PV_IMPACT_GONE,
    PV_IMPACT_CHANGED,
    PV_IMPACT_COUNT
} pv_impact_kind;
pv_impact_kind pv_impact_of(const pv_change *change);

/* ---- rules ---- */

typedef enum pv_rule_change_kind {
    PV_RULE_ADDED,
    PV_RULE_REMOVED,
    PV_RULE_REPLACED, /* by another one, that says so */
    PV_RULE_LEVEL,    /* the same rule at another level, in the mode at hand */
    PV_RULE_CHANGE_COUNT,
} pv_rule_change_kind;

typedef struct pv_rule_change {
    pv_rule_change_kind kind;
    const pv_rule *before; /* NULL when added */
    const pv_rule *after;  /* NULL when removed */
    pv_level level_before;
    pv_level level_after;
} pv_rule_change;

typedef struct pv_rule_changes {
    const pv_rule_change *list; /* by kind, then by id; a rule that is the same in both is in none */
    size_t count;
} pv_rule_changes;

/* What became of the rules that the pattern selects (empty: all) from one pack to the other. In arena; fails only for
 * memory. */
bool pv_rule_changes_between(pv_rule_changes *out, pv_arena *arena, const pv_pack *before, const pv_pack *after,
                             pv_mode mode, pv_str pattern, pv_error *error) PV_MUST_CHECK;
/* "added", "removed", "replaced", "level". */
const char *pv_rule_change_name(pv_rule_change_kind kind);

#endif
