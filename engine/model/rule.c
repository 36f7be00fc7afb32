#include "model/rule.h"

static const char *const level_names[] = {
    [PV_LEVEL_NOTE] = "note",
    [PV_LEVEL_WARNING] = "warning",
    [PV_LEVEL_ERROR] = "error",
};

static const char *const subject_kind_names[] = {
    [PV_SUBJECT_SUBMISSION] = "submission", [PV_SUBJECT_SECTION] = "section", [PV_SUBJECT_MEASURE] = "measure",
    [PV_SUBJECT_RESPONSE] = "response",     [PV_SUBJECT_RECORD] = "record",   [PV_SUBJECT_PAIR] = "pair",
    [PV_SUBJECT_COLLECTION] = "collection",
};

/* The position of name, or count. */
static size_t find_name(const char *const *names, size_t count, pv_str name) {
    size_t position = 0;
    while (position < count && !pv_str_equal(name, pv_str_from(names[position])))
        position++;
    return position;
}

pv_str pv_rule_subject_of(const pv_rule *rule) {
    return rule->each == PV_SUBJECT_PAIR ? rule->matrix : rule->record_kind;
}

pv_parameter *pv_rule_parameter(const pv_rule *rule, pv_str name) {
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (pv_str_equal(rule->parameters[i].spec.name, name))
            return &rule->parameters[i];
    return NULL;
}

const char *pv_level_name(pv_level level) {
    return level_names[level];
}

bool pv_level_from_name(pv_str name, pv_level *out) {
    size_t count = sizeof level_names / sizeof *level_names;
    size_t position = find_name(level_names, count, name);
    if (position == count)
        return false;
    *out = (pv_level)position;
    return true;
}

const char *pv_subject_kind_name(pv_subject_kind kind) {
    return subject_kind_names[kind];
}

bool pv_subject_kind_from_name(pv_str name, pv_subject_kind *out) {
    size_t count = sizeof subject_kind_names / sizeof *subject_kind_names;
    size_t position = find_name(subject_kind_names, count, name);
    if (position == count)
        return false;
    *out = (pv_subject_kind)position;
    return true;
}
