/* Invariant: a part of a form or manifest is read whole or refused: each key is one its reader knows, each required
 * one is there, each leaf is of its kind. The first fault ends the reading, with its exact place. */
#ifndef PV_MODEL_SHAPE_H
#define PV_MODEL_SHAPE_H

#include "model/value.h"

/* The keys of a mapping. */
typedef struct pv_shape {
    const char *what; /* "a measure", for messages */
    const pv_str *keys;
    size_t key_count;
    size_t required_count; /* the first this many keys must be there */
} pv_shape;

/* Sorts the children of node by shape->keys: children[i] is the one of keys[i], or NULL. PV_ERROR_SHAPE when node is no
 * mapping, has another key, or lacks a required one. */
bool pv_shape_read(const pv_shape *shape, const pv_node *node, const pv_node **children, pv_error *error) PV_MUST_CHECK;
/* Whether node is of this kind; what it is for goes into the message ("the measures"). */
bool pv_shape_expect(const pv_node *node, pv_node_kind kind, const char *what, pv_error *error) PV_MUST_CHECK;
/* A scalar that is not blank and one line, exactly as its value is: an id, a file name. */
bool pv_shape_name(const pv_node *node, const char *what, pv_str *out, pv_error *error) PV_MUST_CHECK;
/* A scalar that is not blank, folded to prose, in arena: a title, a prompt. */
bool pv_shape_prose(pv_arena *arena, const pv_node *node, const char *what, pv_str *out, pv_error *error) PV_MUST_CHECK;
/* One of names, by its position. what: "a level". */
bool pv_shape_choice(const pv_node *node, const char *what, const pv_str *names, size_t count, size_t *out,
                     pv_error *error) PV_MUST_CHECK;
/* A whole number from 1 to UINT32_MAX. */
bool pv_shape_count(pv_arena *arena, const pv_node *node, const char *what, uint32_t *out,
                    pv_error *error) PV_MUST_CHECK;
/* A decimal of at least 0. */
bool pv_shape_amount(pv_arena *arena, const pv_node *node, const char *what, pv_decimal *out,
                     pv_error *error) PV_MUST_CHECK;
/* A day, as 2022-07-01. */
bool pv_shape_date(pv_arena *arena, const pv_node *node, const char *what, pv_date *out, pv_error *error) PV_MUST_CHECK;
bool pv_shape_boolean(pv_arena *arena, const pv_node *node, const char *what, bool *out, pv_error *error) PV_MUST_CHECK;
/* A sequence of texts that are not blank, folded, in arena. */
bool pv_shape_texts(pv_arena *arena, const pv_node *node, const char *what, const pv_str **out, size_t *count,
                    pv_error *error) PV_MUST_CHECK;
/* The index-th element of a sequence that has so many. */
const pv_node *pv_shape_element(const pv_node *list, size_t index);

#endif
