#include <limits.h>
#include <stdlib.h>

#include "cli/audit.h"
#include "cli/command.h"
#include "report/write/layout.h"
#include "run/record.h"

#define PART_COLUMNS ((size_t)17)

/* A check that is made again. */
typedef struct replaying {
    pv_library *library; /* that the records are read in */
    pv_arena *arena;
    pv_str path;
    pv_str here; /* the working folder, all links followed */
    pv_check_record then;
    pv_check_record now;
    pv_buf text; /* of the record as it is now */
} replaying;

/* ---- reading a record ---- */

static bool read_bytes(replaying *run, pv_str bytes, pv_check_record *out, pv_fault *fault) {
    const pv_document *document;
    pv_error error = {0};
    if (!pv_library_read_json(run->library, run->path, bytes, &document, fault))
        return false;
    if (pv_check_record_read(out, run->arena, document, &error))
        return true;
    return pv_fail_input(fault, run->arena, run->path, document->source, &error);
}

static bool read_record(replaying *run, pv_fault *fault) {
    pv_buf bytes = pv_buf_on(pv_library_memory(run->library));
    pv_error error = {0};
    bool read = pv_host_read(pv_posix_host(), &bytes, run->path, PV_RECORD_BYTES, &error);
    if (!read)
        *fault = pv_fault_from_error(run->arena, PV_FAULT_INPUT, run->path, NULL, &error);
    read = read && read_bytes(run, pv_buf_str(&bytes), &run->then, fault);
    pv_buf_clear(&bytes);
    return read;
}

/* ---- the same check again ---- */

/* The path from here of what the record calls name: as short as it goes, since waivers and a baseline know files by the
 * names that they had. */
static pv_str path_of(const replaying *run, pv_str name, pv_error *error) {
    pv_str path = pv_path_join(run->arena, pv_path_folder(run->path), name);
    pv_str folder = path.data ? pv_arena_copy(run->arena, pv_path_folder(path)) : path;
    if (folder.data && pv_host_is_folder(pv_posix_host(), folder))
        path = pv_audit_name(run->arena, run->here, path);
    if (!folder.data || !path.data)
        pv_fail_memory(error);
    return path;
}

/* A file of the record; empty where there is none. */
static pv_str file_of(const replaying *run, pv_str name, pv_error *error) {
    return name.size > 0 ? path_of(run, name, error) : (pv_str){0};
}

/* What was read from standard input is read from there again. */
static pv_str input_of(const replaying *run, pv_str name, pv_error *error) {
    pv_str standard_input = pv_check_record_text(&run->then, "options.stdin_filename");
    bool is_it = pv_str_equal(name, standard_input.size > 0 ? standard_input : PV_STANDARD_INPUT);
    return is_it ? PV_STANDARD_INPUT : path_of(run, name, error);
}

static bool find_here(replaying *run, pv_error *error) {
    char here[PATH_MAX];
    if (!realpath(".", here))
        return pv_fail(error, PV_ERROR_IO, "the working folder is gone");
    run->here = pv_arena_copy(run->arena, pv_str_from(here));
    return run->here.data || pv_fail_memory(error);
}

/* Notes that a setting is asked for, where it was. */
static void ask(pv_config_values *asked, pv_config_key key, bool was_asked) {
    if (was_asked)
        asked->given |= (uint32_t)1 << key;
}

/* The options that the check is to be made with. */
static bool restore_options(replaying *run, pv_options *options, pv_error *error) {
    const pv_check_record *then = &run->then;
    pv_config_values *asked = &options->asked;
    pv_str *paths = PV_NEW_ARRAY(run->arena, pv_str, then->inputs->count);
    if (!paths)
        return pv_fail_memory(error);
    for (const pv_node *input = then->inputs->first; input; input = input->next)
        paths[input->index] = input_of(run, pv_node_value(pv_node_get(input, PV_STR("path"))), error);
    options->arguments = paths;
    options->argument_count = then->inputs->count;
    options->record = run->path;
    options->record_into = &run->text;
    asked->as_of = pv_check_record_text(then, "options.as_of");
    asked->rule = pv_check_record_text(then, "options.rule");
    asked->pack = pv_check_record_text(then, "options.pack");
    if (pv_str_find(asked->pack, PV_STR("/"), 0) != SIZE_MAX)
        asked->pack = path_of(run, asked->pack, error);
    asked->waivers = file_of(run, pv_check_record_text(then, "options.waivers"), error);
    asked->baseline = file_of(run, pv_check_record_text(then, "options.baseline"), error);
    ask(asked, PV_CONFIG_AS_OF, asked->as_of.size > 0);
    ask(asked, PV_CONFIG_PACK, asked->pack.size > 0);
    ask(asked, PV_CONFIG_WAIVERS, asked->waivers.size > 0);
    ask(asked, PV_CONFIG_BASELINE, asked->baseline.size > 0);
    ask(asked, PV_CONFIG_MODE, pv_mode_from_name(pv_check_record_text(then, "options.mode"), &asked->mode));
    ask(asked, PV_CONFIG_FAIL_ON, pv_level_from_name(pv_check_record_text(then, "options.fail_on"), &asked->fail_on));
    options->stdin_filename = file_of(run, pv_check_record_text(then, "options.stdin_filename"), error);
    options->config_from = path_of(run, pv_check_record_text(then, "options.from"), error);
    options->of_folder = pv_str_equal(pv_check_record_text(then, "options.of_folder"), PV_STR("true"));
    return error->code == PV_OK;
}

/* Whether the check came as far as a record. What else it has to say, the record says too. */
static bool check_again(replaying *run, const pv_options *asked, pv_error *error) {
    pv_library *library;
    pv_options options = pv_options_default();
    options.jobs = asked->jobs;
    options.quiet = true;
    if (!find_here(run, error) || !restore_options(run, &options, error) ||
        !pv_library_new(&library, NULL, options.asked.as_of, error))
        return false;
    (void)pv_check_command.run(library, &options);
    pv_library_free(library);
    return true;
}

/* ---- the answer ---- */

static void write_reproduced(pv_buf *out, const replaying *run) {
    pv_layout_text(out, run->path);
    pv_buf_append_text(out, ": reproduced: ");
    pv_layout_count(out, run->then.inputs->count, "input");
    pv_buf_append_text(out, ", ");
    pv_layout_count(out, run->then.verdicts->count, "verdict");
    pv_buf_format(out, ", exit status %.*s\n", PV_STR_ARG(pv_check_record_text(&run->then, "exit_status")));
}

static void write_differences(pv_buf *out, const replaying *run, const pv_record_differences *found, unsigned width) {
    pv_layout_text(out, run->path);
    pv_buf_append_text(out, ": not reproduced: ");
    pv_layout_count(out, found->count, "difference");
    pv_buf_append_char(out, '\n');
    for (const pv_record_difference *each = found->first; each; each = each->next) {
        pv_buf_append_text(out, "  ");
        pv_layout_cell(out, pv_str_from(each->part), PART_COLUMNS - 2);
        pv_layout_wrap(out, each->message, width, PART_COLUMNS, PART_COLUMNS, 0);
    }
    if (found->verdicts > 0 && found->verdicts == found->count)
        pv_buf_append_text(out, "  Nothing else that is recorded differs.\n");
}

static pv_exit answer(replaying *run, const pv_options *options) {
    pv_record_differences found;
    pv_error error = {0};
    if (!pv_check_record_compare(&found, run->arena, &run->then, &run->now, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_buf out = pv_buf_on(pv_library_memory(run->library));
    const pv_report_style style = pv_options_style(options, 1);
    if (found.count == 0)
        write_reproduced(&out, run);
    else
        write_differences(&out, run, &found, style.width);
    pv_exit code = pv_command_print(&out, found.count == 0 ? PV_EXIT_CLEAN : PV_EXIT_FINDINGS);
    pv_buf_clear(&out);
    return code;
}

static pv_exit run_replay(replaying *run, const pv_options *options) {
    pv_fault fault = {0};
    pv_error error = {0};
    if (!read_record(run, &fault))
        return pv_command_fail(fault);
    if (!check_again(run, options, &error))
        return pv_command_fail(pv_fault_of(&error));
    if (run->text.size == 0)
        return PV_EXIT_NOTHING; /* check has said why */
    if (!read_bytes(run, pv_buf_str(&run->text), &run->now, &fault))
        return pv_command_fail(fault);
    return answer(run, options);
}

static pv_exit replay(pv_library *library, const pv_options *options) {
    pv_limits limits = *pv_library_limits(library);
    pv_error error = {0};
    replaying run = {.path = options->arguments[0], .text = pv_buf_on(pv_library_memory(library))};
    limits.source_bytes = PV_RECORD_BYTES;
    limits.yaml_events = PV_RECORD_VALUES;
    if (!pv_library_new(&run.library, &limits, (pv_str){0}, &error))
        return pv_command_fail(pv_fault_of(&error));
    run.arena = pv_arena_new(pv_library_memory(run.library));
    pv_exit code = run.arena ? run_replay(&run, options) : pv_command_fail(pv_fault_no_memory());
    pv_buf_clear(&run.text);
    pv_arena_free(run.arena);
    pv_library_free(run.library);
    return code;
}

static const char *const replay_options[] = {"jobs", "color", "width", "help", NULL};

const pv_command pv_replay_command = {
    .usage =
        {
            .command = "replay",
            .arguments = "RECORD",
            .summary = "Makes a recorded check again and says whether it comes out the same. RECORD is a file that "
                       "'proviso check --record' wrote.",
            .details = "The same files are checked by the same packs, as of the same day, with the options\n"
                       "that were given then and the configuration that is named in the record. What is\n"
                       "not as it was is named: engine, configuration, pack, input, verdicts. Files are\n"
                       "looked for from the folder that the record stands in.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  reproduced\n"
                       "  1  something differs\n"
                       "  2  the record cannot be read, or the check cannot be made\n"
                       "\n"
                       "Examples:\n"
                       "  proviso check --as-of 2024-09-30 --record audit.json filings/\n"
                       "  proviso replay audit.json\n",
            .min_arguments = 1,
            .max_arguments = 1,
            .options = replay_options,
        },
    .run = replay,
};
