#include "cli/new_command.h"

#include <assert.h>
#include <string.h>

#include "base/digits.h"
#include "cli/command.h"
#include "model/message.h"
#include "report/other/blank_submission.h"
#include "report/other/catalogue.h"

#define MAX_VALUES 12

/* One run of the command. */
typedef struct making {
    pv_library *library;
    const pv_options *options;
    pv_arena *arena;
    pv_str name; /* of what is made: NUL-terminated, letters, digits, ".", "-" and "_" where it becomes an id */
    pv_buf text; /* of the file being made */
    pv_buf said; /* what to tell on standard output when all is done */
} making;

/* ---- skeletons: files of the folder skeleton/, embedded, in which @NAME@ stands for what differs from one copy to
 * the next ---- */

/* What stands for @NAME@. */
typedef struct skeleton_value {
    pv_str name;
    pv_str value;
} skeleton_value;

static pv_str find_skeleton(const char *name) {
    for (const pv_skeleton *skeleton = pv_skeletons; skeleton->name; skeleton++)
        if (strcmp(skeleton->name, name) == 0)
            return (pv_str){skeleton->text, skeleton->size};
    assert(!"there is such a skeleton");
    return (pv_str){0};
}

static pv_str value_of(pv_str name, const skeleton_value *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_str_equal(values[i].name, name))
            return values[i].value;
    assert(!"every name in a skeleton has a value");
    return (pv_str){0};
}

static void write_skeleton(pv_buf *out, const char *name, const skeleton_value *values, size_t count) {
    pv_str text = find_skeleton(name);
    size_t start = 0;
    for (size_t mark; (mark = pv_str_find(text, PV_STR("@"), start)) != SIZE_MAX;) {
        size_t end = pv_str_find(text, PV_STR("@"), mark + 1);
        assert(end != SIZE_MAX);
        pv_buf_append(out, pv_str_slice(text, start, mark));
        pv_buf_append(out, value_of(pv_str_slice(text, mark + 1, end), values, count));
        start = end + 1;
    }
    pv_buf_append(out, pv_str_slice(text, start, text.size));
}

/* ---- files ---- */

static bool write_new_file(making *all, pv_str path, pv_error *error) {
    if (!path.data || all->text.failed)
        return pv_fail_memory(error);
    if (!pv_posix_create(path, pv_buf_str(&all->text), error))
        return false;
    pv_buf_reset(&all->text);
    pv_buf_format(&all->said, "wrote %.*s\n", PV_STR_ARG(path));
    return true;
}

static bool check_id(const making *all, const char *what, pv_error *error) {
    pv_str id = all->name;
    bool valid = id.size > 0;
    for (size_t i = 0; i < id.size; i++) {
        char c = id.data[i];
        valid = valid && (pv_ascii_is_letter_or_digit(c) || (i > 0 && (c == '.' || c == '-' || c == '_')));
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
    return path.data ? pv_posix_folder(path, error) : pv_fail_memory(error);
}

static bool write_pack(making *all, pv_str folder, pv_error *error) {
    const skeleton_value values[] = {{PV_STR("PACK"), all->name}};
    if (!make_folder(folder, error))
        return false;
    for (size_t i = 0; i < sizeof pack_folders / sizeof *pack_folders; i++)
        if (!make_folder(pv_path_join(all->arena, folder, pv_str_from(pack_folders[i])), error))
            return false;
    for (size_t i = 0; i < sizeof pack_files / sizeof *pack_files; i++) {
        write_skeleton(&all->text, pack_files[i].skeleton, values, sizeof values / sizeof *values);
        if (!write_new_file(all, pv_path_join(all->arena, folder, pv_str_from(pack_files[i].path)), error))
            return false;
    }
    return true;
}

/* Where packs are kept: what --output names, else the configuration, else here. */
static bool find_folder_of_packs(making *all, pv_str *out, pv_fault *fault) {
    pv_config config = {0};
    *out = all->options->output;
    if (out->size > 0)
        return true;
    if (!pv_config_find(&config, all->library, pv_posix_host(), all->arena, PV_STR("."), fault))
        return false;
    *out = config.values.packs;
    return true;
}

static pv_exit make_pack(making *all) {
    pv_error error = {0};
    pv_fault fault = {0};
    pv_str packs;
    if (!check_id(all, "a pack", &error))
        return pv_command_fail(pv_fault_of(&error));
    if (!find_folder_of_packs(all, &packs, &fault))
        return pv_command_fail(fault);
    pv_str folder = packs.size > 0 ? pv_path_join(all->arena, packs, all->name) : all->name;
    if (!folder.data)
        return pv_command_fail(pv_fault_no_memory());
    if (pv_host_exists(pv_posix_host(), folder)) {
        pv_fail(&error, PV_ERROR_IO, "%.*s exists already; nothing was written", PV_STR_ARG(folder));
        return pv_command_fail(pv_fault_of(&error));
    }
    if (!write_pack(all, folder, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_buf_format(&all->said, "\nnext: proviso test %.*s\n", PV_STR_ARG(folder));
    return pv_command_print(&all->said, PV_EXIT_CLEAN);
}

/* ---- a submission ---- */

static pv_exit write_submission(making *all, const pv_pack *pack) {
    pv_error error = {0};
    bool as_table = strcmp(all->options->formats[0].format, "csv") == 0;
    if (as_table && !pack->form->headings) {
        pv_fail(&error, PV_ERROR_USAGE, "the form %.*s does not say how it is kept as CSV; leave --format out",
                PV_STR_ARG(pack->form->id));
        return pv_command_fail(pv_fault_of(&error));
    }
    pv_blank_submission(&all->text, pack->form, as_table);
    if (!all->options->output.data)
        return pv_command_print(&all->text, PV_EXIT_CLEAN);
    if (!write_new_file(all, all->options->output, &error))
        return pv_command_fail(pv_fault_of(&error));
    return pv_command_print(&all->said, PV_EXIT_CLEAN);
}

static pv_exit make_submission(making *all) {
    pv_pack_choice packs;
    pv_fault fault = {0};
    const pv_pack *pack = NULL;
    bool is_folder = pv_host_is_folder(pv_posix_host(), all->name); /* of a pack, rather than the id of a form */
    if (pv_pack_choice_init(&packs, all->library, all->options, &all->options->arguments[1], is_folder, &fault))
        pack =
            is_folder ? pv_pack_choice_at(&packs, 0, &fault) : pv_pack_store_for_form(packs.store, all->name, &fault);
    pv_exit code = pack ? write_submission(all, pack) : pv_command_fail(fault);
    pv_pack_choice_clear(&packs);
    return code;
}

/* ---- a rule: a file of its own, and its line in the manifest ---- */

static const pv_node *last_rule_file(const pv_document *manifest) {
    const pv_node *last = NULL;
    const pv_node *rules = pv_node_get(manifest->root, PV_STR("rules"));
    for (const pv_node *node = rules ? rules->first : NULL; node; node = node->next)
        last = node;
    return last;
}

/* The manifest with the three texts added at offset at. */
static void write_with(pv_buf *out, pv_str bytes, size_t at, pv_str first, pv_str second, pv_str third) {
    pv_buf_append(out, pv_str_slice(bytes, 0, at));
    pv_buf_append(out, first);
    pv_buf_append(out, second);
    pv_buf_append(out, third);
    pv_buf_append(out, pv_str_slice(bytes, at, bytes.size));
}

bool pv_manifest_add_rule_file(pv_buf *out, const pv_document *manifest, pv_str file, pv_error *error) {
    const pv_source *source = manifest->source;
    const pv_node *last = last_rule_file(manifest);
    if (!last)
        return pv_fail(error, PV_ERROR_SHAPE, "%.*s lists no rule files to add %.*s to", PV_STR_ARG(source->path),
                       PV_STR_ARG(file));
    uint32_t line = pv_source_locate(source, last->span.start).line;
    size_t start = pv_source_line_start(source, line);
    size_t end = start + pv_source_line(source, line).size;
    pv_str before = pv_str_slice(source->bytes, start, last->span.start);
    if (!pv_str_equal(pv_str_trim(before), PV_STR("-"))) { /* in brackets, as in [a.lua, b.lua] */
        write_with(out, source->bytes, last->span.end, PV_STR(", "), file, PV_STR(""));
        return true;
    }
    pv_str line_break = pv_str_slice(source->bytes, end, pv_source_line_start(source, line + 1));
    write_with(out, source->bytes, end, line_break.size ? line_break : PV_STR("\n"), before, file);
    return true;
}

typedef struct rule_values {
    pv_arena *arena;
    skeleton_value values[MAX_VALUES];
    size_t count;
    bool failed;
} rule_values;

/* text as it stands between quotes in Lua. */
static pv_str escape(pv_arena *arena, pv_str text) {
    pv_buf escaped = pv_buf_on(pv_arena_memory(arena));
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\' || text.data[i] == '\n')
            pv_buf_append_char(&escaped, '\\');
        pv_buf_append_char(&escaped, text.data[i]);
    }
    pv_str kept = {NULL, 0};
    if (!escaped.failed)
        kept = pv_arena_copy(arena, pv_buf_str(&escaped));
    pv_buf_clear(&escaped);
    return kept;
}

static void add_value(rule_values *values, pv_str name, pv_str text) {
    pv_str escaped = escape(values->arena, text);
    values->failed |= escaped.data == NULL;
    values->values[values->count++] = (skeleton_value){name, escaped};
}

/* What can stand in a row's column. */
static pv_str sample_of(const pv_value_spec *column) {
    if (column->type == PV_TYPE_ROW)
        return column->table->row_count > 0 ? pv_row_title(&column->table->rows[0]) : PV_STR("something");
    return column->choice_count > 0 ? column->choices[0] : pv_str_from(pv_type_of(column->type)->sample);
}

static void add_row_values(rule_values *values, const pv_record_spec *record) {
    const pv_value_spec *column = &record->columns[0];
    bool is_list = column->type == PV_TYPE_LIST;
    add_value(values, PV_STR("RECORD"), record->name);
    add_value(values, PV_STR("COLUMN"), column->name);
    add_value(values, PV_STR("VALUE"), sample_of(column));
    values->values[values->count++] = (skeleton_value){PV_STR("OPEN"), is_list ? PV_STR("{ ") : PV_STR("")};
    values->values[values->count++] = (skeleton_value){PV_STR("CLOSE"), is_list ? PV_STR(" }") : PV_STR("")};
}

static void add_pair_values(rule_values *values, const pv_matrix *matrix) {
    add_value(values, PV_STR("MATRIX"), matrix->name);
    add_value(values, PV_STR("RECORD"), matrix->records->name);
    add_value(values, PV_STR("ROWS"), matrix->rows->name);
    add_value(values, PV_STR("COLUMNS"), matrix->columns->name);
    add_value(values, PV_STR("ROW_CELL"), matrix->records->columns[matrix->row_cell].name);
    add_value(values, PV_STR("COLUMN_CELL"), matrix->records->columns[matrix->column_cell].name);
    add_value(values, PV_STR("ROW"), pv_row_title(&matrix->rows->rows[0]));
    add_value(values, PV_STR("COLUMN"), pv_row_title(&matrix->columns->rows[0]));
}

static void add_item_values(rule_values *values, const pv_item *item) {
    add_value(values, PV_STR("ITEM"), item->full_id);
    add_value(values, PV_STR("MEASURE"), item->measure->id);
    add_value(values, PV_STR("SECTION"), item->measure->section->id);
}

/* The form's first item that is answered in prose, as the skeletons' examples are; NULL: none is. */
static const pv_item *first_of_prose(const pv_form *form) {
    for (size_t i = 0; i < form->item_count; i++)
        if (!form->items[i].spec)
            return &form->items[i];
    return NULL;
}

/* What the rule's skeleton is about: the form's first item of prose, the first column of its first kind of record, or
 * the first pair of its first matrix. */
static bool add_form_values(rule_values *values, const pv_form *form, pv_subject_kind each, bool of_register,
                            pv_error *error) {
    if (each == PV_SUBJECT_RECORD || of_register) {
        if (form->record_count == 0)
            return pv_fail(error, PV_ERROR_NOT_FOUND, "the form has no records for a rule to judge");
        add_row_values(values, &form->records[0]);
    } else if (each == PV_SUBJECT_PAIR) {
        if (form->matrix_count == 0)
            return pv_fail(error, PV_ERROR_NOT_FOUND, "the form has no matrix whose pairs a rule could judge");
        add_pair_values(values, &form->matrices[0]);
    } else {
        if (form->item_count == 0)
            return pv_fail(error, PV_ERROR_NOT_FOUND, "the form has no prompts for a rule to judge");
        const pv_item *item = first_of_prose(form);
        if (!item)
            return pv_fail(error, PV_ERROR_NOT_FOUND,
                           "every prompt of the form asks for a value, and the rule begun here would read prose; "
                           "write one with typed = true");
        add_item_values(values, item);
    }
    return true;
}

static bool write_rule(making *all, const pv_form *form, pv_error *error) {
    pv_subject_kind each = all->options->each;
    /* A register has no prompts: a rule on the whole of it looks at its rows. */
    bool of_register = each == PV_SUBJECT_SUBMISSION && form->item_count == 0 && form->record_count > 0;
    rule_values values = {.arena = all->arena};
    add_value(&values, PV_STR("RULE"), all->name);
    add_value(&values, PV_STR("FORM"), form->title);
    if (!add_form_values(&values, form, each, of_register, error))
        return false;
    pv_str skeleton = pv_arena_format(all->arena, "rule-%s.lua", of_register ? "register" : pv_subject_kind_name(each));
    if (values.failed || !skeleton.data)
        return pv_fail_memory(error);
    write_skeleton(&all->text, skeleton.data, values.values, values.count);
    return true;
}

/* In the folder of the rule file listed last: "rules/plain-words.lua" for "city-grant.plain-words". */
static pv_str rule_file_name(const making *all, const pv_manifest *manifest) {
    pv_str last = manifest->rule_file_count > 0 ? manifest->rule_files[manifest->rule_file_count - 1] : PV_STR("");
    pv_str folder = pv_path_folder(last);
    pv_str name = all->name;
    for (size_t i = name.size; i > 1; i--)
        if (name.data[i - 1] == '.' && i < name.size) {
            name = pv_str_slice(name, i, name.size);
            break;
        }
    return pv_arena_format(all->arena, "%.*s%s%.*s.lua", folder.data[0] == '.' ? 0 : (int)folder.size, folder.data,
                           folder.data[0] == '.' ? "" : "/", PV_STR_ARG(name));
}

static bool enter_in_manifest(making *all, const pv_manifest *manifest, pv_str file, pv_buf *out, pv_error *error) {
    pv_checked checked;
    pv_fault fault = {0};
    if (!pv_checked_new(&checked, all->library, error))
        return false;
    /* It was read when the pack was opened, so it is well-formed. */
    bool entered = pv_read_document(&checked, manifest->source->path, manifest->source->bytes, &fault) &&
                   pv_manifest_add_rule_file(out, checked.document, file, error);
    pv_checked_clear(&checked);
    return entered || pv_fail_memory(error);
}

static bool check_rule_is_new(const making *all, const pv_pack *pack, pv_error *error) {
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)) != NULL; i++)
        if (pv_str_equal(rule->id, all->name))
            return pv_fail(error, PV_ERROR_USAGE, "the pack %.*s has a rule '%.*s' already; nothing was written",
                           PV_STR_ARG(pack->manifest->id), PV_STR_ARG(rule->id));
    return true;
}

static bool add_rule(making *all, const pv_pack *pack, pv_buf *manifest, pv_error *error) {
    pv_str path = pack->manifest->source->path;
    pv_str folder = pv_path_folder(path);
    pv_str file = rule_file_name(all, pack->manifest);
    if (!file.data)
        return pv_fail_memory(error);
    if (!check_rule_is_new(all, pack, error) || !write_rule(all, pack->form, error) ||
        !enter_in_manifest(all, pack->manifest, file, manifest, error) ||
        !write_new_file(all, pv_path_join(all->arena, folder, file), error) ||
        !pv_posix_replace(path, pv_buf_str(manifest), error))
        return false;
    pv_buf_format(&all->said, "entered it in %.*s\n\nnext: proviso test --rule %.*s %.*s\n", PV_STR_ARG(path),
                  PV_STR_ARG(all->name), PV_STR_ARG(folder));
    return true;
}

/* The pack that --pack names, the one in this folder, or the only one there is. */
static const pv_pack *find_pack_for_rule(const pv_pack_choice *packs, pv_fault *fault) {
    if (packs->count == 1)
        return pv_pack_choice_at(packs, 0, fault);
    *fault = (pv_fault){.kind = PV_FAULT_INPUT, .message = PV_STR("there are several packs; name one with --pack")};
    return NULL;
}

static pv_exit add_rule_to(making *all, const pv_pack *pack) {
    pv_error error = {0};
    pv_buf manifest = pv_buf_on(pv_library_memory(all->library));
    bool added = add_rule(all, pack, &manifest, &error);
    pv_buf_clear(&manifest);
    return added ? pv_command_print(&all->said, PV_EXIT_CLEAN) : pv_command_fail(pv_fault_of(&error));
}

static pv_exit make_rule(making *all) {
    pv_error error = {0};
    pv_fault fault = {0};
    pv_pack_choice packs;
    const pv_pack *pack = NULL;
    pv_options options = *all->options;
    if (!check_id(all, "a rule", &error))
        return pv_command_fail(pv_fault_of(&error));
    if (!options.asked.pack.data && pv_host_exists(pv_posix_host(), PV_STR("pack.yaml")))
        options.asked.pack = PV_STR(".");
    if (pv_pack_choice_init(&packs, all->library, &options, NULL, 0, &fault))
        pack = find_pack_for_rule(&packs, &fault);
    pv_exit code = pack ? add_rule_to(all, pack) : pv_command_fail(fault);
    pv_pack_choice_clear(&packs);
    return code;
}

/* ---- the command ---- */

typedef struct kind_of_new {
    const char *name;
    pv_exit (*make)(making *all);
} kind_of_new;

static const kind_of_new kinds[] = {
    {"pack", make_pack},
    {"rule", make_rule},
    {"submission", make_submission},
};

#define KIND_COUNT (sizeof kinds / sizeof *kinds)

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
    bool is_rule = kind->make == make_rule;
    if (options->has_each && !is_rule)
        return pv_fail(error, PV_ERROR_USAGE, "--each is for a new rule, not for a new %s", kind->name);
    if (options->has_format && kind->make != make_submission)
        return pv_fail(error, PV_ERROR_USAGE, "--format is for a new submission, not for a new %s", kind->name);
    if (options->output.data && is_rule)
        return pv_fail(error, PV_ERROR_USAGE, "--output is not for a new rule: it goes into the folder of its pack");
    if (options->asked.pack.data && kind->make == make_pack)
        return pv_fail(error, PV_ERROR_USAGE, "--pack is not for a new pack: name it after the word pack");
    return true;
}

static pv_exit make_new(pv_library *library, const pv_options *options) {
    pv_error error = {0};
    const kind_of_new *kind = find_kind(options->arguments[0].data, &error);
    if (!kind || !check_options(options, kind, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_memory *memory = pv_library_memory(library);
    making all = {
        .library = library,
        .options = options,
        .arena = pv_arena_new(memory),
        .name = options->arguments[1],
        .text = pv_buf_on(memory),
        .said = pv_buf_on(memory),
    };
    pv_exit code = all.arena ? kind->make(&all) : pv_command_fail(pv_fault_no_memory());
    pv_buf_clear(&all.text);
    pv_buf_clear(&all.said);
    pv_arena_free(all.arena);
    return code;
}

static const char *const new_options[] = {"pack", "each", "format", "language", "output", "help", NULL};

static const char *const new_formats[] = {"yaml", "csv", NULL};

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
                       "                     is a comment; to standard output, or to the file --output names;\n"
                       "                     with --format csv as a table, of a form that can be kept as one\n"
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
            .formats = new_formats,
        },
    .run = make_new,
};
