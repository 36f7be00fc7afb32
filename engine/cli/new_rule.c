/* proviso new rule: a rule file, and its line in the manifest. */
#include "cli/files.h"
#include "cli/manifest_edit.h"
#include "cli/new.h"
#include "cli/skeleton.h"
#include "cli/writer.h"
#include "model/message.h"
#include "report/other/catalogue.h"

#define MAX_VALUES 12

typedef struct rule_values {
    pv_arena *arena;
    pv_skeleton_value values[MAX_VALUES];
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
    values->values[values->count++] = (pv_skeleton_value){name, escaped};
}

/* What can stand in a row's column. */
static pv_str sample_of(const pv_value_spec *column) {
    static const char *const samples[] = {
        [PV_TYPE_TEXT] = "something", [PV_TYPE_INTEGER] = "200",        [PV_TYPE_DECIMAL] = "12.50",
        [PV_TYPE_PERCENTAGE] = "20%", [PV_TYPE_DATE] = "2022-07-01",    [PV_TYPE_BOOLEAN] = "true",
        [PV_TYPE_LIST] = "something", [PV_TYPE_DOCUMENT] = "something",
    };
    if (column->type == PV_TYPE_ROW)
        return column->table->row_count > 0 ? pv_row_title(&column->table->rows[0]) : PV_STR("something");
    return column->choice_count > 0 ? column->choices[0] : pv_str_from(samples[column->type]);
}

static void add_row_values(rule_values *values, const pv_record_spec *record) {
    const pv_value_spec *column = &record->columns[0];
    bool is_list = column->type == PV_TYPE_LIST;
    add_value(values, PV_STR("RECORD"), record->name);
    add_value(values, PV_STR("COLUMN"), column->name);
    add_value(values, PV_STR("VALUE"), sample_of(column));
    values->values[values->count++] = (pv_skeleton_value){PV_STR("OPEN"), is_list ? PV_STR("{ ") : PV_STR("")};
    values->values[values->count++] = (pv_skeleton_value){PV_STR("CLOSE"), is_list ? PV_STR(" }") : PV_STR("")};
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

/* What the rule's skeleton is about: the form's first item, the first column of its first kind of record, or the first pair of
 * its first matrix. */
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
        add_item_values(values, &form->items[0]);
    }
    return true;
}

static bool write_rule(pv_making *making, const pv_form *form, pv_error *error) {
    pv_subject_kind each = making->options->each;
    /* A register has no prompts: a rule on the whole of it looks at its rows. */
    bool of_register = each == PV_SUBJECT_SUBMISSION && form->item_count == 0 && form->record_count > 0;
    rule_values values = {.arena = making->arena};
    add_value(&values, PV_STR("RULE"), making->name);
    add_value(&values, PV_STR("FORM"), form->title);
    if (!add_form_values(&values, form, each, of_register, error))
        return false;
    pv_str skeleton =
        pv_arena_format(making->arena, "rule-%s.lua", of_register ? "register" : pv_subject_kind_name(each));
    if (values.failed || !skeleton.data)
        return pv_fail_memory(error);
    pv_skeleton_write(&making->text, skeleton.data, values.values, values.count);
    return true;
}

/* In the folder of the rule file listed last: "rules/plain-words.lua" for "city-grant.plain-words". */
static pv_str file_name(const pv_making *making, const pv_manifest *manifest) {
    pv_str last = manifest->rule_file_count > 0 ? manifest->rule_files[manifest->rule_file_count - 1] : PV_STR("");
    pv_str folder = pv_files_folder_of(last);
    pv_str name = making->name;
    for (size_t i = name.size; i > 1; i--)
        if (name.data[i - 1] == '.' && i < name.size) {
            name = pv_str_slice(name, i, name.size);
            break;
        }
    return pv_arena_format(making->arena, "%.*s%s%.*s.lua", folder.data[0] == '.' ? 0 : (int)folder.size, folder.data,
                           folder.data[0] == '.' ? "" : "/", PV_STR_ARG(name));
}

static bool enter_in_manifest(pv_making *making, const pv_manifest *manifest, pv_str file, pv_buf *out,
                              pv_error *error) {
    pv_checked checked;
    pv_fault fault = {0};
    if (!pv_checked_new(&checked, making->library, error))
        return false;
    /* It was read when the pack was opened, so it is well-formed. */
    bool entered = pv_read_document(&checked, manifest->source->path, manifest->source->bytes, &fault) &&
                   pv_manifest_add_rule_file(out, checked.document, file, error);
    pv_checked_clear(&checked);
    return entered || pv_fail_memory(error);
}

static bool check_new(const pv_making *making, const pv_pack *pack, pv_error *error) {
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_catalogue_rule(pack, i)) != NULL; i++)
        if (pv_str_equal(rule->id, making->name))
            return pv_fail(error, PV_ERROR_USAGE, "the pack %.*s has a rule '%.*s' already; nothing was written",
                           PV_STR_ARG(pack->manifest->id), PV_STR_ARG(rule->id));
    return true;
}

static bool add_rule(pv_making *making, const pv_pack *pack, pv_buf *manifest, pv_error *error) {
    pv_str path = pack->manifest->source->path;
    pv_str folder = pv_files_folder_of(path);
    pv_str file = file_name(making, pack->manifest);
    if (!file.data)
        return pv_fail_memory(error);
    if (!check_new(making, pack, error) || !write_rule(making, pack->form, error) ||
        !enter_in_manifest(making, pack->manifest, file, manifest, error) ||
        !pv_new_write(making, pv_files_join(making->arena, folder, file), error) ||
        !pv_writer_replace(making->arena, path, pv_buf_str(manifest), error))
        return false;
    pv_buf_format(&making->said, "entered it in %.*s\n\nnext: proviso test --rule %.*s %.*s\n", PV_STR_ARG(path),
                  PV_STR_ARG(making->name), PV_STR_ARG(folder));
    return true;
}

/* The pack that --pack names, the one in this folder, or the only one there is. */
static const pv_pack *find_pack(const pv_pack_choice *packs, pv_fault *fault) {
    if (packs->count == 1)
        return pv_pack_choice_at(packs, 0, fault);
    *fault = (pv_fault){.kind = PV_FAULT_INPUT, .message = PV_STR("there are several packs; name one with --pack")};
    return NULL;
}

static pv_exit add_rule_to(pv_making *making, const pv_pack *pack) {
    pv_error error = {0};
    pv_buf manifest = pv_buf_on(pv_library_memory(making->library));
    bool added = add_rule(making, pack, &manifest, &error);
    pv_buf_clear(&manifest);
    return added ? pv_command_print(&making->said, PV_EXIT_CLEAN) : pv_command_fail(&error);
}

pv_exit pv_new_rule(pv_making *making) {
    pv_error error = {0};
    pv_fault fault = {0};
    pv_pack_choice packs;
    const pv_pack *pack = NULL;
    pv_options options = *making->options;
    if (!pv_new_check_id(making, "a rule", &error))
        return pv_command_fail(&error);
    if (!options.pack && pv_files_exists(PV_STR("pack.yaml")))
        options.pack = ".";
    if (pv_pack_choice_init(&packs, making->library, &options, NULL, 0, &fault))
        pack = find_pack(&packs, &fault);
    pv_exit code = pack ? add_rule_to(making, pack) : pv_command_fail_of(&fault);
    pv_pack_choice_clear(&packs);
    return code;
}
