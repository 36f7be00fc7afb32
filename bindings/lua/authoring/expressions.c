#include "lua/authoring/expressions.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* Lines that one expression may go on over. */
#define LONGEST_EXPRESSION_LINES 12u
#define LONGEST_EXPRESSION_BYTES ((size_t)140)

static size_t first_of_line(const pv_lexemes *lexemes, uint32_t line) {
    size_t low = 0;
    size_t high = lexemes->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lexemes->at[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_after_dot(const pv_lexemes *lexemes, size_t index) {
    return index > 0 && (pv_lexemes_is(lexemes, index - 1, ".") || pv_lexemes_is(lexemes, index - 1, ":"));
}

static bool is_name(const pv_lexemes *lexemes, size_t index, pv_str name) {
    return lexemes->at[index].kind == PV_LEXEME_NAME && pv_str_equal(pv_lexemes_text(lexemes, index), name);
}

/* `function f(…)` is no call of f. */
static bool is_definition(const pv_lexemes *lexemes, size_t start) {
    return start > 0 && pv_lexemes_is(lexemes, start - 1, "function");
}

size_t pv_expressions_of_name(const pv_lexemes *lexemes, uint32_t line, pv_str name, bool calls, pv_expression *out,
                              size_t capacity) {
    size_t count = 0;
    for (size_t i = first_of_line(lexemes, line);
         i < lexemes->count && count < capacity && lexemes->at[i].line < line + LONGEST_EXPRESSION_LINES; i++) {
        if (!is_name(lexemes, i, name) || (!calls && !is_after_dot(lexemes, i)))
            continue;
        size_t start = pv_lexemes_chain_start(lexemes, i);
        size_t last = calls ? pv_lexemes_call_end(lexemes, i) : i;
        if ((calls && last == i) || is_definition(lexemes, start))
            continue;
        if (lexemes->at[i].line == line || lexemes->at[start].line == line)
            out[count++] = (pv_expression){start, last};
    }
    return count;
}

/* The last lexeme of the names, indexes and arguments that follow one another from start. */
static size_t chain_end(const pv_lexemes *lexemes, size_t start) {
    size_t last = start;
    if (pv_lexemes_is(lexemes, start, "("))
        last = pv_lexemes_closing(lexemes, start);
    for (;;) {
        size_t next = last + 1;
        if (pv_lexemes_is(lexemes, next, ".") || pv_lexemes_is(lexemes, next, ":"))
            last = next + 1;
        else if (pv_lexemes_is(lexemes, next, "["))
            last = pv_lexemes_closing(lexemes, next);
        else if (pv_lexemes_call_end(lexemes, last) > last)
            last = pv_lexemes_call_end(lexemes, last);
        else
            return last;
        if (last >= lexemes->count)
            return start;
    }
}

bool pv_expressions_returned(const pv_lexemes *lexemes, uint32_t line, pv_expression *out) {
    for (size_t i = first_of_line(lexemes, line); i + 1 < lexemes->count && lexemes->at[i].line == line; i++)
        if (pv_lexemes_is(lexemes, i, "return")) {
            *out = (pv_expression){i + 1, chain_end(lexemes, i + 1)};
            return out->last > out->first;
        }
    return false;
}

static bool is_bracket(const pv_lexemes *lexemes, size_t index, const char *first, const char *second) {
    return pv_lexemes_is(lexemes, index, first) || pv_lexemes_is(lexemes, index, second);
}

/* Whether a space stands after the lexeme: where the author left one, and for a line break inside of brackets. */
static bool is_spaced(const pv_lexemes *lexemes, size_t index) {
    const pv_lexeme *lexeme = &lexemes->at[index];
    if (lexeme->at.end == lexeme[1].at.start || pv_lexemes_is(lexemes, index + 1, ":"))
        return false;
    bool same_line = lexeme->line == lexeme[1].line;
    return same_line || !(is_bracket(lexemes, index, "(", "[") || is_bracket(lexemes, index + 1, ")", "]"));
}

pv_str pv_expression_text(const pv_lexemes *lexemes, pv_expression expression, pv_arena *arena) {
    pv_buf text = pv_buf_on(pv_arena_memory(arena));
    for (size_t i = expression.first; i <= expression.last; i++) {
        pv_str lexeme = pv_lexemes_text(lexemes, i);
        pv_buf_append(&text, lexeme);
        if (i < expression.last && is_spaced(lexemes, i))
            pv_buf_append_char(&text, ' ');
    }
    pv_str shown = pv_buf_str(&text);
    bool cut = shown.size > LONGEST_EXPRESSION_BYTES;
    if (cut)
        shown = pv_str_slice(shown, 0, pv_utf8_previous(shown, LONGEST_EXPRESSION_BYTES + 1));
    pv_str kept = {NULL, 0};
    if (!text.failed)
        kept = pv_arena_format(arena, "%.*s%s", PV_STR_ARG(shown), cut ? "…" : "");
    pv_buf_clear(&text);
    return kept;
}
