#include "text/durations.h"

#include "text/gather.h"
#include "text/phrasing.h"
#include "text/qualifiers.h"

static const pv_str articles[] = {{"a", 1}, {"an", 2}, {"the", 3}};

/* What before a period makes it the interval of a frequency. */
static const pv_str interval_words[] = {{"every", 5}, {"each", 4}, {"per", 3}};

/* What between a period and a unit makes it so much of that: "seven days a week". */
static const pv_str share_words[] = {{"a", 1}, {"per", 3}, {"each", 4}, {"every", 5}};

/* What after it makes it an age. */
static const pv_str age_words[] = {{"old", 3}, {"-old", 4}, {"of age", 6}};

static bool any_before(pv_str text, size_t offset, const pv_str *phrases, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_phrasing_phrase_before(text, offset, phrases[i]) != SIZE_MAX)
            return true;
    return false;
}

static bool any_after(pv_str text, size_t offset, const pv_str *phrases, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_phrasing_phrase_after(text, offset, phrases[i]) != SIZE_MAX)
            return true;
    return false;
}

/* The qualifier, also over an article: "no more than a two-week period". */
static pv_qualifier qualifier_of(pv_str text, pv_span at) {
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        size_t start = pv_phrasing_phrase_before(text, at.start, articles[i]);
        if (start != SIZE_MAX)
            at.start = (uint32_t)start;
    }
    pv_qualifier qualifier = pv_qualifier_of(text, at);
    bool within = pv_phrasing_phrase_before(text, at.start, PV_STR("within")) != SIZE_MAX;
    return qualifier == PV_QUALIFIER_NONE && within ? PV_QUALIFIER_AT_MOST : qualifier;
}

/* "three quarters of the sites", "seven days a week". */
static bool may_be_share(pv_str text, const pv_duration *read) {
    for (size_t i = 0; i < sizeof share_words / sizeof share_words[0]; i++) {
        pv_time_unit whole;
        size_t end = pv_phrasing_phrase_after(text, read->at.end, share_words[i]);
        if (end != SIZE_MAX && pv_period_read_unit(text, end, &whole) != SIZE_MAX)
            return true;
    }
    return read->unit == PV_TIME_QUARTER && pv_phrasing_phrase_after(text, read->at.end, PV_STR("of")) != SIZE_MAX;
}

/* Whether what was read stands for itself. */
static bool is_duration(pv_str text, const pv_duration *read) {
    return !may_be_share(text, read) &&
           !any_before(text, read->at.start, interval_words, sizeof interval_words / sizeof interval_words[0]) &&
           !any_after(text, read->at.end, age_words, sizeof age_words / sizeof age_words[0]);
}

static void add_duration(pv_str text, pv_duration read, bool only_qualified, pv_buf *found) {
    read.qualifier = qualifier_of(text, read.at);
    if ((read.qualifier != PV_QUALIFIER_NONE || !only_qualified) && is_duration(text, &read))
        pv_gather_add(found, &read, sizeof read);
}

/* "30 days". Where the number has no unit, *end is where it ends. False only for a number too long. */
static bool read_numbered(pv_str text, const pv_term *number, pv_buf *found, size_t *end, pv_error *error) {
    pv_duration duration = {.value = number->number.value, .upper = number->upper.value};
    size_t unit_end = pv_period_read_unit(text, number->at.end, &duration.unit);
    *end = unit_end == SIZE_MAX ? number->at.end : unit_end;
    if (unit_end == SIZE_MAX)
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
    size_t unit_end = pv_period_read_unit(text, end, &duration.unit);
    if (unit_end == SIZE_MAX)
        return end;
    duration.at = (pv_span){(uint32_t)offset, (uint32_t)unit_end};
    add_duration(text, duration, true, found);
    return unit_end;
}

static bool gather_durations(pv_str text, pv_buf *found, pv_error *error) {
    for (size_t offset = 0; offset < text.size;) {
        pv_term number;
        pv_number_reading reading = pv_period_read_number(text, offset, &number);
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
