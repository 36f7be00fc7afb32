/* Invariant: a parameter's default, limits and effective value have its declared type, and the default and the
 * effective value lie within the limits. Where the effective value was set is always known. */
#ifndef PV_MODEL_PARAMETER_H
#define PV_MODEL_PARAMETER_H

#include "model/source.h"
#include "model/value.h"

/* Who set a value; each outweighs the one before it. */
typedef enum pv_parameter_origin {
    PV_PARAMETER_OF_RULE, /* the default */
    PV_PARAMETER_OF_PACK,
    PV_PARAMETER_OF_PROJECT,
    PV_PARAMETER_ORIGIN_COUNT,
} pv_parameter_origin;

/* A number, text or date of a rule that its pack, and a project that uses the pack, may set. */
typedef struct pv_parameter {
    pv_value_spec spec; /* name and type; every value below is one of it */
    pv_str means;       /* one sentence */
    pv_value default_value;
    pv_value low, high; /* inclusive; not given: no limit */
    pv_value value;     /* the effective one */
    pv_parameter_origin origin;
    const pv_source *source; /* the file that set the value, at value.at: of a default, where the rule is declared */
} pv_parameter;

/* "rule", "pack", "project". */
const char *pv_parameter_origin_name(pv_parameter_origin origin);
/* Whether a declared parameter is one: limits only for a type that has an order, low not above high, a default within.
 * PV_ERROR_SHAPE, without a place, naming the parameter. */
bool pv_parameter_check(const pv_parameter *parameter, pv_error *error) PV_MUST_CHECK;
/* Reads node, in source, as the value that origin sets; texts in arena. PV_ERROR_SHAPE at node where it is not of
 * the type or leaves the limits; the value is then what it was. */
bool pv_parameter_set(pv_parameter *parameter, pv_arena *arena, pv_parameter_origin origin, const pv_source *source,
                      const pv_node *node, pv_error *error) PV_MUST_CHECK;
/* A value of a parameter as it is written in YAML: 20%, 1,000, [one, another]. */
void pv_parameter_write(pv_buf *out, const pv_value *value);

#endif
