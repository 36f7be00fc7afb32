#include "run/structure.h"

#define COMMON .level = PV_LEVEL_ERROR, .each = PV_SUBJECT_SUBMISSION, .checks_blank = true

static const pv_rule rules[PV_STRUCTURE_RULE_COUNT] = {
    [PV_PROBLEM_UNKNOWN_NAME] =
        {
            .id = PV_STR("form.names"),
            .title = PV_STR("Every field, measure, item and record kind in the submission is one that the form has"),
            .citation = PV_STR("The form: its fields, measures, items and records"),
            .remedy = PV_STR("Correct the name, or take the entry out: nothing under a name the form has not is read."),
            .why = PV_STR("An answer under a misspelt name would otherwise be lost without a word."),
            COMMON,
        },
    [PV_PROBLEM_MISSING_PART] =
        {
            .id = PV_STR("form.parts"),
            .title = PV_STR("Every row gives the columns that the form requires of it"),
            .citation = PV_STR("The form: the required columns of each record kind"),
            .remedy = PV_STR("Add what is missing at the place shown."),
            .why = PV_STR("A row that lacks a part cannot be added up or matched."),
            COMMON,
        },
    [PV_PROBLEM_WRONG_TYPE] =
        {
            .id = PV_STR("form.types"),
            .title = PV_STR("Every value is written the way the form asks for it"),
            .citation = PV_STR("The form: the type and the choices of each field and column"),
            .remedy = PV_STR("Write the value in the form the message shows."),
            .why = PV_STR("A value that has to be guessed cannot be checked."),
            COMMON,
        },
};

const pv_rule *pv_structure_rule(pv_problem_kind kind) {
    return &rules[kind];
}
