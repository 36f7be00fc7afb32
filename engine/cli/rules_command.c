#include <unistd.h>

#include "cli/command.h"
#include "cli/posix_host.h"
#include "report/other/catalogue.h"

typedef struct catalogue {
    pv_buf out;
    pv_json json;
    pv_report_style style;
    bool as_json;
    bool as_markdown;
    bool of_parameters;
} catalogue;

static void begin(catalogue *all) {
    if (!all->as_json)
        return;
    all->json = pv_json_on(&all->out);
    pv_json_object_begin(&all->json);
    pv_json_key(&all->json, "schema");
    pv_json_unsigned(&all->json, 1);
    pv_json_key(&all->json, "packs");
    pv_json_array_begin(&all->json);
}

/* With the outcome of each example; false when memory is refused. */
static bool write_markdown(catalogue *all, const pv_pack *pack, pv_arena *arena) {
    const pv_example_result *results;
    size_t count;
    pv_error error = {0};
    if (!pv_library_run_examples(pack, PV_STR(""), arena, &results, &count, &error))
        return false;
    pv_catalogue_example *examples = PV_NEW_ARRAY(arena, pv_catalogue_example, count);
    if (!examples)
        return false;
    size_t shown = 0;
    for (size_t i = 0; i < count; i++)
        if (results[i].number > 0)
            examples[shown++] = (pv_catalogue_example){results[i].rule, results[i].given, results[i].actual};
    pv_catalogue_markdown(&all->out, pack, examples, shown);
    return true;
}

static void add_pack(catalogue *all, const pv_pack *pack, pv_arena *arena) {
    if (all->as_json) {
        pv_catalogue_json(&all->json, pack);
        return;
    }
    if (all->out.size > 0)
        pv_buf_append_char(&all->out, '\n');
    if (all->of_parameters)
        pv_parameters_terminal(&all->out, &all->style, pack);
    else if (all->as_markdown)
        all->out.failed |= !write_markdown(all, pack, arena);
    else
        pv_catalogue_terminal(&all->out, &all->style, pack);
}

static void end(catalogue *all) {
    if (!all->as_json)
        return;
    pv_json_array_end(&all->json);
    pv_json_object_end(&all->json);
    pv_buf_append_char(&all->out, '\n');
}

/* code, unless rules of the pack were lost when it was opened. */
static pv_exit say_lost_rules(const pv_pack *pack, pv_exit code) {
    for (size_t lost = 0; lost < pack->ruleset->fault_count; lost++)
        code = pv_command_fail(pack->ruleset->faults[lost]);
    return code;
}

/* A pack that cannot be opened, or lost rules when it was, is said to be so; the others are still listed. */
static pv_exit list_packs(catalogue *all, const pv_pack_choice *packs) {
    pv_exit code = PV_EXIT_CLEAN;
    begin(all);
    for (size_t i = 0; i < packs->count; i++) {
        pv_fault fault = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        if (!pack) {
            code = pv_command_fail(fault);
            continue;
        }
        code = say_lost_rules(pack, code);
        add_pack(all, pack, packs->arena);
    }
    end(all);
    return pv_command_print(&all->out, code);
}

static pv_exit print_catalogue(pv_library *library, const pv_options *options) {
    pv_str format = pv_str_from(options->formats[0].format);
    catalogue all = {
        .out = pv_buf_on(pv_library_memory(library)),
        .style = pv_options_style(options, STDOUT_FILENO),
        .as_json = pv_str_equal(format, PV_STR("json")),
        .as_markdown = pv_str_equal(format, PV_STR("markdown")),
        .of_parameters = options->parameters,
    };
    pv_pack_choice packs;
    pv_fault fault = {0};
    pv_exit code = pv_pack_choice_init(&packs, library, options, options->arguments, options->argument_count, &fault)
                       ? list_packs(&all, &packs)
                       : pv_command_fail(fault);
    pv_pack_choice_clear(&packs);
    pv_buf_clear(&all.out);
    return code;
}

/* ---- what a filer may enter ---- */

/* The names by which choices are asked for, and what they lead to. */
typedef struct choice_names {
    pv_arena *arena;
    pv_str *names;
    const pv_value_spec **specs; /* of a field, column or item; NULL: of a table */
    const pv_table **tables;
    size_t count;
} choice_names;

static void add_choices(choice_names *all, pv_str name, const pv_value_spec *spec, const pv_table *table) {
    if (!table && (!spec || (spec->choice_count == 0 && spec->type != PV_TYPE_ROW)))
        return;
    all->names[all->count] = name;
    all->specs[all->count] = spec;
    all->tables[all->count++] = table || !spec ? table : spec->table;
}

/* Tables first, then fields, columns and items. */
static bool find_choices(choice_names *all, const pv_form *form) {
    size_t most = form->table_count + form->field_count + form->item_count;
    for (size_t i = 0; i < form->record_count; i++)
        most += form->records[i].column_count;
    all->names = PV_NEW_ARRAY(all->arena, pv_str, most);
    all->specs = PV_NEW_ARRAY(all->arena, const pv_value_spec *, most);
    all->tables = PV_NEW_ARRAY(all->arena, const pv_table *, most);
    if (!all->names || !all->specs || !all->tables)
        return false;
    for (size_t i = 0; i < form->table_count; i++)
        add_choices(all, form->tables[i].name, NULL, &form->tables[i]);
    for (size_t i = 0; i < form->field_count; i++)
        add_choices(all, form->fields[i].name, &form->fields[i], NULL);
    for (size_t i = 0; i < form->record_count; i++)
        for (size_t k = 0; k < form->records[i].column_count; k++) {
            const pv_value_spec *column = &form->records[i].columns[k];
            pv_str name =
                pv_arena_format(all->arena, "%.*s.%.*s", PV_STR_ARG(form->records[i].name), PV_STR_ARG(column->name));
            if (!name.data)
                return false;
            add_choices(all, name, column, NULL);
        }
    for (size_t i = 0; i < form->item_count; i++)
        if (form->items[i].spec)
            add_choices(all, form->items[i].full_id, form->items[i].spec, NULL);
    return true;
}

/* A name a line; of a row also by what else it is called: "Amador (AMA, Amador County)". */
static void write_choices(pv_buf *out, const pv_value_spec *spec, const pv_table *table) {
    for (size_t i = 0; spec && i < spec->choice_count; i++) {
        pv_buf_append(out, spec->choices[i]);
        pv_buf_append_char(out, '\n');
    }
    for (size_t i = 0; table && !(spec && spec->choice_count > 0) && i < table->row_count; i++) {
        const pv_value *aliases = pv_value_list_get(&table->rows[i], PV_STR("aliases"));
        pv_buf_append(out, pv_row_title(&table->rows[i]));
        for (size_t k = 0; aliases && k < aliases->element_count; k++) {
            pv_buf_append_text(out, k == 0 ? " (" : ", ");
            pv_buf_append(out, aliases->elements[k].value);
        }
        pv_buf_append_text(out, aliases && aliases->element_count > 0 ? ")\n" : "\n");
    }
    if (spec && spec->other)
        pv_buf_append_text(out, "Other: …\n");
}

/* A column by its own name too. */
static bool is_called(pv_str name, pv_str wanted) {
    size_t dot = pv_str_find(name, PV_STR("."), 0);
    return pv_str_equal(name, wanted) ||
           (dot != SIZE_MAX && pv_str_equal(pv_str_slice(name, dot + 1, name.size), wanted));
}

/* Of each pack that has the name; none is a fault that names those there are. */
static pv_exit list_choices(const pv_pack_choice *packs, pv_str wanted, pv_buf *out) {
    pv_error error = {0};
    pv_exit code = PV_EXIT_CLEAN;
    choice_names all = {.arena = packs->arena};
    bool found = false;
    for (size_t i = 0; i < packs->count; i++) {
        pv_fault fault = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        if (!pack) {
            code = pv_command_fail(fault);
            continue;
        }
        all.count = 0;
        if (!find_choices(&all, pack->form))
            return pv_command_fail(pv_fault_no_memory());
        for (size_t k = 0; k < all.count; k++)
            if (is_called(all.names[k], wanted)) {
                write_choices(out, all.specs[k], all.tables[k]);
                found = true;
                break;
            }
    }
    if (found || code != PV_EXIT_CLEAN)
        return pv_command_print(out, code);
    pv_fail(&error, PV_ERROR_NOT_FOUND, "no table, field or column with choices is called '%s'%s",
            pv_message_quote(wanted).text, pv_message_hint(wanted, all.names, all.count).text);
    return pv_command_fail(pv_fault_of(&error));
}

static pv_exit choices(pv_library *library, const pv_options *options) {
    pv_buf out = pv_buf_on(pv_library_memory(library));
    pv_pack_choice packs;
    pv_fault fault = {0};
    pv_exit code = pv_pack_choice_init(&packs, library, options, options->arguments, options->argument_count, &fault)
                       ? list_choices(&packs, options->choices, &out)
                       : pv_command_fail(fault);
    pv_pack_choice_clear(&packs);
    pv_buf_clear(&out);
    return code;
}

/* ---- locking ---- */

static pv_exit say_locked(pv_arena *arena, pv_str path, size_t count) {
    pv_buf text = pv_buf_on(pv_arena_memory(arena));
    pv_buf_append(&text, path);
    pv_buf_format(&text, ": %zu pack%s locked\n", count, count == 1 ? "" : "s");
    pv_exit code = pv_command_print(&text, PV_EXIT_CLEAN);
    pv_buf_clear(&text);
    return code;
}

/* Nothing is locked unless every pack can be opened, and all its rules with it. */
static pv_exit lock_packs(const pv_pack_choice *choice) {
    pv_error error = {0};
    pv_exit code = PV_EXIT_CLEAN;
    pv_str path = pv_config_lock_path(&choice->config, choice->arena);
    const pv_pack **packs = PV_NEW_ARRAY(choice->arena, const pv_pack *, choice->count);
    if (!path.data || !packs)
        return pv_command_fail(pv_fault_no_memory());
    for (size_t i = 0; i < choice->count; i++) {
        pv_fault fault = {0};
        packs[i] = pv_pack_choice_at(choice, i, &fault);
        if (!packs[i])
            code = pv_command_fail(fault);
        else
            code = say_lost_rules(packs[i], code);
    }
    if (code != PV_EXIT_CLEAN)
        return code;
    return pv_lock_write(pv_posix_host(), pv_arena_memory(choice->arena), path, packs, choice->count, &error)
               ? say_locked(choice->arena, path, choice->count)
               : pv_command_fail(pv_fault_of(&error));
}

static pv_exit lock(pv_library *library, const pv_options *options) {
    pv_pack_choice packs;
    pv_fault fault = {0};
    pv_error error = {0};
    pv_exit code;
    if (!pv_pack_choice_init_published(&packs, library, options, options->arguments, options->argument_count, &fault)) {
        code = pv_command_fail(fault);
    } else if (packs.config.path.size == 0) {
        pv_fail(&error, PV_ERROR_NOT_FOUND,
                "proviso.lock stands beside .proviso.yaml, and there is none here or in a folder above");
        code = pv_command_fail(pv_fault_of(&error));
    } else {
        code = lock_packs(&packs);
    }
    pv_pack_choice_clear(&packs);
    return code;
}

static pv_exit rules(pv_library *library, const pv_options *options) {
    pv_error error = {0};
    bool of_choices = options->choices.data != NULL;
    if (options->lock)
        return lock(library, options);
    if (of_choices && pv_str_equal(pv_str_from(options->formats[0].format), PV_STR("terminal")))
        return choices(library, options);
    if ((!of_choices && !options->parameters) ||
        pv_str_equal(pv_str_from(options->formats[0].format), PV_STR("terminal")))
        return print_catalogue(library, options);
    pv_fail(&error, PV_ERROR_USAGE,
            of_choices ? "--choices is for the terminal"
                       : "--parameters is for the terminal; --format json lists each rule with its parameters");
    return pv_command_fail(pv_fault_of(&error));
}

static const char *const rules_options[] = {"parameters", "choices", "lock", "language", "format",
                                            "color",      "width",   "help", NULL};

static const char *const rules_formats[] = {"terminal", "json", "markdown", NULL};

const pv_command pv_rules_command = {
    .usage =
        {
            .command = "rules",
            .arguments = "[PACK]...",
            .summary = "Lists the rules of packs: what each requires, of what, and how much it matters; then what the "
                       "form declares, and who judges it. PACK is an id or a folder; without one, all packs there are.",
            .details = "Exit status:\n"
                       "  0  the rules were listed, or the packs locked\n"
                       "  2  a pack or one of its rules could not be read\n"
                       "\n"
                       "Examples:\n"
                       "  proviso rules\n"
                       "  proviso rules --parameters calaim-ipp-payment-1\n"
                       "  proviso rules --choices county calaim-ipp-payment-1\n"
                       "  proviso rules --format markdown rules/calaim-ipp-payment-1\n",
            .min_arguments = 0,
            .max_arguments = SIZE_MAX,
            .options = rules_options,
            .formats = rules_formats,
        },
    .run = rules,
};
