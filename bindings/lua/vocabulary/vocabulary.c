#include "lua/vocabulary/vocabulary.h"
#include "lua/filing/filing.h"
#include "lua/object/class.h"
#include "lua/rules/rules.h"
#include "lua/sandbox/sandbox.h"
#include "lua/values/text_object.h"
#include "lua/verdict/verdict_class.h"

/* ---- classes ---- */

const pv_class *const pv_classes[] = {
    &pv_collection_class,   &pv_submission_class,   &pv_fields_class,     &pv_records_class,
    &pv_form_class,         &pv_tables_class,       &pv_section_class,    &pv_group_class,
    &pv_measure_class,      &pv_response_class,     &pv_item_class,       &pv_field_class,
    &pv_record_class,       &pv_record_list_class,  &pv_pair_class,       &pv_row_class,
    &pv_text_class,         &pv_words_class,        &pv_characters_class, &pv_trick_class,
    &pv_quantity_class,     &pv_list_item_class,    &pv_list_items_class, &pv_part_class,
    &pv_alignment_class,    &pv_clause_class,       &pv_text_table_class, &pv_text_row_class,
    &pv_acronym_class,      &pv_name_variant_class, &pv_match_class,      &pv_mention_class,
    &pv_similarity_class,   &pv_decimal_class,      &pv_date_class,       &pv_calendar_class,
    &pv_date_mention_class, &pv_interval_class,     &pv_duration_class,   &pv_frequency_class,
    &pv_pattern_class,      &pv_phrases_class,      &pv_passage_class,    &pv_break_class,
    &pv_verdict_class,      &pv_related_class,      &pv_parameters_class, NULL,
};

/* ---- texts that functions read ---- */

const pv_reading pv_readings[] = {
    {"how often", "How often something happens: \"quarter\", \"two weeks\", \"twice a year\".", pv_reads_how_often},
    {"how long", "A length of time: \"30 calendar days\", \"two weeks\".", pv_reads_how_long},
    {"day written", "A day, as forms write it: \"2022-07-01\".", pv_reads_day},
    {"number written", "An exact number or percentage: \"12.5\", \"20%\".", pv_reads_number},
    {NULL, NULL, NULL},
};

/* ---- functions written in C ---- */

#define FUNCTIONS_END                                                                                                  \
    { NULL, NULL, NULL, NULL }

static const pv_function declaring[] = {
    {"rule", "rule(id: string): function of rule",
     "Declares a rule: `rule \"pack.name\" { title = …, check = … }`. At file level only.", l_rule},
    FUNCTIONS_END,
};

static const pv_function giving_verdicts[] = {
    {"pass", "pass(message: string?, …): verdict", "The requirement is met.", l_pass},
    {"fail", "fail(message: string, …): verdict", "The requirement is not met.", l_fail},
    {"review", "review(message: string, …): verdict", "A person must judge whether the requirement is met.", l_review},
    {"not_applicable", "not_applicable(reason: string, …): verdict", "The requirement is not about this subject.",
     l_not_applicable},
    FUNCTIONS_END,
};

static const pv_function making_values[] = {
    {"decimal", "decimal(number: number written | number): decimal",
     "The exact number written: `decimal(\"12.5\")`, `decimal(\"20%\")`, `decimal(12)`.", l_decimal},
    {"date", "date(day: day written): date", "The day written: `date(\"2022-07-01\")`.", l_date},
    {"calendar", "calendar(rows: list, first: date | table | nil, last: date?): calendar",
     "The working days of the years that a table of holidays covers, or of the days from first to last; "
     "{ name = \"business\" } in place of first says what messages call them. At file level only.",
     l_calendar},
    FUNCTIONS_END,
};

static const pv_function compiled[] = {
    {"pattern", "pattern(expression: string, flags: string?): pattern",
     "A regular expression (PCRE2); the flags are i (case does not matter), x (blanks are layout) and m (^ and $ at "
     "lines). At file level only.",
     l_pattern},
    {"phrases", "phrases(wanted: string | list): phrases",
     "Phrases to look for as whole words, with hyphens, case and spacing folded; of table rows, each row's name and "
     "aliases. At file level only.",
     l_phrases},
    FUNCTIONS_END,
};

static const pv_function watching[] = {
    {"trace", "trace(…)", "Notes values, which are shown with the fault when the rule is at fault.", l_trace},
    FUNCTIONS_END,
};

const pv_function_group pv_function_groups[] = {
    {"Declaring a rule", declaring},  {"Verdicts", giving_verdicts},
    {"Making values", making_values}, {"What is compiled when the pack loads", compiled},
    {"Watching a rule", watching},    {NULL, NULL},
};

static void add_functions(lua_State *L) {
    for (const pv_function_group *group = pv_function_groups; group->title; group++)
        for (const pv_function *each = group->functions; each->name; each++) {
            lua_pushcfunction(L, each->function);
            lua_setfield(L, -2, each->name);
        }
}

/* ---- what a new state is given ---- */

/* [-0, +0, v] Runs the vocabulary and declares what its files export. */
static void run_vocabulary(lua_State *L) {
    lua_newtable(L);
    luaL_setfuncs(L, pv_prelude_internal, 0);
    luaL_setfuncs(L, pv_prelude_soon, 0);
    for (const pv_prelude_file *file = pv_prelude_files; file->name; file++) {
        const pv_chunk chunk = {.name = file->name, .text = {file->text, file->size}};
        MAY_RAISE(pv_chunk_push(L, &chunk));
        lua_pushvalue(L, -2);
        lua_call(L, 1, 1);
        pv_sandbox_declare(L);
    }
    lua_pop(L, 1);
}

static void add_engine(lua_State *L) {
    add_functions(L);
    pv_push_form(L);
    lua_setfield(L, -2, "form");
}

int pv_furnish(lua_State *L) {
    pv_class_register_all(L, pv_classes);
    pv_list_register(L);
    pv_text_set_class(L, &pv_text_class);
    pv_sandbox_install(L, add_engine);
    run_vocabulary(L);
    return 0;
}
