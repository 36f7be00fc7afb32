/* The types that values have: how each is written, read, compared and spelt. */
#include "model/value_p.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"
#include "model/message.h"
#include "text/contacts.h"

static_assert(PV_TYPE_COUNT <= PV_NAMES_LISTED_MOST, "a message about a type that there is not lists all there are");

static const pv_type_row rows[PV_TYPE_COUNT] = {
    [PV_TYPE_TEXT] = {"text", PV_SORT_TEXT, "a text", "", "", "something"},
    [PV_TYPE_INTEGER] = {"integer", PV_SORT_NUMBER, "an integer", "write it like 200 or 1,000",
                         "a whole number, like 200", "200"},
    [PV_TYPE_DECIMAL] = {"decimal", PV_SORT_NUMBER, "a decimal", "write it like 12.50", "a number, like 12.50",
                         "12.50"},
    [PV_TYPE_PERCENTAGE] = {"percentage", PV_SORT_NUMBER, "a percentage", "write it like 20%", "a percentage, like 20%",
                            "20%"},
    [PV_TYPE_DATE] = {"date", PV_SORT_DAYS, "a date", "write it like 2022-07-01", "a date, like 2022-07-01",
                      "2022-07-01"},
    [PV_TYPE_BOOLEAN] = {"boolean", PV_SORT_BOOLEAN, "a boolean", "write true or false", "yes or no", "true"},
    [PV_TYPE_LIST] = {"list", PV_SORT_LIST, "a list", "", "a list, like [one, another]", "something"},
    [PV_TYPE_ROW] = {"row", PV_SORT_ROW, "the name of a row", "", "a name from the form's table", "something"},
    [PV_TYPE_DOCUMENT] = {"document", PV_SORT_DOCUMENT, "a document", "",
                          "a text kept line by line; or as { file: letters/first.txt }, a text file beside this one",
                          "something"},
    [PV_TYPE_MONEY] = {"money", PV_SORT_NUMBER, "an amount of money", "write it like 1,200.00",
                       "an amount, like 1,200.00", "1,200.00"},
    [PV_TYPE_MONTH] = {"month", PV_SORT_DAYS, "a month", "write it like 2011-09 or Sept 2011",
                       "a month, like 2011-09 or Sept 2011", "2011-09"},
    [PV_TYPE_YEAR] = {"year", PV_SORT_DAYS, "a year", "write it like 2003", "a year, like 2003", "2003"},
    [PV_TYPE_PERIOD] = {"period", PV_SORT_DAYS, "a period", "write it like 2003–2014 or Jan 2015 – March 2016",
                        "a period, like 2003–2014, Jan 2015 – March 2016 or 2004–present", "2003–2014"},
    [PV_TYPE_EMAIL] = {"email", PV_SORT_TEXT, "an e-mail address", "write it like name@example.org",
                       "an e-mail address, like name@example.org", "name@example.org"},
    [PV_TYPE_TELEPHONE] = {"telephone", PV_SORT_TEXT, "a telephone number", "write it like +44 20 7946 0958",
                           "a telephone number, like +44 20 7946 0958", "+44 20 7946 0958"},
    [PV_TYPE_POSTCODE] = {"postcode", PV_SORT_TEXT, "a postcode", "", "a postcode", "SW1A 2AA"},
    [PV_TYPE_FILE] = {"file", PV_SORT_FILE, "the path of a file", "write it like letters/plan.pdf",
                      "the path of a file beside this one, like letters/plan.pdf", "plan.pdf"},
    [PV_TYPE_URL] = {"url", PV_SORT_TEXT, "an address of a web page", "write it like https://example.org/page",
                     "a web address, like https://example.org/page", "https://example.org/page"},
};

const pv_type_row *pv_type_of(pv_type type) {
    return &rows[type];
}

const char *pv_type_name(pv_type type) {
    return rows[type].name;
}

bool pv_type_from_name(pv_str name, pv_type *out) {
    for (size_t type = 0; type < PV_TYPE_COUNT; type++)
        if (pv_str_equal(name, pv_str_from(rows[type].name))) {
            *out = (pv_type)type;
            return true;
        }
    return false;
}

/* ---- how values are spelt ---- */

/* Currencies whose values may have a sign instead of the three letters. A sign may be that of several: the form says
 * which of them is meant. */
typedef struct currency_sign {
    pv_str currency;
    pv_str sign;
} currency_sign;

static const currency_sign currency_signs[] = {
    {PV_STR("AUD"), PV_STR("$")},   {PV_STR("AUD"), PV_STR("A$")},  {PV_STR("CAD"), PV_STR("$")},
    {PV_STR("CAD"), PV_STR("C$")},  {PV_STR("CHF"), PV_STR("Fr.")}, {PV_STR("DKK"), PV_STR("kr")},
    {PV_STR("EUR"), PV_STR("€")},   {PV_STR("GBP"), PV_STR("£")},   {PV_STR("INR"), PV_STR("₹")},
    {PV_STR("JPY"), PV_STR("¥")},   {PV_STR("NOK"), PV_STR("kr")},  {PV_STR("NZD"), PV_STR("$")},
    {PV_STR("NZD"), PV_STR("NZ$")}, {PV_STR("SEK"), PV_STR("kr")},  {PV_STR("USD"), PV_STR("$")},
    {PV_STR("USD"), PV_STR("US$")},
};
#define CURRENCY_SIGNS (sizeof currency_signs / sizeof *currency_signs)

pv_str pv_value_currency(size_t index) {
    for (size_t i = 0; i < CURRENCY_SIGNS; i++) {
        bool again = i > 0 && pv_str_equal(currency_signs[i].currency, currency_signs[i - 1].currency);
        if (!again && index-- == 0)
            return currency_signs[i].currency;
    }
    return PV_STR("");
}

/* With this mark between the whole and the parts: 12.5 or 12,5. */
static pv_spelt show(pv_decimal number, char mark) {
    pv_spelt shown = {.text = ""};
    pv_buf out = {.data = shown.text, .capacity = sizeof shown.text};
    pv_decimal_format(number, &out);
    char *point = strchr(shown.text, '.');
    if (point)
        *point = mark;
    return shown;
}

/* A day, month or year as ISO 8601 writes it; of what is over two years, the first. */
static size_t write_date(char *out, size_t room, const pv_date_mention *date) {
    int written;
    if (date->precision == PV_DATE_PRECISION_DAY)
        written = snprintf(out, room, "%04d-%02d-%02d", date->first.year, date->first.month, date->first.day);
    else if (date->precision == PV_DATE_PRECISION_MONTH)
        written = snprintf(out, room, "%04d-%02d", date->first.year, date->first.month);
    else if (date->precision == PV_DATE_PRECISION_YEAR && date->first.year < date->last.year)
        written = snprintf(out, room, "%04d/%02d", date->first.year, date->last.year % 100);
    else if (date->precision == PV_DATE_PRECISION_YEAR)
        written = snprintf(out, room, "%04d", date->first.year);
    else
        written = snprintf(out, room, "%04d-%02d to %04d-%02d", date->first.year, date->first.month, date->last.year,
                           date->last.month);
    return written < 0 ? 0 : (size_t)written;
}

static bool is_same_date(const pv_date_mention *a, const pv_date_mention *b) {
    return pv_date_compare(a->first, b->first) == 0 && pv_date_compare(a->last, b->last) == 0;
}

static pv_spelt spell_days(const pv_interval *days) {
    pv_spelt spelt = {.text = ""};
    size_t used = write_date(spelt.text, sizeof spelt.text, &days->from);
    if (days->open)
        (void)snprintf(spelt.text + used, sizeof spelt.text - used, " to present");
    else if (!is_same_date(&days->from, &days->to)) {
        used += (size_t)snprintf(spelt.text + used, sizeof spelt.text - used, " to ");
        (void)write_date(spelt.text + used, sizeof spelt.text - used, &days->to);
    }
    return spelt;
}

pv_spelt pv_value_spelt(const pv_value *value) {
    pv_spelt spelt = {.text = ""};
    if (!pv_value_is_known(value) || pv_value_is_blank(value))
        return spelt;
    switch (rows[value->spec->type].sort) {
    case PV_SORT_NUMBER: {
        spelt = show(value->number, '.');
        size_t used = strlen(spelt.text);
        if (value->spec->type == PV_TYPE_PERCENTAGE)
            (void)snprintf(spelt.text + used, sizeof spelt.text - used, "%%");
        else if (value->spec->type == PV_TYPE_MONEY)
            (void)snprintf(spelt.text + used, sizeof spelt.text - used, " %.*s", PV_STR_ARG(value->spec->currency));
        return spelt;
    }
    case PV_SORT_DAYS:
        return spell_days(&value->days);
    case PV_SORT_BOOLEAN:
        snprintf(spelt.text, sizeof spelt.text, "%s", value->boolean ? "true" : "false");
        return spelt;
    default:
        return spelt;
    }
}

bool pv_value_is_same(const pv_value *a, const pv_value *b) {
    switch (rows[a->spec->type].sort) {
    case PV_SORT_NUMBER:
        return pv_decimal_compare(a->number, b->number) == 0;
    case PV_SORT_DAYS:
        return is_same_date(&a->days.from, &b->days.from) && a->days.open == b->days.open &&
               (a->days.open || is_same_date(&a->days.to, &b->days.to));
    case PV_SORT_BOOLEAN:
        return a->boolean == b->boolean;
    case PV_SORT_ROW:
        return a->row == b->row;
    case PV_SORT_TEXT:
    case PV_SORT_DOCUMENT:
    case PV_SORT_FILE:
        return a->other == b->other && pv_str_equal(a->text.value, b->text.value);
    case PV_SORT_LIST:
        break;
    }
    return false;
}

/* ---- what a value is not ---- */

/* What a spreadsheet program may write besides. */
static const char *other_spelling(const pv_value_spec *spec, const pv_node *node) {
    if (spec->type == PV_TYPE_BOOLEAN && (spec->filed || node->spelling))
        return ", yes or no";
    bool ordered = node->spelling && node->spelling->dates != PV_DATE_ORDER_UNKNOWN;
    if (spec->type != PV_TYPE_DATE || !ordered)
        return "";
    return node->spelling->dates == PV_DATE_ORDER_MONTH_FIRST ? " or 7/1/2022" : " or 1/7/2022";
}

/* "an amount in GBP; write it like £1,200.00 or 1200.00 GBP" */
static pv_hint money_called(const pv_value_spec *spec) {
    pv_hint hint;
    const char *cents = spec->has_places && spec->places == 0 ? "" : ".00";
    pv_str sign = PV_STR("");
    for (size_t i = 0; i < CURRENCY_SIGNS && sign.size == 0; i++)
        if (pv_str_equal(currency_signs[i].currency, spec->currency))
            sign = currency_signs[i].sign;
    if (sign.size > 0)
        snprintf(hint.text, sizeof hint.text, "an amount in %.*s; write it like %.*s1,200%s or 1200%s %.*s",
                 PV_STR_ARG(spec->currency), PV_STR_ARG(sign), cents, cents, PV_STR_ARG(spec->currency));
    else
        snprintf(hint.text, sizeof hint.text, "an amount in %.*s; write it like 1,200%s or 1200%s %.*s",
                 PV_STR_ARG(spec->currency), cents, cents, PV_STR_ARG(spec->currency));
    return hint;
}

/* "a percentage; write it like 20%" */
static pv_hint what_it_is(const pv_value_spec *spec, const pv_node *node) {
    pv_hint hint;
    const pv_type_row *row = &rows[spec->type];
    if (spec->type == PV_TYPE_MONEY)
        return money_called(spec);
    if (spec->type == PV_TYPE_POSTCODE && spec->country.size > 0)
        snprintf(hint.text, sizeof hint.text, "a postcode of %.*s; write it like %.*s", PV_STR_ARG(spec->country),
                 PV_STR_ARG(pv_contact_postcode_example(spec->country)));
    else
        snprintf(hint.text, sizeof hint.text, "%s%s%s%s", row->called, row->like[0] ? "; " : "", row->like,
                 other_spelling(spec, node));
    return hint;
}

/* Whether a sign of some currency stands in it, which is seen as what it is. */
static bool has_sign(pv_str text) {
    bool found = false;
    for (size_t i = 0; !found && i < CURRENCY_SIGNS; i++)
        found = pv_str_find(text, currency_signs[i].sign, 0) != SIZE_MAX;
    return found;
}

static bool fail_spelling(const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    pv_str text = pv_str_trim(node->text.value);
    pv_hint odd = {.text = ""};
    if (!has_sign(text))
        odd = pv_message_difference(text, PV_STR(""));
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not %s%s", pv_message_quote(text).text,
                      what_it_is(spec, node).text, odd.text);
}

/* ---- numbers, with a point or a comma ---- */

/* What may stand between groups of three digits where the decimal mark is a comma. */
static bool is_group_mark(uint32_t code_point) {
    return code_point == '.' || code_point == '\'' || code_point == 0x2019 || code_point == 0x2009 ||
           (pv_utf8_is_white_space(code_point) && (code_point == ' ' || code_point == 0xA0 || code_point == 0x202F));
}

/* Of "1.234,50", "1 234,50", "1'234,50": the same with a decimal point and no groups. False for what is not written
 * so: groups of other than three digits, two marks of groups in one number, a mark after the comma. */
static bool read_decimal_comma(pv_str text, pv_spelt *out) {
    size_t size = 0;
    size_t group = 0; /* digits since the last mark of groups, or the beginning */
    uint32_t mark = 0;
    bool in_fraction = false;
    for (size_t at = 0, length; at < text.size; at += length) {
        uint32_t c = pv_utf8_decode(text, at, &length);
        if (size + 2 > sizeof out->text)
            return false;
        if (at == 0 && (c == '+' || c == '-' || c == 0x2212)) {
            out->text[size++] = c == '+' ? '+' : '-';
        } else if (c < 0x80 && pv_is_digit((char)c)) {
            out->text[size++] = (char)c;
            group++;
        } else if (c == ',' && !in_fraction && (!mark || group == 3)) {
            out->text[size++] = '.';
            in_fraction = true;
        } else if (is_group_mark(c) && !in_fraction && (mark ? mark == c && group == 3 : group > 0 && group <= 3)) {
            mark = c;
            group = 0;
        } else {
            return false;
        }
    }
    out->text[size] = '\0';
    return in_fraction || !mark || group == 3;
}

/* The number that text is where the comma is the decimal mark. */
static bool parse_decimal_comma(pv_str text, pv_decimal *out, pv_error *error) {
    pv_spelt written;
    return read_decimal_comma(text, &written) ? pv_decimal_parse(pv_str_from(written.text), false, out, error)
                                              : pv_fail(error, PV_ERROR_SYNTAX, "not a number");
}

/* Where the form says that its numbers have a decimal comma. */
static bool fail_decimal_comma(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_error *error) {
    static const char *const expected[] = {
        [PV_TYPE_INTEGER] = "an integer; write it like 200 or 1.000",
        [PV_TYPE_DECIMAL] = "a decimal; write it like 12,50",
        [PV_TYPE_PERCENTAGE] = "a percentage; write it like 12,5%",
        [PV_TYPE_MONEY] = "an amount; write it like 1.200,00",
    };
    pv_decimal number;
    pv_error ignored = {0};
    pv_str written = pv_str_trim(node->text.value);
    const char *percent = spec->type == PV_TYPE_PERCENTAGE ? "%" : "";
    if (pv_decimal_parse(text, true, &number, &ignored))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "'%s' is written with a decimal point, but the form says that numbers here have a decimal "
                          "comma (csv: numbers: comma); write %s%s",
                          pv_message_quote(written).text, show(number, ',').text, percent);
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not %s", pv_message_quote(written).text,
                      expected[spec->type]);
}

/* In a table whose form does not say: what is a number with a decimal comma alone. */
static bool fail_mark_unknown(const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    pv_error spelling = {0};
    (void)fail_spelling(spec, node, &spelling);
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                      "%s; where the numbers of a CSV file have a decimal comma, its form says csv: { numbers: comma }",
                      spelling.message);
}

static bool fail_either_mark(const pv_value_spec *spec, const pv_node *node, pv_decimal with_point,
                             pv_decimal with_comma, pv_error *error) {
    const char *percent = spec->type == PV_TYPE_PERCENTAGE ? "%" : "";
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                      "'%s' may be %s%s or %s%s where cells are separated by semicolons; the form is to say which, by "
                      "csv: { numbers: point } or csv: { numbers: comma }",
                      pv_message_quote(pv_str_trim(node->text.value)).text, show(with_point, '.').text, percent,
                      show(with_comma, '.').text, percent);
}

static bool fail_range(const pv_node *node, pv_str text, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' has more digits than can be kept exactly",
                      pv_message_quote(text).text);
}

/* text: of node, without what belongs to its type. */
static bool parse_number(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_decimal *out,
                         pv_error *error) {
    pv_error failure = {0};
    pv_error comma_failure = {0};
    pv_decimal other = {0};
    const pv_spelling *spelling = node->spelling;
    if (spelling && spelling->numbers == PV_NUMBER_MARK_COMMA) {
        if (parse_decimal_comma(text, out, &failure))
            return true;
        return failure.code == PV_ERROR_RANGE ? fail_range(node, text, error)
                                              : fail_decimal_comma(spec, node, text, error);
    }
    bool undeclared = spelling && spelling->numbers == PV_NUMBER_MARK_UNKNOWN;
    bool has_comma_reading = undeclared && parse_decimal_comma(text, &other, &comma_failure);
    if (!pv_decimal_parse(text, true, out, &failure)) {
        if (failure.code == PV_ERROR_RANGE)
            return fail_range(node, text, error);
        return has_comma_reading ? fail_mark_unknown(spec, node, error) : fail_spelling(spec, node, error);
    }
    bool is_ambiguous = has_comma_reading && spelling->semicolons && spec->type != PV_TYPE_INTEGER &&
                        pv_decimal_compare(*out, other) != 0;
    return !is_ambiguous || fail_either_mark(spec, node, *out, other, error);
}

static bool parse_integer(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_decimal *out,
                          pv_error *error) {
    bool comma = node->spelling && node->spelling->numbers == PV_NUMBER_MARK_COMMA;
    if (pv_str_find(text, comma ? PV_STR(",") : PV_STR("."), 0) == SIZE_MAX)
        return parse_number(spec, node, text, out, error);
    if (comma)
        return fail_decimal_comma(spec, node, PV_STR(""), error);
    pv_error ignored = {0};
    bool has_comma_reading = node->spelling && node->spelling->numbers == PV_NUMBER_MARK_UNKNOWN &&
                             pv_str_find(text, PV_STR(","), 0) == SIZE_MAX && parse_decimal_comma(text, out, &ignored);
    return has_comma_reading ? fail_mark_unknown(spec, node, error) : fail_spelling(spec, node, error);
}

static bool parse_percentage(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_decimal *out,
                             pv_error *error) {
    size_t length;
    if (!pv_str_ends_with(text, PV_STR("%")))
        return fail_spelling(spec, node, error);
    size_t end = text.size - 1;
    size_t blank = end > 0 ? pv_utf8_previous(text, end) : 0;
    if (end > 0 && pv_utf8_is_white_space(pv_utf8_decode(text, blank, &length)))
        end = blank;
    return parse_number(spec, node, pv_str_slice(text, 0, end), out, error);
}

static bool parse_boolean(const pv_value_spec *spec, const pv_node *node, pv_str text, bool *out) {
    if (!spec->filed && !node->spelling) {
        *out = pv_str_equal(text, PV_STR("true"));
        return *out || pv_str_equal(text, PV_STR("false"));
    }
    *out = pv_str_equal_ascii_folded(text, PV_STR("true")) || pv_str_equal_ascii_folded(text, PV_STR("yes"));
    return *out || pv_str_equal_ascii_folded(text, PV_STR("false")) || pv_str_equal_ascii_folded(text, PV_STR("no"));
}

/* ---- money ---- */

static pv_str without_sign_at_start(pv_str text, pv_str sign) {
    return pv_str_starts_with_ascii_folded(text, sign) ? pv_str_trim(pv_str_slice(text, sign.size, text.size)) : text;
}

static pv_str without_sign_at_end(pv_str text, pv_str sign) {
    bool ends =
        text.size > sign.size && pv_str_equal_ascii_folded(pv_str_slice(text, text.size - sign.size, text.size), sign);
    return ends ? pv_str_trim(pv_str_slice(text, 0, text.size - sign.size)) : text;
}

/* The amount without the letters or one sign of its currency, before or after it; a blank that does not break may stand
 * between. */
static pv_str without_currency(const pv_value_spec *spec, pv_str text) {
    pv_str found = without_sign_at_start(text, spec->currency);
    if (found.size == text.size)
        found = without_sign_at_end(text, spec->currency);
    pv_str longest = PV_STR("");
    for (size_t i = 0; i < CURRENCY_SIGNS; i++) {
        const pv_str sign = currency_signs[i].sign;
        bool is_there = pv_str_equal(currency_signs[i].currency, spec->currency) &&
                        (without_sign_at_start(found, sign).size < found.size ||
                         without_sign_at_end(found, sign).size < found.size);
        if (is_there && sign.size > longest.size)
            longest = sign;
    }
    if (longest.size == 0)
        return found;
    pv_str before = without_sign_at_start(found, longest);
    return before.size < found.size ? before : without_sign_at_end(found, longest);
}

/* "(1,200)", "-£1,200", "£-1,200", "£(1,200)": the size of what is below zero. *negative: it is. */
static pv_str without_minus(pv_str text, bool *negative) {
    static const pv_str signs[] = {PV_STR("-"), PV_STR("\xE2\x88\x92")};
    if (text.size > 2 && text.data[0] == '(' && text.data[text.size - 1] == ')' && !*negative) {
        *negative = true;
        return pv_str_trim(pv_str_slice(text, 1, text.size - 1));
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (pv_str_starts_with(text, signs[i]) && !*negative) {
            *negative = true;
            return pv_str_slice(text, signs[i].size, text.size);
        }
    return text;
}

static bool parse_money(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_decimal *out, pv_error *error) {
    bool negative = false;
    pv_str whole = without_minus(text, &negative);
    pv_str bare = without_currency(spec, whole);
    pv_str amount = without_minus(bare, &negative);
    if (bare.size == whole.size)
        amount = without_currency(spec, amount); /* "(£1,200)" */
    bool begins_well = amount.size > 0 && amount.data[0] != '-' && amount.data[0] != '+';
    if (!begins_well)
        return fail_spelling(spec, node, error);
    if (!parse_number(spec, node, amount, out, error))
        return false;
    if (negative)
        out->coefficient = -out->coefficient;
    return true;
}

/* Whether it has no more decimal places than the form takes. */
static bool check_places(const pv_value_spec *spec, const pv_node *node, pv_decimal number, pv_error *error) {
    while (number.scale > 0 && number.coefficient % 10 == 0) {
        number.coefficient /= 10;
        number.scale--;
    }
    if (!spec->has_places || number.scale <= spec->places)
        return true;
    pv_quote text = pv_message_quote(pv_str_trim(node->text.value));
    if (spec->places == 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is no whole number; the form takes whole units here",
                          text.text);
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' has %u decimal places; the form takes at most %u",
                      text.text, (unsigned)number.scale, (unsigned)spec->places);
}

/* ---- days ---- */

/* True for "3/31/2024" and what else has nothing but figures and slashes. */
static bool is_slashed(pv_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '/' && (text.data[i] < '0' || text.data[i] > '9'))
            return false;
    return pv_str_find(text, PV_STR("/"), 0) != SIZE_MAX;
}

static bool parse_slashed_date(pv_date *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                               pv_str text, pv_error *error) {
    pv_date_order order = node->spelling->dates;
    pv_date_list found;
    if (!pv_dates_find(arena, text, (pv_date_options){.order = order}, &found, error))
        return false;
    if (found.count != 1 || found.dates[0].at.start != 0 || found.dates[0].at.end != text.size ||
        found.dates[0].precision != PV_DATE_PRECISION_DAY)
        return fail_spelling(spec, node, error);
    if (found.dates[0].reading == PV_DATE_IMPOSSIBLE)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "there is no day '%s', read with the %s first",
                          pv_message_quote(text).text, order == PV_DATE_ORDER_MONTH_FIRST ? "month" : "day");
    *out = found.dates[0].first;
    return true;
}

/* A day as a spreadsheet exports it, with the time at which it begins: that time is left out, and no other is. */
static pv_str without_midnight(pv_str text) {
    static const pv_str times[] = {
        PV_STR("00:00"), PV_STR("00:00:00"), PV_STR("00:00:00.000"), PV_STR("00:00:00Z"),   PV_STR("00:00:00.000Z"),
        PV_STR("0:00"),  PV_STR("0:00:00"),  PV_STR("12:00 AM"),     PV_STR("12:00:00 AM"),
    };
    size_t joint = pv_str_find(text, PV_STR(" "), 0);
    if (joint == SIZE_MAX)
        joint = pv_str_find(text, PV_STR("T"), 0);
    if (joint == SIZE_MAX)
        return text;
    pv_str time = pv_str_slice(text, joint + 1, text.size);
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (pv_str_equal_ascii_folded(time, times[i]))
            return pv_str_slice(text, 0, joint);
    return text;
}

static bool parse_date(pv_date *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                       pv_error *error) {
    if (node->spelling)
        text = without_midnight(text);
    if (pv_date_parse(text, out))
        return true;
    if (pv_date_is_written(text))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "there is no day '%s' in the calendar",
                          pv_message_quote(text).text);
    if (!node->spelling || node->spelling->dates == PV_DATE_ORDER_UNKNOWN || !is_slashed(text))
        return fail_spelling(spec, node, error);
    return parse_slashed_date(out, arena, spec, node, text, error);
}

/* The rows by their names, where they are few; the nearest by whatever they are called. */
static pv_hint choose_row(const pv_table *table, pv_str text) {
    pv_str titles[PV_CHOICES_LISTED];
    size_t count = table->row_count <= PV_CHOICES_LISTED ? table->row_count : 0;
    for (size_t i = 0; i < count; i++)
        titles[i] = pv_row_title(&table->rows[i]);
    return pv_message_choices(text, table->name, table->row_names.spellings, table->row_names.count, titles, count,
                              table->row_count);
}

static bool find_row(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                     pv_error *error) {
    const pv_table *table = spec->table;
    if (!pv_table_find(table, arena, text, &out->row, error))
        return false;
    return out->row || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not one of the choices%s",
                                  pv_message_quote(text).text, choose_row(table, text).text);
}

/* What is said of one end of a date is said of both. */
static pv_interval interval_of(pv_date_mention date) {
    return (pv_interval){.from = date, .to = date, .at = date.at};
}

/* Why text is no month, year or period. */
static bool fail_dating(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_dating_fault fault,
                        pv_error *error) {
    pv_quote quote = pv_message_quote(text);
    switch (fault) {
    case PV_DATING_AMBIGUOUS:
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "'%s' can be read two ways; write years with four figures and months by name", quote.text);
    case PV_DATING_SHORT_YEARS:
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' leaves open which century; write it like 2012/13",
                          quote.text);
    case PV_DATING_REVERSED:
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' ends before it begins", quote.text);
    case PV_DATING_IMPOSSIBLE:
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' names a day that is not in the calendar",
                          quote.text);
    default:
        return fail_spelling(spec, node, error);
    }
}

/* ---- each type's text as a value of it ---- */

static bool read_contact(const pv_value_spec *spec, pv_str text) {
    switch (spec->type) {
    case PV_TYPE_EMAIL:
        return pv_contact_is_email(text);
    case PV_TYPE_TELEPHONE:
        return pv_contact_is_telephone(text);
    case PV_TYPE_POSTCODE:
        return pv_contact_is_postcode(text, spec->country);
    default:
        return spec->type != PV_TYPE_URL || pv_contact_is_url(text);
    }
}

static bool read_number(pv_value *out, const pv_value_spec *spec, const pv_node *node, pv_str text, pv_error *error) {
    bool done = spec->type == PV_TYPE_MONEY        ? parse_money(spec, node, text, &out->number, error)
                : spec->type == PV_TYPE_PERCENTAGE ? parse_percentage(spec, node, text, &out->number, error)
                : spec->type == PV_TYPE_INTEGER    ? parse_integer(spec, node, text, &out->number, error)
                                                   : parse_number(spec, node, text, &out->number, error);
    return done && check_places(spec, node, out->number, error);
}

static bool read_days(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                      pv_error *error) {
    pv_date_order order = node->spelling ? node->spelling->dates : PV_DATE_ORDER_UNKNOWN;
    pv_date_mention date = {.at = {0, (uint32_t)text.size}};
    pv_dating_fault fault = PV_DATING_FINE;
    if (spec->type == PV_TYPE_DATE) {
        if (!parse_date(&out->date, arena, spec, node, text, error))
            return false;
        date.first = date.last = date.other = out->date;
    } else if (spec->type == PV_TYPE_MONTH) {
        fault = pv_month_read(text, &date);
    } else if (spec->type == PV_TYPE_YEAR) {
        fault = pv_year_read(text, &date);
    } else {
        fault = pv_interval_read(text, order, &out->days);
        return fault == PV_DATING_FINE || fail_dating(spec, node, text, fault, error);
    }
    out->days = interval_of(date);
    return fault == PV_DATING_FINE || fail_dating(spec, node, text, fault, error);
}

pv_hint pv_value_hint(const pv_value_spec *spec) {
    static const char joint[] = "; write it";
    pv_hint hint;
    if (spec->type == PV_TYPE_MONEY)
        hint = money_called(spec);
    else if (spec->type == PV_TYPE_POSTCODE && spec->country.size > 0)
        hint = what_it_is(spec, NULL);
    else if (spec->kind_count > 0)
        snprintf(hint.text, sizeof hint.text, "the path of a file beside this one, %.*s, like letters/plan.%s",
                 PV_STR_ARG(spec->kinds_words), spec->kinds[0]->name);
    else
        snprintf(hint.text, sizeof hint.text, "%s", rows[spec->type].hint);
    char *found = strstr(hint.text, joint);
    if (found) {
        const char *rest = found + sizeof joint - 1; /* " like £1,200" */
        *found = ',';
        memmove(found + 1, rest, strlen(rest) + 1);
    }
    return hint;
}

bool pv_value_parse(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                    pv_error *error) {
    switch (rows[spec->type].sort) {
    case PV_SORT_ROW:
        return find_row(out, arena, spec, node, text, error);
    case PV_SORT_NUMBER:
        return read_number(out, spec, node, text, error);
    case PV_SORT_DAYS:
        return read_days(out, arena, spec, node, text, error);
    case PV_SORT_BOOLEAN:
        return parse_boolean(spec, node, text, &out->boolean) || fail_spelling(spec, node, error);
    case PV_SORT_TEXT:
        return read_contact(spec, text) || fail_spelling(spec, node, error);
    case PV_SORT_LIST:
    case PV_SORT_DOCUMENT:
    case PV_SORT_FILE:
        break;
    }
    return true;
}
