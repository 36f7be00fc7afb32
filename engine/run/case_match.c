#include "run/case_match.h"

#include <stdlib.h>

typedef struct matching {
    pv_arena *arena;
    const pv_source *submission;
    const pv_results *results;
    pv_str rule_pattern;
    bool *taken; /* one per verdict: it stands in a row */
    pv_case_row *rows;
    size_t row_count;
} matching;

/* ---- one expectation, one verdict ---- */

/* The part of a finding on the line where it starts, without blanks at its end: what carets can stand under. */
static pv_span first_line_of(const pv_source *source, pv_span span) {
    const pv_source *file = pv_source_part(source, span.start);
    pv_position at = pv_source_locate(file, span.start);
    size_t line_end = pv_source_line_start(file, at.line) + pv_source_line(file, at.line).size;
    span.end = span.end > line_end ? (uint32_t)line_end : span.end;
    pv_str words = pv_source_slice(file, span);
    while (words.size > 0 && (words.data[words.size - 1] == ' ' || words.data[words.size - 1] == '\t'))
        words.size--;
    return (pv_span){span.start, span.start + (uint32_t)words.size};
}

static bool is_placed(const matching *all, const pv_expectation *expected, const pv_verdict *verdict) {
    if (expected->place == PV_EXPECTED_ANYWHERE)
        return true;
    if (!verdict->outcome.has_at || verdict->outcome.at.expected_here != expected->expected_here)
        return false;
    if (expected->expected_here || expected->place == PV_EXPECTED_START)
        return verdict->outcome.at.span.start == expected->span.start;
    pv_span words = first_line_of(all->submission, verdict->outcome.at.span);
    return words.start == expected->span.start && words.end == expected->span.end;
}

static bool is_about(const matching *all, const pv_expectation *expected, const pv_verdict *verdict, bool *same,
                     pv_error *error) {
    *same = expected->subject.size == 0;
    if (*same)
        return true;
    pv_str name = pv_subject_name(&verdict->subject, all->arena);
    *same = name.data && pv_str_equal(name, expected->subject);
    return name.data || pv_fail_memory(error);
}

static bool same_rule(const pv_expectation *expected, const pv_verdict *verdict) {
    return pv_str_equal(expected->rule, verdict->rule->id);
}

static bool is_due(const pv_expectation *expected, const pv_verdict *verdict) {
    return !expected->has_due ||
           (verdict->outcome.has_due && pv_date_compare(verdict->outcome.due, expected->due) == 0);
}

static bool meets(const matching *all, const pv_expectation *expected, const pv_verdict *verdict, bool *out,
                  pv_error *error) {
    *out = same_rule(expected, verdict) && expected->state == verdict->outcome.state &&
           is_placed(all, expected, verdict) && is_due(expected, verdict);
    return !*out || is_about(all, expected, verdict, out, error);
}

/* ---- pairs ---- */

/* What says more chooses first, so that what says less is met by what is left. */
static unsigned precision_of(const pv_expectation *expected) {
    return (expected->place != PV_EXPECTED_ANYWHERE ? 2U : 0U) + (expected->subject.size > 0 ? 1U : 0U);
}

static void add_row(matching *all, const pv_expectation *expected, size_t verdict, bool met) {
    const pv_verdict *actual = verdict == SIZE_MAX ? NULL : &all->results->verdicts[verdict];
    all->rows[all->row_count++] = (pv_case_row){expected, actual, met};
    if (actual)
        all->taken[verdict] = true;
}

static bool meet(matching *all, const pv_expectation *expected, bool *met, pv_error *error) {
    *met = false;
    for (size_t i = 0; i < all->results->verdict_count; i++) {
        if (all->taken[i])
            continue;
        if (!meets(all, expected, &all->results->verdicts[i], met, error))
            return false;
        if (*met) {
            add_row(all, expected, i, true);
            return true;
        }
    }
    return true;
}

static bool is_on_one_line(const pv_source *source, uint32_t a, uint32_t b) {
    return pv_source_part(source, a) == pv_source_part(source, b) &&
           pv_source_locate(source, a).line == pv_source_locate(source, b).line;
}

/* How much a verdict of the rule, on the subject where one is named, tells about an expectation that none meets; 0: nothing. */
static bool nearness(const matching *all, const pv_expectation *expected, const pv_verdict *verdict, unsigned *out,
                     pv_error *error) {
    bool same = false;
    *out = 0;
    if (!same_rule(expected, verdict))
        return true;
    if (!is_about(all, expected, verdict, &same, error))
        return false;
    if (!same)
        return true;
    bool same_line = expected->place != PV_EXPECTED_ANYWHERE &&
                     is_on_one_line(all->submission, verdict->outcome.at.span.start, expected->span.start);
    *out = 1U + (verdict->outcome.state != PV_STATE_NOT_APPLICABLE ? 1U : 0U) +
           (pv_state_is_finding(verdict->outcome.state) ? 2U : 0U) + (same_line ? 4U : 0U);
    return true;
}

static bool add_unmet(matching *all, const pv_expectation *expected, pv_error *error) {
    size_t best = SIZE_MAX;
    unsigned best_nearness = 0;
    for (size_t i = 0; i < all->results->verdict_count; i++) {
        unsigned near = 0;
        if (all->taken[i])
            continue;
        if (!nearness(all, expected, &all->results->verdicts[i], &near, error))
            return false;
        if (near > best_nearness) {
            best = i;
            best_nearness = near;
        }
    }
    add_row(all, expected, best, false);
    return true;
}

static bool is_selected(const matching *all, const pv_expectation *expected) {
    const pv_rule rule = {.id = expected->rule};
    return pv_run_selects(all->rule_pattern, &rule);
}

static bool pair_expectations(matching *all, const pv_case *read, pv_error *error) {
    bool *met = PV_NEW_ARRAY(all->arena, bool, read->expectation_count);
    if (!met)
        return pv_fail_memory(error);
    for (unsigned precision = 4; precision-- > 0;)
        for (size_t i = 0; i < read->expectation_count; i++) {
            const pv_expectation *expected = &read->expectations[i];
            if (precision_of(expected) == precision && is_selected(all, expected) &&
                !meet(all, expected, &met[i], error))
                return false;
        }
    for (size_t i = 0; i < read->expectation_count; i++)
        if (!met[i] && is_selected(all, &read->expectations[i]) && !add_unmet(all, &read->expectations[i], error))
            return false;
    return true;
}

static void add_unexpected(matching *all) {
    for (size_t i = 0; i < all->results->verdict_count; i++) {
        const pv_verdict *verdict = &all->results->verdicts[i];
        if (!all->taken[i] && pv_state_is_finding(verdict->outcome.state) &&
            pv_run_selects(all->rule_pattern, verdict->rule))
            add_row(all, NULL, i, false);
    }
}

/* ---- order ---- */

/* Rows without any place come last. */
static uint32_t place_of(const pv_case_row *row) {
    if (row->expected && row->expected->place != PV_EXPECTED_ANYWHERE)
        return row->expected->span.start;
    return row->actual ? row->actual->outcome.at.span.start : UINT32_MAX;
}

static uint32_t line_of(const pv_case_row *row) {
    return row->expected ? row->expected->line : 0;
}

static int compare_rows(const void *left, const void *right) {
    const pv_case_row *a = left;
    const pv_case_row *b = right;
    uint32_t keys[3][2] = {
        {place_of(a), place_of(b)},
        {line_of(a), line_of(b)},
        {a->actual ? a->actual->order : 0, b->actual ? b->actual->order : 0},
    };
    for (size_t i = 0; i < 3; i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return 0;
}

bool pv_case_compare(pv_case_match *out, pv_arena *arena, const pv_case *read, const pv_source *submission,
                     const pv_results *results, pv_str rule_pattern, pv_error *error) {
    matching all = {
        .arena = arena,
        .submission = submission,
        .results = results,
        .rule_pattern = rule_pattern,
        .taken = PV_NEW_ARRAY(arena, bool, results->verdict_count),
        .rows = PV_NEW_ARRAY(arena, pv_case_row, read->expectation_count + results->verdict_count),
    };
    if (!all.taken || !all.rows)
        return pv_fail_memory(error);
    if (!pair_expectations(&all, read, error))
        return false;
    add_unexpected(&all);
    if (all.row_count > 1)
        qsort(all.rows, all.row_count, sizeof *all.rows, compare_rows);
    *out = (pv_case_match){.rows = all.rows, .row_count = all.row_count};
    for (size_t i = 0; i < all.row_count; i++)
        out->differences += !all.rows[i].met;
    return true;
}
