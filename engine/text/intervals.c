#include "text/intervals.h"

#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "text/dates_p.h"
#include "text/numbers_p.h"
#include "text/phrasing_p.h"

#define NONE SIZE_MAX /* where a reader returns the end of what it read: it read nothing */
#define FIRST_YEAR_OF_A_FORM 1000

/* What is being read, and what was seen in it that makes it none. */
typedef struct interval_reader {
    pv_str text;
    pv_date_options options;
    int first_year; /* that four digits alone can be */
    pv_dating_fault fault;
} interval_reader;

static size_t fail(interval_reader *reader, pv_dating_fault fault) {
    if (reader->fault == PV_DATING_FINE)
        reader->fault = fault;
    return NONE;
}

/* ---- years alone ---- */

static size_t read_year(const interval_reader *reader, size_t offset, int *year) {
    size_t end = pv_date_read_digits(reader->text, offset, 4, year);
    return end == offset + 4 && *year >= reader->first_year && *year <= PV_NUMBER_LAST_YEAR ? end : NONE;
}

/* False where what ends at offset goes on as another number or word. */
static bool ends_at(pv_str text, size_t offset) {
    size_t length;
    if (pv_phrasing_word_character_at(text, offset))
        return false;
    uint32_t next = pv_phrasing_character_at(text, offset, &length);
    bool joins = pv_phrasing_is_hyphen(next) || next == '/' || next == '.' || next == ',' || next == ':';
    return next != '%' && !(joins && pv_digit_at(text, offset + length));
}

/* "2013/14", "2013/2014": one year that begins in one and ends in the next. end: of the first four digits. */
static size_t read_year_over_two(const interval_reader *reader, size_t end, int year, pv_date_mention *out) {
    int next;
    pv_str text = reader->text;
    if (end >= text.size || text.data[end] != '/')
        return NONE;
    size_t last = pv_date_read_digits(text, end + 1, 4, &next);
    bool is_next = last != NONE && (last == end + 3   ? next == (year + 1) % 100
                                    : last == end + 5 ? next == year + 1
                                                      : false);
    if (!is_next || pv_phrasing_word_character_at(text, last) || (last < text.size && text.data[last] == '/'))
        return NONE;
    pv_date_fill_months(out, PV_DATE_PRECISION_YEAR, year, 1, year + 1, 12);
    return last;
}

/* After a year that ends at `end`: "-14" or "–14", the short form of a later year, *last; or "-09", a month. */
static size_t read_short_year(interval_reader *reader, size_t end, int year, pv_date_mention *from,
                              pv_date_mention *to) {
    size_t length;
    int figure;
    pv_str text = reader->text;
    uint32_t mark = pv_phrasing_character_at(text, end, &length);
    if (!pv_phrasing_is_hyphen(mark))
        return NONE;
    size_t last = pv_date_read_digits(text, end + length, 2, &figure);
    if (last != end + length + 2 || !ends_at(text, last))
        return NONE;
    bool may_be_month = mark == '-' && figure >= 1 && figure <= 12;
    bool may_be_year = figure > year % 100;
    if (may_be_month && may_be_year)
        return fail(reader, PV_DATING_AMBIGUOUS);
    if (may_be_month) {
        pv_date_fill_months(from, PV_DATE_PRECISION_MONTH, year, figure, year, figure);
        *to = *from;
        return last;
    }
    if (!may_be_year)
        return NONE;
    int later = year - year % 100 + figure;
    pv_date_fill_months(from, PV_DATE_PRECISION_YEAR, year, 1, year, 12);
    pv_date_fill_months(to, PV_DATE_PRECISION_YEAR, later, 1, later, 12);
    return last;
}

/* ---- the ends ---- */

static bool has_currency_before(pv_str text, size_t offset) {
    size_t length;
    if (offset == 0)
        return false;
    uint32_t before = pv_phrasing_character_at(text, offset - 1, &length);
    return before == '$' || (offset >= 2 && pv_phrasing_character_at(text, offset - 2, &length) == PV_POUND_SIGN) ||
           (offset >= 3 && pv_phrasing_character_at(text, offset - 3, &length) == PV_EURO_SIGN);
}

/* The year or the year over two at offset. */
static size_t read_whole_year(const interval_reader *reader, size_t offset, pv_date_mention *out) {
    int year;
    size_t end = read_year(reader, offset, &year);
    if (end == NONE)
        return NONE;
    size_t over_two = read_year_over_two(reader, end, year, out);
    if (over_two != NONE)
        return over_two;
    pv_date_fill_months(out, PV_DATE_PRECISION_YEAR, year, 1, year, 12);
    return end;
}

/* "2022-07": of a value of a form alone. */
static size_t read_figured_month(const interval_reader *reader, size_t offset, pv_date_mention *out) {
    int year, month;
    size_t end = read_year(reader, offset, &year);
    if (end == NONE || end >= reader->text.size || reader->text.data[end] != '-')
        return NONE;
    size_t last = pv_date_read_digits(reader->text, end + 1, 2, &month);
    if (last != end + 3 || month < 1 || month > 12 || !ends_at(reader->text, last))
        return NONE;
    pv_date_fill_months(out, PV_DATE_PRECISION_MONTH, year, month, year, month);
    return last;
}

/* A date that says its year, at offset. alone: a year without more may be one. */
static size_t read_date(const interval_reader *reader, size_t offset, pv_date_mention *out) {
    size_t end = pv_date_read_at(reader->text, offset, reader->options, out);
    if (end == NONE)
        end = read_figured_month(reader, offset, out);
    if (end == NONE)
        end = read_whole_year(reader, offset, out);
    if (end != NONE)
        out->at = (pv_span){(uint32_t)offset, (uint32_t)end};
    if (end != NONE && out->reading != PV_DATE_AMBIGUOUS)
        out->other = out->first;
    return end;
}

/* What stands for the end of what goes on. */
static size_t read_present(pv_str text, size_t offset) {
    static const pv_str words[] = {
        PV_STR("the present"), PV_STR("present"), PV_STR("now"),     PV_STR("today"),
        PV_STR("date"),        PV_STR("ongoing"), PV_STR("current"), PV_STR("the present day"),
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t end = pv_phrasing_phrase_after(text, offset, words[i]);
        if (end != NONE && pv_phrasing_skip_blanks(text, offset) == offset)
            return end;
    }
    return NONE;
}

static size_t check_order(interval_reader *reader, const pv_interval *found, size_t end) {
    if (found->from.reading == PV_DATE_IMPOSSIBLE || found->to.reading == PV_DATE_IMPOSSIBLE)
        return fail(reader, PV_DATING_IMPOSSIBLE);
    if (found->from.reading == PV_DATE_AMBIGUOUS || found->to.reading == PV_DATE_AMBIGUOUS)
        return fail(reader, PV_DATING_AMBIGUOUS);
    return pv_date_compare(found->from.first, found->to.last) <= 0 ? end : fail(reader, PV_DATING_REVERSED);
}

/* ---- the whole ---- */

/* The interval that starts at offset; single: one date is one too. */
static size_t read_interval(interval_reader *reader, size_t offset, bool single, pv_interval *out) {
    int year;
    pv_str text = reader->text;
    size_t year_end = read_year(reader, offset, &year);
    size_t end = year_end == NONE ? NONE : read_short_year(reader, year_end, year, &out->from, &out->to);
    if (reader->fault != PV_DATING_FINE)
        return NONE;
    if (end != NONE && out->from.precision == PV_DATE_PRECISION_YEAR) {
        out->from.at = (pv_span){(uint32_t)offset, (uint32_t)year_end};
        out->to.at = (pv_span){(uint32_t)end - 2, (uint32_t)end};
        return end;
    }
    end = read_date(reader, offset, &out->from);
    if (end == NONE)
        return NONE;
    size_t next = pv_date_after_range_joint(text, end);
    size_t present = next == NONE ? NONE : read_present(text, next);
    if (present != NONE && (out->open = true))
        return out->from.reading == PV_DATE_CLEAR ? present : fail(reader, PV_DATING_AMBIGUOUS);
    size_t last = next == NONE ? NONE : read_date(reader, next, &out->to);
    bool is_year = out->to.precision == PV_DATE_PRECISION_YEAR;
    if (last != NONE && (!is_year || ends_at(text, last)))
        return check_order(reader, out, last);
    out->to = out->from;
    bool over_two = out->from.precision == PV_DATE_PRECISION_YEAR && out->from.first.year < out->from.last.year;
    return (single || over_two) && ends_at(text, end) ? check_order(reader, out, end) : NONE;
}

/* Whether figures at offset may begin an interval in a text: they are no part of a number or code, and no money. */
static bool may_begin(pv_str text, size_t offset) {
    if (!pv_digit_at(text, offset))
        return pv_phrasing_word_character_at(text, offset);
    return !pv_phrasing_glued_before(text, offset) && !pv_phrasing_labels_number(text, offset) &&
           !has_currency_before(text, offset);
}

bool pv_intervals_find(pv_arena *arena, pv_str text, pv_date_order order, pv_interval_list *out, pv_error *error) {
    pv_buf found = pv_gather_start(arena);
    for (size_t offset = 0; offset < text.size;) {
        interval_reader reader = {.text = text, .options = {.order = order}, .first_year = PV_NUMBER_FIRST_YEAR};
        pv_interval interval = {0};
        size_t end = may_begin(text, offset) ? read_interval(&reader, offset, false, &interval) : NONE;
        if (end == NONE) { /* past the date that cannot begin one, not into it */
            bool past = reader.fault != PV_DATING_FINE && interval.from.at.end > offset;
            offset = past ? interval.from.at.end : pv_phrasing_step_over(text, offset);
            continue;
        }
        interval.at = (pv_span){(uint32_t)offset, (uint32_t)end};
        if (interval.open)
            interval.to = (pv_date_mention){0};
        pv_gather_add(&found, &interval, sizeof interval);
        offset = end;
    }
    out->intervals = pv_gather_finish(&found, arena, sizeof *out->intervals, &out->count, error);
    return out->intervals != NULL;
}

/* ---- values of a form ---- */

/* "12/13", "03-14", "03–14". */
static bool has_short_years(pv_str text) {
    int figure;
    size_t length;
    size_t end = pv_date_read_digits(text, 0, 2, &figure);
    if (end == NONE)
        return false;
    uint32_t mark = pv_phrasing_character_at(text, end, &length);
    return (mark == '/' || pv_phrasing_is_hyphen(mark)) &&
           pv_date_read_digits(text, end + length, 2, &figure) == text.size;
}

/* "since 2004", "from 2004", "2004 onwards", "2004–": what goes on, and says so otherwise than by an end. */
static bool read_open(const interval_reader *reader, pv_interval *out) {
    pv_str text = reader->text;
    size_t start = pv_phrasing_phrase_after(text, 0, PV_STR("since"));
    if (start == NONE)
        start = pv_phrasing_phrase_after(text, 0, PV_STR("from"));
    bool begun = start != NONE;
    size_t end = read_date(reader, begun ? pv_phrasing_skip_blanks(text, start) : 0, &out->from);
    if (end == NONE || out->from.reading != PV_DATE_CLEAR)
        return false;
    size_t onwards = pv_phrasing_phrase_after(text, end, PV_STR("onwards"));
    size_t onward = pv_phrasing_phrase_after(text, end, PV_STR("onward"));
    out->open = true;
    out->to = (pv_date_mention){0};
    return (begun && end == text.size) || onwards == text.size || onward == text.size ||
           (end < text.size && pv_date_after_range_joint(text, end) == text.size);
}

pv_dating_fault pv_interval_read(pv_str text, pv_date_order order, pv_interval *out) {
    interval_reader reader = {.text = text, .options = {.order = order}, .first_year = FIRST_YEAR_OF_A_FORM};
    size_t from = pv_phrasing_phrase_after(text, 0, PV_STR("from"));
    size_t start = from == NONE ? 0 : pv_phrasing_skip_blanks(text, from);
    *out = (pv_interval){.at = {0, (uint32_t)text.size}};
    if (read_interval(&reader, start, from == NONE, out) == text.size) {
        if (out->open)
            out->to = (pv_date_mention){0};
        return PV_DATING_FINE;
    }
    if (reader.fault != PV_DATING_FINE)
        return reader.fault;
    *out = (pv_interval){.at = out->at};
    if (read_open(&reader, out))
        return PV_DATING_FINE;
    return has_short_years(text) ? PV_DATING_SHORT_YEARS : PV_DATING_OTHER;
}

/* "09/2011" */
static size_t read_slashed_month(pv_str text, pv_date_mention *out) {
    int month, year;
    size_t end = pv_date_read_digits(text, 0, 2, &month);
    if (end == NONE || end >= text.size || text.data[end] != '/' || month < 1 || month > 12)
        return NONE;
    size_t last = pv_date_read_digits(text, end + 1, 4, &year);
    if (last != end + 5 || year < FIRST_YEAR_OF_A_FORM)
        return NONE;
    pv_date_fill_months(out, PV_DATE_PRECISION_MONTH, year, month, year, month);
    return last;
}

pv_dating_fault pv_month_read(pv_str text, pv_date_mention *out) {
    interval_reader reader = {.text = text, .first_year = FIRST_YEAR_OF_A_FORM};
    *out = (pv_date_mention){0};
    size_t end = read_figured_month(&reader, 0, out);
    if (end == NONE)
        end = read_slashed_month(text, out);
    if (end == NONE)
        end = pv_date_read_at(text, 0, reader.options, out);
    out->at = (pv_span){0, (uint32_t)text.size};
    out->other = out->first;
    return end == text.size && out->precision == PV_DATE_PRECISION_MONTH ? PV_DATING_FINE : PV_DATING_OTHER;
}

pv_dating_fault pv_year_read(pv_str text, pv_date_mention *out) {
    int year;
    *out = (pv_date_mention){0};
    size_t end = pv_date_read_digits(text, 0, 4, &year);
    if (end != 4 || end != text.size || year < FIRST_YEAR_OF_A_FORM)
        return PV_DATING_OTHER;
    pv_date_fill_months(out, PV_DATE_PRECISION_YEAR, year, 1, year, 12);
    out->at = (pv_span){0, 4};
    return PV_DATING_FINE;
}
