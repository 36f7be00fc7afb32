#include "align/align.h"

#include <stdio.h>

#include "align/answers_p.h"
#include "align/filed_tables_p.h"
#include "model/message.h"
#include "model/submission.h"

#define CERTAIN 900 /* thousandths of a word: so much dearer is any other reading of an answer's ends */

/* A form without prompts is told by the labels of its fields, and by tables of its records, each for one of them. */
static pv_recognition recognition_of(const pv_form *form, const pv_found_form *found, const pv_filed_tables *tables) {
    pv_recognition out = {.asked = found->asked, .found = found->found};
    for (size_t i = 0; form->item_count == 0 && i < form->record_count; i++)
        out.found += tables->records.rows[i].node != NULL && out.found < out.asked;
    return out;
}

bool pv_align_recognise(pv_recognition *out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                        pv_error *error) {
    pv_unit_list units;
    pv_found_form found;
    pv_filed_tables tables;
    pv_problems ignored;
    *out = (pv_recognition){0}; /* what is a text of any kind tells no form */
    if (form->layout.whole)
        return true;
    if (!pv_blocks_without_prompts(&blocks, arena, blocks, error) ||
        !pv_problems_begin(&ignored, arena, 1, NULL, error) ||
        !pv_filed_tables_find(&tables, arena, form, blocks, &ignored, error) ||
        !pv_units_find(&units, arena, form, blocks, tables.taken, error) ||
        !pv_units_recognise(&found, arena, form, &units, error))
        return false;
    *out = recognition_of(form, &found, &tables);
    return true;
}

/* ---- responses ---- */

typedef struct aligner {
    pv_answers answers;
    const pv_printed *printed;
    bool *beside;   /* of each region: some of it is read where the order of lines is not certain, */
    bool *at_gap;   /* or beside a page without text */
    uint32_t *read; /* of each region: how many of its words the document has where it is read */
    const pv_found_form *found;
    pv_problems *problems;
    pv_filed_tables tables;
    bool *understood; /* per unit */
} aligner;

/* An end of an answer, or of a part of it, and what else it may be. */
typedef struct answer_end {
    uint32_t margin; /* how much dearer that is */
    bool is_start;
    size_t unit;   /* the answer's, at the end */
    size_t beside; /* the one before or after, that may be the answer's too; SIZE_MAX: the answer may lack `unit` */
} answer_end;

static void take_end(answer_end *least, const answer_end *end) {
    if (end->margin < least->margin)
        *least = *end;
}

/* The end of an answer from first to last that is least certain. */
static answer_end least_certain(const aligner *all, size_t first, size_t last) {
    const pv_unit_reading *readings = all->answers.readings;
    const size_t count = all->answers.units->count;
    answer_end least = {.margin = CERTAIN};
    for (size_t i = first; i <= last; i++) {
        if (readings[i].region != readings[first].region)
            continue;
        if (i == 0 || readings[i - 1].region != readings[i].region) {
            if (i > 0)
                take_end(&least, &(answer_end){readings[i - 1].after, true, i, i - 1});
            take_end(&least, &(answer_end){readings[i].margin, true, i, SIZE_MAX});
        }
        if (i + 1 == count || readings[i + 1].region != readings[i].region) {
            if (i + 1 < count)
                take_end(&least, &(answer_end){readings[i + 1].before, false, i, i + 1});
            take_end(&least, &(answer_end){readings[i].margin, false, i, SIZE_MAX});
        }
    }
    return least;
}

/* The answer with another end, or nothing where it would be without its only unit. */
static const pv_text *read_otherwise(const aligner *all, const pv_answer_part *parts, size_t count,
                                     const answer_end *end) {
    static const pv_text nothing = {.value = {"", 0}, .exact = true};
    pv_answers answers = all->answers;
    pv_answer_part *other = PV_NEW_ARRAY(answers.arena, pv_answer_part, count + 1);
    size_t kept = 0;
    if (!other) {
        pv_fail_memory(answers.error);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const bool is_end = parts[i].unit == end->unit;
        if (is_end && end->is_start && end->beside != SIZE_MAX)
            other[kept++].unit = end->beside;
        if (!is_end || end->beside != SIZE_MAX)
            other[kept++] = parts[i];
        if (is_end && !end->is_start && end->beside != SIZE_MAX)
            other[kept++].unit = end->beside;
    }
    answers.source = NULL; /* its parts lie between no others */
    const pv_node *node = kept > 0 ? pv_answer_node(&answers, other, kept) : NULL;
    return kept == 0 ? &nothing : node ? &node->text : NULL;
}

/* Why the blocks of an answer tell themselves that it may be wrong. */
static const char *doubt_of_blocks(const aligner *all, const pv_answer_part *parts, size_t count) {
    const char *why = NULL;
    for (size_t i = 0; i < count && !why; i++)
        why = pv_block_doubt_says(all->answers.units->blocks[parts[i].unit]->doubt);
    return why;
}

/* ---- prompts that an answer may belong to ---- */

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

static void count_read(const aligner *all) {
    const pv_printed *printed = all->printed;
    const pv_unit_list *units = all->answers.units;
    size_t first = 0;
    for (size_t i = 0; i < units->count; i++) {
        const pv_unit_reading *reading = &all->answers.readings[i];
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
static bool is_read(const aligner *all, size_t region, uint32_t share) {
    const pv_printed_region *at = &all->printed->regions[region];
    return (uint64_t)all->read[region] * 100 >= (uint64_t)size_of(all->printed, at) * share;
}

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
static bool holds_missing(const aligner *all, size_t region, const pv_unit *unit) {
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
static bool holds_printed(const aligner *all, size_t first, size_t region) {
    const pv_printed *printed = all->printed;
    const pv_unit_list *units = all->answers.units;
    size_t last = region + 1;
    while (last < printed->region_count && !printed->regions[last].item)
        last++;
    for (size_t i = first; i < units->count; i++) {
        if (all->answers.readings[i].region != region)
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
static bool shares_row(const aligner *all, const size_t *firsts, size_t region) {
    const pv_unit_list *units = all->answers.units;
    size_t last = region;
    while (last > 0 && !all->printed->regions[last - 1].item)
        last--;
    if (firsts[region] == SIZE_MAX || last == 0 || firsts[last - 1] != SIZE_MAX)
        return false;
    const pv_block_cell *answer = &units->blocks[firsts[region]]->cell;
    pv_printed_region before = all->printed->regions[last - 1];
    before.start = before.answers;
    for (size_t i = firsts[region]; i > 0; i--) {
        const pv_block_cell *cell = &units->blocks[i - 1]->cell;
        const pv_unit_reading *reading = &all->answers.readings[i - 1];
        if (cell->table == 0 || cell->table != answer->table || cell->row != answer->row)
            return false;
        if (reading->label == PV_UNIT_FORM && reading->from < before.end && reading->to > before.start &&
            count_in_region(all->printed, &before, reading, &units->units[i - 1]) > 0)
            return true;
    }
    return false;
}

/* ---- the response to an item ---- */

/* Of an item without an answer where that is not certain: a blank at a place. */
static pv_node *blank_response(const aligner *all, uint32_t at, const char *why) {
    pv_node *node = pv_made_node(&all->answers, PV_STR(""), (pv_span){at, at});
    return node && pv_answer_doubt(&all->answers, node, 0, why, NULL) ? node : NULL;
}

/* Says of an answer, from first to last, what is not certain of it. of_prompts: why it may be another prompt's, or
 * NULL. */
static bool doubt_answer(const aligner *all, pv_node *node, const pv_answer_part *parts, size_t count,
                         const char *of_prompts) {
    const answer_end end = least_certain(all, parts[0].unit, parts[count - 1].unit);
    if (end.margin < CERTAIN) {
        const pv_text *other = read_otherwise(all, parts, count, &end);
        const char *ends = end.is_start
                               ? "where it begins could not be told with certainty from what is printed around it"
                               : "where it ends could not be told with certainty from what is printed around it";
        return other && pv_answer_doubt(&all->answers, node, end.margin, ends, other);
    }
    const char *why = all->answers.is_recognised ? PV_DOUBT_RECOGNISED : of_prompts;
    for (size_t i = parts[0].unit + 1; i <= parts[count - 1].unit && !why; i++)
        if (all->answers.units->tabled[i])
            why = "a table that stands in it was read as records of the form";
    why = why ? why : doubt_of_blocks(all, parts, count);
    return !why || pv_answer_doubt(&all->answers, node, 0, why, NULL);
}

/* The response to a region, from its first unit on. */
static pv_node *response_of(const aligner *all, size_t first, const char *of_prompts) {
    const pv_answers *answers = &all->answers;
    const uint32_t region = answers->readings[first].region;
    size_t count = 0;
    for (size_t i = first; i < answers->units->count; i++)
        count += answers->readings[i].region == region;
    pv_answer_part *parts = PV_NEW_ARRAY(answers->arena, pv_answer_part, count);
    if (!parts) {
        pv_fail_memory(answers->error);
        return NULL;
    }
    count = 0;
    for (size_t i = first; i < answers->units->count; i++)
        if (answers->readings[i].region == region)
            parts[count++].unit = i;
    const pv_item *item = all->printed->regions[region].item;
    pv_node *node = pv_answer_node(answers, parts, count);
    if (!node || !doubt_answer(all, node, parts, count, of_prompts))
        return NULL;
    return item->spec ? pv_answer_value(answers, item->spec, node) : node;
}

static pv_branch new_branch(const aligner *all, uint32_t at) {
    return (pv_branch){.node =
                           pv_tree_node(all->answers.arena, PV_NODE_MAPPING, (pv_span){at, at}, all->answers.error)};
}

static bool add_under(const aligner *all, pv_branch *branch, pv_str key, uint32_t at, pv_node *child) {
    branch->key = child ? pv_made_node(&all->answers, key, (pv_span){at, at}) : NULL;
    if (!branch->key)
        return false;
    pv_branch_add(branch, child);
    if (child->span.end > branch->node->span.end)
        branch->node->span.end = child->span.end;
    return true;
}

/* Why an answer, or that there is none, may be another prompt's; NULL: it may not. */
static const char *doubt_of_prompt(const aligner *all, const size_t *firsts, size_t region) {
    if (!all->printed->regions[region].item)
        return NULL;
    size_t next = region + 1;
    while (next < all->printed->region_count && !all->printed->regions[next].item)
        next++;
    if (all->beside[region])
        return pv_block_doubt_says(PV_BLOCK_BESIDE);
    if (all->at_gap[region])
        return pv_block_doubt_says(PV_BLOCK_NEXT_TO_GAP);
    if (shares_row(all, firsts, region) || (next < all->printed->region_count && shares_row(all, firsts, next)))
        return "it stands in one row with another prompt, so which of them is answered there could not be told";
    if (firsts[region] != SIZE_MAX && holds_printed(all, firsts[region], region))
        return "words that the form prints stand in it, so where it begins and ends could not be told";
    const uint32_t share = firsts[region] == SIZE_MAX ? READ_SHARE_OF_BLANK : READ_SHARE;
    return is_read(all, region, share) ? NULL : "its prompt could not be found, so what answers it could not be told";
}

/* Whether an answer begins in the middle of a sentence, or is far too long: as those to other prompts are where an
 * extractor has put the columns of a page one after another. */
static bool is_out_of_place(const aligner *all, size_t first, size_t region) {
    const pv_unit_list *units = all->answers.units;
    const pv_str text = units->blocks[first]->text.value;
    const pv_item *item = all->printed->regions[region].item;
    const uint64_t most = item ? item->length.word_limit : 0;
    uint64_t words = 0;
    for (size_t i = first; i < units->count; i++)
        words += all->answers.readings[i].region == region ? units->units[i].count : 0;
    return (text.size > 1 && text.data[0] >= 'a' && text.data[0] <= 'z' && pv_ascii_is_letter(text.data[1])) ||
           (most > 0 && words * 2 > most * 3);
}

/* Why each answer, or that there is none, may be another prompt's. Where prompts of a measure are without an answer
 * and the answers to others are not certain, none of it is. */
static const char **doubts_of_prompts(const aligner *all, const size_t *firsts) {
    const pv_printed *printed = all->printed;
    const char **doubts = PV_NEW_ARRAY(all->answers.arena, const char *, printed->region_count);
    if (!doubts) {
        pv_fail_memory(all->answers.error);
        return NULL;
    }
    for (size_t i = 0, end; i < printed->region_count; i = end) {
        bool is_blank = false;
        bool is_doubtful = false;
        for (end = i; end < printed->region_count && printed->regions[end].measure == printed->regions[i].measure;
             end++) {
            doubts[end] = doubt_of_prompt(all, firsts, end);
            is_blank |= printed->regions[end].item && firsts[end] == SIZE_MAX;
            is_doubtful |= firsts[end] != SIZE_MAX && (doubts[end] || is_out_of_place(all, firsts[end], end));
        }
        for (size_t k = i; k < end; k++)
            if (is_blank && is_doubtful && printed->regions[k].item && !doubts[k])
                doubts[k] = "which answers of its measure belong to which prompts could not be told with certainty";
    }
    return doubts;
}

static bool add_responses(const aligner *all, pv_branch *measures) {
    const pv_answers *answers = &all->answers;
    const pv_printed *printed = all->printed;
    size_t *firsts = PV_NEW_ARRAY(answers->arena, size_t, printed->region_count);
    if (!firsts)
        return pv_fail_memory(answers->error);
    for (size_t i = 0; i < printed->region_count; i++)
        firsts[i] = SIZE_MAX;
    for (size_t i = answers->units->count; i > 0; i--)
        if (answers->readings[i - 1].region != PV_NO_REGION)
            firsts[answers->readings[i - 1].region] = i - 1;
    const char **doubts = doubts_of_prompts(all, firsts);
    if (!doubts)
        return false;
    pv_branch measure = {0};
    for (size_t i = 0; i < printed->region_count; i++) {
        const pv_printed_region *region = &printed->regions[i];
        const char *why = doubts[i];
        if (firsts[i] == SIZE_MAX && !why)
            continue;
        pv_node *response = firsts[i] == SIZE_MAX ? blank_response(all, measures->node->span.end, why)
                                                  : response_of(all, firsts[i], why);
        const uint32_t at = response ? response->span.start : 0;
        const bool begins = !measures->last || !pv_str_equal(pv_node_value(measures->last->key), region->measure->id);
        if (response && begins) {
            measure = new_branch(all, at);
            if (!measure.node || !add_under(all, measures, region->measure->id, at, measure.node))
                return false;
        }
        if (!response || !add_under(all, &measure, region->item->id, at, response))
            return false;
        if (measure.node->span.end > measures->node->span.end)
            measures->node->span.end = measure.node->span.end;
    }
    return true;
}

/* ---- what is not understood ---- */

static bool report_others(const aligner *all) {
    const pv_answers *answers = &all->answers;
    for (size_t i = 0; i < answers->units->count; i++) {
        const pv_text *text = &answers->units->blocks[i]->text;
        if (answers->readings[i].label != PV_UNIT_OTHER || all->understood[i])
            continue;
        if (!pv_problems_add(all->problems, PV_PROBLEM_UNKNOWN_NAME, pv_text_locate(text, 0, text->value.size),
                             answers->error, "“%s” is no part of the form, and answers none of its prompts",
                             pv_message_quote(text->value).text))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

static bool build_tree(aligner *all, pv_document *document) {
    const pv_answers *answers = &all->answers;
    const pv_unit_list *units = answers->units;
    const uint32_t start = units->count > 0 ? units->blocks[0]->text.span.start : 0;
    pv_branch root = new_branch(all, start);
    pv_branch measures = new_branch(all, start);
    pv_node *name = pv_made_node(answers, answers->form->id, (pv_span){start, start});
    pv_node *fields, *records;
    if (!root.node || !measures.node || !name || !add_under(all, &root, PV_STR("form"), start, name) ||
        !pv_fields_find(answers, all->understood, all->tables.records.rows, &fields, &records) ||
        !add_responses(all, &measures))
        return false;
    if (fields && !add_under(all, &root, PV_STR("fields"), fields->span.start, fields))
        return false;
    if (records && !add_under(all, &root, PV_STR("records"), records->span.start, records))
        return false;
    if (measures.node->count > 0 &&
        !add_under(all, &root, PV_STR("measures"), measures.node->first->span.start, measures.node))
        return false;
    document->root = root.node;
    return report_others(all);
}

static bool refuse(const pv_form *form, const pv_recognition *recognition, pv_error *error) {
    return pv_fail(error, PV_ERROR_REFUSED, "this does not look like “%s”; %zu of %zu %s %s found",
                   pv_message_quote(form->title).text, recognition->found, recognition->asked,
                   form->item_count > 0 ? "prompts" : "labels of fields", recognition->found == 1 ? "was" : "were");
}

/* What a reader should know that was left out: of the document, and of its tables. */
static bool join_left_out(pv_document *document, pv_arena *arena, const pv_blocks *blocks,
                          const pv_table_records *tables, pv_error *error) {
    const size_t count = blocks->left_out_count + tables->left_out_count;
    pv_left_out *all = PV_NEW_ARRAY(arena, pv_left_out, count);
    if (!all)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        all[i] = i < blocks->left_out_count ? blocks->left_out[i] : tables->left_out[i - blocks->left_out_count];
    document->left_out = all;
    document->left_out_count = count;
    return true;
}

/* A document that is one field of the form, all of it, and nothing else of a filing. */
static bool build_whole(pv_document *document, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                        pv_error *error) {
    const pv_source *source = blocks->source;
    const uint32_t start = (uint32_t)pv_source_text_start(source);
    const pv_span all_of_it = {start, (uint32_t)pv_source_end(source)};
    const pv_answers made = {.arena = arena, .error = error, .form = form};
    pv_branch root = {.node = pv_tree_node(arena, PV_NODE_MAPPING, all_of_it, error)};
    pv_branch fields = {.node = pv_tree_node(arena, PV_NODE_MAPPING, all_of_it, error)};
    pv_node *text = pv_tree_node(arena, PV_NODE_SCALAR, all_of_it, error);
    pv_node *name = pv_made_node(&made, form->id, (pv_span){start, start});
    if (!root.node || !fields.node || !text || !name || !pv_whole_text(&text->text, arena, blocks, error))
        return false;
    root.key = pv_made_node(&made, PV_STR("form"), (pv_span){start, start});
    if (!root.key)
        return false;
    pv_branch_add(&root, name);
    fields.key = pv_made_node(&made, form->layout.whole->name, (pv_span){start, start});
    if (!fields.key)
        return false;
    pv_branch_add(&fields, text);
    root.key = pv_made_node(&made, PV_STR("fields"), (pv_span){start, start});
    if (!root.key)
        return false;
    pv_branch_add(&root, fields.node);
    document->root = root.node;
    document->source = source;
    document->format = blocks->format;
    document->left_out = blocks->left_out;
    document->left_out_count = blocks->left_out_count;
    return true;
}

bool pv_align_document(pv_document **out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                       pv_source *source, size_t problems, pv_error *error) {
    pv_unit_list units;
    pv_found_form found;
    pv_printed printed;
    uint64_t cost;
    pv_document *document = PV_NEW(arena, pv_document);
    pv_problems *all_problems = PV_NEW(arena, pv_problems);
    aligner all = {
        .answers = {.arena = arena,
                    .error = error,
                    .form = form,
                    .source = source,
                    .units = &units,
                    .is_recognised = blocks->is_recognised},
        .printed = &printed,
        .found = &found,
        .problems = all_problems,
    };
    if (!document || !all_problems)
        return pv_fail_memory(error);
    if (form->layout.whole && blocks->is_recognised)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "its pages are pictures, and no word that is recognised in them is certain: a document that is "
                       "judged as a whole must have text");
    if (form->layout.whole) {
        *out = document;
        document->problems_kept = problems;
        return build_whole(document, arena, form, blocks, error);
    }
    if (!pv_blocks_without_prompts(&blocks, arena, blocks, error) ||
        !pv_problems_begin(all_problems, arena, problems, NULL, error) ||
        !pv_filed_tables_find(&all.tables, arena, form, blocks, all_problems, error) ||
        !pv_units_find(&units, arena, form, blocks, all.tables.taken, error) ||
        !pv_units_recognise(&found, arena, form, &units, error))
        return false;
    const pv_recognition recognition = recognition_of(form, &found, &all.tables);
    if (!pv_recognition_is_enough(&recognition))
        return refuse(form, &recognition, error);
    all.understood = PV_NEW_ARRAY(arena, bool, units.count);
    if (!all.understood)
        return pv_fail_memory(error);
    if (!pv_printed_build(&printed, arena, form, found.measures, found.measure_count, error))
        return false;
    pv_units_reach(&units, &found, &printed);
    all.read = PV_NEW_ARRAY(arena, uint32_t, printed.region_count);
    all.beside = PV_NEW_ARRAY(arena, bool, printed.region_count);
    all.at_gap = PV_NEW_ARRAY(arena, bool, printed.region_count);
    if (!all.read || !all.beside || !all.at_gap)
        return pv_fail_memory(error);
    if (!pv_labelling_find(&all.answers.readings, arena, &printed, units.units, units.count, &cost, error))
        return false;
    count_read(&all);
    if (!build_tree(&all, document) || !join_left_out(document, arena, blocks, &all.tables.records, error))
        return false;
    document->source = blocks->source;
    document->is_made = true;
    document->format = blocks->format;
    document->problems_kept = problems;
    document->problems = all_problems;
    *out = document;
    return true;
}
