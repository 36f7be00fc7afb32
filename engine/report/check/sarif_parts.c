#include "report/check/sarif_parts.h"

#include "base/utf8.h"
#include "report/verdicts/accepted.h"
#include "report/verdicts/finding.h"
#include "report/write/markdown.h"
#include "report/write/uri.h"

/* GitHub's limit for descriptions, in characters. */
#define LONGEST_DESCRIPTION ((size_t)1024)
/* Of related places, as many as are read. */
#define MOST_RELATED ((size_t)100)

/* text, which is spent, as a member; cut where it is too long. */
static void put_text(pv_json *json, const char *key, pv_buf *text) {
    pv_str whole = pv_buf_str(text);
    size_t characters = 0;
    size_t end = 0;
    for (size_t size; end < whole.size && characters + 1 < LONGEST_DESCRIPTION; end += size, characters++)
        pv_utf8_decode(whole, end, &size);
    if (end < whole.size) {
        pv_buf cut = pv_buf_on(text->memory);
        pv_buf_append(&cut, pv_str_slice(whole, 0, end));
        pv_buf_append_text(&cut, "…");
        pv_json_member(json, key, pv_buf_str(&cut));
        json->out->failed |= cut.failed;
        pv_buf_clear(&cut);
    } else {
        pv_json_member(json, key, whole);
    }
    json->out->failed |= text->failed;
    pv_buf_reset(text);
}

static void put_message(pv_json *json, const char *key, pv_buf *text) {
    pv_json_key(json, key);
    pv_json_object_begin(json);
    put_text(json, "text", text);
    pv_json_object_end(json);
}

/* "ipp1.word-limit" as consumers want names, in one word: "Ipp1WordLimit". */
static void put_name(pv_json *json, pv_str id, pv_buf *text) {
    bool starts = true;
    for (size_t i = 0; i < id.size; i++) {
        char c = id.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9'))
            pv_buf_append_char(text, starts && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        starts = !letter && !(c >= '0' && c <= '9');
    }
    put_text(json, "name", text);
}

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
        put_text(json, markdown ? "markdown" : "text", text);
    }
    pv_json_object_end(json);
}

void pv_sarif_rule(pv_json *json, const pv_rule *rule) {
    pv_buf text = pv_buf_on(json->out->memory);
    pv_json_object_begin(json);
    pv_json_member(json, "id", rule->id);
    put_name(json, rule->id, &text);
    pv_buf_append(&text, rule->title);
    pv_buf_append_char(&text, '.');
    put_message(json, "shortDescription", &text);
    pv_buf_append(&text, rule->title);
    pv_buf_append_text(&text, ". Form: ");
    pv_buf_append(&text, rule->citation);
    put_message(json, "fullDescription", &text);
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
        pv_json_string(json, rule->tags[i]);
    pv_json_array_end(json);
    pv_json_object_end(json);
    pv_json_object_end(json);
    pv_buf_clear(&text);
}

static void put_artifact_location(pv_json *json, const char *key, pv_str path) {
    pv_buf uri = pv_buf_on(json->out->memory);
    pv_uri_append(&uri, pv_path_relative(path));
    pv_json_key(json, key);
    pv_json_object_begin(json);
    pv_json_member(json, "uri", pv_buf_str(&uri));
    pv_json_object_end(json);
    json->out->failed |= uri.failed;
    pv_buf_clear(&uri);
}

static void put_position(pv_json *json, const char *line_key, const char *column_key, pv_position position) {
    pv_json_key(json, line_key);
    pv_json_unsigned(json, position.line);
    pv_json_key(json, column_key);
    pv_json_unsigned(json, position.column);
}

static void put_physical_location(pv_json *json, pv_str path, pv_position start, pv_position end) {
    pv_json_key(json, "physicalLocation");
    pv_json_object_begin(json);
    put_artifact_location(json, "artifactLocation", path);
    if (start.line > 0) {
        pv_json_key(json, "region");
        pv_json_object_begin(json);
        put_position(json, "startLine", "startColumn", start);
        put_position(json, "endLine", "endColumn", end);
        pv_json_object_end(json);
    }
    pv_json_object_end(json);
}

static void put_subject(pv_json *json, const pv_verdict *verdict, pv_arena *scratch) {
    pv_str name = pv_subject_title(&verdict->subject, scratch);
    json->out->failed |= !name.data;
    pv_json_key(json, "logicalLocations");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    pv_json_member(json, "fullyQualifiedName", name);
    pv_json_member(json, "kind", pv_str_from(pv_subject_kind_name(verdict->subject.kind)));
    pv_json_object_end(json);
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
        put_physical_location(json, pv_source_path_at(source, span.start), pv_source_locate(source, span.start),
                              pv_source_locate(source, span.end));
        pv_json_key(json, "message");
        pv_json_object_begin(json);
        pv_json_member(json, "text", related->message.size > 0 ? related->message : verdict->rule->title);
        pv_json_object_end(json);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static const char *kind_of(pv_state state) {
    static const char *const kinds[] = {
        [PV_STATE_PASS] = "pass",     [PV_STATE_FAIL] = "fail",        [PV_STATE_NOT_APPLICABLE] = "notApplicable",
        [PV_STATE_REVIEW] = "review", [PV_STATE_NOT_CHECKED] = "open",
    };
    return kinds[state];
}

/* The standard gives a level to failures alone; what a review would have weighed stands among the properties. */
static void put_standing(pv_json *json, const pv_verdict *verdict) {
    pv_str level = pv_str_from(pv_level_name(verdict->level));
    pv_json_member(json, "kind", pv_str_from(kind_of(verdict->outcome.state)));
    pv_json_member(json, "level", verdict->outcome.state == PV_STATE_FAIL ? level : PV_STR("none"));
    if (verdict->outcome.state == PV_STATE_REVIEW || verdict->outcome.state == PV_STATE_NOT_CHECKED) {
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
        pv_json_key(json, "suppressions");
        pv_json_array_begin(json);
        pv_json_object_begin(json);
        pv_json_member(json, "kind", PV_STR("external"));
        pv_json_member(json, "status", PV_STR("accepted"));
        pv_json_member(json, "justification", pv_buf_str(&text));
        pv_json_object_end(json);
        pv_json_array_end(json);
    }
    json->out->failed |= text.failed;
    pv_buf_clear(&text);
}

/* What makes a finding the same one in another run. */
static void put_identity(pv_json *json, const pv_verdict *verdict) {
    pv_buf text = pv_buf_on(json->out->memory);
    pv_buf_format(&text, "%016llx", (unsigned long long)verdict->fingerprint);
    pv_json_key(json, "partialFingerprints");
    pv_json_object_begin(json);
    pv_json_member(json, "provisoFinding/v1", pv_buf_str(&text));
    pv_json_object_end(json);
    json->out->failed |= text.failed;
    pv_buf_clear(&text);
}

void pv_sarif_result_members(pv_json *json, const pv_report_input *input, const pv_verdict *verdict,
                             pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(json->out->memory);
    pv_finding_sentence(&sentence, verdict, scratch);
    pv_json_member(json, "ruleId", verdict->rule->id);
    put_standing(json, verdict);
    pv_json_key(json, "message");
    pv_json_object_begin(json);
    pv_json_member(json, "text", pv_buf_str(&sentence));
    pv_json_object_end(json);
    json->out->failed |= sentence.failed;
    pv_buf_clear(&sentence);
    pv_json_key(json, "locations");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    put_physical_location(json, pv_finding_path(input, verdict), pv_finding_start(input, verdict),
                          pv_finding_end(input, verdict));
    put_subject(json, verdict, scratch);
    pv_json_object_end(json);
    pv_json_array_end(json);
    put_related(json, input, verdict);
    put_identity(json, verdict);
    put_acceptance(json, verdict);
}

void pv_sarif_artifact(pv_json *json, pv_str path, pv_str sha256, bool attached) {
    pv_json_object_begin(json);
    put_artifact_location(json, "location", path);
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

static void begin_notification(pv_json *json, const char *level, pv_str text) {
    pv_json_object_begin(json);
    pv_json_member(json, "level", pv_str_from(level));
    pv_json_key(json, "message");
    pv_json_object_begin(json);
    pv_json_member(json, "text", text);
    pv_json_object_end(json);
}

void pv_sarif_fault(pv_json *json, const pv_fault *fault) {
    begin_notification(json, "error", fault->message);
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
        put_physical_location(json, fault->path, fault->at, fault->at);
        pv_json_object_end(json);
        pv_json_array_end(json);
    }
    pv_json_object_end(json);
}

void pv_sarif_remark(pv_json *json, const char *level, pv_str text) {
    begin_notification(json, level, text);
    pv_json_object_end(json);
}
