/* node: what can be asked of a document's tree, whatever loaded it. */
#include "torture.h"

#include "model/node.h"

static pv_node scalar(const char *value, pv_scalar_style style) {
    return (pv_node){.kind = PV_NODE_SCALAR, .style = style, .text.value = pv_str_from(value)};
}

static void a_child_is_found_by_its_key(void **state) {
    (void)state;
    pv_node first_key = scalar("county", PV_SCALAR_PLAIN);
    pv_node second_key = scalar("plan", PV_SCALAR_PLAIN);
    pv_node second = scalar("B", PV_SCALAR_PLAIN);
    pv_node first = scalar("A", PV_SCALAR_PLAIN);
    pv_node mapping = {.kind = PV_NODE_MAPPING, .first = &first, .count = 2};
    first.key = &first_key;
    first.next = &second;
    second.key = &second_key;
    assert_ptr_equal(pv_node_get(&mapping, PV_STR("county")), &first);
    assert_ptr_equal(pv_node_get(&mapping, PV_STR("plan")), &second);
    assert_null(pv_node_get(&mapping, PV_STR("plans")));
    assert_null(pv_node_get(&mapping, PV_STR("")));
}

static void what_is_no_mapping_has_no_keys(void **state) {
    (void)state;
    pv_node text = scalar("county", PV_SCALAR_PLAIN);
    pv_node list = {.kind = PV_NODE_SEQUENCE, .first = &text, .count = 1};
    assert_null(pv_node_get(NULL, PV_STR("county")));
    assert_null(pv_node_get(&text, PV_STR("county")));
    assert_null(pv_node_get(&list, PV_STR("county")));
}

static void only_a_text_has_a_value(void **state) {
    (void)state;
    pv_node text = scalar("1.10", PV_SCALAR_PLAIN);
    pv_node list = {.kind = PV_NODE_SEQUENCE};
    assert_str(pv_node_value(&text), "1.10");
    assert_str(pv_node_value(&list), "");
    assert_str(pv_node_value(NULL), "");
}

static void a_quoted_nothing_is_not_empty(void **state) {
    (void)state;
    pv_node nothing = scalar("", PV_SCALAR_PLAIN);
    pv_node quoted = scalar("", PV_SCALAR_DOUBLE_QUOTED);
    pv_node block = scalar("", PV_SCALAR_FOLDED);
    pv_node tilde = scalar("~", PV_SCALAR_PLAIN);
    pv_node list = {.kind = PV_NODE_SEQUENCE};
    assert_true(pv_node_is_empty(NULL));
    assert_true(pv_node_is_empty(&nothing));
    assert_false(pv_node_is_empty(&quoted));
    assert_false(pv_node_is_empty(&block));
    assert_false(pv_node_is_empty(&tilde));
    assert_false(pv_node_is_empty(&list));
}

static void kinds_have_names(void **state) {
    (void)state;
    pv_node node = {.kind = PV_NODE_SCALAR};
    assert_string_equal(pv_node_kind_name(&node), "a text");
    node.kind = PV_NODE_MAPPING;
    assert_string_equal(pv_node_kind_name(&node), "a mapping");
    node.kind = PV_NODE_SEQUENCE;
    assert_string_equal(pv_node_kind_name(&node), "a list");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_is_found_by_its_key),
        cmocka_unit_test(what_is_no_mapping_has_no_keys),
        cmocka_unit_test(only_a_text_has_a_value),
        cmocka_unit_test(a_quoted_nothing_is_not_empty),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
