#include "cli/jobs.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/jobs_p.h"

/* Processes started anew in one run: where more end too soon, something other than a file is wrong. */
#define MOST_RESTARTS 100

typedef enum event_kind { EVENT_SKIPPED = 1, EVENT_FAULT, EVENT_TOGETHER } event_kind;

/* A process and the pipe it sends its frames through, one for each step of its shard. */
typedef struct worker {
    pid_t process; /* 0: none is running */
    int pipe;
    pv_shard left; /* of what has not been received */
} worker;

/* ---- shards ---- */

static size_t at_most(size_t number, size_t limit) {
    return number < limit ? number : limit;
}

pv_shard pv_shard_of(size_t number, size_t workers, size_t files) {
    return (pv_shard){.at = at_most(number * PV_SLICE_FILES, files), .workers = workers, .files = files};
}

bool pv_shard_is_done(const pv_shard *shard) {
    return shard->at >= shard->files;
}

static size_t slice_end(const pv_shard *shard) {
    return at_most((shard->at / PV_SLICE_FILES + 1) * PV_SLICE_FILES, shard->files);
}

size_t pv_shard_end(const pv_shard *shard) {
    return shard->at < shard->singly_until ? shard->at + 1 : slice_end(shard);
}

void pv_shard_step(pv_shard *shard) {
    size_t end = pv_shard_end(shard);
    bool slice_over = end == slice_end(shard);
    shard->at = at_most(slice_over ? end + (shard->workers - 1) * PV_SLICE_FILES : end, shard->files);
}

bool pv_shard_narrow(pv_shard *shard) {
    size_t end = pv_shard_end(shard);
    if (end - shard->at == 1)
        return false;
    shard->singly_until = end;
    return true;
}

/* ---- frames ---- */

bool pv_frame_send(int descriptor, const pv_buf *frame, pv_error *error) {
    uint64_t size = frame->size;
    char length[sizeof size];
    memcpy(length, &size, sizeof size);
    if (frame->failed)
        return pv_fail_memory(error);
    if (!pv_console_write(descriptor, (pv_str){length, sizeof length}) ||
        !pv_console_write(descriptor, pv_buf_str(frame)))
        return pv_fail(error, PV_ERROR_IO, "a worker process cannot send: %s", strerror(errno));
    return true;
}

static bool receive_exactly(int descriptor, char *out, size_t size, pv_error *error) {
    while (size > 0) {
        ssize_t got = read(descriptor, out, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return pv_fail(error, PV_ERROR_IO, "a worker process ended before it was done");
        out += got;
        size -= (size_t)got;
    }
    return true;
}

bool pv_frame_receive(int descriptor, pv_buf *frame, pv_error *error) {
    uint64_t size;
    char length[sizeof size];
    if (!receive_exactly(descriptor, length, sizeof length, error))
        return false;
    memcpy(&size, length, sizeof size);
    pv_buf_reset(frame);
    if (!pv_buf_reserve(frame, size))
        return pv_fail_memory(error);
    if (!receive_exactly(descriptor, frame->data, size, error))
        return false;
    frame->size = size;
    return true;
}

/* ---- in a worker: what the checker reports becomes a frame per slice ---- */

typedef struct gathering {
    const pv_jobs *jobs;
    pv_outputs outputs;
    pv_summary summary;
    bool counts; /* statistics are asked for */
    pv_acceptance *acceptance;
    pv_statistics statistics;
    pv_buf events;
    size_t event_count;
} gathering;

static bool gather_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    gathering *slice = payload;
    (void)error;
    slice->event_count++;
    pv_frame_put_number(&slice->events, EVENT_SKIPPED);
    pv_frame_put_text(&slice->events, path);
    pv_frame_put_text(&slice->events, why);
    return true;
}

static bool gather_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    gathering *slice = payload;
    (void)error;
    slice->event_count++;
    pv_frame_put_number(&slice->events, EVENT_FAULT);
    pv_frame_put_number(&slice->events, fault->kind);
    pv_frame_put_text(&slice->events, fault->rule);
    pv_frame_put_text(&slice->events, fault->message);
    pv_frame_put_text(&slice->events, fault->path);
    pv_frame_put_number(&slice->events, fault->at.line);
    pv_frame_put_number(&slice->events, fault->at.column);
    pv_frame_put_number(&slice->events, of_submission);
    return true;
}

static bool gather_submission(void *payload, const pv_report_input *input, pv_error *error) {
    gathering *slice = payload;
    if (pv_run_needs_collection(input->pack, slice->jobs->options->asked.rule)) {
        slice->event_count++;
        pv_frame_put_number(&slice->events, EVENT_TOGETHER);
        pv_frame_put_text(&slice->events, input->submission->source->path);
    }
    pv_report_count(&slice->summary, input);
    if (slice->counts && !pv_statistics_add(&slice->statistics, input->results, error))
        return false;
    return pv_outputs_submission(&slice->outputs, input, error);
}

static void put_statistics(gathering *slice, pv_buf *frame) {
    pv_frame_put_number(frame, slice->statistics.rules.count);
    for (size_t i = 0; i < slice->statistics.rules.count; i++) {
        const pv_rule_statistics *row = &slice->statistics.rules.items[i];
        pv_frame_put_text(frame, row->rule);
        for (size_t state = 0; state < PV_STATE_COUNT; state++)
            pv_frame_put_number(frame, row->states[state]);
        pv_frame_put_number(frame, row->work);
    }
    pv_statistics_reset(&slice->statistics);
}

static bool send_slice(gathering *slice, int pipe, pv_buf *frame, pv_error *error) {
    pv_buf_reset(frame);
    pv_frame_put_number(frame, slice->event_count);
    pv_buf_append(frame, pv_buf_str(&slice->events));
    pv_frame_put_text(frame, (pv_str){(const char *)&slice->summary, sizeof slice->summary});
    put_statistics(slice, frame);
    pv_acceptance_put(slice->acceptance, frame);
    pv_outputs_ship(&slice->outputs, frame);
    if (slice->events.failed)
        return pv_fail_memory(error);
    slice->event_count = 0;
    slice->summary = (pv_summary){0};
    pv_buf_reset(&slice->events);
    return pv_frame_send(pipe, frame, error);
}

static bool work(const pv_jobs *jobs, const pv_file *files, pv_shard left, int pipe, const pv_report_context *context,
                 pv_error *error) {
    pv_memory *memory = pv_library_memory(jobs->library);
    gathering slice = {
        .jobs = jobs, .events = pv_buf_on(memory), .counts = jobs->options->statistics, .acceptance = jobs->acceptance};
    pv_arena *arena = pv_arena_new(memory);
    if (!arena)
        return pv_fail_memory(error);
    slice.statistics = pv_statistics_in(arena);
    pv_buf frame = pv_buf_on(memory);
    pv_checker checker;
    const pv_listener listener = {&slice, gather_skipped, gather_fault, gather_submission};
    if (!pv_outputs_init_in_worker(&slice.outputs, memory, jobs->options, context, error) ||
        !pv_checker_init(&checker, jobs->project, pv_outputs_need_hash(&slice.outputs), &listener, error))
        return false;
    checker.acceptance = jobs->acceptance;
    for (; !pv_shard_is_done(&left); pv_shard_step(&left)) {
        for (size_t i = left.at; i < pv_shard_end(&left); i++)
            if (!pv_checker_check(&checker, &files[i], error))
                return false;
        if (!send_slice(&slice, pipe, &frame, error))
            return false;
    }
    return true;
}

/* ---- in the process that writes: frames are read in the order of their slices, and reported ---- */

static bool report_skipped(pv_sink *sink, pv_str *frame, pv_error *error) {
    pv_str path;
    pv_str why;
    if (!pv_frame_take_text(frame, &path, error) || !pv_frame_take_text(frame, &why, error))
        return false;
    return pv_sink_skipped(sink, path, why, error);
}

static bool report_fault(pv_sink *sink, pv_str *frame, pv_error *error) {
    pv_fault fault = {0};
    uint64_t kind, line, column, of_submission;
    if (!pv_frame_take_number(frame, &kind, error) || !pv_frame_take_text(frame, &fault.rule, error) ||
        !pv_frame_take_text(frame, &fault.message, error) || !pv_frame_take_text(frame, &fault.path, error) ||
        !pv_frame_take_number(frame, &line, error) || !pv_frame_take_number(frame, &column, error) ||
        !pv_frame_take_number(frame, &of_submission, error))
        return false;
    fault.kind = (pv_fault_kind)kind;
    fault.at = (pv_position){(uint32_t)line, (uint32_t)column};
    return pv_sink_fault(sink, &fault, of_submission != 0, error);
}

static bool note_together(pv_collections *together, pv_str *frame, pv_error *error) {
    pv_str path;
    return pv_frame_take_text(frame, &path, error) && pv_collections_note(together, path, error);
}

static bool report_event(const pv_jobs *jobs, pv_sink *sink, uint64_t kind, pv_str *frame, pv_error *error) {
    switch (kind) {
    case EVENT_SKIPPED:
        return report_skipped(sink, frame, error);
    case EVENT_TOGETHER:
        return note_together(jobs->collections, frame, error);
    default:
        return report_fault(sink, frame, error);
    }
}

static void join_summaries(pv_summary *all, const pv_summary *slice) {
    all->pass += slice->pass;
    all->fail += slice->fail;
    all->review += slice->review;
    all->not_applicable += slice->not_applicable;
    all->not_checked += slice->not_checked;
    all->waived += slice->waived;
    all->unchanged += slice->unchanged;
    all->open_reviews += slice->open_reviews;
    all->new_findings += slice->new_findings;
    all->error += slice->error;
    all->warning += slice->warning;
    all->note += slice->note;
    all->blocking += slice->blocking;
    all->submissions += slice->submissions;
    all->faults += slice->faults;
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        all->by_mode[mode] += slice->by_mode[mode];
    for (size_t level = 0; level < PV_LEVEL_COUNT; level++)
        all->by_fail_on[level] += slice->by_fail_on[level];
}

static bool add_statistics(pv_statistics *statistics, pv_str *frame, pv_error *error) {
    uint64_t count;
    if (!pv_frame_take_number(frame, &count, error))
        return false;
    for (; count > 0; count--) {
        pv_rule_statistics row;
        bool taken = pv_frame_take_text(frame, &row.rule, error);
        for (size_t state = 0; taken && state < PV_STATE_COUNT; state++)
            taken = pv_frame_take_number(frame, &row.states[state], error);
        if (!taken || !pv_frame_take_number(frame, &row.work, error) || !pv_statistics_add_row(statistics, &row, error))
            return false;
    }
    return true;
}

static bool report_slice(const pv_jobs *jobs, pv_sink *sink, pv_str frame, pv_error *error) {
    uint64_t events;
    uint64_t kind;
    pv_str counts;
    pv_summary summary;
    if (!pv_frame_take_number(&frame, &events, error))
        return false;
    for (; events > 0; events--) {
        if (!pv_frame_take_number(&frame, &kind, error) || !report_event(jobs, sink, kind, &frame, error))
            return false;
    }
    if (!pv_frame_take_text(&frame, &counts, error))
        return false;
    memcpy(&summary, counts.data, sizeof summary);
    join_summaries(&sink->summary, &summary);
    if (!add_statistics(&sink->statistics, &frame, error) || !pv_acceptance_take(jobs->acceptance, &frame, error))
        return false;
    return pv_outputs_join(&sink->outputs, &frame, error);
}

/* ---- the processes ---- */

/* What is joined, and those who work for it. */
typedef struct joining {
    const pv_jobs *jobs;
    const pv_file *files;
    size_t file_count;
    pv_sink *sink;
    worker *workers; /* jobs->count of them */
    unsigned restarts_left;
} joining;

/* Forks a process for what is left of a worker's shard; in that process it does not return. */
static bool start_worker(joining *all, worker *started, pv_error *error) {
    int ends[2];
    if (pipe(ends) != 0)
        return pv_fail(error, PV_ERROR_IO, "no pipe to a worker process could be made: %s", strerror(errno));
    pid_t process = fork();
    if (process < 0) {
        close(ends[0]);
        close(ends[1]);
        return pv_fail(error, PV_ERROR_IO, "no worker process could be started: %s", strerror(errno));
    }
    if (process > 0) {
        close(ends[1]);
        started->process = process;
        started->pipe = ends[0];
        return true;
    }
    for (size_t i = 0; i < all->jobs->count; i++)
        if (all->workers[i].process > 0)
            close(all->workers[i].pipe);
    close(ends[0]);
    pv_error failure = {0};
    bool worked = work(all->jobs, all->files, started->left, ends[1], &all->sink->outputs.context, &failure);
    if (!worked)
        pv_console_complain("%s", failure.message);
    _exit(worked ? 0 : 1); /* the process that started it owns all there is to clean up */
}

static void end_worker(worker *ended) {
    if (ended->process == 0)
        return;
    close(ended->pipe);
    while (waitpid(ended->process, NULL, 0) < 0 && errno == EINTR) {
    }
    ended->process = 0;
}

static bool report_lost(const joining *all, size_t file, pv_str what, pv_error *error) {
    const pv_fault fault = {.kind = PV_FAULT_INPUT, .path = all->files[file].path, .message = what};
    return pv_sink_fault(all->sink, &fault, false, error);
}

/* A worker ended before it was done with its next step: another goes on. What it reported of that step is lost, so its
 * files are checked again, one at a time; a file that ends its process on its own is given up. */
static bool go_on_without(joining *all, worker *dead, pv_error *error) {
    size_t lost = dead->left.at;
    end_worker(dead);
    if (all->restarts_left == 0) {
        dead->left.at = all->file_count;
        return report_lost(all, lost,
                           PV_STR("the process that was to check this file and others after it ended too soon"), error);
    }
    if (!pv_shard_narrow(&dead->left)) {
        pv_shard_step(&dead->left);
        if (!report_lost(all, lost, PV_STR("the process that checked this file ended before it was done"), error))
            return false;
    }
    if (pv_shard_is_done(&dead->left))
        return true;
    all->restarts_left--;
    return start_worker(all, dead, error);
}

static bool join_step(joining *all, worker *from, pv_buf *frame, pv_error *error) {
    pv_error lost = {0};
    if (!pv_frame_receive(from->pipe, frame, &lost))
        return go_on_without(all, from, error);
    pv_shard_step(&from->left);
    return report_slice(all->jobs, all->sink, pv_buf_str(frame), error);
}

static bool join_slices(joining *all, pv_error *error) {
    assert(all->jobs->count > 0);
    pv_progress progress = pv_progress_begin(all->file_count);
    pv_buf frame = pv_buf_on(pv_library_memory(all->jobs->library));
    bool done = true;
    for (size_t start = 0; done && start < all->file_count; start += PV_SLICE_FILES) {
        size_t end = start + PV_SLICE_FILES < all->file_count ? start + PV_SLICE_FILES : all->file_count;
        worker *from = &all->workers[start / PV_SLICE_FILES % all->jobs->count];
        while (done && from->left.at < end)
            done = join_step(all, from, &frame, error);
        pv_progress_step(&progress, end);
    }
    pv_progress_end(&progress);
    pv_buf_clear(&frame);
    return done;
}

unsigned pv_jobs_worth_starting(unsigned asked, size_t file_count) {
    size_t slices = (file_count + PV_SLICE_FILES - 1) / PV_SLICE_FILES;
    return slices < asked ? (unsigned)slices : asked;
}

bool pv_jobs_check(const pv_jobs *jobs, const pv_file *files, size_t file_count, pv_sink *sink, pv_error *error) {
    pv_memory *memory = pv_library_memory(jobs->library);
    joining all = {
        .jobs = jobs,
        .files = files,
        .file_count = file_count,
        .sink = sink,
        .workers = pv_memory_new(memory, jobs->count * sizeof *all.workers),
        .restarts_left = MOST_RESTARTS,
    };
    if (!all.workers)
        return pv_fail_memory(error);
    for (size_t i = 0; i < jobs->count; i++)
        all.workers[i] = (worker){.left = pv_shard_of(i, jobs->count, file_count)};
    bool done = true;
    for (size_t i = 0; done && i < jobs->count; i++)
        done = start_worker(&all, &all.workers[i], error);
    done = done && join_slices(&all, error);
    for (size_t i = 0; i < jobs->count; i++)
        end_worker(&all.workers[i]);
    pv_memory_free(memory, all.workers, jobs->count * sizeof *all.workers);
    return done;
}
