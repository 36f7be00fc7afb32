#include <string.h>

#include "text/markers_p.h"
#include "text/phrasing_p.h"
#include "text/signs_p.h"

#define MOST_FIGURES 3 /* "2023." is a year */
#define LONGEST_ROMAN 7

/* What a label may begin with. */
static const char *const label_names[] = {
    "annex",     "appendix", "article",  "attachment", "chapter", "clause",
    "enclosure", "exhibit",  "schedule", "section",    "sec.",    "§",
};

/* ---- numerals ---- */

static unsigned roman_digit(char c) {
    switch (pv_ascii_lower(c)) {
    case 'i':
        return 1;
    case 'v':
        return 5;
    case 'x':
        return 10;
    default:
        return 0;
    }
}

unsigned pv_roman_value(pv_str letters) {
    static const char *const ones[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    unsigned tens = 0;
    while (tens < 3 && roman_digit(char_at(letters, tens)) == 10)
        tens++;
    pv_str rest = pv_str_slice(letters, tens, letters.size);
    for (unsigned i = 0; i < 10; i++)
        if (pv_str_equal_ascii_folded(rest, pv_str_from(ones[i])))
            return tens * 10 + i;
    return 0;
}

/* ---- labels ---- */

/* The length of the run at offset; 0 when it is longer than most. */
static size_t run_of(pv_str line, size_t offset, size_t most, bool (*belongs)(char)) {
    size_t size = run_end(line, offset, most + 1, belongs) - offset;
    return size <= most ? size : 0;
}

/* Reads figures, a Roman numeral or a letter at offset into label; bytes read. */
static size_t read_member(pv_str line, size_t offset, pv_label *label) {
    char first = char_at(line, offset);
    if (pv_is_digit(first)) {
        size_t size = run_of(line, offset, MOST_FIGURES, pv_is_digit);
        label->kind = PV_LABEL_FIGURE;
        label->ordinal = number_of(pv_str_slice(line, offset, offset + size));
        label->letter = 0;
        return size;
    }
    bool capital = is_capital(first);
    size_t size = run_of(line, offset, LONGEST_ROMAN, capital ? is_capital : is_small);
    if (size == 0)
        return 0;
    unsigned roman = pv_roman_value(pv_str_slice(line, offset, offset + size));
    if (roman == 0 && size > 1)
        return 0;
    unsigned letter = size == 1 ? (unsigned)(first - (capital ? 'A' : 'a')) + 1 : 0;
    label->kind = roman == 0 ? (capital ? PV_LABEL_LETTER : PV_LABEL_SMALL_LETTER)
                             : (capital ? PV_LABEL_ROMAN : PV_LABEL_SMALL_ROMAN);
    label->ordinal = roman > 0 ? roman : letter;
    label->letter = roman > 0 ? letter : 0;
    return size;
}

/* Reads further members, ".2" or ".B": figures after anything, a capital only after figures or a numeral ("II.A", not
 * "U.S."). */
static size_t read_members(pv_str line, size_t offset, pv_label *label) {
    size_t end = offset + read_member(line, offset, label);
    if (end == offset)
        return offset;
    label->level = 1;
    while (char_at(line, end) == '.') {
        char next = char_at(line, end + 1);
        pv_label member = *label;
        size_t size = pv_is_digit(next) || (is_capital(next) && label->kind == PV_LABEL_FIGURE)
                          ? read_member(line, end + 1, &member)
                          : 0;
        if (size == 0)
            break;
        label->ordinal = member.ordinal;
        label->letter = 0;
        label->kind = PV_LABEL_FIGURE;
        label->level++;
        end += 1 + size;
    }
    return end;
}

/* Sets how the label that ends at offset closes, and what it labels; false when it goes on without a gap. */
static bool read_close(pv_str line, size_t offset, bool named, pv_label *label) {
    size_t end = offset;
    label->close = PV_LABEL_OPEN;
    if (char_at(line, end) == '.' || (named && char_at(line, end) == ':')) {
        label->close = char_at(line, end) == '.' ? PV_LABEL_DOT : PV_LABEL_DASH;
        end++;
    } else if (char_at(line, end) == ')') {
        label->close = PV_LABEL_PAREN;
        end++;
    }
    label->size = end;
    label->after = pv_phrasing_skip_blanks(line, end);
    if (named && label->close == PV_LABEL_OPEN) {
        size_t length;
        uint32_t sign = pv_phrasing_character_at(line, label->after, &length);
        if (pv_phrasing_is_hyphen(sign) || sign == 0x2014 || sign == '|') {
            label->close = PV_LABEL_DASH;
            label->after = pv_phrasing_skip_blanks(line, label->after + length);
        }
    }
    return label->after > end || end == line.size || label->close == PV_LABEL_DASH;
}

/* Bytes of a name such as "Section" and the blank behind it; 0 without one. */
static size_t name_size(pv_str line, pv_label_kind *kind) {
    *kind = PV_LABEL_PART;
    if (pv_str_starts_with_ascii_folded(line, PV_STR("part ")))
        return pv_phrasing_skip_blanks(line, strlen("part"));
    *kind = PV_LABEL_NAMED;
    for (size_t i = 0; i < sizeof label_names / sizeof label_names[0]; i++) {
        pv_str name = pv_str_from(label_names[i]);
        size_t blanks = pv_phrasing_skip_blanks(line, name.size < line.size ? name.size : line.size);
        if (pv_str_starts_with_ascii_folded(line, name) && blanks > name.size)
            return blanks;
    }
    return 0;
}

pv_label pv_label_read(pv_str line) {
    const pv_label none = {0};
    pv_label label = none;
    pv_label_kind kind;
    size_t start = is_capital(char_at(line, 0)) || !is_small(char_at(line, 0)) ? name_size(line, &kind) : 0;
    size_t end = read_members(line, start, &label);
    if (end == start || !read_close(line, end, start > 0, &label))
        return none;
    if (start > 0) {
        label.kind = kind;
        label.letter = 0;
        return label;
    }
    bool bare = label.close == PV_LABEL_OPEN && label.level < 2;
    return bare || label.ordinal == 0 ? none : label;
}
