/* What is known of the filing and the form before there is a submission: the names of values, and what they give. */
#include "lua/filing/filing_p.h"

#include "lua/filing/filing.h"
#include "lua/values/values.h"

static bool add_specs(const pv_value_spec *specs, size_t count, pv_name_list *out) {
    for (size_t i = 0; i < count; i++)
        if (!pv_name_list_add(out, specs[i].name))
            return false;
    return true;
}

static bool add_all(const pv_names *names, pv_name_list *out) {
    for (size_t i = 0; i < names->count; i++)
        if (!pv_name_list_add(out, names->names[i]))
            return false;
    return true;
}

static bool foresee_spec(const pv_value_spec *specs, size_t count, pv_str name, bool filed, pv_foreseen *out) {
    for (size_t i = 0; i < count; i++)
        if (pv_str_equal(specs[i].name, name)) {
            *out = pv_foresee_value(&specs[i], filed);
            return true;
        }
    return false;
}

/* ---- attributes that the form declares ---- */

#define ATTRIBUTES_OF(thing)                                                                                           \
    bool pv_foresee_##thing(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {     \
        (void)of;                                                                                                      \
        (void)argument;                                                                                                \
        return foresee_spec(form->thing##_attributes, form->thing##_attribute_count, name, false, out);                \
    }                                                                                                                  \
    bool pv_add_names_of_##thing(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {              \
        (void)of;                                                                                                      \
        return method.size > 0 || add_specs(form->thing##_attributes, form->thing##_attribute_count, out);             \
    }

ATTRIBUTES_OF(form)
ATTRIBUTES_OF(section)
ATTRIBUTES_OF(item)

/* What `row` of a measure is, where all that are given for each row are so for the rows of one thing. */
static bool foresee_row(const pv_form *form, pv_foreseen *out) {
    const pv_measure *first = NULL;
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_measure *measure = &form->measures[i];
        if (!pv_measure_is_repeated(measure))
            continue;
        if (first && (first->for_table != measure->for_table || first->for_records != measure->for_records))
            return false;
        first = measure;
    }
    *out = (pv_foreseen){"nil", NULL};
    if (first && first->for_table)
        *out = (pv_foreseen){"row", first->for_table};
    else if (first)
        *out = (pv_foreseen){"record", first->for_records};
    return true;
}

bool pv_foresee_measure(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)of;
    (void)argument;
    if (pv_str_equal(name, PV_STR("row")))
        return foresee_row(form, out);
    return foresee_spec(form->measure_attributes, form->measure_attribute_count, name, false, out);
}

bool pv_add_names_of_measure(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    (void)of;
    return method.size > 0 || add_specs(form->measure_attributes, form->measure_attribute_count, out);
}

bool pv_foresee_tables(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)of;
    (void)argument;
    const pv_table *table = pv_form_table(form, name);
    *out = (pv_foreseen){"list of row", table};
    return table;
}

bool pv_add_names_of_tables(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    (void)of;
    return method.size > 0 || add_all(&form->table_names, out);
}

/* ---- the submission ---- */

bool pv_foresee_submission(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)form, (void)of, (void)name, (void)argument, (void)out;
    return false;
}

bool pv_add_names_of_submission(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    (void)of;
    if (pv_str_equal(method, PV_STR("measure")))
        return add_all(&form->measure_names, out);
    return !pv_str_equal(method, PV_STR("response")) || add_all(&form->item_names, out);
}

bool pv_foresee_fields(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)of;
    (void)argument;
    const pv_value_spec *spec = pv_form_field(form, name);
    *out = (pv_foreseen){"field", spec};
    return spec;
}

bool pv_add_names_of_fields(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    (void)of;
    return method.size > 0 || add_all(&form->field_names, out);
}

bool pv_foresee_field(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)form;
    (void)argument;
    if (!of || !pv_str_equal(name, PV_STR("value")))
        return false;
    *out = pv_foresee_value(of, true);
    return true;
}

bool pv_add_names_of_field(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    (void)form, (void)of, (void)method, (void)out;
    return true;
}

/* ---- records ---- */

bool pv_foresee_records(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)of;
    (void)argument;
    const pv_record_spec *spec = pv_form_record(form, name);
    *out = (pv_foreseen){"record list", spec};
    return spec;
}

bool pv_add_names_of_records(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    (void)of;
    return method.size > 0 || add_all(&form->record_names, out);
}

bool pv_foresee_record(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    const pv_record_spec *spec = of;
    if (!spec)
        return false;
    if (pv_str_equal(name, PV_STR("owner"))) {
        *out = (pv_foreseen){spec->owner ? "record" : "nil", spec->owner};
        return true;
    }
    if (pv_str_equal(name, PV_STR("rows"))) {
        *out = (pv_foreseen){"list of record", pv_form_record(form, argument)};
        return true;
    }
    if (pv_str_equal(name, PV_STR("number"))) /* what every record has comes before its columns */
        return false;
    bool cell = pv_str_equal(name, PV_STR("cell"));
    bool found = foresee_spec(spec->columns, spec->column_count, cell ? argument : name, true, out);
    for (size_t i = 0; cell && i < spec->column_count; i++)
        if (pv_str_equal(spec->columns[i].name, argument))
            *out = (pv_foreseen){"field", &spec->columns[i]};
    return found;
}

static bool add_owned_kinds(const pv_form *form, const pv_record_spec *owner, pv_name_list *out) {
    for (size_t i = 0; i < form->record_count; i++)
        if (form->records[i].owner && (!owner || form->records[i].owner == owner) &&
            !pv_name_list_add(out, form->records[i].name))
            return false;
    return true;
}

bool pv_add_names_of_record(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    const pv_record_spec *spec = of;
    if (pv_str_equal(method, PV_STR("rows")))
        return add_owned_kinds(form, spec, out);
    if (method.size > 0 && !pv_str_equal(method, PV_STR("cell")))
        return true;
    for (size_t i = 0; i < form->record_count; i++)
        if ((!spec || spec == &form->records[i]) &&
            !add_specs(form->records[i].columns, form->records[i].column_count, out))
            return false;
    return true;
}

/* An element of the list: what is foreseen under no name. */
bool pv_foresee_record_list(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)form;
    (void)argument;
    *out = (pv_foreseen){"record", of};
    return name.size == 0;
}

bool pv_foresee_pair(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)form;
    (void)argument;
    const pv_matrix *matrix = of;
    if (!matrix)
        return false;
    if (pv_str_equal(name, PV_STR("records")))
        *out = (pv_foreseen){"list of record", matrix->records};
    else if (pv_str_equal(name, matrix->rows->name))
        *out = (pv_foreseen){"row", matrix->rows};
    else if (pv_str_equal(name, matrix->columns->name))
        *out = (pv_foreseen){"row", matrix->columns};
    else
        return false;
    return true;
}

bool pv_add_names_of_pair(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    for (size_t i = 0; method.size == 0 && i < form->matrix_count; i++)
        if ((!of || of == &form->matrices[i]) && (!pv_name_list_add(out, form->matrices[i].rows->name) ||
                                                  !pv_name_list_add(out, form->matrices[i].columns->name)))
            return false;
    return true;
}

/* ---- what a rule is judged on ---- */

pv_foreseen pv_foresee_subject(const pv_form *form, pv_subject_kind kind, pv_str record, pv_str matrix) {
    if (kind == PV_SUBJECT_RECORD)
        return (pv_foreseen){"record", pv_form_record(form, record)};
    if (kind == PV_SUBJECT_PAIR)
        return (pv_foreseen){"pair", pv_form_matrix(form, matrix)};
    return (pv_foreseen){pv_subject_kind_name(kind), NULL};
}
