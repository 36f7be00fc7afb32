/* Invariant: a rule's metadata is complete and checked before any rule runs; ids are unique within a pack. A
 * parameter's default, limits and effective value have its declared type, the default and the effective value lie
 * within the limits, and where the effective value was set is always known. */
#ifndef PV_MODEL_RULE_H
#define PV_MODEL_RULE_H

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

typedef enum pv_level { PV_LEVEL_NOTE, PV_LEVEL_WARNING, PV_LEVEL_ERROR } pv_level;
#define PV_LEVEL_COUNT (PV_LEVEL_ERROR + 1)

typedef enum pv_subject_kind {
    PV_SUBJECT_SUBMISSION,
    PV_SUBJECT_SECTION,
    PV_SUBJECT_MEASURE,
    PV_SUBJECT_RESPONSE,
    PV_SUBJECT_RECORD,
    PV_SUBJECT_PAIR, /* a row and a column of a matrix */
    PV_SUBJECT_COLLECTION,
} pv_subject_kind;

typedef struct pv_rule {
    pv_str id;    /* "ipp1.word-limit" */
    pv_str title; /* the positive statement of the requirement */
    pv_str citation;
    pv_str remedy; /* what the filer is to do when it fails */
    pv_str why;    /* optional */
    pv_level level;
    bool has_review_level; /* false: what is for a person to judge has the level of a failure */
    pv_level review_level; /* never above level */
    pv_subject_kind each;
    pv_str record_kind; /* each = record: which kind */
    pv_str matrix;      /* each = pair: of which matrix */
    bool checks_blank;  /* false: a blank response or measure is not applicable without running the rule */
    bool checks_typed;  /* false: a response to an item that asks for a value is not applicable likewise */
    bool not_waivable;  /* no waiver accepts its findings */
    bool has_since;
    bool has_until;
    pv_date since; /* the first day on which it applies */
    pv_date until; /* the last */
    const pv_str *tags;
    size_t tag_count;
    const pv_str *replaces; /* ids of rules that this one stands for; no longer in the pack */
    size_t replaces_count;
    const pv_str *judges; /* patterns of the addresses of conditions that it judges; each meets one */
    size_t judges_count;
    pv_parameter *parameters; /* as declared; set while the pack is opened, and the same from then on */
    size_t parameter_count;
    size_t example_count;
    const pv_source *source; /* the file that defines it; NULL for a built-in rule */
    pv_span at;
} pv_rule;

/* What its subjects are of: the kind of record, or the matrix; empty for all others. */
pv_str pv_rule_subject_of(const pv_rule *rule);
/* The parameter with this name, or NULL. */
pv_parameter *pv_rule_parameter(const pv_rule *rule, pv_str name);

const char *pv_level_name(pv_level level); /* "note", "warning", "error" */
bool pv_level_from_name(pv_str name, pv_level *out);
const char *pv_subject_kind_name(pv_subject_kind kind);
bool pv_subject_kind_from_name(pv_str name, pv_subject_kind *out);

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
