#include "cli/jobs.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/jobs_p.h"
#include "cli/slices_p.h"

/* Processes started anew in one run: where more end too soon, something other than a file is wrong. */
#define MOST_RESTARTS 100
/* Files are taken together as long as their reports are small: a few, and of large ones one at a time, so that what
 * waits to be joined takes little memory. */
#define MOST_FILES ((size_t)8)
#define REPORT_BYTES ((size_t)256 << 10)

typedef enum event_kind { EVENT_SKIPPED = 1, EVENT_FAULT, EVENT_TOGETHER } event_kind;

/* A process, and the pipe that it sends a frame through for each of its slices. */
typedef struct worker {
    pid_t process; /* 0: none is running */
    int pipe;
    pv_region region;
    size_t singly_until; /* before this file, it takes one at a time: a process ended in the midst of them */
} worker;

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
    size_t most; /* files to be taken next */
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
    size_t before = slice->events.size;
    pv_frame_put_number(&slice->events, EVENT_TOGETHER);
    if (pv_collections_put(slice->jobs->collections, input->pack, input->submission, &slice->events))
        slice->event_count++;
    else
        slice->events.size = before;
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

/* What the reports are to be of these files, which goes by way of the region where there is room. */
static void put_reports(gathering *slice, pv_region *region, pv_buf *frame) {
    const pv_buf *shipped = &slice->outputs.shipped;
    size_t at;
    bool in_region = pv_region_hand_over(region, shipped, &at);
    pv_frame_put_number(frame, in_region);
    if (in_region) {
        pv_frame_put_number(frame, at);
        pv_frame_put_number(frame, shipped->size);
    } else {
        pv_frame_put_text(frame, pv_buf_str(shipped));
    }
}

static bool send_slice(gathering *slice, size_t files, pv_region *region, int pipe, pv_buf *frame, pv_error *error) {
    if (slice->events.failed || slice->outputs.shipped.failed)
        return pv_fail_memory(error);
    pv_buf_reset(frame);
    pv_frame_put_number(frame, files);
    pv_frame_put_number(frame, slice->event_count);
    pv_buf_append(frame, pv_buf_str(&slice->events));
    pv_frame_put_text(frame, (pv_str){(const char *)&slice->summary, sizeof slice->summary});
    put_statistics(slice, frame);
    pv_acceptance_put(slice->acceptance, frame);
    put_reports(slice, region, frame);
    slice->event_count = 0;
    slice->summary = (pv_summary){0};
    pv_buf_reset(&slice->events);
    return pv_frame_send(pipe, frame, error);
}

/* What the processes of a run know of it. */
typedef struct joining {
    const pv_jobs *jobs;
    const pv_file *files;
    size_t file_count;
    pv_slices slices;
    pv_sink *sink;
    worker *workers;       /* jobs->count of them */
    struct pollfd *polled; /* of each */
    unsigned restarts_left;
} joining;

/* A worker's own. */
typedef struct working {
    joining *all;
    uint32_t number;
    int pipe;
    gathering slice;
    pv_checker checker;
    pv_buf frame;
} working;

static bool init_working(working *own, pv_error *error) {
    const joining *all = own->all;
    const pv_jobs *jobs = all->jobs;
    pv_memory *memory = pv_library_memory(jobs->library);
    pv_arena *arena = pv_arena_new(memory);
    if (!arena)
        return pv_fail_memory(error);
    own->slice = (gathering){.jobs = jobs,
                             .events = pv_buf_on(memory),
                             .most = 1,
                             .counts = jobs->options->statistics,
                             .acceptance = jobs->acceptance};
    own->slice.statistics = pv_statistics_in(arena);
    own->frame = pv_buf_on(memory);
    const pv_listener listener = {&own->slice, gather_skipped, gather_fault, gather_submission};
    pv_outputs *outputs = &own->slice.outputs;
    if (!pv_outputs_init_in_worker(outputs, memory, jobs->options, &all->sink->outputs.context, error) ||
        !pv_checker_init(&own->checker, jobs->project, pv_outputs_need_hash(outputs), &listener, error))
        return false;
    own->checker.acceptance = jobs->acceptance;
    return true;
}

static bool check_slice(working *own, pv_slice files, pv_error *error) {
    pv_region *region = &own->all->workers[own->number].region;
    pv_buf *shipped = &own->slice.outputs.shipped;
    *shipped = pv_region_begin(region, pv_library_memory(own->all->jobs->library));
    for (size_t i = files.at; i < files.end; i++)
        if (!pv_checker_check(&own->checker, &own->all->files[i], error))
            return false;
    size_t of_one = shipped->size / (files.end - files.at) + 1;
    own->slice.most = of_one * MOST_FILES < REPORT_BYTES ? MOST_FILES : REPORT_BYTES / of_one;
    bool sent = send_slice(&own->slice, files.end - files.at, region, own->pipe, &own->frame, error);
    pv_buf_clear(shipped);
    return sent;
}

/* First what is left of a slice that another process had taken, one file at a time. */
static bool work(working *own, pv_slice left, pv_error *error) {
    if (!init_working(own, error))
        return false;
    for (; left.at < left.end; left.at++)
        if (!check_slice(own, (pv_slice){left.at, left.at + 1}, error))
            return false;
    for (pv_slice next;;) {
        next = pv_slices_take(&own->all->slices, own->number, own->slice.most);
        if (next.at == next.end)
            return true;
        if (!check_slice(own, next, error))
            return false;
    }
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

static bool report_event(const pv_jobs *jobs, pv_sink *sink, uint64_t kind, pv_str *frame, pv_error *error) {
    switch (kind) {
    case EVENT_SKIPPED:
        return report_skipped(sink, frame, error);
    case EVENT_TOGETHER:
        return pv_collections_take(jobs->collections, frame, error);
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

static bool join_reports(pv_sink *sink, pv_region *region, pv_str *frame, pv_error *error) {
    uint64_t in_region, at, size;
    pv_str shipped;
    if (!pv_frame_take_number(frame, &in_region, error))
        return false;
    if (!in_region)
        return pv_frame_take_text(frame, &shipped, error) && pv_outputs_join(&sink->outputs, shipped, error);
    if (!pv_frame_take_number(frame, &at, error) || !pv_frame_take_number(frame, &size, error))
        return false;
    bool joined = pv_outputs_join(&sink->outputs, pv_region_see(region, at, size), error);
    pv_region_give_back(region);
    return joined;
}

/* files: how many it is of. */
static bool report_slice(const pv_jobs *jobs, pv_sink *sink, pv_region *region, pv_str frame, uint64_t *files,
                         pv_error *error) {
    uint64_t events;
    uint64_t kind;
    pv_str counts;
    pv_summary summary;
    if (!pv_frame_take_number(&frame, files, error) || !pv_frame_take_number(&frame, &events, error))
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
    return join_reports(sink, region, &frame, error);
}

/* ---- the processes ---- */

/* Forks a process, which begins with what is left of a slice; in that process it does not return. */
static bool start_worker(joining *all, uint32_t number, pv_slice left, pv_error *error) {
    worker *started = &all->workers[number];
    int ends[2];
    pv_region_renew(&started->region);
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
    working own = {.all = all, .number = number, .pipe = ends[1]};
    bool worked = work(&own, left, &failure);
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

static bool report_given_up(const joining *all, size_t first, pv_error *error) {
    return report_lost(all, first, PV_STR("the process that was to check this file and others after it ended too soon"),
                       error);
}

/* The files from at on that this worker has taken: where it has ended, those that it was at. */
static pv_slice taken_from(const joining *all, size_t at, uint32_t taker) {
    pv_slice slice = {at, at};
    while (slice.end < all->file_count && pv_slices_taker(&all->slices, slice.end) == taker)
        slice.end++;
    return slice;
}

/* A worker ended before it was done with the files from *at on: another goes on. What it reported of these files is
 * lost, so they are checked again, one at a time; a file that ends its process on its own is given up. */
static bool go_on_without(joining *all, uint32_t dead, size_t *at, pv_error *error) {
    worker *ended = &all->workers[dead];
    pv_slice left = taken_from(all, *at, dead);
    end_worker(ended);
    if (all->restarts_left == 0) {
        *at = left.end;
        return report_given_up(all, left.at, error);
    }
    if (left.at < ended->singly_until &&
        !report_lost(all, left.at++, PV_STR("the process that checked this file ended before it was done"), error))
        return false;
    *at = left.at;
    ended->singly_until = left.end;
    all->restarts_left--;
    return start_worker(all, dead, left, error);
}

/* What follows from *at on, which is the first file that was not joined: its taker sends frames in the order of the
 * files. */
static bool join_next(joining *all, size_t *at, pv_buf *frame, pv_error *error) {
    uint32_t taker = pv_slices_taker(&all->slices, *at);
    worker *from = &all->workers[taker];
    uint64_t files;
    pv_error lost = {0};
    if (from->process == 0 || !pv_frame_receive(from->pipe, frame, &lost))
        return go_on_without(all, taker, at, error);
    if (!report_slice(all->jobs, all->sink, &from->region, pv_buf_str(frame), &files, error))
        return false;
    *at += files;
    return true;
}

/* Those that ended without a slice are replaced, as long as there are slices to take. */
static bool replace_ended(joining *all, pv_error *error) {
    for (uint32_t i = 0; i < all->jobs->count; i++) {
        if (all->workers[i].process == 0 || !(all->polled[i].revents & (POLLHUP | POLLERR)))
            continue;
        end_worker(&all->workers[i]);
        if (all->restarts_left == 0)
            continue;
        all->restarts_left--;
        if (!start_worker(all, i, (pv_slice){0}, error))
            return false;
    }
    return true;
}

/* Waits until one that runs sends something or ends; false when none runs. */
static bool wait_for_any(joining *all) {
    bool any = false;
    for (uint32_t i = 0; i < all->jobs->count; i++) {
        bool runs = all->workers[i].process != 0;
        all->polled[i] = (struct pollfd){.fd = runs ? all->workers[i].pipe : -1, .events = POLLIN};
        any |= runs;
    }
    return any && (poll(all->polled, all->jobs->count, -1) >= 0 || errno == EINTR);
}

/* Waits until somebody has taken the file; *taken is false when there is nobody to take it. All files before it are
 * joined, so that no pipe holds anything, and it is known who took it before something is in one. */
static bool wait_for_taker(joining *all, size_t file, bool *taken, pv_error *error) {
    while (pv_slices_taker(&all->slices, file) == PV_NOBODY && wait_for_any(all))
        if (pv_slices_taker(&all->slices, file) == PV_NOBODY && !replace_ended(all, error))
            return false;
    *taken = pv_slices_taker(&all->slices, file) != PV_NOBODY;
    return true;
}

static bool join_all(joining *all, pv_error *error) {
    pv_progress progress = pv_progress_begin(all->file_count);
    pv_buf frame = pv_buf_on(pv_library_memory(all->jobs->library));
    bool done = true;
    bool taken = true;
    for (size_t at = 0; done && taken && at < all->file_count;) {
        done = wait_for_taker(all, at, &taken, error);
        if (done)
            done = taken ? join_next(all, &at, &frame, error) : report_given_up(all, at, error);
        pv_progress_step(&progress, at);
    }
    pv_progress_end(&progress);
    pv_buf_clear(&frame);
    return done;
}

unsigned pv_jobs_worth_starting(unsigned asked, size_t file_count) {
    return file_count < asked ? (unsigned)file_count : asked;
}

static bool start_all(joining *all, pv_error *error) {
    for (uint32_t i = 0; i < all->jobs->count; i++)
        pv_region_init(&all->workers[i].region);
    for (uint32_t i = 0; i < all->jobs->count; i++)
        if (!start_worker(all, i, (pv_slice){0}, error))
            return false;
    return true;
}

bool pv_jobs_check(const pv_jobs *jobs, const pv_file *files, size_t file_count, pv_sink *sink, pv_error *error) {
    assert(jobs->count > 0);
    pv_memory *memory = pv_library_memory(jobs->library);
    joining all = {
        .jobs = jobs,
        .files = files,
        .file_count = file_count,
        .sink = sink,
        .workers = pv_memory_new(memory, jobs->count * sizeof *all.workers),
        .polled = pv_memory_new(memory, jobs->count * sizeof *all.polled),
        .restarts_left = MOST_RESTARTS,
    };
    bool done = (all.workers && all.polled) || pv_fail_memory(error);
    done = done && pv_slices_init(&all.slices, file_count, jobs->count, error) && start_all(&all, error) &&
           join_all(&all, error);
    for (size_t i = 0; all.workers && i < jobs->count; i++) {
        end_worker(&all.workers[i]);
        pv_region_clear(&all.workers[i].region);
    }
    pv_slices_clear(&all.slices);
    pv_memory_free(memory, all.polled, jobs->count * sizeof *all.polled);
    pv_memory_free(memory, all.workers, jobs->count * sizeof *all.workers);
    return done;
}
