/* Every known way out of the sandbox, or of its budget, with the stop it must meet; and after each, the proof that the
 * next rule still delivers. */
#include "lua_fixture.h"

/* What must come of an attack. */
typedef enum ending {
    HARMLESS, /* passes: there is nothing to stop */
    ERROR,    /* an ordinary error that names what is not there */
    FUEL,
    MEMORY,
    TIME,
    STOP, /* one of the three, whichever limit is met first on this machine */
} ending;

typedef struct attack {
    const char *name;
    const char *body; /* of a check */
    ending ending;
    const char *message; /* part of the fault's message; NULL: any */
} attack;

static const attack attacks[] = {
    /* Loops. */
    {"loop", "while true do end", FUEL, NULL},
    {"goto loop", "::again:: goto again", FUEL, NULL},
    {"tail calls", "local function f() return f() end return f()", FUEL, NULL},
    {"loop in pcall", "pcall(function() while true do end end) return pass()", FUEL, NULL},
    {"loop of pcalls", "while true do pcall(error) end", FUEL, NULL},
    {"loop in a nested pcall", "while true do pcall(pcall, function() while true do end end) end", FUEL, NULL},
    {"loop in a sort order", "table.sort({3, 2, 1}, function() while true do end end)", FUEL, NULL},
    {"inconsistent sort order",
     "local t = {} for i = 1, 200 do t[i] = i end "
     "table.sort(t, function() return true end) return pass()",
     HARMLESS, NULL},
    /* Handlers, finalizers, coroutines: not there. */
    {"xpcall", "xpcall(error, error)", ERROR, "has no \"xpcall\"; did you mean \"pcall\"?"},
    {"finalizer", "setmetatable({}, {__gc = function() while true do end end})", ERROR, "has no \"setmetatable\""},
    {"getmetatable", "getmetatable(\"\").__index = {}", ERROR, "has no \"getmetatable\""},
    {"coroutine", "coroutine.wrap(function() end)()", ERROR, "has no \"coroutine\""},
    {"rawset", "rawset(_ENV, \"x\", 1)", ERROR, "has no \"rawset\""},
    {"next", "next({})", ERROR, "has no \"next\""},
    /* Lua patterns: not there, by either road. */
    {"match", "string.match((\"a\"):rep(100), \".-.-.-b\")", ERROR, "string has no \"match\""},
    {"match method", "local s = (\"a\"):rep(100) return s:match(\".-b\")", ERROR, "a string has no \"match\""},
    {"gsub method", "return (\"x\"):gsub(\".\", \"%0\")", ERROR, "a string has no \"gsub\""},
    {"gmatch", "string.gmatch(\"x\", \".\")", ERROR, "string has no \"gmatch\""},
    {"find with a pattern", "return (\"a1\"):find(\"%d\")", ERROR, "plain text"},
    /* Library functions that would run long without the hook. */
    {"rep of nothing", "string.rep(\"\", 1 << 60) return pass()", HARMLESS, NULL},
    {"rep of much", "string.rep(\"x\", 1 << 40)", MEMORY, "a text grew longer than 1048576 bytes"},
    {"rep method", "return (\"x\"):rep(1 << 40)", MEMORY, NULL},
    {"rep with a separator", "string.rep(\"\", 1 << 40, \", \")", MEMORY, NULL},
    {"rep past the largest integer", "string.rep(\"xx\", math.maxinteger)", MEMORY, NULL},
    {"rep in pcall", "pcall(string.rep, \"x\", 1 << 40) return pass()", MEMORY, NULL},
    {"move", "table.move({}, 1, 1 << 40, 2)", ERROR, "table has no \"move\""},
    {"insert in front", "local t = {} for i = 1, 200000 do table.insert(t, 1, i) end", FUEL, NULL},
    {"remove in front", "local t = {} for i = 1, 200000 do t[i] = i end for i = 1, 200000 do table.remove(t, 1) end",
     FUEL, NULL},
    {"unpack of much", "table.unpack({}, 1, 1 << 40)", FUEL, NULL},
    {"unpack of everything", "table.unpack({}, math.mininteger, math.maxinteger)", FUEL, NULL},
    {"unpack in a loop", "while true do table.unpack({}, 1, 900000) end", FUEL, NULL},
    {"concat of much", "local t, s = {}, (\"x\"):rep(100000) for i = 1, 50 do t[i] = s end table.concat(t)", MEMORY,
     "a text grew"},
    {"concat of everything", "table.concat({}, \"\", math.mininteger, math.maxinteger)", FUEL, NULL},
    {"sort of long equal strings",
     "local t, s = {}, (\"x\"):rep(1000000) "
     "for i = 1, 1000 do t[i] = s end table.sort(t)",
     FUEL, NULL},
    {"find with many near misses", "local s = (\"a\"):rep(1000000) return s:find((\"a\"):rep(500000) .. \"b\")", FUEL,
     NULL},
    {"upper in a loop", "local s = (\"x\"):rep(1000000) while true do s:upper() end", FUEL, NULL},
    {"reverse in a loop", "local s = (\"x\"):rep(1000000) while true do s:reverse() end", FUEL, NULL},
    {"utf8.len in a loop", "local s = (\"x\"):rep(1000000) while true do utf8.len(s) end", FUEL, NULL},
    {"tonumber in a loop", "local s = (\"1\"):rep(1000000) while true do tonumber(s) end", FUEL, NULL},
    {"format in a loop", "local s = (\"x\"):rep(1000000) while true do string.format(\"%s\", s) end", FUEL, NULL},
    {"bytes of a long string", "return (\"x\"):rep(1000000):byte(1, -1)", ERROR, "too long"},
    {"equality of long strings",
     "local a, b = (\"x\"):rep(1000000) .. \"a\", (\"x\"):rep(1000000) .. \"b\" "
     "while true do local c = a == b end",
     TIME, "ms of processor time"},
    {"order of long strings",
     "local a, b = (\"x\"):rep(1000000) .. \"a\", (\"x\"):rep(1000000) .. \"b\" "
     "while true do local c = a < b end",
     TIME, NULL},
    {"pairs of an emptied table",
     "local t = {} for i = 1, 300000 do t[i .. \"\"] = 1 end "
     "for k in pairs(t) do t[k] = nil end while true do pairs(t) end",
     STOP, NULL},
    /* Memory. */
    {"doubling", "local s = \"x\" while true do s = s .. s end", MEMORY, "a text grew"},
    {"doubling in pcall", "pcall(function() local s = \"x\" while true do s = s .. s end end) return pass()", MEMORY,
     NULL},
    {"growing table", "local t = {} while true do t[#t + 1] = {} end", STOP, NULL},
    {"many long strings", "local t, s = {}, (\"x\"):rep(1000000) for i = 1, 1000 do t[i] = s .. i end", MEMORY,
     "67108864 bytes of memory"},
    {"many long strings in pcall",
     "local t, s = {}, (\"x\"):rep(1000000) "
     "while true do pcall(function() for i = 1, 1000 do t[#t + 1] = s .. i end end) end",
     MEMORY, NULL},
    {"collecting again and again",
     "local t, s = {}, (\"x\"):rep(900000) "
     "for i = 1, 65 do t[i] = s .. i end "
     "while true do local u = s .. #t end",
     STOP, NULL},
    /* The stack. */
    {"recursion", "local function f() return 1 + f() end return f()", MEMORY, NULL},
    {"recursion in pcall", "local function f() pcall(f) end while true do f() end", FUEL, NULL},
    {"recursion through a sort", "local function f() table.sort({2, 1}, f) end f()", ERROR, "C stack overflow"},
    /* Addresses, time, chance. */
    {"%p", "string.format(\"%p\", {})", ERROR, "'%p'"},
    {"%p with a width", "string.format(\"%-20p\", {})", ERROR, "'%p'"},
    {"wide format", "string.format(\"%99999d\", 1)", ERROR, NULL},
    {"random", "math.random()", ERROR, "math has no \"random\""},
    {"os", "os.time()", ERROR, "has no \"os\""},
    {"io", "io.open(\"x\")", ERROR, "has no \"io\""},
    {"debug", "debug.getregistry()", ERROR, "has no \"debug\""},
    {"collectgarbage", "collectgarbage(\"stop\")", ERROR, "has no \"collectgarbage\""},
    {"print", "print(1)", ERROR, "has no \"print\""},
    /* Code. */
    {"load", "load(\"return 1\")()", ERROR, "has no \"load\""},
    {"dofile", "dofile(\"x\")", ERROR, "has no \"dofile\""},
    {"dump", "string.dump(function() end)", ERROR, "string has no \"dump\""},
    {"require", "require(\"x\")", ERROR, "has no \"require\""},
    {"package", "package.loadlib(\"x\", \"*\")", ERROR, "has no \"package\""},
    {"_G", "_G.x = 1", ERROR, "has no \"_G\""},
    /* What other rules use. */
    {"writing a global", "x = 1", ERROR, "declare \"local x\" first"},
    {"replacing a global", "pairs = nil", ERROR, "declare \"local pairs\" first"},
    {"replacing through _ENV", "_ENV.fail = pass", ERROR, "cannot be changed"},
    {"replacing a library function", "string.rep = nil", ERROR, "cannot be changed"},
    {"inserting into a library", "table.insert(string, 1)", ERROR, "cannot be changed"},
    {"sorting a library", "table.sort(string) return pass()", HARMLESS, NULL},
    {"method on a string", "local s = \"\" s.x = 1", ERROR, NULL},
    {"string arithmetic", "return \"10\" + 1", ERROR, "\"10\" is a string, and cannot be part of a sum"},
    {"rule inside a rule", "rule \"x\" {}", ERROR, "file level"},
    {"pattern inside a rule", "pattern [[x]]", ERROR, "file level"},
    /* Errors that are no messages. */
    {"error with a table", "error({})", ERROR, "raised a table"},
    {"error with nil", "error()", ERROR, "raised a nil"},
    {"error with a number", "error(42)", ERROR, "raised a number"},
};

static bool is_stop(pv_fault_kind kind) {
    return kind == PV_FAULT_FUEL || kind == PV_FAULT_MEMORY || kind == PV_FAULT_TIME;
}

static bool meets(ending wanted, const pv_outcome *outcome) {
    if (wanted == HARMLESS)
        return outcome->state == PV_STATE_PASS;
    if (outcome->state != PV_STATE_NOT_CHECKED)
        return false;
    switch (wanted) {
    case ERROR:
        return outcome->fault->kind == PV_FAULT_ERROR;
    case FUEL:
        return outcome->fault->kind == PV_FAULT_FUEL;
    case MEMORY:
        return outcome->fault->kind == PV_FAULT_MEMORY;
    case TIME:
        return outcome->fault->kind == PV_FAULT_TIME;
    default:
        return is_stop(outcome->fault->kind);
    }
}

static void assert_meets(const attack *row, const pv_outcome *outcome) {
    bool says = !row->message || holds(fault_message(outcome), row->message);
    if (meets(row->ending, outcome) && says)
        return;
    fail_msg("%s: %s %s \"%.*s%.*s\"", row->name, pv_state_name(outcome->state),
             pv_fault_kind_name(outcome->fault->kind), PV_STR_ARG(outcome->message),
             PV_STR_ARG(fault_message(outcome)));
}

/* The attack between two other rules: the one before and the one after it deliver. */
static void run_attack(lua_fixture *fixture, const attack *row) {
    /* Where fuel or memory is the stop, time must not be what saves us, however slow the machine. */
    fixture->limits.cpu_milliseconds = row->ending == TIME || row->ending == STOP ? 300 : 20000;
    pv_str text = pv_arena_format(fixture->base.arena,
                                  RULE("b.attack", "%s") RULE("a.before", "return pass(\"a\")")
                                      RULE("c.after", "return pass(\"c %%d\", #submission.responses)"),
                                  row->body);
    open_rules(fixture, text.data);
    assert_str(run_rule(fixture, "a.before").message, "a");
    pv_outcome outcome = run_rule(fixture, "b.attack");
    assert_meets(row, &outcome);
    assert_str(run_rule(fixture, "c.after").message, "c 2");
}

static void test_every_attack_meets_its_stop(void **state) {
    lua_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++)
        run_attack(fixture, &attacks[i]);
}

/* Plain formats are put together without the standard function; nobody can tell. */
static void test_formats_read_the_same_however_they_are_made(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("plain", "return pass('%d, %s, %s of %s%%', math.mininteger, 0, {}, decimal('1.5'))")
                            RULE("standard", "return pass('%3d|%-3s|%.1f|%s|%s', 7, 'b', 1.5, nil, true)")
                                RULE("no-argument", "return pass('%s, %s', 1)") RULE("cut", "return pass('100 %', 1)")
                                    RULE("none", "return pass('%s of %d, 100%% and 5 %')")
                                        RULE("signs", "return pass('%%%%%')"));
    assert_str(run_rule(fixture, "plain").message, "-9223372036854775808, 0, table of 1.5%");
    assert_str(run_rule(fixture, "standard").message, "  7|b  |1.5|nil|true");
    assert_int_equal(run_rule(fixture, "no-argument").fault->kind, PV_FAULT_ERROR);
    assert_int_equal(run_rule(fixture, "cut").fault->kind, PV_FAULT_ERROR);
    assert_str(run_rule(fixture, "none").message, "%s of %d, 100% and 5 %");
    assert_str(run_rule(fixture, "signs").message, "%%%");
}

/* A stop names the line of the rule file at which it was met. */
static void test_a_stop_has_its_line(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "local n = 0\nwhile true do\nn = n + 1 end"));
    pv_fault fault = *run_rule(fixture, "a").fault;
    assert_str(fault.path, RULES_PATH);
    assert_in_range(fault.at.line, 4, 5);
}

static void test_file_level_is_under_the_budget_too(void **state) {
    lua_fixture *fixture = *state;
    load_rules(fixture, RULE("a", "return pass()") "while true do end\n");
    assert_int_equal(fixture->ruleset->fault_count, 1);
    assert_int_equal(fixture->ruleset->faults[0].kind, PV_FAULT_FUEL);
    assert_int_equal(fixture->ruleset->faults[0].at.line, 5);
    assert_int_equal(fixture->ruleset->rule_count, 0);
}

/* What a rule keeps at file level is gone once it was stopped, and does not make other rules short of memory. */
static void test_a_stopped_rule_leaves_nothing_behind(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, "local kept = {}\n" RULE("a.hoards", "local s = (\"x\"):rep(1000000)\n"
                                                             "for i = 1, 1000 do kept[#kept + 1] = s .. i end")
                            RULE("b.looks", "return pass(\"%d\", #kept)"));
    assert_int_equal(run_rule(fixture, "a.hoards").fault->kind, PV_FAULT_MEMORY);
    assert_str(run_rule(fixture, "b.looks").message, "0");
}

static void test_a_rule_is_short_of_memory_only_by_itself(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, "local kept = {}\n" RULE("a.hoards", "local s = (\"x\"):rep(1000000)\n"
                                                             "for i = 1, 60 do kept[i] = s .. i end return pass()")
                            RULE("b.needs", "local t, s = {}, (\"x\"):rep(1000000)\n"
                                            "for i = 1, 20 do t[i] = s .. i end return pass()"));
    assert_int_equal(run_rule(fixture, "a.hoards").state, PV_STATE_PASS);
    assert_int_equal(run_rule(fixture, "b.needs").state, PV_STATE_PASS);
}

/* The fuel of a rule does not depend on what ran before it. */
static void test_fuel_is_the_same_every_time(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "local n = 0 for i = 1, 100 do n = n + i end return pass()")
                            RULE("b", "local n = 0 for i = 1, 1248000 do n = n + i end return pass()"));
    pv_state alone = run_rule(fixture, "b").state;
    for (size_t i = 0; i < 50; i++) {
        (void)run_rule(fixture, "a");
        assert_int_equal(run_rule(fixture, "b").state, alone);
    }
}

/* Memory costs fuel too: of two rules with as many instructions, the one that asks for memory takes more. */
static void test_memory_costs_fuel(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("asks", "local t for i = 1, 20000 do t = {i} end return pass()")
                            RULE("counts", "local t for i = 1, 20000 do t = i + i + i + i + i end return pass()"));
    pv_outcome asks = run_rule(fixture, "asks");
    pv_outcome counts = run_rule(fixture, "counts");
    assert_int_equal(asks.state, PV_STATE_PASS);
    assert_int_equal(counts.state, PV_STATE_PASS);
    assert_true(counts.work >= 20000);
    assert_true(asks.work >= counts.work + 40000); /* a table of one value is two blocks: of 56 bytes, and 16 */
}

static void test_pairs_goes_in_order(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "local t = {} t.b = 1 t[10] = 1 t[true] = 1 t.a = 1 t[2] = 1 t[-1.5] = 1\n"
                                  "local keys = {}\n"
                                  "for key in pairs(t) do keys[#keys + 1] = tostring(key) end\n"
                                  "return pass(\"%s\", table.concat(keys, \" \"))")
                            RULE("b", "local t = {1, 2, 3, 4} local seen = 0\n"
                                      "for key in pairs(t) do seen = seen + 1 t[key + 1] = nil end\n"
                                      "return pass(\"%d\", seen)") RULE("c", "for k in pairs({[{}] = 1}) do end"));
    assert_str(run_rule(fixture, "a").message, "-1.5 2 10 a b true");
    assert_str(run_rule(fixture, "b").message, "2");
    assert_true(holds(run_rule(fixture, "c").fault->message, "keys"));
}

static void test_sorting_is_stable(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "local t = {} for i = 1, 300 do t[i] = i end\n"
                                  "table.sort(t, function(a, b) return a % 2 < b % 2 end)\n"
                                  "for i = 2, 300 do if i ~= 151 then assert(t[i] == t[i - 1] + 2) end end\n"
                                  "return pass(\"%d %d\", t[1], t[151])")
                            RULE("b", "local t = {\"b\", \"c\", \"a\"} table.sort(t)\n"
                                      "return pass(\"%s\", table.concat(t))"));
    assert_str(run_rule(fixture, "a").message, "2 1");
    assert_str(run_rule(fixture, "b").message, "abc");
}

static void test_no_address_is_shown(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "return pass(\"%s %s %s %s\", {}, pass, tostring({}), tostring(print_nothing == nil))"
                                  "") RULE("b", "return pass(\"%s %s %d%%\", {}, pass, 5)"));
    assert_true(holds(run_rule(fixture, "a").fault->message, "print_nothing"));
    assert_str(run_rule(fixture, "b").message, "table function 5%");
}

static void test_plain_find(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "local s = \"a.b a.b\"\n"
                                  "local first, last = s:find(\"a.b\")\n"
                                  "local second = s:find(\"a.b\", 2)\n"
                                  "local back = s:find(\"b\", -1)\n"
                                  "local empty, before = s:find(\"\", 3)\n"
                                  "return pass(\"%d %d %d %d %d %d %s %s\", first, last, second, back, empty, before,\n"
                                  "  tostring(s:find(\"axb\")), tostring(s:find(\"a\", 100)))"));
    assert_str(run_rule(fixture, "a").message, "1 3 5 7 3 2 nil nil");
}

static void test_trace_goes_to_the_working(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("a", "trace(\"n\", 1, {}) trace(subject.fields.county) return pass():working(\"w\")")
                            RULE("b", "trace(\"before\") error(\"x\")") RULE("c", "return pass()"));
    pv_outcome outcome = run_rule(fixture, "a");
    assert_int_equal(outcome.working_count, 3);
    assert_str(outcome.working[0], "w");
    assert_str(outcome.working[1], "trace: n 1 table");
    assert_str(outcome.working[2], "trace: Los Angeles");
    outcome = run_rule(fixture, "b");
    assert_int_equal(outcome.state, PV_STATE_NOT_CHECKED);
    assert_int_equal(outcome.working_count, 1);
    assert_int_equal(run_rule(fixture, "c").working_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(test_every_attack_meets_its_stop),
        lua_test(test_formats_read_the_same_however_they_are_made),
        lua_test(test_a_stop_has_its_line),
        lua_test(test_file_level_is_under_the_budget_too),
        lua_test(test_a_stopped_rule_leaves_nothing_behind),
        lua_test(test_a_rule_is_short_of_memory_only_by_itself),
        lua_test(test_fuel_is_the_same_every_time),
        lua_test(test_memory_costs_fuel),
        lua_test(test_pairs_goes_in_order),
        lua_test(test_sorting_is_stable),
        lua_test(test_no_address_is_shown),
        lua_test(test_plain_find),
        lua_test(test_trace_goes_to_the_working),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
