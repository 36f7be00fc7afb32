/* Invariant: a form is complete, consistent and immutable once loaded: ids are unique, every reference (a measure's
 * section, a group's measure) resolves, every value has its declared type, and all lists keep the order in which the
 * form prints. */
#ifndef PV_MODEL_FORM_H
#define PV_MODEL_FORM_H

#include "model/only_if.h"
#include "text/cues.h"
#include "text/tokens.h"

typedef struct pv_section pv_section;
typedef struct pv_measure pv_measure;
typedef struct pv_item pv_item;
typedef struct pv_group pv_group;
typedef struct pv_record_spec pv_record_spec;

typedef enum pv_obligation { PV_OBLIGATION_MANDATORY, PV_OBLIGATION_OPTIONAL } pv_obligation;

/* A part of a form with `only_if` applies only where that holds (model/only_if.h); NULL: always. A `note` is what the
 * form prints beside a part, and nobody judges. */

/* One prompt. */
struct pv_item {
    pv_str id;      /* "1" within its measure */
    pv_str full_id; /* "1.1.6.1"; of a one-item measure the measure's own id */
    const pv_measure *measure;
    pv_str prompt; /* as printed */
    /* The words of the prompt, or else of its measure's description; NULL: there is neither. */
    const pv_token_list *asked;
    const pv_value_spec *spec; /* of one that asks for a value of a type, under its full id; NULL: for prose */
    pv_length length;
    bool required; /* when its measure is reported on; false: the prompt invites an answer and does not ask for one */
    const pv_str *accepts; /* what would say nothing elsewhere and is an answer here ("None"), or NULL */
    size_t accept_count;
    pv_str note;
    const pv_only_if *only_if;
    pv_value_list attributes;
    size_t index; /* among all items of the form, in printed order */
    pv_span at;
};

struct pv_measure {
    pv_str id;
    pv_str title;
    pv_str description; /* as printed */
    pv_str note;
    const pv_only_if *only_if;
    const pv_section *section;
    const pv_group *group; /* NULL when it stands alone */
    /* A measure that is given once for each row: of a table of the form, or of the records of a kind, which have a key
     * that every row is to give. Both NULL: it is given once. */
    const pv_table *for_table;
    const pv_record_spec *for_records;
    pv_obligation obligation;
    pv_decimal points;    /* as printed; of a group's measures: each the group's points, earned once */
    const pv_item *items; /* at least one */
    size_t item_count;
    pv_names item_names; /* their ids */
    pv_value_list attributes;
    size_t index;
    pv_span at;
};

struct pv_section {
    pv_str id;
    pv_str title;
    pv_str note;
    const pv_measure *const *measures; /* in printed order */
    size_t measure_count;
    pv_value_list attributes;
    size_t index;
    pv_span at;
};

/* Measures, and other groups, of which the filer reports on `choose` at least, whose points count once, however many
 * are reported on. A group is reported on where one of its measures is. */
struct pv_group {
    pv_str id;
    pv_str title;
    const pv_measure *const *measures; /* its own */
    size_t measure_count;
    const pv_group *const *groups; /* in it */
    size_t group_count;
    const pv_group *group;  /* that it is in; NULL: it stands alone */
    const pv_group *scored; /* whose points its measures share: itself or one that it is in; NULL: it has none */
    const pv_measure *const *within; /* its measures and those of the groups in it */
    size_t within_count;
    uint32_t choose;
    uint32_t most;     /* of them may be reported on; 0: all */
    pv_decimal points; /* of `scored` */
    pv_span at;
};

/* Rows a filing gives of one kind (an allocation, a meeting); attachments are the record kind "attachment". */
struct pv_record_spec {
    pv_str name;
    pv_str label;
    const pv_str *aliases; /* what else a row of a table may call the kind, or NULL */
    size_t alias_count;
    const pv_value_spec *columns; /* of a kind with an owner: first the owner's key, then its own */
    size_t column_count;
    pv_names column_names;
    const size_t *key; /* the columns that no two rows have in common, by position; none: rows may be alike */
    size_t key_count;
    const pv_record_spec *owner; /* the kind, earlier in the form, to a row of which each row belongs; NULL: none */
    pv_names part_names;         /* what may stand in a row: the columns, then the kinds whose owner this is */
    const pv_only_if *only_if;
    uint32_t least, most; /* rows that a filing gives, all together; 0 where the form does not say */
    size_t index;         /* in the form */
    pv_span at;
};

/* Two tables set against one another: every pair of their rows is a subject, and the records about it belong to it. */
typedef struct pv_matrix {
    pv_str name;
    pv_str label;
    const pv_table *rows;
    const pv_table *columns; /* another table than rows */
    const pv_record_spec *records;
    size_t row_cell; /* the records' column that names a row of `rows`, by position */
    size_t column_cell;
    size_t index; /* in the form */
    pv_span at;
} pv_matrix;

/* How a submission on a form is kept as a table: one row per record, under headings that the record kinds share. A
 * heading leads to at most one column of each record kind, a name to at most one kind or field, and the heading
 * under which a row says its kind to no column at all. */
typedef struct pv_form_headings {
    pv_str kind; /* the heading under which a row says its kind; empty: the form has one kind */
    uint64_t kind_key;
    pv_spelling spelling;
    pv_synonyms fields;         /* to positions in the form */
    pv_synonyms kinds;          /* the same */
    const pv_synonyms *columns; /* one per record kind: to its columns */
    pv_synonyms all;            /* headings there are, for suggestions only */
    pv_span at;                 /* in the form */
} pv_form_headings;

/* A part with a condition. */
typedef struct pv_conditional {
    pv_str address; /* "items.1.1.6.6", "records.letter" */
    const pv_only_if *only_if;
} pv_conditional;

/* A text of the form that is not there in one of its languages. */
typedef struct pv_untold {
    pv_str key; /* "label" */
    pv_str language;
    pv_span at;
} pv_untold;

/* A value that the form has a filer give in a place of its own, as a row of records: what follows these words. */
typedef struct pv_form_slot {
    pv_str after; /* "1. Delivery System Infrastructure Minimum 20% 200" */
    const pv_record_spec *records;
    size_t column;      /* what is given, by position */
    const size_t *told; /* columns that the form itself tells of the row, by position */
    const pv_str *values;
    size_t told_count;
} pv_form_slot;

/* What the form prints besides its parts, and where: what a document's reader must know that none of them says. */
typedef struct pv_form_layout {
    pv_str heading;        /* beside the title of each measure: "Measure Description" */
    pv_str marker;         /* before the answers of each measure: "MCP Submission" */
    const pv_str *printed; /* other texts: headings of tables, footnotes, what pages print at their foot */
    size_t printed_count;
    const pv_form_slot *slots;
    size_t slot_count;
    const pv_value_spec *whole; /* the field that a document is, all of it; NULL: it is the form, filled in */
} pv_form_layout;

typedef struct pv_form {
    pv_str id;
    pv_str title;
    pv_str note;
    const pv_source *source;
    const pv_value_spec *fields;
    size_t field_count;
    const pv_section *sections;
    size_t section_count;
    const pv_measure *measures; /* printed order */
    size_t measure_count;
    const pv_group *groups;
    size_t group_count;
    const pv_record_spec *records; /* "attachment" included when the form takes attachments */
    size_t record_count;
    const pv_table *tables;
    size_t table_count;
    const pv_matrix *matrices;
    size_t matrix_count;
    const pv_form_headings *headings; /* how it is kept as a table; NULL: it is not */
    const pv_form_headings *called;   /* the same; of a form that is not kept so what stands over tables of its records
                                       * in documents, without what would mean two things; NULL: it has no records */
    const pv_item *items;             /* of all measures */
    size_t item_count;
    pv_value_list attributes;
    const pv_empty_words *empty_words; /* what is no answer on it */
    const pv_wording_phrase *wording;  /* what it adds to the words that tell how something is said */
    size_t wording_count;
    /* The names by which the parts above are found, in their order; of items the full ids. */
    pv_names field_names, measure_names, item_names, record_names, table_names, matrix_names;
    /* What the form declares beyond the built-in names, per kind of thing: what a rule may ask for. */
    const pv_value_spec *form_attributes, *section_attributes, *measure_attributes, *item_attributes;
    size_t form_attribute_count, section_attribute_count, measure_attribute_count, item_attribute_count;
    const struct pv_condition *conditions; /* all that it declares (model/conditions.h), in its order */
    size_t condition_count;
    const pv_str *languages; /* that its texts are in, of which one is chosen; NULL: it does not say */
    size_t language_count;
    const pv_untold *untold;
    size_t untold_count;
    pv_form_layout layout;
    const pv_conditional *conditionals; /* fields, measures and items, record kinds and columns, in the form's order */
    size_t conditional_count;
} pv_form;

/* Builds a form in arena from its document (docs/form.md has the format). The first fault ends it: error.where is in
 * the document's source, the message suggests the name meant. document and its arena must outlive the form. */
bool pv_form_build(pv_form **out, pv_arena *arena, const pv_document *document, pv_error *error) PV_MUST_CHECK;
/* The same in one of its languages; empty: its first. A form that says nothing of languages is in any. */
bool pv_form_build_in(pv_form **out, pv_arena *arena, const pv_document *document, pv_str language,
                      pv_error *error) PV_MUST_CHECK;
const pv_measure *pv_form_measure(const pv_form *form, pv_str id);
const pv_item *pv_measure_item(const pv_measure *measure, pv_str id);
/* Whether it is given once for each row of something; and what that is called, for a reader and in the form. */
bool pv_measure_is_repeated(const pv_measure *measure);
pv_str pv_measure_rows_label(const pv_measure *measure);
pv_str pv_measure_rows_name(const pv_measure *measure);
/* By full id ("1.1.6.1", "1.1.7"). */
const pv_item *pv_form_item(const pv_form *form, pv_str full_id);
const pv_record_spec *pv_form_record(const pv_form *form, pv_str name);
const pv_table *pv_form_table(const pv_form *form, pv_str name);
const pv_matrix *pv_form_matrix(const pv_form *form, pv_str name);
const pv_value_spec *pv_form_field(const pv_form *form, pv_str name);

#endif
