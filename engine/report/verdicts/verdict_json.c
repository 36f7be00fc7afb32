#include "report/verdicts/verdict_json.h"

#include <string.h>

#include "base/digits.h"
#include "model/conditions.h"
#include "report/verdicts/place.h"

#define STATE_COUNT ((size_t)PV_STATE_NOT_CHECKED + 1)
#define LEVEL_COUNT ((size_t)PV_LEVEL_ERROR + 1)

/* A rule's members that are the same in each of its verdicts, written once: a pack gives hundreds of verdicts per
 * submission, and these are most of their bytes. */
typedef struct rule_members {
    pv_str opening[STATE_COUNT][LEVEL_COUNT]; /* of such a verdict, when it is first met: up to its message */
    pv_str citation;
    pv_str closing; /* citation and remedy, with a comma before and behind */
} rule_members;

typedef struct pack_members {
    const pv_pack *pack;
    rule_members *rules; /* the pack's own */
    pv_str *items;       /* the subject of the response to each item of the form, when it is first met */
    struct pack_members *next;
} pack_members;

/* A built-in rule. */
typedef struct built_in_members {
    const pv_rule *rule;
    rule_members members;
    struct built_in_members *next;
} built_in_members;

/* The last place or subject written. Verdicts come sorted by place, so the next one often repeats it. */
typedef struct remembered {
    pv_buf text;
    bool valid;
} remembered;

struct pv_json_verdicts {
    pv_memory *memory;
    pv_arena *arena;
    pack_members *packs;
    built_in_members *built_in;
    remembered place;
    pv_place place_written;
    remembered subject;
    pv_subject subject_written;
};

typedef struct text_member {
    const char *key;
    pv_str value;
} text_member;

/* Members as text for pv_json_raw, in the writer's arena; .data is NULL when memory is refused. */
static pv_str keep_members(pv_json_verdicts *writer, const text_member *members, size_t count) {
    pv_buf text = pv_buf_on(writer->memory);
    pv_json json = pv_json_on(&text);
    pv_json_object_begin(&json);
    for (size_t i = 0; i < count; i++)
        pv_json_member(&json, members[i].key, members[i].value);
    pv_str kept = {0};
    if (!text.failed) /* without the brace that the writer needed before the members */
        kept = pv_arena_copy(writer->arena, pv_str_slice(pv_buf_str(&text), 1, text.size));
    pv_buf_clear(&text);
    return kept;
}

#define OPENING_START PV_STR("{")
#define OPENING_END PV_STR(",\"message\":")

/* Members between two texts, likewise. */
static pv_str keep_between(pv_json_verdicts *writer, pv_str before, const text_member *members, size_t count,
                           pv_str after) {
    const pv_str kept = keep_members(writer, members, count);
    return kept.data
               ? pv_arena_format(writer->arena, "%.*s%.*s%.*s", PV_STR_ARG(before), PV_STR_ARG(kept), PV_STR_ARG(after))
               : kept;
}

/* From the brace to the message. */
static pv_str opening_of(pv_json_verdicts *writer, rule_members *members, const pv_verdict *verdict) {
    pv_str *kept = &members->opening[verdict->outcome.state][verdict->level];
    const text_member before[] = {
        {"rule", verdict->rule->id},
        {"state", pv_str_from(pv_state_name(verdict->outcome.state))},
        {"level", pv_str_from(pv_level_name(verdict->level))},
        {"title", verdict->rule->title},
    };
    if (!kept->data)
        *kept = keep_between(writer, OPENING_START, before, sizeof before / sizeof *before, OPENING_END);
    return *kept;
}

bool pv_json_verdicts_new(pv_json_verdicts **out, pv_memory *memory, pv_error *error) {
    pv_json_verdicts *writer = pv_memory_new(memory, sizeof *writer);
    pv_arena *arena = pv_arena_new(memory);
    if (!writer || !arena) {
        pv_memory_free(memory, writer, sizeof *writer);
        pv_arena_free(arena);
        return pv_fail_memory(error);
    }
    *writer = (pv_json_verdicts){
        .memory = memory,
        .arena = arena,
        .place.text = pv_buf_on(memory),
        .subject.text = pv_buf_on(memory),
    };
    *out = writer;
    return true;
}

void pv_json_verdicts_free(pv_json_verdicts *writer) {
    if (!writer)
        return;
    pv_buf_clear(&writer->place.text);
    pv_buf_clear(&writer->subject.text);
    pv_arena_free(writer->arena);
    pv_memory_free(writer->memory, writer, sizeof *writer);
}

static bool write_rule(pv_json_verdicts *writer, const pv_rule *rule, rule_members *out) {
    const text_member after[] = {{"citation", rule->citation}, {"remedy", rule->remedy}};
    out->citation = keep_members(writer, after, 1);
    out->closing = keep_between(writer, PV_STR(","), after, 2, PV_STR(","));
    return out->citation.data && out->closing.data;
}

static bool write_rules(pv_json_verdicts *writer, pack_members *members) {
    const pv_ruleset *ruleset = members->pack->ruleset;
    rule_members *rules = PV_NEW_ARRAY(writer->arena, rule_members, ruleset->rule_count);
    members->items = PV_NEW_ARRAY(writer->arena, pv_str, members->pack->form->item_count);
    if (!rules || !members->items)
        return false;
    members->rules = rules;
    for (size_t i = 0; i < ruleset->rule_count; i++)
        if (!write_rule(writer, &ruleset->rules[i], &rules[i]))
            return false;
    return true;
}

/* The members of a pack's rules, written when it is first met; NULL when memory is refused. */
static const pack_members *pack_of(pv_json_verdicts *writer, const pv_pack *pack) {
    for (pack_members *known = writer->packs; known; known = known->next)
        if (known->pack == pack)
            return known;
    pack_members *members = PV_NEW(writer->arena, pack_members);
    if (!members)
        return NULL;
    *members = (pack_members){.pack = pack, .next = writer->packs};
    if (!write_rules(writer, members))
        return NULL;
    writer->packs = members;
    return members;
}

/* The members of a rule that is of no pack, written when it is first met; NULL when memory is refused. */
static rule_members *built_in_of(pv_json_verdicts *writer, const pv_rule *rule) {
    for (built_in_members *known = writer->built_in; known; known = known->next)
        if (known->rule == rule)
            return &known->members;
    built_in_members *added = PV_NEW(writer->arena, built_in_members);
    if (!added || !write_rule(writer, rule, &added->members))
        return NULL;
    added->rule = rule;
    added->next = writer->built_in;
    writer->built_in = added;
    return &added->members;
}

/* members: of the rule's pack; NULL for findings that belong to none. */
static rule_members *rule_of(pv_json_verdicts *writer, const pack_members *members, const pv_rule *rule) {
    const pv_ruleset *ruleset = members ? members->pack->ruleset : NULL;
    bool own = ruleset && rule >= ruleset->rules && rule < ruleset->rules + ruleset->rule_count;
    return own ? &members->rules[rule - ruleset->rules] : built_in_of(writer, rule);
}

static bool same_place(const pv_place *a, const pv_place *b) {
    return a->span.start == b->span.start && a->span.end == b->span.end && a->expected_here == b->expected_here;
}

/* Starts anew; the brace is taken off again when the text is written as a member. */
static pv_json begin_remembered(remembered *value, const char *key) {
    pv_buf_reset(&value->text);
    pv_json json = pv_json_on(&value->text);
    pv_json_object_begin(&json);
    pv_json_key(&json, key);
    value->valid = true;
    return json;
}

/* The member; .data is NULL when memory is refused. Until something else is remembered. */
static pv_str remembered_member(const remembered *value) {
    pv_str member = {0};
    if (!value->text.failed)
        member = pv_str_slice(pv_buf_str(&value->text), 1, value->text.size);
    return member;
}

/* The member of the verdict's place, likewise. */
static pv_str place_of(pv_json_verdicts *writer, const pv_source *source, const pv_verdict *verdict) {
    if (!verdict->outcome.has_at)
        return PV_STR("\"at\":null");
    if (!writer->place.valid || !same_place(&writer->place_written, &verdict->outcome.at)) {
        pv_json at = begin_remembered(&writer->place, "at");
        pv_json_object_begin(&at);
        pv_json_place_members(&at, source, &verdict->outcome.at, PV_PLACE_WORDS_ALL);
        pv_json_object_end(&at);
        writer->place_written = verdict->outcome.at;
    }
    return remembered_member(&writer->place);
}

static bool same_subject(const pv_subject *a, const pv_subject *b) {
    return a->kind == b->kind && a->section == b->section && a->measure == b->measure && a->response == b->response &&
           a->record == b->record && a->pair == b->pair;
}

static void write_subject_object(pv_json *json, const pv_subject *subject, pv_arena *arena) {
    pv_str section = {0}, measure = {0}, item = {0}, record = {0};
    if (subject->section)
        section = subject->section->id;
    if (subject->measure)
        measure = subject->measure->measure->id;
    if (subject->response) {
        measure = subject->response->item->measure->id;
        item = subject->response->item->id;
    }
    if (subject->record)
        record = subject->record->spec->name;
    pv_json_object_begin(json);
    pv_json_member(json, "kind", pv_str_from(pv_subject_kind_name(subject->kind)));
    pv_json_optional_member(json, "section", section);
    pv_json_optional_member(json, "measure", measure);
    pv_json_optional_member(json, "item", item);
    pv_json_optional_member(json, "record", record);
    pv_json_key(json, "number");
    if (subject->record)
        pv_json_unsigned(json, subject->record->number);
    else
        pv_json_null(json);
    pv_str name = pv_subject_name(subject, arena);
    const pv_filed_measure *filed = subject->response ? subject->response->filed : subject->measure;
    pv_json_member(json, "name", name);
    if (filed && filed->row_name.size > 0)
        pv_json_member(json, "row", filed->row_name);
    if (subject->record && pv_record_title(subject->record, arena).size > 0)
        pv_json_member(json, "key", pv_record_title(subject->record, arena));
    if (subject->pair) {
        pv_json_member(json, "matrix", subject->pair->matrix->name);
        pv_json_member(json, "row", pv_row_title(subject->pair->row));
        pv_json_member(json, "column", pv_row_title(subject->pair->column));
    }
    pv_json_object_end(json);
    json->out->failed |= !name.data;
}

/* Where the subject is kept that a submission's response has: the same in each, unless its measure is given for a row.
 * NULL: nowhere. */
static pv_str *kept_subject(const pack_members *members, const pv_report_input *input, const pv_subject *subject) {
    const pv_response *response = subject->kind == PV_SUBJECT_RESPONSE ? subject->response : NULL;
    bool once = members && input->submission && input->submission->form == members->pack->form && response &&
                response->filed->row_name.size == 0;
    return once ? &members->items[response->item->index] : NULL;
}

/* The member of a subject, likewise. */
static pv_str subject_of(pv_json_verdicts *writer, const pack_members *members, const pv_report_input *input,
                         const pv_subject *subject, pv_arena *scratch) {
    pv_str *kept = kept_subject(members, input, subject);
    if (kept && kept->data)
        return *kept;
    if (!writer->subject.valid || !same_subject(&writer->subject_written, subject)) {
        pv_json member = begin_remembered(&writer->subject, "subject");
        write_subject_object(&member, subject, scratch);
        writer->subject_written = *subject;
    }
    const pv_str member = remembered_member(&writer->subject);
    if (kept && member.data)
        *kept = pv_arena_copy(writer->arena, member);
    return kept ? *kept : member;
}

static void write_related(pv_json *json, const pv_source *source, const pv_outcome *outcome) {
    pv_json_key(json, "related");
    pv_json_array_begin(json);
    for (size_t i = 0; i < outcome->related_count; i++) {
        pv_json_object_begin(json);
        pv_json_place_members(json, source, &outcome->related[i].at, PV_PLACE_WORDS_ALL);
        pv_json_member(json, "message", outcome->related[i].message);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void write_working(pv_json *json, const pv_outcome *outcome) {
    pv_json_key(json, "working");
    pv_json_array_begin(json);
    for (size_t i = 0; i < outcome->working_count; i++)
        pv_json_string(json, outcome->working[i]);
    pv_json_array_end(json);
}

static void write_due(pv_json *json, const pv_verdict *verdict) {
    char day[PV_DATE_SIZE];
    if (!verdict->outcome.has_due) {
        pv_json_raw(json, PV_STR("\"due\":null"));
        return;
    }
    pv_date_write(verdict->outcome.due, day);
    pv_json_member(json, "due", pv_str_from(day));
}

static void write_fingerprint(pv_json *json, uint64_t fingerprint) {
    char digits[PV_HEX_SIZE];
    pv_hex_write(fingerprint, digits);
    pv_json_member(json, "fingerprint", pv_str_from(digits));
}

static void write_waiver(pv_json *json, const pv_waiver *waiver) {
    char day[PV_DATE_SIZE];
    if (!waiver) {
        pv_json_raw(json, PV_STR("\"waiver\":null"));
        return;
    }
    pv_date_write(waiver->expires, day);
    pv_json_key(json, "waiver");
    pv_json_object_begin(json);
    pv_json_member(json, "id", waiver->id);
    pv_json_member(json, "approver", waiver->approver);
    pv_json_member(json, "reason", waiver->reason);
    pv_json_member(json, "expires", pv_str_from(day));
    pv_json_object_end(json);
}

static void write_baseline(pv_json *json, pv_baseline_mark mark) {
    static const pv_str members[] = {
        [PV_BASELINE_NONE] = PV_STR("\"baseline\":null"),
        [PV_BASELINE_NEW] = PV_STR("\"baseline\":\"new\""),
        [PV_BASELINE_UNCHANGED] = PV_STR("\"baseline\":\"unchanged\""),
    };
    pv_json_raw(json, members[mark]);
}

/* Of what nearly every verdict has: nothing besides its message, its place and a line of working. */
static bool is_common(const pv_verdict *verdict) {
    enum { LONGEST = 1024 };
    const pv_outcome *outcome = &verdict->outcome;
    return outcome->related_count == 0 && outcome->working_count <= 1 && outcome->remedy.size == 0 &&
           !outcome->has_due && outcome->stands_for == 0 && verdict->of == 0 && !verdict->condition &&
           !verdict->waiver && verdict->baseline == PV_BASELINE_NONE && outcome->message.size <= LONGEST &&
           (outcome->working_count == 0 || outcome->working[0].size <= LONGEST);
}

/* The whole of a common verdict in one go: what write_members would write. False when room is refused. */
static bool write_common(pv_json *json, pv_str opening, const rule_members *rule, pv_str subject, pv_str place,
                         const pv_verdict *verdict) {
    static const pv_str before_working = PV_STR(",\"related\":[],\"working\":[");
    static const pv_str before_fingerprint = PV_STR("],\"due\":null,\"fingerprint\":\"");
    static const pv_str after_fingerprint = PV_STR("\",\"waiver\":null,\"baseline\":null}");
    const pv_outcome *outcome = &verdict->outcome;
    const pv_str working = outcome->working_count > 0 ? outcome->working[0] : PV_STR("");
    char *to =
        pv_json_room(json, opening.size + PV_JSON_QUOTED(outcome->message.size) + rule->closing.size + subject.size +
                               1 + place.size + before_working.size + PV_JSON_QUOTED(working.size) +
                               before_fingerprint.size + PV_HEX_SIZE + after_fingerprint.size);
    if (!to)
        return false;
    to = pv_json_put(to, opening);
    to = pv_json_quote(to, outcome->message);
    to = pv_json_put(to, rule->closing);
    to = pv_json_put(to, subject);
    *to++ = ',';
    to = pv_json_put(to, place);
    to = pv_json_put(to, before_working);
    if (outcome->working_count > 0)
        to = pv_json_quote(to, working);
    to = pv_json_put(to, before_fingerprint);
    pv_hex_write(verdict->fingerprint, to);
    to = pv_json_put(to + PV_HEX_SIZE - 1, after_fingerprint);
    pv_json_room_end(json, to);
    return true;
}

/* The whole of any verdict. */
static void write_members(pv_json *json, pv_str opening, const rule_members *rule, pv_str subject, pv_str place,
                          const pv_source *source, const pv_verdict *verdict) {
    pv_json_object_begin(json);
    pv_json_raw(json, pv_str_slice(opening, OPENING_START.size, opening.size - OPENING_END.size));
    pv_json_member(json, "message", verdict->outcome.message);
    if (verdict->outcome.remedy.size > 0) {
        pv_json_raw(json, rule->citation);
        pv_json_member(json, "remedy", verdict->outcome.remedy);
    } else {
        pv_json_raw(json, pv_str_slice(rule->closing, 1, rule->closing.size - 1));
    }
    pv_json_raw(json, subject);
    pv_json_raw(json, place);
    write_related(json, source, &verdict->outcome);
    write_working(json, &verdict->outcome);
    write_due(json, verdict);
    if (verdict->condition)
        pv_json_member(json, "condition", verdict->condition->address);
    write_fingerprint(json, verdict->fingerprint);
    write_waiver(json, verdict->waiver);
    write_baseline(json, verdict->baseline);
    if (verdict->outcome.stands_for > 0) {
        pv_json_key(json, "stands_for");
        pv_json_unsigned(json, verdict->outcome.stands_for);
    }
    if (verdict->of > 0) {
        pv_json_key(json, "finding");
        pv_json_object_begin(json);
        pv_json_key(json, "number");
        pv_json_unsigned(json, verdict->number);
        pv_json_key(json, "of");
        pv_json_unsigned(json, verdict->of);
        pv_json_object_end(json);
    }
    pv_json_object_end(json);
}

static void write_verdict(pv_json_verdicts *writer, pv_json *json, const pack_members *members,
                          const pv_report_input *input, const pv_verdict *verdict, pv_arena *scratch) {
    rule_members *rule = rule_of(writer, members, verdict->rule);
    const pv_str opening = rule ? opening_of(writer, rule, verdict) : PV_STR("");
    const pv_str subject = subject_of(writer, members, input, &verdict->subject, scratch);
    const pv_str place = place_of(writer, input->source, verdict);
    if (!rule || !opening.data || !subject.data || !place.data) {
        json->out->failed = true;
        return;
    }
    pv_json_line_break(json);
    if (!is_common(verdict))
        write_members(json, opening, rule, subject, place, input->source, verdict);
    else if (!write_common(json, opening, rule, subject, place, verdict))
        json->out->failed = true;
}

void pv_json_verdicts_write(pv_json_verdicts *writer, pv_json *json, const pv_report_input *input) {
    const pack_members *members = input->pack ? pack_of(writer, input->pack) : NULL;
    pv_arena *scratch = pv_arena_new(writer->memory);
    writer->place.valid = false;
    writer->subject.valid = false;
    json->out->failed |= (input->pack && !members) || !scratch;
    for (size_t i = 0; !json->out->failed && i < input->results->verdict_count; i++)
        write_verdict(writer, json, members, input, &input->results->verdicts[i], scratch);
    pv_arena_free(scratch);
}

/* ---- faults ---- */

void pv_json_fault(pv_json *json, const pv_fault *fault) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_optional_member(json, "rule", fault->rule);
    pv_json_member(json, "kind", pv_str_from(pv_fault_kind_name(fault->kind)));
    pv_json_member(json, "message", fault->message);
    pv_json_key(json, "at");
    if (fault->path.size == 0) {
        pv_json_null(json);
    } else {
        pv_json_object_begin(json);
        pv_json_member(json, "path", fault->path);
        if (fault->at.line > 0) {
            pv_json_key(json, "line");
            pv_json_unsigned(json, fault->at.line);
            pv_json_key(json, "column");
            pv_json_unsigned(json, fault->at.column);
        }
        pv_json_object_end(json);
    }
    pv_json_object_end(json);
}
