/* Whatever a text holds, its parts lie in it in order and cover it, alignments point into it, a text keeps every clause
 * of the template that it is itself, and names stand in it in order, with what belongs to them; or a limit is met, and
 * said to be one. */
#include "fuzz_input.h"

#include <string.h>

#include "base/utf8.h"
#include "text/clauses.h"
#include "text/lists.h"
#include "text/numbering.h"
#include "text/passages.h"
#include "text/phrases.h"
#include "text/placement.h"
#include "text/tables.h"

#define MOST_BYTES 20000

typedef struct parts_input {
    pv_arena *arena;
    pv_str text;
    pv_heading_list headings;
    pv_token_list tokens;
} parts_input;

static void check_parts(const parts_input *input) {
    uint32_t end = 0;
    for (size_t i = 0; i < input->headings.count; i++) {
        const pv_heading *heading = &input->headings.headings[i];
        REQUIRE(heading->at.start >= end && heading->at.end >= heading->at.start);
        REQUIRE(heading->title.end > heading->title.start || heading->depth == 0);
        REQUIRE(heading->title.end <= heading->at.end || heading->depth == 0);
        REQUIRE(heading->own.start >= heading->at.end && heading->own.end >= heading->own.start);
        REQUIRE(heading->body.start == heading->own.start || heading->own.start == heading->own.end);
        REQUIRE(heading->body.end >= heading->own.end && heading->body.end <= input->text.size);
        REQUIRE(heading->depth <= PV_HEADING_DEPTH_MAX && (heading->depth > 0 || i == 0));
        end = heading->own.end;
    }
}

/* Tables come in order, and their rows and cells lie in them in order. */
static void check_tables(const parts_input *input) {
    pv_text_tables found;
    pv_error error = {0};
    uint32_t end = 0;
    REQUIRE(pv_tables_find(input->arena, input->text, NULL, &found, &error));
    for (size_t i = 0; i < found.count; i++) {
        const pv_text_table *table = &found.tables[i];
        REQUIRE(table->at.start >= end && table->at.end > table->at.start && table->at.end <= input->text.size);
        REQUIRE(table->columns > 0 && table->count + table->has_heading > 0);
        end = table->at.start;
        for (size_t k = 0; k < table->count; k++) {
            const pv_text_table_row *row = &table->rows[k];
            REQUIRE(row->at.start >= end && row->at.end <= table->at.end && row->count > 0);
            for (size_t c = 0; c < row->count; c++) {
                REQUIRE(row->cells[c].start >= end && row->cells[c].end >= row->cells[c].start);
                REQUIRE(row->cells[c].end <= row->at.end);
                end = row->cells[c].end;
            }
            end = row->at.end;
        }
        end = table->at.end;
    }
}

static void check_alignments(const parts_input *input) {
    static const pv_align_name names[] = {
        {{"Training and education", 22}, 0}, {{"a", 1}, 0}, {{"Data", 4}, 1}, {{"X 1", 3}, 1}};
    pv_row_alignments *rows;
    pv_error error = {0};
    REQUIRE(pv_align(input->arena, input->text, &input->headings, &input->tokens, names, 4, 2, &rows, &error));
    for (size_t row = 0; row < 2; row++)
        for (size_t i = 0; i < rows[row].count; i++) {
            const pv_alignment *found = &rows[row].best[i];
            REQUIRE(found->part < input->headings.count && found->at.end <= input->text.size);
            REQUIRE(found->at.end > found->at.start && found->confidence >= PV_ALIGNMENT_LEAST);
            REQUIRE(found->confidence <= PV_ALIGNMENT_CERTAIN && names[found->name].row == row);
            REQUIRE(i == 0 || rows[row].best[i - 1].confidence >= found->confidence);
        }
}

/* By "align 2": of all headings, by the words and numbers of rows, one of them an attachment. */
static void check_placements(const parts_input *input) {
    static const pv_align_name names[] = {{{"Training and education", 22}, 0},
                                          {{"Training", 8}, 0},
                                          {{"a", 1}, 0},
                                          {{"Section 4", 9}, 0},
                                          {{"Data", 4}, 1},
                                          {{"X 1", 3}, 1},
                                          {{"Attachment I", 12}, 1}};
    pv_heading_list all;
    pv_row_alignments *rows;
    pv_error error = {0};
    REQUIRE(pv_headings_find_all(input->arena, input->text, NULL, &all, &error));
    REQUIRE(all.count >= input->headings.count);
    bool done = pv_placement_find(input->arena, input->text, &all, &input->tokens, names, 7, 2, &rows, &error);
    REQUIRE(done || error.code == PV_ERROR_LIMIT);
    for (size_t row = 0; done && row < 2; row++)
        for (size_t i = 0; i < rows[row].count; i++) {
            const pv_alignment *found = &rows[row].best[i];
            REQUIRE(found->part < all.count && found->at.end <= input->text.size);
            REQUIRE(found->at.end > found->at.start && names[found->name].row == row);
            REQUIRE(found->confidence <= PV_ALIGNMENT_CERTAIN);
            REQUIRE(i == 0 || rows[row].best[i - 1].confidence >= found->confidence);
        }
}

static void check_runs(const pv_clause_result *result, size_t template_size, size_t text_size) {
    REQUIRE(result->passage.end <= text_size && result->departs.end <= text_size);
    for (size_t i = 0; i < result->run_count; i++)
        REQUIRE(result->runs[i].at.end <= (result->runs[i].added ? text_size : template_size));
}

static void check_clauses(const parts_input *input, pv_str template, bool itself) {
    pv_clause_list clauses;
    pv_clause_index *index;
    pv_clause_result result;
    pv_error error = {0};
    bool done = pv_clauses_find(input->arena, template, &clauses, &error) &&
                pv_clause_index_build(&index, input->arena, &input->tokens, &input->headings.lines, &error);
    for (size_t i = 0; done && i < clauses.count; i++) {
        done = pv_clause_hold(index, &clauses.clauses[i], input->arena, &result, &error);
        REQUIRE(!done || !itself || result.state == PV_CLAUSE_KEPT);
        if (done)
            check_runs(&result, template.size, input->text.size);
    }
    REQUIRE(done || error.code == PV_ERROR_LIMIT);
    if (done && clauses.count > 0)
        fuzz_arrived();
}

static void check_name(const parts_input *input, const pv_naming *naming, const pv_phrase_match *match) {
    pv_ownership owned = pv_naming_ownership(naming, &match->name);
    REQUIRE(match->at.end > match->at.start && match->at.end <= input->text.size);
    REQUIRE(pv_phrases_shared(naming, match).end <= input->text.size);
    REQUIRE(owned.owned_by.end <= input->text.size && owned.thing.end <= input->text.size);
}

static void check_names(const parts_input *input) {
    static const pv_str names[] = {{"department of health", 20}, {"county health", 13}, {"health department", 17},
                                   {"at risk of care", 15},      {"public health", 13}, {"a b", 3}};
    pv_lexicon *lexicon;
    pv_phrases *set;
    pv_naming naming;
    pv_phrase_match_list found;
    pv_error error = {0};
    REQUIRE(pv_lexicon_build(&lexicon, input->arena, &error));
    REQUIRE(pv_phrases_build_names(&set, input->arena, lexicon, names, sizeof names / sizeof names[0], &error));
    REQUIRE(pv_naming_read(&naming, lexicon, input->arena, input->text, &input->tokens, &error));
    REQUIRE(naming.tokens.count >= input->tokens.count);
    REQUIRE(pv_phrases_find_names(set, &naming, input->arena, &found, &error));
    for (size_t i = 0; i < found.count; i++) {
        check_name(input, &naming, &found.matches[i]);
        REQUIRE(i == 0 || found.matches[i].at.start >= found.matches[i - 1].at.end);
    }
}

/* Where numbers are out of order, and what stands twice. */
static void check_outline(const parts_input *input) {
    pv_list_items items;
    pv_numbering numbering;
    pv_passages passages;
    pv_error error = {0};
    REQUIRE(pv_lists_find(input->arena, input->text, NULL, &items, &error));
    bool done = pv_numbering_find(input->arena, input->text, &input->headings, NULL, &items, &numbering, &error);
    REQUIRE(done || error.code == PV_ERROR_LIMIT);
    for (size_t i = 0; done && i < numbering.break_count; i++) {
        const pv_numbering_break *found = &numbering.breaks[i];
        REQUIRE(found->at.start <= found->at.end && found->at.end <= input->text.size);
        REQUIRE(found->previous.end <= input->text.size);
    }
    error = (pv_error){0};
    done = pv_passages_find(input->arena, input->text, &input->tokens, NULL, 3, &passages, &error);
    REQUIRE(done || error.code == PV_ERROR_LIMIT);
    for (size_t i = 0; done && i < passages.count; i++) {
        REQUIRE(passages.passages[i].earlier.end <= passages.passages[i].at.start);
        REQUIRE(passages.passages[i].at.end <= input->text.size);
        REQUIRE(i == 0 || passages.passages[i - 1].at.end <= passages.passages[i].at.start);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    parts_input input = {.text = {(const char *)bytes, size}};
    if (size == 0 || size > MOST_BYTES || pv_utf8_invalid_at(input.text) != SIZE_MAX)
        return 0;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_error error = {0};
    input.arena = pv_arena_new(&memory);
    REQUIRE(input.arena);
    REQUIRE(pv_headings_find(input.arena, input.text, NULL, &input.headings, &error));
    REQUIRE(pv_tokens_find(input.arena, input.text, &input.tokens, &error));
    check_parts(&input);
    check_tables(&input);
    check_alignments(&input);
    check_placements(&input);
    check_names(&input);
    check_outline(&input);
    /* What is to be filled in may itself be longer than what it makes room for. */
    bool blanks = memchr(bytes, '[', size) || memchr(bytes, '{', size);
    check_clauses(&input, input.text, !blanks);
    pv_str half = pv_str_slice(input.text, 0, size / 2);
    if (pv_utf8_invalid_at(half) == SIZE_MAX)
        check_clauses(&input, half, false);
    pv_arena_free(input.arena);
    return 0;
}
