#include "report/other/yaml_submission.h"

#include "base/utf8.h"
#include "model/reading.h"
#include "report/write/json.h"
#include "report/write/layout.h"

#define LINE_COLUMNS ((size_t)100)
#define SHORT_BYTES 80 /* a text of so many stands on one line */
#define INDENT 2

typedef struct yaml_writer {
    pv_buf *out;
    pv_arena *arena;
    pv_error *error;
    const pv_submission *submission;
    bool folded; /* the scalar written last was, so that an empty line stands below it */
} yaml_writer;

static void write_comment(yaml_writer *writer, size_t indent, pv_str text) {
    pv_buf wrapped = pv_buf_on(pv_arena_memory(writer->arena));
    pv_layout_wrap(&wrapped, text, LINE_COLUMNS - indent - 2, 0, 0, 0);
    const pv_str lines = pv_buf_str(&wrapped);
    for (size_t start = 0, end; start < lines.size; start = end + 1) {
        end = pv_str_find(lines, PV_STR("\n"), start);
        end = end == SIZE_MAX ? lines.size : end;
        pv_buf_append_repeat(writer->out, ' ', indent);
        pv_buf_append_text(writer->out, "# ");
        pv_buf_append(writer->out, pv_str_slice(lines, start, end));
        pv_buf_append_char(writer->out, '\n');
    }
    writer->out->failed |= wrapped.failed;
    pv_buf_clear(&wrapped);
}

static void write_quoted(yaml_writer *writer, pv_str text) {
    pv_json quoted = pv_json_on(writer->out);
    pv_json_string(&quoted, text);
}

/* ---- texts ---- */

/* Whether a text can stand without quotes: words and numbers that YAML takes for nothing else. */
static bool is_plain(pv_str text) {
    static const pv_str taken[] = {PV_STR("null"), PV_STR("Null"), PV_STR("NULL"), PV_STR("~")};
    if (text.size == 0 || !pv_ascii_is_letter_or_digit(text.data[0]) || text.data[text.size - 1] == ' ')
        return false;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (pv_str_equal(text, taken[i]))
            return false;
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.data[i];
        const bool known = pv_ascii_is_letter_or_digit(c) || (c == ' ' && text.data[i - 1] != ' ');
        if (!known && c != '.' && c != '-' && c != '/' && c != '%' && c != '$' && c != '(' && c != ')' && c != '&')
            return false;
    }
    return true;
}

/* Whether a text can be a folded one: what it has, and no escape is needed for, stands there as it is. */
static bool may_fold(pv_str text) {
    size_t length;
    for (size_t i = 0; i < text.size; i += length) {
        const uint32_t character = pv_utf8_decode(text, i, &length);
        const bool begins = i == 0 || text.data[i - 1] == '\n';
        if ((character < 0x20 && character != '\n') || (character >= 0x7F && character <= 0x9F) ||
            character == 0x2028 || character == 0x2029 || character == 0xFEFF || character > 0xFFFD ||
            (begins && pv_utf8_is_white_space(character)))
            return false;
    }
    return true;
}

/* Where a line of a folded text ends at best, from start: before a blank that has none beside it. */
static size_t line_end(pv_str text, size_t start, size_t most) {
    size_t best = text.size;
    size_t length;
    size_t columns = 0;
    for (size_t i = start; i < text.size; i += length, columns++) {
        (void)pv_utf8_decode(text, i, &length);
        const bool is_blank = text.data[i] == ' ' && i > start && i + 1 < text.size && text.data[i - 1] != ' ' &&
                              text.data[i + 1] != ' ' && text.data[i - 1] != '\t' && text.data[i + 1] != '\t';
        if (is_blank && (columns <= most || best == text.size))
            best = i;
        if (columns > most && best < text.size)
            return best;
    }
    return columns > most ? best : text.size;
}

static void write_paragraph(yaml_writer *writer, size_t indent, pv_str text) {
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        end = line_end(text, start, LINE_COLUMNS - indent);
        pv_buf_append_repeat(writer->out, ' ', indent);
        pv_buf_append(writer->out, pv_str_slice(text, start, end));
        pv_buf_append_char(writer->out, '\n');
    }
}

static void write_folded(yaml_writer *writer, size_t indent, pv_str text) {
    pv_buf_append_text(writer->out, ">-\n");
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        end = pv_str_find(text, PV_STR("\n"), start);
        end = end == SIZE_MAX ? text.size : end;
        if (start > 0)
            pv_buf_append_char(writer->out, '\n');
        write_paragraph(writer, indent, pv_str_slice(text, start, end));
    }
}

/* ---- values that tables write in their own way ---- */

/* The specification of what stands at a node; NULL: it is prose, or nothing that the form knows. */
static const pv_value_spec *spec_of(const pv_form *form, const pv_node *node) {
    const pv_str name = pv_node_value(node->key);
    const pv_node *above = node->parent;
    if (!above || !node->key)
        return NULL;
    if (above->key && pv_str_equal(pv_node_value(above->key), PV_STR("fields")) && above->parent &&
        !above->parent->parent) {
        const size_t field = pv_names_find(&form->field_names, name);
        return field < form->field_count ? &form->fields[field] : NULL;
    }
    const pv_node *list = above->parent;
    const size_t kind = list && list->kind == PV_NODE_SEQUENCE && list->key
                            ? pv_names_find(&form->record_names, pv_node_value(list->key))
                            : SIZE_MAX;
    const pv_record_spec *record = kind < form->record_count ? &form->records[kind] : NULL;
    const size_t column = record ? pv_names_find(&record->column_names, name) : SIZE_MAX;
    return record && column < record->column_count ? &record->columns[column] : NULL;
}

/* A value that only its table's way of writing makes one, as YAML has it; where it is none, *out stays. */
static bool respell(const yaml_writer *writer, const pv_node *node, pv_str *out) {
    const pv_value_spec *spec = node->spelling ? spec_of(writer->submission->form, node) : NULL;
    pv_node plain = *node;
    pv_value value;
    pv_error ignored = {0};
    plain.spelling = NULL;
    if (!spec || pv_value_read(&value, writer->arena, spec, &plain, &ignored))
        return !spec || ignored.code != PV_ERROR_MEMORY;
    ignored = (pv_error){0};
    if (!pv_value_read(&value, writer->arena, spec, node, &ignored))
        return ignored.code != PV_ERROR_MEMORY || pv_fail_memory(writer->error);
    const pv_spelt spelt = pv_value_spelt(&value);
    if (spelt.text[0] == '\0')
        return true;
    *out = pv_arena_copy(writer->arena, pv_str_from(spelt.text));
    return out->data || pv_fail_memory(writer->error);
}

/* indent: of its lines, where it has several. */
static bool write_scalar(yaml_writer *writer, const pv_node *node, size_t indent) {
    pv_text text;
    writer->folded = false;
    if (!pv_value_prose(&text, writer->arena, node, writer->error) || !respell(writer, node, &text.value))
        return false;
    if (text.value.size <= SHORT_BYTES && is_plain(text.value)) {
        pv_buf_append(writer->out, text.value);
    } else if (text.value.size <= SHORT_BYTES || !may_fold(text.value)) {
        write_quoted(writer, text.value);
    } else {
        write_folded(writer, indent, text.value);
        writer->folded = true;
        return true;
    }
    pv_buf_append_char(writer->out, '\n');
    return true;
}

/* ---- rows ---- */

/* A row of a table stands in one mapping of one line, as it does in the table: its fingerprint is of what is written so
 * (model/reading.h). */

/* A text in brackets: as it is, else in single quotes, which have no escapes. */
static void write_in_brackets(yaml_writer *writer, pv_str text, size_t indent) {
    if (is_plain(text)) {
        pv_buf_append(writer->out, text);
        return;
    }
    if (!may_fold(text) || pv_str_find(text, PV_STR(" \n"), 0) != SIZE_MAX) {
        write_quoted(writer, text);
        return;
    }
    pv_buf_append_char(writer->out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        pv_buf_append_char(writer->out, text.data[i]);
        if (text.data[i] == '\'')
            pv_buf_append_char(writer->out, '\'');
        if (text.data[i] != '\n')
            continue;
        pv_buf_append_char(writer->out, '\n');
        pv_buf_append_repeat(writer->out, ' ', indent);
    }
    pv_buf_append_char(writer->out, '\'');
}

static bool write_in_row(yaml_writer *writer, const pv_node *node, const pv_value *value, size_t indent) {
    const pv_spelt spelt = value ? pv_reading_spelt(value) : (pv_spelt){.text = ""};
    const char open = node->kind == PV_NODE_SEQUENCE ? '[' : '{';
    pv_text text;
    if (node->kind == PV_NODE_SCALAR && spelt.text[0]) {
        pv_buf_append_text(writer->out, spelt.text);
        return true;
    }
    if (node->kind == PV_NODE_SCALAR) {
        if (!pv_value_prose(&text, writer->arena, node, writer->error) || !respell(writer, node, &text.value))
            return false;
        write_in_brackets(writer, text.value, indent);
        return true;
    }
    pv_buf_append_char(writer->out, open);
    for (const pv_node *child = node->first; child; child = child->next) {
        if (child != node->first)
            pv_buf_append_text(writer->out, ", ");
        if (child->key)
            pv_buf_format(writer->out, "%.*s: ", PV_STR_ARG(pv_node_value(child->key)));
        if (!write_in_row(writer, child, NULL, indent))
            return false;
    }
    pv_buf_append_char(writer->out, open == '[' ? ']' : '}');
    return true;
}

static bool is_blank_cell(const pv_node *node) {
    return node->kind == PV_NODE_SCALAR && pv_text_is_blank(&node->text);
}

/* The columns in the form's order, and not those that the row leaves empty. */
static bool write_row(yaml_writer *writer, const pv_node *row, const pv_record *record, size_t indent) {
    size_t line_start = writer->out->size;
    bool is_first = true;
    pv_buf_append_text(writer->out, "{");
    for (size_t i = 0; i < record->values.count; i++) {
        const pv_value *value = &record->values.values[i];
        const pv_node *cell = pv_node_get(row, value->spec->name);
        if (!cell || is_blank_cell(cell))
            continue;
        pv_buf_append_text(writer->out, is_first ? "" : ",");
        is_first = false;
        if (writer->out->size - line_start > LINE_COLUMNS - indent - INDENT) {
            pv_buf_append_char(writer->out, '\n');
            line_start = writer->out->size;
            pv_buf_append_repeat(writer->out, ' ', indent + INDENT - 1);
        }
        pv_buf_append_char(writer->out, ' ');
        pv_buf_append(writer->out, value->spec->name);
        pv_buf_append_text(writer->out, ": ");
        if (!write_in_row(writer, cell, value, indent + INDENT))
            return false;
    }
    pv_buf_append_text(writer->out, is_first ? "}\n" : " }\n");
    return true;
}

/* The record that a node of the tree was read as, where it is one. */
static const pv_record *record_of(const yaml_writer *writer, const pv_node *node) {
    const pv_submission *submission = writer->submission;
    const pv_node *list = node->parent;
    if (!submission->is_made || node->kind != PV_NODE_MAPPING || !list || !list->key || !list->parent ||
        !list->parent->key || !pv_str_equal(pv_node_value(list->parent->key), PV_STR("records")))
        return NULL;
    for (size_t i = 0; i < submission->form->record_count; i++) {
        const pv_record_list *records = &submission->records[i];
        if (pv_str_equal(records->spec->name, pv_node_value(list->key)) && node->index < records->count &&
            records->records[node->index].at.start == node->span.start)
            return &records->records[node->index];
    }
    return NULL;
}

/* The field that a scalar was read as, where it is one. */
static const pv_value *field_of(const yaml_writer *writer, const pv_node *node) {
    const pv_node *fields = node->parent;
    const bool is_field = writer->submission->is_made && node->key && fields && fields->key &&
                          pv_str_equal(pv_node_value(fields->key), PV_STR("fields"));
    return is_field ? pv_value_list_get(&writer->submission->fields, pv_node_value(node->key)) : NULL;
}

/* ---- the tree ---- */

static void write_key(yaml_writer *writer, pv_str key) {
    if (is_plain(key) && pv_str_find(key, PV_STR(" "), 0) == SIZE_MAX)
        pv_buf_append(writer->out, key);
    else
        write_quoted(writer, key);
    pv_buf_append_char(writer->out, ':');
}

/* What a reader of the text should know that is not in it. */
static void write_doubt(yaml_writer *writer, const pv_node *node, size_t indent) {
    if (!node->uncertainty)
        return;
    pv_str text = pv_arena_format(writer->arena, "To be looked at: %.*s.", PV_STR_ARG(node->uncertainty->why));
    write_comment(writer, indent, text.data ? text : PV_STR("To be looked at."));
}

static bool write_children(yaml_writer *writer, const pv_node *node, size_t indent, bool begun);

/* What stands after a key or a dash: a scalar, or children below it. */
static bool write_value(yaml_writer *writer, const pv_node *node, size_t indent) {
    const pv_value *field = field_of(writer, node);
    const pv_spelt spelt = field ? pv_reading_spelt(field) : (pv_spelt){.text = ""};
    if (spelt.text[0]) {
        pv_buf_format(writer->out, " %s\n", spelt.text);
        return true;
    }
    if (field && node->kind == PV_NODE_SEQUENCE) {
        pv_buf_append_char(writer->out, ' ');
        if (!write_in_row(writer, node, field, indent + INDENT))
            return false;
        pv_buf_append_char(writer->out, '\n');
        return true;
    }
    if (node->kind == PV_NODE_SCALAR) {
        pv_buf_append_char(writer->out, ' ');
        return write_scalar(writer, node, indent + INDENT);
    }
    pv_buf_append_char(writer->out, '\n');
    return write_children(writer, node, indent + INDENT, false);
}

/* begun: the first of them stands where the line has come to. Trees that documents give are a few levels deep. */
static bool write_children(yaml_writer *writer, const pv_node *node, size_t indent, bool begun) {
    for (const pv_node *child = node->first; child; child = child->next, begun = false) {
        if (!begun) {
            if (child != node->first && writer->folded)
                pv_buf_append_char(writer->out, '\n');
            writer->folded = false;
            write_doubt(writer, child, indent);
            pv_buf_append_repeat(writer->out, ' ', indent);
        }
        if (child->key) {
            write_key(writer, pv_node_value(child->key));
            if (!write_value(writer, child, indent))
                return false;
            continue;
        }
        pv_buf_append_char(writer->out, '-');
        if (child->kind == PV_NODE_SCALAR) {
            if (!write_value(writer, child, indent))
                return false;
            continue;
        }
        pv_buf_append_char(writer->out, ' ');
        const pv_record *record = record_of(writer, child);
        if (record) {
            if (!write_row(writer, child, record, indent + INDENT))
                return false;
            continue;
        }
        if (!write_children(writer, child, indent + INDENT, true))
            return false;
    }
    return true;
}

/* ---- labels ---- */

/* One for each paragraph, up to the last that has one. */
static void write_labels_of(yaml_writer *writer, const pv_text *text) {
    size_t at = 0;
    for (size_t i = 0; i < text->label_count;) {
        const bool is_here = text->labels[i].at == at;
        if (at > 0)
            pv_buf_append_text(writer->out, ", ");
        write_quoted(writer, is_here ? text->labels[i].label : PV_STR(""));
        while (i < text->label_count && text->labels[i].at <= at)
            i++;
        at = pv_str_find(text->value, PV_STR("\n"), at);
        if (at++ == SIZE_MAX)
            break;
    }
}

/* The numbers and bullets that a program makes before paragraphs of responses: no words, and they number lists. */
static void write_labels(yaml_writer *writer, const pv_submission *submission) {
    bool is_first = true;
    for (size_t i = 0; i < submission->response_count; i++) {
        const pv_response *response = &submission->responses[i];
        if (response->text.label_count == 0 || response->value)
            continue;
        if (is_first) {
            pv_buf_append_char(writer->out, '\n');
            write_comment(writer, 0,
                          PV_STR("The numbers and bullets that the word processor adds before paragraphs of "
                                 "responses: no words of theirs."));
            pv_buf_append_text(writer->out, "labels:\n");
        }
        is_first = false;
        pv_buf_append_repeat(writer->out, ' ', INDENT);
        write_key(writer, response->item->full_id);
        pv_buf_append_text(writer->out, " [");
        write_labels_of(writer, &response->text);
        pv_buf_append_text(writer->out, "]\n");
    }
}

static void write_problems(yaml_writer *writer, const pv_submission *submission) {
    if (submission->problem_count == 0)
        return;
    pv_buf_append_text(writer->out, "\n");
    write_comment(writer, 0, PV_STR("What was not understood, and stands nowhere above:"));
    for (size_t i = 0; i < submission->problem_count; i++) {
        const pv_problem *problem = &submission->problems[i];
        const pv_source_place at = pv_source_describe(submission->source, problem->at.start);
        pv_str text = pv_arena_format(writer->arena, "%s: %.*s", at.text, PV_STR_ARG(problem->message));
        writer->out->failed |= !text.data;
        write_comment(writer, 0, text);
    }
}

bool pv_yaml_submission(pv_buf *out, pv_arena *arena, const pv_document *document, const pv_submission *submission,
                        pv_str path, pv_error *error) {
    yaml_writer writer = {.out = out, .arena = arena, .error = error, .submission = submission};
    pv_str heading =
        pv_arena_format(arena, "%.*s, as read from %.*s.", PV_STR_ARG(submission->form->title), PV_STR_ARG(path));
    if (!heading.data)
        return pv_fail_memory(error);
    write_comment(&writer, 0, heading);
    for (const pv_node *part = document->root->first; part; part = part->next) {
        if (part != document->root->first)
            pv_buf_append_char(out, '\n');
        write_key(&writer, pv_node_value(part->key));
        if (!write_value(&writer, part, 0))
            return false;
    }
    write_labels(&writer, submission);
    write_problems(&writer, submission);
    return !out->failed || pv_fail_memory(error);
}
