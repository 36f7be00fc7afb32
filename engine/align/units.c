#include "align/units_p.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/hash.h"

/* ---- what controls show ---- */

/* The text of a block but for its prompts. */
static bool take_out_prompts(pv_text *out, pv_arena *arena, const pv_block *block, pv_error *error) {
    const pv_text *text = &block->text;
    char *value = PV_NEW_ARRAY(arena, char, text->value.size + 1);
    pv_segment_list segments;
    size_t size = 0;
    if (!value)
        return pv_fail_memory(error);
    pv_segments_begin(&segments, arena);
    for (size_t i = 0, from = 0; i <= block->prompt_count; i++) {
        const size_t end = i < block->prompt_count ? block->prompts[i].start : text->value.size;
        if (end > from) {
            memcpy(value + size, text->value.data + from, end - from);
            size += end - from;
            if (!pv_segments_add_part(&segments, text, from, end, error))
                return pv_segments_abandon(&segments);
        }
        from = i < block->prompt_count ? block->prompts[i].end : end;
    }
    *out = *text;
    out->value = (pv_str){value, size};
    return pv_segments_finish(&segments, out, error);
}

bool pv_blocks_without_prompts(const pv_blocks **out, pv_arena *arena, const pv_blocks *blocks, pv_error *error) {
    size_t first = 0;
    while (first < blocks->count && blocks->list[first].prompt_count == 0)
        first++;
    *out = blocks;
    if (first == blocks->count)
        return true;
    pv_blocks *made = PV_NEW(arena, pv_blocks);
    pv_block *list = PV_NEW_ARRAY(arena, pv_block, blocks->count);
    if (!made || !list)
        return pv_fail_memory(error);
    memcpy(list, blocks->list, blocks->count * sizeof *list);
    for (size_t i = first; i < blocks->count; i++) {
        if (list[i].prompt_count > 0 && !take_out_prompts(&list[i].text, arena, &blocks->list[i], error))
            return false;
        if (list[i].prompt_count > 0 && list[i].doubt == PV_BLOCK_SURE && !pv_text_is_blank(&list[i].text))
            list[i].doubt = PV_BLOCK_UNFILLED;
        list[i].prompts = NULL;
        list[i].prompt_count = 0;
    }
    *made = *blocks;
    made->list = list;
    *out = made;
    return true;
}

/* ---- what floats ---- */

#define FEWEST_WORDS 3 /* of a part of a printed text that is known by itself, */
#define FEWEST_FIRST 2 /* and of its beginning */
#define SAME_SHARE 75  /* per cent of its words that are the same */
/* The same among answers, which may say in passing what is part of a printed text. */
#define FEWEST_WORDS_OF_ANSWERS 6
#define FEWEST_FIRST_OF_ANSWERS 3
#define SAME_SHARE_OF_ANSWERS 90

/* How many words of a text from at on are the same as those given, in order, where one may be left out, added or
 * another between two that are; *end: where they end. */
static size_t count_same(const pv_token_list *text, size_t at, const pv_token_list *words, size_t *end) {
    size_t same = 0;
    size_t i = 0;
    for (; i < words->count && at < text->count; i++, at++) {
        const uint64_t printed = text->tokens[at].hash;
        const uint64_t word = words->tokens[i].hash;
        if (printed != word && i + 1 < words->count && words->tokens[i + 1].hash == printed)
            i++;
        else if (printed != word && at + 1 < text->count && text->tokens[at + 1].hash == word)
            at++;
        same += text->tokens[at].hash == words->tokens[i].hash;
    }
    *end = at;
    return same;
}

static bool is_part_at(const pv_token_list *text, size_t at, const pv_token_list *words, size_t share, size_t *end) {
    return count_same(text, at, words, end) * 100 >= words->count * share;
}

/* How many of the lines stand in a text from at on, one after another; *words: of them, *end: where they end. */
static size_t count_lines(const pv_token_list *text, size_t at, const pv_token_list *lines, size_t count, size_t share,
                          size_t *words, size_t *end) {
    size_t known = 0;
    *words = 0;
    for (size_t i = 0; i < count && is_part_at(text, at, &lines[i], i == 0 ? share : SAME_SHARE, &at); i++) {
        if (lines[i].count == 0) /* a line of signs is part of it where more follows */
            continue;
        known = i + 1;
        *words += lines[i].count;
        *end = at;
    }
    return known;
}

size_t pv_printed_lines(const pv_printed_texts *all, const pv_token_list *lines, size_t count, bool among_answers,
                        size_t *text, size_t *from) {
    const size_t fewest = among_answers ? FEWEST_WORDS_OF_ANSWERS : FEWEST_WORDS;
    const size_t fewest_first = among_answers ? FEWEST_FIRST_OF_ANSWERS : FEWEST_FIRST;
    const size_t share = among_answers ? SAME_SHARE_OF_ANSWERS : SAME_SHARE;
    size_t most = 0;
    size_t words, end;
    if (count == 0 || lines->count == 0)
        return 0;
    if (*text < all->count)
        most = count_lines(&all->texts[*text], *from, lines, count, SAME_SHARE, &words, &end);
    if (most > 0) {
        *from = end;
        return most;
    }
    for (size_t i = 0; i < all->count; i++) {
        const pv_token_list *each = &all->texts[i];
        for (size_t at = 0; at < each->count && most < count; at++) {
            const size_t known = count_lines(each, at, lines, count, at == 0 ? SAME_SHARE : share, &words, &end);
            if (known > most && (words == each->count || words >= (at == 0 ? fewest_first : fewest))) {
                most = known;
                *text = i;
                *from = end;
            }
        }
    }
    return most;
}

static bool add_text(pv_arena *arena, pv_str text, pv_token_list *texts, size_t *count, pv_error *error) {
    return text.size == 0 || pv_tokens_find(arena, text, &texts[(*count)++], error);
}

static bool find_floats(pv_printed_texts *out, pv_arena *arena, const pv_form *form, pv_error *error) {
    pv_token_list *texts = PV_NEW_ARRAY(arena, pv_token_list, form->item_count + form->layout.printed_count);
    size_t count = 0;
    if (!texts)
        return pv_fail_memory(error);
    for (size_t i = 0; i < form->item_count; i++)
        if (!add_text(arena, form->items[i].note, texts, &count, error))
            return false;
    for (size_t i = 0; i < form->layout.printed_count; i++)
        if (!add_text(arena, form->layout.printed[i], texts, &count, error))
            return false;
    *out = (pv_printed_texts){texts, count};
    return true;
}

/* ---- units ---- */

static bool measure_words(pv_unit *unit, pv_arena *arena, pv_str text, const pv_token_list *tokens, pv_error *error) {
    uint64_t *words = PV_NEW_ARRAY(arena, uint64_t, tokens->count);
    uint32_t *prices = PV_NEW_ARRAY(arena, uint32_t, tokens->count);
    if (!words || !prices)
        return pv_fail_memory(error);
    for (size_t i = 0; i < tokens->count; i++) {
        words[i] = tokens->tokens[i].hash;
        prices[i] = pv_word_is_number(text, tokens->tokens[i].at) ? PV_PRICE_SOFT : PV_PRICE_WORD;
    }
    unit->words = words;
    unit->prices = prices;
    unit->count = tokens->count;
    return true;
}

/* Also of two that stand in no table. */
static bool is_same_cell(const pv_block *a, const pv_block *b) {
    return a->cell.table == b->cell.table && a->cell.row == b->cell.row && a->cell.column == b->cell.column;
}

bool pv_units_find(pv_unit_list *out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks, const bool *taken,
                   pv_error *error) {
    pv_printed_texts floats = {0};
    size_t text = SIZE_MAX, from = 0;
    bool gap = false, cut = false, tabled = false;
    *out = (pv_unit_list){
        .units = PV_NEW_ARRAY(arena, pv_unit, blocks->count),
        .blocks = PV_NEW_ARRAY(arena, const pv_block *, blocks->count),
        .tokens = PV_NEW_ARRAY(arena, pv_token_list, blocks->count),
        .cut = PV_NEW_ARRAY(arena, bool, blocks->count),
        .tabled = PV_NEW_ARRAY(arena, bool, blocks->count),
    };
    if (!out->units || !out->blocks || !out->tokens || !out->cut || !out->tabled)
        return pv_fail_memory(error);
    if (!find_floats(&floats, arena, form, error))
        return false;
    for (size_t i = 0; i < blocks->count; i++) {
        const pv_block *block = &blocks->list[i];
        pv_token_list *tokens = &out->tokens[out->count];
        gap |= block->is_parted;
        if (taken && taken[i]) {
            gap = cut = tabled = true;
            continue;
        }
        if (pv_text_is_blank(&block->text)) {
            gap = true;
            continue;
        }
        if (!pv_tokens_find(arena, block->text.value, tokens, error))
            return false;
        if (block->kind == PV_BLOCK_FURNITURE || pv_printed_lines(&floats, tokens, 1, true, &text, &from) > 0) {
            gap = cut = true;
            continue;
        }
        text = SIZE_MAX;
        pv_unit *unit = &out->units[out->count];
        if (!measure_words(unit, arena, block->text.value, tokens, error))
            return false;
        unit->gap = gap;
        unit->goes_on = out->count > 0 && block->cell.table > 0 && out->blocks[out->count - 1]->may_go_on &&
                        is_same_cell(block, out->blocks[out->count - 1]);
        unit->moves = out->count > 0 && !is_same_cell(block, out->blocks[out->count - 1]);
        out->blocks[out->count] = block;
        out->cut[out->count] = cut;
        out->tabled[out->count] = tabled;
        out->count++;
        gap = cut = tabled = false;
    }
    return true;
}

/* ---- runs of words ---- */

#define FIRST_WORDS 8 /* so many of a unit are looked up */
#define RUN 3         /* words that stand together are told by so many of them */

static uint64_t run_hash(const uint64_t *words) {
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < RUN; i++)
        hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15u + (hash >> 29);
    return hash;
}

/* A run of words of a measure, or of the document where it stands. */
typedef struct word_run {
    uint64_t hash;
    uint32_t of; /* a measure by its position; a unit */
} word_run;

typedef struct word_runs {
    word_run *items;
    size_t count;
    size_t capacity;
} word_runs;

static int compare_runs(const void *left, const void *right) {
    const word_run *a = left;
    const word_run *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->of > b->of) - (a->of < b->of);
}

static void sort_runs(word_runs *runs) {
    if (runs->count > 1)
        qsort(runs->items, runs->count, sizeof *runs->items, compare_runs);
}

/* The first run of this hash, or count. */
static size_t find_run(const word_runs *runs, uint64_t hash) {
    size_t low = 0;
    size_t high = runs->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (runs->items[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < runs->count && runs->items[low].hash == hash ? low : runs->count;
}

/* All words of the document, in order, and the unit of each. */
typedef struct document_words {
    uint64_t *words;
    uint32_t *units;
    size_t count;
    word_runs runs; /* in order of their hashes */
} document_words;

static bool gather_words(document_words *out, pv_arena *arena, const pv_unit_list *units, pv_error *error) {
    size_t count = 0;
    for (size_t i = 0; i < units->count; i++)
        count += units->units[i].count;
    out->words = PV_NEW_ARRAY(arena, uint64_t, count);
    out->units = PV_NEW_ARRAY(arena, uint32_t, count);
    out->runs.items = PV_NEW_ARRAY(arena, word_run, count);
    if (!out->words || !out->units || !out->runs.items)
        return pv_fail_memory(error);
    for (size_t i = 0; i < units->count; i++)
        for (size_t k = 0; k < units->units[i].count; k++) {
            out->units[out->count] = (uint32_t)i;
            out->words[out->count++] = units->units[i].words[k];
        }
    for (size_t i = 0; i + RUN <= out->count; i++)
        out->runs.items[out->runs.count++] = (word_run){run_hash(&out->words[i]), out->units[i]};
    sort_runs(&out->runs);
    return true;
}

/* ---- what is found ---- */

#define FOUND_SHARE 40 /* per cent of the runs of a prompt, damaged in a fifth of its words as it may be */

static bool has_words(const document_words *document, const pv_token_list *text) {
    for (size_t at = 0; at + text->count <= document->count; at++) {
        size_t i = 0;
        while (i < text->count && document->words[at + i] == text->tokens[i].hash)
            i++;
        if (i == text->count)
            return true;
    }
    return false;
}

/* Whether the document has this text, or most of it. */
static bool has_text(const document_words *document, const pv_token_list *text) {
    size_t found = 0;
    if (text->count < RUN)
        return text->count > 0 && has_words(document, text);
    for (size_t i = 0; i + RUN <= text->count; i++) {
        uint64_t words[RUN];
        for (size_t k = 0; k < RUN; k++)
            words[k] = text->tokens[i + k].hash;
        found += find_run(&document->runs, run_hash(words)) < document->runs.count;
    }
    const size_t runs = text->count - RUN + 1;
    return found * 100 >= runs * FOUND_SHARE && found >= (runs < RUN ? runs : RUN);
}

static bool add_runs(word_runs *runs, pv_arena *arena, pv_str text, size_t measure, pv_error *error) {
    pv_token_list tokens;
    if (!pv_tokens_find(arena, text, &tokens, error))
        return false;
    for (size_t i = 0; i + RUN <= tokens.count; i++) {
        uint64_t words[RUN];
        for (size_t k = 0; k < RUN; k++)
            words[k] = tokens.tokens[i + k].hash;
        word_run *run = PV_ARRAY_ADD(arena, runs);
        if (!run)
            return pv_fail_memory(error);
        *run = (word_run){run_hash(words), (uint32_t)measure};
    }
    return true;
}

static bool add_measure_runs(word_runs *runs, pv_arena *arena, const pv_measure *measure, pv_error *error) {
    const pv_str headings[] = {
        pv_arena_format(arena, "%.*s %.*s", PV_STR_ARG(measure->id), PV_STR_ARG(measure->title)),
        pv_arena_format(arena, "%.*s %.*s", PV_STR_ARG(measure->title), PV_STR_ARG(measure->id)),
    };
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (!headings[i].data)
            return pv_fail_memory(error);
        else if (!add_runs(runs, arena, headings[i], measure->index, error))
            return false;
    for (size_t i = 0; i < measure->item_count; i++)
        if (!add_runs(runs, arena, measure->items[i].prompt, measure->index, error))
            return false;
    return add_runs(runs, arena, measure->description, measure->index, error);
}

/* Leaves those that one measure alone has. */
static void keep_unique(word_runs *runs) {
    size_t kept = 0;
    for (size_t i = 0; i < runs->count;) {
        size_t end = i;
        bool one = true;
        for (; end < runs->count && runs->items[end].hash == runs->items[i].hash; end++)
            one &= runs->items[end].of == runs->items[i].of;
        if (one)
            runs->items[kept++] = runs->items[i];
        i = end;
    }
    runs->count = kept;
}

/* Where the document has wording of one measure alone. */
typedef struct vote {
    uint32_t unit;
    uint32_t measure; /* its position in the form; then among those found */
} vote;

typedef struct votes {
    vote *items;
    size_t count;
} votes;

static bool find_votes(votes *out, pv_arena *arena, const document_words *document, const pv_form *form,
                       pv_error *error) {
    word_runs runs = {0};
    for (size_t i = 0; i < form->measure_count; i++)
        if (!add_measure_runs(&runs, arena, &form->measures[i], error))
            return false;
    sort_runs(&runs);
    keep_unique(&runs);
    out->items = PV_NEW_ARRAY(arena, vote, document->count);
    if (!out->items)
        return pv_fail_memory(error);
    for (size_t i = 0; i + RUN <= document->count; i++) {
        const size_t run = find_run(&runs, run_hash(&document->words[i]));
        if (run < runs.count)
            out->items[out->count++] = (vote){document->units[i], runs.items[run].of};
    }
    return true;
}

/* ---- the order of the measures ---- */

#define FEWEST_VOTES 3

typedef struct measure_place {
    const pv_measure *measure;
    uint32_t middle; /* the unit of its middle vote */
} measure_place;

static int compare_places(const void *left, const void *right) {
    const measure_place *a = left;
    const measure_place *b = right;
    if (a->middle != b->middle)
        return a->middle < b->middle ? -1 : 1;
    return (a->measure->index > b->measure->index) - (a->measure->index < b->measure->index);
}

/* The unit of the vote for a measure that has a share of its votes before it; count: how many there are. */
static uint32_t vote_at(const votes *all, uint32_t measure, size_t count, size_t numerator, size_t denominator) {
    size_t wanted = count * numerator / denominator;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].measure == measure && wanted-- == 0)
            return all->items[i].unit;
    return 0;
}

static bool has_prompt(const bool *found, const pv_measure *measure) {
    for (size_t i = 0; i < measure->item_count; i++)
        if (found[measure->items[i].index])
            return true;
    return false;
}

static bool order_measures(pv_found_form *out, pv_arena *arena, const pv_form *form, const bool *found,
                           const votes *all, pv_error *error) {
    measure_place *places = PV_NEW_ARRAY(arena, measure_place, form->measure_count);
    size_t *counts = PV_NEW_ARRAY(arena, size_t, form->measure_count);
    out->measures = PV_NEW_ARRAY(arena, const pv_measure *, form->measure_count);
    if (!places || !counts || !out->measures)
        return pv_fail_memory(error);
    for (size_t i = 0; i < all->count; i++)
        counts[all->items[i].measure]++;
    uint32_t before = 0;
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_measure *measure = &form->measures[i];
        if (counts[i] >= FEWEST_VOTES)
            before = vote_at(all, (uint32_t)i, counts[i], 1, 2);
        else if (!has_prompt(found, measure))
            continue;
        places[out->measure_count++] = (measure_place){measure, before};
    }
    if (out->measure_count > 1)
        qsort(places, out->measure_count, sizeof *places, compare_places);
    for (size_t i = 0; i < out->measure_count; i++)
        out->measures[i] = places[i].measure;
    return true;
}

/* Renames the measures of votes by their position among those found; others' votes go. */
static bool rename_votes(votes *all, pv_arena *arena, const pv_found_form *found, size_t measure_count,
                         pv_error *error) {
    uint32_t *positions = PV_NEW_ARRAY(arena, uint32_t, measure_count);
    size_t kept = 0;
    if (!positions)
        return pv_fail_memory(error);
    for (size_t i = 0; i < measure_count; i++)
        positions[i] = UINT32_MAX;
    for (size_t i = 0; i < found->measure_count; i++)
        positions[found->measures[i]->index] = (uint32_t)i;
    for (size_t i = 0; i < all->count; i++)
        if (positions[all->items[i].measure] != UINT32_MAX)
            all->items[kept++] = (vote){all->items[i].unit, positions[all->items[i].measure]};
    all->count = kept;
    return true;
}

/* Leaves the votes that agree with the order: the most there can be, each measure's in one stretch after another's. */
static bool keep_ordered(votes *all, pv_arena *arena, size_t measures, pv_error *error) {
    uint32_t *best = PV_NEW_ARRAY(arena, uint32_t, measures);
    uint8_t *came = PV_NEW_ARRAY(arena, uint8_t, measures * all->count); /* from the measure before */
    if (!best || !came)
        return pv_fail_memory(error);
    for (size_t i = 0; i < all->count; i++)
        for (size_t m = measures; m > 0; m--) {
            const bool moved = m > 1 && best[m - 2] > best[m - 1];
            /* best[m - 2] is that of the votes before this one, as m goes down. */
            came[i * measures + m - 1] = moved;
            best[m - 1] = (moved ? best[m - 2] : best[m - 1]) + (all->items[i].measure == m - 1);
        }
    size_t at = 0;
    for (size_t m = 1; m < measures; m++)
        if (best[m] > best[at])
            at = m;
    size_t kept = all->count;
    for (size_t i = all->count; i > 0; i--) {
        const vote each = all->items[i - 1];
        if (each.measure == at)
            all->items[--kept] = each;
        if (came[(i - 1) * measures + at])
            at--;
    }
    for (size_t i = kept; i < all->count; i++)
        all->items[i - kept] = all->items[i];
    all->count -= kept;
    return true;
}

static bool find_reach(pv_found_form *out, pv_arena *arena, const votes *all, pv_error *error) {
    size_t *counts = PV_NEW_ARRAY(arena, size_t, out->measure_count);
    out->first = PV_NEW_ARRAY(arena, uint32_t, out->measure_count);
    out->last = PV_NEW_ARRAY(arena, uint32_t, out->measure_count);
    if (!counts || !out->first || !out->last)
        return pv_fail_memory(error);
    for (size_t i = 0; i < all->count; i++)
        counts[all->items[i].measure]++;
    for (size_t i = 0; i < out->measure_count; i++) {
        const bool tells = counts[i] >= FEWEST_VOTES;
        out->first[i] = tells ? vote_at(all, (uint32_t)i, counts[i], 1, 4) : UINT32_MAX;
        out->last[i] = tells ? vote_at(all, (uint32_t)i, counts[i], 3, 4) : 0;
    }
    return true;
}

/* Whether the document has what a field is called: its label or an alias. */
static bool has_label(bool *out, pv_arena *arena, const document_words *document, const pv_value_spec *field,
                      pv_error *error) {
    *out = false;
    for (size_t i = 0; i <= field->alias_count && !*out; i++) {
        pv_token_list label;
        if (!pv_tokens_find(arena, i == 0 ? field->label : field->aliases[i - 1], &label, error))
            return false;
        *out = has_text(document, &label);
    }
    return true;
}

bool pv_units_recognise(pv_found_form *out, pv_arena *arena, const pv_form *form, const pv_unit_list *units,
                        pv_error *error) {
    document_words document = {0};
    votes all = {0};
    bool *found = PV_NEW_ARRAY(arena, bool, form->item_count);
    *out = (pv_found_form){.asked = form->item_count};
    if (!found)
        return pv_fail_memory(error);
    if (!gather_words(&document, arena, units, error))
        return false;
    for (size_t i = 0; i < form->item_count; i++) {
        const pv_item *item = &form->items[i];
        pv_token_list prompt;
        if (!pv_tokens_find(arena, item->prompt.size > 0 ? item->prompt : item->measure->description, &prompt, error))
            return false;
        found[i] = has_text(&document, &prompt);
        out->found += found[i];
    }
    for (size_t i = 0; form->item_count == 0 && i < form->field_count; i++) {
        bool has;
        if (!has_label(&has, arena, &document, &form->fields[i], error))
            return false;
        out->asked++;
        out->found += has;
    }
    return find_votes(&all, arena, &document, form, error) && order_measures(out, arena, form, found, &all, error) &&
           rename_votes(&all, arena, out, form->measure_count, error) &&
           keep_ordered(&all, arena, out->measure_count, error) && find_reach(out, arena, &all, error);
}

/* ---- where units reach ---- */

static bool has_word(const pv_printed *printed, uint32_t low, uint32_t high, uint64_t word) {
    for (size_t i = low; i < high; i++)
        if (printed->words[i].hash == word)
            return true;
    return false;
}

/* Whether no word of it is one that the form prints thereabouts. Of a long one the first words tell. */
static bool is_foreign(const pv_unit *unit, const pv_printed *printed) {
    for (size_t i = 0; i < unit->count && i < FIRST_WORDS; i++)
        if (has_word(printed, unit->low, unit->high, unit->words[i]))
            return false;
    return true;
}

void pv_units_reach(pv_unit_list *units, const pv_found_form *found, const pv_printed *printed) {
    size_t low = 0, high = 0;
    size_t low_region = 0, high_region = 0;
    for (size_t i = 0; i < units->count && found->measure_count > 0; i++) {
        for (size_t m = low; m < found->measure_count && i > 0; m++)
            if (found->first[m] <= i)
                low = m;
        high = high < low ? low : high;
        while (high + 1 < found->measure_count && (found->first[high] == UINT32_MAX || found->last[high] < i))
            high++;
        while (printed->regions[low_region].measure != found->measures[low])
            low_region++;
        while (high_region + 1 < printed->region_count &&
               (high_region < low_region || printed->regions[high_region].measure != found->measures[high] ||
                printed->regions[high_region + 1].measure == found->measures[high]))
            high_region++;
        units->units[i].low = printed->regions[low_region].start;
        units->units[i].high = printed->regions[high_region].end;
        units->units[i].foreign = is_foreign(&units->units[i], printed);
    }
}
