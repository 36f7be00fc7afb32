#include "model/value.h"

#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"
#include "model/attachments.h"
#include "model/message.h"

static const char *const type_names[] = {
    [PV_TYPE_TEXT] = "text",         [PV_TYPE_INTEGER] = "integer",
    [PV_TYPE_DECIMAL] = "decimal",   [PV_TYPE_PERCENTAGE] = "percentage",
    [PV_TYPE_DATE] = "date",         [PV_TYPE_BOOLEAN] = "boolean",
    [PV_TYPE_LIST] = "list",         [PV_TYPE_ROW] = "row",
    [PV_TYPE_DOCUMENT] = "document",
};

const char *pv_type_name(pv_type type) {
    return type_names[type];
}

bool pv_type_from_name(pv_str name, pv_type *out) {
    for (size_t type = 0; type < PV_TYPE_COUNT; type++)
        if (pv_str_equal(name, pv_str_from(type_names[type]))) {
            *out = (pv_type)type;
            return true;
        }
    return false;
}

pv_value pv_value_absent(const pv_value_spec *spec, uint32_t expected) {
    pv_span at = {expected, expected};
    return (pv_value){
        .spec = spec,
        .text = {.span = at, .exact = true},
        .unanswered = PV_UNANSWERED_BLANK,
        .at = at,
    };
}

bool pv_value_is_text(const pv_value_spec *spec) {
    return spec->type == PV_TYPE_TEXT || spec->type == PV_TYPE_DOCUMENT;
}

bool pv_value_is_blank(const pv_value *value) {
    if (!pv_value_is_known(value))
        return !value->given;
    if (value->spec && value->spec->type == PV_TYPE_LIST)
        return value->element_count == 0;
    return pv_text_is_blank(&value->text);
}

pv_str pv_value_written(const pv_value *value) {
    return pv_str_trim(value->element_count > 0 ? value->elements[0].value : value->text.value);
}

bool pv_value_is_known(const pv_value *value) {
    return value->given && !value->unreadable;
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

pv_spelt pv_value_spelt(const pv_value *value) {
    pv_spelt spelt = {.text = ""};
    if (!pv_value_is_known(value) || pv_value_is_blank(value))
        return spelt;
    switch (value->spec->type) {
    case PV_TYPE_INTEGER:
    case PV_TYPE_DECIMAL:
        return show(value->number, '.');
    case PV_TYPE_PERCENTAGE:
        spelt = show(value->number, '.');
        (void)snprintf(spelt.text + strlen(spelt.text), sizeof spelt.text - strlen(spelt.text), "%%");
        return spelt;
    case PV_TYPE_DATE:
        pv_date_write(value->date, spelt.text);
        return spelt;
    case PV_TYPE_BOOLEAN:
        snprintf(spelt.text, sizeof spelt.text, "%s", value->boolean ? "true" : "false");
        return spelt;
    default:
        return spelt;
    }
}

const pv_value *pv_value_list_get(const pv_value_list *list, pv_str name) {
    for (size_t i = 0; i < list->count; i++)
        if (pv_str_equal(list->values[i].spec->name, name))
            return &list->values[i];
    return NULL;
}

/* ---- tables and their rows ---- */

/* The names and aliases of a table, row after row. */
typedef struct row_names {
    pv_synonym *names;
    pv_span *places;
    size_t count;
} row_names;

static void add_name(row_names *out, size_t row, const pv_text *text) {
    out->names[out->count] = (pv_synonym){.text = text->value, .thing = (uint32_t)row};
    out->places[out->count++] = text->span;
}

static bool add_row(row_names *out, const pv_table *table, size_t row, pv_error *error) {
    const pv_value *name = pv_value_list_get(&table->rows[row], PV_STR("name"));
    const pv_value *aliases = pv_value_list_get(&table->rows[row], PV_STR("aliases"));
    if (!name->given)
        return pv_fail_at(error, PV_ERROR_SHAPE, name->at, "row %zu of the table %s has no name", row + 1,
                          pv_message_quote(table->name).text);
    add_name(out, row, &name->text);
    for (size_t i = 0; aliases && i < aliases->element_count; i++)
        add_name(out, row, &aliases->elements[i]);
    return true;
}

static bool has_name_column(const pv_table *table) {
    for (size_t i = 0; i < table->column_count; i++)
        if (pv_str_equal(table->columns[i].name, PV_STR("name")))
            return table->columns[i].type == PV_TYPE_TEXT;
    return false;
}

static size_t count_names(const pv_table *table) {
    size_t count = table->row_count;
    for (size_t i = 0; i < table->row_count; i++) {
        const pv_value *aliases = pv_value_list_get(&table->rows[i], PV_STR("aliases"));
        count += aliases ? aliases->element_count : 0;
    }
    return count;
}

static bool fail_shared(const pv_table *table, const row_names *all, const pv_synonym_clash *clash, pv_error *error) {
    const pv_value_list *earlier = &table->rows[all->names[clash->earlier].thing];
    const pv_value_list *later = &table->rows[all->names[clash->later].thing];
    return pv_fail_at(error, PV_ERROR_SHAPE, all->places[clash->later],
                      "'%s' and '%s' of the table %s are both called %s", pv_message_quote(pv_row_title(earlier)).text,
                      pv_message_quote(pv_row_title(later)).text, pv_message_quote(table->name).text,
                      pv_message_quote(all->names[clash->later].text).text);
}

bool pv_table_index(pv_table *table, pv_arena *arena, pv_error *error) {
    if (table->indexed)
        return true;
    if (!has_name_column(table))
        return pv_fail_at(error, PV_ERROR_SHAPE, table->at,
                          "the table %s needs a column called name, of type text: its rows are to be named",
                          pv_message_quote(table->name).text);
    size_t count = count_names(table);
    row_names all = {.names = PV_NEW_ARRAY(arena, pv_synonym, count), .places = PV_NEW_ARRAY(arena, pv_span, count)};
    pv_synonym_clash clash;
    if (!all.names || !all.places)
        return pv_fail_memory(error);
    for (size_t row = 0; row < table->row_count; row++)
        if (!add_row(&all, table, row, error))
            return false;
    if (!pv_synonyms_index(&table->row_names, arena, all.names, all.count, &clash, error))
        return false;
    if (clash.found)
        return fail_shared(table, &all, &clash, error);
    table->indexed = true;
    return true;
}

bool pv_table_find(const pv_table *table, pv_arena *arena, pv_str text, const pv_value_list **out, pv_error *error) {
    uint64_t key;
    if (!pv_synonym_key(arena, text, &key, error))
        return false;
    size_t row = pv_synonyms_find(&table->row_names, key);
    *out = row == SIZE_MAX ? NULL : &table->rows[row];
    return true;
}

pv_str pv_row_title(const pv_value_list *row) {
    const pv_value *name = pv_value_list_get(row, PV_STR("name"));
    if (!name && row->count > 0)
        name = &row->values[0];
    return name ? name->text.value : PV_STR("");
}

size_t pv_table_row_number(const pv_table *table, const pv_value_list *row) {
    return (size_t)(row - table->rows);
}

/* ---- reading ---- */

bool pv_value_prose(pv_text *out, pv_arena *arena, const pv_node *scalar, pv_error *error) {
    static const pv_wrapping wrappings[] = {
        [PV_SCALAR_PLAIN] = PV_WRAPPING_JOINED,         [PV_SCALAR_SINGLE_QUOTED] = PV_WRAPPING_JOINED,
        [PV_SCALAR_DOUBLE_QUOTED] = PV_WRAPPING_JOINED, [PV_SCALAR_LITERAL] = PV_WRAPPING_HARD,
        [PV_SCALAR_FOLDED] = PV_WRAPPING_JOINED,
    };
    /* Such a space is not its source either. */
    pv_wrapping wrapping = scalar->has_escaped_space ? PV_WRAPPING_NONE : wrappings[scalar->style];
    return pv_text_fold(out, arena, &scalar->text, wrapping, error);
}

/* What a spreadsheet program may write besides. */
static const char *other_spelling(const pv_value_spec *spec, const pv_node *node) {
    if (!node->spelling)
        return "";
    if (spec->type == PV_TYPE_BOOLEAN)
        return ", yes or no";
    if (spec->type != PV_TYPE_DATE || node->spelling->dates == PV_DATE_ORDER_UNKNOWN)
        return "";
    return node->spelling->dates == PV_DATE_ORDER_MONTH_FIRST ? " or 7/1/2022" : " or 1/7/2022";
}

static bool fail_spelling(const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    static const char *const expected[] = {
        [PV_TYPE_TEXT] = "a text",
        [PV_TYPE_INTEGER] = "an integer; write it like 200 or 1,000",
        [PV_TYPE_DECIMAL] = "a decimal; write it like 12.50",
        [PV_TYPE_PERCENTAGE] = "a percentage; write it like 20%",
        [PV_TYPE_DATE] = "a date; write it like 2022-07-01",
        [PV_TYPE_BOOLEAN] = "a boolean; write true or false",
        [PV_TYPE_LIST] = "a list",
        [PV_TYPE_ROW] = "the name of a row",
        [PV_TYPE_DOCUMENT] = "a document",
    };
    pv_str text = pv_str_trim(node->text.value);
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not %s%s%s", pv_message_quote(text).text,
                      expected[spec->type], other_spelling(spec, node), pv_message_difference(text, PV_STR("")).text);
}

/* At node: a list or mapping where spec takes a scalar, or the other way round. */
static bool fail_kind(const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    if (spec->type == PV_TYPE_LIST)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "a list belongs here, not %s; write it like [one, another]", pv_message_found(node));
    const char *article = spec->type == PV_TYPE_INTEGER ? "an" : "a";
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s %s belongs here, not %s", article,
                      pv_type_name(spec->type), pv_message_found(node));
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
    pv_decimal other;
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

static bool parse_boolean(const pv_node *node, pv_str text, bool *out) {
    if (!node->spelling) {
        *out = pv_str_equal(text, PV_STR("true"));
        return *out || pv_str_equal(text, PV_STR("false"));
    }
    *out = pv_str_equal_ascii_folded(text, PV_STR("true")) || pv_str_equal_ascii_folded(text, PV_STR("yes"));
    return *out || pv_str_equal_ascii_folded(text, PV_STR("false")) || pv_str_equal_ascii_folded(text, PV_STR("no"));
}

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

static bool find_row(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                     pv_error *error) {
    const pv_table *table = spec->table;
    if (!pv_table_find(table, arena, text, &out->row, error))
        return false;
    return out->row || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' names no row of the table %s%s",
                                  pv_message_quote(text).text, pv_message_quote(table->name).text,
                                  pv_message_hint(text, table->row_names.spellings, table->row_names.count).text);
}

/* The scalar's text as its type's value. text has no white space around it. */
static bool parse_scalar(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                         pv_error *error) {
    switch (spec->type) {
    case PV_TYPE_ROW:
        return find_row(out, arena, spec, node, text, error);
    case PV_TYPE_INTEGER:
        return parse_integer(spec, node, text, &out->number, error);
    case PV_TYPE_DECIMAL:
        return parse_number(spec, node, text, &out->number, error);
    case PV_TYPE_PERCENTAGE:
        return parse_percentage(spec, node, text, &out->number, error);
    case PV_TYPE_DATE:
        return parse_date(&out->date, arena, spec, node, text, error);
    case PV_TYPE_BOOLEAN:
        return parse_boolean(node, text, &out->boolean) || fail_spelling(spec, node, error);
    case PV_TYPE_TEXT:
    case PV_TYPE_LIST:
    case PV_TYPE_DOCUMENT:
    case PV_TYPE_COUNT:
        break;
    }
    return true;
}

static bool is_same_value(const pv_value *a, const pv_value *b) {
    switch (a->spec->type) {
    case PV_TYPE_INTEGER:
    case PV_TYPE_DECIMAL:
    case PV_TYPE_PERCENTAGE:
        return pv_decimal_compare(a->number, b->number) == 0;
    case PV_TYPE_DATE:
        return pv_date_compare(a->date, b->date) == 0;
    case PV_TYPE_BOOLEAN:
        return a->boolean == b->boolean;
    default:
        return a->row == b->row;
    }
}

/* The choice that a number, day, boolean or row is equal to as what it is, however both are written. */
static bool find_equal_choice(const pv_value *value, pv_arena *arena, const pv_node *node, size_t *found,
                              pv_error *error) {
    const pv_value_spec *spec = value->spec;
    for (*found = 0; *found < spec->choice_count; ++*found) {
        pv_value choice = {.spec = spec};
        pv_node written = {.kind = PV_NODE_SCALAR, .span = node->span, .text.value = spec->choices[*found]};
        pv_error failure = {0};
        if (parse_scalar(&choice, arena, spec, &written, pv_str_trim(written.text.value), &failure)) {
            if (is_same_value(value, &choice))
                return true;
        } else if (failure.code == PV_ERROR_MEMORY) {
            return pv_fail_memory(error);
        }
    }
    return true;
}

/* The choice that text is; one that is folded like it where none is written so, unless there are several. */
static bool find_text_choice(const pv_value_spec *spec, pv_arena *arena, pv_str text, size_t *found, pv_error *error) {
    pv_folded wanted, choice;
    for (*found = 0; *found < spec->choice_count; ++*found)
        if (pv_str_equal(spec->choices[*found], text))
            return true;
    if (!pv_names_fold(&wanted, arena, text, error))
        return false;
    size_t same = 0;
    for (size_t i = 0; i < spec->choice_count; i++) {
        if (!pv_names_fold(&choice, arena, spec->choices[i], error))
            return false;
        if (pv_names_are_same(&wanted, &choice)) {
            *found = i;
            same++;
        }
    }
    if (same > 1)
        *found = spec->choice_count;
    return true;
}

static bool fail_choice(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not one of the choices%s",
                      pv_message_quote(text).text, pv_message_hint(text, spec->choices, spec->choice_count).text);
}

/* A text that is a choice is then what the form prints for it. */
static bool choose_text(pv_text *text, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                        pv_error *error) {
    pv_str written = pv_str_trim(text->value);
    size_t found;
    if (!spec->choices)
        return true;
    if (!find_text_choice(spec, arena, written, &found, error))
        return false;
    if (found == spec->choice_count)
        return fail_choice(spec, node, written, error);
    if (pv_str_equal(spec->choices[found], text->value))
        return true;
    pv_span whole = pv_text_locate(text, 0, text->value.size);
    return pv_text_made_from(text, arena, spec->choices[found], whole, error);
}

static bool check_choice(pv_value *value, pv_arena *arena, const pv_node *node, pv_error *error) {
    const pv_value_spec *spec = value->spec;
    size_t found;
    if (!spec->choices || spec->type == PV_TYPE_DOCUMENT)
        return true;
    if (spec->type == PV_TYPE_TEXT)
        return choose_text(&value->text, arena, spec, node, error);
    return find_equal_choice(value, arena, node, &found, error) &&
           (found < spec->choice_count || fail_choice(spec, node, pv_str_trim(value->text.value), error));
}

/* Only an empty text is a value nevertheless. */
void pv_value_set_blank(pv_value *out, const pv_value_spec *spec, const pv_node *node) {
    *out = pv_value_absent(spec, node->span.start);
    out->given = pv_value_is_text(spec);
    out->at = node->span;
    out->text.span = node->span;
}

void pv_value_set_document(pv_value *out, const pv_text *text) {
    pv_str value = text->value;
    size_t start = 0;
    size_t end = value.size;
    size_t length;
    while (start < end && pv_utf8_is_white_space(pv_utf8_decode(value, start, &length)))
        start += length;
    while (end > start && pv_utf8_is_white_space(pv_utf8_decode(value, pv_utf8_previous(value, end), &length)))
        end -= length;
    out->text = *text;
    out->at = pv_text_locate(text, start, end);
}

static bool read_scalar(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                        pv_error *error) {
    if (spec->type == PV_TYPE_TEXT && !pv_value_prose(&out->text, arena, node, error))
        return false;
    pv_str text = pv_str_trim(out->text.value);
    if (spec->type == PV_TYPE_DOCUMENT && pv_attachments_is_path(text))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "'%s' names a file and is no text of a document; did you mean { file: … }, with its path?",
                          pv_message_quote(text).text);
    if (spec->type == PV_TYPE_DOCUMENT)
        pv_value_set_document(out, &node->text);
    else
        out->at = pv_text_locate(&out->text, 0, out->text.value.size);
    return parse_scalar(out, arena, spec, node, text, error) && check_choice(out, arena, node, error);
}

/* "#BEZUG!", "#¿NOMBRE?", "#ССЫЛКА!": the name of a failure in the language of the program, in capitals. */
static bool is_failure_in_capitals(pv_str text) {
    if (text.size < 5 || text.data[0] != '#' || (text.data[text.size - 1] != '!' && text.data[text.size - 1] != '?'))
        return false;
    for (size_t i = 1; i + 1 < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x80 && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '/' && c != '_')
            return false;
    }
    return true;
}

/* "Err:502", as LibreOffice writes it. */
static bool is_numbered_failure(pv_str text) {
    bool is = text.size == 7 && pv_str_starts_with_ascii_folded(text, PV_STR("Err:"));
    for (size_t i = 4; is && i < text.size; i++)
        is = text.data[i] >= '0' && text.data[i] <= '9';
    return is;
}

/* "####": the column was too narrow to show what is in the cell. */
static bool is_too_narrow(pv_str text) {
    size_t hashes = 0;
    while (hashes < text.size && text.data[hashes] == '#')
        hashes++;
    return hashes >= 3 && hashes == text.size;
}

bool pv_value_is_failed_formula(pv_str text) {
    if (is_failure_in_capitals(text) || is_numbered_failure(text))
        return true;
    static const pv_str failures[] = {
        PV_STR("#REF!"),     PV_STR("#N/A"),      PV_STR("#VALUE!"),   PV_STR("#DIV/0!"),       PV_STR("#NAME?"),
        PV_STR("#NUM!"),     PV_STR("#NULL!"),    PV_STR("#SPILL!"),   PV_STR("#CALC!"),        PV_STR("#FIELD!"),
        PV_STR("#BLOCKED!"), PV_STR("#CONNECT!"), PV_STR("#UNKNOWN!"), PV_STR("#GETTING_DATA"), PV_STR("#NV"),
        PV_STR("#N/D"),      PV_STR("#N/DISP"),
    };
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (pv_str_equal_ascii_folded(text, failures[i]))
            return true;
    return false;
}

static bool check_formula(const pv_node *node, pv_error *error) {
    pv_str text = pv_str_trim(node->text.value);
    if (node->spelling && is_too_narrow(text))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "'%s' is what a spreadsheet writes where a column is too narrow; put the value there",
                          pv_message_quote(text).text);
    return !node->spelling || !pv_value_is_failed_formula(text) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                      "'%s' is what a spreadsheet writes where a formula has failed; put the value there",
                      pv_message_quote(text).text);
}

static bool read_element(pv_text *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *element,
                         pv_error *error) {
    if (element->kind != PV_NODE_SCALAR)
        return pv_fail_at(error, PV_ERROR_SHAPE, element->span, "an entry of the list is a text, not %s",
                          pv_message_found(element));
    if (pv_text_is_blank(&element->text))
        return pv_fail_at(error, PV_ERROR_SHAPE, element->span, "an entry of the list is empty");
    return check_formula(element, error) && pv_value_prose(out, arena, element, error) &&
           choose_text(out, arena, spec, element, error);
}

static bool read_list(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    pv_text *elements = PV_NEW_ARRAY(arena, pv_text, node->count);
    if (!elements)
        return pv_fail_memory(error);
    for (const pv_node *element = node->first; element; element = element->next)
        if (!read_element(&elements[element->index], arena, spec, element, error))
            return false;
    out->elements = elements;
    out->element_count = node->count;
    return true;
}

static bool read_given(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                       pv_error *error) {
    pv_node_kind wanted = spec->type == PV_TYPE_LIST ? PV_NODE_SEQUENCE : PV_NODE_SCALAR;
    if (node->kind == PV_NODE_SCALAR)
        out->text = node->text;
    if (!check_formula(node, error))
        return false;
    if (node->kind != wanted)
        return fail_kind(spec, node, error);
    return wanted == PV_NODE_SEQUENCE ? read_list(out, arena, spec, node, error)
                                      : read_scalar(out, arena, spec, node, error);
}

bool pv_value_read(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    *out = pv_value_absent(spec, node->span.start);
    if (node->kind == PV_NODE_SCALAR && pv_text_is_blank(&node->text)) {
        pv_value_set_blank(out, spec, node);
        return true;
    }
    out->given = true;
    out->unanswered = PV_ANSWERED;
    out->at = node->span;
    out->text.span = node->span;
    out->unreadable = !read_given(out, arena, spec, node, error);
    return !out->unreadable;
}
