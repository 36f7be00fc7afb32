#include <unistd.h>

#include "cli/command.h"
#include "report/other/show_report.h"

static pv_exit print_submission(const pv_reader *reader, const pv_options *options) {
    pv_buf out = pv_buf_on(pv_library_memory(reader->checked.library));
    pv_report_style style = pv_options_style(options, STDOUT_FILENO);
    if (pv_str_equal(pv_str_from(options->formats[0].format), PV_STR("json")))
        pv_show_json(&out, reader->checked.submission);
    else
        pv_show_terminal(&out, &style, reader->checked.submission);
    pv_exit code = pv_command_print(&out, PV_EXIT_CLEAN);
    pv_buf_clear(&out);
    return code;
}

static pv_exit show(pv_library *library, const pv_options *options) {
    return pv_command_with_submission(library, options, options->arguments[0], print_submission);
}

static const char *const show_options[] = {"pack",  "language", "ocr",  "format", "verbose",
                                           "color", "width",    "help", NULL};

static const char *const show_formats[] = {"terminal", "json", NULL};

const pv_command pv_show_command = {
    .usage =
        {
            .command = "show",
            .arguments = "FILE",
            .summary = "Shows how a submission was read: its fields, measures and responses with their word counts and "
                       "places, its records, and what was not understood. FILE may be - for standard input.",
            .details = "No rule is run. Texts are cut to three lines; --verbose shows all of them.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  the submission was read\n"
                       "  2  it could not be\n"
                       "\n"
                       "Examples:\n"
                       "  proviso show filing.yaml\n"
                       "  proviso show --format json filing.yaml\n",
            .min_arguments = 1,
            .max_arguments = 1,
            .first_path = 1,
            .options = show_options,
            .formats = show_formats,
        },
    .run = show,
};
