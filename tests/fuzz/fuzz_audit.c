/* Whatever a record holds, it is refused at a place in it, or read; and one without entries of the same name does
 * not differ from itself. */
#include "fuzz_input.h"

#include "run/audit_comparison.h"

static void check_record(const fuzz_input *input) {
    pv_audit_record record;
    pv_audit_differences found;
    pv_error error = {0};
    if (!pv_audit_record_read(&record, input->arena, input->document, &error)) {
        REQUIRE(error.code == PV_ERROR_SHAPE && error.has_where);
        REQUIRE(error.where.start <= error.where.end && error.where.end <= input->source->bytes.size);
        return;
    }
    REQUIRE(record.input_count > 0);
    REQUIRE(pv_audit_compare(&found, input->arena, &record, &record, &error));
    for (const pv_audit_difference *each = found.first; each; each = each->next)
        REQUIRE(each->message.size > 0);
    /* Of two entries of one name, which no record has that proviso wrote, only the first is compared. */
    REQUIRE(found.count == 0 || record.pack_count + record.parameter_count > 0 || record.input_count > 1 ||
            record.inputs[0].files.count > 1);
    fuzz_arrived();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_input input;
    fuzz_input_load(&input, bytes, size, 0);
    if (input.document)
        check_record(&input);
    fuzz_input_free(&input);
    return 0;
}
