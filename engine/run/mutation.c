#include "run/mutation.h"

#include <string.h>

#include "base/array.h"
#include "base/calendar.h"
#include "base/digits.h"

/* No limit or share that a person writes down is larger. */
#define MOST_TO_CHANGE UINT64_C(1000000000000)

bool pv_mutations_add(pv_mutations *all, size_t file, pv_span span, pv_str replacement, pv_error *error) {
    if (!replacement.data)
        return pv_fail_memory(error);
    pv_mutation *added = PV_ARRAY_ADD(all->arena, all);
    if (!added)
        return pv_fail_memory(error);
    *added = (pv_mutation){.file = file, .span = span, .replacement = replacement};
    return true;
}

pv_str pv_mutation_apply(const pv_mutation *mutation, pv_str text, pv_arena *arena) {
    pv_str before = pv_str_slice(text, 0, mutation->span.start);
    pv_str after = pv_str_slice(text, mutation->span.end, text.size);
    size_t size = before.size + mutation->replacement.size + after.size;
    char *bytes = pv_arena_alloc(arena, size + 1);
    if (!bytes)
        return (pv_str){NULL, 0};
    const pv_str parts[] = {before, mutation->replacement, after};
    size_t at = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].size > 0)
            memcpy(bytes + at, parts[i].data, parts[i].size);
        at += parts[i].size;
    }
    return (pv_str){bytes, size};
}

/* ---- numbers ---- */

static bool add_number(pv_mutations *all, size_t file, pv_span span, uint64_t number, pv_error *error) {
    pv_str text = pv_arena_format(all->arena, "%llu", (unsigned long long)number);
    return pv_mutations_add(all, file, span, text, error);
}

bool pv_mutations_add_number(pv_mutations *all, size_t file, pv_str text, pv_span span, pv_error *error) {
    uint64_t whole = 0;
    pv_span digits = {span.start, span.start};
    for (; digits.end < span.end && pv_is_digit(text.data[digits.end]); digits.end++) {
        if (whole > MOST_TO_CHANGE)
            return true;
        whole = whole * 10 + (uint64_t)(text.data[digits.end] - '0');
    }
    if (digits.end == digits.start)
        return true;
    return add_number(all, file, digits, whole + 1, error) &&
           (whole == 0 || add_number(all, file, digits, whole - 1, error));
}

/* ---- dates ---- */

bool pv_mutations_add_date(pv_mutations *all, size_t file, pv_str text, pv_span span, pv_error *error) {
    static const int64_t days[] = {1, -1};
    pv_date date;
    if (!pv_date_parse(pv_str_slice(text, span.start, span.end), &date))
        return true;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        pv_date other;
        pv_error at_the_end = {0}; /* of the calendar: there is no other day then */
        char written[PV_DATE_SIZE];
        if (!pv_date_add_days(date, days[i], &other, &at_the_end))
            continue;
        pv_date_write(other, written);
        if (!pv_mutations_add(all, file, span, pv_arena_copy(all->arena, pv_str_from(written)), error))
            return false;
    }
    return true;
}

/* ---- forms ---- */

typedef struct form_walk {
    pv_mutations *all;
    size_t file;
    pv_str text;
    pv_mutation_key is_read;
    void *payload;
    pv_error *error;
} form_walk;

/* What stands between a scalar's quotes, or all of it; empty for one that is written as a block. */
static pv_span inside_of(const pv_node *scalar) {
    bool quoted = scalar->style == PV_SCALAR_SINGLE_QUOTED || scalar->style == PV_SCALAR_DOUBLE_QUOTED;
    if (scalar->style != PV_SCALAR_PLAIN && !quoted)
        return (pv_span){scalar->span.start, scalar->span.start};
    return (pv_span){scalar->span.start + quoted, scalar->span.end - quoted};
}

static bool is_date(const pv_node *scalar) {
    pv_date ignored;
    return pv_date_parse(pv_node_value(scalar), &ignored);
}

static bool add_word(const form_walk *walk, const pv_node *scalar) {
    pv_span span = inside_of(scalar);
    if (is_date(scalar))
        return pv_mutations_add_date(walk->all, walk->file, walk->text, span, walk->error);
    return span.end <= span.start ||
           pv_mutations_add(walk->all, walk->file, span, PV_STR(PV_MUTATION_NO_WORD), walk->error);
}

/* A number, a day or a flag; a text under a key is a name by which rules find things, and is left alone. */
static bool add_scalar(const form_walk *walk, const pv_node *scalar) {
    pv_span span = inside_of(scalar);
    pv_str value = pv_str_slice(walk->text, span.start, span.end);
    if (is_date(scalar))
        return pv_mutations_add_date(walk->all, walk->file, walk->text, span, walk->error);
    if (scalar->style != PV_SCALAR_PLAIN)
        return true;
    if (pv_str_equal(value, PV_STR("true")))
        return pv_mutations_add(walk->all, walk->file, span, PV_STR("false"), walk->error);
    if (pv_str_equal(value, PV_STR("false")))
        return pv_mutations_add(walk->all, walk->file, span, PV_STR("true"), walk->error);
    for (size_t i = 0; i < value.size; i++)
        if (!pv_is_digit(value.data[i]) && value.data[i] != '.' && value.data[i] != '%')
            return true;
    return pv_mutations_add_number(walk->all, walk->file, walk->text, span, walk->error);
}

static bool add_value(const form_walk *walk, const pv_node *value) {
    if (value->kind == PV_NODE_SCALAR)
        return add_scalar(walk, value);
    for (const pv_node *element = value->first; element && value->kind == PV_NODE_SEQUENCE; element = element->next)
        if (element->kind == PV_NODE_SCALAR && !add_word(walk, element))
            return false;
    return true;
}

/* Names by which parts of the form are known: another one is another form. */
static bool is_name_of_part(pv_str key) {
    static const pv_str names[] = {PV_STR("id"),       PV_STR("form"), PV_STR("section"), PV_STR("title"),
                                   PV_STR("measures"), PV_STR("key"),  PV_STR("name")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (pv_str_equal(names[i], key))
            return true;
    return false;
}

/* What else columns and record kinds are called is for reading tables (docs/form.md): it is nothing that a rule could
 * read. In a table of reference data, a day is one of many, and changed where a rule reads it; anywhere else it is a
 * condition. */
static bool is_changed(const form_walk *walk, pv_str part, const pv_node *value) {
    pv_str key = pv_node_value(value->key);
    bool in_table = pv_str_equal(part, PV_STR("tables"));
    if (is_name_of_part(key) || (pv_str_equal(key, PV_STR("aliases")) && !in_table))
        return false;
    return walk->is_read(walk->payload, key) || (!in_table && value->kind == PV_NODE_SCALAR && is_date(value));
}

/* part: the key of the form that node stands under. */
static bool walk_node(const form_walk *walk, pv_str part, const pv_node *node) {
    for (const pv_node *child = node->first; child && node->kind != PV_NODE_SCALAR; child = child->next) {
        pv_str under = part.size > 0 || !child->key ? part : pv_node_value(child->key);
        size_t before = walk->all->count;
        if (child->key && is_changed(walk, under, child) && !add_value(walk, child))
            return false;
        bool is_alias = child->key && pv_str_equal(pv_node_value(child->key), PV_STR("aliases"));
        for (size_t i = before; i < walk->all->count; i++)
            walk->all->items[i].kind = is_alias ? PV_MUTATION_OF_ALIAS : PV_MUTATION_OF_FORM;
        if (!walk_node(walk, under, child))
            return false;
    }
    return true;
}

bool pv_mutations_of_form(pv_mutations *all, size_t file, const pv_document *form, pv_mutation_key is_read,
                          void *payload, pv_error *error) {
    const form_walk walk = {all, file, form->source->bytes, is_read, payload, error};
    return walk_node(&walk, PV_STR(""), form->root);
}
