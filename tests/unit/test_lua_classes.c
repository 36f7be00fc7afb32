/* The values that rules see: each row is a Lua expression, run as the check of a rule over one submission, and what it
 * must give, cover or raise. */
#include "torture.h"

#include "arena_fixture.h"
#include "document_fixture.h"

#include <stdio.h>

#include "lua/ruleset/lua_ruleset.h"
#include "lua/values/values.h"
#include "lua/vocabulary/vocabulary.h"

static const char form_yaml[] = "form: f\n"
                                "title: A form\n"
                                "attributes:\n"
                                "  form: { total: integer, opened: date, open: boolean }\n"
                                "  section: { minimum_share: percentage }\n"
                                "  measure: { documents: list }\n"
                                "  item: { target: percentage, asks: text }\n"
                                "total: 1,000\n"
                                "opened: 2021-11-01\n"
                                "open: true\n"
                                "fields:\n"
                                "  county: { label: MCP County, type: text, required: true, word_minimum: 2,\n"
                                "    word_limit: 5, character_limit: 40 }\n"
                                "  points: integer\n"
                                "  share: percentage\n"
                                "  from: date\n"
                                "  to: date\n"
                                "  final: boolean\n"
                                "  tags: list\n"
                                "  glued: text\n"
                                "  absent: decimal\n"
                                "sections:\n"
                                "  - { id: \"1\", title: First section, minimum_share: 20% }\n"
                                "  - { id: \"2\", title: Second section }\n"
                                "groups:\n"
                                "  - { id: either, title: One of two, measures: [M3, M4], choose: 1, points: 30 }\n"
                                "measures:\n"
                                "  - id: M1\n"
                                "    section: \"1\"\n"
                                "    title: The first measure\n"
                                "    obligation: mandatory\n"
                                "    points: 80.5\n"
                                "    description: As printed.\n"
                                "    documents: [letter, minutes]\n"
                                "    items:\n"
                                "      - { id: \"1\", prompt: Describe the plan., word_minimum: 10, word_limit: 100,\n"
                                "          character_limit: 900, target: 20% }\n"
                                "      - { id: \"2\", prompt: Name partners. }\n"
                                "  - id: M2\n"
                                "    section: \"1\"\n"
                                "    title: The second measure\n"
                                "    obligation: mandatory\n"
                                "    points: 20\n"
                                "    items:\n"
                                "      - { id: \"1\", prompt: Say more. }\n"
                                "  - id: M3\n"
                                "    section: \"2\"\n"
                                "    title: The third measure\n"
                                "    obligation: optional\n"
                                "    points: 30\n"
                                "    items:\n"
                                "      - { id: \"1\", prompt: Say anything. }\n"
                                "  - id: M4\n"
                                "    section: \"2\"\n"
                                "    title: The fourth measure\n"
                                "    obligation: optional\n"
                                "    points: 30\n"
                                "    items:\n"
                                "      - { id: \"1\", prompt: Say nothing. }\n"
                                "records:\n"
                                "  allocation:\n"
                                "    label: Points by area\n"
                                "    columns:\n"
                                "      area: { type: text, required: true }\n"
                                "      points: { type: integer, required: true }\n"
                                "      note: text\n"
                                "  meeting:\n"
                                "    label: Meetings\n"
                                "    columns:\n"
                                "      day: date\n"
                                "tables:\n"
                                "  party:\n"
                                "    columns: { name: text, aliases: list }\n"
                                "    rows:\n"
                                "      - { name: county behavioral health, aliases: [DMH, mental health department] }\n"
                                "      - { name: county social services, aliases: [DPSS] }\n";

static const char submission_yaml[] = "form: f\n"
                                      "fields:\n"
                                      "  county: Los Angeles\n"
                                      "  points: 1,000\n"
                                      "  share: 18.9%\n"
                                      "  from: 2021-12-01\n"
                                      "  to: 2022-03-01\n"
                                      "  final: true\n"
                                      "  tags: [north, \"south-east\"]\n"
                                      "  glued: \"zero\\u200Bwidth\"\n"
                                      "records:\n"
                                      "  allocation:\n"
                                      "    - { area: \"1\", points: 300 }\n"
                                      "    - { area: \"2\", points: 250, note: a note }\n"
                                      "measures:\n"
                                      "  M1:\n"
                                      "    1: >-\n"
                                      "      We will 1) hire staff, 2) train staff and (3) open\n"
                                      "      two offices. At least 20% of hard-to-reach members\n"
                                      "      and 25-30% of others are served by Q3 2022 for $4 million.\n"
                                      "    2: It names five partners and DMH as well.\n"
                                      "  M2: The plan names five partners and nobody else.\n"
                                      "  M3: |-\n"
                                      "    First paragraph.\n"
                                      "\n"
                                      "    Second paragraph.\n";

/* What every expression may use. */
static const char file_level[] = "local quarter = pattern [[\\bQ([1-4]) (?<year>\\d{4})(?<half> H\\d)?]]\n"
                                 "local vowel = pattern([[ [AEIOU] # one letter ]], 'ix')\n"
                                 "local reach = phrases { 'hard to reach', 'nowhere to be found' }\n"
                                 "local parties = phrases(form.tables.party)\n"
                                 "local title_at_file_level = form.title\n";

/* ---- one session over the submission ---- */

typedef struct world {
    arena_fixture base;
    pv_ruleset *ruleset;
    pv_session *session;
    const pv_submission *submission;
    pv_source *file;
} world;

static int setup(void **state) {
    world *it = calloc(1, sizeof *it);
    assert_non_null(it);
    it->base.memory = pv_memory_with_limit(SIZE_MAX);
    it->base.arena = pv_arena_new(&it->base.memory);
    assert_non_null(it->base.arena);
    *state = it;
    return 0;
}

static void close_rules(world *it) {
    if (it->session)
        it->ruleset->methods->end(it->session);
    if (it->ruleset)
        it->ruleset->methods->free(it->ruleset);
    it->session = NULL;
    it->ruleset = NULL;
}

static int teardown(void **state) {
    world *it = *state;
    close_rules(it);
    pv_arena_free(it->base.arena);
    size_t leaked = it->base.memory.used;
    free(it);
    return leaked == 0 ? 0 : -1;
}

static void open_rules(world *it, const char *rules) {
    pv_limits limits = pv_limits_default();
    pv_error error = {0};
    if (!pv_source_new(&it->file, it->base.arena, PV_STR("test.lua"), pv_str_from(rules), &limits, &error))
        fail_msg("%s", error.message);
    const pv_form *form = form_of(&it->base, form_yaml);
    it->submission = submission_of(&it->base, form, submission_yaml);
    assert_int_equal(it->submission->problem_count, 0);
    pv_lua_config config = {.form = form, .limits = limits, .memory = &it->base.memory, .names_unchecked = true};
    const pv_source *files[] = {it->file};
    if (!pv_lua_ruleset_open(&it->ruleset, &config, files, 1, &error))
        fail_msg("%s", error.message);
    if (it->ruleset->fault_count > 0)
        fail_msg("line %u: %s", it->ruleset->faults[0].at.line, it->ruleset->faults[0].message.data);
    assert_true(it->ruleset->methods->begin(it->ruleset, it->submission, &it->session, &error));
}

/* A rule for each of these checks; their ids sort in the same order. */
static void open_checks(world *it, const char *prefix, const char *const *expressions, size_t stride, size_t count,
                        const char *suffix) {
    pv_buf rules = pv_buf_on(&it->base.memory);
    pv_buf_append_text(&rules, file_level);
    for (size_t i = 0; i < count; i++) {
        const char *expression = *(const char *const *)((const char *)expressions + i * stride);
        pv_buf_format(
            &rules,
            "rule 't.%03zu' { title = 't', citation = 'c', remedy = 'r', each = 'submission', level = 'error',\n"
            "check = function(s) local r = s:response('M1.1') %s%s%s end,\n"
            "examples = { { state = 'pass' }, { state = 'fail' } } }\n",
            i, prefix, expression, suffix);
    }
    assert_false(rules.failed);
    pv_str text = pv_arena_copy(it->base.arena, pv_buf_str(&rules));
    pv_buf_clear(&rules);
    open_rules(it, text.data);
    assert_int_equal(it->ruleset->rule_count, count);
}

static pv_outcome evaluate(world *it, size_t rule) {
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    pv_outcome outcome = {0};
    pv_error error = {0};
    assert_true(it->ruleset->methods->evaluate(it->session, rule, &subject, it->base.arena, &outcome, &error));
    return outcome;
}

typedef struct row {
    const char *expression;
    const char *expected;
} row;

/* tostring of each expression is as expected. */
static void assert_values(world *it, const row *rows, size_t count) {
    open_checks(it, "return pass('%s', tostring(", &rows[0].expression, sizeof rows[0], count, "))");
    for (size_t i = 0; i < count; i++) {
        pv_outcome outcome = evaluate(it, i);
        if (outcome.state != PV_STATE_PASS)
            fail_msg("%s: %s", rows[i].expression, fault_message(&outcome).data);
        if (!pv_str_equal(outcome.message, pv_str_from(rows[i].expected)))
            fail_msg("%s\nis        %s\nshould be %s", rows[i].expression, outcome.message.data, rows[i].expected);
    }
}

/* Each expression is a place that covers exactly the expected bytes of the submission. */
static void assert_places(world *it, const row *rows, size_t count) {
    open_checks(it, "return fail('x'):at(", &rows[0].expression, sizeof rows[0], count, ")");
    for (size_t i = 0; i < count; i++) {
        pv_outcome outcome = evaluate(it, i);
        if (outcome.state != PV_STATE_FAIL)
            fail_msg("%s: %s", rows[i].expression, fault_message(&outcome).data);
        assert_true(outcome.has_at);
        assert_false(outcome.at.expected_here);
        pv_str covered = pv_source_slice(it->submission->source, outcome.at.span);
        if (!pv_str_equal(covered, pv_str_from(rows[i].expected)))
            fail_msg("%s\ncovers       %.*s\nshould cover %s", rows[i].expression, PV_STR_ARG(covered),
                     rows[i].expected);
    }
}

/* Each expression raises this message. */
static void assert_raises(world *it, const row *rows, size_t count) {
    open_checks(it, "local result = ", &rows[0].expression, sizeof rows[0], count, " return pass()");
    for (size_t i = 0; i < count; i++) {
        pv_outcome outcome = evaluate(it, i);
        if (outcome.state != PV_STATE_NOT_CHECKED)
            fail_msg("%s: does not raise", rows[i].expression);
        if (!pv_str_equal(fault_message(&outcome), pv_str_from(rows[i].expected)))
            fail_msg("%s\nraises       %s\nshould raise %s", rows[i].expression, fault_message(&outcome).data,
                     rows[i].expected);
    }
}

#define ROWS(rows) (rows), sizeof(rows) / sizeof(rows)[0]

/* ---- the submission and the form ---- */

static void test_submission(void **state) {
    static const row rows[] = {
        {"s", "the submission"},
        {"s.form.title", "A form"},
        {"s.form == form", "true"},
        {"title_at_file_level", "A form"},
        {"#s.fields", "9"},
        {"s.fields[1].name", "county"},
        {"s.fields[9] == nil", "false"},
        {"s.fields[10]", "nil"},
        {"s.sections[2].title", "Second section"},
        {"#s.measures", "4"},
        {"#s.responses", "5"},
        {"s.responses:last().id", "M4"},
        {"s:measure('M2').title", "The second measure"},
        {"s:response('M1.2').text", "It names five partners and DMH as well."},
        {"s:response('M2') == s.responses[3]", "true"},
        {"s:response('M2') == s.responses[2]", "false"},
        {"#s.records", "2"},
        {"s.records[2].label", "Meetings"},
        {"#s.records.allocation", "2"},
    };
    assert_values(*state, ROWS(rows));
}

static void test_form(void **state) {
    static const row rows[] = {
        {"form", "A form"},
        {"form.id", "f"},
        {"form.total + 1", "1001"},
        {"form.total == 1000", "true"},
        {"form.opened", "2021-11-01"},
        {"form.open", "true"},
        {"#form.sections", "2"},
        {"form.sections[1]", "section 1"},
        {"form.sections[1].minimum_share", "20%"},
        {"form.sections[2].minimum_share", "nil"},
        {"form.sections[1].measures[2].id", "M2"},
        {"#form.groups", "1"},
        {"form.groups[1]", "One of two"},
        {"form.groups[1].id", "either"},
        {"form.groups[1].choose", "1"},
        {"form.groups[1].points", "30"},
        {"form.groups[1].measures", "measure M3, measure M4"},
        {"#form.tables.party", "2"},
        {"form.tables.party[2]", "county social services"},
        {"form.tables.party[1].aliases", "DMH, mental health department"},
        {"form.tables.party[1] == form.tables.party[1]", "true"},
    };
    assert_values(*state, ROWS(rows));
}

static void test_measure_and_item(void **state) {
    static const row rows[] = {
        {"s.measures[1]", "measure M1"},
        {"s.measures[1].id", "M1"},
        {"s.measures[1].points", "80.5"},
        {"s.measures[1].obligation", "mandatory"},
        {"s.measures[3].mandatory", "false"},
        {"s.measures[1].section.id", "1"},
        {"s.measures[1].group", "nil"},
        {"s.measures[3].group.id", "either"},
        {"s.measures[1].responses", "M1.1, M1.2"},
        {"s.measures[1].description", "As printed."},
        {"s.measures[1].documents[2]", "minutes"},
        {"s.measures[4].given", "false"},
        {"s.measures[3].given", "true"},
        {"s.measures[4].blank", "true"},
        {"r.item", "M1.1"},
        {"r.item.id", "1"},
        {"r.item.full_id", "M1.1"},
        {"r.item.prompt", "Describe the plan."},
        {"r.item.word_limit", "100"},
        {"s.responses[2].item.word_limit", "nil"},
        {"r.item.word_minimum", "10"},
        {"s.responses[2].item.word_minimum", "nil"},
        {"r.item.character_limit", "900"},
        {"s.responses[2].item.character_limit", "nil"},
        {"r.item.target", "20%"},
        {"r.item.asks", "nil"},
        {"r.item.measure == r.measure", "true"},
    };
    assert_values(*state, ROWS(rows));
}

static void test_fields_and_records(void **state) {
    static const row rows[] = {
        {"s.fields.county", "Los Angeles"},
        {"s.fields.county.label", "MCP County"},
        {"s.fields.county.value:equals('los ANGELES')", "true"},
        {"s.fields.county.word_limit", "5"},
        {"s.fields.points.word_limit", "nil"},
        {"s.fields.county.word_minimum", "2"},
        {"s.fields.points.word_minimum", "nil"},
        {"s.fields.county.character_limit", "40"},
        {"s.fields.points.character_limit", "nil"},
        {"s.fields.county.required", "true"},
        {"s.fields.points.required", "false"},
        {"s.fields.county.words", "2 words"},
        {"s.fields.points.value", "1000"},
        {"s.fields.points.text", "1,000"},
        {"s.fields.share.value", "18.9%"},
        {"s.fields.to.value - s.fields.from.value", "90"}, /* 31 + 31 + 28 */
        {"s.fields.from.value < s.fields.to.value", "true"},
        {"s.fields.from.value.month", "12"},
        {"s.fields.final.value", "true"},
        {"s.fields.tags.value", "north, south-east"},
        {"s.fields.tags", "north, south-east"},
        {"s.fields.absent.given", "false"},
        {"s.fields.absent.blank", "true"},
        {"s.fields.absent.value", "nil"},
        {"s.fields.absent.text.blank", "true"},
        {"s.records.allocation", "Points by area"},
        {"s.records.allocation.given", "true"},
        {"s.records.meeting.given", "false"},
        {"#s.records.meeting", "0"},
        {"s.records.allocation[2]", "row 2 of “Points by area”"},
        {"s.records.allocation[2].number", "2"},
        {"s.records.allocation[2].points", "250"},
        {"s.records.allocation[1].note", "nil"},
        {"s.records.allocation[1]:cell('note').given", "false"},
        {"s.records.allocation:map(function(row) return row.points end):sum()", "550"},
        {"s.records.allocation:first().area", "1"},
        {"s.records.allocation[3]", "nil"},
    };
    assert_values(*state, ROWS(rows));
}

/* ---- texts ---- */

static void test_text(void **state) {
    static const row rows[] = {
        {"#r.words", "31"},
        {"r.words", "31 words"},
        {"r.words[11]", "open"},
        {"r.words[12]", "two"},
        {"r.words[32]", "nil"},
        {"r.words:from(30)", "2 words"},
        {"r.words:from(30):from(2)[1]", "million."},
        {"#r.text:words_by('word')", "31"},
        {"r.text.words[31] == r.words:last()", "true"},
        {"s.fields.county.text.characters", "11 characters"},
        {"s.fields.county.text.characters[5]", "A"},
        {"s.fields.county.text.characters:last()", "s"},
        {"s.fields.county.text.characters[12]", "nil"},
        {"#s.fields.glued.text.characters", "10"}, /* what has no width is a code point too */
        {"s.fields.glued.text.characters:from(6)", "5 characters"},
        {"s.fields.glued.text.characters:from(6):from(5)", "1 character"},
        {"(function(c) return tostring(c[6]) .. tostring(c[2]) .. tostring(c[4]) end)(s.fields.glued.text.characters)",
         "weo"},
        {"#s:response('M4').text.characters", "0"},
        {"r.words[4].characters", "4 characters"},
        {"r.text.string == r.text", "false"},
        {"r.text:equals(r.text.string)", "true"},
        {"r.text:percentages()", "20%, 25-30%"},
        {"r.text:percentages():sum()", "45%"},
        {"r.text:percentages():largest()", "25-30%"},
        {"r.text:percentages():smallest().qualifier", "at least"},
        {"r.text:percentages():last().qualifier", "nil"},
        {"r.text:percentages():last().is_range", "true"},
        {"r.text:percentages():last().upper", "30%"},
        {"r.text:percentages():first().kind", "percentage"},
        {"r.text:percentages():first() >= r.item.target", "true"},
        {"r.text:percentages():first() == r.item.target", "true"},
        {"r.text:percentages():first() < decimal('20%')", "false"},
        {"r.text:percentages():first():equals(decimal('20%'))", "true"},
        {"r.text:amounts():first().value", "4000000"},
        {"s.responses[2].text:counts():first().value", "5"},
        {"s.responses[2].text:percentages():largest()", "nil"},
        {"#r.text:items()", "3"},
        {"r.text:items().leaves", "3"},
        {"r.text:items().lists", "1"},
        {"#r.text:items():leaves_list()", "3"},
        {"r.text:items()[3].marker", "(3)"},
        {"r.text:items()[3].ordinal", "3"},
        {"r.text:items()[3].depth", "0"},
        {"r.text:items()[3].leaf", "true"},
        {"r.text:items()[3].style", "number"},
        {"s:response('M3').text:paragraphs()", "First paragraph., Second paragraph."},
        {"s:response('M3').text:paragraphs()[2].words", "2 words"},
        {"#s:response('M4').text:paragraphs()", "0"},
        {"#s.fields.glued.text:tricks()", "1"},
        {"s.fields.glued.text:tricks()[1].kind", "zero-width"},
        {"#r.text:tricks()", "0"},
    };
    assert_values(*state, ROWS(rows));
}

static void test_search(void **state) {
    static const row rows[] = {
        {"r.text:find(quarter)", "Q3 2022"},
        {"r.text:find(quarter)[0]", "Q3 2022"},
        {"r.text:find(quarter)[1]", "3"},
        {"r.text:find(quarter).year", "2022"},
        {"r.text:find(quarter).half", "nil"},
        {"s.responses[2].text:find(quarter)", "nil"},
        {"#r.text:matches(quarter)", "1"},
        {"r.words[4]", "hire"},
        {"r.words[4]:matches(vowel)", "i, e"},
        {"quarter.source", "\\bQ([1-4]) (?<year>\\d{4})(?<half> H\\d)?"},
        {"r.text:mentions(reach)", "hard-to-reach"},
        {"r.text:mentions(reach)[1].phrase", "hard to reach"},
        {"r.text:mentions(reach)[1].row", "nil"},
        {"r.text:mentions('at least')", "At least"},
        {"r.text:mentions({ 'two offices', 'Others' })", "two offices, others"},
        {"s.responses[2].text:mentions(parties)[1].row == form.tables.party[1]", "true"},
        {"s.responses[2].text:mentions(form.tables.party[1])[1].phrase", "DMH"},
        {"#s.responses[2].text:mentions(form.tables.party[2])", "0"},
        {"#s.responses[2].text:mentions(form.tables.party)", "1"},
        /* It names five | names five partners | five partners and: the second and third are in M2 too. */
        {"s.responses[2].text:similarity(s.responses[3].text).shingles", "6"},
        {"s.responses[2].text:similarity(s.responses[3].text).shared", "2"},
        {"s.responses[2].text:similarity(s.responses[3]).containment", "33.33%"},
        {"s.responses[2].text:similarity(s.responses[3].text).run", "4"},
        {"s.responses[2].text:similarity(s.responses[3].text).second", "names five partners and"},
        {"s.responses[2].text:similarity(r.text).run", "1"}, /* and */
        {"s.responses[2].text:similarity(s.responses[3].text):has_run(4)", "true"},
        {"s.responses[2].text:similarity(s.responses[3].text):has_run(5)", "false"},
        {"s.responses[2].text:similarity(r.text):has_run(1)", "true"},
        {"s.responses[2].text:similarity(r.text):has_run(2)", "false"},
        {"s.responses[2].text:similarity(r.text):has_run(-1)", "true"},
        {"s.responses[2].text:similarity(s.responses[5].text).first", "nil"},
        {"s.responses[5].text:similarity(r.text).containment", "0%"},
        /* First paragraph. Second paragraph. */
        {"s:response('M3').text:telling_words({ 'The first of two sections' }, 5, '')", "1"},
        {"select(2, s:response('M3').text:telling_words({ 'The first of two sections' }, 5, ''))", "4"},
        {"s:response('M3').text:telling_words({ 'The first of two sections' }, 3, '')", "2"},
        {"s:response('M3').text:telling_words({ 'The first', 'and second' }, 5, '')", "2"},
        {"select(2, s:response('M3').text:telling_words({ 'The first' }, 5, 'a paragraph'))", "2"},
        {"select(2, s:response('M3').text:telling_words({ 'The first' }, 5, '', s:response('M3')))", "0"},
        /* One word of four. */
        {"s:response('M3').text:telling_words({ 'The first' }, 5, '', nil, decimal('25%'))", "1"},
        {"s:response('M3').text:telling_words({ 'The first' }, 5, '', nil, decimal('25.01%'))", "nil"},
        {"s:response('M3').text:telling_words({ 'The first' }, 5, '', nil, decimal('0%'))", "1"},
        {"s:response('M3').text:telling_words({ 'First paragraph, second' }, 5, '', nil, decimal('100%'))", "4"},
        {"s.responses[3]:nearest_earlier() == s.responses[2]", "true"},
        {"select(2, s.responses[3]:nearest_earlier()).shared", "2"},
        {"select(2, s.responses[3]:nearest_earlier()).second", "names five partners and"},
        {"s.responses[2]:nearest_earlier()", "nil"}, /* what is alike comes later */
        {"s.responses[5]:nearest_earlier()", "nil"}, /* blank */
    };
    assert_values(*state, ROWS(rows));
}

static void test_places(void **state) {
    static const row rows[] = {
        {"r.words[12]", "two"},
        {"r.words:from(30)", "$4 million."},
        {"s.fields.county.text.characters", "Los Angeles"},
        {"s.fields.county.text.characters[4]", " "},
        {"s.fields.glued.text.characters:from(5)", "\\u200Bwidth"},
        {"r.words[4].characters:from(2)", "ire"},
        {"r.words:from(11):from(2)", "two offices. At least 20% of hard-to-reach members\n"
                                     "      and 25-30% of others are served by Q3 2022 for $4 million."},
        {"r.text:percentages()", "20% of hard-to-reach members\n      and 25-30%"},
        {"r.text:percentages():last()", "25-30%"},
        {"r.text:percentages():first().value", "20%"},
        {"r.text:items()[2].marker", "2)"},
        {"r.text:find(quarter).year", "2022"},
        {"r.text:mentions(reach)[1]", "hard-to-reach"},
        {"s.responses[2].text:similarity(s.responses[3].text).first", "names five partners and"},
        {"s:response('M3').text:paragraphs()[2].words[1]", "Second"},
        {"s.fields.county.value", "Los Angeles"},
        {"s.fields.points.value", "1,000"},
        {"s.fields.to.value", "2022-03-01"},
        {"s.fields.tags.value[1]", "north"},
        {"s.records.allocation[2].note", "a note"},
        {"s.records.allocation[2]:cell('points')", "250"},
        {"s.responses[3]", "The plan names five partners and nobody else."},
        {"s.responses[3].item", "The plan names five partners and nobody else."},
        {"s:measure('M2')", "M2"},
        {"{ r.words[2], r.words[1] }", "We will"},
    };
    assert_places(*state, ROWS(rows));
}

static void test_absent_places(void **state) {
    world *it = *state;
    static const row rows[] = {
        {"s:response('M4')", ""},       {"s:response('M4').text", ""},
        {"s:response('M4').words", ""}, {"s:measure('M4')", ""},
        {"s.fields.absent", ""},        {"s.fields.absent.text", ""},
        {"s.records.meeting", ""},      {"s.records.allocation[1]:cell('note')", ""},
    };
    size_t count = sizeof rows / sizeof rows[0];
    open_checks(it, "return fail('x'):at(", &rows[0].expression, sizeof rows[0], count, ")");
    for (size_t i = 0; i < count; i++) {
        pv_outcome outcome = evaluate(it, i);
        if (!outcome.has_at || !outcome.at.expected_here)
            fail_msg("%s is not expected anywhere", rows[i].expression);
        assert_covers(it->submission->source, outcome.at.span, rows[i].expected);
    }
}

/* ---- numbers and lists ---- */

static void test_numbers(void **state) {
    static const row rows[] = {
        {"decimal('0.1') + decimal('0.2') == decimal('0.3')", "true"},
        {"decimal('12.5') * 2", "25"},
        {"3 - decimal('0.5')", "2.5"},
        {"-decimal('20%')", "-20%"},
        {"decimal('20%') + decimal('5%')", "25%"},
        {"decimal('20%') - decimal('5%')", "15%"},
        {"decimal('20%') + 0", "20%"},
        /* A percentage of a number is the part. */
        {"300 * decimal('20%')", "60"},
        {"decimal('20%') * decimal('0.5')", "0.1"},
        {"decimal('20%') * decimal('50%')", "10%"},
        {"decimal('7%') * 100 < 50", "true"},
        {"decimal('20%') > 0", "true"},
        {"decimal('20%') == decimal('20.0%')", "true"},
        {"decimal(39999):share_of(200000, decimal('20%'))", "19.9995%"},
        {"decimal(18):share_of(95)", "18.9%"},
        {"decimal(1) == 1", "false"},
        {"decimal(1):equals(1)", "true"},
        {"decimal('1.50') == decimal('1.5')", "true"},
        {"decimal(1) < 2 and 1 < decimal(2) and decimal(2) <= 2", "true"},
        {"decimal(7.0)", "7"},
        {"s.measures[1].points + s.measures[2].points", "100.5"},
        {"s.measures:map(function(m) return m.points end):sum()", "160.5"},
        {"s.measures:where(function(m) return m.mandatory end)", "measure M1, measure M2"},
        {"s.measures:where(function(m) return false end):first()", "nil"},
        {"s.measures:where(function(m) return false end):sum()", "0"},
        {"s.measures:count()", "4"},
        {"#s.measures:map(function(m) return m.group end)", "2"},
        {"s.measures[5]", "nil"},
    };
    assert_values(*state, ROWS(rows));
}

/* ---- what goes wrong ---- */

static void test_unknown_names(void **state) {
    static const row rows[] = {
        {"r.tetx", "a response has no \"tetx\"; did you mean \"text\"?"},
        {"r.item.targt", "an item has no \"targt\"; did you mean \"target\"?"},
        {"r.zzz", "a response has no \"zzz\""},
        {"r[1]", "a response is asked for a name, not for a number"},
        {"s.fields.conty", "the list of fields has no \"conty\"; did you mean \"county\"?"},
        {"s.records.alocation", "the list of records has no \"alocation\"; did you mean \"allocation\"?"},
        {"s.records.allocation[1].pionts", "a record has no \"pionts\"; did you mean \"points\"?"},
        {"s.records.allocation[1]:cell('are')", "a record has no \"are\"; did you mean \"area\"?"},
        {"s.measures:larges()", "a list has no \"larges\"; did you mean \"largest\"?"},
        {"s.records.allocation:frist()", "a record list has no \"frist\"; did you mean \"first\"?"},
        {"s:measure('M11')", "the list of the form's measures has no \"M11\"; did you mean \"M1\"?"},
        {"s:response('M1.3')", "the list of the form's items has no \"M1.3\"; did you mean \"M1.1\"?"},
        {"form.tables.partys", "the list of tables has no \"partys\"; did you mean \"party\"?"},
        {"form.tables.party[1].nam", "a row has no \"nam\"; did you mean \"name\"?"},
        {"r.text:find(quarter).yaer", "a match has no \"yaer\"; did you mean \"year\"?"},
        {"r.text:find(quarter)[4]", "the pattern has no group 4; it has 3"},
        {"r:copied_from(decimal('80%'))",
         "this asks for other submissions, and here is one; nearest_earlier asks within it"},
        {"r:copied_from(decimal('0%'))", "a share of at least 0.01% is needed, to tell copies from other texts"},
        {"r:copied_from(decimal('80%'), 2)", "3 words in a row are needed, to tell copies from other texts"},
        {"r.text:words_by('uax-29')", "the list of ways to count words has no \"uax-29\"; did you mean \"uax29\"?"},
        {"r.text:telling_words({ 'The first' }, 9, '')", "words are told apart by 1 to 8 letters, not by 9"},
        {"r.text:telling_words({ 5 }, 5, '')", "expected a string that is printed, got a number"},
        {"r.text:telling_words({ 'The first' }, 5, '', nil, 25)",
         "bad argument #5 to 'telling_words' (a share is a percentage from 0% to 100%)"},
        {"r.text:telling_words({ 'The first' }, 5, '', nil, decimal('101%'))",
         "bad argument #5 to 'telling_words' (a share is a percentage from 0% to 100%)"},
    };
    assert_raises(*state, ROWS(rows));
}

static void test_misuse(void **state) {
    static const row rows[] = {
        {"1; r.text = 'x'", "a response is read-only"},
        {"1; r.item.target = 3", "an item is read-only"},
        {"r.text.find(r)", "expected a text, got a response"},
        {"r.text:find('Q3')", "expected a pattern, got a string; make one at file level: local wanted = pattern [[…]]"},
        {"r.text:find(nil)", "expected a pattern, got nothing (nil)"},
        {"r.text:mentions(3)", "expected phrases, a text, a row of a table, or a list of these, got a number"},
        {"r.text:mentions({})", "there is nothing to look for: the list of phrases is empty"},
        {"r.text:mentions({ 'x', 3 })", "phrases are texts or rows of a table; number 2 is a number"},
        {"pattern [[x]]", "patterns are made at file level, outside any function, so that each is compiled once"},
        {"phrases { 'x' }", "phrases are made at file level, outside any function, so that each set is built once"},
        {"decimal(1) < 1.5", "expected a number, got 1.5, which Lua does not keep exactly; write decimal(\"1.5\")"},
        {"decimal(1) + r", "expected a number, got a response"},
        {"decimal('20%') + 5",
         "a percentage (20%) and a number (5) cannot be added; the part that a percentage is of a number is their "
         "product, "
         "decimal(\"20%\") * number, and share_of and share_at_most hold a part of a whole against one"},
        {"1 - decimal('20%')",
         "a number (1) and a percentage (20%) cannot be subtracted; the part that a percentage is of a number is their "
         "product, decimal(\"20%\") * number, and share_of and share_at_most hold a part of a whole against one"},
        {"decimal('20%') < 1", "a percentage (20%) and a number (1) cannot be compared; a percentage is written "
                               "decimal(\"1%\"), and share_of "
                               "and share_at_most hold a part of a whole against one"},
        {"decimal('20%') == decimal('20')", "a percentage (20%) and a number (20) cannot be compared; a percentage is "
                                            "written decimal(\"20%\"), and share_of "
                                            "and share_at_most hold a part of a whole against one"},
        {"r.text:amounts():first() < s.responses[2].text:counts():first()",
         "an amount of money (4000000) and a count (5) cannot be compared"},
        {"r.text:amounts():first().value + s.responses[2].text:counts():first().value",
         "an amount of money (4000000) and a count (5) cannot be added"},
        {"r.text:amounts():first().value * r.text:amounts():first().value",
         "an amount of money (4000000) and an amount of money (4000000) cannot be multiplied"},
        {"1; r.text:amounts():first():equals(r.item.target)",
         "an amount of money (4000000) and a percentage (20%) cannot be compared; a percentage is written "
         "decimal(\"4000000%\"), and share_of and share_at_most hold a part of a whole against one"},
        {"decimal(1):share_of(3, 20)", "expected a percentage, decimal(\"20%\"), got a number"},
        {"decimal(1) / 3", "decimals are not divided, since a quotient need not be exact; compare a share with "
                           "share_of(part, whole, minimum), or show it with part:share_of(whole)"},
        {"s.measures:sum()", "sum needs numbers; element 1 of the list is a measure"},
        {"s.measures:map(3)", "expected a function, got a number"},
        {"r.words:from(32)", "there is no word 32; the text has 31"},
        {"fail()", "expected a message, got nothing (nil)"},
        {"fail(string.char(255))", "a message must be UTF-8; was a text cut in the middle of a character?"},
        {"fail('x'):at(nil)", "expected a place, got nothing (nil); is the value absent?"},
        {"fail('x'):at(form)", "a form has no place in the submission"},
        {"fail('x'):at({})", "a table has no place in the submission"},
        {"fail('x'):at(form.sections:where(function() return false end))", "a list has no place in the submission"},
        {"fail('x'):with_state('failed')", "the list of states has no \"failed\"; did you mean \"fail\"?"},
    };
    assert_raises(*state, ROWS(rows));
}

static void test_inexact_arithmetic_stops(void **state) {
    world *it = *state;
    static const row rows[] = {{"pcall(function() return decimal(math.maxinteger) * math.maxinteger end)", ""}};
    open_checks(it, "local ok = ", &rows[0].expression, sizeof rows[0], 1, " return pass('caught')");
    pv_outcome outcome = evaluate(it, 0);
    assert_int_equal(outcome.state, PV_STATE_NOT_CHECKED);
    assert_int_equal(outcome.fault->kind, PV_FAULT_RANGE);
}

static void test_file_level_has_no_submission(void **state) {
    world *it = *state;
    pv_limits limits = pv_limits_default();
    pv_error error = {0};
    assert_true(pv_source_new(&it->file, it->base.arena, PV_STR("test.lua"),
                              PV_STR("local measures = form.sections[1].measures"), &limits, &error));
    pv_lua_config config = {.form = form_of(&it->base, form_yaml), .limits = limits, .memory = &it->base.memory};
    const pv_source *files[] = {it->file};
    assert_true(pv_lua_ruleset_open(&it->ruleset, &config, files, 1, &error));
    assert_int_equal(it->ruleset->fault_count, 1);
    assert_str(it->ruleset->faults[0].message, "no submission is open at file level");
}

static void assert_pattern_refused(world *it, const char *file, const char *expected) {
    pv_limits limits = pv_limits_default();
    pv_error error = {0};
    assert_true(pv_source_new(&it->file, it->base.arena, PV_STR("test.lua"), pv_str_from(file), &limits, &error));
    pv_lua_config config = {.form = form_of(&it->base, form_yaml), .limits = limits, .memory = &it->base.memory};
    const pv_source *files[] = {it->file};
    assert_true(pv_lua_ruleset_open(&it->ruleset, &config, files, 1, &error));
    assert_int_equal(it->ruleset->fault_count, 1);
    pv_str message = it->ruleset->faults[0].message;
    if (!pv_str_starts_with(message, pv_str_from(expected)))
        fail_msg("is                %s\nshould begin with %s", message.data, expected);
    close_rules(it);
}

static void test_refused_patterns(void **state) {
    assert_pattern_refused(*state, "local p = pattern [[a(b]]", "the pattern is at fault");
    assert_pattern_refused(*state, "local p = pattern('a', 'q')", "a pattern's flags are");
    assert_pattern_refused(*state, "local p = phrases { '--' }", "phrase 1 (\"--\") holds no letter and no number");
}

/* ---- verdicts ---- */

static void test_verdict(void **state) {
    world *it = *state;
    static const row rows[] = {
        {"pass()", ""},
        {"fail('%s of %d is 100%%', decimal('18.5'), 95):from(r.words[1], r.words[2])", ""},
        {"review('see there'):see(r.words[4], 'the word %s', r.words[4]):working('one'):working('%s', 2)", ""},
        {"not_applicable('no reason'):with_state('review')", ""},
    };
    open_checks(it, "return ", &rows[0].expression, sizeof rows[0], 4, "");
    pv_outcome pass = evaluate(it, 0);
    assert_int_equal(pass.state, PV_STATE_PASS);
    assert_str(pass.message, "");
    assert_false(pass.has_at);
    pv_outcome fail = evaluate(it, 1);
    assert_int_equal(fail.state, PV_STATE_FAIL);
    assert_str(fail.message, "18.5 of 95 is 100%");
    assert_covers(it->submission->source, fail.at.span, "We will");
    pv_outcome review = evaluate(it, 2);
    assert_int_equal(review.state, PV_STATE_REVIEW);
    assert_int_equal(review.related_count, 1);
    assert_str(review.related[0].message, "the word hire");
    assert_covers(it->submission->source, review.related[0].at.span, "hire");
    assert_int_equal(review.working_count, 2);
    assert_str(review.working[0], "one");
    assert_str(review.working[1], "2");
    assert_int_equal(evaluate(it, 3).state, PV_STATE_REVIEW);
}

static void test_verdict_is_readable(void **state) {
    static const row rows[] = {
        {"fail('no')", "fail: no"},
        {"pass()", "pass"},
        {"fail('no').state", "fail"},
        {"not_applicable('why').state", "not-applicable"},
        {"fail('no').message", "no"},
        {"fail('no'):working('a'):working('b').steps", "a, b"},
        {"fail('no'):see(r, 'there').related", "there"},
    };
    assert_values(*state, ROWS(rows));
}

/* What one rule keeps or changes of a list reaches no other rule. */
static void test_lists_are_copies(void **state) {
    static const row rows[] = {
        {"(function() local m = s.measures table.remove(m, 1) return #m end)()", "3"},
        {"#s.measures", "4"},
        {"(function() local v = fail('x'):working('a') table.remove(v.steps) return #v.steps end)()", "1"},
    };
    assert_values(*state, ROWS(rows));
}

/* ---- documentation ---- */

static void assert_sentence(const char *owner, const char *name, const char *doc) {
    if (!doc || !pv_str_ends_with(pv_str_from(doc), PV_STR(".")))
        fail_msg("%s.%s is not described by a sentence", owner, name);
}

/* "words: words" for an attribute, ":find(pattern: pattern): match?" for a method. */
static void assert_documented(const char *owner, const pv_member *member) {
    assert_int_equal((member->get != NULL) + (member->push != NULL) + (member->method != NULL), 1);
    assert_sentence(owner, member->name, member->doc);
    char start[60];
    (void)snprintf(start, sizeof start, member->method ? ":%s(" : "%s: ", member->name);
    if (!pv_str_starts_with(pv_str_from(member->signature), pv_str_from(start)))
        fail_msg("%s.%s has the signature %s", owner, member->name, member->signature);
}

/* Reference pages are made from the registration records alone. */
static void test_every_name_is_documented(void **state) {
    (void)state;
    for (const pv_class *const *each = pv_classes; *each; each++) {
        const pv_class *class = *each;
        assert_sentence("class", class->name, class->doc);
        assert_non_null(class->to_string);
        assert_true(!class->inherited || (class->length && class->index));
        for (const pv_member *member = class->members; member->name; member++) {
            assert_documented(class->name, member);
            for (const pv_member *later = member + 1; later->name; later++)
                assert_string_not_equal(member->name, later->name);
        }
    }
    for (const pv_member *member = pv_list_members; member->name; member++)
        assert_documented("list", member);
}

/* ---- sessions ---- */

/* The file level runs again in each session's state, and finds its patterns and phrases compiled. */
static void test_next_session_compiles_nothing(void **state) {
    world *it = *state;
    static const row rows[] = {{"r.text:find(quarter).year", ""}, {"r.text:mentions(reach)[1]", ""}};
    open_checks(it, "return fail('x'):at(", &rows[0].expression, sizeof rows[0], 2, ")");
    size_t compiled = it->base.memory.used;
    it->ruleset->methods->end(it->session);
    pv_error error = {0};
    assert_true(it->ruleset->methods->begin(it->ruleset, it->submission, &it->session, &error));
    assert_true(it->base.memory.used <= compiled);
    assert_covers(it->submission->source, evaluate(it, 0).at.span, "2022");
    assert_covers(it->submission->source, evaluate(it, 1).at.span, "hard-to-reach");
}

/* Whichever request for memory is refused, the rule ends with a fault for memory or with its verdict. */
static void test_refused_memory(void **state) {
    world *it = *state;
    static const row rows[] = {
        {"r.text:percentages():largest()", ""},
        {"r.text:items()[1]", ""},
        {"r.text:mentions({ 'hard to reach' })[1]", ""},
        {"r.text:find(quarter)", ""},
        {"s.responses[2].text:similarity(s.responses[3].text).first", ""},
        {"s.responses[3]:nearest_earlier()", ""},
        {"r.words[3].words", ""},
        {"s:response('M3').text:paragraphs()[2]:percentages():largest() or r", ""},
    };
    size_t count = sizeof rows / sizeof rows[0];
    open_checks(it, "return fail('x'):at(", &rows[0].expression, sizeof rows[0], count, ")");
    for (size_t rule = 0; rule < count; rule++) {
        bool refused = true;
        for (size_t request = 1; refused; request++) {
            const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
            pv_outcome outcome = {0};
            pv_error error = {0};
            it->base.memory.fail_after = request;
            bool kept = it->ruleset->methods->evaluate(it->session, rule, &subject, it->base.arena, &outcome, &error);
            refused = it->base.memory.fail_after == 0;
            it->base.memory.fail_after = 0;
            if (!refused)
                assert_int_equal(outcome.state, PV_STATE_FAIL);
            else if (kept && outcome.state == PV_STATE_NOT_CHECKED)
                assert_int_equal(outcome.fault->kind, PV_FAULT_MEMORY);
            else
                assert_true(kept || error.code == PV_ERROR_MEMORY);
        }
    }
}

#define world_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        world_test(test_submission),
        world_test(test_form),
        world_test(test_measure_and_item),
        world_test(test_fields_and_records),
        world_test(test_text),
        world_test(test_search),
        world_test(test_places),
        world_test(test_absent_places),
        world_test(test_numbers),
        world_test(test_unknown_names),
        world_test(test_misuse),
        world_test(test_inexact_arithmetic_stops),
        world_test(test_file_level_has_no_submission),
        world_test(test_refused_patterns),
        world_test(test_verdict),
        world_test(test_verdict_is_readable),
        world_test(test_lists_are_copies),
        cmocka_unit_test(test_every_name_is_documented),
        world_test(test_next_session_compiles_nothing),
        world_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
