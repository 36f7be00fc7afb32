/* The sections of a form, its measures with their items, and the groups of measures. */
#include "model/form_p.h"

#include <inttypes.h>
#include <string.h>

#include "model/message.h"

/* ---- sections ---- */

static const pv_str section_keys[] = {PV_STR("id"), PV_STR("title"), PV_STR("note")};
enum { SECTION_ID, SECTION_TITLE, SECTION_NOTE, SECTION_KEY_COUNT };

/* What a part prints beside it; node: NULL where that is nothing. */
static bool read_note(const pv_form_builder *builder, const pv_node *node, pv_str *out) {
    return !node || pv_shape_prose(builder->arena, node, "note", out, builder->error);
}

static bool read_section(const pv_form_builder *builder, const pv_attributed_shape *shape, const pv_node *node,
                         pv_section *section) {
    if (!pv_attributed_shape_read(shape, builder, node, &section->attributes))
        return false;
    const pv_node *id = shape->parts[SECTION_ID];
    section->index = node->index;
    section->at = id->span;
    return pv_shape_name(id, "a section's id", &section->id, builder->error) &&
           pv_shape_prose(builder->arena, shape->parts[SECTION_TITLE], "a section's title", &section->title,
                          builder->error) &&
           read_note(builder, shape->parts[SECTION_NOTE], &section->note);
}

static bool read_sections(pv_form_builder *builder, const pv_node *list) {
    static const pv_shape builtin = {"a section", section_keys, SECTION_KEY_COUNT, SECTION_NOTE};
    if (!list)
        return true;
    pv_attributed_shape shape;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "sections", builder->error) ||
        !pv_attributed_shape_build(&shape, builder, builtin, &builder->section_attributes))
        return false;
    pv_section *sections = pv_form_array(builder, list->count, sizeof *sections);
    pv_str *ids = pv_form_array(builder, list->count, sizeof *ids);
    if (!sections || !ids)
        return false;
    for (const pv_node *node = list->first; node; node = node->next) {
        if (!read_section(builder, &shape, node, &sections[node->index]))
            return false;
        ids[node->index] = sections[node->index].id;
    }
    builder->sections = sections;
    builder->form->sections = sections;
    builder->form->section_count = list->count;
    return pv_form_index_ids(builder, &builder->section_names, ids, list->count, list, "section");
}

/* ---- measures ---- */

static const pv_str measure_keys[] = {PV_STR("id"),      PV_STR("section"), PV_STR("title"),       PV_STR("obligation"),
                                      PV_STR("items"),   PV_STR("points"),  PV_STR("description"), PV_STR("note"),
                                      PV_STR("only_if"), PV_STR("for_each")};
enum {
    MEASURE_ID,
    MEASURE_SECTION,
    MEASURE_TITLE,
    MEASURE_OBLIGATION,
    MEASURE_ITEMS,
    MEASURE_POINTS,
    MEASURE_DESCRIPTION,
    MEASURE_NOTE,
    MEASURE_ONLY_IF,
    MEASURE_FOR_EACH,
    MEASURE_KEY_COUNT
};

static const pv_str item_keys[] = {PV_STR("id"),   PV_STR("prompt"),  PV_STR("required"), PV_STR("accepts"),
                                   PV_STR("note"), PV_STR("only_if"), PV_LENGTH_KEYS};
enum {
    ITEM_ID,
    ITEM_PROMPT,
    ITEM_REQUIRED,
    ITEM_ACCEPTS,
    ITEM_NOTE,
    ITEM_ONLY_IF,
    ITEM_LENGTH,
    ITEM_KEY_COUNT = ITEM_LENGTH + PV_LENGTH_KEY_COUNT,
};

/* Where the measures are read to: the items of all of them stand in one array, in printed order. */
typedef struct measure_reader {
    pv_form_builder *builder;
    pv_attributed_shape measure_shape;
    pv_attributed_shape item_shape;
    pv_item *items;
    pv_str *full_ids;
    size_t item_count; /* read so far */
} measure_reader;

static bool name_item(pv_item *item, const pv_form_builder *builder, bool alone) {
    if (alone) {
        item->full_id = item->measure->id;
        return true;
    }
    item->full_id = pv_arena_format(builder->arena, "%.*s.%.*s", PV_STR_ARG(item->measure->id), PV_STR_ARG(item->id));
    return item->full_id.data || pv_fail_memory(builder->error);
}

/* What value it asks for, if it is not prose. */
static bool read_value_spec(measure_reader *reader, const pv_node *node, pv_item *item) {
    pv_form_builder *builder = reader->builder;
    pv_value_spec *spec;
    if (!pv_item_spec_read(&spec, builder->arena, node, item->full_id,
                           item->prompt.size > 0 ? item->prompt : item->measure->title, &builder->tables,
                           builder->error))
        return false;
    item->spec = spec;
    if (spec)
        item->required = spec->required;
    return true;
}

/* A measure of one item may print its prompt as its description. */
static bool read_words_asked(const pv_form_builder *builder, pv_item *item) {
    pv_str printed = item->prompt.size > 0 ? item->prompt : item->measure->description;
    pv_token_list *asked = PV_NEW(builder->arena, pv_token_list);
    if (printed.size == 0)
        return true;
    item->asked = asked;
    return asked ? pv_tokens_find(builder->arena, printed, asked, builder->error) : pv_fail_memory(builder->error);
}

static bool read_item(measure_reader *reader, const pv_node *node, const pv_measure *measure, pv_item *item) {
    const pv_form_builder *builder = reader->builder;
    if (!pv_attributed_shape_read(&reader->item_shape, builder, node, &item->attributes))
        return false;
    const pv_node *const *part = reader->item_shape.parts;
    item->measure = measure;
    item->index = reader->item_count;
    item->at = part[ITEM_ID]->span;
    item->required = true;
    if (!pv_shape_name(part[ITEM_ID], "an item's id", &item->id, builder->error) ||
        !pv_shape_prose(builder->arena, part[ITEM_PROMPT], "a prompt", &item->prompt, builder->error) ||
        !pv_length_read(&item->length, builder->arena, &part[ITEM_LENGTH], builder->error) ||
        (part[ITEM_REQUIRED] &&
         !pv_shape_boolean(builder->arena, part[ITEM_REQUIRED], "required", &item->required, builder->error)))
        return false;
    if (!read_note(builder, part[ITEM_NOTE], &item->note))
        return false;
    if (part[ITEM_ACCEPTS] && !pv_shape_texts(builder->arena, part[ITEM_ACCEPTS], "accepts", &item->accepts,
                                              &item->accept_count, builder->error))
        return false;
    return name_item(item, builder, node->parent->count == 1) && read_words_asked(builder, item) &&
           read_value_spec(reader, node, item);
}

static bool read_items(measure_reader *reader, const pv_node *list, pv_measure *measure) {
    const pv_form_builder *builder = reader->builder;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "a measure's items", builder->error))
        return false;
    if (list->count == 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, list->span, "measure %s needs at least one item",
                          pv_message_quote(measure->id).text);
    pv_str *ids = pv_form_array(builder, list->count, sizeof *ids);
    if (!ids)
        return false;
    measure->items = &reader->items[reader->item_count];
    measure->item_count = list->count;
    for (const pv_node *node = list->first; node; node = node->next) {
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
    if (part[MEASURE_POINTS] &&
        !pv_shape_amount(builder->arena, part[MEASURE_POINTS], "a measure's points", &measure->points, builder->error))
        return false;
    if (!read_note(builder, part[MEASURE_NOTE], &measure->note))
        return false;
    return !part[MEASURE_DESCRIPTION] ||
           pv_shape_prose(builder->arena, part[MEASURE_DESCRIPTION], "a measure's description", &measure->description,
                          builder->error);
}

static bool read_measure(measure_reader *reader, const pv_node *node, pv_measure *measure) {
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
    for (const pv_node *measure = list->first; measure; measure = measure->next) {
        const pv_node *items = pv_node_get(measure, PV_STR("items"));
        count += !items ? 0 : items->count;
    }
    return count;
}

/* The keys of an item, and those by which it says what value it asks for. */
static bool build_item_shape(measure_reader *reader) {
    const pv_form_builder *builder = reader->builder;
    size_t count = ITEM_KEY_COUNT + pv_item_spec_keys(NULL);
    pv_str *keys = pv_form_array(builder, count, sizeof *keys);
    if (!keys)
        return false;
    memcpy(keys, item_keys, sizeof item_keys);
    (void)pv_item_spec_keys(keys + ITEM_KEY_COUNT);
    const pv_shape shape = {"an item", keys, count, ITEM_REQUIRED};
    return pv_attributed_shape_build(&reader->item_shape, builder, shape, &builder->item_attributes);
}

static bool begin_reading(measure_reader *reader, pv_form_builder *builder, size_t item_count) {
    static const pv_shape measure_shape = {"a measure", measure_keys, MEASURE_KEY_COUNT, MEASURE_POINTS};
    *reader = (measure_reader){.builder = builder};
    reader->items = pv_form_array(builder, item_count, sizeof *reader->items);
    reader->full_ids = pv_form_array(builder, item_count, sizeof *reader->full_ids);
    return reader->items && reader->full_ids &&
           pv_attributed_shape_build(&reader->measure_shape, builder, measure_shape, &builder->measure_attributes) &&
           build_item_shape(reader);
}

/* Ids with dots in them can make two items of different measures look the same ("1" . "1.1" and "1.1" . "1"). */
static bool index_full_ids(const measure_reader *reader) {
    const pv_form_builder *builder = reader->builder;
    size_t repeated;
    if (!pv_names_index(&builder->form->item_names, builder->arena, reader->full_ids, reader->item_count, &repeated,
                        builder->error))
        return false;
    return repeated == SIZE_MAX ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, reader->items[repeated].at, "two items have the full id %s",
                      pv_message_quote(reader->full_ids[repeated]).text);
}

static bool read_all_measures(pv_form_builder *builder, const pv_node *list) {
    if (!list)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "measures", builder->error))
        return false;
    measure_reader reader;
    pv_measure *measures = pv_form_array(builder, list->count, sizeof *measures);
    pv_str *ids = pv_form_array(builder, list->count, sizeof *ids);
    if (!measures || !ids || !begin_reading(&reader, builder, count_items(list)))
        return false;
    for (const pv_node *node = list->first; node; node = node->next) {
        if (!read_measure(&reader, node, &measures[node->index]))
            return false;
        ids[node->index] = measures[node->index].id;
    }
    pv_form *form = builder->form;
    builder->measures = measures;
    form->measures = measures;
    form->measure_count = list->count;
    builder->items = reader.items;
    form->items = reader.items;
    form->item_count = reader.item_count;
    return pv_form_index_ids(builder, &form->measure_names, ids, list->count, list, "measure") &&
           index_full_ids(&reader);
}

/* Gives each section its measures, once both are read. */
static bool fill_sections(pv_form_builder *builder) {
    const pv_form *form = builder->form;
    const pv_measure **by_section = pv_form_array(builder, form->measure_count, sizeof *by_section);
    const pv_measure ***free_place = pv_form_array(builder, form->section_count, sizeof *free_place);
    if (!by_section || !free_place)
        return false;
    for (size_t i = 0; i < form->measure_count; i++)
        builder->sections[form->measures[i].section->index].measure_count++;
    for (size_t i = 0; i < form->section_count; i++) {
        builder->sections[i].measures = by_section;
        free_place[i] = by_section;
        by_section += builder->sections[i].measure_count;
    }
    for (size_t i = 0; i < form->measure_count; i++)
        *free_place[form->measures[i].section->index]++ = &form->measures[i];
    return true;
}

/* ---- groups ---- */

static const pv_str group_keys[] = {PV_STR("id"),     PV_STR("title"), PV_STR("choose"), PV_STR("measures"),
                                    PV_STR("points"), PV_STR("most"),  PV_STR("groups")};
enum { GROUP_ID, GROUP_TITLE, GROUP_CHOOSE, GROUP_MEASURES, GROUP_POINTS, GROUP_MOST, GROUP_GROUPS, GROUP_KEY_COUNT };

/* The groups while they can still be changed. */
typedef struct group_reader {
    const pv_form_builder *builder;
    pv_group *groups;
    const pv_node **points; /* by group: where it says its points, or NULL */
    pv_names names;
    size_t count;
} group_reader;

/* The points of a group count once, so each of its measures is worth them; a measure may leave them out. */
static bool share_points(const pv_form_builder *builder, const pv_group *group, pv_measure *measure,
                         const pv_node *name) {
    if (measure->points.coefficient != 0 && pv_decimal_compare(measure->points, group->points) != 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, name->span,
                          "measure %s has other points than its group %s, whose points count once",
                          pv_message_quote(measure->id).text, pv_message_quote(group->scored->id).text);
    measure->points = group->points;
    return true;
}

/* The position, among those that names has, of what is named at node. */
static bool find_member(const pv_form_builder *builder, const pv_names *names, const char *what, const pv_node *node,
                        size_t *out) {
    pv_str id;
    if (!pv_shape_name(node, "a member's id", &id, builder->error))
        return false;
    *out = pv_names_find(names, id);
    return *out != SIZE_MAX ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "%s",
                      pv_message_unknown("the form", PV_STR(""), what, id, names->names, names->count).text);
}

static bool join_group(const pv_form_builder *builder, const pv_group *group, const pv_node *name,
                       const pv_measure **out) {
    size_t position;
    if (!find_member(builder, &builder->form->measure_names, "measure", name, &position))
        return false;
    pv_measure *measure = &builder->measures[position];
    if (measure->obligation != PV_OBLIGATION_OPTIONAL)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, name->span,
                          "measure %s is mandatory; only optional measures can be in a group",
                          pv_message_quote(measure->id).text);
    if (measure->group)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, name->span, "measure %s is in group %s already",
                          pv_message_quote(measure->id).text, pv_message_quote(measure->group->id).text);
    measure->group = group;
    *out = measure;
    return share_points(builder, group, measure, name);
}

/* list: NULL where it has no measures of its own. */
static bool read_group_measures(const pv_form_builder *builder, const pv_node *list, pv_group *group) {
    if (!list)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "a group's measures", builder->error))
        return false;
    const pv_measure **measures = pv_form_array(builder, list->count, sizeof *measures);
    if (!measures)
        return false;
    group->measures = measures;
    group->measure_count = list->count;
    for (const pv_node *name = list->first; name; name = name->next)
        if (!join_group(builder, group, name, &measures[name->index]))
            return false;
    return true;
}

/* What a group is beside its members. */
static bool read_group(group_reader *reader, const pv_node *node, pv_group *group) {
    static const pv_shape shape = {"a group", group_keys, GROUP_KEY_COUNT, GROUP_MEASURES};
    const pv_form_builder *builder = reader->builder;
    const pv_node *part[GROUP_KEY_COUNT];
    pv_error *error = builder->error;
    if (!pv_shape_read(&shape, node, part, error) ||
        !pv_shape_name(part[GROUP_ID], "a group's id", &group->id, error) ||
        !pv_shape_prose(builder->arena, part[GROUP_TITLE], "a group's title", &group->title, error) ||
        !pv_shape_count(builder->arena, part[GROUP_CHOOSE], "choose", &group->choose, error) ||
        (part[GROUP_POINTS] &&
         !pv_shape_amount(builder->arena, part[GROUP_POINTS], "a group's points", &group->points, error)) ||
        (part[GROUP_MOST] && !pv_shape_count(builder->arena, part[GROUP_MOST], "most", &group->most, error)))
        return false;
    reader->points[node->index] = part[GROUP_POINTS];
    group->at = part[GROUP_ID]->span;
    if (part[GROUP_MOST] && group->most < group->choose)
        return pv_fail_at(error, PV_ERROR_SHAPE, part[GROUP_MOST]->span, "most is less than choose, %" PRIu32,
                          group->choose);
    return true;
}

static bool is_within(const pv_group *group, const pv_group *outer) {
    while (group && group != outer)
        group = group->group;
    return group != NULL;
}

/* The groups in group; list: NULL where there are none. */
static bool read_inner_groups(group_reader *reader, const pv_node *list, pv_group *group) {
    const pv_form_builder *builder = reader->builder;
    if (!list)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "the groups in a group", builder->error))
        return false;
    const pv_group **groups = pv_form_array(builder, list->count, sizeof *groups);
    if (!groups)
        return false;
    group->groups = groups;
    group->group_count = list->count;
    for (const pv_node *name = list->first; name; name = name->next) {
        size_t position;
        if (!find_member(builder, &reader->names, "group", name, &position))
            return false;
        pv_group *inner = &reader->groups[position];
        if (inner->group)
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, name->span, "group %s is in group %s already",
                              pv_message_quote(inner->id).text, pv_message_quote(inner->group->id).text);
        if (is_within(group, inner))
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, name->span, "group %s would be in itself",
                              pv_message_quote(inner->id).text);
        inner->group = group;
        groups[name->index] = inner;
    }
    return true;
}

#define GROUP_DEPTH_MOST 8

static bool check_depth(const group_reader *reader, const pv_group *group) {
    size_t depth = 1;
    for (const pv_group *outer = group->group; outer; outer = outer->group)
        depth++;
    return depth <= GROUP_DEPTH_MOST || pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, group->at,
                                                   "groups stand in one another more than %d deep", GROUP_DEPTH_MOST);
}

/* Once it is known which group is in which: the points of the outermost that says any count once for all in it. */
static bool find_scored(group_reader *reader, const pv_node *list) {
    pv_error *error = reader->builder->error;
    for (size_t i = 0; i < reader->count; i++) {
        pv_group *group = &reader->groups[i];
        if (!check_depth(reader, group))
            return false;
        const pv_group *scored = NULL;
        const pv_group *outer = group;
        do {
            if (reader->points[outer - reader->groups])
                scored = outer;
            outer = outer->group;
        } while (outer);
        group->scored = scored;
        if (scored && reader->points[i] && scored != group)
            return pv_fail_at(error, PV_ERROR_SHAPE, reader->points[i]->key->span,
                              "group %s is in group %s, whose points count once for all in it",
                              pv_message_quote(group->id).text, pv_message_quote(scored->id).text);
        if (!scored && pv_node_get(pv_shape_element(list, i), PV_STR("measures")))
            return pv_fail_at(error, PV_ERROR_SHAPE, group->at,
                              "group %s needs points: its own, or of a group it is in",
                              pv_message_quote(group->id).text);
    }
    for (size_t i = 0; i < reader->count; i++)
        if (reader->groups[i].scored)
            reader->groups[i].points = reader->groups[i].scored->points;
    return true;
}

/* Adds the measures of group to each group that it is in. */
static bool fill_within(group_reader *reader) {
    size_t measures = reader->builder->form->measure_count;
    for (size_t i = 0; i < reader->count; i++) {
        const pv_measure **within = pv_form_array(reader->builder, measures, sizeof *within);
        pv_group *group = &reader->groups[i];
        if (!within)
            return false;
        for (size_t k = 0; k < measures; k++)
            if (is_within(reader->builder->measures[k].group, group))
                within[group->within_count++] = &reader->builder->measures[k];
        group->within = within;
    }
    return true;
}

static bool check_choose(const group_reader *reader, const pv_node *node, const pv_group *group) {
    size_t members = group->measure_count + group->group_count;
    if (group->within_count == 0)
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, group->at, "group %s has no measures",
                          pv_message_quote(group->id).text);
    return group->choose <= members ||
           pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, pv_node_get(node, PV_STR("choose"))->span,
                      "group %s has only %zu %s to choose from", pv_message_quote(group->id).text, members,
                      group->group_count > 0 ? "members" : "measures");
}

static bool read_groups(pv_form_builder *builder, const pv_node *list) {
    if (!list)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "groups", builder->error))
        return false;
    group_reader reader = {.builder = builder, .count = list->count};
    reader.groups = pv_form_array(builder, list->count, sizeof *reader.groups);
    reader.points = pv_form_array(builder, list->count, sizeof(const pv_node *));
    pv_str *ids = pv_form_array(builder, list->count, sizeof *ids);
    if (!reader.groups || !reader.points || !ids)
        return false;
    for (const pv_node *node = list->first; node; node = node->next) {
        if (!read_group(&reader, node, &reader.groups[node->index]))
            return false;
        ids[node->index] = reader.groups[node->index].id;
    }
    if (!pv_form_index_ids(builder, &reader.names, ids, list->count, list, "group"))
        return false;
    builder->form->groups = reader.groups;
    builder->form->group_count = list->count;
    for (const pv_node *node = list->first; node; node = node->next)
        if (!read_inner_groups(&reader, pv_node_get(node, PV_STR("groups")), &reader.groups[node->index]))
            return false;
    if (!find_scored(&reader, list))
        return false;
    for (const pv_node *node = list->first; node; node = node->next)
        if (!read_group_measures(builder, pv_node_get(node, PV_STR("measures")), &reader.groups[node->index]))
            return false;
    if (!fill_within(&reader))
        return false;
    for (const pv_node *node = list->first; node; node = node->next)
        if (!check_choose(&reader, node, &reader.groups[node->index]))
            return false;
    return true;
}

/* ---- measures that are given once per row ---- */

/* The rows of a table of the form, by their names. */
static bool repeat_for_table(const pv_form_builder *builder, const pv_node *node, size_t position,
                             pv_measure *measure) {
    pv_table *table = &builder->tables.tables[position];
    if (table->row_count == 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span,
                          "the table %s has no rows, so that measure %s would never be asked for",
                          pv_message_quote(table->name).text, pv_message_quote(measure->id).text);
    measure->for_table = table;
    return pv_table_index(table, builder->arena, builder->error);
}

/* The rows that a filing gives of a kind, by their key: what it consists of is to be given, and can be a name. */
static bool repeat_for_records(const pv_form_builder *builder, const pv_node *node, size_t position,
                               pv_measure *measure) {
    const pv_record_spec *records = &builder->records[position];
    pv_quote name = pv_message_quote(records->name);
    measure->for_records = records;
    if (records->key_count == 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span,
                          "the rows of %s need a key, by which a filing says for which of them it gives the measure",
                          name.text);
    for (size_t i = 0; i < records->key_count; i++) {
        const pv_value_spec *column = &records->columns[records->key[i]];
        bool is_name = column->type != PV_TYPE_LIST && column->type != PV_TYPE_DOCUMENT;
        if (!is_name || !column->required)
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span,
                              is_name
                                  ? "the column %s is in the key of %s, by which the measure is given for each row: "
                                    "it needs required: true"
                                  : "the column %s is in the key of %s, and a list or document cannot be the name "
                                    "under which the measure is given",
                              pv_message_quote(column->name).text, name.text);
    }
    return true;
}

/* for_each: NAME, or { table: NAME } or { records: NAME } where both are called so. */
static bool read_for_each(const pv_form_builder *builder, const pv_node *node, pv_measure *measure) {
    enum { OF_TABLE, OF_RECORDS, OF_COUNT };
    static const pv_str keys[OF_COUNT] = {PV_STR("table"), PV_STR("records")};
    static const pv_shape shape = {"for_each", keys, OF_COUNT, 0};
    const pv_form *form = builder->form;
    const pv_node *part[OF_COUNT] = {node, node};
    pv_error *error = builder->error;
    size_t table = SIZE_MAX;
    size_t records = SIZE_MAX;
    pv_str name = PV_STR("");
    if (node->kind == PV_NODE_MAPPING && !pv_shape_read(&shape, node, part, error))
        return false;
    if (!part[OF_TABLE] == !part[OF_RECORDS] && node->kind == PV_NODE_MAPPING)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "for_each names one: a table, or a kind of records");
    const pv_node *named = part[OF_TABLE] ? part[OF_TABLE] : part[OF_RECORDS];
    if (!pv_shape_name(named, "what a measure is given for each of", &name, error))
        return false;
    if (part[OF_TABLE])
        table = pv_names_find(&form->table_names, name);
    if (part[OF_RECORDS])
        records = pv_names_find(&form->record_names, name);
    if (table != SIZE_MAX && records != SIZE_MAX)
        return pv_fail_at(error, PV_ERROR_SHAPE, named->span,
                          "%s is a table and a kind of records; write { table: %s } or { records: %s }",
                          pv_message_quote(name).text, pv_message_quote(name).text, pv_message_quote(name).text);
    if (table != SIZE_MAX)
        return repeat_for_table(builder, named, table, measure);
    if (records != SIZE_MAX)
        return repeat_for_records(builder, named, records, measure);
    pv_str *known = pv_form_array(builder, form->table_count + form->record_count, sizeof *known);
    size_t count = 0;
    if (!known)
        return false;
    for (size_t i = 0; part[OF_TABLE] && i < form->table_count; i++)
        known[count++] = form->tables[i].name;
    for (size_t i = 0; part[OF_RECORDS] && i < form->record_count; i++)
        known[count++] = form->records[i].name;
    const char *kind = !part[OF_RECORDS] ? "table" : part[OF_TABLE] ? "table or record kind" : "record kind";
    return pv_fail_at(error, PV_ERROR_SHAPE, named->span, "%s",
                      pv_message_unknown("the form", PV_STR(""), kind, name, known, count).text);
}

bool pv_form_read_repeats(pv_form_builder *builder, const pv_node *measures) {
    for (const pv_node *node = measures ? measures->first : NULL; node; node = node->next) {
        const pv_node *for_each = pv_node_get(node, PV_STR("for_each"));
        if (for_each && !read_for_each(builder, for_each, &builder->measures[node->index]))
            return false;
    }
    return true;
}

/* ---- all of them ---- */

bool pv_form_read_measures(pv_form_builder *builder, const pv_node *sections, const pv_node *measures,
                           const pv_node *groups) {
    return read_sections(builder, sections) && read_all_measures(builder, measures) && fill_sections(builder) &&
           read_groups(builder, groups);
}
