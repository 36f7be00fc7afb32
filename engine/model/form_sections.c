/* The sections of a form, and the groups of measures. */
#include "model/form_builder.h"
#include "model/message.h"

static const pv_str section_keys[] = {PV_STR("id"), PV_STR("title")};
enum { SECTION_ID, SECTION_TITLE, SECTION_KEY_COUNT };

static const pv_str group_keys[] = {PV_STR("id"), PV_STR("title"), PV_STR("measures"), PV_STR("choose"),
                                    PV_STR("points")};
enum { GROUP_ID, GROUP_TITLE, GROUP_MEASURES, GROUP_CHOOSE, GROUP_POINTS, GROUP_KEY_COUNT };

static bool read_section(const pv_form_builder *builder, const pv_attributed_shape *shape, const pv_node *node,
                         pv_section *section) {
    if (!pv_attributed_shape_read(shape, builder, node, &section->attributes))
        return false;
    const pv_node *id = shape->parts[SECTION_ID];
    section->index = node->index;
    section->at = id->span;
    return pv_shape_name(id, "a section's id", &section->id, builder->error) &&
           pv_shape_prose(builder->arena, shape->parts[SECTION_TITLE], "a section's title", &section->title,
                          builder->error);
}

bool pv_form_read_sections(pv_form_builder *builder, const pv_node *list) {
    static const pv_shape builtin = {"a section", section_keys, SECTION_KEY_COUNT, SECTION_KEY_COUNT};
    if (list == NULL)
        return true;
    pv_attributed_shape shape;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "sections", builder->error) ||
        !pv_attributed_shape_build(&shape, builder, builtin, &builder->section_attributes))
        return false;
    pv_section *sections = pv_form_array(builder, list->count, sizeof *sections);
    pv_str *ids = pv_form_array(builder, list->count, sizeof *ids);
    if (sections == NULL || ids == NULL)
        return false;
    for (const pv_node *node = list->first; node != NULL; node = node->next) {
        if (!read_section(builder, &shape, node, &sections[node->index]))
            return false;
        ids[node->index] = sections[node->index].id;
    }
    builder->sections = sections;
    builder->form->sections = sections;
    builder->form->section_count = list->count;
    return pv_form_index_ids(builder, &builder->section_names, ids, list->count, list, "section");
}

bool pv_form_fill_sections(pv_form_builder *builder) {
    const pv_form *form = builder->form;
    const pv_measure **by_section = pv_form_array(builder, form->measure_count, sizeof *by_section);
    const pv_measure ***free_place = pv_form_array(builder, form->section_count, sizeof *free_place);
    if (by_section == NULL || free_place == NULL)
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

/* The points of a group count once, so each of its measures is worth them; a measure may leave them out. */
static bool share_points(const pv_form_builder *builder, const pv_group *group, pv_measure *measure,
                         const pv_node *name) {
    if (measure->points.coefficient != 0 && pv_decimal_compare(measure->points, group->points) != 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, name->span,
                          "measure %s has other points than its group %s, whose points count once",
                          pv_message_quote(measure->id).text, pv_message_quote(group->id).text);
    measure->points = group->points;
    return true;
}

static bool join_group(const pv_form_builder *builder, const pv_group *group, const pv_node *name,
                       const pv_measure **out) {
    pv_str id;
    if (!pv_shape_name(name, "a measure's id", &id, builder->error))
        return false;
    const pv_names *measures = &builder->form->measure_names;
    size_t position = pv_names_find(measures, id);
    if (position == SIZE_MAX)
        return pv_fail_at(
            builder->error, PV_ERROR_SHAPE, name->span, "%s",
            pv_message_unknown("the form", PV_STR(""), "measure", id, measures->names, measures->count).text);
    pv_measure *measure = &builder->measures[position];
    if (measure->obligation != PV_OBLIGATION_OPTIONAL)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, name->span,
                          "measure %s is mandatory; only optional measures can be in a group",
                          pv_message_quote(id).text);
    if (measure->group != NULL)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, name->span, "measure %s is in group %s already",
                          pv_message_quote(id).text, pv_message_quote(measure->group->id).text);
    measure->group = group;
    *out = measure;
    return share_points(builder, group, measure, name);
}

static bool read_group_measures(const pv_form_builder *builder, const pv_node *list, pv_group *group) {
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "a group's measures", builder->error))
        return false;
    const pv_measure **measures = pv_form_array(builder, list->count, sizeof *measures);
    if (measures == NULL)
        return false;
    group->measures = measures;
    group->measure_count = list->count;
    for (const pv_node *name = list->first; name != NULL; name = name->next)
        if (!join_group(builder, group, name, &measures[name->index]))
            return false;
    return true;
}

static bool read_group(const pv_form_builder *builder, const pv_node *node, pv_group *group) {
    static const pv_shape shape = {"a group", group_keys, GROUP_KEY_COUNT, GROUP_KEY_COUNT};
    const pv_node *part[GROUP_KEY_COUNT];
    pv_error *error = builder->error;
    if (!pv_shape_read(&shape, node, part, error) ||
        !pv_shape_name(part[GROUP_ID], "a group's id", &group->id, error) ||
        !pv_shape_prose(builder->arena, part[GROUP_TITLE], "a group's title", &group->title, error) ||
        !pv_shape_count(builder->arena, part[GROUP_CHOOSE], "choose", &group->choose, error) ||
        !pv_shape_amount(builder->arena, part[GROUP_POINTS], "a group's points", &group->points, error))
        return false;
    group->at = part[GROUP_ID]->span;
    if (!read_group_measures(builder, part[GROUP_MEASURES], group))
        return false;
    return group->choose <= group->measure_count ||
           pv_fail_at(error, PV_ERROR_SHAPE, part[GROUP_CHOOSE]->span, "group %s has only %zu measures to choose from",
                      pv_message_quote(group->id).text, group->measure_count);
}

bool pv_form_read_groups(pv_form_builder *builder, const pv_node *list) {
    if (list == NULL)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "groups", builder->error))
        return false;
    pv_group *groups = pv_form_array(builder, list->count, sizeof *groups);
    pv_str *ids = pv_form_array(builder, list->count, sizeof *ids);
    if (groups == NULL || ids == NULL)
        return false;
    for (const pv_node *node = list->first; node != NULL; node = node->next) {
        if (!read_group(builder, node, &groups[node->index]))
            return false;
        ids[node->index] = groups[node->index].id;
    }
    builder->form->groups = groups;
    builder->form->group_count = list->count;
    pv_names names;
    return pv_form_index_ids(builder, &names, ids, list->count, list, "group");
}
