#include "report/verdicts/comparison_report.h"
#include "report/verdicts/place.h"

static void write_due(pv_json *json, const pv_verdict *verdict) {
    char day[PV_DATE_SIZE] = "";
    if (verdict->outcome.has_due)
        pv_date_write(verdict->outcome.due, day);
    pv_json_optional_member(json, "due", pv_str_from(day));
}

/* One day's verdict of a pair; null where there was none. */
static void write_side(pv_json *json, const char *key, const pv_verdict *verdict, const pv_source *source) {
    pv_json_key(json, key);
    if (!verdict) {
        pv_json_null(json);
        return;
    }
    pv_json_object_begin(json);
    pv_json_member(json, "state", pv_str_from(pv_state_name(verdict->outcome.state)));
    pv_json_member(json, "level", pv_str_from(pv_level_name(verdict->level)));
    pv_json_member(json, "message", verdict->outcome.message);
    write_due(json, verdict);
    pv_json_key(json, "at");
    if (verdict->outcome.has_at) {
        pv_json_object_begin(json);
        pv_json_place_members(json, source, &verdict->outcome.at, PV_PLACE_WORDS_ALL);
        pv_json_object_end(json);
    } else {
        pv_json_null(json);
    }
    pv_json_object_end(json);
}

void pv_comparison_json_members(pv_json *json, const pv_report_comparison *comparison, const pv_change *change) {
    pv_json_member(json, "path", comparison->after->submission->source->path);
    pv_json_member(json, "rule", pv_change_verdict(change)->rule->id);
    pv_json_member(json, "subject", change->subject);
    pv_json_member(json, "change", pv_str_from(pv_change_name(change->kind)));
    write_side(json, "before", change->before, comparison->before->submission->source);
    write_side(json, "after", change->after, comparison->after->submission->source);
}

void pv_comparison_json(pv_json *json, const pv_report_input *input) {
    const pv_report_comparison *comparison = input->comparison;
    for (size_t i = 0; i < comparison->found->count; i++) {
        const pv_change *change = &comparison->found->changes[i];
        if (change->kind == PV_CHANGE_NONE)
            continue;
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_comparison_json_members(json, comparison, change);
        pv_json_object_end(json);
    }
}
