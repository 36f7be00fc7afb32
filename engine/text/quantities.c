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
    {{"no less than", 12}, PV_QUALIFIER_AT_LEAST},
    {{"not less than", 13}, PV_QUALIFIER_AT_LEAST},
    {{"no fewer than", 13}, PV_QUALIFIER_AT_LEAST},
    {{"not fewer than", 14}, PV_QUALIFIER_AT_LEAST},
    {{"no less often than", 18}, PV_QUALIFIER_AT_LEAST},
    {{"not less often than", 19}, PV_QUALIFIER_AT_LEAST},
    {{"no less frequently than", 23}, PV_QUALIFIER_AT_LEAST},
    {{"not less frequently than", 24}, PV_QUALIFIER_AT_LEAST},
    {{"at least", 8}, PV_QUALIFIER_AT_LEAST},
    {{"minimum of", 10}, PV_QUALIFIER_AT_LEAST},
    {{"minimum", 7}, PV_QUALIFIER_AT_LEAST},
    {{"no more than", 12}, PV_QUALIFIER_AT_MOST},
    {{"not more than", 13}, PV_QUALIFIER_AT_MOST},
    {{"no greater than", 15}, PV_QUALIFIER_AT_MOST},
    {{"no later than", 13}, PV_QUALIFIER_AT_MOST},
    {{"not later than", 14}, PV_QUALIFIER_AT_MOST},
    {{"no longer than", 14}, PV_QUALIFIER_AT_MOST},
    {{"not longer than", 15}, PV_QUALIFIER_AT_MOST},
    {{"no more often than", 18}, PV_QUALIFIER_AT_MOST},
    {{"no more frequently than", 23}, PV_QUALIFIER_AT_MOST},
    {{"not exceeding", 13}, PV_QUALIFIER_AT_MOST},
    {{"not over", 8}, PV_QUALIFIER_AT_MOST},
    {{"at most", 7}, PV_QUALIFIER_AT_MOST},
    {{"up to", 5}, PV_QUALIFIER_AT_MOST},
    {{"maximum of", 10}, PV_QUALIFIER_AT_MOST},
    {{"maximum", 7}, PV_QUALIFIER_AT_MOST},
    {{"more than", 9}, PV_QUALIFIER_OVER},
    {{"greater than", 12}, PV_QUALIFIER_OVER},
    {{"longer than", 11}, PV_QUALIFIER_OVER},
    {{"more often than", 15}, PV_QUALIFIER_OVER},
    {{"more frequently than", 20}, PV_QUALIFIER_OVER},
    {{"exceeding", 9}, PV_QUALIFIER_OVER},
    {{"above", 5}, PV_QUALIFIER_OVER},
    {{"over", 4}, PV_QUALIFIER_OVER},
    {{"less than", 9}, PV_QUALIFIER_UNDER},
    {{"fewer than", 10}, PV_QUALIFIER_UNDER},
    {{"less often than", 15}, PV_QUALIFIER_UNDER},
    {{"less frequently than", 20}, PV_QUALIFIER_UNDER},
    {{"below", 5}, PV_QUALIFIER_UNDER},
    {{"under", 5}, PV_QUALIFIER_UNDER},
    {{"approximately", 13}, PV_QUALIFIER_ABOUT},
    {{"about", 5}, PV_QUALIFIER_ABOUT},
    {{"around", 6}, PV_QUALIFIER_ABOUT},
    {{"nearly", 6}, PV_QUALIFIER_ABOUT},
    {{"roughly", 7}, PV_QUALIFIER_ABOUT},
    {{"some", 4}, PV_QUALIFIER_ABOUT},
};

static const qualifier_phrase phrases_after[] = {
    {{"or more", 7}, PV_QUALIFIER_AT_LEAST},         {{"or greater", 10}, PV_QUALIFIER_AT_LEAST},
    {{"or higher", 9}, PV_QUALIFIER_AT_LEAST},       {{"or less", 7}, PV_QUALIFIER_AT_MOST},
    {{"or fewer", 8}, PV_QUALIFIER_AT_MOST},         {{"at a minimum", 12}, PV_QUALIFIER_AT_LEAST},
    {{", at a minimum", 14}, PV_QUALIFIER_AT_LEAST}, {{"at minimum", 10}, PV_QUALIFIER_AT_LEAST},
    {{", at minimum", 12}, PV_QUALIFIER_AT_LEAST},
};

/* What after a number makes it no count: a fraction, a larger number in words, a time of day. */
static const pv_str spoilers_after[] = {
    {"hundred", 7}, {"dozen", 5}, {"half", 4},     {"halves", 6}, {"third", 5},   {"thirds", 6},
    {"quarter", 7}, {"fifth", 5}, {"quarters", 8}, {"fifths", 6}, {"tenths", 6},  {"hundredths", 10},
    {"am", 2},      {"pm", 2},    {"a.m", 3},      {"p.m", 3},    {"o'clock", 7},
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
