/* Invariant: a mutant is judged in a library of its own, from bytes in memory: the files of the pack are read once
 * and never written, and nothing of one mutant reaches the next. */
#ifndef PV_PROJECT_MUTANT_H
#define PV_PROJECT_MUTANT_H

#include "project/pack_tests.h"
#include "run/mutation.h"

/* The files of a pack, as they are. */
typedef struct pv_mutable_pack {
    const pv_pack *pack; /* as opened */
    const pv_host *host;
    pv_str as_of;  /* a day; empty: none */
    pv_str *names; /* as PV_PACK_FILE_… counts them: "pack.yaml", the form, the rule files */
    const pv_source **sources;
    size_t count;
    pv_case_files cases;
    const pv_limits *limits;
} pv_mutable_pack;

/* In arena. */
bool pv_mutable_pack_read(pv_mutable_pack *out, const pv_host *host, pv_arena *arena, const pv_pack *pack,
                          const pv_limits *limits, pv_str as_of, pv_error *error) PV_MUST_CHECK;
/* Every change of form and rules, those of aliases when they are wanted; with rule_pattern, those in the code of rules
 * it selects (from a rule's declaration to the next). */
bool pv_mutable_pack_mutations(const pv_mutable_pack *pack, pv_str rule_pattern, bool aliases, pv_mutations *out,
                               pv_error *error) PV_MUST_CHECK;
/* Whether the pack so changed (NULL: as it is) loads no more or some example or case comes out wrong. Each rule keeps
 * to its ordinary budget. */
bool pv_mutant_is_noticed(const pv_mutable_pack *pack, const pv_mutation *mutation, bool *noticed,
                          pv_error *error) PV_MUST_CHECK;

#endif
