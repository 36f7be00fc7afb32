/* The measures of a form and their items. */
#include "model/form_builder.h"
#include "model/message.h"

static const pv_str measure_keys[] = {PV_STR("id"),    PV_STR("section"), PV_STR("title"),      PV_STR("obligation"),
                                      PV_STR("items"), PV_STR("points"),  PV_STR("description")};
enum {
    MEASURE_ID,
    MEASURE_SECTION,
    MEASURE_TITLE,
    MEASURE_OBLIGATION,
    MEASURE_ITEMS,
    MEASURE_POINTS,
    MEASURE_DESCRIPTION,
    MEASURE_KEY_COUNT
};

static const pv_str item_keys[] = {PV_STR("id"), PV_STR("prompt"), PV_LENGTH_KEYS};
enum { ITEM_ID, ITEM_PROMPT, ITEM_LENGTH, ITEM_KEY_COUNT = ITEM_LENGTH + PV_LENGTH_KEY_COUNT };

/* Where the measures are read to: the items of all of them stand in one array, in printed order. */
typedef struct pv_measure_reader {
    const pv_form_builder *builder;
    pv_attributed_shape measure_shape;
    pv_attributed_shape item_shape;
    pv_item *items;
    pv_str *full_ids;
    size_t item_count; /* read so far */
} pv_measure_reader;

static bool name_item(pv_item *item, const pv_form_builder *builder, bool alone) {
    if (alone) {
        item->full_id = item->measure->id;
        return true;
    }
    item->full_id = pv_arena_format(builder->arena, "%.*s.%.*s", PV_STR_ARG(item->measure->id), PV_STR_ARG(item->id));
    return item->full_id.data != NULL || pv_fail_memory(builder->error);
}

static bool read_item(pv_measure_reader *reader, const pv_node *node, const pv_measure *measure, pv_item *item) {
    const pv_form_builder *builder = reader->builder;
    if (!pv_attributed_shape_read(&reader->item_shape, builder, node, &item->attributes))
        return false;
    const pv_node *const *part = reader->item_shape.parts;
    item->measure = measure;
    item->index = reader->item_count;
    item->at = part[ITEM_ID]->span;
    if (!pv_shape_name(part[ITEM_ID], "an item's id", &item->id, builder->error) ||
        !pv_shape_prose(builder->arena, part[ITEM_PROMPT], "a prompt", &item->prompt, builder->error) ||
        !pv_length_read(&item->length, builder->arena, &part[ITEM_LENGTH], builder->error))
        return false;
    return name_item(item, builder, node->parent->count == 1);
}

static bool read_items(pv_measure_reader *reader, const pv_node *list, pv_measure *measure) {
    const pv_form_builder *builder = reader->builder;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "a measure's items", builder->error))
        return false;
    if (list->count == 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, list->span, "measure %s needs at least one item",
                          pv_message_quote(measure->id).text);
    pv_str *ids = pv_form_array(builder, list->count, sizeof *ids);
    if (ids == NULL)
        return false;
    measure->items = &reader->items[reader->item_count];
    measure->item_count = list->count;
    for (const pv_node *node = list->first; node != NULL; node = node->next) {
        pv_item *item = &reader->items[reader->item_count];
        if (!read_item(reader, node, measure, item))
            return false;
        ids[node->index] = item->id;
        reader->full_ids[reader->item_count] = item->full_id;
        reader->item_count++;
    }
    return pv_form_index_ids(builder, &measure->item_names, ids, list->count, list, "item");
}

static bool read_obligation(pv_obligation *out, const pv_node *node, pv_error *error) {
    static const pv_str names[] = {
        [PV_OBLIGATION_MANDATORY] = PV_STR("mandatory"), [PV_OBLIGATION_OPTIONAL] = PV_STR("optional")};
    size_t position;
    if (!pv_shape_choice(node, "an obligation", names, 2, &position, error))
        return false;
    *out = (pv_obligation)position;
    return true;
}

static bool find_section(const pv_form_builder *builder, const pv_node *node, const pv_section **out) {
    pv_str id;
    if (!pv_shape_name(node, "a measure's section", &id, builder->error))
        return false;
    const pv_names *sections = &builder->section_names;
    size_t position = pv_names_find(sections, id);
    if (position == SIZE_MAX)
        return pv_fail_at(
            builder->error, PV_ERROR_SHAPE, node->span, "%s",
            pv_message_unknown("the form", PV_STR(""), "section", id, sections->names, sections->count).text);
    *out = &builder->sections[position];
    return true;
}

static bool read_optional_parts(const pv_form_builder *builder, const pv_node *const *part, pv_measure *measure) {
    if (part[MEASURE_POINTS] != NULL &&
        !pv_shape_amount(builder->arena, part[MEASURE_POINTS], "a measure's points", &measure->points, builder->error))
        return false;
    return part[MEASURE_DESCRIPTION] == NULL ||
           pv_shape_prose(builder->arena, part[MEASURE_DESCRIPTION], "a measure's description", &measure->description,
                          builder->error);
}

static bool read_measure(pv_measure_reader *reader, const pv_node *node, pv_measure *measure) {
    const pv_form_builder *builder = reader->builder;
    pv_error *error = builder->error;
    if (!pv_attributed_shape_read(&reader->measure_shape, builder, node, &measure->attributes))
        return false;
    const pv_node *const *part = reader->measure_shape.parts;
    measure->index = node->index;
    measure->at = part[MEASURE_ID]->span;
    return pv_shape_name(part[MEASURE_ID], "a measure's id", &measure->id, error) &&
           find_section(builder, part[MEASURE_SECTION], &measure->section) &&
           pv_shape_prose(builder->arena, part[MEASURE_TITLE], "a measure's title", &measure->title, error) &&
           read_obligation(&measure->obligation, part[MEASURE_OBLIGATION], error) &&
           read_optional_parts(builder, part, measure) && read_items(reader, part[MEASURE_ITEMS], measure);
}

static size_t count_items(const pv_node *list) {
    size_t count = 0;
    for (const pv_node *measure = list->first; measure != NULL; measure = measure->next) {
        const pv_node *items = pv_node_get(measure, PV_STR("items"));
        count += items == NULL ? 0 : items->count;
    }
    return count;
}

static bool begin_reading(pv_measure_reader *reader, const pv_form_builder *builder, size_t item_count) {
    static const pv_shape measure_shape = {"a measure", measure_keys, MEASURE_KEY_COUNT, MEASURE_POINTS};
    static const pv_shape item_shape = {"an item", item_keys, ITEM_KEY_COUNT, ITEM_LENGTH};
    *reader = (pv_measure_reader){.builder = builder};
    reader->items = pv_form_array(builder, item_count, sizeof *reader->items);
    reader->full_ids = pv_form_array(builder, item_count, sizeof *reader->full_ids);
    return reader->items != NULL && reader->full_ids != NULL &&
           pv_attributed_shape_build(&reader->measure_shape, builder, measure_shape, &builder->measure_attributes) &&
           pv_attributed_shape_build(&reader->item_shape, builder, item_shape, &builder->item_attributes);
}

/* Ids with dots in them can make two items of different measures look the same ("1" . "1.1" and "1.1" . "1"). */
static bool index_full_ids(const pv_measure_reader *reader) {
    const pv_form_builder *builder = reader->builder;
    size_t repeated;
    if (!pv_names_index(&builder->form->item_names, builder->arena, reader->full_ids, reader->item_count, &repeated,
                        builder->error))
        return false;
    return repeated == SIZE_MAX ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, reader->items[repeated].at, "two items have the full id %s",
                      pv_message_quote(reader->full_ids[repeated]).text);
}

bool pv_form_read_measures(pv_form_builder *builder, const pv_node *list) {
    if (list == NULL)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "measures", builder->error))
        return false;
    pv_measure_reader reader;
    pv_measure *measures = pv_form_array(builder, list->count, sizeof *measures);
    pv_str *ids = pv_form_array(builder, list->count, sizeof *ids);
    if (measures == NULL || ids == NULL || !begin_reading(&reader, builder, count_items(list)))
        return false;
    for (const pv_node *node = list->first; node != NULL; node = node->next) {
        if (!read_measure(&reader, node, &measures[node->index]))
            return false;
        ids[node->index] = measures[node->index].id;
    }
    pv_form *form = builder->form;
    builder->measures = measures;
    form->measures = measures;
    form->measure_count = list->count;
    form->items = reader.items;
    form->item_count = reader.item_count;
    return pv_form_index_ids(builder, &form->measure_names, ids, list->count, list, "measure") &&
           index_full_ids(&reader);
}
