#include "text/naming.h"

#include <string.h>

#include "base/array.h"
#include "base/bytes.h"
#include "base/set.h"
#include "base/utf8.h"
#include "text/naming_p.h"

/* ---- the lexicon ---- */

typedef struct entry {
    uint64_t word;    /* hash; 0: free */
    uint64_t spelled; /* hash of the word that stands for it */
    pv_naming_kinds kinds;
    bool is_variant; /* spelled otherwise than the word that stands for it */
} entry;

struct pv_lexicon {
    entry *entries;
    size_t mask;
    pv_filter filter; /* most words of a text are not in it */
};

static entry *slot_of(const pv_lexicon *lexicon, uint64_t word) {
    size_t slot = pv_slots_first(word, lexicon->mask);
    while (lexicon->entries[slot].word != 0 && lexicon->entries[slot].word != word)
        slot = pv_slots_next(slot, lexicon->mask);
    return &lexicon->entries[slot];
}

/* The hash of a word, "-ize" and what is made of it written with an s: "-ise" is the same word. */
static uint64_t hash_of(pv_str word, uint64_t hash_as_written) {
    static const char *const endings[] = {"ize",     "izes",     "ized",      "izing", "izer", "izers",
                                          "ization", "izations", "izational", "yze",   "yzed", "yzing"};
    if (word.size < 6 || !(memchr(word.data, 'z', word.size) || memchr(word.data, 'Z', word.size)))
        return hash_as_written;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        pv_str ending = pv_str_from(endings[i]);
        if (word.size <= ending.size + 1 ||
            !pv_str_equal_ascii_folded(pv_str_slice(word, word.size - ending.size, word.size), ending))
            continue;
        pv_token_hash hash = PV_TOKEN_HASH_NONE;
        for (size_t at = 0; at < word.size; at++)
            pv_token_hash_add(&hash, at == word.size - ending.size + 1 ? 's' : pv_ascii_lower(word.data[at]));
        return pv_token_hash_end(&hash);
    }
    return hash_as_written;
}

static entry *entry_of(const pv_lexicon *lexicon, pv_str word) {
    uint64_t hash = hash_of(word, pv_token_hash_of(word));
    entry *own = slot_of(lexicon, hash);
    if (own->word == 0) {
        own->word = own->spelled = hash;
        pv_filter_add(lexicon->filter, hash);
    }
    return own;
}

/* The first of the words with "|" between, which are then those after it. */
static pv_str take_word(pv_str *words) {
    size_t end = 0;
    while (end < words->size && words->data[end] != '|')
        end++;
    pv_str word = pv_str_slice(*words, 0, end);
    *words = pv_str_slice(*words, end < words->size ? end + 1 : end, words->size);
    return word;
}

static size_t words_of_language(void) {
    size_t count = 0;
    for (size_t i = 0; i < pv_english_naming_group_count; i++)
        for (pv_str words = pv_english_naming_groups[i].words; words.size > 0; count++)
            (void)take_word(&words);
    for (size_t i = 0; i < pv_english_spelling_count; i++)
        for (pv_str words = pv_english_spellings[i].words; words.size > 0; count++)
            (void)take_word(&words);
    return count;
}

bool pv_lexicon_build(pv_lexicon **out, pv_arena *arena, pv_error *error) {
    size_t capacity = pv_slots_capacity(words_of_language());
    pv_lexicon *lexicon = PV_NEW(arena, pv_lexicon);
    if (!lexicon)
        return pv_fail_memory(error);
    lexicon->entries = PV_NEW_ARRAY(arena, entry, capacity);
    lexicon->mask = capacity - 1;
    lexicon->filter = pv_filter_new(arena, capacity / 2);
    if (!lexicon->entries || !lexicon->filter.words)
        return pv_fail_memory(error);
    for (size_t i = 0; i < pv_english_naming_group_count; i++)
        for (pv_str words = pv_english_naming_groups[i].words; words.size > 0;)
            entry_of(lexicon, take_word(&words))->kinds |= pv_english_naming_groups[i].kinds;
    for (size_t i = 0; i < pv_english_spelling_count; i++) {
        pv_str words = pv_english_spellings[i].words;
        const entry *standing = entry_of(lexicon, take_word(&words));
        while (words.size > 0) {
            entry *variant = entry_of(lexicon, take_word(&words));
            variant->kinds |= standing->kinds | pv_english_spellings[i].kinds;
            variant->spelled = standing->word;
            variant->is_variant = true;
        }
    }
    *out = lexicon;
    return true;
}

/* ---- reading ---- */

typedef struct naming_reader {
    const pv_lexicon *lexicon;
    pv_str text;
    pv_token *tokens;
    pv_naming_word *words;
    size_t count;
} naming_reader;

static bool is_bullet(uint32_t character) {
    return character == '-' || character == '*' || character == 0x2022 || character == 0x2013 || character == 0x25AA ||
           character == 0xF0B7;
}

/* Whether the dot at offset, behind a word, closes a sentence rather than an abbreviation. */
static bool closes_sentence(pv_str text, size_t offset, bool abbreviated) {
    size_t length;
    return !abbreviated &&
           (offset + 1 >= text.size || pv_utf8_is_white_space(pv_utf8_decode(text, offset + 1, &length)));
}

/* What stands between two words; at: the "&" among it, or SIZE_MAX. */
static uint16_t gap_between(pv_str text, size_t start, size_t end, bool abbreviated, size_t *ampersand) {
    uint16_t gap = 0;
    size_t line_feeds = 0;
    if (end == start + 1 && text.data[start] == ' ')
        return 0; /* as between nearly all words */
    for (size_t offset = start; offset < end;) {
        size_t length;
        uint32_t character = pv_utf8_decode(text, offset, &length);
        switch (character) {
        case ' ':
            break;
        case '\n':
            if (++line_feeds > 1)
                gap |= PV_GAP_STOP;
            break;
        case ',':
        case ';':
            gap |= PV_GAP_COMMA;
            break;
        case '/':
            gap |= PV_GAP_SLASH;
            break;
        case ':':
            gap |= PV_GAP_COLON;
            break;
        case '(':
        case '[':
            gap |= PV_GAP_OPEN;
            break;
        case ')':
        case ']':
            gap |= PV_GAP_CLOSE;
            break;
        case '?':
        case '!':
        case 0x2029:
            gap |= PV_GAP_STOP;
            break;
        case '.':
            if (closes_sentence(text, offset, abbreviated))
                gap |= PV_GAP_STOP;
            break;
        case '&':
        case '+':
        case 0xFF06:
            *ampersand = offset;
            break;
        default:
            if (line_feeds > 0 && is_bullet(character))
                gap |= PV_GAP_COMMA | PV_GAP_ITEM;
        }
        offset += length;
    }
    return gap;
}

static bool starts_with_capital(pv_str text, size_t offset) {
    size_t length;
    if ((unsigned char)text.data[offset] < 0x80)
        return text.data[offset] >= 'A' && text.data[offset] <= 'Z';
    uint32_t character = pv_utf8_decode(text, offset, &length);
    return pv_utf8_lower(character) != character;
}

/* "county" of "county's". */
static pv_str without_s(pv_str possessive) {
    size_t end = possessive.size - 1;
    return pv_str_slice(possessive, 0, pv_utf8_previous(possessive, end));
}

/* "the members'" */
static bool ends_in_possessive(pv_str text, pv_span at) {
    size_t length;
    if (at.end >= text.size || pv_ascii_lower(text.data[at.end - 1]) != 's')
        return false;
    uint32_t next = pv_utf8_decode(text, at.end, &length);
    return next == '\'' || next == 0x2019;
}

/* Whether a z stands in the eight bytes before end, as in each of the endings of hash_of; true where there are
 * fewer. */
static bool z_before(pv_str text, size_t end) {
    return end < PV_BYTES_WORD ||
           pv_bytes_equal(pv_bytes_load(text.data + end - PV_BYTES_WORD) | PV_BYTES_ONES * 0x20, 'z') != 0;
}

/* Takes the word of a token; true when it is an abbreviation, so that a dot after it closes nothing. */
static bool take_token(naming_reader *reader, const pv_token *token, uint16_t gap) {
    pv_str text = reader->text;
    pv_str written = pv_str_slice(text, token->at.start, token->at.end);
    bool possessive = token->owner != token->hash;
    bool of_several = !possessive && ends_in_possessive(text, token->at);
    pv_token spelled = *token;
    pv_naming_word word = {
        .gap = gap, .capital = starts_with_capital(text, token->at.start), .possessive = possessive || of_several};
    if (possessive || z_before(text, token->at.end))
        spelled.owner = hash_of(possessive ? without_s(written) : written, token->owner);
    const entry *known = NULL;
    if (pv_filter_passes(reader->lexicon->filter, spelled.owner))
        known = slot_of(reader->lexicon, spelled.owner);
    bool dotted = token->at.end < text.size && text.data[token->at.end] == '.';
    if (known && (known->word == 0 || ((known->kinds & PV_NAMING_CAPITALS) && !token->capitals) ||
                  ((known->kinds & PV_NAMING_DOTTED) && !dotted)))
        known = NULL;
    if (known) {
        word.kinds = known->kinds;
        spelled.owner = known->spelled;
    }
    if (!possessive)
        spelled.hash = spelled.owner;
    reader->tokens[reader->count] = spelled;
    reader->words[reader->count++] = word;
    return (known && known->is_variant) || (word.capital && !token->capitals && written.size <= 3);
}

static void take_ampersand(naming_reader *reader, size_t offset, uint16_t gap) {
    uint64_t hash = pv_token_hash_of(PV_STR("and"));
    reader->tokens[reader->count] =
        (pv_token){.hash = hash, .owner = hash, .at = {(uint32_t)offset, (uint32_t)offset + 1}};
    reader->words[reader->count++] = (pv_naming_word){.kinds = PV_NAMING_JOINS, .gap = gap};
}

/* The member that begins at word at, or behind "and" there; count: none. */
static size_t member_at(const pv_naming_word *words, size_t count, size_t at) {
    while (at < count && pv_naming_is(&words[at], PV_NAMING_JOINS) && !(words[at].gap & PV_GAP_STOP))
        at++;
    return at < count && words[at].opens && !(words[at].gap & PV_GAP_STOP) ? at : count;
}

size_t pv_naming_member_after(const pv_naming *naming, size_t end) {
    const pv_naming_word *words = naming->words;
    size_t count = naming->tokens.count;
    if (end >= count)
        return count;
    if (words[end].gap & PV_GAP_OPEN)
        for (size_t at = end; at < count && at <= end + PV_BRACKET_WORDS_MOST; at++)
            if (words[at].gap & PV_GAP_CLOSE)
                return member_at(words, count, at);
    return member_at(words, count, end);
}

/* Whether "of" at the word says whose the office before it is ("departments of the county"), not which. */
static bool is_of_owner(const naming_reader *reader, size_t at) {
    for (size_t next = at + 1; next < reader->count && next < at + PV_BRACKET_WORDS_MOST; next++) {
        if (reader->words[next].gap != 0 || pv_naming_is(&reader->words[next], PV_NAMING_BREAK | PV_NAMING_JOINS))
            return false;
        if (pv_naming_is(&reader->words[next], PV_NAMING_LOCAL))
            return true;
    }
    return false;
}

/* Whether the members before may share the word at with the member that begins at first. */
static bool may_be_shared(const naming_reader *reader, size_t first, size_t at, bool after_preposition) {
    const pv_naming_word *words = reader->words, *word = &words[at];
    if (!pv_naming_is(word, PV_NAMING_HEAD | PV_NAMING_TAIL) ||
        (at + 1 < reader->count && pv_naming_is(&words[at + 1], PV_NAMING_OF) && !is_of_owner(reader, at + 1)))
        return false;
    if (at == first)
        return pv_naming_is(&words[at - 1], PV_NAMING_PREPOSITION);
    if (pv_naming_is(&words[at - 1], PV_NAMING_ARTICLE))
        return false;
    if (!pv_naming_is(word, PV_NAMING_HEAD))
        return true;
    /* One department belongs to the last member, unless the whole is written as its name. */
    return !after_preposition && (pv_naming_is(word, PV_NAMING_PLURAL) || (word->capital && words[first].capital) ||
                                  (words[first].gap & PV_GAP_SLASH));
}

/* What the members before the one at first may share with it and with those after it; what comes after is known. */
static void find_tails(const naming_reader *reader, size_t first) {
    pv_naming_word *words = reader->words;
    size_t count = reader->count, next = count, found = 0;
    bool joined = pv_naming_is(&words[first - 1], PV_NAMING_JOINS) || (words[first].gap & PV_GAP_SLASH);
    bool after_preposition = false;
    uint8_t own[PV_NAMING_TAILS];
    if (pv_naming_is(&words[first], PV_NAMING_ARTICLE | PV_NAMING_OURS | PV_NAMING_ITS))
        return; /* it stands by itself */
    for (size_t at = first; at < count && at < first + PV_MEMBER_WORDS_MOST; at++) {
        const pv_naming_word *word = &words[at];
        if (at > first && (word->opens || pv_naming_is(word, PV_NAMING_JOINS))) {
            next = member_at(words, count, at);
            break;
        }
        if ((at > first && (word->gap & PV_GAP_BARRIER)) ||
            (pv_naming_is(word, PV_NAMING_BREAK) && !pv_naming_is(word, PV_NAMING_PREPOSITION)))
            break;
        if (found < PV_NAMING_TAILS && may_be_shared(reader, first, at, after_preposition))
            own[found++] = (uint8_t)(at - first);
        after_preposition |= pv_naming_is(word, PV_NAMING_PREPOSITION);
    }
    size_t kept = 0;
    joined |= found > 0 && own[0] == 0;
    if (joined || (next < count && (words[next].gap & PV_GAP_JOINED))) {
        words[first].gap |= PV_GAP_JOINED;
        for (; kept < found; kept++)
            words[first].tails[kept] = own[kept] == 0 ? UINT8_MAX : own[kept];
    }
    for (size_t i = 0; next < count && i < PV_NAMING_TAILS && kept < PV_NAMING_TAILS && words[next].tails[i] != 0;
         i++) {
        size_t distance = next - first + (words[next].tails[i] == UINT8_MAX ? 0 : words[next].tails[i]);
        if (distance < UINT8_MAX)
            words[first].tails[kept++] = (uint8_t)distance;
    }
}

bool pv_naming_read(pv_naming *out, const pv_lexicon *lexicon, pv_arena *arena, pv_str text,
                    const pv_token_list *tokens, pv_error *error) {
    naming_reader reader = {.lexicon = lexicon, .text = text};
    size_t most = tokens->count == 0 ? 0 : 2 * tokens->count - 1; /* an "&" between any two */
    reader.tokens = pv_arena_room(arena, most * sizeof *reader.tokens);
    reader.words = pv_arena_room(arena, most * sizeof *reader.words);
    if (!reader.tokens || !reader.words)
        return pv_fail_memory(error);
    size_t end = 0;
    bool abbreviated = false;
    for (size_t i = 0; i < tokens->count; i++) {
        const pv_token *token = &tokens->tokens[i];
        size_t ampersand = SIZE_MAX;
        uint16_t gap = i == 0 ? PV_GAP_STOP : gap_between(text, end, token->at.start, abbreviated, &ampersand);
        if (ampersand != SIZE_MAX) {
            take_ampersand(&reader, ampersand, gap);
            gap = 0;
        }
        abbreviated = take_token(&reader, token, gap);
        end = token->at.end;
    }
    for (size_t i = 1; i < reader.count; i++)
        reader.words[i].opens = !pv_naming_is(&reader.words[i], PV_NAMING_JOINS) &&
                                ((reader.words[i].gap & (PV_GAP_COMMA | PV_GAP_SLASH)) ||
                                 pv_naming_is(&reader.words[i - 1], PV_NAMING_JOINS));
    for (size_t i = reader.count; i-- > 1;)
        if (reader.words[i].opens)
            find_tails(&reader, i);
    *out = (pv_naming){{reader.tokens, reader.count}, reader.words};
    return true;
}

bool pv_naming_starts_member(const pv_naming *naming, size_t at, bool *of_again) {
    size_t first = at;
    *of_again = false;
    while (first > 0 && at - first < 2 && !naming->words[first].opens &&
           pv_naming_is(&naming->words[first - 1], PV_NAMING_OF | PV_NAMING_ARTICLE)) {
        first--;
        *of_again |= pv_naming_is(&naming->words[first], PV_NAMING_OF);
    }
    return naming->words[first].opens;
}

bool pv_naming_ends_at(const pv_naming *naming, size_t end) {
    return end >= naming->tokens.count || (naming->words[end].gap & ~PV_GAP_JOINED) != 0 ||
           pv_naming_is(&naming->words[end], PV_NAMING_JOINS | PV_NAMING_BREAK | PV_NAMING_HEAD | PV_NAMING_STAFF |
                                                 PV_NAMING_ARTICLE | PV_NAMING_ITS);
}
