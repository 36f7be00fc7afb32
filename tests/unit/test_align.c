/* align: which block of a document answers which item. Documents are plain text on small forms; what they give is
 * written as "item=text" lines, with "?" after the item where it is uncertain. */
#include "arena_fixture.h"

#include <string.h>

#include "align/align.h"
#include "load/loader.h"
#include "load/yaml.h"
#include "model/submission.h"

static const char form_text[] = "form: f\n"
                                "title: A plan for the garden\n"
                                "note: Send it to the office before the first of March\n"
                                "fields:\n"
                                "  name: { label: Name of the plan, type: text }\n"
                                "  county: { label: County, type: text }\n"
                                "layout:\n"
                                "  marker: Your answers\n"
                                "  printed: [See the notes on the last page of this form]\n"
                                "  rows:\n"
                                "    - { after: Beds to be dug, records: bed, column: count, row: { kind: dug } }\n"
                                "sections: [{ id: '1', title: All of it }]\n"
                                "measures:\n"
                                "  - id: '1.1'\n"
                                "    section: '1'\n"
                                "    title: Water\n"
                                "    obligation: mandatory\n"
                                "    items:\n"
                                "      - { id: '1', prompt: Describe how the beds will be watered in a dry summer }\n"
                                "      - { id: '2', prompt: Name those who look after the pump and the well }\n"
                                "  - id: '1.2'\n"
                                "    section: '1'\n"
                                "    title: Compost\n"
                                "    obligation: optional\n"
                                "    items:\n"
                                "      - { id: '1', prompt: Explain where kitchen waste goes before the winter }\n"
                                "records:\n"
                                "  bed: { label: Beds, columns: { kind: text, count: integer } }\n";

typedef struct aligned {
    pv_source *source;
    pv_form *form;
    const pv_blocks *blocks;
    pv_document *document;
} aligned;

static bool open_both(aligned *out, pv_arena *arena, pv_str text, pv_error *error) {
    const pv_str path = text.data[0] == '<' ? PV_STR("a.md") : PV_STR("a.txt");
    pv_limits limits = pv_limits_default();
    pv_source *form;
    pv_document *document;
    pv_loaded loaded = {0};
    if (!pv_source_new(&form, arena, PV_STR("form.yaml"), PV_STR(form_text), &limits, error) ||
        !pv_yaml_load(&document, arena, form, &limits, error) || !pv_form_build(&out->form, arena, document, error) ||
        !pv_source_new(&out->source, arena, path, text, &limits, error) ||
        !pv_loader_by_name(path)->load(&loaded, arena, out->source, NULL, &limits, error))
        return false;
    out->blocks = loaded.blocks;
    return true;
}

static bool align(aligned *out, pv_arena *arena, pv_str text, pv_error *error) {
    return open_both(out, arena, text, error) &&
           pv_align_document(&out->document, arena, out->form, out->blocks, out->source, 100, error);
}

static void write_scalars(pv_buf *out, const pv_node *node) {
    for (const pv_node *each = node->first; each; each = each->next) {
        if (each->kind != PV_NODE_SCALAR) {
            write_scalars(out, each);
            continue;
        }
        for (const pv_node *up = each->parent; up->parent && up->parent->parent; up = up->parent)
            if (up->key)
                pv_buf_format(out, "%.*s.", PV_STR_ARG(pv_node_value(up->key)));
        pv_buf_format(out, "%.*s%s=%.*s\n", PV_STR_ARG(pv_node_value(each->key)), each->uncertainty ? "?" : "",
                      PV_STR_ARG(pv_node_value(each)));
    }
}

/* Every byte of a text that is not made is its source's. */
static void assert_places(const aligned *all, const pv_node *node) {
    for (const pv_node *each = node->first; each; each = each->next) {
        assert_places(all, each);
        for (size_t i = 0; i < each->text.segment_count && each->kind == PV_NODE_SCALAR && each->parent->parent; i++) {
            const pv_segment *segment = &each->text.segments[i];
            const size_t size = segment->value.end - segment->value.start;
            const char *made = all->source->bytes.data + segment->source.start;
            for (size_t k = 0; size == segment->source.end - segment->source.start && size > 1 && k < size; k++)
                assert_true(made[k] == '\n' || each->text.value.data[segment->value.start + k] == made[k]);
        }
    }
}

static aligned assert_aligned(void **state, const char *text, const char *expected) {
    arena_fixture *fixture = *state;
    aligned all = {0};
    assert_true(align(&all, fixture->arena, pv_str_from(text), &fixture->error));
    pv_buf shown = pv_buf_on(&fixture->memory);
    write_scalars(&shown, all.document->root);
    pv_buf_append_char(&shown, '\0');
    assert_string_equal(pv_buf_str(&shown).data, expected);
    pv_buf_clear(&shown);
    assert_places(&all, all.document->root);
    return all;
}

static void an_answer_stands_between_its_prompt_and_the_next(void **state) {
    assert_aligned(state,
                   "1.1 Water\nYour answers\n1. Describe how the beds will be \nwatered in a dry summer\n\n"
                   "From the pond.\n\n2. Name those who look after the pump and the well\n\nAda and Grace.\n",
                   "form=f\n1.1.1=From the pond.\n1.1.2=Ada and Grace.\n");
}

static void the_rest_of_a_prompt_within_an_answer_is_none_of_it(void **state) {
    aligned all = assert_aligned(state,
                                 "1.1 Water\n1. Describe how the beds will be \n\nWe carry it from the \n"
                                 " watered in a dry summer \n\npond each morning.\n\n"
                                 "2. Name those who look after the pump and the well\n\nAda.\n",
                                 "form=f\n1.1.1=We carry it from the pond each morning.\n1.1.2=Ada.\n");
    const pv_node *measures = pv_node_get(all.document->root, PV_STR("measures"));
    const pv_node *first = pv_node_get(measures->first, PV_STR("1"));
    const pv_parts parts = pv_source_parts(all.source, first->span);
    assert_int_equal(pv_parts_count(&parts), 2);
}

static void lines_join_and_a_word_broken_at_its_hyphen_is_one(void **state) {
    assert_aligned(state,
                   "1. Describe how the beds will be watered in a dry summer\n\nWe ask the sub-\ncontractors, \n"
                   "who know\nwells.\n\nThen we dig.\n\n2. Name those who look after the pump and the well\n\n"
                   "1) Ada, who has\nthe key;\n2) Grace.\n",
                   "form=f\n1.1.1=We ask the sub-contractors, who know wells.\nThen we dig.\n"
                   "1.1.2=1) Ada, who has the key;\n2) Grace.\n");
}

static void measures_stand_in_the_order_of_the_document_and_one_that_is_not_there_is_not_given(void **state) {
    assert_aligned(state,
                   "1.2 Compost\n1. Explain where kitchen waste goes before the winter\n\nInto the heap.\n\n"
                   "1.1 Water\n1. Describe how the beds will be watered in a dry summer\n\nFrom the pond.\n\n"
                   "2. Name those who look after the pump and the well\n\nAda.\n",
                   "form=f\n1.2.1=Into the heap.\n1.1.1=From the pond.\n1.1.2=Ada.\n");
    assert_aligned(state,
                   "1.1 Water\n1. Describe how the beds will be watered in a dry summer\n\nFrom the pond.\n\n"
                   "2. Name those who look after the pump and the well\n\nAda.\n",
                   "form=f\n1.1.1=From the pond.\n1.1.2=Ada.\n");
}

static void a_prompt_without_an_answer_gives_none(void **state) {
    assert_aligned(state,
                   "1. Describe how the beds will be watered in a dry summer\n\n"
                   "2. Name those who look after the pump and the well\n\nAda.\n",
                   "form=f\n1.1.2=Ada.\n");
}

/* "by wet autumn" is not the form's "in a dry summer": read as the form's, three words are others, one is left out, and
 * none is known; as the beginning of the answer, four are left out, which is hardly cheaper. */
static void a_boundary_that_could_be_another_is_uncertain(void **state) {
    assert_aligned(state,
                   "1. Describe how the beds will be watered\nby wet autumn\nFrom the pond.\n\n"
                   "2. Name those who look after the pump and the well\n\nAda.\n",
                   "form=f\n1.1.1?=by wet autumn From the pond.\n1.1.2=Ada.\n");
}

/* Without an empty line around it, too, though not for certain: no word of it is the form's. */
static void an_answer_may_be_one_word_or_number(void **state) {
    assert_aligned(state,
                   "1. Describe how the beds will be watered in a dry summer\nRain\n"
                   "2. Name those who look after the pump and the well\n\n12\n",
                   "form=f\n1.1.1?=Rain\n1.1.2=12\n");
}

static void what_the_form_prints_elsewhere_is_in_no_answer(void **state) {
    assert_aligned(state,
                   "1. Describe how the beds will be watered in a dry summer\n\nFrom the \n"
                   "See the notes on the last page of this form\npond.\n\n"
                   "2. Name those who look after the pump and the well\n\nAda.\n",
                   "form=f\n1.1.1=From the pond.\n1.1.2=Ada.\n");
}

static void fields_follow_their_labels(void **state) {
    const char *rest = "1. Describe how the beds will be watered in a dry summer\n\nFrom the pond.\n\n"
                       "2. Name those who look after the pump and the well\n\nAda.\n";
    arena_fixture *fixture = *state;
    pv_str same_line =
        pv_arena_format(fixture->arena, "Name of the plan: Roses\nCounty Inyo\nBeds to be dug 7\n%s", rest);
    assert_aligned(state, same_line.data,
                   "form=f\nname=Roses\ncounty=Inyo\nbed.kind=dug\nbed.count=7\n1.1.1=From the pond.\n1.1.2=Ada.\n");
    pv_str next_line = pv_arena_format(fixture->arena, "Name of\nthe plan\n\nRoses\nCounty:\n\n%s", rest);
    assert_aligned(state, next_line.data, "form=f\nname=Roses\n1.1.1=From the pond.\n1.1.2=Ada.\n");
}

static void what_answers_nothing_is_a_problem(void **state) {
    aligned all = assert_aligned(state,
                                 "A plan for the garden\nDrawn up by the committee\n"
                                 "1. Describe how the beds will be watered in a dry summer\n\nFrom the pond.\n\n"
                                 "2. Name those who look after the pump and the well\n\nAda.\n",
                                 "form=f\n1.1.1=From the pond.\n1.1.2=Ada.\n");
    arena_fixture *fixture = *state;
    pv_submission *submission;
    assert_true(pv_submission_build(&submission, fixture->arena, all.form, all.document, &fixture->error));
    assert_int_equal(submission->problem_count, 1);
    assert_non_null(strstr(submission->problems[0].message.data, "“Drawn up by the committee” is no part of the form"));
}

/* By all its lines, one of which is a word; a line that is none of the printed text is no part of it. */
static void a_printed_cell_of_several_lines_is_known(void **state) {
    static const struct {
        const char *end;
        size_t problems;
    } cells[] = {{"of March", 0}, {"of March<br>gone", 1}, {"of March<br>gone<br>Compost", 1}};
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        pv_submission *submission;
        pv_str text = pv_arena_format(fixture->arena,
                                      "<table><tr><td>Send<br>it to the<br>office before the first<br>%s</td></tr>"
                                      "</table>\n\nDescribe how the beds will be watered in a dry summer\n\nFrom the "
                                      "pond.\n\nName those who look after the pump and the well\n\nAda.\n",
                                      cells[i].end);
        aligned all = assert_aligned(state, text.data, "form=f\n1.1.1=From the pond.\n1.1.2=Ada.\n");
        assert_true(pv_submission_build(&submission, fixture->arena, all.form, all.document, &fixture->error));
        assert_int_equal(submission->problem_count, cells[i].problems);
        if (cells[i].problems > 0)
            assert_non_null(strstr(submission->problems[0].message.data, "“gone” is no part of the form"));
    }
}

static void a_document_on_another_form_is_refused(void **state) {
    arena_fixture *fixture = *state;
    aligned all = {0};
    pv_recognition found;
    assert_false(align(&all, fixture->arena, PV_STR("Dear Ada,\n\nthe pump is broken again.\n"), &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_REFUSED);
    assert_string_equal(fixture->error.message,
                        "this does not look like “A plan for the garden”; 0 of 3 prompts were found");
    fixture->error = (pv_error){0};
    assert_true(open_both(&all, fixture->arena,
                          PV_STR("Describe how the beds will be watered in a dry summer\nName those who look after the "
                                 "pump\nand so on"),
                          &fixture->error));
    assert_true(pv_align_recognise(&found, fixture->arena, all.form, all.blocks, &fixture->error));
    assert_int_equal(found.asked, 3);
    assert_int_equal(found.found, 2);
}

static bool align_some(pv_arena *arena, pv_error *error) {
    aligned all = {0};
    return align(
        &all, arena,
        PV_STR("Name of the plan: Roses\nBeds to be dug 7\n1.1 Water\nodd\n1. Describe how the beds will be\n"
               "watered in a wet autumn\n\nFrom the\n See the notes on the last page of this form\npond-\nside\n\n"
               "2. Name those who look after the pump and the well\n\nAda.\n"),
        error);
}

static void a_refused_allocation_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(align_some);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_stands_between_its_prompt_and_the_next, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(the_rest_of_a_prompt_within_an_answer_is_none_of_it, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(lines_join_and_a_word_broken_at_its_hyphen_is_one, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(
            measures_stand_in_the_order_of_the_document_and_one_that_is_not_there_is_not_given, arena_setup,
            arena_teardown),
        cmocka_unit_test_setup_teardown(a_prompt_without_an_answer_gives_none, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(a_boundary_that_could_be_another_is_uncertain, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(an_answer_may_be_one_word_or_number, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(what_the_form_prints_elsewhere_is_in_no_answer, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(fields_follow_their_labels, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(what_answers_nothing_is_a_problem, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(a_printed_cell_of_several_lines_is_known, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(a_document_on_another_form_is_refused, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(a_refused_allocation_is_reported, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
