#include "text/quantities.h"

#include "base/array.h"
#include "base/utf8.h"
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
    {PV_STR("not exceeding"), PV_QUALIFIER_AT_MOST},
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
    {PV_STR("exceeding"), PV_QUALIFIER_OVER},
    {PV_STR("above"), PV_QUALIFIER_OVER},
    {PV_STR("over"), PV_QUALIFIER_OVER},
    {PV_STR("less than"), PV_QUALIFIER_UNDER},
    {PV_STR("fewer than"), PV_QUALIFIER_UNDER},
    {PV_STR("less often than"), PV_QUALIFIER_UNDER},
    {PV_STR("less frequently than"), PV_QUALIFIER_UNDER},
    {PV_STR("below"), PV_QUALIFIER_UNDER},
    {PV_STR("under"), PV_QUALIFIER_UNDER},
    {PV_STR("approximately"), PV_QUALIFIER_ABOUT},
    {PV_STR("about"), PV_QUALIFIER_ABOUT},
    {PV_STR("around"), PV_QUALIFIER_ABOUT},
    {PV_STR("nearly"), PV_QUALIFIER_ABOUT},
    {PV_STR("roughly"), PV_QUALIFIER_ABOUT},
    {PV_STR("some"), PV_QUALIFIER_ABOUT},
};

static const qualifier_phrase phrases_after[] = {
    {PV_STR("or more"), PV_QUALIFIER_AT_LEAST},        {PV_STR("or greater"), PV_QUALIFIER_AT_LEAST},
    {PV_STR("or higher"), PV_QUALIFIER_AT_LEAST},      {PV_STR("or less"), PV_QUALIFIER_AT_MOST},
    {PV_STR("or fewer"), PV_QUALIFIER_AT_MOST},        {PV_STR("at a minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR(", at a minimum"), PV_QUALIFIER_AT_LEAST}, {PV_STR("at minimum"), PV_QUALIFIER_AT_LEAST},
    {PV_STR(", at minimum"), PV_QUALIFIER_AT_LEAST},
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

pv_qualifier pv_qualifier_of(pv_str text, pv_span at) {
    for (size_t i = 0; i < sizeof phrases_before / sizeof phrases_before[0]; i++)
        if (pv_phrasing_phrase_before(text, at.start, phrases_before[i].phrase) != SIZE_MAX)
            return phrases_before[i].qualifier;
    if (at.end < text.size && text.data[at.end] == '+')
        return PV_QUALIFIER_AT_LEAST;
    for (size_t i = 0; i < sizeof phrases_after / sizeof phrases_after[0]; i++)
        if (pv_phrasing_phrase_after(text, at.end, phrases_after[i].phrase) != SIZE_MAX)
            return phrases_after[i].qualifier;
    return PV_QUALIFIER_NONE;
}

/* ---- quantities ---- */

typedef struct quantity_scan {
    pv_str text;
    pv_marker_list markers;
    size_t next_marker; /* the first that does not end before the scan */
    size_t unit_named;  /* the first place, not before the scan, that names the unit */
} quantity_scan;

static bool is_year(const pv_number *number) {
    int64_t value;
    return !number->in_words && !number->too_long && number->at.end - number->at.start == 4 &&
           pv_decimal_to_integer(number->value, &value) && value >= PV_NUMBER_FIRST_YEAR &&
           value <= PV_NUMBER_LAST_YEAR;
}

static bool is_in_marker(quantity_scan *scan, pv_span at) {
    while (scan->next_marker < scan->markers.count && scan->markers.markers[scan->next_marker].at.end <= at.start)
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
    if (is_in_marker(scan, term->at) || is_year(&term->number) || is_year(&term->upper))
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

static bool gather_quantities(quantity_scan *scan, pv_quantity_kind kind, pv_buf *found, pv_error *error) {
    for (size_t offset = 0; (offset = next_candidate(scan, kind, offset)) < scan->text.size;) {
        pv_term term;
        pv_number_reading reading = pv_term_read(scan->text, offset, &term);
        offset = reading == PV_NUMBER_NONE ? pv_phrasing_step_over(scan->text, offset) : term.at.end;
        if (reading != PV_NUMBER_CLEAR || term.unit != unit_of(kind))
            continue;
        pv_qualifier qualifier = pv_qualifier_of(scan->text, term.at);
        if (kind == PV_QUANTITY_COUNT && !is_count(scan, &term, qualifier))
            continue;
        if (term.number.too_long || term.upper.too_long)
            return pv_number_fail_too_long(error);
        pv_quantity quantity = {kind, qualifier, term.number.value, term.upper.value, term.at};
        pv_gather_add(found, &quantity, sizeof quantity);
    }
    return true;
}

bool pv_quantities_find(pv_arena *arena, pv_str text, pv_quantity_kind kind, pv_quantity_list *out, pv_error *error) {
    *out = (pv_quantity_list){0};
    quantity_scan scan = {.text = text};
    if (kind == PV_QUANTITY_COUNT && !pv_markers_find(arena, text, &scan.markers, error))
        return false;
    pv_buf found = pv_gather_start(arena);
    if (!gather_quantities(&scan, kind, &found, error)) {
        pv_buf_clear(&found);
        return false;
    }
    out->quantities = pv_gather_finish(&found, arena, sizeof *out->quantities, &out->count, error);
    return out->quantities != NULL;
}
