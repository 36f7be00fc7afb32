#include "text/periods.h"

#include "base/array.h"
#include "text/numbers_p.h"
#include "text/phrasing_p.h"

#define NONE SIZE_MAX    /* where a reader returns the end of what it read: it read nothing */
#define MOST_NUMBER 9999 /* "every 10,000 years": more is no frequency, and the rates below stay within 32 bits */

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
};

static const pv_str articles[] = {PV_STR("a"), PV_STR("an"), PV_STR("the")};

/* What before a period makes it the interval of a frequency. */
static const pv_str interval_words[] = {PV_STR("every"), PV_STR("each"), PV_STR("per")};

/* What between a period and a unit makes it so much of that: "seven days a week". */
static const pv_str share_words[] = {PV_STR("a"), PV_STR("per"), PV_STR("each"), PV_STR("every")};

/* What after it makes it an age. */
static const pv_str age_words[] = {PV_STR("old"), PV_STR("-old"), PV_STR("of age")};

/* From the lower to the higher whole number. */
typedef struct number_range {
    uint32_t low;
    uint32_t high;
} number_range;

typedef struct frequency_word {
    pv_str word; /* a hyphen after its prefix is passed over */
    pv_time_unit unit;
    number_range times; /* in one unit; two readings where they differ */
    number_range units; /* or once in so many */
} frequency_word;

static const frequency_word frequency_words[] = {
    {PV_STR("daily"), PV_TIME_DAY, {1, 1}, {1, 1}},         {PV_STR("weekly"), PV_TIME_WEEK, {1, 1}, {1, 1}},
    {PV_STR("semiweekly"), PV_TIME_WEEK, {2, 2}, {1, 1}},   {PV_STR("biweekly"), PV_TIME_WEEK, {1, 2}, {1, 2}},
    {PV_STR("fortnightly"), PV_TIME_WEEK, {1, 1}, {2, 2}},  {PV_STR("monthly"), PV_TIME_MONTH, {1, 1}, {1, 1}},
    {PV_STR("semimonthly"), PV_TIME_MONTH, {2, 2}, {1, 1}}, {PV_STR("bimonthly"), PV_TIME_MONTH, {1, 2}, {1, 2}},
    {PV_STR("quarterly"), PV_TIME_QUARTER, {1, 1}, {1, 1}}, {PV_STR("yearly"), PV_TIME_YEAR, {1, 1}, {1, 1}},
    {PV_STR("annual"), PV_TIME_YEAR, {1, 1}, {1, 1}},       {PV_STR("annually"), PV_TIME_YEAR, {1, 1}, {1, 1}},
    {PV_STR("halfyearly"), PV_TIME_YEAR, {2, 2}, {1, 1}},   {PV_STR("semiannual"), PV_TIME_YEAR, {2, 2}, {1, 1}},
    {PV_STR("semiannually"), PV_TIME_YEAR, {2, 2}, {1, 1}}, {PV_STR("biannual"), PV_TIME_YEAR, {2, 2}, {1, 1}},
    {PV_STR("biannually"), PV_TIME_YEAR, {2, 2}, {1, 1}},   {PV_STR("biyearly"), PV_TIME_YEAR, {1, 2}, {1, 2}},
    {PV_STR("biennial"), PV_TIME_YEAR, {1, 1}, {2, 2}},     {PV_STR("biennially"), PV_TIME_YEAR, {1, 1}, {2, 2}},
    {PV_STR("triennial"), PV_TIME_YEAR, {1, 1}, {3, 3}},    {PV_STR("triennially"), PV_TIME_YEAR, {1, 1}, {3, 3}},
};

/* What joins a number of times to the period they fall in; longer ones first. */
static const pv_str per_phrases[] = {
    PV_STR("during each"), PV_STR("during every"), PV_STR("within each"), PV_STR("within every"),
    PV_STR("in each"),     PV_STR("in every"),     PV_STR("in a"),        PV_STR("each"),
    PV_STR("every"),       PV_STR("per"),          PV_STR("a"),
};

typedef struct times_word {
    pv_str word;
    uint32_t value;
} times_word;

static const times_word times_words[] = {{PV_STR("once"), 1}, {PV_STR("twice"), 2}, {PV_STR("thrice"), 3}};

/* "every other month" is every two months. */
static const times_word ordinal_words[] = {{PV_STR("other"), 2}, {PV_STR("second"), 2}, {PV_STR("third"), 3}};

/* What may stand between a qualifier and the frequency: "at least on a quarterly basis". */
static const pv_str fillers[] = {PV_STR("on a"), PV_STR("on an"), PV_STR("a"), PV_STR("an")};

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

static size_t read_singular(pv_str text, size_t offset, pv_str singular) {
    size_t end = pv_phrasing_word_end(text, offset);
    pv_str word = pv_str_slice(text, offset, end);
    if (word.size == singular.size + 1 && (word.data[singular.size] == 's' || word.data[singular.size] == 'S'))
        word.size--;
    return pv_str_equal_ascii_folded(word, singular) ? end : NONE;
}

static size_t read_unit_words(pv_str text, size_t offset, const unit_words *unit) {
    size_t at = pv_phrasing_after_joint(text, offset);
    if (at != NONE && unit->kind.size > 0) {
        size_t kind_end = pv_phrasing_word_end(text, at);
        bool is_kind = pv_str_equal_ascii_folded(pv_str_slice(text, at, kind_end), unit->kind);
        at = is_kind ? pv_phrasing_after_joint(text, kind_end) : NONE;
    }
    return at == NONE ? NONE : read_singular(text, at, unit->word);
}

/* Reads the unit, singular or plural, that blanks or one hyphen join to what ends at offset; its end, or NONE. */
static size_t read_period_unit(pv_str text, size_t offset, pv_time_unit *out) {
    for (size_t i = 0; i < sizeof time_units / sizeof time_units[0]; i++) {
        size_t end = read_unit_words(text, offset, &time_units[i]);
        if (end != NONE) {
            *out = time_units[i].unit;
            return end;
        }
    }
    return NONE;
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

/* Reads the number, or the range of two, that starts at offset, which is not inside a word: "5", "3 to 5", "five (5)";
 * also the "30" of "30-day". Of a number in words beyond pv_number_read's, as "one hundred eighty (180)", the figures
 * are taken. Unclear when it has a unit of its own (percent, money) or is repeated and differs: to be passed over as a
 * whole. */
static pv_number_reading read_period_number(pv_str text, size_t offset, pv_term *out) {
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
        if (end != NONE && read_period_unit(text, end, &whole) != NONE)
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
    size_t unit_end = read_period_unit(text, number->at.end, &duration.unit);
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
    size_t unit_end = read_period_unit(text, end, &duration.unit);
    if (unit_end == NONE)
        return end;
    duration.at = (pv_span){(uint32_t)offset, (uint32_t)unit_end};
    add_duration(text, duration, true, found);
    return unit_end;
}

static bool gather_durations(pv_str text, pv_buf *found, pv_error *error) {
    for (size_t offset = 0; offset < text.size;) {
        pv_term number;
        pv_number_reading reading = read_period_number(text, offset, &number);
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

/* ---- frequencies ---- */

/* From the rarer to the more frequent. */
typedef struct rate_range {
    pv_rate low;
    pv_rate high;
    bool ambiguous; /* two readings of one word, not a range */
} rate_range;

static pv_rate rate_of(uint64_t times, uint64_t years) {
    uint64_t divisor = times;
    for (uint64_t rest = years; rest > 0;) {
        uint64_t next = divisor % rest;
        divisor = rest;
        rest = next;
    }
    return (pv_rate){(uint32_t)(times / divisor), (uint32_t)(years / divisor)};
}

static pv_rate scaled(pv_rate rate, uint32_t times, uint32_t intervals) {
    return rate_of((uint64_t)rate.times * times, (uint64_t)rate.years * intervals);
}

int pv_rate_compare(pv_rate a, pv_rate b) {
    uint64_t left = (uint64_t)a.times * b.years;
    uint64_t right = (uint64_t)b.times * a.years;
    return (left > right) - (left < right);
}

/* How often the unit passes; false for days of which no year has the same number. */
static bool unit_rate(pv_time_unit unit, pv_rate *out) {
    static const pv_rate rates[] = {
        [PV_TIME_DAY] = {146097, 400},   [PV_TIME_CALENDAR_DAY] = {146097, 400},
        [PV_TIME_BUSINESS_DAY] = {0, 1}, [PV_TIME_WORKING_DAY] = {0, 1},
        [PV_TIME_WEEK] = {20871, 400},   [PV_TIME_MONTH] = {12, 1},
        [PV_TIME_QUARTER] = {4, 1},      [PV_TIME_YEAR] = {1, 1},
    };
    *out = rates[unit];
    return out->times > 0;
}

/* The whole number, or the range of two, at offset; its end. */
static size_t read_number(pv_str text, size_t offset, number_range *out) {
    pv_term term;
    int64_t low, high;
    if (read_period_number(text, offset, &term) != PV_NUMBER_CLEAR || term.number.too_long || term.upper.too_long ||
        !pv_decimal_to_integer(term.number.value, &low) || !pv_decimal_to_integer(term.upper.value, &high))
        return NONE;
    *out = (number_range){(uint32_t)low, (uint32_t)high};
    return low > 0 && high <= MOST_NUMBER ? term.at.end : NONE;
}

static size_t read_one_of(pv_str text, size_t offset, const times_word *words, size_t count, number_range *out) {
    for (size_t i = 0; i < count; i++) {
        size_t end = pv_phrasing_phrase_after(text, offset, words[i].word);
        if (end != NONE) {
            *out = (number_range){words[i].value, words[i].value};
            return end;
        }
    }
    return NONE;
}

/* "month", "three months", "other month": what follows "every". */
static size_t read_interval(pv_str text, size_t offset, rate_range *out) {
    number_range units = {1, 1};
    size_t end = read_one_of(text, offset, ordinal_words, sizeof ordinal_words / sizeof ordinal_words[0], &units);
    if (end == NONE)
        end = read_number(text, pv_phrasing_skip_blanks(text, offset), &units);
    pv_time_unit unit;
    pv_rate rate;
    end = read_period_unit(text, end == NONE ? offset : end, &unit);
    if (end == NONE || !unit_rate(unit, &rate))
        return NONE;
    *out = (rate_range){scaled(rate, 1, units.high), scaled(rate, 1, units.low), false};
    return end;
}

/* End of word at offset, which is where a word starts; one hyphen inside it is passed over. */
static size_t match_word(pv_str text, size_t offset, pv_str word) {
    size_t at = offset;
    bool passed = false;
    for (size_t i = 0; i < word.size; i++) {
        size_t length;
        if (i > 0 && !passed && pv_phrasing_is_hyphen(pv_phrasing_character_at(text, at, &length))) {
            passed = true;
            at += length;
        }
        if (at >= text.size || pv_ascii_lower(text.data[at]) != word.data[i])
            return NONE;
        at++;
    }
    return pv_phrasing_word_character_at(text, at) ? NONE : at;
}

/* "quarterly", "bi-weekly". "Activities of daily living" are none. */
static size_t read_word(pv_str text, size_t offset, rate_range *out) {
    for (size_t i = 0; i < sizeof frequency_words / sizeof frequency_words[0]; i++) {
        const frequency_word *word = &frequency_words[i];
        size_t end = match_word(text, offset, word->word);
        pv_rate rate;
        if (end == NONE || !unit_rate(word->unit, &rate))
            continue;
        *out = (rate_range){
            .low = scaled(rate, word->times.low, word->units.high),
            .high = scaled(rate, word->times.high, word->units.low),
            .ambiguous = word->times.low < word->times.high,
        };
        return pv_phrasing_phrase_after(text, end, PV_STR("living")) == NONE ? end : NONE;
    }
    return NONE;
}

/* "once", "four (4) times"; its end. */
static size_t read_times(pv_str text, size_t offset, number_range *out) {
    size_t end = read_one_of(text, offset, times_words, sizeof times_words / sizeof times_words[0], out);
    if (end != NONE)
        return end;
    end = read_number(text, offset, out);
    if (end == NONE)
        return NONE;
    size_t times_end = pv_phrasing_phrase_after(text, end, PV_STR("times"));
    return times_end != NONE ? times_end : pv_phrasing_phrase_after(text, end, PV_STR("time"));
}

/* "a year", "every two years", "yearly": what the times before offset fall in. */
static size_t read_per(pv_str text, size_t offset, rate_range *out) {
    for (size_t i = 0; i < sizeof per_phrases / sizeof per_phrases[0]; i++) {
        size_t end = pv_phrasing_phrase_after(text, offset, per_phrases[i]);
        if (end != NONE)
            return read_interval(text, end, out);
    }
    size_t at = pv_phrasing_after_joint(text, offset);
    return at == NONE ? NONE : read_word(text, at, out);
}

static size_t read_times_per(pv_str text, size_t offset, rate_range *out) {
    number_range times;
    size_t end = read_times(text, offset, &times);
    end = end == NONE ? NONE : read_per(text, end, out);
    if (end == NONE)
        return NONE;
    out->low = scaled(out->low, times.low, 1);
    out->high = scaled(out->high, times.high, 1);
    return end;
}

static size_t read_every(pv_str text, size_t offset, rate_range *out) {
    size_t end = pv_phrasing_phrase_after(text, offset, PV_STR("every"));
    if (end == NONE)
        end = pv_phrasing_phrase_after(text, offset, PV_STR("each"));
    return end == NONE ? NONE : read_interval(text, end, out);
}

/* Reads the frequency that starts at offset. */
static size_t read_frequency(pv_str text, size_t offset, rate_range *out) {
    if (!pv_phrasing_word_character_at(text, offset))
        return NONE;
    size_t end = read_times_per(text, offset, out);
    if (end == NONE)
        end = read_every(text, offset, out);
    bool ends_compound = pv_phrasing_hyphen_before(text, offset); /* "non-annual" */
    return end == NONE && !ends_compound ? read_word(text, offset, out) : end;
}

/* Where to look on when nothing was read at offset: a number is passed over whole, that no part of it is read. */
static size_t look_on(pv_str text, size_t offset) {
    pv_term number;
    bool none = read_period_number(text, offset, &number) == PV_NUMBER_NONE;
    return none ? pv_phrasing_step_over(text, offset) : number.at.end;
}

/* How text qualifies what stands at these bytes: "at least on a quarterly basis", "annually, at a minimum". */
static pv_qualifier frequency_qualifier(pv_str text, pv_span at) {
    size_t basis_end = pv_phrasing_phrase_after(text, at.end, PV_STR("basis"));
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
        size_t start = pv_phrasing_phrase_before(text, at.start, fillers[i]);
        if (start != NONE) {
            at.start = (uint32_t)start;
            break;
        }
    }
    if (basis_end != NONE)
        at.end = (uint32_t)basis_end;
    return pv_qualifier_of(text, at);
}

bool pv_frequencies_find(pv_arena *arena, pv_str text, pv_frequency_list *out, pv_error *error) {
    pv_buf found = pv_gather_start(arena);
    for (size_t offset = 0; offset < text.size;) {
        rate_range rates;
        size_t end = read_frequency(text, offset, &rates);
        if (end == NONE) {
            offset = look_on(text, offset);
            continue;
        }
        pv_span at = {(uint32_t)offset, (uint32_t)end};
        pv_frequency frequency = {frequency_qualifier(text, at), rates.low, rates.high, rates.ambiguous, at};
        pv_gather_add(&found, &frequency, sizeof frequency);
        offset = end;
    }
    out->frequencies = pv_gather_finish(&found, arena, sizeof *out->frequencies, &out->count, error);
    return out->frequencies != NULL;
}
