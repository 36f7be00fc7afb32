#include "text/clauses.h"

#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/set.h"
#include "text/markers_p.h"
#include "text/phrasing_p.h"

#define SHINGLE 3
#define NONE UINT32_MAX
#define LONGEST_BLANK 400 /* bytes between the brackets of what is to be filled in */

const char *pv_clause_state_name(pv_clause_state state) {
    static const char *const names[] = {"kept", "changed", "missing"};
    return names[state];
}

/* ---- the clauses of a template ---- */

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

/* Adds the paragraphs of one part's own body. A paragraph ends at a silent line, before a line with a number or bullet,
 * and, in a text that is not laid out, with its line. */
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
    if (!pv_headings_find(arena, text, NULL, &headings, error) || !pv_tokens_find(arena, text, &all, error) ||
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

/* ---- a text, ready for clauses to be looked for in it ---- */

/* A run of three words of the clause that stands in the text. */
typedef struct hit {
    uint32_t text;   /* token */
    uint32_t clause; /* token: of several equal runs the first */
} hit;

/* The tokens of a text, what pages print around it left out, and where each stands. */
struct pv_clause_index {
    const pv_token *tokens;
    uint32_t count;
    uint32_t *heads; /* by hash of a token: the first one, or NONE */
    uint32_t *nexts; /* per token: the next with that slot, or NONE */
    size_t mask;

    /* Scratch for one clause, with room for a value for every token. */
    uint32_t *ends, *next_ends;
    hit *hits;
};

static uint32_t *head_of(const pv_clause_index *index, uint64_t hash) {
    return &index->heads[pv_slots_first(hash, index->mask)];
}

bool pv_clause_index_build(pv_clause_index **out, pv_arena *arena, const pv_token_list *tokens, const pv_lines *lines,
                           pv_error *error) {
    pv_clause_index *index = PV_NEW(arena, pv_clause_index);
    size_t capacity = pv_slots_capacity(tokens->count);
    pv_token_list said;
    if (!index)
        return pv_fail_memory(error);
    if (!pv_lines_tokens(arena, lines, tokens, pv_line_is_of_text, &said, error))
        return false;
    index->tokens = said.tokens;
    index->count = (uint32_t)said.count;
    index->heads = PV_NEW_ARRAY(arena, uint32_t, capacity);
    index->nexts = PV_NEW_ARRAY(arena, uint32_t, tokens->count);
    index->mask = capacity - 1;
    index->ends = PV_NEW_ARRAY(arena, uint32_t, tokens->count + 1);
    index->next_ends = PV_NEW_ARRAY(arena, uint32_t, tokens->count + 1);
    index->hits = PV_NEW_ARRAY(arena, hit, tokens->count);
    if (!index->heads || !index->nexts || !index->ends || !index->next_ends || !index->hits)
        return pv_fail_memory(error);
    for (size_t i = 0; i < capacity; i++)
        index->heads[i] = NONE;
    for (uint32_t i = index->count; i > 0; i--) {
        uint32_t *head = head_of(index, index->tokens[i - 1].hash);
        index->nexts[i - 1] = *head;
        *head = i - 1;
    }
    *out = index;
    return true;
}

/* ---- word by word ---- */

/* One clause being held against a text. */
typedef struct holding {
    const pv_clause_index *index;
    const pv_clause *clause;
    pv_arena *arena;
    size_t steps;
    uint32_t *ends; /* text tokens after which a match of the words so far ends, ascending */
    size_t end_count;
} holding;

static bool spend(holding *held, size_t steps, pv_error *error) {
    held->steps += steps;
    return held->steps <= PV_CLAUSE_STEPS_MAX ||
           pv_fail(error, PV_ERROR_LIMIT, "holding a clause of the template against the text takes too much work");
}

/* The words of the clause from first up to the next place to fill in. */
static size_t segment_end(const pv_clause *clause, size_t first) {
    size_t end = first + 1;
    while (end < clause->count && !clause->fill[end])
        end++;
    return end;
}

static bool segment_at(holding *held, size_t first, size_t end, uint32_t at) {
    if (end - first > held->index->count - at)
        return false;
    for (size_t i = first; i < end; i++) {
        held->steps++;
        if (held->clause->tokens[i].hash != held->index->tokens[at + (i - first)].hash)
            return false;
    }
    return true;
}

/* Ends of matches of the segment [first, end) that begin after one of the ends so far, with words to fill in
 * between. */
static bool extend(holding *held, size_t first, size_t end, pv_error *error) {
    size_t count = 0;
    uint32_t from = 0;
    for (size_t i = 0; i < held->end_count; i++) {
        uint32_t start = held->ends[i] > from ? held->ends[i] : from;
        for (uint32_t at = start; at < held->index->count && at <= held->ends[i] + PV_FILL_WORDS_MAX; at++) {
            if (segment_at(held, first, end, at))
                held->index->next_ends[count++] = at + (uint32_t)(end - first);
            from = at + 1;
            if (!spend(held, 1, error))
                return false;
        }
    }
    for (size_t i = 0; i < count; i++)
        held->ends[i] = held->index->next_ends[i];
    held->end_count = count;
    return true;
}

/* Whether the clause stands in the text with its first word at token start; then *end is the token after its last. */
static bool stands_from(holding *held, uint32_t start, uint32_t *end, bool *found, pv_error *error) {
    size_t first = segment_end(held->clause, 0);
    *found = segment_at(held, 0, first, start);
    if (!*found)
        return spend(held, 1, error);
    held->ends[0] = start + (uint32_t)first;
    held->end_count = 1;
    while (first < held->clause->count && held->end_count > 0) {
        size_t after = segment_end(held->clause, first);
        if (!extend(held, first, after, error))
            return false;
        first = after;
    }
    *found = held->end_count > 0;
    if (*found)
        *end = held->ends[0];
    return true;
}

static pv_span bytes_of(const pv_clause_index *index, uint32_t first, uint32_t end) {
    return (pv_span){index->tokens[first].at.start, index->tokens[end - 1].at.end};
}

/* Looks for the clause word by word; *found tells. */
static bool look_for_kept(holding *held, pv_clause_result *out, bool *found, pv_error *error) {
    *found = false;
    uint64_t first = held->clause->tokens[0].hash;
    for (uint32_t at = *head_of(held->index, first); at != NONE; at = held->index->nexts[at]) {
        uint32_t end = 0;
        if (!stands_from(held, at, &end, found, error))
            return false;
        if (!*found)
            continue;
        out->state = PV_CLAUSE_KEPT;
        out->similarity = 10000;
        out->passage = bytes_of(held->index, at, end);
        return true;
    }
    return true;
}

/* ---- the words of a clause against those of a passage ---- */

/* Of all ways to read the clause in the passage, the one that keeps most of its words; runs of what is taken out and
 * put in stand in the passage's order, each once. Words filled in where the clause leaves room are neither. */
typedef enum step { STEP_BOTH, STEP_OUT, STEP_IN } step; /* a word kept, taken out, put in */

typedef struct diff_table {
    const pv_clause *clause;
    const pv_token *passage;
    size_t count;   /* tokens of the passage */
    uint16_t *kept; /* (clause + 1) * (passage + 1): words in order that the two ends have in common */
} diff_table;

static uint16_t *cell(const diff_table *table, size_t clause, size_t passage) {
    return &table->kept[clause * (table->count + 1) + passage];
}

static bool same(const diff_table *table, size_t clause, size_t passage) {
    return table->clause->tokens[clause].hash == table->passage[passage].hash;
}

static void fill_table(diff_table *table) {
    memset(table->kept, 0, (table->clause->count + 1) * (table->count + 1) * sizeof *table->kept);
    for (size_t i = table->clause->count; i > 0; i--)
        for (size_t j = table->count; j > 0; j--) {
            uint16_t out = *cell(table, i, j - 1), in = *cell(table, i - 1, j);
            uint16_t best = out > in ? out : in;
            if (same(table, i - 1, j - 1))
                best = (uint16_t)(*cell(table, i, j) + 1);
            *cell(table, i - 1, j - 1) = best;
        }
}

/* What comes next at these words: a word kept where both have it, else what loses least; of equals, taken out first.
 * Until a word was kept (begun), the passage is passed over as far as nothing is lost, so that it begins as late as it
 * can. */
static step next_step(const diff_table *table, size_t i, size_t j, bool begun) {
    if (i == table->clause->count)
        return STEP_IN;
    if (j == table->count)
        return STEP_OUT;
    if (!begun && *cell(table, i, j + 1) == *cell(table, i, j))
        return STEP_IN;
    if (same(table, i, j) && *cell(table, i, j) == *cell(table, i + 1, j + 1) + 1)
        return STEP_BOTH;
    return *cell(table, i + 1, j) >= *cell(table, i, j + 1) ? STEP_OUT : STEP_IN;
}

/* While the table is walked and the runs are made. */
typedef struct diff_walk {
    const diff_table *table;
    pv_buf runs;
    pv_clause_run run; /* the one being made; empty when at.end is 0 */
    size_t last_kept;  /* word of the passage, + 1 */
    bool departed;
    size_t put_in; /* words */
    pv_clause_result *out;
} diff_walk;

static void end_run(diff_walk *walk) {
    if (walk->run.at.end > 0)
        pv_gather_add(&walk->runs, &walk->run, sizeof walk->run);
    walk->run = (pv_clause_run){0};
}

/* Takes a word into the run of its kind. */
static void take(diff_walk *walk, bool added, pv_span at) {
    if (walk->run.at.end > 0 && walk->run.added != added)
        end_run(walk);
    if (walk->run.at.end == 0)
        walk->run = (pv_clause_run){added, at};
    walk->run.at.end = at.end;
}

/* Words j up to end are put in where the clause leaves room for as many. */
static bool fills_in(const diff_walk *walk, size_t i, size_t j, size_t end) {
    return walk->table->clause->fill[i] && end - j <= PV_FILL_WORDS_MAX;
}

static void set_departure(diff_walk *walk, size_t word) {
    if (walk->departed || walk->table->count == 0)
        return;
    walk->departed = true;
    walk->out->departs = walk->table->passage[word < walk->table->count ? word : walk->table->count - 1].at;
}

/* Adds the runs of the words between two kept ones: those of the clause from i to i_end, those of the passage from j to
 * j_end. */
static void add_gap(diff_walk *walk, size_t i, size_t i_end, size_t j, size_t j_end) {
    bool inner = j > 0 && j_end < walk->table->count && walk->last_kept > 0;
    bool filled = i == i_end && fills_in(walk, i, j, j_end);
    size_t put_in = inner && !filled ? j_end : j;
    if (i == i_end && put_in == j)
        return;
    if (!walk->departed)
        set_departure(walk, put_in > j ? j : walk->last_kept > 0 ? walk->last_kept - 1 : j_end);
    if (put_in > j && walk->out->departs.start == walk->table->passage[j].at.start)
        walk->out->departs.end = walk->table->passage[put_in - 1].at.end;
    for (size_t k = i; k < i_end; k++)
        take(walk, false, walk->table->clause->tokens[k].at);
    walk->put_in += put_in - j;
    for (size_t k = j; k < put_in; k++)
        take(walk, true, walk->table->passage[k].at);
    end_run(walk);
}

/* Goes over both, from kept word to kept word. */
static void walk_table(diff_walk *walk, size_t *first, size_t *last) {
    const diff_table *table = walk->table;
    size_t i = 0, j = 0, gap_i = 0, gap_j = 0;
    while (i < table->clause->count || j < table->count) {
        step next = next_step(table, i, j, walk->last_kept > 0);
        if (next == STEP_BOTH) {
            add_gap(walk, gap_i, i, gap_j, j);
            if (walk->last_kept == 0)
                *first = j;
            *last = j;
            walk->last_kept = j + 1;
        }
        i += next != STEP_IN;
        j += next != STEP_OUT;
        if (next == STEP_BOTH) {
            gap_i = i;
            gap_j = j;
        }
    }
    add_gap(walk, gap_i, table->clause->count, gap_j, table->count);
}

/* Fills out from the table, where the passage is the clause's. */
static bool fill_result(diff_table *table, pv_arena *arena, pv_clause_result *out, pv_error *error) {
    fill_table(table);
    size_t kept = *cell(table, 0, 0);
    if (kept == 0 || kept * 2 < table->clause->count)
        return true;
    diff_walk walk = {.table = table, .runs = pv_gather_start(arena), .out = out};
    size_t first = 0, last = 0;
    walk_table(&walk, &first, &last);
    out->state = PV_CLAUSE_CHANGED;
    size_t words = table->clause->count + walk.put_in;
    out->similarity = words > 0 ? (unsigned)(kept * 10000 / words) : 0;
    out->passage = (pv_span){table->passage[first].at.start, table->passage[last].at.end};
    out->runs = pv_gather_finish(&walk.runs, arena, sizeof *out->runs, &out->run_count, error);
    return out->runs != NULL;
}

/* Fills out as changed when at least half of the clause's words stand in order in the passage; else leaves it as it is.
 * Time and memory are in proportion to the words of the one times those of the other. */
static bool compare_words(pv_arena *arena, const pv_clause *clause, const pv_token *passage, size_t count,
                          pv_clause_result *out, pv_error *error) {
    diff_table table = {.clause = clause, .passage = passage, .count = count};
    size_t cells = (clause->count + 1) * (count + 1);
    pv_buf scratch = pv_gather_start(arena); /* so that it goes at once: there may be many clauses */
    if (!pv_buf_reserve(&scratch, cells * sizeof *table.kept))
        return pv_fail_memory(error);
    table.kept = (uint16_t *)(void *)scratch.data;
    bool filled = fill_result(&table, arena, out, error);
    pv_buf_clear(&scratch);
    return filled;
}

/* ---- the passage most like it ---- */

static uint64_t shingle_hash(const pv_token *tokens) {
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < SHINGLE; i++)
        hash = (hash ^ tokens[i].hash) * PV_SLOTS_SPREAD;
    return hash;
}

static bool same_shingle(const void *items, size_t position, const void *wanted) {
    const pv_token *a = (const pv_token *)items + position;
    const pv_token *b = wanted;
    return a[0].hash == b[0].hash && a[1].hash == b[1].hash && a[2].hash == b[2].hash;
}

/* All hits, in text order, in the index's scratch memory. */
static hit *find_hits(holding *held, size_t *count, pv_error *error) {
    const pv_token *words = held->clause->tokens;
    const pv_token *text = held->index->tokens;
    hit *hits = held->index->hits;
    pv_set shingles = pv_set_in(held->arena);
    *count = 0;
    if (!pv_set_reserve(&shingles, held->clause->count, error))
        return NULL;
    for (size_t i = 0, at; i + SHINGLE <= held->clause->count; i++)
        if (!pv_set_put(&shingles, shingle_hash(&words[i]), same_shingle, words, &words[i], i, &at, error))
            return NULL;
    for (uint32_t i = 0; i + SHINGLE <= held->index->count; i++) {
        size_t found = pv_set_find(&shingles, shingle_hash(&text[i]), same_shingle, words, &text[i]);
        if (found != PV_SET_NONE)
            hits[(*count)++] = (hit){i, (uint32_t)found};
    }
    return hits;
}

/* The longest a passage can be that is the clause's: its words, half as many again, and what may be filled in. */
static uint32_t longest_passage(const pv_clause *clause) {
    size_t longest = clause->count + clause->count / 2 + SHINGLE;
    for (size_t i = 0; i <= clause->count; i++)
        longest += clause->fill[i] ? PV_FILL_WORDS_MAX : 0;
    return (uint32_t)longest;
}

/* The hits [first, last] within one such passage that hold the most different runs; the first of equals. False without
 * any. */
static bool find_densest(holding *held, const hit *hits, size_t count, size_t *first, size_t *last, pv_error *error) {
    uint32_t *seen = PV_NEW_ARRAY(held->arena, uint32_t, held->clause->count);
    if (!seen)
        return pv_fail_memory(error);
    uint32_t longest = longest_passage(held->clause);
    size_t best = 0, different = 0, from = 0;
    for (size_t i = 0; i < count; i++) {
        different += seen[hits[i].clause]++ == 0;
        while (hits[i].text - hits[from].text > longest)
            different -= --seen[hits[from++].clause] == 0;
        if (different > best) {
            best = different;
            *first = from;
            *last = i;
        }
    }
    return true;
}

/* How many words the words [first, end) of the clause may take up in the text. */
static uint32_t room_for(const pv_clause *clause, size_t first, size_t end) {
    size_t room = end - first;
    for (size_t i = first; i < end; i++)
        room += clause->fill[i] ? PV_FILL_WORDS_MAX : 0;
    return (uint32_t)room;
}

/* Tokens [start, end) of the text in which the clause may stand: from the first hit back, and from the last on, by what
 * of the clause is still wanting there. */
static void set_window(const holding *held, hit first, hit last, uint32_t *start, uint32_t *end) {
    uint32_t before = room_for(held->clause, 0, first.clause + 1) - 1;
    uint32_t after = room_for(held->clause, last.clause, held->clause->count);
    *start = first.text > before ? first.text - before : 0;
    *end = held->index->count - last.text > after ? last.text + after : held->index->count;
}

static bool look_for_changed(holding *held, pv_clause_result *out, pv_error *error) {
    size_t count = 0, first = 0, last = 0;
    if (held->clause->count < SHINGLE)
        return true;
    hit *hits = find_hits(held, &count, error);
    if (!hits || !spend(held, held->index->count + held->clause->count, error))
        return false;
    if (count == 0)
        return true;
    uint32_t start, end;
    if (!find_densest(held, hits, count, &first, &last, error))
        return false;
    set_window(held, hits[first], hits[last], &start, &end);
    if (!spend(held, (size_t)(end - start) * held->clause->count, error))
        return false;
    return compare_words(held->arena, held->clause, held->index->tokens + start, end - start, out, error);
}

/* ---- all of it ---- */

bool pv_clause_hold(pv_clause_index *index, const pv_clause *clause, pv_arena *arena, pv_clause_result *out,
                    pv_error *error) {
    holding held = {.index = index, .clause = clause, .arena = arena, .ends = index->ends};
    *out = (pv_clause_result){.state = PV_CLAUSE_MISSING};
    bool kept = false;
    if (!look_for_kept(&held, out, &kept, error) || (!kept && !look_for_changed(&held, out, error)))
        return false;
    out->steps = held.steps;
    return true;
}
