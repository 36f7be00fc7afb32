/* Two spellings of one name held against each other, word by word. */
#include "base/utf8.h"
#include "text/name_variants_p.h"

#define ACCENT_LETTERS 4  /* of a word that differs in accents alone */
#define CAPITAL_LETTERS 5 /* of a word that differs in capitals alone */

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

/* Whether the name goes on behind a word with 's, which is then of it. */
static bool is_inner_owner(const pv_variant_finder *finder, const pv_name_place *name, size_t word) {
    return finder->names[word].owner && word + 1 < (size_t)name->first + name->words;
}

/* The word as it is written in the name. */
static pv_str word_of(const pv_variant_finder *finder, const pv_name_place *name, size_t word) {
    const pv_span at = finder->forms.words[word].at;
    size_t length;
    if (!is_inner_owner(finder, name, word))
        return pv_word_form_str(&finder->forms, word);
    (void)pv_utf8_decode(finder->forms.text, at.end, &length);
    return pv_str_slice(finder->forms.text, at.start, at.end + length + 1);
}

static pieces pieces_of(const pv_variant_finder *finder, const pv_name_place *name) {
    pieces out = {.count = 0};
    uint32_t letters = 0;
    for (size_t word = name->first; word < name->first + name->words; word++) {
        const pv_parting parting = finder->forms.words[word].parting;
        if (word > name->first && parting == PV_PARTED_AMPERSAND)
            out.list[out.count++] = (piece){AMPERSAND, letters += 3, PV_PARTED_SPACE};
        letters += finder->names[word].letters.count + is_inner_owner(finder, name, word);
        out.list[out.count++] = (piece){word, letters, parting};
    }
    return out;
}

static bool is_blank_or_hyphen(pv_parting parting) {
    return parting == PV_PARTED_HYPHEN || parting == PV_PARTED_SPACE || parting == PV_PARTED_BREAK;
}

/* The next letter, small; apostrophes and the dots of abbreviations are passed over. 0 at the end. */
static uint32_t next_letter(pv_str word, size_t *at, bool *apostrophe, bool *dot) {
    while (*at < word.size) {
        size_t length;
        const uint32_t character = pv_utf8_decode(word, *at, &length);
        *at += length;
        const bool is_apostrophe = pv_is_apostrophe(character);
        if (!is_apostrophe && character != '.')
            return pv_utf8_lower(character);
        *apostrophe |= is_apostrophe;
        *dot |= character == '.';
    }
    return 0;
}

static void compare_letters(pv_name_difference *out, pv_str a, pv_str b) {
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

/* The letters of the word and of those that a hyphen joins to it. */
static uint32_t letters_of_chain(const pv_variant_finder *finder, size_t word) {
    uint32_t letters = finder->names[word].letters.count;
    if (word > 0 && finder->forms.words[word].parting == PV_PARTED_HYPHEN)
        letters += finder->names[word - 1].letters.count;
    if (word + 1 < finder->forms.count && finder->forms.words[word + 1].parting == PV_PARTED_HYPHEN)
        letters += finder->names[word + 1].letters.count;
    return letters;
}

/* Two words that differ in capitals: whether that is of no matter, since it is a short word, or one that is written
 * small too and merely stressed, or a label ("SECTION 2"). */
static bool is_stressed(const pv_variant_finder *finder, size_t a, size_t b) {
    const pv_word_form *one = &finder->forms.words[a], *other = &finder->forms.words[b];
    if (letters_of_chain(finder, a) < CAPITAL_LETTERS)
        return true;
    return !pv_word_form_is(one, PV_FORM_CAMEL) && !pv_word_form_is(other, PV_FORM_CAMEL) &&
           (pv_word_table_find(&finder->lower, one->key) || pv_word_table_find(&finder->labels, one->key));
}

/* A word of the usual spelling and the word that stands for it in the rarer one. */
static void compare_words(const pv_variant_finder *finder, pv_name_difference *out, const pv_name_place *usual,
                          size_t a, const pv_name_place *rarer, size_t b) {
    const pv_name_word *one = &finder->names[a], *other = &finder->names[b];
    if (one->opening == other->opening) {
        out->same += one->content;
        return;
    }
    out->differing |= 1u << (b - rarer->first);
    out->usual_differing |= 1u << (a - usual->first);
    if (one->abbreviated || other->abbreviated) {
        out->abbreviation = true;
        return;
    }
    if (one->respelt != other->respelt) {
        out->spelling = true;
        return;
    }
    pv_name_difference letters = {0};
    compare_letters(&letters, word_of(finder, usual, a), word_of(finder, rarer, b));
    out->accents |= letters.accents;
    out->apostrophe |= letters.apostrophe;
    out->abbreviation |= letters.abbreviation;
    out->capitals |= letters.capitals;
    out->is_none |= letters.accents && one->letters.count < ACCENT_LETTERS;
    out->is_none |= letters.capitals && is_stressed(finder, a, b);
}

/* Notes that the pieces from first to last are written as other pieces. */
static void note_joined(const pv_variant_finder *finder, pv_name_difference *out, const pieces *of, size_t first,
                        size_t last, size_t start, uint32_t *differing) {
    for (size_t i = first; i <= last; i++) {
        const size_t word = of->list[i].word;
        if (word == AMPERSAND)
            continue;
        *differing |= 1u << (word - start);
        out->is_none |= pv_word_form_is(&finder->forms.words[word], PV_FORM_DIGIT);
        out->single += finder->names[word].letters.count == 1;
    }
}

/* What stands before the pieces: with a hyphen in one spelling, with a blank in the other. */
static void compare_partings(const pv_variant_finder *finder, pv_name_difference *out, const piece *a, const piece *b,
                             size_t start_a, size_t start_b) {
    if (a->word == AMPERSAND || b->word == AMPERSAND || !is_blank_or_hyphen(a->parting) ||
        !is_blank_or_hyphen(b->parting) || (a->parting == PV_PARTED_HYPHEN) == (b->parting == PV_PARTED_HYPHEN))
        return;
    const pv_word_form *word = &finder->forms.words[b->word];
    out->is_none |= a->parting == PV_PARTED_BREAK || b->parting == PV_PARTED_BREAK; /* a line end may hide a hyphen */
    out->hyphen = true;
    out->differing |= 1u << (b->word - start_b) | 1u << (b->word - 1 - start_b);
    out->usual_differing |= 1u << (a->word - start_a) | 1u << (a->word - 1 - start_a);
    out->is_none |= pv_word_table_find(&finder->particles, word->key) != NULL;
    out->is_none |= pv_word_form_is(word, PV_FORM_DIGIT);
}

pv_name_difference pv_name_compare(const pv_variant_finder *finder, const pv_name_place *usual,
                                   const pv_name_place *other) {
    const pieces a = pieces_of(finder, usual), b = pieces_of(finder, other);
    pv_name_difference out = {0};
    for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
        size_t end_i = i, end_j = j;
        while (end_i < a.count && end_j < b.count && a.list[end_i].end != b.list[end_j].end) {
            if (a.list[end_i].end < b.list[end_j].end)
                end_i++;
            else
                end_j++;
        }
        if (end_i == a.count || end_j == b.count)
            return (pv_name_difference){.is_none = true}; /* not the same letters */
        const piece *one = &a.list[i], *two = &b.list[j];
        if (i > 0)
            compare_partings(finder, &out, one, two, usual->first, other->first);
        if (end_i > i || end_j > j) {
            out.joined = true;
            note_joined(finder, &out, &a, i, end_i, usual->first, &out.usual_differing);
            note_joined(finder, &out, &b, j, end_j, other->first, &out.differing);
        } else if (one->word != AMPERSAND && two->word != AMPERSAND) {
            compare_words(finder, &out, usual, one->word, other, two->word);
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
