/* yaml_reader: what it reads itself, which must be what libyaml's events give, and what it leaves to them. That the
 * trees are right, not only the same, test_yaml.c says of both. */
#include "document_fixture.h"

#include <string.h>

#include "base/buf.h"
#include "load/yaml_reader_p.h"
#include "same_document.h"

static const pv_source *source_of(arena_fixture *fixture, pv_str yaml) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("t.yaml"), yaml, &limits, &fixture->error));
    return source;
}

/* Whether the reader reads a text. If so, the document is libyaml's; if not, nothing is left behind. */
static bool is_read_within(arena_fixture *fixture, pv_str yaml, const pv_limits *limits) {
    const pv_source *source = source_of(fixture, yaml);
    pv_document *own;
    pv_document *expected;
    size_t at;
    size_t used = fixture->memory.used;
    assert_true(pv_yaml_read(&own, fixture->arena, source, limits, &fixture->error));
    if (!own) {
        assert_int_equal(fixture->memory.used, used);
        return false;
    }
    pv_error error = {0};
    if (!pv_yaml_load_events(&expected, fixture->arena, source, limits, &error))
        fail_msg("read, though libyaml refuses it: %s\n%.*s", error.message, PV_STR_ARG(yaml));
    const char *difference = document_difference(own, expected, &at);
    if (difference)
        fail_msg("%s differs at byte %zu of\n%.*s", difference, at, PV_STR_ARG(yaml));
    return true;
}

static bool is_read(arena_fixture *fixture, const char *yaml) {
    pv_limits limits = pv_limits_default();
    return is_read_within(fixture, pv_str_from(yaml), &limits);
}

static void assert_each_is_read(void **state, const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!is_read(*state, texts[i]))
            fail_msg("is not read:\n%s", texts[i]);
}

static void assert_each_is_declined(void **state, const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_read(*state, texts[i]))
            fail_msg("is read:\n%s", texts[i]);
}

#define EACH_READ(...)                                                                                                 \
    do {                                                                                                               \
        static const char *const texts[] = {__VA_ARGS__};                                                              \
        assert_each_is_read(state, texts, sizeof texts / sizeof *texts);                                               \
    } while (0)
#define EACH_DECLINED(...)                                                                                             \
    do {                                                                                                               \
        static const char *const texts[] = {__VA_ARGS__};                                                              \
        assert_each_is_declined(state, texts, sizeof texts / sizeof *texts);                                           \
    } while (0)

/* ---- lines ---- */

static void mappings_and_lists_in_lines(void **state) {
    EACH_READ("a: b\n", "a: b", "a:\n  b: c\n  d: e\nf: g\n", "- a\n- b\n", "a:\n- b\n- c\nd: e\n",
              "a:\n  - b\n  - c\n", "- a: b\n  c: d\n- e: f\n", "- - a\n  - b\n-   - c\n", "-\n  a: b\n-\n  - c\n",
              "  a: b\n  c: d\n", "a:\n    b:\n      c: d\n    e: f\n", "- a:\n  - b\n  c:\n    - d\n- e\n", "a : b\n",
              "a  :  b\n", "a:\n\n\n  b: c\n\n", "a:\n- - b\n  - c\n-\n  d: e\n", "\n\n  \na: b\n",
              "\xC3\xA4: \xC3\xB6\n", "- -1\n- --x\n", "a-b: c-d\n");
}

static void values_that_are_missing(void **state) {
    EACH_READ("a:\n", "a:", "a: \n", "a:\nb:\n", "a:\n  b:\nc:\n", "-\n- \n-\n", "- -\n", "a:\n-\n-\nb:\n",
              "- a:\n  b:\n-\n", "a:\n# c\n", "a: # c\n", "a: #c\nb: c\n", "- #4\n- a\n", "a:\n  #b\n", "a:\n  - \n");
}

static void lines_that_do_not_line_up(void **state) {
    EACH_DECLINED("a:\n    b: c\n  d: e\n", "a: b\n c: d\n", "- a\n b\n- c\n d: e\n", " a: b\nc: d\n",
                  "a:\n  - b\n c: d\n", "- a: b\n c: d\n", "a: b\n- c\n", "- a\nb: c\n", "a:\n  b: c\n - d\n",
                  "a: - b\n", "a: b: c\n", "a: b:\n", "a\n", "a: b\nc\n", "a: b\nc\nd: e\n", "a:\nb\n", "a: \"b\": c\n",
                  "a: 'b' c\n", "a: [b]: c\n", "a: [b] c\n", "a: |\n  b\n c\n", "\"a\nb\": c\n", "a\nb: c\n", ": a\n");
}

static void comments(void **state) {
    EACH_READ("# a\na: b # c\n# d\nc: d#e # f\n", "a: b #c\n", "a: b\n  #c\nd: e\n", "a: b\n\n   # c\n#d\n",
              "a: 'b' # c\n", "a: [b, # c\n  d] # e\n", "- a # b\n- c\n# d", "a: # b\n  c: d\n", "a: | # b\n  c\n",
              "a: b\n#", "a: b #", "a:\n  # b\n  - c # d\n", "a: b\n    #4\n    # 5\nc: d\n", "{a: b #c\n}",
              "[a, #4\n b]", "[a #4\n, b]");
    EACH_DECLINED("a: 'b'#c\n", "a: [b]#c\n", "a: |#c\n  d\n", "a: b # c\n  d\n", "a: [b#c\n]#\n, d]",
                  "a: b\n  # c\n  d\n");
}

static void tabs(void **state) {
    EACH_READ("a: b\tc\n", "a: 'b\tc'\n", "a: |\n  b\tc\n  \td\n", "a: \"b\tc\n\t d\"\n", "a: b\t\nc: d \t \n",
              "a: b\t# c\n");
}

static void tabs_that_may_indent(void **state) {
    EACH_DECLINED("a:\n\tb: c\n", "a:\tb\n", "-\ta\n", "a: b\n\tc\n", "a: b\n\t\n  c\n", "a: |\n\tb\n",
                  "a: |\n  b\n\t\n", "a:\n  b: c\n\t\n", "a: b\n \t# c\n", "a: >-\n   \t\n  b\n", "[a,\tb]",
                  "a: 'b'\t\n", "a: |\t\n  b\n");
}

/* ---- scalars ---- */

static void texts_without_quotes(void **state) {
    EACH_READ("a: b c  d\n", "a: b\n  c\n   d\n\n\n e\nf: g\n", "a:\n  b\n c\n", "a: http://b.c/d?e#f\n",
              "a: b:c d#e\n", "a: x, [y] {z} ? ! & * | > % @ ` ' \"\n", "a: -b\n", "a: .5\n", "a: b \n  c \n",
              "- a\n  b\n- c\n", "a: b\n  - c\n", "a: b\n  'c\n", "a: ~\nb: null\n", "a: <b>\n", "a: b\n  c # d\n",
              "a: b\n  ...\n", "a:\n- b\n c\n", "a: =\n",
              "a: \xE2\x80\x9C"
              "b\xE2\x80\x9D\n");
    EACH_DECLINED("a: b\n  c: d\n", "a: ?b\n", "a: :b\n", "a: %b\n", "a: @b\n", "a: `b\n", "a: ,b\n", "a: ]\n",
                  "a: }\n", "a: -\n", "a: - \n", "a: b\n  c:\n", "? a\n", "?\n", "a: ? b\n");
}

static void texts_in_quotes(void **state) {
    EACH_READ("a: ''\nb: \"\"\n", "a: 'b''c'\n", "a: ''''\n", "'a': b\n", "\"a b\" : c\n", "a: 'b\n  c\n\n  d'\n",
              "a: \"b\n\n  c\" # d\n", "a: 'b  \n  c'\n", "a: \"b\\\"c\\\\d\\n\\t\\r\\/\\ e\"\n",
              "a: \"\\u00e9\\x41\\u2014\\u0020\"\n", "a: \"b\\n\n  c\"\n", "a: '\n  b\n  '\n", "a: \"\n\"\n",
              "a:\n  'b'\n", "- 'a'\n- \"b\"\n", "a: 'b: c # d'\n", "'': a\n", "\"\": a\n", "a: 'b\nc'\n",
              "a: \"b\\ \n  c\"\n", "a: '# b'\n", "a: \"'\"\nb: '\"'\n");
    EACH_DECLINED("a: 'b\n", "a: \"b\n", "a: \"b\\\n  c\"\n", "a: \"\\q\"\n", "a: \"\\0\"\n", "a: \"\\x00\"\n",
                  "a: \"\\x4\"\n", "a: \"\\ud83d\\ude00\"\n", "a: \"\\ud83d\"\n", "a: \"\\U0001F600\"\n",
                  "a: \"\\L\"\n", "a: 'b\n--- c'\n", "a: \"b\n... \"\n", "\"a\":b\n", "a: \"\\u00\n41\"\n");
}

static void block_scalars(void **state) {
    EACH_READ("a: |\n  b\n  c\n", "a: >\n  b\n  c\n\n  d\n", "a: |-\n  b\n\n\nc: d\n", "a: |+\n  b\n\n\nc: d\n",
              "a: >+\n  b\n\n", "a: >-\n  b\n   c\n  d\n", "a: >\n\n\n  b\n", "a: |2\n    b\n   c\n", "a: >2-\n    b\n",
              "a: |-2\n    b\n", "- |\n a\n- >\n  b\n", "a: |\n  b", "a: |-\n  b\n  ", "a: |+\n  b\n  ",
              "a: |\n  b\n  \n", "a: |\n  b\n    \n", "a:\n  b: |\n    c\n  d: e\n", "a: |\n # b\n# c\n",
              "a: >\n  b\n  \tc\n  d\n", "a: >-\n  b\n\n   c\n\n  d\n", "a: |\n   \n  \n    b\n",
              "- - |\n   a\n  - b\n", "a:\n- |\n b\n- c\n", "a:\n  |\n  b\n", "a: |\n\n  b\n\n\n", "a: |  \n  b\n",
              "a: |1\n  b\n", "a: >\n  b \n  c\t\n");
}

static void block_scalars_with_nothing_in_them(void **state) {
    EACH_READ("a: |\n", "a: >-\nb: c\n", "a: |+\n\n\n", "a: |\n\n\nb: c\n", "a: |", "a: |+", "a: >\n  \n",
              "- |\n- >-\n", "a: |\n# b\n", "a: |\n  ");
    EACH_DECLINED("a: >5\n", "a: |\n    \n  b\n", "a: |\n     \n  # b\n", "a: |0\n  b\n", "a: |10\n  b\n",
                  "a: |++\n  b\n", "a: |x\n", "a: | b\n", "a: > 5\n", "a: |-+\n");
}

/* ---- brackets ---- */

static void brackets(void **state) {
    EACH_READ("[]", "{}", "a: []\nb: {}\n", "[a, b, 'c', \"d\"]", "{a: b, c: [d, {e: f}]}", "a: [b,\n  c,\n\n  d]\n",
              "a: [b\n  c, d]\n", "[a, ]", "{a: b, }", "{a: , b: c}", "{a: }", "{a:\n}", "{'a': b, \"c\" : d}",
              "{\"a\":1,\"b\":[2]}", "- [a]\n- {b: c} # d\n", "{a: b:c, d: http://e.f/g?h}", "[a?, b]", "[-1, --]",
              "{a: 'b\n c', d: e}", "a: [b]\nc: [d]\n", "a:\n  [b,\nc]\n", "a: {\n  b: c,\n  d: e\n}\n", "[\n]\n",
              "[[[[]]]]", "{a: {b: {c: {}}}}", "[a b c]", "[a 'b']", "a: [b c\n\n d]\n", "{a:\n b}", "{a: b\n}",
              "[a\n,b]", "{a: \"b\"}\n# c\n");
    EACH_DECLINED("[a", "{a: b", "[a}", "{a: b]", "[a]]", "[a] b", "[a]\nb: c\n", "[,]", "[a,,b]", "{,}", "{a}",
                  "{a, b: c}", "[a: b]", "{[a]: b}", "{a: b: c}", "{a\n: b}", "[a, ? b]", "{a:b}", "[&a b]", "[*a]",
                  "[!a b]", "[|\n a]", "[a\n---\n]", "[\n... ]", "{a: b, a: c}", "[a:, b]", "{\"a\n b\": c}", "[- a]",
                  "[-]", "[-, a]", "{a: ?}", "[a\n#b\n c]", "['a' b]", "[@a]", "[%a]");
}

/* ---- documents ---- */

static void where_a_document_starts(void **state) {
    EACH_READ("---\na: b\n", "--- \na: b\n", "--- # c\n- a\n", "# a\n---\nb: c\n", "---\n\n# a\n{b: c}\n",
              "\xEF\xBB\xBF"
              "a: b\nc: d\n",
              "\xEF\xBB\xBF---\na: |\n  b\n", "\xEF\xBB\xBF- a\n- b\n");
    EACH_DECLINED("", "\n", "# a\n", "---\n", "--- a\n", "--- {a: b}\n", "---#\na: b\n", "a: b\n---\nc: d\n",
                  "a: b\n...\n", "...\na: b\n", "---\n---\na: b\n", "%YAML 1.1\n---\na: b\n", "a: b\n--- \n",
                  "a:\n---\n", "- a\n---\n", "a: |\n  b\n---\n", "a\n", "'a'\n", "|\n  a\n", " ---\na: b\n",
                  "\xEF\xBB\xBF\xEF\xBB\xBF"
                  "a: b\n",
                  "a: b\n\xEF\xBB\xBF"
                  "c: d\n");
}

static void what_yaml_has_besides(void **state) {
    EACH_DECLINED("a: &b c\n", "a: *b\n", "a: !b c\n", "a: !!str c\n", "&a b: c\n", "!a b: c\n", "<<: a\n",
                  "<<: {a: b}\n", "a: b\na: c\n", "a: b\n'a': c\n", "- a: b\n  a: c\n", "a: {b: c, b: d}\n");
    assert_true(is_read(*state, "'<<': a\n"));
    assert_true(is_read(*state, "a: {a: b}\nb: {a: b}\n"));
}

static void characters_that_readers_take_differently(void **state) {
    EACH_DECLINED("a: b\x01\n", "a: b\x7F\n",
                  "a: b\xC2\x85"
                  "c\n",
                  "a: b\xC2\x9F\n",
                  "a: b\xE2\x80\xA8"
                  "c\n",
                  "a: b\xE2\x80\xA9"
                  "c\n",
                  "a: b\xEF\xBB\xBF"
                  "c\n",
                  "a: b\xEF\xBF\xBE\n", "a: b\xEF\xBF\xBF\n", "a: 'b\x0B'\n", "a: b\x0C\n", "# \x1B\na: b\n");
    EACH_READ("a: b\xC2\xA0"
              "c\n",
              "a: b\xE2\x80\xA7\xE2\x80\xAA\n", "a: b\xEF\xBF\xBD\n", "a: \xF0\x9F\x98\x80\n", "a: \xE2\x80\x8B\n");
}

/* Line ends of the three kinds, and mixed. */
static void every_line_end(void **state) {
    EACH_READ("a: b\r\nc: d\r\n", "a: |\r\n  b\r\n  c\r\n\r\n  d\r\n", "a: >-\r\n  b\r\n  c\r\n\r\n  d\r\n",
              "a: b\r\n  c\r\n\r\n  d\r\n", "a: 'b\r\n  c'\r\n", "a: b\rc: d\r", "a: |\r  b\r  c\r", "a: b\n\rc: d\r\n",
              "a: |+\r\n  b\r\n\r\n\r\n", "[a,\r\n b]\r\n", "a: |\n  b\r  c\r\n  d\n", "a: >\r  b\n\r  c\r\n",
              "a:\r\n- b\r\n");
}

/* ---- limits ---- */

static void limits_are_libyamls_to_say(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    limits.yaml_depth = 2;
    assert_true(is_read_within(fixture, PV_STR("a:\n  - b\n"), &limits));
    assert_false(is_read_within(fixture, PV_STR("a:\n  - - b\n"), &limits));
    assert_true(is_read_within(fixture, PV_STR("a: [b]"), &limits));
    assert_false(is_read_within(fixture, PV_STR("a: [[b]]"), &limits));
    /* The stream, the document and the mapping begin and end; a key and its value. */
    limits.yaml_events = 8;
    assert_true(is_read_within(fixture, PV_STR("a: b"), &limits));
    assert_false(is_read_within(fixture, PV_STR("a: b\nc:"), &limits));
    limits.yaml_events = 7;
    assert_false(is_read_within(fixture, PV_STR("a: b"), &limits));
    limits = pv_limits_default();
    limits.yaml_depth = 1000;
    assert_false(is_read_within(fixture, repeated(fixture->arena, "[", 100), &limits));
}

/* libyaml gives up at a key of more than 1024 characters. */
static void long_keys_are_declined(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    for (size_t size = 900; size < 1100; size++) {
        pv_str key = repeated(fixture->arena, "k", size);
        pv_str yaml = pv_arena_format(fixture->arena, "%.*s: a\n{%.*s: b}", PV_STR_ARG(key), PV_STR_ARG(key));
        bool plain = is_read_within(fixture, pv_str_slice(yaml, 0, size + 4), &limits);
        bool flow = is_read_within(fixture, pv_str_slice(yaml, size + 4, yaml.size), &limits);
        assert_int_equal(plain, size < 1000);
        assert_int_equal(flow, size < 1000);
    }
}

/* A mapping of so many keys, with the n-th given twice; SIZE_MAX: none. */
static pv_str many_keys(arena_fixture *fixture, size_t count, size_t twice) {
    pv_buf yaml = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < count; i++)
        pv_buf_format(&yaml, "key%zu: %zu\n", i, i);
    if (twice != SIZE_MAX)
        pv_buf_format(&yaml, "key%zu: again\n", twice);
    pv_str text = pv_arena_copy(fixture->arena, pv_buf_str(&yaml));
    pv_buf_clear(&yaml);
    return text;
}

static void keys_given_twice_are_found_among_few_and_many(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    for (size_t count = 1; count < 40; count++) {
        assert_true(is_read_within(fixture, many_keys(fixture, count, SIZE_MAX), &limits));
        assert_false(is_read_within(fixture, many_keys(fixture, count, 0), &limits));
        assert_false(is_read_within(fixture, many_keys(fixture, count, count / 2), &limits));
        assert_false(is_read_within(fixture, many_keys(fixture, count, count - 1), &limits));
    }
}

/* More pieces than there is room for at first, in one text and in many. */
static void texts_of_many_lines(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_str line = repeated(fixture->arena, "  some words of a line\n\n  more\n", 700);
    static const char *const heads[] = {"a: >-\n", "a: |\n", "a: >+\n", "a: x\n", "a: 'x\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        pv_str yaml = pv_arena_format(fixture->arena, "%s%.*s%s", heads[i], PV_STR_ARG(line), i == 4 ? "  '" : "");
        assert_true(is_read_within(fixture, yaml, &limits));
    }
    pv_str many = repeated(fixture->arena, "- >\n  some\n  words\n- a\n", 900);
    assert_true(is_read_within(fixture, many, &limits));
}

/* What is hostile takes no longer than its bytes: the test's time limit is the assertion. */
static void hostile_texts_take_linear_time(void **state) {
    arena_fixture *fixture = *state;
    static const char *const units[] = {"a:\n",   "- \n", "\n", "# x\n", "[", "  \n",
                                        "a: |\n", "x ",   "'",  "\"\\",  "#", ": "};
    static const char *const heads[] = {"", "a: b", "a: |\n", "a: >+\n  b\n", "a: 'b", "a: [b", "a: b #"};
    pv_limits limits = pv_limits_default();
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
            pv_str rest = repeated(fixture->arena, units[i], 100000);
            pv_document *document;
            const pv_source *source =
                source_of(fixture, pv_arena_format(fixture->arena, "%s%.*s", heads[k], PV_STR_ARG(rest)));
            assert_true(pv_yaml_read(&document, fixture->arena, source, &limits, &fixture->error));
        }
}

static bool read_everything(pv_arena *arena, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_document *document;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf yaml = pv_buf_on(&memory);
    pv_buf_append_text(&yaml, "a: >-\n  one\n  two\nb: [1, 'two', \"th\\u0072ee\", {c: }]\nd: |\n  x\ne:\n- f\n-\n");
    for (unsigned i = 0; i < 150; i++)
        pv_buf_format(&yaml, "k%u:\n", i);
    bool read = pv_source_new(&source, arena, PV_STR("x"), pv_buf_str(&yaml), &limits, error) &&
                pv_yaml_read(&document, arena, source, &limits, error);
    assert_true(!read || document);
    pv_buf_clear(&yaml);
    return read;
}

static void refused_memory_is_an_error(void **state) {
    (void)state;
    assert_survives_refused_memory(read_everything);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(mappings_and_lists_in_lines),
        arena_test(values_that_are_missing),
        arena_test(lines_that_do_not_line_up),
        arena_test(comments),
        arena_test(tabs),
        arena_test(tabs_that_may_indent),
        arena_test(texts_without_quotes),
        arena_test(texts_in_quotes),
        arena_test(block_scalars),
        arena_test(block_scalars_with_nothing_in_them),
        arena_test(brackets),
        arena_test(where_a_document_starts),
        arena_test(what_yaml_has_besides),
        arena_test(characters_that_readers_take_differently),
        arena_test(every_line_end),
        arena_test(limits_are_libyamls_to_say),
        arena_test(long_keys_are_declined),
        arena_test(keys_given_twice_are_found_among_few_and_many),
        arena_test(texts_of_many_lines),
        arena_test(hostile_texts_take_linear_time),
        cmocka_unit_test(refused_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
