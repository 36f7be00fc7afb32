#include "run/structure.h"

#define COMMON .level = PV_LEVEL_ERROR, .each = PV_SUBJECT_SUBMISSION, .checks_blank = true

static const pv_rule rules[PV_STRUCTURE_RULE_COUNT] = {
    [PV_PROBLEM_WRONG_KEY] =
        {
            .id = PV_STR("form.keys"),
            .title = PV_STR("No two rows are about the same thing, and every row belongs to one that is given"),
            .citation = PV_STR("The form: the key of each record kind, and to which other kind its rows belong"),
            .remedy = PV_STR("Correct the key at the place shown, take the row out, or add the row it belongs to."),
            .why = PV_STR("Of two rows about one thing nobody can tell which is right, and a row that belongs to "
                          "nothing would be left out of every count."),
            COMMON,
        },
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

pv_problem_kind pv_structure_first(const pv_form *form) {
    for (size_t i = 0; i < form->record_count; i++)
        if (form->records[i].key_count > 0)
            return PV_PROBLEM_WRONG_KEY;
    return PV_PROBLEM_UNKNOWN_NAME;
}

const pv_rule *pv_structure_rule(pv_problem_kind kind) {
    return &rules[kind];
}
