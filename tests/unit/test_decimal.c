#include "torture.h"

#include "base/decimal.h"

static pv_memory memory = {.limit = SIZE_MAX};

static pv_decimal parse(const char *text) {
    pv_decimal value = {0};
    pv_error error = {0};
    if (!pv_decimal_parse(pv_str_from(text), true, &value, &error))
        fail_msg("\"%s\": %s", text, error.message);
    return value;
}

static void assert_formats(pv_decimal value, const char *expected) {
    pv_buf buf = pv_buf_on(&memory);
    pv_decimal_format(value, &buf);
    assert_str(pv_buf_str(&buf), expected);
    pv_buf_clear(&buf);
}

static void reads_numbers(void **state) {
    (void)state;
    static const char *cases[][2] = {
        {"20", "20"},
        {"33.7", "33.7"},
        {".2", "0.2"},
        {"-0.2", "-0.2"},
        {"+7", "7"},
        {"1,000", "1000"},
        {"60,000", "60000"},
        {"1,234,567.80", "1234567.8"},
        {"007", "7"},
        {"20.00", "20"},
        {"0", "0"},
        {"-0", "0"},
        {"9223372036854775807", "9223372036854775807"},
        {"0.000000000000000001", "0.000000000000000001"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_formats(parse(cases[i][0]), cases[i][1]);
}

static void refuses_what_is_no_number(void **state) {
    (void)state;
    static const char *cases[] = {"",     "-",    ".",        "1.",        "1.2.3",   "1e3",  " 1",  "1 ",
                                  "1,00", ",100", "1000,000", "1,0000000", "1.000,5", "0x10", "abc", "1-2"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_decimal value;
        pv_error error = {0};
        if (pv_decimal_parse(pv_str_from(cases[i]), true, &value, &error))
            fail_msg("\"%s\" was read as a number", cases[i]);
        assert_int_equal(error.code, PV_ERROR_SYNTAX);
    }
    pv_decimal value;
    pv_error error = {0};
    assert_false(pv_decimal_parse(PV_STR("1,000"), false, &value, &error));
}

static void overflow_is_an_error(void **state) {
    (void)state;
    pv_decimal largest = parse("9223372036854775807");
    pv_decimal result;
    pv_error error = {0};
    assert_false(pv_decimal_add(largest, parse("1"), &result, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    error = (pv_error){0};
    assert_false(pv_decimal_multiply(largest, parse("2"), &result, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    error = (pv_error){0};
    assert_false(pv_decimal_add(largest, parse("0.1"), &result, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    error = (pv_error){0};
    assert_false(pv_decimal_parse(PV_STR("9223372036854775808"), false, &result, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    error = (pv_error){0};
    assert_false(pv_decimal_parse(PV_STR("0.0000000000000000001"), false, &result, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
}

static void computes_exactly(void **state) {
    (void)state;
    pv_decimal result;
    pv_error error = {0};
    /* The sum that binary floating point gets wrong. */
    assert_true(pv_decimal_add(parse("0.1"), parse("0.2"), &result, &error));
    assert_formats(result, "0.3");
    assert_int_equal(pv_decimal_compare(result, parse("0.3")), 0);
    assert_true(pv_decimal_subtract(parse("1"), parse("0.9"), &result, &error));
    assert_formats(result, "0.1");
    assert_true(pv_decimal_multiply(parse("0.25"), parse("80"), &result, &error));
    assert_formats(result, "20");
    assert_true(pv_decimal_compare(parse("2.50"), parse("2.5")) == 0);
    assert_true(pv_decimal_compare(parse("-3"), parse("-2.999")) < 0);
    assert_true(pv_decimal_compare(parse("9223372036854775807"), parse("0.000000000000000001")) > 0);
}

static void shares_are_shown_rounded(void **state) {
    (void)state;
    pv_error error = {0};
    static const char *cases[][3] = {
        {"18", "95", "18.9"}, {"19", "95", "20.0"}, {"1", "8", "12.5"},      {"1", "16", "6.3"},
        {"-1", "16", "-6.3"}, {"0", "5", "0.0"},    {"-1", "100000", "0.0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_buf buf = pv_buf_on(&memory);
        assert_true(pv_decimal_format_share(parse(cases[i][0]), parse(cases[i][1]), NULL, &buf, &error));
        assert_str(pv_buf_str(&buf), cases[i][2]);
        pv_buf_clear(&buf);
    }
    pv_buf buf = pv_buf_on(&memory);
    assert_false(pv_decimal_format_share(parse("1"), parse("0"), NULL, &buf, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    pv_buf_clear(&buf);
}

/* What is shown lies on the same side of the limit as the share. */
static void shares_are_shown_on_their_side_of_a_limit(void **state) {
    (void)state;
    pv_error error = {0};
    static const char *cases[][4] = {
        /* 19.9995 %: one, two and three places round to 20. */
        {"39999", "200000", "20", "19.9995"},
        {"40000", "200000", "20", "20.0"},
        /* 20.0005 %: three places, half away from zero, are the first that are more than 20. */
        {"40001", "200000", "20", "20.001"},
        {"18", "95", "20", "18.9"},
        /* 18.95 % is the limit itself, and one place would be 19.0 or less than it. */
        {"379", "2000", "18.95", "18.95"},
        /* 66.666… % against two digits of it: above 66.6 at one place already, and below 66.67 from 66.667 on. */
        {"2", "3", "66.6", "66.7"},
        {"2", "3", "66.67", "66.667"},
        {"1999", "2000", "100", "99.95"},
        {"-1", "100000", "0", "-0.001"},
        {"0", "5", "0", "0.0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_buf buf = pv_buf_on(&memory);
        const pv_decimal limit = parse(cases[i][2]);
        assert_true(pv_decimal_format_share(parse(cases[i][0]), parse(cases[i][1]), &limit, &buf, &error));
        assert_str(pv_buf_str(&buf), cases[i][3]);
        pv_buf_clear(&buf);
    }
}

static void tells_whole_numbers(void **state) {
    (void)state;
    int64_t integer;
    assert_true(pv_decimal_to_integer(parse("200.00"), &integer));
    assert_int_equal(integer, 200);
    assert_false(pv_decimal_to_integer(parse("200.5"), &integer));
    assert_formats((pv_decimal){INT64_MIN, 0}, "-9223372036854775808");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(refuses_what_is_no_number),
        cmocka_unit_test(overflow_is_an_error),
        cmocka_unit_test(computes_exactly),
        cmocka_unit_test(shares_are_shown_rounded),
        cmocka_unit_test(shares_are_shown_on_their_side_of_a_limit),
        cmocka_unit_test(tells_whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
