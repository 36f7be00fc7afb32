#include "run/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/glob.h"
#include "model/message.h"
#include "model/shape.h"

int pv_baseline_compare(const pv_verdict_entry *left, const pv_verdict_entry *right) {
    int order = pv_str_compare(left->path, right->path);
    order = order ? order : pv_str_compare_natural(left->rule, right->rule);
    order = order ? order : pv_str_compare(left->rule, right->rule);
    order = order ? order : pv_str_compare_natural(left->subject, right->subject);
    order = order ? order : pv_str_compare(left->subject, right->subject);
    if (order)
        return order;
    if (left->fingerprint != right->fingerprint)
        return left->fingerprint < right->fingerprint ? -1 : 1;
    return (left->ordinal > right->ordinal) - (left->ordinal < right->ordinal);
}

/* ---- reading ---- */

static bool read_fingerprint(const pv_node *node, uint64_t *out, pv_error *error) {
    pv_str text = {0};
    if (!pv_shape_name(node, "a fingerprint", &text, error))
        return false;
    return pv_hex_read(text, out) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "a fingerprint is 16 digits, 0 to 9 and a to f");
}

static bool read_entry(pv_verdict_entry *entry, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum { ENTRY_PATH, ENTRY_RULE, ENTRY_SUBJECT, ENTRY_FINGERPRINT, ENTRY_ORDINAL, ENTRY_KEY_COUNT };
    static const pv_str keys[ENTRY_KEY_COUNT] = {PV_STR("path"), PV_STR("rule"), PV_STR("subject"),
                                                 PV_STR("fingerprint"), PV_STR("ordinal")};
    static const pv_shape shape = {"a finding", keys, ENTRY_KEY_COUNT, ENTRY_KEY_COUNT};
    const pv_node *part[ENTRY_KEY_COUNT];
    pv_str path;
    if (!pv_shape_read(&shape, node, part, error) || !pv_shape_name(part[ENTRY_PATH], "the path", &path, error))
        return false;
    entry->path = pv_entry_path(arena, path);
    if (!entry->path.data)
        return pv_fail_memory(error);
    return pv_shape_name(part[ENTRY_RULE], "the rule", &entry->rule, error) &&
           pv_shape_name(part[ENTRY_SUBJECT], "the subject", &entry->subject, error) &&
           read_fingerprint(part[ENTRY_FINGERPRINT], &entry->fingerprint, error) &&
           pv_shape_count(arena, part[ENTRY_ORDINAL], "the ordinal", &entry->ordinal, error);
}

static bool read_pack(pv_baseline_pack *pack, const pv_node *node, pv_error *error) {
    enum { PACK_ID, PACK_VERSION, PACK_KEY_COUNT };
    static const pv_str keys[PACK_KEY_COUNT] = {PV_STR("id"), PV_STR("version")};
    static const pv_shape shape = {"a pack", keys, PACK_KEY_COUNT, PACK_KEY_COUNT};
    const pv_node *part[PACK_KEY_COUNT];
    return pv_shape_read(&shape, node, part, error) && pv_shape_name(part[PACK_ID], "the id", &pack->id, error) &&
           pv_shape_name(part[PACK_VERSION], "the version", &pack->version, error);
}

static int compare_entries(const void *left, const void *right) {
    return pv_baseline_compare(left, right);
}

static bool read_entries(pv_baseline *baseline, pv_arena *arena, const pv_node *list, pv_error *error) {
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "findings", error))
        return false;
    if (list->count > PV_BASELINE_MOST)
        return pv_fail_at(error, PV_ERROR_LIMIT, list->span, "a baseline holds at most %zu findings", PV_BASELINE_MOST);
    baseline->entries = PV_NEW_ARRAY(arena, pv_verdict_entry, list->count);
    if (!baseline->entries)
        return pv_fail_memory(error);
    for (const pv_node *node = list->first; node; node = node->next)
        if (!read_entry(&baseline->entries[baseline->count++], arena, node, error))
            return false;
    if (baseline->count > 1)
        qsort(baseline->entries, baseline->count, sizeof *baseline->entries, compare_entries);
    for (size_t i = 1; i < baseline->count; i++)
        if (pv_baseline_compare(&baseline->entries[i - 1], &baseline->entries[i]) == 0)
            return pv_fail_at(error, PV_ERROR_SHAPE, list->span, "one finding of '%s' is there twice",
                              pv_message_quote(baseline->entries[i].path).text);
    return true;
}

static bool read_packs(pv_baseline *baseline, pv_arena *arena, const pv_node *list, pv_error *error) {
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "packs", error))
        return false;
    baseline->packs = PV_NEW_ARRAY(arena, pv_baseline_pack, list->count);
    if (!baseline->packs)
        return pv_fail_memory(error);
    for (const pv_node *node = list->first; node; node = node->next)
        if (!read_pack(&baseline->packs[baseline->pack_count++], node, error))
            return false;
    return true;
}

bool pv_baseline_read(pv_baseline **out, pv_arena *arena, const pv_document *document, pv_error *error) {
    enum { BASELINE_SCHEMA, BASELINE_PROVISO, BASELINE_PACKS, BASELINE_FINDINGS, BASELINE_KEY_COUNT };
    static const pv_str keys[BASELINE_KEY_COUNT] = {PV_STR("schema"), PV_STR("proviso"), PV_STR("packs"),
                                                    PV_STR("findings")};
    static const pv_shape shape = {"a baseline", keys, BASELINE_KEY_COUNT, BASELINE_KEY_COUNT};
    const pv_node *part[BASELINE_KEY_COUNT];
    uint32_t schema;
    pv_baseline *baseline = PV_NEW(arena, pv_baseline);
    if (!baseline)
        return pv_fail_memory(error);
    baseline->source = document->source;
    if (!pv_shape_read(&shape, document->root, part, error) ||
        !pv_shape_count(arena, part[BASELINE_SCHEMA], "the schema", &schema, error))
        return false;
    if (schema != PV_BASELINE_SCHEMA)
        return pv_fail_at(error, PV_ERROR_SHAPE, part[BASELINE_SCHEMA]->span,
                          "this version reads baselines of schema %d, not %u", PV_BASELINE_SCHEMA, (unsigned)schema);
    *out = baseline;
    return read_packs(baseline, arena, part[BASELINE_PACKS], error) &&
           read_entries(baseline, arena, part[BASELINE_FINDINGS], error);
}

void pv_baseline_rename(pv_baseline *baseline, const pv_str *called) {
    for (size_t i = 0; i < baseline->count; i++)
        baseline->entries[i].path = called[i];
    if (baseline->count > 1)
        qsort(baseline->entries, baseline->count, sizeof *baseline->entries, compare_entries);
}

/* ---- a submission against it ---- */

bool pv_baseline_findings_of(pv_verdict_entries *out, pv_arena *arena, pv_str path, const pv_results *results,
                             pv_error *error) {
    if (!pv_entries_of(out, arena, path, results, pv_state_can_be_accepted, error))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++)
        if (out->list[i].verdict->outcome.stands_for == 0)
            out->list[kept++] = out->list[i];
    out->count = kept;
    return true;
}

/* The entries of a path, which stand together. */
static pv_verdict_entries entries_of_path(const pv_baseline *baseline, pv_str path) {
    size_t low = 0;
    size_t high = baseline->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pv_str_compare(baseline->entries[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (high < baseline->count && pv_str_equal(baseline->entries[high].path, path))
        high++;
    return (pv_verdict_entries){baseline->entries + low, high - low, NULL};
}

/* Whether the rule came to a verdict wherever it had to. */
static bool was_decided(const pv_results *results, pv_str rule) {
    for (size_t i = 0; i < results->verdict_count; i++)
        if (results->verdicts[i].outcome.state == PV_STATE_NOT_CHECKED &&
            pv_str_equal(results->verdicts[i].rule->id, rule))
            return false;
    return true;
}

/* Which entry of the baseline each finding is. */
typedef struct matching {
    const pv_verdict_entry **entries; /* per finding; NULL: none */
    bool *taken;                      /* per entry */
    size_t count;                     /* findings that are one */
} matching;

/* Matches what is matched with nothing yet. */
static bool match_rest(matching *all, pv_arena *arena, const pv_verdict_entries *stored,
                       const pv_verdict_entries *found, pv_error *error) {
    pv_verdict_entries before = {PV_NEW_ARRAY(arena, pv_verdict_entry, stored->count), 0, NULL};
    pv_verdict_entries after = {PV_NEW_ARRAY(arena, pv_verdict_entry, found->count), 0, NULL};
    size_t *before_of = PV_NEW_ARRAY(arena, size_t, stored->count);
    size_t *after_of = PV_NEW_ARRAY(arena, size_t, found->count);
    pv_changes changes;
    if (!before.list || !after.list || !before_of || !after_of)
        return pv_fail_memory(error);
    for (size_t i = 0; i < stored->count; i++)
        if (!all->taken[i]) {
            before_of[before.count] = i;
            before.list[before.count++] = stored->list[i];
        }
    for (size_t i = 0; i < found->count; i++)
        if (!all->entries[i]) {
            after_of[after.count] = i;
            after.list[after.count++] = found->list[i];
        }
    if (!pv_changes_between(&changes, arena, &before, &after, PV_IDENTITY_WORDS, error))
        return false;
    for (size_t i = 0; i < changes.count; i++) {
        const pv_change *change = &changes.list[i];
        if (!change->before || !change->after)
            continue;
        size_t entry = before_of[change->before - before.list];
        all->entries[after_of[change->after - after.list]] = &stored->list[entry];
        all->taken[entry] = true;
        all->count++;
    }
    return true;
}

static bool match_in_turn(matching *out, pv_arena *arena, const pv_verdict_entries *stored,
                          const pv_verdict_entries *first, const pv_verdict_entries *second, pv_error *error) {
    *out = (matching){
        .entries = PV_NEW_ARRAY(arena, const pv_verdict_entry *, first->count),
        .taken = PV_NEW_ARRAY(arena, bool, stored->count),
    };
    if (!out->entries || !out->taken)
        return pv_fail_memory(error);
    return match_rest(out, arena, stored, first, error) &&
           (out->count == first->count || match_rest(out, arena, stored, second, error));
}

/* By fingerprints as they are made now and, where the baseline holds such ones, as they were made earlier. It may hold
 * both, and equals are numbered by either: of the two orders in which to try them the one that finds more. */
static bool match_findings(matching *out, pv_arena *arena, const pv_verdict_entries *stored,
                           const pv_verdict_entries *found, pv_error *error) {
    pv_verdict_entries earlier = {PV_NEW_ARRAY(arena, pv_verdict_entry, found->count), found->count, NULL};
    matching other;
    if (!earlier.list)
        return pv_fail_memory(error);
    for (size_t i = 0; i < found->count; i++) {
        earlier.list[i] = found->list[i];
        earlier.list[i].fingerprint = found->list[i].verdict->earlier_fingerprint;
    }
    if (!pv_entries_number(&earlier, arena, error) || !match_in_turn(out, arena, stored, found, &earlier, error))
        return false;
    if (out->count == found->count || out->count == stored->count)
        return true;
    if (!match_in_turn(&other, arena, stored, &earlier, found, error))
        return false;
    if (other.count > out->count)
        *out = other;
    return true;
}

bool pv_baseline_apply(const pv_baseline *baseline, pv_str path, pv_str rule_pattern, bool lost, pv_results *results,
                       unsigned char *notes, pv_arena *arena, pv_error *error) {
    const pv_verdict_entries stored = entries_of_path(baseline, pv_entry_path(arena, path));
    pv_verdict_entries found;
    matching matched = {0};
    pv_verdict *verdicts = PV_NEW_ARRAY(arena, pv_verdict, results->verdict_count);
    if (!verdicts || !pv_baseline_findings_of(&found, arena, path, results, error) ||
        !match_findings(&matched, arena, &stored, &found, error) || !matched.entries || !matched.taken)
        return pv_fail_memory(error);
    if (results->verdict_count > 0)
        memcpy(verdicts, results->verdicts, results->verdict_count * sizeof *verdicts);
    for (size_t i = 0; i < results->verdict_count; i++)
        if (verdicts[i].outcome.stands_for > 0 && !verdicts[i].waiver)
            verdicts[i].baseline = PV_BASELINE_NEW; /* which they are, nobody can say */
    for (size_t i = 0; i < found.count; i++)
        if (!found.list[i].verdict->waiver)
            verdicts[found.list[i].verdict - results->verdicts].baseline =
                matched.entries[i] ? PV_BASELINE_UNCHANGED : PV_BASELINE_NEW;
    for (size_t i = 0; i < stored.count; i++) {
        const pv_verdict_entry *entry = &stored.list[i];
        unsigned char *note = &notes[entry - baseline->entries];
        bool judged = !lost && (rule_pattern.size == 0 || pv_glob_matches(rule_pattern, entry->rule));
        *note |= PV_BASELINE_COVERED;
        if (matched.taken[i])
            *note |= PV_BASELINE_SEEN;
        else if (!(*note & PV_BASELINE_SEEN) && judged && was_decided(results, entry->rule))
            *note |= PV_BASELINE_FIXED;
    }
    results->verdicts = verdicts;
    return true;
}
