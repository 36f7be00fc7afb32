/* Any bytes as plain text on a form with prompts, fields and rows. */
#include "align/align.h"
#include "filing_on_form.h"

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

static bool read_text(fuzz_filing *filing, pv_str bytes, pv_document **out) {
    pv_loaded loaded = {0};
    pv_error *error = &filing->error;
    return pv_source_new(&filing->source, filing->arena, PV_STR("input.txt"), bytes, &filing->limits, error) &&
           pv_loader_by_name(PV_STR("test.txt"))
               ->load(&loaded, filing->arena, filing->source, filing->form, &filing->limits, error) &&
           pv_align_document(out, filing->arena, filing->form, loaded.blocks, filing->source, 100, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_filing_check(form_text, (pv_str){(const char *)bytes, size}, read_text, NULL);
    return 0;
}
