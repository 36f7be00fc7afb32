#include "model/reading.h"

#include "model/value.h"

typedef struct reader {
    const pv_source *source;
    pv_span at;
    bool is_list;
    pv_reading_sink sink;
    void *payload;
} reader;

static void say(const reader *all, const char *piece) {
    all->sink(all->payload, pv_str_from(piece));
}

static bool is_same_span(pv_span a, pv_span b) {
    return a.start == b.start && a.end == b.end;
}

static bool is_within(pv_span span, uint32_t offset) {
    return offset >= span.start && offset <= span.end;
}

/* ---- values ---- */

static bool is_said(const pv_value *value) {
    return value->given && !pv_value_is_blank(value) && value->at.end > value->at.start;
}

/* Of other types YAML takes many spellings too, and what is written is left as it is: an amount, a telephone number. */
static bool has_one_spelling(pv_type type) {
    return type == PV_TYPE_DATE || type == PV_TYPE_BOOLEAN || type == PV_TYPE_INTEGER || type == PV_TYPE_DECIMAL ||
           type == PV_TYPE_PERCENTAGE;
}

pv_spelt pv_reading_spelt(const pv_value *value) {
    return has_one_spelling(value->spec->type) ? pv_value_spelt(value) : (pv_spelt){.text = ""};
}

/* Whether a place may begin or end in its midst: it reads as it is written. */
static bool is_as_written(const pv_value *value) {
    return !pv_value_is_known(value) || (value->spec->type != PV_TYPE_LIST && !has_one_spelling(value->spec->type));
}

static void say_value(const reader *all, const pv_value *value) {
    const pv_type type = value->spec->type;
    const bool is_file = type == PV_TYPE_FILE || (type == PV_TYPE_DOCUMENT && value->file);
    if (is_as_written(value)) {
        say(all, is_file ? "{file: " : "");
        all->sink(all->payload, pv_source_slice(all->source, value->at));
        say(all, is_file ? "}" : "");
    } else if (type == PV_TYPE_LIST) {
        for (size_t i = 0; i < value->element_count; i++) {
            say(all, i == 0 ? "[" : ", ");
            all->sink(all->payload, value->elements[i].value);
        }
        say(all, "]");
    } else {
        const pv_spelt spelt = pv_value_spelt(value);
        say(all, spelt.text);
    }
}

/* What of the value stands at the place, which touches it. */
static void say_touched(const reader *all, const pv_value *value) {
    const uint32_t start = all->at.start > value->at.start ? all->at.start : value->at.start;
    const uint32_t end = all->at.end < value->at.end ? all->at.end : value->at.end;
    if (is_as_written(value) && (start > value->at.start || end < value->at.end))
        all->sink(all->payload, pv_source_slice(all->source, (pv_span){start, end}));
    else
        say_value(all, value);
}

static void say_name(const reader *all, const pv_value *value, bool is_first) {
    say(all, is_first ? "" : ", ");
    all->sink(all->payload, value->spec->name);
    say(all, ": ");
}

/* ---- rows ---- */

static void say_record(const reader *all, const pv_record *record) {
    bool is_first = true;
    say(all, "{");
    for (size_t i = 0; i < record->values.count; i++) {
        const pv_value *value = &record->values.values[i];
        if (!is_said(value))
            continue;
        say_name(all, value, is_first);
        say_value(all, value);
        is_first = false;
    }
    say(all, "}");
}

/* The value of the record that an end of the place lies in; SIZE_MAX: none. */
static size_t value_at(const pv_record *record, uint32_t offset) {
    for (size_t i = 0; i < record->values.count; i++)
        if (is_said(&record->values.values[i]) && is_within(record->values.values[i].at, offset))
            return i;
    return SIZE_MAX;
}

/* A place from one value to another, in the order of the file. */
static bool say_range(const reader *all, const pv_record *record) {
    const size_t one = value_at(record, all->at.start);
    const size_t other = value_at(record, all->at.end);
    const size_t first = one < other ? one : other;
    const size_t last = one < other ? other : one;
    if (one == SIZE_MAX || other == SIZE_MAX)
        return false;
    for (size_t i = first; i <= last; i++) {
        const pv_value *value = &record->values.values[i];
        if (!is_said(value))
            continue;
        if (i > first)
            say_name(all, value, false);
        if (i == first || i == last)
            say_touched(all, value);
        else
            say_value(all, value);
    }
    return true;
}

/* The last record that begins at or before offset, or NULL. */
static const pv_record *record_at(const pv_record_list *list, uint32_t offset) {
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (list->records[middle].at.start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &list->records[low - 1] : NULL;
}

static bool say_of_kind(const reader *all, const pv_record_list *list) {
    if ((list->count > 1 || all->is_list) && is_same_span(list->at, all->at)) {
        for (size_t i = 0; i < list->count; i++) {
            say(all, i > 0 ? " - " : "- ");
            say_record(all, &list->records[i]);
        }
        return true;
    }
    const pv_record *record = record_at(list, all->at.start);
    if (!record || all->at.end > record->at.end)
        return false;
    if (!is_same_span(record->at, all->at) || is_same_span(record->at, record->values.values[0].at))
        return say_range(all, record);
    say_record(all, record);
    return true;
}

bool pv_reading_tell(const pv_submission *submission, pv_span at, bool is_list, pv_reading_sink sink, void *payload) {
    const reader all = {.source = submission->source, .at = at, .is_list = is_list, .sink = sink, .payload = payload};
    if (!submission->is_made || at.end <= at.start)
        return false;
    for (size_t i = 0; i < submission->fields.count; i++) {
        const pv_value *field = &submission->fields.values[i];
        if (is_said(field) && at.start >= field->at.start && at.end <= field->at.end) {
            say_touched(&all, field);
            return true;
        }
    }
    for (size_t i = 0; i < submission->form->record_count; i++)
        if (submission->records[i].count > 0 && say_of_kind(&all, &submission->records[i]))
            return true;
    return false;
}
