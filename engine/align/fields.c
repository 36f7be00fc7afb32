/* The header fields of a form, and rows that it has places for: what follows their labels, in the same line or cell, or
 * in the next. */
#include <string.h>

#include "align/answers_p.h"
#include "base/utf8.h"
#include "model/names.h"
#include "model/ticked.h"
#include "text/ticks.h"

/* What a field is called: its label and aliases; a slot: what it stands after. */
typedef struct field_labels {
    pv_token_list *list;
    size_t count;
} field_labels;

typedef struct field_reader {
    const pv_answers *answers;
    bool *understood;
    field_labels *labels; /* per field, then per slot of the layout */
    size_t *named;        /* per unit: the field that a cell of a table names; SIZE_MAX: none */
    pv_printed_texts printed;
} field_reader;

static bool is_free(const field_reader *reader, size_t unit) {
    return unit < reader->answers->units->count && reader->answers->readings[unit].label == PV_UNIT_OTHER;
}

/* Where a text ends. */
typedef struct unit_place {
    size_t unit;
    size_t word; /* the first after it; as many as there are where it ends with the unit */
} unit_place;

/* Whether a text stands from a place on, in its unit or in the units after it too; *place: then where it ends. */
static bool pass_text(const field_reader *reader, const pv_token_list *text, unit_place *place) {
    const pv_unit_list *units = reader->answers->units;
    unit_place at = *place;
    for (size_t i = 0; i < text->count; i++, at.word++) {
        if (at.word == units->units[at.unit].count && is_free(reader, at.unit + 1))
            at = (unit_place){at.unit + 1, 0};
        if (at.word >= units->units[at.unit].count || units->units[at.unit].words[at.word] != text->tokens[i].hash)
            return false;
    }
    *place = at;
    return true;
}

static const pv_block_cell *cell_of(const field_reader *reader, size_t unit) {
    return &reader->answers->units->blocks[unit]->cell;
}

/* Whether another cell of its row stands after the one that a unit is in. */
static bool is_beside_cell(const field_reader *reader, size_t unit) {
    const pv_block_cell *cell = cell_of(reader, unit);
    if (cell->table == 0 || unit + 1 >= reader->answers->units->count)
        return false;
    const pv_block_cell *next = cell_of(reader, unit + 1);
    return next->table == cell->table && next->row == cell->row && next->column > cell->column;
}

/* Whether a unit is all of a cell of a table that says what a field is called, by its own name too. */
static bool names_field(const field_reader *reader, size_t unit, size_t field) {
    return reader->named[unit] == field && is_beside_cell(reader, unit);
}

/* Whether a label stands from the beginning of a unit on: of several the longest. */
static bool has_label(const field_reader *reader, size_t unit, size_t which, unit_place *end) {
    const field_labels *labels = &reader->labels[which];
    size_t longest = 0;
    for (size_t i = 0; i < labels->count; i++) {
        unit_place at = {unit, 0};
        if (labels->list[i].count > longest && pass_text(reader, &labels->list[i], &at)) {
            longest = labels->list[i].count;
            *end = at;
        }
    }
    if (longest == 0 && names_field(reader, unit, which)) {
        *end = (unit_place){unit, reader->answers->units->units[unit].count};
        return true;
    }
    return longest > 0;
}

/* Passes what is printed after the label of a field. */
static bool pass_printed(const field_reader *reader, const pv_value_spec *spec, unit_place *end) {
    pv_arena *arena = reader->answers->arena;
    const pv_str limit =
        spec->length.word_limit > 0 ? pv_arena_format(arena, "%u word limit", spec->length.word_limit) : PV_STR("");
    const pv_str texts[] = {spec->note, limit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pv_token_list tokens;
        if (!texts[i].data && i == 1)
            return pv_fail_memory(reader->answers->error);
        if (!pv_tokens_find(arena, texts[i], &tokens, reader->answers->error))
            return false;
        (void)pass_text(reader, &tokens, end);
    }
    return true;
}

static bool begins_label(const field_reader *reader, size_t unit) {
    unit_place end;
    const pv_form *form = reader->answers->form;
    for (size_t i = 0; i < form->field_count + form->layout.slot_count; i++)
        if (has_label(reader, unit, i, &end))
            return true;
    return false;
}

static bool is_printed(const field_reader *reader, size_t unit) {
    size_t text = SIZE_MAX, from = 0;
    return pv_printed_lines(&reader->printed, &reader->answers->units->tokens[unit], 1, false, &text, &from) > 0;
}

/* Whether a unit may be what is said after a label that ended in the one before. */
static bool may_follow(const field_reader *reader, size_t label, size_t unit) {
    if (!is_free(reader, unit) || is_printed(reader, unit) || begins_label(reader, unit))
        return false;
    const pv_block_cell *from = cell_of(reader, label);
    const pv_block_cell *to = cell_of(reader, unit);
    return from->table == to->table && (from->table == 0 || from->row == to->row || from->column == to->column);
}

/* The first byte of a value that follows a label in its unit: after its colon, if it has one; the size where there is
 * nothing. */
static size_t value_start(const field_reader *reader, const unit_place *end) {
    const pv_str text = reader->answers->units->blocks[end->unit]->text.value;
    const pv_token_list *tokens = &reader->answers->units->tokens[end->unit];
    size_t at = end->word == 0 ? 0 : tokens->tokens[end->word - 1].at.end;
    while (at < text.size) {
        size_t length;
        const uint32_t character = pv_utf8_decode(text, at, &length);
        if (!pv_utf8_is_white_space(character) && !strchr(":.)?*_-", (int)(character < 0x80 ? character : 'x')))
            break;
        at += length;
    }
    return at;
}

static bool has_box(const field_reader *reader, size_t unit) {
    bool is_ticked;
    size_t end;
    return pv_tick_begins(reader->answers->units->blocks[unit]->text.value, &is_ticked, &end);
}

/* A value of words goes on over the lines that follow, choices over those that begin with a box. */
static size_t count_units(const field_reader *reader, const pv_value_spec *spec, size_t label, size_t first) {
    size_t count = 1;
    while (may_follow(reader, label, first + count) &&
           (spec->length.word_limit > 0 || (pv_ticked_may_be(spec) && has_box(reader, first + count))))
        count++;
    return count;
}

/* ---- where a label stands ---- */

/* A label that was found, and what stands after it. */
typedef struct found_label {
    unit_place end;
    size_t first;   /* the unit of the value; SIZE_MAX: there is none */
    size_t start;   /* in it */
    size_t count;   /* units of it */
    bool is_parted; /* a colon, a cell or a line parts the two */
    bool is_box;    /* the label stands beside its box */
} found_label;

/* Whether something other than blanks parts a label from the value in its unit. */
static bool is_parted(const field_reader *reader, const unit_place *end, size_t start) {
    const pv_str text = reader->answers->units->blocks[end->unit]->text.value;
    const pv_token_list *tokens = &reader->answers->units->tokens[end->unit];
    const size_t from = end->word == 0 ? 0 : tokens->tokens[end->word - 1].at.end;
    bool is_ticked;
    size_t box;
    for (size_t i = from; i < start; i++)
        if (strchr(":?\t\n", text.data[i]))
            return true;
    return pv_tick_begins(pv_str_slice(text, start, text.size), &is_ticked, &box);
}

/* Looks at the label at a unit; *found: it is there. */
static bool look_at_label(const field_reader *reader, size_t unit, size_t label, const pv_value_spec *spec, bool *found,
                          found_label *out) {
    *out = (found_label){.first = SIZE_MAX};
    *found = is_free(reader, unit) && has_label(reader, unit, label, &out->end);
    if (!*found)
        return true;
    if (has_box(reader, unit)) { /* of a choice, unless the choice is whether */
        *found = spec->type == PV_TYPE_BOOLEAN;
        *out = (found_label){{unit, reader->answers->units->units[unit].count}, unit, 0, 1, true, true};
        return true;
    }
    if (!pass_printed(reader, spec, &out->end))
        return false;
    out->start = value_start(reader, &out->end);
    const bool follows = out->start < reader->answers->units->blocks[out->end.unit]->text.value.size;
    out->first = follows ? out->end.unit : out->end.unit + 1;
    out->start = follows ? out->start : 0;
    if (!follows && !may_follow(reader, out->end.unit, out->first))
        out->first = SIZE_MAX;
    out->is_parted = !follows || is_parted(reader, &out->end, out->start);
    out->count = out->first == SIZE_MAX ? 0 : count_units(reader, spec, out->end.unit, out->first);
    return true;
}

static pv_node *scalar_of(const field_reader *reader, const found_label *at) {
    const pv_answers *answers = reader->answers;
    pv_answer_part *parts = PV_NEW_ARRAY(answers->arena, pv_answer_part, at->count);
    if (!parts) {
        pv_fail_memory(answers->error);
        return NULL;
    }
    for (size_t i = 0; i < at->count; i++)
        parts[i] = (pv_answer_part){at->first + i, i == 0 ? at->start : 0};
    return pv_answer_node(answers, parts, at->count);
}

#define LONGEST_BESIDE 12 /* words of a value that nothing parts from its label */

/* Whether what stands after a label, and nothing parts from it, may be how a sentence goes on that begins like it. */
static bool may_be_sentence(const found_label *at, pv_str value) {
    size_t words = 1;
    if (at->is_parted)
        return false;
    for (size_t i = 0; i < value.size; i++)
        words += value.data[i] == ' ';
    return words > LONGEST_BESIDE || (value.size > 0 && value.data[0] >= 'a' && value.data[0] <= 'z');
}

/* Says of a value what is not certain of it; others: where its label stands again, with another value. */
static bool doubt_value(const field_reader *reader, const found_label *at, pv_node *node, const pv_node *other) {
    const pv_answers *answers = reader->answers;
    if (other)
        return pv_answer_doubt(answers, node, 0, "its label stands in two places, with another value beside each",
                               &other->text);
    if (may_be_sentence(at, node->text.value))
        return pv_answer_doubt(answers, node, 0,
                               "what stands before it may be no label, but the beginning of a sentence", NULL);
    const char *why = answers->is_recognised ? PV_DOUBT_RECOGNISED : NULL;
    for (size_t i = 0; i < at->count && !why; i++)
        why = pv_block_doubt_says(answers->units->blocks[at->first + i]->doubt);
    return !why || pv_answer_doubt(answers, node, 0, why, NULL);
}

static bool is_same_value(const field_reader *reader, const pv_node *a, const pv_node *b, bool *out) {
    pv_folded left, right;
    if (!pv_names_fold(&left, reader->answers->arena, a->text.value, reader->answers->error) ||
        !pv_names_fold(&right, reader->answers->arena, b->text.value, reader->answers->error))
        return false;
    *out = pv_names_are_same(&left, &right);
    return true;
}

/* The value that stands after the label-th label: at the first place where something parts the two, else at the first;
 * *out is NULL where there is no label, or nothing stands there. */
static bool find_value(const field_reader *reader, size_t label, const pv_value_spec *spec, pv_node **out) {
    const pv_answers *answers = reader->answers;
    found_label best = {.first = SIZE_MAX};
    pv_node *node = NULL, *other = NULL;
    bool is_slot = label >= answers->form->field_count;
    *out = NULL;
    for (size_t i = 0; i < answers->units->count; i++) {
        found_label at;
        bool found;
        if (!look_at_label(reader, i, label, spec, &found, &at))
            return false;
        if (!found)
            continue;
        for (size_t k = i; k <= at.end.unit && (at.is_parted || !node); k++)
            reader->understood[k] = true;
        pv_node *value = at.first == SIZE_MAX ? NULL : scalar_of(reader, &at);
        if (at.first != SIZE_MAX && !value)
            return false;
        bool is_same = false;
        if (value && node && at.is_parted && best.is_parted && !other) {
            if (!is_same_value(reader, node, value, &is_same))
                return false;
            other = is_same ? NULL : value;
        }
        if (value && (!node || (at.is_parted && !best.is_parted))) {
            node = value;
            best = at;
        }
        if (is_slot)
            break;
    }
    if (!node)
        return true;
    for (size_t i = 0; i < best.count; i++)
        reader->understood[best.first + i] = true;
    if (!doubt_value(reader, &best, node, other))
        return false;
    *out = pv_answer_value(answers, spec, node);
    return *out != NULL;
}

/* Adds a value to a mapping, under a key made where it stands. */
static bool add_value(const field_reader *reader, pv_branch *branch, pv_str name, pv_node *value) {
    branch->key = pv_made_node(reader->answers, name, (pv_span){value->span.start, value->span.start});
    if (!branch->key)
        return false;
    pv_branch_add(branch, value);
    if (branch->node->count == 1)
        branch->node->span.start = value->span.start;
    branch->node->span.end = value->span.end;
    return true;
}

static bool find_field(const field_reader *reader, size_t field, pv_branch *branch) {
    const pv_value_spec *spec = &reader->answers->form->fields[field];
    pv_node *value;
    return find_value(reader, field, spec, &value) && (!value || add_value(reader, branch, spec->name, value));
}

/* ---- rows that the form has places for ---- */

static bool add_row(const field_reader *reader, const pv_form_slot *slot, pv_node *value, pv_branch *rows) {
    const pv_answers *answers = reader->answers;
    const pv_span at = {value->span.start, value->span.start};
    pv_branch row = {.node = pv_tree_node(answers->arena, PV_NODE_MAPPING, at, answers->error)};
    if (!row.node)
        return false;
    for (size_t i = 0; i < slot->told_count; i++) {
        pv_node *told = pv_made_node(answers, slot->values[i], at);
        if (!told || !add_value(reader, &row, slot->records->columns[slot->told[i]].name, told))
            return false;
    }
    if (!add_value(reader, &row, slot->records->columns[slot->column].name, value))
        return false;
    pv_branch_add(rows, row.node);
    if (row.node->span.end > rows->node->span.end)
        rows->node->span.end = row.node->span.end;
    return true;
}

/* The rows of one kind; from_tables: without a node where there are none. */
static bool find_rows(const field_reader *reader, const pv_record_spec *spec, const pv_branch *from_tables,
                      pv_branch *records) {
    const pv_answers *answers = reader->answers;
    const pv_form *form = answers->form;
    pv_branch rows = *from_tables;
    if (!rows.node)
        rows.node = pv_tree_node(answers->arena, PV_NODE_SEQUENCE, (pv_span){0, 0}, answers->error);
    if (!rows.node)
        return false;
    for (size_t i = 0; i < form->layout.slot_count; i++) {
        const pv_form_slot *slot = &form->layout.slots[i];
        pv_node *value = NULL;
        if (slot->records == spec && !find_value(reader, form->field_count + i, &spec->columns[slot->column], &value))
            return false;
        if (!value)
            continue;
        if (rows.node->count == 0)
            rows.node->span = (pv_span){value->span.start, value->span.start};
        if (!add_row(reader, slot, value, &rows))
            return false;
    }
    return rows.node->count == 0 || add_value(reader, records, spec->name, rows.node);
}

/* ---- what the form prints ---- */

static bool add_text(const field_reader *reader, pv_str text, pv_token_list *texts, size_t *count) {
    return text.size == 0 || pv_tokens_find(reader->answers->arena, text, &texts[(*count)++], reader->answers->error);
}

static bool add_spec(const field_reader *reader, const pv_value_spec *spec, pv_token_list *texts, size_t *count) {
    return add_text(reader, spec->label, texts, count) && add_text(reader, spec->note, texts, count);
}

static bool gather_printed(field_reader *reader) {
    const pv_form *form = reader->answers->form;
    size_t most = 2 + 2 * form->field_count + 2 * form->section_count + 2 * form->measure_count + form->group_count +
                  form->layout.printed_count;
    for (size_t i = 0; i < form->record_count; i++)
        most += 1 + 2 * form->records[i].column_count;
    pv_token_list *texts = PV_NEW_ARRAY(reader->answers->arena, pv_token_list, most);
    size_t count = 0;
    if (!texts)
        return pv_fail_memory(reader->answers->error);
    bool added = add_text(reader, form->title, texts, &count) && add_text(reader, form->note, texts, &count);
    for (size_t i = 0; i < form->field_count && added; i++)
        added = add_spec(reader, &form->fields[i], texts, &count);
    for (size_t i = 0; i < form->section_count && added; i++)
        added = add_text(reader, form->sections[i].title, texts, &count) &&
                add_text(reader, form->sections[i].note, texts, &count);
    for (size_t i = 0; i < form->measure_count && added; i++)
        added = add_text(reader, form->measures[i].title, texts, &count) &&
                add_text(reader, form->measures[i].note, texts, &count);
    for (size_t i = 0; i < form->layout.printed_count && added; i++)
        added = add_text(reader, form->layout.printed[i], texts, &count);
    for (size_t i = 0; i < form->group_count && added; i++)
        added = add_text(reader, form->groups[i].title, texts, &count);
    for (size_t i = 0; i < form->record_count && added; i++) {
        added = add_text(reader, form->records[i].label, texts, &count);
        for (size_t k = 0; k < form->records[i].column_count && added; k++)
            added = add_spec(reader, &form->records[i].columns[k], texts, &count);
    }
    reader->printed = (pv_printed_texts){texts, count};
    return added;
}

static bool add_label(const field_reader *reader, pv_str text, field_labels *labels) {
    return pv_tokens_find(reader->answers->arena, text, &labels->list[labels->count++], reader->answers->error);
}

static bool gather_labels(field_reader *reader) {
    const pv_answers *answers = reader->answers;
    const pv_form *form = answers->form;
    reader->labels = PV_NEW_ARRAY(answers->arena, field_labels, form->field_count + form->layout.slot_count);
    if (!reader->labels)
        return pv_fail_memory(answers->error);
    for (size_t i = 0; i < form->field_count + form->layout.slot_count; i++) {
        const pv_value_spec *field = i < form->field_count ? &form->fields[i] : NULL;
        field_labels *labels = &reader->labels[i];
        labels->list = PV_NEW_ARRAY(answers->arena, pv_token_list, field ? 1 + field->alias_count : 1);
        if (!labels->list)
            return pv_fail_memory(answers->error);
        if (!add_label(reader, field ? field->label : form->layout.slots[i - form->field_count].after, labels))
            return false;
        for (size_t k = 0; field && k < field->alias_count; k++)
            if (!add_label(reader, field->aliases[k], labels))
                return false;
    }
    return true;
}

/* Which field each unit names, all of it. */
static bool find_named(field_reader *reader) {
    const pv_answers *answers = reader->answers;
    reader->named = PV_NEW_ARRAY(answers->arena, size_t, answers->units->count);
    if (!reader->named)
        return pv_fail_memory(answers->error);
    for (size_t i = 0; i < answers->units->count; i++) {
        uint64_t key;
        reader->named[i] = SIZE_MAX;
        if (!answers->form->called || cell_of(reader, i)->table == 0)
            continue;
        if (!pv_synonym_key(answers->arena, answers->units->blocks[i]->text.value, &key, answers->error))
            return false;
        reader->named[i] = pv_synonyms_find(&answers->form->called->fields, key);
    }
    return true;
}

static pv_node *filled(const pv_branch *branch) {
    return branch->node->count > 0 ? branch->node : NULL;
}

static bool shares_cell(const field_reader *reader, size_t a, size_t b) {
    const pv_block_cell *one = cell_of(reader, a);
    const pv_block_cell *other = cell_of(reader, b);
    return one->table > 0 && one->table == other->table && one->row == other->row && one->column == other->column;
}

/* Marks what the form prints besides prompts and labels. The lines of a cell are known together: one may be a word or
 * two, as any other text may be. */
static void understand_printed(const field_reader *reader) {
    const pv_unit_list *units = reader->answers->units;
    size_t text = SIZE_MAX, from = 0;
    for (size_t i = 0, end = 0, known; i<units->count; i += known> 0 ? known : 1) {
        known = 0;
        if (!is_free(reader, i))
            continue;
        for (end = end > i ? end : i + 1; is_free(reader, end) && shares_cell(reader, i, end);)
            end++;
        known = pv_printed_lines(&reader->printed, &units->tokens[i], end - i, false, &text, &from);
        for (size_t k = i; k < i + known; k++)
            reader->understood[k] = true;
    }
}

bool pv_fields_find(const pv_answers *answers, bool *understood, const pv_branch *tables, pv_node **fields,
                    pv_node **records) {
    field_reader reader = {.answers = answers};
    pv_branch all_fields = {.node = pv_tree_node(answers->arena, PV_NODE_MAPPING, (pv_span){0, 0}, answers->error)};
    pv_branch all_records = {.node = pv_tree_node(answers->arena, PV_NODE_MAPPING, (pv_span){0, 0}, answers->error)};
    reader.understood = understood;
    if (!all_fields.node || !all_records.node || !gather_printed(&reader) || !gather_labels(&reader) ||
        !find_named(&reader))
        return false;
    for (size_t i = 0; i < answers->form->field_count; i++)
        if (!find_field(&reader, i, &all_fields))
            return false;
    for (size_t i = 0; i < answers->form->record_count; i++)
        if (!find_rows(&reader, &answers->form->records[i], &tables[i], &all_records))
            return false;
    understand_printed(&reader);
    *fields = filled(&all_fields);
    *records = filled(&all_records);
    return true;
}
