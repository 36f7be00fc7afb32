#include "report/other/blank_submission.h"

#include <stdio.h>

#include "model/conditions.h"
#include "model/terms.h"
#include "report/other/show_report.h"
#include "report/write/json.h"
#include "report/write/layout.h"

#define LINE_COLUMNS ((size_t)110)
#define MOST_CHOICES_SHOWN 20 /* where there are more, as many as follow here */
#define FIRST_CHOICES_SHOWN 8

typedef struct blank_form {
    pv_buf *out;
    pv_buf remark;  /* the comment being put together */
    pv_buf wrapped; /* the same, as lines */
    pv_buf name;    /* of a column, by which its choices are asked for */
    bool as_table;  /* it is a CSV file ... */
    bool has_comma; /* ... whose numbers have a decimal comma */
} blank_form;

static void write_line(blank_form *blank, size_t indent, const char *text) {
    pv_buf_append_repeat(blank->out, ' ', indent);
    pv_buf_append_text(blank->out, text);
    pv_buf_append_char(blank->out, '\n');
}

/* A cell of a table, in quotes where it needs them. */
static void write_cell(pv_buf *out, pv_str text) {
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++)
        quoted |= text.data[i] == ',' || text.data[i] == '"' || text.data[i] == '\n' || text.data[i] == '\r';
    if (quoted)
        pv_buf_append_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            pv_buf_append_char(out, '"');
        pv_buf_append_char(out, text.data[i]);
    }
    if (quoted)
        pv_buf_append_char(out, '"');
}

/* One paragraph as comment lines; in a table as a remark of one row. */
static void write_comment(blank_form *blank, size_t indent, pv_str text) {
    if (text.size == 0)
        return;
    if (blank->as_table) {
        pv_buf_reset(&blank->wrapped);
        pv_buf_append_text(&blank->wrapped, "# ");
        pv_buf_append(&blank->wrapped, text);
        write_cell(blank->out, pv_buf_str(&blank->wrapped));
        pv_buf_append_text(blank->out, ",\n");
        blank->out->failed |= blank->wrapped.failed;
        return;
    }
    pv_buf_reset(&blank->wrapped);
    pv_layout_wrap(&blank->wrapped, text, LINE_COLUMNS - indent - 2, 0, 0, 0);
    pv_str lines = pv_buf_str(&blank->wrapped);
    for (size_t start = 0, end; start < lines.size; start = end + 1) {
        end = pv_str_find(lines, PV_STR("\n"), start);
        pv_buf_append_repeat(blank->out, ' ', indent);
        pv_buf_append_text(blank->out, "# ");
        pv_buf_append(blank->out, pv_str_slice(lines, start, end));
        pv_buf_append_char(blank->out, '\n');
    }
    blank->out->failed |= blank->wrapped.failed;
}

/* A text of the form, each paragraph on lines of its own. */
static void write_printed(blank_form *blank, size_t indent, pv_str text) {
    for (size_t start = 0; start < text.size;) {
        size_t end = pv_str_find(text, PV_STR("\n"), start);
        if (end == SIZE_MAX)
            end = text.size;
        write_comment(blank, indent, pv_str_slice(text, start, end));
        start = end + 1;
    }
}

static void write_remark(blank_form *blank, size_t indent) {
    blank->out->failed |= blank->remark.failed;
    write_comment(blank, indent, pv_buf_str(&blank->remark));
    pv_buf_reset(&blank->remark);
}

static bool is_plain_key(pv_str name) {
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool plain = pv_ascii_is_letter_or_digit(c) || c == '_' || (i > 0 && (c == '.' || c == '-'));
        if (!plain)
            return false;
    }
    return name.size > 0;
}

/* A name as a YAML scalar. What JSON quotes, YAML reads as the same text. */
static void write_name(pv_buf *out, pv_str name) {
    if (is_plain_key(name)) {
        pv_buf_append(out, name);
        return;
    }
    pv_json quoted = pv_json_on(out);
    pv_json_string(&quoted, name);
}

static void write_key(blank_form *blank, size_t indent, pv_str name, const char *value) {
    pv_buf_append_repeat(blank->out, ' ', indent);
    write_name(blank->out, name);
    pv_buf_append_char(blank->out, ':');
    pv_buf_append_text(blank->out, value);
    pv_buf_append_char(blank->out, '\n');
}

/* ---- fields and records ---- */

/* Begins a further part of what stands in parentheses. */
static void remark_part(blank_form *blank, bool *any) {
    pv_buf_append_text(&blank->remark, *any ? "; " : " (");
    *any = true;
}

/* All choices where they are few; else the first of them, and what lists them all. name: what that is asked for. */
static void remark_choices(blank_form *blank, bool *any, const pv_value_spec *spec, pv_str name) {
    size_t count = spec->table ? spec->table->row_count : spec->choice_count;
    size_t shown = count <= MOST_CHOICES_SHOWN ? count : FIRST_CHOICES_SHOWN;
    if (count == 0)
        return;
    remark_part(blank, any);
    pv_buf_append_text(&blank->remark, spec->type == PV_TYPE_LIST ? "of: " : "one of: ");
    for (size_t i = 0; i < shown; i++) {
        pv_buf_append_text(&blank->remark, i == 0 ? "" : ", ");
        pv_buf_append(&blank->remark,
                      spec->table && spec->choice_count == 0 ? pv_row_title(&spec->table->rows[i]) : spec->choices[i]);
    }
    if (shown < count)
        pv_buf_format(&blank->remark, ", … %zu in all, which `proviso rules --choices %.*s` lists", count,
                      PV_STR_ARG(name));
    if (spec->other)
        pv_buf_append_text(&blank->remark, blank->as_table ? "; or, in your own words, Other: …"
                                                           : "; or, in your own words, { other: … }");
}

/* "at least £300; at most 12 weeks after …" */
static void remark_bound(blank_form *blank, bool *any, const char *before, const pv_term *term) {
    if (!term)
        return;
    remark_part(blank, any);
    pv_buf_append_text(&blank->remark, before);
    if (term->value)
        pv_buf_append(&blank->remark, pv_str_trim(term->value->text.value));
    pv_buf_append_text(&blank->remark, term->value && term->words.size > 0 ? ", " : "");
    pv_buf_append(&blank->remark, term->words);
}

static void remark_demands(blank_form *blank, bool *any, const pv_value_spec *spec) {
    const pv_demands *demands = spec->demands;
    bool days = pv_type_of(spec->type)->sort == PV_SORT_DAYS;
    if (spec->unit.size > 0) {
        remark_part(blank, any);
        pv_buf_format(&blank->remark, "in %.*s", PV_STR_ARG(spec->unit));
    }
    if (spec->pattern.size > 0) {
        remark_part(blank, any);
        pv_buf_append(&blank->remark, spec->says);
    }
    if (spec->size_most > 0) {
        remark_part(blank, any);
        pv_buf_format(&blank->remark, "at most %.*s", PV_STR_ARG(spec->size_words));
    }
    if (demands) {
        remark_bound(blank, any, days ? "not before " : "at least ", demands->low);
        remark_bound(blank, any, days ? "not after " : "at most ", demands->high);
        remark_bound(blank, any, "may be left out; it is ", demands->computed);
        remark_bound(blank, any, "of them at least as many as ", demands->least);
        remark_bound(blank, any, "of them at most as many as ", demands->most);
    }
    if (spec->least > 0 || spec->most > 0)
        remark_part(blank, any);
    if (spec->least > 0)
        pv_buf_format(&blank->remark, spec->most > 0 ? "%u to " : "at least %u of them", spec->least);
    if (spec->most > 0)
        pv_buf_format(&blank->remark, spec->least > 0 ? "%u of them" : "at most %u of them", spec->most);
    if (spec->unique) {
        remark_part(blank, any);
        pv_buf_append_text(&blank->remark, "another in each row");
    }
    if (spec->prefilled && (spec->shown || !spec->editable)) {
        remark_part(blank, any);
        pv_buf_append_text(&blank->remark, spec->shown ? "given by the form: " : "as given, not to be changed");
        if (spec->shown)
            pv_buf_append(&blank->remark, pv_value_written(spec->prefilled));
    }
}

/* How a value is written; a cell takes some otherwise. */
static pv_hint hint_of(const blank_form *blank, const pv_value_spec *spec) {
    pv_hint hint = pv_value_hint(spec);
    const char *instead = NULL;
    if (blank->has_comma && spec->type == PV_TYPE_MONEY)
        snprintf(hint.text, sizeof hint.text, "an amount in %.*s, like 1.200,50", PV_STR_ARG(spec->currency));
    else if (blank->has_comma && spec->type == PV_TYPE_DECIMAL)
        instead = "a number, like 12,50";
    if (blank->as_table && spec->type == PV_TYPE_LIST)
        instead = "entries with semicolons between them";
    else if (blank->as_table && spec->type == PV_TYPE_DOCUMENT)
        instead = "the path of a text file beside this one";
    if (instead)
        snprintf(hint.text, sizeof hint.text, "%s", instead);
    return hint;
}

/* "Plan name (required; one of: first, second)". name: by which its choices are asked for. */
static void remark_value(blank_form *blank, const pv_value_spec *spec, pv_str name) {
    bool any = false;
    const pv_hint hint = hint_of(blank, spec);
    bool listed = spec->choice_count > 0 || (spec->table && spec->table->row_count > 0);
    pv_buf_append(&blank->remark, spec->label);
    if (spec->required) {
        remark_part(blank, &any);
        pv_buf_append_text(&blank->remark, "required");
    }
    if (hint.text[0] && !(listed && spec->type == PV_TYPE_ROW)) {
        remark_part(blank, &any);
        pv_buf_append_text(&blank->remark, hint.text);
    }
    for (size_t i = 0; i < spec->accept_count && !pv_value_is_text(spec) && spec->type != PV_TYPE_LIST; i++) {
        remark_part(blank, &any);
        pv_buf_format(&blank->remark, "or %.*s", PV_STR_ARG(spec->accepts[i]));
    }
    if (pv_length_is_limited(&spec->length)) {
        remark_part(blank, &any);
        pv_length_write_limits(&blank->remark, &spec->length);
    }
    remark_choices(blank, &any, spec, name);
    remark_demands(blank, &any, spec);
    pv_buf_append_text(&blank->remark, any ? ")" : "");
}

/* "Only if the county had a pilot." */
static void write_only_if(blank_form *blank, size_t indent, const pv_only_if *only_if) {
    if (!only_if)
        return;
    pv_buf_format(&blank->remark, "Only if %.*s.", PV_STR_ARG(only_if->words));
    write_remark(blank, indent);
}

/* What the form fills in, as YAML; each entry of a list in quotes. */
static void write_prefilled(blank_form *blank, const pv_value *value) {
    pv_json json = pv_json_on(blank->out);
    if (value->spec->type != PV_TYPE_LIST) {
        write_name(blank->out, pv_str_trim(value->text.value));
        return;
    }
    pv_buf_append_char(blank->out, '[');
    for (size_t i = 0; i < value->element_count; i++) {
        pv_buf_append_text(blank->out, i > 0 ? ", " : "");
        json = pv_json_on(blank->out);
        pv_json_string(&json, value->elements[i].value);
    }
    pv_buf_append_char(blank->out, ']');
}

/* The key of a value with what stands for one that is not given yet. What only shows is not for the filer to write: it
 * has no key. */
static void write_empty(blank_form *blank, size_t indent, const pv_value_spec *spec, pv_str key) {
    bool is_prose = spec->length.word_minimum > 0 || spec->length.word_limit > 0;
    const char *value = is_prose ? " >-\n" : "";
    if (spec->shown)
        return;
    if (spec->prefilled) {
        pv_buf_append_repeat(blank->out, ' ', indent);
        write_name(blank->out, key);
        pv_buf_append_text(blank->out, ": ");
        write_prefilled(blank, spec->prefilled);
        pv_buf_append_char(blank->out, '\n');
        return;
    }
    if (spec->type == PV_TYPE_DOCUMENT)
        value = " |\n";
    else if (spec->type == PV_TYPE_LIST)
        value = " []";
    write_key(blank, indent, key, value);
}

/* name: by which its choices are asked for. */
static void write_value(blank_form *blank, size_t indent, const pv_value_spec *spec, const pv_only_if *only_if,
                        pv_str name, pv_str key) {
    remark_value(blank, spec, name);
    write_remark(blank, indent);
    write_printed(blank, indent, spec->note);
    write_only_if(blank, indent, only_if);
    write_empty(blank, indent, spec, key);
}

static void write_fields(blank_form *blank, const pv_form *form) {
    if (form->field_count == 0)
        return;
    write_line(blank, 0, "\nfields:");
    for (size_t i = 0; i < form->field_count; i++)
        write_value(blank, 2, &form->fields[i], form->fields[i].only_if, form->fields[i].name, form->fields[i].name);
}

/* A row to be copied: it is a comment, because an empty row would be a row. */
static void write_row(blank_form *blank, const pv_record_spec *record) {
    bool any = false;
    for (size_t i = 0; i < record->column_count; i++) {
        const pv_value_spec *column = &record->columns[i];
        if (column->shown)
            continue;
        pv_buf_append_text(blank->out, any ? "    #   " : "    # - ");
        any = true;
        write_name(blank->out, column->name);
        pv_buf_append_text(blank->out, column->prefilled ? ": " : column->type == PV_TYPE_LIST ? ": []" : ":");
        if (column->prefilled)
            write_prefilled(blank, column->prefilled);
        pv_buf_append_char(blank->out, '\n');
    }
}

/* " (1 to 10 rows)" */
static void remark_rows(blank_form *blank, const pv_record_spec *record) {
    if (record->least > 0 && record->most > 0)
        pv_buf_format(&blank->remark, " (%u to %u rows)", record->least, record->most);
    else if (record->least > 0)
        pv_buf_format(&blank->remark, " (at least %u row%s)", record->least, record->least == 1 ? "" : "s");
    else if (record->most > 0)
        pv_buf_format(&blank->remark, " (at most %u row%s)", record->most, record->most == 1 ? "" : "s");
}

static void write_record(blank_form *blank, const pv_record_spec *record) {
    pv_buf_append(&blank->remark, record->label);
    remark_rows(blank, record);
    pv_buf_append_text(&blank->remark, ": one row for each, made of the lines below without their #");
    write_remark(blank, 2);
    write_only_if(blank, 2, record->only_if);
    for (size_t i = 0; i < record->column_count; i++) {
        if (!pv_str_equal(record->columns[i].name, record->columns[i].label)) {
            pv_buf_append(&blank->remark, record->columns[i].name);
            pv_buf_append_text(&blank->remark, ": ");
        }
        pv_buf_reset(&blank->name);
        pv_buf_format(&blank->name, "%.*s.%.*s", PV_STR_ARG(record->name), PV_STR_ARG(record->columns[i].name));
        remark_value(blank, &record->columns[i], pv_buf_str(&blank->name));
        blank->out->failed |= blank->name.failed;
        write_remark(blank, 2);
        write_printed(blank, 2, record->columns[i].note);
        write_only_if(blank, 2, record->columns[i].only_if);
    }
    write_key(blank, 2, record->name, "");
    write_row(blank, record);
}

static void write_records(blank_form *blank, const pv_form *form) {
    if (form->record_count == 0)
        return;
    write_line(blank, 0, "\nrecords:");
    for (size_t i = 0; i < form->record_count; i++)
        write_record(blank, &form->records[i]);
}

/* ---- measures ---- */

static void remark_group(blank_form *blank, const pv_group *group) {
    for (const pv_group *each = group; each; each = each->group) {
        pv_buf_append_text(&blank->remark, "; ");
        if (each->group || each->group_count > 0)
            pv_buf_format(&blank->remark, "“%.*s”: ", PV_STR_ARG(each->title));
        pv_buf_format(&blank->remark, "report on %u of ", each->choose);
        pv_group_write_members(&blank->remark, each);
        if (each->scored == each)
            pv_buf_append_text(&blank->remark, ": the points count once");
        if (each->most > 0)
            pv_buf_format(&blank->remark, ", and at most %u may be reported on", each->most);
    }
}

static void write_measure_heading(blank_form *blank, const pv_measure *measure) {
    pv_buf_append(&blank->remark, measure->id);
    pv_buf_append_text(&blank->remark, "  ");
    pv_buf_append(&blank->remark, measure->title);
    pv_buf_append_text(&blank->remark, " (");
    pv_buf_append_text(&blank->remark, measure->obligation == PV_OBLIGATION_MANDATORY ? "mandatory" : "optional");
    if (pv_decimal_compare(measure->points, pv_decimal_from_integer(0)) > 0) {
        pv_buf_append_text(&blank->remark, ", ");
        pv_decimal_format(measure->points, &blank->remark);
        pv_buf_append_text(&blank->remark, " points");
    }
    if (pv_measure_is_repeated(measure))
        pv_buf_format(&blank->remark, "; once for each row of “%.*s”", PV_STR_ARG(pv_measure_rows_label(measure)));
    if (measure->group)
        remark_group(blank, measure->group);
    pv_buf_append_char(&blank->remark, ')');
    write_remark(blank, 2);
    write_printed(blank, 2, measure->description);
    write_printed(blank, 2, measure->note);
    write_only_if(blank, 2, measure->only_if);
}

static void write_item(blank_form *blank, size_t indent, const pv_item *item, pv_str key) {
    if (item->spec) {
        write_value(blank, indent, item->spec, item->only_if, item->full_id, key);
        return;
    }
    if (!pv_str_equal(item->prompt, item->measure->description))
        write_printed(blank, indent, item->prompt);
    write_printed(blank, indent, item->note);
    write_only_if(blank, indent, item->only_if);
    pv_length_write_limits(&blank->remark, &item->length);
    if (!item->required)
        pv_buf_append_text(&blank->remark, blank->remark.size > 0 ? "; may be left empty" : "may be left empty");
    write_remark(blank, indent);
    write_key(blank, indent, key, " >-\n");
}

/* The response to a one-item measure stands directly under its name, or that of its row. */
static void write_items(blank_form *blank, size_t indent, const pv_measure *measure, pv_str name) {
    if (measure->item_count == 1) {
        write_item(blank, indent, &measure->items[0], name);
        return;
    }
    write_key(blank, indent, name, "");
    for (size_t i = 0; i < measure->item_count; i++)
        write_item(blank, indent + 2, &measure->items[i], measure->items[i].id);
}

/* "“Plan” and “County”": the columns by which a row is known, as a filer reads them. */
static void remark_key(blank_form *blank, const pv_record_spec *record) {
    for (size_t i = 0; i < record->key_count; i++) {
        const char *joint = i == 0 ? "" : i + 1 < record->key_count ? ", " : " and ";
        pv_buf_format(&blank->remark, "%s“%.*s”", joint, PV_STR_ARG(record->columns[record->key[i]].label));
    }
}

/* The rows are the filer's: what stands under the name of one is a comment, to be copied. */
static void write_row_to_copy(blank_form *blank, const pv_measure *measure) {
    const pv_record_spec *record = measure->for_records;
    pv_buf *out = blank->out;
    pv_buf lines = pv_buf_on(out->memory);
    pv_buf name = pv_buf_on(out->memory);
    for (size_t i = 0; i < record->key_count; i++)
        pv_buf_format(&name, "%s%.*s", i > 0 ? ", " : "", PV_STR_ARG(record->columns[record->key[i]].label));
    blank->out = &lines;
    write_items(blank, 0, measure, pv_buf_str(&name));
    blank->out = out;
    pv_str text = pv_buf_str(&lines);
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        end = pv_str_find(text, PV_STR("\n"), start);
        pv_buf_append_text(out, end > start ? "    # " : "");
        pv_buf_append(out, pv_str_slice(text, start, end));
        pv_buf_append_char(out, '\n');
    }
    out->failed |= lines.failed || name.failed;
    pv_buf_clear(&lines);
    pv_buf_clear(&name);
}

/* Under the measure each row by its name. */
static void write_repeated(blank_form *blank, const pv_measure *measure) {
    const pv_table *table = measure->for_table;
    if (table) {
        write_key(blank, 2, measure->id, "");
        for (size_t i = 0; i < table->row_count; i++)
            write_items(blank, 4, measure, pv_row_title(&table->rows[i]));
        return;
    }
    pv_buf_format(&blank->remark,
                  "For each row of “%.*s” the lines below without their first #, under what the row "
                  "says in ",
                  PV_STR_ARG(measure->for_records->label));
    remark_key(blank, measure->for_records);
    if (measure->for_records->key_count > 1)
        pv_buf_append_text(&blank->remark, ", with a comma between them");
    write_remark(blank, 2);
    write_key(blank, 2, measure->id, "");
    write_row_to_copy(blank, measure);
}

static void write_measure(blank_form *blank, const pv_measure *measure) {
    write_measure_heading(blank, measure);
    if (pv_measure_is_repeated(measure))
        write_repeated(blank, measure);
    else
        write_items(blank, 2, measure, measure->id);
}

static void write_measures(blank_form *blank, const pv_form *form) {
    if (form->measure_count == 0)
        return;
    write_line(blank, 0, "\nmeasures:\n");
    const pv_section *section = NULL;
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_measure *measure = &form->measures[i];
        if (measure->section != section) {
            section = measure->section;
            pv_buf_append_text(&blank->remark, "======== ");
            pv_buf_append(&blank->remark, section->title);
            pv_buf_append_text(&blank->remark, " ========");
            write_remark(blank, 2);
            if (section->measures[0] == measure)
                write_printed(blank, 2, section->note);
            pv_buf_append_char(blank->out, '\n');
        }
        write_measure(blank, measure);
    }
}

static void write_heading(blank_form *blank, const pv_form *form) {
    write_comment(blank, 0, form->title);
    write_printed(blank, 0, form->note);
    write_comment(blank, 0,
                  PV_STR("Fill in what stands after a colon. A response is prose: it goes on the lines below its >-, "
                         "indented two spaces further; line breaks inside a paragraph do not matter, and an empty line "
                         "begins a new one. What is left as it is counts as blank."));
    pv_buf_append_text(blank->out, "form: ");
    write_name(blank->out, form->id);
    pv_buf_append_char(blank->out, '\n');
}

/* ---- as a table ---- */

/* The headings, each of which may stand for a column of every kind. */
typedef struct blank_table {
    blank_form *blank;
    const pv_form *form;
    pv_arena *arena;
    pv_str *headings;
    size_t count;
    const pv_str ***under; /* by kind and column: its heading, or NULL */
    bool failed;
} blank_table;

/* What the form fills in, as the form's tables are spelt. */
static void write_prefilled_cell(const blank_table *all, const pv_value *value) {
    pv_buf *cell = &all->blank->remark;
    const pv_spelt spelt = pv_value_spelt(value);
    for (size_t i = 0; value->spec->type == PV_TYPE_LIST && i < value->element_count; i++) {
        pv_buf_append_text(cell, i > 0 ? "; " : "");
        pv_buf_append(cell, value->elements[i].value);
    }
    if (value->spec->type != PV_TYPE_LIST && !spelt.text[0])
        pv_buf_append(cell, pv_str_trim(value->text.value));
    for (const char *at = spelt.text; *at; at++)
        pv_buf_append_char(
            cell,
            all->blank->has_comma && *at == '.' && pv_type_of(value->spec->type)->sort == PV_SORT_NUMBER ? ',' : *at);
    write_cell(all->blank->out, pv_buf_str(cell));
    pv_buf_reset(cell);
}

static void write_field_rows(const blank_table *all) {
    blank_form *blank = all->blank;
    for (size_t i = 0; i < all->form->field_count; i++) {
        const pv_value_spec *spec = &all->form->fields[i];
        remark_value(blank, spec, spec->name);
        write_remark(blank, 0);
        write_printed(blank, 0, spec->note);
        write_only_if(blank, 0, spec->only_if);
        if (spec->shown)
            continue;
        write_cell(blank->out, spec->label);
        pv_buf_append_char(blank->out, ',');
        if (spec->prefilled)
            write_prefilled_cell(all, spec->prefilled);
        pv_buf_append_char(blank->out, '\n');
    }
}

/* Whether a heading that reads as key leads to nothing but columns that have none yet. */
static bool is_free(const blank_table *all, uint64_t key) {
    const pv_form_headings *names = all->form->headings;
    for (size_t kind = 0; kind < all->form->record_count; kind++) {
        size_t column = pv_synonyms_find(&names->columns[kind], key);
        if (column != SIZE_MAX && all->under[kind][column])
            return false;
    }
    return names->kind.size == 0 || key != names->kind_key;
}

/* Puts the columns that a heading leads to under it. */
static void put_under(blank_table *all, pv_str name, uint64_t key) {
    all->headings[all->count] = name;
    for (size_t kind = 0; kind < all->form->record_count; kind++) {
        size_t column = pv_synonyms_find(&all->form->headings->columns[kind], key);
        if (column != SIZE_MAX && !all->under[kind][column])
            all->under[kind][column] = &all->headings[all->count];
    }
    all->count++;
}

/* Its label, unless that stands for another column already: then the first of its other names that does not. */
static void give_heading(blank_table *all, const pv_value_spec *column) {
    pv_error error = {0};
    uint64_t key = 0;
    for (size_t i = 0; i < 2 + column->alias_count && !all->failed; i++) {
        pv_str name = i == 0 ? column->label : i == 1 ? column->name : column->aliases[i - 2];
        all->failed = !pv_synonym_key(all->arena, name, &key, &error);
        if (!all->failed && is_free(all, key)) {
            put_under(all, name, key);
            return;
        }
    }
}

static void find_headings(blank_table *all) {
    size_t most = 0;
    for (size_t kind = 0; kind < all->form->record_count; kind++)
        most += all->form->records[kind].column_count;
    all->headings = PV_NEW_ARRAY(all->arena, pv_str, most);
    all->under = PV_NEW_ARRAY(all->arena, const pv_str **, all->form->record_count);
    all->failed = !all->headings || !all->under;
    for (size_t kind = 0; kind < all->form->record_count && !all->failed; kind++) {
        all->under[kind] = PV_NEW_ARRAY(all->arena, const pv_str *, all->form->records[kind].column_count);
        all->failed = !all->under[kind];
    }
    for (size_t kind = 0; kind < all->form->record_count && !all->failed; kind++) {
        const pv_record_spec *record = &all->form->records[kind];
        for (size_t i = 0; i < record->column_count && !all->failed; i++)
            if (!all->under[kind][i] && !record->columns[i].shown)
                give_heading(all, &record->columns[i]);
    }
}

static void remark_column(const blank_table *all, size_t kind, size_t index) {
    blank_form *blank = all->blank;
    const pv_record_spec *record = &all->form->records[kind];
    const pv_value_spec *column = &record->columns[index];
    const pv_str *heading = all->under[kind][index];
    if (heading && !pv_str_equal(*heading, column->label))
        pv_buf_format(&blank->remark, "%.*s: ", PV_STR_ARG(*heading));
    pv_buf_reset(&blank->name);
    pv_buf_format(&blank->name, "%.*s.%.*s", PV_STR_ARG(record->name), PV_STR_ARG(column->name));
    remark_value(blank, column, pv_buf_str(&blank->name));
    blank->out->failed |= blank->name.failed;
    write_remark(blank, 0);
    write_printed(blank, 0, column->note);
}

/* What each kind of row is, then the headings, under which the rows go. */
static void write_table(const blank_table *all) {
    blank_form *blank = all->blank;
    pv_str kind_heading = all->form->headings->kind;
    for (size_t kind = 0; kind < all->form->record_count; kind++) {
        const pv_record_spec *record = &all->form->records[kind];
        pv_buf_append(&blank->remark, record->label);
        remark_rows(blank, record);
        pv_buf_append_text(&blank->remark, ": one row for each, under the headings below");
        if (kind_heading.size > 0)
            pv_buf_format(&blank->remark, "; under “%.*s” stands %.*s", PV_STR_ARG(kind_heading),
                          PV_STR_ARG(record->label));
        write_remark(blank, 0);
        write_only_if(blank, 0, record->only_if);
        for (size_t i = 0; i < record->column_count; i++)
            remark_column(all, kind, i);
    }
    if (kind_heading.size > 0)
        write_cell(blank->out, kind_heading);
    for (size_t i = 0; i < all->count; i++) {
        if (i > 0 || kind_heading.size > 0)
            pv_buf_append_char(blank->out, ',');
        write_cell(blank->out, all->headings[i]);
    }
    pv_buf_append_char(blank->out, '\n');
}

/* What a table has no place for. */
static void write_left_out(blank_form *blank, const pv_form *form) {
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_measure *measure = &form->measures[i];
        pv_buf_format(&blank->remark, "%s%.*s “%.*s”",
                      i == 0 ? "A table has no place for responses: who gives any files as YAML. Left out here: "
                             : ", ",
                      PV_STR_ARG(measure->id), PV_STR_ARG(measure->title));
        if (pv_measure_is_repeated(measure))
            pv_buf_format(&blank->remark, " (for each row of “%.*s”)", PV_STR_ARG(pv_measure_rows_label(measure)));
    }
    write_remark(blank, 0);
}

static void write_whole_table(blank_form *blank, const pv_form *form) {
    blank_table all = {.blank = blank, .form = form, .arena = pv_arena_new(blank->out->memory)};
    all.failed = !all.arena;
    if (!all.failed)
        find_headings(&all);
    if (!all.failed) {
        pv_buf_append_text(blank->out, "form,");
        write_cell(blank->out, form->id);
        pv_buf_append_char(blank->out, '\n');
        write_comment(blank, 0, form->title);
        write_printed(blank, 0, form->note);
        write_comment(blank, 0,
                      PV_STR("Rows that begin like this one are remarks. A value goes into the cell beside its name; "
                             "the rows at the end go under their headings. What is left as it is counts as blank."));
        write_left_out(blank, form);
        write_field_rows(&all);
        pv_buf_append_char(blank->out, '\n');
        write_table(&all);
    }
    blank->out->failed |= all.failed;
    pv_arena_free(all.arena);
}

/* ---- the whole ---- */

static void write_whole(blank_form *blank, const pv_form *form) {
    write_heading(blank, form);
    write_fields(blank, form);
    write_records(blank, form);
    write_measures(blank, form);
}

void pv_blank_submission(pv_buf *out, const pv_form *form, bool as_table) {
    blank_form blank = {.out = out,
                        .remark = pv_buf_on(out->memory),
                        .wrapped = pv_buf_on(out->memory),
                        .name = pv_buf_on(out->memory),
                        .as_table = as_table,
                        .has_comma = as_table && form->headings->spelling.numbers == PV_NUMBER_MARK_COMMA};
    if (as_table)
        write_whole_table(&blank, form);
    else
        write_whole(&blank, form);
    out->failed |= blank.remark.failed;
    pv_buf_clear(&blank.remark);
    pv_buf_clear(&blank.wrapped);
    pv_buf_clear(&blank.name);
}
