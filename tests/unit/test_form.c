/* Forms: the two that are whole, and each fault with its exact place and message. */
#include "document_fixture.h"

#include <stdio.h>
#include <string.h>

/* Small, but with everything docs/form.md names. The order of its measures is not numeric. */
static const char complete[] =
    "form: small\n"
    "title: A small form\n"
    "attributes:\n"
    "  form: { points_available: integer }\n"
    "  section: { minimum_share: percentage }\n"
    "  measure: { documents: list }\n"
    "  item:\n"
    "    target: percentage\n"
    "    asks: { type: text, one_of: [steps, groups] }\n"
    "points_available: 1,000\n"
    "fields:\n"
    "  county: { label: MCP County, type: text, required: true, one_of: [Inyo, Mono] }\n"
    "  since: date\n"
    "sections:\n"
    "  - { id: \"1\", title: Systems, minimum_share: 20% }\n"
    "  - { id: \"2\", title: Providers }\n"
    "groups:\n"
    "  - { id: either, title: Either one, measures: [1.2.6, 1.2.10], choose: 1, points: 30 }\n"
    "measures:\n"
    "  - id: 1.1.6\n"
    "    section: \"1\"\n"
    "    title: Plan\n"
    "    obligation: mandatory\n"
    "    points: 80\n"
    "    description: >-\n"
    "      Say what\n"
    "      you plan.\n"
    "    items:\n"
    "      - { id: \"1\", prompt: Which steps?, word_limit: 100, target: 20%, asks: steps }\n"
    "      - { id: \"2\", prompt: Why? }\n"
    "  - id: 1.2.6\n"
    "    section: \"2\"\n"
    "    title: First choice\n"
    "    obligation: optional\n"
    "    points: 30.0\n"
    "    items: [{ id: \"1\", prompt: A }, { id: \"2\", prompt: B }]\n"
    "  - id: 1.2.10\n"
    "    section: \"2\"\n"
    "    title: Second choice\n"
    "    obligation: optional\n"
    "    documents: [a letter]\n"
    "    items: [{ id: \"1\", prompt: C }, { id: \"2\", prompt: D }]\n"
    "  - id: 1.1.7\n"
    "    section: \"1\"\n"
    "    title: Others\n"
    "    obligation: mandatory\n"
    "    points: 12.5\n"
    "    items:\n"
    "      - { id: \"1\", prompt: Who? }\n"
    "records:\n"
    "  allocation:\n"
    "    label: Points by area\n"
    "    columns:\n"
    "      area: { type: text, required: true, one_of: [\"1\", \"2\"] }\n"
    "      points: { type: integer, required: true }\n"
    "  attachment:\n"
    "    columns: { title: text }\n"
    "tables:\n"
    "  party:\n"
    "    columns: { name: text, aliases: list }\n"
    "    rows:\n"
    "      - { name: county behavioral health, aliases: [DMH] }\n"
    "      - { name: first 5 }\n";

/* A form of another regime: no points, minimum words, limits in characters, dates, budget rows, choices. */
static const char grant[] =
    "form: grant-under-10000\n"
    "title: Funding under 10,000 pounds\n"
    "attributes:\n"
    "  form: { smallest_total: decimal, largest_total: decimal }\n"
    "smallest_total: 300\n"
    "largest_total: 10,000.00\n"
    "fields:\n"
    "  starts: { type: date, required: true, label: When does the project start? }\n"
    "  kind: { type: text, one_of: [charity, school, company] }\n"
    "  name: { type: text, word_minimum: 2, word_limit: 15, character_limit: 80 }\n"
    "sections: [{ id: project, title: Your project }]\n"
    "measures:\n"
    "  - id: idea\n"
    "    section: project\n"
    "    title: Your idea\n"
    "    obligation: mandatory\n"
    "    items: [{ id: what, prompt: What would you do?, word_minimum: 50, word_limit: 300,\n"
    "              character_limit: 1800 }]\n"
    "records:\n"
    "  budget:\n"
    "    columns: { item: { type: text, required: true }, cost: { type: integer, required: true } }\n";

static void test_everything_is_found_by_its_name(void **state) {
    const pv_form *form = form_of(*state, complete);
    assert_str(form->id, "small");
    assert_str(form->title, "A small form");
    assert_int_equal(form->field_count, 2);
    assert_str(pv_form_field(form, PV_STR("county"))->label, "MCP County");
    assert_true(pv_form_field(form, PV_STR("county"))->required);
    assert_str(pv_form_field(form, PV_STR("since"))->label, "since");
    assert_int_equal(pv_form_field(form, PV_STR("since"))->type, PV_TYPE_DATE);
    assert_null(pv_form_field(form, PV_STR("Since")));

    assert_int_equal(form->measure_count, 4);
    assert_str(form->measures[3].id, "1.1.7");
    assert_ptr_equal(pv_form_measure(form, PV_STR("1.2.10")), &form->measures[2]);
    assert_null(pv_form_measure(form, PV_STR("1.2.1")));
    assert_int_equal(pv_decimal_compare(form->measures[3].points, (pv_decimal){125, 1}), 0);
    assert_str(form->measures[0].description, "Say what you plan.");

    assert_int_equal(form->item_count, 7);
    assert_ptr_equal(pv_form_item(form, PV_STR("1.2.10.2")), pv_measure_item(&form->measures[2], PV_STR("2")));
    assert_int_equal(pv_form_item(form, PV_STR("1.1.6.1"))->length.word_limit, 100);
    assert_int_equal(pv_form_item(form, PV_STR("1.1.6.2"))->length.word_limit, 0);
    assert_null(pv_measure_item(&form->measures[0], PV_STR("3")));
    for (size_t i = 0; i < form->item_count; i++) {
        assert_int_equal(form->items[i].index, i);
        assert_ptr_equal(pv_form_item(form, form->items[i].full_id), &form->items[i]);
    }

    assert_int_equal(pv_form_record(form, PV_STR("allocation"))->column_count, 2);
    assert_str(pv_form_record(form, PV_STR("attachment"))->label, "attachment");
    assert_null(pv_form_record(form, PV_STR("meeting")));
    assert_null(pv_form_table(form, PV_STR("parties")));
}

static void test_a_one_item_measure_lends_its_item_its_id(void **state) {
    const pv_form *form = form_of(*state, complete);
    const pv_item *item = pv_form_item(form, PV_STR("1.1.7"));
    assert_non_null(item);
    assert_str(item->id, "1");
    assert_ptr_equal(item->measure, &form->measures[3]);
    assert_null(pv_form_item(form, PV_STR("1.1.7.1")));
}

static void test_references_resolve(void **state) {
    const pv_form *form = form_of(*state, complete);
    const pv_section *first = &form->sections[0];
    assert_int_equal(first->measure_count, 2);
    assert_str(first->measures[0]->id, "1.1.6");
    assert_str(first->measures[1]->id, "1.1.7");
    assert_int_equal(form->sections[1].measure_count, 2);
    assert_ptr_equal(first->measures[1]->section, first);

    const pv_group *group = &form->groups[0];
    assert_int_equal(group->choose, 1);
    assert_int_equal(group->measure_count, 2);
    assert_str(group->measures[1]->id, "1.2.10");
    assert_ptr_equal(pv_form_measure(form, PV_STR("1.2.6"))->group, group);
    assert_null(form->measures[0].group);
    /* 1.2.10 prints no points of its own: it has its group's. */
    assert_int_equal(pv_decimal_compare(form->measures[2].points, pv_decimal_from_integer(30)), 0);
}

static void test_attributes_are_typed(void **state) {
    const pv_form *form = form_of(*state, complete);
    assert_int_equal(pv_value_list_get(&form->attributes, PV_STR("points_available"))->number.coefficient, 1000);
    assert_int_equal(form->item_attribute_count, 2);
    assert_true(pv_value_list_get(&form->sections[0].attributes, PV_STR("minimum_share"))->given);
    assert_false(pv_value_list_get(&form->sections[1].attributes, PV_STR("minimum_share"))->given);
    assert_int_equal(pv_value_list_get(&form->measures[2].attributes, PV_STR("documents"))->element_count, 1);
    assert_int_equal(pv_value_list_get(&form->items[0].attributes, PV_STR("target"))->number.coefficient, 20);
    assert_null(pv_value_list_get(&form->items[0].attributes, PV_STR("word_limit")));

    const pv_table *party = pv_form_table(form, PV_STR("party"));
    assert_int_equal(party->row_count, 2);
    assert_str(pv_value_list_get(&party->rows[0], PV_STR("aliases"))->elements[0].value, "DMH");
    assert_false(pv_value_list_get(&party->rows[1], PV_STR("aliases"))->given);
}

static void test_wording_is_read(void **state) {
    const pv_form *form = form_of(*state, "form: a\ntitle: A\nwording:\n  speakers: [The Board, its chair]\n"
                                          "  ignored: [not for profit]\n");
    assert_int_equal(form->wording_count, 3);
    assert_str(form->wording[1].phrase, "its chair");
    assert_true(form->wording[1].roles & PV_CUE_SPEAKER);
    assert_int_equal(form->wording[2].roles, 0);
}

static void test_another_form_needs_no_change(void **state) {
    const pv_form *form = form_of(*state, grant);
    assert_int_equal(form->measure_count, 1);
    assert_int_equal(form->group_count, 0);
    assert_int_equal(form->items[0].length.word_limit, 300);
    assert_str(form->items[0].full_id, "idea");
    assert_int_equal(form->items[0].length.word_minimum, 50);
    assert_int_equal(form->items[0].length.character_limit, 1800);
    assert_int_equal(pv_decimal_compare(pv_value_list_get(&form->attributes, PV_STR("largest_total"))->number,
                                        (pv_decimal){10000, 0}),
                     0);
    assert_int_equal(pv_form_field(form, PV_STR("kind"))->choice_count, 3);
    const pv_length *name = &pv_form_field(form, PV_STR("name"))->length;
    assert_int_equal(name->word_minimum, 2);
    assert_int_equal(name->word_limit, 15);
    assert_int_equal(name->character_limit, 80);
    assert_int_equal(pv_form_field(form, PV_STR("kind"))->length.character_limit, 0);
    assert_int_equal(form->records[0].columns[1].type, PV_TYPE_INTEGER);
}

static void test_a_form_may_have_no_measures(void **state) {
    const pv_form *form =
        form_of(*state, "form: register\ntitle: Meetings\n"
                        "records: { meeting: { columns: { held: { type: date, required: true } } } }\n");
    assert_int_equal(form->measure_count, 0);
    assert_null(pv_form_measure(form, PV_STR("1")));
    assert_null(pv_form_item(form, PV_STR("1")));
    assert_null(pv_form_field(form, PV_STR("1")));
    assert_int_equal(form->record_count, 1);
}

/* One change to the complete form, the words of the changed form that the error must cover, and its message. */
typedef struct faulty_form {
    const char *from;
    const char *to;
    const char *at;
    const char *message;
} faulty_form;

static const faulty_form faulty_forms[] = {
    {"title: A small form", "title: A small form\nwording: { speaker: [DHCS] }", "speaker",
     "'speaker' is not a kind of words; did you mean speakers?"},
    {"title: A small form", "title: A small form\nwording: { speakers: [DHCS, \"--\"] }", "\"--\"",
     "a phrase has from 1 to 64 words"},
    {"title: A small form", "title: A small form\nwording: [DHCS]", "[DHCS]",
     "wording must be a mapping, but is a list"},
    {"title: A small form", "titel: A small form", "titel", "a form has no key titel; did you mean title?"},
    {"title: A small form\n", "", "", "a form needs title"},
    {"form: small", "form:", "", "the form's id is empty"},
    {"form: small", "form: 'small '", "'small '", "the form's id must be on one line, without white space around it"},
    {"form: small", "form: \"sm\\nall\"", "\"sm\\nall\"",
     "the form's id must be on one line, without white space around it"},
    {"points_available: 1,000", "points_availble: 1,000", "points_availble",
     "a form has no key points_availble; did you mean points_available?"},
    {"points_available: 1,000", "points_available: many", "many",
     "'many' is not an integer; write it like 200 or 1,000"},
    {"points_available: 1,000", "points_available:", "", "points_available is empty"},
    {"{ points_available: integer }", "{ points_available: number }", "number",
     "'number' is not a type; there are text, integer, decimal, percentage, date, boolean, list, row, document, money, "
     "month, year, period, email, telephone, postcode, url and file"},
    {"{ points_available: integer }", "{ points_available: integr }", "integr",
     "'integr' is not a type; did you mean integer?"},
    {"{ points_available: integer }", "{ points_available: { type: integer, required: yes } }", "yes",
     "'yes' is not a boolean; write true or false"},
    {"{ points_available: integer }", "{ points_available: integer, id: { type: text, required: true } }", "",
     "id is missing"},
    {"{ points_available: integer }", "{ points_available: integer, title: text }", "title",
     "title of a form is built in; an attribute needs another name"},
    {"type: text, required: true, one_of: [Inyo, Mono]", "type: text, requierd: true", "requierd",
     "a specification has no key requierd; did you mean required?"},
    {"type: text, required: true, one_of: [Inyo, Mono]", "required: true", "", "a specification needs type"},
    {"type: text, required: true, one_of: [Inyo, Mono]", "type: text, one_of: []", "[]", "one_of is empty"},
    {"type: text, required: true, one_of: [Inyo, Mono]", "type: date, word_limit: 5", "word_limit",
     "only a text or document has a word_limit, not a value of type date"},
    {"type: text, required: true, one_of: [Inyo, Mono]", "type: list, character_limit: 5", "character_limit",
     "only a text or document has a character_limit, not a value of type list"},
    {"id: \"2\", title: Providers", "id: \"1\", title: Providers", "\"1\"", "section 1 is there twice"},
    {"minimum_share: 20%", "minimum_share: 20", "20", "'20' is not a percentage; write it like 20%"},
    {"minimum_share: 20%", "minimum_shar: 20%", "minimum_shar",
     "a section has no key minimum_shar; did you mean minimum_share?"},
    {"- id: 1.2.10\n", "- id: 1.2.6\n", "1.2.6", "measure 1.2.6 is there twice"},
    {"section: \"1\"\n    title: Plan", "section: \"3\"\n    title: Plan", "\"3\"",
     "the form has no section 3; there are 1 and 2"},
    {"obligation: mandatory\n    points: 80", "obligation: mandatry\n    points: 80", "mandatry",
     "'mandatry' is not an obligation; did you mean mandatory?"},
    {"points: 80", "points: -80", "-80", "a measure's points cannot be negative"},
    {"points: 80", "points: [80]", "[80]", "a decimal belongs here, not a list"},
    {"id: \"2\", prompt: Why?", "id: \"1\", prompt: Why?", "\"1\"", "item 1 is there twice"},
    {"id: \"2\", prompt: Why?", "id: \"2\"", "", "an item needs prompt"},
    {"word_limit: 100", "word_limit: 0", "0", "word_limit must be at least 1"},
    {"word_limit: 100", "word_limit: 4294967296", "4294967296", "word_limit must be at most 4294967295"},
    {"word_limit: 100", "character_limit: few", "few", "'few' is not an integer; write it like 200 or 1,000"},
    {"word_limit: 100", "word_limit: 100, word_minimum: 101", "101", "word_minimum is more than the word_limit, 100"},
    {"word_limit: 100", "wordlimit: 100", "wordlimit", "an item has no key wordlimit; did you mean word_limit?"},
    {"asks: steps", "asks: step", "step",
     "'step' is not one of the choices; there are steps and groups; "
     "did you mean steps?"},
    {"    items:\n      - { id: \"1\", prompt: Who? }\n", "    items: []\n", "[]",
     "measure 1.1.7 needs at least one item"},
    {"    items:\n      - { id: \"1\", prompt: Who? }\n", "    items: { id: \"1\" }\n", "{ id: \"1\" }",
     "a measure's items must be a list, but is a mapping"},
    {"- id: 1.1.7\n", "- id: 1.1.6.2\n", "\"1\"", "two items have the full id 1.1.6.2"},
    {"measures: [1.2.6, 1.2.10]", "measures: [1.2.6, 1.2.100]", "1.2.100",
     "the form has no measure 1.2.100; did you mean 1.2.10?"},
    {"measures: [1.2.6, 1.2.10]", "measures: [1.2.6, 1.1.7]", "1.1.7",
     "measure 1.1.7 is mandatory; only optional measures can be in a group"},
    {"measures: [1.2.6, 1.2.10]", "measures: [1.2.6, 1.2.6]", "1.2.6", "measure 1.2.6 is in group either already"},
    {"choose: 1, points: 30", "choose: 3, points: 30", "3", "group either has only 2 measures to choose from"},
    {"choose: 1, points: 30", "choose: 1, points: 20", "1.2.6",
     "measure 1.2.6 has other points than its group either, whose points count once"},
    {"    columns: { title: text }", "    columns: {}", "{}", "columns needs at least one column"},
    {"    columns: { title: text }", "    colums: { title: text }", "colums",
     "a record kind has no key colums; did you mean columns?"},
    {"- { name: first 5 }", "- { name: first 5, alias: [F5] }", "alias",
     "a row has no key alias; did you mean aliases?"},
    {"- { name: first 5 }", "- { name: first 5, aliases: F5 }", "F5",
     "a list belongs here, not a text; write it like [one, another]"},
    {"sections:\n", "sections: none\nsection:\n", "section", "a form has no key section; did you mean sections?"},
};

static void replace(char *out, size_t size, const char *text, const faulty_form *fault) {
    const char *found = strstr(text, fault->from);
    if (found == NULL)
        fail_msg("the form has no \"%s\"", fault->from);
    snprintf(out, size, "%.*s%s%s", (int)(found - text), text, fault->to, found + strlen(fault->from));
}

static void test_each_fault_has_its_place_and_message(void **state) {
    arena_fixture *fixture = *state;
    static char yaml[2 * sizeof complete];
    for (size_t i = 0; i < sizeof faulty_forms / sizeof *faulty_forms; i++) {
        const faulty_form *fault = &faulty_forms[i];
        replace(yaml, sizeof yaml, complete, fault);
        const pv_document *document = document_of(fixture, yaml);
        pv_form *form;
        pv_error error = {0};
        if (pv_form_build(&form, fixture->arena, document, &error))
            fail_msg("no fault was found in: %s", fault->to);
        assert_string_equal(error.message, fault->message);
        assert_int_equal(error.code, PV_ERROR_SHAPE);
        assert_true(error.has_where);
        assert_covers(document->source, error.where, fault->at);
    }
}

static void test_a_form_must_be_a_mapping(void **state) {
    arena_fixture *fixture = *state;
    pv_form *form;
    assert_false(pv_form_build(&form, fixture->arena, document_of(fixture, "- form: small\n"), &fixture->error));
    assert_string_equal(fixture->error.message, "a form must be a mapping, but is a list");
}

static bool build_form(pv_arena *arena, pv_error *error) {
    pv_document *document;
    pv_form *form;
    return try_document(&document, arena, complete, error) && pv_form_build(&form, arena, document, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(build_form);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_everything_is_found_by_its_name),
        arena_test(test_a_one_item_measure_lends_its_item_its_id),
        arena_test(test_references_resolve),
        arena_test(test_attributes_are_typed),
        arena_test(test_wording_is_read),
        arena_test(test_another_form_needs_no_change),
        arena_test(test_a_form_may_have_no_measures),
        arena_test(test_each_fault_has_its_place_and_message),
        arena_test(test_a_form_must_be_a_mapping),
        cmocka_unit_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
