#include "report/write/json_list.h"

#include "base/hash.h"

typedef struct pv_json_entry {
    pv_str text;
    uint64_t hash; /* most comparisons end here */
    size_t index;
    struct pv_json_entry *next;
} pv_json_entry;

pv_json_list pv_json_list_in(pv_arena *arena) {
    return (pv_json_list){.arena = arena, .text = pv_buf_on(pv_arena_memory(arena))};
}

void pv_json_list_clear(pv_json_list *list) {
    pv_buf_clear(&list->text);
}

/* The writer points at the list, which has its place by now. */
pv_json *pv_json_list_next(pv_json_list *list) {
    if (!list->begun) {
        list->json = pv_json_on(&list->text);
        pv_json_array_begin(&list->json);
        list->begun = true;
    }
    pv_json_line_break(&list->json);
    return &list->json;
}

static const pv_json_entry *find(const pv_json_list *list, pv_str text, uint64_t hash) {
    const pv_json_entry *entry = list->entries;
    while (entry && (entry->hash != hash || !pv_str_equal(entry->text, text)))
        entry = entry->next;
    return entry;
}

bool pv_json_list_add(pv_json_list *list, pv_str text, size_t *index, pv_error *error) {
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, text);
    const pv_json_entry *known = find(list, text, hash);
    if (known) {
        *index = known->index;
        return true;
    }
    pv_json_entry *added = PV_NEW(list->arena, pv_json_entry);
    pv_str copy = pv_arena_copy(list->arena, text);
    if (!added || !copy.data)
        return pv_fail_memory(error);
    *added = (pv_json_entry){copy, hash, list->count++, list->entries};
    list->entries = added;
    pv_json_raw(pv_json_list_next(list), copy);
    *index = added->index;
    return true;
}

void pv_json_list_write(pv_json *json, const char *key, pv_json_list *list) {
    pv_json_array_end(pv_json_list_next(list));
    pv_json_line_break(json);
    pv_json_key(json, key);
    pv_json_raw(json, pv_buf_str(&list->text));
    json->out->failed |= list->text.failed;
}
