#include "run/audit_comparison.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"

#define MOST_BYTES ((size_t)2000)

typedef struct comparing {
    pv_arena *arena;
    pv_audit_differences *found;
    bool failed; /* for want of memory */
} comparing;

__attribute__((format(printf, 3, 4))) static void differ(comparing *all, const char *part, const char *format, ...) {
    char text[MOST_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pv_audit_difference *added = PV_NEW(all->arena, pv_audit_difference);
    pv_str message = pv_arena_copy(all->arena, pv_str_from(text));
    if (!added || !message.data) {
        all->failed = true;
        return;
    }
    *added = (pv_audit_difference){.part = part, .message = message};
    if (all->found->last)
        all->found->last->next = added;
    else
        all->found->first = added;
    all->found->last = added;
    all->found->count++;
}

static pv_str or_none(pv_str text) {
    return text.size > 0 ? text : PV_STR("none");
}

static void compare_text(comparing *all, const char *part, const char *what, pv_str then, pv_str now) {
    if (!pv_str_equal(then, now))
        differ(all, part, "%s was %.*s, is %.*s", what, PV_STR_ARG(or_none(then)), PV_STR_ARG(or_none(now)));
}

/* ---- files ---- */

static const pv_recorded_file *find_file(const pv_recorded_files *files, pv_str path) {
    for (size_t i = 0; i < files->count; i++)
        if (pv_str_equal(files->list[i].path, path))
            return &files->list[i];
    return NULL;
}

static void compare_files(comparing *all, const char *part, pv_str owner, const pv_recorded_files *then,
                          const pv_recorded_files *now) {
    for (size_t i = 0; i < then->count; i++) {
        const pv_recorded_file *was = &then->list[i];
        const pv_recorded_file *is = find_file(now, was->path);
        if (!is || !pv_str_equal(was->sha256, is->sha256))
            differ(all, part, "%.*s: %.*s %s", PV_STR_ARG(owner), PV_STR_ARG(was->path), is ? "changed" : "is gone");
    }
    for (size_t i = 0; i < now->count; i++)
        if (!find_file(then, now->list[i].path))
            differ(all, part, "%.*s: %.*s is new", PV_STR_ARG(owner), PV_STR_ARG(now->list[i].path));
}

/* A file that a run has at most one of: its configuration, its waivers. */
static void compare_one_file(comparing *all, const char *part, const pv_recorded_file *then,
                             const pv_recorded_file *now) {
    if (!pv_str_equal(then->path, now->path))
        compare_text(all, part, "the file", then->path, now->path);
    else if (!pv_str_equal(then->sha256, now->sha256))
        differ(all, part, "%.*s %s", PV_STR_ARG(then->path), now->sha256.size > 0 ? "changed" : "cannot be read");
}

/* ---- what it was judged by ---- */

/* Names and what stands for them, which is none where a name is missing. */
static void compare_pairs(comparing *all, const char *part, const pv_recorded_files *then,
                          const pv_recorded_files *now) {
    for (size_t i = 0; i < then->count; i++) {
        const pv_recorded_file *was = &then->list[i];
        const pv_recorded_file *is = find_file(now, was->path);
        if (!is || !pv_str_equal(was->sha256, is->sha256))
            differ(all, part, "%.*s was %.*s, is %.*s", PV_STR_ARG(was->path), PV_STR_ARG(was->sha256),
                   PV_STR_ARG(is ? is->sha256 : PV_STR("none")));
    }
    for (size_t i = 0; i < now->count; i++)
        if (!find_file(then, now->list[i].path))
            differ(all, part, "%.*s was none, is %.*s", PV_STR_ARG(now->list[i].path), PV_STR_ARG(now->list[i].sha256));
}

static void compare_engine(comparing *all, const pv_audit_record *then, const pv_audit_record *now) {
    compare_text(all, "engine", "proviso", then->version, now->version);
    compare_pairs(all, "engine", &then->libraries, &now->libraries);
}

/* The same, for choice with the same value: it may be set otherwise for other inputs. */
static const pv_recorded_parameter *find_parameter(const pv_audit_record *record, const pv_recorded_parameter *like) {
    const pv_recorded_parameter *found = NULL;
    for (size_t i = 0; i < record->parameter_count; i++) {
        const pv_recorded_parameter *each = &record->parameters[i];
        bool is_it = pv_str_equal(each->pack, like->pack) && pv_str_equal(each->rule, like->rule) &&
                     pv_str_equal(each->name, like->name);
        if (is_it && pv_str_equal(each->value, like->value))
            return each;
        if (is_it && !found)
            found = each;
    }
    return found;
}

static void compare_parameters(comparing *all, const pv_audit_record *then, const pv_audit_record *now) {
    for (size_t i = 0; i < then->parameter_count; i++) {
        const pv_recorded_parameter *was = &then->parameters[i];
        const pv_recorded_parameter *is = find_parameter(now, was);
        if (!is || !pv_str_equal(was->value, is->value))
            differ(all, "configuration", "%.*s of %.*s was set to %.*s, is %s%.*s", PV_STR_ARG(was->name),
                   PV_STR_ARG(was->rule), PV_STR_ARG(was->value), is ? "set to " : "as the pack has it",
                   PV_STR_ARG(is ? is->value : PV_STR("")));
    }
    for (size_t i = 0; i < now->parameter_count; i++) {
        const pv_recorded_parameter *is = &now->parameters[i];
        if (!find_parameter(then, is))
            differ(all, "configuration", "%.*s of %.*s was as the pack has it, is set to %.*s", PV_STR_ARG(is->name),
                   PV_STR_ARG(is->rule), PV_STR_ARG(is->value));
    }
}

static void compare_configuration(comparing *all, const pv_audit_record *then, const pv_audit_record *now) {
    compare_one_file(all, "configuration", &then->configuration, &now->configuration);
    compare_one_file(all, "lock", &then->lock, &now->lock);
    compare_files(all, "configuration", PV_STR("of some inputs"), &then->others, &now->others);
    compare_one_file(all, "waivers", &then->waivers, &now->waivers);
    compare_one_file(all, "baseline", &then->baseline, &now->baseline);
    compare_text(all, "configuration", "the mode", then->mode, now->mode);
    compare_text(all, "configuration", "the level to fail on", then->fail_on, now->fail_on);
    compare_text(all, "configuration", "--pack", then->pack, now->pack);
    compare_text(all, "configuration", "--as-of", then->as_of, now->as_of);
    compare_text(all, "configuration", "--rule", then->rule, now->rule);
    compare_text(all, "configuration", "--stdin-filename", then->standard_input, now->standard_input);
    compare_parameters(all, then, now);
}

/* The same, for choice with the same files: another may bear its name for other inputs. */
static const pv_recorded_pack *find_pack(const pv_audit_record *record, const pv_recorded_pack *like) {
    const pv_recorded_pack *found = NULL;
    for (size_t i = 0; i < record->pack_count; i++) {
        const pv_recorded_pack *each = &record->packs[i];
        bool is_it = pv_str_equal(each->id, like->id);
        if (is_it && pv_str_equal(each->sha256, like->sha256))
            return each;
        if (is_it && !found)
            found = each;
    }
    return found;
}

static void compare_pack(comparing *all, const pv_recorded_pack *then, const pv_recorded_pack *now) {
    if (!pv_str_equal(then->version, now->version))
        differ(all, "pack", "%.*s was version %.*s, is %.*s", PV_STR_ARG(then->id), PV_STR_ARG(then->version),
               PV_STR_ARG(now->version));
    size_t before = all->found->count;
    compare_files(all, "pack", then->id, &then->files, &now->files);
    if (before == all->found->count && !pv_str_equal(then->sha256, now->sha256))
        differ(all, "pack", "%.*s: its sha256 was %.*s, is %.*s", PV_STR_ARG(then->id), PV_STR_ARG(then->sha256),
               PV_STR_ARG(now->sha256));
}

static void compare_packs(comparing *all, const pv_audit_record *then, const pv_audit_record *now) {
    for (size_t i = 0; i < then->pack_count; i++) {
        const pv_recorded_pack *is = find_pack(now, &then->packs[i]);
        if (is)
            compare_pack(all, &then->packs[i], is);
        else
            differ(all, "pack", "%.*s judges no input any more", PV_STR_ARG(then->packs[i].id));
    }
    for (size_t i = 0; i < now->pack_count; i++)
        if (!find_pack(then, &now->packs[i]))
            differ(all, "pack", "%.*s judged no input then", PV_STR_ARG(now->packs[i].id));
}

/* ---- inputs and verdicts ---- */

static const pv_recorded_input *find_input(const pv_audit_record *record, size_t index, pv_str path) {
    if (index < record->input_count && pv_str_equal(record->inputs[index].path, path))
        return &record->inputs[index]; /* both are in one order, but for a damaged record */
    for (size_t i = 0; i < record->input_count; i++)
        if (pv_str_equal(record->inputs[i].path, path))
            return &record->inputs[i];
    return NULL;
}

static void compare_input(comparing *all, const pv_recorded_input *then, const pv_recorded_input *now) {
    if (!pv_str_equal(then->sha256, now->sha256))
        differ(all, "input", "%.*s %s", PV_STR_ARG(then->path),
               now->sha256.size == 0    ? "is missing, or cannot be read"
               : then->sha256.size == 0 ? "could not be read, and can be now"
                                        : "changed");
    if (now->form.size > 0 && then->form.size > 0) {
        compare_files(all, "input", then->path, &then->files, &now->files);
        if (!pv_str_equal(then->pack, now->pack))
            differ(all, "input", "%.*s was judged by the pack %.*s, is judged by %.*s", PV_STR_ARG(then->path),
                   PV_STR_ARG(then->pack), PV_STR_ARG(now->pack));
        if (!pv_str_equal(then->form, now->form) || !pv_str_equal(then->format, now->format))
            differ(all, "input", "%.*s was read as %.*s (%.*s), is read as %.*s (%.*s)", PV_STR_ARG(then->path),
                   PV_STR_ARG(then->form), PV_STR_ARG(then->format), PV_STR_ARG(now->form), PV_STR_ARG(now->format));
    }
}

/* Whether the input was judged as the run was: what changed of that has been told. */
static bool follows_run(const pv_audit_record *record, const pv_recorded_input *input) {
    return pv_str_equal(input->mode, record->mode) && pv_str_equal(input->fail_on, record->fail_on);
}

static void compare_strictness(comparing *all, const pv_recorded_input *then, const pv_recorded_input *now) {
    bool judged = then->judged && now->judged;
    if (judged && !pv_str_equal(then->mode, now->mode))
        differ(all, "input", "%.*s was judged in %.*s mode, is judged in %.*s mode", PV_STR_ARG(then->path),
               PV_STR_ARG(then->mode), PV_STR_ARG(now->mode));
    if (judged && !pv_str_equal(then->fail_on, now->fail_on))
        differ(all, "input", "%.*s: the level to fail on was %.*s, is %.*s", PV_STR_ARG(then->path),
               PV_STR_ARG(then->fail_on), PV_STR_ARG(now->fail_on));
}

static void compare_inputs(comparing *all, const pv_audit_record *then, const pv_audit_record *now) {
    for (size_t i = 0; i < then->input_count; i++) {
        const pv_recorded_input *is = find_input(now, i, then->inputs[i].path);
        if (!is) {
            differ(all, "input", "%.*s is not checked any more", PV_STR_ARG(then->inputs[i].path));
            continue;
        }
        compare_input(all, &then->inputs[i], is);
        if (!follows_run(then, &then->inputs[i]) || !follows_run(now, is))
            compare_strictness(all, &then->inputs[i], is);
    }
    for (size_t i = 0; i < now->input_count; i++)
        if (!find_input(then, i, now->inputs[i].path))
            differ(all, "input", "%.*s was not checked then", PV_STR_ARG(now->inputs[i].path));
}

/* "fail was 2, is 3; …" */
static void describe_counts(pv_buf *out, const pv_recorded_input *then, const pv_recorded_input *now) {
    for (size_t i = 0; i < PV_RECORDED_STATE_COUNT; i++)
        if (then->states[i] != now->states[i])
            pv_buf_format(out, "%s%s was %" PRIu64 ", is %" PRIu64, out->size > 0 ? "; " : "",
                          pv_recorded_state_name((pv_recorded_state)i), then->states[i], now->states[i]);
    if (out->size == 0)
        pv_buf_append_text(out, "other verdicts, though as many of each state");
}

static bool same_verdicts(const pv_recorded_input *then, const pv_recorded_input *now) {
    bool same = pv_str_equal(then->verdicts_sha256, now->verdicts_sha256) && then->verdict_count == now->verdict_count;
    for (size_t i = 0; same && i < PV_RECORDED_STATE_COUNT; i++)
        same = then->states[i] == now->states[i];
    return same;
}

static void compare_verdicts_of(comparing *all, const pv_recorded_input *then, const pv_recorded_input *now) {
    if (then->judged != now->judged) {
        differ(all, "verdicts", "%.*s %s", PV_STR_ARG(then->path),
               then->judged ? "was judged, and cannot be now" : "could not be judged, and is now");
    } else if (!same_verdicts(then, now)) {
        pv_buf counts = pv_buf_on(pv_arena_memory(all->arena));
        describe_counts(&counts, then, now);
        all->failed |= counts.failed;
        differ(all, "verdicts", "%.*s: %.*s", PV_STR_ARG(then->path), PV_STR_ARG(pv_buf_str(&counts)));
        pv_buf_clear(&counts);
    }
}

static void compare_verdicts(comparing *all, const pv_audit_record *then, const pv_audit_record *now) {
    size_t before = all->found->count;
    for (size_t i = 0; i < then->input_count; i++) {
        const pv_recorded_input *is = find_input(now, i, then->inputs[i].path);
        if (is)
            compare_verdicts_of(all, &then->inputs[i], is);
    }
    if (before == all->found->count && then->verdict_count != now->verdict_count)
        differ(all, "verdicts", "they were %" PRIu64 ", are %" PRIu64, then->verdict_count, now->verdict_count);
    if (before == all->found->count && !pv_str_equal(then->verdicts_sha256, now->verdicts_sha256))
        differ(all, "verdicts", "their sha256 was %.*s, is %.*s", PV_STR_ARG(then->verdicts_sha256),
               PV_STR_ARG(now->verdicts_sha256));
    all->found->verdicts = all->found->count - before;
}

static bool has_fault(const pv_audit_record *record, const pv_recorded_fault *like) {
    for (size_t i = 0; i < record->fault_count; i++) {
        const pv_recorded_fault *each = &record->faults[i];
        if (pv_str_equal(each->rule, like->rule) && pv_str_equal(each->kind, like->kind) &&
            pv_str_equal(each->message, like->message) && pv_str_equal(each->path, like->path) &&
            pv_str_equal(each->line, like->line) && pv_str_equal(each->column, like->column))
            return true;
    }
    return false;
}

static void compare_faults(comparing *all, const pv_audit_record *then, const pv_audit_record *now) {
    for (size_t i = 0; i < then->fault_count; i++)
        if (!has_fault(now, &then->faults[i]))
            differ(all, "fault", "gone: %.*s", PV_STR_ARG(then->faults[i].message));
    for (size_t i = 0; i < now->fault_count; i++)
        if (!has_fault(then, &now->faults[i]))
            differ(all, "fault", "new: %.*s%s%.*s", PV_STR_ARG(now->faults[i].path),
                   now->faults[i].path.size > 0 ? ": " : "", PV_STR_ARG(now->faults[i].message));
}

bool pv_audit_compare(pv_audit_differences *out, pv_arena *arena, const pv_audit_record *then,
                      const pv_audit_record *now, pv_error *error) {
    *out = (pv_audit_differences){0};
    comparing all = {.arena = arena, .found = out};
    compare_engine(&all, then, now);
    compare_configuration(&all, then, now);
    compare_packs(&all, then, now);
    compare_inputs(&all, then, now);
    compare_verdicts(&all, then, now);
    compare_faults(&all, then, now);
    if (out->verdicts == 0) /* else the sums differ too */
        compare_pairs(&all, "summary", &then->summary, &now->summary);
    if (then->exit_status != now->exit_status)
        differ(&all, "exit status", "was %" PRIu64 ", is %" PRIu64, then->exit_status, now->exit_status);
    return !all.failed || pv_fail_memory(error);
}
