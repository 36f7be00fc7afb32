#include <unistd.h>

#include "cli/command.h"
#include "project/project.h"
#include "project/reader.h"
#include "report/other/show_report.h"

static pv_exit print_submission(pv_library *library, const pv_options *options, const pv_submission *submission) {
    pv_buf out = pv_buf_on(pv_library_memory(library));
    pv_report_style style = pv_options_style(options, STDOUT_FILENO);
    if (pv_str_equal(pv_str_from(options->formats[0].format), PV_STR("json")))
        pv_show_json(&out, submission);
    else
        pv_show_terminal(&out, &style, submission);
    pv_exit code = pv_command_print(&out, PV_EXIT_CLEAN);
    pv_buf_clear(&out);
    return code;
}

static pv_exit show_file(pv_library *library, pv_pack_store *packs, const pv_options *options, pv_str path) {
    const pv_file file = pv_file_named(path);
    pv_reader reader;
    pv_error error = {0};
    if (!pv_reader_init(&reader, library, pv_posix_host(), packs, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_exit code = pv_reader_read(&reader, &file) == PV_READ_DONE
                       ? print_submission(library, options, reader.checked.submission)
                       : pv_command_fail(reader.fault);
    pv_reader_clear(&reader);
    return code;
}

static pv_exit show(pv_library *library, const pv_options *options) {
    pv_str path = options->arguments[0];
    pv_project *project;
    pv_fault fault = {0};
    if (!pv_command_project(&project, library, options, &fault))
        return pv_command_fail(fault);
    pv_profile *profile = pv_project_profile_of(project, path, &fault);
    bool found = profile && pv_project_open_packs(project, profile, &fault);
    pv_exit code = found ? show_file(library, profile->packs, options, path) : pv_command_fail(fault);
    pv_project_free(project);
    return code;
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
