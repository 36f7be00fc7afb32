/* Submissions judged, and what is asked of the result. */
#include <string.h>

#include "base/hash.h"
#include "model/message.h"
#include "proviso/proviso_p.h"
#include "report/check/format.h"
#include "report/other/show_report.h"
#include "run/ruleset.h"

#define COLUMNS 80u /* of the terminal format, which has no color here */

static bool fail_memory(proviso_error *error) {
    return proviso_fail(error, PV_ERROR_MEMORY, "not enough memory");
}

/* ---- reading a submission ---- */

static bool read_options(const proviso_check_options *given, proviso_check_options *options, proviso_error *error) {
    *options = (proviso_check_options){0};
    if (!proviso_take(options, sizeof *options, given, error))
        return false;
    if (options->mode == PROVISO_MODE_DEFAULT)
        options->mode = PROVISO_MODE_SUBMISSION;
    if (options->fail_on == PROVISO_LEVEL_DEFAULT)
        options->fail_on = PROVISO_LEVEL_ERROR;
    if ((unsigned)options->mode > PROVISO_MODE_GATE)
        return proviso_fail(error, PV_ERROR_USAGE, "there is no such mode");
    if ((unsigned)options->fail_on > PROVISO_LEVEL_ERROR)
        return proviso_fail(error, PV_ERROR_USAGE, "there is no such level");
    return true;
}

void proviso_result_free(proviso_result *result) {
    if (!result)
        return;
    if (result->checked.arena)
        pv_checked_clear(&result->checked);
    pv_arena_free(result->arena);
    pv_memory_free(proviso_memory_of(result->pack), result, sizeof *result);
}

/* NULL when memory is refused. rules: a pattern. */
static proviso_result *make_result(const proviso_pack *pack, const pv_run_options *run, pv_str rules) {
    pv_memory *memory = proviso_memory_of(pack);
    pv_error ignored = {0};
    proviso_result *result = pv_memory_new(memory, sizeof *result);
    if (!result)
        return NULL;
    result->pack = pack;
    result->run = *run;
    result->arena = pv_arena_new(memory);
    bool made = result->arena && pv_checked_new(&result->checked, pack->engine->library, &ignored);
    if (made)
        result->run.rule_pattern = pv_arena_copy(result->arena, rules);
    if (made && result->run.rule_pattern.data)
        return result;
    proviso_result_free(result);
    return NULL;
}

static bool make_views(proviso_result *result) {
    result->views = PV_NEW_ARRAY(result->arena, proviso_verdict, result->checked.results.verdict_count);
    return result->views != NULL;
}

static bool is_on_form(proviso_result *result, pv_fault *fault) {
    pv_checked *checked = &result->checked;
    const pv_form *form = result->pack->pack->form;
    pv_str form_id;
    pv_error error = {0};
    if (checked->needs_form && !checked->names_form) /* the file leaves that to whoever chose the pack */
        return true;
    if (!pv_read_form_id(checked, &form_id, fault))
        return false;
    if (pv_str_equal(form_id, form->id))
        return true;
    pv_fail_at(&error, PV_ERROR_SHAPE, checked->form_at, "the submission is filed on %s, but the pack judges %s",
               pv_message_quote(form_id).text, pv_message_quote(form->id).text);
    *fault = pv_fault_from_error(checked->arena, PV_FAULT_INPUT, checked->source->path, checked->source, &error);
    return false;
}

/* judges: false to read only. */
static bool fill_result(proviso_result *result, const proviso_check_options *options, pv_str name, pv_str bytes,
                        bool judges, proviso_error *error) {
    const pv_pack *pack = result->pack->pack;
    pv_checked *checked = &result->checked;
    asked_file sibling = {options->siblings, options->siblings_payload,
                          pv_library_limits(checked->library)->source_bytes};
    pv_fault fault = {0};
    pv_str path = pv_arena_copy(result->arena, name);
    pv_str kept = pv_arena_copy(result->arena, bytes);
    if (!path.data || !kept.data)
        return fail_memory(error);
    if (options->siblings)
        checked->files = (pv_sibling_reader){proviso_ask_for_file, proviso_ask_about_file, &sibling};
    bool done = pv_read_document(checked, path, kept, &fault) && is_on_form(result, &fault) &&
                pv_read_submission(checked, pack, &fault) && (!judges || pv_judge(checked, pack, &result->run, &fault));
    checked->files = (pv_sibling_reader){0};
    return done || proviso_fail_with_fault(error, &fault);
}

static bool check_rules(const proviso_pack *pack, const char *rules, proviso_error *error) {
    pv_error cause = {0};
    if (pv_run_selected(pack->pack, pv_str_from(rules)) > 0)
        return true;
    pv_fail(&cause, PV_ERROR_NOT_FOUND, "'%s' selects no rule of the pack %s",
            pv_message_quote(pv_str_from(rules)).text, pv_message_quote(pack->pack->manifest->id).text);
    return proviso_fail_with(error, &cause, (pv_str){0});
}

/* NULL with error filled when it cannot be read, or cannot be judged where that is asked for. */
static proviso_result *read_submission(const proviso_pack *pack, const char *name, pv_str bytes,
                                       const proviso_check_options *given, bool judges, proviso_error *error) {
    proviso_check_options options;
    if (!read_options(given, &options, error) || !check_rules(pack, options.rules, error))
        return NULL;
    const pv_run_options run = {
        .mode = (pv_mode)((int)options.mode - (int)PROVISO_MODE_DRAFT),
        .fail_on = (pv_level)((int)options.fail_on - (int)PROVISO_LEVEL_NOTE),
    };
    proviso_result *result = make_result(pack, &run, pv_str_from(options.rules));
    if (!result) {
        fail_memory(error);
        return NULL;
    }
    if (fill_result(result, &options, pv_str_from(name), bytes, judges, error))
        return result;
    proviso_result_free(result);
    return NULL;
}

bool proviso_check(const proviso_pack *pack, const char *name, const void *bytes, size_t size,
                   const proviso_check_options *options, proviso_result **out, proviso_error *error) {
    proviso_result *result = read_submission(pack, name, (pv_str){bytes, size}, options, true, error);
    if (!result)
        return false;
    if (!make_views(result)) {
        proviso_result_free(result);
        return fail_memory(error);
    }
    *out = result;
    return true;
}

bool proviso_show(const proviso_pack *pack, const char *name, const void *bytes, size_t size,
                  const proviso_check_options *options, proviso_write write, void *payload, proviso_error *error) {
    proviso_result *result = read_submission(pack, name, (pv_str){bytes, size}, options, false, error);
    if (!result)
        return false;
    pv_buf text = pv_buf_on(proviso_memory_of(pack));
    pv_show_json(&text, result->checked.submission);
    bool written = proviso_write_out(&text, write, payload, error);
    proviso_result_free(result);
    return written;
}

bool proviso_form_of(proviso_engine *engine, const char *name, const void *bytes, size_t size, char *out,
                     size_t out_size, proviso_error *error) {
    pv_checked checked;
    pv_error cause = {0};
    pv_fault fault = {0};
    pv_str form_id;
    if (!pv_checked_new(&checked, engine->library, &cause))
        return proviso_fail_with(error, &cause, (pv_str){0});
    bool read = pv_read_document(&checked, pv_str_from(name), (pv_str){bytes, size}, &fault) &&
                pv_read_form_id(&checked, &form_id, &fault);
    bool fits = read && form_id.size < out_size;
    if (fits) {
        memcpy(out, form_id.data, form_id.size);
        out[form_id.size] = '\0';
    } else if (read) {
        proviso_fail(error, PV_ERROR_LIMIT, "the form's id is longer than there is room for");
    } else {
        proviso_fail_with_fault(error, &fault);
    }
    pv_checked_clear(&checked);
    return fits;
}

/* ---- all together ---- */

static bool collect(proviso_result *all, const proviso_result *const *results, size_t count, pv_collection **out,
                    pv_error *error) {
    const pv_form *form = all->pack->pack->form;
    if (!pv_collection_new(out, all->arena, form, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (results[i]->pack != all->pack || !results[i]->checked.submission)
            return pv_fail(error, PV_ERROR_USAGE, "what is judged together are submissions judged by one pack");
        if (!pv_collection_add(*out, results[i]->checked.submission, error))
            return false;
    }
    all->checked.source = (*out)->source;
    all->title = pv_arena_format(all->arena, "%zu submission%s together: %.*s", count, count == 1 ? "" : "s",
                                 PV_STR_ARG(form->title));
    return all->title.data || pv_fail_memory(error);
}

static bool judge_together(proviso_result *all, const proviso_result *const *results, size_t count, pv_error *error) {
    pv_collection *collection;
    return collect(all, results, count, &collection, error) &&
           pv_run_check_collection(&all->checked.results, all->checked.arena, all->pack->pack, collection, &all->run,
                                   error) &&
           (make_views(all) || pv_fail_memory(error));
}

bool proviso_check_together(const proviso_result *const *results, size_t count, proviso_result **out,
                            proviso_error *error) {
    pv_error cause = {0};
    if (count == 0)
        return proviso_fail(error, PV_ERROR_USAGE, "there is nothing to judge together");
    const proviso_result *first = results[0];
    if (!pv_run_needs_collection(first->pack->pack, first->run.rule_pattern)) {
        *out = NULL;
        return true;
    }
    proviso_result *all = make_result(first->pack, &first->run, first->run.rule_pattern);
    if (!all)
        return fail_memory(error);
    if (!judge_together(all, results, count, &cause)) {
        proviso_result_free(all);
        return proviso_fail_with(error, &cause, (pv_str){0});
    }
    *out = all;
    return true;
}

/* ---- the result ---- */

static pv_report_input input_of(const proviso_result *result, char sha256[65]) {
    const pv_checked *checked = &result->checked;
    pv_report_input input = {
        .submission = checked->submission,
        .source = checked->source,
        .pack = result->pack->pack,
        .results = &checked->results,
        .title = result->title,
    };
    if (checked->submission) {
        pv_hash_sha256(&checked->source->bytes, 1, sha256);
        input.sha256 = sha256;
    }
    return input;
}

/* Whether the pack of the index-th result is that of an earlier one too. */
static bool has_known_pack(const proviso_result *const *results, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (results[i]->pack == results[index]->pack)
            return true;
    return false;
}

static pv_summary summary_of(const proviso_result *const *results, size_t count) {
    pv_summary summary = {0};
    for (size_t i = 0; i < count; i++) {
        const pv_report_input input = {
            .submission = results[i]->checked.submission,
            .results = &results[i]->checked.results,
        };
        pv_report_count(&summary, &input);
        if (!has_known_pack(results, i))
            summary.faults += results[i]->pack->pack->ruleset->fault_count;
    }
    return summary;
}

bool proviso_total(const proviso_result *const *results, size_t count, proviso_counts *out, proviso_error *error) {
    const pv_summary summary = summary_of(results, count);
    proviso_counts whole = {
        .exit_status = pv_summary_exit_code(&summary),
        .pass = summary.pass,
        .fail = summary.fail,
        .review = summary.review,
        .not_applicable = summary.not_applicable,
        .not_checked = summary.not_checked,
        .errors = summary.error,
        .warnings = summary.warning,
        .notes = summary.note,
        .blocking = summary.blocking,
        .faults = summary.faults,
    };
    for (size_t i = 0; i < count; i++)
        whole.verdicts += results[i]->checked.results.verdict_count;
    return proviso_fill(out, &whole, sizeof whole, error);
}

bool proviso_result_counts(const proviso_result *result, proviso_counts *out, proviso_error *error) {
    return proviso_total(&result, 1, out, error);
}

bool proviso_result_fault(const proviso_result *result, size_t index, proviso_fault *out, proviso_error *error) {
    const pv_results *results = &result->checked.results;
    size_t of_pack = result->pack->pack->ruleset->fault_count;
    if (index < of_pack)
        return proviso_pack_fault(result->pack, index, out, error);
    return index - of_pack < results->fault_count ? proviso_fill_fault(&results->faults[index - of_pack], out, error)
                                                  : proviso_fail_index(error);
}

/* The words at a span; in arena where they are several parts. False when memory is refused. */
static bool words_at(const pv_source *source, pv_span span, pv_arena *arena, pv_str *out) {
    pv_buf scratch = pv_buf_on(pv_arena_memory(arena));
    *out = pv_source_words(source, span, &scratch);
    if (scratch.size > 0)
        *out = pv_arena_copy(arena, *out);
    bool made = !scratch.failed && (scratch.size == 0 || out->data);
    pv_buf_clear(&scratch);
    return made;
}

static bool place_of(const proviso_result *result, const pv_place *place, proviso_place *out) {
    const pv_source *source = result->checked.source;
    pv_str words;
    if (!words_at(source, place->span, result->arena, &words))
        return false;
    pv_position start = pv_source_locate(source, place->span.start);
    pv_position end = pv_source_locate(source, place->span.end);
    *out = (proviso_place){
        .path = proviso_text_of(pv_source_path_at(source, place->span.start)),
        .line = start.line,
        .column = start.column,
        .end_line = end.line,
        .end_column = end.column,
        .text = proviso_text_of(words),
        .expected_here = place->expected_here,
    };
    return true;
}

static bool call_place(const proviso_result *result, size_t offset, proviso_text *out) {
    const pv_source *source = result->checked.source;
    if (pv_source_has_lines(source, offset))
        return true;
    pv_str called = pv_arena_copy(result->arena, pv_str_from(pv_source_describe(source, offset).text));
    *out = proviso_text_of(called);
    return called.data != NULL;
}

/* What has to be made for a verdict, and does not only stand in it. */
static bool fill_made_parts(const proviso_result *result, const pv_verdict *verdict, proviso_verdict *view) {
    const pv_outcome *outcome = &verdict->outcome;
    pv_arena *arena = result->arena;
    pv_str name = pv_subject_name(&verdict->subject, arena);
    proviso_related *related = PV_NEW_ARRAY(arena, proviso_related, outcome->related_count);
    proviso_text *working = PV_NEW_ARRAY(arena, proviso_text, outcome->working_count);
    if (!name.data || !related || !working)
        return false;
    for (size_t i = 0; i < outcome->related_count; i++) {
        if (!place_of(result, &outcome->related[i].at, &related[i].at))
            return false;
        related[i].message = proviso_text_of(outcome->related[i].message);
    }
    for (size_t i = 0; i < outcome->working_count; i++)
        working[i] = proviso_text_of(outcome->working[i]);
    view->subject = proviso_text_of(name);
    view->related = related;
    view->related_count = outcome->related_count;
    view->working = working;
    view->working_count = outcome->working_count;
    if (outcome->has_due) {
        char day[PV_DATE_SIZE];
        pv_date_write(outcome->due, day);
        pv_str kept = pv_arena_copy(arena, pv_str_from(day));
        view->due = proviso_text_of(kept);
        return kept.data != NULL;
    }
    return true;
}

static void write_fingerprint(uint64_t fingerprint, char out[17]) {
    for (size_t i = 16; i-- > 0; fingerprint >>= 4)
        out[i] = "0123456789abcdef"[fingerprint & 0xF];
    out[16] = '\0';
}

static bool make_view(const proviso_result *result, const pv_verdict *verdict, proviso_verdict *out) {
    const pv_rule *rule = verdict->rule;
    proviso_verdict view = {
        .struct_size = sizeof view,
        .rule = proviso_text_of(rule->id),
        .state = (proviso_state)((int)verdict->outcome.state + (int)PROVISO_STATE_PASS),
        .level = proviso_level_of(verdict->level),
        .message = proviso_text_of(verdict->outcome.message),
        .title = proviso_text_of(rule->title),
        .citation = proviso_text_of(rule->citation),
        .remedy = proviso_text_of(pv_verdict_remedy(verdict)),
        .subject_kind = proviso_text_of(pv_str_from(pv_subject_kind_name(verdict->subject.kind))),
        .has_place = verdict->outcome.has_at,
    };
    if (view.has_place && (!place_of(result, &verdict->outcome.at, &view.place) ||
                           !call_place(result, verdict->outcome.at.span.start, &view.place_called)))
        return false;
    write_fingerprint(verdict->fingerprint, view.fingerprint);
    if (!fill_made_parts(result, verdict, &view))
        return false;
    *out = view;
    return true;
}

bool proviso_result_verdict(const proviso_result *result, size_t index, proviso_verdict *out, proviso_error *error) {
    const pv_results *results = &result->checked.results;
    if (index >= results->verdict_count)
        return proviso_fail_index(error);
    proviso_verdict *view = &result->views[index];
    if (view->struct_size == 0 && !make_view(result, &results->verdicts[index], view))
        return fail_memory(error);
    proviso_verdict whole = *view;
    return proviso_fill(out, &whole, sizeof whole, error);
}

/* ---- reports ---- */

/* The faults of all packs, each once, in scratch. */
static const pv_fault *pack_faults(const proviso_result *const *results, size_t count, pv_arena *scratch,
                                   size_t *fault_count) {
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += results[i]->pack->pack->ruleset->fault_count;
    pv_fault *faults = PV_NEW_ARRAY(scratch, pv_fault, most);
    *fault_count = 0;
    for (size_t i = 0; faults && i < count; i++) {
        const pv_ruleset *ruleset = results[i]->pack->pack->ruleset;
        for (size_t k = 0; !has_known_pack(results, i) && k < ruleset->fault_count; k++)
            faults[(*fault_count)++] = ruleset->faults[k];
    }
    return faults;
}

static bool add_results(pv_report *report, const proviso_result *const *results, size_t count, pv_error *error) {
    for (size_t i = 0; i < count; i++) {
        char sha256[65];
        const pv_report_input input = input_of(results[i], sha256);
        if (!pv_report_submission(report, &input, error))
            return false;
    }
    return true;
}

static bool write_report(const proviso_result *const *results, size_t count, const pv_report_setup *setup,
                         const pv_format *format, pv_error *error) {
    const pv_summary summary = summary_of(results, count);
    pv_arena *scratch = pv_arena_new(setup->memory);
    pv_report *report = NULL;
    size_t fault_count = 0;
    const pv_fault *faults = scratch ? pack_faults(results, count, scratch, &fault_count) : NULL;
    bool written = (faults || pv_fail_memory(error)) && pv_report_new(&report, format, setup, error) &&
                   add_results(report, results, count, error) &&
                   pv_report_end(report, &summary, faults, fault_count, error);
    pv_report_free(report);
    pv_arena_free(scratch);
    return written;
}

bool proviso_report(const proviso_result *const *results, size_t count, const char *name, proviso_write write,
                    void *payload, proviso_error *error) {
    const pv_format *format = pv_format_named(name ? name : "json");
    pv_error cause = {0};
    char as_of[PV_DATE_SIZE] = "";
    if (!format)
        return proviso_fail(error, PV_ERROR_NOT_FOUND, "there is no format of this name");
    if (count == 0)
        return proviso_fail(error, PV_ERROR_USAGE, "there is nothing to report");
    const proviso_result *first = results[0];
    const pv_date *day = pv_library_as_of(first->pack->engine->library);
    if (day)
        pv_date_write(*day, as_of);
    const pv_report_context context = {
        .version = PV_STR(PROVISO_VERSION),
        .mode = first->run.mode,
        .fail_on = first->run.fail_on,
        .as_of = pv_str_from(as_of),
        .rule_pattern = first->run.rule_pattern,
    };
    pv_buf text = pv_buf_on(proviso_memory_of(first->pack));
    const pv_report_setup setup = {
        .memory = text.memory,
        .style = {.width = COLUMNS},
        .context = &context,
        .out = &text,
    };
    if (write_report(results, count, &setup, format, &cause))
        return proviso_write_out(&text, write, payload, error);
    pv_buf_clear(&text);
    return proviso_fail_with(error, &cause, (pv_str){0});
}
