/* Invariant: the parts of a form are built in the order of their dependence (attribute declarations, sections, measures,
 * groups), so that a reference is resolved the moment it is read. */
#ifndef PV_MODEL_FORM_BUILDER_H
#define PV_MODEL_FORM_BUILDER_H

#include "model/form.h"
#include "model/shape.h"
#include "model/value_spec.h"

/* A form under construction, and its parts while they can still be changed. */
typedef struct pv_form_builder {
    pv_arena *arena;
    pv_error *error;
    pv_form *form;
    pv_section *sections;
    pv_names section_names;
    pv_table_set tables; /* those that have been read: what is read later may name their rows */
    pv_measure *measures;
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
/* Indexes the names of a mapping's children. */
bool pv_form_index_keys(const pv_form_builder *builder, pv_names *out, const pv_node *mapping) PV_MUST_CHECK;
/* The columns of a record kind or table: at least one. */
bool pv_form_read_columns(const pv_form_builder *builder, const pv_node *node, pv_spec_list *columns) PV_MUST_CHECK;
/* Zeroed, in the builder's arena; NULL is reported already. */
void *pv_form_array(const pv_form_builder *builder, size_t count, size_t size);

/* Each takes the document's part, or NULL where it has none. */
bool pv_form_read_sections(pv_form_builder *builder, const pv_node *list) PV_MUST_CHECK;
bool pv_form_read_measures(pv_form_builder *builder, const pv_node *list) PV_MUST_CHECK;
bool pv_form_read_groups(pv_form_builder *builder, const pv_node *list) PV_MUST_CHECK;
bool pv_form_read_tables(pv_form_builder *builder, const pv_node *mapping) PV_MUST_CHECK;
bool pv_form_read_records(pv_form_builder *builder, const pv_node *mapping) PV_MUST_CHECK;
bool pv_form_read_matrices(pv_form_builder *builder, const pv_node *mapping) PV_MUST_CHECK;
/* After the record kinds and fields. */
bool pv_form_read_csv(pv_form_builder *builder, const pv_node *node) PV_MUST_CHECK;
/* Gives each section its measures, once both are read. */
bool pv_form_fill_sections(pv_form_builder *builder) PV_MUST_CHECK;

#endif
