#include "project/file_list.h"

#include <stdlib.h>

#include "base/array.h"

/* Folders inside one another; a deeper tree is a mistake (or a trap), and said to be one. */
#define MAX_FOLDER_DEPTH 64u

pv_file pv_file_named(pv_str path) {
    return (pv_file){.path = path, .standard_input = pv_str_equal(path, PV_STANDARD_INPUT)};
}

/* Something met on the way. */
typedef struct entry {
    pv_file file;
    size_t argument; /* it was met through this one */
    bool is_link;
    pv_str folder; /* that it stands in, with all links followed; empty: not known, or a link itself */
    pv_str whole;  /* its path with all links followed; empty: as path */
} entry;

typedef PV_ARRAY(entry) entry_list;

static bool add_entry(pv_arena *arena, entry_list *list, const entry *added, pv_error *error) {
    entry *place = PV_ARRAY_ADD(arena, list);
    if (!place)
        return pv_fail_memory(error);
    *place = *added;
    return true;
}

static int compare_paths(const void *left, const void *right) {
    return pv_str_compare(((const entry *)left)->file.path, ((const entry *)right)->file.path);
}

static pv_str whole_path(const entry *each) {
    return each->whole.size > 0 ? each->whole : each->file.path;
}

/* Paths to one file stand together, first the one that is to stand for it: one that was named outright, not found in a
 * folder; no link; by an argument before the others. */
static int compare_claims(const void *left, const void *right) {
    const entry *a = left;
    const entry *b = right;
    int order = pv_str_compare(whole_path(a), whole_path(b));
    if (order == 0)
        order = (int)a->file.in_folder - (int)b->file.in_folder;
    if (order == 0 && a->file.in_folder)
        order = (int)a->is_link - (int)b->is_link;
    if (order == 0)
        order = (a->argument > b->argument) - (a->argument < b->argument);
    return order != 0 ? order : compare_paths(left, right);
}

static void sort(entry_list *list, int (*compare)(const void *, const void *)) {
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare);
}

/* In byte order, each once. */
static void settle(entry_list *list) {
    sort(list, compare_claims);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || !pv_str_equal(whole_path(&list->items[kept - 1]), whole_path(&list->items[i])))
            list->items[kept++] = list->items[i];
    list->count = kept;
    sort(list, compare_paths);
}

/* The entries of folder that are not hidden, in no order; false when it cannot be opened. */
static bool list_folder(const pv_host *host, pv_arena *arena, entry_list *out, pv_str folder, size_t argument,
                        pv_error *error) {
    pv_folder_names found = {0};
    if (!host->list(host->payload, arena, folder, &found, error))
        return false;
    for (size_t i = 0; i < found.count; i++) {
        const entry added = {.file = {.path = pv_path_join(arena, folder, found.names[i]), .in_folder = true},
                             .argument = argument};
        if (!added.file.path.data)
            return pv_fail_memory(error);
        if (!add_entry(arena, out, &added, error))
            return false;
    }
    return true;
}

/* Folders and devices have no bytes of a submission; opening a pipe would wait for somebody to write into it. What is
 * gone by now is read, to say so. */
static bool is_no_file(pv_path_kind kind) {
    return kind == PV_PATH_FOLDER || kind == PV_PATH_OTHER;
}

/* What the arguments lead to. */
typedef struct search {
    const pv_host *host;
    pv_arena *arena;
    const pv_file_chooser *chooser;
    size_t argument;                      /* the one at hand */
    entry_list fates[PV_FILE_FATE_COUNT]; /* of those that are taken, the ones named too */
    entry_list cases;
    entry_list empty;
} search;

/* Whether a file names a pack at its top: others may be called pack.yaml, and the cases beside them are anything. */
static bool is_manifest(const search *all, pv_str path) {
    enum { LONGEST_MANIFEST = 1 << 20 };
    pv_error ignored = {0};
    pv_str bytes;
    return pv_host_read_copy(all->host, all->arena, path, LONGEST_MANIFEST, &bytes, &ignored) &&
           (pv_str_starts_with(bytes, PV_STR("pack:")) || pv_str_find(bytes, PV_STR("\npack:"), 0) != SIZE_MAX);
}

/* Whether folder is the one that a pack beside it keeps its cases in. */
static bool holds_cases(const search *all, pv_str folder) {
    if (!pv_str_ends_with(folder, PV_STR("/cases")))
        return false;
    pv_str manifest = pv_path_join(all->arena, pv_path_folder(folder), PV_STR("pack.yaml"));
    return manifest.data && is_manifest(all, manifest);
}

/* Adds what can be read, under the one path that it has however it is reached. */
static bool take(search *all, entry *taken, pv_error *error) {
    if (taken->folder.size > 0)
        taken->whole = pv_path_join(all->arena, taken->folder, pv_path_name(taken->file.path));
    else if (!pv_str_equal(taken->file.path, PV_STANDARD_INPUT))
        taken->whole = pv_host_canonical(all->host, all->arena, taken->file.path);
    return add_entry(all->arena, &all->fates[PV_FILE_TAKEN], taken, error);
}

/* Something in a folder that is no folder, or one that cannot be opened. */
static bool meet_file(search *all, entry *met, bool is_folder, pv_path_kind kind, pv_error *error) {
    bool named_so = is_folder || (pv_path_may_be_submission(met->file.path) && !is_no_file(kind));
    pv_file_fate fate = named_so ? PV_FILE_TAKEN : PV_FILE_OF_OTHER_KIND;
    if (all->chooser && !all->chooser->decide(all->chooser->payload, met->file.path, is_folder, &fate, error))
        return false;
    if (fate == PV_FILE_TAKEN && !is_folder && is_no_file(kind))
        fate = PV_FILE_OF_OTHER_KIND; /* whatever includes it */
    return fate == PV_FILE_TAKEN ? take(all, met, error) : add_entry(all->arena, &all->fates[fate], met, error);
}

static bool search_folder(search *all, pv_str folder, unsigned depth, pv_error *error) {
    if (depth > MAX_FOLDER_DEPTH)
        return pv_fail(error, PV_ERROR_LIMIT, "%s: lies more than %u folders deep", folder.data, MAX_FOLDER_DEPTH);
    entry_list found = {0};
    pv_error failure = {0};
    if (!list_folder(all->host, all->arena, &found, folder, all->argument, &failure)) {
        entry unopened = {.file = {.path = folder}, .argument = all->argument};
        return failure.code == PV_ERROR_IO ? meet_file(all, &unopened, true, PV_PATH_FOLDER, error)
                                           : pv_fail_memory(error);
    }
    const pv_str whole = found.count > 0 ? pv_host_canonical(all->host, all->arena, folder) : (pv_str){0};
    for (size_t i = 0; i < found.count; i++) {
        entry *met = &found.items[i];
        met->is_link = all->host->is_link(all->host->payload, met->file.path);
        const pv_path_kind kind = pv_host_kind(all->host, met->file.path);
        bool is_folder = !met->is_link && kind == PV_PATH_FOLDER;
        met->folder = whole;
        if (met->is_link)
            met->folder = (pv_str){0};
        bool kept;
        if (is_folder && holds_cases(all, met->file.path))
            kept = add_entry(all->arena, &all->cases, met, error);
        else if (is_folder)
            kept = search_folder(all, met->file.path, depth + 1, error);
        else
            kept = meet_file(all, met, false, kind, error);
        if (!kept)
            return false;
    }
    return true;
}

static bool add_argument(search *all, pv_str argument, pv_error *error) {
    entry named = {.file = pv_file_named(argument), .argument = all->argument};
    if (named.file.standard_input && all->chooser && all->chooser->standard_input.size > 0)
        named.file.path = all->chooser->standard_input;
    if (named.file.standard_input || !pv_host_is_folder(all->host, named.file.path))
        return take(all, &named, error);
    size_t before = all->fates[PV_FILE_TAKEN].count;
    return search_folder(all, named.file.path, 0, error) &&
           (all->fates[PV_FILE_TAKEN].count > before || add_entry(all->arena, &all->empty, &named, error));
}

static bool paths_of(pv_path_list *out, pv_arena *arena, entry_list *list, pv_error *error) {
    pv_str *paths = PV_NEW_ARRAY(arena, pv_str, list->count);
    if (!paths)
        return pv_fail_memory(error);
    settle(list);
    for (size_t i = 0; i < list->count; i++)
        paths[i] = list->items[i].file.path;
    *out = (pv_path_list){paths, list->count};
    return true;
}

static bool files_of(pv_file_list *out, pv_arena *arena, entry_list *list, pv_error *error) {
    pv_file *files = PV_NEW_ARRAY(arena, pv_file, list->count);
    if (!files)
        return pv_fail_memory(error);
    settle(list);
    for (size_t i = 0; i < list->count; i++)
        files[i] = list->items[i].file;
    out->files = files;
    out->count = list->count;
    return true;
}

bool pv_file_list_collect(pv_file_list *out, const pv_host *host, pv_arena *arena, const pv_str *arguments,
                          size_t count, const pv_file_chooser *chooser, pv_error *error) {
    search all = {.host = host, .arena = arena, .chooser = chooser};
    *out = (pv_file_list){0};
    for (; all.argument < count; all.argument++)
        if (!add_argument(&all, arguments[all.argument], error))
            return false;
    for (size_t fate = PV_FILE_TAKEN + 1; fate < PV_FILE_FATE_COUNT; fate++)
        if (!paths_of(&out->passed[fate], arena, &all.fates[fate], error))
            return false;
    return files_of(out, arena, &all.fates[PV_FILE_TAKEN], error) && paths_of(&out->cases, arena, &all.cases, error) &&
           paths_of(&out->empty, arena, &all.empty, error);
}

bool pv_file_list_take(pv_file_list *out, pv_arena *arena, const pv_str *arguments, size_t count, pv_str standard_input,
                       pv_error *error) {
    pv_file *files = PV_NEW_ARRAY(arena, pv_file, count);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        files[i] = pv_file_named(arguments[i]);
        if (files[i].standard_input && standard_input.size > 0)
            files[i].path = standard_input;
    }
    *out = (pv_file_list){.files = files, .count = count};
    return true;
}

bool pv_host_subfolders(const pv_host *host, pv_arena *arena, pv_str folder, pv_path_list *out, pv_error *error) {
    entry_list folders = {0};
    entry_list found = {0};
    *out = (pv_path_list){0};
    if (!pv_host_is_folder(host, folder))
        return true;
    if (!list_folder(host, arena, &found, folder, 0, error))
        return false;
    for (size_t i = 0; i < found.count; i++)
        if (pv_host_is_folder(host, found.items[i].file.path) && !add_entry(arena, &folders, &found.items[i], error))
            return false;
    return paths_of(out, arena, &folders, error);
}
