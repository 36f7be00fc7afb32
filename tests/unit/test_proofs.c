/* What is spared of a pack that was looked through before, and what stands for "before". */
#include "torture.h"

#include <stdio.h>
#include <string.h>

#include "library/library.h"

/* ---- a pack ---- */

typedef struct pack_files {
    const char *manifest;
    const char *form;
    const char *rules;
    const char *rules_name;
} pack_files;

static const char manifest[] = "pack: tiny\nversion: 1.0.0\ntitle: A tiny pack\nform: form.yaml\nrules: [rules.lua]\n";
static const char form[] = "form: tiny\n"
                           "languages: [en, es]\n"
                           "title: A tiny form\n"
                           "sections: [{ id: '1', title: Only }]\n"
                           "measures:\n"
                           "  - id: '1.1'\n"
                           "    section: '1'\n"
                           "    title: First\n"
                           "    obligation: mandatory\n"
                           "    points: 10\n"
                           "    items: [{ id: '1', prompt: Say it, word_limit: 5 }]\n";

#define RULES(CHECK)                                                                                                   \
    "local step = pattern [[\\d+\\)]]\n"                                                                               \
    "local odd = pattern([[(?<a>x) | (?<b>y)]], 'x')\n"                                                                \
    "rule 'tiny.steps' {\n"                                                                                            \
    "  title = 'T', citation = 'C', remedy = 'R', each = 'response', level = 'error',\n"                               \
    "  check = function(response)\n"                                                                                   \
    "    " CHECK "\n"                                                                                                  \
    "  end,\n"                                                                                                         \
    "  examples = { { state = 'pass', response = 'first 1) one' }, { state = 'fail', response = 'none' } },\n"         \
    "}\n"
#define RIGHT "return present(response.text:find(step), 'steps')"

static const pack_files right = {manifest, form, RULES(RIGHT), "rules.lua"};

static bool read_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const pack_files *files = payload;
    (void)arena;
    *path = name;
    if (pv_str_equal(name, PV_STR("pack.yaml")))
        *bytes = pv_str_from(files->manifest);
    else if (pv_str_equal(name, PV_STR("form.yaml")))
        *bytes = pv_str_from(files->form);
    else if (pv_str_equal(name, pv_str_from(files->rules_name)))
        *bytes = pv_str_from(files->rules);
    else
        return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no such file");
    return true;
}

/* ---- what is kept of it ---- */

typedef struct keeper {
    bool believes; /* whatever it is asked for was kept */
    char asked[65];
    char kept[65];
} keeper;

static bool has(void *payload, const char key[65]) {
    keeper *of = payload;
    memcpy(of->asked, key, sizeof of->asked);
    return of->believes;
}

static void keep(void *payload, const char key[65]) {
    keeper *of = payload;
    memcpy(of->kept, key, sizeof of->kept);
}

/* ---- a check by it ---- */

typedef struct checked_by {
    size_t faults;       /* of the rule set */
    char first[120];     /* of them */
    pv_state state;      /* of the one response */
    char message[120];   /* its verdict's */
    uint64_t work;       /* of the same */
    size_t check_faults; /* met while it was judged */
} checked_by;

static checked_by check(const pack_files *files, const pv_limits *limits, pv_str as_of, pv_str language, keeper *kept) {
    const pv_proofs proofs = {.payload = kept, .has = has, .keep = keep};
    const pv_run_options options = {.mode = PV_MODE_SUBMISSION};
    pack_files given = *files;
    checked_by out;
    memset(&out, 0, sizeof out); /* compared byte for byte */
    pv_library *library;
    pv_checked checked = {0};
    const pv_pack *pack;
    pv_fault fault;
    pv_error error = {0};
    assert_true(pv_library_new(&library, limits, as_of, &error));
    pv_library_speak(library, language);
    if (!pv_library_open_pack(library, read_file, &given, NULL, kept ? &proofs : NULL, &pack, &fault))
        fail_msg("%s", fault.message.data);
    out.faults = pack->ruleset->fault_count;
    if (out.faults > 0)
        snprintf(out.first, sizeof out.first, "%.*s", PV_STR_ARG(pack->ruleset->faults[0].message));
    assert_true(pv_checked_new(&checked, library, &error));
    assert_true(pv_check(&checked, pack, PV_STR("a.yaml"),
                         PV_STR("form: tiny\nmeasures: { '1.1': { '1': 'We 1) begin.' } }\n"), &options, &fault));
    out.check_faults = checked.results.fault_count;
    for (size_t i = 0; i < checked.results.verdict_count; i++) {
        const pv_verdict *verdict = &checked.results.verdicts[i];
        if (!pv_str_equal(verdict->rule->id, PV_STR("tiny.steps")))
            continue;
        out.state = verdict->outcome.state;
        out.work = verdict->outcome.work;
        snprintf(out.message, sizeof out.message, "%.*s", PV_STR_ARG(verdict->outcome.message));
    }
    pv_checked_clear(&checked);
    pv_library_free(library);
    return out;
}

static checked_by check_plainly(const pack_files *files, keeper *kept) {
    return check(files, NULL, PV_STR(""), PV_STR(""), kept);
}

/* ---- the tests ---- */

static void test_what_is_judged_by_a_proven_pack_is_judged_the_same(void **state) {
    (void)state;
    keeper fresh = {0};
    keeper believing = {.believes = true};
    const checked_by without = check_plainly(&right, NULL);
    const checked_by first = check_plainly(&right, &fresh);
    const checked_by again = check_plainly(&right, &believing);
    assert_int_equal(without.state, PV_STATE_PASS);
    assert_memory_equal(&without, &first, sizeof first);
    assert_memory_equal(&without, &again, sizeof again);
    assert_string_equal(fresh.kept, fresh.asked);
    assert_string_equal(fresh.kept, believing.asked);
    assert_string_equal(believing.kept, ""); /* nothing was found out */
}

static void test_a_key_is_for_these_bytes_and_limits_alone(void **state) {
    static const char changed_form[] = "form: tiny\n"
                                       "languages: [en, es]\n"
                                       "title: A tiny farm\n"
                                       "sections: [{ id: '1', title: Only }]\n"
                                       "measures:\n"
                                       "  - id: '1.1'\n"
                                       "    section: '1'\n"
                                       "    title: First\n"
                                       "    obligation: mandatory\n"
                                       "    points: 10\n"
                                       "    items: [{ id: '1', prompt: Say it, word_limit: 5 }]\n";
    /* The last byte of the form stands first in the rules: all bytes in order are the same. */
    static const char longer_form[] = "form: tiny\n"
                                      "languages: [en, es]\n"
                                      "title: A tiny form\n"
                                      "sections: [{ id: '1', title: Only }]\n"
                                      "measures:\n"
                                      "  - id: '1.1'\n"
                                      "    section: '1'\n"
                                      "    title: First\n"
                                      "    obligation: mandatory\n"
                                      "    points: 10\n"
                                      "    items: [{ id: '1', prompt: Say it, word_limit: 5 }]\n\n";
    const pack_files others[] = {
        {"pack: tiny\nversion: 1.0.1\ntitle: A tiny pack\nform: form.yaml\nrules: [rules.lua]\n", form, right.rules,
         "rules.lua"},
        {"pack: tiny\nversion: 1.0.0\ntitle: A tiny pack\nform: form.yaml\nrules: [rulez.lua]\n", form, right.rules,
         "rulez.lua"},
        {manifest, changed_form, right.rules, "rules.lua"},
        {manifest, longer_form, right.rules, "rules.lua"},
        {manifest, form, "\n" RULES(RIGHT), "rules.lua"},
        {manifest, form, RULES("return present(response.text:find(odd), 'steps')"), "rules.lua"},
    };
    enum { OTHERS = sizeof others / sizeof *others };
    char keys[OTHERS + 4][65];
    (void)state;
    for (size_t i = 0; i < OTHERS; i++) {
        keeper kept = {0};
        assert_int_equal(check_plainly(&others[i], &kept).faults, 0);
        memcpy(keys[i], kept.kept, sizeof keys[i]);
    }
    keeper plain = {0};
    keeper limited = {0};
    keeper spanish = {0};
    pv_limits limits = pv_limits_default();
    limits.cpu_milliseconds++;
    check_plainly(&right, &plain);
    check(&right, &limits, PV_STR(""), PV_STR(""), &limited);
    check(&right, NULL, PV_STR(""), PV_STR("es"), &spanish);
    memcpy(keys[OTHERS], plain.kept, sizeof keys[0]);
    memcpy(keys[OTHERS + 1], limited.kept, sizeof keys[0]);
    memcpy(keys[OTHERS + 2], spanish.kept, sizeof keys[0]);
    memset(keys[OTHERS + 3], 0, sizeof keys[0]);
    for (size_t i = 0; i < OTHERS + 4; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(keys[i], keys[k]);
    /* The day is known only when a rule runs. */
    keeper dated = {0};
    check(&right, NULL, PV_STR("2024-02-01"), PV_STR(""), &dated);
    assert_string_equal(dated.kept, plain.kept);
}

static void test_of_a_pack_with_a_fault_nothing_is_kept(void **state) {
    (void)state;
    const pack_files misspelt = {manifest, form, RULES("return presnt(response.text:find(step), 'steps')"),
                                 "rules.lua"};
    keeper kept = {0};
    const checked_by out = check_plainly(&misspelt, &kept);
    assert_int_equal(out.faults, 1);
    assert_string_equal(kept.kept, "");
    assert_string_not_equal(kept.asked, "");
}

/* A lie costs a place, never a fault: what is wrong is told where a rule comes to it. */
static void test_what_is_wrongly_kept_hides_no_fault(void **state) {
    (void)state;
    const pack_files misspelt = {manifest, form, RULES("return presnt(response.text:find(step), 'steps')"),
                                 "rules.lua"};
    const pack_files broken = {manifest, form, RULES("return present(response.txt:find(step), 'steps') end end"),
                               "rules.lua"};
    keeper believing = {.believes = true};
    checked_by out = check_plainly(&misspelt, &believing);
    assert_int_equal(out.faults, 0);
    assert_int_equal(out.state, PV_STATE_NOT_CHECKED);
    assert_int_equal(out.check_faults, 1);
    /* A pattern that does not compile, told when it is searched for. */
    const pack_files unclosed = {manifest, form,
                                 "local open = pattern [[(a]]\n" RULES("return present(response.text:find(open), 'a')"),
                                 "rules.lua"};
    out = check_plainly(&unclosed, &believing);
    assert_int_equal(out.faults, 0);
    assert_int_equal(out.state, PV_STATE_NOT_CHECKED);
    assert_string_equal(out.message, "the pattern is at fault: the pattern is not valid: missing closing parenthesis");
    /* What shows as soon as the pack is opened is looked into. */
    out = check_plainly(&broken, &believing);
    const checked_by without = check_plainly(&broken, NULL);
    assert_true(without.faults > 0);
    assert_memory_equal(&out, &without, sizeof out);
    assert_string_equal(believing.kept, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_judged_by_a_proven_pack_is_judged_the_same),
        cmocka_unit_test(test_a_key_is_for_these_bytes_and_limits_alone),
        cmocka_unit_test(test_of_a_pack_with_a_fault_nothing_is_kept),
        cmocka_unit_test(test_what_is_wrongly_kept_hides_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
