#include "text/title_shape.h"

#include <string.h>

#include "base/utf8.h"
#include "text/phrasing.h"
#include "text/small_words.h"

#define WIDE_GAP 3
#define MOST_RUN_IN_WORDS 9
#define EM_DASH 0x2014u

static bool is_upper(uint32_t character) {
    return pv_utf8_lower(character) != character;
}

static bool is_lower(uint32_t character) {
    return (character >= 'a' && character <= 'z') ||
           (character >= 0x80 && pv_utf8_is_word_character(character) && !is_upper(character));
}

static bool makes_sentence(pv_str word) {
    static const char *const words[] = {
        "are", "can", "has", "have", "is", "may", "must", "shall", "should", "was", "were", "will",
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (pv_str_equal(word, pv_str_from(words[i])))
            return true;
    return false;
}

/* Takes the word [start, end) into shape. */
static void take_word(pv_str text, size_t start, size_t end, pv_title_shape *shape) {
    size_t length;
    uint32_t first = pv_utf8_decode(text, start, &length);
    size_t letters = 0;
    for (size_t at = start; at < end; at += length) {
        uint32_t character = pv_utf8_decode(text, at, &length);
        shape->capitals &= !is_lower(character);
        letters += !(character >= '0' && character <= '9');
    }
    if (letters > shape->longest)
        shape->longest = letters;
    bool glued = start > 0 &&
                 (text.data[start - 1] == '\'' || text.data[start - 1] == '(' || pv_phrasing_glued_before(text, start));
    if (is_lower(first) && !glued && !pv_small_word(pv_str_slice(text, start, end)))
        shape->title_case = false;
    shape->clauses |= makes_sentence(pv_str_slice(text, start, end));
    if (shape->words == 0)
        shape->opens = is_upper(first);
    shape->words++;
}

static bool has_cells(pv_str text) {
    size_t blanks = 0, underscores = 0;
    for (size_t i = 0; i < text.size; i++) {
        blanks = text.data[i] == ' ' ? blanks + 1 : 0;
        underscores = text.data[i] == '_' ? underscores + 1 : 0;
        if (blanks == WIDE_GAP || underscores == 3 || text.data[i] == '\t' || text.data[i] == '|')
            return true;
    }
    return false;
}

pv_title_shape pv_title_shape_of(pv_str words) {
    pv_title_shape shape = {.capitals = true, .title_case = true, .cells = has_cells(words)};
    size_t end = 0;
    for (size_t at = 0; at < words.size;) {
        end = pv_phrasing_word_end(words, at);
        if (end > at)
            take_word(words, at, end, &shape);
        at = pv_phrasing_step_over(words, at);
    }
    if (words.size > 0) {
        char last = words.data[words.size - 1];
        shape.end = strchr(".,;:!?", last) ? last : '\0';
        shape.figures = last >= '0' && last <= '9';
        size_t colon = pv_str_find(words, PV_STR(":"), 0);
        shape.clauses |= pv_str_find(words, PV_STR(";"), 0) != SIZE_MAX;
        shape.colon = colon != SIZE_MAX && colon + 1 < words.size;
    }
    return shape;
}

/* Whether what stands after offset is a sentence: a blank, then a capital, a figure, a bracket or a quotation mark. */
static bool sentence_at(pv_str text, size_t offset, bool any_case, size_t *after) {
    *after = pv_phrasing_skip_blanks(text, offset);
    if (*after == offset || *after >= text.size)
        return false;
    size_t length;
    uint32_t first = pv_utf8_decode(text, *after, &length);
    return any_case || !is_lower(first);
}

/* Whether the mark at offset closes a title, and what begins after it. */
static bool closes_title(pv_str text, size_t offset, uint32_t mark, size_t length, size_t *after) {
    if (mark == '.')
        return sentence_at(text, offset + length, false, after);
    if (mark == ':')
        return sentence_at(text, offset + length, true, after);
    bool dash = mark == EM_DASH || mark == 0x2013;
    return dash && offset > 0 && text.data[offset - 1] == ' ' && sentence_at(text, offset + length, false, after);
}

size_t pv_title_runs_in(pv_str words, size_t *after) {
    size_t seen = 0;
    for (size_t at = 0; at < words.size && seen <= MOST_RUN_IN_WORDS;) {
        size_t end = pv_phrasing_word_end(words, at);
        if (end > at) {
            seen++;
            at = end;
            continue;
        }
        size_t length;
        uint32_t mark = pv_utf8_decode(words, at, &length);
        if (mark == '\n' || mark == ';')
            return SIZE_MAX;
        if (closes_title(words, at, mark, length, after)) {
            pv_title_shape shape = pv_title_shape_of(pv_str_slice(words, 0, at));
            bool abbreviated =
                mark == '.' && at > 0 && (at < 2 || words.data[at - 2] == '.' || words.data[at - 2] == ' ');
            return shape.title_case && shape.opens && shape.longest >= 3 && !shape.cells && !abbreviated ? at
                                                                                                         : SIZE_MAX;
        }
        at += length;
    }
    return SIZE_MAX;
}
