#include "model/form.h"

const pv_measure *pv_form_measure(const pv_form *form, pv_str id) {
    size_t position = pv_names_find(&form->measure_names, id);
    return position == SIZE_MAX ? NULL : &form->measures[position];
}

const pv_item *pv_measure_item(const pv_measure *measure, pv_str id) {
    size_t position = pv_names_find(&measure->item_names, id);
    return position == SIZE_MAX ? NULL : &measure->items[position];
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
