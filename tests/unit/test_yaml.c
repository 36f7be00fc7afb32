/* yaml: what is read, where it stands, and everything that is refused. */
#include "document_fixture.h"

#include <string.h>

#include "base/buf.h"

static const pv_node *root_of(void **state, const char *yaml) {
    const pv_document *document = document_of(*state, yaml);
    assert_int_equal(document->inexact_scalars, 0);
    return document->root;
}

static const pv_node *child(const pv_node *node, size_t index) {
    const pv_node *found = node->first;
    for (; index > 0; index--)
        found = found->next;
    return found;
}

#define assert_node_covers(yaml, node, expected)                                                                       \
    assert_str(pv_str_slice(pv_str_from(yaml), (node)->span.start, (node)->span.end), (expected))

static void a_tree_is_in_the_order_of_the_source(void **state) {
    const pv_node *root = root_of(state, "b: 1\na:\n  - x\n  - {y: z}\n");
    assert_int_equal(root->kind, PV_NODE_MAPPING);
    assert_int_equal(root->count, 2);
    assert_null(root->parent);
    assert_null(root->key);
    const pv_node *first = root->first;
    assert_str(first->key->text.value, "b");
    assert_str(pv_node_value(first), "1");
    assert_int_equal(first->index, 0);
    const pv_node *list = first->next;
    assert_str(list->key->text.value, "a");
    assert_ptr_equal(list->parent, root);
    assert_int_equal(list->kind, PV_NODE_SEQUENCE);
    assert_int_equal(list->count, 2);
    assert_int_equal(list->index, 1);
    assert_null(list->next);
    assert_null(child(list, 0)->key);
    assert_str(pv_node_value(pv_node_get(child(list, 1), PV_STR("y"))), "z");
}

static void nothing_is_typed(void **state) {
    const pv_node *root = root_of(state, "[1.10, no, ~, 0123, 1:20, 2022-07-01, 1e3, .5]");
    const char *values[] = {"1.10", "no", "~", "0123", "1:20", "2022-07-01", "1e3", ".5"};
    assert_int_equal(root->count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_str(pv_node_value(child(root, i)), values[i]);
}

static void styles_are_kept(void **state) {
    const pv_node *root = root_of(state, "- a\n- 'a'\n- \"a\"\n- |\n  a\n- >\n  a\n");
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(child(root, i)->style, (pv_scalar_style)i);
}

static void spans_hold_no_trailing_blank_lines_or_comments(void **state) {
    const char *yaml = "a:\n"
                       "  b: >-\n"
                       "    one\n"
                       "    two\n"
                       "\n"
                       "  # note\n"
                       "  c:\n"
                       "    - x # note\n"
                       "\n"
                       "d: 'q' # note\n"
                       "\n"
                       "# the end\n";
    const pv_node *root = root_of(state, yaml);
    const pv_node *a = child(root, 0);
    assert_node_covers(yaml, child(a, 0), ">-\n    one\n    two");
    assert_node_covers(yaml, child(a, 1), "- x");
    assert_node_covers(yaml, child(root, 1), "'q'");
    assert_node_covers(yaml, child(root, 1)->key, "d");
    assert_int_equal(a->span.start, 5);
    assert_int_equal(a->span.end, child(a, 1)->span.end);
    assert_int_equal(root->span.start, 0);
    assert_int_equal(root->span.end, child(root, 1)->span.end);
}

static void brackets_belong_to_their_span(void **state) {
    const char *yaml = "a: [1, {b: 2} ] # note\n";
    const pv_node *list = child(root_of(state, yaml), 0);
    assert_node_covers(yaml, list, "[1, {b: 2} ]");
    assert_node_covers(yaml, child(list, 1), "{b: 2}");
}

static void a_missing_value_stands_after_its_colon(void **state) {
    const char *yaml = "a:   # note\n"
                       "b: {c: , d, \"e\" : }\n"
                       "? f # note\n"
                       "g: [-, ]\n";
    const pv_node *root = root_of(state, yaml);
    const pv_node *flow = child(root, 1);
    assert_true(pv_node_is_empty(child(root, 0)));
    assert_int_equal(child(root, 0)->span.start, strlen("a:"));
    assert_int_equal(child(root, 0)->span.end, strlen("a:"));
    size_t line = strlen("a:   # note\n");
    assert_int_equal(child(flow, 0)->span.start, line + strlen("b: {c:"));
    assert_int_equal(child(flow, 1)->span.start, line + strlen("b: {c: , d"));
    assert_int_equal(child(flow, 2)->span.start, line + strlen("b: {c: , d, \"e\" :"));
    assert_int_equal(child(root, 2)->span.start, child(root, 2)->key->span.end);
    assert_true(pv_node_is_empty(child(root, 2)));
}

static void places_are_bytes_behind_any_characters(void **state) {
    const char *yaml =
        "\xEF\xBB\xBF\u00e9\u4e00: \"\U0001F600 x\"\nb\u2014c: >-\n  \u201cquoted\u201d \u2014\n  word\n";
    const pv_node *root = root_of(state, yaml);
    assert_node_covers(yaml, child(root, 0)->key, "\u00e9\u4e00");
    assert_node_covers(yaml, child(root, 0), "\"\U0001F600 x\"");
    const pv_node *folded = child(root, 1);
    assert_node_covers(yaml, folded->key, "b\u2014c");
    assert_str(pv_node_value(folded), "\u201cquoted\u201d \u2014 word");
    size_t word = strlen("\u201cquoted\u201d \u2014 ");
    pv_span place = pv_text_locate(&folded->text, word, word + 4);
    assert_str(pv_str_slice(pv_str_from(yaml), place.start, place.end), "word");
}

static void every_line_end_is_read(void **state) {
    static const char *const sources[] = {"a: >-\n  x\n  y\nb: 1\n", "a: >-\r\n  x\r\n  y\r\nb: 1\r\n",
                                          "a: >-\r  x\r  y\rb: 1\r"};
    for (size_t i = 0; i < 3; i++) {
        const pv_node *root = root_of(state, sources[i]);
        assert_str(pv_node_value(child(root, 0)), "x y");
        assert_str(pv_node_value(child(root, 1)), "1");
    }
}

static void block_scalars_are_indented_against_their_collection(void **state) {
    /* The indicator 1 counts from the column of the innermost mapping or sequence. */
    const pv_node *root = root_of(state, "- - |1\n     x\n- a: |1\n     y\n  b:\n  - |1\n     z\n");
    assert_str(pv_node_value(child(child(root, 0), 0)), "  x\n");
    assert_str(pv_node_value(child(child(root, 1), 0)), "  y\n");
    assert_str(pv_node_value(child(child(child(root, 1), 1), 0)), "  z\n");
}

static void a_version_directive_and_markers_are_harmless(void **state) {
    const pv_node *root = root_of(state, "%YAML 1.1\n---\na: 1\n...\n");
    assert_str(pv_node_value(child(root, 0)), "1");
}

/* What a refused source must say. */
typedef struct refusal {
    const char *yaml;
    pv_code code;
    const char *where; /* the bytes at the place */
    uint32_t line;     /* of the place */
    uint32_t column;
    const char *message; /* a part of it */
} refusal;

static pv_error refuse(arena_fixture *fixture, pv_str yaml, const pv_limits *limits, const pv_source **out) {
    pv_source *source;
    pv_document *document;
    pv_error error = {0};
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("x"), yaml, limits, &error));
    assert_false(pv_yaml_load(&document, fixture->arena, source, limits, &error));
    assert_null(document);
    *out = source;
    return error;
}

static void assert_refused(void **state, const refusal *expected) {
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    pv_error error = refuse(*state, pv_str_from(expected->yaml), &limits, &source);
    pv_position position = pv_source_locate(source, error.where.start);
    if (!strstr(error.message, expected->message))
        fail_msg("%s\nis      \"%s\"\nshould have \"%s\"", expected->yaml, error.message, expected->message);
    assert_int_equal(error.code, expected->code);
    assert_true(error.has_where);
    assert_str(pv_source_slice(source, error.where), expected->where);
    assert_int_equal(position.line, expected->line);
    assert_int_equal(position.column, expected->column);
}

static void features_that_hide_where_a_value_stands_are_refused(void **state) {
    static const refusal refusals[] = {
        {"a: &x 1\n", PV_ERROR_REFUSED, "&x", 1, 4, "anchors"},
        {"a: &x\n  b: 1\n", PV_ERROR_REFUSED, "&x", 1, 4, "anchors"},
        {"a: [&x [1]]\n", PV_ERROR_REFUSED, "&x", 1, 5, "anchors"},
        {"&x a: 1\n", PV_ERROR_REFUSED, "&x", 1, 1, "anchors"},
        {"a: *x\n", PV_ERROR_REFUSED, "*x", 1, 4, "aliases"},
        {"a: !!str 1\n", PV_ERROR_REFUSED, "!!str", 1, 4, "tags"},
        {"a: !t &x 1\n", PV_ERROR_REFUSED, "!t", 1, 4, "tags"},
        {"a: !t {b: 1}\n", PV_ERROR_REFUSED, "!t", 1, 4, "tags"},
        {"a: ! 1\n", PV_ERROR_REFUSED, "!", 1, 4, "tags"},
        {"%TAG !e! tag:e,2000:\n---\na: 1\n", PV_ERROR_REFUSED, "%TAG", 1, 1, "%TAG"},
        {"%YAML 1.1\n%TAG !e! tag:e,2000:\n---\na: 1\n", PV_ERROR_REFUSED, "%TAG", 2, 1, "%TAG"},
        {"a:\n  <<: {b: 1}\n", PV_ERROR_REFUSED, "<<", 2, 3, "merge keys"},
        {"[a]: 1\n", PV_ERROR_REFUSED, "[a", 1, 1, "a key must be a single text"},
        {"? - a\n: 1\n", PV_ERROR_REFUSED, "-", 1, 3, "a key must be a single text"},
        {"a: {{b}: 1}\n", PV_ERROR_REFUSED, "{b", 1, 5, "a key must be a single text"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        assert_refused(state, &refusals[i]);
}

static void a_quoted_merge_key_is_a_key(void **state) {
    assert_str(pv_node_value(child(root_of(state, "'<<': 1"), 0)), "1");
}

static void a_second_document_is_refused_with_both_places(void **state) {
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    pv_error error = refuse(*state, PV_STR("--- \na: 1\n--- \nb: 2\n"), &limits, &source);
    assert_int_equal(error.code, PV_ERROR_REFUSED);
    assert_int_equal(error.where.start, 10);
    assert_true(error.has_other);
    assert_int_equal(error.other.start, 0);
    assert_non_null(strstr(error.message, "second document"));
}

static void a_key_given_twice_is_refused_with_both_places(void **state) {
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    pv_error error = refuse(*state, PV_STR("x:\n  a: 1\n  b: {a: 2}\n  'a': 3\n"), &limits, &source);
    assert_int_equal(error.code, PV_ERROR_REFUSED);
    assert_str(pv_source_slice(source, error.where), "'a'");
    assert_true(error.has_other);
    assert_str(pv_source_slice(source, error.other), "a");
    assert_int_equal(error.other.start, 5);
}

static void the_same_key_in_two_mappings_is_fine(void **state) {
    assert_int_equal(root_of(state, "- {a: 1}\n- {a: 1}\n- {b: {a: 1}, a: {a: 1}}\n")->count, 3);
}

static void a_document_with_nothing_in_it_is_not_a_submission(void **state) {
    static const char *const sources[] = {
        "", "\n\n", "# only a comment\n", "---\n", "--- # nothing\n...\n", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        refusal expected = {sources[i], PV_ERROR_SHAPE, "", 1, 1, "empty"};
        assert_refused(state, &expected);
    }
}

static void mistakes_are_named_in_a_filers_words(void **state) {
    static const refusal mistakes[] = {
        {"a: note: this\n", PV_ERROR_SYNTAX, ":", 1, 8,
         "a colon followed by a space cannot stand inside unquoted text"},
        {"a: 1\n  b: 2\n", PV_ERROR_SYNTAX, ":", 2, 4, "a key cannot stand here"},
        {"no colon\nb: 1\n", PV_ERROR_SYNTAX, ":", 2, 2, "give the line above its own colon"},
        {"a: 1\nno colon\nb: 1\n", PV_ERROR_SYNTAX, "no colon", 2, 1, "this line has no colon"},
        {"a:\n\tb: 1\n", PV_ERROR_SYNTAX, "\t", 2, 1, "a tab stands where the line is indented"},
        {"a: b\n\tc: 1\n", PV_ERROR_SYNTAX, "\t", 2, 1, "a tab"},
        {"a: |\n\tb\n", PV_ERROR_SYNTAX, "\t", 2, 1, "a tab"},
        {"a: @b\n", PV_ERROR_SYNTAX, "@", 1, 4, "text cannot begin with @; put it in quotes"},
        {"a: `b`\n", PV_ERROR_SYNTAX, "`", 1, 4, "text cannot begin with `"},
        {"a: 20%\nb: %\n", PV_ERROR_SYNTAX, "%", 2, 4, "text cannot begin with %"},
        {"a: ] b\n", PV_ERROR_SYNTAX, "]", 1, 4, "text cannot begin with ]"},
        {"a: *\n", PV_ERROR_SYNTAX, "*", 1, 4, "text cannot begin with *"},
        {"a: & b\n", PV_ERROR_SYNTAX, "&", 1, 4, "text cannot begin with &"},
        {"a: !<b\n", PV_ERROR_SYNTAX, "!", 1, 4, "text cannot begin with !"},
        {"a: !b!c d\n", PV_ERROR_SYNTAX, "!", 1, 4, "text cannot begin with !"},
        {"a: 'don't'\n", PV_ERROR_SYNTAX, "t'", 1, 9, "write a ' inside the text as ''"},
        {"a: \"x\" y # z\n", PV_ERROR_SYNTAX, "y # z", 1, 8, "text follows a closing \""},
        {"a: 1\nb: \"open\nc: 2\n", PV_ERROR_SYNTAX, "\"", 2, 4, "the quote opened here is never closed"},
        {"a: 'open\n--- b\n", PV_ERROR_SYNTAX, "'", 1, 4, "the quote opened here is not closed before"},
        {"a: [1, 2\nb: 3\n", PV_ERROR_SYNTAX, "[", 1, 4, "the [ opened here is not closed"},
        {"a: {b: 1", PV_ERROR_SYNTAX, "{", 1, 4, "the { opened here is not closed"},
        {"[a, b: c: d]\n", PV_ERROR_SYNTAX, ":", 1, 9, "this cannot stand between brackets"},
        {"a: {b: 1}}\n", PV_ERROR_SYNTAX, "}", 1, 10, "does not belong to the value before it"},
        {"a: - b\n", PV_ERROR_SYNTAX, "-", 1, 4, "a list cannot begin on the line of its key"},
        {"a: > b\n  c\n", PV_ERROR_SYNTAX, "b", 1, 6, "text follows | or >"},
        {"a: >50 people\n", PV_ERROR_SYNTAX, ">50 people", 1, 4, "text cannot begin with >; put it in quotes"},
        {"a: |50\n", PV_ERROR_SYNTAX, "|50", 1, 4, "text cannot begin with |; put it in quotes"},
        {"a: >=5 # x\n", PV_ERROR_SYNTAX, ">=5 # x", 1, 4, "text cannot begin with >"},
        {"a: >5\nb: 1\n", PV_ERROR_SYNTAX, ">5", 1, 4, "text cannot begin with >"},
        {"- |2", PV_ERROR_SYNTAX, "|2", 1, 3, "text cannot begin with |"},
        {"a: > 50 people\n", PV_ERROR_SYNTAX, "5", 1, 6, "put the whole text in quotes if the > belongs to it"},
        {"a: >-\n     \n\n   b\n", PV_ERROR_SYNTAX, "     ", 2, 1, "this blank line is longer than the indentation"},
        {"a: |\n   \n     \n   # b\nc: 1\n", PV_ERROR_SYNTAX, "     ", 3, 1, "this blank line is longer"},
        {"a: |\n     \n   b: c\n", PV_ERROR_SYNTAX, "     ", 2, 1, "this blank line is longer"},
        {"a:\n- >-\n    \n  b\n", PV_ERROR_SYNTAX, "    ", 3, 1, "this blank line is longer"},
        {"\xEF\xBB\xBF\xEF\xBB\xBF"
         "a: 1\n",
         PV_ERROR_ENCODING, "\xEF\xBB\xBF", 1, 1, "two byte order marks"},
        {"a: b\u2028c\n", PV_ERROR_SYNTAX, "\u2028", 1, 5, "U+2028, which shows nothing, ends the line for YAML"},
        {"a: >-\n  b\u2029c\n", PV_ERROR_SYNTAX, "\u2029", 2, 4, "U+2029"},
        {"a: |\n  b\xC2\x85"
         "c: d\n  e\n",
         PV_ERROR_SYNTAX, "\xC2\x85", 2, 4, "U+0085"},
        {"a: [b\u2028c, d\n", PV_ERROR_SYNTAX, "[", 1, 4, "the [ opened here is not closed"},
        {"a: b #c\n  d\n", PV_ERROR_SYNTAX, "#c", 1, 6, "a comment begins here and ends the text"},
        {"a: b\n  c #d\n  e\n", PV_ERROR_SYNTAX, "#d", 2, 5, "a comment begins here"},
        {"a: b\n  # c\n  d\n", PV_ERROR_SYNTAX, "# c", 2, 3, "a comment begins here"},
        {"- b #c\n  d\n- e\n", PV_ERROR_SYNTAX, "#c", 1, 5, "a comment begins here"},
        {"a: b #c\n  d: e\n", PV_ERROR_SYNTAX, "#c", 1, 6, "a comment begins here"},
        {"a: b #c\nd\n", PV_ERROR_SYNTAX, "d", 2, 1, "this line has no colon"},
        {"a: \"b\" #c\n  d\n", PV_ERROR_SYNTAX, "d", 2, 3, "does not line up with the keys"},
        {"a: [b #1, c #2]\n", PV_ERROR_SYNTAX, "#1, c #2]", 1, 7, "a comment begins here, between brackets"},
        {"a: {b: 'x #1', c: #2}\n", PV_ERROR_SYNTAX, "#2}", 1, 19, "a comment begins here, between brackets"},
        {"a: ['x #1'\n", PV_ERROR_SYNTAX, "[", 1, 4, "the [ opened here is not closed"},
        {"{\"a\"\n: 1}\n", PV_ERROR_SYNTAX, ":", 2, 1, "the colon must follow its key on the same line"},
        {"a: |0\n  b\n", PV_ERROR_SYNTAX, "0", 1, 5, "the number after | or > cannot be 0"},
        {"a:\n  b: 1\n c: 2\n", PV_ERROR_SYNTAX, "c: 2", 3, 2, "does not line up with the keys above"},
        {"a: 1\n- b\n", PV_ERROR_SYNTAX, "- b", 2, 1, "a list item stands where a key is expected"},
        {"- a\nb: 1\n", PV_ERROR_SYNTAX, "b: 1", 2, 1, "does not begin with \"- \""},
        {" a: 1\nb: 2\n", PV_ERROR_SYNTAX, "b: 2", 2, 1, "let all top-level keys start in the same column"},
        {"a: \"C:\\p\"\n", PV_ERROR_SYNTAX, "\\p", 1, 7, "write a backslash as \\\\"},
        {"a: \"\\u12\"\n", PV_ERROR_SYNTAX, "1", 1, 7, "this escape names no character"},
        {"a: \"\\uD800\"\n", PV_ERROR_SYNTAX, "D", 1, 7, "this escape names no character"},
        {"%FOO\n---\na: 1\n", PV_ERROR_SYNTAX, "%", 1, 1, "YAML directive"},
        {"\u00e9: 1\nb: x\u2014\ay\n", PV_ERROR_ENCODING, "\a", 2, 6, "U+0007 is a control character"},
        {"\xEF\xBB\xBF\u00e9: \u4e00: x\n", PV_ERROR_SYNTAX, ":", 1, 5, "a colon followed by a space"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        assert_refused(state, &mistakes[i]);
}

static void blank_blocks_and_long_blank_lines_after_text_are_fine(void **state) {
    const pv_node *root = root_of(state, "a: |\n        \nb: >-\nc: |2\n    d\n        \n\ne: |+\n\nf: 1\n");
    assert_str(pv_node_value(child(root, 0)), "");
    assert_str(pv_node_value(child(root, 1)), "");
    assert_int_equal(root->count, 5);
}

static void what_a_comment_cuts_off_is_known(void **state) {
    static const struct {
        const char *yaml;
        const char *comment; /* of the first value, or "" */
    } cases[] = {
        {"a: b #c d \nb: 1", "#c d"},
        {"a: b\t# c\n", "# c"},
        {"- b #c", "#c"},
        {"[b #c\n, d]", "#c"},
        {"[b, #c\n d]", "#c"},
        {"[b, # c\n d]", ""},
        {"{a: b, #c\n d: e}", "#c"},
        {"a: b\n  c #d\n", "#d"},
        {"a: b\u2028# c\n", "# c"},
        {"a: #b\n", "#b"},
        {"a: # b\n", ""},
        {"a: #\n", ""},
        {"a: ## b\n", ""},
        {"a: 'b' #c\n", ""},
        {"a: \"b\" #c\n", ""},
        {"a: >- #c\n  b #d\n", ""},
        {"a: [b] #c\n", ""},
        {"a: b\n# c\n", ""},
        {"a: b#c\n", ""},
        {"a: b\n\n  # c\nd: e\n", ""},
        {"a: {b: c} #d\n", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const pv_node *value = child(root_of(state, cases[i].yaml), 0);
        while (value->kind != PV_NODE_SCALAR)
            value = value->first;
        assert_str(pv_str_slice(pv_str_from(cases[i].yaml), value->comment.start, value->comment.end),
                   cases[i].comment);
    }
}

static void an_error_in_one_place_names_the_other(void **state) {
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    pv_error error = refuse(*state, PV_STR("a:\n  - x\n  y: 1\n"), &limits, &source);
    assert_str(pv_source_slice(source, error.where), "y: 1");
    assert_true(error.has_other);
    assert_int_equal(error.other.start, 5);
}

static void the_depth_limit_is_inclusive(void **state) {
    arena_fixture *fixture = *state;
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    limits.yaml_depth = 3;
    pv_document *document;
    pv_source *fine;
    assert_true(pv_source_new(&fine, fixture->arena, PV_STR("x"), PV_STR("- - {a: b}"), &limits, &fixture->error));
    assert_true(pv_yaml_load(&document, fixture->arena, fine, &limits, &fixture->error));
    pv_error error = refuse(fixture, PV_STR("- - {a: [b]}"), &limits, &source);
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    assert_int_equal(error.where.start, 8);
    assert_non_null(strstr(error.message, "more than 3 deep"));
}

static void the_event_limit_is_inclusive(void **state) {
    arena_fixture *fixture = *state;
    const pv_source *source;
    pv_limits limits = pv_limits_default();
    /* Stream and document start, sequence start, two scalars, sequence end, document and stream end. */
    limits.yaml_events = 8;
    pv_document *document;
    pv_source *fine;
    assert_true(pv_source_new(&fine, fixture->arena, PV_STR("x"), PV_STR("- a\n- b\n"), &limits, &fixture->error));
    assert_true(pv_yaml_load(&document, fixture->arena, fine, &limits, &fixture->error));
    pv_error error = refuse(fixture, PV_STR("- a\n- b\n- c\n"), &limits, &source);
    assert_int_equal(error.code, PV_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "limit of 8"));
}

/* libyaml alone would take a minute for these; the test's time limit is the assertion. */
static void hostile_depth_ends_at_the_limit(void **state) {
    arena_fixture *fixture = *state;
    static const char *const openings[] = {"[", "{a: ", "- ", "[\n", "? "};
    pv_limits limits = pv_limits_default();
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        const pv_source *source;
        pv_error error = refuse(fixture, repeated(fixture->arena, openings[i], 100000), &limits, &source);
        assert_true(error.code == PV_ERROR_LIMIT || error.code == PV_ERROR_REFUSED);
    }
}

static void many_keys_take_linear_time(void **state) {
    arena_fixture *fixture = *state;
    pv_buf yaml = pv_buf_on(&fixture->memory);
    for (unsigned i = 0; i < 200000; i++)
        pv_buf_format(&yaml, "key%u: %u\n", i, i);
    assert_false(yaml.failed);
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_document *document;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("x"), pv_buf_str(&yaml), &limits, &fixture->error));
    assert_true(pv_yaml_load(&document, fixture->arena, source, &limits, &fixture->error));
    assert_int_equal(document->root->count, 200000);
    pv_buf_append_text(&yaml, "key77: again\n");
    const pv_source *twice;
    pv_error error = refuse(fixture, pv_buf_str(&yaml), &limits, &twice);
    assert_str(pv_source_slice(twice, error.other), "key77");
    pv_buf_clear(&yaml);
}

/* Scalars of every style, both kinds of collection, and more keys than the key table starts with room for. */
static bool load_everything(pv_arena *arena, pv_error *error) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf yaml = pv_buf_on(&memory);
    pv_buf_append_text(&yaml, "a: >-\n  one\n  two\nb: [1, 'two', \"th\\u0072ee\"]\nc: |\n  x\n");
    for (unsigned i = 0; i < 150; i++)
        pv_buf_format(&yaml, "k%u:\n", i);
    pv_document *document;
    bool loaded = try_document(&document, arena, yaml.data, error);
    pv_buf_clear(&yaml);
    return loaded;
}

static void refused_memory_is_an_error(void **state) {
    (void)state;
    assert_survives_refused_memory(load_everything);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(a_tree_is_in_the_order_of_the_source),
        arena_test(nothing_is_typed),
        arena_test(styles_are_kept),
        arena_test(spans_hold_no_trailing_blank_lines_or_comments),
        arena_test(brackets_belong_to_their_span),
        arena_test(a_missing_value_stands_after_its_colon),
        arena_test(places_are_bytes_behind_any_characters),
        arena_test(every_line_end_is_read),
        arena_test(block_scalars_are_indented_against_their_collection),
        arena_test(a_version_directive_and_markers_are_harmless),
        arena_test(features_that_hide_where_a_value_stands_are_refused),
        arena_test(a_quoted_merge_key_is_a_key),
        arena_test(a_second_document_is_refused_with_both_places),
        arena_test(a_key_given_twice_is_refused_with_both_places),
        arena_test(the_same_key_in_two_mappings_is_fine),
        arena_test(a_document_with_nothing_in_it_is_not_a_submission),
        arena_test(mistakes_are_named_in_a_filers_words),
        arena_test(blank_blocks_and_long_blank_lines_after_text_are_fine),
        arena_test(what_a_comment_cuts_off_is_known),
        arena_test(an_error_in_one_place_names_the_other),
        arena_test(the_depth_limit_is_inclusive),
        arena_test(the_event_limit_is_inclusive),
        arena_test(hostile_depth_ends_at_the_limit),
        arena_test(many_keys_take_linear_time),
        cmocka_unit_test(refused_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
