#include "text/clauses.h"

#include "base/hash.h"
#include "text/clause_diff.h"
#include "text/slots.h"

#define SHINGLE 3
#define NONE UINT32_MAX

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

const char *pv_clause_state_name(pv_clause_state state) {
    static const char *const names[] = {"kept", "changed", "missing"};
    return names[state];
}

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

/* Ends of matches of the segment [first, end) that begin after one of the ends so far, with words to fill in between. */
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

/* ---- the passage most like it ---- */

typedef struct shingle_table {
    uint32_t *slots; /* clause token + 1 */
    size_t mask;
} shingle_table;

static uint64_t shingle_hash(const pv_token *tokens) {
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < SHINGLE; i++)
        hash = (hash ^ tokens[i].hash) * PV_SLOTS_SPREAD;
    return hash;
}

static bool same_shingle(const pv_token *a, const pv_token *b) {
    return a[0].hash == b[0].hash && a[1].hash == b[1].hash && a[2].hash == b[2].hash;
}

static uint32_t *shingle_slot(const shingle_table *table, const pv_token *clause, const pv_token *wanted) {
    size_t slot = pv_slots_first(shingle_hash(wanted), table->mask);
    while (table->slots[slot] != 0 && !same_shingle(&clause[table->slots[slot] - 1], wanted))
        slot = pv_slots_next(slot, table->mask);
    return &table->slots[slot];
}

/* All hits, in text order, in the arena. */
static hit *find_hits(holding *held, size_t *count, pv_error *error) {
    const pv_clause *clause = held->clause;
    size_t capacity = pv_slots_capacity(clause->count);
    shingle_table table = {PV_NEW_ARRAY(held->arena, uint32_t, capacity), capacity - 1};
    hit *hits = held->index->hits;
    *count = 0;
    if (!table.slots) {
        pv_fail_memory(error);
        return NULL;
    }
    for (uint32_t i = 0; i + SHINGLE <= clause->count; i++) {
        uint32_t *slot = shingle_slot(&table, clause->tokens, &clause->tokens[i]);
        if (*slot == 0)
            *slot = i + 1;
    }
    for (uint32_t i = 0; i + SHINGLE <= held->index->count; i++) {
        uint32_t found = *shingle_slot(&table, clause->tokens, &held->index->tokens[i]);
        if (found != 0)
            hits[(*count)++] = (hit){i, found - 1};
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

/* The hits [first, last] within one such passage that hold the most different runs; the first of equals. False without any. */
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

/* Tokens [start, end) of the text in which the clause may stand: from the first hit back, and from the last on, by what of the
 * clause is still wanting there. */
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
    return pv_clause_diff(held->arena, held->clause, held->index->tokens + start, end - start, out, error);
}

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
