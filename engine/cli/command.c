#include "cli/command.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/proofs.h"

pv_exit pv_command_fail(pv_fault fault) {
    pv_console_complain_of(&fault);
    return PV_EXIT_NOTHING;
}

pv_exit pv_command_print(const pv_buf *out, pv_exit code) {
    if (out->failed)
        return pv_command_fail(pv_fault_no_memory());
    if (pv_console_write(STDOUT_FILENO, pv_buf_str(out)))
        return code;
    pv_console_complain("standard output cannot be written: %s", strerror(errno));
    return PV_EXIT_NOTHING;
}

static bool ends_in_word(pv_str name, pv_str asked) {
    return name.size > asked.size && pv_str_ends_with(name, asked) && name.data[name.size - asked.size - 1] == ' ';
}

bool pv_command_means(const pv_subject *subject, pv_str asked, pv_arena *arena, pv_str *name, bool *out,
                      pv_error *error) {
    *name = pv_subject_name(subject, arena);
    if (!name->data || !pv_subject_means(subject, asked, arena, out))
        return pv_fail_memory(error);
    *out = *out || ends_in_word(*name, asked);
    return true;
}

bool pv_command_project(pv_project **out, pv_library *library, const pv_options *options, pv_fault *fault) {
    pv_project_settings settings = pv_options_project(options);
    settings.proofs = pv_posix_proofs();
    pv_error error = {0};
    return pv_project_new(out, library, pv_posix_host(), &settings, &error) || pv_fail_no_memory(fault);
}

static bool init_choice(pv_pack_choice *choice, pv_library *library, const pv_options *options, bool published,
                        pv_fault *fault) {
    *choice = (pv_pack_choice){.arena = pv_arena_new(pv_library_memory(library))};
    if (!choice->arena)
        return pv_fail_no_memory(fault);
    if (!pv_config_find(&choice->config, library, pv_posix_host(), choice->arena, PV_STR("."), fault))
        return false;
    if (published) {
        choice->config.parameters = (pv_settings){0};
        choice->config.level_count = 0;
        choice->config.lock = NULL;
    }
    return pv_pack_store_new(&choice->store, library, pv_posix_host(), &choice->config, options->asked.pack, fault);
}

static bool choose_packs(pv_pack_choice *choice, const pv_str *names, size_t name_count, pv_fault *fault) {
    choice->names = name_count > 0 ? names : NULL;
    choice->count = name_count > 0 ? name_count : pv_pack_store_count(choice->store);
    if (choice->count > 0)
        return true;
    pv_error error = {0};
    pv_fail(&error, PV_ERROR_NOT_FOUND, "%s", pv_pack_store_none(pv_posix_host()).text);
    return pv_fail_input(fault, choice->arena, (pv_str){0}, NULL, &error);
}

bool pv_pack_choice_init(pv_pack_choice *choice, pv_library *library, const pv_options *options, const pv_str *names,
                         size_t name_count, pv_fault *fault) {
    return init_choice(choice, library, options, false, fault) && choose_packs(choice, names, name_count, fault);
}

bool pv_pack_choice_init_published(pv_pack_choice *choice, pv_library *library, const pv_options *options,
                                   const pv_str *names, size_t name_count, pv_fault *fault) {
    return init_choice(choice, library, options, true, fault) && choose_packs(choice, names, name_count, fault);
}

void pv_pack_choice_clear(pv_pack_choice *choice) {
    pv_pack_store_free(choice->store);
    pv_arena_free(choice->arena);
    *choice = (pv_pack_choice){0};
}

const pv_pack *pv_pack_choice_at(const pv_pack_choice *choice, size_t index, pv_fault *fault) {
    return choice->names ? pv_pack_store_named(choice->store, choice->names[index], fault)
                         : pv_pack_store_at(choice->store, index, fault);
}

bool pv_command_keeps_file(const pv_options *options, pv_error *error) {
    const pv_str file = options->arguments[0];
    if (pv_str_equal(options->output, file) || pv_host_is_same(pv_posix_host(), options->output, file))
        return pv_fail(error, PV_ERROR_USAGE, "--output names the file itself, which is never changed; name another");
    return true;
}

bool pv_command_save(const pv_options *options, pv_str text, pv_error *error) {
    const pv_str path = options->output;
    const pv_host *host = pv_posix_host();
    const bool exists = pv_host_exists(host, path);
    if (!pv_command_keeps_file(options, error))
        return false;
    if (pv_host_is_folder(host, path))
        return pv_fail(error, PV_ERROR_USAGE, "%.*s is a folder; name the file to write in it", PV_STR_ARG(path));
    if (exists && !options->force)
        return pv_fail(error, PV_ERROR_IO, "%.*s exists already, and nothing was written; --force writes over it",
                       PV_STR_ARG(path));
    return exists ? pv_posix_replace(path, text, error) : pv_posix_create(path, text, error);
}

static pv_exit read_submission(pv_library *library, pv_pack_store *packs, const pv_options *options, pv_str path,
                               pv_exit (*use)(const pv_reader *reader, const pv_options *options)) {
    const pv_file file = pv_file_named(path);
    pv_reader reader;
    pv_error error = {0};
    if (!pv_reader_init(&reader, library, pv_posix_host(), packs, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_exit code =
        pv_reader_read(&reader, &file) == PV_READ_DONE ? use(&reader, options) : pv_command_fail(reader.fault);
    pv_reader_clear(&reader);
    return code;
}

pv_exit pv_command_with_submission(pv_library *library, const pv_options *options, pv_str path,
                                   pv_exit (*use)(const pv_reader *reader, const pv_options *options)) {
    pv_project *project;
    pv_fault fault = {0};
    if (!pv_command_project(&project, library, options, &fault))
        return pv_command_fail(fault);
    pv_profile *profile = pv_project_profile_of(project, path, &fault);
    bool found = profile && pv_project_open_packs(project, profile, &fault);
    pv_exit code = found ? read_submission(library, profile->packs, options, path, use) : pv_command_fail(fault);
    pv_project_free(project);
    return code;
}
