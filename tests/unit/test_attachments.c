/* Files beside a submission: what they may be called, how often they are read, and the documents made of them. */
#include "document_fixture.h"

#include <stdio.h>
#include <string.h>

#include "model/attachments.h"

static const char form_text[] = "form: small\n"
                                "title: A small form\n"
                                "fields: { policy: { type: document, word_limit: 5 }, remarks: text }\n"
                                "sections: []\n"
                                "measures: []\n"
                                "records:\n"
                                "  letter: { columns: { title: text, text: { type: document, required: true } } }\n";

/* What lies beside the submissions of this file, and how often each was asked for. */
typedef struct beside_file {
    const char *name;
    pv_str bytes;
    pv_code code; /* why there are no bytes */
    size_t reads;
} beside_file;

static beside_file files[] = {
    {"a.txt", PV_STR("Dear all,\n\n  come.\n"), PV_OK, 0},
    {"in/b.txt", PV_STR("\xEF\xBB\xBF\xC3\x89t\xC3\xA9\r\n\rzwei\ndrei"), PV_OK, 0},
    {"latin.txt", PV_STR("caf\xE9"), PV_OK, 0},
    {"blank.txt", PV_STR(" \n\xC2\xA0\n"), PV_OK, 0},
    {"secret.txt", PV_STR(""), PV_ERROR_IO, 0},
    {"link.txt", PV_STR(""), PV_ERROR_REFUSED, 0},
};

static bool read_beside(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    (void)payload;
    *path = pv_arena_format(arena, "folder/%.*s", PV_STR_ARG(name));
    if (!path->data)
        return pv_fail_memory(error);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (!pv_str_equal(name, pv_str_from(files[i].name)))
            continue;
        files[i].reads++;
        *bytes = files[i].bytes;
        return files[i].code == PV_OK || pv_fail(error, files[i].code, "%s is none", files[i].name);
    }
    return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no file %.*s", PV_STR_ARG(*path));
}

static bool load(pv_document **out, pv_arena *arena, const char *yaml, const pv_limits *limits, pv_error *error) {
    const pv_sibling_reader beside = {.read = read_beside};
    pv_source *source;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        files[i].reads = 0;
    if (!pv_source_new(&source, arena, PV_STR("folder/s.yaml"), pv_str_from(yaml), limits, error) ||
        !pv_yaml_load(out, arena, source, limits, error))
        return false;
    (*out)->attachments = pv_attachments_new(arena, source, &beside, limits);
    return (*out)->attachments || pv_fail_memory(error);
}

static const pv_submission *read_with(arena_fixture *fixture, const char *yaml, const pv_limits *limits,
                                      pv_error *error) {
    pv_document *document;
    pv_submission *submission = NULL;
    assert_true(load(&document, fixture->arena, yaml, limits, &fixture->error));
    bool built = pv_submission_build(&submission, fixture->arena, form_of(fixture, form_text), document, error);
    return built ? submission : NULL;
}

static const pv_submission *read(arena_fixture *fixture, const char *yaml) {
    pv_limits limits = pv_limits_default();
    pv_error error = {0};
    const pv_submission *submission = read_with(fixture, yaml, &limits, &error);
    if (!submission)
        fail_msg("%s", error.message);
    return submission;
}

static const pv_value *policy_of(const pv_submission *submission) {
    return &submission->fields.values[0];
}

static void a_file_is_read_as_it_stands(void **state) {
    const pv_submission *submission = read(*state, "form: small\nfields: { policy: { file: a.txt } }\n");
    const pv_value *policy = policy_of(submission);
    assert_int_equal(submission->problem_count, 0);
    assert_true(pv_value_is_known(policy));
    assert_str(policy->text.value, "Dear all,\n\n  come.\n");
    assert_str(policy->file->path, "folder/a.txt");
    assert_covers(submission->source, policy->at, "Dear all,\n\n  come.");
    pv_span come = pv_text_locate(&policy->text, 13, 17);
    assert_covers(submission->source, come, "come");
    assert_str(pv_source_path_at(submission->source, come.start), "folder/a.txt");
    pv_position at = pv_source_locate(submission->source, come.start);
    assert_int_equal(at.line, 3);
    assert_int_equal(at.column, 3);
}

/* As if the text stood in the submission: every line ends in a line feed, and each byte knows where it is from. */
static void line_ends_become_line_feeds(void **state) {
    const pv_submission *submission = read(*state, "form: small\nfields: { policy: { file: in/b.txt } }\n");
    const pv_value *policy = policy_of(submission);
    const pv_source *source = submission->source;
    assert_str(policy->text.value, "\xC3\x89t\xC3\xA9\n\nzwei\ndrei");
    assert_true(policy->text.exact);
    assert_covers(source, pv_text_locate(&policy->text, 0, 5), "\xC3\x89t\xC3\xA9");
    assert_covers(source, pv_text_locate(&policy->text, 5, 6), "\r\n");
    assert_covers(source, pv_text_locate(&policy->text, 6, 7), "\r");
    assert_covers(source, pv_text_locate(&policy->text, 7, 11), "zwei");
    assert_covers(source, pv_text_locate(&policy->text, 12, 16), "drei");
    assert_covers(source, policy->at, "\xC3\x89t\xC3\xA9\r\n\rzwei\ndrei");
    pv_position first = pv_source_locate(source, policy->at.start);
    pv_position last = pv_source_locate(source, policy->at.end);
    assert_int_equal(first.line, 1);
    assert_int_equal(first.column, 1); /* the mark is no character */
    assert_int_equal(last.line, 4);
    assert_int_equal(last.column, 5);
}

static void a_file_is_read_and_attached_once(void **state) {
    const pv_submission *submission = read(
        *state, "form: small\nfields: { policy: { file: a.txt } }\nrecords:\n  letter:\n"
                "    - text: { file: in/b.txt }\n    - text: { file: ./a.txt }\n    - text: { file: in//./b.txt }\n"
                "    - text: { file: none.txt }\n    - text: { file: latin.txt }\n    - text: { file: latin.txt }\n");
    assert_int_equal(submission->source->attached_count, 2);
    assert_int_equal(files[0].reads, 1);
    assert_int_equal(files[1].reads, 1);
    assert_int_equal(files[2].reads, 1);            /* also when nothing came of it, … */
    assert_int_equal(submission->problem_count, 3); /* … which is said at each place */
    assert_string_equal(submission->problems[1].message.data, submission->problems[2].message.data);
    assert_true(submission->problems[1].at.start < submission->problems[2].at.start);
    const pv_record *letters = submission->records[0].records;
    assert_ptr_equal(letters[1].values.values[1].file, policy_of(submission)->file);
    assert_ptr_equal(letters[2].values.values[1].file, letters[0].values.values[1].file);
}

static void what_is_wrong_stands_where_the_file_is_named(void **state) {
    static const struct {
        const char *value;
        const char *at;
        pv_problem_kind kind;
        const char *message;
    } trials[] = {
        {"{ file: none.txt }", "none.txt", PV_PROBLEM_WRONG_TYPE, "policy: there is no file folder/none.txt"},
        {"{ file: link.txt }", "link.txt", PV_PROBLEM_WRONG_TYPE, "policy: link.txt is none"},
        {"{ file: latin.txt }", "latin.txt", PV_PROBLEM_WRONG_TYPE,
         "policy: latin.txt, line 1, column 4: the byte E9 is not UTF-8 text (the file may be in Windows-1252); "
         "save "
         "it again with the encoding UTF-8"},
        {"{ file: blank.txt }", "blank.txt", PV_PROBLEM_WRONG_TYPE, "policy: there is no text in the file blank.txt"},
        {"{ file: '../a.txt' }", "../a.txt", PV_PROBLEM_WRONG_TYPE,
         "policy: the path '../a.txt' leads up with ..; put the file into the submission's folder, or one inside it"},
        {"{ file: in/.. }", "in/..", PV_PROBLEM_WRONG_TYPE,
         "policy: the path 'in/..' leads up with ..; put the file into the submission's folder, or one inside it"},
        {"{ file: /a.txt }", "/a.txt", PV_PROBLEM_WRONG_TYPE,
         "policy: the path '/a.txt' begins at the root; write it from the submission's folder, like letters/first.txt"},
        {"{ file: in\\b.txt }", "in\\b.txt", PV_PROBLEM_WRONG_TYPE,
         "policy: the path 'in\\b.txt' has a backslash in it; write folders with /, like letters/first.txt"},
        {"{ file: \"a\\u0085b\" }", "a\\u0085b", PV_PROBLEM_WRONG_TYPE, NULL},
        {"{ file: . }", ".", PV_PROBLEM_WRONG_TYPE, "policy: the path '.' names no file"},
        {"{ file: { a: b } }", "{ a: b }", PV_PROBLEM_WRONG_TYPE,
         "policy: file is the path of a text file, like letters/first.txt, not a mapping"},
        {"{}", "{}", PV_PROBLEM_WRONG_TYPE,
         "policy: this names no file; write it like { file: letters/first.txt }, or give the text itself"},
        {"{ files: a.txt }", "files", PV_PROBLEM_UNKNOWN_NAME,
         "a document beside the submission has no part files; did you mean file?"},
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        char yaml[200];
        snprintf(yaml, sizeof yaml, "form: small\nfields:\n  policy: %s\n", trials[i].value);
        const pv_submission *submission = read(*state, yaml);
        assert_int_equal(submission->problem_count, 1);
        assert_int_equal(submission->problems[0].kind, trials[i].kind);
        assert_covers(submission->source, submission->problems[0].at, trials[i].at);
        if (trials[i].message)
            assert_str(submission->problems[0].message, trials[i].message);
        const pv_value *policy = policy_of(submission);
        assert_true(policy->given && policy->unreadable && !policy->file);
        assert_int_equal(policy->text.value.size, 0);
    }
}

static void names_that_only_look_dangerous_are_allowed(void **state) {
    const pv_submission *submission = read(*state, "form: small\nfields: { policy: { file: '..a/b..txt/...' } }\n");
    assert_str(submission->problems[0].message, "policy: there is no file folder/..a/b..txt/...");
}

static void other_parts_do_not_hide_the_file(void **state) {
    const pv_submission *submission = read(*state, "form: small\nfields: { policy: { page: 2, file: a.txt } }\n");
    assert_int_equal(submission->problem_count, 1);
    assert_covers(submission->source, submission->problems[0].at, "page");
    assert_true(pv_value_is_known(policy_of(submission)));
}

static void an_empty_box_is_blank(void **state) {
    const pv_submission *submission =
        read(*state, "form: small\nfields: { policy: { file: } }\nrecords: { letter: [{ text: { file: '' } }] }\n");
    assert_true(pv_value_is_blank(policy_of(submission)));
    assert_int_equal(submission->problem_count, 1); /* the required one */
    assert_int_equal(submission->problems[0].kind, PV_PROBLEM_MISSING_PART);
}

/* Nothing can be concluded about a submission of which a part cannot be read, or is too much. */
static void what_cannot_be_concluded_is_a_fault(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_error error = {0};
    assert_null(read_with(fixture, "form: small\nfields: { policy: { file: secret.txt } }\n", &limits, &error));
    assert_int_equal(error.code, PV_ERROR_IO);
    assert_true(error.has_where);
    assert_int_equal(error.where.start, strlen("form: small\nfields: { policy: { file: "));
    assert_string_equal(error.message, "secret.txt is none");

    static const char two[] =
        "form: small\nrecords: { letter: [{ text: { file: a.txt } }, { text: { file: in/b.txt } }] }\n";
    limits.attached_files = 2;
    limits.attached_bytes = files[0].bytes.size + files[1].bytes.size;
    error = (pv_error){0};
    assert_non_null(read_with(fixture, two, &limits, &error));
    limits.attached_files = 1;
    assert_null(read_with(fixture, two, &limits, &error));
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    assert_string_equal(error.message, "the submission names more files than the limit of 1");
    assert_int_equal(error.where.start,
                     strlen("form: small\nrecords: { letter: [{ text: { file: a.txt } }, { text: { file: "));
    limits.attached_files = 2;
    limits.attached_bytes--;
    error = (pv_error){0};
    assert_null(read_with(fixture, two, &limits, &error));
    assert_int_equal(error.code, PV_ERROR_LIMIT);
}

static void without_files_beside_the_text_is_asked_for(void **state) {
    arena_fixture *fixture = *state;
    const pv_submission *submission =
        submission_of(fixture, form_of(fixture, form_text), "form: small\nfields: { policy: { file: a.txt } }\n");
    assert_int_equal(submission->problem_count, 1);
    assert_str(submission->problems[0].message,
               "policy: the file 'a.txt' cannot be looked for here; give the text itself in its place");
}

static bool read_all(pv_arena *arena, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_document *document;
    pv_form *form;
    pv_submission *submission;
    return try_document(&document, arena, form_text, error) && pv_form_build(&form, arena, document, error) &&
           load(
               &document, arena,
               "form: small\nfields: { policy: { file: in/b.txt } }\nrecords: { letter: [{ text: { file: none } }] }\n",
               &limits, error) &&
           pv_submission_build(&submission, arena, form, document, error);
}

static void refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(read_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(a_file_is_read_as_it_stands),
        arena_test(line_ends_become_line_feeds),
        arena_test(a_file_is_read_and_attached_once),
        arena_test(what_is_wrong_stands_where_the_file_is_named),
        arena_test(names_that_only_look_dangerous_are_allowed),
        arena_test(other_parts_do_not_hide_the_file),
        arena_test(an_empty_box_is_blank),
        arena_test(what_cannot_be_concluded_is_a_fault),
        arena_test(without_files_beside_the_text_is_asked_for),
        cmocka_unit_test(refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
