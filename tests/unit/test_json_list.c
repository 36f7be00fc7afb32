#include "arena_fixture.h"

#include "report/write/json_list.h"

static void test_equal_objects_stand_once(void **state) {
    arena_fixture *fixture = *state;
    pv_json_list list = pv_json_list_in(fixture->arena);
    size_t first, second, again;
    assert_true(pv_json_list_add(&list, PV_STR("{\"a\":1}"), &first, &fixture->error));
    assert_true(pv_json_list_add(&list, PV_STR("{\"b\":2}"), &second, &fixture->error));
    assert_true(pv_json_list_add(&list, PV_STR("{\"a\":1}"), &again, &fixture->error));
    assert_int_equal(first, 0);
    assert_int_equal(second, 1);
    assert_int_equal(again, 0);
    pv_json *next = pv_json_list_next(&list);
    pv_json_object_begin(next);
    pv_json_object_end(next);

    pv_buf out = pv_buf_on(&fixture->memory);
    pv_json json = pv_json_on(&out);
    pv_json_object_begin(&json);
    pv_json_list_write(&json, "all", &list);
    pv_json_object_end(&json);
    assert_str(pv_buf_str(&out), "{\n\"all\":[\n{\"a\":1},\n{\"b\":2},\n{}\n]}");
    pv_buf_clear(&out);
    pv_json_list_clear(&list);
}

static void test_an_empty_list_is_an_array(void **state) {
    arena_fixture *fixture = *state;
    pv_json_list list = pv_json_list_in(fixture->arena);
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_json json = pv_json_on(&out);
    pv_json_object_begin(&json);
    pv_json_list_write(&json, "all", &list);
    pv_json_object_end(&json);
    assert_str(pv_buf_str(&out), "{\n\"all\":[\n]}");
    pv_buf_clear(&out);
    pv_json_list_clear(&list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_equal_objects_stand_once),
        arena_test(test_an_empty_list_is_an_array),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
