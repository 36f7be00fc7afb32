#include "base/digits.h"
#include "base/hash.h"
#include "base/set.h"
#include "report/check/gathered_faults_p.h"
#include "report/verdicts/finding.h"
#include "report/write/markup.h"
#include "report/write/sarif.h"
#include "run/ruleset.h"

/* What GitHub takes of one run, and what it shows of that. */
#define MOST_RESULTS ((size_t)25000)
#define MOST_SHOWN ((size_t)5000)
/* Words are shown whole or not at all; in bytes. */
#define LONGEST_SNIPPET ((size_t)1024)
/* Of related places, as many as are read. */
#define MOST_RELATED ((size_t)100)

enum { FAULTS, RULES = FAULTS + PV_FAULT_SECTION_COUNT, TARGETS, ATTACHMENTS, NOTIFICATIONS, RESULTS };

static const pv_report_section sections[] = {
    PV_FAULT_SECTIONS(FAULTS),
    [RULES] = {.name = "rules", .joining = PV_JOIN_EQUALS},
    [TARGETS] = {.name = "artifacts", .joining = PV_JOIN_EQUALS},
    [ATTACHMENTS] = {.name = "artifacts", .joining = PV_JOIN_EQUALS}, /* those that are no target too */
    [NOTIFICATIONS] = {.name = "toolExecutionNotifications", .joining = PV_JOIN_AT_END},
    [RESULTS] = {.name = "results", .joining = PV_JOIN_AT_ONCE, .before = "\n", .between = ",\n", .most = MOST_RESULTS},
};

/* A pack whose rules were added already. */
typedef struct sent_pack {
    const pv_pack *pack;
    struct sent_pack *next;
} sent_pack;

typedef struct sarif_state {
    pv_json json;
    sent_pack *sent;
} sarif_state;

/* ---- the objects of SARIF 2.1.0, within GitHub's limits of length ---- */

static void add_help(pv_buf *text, const char *label, pv_str value, bool markdown) {
    if (value.size == 0)
        return;
    if (text->size > 0)
        pv_buf_append_text(text, markdown ? "\n\n" : "\n");
    pv_buf_format(text, markdown ? "**%s:** " : "%s: ", label);
    if (markdown)
        pv_markdown_text(text, value);
    else
        pv_buf_append(text, value);
}

static void put_help(pv_json *json, const pv_rule *rule, pv_buf *text) {
    pv_json_key(json, "help");
    pv_json_object_begin(json);
    for (int markdown = 0; markdown < 2; markdown++) {
        add_help(text, "To do", rule->remedy, markdown);
        add_help(text, "Form", rule->citation, markdown);
        add_help(text, "Why", rule->why, markdown);
        pv_sarif_text(json, markdown ? "markdown" : "text", text);
    }
    pv_json_object_end(json);
}

static void write_rule(pv_json *json, const pv_rule *rule) {
    pv_buf text = pv_buf_on(json->out->memory);
    pv_json_object_begin(json);
    pv_json_member(json, "id", rule->id);
    pv_sarif_name(json, rule->id);
    pv_buf_append(&text, rule->title);
    pv_buf_append_char(&text, '.');
    pv_sarif_message(json, "shortDescription", &text);
    pv_buf_append(&text, rule->title);
    pv_buf_append_text(&text, ". Form: ");
    pv_buf_append(&text, rule->citation);
    pv_sarif_message(json, "fullDescription", &text);
    put_help(json, rule, &text);
    pv_json_key(json, "defaultConfiguration");
    pv_json_object_begin(json);
    pv_json_member(json, "level", pv_str_from(pv_level_name(rule->level)));
    pv_json_object_end(json);
    pv_json_key(json, "properties");
    pv_json_object_begin(json);
    pv_json_key(json, "tags");
    pv_json_array_begin(json);
    for (size_t i = 0; i < rule->tag_count; i++)
        pv_json_prose(json, rule->tags[i]);
    pv_json_array_end(json);
    pv_json_object_end(json);
    pv_json_object_end(json);
    pv_buf_clear(&text);
}

/* words: those between start and end, where they are shown. */
static void put_place(pv_json *json, pv_str path, pv_position start, pv_position end, pv_str words) {
    const pv_sarif_region region = {start.line, start.column, end.line, end.column};
    pv_sarif_physical_location(json, pv_path_relative(path), region, words);
}

/* A document has no lines, and GitHub refuses a result without one: it stands at the first, and the message and a
 * logical location say where it is. */
static const pv_position first_line = {.line = 1};

static void put_document_place(pv_json *json, pv_str path) {
    put_place(json, path, first_line, first_line, (pv_str){0});
}

/* GitHub refuses a log with a result that is in no file: one on all submissions together is at the first of them. */
static void put_finding_location(pv_json *json, const pv_report_input *input, const pv_verdict *verdict) {
    pv_str path = pv_finding_path(input, verdict);
    if (!pv_finding_has_lines(input, verdict)) {
        put_document_place(json, path);
        return;
    }
    pv_buf scratch = pv_buf_on(json->out->memory);
    pv_str words = pv_source_words(input->source, verdict->outcome.at.span, &scratch);
    if (!verdict->outcome.has_at || words.size > LONGEST_SNIPPET)
        words.size = 0;
    if (path.size == 0 && input->source->attached_count > 0)
        path = input->source->attached[0]->path;
    put_place(json, path, pv_finding_start(input, verdict), pv_finding_end(input, verdict), words);
    json->out->failed |= scratch.failed;
    pv_buf_clear(&scratch);
}

static void put_logical_location(pv_json *json, pv_str name, const char *kind) {
    pv_json_object_begin(json);
    pv_json_prose_member(json, "fullyQualifiedName", name);
    pv_json_member(json, "kind", pv_str_from(kind));
    pv_json_object_end(json);
}

/* Where an offset of a document lies: "page 2, paragraph 7". */
static void put_called(pv_json *json, const pv_source *source, size_t offset) {
    if (!pv_source_has_lines(source, offset))
        put_logical_location(json, pv_str_from(pv_source_describe(source, offset).text), "place");
}

static void put_subject(pv_json *json, const pv_report_input *input, const pv_verdict *verdict, pv_arena *scratch) {
    pv_str name = pv_subject_title(&verdict->subject, scratch);
    json->out->failed |= !name.data;
    pv_json_key(json, "logicalLocations");
    pv_json_array_begin(json);
    put_logical_location(json, name, pv_subject_kind_name(verdict->subject.kind));
    if (verdict->outcome.has_at)
        put_called(json, input->source, verdict->outcome.at.span.start);
    pv_json_array_end(json);
}

static void put_related_place(pv_json *json, const pv_source *source, pv_span span) {
    pv_str path = pv_source_path_at(source, span.start);
    if (pv_source_has_lines(source, span.start)) {
        put_place(json, path, pv_source_locate(source, span.start), pv_source_locate(source, span.end), (pv_str){0});
        return;
    }
    put_document_place(json, path);
    pv_json_key(json, "logicalLocations");
    pv_json_array_begin(json);
    put_called(json, source, span.start);
    pv_json_array_end(json);
}

static void put_related(pv_json *json, const pv_report_input *input, const pv_verdict *verdict) {
    const pv_source *source = input->source;
    size_t count = verdict->outcome.related_count < MOST_RELATED ? verdict->outcome.related_count : MOST_RELATED;
    if (count == 0)
        return;
    pv_json_key(json, "relatedLocations");
    pv_json_array_begin(json);
    for (size_t i = 0; i < count; i++) {
        const pv_related *related = &verdict->outcome.related[i];
        pv_span span = related->at.span;
        pv_json_object_begin(json);
        pv_json_key(json, "id");
        pv_json_unsigned(json, i + 1);
        put_related_place(json, source, span);
        pv_json_key(json, "message");
        pv_json_object_begin(json);
        pv_json_prose_member(json, "text", related->message.size > 0 ? related->message : verdict->rule->title);
        pv_json_object_end(json);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

/* The standard gives a level to failures alone; what a review would have weighed stands among the properties. */
static void put_standing(pv_json *json, const pv_verdict *verdict) {
    pv_str level = pv_str_from(pv_level_name(verdict->level));
    bool is_review = verdict->outcome.state == PV_STATE_REVIEW;
    pv_json_member(json, "kind", is_review ? PV_STR("review") : PV_STR("fail"));
    pv_json_member(json, "level", is_review ? PV_STR("none") : level);
    if (is_review) {
        pv_json_key(json, "properties");
        pv_json_object_begin(json);
        pv_json_member(json, "level", level);
        pv_json_object_end(json);
    }
}

/* A waiver is a suppression from outside the file, which was accepted. */
static void put_acceptance(pv_json *json, const pv_verdict *verdict) {
    static const char *const states[] = {[PV_BASELINE_NEW] = "new", [PV_BASELINE_UNCHANGED] = "unchanged"};
    pv_buf text = pv_buf_on(json->out->memory);
    if (verdict->baseline != PV_BASELINE_NONE)
        pv_json_member(json, "baselineState", pv_str_from(states[verdict->baseline]));
    if (verdict->waiver) {
        pv_waiver_sentence(&text, verdict->waiver);
        pv_sarif_suppression(json, pv_buf_str(&text));
    }
    json->out->failed |= text.failed;
    pv_buf_clear(&text);
}

/* What makes a finding the same one in another run. */
static void put_identity(pv_json *json, const pv_verdict *verdict) {
    char digits[PV_HEX_SIZE];
    char earlier[PV_HEX_SIZE];
    pv_hex_write(verdict->fingerprint, digits);
    pv_hex_write(verdict->earlier_fingerprint, earlier);
    pv_json_key(json, "partialFingerprints");
    pv_json_object_begin(json);
    pv_json_member(json, "provisoFinding/v1", pv_str_from(earlier));
    pv_json_member(json, "provisoFinding/v2", pv_str_from(digits));
    pv_json_object_end(json);
}

/* The members of a result but ruleIndex, without the braces: "\"ruleId\":…". */
static void write_result_members(pv_json *json, const pv_report_input *input, const pv_verdict *verdict,
                                 pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(json->out->memory);
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_append_text(&sentence, "For review: "); /* GitHub and others do not look at the kind */
    pv_finding_sentence(&sentence, verdict, scratch);
    pv_finding_where(&sentence, input, verdict);
    pv_json_member(json, "ruleId", verdict->rule->id);
    put_standing(json, verdict);
    pv_finding_own_remedy(&sentence, verdict);
    pv_json_key(json, "message");
    pv_json_object_begin(json);
    pv_json_prose_member(json, "text", pv_buf_str(&sentence));
    pv_json_object_end(json);
    json->out->failed |= sentence.failed;
    pv_buf_clear(&sentence);
    pv_json_key(json, "locations");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    put_finding_location(json, input, verdict);
    put_subject(json, input, verdict, scratch);
    pv_json_object_end(json);
    pv_json_array_end(json);
    put_related(json, input, verdict);
    put_identity(json, verdict);
    put_acceptance(json, verdict);
}

static void write_artifact(pv_json *json, pv_str path, pv_str sha256, bool attached) {
    pv_json_object_begin(json);
    pv_sarif_artifact(json, "location", pv_path_relative(path));
    pv_json_key(json, "roles");
    pv_json_array_begin(json);
    pv_json_string(json, attached ? PV_STR("attachment") : PV_STR("analysisTarget"));
    pv_json_array_end(json);
    if (sha256.size > 0) {
        pv_json_key(json, "hashes");
        pv_json_object_begin(json);
        pv_json_member(json, "sha-256", sha256);
        pv_json_object_end(json);
    }
    pv_json_object_end(json);
}

static void write_fault(pv_json *json, const pv_gathered_fault *gathered) {
    const pv_fault *fault = &gathered->fault;
    pv_buf text = pv_buf_on(json->out->memory);
    pv_fault_sentence(&text, gathered);
    pv_sarif_notification(json, "error", pv_buf_str(&text));
    json->out->failed |= text.failed;
    pv_buf_clear(&text);
    pv_json_key(json, "descriptor");
    pv_json_object_begin(json);
    pv_json_member(json, "id", pv_str_from(pv_fault_kind_name(fault->kind)));
    pv_json_object_end(json);
    if (fault->rule.size > 0) {
        pv_json_key(json, "associatedRule");
        pv_json_object_begin(json);
        pv_json_member(json, "id", fault->rule);
        pv_json_object_end(json);
    }
    if (fault->path.size > 0) {
        pv_json_key(json, "locations");
        pv_json_array_begin(json);
        pv_json_object_begin(json);
        put_place(json, fault->path, fault->at, fault->at, (pv_str){0});
        pv_json_object_end(json);
        pv_json_array_end(json);
    }
    pv_json_object_end(json);
}

static void write_remark(pv_json *json, const char *level, pv_str text) {
    pv_sarif_notification(json, level, text);
    pv_json_object_end(json);
}

/* ---- of a submission: rules, files, faults, results ---- */

static void write_head(pv_report *report) {
    pv_json *json = &((sarif_state *)report->state)->json;
    *json = pv_json_on(report->setup.out);
    pv_sarif_begin(json);
}

/* The rules of a submission, by which its results number theirs. */
typedef struct rule_list {
    const pv_rule **rules;
    size_t count;
} rule_list;

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

static bool was_sent(pv_report *report, const pv_pack *pack) {
    sarif_state *state = report->state;
    for (const sent_pack *sent = state->sent; sent; sent = sent->next)
        if (sent->pack == pack)
            return true;
    sent_pack *sent = PV_NEW(report->arena, sent_pack);
    report->failed |= !sent;
    if (sent) {
        *sent = (sent_pack){pack, state->sent};
        state->sent = sent;
    }
    return false;
}

static void add_rules_of_pack(const pv_report *report, const pv_pack *pack, rule_list *list) {
    pv_str pattern = report->setup.context->rule_pattern;
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)); i++)
        if (pv_run_selects(pattern, rule))
            add_rule(list, rule);
}

/* Consumers take every result for a problem, whatever its kind: so passes stay out. What was not checked is a fault. */
static bool is_reported(const pv_verdict *verdict) {
    return pv_state_can_be_accepted(verdict->outcome.state);
}

/* All rules of a pack with the first submission that it judges, and then only those of the results. */
static bool add_rules(pv_report *report, const pv_report_input *input, rule_list *list) {
    const pv_results *results = input->results;
    const pv_pack *pack = input->pack;
    size_t most = results->verdict_count + (pack ? PV_BUILT_IN_COUNT + pack->ruleset->rule_count : 0);
    *list = (rule_list){PV_NEW_ARRAY(report->scratch, const pv_rule *, most), 0};
    if (!list->rules)
        return false;
    if (pack && !was_sent(report, pack))
        add_rules_of_pack(report, pack, list);
    for (size_t i = 0; i < results->verdict_count; i++)
        if (is_reported(&results->verdicts[i]))
            add_rule(list, results->verdicts[i].rule);
    for (size_t i = 0; i < list->count; i++) {
        pv_json json = pv_json_on(&report->text);
        write_rule(&json, list->rules[i]);
        pv_entry_add_row(report, RULES);
    }
    return true;
}

/* The files of all submissions together came with each of them. */
static void add_files(pv_report *report, const pv_report_input *input) {
    const pv_source *source = input->source;
    pv_json json = pv_json_on(&report->text);
    if (!input->submission && source->bytes.size == 0)
        return;
    write_artifact(&json, source->path, input->sha256 ? pv_str_from(input->sha256) : (pv_str){0}, false);
    pv_entry_add_row(report, TARGETS);
    for (size_t i = 0; i < source->attached_count; i++) {
        json = pv_json_on(&report->text);
        write_artifact(&json, source->attached[i]->path, (pv_str){0}, true);
        pv_entry_add_row(report, ATTACHMENTS);
    }
}

static void add_result(pv_report *report, const pv_report_input *input, const pv_verdict *verdict, size_t rule) {
    pv_buf *text = &report->text;
    pv_json json = pv_json_on(text);
    pv_json_object_begin(&json);
    write_result_members(&json, input, verdict, report->scratch);
    pv_json_object_end(&json);
    if (!text->failed) /* without the brace, which stands before ruleIndex */
        pv_entry_add(report, RESULTS, rule, pv_str_slice(pv_buf_str(text), 1, text->size));
    report->failed |= text->failed;
    pv_buf_reset(text);
}

static void add_submission(pv_report *report, const pv_report_input *input) {
    rule_list rules;
    if (!add_rules(report, input, &rules)) {
        report->failed = true;
        return;
    }
    add_files(report, input);
    pv_faults_gather(report, FAULTS, input);
    for (size_t i = 0; i < input->results->verdict_count; i++) {
        const pv_verdict *verdict = &input->results->verdicts[i];
        if (is_reported(verdict))
            add_result(report, input, verdict, index_of(&rules, verdict->rule));
    }
}

/* ---- joining ---- */

static bool admit(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    (void)entry;
    if (section == RESULTS) {
        pv_buf_append_text(out, "{\"ruleIndex\":");
        pv_buf_append_unsigned(out, pv_entry_index(report, RULES, number));
        pv_buf_append_char(out, ',');
    }
    return section != FAULTS + 1 || pv_faults_admit(report, FAULTS, number, out);
}

/* ---- the end ---- */

static void add_remark(pv_report *report, const char *level, pv_buf *text) {
    pv_json json = pv_json_on(&report->text);
    write_remark(&json, level, pv_buf_str(text));
    report->failed |= text->failed;
    pv_entry_add_row(report, NOTIFICATIONS);
    pv_buf_clear(text);
}

/* What there is to say of the log itself. */
static void add_remarks(pv_report *report) {
    pv_buf text = pv_buf_on(report->setup.memory);
    size_t results = pv_entry_count(report, RESULTS);
    size_t left_out = pv_entry_left_out(report, RESULTS);
    if (left_out > 0) {
        pv_buf_format(&text, "%zu results are left out: a run holds at most %zu", left_out, MOST_RESULTS);
        add_remark(report, "warning", &text);
    }
    if (results > MOST_SHOWN) {
        pv_buf_format(&text, "of these %zu results GitHub shows at most %zu", results, MOST_SHOWN);
        add_remark(report, "note", &text);
    }
}

/* What was found and not checked: no result, since nobody looked. */
static void add_skipped(pv_report *report) {
    const pv_skipped_list *skipped = report->setup.context->skipped;
    for (size_t i = 0; skipped && i < skipped->count; i++) {
        pv_json json = pv_json_on(&report->text);
        pv_buf text = pv_buf_on(report->setup.memory);
        pv_buf_format(&text, "passed over: %.*s", PV_STR_ARG(skipped->items[i].why));
        pv_sarif_notification(&json, "note", pv_buf_str(&text));
        pv_json_key(&json, "locations");
        pv_json_array_begin(&json);
        pv_json_object_begin(&json);
        put_place(&json, skipped->items[i].path, (pv_position){0}, (pv_position){0}, (pv_str){0});
        pv_json_object_end(&json);
        pv_json_array_end(&json);
        pv_json_object_end(&json);
        report->failed |= text.failed;
        pv_entry_add_row(report, NOTIFICATIONS);
        pv_buf_clear(&text);
    }
}

static void write_tool(const pv_report *report, pv_json *json) {
    pv_json_line_break(json);
    pv_json_key(json, "tool");
    pv_json_object_begin(json);
    pv_json_key(json, "driver");
    pv_json_object_begin(json);
    pv_sarif_driver(json, report->setup.context->version);
    pv_entry_write_member(json, report, RULES);
    pv_json_object_end(json);
    pv_json_object_end(json);
}

static void write_invocation(const pv_report *report, pv_json *json, const pv_summary *summary) {
    int code = pv_summary_exit_code(summary);
    pv_json_line_break(json);
    pv_json_key(json, "invocations");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    pv_json_key(json, "executionSuccessful");
    pv_json_bool(json, code != 2);
    pv_json_key(json, "exitCode");
    pv_json_unsigned(json, (uint64_t)code);
    pv_json_line_break(json);
    pv_json_key(json, sections[NOTIFICATIONS].name);
    pv_json_array_begin(json);
    pv_entry_write_rows(json, report, NOTIFICATIONS);
    pv_json_line_break(json);
    pv_json_array_end(json);
    pv_json_object_end(json);
    pv_json_array_end(json);
}

static void write_properties(const pv_report *report, pv_json *json) {
    const pv_report_context *context = report->setup.context;
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

static void add_faults(pv_report *report, const pv_fault *faults, size_t fault_count) {
    size_t count;
    const pv_gathered_fault *gathered = pv_faults_gathered(report, FAULTS, faults, fault_count, &count);
    for (size_t i = 0; i < count; i++) {
        pv_json json = pv_json_on(&report->text);
        write_fault(&json, &gathered[i]);
        pv_entry_add_row(report, NOTIFICATIONS);
    }
}

/* Up to its roles, an entry about a file is the same whatever it is to the run. */
static pv_str location_of(pv_str entry) {
    return pv_str_slice(entry, 0, pv_str_find(entry, PV_STR(",\"roles\""), 0));
}

static bool is_location(const void *report, size_t position, const void *wanted) {
    return pv_str_equal(location_of(pv_entry_at(report, TARGETS, position)), *(const pv_str *)wanted);
}

/* Each file once: one that was judged, and that another names, was judged. */
static bool write_artifacts(pv_report *report, pv_json *json) {
    pv_set targets = pv_set_in(report->arena);
    for (size_t i = 0; i < pv_entry_count(report, TARGETS); i++) {
        pv_str location = location_of(pv_entry_at(report, TARGETS, i));
        if (!pv_set_add(&targets, pv_hash_continue(PV_HASH_SEED, location), i, &report->problem))
            return false;
    }
    pv_json_line_break(json);
    pv_json_key(json, sections[TARGETS].name);
    pv_json_array_begin(json);
    pv_entry_write_rows(json, report, TARGETS);
    for (size_t i = 0; i < pv_entry_count(report, ATTACHMENTS); i++) {
        pv_str location = location_of(pv_entry_at(report, ATTACHMENTS, i));
        if (pv_set_find(&targets, pv_hash_continue(PV_HASH_SEED, location), is_location, report, &location) !=
            PV_SET_NONE)
            continue;
        pv_json_line_break(json);
        pv_json_raw(json, pv_entry_at(report, ATTACHMENTS, i));
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
    return true;
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    pv_json *json = &((sarif_state *)report->state)->json;
    pv_json_line_break(json);
    pv_json_array_end(json);
    add_faults(report, faults, fault_count);
    add_remarks(report);
    add_skipped(report);
    if (!write_artifacts(report, json))
        return;
    write_invocation(report, json, summary);
    write_properties(report, json);
    write_tool(report, json);
    pv_sarif_end(json);
}

const pv_format pv_sarif_format = {
    .help = "SARIF 2.1.0: findings, for code scanning",
    .wants_hash = true,
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .state_size = sizeof(sarif_state),
    .head = write_head,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};
