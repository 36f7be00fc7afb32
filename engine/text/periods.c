#include "text/periods.h"

#include "text/phrasing.h"

typedef struct unit_words {
    pv_str kind; /* the word before the unit's own, or empty */
    pv_str word; /* singular */
    pv_time_unit unit;
} unit_words;

static const unit_words units[] = {
    {{"", 0}, {"day", 3}, PV_TIME_DAY},
    {{"calendar", 8}, {"day", 3}, PV_TIME_CALENDAR_DAY},
    {{"business", 8}, {"day", 3}, PV_TIME_BUSINESS_DAY},
    {{"working", 7}, {"day", 3}, PV_TIME_WORKING_DAY},
    {{"work", 4}, {"day", 3}, PV_TIME_WORKING_DAY},
    {{"", 0}, {"workday", 7}, PV_TIME_WORKING_DAY},
    {{"", 0}, {"week", 4}, PV_TIME_WEEK},
    {{"calendar", 8}, {"week", 4}, PV_TIME_WEEK},
    {{"", 0}, {"month", 5}, PV_TIME_MONTH},
    {{"calendar", 8}, {"month", 5}, PV_TIME_MONTH},
    {{"", 0}, {"quarter", 7}, PV_TIME_QUARTER},
    {{"calendar", 8}, {"quarter", 7}, PV_TIME_QUARTER},
    {{"", 0}, {"year", 4}, PV_TIME_YEAR},
    {{"calendar", 8}, {"year", 4}, PV_TIME_YEAR},
};

const char *pv_time_unit_name(pv_time_unit unit) {
    static const char *const names[] = {
        [PV_TIME_DAY] = "day",
        [PV_TIME_CALENDAR_DAY] = "calendar day",
        [PV_TIME_BUSINESS_DAY] = "business day",
        [PV_TIME_WORKING_DAY] = "working day",
        [PV_TIME_WEEK] = "week",
        [PV_TIME_MONTH] = "month",
        [PV_TIME_QUARTER] = "quarter",
        [PV_TIME_YEAR] = "year",
    };
    return names[unit];
}

static size_t read_word(pv_str text, size_t offset, pv_str singular) {
    size_t end = pv_phrasing_word_end(text, offset);
    pv_str word = pv_str_slice(text, offset, end);
    if (word.size == singular.size + 1 && (word.data[singular.size] == 's' || word.data[singular.size] == 'S'))
        word.size--;
    return pv_str_equal_ascii_folded(word, singular) ? end : SIZE_MAX;
}

static size_t read_unit_words(pv_str text, size_t offset, const unit_words *unit) {
    size_t at = pv_phrasing_after_joint(text, offset);
    if (at != SIZE_MAX && unit->kind.size > 0) {
        size_t kind_end = pv_phrasing_word_end(text, at);
        bool is_kind = pv_str_equal_ascii_folded(pv_str_slice(text, at, kind_end), unit->kind);
        at = is_kind ? pv_phrasing_after_joint(text, kind_end) : SIZE_MAX;
    }
    return at == SIZE_MAX ? SIZE_MAX : read_word(text, at, unit->word);
}

size_t pv_period_read_unit(pv_str text, size_t offset, pv_time_unit *out) {
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t end = read_unit_words(text, offset, &units[i]);
        if (end != SIZE_MAX) {
            *out = units[i].unit;
            return end;
        }
    }
    return SIZE_MAX;
}

/* Reads the number that parentheses put after another: "five (5)". */
static size_t read_repeated(pv_str text, size_t offset, pv_number *out) {
    size_t open = pv_phrasing_skip_blanks(text, offset);
    if (open >= text.size || text.data[open] != '(' || pv_number_read(text, open + 1, out) != PV_NUMBER_CLEAR)
        return SIZE_MAX;
    size_t close = out->at.end;
    return close < text.size && text.data[close] == ')' ? close + 1 : SIZE_MAX;
}

/* "30-day", "60-90-day": unclear to pv_term_read only for the hyphen that joins the unit. */
static bool joins_unit(pv_str text, size_t offset, const pv_term *term) {
    size_t length;
    bool complete = term->range || (term->number.at.start < term->number.at.end && term->number.at.end == term->at.end);
    return complete && !pv_phrasing_glued_before(text, offset) &&
           pv_phrasing_is_hyphen(pv_phrasing_character_at(text, term->at.end, &length));
}

/* "one hundred eighty (180)". */
static bool read_figures_for_words(pv_str text, size_t offset, pv_term *out) {
    pv_number words;
    pv_number figures;
    if (pv_number_read(text, offset, &words) != PV_NUMBER_UNCLEAR || !words.in_words ||
        read_repeated(text, words.at.end, &figures) == SIZE_MAX)
        return false;
    *out = (pv_term){.number = figures, .upper = figures, .at = words.at};
    return true;
}

pv_number_reading pv_period_read_number(pv_str text, size_t offset, pv_term *out) {
    pv_number_reading reading = pv_term_read(text, offset, out);
    if (reading == PV_NUMBER_NONE)
        return reading;
    bool clear =
        reading == PV_NUMBER_CLEAR || joins_unit(text, offset, out) || read_figures_for_words(text, offset, out);
    if (!clear || out->unit != PV_UNIT_NONE)
        return PV_NUMBER_UNCLEAR;
    pv_number repeated;
    size_t end = out->range ? SIZE_MAX : read_repeated(text, out->at.end, &repeated);
    if (end == SIZE_MAX)
        return PV_NUMBER_CLEAR;
    out->at.end = (uint32_t)end;
    bool same =
        !repeated.too_long && !out->number.too_long && pv_decimal_compare(repeated.value, out->number.value) == 0;
    return same ? PV_NUMBER_CLEAR : PV_NUMBER_UNCLEAR;
}
