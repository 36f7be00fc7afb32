#include "cli/compare.h"

struct pv_compare {
    pv_memory *memory; /* it came from */
    pv_compare_setting setting;
    pv_library *library;
    pv_profiles *profiles; /* of library */
    pv_checker checker;    /* of the other day */
    /* Of the submission that is judged by both. */
    const pv_report_input *first;
    bool compared;
};

static pv_str other_day(const pv_compare *compare) {
    return pv_str_from(compare->setting.options->compare);
}

/* ---- what the other day gives ---- */

static bool hear_other_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    (void)payload, (void)path, (void)why, (void)error; /* the first day has said so */
    return true;
}

/* A rule file that does not load is the same fault on every day. */
static bool hear_other_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    pv_compare *compare = payload;
    pv_fault told = *fault;
    (void)of_submission; /* of none that is in a report */
    if (fault->kind != PV_FAULT_LOAD)
        told.message = pv_arena_format(compare->checker.reader.checked.arena, "as of %.*s: %.*s",
                                       PV_STR_ARG(other_day(compare)), PV_STR_ARG(fault->message));
    if (!told.message.data)
        return pv_fail_memory(error);
    return pv_speaker_fault(compare->setting.speaker, &told, false, error);
}

static bool hear_other_submission(void *payload, const pv_report_input *input, pv_error *error) {
    pv_compare *compare = payload;
    bool earlier = pv_str_compare(other_day(compare), pv_str_from(compare->setting.options->as_of)) < 0;
    const pv_report_input *before = earlier ? input : compare->first;
    const pv_report_input *after = earlier ? compare->first : input;
    pv_comparison found;
    if (!pv_comparison_make(&found, compare->checker.reader.checked.arena, before->results, after->results, error))
        return false;
    const pv_report_comparison comparison = {.found = &found, .before = before, .after = after};
    pv_report_input told = *compare->first;
    told.comparison = &comparison;
    compare->compared = true;
    return pv_speaker_submission(compare->setting.speaker, &told, error);
}

/* ---- what the first day gives ---- */

static bool hear_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    pv_compare *compare = payload;
    return pv_speaker_skipped(compare->setting.speaker, path, why, error);
}

static bool hear_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    pv_compare *compare = payload;
    return pv_speaker_fault(compare->setting.speaker, fault, of_submission, error);
}

/* Where the other day gives nothing to compare with, the first stands for itself. */
static bool hear_submission(void *payload, const pv_report_input *input, pv_error *error) {
    pv_compare *compare = payload;
    const pv_file file = {.path = input->submission->source->path};
    compare->first = input;
    compare->compared = false;
    if (!pv_checker_check(&compare->checker, &file, error))
        return false;
    return compare->compared || pv_speaker_submission(compare->setting.speaker, input, error);
}

pv_listener pv_compare_listener(pv_compare *compare) {
    return (pv_listener){compare, hear_skipped, hear_fault, hear_submission};
}

void pv_compare_follow(pv_compare *compare, const pv_reader *first) {
    compare->checker.reader.given = &first->bytes;
}

/* ---- opening ---- */

bool pv_compare_new(pv_compare **out, pv_memory *memory, const pv_compare_setting *setting, pv_error *error) {
    pv_compare *compare = pv_memory_new(memory, sizeof *compare);
    if (!compare)
        return pv_fail_memory(error);
    *compare = (pv_compare){.memory = memory, .setting = *setting};
    *out = compare;
    if (!pv_library_new(&compare->library, NULL, other_day(compare), error))
        return false;
    const pv_listener listener = {compare, hear_other_skipped, hear_other_fault, hear_other_submission};
    return pv_profiles_new(&compare->profiles, compare->library, setting->options, error) &&
           pv_checker_init(&compare->checker, compare->library, compare->profiles, false, &listener, error);
}

void pv_compare_free(pv_compare *compare) {
    if (!compare)
        return;
    if (compare->checker.reader.checked.arena)
        pv_checker_clear(&compare->checker);
    pv_profiles_free(compare->profiles);
    pv_library_free(compare->library);
    pv_memory_free(compare->memory, compare, sizeof *compare);
}
