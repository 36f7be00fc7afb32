#include "text/word_tables_p.h"

#include "base/set.h"
#include "base/utf8.h"

/* ---- tables ---- */

bool pv_word_table_new(pv_word_table *out, pv_arena *arena, size_t count, pv_error *error) {
    const size_t capacity = pv_slots_capacity(count + 1);
    out->keys = PV_NEW_ARRAY(arena, uint64_t, capacity);
    out->values = PV_NEW_ARRAY(arena, uint32_t, capacity);
    out->mask = capacity - 1;
    return (out->keys && out->values) || pv_fail_memory(error);
}

/* The slot of the key, or a free one; SIZE_MAX when too many collide. */
static size_t slot_of(const pv_word_table *table, uint64_t key) {
    size_t slot = pv_slots_first(key, table->mask);
    for (size_t steps = 0; table->keys[slot] != 0 && table->keys[slot] != key; steps++) {
        if (steps == PV_SET_STEPS)
            return SIZE_MAX;
        slot = pv_slots_next(slot, table->mask);
    }
    return slot;
}

uint32_t *pv_word_table_find(const pv_word_table *table, uint64_t key) {
    const size_t slot = slot_of(table, key);
    return slot != SIZE_MAX && table->keys[slot] == key ? &table->values[slot] : NULL;
}

uint32_t *pv_word_table_put(pv_word_table *table, uint64_t key, pv_error *error) {
    const size_t slot = slot_of(table, key);
    if (slot == SIZE_MAX) {
        pv_fail(error, PV_ERROR_LIMIT, "more than %zu words of a text fall together in a table", PV_SET_STEPS);
        return NULL;
    }
    table->keys[slot] = key;
    return &table->values[slot];
}

pv_str pv_take_word(pv_str *words) {
    const size_t end = pv_str_find(*words, PV_STR("|"), 0);
    const pv_str word = pv_str_slice(*words, 0, end == SIZE_MAX ? words->size : end);
    *words = end == SIZE_MAX ? PV_STR("") : pv_str_slice(*words, end + 1, words->size);
    return word;
}

size_t pv_count_words(pv_str words) {
    size_t count = 0;
    while (words.size > 0) {
        (void)pv_take_word(&words);
        count++;
    }
    return count;
}

bool pv_word_table_add(pv_word_table *table, pv_str words, uint32_t bits, pv_error *error) {
    while (words.size > 0) {
        uint32_t *number = pv_word_table_put(table, pv_token_hash_of(pv_take_word(&words)), error);
        if (!number)
            return false;
        *number |= bits;
    }
    return true;
}

bool pv_word_table_of(pv_word_table *out, pv_arena *arena, pv_str words, pv_error *error) {
    return pv_word_table_new(out, arena, pv_count_words(words), error) && pv_word_table_add(out, words, 1, error);
}

/* ---- letters ---- */

#define BASE UINT64_C(0x9E3779B97F4A7C15) /* odd */

pv_letters pv_letters_add(pv_letters letters, uint32_t character) {
    return (pv_letters){letters.hash * BASE + character, letters.power * BASE, letters.count + 1};
}

pv_letters pv_letters_join(pv_letters first, pv_letters second) {
    return (pv_letters){first.hash * second.power + second.hash, first.power * second.power,
                        first.count + second.count};
}

uint64_t pv_letters_key(pv_letters letters) {
    const uint64_t mixed = (letters.hash ^ letters.hash >> 31) * UINT64_C(0xD6E8FEB86659FD93) + letters.count;
    return mixed == 0 ? 1 : mixed;
}

pv_letters pv_letters_of(pv_str word) {
    pv_letters letters = PV_LETTERS_NONE;
    for (size_t at = 0; at < word.size;) {
        size_t length;
        const uint32_t character = pv_utf8_decode(word, at, &length);
        if (character < 0x80) {
            if (pv_ascii_is_letter_or_digit((char)character))
                letters = pv_letters_add(letters, (unsigned char)pv_ascii_lower((char)character));
        } else if (pv_is_letter_or_number(character)) {
            int32_t folded[8];
            const size_t count = pv_utf8_fold(pv_str_slice(word, at, at + length), folded, 8);
            for (size_t i = 0; i < count && i < 8; i++)
                if (pv_is_letter_or_number((uint32_t)folded[i]))
                    letters = pv_letters_add(letters, (uint32_t)folded[i]);
        }
        at += length;
    }
    return letters;
}
