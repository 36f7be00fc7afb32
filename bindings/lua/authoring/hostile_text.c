#include "lua/authoring/hostile_text.h"

#include <string.h>

/* Seldom in a pattern, and no letter, digit or space. */
#define FINAL_CHARACTER '\x7F'

static void add(pv_pattern_sample *sample, char c) {
    if (sample->count < sizeof sample->at)
        sample->at[sample->count++] = c;
}

/* What `\c` can stand for; 0 where it stands for no character. */
static char of_escape(char c) {
    switch (c) {
    case 'd':
        return '1';
    case 'w':
        return 'a';
    case 's':
    case 'h':
        return ' ';
    case 'D':
    case 'S':
    case 'p':
        return 'a';
    case 'W':
        return '.';
    case 'n':
    case 'R':
    case 'v':
        return '\n';
    case 't':
        return '\t';
    default:
        return strchr("bBAzZGKkgxQE", c) ? '\0' : c;
    }
}

/* The first thing of a class: `[a-z]` gives "a". Of one that excludes, a letter. Leaves *at behind the bracket. */
static char of_class(pv_str pattern, size_t *at) {
    size_t i = *at + 1;
    bool excludes = i < pattern.size && pattern.data[i] == '^';
    i += excludes;
    char first = '\0';
    for (size_t start = i; i < pattern.size && (pattern.data[i] != ']' || i == start); i++) {
        bool escaped = pattern.data[i] == '\\' && i + 1 < pattern.size;
        i += escaped;
        if (!first)
            first = escaped ? of_escape(pattern.data[i]) : pattern.data[i];
    }
    *at = i;
    return excludes ? 'a' : first;
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
        char c = pattern.data[i];
        char shown = '\0';
        if (c == '\\' && i + 1 < pattern.size)
            shown = of_escape(pattern.data[++i]);
        else if (c == '[')
            shown = of_class(pattern, &i);
        else if (c == '(')
            i = skip_group_head(pattern, i);
        else if (c == '{')
            i = skip_count(pattern, i);
        else if (c == '.')
            shown = 'a';
        else if (!strchr(")|*+?^$}", c) && !(extended && strchr(" \t\n", c)))
            shown = c;
        if (shown)
            add(&sample, shown);
    }
    return sample;
}

size_t pv_hostile_text_count(const pv_pattern_sample *sample) {
    return sample->count == 0 ? 0 : 2 * sample->count;
}

void pv_hostile_text_write(const pv_pattern_sample *sample, size_t index, pv_buf *out) {
    pv_str unit = {sample->at, sample->count};
    if (index > 0 && index <= sample->count)
        unit = pv_str_slice(unit, index - 1, index);
    else if (index > sample->count)
        unit = pv_str_slice(unit, index - sample->count - 1, index - sample->count + 1);
    pv_buf_reset(out);
    while (!out->failed && out->size < PV_HOSTILE_BYTES)
        pv_buf_append(out, unit);
    pv_buf_append_char(out, FINAL_CHARACTER);
    pv_buf_append(out, (pv_str){sample->at, sample->count});
}
