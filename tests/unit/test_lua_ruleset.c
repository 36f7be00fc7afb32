/* Rule files that are refused and why; rules that misbehave and how; what of a rule reaches the engine. */
#include "lua_fixture.h"

/* ---- loading ---- */

typedef struct refusal {
    const char *name;
    const char *text;
    const char *message;
    uint32_t line;
    size_t rules_left;
} refusal;

#define GOOD RULE("good", "return pass()")
#define GOOD_LINES 4

static const refusal refusals[] = {
    {"syntax error", "rule \"x\" {\n  title = ,\n}\n", "a value is missing here, after =", 2, 0},
    {"syntax error at the end", GOOD "rule \"x\" {\n", "the { that opens here is not closed", GOOD_LINES + 1, 0},
    {"bytecode", "\x1bLua\n", "attempt to load a binary chunk", 0, 0},
    {"error after a rule", GOOD "error(\"stop here\")\n", "stop here", GOOD_LINES + 1, 1},
    {"undeclared name", GOOD "local x = patern\n", "did you mean \"pattern\"?", GOOD_LINES + 1, 1},
    {"new global", "helper = 1\n" GOOD, "declare \"local helper\" first", 1, 0},
    {"submission at file level", "local x = form.sections[1].measures\n", "no submission is open at file level", 1, 0},
    {"bad pattern", "local p = pattern [[(]]\n", "parenthesis", 1, 0},
    {"unknown key", GOOD "rule \"x\" { chek = 1 }\n", "there is no key \"chek\"; did you mean \"check\"?",
     GOOD_LINES + 1, 1},
    {"value without a key", "rule \"x\" { \"title\" }\n" GOOD, "without a key", 1, 1},
    {"wrong type", "rule \"x\" { title = 5 }\n" GOOD, "\"title\" is a number; it must be a string", 1, 1},
    {"missing key", "\n\nrule \"x\" { title = \"t\" }\n" GOOD, "\"citation\" is missing", 3, 1},
    {"no table", "rule \"x\"(5)\n", "table expected", 1, 0},
    {"no id", "rule { }\n", "a rule's id is a string", 1, 0},
    {"id without a table", "rule \"x\"\n" GOOD, "its table is missing after the id", 1, 1},
    {"twice the same id", GOOD GOOD, "is declared already", GOOD_LINES + 1, 1},
    {"unknown level",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"eror\",\n"
     "check = pass }\n",
     "level \"eror\" does not exist; did you mean \"error\"?", 1, 0},
    {"unknown subject",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"reponse\", level = \"note\",\n"
     "check = pass }\n",
     "each \"reponse\" does not exist; did you mean \"response\"?", 1, 0},
    {"record without a kind",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"record\", level = \"note\",\n"
     "check = pass }\n",
     "\"record\" is missing", 1, 0},
    {"unknown kind of record",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"record\", level = \"note\",\n"
     "record = \"meetings\", check = pass }\n",
     "record \"meetings\" does not exist; did you mean \"meeting\"?", 2, 0},
    {"kind of record without records",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "record = \"meeting\", check = pass }\n",
     "goes with each = \"record\" only", 2, 0},
    {"unknown key of an example",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "check = pass, examples = { { state = \"pass\" }, { state = \"pass\", respons = \"\" } } }\n",
     "example 2: there is no key \"respons\"; did you mean \"response\"?", 2, 0},
    {"unknown state of an example",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "check = pass, examples = { { state = \"passes\" } } }\n",
     "example 1: state \"passes\" does not exist; did you mean \"pass\"?", 2, 0},
    {"day that does not exist",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "check = pass, since = \"2022-02-30\" }\n",
     "since is \"2022-02-30\": there is no such day in the calendar", 2, 0},
    {"end before the beginning",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "check = pass, since = \"2022-07-02\", [\"until\"] = \"2022-07-01\" }\n",
     "\"until\" is a day before \"since\"", 1, 0},
    {"until without brackets", "rule \"x\" { title = \"t\", until = \"2022-07-01\" }\n",
     "\"until\" is a word of Lua, so the key is written [\"until\"] = …", 1, 0},
    {"tag that is no text",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "check = pass, tags = { \"money\", 5 } }\n",
     "tags: a list holds texts, not a number", 2, 0},
    {"review that weighs more than a failure",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "review_level = \"warning\", check = pass }\n",
     "\"review_level\" is above the level of a failure", 2, 0},
    {"misspelt level of a review",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "review_level = \"notes\", check = pass }\n",
     "review_level \"notes\" does not exist; did you mean \"note\"?", 2, 0},
    {"pair of no matrix",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"pair\", level = \"note\", check = pass }\n",
     "\"matrix\" is missing: of which matrix", 1, 0},
    {"matrix that the form has not",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"pair\", level = \"note\",\n"
     "matrix = \"cover\", check = pass }\n",
     "matrix \"cover\" does not exist", 2, 0},
    {"matrix of what is no pair",
     "rule \"x\" { title = \"\", citation = \"\", remedy = \"\", each = \"section\", level = \"note\",\n"
     "matrix = \"cover\", check = pass }\n",
     "\"matrix\" goes with each = \"pair\" only", 2, 0},
    /* What a file shares has no line of its own; its rules stay. */
    {"shares no table", "return 5\n",
     "a rule file returns nothing, or a table of what the files after it may use, not a number", 0, 0},
    {"shares without names", "return { 5 }\n", "what a rule file shares has names", 0, 0},
    {"shares a name of the language", GOOD "return { limit = 1, fail = pass }\n",
     "\"fail\" cannot be shared: there is such a name already", 0, 1},
};

static void test_refusals_have_their_place(void **state) {
    lua_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        const refusal *row = &refusals[i];
        load_rules(fixture, row->text);
        const pv_ruleset *ruleset = fixture->ruleset;
        if (ruleset->fault_count != 1)
            fail_msg("%s: %zu faults", row->name, ruleset->fault_count);
        const pv_fault *fault = &ruleset->faults[0];
        if (!holds(fault->message, row->message) || fault->at.line != row->line || fault->kind != PV_FAULT_LOAD ||
            ruleset->rule_count != row->rules_left)
            fail_msg("%s: line %u, %zu rules, %s: %.*s", row->name, fault->at.line, ruleset->rule_count,
                     pv_fault_kind_name(fault->kind), PV_STR_ARG(fault->message));
        assert_str(fault->path, RULES_PATH);
    }
}

static void test_a_refused_rule_is_named(void **state) {
    lua_fixture *fixture = *state;
    load_rules(fixture, "rule \"x\" {}\n" GOOD);
    assert_str(fixture->ruleset->faults[0].rule, "x");
    load_rules(fixture, "error(\"x\")\n");
    assert_str(fixture->ruleset->faults[0].rule, "");
}

static void test_metadata_and_order(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("b", "return pass()") "\n  rule \"a\" { title = \"T\", citation = \"C\", remedy = \"R\",\n"
                                                   "why = \"W\", each = \"record\", record = \"meeting\",\n"
                                                   "level = \"note\", blank = true, check = pass,\n"
                                                   "since = \"2022-01-01\", [\"until\"] = \"2022-12-31\",\n"
                                                   "tags = { \"money\", \"dates\" }, replaces = { \"c\" },\n"
                                                   "examples = { { state = \"pass\" } } }\n");
    assert_int_equal(fixture->ruleset->rule_count, 2);
    const pv_rule *rule = &fixture->ruleset->rules[0];
    assert_str(rule->id, "a");
    assert_str(rule->title, "T");
    assert_str(rule->citation, "C");
    assert_str(rule->remedy, "R");
    assert_str(rule->why, "W");
    assert_str(rule->record_kind, "meeting");
    assert_int_equal(rule->level, PV_LEVEL_NOTE);
    assert_int_equal(rule->each, PV_SUBJECT_RECORD);
    assert_true(rule->checks_blank);
    assert_int_equal(rule->example_count, 1);
    assert_true(rule->has_since && rule->since.year == 2022 && rule->since.month == 1 && rule->since.day == 1);
    assert_true(rule->has_until && rule->until.year == 2022 && rule->until.month == 12 && rule->until.day == 31);
    assert_int_equal(rule->tag_count, 2);
    assert_str(rule->tags[1], "dates");
    assert_int_equal(rule->replaces_count, 1);
    assert_str(rule->replaces[0], "c");
    assert_int_equal(rule->parameter_count, 0);
    assert_str(pv_source_slice(rule->source, rule->at),
               "rule \"a\" { title = \"T\", citation = \"C\", remedy = \"R\",");
    rule = &fixture->ruleset->rules[1];
    assert_str(rule->id, "b");
    assert_str(rule->why, "");
    assert_false(rule->has_since || rule->has_until);
    assert_false(rule->checks_blank);
}

static void test_a_file_over_its_limit(void **state) {
    lua_fixture *fixture = *state;
    fixture->limits.rule_file_bytes = 10;
    load_rules(fixture, GOOD);
    assert_int_equal(fixture->ruleset->fault_count, 1);
    assert_int_equal(fixture->ruleset->faults[0].kind, PV_FAULT_LOAD);
    assert_int_equal(fixture->ruleset->rule_count, 0);
}

/* ---- running ---- */

typedef struct misbehaviour {
    const char *body;
    pv_fault_kind kind;
    const char *message;
    uint32_t line;
} misbehaviour;

/* The body's first line is line 3; a fault without a line of its own stands at the rule. */
static const misbehaviour misbehaviours[] = {
    {"", PV_FAULT_VERDICT, "\"check\" returned nothing", 1},
    {"return true", PV_FAULT_VERDICT, "\"check\" returned a boolean", 1},
    {"return \"pass\"", PV_FAULT_VERDICT, "\"check\" returned a string", 1},
    {"return pass", PV_FAULT_VERDICT, "\"check\" returned a function", 1},
    {"return subject", PV_FAULT_VERDICT, "it returns a verdict", 1},
    {"\nerror(\"oh no\")", PV_FAULT_ERROR, "oh no", 4},
    {"\n\nreturn subject.respones", PV_FAULT_ERROR, "did you mean \"responses\"?", 5},
    {"return subject.fields.countty", PV_FAULT_ERROR, "did you mean \"county\"?", 3},
    {"return respnse", PV_FAULT_ERROR, "the rule language has no \"respnse\"", 3},
    {"local x = nil return x.y", PV_FAULT_ERROR, "\"x\" is nothing (nil), and nothing can be asked of it", 3},
    {"local verdict = at_most(nil, 3) return verdict", PV_FAULT_ERROR, "at_most needs a number", 3},
    {"return at_most(nil, 3)", PV_FAULT_ERROR, "at_most needs a number", 3}, /* though a tail call leaves no line */
    {"local function a(x)\n return sums_to(x, 3)\nend\nlocal v = a({ \"x\" })\nreturn v", PV_FAULT_ERROR,
     "sums_to: element 1 of the list is a string, not a number", 4},
    {"return fail()", PV_FAULT_ERROR, "expected a message", 3},
    {"return fail(\"%d\", \"x\")", PV_FAULT_ERROR, "%d asks for a whole number of Lua, and value 1 is a string", 3},
    /* What pcall catches is a fault all the same, and the first error is the one that matters. */
    {"pcall(function() error(\"hidden\") end) return pass()", PV_FAULT_ERROR, "hidden", 3},
    {"pcall(function() return subject.feilds end) return pass()", PV_FAULT_ERROR, "did you mean \"fields\"?", 3},
    {"local ok, message = pcall(error, \"x\")\nerror(message .. \"!\")", PV_FAULT_ERROR, "x", 3},
    {"pcall(error, \"x\")\nwhile true do end", PV_FAULT_FUEL, "units of work", 4},
    {"return pass(tostring(decimal(\"9223372036854775807\") + 1))", PV_FAULT_RANGE, "", 3},
    {"pcall(function() return decimal(\"9223372036854775807\") + 1 end) return pass()", PV_FAULT_RANGE, "", 3},
};

static void test_misbehaviour_is_a_fault_with_its_line(void **state) {
    lua_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof misbehaviours / sizeof misbehaviours[0]; i++) {
        const misbehaviour *row = &misbehaviours[i];
        pv_str text = pv_arena_format(fixture->base.arena, RULE("a", "%s") RULE("b", "return pass(\"b\")"), row->body);
        open_rules(fixture, text.data);
        pv_outcome outcome = run_rule(fixture, "a");
        const pv_fault *fault = outcome.fault;
        if (outcome.state != PV_STATE_NOT_CHECKED || fault->kind != row->kind || !holds(fault->message, row->message) ||
            fault->at.line != row->line)
            fail_msg("%s: %s %s line %u: %.*s", row->body, pv_state_name(outcome.state),
                     pv_fault_kind_name(fault->kind), fault->at.line, PV_STR_ARG(fault->message));
        assert_str(fault->path, RULES_PATH);
        assert_str(run_rule(fixture, "b").message, "b");
    }
}

/* An error's message comes without the place that Lua puts before it: the fault has the place. */
static void test_a_message_has_no_place_in_it(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "error(\"5:6: odd: text\")") RULE("b", "error(\"caller\", 2)")
                            RULE("c", "local function f() error(\"outer\", 2) end\nf()"));
    assert_str(run_rule(fixture, "a").fault->message, "5:6: odd: text");
    assert_str(run_rule(fixture, "b").fault->message, "caller");
    pv_fault fault = *run_rule(fixture, "c").fault;
    assert_str(fault.message, "outer");
    assert_int_equal(fault.at.line, 12); /* the call, as level 2 says */
}

static void test_a_long_message_is_cut_between_characters(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "error((\"é\"):rep(500), 0)"));
    pv_str message = run_rule(fixture, "a").fault->message;
    assert_int_equal(message.size, 298); /* 149 times two bytes fit into 299 */
}

static void test_pcall_gives_what_the_standard_one_gives(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "local ok, one, two, three = pcall(function(x, y) return x, nil, y end, 1, 3)\n"
                                  "return pass(\"%s %s %s %s %d\", ok, one, two, three, select(\"#\", pcall(pass)))")
                            RULE("b", "trace(pcall(error, \"x\")) trace(pcall(error)) trace(pcall(error, 5))"));
    assert_str(run_rule(fixture, "a").message, "true 1 nil 3 2");
    pv_outcome outcome = run_rule(fixture, "b");
    assert_int_equal(outcome.state, PV_STATE_NOT_CHECKED);
    assert_str(outcome.working[0], "trace: false x");
    assert_str(outcome.working[1], "trace: false nil");
    assert_str(outcome.working[2], "trace: false 5");
}

/* ---- when ---- */

static const char *const conditions[][2] = {
    {"return true", NULL},
    {"return 0", NULL},
    {"return subject", NULL},
    {"return false", "does not apply to the submission"},
    {"", "does not apply to the submission"},
    {"return nil, \"because\"", "because"},
    {"return false, \"because\"", "because"},
    {"return true, \"because\"", NULL},
};

static void load_condition(lua_fixture *fixture, const char *body) {
    pv_str text = pv_arena_format(fixture->base.arena,
                                  "rule \"a\" { title = \"\", citation = \"\", remedy = \"\", level = \"note\",\n"
                                  "each = \"submission\", when = function(subject, submission)\n%s\nend,\n"
                                  "check = function() return pass(\"ran\") end }",
                                  body);
    open_rules(fixture, text.data);
}

static void test_when_decides_whether_a_rule_applies(void **state) {
    lua_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        load_condition(fixture, conditions[i][0]);
        pv_outcome outcome = run_rule(fixture, "a");
        const char *reason = conditions[i][1];
        assert_int_equal(outcome.state, reason ? PV_STATE_NOT_APPLICABLE : PV_STATE_PASS);
        assert_str(outcome.message, reason ? reason : "ran");
    }
}

static void test_when_that_returns_a_verdict_or_raises_is_a_fault(void **state) {
    lua_fixture *fixture = *state;
    load_condition(fixture, "return not_applicable(\"x\")");
    assert_int_equal(run_rule(fixture, "a").fault->kind, PV_FAULT_VERDICT);
    load_condition(fixture, "return subject.xyzzy");
    pv_fault fault = *run_rule(fixture, "a").fault;
    assert_int_equal(fault.kind, PV_FAULT_ERROR);
    assert_int_equal(fault.at.line, 3);
}

/* ---- outcomes ---- */

static void test_an_outcome_has_all_its_parts(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "local county, plan = subject.fields.county, subject.fields.plan\n"
                                  "return review(\"%s of %d%%\", county, 5):at(county.text.words[2])\n"
                                  "  :see(plan, \"none\"):working(\"1 + 1 = %d\", 2):working(\"so\")"));
    pv_outcome outcome = run_rule(fixture, "a");
    assert_int_equal(outcome.state, PV_STATE_REVIEW);
    assert_str(outcome.message, "Los Angeles of 5%");
    assert_true(outcome.has_at);
    assert_false(outcome.at.expected_here);
    assert_covers(fixture->submission->source, outcome.at.span, "Angeles");
    assert_int_equal(outcome.related_count, 1);
    assert_str(outcome.related[0].message, "none");
    assert_true(outcome.related[0].at.expected_here);
    assert_int_equal(outcome.working_count, 2);
    assert_str(outcome.working[0], "1 + 1 = 2");
    assert_str(outcome.working[1], "so");
}

static void test_subjects_reach_the_rule(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "return pass(\"%s %s\", subject.id or \"\", submission.fields.county)")
                            RULE("b", "return pass(\"%s\", subject.place)"));
    pv_subject subject = {.kind = PV_SUBJECT_RESPONSE, .response = &fixture->submission->responses[0]};
    assert_str(run_on(fixture, "a", &subject).message, "1.1.6.1 Los Angeles");
    subject = (pv_subject){.kind = PV_SUBJECT_MEASURE, .measure = &fixture->submission->measures[0]};
    assert_str(run_on(fixture, "a", &subject).message, "1.1.6 Los Angeles");
    subject = (pv_subject){.kind = PV_SUBJECT_SECTION, .section = &fixture->form->sections[0]};
    assert_str(run_on(fixture, "a", &subject).message, "1 Los Angeles");
    subject = (pv_subject){.kind = PV_SUBJECT_RECORD, .record = &fixture->submission->records[0].records[1]};
    assert_str(run_on(fixture, "b", &subject).message, "There");
}

static void test_bytes_that_are_not_utf8_never_leave(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "trace(string.char(97, 255, 98)) error(string.char(99, 192), 0)"));
    pv_outcome outcome = run_rule(fixture, "a");
    assert_str(fault_message(&outcome), "c\xEF\xBF\xBD");
    assert_str(outcome.working[0], "trace: a\xEF\xBF\xBD"
                                   "b");
}

/* ---- sessions ---- */

/* What a rule keeps at file level lasts for the submission and no longer. */
static void test_nothing_leaks_from_one_submission_to_the_next(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, "local seen = 0\nlocal kept = {}\n" RULE("a", "seen = seen + 1\nkept[seen] = subject\n"
                                                                      "return pass(\"%d %d\", seen, #kept)"));
    const pv_ruleset_methods *methods = fixture->ruleset->methods;
    for (size_t i = 0; i < 3; i++) {
        pv_error error = {0};
        assert_str(run_rule(fixture, "a").message, "1 1");
        assert_str(run_rule(fixture, "a").message, "2 2");
        methods->end(fixture->session);
        assert_true(methods->begin(fixture->ruleset, fixture->submission, &fixture->session, &error));
    }
}

static void test_two_sessions_at_once(void **state) {
    lua_fixture *fixture = *state;
    const pv_submission *other = submission_of(&fixture->base, fixture->form, "form: test\nfields: { county: Kern }\n");
    open_rules(fixture, RULE("a", "return pass(\"%s\", subject.fields.county)"));
    pv_session *first = fixture->session;
    pv_session *second = NULL;
    pv_error error = {0};
    assert_true(fixture->ruleset->methods->begin(fixture->ruleset, other, &second, &error));
    assert_str(run_rule(fixture, "a").message, "Los Angeles");
    fixture->session = second;
    assert_str(run_rule(fixture, "a").message, "Kern");
    fixture->ruleset->methods->end(first);
    assert_str(run_rule(fixture, "a").message, "Kern");
}

/* ---- memory ---- */

static const char small_rules[] =
    "local p = pattern [[\\d+]]\n"
    "rule \"a\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\", level = \"error\",\n"
    "tags = { \"length\" }, parameters = { n = { type = \"list\", default = { \"one\" }, means = \"m\" } },\n"
    "check = function(subject, _, parameters) return pass(\"%s %s\", #subject.responses, parameters.n[1]) end }\n";

/* Everything from opening to the verdict, with one allocation refused. */
static bool run_all(pv_memory *memory, const lua_fixture *fixture, pv_error *error) {
    pv_arena *arena = pv_arena_new(memory);
    pv_source *source = NULL;
    pv_ruleset *ruleset = NULL;
    pv_session *session = NULL;
    pv_outcome outcome = {.state = PV_STATE_NOT_CHECKED};
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    pv_lua_config config = {.form = fixture->form, .limits = fixture->limits, .memory = memory};
    bool done = arena &&
                pv_source_new(&source, arena, PV_STR(RULES_PATH), PV_STR(small_rules), &fixture->limits, error) &&
                pv_lua_ruleset_open(&ruleset, &config, (const pv_source *const[]){source}, 1, error) &&
                ruleset->methods->begin(ruleset, fixture->submission, &session, error) && ruleset->rule_count == 1 &&
                ruleset->methods->evaluate(session, 0, &subject, arena, &outcome, error);
    if (session)
        ruleset->methods->end(session);
    if (ruleset)
        ruleset->methods->free(ruleset);
    pv_arena_free(arena);
    return done && outcome.state == PV_STATE_PASS;
}

/* Refusing every so many-th allocation: each time the run ends without a crash, without a leak, and not with a pass. */
static void test_every_refused_allocation_is_survived(void **state) {
    const lua_fixture *fixture = *state;
    bool refused = true;
    for (size_t request = 1; refused; request += 1 + request / 50) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_error error = {0};
        memory.fail_after = request;
        bool passed = run_all(&memory, fixture, &error);
        refused = memory.fail_after == 0;
        assert_int_equal(memory.used, 0);
        assert_true(passed || refused);
    }
}

/* A state that may hold ever more: at each size, opening fails cleanly or everything works. */
static void test_every_size_of_state_is_survived(void **state) {
    lua_fixture *fixture = *state;
    bool passed = false;
    for (size_t bytes = 1000; !passed; bytes += 499) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_error error = {0};
        fixture->limits.lua_bytes = bytes;
        passed = run_all(&memory, fixture, &error);
        assert_int_equal(memory.used, 0);
        assert_true(bytes < 1000000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(test_refusals_have_their_place),
        lua_test(test_a_refused_rule_is_named),
        lua_test(test_metadata_and_order),
        lua_test(test_a_file_over_its_limit),
        lua_test(test_misbehaviour_is_a_fault_with_its_line),
        lua_test(test_pcall_gives_what_the_standard_one_gives),
        lua_test(test_a_message_has_no_place_in_it),
        lua_test(test_a_long_message_is_cut_between_characters),
        lua_test(test_when_decides_whether_a_rule_applies),
        lua_test(test_when_that_returns_a_verdict_or_raises_is_a_fault),
        lua_test(test_an_outcome_has_all_its_parts),
        lua_test(test_subjects_reach_the_rule),
        lua_test(test_bytes_that_are_not_utf8_never_leave),
        lua_test(test_nothing_leaks_from_one_submission_to_the_next),
        lua_test(test_two_sessions_at_once),
        lua_test(test_every_refused_allocation_is_survived),
        lua_test(test_every_size_of_state_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
