/* The small modules of base: digits, error, hash, suggest, limits. */
#include "torture.h"

#include "base/digits.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/str.h"

static void a_lower_error_is_kept(void **state) {
    (void)state;
    pv_error error = {0};
    assert_false(pv_fail_at(&error, PV_ERROR_SYNTAX, (pv_span){3, 4}, "first %d", 1));
    assert_false(pv_fail(&error, PV_ERROR_IO, "second"));
    assert_int_equal(error.code, PV_ERROR_SYNTAX);
    assert_string_equal(error.message, "first 1");
    assert_int_equal(error.where.start, 3);
    assert_true(error.has_where);
}

static void sha256_is_the_standard_one(void **state) {
    (void)state;
    char hex[65];
    /* FIPS 180-2, appendix B.1. */
    pv_hash_sha256(&PV_STR("abc"), 1, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    pv_str parts[] = {PV_STR("a"), {NULL, 0}, PV_STR("bc")};
    char in_parts[65];
    pv_hash_sha256(parts, 3, in_parts);
    assert_string_equal(in_parts, hex);
    /* One after another, and anew after the end. */
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_sha256 *hash = pv_sha256_begin(arena);
    for (int round = 0; round < 2; round++) {
        pv_sha256_add(hash, PV_STR("ab"));
        pv_sha256_add(hash, PV_STR("c"));
        pv_sha256_end(hash, in_parts);
        assert_string_equal(in_parts, hex);
    }
    pv_arena_free(arena);
}

static void fnv_is_the_standard_one(void **state) {
    (void)state;
    /* The published test vectors of FNV-1a, 64 bits. */
    assert_true(pv_hash_continue(PV_HASH_SEED, PV_STR("")) == UINT64_C(0xcbf29ce484222325));
    assert_true(pv_hash_continue(PV_HASH_SEED, PV_STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(pv_hash_continue(PV_HASH_SEED, PV_STR("foobar")) == UINT64_C(0x85944171f73967e8));
}

static void suggests_what_was_meant(void **state) {
    (void)state;
    static const pv_str names[] = {{"county", 6}, {"program_year", 12}, {"plan", 4}, {"words", 5}, {"1.1.6", 5}};
    static const struct {
        const char *name;
        size_t expected;
    } cases[] = {
        {"cuonty", 0}, {"County", 0}, {"program-year", 1}, {"programyear", 1}, {"plans", 2},    {"wrods", 3},
        {"1.1.66", 4}, {"wordss", 3}, {"zebra", SIZE_MAX}, {"", SIZE_MAX},     {"p", SIZE_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(pv_suggest(pv_str_from(cases[i].name), names, 5), cases[i].expected);
}

static void reads_digits(void **state) {
    (void)state;
    uint64_t number = 7;
    assert_int_equal(pv_digits_end(PV_STR("a12b"), 1), 3);
    assert_int_equal(pv_digits_end(PV_STR("a12"), 1), 3);
    assert_int_equal(pv_digits_end(PV_STR("a12"), 0), 0);
    assert_int_equal(pv_digits_end(PV_STR("a12"), 9), 9);
    assert_true(pv_digits_read(PV_STR("0042"), 42, &number));
    assert_int_equal(number, 42);
    assert_false(pv_digits_read(PV_STR("43"), 42, &number));
    assert_false(pv_digits_read(PV_STR(""), 42, &number));
    assert_false(pv_digits_read(PV_STR("4 "), 42, &number));
    assert_false(pv_digits_read(PV_STR("-4"), 42, &number));
    assert_int_equal(number, 42);
    assert_true(pv_digits_read(PV_STR("18446744073709551615"), UINT64_MAX, &number));
    assert_true(number == UINT64_MAX);
    assert_false(pv_digits_read(PV_STR("18446744073709551616"), UINT64_MAX, &number));
    assert_false(pv_digits_read(PV_STR("99999999999999999999"), UINT64_MAX, &number));
}

static void writes_and_reads_hexadecimal(void **state) {
    (void)state;
    char hex[PV_HEX_SIZE];
    uint64_t number = 0;
    pv_hex_write(UINT64_C(0x0123456789abcdef), hex);
    assert_string_equal(hex, "0123456789abcdef");
    assert_true(pv_hex_read(pv_str_from(hex), &number));
    assert_true(number == UINT64_C(0x0123456789abcdef));
    assert_false(pv_hex_read(PV_STR("0123456789ABCDEF"), &number));
    assert_false(pv_hex_read(PV_STR("0123456789abcde"), &number));
    assert_false(pv_hex_read(PV_STR("0123456789abcdeg"), &number));
    assert_int_equal(pv_hex_value('F'), 15);
    assert_int_equal(pv_hex_value('g'), -1);
    assert_true(pv_hex_is_small(PV_STR("09af")));
    assert_false(pv_hex_is_small(PV_STR("09aF")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lower_error_is_kept),
        cmocka_unit_test(sha256_is_the_standard_one),
        cmocka_unit_test(fnv_is_the_standard_one),
        cmocka_unit_test(suggests_what_was_meant),
        cmocka_unit_test(reads_digits),
        cmocka_unit_test(writes_and_reads_hexadecimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
