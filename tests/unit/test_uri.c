#include "torture.h"

#include "report/write/markup.h"

static void assert_uri(const char *path, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf out = pv_buf_on(&memory);
    pv_uri_append(&out, pv_str_from(path));
    assert_str(pv_buf_str(&out), expected);
    pv_buf_clear(&out);
}

static void test_what_may_stand_in_a_path_stays(void **state) {
    (void)state;
    assert_uri("filings/a-b_c.1~2.yaml", "filings/a-b_c.1~2.yaml");
    assert_uri("it's (a), b;c=d&e+f!", "it's%20(a),%20b;c=d&e+f!");
    assert_uri("../up.yaml", "../up.yaml");
    assert_uri("", "");
}

/* "?" and "#" would begin a query or fragment, "%" an escape, ":" end a scheme. */
static void test_what_would_mean_something_is_escaped(void **state) {
    (void)state;
    assert_uri("20%.yaml", "20%25.yaml");
    assert_uri("a?b#c", "a%3Fb%23c");
    assert_uri("one: two", "one%3A%20two");
    assert_uri("a\\b\"<>[]{}|^`", "a%5Cb%22%3C%3E%5B%5D%7B%7D%7C%5E%60");
}

static void test_other_bytes_are_escaped_one_by_one(void **state) {
    (void)state;
    assert_uri("A\xC3\xB1o", "A%C3%B1o");
    assert_uri("\xFF\x01", "%FF%01");
}

static void test_an_absolute_path_is_a_file(void **state) {
    (void)state;
    assert_uri("/tmp/a b", "file:///tmp/a%20b");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_may_stand_in_a_path_stays),
        cmocka_unit_test(test_what_would_mean_something_is_escaped),
        cmocka_unit_test(test_other_bytes_are_escaped_one_by_one),
        cmocka_unit_test(test_an_absolute_path_is_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
