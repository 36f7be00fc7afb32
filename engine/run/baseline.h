/* Invariant: a baseline names each finding by what it is about, and never counts them: one that is fixed makes no room
 * for another. A finding is the same one when path, rule, fingerprint (rule, subject, words at its place) and its
 * number among findings that are equal in these agree (PV_IDENTITY_WORDS); where it stands and what it says may
 * change. */
#ifndef PV_RUN_BASELINE_H
#define PV_RUN_BASELINE_H

#include "run/changes.h"

#define PV_BASELINE_SCHEMA 1
#define PV_BASELINE_MOST ((size_t)200000)

/* A pack whose rules found them. */
typedef struct pv_baseline_pack {
    pv_str id;
    pv_str version;
} pv_baseline_pack;

typedef struct pv_baseline {
    const pv_source *source;
    pv_verdict_entry *entries; /* sorted, and no two the same; what a finding came to is not kept */
    size_t count;
    pv_baseline_pack *packs; /* sorted by id */
    size_t pack_count;
} pv_baseline;

/* What a run has learnt of one entry. */
typedef enum pv_baseline_note {
    PV_BASELINE_SEEN = 1,    /* it is there still */
    PV_BASELINE_FIXED = 2,   /* its rule judged its submission, and it is no more */
    PV_BASELINE_COVERED = 4, /* its submission was checked */
} pv_baseline_note;

/* Whether all that is noted makes the entry one that is no more. */
static inline bool pv_baseline_is_fixed(unsigned char notes) {
    return (notes & (PV_BASELINE_SEEN | PV_BASELINE_FIXED)) == PV_BASELINE_FIXED;
}

/* Reads what report/baseline_json.h writes, in any order, in arena. PV_ERROR_SHAPE at what is something else. */
bool pv_baseline_read(pv_baseline **out, pv_arena *arena, const pv_document *document, pv_error *error) PV_MUST_CHECK;
/* Calls the submissions of the entries otherwise: called has a path for each entry, the same for those of one path, and
 * no two paths become one. */
void pv_baseline_rename(pv_baseline *baseline, const pv_str *called);
/* The order of a baseline: path, rule, subject (1.2.9 before 1.2.10), fingerprint, ordinal. */
int pv_baseline_compare(const pv_verdict_entry *left, const pv_verdict_entry *right);

/* The findings of the submission at path that a baseline can hold, in the order of the verdicts, in arena; waived ones
 * count among equals, and are there too. What stands for several is none: which they are it does not tell. */
bool pv_baseline_findings_of(pv_verdict_entries *out, pv_arena *arena, pv_str path, const pv_results *results,
                             pv_error *error) PV_MUST_CHECK;

/* Marks the findings of the submission at path as new or unchanged, but for waived ones; notes has one set per entry,
 * and is added to. lost: rules of the pack did not load, so that of what is missing nothing is known. */
bool pv_baseline_apply(const pv_baseline *baseline, pv_str path, pv_str rule_pattern, bool lost, pv_results *results,
                       unsigned char *notes, pv_arena *arena, pv_error *error) PV_MUST_CHECK;

#endif
