#include "project/host.h"

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

bool pv_host_read(const pv_host *host, pv_buf *out, pv_str path, size_t limit, pv_error *error) {
    pv_buf_reset(out);
    return host->read(host->payload, out, path, limit, error);
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
    size_t at = pv_str_starts_with(bytes, PV_STR("\xEF\xBB\xBF")) ? 3 : 0;
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
    return pv_arena_format(arena, "%.*s/%.*s", PV_STR_ARG(folder), PV_STR_ARG(name));
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
