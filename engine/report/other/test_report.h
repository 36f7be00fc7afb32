/* Invariant: a report of a test run only reads its results, in the order given, and writes to a buffer. One example or
 * case is one result, in every format; no line for a terminal is wider than the style allows. */
#ifndef PV_REPORT_TEST_REPORT_H
#define PV_REPORT_TEST_REPORT_H

#include "report/verdicts/report.h"
#include "run/cases.h"
#include "run/coverage.h"
#include "run/mutation.h"

typedef enum pv_test_outcome {
    PV_TEST_PASSED,
    PV_TEST_FAILED,
    PV_TEST_FAULTY, /* it could not be run: nothing is known */
} pv_test_outcome;

typedef enum pv_test_kind { PV_TEST_EXAMPLE, PV_TEST_CASE, PV_TEST_PACK } pv_test_kind;

/* What was expected and what came, as texts; either may be empty. */
typedef struct pv_test_row {
    pv_str expected;
    pv_str actual;
    bool met;
} pv_test_row;

typedef struct pv_test_result {
    pv_test_kind kind;
    pv_test_outcome outcome;
    pv_str pack;   /* its id; where that could not be read, what was asked for */
    pv_str name;   /* of the rule, or of the case's file in the pack */
    size_t number; /* of an example in its rule; 0: about them all */
    pv_str path;
    pv_position at;
    const pv_test_row *rows; /* one for an example */
    size_t row_count;
    pv_str fault; /* one sentence: why it could not be run */
} pv_test_result;

typedef struct pv_test_report {
    const pv_test_result *results;
    size_t result_count;
    size_t rules;                /* whose examples were run */
    bool cases_apart;            /* failed cases are shown by pv_case_difference */
    const pv_coverage *coverage; /* one per pack, or NULL: not asked for */
    size_t coverage_count;
} pv_test_report;

typedef struct pv_test_summary {
    size_t examples, cases;
    size_t failed, faulty;
    size_t contradicted; /* of the failed ones, those in which a rule contradicts its own examples: a faulty rule */
    size_t one_sided;    /* of those, rules without both an example that passes and one that does not */
} pv_test_summary;

pv_test_summary pv_test_summarize(const pv_test_report *report);
/* The rows of a case's comparison, in arena; places are those of the case's file. Fails only for memory. */
bool pv_test_rows_of_case(pv_test_result *result, pv_arena *arena, const pv_case *read, const pv_source *submission,
                          const pv_case_match *match, pv_error *error) PV_MUST_CHECK;

/* Failed ones, or with style->verbose all, then coverage where it was asked for, then the closing line. */
void pv_test_terminal(pv_buf *out, const pv_report_style *style, const pv_test_report *report);
/* Test Anything Protocol, version 13. */
void pv_test_tap(pv_buf *out, const pv_test_report *report);
/* JUnit XML as Jenkins' schema has it: one suite per pack. */
void pv_test_junit(pv_buf *out, const pv_test_report *report);
void pv_test_json(pv_buf *out, const pv_test_report *report);
/* What did not pass, as annotations of GitHub Actions, and in SARIF 2.1.0. version: of proviso; exit_code: of the
 * run. */
void pv_test_github(pv_buf *out, const pv_test_report *report, pv_str version, int exit_code);
void pv_test_sarif(pv_buf *out, const pv_test_report *report, pv_str version, int exit_code);

/* ---- parts of the report for a terminal ---- */

/* Rows under the headings "expected" and "actual", with a mark between them where they differ: "<" what is only
 * expected, ">" what only came, "|" what came instead. Of those that do not differ, their number, unless the style asks
 * for all. */
void pv_side_by_side(pv_buf *out, const pv_report_style *style, const pv_test_row *rows, size_t count);

/* A case that is to be rewritten: its lines that are others, each group under the line that they are about. */
void pv_case_difference(pv_buf *out, const pv_report_style *style, pv_str name, pv_str path,
                        const pv_case_update *update);

/* ---- changes made to rules, of which tests should notice each ---- */

/* A change that no example and no case noticed; an alias takes one line. source: the file as it is. */
void pv_mutant_unnoticed(pv_buf *out, const pv_report_style *style, const pv_source *source,
                         const pv_mutation *mutation);
typedef struct pv_mutant_counts {
    size_t all[PV_MUTATION_KIND_COUNT];
    size_t noticed[PV_MUTATION_KIND_COUNT];
} pv_mutant_counts;

size_t pv_mutants_unnoticed(const pv_mutant_counts *counts);
/* The closing line, and below it how many of each kind, where there are several. */
void pv_mutants_summary(pv_buf *out, const pv_report_style *style, const pv_mutant_counts *counts);

#endif
