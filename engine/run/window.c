#include "run/window.h"

#define DAY "%04d-%02d-%02d"
#define DAY_ARG(date) (date).year, (date).month, (date).day

static bool needs_a_day(const pv_rule *rule, pv_arena *arena, pv_outcome *out, pv_error *error) {
    pv_date day = rule->has_since ? rule->since : rule->until;
    pv_str message = pv_arena_format(arena, "the rule applies %s " DAY "; say the day with --as-of",
                                     rule->has_since ? "from" : "until", DAY_ARG(day));
    pv_fault *fault = PV_NEW(arena, pv_fault);
    if (!message.data || !fault)
        return pv_fail_memory(error);
    *fault = (pv_fault){.kind = PV_FAULT_INPUT, .message = message};
    if (rule->source) {
        fault->path = rule->source->path;
        fault->at = pv_source_locate(rule->source, rule->at.start);
    }
    *out = (pv_outcome){.state = PV_STATE_NOT_CHECKED, .fault = fault};
    return true;
}

bool pv_window_look(const pv_rule *rule, const pv_pack *pack, pv_arena *arena, bool *open, pv_outcome *out,
                    pv_error *error) {
    *open = !rule->has_since && !rule->has_until;
    if (*open)
        return true;
    if (!pack->has_as_of)
        return needs_a_day(rule, arena, out, error);
    bool early = rule->has_since && pv_date_compare(pack->as_of, rule->since) < 0;
    bool late = rule->has_until && pv_date_compare(pack->as_of, rule->until) > 0;
    *open = !early && !late;
    if (*open)
        return true;
    *out = (pv_outcome){.state = PV_STATE_NOT_APPLICABLE};
    out->message = pv_arena_format(arena, "the rule applies %s " DAY ", and the day is " DAY, early ? "from" : "until",
                                   DAY_ARG(early ? rule->since : rule->until), DAY_ARG(pack->as_of));
    return out->message.data || pv_fail_memory(error);
}

pv_date pv_window_day_inside(const pv_rule *rule) {
    return rule->has_since ? rule->since : rule->until;
}
