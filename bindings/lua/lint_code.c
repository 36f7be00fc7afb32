/* Numbers that stand in functions, and comparisons of a value of the engine with a plain one. */
#include "lua/lua_lint.h"
#include "lua/prelude.h"

#include <string.h>

#include "lua/class.h"

#define MAX_NESTING 200

/* ---- numbers ---- */

/* Counting from none, one and two, and a hundred for per cent, say nothing about the form. */
static bool is_harmless(pv_str number) {
    static const char *const harmless[] = {"0", "1", "2", "100"};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (pv_str_equal(number, pv_str_from(harmless[i])))
            return true;
    return false;
}

/* Blocks around a lexeme, and how many of them are functions. */
typedef struct nesting {
    bool is_function[MAX_NESTING];
    size_t depth;
    size_t functions;
} nesting;

static void enter(nesting *around, bool is_function) {
    if (around->depth < MAX_NESTING)
        around->is_function[around->depth] = is_function;
    around->depth++;
    around->functions += is_function;
}

static void leave(nesting *around) {
    if (around->depth == 0)
        return;
    around->depth--;
    if (around->depth < MAX_NESTING && around->is_function[around->depth])
        around->functions--;
}

/* Only where it begins or ends a block: `while` and `for` do so with their `do`. */
static void follow_blocks(nesting *around, const pv_lexemes *file, size_t index) {
    if (pv_lexemes_is(file, index, "function"))
        enter(around, true);
    else if (pv_lexemes_is(file, index, "if") || pv_lexemes_is(file, index, "do") ||
             pv_lexemes_is(file, index, "repeat"))
        enter(around, false);
    else if (pv_lexemes_is(file, index, "end") || pv_lexemes_is(file, index, "until"))
        leave(around);
}

/* `local limit = 40` at file level is the same number at another place. */
static bool is_named_number(const pv_lexemes *file, size_t index) {
    return index >= 3 && pv_lexemes_is(file, index - 1, "=") && pv_lexemes_is(file, index - 3, "local");
}

static bool lint_numbers(const pv_lua_lint *all, const pv_lexemes *file, pv_error *error) {
    nesting around = {.depth = 0};
    for (size_t i = 0; i < file->count; i++) {
        follow_blocks(&around, file, i);
        pv_str text = pv_lexemes_text(file, i);
        if (file->at[i].kind != PV_LEXEME_NUMBER || is_harmless(text) ||
            (around.functions == 0 && !is_named_number(file, i)))
            continue;
        pv_span at = file->at[i].at;
        if (!pv_lint_add(all->lint, PV_LINT_NUMBER_IN_RULE, pv_lua_lint_rule_at(all, file, at.start), file->source, at,
                         error, "the number %.*s stands in the code, where nobody looks for it", PV_STR_ARG(text)))
            return false;
    }
    return true;
}

/* ---- comparisons ---- */

/* What a member's signature says that it gives: "words: words" gives words, ":find(pattern: pattern): match?" a match. */
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

/* The name that the operand ending at index asks for last, with its place in the lexemes; false when it asks for none. */
static bool last_name(const pv_lexemes *file, size_t index, size_t *name) {
    bool is_call = pv_lexemes_is(file, index, ")");
    size_t opening = is_call ? pv_lexemes_opening(file, index) : index + 1;
    if (opening < 2 || opening > file->count || file->at[opening - 1].kind != PV_LEXEME_NAME)
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

static bool lint_comparison(const pv_lua_lint *all, const pv_lexemes *file, size_t sign, pv_error *error) {
    size_t name;
    if (sign == 0 || !is_plain_literal(file, sign + 1) || !last_name(file, sign - 1, &name))
        return true;
    size_t start = pv_lexemes_chain_start(file, name);
    bool counted = start > 0 && pv_lexemes_is(file, start - 1, "#");
    known_name known = look_up(all, pv_lexemes_text(file, name));
    if (counted || !known.any || !known.always_engine)
        return true;
    pv_span at = {file->at[start].at.start, file->at[sign + 1].at.end};
    bool equal = pv_lexemes_is(file, sign, "==");
    return pv_lint_add(all->lint, PV_LINT_COMPARISON_NEVER_TRUE, pv_lua_lint_rule_at(all, file, at.start), file->source,
                       at, error,
                       "“%.*s” gives a value of the engine, which is never equal to a plain %s, so this is always %s",
                       PV_STR_ARG(pv_lexemes_text(file, name)),
                       file->at[sign + 1].kind == PV_LEXEME_STRING ? "string" : "number", equal ? "false" : "true");
}

bool pv_lua_lint_code(const pv_lua_lint *all, pv_error *error) {
    for (size_t i = 0; i < all->owner->file_count; i++) {
        const pv_lexemes *file = &all->files[i];
        if (!lint_numbers(all, file, error))
            return false;
        for (size_t at = 0; at < file->count; at++)
            if ((pv_lexemes_is(file, at, "==") || pv_lexemes_is(file, at, "~=")) &&
                !lint_comparison(all, file, at, error))
                return false;
    }
    return true;
}
