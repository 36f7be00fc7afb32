#include "project/compare.h"

struct pv_compare {
    pv_memory *memory; /* it came from */
    pv_compare_setting setting;
    pv_library *library;
    pv_project *project; /* of library */
    pv_checker checker;  /* of the other */
    /* Of the submission that is judged by both. */
    const pv_report_input *first;
    bool compared;
};

static bool tell_fault(const pv_compare *compare, const pv_fault *fault, bool of_submission, pv_error *error) {
    return compare->setting.listener.fault(compare->setting.listener.payload, fault, of_submission, error);
}

static bool tell_submission(const pv_compare *compare, const pv_report_input *input, pv_error *error) {
    return compare->setting.listener.submission(compare->setting.listener.payload, input, error);
}

/* ---- what the other gives ---- */

static bool hear_other_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    (void)payload, (void)path, (void)why, (void)error; /* the first has said so */
    return true;
}

/* A rule file that does not load names itself. */
static bool hear_other_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    pv_compare *compare = payload;
    pv_fault reported = *fault;
    (void)of_submission; /* of none that is in a report */
    if (fault->kind != PV_FAULT_LOAD)
        reported.message = pv_arena_format(compare->checker.reader.checked.arena, "%.*s: %.*s",
                                           PV_STR_ARG(compare->setting.where), PV_STR_ARG(fault->message));
    return reported.message.data ? tell_fault(compare, &reported, false, error) : pv_fail_memory(error);
}

static bool hear_other_submission(void *payload, const pv_report_input *input, pv_error *error) {
    pv_compare *compare = payload;
    bool earlier = compare->setting.is_earlier;
    const pv_report_input *before = earlier ? input : compare->first;
    const pv_report_input *after = earlier ? compare->first : input;
    pv_changes found;
    if (!pv_changes_of(&found, compare->checker.reader.checked.arena, before->results, after->results, error))
        return false;
    const pv_report_comparison comparison = {.found = &found, .before = before, .after = after};
    pv_report_input reported = *compare->first;
    reported.comparison = &comparison;
    compare->compared = true;
    return tell_submission(compare, &reported, error);
}

/* ---- what the first gives ---- */

static bool hear_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    const pv_compare *compare = payload;
    return compare->setting.listener.skipped(compare->setting.listener.payload, path, why, error);
}

static bool hear_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    return tell_fault(payload, fault, of_submission, error);
}

/* Where the other gives nothing to compare with, the first stands for itself. */
static bool hear_submission(void *payload, const pv_report_input *input, pv_error *error) {
    pv_compare *compare = payload;
    const pv_file file = {.path = input->submission->source->path};
    compare->first = input;
    compare->compared = false;
    if (!pv_checker_check(&compare->checker, &file, error))
        return false;
    return compare->compared || tell_submission(compare, input, error);
}

pv_listener pv_compare_listener(pv_compare *compare) {
    return (pv_listener){compare, hear_skipped, hear_fault, hear_submission};
}

void pv_compare_follow(pv_compare *compare, const pv_reader *first) {
    compare->checker.reader.given = &first->bytes;
}

pv_project *pv_compare_project(const pv_compare *compare) {
    return compare->project;
}

/* ---- opening ---- */

bool pv_compare_new(pv_compare **out, pv_memory *memory, const pv_compare_setting *setting, pv_error *error) {
    pv_compare *compare = pv_memory_new(memory, sizeof *compare);
    if (!compare)
        return pv_fail_memory(error);
    *compare = (pv_compare){.memory = memory, .setting = *setting};
    *out = compare;
    if (!pv_library_new(&compare->library, NULL, setting->as_of, error))
        return false;
    pv_library_speak(compare->library, setting->language);
    pv_library_keep_problems(compare->library, PV_BASELINE_MOST);
    const pv_listener listener = {compare, hear_other_skipped, hear_other_fault, hear_other_submission};
    return pv_project_new(&compare->project, compare->library, setting->host, &setting->settings, error) &&
           pv_checker_init(&compare->checker, compare->project, false, &listener, error);
}

void pv_compare_free(pv_compare *compare) {
    if (!compare)
        return;
    if (compare->checker.reader.checked.arena)
        pv_checker_clear(&compare->checker);
    pv_project_free(compare->project);
    pv_library_free(compare->library);
    pv_memory_free(compare->memory, compare, sizeof *compare);
}
