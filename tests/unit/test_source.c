/* source: encoding checks, the line table, positions. */
#include "arena_fixture.h"

#include <string.h>

#include "model/source.h"

static pv_source *open_source(arena_fixture *fixture, pv_str bytes) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("x.yaml"), bytes, &limits, &fixture->error));
    return source;
}

/* The source is refused at this byte in these words, but still there to print the place. */
static void assert_refused(arena_fixture *fixture, pv_str bytes, uint32_t at, const char *words) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_error error = {0};
    assert_false(pv_source_new(&source, fixture->arena, PV_STR("x"), bytes, &limits, &error));
    assert_non_null(source);
    assert_int_equal(error.code, PV_ERROR_ENCODING);
    assert_true(error.has_where);
    assert_int_equal(error.where.start, at);
    assert_non_null(strstr(error.message, words));
}

static void assert_position(const pv_source *source, size_t offset, uint32_t line, uint32_t column) {
    pv_position position = pv_source_locate(source, offset);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
}

static void every_kind_of_line_end_ends_one_line(void **state) {
    arena_fixture *fixture = *state;
    /* a LF b CRLF c CR d CR CR LF LF e: lines a, b, c, d, "", "", e */
    pv_source *source = open_source(fixture, PV_STR("a\nb\r\nc\rd\r\r\n\ne"));
    assert_int_equal(source->line_count, 7);
    const char *lines[] = {"a", "b", "c", "d", "", "", "e"};
    for (uint32_t line = 1; line <= 7; line++)
        assert_str(pv_source_line(source, line), lines[line - 1]);
    assert_int_equal(pv_source_line_start(source, 3), 5);
    assert_int_equal(pv_source_line_start(source, 8), source->bytes.size);
    assert_position(source, 2, 2, 1);
    assert_position(source, 3, 2, 2); /* the CR of the CRLF still belongs to its line */
    assert_position(source, 5, 3, 1);
    assert_position(source, 12, 7, 1);
    assert_position(source, 13, 7, 2); /* the end of the source */
}

static void unicode_line_separators_end_no_line(void **state) {
    arena_fixture *fixture = *state;
    pv_source *source = open_source(fixture, PV_STR("a\xC2\x85"
                                                    "b\xE2\x80\xA8"
                                                    "c\n"));
    assert_int_equal(source->line_count, 2);
    assert_position(source, 7, 1, 5);
}

static void columns_count_code_points_without_the_byte_order_mark(void **state) {
    arena_fixture *fixture = *state;
    /* mark (3 bytes), é (2), 😀 (4), x, LF, ä (2), y */
    pv_source *source = open_source(fixture, PV_STR("\xEF\xBB\xBF\xC3\xA9\xF0\x9F\x98\x80x\n\xC3\xA4y"));
    assert_int_equal(pv_source_text_start(source), 3);
    assert_position(source, 0, 1, 1);
    assert_position(source, 3, 1, 1);
    assert_position(source, 5, 1, 2);
    assert_position(source, 9, 1, 3);
    assert_position(source, 13, 2, 2);
    assert_str(pv_source_slice(source, (pv_span){9, 10}), "x");
}

static void an_empty_source_has_one_empty_line(void **state) {
    arena_fixture *fixture = *state;
    pv_source *source = open_source(fixture, (pv_str){NULL, 0});
    assert_int_equal(source->line_count, 1);
    assert_str(pv_source_line(source, 1), "");
    assert_position(source, 0, 1, 1);
}

static void odd_characters_are_noted(void **state) {
    arena_fixture *fixture = *state;
    static const char *const odd[] = {
        "\x01",     "\x08",         "\x0B",         "\x1F",   "\x7F",         "\xC2\x80",     "\xC2\x85",
        "\xC2\x9F", "\xE2\x80\xA8", "\xE2\x80\xA9", "\uFEFF", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xF0\x9F\xBF\xBF"};
    static const char *const common[] = {"\t", "\n", "\r", " ", "~", "\u00A0", "\u2027", "\u202A", "\uFFFD", "\u200B"};
    for (size_t before = 0; before < 20; before++)
        for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
            pv_str blanks = repeated(fixture->arena, "x", before);
            pv_str text = pv_arena_format(fixture->arena, "x%.*s%s and more", PV_STR_ARG(blanks), odd[i]);
            assert_true(open_source(fixture, text)->has_odd_characters);
        }
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        assert_false(open_source(fixture, pv_str_from(common[i]))->has_odd_characters);
    assert_false(open_source(fixture, PV_STR("\uFEFFa"))->has_odd_characters);
    assert_true(open_source(fixture, PV_STR("\uFEFF\uFEFFa"))->has_odd_characters);
}

/* Whatever the length of a line and its end, the lines are those that a walk byte by byte finds. */
static void lines_of_every_length(void **state) {
    arena_fixture *fixture = *state;
    static const char *const ends[] = {"\n", "\r\n", "\r", "\u00E9\n"};
    for (size_t kind = 0; kind < sizeof ends / sizeof *ends; kind++) {
        pv_str text = PV_STR("");
        for (size_t length = 0; length < 40; length++) {
            pv_str line = repeated(fixture->arena, "x", length);
            text = pv_arena_format(fixture->arena, "%.*s%.*s%s", PV_STR_ARG(text), PV_STR_ARG(line), ends[kind]);
        }
        const pv_source *source = open_source(fixture, text);
        assert_int_equal(source->line_count, 41);
        for (uint32_t length = 0; length < 40; length++)
            assert_int_equal(pv_source_line(source, length + 1).size, length + (kind == 3 ? 2 : 0));
        assert_str(pv_source_line(source, 41), "");
    }
}

static void what_is_not_utf8_text_is_refused_at_its_byte(void **state) {
    arena_fixture *fixture = *state;
    assert_refused(fixture, PV_STR("caf\xE9\n"), 3, "the byte E9 is not UTF-8"); /* Latin-1 */
    assert_refused(fixture, PV_STR("ab\xED\xA0\x80"), 2, "not UTF-8");           /* a surrogate */
    assert_refused(fixture, PV_STR("x\xC0\xAF"), 1, "not UTF-8");                /* overlong */
    assert_refused(fixture, PV_STR("ab\xE2\x80"), 2, "not UTF-8");               /* truncated at the end */
    assert_refused(fixture, PV_STR("abc\0d"), 3, "zero byte");
    assert_refused(fixture, PV_STR("abc\0\xFF"), 3, "zero byte"); /* the first of two faults */
    assert_refused(fixture, PV_STR("abc\xFF\0"), 3, "the byte FF");
}

static void utf16_is_called_by_its_name(void **state) {
    arena_fixture *fixture = *state;
    assert_refused(fixture, PV_STR("\xFF\xFE\x61\0:\0"), 0, "UTF-16");
    assert_refused(fixture, PV_STR("\xFE\xFF\0\x61\0:"), 0, "UTF-16");
    assert_refused(fixture, PV_STR("a\0:\0 \0"), 0, "UTF-16");
    assert_refused(fixture, PV_STR("\0a\0:\0 "), 0, "UTF-16");
}

static void the_size_limit_is_inclusive(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_source *source;
    limits.source_bytes = 3;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("x"), PV_STR("abc"), &limits, &fixture->error));
    assert_false(pv_source_new(&source, fixture->arena, PV_STR("x"), PV_STR("abcd"), &limits, &fixture->error));
    assert_null(source);
    assert_int_equal(fixture->error.code, PV_ERROR_LIMIT);
}

static void a_file_of_carriage_returns_takes_linear_time(void **state) {
    arena_fixture *fixture = *state;
    pv_source *source = open_source(fixture, repeated(fixture->arena, "\r", 1000000));
    assert_int_equal(source->line_count, 1000001);
}

/* ---- attached files ---- */

static const pv_source *attach(arena_fixture *fixture, pv_source *source, const char *path, pv_str bytes) {
    pv_limits limits = pv_limits_default();
    const pv_source *file;
    assert_true(pv_source_attach(source, fixture->arena, pv_str_from(path), bytes, &limits, &file, &fixture->error));
    return file;
}

/* x.yaml is "ab\nc" (0 to 4), one.txt "d\r\ne\r\n" (5 to 11), empty.txt nothing (12), mark.txt a byte order mark, ä and
 * a line feed (13 to 19), last.txt "z" (20 to 21). */
static pv_source *open_five(arena_fixture *fixture) {
    pv_source *source = open_source(fixture, PV_STR("ab\nc"));
    const pv_source *one = attach(fixture, source, "one.txt", PV_STR("d\r\ne\r\n"));
    const pv_source *empty = attach(fixture, source, "empty.txt", (pv_str){NULL, 0});
    const pv_source *mark = attach(fixture, source, "mark.txt", PV_STR("\xEF\xBB\xBF\xC3\xA4\n"));
    const pv_source *last = attach(fixture, source, "last.txt", PV_STR("z"));
    assert_int_equal(one->base, 5);
    assert_int_equal(empty->base, 12);
    assert_int_equal(mark->base, 13);
    assert_int_equal(last->base, 20);
    return source;
}

static void every_offset_lies_in_one_file(void **state) {
    arena_fixture *fixture = *state;
    const pv_source *source = open_five(fixture);
    const struct {
        uint32_t offset;
        const char *path;
        uint32_t line;
        uint32_t column;
    } places[] = {
        {0, "x.yaml", 1, 1},    {2, "x.yaml", 1, 3},     {3, "x.yaml", 2, 1},    {4, "x.yaml", 2, 2},
        {5, "one.txt", 1, 1},   {6, "one.txt", 1, 2},    {7, "one.txt", 1, 3},   {8, "one.txt", 2, 1},
        {11, "one.txt", 3, 1},  {12, "empty.txt", 1, 1}, {13, "mark.txt", 1, 1}, {16, "mark.txt", 1, 1},
        {18, "mark.txt", 1, 2}, {19, "mark.txt", 2, 1},  {20, "last.txt", 1, 1}, {21, "last.txt", 1, 2},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_str(pv_source_path_at(source, places[i].offset), places[i].path);
        assert_position(source, places[i].offset, places[i].line, places[i].column);
        /* A file taken by itself knows its own offsets. */
        assert_position(pv_source_part(source, places[i].offset), places[i].offset, places[i].line, places[i].column);
    }
}

static void lines_and_slices_of_attached_files(void **state) {
    arena_fixture *fixture = *state;
    const pv_source *source = open_five(fixture);
    const pv_source *one = pv_source_part(source, 5);
    assert_int_equal(one->line_count, 3);
    assert_str(pv_source_line(one, 2), "e");
    assert_int_equal(pv_source_line_start(one, 1), 5);
    assert_int_equal(pv_source_line_start(one, 2), 8);
    assert_int_equal(pv_source_line_start(one, 4), 11); /* past the last: the end */
    assert_int_equal(pv_source_end(one), 11);
    assert_str(pv_source_slice(source, (pv_span){8, 11}), "e\r\n");
    assert_str(pv_source_slice(source, (pv_span){11, 11}), "");
    assert_str(pv_source_slice(source, (pv_span){12, 12}), "");
    assert_str(pv_source_slice(source, (pv_span){16, 18}), "\xC3\xA4");
    assert_str(pv_source_slice(source, (pv_span){20, 21}), "z");
    assert_str(pv_source_line(pv_source_part(source, 12), 1), "");
    assert_int_equal(pv_source_text_start(one), 5);
    assert_int_equal(pv_source_text_start(pv_source_part(source, 13)), 16);
    /* The submission's own lines end where it does. */
    assert_int_equal(pv_source_line_start(source, 3), 4);
}

static void many_files_may_be_attached(void **state) {
    arena_fixture *fixture = *state;
    pv_source *source = open_source(fixture, PV_STR("x"));
    for (uint32_t i = 0; i < 100; i++)
        assert_int_equal(attach(fixture, source, "f", PV_STR("a\n"))->base, 2 + 3 * i);
    for (uint32_t i = 0; i < 100; i++)
        assert_ptr_equal(pv_source_part(source, 2 + 3 * i + 2), source->attached[i]);
}

static void what_cannot_be_attached_is_left_out(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_source *source = open_source(fixture, PV_STR("x"));
    const pv_source *file;
    pv_error error = {0};
    assert_false(
        pv_source_attach(source, fixture->arena, PV_STR("a/b.txt"), PV_STR("ok\ncaf\xE9"), &limits, &file, &error));
    assert_int_equal(error.code, PV_ERROR_ENCODING);
    assert_false(error.has_where);
    assert_non_null(strstr(error.message, "a/b.txt, line 2, column 4: the byte E9 is not UTF-8"));
    error = (pv_error){0};
    limits.source_bytes = 3;
    assert_false(pv_source_attach(source, fixture->arena, PV_STR("b.txt"), PV_STR("abcd"), &limits, &file, &error));
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    assert_string_equal(error.message, "b.txt: the file is larger than the limit of 3 bytes");
    assert_int_equal(source->attached_count, 0);
    /* The next one continues where the last that was attached ends. */
    assert_int_equal(attach(fixture, source, "c.txt", PV_STR("abc"))->base, 2);
}

static bool attach_one(pv_arena *arena, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    const pv_source *file;
    return pv_source_new(&source, arena, PV_STR("x"), PV_STR("a\nb"), &limits, error) &&
           pv_source_attach(source, arena, PV_STR("y"), PV_STR("c\nd"), &limits, &file, error);
}

static bool make_source(pv_arena *arena, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    return pv_source_new(&source, arena, PV_STR("x"), PV_STR("a\nb"), &limits, error);
}

static void refused_memory_is_an_error(void **state) {
    (void)state;
    assert_survives_refused_memory(make_source);
    assert_survives_refused_memory(attach_one);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(every_kind_of_line_end_ends_one_line),
        arena_test(unicode_line_separators_end_no_line),
        arena_test(columns_count_code_points_without_the_byte_order_mark),
        arena_test(an_empty_source_has_one_empty_line),
        arena_test(odd_characters_are_noted),
        arena_test(lines_of_every_length),
        arena_test(what_is_not_utf8_text_is_refused_at_its_byte),
        arena_test(utf16_is_called_by_its_name),
        arena_test(the_size_limit_is_inclusive),
        arena_test(a_file_of_carriage_returns_takes_linear_time),
        arena_test(every_offset_lies_in_one_file),
        arena_test(lines_and_slices_of_attached_files),
        arena_test(many_files_may_be_attached),
        arena_test(what_cannot_be_attached_is_left_out),
        cmocka_unit_test(refused_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
