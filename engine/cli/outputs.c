#include "cli/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/frame.h"

/* Written in pieces of about this size: large enough that the calls do not count, small enough that memory stays
 * flat. */
#define PIECE_BYTES ((size_t)1 << 18)

static bool init_output(pv_output *output, pv_memory *memory, const pv_options *options, const pv_format_choice *choice,
                        const pv_outputs *outputs, pv_error *error) {
    bool json = pv_str_equal(pv_str_from(choice->format), PV_STR("json"));
    *output = (pv_output){
        .kind = json ? PV_OUTPUT_JSON : PV_OUTPUT_TERMINAL,
        .file = choice->file,
        .descriptor = choice->file ? -1 : STDOUT_FILENO,
        .pending = pv_buf_on(memory),
        .style = pv_options_style(options, choice->file ? -1 : STDOUT_FILENO),
    };
    if (!json)
        return true;
    return outputs->part ? pv_check_json_begin_part(&output->json, memory, error)
                         : pv_check_json_begin(&output->json, memory, &output->pending, &outputs->context, error);
}

static bool init(pv_outputs *outputs, pv_memory *memory, const pv_options *options, pv_error *error) {
    for (size_t i = 0; i < options->format_count; i++) {
        outputs->count++;
        if (!init_output(&outputs->list[i], memory, options, &options->formats[i], outputs, error))
            return false;
    }
    return true;
}

bool pv_outputs_init(pv_outputs *outputs, pv_memory *memory, const pv_options *options,
                     const pv_report_context *context, pv_error *error) {
    *outputs = (pv_outputs){.context = *context};
    return init(outputs, memory, options, error);
}

bool pv_outputs_init_part(pv_outputs *outputs, pv_memory *memory, const pv_options *options,
                          const pv_report_context *context, pv_error *error) {
    *outputs = (pv_outputs){.context = *context, .part = true};
    return init(outputs, memory, options, error);
}

void pv_outputs_clear(pv_outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        pv_check_json_free(output->json);
        pv_buf_clear(&output->pending);
        if (output->file && output->descriptor >= 0)
            close(output->descriptor);
    }
    *outputs = (pv_outputs){0};
}

bool pv_outputs_need_hash(const pv_outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->list[i].kind == PV_OUTPUT_JSON)
            return true;
    return false;
}

static bool flush(pv_output *output, pv_error *error) {
    const char *name = output->file ? output->file : "standard output";
    if (output->pending.failed)
        return pv_fail_memory(error);
    if (output->pending.size == 0)
        return true;
    if (output->file && output->descriptor < 0)
        output->descriptor = open(output->file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (output->descriptor < 0 || !pv_console_write(output->descriptor, pv_buf_str(&output->pending)))
        return pv_fail(error, PV_ERROR_IO, "%s cannot be written: %s", name, strerror(errno));
    pv_buf_reset(&output->pending);
    return true;
}

/* Whole submissions at once to a terminal, so that the report grows under the reader's eyes. */
static bool flush_when_due(pv_output *output, pv_error *error) {
    bool due = output->kind == PV_OUTPUT_TERMINAL || output->pending.size >= PIECE_BYTES || output->pending.failed;
    return !due || flush(output, error);
}

bool pv_outputs_submission(pv_outputs *outputs, const pv_report_input *input, pv_error *error) {
    outputs->submissions++;
    if (input->comparison)
        pv_comparison_totals_add(&outputs->totals, input->comparison);
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        if (output->kind == PV_OUTPUT_JSON)
            pv_check_json_submission(output->json, input);
        else
            pv_terminal_submission(&output->pending, &output->style, &outputs->context, input);
        if (!outputs->part && !flush_when_due(output, error))
            return false;
    }
    return true;
}

static bool take_json(pv_output *output, pv_buf *frame) {
    pv_check_json_part part;
    bool taken = pv_check_json_take_part(output->json, &output->pending, &part);
    pv_frame_put_text(frame, part.verdicts);
    pv_frame_put_text(frame, part.inputs);
    pv_frame_put_text(frame, part.faults);
    pv_frame_put_text(frame, part.packs);
    pv_check_json_forget_part(output->json);
    return taken;
}

bool pv_outputs_take_part(pv_outputs *outputs, pv_buf *frame, pv_error *error) {
    pv_frame_put_number(frame, outputs->submissions);
    outputs->submissions = 0;
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        bool taken = true;
        if (output->kind == PV_OUTPUT_JSON)
            taken = take_json(output, frame);
        else
            pv_frame_put_text(frame, pv_buf_str(&output->pending));
        if (!taken || output->pending.failed)
            return pv_fail_memory(error);
        pv_buf_reset(&output->pending);
    }
    return true;
}

static bool add_json(pv_output *output, pv_str *frame, pv_error *error) {
    pv_check_json_part part;
    if (!pv_frame_take_text(frame, &part.verdicts, error) || !pv_frame_take_text(frame, &part.inputs, error) ||
        !pv_frame_take_text(frame, &part.faults, error) || !pv_frame_take_text(frame, &part.packs, error))
        return false;
    pv_check_json_add_part(output->json, &part);
    return true;
}

static bool add_text(pv_output *output, pv_str *frame, pv_error *error) {
    pv_str text;
    if (!pv_frame_take_text(frame, &text, error))
        return false;
    pv_buf_append(&output->pending, text);
    return true;
}

bool pv_outputs_add_part(pv_outputs *outputs, pv_str *frame, pv_error *error) {
    uint64_t submissions;
    if (!pv_frame_take_number(frame, &submissions, error))
        return false;
    outputs->submissions += submissions;
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        bool added = output->kind == PV_OUTPUT_JSON ? add_json(output, frame, error) : add_text(output, frame, error);
        if (!added || !flush_when_due(output, error))
            return false;
    }
    return true;
}

static void end_terminal(const pv_outputs *outputs, pv_output *output, const pv_summary *summary,
                         const pv_fault *faults, size_t fault_count) {
    pv_comparison_terminal_end(&output->pending, &output->style, &outputs->context, &outputs->totals);
    pv_terminal_end(&output->pending, &output->style, &outputs->context, summary, faults, fault_count);
}

bool pv_outputs_end(pv_outputs *outputs, const pv_summary *summary, const pv_fault *faults, size_t fault_count,
                    pv_error *error) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        if (output->kind == PV_OUTPUT_JSON)
            pv_check_json_end(output->json, summary, faults, fault_count);
        else if (outputs->submissions > 0) /* else standard error has said all there is to say */
            end_terminal(outputs, output, summary, faults, fault_count);
        if (!flush(output, error))
            return false;
    }
    return true;
}
