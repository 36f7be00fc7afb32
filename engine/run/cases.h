/* Invariant: a case is a small submission whose expectations stand in comments of their own lines, under the words they
 * are about; in a table, which has no comments, lines that begin with "#" are comments all the same. What is judged is
 * the file without those lines, every other byte as it stands; each of its lines knows the line of the file it came
 * from. Held against verdicts, every expectation and every finding of the rules it looks at stands in exactly one row,
 * and a finding meets at most one expectation; a case has passed when no row differs. Which comments are expectations
 * is told in docs/testing.md. */
#ifndef PV_RUN_CASES_H
#define PV_RUN_CASES_H

#include "run/runner.h"

typedef enum pv_expected_place {
    PV_EXPECTED_ANYWHERE, /* no place is named */
    PV_EXPECTED_WORDS,    /* ^^^: a finding's first line covers exactly these words */
    PV_EXPECTED_START,    /* <-: it starts here, however far it goes */
} pv_expected_place;

typedef struct pv_expectation {
    pv_str rule;
    pv_state state; /* any but not-checked */
    pv_expected_place place;
    pv_span span;       /* in pv_case.bytes; empty for a start and an insertion point */
    bool expected_here; /* the finding is of something missing, which should stand at span.start */
    pv_str subject;     /* as pv_subject_name has it; empty: any */
    bool has_due;       /* false: any day, or none */
    pv_date due;
    uint32_t line; /* of the file */
    pv_span at;    /* the rule's name, in the file */
} pv_expectation;

/* One line `# rules: PATTERN`. */
typedef struct pv_case_rules {
    pv_str pattern;
    pv_span at;
} pv_case_rules;

typedef struct pv_case {
    const pv_source *file;
    pv_str bytes; /* of the submission */
    bool is_table;
    const uint32_t *lines; /* for each line of bytes, its line in the file */
    size_t line_count;
    pv_str rules; /* the pattern of the rules it looks at, of all its lines together; empty: all */
    const pv_case_rules *rule_lines;
    size_t rule_line_count;
    bool has_as_of;
    pv_date as_of; /* the day it is judged by, whatever day the run was given */
    pv_str as_of_text;
    const pv_expectation *expectations; /* in the file's order */
    size_t expectation_count;
} pv_case;

/* Takes the expectations out of file, in arena. is_table: its format has no comments. PV_ERROR_SHAPE with its place in
 * file for one that is malformed or stands under nothing. */
bool pv_case_read(pv_case *out, pv_arena *arena, const pv_source *file, bool is_table, pv_error *error) PV_MUST_CHECK;
/* Whether the pack has the rules that the case names: PV_ERROR_NOT_FOUND with its place in the file, and a
 * suggestion. */
bool pv_case_check_rules(const pv_case *read, const pv_pack *pack, pv_error *error) PV_MUST_CHECK;
/* The position in the file of a position in bytes; line 0 stays what it is. */
pv_position pv_case_position(const pv_case *read, pv_position in_bytes);

/* What was expected beside what came. An unmet expectation stands beside the verdict of its rule that is nearest to it,
 * so both may be there and differ. */
typedef struct pv_case_row {
    const pv_expectation *expected; /* NULL: the finding was not expected */
    const pv_verdict *actual;       /* NULL: the rule gave no verdict to show */
    bool met;
} pv_case_row;

typedef struct pv_case_match {
    const pv_case_row *rows; /* by place */
    size_t row_count;
    size_t differences;
} pv_case_match;

/* Compares with the results of judging read->bytes as submission. rule_pattern (empty: all) leaves out what is about
 * other rules, on both sides. In arena; fails only for memory. */
bool pv_case_compare(pv_case_match *out, pv_arena *arena, const pv_case *read, const pv_source *submission,
                     const pv_results *results, pv_str rule_pattern, pv_error *error) PV_MUST_CHECK;

/* ---- what came, written into the case ---- */

/* A line as a difference shows it. */
typedef struct pv_case_line {
    char mark;       /* '-' as it was, '+' as it is to be, ' ' what stays and they are about */
    uint32_t number; /* in the file as it was; of one that is new, of the line before it */
    pv_str text;
} pv_case_line;

typedef struct pv_case_update {
    pv_str text; /* all of the new file: only lines with expectations are others */
    const pv_case_line *lines;
    size_t line_count;
    const char *refused; /* why there is none; NULL: there is one */
    bool undecided;      /* since a rule could not be checked */
} pv_case_update;

/* The file with each expectation that was not met in the words of what came, and with the findings that were not
 * expected. None when a rule could not be checked. In arena; fails only for memory. */
bool pv_case_update_make(pv_case_update *out, pv_arena *arena, const pv_case *read, const pv_source *submission,
                         const pv_results *results, const pv_case_match *match, pv_error *error) PV_MUST_CHECK;
/* The column of the byte at offset of a line, as carets count. */
size_t pv_case_column(pv_str line, size_t offset);
/* The part of a span on the line where it starts, without blanks at its end: what carets can stand under. */
pv_span pv_case_first_line(const pv_source *source, pv_span span);

#endif
