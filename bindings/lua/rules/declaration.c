/* The keys of declarations, and reading what stands under them; the examples of a rule. */
#include "lua/rules/declaration_p.h"

#include "model/message.h"

/* ---- the keys ---- */

/* What a rule may be about, as editors have it. */
#define SUBJECTS "submission | section | measure | response | record | pair | collection"
#define KEYS_END                                                                                                       \
    { NULL, 0, false, NULL, NULL }

const pv_declaration_key pv_rule_keys[] = {
    {"title", LUA_TSTRING, true, "string", "The requirement as a positive statement."},
    {"citation", LUA_TSTRING, true, "string", "Where the form says so, in its own words."},
    {"remedy", LUA_TSTRING, true, "string", "What the filer is to do when it is not met."},
    {"each", LUA_TSTRING, true,
     "\"submission\" | \"section\" | \"measure\" | \"response\" | \"record\" | \"pair\" | \"collection\"",
     "What is judged: the rule runs once for each of them."},
    {"level", LUA_TSTRING, true, "\"error\" | \"warning\" | \"note\"", "How much a failure matters."},
    {"review_level", LUA_TSTRING, false, "\"error\" | \"warning\" | \"note\"",
     "How much it matters that a person must judge, where that is less than a failure."},
    {"check", LUA_TFUNCTION, true,
     "fun(subject: " SUBJECTS ", submission: submission, parameters: parameters): verdict | verdict[]",
     "Judges one subject. It returns a verdict, or a list of verdicts of which each that is no pass is a finding of "
     "its "
     "own; anything else is a fault."},
    {"when", LUA_TFUNCTION, false,
     "fun(subject: " SUBJECTS ", submission: submission, parameters: parameters): any, string?",
     "Whether the rule is about this subject; when it returns false or nil, and perhaps the reason, the subject is not "
     "applicable."},
    {"record", LUA_TSTRING, false, "string", "With each = \"record\": which kind of record."},
    {"matrix", LUA_TSTRING, false, "string", "With each = \"pair\": of which matrix."},
    {"blank", LUA_TBOOLEAN, false, "boolean",
     "Whether blank responses and measures are judged too; otherwise they are not applicable."},
    {"typed", LUA_TBOOLEAN, false, "boolean",
     "With each = \"response\": whether responses to items that ask for a value (`type: integer`) are judged too; "
     "otherwise they are not applicable."},
    {"waivable", LUA_TBOOLEAN, false, "boolean",
     "False when no waiver may accept a failure of it; otherwise a project may waive one."},
    {"parameters", LUA_TTABLE, false, "table<string, parameter>",
     "Values that a pack or a project may set, by name; check and when get them as their third argument."},
    {"since", LUA_TSTRING, false, "string", "The first day on which the rule applies, \"2022-07-01\"."},
    {"until", LUA_TSTRING, false, "string", "The last day on which it applies."},
    {"judges", PV_DECLARED_TEXTS, false, "string | string[]",
     "Which conditions that the form declares are this rule's to judge, as patterns of their addresses: "
     "\"items.*.word_limit\". What it does not report of them, the engine does."},
    {"replaces", LUA_TTABLE, false, "string[]", "The ids of earlier rules that this one stands for."},
    {"tags", LUA_TTABLE, false, "string[]", "Words to find the rule by."},
    {"why", LUA_TSTRING, false, "string", "Why the form requires it."},
    {"examples", LUA_TTABLE, false, "example[]",
     "Small submissions with the verdict each must give; at least one that passes and one that does not."},
    KEYS_END,
};

const pv_declaration_key pv_example_keys[] = {
    {"state", LUA_TSTRING, true, "\"pass\" | \"fail\" | \"review\" | \"not-applicable\"", "The verdict it must give."},
    {"response", LUA_TSTRING, false, "string", "With each = \"response\": the text of the response judged."},
    {"item", LUA_TSTRING, false, "string",
     "Which item it answers, by its full id; otherwise the first of the form for which `when` holds."},
    {"measure", LUA_TSTRING, false, "string", "With each = \"measure\": which one is judged."},
    {"section", LUA_TSTRING, false, "string", "With each = \"section\": which one is judged."},
    {"record", LUA_TNUMBER, false, "integer",
     "With each = \"record\": the number of the row judged; otherwise the first."},
    {"pair", LUA_TTABLE, false, "table<string, string>",
     "With each = \"pair\": which one is judged, by the names of the two tables; otherwise the first to which the rule "
     "applies."},
    {"fields", LUA_TTABLE, false, "table<string, any>", "Header fields, by name."},
    {"responses", LUA_TTABLE, false, "table<string, string>", "Responses, by the full ids of their items."},
    {"records", LUA_TTABLE, false, "table<string, table[]>", "Rows, by kind of record: each a table of its columns."},
    {"submissions", LUA_TTABLE, false, "example[]",
     "With each = \"collection\": the submissions, each a table of fields, responses, records, complete and "
     "unreadable."},
    {"as_of", LUA_TSTRING, false, "string", "The day to judge by, as with --as-of: \"2022-07-01\"."},
    {"parameters", LUA_TTABLE, false, "table<string, any>",
     "Values of the rule's parameters, by name, as a project may set them."},
    {"complete", LUA_TBOOLEAN, false, "boolean", "Whether every other item is answered with a short filler text."},
    {"unreadable", LUA_TBOOLEAN, false, "boolean",
     "Whether the example is about a value that the form does not allow; without it such a value is a mistake of the "
     "example."},
    {"at", PV_DECLARED_PLACE, false, "integer | string",
     "Where the finding must stand: at that word of the response, or at exactly these words."},
    {"expected_here", LUA_TBOOLEAN, false, "boolean", "Whether the finding must say that something is missing there."},
    {"message", LUA_TSTRING, false, "string", "What the message must contain."},
    {"due", LUA_TSTRING, false, "string", "The day on which the verdict must fall due: \"2022-07-01\"."},
    {"findings", LUA_TTABLE, false, "finding[]",
     "Where the rule gives several findings: each of them, a table of state, at, expected_here, message and due."},
    KEYS_END,
};

const pv_declaration_key pv_finding_keys[] = {
    {"state", LUA_TSTRING, true, "\"fail\" | \"review\"", "The state it must have."},
    {"at", PV_DECLARED_PLACE, false, "integer | string", "Where it must stand."},
    {"expected_here", LUA_TBOOLEAN, false, "boolean", "Whether it must say that something is missing there."},
    {"message", LUA_TSTRING, false, "string", "What its message must contain."},
    {"due", LUA_TSTRING, false, "string", "The day on which it must fall due."},
    KEYS_END,
};

static const pv_declaration_key submission_keys[] = {
    {"fields", LUA_TTABLE, false, "table<string, any>", "Header fields, by name."},
    {"responses", LUA_TTABLE, false, "table<string, string>", "Responses, by the full ids of their items."},
    {"records", LUA_TTABLE, false, "table<string, table[]>", "Rows, by kind of record: each a table of its columns."},
    {"complete", LUA_TBOOLEAN, false, "boolean", "Whether every other item is answered with a short filler text."},
    {"unreadable", LUA_TBOOLEAN, false, "boolean", "Whether it has a value that the form does not allow."},
    KEYS_END,
};

const pv_declaration_key pv_parameter_keys[] = {
    {"type", LUA_TSTRING, true,
     "\"text\" | \"integer\" | \"decimal\" | \"percentage\" | \"date\" | \"boolean\" | \"list\"",
     "The type of its value, which is written as in a form: \"20%\", \"2022-07-01\"."},
    {"means", LUA_TSTRING, true, "string", "What it means, in one sentence."},
    {"default", PV_DECLARED_VALUE, true, "any", "Its value where neither the pack nor the project sets one."},
    {"low", PV_DECLARED_VALUE, false, "any", "The lowest value that may be set."},
    {"high", PV_DECLARED_VALUE, false, "any", "The highest value that may be set."},
    KEYS_END,
};

/* ---- reading ---- */

#define MAX_KEYS 32 /* a bit each */

static const pv_declaration_key *find_key(const pv_declaration_key *keys, pv_str name) {
    for (; keys->name; keys++)
        if (pv_str_equal(pv_str_from(keys->name), name))
            return keys;
    return NULL;
}

static bool fail_unknown_key(const pv_declaration_key *keys, pv_str name, pv_error *error) {
    pv_str names[MAX_KEYS];
    size_t count = 0;
    for (; count < MAX_KEYS && keys[count].name; count++)
        names[count] = pv_str_from(keys[count].name);
    size_t nearest = pv_suggest(name, names, count);
    if (nearest == SIZE_MAX)
        return pv_fail(error, PV_ERROR_SHAPE, "there is no key \"%.60s\"", name.data);
    return pv_fail(error, PV_ERROR_SHAPE, "there is no key \"%.60s\"%s; did you mean \"%s\"?", name.data,
                   pv_message_difference(name, names[nearest]).text, keys[nearest].name);
}

static bool has_type(int wanted, int type) {
    bool is_place = type == LUA_TNUMBER || type == LUA_TSTRING;
    bool is_value = is_place || type == LUA_TBOOLEAN || type == LUA_TTABLE;
    bool is_texts = type == LUA_TSTRING || type == LUA_TTABLE;
    return type == wanted || (wanted == PV_DECLARED_PLACE && is_place) || (wanted == PV_DECLARED_VALUE && is_value) ||
           (wanted == PV_DECLARED_TEXTS && is_texts);
}

static const char *type_name(lua_State *L, int wanted) {
    if (wanted == PV_DECLARED_VALUE)
        return "value";
    if (wanted == PV_DECLARED_TEXTS)
        return "string or a list of strings";
    return wanted == PV_DECLARED_PLACE ? "number or a string" : lua_typename(L, wanted);
}

/* The key is at index -2, its value on top; *given gets its bit. */
static bool check_entry(lua_State *L, const pv_declaration_key *keys, uint32_t *given, pv_error *error) {
    if (lua_type(L, -2) != LUA_TSTRING)
        return pv_fail(error, PV_ERROR_SHAPE,
                       "a value without a key stands among the keys; a comma or a name is missing");
    pv_str name = pv_lua_str(L, -2);
    const pv_declaration_key *key = find_key(keys, name);
    if (!key)
        return fail_unknown_key(keys, name, error);
    if (!has_type(key->type, lua_type(L, -1)))
        return pv_fail(error, PV_ERROR_SHAPE, "\"%s\" is a %s; it must be a %s", key->name, luaL_typename(L, -1),
                       type_name(L, key->type));
    *given |= (uint32_t)1 << (key - keys);
    return true;
}

bool pv_declaration_check(lua_State *L, int index, const pv_declaration_key *keys, pv_error *error) {
    index = lua_absindex(L, index);
    int top = lua_gettop(L);
    uint32_t given = 0;
    bool valid = true;
    lua_pushnil(L);
    while (valid && lua_next(L, index)) {
        valid = check_entry(L, keys, &given, error);
        lua_pop(L, 1);
    }
    lua_settop(L, top);
    for (size_t i = 0; valid && keys[i].name; i++)
        if (keys[i].required && (given >> i & 1) == 0)
            valid = pv_fail(error, PV_ERROR_SHAPE, "\"%s\" is missing", keys[i].name);
    return valid;
}

pv_str pv_declaration_value(lua_State *L, int index, pv_arena *arena, bool *failed) {
    pv_str text;
    lua_pushvalue(L, index); /* converting a number in place would change the table's own value */
    text = pv_lua_str(L, -1);
    pv_str copy = pv_arena_copy(arena, text);
    lua_pop(L, 1);
    if (!copy.data)
        *failed = true;
    return copy;
}

pv_str pv_declaration_text(lua_State *L, int index, const char *name, pv_arena *arena, bool *failed) {
    pv_str text = PV_STR("");
    if (lua_getfield(L, index, name) != LUA_TNIL)
        text = pv_declaration_value(L, -1, arena, failed);
    lua_pop(L, 1);
    return text;
}

bool pv_declaration_flag(lua_State *L, int index, const char *name) {
    lua_getfield(L, index, name);
    bool flag = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return flag;
}

bool pv_declaration_is_false(lua_State *L, int index, const char *name) {
    bool given = lua_getfield(L, index, name) != LUA_TNIL;
    bool flag = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return given && !flag;
}

size_t pv_declaration_number(lua_State *L, int index, const char *name) {
    lua_getfield(L, index, name);
    lua_Integer number = lua_type(L, -1) == LUA_TNUMBER ? lua_tointeger(L, -1) : 0;
    lua_pop(L, 1);
    return number < 1 ? 0 : (size_t)number;
}

bool pv_declaration_texts(lua_State *L, int index, pv_arena *arena, const pv_str **out, size_t *count,
                          pv_error *error) {
    index = lua_absindex(L, index);
    bool failed = false;
    *count = (size_t)lua_rawlen(L, index);
    pv_str *texts = PV_NEW_ARRAY(arena, pv_str, *count);
    if (!texts)
        return pv_fail_memory(error);
    for (size_t i = 0; i < *count; i++) {
        int type = lua_rawgeti(L, index, (lua_Integer)i + 1);
        if (type == LUA_TSTRING)
            texts[i] = pv_declaration_value(L, -1, arena, &failed);
        lua_pop(L, 1);
        if (type != LUA_TSTRING)
            return pv_fail(error, PV_ERROR_SHAPE, "a list holds texts, not a %s", lua_typename(L, type));
    }
    *out = texts;
    return !failed || pv_fail_memory(error);
}

bool pv_declaration_day(lua_State *L, int index, const char *name, bool *given, pv_date *out, pv_error *error) {
    pv_str text;
    *given = lua_getfield(L, index, name) == LUA_TSTRING;
    bool valid = true;
    if (*given) {
        text = pv_lua_str(L, -1);
        valid = pv_date_parse(text, out) ||
                pv_fail(error, PV_ERROR_SHAPE, "%s is \"%.60s\": %s", name, text.data, pv_date_fault(text));
    }
    lua_pop(L, 1);
    return valid;
}

bool pv_declaration_fail_choice(const char *key, pv_str given, const pv_str *choices, size_t count, pv_error *error) {
    size_t nearest = pv_suggest(given, choices, count);
    if (nearest != SIZE_MAX)
        return pv_fail(error, PV_ERROR_SHAPE, "%s \"%.60s\" does not exist%s; did you mean \"%.*s\"?", key, given.data,
                       pv_message_difference(given, choices[nearest]).text, PV_STR_ARG(choices[nearest]));
    return pv_fail(error, PV_ERROR_SHAPE, "%s \"%.60s\" does not exist%s", key, given.data,
                   pv_message_hint(given, choices, count).text);
}

/* ---- examples ---- */

static bool read_state(pv_str name, pv_state *out, pv_error *error) {
    static const pv_state states[] = {PV_STATE_PASS, PV_STATE_FAIL, PV_STATE_REVIEW, PV_STATE_NOT_APPLICABLE};
    enum { COUNT = sizeof states / sizeof states[0] };
    pv_str names[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        names[i] = pv_str_from(pv_state_name(states[i]));
        if (pv_str_equal(names[i], name)) {
            *out = states[i];
            return true;
        }
    }
    return pv_declaration_fail_choice("state", name, names, COUNT, error);
}

/* The value on top: a text, a number, a boolean, or a list of texts. */
static bool read_value(lua_State *L, pv_arena *arena, pv_example_entry *out, pv_error *error) {
    bool failed = false;
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
    case LUA_TNUMBER:
        out->text = pv_declaration_value(L, -1, arena, &failed);
        return !failed || pv_fail_memory(error);
    case LUA_TBOOLEAN:
        out->text = lua_toboolean(L, -1) ? PV_STR("true") : PV_STR("false");
        return true;
    case LUA_TTABLE:
        return pv_declaration_texts(L, -1, arena, &out->elements, &out->element_count, error);
    default:
        return pv_fail(error, PV_ERROR_SHAPE, "a value is a text, a number, a boolean or a list, not a %s",
                       luaL_typename(L, -1));
    }
}

/* The table on top, name to value. */
static bool read_entries(lua_State *L, pv_arena *arena, pv_example_entries *out, pv_error *error) {
    int table = lua_gettop(L);
    if (lua_type(L, table) != LUA_TTABLE)
        return pv_fail(error, PV_ERROR_SHAPE, "names with their values are expected, not a %s",
                       luaL_typename(L, table));
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, table));
    out->count = (size_t)lua_rawlen(L, -1);
    pv_example_entry *entries = PV_NEW_ARRAY(arena, pv_example_entry, out->count);
    bool failed = !entries;
    bool valid = !failed;
    for (size_t i = 0; valid && i < out->count; i++) {
        lua_rawgeti(L, table + 1, (lua_Integer)i + 1);
        entries[i].name = pv_declaration_value(L, -1, arena, &failed);
        lua_rawget(L, table);
        valid = read_value(L, arena, &entries[i], error);
        lua_pop(L, 1);
    }
    lua_settop(L, table);
    out->entries = entries;
    return failed ? pv_fail_memory(error) : valid;
}

/* The table on top, kind to list of rows; the kind is below it. */
static bool read_rows(lua_State *L, pv_arena *arena, pv_example_records *out, pv_error *error) {
    if (lua_type(L, -1) != LUA_TTABLE)
        return pv_fail(error, PV_ERROR_SHAPE, "\"records\" gives a list of rows for each kind");
    out->row_count = (size_t)lua_rawlen(L, -1);
    pv_example_entries *rows = PV_NEW_ARRAY(arena, pv_example_entries, out->row_count);
    if (!rows)
        return pv_fail_memory(error);
    out->rows = rows;
    bool valid = true;
    for (size_t i = 0; valid && i < out->row_count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        valid = read_entries(L, arena, &rows[i], error);
        lua_pop(L, 1);
    }
    return valid;
}

/* The table on top, kind to rows. */
static bool read_records(lua_State *L, pv_arena *arena, pv_example *out, pv_error *error) {
    int table = lua_gettop(L);
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, table));
    out->record_count = (size_t)lua_rawlen(L, -1);
    pv_example_records *records = PV_NEW_ARRAY(arena, pv_example_records, out->record_count);
    bool failed = !records;
    bool valid = !failed;
    for (size_t i = 0; valid && i < out->record_count; i++) {
        lua_rawgeti(L, table + 1, (lua_Integer)i + 1);
        records[i].kind = pv_declaration_value(L, -1, arena, &failed);
        lua_rawget(L, table);
        valid = read_rows(L, arena, &records[i], error);
        lua_pop(L, 1);
    }
    lua_settop(L, table);
    out->records = records;
    return failed ? pv_fail_memory(error) : valid;
}

/* The parts of the example at index that are tables themselves. */
static bool read_tables(lua_State *L, int index, pv_arena *arena, pv_example *out, pv_error *error) {
    bool valid = true;
    if (lua_getfield(L, index, "pair") == LUA_TTABLE)
        valid = read_entries(L, arena, &out->pair, error);
    if (valid && lua_getfield(L, index, "fields") == LUA_TTABLE)
        valid = read_entries(L, arena, &out->fields, error);
    if (valid && lua_getfield(L, index, "responses") == LUA_TTABLE)
        valid = read_entries(L, arena, &out->responses, error);
    if (valid && lua_getfield(L, index, "records") == LUA_TTABLE)
        valid = read_records(L, arena, out, error);
    lua_settop(L, index);
    return valid;
}

/* What each submission of a collection gives; the list is on top. */
static bool read_submissions(lua_State *L, pv_arena *arena, pv_example *out, pv_error *error) {
    out->submission_count = (size_t)lua_rawlen(L, -1);
    pv_example *submissions = PV_NEW_ARRAY(arena, pv_example, out->submission_count);
    if (!submissions)
        return pv_fail_memory(error);
    out->submissions = submissions;
    bool valid = true;
    for (size_t i = 0; valid && i < out->submission_count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        valid = (lua_type(L, -1) == LUA_TTABLE ||
                 pv_fail(error, PV_ERROR_SHAPE, "a submission is a table, not a %s", luaL_typename(L, -1))) &&
                pv_declaration_check(L, lua_gettop(L), submission_keys, error) &&
                read_tables(L, lua_gettop(L), arena, &submissions[i], error);
        submissions[i].complete = valid && pv_declaration_flag(L, lua_gettop(L), "complete");
        submissions[i].unreadable = valid && pv_declaration_flag(L, lua_gettop(L), "unreadable");
        lua_pop(L, 1);
    }
    return valid;
}

/* What an example, or one of its findings, at index asks of a verdict. */
static bool read_expected(lua_State *L, int index, pv_arena *arena, pv_example *out, pv_error *error) {
    bool failed = false;
    pv_str state = pv_declaration_text(L, index, "state", arena, &failed);
    out->at_word = pv_declaration_number(L, index, "at");
    if (lua_getfield(L, index, "at") == LUA_TSTRING)
        out->at_text = pv_declaration_value(L, -1, arena, &failed);
    lua_settop(L, index);
    out->expected_here = pv_declaration_flag(L, index, "expected_here");
    out->message = pv_declaration_text(L, index, "message", arena, &failed);
    if (failed)
        return pv_fail_memory(error);
    return read_state(state, &out->state, error) &&
           pv_declaration_day(L, index, "due", &out->has_due, &out->due, error);
}

/* Each finding of an example; the list is on top. */
static bool read_findings(lua_State *L, pv_arena *arena, pv_example *out, pv_error *error) {
    out->finding_count = (size_t)lua_rawlen(L, -1);
    pv_example *findings = PV_NEW_ARRAY(arena, pv_example, out->finding_count);
    if (!findings)
        return pv_fail_memory(error);
    out->findings = findings;
    if (out->finding_count == 0)
        return pv_fail(error, PV_ERROR_SHAPE, "\"findings\" is a list of tables: { { state = \"fail\", at = \"…\" } }");
    bool valid = true;
    for (size_t i = 0; valid && i < out->finding_count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        valid = (lua_type(L, -1) == LUA_TTABLE ||
                 pv_fail(error, PV_ERROR_SHAPE, "a finding is a table, not a %s", luaL_typename(L, -1))) &&
                pv_declaration_check(L, lua_gettop(L), pv_finding_keys, error) &&
                read_expected(L, lua_gettop(L), arena, &findings[i], error) &&
                (pv_state_is_finding(findings[i].state) ||
                 pv_fail(error, PV_ERROR_SHAPE, "a finding fails or is for review, it is never \"%s\"",
                         pv_state_name(findings[i].state)));
        lua_pop(L, 1);
    }
    return valid;
}

/* The example on top, of this rule. */
static bool read_example(lua_State *L, pv_arena *arena, const pv_rule *rule, pv_example *out, pv_error *error) {
    int index = lua_gettop(L);
    if (lua_type(L, index) != LUA_TTABLE)
        return pv_fail(error, PV_ERROR_SHAPE, "an example is a table, not a %s", luaL_typename(L, index));
    if (!pv_declaration_check(L, index, pv_example_keys, error))
        return false;
    bool failed = false;
    out->item = pv_declaration_text(L, index, "item", arena, &failed);
    out->measure = pv_declaration_text(L, index, "measure", arena, &failed);
    out->section = pv_declaration_text(L, index, "section", arena, &failed);
    out->record = pv_declaration_number(L, index, "record");
    out->response = pv_declaration_text(L, index, "response", arena, &failed);
    out->has_response = lua_getfield(L, index, "response") != LUA_TNIL;
    out->as_of_text = pv_declaration_text(L, index, "as_of", arena, &failed);
    out->complete = pv_declaration_flag(L, index, "complete");
    out->unreadable = pv_declaration_flag(L, index, "unreadable");
    if (failed)
        return pv_fail_memory(error);
    return read_expected(L, index, arena, out, error) &&
           pv_declaration_day(L, index, "as_of", &out->has_as_of, &out->as_of, error) &&
           read_tables(L, index, arena, out, error) &&
           (lua_getfield(L, index, "parameters") != LUA_TTABLE ||
            pv_parameter_values_read(L, -1, arena, rule, &out->parameters, error)) &&
           (lua_getfield(L, index, "findings") != LUA_TTABLE || read_findings(L, arena, out, error)) &&
           (lua_getfield(L, index, "submissions") != LUA_TTABLE || read_submissions(L, arena, out, error));
}

bool pv_examples_read(lua_State *L, int index, pv_arena *arena, const pv_rule *rule, pv_example_list *out,
                      pv_error *error) {
    index = lua_absindex(L, index);
    int top = lua_gettop(L);
    luaL_checkstack(L, 20, "examples nested too deeply");
    size_t count = (size_t)lua_rawlen(L, index);
    pv_example *examples = PV_NEW_ARRAY(arena, pv_example, count);
    if (!examples)
        return pv_fail_memory(error);
    *out = (pv_example_list){examples, count};
    for (size_t i = 0; i < count; i++) {
        pv_error fault = {0};
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        bool valid = read_example(L, arena, rule, &examples[i], &fault);
        lua_settop(L, top);
        if (!valid)
            return pv_fail(error, fault.code, "example %zu: %s", i + 1, fault.message);
    }
    return true;
}
