#include "report/other/impact_words.h"
#include "report/verdicts/verdict_json.h"

static void write_pack(pv_json *json, const char *key, const pv_pack *pack) {
    pv_json_key(json, key);
    pv_json_object_begin(json);
    pv_json_member(json, "id", pack->manifest->id);
    pv_json_member(json, "version", pack->manifest->version);
    pv_json_member(json, "sha256", pv_str_from(pack->sha256));
    pv_json_object_end(json);
}

static void write_number(pv_json *json, const char *key, size_t number) {
    pv_json_key(json, key);
    pv_json_unsigned(json, number);
}

static void write_counts(pv_json *json, const size_t counts[PV_IMPACT_COUNT]) {
    write_number(json, "new", counts[PV_IMPACT_NEW]);
    write_number(json, "gone", counts[PV_IMPACT_GONE]);
    write_number(json, "changed", counts[PV_IMPACT_CHANGED]);
}

static void write_summary(pv_json *json, const pv_impact *impact, size_t fault_count) {
    static const struct {
        const char *key;
        pv_change_kind kind;
    } kinds[] = {
        {"newly_failing", PV_CHANGE_FAILING},
        {"newly_in_review", PV_CHANGE_REVIEW},
        {"newly_not_checked", PV_CHANGE_NOT_CHECKED},
        {"newly_passing", PV_CHANGE_PASSING},
        {"newly_applicable", PV_CHANGE_APPLICABLE},
        {"no_longer_applicable", PV_CHANGE_NOT_APPLICABLE},
        {"changed_level", PV_CHANGE_LEVEL},
        {"changed_wording", PV_CHANGE_WORDING},
        {"unchanged", PV_CHANGE_NONE},
    };
    pv_json_line_break(json);
    pv_json_key(json, "summary");
    pv_json_object_begin(json);
    write_number(json, "submissions", impact->submissions);
    write_counts(json, impact->counts);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        write_number(json, kinds[i].key, impact->kinds[kinds[i].kind]);
    write_number(json, "faults", fault_count);
    pv_json_object_end(json);
}

static void begin_rows(pv_json *json, const char *key) {
    pv_json_line_break(json);
    pv_json_key(json, key);
    pv_json_array_begin(json);
}

static void end_rows(pv_json *json) {
    pv_json_line_break(json);
    pv_json_array_end(json);
}

static void write_rule(pv_json *json, const char *key, const pv_rule *rule, pv_level level) {
    pv_json_key(json, key);
    if (!rule) {
        pv_json_null(json);
        return;
    }
    pv_json_object_begin(json);
    pv_json_member(json, "id", rule->id);
    pv_json_member(json, "title", rule->title);
    pv_json_member(json, "level", pv_str_from(pv_level_name(level)));
    pv_json_object_end(json);
}

static void write_rules(pv_json *json, const pv_rule_changes *rules) {
    begin_rows(json, "rules");
    for (size_t i = 0; i < rules->count; i++) {
        const pv_rule_change *change = &rules->list[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "change", pv_str_from(pv_rule_change_name(change->kind)));
        write_rule(json, "before", change->before, change->level_before);
        write_rule(json, "after", change->after, change->level_after);
        pv_json_object_end(json);
    }
    end_rows(json);
}

static void write_by_rule(pv_json *json, const pv_impact *impact) {
    begin_rows(json, "by_rule");
    for (size_t i = 0; i < impact->rule_count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "rule", impact->rules[i].name);
        write_counts(json, impact->rules[i].counts);
        pv_json_object_end(json);
    }
    end_rows(json);
}

static void write_by_subject(pv_json *json, const pv_impact *impact) {
    begin_rows(json, "by_subject");
    for (size_t i = 0; i < impact->subject_count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "kind", impact->subjects[i].kind);
        pv_json_optional_member(json, "of", impact->subjects[i].name);
        write_counts(json, impact->subjects[i].counts);
        pv_json_object_end(json);
    }
    end_rows(json);
}

static void write_changes(pv_json *json, const pv_impact *impact) {
    begin_rows(json, "changes");
    for (size_t i = 0; i < impact->count; i++) {
        const pv_impact_change *change = &impact->changes[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "finding", pv_str_from(pv_impact_name(change->impact)));
        pv_json_raw(json, change->json);
        pv_json_optional_member(json, "was_rule", change->was_rule);
        pv_json_key(json, "counts_for");
        pv_json_object_begin(json);
        pv_json_member(json, "kind", change->subject_kind);
        pv_json_optional_member(json, "of", change->subject_of);
        pv_json_object_end(json);
        pv_json_object_end(json);
    }
    end_rows(json);
}

void pv_impact_json(pv_buf *out, const pv_impact *impact, const pv_fault *faults, size_t fault_count) {
    const pv_impact_setting *setting = &impact->setting;
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    write_number(&json, "schema", 1);
    pv_json_member(&json, "proviso", setting->version);
    pv_json_member(&json, "mode", pv_str_from(pv_mode_name(setting->mode)));
    pv_json_optional_member(&json, "as_of", setting->as_of);
    pv_json_optional_member(&json, "rule", setting->rule_pattern);
    write_pack(&json, "old", setting->before);
    write_pack(&json, "new", setting->after);
    write_summary(&json, impact, fault_count);
    write_rules(&json, &setting->rules);
    write_by_rule(&json, impact);
    write_by_subject(&json, impact);
    write_changes(&json, impact);
    begin_rows(&json, "faults");
    for (size_t i = 0; i < fault_count; i++)
        pv_json_fault(&json, &faults[i]);
    end_rows(&json);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}
