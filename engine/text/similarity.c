#include "text/similarity.h"

#include <assert.h>
#include <string.h>

#include "base/array.h"
#include "base/set.h"

/* Odd, so that no token is lost from a window's hash; otherwise arbitrary. */
#define BASE UINT64_C(0xD6E8FEB86659FD93)

/* ---- shingles ---- */

/* A text as windows of tokens: any window's hash is had from two prefixes. A shingle is a window of
 * PV_SHINGLE_TOKENS. */
typedef struct windows {
    const pv_token *tokens;
    size_t count;       /* tokens */
    uint64_t *prefixes; /* count + 1: hash of the first n tokens */
} windows;

/* Distinct windows of one length, by hash. */
typedef struct window_table {
    uint32_t *slots; /* token the window starts at, + 1; 0 is empty */
    size_t mask;     /* capacity - 1 */
} window_table;

struct pv_shingles {
    windows text;
    window_table table;
    uint64_t *hashes; /* of the distinct shingles, in text order */
    size_t count;
    pv_filter filter; /* before the table */
};

/* BASE to the power of length: what the prefix before a window weighs in the prefix at its end. */
static uint64_t weight_of(size_t length) {
    uint64_t weight = 1;
    for (uint64_t square = BASE; length > 0; length >>= 1, square *= square)
        if (length & 1)
            weight *= square;
    return weight;
}

static uint64_t window_hash(const windows *text, size_t start, size_t length, uint64_t weight) {
    return text->prefixes[start + length] - text->prefixes[start] * weight;
}

static size_t window_count(const windows *text, size_t length) {
    return text->count >= length ? text->count - length + 1 : 0;
}

/* The slot where the window with this hash stands, or the empty one where it would. */
static uint32_t *table_slot(const window_table *table, const windows *text, size_t length, uint64_t weight,
                            uint64_t hash) {
    size_t slot = pv_slots_first(hash, table->mask);
    while (table->slots[slot] != 0 && window_hash(text, table->slots[slot] - 1, length, weight) != hash)
        slot = pv_slots_next(slot, table->mask);
    return &table->slots[slot];
}

static bool windows_prepare(windows *text, pv_arena *arena, const pv_token_list *tokens) {
    *text = (windows){.tokens = tokens->tokens, .count = tokens->count};
    text->prefixes = PV_NEW_ARRAY(arena, uint64_t, tokens->count + 1);
    for (size_t i = 0; text->prefixes && i < tokens->count; i++)
        text->prefixes[i + 1] = text->prefixes[i] * BASE + tokens->tokens[i].hash;
    return text->prefixes != NULL;
}

/* Room for so many shingles. */
static bool allocate(pv_shingles *shingles, pv_arena *arena, size_t total) {
    size_t capacity = pv_slots_capacity(total);
    shingles->hashes = PV_NEW_ARRAY(arena, uint64_t, total);
    shingles->table = (window_table){.slots = PV_NEW_ARRAY(arena, uint32_t, capacity), .mask = capacity - 1};
    shingles->filter = pv_filter_new(arena, total);
    return shingles->hashes && shingles->table.slots && shingles->filter.words;
}

bool pv_shingles_build(pv_shingles **out, pv_arena *arena, const pv_token_list *tokens, pv_error *error) {
    assert(tokens->count < UINT32_MAX);
    pv_shingles *shingles = PV_NEW(arena, pv_shingles);
    if (!shingles || !windows_prepare(&shingles->text, arena, tokens))
        return pv_fail_memory(error);
    size_t total = window_count(&shingles->text, PV_SHINGLE_TOKENS);
    if (!allocate(shingles, arena, total))
        return pv_fail_memory(error);
    uint64_t weight = weight_of(PV_SHINGLE_TOKENS);
    for (size_t start = 0; start < total; start++) {
        uint64_t hash = window_hash(&shingles->text, start, PV_SHINGLE_TOKENS, weight);
        uint32_t *slot = table_slot(&shingles->table, &shingles->text, PV_SHINGLE_TOKENS, weight, hash);
        if (*slot == 0) {
            *slot = (uint32_t)start + 1;
            shingles->hashes[shingles->count++] = hash;
            pv_filter_add(shingles->filter, hash);
        }
    }
    *out = shingles;
    return true;
}

const uint64_t *pv_shingles_hashes(const pv_shingles *shingles, size_t *count) {
    *count = shingles->count;
    return shingles->hashes;
}

void pv_shingles_compare(const pv_shingles *a, const pv_shingles *b, pv_similarity *out) {
    const pv_shingles *few = a->count <= b->count ? a : b;
    const pv_shingles *many = few == a ? b : a;
    uint64_t weight = weight_of(PV_SHINGLE_TOKENS);
    size_t shared = 0;
    for (size_t i = 0; i < few->count; i++)
        if (pv_filter_passes(many->filter, few->hashes[i]))
            shared += *table_slot(&many->table, &many->text, PV_SHINGLE_TOKENS, weight, few->hashes[i]) != 0;
    out->shingles = a->count;
    out->shared = shared;
}

/* Every shingle of a run that both have is one that both have; and they follow one another. */
bool pv_shingles_may_share_run(const pv_shingles *a, const pv_shingles *b, size_t tokens) {
    if (tokens < PV_SHINGLE_TOKENS)
        return true;
    const size_t needed = tokens - PV_SHINGLE_TOKENS + 1;
    const size_t total = window_count(&a->text, PV_SHINGLE_TOKENS);
    const uint64_t weight = weight_of(PV_SHINGLE_TOKENS);
    size_t stretch = 0;
    for (size_t start = 0; stretch < needed && start + (needed - stretch) <= total; start++) {
        uint64_t hash = window_hash(&a->text, start, PV_SHINGLE_TOKENS, weight);
        bool shared =
            pv_filter_passes(b->filter, hash) && *table_slot(&b->table, &b->text, PV_SHINGLE_TOKENS, weight, hash) != 0;
        stretch = shared ? stretch + 1 : 0;
    }
    return stretch >= needed;
}

/* ---- the longest common run ---- */

/* A window of equal tokens in two texts. */
typedef struct common_window {
    size_t length;
    size_t first_start;
    size_t second_start;
} common_window;

static bool same_tokens(const windows *first, size_t first_start, const windows *second, size_t second_start,
                        size_t length) {
    for (size_t i = 0; i < length; i++)
        if (first->tokens[first_start + i].hash != second->tokens[second_start + i].hash)
            return false;
    return true;
}

/* Looks for a window of this length common to both: the first such in first, at its first place in second. The table is
 * scratch with room for all windows of second. */
static bool find_common(const windows *first, const windows *second, size_t length, window_table *table,
                        common_window *out) {
    uint64_t weight = weight_of(length);
    memset(table->slots, 0, (table->mask + 1) * sizeof *table->slots);
    for (size_t start = 0; start < window_count(second, length); start++) {
        uint32_t *slot = table_slot(table, second, length, weight, window_hash(second, start, length, weight));
        if (*slot == 0)
            *slot = (uint32_t)start + 1;
    }
    for (size_t start = 0; start < window_count(first, length); start++) {
        uint32_t found = *table_slot(table, second, length, weight, window_hash(first, start, length, weight));
        if (found != 0 && same_tokens(first, start, second, found - 1, length)) {
            *out = (common_window){length, start, found - 1};
            return true;
        }
    }
    return false;
}

/* The longest common window: where one of a length is common, so is one of every smaller length. Shared shingles tell
 * on which side of their length it ends. Most end soon after it, so the step is doubled until a length is not common,
 * and then halved. */
static common_window longest_common(const windows *first, const windows *second, bool share_shingles,
                                    window_table *table) {
    common_window longest = {0};
    size_t low = share_shingles ? PV_SHINGLE_TOKENS - 1 : 0;
    size_t high = share_shingles ? first->count : PV_SHINGLE_TOKENS - 1;
    bool doubling = true;
    for (size_t step = 1; low < high;) {
        size_t length = step < high - low ? low + step : high;
        if (find_common(first, second, length, table, &longest)) {
            low = length;
        } else {
            high = length - 1;
            doubling = false;
        }
        step = doubling ? step * 2 : (high - low + 1) / 2;
    }
    return longest;
}

/* An order of texts that does not depend on how the caller names them, so that a tie between runs is settled alike for
 * (a, b) and (b, a). */
static bool comes_first(const windows *a, const windows *b) {
    if (a->count != b->count)
        return a->count < b->count;
    for (size_t i = 0; i < a->count; i++)
        if (a->tokens[i].hash != b->tokens[i].hash)
            return a->tokens[i].hash < b->tokens[i].hash;
    return true;
}

static pv_span bytes_of(const windows *text, size_t start, size_t length) {
    return length == 0 ? (pv_span){0, 0}
                       : (pv_span){text->tokens[start].at.start, text->tokens[start + length - 1].at.end};
}

bool pv_similarity_measure(pv_arena *arena, const pv_shingles *a, const pv_shingles *b, pv_similarity *out,
                           pv_error *error) {
    pv_shingles_compare(a, b, out);
    bool in_order = comes_first(&a->text, &b->text);
    const windows *first = in_order ? &a->text : &b->text;
    const windows *second = in_order ? &b->text : &a->text;
    size_t capacity = pv_slots_capacity(second->count);
    window_table table = {.slots = PV_NEW_ARRAY(arena, uint32_t, capacity), .mask = capacity - 1};
    if (!table.slots)
        return pv_fail_memory(error);
    common_window run = longest_common(first, second, out->shared > 0, &table);
    pv_span in_first = bytes_of(first, run.first_start, run.length);
    pv_span in_second = bytes_of(second, run.second_start, run.length);
    out->run_tokens = run.length;
    out->run_first = in_order ? in_first : in_second;
    out->run_second = in_order ? in_second : in_first;
    return true;
}

/* ---- the nearest of many texts ---- */

#define NO_POSTING UINT32_MAX

/* That a text holds a shingle. */
typedef struct posting {
    uint64_t hash;
    uint32_t text;
    uint32_t earlier; /* posting of the same shingle in the text before it that has it, or NO_POSTING */
} posting;

/* The postings of the texts read so far, by shingle. */
typedef struct shingle_index {
    posting *postings;
    size_t posting_count;
    uint32_t *slots; /* the latest posting of a shingle, + 1; 0 is empty */
    size_t mask;     /* slots - 1 */
} shingle_index;

static bool index_prepare(shingle_index *index, pv_arena *arena, size_t shingles) {
    assert(shingles < NO_POSTING);
    size_t capacity = pv_slots_capacity(shingles);
    *index = (shingle_index){
        .postings = PV_NEW_ARRAY(arena, posting, shingles),
        .slots = PV_NEW_ARRAY(arena, uint32_t, capacity),
        .mask = capacity - 1,
    };
    return index->postings && index->slots;
}

static uint32_t *posting_slot(const shingle_index *index, uint64_t hash) {
    size_t slot = pv_slots_first(hash, index->mask);
    while (index->slots[slot] != 0 && index->postings[index->slots[slot] - 1].hash != hash)
        slot = pv_slots_next(slot, index->mask);
    return &index->slots[slot];
}

/* Adds a shingle of text; the latest posting of it before, or NO_POSTING. */
static uint32_t index_add(shingle_index *index, uint64_t hash, size_t text) {
    uint32_t *slot = posting_slot(index, hash);
    uint32_t earlier = *slot == 0 ? NO_POSTING : *slot - 1;
    index->postings[index->posting_count] = (posting){.hash = hash, .text = (uint32_t)text, .earlier = earlier};
    *slot = (uint32_t)++index->posting_count;
    return earlier;
}

/* Adds a text to the index, counting in shared, per earlier text, the shingles that both have. */
static void read_text(shingle_index *index, const pv_shingles *shingles, size_t text, size_t *shared) {
    size_t count;
    const uint64_t *hashes = pv_shingles_hashes(shingles, &count);
    for (size_t i = 0; i < count; i++)
        for (uint32_t at = index_add(index, hashes[i], text); at != NO_POSTING; at = index->postings[at].earlier)
            shared[index->postings[at].text]++;
}

/* Takes the counts back to 0. */
static pv_nearest take_most(size_t *shared, size_t count) {
    pv_nearest most = {0};
    for (size_t text = 0; text < count; text++) {
        if (shared[text] > most.shared)
            most = (pv_nearest){.text = text, .shared = shared[text]};
        shared[text] = 0;
    }
    return most;
}

static size_t total_shingles(const pv_shingles *const *texts, size_t count) {
    size_t total = 0;
    for (size_t text = 0; text < count; text++) {
        size_t own = 0;
        if (texts[text])
            (void)pv_shingles_hashes(texts[text], &own);
        total += own;
    }
    return total;
}

bool pv_nearest_earlier(pv_nearest **out, pv_arena *arena, const pv_shingles *const *texts, size_t count,
                        pv_error *error) {
    shingle_index index;
    size_t *shared = PV_NEW_ARRAY(arena, size_t, count);
    *out = PV_NEW_ARRAY(arena, pv_nearest, count);
    if (!shared || !*out || !index_prepare(&index, arena, total_shingles(texts, count)))
        return pv_fail_memory(error);
    for (size_t text = 0; text < count; text++) {
        if (!texts[text])
            continue;
        read_text(&index, texts[text], text, shared);
        (*out)[text] = take_most(shared, text);
    }
    return true;
}

/* ---- copies of earlier texts ---- */

/* That a text holds a shingle, among those of the same shingle in the order of their texts. */
typedef struct holding {
    uint64_t hash;
    uint32_t text;
    uint32_t next; /* holding of the same shingle in the next text that has it, or NO_POSTING */
    uint32_t last; /* of the first of them: the last */
} holding;

/* What one text has in common with the one that is looked for. */
typedef struct met_text {
    uint32_t asked;   /* the question it was met in; the rest is of another one */
    uint32_t shared;  /* shingles */
    uint32_t last;    /* where the last of them stands in the text that is looked for, plus one */
    uint32_t stretch; /* so many up to there follow one another */
    uint32_t longest; /* of all stretches */
} met_text;

struct pv_copies {
    pv_arena *arena;
    PV_ARRAY(const pv_shingles *) texts;
    PV_ARRAY(holding) holdings;
    PV_ARRAY(met_text) met; /* for each text */
    uint32_t *slots;        /* the first holding of a shingle, + 1; 0 is empty */
    size_t mask;            /* slots - 1; slots are NULL while nothing is held */
    uint32_t asked;
};

bool pv_copies_new(pv_copies **out, pv_arena *arena, pv_error *error) {
    *out = PV_NEW(arena, pv_copies);
    if (!*out)
        return pv_fail_memory(error);
    (*out)->arena = arena;
    return true;
}

size_t pv_copies_count(const pv_copies *copies) {
    return copies->texts.count;
}

static uint32_t *holding_slot(const pv_copies *copies, uint64_t hash) {
    size_t slot = pv_slots_first(hash, copies->mask);
    while (copies->slots[slot] != 0 && copies->holdings.items[copies->slots[slot] - 1].hash != hash)
        slot = pv_slots_next(slot, copies->mask);
    return &copies->slots[slot];
}

/* The first holding of a shingle, or NO_POSTING. */
static uint32_t first_holding(const pv_copies *copies, uint64_t hash) {
    uint32_t slot = *holding_slot(copies, hash);
    return slot == 0 ? NO_POSTING : slot - 1;
}

/* Room for so many holdings more. */
static bool make_room(pv_copies *copies, size_t more, pv_error *error) {
    size_t wanted = copies->holdings.count + more;
    if (wanted >= NO_POSTING)
        return pv_fail(error, PV_ERROR_LIMIT, "there are too many words to compare");
    while (copies->holdings.capacity < wanted)
        if (!pv_array_grow(copies->arena, &copies->holdings.items, &copies->holdings.capacity, copies->holdings.count,
                           sizeof *copies->holdings.items))
            return pv_fail_memory(error);
    if (copies->slots && pv_slots_capacity(wanted) <= copies->mask + 1)
        return true;
    size_t capacity = pv_slots_capacity(copies->holdings.capacity);
    copies->slots = PV_NEW_ARRAY(copies->arena, uint32_t, capacity);
    if (!copies->slots)
        return pv_fail_memory(error);
    copies->mask = capacity - 1;
    for (size_t i = 0; i < copies->holdings.count; i++) {
        uint32_t *slot = holding_slot(copies, copies->holdings.items[i].hash);
        *slot = *slot == 0 ? (uint32_t)i + 1 : *slot;
    }
    return true;
}

static void hold(pv_copies *copies, uint64_t hash, size_t text) {
    uint32_t *slot = holding_slot(copies, hash);
    uint32_t at = (uint32_t)copies->holdings.count++;
    holding *list = copies->holdings.items;
    list[at] = (holding){.hash = hash, .text = (uint32_t)text, .next = NO_POSTING, .last = at};
    if (*slot == 0) {
        *slot = at + 1;
        return;
    }
    list[list[*slot - 1].last].next = at;
    list[*slot - 1].last = at;
}

bool pv_copies_add(pv_copies *copies, const pv_shingles *text, pv_error *error) {
    size_t count = 0;
    const uint64_t *hashes = text ? pv_shingles_hashes(text, &count) : NULL;
    if (!make_room(copies, count, error))
        return false;
    if (!PV_ARRAY_RESERVE(copies->arena, &copies->texts) || !PV_ARRAY_RESERVE(copies->arena, &copies->met))
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        hold(copies, hashes[i], copies->texts.count);
    copies->met.items[copies->met.count++] = (met_text){0};
    copies->texts.items[copies->texts.count++] = text;
    return true;
}

typedef struct met_list {
    uint32_t *texts;
    size_t count;
} met_list;

/* A shingle at this place of the text that is looked for; first: it stands nowhere before. */
static void meet(pv_copies *copies, uint32_t found, uint32_t place, bool first, met_list *met) {
    met_text *text = &copies->met.items[found];
    if (text->asked != copies->asked) {
        *text = (met_text){.asked = copies->asked};
        met->texts[met->count++] = found;
    }
    text->shared += first;
    text->stretch = text->last == place && place > 0 ? text->stretch + 1 : 1;
    text->last = place + 1;
    if (text->stretch > text->longest)
        text->longest = text->stretch;
}

static size_t meet_all(pv_copies *copies, const pv_shingles *text, size_t before, met_list *met) {
    const uint64_t weight = weight_of(PV_SHINGLE_TOKENS);
    size_t work = 0;
    copies->asked++;
    for (size_t start = 0; start < window_count(&text->text, PV_SHINGLE_TOKENS); start++) {
        uint64_t hash = window_hash(&text->text, start, PV_SHINGLE_TOKENS, weight);
        bool first = *table_slot(&text->table, &text->text, PV_SHINGLE_TOKENS, weight, hash) == start + 1;
        for (uint32_t at = first_holding(copies, hash); at != NO_POSTING && copies->holdings.items[at].text < before;
             at = copies->holdings.items[at].next) {
            meet(copies, copies->holdings.items[at].text, (uint32_t)start, first, met);
            work++;
        }
    }
    return work;
}

static bool has_share(size_t shared, const pv_shingles *text, pv_decimal share) {
    const pv_decimal hundredths = {(int64_t)(shared * 10000 / text->count), 2};
    return pv_decimal_compare(hundredths, share) >= 0;
}

static bool has_run(const pv_copies *copies, size_t index, const pv_shingles *text, size_t run, pv_arena *scratch,
                    bool *has, pv_error *error) {
    pv_similarity similarity = {0};
    *has = false;
    if (run == 0 || copies->met.items[index].longest + PV_SHINGLE_TOKENS - 1 < run)
        return true;
    if (!pv_similarity_measure(scratch, text, copies->texts.items[index], &similarity, error))
        return false;
    *has = similarity.run_tokens >= run;
    return true;
}

/* Most copies are of the first text that has one of their first shingles: then only those before it are to be held
 * against them. */
static size_t likely_first(const pv_copies *copies, const pv_shingles *text, size_t before, pv_decimal share) {
    enum { TRIED = 4 };
    size_t likely = before;
    for (size_t i = 0; i < TRIED && i < text->count; i++) {
        uint32_t at = first_holding(copies, text->hashes[i]);
        if (at != NO_POSTING && copies->holdings.items[at].text < likely)
            likely = copies->holdings.items[at].text;
    }
    if (likely == before)
        return before;
    pv_similarity similarity;
    pv_shingles_compare(text, copies->texts.items[likely], &similarity);
    return has_share(similarity.shared, text, share) ? likely : before;
}

bool pv_copies_first(pv_copies *copies, const pv_shingles *text, size_t before, const pv_copy_bounds *bounds,
                     pv_arena *scratch, size_t *out, size_t *work, pv_error *error) {
    assert(bounds->run == 0 || bounds->run >= PV_SHINGLE_TOKENS);
    met_list met = {.texts = PV_NEW_ARRAY(scratch, uint32_t, copies->texts.count)};
    if (!met.texts)
        return pv_fail_memory(error);
    *out = before;
    *work = text->count;
    if (copies->holdings.count == 0 || text->count == 0)
        return true;
    *out = likely_first(copies, text, before, bounds->share);
    *work += meet_all(copies, text, *out, &met);
    for (size_t i = 0; i < met.count; i++)
        if (met.texts[i] < *out && has_share(copies->met.items[met.texts[i]].shared, text, bounds->share))
            *out = met.texts[i];
    for (size_t i = 0; i < met.count; i++) {
        bool has = false;
        if (met.texts[i] < *out && !has_run(copies, met.texts[i], text, bounds->run, scratch, &has, error))
            return false;
        if (has)
            *out = met.texts[i];
    }
    return true;
}
