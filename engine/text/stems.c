#include "text/stems.h"

#include <assert.h>

#include "base/hash.h"
#include "base/set.h"

/* ---- sets of numbers ---- */

static bool set_prepare(pv_stem_set *set, pv_arena *arena, size_t count) {
    size_t capacity = pv_slots_capacity(count);
    *set = (pv_stem_set){PV_NEW_ARRAY(arena, uint64_t, capacity), capacity - 1};
    return set->slots != NULL;
}

static uint64_t *set_slot(const pv_stem_set *set, uint64_t number) {
    size_t slot = pv_slots_first(number, set->mask);
    while (set->slots[slot] != 0 && set->slots[slot] != number)
        slot = pv_slots_next(slot, set->mask);
    return &set->slots[slot];
}

static bool set_holds(const pv_stem_set *set, uint64_t number) {
    return *set_slot(set, number) != 0;
}

/* ---- words ---- */

static pv_str word_at(pv_str text, pv_span word) {
    return (pv_str){text.data + word.start, word.end - word.start};
}

/* The word from its first letter to its last; empty where it has none. */
static pv_str bare(pv_str word) {
    size_t start = 0;
    size_t end = word.size;
    while (start < end && !pv_ascii_is_letter(word.data[start]))
        start++;
    while (end > start && !pv_ascii_is_letter(word.data[end - 1]))
        end--;
    return (pv_str){word.data + start, end - start};
}

/* The first bytes of text, in small letters, as one number; not 0 where there is one. */
static uint64_t beginning(pv_str text, size_t bytes) {
    uint64_t stem = 0;
    for (size_t i = 0; i < bytes; i++)
        stem = stem << 8 | (unsigned char)pv_ascii_lower(text.data[i]);
    return stem;
}

static uint64_t hash_of(pv_str word) {
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < word.size; i++)
        hash = pv_hash_byte(hash, pv_ascii_lower(word.data[i]));
    return hash == 0 ? 1 : hash;
}

#define LAST_SIZE 31u

static uint32_t size_bit(pv_str word) {
    return UINT32_C(1) << (word.size < LAST_SIZE ? word.size : LAST_SIZE);
}

/* Most words are told by their size and first letter to be none. */
static bool is_filler(const pv_stem_filler *filler, pv_str word) {
    return (filler->sizes[pv_ascii_lower(word.data[0]) - 'a'] & size_bit(word)) != 0 &&
           set_holds(&filler->words, hash_of(word));
}

/* 0: none. */
static uint64_t stem_of(pv_str word, const pv_stem_filler *filler, size_t letters) {
    word = bare(word);
    if (word.size == 0 || is_filler(filler, word))
        return 0;
    return beginning(word, word.size < letters ? word.size : letters);
}

/* ---- what a print holds ---- */

static bool begins_word(pv_str printed, size_t at) {
    return pv_ascii_is_letter(printed.data[at]) && (at == 0 || !pv_ascii_is_letter(printed.data[at - 1]));
}

/* Adds what a word at this byte may begin with, or be, to a set that has slots; how many that is. */
static size_t add_beginnings(pv_stem_print *print, pv_str printed, size_t at) {
    pv_str rest = pv_str_slice(printed, at, printed.size);
    size_t count = 0;
    for (size_t bytes = 1; bytes <= print->letters && bytes <= rest.size; bytes++) {
        bool is_word =
            pv_ascii_is_letter(rest.data[bytes - 1]) && (bytes == rest.size || !pv_ascii_is_letter(rest.data[bytes]));
        if (bytes < print->letters && !is_word)
            continue;
        uint64_t stem = beginning(rest, bytes);
        if (print->stems.slots)
            *set_slot(&print->stems, stem) = stem;
        count++;
    }
    return count;
}

static size_t add_all(pv_stem_print *print, pv_str printed) {
    size_t count = 0;
    for (size_t at = 0; at < printed.size; at++)
        if (begins_word(printed, at))
            count += add_beginnings(print, printed, at);
    return count;
}

bool pv_stem_print_read(pv_stem_print *out, pv_arena *arena, pv_str printed, size_t letters, pv_error *error) {
    assert(letters > 0 && letters <= PV_STEM_LETTERS_MOST);
    *out = (pv_stem_print){.letters = letters};
    if (!set_prepare(&out->stems, arena, add_all(out, printed)))
        return pv_fail_memory(error);
    (void)add_all(out, printed);
    return true;
}

bool pv_stem_filler_read(pv_stem_filler *out, pv_arena *arena, pv_str words, pv_error *error) {
    pv_word_list list;
    *out = (pv_stem_filler){0};
    if (!pv_words_find(arena, words, PV_WORD_METHOD_WORD, &list, error))
        return false;
    if (!set_prepare(&out->words, arena, list.count))
        return pv_fail_memory(error);
    for (size_t i = 0; i < list.count; i++) {
        pv_str word = bare(word_at(words, list.at[i]));
        if (word.size == 0)
            continue;
        uint64_t hash = hash_of(word);
        *set_slot(&out->words, hash) = hash;
        out->sizes[pv_ascii_lower(word.data[0]) - 'a'] |= size_bit(word);
    }
    return true;
}

/* ---- counting ---- */

bool pv_stems_find(pv_stem_list *out, pv_arena *arena, pv_str text, const pv_word_list *words,
                   const pv_stem_filler *filler, size_t letters, pv_error *error) {
    uint64_t *stems = PV_NEW_ARRAY(arena, uint64_t, words->count);
    *out = (pv_stem_list){.stems = stems};
    if (!stems)
        return pv_fail_memory(error);
    for (size_t i = 0; i < words->count; i++) {
        uint64_t stem = stem_of(word_at(text, words->at[i]), filler, letters);
        if (stem != 0)
            stems[out->count++] = stem;
    }
    return true;
}

static bool is_among(const pv_stem_list *list, uint64_t stem) {
    for (size_t i = 0; i < list->count; i++)
        if (list->stems[i] == stem)
            return true;
    return false;
}

static bool is_printed(const pv_stem_print *const *prints, size_t count, uint64_t stem) {
    for (size_t i = 0; i < count; i++)
        if (set_holds(&prints[i]->stems, stem))
            return true;
    return false;
}

/* Whether of so many words at the most the share cannot be printed, because of those that are not. */
static bool falls_short(const pv_stem_counts *counts, size_t most, size_t share) {
    return (counts->all - counts->printed) * PV_STEM_SHARE_ALL > most * (PV_STEM_SHARE_ALL - share);
}

pv_stem_counts pv_stems_count(pv_str text, const pv_word_list *words, const pv_stem_filler *filler,
                              const pv_stem_list *apart, const pv_stem_print *const *prints, size_t print_count,
                              size_t share) {
    pv_stem_counts counts = {0};
    assert(share <= PV_STEM_SHARE_ALL);
    for (size_t i = 0; i < words->count; i++) {
        uint64_t stem = stem_of(word_at(text, words->at[i]), filler, prints[0]->letters);
        if (stem == 0 || is_among(apart, stem))
            continue;
        counts.printed += is_printed(prints, print_count, stem);
        counts.all++;
        if (falls_short(&counts, counts.all + words->count - i - 1, share))
            break;
    }
    counts.short_of = falls_short(&counts, counts.all, share);
    return counts;
}
