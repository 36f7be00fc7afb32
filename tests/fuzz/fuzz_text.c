/* Any bytes as plain text on a form with prompts, fields and rows: exactly one error, or a tree in which every text is
 * made of what its span covers, and a submission with every problem in its place; also when an allocation fails. */
#include <string.h>

#include "align/align.h"
#include "fuzz_input.h"
#include "load/loader.h"
#include "model/submission.h"

#define MEMORY_LIMIT ((size_t)256 << 20)

static const char form_text[] =
    "form: f\n"
    "title: A plan for the garden\n"
    "fields: { name: { label: Name of the plan, type: text },\n"
    "          why: { label: Why, type: text, word_limit: 20, note: Say it briefly },\n"
    "          dry: { label: Is it dry, type: boolean },\n"
    "          tools: { label: Tools, type: list, one_of: [Spade, Rake] } }\n"
    "layout: { heading: Part, marker: Your answers, printed: [See the notes on the last page],\n"
    "          rows: [{ after: Beds to be dug, records: bed, column: count, row: { kind: dug } }] }\n"
    "sections: [{ id: '1', title: All of it }]\n"
    "measures:\n"
    "  - { id: '1.1', section: '1', title: Water, obligation: mandatory, points: 10, description: On water and wells,\n"
    "      items: [{ id: '1', prompt: How will the beds be watered in summer, word_limit: 20 },\n"
    "              { id: '2', prompt: Who looks after the pump, note: 1 Name all of them }] }\n"
    "  - { id: '1.2', section: '1', title: Waste, obligation: optional,\n"
    "      items: [{ id: '1', prompt: Where does the kitchen waste go in winter }] }\n"
    "records: { bed: { label: Beds, columns: { kind: text, count: integer, dug: boolean } } }\n";

typedef struct fuzz_text {
    pv_memory memory;
    pv_arena *arena;
    pv_limits limits;
    pv_form *form;
    pv_source *source;
    pv_error error;
} fuzz_text;

static void read_form(fuzz_text *all) {
    pv_source *source;
    pv_document *document;
    REQUIRE(pv_source_new(&source, all->arena, PV_STR("form.yaml"), PV_STR(form_text), &all->limits, &all->error) &&
            pv_yaml_load(&document, all->arena, source, &all->limits, &all->error) &&
            pv_form_build(&all->form, all->arena, document, &all->error));
}

static void check_error(const fuzz_text *all) {
    const pv_error *error = &all->error;
    REQUIRE(error->message[0] != '\0' && !strpbrk(error->message, "\r\n"));
}

/* A text is covered by its map, which does not leave its span. */
static void check_text(const pv_text *text) {
    uint32_t covered = 0;
    uint32_t at = text->span.start;
    for (size_t i = 0; i < text->segment_count; i++) {
        const pv_segment *segment = &text->segments[i];
        REQUIRE(segment->value.start == covered && segment->source.start >= at);
        REQUIRE(segment->source.end >= segment->source.start && segment->source.end <= text->span.end);
        covered = segment->value.end;
        at = segment->source.end;
    }
    REQUIRE(covered == text->value.size);
}

static void check_tree(const fuzz_text *all, const pv_document *document) {
    for (const pv_node *node = document->root; node; node = fuzz_next_node(node)) {
        REQUIRE(node->span.start <= node->span.end && node->span.end <= all->source->bytes.size);
        REQUIRE(!node->parent || (node->parent->kind == PV_NODE_MAPPING) == (node->key != NULL));
        REQUIRE(!node->key || pv_node_get(node->parent, pv_node_value(node->key)) == node);
        if (node->kind == PV_NODE_SCALAR && node->parent != document->root)
            check_text(&node->text);
    }
}

static void check_submission(const fuzz_text *all, const pv_submission *submission) {
    uint32_t at = 0;
    for (size_t i = 0; i < submission->problem_count; i++) {
        const pv_problem *problem = &submission->problems[i];
        REQUIRE(problem->at.start >= at && problem->at.start <= problem->at.end);
        REQUIRE(problem->at.end <= all->source->bytes.size && problem->message.size > 0);
        at = problem->at.start;
    }
}

static bool read_text(fuzz_text *all, pv_str bytes) {
    pv_loaded loaded = {0};
    pv_document *document;
    pv_submission *submission;
    pv_error *error = &all->error;
    if (!pv_source_new(&all->source, all->arena, PV_STR("input.txt"), bytes, &all->limits, error) ||
        !pv_loader_by_name(PV_STR("test.txt"))
             ->load(&loaded, all->arena, all->source, all->form, &all->limits, error) ||
        !pv_align_document(&document, all->arena, all->form, loaded.blocks, all->source, 100, error) ||
        !pv_submission_build(&submission, all->arena, all->form, document, error))
        return false;
    check_tree(all, document);
    check_submission(all, submission);
    fuzz_arrived();
    return true;
}

static void check_once(pv_str bytes, size_t fail_after) {
    fuzz_text all = {.memory = pv_memory_with_limit(MEMORY_LIMIT), .limits = pv_limits_default()};
    all.arena = pv_arena_new(&all.memory);
    REQUIRE(all.arena);
    read_form(&all);
    all.memory.fail_after = fail_after;
    if (!read_text(&all, bytes))
        check_error(&all);
    REQUIRE((all.error.code == PV_OK) == (all.error.message[0] == '\0'));
    pv_arena_free(all.arena);
    REQUIRE(all.memory.used == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    pv_str text = {(const char *)bytes, size};
    check_once(text, 0);
    check_once(text, 1 + size % 61);
    return 0;
}
