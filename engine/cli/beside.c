#include "cli/beside.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/files.h"
#include "model/message.h"

static bool fail_finding(pv_str path, pv_error *error) {
    const pv_quote quoted = pv_message_quote(path);
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no file %s", quoted.text);
    case ELOOP:
        return pv_fail(error, PV_ERROR_REFUSED, "%s is a link that leads back to itself", quoted.text);
    default:
        return pv_fail(error, PV_ERROR_IO, "%s cannot be read: %s", quoted.text, strerror(errno));
    }
}

static bool is_inside(const char *path, const char *folder) {
    size_t size = strlen(folder);
    bool is_root = size == 1;
    return strncmp(path, folder, size) == 0 && (is_root || path[size] == '/');
}

/* Fills resolved with where the file at path is, all links followed. Messages become verdicts, so they call it by the name that
 * the submission gives it, wherever the submission lies. */
static bool find_file(const pv_beside *beside, pv_arena *arena, pv_str name, pv_str path, char resolved[PATH_MAX],
                      pv_error *error) {
    char folder[PATH_MAX];
    struct stat status;
    pv_str own = pv_files_join(arena, beside->folder, PV_STR("."));
    if (!own.data)
        return pv_fail_memory(error);
    if (!realpath(own.data, folder) || !realpath(path.data, resolved) || stat(resolved, &status) != 0)
        return fail_finding(name, error);
    const pv_quote quoted = pv_message_quote(name);
    if (!is_inside(resolved, folder))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "%s is a link that leads out of the submission's folder; put the file itself there",
                       quoted.text);
    if (!S_ISREG(status.st_mode))
        return pv_fail(error, PV_ERROR_REFUSED, "%s is %s, not a text file", quoted.text,
                       S_ISDIR(status.st_mode) ? "a folder" : "a device or pipe");
    return true;
}

static bool read_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const pv_beside *beside = payload;
    char resolved[PATH_MAX];
    pv_error failure = {0};
    bool is_current = pv_str_equal(beside->folder, PV_STR("."));
    *path = is_current ? pv_arena_copy(arena, name) : pv_files_join(arena, beside->folder, name);
    if (!path->data)
        return pv_fail_memory(error);
    if (!find_file(beside, arena, name, *path, resolved, error))
        return false;
    pv_buf contents = pv_buf_on(pv_arena_memory(arena));
    bool read = pv_files_read(&contents, pv_str_from(resolved), beside->limit, &failure);
    if (read)
        *bytes = pv_arena_copy(arena, pv_buf_str(&contents));
    pv_buf_clear(&contents);
    if (!read && failure.code != PV_ERROR_MEMORY)
        return pv_fail(error, failure.code, "%s %s", pv_message_quote(name).text, failure.message);
    return (read && bytes->data) || pv_fail_memory(error);
}

pv_files_beside pv_beside_of(pv_beside *beside, pv_str path, const pv_limits *limits) {
    *beside = (pv_beside){.folder = pv_files_folder_of(path), .limit = limits->source_bytes};
    return (pv_files_beside){.read = read_file, .payload = beside};
}
