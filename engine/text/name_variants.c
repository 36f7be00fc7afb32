#include "text/name_variants.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/set.h"
#include "base/utf8.h"
#include "text/name_variants_p.h"
#include "text/naming_p.h"

#define NAME_LETTERS 5    /* a shorter name is too easily another one */
#define ACCENT_LETTERS 4  /* of a word that differs in accents alone */
#define CAPITAL_LETTERS 5 /* of a word that differs in capitals alone */

/* ---- hashes and tables ---- */

#define BASE UINT64_C(0x9E3779B97F4A7C15)

pv_letters_hash pv_letters_hash_add(pv_letters_hash hash, uint32_t character) {
    return (pv_letters_hash){hash.hash * BASE + character, hash.power * BASE, hash.letters + 1};
}

pv_letters_hash pv_letters_hash_join(pv_letters_hash first, pv_letters_hash second) {
    return (pv_letters_hash){first.hash * second.power + second.hash, first.power * second.power,
                             first.letters + second.letters};
}

uint64_t pv_letters_hash_key(pv_letters_hash hash) {
    const uint64_t mixed = (hash.hash ^ hash.hash >> 31) * UINT64_C(0xD6E8FEB86659FD93) + hash.letters;
    return mixed == 0 ? 1 : mixed;
}

bool pv_word_table_new(pv_word_table *out, pv_arena *arena, size_t count, pv_error *error) {
    const size_t capacity = pv_slots_capacity(count + 1);
    *out =
        (pv_word_table){PV_NEW_ARRAY(arena, uint64_t, capacity), PV_NEW_ARRAY(arena, uint32_t, capacity), capacity - 1};
    return (out->keys && out->values) || pv_fail_memory(error);
}

static size_t slot_of(const pv_word_table *table, uint64_t key) {
    size_t slot = pv_slots_first(key, table->mask);
    while (table->keys[slot] != 0 && table->keys[slot] != key)
        slot = pv_slots_next(slot, table->mask);
    return slot;
}

uint32_t *pv_word_table_find(const pv_word_table *table, uint64_t key) {
    const size_t slot = slot_of(table, key);
    return table->keys[slot] == key ? &table->values[slot] : NULL;
}

uint32_t *pv_word_table_put(pv_word_table *table, uint64_t key) {
    const size_t slot = slot_of(table, key);
    table->keys[slot] = key;
    return &table->values[slot];
}

bool pv_variants_add(pv_variant_finder *finder, const pv_name_variant *variant) {
    pv_name_variant *room = PV_ARRAY_ADD(finder->arena, &finder->found);
    if (!room)
        return pv_fail_memory(finder->error);
    *room = *variant;
    return true;
}

/* ---- letters, with what stands for an abbreviation ---- */

static pv_letters_hash hash_letters(pv_str word) {
    pv_letters_hash hash = PV_LETTERS_NONE;
    for (size_t at = 0; at < word.size;) {
        size_t length;
        const uint32_t character = pv_utf8_decode(word, at, &length);
        if (character < 0x80) {
            if (pv_ascii_is_letter_or_digit((char)character))
                hash = pv_letters_hash_add(hash, (unsigned char)pv_ascii_lower((char)character));
        } else if (pv_utf8_is_word_character(character)) {
            int32_t folded[8];
            const size_t count = pv_utf8_fold(pv_str_slice(word, at, at + length), folded, 8);
            for (size_t i = 0; i < count && i < 8; i++)
                if (pv_utf8_is_word_character((uint32_t)folded[i]))
                    hash = pv_letters_hash_add(hash, (uint32_t)folded[i]);
        }
        at += length;
    }
    return hash;
}

typedef struct spellings {
    pv_word_table words;       /* of a spelling, by its hash: its row + 1 */
    pv_letters_hash *standing; /* of each row */
} spellings;

static pv_str take_word(pv_str *words) {
    const size_t end = pv_str_find(*words, PV_STR("|"), 0);
    const pv_str word = pv_str_slice(*words, 0, end == SIZE_MAX ? words->size : end);
    *words = end == SIZE_MAX ? PV_STR("") : pv_str_slice(*words, end + 1, words->size);
    return word;
}

static size_t count_words(pv_str words) {
    size_t count = 0;
    while (words.size > 0) {
        (void)take_word(&words);
        count++;
    }
    return count;
}

/* Rows of several of a kind ("department|departments") are no spellings. */
static bool read_spellings(spellings *out, pv_arena *arena, pv_error *error) {
    const size_t rows = pv_english_spelling_count;
    out->standing = PV_NEW_ARRAY(arena, pv_letters_hash, rows);
    if (!out->standing)
        return pv_fail_memory(error);
    size_t count = 0;
    for (size_t i = 0; i < rows; i++)
        count += count_words(pv_english_spellings[i].words);
    if (!pv_word_table_new(&out->words, arena, count, error))
        return false;
    for (size_t i = 0; i < rows; i++) {
        pv_str words = pv_english_spellings[i].words;
        if (pv_english_spellings[i].kinds & PV_NAMING_PLURAL)
            continue;
        out->standing[i] = hash_letters(take_word(&words));
        while (words.size > 0)
            *pv_word_table_put(&out->words, pv_token_hash_of(take_word(&words))) = (uint32_t)i + 1;
    }
    return true;
}

static bool has_dot_behind(const pv_word_forms *forms, size_t word) {
    const uint32_t end = forms->words[word].at.end;
    return end < forms->text.size && forms->text.data[end] == '.';
}

/* The row of spellings that the word is a variant of, or PV_SPELLING_NONE. */
#define PV_SPELLING_NONE SIZE_MAX
static size_t spelling_of(const spellings *known, const pv_word_forms *forms, size_t word) {
    const uint32_t *row = pv_word_table_find(&known->words, forms->words[word].key);
    if (!row)
        return PV_SPELLING_NONE;
    const bool dotted = (pv_english_spellings[*row - 1].kinds & PV_NAMING_DOTTED) != 0;
    return dotted && !has_dot_behind(forms, word) ? PV_SPELLING_NONE : *row - 1;
}

bool pv_word_list_read(pv_word_table *out, pv_arena *arena, pv_str words, pv_error *error) {
    if (!pv_word_table_new(out, arena, count_words(words), error))
        return false;
    while (words.size > 0)
        *pv_word_table_put(out, pv_token_hash_of(take_word(&words))) = 1;
    return true;
}

/* ---- names ---- */

/* What a name may be made of. */
typedef struct name_word {
    pv_letters_hash letters; /* with an "and" that a "&" before it stands for */
    uint64_t surface;        /* hash of how it is written, and of what parts it from the word before */
    uint64_t opening;        /* the same without what is before it */
    bool content, link;      /* one of the name's own; a small one between */
    bool joins;              /* it may be of one name with the word before it */
    bool abbreviated, respelt;
} name_word;

typedef struct occurrence {
    uint64_t key, surface;
    uint32_t first, words;
} occurrence;

/* One spelling of a name that is spelt otherwise more often. */
typedef struct candidate {
    size_t first, count;             /* occurrences */
    size_t usual_first, usual_count; /* the same */
    uint64_t score;
    pv_variant_kind kind;
    uint32_t differing, usual_differing; /* bits: words of the name that are written otherwise */
} candidate;

typedef struct name_finder {
    pv_variant_finder *all;
    const pv_word_forms *forms;
    spellings spellings;
    name_word *words;
    pv_word_table lower;  /* words that are written small somewhere */
    pv_word_table titled; /* words that have a capital somewhere, and not all in capitals */
    pv_word_table labels; /* of parts: "section" */
    uint64_t *keys;       /* of all names; 0: free */
    uint64_t *surfaces;   /* of each key the one way in which it is spelt; 0: there are several */
    size_t mask;
    size_t names;
    PV_ARRAY(occurrence) occurrences; /* of those that are spelt in several */
    PV_ARRAY(candidate) candidates;
    bool *told; /* words whose spelling was told of already */
} name_finder;

static bool is_usable(const pv_word_form *word) {
    return !pv_word_form_is(word, PV_FORM_NO_PROSE | PV_FORM_SILENT | PV_FORM_CAPS_LINE | PV_FORM_FOREIGN);
}

/* A hash of how a word is written, with capitals that a title or a sentence asks for told alike. */
static uint64_t hash_surface(pv_str text, const pv_word_form *word, bool is_upper, uint64_t seed) {
    const pv_str bytes = pv_str_slice(text, word->at.start, word->at.end);
    const bool keeps = pv_word_form_is(word, PV_FORM_CAMEL);
    uint64_t hash = seed;
    for (size_t at = 0; at < bytes.size;) {
        size_t length;
        uint32_t character = pv_utf8_decode(bytes, at, &length);
        if (character == 0x2019 || character == 0x2018 || character == 0x02BC)
            character = '\'';
        if (!keeps)
            character = pv_utf8_lower(character);
        for (unsigned shift = 0; shift < 24; shift += 8)
            hash = pv_hash_byte(hash, (char)(character >> shift & 0xFF));
        at += length;
    }
    return pv_hash_byte(hash, keeps ? 'c' : is_upper ? 'u' : 'l');
}

static bool joins_before(const name_finder *finder, size_t word) {
    const pv_word_form *form = &finder->forms->words[word];
    switch (form->parting) {
    case PV_PARTED_SPACE:
    case PV_PARTED_BREAK:
    case PV_PARTED_HYPHEN:
    case PV_PARTED_AMPERSAND:
        return !pv_word_form_is(form, PV_FORM_LINE);
    case PV_PARTED_DOT:
        return finder->words[word - 1].abbreviated;
    default:
        return false;
    }
}

/* Whether a word that is written otherwise elsewhere is in capitals on its own account: in no heading, and not among
 * others. */
static bool is_upper(const name_finder *finder, size_t word) {
    const pv_word_forms *forms = finder->forms;
    const pv_word_form *form = &forms->words[word];
    return pv_word_form_is(form, PV_FORM_UPPER) && pv_word_table_find(&finder->titled, form->key) &&
           !pv_word_form_is(form, PV_FORM_HEADING) &&
           !(word > 0 && form->parting == PV_PARTED_SPACE && pv_word_form_is(form - 1, PV_FORM_UPPER)) &&
           !(word + 1 < forms->count && form[1].parting == PV_PARTED_SPACE && pv_word_form_is(form + 1, PV_FORM_UPPER));
}

static void read_name_word(name_finder *finder, size_t at) {
    const pv_word_forms *forms = finder->forms;
    const pv_word_form *form = &forms->words[at];
    name_word *word = &finder->words[at];
    const size_t row = spelling_of(&finder->spellings, forms, at);
    word->letters = finder->all->letters[at];
    if (row != PV_SPELLING_NONE) {
        const pv_letters_hash standing = finder->spellings.standing[row];
        word->abbreviated = word->letters.letters + 1 < standing.letters;
        word->respelt = !word->abbreviated;
        word->letters = standing;
    }
    finder->all->letters[at] = word->letters;
    word->joins = at > 0 && is_usable(form) && joins_before(finder, at);
    const bool upper = is_upper(finder, at);
    word->opening = hash_surface(forms->text, form, upper, PV_HASH_SEED);
    char parting = ' ';
    if (form->parting == PV_PARTED_HYPHEN)
        parting = '-';
    if (form->parting == PV_PARTED_AMPERSAND)
        parting = '&';
    word->surface = hash_surface(forms->text, form, upper, pv_hash_byte(PV_HASH_SEED, parting));
    word->content = is_usable(form) && (pv_word_form_is(form, PV_FORM_CAPITAL) ||
                                        (at > 0 && word->joins && finder->words[at - 1].content &&
                                         (form->parting == PV_PARTED_HYPHEN || pv_word_form_is(form, PV_FORM_DIGIT))));
    word->link = is_usable(form) && pv_word_form_is(form, PV_FORM_LOWER) &&
                 pv_word_table_find(&finder->all->links, form->key) != NULL;
}

/* The name of so many words that begins with the word first, and goes on by one. */
typedef struct name_read {
    pv_letters_hash letters;
    uint64_t surface;
    size_t end;
} name_read;

static bool read_on(const name_finder *finder, name_read *name, size_t first) {
    const size_t at = name->end;
    if (at >= finder->forms->count || at - first >= PV_NAME_WORDS_MOST)
        return false;
    const name_word *word = &finder->words[at];
    if (!word->content && !word->link)
        return false;
    if (at > first && !word->joins)
        return false;
    if (at > first && finder->forms->words[at].parting == PV_PARTED_AMPERSAND)
        for (const char *letter = "and"; *letter; letter++)
            name->letters = pv_letters_hash_add(name->letters, (unsigned char)*letter);
    name->letters = pv_letters_hash_join(name->letters, word->letters);
    name->surface = name->surface * UINT64_C(0x100000001B3) ^ (at == first ? word->opening : word->surface);
    name->end++;
    return true;
}

static bool each_name(name_finder *finder, bool (*take)(name_finder *, const name_read *, size_t)) {
    for (size_t first = 0; first < finder->forms->count; first++) {
        if (!finder->words[first].content || !pv_word_form_is(&finder->forms->words[first], PV_FORM_CAPITAL))
            continue;
        name_read name = {PV_LETTERS_NONE, PV_HASH_SEED, first};
        while (read_on(finder, &name, first))
            if (finder->words[name.end - 1].content && name.letters.letters >= NAME_LETTERS &&
                !take(finder, &name, first))
                return false;
    }
    return true;
}

/* ---- those that are spelt in several ways ---- */

static size_t key_slot(const name_finder *finder, uint64_t key) {
    size_t slot = pv_slots_first(key, finder->mask);
    while (finder->keys[slot] != 0 && finder->keys[slot] != key)
        slot = pv_slots_next(slot, finder->mask);
    return slot;
}

static uint64_t surface_of(const name_read *name) {
    return name->surface == 0 ? 1 : name->surface;
}

static bool count_name(name_finder *finder, const name_read *name, size_t first) {
    (void)name;
    (void)first;
    finder->names++;
    return true;
}

static bool note_name(name_finder *finder, const name_read *name, size_t first) {
    (void)first;
    const uint64_t key = pv_letters_hash_key(name->letters);
    const size_t slot = key_slot(finder, key);
    if (finder->keys[slot] == 0) {
        finder->keys[slot] = key;
        finder->surfaces[slot] = surface_of(name);
    } else if (finder->surfaces[slot] != surface_of(name)) {
        finder->surfaces[slot] = 0;
    }
    return true;
}

static bool keep_name(name_finder *finder, const name_read *name, size_t first) {
    const uint64_t key = pv_letters_hash_key(name->letters);
    if (finder->surfaces[key_slot(finder, key)] != 0)
        return true;
    occurrence *room = PV_ARRAY_ADD(finder->all->arena, &finder->occurrences);
    if (!room)
        return pv_fail_memory(finder->all->error);
    *room = (occurrence){key, surface_of(name), (uint32_t)first, (uint32_t)(name->end - first)};
    return true;
}

static int compare_occurrences(const void *a, const void *b) {
    const occurrence *one = a, *other = b;
    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    if (one->surface != other->surface)
        return one->surface < other->surface ? -1 : 1;
    return (one->first > other->first) - (one->first < other->first);
}

/* ---- two spellings of one name held against each other ---- */

#define PIECES_MOST (2 * PV_NAME_WORDS_MOST)
#define AMPERSAND SIZE_MAX

typedef struct piece {
    size_t word;  /* or AMPERSAND, which stands for "and" */
    uint32_t end; /* letters of the name up to its end */
    pv_parting parting;
} piece;

typedef struct pieces {
    piece list[PIECES_MOST];
    size_t count;
} pieces;

static pieces pieces_of(const name_finder *finder, const occurrence *name) {
    pieces out = {.count = 0};
    uint32_t letters = 0;
    for (size_t word = name->first; word < name->first + name->words; word++) {
        const pv_parting parting = finder->forms->words[word].parting;
        if (word > name->first && parting == PV_PARTED_AMPERSAND)
            out.list[out.count++] = (piece){AMPERSAND, letters += 3, PV_PARTED_SPACE};
        letters += finder->words[word].letters.letters;
        out.list[out.count++] = (piece){word, letters, parting};
    }
    return out;
}

typedef struct comparison {
    uint32_t differing, usual_differing; /* bits: words of the rarer spelling, and of the usual one */
    unsigned same;                       /* words of their own that both have alike */
    unsigned single;                     /* letters that stand alone, of what is joined in the other */
    bool joined, hyphen, accents, apostrophe, capitals, abbreviation, ampersand, spelling;
    bool is_none; /* of no matter, or no variant at all */
} comparison;

static bool is_blank_or_hyphen(pv_parting parting) {
    return parting == PV_PARTED_HYPHEN || parting == PV_PARTED_SPACE || parting == PV_PARTED_BREAK;
}

/* The next letter, small; apostrophes and the dots of abbreviations are passed over. 0 at the end. */
static uint32_t next_letter(pv_str word, size_t *at, bool *apostrophe, bool *dot) {
    while (*at < word.size) {
        size_t length;
        const uint32_t character = pv_utf8_decode(word, *at, &length);
        *at += length;
        const bool is_apostrophe =
            character == '\'' || character == 0x2019 || character == 0x2018 || character == 0x02BC;
        if (!is_apostrophe && character != '.')
            return pv_utf8_lower(character);
        *apostrophe |= is_apostrophe;
        *dot |= character == '.';
    }
    return 0;
}

static void compare_letters(comparison *out, pv_str a, pv_str b) {
    bool apostrophe_a = false, apostrophe_b = false, dot_a = false, dot_b = false, accents = false;
    size_t at_a = 0, at_b = 0;
    uint32_t letter_a, letter_b;
    do {
        letter_a = next_letter(a, &at_a, &apostrophe_a, &dot_a);
        letter_b = next_letter(b, &at_b, &apostrophe_b, &dot_b);
        accents |= letter_a != letter_b;
    } while (letter_a != 0 && letter_b != 0);
    out->accents |= accents;
    out->apostrophe |= apostrophe_a != apostrophe_b;
    out->abbreviation |= dot_a != dot_b;
    out->capitals |= !accents && apostrophe_a == apostrophe_b && dot_a == dot_b;
}

/* Two words that differ in capitals: whether that is of no matter, since it is a short word, or one that is written
 * small too and merely stressed, or a label ("SECTION 2"). */
static bool is_stressed(const name_finder *finder, size_t a, size_t b) {
    const pv_word_form *one = &finder->forms->words[a], *other = &finder->forms->words[b];
    if (finder->words[a].letters.letters < CAPITAL_LETTERS)
        return true;
    return !pv_word_form_is(one, PV_FORM_CAMEL) && !pv_word_form_is(other, PV_FORM_CAMEL) &&
           (pv_word_table_find(&finder->lower, one->key) || pv_word_table_find(&finder->labels, one->key));
}

/* A word of the usual spelling and the word that stands for it in the rarer one. */
static void compare_words(const name_finder *finder, comparison *out, size_t a, size_t b, uint32_t bit_a,
                          uint32_t bit_b) {
    const name_word *one = &finder->words[a], *other = &finder->words[b];
    if (one->opening == other->opening) {
        out->same += one->content;
        return;
    }
    out->differing |= bit_b;
    out->usual_differing |= bit_a;
    if (one->abbreviated || other->abbreviated) {
        out->abbreviation = true;
        return;
    }
    if (one->respelt != other->respelt) {
        out->spelling = true;
        return;
    }
    comparison letters = {0};
    compare_letters(&letters, pv_word_form_str(finder->forms, a), pv_word_form_str(finder->forms, b));
    out->accents |= letters.accents;
    out->apostrophe |= letters.apostrophe;
    out->abbreviation |= letters.abbreviation;
    out->capitals |= letters.capitals;
    out->is_none |= letters.accents && one->letters.letters < ACCENT_LETTERS;
    out->is_none |= letters.capitals && is_stressed(finder, a, b);
}

/* Notes that the pieces from first to last are written as other pieces. */
static void note_joined(const name_finder *finder, comparison *out, const pieces *of, size_t first, size_t last,
                        size_t start, uint32_t *differing) {
    for (size_t i = first; i <= last; i++) {
        const size_t word = of->list[i].word;
        if (word == AMPERSAND)
            continue;
        *differing |= 1u << (word - start);
        out->is_none |= pv_word_form_is(&finder->forms->words[word], PV_FORM_DIGIT);
        out->single += finder->words[word].letters.letters == 1;
    }
}

/* What stands before the pieces: with a hyphen in one spelling, with a blank in the other. */
static void compare_partings(const name_finder *finder, comparison *out, const piece *a, const piece *b, size_t start_a,
                             size_t start_b) {
    if (a->word == AMPERSAND || b->word == AMPERSAND || !is_blank_or_hyphen(a->parting) ||
        !is_blank_or_hyphen(b->parting) || (a->parting == PV_PARTED_HYPHEN) == (b->parting == PV_PARTED_HYPHEN))
        return;
    const pv_word_form *word = &finder->forms->words[b->word];
    out->is_none |= a->parting == PV_PARTED_BREAK || b->parting == PV_PARTED_BREAK; /* a line end may hide a hyphen */
    out->hyphen = true;
    out->differing |= 1u << (b->word - start_b) | 1u << (b->word - 1 - start_b);
    out->usual_differing |= 1u << (a->word - start_a) | 1u << (a->word - 1 - start_a);
    out->is_none |= pv_word_table_find(&finder->all->particles, word->key) != NULL;
    out->is_none |= pv_word_form_is(word, PV_FORM_DIGIT);
}

static comparison compare_names(const name_finder *finder, const occurrence *usual, const occurrence *other) {
    const pieces a = pieces_of(finder, usual), b = pieces_of(finder, other);
    comparison out = {0};
    for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
        size_t end_i = i, end_j = j;
        while (end_i < a.count && end_j < b.count && a.list[end_i].end != b.list[end_j].end) {
            if (a.list[end_i].end < b.list[end_j].end)
                end_i++;
            else
                end_j++;
        }
        if (end_i == a.count || end_j == b.count)
            return (comparison){.is_none = true}; /* not the same letters */
        const piece *one = &a.list[i], *two = &b.list[j];
        if (i > 0)
            compare_partings(finder, &out, one, two, usual->first, other->first);
        if (end_i > i || end_j > j) {
            out.joined = true;
            note_joined(finder, &out, &a, i, end_i, usual->first, &out.usual_differing);
            note_joined(finder, &out, &b, j, end_j, other->first, &out.differing);
        } else if (one->word != AMPERSAND && two->word != AMPERSAND) {
            compare_words(finder, &out, one->word, two->word, 1u << (one->word - usual->first),
                          1u << (two->word - other->first));
        } else if (one->word != two->word) {
            out.abbreviation = out.ampersand = true;
            out.usual_differing |= 1u << ((one->word == AMPERSAND ? one[1].word : one->word) - usual->first);
            out.differing |= 1u << ((two->word == AMPERSAND ? two[1].word : two->word) - other->first);
        }
        i = end_i + 1;
        j = end_j + 1;
    }
    return out;
}

/* Whether nothing of a name stands directly before these words; behind them. */
static bool begins_free(const name_finder *finder, const occurrence *name) {
    const size_t first = name->first;
    return first == 0 || !finder->words[first].joins ||
           !(finder->words[first - 1].content || finder->words[first - 1].link) ||
           pv_word_form_is(&finder->forms->words[first - 1], PV_FORM_STARTS) || name->words == PV_NAME_WORDS_MOST;
}

static bool ends_free(const name_finder *finder, const occurrence *name) {
    const size_t end = name->first + name->words;
    return end >= finder->forms->count || !finder->words[end].joins || !finder->words[end].content ||
           name->words == PV_NAME_WORDS_MOST;
}

typedef bool is_free(const name_finder *finder, const occurrence *name);

static bool some_free(const name_finder *finder, size_t first, size_t count, is_free *free_there) {
    for (size_t i = first; i < first + count; i++)
        if (free_there(finder, &finder->occurrences.items[i]))
            return true;
    return false;
}

/* Whether both spellings end as names do: of what is but the beginning of a longer name ("Parent-Child Interaction
 * Coding System") nothing is said. */
static bool both_end(const name_finder *finder, const candidate *found) {
    return some_free(finder, found->first, found->count, ends_free) &&
           some_free(finder, found->usual_first, found->usual_count, ends_free);
}

static bool both_begin(const name_finder *finder, const candidate *found) {
    return some_free(finder, found->first, found->count, begins_free) &&
           some_free(finder, found->usual_first, found->usual_count, begins_free);
}

/* Whether a year follows in a bracket or after a comma: "Kania and Kramer (2011)". */
static bool is_cited(const name_finder *finder, const occurrence *name) {
    const pv_word_forms *forms = finder->forms;
    const size_t next = name->first + name->words;
    if (next >= forms->count || !pv_word_form_is(&forms->words[next], PV_FORM_DIGIT))
        return false;
    const pv_word_form *figure = &forms->words[next];
    return figure->at.start <= forms->words[next - 1].at.end + 3 && figure->at.end - figure->at.start >= 4;
}

static unsigned count_bits(uint32_t bits) {
    unsigned count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

/* Whether all words of the name that are parted otherwise have a capital and are no beginning of a sentence: a name,
 * not a phrase ("Long-term prevention"). */
static bool is_all_capital(const name_finder *finder, const occurrence *name) {
    for (size_t word = name->first; word < name->first + name->words; word++)
        if (!pv_word_form_is(&finder->forms->words[word], PV_FORM_CAPITAL | PV_FORM_DIGIT))
            return false;
    return true;
}

/* Whether a reader takes two such spellings for one name, and what differs. */
static bool is_variant(const name_finder *finder, const comparison *compared, const candidate *found,
                       pv_variant_kind *kind) {
    const occurrence *other = &finder->occurrences.items[found->first];
    const occurrence *usual = &finder->occurrences.items[found->usual_first];
    if (compared->is_none || compared->differing == 0 || compared->single > 1)
        return false;
    const size_t more = other->words - count_bits(compared->differing);
    if (compared->joined) {
        *kind = PV_VARIANT_SPACING;
        return compared->same > 0 || (both_begin(finder, found) && both_end(finder, found));
    }
    if (compared->hyphen) {
        *kind = PV_VARIANT_SPACING;
        return more > 1 || (both_end(finder, found) &&
                            (more > 0 || (is_all_capital(finder, other) && is_all_capital(finder, usual))));
    }
    if (compared->abbreviation) {
        *kind = PV_VARIANT_ABBREVIATION;
        return compared->same > (compared->ampersand ? 2 : 1) ||
               (compared->same > (compared->ampersand ? 1 : 0) && both_end(finder, found) && !is_cited(finder, other) &&
                !is_cited(finder, usual));
    }
    *kind = compared->spelling     ? PV_VARIANT_SPELLING
            : compared->accents    ? PV_VARIANT_ACCENTS
            : compared->apostrophe ? PV_VARIANT_APOSTROPHE
                                   : PV_VARIANT_CAPITALS;
    /* A word in capitals that is usual is an acronym; the same letters in another word are none. */
    return *kind != PV_VARIANT_CAPITALS || compared->same > 0 ||
           !pv_word_form_is(&finder->forms->words[usual->first], PV_FORM_UPPER) ||
           pv_word_form_is(&finder->forms->words[other->first], PV_FORM_CAMEL);
}

/* Holds each spelling of one name, occurrences from first to end, against the one used most often. */
static bool judge_name(name_finder *finder, size_t first, size_t end) {
    const occurrence *all = finder->occurrences.items;
    candidate found = {.usual_count = 0};
    for (size_t start = first, next; start < end; start = next) {
        for (next = start; next < end && all[next].surface == all[start].surface; next++)
            ;
        const size_t count = next - start;
        if (count > found.usual_count ||
            (count == found.usual_count && all[start].first < all[found.usual_first].first)) {
            found.usual_first = start;
            found.usual_count = count;
        }
    }
    for (size_t start = first, next; start < end; start = next) {
        for (next = start; next < end && all[next].surface == all[start].surface; next++)
            ;
        if (start == found.usual_first)
            continue;
        found.first = start;
        found.count = next - start;
        const comparison compared = compare_names(finder, &all[found.usual_first], &all[start]);
        if (!is_variant(finder, &compared, &found, &found.kind))
            continue;
        found.differing = compared.differing;
        found.usual_differing = compared.usual_differing;
        found.score = (uint64_t)found.usual_count * all[found.usual_first].words;
        candidate *room = PV_ARRAY_ADD(finder->all->arena, &finder->candidates);
        if (!room)
            return pv_fail_memory(finder->all->error);
        *room = found;
    }
    return true;
}

static int compare_candidates(const void *a, const void *b) {
    const candidate *one = a, *other = b;
    if (one->score != other->score)
        return one->score > other->score ? -1 : 1;
    return (one->first > other->first) - (one->first < other->first);
}

static pv_span span_of(const name_finder *finder, const occurrence *name) {
    return (pv_span){finder->forms->words[name->first].at.start,
                     finder->forms->words[name->first + name->words - 1].at.end};
}

/* Whether a word that differs was told of in another name. */
static bool was_told(const name_finder *finder, const occurrence *name, uint32_t differing) {
    for (uint32_t i = 0; i < name->words; i++)
        if ((differing >> i & 1) != 0 && finder->told[name->first + i])
            return true;
    return false;
}

static void tell(name_finder *finder, const occurrence *name, uint32_t differing) {
    for (uint32_t i = 0; i < name->words; i++)
        if ((differing >> i & 1) != 0)
            finder->told[name->first + i] = true;
}

static bool add_candidate(name_finder *finder, const candidate *found) {
    pv_span *places = PV_NEW_ARRAY(finder->all->arena, pv_span, found->count);
    size_t count = 0;
    if (!places)
        return pv_fail_memory(finder->all->error);
    if (was_told(finder, &finder->occurrences.items[found->usual_first], found->usual_differing))
        return true; /* the usual spelling is itself one that another name has otherwise */
    for (size_t i = found->first; i < found->first + found->count; i++) {
        const occurrence *name = &finder->occurrences.items[i];
        if (was_told(finder, name, found->differing))
            continue;
        tell(finder, name, found->differing);
        places[count++] = span_of(finder, name);
    }
    const pv_name_variant variant = {
        .kind = found->kind,
        .places = places,
        .count = count,
        .usual = span_of(finder, &finder->occurrences.items[found->usual_first]),
        .usual_count = found->usual_count,
    };
    return count == 0 || pv_variants_add(finder->all, &variant);
}

/* Notes the words that are flagged with one of these, and not with one of those. */
static bool note_words(const name_finder *finder, pv_word_table *out, uint32_t flags, uint32_t not_flags) {
    const pv_word_forms *forms = finder->forms;
    size_t count = 0;
    for (size_t i = 0; i < forms->count; i++)
        count += pv_word_form_is(&forms->words[i], flags);
    if (!pv_word_table_new(out, finder->all->arena, count, finder->all->error))
        return false;
    for (size_t i = 0; i < forms->count; i++)
        if (pv_word_form_is(&forms->words[i], flags) && !pv_word_form_is(&forms->words[i], not_flags))
            *pv_word_table_put(out, forms->words[i].key) = 1;
    return true;
}

static bool begin_names(name_finder *finder) {
    pv_arena *arena = finder->all->arena;
    pv_error *error = finder->all->error;
    const size_t count = finder->forms->count;
    finder->words = PV_NEW_ARRAY(arena, name_word, count);
    finder->told = PV_NEW_ARRAY(arena, bool, count);
    if (!finder->words || !finder->told)
        return pv_fail_memory(error);
    if (!read_spellings(&finder->spellings, arena, error) || !note_words(finder, &finder->lower, PV_FORM_LOWER, 0) ||
        !note_words(finder, &finder->titled, PV_FORM_CAPITAL, PV_FORM_UPPER) ||
        !pv_word_list_read(&finder->labels, arena, pv_english_part_labels, error))
        return false;
    for (size_t i = 0; i < count; i++)
        read_name_word(finder, i);
    if (!each_name(finder, count_name))
        return false;
    const size_t capacity = pv_slots_capacity(finder->names + 1);
    finder->mask = capacity - 1;
    finder->keys = PV_NEW_ARRAY(arena, uint64_t, capacity);
    finder->surfaces = PV_NEW_ARRAY(arena, uint64_t, capacity);
    return (finder->keys && finder->surfaces) || pv_fail_memory(error);
}

static bool find_names(pv_variant_finder *all) {
    name_finder finder = {.all = all, .forms = &all->forms};
    if (!begin_names(&finder) || !each_name(&finder, note_name) || !each_name(&finder, keep_name))
        return false;
    const size_t count = finder.occurrences.count;
    if (count > 0)
        qsort(finder.occurrences.items, count, sizeof finder.occurrences.items[0], compare_occurrences);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && finder.occurrences.items[end].key == finder.occurrences.items[first].key;)
            end++;
        if (!judge_name(&finder, first, end))
            return false;
    }
    if (finder.candidates.count > 0)
        qsort(finder.candidates.items, finder.candidates.count, sizeof finder.candidates.items[0], compare_candidates);
    for (size_t i = 0; i < finder.candidates.count; i++)
        if (!add_candidate(&finder, &finder.candidates.items[i]))
            return false;
    return true;
}

/* ---- all of them ---- */

static int compare_variants(const void *a, const void *b) {
    const pv_name_variant *one = a, *other = b;
    if (one->places[0].start != other->places[0].start)
        return one->places[0].start < other->places[0].start ? -1 : 1;
    return (one->places[0].end > other->places[0].end) - (one->places[0].end < other->places[0].end);
}

bool pv_name_variants_find(pv_name_variant_list *out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                           const pv_heading_list *headings, pv_error *error) {
    pv_variant_finder finder = {.arena = arena, .error = error};
    if (!pv_word_forms_read(&finder.forms, arena, text, tokens, headings, error) ||
        !pv_word_list_read(&finder.links, arena, pv_english_name_links, error) ||
        !pv_word_list_read(&finder.particles, arena, pv_english_particles, error))
        return false;
    finder.letters = PV_NEW_ARRAY(arena, pv_letters_hash, finder.forms.count);
    if (!finder.letters)
        return pv_fail_memory(error);
    for (size_t i = 0; i < finder.forms.count; i++)
        finder.letters[i] = hash_letters(pv_word_form_str(&finder.forms, i));
    if (!pv_variants_find_compounds(&finder) || !find_names(&finder) || !pv_variants_find_slips(&finder))
        return false;
    if (finder.found.count > 0)
        qsort(finder.found.items, finder.found.count, sizeof finder.found.items[0], compare_variants);
    *out = (pv_name_variant_list){finder.found.items, finder.found.count};
    return true;
}

const char *pv_variant_kind_name(pv_variant_kind kind) {
    static const char *const names[] = {
        [PV_VARIANT_SPACING] = "spacing",
        [PV_VARIANT_CAPITALS] = "capitals",
        [PV_VARIANT_ACCENTS] = "accents",
        [PV_VARIANT_APOSTROPHE] = "apostrophe",
        [PV_VARIANT_ABBREVIATION] = "abbreviation",
        [PV_VARIANT_SPELLING] = "spelling",
        [PV_VARIANT_SLIP] = "slip",
        [PV_VARIANT_COMPOUND] = "compound",
    };
    return names[kind];
}
