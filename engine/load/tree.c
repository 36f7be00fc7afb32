#include "load/tree_p.h"

#include "base/hash.h"

pv_node *pv_tree_node(pv_arena *arena, pv_node_kind kind, pv_span span, pv_error *error) {
    pv_node *node = PV_NEW(arena, pv_node);
    if (!node) {
        pv_fail_memory(error);
        return NULL;
    }
    node->kind = kind;
    node->span = span;
    return node;
}

void pv_branch_add(pv_branch *branch, pv_node *child) {
    child->parent = branch->node;
    child->key = branch->key;
    child->index = branch->node->count++;
    if (branch->last)
        branch->last->next = child;
    else
        branch->node->first = child;
    branch->last = child;
    branch->key = NULL;
}

/* ---- keys ---- */

#define FIRST_CAPACITY 256
/* Half-full tables of honest keys need a few dozen steps; keys made to collide would need as many as there are keys. */
#define MAX_STEPS 4096

pv_key_table pv_key_table_on(pv_memory *memory) {
    return (pv_key_table){.memory = memory};
}

static bool is_same_key(const pv_node *a, const pv_node *b) {
    return a->parent == b->parent && pv_str_equal(a->text.value, b->text.value);
}

/* The slot that holds a key equal to this one, or the free one where it belongs; NULL when that takes too many steps. The
 * start of the mapping is part of the hash: sibling mappings mostly have the same keys. */
static const pv_node **slot_of(const pv_node **slots, size_t capacity, const pv_node *key) {
    uint64_t hash = pv_hash_continue(PV_HASH_SEED ^ key->parent->span.start, key->text.value);
    size_t slot = (size_t)(hash ^ hash >> 32) & (capacity - 1);
    for (size_t steps = 0; slots[slot] && !is_same_key(slots[slot], key); steps++) {
        if (steps == MAX_STEPS)
            return NULL;
        slot = (slot + 1) & (capacity - 1);
    }
    return &slots[slot];
}

static bool fail_steps(const pv_node *key, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_LIMIT, key->span, "this has more keys of a kind than can be told apart in time");
}

static bool grow(pv_key_table *table, pv_error *error) {
    size_t capacity = table->capacity > 0 ? table->capacity * 2 : FIRST_CAPACITY;
    const pv_node **slots = pv_memory_new(table->memory, capacity * sizeof(pv_node *));
    if (!slots)
        return pv_fail_memory(error);
    for (size_t i = 0; i < table->capacity; i++) {
        const pv_node **slot = table->slots[i] ? slot_of(slots, capacity, table->slots[i]) : NULL;
        if (slot) {
            *slot = table->slots[i];
        } else if (table->slots[i]) {
            pv_memory_free(table->memory, slots, capacity * sizeof(pv_node *));
            return fail_steps(table->slots[i], error);
        }
    }
    size_t count = table->count;
    pv_key_table_clear(table);
    table->slots = slots;
    table->capacity = capacity;
    table->count = count;
    return true;
}

static bool refuse_duplicate(const pv_node *key, const pv_node *earlier, pv_error *error) {
    pv_fail_at(error, PV_ERROR_REFUSED, key->span, "this key stands twice in its mapping; keep one of the two");
    return pv_error_also_at(error, earlier->span);
}

bool pv_key_table_add(pv_key_table *table, const pv_node *key, pv_error *error) {
    if (table->count >= table->capacity / 2 && !grow(table, error))
        return false;
    const pv_node **slot = slot_of(table->slots, table->capacity, key);
    if (!slot)
        return fail_steps(key, error);
    if (*slot)
        return refuse_duplicate(key, *slot, error);
    *slot = key;
    table->count++;
    return true;
}

void pv_key_table_clear(pv_key_table *table) {
    pv_memory_free(table->memory, table->slots, table->capacity * sizeof(pv_node *));
    *table = pv_key_table_on(table->memory);
}
