#include "report/other/profile_report.h"

#include <stdlib.h>

#include "report/write/json.h"

#define LEAST_ID_COLUMNS ((size_t)16)
#define TITLE_COLUMNS ((size_t)30)
#define COLUMN ((size_t)10)

static const struct {
    const char *key;
    const char *title;
} phases[PV_PHASE_COUNT] = {
    [PV_PHASE_OTHER] = {"other", "anything else"},
    [PV_PHASE_PACKS] = {"packs", "opening packs"},
    [PV_PHASE_READ] = {"read", "reading files"},
    [PV_PHASE_PARSE] = {"parse", "parsing"},
    [PV_PHASE_SUBMISSION] = {"submission", "as submissions"},
    [PV_PHASE_SESSION] = {"session", "sessions of rules"},
    [PV_PHASE_APPLICABILITY] = {"applicability", "applicability"},
    [PV_PHASE_TEXTS] = {"texts", "facts of texts"},
    [PV_PHASE_RULES] = {"rules", "rules"},
    [PV_PHASE_CONDITIONS] = {"conditions", "conditions"},
    [PV_PHASE_VERDICTS] = {"verdicts", "verdicts"},
    [PV_PHASE_TOGETHER] = {"together", "keeping for all"},
    [PV_PHASE_REPORT] = {"report", "reports"},
};

static int compare_rules(const void *left, const void *right) {
    const pv_rule_cost *a = left;
    const pv_rule_cost *b = right;
    if (a->nanoseconds != b->nanoseconds)
        return a->nanoseconds > b->nanoseconds ? -1 : 1;
    return pv_str_compare_natural(a->rule->id, b->rule->id);
}

static uint64_t whole(const pv_meter *meter) {
    uint64_t sum = 0;
    for (pv_phase phase = 0; phase < PV_PHASE_COUNT; phase++)
        sum += meter->phases[phase].nanoseconds;
    return sum;
}

static void sort_rules(pv_meter *meter) {
    if (meter->rules.count > 1)
        qsort(meter->rules.items, meter->rules.count, sizeof *meter->rules.items, compare_rules);
}

/* ---- for people ---- */

/* Tenths, as "12.3", and the unit, right-aligned in columns. */
static void write_tenths(pv_buf *out, uint64_t tenths, char unit, size_t columns) {
    pv_layout_number(out, tenths / 10, columns - (unit ? 3 : 2));
    pv_buf_append_char(out, '.');
    pv_buf_append_unsigned(out, tenths % 10);
    if (unit)
        pv_buf_append_char(out, unit);
}

static void write_milliseconds(pv_buf *out, uint64_t nanoseconds, size_t columns) {
    write_tenths(out, (nanoseconds + 50000) / 100000, '\0', columns);
}

static void write_microseconds(pv_buf *out, uint64_t nanoseconds, size_t columns) {
    write_tenths(out, (nanoseconds + 50) / 100, '\0', columns);
}

static void write_share(pv_buf *out, uint64_t part, uint64_t all, size_t columns) {
    write_tenths(out, all > 0 ? (part * 1000 + all / 2) / all : 0, '%', columns);
}

static void write_kilobytes(pv_buf *out, uint64_t bytes, size_t columns) {
    pv_layout_number(out, (bytes + 1023) / 1024, columns);
}

static void write_heading(pv_buf *out, const char *heading, size_t columns) {
    size_t own = pv_layout_columns(pv_str_from(heading));
    pv_buf_append_repeat(out, ' ', columns > own ? columns - own : 0);
    pv_buf_append_text(out, heading);
}

static void write_phase(pv_buf *out, pv_str title, const pv_phase_cost *cost, uint64_t all) {
    pv_layout_cell(out, title, TITLE_COLUMNS);
    write_milliseconds(out, cost->nanoseconds, COLUMN);
    write_share(out, cost->nanoseconds, all, COLUMN);
    pv_layout_number(out, cost->entered, COLUMN);
    write_kilobytes(out, cost->peak, COLUMN);
    pv_buf_append_char(out, '\n');
}

static void write_phases(pv_buf *out, const pv_report_style *style, const pv_meter *meter) {
    static const char *const headings[] = {"ms", "share", "entered", "peak kB"};
    const pv_phase_cost sum = {.nanoseconds = whole(meter), .entered = meter->submissions, .peak = meter->peak};
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, PV_STR("Phase"), TITLE_COLUMNS);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        write_heading(out, headings[i], COLUMN);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    for (pv_phase phase = 1; phase <= PV_PHASE_COUNT; phase++) { /* what is left comes last */
        const pv_phase at = phase % PV_PHASE_COUNT;
        write_phase(out, pv_str_from(phases[at].title), &meter->phases[at], sum.nanoseconds);
    }
    write_phase(out, PV_STR("all, and the submissions"), &sum, sum.nanoseconds);
}

/* ---- the rules ---- */

/* What the meter has to say of a rule, the weightiest first: as many as the width has room for. */
typedef enum rule_column {
    COLUMN_TIME,
    COLUMN_SHARE,
    COLUMN_CALLS,
    COLUMN_PER_CALL,
    COLUMN_SLOWEST,
    COLUMN_BUDGET,
    COLUMN_BYTES,
    COLUMN_WHEN,
    COLUMN_TEXTS,
    COLUMN_WORK,
    COLUMN_NOT_ASKED,
    COLUMN_COUNT,
} rule_column;

static const struct {
    const char *heading;
    size_t columns;
} rule_columns[COLUMN_COUNT] = {
    [COLUMN_TIME] = {"ms", 8},           [COLUMN_SHARE] = {"share", 8},          [COLUMN_CALLS] = {"calls", 8},
    [COLUMN_PER_CALL] = {"µs/call", 11}, [COLUMN_SLOWEST] = {"most µs", 11},     [COLUMN_BUDGET] = {"budget", 8},
    [COLUMN_BYTES] = {"kB", 7},          [COLUMN_WHEN] = {"when ms", 9},         [COLUMN_TEXTS] = {"texts ms", 9},
    [COLUMN_WORK] = {"work", 11},        [COLUMN_NOT_ASKED] = {"not asked", 10},
};

static size_t id_columns_of(const pv_meter *meter) {
    size_t columns = LEAST_ID_COLUMNS;
    for (size_t i = 0; i < meter->rules.count; i++) {
        size_t own = pv_layout_columns(meter->rules.items[i].rule->id);
        columns = own > columns ? own : columns;
    }
    return columns;
}

static void write_cell(pv_buf *out, rule_column column, const pv_rule_cost *cost, uint64_t all) {
    const size_t columns = rule_columns[column].columns;
    switch (column) {
    case COLUMN_TIME:
        write_milliseconds(out, cost->nanoseconds, columns);
        break;
    case COLUMN_SHARE:
        write_share(out, cost->nanoseconds, all, columns);
        break;
    case COLUMN_CALLS:
        pv_layout_number(out, cost->calls, columns);
        break;
    case COLUMN_PER_CALL:
        write_microseconds(out, cost->calls > 0 ? cost->nanoseconds / cost->calls : 0, columns);
        break;
    case COLUMN_SLOWEST:
        write_microseconds(out, cost->slowest, columns);
        break;
    case COLUMN_BUDGET:
        write_share(out, cost->most_work, cost->budget, columns);
        break;
    case COLUMN_BYTES:
        write_kilobytes(out, cost->most_bytes, columns);
        break;
    case COLUMN_WHEN:
        write_milliseconds(out, cost->applicability, columns);
        break;
    case COLUMN_TEXTS:
        write_milliseconds(out, cost->texts, columns);
        break;
    case COLUMN_WORK:
        pv_layout_number(out, cost->work, columns);
        break;
    case COLUMN_NOT_ASKED:
        pv_layout_number(out, cost->passed_over, columns);
        break;
    case COLUMN_COUNT:
        break;
    }
}

static void write_rules(pv_buf *out, const pv_report_style *style, const pv_meter *meter) {
    const uint64_t all = whole(meter);
    const size_t id_columns = id_columns_of(meter);
    rule_column end = 0;
    for (size_t used = id_columns; end < COLUMN_COUNT; end++) {
        used += rule_columns[end].columns;
        if (used > style->width && end > COLUMN_SHARE)
            break;
    }
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, PV_STR("Rule"), id_columns);
    for (rule_column column = 0; column < end; column++)
        write_heading(out, rule_columns[column].heading, rule_columns[column].columns);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < meter->rules.count; i++) {
        const pv_rule_cost *cost = &meter->rules.items[i];
        pv_layout_cell(out, cost->rule->id, id_columns);
        for (rule_column column = 0; column < end; column++)
            write_cell(out, column, cost, all);
        pv_buf_append_char(out, '\n');
    }
}

static void write_slowest(pv_buf *out, const pv_report_style *style, const pv_meter *meter) {
    const size_t id_columns = id_columns_of(meter);
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, PV_STR("Slowest"), id_columns);
    write_heading(out, "µs", COLUMN);
    pv_buf_append_text(out, "  on");
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < meter->slowest_count; i++) {
        const pv_call_cost *call = &meter->slowest[i];
        pv_layout_cell(out, call->rule, id_columns);
        write_microseconds(out, call->nanoseconds, COLUMN);
        pv_buf_append_text(out, "  ");
        pv_layout_text(out, call->subject);
        if (call->path.size > 0) {
            pv_buf_append_text(out, ", ");
            pv_layout_text(out, call->path);
            pv_buf_append_char(out, ':');
            pv_buf_append_unsigned(out, call->at.line);
        }
        pv_buf_append_char(out, '\n');
    }
}

void pv_profile_terminal(pv_buf *out, const pv_report_style *style, pv_meter *meter) {
    sort_rules(meter);
    write_phases(out, style, meter);
    pv_buf_append_char(out, '\n');
    write_rules(out, style, meter);
    pv_buf_append_char(out, '\n');
    write_slowest(out, style, meter);
}

/* ---- for programs ---- */

static void write_number(pv_json *json, const char *key, uint64_t number) {
    pv_json_key(json, key);
    pv_json_unsigned(json, number);
}

static void phases_json(pv_json *json, const pv_meter *meter) {
    pv_json_key(json, "phases");
    pv_json_array_begin(json);
    for (pv_phase phase = 0; phase < PV_PHASE_COUNT; phase++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "phase", pv_str_from(phases[phase].key));
        write_number(json, "nanoseconds", meter->phases[phase].nanoseconds);
        write_number(json, "entered", meter->phases[phase].entered);
        write_number(json, "peak_bytes", meter->phases[phase].peak);
        pv_json_object_end(json);
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
}

static void rules_json(pv_json *json, const pv_meter *meter) {
    pv_json_key(json, "rules");
    pv_json_array_begin(json);
    for (size_t i = 0; i < meter->rules.count; i++) {
        const pv_rule_cost *cost = &meter->rules.items[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "rule", cost->rule->id);
        write_number(json, "nanoseconds", cost->nanoseconds);
        write_number(json, "when_nanoseconds", cost->applicability);
        write_number(json, "text_nanoseconds", cost->texts);
        write_number(json, "slowest_nanoseconds", cost->slowest);
        write_number(json, "calls", cost->calls);
        write_number(json, "not_asked", cost->passed_over);
        write_number(json, "work", cost->work);
        write_number(json, "most_work", cost->most_work);
        write_number(json, "budget", cost->budget);
        write_number(json, "most_bytes", cost->most_bytes);
        pv_json_object_end(json);
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
}

static void slowest_json(pv_json *json, const pv_meter *meter) {
    pv_json_key(json, "slowest");
    pv_json_array_begin(json);
    for (size_t i = 0; i < meter->slowest_count; i++) {
        const pv_call_cost *call = &meter->slowest[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "rule", call->rule);
        pv_json_member(json, "subject", call->subject);
        pv_json_optional_member(json, "path", call->path);
        write_number(json, "line", call->at.line);
        write_number(json, "column", call->at.column);
        write_number(json, "nanoseconds", call->nanoseconds);
        write_number(json, "work", call->work);
        pv_json_object_end(json);
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
}

void pv_profile_json(pv_buf *out, pv_meter *meter) {
    pv_json json = pv_json_on(out);
    sort_rules(meter);
    pv_json_object_begin(&json);
    write_number(&json, "schema", 1);
    write_number(&json, "nanoseconds", whole(meter));
    write_number(&json, "submissions", meter->submissions);
    write_number(&json, "peak_bytes", meter->peak);
    pv_json_line_break(&json);
    phases_json(&json, meter);
    pv_json_line_break(&json);
    rules_json(&json, meter);
    pv_json_line_break(&json);
    slowest_json(&json, meter);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}
