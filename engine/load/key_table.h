/* Invariant: the table knows every key of every mapping that was added, by the mapping and the bytes of the key, so that a
 * key given twice is found in constant time however many keys a mapping has. */
#ifndef PV_LOAD_KEY_TABLE_H
#define PV_LOAD_KEY_TABLE_H

#include "base/memory.h"
#include "model/node.h"

typedef struct pv_key_table {
    pv_memory *memory;
    const pv_node **slots; /* keys, open addressing; NULL where free */
    size_t capacity;       /* a power of two, or 0 */
    size_t count;
} pv_key_table;

/* An empty table charged to memory. Contents are yours: pv_key_table_clear. */
pv_key_table pv_key_table_on(pv_memory *memory);
/* Adds key, whose parent is its mapping. *earlier is the equal key that the mapping has already, which then stays the only
 * one, or NULL. False when there is no memory. */
bool pv_key_table_add(pv_key_table *table, const pv_node *key, const pv_node **earlier, pv_error *error) PV_MUST_CHECK;
void pv_key_table_clear(pv_key_table *table);

#endif
