#include "document_fixture.h"

#include "project/config.h"

static pv_path_patterns patterns_of(arena_fixture *fixture, const char *yaml) {
    pv_path_patterns patterns;
    pv_error error = {0};
    if (!pv_path_patterns_read(&patterns, fixture->arena, document_of(fixture, yaml)->root, "a pattern", &error))
        fail_msg("%s: %s", yaml, error.message);
    return patterns;
}

static void test_the_last_that_matches_decides(void **state) {
    static const struct {
        const char *patterns;
        const char *path;
        bool chosen;
    } cases[] = {
        {"[]", "a.yaml", false},
        /* a name, wherever it stands */
        {"['*.bak.yaml']", "a.bak.yaml", true},
        {"['*.bak.yaml']", "d/e/a.bak.yaml", true},
        {"['*.bak.yaml']", "d/a.yaml", false},
        {"[drafts]", "drafts/a.yaml", true},
        {"[drafts]", "x/drafts/y/a.yaml", true},
        {"[drafts]", "drafts", true},
        {"[drafts]", "drafts.yaml", false},
        /* a path from the folder */
        {"['drafts/**']", "drafts/x/a.yaml", true},
        {"['drafts/**']", "x/drafts/a.yaml", false},
        {"[/drafts]", "drafts/a.yaml", true},
        {"[/drafts]", "x/drafts/a.yaml", false},
        {"[./a.yaml]", "a.yaml", true},
        {"[./a.yaml]", "x/a.yaml", false},
        {"[2024/a]", "2024/a/b/c.yaml", true},
        {"['*/a.yaml']", "x/a.yaml", true},
        {"['*/a.yaml']", "x/y/a.yaml", false},
        {"['**/a.yaml']", "a.yaml", true},
        /* a folder only */
        {"[drafts/]", "drafts/a.yaml", true},
        {"[drafts/]", "x/drafts/a.yaml", true},
        {"[drafts/]", "drafts", false},
        {"[x/drafts/]", "y/x/drafts/a.yaml", false},
        /* taken back */
        {"['*.yaml', '!keep.yaml']", "d/keep.yaml", false},
        {"['*.yaml', '!keep.yaml']", "d/a.yaml", true},
        {"['!keep.yaml', '*.yaml']", "keep.yaml", true},
        {"[drafts, '!drafts/final.yaml']", "drafts/final.yaml", false},
        {"['!a.yaml']", "a.yaml", false},
        {"['\\!a.yaml']", "!a.yaml", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const pv_path_patterns patterns = patterns_of(*state, cases[i].patterns);
        if (pv_path_patterns_choose(&patterns, pv_str_from(cases[i].path)) != cases[i].chosen)
            fail_msg("%s of %s is not %d", cases[i].path, cases[i].patterns, cases[i].chosen);
    }
}

static void test_the_pattern_that_decided_is_known(void **state) {
    const pv_path_patterns patterns = patterns_of(*state, "['*.yaml', '!a.yaml', '*.yml']");
    assert_int_equal(pv_path_patterns_last(&patterns, PV_STR("b.yaml"))->node->index, 0);
    assert_int_equal(pv_path_patterns_last(&patterns, PV_STR("a.yaml"))->node->index, 1);
    assert_null(pv_path_patterns_last(&patterns, PV_STR("a.txt")));
}

static void test_what_is_no_pattern_is_refused_at_its_place(void **state) {
    static const struct {
        const char *yaml;
        uint32_t at;
        const char *message;
    } cases[] = {
        {"a.yaml", 0, "what is ignored must be a list, but is a text"},
        {"[a, '']", 4, "a pattern is empty"},
        {"[a, [b]]", 4, "a pattern must be a text, but is a list"},
        {"[a, '!']", 4, "the pattern '!' names nothing"},
        {"[a, '/']", 4, "the pattern '/' names nothing"},
        {"[../a]", 1, "the pattern '../a' leads out of the configuration's folder; a pattern is a path from there"},
        {"[a/../b]", 1, "the pattern 'a/../b' leads out of the configuration's folder; a pattern is a path from there"},
        {"['{a']", 1, "a { in a pattern needs its }; write \\{ for the character itself"},
    };
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_path_patterns patterns;
        pv_error error = {0};
        assert_false(pv_path_patterns_read(&patterns, fixture->arena, document_of(fixture, cases[i].yaml)->root,
                                           "what is ignored", &error));
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.where.start, cases[i].at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_last_that_matches_decides, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_the_pattern_that_decided_is_known, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_pattern_is_refused_at_its_place, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
