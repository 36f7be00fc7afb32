/* The words that functions know: what a literal text or the keys of a table given to one may be, by its signature. */
#include "lua/authoring/foreseen_types_p.h"

#include "lua/vocabulary/vocabulary.h"
#include "model/message.h"

#define MAX_ALTERNATIVES 12

/* Takes the first part of a written type, up to the separator that is in no braces. */
static pv_str take_part(pv_str *rest, pv_str separator) {
    size_t depth = 0;
    size_t at = 0;
    for (; at < rest->size; at++) {
        if (depth == 0 && pv_str_starts_with(pv_str_slice(*rest, at, rest->size), separator))
            break;
        depth += rest->data[at] == '{';
        depth -= rest->data[at] == '}' && depth > 0;
    }
    pv_str part = pv_str_trim(pv_str_slice(*rest, 0, at));
    *rest = at < rest->size ? pv_str_slice(*rest, at + separator.size, rest->size) : PV_STR("");
    return part;
}

static const pv_reading *reading_named(pv_str type) {
    for (const pv_reading *each = pv_readings; each->type; each++)
        if (pv_str_equal(pv_str_from(each->type), type))
            return each;
    return NULL;
}

/* What a type lets a literal text be. */
typedef struct accepted {
    pv_str choices[MAX_ALTERNATIVES]; /* those in quotes */
    size_t choice_count;
    const pv_reading *reading;
    bool any; /* any text, for all that is known */
} accepted;

static accepted accepted_by(pv_str type) {
    accepted found = {.any = type.size == 0};
    while (type.size > 0 && !found.any) {
        pv_str one = take_part(&type, PV_STR(" | "));
        if (pv_str_ends_with(one, PV_STR("?")))
            one.size--;
        const pv_reading *reading = reading_named(one);
        if (reading)
            found.reading = reading;
        else if (pv_str_equal(one, PV_STR("nil")))
            continue;
        else if (one.size > 2 && one.data[0] == '"' && found.choice_count < MAX_ALTERNATIVES)
            found.choices[found.choice_count++] = pv_str_slice(one, 1, one.size - 1);
        else
            found.any = pv_str_equal(one, PV_STR("string")) || pv_str_equal(one, PV_STR("any"));
    }
    found.any = found.any || (found.choice_count == 0 && !found.reading);
    return found;
}

static pv_str kept(pv_seen_language *all, pv_str message) {
    all->refused |= !message.data;
    return message.data ? message : PV_STR("");
}

/* what: "within_days: kind". */
static pv_str misfit_of_text(pv_seen_language *all, pv_str type, pv_str what, pv_str text) {
    const accepted fits = accepted_by(type);
    pv_error error = {0};
    if (fits.any)
        return PV_STR("");
    for (size_t i = 0; i < fits.choice_count; i++)
        if (pv_str_equal(fits.choices[i], text))
            return PV_STR("");
    if (fits.reading) {
        if (fits.reading->reads(all->arena, text, &error))
            return PV_STR("");
        if (error.code == PV_ERROR_MEMORY) {
            all->refused = true;
            return PV_STR("");
        }
        return kept(all, pv_arena_format(all->arena, "%s", error.message));
    }
    return kept(all, pv_arena_format(all->arena, "%.*s \"%s\" does not exist%s", PV_STR_ARG(what),
                                     pv_message_quote(text).text,
                                     pv_message_hint(text, fits.choices, fits.choice_count).text));
}

/* The type of a key in "{ context: "any", of: phrases }"; false when it has none so called. names: those it has. */
static bool type_of_key(pv_str options, pv_str key, pv_str *type, pv_str *names, size_t *count) {
    pv_str rest = pv_str_trim(pv_str_slice(options, 1, options.size - 1));
    *count = 0;
    while (rest.size > 0 && *count < MAX_ALTERNATIVES) {
        pv_str entry = take_part(&rest, PV_STR(","));
        pv_str name = take_part(&entry, PV_STR(":"));
        names[(*count)++] = name;
        if (pv_str_equal(name, key)) {
            *type = entry;
            return true;
        }
    }
    return false;
}

static pv_str misfit_of_table(pv_seen_language *all, const pv_lexemes *file, pv_str options, pv_str function,
                              pv_seen table, size_t *at) {
    for (const pv_seen_field *field = table.fields; field; field = field->next) {
        pv_str names[MAX_ALTERNATIVES];
        size_t count;
        pv_str type;
        pv_str text;
        if (field->name.size == 0)
            continue;
        *at = field->key;
        if (!type_of_key(options, field->name, &type, names, &count))
            return kept(all, pv_arena_format(all->arena, "%.*s has no option \"%s\"%s", PV_STR_ARG(function),
                                             pv_message_quote(field->name).text,
                                             pv_message_hint(field->name, names, count).text));
        *at = field->first;
        if (field->first != field->last || !pv_lexemes_string(file, field->first, &text))
            continue;
        pv_str what = pv_arena_format(all->arena, "%.*s: %.*s", PV_STR_ARG(function), PV_STR_ARG(field->name));
        pv_str message = misfit_of_text(all, type, kept(all, what), text);
        if (message.size > 0)
            return message;
    }
    return PV_STR("");
}

pv_str pv_seen_misfit(pv_seen_language *all, const pv_lexemes *file, const pv_language_parameter *parameter,
                      pv_str function, size_t lexeme, pv_seen given, size_t *at) {
    pv_str type = parameter->type;
    pv_str text;
    *at = lexeme;
    if (given.kind == PV_SEEN_TABLE) {
        for (pv_str rest = type; rest.size > 0;) {
            pv_str one = take_part(&rest, PV_STR(" | "));
            if (pv_str_starts_with(one, PV_STR("{")))
                return misfit_of_table(all, file, one, function, given, at);
        }
        return PV_STR("");
    }
    if (!pv_lexemes_string(file, lexeme, &text))
        return PV_STR("");
    pv_str what = pv_arena_format(all->arena, "%.*s%s%.*s", PV_STR_ARG(function), function.size > 0 ? ": " : "",
                                  PV_STR_ARG(parameter->name));
    return misfit_of_text(all, type, kept(all, what), text);
}
