/* Any bytes as a table on a form with two record kinds: exactly one error with a place in them, or a document in
 * which every text lies in its cell, and a submission with every problem in its place; also when an allocation
 * fails. */
#include <string.h>

#include "fuzz_input.h"
#include "load/loader.h"
#include "model/submission.h"

#define MEMORY_LIMIT ((size_t)256 << 20)

static const char form_text[] =
    "form: f\n"
    "title: A form\n"
    "fields: { plan: { label: Plan name, type: text }, counties: list, since: date }\n"
    "tables: { party: { columns: { name: text, aliases: list }, rows: [{ name: WIC, aliases: [women] }] } }\n"
    "records:\n"
    "  loan: { label: Loans, aliases: [l], key: [party],\n"
    "          columns: { party: { type: row, table: party, required: true }, due: { type: date, aliases: [d] },\n"
    "                     kept: boolean, topics: list } }\n"
    "  visit: { of: loan, columns: { due: { type: date, required: true }, share: percentage, letter: document } }\n"
    "csv: { kind: Row, dates: month-first }\n";

typedef struct fuzz_table {
    pv_memory memory;
    pv_arena *arena;
    pv_limits limits;
    pv_form *form;
    pv_source *source;
    pv_error error;
} fuzz_table;

static void read_form(fuzz_table *table) {
    pv_source *source;
    pv_document *document;
    REQUIRE(
        pv_source_new(&source, table->arena, PV_STR("form.yaml"), PV_STR(form_text), &table->limits, &table->error) &&
        pv_yaml_load(&document, table->arena, source, &table->limits, &table->error) &&
        pv_form_build(&table->form, table->arena, document, &table->error));
}

static void check_error(const fuzz_table *table) {
    const pv_error *error = &table->error;
    size_t size = table->source ? table->source->bytes.size : SIZE_MAX;
    REQUIRE(error->message[0] != '\0' && !strpbrk(error->message, "\r\n"));
    REQUIRE(error->code == PV_ERROR_MEMORY || error->code == PV_ERROR_LIMIT || error->has_where);
    REQUIRE(error->where.start <= error->where.end && error->where.end <= size);
    REQUIRE(error->other.start <= error->other.end && error->other.end <= size);
}

/* A text is covered by its map, which does not leave the cell. */
static void check_text(const pv_text *text) {
    uint32_t covered = 0;
    uint32_t at = text->span.start;
    for (size_t i = 0; i < text->segment_count; i++) {
        const pv_segment *segment = &text->segments[i];
        REQUIRE(segment->value.start == covered && segment->source.start >= at);
        REQUIRE(segment->source.end > segment->source.start && segment->source.end <= text->span.end);
        covered = segment->value.end;
        at = segment->source.end;
    }
    REQUIRE(covered == text->value.size);
}

static void check_tree(const fuzz_table *table, const pv_document *document) {
    for (const pv_node *node = document->root; node; node = fuzz_next_node(node)) {
        REQUIRE(node->span.start <= node->span.end && node->span.end <= table->source->bytes.size);
        REQUIRE(!node->parent || (node->parent->kind == PV_NODE_MAPPING) == (node->key != NULL));
        REQUIRE(!node->key || pv_node_get(node->parent, pv_node_value(node->key)) == node);
        if (node->kind == PV_NODE_SCALAR && node->parent != document->root)
            check_text(&node->text);
    }
}

static void check_submission(const fuzz_table *table, const pv_submission *submission) {
    uint32_t at = 0;
    for (size_t i = 0; i < submission->problem_count; i++) {
        const pv_problem *problem = &submission->problems[i];
        REQUIRE(problem->at.start >= at && problem->at.start <= problem->at.end);
        REQUIRE(problem->at.end <= table->source->bytes.size && problem->message.size > 0);
        at = problem->at.start;
    }
}

static bool read_table(fuzz_table *table, pv_str bytes) {
    pv_loaded loaded = {0};
    pv_submission *submission;
    pv_error *error = &table->error;
    if (!pv_source_new(&table->source, table->arena, PV_STR("input.csv"), bytes, &table->limits, error) ||
        !pv_loader_by_name(PV_STR("test.csv"))
             ->load(&loaded, table->arena, table->source, table->form, &table->limits, error) ||
        !pv_submission_build(&submission, table->arena, table->form, loaded.tree, error))
        return false;
    check_tree(table, loaded.tree);
    check_submission(table, submission);
    fuzz_arrived();
    return true;
}

static void check_once(pv_str bytes, size_t fail_after) {
    fuzz_table table = {.memory = pv_memory_with_limit(MEMORY_LIMIT), .limits = pv_limits_default()};
    table.arena = pv_arena_new(&table.memory);
    REQUIRE(table.arena);
    read_form(&table);
    table.memory.fail_after = fail_after;
    if (!read_table(&table, bytes))
        check_error(&table);
    REQUIRE((table.error.code == PV_OK) == (table.error.message[0] == '\0'));
    pv_arena_free(table.arena);
    REQUIRE(table.memory.used == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    pv_str text = {(const char *)bytes, size};
    check_once(text, 0);
    check_once(text, 1 + size % 61);
    return 0;
}
