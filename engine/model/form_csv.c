/* How a form is kept as a table: what headings, record kinds and fields may be called there. */
#include "model/form_builder.h"
#include "model/form_headings.h"
#include "model/message.h"

static const pv_str csv_keys[] = {PV_STR("kind"), PV_STR("dates")};
enum { CSV_KIND, CSV_DATES, CSV_KEY_COUNT };

/* In the order of pv_date_order, which begins with the unknown one. */
static const pv_str date_orders[] = {PV_STR("month-first"), PV_STR("day-first")};

/* Something that has a name, a label and aliases. */
typedef struct pv_called {
    pv_str name;
    pv_str label;
    const pv_str *aliases;
    size_t alias_count;
    pv_span at;
} pv_called;

static pv_called called_by(const pv_value_spec *spec) {
    return (pv_called){spec->name, spec->label, spec->aliases, spec->alias_count, spec->at};
}

static pv_called kind_called(const pv_record_spec *spec) {
    return (pv_called){spec->name, spec->label, spec->aliases, spec->alias_count, spec->at};
}

/* Synonyms being gathered. */
typedef struct pv_gathering {
    pv_synonym *list;
    size_t count;
} pv_gathering;

static size_t count_synonyms(const pv_called *things, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += 2 + things[i].alias_count;
    return total;
}

/* The label first: it is what stands at the head of a column when people write it. */
static void gather(pv_gathering *out, const pv_called *thing, size_t position) {
    uint32_t number = (uint32_t)position;
    out->list[out->count++] = (pv_synonym){.text = thing->label, .thing = number};
    out->list[out->count++] = (pv_synonym){.text = thing->name, .thing = number};
    for (size_t i = 0; i < thing->alias_count; i++)
        out->list[out->count++] = (pv_synonym){.text = thing->aliases[i], .thing = number};
}

/* what: "columns", for the message about two things called the same. */
static bool index_things(const pv_form_builder *builder, pv_synonyms *out, const pv_called *things, size_t count,
                         const char *what) {
    pv_gathering all = {.list = pv_form_array(builder, count_synonyms(things, count), sizeof *all.list)};
    pv_synonym_clash clash;
    if (all.list == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        gather(&all, &things[i], i);
    if (!pv_synonyms_index(out, builder->arena, all.list, all.count, &clash, builder->error))
        return false;
    if (!clash.found)
        return true;
    const pv_called *earlier = &things[all.list[clash.earlier].thing];
    const pv_called *later = &things[all.list[clash.later].thing];
    pv_fail_at(builder->error, PV_ERROR_SHAPE, later->at,
               "in a CSV file '%s' would mean both of the %s %s and %s; give one of them another label or alias",
               pv_message_quote(all.list[clash.later].text).text, what, pv_message_quote(earlier->name).text,
               pv_message_quote(later->name).text);
    return pv_error_also_at(builder->error, earlier->at);
}

static bool index_specs(const pv_form_builder *builder, pv_synonyms *out, const pv_value_spec *specs, size_t count,
                        const char *what) {
    pv_called *things = pv_form_array(builder, count, sizeof *things);
    if (things == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        things[i] = called_by(&specs[i]);
    return index_things(builder, out, things, count, what);
}

static bool index_kinds(const pv_form_builder *builder, pv_synonyms *out) {
    const pv_form *form = builder->form;
    pv_called *things = pv_form_array(builder, form->record_count, sizeof *things);
    if (things == NULL)
        return false;
    for (size_t i = 0; i < form->record_count; i++)
        things[i] = kind_called(&form->records[i]);
    return index_things(builder, out, things, form->record_count, "record kinds");
}

/* The kind's own heading must not be one of a column too. */
static bool check_kind_heading(const pv_form_builder *builder, const pv_form_headings *headings,
                               const pv_record_spec *record, const pv_node *node) {
    const pv_synonyms *columns = &headings->columns[record - builder->form->records];
    size_t column = headings->kind.size > 0 ? pv_synonyms_find(columns, headings->kind_key) : SIZE_MAX;
    if (column == SIZE_MAX)
        return true;
    pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "'%s' is the heading of the column %s of %s too",
               pv_message_quote(headings->kind).text, pv_message_quote(record->columns[column].name).text,
               pv_message_quote(record->name).text);
    return pv_error_also_at(builder->error, record->columns[column].at);
}

/* All headings, of whatever kind, as things that are all the same: so none clashes with another. */
static bool index_headings(const pv_form_builder *builder, pv_form_headings *headings) {
    const pv_form *form = builder->form;
    size_t most = 1;
    for (size_t i = 0; i < form->record_count; i++)
        for (size_t k = 0; k < form->records[i].column_count; k++)
            most += 2 + form->records[i].columns[k].alias_count;
    pv_gathering all = {.list = pv_form_array(builder, most, sizeof *all.list)};
    pv_synonym_clash never;
    if (all.list == NULL)
        return false;
    if (headings->kind.size > 0)
        all.list[all.count++] = (pv_synonym){.text = headings->kind};
    for (size_t i = 0; i < form->record_count; i++) {
        for (size_t k = 0; k < form->records[i].column_count; k++) {
            pv_called column = called_by(&form->records[i].columns[k]);
            gather(&all, &column, 0);
        }
    }
    return pv_synonyms_index(&headings->all, builder->arena, all.list, all.count, &never, builder->error);
}

static bool index_columns(const pv_form_builder *builder, pv_form_headings *headings, const pv_node *kind) {
    const pv_form *form = builder->form;
    pv_synonyms *columns = pv_form_array(builder, form->record_count, sizeof *columns);
    headings->columns = columns;
    if (columns == NULL)
        return false;
    for (size_t i = 0; i < form->record_count; i++)
        if (!index_specs(builder, &columns[i], form->records[i].columns, form->records[i].column_count, "columns") ||
            !check_kind_heading(builder, headings, &form->records[i], kind))
            return false;
    return index_headings(builder, headings);
}

static bool read_dates(const pv_form_builder *builder, const pv_node *node, pv_form_headings *headings) {
    size_t position;
    if (node == NULL)
        return true;
    if (!pv_shape_choice(node, "an order of dates", date_orders, sizeof date_orders / sizeof *date_orders, &position,
                         builder->error))
        return false;
    headings->spelling.dates = position == 0 ? PV_DATE_ORDER_MONTH_FIRST : PV_DATE_ORDER_DAY_FIRST;
    return true;
}

static bool read_kind(const pv_form_builder *builder, const pv_node *node, const pv_node *owner,
                      pv_form_headings *headings) {
    size_t count = builder->form->record_count;
    if (node != NULL)
        return pv_shape_name(node, "the heading of the kind", &headings->kind, builder->error) &&
               pv_synonym_key(builder->arena, headings->kind, &headings->kind_key, builder->error);
    if (count == 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, owner->span,
                          "a form without record kinds has no rows that a CSV file could hold");
    return count == 1 || pv_fail_at(builder->error, PV_ERROR_SHAPE, owner->span,
                                    "the form has %zu record kinds, so csv needs kind, the heading of the column that "
                                    "tells them apart",
                                    count);
}

bool pv_form_read_csv(pv_form_builder *builder, const pv_node *node) {
    static const pv_shape shape = {"csv", csv_keys, CSV_KEY_COUNT, 0};
    const pv_node *part[CSV_KEY_COUNT];
    if (node == NULL)
        return true;
    pv_form_headings *headings = pv_form_array(builder, 1, sizeof *headings);
    if (!headings || !pv_shape_read(&shape, node, part, builder->error) ||
        !read_dates(builder, part[CSV_DATES], headings) || !read_kind(builder, part[CSV_KIND], node, headings) ||
        !index_kinds(builder, &headings->kinds) ||
        !index_specs(builder, &headings->fields, builder->form->fields, builder->form->field_count, "fields") ||
        !index_columns(builder, headings, part[CSV_KIND]))
        return false;
    builder->form->headings = headings;
    return true;
}
