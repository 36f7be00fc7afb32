/* What terms and values come to for a filing: numbers and days, exactly or not at all. */
#include "model/terms.h"

#include "model/message.h"

/* As long a chain as terms.c lets a form have, and what stands in one another there. */
#define DEEPEST 256

typedef struct reckoner {
    const pv_term_context *context;
    pv_error *error;
    size_t depth;
} reckoner;

static bool work_out(reckoner *all, const pv_term *term, pv_amount *out);

static const pv_amount unknown = {0};

static pv_amount number_amount(pv_decimal number, bool percentage, pv_str currency) {
    return (pv_amount){.known = true,
                       .number = number,
                       .over = pv_decimal_from_integer(1),
                       .percentage = percentage,
                       .currency = currency};
}

/* What cannot be worked out exactly is not known, and says so. */
static pv_amount failed_amount(void) {
    return (pv_amount){.failed = true};
}

/* ---- how an amount is shown ---- */

static bool show_date(const pv_term_context *context, pv_date date, pv_amount *out, pv_error *error) {
    char text[PV_DATE_SIZE];
    pv_date_write(date, text);
    out->shown = pv_arena_copy(context->arena, pv_str_from(text));
    return out->shown.data || pv_fail_memory(error);
}

static bool show_number(const pv_term_context *context, pv_amount *out, pv_error *error) {
    pv_buf text = pv_buf_on(pv_arena_memory(context->arena));
    pv_error failure = {0};
    if (pv_decimal_compare(out->over, pv_decimal_from_integer(1)) == 0)
        pv_decimal_format(out->number, &text);
    else if (!pv_decimal_format_share(out->number, out->over, NULL, &text, &failure))
        pv_buf_append_text(&text, "a share");
    if (out->percentage)
        pv_buf_append_char(&text, '%');
    else if (out->currency.size > 0)
        pv_buf_format(&text, " %.*s", PV_STR_ARG(out->currency));
    out->shown = (pv_str){0};
    if (!text.failed)
        out->shown = pv_arena_copy(context->arena, pv_buf_str(&text));
    pv_buf_clear(&text);
    return out->shown.data || pv_fail_memory(error);
}

/* ---- values ---- */

static bool of_known_value(const pv_value *value, bool end, const pv_term_context *context, pv_amount *out,
                           pv_error *error) {
    const pv_date_mention *date = end ? &value->days.to : &value->days.from;
    const pv_spelt spelt = pv_value_spelt(value);
    switch (pv_type_of(value->spec->type)->sort) {
    case PV_SORT_NUMBER:
        *out = number_amount(value->number, value->spec->type == PV_TYPE_PERCENTAGE, value->spec->currency);
        break;
    case PV_SORT_DAYS:
        *out = (pv_amount){.known = true, .first = date->first, .last = date->last, .open = end && value->days.open};
        break;
    default:
        *out = unknown;
        return true;
    }
    out->shown = pv_arena_copy(context->arena, pv_str_from(spelt.text));
    return out->shown.data || pv_fail_memory(error);
}

static bool of_value(reckoner *all, const pv_value *value, bool end, pv_amount *out) {
    const pv_term *computed = value->spec->demands ? value->spec->demands->computed : NULL;
    *out = unknown;
    if (pv_value_is_known(value) && value->unanswered == PV_ANSWERED) {
        if (!of_known_value(value, end, all->context, out, all->error))
            return false;
        out->has_at = true;
        out->at = value->at;
        return true;
    }
    if (!computed || !pv_value_is_blank(value) || value->why_not.size > 0)
        return true;
    if (!work_out(all, computed, out))
        return false;
    out->computed = true;
    return true;
}

bool pv_value_amount(const pv_value *value, bool end, const pv_term_context *context, pv_amount *out, pv_error *error) {
    reckoner all = {.context = context, .error = error};
    if (!of_value(&all, value, end, out))
        return false;
    if (out->computed)
        out->has_at = pv_value_origin(value, context->submission, context->record, context->filed, &out->at);
    return true;
}

/* ---- where a value that is left out is computed from ---- */

/* The response that an item's value is of: in the measure at hand, of one for each row; NULL: there is none. */
static const pv_response *response_to(const pv_term *term, const pv_submission *submission,
                                      const pv_filed_measure *at_hand) {
    const pv_item *item = &submission->form->items[term->position];
    if (at_hand && at_hand->measure == item->measure)
        return pv_filed_response(at_hand, item);
    if (pv_measure_is_repeated(item->measure))
        return NULL;
    return pv_filed_response(pv_submission_filed(submission, item->measure).measures, item);
}

#define ORIGIN_STEPS_MOST 1000

typedef struct origin_search {
    const pv_submission *submission;
    const pv_record *record;
    const pv_filed_measure *filed;
    size_t steps;
} origin_search;

static bool origin_of_term(origin_search *all, const pv_term *term, pv_span *out);

static bool origin_of_value(origin_search *all, const pv_value *value, pv_span *out) {
    const pv_demands *demands = value->spec->demands;
    *out = value->at;
    return !pv_value_is_blank(value) ||
           (value->why_not.size == 0 && demands && demands->computed && origin_of_term(all, demands->computed, out));
}

/* The rows of a kind that are counted: all, or the first of those that belong to the row at hand. */
static bool origin_of_rows(const origin_search *all, const pv_term *term, pv_span *out) {
    const pv_record_list *rows = &all->submission->records[term->record->index];
    *out = rows->at;
    if (!all->record || term->record->owner != all->record->spec)
        return rows->given;
    const pv_record *row = all->record->first_owned;
    while (row && row->spec != term->record)
        row = row->next_owned;
    if (row)
        *out = row->at;
    return row != NULL;
}

static bool origin_of_item(origin_search *all, const pv_term *term, pv_span *out) {
    const pv_response *response = response_to(term, all->submission, all->filed);
    return response && !pv_response_is_exempt(response) && origin_of_value(all, response->value, out);
}

static bool origin_of_term(origin_search *all, const pv_term *term, pv_span *out) {
    bool found = false;
    if (++all->steps > ORIGIN_STEPS_MOST)
        return false;
    if (term->kind == PV_TERM_FIELD)
        found = origin_of_value(all, &all->submission->fields.values[term->position], out);
    else if (term->kind == PV_TERM_COLUMN)
        found = all->record && origin_of_value(all, &all->record->values.values[term->position], out);
    else if (term->kind == PV_TERM_ITEM)
        found = origin_of_item(all, term, out);
    else if (term->kind == PV_TERM_SUM || term->kind == PV_TERM_COUNT)
        found = origin_of_rows(all, term, out);
    for (size_t i = 0; !found && i < term->part_count; i++)
        found = origin_of_term(all, &term->parts[i], out);
    return found || (term->added && origin_of_term(all, term->added, out));
}

bool pv_value_origin(const pv_value *value, const pv_submission *submission, const pv_record *record,
                     const pv_filed_measure *filed, pv_span *out) {
    origin_search all = {.submission = submission, .record = record, .filed = filed};
    pv_span found;
    if (!pv_value_is_blank(value) || !origin_of_value(&all, value, &found))
        return false;
    *out = found;
    return true;
}

/* ---- terms ---- */

/* The value itself, or, where that is wanted, the cell of the row that it names. */
static bool of_named(reckoner *all, const pv_term *term, const pv_value *value, pv_amount *out) {
    if (!term->has_cell)
        return of_value(all, value, false, out);
    *out = unknown;
    if (!value->row)
        return true;
    const pv_value *cell = &value->row->values[term->cell];
    return !pv_value_is_known(cell) || of_known_value(cell, false, all->context, out, all->error);
}

/* Adds a number that is known; false where that cannot be done exactly. */
static bool add_to(pv_amount *sum, const pv_amount *part) {
    pv_error failure = {0};
    bool whole = pv_decimal_compare(part->over, pv_decimal_from_integer(1)) == 0;
    if (sum->currency.size == 0)
        sum->currency = part->currency;
    return whole && pv_decimal_add(sum->number, part->number, &sum->number, &failure);
}

/* A cell that is blank, or says that there is nothing, adds nothing; one that cannot be read leaves the sum unknown. */
static bool add_cell(reckoner *all, const pv_value *value, pv_amount *sum) {
    pv_amount cell;
    if (!of_value(all, value, false, &cell))
        return false;
    bool is_nothing = pv_value_is_blank(value) || value->accepted;
    if (cell.failed || (cell.known && !add_to(sum, &cell)))
        *sum = failed_amount();
    else if (!cell.known && !is_nothing)
        *sum = unknown;
    return true;
}

/* One row more of a sum or count. */
static bool add_row(reckoner *all, const pv_term *term, const pv_record *row, int64_t *count, pv_amount *out) {
    const pv_term_context *context = all->context;
    pv_term_context of_row = *context;
    of_row.record = row;
    of_row.filed = NULL;
    reckoner inner = {.context = &of_row, .error = all->error, .depth = all->depth};
    ++*count;
    if (context->memo && context->memo->steps++ > PV_TERM_STEPS_MOST) {
        *out = failed_amount();
        return true;
    }
    return term->kind == PV_TERM_COUNT || add_cell(&inner, &row->values.values[term->position], out);
}

/* The rows of a kind that belong to the row at hand, or all of them. */
static bool of_rows(reckoner *all, const pv_term *term, pv_amount *out) {
    const pv_record *at_hand = all->context->record;
    const pv_record_list *rows = &all->context->submission->records[term->record->index];
    bool owned = at_hand && term->record->owner == at_hand->spec;
    int64_t count = 0;
    *out = number_amount(pv_decimal_from_integer(0), term->percentage, term->currency);
    for (const pv_record *row = owned ? at_hand->first_owned : NULL; row && out->known; row = row->next_owned)
        if (row->spec == term->record && !add_row(all, term, row, &count, out))
            return false;
    for (size_t i = 0; !owned && i < rows->count && out->known; i++)
        if (!add_row(all, term, &rows->records[i], &count, out))
            return false;
    if (term->kind == PV_TERM_COUNT)
        *out = number_amount(pv_decimal_from_integer(count), false, PV_STR(""));
    if (out->known && rows->given && !owned) {
        out->has_at = true;
        out->at = rows->at;
    }
    return true;
}

/* The same, remembered where it is that of all rows. */
static bool of_remembered_rows(reckoner *all, const pv_term *term, pv_amount *out) {
    pv_term_memo *memo = all->context->memo;
    const pv_record *at_hand = all->context->record;
    bool owned = at_hand && term->record->owner == at_hand->spec;
    for (size_t i = 0; memo && !owned && i < memo->count; i++)
        if (memo->terms[i] == term) {
            *out = memo->amounts[i];
            return true;
        }
    if (!of_rows(all, term, out))
        return false;
    if (memo && !owned && memo->count < PV_TERMS_REMEMBERED) {
        memo->terms[memo->count] = term;
        memo->amounts[memo->count++] = *out;
    }
    return true;
}

static bool is_zero(const pv_amount *amount) {
    return pv_decimal_compare(amount->number, pv_decimal_from_integer(0)) == 0;
}

/* Whether one known number has a share in another, which can be told. */
static bool divides(const pv_amount *part, const pv_amount *whole) {
    const pv_decimal one = pv_decimal_from_integer(1);
    return pv_decimal_compare(whole->number, pv_decimal_from_integer(0)) > 0 &&
           pv_decimal_compare(whole->over, one) == 0 && pv_decimal_compare(part->over, one) == 0;
}

static bool of_parts(reckoner *all, const pv_term *term, pv_amount *out) {
    pv_amount part;
    if (!work_out(all, &term->parts[0], out))
        return false;
    for (size_t i = 1; i < term->part_count; i++) {
        if (!work_out(all, &term->parts[i], &part))
            return false;
        if (!out->known || !part.known) {
            *out = out->failed || part.failed ? failed_amount() : unknown;
            continue;
        }
        if (term->kind == PV_TERM_SHARE) {
            if (!divides(out, &part)) {
                *out = is_zero(out) && is_zero(&part) ? unknown : failed_amount(); /* nothing has no share in nothing */
                continue;
            }
            out->over = part.number;
            out->percentage = true;
            out->currency = PV_STR("");
            continue;
        }
        if (term->kind == PV_TERM_DIFFERENCE)
            part.number.coefficient = -part.number.coefficient;
        if (!add_to(out, &part))
            *out = failed_amount();
    }
    out->shown = (pv_str){0}; /* that of the first part */
    out->has_at = false;
    return true;
}

static bool shift_days(pv_shift shift, int64_t number, pv_date *date) {
    pv_error failure = {0};
    int64_t amount = number;
    if ((shift == PV_SHIFT_WEEKS && __builtin_mul_overflow(number, (int64_t)7, &amount)) ||
        (shift == PV_SHIFT_YEARS && __builtin_mul_overflow(number, (int64_t)12, &amount)))
        return false;
    return shift == PV_SHIFT_DAYS || shift == PV_SHIFT_WEEKS ? pv_date_add_days(*date, amount, date, &failure)
                                                             : pv_date_add_months(*date, amount, date, &failure);
}

static bool add_shift(reckoner *all, const pv_term *term, pv_amount *out) {
    pv_amount added;
    int64_t number;
    if (term->shift == PV_SHIFT_NONE || !out->known)
        return true;
    if (!work_out(all, term->added, &added))
        return false;
    if (!added.known) {
        *out = added.failed ? failed_amount() : unknown;
        return true;
    }
    bool done = term->shift == PV_SHIFT_NUMBER
                    ? add_to(out, &added)
                    : pv_decimal_to_integer(added.number, &number) && shift_days(term->shift, number, &out->first) &&
                          shift_days(term->shift, number, &out->last);
    if (!done)
        *out = failed_amount();
    return true;
}

static bool of_beginning(reckoner *all, const pv_term *term, pv_amount *out) {
    const pv_term_context *context = all->context;
    switch (term->kind) {
    case PV_TERM_VALUE:
        return of_known_value(term->value, false, context, out, all->error);
    case PV_TERM_FIELD:
        return of_named(all, term, &context->submission->fields.values[term->position], out);
    case PV_TERM_ITEM: {
        const pv_response *response = response_to(term, context->submission, context->filed);
        *out = unknown;
        return !response || pv_response_is_exempt(response) || of_named(all, term, response->value, out);
    }
    case PV_TERM_COLUMN:
        *out = unknown;
        return !context->record || of_named(all, term, &context->record->values.values[term->position], out);
    case PV_TERM_DAY:
        *out = unknown;
        if (context->day)
            *out = (pv_amount){.known = true, .first = *context->day, .last = *context->day};
        return true;
    case PV_TERM_SUM:
    case PV_TERM_COUNT:
        return of_remembered_rows(all, term, out);
    case PV_TERM_TOTAL:
    case PV_TERM_DIFFERENCE:
    case PV_TERM_SHARE:
        return of_parts(all, term, out);
    }
    *out = unknown;
    return true;
}

static bool work_out(reckoner *all, const pv_term *term, pv_amount *out) {
    pv_error failure = {0};
    pv_term_memo *memo = all->context->memo;
    if (++all->depth > DEEPEST || (memo && memo->steps++ > PV_TERM_STEPS_MOST)) {
        *out = failed_amount();
        return true;
    }
    if (!of_beginning(all, term, out))
        return false;
    if (out->known && term->has_times && !pv_decimal_multiply(out->number, term->times, &out->number, &failure))
        *out = failed_amount();
    if (!add_shift(all, term, out))
        return false;
    all->depth--;
    bool is_shown = out->shown.data && term->shift == PV_SHIFT_NONE && !term->has_times;
    if (!out->known || is_shown)
        return true;
    return term->sort == PV_SORT_DAYS ? show_date(all->context, out->first, out, all->error)
                                      : show_number(all->context, out, all->error);
}

bool pv_term_amount(const pv_term *term, const pv_term_context *context, pv_amount *out, pv_error *error) {
    reckoner all = {.context = context, .error = error};
    return work_out(&all, term, out);
}

int pv_amount_compare(const pv_amount *a, const pv_amount *b, bool *failed) {
    pv_decimal left, right;
    pv_error failure = {0};
    const pv_decimal hundred = pv_decimal_from_integer(100);
    const pv_decimal one = pv_decimal_from_integer(1);
    bool done = pv_decimal_multiply(a->number, b->over, &left, &failure) &&
                pv_decimal_multiply(b->number, a->over, &right, &failure);
    if (done && pv_decimal_compare(a->over, one) != 0) /* a share is in hundredths */
        done = pv_decimal_multiply(left, hundred, &left, &failure);
    if (done && pv_decimal_compare(b->over, one) != 0)
        done = pv_decimal_multiply(right, hundred, &right, &failure);
    *failed = !done;
    return done ? pv_decimal_compare(left, right) : 0;
}
