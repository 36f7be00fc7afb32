#include "text/placement_p.h"

#include "base/digits.h"
#include "base/set.h"
#include "text/phrasing_p.h"

#define FULL_WEIGHT 840u     /* of a word that one row alone has; a multiple of 1 to 8 */
#define UNKNOWN_WEIGHT 420u  /* of a word that no row has */
#define MOST_ROWS_A_WORD 8u  /* more do not make it lighter */
#define MOST_TITLE_WORDS 64u /* further ones are not looked at */

#define STEM_PERCENT 70u    /* of its weight, for a word that only begins as the other does */
#define OTHERS_PERCENT 75u  /* of its weight, for a word of the title that another row explains */
#define SHARE_OF_NAME 7000u /* hundredths of a percent */
#define SHARE_OF_TITLE 3000u
#define ONE_WORD_MOST 7000u  /* by an alias of a single word, */
#define TWO_WORDS_MOST 8500u /* by one of two, */
#define ALIAS_MOST 9600u     /* by any other, */
#define PARTIAL_MOST 7900u   /* and where not all of the name is there, or most of the title is something else */
#define LEAST_OF_TITLE 50u   /* percent */
#define NUMBER_CLOSES 60u    /* percent of what is missing */
#define MOST_LEADING 8u      /* tokens of what stands under a heading, that its number is looked for in */

#define FEWEST_SAID 8u  /* tokens under a heading that heads something */
#define FEWEST_TWINS 3u /* headings of the same words, that may be a running head */

/* Percent of a confidence that are left. */
#define LEFT_JOINED 97u
#define LEFT_COMBINED 90u /* other rows explain more of the title */
#define LEFT_TAKEN 50u    /* another row explains all that this one does, and more */
#define LEFT_LISTED 30u
#define LEFT_ELEMENT 60u
#define LEFT_SENTENCE 80u
#define LEFT_TITLE_PAGE 50u
#define LEFT_SHORT 80u
#define LEFT_TWINS 88u

static const char *const appendix_words[] = {"appendix", "attachment", "annex"};

bool pv_place_opens_appendix(pv_str words) {
    return pv_phrasing_is_one_of(words, appendix_words, sizeof appendix_words / sizeof appendix_words[0],
                                 pv_str_starts_with_ascii_folded);
}

/* ---- words and what they weigh ---- */

bool pv_key_uses_new(pv_arena *arena, size_t keys, pv_key_uses *out, pv_error *error) {
    size_t capacity = pv_slots_capacity(keys);
    *out = (pv_key_uses){PV_NEW_ARRAY(arena, pv_key_use, capacity), capacity - 1};
    return out->slots ? true : pv_fail_memory(error);
}

pv_key_use *pv_key_use_of(const pv_key_uses *uses, uint64_t key) {
    size_t slot = pv_slots_first(key, uses->mask);
    while (uses->slots[slot].count > 0 && uses->slots[slot].key != key)
        slot = pv_slots_next(slot, uses->mask);
    return &uses->slots[slot];
}

/* Counts key once for a row; rows come in order. */
static void count_row(const pv_key_uses *uses, uint64_t key, size_t row) {
    pv_key_use *use = pv_key_use_of(uses, key);
    use->key = key;
    use->count += use->last != row + 1;
    use->last = (uint32_t)row + 1;
}

/* A figure or a small Roman numeral. */
static bool is_number(pv_str word) {
    if (pv_digits_end(word, 0) == word.size)
        return true;
    for (size_t i = 0; i < word.size; i++) {
        char letter = pv_ascii_lower(word.data[i]);
        if (letter != 'i' && letter != 'v' && letter != 'x')
            return false;
    }
    return word.size > 0;
}

/* Numbers weigh nothing, nor do words that only numbered names have: "Section", "Pre-print". */
static uint32_t weight_of(const pv_placer *place, pv_str text, const pv_key_word *word) {
    if (is_number(pv_str_slice(text, word->at.start, word->at.end)))
        return 0;
    uint32_t rows = pv_key_use_of(&place->keys, word->key)->count;
    if (rows == 0)
        rows = pv_key_use_of(&place->stems, word->stem)->count;
    if (rows == 0)
        return pv_key_use_of(&place->numbered, word->key)->count > 0 ? 0 : UNKNOWN_WEIGHT;
    return FULL_WEIGHT / (rows > MOST_ROWS_A_WORD ? MOST_ROWS_A_WORD : rows);
}

bool pv_place_words_new(const pv_placer *place, size_t most, pv_place_words *out, pv_error *error) {
    size_t room = most < MOST_TITLE_WORDS ? most : MOST_TITLE_WORDS;
    *out = (pv_place_words){PV_NEW_ARRAY(place->arena, pv_place_word, room), 0, 0};
    return out->words ? true : pv_fail_memory(error);
}

void pv_place_words_add(pv_place_words *out, pv_place_word word) {
    for (size_t i = 0; i < out->count; i++)
        if (out->words[i].key == word.key)
            return;
    if (out->count == MOST_TITLE_WORDS)
        return;
    out->words[out->count++] = word;
    out->total += word.weight;
}

void pv_place_words_weigh(const pv_placer *place, pv_str text, const pv_key_words *list, pv_place_words *out) {
    for (size_t i = 0; i < list->count; i++) {
        const pv_key_word *word = &list->words[i];
        pv_place_words_add(out, (pv_place_word){word->key, word->stem, weight_of(place, text, word)});
    }
}

/* ---- names ---- */

static bool read_name(pv_placer *place, size_t number, pv_error *error) {
    const pv_align_name *given = &place->given[number];
    pv_place_name *out = &place->names[number];
    out->row = given->row;
    out->alias = number > 0 && given[-1].row == given->row;
    place->attached[given->row] |= pv_place_opens_appendix(given->name);
    if (!pv_key_words_find(place->arena, given->name, &out->ordered, error))
        return false;
    if (out->ordered.count == 0)
        return pv_fail(error, PV_ERROR_SHAPE, "there is no word in the name \"%.*s\" that a part is looked for by",
                       PV_STR_ARG(given->name));
    pv_span last = out->ordered.words[out->ordered.count - 1].at;
    out->numbered = out->ordered.count > 1 && is_number(pv_str_slice(given->name, last.start, last.end));
    return true;
}

static void count_words(const pv_placer *place, const pv_place_name *name) {
    for (size_t i = 0; i < name->ordered.count; i++) {
        const pv_key_word *word = &name->ordered.words[i];
        if (name->numbered) {
            count_row(&place->numbered, word->key, name->row);
            continue;
        }
        count_row(&place->keys, word->key, name->row);
        count_row(&place->stems, word->stem, name->row);
    }
}

bool pv_place_read_names(pv_placer *place, pv_error *error) {
    size_t words = 0;
    place->names = PV_NEW_ARRAY(place->arena, pv_place_name, place->name_count);
    place->attached = PV_NEW_ARRAY(place->arena, bool, place->row_count);
    if (!place->names || !place->attached)
        return pv_fail_memory(error);
    for (size_t i = 0; i < place->name_count; i++) {
        if (!read_name(place, i, error))
            return false;
        words += place->names[i].ordered.count;
    }
    if (!pv_key_uses_new(place->arena, words, &place->keys, error) ||
        !pv_key_uses_new(place->arena, words, &place->stems, error) ||
        !pv_key_uses_new(place->arena, words, &place->numbered, error))
        return false;
    for (size_t i = 0; i < place->name_count; i++)
        count_words(place, &place->names[i]);
    for (size_t i = 0; i < place->name_count; i++) {
        pv_place_name *name = &place->names[i];
        if (!pv_place_words_new(place, name->ordered.count, &name->words, error))
            return false;
        pv_place_words_weigh(place, place->given[i].name, &name->ordered, &name->words);
    }
    return true;
}

/* ---- a title held against a name ---- */

pv_place_match *pv_place_match_at(const pv_placer *place, size_t part, size_t row) {
    return &place->matches[part * place->row_count + row];
}

void pv_place_leave(pv_place_match *match, unsigned percent) {
    match->score = (uint16_t)((unsigned)match->score * percent / 100);
}

/* What a title and a name have in common. */
typedef struct common_words {
    uint64_t of_name; /* weight in the name, times 100 */
    uint64_t of_title;
    uint64_t mask; /* of the title's words */
} common_words;

static common_words hold(const pv_place_words *title, const pv_place_words *name) {
    common_words out = {0};
    uint64_t named = 0;
    for (size_t i = 0; i < title->count; i++) {
        const pv_place_word *word = &title->words[i];
        size_t found = 0;
        unsigned percent = 0;
        for (size_t j = 0; j < name->count && percent < 100; j++) {
            bool equal = name->words[j].key == word->key;
            if (!equal && (percent > 0 || name->words[j].stem != word->stem))
                continue;
            percent = equal ? 100 : STEM_PERCENT;
            found = j;
        }
        if (percent == 0)
            continue;
        out.of_title += (uint64_t)word->weight * percent;
        out.mask |= (uint64_t)1 << i;
        if (!(named >> found & 1))
            out.of_name += (uint64_t)name->words[found].weight * percent;
        named |= (uint64_t)1 << found;
    }
    return out;
}

static uint64_t weight_in(const pv_place_words *title, uint64_t mask) {
    uint64_t weight = 0;
    for (size_t i = 0; i < title->count; i++)
        weight += mask >> i & 1 ? title->words[i].weight : 0;
    return weight;
}

static bool is_of_words(const pv_place_name *name) {
    return !name->numbered && name->words.total > 0;
}

/* The words of a title that rows explain whose names are there in full. */
typedef struct explained_words {
    uint64_t *by_row;
    uint64_t once, again; /* by one row; by more */
} explained_words;

static void explain(const pv_placer *place, const pv_place_words *title, explained_words *out) {
    out->once = out->again = 0;
    for (size_t row = 0; row < place->row_count; row++)
        out->by_row[row] = 0;
    for (size_t i = 0; i < place->name_count; i++) {
        const pv_place_name *name = &place->names[i];
        if (!is_of_words(name))
            continue;
        common_words common = hold(title, &name->words);
        if (common.of_name == (uint64_t)name->words.total * 100 &&
            weight_in(title, common.mask) > weight_in(title, out->by_row[name->row]))
            out->by_row[name->row] = common.mask;
    }
    for (size_t row = 0; row < place->row_count; row++) {
        out->again |= out->once & out->by_row[row];
        out->once |= out->by_row[row];
    }
}

/* The most that a name can give: an alias of few words, or words that are not all there, are never sure. */
static uint64_t most_of(const pv_place_name *name, bool full) {
    if (name->alias && name->words.count == 1)
        return ONE_WORD_MOST;
    if (!full)
        return PARTIAL_MOST;
    return !name->alias ? PV_ALIGNMENT_CERTAIN : name->words.count == 2 ? TWO_WORDS_MOST : ALIAS_MOST;
}

static uint64_t score_of(const pv_place_words *title, const pv_place_name *name, const explained_words *explained,
                         common_words common, bool *exact) {
    uint64_t mine = explained->by_row[name->row];
    uint64_t others = (explained->again | (explained->once & ~mine)) & ~common.mask;
    uint64_t by_others = weight_in(title, others);
    uint64_t of_name = common.of_name / name->words.total;
    bool full = of_name == 100;
    uint64_t of_title = (common.of_title + (full ? by_others * OTHERS_PERCENT : 0)) / title->total;
    uint64_t score = (SHARE_OF_NAME * of_name + SHARE_OF_TITLE * of_title) / 100;
    if (name->alias && name->words.count == 1)
        score = (ONE_WORD_MOST * of_name - SHARE_OF_TITLE * (100 - of_title) * of_name / 100) / 100;
    if (full && by_others > weight_in(title, common.mask))
        score = score * LEFT_COMBINED / 100;
    uint64_t most = most_of(name, full && of_title >= LEAST_OF_TITLE);
    *exact = full && of_title == 100;
    return score < most ? score : most;
}

static void hold_title(pv_placer *place, size_t part, const pv_place_words *title, unsigned percent,
                       explained_words *explained) {
    if (title->total == 0)
        return;
    explain(place, title, explained);
    for (size_t i = 0; i < place->name_count; i++) {
        const pv_place_name *name = &place->names[i];
        common_words common = {0};
        if (is_of_words(name))
            common = hold(title, &name->words);
        if (common.mask == 0)
            continue;
        bool exact;
        uint64_t score = score_of(title, name, explained, common, &exact) * percent / 100;
        pv_place_match *match = pv_place_match_at(place, part, name->row);
        if (score > match->score)
            *match = (pv_place_match){common.mask, (uint32_t)i, (uint16_t)score, exact};
    }
}

/* What another row explains too, and more of the title with it, is that row's. */
static void leave_taken(pv_placer *place, size_t part) {
    pv_place_match *matches = pv_place_match_at(place, part, 0);
    for (size_t row = 0; row < place->row_count; row++)
        for (size_t other = 0; other < place->row_count; other++)
            if (matches[row].score < matches[other].score && matches[row].mask != matches[other].mask &&
                (matches[row].mask & ~matches[other].mask) == 0) {
                pv_place_leave(&matches[row], LEFT_TAKEN);
                break;
            }
}

/* ---- numbers ---- */

/* Whether the words of a numbered name stand there in a row: "Pre-print Section 4"; other numbers may stand before its
 * number ("Sections 3 and 4"). */
static bool has_number(const pv_placer *place, const pv_key_words *words, const pv_place_name *name) {
    size_t fixed = name->ordered.count - 1;
    for (size_t i = 0; i + fixed < words->count; i++) {
        size_t same = 0;
        while (same < fixed && words->words[i + same].key == name->ordered.words[same].key)
            same++;
        for (size_t j = i + fixed; same == fixed && j < words->count; j++) {
            if (!is_number(pv_place_words_at(place, words->words[j].at)))
                break;
            if (words->words[j].key == name->ordered.words[fixed].key)
                return true;
        }
    }
    return false;
}

static bool key_words_in(const pv_placer *place, const pv_token_list *tokens, size_t first, size_t count,
                         pv_key_words *out, pv_error *error) {
    return pv_key_words_of(place->arena, place->text, tokens->tokens + first, count, out, error);
}

/* The number stands in the heading, at the beginning of what stands under it, or in the second line of the heading. */
static bool hold_numbers(pv_placer *place, size_t part, pv_error *error) {
    const pv_heading *heading = &place->headings->headings[part];
    const pv_place_part *own = &place->parts[part];
    pv_key_words title, leading = {0}, second = {0};
    size_t first, count = pv_place_tokens(place->tokens, heading->at, &first);
    if (!key_words_in(place, place->tokens, first, count, &title, error))
        return false;
    count = own->own_count < MOST_LEADING ? own->own_count : MOST_LEADING;
    if (!own->listed && !key_words_in(place, &place->said, own->own_first, count, &leading, error))
        return false;
    if (own->joined.count > 0) {
        count = pv_place_tokens(place->tokens, heading[1].at, &first);
        if (!key_words_in(place, place->tokens, first, count, &second, error))
            return false;
    }
    for (size_t i = 0; i < place->name_count; i++) {
        const pv_place_name *name = &place->names[i];
        if (!name->numbered ||
            !(has_number(place, &title, name) || has_number(place, &leading, name) || has_number(place, &second, name)))
            continue;
        pv_place_match *match = pv_place_match_at(place, part, name->row);
        if (match->score == 0)
            match->name = (uint32_t)i;
        unsigned missing = PV_ALIGNMENT_CERTAIN - match->score;
        match->score = (uint16_t)(match->score + missing * NUMBER_CLOSES / 100);
    }
    return true;
}

/* ---- all titles ---- */

static void weigh_kind(const pv_place_part *part, pv_place_match *match) {
    if (part->listed)
        pv_place_leave(match, LEFT_LISTED);
    if (part->element)
        pv_place_leave(match, LEFT_ELEMENT);
    if (part->sentence)
        pv_place_leave(match, LEFT_SENTENCE);
    if (part->title_page && !match->exact)
        pv_place_leave(match, LEFT_TITLE_PAGE);
    if (!part->listed && part->said < FEWEST_SAID)
        pv_place_leave(match, LEFT_SHORT);
    if (part->twins >= FEWEST_TWINS && !match->exact)
        pv_place_leave(match, LEFT_TWINS);
}

bool pv_place_hold_titles(pv_placer *place, pv_error *error) {
    place->matches = PV_NEW_ARRAY(place->arena, pv_place_match, place->part_count * place->row_count);
    explained_words explained = {.by_row = PV_NEW_ARRAY(place->arena, uint64_t, place->row_count)};
    if (!place->matches || !explained.by_row)
        return pv_fail_memory(error);
    for (size_t i = 0; i < place->part_count; i++) {
        const pv_place_part *part = &place->parts[i];
        if (part->contents || place->headings->headings[i].depth == 0)
            continue; /* nor is what stands before the first heading */
        hold_title(place, i, &part->title, 100, &explained);
        hold_title(place, i, &part->joined, LEFT_JOINED, &explained);
        leave_taken(place, i);
        if (!hold_numbers(place, i, error))
            return false;
        for (size_t row = 0; row < place->row_count; row++)
            weigh_kind(part, pv_place_match_at(place, i, row));
    }
    return true;
}
