#include "text/acronyms.h"

#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/limits.h"
#include "base/set.h"
#include "base/utf8.h"
#include "text/acronyms_p.h"
#include "text/word_forms_p.h"

#define LETTERS_MOST PV_ACRONYM_LETTERS_MOST
#define WORDS_MOST (2 * LETTERS_MOST + 6) /* that an expansion is looked for in */
#define LONG_LETTERS 7                    /* a longer one is sooner a word in capitals */
#define RUN_OF_CAPITALS 3                 /* words in capitals side by side: no acronyms, but words to be noticed */
#define BRACKET_WORDS 5                   /* that stand in a bracket before an acronym */
#define OPENING_WORDS 3                   /* of a paragraph, that an acronym is among */
#define NEVER 1000u

/* ---- what the language knows of words ---- */

typedef struct word_kinds {
    uint64_t *words; /* hash; 0: free */
    uint16_t *kinds; /* bits, by pv_acronym_words */
    size_t mask;
} word_kinds;

static bool read_kinds(word_kinds *out, pv_arena *arena, pv_error *error) {
    size_t count = 0;
    for (size_t kind = 0; kind < PV_ACRONYM_WORDS_COUNT; kind++)
        for (size_t i = 0; i < pv_english_acronym_words[kind].size; i++)
            count += pv_english_acronym_words[kind].data[i] == '|';
    const size_t capacity = pv_slots_capacity(count + PV_ACRONYM_WORDS_COUNT);
    *out = (word_kinds){PV_NEW_ARRAY(arena, uint64_t, capacity), PV_NEW_ARRAY(arena, uint16_t, capacity), capacity - 1};
    if (!out->words || !out->kinds)
        return pv_fail_memory(error);
    for (size_t kind = 0; kind < PV_ACRONYM_WORDS_COUNT; kind++) {
        const pv_str words = pv_english_acronym_words[kind];
        for (size_t start = 0, end; start < words.size; start = end + 1) {
            end = pv_str_find(words, PV_STR("|"), start);
            if (end == SIZE_MAX)
                end = words.size;
            const uint64_t hash = pv_token_hash_of(pv_str_slice(words, start, end));
            size_t slot = pv_slots_first(hash, out->mask);
            while (out->words[slot] != 0 && out->words[slot] != hash)
                slot = pv_slots_next(slot, out->mask);
            out->words[slot] = hash;
            out->kinds[slot] |= (uint16_t)(1u << kind);
        }
    }
    return true;
}

static bool is_kind(const word_kinds *kinds, uint64_t word, pv_acronym_words kind) {
    size_t slot = pv_slots_first(word, kinds->mask);
    while (kinds->words[slot] != 0 && kinds->words[slot] != word)
        slot = pv_slots_next(slot, kinds->mask);
    return kinds->words[slot] == word && (kinds->kinds[slot] >> kind & 1) != 0;
}

/* ---- words in capitals ---- */

/* What is known of all that is written with these letters. */
typedef struct entry {
    uint64_t key;
    pv_span form;
    bool alone;  /* it stands somewhere without a hyphen */
    bool joined; /* it is expanded with its hyphens: one acronym */
    bool small;  /* these letters are a word that is not in capitals */
    uint32_t mentions, expansions, sure;
} entry;

typedef struct mention {
    uint32_t first, end; /* words */
    uint32_t entry;
    bool sure;   /* it is an acronym whether expanded or not */
    bool usable; /* it is one that is used, where it is one */
    bool has_expansion;
    bool is_loose;    /* its letters are told by no words in their order */
    bool in_glossary; /* it begins a line or cell, and a dash or colon follows it */
    pv_span words;    /* its expansion, in bytes */
    uint64_t wording; /* hash of that */
} mention;

typedef struct acronym_finder {
    pv_arena *arena;
    pv_error *error;
    pv_word_forms forms;
    word_kinds kinds;
    PV_ARRAY(entry) entries;
    PV_ARRAY(mention) mentions;
    pv_set by_key;
} acronym_finder;

static const pv_word_form *word_at(const acronym_finder *finder, size_t word) {
    return &finder->forms.words[word];
}

static bool is_word(const acronym_finder *finder, size_t word, pv_acronym_words kind) {
    return is_kind(&finder->kinds, word_at(finder, word)->key, kind);
}

static bool same_entry(const void *items, size_t position, const void *wanted) {
    return ((const entry *)items)[position].key == *(const uint64_t *)wanted;
}

static size_t find_entry(const acronym_finder *finder, uint64_t key) {
    return pv_set_find(&finder->by_key, key, same_entry, finder->entries.items, &key);
}

static bool put_entry(acronym_finder *finder, uint64_t key, pv_span form, size_t *at) {
    entry *room;
    const size_t next = finder->entries.count;
    if (!pv_set_put(&finder->by_key, key, same_entry, finder->entries.items, &key, next, at, finder->error))
        return false;
    if (*at < next)
        return true;
    room = PV_ARRAY_ADD(finder->arena, &finder->entries);
    if (!room)
        return pv_fail_memory(finder->error);
    *room = (entry){.key = key, .form = form};
    return true;
}

/* The end of the words that hyphens or a "&" without blanks hold together from first on. */
static size_t chain_end(const acronym_finder *finder, size_t first) {
    size_t end = first + 1;
    while (end < finder->forms.count && pv_word_form_is(word_at(finder, end), PV_FORM_TIGHT) &&
           (word_at(finder, end)->parting == PV_PARTED_HYPHEN || word_at(finder, end)->parting == PV_PARTED_AMPERSAND))
        end++;
    return end;
}

static bool is_roman(pv_str word) {
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] != 'I' && word.data[i] != 'V' && word.data[i] != 'X')
            return false;
    return true;
}

/* The capitals of the words from first to end, at most LETTERS_MOST, in small letters; how many there are. */
static size_t read_letters(const acronym_finder *finder, size_t first, size_t end, char letters[LETTERS_MOST]) {
    size_t count = 0;
    for (size_t word = first; word < end; word++) {
        const pv_str bytes = pv_word_form_str(&finder->forms, word);
        for (size_t i = 0; i < bytes.size; i++) {
            if (!pv_ascii_is_letter(bytes.data[i]))
                continue;
            if (count < LETTERS_MOST)
                letters[count] = pv_ascii_lower(bytes.data[i]);
            count++;
        }
    }
    return count;
}

static uint64_t key_of(const acronym_finder *finder, size_t first, size_t end) {
    char letters[LETTERS_MOST];
    if (end == first + 1)
        return word_at(finder, first)->key;
    const size_t count = read_letters(finder, first, end, letters);
    return pv_token_hash_of((pv_str){letters, count < LETTERS_MOST ? count : LETTERS_MOST});
}

/* Whether no part of the chain can be an acronym: an id ("CB-18"), a numeral with its letter ("IV-E"), no prose. */
static bool is_no_chain(const acronym_finder *finder, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        if (pv_word_form_is(word_at(finder, i), PV_FORM_DIGIT | PV_FORM_SILENT | PV_FORM_NO_PROSE))
            return true;
        if (end > first + 1 && is_roman(pv_word_form_str(&finder->forms, i)))
            return true;
    }
    return false;
}

static bool is_all_capitals(const acronym_finder *finder, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        if (!pv_word_form_is(word_at(finder, i), PV_FORM_UPPER | PV_FORM_LETTER))
            return false;
    return true;
}

/* Notes which letters stand in capitals, and which of them are ordinary words too. */
static bool note_words(acronym_finder *finder) {
    size_t at;
    for (size_t first = 0, end; first < finder->forms.count; first = end) {
        end = chain_end(finder, first);
        if (is_no_chain(finder, first, end))
            continue;
        for (size_t i = first; i < end; i++) {
            const pv_word_form *word = word_at(finder, i);
            if (!pv_word_form_is(word, PV_FORM_UPPER))
                continue;
            if (!put_entry(finder, word->key, word->at, &at))
                return false;
            if (end == first + 1 && !pv_word_form_is(word, PV_FORM_CAPS_LINE))
                finder->entries.items[at].alone = true;
        }
    }
    for (size_t i = 0; i < finder->forms.count; i++) {
        const pv_word_form *word = word_at(finder, i);
        if (pv_word_form_is(word, PV_FORM_UPPER | PV_FORM_NO_PROSE))
            continue;
        at = find_entry(finder, word->key);
        if (at != PV_SET_NONE)
            finder->entries.items[at].small = true;
    }
    return true;
}

/* ---- what is an acronym, and what only looks like one ---- */

static bool is_in_run(const acronym_finder *finder, size_t word) {
    size_t first = word, end = word + 1;
    while (first > 0 && word - first < RUN_OF_CAPITALS && word_at(finder, first)->parting == PV_PARTED_SPACE &&
           pv_word_form_is(word_at(finder, first - 1), PV_FORM_UPPER))
        first--;
    while (end < finder->forms.count && end - word < RUN_OF_CAPITALS &&
           word_at(finder, end)->parting == PV_PARTED_SPACE && pv_word_form_is(word_at(finder, end), PV_FORM_UPPER))
        end++;
    return end - first >= RUN_OF_CAPITALS;
}

static bool is_number(const acronym_finder *finder, size_t word) {
    const pv_str bytes = pv_word_form_str(&finder->forms, word);
    return bytes.size > 0 && pv_digits_end(bytes, 0) == bytes.size;
}

/* Whether one word in capitals is said as something else here: behind a figure, a person's name, a town. */
static bool is_other(const acronym_finder *finder, size_t word) {
    const pv_word_form *form = word_at(finder, word);
    const bool number_before = word > 0 && is_number(finder, word - 1);
    const bool number_after = word + 1 < finder->forms.count && is_number(finder, word + 1);
    const bool after_name =
        word > 0 && form->parting == PV_PARTED_COMMA && pv_word_form_is(word_at(finder, word - 1), PV_FORM_CAPITAL);
    if (number_before && is_word(finder, word, PV_ACRONYM_UNITS))
        return true;
    if (number_before && is_word(finder, word, PV_ACRONYM_CITED))
        return true;
    if (number_after && is_word(finder, word, PV_ACRONYM_BILLS))
        return true;
    if (after_name && is_word(finder, word, PV_ACRONYM_DEGREES))
        return true;
    return is_word(finder, word, PV_ACRONYM_POSTAL) && form->at.end - form->at.start == 2 &&
           (after_name ||
            (number_after && word_at(finder, word + 1)->at.end - word_at(finder, word + 1)->at.start == 5));
}

/* Whether it is several of what stands elsewhere with its "S" small or without: "CJCOS". */
static bool is_several(const acronym_finder *finder, size_t word) {
    const pv_str bytes = pv_word_form_str(&finder->forms, word);
    char letters[LETTERS_MOST];
    const size_t count = read_letters(finder, word, word + 1, letters);
    if (bytes.data[bytes.size - 1] != 'S' || count < 4 || count > LETTERS_MOST)
        return false;
    const size_t at = find_entry(finder, pv_token_hash_of((pv_str){letters, count - 1}));
    return at != PV_SET_NONE && finder->entries.items[at].alone;
}

/* Whether it is of the label that a line begins with: "SUBMISSION ITEM: …". */
static bool is_label(const acronym_finder *finder, size_t word) {
    size_t first = word, end = word + 1;
    while (first > 0 && word - first < BRACKET_WORDS && !pv_word_form_is(word_at(finder, first), PV_FORM_LINE) &&
           word_at(finder, first)->parting == PV_PARTED_SPACE &&
           pv_word_form_is(word_at(finder, first - 1), PV_FORM_UPPER))
        first--;
    while (end < finder->forms.count && end - word < BRACKET_WORDS &&
           word_at(finder, end)->parting == PV_PARTED_SPACE && pv_word_form_is(word_at(finder, end), PV_FORM_UPPER))
        end++;
    const uint32_t behind = word_at(finder, end - 1)->at.end;
    return pv_word_form_is(word_at(finder, first), PV_FORM_LINE) && behind < finder->forms.text.size &&
           finder->forms.text.data[behind] == ':';
}

/* Whether one word in capitals is an acronym even if nothing expands it. */
static bool is_sure(const acronym_finder *finder, size_t word, const entry *known) {
    static const pv_acronym_words others[] = {PV_ACRONYM_KNOWN, PV_ACRONYM_EMPHASIS, PV_ACRONYM_POSTAL,
                                              PV_ACRONYM_CITED, PV_ACRONYM_SMALL,    PV_ACRONYM_UNITS};
    const pv_str bytes = pv_word_form_str(&finder->forms, word);
    if (known->small || bytes.size > LONG_LETTERS || is_roman(bytes) || is_in_run(finder, word) ||
        pv_word_form_is(word_at(finder, word), PV_FORM_DOTTED | PV_FORM_FOREIGN) || is_several(finder, word) ||
        is_label(finder, word))
        return false;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (is_word(finder, word, others[i]))
            return false;
    return true;
}

/* Whether a chain is an acronym even if nothing expands it: of its words none is an ordinary one ("IN-HOME"). */
static bool is_sure_chain(const acronym_finder *finder, size_t first, size_t end) {
    bool any = false;
    for (size_t i = first; i < end; i++) {
        const size_t at = find_entry(finder, word_at(finder, i)->key);
        if (!pv_word_form_is(word_at(finder, i), PV_FORM_UPPER))
            continue;
        any = true;
        if (pv_word_form_is(word_at(finder, i), PV_FORM_FOREIGN) || is_word(finder, i, PV_ACRONYM_EMPHASIS) ||
            is_word(finder, i, PV_ACRONYM_SMALL) || is_word(finder, i, PV_ACRONYM_KNOWN) ||
            (at != PV_SET_NONE && finder->entries.items[at].small))
            return false;
    }
    return any;
}

/* ---- expansions ---- */

/* The first letter of a word, small and without an accent; then its others in a row. */
static size_t fold_word(pv_str word, char *out, size_t room) {
    size_t count = 0;
    for (size_t at = 0; at < word.size && count < room;) {
        size_t length;
        uint32_t character = pv_utf8_decode(word, at, &length);
        if (character >= 0x80) {
            int32_t folded[8];
            if (pv_utf8_fold(pv_str_slice(word, at, at + length), folded, 8) <= 8 && folded[0] > 0)
                character = (uint32_t)folded[0];
        }
        if (character < 0x80 && pv_ascii_is_letter((char)character))
            out[count++] = pv_ascii_lower((char)character);
        at += length;
    }
    return count;
}

/* Whether nothing between two words keeps them from being of one expansion. */
static bool is_open(const acronym_finder *finder, size_t word) {
    const pv_word_form *form = word_at(finder, word);
    const pv_word_form *before = word_at(finder, word - 1);
    unsigned breaks = 0;
    if (form->parting == PV_PARTED_SPACE || form->parting == PV_PARTED_HYPHEN)
        return true;
    for (uint32_t at = before->at.end; at < form->at.start; at++) {
        const char c = finder->forms.text.data[at];
        if (c == '\n' && ++breaks > 1)
            return false;
        if (c == '.' && before->at.end - before->at.start > 4)
            return false;
        if (strchr(";:()[]|\t?!<>=#", c))
            return false;
    }
    return form->parting != PV_PARTED_OTHER || !pv_word_form_is(form, PV_FORM_LINE);
}

typedef struct letter_match {
    char letters[LETTERS_MOST];
    size_t letter_count;
    size_t first_word; /* of the window */
    size_t word_count;
    unsigned cost[LETTERS_MOST + 1][WORDS_MOST + 1]; /* of telling the letters from i on by the words from k on */
} letter_match;

#define COST_OF_SMALL 1u       /* a letter that is told by a small word: "Parents *a*s Teachers" */
#define COST_OF_INNER 2u       /* by one inside a word with a capital: "*H*ealth*c*are" */
#define COST_OF_SMALL_INNER 3u /* ... without: "post*t*raumatic stress disorder" */
#define COST_OF_WORD 3u        /* a word passed over that is not small */

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* The cheapest way to tell the letters from i on, the first of which the word k begins with. */
static unsigned cost_of_match(const acronym_finder *finder, const letter_match *match, size_t i, size_t k) {
    char word[64];
    const size_t size = fold_word(pv_word_form_str(&finder->forms, match->first_word + k), word, sizeof word);
    if (size == 0 || word[0] != match->letters[i])
        return NEVER;
    const size_t at_word = match->first_word + k;
    unsigned inner = is_word(finder, at_word, PV_ACRONYM_SMALL) ? COST_OF_SMALL : 0;
    unsigned best = inner + match->cost[i + 1][k + 1];
    const bool capital = pv_word_form_is(word_at(finder, at_word), PV_FORM_CAPITAL);
    for (size_t at = 1, letter = i + 1; at < size && letter < match->letter_count; at++) {
        if (word[at] != match->letters[letter])
            continue;
        letter++;
        inner += capital ? COST_OF_INNER : COST_OF_SMALL_INNER;
        best = least(best, inner + match->cost[letter][k + 1]);
    }
    return best;
}

static void fill_costs(const acronym_finder *finder, letter_match *match) {
    const size_t letters = match->letter_count, words = match->word_count;
    for (size_t i = 0; i < letters; i++)
        match->cost[i][words] = NEVER;
    match->cost[letters][words] = 0;
    for (size_t k = words; k-- > 0;) {
        const unsigned skip = is_word(finder, match->first_word + k, PV_ACRONYM_SMALL) ? 0 : COST_OF_WORD;
        for (size_t i = 0; i <= letters; i++) {
            match->cost[i][k] = least(NEVER, skip + match->cost[i][k + 1]);
            if (i < letters)
                match->cost[i][k] = least(match->cost[i][k], cost_of_match(finder, match, i, k));
        }
    }
}

/* How dear a match may be: as little as that many letters allow; more where a bracket says it is one; nothing. */
typedef enum match_trust { TRUST_LETTERS, TRUST_BRACKET, TRUST_NOTHING } match_trust;

static unsigned most_cost(size_t letters, match_trust trust) {
    const unsigned most = letters <= 2   ? 0
                          : letters == 3 ? COST_OF_INNER
                          : letters < 6  ? COST_OF_WORD + COST_OF_SMALL
                                         : COST_OF_WORD + COST_OF_WORD;
    if (trust == TRUST_NOTHING)
        return 0;
    return trust == TRUST_BRACKET && letters > 2 ? most + COST_OF_WORD : most;
}

static bool begin_match(const acronym_finder *finder, const mention *found, letter_match *match) {
    match->letter_count = read_letters(finder, found->first, found->end, match->letters);
    return match->letter_count >= 2 && match->letter_count <= LETTERS_MOST;
}

/* Looks for the words that tell the letters, the last of which is the one before `end`; *begin: the first of them.
 * at_line: that must be the first of its line or cell. */
static bool match_back(const acronym_finder *finder, const mention *found, size_t end, match_trust trust, bool at_line,
                       pv_span *words, size_t *begin) {
    letter_match match;
    if (end == 0 || !begin_match(finder, found, &match))
        return false;
    const size_t longest = 2 * match.letter_count + 6;
    size_t first = end - 1;
    while (first > 0 && end - first < longest && is_open(finder, first))
        first--;
    match.first_word = first;
    match.word_count = end - first;
    fill_costs(finder, &match);
    unsigned best = NEVER;
    size_t best_first = 0;
    for (size_t k = 0; k < match.word_count; k++) {
        const unsigned cost = cost_of_match(finder, &match, 0, k);
        if (cost <= best && (!at_line || pv_word_form_is(word_at(finder, first + k), PV_FORM_LINE))) {
            best = cost;
            best_first = first + k;
        }
    }
    if (best > most_cost(match.letter_count, trust))
        return false;
    *begin = best_first;
    *words = (pv_span){word_at(finder, best_first)->at.start, word_at(finder, end - 1)->at.end};
    return true;
}

/* The same of words that begin with the word first; *end: the word behind them. */
static bool match_on(const acronym_finder *finder, const mention *found, size_t first, match_trust trust,
                     pv_span *words, size_t *end) {
    letter_match match;
    if (first >= finder->forms.count || !begin_match(finder, found, &match))
        return false;
    const size_t longest = 2 * match.letter_count + 6;
    if (is_word(finder, first, PV_ACRONYM_SMALL) && first + 1 < finder->forms.count && is_open(finder, first + 1))
        first++;
    size_t room = first + 1;
    while (room < finder->forms.count && room - first < longest && is_open(finder, room))
        room++;
    unsigned best = NEVER;
    match.first_word = first;
    for (match.word_count = 1; match.word_count <= room - first; match.word_count++) {
        fill_costs(finder, &match);
        const unsigned cost = cost_of_match(finder, &match, 0, 0);
        if (cost >= best)
            continue;
        best = cost;
        *end = first + match.word_count;
    }
    if (best > most_cost(match.letter_count, trust))
        return false;
    *words = (pv_span){word_at(finder, first)->at.start, word_at(finder, *end - 1)->at.end};
    return true;
}

static bool gap_has(const acronym_finder *finder, size_t word, const char *signs) {
    const uint32_t start = word == 0 ? 0 : word_at(finder, word - 1)->at.end;
    const uint32_t end =
        word < finder->forms.count ? word_at(finder, word)->at.start : (uint32_t)finder->forms.text.size;
    for (uint32_t at = start; at < end; at++)
        if (strchr(signs, finder->forms.text.data[at]))
            return true;
    return false;
}

/* Whether all but one of the letters (of three: all) begin a word of the name that ends before `end`, in whatever order:
 * "Family Resource and Youth Services Centers (FRSYC)". A bracket with nothing but the acronym says as much. */
static bool match_loosely(const acronym_finder *finder, const mention *found, size_t end, pv_span *words) {
    letter_match match;
    if (end == 0 || !begin_match(finder, found, &match) || match.letter_count < 3)
        return false;
    const size_t longest = 2 * match.letter_count + 6;
    size_t missing = match.letter_count;
    bool told[LETTERS_MOST] = {false};
    for (size_t word = end; word > 0 && end - word < longest;) {
        char first;
        if (word < end && !is_open(finder, word))
            return false;
        word--;
        const bool small = is_word(finder, word, PV_ACRONYM_SMALL);
        if (!small && !pv_word_form_is(word_at(finder, word), PV_FORM_CAPITAL))
            return false;
        if (small || fold_word(pv_word_form_str(&finder->forms, word), &first, 1) == 0)
            continue;
        for (size_t i = 0; i < match.letter_count; i++) {
            if (told[i] || match.letters[i] != first)
                continue;
            told[i] = true;
            missing--;
            break;
        }
        if (first == match.letters[0] && end - word >= 2 && missing <= (match.letter_count > 3 ? 1 : 0)) {
            *words = (pv_span){word_at(finder, word)->at.start, word_at(finder, end - 1)->at.end};
            return true;
        }
    }
    return false;
}

/* The name that ends before the word: words with a capital and small ones between. */
static pv_span name_before(const acronym_finder *finder, size_t end) {
    size_t first = end - 1;
    for (size_t word = end - 1; word > 0 && end - word < WORDS_MOST && is_open(finder, word); word--) {
        if (pv_word_form_is(word_at(finder, word - 1), PV_FORM_CAPITAL))
            first = word - 1;
        else if (!is_word(finder, word - 1, PV_ACRONYM_SMALL))
            break;
    }
    return (pv_span){word_at(finder, first)->at.start, word_at(finder, end - 1)->at.end};
}

/* Whether the bracket that the acronym stands in closes behind it, or goes on to say that it is one. */
static bool ends_bracket(const acronym_finder *finder, const mention *found, bool *is_said) {
    *is_said = false;
    for (size_t word = found->end; word < finder->forms.count && word - found->end < BRACKET_WORDS; word++) {
        if (gap_has(finder, word, ")]"))
            return word == found->end || *is_said;
        *is_said |= is_word(finder, word, PV_ACRONYM_SAYS);
    }
    return false;
}

/* The words before the bracket without those of an acronym which a slash parts from this one: "(AI/AN)". */
static size_t end_before_next(const acronym_finder *finder, const mention *found, size_t end) {
    mention next = {.first = found->end};
    size_t begin;
    if (found->end >= finder->forms.count || word_at(finder, found->end)->parting != PV_PARTED_SLASH ||
        !pv_word_form_is(word_at(finder, found->end), PV_FORM_UPPER))
        return end;
    next.end = found->end + 1;
    return match_back(finder, &next, end, TRUST_NOTHING, false, &next.words, &begin) ? begin : end;
}

/* Words, then the acronym in a bracket: "Managed Care Plans (MCPs)", "the Department (hereafter “DHCS”)". */
static bool match_bracket_behind(const acronym_finder *finder, mention *found) {
    size_t word = found->first, begin;
    bool leads = true, is_said;
    for (size_t steps = 0; word > 0 && steps < BRACKET_WORDS; steps++, word--) {
        if (gap_has(finder, word, "([")) {
            const size_t end = end_before_next(finder, found, word);
            if (match_back(finder, found, end, leads ? TRUST_LETTERS : TRUST_NOTHING, false, &found->words, &begin))
                return true;
            if (word != found->first || !ends_bracket(finder, found, &is_said))
                return false;
            found->is_loose = true;
            found->words = name_before(finder, word);
            return match_back(finder, found, word, TRUST_BRACKET, false, &found->words, &begin) ||
                   match_loosely(finder, found, word, &found->words) || is_said;
        }
        if (gap_has(finder, word, ")].|\t\n;"))
            return false;
        leads = leads && is_word(finder, word - 1, PV_ACRONYM_LEADS);
    }
    return false;
}

/* The acronym, then its words in a bracket. */
static bool match_bracket_before(const acronym_finder *finder, mention *found) {
    size_t end;
    if (found->end >= finder->forms.count || !gap_has(finder, found->end, "([") ||
        gap_has(finder, found->end, ")].|\t;"))
        return false;
    return match_on(finder, found, found->end, TRUST_LETTERS, &found->words, &end) &&
           (end >= finder->forms.count || !is_open(finder, end) || word_at(finder, end)->parting == PV_PARTED_COMMA ||
            is_word(finder, end, PV_ACRONYM_LEADS));
}

/* Whether what stands before this word parts an acronym from its words in a glossary: a dash, colon, cell. */
static bool is_glossary_gap(const acronym_finder *finder, size_t word) {
    if (word == 0 || word >= finder->forms.count || gap_has(finder, word, "()[].;,\n"))
        return false;
    const uint32_t start = word_at(finder, word - 1)->at.end;
    const uint32_t end = word_at(finder, word)->at.start;
    for (uint32_t at = start; at < end; at++) {
        size_t length;
        const uint32_t character = pv_utf8_decode(finder->forms.text, at, &length);
        const bool blank_before = at > start && finder->forms.text.data[at - 1] == ' ';
        if (character == ':' || character == '=' || character == '|' || character == '\t' || character == 0x2013 ||
            character == 0x2014 || (character == '-' && blank_before) || (character == ' ' && blank_before))
            return true;
        at += (uint32_t)length - 1;
    }
    return false;
}

/* A line or cell of a glossary: "ECM – Enhanced Care Management", or the other way round. */
static bool match_glossary(const acronym_finder *finder, mention *found) {
    size_t end, begin;
    found->in_glossary =
        pv_word_form_is(word_at(finder, found->first), PV_FORM_LINE) && is_glossary_gap(finder, found->end);
    if (pv_word_form_is(word_at(finder, found->first), PV_FORM_LINE) && is_glossary_gap(finder, found->end) &&
        match_on(finder, found, found->end, TRUST_LETTERS, &found->words, &end))
        return true;
    const bool ends = found->end >= finder->forms.count || pv_word_form_is(word_at(finder, found->end), PV_FORM_LINE);
    return ends && is_glossary_gap(finder, found->first) &&
           match_back(finder, found, found->first, TRUST_LETTERS, true, &found->words, &begin);
}

/* "ECM, or Enhanced Care Management", "Enhanced Care Management, hereafter ECM", "ECM stands for …". */
static bool match_words_between(const acronym_finder *finder, mention *found) {
    size_t end = found->end, behind, begin;
    const bool comma = end < finder->forms.count && word_at(finder, end)->parting == PV_PARTED_COMMA;
    while (end < finder->forms.count && end - found->end < 4 && !gap_has(finder, end, "()[].;|\t") &&
           is_word(finder, end, PV_ACRONYM_MEANS))
        end++;
    const bool is_verb = end > found->end && !comma && !is_word(finder, found->end, PV_ACRONYM_LEADS);
    if (end > found->end && (comma || is_verb) && !gap_has(finder, end, "()[].;|\t") &&
        match_on(finder, found, end, TRUST_NOTHING, &found->words, &behind))
        return true;
    size_t word = found->first;
    while (word > 0 && found->first - word < BRACKET_WORDS && word_at(finder, word)->parting == PV_PARTED_SPACE &&
           is_word(finder, word - 1, PV_ACRONYM_LEADS))
        word--;
    return word < found->first && word > 0 && word_at(finder, word)->parting == PV_PARTED_COMMA &&
           match_back(finder, found, word, TRUST_NOTHING, false, &found->words, &begin);
}

/* The words of an expansion, whatever their number and small words: "plans" as "plan". */
static uint64_t wording_of(const acronym_finder *finder, pv_span words, size_t from) {
    pv_token_hash hash = PV_TOKEN_HASH_NONE;
    while (from > 0 && word_at(finder, from - 1)->at.start >= words.start)
        from--;
    while (word_at(finder, from)->at.start < words.start)
        from++;
    for (size_t i = from; i < finder->forms.count && word_at(finder, i)->at.end <= words.end; i++) {
        char letters[64];
        size_t size = fold_word(pv_word_form_str(&finder->forms, i), letters, sizeof letters);
        if (size == 0 || is_word(finder, i, PV_ACRONYM_SMALL))
            continue;
        if (size > 4 && letters[size - 1] == 's')
            size -= letters[size - 2] == 'e' && letters[size - 3] == 'i' ? 2 : 1;
        if (letters[size - 1] == 'y')
            letters[size - 1] = 'i'; /* "agency" as "agencies" */
        for (size_t k = 0; k < size; k++)
            pv_token_hash_add(&hash, letters[k]);
    }
    return pv_token_hash_end(&hash);
}

/* Words directly before the acronym that tell it letter by letter: "Government Publishing Office GPO", and the heading
 * above a paragraph that begins with it: "Therapy Attitude Inventory", "The TAI is …". */
static bool match_beside(const acronym_finder *finder, mention *found) {
    char letters[LETTERS_MOST];
    size_t word = found->first, begin;
    if (word == 0 || read_letters(finder, found->first, found->end, letters) < 3)
        return false;
    if (word_at(finder, word)->parting == PV_PARTED_SPACE) {
        const bool leads = word > 1 && is_word(finder, word - 1, PV_ACRONYM_LEADS) &&
                           word_at(finder, word - 1)->parting == PV_PARTED_SPACE;
        const size_t end = leads ? word - 1 : word;
        if (pv_word_form_is(word_at(finder, end - 1), PV_FORM_CAPITAL) &&
            !pv_word_form_is(word_at(finder, end - 1), PV_FORM_UPPER | PV_FORM_OWNER) &&
            match_back(finder, found, end, TRUST_NOTHING, false, &found->words, &begin) &&
            pv_word_form_is(word_at(finder, begin), PV_FORM_CAPITAL))
            return true;
    }
    for (size_t steps = 0; steps < OPENING_WORDS && word > 0; steps++, word--) {
        if (!pv_word_form_is(word_at(finder, word), PV_FORM_LINE))
            continue;
        return !pv_word_form_is(word_at(finder, word), PV_FORM_HEADING) &&
               pv_word_form_is(word_at(finder, word - 1), PV_FORM_HEADING) &&
               match_back(finder, found, word, TRUST_NOTHING, false, &found->words, &begin);
    }
    return false;
}

static void find_expansion(const acronym_finder *finder, mention *found) {
    found->has_expansion = match_bracket_behind(finder, found) || match_bracket_before(finder, found) ||
                           match_glossary(finder, found) || match_words_between(finder, found) ||
                           match_beside(finder, found);
}

/* ---- all of them ---- */

/* Notes the chains that the text expands as one. */
static bool note_chains(acronym_finder *finder) {
    for (size_t first = 0, end; first < finder->forms.count; first = end) {
        end = chain_end(finder, first);
        if (end == first + 1 || !is_all_capitals(finder, first, end) || is_no_chain(finder, first, end))
            continue;
        mention found = {.first = (uint32_t)first, .end = (uint32_t)end};
        size_t at;
        find_expansion(finder, &found);
        if (!found.has_expansion || found.is_loose)
            continue;
        if (!put_entry(finder, key_of(finder, first, end),
                       (pv_span){word_at(finder, first)->at.start, word_at(finder, end - 1)->at.end}, &at))
            return false;
        finder->entries.items[at].joined = true;
    }
    return true;
}

static bool add_mention(acronym_finder *finder, size_t first, size_t end) {
    const pv_word_form *word = word_at(finder, first);
    mention found = {.first = (uint32_t)first, .end = (uint32_t)end, .usable = true};
    size_t at;
    if (!put_entry(finder, key_of(finder, first, end), (pv_span){word->at.start, word_at(finder, end - 1)->at.end},
                   &at))
        return false;
    found.entry = (uint32_t)at;
    find_expansion(finder, &found);
    found.is_loose &= found.has_expansion;
    if (found.has_expansion)
        found.wording = wording_of(finder, found.words, first);
    found.usable = !pv_word_form_is(word, PV_FORM_CAPS_LINE) && !(end == first + 1 && is_other(finder, first));
    entry *known = &finder->entries.items[at];
    found.sure = found.usable && (end > first + 1 ? is_sure_chain(finder, first, end) : is_sure(finder, first, known));
    known->mentions++;
    known->expansions += found.has_expansion;
    known->sure += found.sure && !found.has_expansion;
    mention *room = PV_ARRAY_ADD(finder->arena, &finder->mentions);
    if (!room)
        return pv_fail_memory(finder->error);
    *room = found;
    return true;
}

/* Whether every part of a chain stands alone elsewhere: two acronyms, joined, unless the text expands them as one. */
static bool is_of_acronyms(const acronym_finder *finder, size_t first, size_t end) {
    const size_t whole = find_entry(finder, key_of(finder, first, end));
    if (whole != PV_SET_NONE && finder->entries.items[whole].joined)
        return false;
    for (size_t i = first; i < end; i++) {
        const size_t at = find_entry(finder, word_at(finder, i)->key);
        if (at == PV_SET_NONE || !finder->entries.items[at].alone ||
            !pv_word_form_is(word_at(finder, i), PV_FORM_UPPER))
            return false;
    }
    return true;
}

static bool read_chain(acronym_finder *finder, size_t first, size_t end) {
    if (is_no_chain(finder, first, end))
        return true;
    if (end > first + 1 && is_all_capitals(finder, first, end) && !is_of_acronyms(finder, first, end))
        return add_mention(finder, first, end);
    for (size_t i = first; i < end; i++)
        if (pv_word_form_is(word_at(finder, i), PV_FORM_UPPER) && !add_mention(finder, i, i + 1))
            return false;
    return true;
}

#define GLOSSARY_LINES 600 /* bytes from one entry of a glossary to the next, at most */
#define GLOSSARY_WORDS 12  /* of what an entry says, at most, that are its expansion */

/* What a line of a glossary says, where it tells no letters: "CHRIS: Arkansas’s information system". */
static void read_glossary_line(acronym_finder *finder, mention *found) {
    size_t end = found->end;
    while (end < finder->forms.count && end - found->end < GLOSSARY_WORDS &&
           (end == found->end || (is_open(finder, end) && !pv_word_form_is(word_at(finder, end), PV_FORM_LINE))))
        end++;
    if (end == found->end)
        return;
    found->words = (pv_span){word_at(finder, found->end)->at.start, word_at(finder, end - 1)->at.end};
    found->has_expansion = found->is_loose = true;
    finder->entries.items[found->entry].expansions++;
    finder->entries.items[found->entry].sure -= found->sure;
}

/* Takes lines that look like a glossary's for such where a line next to them is one. */
static void read_glossaries(acronym_finder *finder) {
    mention *before = NULL;
    for (size_t i = 0; i < finder->mentions.count; i++) {
        mention *found = &finder->mentions.items[i];
        if (!found->in_glossary)
            continue;
        const bool is_near = before && word_at(finder, found->first)->at.start <
                                           word_at(finder, before->first)->at.start + GLOSSARY_LINES;
        if (is_near && found->has_expansion && !before->has_expansion)
            read_glossary_line(finder, before);
        else if (is_near && before->has_expansion && !found->has_expansion)
            read_glossary_line(finder, found);
        before = found;
    }
}

typedef struct gathered_acronym {
    pv_span *uses;
    pv_expansion *expansions;
    uint64_t wording;
    pv_acronym out;
    uint32_t first_mention;
} gathered_acronym;

static bool is_kept(const entry *known) {
    return known->expansions > 0 || known->sure > 0;
}

static void gather_mention(const acronym_finder *finder, const mention *found, gathered_acronym *gathered) {
    const pv_span at = {word_at(finder, found->first)->at.start, word_at(finder, found->end - 1)->at.end};
    pv_acronym *out = &gathered->out;
    if (out->use_count + out->expansion_count == 0)
        out->form = at;
    if (found->has_expansion) {
        if (gathered->wording == 0 && !found->is_loose)
            gathered->wording = found->wording;
        gathered->expansions[out->expansion_count++] = (pv_expansion){
            .words = found->words, .acronym = at, .different = !found->is_loose && found->wording != gathered->wording};
    } else if (found->usable && (found->sure || finder->entries.items[found->entry].expansions > 0)) {
        if (out->first == SIZE_MAX && !pv_word_form_is(word_at(finder, found->first), PV_FORM_HEADING))
            out->first = out->use_count;
        gathered->uses[out->use_count++] = at;
    }
}

static bool gather(acronym_finder *finder, pv_acronym_list *out) {
    const size_t entries = finder->entries.count;
    gathered_acronym *all = PV_NEW_ARRAY(finder->arena, gathered_acronym, entries);
    pv_acronym *acronyms = PV_NEW_ARRAY(finder->arena, pv_acronym, entries);
    if (!all || !acronyms)
        return pv_fail_memory(finder->error);
    for (size_t i = 0; i < entries; i++) {
        const entry *known = &finder->entries.items[i];
        if (!is_kept(known))
            continue;
        all[i].uses = PV_NEW_ARRAY(finder->arena, pv_span, known->mentions);
        all[i].expansions = PV_NEW_ARRAY(finder->arena, pv_expansion, known->expansions);
        all[i].out = (pv_acronym){.uses = all[i].uses, .expansions = all[i].expansions, .first = SIZE_MAX};
        if (!all[i].uses || !all[i].expansions)
            return pv_fail_memory(finder->error);
    }
    size_t count = 0;
    for (size_t i = 0; i < finder->mentions.count; i++) {
        const mention *found = &finder->mentions.items[i];
        if (is_kept(&finder->entries.items[found->entry]))
            gather_mention(finder, found, &all[found->entry]);
    }
    for (size_t i = 0; i < finder->mentions.count; i++) {
        gathered_acronym *one = &all[finder->mentions.items[i].entry];
        if (!one->uses || one->out.use_count + one->out.expansion_count == 0)
            continue;
        if (one->out.first == SIZE_MAX)
            one->out.first = one->out.use_count;
        acronyms[count++] = one->out;
        one->uses = NULL;
    }
    *out = (pv_acronym_list){acronyms, count};
    return true;
}

bool pv_acronyms_find(pv_acronym_list *out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                      const pv_heading_list *headings, pv_error *error) {
    acronym_finder finder = {.arena = arena, .error = error, .by_key = pv_set_in(arena)};
    if (!pv_word_forms_read(&finder.forms, arena, text, tokens, headings, error) ||
        !read_kinds(&finder.kinds, arena, error) || !note_words(&finder) || !note_chains(&finder))
        return false;
    for (size_t first = 0, end; first < finder.forms.count; first = end) {
        end = chain_end(&finder, first);
        if (!read_chain(&finder, first, end))
            return false;
    }
    read_glossaries(&finder);
    return gather(&finder, out);
}

const pv_span *pv_acronym_used_early(const pv_acronym *acronym) {
    if (acronym->expansion_count == 0 || acronym->first >= acronym->use_count)
        return NULL;
    const pv_span *first = &acronym->uses[acronym->first];
    return first->start < acronym->expansions[0].acronym.start ? first : NULL;
}
