#include "text/phrases.h"

#include <assert.h>
#include <string.h>

#include "base/array.h"
#include "base/set.h"
#include "text/naming_p.h"

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
    bool shares_last;           /* its last word may stand once for several */
    bool plural;                /* it is itself written for several */
    struct phrase_ending *next; /* a later phrase that ends at the same node */
} phrase_ending;

struct pv_phrases {
    trie_edge *edges;
    size_t edge_mask;        /* capacity - 1 */
    pv_filter first_tokens;  /* of the phrases: most tokens of a text begin none */
    phrase_ending **endings; /* by node */
    bool *heads;             /* by node: what leads to it may stand once for several; NULL when not made of names */
    bool crosses;            /* a phrase has the end of a sentence in it */
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

/* Whether the first words of a phrase, up to this one, may stand once for several: "department of", "at risk of",
 * "county". */
static bool is_head(const pv_naming_word *words, size_t last) {
    if (last == 0)
        return (words[0].kinds & PV_NAMING_LOCAL) != 0;
    bool lower = true, office = false;
    for (size_t i = 0; i <= last; i++) {
        lower &= !words[i].capital;
        office |= (words[i].kinds & PV_NAMING_HEAD) != 0;
    }
    return (words[last].kinds & PV_NAMING_PREPOSITION) && (lower || office);
}

/* Whether the last word of a phrase may: "department", "health". */
static bool is_tail(const pv_naming_word *words, size_t count) {
    const pv_naming_word *last = &words[count - 1];
    if (count < 2 || (count == 2 && (words[0].kinds & (PV_NAMING_LOCAL | PV_NAMING_ARTICLE))))
        return false;
    return (last->kinds & PV_NAMING_HEAD) || ((last->kinds & PV_NAMING_TAIL) && !last->capital);
}

static bool is_plural(const pv_naming_word *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (words[i].kinds & PV_NAMING_PLURAL)
            return true;
    return false;
}

/* A word of a phrase that is being added. */
typedef struct phrase_word {
    uint64_t hash;
    bool capitals;
    bool ends_head; /* of a name: the words so far may stand once for several */
    bool barrier;   /* the same: the end of a sentence is before it */
} phrase_word;

/* A phrase that is being added: of a name also what it is. */
typedef struct phrase_read {
    uint32_t first; /* of all words that were read */
    uint32_t count;
    bool shares_last;
    bool plural;
} phrase_read;

typedef struct phrases_read {
    phrase_read *phrases;
    PV_ARRAY(phrase_word) words;
} phrases_read;

/* *found_as: what is found where it stands. */
static bool add_phrase(pv_phrases *set, pv_arena *arena, uint32_t number, const phrase_read *phrase,
                       const phrase_word *words, uint32_t *found_as, pv_error *error) {
    uint32_t node = ROOT;
    uint64_t capitals = 0;
    pv_filter_add(set->first_tokens, words[0].hash);
    for (size_t i = 0; i < phrase->count; i++) {
        node = follow_or_add(set, node, words[i].hash);
        capitals |= (uint64_t)words[i].capitals << i;
        if (set->heads && words[i].ends_head)
            set->heads[node] = true;
        set->crosses |= words[i].barrier;
    }
    const phrase_ending *earlier = ending_at(set, node, capitals);
    *found_as = earlier ? earlier->phrase : number;
    if (earlier)
        return true; /* it matches wherever this one would */
    phrase_ending **last = &set->endings[node];
    while (*last)
        last = &(*last)->next;
    *last = PV_NEW(arena, phrase_ending);
    if (!*last)
        return pv_fail_memory(error);
    **last = (phrase_ending){
        .capitals = capitals, .phrase = number, .shares_last = phrase->shares_last, .plural = phrase->plural};
    return true;
}

/* words: NULL, or what the words of a name are. */
static bool take_phrase(phrases_read *out, pv_arena *arena, size_t number, const pv_token_list *tokens,
                        const pv_naming_word *words, pv_error *error) {
    const size_t count = tokens->count;
    out->phrases[number] = (phrase_read){
        .first = (uint32_t)out->words.count,
        .count = (uint32_t)count,
        .shares_last = words && is_tail(words, count),
        .plural = words && is_plural(words, count),
    };
    for (size_t i = 0; i < count; i++) {
        phrase_word *word = PV_ARRAY_ADD(arena, &out->words);
        if (!word)
            return pv_fail_memory(error);
        *word = (phrase_word){.hash = tokens->tokens[i].hash, .capitals = tokens->tokens[i].capitals};
        word->ends_head = words && i + 1 < count && is_head(words, i);
        word->barrier = words && i > 0 && (words[i].gap & PV_GAP_BARRIER);
    }
    return true;
}

/* What is read of a phrase is dropped again but for what is kept of its words: sets are large, phrases short. */
static bool read_phrase(phrases_read *out, pv_arena *arena, pv_arena *scratch, const pv_lexicon *lexicon,
                        const pv_str *phrases, size_t number, pv_error *error) {
    pv_naming naming = {0};
    pv_token_list tokens;
    if (!pv_tokens_find(scratch, phrases[number], &tokens, error))
        return false;
    if (lexicon) {
        if (!pv_naming_read(&naming, lexicon, scratch, phrases[number], &tokens, error))
            return false;
        tokens = naming.tokens;
    }
    if (tokens.count == 0)
        return pv_fail(error, PV_ERROR_SHAPE, "phrase %zu (\"%.*s\") holds no letter and no number", number + 1,
                       PV_STR_ARG(phrases[number]));
    if (tokens.count > PV_PHRASE_TOKENS_MAX)
        return pv_fail(error, PV_ERROR_LIMIT, "phrase %zu has %zu words; a phrase may have %d", number + 1,
                       tokens.count, PV_PHRASE_TOKENS_MAX);
    return take_phrase(out, arena, number, &tokens, naming.words, error);
}

static bool read_phrases(phrases_read *out, pv_arena *arena, const pv_lexicon *lexicon, const pv_str *phrases,
                         size_t count, pv_error *error) {
    pv_arena *scratch = pv_arena_new(pv_arena_memory(arena));
    bool read = scratch || pv_fail_memory(error);
    for (size_t i = 0; read && i < count; i++) {
        read = read_phrase(out, arena, scratch, lexicon, phrases, i, error);
        pv_arena_clear(scratch);
    }
    pv_arena_free(scratch);
    return read;
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

static bool build(pv_phrases **out, pv_arena *arena, pv_arena *scratch, const pv_lexicon *lexicon,
                  const pv_str *phrases, size_t count, uint32_t *found_as, pv_error *error) {
    uint32_t ignored;
    phrases_read read = {.phrases = PV_NEW_ARRAY(scratch, phrase_read, count)};
    if (!read.phrases)
        return pv_fail_memory(error);
    if (!read_phrases(&read, scratch, lexicon, phrases, count, error))
        return false;
    const size_t total = read.words.count;
    *out = new_set(arena, total);
    if (!*out)
        return pv_fail_memory(error);
    (*out)->heads = lexicon ? PV_NEW_ARRAY(arena, bool, total + 1) : NULL;
    if (lexicon && !(*out)->heads)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        if (!add_phrase(*out, arena, (uint32_t)i, &read.phrases[i], read.words.items + read.phrases[i].first,
                        found_as ? &found_as[i] : &ignored, error))
            return false;
    return true;
}

static bool build_set(pv_phrases **out, pv_arena *arena, const pv_lexicon *lexicon, const pv_str *phrases, size_t count,
                      uint32_t *found_as, pv_error *error) {
    assert(count < UINT32_MAX);
    pv_arena *scratch = pv_arena_new(pv_arena_memory(arena));
    if (!scratch)
        return pv_fail_memory(error);
    bool built = build(out, arena, scratch, lexicon, phrases, count, found_as, error);
    pv_arena_free(scratch);
    return built;
}

bool pv_phrases_build_names(pv_phrases **out, pv_arena *arena, const pv_lexicon *lexicon, const pv_str *phrases,
                            size_t count, pv_error *error) {
    return build_set(out, arena, lexicon, phrases, count, NULL, error);
}

bool pv_phrases_build(pv_phrases **out, pv_arena *arena, const pv_str *phrases, size_t count, uint32_t *found_as,
                      pv_error *error) {
    return build_set(out, arena, NULL, phrases, count, found_as, error);
}

static bool may_start_at(const pv_phrases *set, const pv_token *token) {
    return pv_filter_passes(set->first_tokens, token->hash) || pv_filter_passes(set->first_tokens, token->owner);
}

/* The first token from first on at which a phrase may start: nearly none does. */
static size_t next_start(const pv_phrases *set, const pv_token_list *tokens, size_t first) {
    const pv_filter filter = set->first_tokens;
    for (; first < tokens->count; first++) {
        const pv_token *token = &tokens->tokens[first];
        if (pv_filter_passes(filter, token->hash) ||
            (token->owner != token->hash && pv_filter_passes(filter, token->owner)))
            break;
    }
    return first;
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
    for (size_t first = next_start(set, tokens, 0); first < tokens->count;) {
        uint32_t phrase = 0;
        size_t length = longest_at(set, tokens, first, &phrase);
        if (length > 0) {
            pv_span at = {tokens->tokens[first].at.start, tokens->tokens[first + length - 1].at.end};
            pv_phrase_match match = {.phrase = phrase, .at = at};
            pv_gather_add(&matches, &match, sizeof match);
        }
        first = next_start(set, tokens, first + (length > 0 ? length : 1));
    }
    out->matches = pv_gather_finish(&matches, arena, sizeof *out->matches, &out->count, error);
    return out->matches != NULL;
}

/* ---- names ---- */

#define HEADS_MOST 4         /* that are open at once; of more the oldest is forgotten */
#define MEMBERS_MOST 12      /* of a coordination */
#define MEMBER_WORDS_MOST 10 /* brackets among them */

/* A walk in the trie that has read so many words. */
typedef struct trie_walk {
    uint32_t node;
    uint32_t depth;
    uint64_t capitals;
} trie_walk;

/* What may stand once for several, as it was read in the text. */
typedef struct open_head {
    trie_walk walk;
    uint32_t first, end; /* words */
    uint32_t members;    /* that began since ... */
    uint32_t words;      /* ... and words since the last of them did */
    bool office;         /* "department of" */
    bool plural;         /* "departments of" */
    bool local;          /* "county", which must have been the beginning of a name: */
    bool confirmed;
} open_head;

typedef struct name_finder {
    const pv_phrases *set;
    const pv_naming *naming;
    open_head heads[HEADS_MOST];
    size_t head_count;
} name_finder;

/* The best name found at a word so far. */
typedef struct best_name {
    const phrase_ending *phrase;
    uint32_t words; /* 0: none */
    uint32_t tail;
    const open_head *head;
} best_name;

static void open_new_head(name_finder *finder, trie_walk walk, uint32_t first, uint32_t end) {
    const pv_naming_word *words = finder->naming->words;
    open_head head = {.walk = walk, .first = first, .end = end};
    if (end >= finder->naming->tokens.count || (words[end].opens && !(words[end].gap & PV_GAP_ITEM)) ||
        (words[end].kinds & PV_NAMING_JOINS))
        return; /* its first name must follow */
    for (uint32_t at = first; at < end; at++) {
        head.office |= (words[at].kinds & PV_NAMING_HEAD) != 0;
        head.plural |= (words[at].kinds & PV_NAMING_PLURAL) != 0;
    }
    head.local = end == first + 1 && (words[first].kinds & PV_NAMING_LOCAL);
    if (finder->head_count == HEADS_MOST)
        memmove(finder->heads, finder->heads + 1, --finder->head_count * sizeof *finder->heads);
    finder->heads[finder->head_count++] = head;
}

/* A head ends where a sentence or a coordination does. */
static void pass_word(name_finder *finder, uint32_t at) {
    const pv_naming_word *word = &finder->naming->words[at];
    size_t kept = 0;
    for (size_t i = 0; i < finder->head_count; i++) {
        open_head head = finder->heads[i];
        if (at >= head.end) {
            head.members += word->opens;
            head.words = word->opens ? 1 : head.words + 1;
            if ((word->kinds & PV_NAMING_BREAK) || (word->gap & PV_GAP_STOP) || head.members > MEMBERS_MOST ||
                head.words > MEMBER_WORDS_MOST)
                continue;
        }
        finder->heads[kept++] = head;
    }
    finder->head_count = kept;
}

/* Whether a name that ends before the word end goes on with a word that the members after it say for it too. */
static void share_tail(const name_finder *finder, trie_walk walk, uint32_t first, uint32_t end, best_name *best) {
    const pv_naming *naming = finder->naming;
    size_t member = pv_naming_member_after(naming, end);
    if (member >= naming->tokens.count)
        return;
    for (size_t i = 0; i < PV_NAMING_TAILS && naming->words[member].tails[i] != 0; i++) {
        uint8_t distance = naming->words[member].tails[i];
        size_t tail = member + (distance == UINT8_MAX ? 0 : distance);
        uint64_t capitals = walk.capitals | (uint64_t)naming->tokens.tokens[tail].capitals << (walk.depth & 63);
        uint32_t node = follow(finder->set, walk.node, naming->tokens.tokens[tail].hash);
        const phrase_ending *found = ending_at(finder->set, node, capitals);
        if (found && found->shares_last && end - first >= best->words)
            *best = (best_name){.phrase = found, .words = end - first, .tail = (uint32_t)tail};
    }
}

/* Looks for the longest name at the word first that goes on from walk, which head led to or which is at the root. */
static void walk_names(name_finder *finder, trie_walk walk, const open_head *head, uint32_t first, best_name *best) {
    const pv_phrases *set = finder->set;
    const pv_token_list *tokens = &finder->naming->tokens;
    for (uint32_t at = first; walk.depth < PV_PHRASE_TOKENS_MAX && at < tokens->count; at++) {
        const pv_token *token = &tokens->tokens[at];
        if (at > first && !set->crosses && (finder->naming->words[at].gap & PV_GAP_BARRIER))
            return;
        if (at == first + 1 && (finder->naming->words[at].gap & PV_GAP_COMMA) &&
            (finder->naming->words[first].kinds & PV_NAMING_LOCAL))
            return; /* "in the county, public health" */
        walk.capitals |= (uint64_t)token->capitals << walk.depth;
        uint32_t next = follow(set, walk.node, token->hash);
        const phrase_ending *found = ending_at(set, next, walk.capitals);
        if (!found && token->owner != token->hash)
            found = ending_at(set, follow(set, walk.node, token->owner), walk.capitals);
        if (found && at + 1 - first >= best->words)
            *best = (best_name){.phrase = found, .words = at + 1 - first, .head = head};
        if (next == NOWHERE)
            return;
        walk.node = next;
        walk.depth++;
        if (head)
            continue;
        share_tail(finder, walk, first, at + 1, best);
        if (set->heads[next])
            open_new_head(finder, walk, first, at + 1);
    }
}

/* Looks for a name whose head was said before. */
static void share_heads(name_finder *finder, uint32_t first, best_name *best) {
    const pv_naming *naming = finder->naming;
    bool of_again;
    if (finder->head_count == 0 || !pv_naming_starts_member(naming, first, &of_again))
        return;
    for (size_t i = 0; i < finder->head_count; i++) {
        const open_head *head = &finder->heads[i];
        if (head->members == 0 || (head->local && !head->confirmed) ||
            (head->office && !head->plural && !of_again && !naming->words[first].capital))
            continue;
        best_name found = {0};
        walk_names(finder, head->walk, head, first, &found);
        if (found.words == 0 || found.words < best->words ||
            (!head->plural && !pv_naming_ends_at(naming, first + found.words)))
            continue;
        *best = found;
    }
}

static pv_phrase_match match_of(const name_finder *finder, const best_name *best, uint32_t first) {
    const pv_token *tokens = finder->naming->tokens.tokens;
    uint32_t end = first + best->words;
    pv_phrase_match match = {.phrase = best->phrase->phrase, .at = {tokens[first].at.start, tokens[end - 1].at.end}};
    match.name = (pv_naming_range){.first = first, .end = end, .tail = best->tail, .plural = best->phrase->plural};
    if (best->head) {
        match.name.head = best->head->first;
        match.name.head_end = best->head->end;
    }
    return match;
}

bool pv_phrases_find_names(const pv_phrases *set, const pv_naming *naming, pv_arena *arena, pv_phrase_match_list *out,
                           pv_error *error) {
    assert(set->heads);
    pv_buf matches = pv_gather_start(arena);
    name_finder finder = {.set = set, .naming = naming};
    for (uint32_t first = 0; first < naming->tokens.count;) {
        if (finder.head_count == 0)
            first = (uint32_t)next_start(set, &naming->tokens, first);
        if (first >= naming->tokens.count)
            break;
        best_name best = {0};
        pass_word(&finder, first);
        if (may_start_at(set, &naming->tokens.tokens[first]))
            walk_names(&finder, (trie_walk){.node = ROOT}, NULL, first, &best);
        share_heads(&finder, first, &best);
        for (size_t i = 0; i < finder.head_count; i++)
            finder.heads[i].confirmed |= finder.heads[i].first == first && best.words > 1 && !best.head;
        if (best.words > 0) {
            pv_phrase_match match = match_of(&finder, &best, first);
            pv_gather_add(&matches, &match, sizeof match);
        }
        for (uint32_t passed = 1; passed < best.words; passed++)
            pass_word(&finder, first + passed);
        first += best.words > 0 ? best.words : 1;
    }
    out->matches = pv_gather_finish(&matches, arena, sizeof *out->matches, &out->count, error);
    return out->matches != NULL;
}

pv_span pv_phrases_shared(const pv_naming *naming, const pv_phrase_match *match) {
    const pv_token *tokens = naming->tokens.tokens;
    const pv_naming_range *name = &match->name;
    if (name->head != name->head_end)
        return (pv_span){tokens[name->head].at.start, tokens[name->head_end - 1].at.end};
    return name->tail != 0 ? tokens[name->tail].at : (pv_span){0};
}
