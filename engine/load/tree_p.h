/* Invariant: the key table knows every key of every mapping that was added, so that a key given twice is found in
 * constant time however many keys a mapping has. */
#ifndef PV_LOAD_TREE_P_H
#define PV_LOAD_TREE_P_H

#include "base/array.h"
#include "base/set.h"
#include "model/node.h"

typedef struct pv_key_table {
    pv_arena *arena; /* of its own */
    pv_set set;      /* of positions in keys */
    PV_ARRAY(const pv_node *) keys;
} pv_key_table;

/* An empty table charged to memory; yours: pv_key_table_clear. */
bool pv_key_table_new(pv_key_table *out, pv_memory *memory, pv_error *error) PV_MUST_CHECK;
/* Adds key, whose parent is its mapping. PV_ERROR_REFUSED, with both places, when the mapping has an equal key
 * already. */
bool pv_key_table_add(pv_key_table *table, const pv_node *key, pv_error *error) PV_MUST_CHECK;
void pv_key_table_clear(pv_key_table *table);

/* Refuses a file that begins with a second byte order mark: PV_ERROR_ENCODING at it. */
bool pv_tree_check_start(const pv_source *source, pv_error *error) PV_MUST_CHECK;

#endif
