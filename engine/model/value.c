#include "model/value_p.h"

#include "base/utf8.h"
#include "model/attachments.h"
#include "model/message.h"
#include "text/tokens.h"

pv_value pv_value_absent(const pv_value_spec *spec, uint32_t expected) {
    pv_span at = {expected, expected};
    return (pv_value){
        .spec = spec,
        .text = {.span = at, .exact = true},
        .unanswered = PV_UNANSWERED_BLANK,
        .at = at,
    };
}

bool pv_value_is_text(const pv_value_spec *spec) {
    return spec->type == PV_TYPE_TEXT || spec->type == PV_TYPE_DOCUMENT;
}

bool pv_value_is_blank(const pv_value *value) {
    if (!pv_value_is_known(value))
        return !value->given;
    if (value->spec && value->spec->type == PV_TYPE_LIST)
        return value->element_count == 0;
    return pv_text_is_blank(&value->text);
}

pv_str pv_value_written(const pv_value *value) {
    return pv_str_trim(value->element_count > 0 ? value->elements[0].value : value->text.value);
}

bool pv_value_is_known(const pv_value *value) {
    return value->given && !value->unreadable && !value->accepted;
}

const pv_value *pv_value_list_get(const pv_value_list *list, pv_str name) {
    for (size_t i = 0; i < list->count; i++)
        if (pv_str_equal(list->values[i].spec->name, name))
            return &list->values[i];
    return NULL;
}

/* ---- tables and their rows ---- */

/* The names and aliases of a table, row after row. */
typedef struct row_names {
    pv_synonym *names;
    pv_span *places;
    size_t count;
} row_names;

static void add_name(row_names *out, size_t row, const pv_text *text) {
    out->names[out->count] = (pv_synonym){.text = text->value, .thing = (uint32_t)row};
    out->places[out->count++] = text->span;
}

static bool add_row(row_names *out, const pv_table *table, size_t row, pv_error *error) {
    const pv_value *name = pv_value_list_get(&table->rows[row], PV_STR("name"));
    const pv_value *aliases = pv_value_list_get(&table->rows[row], PV_STR("aliases"));
    if (!name->given)
        return pv_fail_at(error, PV_ERROR_SHAPE, name->at, "row %zu of the table %s has no name", row + 1,
                          pv_message_quote(table->name).text);
    add_name(out, row, &name->text);
    for (size_t i = 0; aliases && i < aliases->element_count; i++)
        add_name(out, row, &aliases->elements[i]);
    return true;
}

static bool has_name_column(const pv_table *table) {
    for (size_t i = 0; i < table->column_count; i++)
        if (pv_str_equal(table->columns[i].name, PV_STR("name")))
            return table->columns[i].type == PV_TYPE_TEXT;
    return false;
}

static size_t count_names(const pv_table *table) {
    size_t count = table->row_count;
    for (size_t i = 0; i < table->row_count; i++) {
        const pv_value *aliases = pv_value_list_get(&table->rows[i], PV_STR("aliases"));
        count += aliases ? aliases->element_count : 0;
    }
    return count;
}

static bool fail_shared(const pv_table *table, const row_names *all, const pv_synonym_clash *clash, pv_error *error) {
    const pv_value_list *earlier = &table->rows[all->names[clash->earlier].thing];
    const pv_value_list *later = &table->rows[all->names[clash->later].thing];
    return pv_fail_at(error, PV_ERROR_SHAPE, all->places[clash->later],
                      "'%s' and '%s' of the table %s are both called %s", pv_message_quote(pv_row_title(earlier)).text,
                      pv_message_quote(pv_row_title(later)).text, pv_message_quote(table->name).text,
                      pv_message_quote(all->names[clash->later].text).text);
}

bool pv_table_index(pv_table *table, pv_arena *arena, pv_error *error) {
    if (table->indexed)
        return true;
    if (!has_name_column(table))
        return pv_fail_at(error, PV_ERROR_SHAPE, table->at,
                          "the table %s needs a column called name, of type text: its rows are to be named",
                          pv_message_quote(table->name).text);
    size_t count = count_names(table);
    row_names all = {.names = PV_NEW_ARRAY(arena, pv_synonym, count), .places = PV_NEW_ARRAY(arena, pv_span, count)};
    pv_synonym_clash clash;
    if (!all.names || !all.places)
        return pv_fail_memory(error);
    for (size_t row = 0; row < table->row_count; row++)
        if (!add_row(&all, table, row, error))
            return false;
    if (!pv_synonyms_index(&table->row_names, arena, all.names, all.count, &clash, error))
        return false;
    if (clash.found)
        return fail_shared(table, &all, &clash, error);
    table->indexed = true;
    return true;
}

bool pv_table_find(const pv_table *table, pv_arena *arena, pv_str text, const pv_value_list **out, pv_error *error) {
    uint64_t key;
    if (!pv_synonym_key(arena, text, &key, error))
        return false;
    size_t row = pv_synonyms_find(&table->row_names, key);
    *out = row == SIZE_MAX ? NULL : &table->rows[row];
    return true;
}

pv_str pv_row_title(const pv_value_list *row) {
    const pv_value *name = pv_value_list_get(row, PV_STR("name"));
    if (!name && row->count > 0)
        name = &row->values[0];
    return name ? name->text.value : PV_STR("");
}

size_t pv_table_row_number(const pv_table *table, const pv_value_list *row) {
    return (size_t)(row - table->rows);
}

/* ---- reading ---- */

bool pv_value_prose(pv_text *out, pv_arena *arena, const pv_node *scalar, pv_error *error) {
    static const pv_wrapping wrappings[] = {
        [PV_SCALAR_PLAIN] = PV_WRAPPING_JOINED,         [PV_SCALAR_SINGLE_QUOTED] = PV_WRAPPING_JOINED,
        [PV_SCALAR_DOUBLE_QUOTED] = PV_WRAPPING_JOINED, [PV_SCALAR_LITERAL] = PV_WRAPPING_HARD,
        [PV_SCALAR_FOLDED] = PV_WRAPPING_JOINED,
    };
    /* Such a space is not its source either. */
    pv_wrapping wrapping = scalar->has_escaped_space ? PV_WRAPPING_NONE : wrappings[scalar->style];
    return pv_text_fold(out, arena, &scalar->text, wrapping, error);
}

/* At node: a list or mapping where spec takes a scalar, or the other way round. */
static bool fail_kind(const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    if (spec->type == PV_TYPE_LIST)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "a list belongs here, not %s; write it like [one, another]", pv_message_found(node));
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s belongs here, not %s", pv_type_of(spec->type)->called,
                      pv_message_found(node));
}

/* The choice that a number, day, boolean or row is equal to as what it is, however both are written. */
static bool find_equal_choice(const pv_value *value, pv_arena *arena, const pv_node *node, size_t *found,
                              pv_error *error) {
    const pv_value_spec *spec = value->spec;
    for (*found = 0; *found < spec->choice_count; ++*found) {
        pv_value choice = {.spec = spec};
        pv_node written = {.kind = PV_NODE_SCALAR, .span = node->span, .text.value = spec->choices[*found]};
        pv_error failure = {0};
        if (pv_value_parse(&choice, arena, spec, &written, pv_str_trim(written.text.value), &failure)) {
            if (pv_value_is_same(value, &choice))
                return true;
        } else if (failure.code == PV_ERROR_MEMORY) {
            return pv_fail_memory(error);
        }
    }
    return true;
}

/* The choice that text is; one that is folded like it where none is written so, unless there are several. */
static bool find_text_choice(const pv_value_spec *spec, pv_arena *arena, pv_str text, size_t *found, pv_error *error) {
    pv_folded wanted, choice;
    for (*found = 0; *found < spec->choice_count; ++*found)
        if (pv_str_equal(spec->choices[*found], text))
            return true;
    if (!pv_names_fold(&wanted, arena, text, error))
        return false;
    size_t same = 0;
    for (size_t i = 0; i < spec->choice_count; i++) {
        if (!pv_names_fold(&choice, arena, spec->choices[i], error))
            return false;
        if (pv_names_are_same(&wanted, &choice)) {
            *found = i;
            same++;
        }
    }
    if (same > 1)
        *found = spec->choice_count;
    return true;
}

static bool fail_choice(const pv_value_spec *spec, const pv_node *node, pv_str text, pv_error *error) {
    const char *other = spec->other ? ", nor Other: and what it is" : "";
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not one of the choices%s%s",
                      pv_message_quote(text).text, other,
                      pv_message_choices(text, spec->name, spec->choices, spec->choice_count, spec->choices,
                                         spec->choice_count, spec->choice_count)
                          .text);
}

/* ---- a text of the filer's own, where the form has "other, please say" ---- */

/* Where the filer's own words begin in text, after "Other:"; SIZE_MAX where it is no such text. "Other" alone has
 * none: its size. */
static size_t own_words(pv_str text) {
    static const pv_str other = PV_STR("other");
    if (!pv_str_starts_with_ascii_folded(text, other))
        return SIZE_MAX;
    size_t at = other.size;
    while (at < text.size && text.data[at] == ' ')
        at++;
    if (at == text.size)
        return at;
    if (text.data[at] != ':')
        return SIZE_MAX;
    while (++at < text.size && text.data[at] == ' ') {
    }
    return at;
}

static bool fail_other(const pv_node *node, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                      "“Other” does not say what it is; write other: and your own "
                      "words, or \"Other: your own words\"");
}

/* Takes from text what stands after "Other:". *is_other: it is one. */
static bool take_own_words(pv_text *text, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                           bool *is_other, pv_error *error) {
    pv_str whole = pv_str_trim(text->value);
    size_t start = spec->other ? own_words(whole) : SIZE_MAX;
    *is_other = start != SIZE_MAX;
    if (!*is_other)
        return true;
    if (start == whole.size)
        return fail_other(node, error);
    const pv_text all = *text;
    size_t offset = (size_t)(whole.data - all.value.data);
    return pv_text_slice(text, arena, &all, offset + start, offset + whole.size, error);
}

/* The scalar of { other: TEXT }, or NULL. */
static const pv_node *other_scalar(const pv_value_spec *spec, const pv_node *node) {
    bool is_other = spec->other && node->kind == PV_NODE_MAPPING && node->count == 1 &&
                    pv_str_equal_ascii_folded(pv_node_value(node->first->key), PV_STR("other")) &&
                    node->first->kind == PV_NODE_SCALAR;
    return is_other ? node->first : NULL;
}

static bool read_other_mapping(pv_text *out, pv_arena *arena, const pv_node *scalar, pv_error *error) {
    return pv_text_is_blank(&scalar->text) ? fail_other(scalar, error) : pv_value_prose(out, arena, scalar, error);
}

/* A text that is a choice is then what the form prints for it. *is_other: it is the filer's own instead. */
static bool choose_text(pv_text *text, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, bool *is_other,
                        pv_error *error) {
    size_t found;
    *is_other = false;
    if (!spec->choices)
        return true;
    if (!take_own_words(text, arena, spec, node, is_other, error))
        return false;
    if (*is_other)
        return true;
    pv_str written = pv_str_trim(text->value);
    if (!find_text_choice(spec, arena, written, &found, error))
        return false;
    if (found == spec->choice_count)
        return fail_choice(spec, node, written, error);
    if (pv_str_equal(spec->choices[found], text->value))
        return true;
    pv_span whole = pv_text_locate(text, 0, text->value.size);
    return pv_text_made_from(text, arena, spec->choices[found], whole, error);
}

static bool check_choice(pv_value *value, pv_arena *arena, const pv_node *node, pv_error *error) {
    const pv_value_spec *spec = value->spec;
    size_t found;
    if (!spec->choices || spec->type == PV_TYPE_DOCUMENT)
        return true;
    if (spec->type == PV_TYPE_TEXT)
        return choose_text(&value->text, arena, spec, node, &value->other, error);
    return find_equal_choice(value, arena, node, &found, error) &&
           (found < spec->choice_count || fail_choice(spec, node, pv_str_trim(value->text.value), error));
}

/* Only an empty text is a value nevertheless. */
void pv_value_set_blank(pv_value *out, const pv_value_spec *spec, const pv_node *node) {
    *out = pv_value_absent(spec, node->span.start);
    out->given = pv_value_is_text(spec);
    out->at = node->span;
    out->text.span = node->span;
}

void pv_value_set_document(pv_value *out, const pv_text *text) {
    pv_str value = text->value;
    size_t start = 0;
    size_t end = value.size;
    size_t length;
    while (start < end && pv_utf8_is_white_space(pv_utf8_decode(value, start, &length)))
        start += length;
    while (end > start && pv_utf8_is_white_space(pv_utf8_decode(value, pv_utf8_previous(value, end), &length)))
        end -= length;
    out->text = *text;
    out->at = pv_text_locate(text, start, end);
}

/* Whether text, of another type than text, is what the form accepts instead: "N/A". */
static bool is_accepted(const pv_value_spec *spec, pv_arena *arena, pv_str text, bool *accepted, pv_error *error) {
    pv_token_list given, wanted;
    *accepted = false;
    if (spec->accept_count == 0 || pv_value_is_text(spec))
        return true;
    if (!pv_tokens_find(arena, text, &given, error))
        return false;
    for (size_t i = 0; i < spec->accept_count && !*accepted; i++) {
        if (!pv_tokens_find(arena, spec->accepts[i], &wanted, error))
            return false;
        *accepted = given.count > 0 ? pv_tokens_are_same(&given, &wanted) : pv_str_equal(text, spec->accepts[i]);
    }
    return true;
}

static bool read_scalar(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                        pv_error *error) {
    if (spec->type == PV_TYPE_TEXT && !pv_value_prose(&out->text, arena, node, error))
        return false;
    pv_str text = pv_str_trim(out->text.value);
    if (spec->type == PV_TYPE_DOCUMENT && pv_attachments_is_path(text))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "'%s' names a file and is no text of a document; did you mean { file: … }, with its path?",
                          pv_message_quote(text).text);
    if (spec->type == PV_TYPE_DOCUMENT)
        pv_value_set_document(out, &node->text);
    else
        out->at = pv_text_locate(&out->text, 0, out->text.value.size);
    if (!is_accepted(spec, arena, text, &out->accepted, error))
        return false;
    return out->accepted ||
           (pv_value_parse(out, arena, spec, node, text, error) && check_choice(out, arena, node, error));
}

/* "#BEZUG!", "#¿NOMBRE?", "#ССЫЛКА!": the name of a failure in the language of the program, in capitals. */
static bool is_failure_in_capitals(pv_str text) {
    if (text.size < 5 || text.data[0] != '#' || (text.data[text.size - 1] != '!' && text.data[text.size - 1] != '?'))
        return false;
    for (size_t i = 1; i + 1 < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x80 && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '/' && c != '_')
            return false;
    }
    return true;
}

/* "Err:502", as LibreOffice writes it. */
static bool is_numbered_failure(pv_str text) {
    bool is = text.size == 7 && pv_str_starts_with_ascii_folded(text, PV_STR("Err:"));
    for (size_t i = 4; is && i < text.size; i++)
        is = text.data[i] >= '0' && text.data[i] <= '9';
    return is;
}

/* "####": the column was too narrow to show what is in the cell. */
static bool is_too_narrow(pv_str text) {
    size_t hashes = 0;
    while (hashes < text.size && text.data[hashes] == '#')
        hashes++;
    return hashes >= 3 && hashes == text.size;
}

bool pv_value_is_failed_formula(pv_str text) {
    if (is_failure_in_capitals(text) || is_numbered_failure(text))
        return true;
    static const pv_str failures[] = {
        PV_STR("#REF!"),     PV_STR("#N/A"),      PV_STR("#VALUE!"),   PV_STR("#DIV/0!"),       PV_STR("#NAME?"),
        PV_STR("#NUM!"),     PV_STR("#NULL!"),    PV_STR("#SPILL!"),   PV_STR("#CALC!"),        PV_STR("#FIELD!"),
        PV_STR("#BLOCKED!"), PV_STR("#CONNECT!"), PV_STR("#UNKNOWN!"), PV_STR("#GETTING_DATA"), PV_STR("#NV"),
        PV_STR("#N/D"),      PV_STR("#N/DISP"),
    };
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (pv_str_equal_ascii_folded(text, failures[i]))
            return true;
    return false;
}

static bool check_formula(const pv_node *node, pv_error *error) {
    pv_str text = pv_str_trim(node->text.value);
    if (node->spelling && is_too_narrow(text))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "'%s' is what a spreadsheet writes where a column is too narrow; put the value there",
                          pv_message_quote(text).text);
    return !node->spelling || !pv_value_is_failed_formula(text) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                      "'%s' is what a spreadsheet writes where a formula has failed; put the value there",
                      pv_message_quote(text).text);
}

/* *is_other: it is the filer's own. */
static bool read_element(pv_text *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *element,
                         bool *is_other, pv_error *error) {
    const pv_node *other = other_scalar(spec, element);
    *is_other = other != NULL;
    if (other)
        return read_other_mapping(out, arena, other, error);
    if (element->kind != PV_NODE_SCALAR)
        return pv_fail_at(error, PV_ERROR_SHAPE, element->span, "an entry of the list is a text, not %s",
                          pv_message_found(element));
    if (pv_text_is_blank(&element->text))
        return pv_fail_at(error, PV_ERROR_SHAPE, element->span, "an entry of the list is empty");
    return check_formula(element, error) && pv_value_prose(out, arena, element, error) &&
           choose_text(out, arena, spec, element, is_other, error);
}

static bool read_list(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    pv_text *elements = PV_NEW_ARRAY(arena, pv_text, node->count);
    if (!elements)
        return pv_fail_memory(error);
    for (const pv_node *element = node->first; element; element = element->next) {
        bool is_other;
        if (!read_element(&elements[element->index], arena, spec, element, &is_other, error))
            return false;
        out->other |= is_other;
    }
    out->elements = elements;
    out->element_count = node->count;
    return true;
}

static bool read_given(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                       pv_error *error) {
    pv_node_kind wanted = spec->type == PV_TYPE_LIST ? PV_NODE_SEQUENCE : PV_NODE_SCALAR;
    const pv_node *other = spec->type == PV_TYPE_TEXT ? other_scalar(spec, node) : NULL;
    if (other) {
        out->other = true;
        out->at = other->span;
        return read_other_mapping(&out->text, arena, other, error);
    }
    if (node->kind == PV_NODE_SCALAR)
        out->text = node->text;
    if (!check_formula(node, error))
        return false;
    if (node->kind != wanted)
        return fail_kind(spec, node, error);
    return wanted == PV_NODE_SEQUENCE ? read_list(out, arena, spec, node, error)
                                      : read_scalar(out, arena, spec, node, error);
}

bool pv_value_read(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node, pv_error *error) {
    *out = pv_value_absent(spec, node->span.start);
    if (node->kind == PV_NODE_SCALAR && pv_text_is_blank(&node->text)) {
        pv_value_set_blank(out, spec, node);
        return true;
    }
    out->given = true;
    out->unanswered = PV_ANSWERED;
    out->at = node->span;
    out->text.span = node->span;
    out->unreadable = !read_given(out, arena, spec, node, error);
    return !out->unreadable;
}
