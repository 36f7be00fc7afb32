/* Spellings of single words: slips of a letter in names, and compounds with a hyphen, a blank or neither. */
#include "base/set.h"
#include "base/utf8.h"
#include "text/name_variants_p.h"

#define SLIP_LETTERS 6 /* a shorter name is too easily another one */
#define SLIP_USUAL 5   /* times that the right one is used, at least, ... */
#define SLIP_TIMES 5   /* ... and so many times as often */
#define COMPOUND_LETTERS 6

/* ---- slips ---- */

/* A word with a capital, however often. */
typedef struct word_type {
    uint64_t key;
    uint32_t count;
    uint32_t first, last; /* words */
} word_type;

typedef struct slip_finder {
    pv_variant_finder *all;
    const pv_word_forms *forms;
    pv_word_table by_key;
    PV_ARRAY(word_type) types;
    pv_word_table shortened; /* of usual words: with a letter left out, and whole; the type + 1 */
    pv_word_table pairs;     /* of a usual word and a word beside it */
    uint32_t *next;          /* of each word: the next one of its type, + 1 */
} slip_finder;

static bool is_name_word(const pv_word_form *word) {
    return pv_word_form_is(word, PV_FORM_CAPITAL) &&
           !pv_word_form_is(word, PV_FORM_UPPER | PV_FORM_DIGIT | PV_FORM_OWNER | PV_FORM_UNJUDGED);
}

static bool gather_types(slip_finder *finder) {
    const pv_word_forms *forms = finder->forms;
    if (!pv_word_table_new(&finder->by_key, finder->all->arena, forms->count, finder->all->error))
        return false;
    finder->next = PV_NEW_ARRAY(finder->all->arena, uint32_t, forms->count);
    if (!finder->next)
        return pv_fail_memory(finder->all->error);
    for (size_t i = 0; i < forms->count; i++) {
        const pv_word_form *word = &forms->words[i];
        if (!is_name_word(word) || finder->all->letters[i].count < SLIP_LETTERS)
            continue;
        uint32_t *number = pv_word_table_put(&finder->by_key, word->key, finder->all->error);
        if (!number)
            return false;
        if (*number == 0) {
            word_type *type = PV_ARRAY_ADD(finder->all->arena, &finder->types);
            if (!type)
                return pv_fail_memory(finder->all->error);
            *type = (word_type){.key = word->key, .first = (uint32_t)i};
            *number = (uint32_t)finder->types.count;
        } else {
            finder->next[finder->types.items[*number - 1].last] = (uint32_t)i + 1;
        }
        word_type *type = &finder->types.items[*number - 1];
        type->last = (uint32_t)i;
        type->count++;
    }
    return true;
}

#define LETTERS_MOST 32

/* The small letters of the word, without accents; 0 of one that has more than LETTERS_MOST. */
static size_t read_letters(const slip_finder *finder, size_t word, int32_t letters[LETTERS_MOST]) {
    const size_t count = pv_utf8_fold(pv_word_form_str(finder->forms, word), letters, LETTERS_MOST);
    size_t kept = 0;
    if (count > LETTERS_MOST)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (pv_is_letter_or_number((uint32_t)letters[i]))
            letters[kept++] = letters[i];
    return kept;
}

/* The key of the letters without the one at left_out. */
static uint64_t key_without(const int32_t *letters, size_t count, size_t left_out) {
    pv_letters hash = PV_LETTERS_NONE;
    for (size_t i = 0; i < count; i++)
        if (i != left_out)
            hash = pv_letters_add(hash, (uint32_t)letters[i]);
    return pv_letters_key(hash);
}

/* Whether one letter makes the words different: another one, one too many, or two that changed places; not the first
 * nor one of the last two, where grammar or another name may have it so. */
static bool is_slip(const int32_t *a, size_t a_count, const int32_t *b, size_t b_count) {
    size_t head = 0, tail = 0;
    while (head < a_count && head < b_count && a[head] == b[head])
        head++;
    while (tail < a_count - head && tail < b_count - head && a[a_count - 1 - tail] == b[b_count - 1 - tail])
        tail++;
    const size_t left_a = a_count - head - tail, left_b = b_count - head - tail;
    if (head < 1 || tail < 2)
        return false;
    if (left_a == 2 && left_b == 2)
        return a[head] == b[head + 1] && a[head + 1] == b[head];
    return left_a <= 1 && left_b <= 1 && left_a + left_b > 0;
}

static bool is_usual(const word_type *type) {
    return type->count >= SLIP_USUAL;
}

static uint64_t key_of_pair(uint64_t first, uint64_t second) {
    const uint64_t key = (first ^ second >> 29 ^ second << 35) * UINT64_C(0x9E3779B97F4A7C15) ^ second;
    return key == 0 ? 1 : key;
}

static bool are_beside(const slip_finder *finder, size_t word) {
    const pv_word_form *form = &finder->forms->words[word];
    return form->parting == PV_PARTED_SPACE || form->parting == PV_PARTED_HYPHEN || form->parting == PV_PARTED_BREAK;
}

/* The keys of the pairs of the word, for which key stands, and a name beside it; how many. */
static size_t pairs_of(const slip_finder *finder, size_t word, uint64_t key, uint64_t pairs[2]) {
    const pv_word_form *words = finder->forms->words;
    size_t count = 0;
    if (word > 0 && are_beside(finder, word) && pv_word_form_is(&words[word - 1], PV_FORM_CAPITAL))
        pairs[count++] = key_of_pair(words[word - 1].key, key);
    if (word + 1 < finder->forms->count && are_beside(finder, word + 1) &&
        pv_word_form_is(&words[word + 1], PV_FORM_CAPITAL))
        pairs[count++] = key_of_pair(key, words[word + 1].key);
    return count;
}

static bool put_pairs(slip_finder *finder, size_t word, uint64_t key) {
    uint64_t pairs[2];
    for (size_t i = pairs_of(finder, word, key, pairs); i > 0; i--)
        if (!pv_word_table_put(&finder->pairs, pairs[i - 1], finder->all->error))
            return false;
    return true;
}

static bool has_pair(const slip_finder *finder, size_t word, uint64_t key) {
    uint64_t pairs[2];
    for (size_t i = pairs_of(finder, word, key, pairs); i > 0; i--)
        if (pv_word_table_find(&finder->pairs, pairs[i - 1]))
            return true;
    return false;
}

/* Notes the usual word as it is, and with any one letter left out. */
static bool put_shortened(slip_finder *finder, size_t number) {
    const uint32_t word = finder->types.items[number].first;
    int32_t read[LETTERS_MOST];
    const size_t count = read_letters(finder, word, read);
    for (size_t k = 0; count > 0 && k <= count; k++) {
        uint32_t *type = pv_word_table_put(&finder->shortened, key_without(read, count, k), finder->all->error);
        if (!type)
            return false;
        *type = (uint32_t)number + 1;
    }
    return true;
}

static bool index_usual(slip_finder *finder) {
    size_t count = 0, words = 0;
    for (size_t i = 0; i < finder->types.count; i++) {
        const word_type *type = &finder->types.items[i];
        count += is_usual(type) ? LETTERS_MOST + 1 : 0;
        words += is_usual(type) ? type->count : 0;
    }
    if (!pv_word_table_new(&finder->shortened, finder->all->arena, count, finder->all->error) ||
        !pv_word_table_new(&finder->pairs, finder->all->arena, 2 * words, finder->all->error))
        return false;
    for (size_t i = 0; i < finder->types.count; i++) {
        const word_type *type = &finder->types.items[i];
        if (!is_usual(type))
            continue;
        if (!put_shortened(finder, i))
            return false;
        for (uint32_t word = type->first + 1; word != 0; word = finder->next[word - 1])
            if (!put_pairs(finder, word - 1, type->key))
                return false;
    }
    return true;
}

/* The usual word that this one is a slip of; NULL: none. */
static const word_type *usual_of(slip_finder *finder, const word_type *type) {
    int32_t letters[LETTERS_MOST], others[LETTERS_MOST];
    const size_t count = read_letters(finder, type->first, letters);
    for (size_t k = 0; count > 0 && k <= count; k++) {
        const uint32_t *number = pv_word_table_find(&finder->shortened, key_without(letters, count, k));
        const word_type *usual = number ? &finder->types.items[*number - 1] : NULL;
        if (!usual || usual == type || usual->count < type->count * SLIP_TIMES)
            continue;
        if (is_slip(letters, count, others, read_letters(finder, usual->first, others)))
            return usual;
    }
    return NULL;
}

static bool add_slip(slip_finder *finder, const word_type *type, const word_type *usual) {
    pv_span *places = PV_NEW_ARRAY(finder->all->arena, pv_span, type->count);
    size_t count = 0;
    if (!places)
        return pv_fail_memory(finder->all->error);
    for (uint32_t word = type->first + 1; word != 0; word = finder->next[word - 1])
        if (has_pair(finder, word - 1, usual->key))
            places[count++] = finder->forms->words[word - 1].at;
    const pv_name_variant variant = {PV_VARIANT_SLIP, places, count, finder->forms->words[usual->first].at,
                                     usual->count};
    return count == 0 || pv_variants_add(finder->all, &variant);
}

bool pv_variants_find_slips(pv_variant_finder *all) {
    slip_finder finder = {.all = all, .forms = &all->forms};
    if (!gather_types(&finder) || !index_usual(&finder))
        return false;
    for (size_t i = 0; i < finder.types.count; i++) {
        const word_type *type = &finder.types.items[i];
        if (is_usual(type) || pv_word_table_find(&all->lower, type->key))
            continue;
        const word_type *usual = usual_of(&finder, type);
        if (usual && !add_slip(&finder, type, usual))
            return false;
    }
    return true;
}

/* ---- compounds ---- */

typedef enum compound_form {
    COMPOUND_JOINED,
    COMPOUND_HYPHEN,
    COMPOUND_SPACED,
    COMPOUND_FORMS,
} compound_form;

/* The letters of a compound, however it is written. */
typedef struct compound {
    bool listed, other_meaning, by_taste;
    uint32_t count[COMPOUND_FORMS];
    uint32_t first[COMPOUND_FORMS];  /* words */
    pv_span *places[COMPOUND_FORMS]; /* of a form that is a variant, in text order; else NULL */
    uint32_t placed[COMPOUND_FORMS];
} compound;

typedef struct compound_finder {
    pv_variant_finder *all;
    const pv_word_forms *forms;
    pv_word_table by_key; /* a compound + 1 */
    PV_ARRAY(compound) compounds;
    pv_word_table lower; /* words written small that no hyphen touches */
} compound_finder;

/* NULL when memory is refused. */
static compound *put_compound(compound_finder *finder, uint64_t key) {
    uint32_t *number = pv_word_table_put(&finder->by_key, key, finder->all->error);
    if (!number)
        return NULL;
    if (*number > 0)
        return &finder->compounds.items[*number - 1];
    compound *added = PV_ARRAY_ADD(finder->all->arena, &finder->compounds);
    if (added)
        *number = (uint32_t)finder->compounds.count;
    else
        (void)pv_fail_memory(finder->all->error);
    return added;
}

/* Reads pairs of words with "|" between, with and without an "s" of several. */
static bool read_listed(compound_finder *finder, pv_str words, bool other_meaning) {
    pv_letters hash = PV_LETTERS_NONE;
    for (size_t i = 0; i <= words.size; i++) {
        if (i < words.size && words.data[i] != '|') {
            if (words.data[i] != ' ')
                hash = pv_letters_add(hash, (unsigned char)words.data[i]);
            continue;
        }
        for (int several = 0; several < 2; several++) {
            compound *found = put_compound(finder, pv_letters_key(hash));
            if (!found)
                return false;
            found->listed |= !other_meaning;
            found->other_meaning |= other_meaning;
            hash = pv_letters_add(hash, 's');
        }
        hash = PV_LETTERS_NONE;
    }
    return true;
}

static bool is_small(const compound_finder *finder, size_t word) {
    const pv_word_form *form = &finder->forms->words[word];
    return pv_word_form_is(form, PV_FORM_LOWER) &&
           !pv_word_form_is(form, PV_FORM_DIGIT | PV_FORM_OWNER | PV_FORM_UNJUDGED);
}

/* How the words stand at word, as a compound: this word alone, or with the one behind it. */
static bool is_pair(const compound_finder *finder, size_t word, pv_parting parting) {
    const pv_word_forms *forms = finder->forms;
    return word + 1 < forms->count && forms->words[word + 1].parting == parting && is_small(finder, word) &&
           is_small(finder, word + 1) &&
           finder->all->letters[word].count + finder->all->letters[word + 1].count >= COMPOUND_LETTERS;
}

static uint64_t key_of_words(const compound_finder *finder, size_t first, size_t second) {
    return pv_letters_key(pv_letters_join(finder->all->letters[first], finder->all->letters[second]));
}

static bool is_hyphenated(const compound_finder *finder, size_t word) {
    const pv_word_forms *forms = finder->forms;
    return forms->words[word].parting == PV_PARTED_HYPHEN ||
           (word + 1 < forms->count && forms->words[word + 1].parting == PV_PARTED_HYPHEN);
}

/* Whether a hyphen of this pair is of a chain of more: "up-to-date". */
static bool is_of_chain(const compound_finder *finder, size_t word) {
    const pv_word_forms *forms = finder->forms;
    return forms->words[word].parting == PV_PARTED_HYPHEN ||
           (word + 2 < forms->count && forms->words[word + 2].parting == PV_PARTED_HYPHEN);
}

static void count_form(compound *found, compound_form form, size_t word) {
    if (found->count[form]++ == 0)
        found->first[form] = (uint32_t)word;
}

static bool read_hyphens(compound_finder *finder) {
    pv_word_table prefixes, suffixes;
    if (!pv_word_table_of(&prefixes, finder->all->arena, pv_english_prefixes, finder->all->error) ||
        !pv_word_table_of(&suffixes, finder->all->arena, pv_english_suffixes, finder->all->error))
        return false;
    for (size_t i = 0; i < finder->forms->count; i++) {
        if (!is_pair(finder, i, PV_PARTED_HYPHEN) || is_of_chain(finder, i))
            continue;
        compound *found = put_compound(finder, key_of_words(finder, i, i + 1));
        if (!found)
            return false;
        count_form(found, COMPOUND_HYPHEN, i);
        found->by_taste |= pv_word_table_find(&prefixes, finder->forms->words[i].key) ||
                           pv_word_table_find(&suffixes, finder->forms->words[i + 1].key);
    }
    return true;
}

/* The compound that the word is, or it and the one behind it, in this form; NULL: none is known. */
static compound *compound_at(compound_finder *finder, size_t word, compound_form form) {
    uint64_t key;
    if (form == COMPOUND_JOINED) {
        if (!is_small(finder, word) || finder->all->letters[word].count < COMPOUND_LETTERS)
            return NULL;
        key = pv_letters_key(finder->all->letters[word]);
    } else {
        const bool is_hyphen = form == COMPOUND_HYPHEN;
        if (!is_pair(finder, word, is_hyphen ? PV_PARTED_HYPHEN : PV_PARTED_SPACE) ||
            (is_hyphen && is_of_chain(finder, word)))
            return NULL;
        key = key_of_words(finder, word, word + 1);
    }
    const uint32_t *number = pv_word_table_find(&finder->by_key, key);
    compound *found = number ? &finder->compounds.items[*number - 1] : NULL;
    return found && (form != COMPOUND_SPACED || found->listed) ? found : NULL;
}

static void count_others(compound_finder *finder) {
    static const compound_form others[] = {COMPOUND_JOINED, COMPOUND_SPACED};
    for (size_t word = 0; word < finder->forms->count; word++)
        for (size_t i = 0; i < 2; i++) {
            compound *found = compound_at(finder, word, others[i]);
            if (found)
                count_form(found, others[i], word);
        }
}

/* Whether both parts of a hyphenated word are words of the text: none was cut by the end of a line. */
static bool has_parts(const compound_finder *finder, const compound *found) {
    const size_t first = found->first[COMPOUND_HYPHEN];
    return found->by_taste || found->listed ||
           (pv_word_table_find(&finder->lower, finder->forms->words[first].key) != NULL &&
            pv_word_table_find(&finder->lower, finder->forms->words[first + 1].key) != NULL);
}

static pv_span span_of(const compound_finder *finder, size_t word, compound_form form) {
    const pv_word_form *words = finder->forms->words;
    return (pv_span){words[word].at.start, words[form == COMPOUND_JOINED ? word : word + 1].at.end};
}

static compound_form usual_of_compound(const compound *found) {
    compound_form usual = COMPOUND_JOINED;
    for (compound_form form = COMPOUND_HYPHEN; form < COMPOUND_FORMS; form++)
        if (found->count[form] > found->count[usual] ||
            (found->count[form] == found->count[usual] && found->first[form] < found->first[usual]))
            usual = form;
    return usual;
}

static bool is_variant(const compound_finder *finder, const compound *found, compound_form form) {
    const compound_form usual = usual_of_compound(found);
    if (form == usual || found->count[form] == 0 || found->other_meaning)
        return false;
    /* With a hyphen before a noun, with a blank elsewhere: grammar, not taste. */
    if ((form == COMPOUND_HYPHEN && usual == COMPOUND_SPACED) || (form == COMPOUND_SPACED && usual == COMPOUND_HYPHEN))
        return false;
    return (form != COMPOUND_HYPHEN && usual != COMPOUND_HYPHEN) || has_parts(finder, found);
}

/* Makes room for the places of each form that is a variant. */
static bool make_room(compound_finder *finder) {
    for (size_t i = 0; i < finder->compounds.count; i++) {
        compound *found = &finder->compounds.items[i];
        for (compound_form form = COMPOUND_JOINED; form < COMPOUND_FORMS; form++) {
            if (!is_variant(finder, found, form))
                continue;
            found->places[form] = PV_NEW_ARRAY(finder->all->arena, pv_span, found->count[form]);
            if (!found->places[form])
                return pv_fail_memory(finder->all->error);
        }
    }
    return true;
}

static void place_all(compound_finder *finder) {
    for (size_t word = 0; word < finder->forms->count; word++)
        for (compound_form form = COMPOUND_JOINED; form < COMPOUND_FORMS; form++) {
            compound *found = compound_at(finder, word, form);
            if (found && found->places[form])
                found->places[form][found->placed[form]++] = span_of(finder, word, form);
        }
}

static bool add_compounds(compound_finder *finder) {
    for (size_t i = 0; i < finder->compounds.count; i++) {
        const compound *found = &finder->compounds.items[i];
        const compound_form usual = usual_of_compound(found);
        for (compound_form form = COMPOUND_JOINED; form < COMPOUND_FORMS; form++) {
            if (found->placed[form] == 0)
                continue;
            const pv_name_variant variant = {PV_VARIANT_COMPOUND, found->places[form], found->placed[form],
                                             span_of(finder, found->first[usual], usual), found->count[usual]};
            if (!pv_variants_add(finder->all, &variant))
                return false;
        }
    }
    return true;
}

bool pv_variants_find_compounds(pv_variant_finder *all) {
    compound_finder finder = {.all = all, .forms = &all->forms};
    size_t hyphens = 0;
    for (size_t i = 0; i < all->forms.count; i++)
        hyphens += all->forms.words[i].parting == PV_PARTED_HYPHEN;
    /* Each listed one is put there with and without an "s". */
    const size_t listed = 2 * (pv_count_words(pv_english_compounds) + pv_count_words(pv_english_other_meanings));
    if (!pv_word_table_new(&finder.by_key, all->arena, hyphens + listed, all->error) ||
        !pv_word_table_new(&finder.lower, all->arena, all->forms.count, all->error))
        return false;
    for (size_t i = 0; i < all->forms.count; i++)
        if (is_small(&finder, i) && !is_hyphenated(&finder, i) &&
            !pv_word_table_put(&finder.lower, all->forms.words[i].key, all->error))
            return false;
    if (!read_listed(&finder, pv_english_compounds, false) || !read_listed(&finder, pv_english_other_meanings, true) ||
        !read_hyphens(&finder))
        return false;
    count_others(&finder);
    if (!make_room(&finder))
        return false;
    place_all(&finder);
    return add_compounds(&finder);
}
