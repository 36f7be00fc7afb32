#include "torture.h"

#include "run/lint.h"

typedef struct row {
    const char *title;
    const char *fault; /* part of it; NULL: none */
} row;

static const row rows[] = {
    {"Each response keeps to the word limit printed under its prompt", NULL},
    {"The plan is named", NULL},
    {"State agencies are named", NULL}, /* "State" is no order here */
    {"Report dates lie in the year", NULL},
    {"Points add up to 300", NULL},                             /* a plural lets a title pass */
    {"The claimed impact occurred between the two days", NULL}, /* past */
    {"The impact began, and ended, in the period", NULL},
    {"No payment went to another county", NULL},
    {"The work took place in the county", NULL},
    {"A third person read the plan", NULL},
    {"Nobody could sign for both", NULL},
    {"The plan isn't signed by one person", NULL},
    {"The plan can’t end before it starts", NULL},
    {"All people named agree", NULL}, /* of several */
    {"The children reach school in time", NULL},
    {"Shares (of all) add to a hundred", NULL},
    {"", "empty"},
    {"   ", "empty"},
    {"Is the plan named?", "question"},
    {"The plan is named.", "full stop"},
    {"The plan is named!", "exclamation"},
    {"the plan is named", "small letter"},
    {"State the target", "order"},
    {"Attach each document that the measure asks for", "order"},
    {"Word limit", "no verb"},
    {"Plan name given", "no verb"}, /* nor does a participle alone state anything */
    {"Reference list (complete)", "no verb"},
    {"Focus of the class", "no verb"}, /* neither "us" nor "ss" ends a verb */
};

static void test_titles(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *fault = pv_lint_title_fault(pv_str_from(rows[i].title));
        bool fits = rows[i].fault ? fault && pv_str_find(pv_str_from(fault), pv_str_from(rows[i].fault), 0) != SIZE_MAX
                                  : !fault;
        if (!fits)
            fail_msg("\"%s\": %s", rows[i].title, fault ? fault : "no fault");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_titles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
