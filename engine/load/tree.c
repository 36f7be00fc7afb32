#include "load/tree_p.h"

#include "base/hash.h"
#include "base/utf8.h"

/* ---- keys ---- */

bool pv_key_table_new(pv_key_table *out, pv_memory *memory, pv_error *error) {
    *out = (pv_key_table){.arena = pv_arena_new(memory)};
    if (!out->arena)
        return pv_fail_memory(error);
    out->set = pv_set_in(out->arena);
    return true;
}

static bool is_same_key(const void *items, size_t position, const void *wanted) {
    const pv_node *a = ((const pv_node *const *)items)[position];
    const pv_node *b = wanted;
    return a->parent == b->parent && pv_str_equal(a->text.value, b->text.value);
}

bool pv_key_table_add(pv_key_table *table, const pv_node *key, pv_error *error) {
    /* The start of the mapping is part of the hash: sibling mappings mostly have the same keys. */
    uint64_t hash = pv_hash_continue(PV_HASH_SEED ^ key->parent->span.start, key->text.value);
    size_t next = table->keys.count;
    size_t at;
    if (!PV_ARRAY_RESERVE(table->arena, &table->keys))
        return pv_fail_memory(error);
    if (!pv_set_put(&table->set, hash, is_same_key, table->keys.items, key, next, &at, error)) {
        error->has_where = error->code == PV_ERROR_LIMIT;
        error->where = key->span;
        return false;
    }
    if (at == next) {
        table->keys.items[table->keys.count++] = key;
        return true;
    }
    pv_fail_at(error, PV_ERROR_REFUSED, key->span, "this key stands twice in its mapping; keep one of the two");
    return pv_error_also_at(error, table->keys.items[at]->span);
}

void pv_key_table_clear(pv_key_table *table) {
    pv_arena_free(table->arena);
}

bool pv_tree_check_start(const pv_source *source, pv_error *error) {
    const size_t first = pv_utf8_mark_size(source->bytes);
    const size_t second = pv_utf8_mark_size(pv_str_slice(source->bytes, first, source->bytes.size));
    const uint32_t start = (uint32_t)pv_source_text_start(source);
    return second == 0 ||
           pv_fail_at(error, PV_ERROR_ENCODING, (pv_span){start, start + (uint32_t)second},
                      "the file begins with two byte order marks (U+FEFF), which show nothing; remove the second");
}
