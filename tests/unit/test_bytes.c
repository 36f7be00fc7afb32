/* bytes: what is found in eight bytes at once is what a walk byte by byte finds. */
#include "torture.h"

#include "base/bytes.h"

/* Bytes that lie next to what is looked for, and at both ends. */
static const unsigned char kinds[] = {0x00, 0x01, 0x0A, 0x1F, ' ',  '!',  '"',  '#',  '9', ':',
                                      ';',  'a',  0x7E, 0x7F, 0x80, 0xA0, 0xBA, 0xFE, 0xFF};
#define KINDS (sizeof kinds / sizeof *kinds)

static bool is_printable(char c) {
    return c >= ' ' && c <= '~';
}

/* Words of three bytes of every kind each, at every place among others. */
static void the_first_flag_is_right(void **state) {
    (void)state;
    for (size_t n = 0; n < KINDS * KINDS * KINDS * 6; n++) {
        char bytes[PV_BYTES_WORD] = "aaaaaaa";
        bytes[7] = 'a';
        size_t place = n % 6;
        bytes[place] = (char)kinds[n / 6 % KINDS];
        bytes[place + 1] = (char)kinds[n / 6 / KINDS % KINDS];
        bytes[place + 2] = (char)kinds[n / 6 / KINDS / KINDS];
        uint64_t word = pv_bytes_load(bytes);
        size_t first_other = 0;
        while (first_other < PV_BYTES_WORD && is_printable(bytes[first_other]))
            first_other++;
        uint64_t others = pv_bytes_not_printable(word);
        assert_int_equal(others != 0, first_other < PV_BYTES_WORD);
        if (others)
            assert_int_equal(pv_bytes_first(others), first_other);
        size_t first_stop = 0;
        while (first_stop < PV_BYTES_WORD && is_printable(bytes[first_stop]) && !strchr("#;", bytes[first_stop]))
            first_stop++;
        uint64_t stops = pv_bytes_not_plain(word, '#', ';');
        assert_int_equal(stops != 0, first_stop < PV_BYTES_WORD);
        if (stops)
            assert_int_equal(pv_bytes_first(stops), first_stop);
        const char *colon = memchr(bytes, ':', sizeof bytes);
        uint64_t colons = pv_bytes_equal(word, ':');
        assert_int_equal(colons != 0, colon != NULL);
        if (colon)
            assert_int_equal(pv_bytes_first(colons), colon - bytes);
    }
}

static size_t first_that(const unsigned char *bytes, bool (*holds)(unsigned char)) {
    size_t at = 0;
    while (at < PV_BLOCK_BYTES && !holds(bytes[at]))
        at++;
    return at;
}

static bool is_nine(unsigned char c) {
    return c == '9';
}

static bool is_from_quote_to_nine(unsigned char c) {
    return c >= '"' && c <= '9';
}

static bool is_white_space(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_not_ascii(unsigned char c) {
    return c >= 0x80;
}

/* Two bytes of every kind each, at every place of a block; and the first of a block, whatever follows it. */
static void sixteen_are_each_told(void **state) {
    (void)state;
    for (size_t n = 0; n < KINDS * KINDS * (PV_BLOCK_BYTES - 1); n++) {
        unsigned char bytes[PV_BLOCK_BYTES] = "aaaaaaaaaaaaaaa";
        size_t place = n % (PV_BLOCK_BYTES - 1);
        bytes[PV_BLOCK_BYTES - 1] = 'a';
        bytes[place] = kinds[n / (PV_BLOCK_BYTES - 1) % KINDS];
        bytes[place + 1] = kinds[n / (PV_BLOCK_BYTES - 1) / KINDS];
        const pv_block block = pv_block_load((const char *)bytes);
        assert_int_equal(pv_block_first(pv_block_equal(block, '9')), first_that(bytes, is_nine));
        assert_int_equal(pv_block_first(pv_block_within(block, '"', '9')), first_that(bytes, is_from_quote_to_nine));
        assert_int_equal(pv_block_first(pv_block_white_space(block)), first_that(bytes, is_white_space));
        assert_int_equal(pv_block_first(pv_block_not_ascii(block)), first_that(bytes, is_not_ascii));
        for (size_t i = 0; i < PV_BLOCK_BYTES; i++)
            assert_int_equal(pv_block_bits(pv_block_not_ascii(block)) >> i & 1, bytes[i] >= 0x80);
    }
}

/* In a text of every length, with what is found at every place, or nowhere. */
static void a_search_stops_at_the_first(void **state) {
    (void)state;
    char text[40];
    for (size_t size = 0; size <= sizeof text; size++)
        for (size_t place = 0; place <= size; place++)
            for (size_t from = 0; from <= size; from++) {
                memset(text, 'x', sizeof text);
                if (place < size)
                    text[place] = place % 2 == 0 ? ':' : '#';
                size_t wanted = place >= from && place < size ? place : size;
                assert_int_equal(pv_bytes_find_either(text, from, size, size, ':', '#'), wanted);
                memset(text, ' ', sizeof text);
                if (place < size)
                    text[place] = '\n';
                assert_int_equal(pv_bytes_skip_spaces(text, from, size), wanted);
            }
}

/* What stands behind the end is looked at, and never found in its place. */
static void a_search_ends_at_its_end(void **state) {
    (void)state;
    static const char text[] = "abc:def:ghijklmnopqrstu#";
    assert_int_equal(pv_bytes_find_either(text, 0, 4, sizeof text, ':', '#'), 3);
    assert_true(pv_bytes_find_either(text, 4, 7, sizeof text, ':', '#') >= 7);
    assert_true(pv_bytes_find_either(text, 0, 3, sizeof text, ':', '#') >= 3);
    assert_true(pv_bytes_find_either(text, 8, 20, sizeof text, ':', '#') >= 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_flag_is_right),
        cmocka_unit_test(sixteen_are_each_told),
        cmocka_unit_test(a_search_stops_at_the_first),
        cmocka_unit_test(a_search_ends_at_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
