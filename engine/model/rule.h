/* Invariant: a rule's metadata is complete and checked before any rule runs; ids are unique within a pack. */
#ifndef PV_MODEL_RULE_H
#define PV_MODEL_RULE_H

#include "model/parameter.h"

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
    bool not_waivable;  /* no waiver accepts its findings */
    bool has_since;
    bool has_until;
    pv_date since; /* the first day on which it applies */
    pv_date until; /* the last */
    const pv_str *tags;
    size_t tag_count;
    const pv_str *replaces; /* ids of rules that this one stands for; no longer in the pack */
    size_t replaces_count;
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

#endif
