/* Which parts of a form apply to a filing. What cannot be decided applies: nothing is exempt by doubt. */
#include "model/submission_p.h"

#include <assert.h>
#include <string.h>

#include "model/message.h"

/* In their order: of several, "all" is the least and "any" the greatest. */
typedef enum truth { TRUTH_NO, TRUTH_UNKNOWN, TRUTH_YES } truth;

typedef enum decision { NOT_DECIDED, APPLIES, DOES_NOT_APPLY } decision;

/* The header fields, or the cells of one row. */
typedef struct scope {
    const pv_value_spec *specs;
    pv_value *values;
    size_t count;
    decision *decisions; /* whether each applies */
} scope;

typedef struct decider {
    pv_submission_reader *reader;
    scope fields;
    scope row; /* the one that is looked at; without values there is none */
} decider;

static bool decide_value(decider *all, const scope *in, size_t index);

static const scope *scope_of(const decider *all, const pv_only_if *condition) {
    return condition->in_row ? &all->row : &all->fields;
}

/* The value that the condition is on. */
static const pv_value *value_of(const decider *all, const pv_only_if *condition) {
    const scope *in = scope_of(all, condition);
    return &in->values[condition->field - in->specs];
}

/* ---- what a condition comes to ---- */

/* Of something that is not there: surely, unless it stands under a name that was not understood. */
static truth truth_of_absence(const decider *all) {
    return all->reader->problems.kept > 0 ? TRUTH_UNKNOWN : TRUTH_NO;
}

static bool decide_names(decider *all, const pv_only_if *condition, const pv_value *value, truth *out) {
    const pv_submission_reader *reader = all->reader;
    const pv_value_list *row = value->row;
    const pv_value_list *found = NULL;
    pv_token_list tokens;
    pv_str name = value->text.value;
    if (!pv_tokens_find(reader->arena, name, &tokens, reader->error))
        return false;
    do {
        if (tokens.count > 0)
            name = pv_str_slice(value->text.value, tokens.tokens[0].at.start, tokens.tokens[tokens.count - 1].at.end);
        if (!pv_table_find(condition->table, reader->arena, name, &found, reader->error) ||
            (!row && condition->among && !pv_table_find(condition->among, reader->arena, name, &row, reader->error)))
            return false;
    } while (!found && !row && pv_only_if_strip(condition, &tokens));
    if (found)
        *out = TRUTH_YES;
    else if (row)
        *out = condition->named[pv_table_row_number(condition->among, row)] ? TRUTH_YES : TRUTH_NO;
    return true;
}

/* What is given and could be read, and what stands for an answer without being one, leave the rest to decide. */
static bool decide_on_field(decider *all, const pv_only_if *condition, truth *out) {
    const scope *in = scope_of(all, condition);
    *out = TRUTH_UNKNOWN;
    if (!in->values)
        return true;
    const pv_value *value = value_of(all, condition);
    size_t index = (size_t)(value - in->values);
    if (!decide_value(all, in, index))
        return false;
    bool excepted = in->decisions[index] == DOES_NOT_APPLY;
    bool says_something = value->unanswered == PV_ANSWERED && !value->uncertainty;
    bool absent = pv_value_is_blank(value) || (excepted && !says_something);
    if (absent && excepted)
        *out = truth_of_absence(all); /* of what it could be, it is nothing */
    if (condition->kind == PV_ONLY_IF_GIVEN) {
        if (absent)
            *out = truth_of_absence(all);
        else if (says_something && pv_value_is_known(value))
            *out = TRUTH_YES;
        if (!condition->given)
            *out = TRUTH_YES - *out;
        return true;
    }
    if (!says_something || !pv_value_is_known(value))
        return true;
    if (condition->kind == PV_ONLY_IF_NAMES)
        return decide_names(all, condition, value, out);
    if (condition->cell) /* what the form leaves open of a row decides nothing */
        value = &value->row->values[condition->cell - condition->field->table->columns];
    if (pv_value_is_known(value) && !pv_value_is_blank(value))
        *out = pv_only_if_is(condition, value) ? TRUTH_YES : TRUTH_NO;
    return true;
}

static bool decide_condition(decider *all, const pv_only_if *condition, truth *out) {
    truth part;
    switch (condition->kind) {
    case PV_ONLY_IF_RECORDS:
        *out = all->reader->records[condition->record->index].count >= condition->least ? TRUTH_YES
                                                                                        : truth_of_absence(all);
        return true;
    case PV_ONLY_IF_NOT:
        if (!decide_condition(all, condition->parts, &part))
            return false;
        *out = TRUTH_YES - part;
        return true;
    case PV_ONLY_IF_ALL:
    case PV_ONLY_IF_ANY:
        *out = condition->kind == PV_ONLY_IF_ALL ? TRUTH_YES : TRUTH_NO;
        for (size_t i = 0; i < condition->part_count; i++) {
            if (!decide_condition(all, &condition->parts[i], &part))
                return false;
            if (condition->kind == PV_ONLY_IF_ALL ? part < *out : part > *out)
                *out = part;
        }
        return true;
    default:
        return decide_on_field(all, condition, out);
    }
}

/* ---- why not ---- */

#define MOST_FACTS 3

/* What there is of the things that a condition is on: "“MCP County” is “Alpine”", each once. */
typedef struct fact_list {
    const decider *all;
    pv_buf text;
    const void *told[MOST_FACTS];
    size_t count;
} fact_list;

static bool is_told(const fact_list *facts, const void *thing) {
    for (size_t i = 0; i < facts->count; i++)
        if (facts->told[i] == thing)
            return true;
    return false;
}

static void tell_field(fact_list *facts, const pv_value *value) {
    pv_quote label = pv_message_quote(value->spec->label);
    if (pv_value_is_blank(value))
        pv_buf_format(&facts->text, "“%s” is not given", label.text);
    else if (value->spec->type == PV_TYPE_LIST || value->spec->type == PV_TYPE_DOCUMENT)
        pv_buf_format(&facts->text, "“%s” is given", label.text);
    else
        pv_buf_format(&facts->text, "“%s” is “%s”", label.text, pv_message_quote(value->text.value).text);
}

static void tell_facts(fact_list *facts, const pv_only_if *condition) {
    const pv_submission_reader *reader = facts->all->reader;
    const void *thing = condition->field ? (const void *)condition->field : condition->record;
    for (size_t i = 0; i < condition->part_count; i++)
        tell_facts(facts, &condition->parts[i]);
    bool has_no_row = condition->field && !scope_of(facts->all, condition)->values;
    if (!thing || facts->count == MOST_FACTS || is_told(facts, thing) || has_no_row)
        return;
    pv_buf_append_text(&facts->text, facts->count > 0 ? ", " : "");
    facts->told[facts->count++] = thing;
    if (condition->field) {
        tell_field(facts, value_of(facts->all, condition));
        return;
    }
    size_t rows = reader->records[condition->record->index].count;
    pv_buf_format(&facts->text, "“%s” has %zu row%s", pv_message_quote(condition->record->label).text, rows,
                  rows == 1 ? "" : "s");
}

/* *why_not: the reason where it does not apply. */
static bool decide(decider *all, const pv_only_if *condition, pv_str *why_not) {
    pv_submission_reader *reader = all->reader;
    truth found = TRUTH_YES;
    if (condition && !decide_condition(all, condition, &found))
        return false;
    if (found != TRUTH_NO)
        return true;
    fact_list facts = {.all = all, .text = pv_buf_on(pv_arena_memory(reader->arena))};
    tell_facts(&facts, condition);
    bool failed = facts.text.failed;
    if (!failed)
        *why_not = pv_arena_format(reader->arena, "applies only if %.*s; %.*s", PV_STR_ARG(condition->words),
                                   PV_STR_ARG(pv_buf_str(&facts.text)));
    pv_buf_clear(&facts.text);
    return (!failed && why_not->data) || pv_fail_memory(reader->error);
}

/* ---- each part ---- */

/* No part hangs on itself, so that this ends. */
static bool decide_value(decider *all, const scope *in, size_t index) {
    assert(in->decisions && in->values);
    pv_str *why_not = &in->values[index].why_not;
    if (in->decisions[index] != NOT_DECIDED)
        return true;
    if (!decide(all, in->specs[index].only_if, why_not))
        return false;
    in->decisions[index] = why_not->size > 0 ? DOES_NOT_APPLY : APPLIES;
    return true;
}

static bool decide_values(decider *all, const scope *in) {
    for (size_t i = 0; i < in->count; i++)
        if (!decide_value(all, in, i))
            return false;
    return true;
}

static bool has_conditions(const pv_record_spec *spec) {
    for (size_t i = 0; i < spec->column_count; i++)
        if (spec->columns[i].only_if)
            return true;
    return false;
}

/* Room for what is decided of the cells of a row of any kind. */
static bool make_room(decider *all) {
    size_t most = 0;
    for (size_t i = 0; i < all->reader->form->record_count; i++)
        if (all->reader->form->records[i].column_count > most)
            most = all->reader->form->records[i].column_count;
    all->row.decisions = pv_reader_array(all->reader, most, sizeof *all->row.decisions);
    return all->row.decisions;
}

/* Has the cells of a row looked at; NULL: of none. */
static void take_row(decider *all, const pv_record *record) {
    all->row.values = NULL;
    if (!record)
        return;
    const pv_record_spec *spec = record->spec;
    const pv_record_list *rows = &all->reader->records[spec->index];
    all->row.specs = spec->columns;
    all->row.count = spec->column_count;
    all->row.values = &all->reader->cells[spec->index][(size_t)(record - rows->records) * spec->column_count];
    memset(all->row.decisions, 0, spec->column_count * sizeof *all->row.decisions);
}

/* The cells of each row of a kind. */
static bool decide_rows(decider *all, const pv_record_list *rows) {
    if (!has_conditions(rows->spec))
        return true;
    for (size_t i = 0; i < rows->count; i++) {
        take_row(all, &rows->records[i]);
        if (!decide_values(all, &all->row))
            return false;
    }
    return true;
}

/* An item of a measure that does not apply does not either; nor does a measure none of whose items does, or one for
 * each row of a kind that does not apply and has none. */
static bool decide_measure(decider *all, pv_filed_measure *filed, pv_response *responses) {
    const pv_measure *measure = filed->measure;
    size_t first = (size_t)(filed->responses - responses);
    size_t excepted = 0;
    take_row(all, filed->record);
    if (!decide(all, measure->only_if, &filed->why_not))
        return false;
    if (filed->why_not.size == 0 && measure->for_records && !filed->record)
        filed->why_not = all->reader->records[measure->for_records->index].why_not;
    for (size_t i = 0; i < measure->item_count; i++) {
        pv_response *response = &responses[first + i];
        response->why_not = filed->why_not;
        if (filed->why_not.size == 0 && !decide(all, measure->items[i].only_if, &response->why_not))
            return false;
        all->reader->item_values[first + i].why_not = response->why_not;
        excepted += response->why_not.size > 0;
    }
    if (excepted == measure->item_count && filed->why_not.size == 0)
        filed->why_not = responses[first].why_not;
    return true;
}

bool pv_reader_decide_what_applies(pv_submission_reader *reader, pv_filed_measure *measures, size_t count,
                                   pv_response *responses) {
    const pv_form *form = reader->form;
    if (form->conditional_count == 0)
        return true;
    decider all = {
        .reader = reader,
        .fields =
            {
                .specs = form->fields,
                .values = reader->fields,
                .count = form->field_count,
                .decisions = pv_reader_array(reader, form->field_count, sizeof *all.fields.decisions),
            },
    };
    if (!all.fields.decisions || !make_room(&all) || !decide_values(&all, &all.fields))
        return false;
    for (size_t i = 0; i < form->record_count; i++)
        if (!decide(&all, form->records[i].only_if, &reader->records[i].why_not) ||
            !decide_rows(&all, &reader->records[i]))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!decide_measure(&all, &measures[i], responses))
            return false;
    return pv_reader_report_missing_cells(reader);
}
