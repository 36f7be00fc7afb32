#include "cli/checker.h"

#include "base/hash.h"
#include "run/ruleset.h"

bool pv_checker_init(pv_checker *checker, pv_library *library, pv_profiles *profiles, bool hashes,
                     const pv_listener *listener, pv_error *error) {
    *checker = (pv_checker){.profiles = profiles, .hashes = hashes, .listener = *listener};
    return pv_reader_init(&checker->reader, library, NULL, error);
}

void pv_checker_clear(pv_checker *checker) {
    pv_reader_clear(&checker->reader);
}

static bool tell_fault(const pv_checker *checker, const pv_fault *fault, bool of_submission, pv_error *error) {
    return checker->listener.fault(checker->listener.payload, fault, of_submission, error);
}

/* Rules that the pack lost when it was loaded are missing from the submission's verdicts. */
static bool tell_load_faults(const pv_checker *checker, pv_error *error) {
    const pv_ruleset *ruleset = checker->reader.pack->ruleset;
    for (size_t i = 0; i < ruleset->fault_count; i++)
        if (!tell_fault(checker, &ruleset->faults[i], false, error))
            return false;
    return true;
}

static bool tell_no_rule(const pv_checker *checker, pv_error *error) {
    const pv_pack *pack = checker->reader.pack;
    pv_str pattern = checker->profile->run.rule_pattern;
    const pv_rule *nearest = pv_rule_nearest(pack->ruleset, pattern);
    pv_str meant = nearest ? nearest->id : PV_STR("");
    const pv_fault fault = {
        .kind = PV_FAULT_INPUT,
        .message =
            pv_arena_format(checker->reader.checked.arena, "--rule '%.*s' selects no rule of the pack %.*s%s%.*s%s",
                            PV_STR_ARG(pattern), PV_STR_ARG(pack->manifest->id), nearest ? "; did you mean " : "",
                            PV_STR_ARG(meant), nearest ? "?" : ""),
    };
    return fault.message.data ? tell_fault(checker, &fault, false, error) : pv_fail_memory(error);
}

static bool tell_results(const pv_checker *checker, pv_error *error) {
    const pv_checked *checked = &checker->reader.checked;
    char sha256[65] = "";
    for (size_t i = 0; i < checked->results.fault_count; i++)
        if (!tell_fault(checker, &checked->results.faults[i], true, error))
            return false;
    if (checker->hashes)
        pv_hash_sha256(&checked->source->bytes, 1, sha256);
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
    if (!tell_load_faults(checker, error))
        return false;
    if (pv_run_selected(pack, checker->profile->run.rule_pattern) == 0)
        return tell_no_rule(checker, error);
    if (!pv_judge(&checker->reader.checked, pack, &checker->profile->run, &fault))
        return tell_fault(checker, &fault, false, error);
    if (!pv_gate_pass(checker->gate, &checker->reader.checked, pack, &checker->profile->run, error))
        return false;
    return tell_results(checker, error);
}

bool pv_checker_check(pv_checker *checker, const pv_file *file, pv_error *error) {
    pv_fault fault;
    pv_profile *profile = pv_profiles_of(checker->profiles, file->path, &fault);
    if (!profile || !pv_profiles_open_packs(checker->profiles, profile, &fault))
        return tell_fault(checker, &fault, false, error);
    checker->profile = profile;
    checker->reader.packs = profile->packs;
    switch (pv_reader_read(&checker->reader, file)) {
    case PV_READ_DONE:
        return check_submission(checker, error);
    case PV_READ_SKIPPED:
        return checker->listener.skipped(checker->listener.payload, file->path, pv_str_from(checker->reader.why),
                                         error);
    case PV_READ_FAILED:
        return tell_fault(checker, &checker->reader.fault, false, error);
    }
    return true;
}
