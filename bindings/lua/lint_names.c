/* What the form and the rules declare and no rule asks for. */
#include "lua/lua_lint.h"

/* Whether the lexeme asks for name: `.name`, `:name(…)`, `["name"]`, `cell("name")`. */
static bool asks_for(const pv_lexemes *file, size_t index, pv_str name) {
    pv_str text;
    if (file->at[index].kind == PV_LEXEME_STRING)
        return pv_lexemes_string(file, index, &text) && pv_str_equal(text, name);
    return file->at[index].kind == PV_LEXEME_NAME && pv_str_equal(pv_lexemes_text(file, index), name) && index > 0 &&
           (pv_lexemes_is(file, index - 1, ".") || pv_lexemes_is(file, index - 1, ":"));
}

static bool is_asked_for(const pv_lua_lint *all, pv_str name) {
    for (size_t i = 0; i < all->owner->file_count; i++)
        for (size_t at = 0; at < all->files[i].count; at++)
            if (asks_for(&all->files[i], at, name))
                return true;
    return false;
}

/* Whether a file uses the word by which rules ask for every field that the form requires. */
static bool asks_for_required_fields(const pv_lua_lint *all) {
    for (size_t i = 0; i < all->owner->file_count; i++)
        for (size_t at = 0; at < all->files[i].count; at++)
            if (pv_lexemes_is(&all->files[i], at, "required_fields"))
                return true;
    return false;
}

/* ---- the form ---- */

static bool lint_name(const pv_lua_lint *all, const char *what, pv_str name, pv_span at, pv_error *error) {
    return is_asked_for(all, name) || pv_lint_add(all->lint, PV_LINT_FORM_UNUSED, PV_STR(""), all->owner->form->source,
                                                  at, error, "no rule asks for the %s %.*s", what, PV_STR_ARG(name));
}

static bool lint_specs(const pv_lua_lint *all, const char *what, const pv_value_spec *specs, size_t count,
                       pv_error *error) {
    for (size_t i = 0; i < count; i++)
        if (!lint_name(all, what, specs[i].name, specs[i].at, error))
            return false;
    return true;
}

static bool lint_fields(const pv_lua_lint *all, pv_error *error) {
    const pv_form *form = all->owner->form;
    bool required_are_asked_for = asks_for_required_fields(all);
    for (size_t i = 0; i < form->field_count; i++) {
        const pv_value_spec *field = &form->fields[i];
        if (!(field->required && required_are_asked_for) && !lint_specs(all, "field", field, 1, error))
            return false;
    }
    return true;
}

static bool lint_form(const pv_lua_lint *all, pv_error *error) {
    const pv_form *form = all->owner->form;
    if (!lint_specs(all, "form attribute", form->form_attributes, form->form_attribute_count, error) ||
        !lint_specs(all, "section attribute", form->section_attributes, form->section_attribute_count, error) ||
        !lint_specs(all, "measure attribute", form->measure_attributes, form->measure_attribute_count, error) ||
        !lint_specs(all, "item attribute", form->item_attributes, form->item_attribute_count, error) ||
        !lint_fields(all, error))
        return false;
    for (size_t i = 0; i < form->record_count; i++)
        if (!lint_name(all, "record kind", form->records[i].name, form->records[i].at, error))
            return false;
    for (size_t i = 0; i < form->table_count; i++)
        if (!lint_name(all, "table", form->tables[i].name, form->tables[i].at, error))
            return false;
    return true;
}

/* ---- parameters ---- */

/* Where the declaration names the parameter (`parameters = { NAME = … }`); the rule's first line when it is written
 * otherwise. */
static pv_span place_of_parameter(const pv_lua_lint *all, const pv_rule *rule, pv_str name) {
    const pv_lexemes *file;
    size_t first;
    size_t last;
    if (!pv_lua_lint_declaration(all, rule, &file, &first, &last))
        return rule->at;
    bool inside = false;
    for (size_t i = first; i < last; i++) {
        inside = inside || (pv_lexemes_is(file, i, "parameters") && pv_lexemes_is(file, i + 1, "="));
        if (inside && file->at[i].kind == PV_LEXEME_NAME && pv_str_equal(pv_lexemes_text(file, i), name) &&
            pv_lexemes_is(file, i + 1, "="))
            return file->at[i].at;
    }
    return rule->at;
}

static bool lint_parameters(const pv_lua_lint *all, const pv_rule *rule, pv_error *error) {
    for (size_t i = 0; i < rule->parameter_count; i++) {
        pv_str name = rule->parameters[i].spec.name;
        if (!is_asked_for(all, name) && !pv_lint_add(all->lint, PV_LINT_PARAMETER_UNUSED, rule->id, rule->source,
                                                     place_of_parameter(all, rule, name), error,
                                                     "nothing asks for the parameter %.*s", PV_STR_ARG(name)))
            return false;
    }
    return true;
}

bool pv_lua_lint_names(const pv_lua_lint *all, pv_error *error) {
    for (size_t i = 0; i < all->owner->catalogue.rule_count; i++)
        if (!lint_parameters(all, &all->owner->catalogue.rules[i], error))
            return false;
    return lint_form(all, error);
}
