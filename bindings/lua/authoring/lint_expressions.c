/* Expressions that do not say what was meant: formats that are data or lack values, shares worked out by hand. */
#include "lua/authoring/authoring_p.h"

#include <stdio.h>
#include <string.h>

#include "model/message.h"

/* One file being looked at. */
typedef struct reading {
    const pv_lua_lint *all;
    const pv_lexemes *file;
    pv_error *error;
} reading;

static bool is_kind(const pv_lexemes *file, size_t index, pv_lexeme_kind kind) {
    return index < file->count && file->at[index].kind == kind;
}

static bool add(const reading *at, pv_lint_id id, size_t first, size_t last, const char *message) {
    pv_span span = {at->file->at[first].at.start, at->file->at[last].at.end};
    return pv_lint_add(at->all->lint, id, pv_lexemes_rule_at(at->file, span.start), at->file->source, span, at->error,
                       "%s", message);
}

/* ---- operands ---- */

static bool is_one_of(const pv_lexemes *file, size_t index, const char *const *words) {
    for (; *words; words++)
        if (pv_lexemes_is(file, index, *words))
            return true;
    return false;
}

/* Whether an operand can end here: a name, a literal, a closing bracket. */
static bool ends_operand(const pv_lexemes *file, size_t index) {
    static const char *const no_operands[] = {"and",  "or",       "not",   "return", "if",     "elseif", "then",
                                              "else", "do",       "while", "until",  "repeat", "local",  "in",
                                              "for",  "function", "end",   "break",  "goto",   NULL};
    static const char *const closing[] = {")", "]", "}", "...", NULL};
    if (is_kind(file, index, PV_LEXEME_SYMBOL))
        return is_one_of(file, index, closing);
    return index < file->count && !is_one_of(file, index, no_operands);
}

/* The arguments and operands of comparisons end at these, on the level of brackets that they begin on. */
static bool parts_operands(const pv_lexemes *file, size_t index) {
    static const char *const signs[] = {",",    ";",    "=",  "and",   "or",    "not",    "return", "if",    "elseif",
                                        "then", "else", "do", "while", "until", "repeat", "in",     "local", "end",
                                        "for",  "<",    "<=", ">",     ">=",    "==",     "~=",     "..",    NULL};
    return is_one_of(file, index, signs);
}

/* From the operand that ends at last back to its beginning. */
static pv_expression operand_before(const pv_lexemes *file, size_t end) {
    size_t first = end;
    while (first > 0) {
        size_t before = first - 1;
        static const char *const opening[] = {"(", "[", "{", NULL};
        static const char *const closing[] = {")", "]", "}", NULL};
        if (is_one_of(file, before, closing)) {
            size_t open = pv_lexemes_opening(file, before);
            if (open >= file->count)
                break;
            first = open;
        } else if (is_one_of(file, before, opening) || parts_operands(file, before)) {
            break;
        } else {
            first = before;
        }
    }
    return (pv_expression){first, end - 1};
}

/* From start on; two operands with no sign between them are two statements. */
static pv_expression operand_from(const pv_lexemes *file, size_t start) {
    static const char *const opening[] = {"(", "[", "{", NULL};
    static const char *const closing[] = {")", "]", "}", NULL};
    size_t at = start;
    while (at < file->count && !is_one_of(file, at, closing) && !parts_operands(file, at)) {
        bool follows = at > start && ends_operand(file, at - 1);
        if (follows && (is_kind(file, at, PV_LEXEME_NAME) || is_kind(file, at, PV_LEXEME_NUMBER)))
            break;
        if (is_one_of(file, at, opening)) {
            size_t close = pv_lexemes_closing(file, at);
            if (close >= file->count)
                break;
            at = close;
        }
        at++;
    }
    return (pv_expression){start, at == start ? start : at - 1};
}

/* The arguments between the brackets that open at index: up to `most` of them; gives how many there are. */
static size_t arguments_of(const pv_lexemes *file, size_t open, pv_expression *out, size_t most) {
    static const char *const opening[] = {"(", "[", "{", "function", NULL};
    size_t close = pv_lexemes_closing(file, open);
    size_t count = 0;
    size_t start = open + 1;
    size_t blocks = 0;
    for (size_t at = start; at <= close && close < file->count; at++) {
        blocks += pv_lexemes_is(file, at, "function") || pv_lexemes_is(file, at, "if") || pv_lexemes_is(file, at, "do");
        blocks -= blocks > 0 && pv_lexemes_is(file, at, "end");
        if (at < close && is_one_of(file, at, opening) && !pv_lexemes_is(file, at, "function")) {
            at = pv_lexemes_closing(file, at);
            continue;
        }
        if ((at < close && !pv_lexemes_is(file, at, ",")) || blocks > 0 || at == start)
            continue;
        if (count < most)
            out[count] = (pv_expression){start, at - 1};
        count++;
        start = at + 1;
    }
    return count;
}

/* ---- formats ---- */

enum { MOST_ARGUMENTS = 32 };

/* `local NAME = "…"` that nothing else is given to. */
static bool is_named_literal(const pv_lexemes *file, size_t name, size_t *literal) {
    pv_str text = pv_lexemes_text(file, name);
    size_t given = 0;
    for (size_t at = 1; at + 1 < file->count; at++) {
        if (!pv_lexemes_is_name(file, at, text) || !pv_lexemes_is(file, at + 1, "=") ||
            pv_lexemes_is_after_dot(file, at))
            continue;
        given++;
        bool is_literal = pv_lexemes_is(file, at - 1, "local") && is_kind(file, at + 2, PV_LEXEME_STRING) &&
                          !pv_lexemes_is(file, at + 3, "..");
        *literal = at + 2;
        if (!is_literal)
            return false;
    }
    return given == 1;
}

/* Whether one value of an expression is a literal: a string, several of them joined, or a name for one. */
static bool is_literal(const pv_lexemes *file, pv_expression value, size_t *literal) {
    *literal = value.first;
    if (value.first == value.last && is_kind(file, value.first, PV_LEXEME_NAME))
        return is_named_literal(file, value.first, literal);
    for (size_t at = value.first; at <= value.last; at++)
        if (!is_kind(file, at, PV_LEXEME_STRING) && !is_one_of(file, at, (const char *const[]){"..", "(", ")", NULL}))
            return false;
    return true;
}

/* Whether what the expression comes to is written out: of `a and "x" or "y"` its strings. */
static bool is_written_out(const pv_lexemes *file, pv_expression format) {
    size_t start = format.first;
    size_t literal;
    if (pv_lexemes_is(file, format.first, "(") && pv_lexemes_closing(file, format.first) == format.last)
        return is_written_out(file, (pv_expression){format.first + 1, format.last - 1});
    for (size_t at = format.first; at <= format.last; at++) {
        if (is_one_of(file, at, (const char *const[]){"(", "[", "{", NULL}))
            at = pv_lexemes_closing(file, at);
        bool ends = at >= format.last;
        if (!ends && !is_one_of(file, at + 1, (const char *const[]){"and", "or", NULL}))
            continue;
        bool is_condition = !ends && pv_lexemes_is(file, at + 1, "and");
        if (!is_condition && !is_literal(file, (pv_expression){start, at < format.last ? at : format.last}, &literal))
            return false;
        start = ++at + 1;
    }
    return true;
}

/* Conversions in a format: how many, and how many a reader cannot take for a percent sign in a sentence. */
static size_t count_conversions(pv_str text, size_t *plain) {
    size_t count = 0;
    *plain = 0;
    for (size_t at = 0; at + 1 < text.size; at++) {
        if (text.data[at] != '%')
            continue;
        size_t letter = ++at;
        while (letter < text.size && strchr("0123456789.-", text.data[letter]))
            letter++;
        count += text.data[at] != '%';
        *plain += letter < text.size && text.data[at] != '%' && strchr("sdifgqxc", text.data[letter]);
    }
    return count;
}

/* A literal format beside its values. varying: the last of them may be any number of values. */
static bool lint_values(const reading *in, pv_expression format, size_t values, bool varying) {
    char message[160];
    size_t literal;
    size_t plain;
    if (!is_literal(in->file, format, &literal) || (format.first != format.last))
        return true;
    size_t asked = count_conversions(pv_lexemes_text(in->file, literal), &plain);
    bool too_few = values == 0 ? plain > 0 : asked > values && !varying;
    bool too_many = asked < values && !(varying && asked + 1 >= values);
    if (!too_few && !too_many)
        return true;
    snprintf(message, sizeof message, "the message asks for %zu value%s (%%s, %%d), and %zu come%s with it", asked,
             asked == 1 ? "" : "s", values, values == 1 ? "s" : "");
    return add(in, PV_LINT_FORMAT_VALUES, format.first, format.last, message);
}

/* How many arguments of a call stand before its format; SIZE_MAX where it has none. */
static size_t before_format(const pv_lexemes *file, size_t name) {
    static const char *const functions[] = {"pass", "fail", "review", "not_applicable", NULL};
    if (!is_kind(file, name, PV_LEXEME_NAME))
        return SIZE_MAX;
    if (name > 0 && pv_lexemes_is(file, name - 1, ":"))
        return pv_lexemes_is(file, name, "working") || pv_lexemes_is(file, name, "remedy") ? 0
               : pv_lexemes_is(file, name, "see")                                          ? 1
                                                                                           : SIZE_MAX;
    bool is_definition = name > 0 && pv_lexemes_is(file, name - 1, "function");
    return is_one_of(file, name, functions) && !pv_lexemes_is_after_dot(file, name) && !is_definition ? 0 : SIZE_MAX;
}

static bool lint_format(const reading *in, size_t name) {
    const pv_lexemes *file = in->file;
    pv_expression arguments[MOST_ARGUMENTS];
    size_t before = before_format(file, name);
    if (before == SIZE_MAX)
        return true;
    if (is_kind(file, name + 1, PV_LEXEME_STRING)) /* fail "…" */
        return lint_values(in, (pv_expression){name + 1, name + 1}, 0, false);
    if (!pv_lexemes_is(file, name + 1, "("))
        return true;
    size_t count = arguments_of(file, name + 1, arguments, MOST_ARGUMENTS);
    if (count <= before || count > MOST_ARGUMENTS)
        return true;
    pv_expression format = arguments[before];
    size_t values = count - before - 1;
    size_t last = arguments[count - 1].last;
    bool varying = values > 0 && (pv_lexemes_is(file, last, ")") || pv_lexemes_is(file, last, "..."));
    bool passes_on = values == 1 && pv_lexemes_is(file, last, "...");
    if (pv_lexemes_is(file, format.first, "..."))
        return true;
    if (values > 0 && !passes_on && !is_written_out(file, format))
        return add(in, PV_LINT_FORMAT_NOT_LITERAL, format.first, format.last,
                   "a format that is put together may hold a percent sign of the filing, and the rule then stops");
    return passes_on || lint_values(in, format, values, varying);
}

/* `x:format(…)` and `string.format(x, …)`, of which x is the format. */
static bool lint_string_format(const reading *in, size_t name) {
    const pv_lexemes *file = in->file;
    pv_expression format;
    if (name < 2 || !pv_lexemes_is(file, name, "format") || !pv_lexemes_is(file, name + 1, "(") ||
        pv_lexemes_closing(file, name + 1) == name + 2)
        return true;
    if (pv_lexemes_is(file, name - 1, ":"))
        format = (pv_expression){pv_lexemes_chain_start(file, name - 2), name - 2};
    else if (!pv_lexemes_is(file, name - 1, ".") || !pv_lexemes_is(file, name - 2, "string") ||
             arguments_of(file, name + 1, &format, 1) < 2)
        return true;
    return is_written_out(file, format) ||
           add(in, PV_LINT_FORMAT_NOT_LITERAL, format.first, format.last,
               "a format that is put together may hold a percent sign of the filing, and the rule then stops");
}

/* ---- shares ---- */

typedef struct typed_name {
    bool any;
    bool percentage; /* all that is so called is one */
} typed_name;

static void look_up_specs(const pv_value_spec *specs, size_t count, pv_str name, typed_name *found) {
    for (size_t i = 0; i < count; i++) {
        if (!pv_str_equal(specs[i].name, name))
            continue;
        bool is_percentage = specs[i].type == PV_TYPE_PERCENTAGE;
        found->percentage = is_percentage && (found->percentage || !found->any);
        found->any = true;
    }
}

/* Whether the form, and the rules' parameters, have this name for percentages alone. */
static bool names_percentage(const pv_lua_lint *all, pv_str name) {
    const pv_form *form = all->owner->form;
    typed_name found = {false, false};
    look_up_specs(form->form_attributes, form->form_attribute_count, name, &found);
    look_up_specs(form->section_attributes, form->section_attribute_count, name, &found);
    look_up_specs(form->measure_attributes, form->measure_attribute_count, name, &found);
    look_up_specs(form->item_attributes, form->item_attribute_count, name, &found);
    look_up_specs(form->fields, form->field_count, name, &found);
    for (size_t i = 0; i < form->table_count; i++)
        look_up_specs(form->tables[i].columns, form->tables[i].column_count, name, &found);
    for (size_t i = 0; i < form->record_count; i++)
        look_up_specs(form->records[i].columns, form->records[i].column_count, name, &found);
    for (size_t i = 0; i < all->owner->catalogue.rule_count; i++) {
        const pv_rule *rule = &all->owner->catalogue.rules[i];
        for (size_t k = 0; k < rule->parameter_count; k++)
            look_up_specs(&rule->parameters[k].spec, 1, name, &found);
    }
    return found.percentage;
}

/* Whether `decimal("20%")` or decimal "20%" begins at index; *last: where it ends. */
static bool is_percentage_literal(const pv_lexemes *file, size_t index, size_t *last) {
    size_t string = index + 1 + pv_lexemes_is(file, index + 1, "(");
    pv_str text;
    if (!pv_lexemes_is(file, index, "decimal") || !pv_lexemes_string(file, string, &text))
        return false;
    *last = pv_lexemes_call_end(file, index);
    return pv_str_ends_with(text, PV_STR("%"));
}

/* What a local name was given last before index: the first lexeme of that, or SIZE_MAX. */
static size_t given_to(const pv_lexemes *file, size_t index) {
    pv_str name = pv_lexemes_text(file, index);
    for (size_t at = index; at-- > 1;)
        if (pv_lexemes_is_name(file, at, name) && pv_lexemes_is(file, at + 1, "=") &&
            pv_lexemes_is(file, at - 1, "local"))
            return at + 2;
    return SIZE_MAX;
}

/* Where the chain of names that begins at index (a.b.c) ends. */
static size_t chain_end(const pv_lexemes *file, size_t index) {
    while (pv_lexemes_is(file, index + 1, ".") && is_kind(file, index + 2, PV_LEXEME_NAME))
        index += 2;
    return index;
}

/* Whether a percentage begins at index, and *last is its end: a name that means one, also with `.value`, a local name
 * for such a one, a literal. */
static bool is_percentage(const reading *in, size_t index, bool follow, size_t *last) {
    const pv_lexemes *file = in->file;
    if (is_percentage_literal(file, index, last))
        return true;
    if (!is_kind(file, index, PV_LEXEME_NAME) || pv_lexemes_is_after_dot(file, index))
        return false;
    *last = chain_end(file, index);
    if (pv_lexemes_is(file, *last + 1, "(") || pv_lexemes_is(file, *last + 1, ":") ||
        pv_lexemes_is(file, *last + 1, "["))
        return false;
    size_t name = *last;
    if (name > index && pv_lexemes_is(file, name, "value"))
        name -= 2;
    if (name > index)
        return names_percentage(in->all, pv_lexemes_text(file, name));
    size_t given = follow ? given_to(file, index) : SIZE_MAX;
    size_t end;
    return given != SIZE_MAX && is_percentage(in, given, false, &end) && !pv_lexemes_is(file, end + 1, "*") &&
           !pv_lexemes_is(file, end + 1, "(");
}

/* Whether this number, or decimal(…) of it, is multiplied in the operand. */
static bool multiplies_by(const pv_lexemes *file, pv_expression operand, const char *number) {
    for (size_t at = operand.first; at <= operand.last; at++) {
        size_t first = at;
        size_t last = at;
        pv_str text = pv_lexemes_text(file, at);
        if (is_kind(file, at, PV_LEXEME_STRING) && text.size > 2)
            text = pv_str_slice(text, 1, text.size - 1);
        if (!pv_str_equal(text, pv_str_from(number)))
            continue;
        if (at > 0 && pv_lexemes_is(file, at - 1, "(") && at > 1 && pv_lexemes_is(file, at - 2, "decimal")) {
            first = at - 2;
            last = at + 1;
        }
        if ((first > operand.first && pv_lexemes_is(file, first - 1, "*")) ||
            (last < operand.last && pv_lexemes_is(file, last + 1, "*")))
            return true;
    }
    return false;
}

/* Whether a percentage is multiplied in the operand. */
static bool multiplies_percentage(const reading *in, pv_expression operand) {
    for (size_t at = operand.first; at <= operand.last; at++) {
        size_t last;
        if (is_percentage(in, at, true, &last) && last <= operand.last &&
            ((at > operand.first && pv_lexemes_is(in->file, at - 1, "*")) ||
             (last < operand.last && pv_lexemes_is(in->file, last + 1, "*"))))
            return true;
    }
    return false;
}

static bool is_percentage_alone(const reading *in, pv_expression operand) {
    size_t last;
    return is_percentage(in, operand.first, true, &last) && last == operand.last;
}

static bool divides(const pv_lexemes *file, pv_expression operand) {
    for (size_t at = operand.first; at <= operand.last; at++) {
        if (pv_lexemes_is(file, at, "/"))
            return true;
        if (pv_lexemes_is(file, at, "(") && at > operand.first && ends_operand(file, at - 1))
            at = pv_lexemes_closing(file, at); /* arguments of a call */
    }
    return false;
}

static bool is_bare_number(const pv_lexemes *file, pv_expression operand, bool fraction) {
    pv_str text = pv_lexemes_text(file, operand.first);
    if (operand.first != operand.last || !is_kind(file, operand.first, PV_LEXEME_NUMBER) ||
        pv_str_equal(text, PV_STR("0")))
        return false;
    return !fraction || pv_str_starts_with(text, PV_STR("0.")) || pv_str_starts_with(text, PV_STR("."));
}

/* Whether the operand is a string with a number or percentage in it, or a share for showing. */
static bool is_written_number(const pv_lexemes *file, pv_expression operand) {
    pv_str text;
    size_t opening = pv_lexemes_is(file, operand.last, ")") ? pv_lexemes_opening(file, operand.last) : file->count;
    if (opening > operand.first && opening < file->count && opening >= 2 &&
        pv_lexemes_is(file, opening - 1, "share_of") && pv_lexemes_is(file, opening - 2, ":"))
        return true;
    if (operand.first != operand.last || !pv_lexemes_string(file, operand.first, &text) || text.size == 0)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!strchr("0123456789.,%-", text.data[i]) || (text.data[i] == '-' && i > 0))
            return false;
    return true;
}

/* One operand of a comparison against the other. */
static const char *judge_operands(const reading *in, pv_expression a, pv_expression b, bool equality) {
    const pv_lexemes *file = in->file;
    if (multiplies_by(file, a, "100") && multiplies_percentage(in, b))
        return "a percentage times a number is the part already, and here a hundred times a number is held against it";
    if (multiplies_percentage(in, a) && (multiplies_by(file, a, "0.01") || multiplies_by(file, a, ".01")))
        return "a percentage times a number is the part already, and here it is made a hundredth of that";
    if (divides(file, a) && (is_bare_number(file, b, true) || is_percentage_alone(in, b)))
        return "a share that is divided out is compared here, and numbers of a filing are not divided";
    if (divides(file, a) && multiplies_by(file, a, "100") && is_bare_number(file, b, false))
        return "a share that is divided out is compared here, and numbers of a filing are not divided";
    if (!equality && is_written_number(file, a))
        return "a text is compared here, letter by letter, and 9% comes after 10%";
    if (!equality && is_percentage_alone(in, a) && is_bare_number(file, b, false))
        return "a percentage is compared with a bare number here, and wherever that is reached the rule stops";
    return NULL;
}

/* equality: by == or ~=, which is never true of a bare number, as another remark says. */
static bool lint_operands(const reading *in, pv_expression a, pv_expression b, bool equality) {
    const char *message = judge_operands(in, a, b, equality);
    if (!message)
        message = judge_operands(in, b, a, equality);
    return !message || add(in, PV_LINT_SHARE_BY_HAND, a.first < b.first ? a.first : b.first,
                           a.last > b.last ? a.last : b.last, message);
}

static bool lint_share(const reading *in, size_t index) {
    static const char *const signs[] = {"<", "<=", ">", ">=", "==", "~=", NULL};
    static const char *const helpers[] = {"at_most", "at_least", "between", NULL};
    const pv_lexemes *file = in->file;
    pv_expression arguments[MOST_ARGUMENTS];
    if (is_kind(file, index, PV_LEXEME_SYMBOL) && is_one_of(file, index, signs) && index > 0)
        return lint_operands(in, operand_before(file, index), operand_from(file, index + 1),
                             pv_lexemes_is(file, index, "==") || pv_lexemes_is(file, index, "~="));
    if (!is_kind(file, index, PV_LEXEME_NAME) || !is_one_of(file, index, helpers) ||
        pv_lexemes_is_after_dot(file, index) || !pv_lexemes_is(file, index + 1, "("))
        return true;
    size_t count = arguments_of(file, index + 1, arguments, MOST_ARGUMENTS);
    size_t limits = pv_lexemes_is(file, index, "between") ? 2 : 1;
    for (size_t i = 1; i <= limits && i < count; i++)
        if (!lint_operands(in, arguments[0], arguments[i], false))
            return false;
    return true;
}

bool pv_lua_lint_expressions(const pv_lua_lint *all, pv_error *error) {
    for (size_t i = 0; i < all->owner->file_count; i++) {
        const reading in = {all, &all->files[i], error};
        for (size_t at = 0; at < in.file->count; at++)
            if (!lint_format(&in, at) || !lint_string_format(&in, at) || !lint_share(&in, at))
                return false;
    }
    return true;
}
