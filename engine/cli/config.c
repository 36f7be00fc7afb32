#include "cli/config.h"

#include <stdlib.h>

#include "cli/files.h"

/* Puts the last part of folder before inside: what lies in the one is found through the other from the folder above. */
static bool step_out(pv_str *inside, pv_arena *arena, pv_str folder, pv_error *error) {
    pv_str part = pv_files_name_of(folder);
    if (part.size == 0 || pv_str_equal(part, PV_STR(".")))
        return true;
    *inside = inside->size > 0 ? pv_files_join(arena, part, *inside) : pv_arena_copy(arena, part);
    return inside->data || pv_fail_memory(error);
}

/* Replaces folder by the one above; empty at the top. A relative folder ends at "." and goes on with its full name. */
static bool climb(pv_str *folder, pv_str *inside, pv_arena *arena, pv_error *error) {
    if (pv_str_equal(*folder, PV_STR("/"))) {
        *folder = (pv_str){0};
        return true;
    }
    bool relative = !pv_str_equal(*folder, PV_STR(".")) && pv_str_find(*folder, PV_STR(".."), 0) == SIZE_MAX;
    char *full = relative ? NULL : realpath(folder->data, NULL);
    if (!relative && !full) {
        *folder = (pv_str){0}; /* it is gone, so nothing above it is ours */
        return true;
    }
    pv_str whole = relative ? *folder : pv_str_from(full);
    bool stepped = step_out(inside, arena, whole, error);
    *folder = pv_arena_copy(arena, pv_files_folder_of(whole));
    free(full);
    return stepped && (folder->data || pv_fail_memory(error));
}

bool pv_config_locate(pv_str *out, pv_str *inside, pv_arena *arena, pv_str folder, pv_error *error) {
    pv_str at = pv_arena_copy(arena, folder);
    *out = (pv_str){0};
    *inside = (pv_str){0};
    if (!at.data)
        return pv_fail_memory(error);
    while (at.size > 0) {
        pv_str candidate = pv_files_join(arena, at, PV_CONFIG_NAME);
        if (!candidate.data)
            return pv_fail_memory(error);
        if (pv_files_exists(candidate)) {
            *out = candidate;
            return true;
        }
        if (!climb(&at, inside, arena, error))
            return false;
    }
    *inside = (pv_str){0};
    return true;
}

/* Reads the file at config->path, which stays read as long as library. */
static bool read_file(pv_config *config, pv_library *library, pv_arena *arena, pv_fault *fault) {
    pv_buf bytes = pv_buf_on(pv_library_memory(library));
    const pv_document *document = NULL;
    pv_error error = {0};
    bool read = pv_files_read(&bytes, config->path, pv_library_limits(library)->source_bytes, &error);
    if (!read)
        *fault = pv_fault_from_error(arena, PV_FAULT_INPUT, config->path, NULL, &error);
    read = read && pv_library_read_yaml(library, config->path, pv_buf_str(&bytes), &document, fault);
    pv_buf_clear(&bytes);
    if (!read || pv_config_read_document(config, arena, document, &error))
        return read;
    *fault = pv_fault_from_error(arena, PV_FAULT_INPUT, config->path, document->source, &error);
    return false;
}

pv_str pv_config_lock_path(const pv_config *config, pv_arena *arena) {
    return pv_files_join(arena, pv_files_folder_of(config->path), PV_LOCK_NAME);
}

static bool read_lock(pv_config *config, pv_library *library, pv_arena *arena, pv_fault *fault) {
    pv_str path = pv_config_lock_path(config, arena);
    pv_lock *lock = PV_NEW(arena, pv_lock);
    pv_error error = {0};
    if (!path.data || !lock) {
        pv_fail_memory(&error);
        *fault = pv_fault_from_error(arena, PV_FAULT_INPUT, config->path, NULL, &error);
        return false;
    }
    if (!pv_files_exists(path))
        return true;
    config->lock = lock;
    return pv_lock_read(lock, library, arena, path, fault);
}

bool pv_config_read(pv_config *out, pv_library *library, pv_arena *arena, pv_str path, pv_fault *fault) {
    *out = (pv_config){.path = path};
    return read_file(out, library, arena, fault) && read_lock(out, library, arena, fault);
}

bool pv_config_find(pv_config *out, pv_library *library, pv_arena *arena, pv_str path, pv_fault *fault) {
    pv_error error = {0};
    pv_str found;
    pv_str inside;
    *out = (pv_config){0};
    if (!pv_config_locate(&found, &inside, arena, pv_files_is_folder(path) ? path : pv_files_folder_of(path), &error)) {
        *fault = pv_fault_from_error(arena, PV_FAULT_INPUT, path, NULL, &error);
        return false;
    }
    return found.size == 0 || pv_config_read(out, library, arena, found, fault);
}
