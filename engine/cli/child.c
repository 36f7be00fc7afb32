#include "cli/child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "cli/console.h"

#define MAX_ARGUMENTS 32
#define MAX_PATH_BYTES 4096
#define MAX_COMPLAINT_BYTES ((size_t)16384)
#define STEP_BYTES ((size_t)65536)
/* Of a file that a child writes. */
#define MAX_FILE_BYTES ((rlim_t)1 << 30)

/* ---- somebody wants this program to end ---- */

static volatile sig_atomic_t wanted_end;

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};
#define ENDING_COUNT (sizeof ending_signals / sizeof *ending_signals)
static struct sigaction actions_before[ENDING_COUNT];

static void note_end(int number) {
    wanted_end = number;
}

static void hold_signals(void) {
    struct sigaction action = {.sa_handler = note_end};
    sigemptyset(&action.sa_mask);
    wanted_end = 0;
    for (size_t i = 0; i < ENDING_COUNT; i++) {
        sigaction(ending_signals[i], NULL, &actions_before[i]);
        if (actions_before[i].sa_handler != SIG_IGN)
            sigaction(ending_signals[i], &action, NULL);
    }
}

static void release_signals(void) {
    for (size_t i = 0; i < ENDING_COUNT; i++)
        sigaction(ending_signals[i], &actions_before[i], NULL);
    if (wanted_end != 0)
        raise(wanted_end);
}

/* ---- the workplace ---- */

static bool path_in(const pv_workplace *place, const char *name, char *out, size_t size) {
    int used = snprintf(out, size, "%s/%s", place->folder, name);
    return used > 0 && (size_t)used < size;
}

bool pv_workplace_open(pv_workplace *place, pv_error *error) {
    const char *above = getenv("TMPDIR");
    *place = (pv_workplace){0};
    bool fits = above && above[0] == '/' && strlen(above) + sizeof "/proviso-XXXXXX" <= sizeof place->folder;
    snprintf(place->folder, sizeof place->folder, "%s/proviso-XXXXXX", fits ? above : "/tmp");
    hold_signals();
    if (mkdtemp(place->folder))
        return true;
    pv_fail(error, PV_ERROR_IO, "no folder can be made for a moment in %s: %s", fits ? above : "/tmp", strerror(errno));
    place->folder[0] = '\0';
    release_signals();
    return false;
}

/* Links are removed, never followed. depth: no program that is run here makes deeper ones. */
static void remove_folder(const char *path, unsigned depth) {
    DIR *stream = opendir(path);
    for (struct dirent *found; stream && (found = readdir(stream));) {
        char inside[MAX_PATH_BYTES];
        struct stat status;
        bool is_self = strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0;
        int used = is_self ? -1 : snprintf(inside, sizeof inside, "%s/%s", path, found->d_name);
        if (used < 0 || (size_t)used >= sizeof inside)
            continue;
        if (depth > 0 && lstat(inside, &status) == 0 && S_ISDIR(status.st_mode))
            remove_folder(inside, depth - 1);
        else
            unlink(inside);
    }
    if (stream)
        closedir(stream);
    rmdir(path);
}

void pv_workplace_close(pv_workplace *place) {
    if (place->folder[0] == '\0')
        return;
    remove_folder(place->folder, 32);
    place->folder[0] = '\0';
    release_signals();
}

bool pv_workplace_write(const pv_workplace *place, const char *name, pv_str bytes, pv_error *error) {
    char path[MAX_PATH_BYTES];
    int descriptor = path_in(place, name, path, sizeof path)
                         ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)
                         : -1;
    bool written = descriptor >= 0 && pv_console_write(descriptor, bytes);
    if (descriptor >= 0)
        written = close(descriptor) == 0 && written;
    return written || pv_fail(error, PV_ERROR_IO, "%s cannot be written: %s", path, strerror(errno));
}

bool pv_workplace_read(const pv_workplace *place, const char *name, size_t limit, pv_buf *out) {
    char path[MAX_PATH_BYTES];
    int descriptor =
        path_in(place, name, path, sizeof path) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    if (descriptor < 0)
        return false;
    ssize_t got = 1;
    while (got > 0 && out->size <= limit && pv_buf_reserve(out, STEP_BYTES)) {
        size_t room = limit + 1 - out->size;
        got = read(descriptor, out->data + out->size, room < STEP_BYTES ? room : STEP_BYTES);
        if (got < 0 && errno == EINTR) {
            got = 1;
            continue;
        }
        out->size += got > 0 ? (size_t)got : 0;
        out->data[out->size] = '\0';
    }
    close(descriptor);
    return got >= 0;
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

bool pv_workplace_list(const pv_workplace *place, const char *prefix, pv_buf *out) {
    enum { MOST = 10000 };
    DIR *stream = opendir(place->folder);
    char **names = calloc(MOST, sizeof *names);
    size_t count = 0;
    for (struct dirent *found; stream && names && count < MOST && (found = readdir(stream));)
        if (strncmp(found->d_name, prefix, strlen(prefix)) == 0 && (names[count] = strdup(found->d_name)))
            count++;
    if (count > 1)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++) {
        pv_buf_format(out, "%s/%s\n", place->folder, names[i]);
        free(names[i]);
    }
    free(names);
    if (stream)
        closedir(stream);
    return count > 0 && !out->failed;
}

/* ---- the program ---- */

bool pv_child_find(const char *program, char *path, size_t size) {
    const char *folders = getenv("PATH");
    for (const char *at = folders ? folders : "/usr/bin:/bin"; *at;) {
        size_t length = strcspn(at, ":");
        int used = snprintf(path, size, "%.*s/%s", (int)length, at, program);
        /* Relative folders are none: the program would be whatever lies beside a filing. */
        if (at[0] == '/' && used > 0 && (size_t)used < size && access(path, X_OK) == 0)
            return true;
        at += length + (at[length] == ':');
    }
    return false;
}

/* ---- running it ---- */

/* In the child: from here on only what is safe between fork and exec. */
_Noreturn static void become(const pv_workplace *place, const pv_child *child, char *const *arguments,
                             char *const *environment, int said, int complaints) {
    static const struct rlimit no_core = {0, 0};
    static const struct rlimit file = {MAX_FILE_BYTES, MAX_FILE_BYTES};
    int nothing = open("/dev/null", O_RDWR);
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    setrlimit(RLIMIT_CORE, &no_core);
    setrlimit(RLIMIT_FSIZE, &file);
    for (size_t i = 0; i < ENDING_COUNT; i++)
        signal(ending_signals[i], SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    if (nothing < 0 || chdir(place->folder) != 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(said >= 0 ? said : nothing, STDOUT_FILENO) < 0 || dup2(complaints, STDERR_FILENO) < 0)
        _exit(127);
    for (int descriptor = 3; descriptor < 1024; descriptor++)
        close(descriptor);
    execve(child->path, arguments, environment);
    _exit(127);
}

static long milliseconds_now(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Takes what is there; false at the end of the stream. What is over the limit is thrown away, and told. */
static bool take(int descriptor, pv_buf *out, size_t limit, bool *over) {
    char block[STEP_BYTES];
    ssize_t got = read(descriptor, block, sizeof block);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN;
    size_t room = out && out->size < limit ? limit - out->size : 0;
    size_t taken = (size_t)got < room ? (size_t)got : room;
    if (taken > 0)
        pv_buf_append(out, (pv_str){block, taken});
    *over |= taken < (size_t)got;
    return got > 0;
}

/* Hears the child until it has closed both streams, or must be ended. */
static pv_child_end hear(const pv_child *child, pv_buf *said, pv_buf *complaints, int streams[2]) {
    long deadline = milliseconds_now() + (long)child->seconds * 1000;
    bool ignored = false;
    bool over = false;
    while (streams[0] >= 0 || streams[1] >= 0) {
        struct pollfd polled[2] = {{streams[0], POLLIN, 0}, {streams[1], POLLIN, 0}};
        long left = deadline - milliseconds_now();
        if (left <= 0 || wanted_end != 0)
            return PV_CHILD_LATE;
        int ready = poll(polled, 2, left < 1000 ? (int)left : 1000);
        if (ready < 0 && errno != EINTR)
            return PV_CHILD_FAILED;
        for (size_t i = 0; i < 2 && ready > 0; i++) {
            if (polled[i].revents == 0)
                continue;
            bool goes_on = i == 0 ? take(streams[0], said, child->output_limit, &over)
                                  : take(streams[1], complaints, MAX_COMPLAINT_BYTES, &ignored);
            if (goes_on)
                continue;
            close(streams[i]);
            streams[i] = -1;
        }
        if (over)
            return PV_CHILD_TOO_MUCH;
        if ((said && said->failed) || complaints->failed)
            return PV_CHILD_FAILED;
    }
    return PV_CHILD_EXITED;
}

/* Waits for the child, which may have closed its streams and run on. */
static pv_child_end wait_for(pid_t pid, pv_child_end end, long deadline, int *status) {
    int how = 0;
    while (end == PV_CHILD_EXITED) {
        pid_t ended = waitpid(pid, &how, WNOHANG);
        if (ended == pid || (ended < 0 && errno != EINTR))
            break;
        if (milliseconds_now() > deadline || wanted_end != 0)
            end = PV_CHILD_LATE;
        else
            poll(NULL, 0, 5);
    }
    kill(-pid, SIGKILL); /* whatever it started, and it, where it is still there */
    if (end != PV_CHILD_EXITED)
        while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
            ;
    if (end == PV_CHILD_EXITED && !WIFEXITED(how))
        return PV_CHILD_CRASHED;
    *status = end == PV_CHILD_EXITED ? WEXITSTATUS(how) : 0;
    return end == PV_CHILD_EXITED && *status == 127 ? PV_CHILD_FAILED : end;
}

/* A descriptor that holds all others up until it is closed; -1: nobody else is to wait. */
static int wait_alone(const pv_child *child) {
    int descriptor = child->alone ? open(child->path, O_RDONLY | O_CLOEXEC) : -1;
    if (descriptor >= 0)
        while (flock(descriptor, LOCK_EX) != 0 && errno == EINTR && wanted_end == 0)
            ;
    return descriptor;
}

static pv_child_end start(pv_workplace *place, const pv_child *child, pv_buf *said, pv_buf *complaints, int *status) {
    const char *given[MAX_ARGUMENTS] = {child->path};
    char *arguments[MAX_ARGUMENTS];
    char home[sizeof place->folder + 8];
    char temporary[sizeof place->folder + 8];
    char path[MAX_PATH_BYTES];
    char language[] = "LC_ALL=C.UTF-8";
    char threads[] = "OMP_THREAD_LIMIT=1";
    const char *folders = getenv("PATH");
    snprintf(home, sizeof home, "HOME=%s", place->folder);
    snprintf(temporary, sizeof temporary, "TMPDIR=%s", place->folder);
    snprintf(path, sizeof path, "PATH=%s", folders ? folders : "/usr/bin:/bin");
    char *environment[] = {path, home, temporary, language, threads, NULL};
    for (size_t i = 0; child->arguments[i] && i + 2 < MAX_ARGUMENTS; i++)
        given[i + 1] = child->arguments[i];
    memcpy(arguments, given, sizeof arguments); /* execve changes none, and does not say so */
    int out[2] = {-1, -1};
    int err[2] = {-1, -1};
    if (pipe(out) != 0 || pipe(err) != 0) {
        for (size_t i = 0; i < 2 && out[i] >= 0; i++)
            close(out[i]);
        return PV_CHILD_FAILED;
    }
    fcntl(out[0], F_SETFD, FD_CLOEXEC);
    fcntl(err[0], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0)
        become(place, child, arguments, environment, out[1], err[1]);
    close(out[1]);
    close(err[1]);
    int streams[2] = {out[0], err[0]};
    pv_child_end end = PV_CHILD_FAILED;
    if (pid > 0) {
        long deadline = milliseconds_now() + (long)child->seconds * 1000;
        setpgid(pid, pid);
        end = hear(child, said, complaints, streams);
        end = wait_for(pid, end, deadline, status);
    }
    for (size_t i = 0; i < 2; i++)
        if (streams[i] >= 0)
            close(streams[i]);
    return end;
}

pv_child_end pv_child_run(pv_workplace *place, const pv_child *child, pv_buf *said, pv_buf *complaints, int *status) {
    int held = wait_alone(child);
    pv_child_end end = start(place, child, said, complaints, status);
    if (held >= 0)
        close(held);
    return end;
}
