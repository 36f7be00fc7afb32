#include "cli/pack_store.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/build_info.h"
#include "cli/files.h"
#include "model/message.h"

#define MANIFEST_NAME PV_STR("pack.yaml")
#define LONGEST_PATH ((size_t)4096)

typedef enum entry_state { ENTRY_UNOPENED, ENTRY_OPEN, ENTRY_FAILED } entry_state;

typedef struct pack_entry {
    pv_str id; /* the folder's name */
    pv_str folder;
    entry_state state;
    const pv_pack *pack; /* ENTRY_OPEN */
    pv_fault fault;      /* ENTRY_FAILED */
    struct pack_entry *next;
} pack_entry;

struct pv_pack_store {
    pv_library *library;
    pv_arena *arena;
    pv_str only;
    pack_entry *first;
    pack_entry *last;
    size_t count;
};

static bool fail_store(pv_pack_store *store, const pv_error *error, pv_str path, pv_fault *fault) {
    *fault = pv_fault_from_error(store->arena, PV_FAULT_INPUT, path, NULL, error);
    return false;
}

static bool fail_memory(pv_pack_store *store, pv_fault *fault) {
    pv_error error = {0};
    pv_fail_memory(&error);
    return fail_store(store, &error, (pv_str){0}, fault);
}

static pack_entry *entry_with_id(const pv_pack_store *store, pv_str id) {
    for (pack_entry *entry = store->first; entry; entry = entry->next)
        if (pv_str_equal(entry->id, id))
            return entry;
    return NULL;
}

static pv_str last_part(pv_str path) {
    size_t end = path.size;
    while (end > 1 && path.data[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return pv_str_slice(path, start, end);
}

/* Adds the pack in folder, if it holds one; *added tells. */
static bool add_entry(pv_pack_store *store, pv_str folder, bool *added, pv_fault *fault) {
    pv_str manifest = pv_files_join(store->arena, folder, MANIFEST_NAME);
    pack_entry *entry = PV_NEW(store->arena, pack_entry);
    if (!manifest.data || !entry)
        return fail_memory(store, fault);
    *added = pv_files_exists(manifest);
    if (!*added)
        return true;
    entry->id = last_part(folder);
    entry->folder = folder;
    if (store->last)
        store->last->next = entry;
    else
        store->first = entry;
    store->last = entry;
    store->count++;
    return true;
}

static bool add_folder_of_packs(pv_pack_store *store, pv_str folder, pv_fault *fault) {
    const pv_str *folders;
    size_t count;
    pv_error error = {0};
    if (folder.size == 0)
        return true;
    if (!pv_files_subfolders(store->arena, folder, &folders, &count, &error))
        return fail_store(store, &error, folder, fault);
    for (size_t i = 0; i < count; i++) {
        bool added;
        if (!entry_with_id(store, last_part(folders[i])) && !add_entry(store, folders[i], &added, fault))
            return false;
    }
    return true;
}

/* rules/ in the folder above the program's: where a build tree has it. Empty when that cannot be told. */
static pv_str rules_beside_program(pv_arena *arena) {
    char program[LONGEST_PATH];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program);
    if (size <= 0 || (size_t)size == sizeof program)
        return (pv_str){0};
    pv_str build = pv_files_folder_of((pv_str){program, (size_t)size});
    return pv_files_join(arena, pv_files_folder_of(build), PV_STR("rules"));
}

static bool add_all(pv_pack_store *store, pv_str configured, pv_fault *fault) {
    return add_folder_of_packs(store, configured, fault) &&
           add_folder_of_packs(store, pv_str_from(getenv("PROVISO_RULES")), fault) &&
           add_folder_of_packs(store, rules_beside_program(store->arena), fault) &&
           add_folder_of_packs(store, PV_STR(PV_RULES_FOLDER), fault);
}

/* The packs' ids as candidates for a suggestion; NULL when memory is refused. */
static const pv_str *entry_ids(const pv_pack_store *store) {
    pv_str *ids = PV_NEW_ARRAY(store->arena, pv_str, store->count);
    size_t count = 0;
    for (pack_entry *entry = store->first; ids && entry; entry = entry->next)
        ids[count++] = entry->id;
    return ids;
}

static bool fail_no_pack(pv_pack_store *store, pv_str name, pv_fault *fault) {
    const pv_str *ids = entry_ids(store);
    pv_error error = {0};
    if (!ids)
        return fail_memory(store, fault);
    pv_fail(&error, PV_ERROR_NOT_FOUND, "there is no pack '%s'%s", pv_message_quote(name).text,
            pv_message_hint(name, ids, store->count).text);
    return fail_store(store, &error, (pv_str){0}, fault);
}

/* The pack in the folder called name, or else with this id. */
static pack_entry *find_named(pv_pack_store *store, pv_str name, pv_fault *fault) {
    for (pack_entry *entry = store->first; entry; entry = entry->next)
        if (pv_str_equal(entry->folder, name))
            return entry;
    bool added;
    if (!add_entry(store, name, &added, fault))
        return NULL;
    pack_entry *entry = added ? store->last : entry_with_id(store, name);
    if (!entry)
        fail_no_pack(store, name, fault);
    return entry;
}

static bool keep_only(pv_pack_store *store, pv_fault *fault) {
    pack_entry *entry = find_named(store, store->only, fault);
    if (!entry)
        return false;
    entry->next = NULL;
    store->first = store->last = entry;
    store->count = 1;
    return true;
}

bool pv_pack_store_new(pv_pack_store **out, pv_library *library, pv_str configured, pv_str only, pv_fault *fault) {
    pv_memory *memory = pv_library_memory(library);
    pv_pack_store *store = pv_memory_new(memory, sizeof *store);
    pv_arena *arena = pv_arena_new(memory);
    if (!store || !arena) {
        pv_memory_free(memory, store, sizeof *store);
        pv_arena_free(arena);
        *fault = (pv_fault){.kind = PV_FAULT_MEMORY, .message = PV_STR("there is not enough memory")};
        return false;
    }
    *store = (pv_pack_store){.library = library, .arena = arena, .only = only};
    *out = store;
    return add_all(store, configured, fault) && (only.size == 0 || keep_only(store, fault));
}

void pv_pack_store_free(pv_pack_store *store) {
    if (!store)
        return;
    pv_arena_free(store->arena);
    pv_memory_free(pv_library_memory(store->library), store, sizeof *store);
}

/* What the library's reader of pack files is given. */
typedef struct pack_folder {
    pv_str folder;
    size_t limit; /* bytes of a file */
} pack_folder;

static bool read_pack_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const pack_folder *from = payload;
    pv_str full = pv_files_join(arena, from->folder, name);
    if (!full.data)
        return pv_fail_memory(error);
    *path = full;
    pv_buf contents = pv_buf_on(pv_arena_memory(arena));
    bool read = pv_files_read(&contents, full, from->limit, error);
    if (read) {
        *bytes = pv_arena_copy(arena, pv_buf_str(&contents));
        read = bytes->data || pv_fail_memory(error);
    }
    pv_buf_clear(&contents);
    return read;
}

static const pv_pack *open_entry(pv_pack_store *store, pack_entry *entry, pv_fault *fault) {
    if (entry->state == ENTRY_UNOPENED) {
        pack_folder from = {entry->folder, pv_library_limits(store->library)->source_bytes};
        bool opened = pv_library_open_pack(store->library, read_pack_file, &from, &entry->pack, &entry->fault);
        entry->state = opened ? ENTRY_OPEN : ENTRY_FAILED;
    }
    if (entry->state == ENTRY_OPEN)
        return entry->pack;
    *fault = entry->fault;
    return NULL;
}

/* The form a pack judges; empty when the pack cannot be opened: it says why to whoever asks for it by name. */
static pv_str form_of(pv_pack_store *store, pack_entry *entry) {
    pv_fault fault;
    const pv_pack *pack = open_entry(store, entry, &fault);
    return pack ? pack->form->id : (pv_str){0};
}

static bool fail_other_form(pv_pack_store *store, const pack_entry *entry, pv_str form_id, pv_fault *fault) {
    pv_error error = {0};
    pv_fail(&error, PV_ERROR_NOT_FOUND, "the form is %s, but the pack %s judges %s", pv_message_quote(form_id).text,
            pv_message_quote(entry->id).text, pv_message_quote(entry->pack->form->id).text);
    return fail_store(store, &error, (pv_str){0}, fault);
}

static bool fail_unknown_form(pv_pack_store *store, pv_str form_id, pv_fault *fault) {
    pv_str *forms = PV_NEW_ARRAY(store->arena, pv_str, store->count);
    size_t count = 0;
    pv_error error = {0};
    for (pack_entry *entry = store->first; forms && entry; entry = entry->next)
        if (form_of(store, entry).size > 0)
            forms[count++] = form_of(store, entry);
    if (!forms)
        return fail_memory(store, fault);
    pv_fail(&error, PV_ERROR_NOT_FOUND, "no pack judges the form '%s'%s", pv_message_quote(form_id).text,
            count == 0 ? "; no packs were found, name one with --pack" : pv_message_hint(form_id, forms, count).text);
    return fail_store(store, &error, (pv_str){0}, fault);
}

const pv_pack *pv_pack_store_for_form(pv_pack_store *store, pv_str form_id, pv_fault *fault) {
    /* A pack usually bears its form's name: only if not, the others' forms are read. */
    pack_entry *entry = store->only.size ? store->first : entry_with_id(store, form_id);
    for (pack_entry *other = store->first; !entry && other; other = other->next)
        if (pv_str_equal(form_of(store, other), form_id))
            entry = other;
    if (!entry) {
        fail_unknown_form(store, form_id, fault);
        return NULL;
    }
    const pv_pack *pack = open_entry(store, entry, fault);
    if (pack && !pv_str_equal(pack->form->id, form_id)) {
        fail_other_form(store, entry, form_id, fault);
        return NULL;
    }
    return pack;
}

const pv_pack *pv_pack_store_named(pv_pack_store *store, pv_str name, pv_fault *fault) {
    pack_entry *entry = find_named(store, name, fault);
    return entry ? open_entry(store, entry, fault) : NULL;
}

size_t pv_pack_store_count(const pv_pack_store *store) {
    return store->count;
}

const pv_pack *pv_pack_store_at(pv_pack_store *store, size_t index, pv_fault *fault) {
    pack_entry *entry = store->first;
    while (index-- > 0)
        entry = entry->next;
    return open_entry(store, entry, fault);
}
