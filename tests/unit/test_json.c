#include "torture.h"

#include <string.h>

#include "report/write/json.h"

static pv_memory memory = {.limit = SIZE_MAX};

typedef struct writing {
    pv_buf out;
    pv_json json;
} writing;

static int setup(void **state) {
    static writing fixture;
    fixture.out = pv_buf_on(&memory);
    fixture.json = pv_json_on(&fixture.out);
    *state = &fixture;
    return 0;
}

static int teardown(void **state) {
    writing *fixture = *state;
    pv_buf_clear(&fixture->out);
    return memory.used == 0 ? 0 : -1;
}

static void assert_string(void **state, pv_str value, const char *expected) {
    writing *fixture = *state;
    pv_buf_reset(&fixture->out);
    fixture->json = pv_json_on(&fixture->out);
    pv_json_string(&fixture->json, value);
    assert_str(pv_buf_str(&fixture->out), expected);
}

static void test_plain_text_stays(void **state) {
    assert_string(state, PV_STR("100 words of at most 100"), "\"100 words of at most 100\"");
    assert_string(state, PV_STR(""), "\"\"");
    assert_string(state, (pv_str){0}, "\"\"");
    assert_string(state, PV_STR("a/b"), "\"a/b\"");
}

static void test_quotes_and_backslashes_are_escaped(void **state) {
    assert_string(state, PV_STR("\"C:\\x\""), "\"\\\"C:\\\\x\\\"\"");
}

static void test_short_escapes(void **state) {
    assert_string(state, PV_STR("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
}

static void test_every_other_control_character_is_escaped(void **state) {
    assert_string(state, (pv_str){"a\0b", 3}, "\"a\\u0000b\"");
    assert_string(state, PV_STR("\x1b[31m"), "\"\\u001b[31m\"");
    assert_string(state, PV_STR("\x7f"), "\"\\u007f\"");
    assert_string(state, PV_STR("\xC2\x9B"), "\"\\u009b\""); /* C1: a terminal may take it for ESC [ */
    assert_string(state, PV_STR("\xE2\x80\xA8\xE2\x80\xA9"), "\"\\u2028\\u2029\""); /* line ends in JavaScript */
}

static void test_other_characters_stay_utf8(void **state) {
    assert_string(state, PV_STR("“§” – é 漢 😀"), "\"“§” – é 漢 😀\"");
    assert_string(state, PV_STR("\xC2\xA0"), "\"\xC2\xA0\""); /* U+00A0 is the first after C1 */
}

static void test_bytes_that_are_not_utf8_are_replaced(void **state) {
    assert_string(state,
                  PV_STR("a\xFF"
                         "b"),
                  "\"a\xEF\xBF\xBD"
                  "b\"");
    assert_string(state, PV_STR("cut \xE2\x80"), "\"cut \xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_string(state, PV_STR("\xEF\xBF\xBD"), "\"\xEF\xBF\xBD\""); /* the replacement character itself */
}

/* Texts of every length, with what is not plain at every place, twice in a row and at every third. */
static void test_wherever_it_stands(void **state) {
    static const struct {
        char byte;
        const char *written;
    } specials[] = {{'\n', "\\n"}, {'"', "\\\""}, {'\\', "\\\\"}, {'\0', "\\u0000"}, {'\x7F', "\\u007f"}};
    char text[40];
    char expected[6 * sizeof text + 3];
    for (size_t n = 0; n < sizeof specials / sizeof *specials; n++)
        for (size_t size = 0; size <= sizeof text; size++)
            for (size_t place = 0; place <= size; place++) {
                strcpy(expected, "\"");
                for (size_t i = 0; i < size; i++) {
                    bool special = i == place || i == place + 1 || (place == size && i % 3 == 0);
                    text[i] = special ? specials[n].byte : 'x';
                    strcat(expected, special ? specials[n].written : "x");
                }
                strcat(expected, "\"");
                assert_string(state, (pv_str){text, size}, expected);
            }
}

static void test_containers_and_commas(void **state) {
    writing *fixture = *state;
    pv_json *json = &fixture->json;
    pv_json_object_begin(json);
    pv_json_key(json, "list");
    pv_json_array_begin(json);
    pv_json_unsigned(json, 0);
    pv_json_unsigned(json, UINT64_MAX);
    pv_json_bool(json, true);
    pv_json_bool(json, false);
    pv_json_null(json);
    pv_json_array_begin(json);
    pv_json_array_end(json);
    pv_json_array_end(json);
    pv_json_member(json, "name", PV_STR("x"));
    pv_json_optional_member(json, "none", (pv_str){0});
    pv_json_optional_member(json, "some", PV_STR("y"));
    pv_json_key_str(json, PV_STR("a\"b"));
    pv_json_object_begin(json);
    pv_json_object_end(json);
    pv_json_object_end(json);
    assert_str(pv_buf_str(&fixture->out), "{\"list\":[0,18446744073709551615,true,false,null,[]],\"name\":\"x\","
                                          "\"none\":null,\"some\":\"y\",\"a\\\"b\":{}}");
}

static void test_raw_is_a_value_or_members(void **state) {
    writing *fixture = *state;
    pv_json *json = &fixture->json;
    pv_json_object_begin(json);
    pv_json_raw(json, PV_STR("\"a\":1,\"b\":2"));
    pv_json_key(json, "c");
    pv_json_raw(json, PV_STR("[3]"));
    pv_json_raw(json, PV_STR("\"d\":4"));
    pv_json_object_end(json);
    assert_str(pv_buf_str(&fixture->out), "{\"a\":1,\"b\":2,\"c\":[3],\"d\":4}");
}

static void test_line_breaks_stand_between_tokens(void **state) {
    writing *fixture = *state;
    pv_json *json = &fixture->json;
    pv_json_array_begin(json);
    pv_json_line_break(json);
    pv_json_unsigned(json, 1);
    pv_json_line_break(json);
    pv_json_unsigned(json, 2);
    pv_json_line_break(json);
    pv_json_array_end(json);
    assert_str(pv_buf_str(&fixture->out), "[\n1,\n2\n]");
}

static void test_refused_memory_is_known_at_the_end(void **state) {
    (void)state;
    pv_memory small = pv_memory_with_limit(300);
    pv_buf out = pv_buf_on(&small);
    pv_json json = pv_json_on(&out);
    pv_json_array_begin(&json);
    for (int i = 0; i < 100; i++)
        pv_json_string(&json, PV_STR("more than fits"));
    pv_json_array_end(&json);
    assert_true(out.failed);
    pv_buf_clear(&out);
}

#define json_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        json_test(test_plain_text_stays),
        json_test(test_quotes_and_backslashes_are_escaped),
        json_test(test_short_escapes),
        json_test(test_every_other_control_character_is_escaped),
        json_test(test_other_characters_stay_utf8),
        json_test(test_bytes_that_are_not_utf8_are_replaced),
        json_test(test_wherever_it_stands),
        json_test(test_containers_and_commas),
        json_test(test_raw_is_a_value_or_members),
        json_test(test_line_breaks_stand_between_tokens),
        cmocka_unit_test(test_refused_memory_is_known_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
