/* Refuses the Nth allocation, for every N, over a whole check: opening a pack, reading a submission, judging it.
 * Whatever N is, the outcome is the right verdicts or a fault that says memory; never other verdicts, a crash or a
 * leak. */
#include "torture.h"

#include "library/library.h"

static const char manifest[] = "pack: tiny\n"
                               "version: 1.0.0\n"
                               "title: A tiny pack\n"
                               "form: form.yaml\n"
                               "rules: [rules.lua]\n"
                               "levels: { draft: { tiny.limit: warning } }\n";

static const char form[] =
    "form: tiny\n"
    "title: A tiny form\n"
    "attributes: { item: { target: percentage } }\n"
    "fields:\n"
    "  county: { label: County, type: text, required: true, one_of: [Inyo, Mono] }\n"
    "sections: [{ id: \"1\", title: Only }]\n"
    "measures:\n"
    "  - id: \"1.1\"\n"
    "    section: \"1\"\n"
    "    title: First\n"
    "    obligation: mandatory\n"
    "    points: 10\n"
    "    items:\n"
    "      - { id: \"1\", prompt: Say it, word_limit: 5, target: 20% }\n"
    "      - { id: \"2\", prompt: Say more, word_limit: 5 }\n"
    "records:\n"
    "  row: { label: Rows, columns: { points: { type: integer, required: true }, note: document } }\n"
    "tables:\n"
    "  party: { columns: { name: text, aliases: list },\n"
    "           rows: [{ name: county behavioral health, aliases: [DMH] }] }\n";

static const char rules[] =
    "local parties = phrases(form.tables.party)\n"
    "local step = pattern [[\\d+\\)]]\n"
    "local function declare(id, each, check)\n"
    "  rule(id) { title = 'T', citation = 'C', remedy = 'R', each = each, level = 'error', check = check,\n"
    "             examples = { { state = 'pass' }, { state = 'fail' } } }\n"
    "end\n"
    "declare('tiny.limit', 'response', function(r) return at_most(r.words, r.item.word_limit) end)\n"
    "declare('tiny.party', 'response', function(r)\n"
    "  local found = r.text:mentions(parties):first()\n"
    "  if not found then return review('nobody is named in %s', r.id) end\n"
    "  return pass('%s', found):at(found)\n"
    "end)\n"
    "declare('tiny.steps', 'response', function(r)\n"
    "  local found = r.text:find(step)\n"
    "  if not found then return review('no step') end\n"
    "  return fail('a step'):at(found):working('%d items', r.text:items().leaves)\n"
    "end)\n"
    "declare('tiny.sum', 'submission', function(s)\n"
    "  local sum = decimal('0')\n"
    "  for _, row in ipairs(s.records.row) do sum = sum + row.points end\n"
    "  if sum == decimal('10') then return pass() end\n"
    "  return fail('%s points', sum)\n"
    "end)\n";

static const char submission[] = "form: tiny\n"
                                 "fields: { county: \"Mo\\x6eo\" }\n"
                                 "measures:\n"
                                 "  \"1.1\":\n"
                                 "    \"1\": >-\n"
                                 "      one two 1) three\n"
                                 "      four five six\n"
                                 "    \"2\": with DMH\n"
                                 "    \"3\": no such item\n"
                                 "records: { row: [{ points: 4, note: { file: note.txt } }, { points: 7 }] }\n";

static bool read_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    (void)payload;
    (void)arena;
    *path = name;
    if (pv_str_equal(name, PV_STR("pack.yaml")))
        *bytes = PV_STR(manifest);
    else if (pv_str_equal(name, PV_STR("form.yaml")))
        *bytes = PV_STR(form);
    else if (pv_str_equal(name, PV_STR("rules.lua")))
        *bytes = PV_STR(rules);
    else
        return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no such file");
    return true;
}

/* Its lines end in CR LF, so that its text is made anew. */
static bool read_note(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    (void)payload;
    (void)error;
    assert_str(name, "note.txt");
    *path = name;
    *bytes = pv_arena_copy(arena, PV_STR("one\r\ntwo\r\n"));
    return bytes->data || pv_fail_memory(error);
}

/* States, in order: what the verdicts amount to. */
typedef struct outcome {
    bool delivered;
    bool faulty;
    char states[200];
    size_t count;
} outcome;

static void take_results(outcome *out, const pv_pack *pack, const pv_results *results) {
    out->delivered = true;
    out->faulty = results->fault_count > 0 || pack->ruleset->fault_count > 0;
    for (size_t i = 0; i < results->verdict_count && out->count < sizeof out->states - 1; i++)
        out->states[out->count++] = "pfrn!"[results->verdicts[i].outcome.state];
}

/* What opens a pack believes that it was looked through before. */
static bool believe(void *payload, const char key[65]) {
    return payload || key;
}

static void forget(void *payload, const char key[65]) {
    (void)payload, (void)key;
}

/* One whole check in which the nth allocation is refused (0: none); *reached tells whether there was an nth. */
static outcome check_once(size_t nth, bool proven, bool *reached) {
    const pv_proofs proofs = {.has = believe, .keep = forget};
    outcome out = {0};
    pv_library *library;
    pv_checked checked = {0};
    const pv_pack *pack;
    pv_fault fault;
    pv_error error = {0};
    pv_run_options options = {.mode = PV_MODE_SUBMISSION};
    assert_true(pv_library_new(&library, NULL, PV_STR(""), &error));
    pv_memory *memory = pv_library_memory(library);
    memory->fail_after = nth;
    if (pv_library_open_pack(library, read_file, NULL, NULL, proven ? &proofs : NULL, &pack, &fault) &&
        pv_checked_new(&checked, library, &error)) {
        checked.files.read = read_note;
        if (pv_check(&checked, pack, PV_STR("tiny.yaml"), PV_STR(submission), &options, &fault))
            take_results(&out, pack, &checked.results);
        pv_checked_clear(&checked);
    }
    *reached = nth > 0 && memory->fail_after == 0;
    pv_library_free(library);
    return out;
}

static void check_every_allocation(bool proven) {
    bool reached = false;
    outcome expected = check_once(0, proven, &reached);
    assert_true(expected.delivered);
    assert_false(expected.faulty);
    size_t counts[256] = {0};
    for (size_t i = 0; i < expected.count; i++)
        counts[(unsigned char)expected.states[i]]++;
    assert_int_equal(expected.count, 5 + 3 * 2 + 1);
    /* fail: the unknown item 3, the limit of 1.1.1 by the rule and by form.limits, the step of 1.1.1, the sum. */
    assert_int_equal(counts['f'], 5);
    /* review: nobody named in 1.1.1, no step in 1.1.2. */
    assert_int_equal(counts['r'], 2);
    /* pass: form.types, form.parts, form.required, the limit and the party of 1.1.2. */
    assert_int_equal(counts['p'], 5);

    size_t nth = 1;
    for (reached = true; reached; nth++) {
        reached = false;
        outcome got = check_once(nth, proven, &reached);
        if (reached && got.delivered && !got.faulty) {
            /* The engine got by without that memory (a cache it could do without): then nothing may differ. */
            assert_int_equal(got.count, expected.count);
            assert_memory_equal(got.states, expected.states, expected.count);
        }
    }
    /* The loop must have met real allocations: every object where each is a malloc of its own, else every block. */
#ifdef PV_DEBUG_ARENA
    assert_true(nth > 300);
#else
    assert_true(nth > 20);
#endif
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    check_every_allocation(false);
}

static void every_allocation_may_fail_of_a_pack_looked_through_before(void **state) {
    (void)state;
    check_every_allocation(true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(every_allocation_may_fail_of_a_pack_looked_through_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
