/* Whatever a record holds, it is refused at a place in it, or read, and then does not differ from itself; with any
 * one of its values made another, it does. */
#include "fuzz_input.h"

#include "run/record.h"

static bool read_record(const fuzz_input *input, pv_check_record *out) {
    pv_error error = {0};
    if (pv_check_record_read(out, input->arena, input->document, &error)) {
        REQUIRE(out->inputs->count > 0);
        return true;
    }
    REQUIRE(error.code == PV_ERROR_SHAPE && error.has_where);
    REQUIRE(error.where.start <= error.where.end && error.where.end <= input->source->bytes.size);
    return false;
}

/* Makes the nth value of the document another; false where it is this already. */
static bool alter(fuzz_input *input, size_t nth) {
    const pv_node *altered = NULL;
    for (const pv_node *node = input->document->root; node; node = fuzz_next_node(node))
        if (node->kind == PV_NODE_SCALAR && (!altered || nth-- > 0))
            altered = node;
    if (!altered || pv_str_equal(pv_node_value(altered), PV_STR("1")))
        return false;
    ((pv_node *)(uintptr_t)altered)->text.value = PV_STR("1");
    return true;
}

static size_t difference_count(const fuzz_input *input, const pv_check_record *then, const pv_check_record *now) {
    pv_record_differences found;
    pv_error error = {0};
    REQUIRE(pv_check_record_compare(&found, input->arena, then, now, &error));
    REQUIRE((found.count == 0) == !found.first && found.verdicts <= found.count);
    return found.count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_input input;
    fuzz_input other;
    pv_check_record then;
    pv_check_record now;
    fuzz_input_load(&input, bytes, size, 0);
    fuzz_input_load(&other, bytes, size, 0);
    if (input.document && read_record(&input, &then)) {
        REQUIRE(difference_count(&input, &then, &then) == 0);
        fuzz_arrived();
        if (alter(&other, bytes[size / 2] + 256 * (size_t)bytes[size / 3]) && read_record(&other, &now)) {
            REQUIRE(difference_count(&input, &then, &now) > 0);
            REQUIRE(difference_count(&input, &now, &then) > 0);
        }
    }
    fuzz_input_free(&input);
    fuzz_input_free(&other);
    return 0;
}
