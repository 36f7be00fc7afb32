#include "align/align.h"

#include "align/answers_p.h"
#include "align/filed_tables_p.h"
#include "align/prompt_doubts_p.h"
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

/* What of a document is on a form, before it is told what answers what. */
typedef struct found_parts {
    pv_filed_tables tables;
    pv_unit_list units;
    pv_found_form form;
    pv_recognition recognition;
} found_parts;

static bool find_parts(found_parts *out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                       pv_problems *problems, pv_error *error) {
    if (!pv_blocks_without_prompts(&blocks, arena, blocks, error) ||
        !pv_filed_tables_find(&out->tables, arena, form, blocks, problems, error) ||
        !pv_units_find(&out->units, arena, form, blocks, out->tables.taken, error) ||
        !pv_units_recognise(&out->form, arena, form, &out->units, error))
        return false;
    out->recognition = recognition_of(form, &out->form, &out->tables);
    return true;
}

bool pv_align_recognise(pv_recognition *out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                        pv_error *error) {
    found_parts found = {0};
    pv_problems ignored;
    *out = (pv_recognition){0}; /* what is a text of any kind tells no form */
    if (form->layout.whole)
        return true;
    if (!pv_problems_begin(&ignored, arena, 1, NULL, error) ||
        !find_parts(&found, arena, form, blocks, &ignored, error))
        return false;
    *out = found.recognition;
    return true;
}

/* ---- responses ---- */

typedef struct aligner {
    pv_answers answers;
    const pv_printed *printed;
    pv_problems *problems;
    const pv_table_records *tables;
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

static pv_branch new_branch(const pv_answers *answers, uint32_t at) {
    return (pv_branch){.node = pv_tree_node(answers->arena, PV_NODE_MAPPING, (pv_span){at, at}, answers->error)};
}

static bool add_under(const pv_answers *answers, pv_branch *branch, pv_str key, uint32_t at, pv_node *child) {
    branch->key = child ? pv_made_node(answers, key, (pv_span){at, at}) : NULL;
    if (!branch->key)
        return false;
    pv_branch_add(branch, child);
    if (child->span.end > branch->node->span.end)
        branch->node->span.end = child->span.end;
    return true;
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
    const char **doubts;
    if (!pv_prompt_doubts_find(&doubts, answers, printed, firsts))
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
            measure = new_branch(answers, at);
            if (!measure.node || !add_under(answers, measures, region->measure->id, at, measure.node))
                return false;
        }
        if (!response || !add_under(answers, &measure, region->item->id, at, response))
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

static bool build_tree(const aligner *all, pv_document *document) {
    const pv_answers *answers = &all->answers;
    const pv_unit_list *units = answers->units;
    const uint32_t start = units->count > 0 ? units->blocks[0]->text.span.start : 0;
    pv_branch root = new_branch(answers, start);
    pv_branch measures = new_branch(answers, start);
    pv_node *name = pv_made_node(answers, answers->form->id, (pv_span){start, start});
    pv_node *fields, *records;
    if (!root.node || !measures.node || !name || !add_under(answers, &root, PV_STR("form"), start, name) ||
        !pv_fields_find(answers, all->understood, all->tables->rows, &fields, &records) ||
        !add_responses(all, &measures))
        return false;
    if (fields && !add_under(answers, &root, PV_STR("fields"), fields->span.start, fields))
        return false;
    if (records && !add_under(answers, &root, PV_STR("records"), records->span.start, records))
        return false;
    if (measures.node->count > 0 &&
        !add_under(answers, &root, PV_STR("measures"), measures.node->first->span.start, measures.node))
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
    if (blocks->is_recognised)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "its pages are pictures, and no word that is recognised in them is certain: a document that is "
                       "judged as a whole must have text");
    const uint32_t start = (uint32_t)pv_source_text_start(blocks->source);
    const pv_span all_of_it = {start, (uint32_t)pv_source_end(blocks->source)};
    const pv_answers made = {.arena = arena, .error = error, .form = form};
    pv_branch root = new_branch(&made, start);
    pv_branch fields = new_branch(&made, start);
    pv_node *text = pv_tree_node(arena, PV_NODE_SCALAR, all_of_it, error);
    pv_node *name = pv_made_node(&made, form->id, (pv_span){start, start});
    document->left_out = blocks->left_out;
    document->left_out_count = blocks->left_out_count;
    document->root = root.node;
    return root.node && fields.node && text && name && pv_whole_text(&text->text, arena, blocks, error) &&
           add_under(&made, &root, PV_STR("form"), start, name) &&
           add_under(&made, &fields, form->layout.whole->name, start, text) &&
           add_under(&made, &root, PV_STR("fields"), start, fields.node);
}

/* A document that holds what the form prints, and answers to it. */
static bool build_filed(pv_document *document, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                        pv_source *source, pv_error *error) {
    found_parts found = {0};
    pv_printed printed;
    uint64_t cost;
    pv_problems *problems = PV_NEW(arena, pv_problems);
    if (!problems)
        return pv_fail_memory(error);
    if (!pv_problems_begin(problems, arena, document->problems_kept, NULL, error) ||
        !find_parts(&found, arena, form, blocks, problems, error))
        return false;
    if (!pv_recognition_is_enough(&found.recognition))
        return refuse(form, &found.recognition, error);
    if (!pv_printed_build(&printed, arena, form, found.form.measures, found.form.measure_count, error))
        return false;
    pv_units_reach(&found.units, &found.form, &printed);
    aligner all = {
        .answers = {.arena = arena,
                    .error = error,
                    .form = form,
                    .source = source,
                    .units = &found.units,
                    .is_recognised = blocks->is_recognised},
        .printed = &printed,
        .problems = problems,
        .tables = &found.tables.records,
        .understood = PV_NEW_ARRAY(arena, bool, found.units.count),
    };
    if (!all.understood)
        return pv_fail_memory(error);
    document->is_made = true;
    document->problems = problems;
    return pv_labelling_find(&all.answers.readings, arena, &printed, found.units.units, found.units.count, &cost,
                             error) &&
           build_tree(&all, document) && join_left_out(document, arena, blocks, all.tables, error);
}

bool pv_align_document(pv_document **out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                       pv_source *source, size_t problems, pv_error *error) {
    pv_document *document = PV_NEW(arena, pv_document);
    if (!document)
        return pv_fail_memory(error);
    document->source = blocks->source;
    document->format = blocks->format;
    document->problems_kept = problems;
    if (form->layout.whole ? !build_whole(document, arena, form, blocks, error)
                           : !build_filed(document, arena, form, blocks, source, error))
        return false;
    *out = document;
    return true;
}
