#include "model/language.h"

static bool fail_signature(pv_str signature, pv_error *error) {
    return pv_fail(error, PV_ERROR_SYNTAX, "\"%.*s\" is no signature", PV_STR_ARG(signature));
}

static bool is_name_character(char c) {
    return pv_ascii_is_letter_or_digit(c) || c == '_';
}

static size_t end_of_name(pv_str text, size_t at) {
    while (at < text.size && is_name_character(text.data[at]))
        at++;
    return at;
}

/* Drops a "?" at the end of text; whether there was one. */
static bool take_question_mark(pv_str *text) {
    if (!pv_str_ends_with(*text, PV_STR("?")))
        return false;
    text->size--;
    return true;
}

/* "pattern: pattern", "noun?", "noun: string?", "…". */
static pv_language_parameter read_parameter(pv_str text) {
    pv_language_parameter parameter = {.name = pv_str_trim(text), .type = PV_STR("")};
    size_t colon = pv_str_find(text, PV_STR(":"), 0);
    if (colon != SIZE_MAX) {
        parameter.name = pv_str_trim(pv_str_slice(text, 0, colon));
        parameter.type = pv_str_trim(pv_str_slice(text, colon + 1, text.size));
        parameter.optional = take_question_mark(&parameter.type);
    }
    if (pv_str_equal(parameter.name, PV_STR("...")))
        parameter.name = PV_STR("…");
    parameter.optional = take_question_mark(&parameter.name) || parameter.optional;
    return parameter;
}

/* Where the parameter that begins at `at` ends: at a comma that is in no braces. */
static size_t end_of_parameter(pv_str text, size_t at) {
    size_t depth = 0;
    for (; at < text.size && (depth > 0 || text.data[at] != ','); at++) {
        depth += text.data[at] == '{';
        depth -= text.data[at] == '}' && depth > 0;
    }
    return at;
}

/* text is what stands between the parentheses. */
static bool read_parameters(pv_language_name *out, pv_arena *arena, pv_str text, pv_error *error) {
    size_t capacity = 1;
    for (size_t at = 0; (at = pv_str_find(text, PV_STR(","), at)) != SIZE_MAX; at++)
        capacity++;
    pv_language_parameter *parameters = PV_NEW_ARRAY(arena, pv_language_parameter, capacity);
    if (!parameters)
        return pv_fail_memory(error);
    out->parameters = parameters;
    for (size_t start = 0; start < text.size;) {
        size_t end = end_of_parameter(text, start);
        parameters[out->parameter_count++] = read_parameter(pv_str_slice(text, start, end));
        start = end + 1;
    }
    return true;
}

bool pv_language_read_name(pv_language_name *out, pv_arena *arena, pv_str signature, pv_str doc, pv_error *error) {
    size_t start = pv_str_starts_with(signature, PV_STR(":")) ? 1 : 0;
    size_t end = end_of_name(signature, start);
    *out = (pv_language_name){
        .name = pv_str_slice(signature, start, end),
        .signature = signature,
        .doc = doc,
        .result = PV_STR(""),
    };
    pv_str rest = pv_str_slice(signature, end, signature.size);
    if (pv_str_starts_with(rest, PV_STR("("))) {
        size_t close = pv_str_find(rest, PV_STR(")"), 0);
        out->is_called = true;
        if (close == SIZE_MAX)
            return fail_signature(signature, error);
        if (!read_parameters(out, arena, pv_str_slice(rest, 1, close), error))
            return false;
        rest = pv_str_slice(rest, close + 1, rest.size);
    }
    if (pv_str_starts_with(rest, PV_STR(":")))
        out->result = pv_str_trim(pv_str_slice(rest, 1, rest.size));
    bool whole = rest.size == 0 || out->result.size > 0;
    return (out->name.size > 0 && whole) || fail_signature(signature, error);
}

const char *pv_language_type(pv_type type, bool filed) {
    static const char *const of_form[] = {
        [PV_SORT_TEXT] = "string",     [PV_SORT_NUMBER] = "decimal",      [PV_SORT_DAYS] = "date",
        [PV_SORT_BOOLEAN] = "boolean", [PV_SORT_LIST] = "list of string", [PV_SORT_ROW] = "row",
        [PV_SORT_DOCUMENT] = "string", [PV_SORT_FILE] = "string",
    };
    static const char *const of_filing[] = {
        [PV_SORT_TEXT] = "text",       [PV_SORT_NUMBER] = "decimal",    [PV_SORT_DAYS] = "date",
        [PV_SORT_BOOLEAN] = "boolean", [PV_SORT_LIST] = "list of text", [PV_SORT_ROW] = "row",
        [PV_SORT_DOCUMENT] = "text",   [PV_SORT_FILE] = "text",
    };
    if (!filed && type == PV_TYPE_INTEGER)
        return "integer";
    if (filed && type == PV_TYPE_PERIOD)
        return "period";
    if (filed && (type == PV_TYPE_MONTH || type == PV_TYPE_YEAR))
        return "date mention";
    pv_value_sort sort = pv_type_of(type)->sort;
    return filed ? of_filing[sort] : of_form[sort];
}
