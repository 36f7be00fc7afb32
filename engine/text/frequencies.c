#include "text/periods_p.h"

#include "base/array.h"
#include "text/phrasing_p.h"

#define NONE SIZE_MAX    /* where a reader returns the end of what it read: it read nothing */
#define MOST_NUMBER 9999 /* "every 10,000 years": more is no frequency, and the rates below stay within 32 bits */

/* ---- the words for them ---- */

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
    {PV_STR("quarterly"), PV_TIME_QUARTER, {1, 1}, {1, 1}}, {PV_STR("qtly"), PV_TIME_QUARTER, {1, 1}, {1, 1}},
    {PV_STR("qtrly"), PV_TIME_QUARTER, {1, 1}, {1, 1}},     {PV_STR("qrtly"), PV_TIME_QUARTER, {1, 1}, {1, 1}},
    {PV_STR("yearly"), PV_TIME_YEAR, {1, 1}, {1, 1}},       {PV_STR("annual"), PV_TIME_YEAR, {1, 1}, {1, 1}},
    {PV_STR("annually"), PV_TIME_YEAR, {1, 1}, {1, 1}},     {PV_STR("halfyearly"), PV_TIME_YEAR, {2, 2}, {1, 1}},
    {PV_STR("semiannual"), PV_TIME_YEAR, {2, 2}, {1, 1}},   {PV_STR("semiannually"), PV_TIME_YEAR, {2, 2}, {1, 1}},
    {PV_STR("biannual"), PV_TIME_YEAR, {2, 2}, {1, 1}},     {PV_STR("biannually"), PV_TIME_YEAR, {2, 2}, {1, 1}},
    {PV_STR("biyearly"), PV_TIME_YEAR, {1, 2}, {1, 2}},     {PV_STR("biennial"), PV_TIME_YEAR, {1, 1}, {2, 2}},
    {PV_STR("biennially"), PV_TIME_YEAR, {1, 1}, {2, 2}},   {PV_STR("triannual"), PV_TIME_YEAR, {1, 3}, {1, 3}},
    {PV_STR("triannually"), PV_TIME_YEAR, {1, 3}, {1, 3}},  {PV_STR("triennial"), PV_TIME_YEAR, {1, 1}, {3, 3}},
    {PV_STR("triennially"), PV_TIME_YEAR, {1, 1}, {3, 3}},
};

/* What joins a number of times to the period they fall in; longer ones first. */
static const pv_str per_phrases[] = {
    PV_STR("during each"),
    PV_STR("during every"),
    PV_STR("within each"),
    PV_STR("within every"),
    PV_STR("in each"),
    PV_STR("in every"),
    PV_STR("in a"),
    PV_STR("in any"),
    PV_STR("in one"),
    PV_STR("during a"),
    PV_STR("during any"),
    PV_STR("within a"),
    PV_STR("within any"),
    PV_STR("over a"),
    PV_STR("in the"),
    PV_STR("during the"),
    PV_STR("throughout the"),
    PV_STR("over the"),
    PV_STR("each"),
    PV_STR("every"),
    PV_STR("per"),
    PV_STR("a"),
};

typedef struct times_word {
    pv_str word;
    uint32_t value;
} times_word;

static const times_word times_words[] = {{PV_STR("once"), 1}, {PV_STR("twice"), 2}, {PV_STR("thrice"), 3}};

/* "every other month" is every two months. */
static const times_word ordinal_words[] = {
    {PV_STR("other"), 2},  {PV_STR("second"), 2}, {PV_STR("2nd"), 2},   {PV_STR("third"), 3}, {PV_STR("3rd"), 3},
    {PV_STR("fourth"), 4}, {PV_STR("4th"), 4},    {PV_STR("sixth"), 6}, {PV_STR("6th"), 6},
};

/* "every Monday" is weekly, "every January" yearly (months are known to phrasing_p.h). */
static const char *const weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday",   "Friday",    "Saturday",
                                       "Sunday", "Mondays", "Tuesdays",  "Wednesdays", "Thursdays", "Fridays"};

/* The prefixes that a blank may part from the rest of a word. */
static const char *const prefixes[] = {"bi", "semi", "half", "tri"};

/* All four of the quarters, whichever way they are named. */
static const pv_str four_quarters[] = {PV_STR("all four quarters"), PV_STR("each of the four quarters"),
                                       PV_STR("every one of the four quarters")};

/* What may stand between a qualifier and the frequency: "at least on a quarterly basis". */
static const pv_str fillers[] = {PV_STR("on a"), PV_STR("on an"), PV_STR("a"), PV_STR("an")};

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
    if (pv_period_number(text, offset, &term) != PV_NUMBER_CLEAR || term.number.too_long || term.upper.too_long ||
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

/* True when what ends at offset goes on as one word: "each day-long session". */
static bool is_compound(pv_str text, size_t offset) {
    size_t length;
    bool hyphen = pv_phrasing_is_hyphen(pv_phrasing_character_at(text, offset, &length));
    return hyphen && pv_phrasing_word_character_at(text, offset + length) &&
           pv_phrasing_phrase_after(text, offset + length, PV_STR("end")) == NONE;
}

/* The unit that blanks or a hyphen join to what ends at offset, as how often it passes: also weekdays, months of the
 * year and fortnights. */
static size_t read_interval_unit(pv_str text, size_t offset, pv_rate *out) {
    pv_time_unit unit;
    size_t end = pv_period_unit_after(text, offset, &unit);
    if (end != NONE)
        return unit_rate(unit, out) && !is_compound(text, end) ? end : NONE;
    size_t start = pv_phrasing_skip_blanks(text, offset);
    end = pv_phrasing_word_end(text, start);
    pv_str word = pv_str_slice(text, start, end);
    unit_rate(PV_TIME_WEEK, out);
    bool is_weekday = pv_phrasing_is_one_of(word, weekdays, sizeof weekdays / sizeof weekdays[0], pv_str_equal);
    if (start == offset || (is_weekday && pv_phrasing_phrase_after(text, end, PV_STR("of")) != NONE))
        return NONE; /* "every second Monday of the month" */
    if (is_weekday)
        return end;
    if (pv_period_singular(text, start, PV_STR("fortnight")) != NONE) {
        *out = scaled(*out, 1, 2);
        return end;
    }
    unit_rate(PV_TIME_YEAR, out);
    return pv_phrasing_is_month(word) || pv_str_equal_ascii_folded(word, PV_STR("annum")) ? end : NONE;
}

/* "month", "three months", "other month": what follows "every". */
static size_t read_interval(pv_str text, size_t offset, rate_range *out) {
    number_range units = {1, 1};
    size_t end = read_one_of(text, offset, ordinal_words, sizeof ordinal_words / sizeof ordinal_words[0], &units);
    if (end == NONE)
        end = read_number(text, pv_phrasing_skip_blanks(text, offset), &units);
    pv_rate rate;
    end = read_interval_unit(text, end == NONE ? offset : end, &rate);
    if (end == NONE)
        return NONE;
    *out = (rate_range){scaled(rate, 1, units.high), scaled(rate, 1, units.low), false};
    return end;
}

/* End of word at offset, which is where a word starts; one hyphen inside it is passed over, and a blank after a
 * prefix. */
static size_t match_word(pv_str text, size_t offset, pv_str word) {
    size_t at = offset;
    bool passed = false;
    for (size_t i = 0; i < word.size; i++) {
        size_t length;
        uint32_t next = i > 0 && !passed ? pv_phrasing_character_at(text, at, &length) : 0;
        bool blank = next == ' ' && pv_phrasing_is_one_of(pv_str_slice(word, 0, i), prefixes,
                                                          sizeof prefixes / sizeof prefixes[0], pv_str_equal);
        if (blank || (next != 0 && pv_phrasing_is_hyphen(next))) {
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
static size_t read_one_word(pv_str text, size_t offset, rate_range *out) {
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

static pv_rate rarer(pv_rate a, pv_rate b) {
    return pv_rate_compare(a, b) <= 0 ? a : b;
}

/* Also two of them, which is a range: "quarterly or annually". */
static size_t read_word(pv_str text, size_t offset, rate_range *out) {
    size_t end = read_one_word(text, offset, out);
    size_t next = end == NONE ? NONE : pv_phrasing_phrase_after(text, end, PV_STR("or"));
    rate_range other;
    size_t other_end = next == NONE ? NONE : read_one_word(text, pv_phrasing_skip_blanks(text, next), &other);
    if (other_end == NONE)
        return end;
    bool other_is_more = pv_rate_compare(other.high, out->high) > 0;
    *out = (rate_range){rarer(out->low, other.low), other_is_more ? other.high : out->high, false};
    out->ambiguous = false;
    return pv_rate_compare(out->low, out->high) == 0 ? end : other_end;
}

/* "4x", "4 x", "4\u00D7". */
static size_t read_multiple(pv_str text, size_t offset, number_range *out) {
    pv_number number;
    int64_t value;
    if (pv_number_read(text, offset, &number) != PV_NUMBER_CLEAR || number.in_words || number.too_long ||
        pv_phrasing_glued_before(text, offset) || !pv_decimal_to_integer(number.value, &value) || value < 1 ||
        value > MOST_NUMBER)
        return NONE;
    size_t sign = pv_phrasing_skip_blanks(text, number.at.end);
    size_t length;
    uint32_t times = pv_phrasing_character_at(text, sign, &length);
    if ((times != 'x' && times != 'X' && times != 0xD7) || pv_phrasing_word_character_at(text, sign + length))
        return NONE;
    *out = (number_range){(uint32_t)value, (uint32_t)value};
    return sign + length;
}

/* "once", "once or twice", "four (4) times", "4x"; its end. */
static size_t read_times(pv_str text, size_t offset, number_range *out) {
    size_t end = pv_phrasing_phrase_after(text, offset, PV_STR("once or twice"));
    if (end != NONE) {
        *out = (number_range){1, 2};
        return end;
    }
    end = read_one_of(text, offset, times_words, sizeof times_words / sizeof times_words[0], out);
    if (end == NONE)
        end = read_multiple(text, offset, out);
    if (end != NONE)
        return end;
    end = read_number(text, offset, out);
    if (end == NONE)
        return NONE;
    size_t times_end = pv_phrasing_phrase_after(text, end, PV_STR("times"));
    return times_end != NONE ? times_end : pv_phrasing_phrase_after(text, end, PV_STR("time"));
}

/* "four meetings", "one stakeholder meeting", "a call": so many of what happens; *what is the word for it. */
static size_t read_happenings(pv_str text, size_t offset, number_range *out, pv_span *what) {
    enum { MOST_ADJECTIVES = 3 };
    size_t end = pv_phrasing_word_end(text, offset);
    pv_str article = pv_str_slice(text, offset, end);
    *out = (number_range){1, 1};
    if (!pv_str_equal_ascii_folded(article, PV_STR("a")) && !pv_str_equal_ascii_folded(article, PV_STR("an")))
        end = read_number(text, offset, out);
    for (unsigned i = 0; end != NONE && i <= MOST_ADJECTIVES; i++) {
        size_t start = pv_phrasing_after_joint(text, end);
        if (start == NONE)
            break;
        size_t happening = pv_happening_at(text, start);
        bool counted = happening != NONE && pv_happening_is_noun(pv_str_slice(text, start, happening), out->high > 1);
        if (happening != NONE && !counted)
            break;
        if (counted) {
            *what = (pv_span){(uint32_t)start, (uint32_t)happening};
            return happening;
        }
        rate_range other;
        end = pv_phrasing_word_end(text, start);
        if (end == start || read_one_word(text, start, &other) != NONE)
            break;
    }
    return NONE;
}

/* "a year", "every two years", "yearly": what the times before offset fall in. */
static size_t read_per(pv_str text, size_t offset, rate_range *out) {
    pv_time_unit unit;
    bool slash = offset < text.size && text.data[offset] == '/';
    size_t unit_end = slash ? pv_period_unit_at(text, offset + 1, &unit) : NONE;
    if (unit_end != NONE && unit_rate(unit, &out->low)) {
        out->high = out->low;
        return unit_end;
    }
    for (size_t i = 0; i < sizeof per_phrases / sizeof per_phrases[0]; i++) {
        size_t end = pv_phrasing_phrase_after(text, offset, per_phrases[i]);
        if (end == NONE)
            continue;
        end = read_interval(text, end, out);
        bool is_one_of_many = end != NONE && pv_str_ends_with(per_phrases[i], PV_STR("the")) &&
                              pv_phrasing_phrase_after(text, end, PV_STR("of")) != NONE;
        return is_one_of_many ? NONE : end; /* "once in the month of July" */
    }
    size_t annum = pv_phrasing_phrase_after(text, offset, PV_STR("p.a."));
    if (annum == NONE)
        annum = pv_phrasing_phrase_after(text, offset, PV_STR("pa"));
    if (annum != NONE) {
        unit_rate(PV_TIME_YEAR, &out->low);
        out->high = out->low;
        return annum;
    }
    size_t at = pv_phrasing_after_joint(text, offset);
    return at == NONE ? NONE : read_word(text, at, out);
}

static size_t read_times_per(pv_str text, size_t offset, rate_range *out, pv_span *what) {
    number_range times;
    *out = (rate_range){0};
    size_t end = read_times(text, offset, &times);
    if (end == NONE)
        end = read_happenings(text, offset, &times, what);
    end = end == NONE ? NONE : read_per(text, end, out);
    if (end == NONE) {
        *what = (pv_span){0};
        return NONE;
    }
    out->low = scaled(out->low, times.low, 1);
    out->high = scaled(out->high, times.high, 1);
    return end;
}

/* "Q1, Q2, Q3 and Q4", "all four quarters". */
static size_t read_all_quarters(pv_str text, size_t offset, rate_range *out) {
    unit_rate(PV_TIME_QUARTER, &out->low);
    out->high = out->low;
    out->ambiguous = false;
    for (size_t i = 0; i < sizeof four_quarters / sizeof four_quarters[0]; i++) {
        size_t end = pv_phrasing_phrase_after(text, offset, four_quarters[i]);
        if (end != NONE)
            return end;
    }
    size_t at = offset;
    for (int quarter = '1'; quarter <= '4'; quarter++) {
        size_t end = pv_phrasing_word_end(text, at);
        if (end != at + 2 || pv_ascii_lower(text.data[at]) != 'q' || text.data[at + 1] != quarter)
            return NONE;
        if (quarter == '4')
            return end;
        at = pv_phrasing_skip_blanks(text, end);
        if (at < text.size && (text.data[at] == ',' || text.data[at] == '/' || text.data[at] == '&'))
            at = pv_phrasing_skip_blanks(text, at + 1);
        size_t after_and = pv_phrasing_phrase_after(text, at, PV_STR("and"));
        at = after_and == NONE ? at : pv_phrasing_skip_blanks(text, after_and);
    }
    return NONE;
}

static size_t read_every(pv_str text, size_t offset, rate_range *out) {
    size_t end = pv_phrasing_phrase_after(text, offset, PV_STR("every"));
    if (end == NONE)
        end = pv_phrasing_phrase_after(text, offset, PV_STR("each"));
    end = end == NONE ? NONE : read_interval(text, end, out);
    /* "every quarter of a century" */
    bool part = end != NONE && (pv_phrasing_phrase_after(text, end, PV_STR("of a")) != NONE ||
                                pv_phrasing_phrase_after(text, end, PV_STR("of an")) != NONE);
    return part ? NONE : end;
}

/* ---- named months, seasons and quarters ---- */

#define MONTHS 12

/* The first month of what a word names: a month, a season, a quarter; 0 for none. *end: after it. */
static unsigned named_month(pv_str text, size_t offset, size_t *end) {
    static const struct {
        pv_str word;
        unsigned month;
    } words[] = {{PV_STR("spring"), 4},  {PV_STR("summer"), 7}, {PV_STR("fall"), 10},  {PV_STR("autumn"), 10},
                 {PV_STR("winter"), 1},  {PV_STR("Q1"), 1},     {PV_STR("Q2"), 4},     {PV_STR("Q3"), 7},
                 {PV_STR("Q4"), 10},     {PV_STR("first"), 1},  {PV_STR("second"), 4}, {PV_STR("third"), 7},
                 {PV_STR("fourth"), 10}, {PV_STR("1st"), 1},    {PV_STR("2nd"), 4},    {PV_STR("3rd"), 7},
                 {PV_STR("4th"), 10}};
    *end = pv_phrasing_word_end(text, offset);
    pv_str word = pv_str_slice(text, offset, *end);
    bool abbreviated;
    unsigned month = (unsigned)pv_phrasing_month(word, &abbreviated);
    for (size_t i = 0; month == 0 && i < sizeof words / sizeof words[0]; i++)
        if (pv_str_equal_ascii_folded(word, words[i].word))
            month = words[i].month;
    return month;
}

static bool is_ordinal(pv_str word) {
    static const char *const words[] = {"first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th"};
    return pv_phrasing_is_one_of(word, words, sizeof words / sizeof words[0], pv_str_equal_ascii_folded);
}

/* After a day, and a year: "March 3, 2022". */
static size_t skip_day(pv_str text, size_t offset) {
    for (unsigned numbers = 0; numbers < 2; numbers++) {
        size_t at = pv_phrasing_skip_blanks(text, offset);
        if (numbers > 0 && at < text.size && text.data[at] == ',')
            at = pv_phrasing_skip_blanks(text, at + 1);
        size_t end = pv_phrasing_word_end(text, at);
        if (end == at || text.data[at] < '0' || text.data[at] > '9')
            return offset;
        offset = end;
    }
    return offset;
}

/* After what joins two of them, or NONE. */
static size_t skip_joint(pv_str text, size_t offset) {
    size_t at = pv_phrasing_skip_blanks(text, offset);
    bool mark = at < text.size && (text.data[at] == ',' || text.data[at] == '/' || text.data[at] == '&');
    if (mark)
        at = pv_phrasing_skip_blanks(text, at + 1);
    size_t after = pv_phrasing_phrase_after(text, mark ? at - 1 : offset, PV_STR("and"));
    if (after == NONE && at > 0 && !mark)
        return NONE;
    at = after != NONE ? pv_phrasing_skip_blanks(text, after) : at;
    static const pv_str fillers_between[] = {PV_STR("in"), PV_STR("every"), PV_STR("each"), PV_STR("on"),
                                             PV_STR("the")};
    for (size_t i = 0; i < sizeof fillers_between / sizeof fillers_between[0]; i++) {
        size_t end = pv_phrasing_word_end(text, at);
        if (pv_str_equal_ascii_folded(pv_str_slice(text, at, end), fillers_between[i]))
            at = pv_phrasing_skip_blanks(text, end);
    }
    return at;
}

/* How often that is: as many times as are named, and as the longest time between two of them has it. */
static bool rate_of_months(const bool *named, rate_range *out) {
    unsigned count = 0, longest = 0, since = 0;
    for (unsigned month = 0; month < 2 * MONTHS; month++) {
        since++;
        if (!named[month % MONTHS])
            continue;
        count += month < MONTHS;
        if (month >= MONTHS || count > 1)
            longest = since > longest ? since : longest;
        since = 0;
    }
    if (count < 2)
        return false;
    *out = (rate_range){rate_of(MONTHS, longest), rate_of(count, 1), false};
    return true;
}

/* "January, April, July and October", "March 1 and September 1", "the first and third quarter"; two at least. */
static size_t read_named(pv_str text, size_t offset, rate_range *out) {
    bool named[MONTHS] = {false};
    size_t end = NONE;
    bool ordinals = is_ordinal(pv_str_slice(text, offset, pv_phrasing_word_end(text, offset)));
    for (size_t at = offset; at != NONE && at < text.size;) {
        size_t after;
        unsigned month = named_month(text, at, &after);
        if (month == 0 || is_ordinal(pv_str_slice(text, at, after)) != ordinals)
            break;
        named[month - 1] = true;
        end = ordinals ? after : skip_day(text, after);
        at = skip_joint(text, end);
    }
    if (end == NONE || !rate_of_months(named, out))
        return NONE;
    if (!ordinals)
        return end;
    size_t quarters = pv_phrasing_phrase_after(text, end, PV_STR("quarters"));
    return quarters != NONE ? quarters : pv_phrasing_phrase_after(text, end, PV_STR("quarter"));
}

/* "of each year", "every year", "annually": after what repeats every year, or NONE. */
static size_t skip_yearly(pv_str text, size_t offset) {
    static const pv_str words[] = {PV_STR("of each year"), PV_STR("of every year"), PV_STR("of the year"),
                                   PV_STR("each year"),    PV_STR("every year"),    PV_STR("annually"),
                                   PV_STR("yearly"),       PV_STR("a year"),        PV_STR("per year")};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t end = pv_phrasing_phrase_after(text, offset, words[i]);
        if (end != NONE)
            return end;
    }
    return NONE;
}

/* Whether "in", "on" or "during" stands before offset. */
static bool is_led(pv_str text, size_t offset) {
    static const char *const before[] = {"in", "on", "during"};
    pv_span word = pv_phrasing_word_before(text, offset);
    if (pv_str_equal_ascii_folded(pv_str_slice(text, word.start, word.end), PV_STR("the")))
        word = pv_phrasing_word_before(text, word.start);
    return pv_phrasing_is_one_of(pv_str_slice(text, word.start, word.end), before, sizeof before / sizeof before[0],
                                 pv_str_equal_ascii_folded);
}

/* "every January and July", "in March and September", "January, April, July and October of each year". */
static size_t read_calendar(pv_str text, size_t offset, rate_range *out) {
    static const char *const every[] = {"every", "each"};
    size_t word = pv_phrasing_word_end(text, offset);
    bool led = pv_phrasing_is_one_of(pv_str_slice(text, offset, word), every, sizeof every / sizeof every[0],
                                     pv_str_equal_ascii_folded);
    size_t end = read_named(text, led ? pv_phrasing_skip_blanks(text, word) : offset, out);
    size_t yearly = end == NONE ? NONE : skip_yearly(text, end);
    if (yearly != NONE)
        return yearly;
    return end != NONE && (led || is_led(text, offset)) ? end : NONE;
}

/* What brackets say of a frequency, "quarterly (March, September)", makes it the less sure where it says another. */
static void read_brackets(pv_str text, size_t offset, rate_range *out) {
    size_t open = pv_phrasing_skip_blanks(text, offset);
    rate_range inner;
    if (open >= text.size || text.data[open] != '(' || read_named(text, open + 1, &inner) == NONE)
        return;
    if (pv_rate_compare(inner.high, out->low) < 0 || pv_rate_compare(inner.low, out->high) > 0) {
        bool less = pv_rate_compare(inner.low, out->low) < 0;
        out->low = less ? inner.low : out->low;
        out->high = pv_rate_compare(inner.high, out->high) > 0 ? inner.high : out->high;
        out->ambiguous = true;
    }
}

/* Nearly no word begins a frequency: those that cannot are told by their first byte. */
static bool may_begin(pv_str text, size_t offset) {
    switch (pv_ascii_lower(text.data[offset])) {
    case 'c':
    case 'g':
    case 'i':
    case 'k':
    case 'l':
    case 'p':
    case 'r':
    case 'u':
    case 'v':
        return false;
    default:
        return true;
    }
}

/* Reads the frequency that starts at offset; *word: whether it is one word, as "quarterly"; *what: of "four meetings a
 * year", the meetings, otherwise empty. */
static size_t read_frequency(pv_str text, size_t offset, rate_range *out, bool *word, pv_span *what) {
    *word = false;
    *what = (pv_span){0};
    if (!pv_phrasing_word_character_at(text, offset) || !may_begin(text, offset))
        return NONE;
    size_t end = read_times_per(text, offset, out, what);
    if (end == NONE)
        end = read_calendar(text, offset, out);
    if (end == NONE)
        end = read_every(text, offset, out);
    if (end == NONE)
        end = read_all_quarters(text, offset, out);
    if (end != NONE || pv_phrasing_hyphen_before(text, offset)) /* "non-annual" */
        return end;
    *word = true;
    return read_word(text, offset, out);
}

/* Where to look on when nothing was read at offset: a number is passed over whole, that no part of it is read. */
static size_t look_on(pv_str text, size_t offset) {
    pv_term number;
    bool none = pv_period_number(text, offset, &number) == PV_NUMBER_NONE;
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
        bool word;
        pv_span what;
        size_t end = read_frequency(text, offset, &rates, &word, &what);
        if (end == NONE) {
            offset = look_on(text, offset);
            continue;
        }
        pv_span at = {(uint32_t)offset, (uint32_t)end};
        read_brackets(text, end, &rates);
        pv_frequency frequency = {
            .qualifier = frequency_qualifier(text, at),
            .low = rates.low,
            .high = rates.high,
            .ambiguous = rates.ambiguous,
            .at = at,
            .what = what.end > 0 ? what : pv_happening_find(text, at, word),
        };
        pv_gather_add(&found, &frequency, sizeof frequency);
        offset = end;
    }
    out->frequencies = pv_gather_finish(&found, arena, sizeof *out->frequencies, &out->count, error);
    return out->frequencies != NULL;
}
