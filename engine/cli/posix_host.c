#include "cli/posix_host.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "cli/build_info.h"
#include "cli/console.h"
#include "cli/conversions.h"

#define READ_STEP ((size_t)65536)
#define MAX_PACK_FOLDERS 3

/* A path as the system takes it. */
typedef struct c_path {
    char text[PATH_MAX];
} c_path;

/* What does not fit becomes one name that is too long for any system. */
static c_path c_path_of(pv_str path) {
    c_path copy;
    bool fits = path.size < sizeof copy.text;
    size_t size = fits ? path.size : sizeof copy.text - 1;
    if (!fits)
        memset(copy.text, 'x', size);
    else if (size > 0)
        memcpy(copy.text, path.data, size);
    copy.text[size] = '\0';
    return copy;
}

/* ---- what is at a path ---- */

static pv_path_kind kind_of(void *payload, pv_str path) {
    struct stat status;
    (void)payload;
    if (stat(c_path_of(path).text, &status) != 0)
        return PV_PATH_MISSING;
    if (S_ISDIR(status.st_mode))
        return PV_PATH_FOLDER;
    return S_ISREG(status.st_mode) ? PV_PATH_FILE : PV_PATH_OTHER;
}

static bool is_link(void *payload, pv_str path) {
    struct stat status;
    (void)payload;
    return lstat(c_path_of(path).text, &status) == 0 && S_ISLNK(status.st_mode);
}

static bool is_same(void *payload, pv_str path, pv_str other) {
    struct stat status;
    struct stat other_status;
    (void)payload;
    return stat(c_path_of(path).text, &status) == 0 && stat(c_path_of(other).text, &other_status) == 0 &&
           status.st_dev == other_status.st_dev && status.st_ino == other_status.st_ino;
}

static bool fail_reading(pv_error *error) {
    return pv_fail(error, PV_ERROR_IO, "cannot be read: %s", strerror(errno));
}

static bool canonical(void *payload, pv_arena *arena, pv_str path, pv_str *out, pv_error *error) {
    char whole[PATH_MAX];
    (void)payload;
    if (realpath(c_path_of(path).text, whole)) {
        *out = pv_arena_copy(arena, pv_str_from(whole));
        return out->data || pv_fail_memory(error);
    }
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return pv_fail(error, PV_ERROR_NOT_FOUND, "does not exist");
    case ELOOP:
        return pv_fail(error, PV_ERROR_REFUSED, "is a link that leads back to itself");
    default:
        return fail_reading(error);
    }
}

/* ---- reading ---- */

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

static bool read_file(void *payload, pv_buf *out, pv_str path, size_t limit, pv_error *error) {
    (void)payload;
    if (pv_str_equal(path, PV_STANDARD_INPUT))
        return read_descriptor(out, STDIN_FILENO, limit, error);
    int descriptor = open(c_path_of(path).text, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail_reading(error);
    bool done = read_descriptor(out, descriptor, limit, error);
    close(descriptor);
    return done;
}

static bool look_at_file(void *payload, pv_str path, size_t most, uint64_t *size, pv_buf *head, pv_error *error) {
    struct stat status;
    (void)payload;
    int descriptor = open(c_path_of(path).text, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail_reading(error);
    /* One byte beyond a limit is read. */
    bool done =
        fstat(descriptor, &status) == 0 ? read_descriptor(head, descriptor, most - 1, error) : fail_reading(error);
    close(descriptor);
    *size = done && status.st_size > 0 ? (uint64_t)status.st_size : 0;
    return done;
}

static bool list_folder(void *payload, pv_arena *arena, pv_str folder, pv_folder_names *out, pv_error *error) {
    PV_ARRAY(pv_str) names = {0};
    (void)payload;
    DIR *stream = opendir(c_path_of(folder).text);
    if (!stream)
        return fail_reading(error);
    bool done = true;
    for (struct dirent *found; done && (found = readdir(stream));) {
        if (found->d_name[0] == '.')
            continue;
        pv_str *name = PV_ARRAY_ADD(arena, &names);
        if (name)
            *name = pv_arena_copy(arena, pv_str_from(found->d_name));
        done = (name && name->data) || pv_fail_memory(error);
    }
    closedir(stream);
    *out = (pv_folder_names){names.items, names.count};
    return done;
}

/* ---- writing ---- */

static bool fail_writing(pv_str path, pv_error *error) {
    return pv_fail(error, PV_ERROR_IO, "%.*s cannot be written: %s", PV_STR_ARG(path), strerror(errno));
}

/* What could not be written whole is taken away again. */
static bool write_file(const char *path, int flags, pv_str text, pv_error *error) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0666);
    if (descriptor < 0)
        return fail_writing(pv_str_from(path), error);
    bool written = pv_console_write(descriptor, text);
    written = close(descriptor) == 0 && written;
    if (written)
        return true;
    fail_writing(pv_str_from(path), error);
    unlink(path);
    return false;
}

bool pv_posix_create(pv_str path, pv_str text, pv_error *error) {
    if (kind_of(NULL, path) != PV_PATH_MISSING)
        return pv_fail(error, PV_ERROR_IO, "%.*s exists already; nothing was written", PV_STR_ARG(path));
    return write_file(c_path_of(path).text, O_EXCL, text, error);
}

bool pv_posix_replace(pv_str path, pv_str text, pv_error *error) {
    char fresh[PATH_MAX];
    int size = snprintf(fresh, sizeof fresh, "%.*s.%ld.new", PV_STR_ARG(path), (long)getpid());
    if (size < 0 || (size_t)size >= sizeof fresh) {
        errno = ENAMETOOLONG;
        return fail_writing(path, error);
    }
    if (!write_file(fresh, O_TRUNC, text, error))
        return false;
    if (rename(fresh, c_path_of(path).text) == 0)
        return true;
    fail_writing(path, error);
    unlink(fresh);
    return false;
}

bool pv_posix_folder(pv_str path, pv_error *error) {
    if (mkdir(c_path_of(path).text, 0777) == 0 || (errno == EEXIST && kind_of(NULL, path) == PV_PATH_FOLDER))
        return true;
    return fail_writing(path, error);
}

/* ---- who runs this ---- */

const char *pv_posix_splitter(void) {
    static const char *const splitters[] = {"xargs", "find", "parallel", "fd"};
    char path[64];
    char name[32] = "";
    snprintf(path, sizeof path, "/proc/%ld/comm", (long)getppid());
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return NULL;
    ssize_t got = read(descriptor, name, sizeof name - 1);
    close(descriptor);
    for (size_t i = 0; got > 0 && i < sizeof splitters / sizeof *splitters; i++)
        if (pv_str_equal((pv_str){name, strcspn(name, "\n")}, pv_str_from(splitters[i])))
            return splitters[i];
    return NULL;
}

/* ---- the packs that there are ---- */

/* The folder that the program lies in, links followed; empty when that cannot be told. */
static pv_str program_folder(char *room, size_t size) {
    ssize_t length = readlink("/proc/self/exe", room, size);
    bool known = length > 0 && (size_t)length < size;
    return known ? pv_path_folder((pv_str){room, (size_t)length}) : (pv_str){0};
}

/* Adds what is called name from folder. */
static void add_pack_folder(pv_host *host, pv_str *folders, pv_str folder, pv_str name, char *room, size_t size) {
    if (folder.size == 0)
        return;
    pv_str above = folder.size > 1 ? folder : PV_STR("");
    int used = snprintf(room, size, "%.*s/%.*s", PV_STR_ARG(above), PV_STR_ARG(name));
    if (used > 0 && (size_t)used < size)
        folders[host->pack_folder_count++] = (pv_str){room, (size_t)used};
}

static bool replace(void *payload, pv_str path, pv_str text, pv_error *error) {
    (void)payload;
    return pv_posix_replace(path, text, error);
}

/* The one place where elapsed time is read. */
static uint64_t clock_now(void *payload) {
    struct timespec now = {0};
    (void)payload;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

const pv_host *pv_posix_host(void) {
    static char program[PATH_MAX];
    static char installed[PATH_MAX];
    static char built[PATH_MAX];
    static pv_str folders[MAX_PACK_FOLDERS];
    static pv_host host = {
        .kind = kind_of,
        .is_link = is_link,
        .is_same = is_same,
        .read = read_file,
        .look = look_at_file,
        .list = list_folder,
        .canonical = canonical,
        .replace = replace,
        .convert = pv_conversions_run,
        .clock = clock_now,
    };
    if (host.pack_folders)
        return &host;
    host.pack_folders = folders;
    pv_str named = pv_str_from(getenv("PROVISO_RULES"));
    if (named.size > 0) {
        folders[host.pack_folder_count++] = named;
        return &host;
    }
    pv_str folder = program_folder(program, sizeof program);
    if (sizeof PV_RULES_FROM_PROGRAM > 1)
        add_pack_folder(&host, folders, folder, PV_STR(PV_RULES_FROM_PROGRAM), installed, sizeof installed);
    add_pack_folder(&host, folders, pv_path_folder(folder), PV_STR("rules"), built, sizeof built);
    folders[host.pack_folder_count++] = PV_STR(PV_RULES_FOLDER);
    return &host;
}
