/* Patterns that match nothing that is at hand, or take too many steps on a text made to be hard for them. */
#include "lua/authoring/authoring_p.h"

#include <string.h>

#include "base/utf8.h"

/* Seldom in a pattern, and no letter, digit or space. */
#define FINAL_CHARACTER '\x7F'

/* One `pattern [[…]]` of a rule file. */
typedef struct found_pattern {
    const pv_lexemes *file;
    size_t lexeme; /* the string */
    pv_str source;
    pv_pattern_flags flags;
} found_pattern;

static bool has_letter(pv_str text, char letter) {
    const char needle[] = {letter, '\0'};
    return pv_str_find(text, pv_str_from(needle), 0) != SIZE_MAX;
}

/* The pattern whose `pattern` is the index-th lexeme. One that is put together when the file runs is not seen. */
static bool read_pattern(const pv_lexemes *file, size_t index, found_pattern *out) {
    bool in_brackets = pv_lexemes_is(file, index + 1, "(");
    size_t string = index + 1 + in_brackets;
    if (!pv_lexemes_is(file, index, "pattern") || !pv_lexemes_string(file, string, &out->source))
        return false;
    pv_str flags = PV_STR("");
    if (in_brackets && pv_lexemes_is(file, string + 1, ","))
        (void)pv_lexemes_string(file, string + 2, &flags);
    else if (in_brackets && !pv_lexemes_is(file, string + 1, ")"))
        return false;
    out->file = file;
    out->lexeme = string;
    out->flags = (pv_pattern_flags){
        .ignore_case = has_letter(flags, 'i'),
        .extended = has_letter(flags, 'x'),
        .multiline = has_letter(flags, 'm'),
    };
    return true;
}

/* ---- whether it matches anything ---- */

/* A search, and whether it ended in a limit. */
typedef struct search {
    const pv_pattern *pattern;
    pv_matcher *matcher;
    bool found;
    bool limited;
} search;

static bool try_text(search *tried, pv_str text, pv_error *error) {
    pv_error fault = {0};
    pv_capture whole;
    bool found = false;
    if (!pv_pattern_find(tried->pattern, tried->matcher, text, 0, &whole, 1, &found, &fault)) {
        tried->limited = tried->limited || fault.code == PV_ERROR_LIMIT;
        return fault.code != PV_ERROR_MEMORY || pv_fail_memory(error);
    }
    tried->found = tried->found || found;
    return true;
}

static bool try_entries(search *tried, const pv_example_entries *entries, pv_error *error) {
    for (size_t i = 0; i < entries->count; i++)
        if (!try_text(tried, entries->entries[i].text, error))
            return false;
    return true;
}

static bool try_example(search *tried, const pv_example *example, pv_error *error) {
    if (!try_text(tried, example->response, error) || !try_entries(tried, &example->responses, error) ||
        !try_entries(tried, &example->fields, error))
        return false;
    for (size_t kind = 0; kind < example->record_count; kind++)
        for (size_t row = 0; row < example->records[kind].row_count; row++)
            if (!try_entries(tried, &example->records[kind].rows[row], error))
                return false;
    return true;
}

static bool try_examples(const pv_lua_lint *all, search *tried, pv_error *error) {
    const pv_catalogue *catalogue = &all->owner->catalogue;
    for (size_t rule = 0; rule < catalogue->rule_count; rule++)
        for (size_t i = 0; i < catalogue->examples[rule].count; i++)
            if (!try_example(tried, &catalogue->examples[rule].examples[i], error))
                return false;
    return true;
}

static bool try_form(const pv_lua_lint *all, search *tried, pv_error *error) {
    const pv_form *form = all->owner->form;
    for (size_t i = 0; i < form->measure_count; i++)
        if (!try_text(tried, form->measures[i].description, error) || !try_text(tried, form->measures[i].title, error))
            return false;
    for (size_t i = 0; i < form->item_count; i++)
        if (!try_text(tried, form->items[i].prompt, error))
            return false;
    return true;
}

static bool try_cases(const pv_lua_lint *all, search *tried, pv_error *error) {
    for (size_t i = 0; i < all->lint->texts.count; i++)
        if (!try_text(tried, all->lint->texts.items[i], error))
            return false;
    return true;
}

/* Whether a pattern with this source matched when the examples were run. */
static bool has_matched(const pv_matched *matched, pv_str source) {
    for (size_t i = 0; i < matched->patterns.count; i++)
        if (pv_str_equal(pv_pattern_source(matched->patterns.items[i]), source))
            return true;
    return false;
}

static bool lint_matching(const pv_lua_lint *all, const found_pattern *found, search *tried, pv_error *error) {
    pv_span at = found->file->at[found->lexeme].at;
    tried->found = has_matched(&all->matched, found->source);
    if (!tried->found &&
        !(try_examples(all, tried, error) && try_cases(all, tried, error) && try_form(all, tried, error)))
        return false;
    return tried->found || pv_lint_add(all->lint, PV_LINT_PATTERN_NEVER_MATCHES,
                                       pv_lexemes_rule_at(found->file, at.start), found->file->source, at, error,
                                       "the pattern matches nothing in the examples, the pack's cases and the form");
}

/* ---- texts made to be hard for a pattern, from nothing but the pattern ---- */

static void add_character(pv_pattern_sample *sample, pv_str character) {
    if (sample->size + character.size > sizeof sample->at)
        return;
    memcpy(sample->at + sample->size, character.data, character.size);
    sample->size += character.size;
    sample->count++;
}

/* The character of a pattern that begins at. */
static pv_str character_at(pv_str pattern, size_t at) {
    size_t size;
    (void)pv_utf8_decode(pattern, at, &size);
    return pv_str_slice(pattern, at, at + size);
}

/* What a backslash and this character can stand for; of no bytes where it stands for no character. */
static pv_str of_escape(pv_str c) {
    switch (c.data[0]) {
    case 'd':
        return PV_STR("1");
    case 's':
    case 'h':
        return PV_STR(" ");
    case 'w':
    case 'D':
    case 'S':
    case 'p':
        return PV_STR("a");
    case 'W':
        return PV_STR(".");
    case 'n':
    case 'R':
    case 'v':
        return PV_STR("\n");
    case 't':
        return PV_STR("\t");
    default:
        return strchr("bBAzZGKkgxQE", c.data[0]) ? (pv_str){0} : c;
    }
}

/* The first thing of a class: `[a-z]` gives "a". Of one that excludes, a letter. Leaves *at at the bracket's end. */
static pv_str of_class(pv_str pattern, size_t *at) {
    size_t i = *at + 1;
    bool excludes = i < pattern.size && pattern.data[i] == '^';
    i += excludes;
    pv_str first = {0};
    for (size_t start = i; i < pattern.size && (pattern.data[i] != ']' || i == start); i++) {
        bool escaped = pattern.data[i] == '\\' && i + 1 < pattern.size;
        i += escaped;
        pv_str c = character_at(pattern, i);
        if (first.size == 0)
            first = escaped ? of_escape(c) : c;
        i += c.size - 1;
    }
    *at = i;
    return excludes ? PV_STR("a") : first;
}

/* Behind `(?<name>`, `(?:` or `(?i)`, which stand for no character. */
static size_t skip_group_head(pv_str pattern, size_t at) {
    if (at + 1 >= pattern.size || pattern.data[at + 1] != '?')
        return at;
    at += 2;
    while (at < pattern.size && !strchr(":>=!)", pattern.data[at]))
        at++;
    return at;
}

static size_t skip_count(pv_str pattern, size_t at) {
    size_t end = pv_str_find(pattern, PV_STR("}"), at);
    return end == SIZE_MAX ? at : end;
}

pv_pattern_sample pv_pattern_sample_of(pv_str pattern, bool extended) {
    pv_pattern_sample sample = {.count = 0};
    for (size_t i = 0; i < pattern.size; i++) {
        pv_str c = character_at(pattern, i);
        pv_str shown = {0};
        if (c.data[0] == '\\' && i + 1 < pattern.size)
            shown = of_escape(c = character_at(pattern, ++i));
        else if (c.data[0] == '[')
            shown = of_class(pattern, &i);
        else if (c.data[0] == '(')
            i = skip_group_head(pattern, i);
        else if (c.data[0] == '{')
            i = skip_count(pattern, i);
        else if (c.data[0] == '.')
            shown = PV_STR("a");
        else if (!strchr(")|*+?^$}", c.data[0]) && !(extended && strchr(" \t\n", c.data[0])))
            shown = c;
        i += c.size - 1;
        if (shown.size > 0)
            add_character(&sample, shown);
    }
    return sample;
}

size_t pv_hostile_text_count(const pv_pattern_sample *sample) {
    return sample->count == 0 ? 0 : 2 * sample->count;
}

/* Characters of a sample, up to its end. */
static pv_str characters_of(const pv_pattern_sample *sample, size_t first, size_t count) {
    pv_str all = {sample->at, sample->size};
    size_t start = 0;
    while (first-- > 0)
        start += character_at(all, start).size;
    size_t end = start;
    while (count-- > 0 && end < all.size)
        end += character_at(all, end).size;
    return pv_str_slice(all, start, end);
}

void pv_hostile_text_write(const pv_pattern_sample *sample, size_t index, pv_buf *out) {
    pv_str all = {sample->at, sample->size};
    pv_str unit = all;
    if (index > 0 && index <= sample->count)
        unit = characters_of(sample, index - 1, 1);
    else if (index > sample->count)
        unit = characters_of(sample, index - sample->count - 1, 2);
    pv_buf_reset(out);
    while (!out->failed && out->size < PV_HOSTILE_BYTES)
        pv_buf_append(out, unit);
    pv_buf_append_char(out, FINAL_CHARACTER);
    pv_buf_append(out, all);
}

/* ---- whether it is slow ---- */

static bool lint_speed(const pv_lua_lint *all, const found_pattern *found, search *tried, pv_error *error) {
    pv_pattern_sample sample = pv_pattern_sample_of(found->source, found->flags.extended);
    pv_buf text = pv_buf_on(all->owner->memory);
    bool done = true;
    tried->limited = false;
    for (size_t i = 0; done && !tried->limited && i < pv_hostile_text_count(&sample); i++) {
        pv_hostile_text_write(&sample, i, &text);
        done = text.failed ? pv_fail_memory(error) : try_text(tried, pv_buf_str(&text), error);
    }
    pv_buf_clear(&text);
    pv_span at = found->file->at[found->lexeme].at;
    if (!done || !tried->limited)
        return done;
    return pv_lint_add(
        all->lint, PV_LINT_PATTERN_SLOW, pv_lexemes_rule_at(found->file, at.start), found->file->source, at, error,
        "on a text of %zu characters made to be hard for it, the pattern needs more steps than a rule has",
        PV_HOSTILE_BYTES);
}

/* ---- all patterns ---- */

static bool lint_pattern(const pv_lua_lint *all, const found_pattern *found, pv_error *error) {
    const pv_lua_ruleset *owner = all->owner;
    pv_pattern *pattern;
    pv_error fault = {0};
    if (!pv_pattern_compile(&pattern, owner->memory, found->source, found->flags, &owner->limits, &fault))
        return fault.code != PV_ERROR_MEMORY || pv_fail_memory(error); /* loading the file has said what is wrong */
    search tried = {.pattern = pattern, .matcher = owner->matcher};
    bool done = lint_matching(all, found, &tried, error) && lint_speed(all, found, &tried, error);
    pv_pattern_free(pattern);
    return done;
}

bool pv_lua_lint_patterns(const pv_lua_lint *all, pv_error *error) {
    for (size_t i = 0; i < all->owner->file_count; i++)
        for (size_t at = 0; at < all->files[i].count; at++) {
            found_pattern found;
            if (read_pattern(&all->files[i], at, &found) && !lint_pattern(all, &found, error))
                return false;
        }
    return true;
}
