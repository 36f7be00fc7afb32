#include "report/finding.h"
#include "report/format.h"
#include "report/json_list.h"
#include "report/sarif_parts.h"
#include "run/ruleset.h"

/* What GitHub takes of one run, and what it shows of that. */
#define MOST_RESULTS ((size_t)25000)
#define MOST_SHOWN ((size_t)5000)

/* Consumers want to be told of a place that tells of the tool; its name serves until it has a page. */
#define INFORMATION_URI PV_STR("urn:proviso:tool")

/* A pack whose rules were put into a part already. */
typedef struct sent_pack {
    const pv_pack *pack;
    struct sent_pack *next;
} sent_pack;

typedef struct sarif_report {
    pv_report base;
    pv_arena *arena;
    pv_json json;
    sent_pack *sent;
    pv_json_list rules;
    pv_json_list artifacts;
    pv_json_list notifications;
    size_t results;
    pv_buf quiet; /* framed results that ask nothing of anyone: after the findings, where there is room */
    size_t quiet_count;
    size_t left_out;
} sarif_report;

static void free_report(pv_report *base) {
    if (!base)
        return;
    sarif_report *report = (sarif_report *)base;
    pv_json_list_clear(&report->rules);
    pv_json_list_clear(&report->artifacts);
    pv_json_list_clear(&report->notifications);
    pv_buf_clear(&report->quiet);
    pv_arena_free(report->arena);
    pv_report_free(base);
}

static void begin_log(pv_json *json) {
    pv_json_object_begin(json);
    pv_json_member(
        json, "$schema",
        PV_STR("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"));
    pv_json_member(json, "version", PV_STR("2.1.0"));
    pv_json_key(json, "runs");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    pv_json_member(json, "columnKind", PV_STR("unicodeCodePoints"));
    pv_json_line_break(json);
    pv_json_key(json, "results");
    pv_json_array_begin(json);
}

static bool begin(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    pv_report *base;
    if (!pv_report_new(&base, setup, sizeof(sarif_report), error))
        return false;
    sarif_report *report = (sarif_report *)base;
    report->arena = pv_arena_new(setup->memory);
    if (!report->arena) {
        pv_report_free(base);
        return pv_fail_memory(error);
    }
    report->rules = pv_json_list_in(report->arena);
    report->artifacts = pv_json_list_in(report->arena);
    report->notifications = pv_json_list_in(report->arena);
    report->quiet = pv_buf_on(setup->memory);
    report->json = pv_json_on(setup->out);
    begin_log(&report->json);
    *out = base;
    return true;
}

/* ---- a part: rules, files, faults, results ---- */

/* The rules of one part, by which its results number theirs. */
typedef struct rule_list {
    const pv_rule **rules;
    size_t count;
} rule_list;

static void put_json(pv_buf *part, pv_buf *text) {
    pv_frame_put_text(part, pv_buf_str(text));
    part->failed |= text->failed;
    pv_buf_reset(text);
}

static size_t index_of(const rule_list *list, const pv_rule *rule) {
    size_t i = 0;
    while (i < list->count && list->rules[i] != rule)
        i++;
    return i;
}

static void add_rule(rule_list *list, const pv_rule *rule) {
    if (index_of(list, rule) == list->count)
        list->rules[list->count++] = rule;
}

static bool was_sent(sarif_report *report, const pv_pack *pack, pv_buf *part) {
    for (const sent_pack *sent = report->sent; sent; sent = sent->next)
        if (sent->pack == pack)
            return true;
    sent_pack *sent = PV_NEW(report->arena, sent_pack);
    part->failed |= !sent;
    if (sent) {
        *sent = (sent_pack){pack, report->sent};
        report->sent = sent;
    }
    return false;
}

static void add_rules_of_pack(const sarif_report *report, const pv_pack *pack, rule_list *list) {
    pv_str pattern = report->base.setup.context->rule_pattern;
    for (pv_problem_kind i = pv_structure_first(pack->form); i < PV_STRUCTURE_RULE_COUNT; i++)
        if (pv_run_selects(pattern, pv_structure_rule(i)))
            add_rule(list, pv_structure_rule(i));
    for (size_t i = 0; i < pack->ruleset->rule_count; i++)
        if (pv_run_selects(pattern, &pack->ruleset->rules[i]))
            add_rule(list, &pack->ruleset->rules[i]);
}

static bool is_told(const sarif_report *report, const pv_verdict *verdict) {
    return report->base.setup.style.verbose || pv_state_is_finding(verdict->outcome.state);
}

/* All rules of a pack with the first submission that it judges, and then only those of the results. */
static bool put_rules(sarif_report *report, const pv_report_input *input, pv_buf *part, pv_buf *text, pv_arena *scratch,
                      rule_list *list) {
    const pv_results *results = input->results;
    const pv_pack *pack = input->pack;
    size_t most = results->verdict_count + (pack ? PV_STRUCTURE_RULE_COUNT + pack->ruleset->rule_count : 0);
    *list = (rule_list){PV_NEW_ARRAY(scratch, const pv_rule *, most), 0};
    if (!list->rules)
        return false;
    if (pack && !was_sent(report, pack, part))
        add_rules_of_pack(report, pack, list);
    for (size_t i = 0; i < results->verdict_count; i++)
        if (is_told(report, &results->verdicts[i]))
            add_rule(list, results->verdicts[i].rule);
    pv_frame_put_number(part, list->count);
    for (size_t i = 0; i < list->count; i++) {
        pv_json json = pv_json_on(text);
        pv_sarif_rule(&json, list->rules[i]);
        put_json(part, text);
    }
    return true;
}

static void put_files(const pv_report_input *input, pv_buf *part, pv_buf *text) {
    const pv_source *source = input->source;
    pv_frame_put_number(part, 1 + source->attached_count);
    pv_json json = pv_json_on(text);
    pv_sarif_artifact(&json, source->path, input->sha256 ? pv_str_from(input->sha256) : (pv_str){0}, false);
    put_json(part, text);
    for (size_t i = 0; i < source->attached_count; i++) {
        json = pv_json_on(text);
        pv_sarif_artifact(&json, source->attached[i]->path, (pv_str){0}, true);
        put_json(part, text);
    }
}

static void put_faults(const pv_results *results, pv_buf *part, pv_buf *text) {
    pv_frame_put_number(part, results->fault_count);
    for (size_t i = 0; i < results->fault_count; i++) {
        pv_json json = pv_json_on(text);
        pv_sarif_fault(&json, &results->faults[i]);
        put_json(part, text);
    }
}

static void put_results(const sarif_report *report, const pv_report_input *input, const rule_list *rules, pv_buf *part,
                        pv_buf *text, pv_arena *scratch) {
    const pv_results *results = input->results;
    size_t count = 0;
    for (size_t i = 0; i < results->verdict_count; i++)
        count += is_told(report, &results->verdicts[i]);
    pv_frame_put_number(part, count);
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        if (!is_told(report, verdict))
            continue;
        pv_frame_put_number(part, pv_state_is_finding(verdict->outcome.state));
        pv_frame_put_number(part, index_of(rules, verdict->rule));
        pv_json json = pv_json_on(text);
        pv_json_object_begin(&json);
        pv_sarif_result_members(&json, input, verdict, scratch);
        put_json(part, text);
    }
}

static void add_submission(pv_report *base, const pv_report_input *input, pv_buf *part) {
    sarif_report *report = (sarif_report *)base;
    pv_arena *scratch = pv_arena_new(base->setup.memory);
    pv_buf text = pv_buf_on(base->setup.memory);
    rule_list rules;
    if (scratch && put_rules(report, input, part, &text, scratch, &rules)) {
        put_files(input, part, &text);
        put_faults(input->results, part, &text);
        put_results(report, input, &rules, part, &text, scratch);
    } else {
        part->failed = true;
    }
    pv_buf_clear(&text);
    pv_arena_free(scratch);
}

/* ---- joining ---- */

/* Where each of the entries of a part has its place in list, in scratch. */
static bool join_entries(pv_json_list *list, pv_str *parts, pv_arena *scratch, size_t **indices, size_t *count,
                         pv_error *error) {
    uint64_t announced;
    if (!pv_frame_take_number(parts, &announced, error))
        return false;
    *count = (size_t)announced;
    *indices = PV_NEW_ARRAY(scratch, size_t, *count);
    if (!*indices)
        return pv_fail_memory(error);
    for (size_t i = 0; i < *count; i++) {
        pv_str text;
        if (!pv_frame_take_text(parts, &text, error) || !pv_json_list_add(list, text, &(*indices)[i], error))
            return false;
    }
    return true;
}

static void write_result(sarif_report *report, uint64_t rule, pv_str members) {
    pv_json *json = &report->json;
    if (report->results == MOST_RESULTS) {
        report->left_out++;
        return;
    }
    report->results++;
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_key(json, "ruleIndex");
    pv_json_unsigned(json, rule);
    pv_json_raw(json, members);
    pv_json_object_end(json);
}

/* Kept for the end, so that no pass takes the place of a finding. */
static void keep_quiet_result(sarif_report *report, uint64_t rule, pv_str members) {
    if (report->quiet_count == MOST_RESULTS) {
        report->left_out++;
        return;
    }
    report->quiet_count++;
    pv_frame_put_number(&report->quiet, rule);
    pv_frame_put_text(&report->quiet, members);
}

static void write_quiet_results(sarif_report *report) {
    pv_str rest = pv_buf_str(&report->quiet);
    pv_error none = {0};
    uint64_t rule;
    pv_str members;
    while (rest.size > 0 && pv_frame_take_number(&rest, &rule, &none) && pv_frame_take_text(&rest, &members, &none))
        write_result(report, rule, members);
    report->json.out->failed |= report->quiet.failed;
}

static bool join_result(sarif_report *report, const size_t *rules, size_t rule_count, pv_str *parts, pv_error *error) {
    uint64_t finding;
    uint64_t rule;
    pv_str text;
    if (!pv_frame_take_number(parts, &finding, error) || !pv_frame_take_number(parts, &rule, error) ||
        !pv_frame_take_text(parts, &text, error))
        return false;
    if (rule >= rule_count)
        return pv_fail(error, PV_ERROR_IO, "a worker process sent a result of a rule that it did not send");
    pv_str members = pv_str_slice(text, 1, text.size); /* without its brace */
    if (finding)
        write_result(report, rules[rule], members);
    else
        keep_quiet_result(report, rules[rule], members);
    return true;
}

static bool join_results(sarif_report *report, const size_t *rules, size_t rule_count, pv_str *parts, pv_error *error) {
    uint64_t count;
    if (!pv_frame_take_number(parts, &count, error))
        return false;
    for (; count > 0; count--)
        if (!join_result(report, rules, rule_count, parts, error))
            return false;
    return true;
}

static bool join_part(sarif_report *report, pv_str *parts, pv_arena *scratch, pv_error *error) {
    size_t *rules;
    size_t *others;
    size_t rule_count;
    size_t other_count;
    return join_entries(&report->rules, parts, scratch, &rules, &rule_count, error) &&
           join_entries(&report->artifacts, parts, scratch, &others, &other_count, error) &&
           join_entries(&report->notifications, parts, scratch, &others, &other_count, error) &&
           join_results(report, rules, rule_count, parts, error);
}

static bool join(pv_report *base, pv_str parts, pv_error *error) {
    sarif_report *report = (sarif_report *)base;
    pv_arena *scratch = pv_arena_new(base->setup.memory);
    if (!scratch)
        return pv_fail_memory(error);
    bool joined = true;
    while (joined && parts.size > 0) {
        joined = join_part(report, &parts, scratch, error);
        pv_arena_clear(scratch);
    }
    pv_arena_free(scratch);
    return joined;
}

/* ---- the end ---- */

static void write_tool(sarif_report *report, pv_json *json) {
    pv_json_line_break(json);
    pv_json_key(json, "tool");
    pv_json_object_begin(json);
    pv_json_key(json, "driver");
    pv_json_object_begin(json);
    pv_json_member(json, "name", PV_STR("proviso"));
    pv_json_member(json, "version", report->base.setup.context->version);
    pv_json_member(json, "semanticVersion", report->base.setup.context->version);
    pv_json_member(json, "informationUri", INFORMATION_URI);
    pv_json_list_write(json, "rules", &report->rules);
    pv_json_object_end(json);
    pv_json_object_end(json);
}

static void add_faults(sarif_report *report, const pv_fault *faults, size_t fault_count) {
    for (size_t i = 0; i < fault_count; i++)
        pv_sarif_fault(pv_json_list_next(&report->notifications), &faults[i]);
}

static void add_remark(sarif_report *report, const char *level, pv_buf *text) {
    pv_sarif_remark(pv_json_list_next(&report->notifications), level, pv_buf_str(text));
    report->json.out->failed |= text->failed;
    pv_buf_clear(text);
}

static void add_remarks(sarif_report *report) {
    pv_buf text = pv_buf_on(report->base.setup.memory);
    if (report->left_out > 0) {
        pv_buf_format(&text, "%zu results are left out: a run holds at most %zu", report->left_out, MOST_RESULTS);
        add_remark(report, "warning", &text);
    }
    if (report->results > MOST_SHOWN) {
        pv_buf_format(&text, "of these %zu results GitHub shows at most %zu", report->results, MOST_SHOWN);
        add_remark(report, "note", &text);
    }
}

static void write_invocation(sarif_report *report, pv_json *json, const pv_summary *summary) {
    int code = pv_summary_exit_code(summary);
    pv_json_line_break(json);
    pv_json_key(json, "invocations");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    pv_json_key(json, "executionSuccessful");
    pv_json_bool(json, code != 2);
    pv_json_key(json, "exitCode");
    pv_json_unsigned(json, (uint64_t)code);
    pv_json_list_write(json, "toolExecutionNotifications", &report->notifications);
    pv_json_object_end(json);
    pv_json_array_end(json);
}

static void write_properties(const sarif_report *report, pv_json *json) {
    const pv_report_context *context = report->base.setup.context;
    pv_json_line_break(json);
    pv_json_key(json, "properties");
    pv_json_object_begin(json);
    pv_json_member(json, "mode", pv_str_from(pv_mode_name(context->mode)));
    pv_json_member(json, "failOn", pv_str_from(pv_level_name(context->fail_on)));
    if (context->as_of.size > 0)
        pv_json_member(json, "asOf", context->as_of);
    if (context->rule_pattern.size > 0)
        pv_json_member(json, "rulePattern", context->rule_pattern);
    pv_json_object_end(json);
}

static void end(pv_report *base, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    sarif_report *report = (sarif_report *)base;
    pv_json *json = &report->json;
    write_quiet_results(report);
    pv_json_line_break(json);
    pv_json_array_end(json);
    add_faults(report, faults, fault_count);
    add_remarks(report);
    pv_json_list_write(json, "artifacts", &report->artifacts);
    write_invocation(report, json, summary);
    write_properties(report, json);
    write_tool(report, json);
    pv_json_object_end(json);
    pv_json_array_end(json);
    pv_json_object_end(json);
    pv_buf_append_char(json->out, '\n');
}

const pv_format pv_sarif_format = {
    .wants_hash = true,
    .begin = begin,
    .submission = add_submission,
    .join = join,
    .end = end,
    .free = free_report,
};
