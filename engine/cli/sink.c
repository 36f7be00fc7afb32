#include "cli/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "cli/audit.h"
#include "cli/posix_host.h"
#include "report/check/record_report.h"

/* Written in pieces of about this size: large enough that the calls do not count, small enough that memory stays
 * flat. */
#define PIECE_BYTES ((size_t)1 << 18)

static bool fail_writing(const pv_output *output, pv_error *error) {
    return pv_fail(error, PV_ERROR_IO, "%s cannot be written: %s", output->file ? output->file : "standard output",
                   strerror(errno));
}

static bool write_out(pv_output *output, pv_str text, pv_error *error) {
    if (output->into) {
        pv_buf_append(output->into, text);
        return !output->into->failed || pv_fail_memory(error);
    }
    if (output->file && output->descriptor < 0)
        output->descriptor =
            open(output->file, O_WRONLY | O_CREAT | O_CLOEXEC | (output->append ? O_APPEND : O_TRUNC), 0666);
    return (output->descriptor >= 0 && pv_console_write(output->descriptor, text)) || fail_writing(output, error);
}

static bool flush(pv_output *output, pv_error *error) {
    if (output->pending.failed)
        return pv_fail_memory(error);
    if (output->pending.size == 0)
        return true;
    bool written = write_out(output, pv_buf_str(&output->pending), error);
    pv_buf_reset(&output->pending);
    return written;
}

static bool write_large(void *payload, pv_str entry, pv_error *error) {
    return flush(payload, error) && write_out(payload, entry, error);
}

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
    const pv_report_setup setup = {
        .memory = memory,
        .style = pv_options_style(options, output->descriptor),
        .context = &outputs->context,
        .out = &output->pending,
        .shipped = outputs->in_worker ? &outputs->shipped : NULL,
        .filled = output->append ? bytes_in(output->file) : 0,
        .pass_on = outputs->in_worker ? NULL : write_large,
        .payload = output,
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
    const pv_output record = {.format = &pv_record_format, .file = options->record.data, .into = options->record_into};
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

bool pv_outputs_init_in_worker(pv_outputs *outputs, pv_memory *memory, const pv_options *options,
                               const pv_report_context *context, pv_error *error) {
    *outputs = (pv_outputs){.context = *context, .in_worker = true};
    return init(outputs, memory, options, error);
}

/* ---- files ---- */

/* Takes the file away, if it is one: not a device or a pipe. Where it must stay (a link, a mount), it is emptied. */
static void discard_file(const char *file) {
    struct stat found;
    if (lstat(file, &found) != 0)
        return;
    if (S_ISREG(found.st_mode) && unlink(file) == 0)
        return;
    if (stat(file, &found) != 0 || !S_ISREG(found.st_mode))
        return;
    if (truncate(file, 0) != 0)
        pv_console_complain("%s holds a report of an earlier run and cannot be removed: %s", file, strerror(errno));
}

void pv_outputs_discard(const pv_options *options, bool (*spares)(void *payload, pv_str file), void *payload) {
    if (options->record_into)
        return;
    for (size_t i = 0; i < options->format_count; i++) {
        const char *file = options->formats[i].file;
        if (file && !spares(payload, pv_str_from(file)))
            discard_file(file);
    }
    if (options->record.data && !spares(payload, options->record))
        discard_file(options->record.data);
}

static bool close_file(pv_output *output, pv_error *error) {
    if (!output->file || output->descriptor < 0)
        return true;
    int descriptor = output->descriptor;
    output->descriptor = -1;
    return close(descriptor) == 0 || fail_writing(output, error);
}

/* A report that is not complete must not be taken for one. */
static void drop_incomplete(pv_output *output) {
    pv_error ignored = {0};
    (void)close_file(output, &ignored);
    if (output->file && !output->append && !output->into && !output->complete)
        discard_file(output->file);
}

static void clear_outputs(pv_outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        pv_report_free(output->report);
        pv_buf_clear(&output->pending);
        drop_incomplete(output);
    }
    *outputs = (pv_outputs){0};
}

bool pv_outputs_need_hash(const pv_outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->list[i].format->wants_hash)
            return true;
    return false;
}

/* Whole submissions at once to a terminal, so that the report grows under the reader's eyes. */
static bool flush_when_due(pv_output *output, pv_error *error) {
    bool due = output->format->per_submission || output->pending.size >= PIECE_BYTES || output->pending.failed;
    return !due || flush(output, error);
}

/* Of each submission, each report that has something of it: which it is, how much it has, and that. */
static bool ship(pv_outputs *outputs, size_t index, const pv_report_input *input, pv_error *error) {
    pv_buf *shipped = &outputs->shipped;
    uint64_t size = 0;
    pv_frame_put_number(shipped, index);
    pv_frame_put_number(shipped, size);
    size_t start = shipped->size;
    if (!pv_report_submission(outputs->list[index].report, input, error))
        return false;
    size = shipped->size - start;
    memcpy(shipped->data + start - sizeof size, &size, sizeof size);
    return true;
}

bool pv_outputs_submission(pv_outputs *outputs, const pv_report_input *input, pv_error *error) {
    for (size_t i = 0; i < outputs->count; i++) {
        pv_output *output = &outputs->list[i];
        if (input->baseline && !output->format->reports_baseline)
            continue;
        if (outputs->in_worker ? !ship(outputs, i, input, error)
                               : !pv_report_submission(output->report, input, error) || !flush_when_due(output, error))
            return false;
    }
    return true;
}

bool pv_outputs_join(pv_outputs *outputs, pv_str shipped, pv_error *error) {
    while (shipped.size > 0) {
        uint64_t index;
        pv_str entries;
        if (!pv_frame_take_number(&shipped, &index, error) || !pv_frame_take_text(&shipped, &entries, error))
            return false;
        if (index >= outputs->count)
            return pv_fail(error, PV_ERROR_IO, "a worker process sent what is no part of a report");
        pv_output *output = &outputs->list[index];
        if (!pv_report_join(output->report, entries, error) || !flush_when_due(output, error))
            return false;
    }
    return true;
}

static bool end(pv_output *output, const pv_sink *sink, pv_error *error) {
    if (!pv_report_end(output->report, &sink->summary, sink->unattached.items, sink->unattached.count, error) ||
        !flush(output, error))
        return false;
    bool written = output->descriptor >= 0 || output->append || output->into;
    if (!close_file(output, error))
        return false;
    output->complete = written; /* a file that nothing was written to has an earlier report, if any */
    return true;
}

/* ---- the sink ---- */

bool pv_sink_init(pv_sink *sink, pv_memory *memory, const pv_options *options, const pv_report_context *context,
                  pv_error *error) {
    *sink = (pv_sink){.arena = pv_arena_new(memory), .quiet = options->quiet};
    sink->silent = options->record_into != NULL;
    if (!sink->arena)
        return pv_fail_memory(error);
    sink->reported = pv_fault_log_in(sink->arena);
    sink->unattached = pv_fault_log_in(sink->arena);
    sink->statistics = pv_statistics_in(sink->arena);
    pv_report_context own = *context;
    own.statistics = options->statistics ? &sink->statistics : NULL;
    own.skipped = &sink->skipped;
    sink->outputs.context = own;
    return init(&sink->outputs, memory, options, error);
}

void pv_sink_clear(pv_sink *sink) {
    clear_outputs(&sink->outputs);
    pv_arena_free(sink->arena);
    *sink = (pv_sink){0};
}

bool pv_sink_skipped(pv_sink *sink, pv_str path, pv_str why, pv_error *error) {
    if (sink->outputs.context.audit)
        pv_audit_skip(sink->outputs.context.audit, path);
    for (size_t i = 0; i < sizeof sink->own / sizeof *sink->own; i++)
        if (sink->own[i].size > 0 && pv_host_is_same(pv_posix_host(), path, sink->own[i]))
            return true;
    pv_skipped *skipped = PV_ARRAY_ADD(sink->arena, &sink->skipped);
    if (!skipped)
        return pv_fail_memory(error);
    *skipped = (pv_skipped){pv_arena_copy(sink->arena, path), pv_arena_copy(sink->arena, why)};
    if (!skipped->path.data || !skipped->why.data)
        return pv_fail_memory(error);
    if (!sink->quiet)
        pv_console_complain("%.*s: skipped, %.*s", PV_STR_ARG(pv_path_relative(path)), PV_STR_ARG(why));
    return true;
}

static int compare_skipped(const void *left, const void *right) {
    return pv_str_compare(((const pv_skipped *)left)->path, ((const pv_skipped *)right)->path);
}

bool pv_sink_fault(pv_sink *sink, const pv_fault *fault, bool of_submission, pv_error *error) {
    bool first_met;
    bool first_unattached = false;
    if (!pv_fault_log_add(&sink->reported, fault, &first_met, error))
        return false;
    if (!of_submission && !pv_fault_log_add(&sink->unattached, fault, &first_unattached, error))
        return false;
    sink->summary.faults += first_unattached;
    if (first_met && !sink->silent)
        pv_console_complain_of(fault);
    return true;
}

bool pv_sink_submission(pv_sink *sink, const pv_report_input *input, pv_error *error) {
    const pv_phase before = pv_meter_enter(sink->meter, PV_PHASE_REPORT);
    pv_report_count(&sink->summary, input);
    bool counted = !sink->outputs.context.statistics || pv_statistics_add(&sink->statistics, input->results, error);
    bool taken = counted && pv_outputs_submission(&sink->outputs, input, error);
    (void)pv_meter_enter(sink->meter, before);
    return taken;
}

bool pv_sink_end(pv_sink *sink, int *code, pv_error *error) {
    bool ended = true;
    const pv_phase before = pv_meter_enter(sink->meter, PV_PHASE_REPORT);
    if (sink->skipped.count > 1)
        qsort(sink->skipped.items, sink->skipped.count, sizeof *sink->skipped.items, compare_skipped);
    *code = pv_summary_exit_code(&sink->summary);
    for (size_t i = 0; i < sink->outputs.count; i++) {
        pv_error another = {0};
        ended &= end(&sink->outputs.list[i], sink, ended ? error : &another);
    }
    (void)pv_meter_enter(sink->meter, before);
    return ended;
}

static bool receive_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    return pv_sink_skipped(payload, path, why, error);
}

static bool receive_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    return pv_sink_fault(payload, fault, of_submission, error);
}

static bool receive_submission(void *payload, const pv_report_input *input, pv_error *error) {
    return pv_sink_submission(payload, input, error);
}

pv_listener pv_sink_listener(pv_sink *sink) {
    return (pv_listener){
        .payload = sink,
        .skipped = receive_skipped,
        .fault = receive_fault,
        .submission = receive_submission,
    };
}
