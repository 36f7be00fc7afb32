#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proviso.h"

#define FIRST_CAPACITY ((size_t)16)
#define READ_STEP ((size_t)65536)
/* Folders inside one another; a deeper tree is a mistake (or a trap), and said to be one. */
#define MAX_FOLDER_DEPTH 64u

/* A growing list of paths in an arena. */
typedef struct path_list {
    pv_arena *arena;
    pv_file *files;
    size_t count;
    size_t capacity;
} path_list;

static bool add_path(path_list *list, pv_file file, pv_error *error) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : FIRST_CAPACITY;
        pv_file *grown = PV_NEW_ARRAY(list->arena, pv_file, capacity);
        if (!grown)
            return pv_fail_memory(error);
        if (list->count > 0)
            memcpy(grown, list->files, list->count * sizeof *grown);
        list->files = grown;
        list->capacity = capacity;
    }
    list->files[list->count++] = file;
    return true;
}

static int compare_files(const void *left, const void *right) {
    const pv_file *a = left;
    const pv_file *b = right;
    int order = pv_str_compare(a->path, b->path);
    return order != 0 ? order : (int)a->in_folder - (int)b->in_folder;
}

/* In byte order, each path once; one that was named outright counts as named. */
static void sort_paths(path_list *list) {
    if (list->count > 1)
        qsort(list->files, list->count, sizeof *list->files, compare_files);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || !pv_str_equal(list->files[kept - 1].path, list->files[i].path))
            list->files[kept++] = list->files[i];
    list->count = kept;
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

/* The entries of folder that are not hidden, in no order; false when it cannot be opened. */
static bool list_folder(path_list *out, pv_str folder, pv_error *error) {
    DIR *stream = opendir(folder.data);
    if (!stream)
        return fail_reading(error);
    bool done = true;
    for (struct dirent *entry; done && (entry = readdir(stream));) {
        if (entry->d_name[0] == '.')
            continue;
        pv_str path = pv_files_join(out->arena, folder, pv_str_from(entry->d_name));
        done = path.data ? add_path(out, (pv_file){.path = path, .in_folder = true}, error) : pv_fail_memory(error);
    }
    closedir(stream);
    return done;
}

static bool has_submission_name(pv_str path) {
    return pv_str_ends_with(path, PV_STR(".yaml")) || pv_str_ends_with(path, PV_STR(".yml")) || pv_path_is_csv(path);
}

/* Folders and devices have no bytes of a submission; opening a pipe would wait for somebody to write into it. */
static bool is_no_file(pv_str path) {
    struct stat status;
    return stat(path.data, &status) == 0 && !S_ISREG(status.st_mode);
}

/* What the arguments lead to. */
typedef struct search {
    path_list found;
    path_list skipped;
    path_list cases;
    path_list empty;
} search;

/* Whether folder is the one that a pack beside it keeps its cases in. */
static bool holds_cases(pv_arena *arena, pv_str folder) {
    if (!pv_str_ends_with(folder, PV_STR("/cases")))
        return false;
    pv_str manifest = pv_files_join(arena, pv_files_folder_of(folder), PV_STR("pack.yaml"));
    return manifest.data && pv_files_exists(manifest);
}

static bool search_folder(search *all, pv_str folder, unsigned depth, pv_error *error) {
    path_list *found = &all->found;
    if (depth > MAX_FOLDER_DEPTH)
        return pv_fail(error, PV_ERROR_LIMIT, "%s: lies more than %u folders deep", folder.data, MAX_FOLDER_DEPTH);
    path_list entries = {.arena = found->arena};
    pv_error failure = {0};
    if (!list_folder(&entries, folder, &failure))
        return failure.code == PV_ERROR_IO ? add_path(found, (pv_file){.path = folder}, error) : pv_fail_memory(error);
    for (size_t i = 0; i < entries.count; i++) {
        const pv_file *entry = &entries.files[i];
        struct stat status;
        bool known = lstat(entry->path.data, &status) == 0;
        bool kept;
        if (known && S_ISDIR(status.st_mode) && holds_cases(found->arena, entry->path))
            kept = add_path(&all->cases, *entry, error);
        else if (known && S_ISDIR(status.st_mode))
            kept = search_folder(all, entry->path, depth + 1, error);
        else if (has_submission_name(entry->path) && !is_no_file(entry->path))
            kept = add_path(found, *entry, error);
        else
            kept = add_path(&all->skipped, *entry, error);
        if (!kept)
            return false;
    }
    return true;
}

static bool add_argument(search *all, const char *argument, pv_error *error) {
    const pv_file named = {.path = pv_str_from(argument)};
    if (pv_str_equal(named.path, PV_STANDARD_INPUT) || !pv_files_is_folder(named.path))
        return add_path(&all->found, named, error);
    size_t before = all->found.count;
    return search_folder(all, named.path, 0, error) &&
           (all->found.count > before || add_path(&all->empty, named, error));
}

static bool paths_of(const path_list *list, const pv_str **out, size_t *count, pv_error *error) {
    pv_str *paths = PV_NEW_ARRAY(list->arena, pv_str, list->count);
    if (!paths)
        return pv_fail_memory(error);
    for (size_t i = 0; i < list->count; i++)
        paths[i] = list->files[i].path;
    *out = paths;
    *count = list->count;
    return true;
}

bool pv_files_collect(pv_file_list *out, pv_arena *arena, const char *const *arguments, size_t count, pv_error *error) {
    search all = {{.arena = arena}, {.arena = arena}, {.arena = arena}, {.arena = arena}};
    for (size_t i = 0; i < count; i++)
        if (!add_argument(&all, arguments[i], error))
            return false;
    sort_paths(&all.found);
    sort_paths(&all.skipped);
    sort_paths(&all.cases);
    sort_paths(&all.empty);
    *out = (pv_file_list){.files = all.found.files, .count = all.found.count};
    return paths_of(&all.skipped, &out->skipped, &out->skipped_count, error) &&
           paths_of(&all.cases, &out->cases, &out->case_count, error) &&
           paths_of(&all.empty, &out->empty, &out->empty_count, error);
}

bool pv_files_take(pv_file_list *out, pv_arena *arena, const char *const *arguments, size_t count, pv_error *error) {
    pv_file *files = PV_NEW_ARRAY(arena, pv_file, count);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        files[i].path = pv_str_from(arguments[i]);
    *out = (pv_file_list){.files = files, .count = count};
    return true;
}

bool pv_files_subfolders(pv_arena *arena, pv_str folder, const pv_str **out, size_t *count, pv_error *error) {
    path_list folders = {.arena = arena};
    *out = NULL;
    *count = 0;
    if (!pv_files_is_folder(folder))
        return true;
    path_list entries = {.arena = arena};
    if (!list_folder(&entries, folder, error))
        return false;
    for (size_t i = 0; i < entries.count; i++)
        if (pv_files_is_folder(entries.files[i].path) && !add_path(&folders, entries.files[i], error))
            return false;
    sort_paths(&folders);
    return paths_of(&folders, out, count, error);
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
