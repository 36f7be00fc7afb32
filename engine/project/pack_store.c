#include "project/pack_store.h"

#include <stdio.h>

#include "project/file_list.h"
#include "run/pack.h"
#include "run/ruleset.h"
#include "run/runner.h"

typedef enum entry_state { ENTRY_UNOPENED, ENTRY_OPEN, ENTRY_FAILED } entry_state;

typedef struct pack_entry {
    pv_str id; /* the folder's name */
    pv_str folder;
    entry_state state;
    const pv_pack *pack; /* ENTRY_OPEN */
    pv_fault fault;      /* ENTRY_FAILED */
    bool chosen;         /* it is the one for its form: asked for with every submission */
    bool outlined;
    pv_pack_outline outline; /* without a manifest when it cannot be read, as unread says */
    pv_fault unread;
    struct pack_entry *next;
} pack_entry;

struct pv_pack_store {
    pv_library *library;
    const pv_host *host;
    pv_arena *arena;
    pv_config config;
    const pv_proofs *proofs; /* NULL: none */
    pack_entry *only;        /* the one pack to use, or NULL */
    bool project_checked;
    pack_entry *first;
    pack_entry *last;
    size_t count;
};

static bool fail_store(pv_pack_store *store, const pv_error *error, pv_str path, pv_fault *fault) {
    return pv_fail_input(fault, store->arena, path, NULL, error);
}

/* Of those that lie below a folder that is no pack. */
#define MOST_PACKS_TOLD ((size_t)5)

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

/* "there is no pack.yaml in this folder, so it is no pack; there are calaim-mou and nlcf below it" */
static pv_str tell_no_manifest(pv_pack_store *store, pv_str folder) {
    pv_path_list folders;
    pv_error ignored = {0};
    pv_str told = PV_STR("there is no pack.yaml in this folder, so it is no pack");
    size_t count = 0;
    if (!pv_host_subfolders(store->host, store->arena, folder, &folders, &ignored))
        return told;
    for (size_t i = 0; i < folders.count && count <= MOST_PACKS_TOLD; i++) {
        pv_str manifest = pv_path_join(store->arena, folders.paths[i], PV_MANIFEST_NAME);
        if (!manifest.data || !pv_host_exists(store->host, manifest))
            continue;
        told = count == MOST_PACKS_TOLD
                   ? pv_arena_format(store->arena, "%.*s and more", PV_STR_ARG(told))
                   : pv_arena_format(store->arena, "%.*s%s%.*s", PV_STR_ARG(told),
                                     count == 0 ? "; below it lie the packs " : ", ", PV_STR_ARG(folders.paths[i]));
        if (!told.data)
            return PV_STR("there is no pack.yaml in this folder, so it is no pack");
        count++;
    }
    return told;
}

/* Adds the pack in folder. One without a manifest is an entry too, so that it is not passed over without a word. */
static bool add_entry(pv_pack_store *store, pv_str folder, pv_fault *fault) {
    pv_str manifest = pv_path_join(store->arena, folder, PV_MANIFEST_NAME);
    pack_entry *entry = PV_NEW(store->arena, pack_entry);
    if (!manifest.data || !entry)
        return pv_fail_no_memory(fault);
    entry->id = last_part(folder);
    entry->folder = folder;
    if (!pv_host_exists(store->host, manifest)) {
        entry->state = ENTRY_FAILED;
        entry->fault = (pv_fault){.kind = PV_FAULT_INPUT, .path = folder, .message = tell_no_manifest(store, folder)};
    }
    if (store->last)
        store->last->next = entry;
    else
        store->first = entry;
    store->last = entry;
    store->count++;
    return true;
}

static bool add_folder_of_packs(pv_pack_store *store, pv_str folder, pv_fault *fault) {
    pv_path_list folders;
    pv_error error = {0};
    if (folder.size == 0)
        return true;
    if (!pv_host_subfolders(store->host, store->arena, folder, &folders, &error))
        return fail_store(store, &error, folder, fault);
    for (size_t i = 0; i < folders.count; i++)
        if (!entry_with_id(store, last_part(folders.paths[i])) && !add_entry(store, folders.paths[i], fault))
            return false;
    return true;
}

static bool add_packs_of_host(pv_pack_store *store, pv_fault *fault) {
    for (size_t i = 0; i < store->host->pack_folder_count; i++)
        if (!add_folder_of_packs(store, store->host->pack_folders[i], fault))
            return false;
    return true;
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
        return pv_fail_no_memory(fault);
    bool is_path = pv_str_find(name, PV_STR("/"), 0) != SIZE_MAX;
    pv_str near = is_path ? pv_host_nearest(store->host, store->arena, name) : (pv_str){0};
    pv_hint hint = near.size > 0 ? pv_message_hint(near, &near, 1) : pv_message_hint(name, ids, store->count);
    pv_fail(&error, PV_ERROR_NOT_FOUND, "there is no pack '%s'%s", pv_message_quote(name).text, hint.text);
    return fail_store(store, &error, (pv_str){0}, fault);
}

/* The pack in the folder called name, or else with this id. */
static pack_entry *find_named(pv_pack_store *store, pv_str name, pv_fault *fault) {
    for (pack_entry *entry = store->first; entry; entry = entry->next)
        if (pv_str_equal(entry->folder, name))
            return entry;
    if (pv_host_is_folder(store->host, name))
        return add_entry(store, name, fault) ? store->last : NULL;
    pack_entry *entry = entry_with_id(store, name);
    if (!entry)
        fail_no_pack(store, name, fault);
    return entry;
}

bool pv_pack_store_new(pv_pack_store **out, pv_library *library, const pv_host *host, const pv_config *config,
                       pv_str only, pv_fault *fault) {
    pv_memory *memory = pv_library_memory(library);
    pv_pack_store *store = pv_memory_new(memory, sizeof *store);
    pv_arena *arena = pv_arena_new(memory);
    if (!store || !arena) {
        pv_memory_free(memory, store, sizeof *store);
        pv_arena_free(arena);
        return pv_fail_no_memory(fault);
    }
    *store = (pv_pack_store){.library = library, .host = host, .arena = arena, .config = *config};
    *out = store;
    if (!add_folder_of_packs(store, config->values.packs, fault) || !add_packs_of_host(store, fault))
        return false;
    if (only.size > 0)
        store->only = find_named(store, only, fault);
    return only.size == 0 || store->only;
}

void pv_pack_store_trust(pv_pack_store *store, const pv_proofs *proofs) {
    store->proofs = proofs;
}

void pv_pack_store_free(pv_pack_store *store) {
    if (!store)
        return;
    pv_arena_free(store->arena);
    pv_memory_free(pv_library_memory(store->library), store, sizeof *store);
}

/* ---- reading the files of one ---- */

/* What the library's reader of pack files is given. */
typedef struct pack_folder {
    const pv_host *host;
    pv_str folder;
    size_t limit; /* bytes of a file */
} pack_folder;

static bool read_pack_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const pack_folder *from = payload;
    pv_str full = pv_path_join(arena, from->folder, name);
    if (!full.data)
        return pv_fail_memory(error);
    *path = full;
    return pv_host_read_copy(from->host, arena, full, from->limit, bytes, error);
}

static pack_folder folder_of(const pv_pack_store *store, const pack_entry *entry) {
    return (pack_folder){store->host, entry->folder, pv_library_limits(store->library)->source_bytes};
}

/* ---- what packs say of themselves ---- */

static const pv_manifest *manifest_of(pv_pack_store *store, pack_entry *entry) {
    pack_folder from = folder_of(store, entry);
    if (entry->state == ENTRY_OPEN)
        return entry->pack->manifest;
    if (!entry->outlined &&
        !pv_library_outline_pack(store->library, read_pack_file, &from, &entry->outline, &entry->unread))
        entry->outline = (pv_pack_outline){0};
    entry->outlined = true;
    return entry->outline.manifest;
}

/* The form a pack judges; empty when the pack cannot be read. */
static pv_str form_of(pv_pack_store *store, pack_entry *entry) {
    if (!manifest_of(store, entry))
        return (pv_str){0};
    return entry->state == ENTRY_OPEN ? entry->pack->form->id : entry->outline.form_id;
}

static bool has_file(const pv_pack_store *store, const pack_entry *entry, pv_str name) {
    pv_str path = pv_path_join(store->arena, entry->folder, name);
    return path.data && pv_host_exists(store->host, path);
}

static bool is_named_form(void *payload, pv_str key, pv_str value, bool is_key) {
    return is_key && pv_str_equal(key, PV_STR("form")) && pv_str_equal(value, *(const pv_str *)payload);
}

/* Whether a pack that cannot be read is for this form, as far as the file with its form tells. */
static bool is_unread_for(pv_pack_store *store, pack_entry *entry, pv_str form_id) {
    pv_str form = pv_path_join(store->arena, entry->folder, PV_STR("form.yaml"));
    pv_str bytes;
    pv_error ignored = {0};
    return !manifest_of(store, entry) && has_file(store, entry, PV_MANIFEST_NAME) && form.data &&
           pv_host_exists(store->host, form) &&
           pv_host_read_copy(store->host, store->arena, form, pv_library_limits(store->library)->source_bytes, &bytes,
                             &ignored) &&
           pv_glimpse_any(store->arena, bytes, is_named_form, &form_id);
}

/* A pack that supersedes others is not one of those that it supersedes. */
static bool check_succession(pv_pack_store *store, pack_entry *entry, pv_fault *fault) {
    const pv_manifest *own = entry->pack->manifest;
    pv_error error = {0};
    size_t count = 0;
    if (own->supersedes_count == 0)
        return true;
    const pv_manifest **manifests = PV_NEW_ARRAY(store->arena, const pv_manifest *, store->count);
    if (!manifests)
        return pv_fail_no_memory(fault);
    for (pack_entry *each = store->first; each; each = each->next)
        if (manifest_of(store, each))
            manifests[count++] = manifest_of(store, each);
    if (pv_succession_check(own, manifests, count, store->arena, &error))
        return true;
    *fault = pv_fault_from_error(store->arena, PV_FAULT_LOAD, own->source->path, own->source, &error);
    return false;
}

/* ---- opening ---- */

static bool open_folder(pv_pack_store *store, pack_entry *entry) {
    pack_folder from = folder_of(store, entry);
    return pv_library_open_pack(store->library, read_pack_file, &from, &store->config.parameters, store->proofs,
                                &entry->pack, &entry->fault) &&
           check_succession(store, entry, &entry->fault);
}

static const pv_pack *open_entry(pv_pack_store *store, pack_entry *entry, pv_fault *fault) {
    if (entry->state == ENTRY_UNOPENED)
        entry->state = open_folder(store, entry) ? ENTRY_OPEN : ENTRY_FAILED;
    if (entry->state == ENTRY_OPEN)
        return entry->pack;
    *fault = entry->fault;
    return NULL;
}

/* Whether the pack has a rule as the pattern says, or may have it. */
static bool pack_has(const pv_pack *pack, pv_str rule_pattern) {
    return pv_run_selected(pack, rule_pattern) > 0 || pv_rule_find(pack->ruleset, rule_pattern) ||
           pv_rule_may_be_refused(pack->ruleset);
}

/* Whether some pack has such a rule, or may have it: one that cannot be opened says so to whoever asks for it. */
static bool some_pack_has(pv_pack_store *store, pv_str rule_pattern) {
    for (pack_entry *entry = store->first; entry; entry = entry->next) {
        pv_fault fault;
        const pv_pack *pack = open_entry(store, entry, &fault);
        if (!pack || pack_has(pack, rule_pattern))
            return true;
    }
    return false;
}

bool pv_pack_store_has_rule(pv_pack_store *store, pv_str rule_pattern) {
    for (pack_entry *entry = store->first; entry; entry = entry->next) {
        pv_fault ignored;
        const pv_pack *pack = !store->only || entry == store->only ? open_entry(store, entry, &ignored) : NULL;
        if (pack && pack_has(pack, rule_pattern))
            return true;
    }
    return false;
}

static bool fail_project(pv_pack_store *store, const pv_error *error, pv_fault *fault) {
    const pv_source *source = store->config.source;
    *fault = pv_fault_from_error(store->arena, PV_FAULT_INPUT, source->path, source, error);
    store->project_checked = false; /* said whenever a pack is asked for */
    return false;
}

static bool check_settings(pv_pack_store *store, const pv_settings *project, const pv_pack *pack, pv_fault *fault) {
    pv_error error = {0};
    if (project->before && !check_settings(store, project->before, pack, fault))
        return false;
    for (const pv_node *rule = project->rules ? project->rules->first : NULL; rule; rule = rule->next) {
        pv_str id = pv_node_value(rule->key);
        if (!pv_rule_find(pack->ruleset, id) && !some_pack_has(store, id) &&
            !pv_rule_require(pack->ruleset, id, rule->key->span, &error))
            return fail_project(store, &error, fault);
    }
    return true;
}

static bool check_levels(pv_pack_store *store, const pv_pack *pack, pv_fault *fault) {
    pv_error error = {0};
    for (size_t i = 0; i < store->config.level_count; i++) {
        const pv_level_change *change = &store->config.levels[i];
        if (pack_has(pack, change->rule_pattern) || some_pack_has(store, change->rule_pattern))
            continue;
        const pv_rule *nearest = pv_rule_nearest(pack->ruleset, change->rule_pattern);
        const pv_hint hint = nearest ? pv_message_meant(change->rule_pattern, nearest->id) : (pv_hint){.text = ""};
        pv_fail_at(&error, PV_ERROR_NOT_FOUND, change->at, "no rule is called '%s'%s",
                   pv_message_quote(change->rule_pattern).text, hint.text);
        return fail_project(store, &error, fault);
    }
    return true;
}

/* What the project sets is for rules that exist. Other packs are opened only for what this one has not. */
static bool check_project(pv_pack_store *store, const pv_pack *pack, pv_fault *fault) {
    if (store->project_checked)
        return true;
    store->project_checked = true;
    return check_settings(store, &store->config.parameters, pack, fault) && check_levels(store, pack, fault);
}

static const pv_pack *open_for_use(pv_pack_store *store, pack_entry *entry, pv_fault *fault) {
    const pv_lock *lock = store->config.lock;
    const pv_pack *pack = open_entry(store, entry, fault);
    if (!pack || (lock && !pv_lock_check(lock, pack, store->arena, fault)) || !check_project(store, pack, fault))
        return NULL;
    return pack;
}

/* ---- choosing ---- */

static bool fail_other_form(pv_pack_store *store, const pack_entry *entry, pv_str form_id, pv_fault *fault) {
    pv_error error = {0};
    pv_fail(&error, PV_ERROR_NOT_FOUND, "the form is %s, but the pack %s judges %s", pv_message_quote(form_id).text,
            pv_message_quote(entry->id).text, pv_message_quote(entry->pack->form->id).text);
    return fail_store(store, &error, (pv_str){0}, fault);
}

pv_sentence pv_pack_store_none(const pv_host *host) {
    pv_sentence out;
    size_t used = (size_t)snprintf(out.text, sizeof out.text, "no packs were found");
    for (size_t i = 0; host && i < host->pack_folder_count; i++) {
        const char *before = i == 0 ? " in " : i + 1 < host->pack_folder_count ? ", " : " or ";
        int more = snprintf(out.text + used, sizeof out.text - used, "%s%s", before,
                            pv_message_quote(host->pack_folders[i]).text);
        used += more > 0 && (size_t)more < sizeof out.text - used ? (size_t)more : 0;
        out.text[used] = 0;
    }
    snprintf(out.text + used, sizeof out.text - used,
             "; PROVISO_RULES, or packs in %s, names the folder that they are in", PV_CONFIG_NAME.data);
    return out;
}

static bool fail_unknown_form(pv_pack_store *store, pv_str form_id, pv_fault *fault) {
    pv_str *forms = PV_NEW_ARRAY(store->arena, pv_str, store->count);
    size_t count = 0;
    pv_error error = {0};
    for (pack_entry *entry = store->first; forms && entry; entry = entry->next)
        if (form_of(store, entry).size > 0)
            forms[count++] = form_of(store, entry);
    if (!forms)
        return pv_fail_no_memory(fault);
    if (count == 0)
        pv_fail(&error, PV_ERROR_NOT_FOUND, "no pack judges the form '%s': %s", pv_message_quote(form_id).text,
                pv_pack_store_none(store->host).text);
    else
        pv_fail(&error, PV_ERROR_NOT_FOUND, "no pack judges the form '%s'%s", pv_message_quote(form_id).text,
                pv_message_hint(form_id, forms, count).text);
    return fail_store(store, &error, (pv_str){0}, fault);
}

/* The pack that is to judge the form, of those that do. */
static pack_entry *choose_for_form(pv_pack_store *store, pv_str form_id, pv_fault *fault) {
    const pv_manifest **manifests = PV_NEW_ARRAY(store->arena, const pv_manifest *, store->count);
    pack_entry **entries = PV_NEW_ARRAY(store->arena, pack_entry *, store->count);
    pv_error error = {0};
    size_t count = 0;
    size_t chosen = 0;
    if (!manifests || !entries) {
        pv_fail_no_memory(fault);
        return NULL;
    }
    for (pack_entry *entry = store->first; entry; entry = entry->next) {
        if (is_unread_for(store, entry, form_id)) { /* which may be in effect in place of another */
            *fault = entry->unread;
            return NULL;
        }
        if (!pv_str_equal(form_of(store, entry), form_id))
            continue;
        entries[count] = entry;
        manifests[count++] = manifest_of(store, entry);
    }
    if (count == 0)
        fail_unknown_form(store, form_id, fault);
    else if (pv_succession_choose(manifests, count, form_id, pv_library_as_of(store->library), &chosen, &error))
        return entries[chosen];
    else
        fail_store(store, &error, (pv_str){0}, fault);
    return NULL;
}

const pv_pack *pv_pack_store_for_form(pv_pack_store *store, pv_str form_id, pv_fault *fault) {
    for (pack_entry *each = store->first; each; each = each->next)
        if (each->chosen && pv_str_equal(each->pack->form->id, form_id))
            return each->pack;
    pack_entry *entry = store->only;
    /* A pack that bears the form's name and cannot be opened says so: no other stands in for it. */
    pack_entry *namesake = entry_with_id(store, form_id);
    if (!entry && namesake && !open_entry(store, namesake, fault))
        return NULL;
    if (!entry)
        entry = choose_for_form(store, form_id, fault);
    const pv_pack *pack = entry ? open_for_use(store, entry, fault) : NULL;
    if (pack && !pv_str_equal(pack->form->id, form_id)) {
        fail_other_form(store, entry, form_id, fault);
        return NULL;
    }
    if (pack)
        entry->chosen = true;
    return pack;
}

const pv_pack *pv_pack_store_named(pv_pack_store *store, pv_str name, pv_fault *fault) {
    pack_entry *entry = find_named(store, name, fault);
    return entry ? open_for_use(store, entry, fault) : NULL;
}

bool pv_pack_store_has_only(const pv_pack_store *store) {
    return store->only != NULL;
}

size_t pv_pack_store_count(const pv_pack_store *store) {
    return store->only ? 1 : store->count;
}

const pv_pack *pv_pack_store_at(pv_pack_store *store, size_t index, pv_fault *fault) {
    pack_entry *entry = store->only ? store->only : store->first;
    while (index-- > 0)
        entry = entry->next;
    return open_for_use(store, entry, fault);
}

bool pv_pack_store_report_unread(pv_pack_store *store, const pv_project_notices *to, pv_error *error) {
    for (pack_entry *entry = store->first; entry && !store->only; entry = entry->next) {
        if (manifest_of(store, entry) ||
            (!has_file(store, entry, PV_MANIFEST_NAME) && !has_file(store, entry, PV_STR("form.yaml"))))
            continue;
        bool has_manifest = has_file(store, entry, PV_MANIFEST_NAME);
        pv_fault notice = has_manifest ? entry->unread : entry->fault;
        notice.message = pv_arena_format(store->arena, "%s%.*s", has_manifest ? "this pack judges nothing: " : "",
                                         PV_STR_ARG(notice.message));
        if (!notice.message.data)
            return pv_fail_memory(error);
        to->notice(to->payload, &notice);
    }
    return true;
}
