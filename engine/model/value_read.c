#include "base/utf8.h"
#include "model/message.h"
#include "model/table.h"

bool pv_value_prose(pv_text *out, pv_arena *arena, const pv_node *scalar, pv_error *error) {
    return pv_text_fold(out, arena, &scalar->text, scalar->style == PV_SCALAR_LITERAL, error);
}

/* What a spreadsheet program may write besides. */
static const char *other_spelling(const pv_value_spec *spec, const pv_node *node) {
    if (node->spelling == NULL)
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
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not %s%s",
                      pv_message_quote(pv_str_trim(node->text.value)).text, expected[spec->type],
                      other_spelling(spec, node));
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

static bool check_choice(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_error *error) {
    if (spec->choices == NULL)
        return true;
    for (size_t i = 0; i < spec->choice_count; i++)
        if (pv_str_equal(spec->choices[i], text))
            return true;
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not one of the choices%s",
                      pv_message_quote(text).text, pv_message_hint(text, spec->choices, spec->choice_count).text);
}

static bool parse_number(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_decimal *out,
                         pv_error *error) {
    pv_error failure = {0};
    if (pv_decimal_parse(text, true, out, &failure))
        return true;
    if (failure.code == PV_ERROR_RANGE)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' has more digits than can be kept exactly",
                          pv_message_quote(text).text);
    return fail_spelling(spec, node, error);
}

static bool parse_integer(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_decimal *out,
                          pv_error *error) {
    if (pv_str_find(text, PV_STR("."), 0) != SIZE_MAX)
        return fail_spelling(spec, node, error);
    return parse_number(spec, node, text, out, error);
}

static bool parse_percentage(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_decimal *out,
                             pv_error *error) {
    if (!pv_str_ends_with(text, PV_STR("%")))
        return fail_spelling(spec, node, error);
    size_t end = text.size - 1;
    if (end > 0 && text.data[end - 1] == ' ')
        end--;
    return parse_number(spec, node, pv_str_slice(text, 0, end), out, error);
}

static bool parse_boolean(const pv_node *node, pv_str text, bool *out) {
    if (node->spelling == NULL) {
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

static bool parse_date(pv_date *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                       pv_error *error) {
    if (pv_date_parse(text, out))
        return true;
    if (node->spelling == NULL || node->spelling->dates == PV_DATE_ORDER_UNKNOWN || !is_slashed(text))
        return fail_spelling(spec, node, error);
    return parse_slashed_date(out, arena, spec, node, text, error);
}

static bool find_row(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_str text,
                     pv_error *error) {
    const pv_table *table = spec->table;
    if (!pv_table_find(table, arena, text, &out->row, error))
        return false;
    return out->row != NULL ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' names no row of the table %s%s",
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
    if (spec->type == PV_TYPE_DOCUMENT)
        pv_value_set_document(out, &node->text);
    else
        out->at = pv_text_locate(&out->text, 0, out->text.value.size);
    return parse_scalar(out, arena, spec, node, text, error) && check_choice(spec, node, text, error);
}

static bool read_element(pv_text *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *element,
                         pv_error *error) {
    if (element->kind != PV_NODE_SCALAR)
        return pv_fail_at(error, PV_ERROR_SHAPE, element->span, "an entry of the list is a text, not %s",
                          pv_message_found(element));
    if (pv_text_is_blank(&element->text))
        return pv_fail_at(error, PV_ERROR_SHAPE, element->span, "an entry of the list is empty");
    return pv_value_prose(out, arena, element, error) && check_choice(spec, element, out->value, error);
}

static bool read_list(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    pv_text *elements = PV_NEW_ARRAY(arena, pv_text, node->count);
    if (elements == NULL)
        return pv_fail_memory(error);
    for (const pv_node *element = node->first; element != NULL; element = element->next)
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
    out->at = node->span;
    out->text.span = node->span;
    out->unreadable = !read_given(out, arena, spec, node, error);
    return !out->unreadable;
}
