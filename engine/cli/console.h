/* Invariant: this is the only module that asks about the terminal. Whatever a document or path holds, what is
 * written to standard error is one line per message without control characters. */
#ifndef PV_CLI_CONSOLE_H
#define PV_CLI_CONSOLE_H

#include "report/verdicts/report.h"

typedef enum pv_color_choice { PV_COLOR_AUTO, PV_COLOR_ALWAYS, PV_COLOR_NEVER } pv_color_choice;

/* Whether to color what goes to descriptor: as chosen, else when it is a terminal that understands it and NO_COLOR
 * is unset. */
bool pv_console_color(pv_color_choice choice, int descriptor);
/* The width in columns: as chosen (> 0), else COLUMNS, else the terminal's, else 80; from 40 to 200. */
unsigned pv_console_width(unsigned chosen, int descriptor);

/* "proviso: " and one sentence, to standard error. */
void pv_console_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "proviso: PATH:LINE:COLUMN: sentence". */
void pv_console_complain_of(const pv_fault *fault);
/* All of text to descriptor; false (with errno) when it was not taken. */
bool pv_console_write(int descriptor, pv_str text);

/* One line on standard error, rewritten while many files are checked. Off unless standard error is a terminal and
 * standard output is none. */
typedef struct pv_progress {
    bool on;
    size_t total;
    size_t shown; /* hundredths last shown */
} pv_progress;

pv_progress pv_progress_begin(size_t total);
void pv_progress_step(pv_progress *progress, size_t done);
/* Clears the line, so that a message or the report can follow. */
void pv_progress_end(pv_progress *progress);

#endif
