#include "lua/vocabulary/functions.h"
#include "lua/values/values.h"
#include "lua/verdict/outcome.h"

#include "lua/object/class.h"
#include "lua/rules/rule_loader.h"
#include "lua/sandbox/sandbox.h"

#define FUNCTIONS_END                                                                                                  \
    { NULL, NULL, NULL, NULL }

static const pv_function declaring[] = {
    {"rule", "rule(id: string): function of rule",
     "Declares a rule: `rule \"pack.name\" { title = …, check = … }`. At file level only.", l_rule},
    FUNCTIONS_END,
};

static const pv_function verdicts[] = {
    {"pass", "pass(message: string?, …): verdict", "The requirement is met.", l_pass},
    {"fail", "fail(message: string, …): verdict", "The requirement is not met.", l_fail},
    {"review", "review(message: string, …): verdict", "A person must judge whether the requirement is met.", l_review},
    {"not_applicable", "not_applicable(reason: string, …): verdict", "The requirement is not about this subject.",
     l_not_applicable},
    FUNCTIONS_END,
};

static const pv_function values[] = {
    {"decimal", "decimal(number: string | number): decimal",
     "The exact number written: `decimal(\"12.5\")`, `decimal(\"20%\")`, `decimal(12)`.", l_decimal},
    {"date", "date(day: string): date", "The day written: `date(\"2022-07-01\")`.", l_date},
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
    {"Declaring a rule", declaring}, {"Verdicts", verdicts},
    {"Making values", values},       {"What is compiled when the pack loads", compiled},
    {"Watching a rule", watching},   {NULL, NULL},
};

void pv_functions_add(lua_State *L) {
    for (const pv_function_group *group = pv_function_groups; group->title; group++)
        for (const pv_function *each = group->functions; each->name; each++) {
            lua_pushcfunction(L, each->function);
            lua_setfield(L, -2, each->name);
        }
}
