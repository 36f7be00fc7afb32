#include "model/form_p.h"

#include <string.h>

#include "model/conditions.h"
#include "model/message.h"

/* ---- finding parts ---- */

const pv_measure *pv_form_measure(const pv_form *form, pv_str id) {
    size_t position = pv_names_find(&form->measure_names, id);
    return position == SIZE_MAX ? NULL : &form->measures[position];
}

const pv_item *pv_measure_item(const pv_measure *measure, pv_str id) {
    size_t position = pv_names_find(&measure->item_names, id);
    return position == SIZE_MAX ? NULL : &measure->items[position];
}

bool pv_measure_is_repeated(const pv_measure *measure) {
    return measure->for_table || measure->for_records;
}

pv_str pv_measure_rows_label(const pv_measure *measure) {
    return measure->for_records ? measure->for_records->label : measure->for_table->label;
}

pv_str pv_measure_rows_name(const pv_measure *measure) {
    return measure->for_records ? measure->for_records->name : measure->for_table->name;
}

const pv_item *pv_form_item(const pv_form *form, pv_str full_id) {
    size_t position = pv_names_find(&form->item_names, full_id);
    return position == SIZE_MAX ? NULL : &form->items[position];
}

const pv_record_spec *pv_form_record(const pv_form *form, pv_str name) {
    size_t position = pv_names_find(&form->record_names, name);
    return position == SIZE_MAX ? NULL : &form->records[position];
}

const pv_table *pv_form_table(const pv_form *form, pv_str name) {
    size_t position = pv_names_find(&form->table_names, name);
    return position == SIZE_MAX ? NULL : &form->tables[position];
}

const pv_matrix *pv_form_matrix(const pv_form *form, pv_str name) {
    size_t position = pv_names_find(&form->matrix_names, name);
    return position == SIZE_MAX ? NULL : &form->matrices[position];
}

const pv_value_spec *pv_form_field(const pv_form *form, pv_str name) {
    size_t position = pv_names_find(&form->field_names, name);
    return position == SIZE_MAX ? NULL : &form->fields[position];
}

/* ---- what values are declared ---- */

static bool read_value(pv_value *value, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                       const pv_node *owner, pv_error *error) {
    if (!node) {
        *value = pv_value_absent(spec, owner->span.start);
        return !spec->required ||
               pv_fail_at(error, PV_ERROR_SHAPE, value->at, "%s is missing", pv_message_quote(spec->name).text);
    }
    if (!pv_value_read(value, arena, spec, node, error))
        return false;
    bool empty = node->kind == PV_NODE_SCALAR && pv_value_is_blank(value);
    return !empty || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is empty", pv_message_quote(spec->name).text);
}

bool pv_spec_list_values(pv_value_list *out, pv_arena *arena, const pv_value_spec *specs, size_t count,
                         const pv_node *const *nodes, const pv_node *owner, pv_error *error) {
    pv_value *values = PV_NEW_ARRAY(arena, pv_value, count);
    if (!values)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        if (!read_value(&values[i], arena, &specs[i], nodes[i], owner, error))
            return false;
    *out = (pv_value_list){.values = values, .count = count};
    return true;
}

/* ---- attributes and ids ---- */

void *pv_form_array(const pv_form_builder *builder, size_t count, size_t size) {
    void *array = pv_arena_array(builder->arena, count, size);
    if (!array)
        pv_fail_memory(builder->error);
    return array;
}

static bool check_not_builtin(const pv_form_builder *builder, const pv_shape *builtin, const pv_value_spec *attribute) {
    for (size_t i = 0; i < builtin->key_count; i++)
        if (pv_str_equal(builtin->keys[i], attribute->name))
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, attribute->at,
                              "%s of %s is built in; an attribute needs another name",
                              pv_message_quote(attribute->name).text, builtin->what);
    return true;
}

bool pv_attributed_shape_build(pv_attributed_shape *out, const pv_form_builder *builder, pv_shape builtin,
                               const pv_spec_list *attributes) {
    size_t key_count = builtin.key_count + attributes->count;
    pv_str *keys = pv_form_array(builder, key_count, sizeof *keys);
    const pv_node **parts = pv_form_array(builder, key_count, sizeof *parts);
    if (!keys || !parts)
        return false;
    memcpy(keys, builtin.keys, builtin.key_count * sizeof *keys);
    for (size_t i = 0; i < attributes->count; i++) {
        if (!check_not_builtin(builder, &builtin, &attributes->specs[i]))
            return false;
        keys[builtin.key_count + i] = attributes->specs[i].name;
    }
    *out = (pv_attributed_shape){
        .shape = {builtin.what, keys, key_count, builtin.required_count},
        .builtin_count = builtin.key_count,
        .attributes = attributes,
        .parts = parts,
    };
    return true;
}

bool pv_attributed_shape_read(const pv_attributed_shape *shape, const pv_form_builder *builder, const pv_node *node,
                              pv_value_list *attributes) {
    return pv_shape_read(&shape->shape, node, shape->parts, builder->error) &&
           pv_spec_list_values(attributes, builder->arena, shape->attributes->specs, shape->attributes->count,
                               shape->parts + shape->builtin_count, node, builder->error);
}

bool pv_form_index_ids(const pv_form_builder *builder, pv_names *out, const pv_str *ids, size_t count,
                       const pv_node *list, const char *what) {
    size_t repeated;
    if (!pv_names_index(out, builder->arena, ids, count, &repeated, builder->error))
        return false;
    if (repeated == SIZE_MAX)
        return true;
    const pv_node *id = pv_node_get(pv_shape_element(list, repeated), PV_STR("id"));
    return pv_fail_at(builder->error, PV_ERROR_SHAPE, id->span, "%s %s is there twice", what,
                      pv_message_quote(ids[repeated]).text);
}

/* ---- the whole ---- */

static const pv_str form_keys[] = {PV_STR("form"),     PV_STR("title"),    PV_STR("attributes"), PV_STR("fields"),
                                   PV_STR("sections"), PV_STR("groups"),   PV_STR("measures"),   PV_STR("records"),
                                   PV_STR("tables"),   PV_STR("matrices"), PV_STR("csv"),        PV_STR("no_answers"),
                                   PV_STR("note"),     PV_STR("wording"),  PV_STR("languages"),  PV_STR("layout")};
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
    FORM_HEADINGS,
    FORM_NO_ANSWERS,
    FORM_NOTE,
    FORM_WORDING,
    FORM_LANGUAGES,
    FORM_LAYOUT,
    FORM_KEY_COUNT
};

static const pv_str attribute_keys[] = {PV_STR("form"), PV_STR("section"), PV_STR("measure"), PV_STR("item")};
enum { ATTRIBUTES_FORM, ATTRIBUTES_SECTION, ATTRIBUTES_MEASURE, ATTRIBUTES_ITEM, ATTRIBUTES_KEY_COUNT };

/* The declarations must be known before the form's own keys can be told from misspelt ones. */
static bool read_attribute_declarations(pv_form_builder *builder, const pv_node *node) {
    static const pv_shape shape = {"attributes", attribute_keys, ATTRIBUTES_KEY_COUNT, 0};
    if (!node)
        return true;
    const pv_node *part[ATTRIBUTES_KEY_COUNT];
    pv_arena *arena = builder->arena;
    pv_error *error = builder->error;
    if (!pv_shape_read(&shape, node, part, error) ||
        !pv_spec_list_read(&builder->form_attributes, arena, part[ATTRIBUTES_FORM], "form", PV_SPEC_ATTRIBUTE, NULL,
                           error) ||
        !pv_spec_list_read(&builder->section_attributes, arena, part[ATTRIBUTES_SECTION], "section", PV_SPEC_ATTRIBUTE,
                           NULL, error) ||
        !pv_spec_list_read(&builder->measure_attributes, arena, part[ATTRIBUTES_MEASURE], "measure", PV_SPEC_ATTRIBUTE,
                           NULL, error) ||
        !pv_spec_list_read(&builder->item_attributes, arena, part[ATTRIBUTES_ITEM], "item", PV_SPEC_ATTRIBUTE, NULL,
                           error))
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
    if (!pv_spec_list_read(&fields, builder->arena, mapping, "fields", PV_SPEC_FIELD, &builder->tables, builder->error))
        return false;
    builder->fields = pv_form_array(builder, fields.count, sizeof *builder->fields);
    if (!builder->fields)
        return false;
    if (fields.count > 0)
        memcpy(builder->fields, fields.specs, fields.count * sizeof *builder->fields);
    builder->form->fields = builder->fields;
    builder->form->field_count = fields.count;
    builder->form->field_names = fields.names;
    return true;
}

/* node: the phrases that stand for no answer on this form beside the English ones, or NULL. */
static bool read_empty_words(pv_form_builder *builder, const pv_node *node) {
    const pv_str *further = NULL;
    size_t count = 0;
    pv_empty_words *words;
    if (node && !pv_shape_texts(builder->arena, node, "no_answers", &further, &count, builder->error))
        return false;
    if (!pv_empty_words_build(&words, builder->arena, further, count, builder->error)) {
        if (node && builder->error->code != PV_ERROR_MEMORY)
            builder->error->where = node->span;
        return false;
    }
    builder->form->empty_words = words;
    return true;
}

/* Every phrase of one kind of words; each has a word in it. */
static bool read_phrases(pv_form_builder *builder, const pv_node *node, pv_wording_phrase *out, size_t *count) {
    const pv_str *phrases;
    size_t position, number;
    pv_str names[PV_WORDING_KINDS_MAX];
    for (size_t i = 0; i < pv_wording_kind_count; i++)
        names[i] = pv_wording_kinds[i].name;
    if (!pv_shape_choice(node->key, "a kind of words", names, pv_wording_kind_count, &position, builder->error) ||
        !pv_shape_texts(builder->arena, node, "phrases", &phrases, &number, builder->error))
        return false;
    for (size_t i = 0; i < number; i++) {
        pv_token_list tokens;
        if (!pv_tokens_find(builder->arena, phrases[i], &tokens, builder->error))
            return false;
        if (tokens.count == 0 || tokens.count > PV_PHRASE_TOKENS_MAX)
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, pv_shape_element(node, i)->span,
                              "a phrase has from 1 to %d words", PV_PHRASE_TOKENS_MAX);
        out[(*count)++] = (pv_wording_phrase){pv_wording_kinds[position].roles, phrases[i]};
    }
    return true;
}

/* The words that this form adds to those that tell in which light something is said. */
static bool read_wording(pv_form_builder *builder, const pv_node *mapping) {
    if (!mapping)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, "wording", builder->error))
        return false;
    size_t most = 0;
    for (const pv_node *node = mapping->first; node; node = node->next)
        most += node->count;
    pv_wording_phrase *phrases = pv_form_array(builder, most, sizeof *phrases);
    if (!phrases)
        return false;
    builder->form->wording = phrases;
    for (const pv_node *node = mapping->first; node; node = node->next)
        if (!read_phrases(builder, node, phrases, &builder->form->wording_count))
            return false;
    return true;
}

static const pv_str layout_keys[] = {PV_STR("heading"), PV_STR("marker"), PV_STR("printed"), PV_STR("rows"),
                                     PV_STR("whole")};
enum { LAYOUT_HEADING, LAYOUT_MARKER, LAYOUT_PRINTED, LAYOUT_ROWS, LAYOUT_WHOLE, LAYOUT_KEY_COUNT };

static const pv_str slot_keys[] = {PV_STR("after"), PV_STR("records"), PV_STR("column"), PV_STR("row")};
enum { SLOT_AFTER, SLOT_RECORDS, SLOT_COLUMN, SLOT_ROW, SLOT_KEY_COUNT };

/* A column of the slot's records, by its name at node. */
static bool find_column(pv_form_builder *builder, const pv_form_slot *slot, const pv_node *node, size_t *out) {
    const pv_names *names = &slot->records->column_names;
    *out = pv_names_find(names, pv_node_value(node));
    return *out != SIZE_MAX || pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "%s",
                                          pv_message_unknown("record kind ", slot->records->name, "column",
                                                             pv_node_value(node), names->names, names->count)
                                              .text);
}

static bool read_slot(pv_form_builder *builder, const pv_node *node, pv_form_slot *out) {
    static const pv_shape shape = {"a row of the layout", slot_keys, SLOT_KEY_COUNT, SLOT_ROW};
    const pv_node *part[SLOT_KEY_COUNT];
    pv_str name;
    if (!pv_shape_read(&shape, node, part, builder->error) ||
        !pv_shape_prose(builder->arena, part[SLOT_AFTER], "after", &out->after, builder->error) ||
        !pv_shape_name(part[SLOT_RECORDS], "records", &name, builder->error))
        return false;
    out->records = pv_form_record(builder->form, name);
    if (!out->records)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, part[SLOT_RECORDS]->span, "%s",
                          pv_message_unknown("the form", PV_STR(""), "record kind", name,
                                             builder->form->record_names.names, builder->form->record_count)
                              .text);
    if (!find_column(builder, out, part[SLOT_COLUMN], &out->column))
        return false;
    const pv_node *row = part[SLOT_ROW];
    if (!row)
        return true;
    size_t *told = pv_form_array(builder, row->count, sizeof *told);
    pv_str *values = pv_form_array(builder, row->count, sizeof *values);
    if (!told || !values || !pv_shape_expect(row, PV_NODE_MAPPING, "row", builder->error))
        return false;
    out->told = told;
    out->values = values;
    for (const pv_node *each = row->first; each; each = each->next, out->told_count++)
        if (!find_column(builder, out, each->key, &told[out->told_count]) ||
            !pv_shape_name(each, "a value of the row", &values[out->told_count], builder->error))
            return false;
    return true;
}

static bool read_slots(pv_form_builder *builder, const pv_node *list, pv_form_layout *layout) {
    if (!list)
        return true;
    pv_form_slot *slots = pv_form_array(builder, list->count, sizeof *slots);
    if (!slots || !pv_shape_expect(list, PV_NODE_SEQUENCE, "rows", builder->error))
        return false;
    layout->slots = slots;
    for (const pv_node *each = list->first; each; each = each->next)
        if (!read_slot(builder, each, &slots[layout->slot_count++]))
            return false;
    return true;
}

/* `whole`: the name of a field that is a document. */
static bool read_whole(pv_form_builder *builder, const pv_node *node) {
    const pv_form *form = builder->form;
    pv_str name;
    if (!node)
        return true;
    if (!pv_shape_name(node, "the field that a document is", &name, builder->error))
        return false;
    builder->form->layout.whole = pv_form_field(form, name);
    if (!builder->form->layout.whole)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "the form has no field %s%s",
                          pv_message_quote(name).text,
                          pv_message_hint(name, form->field_names.names, form->field_count).text);
    return builder->form->layout.whole->type == PV_TYPE_DOCUMENT ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span,
                      "the field %s is no document, so none can be all of it", pv_message_quote(name).text);
}

static bool read_layout(pv_form_builder *builder, const pv_node *mapping) {
    static const pv_shape shape = {"a layout", layout_keys, LAYOUT_KEY_COUNT, 0};
    const pv_node *part[LAYOUT_KEY_COUNT];
    pv_form_layout *layout = &builder->form->layout;
    if (!mapping)
        return true;
    return pv_shape_read(&shape, mapping, part, builder->error) &&
           (!part[LAYOUT_HEADING] ||
            pv_shape_prose(builder->arena, part[LAYOUT_HEADING], "heading", &layout->heading, builder->error)) &&
           (!part[LAYOUT_MARKER] ||
            pv_shape_prose(builder->arena, part[LAYOUT_MARKER], "marker", &layout->marker, builder->error)) &&
           (!part[LAYOUT_PRINTED] || pv_shape_texts(builder->arena, part[LAYOUT_PRINTED], "printed texts",
                                                    &layout->printed, &layout->printed_count, builder->error)) &&
           read_slots(builder, part[LAYOUT_ROWS], layout) && read_whole(builder, part[LAYOUT_WHOLE]);
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
           (!part[FORM_NOTE] || pv_shape_prose(builder->arena, part[FORM_NOTE], "note", &form->note, builder->error)) &&
           read_empty_words(builder, part[FORM_NO_ANSWERS]) && pv_form_read_tables(builder, part[FORM_TABLES]) &&
           read_fields(builder, part[FORM_FIELDS]) &&
           pv_form_read_measures(builder, part[FORM_SECTIONS], part[FORM_MEASURES], part[FORM_GROUPS]) &&
           pv_form_read_records(builder, part[FORM_RECORDS], part[FORM_MATRICES], part[FORM_HEADINGS]) &&
           pv_form_read_repeats(builder, part[FORM_MEASURES]) && read_wording(builder, part[FORM_WORDING]) &&
           read_layout(builder, part[FORM_LAYOUT]) &&
           pv_form_read_only_ifs(builder, part[FORM_FIELDS], part[FORM_MEASURES], part[FORM_RECORDS]) &&
           pv_form_read_demands(builder);
}

bool pv_form_build(pv_form **out, pv_arena *arena, const pv_document *document, pv_error *error) {
    return pv_form_build_in(out, arena, document, PV_STR(""), error);
}

bool pv_form_build_in(pv_form **out, pv_arena *arena, const pv_document *document, pv_str language, pv_error *error) {
    const pv_node *root;
    pv_form *form = PV_NEW(arena, pv_form);
    if (!form)
        return pv_fail_memory(error);
    form->source = document->source;
    pv_form_builder builder = {.arena = arena, .error = error, .form = form};
    if (!pv_form_choose_language(&root, form, arena, document->root, language, error) || !read_form(&builder, root) ||
        !pv_conditions_find(&form->conditions, &form->condition_count, arena, form, error))
        return false;
    *out = form;
    return true;
}
