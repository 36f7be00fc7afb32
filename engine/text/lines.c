#include "text/lines.h"

#include "base/digits.h"
#include "base/hash.h"
#include "base/set.h"

#define LEADERS 4        /* dots that lead to a page number */
#define FEWEST_REPEATS 3 /* of a running head, */
#define PAGES_A_REPEAT 8 /* and one for so many pages: a title may come back at the top of some */
#define NEAR 2           /* lines that say something, from a page's end */
#define LONGEST_HEAD 160 /* bytes of a running head */

/* Three or more of one of "-_*=" and nothing else but blanks. */
static bool is_rule(pv_str line) {
    size_t marks = 0;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] == ' ')
            continue;
        if (line.data[i] != line.data[0])
            return false;
        marks++;
    }
    return marks >= 3 && (line.data[0] == '-' || line.data[0] == '_' || line.data[0] == '*' || line.data[0] == '=');
}

/* "Page 3 of 14 …", "3 | Page", "3", "- 3 -". */
static bool is_page_number(pv_str line) {
    if (pv_str_starts_with_ascii_folded(line, PV_STR("page ")) && pv_digit_at(line, 5)) {
        size_t end = pv_digits_end(line, 5);
        return end == line.size || line.data[end] == ' ' || line.data[end] == '|';
    }
    size_t start = pv_str_starts_with(line, PV_STR("- ")) ? 2 : 0;
    size_t digits = pv_digits_end(line, start) - start;
    if (digits == 0 || digits > 4)
        return false;
    pv_str rest = pv_str_trim(pv_str_slice(line, start + digits, line.size));
    return start > 0 ? pv_str_equal(rest, PV_STR("-"))
                     : rest.size == 0 || pv_str_starts_with_ascii_folded(rest, PV_STR("| page")) ||
                           pv_str_equal_ascii_folded(rest, PV_STR("|p a g e"));
}

/* How many leader dots end before offset, blanks among them. */
static size_t leaders_before(pv_str line, size_t offset) {
    size_t dots = 0;
    while (offset > 0 && (line.data[offset - 1] == '.' || line.data[offset - 1] == ' '))
        dots += line.data[--offset] == '.';
    return dots;
}

static bool is_contents_entry(pv_str line) {
    size_t end = line.size;
    while (end > 0 && pv_is_digit(line.data[end - 1]))
        end--;
    return leaders_before(line, end) >= LEADERS;
}

static pv_line read_line(pv_str text, size_t start, size_t end) {
    pv_str line = pv_str_trim(pv_str_slice(text, start, end));
    pv_line out = {.blank = line.size == 0};
    size_t from = out.blank ? end : (size_t)(line.data - text.data);
    out.at = (pv_span){(uint32_t)from, (uint32_t)(from + line.size)};
    out.page = (end < text.size && text.data[end] == '\f') || is_rule(line) || is_page_number(line);
    out.furniture = !out.blank && is_page_number(line);
    out.contents = !out.blank && is_contents_entry(line);
    return out;
}

/* A line that comes back, by the hash of its wording. */
typedef struct repeated {
    uint64_t hash;
    uint32_t count;
    uint32_t near;
    bool met;
} repeated;

typedef struct repeats {
    repeated *slots;
    size_t mask;
} repeats;

/* Of the line without the marks of a heading and with single blanks; never 0. */
static uint64_t wording_of(pv_str line) {
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < line.size; i++) {
        bool blank = line.data[i] == ' ' || line.data[i] == '\t';
        bool skipped = line.data[i] == '#' || (blank && (i == 0 || line.data[i - 1] == ' ' || line.data[i - 1] == '#'));
        if (!skipped)
            hash = pv_hash_byte(hash, blank ? ' ' : pv_ascii_lower(line.data[i]));
    }
    return hash ? hash : 1;
}

static repeated *slot_of(repeats *table, uint64_t hash) {
    size_t slot = pv_slots_first(hash, table->mask);
    while (table->slots[slot].hash != 0 && table->slots[slot].hash != hash)
        slot = pv_slots_next(slot, table->mask);
    table->slots[slot].hash = hash;
    return &table->slots[slot];
}

static bool may_repeat(const pv_line *line) {
    return !line->blank && !line->page && line->at.end - line->at.start <= LONGEST_HEAD;
}

/* Sets near[i] for the lines that stand within a few lines of a page's end, going over them in one direction. */
static void mark_near(const pv_line *lines, size_t count, bool *near, bool backwards) {
    size_t since = NEAR + 1;
    for (size_t step = 0; step < count; step++) {
        size_t i = backwards ? count - 1 - step : step;
        if (lines[i].page)
            since = 0;
        else if (!lines[i].blank && since <= NEAR)
            since++;
        near[i] |= since <= NEAR;
    }
}

static size_t count_pages(const pv_line *lines, size_t count) {
    size_t pages = 0;
    for (size_t i = 0; i < count; i++)
        pages += lines[i].page;
    return pages;
}

/* Marks the running heads among lines. */
static bool find_running_heads(pv_arena *arena, pv_str text, pv_line *lines, size_t count, pv_error *error) {
    size_t capacity = pv_slots_capacity(count);
    repeats table = {PV_NEW_ARRAY(arena, repeated, capacity), capacity - 1};
    bool *near = PV_NEW_ARRAY(arena, bool, count);
    uint64_t *wordings = PV_NEW_ARRAY(arena, uint64_t, count);
    if (!table.slots || !near || !wordings)
        return pv_fail_memory(error);
    mark_near(lines, count, near, false);
    mark_near(lines, count, near, true);
    for (size_t i = 0; i < count; i++) {
        if (!may_repeat(&lines[i]))
            continue;
        wordings[i] = wording_of(pv_str_slice(text, lines[i].at.start, lines[i].at.end));
        repeated *found = slot_of(&table, wordings[i]);
        found->count++;
        found->near += near[i];
    }
    size_t fewest = count_pages(lines, count) / PAGES_A_REPEAT;
    for (size_t i = 0; i < count; i++) {
        if (wordings[i] == 0)
            continue;
        repeated *found = slot_of(&table, wordings[i]);
        lines[i].furniture |=
            found->count >= FEWEST_REPEATS && found->count >= fewest && found->near * 2 > found->count;
        lines[i].first = lines[i].furniture && !found->met;
        found->met = true;
    }
    return true;
}

/* Whether a blank line stands between two that are not. */
static bool is_laid_out(const pv_line *lines, size_t count) {
    bool begun = false, gap = false;
    for (size_t i = 0; i < count; i++) {
        if (!lines[i].blank && gap)
            return true;
        begun |= !lines[i].blank;
        gap = begun && lines[i].blank;
    }
    return false;
}

static size_t line_end(pv_str text, size_t start) {
    while (start < text.size && text.data[start] != '\n' && text.data[start] != '\f')
        start++;
    return start;
}

bool pv_lines_find(pv_arena *arena, pv_str text, pv_lines *out, pv_error *error) {
    *out = (pv_lines){0};
    size_t count = 0;
    for (size_t start = 0; start < text.size; start = line_end(text, start) + 1)
        count++;
    pv_line *lines = PV_NEW_ARRAY(arena, pv_line, count);
    if (!lines)
        return pv_fail_memory(error);
    for (size_t start = 0; start < text.size; start = line_end(text, start) + 1)
        lines[out->count++] = read_line(text, start, line_end(text, start));
    if (!find_running_heads(arena, text, lines, count, error))
        return false;
    out->lines = lines;
    out->laid_out = is_laid_out(lines, count);
    return true;
}

bool pv_line_is_silent(const pv_line *line) {
    return line->blank || line->furniture || line->page;
}

bool pv_line_is_of_text(const pv_line *line) {
    return !line->furniture;
}

bool pv_lines_tokens(pv_arena *arena, const pv_lines *lines, const pv_token_list *tokens, bool (*keep)(const pv_line *),
                     pv_token_list *out, pv_error *error) {
    pv_token *kept = PV_NEW_ARRAY(arena, pv_token, tokens->count);
    if (!kept)
        return pv_fail_memory(error);
    *out = (pv_token_list){kept, 0};
    size_t line = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        while (line + 1 < lines->count && lines->lines[line].at.end <= tokens->tokens[i].at.start)
            line++;
        if (line >= lines->count || keep(&lines->lines[line]))
            kept[out->count++] = tokens->tokens[i];
    }
    return true;
}
