/* Invariant: a setting that was applied changed exactly one parameter, of a rule that exists, to a value that its
 * declaration allows; one that names nothing is an error at its name. */
#ifndef PV_RUN_SETTINGS_H
#define PV_RUN_SETTINGS_H

#include "run/ruleset.h"

/* `parameters: { RULE: { NAME: value } }` of a pack or of a project. Borrowed; outlives the rules it is applied to. */
typedef struct pv_settings {
    const pv_source *source;
    const pv_node *rules;             /* NULL: nothing is set */
    const struct pv_settings *before; /* others, which these outweigh; NULL: none */
} pv_settings;

/* Whether node has that form; what it stands in is named by its file. */
bool pv_settings_read(pv_settings *out, const pv_source *source, const pv_node *node, pv_error *error) PV_MUST_CHECK;
/* Sets what origin gives, with texts in arena. A project's settings may be for rules of other packs, which are
 * passed over; of a pack every rule must be there. PV_ERROR_SHAPE or PV_ERROR_NOT_FOUND with its place in
 * settings->source. */
bool pv_settings_apply(const pv_settings *settings, pv_parameter_origin origin, const pv_ruleset *ruleset,
                       pv_arena *arena, pv_error *error) PV_MUST_CHECK;

#endif
