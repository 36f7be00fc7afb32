#include "cli/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/check/audit_report.h"

/* Written in pieces of about this size: large enough that the calls do not count, small enough that memory stays
 * flat. */
#define PIECE_BYTES ((size_t)1 << 18)

/* How much stands already in a file that is appended to. */
static size_t bytes_in(const char *file) {
    struct stat found;
    return stat(file, &found) == 0 && found.st_size > 0 ? (size_t)found.st_size : 0;
}

static bool add_output(pv_outputs *outputs, pv_memory *memory, const pv_options *options, const pv_output *described,
                       pv_error *error) {
    pv_output *output = &outputs->list[outputs->count++];
    *output = *described;
    output->descriptor = output->file ? -1 : STDOUT_FILENO;
    output->pending = pv_buf_on(memory);
    output->shipped = pv_buf_on(memory);
    const pv_report_setup setup = {
        .memory = memory,
        .style = pv_options_style(options, output->descriptor),
        .context = &outputs->context,
        .out = &output->pending,
        .shipped = outputs->in_worker ? &output->shipped : NULL,
        .filled = output->append ? bytes_in(output->file) : 0,
    };
    return pv_report_new(&output->report, output->format, &setup, error);
}

/* Where annotations go, GitHub names a file for a summary that everybody sees. */
static bool add_step_summary(pv_outputs *outputs, pv_memory *memory, const pv_options *options, pv_error *error) {
    const char *file = getenv("GITHUB_STEP_SUMMARY");
    bool annotates = false;
    for (size_t i = 0; i < outputs->count; i++)
        annotates |= outputs->list[i].format == &pv_github_format;
    if (!annotates || !file || *file == '\0')
        return true;
    const pv_output summary = {.format = &pv_step_summary_format, .file = file, .append = true};
    return add_output(outputs, memory, options, &summary, error);
}

static bool add_record(pv_outputs *outputs, pv_memory *memory, const pv_options *options, pv_error *error) {
    const pv_output record = {.format = &pv_audit_format, .file = options->record, .into = options->record_into};
    return !outputs->context.audit || add_output(outputs, memory, options, &record, error);
}

static bool init(pv_outputs *outputs, pv_memory *memory, const pv_options *options, pv_error *error) {
    for (size_t i = 0; i < options->format_count; i++) {
        const pv_format_choice *choice = &options->formats[i];
        const pv_output described = {.format = pv_format_named(choice->format), .file = choice->file};
        if (!add_output(outputs, memory, options, &described, error))
            return false;
    }
    return add_step_summary(outputs, memory, options, error) && add_record(outputs, memory, options, error);
}

bool pv_outputs_init(pv_outputs *outputs, pv_memory *memory, const pv_options *options,
                     const pv_report_context *context, pv_error *error) {
    *outputs = (pv_outputs){.context = *context};
    return init(outputs, memory, options, error);
}

bool pv_outputs_init_part(pv_outputs *outputs, pv_memory *memory, const pv_options *options,
                          const pv_report_context *context, pv_error *error) {
    *outputs = (pv_outputs){.context = *context, .in_worker = true};
    return init(outputs, memory, options, error);
}

void pv_outputs_clear(pv_outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        pv_report_free(output->report);
        pv_buf_clear(&output->pending);
        pv_buf_clear(&output->shipped);
        if (output->file && output->descriptor >= 0)
            close(output->descriptor);
    }
    *outputs = (pv_outputs){0};
}

bool pv_outputs_need_hash(const pv_outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->list[i].format->wants_hash)
            return true;
    return false;
}

static bool flush(pv_output *output, pv_error *error) {
    const char *name = output->file ? output->file : "standard output";
    if (output->pending.failed)
        return pv_fail_memory(error);
    if (output->pending.size == 0)
        return true;
    if (output->into) {
        pv_buf_append(output->into, pv_buf_str(&output->pending));
        pv_buf_reset(&output->pending);
        return !output->into->failed || pv_fail_memory(error);
    }
    if (output->file && output->descriptor < 0)
        output->descriptor =
            open(output->file, O_WRONLY | O_CREAT | O_CLOEXEC | (output->append ? O_APPEND : O_TRUNC), 0666);
    if (output->descriptor < 0 || !pv_console_write(output->descriptor, pv_buf_str(&output->pending)))
        return pv_fail(error, PV_ERROR_IO, "%s cannot be written: %s", name, strerror(errno));
    pv_buf_reset(&output->pending);
    return true;
}

/* Whole submissions at once to a terminal, so that the report grows under the reader's eyes. */
static bool flush_when_due(pv_output *output, pv_error *error) {
    bool due = output->format->per_submission || output->pending.size >= PIECE_BYTES || output->pending.failed;
    return !due || flush(output, error);
}

bool pv_outputs_submission(pv_outputs *outputs, const pv_report_input *input, pv_error *error) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        if (input->baseline && !output->format->reports_baseline)
            continue;
        if (!pv_report_submission(output->report, input, error) || !flush_when_due(output, error))
            return false;
    }
    return true;
}

void pv_outputs_ship(pv_outputs *outputs, pv_buf *frame) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_buf *shipped = &outputs->list[i].shipped;
        pv_frame_put_text(frame, pv_buf_str(shipped));
        pv_buf_reset(shipped);
    }
}

bool pv_outputs_join(pv_outputs *outputs, pv_str *frame, pv_error *error) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        pv_str shipped;
        if (!pv_frame_take_text(frame, &shipped, error) || !pv_report_join(output->report, shipped, error) ||
            !flush_when_due(output, error))
            return false;
    }
    return true;
}

bool pv_outputs_end(pv_outputs *outputs, const pv_summary *summary, const pv_fault *faults, size_t fault_count,
                    pv_error *error) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        if (!pv_report_end(output->report, summary, faults, fault_count, error) || !flush(output, error))
            return false;
    }
    return true;
}
