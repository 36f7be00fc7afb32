#include "cli/pack_folder.h"

#include "cli/files.h"

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

bool pv_pack_folder_open(pv_library *library, pv_str folder, const pv_settings *project, const pv_pack **out,
                         pv_fault *fault) {
    pack_folder from = {folder, pv_library_limits(library)->source_bytes};
    return pv_library_open_pack(library, read_pack_file, &from, project, out, fault);
}

bool pv_pack_folder_outline(pv_library *library, pv_str folder, pv_pack_outline *out, pv_fault *fault) {
    pack_folder from = {folder, pv_library_limits(library)->source_bytes};
    return pv_library_outline_pack(library, read_pack_file, &from, out, fault);
}
