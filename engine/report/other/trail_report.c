#include "report/other/trail_report.h"

#include "report/verdicts/place.h"
#include "report/write/layout.h"

/* ---- for programs ---- */

static void write_place(pv_json *json, const pv_source *source, const pv_place *place) {
    pv_json_key(json, "at");
    if (!source) {
        pv_json_null(json);
        return;
    }
    pv_json_object_begin(json);
    pv_json_place_members(json, source, place, PV_PLACE_WORDS_START);
    pv_json_object_end(json);
}

static void write_value(pv_json *json, const pv_trail_value *value) {
    pv_json_object_begin(json);
    pv_json_member(json, "text", value->text);
    write_place(json, value->source, &value->at);
    pv_json_object_end(json);
}

static void write_number(pv_json *json, const char *key, uint64_t number) {
    pv_json_key(json, key);
    pv_json_unsigned(json, number);
}

static pv_str kind_name(pv_trail_step_kind kind) {
    switch (kind) {
    case PV_TRAIL_ASKED:
        return PV_STR("asked");
    case PV_TRAIL_CALLED:
        return PV_STR("called");
    case PV_TRAIL_OPERATED:
        return PV_STR("operated");
    }
    return PV_STR("");
}

static void write_step_json(pv_json *json, const pv_trail_step *step) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    write_number(json, "line", step->line);
    pv_json_member(json, "kind", kind_name(step->kind));
    pv_json_member(json, "expression", step->expression);
    pv_json_key(json, "arguments");
    pv_json_array_begin(json);
    for (size_t i = 0; i < step->argument_count; i++)
        write_value(json, &step->arguments[i]);
    pv_json_array_end(json);
    pv_json_key(json, "value");
    if (step->finished)
        write_value(json, &step->value);
    else
        pv_json_null(json);
    pv_json_key(json, "passed_through");
    pv_json_bool(json, step->passed_through);
    pv_json_object_end(json);
}

static void write_variables_json(pv_json *json, const pv_trail *trail) {
    pv_json_key(json, "variables");
    pv_json_array_begin(json);
    for (size_t i = 0; i < trail->variable_count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "name", trail->variables[i].name);
        pv_json_key(json, "value");
        write_value(json, &trail->variables[i].value);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void write_lines_json(pv_json *json, const pv_trail *trail) {
    pv_json_key(json, "lines");
    pv_json_array_begin(json);
    for (size_t i = 0; i < trail->line_count; i++) {
        const pv_trail_line *line = &trail->lines[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        write_number(json, "line", line->number);
        pv_json_member(json, "text", pv_source_line(trail->file, line->number));
        pv_json_key(json, "has_code");
        pv_json_bool(json, line->has_code);
        write_number(json, "runs", line->runs);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void write_trail(pv_json *json, const pv_trail *trail) {
    pv_json_key(json, "trail");
    if (!trail) {
        pv_json_null(json);
        return;
    }
    pv_json_object_begin(json);
    pv_json_member(json, "path", trail->file->path);
    pv_json_key(json, "steps");
    pv_json_array_begin(json);
    for (size_t i = 0; i < trail->step_count; i++)
        write_step_json(json, &trail->steps[i]);
    pv_json_array_end(json);
    pv_json_key(json, "cut");
    pv_json_bool(json, trail->cut);
    write_variables_json(json, trail);
    write_lines_json(json, trail);
    pv_json_object_end(json);
}

static void write_due_json(pv_json *json, const pv_verdict *verdict) {
    char day[PV_DATE_SIZE] = "";
    if (verdict->outcome.has_due)
        pv_date_write(verdict->outcome.due, day);
    pv_json_optional_member(json, "due", pv_str_from(day));
}

static void write_verdict_json(pv_json *json, const pv_trail_report *report, const pv_verdict *verdict,
                               pv_arena *scratch) {
    pv_str subject = pv_subject_name(&verdict->subject, scratch);
    json->out->failed |= !subject.data;
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "subject", subject);
    pv_json_member(json, "state", pv_str_from(pv_state_name(verdict->outcome.state)));
    pv_json_member(json, "level", pv_str_from(pv_level_name(verdict->level)));
    pv_json_member(json, "message", verdict->outcome.message);
    write_place(json, verdict->outcome.has_at ? report->submission->source : NULL, &verdict->outcome.at);
    pv_json_key(json, "working");
    pv_json_array_begin(json);
    for (size_t i = 0; i < verdict->outcome.working_count; i++)
        pv_json_string(json, verdict->outcome.working[i]);
    pv_json_array_end(json);
    write_due_json(json, verdict);
    write_trail(json, verdict->outcome.trail);
    pv_json_object_end(json);
}

void pv_trail_json(pv_buf *out, pv_str version, const pv_trail_report *report, pv_arena *scratch) {
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    write_number(&json, "schema", 1);
    pv_json_member(&json, "proviso", version);
    pv_json_key(&json, "pack");
    pv_json_object_begin(&json);
    pv_json_member(&json, "id", report->pack->manifest->id);
    pv_json_member(&json, "version", report->pack->manifest->version);
    pv_json_object_end(&json);
    pv_json_member(&json, "rule", report->rule->id);
    pv_json_member(&json, "title", report->rule->title);
    pv_json_member(&json, "path", report->submission->source->path);
    pv_json_key(&json, "verdicts");
    pv_json_array_begin(&json);
    for (size_t i = 0; i < report->verdict_count; i++)
        write_verdict_json(&json, report, report->verdicts[i], scratch);
    pv_json_array_end(&json);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}

/* ---- for people ---- */

#define INDENT ((size_t)2)
#define LABEL_COLUMNS ((size_t)9)
/* A line of a loop takes the same step again and again: this many of each are shown. */
#define STEPS_SHOWN ((size_t)3)

typedef struct telling {
    pv_buf *out;
    const pv_report_style *style;
    const pv_trail_report *report;
    const pv_trail *trail;
    pv_arena *scratch;
    size_t digits; /* of the longest line number */
} telling;

static void write_heading(const telling *all, const char *heading) {
    pv_buf_append_char(all->out, '\n');
    pv_buf_append_repeat(all->out, ' ', INDENT);
    pv_layout_inked(all->out, all->style, PV_INK_STRONG, pv_str_from(heading));
    pv_buf_append_char(all->out, '\n');
}

/* "  12  " */
static void write_line_number(const telling *all, uint32_t line) {
    pv_layout_ink(all->out, all->style, PV_INK_FAINT);
    pv_buf_append_repeat(all->out, ' ', INDENT);
    pv_layout_number(all->out, line, all->digits);
    pv_layout_plain(all->out, all->style);
    pv_buf_append_text(all->out, "  ");
}

static size_t text_column(const telling *all) {
    return INDENT + all->digits + 2;
}

/* text under the expression it is about; .data is NULL when memory was refused. */
static void write_beneath(const telling *all, pv_str text) {
    size_t at = text_column(all) + INDENT;
    all->out->failed |= !text.data;
    pv_buf_append_repeat(all->out, ' ', at);
    pv_layout_wrap(all->out, text, all->style->width, at, at + INDENT, 0);
}

/* "= VALUE (PATH:LINE:COLUMN)" */
static pv_str describe_value(const telling *all, const char *sign, const pv_trail_value *value) {
    if (!value->source)
        return pv_arena_format(all->scratch, "%s%.*s", sign, PV_STR_ARG(value->text));
    const size_t start = value->at.span.start;
    return pv_arena_format(
        all->scratch, "%s%.*s (%s%.*s%s)", sign, PV_STR_ARG(value->text), value->at.expected_here ? "expected at " : "",
        PV_STR_ARG(pv_source_path_at(value->source, start)), pv_place_called(value->source, start).text);
}

/* ---- steps ---- */

static void write_arguments(const telling *all, const pv_trail_step *step) {
    pv_buf text = pv_buf_on(all->out->memory);
    for (size_t i = 0; i < step->argument_count; i++) {
        pv_buf_append_text(&text, i == 0 ? "with " : ", ");
        pv_buf_append(&text, step->arguments[i].text);
    }
    all->out->failed |= text.failed;
    if (text.size > 0)
        write_beneath(all, pv_buf_str(&text));
    pv_buf_clear(&text);
}

static void write_step(const telling *all, const pv_trail_step *step) {
    write_line_number(all, step->line);
    size_t at = text_column(all);
    pv_layout_wrap(all->out, step->expression, all->style->width, at, at, 0);
    write_arguments(all, step);
    write_beneath(all, step->finished ? describe_value(all, "= ", &step->value) : PV_STR("did not return"));
}

static bool is_same_step(const pv_trail_step *a, const pv_trail_step *b) {
    return a->line == b->line && a->kind == b->kind && pv_str_equal(a->expression, b->expression);
}

/* Whether the step has been shown often enough. */
static bool is_repeated(const pv_trail *trail, size_t index) {
    size_t earlier = 0;
    for (size_t i = 0; i < index && earlier < STEPS_SHOWN; i++)
        earlier += is_same_step(&trail->steps[i], &trail->steps[index]);
    return earlier == STEPS_SHOWN;
}

static void write_steps(const telling *all) {
    const pv_trail *trail = all->trail;
    size_t repeated = 0;
    if (trail->step_count > 0)
        write_heading(all, "What it asked for and called, by line");
    for (size_t i = 0; i < trail->step_count; i++) {
        const pv_trail_step *step = &trail->steps[i];
        if (!all->style->verbose && step->passed_through)
            continue;
        if (!all->style->verbose && is_repeated(trail, i))
            repeated++;
        else
            write_step(all, step);
    }
    if (repeated > 0)
        write_beneath(all, pv_arena_format(all->scratch, "… and %zu more like these; --verbose shows them", repeated));
    if (trail->cut)
        write_beneath(all, pv_arena_format(all->scratch, "… there were more than %zu steps", trail->step_count));
}

/* ---- variables and lines ---- */

static void write_variables(const telling *all) {
    const pv_trail *trail = all->trail;
    size_t columns = 0;
    for (size_t i = 0; i < trail->variable_count; i++) {
        size_t name = pv_layout_columns(trail->variables[i].name);
        columns = name > columns ? name : columns;
    }
    if (trail->variable_count > 0)
        write_heading(all, "Its variables at the end");
    for (size_t i = 0; i < trail->variable_count; i++) {
        pv_str value = describe_value(all, "", &trail->variables[i].value);
        all->out->failed |= !value.data;
        pv_layout_labelled(all->out, all->style, trail->variables[i].name.data, columns + INDENT, value, 0);
    }
}

static void write_source_line(const telling *all, const pv_trail_line *line) {
    bool ran = line->runs > 0;
    pv_str text = pv_source_line(all->trail->file, line->number);
    pv_layout_ink(all->out, all->style, PV_INK_FAINT);
    pv_buf_append_repeat(all->out, ' ', INDENT);
    pv_layout_number(all->out, line->number, all->digits);
    pv_layout_plain(all->out, all->style);
    pv_layout_inked(all->out, all->style, PV_INK_GOOD, ran ? PV_STR(" >") : PV_STR("  "));
    pv_buf_append_char(all->out, ' ');
    if (ran)
        pv_layout_text(all->out, text);
    else
        pv_layout_inked(all->out, all->style, PV_INK_FAINT, text);
    while (all->out->size > 0 && all->out->data[all->out->size - 1] == ' ')
        all->out->size--; /* of an empty line */
    pv_buf_append_char(all->out, '\n');
}

static void write_lines(const telling *all) {
    const pv_trail *trail = all->trail;
    if (trail->line_count == 0)
        return;
    write_heading(all, "The lines that ran");
    pv_place_write(all->out, all->style, trail->file->path, (pv_position){trail->lines[0].number, 1});
    for (size_t i = 0; i < trail->line_count; i++) {
        if (i > 0 && trail->lines[i].number != trail->lines[i - 1].number + 1)
            pv_buf_append_char(all->out, '\n');
        write_source_line(all, &trail->lines[i]);
    }
}

/* ---- verdicts ---- */

static pv_ink ink_of(const pv_verdict *verdict) {
    switch (verdict->outcome.state) {
    case PV_STATE_PASS:
        return PV_INK_GOOD;
    case PV_STATE_NOT_CHECKED:
        return PV_INK_ERROR;
    case PV_STATE_NOT_APPLICABLE:
        return PV_INK_FAINT;
    default:
        return pv_level_ink(verdict->level);
    }
}

/* "1.1.6.3: review: no target is stated" */
static void write_verdict_line(const telling *all, const pv_verdict *verdict) {
    pv_str subject = pv_subject_title(&verdict->subject, all->scratch);
    pv_str state = pv_str_from(pv_state_name(verdict->outcome.state));
    all->out->failed |= !subject.data;
    pv_layout_inked(all->out, all->style, PV_INK_STRONG, subject);
    pv_buf_append_text(all->out, ": ");
    pv_layout_inked(all->out, all->style, ink_of(verdict), state);
    size_t at = pv_layout_columns(subject) + 2 + state.size;
    pv_buf_append_text(all->out, verdict->outcome.message.size > 0 ? ": " : "");
    pv_layout_wrap(all->out, verdict->outcome.message, all->style->width, at + 2, INDENT, 0);
}

static size_t digits_of(const pv_trail *trail) {
    size_t digits = 1;
    for (size_t count = trail->file->line_count; count >= 10; count /= 10)
        digits++;
    return digits;
}

static void write_due(const telling *all, pv_date day) {
    char text[PV_DATE_SIZE];
    pv_date_write(day, text);
    pv_layout_labelled(all->out, all->style, "due", LABEL_COLUMNS, pv_str_from(text), 0);
}

static void write_verdict(const telling *all, const pv_verdict *verdict) {
    pv_buf_append_char(all->out, '\n');
    write_verdict_line(all, verdict);
    if (verdict->outcome.has_at && verdict->outcome.state != PV_STATE_NOT_APPLICABLE)
        pv_excerpt_write(all->out, all->style, ink_of(verdict), all->report->submission->source, &verdict->outcome.at);
    for (size_t i = 0; i < verdict->outcome.working_count; i++)
        pv_layout_labelled(all->out, all->style, i == 0 ? "because" : "", LABEL_COLUMNS, verdict->outcome.working[i],
                           0);
    if (verdict->outcome.has_due)
        write_due(all, verdict->outcome.due);
    if (!verdict->outcome.trail)
        return;
    telling followed = *all;
    followed.trail = verdict->outcome.trail;
    followed.digits = digits_of(verdict->outcome.trail);
    write_steps(&followed);
    write_variables(&followed);
    write_lines(&followed);
}

static bool is_shown_in_full(const pv_trail_report *report, const pv_verdict *verdict) {
    return report->all || verdict->outcome.state != PV_STATE_NOT_APPLICABLE;
}

void pv_trail_terminal(pv_buf *out, const pv_report_style *style, const pv_trail_report *report, pv_arena *scratch) {
    const telling all = {.out = out, .style = style, .report = report, .scratch = scratch};
    pv_layout_inked(out, style, PV_INK_STRONG, report->rule->id);
    pv_buf_append_char(out, '\n');
    pv_layout_wrap(out, report->rule->title, style->width, 0, 0, 0);
    size_t brief = 0;
    for (size_t i = 0; i < report->verdict_count; i++) {
        if (is_shown_in_full(report, report->verdicts[i]))
            write_verdict(&all, report->verdicts[i]);
        else
            brief++;
    }
    if (brief > 0)
        pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < report->verdict_count; i++)
        if (!is_shown_in_full(report, report->verdicts[i]))
            write_verdict_line(&all, report->verdicts[i]);
}

/* ---- an expression tried ---- */

#define MOST_NAME_COLUMNS ((size_t)24)

/* As wide as the longest name of those that belong to the value at index, which come after it. */
static size_t name_columns(const pv_tried *tried, size_t index) {
    size_t columns = 0;
    for (size_t i = index + 1; i < tried->count && tried->values[i].kind != PV_TRIED_VALUE; i++) {
        size_t name = pv_layout_columns(tried->values[i].name);
        columns = name > columns ? name : columns;
    }
    return (columns < MOST_NAME_COLUMNS ? columns : MOST_NAME_COLUMNS) + INDENT;
}

void pv_tried_terminal(pv_buf *out, const pv_report_style *style, const pv_tried *tried, pv_arena *scratch) {
    const telling all = {.out = out, .style = style, .scratch = scratch};
    size_t columns = 0;
    for (size_t i = 0; i < tried->count; i++) {
        const pv_tried_value *each = &tried->values[i];
        pv_str text = describe_value(&all, "", &each->value);
        out->failed |= !text.data;
        if (out->failed)
            return;
        if (each->kind == PV_TRIED_VALUE) {
            columns = name_columns(tried, i);
            pv_layout_wrap(out, text, style->width, 0, INDENT, 0);
        } else {
            pv_layout_labelled(out, style, each->name.data, columns, text, 0);
        }
    }
}
