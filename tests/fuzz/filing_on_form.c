/* A file on a form, read and held to what must hold. */
#include "filing_on_form.h"

#include <string.h>

#define MEMORY_LIMIT ((size_t)256 << 20)

static void read_form(fuzz_filing *filing, const char *form_text) {
    pv_source *source;
    pv_document *document;
    REQUIRE(pv_source_new(&source, filing->arena, PV_STR("form.yaml"), pv_str_from(form_text), &filing->limits,
                          &filing->error) &&
            pv_yaml_load(&document, filing->arena, source, &filing->limits, &filing->error) &&
            pv_form_build(&filing->form, filing->arena, document, &filing->error));
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

static void check_tree(const fuzz_filing *filing, const pv_document *document) {
    for (const pv_node *node = document->root; node; node = fuzz_next_node(node)) {
        REQUIRE(node->span.start <= node->span.end && node->span.end <= filing->source->bytes.size);
        REQUIRE(!node->parent || (node->parent->kind == PV_NODE_MAPPING) == (node->key != NULL));
        REQUIRE(!node->key || pv_node_get(node->parent, pv_node_value(node->key)) == node);
        if (node->kind == PV_NODE_SCALAR && node->parent != document->root)
            check_text(&node->text);
    }
}

static void check_submission(const fuzz_filing *filing, const pv_submission *submission) {
    uint32_t at = 0;
    for (size_t i = 0; i < submission->problem_count; i++) {
        const pv_problem *problem = &submission->problems[i];
        REQUIRE(problem->at.start >= at && problem->at.start <= problem->at.end);
        REQUIRE(problem->at.end <= filing->source->bytes.size && problem->message.size > 0);
        at = problem->at.start;
    }
}

static bool read_filing(fuzz_filing *filing, pv_str bytes, fuzz_filing_reader *read) {
    pv_document *document;
    pv_submission *submission;
    if (!read(filing, bytes, &document) ||
        !pv_submission_build(&submission, filing->arena, filing->form, document, &filing->error))
        return false;
    check_tree(filing, document);
    check_submission(filing, submission);
    fuzz_arrived();
    return true;
}

static void check_once(const char *form_text, pv_str bytes, size_t fail_after, fuzz_filing_reader *read,
                       void (*on_error)(const fuzz_filing *filing)) {
    fuzz_filing filing = {.memory = pv_memory_with_limit(MEMORY_LIMIT), .limits = pv_limits_default()};
    filing.arena = pv_arena_new(&filing.memory);
    REQUIRE(filing.arena);
    read_form(&filing, form_text);
    filing.memory.fail_after = fail_after;
    if (!read_filing(&filing, bytes, read)) {
        REQUIRE(filing.error.message[0] != '\0' && !strpbrk(filing.error.message, "\r\n"));
        if (on_error)
            on_error(&filing);
    }
    REQUIRE((filing.error.code == PV_OK) == (filing.error.message[0] == '\0'));
    pv_arena_free(filing.arena);
    REQUIRE(filing.memory.used == 0);
}

void fuzz_filing_check(const char *form_text, pv_str bytes, fuzz_filing_reader *read,
                       void (*on_error)(const fuzz_filing *filing)) {
    check_once(form_text, bytes, 0, read, on_error);
    check_once(form_text, bytes, 1 + bytes.size % 61, read, on_error);
}
