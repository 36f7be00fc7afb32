#include "text/placement_p.h"

#include "base/set.h"
#include "text/markers_p.h"
#include "text/phrasing_p.h"

#define MOST_ENTRY_TOKENS 3u      /* under a heading that may be an entry of a list: a page number */
#define FEWEST_ENTRIES 3u         /* one after the other, that make a list */
#define MOST_ENTRY_TEXT 150u      /* tokens under an entry that is followed by lines of contents */
#define MORE_SAID 4u              /* times as much under a heading that comes again */
#define FEWEST_THAT_COME_AGAIN 4u /* headings one after the other that make a table of contents */
#define FEWEST_SAID 8u            /* tokens under a heading that ends the title page */
#define SEEN UINT32_MAX
#define STYLE_OF_KIND 16u
#define STYLE_OF_CAPITALS 8u
#define MOST_LEVELS 7u

/* What makes a title a sentence. */
static const char *const sentence_words[] = {
    "are", "can", "has", "have", "is", "may", "must", "shall", "should", "was", "were", "will",
};

pv_str pv_place_words_at(const pv_placer *place, pv_span at) {
    return pv_str_slice(place->text, at.start, at.end);
}

static size_t first_token_at(const pv_token_list *tokens, uint32_t offset) {
    size_t low = 0, high = tokens->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tokens->tokens[middle].at.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t pv_place_tokens(const pv_token_list *tokens, pv_span at, size_t *first) {
    *first = first_token_at(tokens, at.start);
    return first_token_at(tokens, at.end) - *first;
}

/* ---- how a heading is written ---- */

static bool has_no_small_letter(pv_str title) {
    for (size_t i = 0; i < title.size; i++)
        if (title.data[i] >= 'a' && title.data[i] <= 'z')
            return false;
    return true;
}

static unsigned hashes_of(pv_str line) {
    unsigned count = 0;
    while (count < MOST_LEVELS && count < line.size && line.data[count] == '#')
        count++;
    return count;
}

/* Whether headings of more than one level of Markdown are there. */
static bool has_levels(const pv_placer *place) {
    const pv_lines *lines = &place->headings->lines;
    unsigned seen = 0;
    for (size_t i = 0; i < lines->count; i++) {
        unsigned level = hashes_of(pv_place_words_at(place, lines->lines[i].at));
        if (level > 0 && seen > 0 && level != seen)
            return true;
        seen = level > 0 ? level : seen;
    }
    return false;
}

/* Equal for headings that are written alike: the kind of number, capitals, the level of Markdown where that tells. */
static uint8_t style_of(const pv_placer *place, const pv_heading *heading, pv_label_kind kind, unsigned level) {
    unsigned named = kind == PV_LABEL_PART ? PV_LABEL_NAMED : kind;
    bool capitals = has_no_small_letter(pv_place_words_at(place, heading->title));
    return (uint8_t)(named * STYLE_OF_KIND + (capitals ? STYLE_OF_CAPITALS : 0) + level);
}

static bool is_sentence(const pv_placer *place, pv_span title) {
    size_t first, count = pv_place_tokens(place->tokens, title, &first);
    for (size_t i = first; i < first + count; i++)
        if (pv_phrasing_is_one_of(pv_place_words_at(place, place->tokens->tokens[i].at), sentence_words,
                                  sizeof sentence_words / sizeof sentence_words[0], pv_str_equal_ascii_folded))
            return true;
    return false;
}

static bool opens_with_bullet(const pv_placer *place, size_t line) {
    return pv_markers_open_with_bullet(pv_place_words_at(place, place->headings->lines.lines[line].at));
}

/* Whether the heading in this line is an element of a list that the end of a page parts: a bullet before the page's
 * end, and one after the heading. */
static bool is_element(const pv_placer *place, size_t line) {
    const pv_lines *lines = &place->headings->lines;
    bool page = false;
    size_t before = line, after = line + 1;
    while (before > 0 && pv_line_is_silent(&lines->lines[before - 1]))
        page |= lines->lines[--before].page;
    while (after < lines->count && pv_line_is_silent(&lines->lines[after]))
        after++;
    return page && before > 0 && after < lines->count && opens_with_bullet(place, before - 1) &&
           opens_with_bullet(place, after);
}

static bool read_title(pv_placer *place, size_t part, pv_error *error) {
    pv_place_part *out = &place->parts[part];
    pv_span at = place->headings->headings[part].title;
    size_t first, count = pv_place_tokens(place->tokens, at, &first);
    pv_key_words words;
    if (!pv_key_words_of(place->arena, place->text, place->tokens->tokens + first, count, &words, error) ||
        !pv_place_words_new(place, words.count, &out->title, error))
        return false;
    pv_place_words_weigh(place, place->text, &words, &out->title);
    for (size_t i = 0; i < out->title.count; i++)
        out->wording += out->title.words[i].key * PV_SLOTS_SPREAD;
    out->contents = pv_is_contents_title(pv_place_words_at(place, at));
    return true;
}

/* The line that holds offset is at or after *line, which moves there. */
static void move_to_line(const pv_lines *lines, size_t *line, uint32_t offset) {
    while (*line + 1 < lines->count && lines->lines[*line].at.end <= offset)
        ++*line;
}

static bool read_each(pv_placer *place, pv_error *error) {
    const pv_lines *lines = &place->headings->lines;
    bool levels = has_levels(place);
    size_t line = 0;
    for (size_t i = 0; i < place->part_count; i++) {
        const pv_heading *heading = &place->headings->headings[i];
        pv_place_part *part = &place->parts[i];
        if (!read_title(place, i, error))
            return false;
        size_t first;
        part->own_count = pv_place_tokens(&place->said, heading->own, &part->own_first);
        part->said = pv_place_tokens(&place->said, heading->body, &first);
        part->sentence = is_sentence(place, heading->title);
        if (heading->depth == 0)
            continue;
        move_to_line(lines, &line, heading->at.start);
        pv_str words = pv_place_words_at(place, heading->at);
        bool numbered = heading->number.end > heading->number.start;
        pv_label label = numbered ? pv_label_read(words) : (pv_label){.kind = PV_LABEL_NONE};
        unsigned level = levels ? hashes_of(pv_place_words_at(place, lines->lines[line].at)) : 0;
        part->element = is_element(place, line);
        part->style = style_of(place, heading, label.kind, level);
        part->ordinal = label.ordinal;
        part->named_appendix = label.ordinal > 0 && pv_place_opens_appendix(words);
    }
    for (size_t i = 0; i < place->part_count && place->parts[i].own_count < FEWEST_SAID; i++)
        place->parts[i].title_page = true;
    return true;
}

/* ---- entries of lists ---- */

/* Finds which headings come again, with as much under them, and which have come before. */
static bool find_twins(pv_placer *place, pv_error *error) {
    pv_key_uses uses;
    size_t *most = PV_NEW_ARRAY(place->arena, size_t, place->part_count); /* by the last of the same words */
    if (!most)
        return pv_fail_memory(error);
    if (!pv_key_uses_new(place->arena, place->part_count, &uses, error))
        return false;
    for (size_t i = place->part_count; i-- > 0;) {
        pv_place_part *part = &place->parts[i];
        pv_key_use *use = pv_key_use_of(&uses, part->wording);
        if (use->count++ == 0) {
            use->key = part->wording;
            use->last = (uint32_t)i;
        } else {
            part->said_again = most[use->last];
            part->comes_again = part->said_again >= part->own_count;
        }
        if (part->said > most[use->last])
            most[use->last] = part->said;
    }
    for (size_t i = 0; i < place->part_count; i++) {
        pv_key_use *use = pv_key_use_of(&uses, place->parts[i].wording);
        place->parts[i].comes_before = use->count == SEEN;
        use->count = SEEN;
    }
    return true;
}

/* Counts those that are no entries. */
static bool count_twins(pv_placer *place, pv_error *error) {
    pv_key_uses uses;
    if (!pv_key_uses_new(place->arena, place->part_count, &uses, error))
        return false;
    for (size_t i = 0; i < place->part_count; i++) {
        if (place->parts[i].listed)
            continue;
        pv_key_use *use = pv_key_use_of(&uses, place->parts[i].wording);
        use->key = place->parts[i].wording;
        use->count++;
    }
    for (size_t i = 0; i < place->part_count; i++)
        if (!place->parts[i].listed)
            place->parts[i].twins = pv_key_use_of(&uses, place->parts[i].wording)->count;
    return true;
}

/* Whether a heading is written as the one before, and numbered on from it. */
static bool goes_on(const pv_place_part *before, const pv_place_part *part) {
    return part->style == before->style && part->ordinal > 1 && part->ordinal == before->ordinal + 1;
}

/* Headings one after the other with nothing under them but page numbers. The last of them, unless its number goes on
 * from the one before, and one whose words have come before, may head what follows, unless they come again. */
static void mark_empty(pv_placer *place) {
    size_t count = place->part_count;
    for (size_t start = 0, end; start < count; start = end + 1) {
        end = start;
        while (end < count && place->parts[end].own_count <= MOST_ENTRY_TOKENS)
            end++;
        for (size_t i = start; i < end && end - start >= FEWEST_ENTRIES; i++) {
            pv_place_part *part = &place->parts[i];
            bool heads = part->comes_before || (i + 1 == end && end < count && !goes_on(part - 1, part));
            part->listed = part->comes_again || !heads;
        }
    }
}

/* Whether a heading that has not come before comes again with much more under it. */
static bool comes_with_more(const pv_place_part *part) {
    return part->comes_again && !part->comes_before && part->own_count <= MOST_ENTRY_TEXT &&
           part->said_again >= part->own_count * MORE_SAID;
}

/* Headings one after the other with little under them, all of which come again with more. */
static void mark_repeated(pv_placer *place) {
    size_t count = place->part_count;
    for (size_t start = 0, end; start < count; start = end + 1) {
        end = start;
        while (end < count && comes_with_more(&place->parts[end]))
            end++;
        for (size_t i = start; i < end && end - start >= FEWEST_THAT_COME_AGAIN; i++)
            place->parts[i].listed = true;
    }
}

/* Beside entries, and under the heading of a table of contents, those that come again later. */
static void mark_neighbours(pv_placer *place) {
    for (size_t i = 1; i < place->part_count; i++) {
        const pv_place_part *before = &place->parts[i - 1];
        place->parts[i].listed |= (before->listed || before->contents) && place->parts[i].comes_again;
    }
    for (size_t i = place->part_count; i-- > 1;)
        place->parts[i - 1].listed |= place->parts[i].listed && place->parts[i - 1].comes_again;
}

/* ---- headings of two lines ---- */

/* A heading with nothing under it joins with the next. */
static bool join(pv_placer *place, size_t part, pv_error *error) {
    pv_place_part *first = &place->parts[part];
    const pv_place_part *second = &place->parts[part + 1];
    if (first->listed || first->own_count > 0 || second->listed)
        return true;
    if (first->said < second->own_count)
        first->said = second->own_count;
    if (!pv_place_words_new(place, first->title.count + second->title.count, &first->joined, error))
        return false;
    for (size_t i = 0; i < first->title.count; i++)
        pv_place_words_add(&first->joined, first->title.words[i]);
    for (size_t i = 0; i < second->title.count; i++)
        pv_place_words_add(&first->joined, second->title.words[i]);
    return true;
}

bool pv_place_read_parts(pv_placer *place, pv_error *error) {
    place->parts = PV_NEW_ARRAY(place->arena, pv_place_part, place->part_count);
    if (!place->parts)
        return pv_fail_memory(error);
    if (!read_each(place, error) || !find_twins(place, error))
        return false;
    mark_empty(place);
    mark_repeated(place);
    mark_neighbours(place);
    if (!count_twins(place, error))
        return false;
    for (size_t i = 0; i + 1 < place->part_count; i++)
        if (!join(place, i, error))
            return false;
    return true;
}
