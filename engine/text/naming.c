#include "text/naming.h"

#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/set.h"
#include "base/utf8.h"
#include "text/naming_p.h"

#define MEMBER_WORDS_MOST 8 /* of a coordination; longer ones are no names */
#define BRACKET_WORDS_MOST 5

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
        uint64_t hash = PV_HASH_SEED;
        for (size_t at = 0; at < word.size; at++)
            hash = pv_hash_byte(hash, at == word.size - ending.size + 1 ? 's' : pv_ascii_lower(word.data[at]));
        return hash;
    }
    return hash_as_written;
}

static entry *entry_of(const pv_lexicon *lexicon, pv_str word) {
    uint64_t hash = hash_of(word, pv_hash_continue(PV_HASH_SEED, word));
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

enum {
    GAP_COMMA = 1u << 0,
    GAP_SLASH = 1u << 1,
    GAP_SEMICOLON = 1u << 2, /* with a comma */
    GAP_COLON = 1u << 3,
    GAP_STOP = 1u << 4, /* a sentence or paragraph ends */
    GAP_OPEN = 1u << 5, /* a bracket */
    GAP_CLOSE = 1u << 6,
    GAP_ITEM = PV_NAMING_ITEM, /* with a comma: a new item of a list */
    GAP_JOINED = 1u << 7,      /* no gap: "and" or a slash stands before this member or one after it */
};

static_assert(PV_NAMING_STOP == GAP_STOP && PV_NAMING_BARRIER == (GAP_STOP | GAP_SEMICOLON), "one bit each");
static_assert(PV_NAMING_COMMA == GAP_COMMA, "one bit each");

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
    for (size_t offset = start; offset < end;) {
        size_t length;
        uint32_t character = pv_utf8_decode(text, offset, &length);
        switch (character) {
        case ' ':
            break;
        case '\n':
            if (++line_feeds > 1)
                gap |= GAP_STOP;
            break;
        case ',':
        case ';':
            gap |= GAP_COMMA;
            break;
        case '/':
            gap |= GAP_SLASH;
            break;
        case ':':
            gap |= GAP_COLON;
            break;
        case '(':
        case '[':
            gap |= GAP_OPEN;
            break;
        case ')':
        case ']':
            gap |= GAP_CLOSE;
            break;
        case '?':
        case '!':
        case 0x2029:
            gap |= GAP_STOP;
            break;
        case '.':
            if (closes_sentence(text, offset, abbreviated))
                gap |= GAP_STOP;
            break;
        case '&':
        case '+':
        case 0xFF06:
            *ampersand = offset;
            break;
        default:
            if (line_feeds > 0 && is_bullet(character))
                gap |= GAP_COMMA | GAP_ITEM;
        }
        offset += length;
    }
    return gap;
}

static bool starts_with_capital(pv_str text, size_t offset) {
    size_t length;
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

/* Takes the word of a token; true when it is an abbreviation, so that a dot after it closes nothing. */
static bool take_token(naming_reader *reader, const pv_token *token, uint16_t gap) {
    pv_str text = reader->text;
    pv_str written = pv_str_slice(text, token->at.start, token->at.end);
    bool possessive = token->owner != token->hash;
    bool of_several = !possessive && ends_in_possessive(text, token->at);
    pv_token spelled = *token;
    pv_naming_word word = {
        .gap = gap, .capital = starts_with_capital(text, token->at.start), .possessive = possessive || of_several};
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
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, PV_STR("and"));
    reader->tokens[reader->count] =
        (pv_token){.hash = hash, .owner = hash, .at = {(uint32_t)offset, (uint32_t)offset + 1}};
    reader->words[reader->count++] = (pv_naming_word){.kinds = PV_NAMING_JOINS, .gap = gap};
}

static bool is(const pv_naming_word *word, pv_naming_kinds kinds) {
    return (word->kinds & kinds) != 0;
}

/* The member that begins at word at, or behind "and" there; count: none. */
static size_t member_at(const pv_naming_word *words, size_t count, size_t at) {
    while (at < count && is(&words[at], PV_NAMING_JOINS) && !(words[at].gap & GAP_STOP))
        at++;
    return at < count && words[at].opens && !(words[at].gap & GAP_STOP) ? at : count;
}

size_t pv_naming_member_after(const pv_naming *naming, size_t end) {
    const pv_naming_word *words = naming->words;
    size_t count = naming->tokens.count;
    if (end >= count)
        return count;
    if (words[end].gap & GAP_OPEN)
        for (size_t at = end; at < count && at <= end + BRACKET_WORDS_MOST; at++)
            if (words[at].gap & GAP_CLOSE)
                return member_at(words, count, at);
    return member_at(words, count, end);
}

/* Whether the members before may share the word at with the member that begins at first. */
static bool may_be_shared(const naming_reader *reader, size_t first, size_t at, bool after_preposition) {
    const pv_naming_word *words = reader->words, *word = &words[at];
    if (!is(word, PV_NAMING_HEAD | PV_NAMING_TAIL) || (at + 1 < reader->count && is(&words[at + 1], PV_NAMING_OF)))
        return false;
    if (at == first)
        return is(&words[at - 1], PV_NAMING_PREPOSITION);
    if (is(&words[at - 1], PV_NAMING_ARTICLE))
        return false;
    if (!is(word, PV_NAMING_HEAD))
        return true;
    /* One department belongs to the last member, unless the whole is written as its name. */
    return !after_preposition &&
           (is(word, PV_NAMING_PLURAL) || (word->capital && words[first].capital) || (words[first].gap & GAP_SLASH));
}

/* What the members before the one at first may share with it and with those after it; what comes after is known. */
static void find_tails(const naming_reader *reader, size_t first) {
    pv_naming_word *words = reader->words;
    size_t count = reader->count, next = count, found = 0;
    bool joined = is(&words[first - 1], PV_NAMING_JOINS) || (words[first].gap & GAP_SLASH);
    bool after_preposition = false;
    uint8_t own[PV_NAMING_TAILS];
    if (is(&words[first], PV_NAMING_ARTICLE | PV_NAMING_OURS | PV_NAMING_ITS))
        return; /* it stands by itself */
    for (size_t at = first; at < count && at < first + MEMBER_WORDS_MOST; at++) {
        const pv_naming_word *word = &words[at];
        if (at > first && (word->opens || is(word, PV_NAMING_JOINS))) {
            next = member_at(words, count, at);
            break;
        }
        if ((at > first && (word->gap & PV_NAMING_BARRIER)) ||
            (is(word, PV_NAMING_BREAK) && !is(word, PV_NAMING_PREPOSITION)))
            break;
        if (found < PV_NAMING_TAILS && may_be_shared(reader, first, at, after_preposition))
            own[found++] = (uint8_t)(at - first);
        after_preposition |= is(word, PV_NAMING_PREPOSITION);
    }
    size_t kept = 0;
    joined |= found > 0 && own[0] == 0;
    if (joined || (next < count && (words[next].gap & GAP_JOINED))) {
        words[first].gap |= GAP_JOINED;
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
    reader.tokens = PV_NEW_ARRAY(arena, pv_token, most);
    reader.words = PV_NEW_ARRAY(arena, pv_naming_word, most);
    if (!reader.tokens || !reader.words)
        return pv_fail_memory(error);
    size_t end = 0;
    bool abbreviated = false;
    for (size_t i = 0; i < tokens->count; i++) {
        const pv_token *token = &tokens->tokens[i];
        size_t ampersand = SIZE_MAX;
        uint16_t gap = i == 0 ? GAP_STOP : gap_between(text, end, token->at.start, abbreviated, &ampersand);
        if (ampersand != SIZE_MAX) {
            take_ampersand(&reader, ampersand, gap);
            gap = 0;
        }
        abbreviated = take_token(&reader, token, gap);
        end = token->at.end;
    }
    for (size_t i = 1; i < reader.count; i++)
        reader.words[i].opens =
            !is(&reader.words[i], PV_NAMING_JOINS) &&
            ((reader.words[i].gap & (GAP_COMMA | GAP_SLASH)) || is(&reader.words[i - 1], PV_NAMING_JOINS));
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
           is(&naming->words[first - 1], PV_NAMING_OF | PV_NAMING_ARTICLE)) {
        first--;
        *of_again |= is(&naming->words[first], PV_NAMING_OF);
    }
    return naming->words[first].opens;
}

bool pv_naming_ends_at(const pv_naming *naming, size_t end) {
    return end >= naming->tokens.count || (naming->words[end].gap & ~GAP_JOINED) != 0 ||
           is(&naming->words[end],
              PV_NAMING_JOINS | PV_NAMING_BREAK | PV_NAMING_HEAD | PV_NAMING_STAFF | PV_NAMING_ARTICLE | PV_NAMING_ITS);
}

/* ---- whose a name is ---- */

static const char *const owner_names[] = {
    [PV_OWNER_LOCAL] = "local", [PV_OWNER_STATE] = "state",     [PV_OWNER_FEDERAL] = "federal",
    [PV_OWNER_OURS] = "ours",   [PV_OWNER_PRIVATE] = "private", [PV_OWNER_OTHER] = "other",
};

const char *pv_owner_name(pv_owner owner) {
    return owner_names[owner];
}

#define BACK_MOST 5      /* words before a name that are looked at */
#define UNKNOWN_MOST 2   /* of them such as nothing is known of */
#define SERIES_MOST 60   /* words of a coordination before a name */
#define SENTENCE_MOST 60 /* words before "its" in which whose that is must stand */

static pv_span span_of(const pv_naming *naming, size_t first, size_t end) {
    return (pv_span){naming->tokens.tokens[first].at.start, naming->tokens.tokens[end - 1].at.end};
}

static bool range_is(const pv_naming *naming, size_t first, size_t end, pv_naming_kinds kinds) {
    for (size_t at = first; at < end; at++)
        if (is(&naming->words[at], kinds))
            return true;
    return false;
}

/* Whether something local is spoken of before the word at, in its sentence. */
static bool local_before(const pv_naming *naming, size_t at) {
    for (size_t steps = 0; at > 0 && steps < SENTENCE_MOST && !(naming->words[at].gap & GAP_STOP); steps++)
        if (is(&naming->words[--at], PV_NAMING_LOCAL))
            return true;
    return false;
}

/* "Health Net's": the capital words before a possessive belong to it. */
static pv_span possessor(const pv_naming *naming, size_t at) {
    size_t first = at;
    while (first > 0 && at - first < 4 && (naming->words[first].gap & ~GAP_JOINED) == 0 &&
           naming->words[first - 1].capital && !is(&naming->words[first - 1], PV_NAMING_BREAK | PV_NAMING_ARTICLE))
        first--;
    return span_of(naming, first, at + 1);
}

/* What a name is written as, which tells how far the words before it reach. */
typedef enum name_form {
    FORM_ACRONYM, /* nobody's but by the word next to it: "our partners' DPH" */
    FORM_OFFICE,  /* "department of public health" */
    FORM_BARE,    /* "public health": a thing, too, which people of a county have */
} name_form;

static name_form form_of(const pv_naming *naming, const pv_naming_range *name) {
    if (name->end == name->first + 1 && naming->tokens.tokens[name->first].capitals)
        return FORM_ACRONYM;
    bool office =
        name->head != name->head_end || name->tail != 0 || range_is(naming, name->first, name->end, PV_NAMING_HEAD);
    return office ? FORM_OFFICE : FORM_BARE;
}

/* Whose what follows the word at is, where that word says so. between: words between it and the name. */
static pv_ownership said_by(const pv_naming *naming, size_t at, size_t between, name_form form) {
    const pv_naming_word *word = &naming->words[at];
    pv_ownership said = {.owned_by = span_of(naming, at, at + 1)};
    bool joined = at > 1 && is(&naming->words[at - 1], PV_NAMING_JOINS);
    if (is(word, PV_NAMING_LOCAL) && (between == 0 || word->possessive || form != FORM_BARE))
        said.owner = PV_OWNER_LOCAL;
    else if (is(word, PV_NAMING_STATE))
        said.owner = joined && is(&naming->words[at - 2], PV_NAMING_LOCAL) ? PV_OWNER_LOCAL : PV_OWNER_STATE;
    else if (is(word, PV_NAMING_FEDERAL))
        said.owner = PV_OWNER_FEDERAL;
    else if (is(word, PV_NAMING_PRIVATE))
        said.owner = PV_OWNER_PRIVATE;
    else if (is(word, PV_NAMING_HOUSE) && at > 0 && is(&naming->words[at - 1], PV_NAMING_WITHIN)) {
        said.owner = PV_OWNER_OURS;
        said.owned_by = span_of(naming, at - 1, at + 1);
    } else if (is(word, PV_NAMING_PLAN) ? word->possessive || between == 0
                                        : is(word, PV_NAMING_OURS) && (form != FORM_ACRONYM || between == 0)) {
        said.owner = PV_OWNER_OURS;
    } else if (is(word, PV_NAMING_ITS))
        said.owner = local_before(naming, at) ? PV_OWNER_LOCAL : PV_OWNER_OTHER;
    else if (is(word, PV_NAMING_ANOTHER) && between == 0)
        said.owner = PV_OWNER_OTHER;
    else if (word->possessive && !is(word, PV_NAMING_TIME)) {
        said.owner = PV_OWNER_OTHER;
        said.owned_by = possessor(naming, at);
    }
    return said;
}

/* What the words directly before the word first say. */
static pv_ownership owned_before(const pv_naming *naming, size_t first, name_form form) {
    size_t unknown = 0;
    for (size_t between = 0; between < BACK_MOST && first > between; between++) {
        size_t at = first - between - 1;
        const pv_naming_word *word = &naming->words[at];
        if ((naming->words[at + 1].gap & ~GAP_JOINED) != 0 ||
            is(word, PV_NAMING_BREAK | PV_NAMING_JOINS | PV_NAMING_PARTNER))
            break;
        pv_ownership said = said_by(naming, at, between, form);
        if (said.owner != PV_OWNER_NONE)
            return said;
        if (!is(word, PV_NAMING_OWN | PV_NAMING_ARTICLE | PV_NAMING_OF) && ++unknown > UNKNOWN_MOST)
            break;
    }
    return (pv_ownership){0};
}

/* "… of the State", "… at our plan", "… of the county". */
static pv_ownership owned_after(const pv_naming *naming, size_t end) {
    size_t count = naming->tokens.count;
    if (end >= count || naming->words[end].gap != 0 || !is(&naming->words[end], PV_NAMING_WITHIN))
        return (pv_ownership){0};
    bool belongs = is(&naming->words[end], PV_NAMING_OF);
    for (size_t at = end + 1; at < count && at < end + 5 && (naming->words[at].gap & ~GAP_JOINED) == 0; at++) {
        const pv_naming_word *word = &naming->words[at];
        pv_ownership said = {.owned_by = span_of(naming, end, at + 1)};
        if (is(word, PV_NAMING_LOCAL))
            said.owner = PV_OWNER_LOCAL;
        else if (belongs && is(word, PV_NAMING_STATE))
            said.owner = PV_OWNER_STATE;
        else if (belongs && is(word, PV_NAMING_FEDERAL))
            said.owner = PV_OWNER_FEDERAL;
        else if (is(word, PV_NAMING_PLAN))
            said.owner = PV_OWNER_OURS;
        if (said.owner != PV_OWNER_NONE)
            return said;
        if (is(word, PV_NAMING_BREAK | PV_NAMING_JOINS))
            break;
    }
    return (pv_ownership){0};
}

/* Whether what is local at the word at is said of all that follows: "the county's …", "its …", "county agencies: …". */
static bool heads_series(const pv_naming *naming, size_t at) {
    const pv_naming_word *word = &naming->words[at];
    if (word->possessive || is(word, PV_NAMING_ITS))
        return true;
    for (size_t next = at + 1; next < naming->tokens.count && next <= at + 2; next++)
        if (naming->words[next].gap & (GAP_COLON | GAP_OPEN))
            return true;
    return false;
}

/* "the county's social services, behavioral health and public health": what is said before the first member. What is
 * not local is said of those only that share a word with it. */
static pv_ownership owned_by_series(const pv_naming *naming, size_t first, bool shares) {
    bool of_again;
    if (first == 0 ||
        !(pv_naming_starts_member(naming, first, &of_again) || (naming->words[first].gap & (GAP_COLON | GAP_OPEN))))
        return (pv_ownership){0};
    for (size_t at = first, steps = 0; at-- > 0 && steps < SERIES_MOST; steps++) {
        const pv_naming_word *word = &naming->words[at];
        if ((naming->words[at + 1].gap & GAP_STOP) || is(word, PV_NAMING_BREAK))
            break;
        pv_ownership said = said_by(naming, at, 0, FORM_OFFICE);
        if ((said.owner == PV_OWNER_LOCAL && heads_series(naming, at)) || (shares && said.owner != PV_OWNER_NONE))
            return said;
    }
    return (pv_ownership){0};
}

/* Whether the members before the name share its plural: the one before has no such word of its own. */
static bool is_shared_plural(const pv_naming *naming, size_t first) {
    const pv_naming_word *words = naming->words;
    bool of_again;
    if (first == 0 || !words[first].opens || words[first].tails[0] == 0 ||
        !pv_naming_starts_member(naming, first, &of_again))
        return false;
    for (size_t at = first, steps = 0; at-- > 0 && steps < MEMBER_WORDS_MOST; steps++) {
        if ((words[at + 1].gap & GAP_STOP) || is(&words[at], PV_NAMING_HEAD | PV_NAMING_BREAK))
            return false;
        if (is(&words[at], PV_NAMING_JOINS))
            continue;
        if (naming->tokens.tokens[at].capitals && !(words[at + 1].gap & GAP_CLOSE) && at + 2 >= first)
            return false; /* an acronym shares nothing */
        if (words[at].opens)
            break;
    }
    return true;
}

/* The word that makes a name without an office in it a thing spoken of, or an empty span. */
static pv_span thing_of(const pv_naming *naming, const pv_naming_range *name) {
    size_t first = name->first, end = name->end;
    if (form_of(naming, name) != FORM_BARE)
        return (pv_span){0};
    if (end < naming->tokens.count && (naming->words[end].gap & ~GAP_JOINED) == 0 &&
        is(&naming->words[end], PV_NAMING_THING))
        return span_of(naming, end, end + 1);
    if (first == 0 || naming->words[first].capital || range_is(naming, first, end, PV_NAMING_LOCAL))
        return (pv_span){0};
    size_t before = first - 1;
    if ((naming->words[first].gap & ~GAP_JOINED) != 0)
        return (pv_span){0};
    if (is(&naming->words[before], PV_NAMING_SEEKS))
        return span_of(naming, before, first);
    for (size_t steps = 0; before > 0 && steps < 5 && (naming->words[before].gap & GAP_STOP) == 0; steps++)
        if (is(&naming->words[--before], PV_NAMING_LEADS))
            return range_is(naming, before + 1, first, PV_NAMING_PREPOSITION) ? span_of(naming, before, before + 1)
                                                                              : (pv_span){0};
    return (pv_span){0};
}

pv_ownership pv_naming_ownership(const pv_naming *naming, const pv_naming_range *name) {
    bool shares = name->tail != 0 || is_shared_plural(naming, name->first);
    size_t first = name->head != name->head_end ? name->head : name->first;
    name_form form = form_of(naming, name);
    pv_ownership said = {0};
    if (range_is(naming, name->first, name->end, PV_NAMING_LOCAL) ||
        range_is(naming, name->head, name->head_end, PV_NAMING_LOCAL))
        said.owner = PV_OWNER_LOCAL;
    if (said.owner == PV_OWNER_NONE && first != name->first)
        said = owned_before(naming, name->first, form);
    if (said.owner == PV_OWNER_NONE)
        said = owned_before(naming, first, form);
    if (said.owner == PV_OWNER_NONE)
        said = owned_after(naming, name->tail != 0 ? name->tail + 1 : name->end);
    if (said.owner == PV_OWNER_NONE)
        said = owned_by_series(naming, first, shares);
    if (said.owner == PV_OWNER_NONE && first > 0 && is(&naming->words[first - 1], PV_NAMING_ONE) &&
        range_is(naming, name->first, name->end, PV_NAMING_HEAD)) {
        said.owner = PV_OWNER_OTHER;
        said.owned_by = span_of(naming, first - 1, first);
    }
    said.thing = thing_of(naming, name);
    return said;
}

pv_span pv_naming_followed_by(const pv_naming *naming, const pv_naming_range *name) {
    bool followed = name->tail == 0 && !pv_naming_ends_at(naming, name->end);
    return followed ? naming->tokens.tokens[name->end].at : (pv_span){0};
}

pv_span pv_naming_gloss(const pv_naming *naming, const pv_naming_range *name) {
    size_t count = naming->tokens.count, end = name->end;
    if (end >= count || !(naming->words[end].gap & GAP_OPEN))
        return (pv_span){0};
    for (size_t at = end + 1; at <= count && at <= end + BRACKET_WORDS_MOST; at++)
        if (at == count || (naming->words[at].gap & GAP_CLOSE))
            return span_of(naming, end, at);
    return (pv_span){0};
}

/* Whether a member follows that shares the head which the name begins with. */
static bool begins_series(const pv_naming *naming, const pv_naming_range *name) {
    size_t member = pv_naming_member_after(naming, name->end);
    return is(&naming->words[name->first], PV_NAMING_PLURAL) && member < naming->tokens.count &&
           !is(&naming->words[member], PV_NAMING_BREAK);
}

bool pv_naming_is_several(const pv_naming *naming, const pv_naming_range *name) {
    return !name->plural && name->tail == 0 && name->head == name->head_end &&
           range_is(naming, name->first, name->end, PV_NAMING_PLURAL) && !is_shared_plural(naming, name->first) &&
           !begins_series(naming, name);
}
