#include "cli/console.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "report/write/layout.h"

#define DEFAULT_WIDTH 80u
#define MIN_WIDTH 40u
#define MAX_WIDTH 200u
/* Fewer files are done before anyone looks. */
#define FILES_WORTH_PROGRESS ((size_t)20)

bool pv_console_color(pv_color_choice choice, int descriptor) {
    if (choice != PV_COLOR_AUTO)
        return choice == PV_COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR");
    if (no_color && *no_color)
        return false;
    const char *terminal = getenv("TERM");
    bool dumb = !terminal || pv_str_equal(pv_str_from(terminal), PV_STR("dumb"));
    return !dumb && isatty(descriptor);
}

static unsigned width_from_environment(void) {
    const char *columns = getenv("COLUMNS");
    unsigned long width = columns ? strtoul(columns, NULL, 10) : 0;
    return width > MAX_WIDTH ? MAX_WIDTH : (unsigned)width;
}

static unsigned width_of_terminal(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

unsigned pv_console_width(unsigned chosen, int descriptor) {
    unsigned width = chosen;
    if (width == 0)
        width = width_from_environment();
    if (width == 0)
        width = width_of_terminal(descriptor);
    if (width == 0)
        width = DEFAULT_WIDTH;
    if (width < MIN_WIDTH)
        return MIN_WIDTH;
    return width > MAX_WIDTH ? MAX_WIDTH : width;
}

bool pv_console_write(int descriptor, pv_str text) {
    while (text.size > 0) {
        ssize_t written = write(descriptor, text.data, text.size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text = pv_str_slice(text, (size_t)written, text.size);
    }
    return true;
}

/* There is nowhere left to say that standard error cannot be written, or that there is no memory to say it with. */
static void complain(pv_str sentence) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf line = pv_buf_on(&memory);
    pv_buf_append_text(&line, "proviso: ");
    pv_layout_text(&line, sentence);
    pv_buf_append_char(&line, '\n');
    (void)pv_console_write(STDERR_FILENO, pv_buf_str(&line));
    pv_buf_clear(&line);
}

void pv_console_complain(const char *format, ...) {
    char sentence[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    complain(pv_str_from(sentence));
}

void pv_console_complain_of(const pv_fault *fault) {
    char place[32] = "";
    char rule[128] = "";
    if (fault->path.size && fault->at.line > 0)
        snprintf(place, sizeof place, ":%u:%u", (unsigned)fault->at.line, (unsigned)fault->at.column);
    if (fault->rule.size)
        snprintf(rule, sizeof rule, "rule %.*s: ", PV_STR_ARG(fault->rule));
    pv_console_complain("%.*s%s%s%s%.*s", PV_STR_ARG(fault->path), place, fault->path.size ? ": " : "", rule,
                        PV_STR_ARG(fault->message));
}

pv_progress pv_progress_begin(size_t total) {
    return (pv_progress){
        .on = total >= FILES_WORTH_PROGRESS && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO),
        .total = total,
    };
}

void pv_progress_step(pv_progress *progress, size_t done) {
    if (!progress->on)
        return;
    size_t hundredths = done * 100 / progress->total;
    if (hundredths == progress->shown)
        return;
    progress->shown = hundredths;
    fprintf(stderr, "\rchecked %zu of %zu", done, progress->total);
    fflush(stderr);
}

void pv_progress_end(pv_progress *progress) {
    if (!progress->on)
        return;
    fputs("\r\x1b[K", stderr);
    fflush(stderr);
    progress->shown = 0;
}
