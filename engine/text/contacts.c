#include "text/contacts.h"

#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"

#define LONGEST_LOCAL 64 /* bytes of an e-mail address before its @ */
#define LONGEST_NAME 253 /* of a host */
#define LONGEST_LABEL 63
#define FEWEST_DIGITS 7
#define MOST_DIGITS 15 /* of a telephone number, as E.164 has it */
#define MOST_EXTENSION 6
#define LONGEST_POSTCODE 10

static bool is_letter_or_digit(uint32_t c) {
    return c < 0x80 ? pv_ascii_is_letter_or_digit((char)c) : pv_utf8_is_word_character(c);
}

/* ---- hosts ---- */

/* "example" of "example.org": letters, digits, and hyphens inside. */
static bool is_label(pv_str label) {
    if (label.size == 0 || label.size > LONGEST_LABEL || label.data[0] == '-' || label.data[label.size - 1] == '-')
        return false;
    for (size_t at = 0, length; at < label.size; at += length) {
        uint32_t c = pv_utf8_decode(label, at, &length);
        if (c != '-' && !is_letter_or_digit(c))
            return false;
    }
    return true;
}

/* Two labels or more, the last of which is no number. */
static bool is_host(pv_str text) {
    size_t labels = 0;
    size_t start = 0;
    pv_str last = PV_STR("");
    while (start <= text.size) {
        size_t dot = pv_str_find(text, PV_STR("."), start);
        size_t end = dot == SIZE_MAX ? text.size : dot;
        last = pv_str_slice(text, start, end);
        if (!is_label(last))
            return false;
        labels++;
        start = end + 1;
    }
    bool is_number = true;
    for (size_t i = 0; i < last.size; i++)
        is_number = is_number && pv_is_digit(last.data[i]);
    return labels >= 2 && !is_number && pv_utf8_length(last) >= 2 && text.size <= LONGEST_NAME;
}

/* ---- e-mail and pages ---- */

bool pv_contact_is_email(pv_str text) {
    text = pv_str_trim(text);
    size_t at_sign = pv_str_find(text, PV_STR("@"), 0);
    if (at_sign == SIZE_MAX || at_sign == 0 || at_sign > LONGEST_LOCAL)
        return false;
    pv_str local = pv_str_slice(text, 0, at_sign);
    if (local.data[0] == '.' || local.data[at_sign - 1] == '.' || pv_str_find(local, PV_STR(".."), 0) != SIZE_MAX)
        return false;
    for (size_t at = 0, length; at < local.size; at += length) {
        uint32_t c = pv_utf8_decode(local, at, &length);
        if (!is_letter_or_digit(c) && !(c > 0 && c < 0x80 && strchr(".!#$%&'*+/=?^_`{|}~-", (char)c)))
            return false;
    }
    return is_host(pv_str_slice(text, at_sign + 1, text.size));
}

static bool has_blank_or_bracket(pv_str text) {
    for (size_t at = 0, length; at < text.size; at += length) {
        uint32_t c = pv_utf8_decode(text, at, &length);
        if (c <= 0x20 || c == 0x7f || c == '<' || c == '>' || c == '"' || pv_utf8_is_white_space(c) ||
            pv_utf8_is_invisible(c))
            return true;
    }
    return false;
}

/* Where the host ends: before a port, a path, a query or a fragment. */
static size_t end_of_host(pv_str text, size_t start) {
    size_t end = start;
    while (end < text.size && !strchr(":/?#", text.data[end]))
        end++;
    return end;
}

bool pv_contact_is_url(pv_str text) {
    static const pv_str schemes[] = {PV_STR("https://"), PV_STR("http://")};
    size_t start = 0;
    text = pv_str_trim(text);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (pv_str_starts_with_ascii_folded(text, schemes[i]))
            start = schemes[i].size;
    if ((start == 0 && !pv_str_starts_with_ascii_folded(text, PV_STR("www."))) || has_blank_or_bracket(text))
        return false;
    size_t end = end_of_host(text, start);
    size_t port = end;
    if (end < text.size && text.data[end] == ':')
        for (port = end + 1; pv_digit_at(text, port);)
            port++;
    bool port_is_fine = port == end || (port > end + 1 && port <= end + 6);
    return port_is_fine && (port == text.size || text.data[port] != ':') && is_host(pv_str_slice(text, start, end));
}

/* ---- telephones ---- */

/* Where the extension begins: "ext. 3", "x3", "#3"; the size of text where there is none. */
static size_t start_of_extension(pv_str text, bool *well_formed) {
    static const pv_str words[] = {PV_STR("extension"), PV_STR("extn"), PV_STR("ext"), PV_STR("x"), PV_STR("#")};
    *well_formed = true;
    for (size_t at = 0; at < text.size; at++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t digits = 0;
            if (!pv_str_starts_with_ascii_folded(pv_str_slice(text, at, text.size), words[i]))
                continue;
            size_t next = at + words[i].size;
            next += next < text.size && text.data[next] == '.';
            while (next < text.size && text.data[next] == ' ')
                next++;
            while (pv_digit_at(text, next + digits))
                digits++;
            *well_formed = digits > 0 && digits <= MOST_EXTENSION && next + digits == text.size;
            return at;
        }
    return text.size;
}

static bool is_separator(uint32_t c) {
    return c == '-' || c == '.' || c == '/' || (c >= 0x2010 && c <= 0x2013) || pv_utf8_is_white_space(c);
}

bool pv_contact_is_telephone(pv_str text) {
    bool extended;
    text = pv_str_trim(text);
    pv_str number = pv_str_trim(pv_str_slice(text, 0, start_of_extension(text, &extended)));
    size_t digits = 0;
    size_t since_separator = 0; /* separators that are not blanks, in a row */
    int open = 0;
    bool had_parentheses = false;
    for (size_t at = 0, length; at < number.size; at += length) {
        uint32_t c = pv_utf8_decode(number, at, &length);
        if (c < 0x80 && pv_is_digit((char)c)) {
            digits++;
            since_separator = 0;
        } else if (c == '+' && at == 0) {
            continue;
        } else if (c == '(' && !had_parentheses) {
            open = 1;
            had_parentheses = true;
        } else if (c == ')' && open == 1 && at > 0 && number.data[at - 1] != '(') {
            open = 0;
        } else if (!is_separator(c) || (since_separator += !pv_utf8_is_white_space(c)) > 1) {
            return false;
        }
    }
    bool ends_well =
        number.size > 0 && (pv_is_digit(number.data[number.size - 1]) || number.data[number.size - 1] == ')');
    return extended && ends_well && open == 0 && digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
}

/* ---- postcodes ---- */

/* Of one country, however many forms it has: A is a letter, 9 a digit, X either, a blank may be left out, all else
 * stands for itself. */
typedef struct postcode_form {
    pv_str country;
    pv_str form;
    pv_str example;
} postcode_form;

static const postcode_form postcode_forms[] = {
    {PV_STR("AT"), PV_STR("9999"), PV_STR("1010")},         {PV_STR("AU"), PV_STR("9999"), PV_STR("2000")},
    {PV_STR("BE"), PV_STR("9999"), PV_STR("1000")},         {PV_STR("CA"), PV_STR("A9A 9A9"), PV_STR("K1A 0B1")},
    {PV_STR("CH"), PV_STR("9999"), PV_STR("3003")},         {PV_STR("DE"), PV_STR("99999"), PV_STR("10115")},
    {PV_STR("DK"), PV_STR("9999"), PV_STR("1050")},         {PV_STR("ES"), PV_STR("99999"), PV_STR("28013")},
    {PV_STR("FI"), PV_STR("99999"), PV_STR("00100")},       {PV_STR("FR"), PV_STR("99999"), PV_STR("75001")},
    {PV_STR("GB"), PV_STR("A9 9AA"), PV_STR("SW1A 2AA")},   {PV_STR("GB"), PV_STR("A99 9AA"), PV_STR("SW1A 2AA")},
    {PV_STR("GB"), PV_STR("A9A 9AA"), PV_STR("SW1A 2AA")},  {PV_STR("GB"), PV_STR("AA9 9AA"), PV_STR("SW1A 2AA")},
    {PV_STR("GB"), PV_STR("AA99 9AA"), PV_STR("SW1A 2AA")}, {PV_STR("GB"), PV_STR("AA9A 9AA"), PV_STR("SW1A 2AA")},
    {PV_STR("IE"), PV_STR("A99 XXXX"), PV_STR("D02 X285")}, {PV_STR("IE"), PV_STR("A9A XXXX"), PV_STR("D02 X285")},
    {PV_STR("IN"), PV_STR("999 999"), PV_STR("110001")},    {PV_STR("IT"), PV_STR("99999"), PV_STR("00184")},
    {PV_STR("JP"), PV_STR("999-9999"), PV_STR("100-8111")}, {PV_STR("NL"), PV_STR("9999 AA"), PV_STR("2511 EX")},
    {PV_STR("NO"), PV_STR("9999"), PV_STR("0150")},         {PV_STR("NZ"), PV_STR("9999"), PV_STR("6011")},
    {PV_STR("PL"), PV_STR("99-999"), PV_STR("00-950")},     {PV_STR("PT"), PV_STR("9999-999"), PV_STR("1100-148")},
    {PV_STR("SE"), PV_STR("999 99"), PV_STR("111 52")},     {PV_STR("US"), PV_STR("99999"), PV_STR("90012")},
    {PV_STR("US"), PV_STR("99999-9999"), PV_STR("90012")},  {PV_STR("ZA"), PV_STR("9999"), PV_STR("8001")},
};
#define POSTCODE_FORMS (sizeof postcode_forms / sizeof *postcode_forms)

static bool has_form(pv_str text, pv_str form) {
    size_t at = 0;
    for (size_t i = 0; i < form.size; i++) {
        char wanted = form.data[i];
        bool there = at < text.size;
        if (wanted == ' ' && !(there && text.data[at] == ' '))
            continue; /* left out */
        if (!there)
            return false;
        char c = text.data[at++];
        bool fits = wanted == 'A'   ? pv_ascii_is_letter(c)
                    : wanted == '9' ? pv_is_digit(c)
                    : wanted == 'X' ? pv_ascii_is_letter_or_digit(c)
                                    : c == wanted;
        if (!fits)
            return false;
    }
    return at == text.size;
}

/* Letters, digits, blanks and hyphens, a digit among them. */
static bool may_be_postcode(pv_str text) {
    bool digit = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        digit = digit || pv_is_digit(c);
        bool inside = i > 0 && i + 1 < text.size;
        if (!pv_ascii_is_letter_or_digit(c) && !(inside && (c == ' ' || c == '-')))
            return false;
    }
    return digit && text.size >= 3 && text.size <= LONGEST_POSTCODE;
}

bool pv_contact_is_postcode(pv_str text, pv_str country) {
    text = pv_str_trim(text);
    if (country.size == 0)
        return may_be_postcode(text);
    for (size_t i = 0; i < POSTCODE_FORMS; i++)
        if (pv_str_equal(postcode_forms[i].country, country) && has_form(text, postcode_forms[i].form))
            return true;
    return false;
}

pv_str pv_contact_postcode_example(pv_str country) {
    for (size_t i = 0; i < POSTCODE_FORMS; i++)
        if (pv_str_equal(postcode_forms[i].country, country))
            return postcode_forms[i].example;
    return PV_STR("");
}

pv_str pv_contact_postcode_country(size_t index) {
    for (size_t i = 0; i < POSTCODE_FORMS; i++) {
        bool again = i > 0 && pv_str_equal(postcode_forms[i].country, postcode_forms[i - 1].country);
        if (!again && index-- == 0)
            return postcode_forms[i].country;
    }
    return PV_STR("");
}
