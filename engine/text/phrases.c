#include "text/phrases.h"

#include <assert.h>

#include "base/array.h"
#include "base/set.h"

#define ROOT 0u
#define NOWHERE UINT32_MAX

/* The phrases are a trie over token hashes: a node is the tokens read so far, and all edges stand in one
 * open-addressing table under (node, token), so that each token of a text costs one look-up. Which of a node's tokens
 * must be capitals is a bit set of each phrase that ends there, so case never branches the walk. */
typedef struct trie_edge {
    uint64_t token;
    uint32_t from;
    uint32_t to; /* ROOT, which no edge leads to, marks an empty slot */
} trie_edge;

/* A phrase that ends at some node. */
typedef struct phrase_ending {
    uint64_t capitals; /* bit n: token n must be in capitals */
    uint32_t phrase;
    struct phrase_ending *next; /* a later phrase that ends at the same node */
} phrase_ending;

struct pv_phrases {
    trie_edge *edges;
    size_t edge_mask;        /* capacity - 1 */
    pv_filter first_tokens;  /* of the phrases: most tokens of a text begin none */
    phrase_ending **endings; /* by node */
    uint32_t node_count;
};

static_assert(PV_PHRASE_TOKENS_MAX <= 64, "one bit a token");

static trie_edge *edge_slot(const pv_phrases *set, uint32_t from, uint64_t token) {
    size_t slot = pv_slots_first(token ^ from, set->edge_mask);
    while (set->edges[slot].to != ROOT && (set->edges[slot].token != token || set->edges[slot].from != from))
        slot = pv_slots_next(slot, set->edge_mask);
    return &set->edges[slot];
}

static uint32_t follow(const pv_phrases *set, uint32_t from, uint64_t token) {
    uint32_t to = edge_slot(set, from, token)->to;
    return to == ROOT ? NOWHERE : to;
}

static uint32_t follow_or_add(pv_phrases *set, uint32_t from, uint64_t token) {
    trie_edge *edge = edge_slot(set, from, token);
    if (edge->to == ROOT)
        *edge = (trie_edge){.token = token, .from = from, .to = set->node_count++};
    return edge->to;
}

/* The first phrase that ends at node and asks for no capitals but those seen, or NULL. */
static const phrase_ending *ending_at(const pv_phrases *set, uint32_t node, uint64_t capitals_seen) {
    const phrase_ending *ending = node == NOWHERE ? NULL : set->endings[node];
    while (ending && (ending->capitals & ~capitals_seen) != 0)
        ending = ending->next;
    return ending;
}

static bool add_phrase(pv_phrases *set, pv_arena *arena, uint32_t phrase, const pv_token_list *tokens,
                       pv_error *error) {
    uint32_t node = ROOT;
    uint64_t capitals = 0;
    pv_filter_add(set->first_tokens, tokens->tokens[0].hash);
    for (size_t i = 0; i < tokens->count; i++) {
        node = follow_or_add(set, node, tokens->tokens[i].hash);
        capitals |= (uint64_t)tokens->tokens[i].capitals << i;
    }
    if (ending_at(set, node, capitals))
        return true; /* an earlier phrase matches wherever this one would */
    phrase_ending **last = &set->endings[node];
    while (*last)
        last = &(*last)->next;
    *last = PV_NEW(arena, phrase_ending);
    if (!*last)
        return pv_fail_memory(error);
    **last = (phrase_ending){.capitals = capitals, .phrase = phrase};
    return true;
}

static bool phrase_tokens(pv_arena *scratch, const pv_str *phrases, size_t count, pv_token_list *lists, size_t *total,
                          pv_error *error) {
    *total = 0;
    for (size_t i = 0; i < count; i++) {
        if (!pv_tokens_find(scratch, phrases[i], &lists[i], error))
            return false;
        if (lists[i].count == 0)
            return pv_fail(error, PV_ERROR_SHAPE, "phrase %zu (\"%.*s\") holds no letter and no number", i + 1,
                           PV_STR_ARG(phrases[i]));
        if (lists[i].count > PV_PHRASE_TOKENS_MAX)
            return pv_fail(error, PV_ERROR_LIMIT, "phrase %zu has %zu words; a phrase may have %d", i + 1,
                           lists[i].count, PV_PHRASE_TOKENS_MAX);
        *total += lists[i].count;
    }
    return true;
}

/* A set with room for so many edges. */
static pv_phrases *new_set(pv_arena *arena, size_t edges) {
    size_t capacity = pv_slots_capacity(edges);
    pv_phrases *set = PV_NEW(arena, pv_phrases);
    if (!set)
        return NULL;
    set->node_count = 1;
    set->edge_mask = capacity - 1;
    set->edges = PV_NEW_ARRAY(arena, trie_edge, capacity);
    set->endings = PV_NEW_ARRAY(arena, phrase_ending *, edges + 1);
    set->first_tokens = pv_filter_new(arena, edges);
    return set->edges && set->endings && set->first_tokens.words ? set : NULL;
}

static bool build(pv_phrases **out, pv_arena *arena, pv_arena *scratch, const pv_str *phrases, size_t count,
                  pv_error *error) {
    pv_token_list *lists = PV_NEW_ARRAY(scratch, pv_token_list, count);
    size_t total;
    if (!lists)
        return pv_fail_memory(error);
    if (!phrase_tokens(scratch, phrases, count, lists, &total, error))
        return false;
    *out = new_set(arena, total);
    if (!*out)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        if (!add_phrase(*out, arena, (uint32_t)i, &lists[i], error))
            return false;
    return true;
}

bool pv_phrases_build(pv_phrases **out, pv_arena *arena, const pv_str *phrases, size_t count, pv_error *error) {
    assert(count < UINT32_MAX);
    pv_arena *scratch = pv_arena_new(pv_arena_memory(arena));
    if (!scratch)
        return pv_fail_memory(error);
    bool built = build(out, arena, scratch, phrases, count, error);
    pv_arena_free(scratch);
    return built;
}

static bool may_start_at(const pv_phrases *set, const pv_token *token) {
    return pv_filter_passes(set->first_tokens, token->hash) || pv_filter_passes(set->first_tokens, token->owner);
}

/* The longest phrase that starts at tokens[first]; the number of its tokens, 0 when there is none. */
static size_t longest_at(const pv_phrases *set, const pv_token_list *tokens, size_t first, uint32_t *phrase) {
    size_t longest = 0;
    uint32_t node = ROOT;
    uint64_t capitals = 0;
    size_t rest = tokens->count - first;
    size_t most = rest < PV_PHRASE_TOKENS_MAX ? rest : PV_PHRASE_TOKENS_MAX;
    for (size_t read = 0; node != NOWHERE && read < most; read++) {
        const pv_token *token = &tokens->tokens[first + read];
        capitals |= (uint64_t)token->capitals << read;
        uint32_t next = follow(set, node, token->hash);
        const phrase_ending *found = ending_at(set, next, capitals);
        if (!found && token->owner != token->hash)
            found = ending_at(set, follow(set, node, token->owner), capitals);
        if (found) {
            *phrase = found->phrase;
            longest = read + 1;
        }
        node = next;
    }
    return longest;
}

bool pv_phrases_find(const pv_phrases *set, const pv_token_list *tokens, pv_arena *arena, pv_phrase_match_list *out,
                     pv_error *error) {
    pv_buf matches = pv_gather_start(arena);
    for (size_t first = 0; first < tokens->count;) {
        uint32_t phrase = 0;
        size_t length = may_start_at(set, &tokens->tokens[first]) ? longest_at(set, tokens, first, &phrase) : 0;
        if (length > 0) {
            pv_span at = {tokens->tokens[first].at.start, tokens->tokens[first + length - 1].at.end};
            pv_phrase_match match = {.phrase = phrase, .at = at};
            pv_gather_add(&matches, &match, sizeof match);
        }
        first += length > 0 ? length : 1;
    }
    out->matches = pv_gather_finish(&matches, arena, sizeof *out->matches, &out->count, error);
    return out->matches != NULL;
}
