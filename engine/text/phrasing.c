#include "text/phrasing_p.h"

#include "base/digits.h"
#include "base/utf8.h"

#define FIRST_HYPHEN 0x2010u /* hyphen, no-break hyphen, figure dash, en dash */
#define EN_DASH 0x2013u
#define MINUS_SIGN 0x2212u
#define APOSTROPHE 0x2019u

/* What laws and reports number, in any case. Singular only: "the steps 1) …" is a list, "step 1)" names one of them. */
static const char *const labels[] = {
    "annex", "appendix", "article", "attachment", "chapter", "exhibit",   "fig",    "figure", "footnote",
    "item",  "no",       "note",    "number",     "page",    "paragraph", "phase",  "pp",     "question",
    "sec",   "section",  "step",    "table",      "tier",    "vol",       "volume",
};

/* What is a label only with a capital: "Goal 2", but "a goal (1) …". */
static const char *const capitalised_labels[] = {
    "Area",    "Box",       "Category", "Cohort", "Day",      "Goal",     "Grade",   "Group",   "Level",     "Line",
    "Measure", "Milestone", "Option",   "Part",   "Payment",  "Priority", "Program", "Quarter", "Objective", "Room",
    "Round",   "Row",       "Schedule", "Stage",  "Strategy", "Task",     "Title",   "Version", "Week",      "Year",
};

static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

typedef struct month_abbreviation {
    const char *letters;
    unsigned month;
} month_abbreviation;

static const month_abbreviation month_abbreviations[] = {
    {"Jan", 1}, {"Feb", 2}, {"Mar", 3},  {"Apr", 4},  {"Jun", 6},  {"Jul", 7},
    {"Aug", 8}, {"Sep", 9}, {"Sept", 9}, {"Oct", 10}, {"Nov", 11}, {"Dec", 12},
};

/* What a title writes small. */
static const char *const small_words[] = {
    "a",  "an", "and", "as", "at",  "between", "by",  "for",   "from", "in",  "into",   "its",    "nor",
    "of", "on", "or",  "s",  "per", "than",    "the", "their", "to",   "via", "versus", "within", "with",
};

bool pv_phrasing_is_hyphen(uint32_t character) {
    return character == '-' || character == MINUS_SIGN || (character >= FIRST_HYPHEN && character <= EN_DASH);
}

uint32_t pv_phrasing_character_at(pv_str text, size_t offset, size_t *length) {
    *length = 0;
    return offset < text.size ? pv_utf8_decode(text, offset, length) : 0;
}

bool pv_phrasing_hyphen_before(pv_str text, size_t offset) {
    size_t length;
    return offset > 0 && pv_phrasing_is_hyphen(pv_phrasing_character_at(text, pv_utf8_previous(text, offset), &length));
}

static bool blank_at(pv_str text, size_t offset, size_t *length) {
    if (offset >= text.size)
        return false;
    uint32_t character = pv_utf8_decode(text, offset, length);
    return character != '\n' && pv_utf8_is_white_space(character);
}

size_t pv_phrasing_skip_blanks(pv_str text, size_t offset) {
    size_t length;
    while (blank_at(text, offset, &length))
        offset += length;
    return offset;
}

size_t pv_phrasing_skip_blanks_back(pv_str text, size_t offset) {
    while (offset > 0) {
        size_t previous = pv_utf8_previous(text, offset);
        size_t length;
        if (!blank_at(text, previous, &length))
            break;
        offset = previous;
    }
    return offset;
}

bool pv_phrasing_word_character_at(pv_str text, size_t offset) {
    size_t length;
    return offset < text.size && pv_utf8_is_word_character(pv_utf8_decode(text, offset, &length));
}

bool pv_phrasing_word_character_before(pv_str text, size_t offset) {
    return offset > 0 && pv_phrasing_word_character_at(text, pv_utf8_previous(text, offset));
}

/* Nearly every word is ASCII: its letters are passed over without being decoded. */
size_t pv_phrasing_word_end(pv_str text, size_t offset) {
    while (offset < text.size) {
        size_t length = 1;
        bool goes_on = (unsigned char)text.data[offset] < 0x80
                           ? pv_ascii_is_letter_or_digit(text.data[offset])
                           : pv_utf8_is_word_character(pv_utf8_decode(text, offset, &length));
        if (!goes_on)
            break;
        offset += length;
    }
    return offset;
}

size_t pv_phrasing_step_over(pv_str text, size_t offset) {
    size_t end = pv_phrasing_word_end(text, offset);
    size_t length = 0;
    if (end == offset)
        pv_utf8_decode(text, offset, &length);
    return end + length;
}

size_t pv_phrasing_after_joint(pv_str text, size_t offset) {
    size_t length;
    if (pv_phrasing_is_hyphen(pv_phrasing_character_at(text, offset, &length)))
        return offset + length;
    size_t end = pv_phrasing_skip_blanks(text, offset);
    return end > offset ? end : SIZE_MAX;
}

pv_span pv_phrasing_word_before(pv_str text, size_t offset) {
    size_t end = pv_phrasing_skip_blanks_back(text, offset);
    if (end < offset && end > 0 && text.data[end - 1] == '.')
        end--;
    size_t start = end;
    while (end < offset && pv_phrasing_word_character_before(text, start))
        start = pv_utf8_previous(text, start);
    return (pv_span){(uint32_t)start, (uint32_t)end};
}

bool pv_phrasing_is_one_of(pv_str word, const char *const *words, size_t count, bool (*equal)(pv_str, pv_str)) {
    const char first = word.size > 0 ? pv_ascii_lower(word.data[0]) : '\0';
    for (size_t i = 0; i < count; i++)
        if (pv_ascii_lower(words[i][0]) == first && equal(word, pv_str_from(words[i])))
            return true;
    return false;
}

bool pv_small_word(pv_str word) {
    return pv_phrasing_is_one_of(word, small_words, sizeof small_words / sizeof small_words[0],
                                 pv_str_equal_ascii_folded);
}

size_t pv_phrasing_phrase_after(pv_str text, size_t offset, pv_str phrase) {
    size_t at = pv_phrasing_skip_blanks(text, offset);
    for (size_t i = 0; i < phrase.size; i++) {
        size_t next = phrase.data[i] == ' ' ? pv_phrasing_skip_blanks(text, at) : at + 1;
        if (next == at || at >= text.size || (phrase.data[i] != ' ' && pv_ascii_lower(text.data[at]) != phrase.data[i]))
            return SIZE_MAX;
        at = next;
    }
    return pv_phrasing_word_character_at(text, at) ? SIZE_MAX : at;
}

size_t pv_phrasing_phrase_before(pv_str text, size_t offset, pv_str phrase) {
    size_t at = pv_phrasing_skip_blanks_back(text, offset);
    if (at == offset)
        return SIZE_MAX;
    for (size_t i = phrase.size; i > 0; i--) {
        char wanted = phrase.data[i - 1];
        size_t next = wanted == ' ' ? pv_phrasing_skip_blanks_back(text, at) : at - 1;
        if (at == 0 || next == at || (wanted != ' ' && pv_ascii_lower(text.data[next]) != wanted))
            return SIZE_MAX;
        at = next;
    }
    bool inside_word = pv_phrasing_word_character_before(text, at) || (at > 0 && text.data[at - 1] == '-');
    return inside_word ? SIZE_MAX : at;
}

static unsigned month_named(pv_str word, bool (*equal)(pv_str, pv_str), bool *abbreviated) {
    *abbreviated = false;
    for (unsigned i = 0; i < sizeof months / sizeof months[0]; i++)
        if (equal(word, pv_str_from(months[i])))
            return i + 1;
    *abbreviated = true;
    for (size_t i = 0; i < sizeof month_abbreviations / sizeof month_abbreviations[0]; i++)
        if (equal(word, pv_str_from(month_abbreviations[i].letters)))
            return month_abbreviations[i].month;
    return 0;
}

unsigned pv_phrasing_month(pv_str word, bool *abbreviated) {
    return month_named(word, pv_str_equal_ascii_folded, abbreviated);
}

bool pv_phrasing_is_month(pv_str word) {
    bool abbreviated;
    return month_named(word, pv_str_equal, &abbreviated) > 0;
}

bool pv_phrasing_labels_number(pv_str text, size_t offset) {
    pv_span at = pv_phrasing_word_before(text, offset);
    pv_str word = pv_str_slice(text, at.start, at.end);
    return pv_phrasing_is_one_of(word, labels, sizeof labels / sizeof labels[0], pv_str_equal_ascii_folded) ||
           pv_phrasing_is_one_of(word, capitalised_labels, sizeof capitalised_labels / sizeof capitalised_labels[0],
                                 pv_str_equal) ||
           pv_phrasing_is_month(word);
}

bool pv_phrasing_glued_before(pv_str text, size_t offset) {
    if (offset == 0)
        return false;
    size_t length;
    size_t previous = pv_utf8_previous(text, offset);
    uint32_t character = pv_phrasing_character_at(text, previous, &length);
    if (pv_utf8_is_word_character(character) || pv_phrasing_is_hyphen(character))
        return true;
    switch (character) {
    case '_':
    case '#':
    case '@':
    case '/':
    case '\\':
    case '&':
    case '$':
    case PV_POUND_SIGN:
    case PV_EURO_SIGN:
        return true;
    case '.':
    case ',':
    case ':':
    case '\'':
    case APOSTROPHE:
        return pv_phrasing_word_character_before(text, previous);
    default:
        return false;
    }
}

/* "20%¹": a raised figure behind a sign is the mark of a note. */
static bool marks_note(pv_str text, size_t offset, uint32_t character) {
    bool raised =
        character == 0xB9 || character == 0xB2 || character == 0xB3 || (character >= 0x2070 && character <= 0x2079);
    return raised && offset > 0 && text.data[offset - 1] == '%';
}

bool pv_phrasing_glued_after(pv_str text, size_t offset) {
    size_t length;
    uint32_t character = pv_phrasing_character_at(text, offset, &length);
    if (length == 0)
        return false;
    if (marks_note(text, offset, character))
        return false;
    if (pv_utf8_is_word_character(character) || pv_phrasing_is_hyphen(character))
        return true;
    bool word_follows = pv_phrasing_word_character_at(text, offset + length);
    switch (character) {
    case '_':
    case '@':
    case '#':
    case '/':
    case '\\':
    case '&':
    case '.':
    case ':':
    case '\'':
    case APOSTROPHE:
        return word_follows;
    case ',':
        return word_follows && pv_digit_at(text, offset + length);
    default:
        return false;
    }
}
