#include "run/mutation.h"

#include <string.h>

#include "base/array.h"
#include "base/digits.h"

/* No limit or share that a person writes down is larger. */
#define MOST_TO_CHANGE UINT64_C(1000000000000)

bool pv_mutations_add(pv_mutations *all, size_t file, pv_span span, pv_str replacement, pv_error *error) {
    if (!replacement.data)
        return pv_fail_memory(error);
    pv_mutation *added = PV_ARRAY_ADD(all->arena, all);
    if (!added)
        return pv_fail_memory(error);
    *added = (pv_mutation){file, span, replacement};
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

/* ---- forms ---- */

/* A walk over the text of a form. It takes YAML as a person reads it: a key with a value on its line or below. What it
 * does not understand it passes over; a mutation that breaks the form is noticed when the form is read. */
typedef struct form_walk {
    pv_mutations *all;
    size_t file;
    pv_str text;
    pv_error *error;
} form_walk;

static char byte_at(const form_walk *walk, size_t at) {
    return at < walk->text.size ? walk->text.data[at] : '\n';
}

static size_t skip_spaces(const form_walk *walk, size_t at) {
    while (byte_at(walk, at) == ' ' && at < walk->text.size)
        at++;
    return at;
}

static size_t line_end(const form_walk *walk, size_t at) {
    while (byte_at(walk, at) != '\n')
        at++;
    return at;
}

static bool is_key_byte(char c) {
    return (c >= 'a' && c <= 'z') || c == '_' || pv_is_digit(c);
}

/* Where a value that is no block ends: at a comma, a closing bracket, a comment, or its line's end. */
static size_t value_end(const form_walk *walk, size_t at, bool in_flow) {
    size_t end = at;
    while (byte_at(walk, end) != '\n' && byte_at(walk, end) != '\r') {
        char c = byte_at(walk, end);
        if (in_flow && (c == ',' || c == ']' || c == '}'))
            break;
        if (c == ' ' && byte_at(walk, end + 1) == '#')
            break;
        end++;
    }
    while (end > at && byte_at(walk, end - 1) == ' ')
        end--;
    return end;
}

static bool add_word(const form_walk *walk, size_t start, size_t end) {
    char first = byte_at(walk, start);
    bool quoted = first == '"' || first == '\'';
    pv_span span = {(uint32_t)(start + quoted), (uint32_t)(end - quoted)};
    return span.end <= span.start ||
           pv_mutations_add(walk->all, walk->file, span, PV_STR(PV_MUTATION_NO_WORD), walk->error);
}

/* A number or a flag; a text under a key is a name by which rules find things, and is left alone. */
static bool add_scalar(const form_walk *walk, size_t start, size_t end) {
    pv_span span = {(uint32_t)start, (uint32_t)end};
    pv_str value = pv_str_slice(walk->text, start, end);
    if (pv_str_equal(value, PV_STR("true")))
        return pv_mutations_add(walk->all, walk->file, span, PV_STR("false"), walk->error);
    if (pv_str_equal(value, PV_STR("false")))
        return pv_mutations_add(walk->all, walk->file, span, PV_STR("true"), walk->error);
    for (size_t i = 0; i < value.size; i++)
        if (!pv_is_digit(value.data[i]) && value.data[i] != '.' && value.data[i] != '%')
            return true;
    return pv_mutations_add_number(walk->all, walk->file, walk->text, span, walk->error);
}

/* Elements of [a, b, c]; *at is after the opening bracket, and then at the closing one. */
static bool add_flow_list(const form_walk *walk, size_t *at) {
    while (*at < walk->text.size && byte_at(walk, *at) != ']') {
        char c = byte_at(walk, *at);
        if (c == ' ' || c == '\n' || c == '\r' || c == ',') {
            ++*at;
            continue;
        }
        size_t end = value_end(walk, *at, true);
        if (!add_word(walk, *at, end))
            return false;
        *at = end > *at ? end : *at + 1;
    }
    return true;
}

/* Elements of the lines "- a" below a key, which may stand as deep as the key itself; *at is the end of the last of
 * them. */
static bool add_block_list(const form_walk *walk, size_t key_column, size_t *at) {
    for (size_t line = line_end(walk, *at) + 1; line < walk->text.size; line = line_end(walk, line) + 1) {
        size_t dash = skip_spaces(walk, line);
        if (dash - line < key_column || byte_at(walk, dash) != '-' || byte_at(walk, dash + 1) != ' ')
            return true;
        size_t start = skip_spaces(walk, dash + 1);
        size_t end = value_end(walk, start, false);
        bool is_mapping = pv_str_find(pv_str_slice(walk->text, start, end), PV_STR(": "), 0) != SIZE_MAX;
        if (is_mapping || byte_at(walk, start) == '{')
            return true;
        if (!add_word(walk, start, end))
            return false;
        *at = end;
    }
    return true;
}

/* The key that starts at `at`, when one does: after a line's indentation and dashes, or in a flow mapping. */
static bool find_key(const form_walk *walk, size_t at, pv_str *key) {
    size_t end = at;
    while (is_key_byte(byte_at(walk, end)))
        end++;
    if (end == at || byte_at(walk, end) != ':' || (byte_at(walk, end + 1) != ' ' && byte_at(walk, end + 1) != '\n'))
        return false;
    size_t before = at;
    while (before > 0 && (byte_at(walk, before - 1) == ' ' || byte_at(walk, before - 1) == '-'))
        before--;
    char opener = before == 0 ? '\n' : byte_at(walk, before - 1);
    *key = pv_str_slice(walk->text, at, end);
    return opener == '\n' || opener == '{' || (opener == ',' && before < at);
}

static size_t column_of(const form_walk *walk, size_t at) {
    size_t start = at;
    while (start > 0 && byte_at(walk, start - 1) != '\n')
        start--;
    return at - start;
}

/* The value of the key that ends at `at`; at then goes on behind it. */
static bool add_value(const form_walk *walk, size_t key_start, size_t *at) {
    size_t start = skip_spaces(walk, *at);
    if (byte_at(walk, start) == '[') {
        *at = start + 1;
        return add_flow_list(walk, at);
    }
    if (byte_at(walk, start) == '\n')
        return add_block_list(walk, column_of(walk, key_start), at);
    size_t line_start = key_start - column_of(walk, key_start);
    bool in_flow = pv_str_find(pv_str_slice(walk->text, line_start, key_start), PV_STR("{"), 0) != SIZE_MAX;
    *at = value_end(walk, start, in_flow);
    return add_scalar(walk, start, *at);
}

/* What else columns and record kinds are called is for reading tables (docs/form.md): it is nothing that a rule could
 * read. */
static bool is_for_tables(pv_str part, pv_str key) {
    return pv_str_equal(key, PV_STR("aliases")) && !pv_str_equal(part, PV_STR("tables"));
}

bool pv_mutations_of_form(pv_mutations *all, size_t file, pv_str text, pv_mutation_key is_read, void *payload,
                          pv_error *error) {
    const form_walk walk = {all, file, text, error};
    pv_str part = PV_STR(""); /* of the form: the key at the left edge */
    for (size_t at = 0; at < text.size; at++) {
        pv_str key;
        size_t start = at;
        if (byte_at(&walk, at) == '#' && (at == 0 || byte_at(&walk, at - 1) == ' ' || byte_at(&walk, at - 1) == '\n')) {
            at = line_end(&walk, at);
            continue;
        }
        if (!find_key(&walk, at, &key))
            continue;
        at += key.size + 1;
        if (start == 0 || byte_at(&walk, start - 1) == '\n')
            part = key;
        if (!is_for_tables(part, key) && is_read(payload, key) && !add_value(&walk, start, &at))
            return false;
        at--; /* what comes next may begin right here */
    }
    return true;
}
