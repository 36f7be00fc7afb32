#include "run/meter.h"

bool pv_meter_start(pv_meter *meter, pv_clock clock, pv_memory *memory, pv_error *error) {
    *meter = (pv_meter){.clock = clock, .memory = memory, .own = pv_memory_with_limit(SIZE_MAX)};
    meter->arena = pv_arena_new(&meter->own);
    if (!meter->arena)
        return pv_fail_memory(error);
    meter->peak = memory->peak;
    memory->peak = memory->used;
    meter->since = clock.now(clock.payload);
    return true;
}

void pv_meter_clear(pv_meter *meter) {
    pv_arena_free(meter->arena);
    meter->arena = NULL;
}

/* The account's peak is begun anew for each phase, and put back in the end. */
static void note_peak(pv_meter *meter) {
    pv_phase_cost *cost = &meter->phases[meter->phase];
    size_t peak = meter->memory->peak;
    cost->peak = peak > cost->peak ? peak : cost->peak;
    meter->peak = peak > meter->peak ? peak : meter->peak;
    meter->memory->peak = meter->memory->used;
}

pv_phase pv_meter_enter(pv_meter *meter, pv_phase phase) {
    if (!meter)
        return PV_PHASE_OTHER;
    const pv_phase before = meter->phase;
    uint64_t now = meter->clock.now(meter->clock.payload);
    meter->phases[before].nanoseconds += now - meter->since;
    meter->since = now;
    note_peak(meter);
    meter->phase = phase;
    meter->phases[phase].entered += phase != before;
    return before;
}

bool pv_meter_stop(pv_meter *meter, pv_error *error) {
    (void)pv_meter_enter(meter, PV_PHASE_OTHER);
    meter->memory->peak = meter->peak;
    return !meter->refused || pv_fail_memory(error);
}

bool pv_meter_begin_texts(pv_meter *meter) {
    if (meter)
        meter->asking = pv_meter_enter(meter, PV_PHASE_TEXTS);
    return true;
}

bool pv_meter_end_texts(pv_meter *meter, bool done) {
    if (meter)
        (void)pv_meter_enter(meter, meter->asking);
    return done;
}

void pv_meter_begin_call(pv_meter *meter, pv_phase phase) {
    if (!meter)
        return;
    (void)pv_meter_enter(meter, phase);
    meter->call.start = meter->since;
    meter->call.applicability = meter->phases[PV_PHASE_APPLICABILITY].nanoseconds;
    meter->call.texts = meter->phases[PV_PHASE_TEXTS].nanoseconds;
    meter->call.work = 0;
    meter->call.budget = 0;
    meter->call.bytes = 0;
    meter->call.used = meter->memory->used;
}

void pv_meter_charge(pv_meter *meter, uint64_t work, uint64_t budget, uint64_t bytes) {
    if (!meter)
        return;
    meter->call.work = work;
    meter->call.budget = budget;
    meter->call.bytes = bytes;
}

/* Rules come in turn: it is mostly the one met last, or the next. NULL when memory is refused. */
static pv_rule_cost *row_of(pv_meter *meter, const pv_rule *rule) {
    for (size_t i = 0; i < meter->rules.count; i++) {
        size_t at = (meter->turn + i) % meter->rules.count;
        if (meter->rules.items[at].rule != rule)
            continue;
        meter->turn = at;
        return &meter->rules.items[at];
    }
    pv_rule_cost *row = PV_ARRAY_ADD(meter->arena, &meter->rules);
    meter->refused |= !row;
    if (!row)
        return NULL;
    row->rule = rule;
    meter->turn = meter->rules.count - 1;
    return row;
}

/* Where a call of this time stands among the slowest; PV_METER_SLOWEST: nowhere. */
static size_t rank_of(const pv_meter *meter, uint64_t nanoseconds) {
    size_t rank = meter->slowest_count;
    while (rank > 0 && meter->slowest[rank - 1].nanoseconds < nanoseconds)
        rank--;
    return rank;
}

static void keep_slow(pv_meter *meter, const pv_call_cost *call, const pv_subject *subject, const pv_source *source,
                      size_t at) {
    size_t rank = rank_of(meter, call->nanoseconds);
    if (rank == PV_METER_SLOWEST)
        return;
    pv_call_cost kept = *call;
    kept.subject = pv_subject_name(subject, meter->arena);
    kept.path = pv_arena_copy(meter->arena, pv_source_path_at(source, at));
    kept.at = pv_source_locate(source, at);
    meter->refused |= !kept.subject.data || !kept.path.data;
    meter->slowest_count += meter->slowest_count < PV_METER_SLOWEST;
    for (size_t i = meter->slowest_count - 1; i > rank; i--)
        meter->slowest[i] = meter->slowest[i - 1];
    meter->slowest[rank] = kept;
}

static uint64_t greater(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}

void pv_meter_end_call(pv_meter *meter, const pv_rule *rule, const pv_subject *subject, const pv_source *source,
                       size_t at) {
    if (!meter)
        return;
    (void)pv_meter_enter(meter, PV_PHASE_OTHER);
    const pv_call_cost call = {
        .rule = rule->id,
        .nanoseconds = meter->since - meter->call.start,
        .work = meter->call.work,
    };
    size_t used = meter->memory->used;
    uint64_t bytes = meter->call.bytes + (used > meter->call.used ? used - meter->call.used : 0);
    pv_rule_cost *row = row_of(meter, rule);
    if (row) {
        row->calls++;
        row->nanoseconds += call.nanoseconds;
        row->applicability += meter->phases[PV_PHASE_APPLICABILITY].nanoseconds - meter->call.applicability;
        row->texts += meter->phases[PV_PHASE_TEXTS].nanoseconds - meter->call.texts;
        row->slowest = greater(row->slowest, call.nanoseconds);
        row->work += call.work;
        row->most_work = greater(row->most_work, call.work);
        row->budget = greater(row->budget, meter->call.budget);
        row->most_bytes = greater(row->most_bytes, bytes);
    }
    keep_slow(meter, &call, subject, source, at);
    (void)pv_meter_enter(meter, PV_PHASE_VERDICTS);
}

void pv_meter_pass_over(pv_meter *meter, const pv_rule *rule) {
    pv_rule_cost *row = meter ? row_of(meter, rule) : NULL;
    if (row)
        row->passed_over++;
}

void pv_meter_count(pv_meter *meter) {
    if (meter)
        meter->submissions++;
}
