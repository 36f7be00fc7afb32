/* The whole form, from its document. */
#include "model/form_builder.h"

static const pv_str form_keys[] = {PV_STR("form"),     PV_STR("title"),    PV_STR("attributes"), PV_STR("fields"),
                                   PV_STR("sections"), PV_STR("groups"),   PV_STR("measures"),   PV_STR("records"),
                                   PV_STR("tables"),   PV_STR("matrices"), PV_STR("csv")};
enum {
    FORM_ID,
    FORM_TITLE,
    FORM_ATTRIBUTES,
    FORM_FIELDS,
    FORM_SECTIONS,
    FORM_GROUPS,
    FORM_MEASURES,
    FORM_RECORDS,
    FORM_TABLES,
    FORM_MATRICES,
    FORM_CSV,
    FORM_KEY_COUNT
};

static const pv_str attribute_keys[] = {PV_STR("form"), PV_STR("section"), PV_STR("measure"), PV_STR("item")};
enum { ATTRIBUTES_FORM, ATTRIBUTES_SECTION, ATTRIBUTES_MEASURE, ATTRIBUTES_ITEM, ATTRIBUTES_KEY_COUNT };

/* The declarations must be known before the form's own keys can be told from misspelt ones. */
static bool read_attribute_declarations(pv_form_builder *builder, const pv_node *node) {
    static const pv_shape shape = {"attributes", attribute_keys, ATTRIBUTES_KEY_COUNT, 0};
    if (node == NULL)
        return true;
    const pv_node *part[ATTRIBUTES_KEY_COUNT];
    pv_arena *arena = builder->arena;
    pv_error *error = builder->error;
    if (!pv_shape_read(&shape, node, part, error) ||
        !pv_spec_list_read(&builder->form_attributes, arena, part[ATTRIBUTES_FORM], "form", NULL, error) ||
        !pv_spec_list_read(&builder->section_attributes, arena, part[ATTRIBUTES_SECTION], "section", NULL, error) ||
        !pv_spec_list_read(&builder->measure_attributes, arena, part[ATTRIBUTES_MEASURE], "measure", NULL, error) ||
        !pv_spec_list_read(&builder->item_attributes, arena, part[ATTRIBUTES_ITEM], "item", NULL, error))
        return false;
    pv_form *form = builder->form;
    form->form_attributes = builder->form_attributes.specs;
    form->form_attribute_count = builder->form_attributes.count;
    form->section_attributes = builder->section_attributes.specs;
    form->section_attribute_count = builder->section_attributes.count;
    form->measure_attributes = builder->measure_attributes.specs;
    form->measure_attribute_count = builder->measure_attributes.count;
    form->item_attributes = builder->item_attributes.specs;
    form->item_attribute_count = builder->item_attributes.count;
    return true;
}

static bool read_fields(pv_form_builder *builder, const pv_node *mapping) {
    pv_spec_list fields;
    if (!pv_spec_list_read(&fields, builder->arena, mapping, "fields", &builder->tables, builder->error))
        return false;
    builder->form->fields = fields.specs;
    builder->form->field_count = fields.count;
    builder->form->field_names = fields.names;
    return true;
}

static bool read_form(pv_form_builder *builder, const pv_node *root) {
    static const pv_shape builtin = {"a form", form_keys, FORM_KEY_COUNT, FORM_ATTRIBUTES};
    pv_form *form = builder->form;
    pv_attributed_shape shape;
    if (!read_attribute_declarations(builder, pv_node_get(root, PV_STR("attributes"))) ||
        !pv_attributed_shape_build(&shape, builder, builtin, &builder->form_attributes) ||
        !pv_attributed_shape_read(&shape, builder, root, &form->attributes))
        return false;
    const pv_node *const *part = shape.parts;
    return pv_shape_name(part[FORM_ID], "the form's id", &form->id, builder->error) &&
           pv_shape_prose(builder->arena, part[FORM_TITLE], "the form's title", &form->title, builder->error) &&
           pv_form_read_tables(builder, part[FORM_TABLES]) && read_fields(builder, part[FORM_FIELDS]) &&
           pv_form_read_sections(builder, part[FORM_SECTIONS]) && pv_form_read_measures(builder, part[FORM_MEASURES]) &&
           pv_form_fill_sections(builder) && pv_form_read_groups(builder, part[FORM_GROUPS]) &&
           pv_form_read_records(builder, part[FORM_RECORDS]) && pv_form_read_matrices(builder, part[FORM_MATRICES]) &&
           pv_form_read_csv(builder, part[FORM_CSV]);
}

bool pv_form_build(pv_form **out, pv_arena *arena, const pv_document *document, pv_error *error) {
    pv_form *form = PV_NEW(arena, pv_form);
    if (form == NULL)
        return pv_fail_memory(error);
    form->source = document->source;
    pv_form_builder builder = {.arena = arena, .error = error, .form = form};
    if (!read_form(&builder, document->root))
        return false;
    *out = form;
    return true;
}
