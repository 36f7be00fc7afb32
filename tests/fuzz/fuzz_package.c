/* Any bytes taken for a package are read within bounds or refused with a sentence; what is taken out of one has the
 * size that was said, the XML in it is read or refused, and each piece of that lies inside its part. Memory that is
 * refused is said, or made no difference. */
#include <string.h>

#include "fuzz_input.h"
#include "load/package_p.h"
#include "load/xml_p.h"

typedef struct pieces {
    size_t size; /* of the part */
    size_t depth;
    uint32_t at; /* where the last piece began */
} pieces;

static void check_place(pieces *seen, const pv_xml_reader *reader) {
    pv_span at = pv_xml_at(reader);
    REQUIRE(at.start <= at.end && at.end <= seen->size && at.start >= seen->at);
    seen->at = at.start;
}

static bool check_start(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    pieces *seen = payload;
    (void)error;
    REQUIRE(name.local.size > 0);
    check_place(seen, reader);
    seen->depth++;
    return true;
}

static bool check_end(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    pieces *seen = payload;
    (void)name, (void)error;
    check_place(seen, reader);
    REQUIRE(seen->depth-- > 0);
    return true;
}

static bool check_text(void *payload, const pv_xml_reader *reader, pv_str text, pv_error *error) {
    (void)error;
    REQUIRE(text.size > 0);
    check_place(payload, reader);
    return true;
}

static void check_xml(pv_str part) {
    pv_limits limits = pv_limits_default();
    pieces seen = {.size = part.size};
    pv_xml_handlers handlers = {&seen, check_start, check_end, check_text, NULL};
    pv_error error = {0};
    bool read = pv_xml_read(part, PV_STR("part"), &handlers, &limits, &error);
    REQUIRE(read == (error.code == PV_OK));
    REQUIRE(!read || seen.depth == 0);
}

static void check_entry(fuzz_input *input, pv_package *package, const pv_package_entry *entry,
                        const pv_limits *limits) {
    pv_str content;
    pv_error error = {0};
    bool unpacked = pv_package_unpack(&content, input->arena, package, entry, limits, &error);
    REQUIRE(unpacked == (error.code == PV_OK));
    if (!unpacked)
        return;
    REQUIRE(content.size == entry->size);
    check_xml(content);
    fuzz_arrived();
}

static void check_once(const uint8_t *bytes, size_t size, size_t fail_after) {
    pv_limits limits = pv_limits_default();
    limits.part_bytes = (size_t)4 << 20;
    fuzz_input input = {.memory = pv_memory_with_limit((size_t)256 << 20)};
    pv_package *package;
    input.arena = pv_arena_new(&input.memory);
    REQUIRE(input.arena);
    input.memory.fail_after = fail_after;
    bool opened = pv_package_open(&package, input.arena, (pv_str){(const char *)bytes, size}, &limits, &input.error);
    REQUIRE(opened == (input.error.code == PV_OK));
    for (size_t i = 0; opened && i < package->count; i++) {
        const pv_package_entry *found;
        pv_error error = {0};
        REQUIRE(pv_package_find(&found, package, package->entries[i].name, &error) ? found != NULL
                                                                                   : error.code == PV_ERROR_REFUSED);
        check_entry(&input, package, &package->entries[i], &limits);
    }
    fuzz_input_free(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    check_once(bytes, size, 0);
    check_once(bytes, size, 1 + size % 7);
    return 0;
}
