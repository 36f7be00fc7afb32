#include "run/waivers.h"

#include <stdio.h>
#include <string.h>

#include "base/glob.h"
#include "run/rule_lookup.h"

/* ---- which waiver meets which finding ---- */

/* A pattern is a path from any folder on: how a run names a file depends on where it was started. */
bool pv_waiver_covers(const pv_waiver *waiver, pv_str path) {
    while (pv_str_starts_with(path, PV_STR("./")))
        path = pv_str_slice(path, 2, path.size);
    if (waiver->path.size == 0 || pv_glob_matches(waiver->path, path))
        return true;
    for (size_t at = pv_str_find(path, PV_STR("/"), 0); at != SIZE_MAX; at = pv_str_find(path, PV_STR("/"), at + 1))
        if (pv_glob_matches(waiver->path, pv_str_slice(path, at + 1, path.size)))
            return true;
    return false;
}

static bool is_about_rule(const pv_waiver *waiver, pv_str id) {
    return pv_str_equal(waiver->rule, id) || (pv_glob_is_pattern(waiver->rule) && pv_glob_matches(waiver->rule, id));
}

pv_str pv_waiver_subject(const pv_verdict *verdict, pv_arena *arena) {
    const pv_record *record = verdict->subject.record;
    pv_str title = record ? pv_record_title(record, arena) : PV_STR("");
    if (record && title.size > 0)
        return pv_arena_format(arena, "%.*s %.*s", PV_STR_ARG(record->spec->name), PV_STR_ARG(title));
    return title.data ? pv_subject_name(&verdict->subject, arena) : title;
}

static bool is_fingerprint(pv_str text, uint64_t fingerprint) {
    char digits[17];
    snprintf(digits, sizeof digits, "%016llx", (unsigned long long)fingerprint);
    return pv_str_equal(text, pv_str_from(digits));
}

/* "measure 1.1.6" is meant by "1.1.6" too. */
static bool names(pv_str name, pv_str given) {
    if (pv_str_equal(name, given))
        return true;
    return name.size > given.size && pv_str_ends_with(name, given) && name.data[name.size - given.size - 1] == ' ';
}

bool pv_waiver_meets(const pv_waiver *waiver, const pv_verdict *verdict, pv_arena *scratch, bool *failed) {
    if (!pv_state_can_be_accepted(verdict->outcome.state) || !is_about_rule(waiver, verdict->rule->id))
        return false;
    if (pv_str_equal(waiver->subject, PV_STR("*")) || is_fingerprint(waiver->subject, verdict->fingerprint))
        return true;
    pv_str name = pv_subject_name(&verdict->subject, scratch);
    pv_str called = pv_waiver_subject(verdict, scratch);
    pv_str title = pv_subject_title(&verdict->subject, scratch);
    if (!name.data || !called.data || !title.data) {
        *failed = true;
        return false;
    }
    if (pv_str_equal(called, waiver->subject) || pv_str_equal(name, waiver->subject) ||
        pv_str_equal(title, waiver->subject))
        return true;
    return !verdict->subject.record && names(name, waiver->subject);
}

/* ---- a submission ---- */

/* What is being marked. */
typedef struct marking {
    const pv_waivers *waivers;
    pv_date as_of;
    unsigned char *notes;
    pv_arena *scratch;
    bool failed;
} marking;

static bool is_in_effect(const pv_waiver *waiver, pv_date as_of) {
    return pv_date_compare(waiver->created, as_of) <= 0 && pv_date_compare(as_of, waiver->expires) <= 0;
}

/* The first waiver in the file that may accept the verdict does; all that meet it are of use. */
static void mark(marking *all, const unsigned char *covering, pv_verdict *verdict) {
    for (size_t i = 0; i < all->waivers->count; i++) {
        const pv_waiver *waiver = &all->waivers->list[i];
        if (!covering[i] || !pv_waiver_meets(waiver, verdict, all->scratch, &all->failed))
            continue;
        if (verdict->rule->not_waivable) {
            all->notes[i] |= PV_WAIVER_REFUSED;
            continue;
        }
        all->notes[i] |= PV_WAIVER_USED;
        if (!verdict->waiver && is_in_effect(waiver, all->as_of))
            verdict->waiver = waiver;
    }
}

static void mark_all(marking *all, pv_str path, unsigned char *covering, pv_verdict *verdicts, size_t count) {
    for (size_t i = 0; i < all->waivers->count; i++) {
        covering[i] = pv_waiver_covers(&all->waivers->list[i], path);
        if (covering[i])
            all->notes[i] |= PV_WAIVER_COVERED;
    }
    for (size_t i = 0; i < count && !all->failed; i++)
        if (pv_state_can_be_accepted(verdicts[i].outcome.state)) {
            mark(all, covering, &verdicts[i]);
            pv_arena_clear(all->scratch);
        }
}

bool pv_waivers_apply(const pv_waivers *waivers, pv_date as_of, pv_str path, pv_results *results, unsigned char *notes,
                      pv_arena *arena, pv_error *error) {
    marking all = {.waivers = waivers, .as_of = as_of};
    all.notes = notes;
    if (waivers->count == 0)
        return true;
    pv_verdict *verdicts = PV_NEW_ARRAY(arena, pv_verdict, results->verdict_count);
    unsigned char *covering = pv_arena_alloc(arena, waivers->count);
    all.scratch = pv_arena_new(pv_arena_memory(arena));
    all.failed = !verdicts || !covering || !all.scratch;
    if (!all.failed && results->verdict_count > 0)
        memcpy(verdicts, results->verdicts, results->verdict_count * sizeof *verdicts);
    if (!all.failed)
        mark_all(&all, path, covering, verdicts, results->verdict_count);
    pv_arena_free(all.scratch);
    if (all.failed)
        return pv_fail_memory(error);
    results->verdicts = verdicts;
    return true;
}

void pv_waivers_note_rules(const pv_waivers *waivers, const pv_ruleset *ruleset, unsigned char *notes) {
    for (size_t i = 0; i < waivers->count; i++) {
        if (notes[i] & PV_WAIVER_RULE_EXISTS)
            continue;
        const pv_rule *rule;
        for (size_t k = 0; (rule = pv_rule_at(ruleset, k)) != NULL; k++)
            if (is_about_rule(&waivers->list[i], rule->id)) {
                notes[i] |= PV_WAIVER_RULE_EXISTS;
                break;
            }
    }
}
