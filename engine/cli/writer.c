#include "cli/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/console.h"
#include "cli/files.h"

static bool fail_writing(pv_str path, pv_error *error) {
    return pv_fail(error, PV_ERROR_IO, "%.*s cannot be written: %s", PV_STR_ARG(path), strerror(errno));
}

/* What could not be written whole is taken away again. */
static bool write_file(pv_str path, int flags, pv_str text, pv_error *error) {
    int descriptor = open(path.data, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0666);
    if (descriptor < 0)
        return fail_writing(path, error);
    bool written = pv_console_write(descriptor, text);
    written = close(descriptor) == 0 && written;
    if (written)
        return true;
    fail_writing(path, error);
    unlink(path.data);
    return false;
}

bool pv_writer_create(pv_str path, pv_str text, pv_error *error) {
    if (pv_files_exists(path))
        return pv_fail(error, PV_ERROR_IO, "%.*s exists already; nothing was written", PV_STR_ARG(path));
    return write_file(path, O_EXCL, text, error);
}

bool pv_writer_replace(pv_arena *arena, pv_str path, pv_str text, pv_error *error) {
    pv_str beside = pv_arena_format(arena, "%.*s.%ld.new", PV_STR_ARG(path), (long)getpid());
    if (!beside.data)
        return pv_fail_memory(error);
    if (!write_file(beside, O_TRUNC, text, error))
        return false;
    if (rename(beside.data, path.data) == 0)
        return true;
    fail_writing(path, error);
    unlink(beside.data);
    return false;
}

bool pv_writer_folder(pv_str path, pv_error *error) {
    if (mkdir(path.data, 0777) == 0 || (errno == EEXIST && pv_files_is_folder(path)))
        return true;
    return fail_writing(path, error);
}
