#include "fuzz_pack.h"

#include "fuzz_input.h"

#define RULES 6 /* that sound_rules declares */

static const char manifest[] = "pack: fuzzed\nversion: 1.0.0\ntitle: Fuzzed\nform: form.yaml\nrules: [rules.lua]\n";

/* The broken pack is for the test that a target which cannot set itself up aborts. */
#ifdef FUZZ_BROKEN_PACK
#define COUNTY_TYPE ""
#else
#define COUNTY_TYPE "type: text, "
#endif

static const char sound_form[] =
    "form: fuzzed\n"
    "title: A form\n"
    "attributes: { form: { whole: integer }, section: { share: percentage }, measure: { notes: list },\n"
    "              item: { target: percentage, due: date, asked: boolean } }\n"
    "whole: 10\n"
    "fields: { county: { label: County, " COUNTY_TYPE "required: true, one_of: [Inyo, Mono] }, box: { type: text, "
    "word_limit: 5 },\n"
    "  asked: { type: money, currency: GBP, low: 0, high: { field: total, times: 50% } }, when: { type: period, low: "
    "1990 "
    "},\n"
    "  total: { type: money, currency: GBP, computed: { sum: { records: row, column: points } } },\n"
    "  mail: { type: email, pattern: '.+@.+', says: it }, pick: { type: list, one_of: [a, b], other: true, most: 2 } "
    "}\n"
    "sections: [{ id: \"1\", title: One, share: 20% }]\n"
    "groups: [{ id: g, title: G, measures: [\"1.2\"], choose: 1, points: 3 }]\n"
    "measures:\n"
    "  - { id: \"1.1\", section: \"1\", title: A, obligation: mandatory, points: 7, notes: [x],\n"
    "      items: [{ id: \"1\", prompt: P, word_limit: 5, target: 20%, due: 2022-07-01, asked: true },\n"
    "              { id: \"2\", prompt: Q }] }\n"
    "  - { id: \"1.2\", section: \"1\", title: B, obligation: optional, items: [{ id: \"1\", prompt: R }] }\n"
    "  - { id: \"1.3\", section: \"1\", title: C, obligation: optional, for_each: plan,\n"
    "      items: [{ id: \"1\", prompt: S, type: integer },\n"
    "              { id: \"2\", prompt: T, only_if: { column: size, is: 3 } }] }\n"
    "  - { id: \"1.4\", section: \"1\", title: D, obligation: optional, for_each: party,\n"
    "      items: [{ id: \"1\", prompt: U }] }\n"
    "records: { row: { label: Rows, columns: { points: { type: integer, required: true, unique: true }, day: date, "
    "note: "
    "document } },\n"
    "  plan: { key: [name], columns: { name: { type: text, required: true }, size: integer } } }\n"
    "tables: { party: { columns: { name: text, aliases: list }, rows: [{ name: the county, aliases: [DMH] }] } }\n";

static const char sound_rules[] =
    "local parties = phrases(form.tables.party)\n"
    "local digits = pattern [[\\d+]]\n"
    "local function declare(id, each, check)\n"
    "  rule(id) { title = 'T', citation = 'C', remedy = 'R', each = each, level = 'error', check = check, record = "
    "each == 'record'\n"
    "             and 'row' or nil, examples = { { state = 'pass' }, { state = 'fail' } } }\n"
    "end\n"
    "declare('f.words', 'response', function(r) return at_most(r.words, 5) end)\n"
    "declare('f.text', 'response', function(r)\n"
    "  local found = r.text:find(digits) or r.text:mentions(parties):first()\n"
    "  if not found then return review('nothing in %s', r.id):working('%d items', r.text:items().leaves) end\n"
    "  return fail('found'):at(found)\n"
    "end)\n"
    "declare('f.numbers', 'response', function(r)\n"
    "  local largest = r.text:percentages():largest()\n"
    "  return largest and at_least(largest, decimal('20%')) or pass('%d', #r.text:counts() + #r.text:amounts() + "
    "#r.text:tricks())\n"
    "end)\n"
    "declare('f.row', 'record', function(row) return row.points and at_most(row.points, 10) or fail('none') end)\n"
    "declare('f.note', 'record', function(row)\n"
    "  local found = row.note and row.note:find(digits)\n"
    "  return found and fail('%d', #row.note.words):at(found) or pass():at(row.note or row)\n"
    "end)\n"
    "declare('f.measure', 'measure', function(m) return present(m.responses[1]) end)\n";

static const char sound_submission[] = "form: fuzzed\n"
                                       "fields: { county: Inyo, box: \"a\\x62c\", asked: £300, when: 2003–2014,\n"
                                       "          mail: a@b.example, pick: [a, other: c] }\n"
                                       "records: { row: [{ points: 4, day: 2022-01-31, note: { file: in/note.txt } },\n"
                                       "                  { points: 1,000, note: { file: bad.txt } }] }\n"
                                       "measures:\n"
                                       "  \"1.1\":\n"
                                       "    \"1\": >-\n"
                                       "      1) at least 20% 2) the DMH\n"
                                       "      and 3 more words\n"
                                       "    \"2\": |\n"
                                       "      a\n"
                                       "      b\n"
                                       "  \"1.2\": 'it''s $4 million'\n";

/* How far a check got. */
typedef struct fuzz_outcome {
    bool judged;
    size_t refused_rules; /* faults of the rule files */
    size_t verdicts;
    size_t unchecked;  /* verdicts not reached, for a fault */
    char message[240]; /* of the first fault */
} fuzz_outcome;

static void keep_message(fuzz_outcome *outcome, const pv_fault *fault) {
    snprintf(outcome->message, sizeof outcome->message, "%.*s", PV_STR_ARG(fault->message));
}

static fuzz_pack sound_parts(void) {
    return (fuzz_pack){PV_STR(sound_form), PV_STR(sound_rules), PV_STR(sound_submission)};
}

static bool read_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const fuzz_pack *pack = payload;
    (void)arena;
    *path = name;
    if (pv_str_equal(name, PV_STR("pack.yaml")))
        *bytes = PV_STR(manifest);
    else if (pv_str_equal(name, PV_STR("form.yaml")))
        *bytes = pack->form;
    else if (pv_str_equal(name, PV_STR("rules.lua")))
        *bytes = pack->rules;
    else
        return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no such file");
    return true;
}

/* What lies beside every submission. */
static bool read_beside(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    (void)payload;
    (void)arena;
    *path = name;
    if (pv_str_equal(name, PV_STR("in/note.txt")))
        *bytes = PV_STR("\xEF\xBB\xBFone\r\n\r2 words\n");
    else if (pv_str_equal(name, PV_STR("bad.txt")))
        *bytes = PV_STR("caf\xE9");
    else if (pv_str_equal(name, PV_STR("empty.txt")))
        *bytes = PV_STR("");
    else
        return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no such file");
    return true;
}

static void check_fault(const pv_fault *fault) {
    REQUIRE(fault->message.size > 0);
    REQUIRE(pv_str_find(fault->message, PV_STR("\n"), 0) == SIZE_MAX);
}

static void check_span(const pv_source *source, pv_span span) {
    REQUIRE(span.start <= span.end && span.end <= pv_source_end(pv_source_part(source, span.start)));
}

/* Every verdict stands inside the source, in order, in a state it may have; each not-checked has its fault. */
static void check_results(const pv_checked *checked) {
    const pv_results *results = &checked->results;
    size_t unchecked = 0;
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        REQUIRE(verdict->outcome.has_at && verdict->outcome.state <= PV_STATE_NOT_CHECKED);
        check_span(checked->source, verdict->outcome.at.span);
        REQUIRE(i == 0 || results->verdicts[i - 1].outcome.at.span.start <= verdict->outcome.at.span.start);
        for (size_t k = 0; k < verdict->outcome.related_count; k++)
            check_span(checked->source, verdict->outcome.related[k].at.span);
        unchecked += verdict->outcome.state == PV_STATE_NOT_CHECKED;
    }
    REQUIRE(unchecked == results->fault_count);
    for (size_t i = 0; i < results->fault_count; i++)
        check_fault(&results->faults[i]);
}

/* Whether the submission was read and judged. */
static bool check_submission(pv_library *library, const pv_pack *pack, pv_str bytes, fuzz_outcome *outcome) {
    pv_checked checked;
    pv_fault fault = {0};
    pv_error error = {0};
    pv_run_options options = {.mode = PV_MODE_SUBMISSION};
    REQUIRE(pv_checked_new(&checked, library, &error));
    checked.files.read = read_beside;
    bool judged = pv_check(&checked, pack, PV_STR("submission.yaml"), bytes, &options, &fault);
    if (judged) {
        check_results(&checked);
        outcome->verdicts = checked.results.verdict_count;
        outcome->unchecked = checked.results.fault_count;
        if (outcome->unchecked > 0)
            keep_message(outcome, checked.results.faults);
    } else {
        check_fault(&fault);
        keep_message(outcome, &fault);
    }
    pv_checked_clear(&checked);
    return judged;
}

static fuzz_outcome check(fuzz_pack *parts) {
    /* Small budgets keep the fuzzer quick; what they stop is what larger ones would. */
    pv_limits limits = pv_limits_default();
    limits.fuel = 50000;
    limits.pattern_steps = 1000;
    limits.lua_bytes = (size_t)8 << 20;
    fuzz_outcome outcome = {0};
    pv_library *library;
    const pv_pack *opened;
    pv_fault fault = {0};
    pv_error error = {0};
    REQUIRE(pv_library_new(&library, &limits, PV_STR("2022-07-01"), &error));
    if (pv_library_open_pack(library, read_file, parts, NULL, NULL, &opened, &fault)) {
        outcome.refused_rules = opened->ruleset->fault_count;
        for (size_t i = 0; i < opened->ruleset->fault_count; i++)
            check_fault(&opened->ruleset->faults[i]);
        outcome.judged = check_submission(library, opened, parts->submission, &outcome);
        if (outcome.refused_rules > 0)
            keep_message(&outcome, opened->ruleset->faults);
    } else {
        check_fault(&fault);
        keep_message(&outcome, &fault);
    }
    pv_library_free(library);
    return outcome;
}

/* With none of its parts varied the pack opens and every rule of it answers. Where it does not, no input would get
 * further than the refusal, and nothing would be tested. */
static void set_up(void) {
    static bool done;
    if (done)
        return;
    fuzz_pack sound = sound_parts();
    fuzz_outcome outcome = check(&sound);
    if (!outcome.judged || outcome.refused_rules > 0 || outcome.unchecked > 0 || outcome.verdicts < RULES) {
        fprintf(stderr,
                "the target cannot set itself up: the pack in it is not judged whole (%zu rule files refused, %zu "
                "verdicts, %zu not checked): %s\n",
                outcome.refused_rules, outcome.verdicts, outcome.unchecked, outcome.message);
        abort();
    }
    done = true;
}

fuzz_pack fuzz_pack_sound(void) {
    set_up();
    return sound_parts();
}

void fuzz_pack_check(const fuzz_pack *pack) {
    fuzz_pack parts = *pack;
    fuzz_outcome outcome = check(&parts);
    if (outcome.judged && outcome.refused_rules == 0)
        fuzz_arrived();
}
