/* Invariant: the parts of a form are built in the order of their dependence (attribute declarations, tables,
 * sections, measures, groups, records), so that a reference is resolved the moment it is read. Specifications, and
 * the values that a form itself gives by them, are read strictly: a fault in a form ends its loading, unlike one in
 * a submission. */
#ifndef PV_MODEL_FORM_P_H
#define PV_MODEL_FORM_P_H

#include "base/array.h"
#include "model/form.h"
#include "model/shape.h"

/* ---- what values are declared ---- */

typedef struct pv_spec_list {
    const pv_value_spec *specs;
    size_t count;
    pv_names names;
} pv_spec_list;

/* Bounds, and what a value is computed from, to be read when the whole form is there. */
typedef struct pv_pending_demands {
    struct pv_demands *demands;
    const pv_value_spec *spec;
    const struct pv_record_spec *record; /* of a column; NULL: of a field */
    const pv_node *low, *high, *computed;
    const pv_node *least, *most; /* that are no numbers */
} pv_pending_demands;

/* The tables of a form that have been read, and what has been put off. */
typedef struct pv_table_set {
    pv_table *tables;
    size_t count;
    PV_ARRAY(pv_pending_demands) pending;
} pv_table_set;

/* What a specification is of. */
typedef enum pv_spec_place {
    PV_SPEC_ATTRIBUTE,
    PV_SPEC_TABLE_COLUMN,
    PV_SPEC_COLUMN,
    PV_SPEC_FIELD,
    PV_SPEC_ITEM
} pv_spec_place;

/* The keys by which a form says how long a text may be, for an array of keys, one after the other. */
#define PV_LENGTH_KEYS PV_STR("word_minimum"), PV_STR("word_limit"), PV_STR("character_limit")
#define PV_LENGTH_KEY_COUNT 3
/* Reads their nodes, in this order; NULL: not said. */
bool pv_length_read(pv_length *out, pv_arena *arena, const pv_node *const nodes[PV_LENGTH_KEY_COUNT],
                    pv_error *error) PV_MUST_CHECK;
/* A mapping of names to specifications (a type name, or a mapping with `type`); NULL gives the empty list. what is
 * the mapping in a message ("the fields"). A field's `only_if`, and bounds, are read later. tables: those whose rows a
 * value of type row may name, which are then indexed; NULL for attributes, where no such value may stand. */
bool pv_spec_list_read(pv_spec_list *out, pv_arena *arena, const pv_node *mapping, const char *what,
                       pv_spec_place place, pv_table_set *tables, pv_error *error) PV_MUST_CHECK;
/* The keys by which an item says what value it asks for: those of a specification that an item has not itself. Returns
 * how many; keys: NULL, or where to put them. */
size_t pv_item_spec_keys(pv_str *keys);
/* The specification of an item, at its own node, whose keys are known to be an item's; name: its full id. *out is NULL
 * where it gives no type: it then asks for prose, and has no other key of the above. */
bool pv_item_spec_read(pv_value_spec **out, pv_arena *arena, const pv_node *item, pv_str name, pv_str prompt,
                       pv_table_set *tables, pv_error *error) PV_MUST_CHECK;
/* One value per specification from nodes (NULL: absent). A required one that is absent is a fault at owner, one that
 * stands there blank always is. */
bool pv_spec_list_values(pv_value_list *out, pv_arena *arena, const pv_value_spec *specs, size_t count,
                         const pv_node *const *nodes, const pv_node *owner, pv_error *error) PV_MUST_CHECK;

/* ---- the form under construction ---- */

/* A form under construction, and its parts while they can still be changed. */
typedef struct pv_form_builder {
    pv_arena *arena;
    pv_error *error;
    pv_form *form;
    pv_section *sections;
    pv_names section_names;
    pv_table_set tables; /* those that have been read: what is read later may name their rows */
    pv_measure *measures;
    pv_item *items; /* of all measures */
    pv_value_spec *fields;
    pv_record_spec *records;
    pv_value_spec **columns; /* of each record kind */
    /* What the form declares beyond the built-in names. */
    pv_spec_list form_attributes, section_attributes, measure_attributes, item_attributes;
} pv_form_builder;

/* The built-in keys of a kind of thing followed by the names the form declares for it. */
typedef struct pv_attributed_shape {
    pv_shape shape;
    size_t builtin_count;
    const pv_spec_list *attributes;
    const pv_node **parts; /* of the thing read last, in the order of shape.keys */
} pv_attributed_shape;

/* builtin has its required_count required keys first. A declared name that is a built-in one is a fault. */
bool pv_attributed_shape_build(pv_attributed_shape *out, const pv_form_builder *builder, pv_shape builtin,
                               const pv_spec_list *attributes) PV_MUST_CHECK;
/* Reads node's parts, and the values of its attributes. */
bool pv_attributed_shape_read(const pv_attributed_shape *shape, const pv_form_builder *builder, const pv_node *node,
                              pv_value_list *attributes) PV_MUST_CHECK;
/* Indexes ids. On one that is there twice: fails at the id of that element of list ("measure 1.1.6 is there twice"). */
bool pv_form_index_ids(const pv_form_builder *builder, pv_names *out, const pv_str *ids, size_t count,
                       const pv_node *list, const char *what) PV_MUST_CHECK;
/* Zeroed, in the builder's arena; NULL is reported already. */
void *pv_form_array(const pv_form_builder *builder, size_t count, size_t size);

/* form_languages.c: before anything else. *out is the root with each text that stands there in several languages in the
 * one chosen (empty: the first), and what lacks one noted in form; root itself of a form in one language. */
bool pv_form_choose_language(const pv_node **out, pv_form *form, pv_arena *arena, const pv_node *root, pv_str language,
                             pv_error *error) PV_MUST_CHECK;

/* ---- its parts: nodes are NULL where the document has none ---- */

/* form_measures.c */
bool pv_form_read_measures(pv_form_builder *builder, const pv_node *sections, const pv_node *measures,
                           const pv_node *groups) PV_MUST_CHECK;
/* form_measures.c: what each measure is given for each of, once the tables and record kinds are there. */
bool pv_form_read_repeats(pv_form_builder *builder, const pv_node *measures) PV_MUST_CHECK;
/* form_tables.c; the records after the fields */
bool pv_form_read_tables(pv_form_builder *builder, const pv_node *mapping) PV_MUST_CHECK;
bool pv_form_read_records(pv_form_builder *builder, const pv_node *records, const pv_node *matrices,
                          const pv_node *headings) PV_MUST_CHECK;

/* only_if.c: the conditions of all parts, once all are there, so that one may be on what stands later. The nodes are
 * the document's lists of parts. */
bool pv_form_read_only_ifs(pv_form_builder *builder, const pv_node *fields, const pv_node *measures,
                           const pv_node *records) PV_MUST_CHECK;

/* terms.c: the bounds of fields and columns, and what they are computed from, likewise. */
bool pv_form_read_demands(pv_form_builder *builder) PV_MUST_CHECK;

#endif
