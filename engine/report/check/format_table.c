/* The one file that knows every format, so that what joins reports (format.c) knows none and formats know only that. */
#include "report/check/format.h"

#include <string.h>

#include "report/write/layout.h"

#define NAME(name) #name,
#define FORMAT(name) &pv_##name##_format,

const char *const pv_format_names[] = {PV_FORMATS(NAME) NULL};
static const pv_format *const formats[] = {PV_FORMATS(FORMAT)};

#define HELP_COLUMN ((size_t)12)
#define HELP_WIDTH ((size_t)79)

const pv_format *pv_format_named(const char *name) {
    for (size_t i = 0; pv_format_names[i]; i++)
        if (strcmp(pv_format_names[i], name) == 0)
            return formats[i];
    return NULL;
}

void pv_format_write_help(pv_buf *out) {
    for (size_t i = 0; pv_format_names[i]; i++) {
        pv_buf_append_text(out, "  ");
        pv_layout_cell(out, pv_str_from(pv_format_names[i]), HELP_COLUMN - 2);
        pv_layout_wrap(out, pv_str_from(formats[i]->help), HELP_WIDTH, HELP_COLUMN, HELP_COLUMN, 0);
    }
}
