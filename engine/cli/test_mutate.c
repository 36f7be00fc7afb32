#include "cli/test_mutate.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/mutant.h"
#include "report/other/mutants.h"
#include "report/write/layout.h"

#define WORKERS ((size_t)2)

/* What a worker says of one mutation; small enough that a pipe takes it whole. */
typedef struct answer {
    uint32_t mutation;
    bool noticed;
} answer;

typedef struct mutating {
    pv_mutable_pack pack;
    pv_mutations mutations;
    bool *noticed; /* one per mutation */
    size_t answered;
} mutating;

/* ---- workers ---- */

/* Every WORKERS-th mutation, from `first` on. Does not return. */
static void work(const mutating *run, size_t first, int answers) {
    pv_error error = {0};
    for (size_t i = first; i < run->mutations.count; i += WORKERS) {
        bool noticed;
        if (!pv_mutant_is_noticed(&run->pack, &run->mutations.items[i], &noticed, &error))
            _exit(PV_EXIT_NOTHING);
        const answer given = {(uint32_t)i, noticed};
        if (write(answers, &given, sizeof given) != (ssize_t)sizeof given)
            _exit(PV_EXIT_NOTHING);
    }
    _exit(PV_EXIT_CLEAN);
}

static bool start_workers(const mutating *run, int answers[2], pid_t *workers, pv_error *error) {
    for (size_t i = 0; i < WORKERS; i++) {
        workers[i] = fork();
        if (workers[i] < 0)
            return pv_fail(error, PV_ERROR_IO, "a process could not be started: %s", strerror(errno));
        if (workers[i] == 0) {
            close(answers[0]);
            work(run, i, answers[1]);
        }
    }
    return true;
}

static void gather(mutating *run, int answers) {
    pv_progress progress = pv_progress_begin(run->mutations.count);
    progress.on = isatty(STDERR_FILENO);
    answer given;
    ssize_t got;
    while ((got = read(answers, &given, sizeof given)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got != (ssize_t)sizeof given)
            break;
        run->noticed[given.mutation] = given.noticed;
        pv_progress_step(&progress, ++run->answered);
    }
    pv_progress_end(&progress);
}

static bool judge_all(mutating *run, pv_error *error) {
    int answers[2];
    pid_t workers[WORKERS] = {0};
    if (pipe(answers) != 0)
        return pv_fail(error, PV_ERROR_IO, "a pipe could not be made: %s", strerror(errno));
    bool started = start_workers(run, answers, workers, error);
    close(answers[1]);
    if (started)
        gather(run, answers[0]);
    close(answers[0]);
    for (size_t i = 0; i < WORKERS; i++)
        if (workers[i] > 0)
            waitpid(workers[i], NULL, 0);
    if (started && run->answered < run->mutations.count)
        return pv_fail(error, PV_ERROR_IO, "a process that judged changes ended before it was done");
    return started;
}

/* ---- a pack ---- */

static void write_unnoticed(const mutating *run, pv_buf *out, const pv_report_style *style, size_t *noticed) {
    for (size_t i = 0; i < run->mutations.count; i++) {
        const pv_mutation *mutation = &run->mutations.items[i];
        if (run->noticed[i])
            ++*noticed;
        else
            pv_mutant_unnoticed(out, style, run->pack.sources[mutation->file], mutation);
    }
}

/* Changes prove nothing when something is wrong without them. */
static bool check_unchanged(const mutating *run, pv_error *error) {
    bool wrong;
    if (!pv_mutant_is_noticed(&run->pack, NULL, &wrong, error))
        return false;
    return !wrong ||
           pv_fail(error, PV_ERROR_SHAPE, "%.*s: an example or case fails without any change; run proviso test",
                   PV_STR_ARG(run->pack.pack->manifest->id));
}

static bool prepare(mutating *run, const pv_pack *pack, const pv_limits *limits, const pv_options *options,
                    pv_error *error) {
    if (!pv_mutable_pack_read(&run->pack, run->mutations.arena, pack, limits, options->as_of, error) ||
        !check_unchanged(run, error) ||
        !pv_mutable_pack_mutations(&run->pack, pv_str_from(options->rule), &run->mutations, error))
        return false;
    run->noticed = PV_NEW_ARRAY(run->mutations.arena, bool, run->mutations.count);
    return run->noticed || pv_fail_memory(error);
}

pv_exit pv_test_mutate(pv_library *library, const pv_options *options, const pv_pack_choice *packs) {
    pv_report_style style = pv_options_style(options, STDOUT_FILENO);
    pv_buf out = pv_buf_on(pv_library_memory(library));
    pv_exit code = PV_EXIT_CLEAN;
    size_t noticed = 0;
    size_t all = 0;
    for (size_t i = 0; i < packs->count; i++) {
        mutating run = {.mutations = {.arena = packs->arena}};
        pv_fault fault = {0};
        pv_error error = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        if (!pack) {
            code = pv_command_fail_of(&fault);
        } else if (prepare(&run, pack, pv_library_limits(library), options, &error) && judge_all(&run, &error)) {
            write_unnoticed(&run, &out, &style, &noticed);
            all += run.mutations.count;
        } else {
            code = pv_command_fail(&error);
        }
    }
    pv_mutants_summary(&out, &style, noticed, all);
    if (code == PV_EXIT_CLEAN && noticed < all)
        code = PV_EXIT_FINDINGS;
    code = pv_command_print(&out, code);
    pv_buf_clear(&out);
    return code;
}
