#include "report/verdicts/statistics.h"

#include <string.h>

#include "report/write/layout.h"

#define COLUMN ((size_t)10)
#define WORK_COLUMN ((size_t)11)
#define LEAST_ID_COLUMNS ((size_t)16)

/* In the order of a table's columns. */
static const struct {
    pv_state state;
    const char *heading;
    const char *key;
} columns[] = {
    {PV_STATE_PASS, "passed", "pass"},
    {PV_STATE_FAIL, "failed", "fail"},
    {PV_STATE_REVIEW, "review", "review"},
    {PV_STATE_NOT_APPLICABLE, "n/a", "not_applicable"},
    {PV_STATE_NOT_CHECKED, "undecided", "not_checked"},
};

#define COLUMN_COUNT (sizeof columns / sizeof *columns)

pv_statistics pv_statistics_in(pv_arena *arena) {
    return (pv_statistics){.arena = arena};
}

/* The row of the rule, or NULL when memory is refused. */
static pv_rule_statistics *row_of(pv_statistics *statistics, pv_str rule, pv_error *error) {
    size_t low = 0;
    size_t high = statistics->rules.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = pv_str_compare_natural(statistics->rules.items[middle].rule, rule);
        if (order == 0)
            return &statistics->rules.items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    pv_str copy = pv_arena_copy(statistics->arena, rule);
    pv_rule_statistics *last = copy.data ? PV_ARRAY_ADD(statistics->arena, &statistics->rules) : NULL;
    if (!last) {
        pv_fail_memory(error);
        return NULL;
    }
    pv_rule_statistics *row = &statistics->rules.items[low];
    memmove(row + 1, row, (statistics->rules.count - 1 - low) * sizeof *row);
    *row = (pv_rule_statistics){.rule = copy};
    return row;
}

bool pv_statistics_add(pv_statistics *statistics, const pv_results *results, pv_error *error) {
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        pv_rule_statistics *row = row_of(statistics, verdict->rule->id, error);
        if (!row)
            return false;
        row->states[verdict->outcome.state] += pv_verdict_count(verdict);
        row->work += verdict->outcome.work;
    }
    return true;
}

bool pv_statistics_add_row(pv_statistics *statistics, const pv_rule_statistics *row, pv_error *error) {
    pv_rule_statistics *own = row_of(statistics, row->rule, error);
    if (!own)
        return false;
    for (size_t state = 0; state < PV_STATE_COUNT; state++)
        own->states[state] += row->states[state];
    own->work += row->work;
    return true;
}

void pv_statistics_reset(pv_statistics *statistics) {
    for (size_t i = 0; i < statistics->rules.count; i++)
        statistics->rules.items[i] = (pv_rule_statistics){.rule = statistics->rules.items[i].rule};
}

/* ---- writing ---- */

static pv_rule_statistics sum_of(const pv_statistics *statistics) {
    pv_rule_statistics sum = {.rule = PV_STR("all")};
    for (size_t i = 0; i < statistics->rules.count; i++) {
        for (size_t state = 0; state < PV_STATE_COUNT; state++)
            sum.states[state] += statistics->rules.items[i].states[state];
        sum.work += statistics->rules.items[i].work;
    }
    return sum;
}

static void write_row(pv_buf *out, const pv_rule_statistics *row, size_t id_columns) {
    pv_layout_cell(out, row->rule, id_columns);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        pv_layout_number(out, row->states[columns[i].state], COLUMN);
    pv_layout_number(out, row->work, WORK_COLUMN);
    pv_buf_append_char(out, '\n');
}

/* Ids take what they need, as far as the width goes. */
static size_t id_columns_of(const pv_statistics *statistics, const pv_report_style *style) {
    size_t others = COLUMN_COUNT * COLUMN + WORK_COLUMN;
    size_t most = style->width > others + LEAST_ID_COLUMNS ? style->width - others : LEAST_ID_COLUMNS;
    size_t columns_needed = LEAST_ID_COLUMNS;
    for (size_t i = 0; i < statistics->rules.count; i++) {
        size_t own = pv_layout_columns(statistics->rules.items[i].rule);
        columns_needed = own > columns_needed ? own : columns_needed;
    }
    return columns_needed < most ? columns_needed : most;
}

void pv_statistics_terminal(pv_buf *out, const pv_report_style *style, const pv_statistics *statistics) {
    size_t id_columns = id_columns_of(statistics, style);
    const pv_rule_statistics sum = sum_of(statistics);
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, PV_STR("Rule"), id_columns);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        pv_buf_append_repeat(out, ' ', COLUMN - strlen(columns[i].heading));
        pv_buf_append_text(out, columns[i].heading);
    }
    pv_buf_append_repeat(out, ' ', WORK_COLUMN - strlen("work"));
    pv_buf_append_text(out, "work");
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < statistics->rules.count; i++)
        write_row(out, &statistics->rules.items[i], id_columns);
    write_row(out, &sum, id_columns);
    pv_buf_append_char(out, '\n');
}

void pv_statistics_json(pv_json *json, const pv_statistics *statistics) {
    pv_json_array_begin(json);
    for (size_t i = 0; i < statistics->rules.count; i++) {
        const pv_rule_statistics *row = &statistics->rules.items[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "rule", row->rule);
        for (size_t k = 0; k < COLUMN_COUNT; k++) {
            pv_json_key(json, columns[k].key);
            pv_json_unsigned(json, row->states[columns[k].state]);
        }
        pv_json_key(json, "work");
        pv_json_unsigned(json, row->work);
        pv_json_object_end(json);
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
}
