/* Comparisons that are never true: of a value of the engine with a plain number or string. */
#include "lua/authoring/authoring_p.h"

#include "lua/values/values.h"
#include "lua/vocabulary/vocabulary.h"

/* Local names followed to what they were given. */
#define MOST_NAMES_FOLLOWED 4

/* ---- what a name gives ---- */

/* What a member's signature says that it gives: "words: words" gives words, ":find(pattern: pattern): match?" a
 * match. */
static pv_str type_given(const pv_member *member) {
    pv_str signature = pv_str_from(member->signature);
    size_t colon = SIZE_MAX;
    size_t depth = 0;
    for (size_t i = 1; i < signature.size; i++) {
        depth += signature.data[i] == '(';
        depth -= signature.data[i] == ')' && depth > 0;
        if (signature.data[i] == ':' && depth == 0 && colon == SIZE_MAX)
            colon = i;
    }
    if (colon == SIZE_MAX)
        return PV_STR("");
    pv_str type = pv_str_trim(pv_str_slice(signature, colon + 1, signature.size));
    size_t comma = pv_str_find(type, PV_STR(","), 0);
    if (comma != SIZE_MAX)
        type = pv_str_slice(type, 0, comma);
    return pv_str_ends_with(type, PV_STR("?")) ? pv_str_slice(type, 0, type.size - 1) : type;
}

static bool is_engine_type(pv_str type) {
    if (pv_str_starts_with(type, PV_STR("list of ")))
        return true;
    for (const pv_class *const *class = pv_classes; *class; class ++)
        if (pv_str_equal(type, pv_str_from((*class)->name)))
            return true;
    return false;
}

/* What is known of a name: whether something of this name is there, and is never a plain value. */
typedef struct known_name {
    bool any;
    bool always_engine;
} known_name;

static void add_knowledge(known_name *known, bool is_engine) {
    known->always_engine = is_engine && (known->always_engine || !known->any);
    known->any = true;
}

static void look_up_members(const pv_member *members, pv_str name, known_name *known) {
    for (; members->name; members++)
        if (pv_str_equal(pv_str_from(members->name), name))
            add_knowledge(known, is_engine_type(type_given(members)));
}

/* Of the form, integers, texts and flags are plain; of a filing, only flags are. */
static void look_up_specs(const pv_value_spec *specs, size_t count, bool filed, pv_str name, known_name *known) {
    for (size_t i = 0; i < count; i++) {
        if (!pv_str_equal(specs[i].name, name))
            continue;
        pv_type type = specs[i].type;
        bool plain_of_form = pv_value_is_text(&specs[i]) || type == PV_TYPE_INTEGER;
        add_knowledge(known, type != PV_TYPE_BOOLEAN && (filed || !plain_of_form));
    }
}

static known_name look_up(const pv_lua_lint *all, pv_str name) {
    const pv_form *form = all->owner->form;
    known_name known = {false, false};
    for (const pv_class *const *class = pv_classes; *class; class ++)
        look_up_members((*class)->members, name, &known);
    look_up_members(pv_list_members, name, &known);
    look_up_specs(form->form_attributes, form->form_attribute_count, false, name, &known);
    look_up_specs(form->section_attributes, form->section_attribute_count, false, name, &known);
    look_up_specs(form->measure_attributes, form->measure_attribute_count, false, name, &known);
    look_up_specs(form->item_attributes, form->item_attribute_count, false, name, &known);
    for (size_t i = 0; i < form->table_count; i++)
        look_up_specs(form->tables[i].columns, form->tables[i].column_count, false, name, &known);
    for (size_t i = 0; i < form->record_count; i++)
        look_up_specs(form->records[i].columns, form->records[i].column_count, true, name, &known);
    look_up_specs(form->fields, form->field_count, true, name, &known);
    for (size_t i = 0; i < all->owner->catalogue.rule_count; i++) {
        const pv_rule *rule = &all->owner->catalogue.rules[i];
        for (size_t number = 0; number < rule->parameter_count; number++)
            look_up_specs(&rule->parameters[number].spec, 1, false, name, &known);
    }
    return known;
}

/* ---- operands ---- */

static bool is_any(const pv_lexemes *file, size_t index, const char *const *words) {
    for (; *words; words++)
        if (pv_lexemes_is(file, index, *words))
            return true;
    return false;
}

static bool is_name(const pv_lexemes *file, size_t index) {
    return index < file->count && file->at[index].kind == PV_LEXEME_NAME;
}

/* The name that the operand ending at index asks for last, with its place in the lexemes; false when it asks for
 * none. */
static bool last_name(const pv_lexemes *file, size_t index, size_t *name) {
    bool is_call = pv_lexemes_is(file, index, ")");
    size_t opening = is_call ? pv_lexemes_opening(file, index) : index + 1;
    if (opening < 2 || opening > file->count || !is_name(file, opening - 1))
        return false;
    *name = opening - 1;
    return pv_lexemes_is(file, *name - 1, is_call ? ":" : ".");
}

static bool is_plain_literal(const pv_lexemes *file, size_t index) {
    if (index >= file->count)
        return false;
    pv_lexeme_kind kind = file->at[index].kind;
    if (pv_lexemes_is(file, index, "-"))
        return index + 1 < file->count && file->at[index + 1].kind == PV_LEXEME_NUMBER;
    return kind == PV_LEXEME_NUMBER || kind == PV_LEXEME_STRING;
}

/* The last lexeme of the names, calls and indices that begin with the name at index. */
static size_t chain_end(const pv_lexemes *file, size_t index) {
    static const char *const opening[] = {"(", "[", "{", NULL};
    size_t end = index;
    for (;;) {
        bool asks = (pv_lexemes_is(file, end + 1, ".") || pv_lexemes_is(file, end + 1, ":")) && is_name(file, end + 2);
        if (asks)
            end += 2;
        else if (is_any(file, end + 1, opening) && pv_lexemes_closing(file, end + 1) < file->count)
            end = pv_lexemes_closing(file, end + 1);
        else
            return end;
    }
}

/* ---- local names ---- */

/* Whether what is declared at `from` is still known at `to`: no block around it ended in between. */
static bool is_in_scope(const pv_lexemes *file, size_t from, size_t to) {
    static const char *const opening[] = {"function", "if", "do", "repeat", NULL};
    static const char *const closing[] = {"end", "until", NULL};
    static const char *const others[] = {"else", "elseif", NULL};
    size_t depth = 0;
    for (size_t i = from; i < to; i++) {
        if (depth == 0 && (is_any(file, i, closing) || is_any(file, i, others)))
            return false;
        depth += is_any(file, i, opening);
        depth -= is_any(file, i, closing);
    }
    return true;
}

/* Whether the name at index is declared there otherwise than by `local NAME =`: a parameter, of a loop, of several. */
static bool is_declared_otherwise(const pv_lexemes *file, size_t index) {
    size_t first = index;
    while (first >= 2 && pv_lexemes_is(file, first - 1, ",") && is_name(file, first - 2))
        first -= 2;
    if (first == 0)
        return false;
    bool is_parameter = pv_lexemes_is(file, first - 1, "(") && first >= 2 &&
                        (pv_lexemes_is(file, first - 2, "function") ||
                         (first >= 3 && is_name(file, first - 2) && pv_lexemes_is(file, first - 3, "function")));
    return is_parameter || pv_lexemes_is(file, first - 1, "for") ||
           (pv_lexemes_is(file, first - 1, "local") && (first != index || !pv_lexemes_is(file, index + 1, "=")));
}

/* The expression that the local name at index was given, where nothing else can have been given to it: its last
 * lexeme, when it is one chain of names and calls; else false. */
static bool given_to(const pv_lexemes *file, size_t index, size_t *last) {
    static const char *const in_tables[] = {"{", ",", ";", NULL};
    static const char *const operators[] = {
        "+", "-", "*", "/", "..", "and", "or", "==", "~=", "<", ">", "<=", ">=", ",", NULL};
    pv_str name = pv_lexemes_text(file, index);
    for (size_t i = 1; i + 1 < file->count; i++)
        if (pv_lexemes_is_name(file, i, name) && pv_lexemes_is(file, i + 1, "=") && !is_any(file, i - 1, in_tables) &&
            !pv_lexemes_is(file, i - 1, "local") && !pv_lexemes_is_after_dot(file, i))
            return false;
    for (size_t i = index; i-- > 1;) {
        if (!pv_lexemes_is_name(file, i, name) || pv_lexemes_is_after_dot(file, i))
            continue;
        bool is_local = pv_lexemes_is(file, i - 1, "local") && pv_lexemes_is(file, i + 1, "=");
        if (!is_local && is_declared_otherwise(file, i) && is_in_scope(file, i, index))
            return false;
        if (!is_local || !is_in_scope(file, i, index))
            continue;
        if (!is_name(file, i + 2))
            return false;
        *last = chain_end(file, i + 2);
        return !is_any(file, *last + 1, operators);
    }
    return false;
}

/* ---- what an operand is ---- */

typedef struct operand_name {
    size_t shown; /* its last name, as it is written */
    size_t asked; /* the same; of a local name, that of what it was given */
    pv_str name;  /* what is to be looked up for it */
} operand_name;

/* What the operand ending at index is known by; a local name by what it was given. */
static bool name_of_operand(const pv_lexemes *file, size_t index, unsigned depth, operand_name *out) {
    size_t given;
    size_t name;
    if (depth > MOST_NAMES_FOLLOWED)
        return false;
    if (is_name(file, index) && !pv_lexemes_is_after_dot(file, index)) {
        if (!given_to(file, index, &given) || !name_of_operand(file, given, depth + 1, out))
            return false;
        out->shown = index;
        return true;
    }
    if (!last_name(file, index, &name))
        return false;
    *out = (operand_name){name, name, pv_lexemes_text(file, name)};
    operand_name field;
    /* fields.amount.value is of the type that the form gives amount. */
    if (pv_lexemes_is(file, name, "value") && name == index && name >= 2 &&
        name_of_operand(file, name - 2, depth + 1, &field))
        out->name = field.name;
    return true;
}

/* ("x"):find(…) is a function of Lua's own and gives plain values, and so is line.text.string:find(…): only what is
 * surely a text of the engine has another method of that name. */
static bool may_be_of_string(const pv_lua_lint *all, const pv_lexemes *file, size_t name) {
    static const char *const methods[] = {"byte",  "find", "format",  "gmatch", "gsub",  "len", "lower",
                                          "match", "rep",  "reverse", "sub",    "upper", NULL};
    operand_name receiver;
    if (name < 2 || !pv_lexemes_is(file, name - 1, ":") || !is_any(file, name, methods))
        return false;
    if (!name_of_operand(file, name - 2, 0, &receiver))
        return true;
    known_name known = look_up(all, receiver.name);
    return !known.any || !known.always_engine;
}

/* The operand that ends at `last`, compared with the literal at `literal` by the sign. */
static bool lint_operand(const pv_lua_lint *all, const pv_lexemes *file, size_t last, size_t literal, size_t sign,
                         pv_error *error) {
    operand_name operand;
    if (!name_of_operand(file, last, 0, &operand))
        return true;
    size_t start = pv_lexemes_chain_start(file, operand.shown);
    bool counted = start > 0 && pv_lexemes_is(file, start - 1, "#");
    known_name known = look_up(all, operand.name);
    if (counted || !known.any || !known.always_engine || may_be_of_string(all, file, operand.asked))
        return true;
    bool literal_first = literal < sign;
    size_t literal_end = literal + pv_lexemes_is(file, literal, "-");
    pv_span at = {file->at[literal_first ? literal : start].at.start,
                  file->at[literal_first ? last : literal_end].at.end};
    bool equal = pv_lexemes_is(file, sign, "==");
    return pv_lint_add(all->lint, PV_LINT_COMPARISON_NEVER_TRUE, pv_lexemes_rule_at(file, at.start), file->source, at,
                       error,
                       "“%.*s” gives a value of the engine, which is never equal to a plain %s, so this is always %s",
                       PV_STR_ARG(pv_lexemes_text(file, operand.shown)),
                       file->at[literal_end].kind == PV_LEXEME_STRING ? "string" : "number", equal ? "false" : "true");
}

static bool lint_comparison(const pv_lua_lint *all, const pv_lexemes *file, size_t sign, pv_error *error) {
    static const char *const operators[] = {"+", "-", "*", "/", "..", "%", "//", "^", NULL};
    if (sign == 0)
        return true;
    if (is_plain_literal(file, sign + 1))
        return lint_operand(all, file, sign - 1, sign + 1, sign, error);
    bool literal_first = is_plain_literal(file, sign - 1) && !(sign > 1 && is_any(file, sign - 2, operators));
    if (!literal_first || !is_name(file, sign + 1))
        return true;
    size_t last = chain_end(file, sign + 1);
    return is_any(file, last + 1, operators) || lint_operand(all, file, last, sign - 1, sign, error);
}

bool pv_lua_lint_comparisons(const pv_lua_lint *all, pv_error *error) {
    for (size_t i = 0; i < all->owner->file_count; i++) {
        const pv_lexemes *file = &all->files[i];
        for (size_t at = 0; at < file->count; at++)
            if ((pv_lexemes_is(file, at, "==") || pv_lexemes_is(file, at, "~=")) &&
                !lint_comparison(all, file, at, error))
                return false;
    }
    return true;
}
