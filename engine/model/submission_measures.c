/* The measures of a submission with their responses: each given once, or once for each row of what its form says, under
 * the name of that row. */
#include "model/submission_p.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "model/message.h"

/* ---- responses ---- */

/* Nothing given for item at *out, which is one of the reader's responses and keeps its place among them. */
static void leave_out(const pv_submission_reader *reader, const pv_item *item, uint32_t expected, pv_response *out) {
    pv_span at = {expected, expected};
    pv_value *value = item->spec ? &reader->item_values[out - reader->responses] : NULL;
    if (value)
        *value = pv_value_absent(item->spec, expected);
    *out = (pv_response){
        .item = item,
        .blank = true,
        .unanswered = PV_UNANSWERED_BLANK,
        .text = {.span = at, .exact = true},
        .value = value,
        .at = at,
        .confidence = 1.0,
    };
}

static void leave_all_out(const pv_submission_reader *reader, const pv_measure *measure, uint32_t expected,
                          pv_response *responses) {
    for (size_t i = 0; i < measure->item_count; i++)
        leave_out(reader, &measure->items[i], expected, &responses[i]);
}

static bool count_words(const pv_submission_reader *reader, pv_response *out) {
    return pv_words_count_shown(out->text.value, &out->word_count, &out->shows_all) ||
           pv_words_count(out->text.value, PV_WORD_METHOD_WORD, &out->word_count, reader->error);
}

static bool fill_response(const pv_submission_reader *reader, const pv_node *node, pv_response *out) {
    const pv_item *item = out->item;
    out->unanswered = PV_ANSWERED;
    if (!pv_value_prose(&out->text, reader->arena, node, reader->error))
        return false;
    if (!pv_reader_holds_null(node) &&
        !pv_answer_judge(reader->form, reader->arena, out->text.value, item->asked, item->accepts, item->accept_count,
                         &out->unanswered, reader->error))
        return false;
    out->blank = false;
    if (node->uncertainty)
        out->confidence = node->uncertainty->thousandths / 1000.0;
    out->at = pv_text_locate(&out->text, 0, out->text.value.size);
    return count_words(reader, out);
}

/* The response to an item that asks for a value. */
static bool read_typed(pv_submission_reader *reader, const pv_node *node, pv_response *out) {
    pv_value *value = &reader->item_values[out - reader->responses];
    if (!pv_reader_value(reader, out->item->spec, node, value))
        return false;
    out->blank = pv_value_is_blank(value);
    out->unanswered = value->unanswered;
    out->text = value->text;
    out->at = value->at;
    return !pv_value_is_text(value->spec) || count_words(reader, out);
}

/* The response at node, which names its item. */
static bool read_response(pv_submission_reader *reader, const pv_node *node, const pv_item *item, pv_response *out) {
    leave_out(reader, item, node->span.start, out);
    out->given = true;
    out->uncertainty = node->uncertainty;
    if (node->uncertainty)
        out->confidence = node->uncertainty->thousandths / 1000.0;
    if (item->spec)
        return read_typed(reader, node, out);
    if (!pv_reader_check_unquoted(reader, item->full_id, item->full_id, node))
        return false;
    if (node->kind != PV_NODE_SCALAR)
        return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                               "the response to %s is a text, not %s", pv_message_quote(item->full_id).text,
                               pv_message_found(node));
    if (!pv_text_is_blank(&node->text))
        return fill_response(reader, node, out);
    out->at = node->span;
    out->text.span = node->span;
    return true;
}

/* ---- a measure ---- */

/* A response given without its item's id. It cannot be told which of several items a text answers. */
static bool read_direct(pv_submission_reader *reader, const pv_node *node, const pv_measure *measure,
                        pv_response *responses) {
    if (measure->item_count == 1)
        return read_response(reader, node, &measure->items[0], &responses[0]);
    if (pv_node_is_empty(node))
        return pv_reader_check_unquoted(reader, measure->id, measure->id, node);
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                           "measure %s has %zu items, so it is not %s; give each response under its item, %s to %s",
                           pv_message_quote(measure->id).text, measure->item_count, pv_message_found(node),
                           pv_message_quote(measure->items[0].id).text,
                           pv_message_quote(measure->items[measure->item_count - 1].id).text);
}

static bool read_items(pv_submission_reader *reader, const pv_node *node, const pv_measure *measure,
                       const pv_node **sorted, pv_response *responses) {
    const pv_children items = {"measure ", measure->id, "item", &measure->item_names};
    if (!pv_reader_sort_children(reader, node, &items, sorted))
        return false;
    uint32_t expected = pv_reader_start_of(reader, node, 0);
    for (size_t i = 0; i < measure->item_count; i++) {
        if (!sorted[i]) {
            leave_out(reader, &measure->items[i], expected, &responses[i]);
            continue;
        }
        if (!read_response(reader, sorted[i], &measure->items[i], &responses[i]))
            return false;
        expected = pv_reader_end_of(reader, sorted[i]);
    }
    return true;
}

static bool all_blank(const pv_response *responses, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!responses[i].blank)
            return false;
    return true;
}

/* Whether node gives responses by their items. A value may be a mapping itself: of a measure of one item, one that does
 * not name it is the value. */
static bool names_items(const pv_node *node, const pv_measure *measure) {
    return node->kind == PV_NODE_MAPPING &&
           (measure->item_count > 1 || !measure->items[0].spec || pv_node_get(node, measure->items[0].id));
}

/* Where the measures are read to. */
typedef struct measures_reader {
    pv_submission_reader *reader;
    pv_filed_measure *filed;
    size_t count;           /* of `filed`, read so far */
    pv_response *responses; /* the next ones */
    const pv_node **items;  /* of a measure, by the position of their names */
} measures_reader;

/* Adds a measure; node: what gives it, or NULL. */
static bool read_measure(measures_reader *all, const pv_node *node, pv_filed_measure begun, uint32_t expected) {
    pv_submission_reader *reader = all->reader;
    const pv_measure *measure = begun.measure;
    pv_response *responses = all->responses;
    pv_filed_measure *out = &all->filed[all->count++];
    all->responses += measure->item_count;
    *out = begun;
    out->given = node;
    out->at = node ? node->key->span : (pv_span){expected, expected};
    out->responses = responses;
    if (node && names_items(node, measure)) {
        if (!read_items(reader, node, measure, all->items, responses))
            return false;
    } else {
        leave_all_out(reader, measure, node ? pv_reader_start_of(reader, node, 0) : expected, responses);
        if (node && !read_direct(reader, node, measure, responses))
            return false;
    }
    out->blank = all_blank(responses, measure->item_count);
    for (size_t i = 0; i < measure->item_count; i++) {
        responses[i].filed = out;
        out->answered |= responses[i].unanswered == PV_ANSWERED;
    }
    return true;
}

/* ---- the rows for which measures are given ---- */

typedef struct row_key {
    uint64_t key;
    size_t row;
} row_key;

/* In the order of the keys. */
typedef struct row_keys {
    row_key *items;
    size_t count;
} row_keys;

/* A row of a table or a record, for which a measure is asked. */
typedef struct asked_row {
    const pv_value_list *row;
    const pv_record *record;
} asked_row;

typedef struct asked_rows {
    asked_row *rows;
    pv_str *names; /* what they are called */
    size_t count;
    pv_str *known; /* the names by which the filing can mean one of them */
    size_t known_count;
    row_keys keys; /* of records: those that can be named, by key */
    row_keys open; /* those of whose key something cannot be read, by what they are called */
} asked_rows;

static bool begin_rows(const pv_submission_reader *reader, size_t most, asked_rows *out) {
    out->rows = pv_reader_array(reader, most, sizeof *out->rows);
    out->names = pv_reader_array(reader, most, sizeof *out->names);
    out->known = pv_reader_array(reader, most, sizeof *out->known);
    return out->rows && out->names && out->known;
}

static bool ask_for_table(const pv_submission_reader *reader, const pv_table *table, asked_rows *out) {
    if (!begin_rows(reader, table->row_count, out))
        return false;
    out->count = table->row_count;
    for (size_t i = 0; i < table->row_count; i++) {
        out->rows[i] = (asked_row){.row = &table->rows[i]};
        out->names[i] = pv_row_title(&table->rows[i]);
        out->known[out->known_count++] = out->names[i];
    }
    return true;
}

static int compare_keys(const void *left, const void *right) {
    const row_key *a = left;
    const row_key *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static void sort_keys(row_keys *keys) {
    if (keys->count > 1)
        qsort(keys->items, keys->count, sizeof *keys->items, compare_keys);
}

static size_t find_key(const row_keys *keys, uint64_t key) {
    size_t low = 0;
    size_t high = keys->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < keys->count && keys->items[low].key == key ? keys->items[low].row : SIZE_MAX;
}

/* ---- names of rows ---- */

/* More ways than this to read a name, nobody means. */
#define NAME_READINGS_MOST 1000

/* A name, read as what rows say in the columns of their key, with a mark between them: in each way that it leaves open,
 * as what is said may have the mark too. */
typedef struct name_search {
    const pv_submission_reader *reader;
    const pv_record_spec *spec;
    const asked_rows *rows;
    const bool *left_out; /* rows that it cannot mean; or NULL */
    const pv_node *name;
    pv_str mark;
    size_t readings;
    size_t first; /* the first row that it may mean, and the last; SIZE_MAX, 0: none */
    size_t last;
} name_search;

static void take_row(name_search *search, uint64_t key) {
    size_t row = find_key(&search->rows->keys, key);
    if (row == SIZE_MAX || (search->left_out && search->left_out[row]))
        return;
    search->first = row < search->first ? row : search->first;
    search->last = row > search->last ? row : search->last;
}

static bool read_name_from(name_search *search, size_t column, size_t start, uint64_t begun) {
    const pv_str text = search->name->text.value;
    const bool is_last = column + 1 == search->spec->key_count;
    const pv_value_spec *spec = &search->spec->columns[search->spec->key[column]];
    size_t end = is_last ? text.size : pv_str_find(text, search->mark, start);
    while (end != SIZE_MAX && search->readings++ < NAME_READINGS_MOST) {
        uint64_t key = begun;
        bool known;
        if (!pv_reader_name_key(search->reader, spec, search->name, start, end, &key, &known))
            return false;
        if (known && is_last)
            take_row(search, key);
        else if (known && !read_name_from(search, column + 1, end + 1, key))
            return false;
        end = is_last ? SIZE_MAX : pv_str_find(text, search->mark, end + 1);
    }
    return true;
}

/* The rows that a name may mean, from *first (SIZE_MAX: none) to *last. One that means none with commas may have left
 * them out. */
static bool find_named(const pv_submission_reader *reader, const pv_record_spec *spec, const asked_rows *rows,
                       const bool *left_out, const pv_node *name, size_t *first, size_t *last) {
    static const pv_str marks[] = {PV_STR(","), PV_STR(" ")};
    *first = SIZE_MAX;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && *first == SIZE_MAX; i++) {
        name_search search = {.reader = reader,
                              .spec = spec,
                              .rows = rows,
                              .left_out = left_out,
                              .name = name,
                              .mark = marks[i],
                              .first = SIZE_MAX};
        if (!read_name_from(&search, 0, 0, PV_HASH_SEED))
            return false;
        if (search.readings > NAME_READINGS_MOST)
            return true;
        *first = search.first;
        *last = search.last;
    }
    return true;
}

/* A row by whose name no measure can be given, as it may mean another. */
static bool report_called_alike(pv_submission_reader *reader, const pv_record *first, const pv_record *again,
                                pv_str name) {
    return pv_problems_add_key(&reader->problems, again->at, &first->at, reader->error,
                               "row %zu of “%s” is called %s like row %zu, so that no measure can be given for one of "
                               "the two",
                               again->number, pv_message_quote(again->spec->label).text, pv_message_quote(name).text,
                               first->number);
}

/* Whether what the columns of the key say has commas too. */
static bool has_commas_within(pv_str title, const pv_record_spec *spec) {
    size_t count = 0;
    for (size_t i = 0; i < title.size; i++)
        count += title.data[i] == ',';
    return spec->key_count > 1 && count >= spec->key_count;
}

/* Leaves out, of rows that go by one name, all but the first. */
static bool tell_alike(pv_submission_reader *reader, const pv_record_list *list, const pv_record *record,
                       bool *left_out, const asked_rows *rows) {
    size_t first, last;
    pv_str title = pv_record_title(record, reader->arena);
    if (!title.data)
        return pv_fail_memory(reader->error);
    pv_node name = {.kind = PV_NODE_SCALAR, .span = record->at};
    if (!has_commas_within(title, list->spec))
        return true;
    if (!pv_text_made_from(&name.text, reader->arena, title, record->at, reader->error))
        return false;
    while (!left_out[record - list->records]) {
        if (!find_named(reader, list->spec, rows, left_out, &name, &first, &last))
            return false;
        if (first == SIZE_MAX || first == last)
            return true;
        if (!report_called_alike(reader, &list->records[first], &list->records[last], title))
            return false;
        left_out[last] = true;
    }
    return true;
}

static bool leave_out_alike(pv_submission_reader *reader, const pv_record_list *list, bool *left_out, asked_rows *out) {
    row_keys *keys = &out->keys;
    size_t kept = 0;
    for (size_t i = 0; i < keys->count; i++)
        if (!tell_alike(reader, list, &list->records[keys->items[i].row], left_out, out))
            return false;
    for (size_t i = 0; i < keys->count; i++)
        if (!left_out[keys->items[i].row])
            keys->items[kept++] = keys->items[i];
    keys->count = kept;
    return true;
}

/* The keys of the records that can be named, each once. repeats[i]: the i-th record has that of another, or goes by
 * its name. */
static bool find_keys(pv_submission_reader *reader, const pv_record_list *list, bool *repeats, asked_rows *out) {
    row_keys all = {.items = pv_reader_array(reader, list->count, sizeof *all.items)};
    out->keys.items = all.items;
    out->open.items = pv_reader_array(reader, list->count, sizeof *out->open.items);
    if (!all.items || !out->open.items)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        row_key found = {.row = i};
        bool known;
        if (!pv_reader_record_key(reader, &list->records[i], &found.key, &known))
            return false;
        row_keys *of = known ? &all : &out->open;
        of->items[of->count++] = found;
    }
    sort_keys(&all);
    for (size_t i = 0; i < all.count; i++) {
        const row_key found = all.items[i];
        repeats[found.row] = out->keys.count > 0 && all.items[out->keys.count - 1].key == found.key;
        if (!repeats[found.row])
            all.items[out->keys.count++] = found;
    }
    return leave_out_alike(reader, list, repeats, out);
}

/* Each record once; a second row with the key of another, which has a finding of its own, is asked for with that. */
static bool ask_for_records(pv_submission_reader *reader, const pv_record_list *list, asked_rows *out) {
    bool *repeats = pv_reader_array(reader, list->count, sizeof *repeats);
    size_t *positions = pv_reader_array(reader, list->count, sizeof *positions);
    if (!repeats || !positions || !begin_rows(reader, list->count, out) || !find_keys(reader, list, repeats, out))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        const pv_record *record = &list->records[i];
        if (repeats[i])
            continue;
        pv_str title = pv_record_title(record, reader->arena);
        if (title.size > 0)
            out->known[out->known_count++] = title;
        else if (title.data)
            title = pv_arena_format(reader->arena, "row %zu", record->number);
        if (!title.data)
            return pv_fail_memory(reader->error);
        positions[i] = out->count;
        out->rows[out->count] = (asked_row){.record = record};
        out->names[out->count++] = title;
    }
    for (size_t i = 0; i < out->keys.count; i++)
        out->keys.items[i].row = positions[out->keys.items[i].row];
    size_t called = 0;
    for (size_t i = 0; i < out->open.count; i++) {
        size_t row = positions[out->open.items[i].row];
        pv_str title = pv_record_title(out->rows[row].record, reader->arena);
        if (!title.data)
            return pv_fail_memory(reader->error);
        if (title.size > 0)
            out->open.items[called++] = (row_key){pv_hash_continue(PV_HASH_SEED, title), row};
    }
    out->open.count = called;
    sort_keys(&out->open);
    return true;
}

static bool find_rows(pv_submission_reader *reader, const pv_measure *measure, asked_rows *of_kinds, asked_rows *out) {
    *out = (asked_rows){.rows = NULL};
    if (measure->for_table)
        return ask_for_table(reader, measure->for_table, out);
    asked_rows *known = &of_kinds[measure->for_records->index];
    if (!known->rows && !ask_for_records(reader, &reader->records[measure->for_records->index], known))
        return false;
    *out = *known;
    return true;
}

/* The row that a name of the filing means; SIZE_MAX: none. */
static bool find_row(pv_submission_reader *reader, const pv_measure *measure, const asked_rows *rows,
                     const pv_node *name, size_t *out) {
    *out = SIZE_MAX;
    if (measure->for_table) {
        const pv_value_list *row;
        if (!pv_table_find(measure->for_table, reader->arena, pv_node_value(name), &row, reader->error))
            return false;
        if (row)
            *out = pv_table_row_number(measure->for_table, row);
        return true;
    }
    size_t first, last;
    if (!find_named(reader, measure->for_records, rows, NULL, name, &first, &last))
        return false;
    if (first != SIZE_MAX && first == last)
        *out = first;
    else if (first == SIZE_MAX)
        *out = find_key(&rows->open, pv_hash_continue(PV_HASH_SEED, pv_str_trim(pv_node_value(name))));
    return true;
}

/* ---- a measure for each row ---- */

static bool report_unknown_row(pv_submission_reader *reader, const pv_measure *measure, const asked_rows *rows,
                               const pv_node *key) {
    const pv_names known = {.names = rows->known, .count = rows->known_count};
    char owner[sizeof(pv_quote) + 16];
    pv_hint advice = {.text = ""};
    if (measure->for_table)
        return pv_problems_add_unknown(&reader->problems, "measure ", measure->id, "row", key, &known, "",
                                       reader->error);
    snprintf(owner, sizeof owner, "“%s”", pv_message_quote(measure->for_records->label).text);
    if (rows->count == 0)
        snprintf(advice.text, sizeof advice.text, "; it has none, and measure %s is given for each of its rows",
                 pv_message_quote(measure->id).text);
    return pv_problems_add_unknown(&reader->problems, owner, PV_STR(""), "row", key, &known, advice.text,
                                   reader->error);
}

/* given[i]: what gives the measure for the i-th row, or NULL. */
static bool sort_rows(pv_submission_reader *reader, const pv_measure *measure, const pv_node *node,
                      const asked_rows *rows, const pv_node **given) {
    pv_quote label = pv_message_quote(pv_measure_rows_label(measure));
    if (pv_node_is_empty(node))
        return pv_reader_check_unquoted(reader, measure->id, measure->id, node);
    if (node->kind != PV_NODE_MAPPING)
        return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                               "measure %s is given for each row of “%s”, so it is not %s; give each under the name "
                               "of its row, like %s: …",
                               pv_message_quote(measure->id).text, label.text, pv_message_found(node),
                               rows->known_count > 0 ? pv_message_quote(rows->known[0]).text : "name");
    for (const pv_node *child = node->first; child; child = child->next) {
        size_t row;
        if (!find_row(reader, measure, rows, child->key, &row))
            return false;
        if (row == SIZE_MAX) {
            if (!report_unknown_row(reader, measure, rows, child->key))
                return false;
        } else if (!given[row]) {
            given[row] = child;
        } else if (!pv_problems_add_key(&reader->problems, child->key->span, &given[row]->key->span, reader->error,
                                        "measure %s is given for %s twice", pv_message_quote(measure->id).text,
                                        pv_message_quote(rows->names[row]).text)) {
            return false;
        }
    }
    return true;
}

/* node: what gives the measure for its rows, or NULL. */
static bool read_repeated(measures_reader *all, const pv_node *node, const pv_measure *measure, const asked_rows *rows,
                          uint32_t expected) {
    const pv_node **given = pv_reader_array(all->reader, rows->count, sizeof *given);
    if (!given || (node && !sort_rows(all->reader, measure, node, rows, given)))
        return false;
    if (node)
        expected = pv_reader_start_of(all->reader, node, expected);
    for (size_t i = 0; i < rows->count; i++) {
        const pv_filed_measure begun = {
            .measure = measure,
            .row = rows->rows[i].row,
            .record = rows->rows[i].record,
            .row_name = rows->names[i],
        };
        if (!read_measure(all, given[i], begun, expected))
            return false;
        if (given[i])
            expected = pv_reader_end_of(all->reader, given[i]);
    }
    if (rows->count > 0)
        return true;
    const pv_filed_measure none = {.measure = measure};
    if (!read_measure(all, NULL, none, expected))
        return false;
    if (node) {
        all->filed[all->count - 1].given = true;
        all->filed[all->count - 1].at = node->key->span;
    }
    return true;
}

/* ---- all of them ---- */

/* The rows of each repeated measure, and how many measures and responses there are with them. */
static bool count_measures(pv_submission_reader *reader, asked_rows *rows, size_t *starts, pv_submission *out) {
    const pv_form *form = reader->form;
    asked_rows *of_kinds = pv_reader_array(reader, form->record_count, sizeof *of_kinds);
    if (!of_kinds)
        return false;
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_measure *measure = &form->measures[i];
        if (pv_measure_is_repeated(measure) && !find_rows(reader, measure, of_kinds, &rows[i]))
            return false;
        size_t times = rows[i].count > 0 ? rows[i].count : 1;
        starts[i] = out->measure_count;
        out->measure_count += times;
        out->response_count += times * measure->item_count;
    }
    starts[form->measure_count] = out->measure_count;
    return true;
}

bool pv_reader_read_measures(pv_submission_reader *reader, const pv_node *mapping, pv_submission *out) {
    const pv_form *form = reader->form;
    const pv_children names = {"the form", PV_STR(""), "measure", &form->measure_names};
    const pv_node **sorted = pv_reader_array(reader, form->measure_count, sizeof *sorted);
    asked_rows *rows = pv_reader_array(reader, form->measure_count, sizeof *rows);
    size_t *starts = pv_reader_array(reader, form->measure_count + 1, sizeof *starts);
    if (!sorted || !rows || !starts || !count_measures(reader, rows, starts, out))
        return false;
    measures_reader all = {
        .reader = reader,
        .filed = pv_reader_array(reader, out->measure_count, sizeof *all.filed),
        .responses = pv_reader_array(reader, out->response_count, sizeof *all.responses),
        .items = pv_reader_array(reader, form->item_count, sizeof *all.items),
    };
    reader->responses = all.responses;
    reader->item_values = pv_reader_array(reader, out->response_count, sizeof *reader->item_values);
    if (!all.filed || !all.responses || !all.items || !reader->item_values ||
        !pv_reader_sort_children(reader, mapping, &names, sorted))
        return false;
    uint32_t expected = pv_reader_start_of(reader, mapping, reader->content_end);
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_filed_measure begun = {.measure = &form->measures[i]};
        bool read = pv_measure_is_repeated(begun.measure)
                        ? read_repeated(&all, sorted[i], begun.measure, &rows[i], expected)
                        : read_measure(&all, sorted[i], begun, expected);
        if (!read)
            return false;
        if (sorted[i])
            expected = pv_reader_end_of(reader, sorted[i]);
    }
    out->measures = all.filed;
    out->measure_starts = starts;
    out->responses = reader->responses;
    reader->response_count = out->response_count;
    return pv_reader_decide_what_applies(reader, all.filed, out->measure_count, reader->responses);
}

/* ---- labels ---- */

#define LONGEST_LABEL 24 /* bytes: a longer one is no number and no bullet */

static pv_response *response_to(const pv_submission_reader *reader, const pv_item *item) {
    for (size_t i = 0; item && i < reader->response_count; i++)
        if (reader->responses[i].item == item && !reader->responses[i].blank && !reader->responses[i].value)
            return &reader->responses[i];
    return NULL;
}

static bool is_label(const pv_node *node) {
    return node->kind == PV_NODE_SCALAR && node->text.value.size <= LONGEST_LABEL &&
           pv_str_find(node->text.value, PV_STR("\n"), 0) == SIZE_MAX;
}

/* One for each paragraph from the first on. */
static bool put_labels(pv_submission_reader *reader, const pv_node *list, pv_text *text) {
    pv_made_label *labels = pv_reader_array(reader, list->count, sizeof *labels);
    size_t at = 0;
    if (!labels)
        return false;
    for (const pv_node *node = list->first; node; node = node->next) {
        if (!is_label(node) || at == SIZE_MAX)
            return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                                   at == SIZE_MAX ? "the response has no further paragraph that this could stand before"
                                                  : "a label is a number or bullet of a list, in quotes, for one "
                                                    "paragraph of the response; \"\" where it has none");
        if (node->text.value.size > 0)
            labels[text->label_count++] = (pv_made_label){(uint32_t)at, node->text.value};
        at = pv_str_find(text->value, PV_STR("\n"), at);
        at = at == SIZE_MAX ? SIZE_MAX : at + 1;
    }
    text->labels = labels;
    return true;
}

bool pv_reader_read_labels(pv_submission_reader *reader, const pv_node *mapping) {
    if (!mapping || pv_node_is_empty(mapping))
        return true;
    if (mapping->kind != PV_NODE_MAPPING) /* told with the other parts */
        return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, mapping->span, reader->error,
                               "labels stand under the ids of the items, not %s", pv_message_found(mapping));
    for (const pv_node *node = mapping->first; node; node = node->next) {
        const pv_item *item = pv_form_item(reader->form, pv_node_value(node->key));
        pv_response *response = response_to(reader, item);
        if (!response && !pv_problems_add(&reader->problems, PV_PROBLEM_UNKNOWN_NAME, node->key->span, reader->error,
                                          "labels are of a response that is given in words, and '%s' is none",
                                          pv_message_quote(pv_node_value(node->key)).text))
            return false;
        if (response && node->kind != PV_NODE_SEQUENCE &&
            !pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                             "the labels of a response are a list, one for each of its paragraphs, not %s",
                             pv_message_found(node)))
            return false;
        if (response && node->kind == PV_NODE_SEQUENCE && !put_labels(reader, node, &response->text))
            return false;
    }
    return true;
}
