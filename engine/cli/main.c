#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/build_info.h"
#include "cli/command.h"
#include "cli/conversions.h"
#include "model/message.h"
#include "report/write/layout.h"

static const pv_command *const commands[] = {
    &pv_check_command, &pv_show_command,     &pv_import_command, &pv_annotate_command,
    &pv_rules_command, &pv_explain_command,  &pv_test_command,   &pv_lint_command,
    &pv_why_command,   &pv_try_command,      &pv_new_command,    &pv_meta_command,
    &pv_waive_command, &pv_baseline_command, &pv_replay_command, &pv_impact_command,
};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)
#define COMMAND_COLUMNS ((size_t)12)

static pv_exit print(pv_buf *out) {
    pv_exit code = pv_command_print(out, PV_EXIT_CLEAN);
    pv_buf_clear(out);
    return code;
}

/* Up to the first full stop. */
static pv_str first_sentence(pv_str text) {
    size_t end = pv_str_find(text, PV_STR(". "), 0);
    return end == SIZE_MAX ? text : pv_str_slice(text, 0, end + 1);
}

static pv_exit print_help(void) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf out = pv_buf_on(&memory);
    unsigned width = pv_console_width(0, STDOUT_FILENO);
    pv_buf_append_text(&out, "usage: proviso COMMAND [OPTION]... [ARGUMENT]...\n\n");
    pv_layout_wrap(&out,
                   PV_STR("Checks filings against the conditions of their form, and says of each whether it is met, "
                          "where, and how that was worked out."),
                   width, 0, 0, 0);
    pv_buf_append_text(&out, "\nCommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const pv_usage *usage = &commands[i]->usage;
        pv_buf_append_text(&out, "  ");
        pv_layout_cell(&out, pv_str_from(usage->command), COMMAND_COLUMNS - 2);
        pv_layout_wrap(&out, first_sentence(pv_str_from(usage->summary)), width, COMMAND_COLUMNS, COMMAND_COLUMNS, 0);
    }
    pv_buf_append_text(&out, "\n'proviso COMMAND --help' tells all about a command.\n"
                             "'proviso --version' names the versions this program was built with.\n");
    return print(&out);
}

#define LIBRARY(name, version) {(name), (version)},
static const struct {
    const char *name;
    const char *version;
} libraries[] = {PV_BUILT_WITH(LIBRARY)};

static pv_exit print_version(void) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf out = pv_buf_on(&memory);
    const char *no_machine_code = pv_library_no_machine_code();
    pv_buf_append_text(&out, "proviso " PV_VERSION "\nbuilt with");
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        pv_buf_format(&out, "%s %s %s", i > 0 ? "," : "", libraries[i].name, libraries[i].version);
        if (no_machine_code && strcmp(libraries[i].name, "PCRE2") == 0)
            pv_buf_format(&out, " (no JIT: %s)", no_machine_code);
    }
    pv_buf_append_char(&out, '\n');
    return print(&out);
}

static pv_exit print_command_help(const pv_usage *usage) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf out = pv_buf_on(&memory);
    pv_options_help(&out, usage, pv_console_width(0, STDOUT_FILENO));
    return print(&out);
}

static const pv_command *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->usage.command, name) == 0)
            return commands[i];
    return NULL;
}

static pv_exit fail_unknown(const char *name) {
    pv_str names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = pv_str_from(commands[i]->usage.command);
    pv_console_complain("there is no command '%s'%s", pv_message_quote(pv_str_from(name)).text,
                        pv_message_hint(pv_str_from(name), names, COMMAND_COUNT).text);
    return PV_EXIT_NOTHING;
}

/* The day that the configuration of the run sets, where the command line does not; in arena. A configuration that
 * cannot be used is left to the command, which says so. */
static bool choose_day(pv_options *options, const pv_usage *usage, pv_arena *arena, pv_error *error) {
    pv_library *library;
    pv_config config;
    pv_fault ignored;
    pv_str day = {0};
    pv_str path = PV_STR(".");
    if (pv_config_gives(&options->asked, PV_CONFIG_AS_OF) ||
        (usage->first_path == 0 && !pv_options_has(usage, "as-of")))
        return true;
    if (usage->first_path > 0 && options->argument_count >= usage->first_path)
        path = options->arguments[usage->first_path - 1];
    if (pv_str_equal(path, PV_STANDARD_INPUT) && options->stdin_filename.size > 0)
        path = options->stdin_filename;
    if (!pv_library_new(&library, NULL, day, error))
        return false;
    if (pv_config_find(&config, library, pv_posix_host(), arena, path, &ignored))
        day = config.values.as_of;
    if (day.size > 0)
        options->asked.as_of = pv_arena_copy(arena, day);
    pv_library_free(library);
    return day.size == 0 || options->asked.as_of.data || pv_fail_memory(error);
}

/* arguments[0] is the command's name. */
static pv_exit run_command(const pv_command *command, char **arguments, int count) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_options options;
    pv_library *library;
    pv_error error = {0};
    pv_exit code;
    if (!arena)
        return pv_command_fail(pv_fault_no_memory());
    bool parsed = pv_options_parse(&options, arena, &command->usage, arguments, count, &error);
    bool listed = parsed && (options.help || pv_options_take_list(&options, arena, &error));
    if (parsed && !listed) {
        code = pv_command_fail(pv_fault_of(&error));
        if (command->refused)
            command->refused(&options);
    } else if (parsed && options.help) {
        code = print_command_help(&command->usage);
    } else if (parsed && choose_day(&options, &command->usage, arena, &error) &&
               pv_library_new(&library, NULL, options.asked.as_of, &error)) {
        pv_library_speak(library, options.language);
        pv_conversions_recognise(options.ocr);
        code = command->run(library, &options);
        pv_library_free(library);
    } else {
        code = pv_command_fail(pv_fault_of(&error));
    }
    pv_arena_free(arena);
    return code;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        pv_console_complain("a command is needed; 'proviso --help' lists them");
        return PV_EXIT_NOTHING;
    }
    const char *first = argv[1];
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
        return (int)print_help();
    if (strcmp(first, "--version") == 0)
        return (int)print_version();
    const pv_command *command = find_command(first);
    return (int)(command ? run_command(command, argv + 1, argc - 1) : fail_unknown(first));
}
