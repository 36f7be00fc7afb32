/* The clauses of a template. */
#include <string.h>

#include "text/clauses.h"
#include "text/gather.h"
#include "text/labels.h"
#include "text/phrasing.h"

#define LONGEST_BLANK 400 /* bytes between the brackets of what is to be filled in */

typedef struct clause_reader {
    pv_arena *arena;
    pv_str text;
    pv_token_list tokens;
    size_t next; /* token */
    pv_buf clauses;
    pv_error *error;
} clause_reader;

/* The end of what is to be filled in that begins at offset; offset when nothing does. */
static size_t blank_end(pv_str text, size_t offset) {
    size_t end = offset;
    while (end < text.size && text.data[end] == '_')
        end++;
    if (end - offset >= 3)
        return end;
    bool braces = text.data[offset] == '{' && offset + 1 < text.size && text.data[offset + 1] == '{';
    if (text.data[offset] != '[' && !braces)
        return offset;
    size_t close =
        pv_str_find(pv_str_slice(text, 0, offset + LONGEST_BLANK < text.size ? offset + LONGEST_BLANK : text.size),
                    braces ? PV_STR("}}") : PV_STR("]"), offset);
    return close == SIZE_MAX ? offset : close + (braces ? 2 : 1);
}

/* Passes from *offset to end, noting a blank on the way in fill; where the last one ends, or covered. */
static size_t pass_blanks(pv_str part, size_t *offset, size_t end, size_t covered, bool *fill) {
    while (*offset < end) {
        size_t after = blank_end(part, *offset);
        if (after > *offset) {
            *fill = true;
            covered = after;
        }
        *offset = after > *offset ? after : *offset + 1;
    }
    return covered;
}

/* Fills tokens and fill from the tokens of the template inside clause->at, but for those in what is to be filled in. */
static void read_tokens(clause_reader *reader, pv_clause *clause, pv_token *tokens, bool *fill) {
    pv_str part = pv_str_slice(reader->text, 0, clause->at.end);
    size_t offset = clause->at.start, covered = offset;
    for (; reader->next < reader->tokens.count; reader->next++) {
        const pv_token *token = &reader->tokens.tokens[reader->next];
        if (token->at.start >= clause->at.end)
            break;
        if (token->at.start < clause->at.start)
            continue;
        covered = pass_blanks(part, &offset, token->at.start, covered, &fill[clause->count]);
        if (token->at.start >= covered)
            tokens[clause->count++] = *token;
    }
    pass_blanks(part, &offset, clause->at.end, covered, &fill[clause->count]);
}

/* Adds the clause at these bytes, where it has words of its own. */
static bool add_clause(clause_reader *reader, pv_span at) {
    size_t most = 0;
    for (size_t i = reader->next; i < reader->tokens.count && reader->tokens.tokens[i].at.start < at.end; i++)
        most++;
    if (most > PV_CLAUSE_TOKENS_MAX)
        return pv_fail_at(reader->error, PV_ERROR_LIMIT, at, "a clause of the template has more than %d words",
                          PV_CLAUSE_TOKENS_MAX);
    pv_clause clause = {.at = at};
    pv_token *tokens = PV_NEW_ARRAY(reader->arena, pv_token, most);
    bool *fill = PV_NEW_ARRAY(reader->arena, bool, most + 1);
    if (!tokens || !fill)
        return pv_fail_memory(reader->error);
    clause.tokens = tokens;
    clause.fill = fill;
    read_tokens(reader, &clause, tokens, fill);
    if (clause.count > 0)
        pv_gather_add(&reader->clauses, &clause, sizeof clause);
    return true;
}

/* Where the words of a line begin, after a bullet or a number. */
static uint32_t words_start(pv_str text, const pv_line *line, uint32_t from) {
    pv_str words = pv_str_slice(text, from, line->at.end);
    static const char *const bullets[] = {"\u2022", "\u2013", "-", "*"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
        size_t size = strlen(bullets[i]);
        if (pv_str_starts_with(words, pv_str_from(bullets[i])) && words.size > size && words.data[size] == ' ')
            return from + (uint32_t)pv_phrasing_skip_blanks(words, size);
    }
    bool opened = words.size > 2 && words.data[0] == '(';
    pv_label label = pv_label_read(opened ? pv_str_slice(words, 1, words.size) : words);
    bool marks = label.kind != PV_LABEL_NONE && label.kind != PV_LABEL_PART && label.kind != PV_LABEL_NAMED &&
                 (!opened || label.close == PV_LABEL_PAREN);
    return marks ? from + (uint32_t)label.after + opened : from;
}

/* Adds the paragraphs of one part's own body. A paragraph ends at a silent line, before a line with a number or bullet, and, in a text
 * that is not laid out, with its line. */
static bool add_body(clause_reader *reader, const pv_lines *lines, size_t *line, pv_span own) {
    pv_span clause = {0, 0};
    for (; *line < lines->count && lines->lines[*line].at.start < own.end; ++*line) {
        const pv_line *each = &lines->lines[*line];
        if (each->at.end <= own.start)
            continue;
        uint32_t from = each->at.start > own.start ? each->at.start : own.start;
        uint32_t words = words_start(reader->text, each, from);
        bool passed = pv_line_is_silent(each) || each->contents;
        bool parts = passed ? each->blank || !each->furniture : !lines->laid_out || words > from;
        if (parts && clause.end > clause.start && !add_clause(reader, clause))
            return false;
        if (parts)
            clause = (pv_span){0, 0};
        if (passed)
            continue;
        clause = (pv_span){clause.end > clause.start ? clause.start : words, each->at.end};
    }
    return clause.end <= clause.start || add_clause(reader, clause);
}

bool pv_clauses_find(pv_arena *arena, pv_str text, pv_clause_list *out, pv_error *error) {
    pv_heading_list headings;
    clause_reader reader = {.arena = arena, .text = text, .error = error};
    pv_token_list all;
    if (!pv_headings_find(arena, text, &headings, error) || !pv_tokens_find(arena, text, &all, error) ||
        !pv_lines_tokens(arena, &headings.lines, &all, pv_line_is_of_text, &reader.tokens, error))
        return false;
    reader.clauses = pv_gather_start(arena);
    bool done = true;
    size_t line = 0;
    for (size_t i = 0; done && i < headings.count; i++)
        done = add_body(&reader, &headings.lines, &line, headings.headings[i].own);
    if (!done) {
        pv_buf_clear(&reader.clauses);
        return false;
    }
    out->clauses = pv_gather_finish(&reader.clauses, arena, sizeof *out->clauses, &out->count, error);
    return out->clauses != NULL;
}
