#include "report/other/impact_words.h"

static const pv_impact_wording wordings[PV_CHANGE_COUNT] = {
    [PV_CHANGE_NONE] = {"unchanged", PV_INK_FAINT},
    [PV_CHANGE_FAILING] = {"newly failing", PV_INK_ERROR},
    [PV_CHANGE_REVIEW] = {"newly in review", PV_INK_WARNING},
    [PV_CHANGE_NOT_CHECKED] = {"not decided any more", PV_INK_ERROR},
    [PV_CHANGE_PASSING] = {"newly passing", PV_INK_GOOD},
    [PV_CHANGE_APPLICABLE] = {"newly applicable", PV_INK_GOOD},
    [PV_CHANGE_NOT_APPLICABLE] = {"no longer applicable", PV_INK_GOOD},
    [PV_CHANGE_LEVEL] = {"at another level", PV_INK_WARNING},
    [PV_CHANGE_WORDING] = {"worded otherwise", PV_INK_FAINT},
};

const pv_impact_wording *pv_impact_wording_of(pv_change_kind kind) {
    return &wordings[kind];
}

const char *pv_impact_name(pv_impact_kind kind) {
    static const char *const names[PV_IMPACT_COUNT] = {"none", "new", "gone", "changed"};
    return names[kind];
}

void pv_impact_write_counts(pv_buf *out, const size_t counts[PV_IMPACT_COUNT]) {
    bool any = false;
    for (size_t kind = PV_IMPACT_NEW; kind < PV_IMPACT_COUNT; kind++) {
        if (counts[kind] == 0)
            continue;
        pv_buf_format(out, "%s%zu %s", any ? ", " : "", counts[kind], pv_impact_name(kind));
        any = true;
    }
}

size_t pv_impact_changes_of(const pv_impact_row *rule) {
    return rule->counts[PV_IMPACT_NEW] + rule->counts[PV_IMPACT_GONE] + rule->counts[PV_IMPACT_CHANGED];
}

static void write_pack(pv_buf *out, const pv_pack *pack) {
    pv_buf_format(out, "%.*s %.*s", PV_STR_ARG(pack->manifest->id), PV_STR_ARG(pack->manifest->version));
}

void pv_impact_write_run(pv_buf *out, const pv_impact *impact) {
    const pv_impact_setting *setting = &impact->setting;
    pv_buf_append_text(out, "From ");
    write_pack(out, setting->before);
    pv_buf_append_text(out, " to ");
    write_pack(out, setting->after);
    pv_buf_format(out, ", %s mode", pv_mode_name(setting->mode));
    if (setting->as_of.size > 0)
        pv_buf_format(out, ", as of %.*s", PV_STR_ARG(setting->as_of));
    if (setting->rule_pattern.size > 0)
        pv_buf_format(out, ", rules %.*s only", PV_STR_ARG(setting->rule_pattern));
}

void pv_impact_write_rule_change(pv_buf *out, const pv_rule_change *change) {
    switch (change->kind) {
    case PV_RULE_REPLACED:
        pv_buf_format(out, ", by %.*s: %.*s", PV_STR_ARG(change->after->id), PV_STR_ARG(change->after->title));
        break;
    case PV_RULE_LEVEL:
        pv_buf_format(out, ": was %s, is %s", pv_level_name(change->level_before), pv_level_name(change->level_after));
        break;
    case PV_RULE_ADDED:
        pv_buf_format(out, " (%s): %.*s", pv_level_name(change->level_after), PV_STR_ARG(change->after->title));
        break;
    case PV_RULE_REMOVED:
    case PV_RULE_CHANGE_COUNT:
        pv_buf_format(out, ": %.*s", PV_STR_ARG(change->before->title));
        break;
    }
}

pv_str pv_impact_rule_of(const pv_rule_change *change) {
    return change->before ? change->before->id : change->after->id;
}

void pv_impact_write_subject(pv_buf *out, const pv_impact_row *row) {
    bool by_id = pv_str_equal(row->kind, pv_str_from(pv_subject_kind_name(PV_SUBJECT_MEASURE))) ||
                 pv_str_equal(row->kind, pv_str_from(pv_subject_kind_name(PV_SUBJECT_SECTION)));
    if (row->name.size == 0)
        pv_buf_format(out, "the %.*s", PV_STR_ARG(row->kind));
    else
        pv_buf_format(out, "%.*s%s%.*s", PV_STR_ARG(by_id ? row->kind : PV_STR("")), by_id ? " " : "",
                      PV_STR_ARG(row->name));
}

const char *pv_impact_subject_heading(const pv_impact *impact) {
    for (size_t i = 0; i < impact->subject_count; i++)
        if (pv_str_equal(impact->subjects[i].kind, pv_str_from(pv_subject_kind_name(PV_SUBJECT_MEASURE))))
            return "By measure";
    return "By subject";
}
