#include "cli/new.h"

#include <string.h>

#include "cli/config.h"
#include "cli/files.h"
#include "cli/skeleton.h"
#include "cli/writer.h"
#include "model/message.h"
#include "report/other/blank_submission.h"

typedef struct kind_of_new {
    const char *name;
    pv_exit (*make)(pv_making *making);
} kind_of_new;

static const kind_of_new kinds[] = {
    {"pack", pv_new_pack},
    {"rule", pv_new_rule},
    {"submission", pv_new_submission},
};

#define KIND_COUNT (sizeof kinds / sizeof *kinds)

bool pv_new_write(pv_making *making, pv_str path, pv_error *error) {
    if (!path.data || making->text.failed)
        return pv_fail_memory(error);
    if (!pv_writer_create(path, pv_buf_str(&making->text), error))
        return false;
    pv_buf_reset(&making->text);
    pv_buf_format(&making->said, "wrote %.*s\n", PV_STR_ARG(path));
    return true;
}

bool pv_new_check_id(const pv_making *making, const char *what, pv_error *error) {
    pv_str id = making->name;
    bool valid = id.size > 0;
    for (size_t i = 0; i < id.size; i++) {
        char c = id.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        valid = valid && (letter || (i > 0 && (c == '.' || c == '-' || c == '_')));
    }
    return valid || pv_fail(error, PV_ERROR_USAGE,
                            "'%s' cannot be the id of %s: it is made of letters, digits, \".\", \"-\" and \"_\"",
                            pv_message_quote(id).text, what);
}

/* ---- a pack ---- */

typedef struct pack_file {
    const char *path; /* in the pack's folder */
    const char *skeleton;
} pack_file;

static const char *const pack_folders[] = {"rules", "cases"};

static const pack_file pack_files[] = {
    {"pack.yaml", "pack.yaml"},
    {"form.yaml", "form.yaml"},
    {"rules/word-limit.lua", "word-limit.lua"},
    {"cases/one-word-too-many.yaml", "case.yaml"},
    {"README.md", "README.md"},
};

static bool make_folder(pv_str path, pv_error *error) {
    return path.data ? pv_writer_folder(path, error) : pv_fail_memory(error);
}

static bool write_pack(pv_making *making, pv_str folder, pv_error *error) {
    const pv_skeleton_value values[] = {{PV_STR("PACK"), making->name}};
    if (!make_folder(folder, error))
        return false;
    for (size_t i = 0; i < sizeof pack_folders / sizeof *pack_folders; i++)
        if (!make_folder(pv_files_join(making->arena, folder, pv_str_from(pack_folders[i])), error))
            return false;
    for (size_t i = 0; i < sizeof pack_files / sizeof *pack_files; i++) {
        pv_skeleton_write(&making->text, pack_files[i].skeleton, values, sizeof values / sizeof *values);
        if (!pv_new_write(making, pv_files_join(making->arena, folder, pv_str_from(pack_files[i].path)), error))
            return false;
    }
    return true;
}

/* Where packs are kept: what --output names, else the configuration, else here. */
static bool find_folder_of_packs(pv_making *making, pv_str *out, pv_fault *fault) {
    pv_config config = {0};
    *out = pv_str_from(making->options->output);
    if (out->size > 0)
        return true;
    if (!pv_config_find(&config, making->library, making->arena, PV_STR("."), fault))
        return false;
    *out = config.packs;
    return true;
}

pv_exit pv_new_pack(pv_making *making) {
    pv_error error = {0};
    pv_fault fault = {0};
    pv_str packs;
    if (!pv_new_check_id(making, "a pack", &error))
        return pv_command_fail(&error);
    if (!find_folder_of_packs(making, &packs, &fault))
        return pv_command_fail_of(&fault);
    pv_str folder = packs.size > 0 ? pv_files_join(making->arena, packs, making->name) : making->name;
    if (!folder.data)
        return pv_command_fail_memory();
    if (pv_files_exists(folder)) {
        pv_fail(&error, PV_ERROR_IO, "%.*s exists already; nothing was written", PV_STR_ARG(folder));
        return pv_command_fail(&error);
    }
    if (!write_pack(making, folder, &error))
        return pv_command_fail(&error);
    pv_buf_format(&making->said, "\nnext: proviso test %.*s\n", PV_STR_ARG(folder));
    return pv_command_print(&making->said, PV_EXIT_CLEAN);
}

/* ---- a submission ---- */

static pv_exit write_submission(pv_making *making, const pv_pack *pack) {
    pv_error error = {0};
    pv_blank_submission(&making->text, pack->form);
    if (!making->options->output)
        return pv_command_print(&making->text, PV_EXIT_CLEAN);
    if (!pv_new_write(making, pv_str_from(making->options->output), &error))
        return pv_command_fail(&error);
    return pv_command_print(&making->said, PV_EXIT_CLEAN);
}

pv_exit pv_new_submission(pv_making *making) {
    pv_pack_choice packs;
    pv_fault fault = {0};
    const pv_pack *pack = NULL;
    bool is_folder = pv_files_is_folder(making->name); /* of a pack, rather than the id of a form */
    if (pv_pack_choice_init(&packs, making->library, making->options, &making->options->arguments[1], is_folder,
                            &fault))
        pack = is_folder ? pv_pack_choice_at(&packs, 0, &fault)
                         : pv_pack_store_for_form(packs.store, making->name, &fault);
    pv_exit code = pack ? write_submission(making, pack) : pv_command_fail_of(&fault);
    pv_pack_choice_clear(&packs);
    return code;
}

/* ---- the command ---- */

static const kind_of_new *find_kind(const char *name, pv_error *error) {
    pv_str names[KIND_COUNT];
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
        names[i] = pv_str_from(kinds[i].name);
    }
    pv_fail(error, PV_ERROR_USAGE, "new makes no '%s'%s", pv_message_quote(pv_str_from(name)).text,
            pv_message_hint(pv_str_from(name), names, KIND_COUNT).text);
    return NULL;
}

/* Options that mean nothing for what is made are a mistake. */
static bool check_options(const pv_options *options, const kind_of_new *kind, pv_error *error) {
    bool is_rule = kind->make == pv_new_rule;
    if (options->has_each && !is_rule)
        return pv_fail(error, PV_ERROR_USAGE, "--each is for a new rule, not for a new %s", kind->name);
    if (options->output && is_rule)
        return pv_fail(error, PV_ERROR_USAGE, "--output is not for a new rule: it goes into the folder of its pack");
    if (options->pack && kind->make == pv_new_pack)
        return pv_fail(error, PV_ERROR_USAGE, "--pack is not for a new pack: name it after the word pack");
    return true;
}

static pv_exit make_new(pv_library *library, const pv_options *options) {
    pv_error error = {0};
    const kind_of_new *kind = find_kind(options->arguments[0], &error);
    if (!kind || !check_options(options, kind, &error))
        return pv_command_fail(&error);
    pv_memory *memory = pv_library_memory(library);
    pv_making making = {
        .library = library,
        .options = options,
        .arena = pv_arena_new(memory),
        .name = pv_str_from(options->arguments[1]),
        .text = pv_buf_on(memory),
        .said = pv_buf_on(memory),
    };
    pv_exit code = making.arena ? kind->make(&making) : pv_command_fail_memory();
    pv_buf_clear(&making.text);
    pv_buf_clear(&making.said);
    pv_arena_free(making.arena);
    return code;
}

static const pv_option_id new_options[] = {PV_OPTION_PACK, PV_OPTION_EACH, PV_OPTION_OUTPUT, PV_OPTION_HELP};

const pv_command pv_new_command = {
    .usage =
        {
            .command = "new",
            .arguments = "pack|rule|submission NAME",
            .summary = "Writes the beginnings of a pack, of a rule in a pack, or of a submission on a form, which run "
                       "and pass at once. Nothing is overwritten.",
            .details = "new pack ID          a folder with a small form, a rule with its examples, a case, and a\n"
                       "                     README; in the folder of packs that .proviso.yaml names, or\n"
                       "                     else here, or else where --output says\n"
                       "new rule ID          a rule file for the pack in this folder, or the one --pack names,\n"
                       "                     entered in its pack.yaml; --each says what it judges\n"
                       "new submission FORM  the form as YAML, ready to fill in: each prompt, limit and choice\n"
                       "                     is a comment; to standard output, or to the file --output names\n"
                       "\n"
                       "Exit status:\n"
                       "  0  it was written\n"
                       "  2  it was not\n"
                       "\n"
                       "Examples:\n"
                       "  proviso new pack city-grant\n"
                       "  proviso new rule city-grant.plain-words --pack city-grant --each response\n"
                       "  proviso new submission city-grant --output draft.yaml\n",
            .min_arguments = 2,
            .max_arguments = 2,
            .options = new_options,
        },
    .run = make_new,
};
