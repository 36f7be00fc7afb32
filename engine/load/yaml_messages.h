/* Invariant: whatever libyaml complains of, the filer reads one sentence that names the likely cause and what to do, at the
 * place where it has to be done. Knows libyaml's texts, not its types. */
#ifndef PV_LOAD_YAML_MESSAGES_H
#define PV_LOAD_YAML_MESSAGES_H

#include "model/source.h"

/* What the parser reported, its marks turned into byte offsets. */
typedef struct pv_yaml_problem {
    const char *problem; /* libyaml's text; may be NULL, like context */
    const char *context; /* what it was reading when it met the problem */
    size_t at;
    size_t context_at; /* where that began; of no meaning without a context */
} pv_yaml_problem;

/* Fills error, always returns false. */
bool pv_yaml_explain(const pv_source *source, const pv_yaml_problem *problem, pv_error *error);

#endif
