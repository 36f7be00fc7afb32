/* What is wrong with waivers, as findings that belong to no submission. */
#include "base/glob.h"
#include "model/message.h"
#include "run/waivers.h"

#include <stdlib.h>

#define COMMON                                                                                                         \
    .each = PV_SUBJECT_COLLECTION, .checks_blank = true, .not_waivable = true,                                         \
    .citation = PV_STR("The project's own decision, in its file of waivers")

enum { RULE_EXPIRED, RULE_MALFORMED, RULE_REFUSED, RULE_UNUSED, RULE_COUNT };

static const pv_rule rules[RULE_COUNT] = {
    [RULE_EXPIRED] =
        {
            .id = PV_STR("waivers.expired"),
            .title = PV_STR("No waiver has expired"),
            .remedy = PV_STR("Correct what was waived, or have it approved anew, with another day."),
            .why = PV_STR("A finding is accepted for a time, and by someone who answers for it."),
            .level = PV_LEVEL_ERROR,
            COMMON,
        },
    [RULE_MALFORMED] =
        {
            .id = PV_STR("waivers.malformed"),
            .title = PV_STR("Every waiver says what it waives, why, who approved it, and from when until when"),
            .remedy = PV_STR("Correct the entry at the place shown: as it stands, it waives nothing."),
            .why = PV_STR("A waiver that nobody signed, or that never ends, is no decision."),
            .level = PV_LEVEL_ERROR,
            COMMON,
        },
    [RULE_REFUSED] =
        {
            .id = PV_STR("waivers.refused"),
            .title = PV_STR("No waiver is for a rule that cannot be waived"),
            .remedy = PV_STR("Correct the submission, and take the waiver out."),
            .why = PV_STR("The pack says of some rules that nobody but the regulator may accept a failure of them."),
            .level = PV_LEVEL_ERROR,
            COMMON,
        },
    [RULE_UNUSED] =
        {
            .id = PV_STR("waivers.unused"),
            .title = PV_STR("Every waiver meets a finding"),
            .remedy = PV_STR("Take the waiver out, or correct its rule, subject or path."),
            .why = PV_STR("A waiver that is left behind would accept a later finding that nobody has looked at."),
            .level = PV_LEVEL_WARNING,
            COMMON,
        },
};

/* The verdicts being made. */
typedef struct judging {
    pv_arena *arena;
    const pv_waivers *waivers;
    const unsigned char *notes;
    const pv_waivers_run *run;
    pv_verdict *verdicts;
    size_t count;
    size_t failures; /* of the rule at hand */
    bool failed;
} judging;

static pv_verdict *add(judging *all, const pv_rule *rule, pv_state state, pv_span at, pv_str message) {
    pv_verdict *verdict = &all->verdicts[all->count];
    *verdict = (pv_verdict){
        .rule = rule,
        .subject.kind = PV_SUBJECT_COLLECTION,
        .outcome.state = state,
        .level = pv_run_level(NULL, rule, all->run->options),
        .outcome.message = message,
        .outcome.at = {at, false},
        .outcome.has_at = true,
        .order = (uint32_t)all->count,
    };
    verdict->fingerprint = pv_verdict_fingerprint(verdict, all->waivers->source);
    all->failed |= !message.data;
    all->count++;
    return verdict;
}

static void fail(judging *all, const pv_rule *rule, pv_span at, pv_str message) {
    add(all, rule, PV_STATE_FAIL, at, message);
    all->failures++;
}

static void judge_expired(judging *all, const pv_waiver *waiver) {
    char day[PV_DATE_SIZE];
    if (pv_date_compare(all->run->as_of, waiver->expires) <= 0)
        return;
    pv_date_write(waiver->expires, day);
    fail(all, &rules[RULE_EXPIRED], waiver->expires_at,
         pv_arena_format(all->arena, "the waiver %s expired on %s, and waives nothing any more",
                         pv_message_quote(waiver->id).text, day));
}

static void judge_rule_name(judging *all, const pv_waiver *waiver) {
    if (!all->run->all_packs || (all->notes[waiver->index] & PV_WAIVER_RULE_EXISTS))
        return;
    const pv_rule *nearest = all->run->nearest(all->run->payload, waiver->rule);
    fail(all, &rules[RULE_MALFORMED], waiver->rule_at,
         pv_arena_format(all->arena, "there is no rule '%s'%s%s%s", pv_message_quote(waiver->rule).text,
                         nearest ? "; did you mean " : "", nearest ? pv_message_quote(nearest->id).text : "",
                         nearest ? "?" : ""));
}

static void judge_refused(judging *all, const pv_waiver *waiver) {
    if (!(all->notes[waiver->index] & PV_WAIVER_REFUSED))
        return;
    fail(all, &rules[RULE_REFUSED], waiver->rule_at,
         pv_arena_format(all->arena, "the waiver %s is for a finding of a rule that cannot be waived",
                         pv_message_quote(waiver->id).text));
}

/* A waiver for one submission is judged with it; any other, only where all of a folder was checked. */
static bool can_be_missed(const judging *all, const pv_waiver *waiver) {
    bool of_one = waiver->path.size > 0 && !pv_glob_is_pattern(waiver->path);
    return (all->notes[waiver->index] & PV_WAIVER_COVERED) && (of_one || all->run->in_folder);
}

static void judge_unused(judging *all, const pv_waiver *waiver) {
    const unsigned char met = PV_WAIVER_USED | PV_WAIVER_REFUSED;
    bool in_effect = pv_date_compare(waiver->created, all->run->as_of) <= 0 &&
                     pv_date_compare(all->run->as_of, waiver->expires) <= 0;
    bool rule_exists = all->notes[waiver->index] & PV_WAIVER_RULE_EXISTS;
    if (!all->run->whole || !in_effect || !rule_exists || (all->notes[waiver->index] & met) ||
        !can_be_missed(all, waiver))
        return;
    fail(all, &rules[RULE_UNUSED], waiver->id_at,
         pv_arena_format(all->arena, "the waiver %s meets no finding", pv_message_quote(waiver->id).text));
}

static void judge_rule(judging *all, size_t rule) {
    static void (*const judges[RULE_COUNT])(judging *, const pv_waiver *) = {
        [RULE_EXPIRED] = judge_expired,
        [RULE_MALFORMED] = judge_rule_name,
        [RULE_REFUSED] = judge_refused,
        [RULE_UNUSED] = judge_unused,
    };
    all->failures = 0;
    for (size_t i = 0; rule == RULE_MALFORMED && i < all->waivers->problem_count; i++)
        fail(all, &rules[rule], all->waivers->problems[i].at, all->waivers->problems[i].message);
    for (size_t i = 0; i < all->waivers->count; i++)
        judges[rule](all, &all->waivers->list[i]);
    size_t start = pv_source_text_start(all->waivers->source);
    const pv_span top = {(uint32_t)start, (uint32_t)start};
    if (all->failures == 0 && rule == RULE_UNUSED && !all->run->whole)
        add(all, &rules[rule], PV_STATE_NOT_APPLICABLE, top, PV_STR("not all rules were run, or not without a fault"));
    else if (all->failures == 0)
        add(all, &rules[rule], PV_STATE_PASS, top, PV_STR(""));
}

/* By place; at one place in the order of the rules. */
static int compare_verdicts(const void *left, const void *right) {
    const pv_verdict *a = left;
    const pv_verdict *b = right;
    if (a->outcome.at.span.start != b->outcome.at.span.start)
        return a->outcome.at.span.start < b->outcome.at.span.start ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

bool pv_waivers_judge(pv_results *out, pv_arena *arena, const pv_waivers *waivers, const unsigned char *notes,
                      const pv_waivers_run *run, pv_error *error) {
    judging all = {.arena = arena, .waivers = waivers, .notes = notes, .run = run};
    size_t most = waivers->problem_count + RULE_COUNT * (waivers->count + 1);
    all.verdicts = PV_NEW_ARRAY(arena, pv_verdict, most);
    if (!all.verdicts)
        return pv_fail_memory(error);
    for (size_t rule = 0; rule < RULE_COUNT; rule++)
        if (pv_run_selects(run->options->rule_pattern, &rules[rule]))
            judge_rule(&all, rule);
    if (all.failed)
        return pv_fail_memory(error);
    if (all.count > 1)
        qsort(all.verdicts, all.count, sizeof *all.verdicts, compare_verdicts);
    *out = (pv_results){.verdicts = all.verdicts,
                        .verdict_count = all.count,
                        .mode = run->options->mode,
                        .fail_on = run->options->fail_on};
    return true;
}
