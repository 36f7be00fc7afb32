#include "load/shown_number_p.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/digits.h"

/* ---- formats ---- */

/* What in a format is not said literally: moves past quotes, escapes, fill signs; *bracket: of "[h]", else empty. */
static char next_sign(pv_str code, size_t *at, pv_str *bracket) {
    *bracket = (pv_str){0};
    while (*at < code.size) {
        const char c = code.data[(*at)++];
        size_t end;
        switch (c) {
        case '"':
            end = pv_str_find(code, PV_STR("\""), *at);
            *at = end == SIZE_MAX ? code.size : end + 1;
            break;
        case '\\':
        case '_':
        case '*':
            ++*at;
            break;
        case '[':
            end = pv_str_find(code, PV_STR("]"), *at);
            end = end == SIZE_MAX ? code.size : end;
            *bracket = pv_str_slice(code, *at, end);
            *at = end + 1;
            return '[';
        default:
            return pv_ascii_lower(c);
        }
    }
    return '\0';
}

static bool is_elapsed(pv_str bracket) {
    for (size_t i = 0; i < bracket.size; i++)
        if (pv_ascii_lower(bracket.data[i]) != pv_ascii_lower(bracket.data[0]))
            return false;
    return bracket.size > 0 && strchr("hmsHMS", bracket.data[0]);
}

/* What one section of a format says, up to its semicolon: *at moves behind that. */
static pv_number_section read_section(pv_str code, size_t *at) {
    pv_number_section section = {.kind = PV_NUMBER_PLAIN};
    bool has_day = false;
    bool has_time = false;
    bool has_m = false;
    bool has_percent = false;
    pv_str bracket;
    while (*at < code.size) {
        const char sign = next_sign(code, at, &bracket);
        if (sign == ';' || sign == '\0')
            break;
        if (sign == '[' && is_elapsed(bracket)) {
            section.kind = PV_NUMBER_ELAPSED;
            section.says_number = true;
        } else if (sign == '[' && bracket.size > 0 && strchr("<>=", bracket.data[0])) {
            section.condition = bracket;
        }
        section.says_number |= sign != '\0' && strchr("0#?@gymdhs", sign);
        has_day |= sign == 'd' || sign == 'y';
        has_time |= sign == 'h' || sign == 's';
        has_m |= sign == 'm';
        has_percent |= sign == '%';
    }
    if (section.kind == PV_NUMBER_ELAPSED)
        return section;
    if (has_day || (has_m && !has_time))
        section.kind = PV_NUMBER_DAY;
    else if (has_time)
        section.kind = PV_NUMBER_TIME;
    else if (has_percent)
        section.kind = PV_NUMBER_PERCENTAGE;
    return section;
}

pv_number_format pv_number_format_read(pv_str code) {
    pv_number_format format = {.count = 0};
    if (pv_str_starts_with_ascii_folded(code, PV_STR("general"))) {
        format.sections[format.count++] = (pv_number_section){.kind = PV_NUMBER_PLAIN, .says_number = true};
        return format;
    }
    for (size_t at = 0; at < code.size && format.count < PV_NUMBER_SECTIONS;)
        format.sections[format.count++] = read_section(code, &at);
    return format;
}

/* Of the formats that a workbook need not describe. */
static pv_number_kind kind_of_known_format(uint32_t id) {
    if (id == 9 || id == 10)
        return PV_NUMBER_PERCENTAGE;
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        id == 57 || id == 58)
        return PV_NUMBER_DAY;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56)
        return PV_NUMBER_TIME;
    return id == 46 ? PV_NUMBER_ELAPSED : PV_NUMBER_PLAIN;
}

pv_number_format pv_number_format_known(uint32_t id) {
    return (pv_number_format){.sections = {{.kind = kind_of_known_format(id), .says_number = true}}, .count = 1};
}

/* ---- numbers ---- */

#define MOST_DIGITS 15 /* that programs keep, and show, of a number */

/* A number as it is stored, exactly: digits with the point after `whole` of them. */
typedef struct stored_number {
    bool is_negative;
    char digits[MOST_DIGITS + 1]; /* one more, to round by */
    int count;
    int whole; /* digits before the point; may be less than 0 or more than there are */
} stored_number;

static void take_digits(pv_str text, size_t *at, stored_number *out, bool after_point, size_t *seen) {
    for (; *at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9'; ++*at, ++*seen) {
        const bool leads = out->count == 0 && text.data[*at] == '0';
        if (!leads && out->count < (int)sizeof out->digits)
            out->digits[out->count++] = (char)(text.data[*at] - '0');
        if (after_point ? leads : !leads)
            out->whole += after_point ? -1 : 1;
    }
}

static bool take_exponent(pv_str text, size_t *at, int *out) {
    uint64_t exponent;
    *out = 0;
    if (*at == text.size)
        return true;
    if (pv_ascii_lower(text.data[*at]) != 'e')
        return false;
    ++*at;
    const bool is_negative = *at < text.size && text.data[*at] == '-';
    *at += *at < text.size && (text.data[*at] == '-' || text.data[*at] == '+');
    if (!pv_digits_read(pv_str_slice(text, *at, text.size), 400, &exponent))
        return false;
    *at = text.size;
    *out = is_negative ? -(int)exponent : (int)exponent;
    return true;
}

/* Adds one to the last digit. */
static void round_up(stored_number *number) {
    int at = number->count - 1;
    while (at >= 0 && ++number->digits[at] == 10)
        number->digits[at--] = 0;
    if (at < 0) { /* 9.99… became 10 */
        number->digits[0] = 1;
        number->whole++;
    }
}

static void round_digits(stored_number *number) {
    if (number->count > MOST_DIGITS) {
        number->count = MOST_DIGITS;
        if (number->digits[MOST_DIGITS] >= 5)
            round_up(number);
    }
    while (number->count > 0 && number->digits[number->count - 1] == 0)
        number->count--;
}

static bool parse_number(pv_str text, stored_number *out) {
    size_t at = 0;
    size_t seen = 0;
    int exponent;
    *out = (stored_number){0};
    if (at < text.size && (text.data[at] == '-' || text.data[at] == '+'))
        out->is_negative = text.data[at++] == '-';
    take_digits(text, &at, out, false, &seen);
    if (at < text.size && text.data[at] == '.') {
        at++;
        take_digits(text, &at, out, true, &seen);
    }
    if (seen == 0 || !take_exponent(text, &at, &exponent))
        return false;
    out->whole += exponent;
    round_digits(out);
    if (out->count == 0) {
        out->is_negative = false;
        out->whole = 0;
    }
    return true;
}

static int digit_at(const stored_number *number, int index) {
    return index >= 0 && index < number->count ? number->digits[index] : 0;
}

#define LONGEST_NUMBER 40 /* digits that are written out */

static void write_number(pv_buf *out, const stored_number *number) {
    if (number->is_negative)
        pv_buf_append_char(out, '-');
    for (int i = 0; i < number->whole; i++)
        pv_buf_append_char(out, (char)('0' + digit_at(number, i)));
    if (number->whole <= 0)
        pv_buf_append_char(out, '0');
    if (number->count > number->whole)
        pv_buf_append_char(out, '.');
    for (int i = number->whole; i < number->count; i++)
        pv_buf_append_char(out, (char)('0' + digit_at(number, i)));
}

#define SECONDS_OF_DAY 86400u

/* Whole days, and seconds into the next; false for what no day is. */
static bool split_days(const stored_number *number, uint64_t *days, uint64_t *seconds) {
    uint64_t part = 0;
    uint64_t unit = 1;
    *days = 0;
    if (number->is_negative || number->whole > 7)
        return false;
    for (int i = 0; i < number->whole; i++)
        *days = *days * 10 + (uint64_t)digit_at(number, i);
    for (int i = 0; i < 10; i++, unit *= 10)
        part = part * 10 + (uint64_t)digit_at(number, number->whole + i);
    *seconds = (part * SECONDS_OF_DAY + unit / 2) / unit;
    if (*seconds == SECONDS_OF_DAY) {
        *seconds = 0;
        ++*days;
    }
    return true;
}

/* The first day that serial numbers count from; 1900 had no 29 February, which the programs believe it had. */
static bool day_of_serial(uint64_t serial, bool counts_from_1904, pv_date *out) {
    const pv_date first = counts_from_1904 ? (pv_date){1904, 1, 1}
                          : serial > 60    ? (pv_date){1899, 12, 30}
                                           : (pv_date){1899, 12, 31};
    pv_error ignored = {0};
    if (!counts_from_1904 && (serial == 0 || serial == 60))
        return false;
    return pv_date_add_days(first, (int64_t)serial, out, &ignored);
}

static void write_time(pv_buf *out, uint64_t hours, uint64_t seconds) {
    pv_buf_format(out, "%02u:%02u", (unsigned)hours, (unsigned)(seconds / 60 % 60));
    if (seconds % 60 > 0)
        pv_buf_format(out, ":%02u", (unsigned)(seconds % 60));
}

static bool write_day(pv_buf *out, const stored_number *number, bool counts_from_1904) {
    uint64_t serial;
    uint64_t seconds;
    pv_date day;
    char text[PV_DATE_SIZE];
    if (!split_days(number, &serial, &seconds) || !day_of_serial(serial, counts_from_1904, &day))
        return false;
    pv_date_write(day, text);
    pv_buf_append_text(out, text);
    if (seconds > 0) {
        pv_buf_append_char(out, ' ');
        write_time(out, seconds / 3600, seconds);
    }
    return true;
}

static bool write_hours(pv_buf *out, const stored_number *number, bool are_elapsed) {
    uint64_t days;
    uint64_t seconds;
    if (!split_days(number, &days, &seconds))
        return false;
    write_time(out, seconds / 3600 + (are_elapsed ? days * 24 : 0), seconds);
    return true;
}

/* Below 0, 0 or above 0, as a is less than b, equal to it, or more. */
static int compare(const stored_number *a, const stored_number *b) {
    const int sign = a->is_negative ? -1 : 1;
    if (a->is_negative != b->is_negative)
        return sign;
    if (a->count == 0 || b->count == 0)
        return sign * ((a->count > 0) - (b->count > 0));
    if (a->whole != b->whole)
        return a->whole > b->whole ? sign : -sign;
    for (int i = 0; i < a->count || i < b->count; i++)
        if (digit_at(a, i) != digit_at(b, i))
            return digit_at(a, i) > digit_at(b, i) ? sign : -sign;
    return 0;
}

/* Whether a number meets what stands in brackets: "[<100]", "[>=1.5]", "[<>0]". */
static bool meets(const stored_number *number, pv_str condition) {
    stored_number limit;
    size_t at = 0;
    while (at < condition.size && strchr("<>=", condition.data[at]))
        at++;
    const pv_str sign = pv_str_slice(condition, 0, at);
    if (!parse_number(pv_str_slice(condition, at, condition.size), &limit))
        return false;
    const int order = compare(number, &limit);
    if (pv_str_equal(sign, PV_STR("<>")))
        return order != 0;
    return (order < 0 && pv_str_find(sign, PV_STR("<"), 0) != SIZE_MAX) ||
           (order > 0 && pv_str_find(sign, PV_STR(">"), 0) != SIZE_MAX) ||
           (order == 0 && pv_str_find(sign, PV_STR("="), 0) != SIZE_MAX);
}

/* Whether the index-th section is for the number, where none before it is. */
static bool is_for(const pv_number_format *format, size_t index, const stored_number *number) {
    const pv_number_section *section = &format->sections[index];
    if (section->condition.size > 0)
        return meets(number, section->condition);
    if (index + 1 >= format->count || index + 1 == PV_NUMBER_SECTIONS)
        return true;
    return index > 0 ? number->is_negative : !number->is_negative && (format->count < 3 || number->count > 0);
}

/* How the number is shown. A section that shows no number at all ("-", nothing) tells nothing of it: then the first one
 * that does. */
static pv_number_kind kind_for(const pv_number_format *format, const stored_number *number) {
    size_t index = 0;
    while (index < format->count && !is_for(format, index, number))
        index++;
    if (index < format->count && format->sections[index].says_number)
        return format->sections[index].kind;
    for (index = 0; index < format->count; index++)
        if (format->sections[index].says_number)
            return format->sections[index].kind;
    return PV_NUMBER_PLAIN;
}

void pv_number_show(pv_buf *out, pv_str stored, const pv_number_format *format, bool counts_from_1904) {
    stored_number number;
    bool shown = false;
    if (!parse_number(stored, &number) || abs(number.whole) > LONGEST_NUMBER) {
        pv_buf_append(out, stored);
        return;
    }
    const pv_number_kind kind = kind_for(format, &number);
    if (kind == PV_NUMBER_DAY)
        shown = write_day(out, &number, counts_from_1904);
    if (kind == PV_NUMBER_TIME || kind == PV_NUMBER_ELAPSED)
        shown = write_hours(out, &number, kind == PV_NUMBER_ELAPSED);
    if (kind == PV_NUMBER_PERCENTAGE && number.count > 0)
        number.whole += 2;
    if (shown)
        return;
    write_number(out, &number);
    if (kind == PV_NUMBER_PERCENTAGE)
        pv_buf_append_char(out, '%');
}
