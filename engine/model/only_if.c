/* The conditions under which parts of a form apply: read once the form is there, and held to what it has. */
#include "model/form_p.h"

#include <inttypes.h>

#include "base/array.h"
#include "model/message.h"

/* Deeper, larger or further round than this nobody follows a condition. */
#define MOST_NESTED 8
#define MOST_PARTS 64
#define LONGEST_CHAIN 64

static const pv_str keys[] = {PV_STR("field"), PV_STR("column"), PV_STR("records"), PV_STR("not"),   PV_STR("all"),
                              PV_STR("any"),   PV_STR("is"),     PV_STR("one_of"),  PV_STR("names"), PV_STR("given"),
                              PV_STR("among"), PV_STR("around"), PV_STR("row"),     PV_STR("least"), PV_STR("because")};
enum {
    KEY_FIELD,
    KEY_COLUMN,
    KEY_RECORDS,
    KEY_NOT,
    KEY_ALL,
    KEY_ANY,
    KEY_IS, /* the keys before this one say what the condition is on, those from here on what is wanted of it */
    KEY_ONE_OF,
    KEY_NAMES,
    KEY_GIVEN,
    KEY_AMONG,
    KEY_AROUND,
    KEY_ROW,
    KEY_LEAST,
    KEY_BECAUSE,
    KEY_COUNT
};

/* One condition being read. */
typedef struct condition_reader {
    const pv_form_builder *builder;
    const pv_record_spec *record; /* of a column: its kind; NULL: of something else */
    size_t part_count;            /* read so far, the whole among them */
} condition_reader;

static bool fail_key(const condition_reader *reader, const pv_node *node, const char *advice) {
    return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->key->span, "'%s' %s",
                      pv_message_quote(pv_node_value(node->key)).text, advice);
}

/* ---- on a field ---- */

static bool read_given(condition_reader *reader, const pv_node *node, pv_only_if *out) {
    const pv_quote label = pv_message_quote(out->field->label);
    out->kind = PV_ONLY_IF_GIVEN;
    if (!pv_shape_boolean(reader->builder->arena, node, "given", &out->given, reader->builder->error))
        return false;
    out->words = pv_arena_format(reader->builder->arena, "“%s” is %sgiven", label.text, out->given ? "" : "not ");
    return true;
}

/* What is asked for its value. */
static const pv_value_spec *asked(const pv_only_if *condition) {
    return condition->cell ? condition->cell : condition->field;
}

bool pv_only_if_is(const pv_only_if *condition, const pv_value *value) {
    for (size_t i = 0; i < condition->value_count; i++)
        if (pv_value_is_same(value, &condition->values[i]))
            return true;
    return false;
}

/* Whether a row of the table that the field names has one of the values there (wanted), or another. */
static bool some_row_has(const pv_only_if *condition, bool wanted) {
    const pv_table *table = condition->field->table;
    for (size_t i = 0; i < table->row_count; i++) {
        const pv_value *value = &table->rows[i].values[condition->cell - table->columns];
        if ((pv_value_is_known(value) && pv_only_if_is(condition, value)) == wanted)
            return true;
    }
    return false;
}

/* Whether a value that can be read is what it says: what may be any text may be misspelt. */
static bool check_closed(const condition_reader *reader, const pv_node *node, const pv_value_spec *field) {
    pv_value_sort sort = pv_type_of(field->type)->sort;
    bool is_text = sort == PV_SORT_TEXT || sort == PV_SORT_DOCUMENT || sort == PV_SORT_FILE;
    bool open = sort == PV_SORT_LIST || (is_text && field->choice_count == 0);
    if (!open)
        return true;
    return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->key->span,
                      "%s takes any text, so that a misspelt one would pass for another: give it one_of, or ask for "
                      "names: TABLE or given: true",
                      pv_message_quote(field->name).text);
}

static bool read_values(condition_reader *reader, const pv_node *first, size_t count, pv_only_if *out) {
    const pv_form_builder *builder = reader->builder;
    const pv_value_spec *spec = asked(out);
    pv_value *values = pv_form_array(builder, count, sizeof *values);
    pv_buf words = pv_buf_on(pv_arena_memory(builder->arena));
    bool done = values != NULL;
    pv_buf_format(&words, "“%s”", pv_message_quote(spec->label).text);
    if (out->cell)
        pv_buf_format(&words, " of “%s”", pv_message_quote(out->field->label).text);
    pv_buf_append_text(&words, count == 1 ? " is " : " is one of ");
    const pv_node *node = first;
    for (size_t i = 0; done && i < count; i++, node = node->next) {
        done = node->kind == PV_NODE_SCALAR && !pv_text_is_blank(&node->text)
                   ? pv_value_read(&values[i], builder->arena, spec, node, builder->error)
                   : pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "a value of %s belongs here, not %s",
                                pv_message_quote(spec->name).text, pv_message_found(node));
        pv_buf_format(&words, i > 0 ? ", “%s”" : "“%s”", pv_message_quote(pv_node_value(node)).text);
    }
    out->kind = PV_ONLY_IF_IS;
    out->values = values;
    out->value_count = count;
    if (done && !words.failed)
        out->words = pv_arena_copy(builder->arena, pv_buf_str(&words));
    pv_buf_clear(&words);
    return done;
}

static bool read_one_of(condition_reader *reader, const pv_node *list, pv_only_if *out) {
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "one_of", reader->builder->error))
        return false;
    return list->count > 0 ? read_values(reader, list->first, list->count, out)
                           : pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, list->span, "one_of needs a value");
}

/* The table called so, its rows findable by what they are called. */
static bool find_table(condition_reader *reader, const pv_node *node, const pv_table **out) {
    const pv_form_builder *builder = reader->builder;
    size_t position;
    if (!pv_shape_choice(node, "a table", builder->form->table_names.names, builder->form->table_count, &position,
                         builder->error))
        return false;
    *out = &builder->tables.tables[position];
    return pv_table_index(&builder->tables.tables[position], builder->arena, builder->error);
}

/* Which rows of `among` are in the table: each row of the table is to be one of them. */
static bool mark_named(condition_reader *reader, pv_only_if *out) {
    const pv_form_builder *builder = reader->builder;
    bool *named = pv_form_array(builder, out->among->row_count, sizeof *named);
    if (!named)
        return false;
    for (size_t i = 0; i < out->table->row_count; i++) {
        const pv_value *name = pv_value_list_get(&out->table->rows[i], PV_STR("name"));
        const pv_value_list *row;
        if (!pv_table_find(out->among, builder->arena, name->text.value, &row, builder->error))
            return false;
        if (!row)
            return pv_fail_at(
                builder->error, PV_ERROR_SHAPE, name->at,
                "'%s' is no row of the table %s, among whose "
                "rows those of %s are told apart%s",
                pv_message_quote(name->text.value).text, pv_message_quote(out->among->name).text,
                pv_message_quote(out->table->name).text,
                pv_message_hint(name->text.value, out->among->row_names.spellings, out->among->row_names.count).text);
        named[pv_table_row_number(out->among, row)] = true;
    }
    out->named = named;
    return true;
}

/* The phrases that may stand around a name. */
static bool read_around(condition_reader *reader, const pv_node *node, pv_only_if *out) {
    const pv_form_builder *builder = reader->builder;
    const pv_str *phrases;
    if (!pv_shape_texts(builder->arena, node, "around", &phrases, &out->around_count, builder->error))
        return false;
    pv_token_list *around = pv_form_array(builder, out->around_count, sizeof *around);
    if (!around)
        return false;
    out->around = around;
    for (size_t i = 0; i < out->around_count; i++) {
        if (!pv_tokens_find(builder->arena, phrases[i], &around[i], builder->error))
            return false;
        if (around[i].count == 0)
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, pv_shape_element(node, i)->span,
                              "there is no word in it");
    }
    return true;
}

/* Whether the first or the last tokens (last) are those of a phrase. */
static bool stands_at(const pv_token_list *tokens, const pv_token_list *phrase, bool last) {
    if (phrase->count >= tokens->count)
        return false;
    const pv_token_list end = {tokens->tokens + (last ? tokens->count - phrase->count : 0), phrase->count};
    return pv_tokens_are_same(&end, phrase);
}

bool pv_only_if_strip(const pv_only_if *condition, pv_token_list *tokens) {
    for (size_t i = 0; i < 2 * condition->around_count; i++) {
        const pv_token_list *phrase = &condition->around[i / 2];
        bool last = i % 2 == 0;
        if (!stands_at(tokens, phrase, last))
            continue;
        tokens->tokens += last ? 0 : phrase->count;
        tokens->count -= phrase->count;
        return true;
    }
    return false;
}

/* "“County” is one of “Kern”, “Inyo”": of many rows the first, and what lists all. */
static bool word_names(condition_reader *reader, pv_only_if *out) {
    const pv_table *table = out->table;
    pv_buf words = pv_buf_on(pv_arena_memory(reader->builder->arena));
    size_t shown = table->row_count <= PV_CHOICES_LISTED ? table->row_count : PV_CHOICES_LISTED;
    pv_buf_format(&words, "“%s” is%s", pv_message_quote(out->field->label).text,
                  table->row_count == 1 ? "" : " one of");
    for (size_t i = 0; i < shown; i++)
        pv_buf_format(&words, "%s “%s”", i > 0 ? "," : "", pv_message_quote(pv_row_title(&table->rows[i])).text);
    if (shown < table->row_count)
        pv_buf_format(&words, ", … %zu in all, which `proviso rules --choices %.*s` lists", table->row_count,
                      PV_STR_ARG(table->name));
    if (!words.failed)
        out->words = pv_arena_copy(reader->builder->arena, pv_buf_str(&words));
    pv_buf_clear(&words);
    return out->words.data || pv_fail_memory(reader->builder->error);
}

static bool read_names(condition_reader *reader, const pv_node *node, const pv_node *among, pv_only_if *out) {
    const pv_value_spec *field = out->field;
    out->kind = PV_ONLY_IF_NAMES;
    if (field->type != PV_TYPE_TEXT && field->type != PV_TYPE_ROW)
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->key->span,
                          "only a text names a row, not a value of type %s", pv_type_name(field->type));
    if (among && field->type == PV_TYPE_ROW)
        return fail_key(reader, among, "is what the form says of the field: it names rows of its table alone");
    if (!find_table(reader, node, &out->table) || (among && !find_table(reader, among, &out->among)))
        return false;
    if (field->type == PV_TYPE_ROW)
        out->among = field->table;
    return word_names(reader, out) && (!out->among || mark_named(reader, out));
}

/* The field, or with `column` the column of the same row. */
static bool find_field(condition_reader *reader, const pv_node *const *part, pv_only_if *out) {
    const pv_form *form = reader->builder->form;
    const pv_record_spec *record = reader->record;
    pv_error *error = reader->builder->error;
    size_t position;
    out->in_row = part[KEY_COLUMN] != NULL;
    if (!out->in_row) {
        if (!pv_shape_choice(part[KEY_FIELD], "a field", form->field_names.names, form->field_count, &position, error))
            return false;
        out->field = &form->fields[position];
        return true;
    }
    if (!record)
        return fail_key(reader, part[KEY_COLUMN], "is one of the same row, and so belongs to the only_if of a column");
    if (!pv_shape_choice(part[KEY_COLUMN], "a column", record->column_names.names, record->column_count, &position,
                         error))
        return false;
    out->field = &record->columns[position];
    return true;
}

/* `row`: the column of the table whose row the field names. Its values are the form's own, so that none is misspelt. */
static bool read_on_row(condition_reader *reader, const pv_node *const *part, const pv_node *wanted, pv_only_if *out) {
    const pv_form_builder *builder = reader->builder;
    const pv_table *table = out->field->table;
    size_t position;
    if (!table || (!part[KEY_IS] && !part[KEY_ONE_OF]))
        return fail_key(reader, part[KEY_ROW], "belongs to is or one_of of a value of type row");
    pv_str *names = pv_form_array(builder, table->column_count, sizeof *names);
    if (!names)
        return false;
    for (size_t i = 0; i < table->column_count; i++)
        names[i] = table->columns[i].name;
    if (!pv_shape_choice(part[KEY_ROW], "a column of the table", names, table->column_count, &position, builder->error))
        return false;
    out->cell = &table->columns[position];
    if (out->cell->type == PV_TYPE_LIST)
        return fail_key(reader, part[KEY_ROW], "has one value for each row, and no list");
    if (!(part[KEY_IS] ? read_values(reader, wanted, 1, out) : read_one_of(reader, wanted, out)))
        return false;
    return some_row_has(out, true) ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, wanted->span, "no row of the table %s has that in its column %s",
                      pv_message_quote(table->name).text, pv_message_quote(out->cell->name).text);
}

static bool read_on_field(condition_reader *reader, const pv_node *const *part, pv_only_if *out) {
    const pv_node *subject = part[KEY_COLUMN] ? part[KEY_COLUMN] : part[KEY_FIELD];
    const pv_node *wanted = NULL;
    if (!find_field(reader, part, out))
        return false;
    for (size_t key = KEY_IS; key <= KEY_GIVEN; key++) {
        if (part[key] && wanted)
            return fail_key(reader, part[key], "says a second time what is wanted; join two conditions by all or any");
        wanted = part[key] ? part[key] : wanted;
    }
    if (!wanted)
        return fail_key(reader, subject, "needs is, one_of, names or given beside it");
    if (part[KEY_AMONG] && !part[KEY_NAMES])
        return fail_key(reader, part[KEY_AMONG], "belongs to names");
    if (part[KEY_AROUND] && !part[KEY_NAMES])
        return fail_key(reader, part[KEY_AROUND], "belongs to names");
    if (part[KEY_AROUND] && !read_around(reader, part[KEY_AROUND], out))
        return false;
    if (part[KEY_ROW])
        return read_on_row(reader, part, wanted, out);
    if (part[KEY_NAMES])
        return read_names(reader, wanted, part[KEY_AMONG], out);
    if (part[KEY_GIVEN])
        return read_given(reader, wanted, out);
    if (!check_closed(reader, wanted, out->field))
        return false;
    return part[KEY_IS] ? read_values(reader, wanted, 1, out) : read_one_of(reader, wanted, out);
}

/* ---- on records ---- */

static bool read_on_records(condition_reader *reader, const pv_node *const *part, pv_only_if *out) {
    const pv_form_builder *builder = reader->builder;
    size_t position;
    out->kind = PV_ONLY_IF_RECORDS;
    out->least = 1;
    if (!pv_shape_choice(part[KEY_RECORDS], "a record kind", builder->form->record_names.names,
                         builder->form->record_count, &position, builder->error) ||
        (part[KEY_LEAST] && !pv_shape_count(builder->arena, part[KEY_LEAST], "least", &out->least, builder->error)))
        return false;
    out->record = &builder->form->records[position];
    out->words = pv_arena_format(builder->arena, "“%s” has at least %" PRIu32 " row%s",
                                 pv_message_quote(builder->form->records[position].label).text, out->least,
                                 out->least == 1 ? "" : "s");
    return true;
}

/* ---- on other conditions ---- */

static bool read_condition(condition_reader *reader, const pv_node *node, size_t depth, pv_only_if *out);

/* "a and b", in brackets where a part is itself such a list. */
static bool join_words(condition_reader *reader, pv_only_if *out) {
    pv_arena *arena = reader->builder->arena;
    const char *joint = out->kind == PV_ONLY_IF_ALL ? " and " : " or ";
    pv_str words = PV_STR("");
    for (size_t i = 0; words.data && i < out->part_count; i++) {
        const pv_only_if *part = &out->parts[i];
        bool bracketed = part->part_count > 1;
        words = pv_arena_format(arena, "%.*s%s%s%.*s%s", PV_STR_ARG(words), i > 0 ? joint : "", bracketed ? "(" : "",
                                PV_STR_ARG(part->words), bracketed ? ")" : "");
    }
    out->words = words;
    return true;
}

static bool read_parts(condition_reader *reader, const pv_node *list, size_t depth, pv_only_if *out) {
    const pv_form_builder *builder = reader->builder;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, out->kind == PV_ONLY_IF_ALL ? "all" : "any", builder->error))
        return false;
    if (list->count == 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, list->span, "at least one condition belongs here");
    pv_only_if *parts = pv_form_array(builder, list->count, sizeof *parts);
    if (!parts)
        return false;
    for (const pv_node *node = list->first; node; node = node->next)
        if (!read_condition(reader, node, depth + 1, &parts[node->index]))
            return false;
    out->parts = parts;
    out->part_count = list->count;
    return join_words(reader, out);
}

static bool read_not(condition_reader *reader, const pv_node *node, size_t depth, pv_only_if *out) {
    pv_only_if *part = pv_form_array(reader->builder, 1, sizeof *part);
    if (!part || !read_condition(reader, node, depth + 1, part))
        return false;
    out->kind = PV_ONLY_IF_NOT;
    out->parts = part;
    out->part_count = 1;
    out->words = pv_arena_format(reader->builder->arena, "it is not so that %.*s", PV_STR_ARG(part->words));
    return true;
}

/* ---- a whole condition ---- */

/* The key that says what it is on: exactly one. */
static bool find_subject(const condition_reader *reader, const pv_node *node, const pv_node *const *part, size_t *out) {
    *out = KEY_COUNT;
    for (size_t key = KEY_FIELD; key <= KEY_ANY; key++) {
        if (part[key] && *out != KEY_COUNT)
            return fail_key(reader, part[key], "begins a second condition; join two by all or any");
        if (part[key])
            *out = key;
    }
    if (*out == KEY_COUNT)
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                          reader->record ? "a condition is on one of field, column, records, not, all and any"
                                         : "a condition is on one of field, records, not, all and any");
    for (size_t key = KEY_IS; *out > KEY_COLUMN && key <= KEY_ROW; key++)
        if (part[key])
            return fail_key(reader, part[key], reader->record ? "belongs to field or column" : "belongs to field");
    return *out == KEY_RECORDS || !part[KEY_LEAST] || fail_key(reader, part[KEY_LEAST], "belongs to records");
}

static bool check_size(condition_reader *reader, const pv_node *node, size_t depth) {
    reader->part_count++;
    if (depth > MOST_NESTED)
        return pv_fail_at(reader->builder->error, PV_ERROR_LIMIT, node->span,
                          "conditions stand in one another at most %d deep", MOST_NESTED);
    return reader->part_count <= MOST_PARTS || pv_fail_at(reader->builder->error, PV_ERROR_LIMIT, node->span,
                                                          "a condition has at most %d parts", MOST_PARTS);
}

/* depth: 1 for the whole. */
static bool read_condition(condition_reader *reader, const pv_node *node, size_t depth, pv_only_if *out) {
    static const pv_shape shape = {"a condition", keys, KEY_COUNT, 0};
    const pv_form_builder *builder = reader->builder;
    const pv_node *part[KEY_COUNT];
    size_t subject;
    if (!check_size(reader, node, depth) || !pv_shape_read(&shape, node, part, builder->error) ||
        !find_subject(reader, node, part, &subject))
        return false;
    out->at = node->span;
    bool done = false;
    if (subject <= KEY_COLUMN) {
        done = read_on_field(reader, part, out);
    } else if (subject == KEY_RECORDS) {
        done = read_on_records(reader, part, out);
    } else if (subject == KEY_NOT) {
        done = read_not(reader, part[KEY_NOT], depth, out);
    } else {
        out->kind = subject == KEY_ALL ? PV_ONLY_IF_ALL : PV_ONLY_IF_ANY;
        done = read_parts(reader, part[subject], depth, out);
    }
    if (done && part[KEY_BECAUSE])
        done = pv_shape_prose(builder->arena, part[KEY_BECAUSE], "because", &out->words, builder->error);
    return done && (out->words.data || pv_fail_memory(builder->error));
}

/* Whether it is false for some filing (wanted: true for some), so far as one condition alone can tell. */
static bool can_be(const pv_only_if *condition, bool wanted) {
    bool whole = condition->kind == (wanted ? PV_ONLY_IF_ALL : PV_ONLY_IF_ANY); /* every part must be so */
    switch (condition->kind) {
    case PV_ONLY_IF_NAMES:
        if (wanted)
            return condition->table->row_count > 0;
        for (size_t i = 0; condition->among && i < condition->among->row_count; i++)
            if (!condition->named[i])
                return true;
        return false;
    case PV_ONLY_IF_IS:
        return !condition->cell || some_row_has(condition, wanted);
    case PV_ONLY_IF_NOT:
        return can_be(condition->parts, !wanted);
    case PV_ONLY_IF_ALL:
    case PV_ONLY_IF_ANY:
        for (size_t i = 0; i < condition->part_count; i++)
            if (can_be(&condition->parts[i], wanted) != whole)
                return !whole;
        return whole;
    default:
        return true;
    }
}

/* Whether it asks, in any part of it, what a row of a table has. */
static bool is_on_cells(const pv_only_if *condition) {
    bool on = condition->cell != NULL;
    for (size_t i = 0; !on && i < condition->part_count; i++)
        on = is_on_cells(&condition->parts[i]);
    return on;
}

/* The conditions read so far. */
typedef struct conditional_list {
    pv_conditional *items;
    size_t count;
} conditional_list;

/* Reads the condition of a part of the form and adds it to the list of them. address: of the part. */
static bool read_one(condition_reader reader, const pv_node *node, pv_str address, conditional_list *all,
                     const pv_only_if **out) {
    const pv_form_builder *builder = reader.builder;
    pv_only_if *condition = pv_form_array(builder, 1, sizeof *condition);
    if (!condition || !read_condition(&reader, node, 1, condition))
        return false;
    if (!address.data)
        return pv_fail_memory(builder->error);
    if (!can_be(condition, false))
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->key->span,
                          is_on_cells(condition)
                              ? "this is never false, so the part always applies: every row of the table has that"
                              : "this is never false, so the part always applies: a text that names no row of a table "
                                "may be a misspelt one; say among which names it stands (among: TABLE)");
    *out = condition;
    all->items[all->count++] = (pv_conditional){.address = address, .only_if = condition};
    return true;
}

bool pv_only_if_is_on(const pv_only_if *condition, const void *thing) {
    bool on = condition->field == thing || condition->table == thing || condition->among == thing ||
              condition->record == thing;
    for (size_t i = 0; !on && i < condition->part_count; i++)
        on = pv_only_if_is_on(&condition->parts[i], thing);
    return on;
}

/* ---- circles ---- */

/* The fields and, after them, the record kinds of a form, or the columns of one kind, each once it is known to hang on
 * none of those on the way to it. On a column nothing hangs but columns of the same row. */
typedef struct walk {
    const pv_form *form;
    const pv_record_spec *record; /* of its columns; NULL: of fields and record kinds */
    pv_error *error;
    enum { NOT_YET, ON_THE_WAY, DONE } * states;
} walk;

static bool follow(walk *all, size_t thing, size_t length);

static bool follow_condition(walk *all, const pv_only_if *condition, size_t length) {
    for (size_t i = 0; i < condition->part_count; i++)
        if (!follow_condition(all, &condition->parts[i], length))
            return false;
    if (all->record)
        return !condition->in_row || follow(all, (size_t)(condition->field - all->record->columns), length);
    if (condition->field)
        return follow(all, (size_t)(condition->field - all->form->fields), length);
    return !condition->record || follow(all, all->form->field_count + condition->record->index, length);
}

/* What it hangs on, and what it is called. */
static const pv_only_if *condition_of(const walk *all, size_t thing, pv_str *name) {
    bool is_kind = !all->record && thing >= all->form->field_count;
    const pv_value_spec *specs = all->record ? all->record->columns : all->form->fields;
    const pv_record_spec *kind = is_kind ? &all->form->records[thing - all->form->field_count] : NULL;
    *name = kind ? kind->name : specs[thing].name;
    return kind ? kind->only_if : specs[thing].only_if;
}

static bool follow(walk *all, size_t thing, size_t length) {
    pv_str name;
    const pv_only_if *condition = condition_of(all, thing, &name);
    if (all->states[thing] == DONE || !condition)
        return true;
    if (all->states[thing] == ON_THE_WAY || length > LONGEST_CHAIN)
        return pv_fail_at(all->error, PV_ERROR_SHAPE, condition->at,
                          all->states[thing] == ON_THE_WAY ? "whether %s applies would hang on itself"
                                                           : "the conditions on which that of %s hangs are too many",
                          pv_message_quote(name).text);
    all->states[thing] = ON_THE_WAY;
    if (!follow_condition(all, condition, length + 1))
        return false;
    all->states[thing] = DONE;
    return true;
}

/* record: as in a walk. */
static bool check_circles(const pv_form_builder *builder, const pv_record_spec *record) {
    const pv_form *form = builder->form;
    size_t count = record ? record->column_count : form->field_count + form->record_count;
    walk all = {form, record, builder->error, pv_form_array(builder, count, sizeof *all.states)};
    if (!all.states)
        return false;
    for (size_t thing = 0; thing < count; thing++)
        if (!follow(&all, thing, 1))
            return false;
    return true;
}

/* ---- the conditions of a form ---- */

static const pv_node *only_if_of(const pv_node *part) {
    return pv_node_get(part, PV_STR("only_if"));
}

static bool read_of_measures(const pv_form_builder *builder, const pv_node *list, conditional_list *all) {
    condition_reader reader = {.builder = builder};
    pv_arena *arena = builder->arena;
    pv_item *item = builder->items;
    for (const pv_node *node = list ? list->first : NULL; node; node = node->next) {
        pv_measure *measure = &builder->measures[node->index];
        reader.record = measure->for_records; /* it may hang on the row that it is given for */
        const pv_node *own = only_if_of(node);
        if (own && !read_one(reader, own, pv_arena_format(arena, "measures.%.*s", PV_STR_ARG(measure->id)), all,
                             &measure->only_if))
            return false;
        for (const pv_node *each = pv_node_get(node, PV_STR("items"))->first; each; each = each->next, item++)
            if (only_if_of(each) &&
                !read_one(reader, only_if_of(each), pv_arena_format(arena, "items.%.*s", PV_STR_ARG(item->full_id)),
                          all, &item->only_if))
                return false;
    }
    return true;
}

/* By its key a row is found, and which others belong to it, whatever else it says. */
static bool check_no_key(const condition_reader *reader, const pv_node *node, size_t column) {
    for (size_t i = 0; i < reader->record->key_count; i++)
        if (reader->record->key[i] == column)
            return fail_key(reader, node, "belongs to a column that is not in the key of its rows");
    return true;
}

static bool read_of_columns(const pv_form_builder *builder, const pv_node *columns, const pv_record_spec *record,
                            conditional_list *all) {
    const condition_reader reader = {.builder = builder, .record = record};
    size_t before = all->count;
    for (const pv_node *node = columns->first; node; node = node->next) {
        size_t position = record->column_count - columns->count + node->index; /* its own stand last */
        pv_value_spec *column = &builder->columns[record->index][position];
        const pv_node *condition = only_if_of(node);
        if (!condition)
            continue;
        pv_str address = pv_arena_format(builder->arena, "records.%.*s.columns.%.*s", PV_STR_ARG(record->name),
                                         PV_STR_ARG(column->name));
        if (!check_no_key(&reader, condition, position) || !read_one(reader, condition, address, all, &column->only_if))
            return false;
    }
    return all->count == before || check_circles(builder, record);
}

static bool read_of_records(const pv_form_builder *builder, const pv_node *records, conditional_list *all) {
    const condition_reader reader = {.builder = builder};
    for (const pv_node *node = records ? records->first : NULL; node; node = node->next) {
        pv_record_spec *record = &builder->records[node->index];
        const pv_node *own = only_if_of(node);
        if (own && !read_one(reader, own, pv_arena_format(builder->arena, "records.%.*s", PV_STR_ARG(record->name)),
                             all, &record->only_if))
            return false;
        if (!read_of_columns(builder, pv_node_get(node, PV_STR("columns")), record, all))
            return false;
    }
    return true;
}

bool pv_form_read_only_ifs(pv_form_builder *builder, const pv_node *fields, const pv_node *measures,
                           const pv_node *records) {
    pv_form *form = builder->form;
    const condition_reader reader = {.builder = builder};
    size_t most = form->field_count + form->measure_count + form->item_count + form->record_count;
    for (size_t i = 0; i < form->record_count; i++)
        most += form->records[i].column_count;
    conditional_list all = {.items = pv_form_array(builder, most, sizeof *all.items)};
    if (!all.items)
        return false;
    for (const pv_node *node = fields ? fields->first : NULL; node; node = node->next) {
        pv_value_spec *field = &builder->fields[node->index];
        const pv_node *own = only_if_of(node);
        if (own && !read_one(reader, own, pv_arena_format(builder->arena, "fields.%.*s", PV_STR_ARG(field->name)), &all,
                             &field->only_if))
            return false;
    }
    if (!read_of_measures(builder, measures, &all) || !read_of_records(builder, records, &all))
        return false;
    form->conditionals = all.items;
    form->conditional_count = all.count;
    return check_circles(builder, NULL);
}
