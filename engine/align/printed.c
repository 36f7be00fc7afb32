#include "align/printed_p.h"

#include "base/array.h"
#include "base/digits.h"

/* A region that is damaged beyond this is passed over as a whole: so many words, or so large a share of it. */
#define SKIP_WORDS ((uint64_t)6)
#define SKIP_SHARE 40 /* per cent */

typedef struct printed_builder {
    pv_arena *arena;
    pv_error *error;
    const pv_form *form;
    PV_ARRAY(pv_printed_word) words;
    PV_ARRAY(pv_printed_region) regions;
} printed_builder;

bool pv_word_is_number(pv_str text, pv_span at) {
    return at.end > at.start && pv_digits_end(pv_str_slice(text, 0, at.end), at.start) == at.end;
}

static bool add_text(printed_builder *builder, pv_str text, uint32_t price) {
    pv_token_list tokens;
    if (!pv_tokens_find(builder->arena, text, &tokens, builder->error))
        return false;
    for (size_t i = 0; i < tokens.count; i++) {
        pv_printed_word *word = PV_ARRAY_ADD(builder->arena, &builder->words);
        if (!word)
            return pv_fail_memory(builder->error);
        word->hash = tokens.tokens[i].hash;
        word->price = pv_word_is_number(text, tokens.tokens[i].at) ? PV_PRICE_SOFT : price;
    }
    return true;
}

static bool begin_region(printed_builder *builder, const pv_measure *measure, const pv_item *item) {
    pv_printed_region *region = PV_ARRAY_ADD(builder->arena, &builder->regions);
    if (!region)
        return pv_fail_memory(builder->error);
    region->start = (uint32_t)builder->words.count;
    region->measure = measure;
    region->item = item;
    return true;
}

static void end_region(printed_builder *builder) {
    pv_printed_region *region = &builder->regions.items[builder->regions.count - 1];
    uint64_t price = 0;
    region->end = (uint32_t)builder->words.count;
    for (size_t i = region->start; i < region->end; i++)
        price += builder->words.items[i].price;
    const uint64_t most = price * SKIP_SHARE / 100;
    region->skip = (uint32_t)(most > SKIP_WORDS * PV_PRICE_WORD ? most : SKIP_WORDS * PV_PRICE_WORD);
}

static bool add_points(printed_builder *builder, const pv_measure *measure) {
    pv_buf text = pv_buf_on(pv_arena_memory(builder->arena));
    pv_decimal_format(measure->points, &text);
    pv_buf_format(&text, " points");
    const bool added =
        !text.failed ? add_text(builder, pv_buf_str(&text), PV_PRICE_SOFT) : pv_fail_memory(builder->error);
    pv_buf_clear(&text);
    return added;
}

static bool add_limit(printed_builder *builder, const pv_item *item) {
    const uint32_t most = item->length.word_limit;
    pv_str text = most > 0 ? pv_arena_format(builder->arena, "%u word limit", most) : PV_STR("");
    return text.data ? add_text(builder, text, PV_PRICE_LIMIT) : pv_fail_memory(builder->error);
}

/* Its number stands before its title or after. */
static bool add_heading(printed_builder *builder, const pv_measure *measure, bool opens_section) {
    const pv_section *section = measure->section;
    const pv_str of_section = section->note.size > 0 ? section->note : section->title;
    const pv_str obligation = measure->obligation == PV_OBLIGATION_MANDATORY ? PV_STR("Mandatory") : PV_STR("Optional");
    return (!opens_section || add_text(builder, of_section, PV_PRICE_SOFT)) &&
           add_text(builder, measure->note, PV_PRICE_SOFT) && add_text(builder, measure->id, PV_PRICE_SOFT) &&
           add_text(builder, measure->title, PV_PRICE_TITLE) && add_text(builder, measure->id, PV_PRICE_SOFT) &&
           add_text(builder, builder->form->layout.heading, PV_PRICE_TITLE) &&
           add_text(builder, obligation, PV_PRICE_SOFT) && add_points(builder, measure) &&
           (!measure->group || add_text(builder, measure->group->title, PV_PRICE_SOFT));
}

/* A measure of one prompt, which is its description, has the marker after it. */
static bool has_marker_after_prompt(const pv_measure *measure) {
    return measure->item_count == 1 && measure->description.size == 0;
}

static bool add_item(printed_builder *builder, const pv_item *item) {
    const pv_measure *measure = item->measure;
    const bool marker_follows = has_marker_after_prompt(measure);
    if (!begin_region(builder, measure, item) ||
        (measure->item_count > 1 && !add_text(builder, item->id, PV_PRICE_SOFT)))
        return false;
    const uint32_t first = (uint32_t)builder->words.count;
    if (!add_text(builder, item->prompt, PV_PRICE_WORD) ||
        (marker_follows && !add_text(builder, builder->form->layout.marker, PV_PRICE_WORD)) ||
        !add_limit(builder, item))
        return false;
    /* Something of the prompt stands before the answer. */
    builder->regions.items[builder->regions.count - 1].answers = builder->words.count > first ? first + 1 : first;
    end_region(builder);
    return true;
}

static bool add_measure(printed_builder *builder, const pv_measure *measure, bool opens_section) {
    if (!begin_region(builder, measure, NULL) || !add_heading(builder, measure, opens_section))
        return false;
    end_region(builder);
    /* A document may have the heading without it. */
    if (!begin_region(builder, measure, NULL) || !add_text(builder, measure->description, PV_PRICE_WORD) ||
        (!has_marker_after_prompt(measure) && !add_text(builder, builder->form->layout.marker, PV_PRICE_WORD)))
        return false;
    end_region(builder);
    for (size_t i = 0; i < measure->item_count; i++)
        if (!add_item(builder, &measure->items[i]))
            return false;
    return true;
}

/* Where two regions meet an answer is of the one that ends. */
static bool find_zones(printed_builder *builder, pv_printed *out) {
    uint32_t *zones = PV_NEW_ARRAY(builder->arena, uint32_t, builder->words.count + 1);
    if (!zones)
        return pv_fail_memory(builder->error);
    for (size_t i = 0; i <= builder->words.count; i++)
        zones[i] = PV_NO_REGION;
    for (size_t i = builder->regions.count; i > 0; i--) {
        const pv_printed_region *region = &builder->regions.items[i - 1];
        for (size_t at = region->answers; region->item && at <= region->end; at++)
            zones[at] = (uint32_t)(i - 1);
    }
    out->zones = zones;
    return true;
}

bool pv_printed_build(pv_printed *out, pv_arena *arena, const pv_form *form, const pv_measure *const *measures,
                      size_t count, pv_error *error) {
    printed_builder builder = {.arena = arena, .error = error, .form = form};
    bool *opened = PV_NEW_ARRAY(arena, bool, form->section_count); /* a section may have measures further on too */
    if (!opened)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        bool *is_open = &opened[measures[i]->section->index];
        if (!add_measure(&builder, measures[i], !*is_open))
            return false;
        *is_open = true;
    }
    *out = (pv_printed){
        .words = builder.words.items,
        .count = builder.words.count,
        .regions = builder.regions.items,
        .region_count = builder.regions.count,
    };
    return find_zones(&builder, out);
}
