#include "align/prompt_doubts_p.h"

#include <stdio.h>

/* What of the prompts was read in the document. */
typedef struct prompt_reading {
    const pv_answers *answers;
    const pv_printed *printed;
    const size_t *firsts;
    uint32_t *read; /* of each region: how many of its words the document has where it is read */
    bool *beside;   /* of each region: some of it is read where the order of lines is not certain, */
    bool *at_gap;   /* or beside a page without text */
} prompt_reading;

/* ---- how much of a prompt was read ---- */

#define READ_SHARE 40          /* per cent of the words of a prompt: with less it was not found, */
#define READ_SHARE_OF_BLANK 70 /* and with less its answer may be missing since the rest of it is elsewhere */

/* Whether a word of a region says something: of a prompt no number and no limit, which documents may lack. */
static bool counts(const pv_printed *printed, const pv_printed_region *region, size_t at) {
    return printed->words[at].price >= (region->item ? PV_PRICE_WORD : PV_PRICE_TITLE);
}

static uint32_t size_of(const pv_printed *printed, const pv_printed_region *region) {
    uint32_t size = 0;
    for (size_t at = region->start; at < region->end; at++)
        size += counts(printed, region, at);
    return size;
}

/* How many words of a unit are among those of a region that it may hold. */
static uint32_t count_in_region(const pv_printed *printed, const pv_printed_region *region,
                                const pv_unit_reading *reading, const pv_unit *unit) {
    const uint32_t start = region->start > reading->from ? region->start : reading->from;
    const uint32_t end = region->end < reading->to ? region->end : reading->to;
    uint32_t count = 0;
    for (size_t i = 0; i < unit->count && count < end - start; i++)
        for (size_t at = start; at < end; at++)
            if (counts(printed, region, at) && printed->words[at].hash == unit->words[i]) {
                count++;
                break;
            }
    return count;
}

static void count_read(const prompt_reading *all) {
    const pv_printed *printed = all->printed;
    const pv_unit_list *units = all->answers->units;
    size_t first = 0;
    for (size_t i = 0; i < units->count; i++) {
        const pv_unit_reading *reading = &all->answers->readings[i];
        if (reading->label != PV_UNIT_FORM)
            continue;
        while (first < printed->region_count && printed->regions[first].end <= reading->from)
            first++;
        for (size_t r = first; r < printed->region_count && printed->regions[r].start < reading->to; r++) {
            all->read[r] += count_in_region(printed, &printed->regions[r], reading, &units->units[i]);
            all->beside[r] |= units->blocks[i]->doubt == PV_BLOCK_BESIDE;
            all->at_gap[r] |= units->blocks[i]->doubt == PV_BLOCK_NEXT_TO_GAP;
        }
    }
}

/* Whether most of a prompt was read, so that what stands after it is its answer. */
static bool is_read(const prompt_reading *all, size_t region, uint32_t share) {
    const pv_printed_region *at = &all->printed->regions[region];
    return (uint64_t)all->read[region] * 100 >= (uint64_t)size_of(all->printed, at) * share;
}

/* ---- what an answer holds besides ---- */

#define RUN_OF_PROMPT 4  /* so many words in a row that the form prints, at least: others say them by chance */
#define LONG_RUN 12      /* so many are never by chance */
#define MISSING_SHARE 15 /* per cent of the words of a prompt: with less nothing of it is left to be elsewhere */

/* Whether so many words in a row of a unit are those of a region. */
static bool has_run(const pv_printed *printed, const pv_printed_region *region, const pv_unit *unit, size_t run) {
    for (size_t i = 0; i + run <= unit->count; i++)
        for (size_t at = region->start; at + run <= region->end; at++) {
            size_t same = 0;
            while (same < run && unit->words[i + same] == printed->words[at + same].hash)
                same++;
            if (same == run)
                return true;
        }
    return false;
}

/* Whether an answer's unit holds half of what is missing of a region, or a long part of that. */
static bool holds_missing(const prompt_reading *all, size_t region, const pv_unit *unit) {
    const pv_printed_region *at = &all->printed->regions[region];
    const size_t size = size_of(all->printed, at);
    const size_t missing = size > all->read[region] ? size - all->read[region] : 0;
    size_t run = missing / 2 < LONG_RUN ? missing / 2 : LONG_RUN;
    run = run > RUN_OF_PROMPT ? run : RUN_OF_PROMPT;
    return missing * 100 > size * MISSING_SHARE && has_run(all->printed, at, unit, run);
}

/* Whether a text says "100 word limit", as forms do and answers do not. */
static bool has_limit(pv_str text, const pv_item *item) {
    char limit[32];
    const int size = snprintf(limit, sizeof limit, "%u word limit", item->length.word_limit);
    for (size_t i = 0; item->length.word_limit > 0 && i + (size_t)size <= text.size; i++)
        if (pv_str_starts_with_ascii_folded(pv_str_slice(text, i, text.size), (pv_str){limit, (size_t)size}))
            return true;
    return false;
}

/* Whether the answer to a region holds what the form prints before or after it. */
static bool holds_printed(const prompt_reading *all, size_t region) {
    const pv_printed *printed = all->printed;
    const pv_unit_list *units = all->answers->units;
    size_t last = region + 1;
    while (last < printed->region_count && !printed->regions[last].item)
        last++;
    for (size_t i = all->firsts[region]; i < units->count; i++) {
        if (all->answers->readings[i].region != region)
            continue;
        if (has_limit(units->blocks[i]->text.value, printed->regions[region].item))
            return true;
        for (size_t r = region; r <= last && r < printed->region_count; r++)
            if (holds_missing(all, r, &units->units[i]))
                return true;
    }
    return false;
}

/* Whether the prompt of the item before this one, which has no answer, stands in the same row of a table as the answer:
 * the cell may hold the answers to both. */
static bool shares_row(const prompt_reading *all, size_t region) {
    const pv_unit_list *units = all->answers->units;
    size_t last = region;
    while (last > 0 && !all->printed->regions[last - 1].item)
        last--;
    if (all->firsts[region] == SIZE_MAX || last == 0 || all->firsts[last - 1] != SIZE_MAX)
        return false;
    const pv_block_cell *answer = &units->blocks[all->firsts[region]]->cell;
    pv_printed_region before = all->printed->regions[last - 1];
    before.start = before.answers;
    for (size_t i = all->firsts[region]; i > 0; i--) {
        const pv_block_cell *cell = &units->blocks[i - 1]->cell;
        const pv_unit_reading *reading = &all->answers->readings[i - 1];
        if (cell->table == 0 || cell->table != answer->table || cell->row != answer->row)
            return false;
        if (reading->label == PV_UNIT_FORM && reading->from < before.end && reading->to > before.start &&
            count_in_region(all->printed, &before, reading, &units->units[i - 1]) > 0)
            return true;
    }
    return false;
}

/* Why an answer, or that there is none, may be another prompt's; NULL: it may not. */
static const char *doubt_of_prompt(const prompt_reading *all, size_t region) {
    if (!all->printed->regions[region].item)
        return NULL;
    size_t next = region + 1;
    while (next < all->printed->region_count && !all->printed->regions[next].item)
        next++;
    if (all->beside[region])
        return pv_block_doubt_says(PV_BLOCK_BESIDE);
    if (all->at_gap[region])
        return pv_block_doubt_says(PV_BLOCK_NEXT_TO_GAP);
    if (shares_row(all, region) || (next < all->printed->region_count && shares_row(all, next)))
        return "it stands in one row with another prompt, so which of them is answered there could not be told";
    if (all->firsts[region] != SIZE_MAX && holds_printed(all, region))
        return "words that the form prints stand in it, so where it begins and ends could not be told";
    const uint32_t share = all->firsts[region] == SIZE_MAX ? READ_SHARE_OF_BLANK : READ_SHARE;
    return is_read(all, region, share) ? NULL : "its prompt could not be found, so what answers it could not be told";
}

/* Whether an answer begins in the middle of a sentence, or is far too long: as those to other prompts are where an
 * extractor has put the columns of a page one after another. */
static bool is_out_of_place(const prompt_reading *all, size_t region) {
    const size_t first = all->firsts[region];
    const pv_unit_list *units = all->answers->units;
    const pv_str text = units->blocks[first]->text.value;
    const pv_item *item = all->printed->regions[region].item;
    const uint64_t most = item ? item->length.word_limit : 0;
    uint64_t words = 0;
    for (size_t i = first; i < units->count; i++)
        words += all->answers->readings[i].region == region ? units->units[i].count : 0;
    return (text.size > 1 && text.data[0] >= 'a' && text.data[0] <= 'z' && pv_ascii_is_letter(text.data[1])) ||
           (most > 0 && words * 2 > most * 3);
}

bool pv_prompt_doubts_find(const char ***out, const pv_answers *answers, const pv_printed *printed,
                           const size_t *firsts) {
    const char **doubts = PV_NEW_ARRAY(answers->arena, const char *, printed->region_count);
    const prompt_reading all = {
        .answers = answers,
        .printed = printed,
        .firsts = firsts,
        .read = PV_NEW_ARRAY(answers->arena, uint32_t, printed->region_count),
        .beside = PV_NEW_ARRAY(answers->arena, bool, printed->region_count),
        .at_gap = PV_NEW_ARRAY(answers->arena, bool, printed->region_count),
    };
    if (!doubts || !all.read || !all.beside || !all.at_gap)
        return pv_fail_memory(answers->error);
    count_read(&all);
    for (size_t i = 0, end; i < printed->region_count; i = end) {
        bool is_blank = false;
        bool is_doubtful = false;
        for (end = i; end < printed->region_count && printed->regions[end].measure == printed->regions[i].measure;
             end++) {
            doubts[end] = doubt_of_prompt(&all, end);
            is_blank |= printed->regions[end].item && firsts[end] == SIZE_MAX;
            is_doubtful |= firsts[end] != SIZE_MAX && (doubts[end] || is_out_of_place(&all, end));
        }
        for (size_t k = i; k < end; k++)
            if (is_blank && is_doubtful && printed->regions[k].item && !doubts[k])
                doubts[k] = "which answers of its measure belong to which prompts could not be told with certainty";
    }
    *out = doubts;
    return true;
}
