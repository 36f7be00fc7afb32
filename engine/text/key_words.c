#include "text/key_words_p.h"

#include "base/hash.h"
#include "base/set.h"
#include "text/phrasing_p.h"

#define SHORTEST_PLURAL 4 /* letters: "gas" and "WIC's" stay as they are */

static const char *const contents_titles[] = {"contents", "table of contents", "index"};

static bool all_letters(pv_str word) {
    for (size_t i = 0; i < word.size; i++)
        if (!pv_ascii_is_letter(word.data[i]))
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

static pv_key_word key_word_of(pv_str text, const pv_token *token) {
    pv_str word = pv_str_slice(text, token->at.start, token->at.end);
    pv_key_word out = {token->owner, token->owner, token->at, token->capitals};
    if (!all_letters(word))
        return out;
    bool y;
    size_t size = singular_size(word, &y);
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < size; i++) {
        hash = pv_hash_byte(hash, pv_ascii_lower(word.data[i]));
        if (i + 1 == PV_KEY_STEM_LETTERS)
            out.stem = hash;
    }
    out.key = y ? pv_hash_byte(hash, 'y') : hash;
    if (size < PV_KEY_STEM_LETTERS)
        out.stem = out.key;
    return out;
}

bool pv_key_words_of(pv_arena *arena, pv_str text, const pv_token *tokens, size_t count, pv_key_words *out,
                     pv_error *error) {
    pv_key_word *words = PV_NEW_ARRAY(arena, pv_key_word, count);
    if (!words)
        return pv_fail_memory(error);
    for (int small = 0; small <= 1; small++) {
        *out = (pv_key_words){words, 0};
        for (size_t i = 0; i < count; i++)
            if (small || !pv_small_word(pv_str_slice(text, tokens[i].at.start, tokens[i].at.end)))
                words[out->count++] = key_word_of(text, &tokens[i]);
        if (out->count > 0)
            break;
    }
    return true;
}

bool pv_key_words_find(pv_arena *arena, pv_str text, pv_key_words *out, pv_error *error) {
    pv_token_list tokens;
    return pv_tokens_find(arena, text, &tokens, error) &&
           pv_key_words_of(arena, text, tokens.tokens, tokens.count, out, error);
}

bool pv_key_words_hold(const pv_key_words *list, uint64_t key, size_t before) {
    for (size_t i = 0; i < before; i++)
        if (list->words[i].key == key)
            return true;
    return false;
}

/* ---- names in running text ---- */

bool pv_name_chains_new(pv_arena *arena, const pv_key_words *names, size_t count, pv_name_chains *out,
                        pv_error *error) {
    size_t capacity = pv_slots_capacity(count);
    *out = (pv_name_chains){names, count, PV_NEW_ARRAY(arena, uint32_t, capacity), PV_NEW_ARRAY(arena, uint32_t, count),
                            capacity - 1};
    if (!out->first || !out->next)
        return pv_fail_memory(error);
    for (size_t i = count; i > 0; i--) {
        size_t slot = pv_slots_first(names[i - 1].words[0].key, out->mask);
        out->next[i - 1] = out->first[slot];
        out->first[slot] = (uint32_t)i;
    }
    return true;
}

/* Whether the words of body from start on are those of name. */
static bool stands_at(const pv_key_words *body, size_t start, const pv_key_words *name) {
    if (name->count > body->count - start)
        return false;
    for (size_t i = 0; i < name->count; i++) {
        const pv_key_word *word = &body->words[start + i], *wanted = &name->words[i];
        if (word->key != wanted->key || (wanted->capitals && !word->capitals))
            return false;
    }
    return true;
}

/* From a link of a chain on. */
static size_t next_in_chain(const pv_name_chains *chains, const pv_key_words *body, size_t start, uint32_t link) {
    while (link != 0 && !stands_at(body, start, &chains->names[link - 1]))
        link = chains->next[link - 1];
    return link != 0 ? link - 1 : chains->count;
}

size_t pv_name_chains_first(const pv_name_chains *chains, const pv_key_words *body, size_t start) {
    size_t slot = pv_slots_first(body->words[start].key, chains->mask);
    return next_in_chain(chains, body, start, chains->first[slot]);
}

size_t pv_name_chains_next(const pv_name_chains *chains, const pv_key_words *body, size_t start, size_t name) {
    return next_in_chain(chains, body, start, chains->next[name]);
}

/* ---- parts of a text ---- */

pv_token_list pv_tokens_in(const pv_token_list *tokens, size_t *from, pv_span span) {
    while (*from < tokens->count && tokens->tokens[*from].at.start < span.start)
        ++*from;
    size_t start = *from;
    while (*from < tokens->count && tokens->tokens[*from].at.end <= span.end)
        ++*from;
    return (pv_token_list){tokens->tokens + start, *from - start};
}

bool pv_is_contents_title(pv_str title) {
    return pv_phrasing_is_one_of(title, contents_titles, sizeof contents_titles / sizeof contents_titles[0],
                                 pv_str_equal_ascii_folded);
}
