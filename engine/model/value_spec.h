/* Invariant: specifications and the values that a form itself gives by them are read strictly: a fault in a form ends its
 * loading, unlike one in a submission. */
#ifndef PV_MODEL_VALUE_SPEC_H
#define PV_MODEL_VALUE_SPEC_H

#include "model/names.h"
#include "model/table.h"

typedef struct pv_spec_list {
    const pv_value_spec *specs;
    size_t count;
    pv_names names;
} pv_spec_list;

/* The tables of a form that have been read. */
typedef struct pv_table_set {
    pv_table *tables;
    size_t count;
} pv_table_set;

/* The keys by which a form says how long a text may be, for an array of keys, one after the other. */
#define PV_LENGTH_KEYS PV_STR("word_minimum"), PV_STR("word_limit"), PV_STR("character_limit")
#define PV_LENGTH_KEY_COUNT 3
/* Reads their nodes, in this order; NULL: not said. */
bool pv_length_read(pv_length *out, pv_arena *arena, const pv_node *const nodes[PV_LENGTH_KEY_COUNT],
                    pv_error *error) PV_MUST_CHECK;
/* A mapping of names to specifications (a type name, or a mapping with `type`); NULL gives the empty list. what is the
 * mapping in a message ("the fields"). tables: those whose rows a value of type row may name, which are then indexed; NULL
 * where no such value may stand. */
bool pv_spec_list_read(pv_spec_list *out, pv_arena *arena, const pv_node *mapping, const char *what,
                       const pv_table_set *tables, pv_error *error) PV_MUST_CHECK;
/* One value per specification from nodes (NULL: absent). A required one that is absent is a fault at owner, one that
 * stands there blank always is. */
bool pv_spec_list_values(pv_value_list *out, pv_arena *arena, const pv_value_spec *specs, size_t count,
                         const pv_node *const *nodes, const pv_node *owner, pv_error *error) PV_MUST_CHECK;

#endif
