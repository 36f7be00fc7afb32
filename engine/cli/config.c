#include "cli/config.h"

#include <stdlib.h>

#include "cli/files.h"
#include "model/message.h"
#include "model/shape.h"

typedef enum config_key { KEY_MODE, KEY_FAIL_ON, KEY_PACKS, KEY_PARAMETERS, KEY_COUNT } config_key;

static bool fail_choice(const pv_node *node, const char *what, const pv_str *choices, size_t count, pv_error *error) {
    pv_str value = pv_node_value(node);
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "there is no %s '%s'%s", what, pv_message_quote(value).text,
                      pv_message_hint(value, choices, count).text);
}

static bool read_mode(pv_config *config, const pv_node *node, pv_error *error) {
    const pv_str choices[] = {PV_STR("draft"), PV_STR("submission"), PV_STR("gate")};
    if (!node)
        return true;
    config->has_mode = pv_mode_from_name(pv_node_value(node), &config->mode);
    return config->has_mode || fail_choice(node, "mode", choices, sizeof choices / sizeof *choices, error);
}

static bool read_fail_on(pv_config *config, const pv_node *node, pv_error *error) {
    const pv_str choices[] = {PV_STR("error"), PV_STR("warning"), PV_STR("note")};
    if (!node)
        return true;
    config->has_fail_on = pv_level_from_name(pv_node_value(node), &config->fail_on);
    return config->has_fail_on || fail_choice(node, "level", choices, sizeof choices / sizeof *choices, error);
}

/* The folder of packs is named from the configuration's own folder, which need not be said when it is this one. */
static bool read_packs(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    pv_str name;
    pv_str folder = pv_files_folder_of(config->path);
    if (!node)
        return true;
    if (!pv_shape_name(node, "the folder of packs", &name, error))
        return false;
    bool is_whole = pv_str_starts_with(name, PV_STR("/")) || pv_str_equal(folder, PV_STR("."));
    config->packs = is_whole ? pv_arena_copy(arena, name) : pv_files_join(arena, folder, name);
    if (!config->packs.data)
        return pv_fail_memory(error);
    if (!pv_files_is_folder(config->packs))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "the folder of packs %s does not exist",
                          pv_message_quote(config->packs).text);
    return true;
}

static bool read_document(pv_config *config, pv_arena *arena, const pv_document *document, pv_error *error) {
    static const pv_str keys[KEY_COUNT] = {
        [KEY_MODE] = PV_STR("mode"),
        [KEY_FAIL_ON] = PV_STR("fail_on"),
        [KEY_PACKS] = PV_STR("packs"),
        [KEY_PARAMETERS] = PV_STR("parameters"),
    };
    static const pv_shape shape = {.what = "the configuration", .keys = keys, .key_count = KEY_COUNT};
    const pv_node *children[KEY_COUNT];
    return pv_shape_read(&shape, document->root, children, error) && read_mode(config, children[KEY_MODE], error) &&
           read_fail_on(config, children[KEY_FAIL_ON], error) &&
           read_packs(config, arena, children[KEY_PACKS], error) &&
           (!children[KEY_PARAMETERS] ||
            pv_settings_read(&config->parameters, document->source, children[KEY_PARAMETERS], error));
}

/* Replaces folder by the one above; empty at the top. A relative folder ends at "." and goes on with its full name. */
static bool climb(pv_str *folder, pv_arena *arena, pv_error *error) {
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
    *folder = pv_arena_copy(arena, pv_files_folder_of(relative ? *folder : pv_str_from(full)));
    free(full);
    return folder->data || pv_fail_memory(error);
}

/* Path of the nearest configuration, or an empty view. */
static bool find_path(pv_str *out, pv_arena *arena, pv_str path, pv_error *error) {
    pv_str folder = pv_arena_copy(arena, pv_files_is_folder(path) ? path : pv_files_folder_of(path));
    if (!folder.data)
        return pv_fail_memory(error);
    *out = (pv_str){0};
    while (folder.size > 0 && out->size == 0) {
        pv_str candidate = pv_files_join(arena, folder, PV_CONFIG_NAME);
        if (!candidate.data)
            return pv_fail_memory(error);
        if (pv_files_exists(candidate))
            *out = candidate;
        else if (!climb(&folder, arena, error))
            return false;
    }
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
    if (!read || read_document(config, arena, document, &error))
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

bool pv_config_find(pv_config *out, pv_library *library, pv_arena *arena, pv_str path, pv_fault *fault) {
    pv_error error = {0};
    *out = (pv_config){0};
    if (!find_path(&out->path, arena, path, &error)) {
        *fault = pv_fault_from_error(arena, PV_FAULT_INPUT, path, NULL, &error);
        return false;
    }
    return out->path.size == 0 || (read_file(out, library, arena, fault) && read_lock(out, library, arena, fault));
}
