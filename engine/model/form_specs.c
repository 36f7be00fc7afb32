/* What a form declares of its values: fields, columns and attributes. */
#include "model/form_p.h"

#include <inttypes.h>

#include "model/message.h"
#include "model/terms.h"
#include "text/contacts.h"
#include "text/pattern.h"

static const pv_str spec_keys[] = {PV_STR("type"),     PV_STR("label"),    PV_STR("required"),  PV_STR("one_of"),
                                   PV_STR("table"),    PV_STR("aliases"),  PV_STR("accepts"),   PV_STR("note"),
                                   PV_STR("only_if"),  PV_STR("currency"), PV_STR("country"),   PV_STR("unit"),
                                   PV_STR("places"),   PV_STR("other"),    PV_STR("least"),     PV_STR("most"),
                                   PV_STR("unique"),   PV_STR("pattern"),  PV_STR("says"),      PV_STR("prefilled"),
                                   PV_STR("editable"), PV_STR("shown"),    PV_STR("low"),       PV_STR("high"),
                                   PV_STR("computed"), PV_STR("kinds"),    PV_STR("size_most"), PV_LENGTH_KEYS};
enum {
    SPEC_TYPE,
    SPEC_LABEL,
    SPEC_REQUIRED,
    SPEC_ONE_OF,
    SPEC_TABLE,
    SPEC_ALIASES,
    SPEC_ACCEPTS,
    SPEC_NOTE,
    SPEC_ONLY_IF,
    SPEC_CURRENCY,
    SPEC_COUNTRY,
    SPEC_UNIT,
    SPEC_PLACES,
    SPEC_OTHER,
    SPEC_LEAST,
    SPEC_MOST,
    SPEC_UNIQUE,
    SPEC_PATTERN,
    SPEC_SAYS,
    SPEC_PREFILLED,
    SPEC_EDITABLE,
    SPEC_SHOWN,
    SPEC_LOW,
    SPEC_HIGH,
    SPEC_COMPUTED,
    SPEC_KINDS,
    SPEC_SIZE_MOST,
    SPEC_LENGTH,
    SPEC_KEY_COUNT = SPEC_LENGTH + PV_LENGTH_KEY_COUNT
};

/* One specification being read. */
typedef struct spec_reader {
    pv_arena *arena;
    pv_error *error;
    pv_spec_place place;
    pv_table_set *tables;
    pv_value_spec *spec;
    const pv_node *node; /* all of it */
    const pv_node *part[SPEC_KEY_COUNT];
} spec_reader;

static bool read_type(pv_type *out, const pv_node *node, pv_error *error) {
    pv_str names[PV_TYPE_COUNT];
    for (size_t type = 0; type < PV_TYPE_COUNT; type++)
        names[type] = pv_str_from(pv_type_name((pv_type)type));
    size_t position;
    if (!pv_shape_choice(node, "a type", names, PV_TYPE_COUNT, &position, error))
        return false;
    *out = (pv_type)position;
    return true;
}

bool pv_length_read(pv_length *out, pv_arena *arena, const pv_node *const nodes[PV_LENGTH_KEY_COUNT], pv_error *error) {
    static const pv_str keys[] = {PV_LENGTH_KEYS};
    uint32_t *const limits[] = {&out->word_minimum, &out->word_limit, &out->character_limit};
    *out = (pv_length){0};
    for (size_t i = 0; i < PV_LENGTH_KEY_COUNT; i++)
        if (nodes[i] && !pv_shape_count(arena, nodes[i], keys[i].data, limits[i], error))
            return false;
    const pv_node *minimum = nodes[0];
    return !minimum || out->word_limit == 0 || out->word_minimum <= out->word_limit ||
           pv_fail_at(error, PV_ERROR_SHAPE, minimum->span, "word_minimum is more than the word_limit, %" PRIu32,
                      out->word_limit);
}

/* ---- which key belongs to what ---- */

/* At a key that says nothing of such a value: "only a number has places, not a value of type text". */
static bool fail_key(const spec_reader *reader, size_t key, const char *owner) {
    const pv_node *node = reader->part[key];
    return pv_fail_at(reader->error, PV_ERROR_SHAPE, node->key->span, "only %s has %s%s, not a value of type %s", owner,
                      key >= SPEC_LENGTH ? "a " : "", pv_message_quote(pv_node_value(node->key)).text,
                      pv_type_name(reader->spec->type));
}

static pv_value_sort sort_of(const spec_reader *reader) {
    return pv_type_of(reader->spec->type)->sort;
}

static bool check_keys(const spec_reader *reader) {
    pv_value_sort sort = sort_of(reader);
    pv_type type = reader->spec->type;
    bool ordered = sort == PV_SORT_NUMBER || sort == PV_SORT_DAYS;
    const struct {
        size_t first, last;
        bool fits;
        const char *owner;
    } owners[] = {
        {SPEC_CURRENCY, SPEC_CURRENCY, type == PV_TYPE_MONEY, "money"},
        {SPEC_COUNTRY, SPEC_COUNTRY, type == PV_TYPE_POSTCODE, "a postcode"},
        {SPEC_UNIT, SPEC_PLACES, sort == PV_SORT_NUMBER, "a number"},
        {SPEC_OTHER, SPEC_OTHER, type == PV_TYPE_TEXT || type == PV_TYPE_LIST, "a text or list with choices"},
        {SPEC_LEAST, SPEC_MOST, type == PV_TYPE_LIST, "a list"},
        {SPEC_UNIQUE, SPEC_UNIQUE, type != PV_TYPE_LIST && type != PV_TYPE_DOCUMENT, "a single value"},
        {SPEC_PATTERN, SPEC_SAYS, sort == PV_SORT_TEXT, "a text"},
        {SPEC_LOW, SPEC_COMPUTED, ordered, "a number, an amount or a day, month, year or period"},
        {SPEC_KINDS, SPEC_SIZE_MOST, type == PV_TYPE_FILE, "a file"},
        {SPEC_LENGTH, SPEC_KEY_COUNT - 1, pv_value_is_text(reader->spec), "a text or document"},
    };
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        for (size_t key = owners[i].first; key <= owners[i].last; key++)
            if (reader->part[key] && !owners[i].fits)
                return fail_key(reader, key, owners[i].owner);
    return true;
}

static bool is_filled_in(pv_spec_place place) {
    return place == PV_SPEC_FIELD || place == PV_SPEC_COLUMN || place == PV_SPEC_ITEM;
}

/* What only what a filer fills in has, and what only some of that has. */
static bool check_place(const spec_reader *reader) {
    bool is_filed = is_filled_in(reader->place);
    for (size_t key = SPEC_OTHER; key <= SPEC_SIZE_MOST; key++)
        if (reader->part[key] && !is_filed)
            return pv_fail_at(reader->error, PV_ERROR_SHAPE, reader->part[key]->key->span,
                              "%s belongs to fields, items and columns of records, which a filer fills in",
                              pv_message_quote(pv_node_value(reader->part[key]->key)).text);
    if (reader->part[SPEC_ONLY_IF] && !is_filed)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, reader->part[SPEC_ONLY_IF]->key->span,
                          "only_if belongs to header fields, measures, items, record kinds and their columns");
    if (reader->part[SPEC_UNIQUE] && reader->place != PV_SPEC_COLUMN)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, reader->part[SPEC_UNIQUE]->key->span,
                          "only a column of records can be unique among its rows");
    pv_type type = reader->spec->type;
    bool needs_filing = type == PV_TYPE_MONTH || type == PV_TYPE_YEAR || type == PV_TYPE_PERIOD;
    if (type == PV_TYPE_FILE && !is_filed)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, reader->node->span,
                          "only what a filer fills in is of type file; give a text");
    return is_filed || !needs_filing ||
           pv_fail_at(reader->error, PV_ERROR_SHAPE, reader->node->span,
                      "only what a filer fills in is of type %s; give an integer or dates", pv_type_name(type));
}

/* ---- what belongs to some types ---- */

/* A value of type row needs its table, and no other has one. */
static bool read_table(const spec_reader *reader, const pv_node *node) {
    pv_value_spec *spec = reader->spec;
    pv_error *error = reader->error;
    const pv_table_set *tables = reader->tables;
    if (spec->type != PV_TYPE_ROW)
        return !node ||
               pv_fail_at(error, PV_ERROR_SHAPE, node->key->span,
                          "only a value of type row names a table, not one of type %s", pv_type_name(spec->type));
    if (!tables)
        return pv_fail_at(error, PV_ERROR_SHAPE, reader->node->span,
                          "only fields and columns are of type row, not what is read before the tables");
    if (!node)
        return pv_fail_at(error, PV_ERROR_SHAPE, reader->node->span,
                          "a row needs the table that it is of; write it like { type: row, table: NAME }");
    pv_str *names = PV_NEW_ARRAY(reader->arena, pv_str, tables->count);
    if (!names)
        return pv_fail_memory(error);
    for (size_t i = 0; i < tables->count; i++)
        names[i] = tables->tables[i].name;
    size_t position;
    if (!pv_shape_choice(node, "a table", names, tables->count, &position, error))
        return false;
    spec->table = &tables->tables[position];
    return pv_table_index(&tables->tables[position], reader->arena, error);
}

static bool read_currency(const spec_reader *reader, const pv_node *node) {
    pv_value_spec *spec = reader->spec;
    if (spec->type != PV_TYPE_MONEY)
        return true;
    if (!node)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, reader->node->span,
                          "money needs its currency; write it like { type: money, currency: GBP }");
    if (!pv_shape_name(node, "a currency", &spec->currency, reader->error))
        return false;
    bool is_code = spec->currency.size == 3;
    for (size_t i = 0; is_code && i < 3; i++)
        is_code = spec->currency.data[i] >= 'A' && spec->currency.data[i] <= 'Z';
    return is_code || pv_fail_at(reader->error, PV_ERROR_SHAPE, node->span,
                                 "'%s' is no currency; write its three letters, like GBP or USD",
                                 pv_message_quote(spec->currency).text);
}

static bool read_country(const spec_reader *reader, const pv_node *node) {
    pv_str *countries;
    size_t count = 0;
    size_t position;
    if (!node)
        return true;
    while (pv_contact_postcode_country(count).size > 0)
        count++;
    if (!(countries = PV_NEW_ARRAY(reader->arena, pv_str, count)))
        return pv_fail_memory(reader->error);
    for (size_t i = 0; i < count; i++)
        countries[i] = pv_contact_postcode_country(i);
    if (!pv_shape_choice(node, "a country whose postcodes are known", countries, count, &position, reader->error))
        return false;
    reader->spec->country = countries[position];
    return true;
}

static bool read_places(const spec_reader *reader, const pv_node *node) {
    pv_value_spec *spec = reader->spec;
    pv_decimal places;
    int64_t number;
    spec->has_places = node || spec->type == PV_TYPE_MONEY;
    spec->places = spec->type == PV_TYPE_MONEY ? 2 : 0;
    if (!node)
        return true;
    if (!pv_shape_amount(reader->arena, node, "places", &places, reader->error))
        return false;
    if (!pv_decimal_to_integer(places, &number) || number > PV_DECIMAL_MAX_SCALE)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, node->span, "places is a whole number from 0 to %d",
                          PV_DECIMAL_MAX_SCALE);
    spec->places = (uint8_t)number;
    return true;
}

static bool read_pattern(const spec_reader *reader, const pv_node *node, const pv_node *says) {
    pv_value_spec *spec = reader->spec;
    pv_error *error = reader->error;
    pv_pattern *pattern;
    const pv_limits limits = pv_limits_default();
    if (!node)
        return !says || pv_fail_at(error, PV_ERROR_SHAPE, says->key->span, "says belongs to a pattern");
    if (!says)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->key->span,
                          "a pattern needs says beside it: a sentence that tells a filer what it asks for");
    if (!pv_shape_name(node, "a pattern", &spec->pattern, error) ||
        !pv_shape_prose(reader->arena, says, "says", &spec->says, error))
        return false;
    pv_error failure = {0};
    pv_memory *memory = pv_arena_memory(reader->arena);
    if (!pv_pattern_compile(&pattern, memory, spec->pattern, (pv_pattern_flags){0}, &limits, &failure))
        return pv_fail_at(error, failure.code, node->span, "%s", failure.message);
    pv_pattern_free(pattern);
    pv_str whole = pv_arena_format(reader->arena, PV_WHOLE_PATTERN, PV_STR_ARG(spec->pattern));
    if (!whole.data)
        return pv_fail_memory(error);
    if (!pv_pattern_compile(&pattern, memory, whole, (pv_pattern_flags){0}, &limits, &failure))
        return pv_fail_at(error, failure.code, node->span, "%s", failure.message);
    pv_pattern_free(pattern);
    return true;
}

/* ---- files ---- */

/* "pdf, docx or odt" */
static pv_str join_kinds(pv_arena *arena, const pv_value_spec *spec) {
    pv_str words = PV_STR("");
    for (size_t i = 0; words.data && i < spec->kind_count; i++)
        words = pv_arena_format(arena, "%.*s%s%s", PV_STR_ARG(words),
                                i == 0                      ? ""
                                : i + 1 == spec->kind_count ? " or "
                                                            : ", ",
                                spec->kinds[i]->name);
    return words;
}

static bool read_kind(const spec_reader *reader, const pv_node *node, pv_str *names, size_t count, size_t *position) {
    pv_value_spec *spec = reader->spec;
    if (!pv_shape_choice(node, "a kind of file", names, count, position, reader->error))
        return false;
    for (size_t i = 0; i < spec->kind_count; i++)
        if (spec->kinds[i] == pv_file_kind_at(*position))
            return pv_fail_at(reader->error, PV_ERROR_SHAPE, node->span, "%s is there twice",
                              pv_message_quote(names[*position]).text);
    spec->kinds[spec->kind_count++] = pv_file_kind_at(*position);
    return true;
}

static bool read_kinds(const spec_reader *reader, const pv_node *list) {
    pv_value_spec *spec = reader->spec;
    size_t count = 0;
    size_t position;
    if (!list)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "kinds", reader->error))
        return false;
    if (list->count == 0)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, list->span,
                          "at least one kind belongs here; a file of any kind is one without kinds");
    while (pv_file_kind_at(count))
        count++;
    pv_str *names = PV_NEW_ARRAY(reader->arena, pv_str, count);
    spec->kinds = PV_NEW_ARRAY(reader->arena, const pv_file_kind *, list->count);
    if (!names || !spec->kinds)
        return pv_fail_memory(reader->error);
    for (size_t i = 0; i < count; i++)
        names[i] = pv_str_from(pv_file_kind_at(i)->name);
    for (const pv_node *node = list->first; node; node = node->next)
        if (!read_kind(reader, node, names, count, &position))
            return false;
    spec->kinds_words = join_kinds(reader->arena, spec);
    return spec->kinds_words.data || pv_fail_memory(reader->error);
}

static bool read_size(const spec_reader *reader, const pv_node *node) {
    pv_value_spec *spec = reader->spec;
    return !node ||
           (pv_shape_name(node, "a size", &spec->size_words, reader->error) &&
            (pv_file_size_parse(spec->size_words, &spec->size_most) ||
             pv_fail_at(reader->error, PV_ERROR_SHAPE, node->span, "'%s' is no size; write it like 10 MB or 500 KB",
                        pv_message_quote(spec->size_words).text)));
}

/* ---- choices ---- */

/* Each choice is a value of the type, so that what is filed can be one of them. */
static bool read_choices(const spec_reader *reader, const pv_node *list) {
    pv_value_spec *spec = reader->spec;
    pv_value_spec choice = *spec;
    pv_value value;
    choice.filed = false;
    pv_error *error = reader->error;
    const pv_node *other = reader->part[SPEC_OTHER];
    if (!list)
        return !other || pv_fail_at(error, PV_ERROR_SHAPE, other->key->span, "other stands beside one_of");
    if (spec->type == PV_TYPE_DOCUMENT || spec->type == PV_TYPE_FILE)
        return pv_fail_at(error, PV_ERROR_SHAPE, list->key->span,
                          "a %s has no choices; one_of belongs to a value of another type", pv_type_name(spec->type));
    if (!pv_shape_texts(reader->arena, list, "one_of", &spec->choices, &spec->choice_count, error) ||
        (other && !pv_shape_boolean(reader->arena, other, "other", &spec->other, error)))
        return false;
    for (const pv_node *node = list->first; node && spec->type != PV_TYPE_LIST; node = node->next)
        if (!pv_value_read(&value, reader->arena, &choice, node, error))
            return false;
    return true;
}

/* Whether the form gives a number, and no value to work one out from. */
static bool is_number(const pv_node *node) {
    return node && node->kind != PV_NODE_MAPPING;
}

/* Which of the entries of a list: how many at least and at most. */
static bool read_entries(const spec_reader *reader, const pv_node *least, const pv_node *most) {
    pv_value_spec *spec = reader->spec;
    if ((is_number(least) && !pv_shape_count(reader->arena, least, "least", &spec->least, reader->error)) ||
        (is_number(most) && !pv_shape_count(reader->arena, most, "most", &spec->most, reader->error)))
        return false;
    if (is_number(most) && spec->most < spec->least)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, most->span, "most is less than least, %" PRIu32, spec->least);
    if (spec->least == 1 && !spec->required)
        return pv_fail_at(
            reader->error, PV_ERROR_SHAPE, least->span,
            "least: 1 asks for nothing of a list that is given; write required: true where it is to be given");
    return spec->least == 0 || spec->choice_count == 0 || spec->other || spec->least <= spec->choice_count ||
           pv_fail_at(reader->error, PV_ERROR_SHAPE, least->span, "there are only %zu choices", spec->choice_count);
}

/* ---- what the form gives, or works out ---- */

static bool read_prefilled(const spec_reader *reader) {
    pv_value_spec *spec = reader->spec;
    const pv_node *node = reader->part[SPEC_PREFILLED];
    const pv_node *editable = reader->part[SPEC_EDITABLE];
    const pv_node *shown = reader->part[SPEC_SHOWN];
    pv_error *error = reader->error;
    if ((editable && !pv_shape_boolean(reader->arena, editable, "editable", &spec->editable, error)) ||
        (shown && !pv_shape_boolean(reader->arena, shown, "shown", &spec->shown, error)))
        return false;
    if (editable && !node)
        return pv_fail_at(error, PV_ERROR_SHAPE, editable->key->span, "editable belongs to what is prefilled");
    if (shown && spec->shown && (spec->editable || (!node && !reader->part[SPEC_COMPUTED])))
        return pv_fail_at(error, PV_ERROR_SHAPE, shown->key->span,
                          "what is only shown is prefilled or computed, and not editable");
    if (!node)
        return true;
    if (spec->type == PV_TYPE_FILE)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->key->span, "a file is the filer's own, so it is not prefilled");
    pv_value *value = PV_NEW(reader->arena, pv_value);
    if (!value)
        return pv_fail_memory(error);
    if (!pv_value_read(value, reader->arena, spec, node, error))
        return false;
    spec->prefilled = value;
    return !pv_value_is_blank(value) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "prefilled is empty: there is nothing to fill in");
}

/* The bounds, and what it is computed from, are read when the whole form is there. */
static bool note_demands(const spec_reader *reader) {
    const pv_node *computed = reader->part[SPEC_COMPUTED];
    if (computed && reader->spec->required)
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, reader->part[SPEC_REQUIRED]->key->span,
                          "what is computed may be left out, so it is not required");
    if (computed && reader->part[SPEC_PREFILLED])
        return pv_fail_at(reader->error, PV_ERROR_SHAPE, computed->key->span,
                          "what is prefilled is not computed as well");
    const pv_node *least = reader->part[SPEC_LEAST];
    const pv_node *most = reader->part[SPEC_MOST];
    least = is_number(least) ? NULL : least;
    most = is_number(most) ? NULL : most;
    if (!reader->part[SPEC_LOW] && !reader->part[SPEC_HIGH] && !computed && !least && !most)
        return true;
    pv_demands *demands = PV_NEW(reader->arena, pv_demands);
    pv_pending_demands *pending = PV_ARRAY_ADD(reader->arena, &reader->tables->pending);
    if (!demands || !pending)
        return pv_fail_memory(reader->error);
    reader->spec->demands = demands;
    *pending = (pv_pending_demands){
        .demands = demands,
        .spec = reader->spec,
        .low = reader->part[SPEC_LOW],
        .high = reader->part[SPEC_HIGH],
        .computed = computed,
        .least = least,
        .most = most,
    };
    return true;
}

/* ---- a whole specification ---- */

static bool read_words(const spec_reader *reader) {
    pv_value_spec *spec = reader->spec;
    pv_arena *arena = reader->arena;
    pv_error *error = reader->error;
    const pv_node *const *part = reader->part;
    return (!part[SPEC_LABEL] || pv_shape_prose(arena, part[SPEC_LABEL], "label", &spec->label, error)) &&
           (!part[SPEC_NOTE] || pv_shape_prose(arena, part[SPEC_NOTE], "note", &spec->note, error)) &&
           (!part[SPEC_UNIT] || pv_shape_prose(arena, part[SPEC_UNIT], "unit", &spec->unit, error)) &&
           (!part[SPEC_ALIASES] ||
            pv_shape_texts(arena, part[SPEC_ALIASES], "aliases", &spec->aliases, &spec->alias_count, error)) &&
           (!part[SPEC_ACCEPTS] ||
            pv_shape_texts(arena, part[SPEC_ACCEPTS], "accepts", &spec->accepts, &spec->accept_count, error));
}

static bool read_flags(const spec_reader *reader) {
    pv_value_spec *spec = reader->spec;
    const pv_node *required = reader->part[SPEC_REQUIRED];
    const pv_node *unique = reader->part[SPEC_UNIQUE];
    return (!required || pv_shape_boolean(reader->arena, required, "required", &spec->required, reader->error)) &&
           (!unique || pv_shape_boolean(reader->arena, unique, "unique", &spec->unique, reader->error));
}

/* Of which the parts are known. */
static bool read_parts(spec_reader *reader) {
    const pv_node *const *part = reader->part;
    return read_type(&reader->spec->type, part[SPEC_TYPE], reader->error) && check_keys(reader) &&
           check_place(reader) && read_words(reader) && read_flags(reader) && read_table(reader, part[SPEC_TABLE]) &&
           read_currency(reader, part[SPEC_CURRENCY]) && read_country(reader, part[SPEC_COUNTRY]) &&
           read_places(reader, part[SPEC_PLACES]) && read_pattern(reader, part[SPEC_PATTERN], part[SPEC_SAYS]) &&
           read_kinds(reader, part[SPEC_KINDS]) && read_size(reader, part[SPEC_SIZE_MOST]) &&
           read_choices(reader, part[SPEC_ONE_OF]) && read_entries(reader, part[SPEC_LEAST], part[SPEC_MOST]) &&
           pv_length_read(&reader->spec->length, reader->arena, &part[SPEC_LENGTH], reader->error) &&
           read_prefilled(reader) && note_demands(reader);
}

static bool read_long_spec(spec_reader *reader) {
    static const pv_shape shape = {"a specification", spec_keys, SPEC_KEY_COUNT, 1};
    return pv_shape_read(&shape, reader->node, reader->part, reader->error) && read_parts(reader);
}

static bool read_spec(spec_reader *reader) {
    pv_value_spec *spec = reader->spec;
    const pv_node *node = reader->node;
    if (!pv_shape_name(node->key, "a name", &spec->name, reader->error))
        return false;
    spec->label = spec->name;
    spec->filed = is_filled_in(reader->place);
    spec->at = node->key->span;
    if (node->kind != PV_NODE_SCALAR)
        return read_long_spec(reader);
    return read_type(&spec->type, node, reader->error) && check_place(reader) && read_table(reader, NULL) &&
           read_currency(reader, NULL);
}

bool pv_spec_list_read(pv_spec_list *out, pv_arena *arena, const pv_node *mapping, const char *what,
                       pv_spec_place place, pv_table_set *tables, pv_error *error) {
    *out = (pv_spec_list){0};
    if (!mapping)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, what, error))
        return false;
    pv_value_spec *specs = PV_NEW_ARRAY(arena, pv_value_spec, mapping->count);
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, mapping->count);
    if (!specs || !names)
        return pv_fail_memory(error);
    for (const pv_node *node = mapping->first; node; node = node->next) {
        spec_reader reader = {
            .arena = arena,
            .error = error,
            .place = place,
            .tables = tables,
            .spec = &specs[node->index],
            .node = node,
        };
        if (!read_spec(&reader))
            return false;
        names[node->index] = specs[node->index].name;
    }
    out->specs = specs;
    out->count = mapping->count;
    size_t repeated; /* never: a document's mapping holds no key twice */
    return pv_names_index(&out->names, arena, names, mapping->count, &repeated, error);
}

/* ---- items ---- */

/* The keys of an item itself, or of what stands in a row. */
static bool is_no_key_of_items(size_t key) {
    return key == SPEC_LABEL || key == SPEC_REQUIRED || key == SPEC_ALIASES || key == SPEC_ACCEPTS ||
           key == SPEC_NOTE || key == SPEC_ONLY_IF || key == SPEC_UNIQUE || key >= SPEC_LENGTH;
}

size_t pv_item_spec_keys(pv_str *keys) {
    size_t count = 0;
    for (size_t key = 0; key < SPEC_KEY_COUNT; key++) {
        if (is_no_key_of_items(key))
            continue;
        if (keys)
            keys[count] = spec_keys[key];
        count++;
    }
    return count;
}

bool pv_item_spec_read(pv_value_spec **out, pv_arena *arena, const pv_node *item, pv_str name, pv_str prompt,
                       pv_table_set *tables, pv_error *error) {
    spec_reader reader = {.arena = arena, .error = error, .place = PV_SPEC_ITEM, .tables = tables, .node = item};
    *out = NULL;
    for (size_t key = 0; key < SPEC_KEY_COUNT; key++)
        if (key != SPEC_LABEL && key != SPEC_ALIASES && key != SPEC_UNIQUE) /* which may be attributes */
            reader.part[key] = pv_node_get(item, spec_keys[key]);
    if (!reader.part[SPEC_TYPE]) {
        for (size_t key = 0; key < SPEC_KEY_COUNT; key++)
            if (reader.part[key] && !is_no_key_of_items(key))
                return pv_fail_at(error, PV_ERROR_SHAPE, reader.part[key]->key->span,
                                  "%s belongs to an item that asks for a value; say of which type, as in type: text",
                                  pv_message_quote(spec_keys[key]).text);
        return true;
    }
    if (!(reader.spec = PV_NEW(arena, pv_value_spec)))
        return pv_fail_memory(error);
    reader.spec->name = name;
    reader.spec->label = prompt;
    reader.spec->filed = true;
    /* As every item; but what the form gives or works out itself need not be answered. */
    reader.spec->required = !reader.part[SPEC_PREFILLED] && !reader.part[SPEC_COMPUTED];
    reader.spec->at = pv_node_get(item, PV_STR("id"))->span;
    *out = reader.spec;
    return read_parts(&reader);
}
