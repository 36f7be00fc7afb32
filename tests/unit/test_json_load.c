/* json: the tree that YAML gives, with exact places, and everything that is refused. */
#include "document_fixture.h"

#include <string.h>

#include "base/buf.h"
#include "load/json_reader.h"

static pv_source *source_of(arena_fixture *fixture, pv_str json) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("x.json"), json, &limits, &fixture->error));
    return source;
}

static const pv_document *load(arena_fixture *fixture, pv_str json) {
    pv_limits limits = pv_limits_default();
    pv_document *document = NULL;
    pv_error error = {0};
    if (!pv_json_load(&document, fixture->arena, source_of(fixture, json), &limits, &error))
        fail_msg("at byte %u: %s", error.where.start, error.message);
    return document;
}

static const pv_node *root_of(void **state, const char *json) {
    return load(*state, pv_str_from(json))->root;
}

static void assert_same_tree(const pv_node *a, const pv_node *b) {
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->style, b->style);
    assert_int_equal(a->span.start, b->span.start);
    assert_int_equal(a->span.end, b->span.end);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->index, b->index);
    assert_true(pv_str_equal(pv_node_value(a), pv_node_value(b)));
    assert_int_equal(!a->key, !b->key);
    if (a->key)
        assert_same_tree(a->key, b->key);
    for (const pv_node *x = a->first, *y = b->first; x && y; x = x->next, y = y->next) {
        assert_ptr_equal(x->parent, a);
        assert_same_tree(x, y);
    }
}

static void the_tree_is_that_of_yaml(void **state) {
    static const char *const sources[] = {
        "{\"b\": 1, \"a\": [\"x\", {\"y\": -1.50e+3}, [], {}, true, null], \"\": \"\"}\n",
        "\xEF\xBB\xBF{\r\n\t\"\u00e9\u4e00\": \"\U0001F600 x\",\r\n\t\"t\\u0061b\\t\\\"\\\\\": \"\\u00e9 \\u4e00\"}",
        "[1.10, 0, 123456789012345678901234567890, 1e3]",
        "\"alone\"",
        " 17 ",
    };
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        assert_same_tree(root_of(state, sources[i]), document_of(*state, sources[i])->root);
}

/* The bytes of the source that bytes [start, end) of the first value's text come from. */
static pv_str written_as(const char *json, const pv_node *node, size_t start, size_t end) {
    pv_span span = pv_text_locate(&node->text, start, end);
    return pv_str_slice(pv_str_from(json), span.start, span.end);
}

static void escapes_decode_and_keep_their_places(void **state) {
    static const struct {
        const char *value;
        const char *written;
    } parts[] = {
        {"a", "a"}, {"\n", "\\n"}, {"\u00e9", "\\u00e9"}, {"b", "b"}, {"\U0001F600", "\\ud83d\\uDE00"},
        {"c", "c"}, {"/", "\\/"},  {"\u20ac", "\\u20ac"},
    };
    const char *json = "[\"a\\n\\u00e9b\\ud83d\\uDE00c\\/\\u20ac\"]";
    const pv_node *text = root_of(state, json)->first;
    size_t at = 0;
    assert_str(pv_node_value(text), "a\n\u00e9b\U0001F600c/\u20ac");
    assert_true(text->text.exact);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_str(written_as(json, text, at, at + strlen(parts[i].value)), parts[i].written);
        at += strlen(parts[i].value);
    }
    assert_str(written_as(json, text, 0, at), "a\\n\\u00e9b\\ud83d\\uDE00c\\/\\u20ac");
}

static void what_yaml_takes_for_line_breaks_is_text(void **state) {
    assert_str(pv_node_value(root_of(state, "\"a\xC2\x85 \u2028 b\"")), "a\xC2\x85 \u2028 b");
}

static void deletes_and_other_characters_may_be_written_as_they_are(void **state) {
    assert_str(pv_node_value(root_of(state, "\"\x7f\uFFFE\"")), "\x7f\uFFFE");
}

/* What a refused source must say. */
typedef struct refusal {
    const char *json;
    pv_code code;
    const char *where; /* the bytes at the place */
    size_t at;
    const char *message; /* a part of it */
} refusal;

static pv_error refuse(arena_fixture *fixture, pv_str json, const pv_limits *limits, const pv_source **out) {
    pv_document *document;
    pv_error error = {0};
    pv_source *source = source_of(fixture, json);
    assert_false(pv_json_load(&document, fixture->arena, source, limits, &error));
    assert_null(document);
    *out = source;
    return error;
}

static void assert_refused(void **state, const refusal *expected) {
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    pv_error error = refuse(*state, pv_str_from(expected->json), &limits, &source);
    if (!strstr(error.message, expected->message))
        fail_msg("%s\nis      \"%s\"\nshould have \"%s\"", expected->json, error.message, expected->message);
    assert_int_equal(error.code, expected->code);
    assert_true(error.has_where);
    assert_str(pv_source_slice(source, error.where), expected->where);
    assert_int_equal(error.where.start, expected->at);
}

static void mistakes_have_their_exact_place(void **state) {
    static const refusal mistakes[] = {
        {"", PV_ERROR_SHAPE, "", 0, "the file is empty"},
        {" \r\n\t", PV_ERROR_SHAPE, "", 0, "the file is empty"},
        {"\xEF\xBB\xBF", PV_ERROR_SHAPE, "", 0, "the file is empty"},
        {"{\"a\": 1", PV_ERROR_SYNTAX, "", 7, "the file ends before"},
        {"[1, ", PV_ERROR_SYNTAX, "", 4, "the file ends before"},
        {"{\"a\" 1}", PV_ERROR_SYNTAX, "1", 5, "':' expected"},
        {"{\"a\": 1,}", PV_ERROR_SYNTAX, "}", 8, "string or '}' expected"},
        {"{a: 1}", PV_ERROR_SYNTAX, "a", 1, "not well-formed JSON"},
        {"[1,]", PV_ERROR_SYNTAX, "]", 3, "not well-formed JSON"},
        {"[1 2]", PV_ERROR_SYNTAX, "2", 3, "']' expected"},
        {"[01]", PV_ERROR_SYNTAX, "01", 1, "not well-formed JSON"},
        {"[nul]", PV_ERROR_SYNTAX, "nul", 1, "not well-formed JSON"},
        {"['a']", PV_ERROR_SYNTAX, "'a'", 1, "not well-formed JSON"},
        {"[NaN]", PV_ERROR_SYNTAX, "NaN", 1, "not well-formed JSON"},
        {"[1] // x", PV_ERROR_SYNTAX, "//", 4, "the document is complete before this"},
        {"{} {}", PV_ERROR_SYNTAX, "{", 3, "the document is complete before this"},
        {"[\"a\", \"open", PV_ERROR_SYNTAX, "\"", 6, "never closed"},
        {"[\"open\\\"", PV_ERROR_SYNTAX, "\"", 1, "never closed"},
        {"[\"open\\", PV_ERROR_SYNTAX, "\"", 1, "never closed"},
        {"[\"a\nb\"]", PV_ERROR_SYNTAX, "\n", 3, "control character"},
        {"[\"a\tb\"]", PV_ERROR_SYNTAX, "\t", 3, "control character"},
        {"[\"a\\qb\"]", PV_ERROR_SYNTAX, "\\q", 3, "means nothing in JSON"},
        {"[\"a\\u12\"]", PV_ERROR_SYNTAX, "\\u", 3, "4 hexadecimal digits"},
        {"[\"a\\ud83dx\"]", PV_ERROR_SYNTAX, "\\ud83d", 3, "one half of a pair"},
        {"[\"a\\ud83d\\u0041\"]", PV_ERROR_SYNTAX, "\\ud83d", 3, "one half of a pair"},
        {"[\"a\\ude00\"]", PV_ERROR_SYNTAX, "\\ude00", 3, "one half of a pair"},
        {"[\"a\\u0000\"]", PV_ERROR_REFUSED, "\\u0000", 3, "U+0000"},
        {"{\"a\\u0000\": 1}", PV_ERROR_REFUSED, "\\u0000", 3, "U+0000"},
        {"[1, 1e400]", PV_ERROR_LIMIT, "1e400", 4, "too large"},
        {"\xEF\xBB\xBF[\u00e9]", PV_ERROR_SYNTAX, "\u00e9", 4, "not well-formed JSON"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        assert_refused(state, &mistakes[i]);
}

static void a_key_given_twice_is_refused_with_both_places(void **state) {
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    pv_error error =
        refuse(*state, PV_STR("{\"x\": {\"a\": [1], \"b\": {\"a\": 2}, \"\\u0061\": 3}}"), &limits, &source);
    assert_int_equal(error.code, PV_ERROR_REFUSED);
    assert_str(pv_source_slice(source, error.where), "\"\\u0061\"");
    assert_true(error.has_other);
    assert_str(pv_source_slice(source, error.other), "\"a\"");
    assert_int_equal(error.other.start, 7);
}

/* Every beginning of a document is refused, at a place in it. */
static void a_document_that_is_cut_off_is_refused(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_str whole = PV_STR("{\"a\\n\": [true, -1.5e3, \"\\ud83d\\ude00 \u00e9\", null], \"b\": {\"c\": false}}");
    for (size_t size = 0; size < whole.size; size++) {
        pv_str cut = {whole.data, size};
        if (pv_source_check_encoding(cut, &(pv_error){0})) {
            const pv_source *source;
            pv_error error = refuse(fixture, cut, &limits, &source);
            assert_true(error.has_where);
            assert_true(error.where.start <= error.where.end && error.where.end <= size);
            assert_int_equal(error.code, size == 0 ? PV_ERROR_SHAPE : PV_ERROR_SYNTAX);
        }
    }
    assert_int_equal(load(fixture, whole)->root->count, 2);
}

static bool is_loaded(arena_fixture *fixture, const char *json, const pv_limits *limits) {
    pv_document *document;
    return pv_json_load(&document, fixture->arena, source_of(fixture, pv_str_from(json)), limits, &fixture->error);
}

static void the_limits_are_inclusive(void **state) {
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    limits.yaml_depth = 3;
    assert_true(is_loaded(*state, "[[{\"a\": 1}], []]", &limits));
    pv_error error = refuse(*state, PV_STR("[[{\"a\": [1]}]]"), &limits, &source);
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    assert_int_equal(error.where.start, 8);
    assert_non_null(strstr(error.message, "more than 3 deep"));
    limits.yaml_events = 4;
    assert_true(is_loaded(*state, "[1, 2]", &limits));
    error = refuse(*state, PV_STR("[1, 2, 3]"), &limits, &source);
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "limit of 4"));
}

static void hostile_depth_ends_at_the_limit(void **state) {
    arena_fixture *fixture = *state;
    static const char *const openings[] = {"[", "{\"a\": ", "[\n", "{"};
    pv_limits limits = pv_limits_default();
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        const pv_source *source;
        assert_int_equal(refuse(fixture, repeated(fixture->arena, openings[i], 100000), &limits, &source).code,
                         PV_ERROR_LIMIT);
    }
    limits.yaml_depth = 100000; /* beyond what jansson goes down to */
    const pv_source *source;
    pv_error error = refuse(fixture, repeated(fixture->arena, "[", 50000), &limits, &source);
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    assert_true(error.has_where);
}

static void many_keys_take_linear_time(void **state) {
    arena_fixture *fixture = *state;
    pv_buf json = pv_buf_on(&fixture->memory);
    pv_buf_append_text(&json, "{\"first\": 0");
    for (unsigned i = 0; i < 100000; i++)
        pv_buf_format(&json, ", \"key%u\": %u", i, i);
    pv_buf_append_text(&json, "}");
    assert_false(json.failed);
    assert_int_equal(load(fixture, pv_buf_str(&json))->root->count, 100001);
    pv_buf_clear(&json);
}

static bool load_everything(pv_arena *arena, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_document *document;
    return pv_source_new(&source, arena, PV_STR("x"), PV_STR("{\"a\\u0062\": [1, \"t\\nwo\", {}], \"c\": \"d\"}"),
                         &limits, error) &&
           pv_json_load(&document, arena, source, &limits, error);
}

static void a_refused_allocation_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(load_everything);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(the_tree_is_that_of_yaml),
        arena_test(escapes_decode_and_keep_their_places),
        arena_test(what_yaml_takes_for_line_breaks_is_text),
        arena_test(deletes_and_other_characters_may_be_written_as_they_are),
        arena_test(mistakes_have_their_exact_place),
        arena_test(a_key_given_twice_is_refused_with_both_places),
        arena_test(a_document_that_is_cut_off_is_refused),
        arena_test(the_limits_are_inclusive),
        arena_test(hostile_depth_ends_at_the_limit),
        arena_test(many_keys_take_linear_time),
        cmocka_unit_test(a_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
