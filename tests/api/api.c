/* proviso.h as a program sees it: compiled as C and as C++ against this one header. */
#include <proviso.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static void check(bool holds, const char *what, int line) {
    if (!holds) {
        failures++;
        fprintf(stderr, "api.c:%d: not so: %s\n", line, what);
    }
}
#define CHECK(what) check((what), #what, __LINE__)

#define SIZED(type, name)                                                                                              \
    type name = PROVISO_ZERO;                                                                                          \
    name.struct_size = sizeof name

static bool is(proviso_text text, const char *expected) {
    return text.size == strlen(expected) && (text.size == 0 || memcmp(text.data, expected, text.size) == 0);
}

static bool has(const char *text, const char *part) {
    return strstr(text, part) != NULL;
}

/* ---- a pack in memory ---- */

static const char manifest[] = "pack: tiny\nversion: 1.0.0\ntitle: A tiny pack\nform: form.yaml\nrules: [rules.lua]\n";
static const char form[] = "form: tiny\n"
                           "title: A tiny form\n"
                           "fields:\n"
                           "  place: { type: text }\n"
                           "sections:\n"
                           "  - { id: \"1\", title: Only section }\n"
                           "measures:\n"
                           "  - id: \"1.1\"\n"
                           "    section: \"1\"\n"
                           "    title: Only measure\n"
                           "    obligation: mandatory\n"
                           "    points: 1\n"
                           "    items:\n"
                           "      - { id: \"1\", prompt: Say it, word_limit: 3 }\n";
static const char rules[] = "rule \"tiny.words\" {\n"
                            "  title = \"Each response keeps to its limit\",\n"
                            "  citation = \"The form, under each prompt\",\n"
                            "  each = \"response\",\n"
                            "  level = \"error\",\n"
                            "  remedy = \"Shorten it.\", judges = \"items.*.word_limit\",\n"
                            "  check = function(response)\n"
                            "    return at_most(response.words, response.item.word_limit)\n"
                            "  end,\n"
                            "  examples = {\n"
                            "    { state = \"pass\", response = \"one two three\" },\n"
                            "    { state = \"fail\", response = \"one two three four\" },\n"
                            "  },\n"
                            "}\n";
static const char raising[] = "rule \"tiny.raises\" {\n"
                              "  title = \"Nothing is wrong\",\n"
                              "  citation = \"The form\",\n"
                              "  each = \"submission\",\n"
                              "  level = \"error\",\n"
                              "  remedy = \"None.\",\n"
                              "  check = function(submission) error(\"on purpose\") end,\n"
                              "}\n";
static const char submission[] = "form: tiny\n"
                                 "fields:\n"
                                 "  place: Here\n"
                                 "measures:\n"
                                 "  \"1.1\": one two three four\n";

static bool open_tiny(proviso_engine *engine, const char *rule_file, const proviso_pack **out, proviso_error *error) {
    const proviso_file files[] = {
        {"pack.yaml", manifest, sizeof manifest - 1},
        {"form.yaml", form, sizeof form - 1},
        {"rules.lua", rule_file, strlen(rule_file)},
    };
    return proviso_pack_open_files(engine, files, sizeof files / sizeof *files, out, error);
}

typedef struct taken {
    char bytes[65536];
    size_t size;
    bool refuses;
} taken;

static bool take(void *payload, const char *bytes, size_t size) {
    taken *into = (taken *)payload;
    if (into->refuses || size >= sizeof into->bytes - into->size)
        return false;
    memcpy(into->bytes + into->size, bytes, size);
    into->size += size;
    into->bytes[into->size] = '\0';
    return true;
}

/* ---- tests ---- */

static void test_version(void) {
    CHECK(strcmp(proviso_version(), PROVISO_VERSION) == 0);
    CHECK(proviso_version_number() == PROVISO_VERSION_NUMBER);
    const char *reason = proviso_no_machine_code();
    CHECK(!reason || reason[0] != '\0');
}

static void test_pack(const proviso_pack *pack) {
    SIZED(proviso_pack_facts, facts);
    SIZED(proviso_rule, rule);
    proviso_error error = PROVISO_ZERO;
    static taken catalogue;
    CHECK(proviso_pack_about(pack, &facts, &error));
    CHECK(is(facts.id, "tiny") && is(facts.version, "1.0.0") && is(facts.form, "tiny") && facts.sha256.size == 64);
    CHECK(facts.rule_count > 1 && facts.fault_count == 0);
    CHECK(proviso_pack_rule(pack, 0, &rule, &error));
    CHECK(is(rule.id, "tiny.words") && is(rule.subject, "response") && rule.level == PROVISO_LEVEL_ERROR);
    CHECK(is(rule.path, "rules.lua") && rule.line == 1 && rule.example_count == 2);
    CHECK(!proviso_pack_rule(pack, facts.rule_count, &rule, &error) && error.code == PROVISO_ERROR_USAGE);
    CHECK(proviso_pack_catalogue(pack, take, &catalogue, &error) && has(catalogue.bytes, "\"tiny.words\""));
    catalogue.refuses = true;
    CHECK(!proviso_pack_catalogue(pack, take, &catalogue, &error) && error.code == PROVISO_ERROR_IO);
}

static void test_finding(const proviso_result *result, size_t count) {
    proviso_error error = PROVISO_ZERO;
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        SIZED(proviso_verdict, verdict);
        CHECK(proviso_result_verdict(result, i, &verdict, &error));
        if (verdict.state != PROVISO_STATE_FAIL)
            continue;
        failed++;
        CHECK(is(verdict.rule, "tiny.words") && verdict.level == PROVISO_LEVEL_ERROR);
        CHECK(is(verdict.subject_kind, "response") && verdict.subject.size > 0 && verdict.message.size > 0);
        CHECK(is(verdict.citation, "The form, under each prompt") && is(verdict.remedy, "Shorten it."));
        CHECK(verdict.has_place && !verdict.place.expected_here && is(verdict.place.path, "tiny.yaml"));
        CHECK(verdict.place.line == 5 && verdict.place.column == 24 && is(verdict.place.text, "four"));
        CHECK(strlen(verdict.fingerprint) == 16 && verdict.due.size == 0);
        SIZED(proviso_verdict, again);
        CHECK(proviso_result_verdict(result, i, &again, &error) && again.subject.data == verdict.subject.data);
    }
    CHECK(failed == 1);
    SIZED(proviso_verdict, none);
    CHECK(!proviso_result_verdict(result, count, &none, &error) && error.code == PROVISO_ERROR_USAGE);
}

static void test_check(const proviso_pack *pack) {
    proviso_error error = PROVISO_ZERO;
    proviso_result *result = NULL;
    SIZED(proviso_counts, counts);
    static taken json;
    CHECK(proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, NULL, &result, &error));
    CHECK(proviso_result_counts(result, &counts, &error));
    CHECK(counts.exit_status == 1 && counts.fail == 1 && counts.blocking == 1 && counts.faults == 0);
    CHECK(counts.verdicts == counts.pass + counts.fail + counts.review + counts.not_applicable + counts.not_checked);
    test_finding(result, counts.verdicts);
    const proviso_result *results[] = {result, result};
    CHECK(proviso_report(results, 1, NULL, take, &json, &error) && json.bytes[json.size - 1] == '\n');
    CHECK(!proviso_report(results, 1, "papyrus", take, &json, &error) && error.code == PROVISO_ERROR_NOT_FOUND);
    CHECK(!proviso_report(results, 0, NULL, take, &json, &error) && error.code == PROVISO_ERROR_USAGE);
    json.size = 0;
    CHECK(proviso_report(results, 2, "markdown", take, &json, &error) && json.size > 0);
    CHECK(proviso_total(results, 2, &counts, &error) && counts.fail == 2);
    proviso_result *together = result;
    CHECK(proviso_check_together(results, 2, &together, &error) && !together); /* no rule of the pack is on them */
    proviso_result_free(result);
    json.size = 0;
    CHECK(proviso_show(pack, "tiny.yaml", submission, sizeof submission - 1, NULL, take, &json, &error));
    CHECK(has(json.bytes, "one two three four"));
}

static void test_options(proviso_engine *engine, const proviso_pack *pack) {
    proviso_error error = PROVISO_ZERO;
    proviso_result *result = NULL;
    char id[16];
    SIZED(proviso_check_options, options);
    SIZED(proviso_counts, counts);
    options.rules = "tiny.words";
    options.mode = PROVISO_MODE_DRAFT;
    CHECK(proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, &options, &result, &error));
    CHECK(proviso_result_counts(result, &counts, &error) && counts.verdicts == 1);
    proviso_result_free(result);
    result = NULL;
    options.rules = "tiny.nothing";
    CHECK(!proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, &options, &result, &error));
    CHECK(!result && error.code == PROVISO_ERROR_NOT_FOUND);
    proviso_check_options unset = PROVISO_ZERO;
    CHECK(!proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, &unset, &result, &error));
    CHECK(error.code == PROVISO_ERROR_USAGE && has(error.message, "struct_size"));
    /* A program that was compiled with a later header. */
    struct {
        proviso_check_options known;
        void *unknown;
    } later = PROVISO_ZERO;
    later.known.struct_size = sizeof later;
    CHECK(proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, &later.known, &result, &error));
    proviso_result_free(result);
    result = NULL;
    later.unknown = &later;
    CHECK(!proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, &later.known, &result, &error));
    CHECK(error.code == PROVISO_ERROR_USAGE);
    /* And one that was compiled with an earlier one. */
    proviso_counts little;
    memset(&little, 0x7F, sizeof little);
    little.struct_size = offsetof(proviso_counts, verdicts);
    result = NULL;
    CHECK(proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, NULL, &result, &error));
    CHECK(proviso_result_counts(result, &little, &error) && little.exit_status == 1);
    CHECK(little.verdicts != 0 && ((const unsigned char *)&little.verdicts)[0] == 0x7F);
    proviso_result_free(result);
    CHECK(proviso_form_of(engine, "tiny.yaml", submission, sizeof submission - 1, id, sizeof id, &error));
    CHECK(strcmp(id, "tiny") == 0);
    CHECK(!proviso_form_of(engine, "tiny.yaml", submission, sizeof submission - 1, id, 4, &error));
    CHECK(error.code == PROVISO_ERROR_LIMIT);
}

static void test_broken_input(const proviso_pack *pack) {
    static const char broken[] = "form: tiny\nfields: { place: [Here\n";
    static const char alien[] = "form: other\n";
    proviso_error error = PROVISO_ZERO;
    proviso_result *result = NULL;
    CHECK(!proviso_check(pack, "broken.yaml", broken, sizeof broken - 1, NULL, &result, &error));
    CHECK(!result && error.code == PROVISO_ERROR_SYNTAX && strcmp(error.path, "broken.yaml") == 0);
    CHECK(error.line >= 2 && error.column > 0 && error.message[0] != '\0');
    CHECK(!proviso_check(pack, "alien.yaml", alien, sizeof alien - 1, NULL, &result, &error));
    CHECK(error.code == PROVISO_ERROR_SHAPE && error.line == 1 && has(error.message, "other"));
    CHECK(!proviso_check(pack, "bytes.yaml", "a: \xFF", 4, NULL, &result, &error));
    CHECK(error.code == PROVISO_ERROR_ENCODING && error.column == 4);
    CHECK(!proviso_check(pack, "broken.yaml", broken, sizeof broken - 1, NULL, &result, NULL));
}

static void test_faults(proviso_engine *engine) {
    proviso_error error = PROVISO_ZERO;
    const proviso_pack *pack = NULL;
    proviso_result *result = NULL;
    SIZED(proviso_counts, counts);
    SIZED(proviso_fault, fault);
    SIZED(proviso_pack_facts, facts);
    CHECK(open_tiny(engine, raising, &pack, &error));
    CHECK(proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, NULL, &result, &error));
    CHECK(proviso_result_counts(result, &counts, &error));
    CHECK(counts.exit_status == 2 && counts.not_checked == 1 && counts.faults == 1);
    CHECK(proviso_result_fault(result, 0, &fault, &error));
    CHECK(is(fault.kind, "error") && is(fault.rule, "tiny.raises") && is(fault.path, "rules.lua") && fault.line == 7);
    CHECK(!proviso_result_fault(result, 1, &fault, &error));
    proviso_result_free(result);
    CHECK(open_tiny(engine, "rule \"tiny.cut\" {", &pack, &error));
    CHECK(proviso_pack_about(pack, &facts, &error) && facts.fault_count == 1);
    CHECK(proviso_pack_fault(pack, 0, &fault, &error) && is(fault.kind, "load"));
    CHECK(proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, NULL, &result, &error));
    CHECK(proviso_result_counts(result, &counts, &error) && counts.exit_status == 2 && counts.faults == 1);
    proviso_result_free(result);
    CHECK(!proviso_pack_open_files(engine, NULL, 0, &pack, &error));
    CHECK(error.code == PROVISO_ERROR_NOT_FOUND && has(error.message, "pack.yaml"));
}

static proviso_read_outcome give_nothing(void *payload, const char *name, proviso_reply *reply) {
    (void)name;
    proviso_reply_message(reply, "the drawer is locked");
    return *(proviso_read_outcome *)payload;
}

static void test_callbacks(proviso_engine *engine) {
    proviso_error error = PROVISO_ZERO;
    const proviso_pack *pack = NULL;
    proviso_read_outcome outcome = PROVISO_READ_FAILED;
    CHECK(!proviso_pack_open(engine, give_nothing, &outcome, &pack, &error));
    CHECK(error.code == PROVISO_ERROR_IO && strcmp(error.message, "the drawer is locked") == 0);
    outcome = PROVISO_READ_REFUSED;
    CHECK(!proviso_pack_open(engine, give_nothing, &outcome, &pack, &error) && error.code == PROVISO_ERROR_REFUSED);
    outcome = PROVISO_READ_DONE; /* an empty file */
    CHECK(!proviso_pack_open(engine, give_nothing, &outcome, &pack, &error));
    CHECK(!pack);
}

/* Whatever the limit, the engine either does it all or says that memory was refused. */
static void test_memory_limit(void) {
    size_t ends[2] = {0, 0};
    for (size_t limit = 20000; limit < ((size_t)64 << 20); limit += limit / 4) {
        proviso_error error = PROVISO_ZERO;
        proviso_engine *engine = NULL;
        const proviso_pack *pack = NULL;
        proviso_result *result = NULL;
        size_t peak = 0;
        SIZED(proviso_engine_options, options);
        SIZED(proviso_counts, counts);
        options.memory_bytes = limit;
        bool done = proviso_engine_new(&engine, &options, &error) && open_tiny(engine, rules, &pack, &error) &&
                    proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, NULL, &result, &error) &&
                    proviso_result_counts(result, &counts, &error);
        if (engine) {
            CHECK(proviso_engine_memory(engine, &peak) <= peak && peak <= limit);
        }
        if (!done)
            CHECK(error.code == PROVISO_ERROR_MEMORY);
        else
            CHECK(counts.exit_status == 1 || (counts.exit_status == 2 && counts.faults > 0));
        ends[done && counts.exit_status == 1]++;
        proviso_result_free(result);
        proviso_engine_free(engine);
    }
    CHECK(ends[0] > 0 && ends[1] > 0);
}

static const char counting[] = "rule \"tiny.count\" {\n"
                               "  title = \"There is one filing of each place\",\n"
                               "  citation = \"The form\",\n"
                               "  each = \"collection\",\n"
                               "  level = \"warning\",\n"
                               "  remedy = \"File once.\",\n"
                               "  check = function(collection)\n"
                               "    return fail(\"%s filings\", #collection.submissions)\n"
                               "  end,\n"
                               "}\n";

static const char file_form[] = "form: files\n"
                                "title: A form with a file\n"
                                "fields:\n"
                                "  plan: { label: The plan, type: file, kinds: [pdf], size_most: 10 MB }\n";
static const char file_submission[] = "form: files\nfields: { plan: plans/plan.pdf }\n";

/* A PDF file of 12 MB, more than a file that is read may have, in pieces. */
static proviso_read_outcome give_plan(void *payload, const char *name, proviso_reply *reply) {
    static char piece[1 << 20] = "%PDF-1.7";
    int *asked = (int *)payload;
    ++*asked;
    CHECK(strcmp(name, "plans/plan.pdf") == 0);
    for (int i = 0; i < 12; i++)
        CHECK(proviso_reply_bytes(reply, piece, sizeof piece));
    return PROVISO_READ_DONE;
}

static void check_plan(const proviso_pack *pack, proviso_read siblings, int *asked, const char *rule,
                       const char *part) {
    proviso_error error = PROVISO_ZERO;
    proviso_result *result = NULL;
    SIZED(proviso_check_options, options);
    SIZED(proviso_counts, counts);
    SIZED(proviso_verdict, verdict);
    options.siblings = siblings;
    options.siblings_payload = asked;
    CHECK(proviso_check(pack, "a.yaml", file_submission, sizeof file_submission - 1, &options, &result, &error));
    CHECK(proviso_result_counts(result, &counts, &error) && counts.fail == 1 && counts.faults == 0);
    for (size_t i = 0; i < counts.verdicts; i++) {
        CHECK(proviso_result_verdict(result, i, &verdict, &error));
        if (verdict.state == PROVISO_STATE_FAIL)
            CHECK(is(verdict.rule, rule) && verdict.message.size > 0 && has(verdict.message.data, part));
    }
    proviso_result_free(result);
}

static void test_files(proviso_engine *engine) {
    static const char about[] =
        "pack: files\nversion: 1.0.0\ntitle: A pack with a file\nform: form.yaml\nrules: [rules.lua]\n";
    const proviso_file files[] = {
        {"pack.yaml", about, sizeof about - 1},
        {"form.yaml", file_form, sizeof file_form - 1},
        {"rules.lua", counting, sizeof counting - 1},
    };
    proviso_error error = PROVISO_ZERO;
    const proviso_pack *pack = NULL;
    int asked = 0;
    CHECK(proviso_pack_open_files(engine, files, sizeof files / sizeof *files, &pack, &error));
    check_plan(pack, give_plan, &asked, "form.values", "has 12 MB; the form allows 10 MB");
    CHECK(asked == 1);
    check_plan(pack, NULL, NULL, "form.types", "cannot be looked for here");
}

static void test_together(proviso_engine *engine) {
    proviso_error error = PROVISO_ZERO;
    const proviso_pack *pack = NULL;
    proviso_result *one = NULL;
    proviso_result *two = NULL;
    proviso_result *all = NULL;
    SIZED(proviso_counts, counts);
    SIZED(proviso_verdict, verdict);
    static taken json;
    CHECK(open_tiny(engine, counting, &pack, &error));
    CHECK(proviso_check(pack, "one.yaml", submission, sizeof submission - 1, NULL, &one, &error));
    CHECK(proviso_check(pack, "two.yaml", submission, sizeof submission - 1, NULL, &two, &error));
    const proviso_result *results[] = {one, two, NULL};
    CHECK(proviso_check_together(results, 2, &all, &error) && all);
    CHECK(proviso_result_verdict(all, 0, &verdict, &error) && is(verdict.rule, "tiny.count"));
    CHECK(is(verdict.message, "2 filings") && is(verdict.subject_kind, "collection"));
    results[2] = all;
    CHECK(proviso_total(results, 3, &counts, &error) && counts.warnings == 1 && counts.exit_status == 1);
    CHECK(counts.fail == 3); /* and the form's word limit, twice, which no rule of this pack judges */
    CHECK(proviso_report(results, 3, NULL, take, &json, &error) && has(json.bytes, "2 filings"));
    proviso_result *none = NULL;
    CHECK(!proviso_check_together(results, 3, &none, &error) && error.code == PROVISO_ERROR_USAGE && !none);
    proviso_result_free(one);
    proviso_result_free(two);
    CHECK(proviso_result_verdict(all, 0, &verdict, &error) && is(verdict.message, "2 filings"));
    proviso_result_free(all);
}

static void test_engine_options(void) {
    proviso_error error = PROVISO_ZERO;
    proviso_engine *engine = NULL;
    const proviso_pack *pack = NULL;
    proviso_result *result = NULL;
    SIZED(proviso_engine_options, options);
    SIZED(proviso_counts, counts);
    options.as_of = "yesterday";
    CHECK(!proviso_engine_new(&engine, &options, &error) && error.code == PROVISO_ERROR_USAGE && !engine);
    options.as_of = "2024-09-30";
    options.fuel = 10;
    CHECK(proviso_engine_new(&engine, &options, &error) && open_tiny(engine, rules, &pack, &error));
    CHECK(proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, NULL, &result, &error));
    CHECK(proviso_result_counts(result, &counts, &error) && counts.exit_status == 2);
    proviso_result_free(result);
    proviso_engine_free(engine);
    proviso_engine_free(NULL);
    proviso_result_free(NULL);
}

static void test_examples_and_coverage(const proviso_pack *pack) {
    proviso_error error = PROVISO_ZERO;
    proviso_examples *examples = NULL;
    proviso_coverage *coverage = NULL;
    SIZED(proviso_example, example);
    SIZED(proviso_rule_coverage, covered);
    SIZED(proviso_file_coverage, file);
    CHECK(proviso_coverage_new(pack, NULL, &coverage, &error));
    CHECK(proviso_examples_run(pack, NULL, &examples, &error) && proviso_examples_count(examples) == 2);
    CHECK(proviso_examples_at(examples, 1, &example, &error) && example.passed && example.number == 2);
    CHECK(is(example.rule, "tiny.words") && example.expected.size > 0 && example.line == 12);
    proviso_coverage_add_examples(coverage, examples);
    CHECK(proviso_coverage_rule_count(coverage) == 1 && proviso_coverage_rule(coverage, 0, &covered, &error));
    CHECK(covered.seen[0] == 1 && covered.seen[1] == 1 && covered.seen[2] == 0 && covered.asked[0]);
    CHECK(proviso_coverage_file_count(coverage) == 0 && proviso_coverage_take_lines(coverage, &error));
    CHECK(proviso_coverage_file_count(coverage) == 1 && proviso_coverage_file(coverage, 0, &file, &error));
    CHECK(file.line_count >= 14 && file.lines[7] == PROVISO_LINE_RUN && file.lines[0] == PROVISO_LINE_WITHOUT_CODE);
    proviso_coverage_free(coverage);
    proviso_examples_free(examples);
}

static void test_lint(const proviso_pack *pack) {
    proviso_error error = PROVISO_ZERO;
    proviso_result *result = NULL;
    proviso_lint *lint = NULL;
    CHECK(proviso_check(pack, "tiny.yaml", submission, sizeof submission - 1, NULL, &result, &error));
    const proviso_result *cases[] = {result};
    CHECK(proviso_lint_run(pack, cases, 1, &lint, &error));
    proviso_result_free(result);
    for (size_t i = 0; i < proviso_lint_count(lint); i++) {
        SIZED(proviso_remark, remark);
        CHECK(proviso_lint_at(lint, i, &remark, &error) && remark.kind.size > 0 && remark.message.size > 0);
        CHECK(remark.line > 0 && remark.level >= PROVISO_LEVEL_NOTE);
    }
    proviso_lint_free(lint);
}

/* Whether the examples notice the change. */
static bool is_noticed(const proviso_mutations *mutations, size_t index) {
    proviso_engine *engine = NULL;
    const proviso_pack *mutant = NULL;
    proviso_examples *examples = NULL;
    bool noticed = false;
    if (!proviso_engine_new(&engine, NULL, NULL))
        return false;
    if (!proviso_mutations_open(mutations, index, engine, &mutant, NULL)) {
        noticed = true;
    } else if (proviso_examples_run(mutant, NULL, &examples, NULL)) {
        for (size_t i = 0; i < proviso_examples_count(examples); i++) {
            SIZED(proviso_example, example);
            noticed = noticed || !proviso_examples_at(examples, i, &example, NULL) || !example.passed;
        }
    }
    proviso_examples_free(examples);
    proviso_engine_free(engine);
    return noticed;
}

static void test_mutations(const proviso_pack *pack) {
    proviso_error error = PROVISO_ZERO;
    proviso_mutations *mutations = NULL;
    size_t noticed = 0;
    CHECK(proviso_mutations_find(pack, &mutations, &error) && proviso_mutations_count(mutations) >= 2);
    for (size_t i = 0; i < proviso_mutations_count(mutations); i++) {
        SIZED(proviso_mutation, mutation);
        CHECK(proviso_mutations_at(mutations, i, &mutation, &error) && mutation.line > 0);
        CHECK(mutation.end - mutation.start == mutation.original.size && mutation.name.size > 0);
        noticed += is_noticed(mutations, i);
    }
    CHECK(noticed == proviso_mutations_count(mutations));
    proviso_mutations_free(mutations);
}

int main(void) {
    proviso_error error = PROVISO_ZERO;
    proviso_engine *engine = NULL;
    const proviso_pack *pack = NULL;
    test_version();
    if (!proviso_engine_new(&engine, NULL, &error) || !open_tiny(engine, rules, &pack, &error)) {
        fprintf(stderr, "%s:%u: %s\n", error.path, (unsigned)error.line, error.message);
        return 1;
    }
    test_pack(pack);
    test_check(pack);
    test_options(engine, pack);
    test_broken_input(pack);
    test_faults(engine);
    test_callbacks(engine);
    test_files(engine);
    test_together(engine);
    test_examples_and_coverage(pack);
    test_lint(pack);
    test_mutations(pack);
    proviso_engine_free(engine);
    test_memory_limit();
    test_engine_options();
    if (failures > 0)
        fprintf(stderr, "%d checks failed\n", failures);
    return failures > 0;
}
