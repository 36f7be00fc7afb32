/* The bounds of fields and columns, and what they are computed from: read once the form is there, and held to it. */
#include "model/terms.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/digits.h"
#include "model/form_p.h"
#include "model/message.h"

/* Deeper or further round than this nobody follows a term. */
#define MOST_NESTED 8
#define LONGEST_CHAIN 16
#define MOST_STEPS 1000

static const pv_str keys[] = {PV_STR("field"), PV_STR("column"),     PV_STR("form"),  PV_STR("day"),   PV_STR("sum"),
                              PV_STR("count"), PV_STR("difference"), PV_STR("share"), PV_STR("value"), PV_STR("item"),
                              PV_STR("add"),   PV_STR("times"),      PV_STR("of")};
enum {
    KEY_FIELD,
    KEY_COLUMN,
    KEY_FORM,
    KEY_DAY,
    KEY_SUM,
    KEY_COUNT,
    KEY_DIFFERENCE,
    KEY_SHARE,
    KEY_VALUE,
    KEY_ITEM, /* the keys up to here begin a term */
    KEY_ADD,
    KEY_TIMES,
    KEY_OF,
    KEY_END
};

/* One term being read. */
typedef struct term_reader {
    const pv_form_builder *builder;
    const pv_pending_demands *about; /* what it bounds or computes */
    size_t depth;
} term_reader;

static bool read_term(term_reader *reader, const pv_node *node, pv_term *out);

static bool fail_key(const term_reader *reader, const pv_node *node, const char *advice) {
    return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->key->span, "'%s' %s",
                      pv_message_quote(pv_node_value(node->key)).text, advice);
}

static bool has_order(const pv_value_spec *spec) {
    pv_value_sort sort = pv_type_of(spec->type)->sort;
    return sort == PV_SORT_NUMBER || sort == PV_SORT_DAYS;
}

/* Takes over what a value of spec is; node: where it is named. */
static bool take_sort(const term_reader *reader, const pv_node *node, const pv_value_spec *spec, pv_term *out) {
    out->sort = pv_type_of(spec->type)->sort;
    out->percentage = spec->type == PV_TYPE_PERCENTAGE;
    out->currency = spec->currency;
    return has_order(spec) || pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                                         "%s is a value of type %s, which is neither a number nor a day",
                                         pv_message_quote(spec->name).text, pv_type_name(spec->type));
}

/* ---- values, fields, columns ---- */

static bool read_literal(const term_reader *reader, const pv_node *node, pv_term *out) {
    const pv_form_builder *builder = reader->builder;
    pv_value *value = pv_form_array(builder, 1, sizeof *value);
    pv_value_spec *spec = pv_form_array(builder, 1, sizeof *spec);
    if (!value || !spec)
        return false;
    const pv_value_spec *about = reader->about->spec;
    *spec = (pv_value_spec){
        .name = about->name, .label = about->label, .type = about->type, .currency = about->currency, .at = about->at};
    pv_error failure = {0};
    if (pv_type_of(about->type)->sort == PV_SORT_DAYS && about->type != PV_TYPE_PERIOD) {
        spec->type = PV_TYPE_DATE; /* a month or year may have a day for a bound, and a day a month */
        if (!pv_value_read(value, builder->arena, spec, node, &failure))
            spec->type = PV_TYPE_PERIOD;
    } else if (about->type == PV_TYPE_PERIOD) {
        spec->type = PV_TYPE_PERIOD;
    }
    if (!pv_value_read(value, builder->arena, spec, node, builder->error))
        return false;
    if (pv_value_is_blank(value))
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "a bound is empty here");
    out->kind = PV_TERM_VALUE;
    out->value = value;
    out->words = PV_STR("");
    return take_sort(reader, node, spec, out);
}

/* Whether the form says what it is called for people: its name in the form is for authors. */
static bool is_named(const pv_value_spec *spec) {
    return !pv_str_equal(spec->label, spec->name);
}

/* The column `name` of the table whose rows spec names. */
static bool read_cell(const term_reader *reader, const pv_node *node, const pv_value_spec *spec, pv_term *out) {
    const pv_form_builder *builder = reader->builder;
    if (spec->type != PV_TYPE_ROW)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->key->span,
                          "%s is no value of type row, so there is no row whose column this could be",
                          pv_message_quote(spec->name).text);
    const pv_table *table = spec->table;
    pv_str *names = pv_form_array(builder, table->column_count, sizeof *names);
    if (!names)
        return false;
    for (size_t i = 0; i < table->column_count; i++)
        names[i] = table->columns[i].name;
    if (!pv_shape_choice(node, "a column of its table", names, table->column_count, &out->cell, builder->error))
        return false;
    const pv_value_spec *cell = &table->columns[out->cell];
    out->has_cell = true;
    out->words = is_named(cell) ? pv_arena_format(builder->arena, "“%s” for “%s”", pv_message_quote(cell->label).text,
                                                  pv_message_quote(spec->label).text)
                                : pv_arena_format(builder->arena, "what the form has for “%s”",
                                                  pv_message_quote(spec->label).text);
    return take_sort(reader, node, cell, out);
}

/* cell: the column of the row that it names, or NULL. */
static bool take_spec(const term_reader *reader, const pv_node *node, const pv_node *cell, const pv_value_spec *spec,
                      pv_term *out) {
    out->spec = spec;
    if (cell)
        return read_cell(reader, cell, spec, out);
    out->words = pv_arena_format(reader->builder->arena, "“%s”", pv_message_quote(spec->label).text);
    return take_sort(reader, node, spec, out);
}

static bool read_field(const term_reader *reader, const pv_node *node, const pv_node *cell, pv_term *out) {
    const pv_form *form = reader->builder->form;
    out->kind = PV_TERM_FIELD;
    return pv_shape_choice(node, "a field", form->field_names.names, form->field_count, &out->position,
                           reader->builder->error) &&
           take_spec(reader, node, cell, &form->fields[out->position], out);
}

/* Whether the value that is held against something is asked for by an item of this measure. */
static bool is_about_item_of(const term_reader *reader, const pv_measure *measure) {
    bool is = false;
    for (size_t i = 0; i < measure->item_count; i++)
        is |= measure->items[i].spec == reader->about->spec;
    return is;
}

/* By its full id, by which filers know it too. */
static bool read_item(const term_reader *reader, const pv_node *node, const pv_node *cell, pv_term *out) {
    const pv_form *form = reader->builder->form;
    out->kind = PV_TERM_ITEM;
    if (!pv_shape_choice(node, "the full id of an item", form->item_names.names, form->item_count, &out->position,
                         reader->builder->error))
        return false;
    const pv_item *item = &form->items[out->position];
    if (!item->spec)
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                          "item %s asks for prose; only one with a type has a value that others are held against",
                          pv_message_quote(item->full_id).text);
    if (pv_measure_is_repeated(item->measure) && !is_about_item_of(reader, item->measure))
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                          "item %s is given once for each row, so that only items of the same measure can be held "
                          "against it",
                          pv_message_quote(item->full_id).text);
    if (!take_spec(reader, node, cell, item->spec, out))
        return false;
    if (!cell)
        out->words = pv_arena_format(reader->builder->arena, "“%s” (%.*s)", pv_message_quote(item->prompt).text,
                                     PV_STR_ARG(item->full_id));
    return true;
}

static bool read_column(const term_reader *reader, const pv_node *node, const pv_node *cell, pv_term *out) {
    const pv_record_spec *record = reader->about->record;
    if (!record)
        return fail_key(reader, node, "is of the same row, and a header field stands in none");
    out->kind = PV_TERM_COLUMN;
    out->record = NULL;
    return pv_shape_choice(node, "a column of the same row", record->column_names.names, record->column_count,
                           &out->position, reader->builder->error) &&
           take_spec(reader, node, cell, &record->columns[out->position], out);
}

static bool read_attribute(const term_reader *reader, const pv_node *node, pv_term *out) {
    const pv_form_builder *builder = reader->builder;
    const pv_spec_list *attributes = &builder->form_attributes;
    size_t position;
    out->kind = PV_TERM_VALUE;
    if (!pv_shape_choice(node, "an attribute of the form", attributes->names.names, attributes->count, &position,
                         builder->error))
        return false;
    out->value = &builder->form->attributes.values[position];
    if (!out->value->given)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "the form gives no %s",
                          pv_message_quote(attributes->specs[position].name).text);
    const pv_value_spec *spec = &attributes->specs[position];
    out->words = is_named(spec)
                     ? pv_arena_format(builder->arena, "“%s” of the form", pv_message_quote(spec->label).text)
                     : PV_STR("");
    return take_sort(reader, node, &attributes->specs[position], out);
}

static bool read_day(const term_reader *reader, const pv_node *node, pv_term *out) {
    static const pv_str names[] = {PV_STR("as_of")};
    size_t position;
    out->kind = PV_TERM_DAY;
    out->sort = PV_SORT_DAYS;
    out->words = PV_STR("the day this is judged by");
    return pv_shape_choice(node, "a day", names, 1, &position, reader->builder->error);
}

/* ---- of several ---- */

/* Amounts in two currencies are no sum, difference or share of one another. */
static bool take_currency(const term_reader *reader, const pv_node *node, pv_str currency, pv_term *out) {
    if (out->currency.size == 0)
        out->currency = currency;
    return currency.size == 0 || pv_str_equal(out->currency, currency) ||
           pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                      "an amount in %s and one in %s cannot be worked into one", pv_message_quote(out->currency).text,
                      pv_message_quote(currency).text);
}

static bool read_parts(term_reader *reader, const pv_node *list, size_t exactly, pv_term *out) {
    const pv_form_builder *builder = reader->builder;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "the parts", builder->error))
        return false;
    if (list->count == 0 || (exactly > 0 && list->count != exactly))
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, list->span,
                          exactly > 0 ? "two parts belong here" : "at least one part belongs here");
    pv_term *parts = pv_form_array(builder, list->count, sizeof *parts);
    if (!parts)
        return false;
    for (const pv_node *node = list->first; node; node = node->next) {
        pv_term *part = &parts[node->index];
        if (!read_term(reader, node, part))
            return false;
        if (part->sort != PV_SORT_NUMBER || part->percentage != parts[0].percentage)
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "numbers alike belong here");
        if (!take_currency(reader, node, part->currency, out))
            return false;
    }
    out->parts = parts;
    out->part_count = list->count;
    out->sort = PV_SORT_NUMBER;
    out->percentage = parts[0].percentage;
    return true;
}

/* What a part is called: a value that the form gives, as it is written. */
static pv_str words_of(const pv_term *term) {
    return term->words.size > 0 || !term->value ? term->words : pv_str_trim(term->value->text.value);
}

static bool join_words(const term_reader *reader, const char *before, const char *joint, const char *after,
                       pv_term *out) {
    pv_arena *arena = reader->builder->arena;
    pv_str words = pv_arena_format(arena, "%s", before);
    for (size_t i = 0; words.data && i < out->part_count; i++) {
        const char *between = i == 0 ? "" : i + 1 == out->part_count ? joint : ", ";
        words = pv_arena_format(arena, "%.*s%s%.*s", PV_STR_ARG(words), between, PV_STR_ARG(words_of(&out->parts[i])));
    }
    out->words = words.data ? pv_arena_format(arena, "%.*s%s", PV_STR_ARG(words), after) : words;
    return true;
}

static bool find_record(const term_reader *reader, const pv_node *node, const pv_record_spec **out) {
    const pv_form *form = reader->builder->form;
    size_t position;
    if (!pv_shape_choice(node, "a record kind", form->record_names.names, form->record_count, &position,
                         reader->builder->error))
        return false;
    *out = &form->records[position];
    return true;
}

/* { records: KIND, column: NAME }, or { records: KIND } where is_count. */
static bool read_rows(const term_reader *reader, const pv_node *node, bool is_count, pv_term *out) {
    enum { ROWS_RECORDS, ROWS_COLUMN, ROWS_KEY_COUNT };
    static const pv_str names[] = {PV_STR("records"), PV_STR("column")};
    const pv_shape shape = {is_count ? "a count" : "a sum", names, is_count ? 1 : ROWS_KEY_COUNT,
                            is_count ? 1 : ROWS_KEY_COUNT};
    const pv_node *part[ROWS_KEY_COUNT];
    const pv_form_builder *builder = reader->builder;
    if (!pv_shape_read(&shape, node, part, builder->error) || !find_record(reader, part[ROWS_RECORDS], &out->record))
        return false;
    out->kind = is_count ? PV_TERM_COUNT : PV_TERM_SUM;
    out->sort = PV_SORT_NUMBER;
    pv_quote label = pv_message_quote(out->record->label);
    if (is_count) {
        out->words = pv_arena_format(builder->arena, "the number of rows of “%s”", label.text);
        return true;
    }
    if (!pv_shape_choice(part[ROWS_COLUMN], "a column", out->record->column_names.names, out->record->column_count,
                         &out->position, builder->error))
        return false;
    out->spec = &out->record->columns[out->position];
    out->percentage = out->spec->type == PV_TYPE_PERCENTAGE;
    out->currency = out->spec->currency;
    out->words =
        pv_arena_format(builder->arena, "the sum of “%s” in “%s”", pv_message_quote(out->spec->label).text, label.text);
    return pv_type_of(out->spec->type)->sort == PV_SORT_NUMBER ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, part[ROWS_COLUMN]->span,
                      "%s is a value of type %s, of which there is no sum", pv_message_quote(out->spec->name).text,
                      pv_type_name(out->spec->type));
}

static bool read_share(term_reader *reader, const pv_node *node, pv_term *out) {
    out->kind = PV_TERM_SHARE;
    if (!read_parts(reader, node, 2, out))
        return false;
    out->percentage = true;
    out->currency = PV_STR("");
    return join_words(reader, "the share of ", " in ", "", out);
}

/* ---- what is added, and by what is multiplied ---- */

static const pv_str shift_names[] = {[0] = PV_STR("days"),
                                     [PV_SHIFT_WEEKS - PV_SHIFT_DAYS] = PV_STR("weeks"),
                                     [PV_SHIFT_MONTHS - PV_SHIFT_DAYS] = PV_STR("months"),
                                     [PV_SHIFT_YEARS - PV_SHIFT_DAYS] = PV_STR("years")};
#define SHIFT_NAMES (sizeof shift_names / sizeof *shift_names)

static pv_term *literal_number(const term_reader *reader, pv_decimal number) {
    pv_term *term = pv_form_array(reader->builder, 1, sizeof *term);
    pv_value *value = pv_form_array(reader->builder, 1, sizeof *value);
    static const pv_value_spec spec = {.type = PV_TYPE_DECIMAL};
    if (!term || !value)
        return NULL;
    *value = (pv_value){.spec = &spec, .given = true, .number = number};
    *term = (pv_term){.kind = PV_TERM_VALUE, .value = value, .sort = PV_SORT_NUMBER};
    return term;
}

/* "12 weeks", "-16 years", "1 month". */
static bool read_shift_text(const term_reader *reader, const pv_node *node, pv_term *out) {
    pv_str text = pv_str_trim(pv_node_value(node));
    size_t blank = pv_str_find(text, PV_STR(" "), 0);
    pv_str unit = blank == SIZE_MAX ? PV_STR("") : pv_str_trim(pv_str_slice(text, blank, text.size));
    pv_decimal number = {0};
    pv_error failure = {0};
    int64_t whole;
    if (blank == SIZE_MAX || !pv_decimal_parse(pv_str_slice(text, 0, blank), true, &number, &failure) ||
        !pv_decimal_to_integer(number, &whole))
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                          "'%s' is no time; write it like 12 weeks or -16 years", pv_message_quote(text).text);
    for (size_t i = 0; i < SHIFT_NAMES; i++) {
        pv_str one = pv_str_slice(shift_names[i], 0, shift_names[i].size - 1);
        if (pv_str_equal(unit, shift_names[i]) || pv_str_equal(unit, one))
            out->shift = (pv_shift)(PV_SHIFT_DAYS + i);
    }
    if (out->shift == PV_SHIFT_NONE)
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                          "'%s' is no time; it is in days, weeks, months or years", pv_message_quote(text).text);
    out->added = literal_number(reader, number);
    pv_quote quote = pv_message_quote(text.data[0] == '-' ? pv_str_slice(text, 1, text.size) : text);
    out->words = pv_arena_format(reader->builder->arena, "%s %s %.*s", quote.text, whole < 0 ? "before" : "after",
                                 PV_STR_ARG(words_of(out)));
    return out->added != NULL;
}

/* "“weeks” for “Country” (in weeks) after", and of a number times less than nothing "before". */
static pv_str shift_words(const term_reader *reader, const pv_term *added, pv_str unit) {
    pv_str words = words_of(added);
    if (added->words.size == 0) /* a number that the form gives itself */
        return pv_arena_format(reader->builder->arena, "%.*s %.*s after", PV_STR_ARG(words), PV_STR_ARG(unit));
    bool before = added->shift == PV_SHIFT_NONE && added->has_times && pv_str_starts_with(words, PV_STR("-"));
    if (before)
        words = pv_str_slice(words, 1, words.size);
    if (before && pv_str_starts_with(words, PV_STR("1 times ")))
        words = pv_str_slice(words, sizeof "1 times " - 1, words.size);
    return pv_arena_format(reader->builder->arena, "%.*s (in %.*s) %s", PV_STR_ARG(words), PV_STR_ARG(unit),
                           before ? "before" : "after");
}

/* { weeks: TERM } */
static bool read_shift_term(term_reader *reader, const pv_node *node, pv_term *out) {
    size_t position;
    pv_term *added = pv_form_array(reader->builder, 1, sizeof *added);
    if (!added)
        return false;
    if (node->count != 1)
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                          "one of days, weeks, months and years belongs here");
    if (!pv_shape_choice(node->first->key, "a unit of time", shift_names, SHIFT_NAMES, &position,
                         reader->builder->error) ||
        !read_term(reader, node->first, added))
        return false;
    if (added->sort != PV_SORT_NUMBER || added->percentage)
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->first->span, "a number belongs here");
    out->shift = (pv_shift)(PV_SHIFT_DAYS + position);
    out->added = added;
    pv_str shift = shift_words(reader, added, shift_names[position]);
    out->words = pv_arena_format(reader->builder->arena, "%.*s %.*s", PV_STR_ARG(shift), PV_STR_ARG(words_of(out)));
    return true;
}

static bool read_added_number(term_reader *reader, const pv_node *node, pv_term *out) {
    const pv_form_builder *builder = reader->builder;
    pv_term *added = NULL;
    out->shift = PV_SHIFT_NUMBER;
    if (node->kind != PV_NODE_SCALAR) {
        added = pv_form_array(builder, 1, sizeof *added);
        if (!added || !read_term(reader, node, added))
            return false;
        if (added->sort != PV_SORT_NUMBER || added->percentage != out->percentage)
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "a number of the same kind belongs here");
        if (!take_currency(reader, node, added->currency, out))
            return false;
    } else {
        const pv_value_spec spec = {.name = PV_STR("add"),
                                    .type = out->percentage ? PV_TYPE_PERCENTAGE : PV_TYPE_DECIMAL};
        pv_value value;
        if (!pv_value_read(&value, builder->arena, &spec, node, builder->error))
            return false;
        added = literal_number(reader, value.number);
        if (!added)
            return false;
        pv_str text = pv_str_trim(pv_node_value(node));
        added->words = pv_arena_copy(builder->arena, text);
    }
    out->added = added;
    out->words =
        pv_arena_format(builder->arena, "%.*s plus %.*s", PV_STR_ARG(words_of(out)), PV_STR_ARG(words_of(added)));
    return true;
}

static bool read_added(term_reader *reader, const pv_node *node, pv_term *out) {
    if (!node)
        return true;
    if (out->sort == PV_SORT_NUMBER)
        return read_added_number(reader, node, out);
    return node->kind == PV_NODE_MAPPING ? read_shift_term(reader, node, out) : read_shift_text(reader, node, out);
}

static bool read_times(const term_reader *reader, const pv_node *node, pv_term *out) {
    pv_error failure = {0};
    const pv_form_builder *builder = reader->builder;
    if (!node)
        return true;
    if (out->sort != PV_SORT_NUMBER || out->percentage)
        return fail_key(reader, node, "belongs to a number or an amount");
    pv_str text = pv_str_trim(pv_node_value(node));
    bool percent = pv_str_ends_with(text, PV_STR("%"));
    pv_str number = percent ? pv_str_trim(pv_str_slice(text, 0, text.size - 1)) : text;
    if (!pv_decimal_parse(number, true, &out->times, &failure) ||
        (percent && out->times.scale > PV_DECIMAL_MAX_SCALE - 2))
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "'%s' is neither a number nor a percentage",
                          pv_message_quote(text).text);
    if (percent)
        out->times.scale += 2;
    out->has_times = true;
    out->words = pv_arena_format(builder->arena, percent ? "%s of %.*s" : "%s times %.*s", pv_message_quote(text).text,
                                 PV_STR_ARG(words_of(out)));
    return true;
}

/* ---- a whole term ---- */

/* The key that begins it: exactly one; *cell: the column beside a field or item. */
static bool find_beginning(const term_reader *reader, const pv_node *node, const pv_node *const *part, size_t *out,
                           const pv_node **cell) {
    *out = KEY_END;
    *cell = NULL;
    if (part[KEY_COLUMN] && (part[KEY_FIELD] || part[KEY_ITEM]))
        *cell = part[KEY_COLUMN];
    for (size_t key = KEY_FIELD; key <= KEY_ITEM; key++) {
        if (part[key] && part[key] == *cell)
            continue;
        if (part[key] && *out != KEY_END)
            return fail_key(reader, part[key], "begins a second value");
        if (part[key])
            *out = key;
    }
    if (part[KEY_OF]) {
        if (*out != KEY_COLUMN)
            return fail_key(reader, part[KEY_OF], "stands beside column: which column of the row that this one names");
        *cell = part[KEY_OF];
    }
    return *out != KEY_END ||
           pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                      "a value belongs here, or one of field, item, column, form, day, sum, count, difference and "
                      "share");
}

static bool read_beginning(term_reader *reader, size_t key, const pv_node *node, const pv_node *cell, pv_term *out) {
    switch (key) {
    case KEY_FIELD:
        return read_field(reader, node, cell, out);
    case KEY_ITEM:
        return read_item(reader, node, cell, out);
    case KEY_COLUMN:
        return read_column(reader, node, cell, out);
    case KEY_FORM:
        return read_attribute(reader, node, out);
    case KEY_DAY:
        return read_day(reader, node, out);
    case KEY_COUNT:
        return read_rows(reader, node, true, out);
    case KEY_SHARE:
        return read_share(reader, node, out);
    case KEY_DIFFERENCE:
        out->kind = PV_TERM_DIFFERENCE;
        return read_parts(reader, node, 2, out) && join_words(reader, "", " less ", "", out);
    case KEY_SUM:
        if (node->kind != PV_NODE_SEQUENCE)
            return read_rows(reader, node, false, out);
        out->kind = PV_TERM_TOTAL;
        return read_parts(reader, node, 0, out) && join_words(reader, "the sum of ", " and ", "", out);
    default:
        return read_literal(reader, node, out);
    }
}

static bool read_term(term_reader *reader, const pv_node *node, pv_term *out) {
    static const pv_shape shape = {"a value", keys, KEY_END, 0};
    const pv_form_builder *builder = reader->builder;
    const pv_node *part[KEY_END];
    const pv_node *cell;
    size_t beginning;
    *out = (pv_term){.at = node->span};
    if (node->kind == PV_NODE_SCALAR)
        return read_literal(reader, node, out);
    if (++reader->depth > MOST_NESTED)
        return pv_fail_at(builder->error, PV_ERROR_LIMIT, node->span, "values stand in one another at most %d deep",
                          MOST_NESTED);
    if (!pv_shape_read(&shape, node, part, builder->error) || !find_beginning(reader, node, part, &beginning, &cell) ||
        beginning == KEY_END || !read_beginning(reader, beginning, part[beginning], cell, out) ||
        !read_times(reader, part[KEY_TIMES], out) || !read_added(reader, part[KEY_ADD], out))
        return false;
    reader->depth--;
    return out->words.data || pv_fail_memory(builder->error);
}

/* ---- what a value may be held against ---- */

/* What stands for how many entries a list has. */
static const pv_value_spec entries_of_list = {.name = PV_STR("entries"), .type = PV_TYPE_INTEGER};

static bool check_fit(const term_reader *reader, const pv_node *node, const pv_term *term) {
    const pv_value_spec *spec = reader->about->spec;
    if (term->sort != pv_type_of(spec->type)->sort)
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span, "%s cannot be held against a %s",
                          spec == &entries_of_list ? "a number of entries" : pv_type_of(spec->type)->called,
                          term->sort == PV_SORT_DAYS ? "day" : "number");
    if (term->percentage != (spec->type == PV_TYPE_PERCENTAGE))
        return pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                          "a percentage and another number cannot be held against one another");
    return term->currency.size == 0 || spec->currency.size == 0 || pv_str_equal(term->currency, spec->currency) ||
           pv_fail_at(reader->builder->error, PV_ERROR_SHAPE, node->span,
                      "an amount in %s and one in %s cannot be held against one another",
                      pv_message_quote(spec->currency).text, pv_message_quote(term->currency).text);
}

static bool read_one(const pv_form_builder *builder, const pv_pending_demands *about, const pv_node *node,
                     const pv_term **out) {
    term_reader reader = {.builder = builder, .about = about};
    if (!node)
        return true;
    pv_term *term = pv_form_array(builder, 1, sizeof *term);
    *out = term;
    return term && read_term(&reader, node, term) && check_fit(&reader, node, term);
}

/* How many entries a list has: what is held against it is their number. */
static bool read_entries(const pv_form_builder *builder, const pv_pending_demands *about, const pv_node *node,
                         const pv_term **out) {
    pv_pending_demands entries = *about;
    entries.spec = &entries_of_list;
    return read_one(builder, &entries, node, out);
}

/* Of two bounds that the form gives itself, the low one is not above the high one. */
static bool check_order(const pv_form_builder *builder, const pv_pending_demands *about) {
    const pv_term *low = about->demands->low;
    const pv_term *high = about->demands->high;
    if (!low || !high || !low->value || !high->value || low->shift || high->shift || low->has_times || high->has_times)
        return true;
    bool above =
        low->sort == PV_SORT_NUMBER
            ? pv_decimal_compare(low->value->number, high->value->number) > 0
            : !high->value->days.open && pv_date_compare(low->value->days.from.first, high->value->days.to.last) > 0;
    return !above ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, about->low->span, "low is above high, so no value fits");
}

/* ---- circles ---- */

/* What a value is computed from, followed through all that this is computed from. */
typedef struct following {
    const pv_form_builder *builder;
    const pv_pending_demands *about;
    size_t steps;
} following;

static bool follow(following *all, const pv_term *term, size_t length);

/* What a value is computed from, as far as it is. */
static bool follow_spec(following *all, const pv_value_spec *spec, size_t length) {
    const pv_term *computed = spec && spec->demands ? spec->demands->computed : NULL;
    if (!computed)
        return true;
    bool is_circle = spec->demands == all->about->demands;
    if (is_circle || length > LONGEST_CHAIN || ++all->steps > MOST_STEPS)
        return pv_fail_at(all->builder->error, PV_ERROR_SHAPE, all->about->computed->span,
                          is_circle ? "%s would be computed from itself" : "what %s is computed from hangs on too much",
                          pv_message_quote(all->about->spec->name).text);
    return follow(all, computed, length + 1);
}

static bool follow(following *all, const pv_term *term, size_t length) {
    for (size_t i = 0; i < term->part_count; i++)
        if (!follow(all, &term->parts[i], length))
            return false;
    return (!term->added || follow(all, term->added, length)) &&
           (term->has_cell || follow_spec(all, term->spec, length));
}

bool pv_form_read_demands(pv_form_builder *builder) {
    for (size_t i = 0; i < builder->tables.pending.count; i++) {
        const pv_pending_demands *about = &builder->tables.pending.items[i];
        pv_demands *demands = about->demands;
        if (!read_one(builder, about, about->low, &demands->low) ||
            !read_one(builder, about, about->high, &demands->high) ||
            !read_one(builder, about, about->computed, &demands->computed) ||
            !read_entries(builder, about, about->least, &demands->least) ||
            !read_entries(builder, about, about->most, &demands->most) || !check_order(builder, about))
            return false;
    }
    for (size_t i = 0; i < builder->tables.pending.count; i++) {
        const pv_pending_demands *about = &builder->tables.pending.items[i];
        following all = {.builder = builder, .about = about};
        if (about->demands->computed && !follow(&all, about->demands->computed, 1))
            return false;
    }
    return true;
}

/* ---- what a term is on ---- */

static bool is_on(const pv_term *term, const void *thing) {
    if (!term)
        return false;
    bool on = term->spec == thing || term->record == thing || (term->value && term->value->spec == thing) ||
              (term->has_cell && term->spec->table == thing);
    for (size_t i = 0; !on && i < term->part_count; i++)
        on = is_on(&term->parts[i], thing);
    return on || is_on(term->added, thing);
}

enum { DEMANDED = 5 };

/* Each term that a value is held against, by number; NULL where there is none. */
static const pv_term *demanded(const pv_value_spec *spec, size_t index) {
    const pv_demands *demands = spec->demands;
    if (!demands)
        return NULL;
    const pv_term *const terms[DEMANDED] = {demands->low, demands->high, demands->computed, demands->least,
                                            demands->most};
    return terms[index];
}

static bool spec_is_on(const pv_value_spec *spec, const void *thing) {
    bool on = false;
    for (size_t i = 0; !on && i < DEMANDED; i++)
        on = is_on(demanded(spec, i), thing);
    return on;
}

bool pv_form_is_held_against(const pv_form *form, const void *thing) {
    bool on = false;
    for (size_t i = 0; !on && i < form->field_count; i++)
        on = spec_is_on(&form->fields[i], thing);
    for (size_t i = 0; !on && i < form->record_count; i++)
        for (size_t k = 0; !on && k < form->records[i].column_count; k++)
            on = spec_is_on(&form->records[i].columns[k], thing);
    for (size_t i = 0; !on && i < form->item_count; i++)
        on = form->items[i].spec && spec_is_on(form->items[i].spec, thing);
    return on;
}

static const pv_term *day_in(const pv_term *term) {
    const pv_term *found = NULL;
    if (!term || term->kind == PV_TERM_DAY)
        return term;
    for (size_t i = 0; !found && i < term->part_count; i++)
        found = day_in(&term->parts[i]);
    return found ? found : day_in(term->added);
}

static bool needs_day(const pv_value_spec *spec, pv_span *at) {
    const pv_term *found = NULL;
    for (size_t i = 0; !found && i < DEMANDED; i++)
        found = day_in(demanded(spec, i));
    if (found)
        *at = found->at;
    return found != NULL;
}

bool pv_form_needs_day(const pv_form *form, pv_span *at) {
    for (size_t i = 0; i < form->field_count; i++)
        if (needs_day(&form->fields[i], at))
            return true;
    for (size_t i = 0; i < form->record_count; i++)
        for (size_t k = 0; k < form->records[i].column_count; k++)
            if (needs_day(&form->records[i].columns[k], at))
                return true;
    for (size_t i = 0; i < form->item_count; i++)
        if (form->items[i].spec && needs_day(form->items[i].spec, at))
            return true;
    return false;
}
