#include "cli/watch.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <termios.h>
#include <unistd.h>

#include "cli/posix_host.h"

/* An editor saves a file in several steps: what follows within this time belongs to one change. */
#define QUIET_MILLISECONDS 50
#define MAX_FOLDER_DEPTH 8u
#define CONTROL_C '\x03'

static const uint32_t events_watched =
    IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF;

typedef struct watching {
    const pv_watched *watched;
    int changes; /* inotify */
    pv_arena *arena;
    bool has_terminal;
    struct termios before;
} watching;

/* ---- the terminal ---- */

/* Keys are read one at a time, Ctrl-C among them, so that the terminal can be put back in order. */
static void take_terminal(watching *watch) {
    watch->has_terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &watch->before) == 0;
    if (!watch->has_terminal)
        return;
    struct termios raw = watch->before;
    raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO | ISIG);
    (void)tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

static void give_terminal_back(const watching *watch) {
    if (watch->has_terminal)
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &watch->before);
}

static void clear_screen(void) {
    if (isatty(STDOUT_FILENO))
        (void)pv_console_write(STDOUT_FILENO, PV_STR("\x1b[H\x1b[2J\x1b[3J"));
}

/* Whether the keys that are waiting ask to quit; the end of input does too. */
static bool asked_to_quit(void) {
    char keys[64];
    ssize_t count = read(STDIN_FILENO, keys, sizeof keys);
    if (count < 0)
        return errno != EINTR && errno != EAGAIN;
    for (ssize_t i = 0; i < count; i++)
        if (keys[i] == 'q' || keys[i] == 'Q' || keys[i] == CONTROL_C)
            return true;
    return count == 0;
}

/* ---- the folders ---- */

static bool watch_folder(watching *watch, pv_str folder, unsigned depth, pv_error *error) {
    pv_path_list folders;
    if (depth > MAX_FOLDER_DEPTH)
        return true;
    if (inotify_add_watch(watch->changes, folder.data, events_watched) < 0)
        return pv_fail(error, PV_ERROR_IO, "%s cannot be watched: %s", folder.data, strerror(errno));
    if (!pv_host_subfolders(pv_posix_host(), watch->arena, folder, &folders, error))
        return false;
    for (size_t i = 0; i < folders.count; i++)
        if (!watch_folder(watch, folders.paths[i], depth + 1, error))
            return false;
    return true;
}

/* Again before each run: there may be new folders, and watching one twice changes nothing. */
static bool watch_all(watching *watch, pv_error *error) {
    for (size_t i = 0; i < watch->watched->folder_count; i++)
        if (!watch_folder(watch, watch->watched->folders[i], 0, error))
            return false;
    return true;
}

static bool is_own(const pv_watched *watched, const struct inotify_event *event) {
    for (size_t i = 0; event->len > 0 && i < watched->own_count; i++)
        if (pv_str_equal(watched->own[i], pv_str_from(event->name)))
            return true;
    return false;
}

/* Takes all events that are waiting or come soon; whether one of them is a change by somebody else. */
static bool take_changes(const watching *watch) {
    _Alignas(struct inotify_event) char events[4096];
    struct pollfd pending = {.fd = watch->changes, .events = POLLIN};
    bool changed = false;
    while (poll(&pending, 1, QUIET_MILLISECONDS) > 0) {
        ssize_t size = read(watch->changes, events, sizeof events);
        if (size <= 0)
            return changed;
        for (ssize_t at = 0; at < size;) {
            struct inotify_event event;
            memcpy(&event, events + at, sizeof event);
            changed |= !is_own(watch->watched, (const struct inotify_event *)(const void *)(events + at));
            at += (ssize_t)(sizeof event + event.len);
        }
    }
    return changed;
}

/* False when it is time to end. */
static bool wait_for_change(const watching *watch) {
    struct pollfd sources[] = {
        {.fd = watch->changes, .events = POLLIN},
        {.fd = STDIN_FILENO, .events = POLLIN},
    };
    for (;;) {
        if (poll(sources, 2, -1) < 0 && errno != EINTR)
            return false;
        if (sources[1].revents != 0 && asked_to_quit())
            return false;
        if (sources[0].revents != 0 && take_changes(watch))
            return true;
    }
}

pv_exit pv_watch(pv_arena *arena, const pv_watched *watched) {
    watching watch = {.watched = watched, .changes = inotify_init1(IN_CLOEXEC), .arena = arena};
    pv_error error = {0};
    pv_exit code = PV_EXIT_NOTHING;
    if (watch.changes < 0) {
        pv_fail(&error, PV_ERROR_IO, "files cannot be watched: %s", strerror(errno));
        return pv_command_fail(pv_fault_of(&error));
    }
    take_terminal(&watch);
    do {
        if (!watch_all(&watch, &error))
            break;
        clear_screen();
        code = watched->run(watched->payload);
        (void)pv_console_write(STDOUT_FILENO, PV_STR("waiting for changes; q quits\n"));
    } while (wait_for_change(&watch));
    give_terminal_back(&watch);
    close(watch.changes);
    return error.code == PV_OK ? code : pv_command_fail(pv_fault_of(&error));
}
