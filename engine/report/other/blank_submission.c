#include "report/other/blank_submission.h"

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
} blank_form;

static void write_line(blank_form *blank, size_t indent, const char *text) {
    pv_buf_append_repeat(blank->out, ' ', indent);
    pv_buf_append_text(blank->out, text);
    pv_buf_append_char(blank->out, '\n');
}

/* One paragraph as comment lines. */
static void write_comment(blank_form *blank, size_t indent, pv_str text) {
    if (text.size == 0)
        return;
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
        pv_buf_append_text(&blank->remark, "; or, in your own words, { other: … }");
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
    if (demands) {
        remark_bound(blank, any, days ? "not before " : "at least ", demands->low);
        remark_bound(blank, any, days ? "not after " : "at most ", demands->high);
        remark_bound(blank, any, "may be left out; it is ", demands->computed);
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

/* "Plan name (required; one of: first, second)". name: by which its choices are asked for. */
static void remark_value(blank_form *blank, const pv_value_spec *spec, pv_str name) {
    bool any = false;
    const pv_hint hint = pv_value_hint(spec);
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

/* What only shows is not for the filer to write: its key stands in a comment. */
static void write_field(blank_form *blank, const pv_value_spec *spec) {
    remark_value(blank, spec, spec->name);
    write_remark(blank, 2);
    write_printed(blank, 2, spec->note);
    write_only_if(blank, 2, spec->only_if);
    if (spec->shown)
        return;
    if (spec->prefilled) {
        pv_buf_append_repeat(blank->out, ' ', 2);
        write_name(blank->out, spec->name);
        pv_buf_append_text(blank->out, ": ");
        write_prefilled(blank, spec->prefilled);
        pv_buf_append_char(blank->out, '\n');
        return;
    }
    bool is_prose = spec->length.word_minimum > 0 || spec->length.word_limit > 0;
    const char *value = is_prose ? " >-\n" : "";
    if (spec->type == PV_TYPE_DOCUMENT)
        value = " |\n";
    else if (spec->type == PV_TYPE_LIST)
        value = " []";
    write_key(blank, 2, spec->name, value);
}

static void write_fields(blank_form *blank, const pv_form *form) {
    if (form->field_count == 0)
        return;
    write_line(blank, 0, "\nfields:");
    for (size_t i = 0; i < form->field_count; i++)
        write_field(blank, &form->fields[i]);
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
    pv_buf_format(&blank->remark, "; report on %u of ", group->choose);
    for (size_t i = 0; i < group->measure_count; i++) {
        pv_buf_append_text(&blank->remark, i > 0 ? ", " : "");
        pv_buf_append(&blank->remark, group->measures[i]->id);
    }
    pv_buf_append_text(&blank->remark, ": the points count once");
    if (group->most > 0)
        pv_buf_format(&blank->remark, ", and at most %u may be reported on", group->most);
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
    if (measure->group)
        remark_group(blank, measure->group);
    pv_buf_append_char(&blank->remark, ')');
    write_remark(blank, 2);
    write_printed(blank, 2, measure->description);
    write_printed(blank, 2, measure->note);
    write_only_if(blank, 2, measure->only_if);
}

static void write_item(blank_form *blank, size_t indent, const pv_item *item, pv_str key) {
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

/* The response to a one-item measure stands directly under the measure. */
static void write_measure(blank_form *blank, const pv_measure *measure) {
    write_measure_heading(blank, measure);
    if (measure->item_count == 1) {
        write_item(blank, 2, &measure->items[0], measure->id);
        return;
    }
    write_key(blank, 2, measure->id, "");
    for (size_t i = 0; i < measure->item_count; i++)
        write_item(blank, 4, &measure->items[i], measure->items[i].id);
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

void pv_blank_submission(pv_buf *out, const pv_form *form) {
    blank_form blank = {.out = out,
                        .remark = pv_buf_on(out->memory),
                        .wrapped = pv_buf_on(out->memory),
                        .name = pv_buf_on(out->memory)};
    write_heading(&blank, form);
    write_fields(&blank, form);
    write_records(&blank, form);
    write_measures(&blank, form);
    pv_buf_clear(&blank.remark);
    pv_buf_clear(&blank.wrapped);
    pv_buf_clear(&blank.name);
}
