#include "text/quantities.h"

#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "text/fractions_p.h"
#include "text/markers_p.h"
#include "text/numbers_p.h"
#include "text/phrasing_p.h"

typedef struct qualifier_phrase {
    pv_str phrase;
    pv_qualifier qualifier;
} qualifier_phrase;

/* Longer ones first: "no more than" must not be read as "more than". */
static const qualifier_phrase phrases_before[] = {
    {PV_STR("no less than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not less than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("no fewer than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not fewer than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("no less often than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not less often than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("no less frequently than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not less frequently than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("no lower than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not lower than"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not under"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("not below"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at or above"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("upwards of"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("upward of"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at a minimum,"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at minimum,"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at the very least"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at the least"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at least"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("minimum of"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("no more than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("not more than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("no greater than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("no later than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("not later than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("no longer than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("not longer than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("no more often than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("no more frequently than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("no higher than"), PV_QUALIFIER_AT_MOST},
    {PV_STR("not exceeding"), PV_QUALIFIER_AT_MOST},
    {PV_STR("not exceed"), PV_QUALIFIER_AT_MOST},
    {PV_STR("not to exceed"), PV_QUALIFIER_AT_MOST},
    {PV_STR("never exceed"), PV_QUALIFIER_AT_MOST},
    {PV_STR("as much as"), PV_QUALIFIER_AT_MOST},
    {PV_STR("as many as"), PV_QUALIFIER_AT_MOST},
    {PV_STR("as high as"), PV_QUALIFIER_AT_MOST},
    {PV_STR("at or below"), PV_QUALIFIER_AT_MOST},
    {PV_STR("not over"), PV_QUALIFIER_AT_MOST},
    {PV_STR("at most"), PV_QUALIFIER_AT_MOST},
    {PV_STR("up to"), PV_QUALIFIER_AT_MOST},
    {PV_STR("maximum of"), PV_QUALIFIER_AT_MOST},
    {PV_STR("maximum"), PV_QUALIFIER_AT_MOST},
    {PV_STR("more than"), PV_QUALIFIER_OVER},
    {PV_STR("greater than"), PV_QUALIFIER_OVER},
    {PV_STR("longer than"), PV_QUALIFIER_OVER},
    {PV_STR("more often than"), PV_QUALIFIER_OVER},
    {PV_STR("more frequently than"), PV_QUALIFIER_OVER},
    {PV_STR("higher than"), PV_QUALIFIER_OVER},
    {PV_STR("in excess of"), PV_QUALIFIER_OVER},
    {PV_STR("exceeding"), PV_QUALIFIER_OVER},
    {PV_STR("above"), PV_QUALIFIER_OVER},
    {PV_STR("over"), PV_QUALIFIER_OVER},
    {PV_STR("less than"), PV_QUALIFIER_UNDER},
    {PV_STR("fewer than"), PV_QUALIFIER_UNDER},
    {PV_STR("less often than"), PV_QUALIFIER_UNDER},
    {PV_STR("less frequently than"), PV_QUALIFIER_UNDER},
    {PV_STR("lower than"), PV_QUALIFIER_UNDER},
    {PV_STR("below"), PV_QUALIFIER_UNDER},
    {PV_STR("under"), PV_QUALIFIER_UNDER},
    {PV_STR("approximately"), PV_QUALIFIER_ABOUT},
    {PV_STR("about"), PV_QUALIFIER_ABOUT},
    {PV_STR("around"), PV_QUALIFIER_ABOUT},
    {PV_STR("nearly"), PV_QUALIFIER_ABOUT},
    {PV_STR("almost"), PV_QUALIFIER_ABOUT},
    {PV_STR("close to"), PV_QUALIFIER_ABOUT},
    {PV_STR("approx"), PV_QUALIFIER_ABOUT},
    {PV_STR("approx."), PV_QUALIFIER_ABOUT},
    {PV_STR("circa"), PV_QUALIFIER_ABOUT},
    {PV_STR("estimated"), PV_QUALIFIER_ABOUT},
    {PV_STR("roughly"), PV_QUALIFIER_ABOUT},
    {PV_STR("some"), PV_QUALIFIER_ABOUT},
};

static const qualifier_phrase phrases_after[] = {
    {PV_STR("or more"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or greater"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or higher"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or above"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or over"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or better"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("and above"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("and over"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or oftener"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or less"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or fewer"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or lower"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or below"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or under"), PV_QUALIFIER_AT_MOST},
    {PV_STR("at a minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR(", at a minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR(", at minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at a maximum"), PV_QUALIFIER_AT_MOST},
    {PV_STR(", at a maximum"), PV_QUALIFIER_AT_MOST},
    {PV_STR("maximum"), PV_QUALIFIER_AT_MOST},
    {PV_STR("at the least"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("at the most"), PV_QUALIFIER_AT_MOST},
    {PV_STR("tops"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or more often"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or more frequently"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or less often"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or less frequently"), PV_QUALIFIER_AT_MOST},
};

/* Signs directly before a number; longer ones first. */
static const qualifier_phrase signs_before[] = {
    {PV_STR(">="), PV_QUALIFIER_AT_LEAST},     {PV_STR("=>"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("\u2265"), PV_QUALIFIER_AT_LEAST}, {PV_STR("\u2267"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("\u2A7E"), PV_QUALIFIER_AT_LEAST}, {PV_STR("<="), PV_QUALIFIER_AT_MOST},
    {PV_STR("=<"), PV_QUALIFIER_AT_MOST},      {PV_STR("\u2264"), PV_QUALIFIER_AT_MOST},
    {PV_STR("\u2266"), PV_QUALIFIER_AT_MOST},  {PV_STR("\u2A7D"), PV_QUALIFIER_AT_MOST},
    {PV_STR(">"), PV_QUALIFIER_OVER},          {PV_STR("\uFF1E"), PV_QUALIFIER_OVER},
    {PV_STR("<"), PV_QUALIFIER_UNDER},         {PV_STR("\uFF1C"), PV_QUALIFIER_UNDER},
    {PV_STR("~"), PV_QUALIFIER_ABOUT},         {PV_STR("\u2248"), PV_QUALIFIER_ABOUT},
    {PV_STR("\u2243"), PV_QUALIFIER_ABOUT},    {PV_STR("\u00B1"), PV_QUALIFIER_ABOUT},
};

/* What after a number makes it no count: a fraction, a larger number in words, a time of day. */
static const pv_str spoilers_after[] = {
    PV_STR("hundred"), PV_STR("dozen"), PV_STR("half"),     PV_STR("halves"), PV_STR("third"),   PV_STR("thirds"),
    PV_STR("quarter"), PV_STR("fifth"), PV_STR("quarters"), PV_STR("fifths"), PV_STR("tenths"),  PV_STR("hundredths"),
    PV_STR("am"),      PV_STR("pm"),    PV_STR("a.m"),      PV_STR("p.m"),    PV_STR("o'clock"),
};

/* ---- qualifiers ---- */

const char *pv_qualifier_name(pv_qualifier qualifier) {
    static const char *const names[] = {
        [PV_QUALIFIER_NONE] = "",           [PV_QUALIFIER_AT_LEAST] = "at least", [PV_QUALIFIER_OVER] = "over",
        [PV_QUALIFIER_AT_MOST] = "at most", [PV_QUALIFIER_UNDER] = "under",       [PV_QUALIFIER_ABOUT] = "about",
    };
    return names[qualifier];
}

/* "quarterly, at least." but not "20%, at least 5 of them": what follows must not be what is qualified. */
static pv_qualifier closing_qualifier(pv_str text, size_t offset) {
    static const qualifier_phrase closing[] = {
        {PV_STR("at least"), PV_QUALIFIER_AT_LEAST},
        {PV_STR(", at least"), PV_QUALIFIER_AT_LEAST},
        {PV_STR("at most"), PV_QUALIFIER_AT_MOST},
        {PV_STR(", at most"), PV_QUALIFIER_AT_MOST},
    };
    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++) {
        size_t end = pv_phrasing_phrase_after(text, offset, closing[i].phrase);
        size_t next = end == SIZE_MAX ? end : pv_phrasing_skip_blanks(text, end);
        if (next != SIZE_MAX && (next >= text.size || (next == end && strchr(".;!?)", text.data[next]))))
            return closing[i].qualifier;
    }
    return PV_QUALIFIER_NONE;
}

static pv_qualifier sign_before(pv_str text, size_t offset) {
    pv_str before = pv_str_slice(text, 0, pv_phrasing_skip_blanks_back(text, offset));
    for (size_t i = 0; i < sizeof signs_before / sizeof signs_before[0]; i++)
        if (pv_str_ends_with(before, signs_before[i].phrase))
            return signs_before[i].qualifier;
    return PV_QUALIFIER_NONE;
}

/* The small letter or the sign with which a phrase before offset ends, and with which one after it begins: most phrases
 * do not. NUL where there is none. */
static char character_before(pv_str text, size_t offset) {
    const size_t end = pv_phrasing_skip_blanks_back(text, offset);
    return text.data && end > 0 ? pv_ascii_lower(text.data[end - 1]) : '\0';
}

static char character_after(pv_str text, size_t offset) {
    const size_t start = pv_phrasing_skip_blanks(text, offset);
    return start < text.size ? pv_ascii_lower(text.data[start]) : '\0';
}

pv_qualifier pv_qualifier_of(pv_str text, pv_span at) {
    pv_qualifier sign = sign_before(text, at.start);
    if (sign != PV_QUALIFIER_NONE)
        return sign;
    const char last = character_before(text, at.start);
    for (size_t i = 0; i < sizeof phrases_before / sizeof phrases_before[0]; i++)
        if (phrases_before[i].phrase.data[phrases_before[i].phrase.size - 1] == last &&
            pv_phrasing_phrase_before(text, at.start, phrases_before[i].phrase) != SIZE_MAX)
            return phrases_before[i].qualifier;
    if (at.end < text.size && text.data[at.end] == '+')
        return PV_QUALIFIER_AT_LEAST;
    const char first = character_after(text, at.end);
    for (size_t i = 0; i < sizeof phrases_after / sizeof phrases_after[0]; i++)
        if (phrases_after[i].phrase.data[0] == first &&
            pv_phrasing_phrase_after(text, at.end, phrases_after[i].phrase) != SIZE_MAX)
            return phrases_after[i].qualifier;
    return closing_qualifier(text, at.end);
}

/* ---- quantities ---- */

typedef struct quantity_scan {
    pv_str text;
    pv_marker_list markers;
    size_t next_marker; /* the first that does not end before the scan */
    size_t unit_named;  /* the first place, not before the scan, that names the unit */
} quantity_scan;

static bool is_in_marker(quantity_scan *scan, pv_span at) {
    while (scan->next_marker < scan->markers.count && (scan->markers.markers[scan->next_marker].at.end <= at.start ||
                                                       scan->markers.markers[scan->next_marker].inside))
        scan->next_marker++;
    return scan->next_marker < scan->markers.count && scan->markers.markers[scan->next_marker].at.start < at.end;
}

static bool is_capital(uint32_t character) {
    return pv_utf8_lower(character) != character;
}

/* True when the word that starts at offset is the first of a sentence, a line or an item, and so has its capital from
 * that. */
static bool starts_sentence(pv_str text, size_t offset) {
    size_t end = pv_phrasing_skip_blanks_back(text, offset);
    if (end == 0)
        return true;
    switch (text.data[end - 1]) {
    case '\n':
    case '.':
    case '!':
    case '?':
    case ':':
    case ';':
    case '(':
    case ')':
    case '"':
        return true;
    default:
        return false;
    }
}

/* True when the number ends a name: "Managed Care 101", "First 5". */
static bool ends_name(pv_str text, size_t offset) {
    pv_span word = pv_phrasing_word_before(text, offset);
    if (word.start == word.end || text.data[word.end] == '.')
        return false;
    size_t length;
    return is_capital(pv_utf8_decode(text, word.start, &length)) && !starts_sentence(text, word.start);
}

static bool is_spoiled_after(pv_str text, size_t offset) {
    for (size_t i = 0; i < sizeof spoilers_after / sizeof spoilers_after[0]; i++)
        if (pv_phrasing_phrase_after(text, offset, spoilers_after[i]) != SIZE_MAX)
            return true;
    size_t start = pv_phrasing_skip_blanks(text, offset);
    return pv_phrasing_is_month(pv_str_slice(text, start, pv_phrasing_word_end(text, start)));
}

/* "one" by itself is as often a pronoun ("no one", "one of them") as a number. */
static bool may_be_pronoun(const pv_term *term) {
    return term->number.in_words && !term->range && term->number.at.end - term->number.at.start == 3 &&
           pv_decimal_compare(term->number.value, pv_decimal_from_integer(1)) == 0;
}

static bool is_count(quantity_scan *scan, const pv_term *term, pv_qualifier qualifier) {
    pv_str text = scan->text;
    if (is_in_marker(scan, term->number.at) || pv_number_is_year(&term->number) || pv_number_is_year(&term->upper))
        return false;
    if (pv_phrasing_labels_number(text, term->at.start) || is_spoiled_after(text, term->at.end))
        return false;
    return qualifier != PV_QUALIFIER_NONE || !(may_be_pronoun(term) || ends_name(text, term->at.start));
}

static pv_unit unit_of(pv_quantity_kind kind) {
    switch (kind) {
    case PV_QUANTITY_PERCENTAGE:
        return PV_UNIT_PERCENT;
    case PV_QUANTITY_AMOUNT:
        return PV_UNIT_MONEY;
    case PV_QUANTITY_COUNT:
        return PV_UNIT_NONE;
    }
    return PV_UNIT_NONE;
}

/* Where to read on. Numbers with a unit are few, so reading begins anew before each place that names the unit. */
static size_t next_candidate(quantity_scan *scan, pv_quantity_kind kind, size_t offset) {
    if (kind == PV_QUANTITY_COUNT || offset <= scan->unit_named)
        return offset;
    scan->unit_named = pv_term_unit_named(scan->text, offset, unit_of(kind));
    return scan->unit_named == SIZE_MAX ? SIZE_MAX : pv_term_clause_start(scan->text, offset, scan->unit_named);
}

static pv_quantity_unit said_in(pv_unit unit) {
    switch (unit) {
    case PV_UNIT_PERCENT:
        return PV_QUANTITY_UNIT_PERCENT;
    case PV_UNIT_POINTS:
        return PV_QUANTITY_UNIT_POINTS;
    case PV_UNIT_MONEY:
    case PV_UNIT_NONE:
        break;
    }
    return PV_QUANTITY_UNIT_NONE;
}

static bool is_kind(const pv_term *term, pv_quantity_kind kind) {
    return term->unit == unit_of(kind) || (term->unit == PV_UNIT_POINTS && kind == PV_QUANTITY_PERCENTAGE);
}

static bool gather_quantities(quantity_scan *scan, pv_quantity_kind kind, pv_buf *found, pv_error *error) {
    for (size_t offset = 0; (offset = next_candidate(scan, kind, offset)) < scan->text.size;) {
        pv_term term;
        if (!pv_term_may_begin(scan->text, offset)) {
            offset = pv_phrasing_step_over(scan->text, offset);
            continue;
        }
        pv_number_reading reading = pv_term_read(scan->text, offset, &term);
        offset = reading == PV_NUMBER_NONE ? pv_phrasing_step_over(scan->text, offset) : term.at.end;
        if (reading != PV_NUMBER_CLEAR || !is_kind(&term, kind))
            continue;
        pv_qualifier qualifier = pv_qualifier_of(scan->text, term.at);
        if (kind == PV_QUANTITY_COUNT && !is_count(scan, &term, qualifier))
            continue;
        if (term.number.too_long || term.upper.too_long)
            return pv_number_fail_too_long(error);
        pv_quantity quantity = {
            .kind = kind,
            .unit = said_in(term.unit),
            .rounded = term.number.rounded || term.upper.rounded,
            .qualifier = qualifier,
            .value = term.number.value,
            .upper = term.upper.value,
            .at = term.at,
        };
        pv_gather_add(found, &quantity, sizeof quantity);
    }
    return true;
}

/* ---- shares that no percent sign names ---- */

static pv_quantity share_of(pv_str text, const pv_fraction *fraction) {
    pv_quantity share = {.kind = PV_QUANTITY_PERCENTAGE, .unit = PV_QUANTITY_UNIT_FRACTION, .at = fraction->at};
    share.value = share.upper = pv_fraction_value(fraction->part, fraction->whole, 100, &share.rounded);
    share.qualifier = pv_qualifier_of(text, fraction->at);
    return share;
}

/* "one-fifth (20%)", "20% (one-fifth)": the second says the first again. */
static bool says_again(pv_str text, const pv_quantity *first, const pv_quantity *second) {
    size_t open = pv_phrasing_skip_blanks(text, first->at.end);
    return open < text.size && text.data[open] == '(' && open + 1 == second->at.start &&
           (first->unit == PV_QUANTITY_UNIT_FRACTION) != (second->unit == PV_QUANTITY_UNIT_FRACTION) &&
           pv_decimal_compare(first->value, second->value) == 0;
}

/* Adds the shares to the percentages, of which there are count, in text order. */
static void gather_with_shares(pv_str text, const pv_quantity *percentages, size_t count, pv_buf *found) {
    size_t next = 0;
    pv_quantity last = {0};
    for (size_t offset = pv_fraction_next(text, 0); offset < text.size || next < count;) {
        pv_fraction fraction;
        pv_quantity read;
        if (next < count && percentages[next].at.start <= offset) {
            read = percentages[next++];
        } else if (pv_fraction_read(text, offset, &fraction)) {
            read = share_of(text, &fraction);
            while (next < count && percentages[next].at.start < read.at.end)
                next++;
        } else {
            size_t end = offset < text.size ? pv_fraction_next(text, pv_phrasing_step_over(text, offset)) : text.size;
            offset = next < count && percentages[next].at.start < end ? percentages[next].at.start : end;
            continue;
        }
        offset = read.at.end;
        if (last.at.end > 0 && says_again(text, &last, &read))
            continue;
        pv_gather_add(found, &read, sizeof read);
        last = read;
    }
}

static bool find_percentages(pv_arena *arena, pv_str text, pv_quantity_list *list, pv_error *error) {
    pv_buf found = pv_gather_start(arena);
    gather_with_shares(text, list->quantities, list->count, &found);
    list->quantities = pv_gather_finish(&found, arena, sizeof *list->quantities, &list->count, error);
    return list->quantities != NULL;
}

/* ---- soft hyphens ---- */

static const pv_str soft_hyphen = PV_STR("\u00AD");

/* The place in the text of a place in it without its soft hyphens: before those that stand there, or behind them. */
static uint32_t place_with(pv_str text, uint32_t place, bool behind) {
    uint32_t at = 0, passed = 0;
    while (at < text.size) {
        bool soft = pv_str_starts_with(pv_str_slice(text, at, text.size), soft_hyphen);
        if (!soft && passed == place)
            break;
        if (soft && passed == place && !behind)
            break;
        passed += soft ? 0 : 1;
        at += soft ? (uint32_t)soft_hyphen.size : 1;
    }
    return at;
}

/* "twen-ty" and "2-0%" with a hyphen that shows nothing: read without it, in *out. */
static bool without_soft_hyphens(pv_arena *arena, pv_str text, pv_str *out, pv_error *error) {
    char *copy = PV_NEW_ARRAY(arena, char, text.size);
    size_t size = 0;
    if (!copy)
        return pv_fail_memory(error);
    for (size_t at = 0; at < text.size;) {
        if (pv_str_starts_with(pv_str_slice(text, at, text.size), soft_hyphen))
            at += soft_hyphen.size;
        else
            copy[size++] = text.data[at++];
    }
    *out = (pv_str){copy, size};
    return true;
}

bool pv_quantities_find(pv_arena *arena, pv_str text, pv_quantity_kind kind, pv_quantity_list *out, pv_error *error) {
    *out = (pv_quantity_list){0};
    if (kind == PV_QUANTITY_PERCENTAGE && pv_str_find(text, soft_hyphen, 0) != SIZE_MAX) {
        pv_str plain = {0};
        if (!without_soft_hyphens(arena, text, &plain, error) || !pv_quantities_find(arena, plain, kind, out, error))
            return false;
        pv_quantity *placed = PV_NEW_ARRAY(arena, pv_quantity, out->count + 1);
        if (!placed)
            return pv_fail_memory(error);
        for (size_t i = 0; i < out->count; i++) {
            placed[i] = out->quantities[i];
            placed[i].at.start = place_with(text, placed[i].at.start, true);
            placed[i].at.end = place_with(text, placed[i].at.end, false);
        }
        out->quantities = placed;
        return true;
    }
    quantity_scan scan = {.text = text};
    if (kind == PV_QUANTITY_COUNT && !pv_markers_find(arena, text, NULL, &scan.markers, error))
        return false;
    pv_buf found = pv_gather_start(arena);
    if (!gather_quantities(&scan, kind, &found, error)) {
        pv_buf_clear(&found);
        return false;
    }
    out->quantities = pv_gather_finish(&found, arena, sizeof *out->quantities, &out->count, error);
    if (!out->quantities)
        return false;
    return kind != PV_QUANTITY_PERCENTAGE || find_percentages(arena, text, out, error);
}

/* ---- contradictions ---- */

bool pv_contradictions_find(pv_arena *arena, pv_str text, pv_contradiction_list *out, pv_error *error) {
    *out = (pv_contradiction_list){0};
    pv_buf found = pv_gather_start(arena);
    for (size_t offset = 0; offset < text.size;) {
        pv_term term;
        pv_number_reading reading = pv_term_read(text, offset, &term);
        if (reading == PV_NUMBER_UNCLEAR && term.conflict)
            pv_gather_add(&found, &term.at, sizeof term.at);
        offset = reading == PV_NUMBER_NONE ? pv_phrasing_step_over(text, offset) : term.at.end;
    }
    out->at = pv_gather_finish(&found, arena, sizeof *out->at, &out->count, error);
    return out->at != NULL;
}
