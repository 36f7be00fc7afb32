/* A project whose files are all in memory: the room needs nothing but the functions of a pv_host. */
#include "torture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "project/collections.h"

typedef struct memory_file {
    const char *path; /* absolute */
    const char *text; /* NULL: it cannot be read */
} memory_file;

/* A tree of files, and the working folder. */
typedef struct memory_tree {
    const memory_file *files;
    size_t count;
    const char *here;
    char replaced[512]; /* the path and text of the file written last */
} memory_tree;

/* ---- the host ---- */

/* path as an absolute one, without "." and without "/" at its end. */
static pv_str absolute(const memory_tree *tree, char room[256], pv_str path) {
    int size = snprintf(room, 256, "%s", pv_str_starts_with(path, PV_STR("/")) ? "" : tree->here);
    while (path.size > 0) {
        size_t end = pv_str_find(path, PV_STR("/"), 0);
        pv_str name = pv_str_slice(path, 0, end == SIZE_MAX ? path.size : end);
        if (name.size > 0 && !pv_str_equal(name, PV_STR(".")))
            size += snprintf(room + size, 256 - (size_t)size, "/%.*s", PV_STR_ARG(name));
        path = end == SIZE_MAX ? (pv_str){0} : pv_str_slice(path, end + 1, path.size);
    }
    return pv_str_from(size > 0 ? room : "/");
}

static const memory_file *file_at(const memory_tree *tree, pv_str whole) {
    for (size_t i = 0; i < tree->count; i++)
        if (pv_str_equal(pv_str_from(tree->files[i].path), whole))
            return &tree->files[i];
    return NULL;
}

/* What path is called in folder and below; empty when it does not lie there. */
static pv_str inside(pv_str folder, pv_str path) {
    bool is_top = folder.size == 1;
    if (!pv_str_starts_with(path, folder) || (!is_top && (path.size <= folder.size || path.data[folder.size] != '/')))
        return (pv_str){0};
    return pv_str_slice(path, folder.size + !is_top, path.size);
}

static pv_path_kind kind_of(void *payload, pv_str path) {
    const memory_tree *tree = payload;
    char room[256];
    pv_str whole = absolute(tree, room, path);
    if (file_at(tree, whole))
        return PV_PATH_FILE;
    for (size_t i = 0; i < tree->count; i++)
        if (inside(whole, pv_str_from(tree->files[i].path)).size > 0)
            return PV_PATH_FOLDER;
    return PV_PATH_MISSING;
}

static bool is_link(void *payload, pv_str path) {
    (void)payload, (void)path;
    return false;
}

static bool is_same(void *payload, pv_str path, pv_str other) {
    const memory_tree *tree = payload;
    char room[256];
    char other_room[256];
    return kind_of(payload, path) != PV_PATH_MISSING &&
           pv_str_equal(absolute(tree, room, path), absolute(tree, other_room, other));
}

static bool read_file(void *payload, pv_buf *out, pv_str path, size_t limit, pv_error *error) {
    const memory_tree *tree = payload;
    char room[256];
    const memory_file *file = file_at(tree, absolute(tree, room, path));
    (void)limit;
    if (!file || !file->text)
        return pv_fail(error, PV_ERROR_IO, "cannot be read: %s", file ? "it is locked" : "it is not there");
    pv_buf_append_text(out, file->text);
    return !out->failed || pv_fail_memory(error);
}

static bool list_folder(void *payload, pv_arena *arena, pv_str folder, pv_folder_names *out, pv_error *error) {
    const memory_tree *tree = payload;
    char room[256];
    pv_str whole = absolute(tree, room, folder);
    PV_ARRAY(pv_str) names = {0};
    for (size_t i = 0; i < tree->count; i++) {
        pv_str rest = inside(whole, pv_str_from(tree->files[i].path));
        size_t end = pv_str_find(rest, PV_STR("/"), 0);
        pv_str name = pv_str_slice(rest, 0, end == SIZE_MAX ? rest.size : end);
        bool known = name.size == 0 || name.data[0] == '.';
        for (size_t k = 0; k < names.count; k++)
            known |= pv_str_equal(names.items[k], name);
        pv_str *added = known ? NULL : PV_ARRAY_ADD(arena, &names);
        if (added)
            *added = name;
        else if (!known)
            return pv_fail_memory(error);
    }
    *out = (pv_folder_names){names.items, names.count};
    return true;
}

static bool canonical(void *payload, pv_arena *arena, pv_str path, pv_str *out, pv_error *error) {
    const memory_tree *tree = payload;
    char room[256];
    pv_str whole = absolute(tree, room, path);
    if (kind_of(payload, path) == PV_PATH_MISSING)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "does not exist");
    *out = pv_arena_copy(arena, whole);
    return out->data || pv_fail_memory(error);
}

static bool replace(void *payload, pv_str path, pv_str text, pv_error *error) {
    memory_tree *tree = payload;
    (void)error;
    snprintf(tree->replaced, sizeof tree->replaced, "%.*s:\n%.*s", PV_STR_ARG(path), PV_STR_ARG(text));
    return true;
}

static const pv_str pack_folders[] = {PV_STR("/packs")};

static pv_host host_of(memory_tree *tree) {
    return (pv_host){
        .payload = tree,
        .kind = kind_of,
        .is_link = is_link,
        .is_same = is_same,
        .read = read_file,
        .list = list_folder,
        .canonical = canonical,
        .replace = replace,
        .pack_folders = pack_folders,
        .pack_folder_count = 1,
    };
}

/* ---- the files ---- */

static const memory_file files[] = {
    {"/packs/plan/pack.yaml", "pack: plan\nversion: 1.0.0\ntitle: Plan\nform: form.yaml\nrules: [rules.lua]\n"},
    {"/packs/plan/form.yaml", "form: plan\n"
                              "title: Plan form\n"
                              "sections: [{ id: '1', title: First area }]\n"
                              "measures:\n"
                              "  - id: '1.1'\n"
                              "    section: '1'\n"
                              "    title: Plan\n"
                              "    obligation: mandatory\n"
                              "    points: 80\n"
                              "    items: [{ id: '1', prompt: Describe the plan. }]\n"},
    {"/packs/plan/rules.lua", "rule 'plan.long-enough' {\n"
                              "  title = 'The plan is described in enough words',\n"
                              "  citation = 'Plan form, 1.1',\n"
                              "  remedy = 'Say more.',\n"
                              "  each = 'response',\n"
                              "  level = 'error',\n"
                              "  check = function(response) return at_least(response.words, 4) end,\n"
                              "  examples = {\n"
                              "    { state = 'pass', response = 'We hire, train and report.' },\n"
                              "    { state = 'fail', response = 'We hire.' },\n"
                              "  },\n"
                              "}\n"},
    {"/plans/.proviso.yaml", "mode: gate\nwaivers: waivers.yaml\nignore: [drafts/]\n"},
    {"/plans/waivers.yaml", "- id: W-1\n"
                            "  rule: plan.long-enough\n"
                            "  subject: '1.1'\n"
                            "  path: 2024/a.yaml\n"
                            "  reason: The plan follows.\n"
                            "  approver: Ana Ruiz\n"
                            "  created: 2024-01-15\n"
                            "  expires: 2024-03-31\n"},
    {"/plans/2024/a.yaml", "form: plan\nmeasures: { '1.1': { '1': We hire. } }\n"},
    {"/plans/2024/b.yaml", "form: plan\nmeasures: { '1.1': { '1': We train. } }\n"},
    {"/plans/2024/locked.yaml", NULL},
    {"/plans/2024/notes.txt", "not a submission"},
    {"/plans/2024/drafts/c.yaml", "form: plan\nmeasures: {}\n"},
    {"/loose/a.yaml", "form: plan\nmeasures: { '1.1': { '1': We hire. } }\n"},
    {"/mixed/.proviso.yaml", "overrides: [{ paths: [final/], mode: gate }]\n"},
    {"/mixed/a.yaml", "form: plan\nmeasures: { '1.1': { '1': We hire. } }\n"},
};

/* ---- a run ---- */

typedef struct run_fixture {
    memory_tree tree;
    pv_host host;
    pv_library *library;
    pv_project *project;
    pv_acceptance *acceptance;
    pv_file_list files;
    pv_proofs proofs;
    size_t questions; /* whether a pack was looked through before */
    pv_buf reported;  /* a line for all that is reported */
} run_fixture;

static bool report_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    run_fixture *run = payload;
    (void)error;
    pv_buf_format(&run->reported, "%.*s: skipped, %.*s\n", PV_STR_ARG(path), PV_STR_ARG(why));
    return true;
}

static bool report_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    run_fixture *run = payload;
    (void)of_submission, (void)error;
    pv_buf_format(&run->reported, "%.*s: %.*s\n", PV_STR_ARG(fault->path), PV_STR_ARG(fault->message));
    return true;
}

static bool report_submission(void *payload, const pv_report_input *input, pv_error *error) {
    run_fixture *run = payload;
    (void)error;
    for (size_t i = 0; i < input->results->verdict_count; i++) {
        const pv_verdict *verdict = &input->results->verdicts[i];
        if (pv_str_starts_with(verdict->rule->id, PV_STR("form.")))
            continue;
        pv_buf_format(&run->reported, "%.*s: %.*s %s%s%.*s\n", PV_STR_ARG(input->source->path),
                      PV_STR_ARG(verdict->rule->id), pv_state_name(verdict->outcome.state),
                      verdict->waiver ? ", waived by " : "",
                      PV_STR_ARG(verdict->waiver ? verdict->waiver->id : PV_STR("")));
    }
    return true;
}

static bool count_question(void *payload, const char key[65]) {
    ++*(size_t *)payload;
    return key[0] == '\0';
}

static void forget(void *payload, const char key[65]) {
    (void)payload, (void)key;
}

static int run_setup(void **state) {
    run_fixture *run = calloc(1, sizeof *run);
    pv_error error = {0};
    assert_non_null(run);
    run->tree = (memory_tree){.files = files, .count = sizeof files / sizeof *files, .here = "/plans"};
    run->host = host_of(&run->tree);
    assert_true(pv_library_new(&run->library, NULL, PV_STR("2024-02-01"), &error));
    run->proofs = (pv_proofs){.payload = &run->questions, .has = count_question, .keep = forget};
    const pv_project_settings settings = {.asked = pv_config_defaults(), .proofs = &run->proofs};
    assert_true(pv_project_new(&run->project, run->library, &run->host, &settings, &error));
    run->reported = pv_buf_on(pv_library_memory(run->library));
    *state = run;
    return 0;
}

static int run_teardown(void **state) {
    run_fixture *run = *state;
    pv_buf_clear(&run->reported);
    pv_acceptance_free(run->acceptance);
    pv_project_free(run->project);
    pv_library_free(run->library);
    free(run);
    return 0;
}

static void check(run_fixture *run, pv_str path) {
    const pv_listener listener = {run, report_skipped, report_fault, report_submission};
    pv_checker checker;
    pv_fault fault = {0};
    pv_error error = {0};
    assert_true(pv_project_collect(run->project, &run->files, &path, 1, &fault));
    const pv_profile *nearest = pv_project_profile_at(run->project, path, &fault);
    assert_non_null(nearest);
    assert_true(
        pv_acceptance_open(&run->acceptance, run->library, &run->host, nearest->values.waivers, (pv_str){0}, &fault));
    assert_true(pv_checker_init(&checker, run->project, false, &listener, &error));
    checker.acceptance = run->acceptance;
    for (size_t i = 0; i < run->files.count; i++)
        assert_true(pv_checker_check(&checker, &run->files.files[i], &error));
    pv_checker_clear(&checker);
}

static void assert_reported(const run_fixture *run, const char *expected) {
    assert_string_equal(run->reported.data ? run->reported.data : "", expected);
}

/* ---- the tests ---- */

static void test_filings_are_judged_and_waived(void **state) {
    run_fixture *run = *state;
    check(run, PV_STR("2024"));
    assert_reported(run, "2024/a.yaml: plan.long-enough fail, waived by W-1\n"
                         "2024/b.yaml: plan.long-enough fail\n"
                         "2024/locked.yaml: cannot be read: it is locked\n");
    assert_int_equal(run->files.passed[PV_FILE_IGNORED].count, 1);
    assert_int_equal(run->files.passed[PV_FILE_OF_OTHER_KIND].count, 1);
}

static void test_a_file_that_is_not_there_is_a_fault(void **state) {
    run_fixture *run = *state;
    check(run, PV_STR("2024/gone.yaml"));
    assert_reported(run, "2024/gone.yaml: cannot be read: it is not there\n");
}

static void test_the_configuration_sets_what_is_not_asked_for(void **state) {
    run_fixture *run = *state;
    pv_fault fault = {0};
    pv_error error = {0};
    pv_config_shown_list shown;
    const pv_profile *profile = pv_project_profile_of(run->project, PV_STR("2024/a.yaml"), &fault);
    assert_non_null(profile);
    assert_int_equal(profile->run.mode, PV_MODE_GATE);
    assert_int_equal(profile->run.fail_on, PV_LEVEL_ERROR);
    pv_arena *arena = pv_arena_new(pv_library_memory(run->library));
    assert_true(pv_project_show(run->project, profile, arena, &shown, &error));
    assert_true(pv_str_equal(shown.items[0].key, PV_STR("mode")) && shown.items[0].by == PV_SET_BY_FILE);
    assert_true(pv_str_equal(shown.items[1].key, PV_STR("fail_on")) && shown.items[1].by == PV_SET_BY_DEFAULT);
    pv_arena_free(arena);
}

static void test_at_the_gate_packs_are_looked_through_whatever_was_found_before(void **state) {
    run_fixture *run = *state;
    pv_fault fault = {0};
    for (size_t i = 0; i < 2; i++) {
        pv_str path = i == 0 ? PV_STR("/plans/2024/a.yaml") : PV_STR("/mixed/a.yaml"); /* of its files some are */
        pv_profile *profile = pv_project_profile_of(run->project, path, &fault);
        assert_true(profile && pv_project_open_packs(run->project, profile, &fault));
        assert_non_null(pv_pack_store_for_form(profile->packs, PV_STR("plan"), &fault));
        assert_int_equal(run->questions, 0);
    }
    pv_profile *loose = pv_project_profile_of(run->project, PV_STR("/loose/a.yaml"), &fault);
    assert_true(loose && pv_project_open_packs(run->project, loose, &fault));
    assert_non_null(pv_pack_store_for_form(loose->packs, PV_STR("plan"), &fault));
    assert_int_equal(run->questions, 1);
}

static void test_a_lock_file_is_written_through_the_host(void **state) {
    run_fixture *run = *state;
    pv_fault fault = {0};
    pv_error error = {0};
    pv_profile *profile = pv_project_profile_at(run->project, PV_STR("."), &fault);
    assert_non_null(profile);
    assert_true(pv_project_open_packs(run->project, profile, &fault));
    const pv_pack *pack = pv_pack_store_named(profile->packs, PV_STR("plan"), &fault);
    assert_non_null(pack);
    assert_true(pv_lock_write(&run->host, pv_library_memory(run->library), PV_STR("proviso.lock"), &pack, 1, &error));
    assert_non_null(strstr(run->tree.replaced, "proviso.lock:\n# The packs that this project is checked with"));
    assert_non_null(strstr(run->tree.replaced, "'plan': { version: '1.0.0', sha256: "));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_filings_are_judged_and_waived, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(test_a_file_that_is_not_there_is_a_fault, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(test_the_configuration_sets_what_is_not_asked_for, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(test_at_the_gate_packs_are_looked_through_whatever_was_found_before, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(test_a_lock_file_is_written_through_the_host, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
