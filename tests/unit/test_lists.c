#include "torture.h"

#include <string.h>

#include "base/buf.h"
#include "text/lists.h"

typedef struct list_fixture {
    pv_memory memory;
    pv_arena *arena;
} list_fixture;

static int set_up(void **state) {
    static list_fixture shared;
    shared.memory = pv_memory_with_limit(SIZE_MAX);
    shared.arena = pv_arena_new(&shared.memory);
    *state = &shared;
    return shared.arena ? 0 : -1;
}

static int tear_down(void **state) {
    list_fixture *fixture = *state;
    pv_arena_free(fixture->arena);
    return fixture->memory.used == 0 ? 0 : -1;
}

static pv_list_items find(void **state, const char *text) {
    list_fixture *fixture = *state;
    pv_list_items found;
    pv_error error = {0};
    assert_true(pv_lists_find(fixture->arena, pv_str_from(text), &found, &error));
    return found;
}

static void show_children(pv_buf *out, const char *text, const pv_list_items *found, size_t parent) {
    for (size_t i = 0; i < found->count; i++) {
        const pv_list_item *item = &found->items[i];
        if (item->parent != parent)
            continue;
        assert_int_equal(item->depth, parent == PV_NO_PARENT ? 0 : found->items[parent].depth + 1);
        pv_str marker = pv_str_slice(pv_str_from(text), item->marker.start, item->marker.end);
        if (out->size > 0 && out->data[out->size - 1] != '[')
            pv_buf_append_char(out, ' ');
        pv_buf_append(out, marker);
        pv_buf_append_char(out, '[');
        size_t without_children = out->size;
        show_children(out, text, found, i);
        assert_int_equal(item->leaf, out->size == without_children);
        pv_buf_append_char(out, ']');
    }
}

/* The items as a tree of their markers, "1.[] 2.[a)[] b)[]]", and how many leaves and outer lists there are. */
static void check(void **state, const char *text, const char *tree, size_t leaves, size_t lists) {
    list_fixture *fixture = *state;
    pv_list_items found = find(state, text);
    pv_buf shown = pv_buf_on(&fixture->memory);
    show_children(&shown, text, &found, PV_NO_PARENT);
    assert_str(pv_buf_str(&shown), tree);
    assert_int_equal(found.leaves, leaves);
    assert_int_equal(found.lists, lists);
    pv_buf_clear(&shown);
}

/* The bodies, with " | " between them. */
static void check_bodies(void **state, const char *text, const char *bodies) {
    list_fixture *fixture = *state;
    pv_list_items found = find(state, text);
    pv_buf shown = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < found.count; i++) {
        pv_buf_append_text(&shown, i > 0 ? " | " : "");
        pv_buf_append(&shown, pv_str_slice(pv_str_from(text), found.items[i].body.start, found.items[i].body.end));
    }
    assert_str(pv_buf_str(&shown), bodies);
    pv_buf_clear(&shown);
}

static const char assignment[] = /* item 1.1.6.1 */
    "To determine ECM provider assignment, we will: 1) include DHCS logic in Population Health Management "
    "stratification "
    "algorithms to identify potentially eligible populations; 2) obtain WPC and HHP data to maintain continuity of "
    "care "
    "through transition; 3) solicit and integrate data from County and housing agencies to improve identification, "
    "targeting, and assignments over time; and 4) identify providers' expertise serving the populations of focus to "
    "assign "
    "members appropriately.";

static const char disparities[] = /* item 1.2.6.3 */
    "1. Disparities obtaining care post-hospitalization for adults experiencing homelessness: Enable ECM to facilitate "
    "timely post discharge care.\n"
    "2. Underdiagnoses of adults with SUD: Ensure ECM provers screen and link members to appropriate care.\n"
    "3. Adult high utilizers with:\n"
    "a) Co-occurring chronic conditions: Lifestyle factors contribute to worsening health conditions. Partner ECM with "
    "plan "
    "clinical pharmacists to manage.\n"
    "b) Serious chronic illness: Unaware of benefits of Palliative Care. Ensure ECM providers refer to Palliative Care "
    "Program.\n"
    "c) Frequent ED visits: Barriers connecting to medical home. Use predictive analytics to identify members. Enable "
    "ECM "
    "providers connect with usual care and supports.";

static const char coverage[] = /* item 1.3.5.1 */
    "For CS services that went live in January 2022, gaps in Los Angeles County may include:\n"
    "1) Coverage for specific populations;\n"
    "2) Coverage for specific neighborhoods/zip codes; and\n"
    "(3) Coverage for housing transition.\n"
    "We will focus future provider recruitment on local CBOs.";

static const char groups[] = /* item 1.2.9.1 */
    "Health Net identified the following racial and ethnic groups that disproportionately experience homelessness in "
    "L.A. "
    "County: (1) Black/African Americans make up 33.7% of the homeless population in L.A. County; (2) American "
    "Indians/Alaska Natives make up 1.1%; and (3) Hispanics/Latinos make up 36.1%. (Source: 2020 Greater L.A. Homeless "
    "Count).";

static void test_the_real_filing(void **state) {
    check(state, assignment, "1)[] 2)[] 3)[] 4)[]", 4, 1);
    check(state, disparities, "1.[] 2.[] 3.[a)[] b)[] c)[]]", 5, 1);
    check(state, coverage, "1)[] 2)[] (3)[]", 3, 1);
    check(state, groups, "(1)[] (2)[] (3)[]", 3, 1);
    check(state, "culturally appropriate resources (e.g., street medicine). Populations of Focus", "", 0, 0);
    check(state, "a) Across all MCPs.\nb) A 2011 report.\nc) Some estimates.\nd) L.A. DMH operates 75 sites.",
          "a)[] b)[] c)[] d)[]", 4, 1);
}

static void test_bodies(void **state) {
    check_bodies(state, "we will 1) assess,  2) partner; and 3) train. Then stop.\nOther.",
                 "assess, | partner; and | train. Then stop.");
    check_bodies(state, coverage,
                 "Coverage for specific populations; | Coverage for specific neighborhoods/zip codes; and | "
                 "Coverage for housing transition.");
    check_bodies(state, "1. one\nmore of one\n2. two:\na) x\nb) y\nafter\n3. three\nafter",
                 "one\nmore of one | two:\na) x\nb) y\nafter | x | y\nafter | three");
    check_bodies(state, "1) a 2) b. Also 1) c 2) d", "a | b. Also | c | d");
    pv_list_items found = find(state, assignment);
    assert_int_equal(found.items[3].ordinal, 4);
    assert_int_equal(found.items[3].style, PV_MARKER_NUMBER);
    assert_int_equal(found.items[0].marker.start, strstr(assignment, "1)") - assignment);
}

static void test_what_starts_nothing(void **state) {
    check(state, "(2022) and 2. or see 3) here", "", 0, 0);
    check(state, "2) b 3) c", "", 0, 0);
    check(state, "1) alone", "", 0, 0);
    check(state, "resources (e.g., (a) street medicine)", "", 0, 0);
    check(state, "as described in (a) and (b) above", "", 0, 0);
    check(state, "steps 1), 2) and 3)", "", 0, 0);
    check(state, "Section 1) asks much; Section 2) asks more", "", 0, 0);
    check(state, "provider(s) and 1396(a)(1) or (b)(2)", "", 0, 0);
    check(state, "sites (about 1) and others (about 2) there", "", 0, 0);
    check(state, "ends with 1. Then 2. Then 3.", "", 0, 0);
    check(state, "01) a 02) b", "", 0, 0);
    check(state, "1)\n2)\n3)", "", 0, 0);
    check(state, "A. Smith and B. Jones", "", 0, 0);
    check(state, "well - no - bullets", "", 0, 0);
    check(state, "-\n", "", 0, 0);
    check(state, "", "", 0, 0);
}

static void test_styles(void **state) {
    check(state, "(a) x (b) y", "(a)[] (b)[]", 2, 1);
    check(state, "A. x\nB. y", "A.[] B.[]", 2, 1);
    check(state, "A) x b) y", "", 0, 0);
    check(state, "i) x ii) y iii) z", "i)[] ii)[] iii)[]", 3, 1);
    check(state, "i) x j) y", "", 0, 0);
    check(state, "g) x a) a b) b c) c d) d e) e f) f g) g h) h i) i j) j",
          "a)[] b)[] c)[] d)[] e)[] f)[] g)[] h)[] i)[] j)[]", 10, 1);
    check(state, "1. x\n2) y\n(3) z", "1.[] 2)[] (3)[]", 3, 1);
    assert_int_equal(find(state, "i) x ii) y").items[1].style, PV_MARKER_ROMAN);
    assert_int_equal(find(state, "i) x ii) y").items[1].ordinal, 2);
}

static void test_bullets(void **state) {
    check(state, "• x\n• y\n• z", "•[] •[] •[]", 3, 1);
    check(state, "- only one", "-[]", 1, 1);
    check(state, "• x\n– p\n– q\n• y", "•[–[] –[]] •[]", 3, 1);
    check(state, "* x\n* y\nSome prose.\n* z", "*[] *[] *[]", 3, 2);
    check(state, "1. x\n- p\n- q\n2. y", "1.[-[] -[]] 2.[]", 3, 1);
    pv_list_items found = find(state, "• x\n\n• y");
    assert_int_equal(found.items[1].ordinal, 2);
    assert_int_equal(found.lists, 1);
}

static void test_nesting(void **state) {
    check(state, "1. x: (1) a (2) b\n2. y: (1) c (2) d", "1.[(1)[] (2)[]] 2.[(1)[] (2)[]]", 4, 1);
    check(state, "1. x: (1) a\n2. y", "1.[] 2.[]", 2, 1);
    check(state, "1) x: (a) p, (b) q; 2) y", "1)[(a)[] (b)[]] 2)[]", 3, 1);
    check(state, "1) x; 2) y: (a) p, (b) q", "1)[] 2)[(a)[] (b)[]]", 3, 1);
    /* The list of the next sentence, or of a later paragraph, is one of its own. */
    check(state, "1) x; 2) y in L.A. County. We will (a) p, (b) q", "1)[] 2)[] (a)[] (b)[]", 4, 2);
    check(state, "1) x; 2) y in L.A. County with (a) p, (b) q", "1)[] 2)[(a)[] (b)[]]", 3, 1);
    check(state, "1) x\n2) y\nWe will (a) p, (b) q", "1)[] 2)[] (a)[] (b)[]", 4, 2);
    /* Unless the first list goes on after it. */
    check(state, "1) x\nWe will (a) p, (b) q\n2) y", "1)[(a)[] (b)[]] 2)[]", 3, 1);
    check(state, "1) a 2) b 3) c. Also 1) d 2) e", "1)[] 2)[] 3)[] 1)[] 2)[]", 5, 2);
    check(state, "1. x\na) p\ni) s\nii) t\nb) q\n2. y", "1.[a)[i)[] ii)[]] b)[]] 2.[]", 4, 1);
    check(state, "1. x\n1. p\n2. q\n2. y", "1.[1.[] 2.[]] 2.[]", 3, 1);
    /* A stray marker does not break the list around it. */
    check(state, "1) x as in table 4 (1) there; 2) y, see (b) above; 3) z", "1)[] 2)[] 3)[]", 3, 1);
}

/* n times the same words. */
static char *repeated(const char *words, size_t times) {
    size_t size = strlen(words);
    char *text = test_malloc(size * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * size, words, size);
    text[size * times] = '\0';
    return text;
}

static void test_hostile_texts_end_soon(void **state) {
    static const char *const words[] = {"1) x ", "1) x 2) y a) z b) w ", "a) i) 1) (1) x\n", "1. x\n", "2) b ", "- x\n",
                                        "(",     "1) x\n1) 2) y 2) "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char *text = repeated(words[i], 10000);
        pv_list_items found = find(state, text);
        for (size_t item = 0; item < found.count; item++) {
            assert_true(found.items[item].depth < 8);
            assert_true(found.items[item].parent == PV_NO_PARENT || found.items[item].parent < item);
        }
        test_free(text);
    }
}

static void test_every_refused_allocation_is_reported(void **state) {
    (void)state;
    bool done = false;
    for (size_t n = 1; !done; n++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_arena *arena = pv_arena_new(&memory);
        memory.fail_after = n;
        pv_list_items found;
        pv_error error = {0};
        done = pv_lists_find(arena, pv_str_from(disparities), &found, &error);
        assert_int_equal(error.code, done ? PV_OK : PV_ERROR_MEMORY);
        assert_int_equal(found.leaves, done ? 5 : 0);
        assert_true(n > 1 || !done);
        pv_arena_free(arena);
        assert_int_equal(memory.used, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_real_filing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_starts_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_styles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bullets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nesting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hostile_texts_end_soon, set_up, tear_down),
        cmocka_unit_test(test_every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
