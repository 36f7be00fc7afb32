#include "document_fixture.h"

#include "report/other/blank_submission.h"

static const char hard_form[] =
    "form: hard\n"
    "title: \"A form: with # signs\"\n"
    "fields:\n"
    "  'name: of plan': { label: Name, type: text, required: true }\n"
    "  county: { label: County, type: text, one_of: [Amador, 'Los: Angeles'] }\n"
    "  visits: { label: visits, type: integer }\n"
    "  served: { label: Served, type: list }\n"
    "  reasons: { label: Reasons, type: text, word_limit: 1 }\n"
    "  motto: { label: Motto, type: text, character_limit: 80 }\n"
    "  story: { label: Story, type: text, word_minimum: 20 }\n"
    "sections: [{ id: \"1\", title: One }]\n"
    "measures:\n"
    "  - id: \"1.1\"\n"
    "    section: \"1\"\n"
    "    title: Plan\n"
    "    obligation: mandatory\n"
    "    points: 80\n"
    "    description: |\n"
    "      First paragraph.\n"
    "\n"
    "      Second paragraph.\n"
    "    items:\n"
    "      - { id: \"#1\", prompt: \"What? - say: it\", word_minimum: 50, word_limit: 100,\n"
    "          character_limit: 700 }\n"
    "      - { id: \"-\", prompt: More. }\n"
    "  - id: whole\n"
    "    section: \"1\"\n"
    "    title: Whole\n"
    "    obligation: optional\n"
    "    items: [{ id: \"1\", prompt: Say all. }]\n"
    "records:\n"
    "  cost: { label: Costs, columns: { item: { type: text, required: true }, of: list } }\n";

static pv_buf write_blank(arena_fixture *fixture, const pv_form *form) {
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_blank_submission(&out, form, false);
    assert_false(out.failed);
    return out;
}

/* Whatever the form's names and texts hold, every part is there, blank, and nothing is wrong with it. */
static void test_it_loads_without_a_problem(void **state) {
    arena_fixture *fixture = *state;
    const pv_form *form = form_of(fixture, hard_form);
    pv_buf out = write_blank(fixture, form);
    const pv_submission *submission = submission_of(fixture, form, out.data);
    assert_int_equal(submission->problem_count, 0);
    const pv_document *document = document_of(fixture, out.data);
    static const char *const parts[] = {"fields", "records", "measures"};
    static const size_t counts[] = {7, 1, 2};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pv_node_get(document->root, pv_str_from(parts[i]))->count, counts[i]);
    for (size_t i = 0; i < form->item_count; i++)
        assert_true(submission->responses[i].given && submission->responses[i].blank);
    pv_buf_clear(&out);
}

static void assert_holds(const pv_buf *out, const char *text) {
    if (pv_str_find(pv_buf_str(out), pv_str_from(text), 0) == SIZE_MAX)
        fail_msg("\"%s\"\nis not in\n%s", text, out->data);
}

static void test_it_says_what_the_form_says(void **state) {
    arena_fixture *fixture = *state;
    pv_buf out = write_blank(fixture, form_of(fixture, hard_form));
    assert_holds(&out, "  # Name (required)\n  \"name: of plan\":\n");
    assert_holds(&out, "  # County (one of: Amador, Los: Angeles)\n  county:\n");
    assert_holds(&out, "  # visits (a whole number, like 200)\n  visits:\n");
    assert_holds(&out, "  # Reasons (at most 1 word)\n  reasons: >-\n");
    assert_holds(&out, "  # Motto (at most 80 characters)\n  motto:\n");
    assert_holds(&out, "  # Story (at least 20 words)\n  story: >-\n");
    assert_holds(&out, "  served: []\n");
    assert_holds(&out, "  # 1.1 Plan (mandatory, 80 points)\n  # First paragraph.\n  # Second paragraph.\n  1.1:\n");
    assert_holds(&out, "    # What? - say: it\n    # 50 to 100 words, at most 700 characters\n    \"#1\": >-\n");
    assert_holds(&out, "  # whole Whole (optional)\n  # Say all.\n  whole: >-\n");
    assert_holds(&out, "  cost:\n    # - item:\n    #   of: []\n");
    pv_buf_clear(&out);
}

/* The first row of a record list is had by taking its signs away. */
static void test_a_row_without_its_signs(void **state) {
    arena_fixture *fixture = *state;
    const pv_form *form = form_of(fixture, hard_form);
    pv_buf out = write_blank(fixture, form);
    size_t row = pv_str_find(pv_buf_str(&out), PV_STR("# - item:\n    #   of: []\n"), 0);
    assert_int_not_equal(row, SIZE_MAX);
    out.data[row] = ' ';
    out.data[row + sizeof "# - item:\n    " - 1] = ' ';
    const pv_submission *submission = submission_of(fixture, form, out.data);
    assert_int_equal(submission->records[0].count, 1);
    assert_int_equal(submission->problem_count, 1); /* the column that is required is still blank */
    pv_buf_clear(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_it_loads_without_a_problem, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_it_says_what_the_form_says, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_a_row_without_its_signs, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
