#include "text/key_words.h"

#include "base/hash.h"
#include "text/small_words.h"

#define SHORTEST_PLURAL 4 /* letters: "gas" and "WIC's" stay as they are */

static bool is_ascii_letter(char c) {
    char lower = pv_ascii_lower(c);
    return lower >= 'a' && lower <= 'z';
}

static bool all_letters(pv_str word) {
    for (size_t i = 0; i < word.size; i++)
        if (!is_ascii_letter(word.data[i]))
            return false;
    return true;
}

/* Bytes of word without its plural ending; *y: an "ies" that stands for "y". */
static size_t singular_size(pv_str word, bool *y) {
    *y = false;
    size_t size = word.size;
    if (size < SHORTEST_PLURAL || pv_ascii_lower(word.data[size - 1]) != 's')
        return size;
    char before = pv_ascii_lower(word.data[size - 2]);
    if (before == 's' || before == 'u' || before == 'i')
        return size;
    *y = size > SHORTEST_PLURAL && before == 'e' && pv_ascii_lower(word.data[size - 3]) == 'i';
    return *y ? size - 3 : size - 1;
}

static uint64_t key_of(pv_str word, const pv_token *token) {
    if (!all_letters(word))
        return token->owner;
    bool y;
    size_t size = singular_size(word, &y);
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < size; i++)
        hash = pv_hash_byte(hash, pv_ascii_lower(word.data[i]));
    return y ? pv_hash_byte(hash, 'y') : hash;
}

bool pv_key_words_of(pv_arena *arena, pv_str text, const pv_token *tokens, size_t count, pv_key_word_list *out,
                     pv_error *error) {
    pv_key_word *words = PV_NEW_ARRAY(arena, pv_key_word, count);
    if (!words)
        return pv_fail_memory(error);
    for (int small = 0; small <= 1; small++) {
        *out = (pv_key_word_list){words, 0};
        for (size_t i = 0; i < count; i++) {
            pv_str word = pv_str_slice(text, tokens[i].at.start, tokens[i].at.end);
            if (small || !pv_small_word(word))
                words[out->count++] = (pv_key_word){key_of(word, &tokens[i]), tokens[i].at, tokens[i].capitals};
        }
        if (out->count > 0)
            break;
    }
    return true;
}

bool pv_key_words_find(pv_arena *arena, pv_str text, pv_key_word_list *out, pv_error *error) {
    pv_token_list tokens;
    return pv_tokens_find(arena, text, &tokens, error) &&
           pv_key_words_of(arena, text, tokens.tokens, tokens.count, out, error);
}
