#include "cli/command.h"
#include "report/other/yaml_submission.h"

static pv_exit write_file(pv_library *library, const pv_options *options, const pv_buf *text) {
    pv_error error = {0};
    if (!pv_command_save(options, pv_buf_str(text), &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_buf said = pv_buf_on(pv_library_memory(library));
    pv_buf_format(&said, "wrote %.*s\n", PV_STR_ARG(options->output));
    pv_exit code = pv_command_print(&said, PV_EXIT_CLEAN);
    pv_buf_clear(&said);
    return code;
}

static pv_exit write_submission(const pv_reader *reader, const pv_options *options) {
    const pv_checked *checked = &reader->checked;
    pv_library *library = checked->library;
    pv_error error = {0};
    pv_buf text = pv_buf_on(pv_library_memory(library));
    pv_exit code;
    if (!pv_yaml_submission(&text, checked->arena, checked->document, checked->submission,
                            pv_path_name(checked->source->path), &error))
        code = pv_command_fail(pv_fault_of(&error));
    else
        code = options->output.data && !pv_str_equal(options->output, PV_STANDARD_INPUT)
                   ? write_file(library, options, &text)
                   : pv_command_print(&text, PV_EXIT_CLEAN);
    pv_buf_clear(&text);
    return code;
}

static pv_exit import(pv_library *library, const pv_options *options) {
    return pv_command_with_submission(library, options, options->arguments[0], write_submission);
}

static const char *const import_options[] = {"output", "force", "pack", "language", "ocr",
                                             "color",  "width", "help", NULL};

const pv_command pv_import_command = {
    .usage =
        {
            .command = "import",
            .arguments = "FILE",
            .summary = "Writes the submission that a document holds as YAML, on standard output or with -o into a "
                       "file: each response under its item, what was not certain with a remark above it, and what was "
                       "not understood at the end.",
            .details = "The pack is the one that --pack names, else the one of whose form most is found in the "
                       "document. What is written is judged as the document is.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  the submission was written\n"
                       "  2  it was not\n"
                       "\n"
                       "Examples:\n"
                       "  proviso import filing.docx -o filing.yaml\n"
                       "  proviso import --pack rules/calaim-ipp-payment-1 filing.txt\n",
            .min_arguments = 1,
            .max_arguments = 1,
            .first_path = 1,
            .options = import_options,
        },
    .run = import,
};
