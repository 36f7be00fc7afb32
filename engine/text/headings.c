#include "text/headings.h"

#include "base/hash.h"
#include "text/heading_lines.h"
#include "text/slots.h"
#include "text/tokens.h"

#define FEWEST_LISTED 3 /* headings with nothing between them that make a list */
#define FEWEST_LISTED_WEAK 2

/* How outlines nest: what has the smaller rank stands outside. */
enum {
    RANK_MARKDOWN = 0, /* and the level, where levels are told apart */
    RANK_PART = 10,
    RANK_NAMED = 20,
    RANK_ROMAN = 30, /* and lines in capitals */
    RANK_LETTER_OUTSIDE = 35,
    RANK_FIGURE = 40, /* and the level */
    RANK_LETTER_INSIDE = 50,
    RANK_TITLE = 60,
    RANK_SMALL_LETTER = 70,
    RANK_SMALL_ROMAN = 80,
};

#define DEEPEST_FIGURE 9

/* Whether nothing is said between candidate and the line where the next begins. */
static bool is_empty(const pv_heading_list *list, const pv_heading_candidate *heading, size_t next_line) {
    if (heading->after_line == heading->first_line)
        return false; /* its line goes on */
    for (size_t line = heading->after_line; line < next_line; line++)
        if (!pv_line_is_silent(&list->lines.lines[line]) && !list->lines.lines[line].contents)
            return false;
    return true;
}

static size_t line_after(const pv_heading_list *list, const pv_heading_candidate *all, size_t count, size_t i) {
    return i + 1 < count ? all[i + 1].first_line : list->lines.count;
}

static bool same_form(const pv_heading_candidate *a, const pv_heading_candidate *b) {
    return a->form == b->form && a->label.kind == b->label.kind && a->label.level == b->label.level && !a->alone &&
           !b->alone;
}

/* Drops members of a list: headings of one form with nothing between them. Markdown says itself what a heading is. */
static void drop_lists(const pv_heading_list *list, pv_heading_candidate *all, size_t count) {
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        bool weak = all[start].weak;
        while (end < count && same_form(&all[start], &all[end]) && is_empty(list, &all[end - 1], all[end].first_line))
            weak |= all[end++].weak;
        bool listed = end - start >= (weak ? FEWEST_LISTED_WEAK : FEWEST_LISTED);
        for (size_t i = start; i < end; i++)
            all[i].dropped |= listed && all[i].form > PV_HEADING_UNDERLINED;
        start = end;
    }
}

/* Puts the words of a heading that is a label alone, "Article 2", together with the line of words under it. */
static void join_labels(const pv_heading_list *list, pv_heading_candidate *all, size_t count) {
    for (size_t i = 0; i + 1 < count; i++) {
        pv_heading_candidate *next = &all[i + 1];
        bool joins =
            all[i].alone && !all[i].dropped && !next->dropped && next->label.kind == PV_LABEL_NONE &&
            (next->form == PV_HEADING_CAPITALS || next->form == PV_HEADING_TITLE || next->form == all[i].form) &&
            is_empty(list, &all[i], next->first_line);
        if (!joins)
            continue;
        next->form = all[i].form;
        next->label = all[i].label;
        next->level = all[i].level;
        next->number = all[i].number;
        next->first_line = all[i].first_line;
        all[i].dropped = true;
    }
}

/* Drops what is left alone at the end: a line of words without a number heads something. */
static void drop_last(const pv_heading_list *list, pv_heading_candidate *all, size_t count) {
    for (size_t i = count; i > 0; i--) {
        pv_heading_candidate *last = &all[i - 1];
        bool bare = (last->form == PV_HEADING_TITLE || last->weak) && is_empty(list, last, list->lines.count);
        if (last->dropped)
            continue;
        if (!bare)
            return;
        last->dropped = true;
    }
}

static size_t compact(pv_heading_candidate *all, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!all[i].dropped)
            all[kept++] = all[i];
    return kept;
}

/* Of the tokens of its title; never 0. */
static bool key_of(pv_arena *arena, pv_str title, uint64_t *key, pv_error *error) {
    pv_token_list tokens;
    if (!pv_tokens_find(arena, title, &tokens, error))
        return false;
    *key = PV_HASH_SEED;
    for (size_t i = 0; i < tokens.count; i++)
        *key = (*key ^ tokens.tokens[i].hash) * PV_SLOTS_SPREAD;
    *key |= 1;
    return true;
}

/* Drops a heading with nothing under it that comes again later: its lines are a table of contents. */
static bool drop_repeated(pv_heading_list *list, pv_arena *arena, pv_str text, pv_heading_candidate *all, size_t count,
                          pv_error *error) {
    size_t capacity = pv_slots_capacity(count);
    uint64_t *slots = PV_NEW_ARRAY(arena, uint64_t, capacity);
    if (!slots)
        return pv_fail_memory(error);
    for (size_t i = count; i > 0; i--) {
        pv_heading_candidate *heading = &all[i - 1];
        uint64_t key;
        if (!key_of(arena, pv_str_slice(text, heading->title.start, heading->title.end), &key, error))
            return false;
        size_t slot = pv_slots_first(key, capacity - 1);
        while (slots[slot] != 0 && slots[slot] != key)
            slot = pv_slots_next(slot, capacity - 1);
        heading->dropped = slots[slot] == key && is_empty(list, heading, line_after(list, all, count, i - 1));
        slots[slot] = key;
        for (size_t line = heading->first_line; heading->dropped && line < heading->after_line; line++)
            list->lines.lines[line].contents = true;
    }
    return true;
}

/* ---- depths ---- */

typedef struct outline {
    bool levels;        /* Markdown headings of more than one level */
    bool letters_first; /* capital letters stand outside figures */
} outline;

static bool is_marked(const pv_heading_candidate *heading) {
    return heading->form == PV_HEADING_MARKDOWN || heading->form == PV_HEADING_UNDERLINED;
}

static outline outline_of(const pv_heading_candidate *all, size_t count) {
    outline seen = {0};
    unsigned level = 0;
    bool figures = false;
    for (size_t i = 0; i < count; i++) {
        if (is_marked(&all[i])) {
            seen.levels |= level != 0 && all[i].level != level;
            level = all[i].level;
        }
        figures |= all[i].label.kind == PV_LABEL_FIGURE;
        seen.letters_first |= all[i].label.kind == PV_LABEL_LETTER && !figures;
    }
    return seen;
}

static int rank_of(const pv_heading_candidate *heading, const outline *seen) {
    if (is_marked(heading) && seen->levels)
        return RANK_MARKDOWN + (int)heading->level;
    unsigned level = heading->label.level > DEEPEST_FIGURE ? DEEPEST_FIGURE : heading->label.level;
    switch (heading->label.kind) {
    case PV_LABEL_PART:
        return RANK_PART;
    case PV_LABEL_NAMED:
        return RANK_NAMED;
    case PV_LABEL_ROMAN:
        return RANK_ROMAN;
    case PV_LABEL_LETTER:
        return seen->letters_first ? RANK_LETTER_OUTSIDE : RANK_LETTER_INSIDE;
    case PV_LABEL_FIGURE:
        return RANK_FIGURE + (int)level - 1;
    case PV_LABEL_SMALL_LETTER:
        return RANK_SMALL_LETTER;
    case PV_LABEL_SMALL_ROMAN:
        return RANK_SMALL_ROMAN;
    case PV_LABEL_NONE:
        break;
    }
    return heading->form == PV_HEADING_CAPITALS ? RANK_ROMAN : RANK_TITLE;
}

static void set_depths(const pv_heading_candidate *all, size_t count, pv_heading *out) {
    outline seen = outline_of(all, count);
    int open[PV_HEADING_DEPTH_MAX];
    unsigned depth = 0;
    for (size_t i = 0; i < count; i++) {
        int rank = rank_of(&all[i], &seen);
        while (depth > 0 && open[depth - 1] >= rank)
            depth--;
        if (depth < PV_HEADING_DEPTH_MAX)
            open[depth++] = rank;
        out[i].depth = depth;
    }
}

/* ---- parts ---- */

/* Bytes [start, end) of the text without white space at either end. */
static pv_span trimmed(pv_str text, size_t start, size_t end) {
    pv_str words = pv_str_trim(pv_str_slice(text, start, end));
    size_t from = words.size > 0 ? (size_t)(words.data - text.data) : end;
    return (pv_span){(uint32_t)from, (uint32_t)(from + words.size)};
}

static size_t line_start(const pv_heading_list *list, const pv_heading_candidate *heading) {
    return list->lines.lines[heading->first_line].at.start;
}

/* Sets bodies, last heading first: ends[depth] is where the next heading that is not deeper begins. */
static void set_bodies(const pv_heading_list *list, pv_str text, const pv_heading_candidate *all, size_t count,
                       pv_heading *out) {
    size_t ends[PV_HEADING_DEPTH_MAX + 1];
    for (size_t i = 0; i <= PV_HEADING_DEPTH_MAX; i++)
        ends[i] = text.size;
    size_t next = text.size;
    for (size_t i = count; i > 0; i--) {
        pv_heading *heading = &out[i - 1];
        size_t start = all[i - 1].end;
        heading->own = trimmed(text, start, next);
        heading->body = trimmed(text, start, ends[heading->depth]);
        next = line_start(list, &all[i - 1]);
        for (size_t depth = heading->depth; depth <= PV_HEADING_DEPTH_MAX; depth++)
            ends[depth] = next;
    }
}

static uint32_t start_of(const pv_heading_candidate *heading) {
    bool numbered = heading->label.kind != PV_LABEL_NONE && heading->number.start < heading->title.start;
    return numbered ? heading->number.start : heading->title.start;
}

/* Whether anything is said before line that is more than a table of contents. */
static bool says_something(const pv_heading_list *list, size_t line) {
    for (size_t i = 0; i < line; i++)
        if (!pv_line_is_silent(&list->lines.lines[i]) && !list->lines.lines[i].contents)
            return true;
    return false;
}

static bool make_parts(pv_heading_list *out, pv_arena *arena, pv_str text, const pv_heading_candidate *all,
                       size_t count, pv_error *error) {
    pv_heading *parts = PV_NEW_ARRAY(arena, pv_heading, count + 1);
    if (!parts)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        parts[i + 1] =
            (pv_heading){.at = {start_of(&all[i]), all[i].title.end}, .number = all[i].number, .title = all[i].title};
    set_depths(all, count, parts + 1);
    set_bodies(out, text, all, count, parts + 1);
    size_t first = count > 0 ? line_start(out, &all[0]) : text.size;
    parts[0].own = parts[0].body = trimmed(text, 0, first);
    parts[0].at = parts[0].number = parts[0].title = (pv_span){parts[0].own.start, parts[0].own.start};
    bool opening = says_something(out, count > 0 ? all[0].first_line : out->lines.count);
    out->headings = opening ? parts : parts + 1;
    out->count = opening ? count + 1 : count;
    return true;
}

bool pv_headings_find(pv_arena *arena, pv_str text, pv_heading_list *out, pv_error *error) {
    *out = (pv_heading_list){0};
    pv_heading_candidate *all;
    size_t count;
    if (!pv_lines_find(arena, text, &out->lines, error) ||
        !pv_heading_lines_find(arena, text, &out->lines, &all, &count, error))
        return false;
    drop_lists(out, all, count);
    join_labels(out, all, count);
    count = compact(all, count);
    if (!drop_repeated(out, arena, text, all, count, error))
        return false;
    count = compact(all, count);
    drop_last(out, all, count);
    count = compact(all, count);
    return make_parts(out, arena, text, all, count, error);
}
