#include "project/checker.h"

#include "base/array.h"
#include "base/glob.h"
#include "base/hash.h"
#include "model/message.h"
#include "run/ruleset.h"
#include "run/waivers.h"

/* ---- faults ---- */

pv_fault_log pv_fault_log_in(pv_arena *arena) {
    return (pv_fault_log){.arena = arena, .known = pv_set_in(arena)};
}

static uint64_t hash_of(const pv_fault *fault) {
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, fault->rule);
    hash = pv_hash_continue(hash, fault->path);
    return pv_hash_continue(hash, fault->message);
}

static bool is_same_fault(const void *items, size_t position, const void *wanted) {
    const pv_fault *a = &((const pv_fault *)items)[position];
    const pv_fault *b = wanted;
    return a->kind == b->kind && a->at.line == b->at.line && a->at.column == b->at.column &&
           pv_str_equal(a->rule, b->rule) && pv_str_equal(a->path, b->path) && pv_str_equal(a->message, b->message);
}

bool pv_fault_log_add(pv_fault_log *log, const pv_fault *fault, bool *added, pv_error *error) {
    uint64_t hash = hash_of(fault);
    *added = false;
    if (pv_set_find(&log->known, hash, is_same_fault, log->items, fault) != PV_SET_NONE)
        return true;
    pv_fault copy = *fault;
    copy.rule = pv_arena_copy(log->arena, fault->rule);
    copy.message = pv_arena_copy(log->arena, fault->message);
    copy.path = pv_arena_copy(log->arena, fault->path);
    if (!copy.rule.data || !copy.message.data || !copy.path.data || !PV_ARRAY_RESERVE(log->arena, log))
        return pv_fail_memory(error);
    pv_error refused = {0};
    if (!pv_set_add(&log->known, hash, log->count, &refused) && refused.code != PV_ERROR_LIMIT)
        return pv_fail_memory(error); /* of faults made to collide some are kept more than once */
    log->items[log->count++] = copy;
    *added = true;
    return true;
}

/* ---- checking ---- */

bool pv_checker_init(pv_checker *checker, pv_project *project, bool hashes, const pv_listener *listener,
                     pv_error *error) {
    *checker = (pv_checker){.project = project, .hashes = hashes, .listener = *listener};
    return pv_reader_init(&checker->reader, pv_project_library(project), pv_project_host(project), NULL, error);
}

void pv_checker_clear(pv_checker *checker) {
    pv_reader_clear(&checker->reader);
}

static bool report_fault(const pv_checker *checker, const pv_fault *fault, bool of_submission, pv_error *error) {
    return checker->listener.fault(checker->listener.payload, fault, of_submission, error);
}

/* Rules that the pack lost when it was loaded are missing from the submission's verdicts. */
static bool report_load_faults(const pv_checker *checker, pv_error *error) {
    const pv_ruleset *ruleset = checker->reader.pack->ruleset;
    for (size_t i = 0; i < ruleset->fault_count; i++)
        if (!report_fault(checker, &ruleset->faults[i], false, error))
            return false;
    return true;
}

static bool report_no_rule(const pv_checker *checker, pv_str pattern, pv_error *error) {
    const pv_pack *pack = checker->reader.pack;
    const pv_rule *nearest = pv_rule_nearest(pack->ruleset, pattern);
    const pv_hint hint = nearest ? pv_message_meant(pattern, nearest->id) : (pv_hint){.text = ""};
    const pv_fault fault = {
        .kind = PV_FAULT_INPUT,
        .message = pv_arena_format(checker->reader.checked.arena, "--rule '%.*s' selects no rule of the pack %.*s%s",
                                   PV_STR_ARG(pattern), PV_STR_ARG(pack->manifest->id), hint.text),
    };
    return fault.message.data ? report_fault(checker, &fault, false, error) : pv_fail_memory(error);
}

/* Each pattern that is asked for is to select something: of this pack, or at least of another one that there is, or of
 * what is said of waivers. */
static bool report_unmet_rules(const pv_checker *checker, bool any_selected, pv_error *error) {
    const pv_pack *pack = checker->reader.pack;
    pv_str part;
    for (size_t at = 0; pv_glob_next_part(checker->profile->run.rule_pattern, &at, &part);) {
        bool met =
            pv_run_selected(pack, part) > 0 || pv_run_refused(pack, part) ||
            (any_selected && (pv_waivers_selected(part) > 0 || pv_pack_store_has_rule(checker->reader.packs, part)));
        if (!met && !report_no_rule(checker, part, error))
            return false;
    }
    return true;
}

/* Whether the pack's own fault says the same at the same place, as of a name in what several rules call. */
static bool is_told(const pv_ruleset *ruleset, const pv_fault *fault) {
    for (size_t i = 0; fault->at.line > 0 && i < ruleset->fault_count; i++) {
        const pv_fault *told = &ruleset->faults[i];
        if (told->at.line == fault->at.line && pv_str_equal(told->path, fault->path) &&
            pv_str_equal(told->message, fault->message))
            return true;
    }
    return false;
}

static bool report_results(const pv_checker *checker, pv_error *error) {
    const pv_checked *checked = &checker->reader.checked;
    char sha256[65] = "";
    for (size_t i = 0; i < checked->results.fault_count; i++)
        if (!is_told(checker->reader.pack->ruleset, &checked->results.faults[i]) &&
            !report_fault(checker, &checked->results.faults[i], true, error))
            return false;
    if (checker->hashes)
        pv_hash_sha256(&checked->bytes, 1, sha256);
    const pv_report_input input = {
        .submission = checked->submission,
        .source = checked->source,
        .pack = checker->reader.pack,
        .results = &checked->results,
        .sha256 = sha256,
    };
    return checker->listener.submission(checker->listener.payload, &input, error);
}

static bool check_submission(pv_checker *checker, pv_error *error) {
    const pv_pack *pack = checker->reader.pack;
    pv_fault fault;
    if (!report_load_faults(checker, error))
        return false;
    bool any_selected = pv_run_selected(pack, checker->profile->run.rule_pattern) > 0;
    if (!report_unmet_rules(checker, any_selected, error))
        return false;
    if (!any_selected)
        return true;
    if (!pv_judge(&checker->reader.checked, pack, &checker->profile->run, &fault))
        return report_fault(checker, &fault, false, error);
    pv_meter *meter = pv_library_meter(checker->reader.checked.library);
    const pv_phase before = pv_meter_enter(meter, PV_PHASE_VERDICTS);
    bool applied =
        pv_acceptance_apply(checker->acceptance, &checker->reader.checked, pack, &checker->profile->run, error);
    (void)pv_meter_enter(meter, before);
    return applied && report_results(checker, error);
}

bool pv_checker_check(pv_checker *checker, const pv_file *file, pv_error *error) {
    pv_fault fault;
    pv_profile *profile = pv_project_profile_of(checker->project, file->path, &fault);
    if (!profile || !pv_project_open_packs(checker->project, profile, &fault))
        return report_fault(checker, &fault, false, error);
    checker->profile = profile;
    checker->reader.packs = profile->packs;
    switch (pv_reader_read(&checker->reader, file)) {
    case PV_READ_DONE:
        return check_submission(checker, error);
    case PV_READ_SKIPPED:
        return checker->listener.skipped(checker->listener.payload, file->path, pv_str_from(checker->reader.why),
                                         error);
    case PV_READ_FAILED:
        return report_fault(checker, &checker->reader.fault, false, error);
    }
    return true;
}
