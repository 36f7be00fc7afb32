#include "project/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/file_kinds.h"
#include "model/message.h"

/* ---- asking ---- */

pv_path_kind pv_host_kind(const pv_host *host, pv_str path) {
    return host ? host->kind(host->payload, path) : PV_PATH_MISSING;
}

bool pv_host_exists(const pv_host *host, pv_str path) {
    return pv_host_kind(host, path) != PV_PATH_MISSING;
}

bool pv_host_is_folder(const pv_host *host, pv_str path) {
    return pv_host_kind(host, path) == PV_PATH_FOLDER;
}

bool pv_host_is_same(const pv_host *host, pv_str path, pv_str other) {
    return host && host->is_same(host->payload, path, other);
}

static int compare_names(const void *left, const void *right) {
    return pv_str_compare(*(const pv_str *)left, *(const pv_str *)right);
}

/* The nearest of count names to one that is not there: of those with its ending by what stands before that, else, where
 * others is asked for, of those with another. SIZE_MAX: none is near. */
static size_t nearest_of(const pv_str *names, size_t count, pv_str *compared, pv_str name, bool others) {
    size_t stem = pv_path_stem(name).size;
    pv_str ending = pv_str_slice(name, stem, name.size);
    for (size_t i = 0; i < count; i++) {
        size_t own = pv_path_stem(names[i]).size;
        bool same = pv_str_equal(pv_str_slice(names[i], own, names[i].size), ending);
        compared[i] = (pv_str){0};
        if (same != others)
            compared[i] = pv_str_slice(names[i], 0, others ? names[i].size : own);
    }
    return pv_suggest(others ? name : pv_str_slice(name, 0, stem), compared, count);
}

/* The name in folder that is nearest; of several, the first. */
static pv_str nearest_in(const pv_host *host, pv_arena *arena, pv_str folder, pv_str name) {
    pv_folder_names found = {0};
    pv_error ignored = {0};
    if (!host->list(host->payload, arena, folder, &found, &ignored) || found.count == 0)
        return (pv_str){0};
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, found.count);
    pv_str *compared = PV_NEW_ARRAY(arena, pv_str, found.count);
    if (!names || !compared)
        return (pv_str){0};
    memcpy(names, found.names, found.count * sizeof *names);
    qsort(names, found.count, sizeof *names, compare_names);
    size_t nearest = nearest_of(names, found.count, compared, name, false);
    if (nearest == SIZE_MAX)
        nearest = nearest_of(names, found.count, compared, name, true);
    return nearest == SIZE_MAX ? PV_STR("") : names[nearest];
}

pv_str pv_host_nearest(const pv_host *host, pv_arena *arena, pv_str path) {
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    pv_str folder = pv_path_folder(path);
    while (!pv_host_exists(host, folder) && folder.size < path.size && pv_path_name(folder).size > 0) {
        path = folder;
        folder = pv_path_folder(path);
    }
    if (!pv_host_is_folder(host, folder))
        return (pv_str){0};
    return nearest_in(host, arena, folder, pv_path_name(path));
}

/* Whether a name on the path is this one: then it is there, and leads nowhere. */
static bool has_name(pv_str path, pv_str name) {
    for (pv_str rest = path; pv_path_name(rest).size > 0; rest = pv_path_folder(rest)) {
        if (pv_str_equal(pv_path_name(rest), name))
            return true;
        if (pv_path_folder(rest).size >= rest.size)
            return false;
    }
    return false;
}

void pv_host_add_hint(const pv_host *host, pv_memory *memory, pv_str path, pv_error *error) {
    size_t size = strlen(error->message);
    pv_arena *arena = pv_host_kind(host, path) == PV_PATH_MISSING ? pv_arena_new(memory) : NULL;
    pv_str nearest = {0};
    if (arena)
        nearest = pv_host_nearest(host, arena, path);
    bool is_link = has_name(path, nearest);
    if (nearest.size > 0)
        (void)snprintf(error->message + size, sizeof error->message - size, "; %s%s%s", is_link ? "" : "did you mean ",
                       pv_message_quote(nearest).text, is_link ? " is a link to what is not there" : "?");
    pv_arena_free(arena);
}

bool pv_host_read(const pv_host *host, pv_buf *out, pv_str path, size_t limit, pv_error *error) {
    pv_buf_reset(out);
    if (host->read(host->payload, out, path, limit, error))
        return true;
    if (error->code == PV_ERROR_IO && !pv_str_equal(path, PV_STANDARD_INPUT))
        pv_host_add_hint(host, out->memory, path, error);
    return false;
}

bool pv_host_read_copy(const pv_host *host, pv_arena *arena, pv_str path, size_t limit, pv_str *out, pv_error *error) {
    pv_buf contents = pv_buf_on(pv_arena_memory(arena));
    bool read = pv_host_read(host, &contents, path, limit, error);
    if (read) {
        *out = pv_arena_copy(arena, pv_buf_str(&contents));
        read = out->data || pv_fail_memory(error);
    }
    pv_buf_clear(&contents);
    return read;
}

/* What reads bytes into a document that lives as long as the library. */
typedef bool (*document_reader)(pv_library *library, pv_str path, pv_str bytes, const pv_document **out,
                                pv_fault *fault);

static bool read_document(const pv_host *host, pv_library *library, pv_arena *arena, pv_str path,
                          document_reader reader, const pv_document **out, pv_fault *fault) {
    pv_buf bytes = pv_buf_on(pv_library_memory(library));
    pv_error error = {0};
    bool read = pv_host_read(host, &bytes, path, pv_library_limits(library)->source_bytes, &error)
                    ? reader(library, path, pv_buf_str(&bytes), out, fault)
                    : pv_fail_input(fault, arena, path, NULL, &error);
    pv_buf_clear(&bytes);
    return read;
}

bool pv_host_read_yaml(const pv_host *host, pv_library *library, pv_arena *arena, pv_str path, const pv_document **out,
                       pv_fault *fault) {
    return read_document(host, library, arena, path, pv_library_read_yaml, out, fault);
}

bool pv_host_read_json(const pv_host *host, pv_library *library, pv_arena *arena, pv_str path, const pv_document **out,
                       pv_fault *fault) {
    return read_document(host, library, arena, path, pv_library_read_json, out, fault);
}

pv_str pv_host_canonical(const pv_host *host, pv_arena *arena, pv_str path) {
    pv_str found = {0};
    pv_error error = {0};
    return host && host->canonical(host->payload, arena, path, &found, &error) ? found : (pv_str){0};
}

static bool is_mark(pv_str line) {
    return pv_str_equal(line, PV_STR("---")) || pv_str_equal(line, PV_STR("..."));
}

bool pv_holds_nothing(pv_str bytes) {
    size_t at = pv_utf8_mark_size(bytes);
    while (at < bytes.size) {
        size_t end = at;
        size_t blank = at;
        while (end < bytes.size && bytes.data[end] != '\n' && bytes.data[end] != '\r')
            end++;
        while (blank < end && (bytes.data[blank] == ' ' || bytes.data[blank] == '\t'))
            blank++;
        if (blank < end && bytes.data[blank] != '#' && !is_mark(pv_str_slice(bytes, at, end)))
            return false;
        at = end + 1;
    }
    return true;
}

/* ---- paths ---- */

pv_str pv_path_join(pv_arena *arena, pv_str folder, pv_str name) {
    while (folder.size > 1 && folder.data[folder.size - 1] == '/')
        folder.size--;
    if (pv_str_equal(folder, PV_STR("/")))
        folder.size = 0;
    const pv_str parts[] = {folder, PV_STR("/"), name};
    return pv_arena_join(arena, parts, 3);
}

/* Where the last name of path begins. */
static size_t name_start(pv_str path) {
    size_t start = path.size;
    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return start;
}

pv_str pv_path_folder(pv_str path) {
    size_t end = name_start(path);
    if (end == 0)
        return PV_STR(".");
    return pv_str_slice(path, 0, end > 1 ? end - 1 : end);
}

pv_str pv_path_name(pv_str path) {
    return pv_str_slice(path, name_start(path), path.size);
}

pv_str pv_path_stem(pv_str path) {
    const pv_str ending = pv_file_ending(path);
    return pv_str_slice(path, 0, ending.size > 0 ? path.size - ending.size - 1 : path.size);
}

/* ---- faults ---- */

bool pv_fail_input(pv_fault *fault, pv_arena *arena, pv_str path, const pv_source *source, const pv_error *error) {
    *fault = pv_fault_from_error(arena, PV_FAULT_INPUT, path, source, error);
    return false;
}

pv_fault pv_fault_no_memory(void) {
    return (pv_fault){.kind = PV_FAULT_MEMORY, .message = PV_STR("not enough memory")};
}

bool pv_fail_no_memory(pv_fault *fault) {
    *fault = pv_fault_no_memory();
    return false;
}

pv_fault pv_fault_of(const pv_error *error) {
    return (pv_fault){.kind = PV_FAULT_INPUT, .message = pv_str_from(error->message)};
}
