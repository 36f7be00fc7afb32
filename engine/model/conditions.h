/* Invariant: every condition that a form declares of a filing is in its list once, in the form's order, under an
 * address that is made of the words by which the form declares it. Whether a filing breaks it, where and in what
 * sentence, is found from the form and the filing alone. */
#ifndef PV_MODEL_CONDITIONS_H
#define PV_MODEL_CONDITIONS_H

#include "base/array.h"
#include "model/verdict.h"

typedef enum pv_condition_kind {
    PV_CONDITION_REQUIRED,        /* of a field, a column, or an item whose measure is reported on */
    PV_CONDITION_OBLIGATION,      /* of a measure: it is mandatory */
    PV_CONDITION_WORD_MINIMUM,    /* of a field, a column or an item ... */
    PV_CONDITION_WORD_LIMIT,      /* ... likewise */
    PV_CONDITION_CHARACTER_LIMIT, /* ... likewise */
    PV_CONDITION_CHOOSE,          /* of a group: so many of its measures are reported on */
    PV_CONDITION_GROUP_MOST,      /* of a group: and no more */
    PV_CONDITION_ROWS_LEAST,      /* of a record kind */
    PV_CONDITION_ROWS_MOST,       /* likewise */
    PV_CONDITION_TYPE,            /* of a field or column that is no plain text */
    PV_CONDITION_ONE_OF,          /* of a field or column */
    PV_CONDITION_LOW,             /* of a field or column that is a number or a day ... */
    PV_CONDITION_HIGH,            /* ... likewise */
    PV_CONDITION_PATTERN,         /* of one that is a text */
    PV_CONDITION_UNIQUE,          /* of a column */
    PV_CONDITION_LEAST,           /* entries of a list ... */
    PV_CONDITION_MOST,            /* ... likewise */
    PV_CONDITION_COMPUTED,        /* of a field or column: it agrees with what it is computed from */
    PV_CONDITION_PREFILLED,       /* of one that the form fills in and the filer does not change */
    PV_CONDITION_KINDS,           /* of a file */
    PV_CONDITION_SIZE_MOST,       /* likewise */
    PV_CONDITION_KEY,             /* of a record kind */
    PV_CONDITION_OF,              /* likewise: each row belongs to one of another kind */
    PV_CONDITION_ONLY_IF,         /* of a field or column: it is given only where it applies */
    PV_CONDITION_KIND_COUNT,
} pv_condition_kind;

/* What it is about: exactly one of measure, item and group, or a specification (of a field, or with a record kind of
 * its column), or a record kind alone; of an item that asks for a value, its specification too. */
typedef struct pv_condition {
    pv_condition_kind kind;
    pv_str address; /* "items.1.1.6.1.word_limit" */
    const pv_measure *measure;
    const pv_item *item;
    const pv_group *group;
    const pv_value_spec *spec;
    const pv_record_spec *record;
    uint32_t number; /* the limit, the minimum, how many; 0 where the condition has none */
    pv_span at;      /* in the form: the name of what it is about */
} pv_condition;

/* One way in which a filing breaks a condition; columns are broken row by row. */
typedef struct pv_breach {
    const pv_condition *condition;
    pv_subject subject;        /* what it is a finding about */
    pv_place at;               /* what is too much, or where what is missing should stand */
    pv_span whole;             /* all of the value, response or list that is so, or the name of the measure */
    bool doubtful;             /* whether it is broken cannot be told from what is filed: for a person to judge */
    pv_str message;            /* one sentence: what is there, and what the form says */
    pv_str working;            /* empty: there is none */
    pv_str remedy;             /* what is to be done about it; empty: what the built-in rule says */
    const pv_related *related; /* of a group: where its other measures stand */
    size_t related_count;
} pv_breach;

typedef PV_ARRAY(pv_breach) pv_breaches;

/* All conditions of form, but for `form->conditions` complete; in arena. */
bool pv_conditions_find(const pv_condition **out, size_t *count, pv_arena *arena, const pv_form *form,
                        pv_error *error) PV_MUST_CHECK;
/* "required", "obligation", …: the last part of an address, by which the form declares it. */
const char *pv_condition_kind_name(pv_condition_kind kind);
/* What it asks of a value, in words: the bound, what it is computed from, what the pattern is for, what is prefilled;
 * empty where the address and the number say all. */
pv_str pv_condition_words(const pv_condition *condition);
/* The address with "*" for what tells it from others of its kind: "items.*.word_limit"; in arena, .data is NULL when
 * memory is refused. */
pv_str pv_condition_pattern(const pv_condition *condition, pv_arena *arena);
/* Whether reading a submission decides it: then a breach is a pv_problem, of the kind given; else the functions below
 * do. */
bool pv_condition_is_structural(const pv_condition *condition, pv_problem_kind *out);
/* The members of a group: "1.2.6, 1.2.10, “Another group”". */
void pv_group_write_members(pv_buf *out, const pv_group *group);
/* The measure that it is about, itself or one of its items; NULL: none. */
const pv_measure *pv_condition_measure(const pv_condition *condition);
/* Whether a measure as filed breaks a condition on it or on an item of it; needs no memory. */
bool pv_condition_is_broken(const pv_condition *condition, const pv_filed_measure *filed);
/* Adds each breach of a condition that is not structural to *out, in the order of rows; texts in arena. day: by which
 * it is judged, or NULL. */
bool pv_condition_breaches(const pv_condition *condition, const pv_submission *submission, const pv_date *day,
                           pv_arena *arena, pv_breaches *out, pv_error *error) PV_MUST_CHECK;

#endif
