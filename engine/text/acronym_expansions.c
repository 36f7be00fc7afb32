/* What the text says beside an acronym that it stands for: in brackets, in a glossary, in so many words. */
#include <string.h>

#include "base/utf8.h"
#include "text/acronyms_p.h"

#define MORE_WORDS 6 /* than two for each letter, that are looked at */
#define WORDS_MOST (2 * PV_ACRONYM_LETTERS_MOST + MORE_WORDS + 1)
#define WORD_LETTERS 24   /* of a word that are looked at */
#define BRACKET_WORDS 5   /* that stand in a bracket before an acronym */
#define OPENING_WORDS 3   /* of a paragraph, that an acronym is among */
#define GLOSSARY_WORDS 12 /* of what a line of a glossary says, at most */

static const pv_word_form *word_at(const pv_acronym_text *text, size_t word) {
    return pv_acronym_word(text, word);
}

static bool is_kind(const pv_acronym_text *text, size_t word, pv_acronym_words kind) {
    return pv_acronym_is(text, word, kind);
}

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
static bool is_open(const pv_acronym_text *text, size_t word) {
    const pv_word_form *form = word_at(text, word);
    const pv_word_form *before = word_at(text, word - 1);
    unsigned breaks = 0;
    if (form->parting == PV_PARTED_SPACE || form->parting == PV_PARTED_HYPHEN)
        return true;
    for (uint32_t at = before->at.end; at < form->at.start; at++) {
        const char c = text->forms.text.data[at];
        if (c == '\n' && ++breaks > 1)
            return false;
        if (c == '.' && before->at.end - before->at.start > 4)
            return false;
        if (strchr(";:()[]|\t?!<>=#", c))
            return false;
    }
    return form->parting != PV_PARTED_OTHER || !pv_word_form_is(form, PV_FORM_LINE);
}

/* A word that letters are looked for in. */
typedef struct window_word {
    char letters[WORD_LETTERS]; /* small */
    size_t size;
    bool small, capital;
} window_word;

typedef struct letter_match {
    char letters[PV_ACRONYM_LETTERS_MOST];
    size_t letter_count;
    window_word words[WORDS_MOST];
    size_t word_count;
    /* Of telling letters by words: those from i on by all from k on, or the first i by the first k. */
    unsigned cost[PV_ACRONYM_LETTERS_MOST + 1][WORDS_MOST + 1];
} letter_match;

#define NEVER 1000u
#define COST_OF_SMALL 1u       /* a letter that is told by a small word: "Parents *a*s Teachers" */
#define COST_OF_INNER 2u       /* by one inside a word with a capital: "*H*ealth*c*are" */
#define COST_OF_SMALL_INNER 3u /* ... without: "post*t*raumatic stress disorder" */
#define COST_OF_WORD 3u        /* a word passed over that is not small */

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

static unsigned cost_of_passing(const window_word *word) {
    return word->small ? 0 : COST_OF_WORD;
}

/* The costs of telling letters from i on by one word: costs[n] that of n of them, from one on. How many it can tell. */
static size_t letters_told(const letter_match *match, size_t i, size_t k, unsigned costs[PV_ACRONYM_LETTERS_MOST + 1]) {
    const window_word *word = &match->words[k];
    size_t told = 0;
    if (word->size == 0 || word->letters[0] != match->letters[i])
        return 0;
    costs[++told] = word->small ? COST_OF_SMALL : 0;
    for (size_t at = 1; at < word->size && i + told < match->letter_count; at++) {
        if (word->letters[at] != match->letters[i + told])
            continue;
        costs[told + 1] = costs[told] + (word->capital ? COST_OF_INNER : COST_OF_SMALL_INNER);
        told++;
    }
    return told;
}

/* The cheapest way to tell the letters from i on, the first of them by the word k, and no word behind it left. */
static unsigned cost_from(const letter_match *match, size_t i, size_t k) {
    unsigned costs[PV_ACRONYM_LETTERS_MOST + 1];
    unsigned best = NEVER;
    for (size_t told = letters_told(match, i, k, costs); told > 0; told--)
        best = least(best, costs[told] + match->cost[i + told][k + 1]);
    return best;
}

static void fill_from_end(letter_match *match) {
    const size_t letters = match->letter_count, words = match->word_count;
    for (size_t i = 0; i < letters; i++)
        match->cost[i][words] = NEVER;
    match->cost[letters][words] = 0;
    for (size_t k = words; k-- > 0;)
        for (size_t i = 0; i <= letters; i++) {
            match->cost[i][k] = least(NEVER, cost_of_passing(&match->words[k]) + match->cost[i][k + 1]);
            if (i < letters)
                match->cost[i][k] = least(match->cost[i][k], cost_from(match, i, k));
        }
}

/* The first letter is told by the first word. */
static void fill_from_start(letter_match *match) {
    const size_t letters = match->letter_count, words = match->word_count;
    for (size_t i = 0; i <= letters; i++)
        for (size_t k = 0; k <= words; k++)
            match->cost[i][k] = NEVER;
    match->cost[0][0] = 0;
    for (size_t k = 0; k < words; k++)
        for (size_t i = 0; i <= letters; i++) {
            unsigned costs[PV_ACRONYM_LETTERS_MOST + 1];
            const unsigned before = match->cost[i][k];
            if (before >= NEVER)
                continue;
            if (k > 0)
                match->cost[i][k + 1] = least(match->cost[i][k + 1], before + cost_of_passing(&match->words[k]));
            for (size_t told = i < letters ? letters_told(match, i, k, costs) : 0; told > 0; told--)
                match->cost[i + told][k + 1] = least(match->cost[i + told][k + 1], before + costs[told]);
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

static bool begin_match(const pv_acronym_text *text, const pv_acronym_mention *found, letter_match *match) {
    match->letter_count = pv_acronym_letters(text, found->first, found->end, match->letters);
    return match->letter_count >= 2 && match->letter_count <= PV_ACRONYM_LETTERS_MOST;
}

static size_t longest_of(const letter_match *match) {
    return 2 * match->letter_count + MORE_WORDS;
}

static void read_window(const pv_acronym_text *text, letter_match *match, size_t first, size_t end) {
    match->word_count = end - first;
    for (size_t k = 0; k < match->word_count; k++) {
        window_word *word = &match->words[k];
        word->size = fold_word(pv_word_form_str(&text->forms, first + k), word->letters, WORD_LETTERS);
        word->small = is_kind(text, first + k, PV_ACRONYM_SMALL);
        word->capital = pv_word_form_is(word_at(text, first + k), PV_FORM_CAPITAL);
    }
}

static pv_span span_of(const pv_acronym_text *text, size_t first, size_t end) {
    return (pv_span){word_at(text, first)->at.start, word_at(text, end - 1)->at.end};
}

/* Looks for the words that tell the letters, the last of which is the one before `end`; *begin: the first of them.
 * at_line: that must be the first of its line or cell. */
static bool match_back(const pv_acronym_text *text, pv_acronym_mention *found, size_t end, match_trust trust,
                       bool at_line, size_t *begin) {
    letter_match match;
    if (end == 0 || !begin_match(text, found, &match))
        return false;
    size_t first = end - 1;
    while (first > 0 && end - first < longest_of(&match) && is_open(text, first))
        first--;
    read_window(text, &match, first, end);
    fill_from_end(&match);
    unsigned best = NEVER;
    *begin = first;
    for (size_t k = 0; k < match.word_count; k++) {
        const unsigned cost = cost_from(&match, 0, k);
        if (cost > best || (at_line && !pv_word_form_is(word_at(text, first + k), PV_FORM_LINE)))
            continue;
        best = cost;
        *begin = first + k;
    }
    if (best > most_cost(match.letter_count, trust))
        return false;
    found->words = span_of(text, *begin, end);
    return true;
}

/* The same of words that begin with the word first; *end: the word behind them. */
static bool match_on(const pv_acronym_text *text, pv_acronym_mention *found, size_t first, match_trust trust,
                     size_t *end) {
    letter_match match;
    if (first >= text->forms.count || !begin_match(text, found, &match))
        return false;
    if (is_kind(text, first, PV_ACRONYM_SMALL) && first + 1 < text->forms.count && is_open(text, first + 1))
        first++;
    size_t room = first + 1;
    while (room < text->forms.count && room - first < longest_of(&match) && is_open(text, room))
        room++;
    read_window(text, &match, first, room);
    fill_from_start(&match);
    unsigned best = NEVER;
    *end = room;
    for (size_t k = 1; k <= match.word_count; k++) {
        const unsigned cost = match.cost[match.letter_count][k];
        if (cost >= best)
            continue;
        best = cost;
        *end = first + k;
    }
    if (best > most_cost(match.letter_count, trust))
        return false;
    found->words = span_of(text, first, *end);
    return true;
}

static bool gap_has(const pv_acronym_text *text, size_t word, const char *signs) {
    const uint32_t start = word == 0 ? 0 : word_at(text, word - 1)->at.end;
    const uint32_t end = word < text->forms.count ? word_at(text, word)->at.start : (uint32_t)text->forms.text.size;
    for (uint32_t at = start; at < end; at++)
        if (strchr(signs, text->forms.text.data[at]))
            return true;
    return false;
}

/* Whether all but one of the letters (of three: all) begin a word of the name that ends before `end`, in any order:
 * "Family Resource and Youth Services Centers (FRSYC)". A bracket with nothing but the acronym says as much. */
static bool match_loosely(const pv_acronym_text *text, pv_acronym_mention *found, size_t end) {
    letter_match match;
    if (end == 0 || !begin_match(text, found, &match) || match.letter_count < 3)
        return false;
    size_t missing = match.letter_count;
    bool told[PV_ACRONYM_LETTERS_MOST] = {false};
    for (size_t word = end; word > 0 && end - word < longest_of(&match);) {
        char first;
        if (word < end && !is_open(text, word))
            return false;
        word--;
        const bool small = is_kind(text, word, PV_ACRONYM_SMALL);
        if (!small && !pv_word_form_is(word_at(text, word), PV_FORM_CAPITAL))
            return false;
        if (small || fold_word(pv_word_form_str(&text->forms, word), &first, 1) == 0)
            continue;
        for (size_t i = 0; i < match.letter_count; i++) {
            if (told[i] || match.letters[i] != first)
                continue;
            told[i] = true;
            missing--;
            break;
        }
        if (first == match.letters[0] && end - word >= 2 && missing <= (match.letter_count > 3 ? 1 : 0)) {
            found->words = span_of(text, word, end);
            return true;
        }
    }
    return false;
}

/* The name that ends before the word: words with a capital and small ones between. */
static pv_span name_before(const pv_acronym_text *text, size_t end) {
    size_t first = end - 1;
    for (size_t word = end - 1; word > 0 && end - word < WORDS_MOST && is_open(text, word); word--) {
        const bool small = is_kind(text, word - 1, PV_ACRONYM_SMALL);
        if (!small && !pv_word_form_is(word_at(text, word - 1), PV_FORM_CAPITAL))
            break;
        first = small ? first : word - 1;
    }
    return span_of(text, first, end);
}

/* Whether the bracket that the acronym stands in closes behind it, or goes on to say that it is one. */
static bool ends_bracket(const pv_acronym_text *text, const pv_acronym_mention *found, bool *is_said) {
    *is_said = false;
    for (size_t word = found->end; word < text->forms.count && word - found->end < BRACKET_WORDS; word++) {
        if (gap_has(text, word, ")]"))
            return word == found->end || *is_said;
        *is_said |= is_kind(text, word, PV_ACRONYM_SAYS);
    }
    return false;
}

/* The words before the bracket without those of an acronym which a slash parts from this one: "(AI/AN)". */
static size_t end_before_next(const pv_acronym_text *text, const pv_acronym_mention *found, size_t end) {
    pv_acronym_mention next = {.first = found->end};
    size_t begin;
    if (found->end >= text->forms.count || word_at(text, found->end)->parting != PV_PARTED_SLASH ||
        !pv_word_form_is(word_at(text, found->end), PV_FORM_UPPER))
        return end;
    next.end = found->end + 1;
    return match_back(text, &next, end, TRUST_NOTHING, false, &begin) ? begin : end;
}

/* The words before the bracket without those that it says too: "Technical Assistance Marketplace (TA Marketplace)". */
static size_t end_before_same(const pv_acronym_text *text, const pv_acronym_mention *found, size_t end) {
    size_t count = 0;
    while (found->end + count < text->forms.count && count < BRACKET_WORDS &&
           word_at(text, found->end + count)->parting <= PV_PARTED_HYPHEN)
        count++;
    if (count >= end || !gap_has(text, found->end + count, ")]"))
        return end;
    for (size_t i = 0; i < count; i++)
        if (word_at(text, found->end + i)->key != word_at(text, end - count + i)->key)
            return end;
    return end - count;
}

/* Words, then the acronym in a bracket: "Managed Care Plans (MCPs)", "the Department (hereafter “DHCS”)". */
static bool match_bracket_behind(const pv_acronym_text *text, pv_acronym_mention *found) {
    size_t word = found->first, begin;
    bool leads = true, is_said;
    for (size_t steps = 0; word > 0 && steps < BRACKET_WORDS; steps++, word--) {
        if (gap_has(text, word, "([")) {
            const size_t end = end_before_same(text, found, end_before_next(text, found, word));
            if (match_back(text, found, end, leads ? TRUST_LETTERS : TRUST_NOTHING, false, &begin))
                return true;
            if (word != found->first || !ends_bracket(text, found, &is_said))
                return false;
            found->is_loose = true;
            found->words = name_before(text, word);
            return match_back(text, found, word, TRUST_BRACKET, false, &begin) || match_loosely(text, found, word) ||
                   is_said;
        }
        if (gap_has(text, word, ")].|\t\n;"))
            return false;
        leads = leads && is_kind(text, word - 1, PV_ACRONYM_LEADS);
    }
    return false;
}

/* The acronym, then its words in a bracket. */
static bool match_bracket_before(const pv_acronym_text *text, pv_acronym_mention *found) {
    size_t end;
    if (found->end >= text->forms.count || !gap_has(text, found->end, "([") || gap_has(text, found->end, ")].|\t;"))
        return false;
    return match_on(text, found, found->end, TRUST_LETTERS, &end) &&
           (end >= text->forms.count || !is_open(text, end) || word_at(text, end)->parting == PV_PARTED_COMMA ||
            is_kind(text, end, PV_ACRONYM_LEADS));
}

/* Whether what stands before this word parts an acronym from its words in a glossary: a dash, colon, cell. */
static bool is_glossary_gap(const pv_acronym_text *text, size_t word) {
    if (word == 0 || word >= text->forms.count)
        return false;
    if (pv_word_form_is(word_at(text, word), PV_FORM_CELL) && pv_word_form_is(word_at(text, word), PV_FORM_LINE) &&
        pv_word_form_is(word_at(text, word - 1), PV_FORM_CELL))
        return true;
    if (gap_has(text, word, "()[].;,\n"))
        return false;
    const uint32_t start = word_at(text, word - 1)->at.end;
    const uint32_t end = word_at(text, word)->at.start;
    for (uint32_t at = start; at < end; at++) {
        size_t length;
        const uint32_t character = pv_utf8_decode(text->forms.text, at, &length);
        const bool blank_before = at > start && text->forms.text.data[at - 1] == ' ';
        if (character == ':' || character == '=' || character == '|' || character == '\t' || character == 0x2013 ||
            character == 0x2014 || (character == '-' && blank_before) || (character == ' ' && blank_before))
            return true;
        at += (uint32_t)length - 1;
    }
    return false;
}

/* A line or cell of a glossary: "ECM – Enhanced Care Management", or the other way round. */
static bool match_glossary(const pv_acronym_text *text, pv_acronym_mention *found) {
    size_t end, begin;
    found->in_glossary =
        pv_word_form_is(word_at(text, found->first), PV_FORM_LINE) && is_glossary_gap(text, found->end);
    if (pv_word_form_is(word_at(text, found->first), PV_FORM_LINE) && is_glossary_gap(text, found->end) &&
        match_on(text, found, found->end, TRUST_LETTERS, &end))
        return true;
    const bool ends = found->end >= text->forms.count || pv_word_form_is(word_at(text, found->end), PV_FORM_LINE);
    return ends && is_glossary_gap(text, found->first) &&
           match_back(text, found, found->first, TRUST_LETTERS, true, &begin);
}

/* Of two letters, words tell enough that are a name. */
static bool tells_enough(const pv_acronym_text *text, const pv_acronym_mention *found, size_t first, size_t end) {
    char letters[PV_ACRONYM_LETTERS_MOST];
    return pv_acronym_letters(text, found->first, found->end, letters) > 2 ||
           (pv_word_form_is(word_at(text, first), PV_FORM_CAPITAL) &&
            pv_word_form_is(word_at(text, end - 1), PV_FORM_CAPITAL));
}

/* "ECM, or Enhanced Care Management", "Enhanced Care Management, hereafter ECM", "ECM stands for …". */
static bool match_words_between(const pv_acronym_text *text, pv_acronym_mention *found) {
    size_t end = found->end, behind, begin;
    while (end < text->forms.count && end - found->end < 4 && !gap_has(text, end, "()[].;|\t") &&
           is_kind(text, end, PV_ACRONYM_MEANS))
        end++;
    if (end > found->end && !gap_has(text, end, "()[].;|\t") && match_on(text, found, end, TRUST_NOTHING, &behind) &&
        tells_enough(text, found, end, behind))
        return true;
    size_t word = found->first;
    while (word > 0 && found->first - word < BRACKET_WORDS && word_at(text, word)->parting == PV_PARTED_SPACE &&
           is_kind(text, word - 1, PV_ACRONYM_LEADS))
        word--;
    return word < found->first && word > 0 && word_at(text, word)->parting == PV_PARTED_COMMA &&
           match_back(text, found, word, TRUST_NOTHING, false, &begin) && tells_enough(text, found, begin, word);
}

/* The words of an expansion, whatever their number and small words: "plans" as "plan". */
static uint64_t wording_of(const pv_acronym_text *text, pv_span words, size_t from) {
    pv_token_hash hash = PV_TOKEN_HASH_NONE;
    while (from > 0 && word_at(text, from - 1)->at.start >= words.start)
        from--;
    while (word_at(text, from)->at.start < words.start)
        from++;
    for (size_t i = from; i < text->forms.count && word_at(text, i)->at.end <= words.end; i++) {
        char letters[64];
        size_t size = fold_word(pv_word_form_str(&text->forms, i), letters, sizeof letters);
        if (size == 0 || is_kind(text, i, PV_ACRONYM_SMALL))
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
static bool match_beside(const pv_acronym_text *text, pv_acronym_mention *found) {
    char letters[PV_ACRONYM_LETTERS_MOST];
    size_t word = found->first, begin;
    if (word == 0 || pv_acronym_letters(text, found->first, found->end, letters) < 3)
        return false;
    if (word_at(text, word)->parting == PV_PARTED_SPACE) {
        const bool leads = word > 1 && is_kind(text, word - 1, PV_ACRONYM_LEADS) &&
                           word_at(text, word - 1)->parting == PV_PARTED_SPACE;
        const size_t end = leads ? word - 1 : word;
        if (pv_word_form_is(word_at(text, end - 1), PV_FORM_CAPITAL) &&
            !pv_word_form_is(word_at(text, end - 1), PV_FORM_UPPER | PV_FORM_OWNER) &&
            match_back(text, found, end, TRUST_NOTHING, false, &begin) &&
            pv_word_form_is(word_at(text, begin), PV_FORM_CAPITAL))
            return true;
    }
    for (size_t steps = 0; steps < OPENING_WORDS && word > 0; steps++, word--) {
        if (!pv_word_form_is(word_at(text, word), PV_FORM_LINE))
            continue;
        return !pv_word_form_is(word_at(text, word), PV_FORM_HEADING) &&
               pv_word_form_is(word_at(text, word - 1), PV_FORM_HEADING) &&
               match_back(text, found, word, TRUST_NOTHING, false, &begin);
    }
    return false;
}

void pv_acronym_expand(const pv_acronym_text *text, pv_acronym_mention *found) {
    found->has_expansion = match_bracket_behind(text, found) || match_bracket_before(text, found) ||
                           match_glossary(text, found) || match_words_between(text, found) || match_beside(text, found);
    found->is_loose &= found->has_expansion;
    if (found->has_expansion)
        found->wording = wording_of(text, found->words, found->first);
}

bool pv_acronym_take_line(const pv_acronym_text *text, pv_acronym_mention *found) {
    size_t end = found->end;
    while (end < text->forms.count && end - found->end < GLOSSARY_WORDS &&
           (end == found->end || (is_open(text, end) && !pv_word_form_is(word_at(text, end), PV_FORM_LINE))))
        end++;
    if (end == found->end)
        return false;
    found->words = span_of(text, found->end, end);
    found->has_expansion = found->is_loose = true;
    return true;
}
