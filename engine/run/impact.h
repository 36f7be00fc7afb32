/* Invariant: each rule of either pack stands in at most one change, and a rule that is the same in both in none. Pure. */
#ifndef PV_RUN_IMPACT_H
#define PV_RUN_IMPACT_H

#include "run/comparison.h"

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
    const pv_rule_change *list; /* by kind, then by id */
    size_t count;
} pv_rule_changes;

/* What became of the rules that the pattern selects (empty: all) from one pack to the other. In arena; fails only for memory. */
bool pv_impact_rules(pv_rule_changes *out, pv_arena *arena, const pv_pack *before, const pv_pack *after, pv_mode mode,
                     pv_str pattern, pv_error *error) PV_MUST_CHECK;
/* "added", "removed", "replaced", "level". */
const char *pv_rule_change_name(pv_rule_change_kind kind);

/* What a change means to whoever acts on findings: a finding where there was none, one that is no more, or another one. */
typedef enum pv_impact_kind {
    PV_IMPACT_NONE,
    PV_IMPACT_NEW,
    PV_IMPACT_GONE,
    PV_IMPACT_CHANGED,
    PV_IMPACT_COUNT
} pv_impact_kind;
pv_impact_kind pv_impact_of(const pv_change *change);

#endif
