#include <unistd.h>

#include "cli/command.h"
#include "report/catalogue.h"

typedef struct catalogue {
    pv_buf out;
    pv_json json;
    pv_report_style style;
    bool as_json;
    bool as_markdown;
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

static void add_pack(catalogue *all, const pv_pack *pack) {
    if (all->as_json) {
        pv_catalogue_json(&all->json, pack);
        return;
    }
    if (all->out.size > 0)
        pv_buf_append_char(&all->out, '\n');
    if (all->as_markdown)
        pv_catalogue_markdown(&all->out, pack);
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

/* A pack that cannot be opened, or lost rules when it was, is said to be so; the others are still listed. */
static pv_exit list_packs(catalogue *all, const pv_pack_choice *packs) {
    pv_exit code = PV_EXIT_CLEAN;
    begin(all);
    for (size_t i = 0; i < packs->count; i++) {
        pv_fault fault = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        if (!pack) {
            code = pv_command_fail_of(&fault);
            continue;
        }
        for (size_t lost = 0; lost < pack->ruleset->fault_count; lost++)
            code = pv_command_fail_of(&pack->ruleset->faults[lost]);
        add_pack(all, pack);
    }
    end(all);
    return pv_command_print(&all->out, code);
}

static pv_exit rules(pv_library *library, const pv_options *options) {
    pv_str format = pv_str_from(options->formats[0].format);
    catalogue all = {
        .out = pv_buf_on(pv_library_memory(library)),
        .style = pv_options_style(options, STDOUT_FILENO),
        .as_json = pv_str_equal(format, PV_STR("json")),
        .as_markdown = pv_str_equal(format, PV_STR("markdown")),
    };
    pv_pack_choice packs;
    pv_fault fault = {0};
    pv_exit code = pv_pack_choice_init(&packs, library, options, options->arguments, options->argument_count, &fault)
                       ? list_packs(&all, &packs)
                       : pv_command_fail_of(&fault);
    pv_pack_choice_clear(&packs);
    pv_buf_clear(&all.out);
    return code;
}

static const pv_option_id rules_options[] = {PV_OPTION_FORMAT, PV_OPTION_COLOR, PV_OPTION_WIDTH, PV_OPTION_HELP};

static const char *const rules_formats[] = {"terminal", "json", "markdown", NULL};

const pv_command pv_rules_command = {
    .usage =
        {
            .command = "rules",
            .arguments = "[PACK]...",
            .summary = "Lists the rules of packs: what each requires, of what, and how much it matters. PACK is an id "
                       "or a folder; without one, all packs there are.",
            .details = "Exit status:\n"
                       "  0  the rules were listed\n"
                       "  2  a pack or one of its rules could not be read\n"
                       "\n"
                       "Examples:\n"
                       "  proviso rules\n"
                       "  proviso rules --format markdown rules/calaim-ipp-payment-1\n",
            .min_arguments = 0,
            .max_arguments = SIZE_MAX,
            .options = rules_options,
            .formats = rules_formats,
        },
    .run = rules,
};
