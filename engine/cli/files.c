#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "library/library.h"

#define FIRST_CAPACITY ((size_t)16)
#define READ_STEP ((size_t)65536)
/* Folders inside one another; a deeper tree is a mistake (or a trap), and said to be one. */
#define MAX_FOLDER_DEPTH 64u

pv_file pv_file_named(const char *path) {
    pv_str name = pv_str_from(path);
    return (pv_file){.path = name, .standard_input = pv_str_equal(name, PV_STANDARD_INPUT)};
}

/* Something met on the way. */
typedef struct entry {
    pv_file file;
    size_t argument; /* it was met through this one */
    bool is_link;
    pv_str whole; /* its path with all links followed; empty: as path */
} entry;

/* A growing list of them in an arena. */
typedef struct entry_list {
    pv_arena *arena;
    entry *entries;
    size_t count;
    size_t capacity;
} entry_list;

static bool add_entry(entry_list *list, const entry *added, pv_error *error) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : FIRST_CAPACITY;
        entry *grown = PV_NEW_ARRAY(list->arena, entry, capacity);
        if (!grown)
            return pv_fail_memory(error);
        if (list->count > 0)
            memcpy(grown, list->entries, list->count * sizeof *grown);
        list->entries = grown;
        list->capacity = capacity;
    }
    list->entries[list->count++] = *added;
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
        qsort(list->entries, list->count, sizeof *list->entries, compare);
}

/* In byte order, each once. */
static void settle(entry_list *list) {
    sort(list, compare_claims);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || !pv_str_equal(whole_path(&list->entries[kept - 1]), whole_path(&list->entries[i])))
            list->entries[kept++] = list->entries[i];
    list->count = kept;
    sort(list, compare_paths);
}

static bool fail_reading(pv_error *error) {
    return pv_fail(error, PV_ERROR_IO, "cannot be read: %s", strerror(errno));
}

bool pv_files_is_folder(pv_str path) {
    struct stat status;
    return stat(path.data, &status) == 0 && S_ISDIR(status.st_mode);
}

bool pv_files_exists(pv_str path) {
    struct stat status;
    return stat(path.data, &status) == 0;
}

bool pv_files_are_one(pv_str path, pv_str other) {
    struct stat status;
    struct stat other_status;
    return stat(path.data, &status) == 0 && stat(other.data, &other_status) == 0 &&
           status.st_dev == other_status.st_dev && status.st_ino == other_status.st_ino;
}

pv_str pv_files_join(pv_arena *arena, pv_str folder, pv_str name) {
    while (folder.size > 1 && folder.data[folder.size - 1] == '/')
        folder.size--;
    if (pv_str_equal(folder, PV_STR("/")))
        folder.size = 0;
    return pv_arena_format(arena, "%.*s/%.*s", PV_STR_ARG(folder), PV_STR_ARG(name));
}

pv_str pv_files_folder_of(pv_str path) {
    size_t end = path.size;
    while (end > 0 && path.data[end - 1] != '/')
        end--;
    if (end == 0)
        return PV_STR(".");
    return pv_str_slice(path, 0, end > 1 ? end - 1 : end);
}

pv_str pv_files_name_of(pv_str path) {
    size_t start = path.size;
    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return pv_str_slice(path, start, path.size);
}

/* The entries of folder that are not hidden, in no order; false when it cannot be opened. */
static bool list_folder(entry_list *out, pv_str folder, size_t argument, pv_error *error) {
    DIR *stream = opendir(folder.data);
    if (!stream)
        return fail_reading(error);
    bool done = true;
    for (struct dirent *found; done && (found = readdir(stream));) {
        if (found->d_name[0] == '.')
            continue;
        pv_str path = pv_files_join(out->arena, folder, pv_str_from(found->d_name));
        const entry added = {.file = {.path = path, .in_folder = true}, .argument = argument};
        done = path.data ? add_entry(out, &added, error) : pv_fail_memory(error);
    }
    closedir(stream);
    return done;
}

/* Folders and devices have no bytes of a submission; opening a pipe would wait for somebody to write into it. */
static bool is_no_file(pv_str path) {
    struct stat status;
    return stat(path.data, &status) == 0 && !S_ISREG(status.st_mode);
}

/* What the arguments lead to. */
typedef struct search {
    pv_arena *arena;
    const pv_file_chooser *chooser;
    size_t argument;                      /* the one at hand */
    entry_list fates[PV_FILE_FATE_COUNT]; /* of those that are taken, the ones named too */
    entry_list cases;
    entry_list empty;
} search;

/* Whether folder is the one that a pack beside it keeps its cases in. */
static bool holds_cases(pv_arena *arena, pv_str folder) {
    if (!pv_str_ends_with(folder, PV_STR("/cases")))
        return false;
    pv_str manifest = pv_files_join(arena, pv_files_folder_of(folder), PV_STR("pack.yaml"));
    return manifest.data && pv_files_exists(manifest);
}

/* Adds what can be read, under the one path that it has however it is reached. */
static bool take(search *all, entry *taken, pv_error *error) {
    bool nameless = pv_str_equal(taken->file.path, PV_STANDARD_INPUT);
    char *whole = nameless ? NULL : realpath(taken->file.path.data, NULL);
    if (whole) {
        taken->whole = pv_arena_copy(all->arena, pv_str_from(whole));
        free(whole);
        if (!taken->whole.data)
            return pv_fail_memory(error);
    }
    return add_entry(&all->fates[PV_FILE_TAKEN], taken, error);
}

/* Something in a folder that is no folder, or one that cannot be opened. */
static bool meet_file(search *all, entry *met, bool is_folder, pv_error *error) {
    bool named_so = is_folder || (pv_path_may_be_submission(met->file.path) && !is_no_file(met->file.path));
    pv_file_fate fate = named_so ? PV_FILE_TAKEN : PV_FILE_OF_OTHER_KIND;
    if (all->chooser && !all->chooser->decide(all->chooser->payload, met->file.path, is_folder, &fate, error))
        return false;
    if (fate == PV_FILE_TAKEN && !is_folder && is_no_file(met->file.path))
        fate = PV_FILE_OF_OTHER_KIND; /* whatever includes it */
    return fate == PV_FILE_TAKEN ? take(all, met, error) : add_entry(&all->fates[fate], met, error);
}

static bool search_folder(search *all, pv_str folder, unsigned depth, pv_error *error) {
    if (depth > MAX_FOLDER_DEPTH)
        return pv_fail(error, PV_ERROR_LIMIT, "%s: lies more than %u folders deep", folder.data, MAX_FOLDER_DEPTH);
    entry_list found = {.arena = all->arena};
    pv_error failure = {0};
    if (!list_folder(&found, folder, all->argument, &failure)) {
        entry unopened = {.file = {.path = folder}, .argument = all->argument};
        return failure.code == PV_ERROR_IO ? meet_file(all, &unopened, true, error) : pv_fail_memory(error);
    }
    for (size_t i = 0; i < found.count; i++) {
        entry *met = &found.entries[i];
        struct stat status;
        bool known = lstat(met->file.path.data, &status) == 0;
        bool is_folder = known && S_ISDIR(status.st_mode);
        met->is_link = known && S_ISLNK(status.st_mode);
        bool kept;
        if (is_folder && holds_cases(all->arena, met->file.path))
            kept = add_entry(&all->cases, met, error);
        else if (is_folder)
            kept = search_folder(all, met->file.path, depth + 1, error);
        else
            kept = meet_file(all, met, false, error);
        if (!kept)
            return false;
    }
    return true;
}

static bool add_argument(search *all, const char *argument, pv_error *error) {
    entry named = {.file = pv_file_named(argument), .argument = all->argument};
    if (named.file.standard_input && all->chooser && all->chooser->standard_input)
        named.file.path = pv_str_from(all->chooser->standard_input);
    if (named.file.standard_input || !pv_files_is_folder(named.file.path))
        return take(all, &named, error);
    size_t before = all->fates[PV_FILE_TAKEN].count;
    return search_folder(all, named.file.path, 0, error) &&
           (all->fates[PV_FILE_TAKEN].count > before || add_entry(&all->empty, &named, error));
}

static bool paths_of(pv_path_list *out, entry_list *list, pv_error *error) {
    pv_str *paths = PV_NEW_ARRAY(list->arena, pv_str, list->count);
    if (!paths)
        return pv_fail_memory(error);
    settle(list);
    for (size_t i = 0; i < list->count; i++)
        paths[i] = list->entries[i].file.path;
    *out = (pv_path_list){paths, list->count};
    return true;
}

static bool files_of(pv_file_list *out, entry_list *list, pv_error *error) {
    pv_file *files = PV_NEW_ARRAY(list->arena, pv_file, list->count);
    if (!files)
        return pv_fail_memory(error);
    settle(list);
    for (size_t i = 0; i < list->count; i++)
        files[i] = list->entries[i].file;
    out->files = files;
    out->count = list->count;
    return true;
}

bool pv_files_collect(pv_file_list *out, pv_arena *arena, const char *const *arguments, size_t count,
                      const pv_file_chooser *chooser, pv_error *error) {
    search all = {.arena = arena, .chooser = chooser, .cases = {.arena = arena}, .empty = {.arena = arena}};
    for (size_t fate = 0; fate < PV_FILE_FATE_COUNT; fate++)
        all.fates[fate].arena = arena;
    *out = (pv_file_list){0};
    for (; all.argument < count; all.argument++)
        if (!add_argument(&all, arguments[all.argument], error))
            return false;
    for (size_t fate = PV_FILE_TAKEN + 1; fate < PV_FILE_FATE_COUNT; fate++)
        if (!paths_of(&out->passed[fate], &all.fates[fate], error))
            return false;
    return files_of(out, &all.fates[PV_FILE_TAKEN], error) && paths_of(&out->cases, &all.cases, error) &&
           paths_of(&out->empty, &all.empty, error);
}

bool pv_files_take(pv_file_list *out, pv_arena *arena, const char *const *arguments, size_t count,
                   const char *standard_input, pv_error *error) {
    pv_file *files = PV_NEW_ARRAY(arena, pv_file, count);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        files[i] = pv_file_named(arguments[i]);
        if (files[i].standard_input && standard_input)
            files[i].path = pv_str_from(standard_input);
    }
    *out = (pv_file_list){.files = files, .count = count};
    return true;
}

bool pv_files_subfolders(pv_arena *arena, pv_str folder, const pv_str **out, size_t *count, pv_error *error) {
    entry_list folders = {.arena = arena};
    entry_list found = {.arena = arena};
    pv_path_list paths = {0};
    *out = NULL;
    *count = 0;
    if (!pv_files_is_folder(folder))
        return true;
    if (!list_folder(&found, folder, 0, error))
        return false;
    for (size_t i = 0; i < found.count; i++)
        if (pv_files_is_folder(found.entries[i].file.path) && !add_entry(&folders, &found.entries[i], error))
            return false;
    if (!paths_of(&paths, &folders, error))
        return false;
    *out = paths.paths;
    *count = paths.count;
    return true;
}

static bool read_descriptor(pv_buf *out, int descriptor, size_t limit, pv_error *error) {
    while (out->size <= limit) {
        size_t room = limit + 1 - out->size;
        if (!pv_buf_reserve(out, READ_STEP))
            return pv_fail_memory(error);
        ssize_t got = read(descriptor, out->data + out->size, room < READ_STEP ? room : READ_STEP);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_reading(error);
        if (got == 0)
            break;
        out->size += (size_t)got;
        out->data[out->size] = '\0';
    }
    return true;
}

bool pv_files_read(pv_buf *out, pv_str path, size_t limit, pv_error *error) {
    pv_buf_reset(out);
    if (pv_str_equal(path, PV_STANDARD_INPUT))
        return read_descriptor(out, STDIN_FILENO, limit, error);
    int descriptor = open(path.data, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail_reading(error);
    bool done = read_descriptor(out, descriptor, limit, error);
    close(descriptor);
    return done;
}
