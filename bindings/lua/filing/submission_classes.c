/* What is filed as rules see it: submissions, their fields and records, and a collection of them. */
#include "lua/filing/filing.h"
#include "lua/filing/filing_p.h"

#include <stddef.h>

#include "lua/values/values.h"
#include "model/terms.h"

/* ---- fields, and cells of records ---- */

bool pv_find_origin(lua_State *L, const pv_value *value, const pv_record *record, const pv_filed_measure *filed,
                    pv_place *place) {
    if (!value->spec->demands || !pv_value_is_blank(value) ||
        !pv_value_origin(value, pv_runtime_submission_of(L, value->at), record, filed, &place->span))
        return false;
    place->expected_here = false;
    return true;
}

static pv_place place_of(lua_State *L, const pv_value *value, const pv_record *record, const pv_filed_measure *filed) {
    pv_place place = pv_value_place(value);
    (void)pv_find_origin(L, value, record, filed, &place);
    return place;
}

static int push_field(lua_State *L, const pv_value *value, const pv_record *record) {
    if (pv_push_kept(L, value))
        return 1;
    const pv_place place = place_of(L, value, record, NULL);
    return pv_handle_push(L, &pv_field_class, value, &place);
}

static int get_field_blank(lua_State *L) {
    return pv_push_boolean(L, pv_value_is_blank(pv_self(L)));
}

static int get_field_answered(lua_State *L) {
    const pv_value *value = pv_self(L);
    return pv_push_boolean(L, value->unanswered == PV_ANSWERED);
}

static int get_field_no_answer(lua_State *L) {
    const pv_value *value = pv_self(L);
    return pv_push_name(L, pv_unanswered_reason(value->unanswered));
}

static int get_field_applies(lua_State *L) {
    const pv_value *value = pv_self(L);
    return pv_push_boolean(L, value->why_not.size == 0);
}

static int push_reason(lua_State *L, pv_str why_not) {
    return why_not.size > 0 ? pv_push_str(L, why_not) : pv_push_nil(L);
}

static int get_field_why_not(lua_State *L) {
    return push_reason(L, ((const pv_value *)pv_self(L))->why_not);
}

/* How many of the rows begin at or before an offset, of rows that stand in order. */
static size_t rows_until(const pv_record_list *rows, uint32_t offset) {
    size_t low = 0;
    size_t high = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->records[middle].at.start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* [-0, +0, v] The row that has a cell in this column. Where it stands is found by its place, which is that of the cell
 * or near to it; all rows are looked at only where they do not stand in order. */
static const pv_record *row_with(lua_State *L, const pv_record_list *rows, size_t column, const pv_value *cell) {
    enum { NEAR = 2 };
    size_t until = rows_until(rows, cell->at.start);
    size_t first = until > NEAR ? until - NEAR : 0;
    size_t end = rows->count - first > (size_t)2 * NEAR ? first + (size_t)2 * NEAR : rows->count;
    for (size_t row = first; row < end; row++)
        if (&rows->records[row].values.values[column] == cell)
            return &rows->records[row];
    pv_runtime_charge(L, rows->count);
    for (size_t row = 0; row < rows->count; row++)
        if (&rows->records[row].values.values[column] == cell)
            return &rows->records[row];
    return NULL;
}

/* [-0, +0, v] The row that a cell is in; NULL: it is none, but a header field. */
static const pv_record *row_of(lua_State *L, const pv_submission *submission, const pv_value *cell) {
    for (size_t i = 0; i < submission->form->record_count; i++) {
        const pv_record_list *rows = &submission->records[i];
        if (cell->spec >= rows->spec->columns && cell->spec < rows->spec->columns + rows->spec->column_count)
            return row_with(L, rows, (size_t)(cell->spec - rows->spec->columns), cell);
    }
    return NULL;
}

/* [-0, +1, v] What a value that is left out is computed to be. A share has seldom an exact one, and is none. */
static int push_computed(lua_State *L, const pv_value *value, const pv_filed_measure *filed) {
    const pv_runtime *runtime = pv_runtime_of(L);
    const pv_submission *submission = pv_runtime_submission_of(L, value->at);
    pv_date day;
    const bool has_day = runtime->as_of.size > 0 && pv_date_parse(runtime->as_of, &day);
    pv_term_memo memo = {0};
    const pv_record *record = filed ? NULL : row_of(L, submission, value);
    const pv_term_context context = {
        .submission = submission,
        .record = record,
        .day = has_day ? &day : NULL,
        .arena = runtime->call_arena,
        .memo = &memo,
        .filed = filed,
    };
    pv_amount amount;
    pv_error error = {0};
    if (!pv_value_amount(value, false, &context, &amount, &error))
        return pv_runtime_raise(L, &error);
    pv_runtime_charge(L, memo.steps);
    const pv_place place = place_of(L, value, record, filed);
    if (amount.known && value->spec->type == PV_TYPE_DATE)
        return pv_push_date(L, amount.first, &place);
    if (!amount.known || pv_type_of(value->spec->type)->sort != PV_SORT_NUMBER ||
        pv_decimal_compare(amount.over, pv_decimal_from_integer(1)) != 0)
        return pv_push_nil(L);
    pv_unit unit = value->spec->type == PV_TYPE_MONEY        ? PV_UNIT_MONEY
                   : value->spec->type == PV_TYPE_PERCENTAGE ? PV_UNIT_PERCENTAGE
                                                             : PV_UNIT_NONE;
    return pv_push_number(L, (pv_exact_number){amount.number, unit}, &place);
}

int pv_push_value_or_computed(lua_State *L, const pv_value *value, const pv_filed_measure *filed) {
    const pv_demands *demands = value->spec->demands;
    return demands && demands->computed && pv_value_is_blank(value) ? push_computed(L, value, filed)
                                                                    : pv_push_filed_value(L, value);
}

static int get_field_value(lua_State *L) {
    return pv_push_value_or_computed(L, pv_self(L), NULL);
}

static bool is_file(const pv_value *value) {
    return value->spec->type == PV_TYPE_FILE && pv_value_is_known(value) && !pv_value_is_blank(value);
}

int pv_push_file_kind(lua_State *L, const pv_value *value) {
    return is_file(value) && value->kind ? pv_push_name(L, value->kind->name) : pv_push_nil(L);
}

int pv_push_file_size(lua_State *L, const pv_value *value) {
    return is_file(value) ? pv_push_size(L, (size_t)value->size) : pv_push_nil(L);
}

static int get_field_kind(lua_State *L) {
    return pv_push_file_kind(L, pv_self(L));
}

static int get_field_size(lua_State *L) {
    return pv_push_file_size(L, pv_self(L));
}

static int get_field_text(lua_State *L) {
    return pv_push_value_text(L, pv_self(L));
}

static int get_field_words(lua_State *L) {
    (void)pv_push_value_text(L, pv_self(L));
    lua_getfield(L, -1, "words");
    return 1;
}

/* As written; of a list its elements. */
static int l_field_to_string(lua_State *L) {
    const pv_value *value = pv_self_check(L, &pv_field_class);
    if (value->spec->type != PV_TYPE_LIST || !pv_value_is_known(value))
        return pv_push_str(L, value->text.value);
    pv_push_filed_value(L, value);
    luaL_tolstring(L, -1, NULL);
    return 1;
}

static const pv_member field_members[] = {
    {"name", "name: string", "Its name in the form.", PV_FIELD_THROUGH(str, pv_value, spec, pv_value_spec, name)},
    {"label", "label: string", "Its label as printed.", PV_FIELD_THROUGH(str, pv_value, spec, pv_value_spec, label)},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.",
     PV_FIELD(boolean, pv_value, given)},
    {"blank", "blank: boolean", "Whether nothing is given; what cannot be read is given.", .get = get_field_blank},
    {"answered", "answered: boolean",
     "Whether it says something: it is not blank, and no placeholder (\"TBD\", \"N/A\", \"see above\").",
     .get = get_field_answered},
    {"no_answer", "no_answer: string?", "Why what is given is no answer (“stands for an answer and is none”), or nil.",
     .get = get_field_no_answer},
    {"value", "value: text | decimal | date | date mention | period | boolean | list | nil",
     "What is given, in the type the form declares; nil when it is absent or cannot be read as that. Of a number or "
     "day "
     "that is computed and left out, what it comes to.",
     .get = get_field_value},
    {"text", "text: text", "What is given, as written; blank when absent.", .get = get_field_text},
    {"other", "other: boolean",
     "Whether it is a text of the filer's own beside the choices (“Other: …”); of a list, whether it has one.",
     PV_FIELD(boolean, pv_value, other)},
    {"kind", "kind: string?", "Of a file: of which kind it is (\"pdf\"), where that is known; else nil.",
     .get = get_field_kind},
    {"size", "size: integer?", "Of a file: its size in bytes; else nil.", .get = get_field_size},
    {"required", "required: boolean", "Whether the form requires it.",
     PV_FIELD_THROUGH(boolean, pv_value, spec, pv_value_spec, required)},
    {"applies", "applies: boolean", "Whether its `only_if` is met, or may be.", .get = get_field_applies},
    {"why_not", "why_not: string?", "Why it does not apply (“applies only if …”), or nil.", .get = get_field_why_not},
    {"note", "note: string", "What the form prints beside it and nobody judges; empty where that is nothing.",
     PV_FIELD_THROUGH(str, pv_value, spec, pv_value_spec, note)},
    {"word_minimum", "word_minimum: integer?", "The fewest words asked for, or nil.",
     PV_FIELD_THROUGH(limit, pv_value, spec, pv_value_spec, length.word_minimum)},
    {"word_limit", "word_limit: integer?", "The word limit printed, or nil.",
     PV_FIELD_THROUGH(limit, pv_value, spec, pv_value_spec, length.word_limit)},
    {"character_limit", "character_limit: integer?", "The limit in characters printed, or nil.",
     PV_FIELD_THROUGH(limit, pv_value, spec, pv_value_spec, length.character_limit)},
    {"words", "words: words", "Its words, counted as Microsoft Word counts them.", .get = get_field_words},
    PV_MEMBERS_END,
};

const pv_class pv_field_class = {
    .name = "field",
    .doc = "A header field, or one cell of a record.",
    .members = field_members,
    PV_FORESEE(field),
    .to_string = l_field_to_string,
    .of_session = true,
};

/* ---- fields by name ---- */

static int get_field(lua_State *L, pv_str name) {
    const pv_value *value = pv_value_list_get(pv_self(L), name);
    return value ? push_field(L, value, NULL) : 0;
}

static int l_fields_length(lua_State *L) {
    const pv_value_list *fields = pv_self_check(L, &pv_fields_class);
    return pv_push_size(L, fields->count);
}

static int l_fields_index(lua_State *L) {
    const pv_value_list *fields = pv_self_check(L, &pv_fields_class);
    size_t i;
    return pv_index_argument(L, fields->count, &i) ? push_field(L, &fields->values[i], NULL) : pv_push_nil(L);
}

static int l_fields_to_string(lua_State *L) {
    return pv_push_name(L, "the header fields");
}

static const pv_member fields_members[] = {PV_MEMBERS_END};

const pv_class pv_fields_class = {
    .name = "fields",
    .doc = "The header fields of a submission: `fields.county`; `ipairs(fields)` goes through them as printed.",
    .members = fields_members,
    PV_FORESEE(fields),
    .get_declared = get_field,
    .declared_names = pv_attribute_names,
    .length = l_fields_length,
    .index = l_fields_index,
    .element = "field",
    .to_string = l_fields_to_string,
    .of_session = true,
};

/* ---- records ---- */

int pv_push_record(lua_State *L, const pv_record *record) {
    const pv_place place = {record->at, false};
    return pv_handle_push(L, &pv_record_class, record, &place);
}

static int get_record_declared(lua_State *L, pv_str name) {
    const pv_record *record = pv_self(L);
    const pv_value *value = pv_value_list_get(&record->values, name);
    return value ? pv_push_value_or_computed(L, value, NULL) : 0;
}

static int get_owner(lua_State *L) {
    const pv_record *record = pv_self(L);
    return record->owner ? pv_push_record(L, record->owner) : pv_push_nil(L);
}

/* [-0, +0, v] The kind of records that belong to this one, by the name at index 2. */
static const pv_record_spec *check_owned_kind(lua_State *L, const pv_record *record) {
    const pv_form *form = pv_runtime_of(L)->form;
    pv_str name = pv_check_str(L, 2);
    pv_str *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, form->record_count));
    size_t count = 0;
    for (size_t i = 0; i < form->record_count; i++) {
        const pv_record_spec *spec = &form->records[i];
        if (spec->owner != record->spec)
            continue;
        if (pv_str_equal(spec->name, name))
            return spec;
        names[count++] = spec->name;
    }
    pv_push_str(L, record->spec->name);
    pv_raise_unknown(L, lua_pushfstring(L, "the list of what belongs to a row of %s", lua_tostring(L, -1)), name, names,
                     count);
    return NULL;
}

static int l_record_rows(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    const pv_record_spec *spec = check_owned_kind(L, record);
    lua_Integer count = 0;
    pv_list_new(L, 0);
    for (const pv_record *each = record->first_owned; each; each = each->next_owned) {
        MAY_RAISE(pv_runtime_charge(L, 1));
        if (each->spec != spec)
            continue;
        pv_push_record(L, each);
        pv_list_set(L, (size_t)++count);
    }
    return 1;
}

static int l_record_cell(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    pv_str name = pv_check_str(L, 2);
    const pv_value *value = pv_value_list_get(&record->values, name);
    if (value)
        return push_field(L, value, record);
    pv_str *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, record->values.count));
    return pv_raise_unknown(L, "a record", name, names, pv_value_names(&record->values, names, record->values.count));
}

static int l_record_to_string(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    pv_str called = pv_record_called(record, pv_runtime_of(L)->call_arena);
    pv_error error = {0};
    return !called.data && !pv_fail_memory(&error) ? pv_runtime_raise(L, &error) : pv_push_str(L, called);
}

static const pv_member record_members[] = {
    {"number", "number: integer", "Its number among the records of its kind, 1 for the first.",
     PV_FIELD(size, pv_record, number)},
    {"owner", "owner: record?", "The record it belongs to, by its key; nil when there is none.", .get = get_owner},
    {"rows", ":rows(kind: string): list of record",
     "The records of this kind that belong to it, in the order given; raises when no such kind does.",
     .method = l_record_rows},
    {"cell", ":cell(column: string): field",
     "The cell of a column as a field, which knows its place also when nothing is given.", .method = l_record_cell},
    PV_MEMBERS_END,
};

const pv_class pv_record_class = {
    .name = "record",
    .doc = "One row of a record list: `record.points` is the typed value of a column, or nil.",
    .members = record_members,
    PV_FORESEE(record),
    .get_declared = get_record_declared,
    .declared_names = pv_attribute_names,
    .values = offsetof(pv_record, values),
    .to_string = l_record_to_string,
    .of_session = true,
};

/* ---- the records of a kind ---- */

static int push_record_list(lua_State *L, const pv_record_list *list) {
    const pv_place place = {list->at, !list->given};
    return pv_handle_push(L, &pv_record_list_class, list, &place);
}

static int l_record_list_length(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    return pv_push_size(L, list->count);
}

static int l_record_list_index(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    size_t i;
    return pv_index_argument(L, list->count, &i) ? pv_push_record(L, &list->records[i]) : pv_push_nil(L);
}

static int l_record_list_to_string(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    return pv_push_str(L, list->spec->label);
}

static int get_list_applies(lua_State *L) {
    return pv_push_boolean(L, ((const pv_record_list *)pv_self(L))->why_not.size == 0);
}

static int get_list_why_not(lua_State *L) {
    return push_reason(L, ((const pv_record_list *)pv_self(L))->why_not);
}

static const pv_member record_list_members[] = {
    {"applies", "applies: boolean", "Whether the `only_if` of the kind is met, or may be.", .get = get_list_applies},
    {"why_not", "why_not: string?", "Why the kind does not apply (“applies only if …”), or nil.",
     .get = get_list_why_not},
    {"given", "given: boolean", "Whether the submission names the list; it may still be empty.",
     PV_FIELD(boolean, pv_record_list, given)},
    {"label", "label: string", "Its label as printed.",
     PV_FIELD_THROUGH(str, pv_record_list, spec, pv_record_spec, label)},
    PV_MEMBERS_END,
};

const pv_class pv_record_list_class = {
    .name = "record list",
    .doc = "The records of one kind, in the order given; also a place, and where it is absent, where it should stand.",
    .members = record_list_members,
    .foresee = pv_foresee_record_list,
    .length = l_record_list_length,
    .index = l_record_list_index,
    .element = "record",
    .to_string = l_record_list_to_string,
    .of_session = true,
    .inherited = pv_list_members,
};

/* ---- the kinds of records ---- */

/* The handle stands for the member `records` of a submission. */
static const pv_submission *submission_of(lua_State *L) {
    const char *records = pv_self(L);
    return (const pv_submission *)(const void *)(records - offsetof(pv_submission, records));
}

static int push_list_at(lua_State *L, size_t index) {
    return push_record_list(L, &submission_of(L)->records[index]);
}

static int get_records_declared(lua_State *L, pv_str name) {
    const pv_submission *submission = submission_of(L);
    for (size_t i = 0; i < submission->form->record_count; i++) {
        if (pv_str_equal(submission->form->records[i].name, name))
            return push_list_at(L, i);
    }
    return 0;
}

static size_t records_declared_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_form *form = submission_of(L)->form;
    size_t count = form->record_count < capacity ? form->record_count : capacity;
    for (size_t i = 0; i < count; i++)
        names[i] = form->records[i].name;
    return count;
}

static int l_records_length(lua_State *L) {
    return pv_push_size(L, submission_of(L)->form->record_count);
}

static int l_records_index(lua_State *L) {
    size_t i;
    return pv_index_argument(L, submission_of(L)->form->record_count, &i) ? push_list_at(L, i) : pv_push_nil(L);
}

static int l_records_to_string(lua_State *L) {
    return pv_push_name(L, "the records");
}

static const pv_member records_members[] = {PV_MEMBERS_END};

const pv_class pv_records_class = {
    .name = "records",
    .doc =
        "The record lists of a submission: `records.attachment`; `ipairs(records)` goes through the kinds as declared.",
    .members = records_members,
    PV_FORESEE(records),
    .get_declared = get_records_declared,
    .declared_names = records_declared_names,
    .length = l_records_length,
    .index = l_records_index,
    .element = "record list",
    .to_string = l_records_to_string,
    .of_session = true,
};

/* ---- pairs of a matrix ---- */

static int push_pair(lua_State *L, const pv_pair *pair) {
    const pv_place place = {pair->at, pair->record_count == 0};
    return pv_handle_push(L, &pv_pair_class, pair, &place);
}

static int get_pair_records(lua_State *L) {
    const pv_pair *pair = pv_self(L);
    PV_PUSH_LIST(L, pair->record_count, i, pv_push_record(L, pair->records[i]));
    return 1;
}

/* The two rows go by the names of their tables. */
static int get_pair_declared(lua_State *L, pv_str name) {
    const pv_pair *pair = pv_self(L);
    if (pv_str_equal(name, pair->matrix->rows->name))
        pv_push_row(L, pair->row);
    else if (pv_str_equal(name, pair->matrix->columns->name))
        pv_push_row(L, pair->column);
    else
        return 0;
    return 1;
}

static size_t pair_declared_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_matrix *matrix = ((const pv_pair *)pv_self(L))->matrix;
    const pv_str own[] = {matrix->rows->name, matrix->columns->name};
    size_t count = 0;
    for (; count < 2 && count < capacity; count++)
        names[count] = own[count];
    return count;
}

static int l_pair_to_string(lua_State *L) {
    const pv_pair *pair = pv_self_check(L, &pv_pair_class);
    return pv_push_str(L, pair->name);
}

static const pv_member pair_members[] = {
    {"records", "records: list of record", "The records about the two, in the order given.", .get = get_pair_records},
    PV_MEMBERS_END,
};

const pv_class pv_pair_class = {
    .name = "pair",
    .doc =
        "A row of one table and a row of another, as a matrix of the form sets them against each other: each goes by "
        "the name of its table, `pair.county`. Its place is where the first record names the two, or would.",
    .members = pair_members,
    PV_FORESEE(pair),
    .get_declared = get_pair_declared,
    .declared_names = pair_declared_names,
    .to_string = l_pair_to_string,
    .of_session = true,
};

/* ---- submissions ---- */

static const pv_source *file_of(const pv_submission *submission) {
    return pv_source_part(submission->source, submission->at.start);
}

/* Its own place is the start of its file. */
static int push_one_submission(lua_State *L, const pv_submission *submission) {
    uint32_t base = file_of(submission)->base;
    const pv_place start = {{base, base}, false};
    return pv_handle_push(L, &pv_submission_class, submission, &start);
}

int pv_push_submission(lua_State *L) {
    return push_one_submission(L, MAY_RAISE(pv_runtime_submission(L)));
}

static int get_path(lua_State *L) {
    return pv_push_str(L, file_of(pv_self(L))->path);
}

static int get_form(lua_State *L) {
    return pv_push_form(L);
}

/* [-0, +0, v] The submission at index 1 with all that it holds. */
static const pv_submission *whole_self(lua_State *L) {
    const pv_submission *submission = pv_self(L);
    MAY_RAISE(pv_runtime_complete(L, submission->at));
    return submission;
}

/* An outline has them where they are short. */
static int get_fields(lua_State *L) {
    const pv_submission *submission = pv_self(L);
    if (!submission->fields.values)
        submission = whole_self(L);
    return pv_handle_push(L, &pv_fields_class, &submission->fields, NULL);
}

static int get_measures(lua_State *L) {
    const pv_submission *submission = whole_self(L);
    MAY_RAISE(pv_runtime_charge(L, submission->measure_count - submission->form->measure_count));
    PV_PUSH_LIST(L, submission->measure_count, i, pv_push_measure(L, &submission->measures[i]));
    return 1;
}

static int get_responses(lua_State *L) {
    const pv_submission *submission = whole_self(L);
    MAY_RAISE(pv_runtime_charge(L, submission->response_count - submission->form->item_count));
    PV_PUSH_LIST(L, submission->response_count, i, pv_push_response(L, &submission->responses[i]));
    return 1;
}

static int get_records(lua_State *L) {
    const pv_submission *submission = whole_self(L);
    return pv_handle_push(L, &pv_records_class, &submission->records, NULL);
}

/* [-0, +1, v] nil when none was given. */
static int get_as_of(lua_State *L) {
    pv_str as_of = pv_runtime_of(L)->as_of;
    pv_date date;
    if (as_of.size == 0)
        return pv_push_nil(L);
    if (pv_date_parse(as_of, &date))
        return pv_push_date(L, date, NULL);
    return luaL_error(L, "the day to judge by is not written like 2022-07-01");
}

static int l_submission_judged_on(lua_State *L) {
    (void)pv_self_check(L, &pv_submission_class);
    (void)get_as_of(L);
    if (lua_isnil(L, -1))
        return luaL_error(L, "the rule needs the day to judge by; say it with --as-of, written like 2022-07-01");
    return 1;
}

static pv_str check_id(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING)
        pv_raise_expected(L, 2, "an id in quotes, such as \"1.1.6\"");
    return pv_lua_str(L, 2);
}

/* [-0, +0, v] A measure as it is filed: of one that is given for each row, for the row at index 3, which is a record, a
 * row of a table, or the name of one. Without it there is none that could be meant, so that no row is passed over. */
static const pv_filed_measure *check_filed(lua_State *L, const pv_submission *submission, const pv_measure *measure) {
    const pv_filed_list list = pv_submission_filed(submission, measure);
    const pv_filed_measure *const first = list.measures;
    const pv_handle *record = pv_class_test(L, 3, &pv_record_class);
    const pv_handle *row = pv_class_test(L, 3, &pv_row_class);
    pv_push_str(L, measure->id);
    const char *id = lua_tostring(L, -1);
    if (!pv_measure_is_repeated(measure)) {
        if (!lua_isnoneornil(L, 3))
            luaL_error(L, "measure %s is given once, not for each row of something", id);
        return first;
    }
    if (!record && !row && lua_type(L, 3) != LUA_TSTRING)
        luaL_error(
            L, "measure %s is given once for each row: name the row after its id, or go through submission.measures",
            id);
    pv_str name = record || row ? PV_STR("") : pv_lua_str(L, 3);
    MAY_RAISE(pv_runtime_charge(L, list.count));
    pv_str *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, list.count));
    for (size_t i = 0; i < list.count; i++) {
        const pv_filed_measure *filed = first + i;
        names[i] = filed->row_name;
        if (record ? filed->record == record->target
            : row  ? filed->row == row->target
                   : filed->row_name.size > 0 && pv_str_equal(filed->row_name, name))
            return filed;
    }
    if (record || row)
        luaL_error(L, "measure %s is not given for that row", id);
    pv_raise_unknown(L, lua_pushfstring(L, "the list of rows for which measure %s is given", id), name, names,
                     list.count);
    return NULL;
}

static int l_submission_measure(lua_State *L) {
    (void)pv_self_check(L, &pv_submission_class);
    const pv_submission *submission = whole_self(L);
    const pv_form *form = submission->form;
    pv_str id = check_id(L);
    const pv_measure *measure = pv_form_measure(form, id);
    lua_settop(L, 3);
    if (measure)
        return pv_push_measure(L, MAY_RAISE(check_filed(L, submission, measure)));
    pv_str *ids = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, form->measure_count));
    for (size_t i = 0; i < form->measure_count; i++)
        ids[i] = form->measures[i].id;
    return pv_raise_unknown(L, "the list of the form's measures", id, ids, form->measure_count);
}

static int l_submission_response(lua_State *L) {
    (void)pv_self_check(L, &pv_submission_class);
    const pv_submission *submission = whole_self(L);
    const pv_form *form = submission->form;
    pv_str id = check_id(L);
    const pv_item *item = pv_form_item(form, id);
    lua_settop(L, 3);
    if (item)
        return pv_push_response(L, pv_filed_response(MAY_RAISE(check_filed(L, submission, item->measure)), item));
    pv_str *ids = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, form->item_count));
    for (size_t i = 0; i < form->item_count; i++)
        ids[i] = form->items[i].full_id;
    return pv_raise_unknown(L, "the list of the form's items", id, ids, form->item_count);
}

static int l_submission_to_string(lua_State *L) {
    return pv_push_name(L, "the submission");
}

static const pv_member submission_members[] = {
    {"form", "form: form", "The form it answers.", .get = get_form},
    {"path", "path: string", "The path of its file, as it was given.", .get = get_path},
    {"fields", "fields: fields", "Its header fields, by name; each is there, given or not.", .get = get_fields},
    {"sections", "sections: list of section", "The sections of the form, as printed.", .get = pv_push_sections},
    {"measures", "measures: list of measure",
     "All measures of the form, as printed, given or not; one that it asks for once for each row, for each of them.",
     .get = get_measures},
    {"responses", "responses: list of response",
     "The responses to all items of the form, as printed, given or not, in every row.", .get = get_responses},
    {"records", "records: records", "Its record lists, by kind; each is there, given or not.", .get = get_records},
    {"as_of", "as_of: date?", "The day to judge by, as given with --as-of; nil when none was given.", .get = get_as_of},
    {"judged_on", ":judged_on(): date", "The day to judge by; raises, and says how to give it, when none was given.",
     .method = l_submission_judged_on},
    {"measure", ":measure(id: string, row?: record | row | string): measure",
     "The measure with this id, of one that is given once for each row for that row; raises when there is none.",
     .method = l_submission_measure},
    {"response", ":response(full_id: string, row?: record | row | string): response",
     "The response to the item with this full id (\"1.1.6.1\"), in a measure for each row for that row; raises when "
     "there is none.",
     .method = l_submission_response},
    PV_MEMBERS_END,
};

const pv_class pv_submission_class = {
    .name = "submission",
    .doc = "One filed answer to a form.",
    .members = submission_members,
    PV_FORESEE(submission),
    .to_string = l_submission_to_string,
    .of_session = true,
};

/* ---- collections ---- */

/* Stands for the collection that is open. */
static int push_collection(lua_State *L) {
    const pv_collection *collection = pv_runtime_of(L)->collection;
    if (!collection)
        return luaL_error(L, "no collection is open");
    const pv_place first = {collection->entries[0].filing->at, false};
    return pv_handle_push(L, &pv_collection_class, collection, &first);
}

static int get_submissions(lua_State *L) {
    const pv_collection *collection = pv_self(L);
    MAY_RAISE(pv_runtime_charge(L, collection->count));
    PV_PUSH_LIST(L, collection->count, i, push_one_submission(L, collection->entries[i].filing));
    return 1;
}

static int l_collection_to_string(lua_State *L) {
    (void)pv_self_check(L, &pv_collection_class);
    return pv_push_name(L, "the collection");
}

static const pv_member collection_members[] = {
    {"submissions", "submissions: list of submission",
     "The submissions on the form that were checked together, in the order of their paths.", .get = get_submissions},
    PV_MEMBERS_END,
};

const pv_class pv_collection_class = {
    .name = "collection",
    .doc = "All submissions on a form that are checked together, for rules with each = \"collection\".",
    .members = collection_members,
    .to_string = l_collection_to_string,
    .of_session = true,
};

/* ---- what a rule is judged on ---- */

int pv_push_subject(lua_State *L, const pv_subject *subject) {
    switch (subject->kind) {
    case PV_SUBJECT_SECTION:
        return pv_push_section(L, subject->section);
    case PV_SUBJECT_MEASURE:
        return pv_push_measure(L, subject->measure);
    case PV_SUBJECT_RESPONSE:
        return pv_push_response(L, subject->response);
    case PV_SUBJECT_RECORD:
        return pv_push_record(L, subject->record);
    case PV_SUBJECT_PAIR:
        return push_pair(L, subject->pair);
    case PV_SUBJECT_COLLECTION:
        return push_collection(L);
    case PV_SUBJECT_SUBMISSION:
        return pv_push_submission(L);
    }
    return pv_push_nil(L);
}
