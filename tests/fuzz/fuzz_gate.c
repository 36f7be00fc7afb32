/* Any bytes as a file of waivers, and as a baseline: an error with a place in them, or what was read is in order and
 * lies in them; also when an allocation fails. */
#include <string.h>

#include "fuzz_input.h"
#include "run/baseline.h"
#include "run/waivers.h"

static void check_span(const fuzz_input *input, pv_span span) {
    REQUIRE(span.start <= span.end && span.end <= input->source->bytes.size);
}

static void check_error(const fuzz_input *input, const pv_error *error) {
    REQUIRE(error->code != PV_OK && error->message[0] != '\0');
    if (error->has_where)
        check_span(input, error->where);
}

/* Arrived is who has read entries of both kinds. */
static void note_entries(size_t waivers, size_t baseline_entries) {
    static bool waivers_read;
    static bool baseline_read;
    waivers_read |= waivers > 0;
    baseline_read |= baseline_entries > 0;
    if (waivers_read && baseline_read)
        fuzz_arrived();
}

static void check_waivers(const fuzz_input *input, const pv_waivers *waivers) {
    REQUIRE(waivers->count + waivers->problem_count == input->document->root->count);
    for (size_t i = 0; i < waivers->problem_count; i++) {
        check_span(input, waivers->problems[i].at);
        REQUIRE(waivers->problems[i].message.size > 0);
    }
    for (size_t i = 0; i < waivers->count; i++) {
        const pv_waiver *waiver = &waivers->list[i];
        REQUIRE(waiver->index == i && waiver->id.size > 0 && waiver->reason.size > 0 && waiver->approver.size > 0);
        REQUIRE(pv_date_compare(waiver->created, waiver->expires) <= 0);
        check_span(input, waiver->id_at);
        check_span(input, waiver->rule_at);
        check_span(input, waiver->expires_at);
        (void)pv_waiver_covers(waiver, PV_STR("a/b.yaml"));
    }
    note_entries(waivers->count, 0);
}

static void check_baseline(const pv_baseline *baseline) {
    for (size_t i = 1; i < baseline->count; i++)
        REQUIRE(pv_baseline_compare(&baseline->entries[i - 1], &baseline->entries[i]) < 0);
    for (size_t i = 0; i < baseline->count; i++)
        REQUIRE(baseline->entries[i].ordinal > 0 && baseline->entries[i].path.size > 0);
    note_entries(0, baseline->count);
}

static void check_once(const uint8_t *bytes, size_t size, size_t fail_after) {
    fuzz_input input;
    fuzz_input_load(&input, bytes, size, 0);
    if (input.document) {
        pv_waivers *waivers;
        pv_baseline *baseline;
        pv_error error = {0};
        input.memory.fail_after = fail_after;
        if (pv_waivers_read(&waivers, input.arena, input.document, &error))
            check_waivers(&input, waivers);
        else
            check_error(&input, &error);
        error = (pv_error){0};
        if (pv_baseline_read(&baseline, input.arena, input.document, &error))
            check_baseline(baseline);
        else
            check_error(&input, &error);
    }
    fuzz_input_free(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    check_once(bytes, size, 0);
    check_once(bytes, size, 1 + size % 31);
    return 0;
}
