#include <unistd.h>

#include "cli/command.h"
#include "lua/lua_ruleset.h"
#include "report/layout.h"

#define LABEL_COLUMNS ((size_t)10)

typedef struct testing {
    const pv_options *options;
    pv_report_style style;
    pv_buf out;
    size_t rules;
    size_t examples;
    size_t failed;
    bool faulty; /* a pack or rule could not be read: the rest proves nothing about it */
} testing;

/* "failed ipp1.word-limit, example 2". Number 0 is about the examples as a whole. */
static void write_outcome(testing *test, const pv_example_result *result) {
    pv_layout_inked(&test->out, &test->style, result->passed ? PV_INK_GOOD : PV_INK_ERROR,
                    result->passed ? PV_STR("passed ") : PV_STR("failed "));
    pv_layout_inked(&test->out, &test->style, PV_INK_STRONG, result->rule->id);
    if (result->number > 0)
        pv_buf_format(&test->out, ", example %zu", result->number);
    pv_buf_append_char(&test->out, '\n');
}

static void add_result(testing *test, const pv_example_result *result) {
    test->examples += result->number > 0;
    test->failed += !result->passed;
    if (result->passed && !test->options->verbose)
        return;
    write_outcome(test, result);
    if (!result->passed)
        pv_layout_place(&test->out, &test->style, result->rule->source->path,
                        pv_source_locate(result->rule->source, result->at.start));
    pv_layout_labelled(&test->out, &test->style, "expected", LABEL_COLUMNS, result->expected, 0);
    pv_layout_labelled(&test->out, &test->style, "got", LABEL_COLUMNS, result->actual, 0);
}

static bool test_pack(testing *test, const pv_pack *pack, pv_arena *arena, pv_error *error) {
    const pv_example_result *results;
    size_t count;
    for (size_t i = 0; i < pack->ruleset->fault_count; i++) {
        pv_console_complain_of(&pack->ruleset->faults[i]);
        test->faulty = true;
    }
    if (!pv_lua_run_examples(pack->ruleset, pv_str_from(test->options->rule), arena, &results, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        test->rules += i == 0 || results[i].rule != results[i - 1].rule;
        add_result(test, &results[i]);
    }
    return true;
}

static void write_summary(testing *test) {
    if (test->failed > 0) {
        pv_layout_inked(&test->out, &test->style, PV_INK_ERROR, PV_STR("FAILED"));
        pv_buf_format(&test->out, "  %zu of ", test->failed);
    } else {
        pv_layout_inked(&test->out, &test->style, PV_INK_GOOD, PV_STR("PASSED"));
        pv_buf_append_text(&test->out, "  ");
    }
    pv_layout_count(&test->out, test->examples, "example");
    pv_buf_append_text(&test->out, " of ");
    pv_layout_count(&test->out, test->rules, "rule");
    pv_buf_append_char(&test->out, '\n');
}

static pv_exit test_packs(testing *test, const pv_pack_choice *packs) {
    for (size_t i = 0; i < packs->count; i++) {
        pv_fault fault = {0};
        pv_error error = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        if (!pack) {
            pv_console_complain_of(&fault);
            test->faulty = true;
        } else if (!test_pack(test, pack, packs->arena, &error)) {
            return pv_command_fail(&error);
        }
    }
    if (test->rules == 0 && !test->faulty)
        pv_console_complain("no rule was selected");
    if (test->rules == 0)
        return PV_EXIT_NOTHING;
    write_summary(test);
    pv_exit code = test->failed > 0 ? PV_EXIT_FINDINGS : PV_EXIT_CLEAN;
    return pv_command_print(&test->out, test->faulty ? PV_EXIT_NOTHING : code);
}

static pv_exit test(pv_library *library, const pv_options *options) {
    testing test = {
        .options = options,
        .style = pv_options_style(options, STDOUT_FILENO),
        .out = pv_buf_on(pv_library_memory(library)),
    };
    pv_pack_choice packs;
    pv_fault fault = {0};
    pv_exit code = pv_pack_choice_init(&packs, library, options, options->arguments, options->argument_count, &fault)
                       ? test_packs(&test, &packs)
                       : pv_command_fail_of(&fault);
    pv_pack_choice_clear(&packs);
    pv_buf_clear(&test.out);
    return code;
}

static const pv_option_id test_options[] = {
    PV_OPTION_RULE, PV_OPTION_VERBOSE, PV_OPTION_COLOR, PV_OPTION_WIDTH, PV_OPTION_HELP,
};

const pv_command pv_test_command = {
    .usage =
        {
            .command = "test",
            .arguments = "[PACK]...",
            .summary = "Runs the examples that the rules of packs bring with them. PACK is an id or a folder; without "
                       "one, all packs there are.",
            .details = "Each rule needs an example that passes and one that does not. --verbose lists\n"
                       "those that came out right too.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  every example gave the verdict it names\n"
                       "  1  one did not\n"
                       "  2  a pack or one of its rules could not be read, or no rule was selected\n"
                       "\n"
                       "Examples:\n"
                       "  proviso test\n"
                       "  proviso test --rule 'ipp1.word-*' calaim-ipp-payment-1\n",
            .min_arguments = 0,
            .max_arguments = SIZE_MAX,
            .options = test_options,
        },
    .run = test,
};
