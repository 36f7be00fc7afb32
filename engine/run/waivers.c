#include "run/waivers.h"

#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/glob.h"
#include "model/message.h"
#include "model/shape.h"
#include "run/changes.h"

/* ---- reading ---- */

enum {
    WAIVER_ID,
    WAIVER_RULE,
    WAIVER_SUBJECT,
    WAIVER_REASON,
    WAIVER_APPROVER,
    WAIVER_CREATED,
    WAIVER_EXPIRES,
    WAIVER_PATH,
    WAIVER_KEY_COUNT
};

static const pv_str waiver_keys[WAIVER_KEY_COUNT] = {
    PV_STR("id"),       PV_STR("rule"),    PV_STR("subject"), PV_STR("reason"),
    PV_STR("approver"), PV_STR("created"), PV_STR("expires"), PV_STR("path"),
};

static bool read_pattern(const pv_node *node, const char *what, pv_str *out, pv_error *error) {
    pv_error wrong = {0};
    if (!pv_shape_name(node, what, out, error))
        return false;
    return pv_glob_check(*out, &wrong) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is no pattern: %s", what, wrong.message);
}

/* As paths are compared: "./" and the like make no difference. */
static bool read_path(const pv_node *node, pv_arena *arena, pv_str *out, pv_error *error) {
    if (!read_pattern(node, "the path", out, error))
        return false;
    *out = pv_entry_path(arena, *out);
    if (!out->data)
        return pv_fail_memory(error);
    return out->size > 0 || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "the path names no file");
}

static bool read_days(pv_waiver *waiver, pv_arena *arena, const pv_node *const *part, pv_error *error) {
    if (!pv_shape_date(arena, part[WAIVER_CREATED], "the day it was created", &waiver->created, error) ||
        !pv_shape_date(arena, part[WAIVER_EXPIRES], "the day it expires", &waiver->expires, error))
        return false;
    return pv_date_compare(waiver->created, waiver->expires) <= 0 ||
           pv_fail_at(error, PV_ERROR_SHAPE, part[WAIVER_EXPIRES]->span, "it expires before it was created");
}

static bool read_waiver(pv_waiver *waiver, pv_arena *arena, const pv_node *node, pv_error *error) {
    static const pv_shape shape = {"a waiver", waiver_keys, WAIVER_KEY_COUNT, WAIVER_PATH};
    const pv_node *part[WAIVER_KEY_COUNT];
    if (!pv_shape_read(&shape, node, part, error))
        return false;
    waiver->id_at = part[WAIVER_ID]->span;
    waiver->rule_at = part[WAIVER_RULE]->span;
    waiver->expires_at = part[WAIVER_EXPIRES]->span;
    return pv_shape_name(part[WAIVER_ID], "the id", &waiver->id, error) &&
           read_pattern(part[WAIVER_RULE], "the rule", &waiver->rule, error) &&
           pv_shape_name(part[WAIVER_SUBJECT], "the subject", &waiver->subject, error) &&
           (!part[WAIVER_PATH] || read_path(part[WAIVER_PATH], arena, &waiver->path, error)) &&
           pv_shape_prose(arena, part[WAIVER_REASON], "the reason", &waiver->reason, error) &&
           pv_shape_prose(arena, part[WAIVER_APPROVER], "the approver", &waiver->approver, error) &&
           read_days(waiver, arena, part, error);
}

/* Two waivers with one id could not be told apart in a report. */
static bool check_id(const pv_waivers *waivers, const pv_waiver *waiver, pv_error *error) {
    for (size_t i = 0; i < waivers->count; i++)
        if (pv_str_equal(waivers->list[i].id, waiver->id)) {
            pv_position first = pv_source_locate(waivers->source, waivers->list[i].id_at.start);
            return pv_fail_at(error, PV_ERROR_SHAPE, waiver->id_at, "there is a waiver '%s' already, in line %u",
                              pv_message_quote(waiver->id).text, (unsigned)first.line);
        }
    return true;
}

static bool read_entries(pv_waivers *waivers, pv_waiver *list, pv_waiver_problem *problems, pv_arena *arena,
                         const pv_node *root, pv_error *error) {
    for (const pv_node *node = root->first; node; node = node->next) {
        pv_waiver *waiver = &list[waivers->count];
        pv_error wrong = {0};
        *waiver = (pv_waiver){.index = waivers->count};
        if (read_waiver(waiver, arena, node, &wrong) && check_id(waivers, waiver, &wrong)) {
            waivers->count++;
            continue;
        }
        pv_str message = pv_arena_copy(arena, pv_str_from(wrong.message));
        if (wrong.code == PV_ERROR_MEMORY || !message.data)
            return pv_fail_memory(error);
        problems[waivers->problem_count++] = (pv_waiver_problem){wrong.has_where ? wrong.where : node->span, message};
    }
    return true;
}

bool pv_waivers_none(pv_waivers **out, pv_arena *arena, const pv_source *source, pv_error *error) {
    *out = PV_NEW(arena, pv_waivers);
    if (!*out)
        return pv_fail_memory(error);
    (*out)->source = source;
    return true;
}

bool pv_waivers_read(pv_waivers **out, pv_arena *arena, const pv_document *document, pv_error *error) {
    const pv_node *root = document->root;
    if (!pv_shape_expect(root, PV_NODE_SEQUENCE, "a file of waivers", error))
        return false;
    if (root->count > PV_WAIVERS_MOST)
        return pv_fail_at(error, PV_ERROR_LIMIT, root->span, "a file holds at most %zu waivers", PV_WAIVERS_MOST);
    pv_waiver *list = PV_NEW_ARRAY(arena, pv_waiver, root->count);
    pv_waiver_problem *problems = PV_NEW_ARRAY(arena, pv_waiver_problem, root->count);
    pv_waivers *waivers = PV_NEW(arena, pv_waivers);
    if (!list || !problems || !waivers)
        return pv_fail_memory(error);
    *waivers = (pv_waivers){.source = document->source, .list = list, .problems = problems};
    *out = waivers;
    return read_entries(waivers, list, problems, arena, root, error);
}

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

pv_str pv_waiver_folder(const pv_waiver *waiver) {
    size_t end = 0;
    for (size_t at = 0; at < waiver->path.size && !strchr("*?[{", waiver->path.data[at]); at++)
        if (waiver->path.data[at] == '/')
            end = at;
    return pv_str_slice(waiver->path, 0, end);
}

/* Whether path, from any folder on, lies in the folder that the waiver names. */
static bool is_nearby(const pv_waiver *waiver, pv_str path) {
    pv_str folder = pv_waiver_folder(waiver);
    if (folder.size == 0)
        return true;
    for (size_t at = 0; at < path.size; at = pv_str_find(path, PV_STR("/"), at) + 1) {
        pv_str rest = pv_str_slice(path, at, path.size);
        if (pv_str_starts_with(rest, folder) && rest.size > folder.size && rest.data[folder.size] == '/')
            return true;
        if (pv_str_find(path, PV_STR("/"), at) == SIZE_MAX)
            return false;
    }
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
    char digits[PV_HEX_SIZE];
    pv_hex_write(fingerprint, digits);
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
    if (pv_str_equal(waiver->subject, PV_STR("*")) || is_fingerprint(waiver->subject, verdict->fingerprint) ||
        is_fingerprint(waiver->subject, verdict->earlier_fingerprint))
        return true;
    pv_str name = pv_subject_name(&verdict->subject, scratch);
    pv_str called = pv_waiver_subject(verdict, scratch);
    bool meant;
    if (!name.data || !called.data || !pv_subject_means(&verdict->subject, waiver->subject, scratch, &meant)) {
        *failed = true;
        return false;
    }
    return meant || pv_str_equal(called, waiver->subject) || (!verdict->subject.record && names(name, waiver->subject));
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
        if (is_nearby(&all->waivers->list[i], path))
            all->notes[i] |= PV_WAIVER_NEARBY;
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
        mark_all(&all, pv_entry_path(arena, path), covering, verdicts, results->verdict_count);
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
        for (size_t k = 0; (rule = pv_rule_at(ruleset, k)); k++)
            if (is_about_rule(&waivers->list[i], rule->id)) {
                notes[i] |= PV_WAIVER_RULE_EXISTS;
                break;
            }
    }
}

/* ---- verdicts on the waivers themselves ---- */

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

size_t pv_waivers_selected(pv_str rule_pattern) {
    size_t count = 0;
    for (size_t i = 0; i < RULE_COUNT; i++)
        count += pv_run_selects(rule_pattern, &rules[i]);
    return count;
}

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
    pv_verdict_identify(verdict, all->waivers->source, NULL);
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
         pv_arena_format(all->arena, "there is no rule '%s'%s", pv_message_quote(waiver->rule).text,
                         nearest ? pv_message_meant(waiver->rule, nearest->id).text : ""));
}

static void judge_refused(judging *all, const pv_waiver *waiver) {
    if (!(all->notes[waiver->index] & PV_WAIVER_REFUSED))
        return;
    fail(all, &rules[RULE_REFUSED], waiver->rule_at,
         pv_arena_format(all->arena, "the waiver %s is for a finding of a rule that cannot be waived",
                         pv_message_quote(waiver->id).text));
}

/* A waiver for one submission is judged with it; any other, only where all of a folder was checked: so is one for what
 * that folder does not hold. */
static bool can_be_missed(const judging *all, const pv_waiver *waiver) {
    bool of_one = waiver->path.size > 0 && !pv_glob_is_pattern(waiver->path);
    unsigned char notes = all->notes[waiver->index];
    if (all->run->in_folder && (notes & (PV_WAIVER_COVERED | PV_WAIVER_NEARBY | PV_WAIVER_NOWHERE)))
        return true;
    return (notes & PV_WAIVER_COVERED) && of_one;
}

static void judge_unused(judging *all, const pv_waiver *waiver) {
    const unsigned char met = PV_WAIVER_USED | PV_WAIVER_REFUSED;
    bool in_effect = pv_date_compare(waiver->created, all->run->as_of) <= 0 &&
                     pv_date_compare(all->run->as_of, waiver->expires) <= 0;
    bool rule_exists = all->notes[waiver->index] & PV_WAIVER_RULE_EXISTS;
    if (!all->run->whole || !in_effect || !rule_exists || (all->notes[waiver->index] & met) ||
        !can_be_missed(all, waiver))
        return;
    bool covered = all->notes[waiver->index] & PV_WAIVER_COVERED;
    fail(all, &rules[RULE_UNUSED], waiver->id_at,
         pv_arena_format(all->arena, "the waiver %s meets no %s%s", pv_message_quote(waiver->id).text,
                         covered ? "finding" : "submission: none that was checked has the path ",
                         covered ? "" : pv_message_quote(waiver->path).text));
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
