#include "text/dates_p.h"

#include <assert.h>

#include "base/array.h"
#include "base/digits.h"
#include "text/numbers_p.h"
#include "text/phrasing_p.h"

#define NONE SIZE_MAX /* where a reader returns the end of what it read: it read nothing */

typedef struct quarter_word {
    pv_str word;
    int quarter;
} quarter_word;

static const quarter_word quarter_words[] = {
    {PV_STR("first"), 1}, {PV_STR("1st"), 1}, {PV_STR("second"), 2}, {PV_STR("2nd"), 2},   {PV_STR("third"), 3},
    {PV_STR("3rd"), 3},   {PV_STR("4th"), 4}, {PV_STR("fourth"), 4}, {PV_STR("final"), 4}, {PV_STR("last"), 4},
};

/* What before a year makes it no calendar year. "program year", "school year" and their like end in the last. */
static const pv_str other_years[] = {
    PV_STR("fy"), PV_STR("sfy"), PV_STR("ffy"), PV_STR("py"), PV_STR("fiscal"), PV_STR("year"), PV_STR("years"),
};

static const pv_str calendar_years[] = {PV_STR("calendar year"), PV_STR("the year"), PV_STR("cy")};

/* End of the run of at most `most` digits at offset. */
size_t pv_date_read_digits(pv_str text, size_t offset, size_t most, int *value) {
    size_t end = offset;
    *value = 0;
    for (; pv_digit_at(text, end); end++) {
        if (end - offset == most)
            return NONE;
        *value = *value * 10 + (text.data[end] - '0');
    }
    return end > offset ? end : NONE;
}

/* False where what ends at offset goes on as another number or word: "2022-23", "2022/3", "2022a". */
static bool ends_at(pv_str text, size_t offset) {
    size_t length;
    if (pv_phrasing_word_character_at(text, offset))
        return false;
    uint32_t next = pv_phrasing_character_at(text, offset, &length);
    bool joins = pv_phrasing_is_hyphen(next) || next == '/' || next == '.' || next == ',' || next == ':';
    return !(joins && pv_digit_at(text, offset + length));
}

/* In words, "in March 2500 people came" is no year; hence the limits. */
static size_t read_year(pv_str text, size_t offset, int *year) {
    size_t end = pv_date_read_digits(text, offset, 4, year);
    bool is_year = end != NONE && *year >= PV_NUMBER_FIRST_YEAR && *year <= PV_NUMBER_LAST_YEAR;
    return is_year && ends_at(text, end) ? end : NONE;
}

/* End of "calendar year" and its like at offset; offset when there is none. "CY2022" is one word. */
static size_t skip_calendar_year(pv_str text, size_t offset) {
    for (size_t i = 0; i < sizeof calendar_years / sizeof calendar_years[0]; i++) {
        size_t end = pv_phrasing_phrase_after(text, offset, calendar_years[i]);
        if (end != NONE)
            return end;
    }
    bool glued = offset + 2 < text.size && pv_digit_at(text, offset + 2) &&
                 pv_str_equal_ascii_folded(pv_str_slice(text, offset, offset + 2), PV_STR("cy"));
    return glued ? offset + 2 : offset;
}

/* The year of the day, month or quarter that ends at offset: after blanks, a comma, a hyphen or a slash, and "of". */
static size_t read_year_after(pv_str text, size_t offset, int *year) {
    bool comma_or_slash = offset < text.size && (text.data[offset] == ',' || text.data[offset] == '/');
    size_t at = comma_or_slash ? offset + 1 : pv_phrasing_after_joint(text, offset);
    if (at == NONE)
        return NONE;
    size_t after_of = pv_phrasing_phrase_after(text, at, PV_STR("of"));
    at = pv_phrasing_skip_blanks(text, after_of == NONE ? at : after_of);
    at = pv_phrasing_skip_blanks(text, skip_calendar_year(text, at));
    return read_year(text, at, year);
}

/* "1", "01", "1st". */
size_t pv_date_read_day(pv_str text, size_t offset, int *day) {
    static const pv_str suffixes[] = {PV_STR("st"), PV_STR("nd"), PV_STR("rd"), PV_STR("th")};
    size_t end = pv_date_read_digits(text, offset, 2, day);
    if (end == NONE || !pv_phrasing_word_character_at(text, end))
        return end;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        size_t suffix_end = pv_phrasing_phrase_after(text, end, suffixes[i]);
        if (suffix_end == end + suffixes[i].size)
            return suffix_end;
    }
    return NONE;
}

/* "July", "jul."; a dot after the whole name ends a sentence. */
size_t pv_date_read_month(pv_str text, size_t offset, int *month) {
    size_t end = pv_phrasing_word_end(text, offset);
    bool abbreviated;
    *month = (int)pv_phrasing_month(pv_str_slice(text, offset, end), &abbreviated);
    if (*month == 0)
        return NONE;
    bool dot = abbreviated && end < text.size && text.data[end] == '.';
    return dot ? end + 1 : end;
}

void pv_date_fill_day(pv_date_mention *out, int year, int month, int day) {
    out->precision = PV_DATE_PRECISION_DAY;
    out->reading = pv_date_make(year, month, day, &out->first) ? PV_DATE_CLEAR : PV_DATE_IMPOSSIBLE;
    out->last = out->first;
    out->other = out->first;
}

void pv_date_fill_months(pv_date_mention *out, pv_date_precision precision, int first_year, int first_month,
                         int last_year, int last_month) {
    out->precision = precision;
    out->reading = PV_DATE_CLEAR;
    bool exist = pv_date_make(first_year, first_month, 1, &out->first) &&
                 pv_date_make(last_year, last_month, pv_date_days_in_month(last_year, last_month), &out->last);
    assert(exist);
    (void)exist;
    out->other = out->first;
}

static size_t found_day(int year, int month, int day, size_t end, pv_date_mention *out) {
    pv_date_fill_day(out, year, month, day);
    return end;
}

/* All the months of year from one to another. */
static size_t found_months(pv_date_precision precision, int year, int from, int to, size_t end, pv_date_mention *out) {
    pv_date_fill_months(out, precision, year, from, year, to);
    return end;
}

static size_t found_quarter(int year, int quarter, size_t end, pv_date_mention *out) {
    return found_months(PV_DATE_PRECISION_QUARTER, year, quarter * 3 - 2, quarter * 3, end, out);
}

/* True for figures that belong to a number or code. A hyphen may join two dates: "30 June-1 July 2022". */
static bool is_part_of_number(pv_str text, size_t offset) {
    return pv_phrasing_glued_before(text, offset) && !pv_phrasing_hyphen_before(text, offset);
}

static size_t found_either(pv_date_order order, int year, int first, int second, size_t end, pv_date_mention *out) {
    pv_date month_first;
    pv_date day_first;
    bool either = pv_date_make(year, first, second, &month_first) && pv_date_make(year, second, first, &day_first);
    if (order == PV_DATE_ORDER_UNKNOWN && either && first != second) {
        (void)found_day(year, first, second, end, out);
        out->reading = PV_DATE_AMBIGUOUS;
        out->other = day_first;
        return end;
    }
    bool is_day_first = order == PV_DATE_ORDER_DAY_FIRST || (order == PV_DATE_ORDER_UNKNOWN && first > 12);
    return is_day_first ? found_day(year, second, first, end, out) : found_day(year, first, second, end, out);
}

/* "2022-07-01", "07/01/2022". */
static size_t read_figures(pv_str text, size_t offset, pv_date_order order, pv_date_mention *out) {
    int parts[3];
    size_t sizes[3];
    uint32_t separator = 0;
    size_t length = 0;
    size_t end = offset;
    for (size_t i = 0; i < 3; i++) {
        size_t start = end + length;
        end = pv_date_read_digits(text, start, 4, &parts[i]);
        if (end == NONE)
            return NONE;
        sizes[i] = end - start;
        uint32_t next = pv_phrasing_character_at(text, end, &length);
        if (i == 0 && (next == '/' || pv_phrasing_is_hyphen(next)))
            separator = next;
        if (i < 2 && (separator == 0 || next != separator))
            return NONE;
    }
    bool goes_on = pv_phrasing_word_character_at(text, end) ||
                   (pv_phrasing_character_at(text, end, &length) == separator && pv_digit_at(text, end + length));
    bool glued = separator == '/' ? is_part_of_number(text, offset) : pv_phrasing_glued_before(text, offset);
    if (goes_on || glued || sizes[1] > 2)
        return NONE;
    if (sizes[0] == 4 && sizes[2] <= 2)
        return found_day(parts[0], parts[1], parts[2], end, out);
    if (sizes[0] <= 2 && sizes[2] == 4)
        return found_either(order, parts[2], parts[0], parts[1], end, out);
    return NONE;
}

size_t pv_date_after_range_joint(pv_str text, size_t offset) {
    static const pv_str words[] = {PV_STR("to"), PV_STR("until"), PV_STR("till"), PV_STR("through"), PV_STR("thru")};
    size_t length;
    size_t at = pv_phrasing_skip_blanks(text, offset);
    uint32_t mark = pv_phrasing_character_at(text, at, &length);
    if (pv_phrasing_is_hyphen(mark) || mark == 0x2014)
        return pv_phrasing_skip_blanks(text, at + length);
    for (size_t i = 0; at > offset && i < sizeof words / sizeof words[0]; i++) {
        size_t end = pv_phrasing_phrase_after(text, at, words[i]);
        size_t next = end == NONE ? NONE : pv_phrasing_skip_blanks(text, end);
        if (next != NONE && next > end)
            return next;
    }
    return NONE;
}

/* The year that the end of a range says of its beginning too, a month that ends at offset: "Jan–Dec 2015". Where the
 * end's month is the earlier one, it is not said. */
static size_t read_year_of_range(pv_str text, size_t offset, int month, int *year) {
    int last_month, day;
    size_t at = pv_date_after_range_joint(text, offset);
    if (at == NONE)
        return NONE;
    size_t day_end = pv_date_read_day(text, at, &day);
    size_t start = day_end == NONE ? at : pv_phrasing_after_joint(text, day_end);
    size_t end = start == NONE ? NONE : pv_date_read_month(text, start, &last_month);
    if (end == NONE)
        return NONE;
    bool capitalised = text.data[start] >= 'A' && text.data[start] <= 'Z';
    size_t figure = pv_phrasing_after_joint(text, end);
    size_t figure_end = day_end == NONE && figure != NONE ? pv_date_read_day(text, figure, &day) : NONE;
    size_t year_end = figure_end == NONE ? NONE : read_year_after(text, figure_end, year);
    if (year_end == NONE)
        year_end = capitalised ? read_year_after(text, end, year) : NONE;
    return year_end != NONE && last_month >= month ? offset : NONE;
}

/* "1 July 2022", "1st of July, 2022". */
static size_t read_day_first(pv_str text, size_t offset, pv_date_mention *out) {
    int day, month, year;
    size_t end = pv_date_read_day(text, offset, &day);
    if (end == NONE || is_part_of_number(text, offset) || pv_phrasing_labels_number(text, offset))
        return NONE;
    size_t after_of = pv_phrasing_phrase_after(text, end, PV_STR("of"));
    size_t at = pv_phrasing_after_joint(text, after_of == NONE ? end : after_of);
    end = at == NONE ? NONE : pv_date_read_month(text, at, &month);
    size_t year_end = end == NONE ? NONE : read_year_after(text, end, &year);
    if (end != NONE && year_end == NONE)
        year_end = read_year_of_range(text, end, month, &year);
    return year_end == NONE ? NONE : found_day(year, month, day, year_end, out);
}

/* "July 1, 2022", "July 2022", "Jan–Dec 2015". Without a day, "may 2022" and "march 2022" are no months but for the
 * capital. */
static size_t read_month_first(pv_str text, size_t offset, pv_date_mention *out) {
    int day, month, year;
    size_t month_end = pv_date_read_month(text, offset, &month);
    if (month_end == NONE)
        return NONE;
    size_t at = pv_phrasing_after_joint(text, month_end);
    size_t day_end = at == NONE ? NONE : pv_date_read_day(text, at, &day);
    size_t end = day_end == NONE ? NONE : read_year_after(text, day_end, &year);
    if (end == NONE && day_end != NONE)
        end = read_year_of_range(text, day_end, month, &year);
    if (end != NONE)
        return found_day(year, month, day, end, out);
    bool capitalised = text.data[offset] >= 'A' && text.data[offset] <= 'Z';
    end = capitalised ? read_year_after(text, month_end, &year) : NONE;
    if (end == NONE && capitalised)
        end = read_year_of_range(text, month_end, month, &year);
    return end == NONE ? NONE : found_months(PV_DATE_PRECISION_MONTH, year, month, month, end, out);
}

/* "Q4", "4Q". */
static size_t read_quarter_sign(pv_str text, size_t offset, int *quarter) {
    size_t end = pv_phrasing_word_end(text, offset);
    if (end != offset + 2)
        return NONE;
    char letter = text.data[offset];
    char figure = text.data[offset + 1];
    if (figure == 'Q' || figure == 'q') {
        letter = figure;
        figure = text.data[offset];
    }
    *quarter = figure - '0';
    return (letter == 'Q' || letter == 'q') && *quarter >= 1 && *quarter <= 4 ? end : NONE;
}

/* "fourth quarter", "4th calendar quarter", "Quarter 4". */
static size_t read_quarter_words(pv_str text, size_t offset, int *quarter) {
    size_t end = pv_phrasing_phrase_after(text, offset, PV_STR("quarter"));
    if (end != NONE) {
        size_t at = pv_phrasing_skip_blanks(text, end);
        size_t figure_end = at > end ? pv_date_read_digits(text, at, 1, quarter) : NONE;
        return figure_end != NONE && *quarter >= 1 && *quarter <= 4 ? figure_end : NONE;
    }
    for (size_t i = 0; i < sizeof quarter_words / sizeof quarter_words[0]; i++) {
        end = pv_phrasing_phrase_after(text, offset, quarter_words[i].word);
        if (end == NONE)
            continue;
        *quarter = quarter_words[i].quarter;
        size_t after_calendar = pv_phrasing_phrase_after(text, end, PV_STR("calendar"));
        return pv_phrasing_phrase_after(text, after_calendar == NONE ? end : after_calendar, PV_STR("quarter"));
    }
    return NONE;
}

static size_t read_quarter(pv_str text, size_t offset, pv_date_mention *out) {
    int quarter, year;
    size_t end = read_quarter_sign(text, offset, &quarter);
    if (end == NONE)
        end = read_quarter_words(text, offset, &quarter);
    if (end == NONE || pv_phrasing_phrase_before(text, offset, PV_STR("fiscal")) != NONE)
        return NONE;
    end = read_year_after(text, end, &year);
    return end == NONE ? NONE : found_quarter(year, quarter, end, out);
}

static bool is_other_year(pv_str text, size_t offset) {
    pv_span at = pv_phrasing_word_before(text, offset);
    pv_str word = pv_str_slice(text, at.start, at.end);
    for (size_t i = 0; i < sizeof other_years / sizeof other_years[0]; i++)
        if (pv_str_equal_ascii_folded(word, other_years[i]))
            return true;
    return false;
}

/* "2022 Q4", and "2022" where that is asked for. */
static size_t read_bare_year(pv_str text, size_t offset, bool alone, pv_date_mention *out) {
    int quarter, year;
    size_t end = read_year(text, offset, &year);
    if (end == NONE || pv_phrasing_glued_before(text, offset) || is_other_year(text, offset) ||
        pv_phrasing_labels_number(text, offset)) /* "Section 1966" */
        return NONE;
    size_t at = pv_phrasing_after_joint(text, end);
    size_t quarter_end = at == NONE ? NONE : read_quarter_sign(text, at, &quarter);
    if (quarter_end != NONE)
        return found_quarter(year, quarter, quarter_end, out);
    size_t next = pv_phrasing_skip_blanks(text, end);
    bool percentage = next < text.size && text.data[next] == '%';
    if (!alone || percentage || pv_phrasing_glued_after(text, end))
        return NONE;
    return found_months(PV_DATE_PRECISION_YEAR, year, 1, 12, end, out);
}

static size_t read_calendar_year(pv_str text, size_t offset, pv_date_mention *out) {
    int year;
    size_t at = skip_calendar_year(text, offset);
    size_t end = at == offset ? NONE : read_year(text, pv_phrasing_skip_blanks(text, at), &year);
    return end == NONE ? NONE : found_months(PV_DATE_PRECISION_YEAR, year, 1, 12, end, out);
}

/* Reads the date that starts at offset, which is not inside a word. */
size_t pv_date_read_at(pv_str text, size_t offset, pv_date_options options, pv_date_mention *out) {
    size_t end = NONE;
    if (pv_digit_at(text, offset)) {
        end = read_figures(text, offset, options.order, out);
        if (end == NONE)
            end = read_day_first(text, offset, out);
        if (end == NONE)
            end = read_bare_year(text, offset, options.bare_years, out);
    } else if (pv_phrasing_word_character_at(text, offset)) {
        end = read_month_first(text, offset, out);
        if (end == NONE)
            end = read_calendar_year(text, offset, out);
    }
    return end == NONE && pv_phrasing_word_character_at(text, offset) ? read_quarter(text, offset, out) : end;
}

const char *pv_date_precision_name(pv_date_precision precision) {
    static const char *const names[] = {
        [PV_DATE_PRECISION_DAY] = "day",
        [PV_DATE_PRECISION_MONTH] = "month",
        [PV_DATE_PRECISION_QUARTER] = "quarter",
        [PV_DATE_PRECISION_YEAR] = "year",
    };
    return names[precision];
}

bool pv_dates_find(pv_arena *arena, pv_str text, pv_date_options options, pv_date_list *out, pv_error *error) {
    pv_buf found = pv_gather_start(arena);
    for (size_t offset = 0; offset < text.size;) {
        pv_date_mention mention = {0};
        size_t end = pv_date_read_at(text, offset, options, &mention);
        if (end == NONE) {
            offset = pv_phrasing_step_over(text, offset);
            continue;
        }
        if (mention.reading != PV_DATE_AMBIGUOUS)
            mention.other = mention.first;
        mention.at = (pv_span){(uint32_t)offset, (uint32_t)end};
        pv_gather_add(&found, &mention, sizeof mention);
        offset = end;
    }
    out->dates = pv_gather_finish(&found, arena, sizeof *out->dates, &out->count, error);
    return out->dates != NULL;
}
