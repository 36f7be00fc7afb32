#include <string.h>

#include "base/glob.h"
#include "cli/build_info.h"
#include "cli/command.h"
#include "model/message.h"
#include "project/checker.h"
#include "project/compare.h"
#include "report/other/impact.h"
#include "run/ruleset.h"

enum { ARGUMENT_OLD, ARGUMENT_NEW, FIRST_PATH };

/* Past submissions, judged by two packs. Both are taken as they were published. */
typedef struct weighing {
    pv_library *library; /* of the old pack */
    const pv_options *options;
    pv_arena *arena;
    pv_options by_old; /* how each is judged */
    pv_options by_new;
    pv_project *project; /* of the old pack */
    pv_compare *other;   /* what judges by the new one */
    pv_impact impact;
    pv_fault_log faults;
    pv_file_list files;
    pv_str where;
} weighing;

/* ---- what is heard ---- */

static bool hear_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    const weighing *all = payload;
    (void)error;
    if (!all->options->quiet)
        pv_console_complain("%.*s: skipped, %.*s", PV_STR_ARG(pv_path_relative(path)), PV_STR_ARG(why));
    return true;
}

static bool hear_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    weighing *all = payload;
    bool first_met = false;
    (void)of_submission;
    if (!pv_fault_log_add(&all->faults, fault, &first_met, error))
        return false;
    if (first_met)
        pv_console_complain_of(fault);
    return true;
}

/* One that is judged by the old pack alone was reported with a fault. */
static bool hear_submission(void *payload, const pv_report_input *input, pv_error *error) {
    weighing *all = payload;
    return !input->comparison || pv_impact_add(&all->impact, input, error);
}

/* ---- opening ---- */

static const char *argument(const weighing *all, size_t index) {
    return all->options->arguments[index].data;
}

static bool fail_with(weighing *all, const pv_error *error, pv_fault *fault) {
    return pv_fail_input(fault, all->arena, (pv_str){0}, NULL, error);
}

/* Where packs are is the project's to say; what it sets of them is not a part of them. The pattern is not the
 * checker's: a rule may be in one of the packs only. */
static pv_options options_of(const weighing *all, size_t pack) {
    pv_options options = *all->options;
    options.asked.pack = all->options->arguments[pack];
    options.asked.given |= 1u << PV_CONFIG_PACK | 1u << PV_CONFIG_MODE;
    options.asked.rule = (pv_str){0};
    options.as_published = true;
    return options;
}

static bool begin_judging(weighing *all, pv_error *error) {
    all->by_old = options_of(all, ARGUMENT_OLD);
    all->by_new = options_of(all, ARGUMENT_NEW);
    const pv_project_settings by_old = pv_options_project(&all->by_old);
    all->where = pv_arena_format(all->arena, "judged by %s", argument(all, ARGUMENT_NEW));
    const pv_compare_setting setting = {
        .host = pv_posix_host(),
        .settings = pv_options_project(&all->by_new),
        .as_of = all->options->asked.as_of,
        .where = all->where,
        .listener = {all, hear_skipped, hear_fault, hear_submission},
    };
    if (!all->where.data)
        return pv_fail_memory(error);
    return pv_project_new(&all->project, all->library, pv_posix_host(), &by_old, error) &&
           pv_compare_new(&all->other, pv_library_memory(all->library), &setting, error);
}

/* The one that these profiles judge by. */
static const pv_pack *find_pack(const weighing *all, pv_project *project, pv_fault *fault) {
    pv_profile *profile = pv_project_profile_at(project, pv_str_from(argument(all, FIRST_PATH)), fault);
    if (!profile || !pv_project_open_packs(project, profile, fault))
        return NULL;
    return pv_pack_store_at(profile->packs, 0, fault);
}

/* Rules that were lost while the pack was read would look as if they were removed. */
static bool check_rules(weighing *all, const pv_pack *pack, pv_fault *fault) {
    const pv_ruleset *ruleset = pack->ruleset;
    pv_error error = {0};
    bool reported = true;
    for (size_t i = 0; reported && i + 1 < ruleset->fault_count; i++)
        reported = hear_fault(all, &ruleset->faults[i], false, &error);
    if (!reported)
        return fail_with(all, &error, fault);
    if (ruleset->fault_count > 0)
        *fault = ruleset->faults[ruleset->fault_count - 1];
    return ruleset->fault_count == 0;
}

static bool check_forms(weighing *all, const pv_pack *before, const pv_pack *after, pv_fault *fault) {
    pv_error error = {0};
    if (pv_str_equal(before->form->id, after->form->id))
        return true;
    pv_fail(&error, PV_ERROR_USAGE, "%s judges the form %s, but %s judges %s; name two packs for one form",
            argument(all, ARGUMENT_OLD), pv_message_quote(before->form->id).text, argument(all, ARGUMENT_NEW),
            pv_message_quote(after->form->id).text);
    return fail_with(all, &error, fault);
}

static bool check_pattern(weighing *all, const pv_pack *before, const pv_pack *after, pv_fault *fault) {
    pv_str pattern;
    pv_error error = {0};
    size_t at = 0;
    do {
        if (!pv_glob_next_part(all->options->asked.rule, &at, &pattern))
            return true;
    } while (pv_run_selected(before, pattern) + pv_run_selected(after, pattern) > 0);
    const pv_rule *nearest = pv_rule_nearest(after->ruleset, pattern);
    const pv_hint hint = nearest ? pv_message_meant(pattern, nearest->id) : (pv_hint){.text = ""};
    pv_fail(&error, PV_ERROR_USAGE, "--rule '%s' selects no rule of either pack%s", pv_message_quote(pattern).text,
            hint.text);
    return fail_with(all, &error, fault);
}

static bool begin_report(weighing *all, const pv_pack *before, const pv_pack *after, pv_fault *fault) {
    pv_error error = {0};
    pv_impact_setting setting = {
        .version = PV_STR(PV_VERSION),
        .before = before,
        .after = after,
        .mode = all->options->asked.mode,
        .as_of = all->options->asked.as_of,
        .rule_pattern = all->options->asked.rule,
    };
    if (pv_rule_changes_between(&setting.rules, all->arena, before, after, setting.mode, setting.rule_pattern,
                                &error) &&
        pv_impact_init(&all->impact, pv_library_memory(all->library), &setting, &error))
        return true;
    return fail_with(all, &error, fault);
}

static bool prepare(weighing *all, pv_fault *fault) {
    pv_error error = {0};
    if (!begin_judging(all, &error))
        return fail_with(all, &error, fault);
    const pv_pack *before = find_pack(all, all->project, fault);
    const pv_pack *after = before ? find_pack(all, pv_compare_project(all->other), fault) : NULL;
    return after && check_rules(all, before, fault) && check_rules(all, after, fault) &&
           check_forms(all, before, after, fault) && check_pattern(all, before, after, fault) &&
           begin_report(all, before, after, fault) &&
           pv_project_collect(all->project, &all->files, all->options->arguments + FIRST_PATH,
                              all->options->argument_count - FIRST_PATH, fault);
}

/* ---- judging ---- */

static bool judge(weighing *all, pv_error *error) {
    pv_checker checker;
    const pv_listener listener = pv_compare_listener(all->other);
    pv_progress progress = pv_progress_begin(all->files.count);
    bool done = pv_checker_init(&checker, all->project, false, &listener, error);
    if (done)
        pv_compare_follow(all->other, &checker.reader);
    for (size_t i = 0; done && i < all->files.count; i++) {
        done = pv_checker_check(&checker, &all->files.files[i], error);
        pv_progress_step(&progress, i + 1);
    }
    pv_progress_end(&progress);
    pv_checker_clear(&checker);
    return done;
}

static bool say_nothing_found(weighing *all, pv_error *error) {
    const pv_fault fault = {
        .kind = PV_FAULT_INPUT,
        .path = pv_str_from(argument(all, FIRST_PATH)),
        .message = PV_STR("no submission was found"),
    };
    bool any = all->impact.submissions + all->faults.count > 0;
    return any || hear_fault(all, &fault, false, error);
}

static void write_report(const weighing *all, pv_buf *out) {
    const char *format = all->options->formats[0].format;
    const pv_report_style style = pv_options_style(all->options, 1);
    if (strcmp(format, "json") == 0)
        pv_impact_json(out, &all->impact, all->faults.items, all->faults.count);
    else if (strcmp(format, "markdown") == 0)
        pv_impact_markdown(out, &all->impact, all->faults.count);
    else if (all->impact.submissions > 0) /* else standard error has said all there is to say */
        pv_impact_terminal(out, &style, &all->impact, all->faults.count);
}

static pv_exit exit_code(const weighing *all) {
    const pv_impact *impact = &all->impact;
    if (all->faults.count > 0 || impact->submissions == 0 || impact->kinds[PV_CHANGE_NOT_CHECKED] > 0)
        return PV_EXIT_NOTHING;
    bool fails = (all->options->fail_on_new && impact->kinds[PV_CHANGE_FAILING] > 0) ||
                 (all->options->fail_on_stopped && impact->reach.count > 0);
    return fails ? PV_EXIT_FINDINGS : PV_EXIT_CLEAN;
}

static pv_exit run_impact(weighing *all) {
    pv_fault fault = {0};
    pv_error error = {0};
    if (!prepare(all, &fault))
        return pv_command_fail(fault);
    if (!judge(all, &error) || !say_nothing_found(all, &error) || !pv_impact_end(&all->impact, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_buf out = pv_buf_on(pv_library_memory(all->library));
    write_report(all, &out);
    pv_exit code = pv_command_print(&out, exit_code(all));
    pv_buf_clear(&out);
    return code;
}

static pv_exit impact(pv_library *library, const pv_options *options) {
    weighing all = {.library = library, .options = options, .arena = pv_arena_new(pv_library_memory(library))};
    if (!all.arena)
        return pv_command_fail(pv_fault_no_memory());
    pv_library_keep_problems(library, PV_BASELINE_MOST);
    all.faults = pv_fault_log_in(all.arena);
    pv_exit code = run_impact(&all);
    pv_impact_clear(&all.impact);
    pv_compare_free(all.other);
    pv_project_free(all.project);
    pv_arena_free(all.arena);
    return code;
}

static const char *const impact_options[] = {
    "fail-on-new", "fail-on-stopped", "mode",  "as-of", "rule", "files-from", "format",
    "quiet",       "verbose",         "color", "width", "help", NULL};

static const char *const impact_formats[] = {"terminal", "json", "markdown", NULL};

const pv_command pv_impact_command = {
    .usage =
        {
            .command = "impact",
            .arguments = "OLD NEW PATH...",
            .summary = "Judges past submissions by two packs, and says what the change from OLD to NEW does to them. "
                       "OLD and NEW are folders or ids of packs for one form; PATH is as for check.",
            .details = "What is newly failing, newly passing, newly open to review, at another level or\n"
                       "worded otherwise is told rule by rule, with its place and what was said of it\n"
                       "before and after; then by measure. Every rule that stopped applying to anything is\n"
                       "named, with how many subjects it was. A rule that another one replaces is compared\n"
                       "with that one. Packs are taken as they were published: parameters, levels and lock\n"
                       "file of the project are left aside.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  both packs judged everything\n"
                       "  1  with --fail-on-new: something fails that did not; with --fail-on-stopped: a rule\n"
                       "     does not apply any more to something that it applied to\n"
                       "  2  nothing could be concluded: a pack does not load, a submission could not be\n"
                       "     read or is on another form, a rule failed, or there was nothing to judge\n"
                       "\n"
                       "Examples:\n"
                       "  proviso impact packs/grant-2024 packs/grant-2025 filings/\n"
                       "  proviso impact --fail-on-new --format markdown old/grant new/grant filings/\n",
            .min_arguments = 3,
            .max_arguments = SIZE_MAX,
            .first_path = 3,
            .options = impact_options,
            .formats = impact_formats,
        },
    .run = impact,
};
