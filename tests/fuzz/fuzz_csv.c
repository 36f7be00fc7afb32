/* Any bytes as a table on a form with two record kinds: an error has a place in them. */
#include "filing_on_form.h"

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

static void check_place(const fuzz_filing *filing) {
    const pv_error *error = &filing->error;
    const size_t size = filing->source ? filing->source->bytes.size : SIZE_MAX;
    REQUIRE(error->code == PV_ERROR_MEMORY || error->code == PV_ERROR_LIMIT || error->has_where);
    REQUIRE(error->where.start <= error->where.end && error->where.end <= size);
    REQUIRE(error->other.start <= error->other.end && error->other.end <= size);
}

/* Nothing of a text comes from between the cells. */
static void check_cells(const pv_document *document) {
    for (const pv_node *node = document->root; node; node = fuzz_next_node(node))
        for (size_t i = 0;
             node->kind == PV_NODE_SCALAR && node->parent != document->root && i < node->text.segment_count; i++)
            REQUIRE(node->text.segments[i].source.end > node->text.segments[i].source.start);
}

static bool read_table(fuzz_filing *filing, pv_str bytes, pv_document **out) {
    pv_loaded loaded = {0};
    pv_error *error = &filing->error;
    if (!pv_source_new(&filing->source, filing->arena, PV_STR("input.csv"), bytes, &filing->limits, error) ||
        !pv_loader_by_name(PV_STR("test.csv"))
             ->load(&loaded, filing->arena, filing->source, filing->form, &filing->limits, error))
        return false;
    *out = loaded.tree;
    check_cells(loaded.tree);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_filing_check(form_text, (pv_str){(const char *)bytes, size}, read_table, check_place);
    return 0;
}
