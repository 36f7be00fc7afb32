#include "text/nearest.h"

#include <assert.h>

#include "text/slots.h"

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

static uint32_t *slot_of(const shingle_index *index, uint64_t hash) {
    size_t slot = pv_slots_first(hash, index->mask);
    while (index->slots[slot] != 0 && index->postings[index->slots[slot] - 1].hash != hash)
        slot = pv_slots_next(slot, index->mask);
    return &index->slots[slot];
}

/* Adds a shingle of text; the latest posting of it before, or NO_POSTING. */
static uint32_t index_add(shingle_index *index, uint64_t hash, size_t text) {
    uint32_t *slot = slot_of(index, hash);
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
