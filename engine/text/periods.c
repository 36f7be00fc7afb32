#include "text/periods.h"

#include "base/array.h"
#include "text/periods_p.h"
#include "text/phrasing_p.h"

#define NONE SIZE_MAX /* where a reader returns the end of what it read: it read nothing */

/* ---- the words for them ---- */

typedef struct unit_words {
    pv_str kind; /* the word before the unit's own, or empty */
    pv_str word; /* singular */
    pv_time_unit unit;
} unit_words;

static const unit_words time_units[] = {
    {PV_STR(""), PV_STR("day"), PV_TIME_DAY},
    {PV_STR("calendar"), PV_STR("day"), PV_TIME_CALENDAR_DAY},
    {PV_STR("business"), PV_STR("day"), PV_TIME_BUSINESS_DAY},
    {PV_STR("working"), PV_STR("day"), PV_TIME_WORKING_DAY},
    {PV_STR("work"), PV_STR("day"), PV_TIME_WORKING_DAY},
    {PV_STR(""), PV_STR("workday"), PV_TIME_WORKING_DAY},
    {PV_STR(""), PV_STR("week"), PV_TIME_WEEK},
    {PV_STR("calendar"), PV_STR("week"), PV_TIME_WEEK},
    {PV_STR(""), PV_STR("month"), PV_TIME_MONTH},
    {PV_STR("calendar"), PV_STR("month"), PV_TIME_MONTH},
    {PV_STR(""), PV_STR("quarter"), PV_TIME_QUARTER},
    {PV_STR("calendar"), PV_STR("quarter"), PV_TIME_QUARTER},
    {PV_STR(""), PV_STR("year"), PV_TIME_YEAR},
    {PV_STR("calendar"), PV_STR("year"), PV_TIME_YEAR},
    {PV_STR(""), PV_STR("wk"), PV_TIME_WEEK},
    {PV_STR(""), PV_STR("qtr"), PV_TIME_QUARTER},
    {PV_STR(""), PV_STR("yr"), PV_TIME_YEAR},
};

static const pv_str articles[] = {PV_STR("a"), PV_STR("an"), PV_STR("the")};

/* What before a period makes it the interval of a frequency. */
static const pv_str interval_words[] = {PV_STR("every"), PV_STR("each"), PV_STR("per")};

/* What between a period and a unit makes it so much of that: "seven days a week". */
static const pv_str share_words[] = {PV_STR("a"), PV_STR("per"), PV_STR("each"), PV_STR("every")};

/* What after it makes it an age. */
static const pv_str age_words[] = {PV_STR("old"), PV_STR("-old"), PV_STR("of age")};

/* ---- a number and its unit of time ---- */

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

size_t pv_period_singular(pv_str text, size_t offset, pv_str singular) {
    size_t end = pv_phrasing_word_end(text, offset);
    pv_str word = pv_str_slice(text, offset, end);
    if (word.size == singular.size + 1 && (word.data[singular.size] == 's' || word.data[singular.size] == 'S'))
        word.size--;
    return pv_str_equal_ascii_folded(word, singular) ? end : NONE;
}

static size_t read_unit_words(pv_str text, size_t at, const unit_words *unit) {
    if (at != NONE && unit->kind.size > 0) {
        size_t kind_end = pv_phrasing_word_end(text, at);
        bool is_kind = pv_str_equal_ascii_folded(pv_str_slice(text, at, kind_end), unit->kind);
        at = is_kind ? pv_phrasing_after_joint(text, kind_end) : NONE;
    }
    return at == NONE ? NONE : pv_period_singular(text, at, unit->word);
}

size_t pv_period_unit_at(pv_str text, size_t offset, pv_time_unit *out) {
    for (size_t i = 0; i < sizeof time_units / sizeof time_units[0]; i++) {
        size_t end = read_unit_words(text, offset, &time_units[i]);
        if (end != NONE) {
            *out = time_units[i].unit;
            return end;
        }
    }
    return NONE;
}

size_t pv_period_unit_after(pv_str text, size_t offset, pv_time_unit *out) {
    return pv_period_unit_at(text, pv_phrasing_after_joint(text, offset), out);
}

/* Reads the number that parentheses put after another: "five (5)". */
static size_t read_repeated(pv_str text, size_t offset, pv_number *out) {
    size_t open = pv_phrasing_skip_blanks(text, offset);
    if (open >= text.size || text.data[open] != '(' || pv_number_read(text, open + 1, out) != PV_NUMBER_CLEAR)
        return NONE;
    size_t close = out->at.end;
    return close < text.size && text.data[close] == ')' ? close + 1 : NONE;
}

/* "30-day", "60-90-day": unclear to pv_term_read only for the hyphen that joins the unit. */
static bool joins_unit(pv_str text, size_t offset, const pv_term *term) {
    size_t length;
    bool repeated = term->at.end > 0 && text.data[term->at.end - 1] == ')' && !term->conflict;
    bool whole = term->number.at.end == term->at.end || repeated;
    bool complete = term->range || (term->number.at.start < term->number.at.end && whole);
    return complete && !pv_phrasing_glued_before(text, offset) &&
           pv_phrasing_is_hyphen(pv_phrasing_character_at(text, term->at.end, &length));
}

/* "one hundred eighty (180)". */
static bool read_figures_for_words(pv_str text, size_t offset, pv_term *out) {
    pv_number words;
    pv_number figures;
    if (pv_number_read(text, offset, &words) != PV_NUMBER_UNCLEAR || !words.in_words ||
        read_repeated(text, words.at.end, &figures) == NONE)
        return false;
    *out = (pv_term){.number = figures, .upper = figures, .at = words.at};
    return true;
}

pv_number_reading pv_period_number(pv_str text, size_t offset, pv_term *out) {
    pv_number_reading reading = pv_term_read(text, offset, out);
    if (reading == PV_NUMBER_NONE)
        return reading;
    bool clear =
        reading == PV_NUMBER_CLEAR || joins_unit(text, offset, out) || read_figures_for_words(text, offset, out);
    if (!clear || out->unit != PV_UNIT_NONE)
        return PV_NUMBER_UNCLEAR;
    pv_number repeated;
    size_t end = out->range ? NONE : read_repeated(text, out->at.end, &repeated);
    if (end == NONE)
        return PV_NUMBER_CLEAR;
    out->at.end = (uint32_t)end;
    bool same =
        !repeated.too_long && !out->number.too_long && pv_decimal_compare(repeated.value, out->number.value) == 0;
    return same ? PV_NUMBER_CLEAR : PV_NUMBER_UNCLEAR;
}

/* ---- durations ---- */

static bool any_before(pv_str text, size_t offset, const pv_str *phrases, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_phrasing_phrase_before(text, offset, phrases[i]) != NONE)
            return true;
    return false;
}

static bool any_after(pv_str text, size_t offset, const pv_str *phrases, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_phrasing_phrase_after(text, offset, phrases[i]) != NONE)
            return true;
    return false;
}

/* The qualifier, also over an article: "no more than a two-week period". */
static pv_qualifier duration_qualifier(pv_str text, pv_span at) {
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        size_t start = pv_phrasing_phrase_before(text, at.start, articles[i]);
        if (start != NONE)
            at.start = (uint32_t)start;
    }
    pv_qualifier qualifier = pv_qualifier_of(text, at);
    bool within = pv_phrasing_phrase_before(text, at.start, PV_STR("within")) != NONE;
    return qualifier == PV_QUALIFIER_NONE && within ? PV_QUALIFIER_AT_MOST : qualifier;
}

/* "three quarters of the sites", "seven days a week". */
static bool may_be_share(pv_str text, const pv_duration *read) {
    for (size_t i = 0; i < sizeof share_words / sizeof share_words[0]; i++) {
        pv_time_unit whole;
        size_t end = pv_phrasing_phrase_after(text, read->at.end, share_words[i]);
        if (end != NONE && pv_period_unit_after(text, end, &whole) != NONE)
            return true;
    }
    return read->unit == PV_TIME_QUARTER && pv_phrasing_phrase_after(text, read->at.end, PV_STR("of")) != NONE;
}

/* Whether what was read stands for itself. */
static bool is_duration(pv_str text, const pv_duration *read) {
    return !may_be_share(text, read) &&
           !any_before(text, read->at.start, interval_words, sizeof interval_words / sizeof interval_words[0]) &&
           !any_after(text, read->at.end, age_words, sizeof age_words / sizeof age_words[0]);
}

static void add_duration(pv_str text, pv_duration read, bool only_qualified, pv_buf *found) {
    read.qualifier = duration_qualifier(text, read.at);
    if ((read.qualifier != PV_QUALIFIER_NONE || !only_qualified) && is_duration(text, &read))
        pv_gather_add(found, &read, sizeof read);
}

/* "30 days". Where the number has no unit, *end is where it ends. False only for a number too long. */
static bool read_numbered(pv_str text, const pv_term *number, pv_buf *found, size_t *end, pv_error *error) {
    pv_duration duration = {.value = number->number.value, .upper = number->upper.value};
    size_t unit_end = pv_period_unit_after(text, number->at.end, &duration.unit);
    *end = unit_end == NONE ? number->at.end : unit_end;
    if (unit_end == NONE)
        return true;
    if (number->number.too_long || number->upper.too_long)
        return pv_number_fail_too_long(error);
    duration.at = (pv_span){number->at.start, (uint32_t)unit_end};
    add_duration(text, duration, false, found);
    return true;
}

/* "within a year": without a qualifier, "a year" is often a rate. Returns where to look on. */
static size_t read_with_article(pv_str text, size_t offset, pv_buf *found) {
    size_t end = pv_phrasing_step_over(text, offset);
    if (!pv_str_equal_ascii_folded(pv_str_slice(text, offset, end), PV_STR("a")))
        return end;
    pv_duration duration = {.value = pv_decimal_from_integer(1), .upper = pv_decimal_from_integer(1)};
    size_t unit_end = pv_period_unit_after(text, end, &duration.unit);
    if (unit_end == NONE)
        return end;
    duration.at = (pv_span){(uint32_t)offset, (uint32_t)unit_end};
    add_duration(text, duration, true, found);
    return unit_end;
}

static bool gather_durations(pv_str text, pv_buf *found, pv_error *error) {
    for (size_t offset = 0; offset < text.size;) {
        pv_term number;
        pv_number_reading reading = pv_period_number(text, offset, &number);
        if (reading == PV_NUMBER_NONE)
            offset = read_with_article(text, offset, found);
        else if (reading == PV_NUMBER_UNCLEAR)
            offset = number.at.end;
        else if (!read_numbered(text, &number, found, &offset, error))
            return false;
    }
    return true;
}

bool pv_durations_find(pv_arena *arena, pv_str text, pv_duration_list *out, pv_error *error) {
    *out = (pv_duration_list){0};
    pv_buf found = pv_gather_start(arena);
    if (!gather_durations(text, &found, error)) {
        pv_buf_clear(&found);
        return false;
    }
    out->durations = pv_gather_finish(&found, arena, sizeof *out->durations, &out->count, error);
    return out->durations != NULL;
}
