#include "report/other/trail_report.h"

#include "report/verdicts/json_place.h"

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

static void write_step(pv_json *json, const pv_trail_step *step) {
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

static void write_variables(pv_json *json, const pv_trail *trail) {
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

static void write_lines(pv_json *json, const pv_trail *trail) {
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
        write_step(json, &trail->steps[i]);
    pv_json_array_end(json);
    pv_json_key(json, "cut");
    pv_json_bool(json, trail->cut);
    write_variables(json, trail);
    write_lines(json, trail);
    pv_json_object_end(json);
}

static void write_due(pv_json *json, const pv_verdict *verdict) {
    char day[PV_DATE_SIZE] = "";
    if (verdict->outcome.has_due)
        pv_date_write(verdict->outcome.due, day);
    pv_json_optional_member(json, "due", pv_str_from(day));
}

static void write_verdict(pv_json *json, const pv_trail_report *report, const pv_verdict *verdict, pv_arena *scratch) {
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
    write_due(json, verdict);
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
        write_verdict(&json, report, report->verdicts[i], scratch);
    pv_json_array_end(&json);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}
