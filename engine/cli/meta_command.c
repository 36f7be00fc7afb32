#include <unistd.h>

#include "cli/command.h"
#include "cli/posix_host.h"
#include "report/other/language_report.h"

typedef struct describing {
    pv_arena *arena;
    const pv_options *options;
    pv_language language;
    const pv_pack *pack; /* NULL: the language alone */
    pv_buf text;
    size_t written; /* files */
} describing;

static bool is_format(const describing *all, const char *name) {
    return pv_str_equal(pv_str_from(all->options->formats[0].format), pv_str_from(name));
}

/* ---- to standard output ---- */

static void write_lua(describing *all) {
    for (size_t i = 0; i < all->language.class_count; i++) {
        pv_meta_class(&all->text, &all->language, &all->language.classes[i]);
        pv_buf_append_char(&all->text, '\n');
    }
    pv_meta_globals(&all->text, &all->language);
}

static pv_exit print(describing *all) {
    if (all->pack)
        pv_meta_form(&all->text, all->pack->form);
    else if (is_format(all, "markdown"))
        pv_reference_markdown(&all->text, &all->language);
    else if (is_format(all, "luacheck"))
        pv_meta_luacheck(&all->text, &all->language);
    else
        write_lua(all);
    return pv_command_print(&all->text, PV_EXIT_CLEAN);
}

/* ---- to a folder ---- */

static bool put_file(describing *all, pv_str name, pv_error *error) {
    pv_str path = pv_path_join(all->arena, all->options->output, name);
    if (!path.data || all->text.failed)
        return pv_fail_memory(error);
    if (!pv_posix_replace(path, pv_buf_str(&all->text), error))
        return false;
    pv_buf_reset(&all->text);
    all->written++;
    return true;
}

/* "list_item.lua". */
static pv_str class_file_name(describing *all, const pv_language_class *class) {
    pv_buf name = pv_buf_on(pv_arena_memory(all->arena));
    pv_meta_name(&name, class->name);
    pv_buf_append_text(&name, ".lua");
    pv_str kept = {NULL, 0};
    if (!name.failed)
        kept = pv_arena_copy(all->arena, pv_buf_str(&name));
    pv_buf_clear(&name);
    return kept;
}

static bool put_form(describing *all, pv_error *error) {
    pv_meta_form(&all->text, all->pack->form);
    return put_file(all, pv_arena_format(all->arena, "%.*s.lua", PV_STR_ARG(all->pack->manifest->id)), error);
}

static bool put_language(describing *all, pv_error *error) {
    for (size_t i = 0; i < all->language.class_count; i++) {
        pv_meta_class(&all->text, &all->language, &all->language.classes[i]);
        if (!put_file(all, class_file_name(all, &all->language.classes[i]), error))
            return false;
    }
    pv_meta_globals(&all->text, &all->language);
    if (!put_file(all, PV_STR("globals.lua"), error))
        return false;
    pv_meta_luacheck(&all->text, &all->language);
    if (!put_file(all, PV_STR("luacheckrc"), error))
        return false;
    pv_meta_luarc(&all->text, all->options->output);
    return put_file(all, PV_STR("luarc.json"), error);
}

static pv_exit put_all(describing *all) {
    pv_error error = {0};
    if (!pv_posix_folder(all->options->output, &error) ||
        !(all->pack ? put_form(all, &error) : put_language(all, &error)))
        return pv_command_fail(pv_fault_of(&error));
    pv_buf_format(&all->text, "wrote %zu %s to %s\n", all->written, all->written == 1 ? "file" : "files",
                  all->options->output.data);
    return pv_command_print(&all->text, PV_EXIT_CLEAN);
}

/* ---- the command ---- */

static pv_exit describe(describing *all) {
    pv_error error = {0};
    if (!is_format(all, "lua") && (all->pack || all->options->output.data)) {
        pv_fail(&error, PV_ERROR_USAGE, "%s is for --format lua", all->pack ? "the name of a pack" : "--output");
        return pv_command_fail(pv_fault_of(&error));
    }
    if (!pv_library_describe_language(&all->language, all->arena, &error))
        return pv_command_fail(pv_fault_of(&error));
    return all->options->output.data ? put_all(all) : print(all);
}

static pv_exit describe_pack(describing *all, pv_library *library) {
    pv_pack_choice packs;
    pv_fault fault = {0};
    if (pv_pack_choice_init(&packs, library, all->options, all->options->arguments, 1, &fault))
        all->pack = pv_pack_choice_at(&packs, 0, &fault);
    pv_exit code = all->pack ? describe(all) : pv_command_fail(fault);
    pv_pack_choice_clear(&packs);
    return code;
}

static pv_exit meta(pv_library *library, const pv_options *options) {
    describing all = {
        .arena = pv_arena_new(pv_library_memory(library)),
        .options = options,
        .text = pv_buf_on(pv_library_memory(library)),
    };
    pv_exit code = PV_EXIT_NOTHING;
    if (!all.arena)
        code = pv_command_fail(pv_fault_no_memory());
    else
        code = options->argument_count > 0 ? describe_pack(&all, library) : describe(&all);
    pv_buf_clear(&all.text);
    pv_arena_free(all.arena);
    return code;
}

static const char *const meta_options[] = {"format", "output", "help", NULL};

static const char *const meta_formats[] = {"lua", "luacheck", "markdown", NULL};

const pv_command pv_meta_command = {
    .usage =
        {
            .command = "meta",
            .arguments = "[PACK]",
            .summary = "Describes the rule language for editors and people, or with PACK the names that the form of a "
                       "pack adds to it.",
            .details = "The formats: lua for the Lua language server (completion, hover and checks in any\n"
                       "editor), luacheck for luacheck, markdown for the reference that people read.\n"
                       "--output FOLDER writes the lua files, one for each class, a luacheckrc, and a\n"
                       "luarc.json to be taken over into the project's .luarc.json.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  it was written\n"
                       "  2  it was not\n"
                       "\n"
                       "Examples:\n"
                       "  proviso meta --output .proviso-meta\n"
                       "  proviso meta --output .proviso-meta city-grant\n"
                       "  proviso meta --format markdown\n",
            .min_arguments = 0,
            .max_arguments = 1,
            .options = meta_options,
            .formats = meta_formats,
        },
    .run = meta,
};
