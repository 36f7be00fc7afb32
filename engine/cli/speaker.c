#include "cli/speaker.h"

#include "cli/audit.h"

bool pv_speaker_init(pv_speaker *speaker, pv_memory *memory, const pv_options *options,
                     const pv_report_context *context, pv_error *error) {
    *speaker = (pv_speaker){.arena = pv_arena_new(memory), .quiet = options->quiet};
    speaker->silent = options->record_into != NULL;
    if (!speaker->arena)
        return pv_fail_memory(error);
    speaker->told = pv_fault_log_in(speaker->arena);
    speaker->closing = pv_fault_log_in(speaker->arena);
    speaker->statistics = pv_statistics_in(speaker->arena);
    pv_report_context own = *context;
    own.statistics = options->statistics ? &speaker->statistics : NULL;
    return pv_outputs_init(&speaker->outputs, memory, options, &own, error);
}

void pv_speaker_clear(pv_speaker *speaker) {
    pv_outputs_clear(&speaker->outputs);
    pv_arena_free(speaker->arena);
    *speaker = (pv_speaker){0};
}

bool pv_speaker_skipped(pv_speaker *speaker, pv_str path, pv_str why, pv_error *error) {
    (void)error;
    if (speaker->outputs.context.audit)
        pv_audit_skip(speaker->outputs.context.audit, path);
    if (!speaker->quiet)
        pv_console_complain("%.*s: skipped, %.*s", PV_STR_ARG(path), PV_STR_ARG(why));
    return true;
}

bool pv_speaker_fault(pv_speaker *speaker, const pv_fault *fault, bool of_submission, pv_error *error) {
    bool first_met;
    bool first_closing = false;
    if (!pv_fault_log_add(&speaker->told, fault, &first_met, error))
        return false;
    if (!of_submission && !pv_fault_log_add(&speaker->closing, fault, &first_closing, error))
        return false;
    speaker->summary.faults += first_closing;
    if (first_met && !speaker->silent)
        pv_console_complain_of(fault);
    return true;
}

bool pv_speaker_submission(pv_speaker *speaker, const pv_report_input *input, pv_error *error) {
    pv_report_count(&speaker->summary, input);
    if (speaker->outputs.context.statistics && !pv_statistics_add(&speaker->statistics, input->results, error))
        return false;
    return pv_outputs_submission(&speaker->outputs, input, error);
}

bool pv_speaker_end(pv_speaker *speaker, int *code, pv_error *error) {
    *code = pv_summary_exit_code(&speaker->summary);
    return pv_outputs_end(&speaker->outputs, &speaker->summary, speaker->closing.items, speaker->closing.count, error);
}

static bool hear_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    return pv_speaker_skipped(payload, path, why, error);
}

static bool hear_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    return pv_speaker_fault(payload, fault, of_submission, error);
}

static bool hear_submission(void *payload, const pv_report_input *input, pv_error *error) {
    return pv_speaker_submission(payload, input, error);
}

pv_listener pv_speaker_listener(pv_speaker *speaker) {
    return (pv_listener){
        .payload = speaker,
        .skipped = hear_skipped,
        .fault = hear_fault,
        .submission = hear_submission,
    };
}
