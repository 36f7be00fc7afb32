/* Collections: submissions that outlive what they were read from, each place in the file it came from. */
#include "document_fixture.h"

#include "model/collection.h"

static const char form_text[] = "form: small\n"
                                "title: A small form\n"
                                "fields:\n"
                                "  town: { type: row, table: town }\n"
                                "  tags: list\n"
                                "sections: [{ id: \"1\", title: All }]\n"
                                "measures:\n"
                                "  - { id: \"1.1\", section: \"1\", title: M, obligation: mandatory,\n"
                                "      items: [{ id: \"1\", prompt: A }, { id: \"2\", prompt: B }] }\n"
                                "records:\n"
                                "  bed: { key: [name], columns: { name: text, town: { type: row, table: town },\n"
                                "                                 kind: { type: row, table: kind } } }\n"
                                "  crop: { of: bed, columns: { what: text } }\n"
                                "tables:\n"
                                "  town: { columns: { name: text }, rows: [{ name: Ashby }, { name: Barrow }] }\n"
                                "  kind: { columns: { name: text }, rows: [{ name: Beans }] }\n"
                                "matrices: { grown: { rows: town, columns: kind, records: bed } }\n";

static const char first[] = "form: small\n"
                            "fields: { town: Ashby, tags: [early, late] }\n"
                            "measures: { \"1.1\": { 1: Beans and peas. } }\n";

static const char second[] =
    "# A comment\r\n"
    "form: small\r\n"
    "fields: { town: barrow }\r\n"
    "records:\r\n"
    "  bed:\r\n"
    "    - { name: South, town: Barrow, kind: Beans, crop: [{ what: runner }, { what: broad }] }\r\n"
    "measures:\r\n"
    "  \"1.1\":\r\n"
    "    2: >-\r\n"
    "      Beans along\r\n"
    "      the wall.\r\n";

/* Adds a submission read in an arena of its own, which is given back before anything is looked at. */
static bool add(pv_collection *collection, pv_memory *memory, const pv_form *form, const char *path, const char *yaml,
                pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_arena *arena = pv_arena_new(memory);
    pv_source *source;
    pv_document *document;
    pv_submission *submission;
    if (arena == NULL)
        return pv_fail_memory(error);
    bool added = pv_source_new(&source, arena, pv_str_from(path), pv_str_from(yaml), &limits, error) &&
                 pv_yaml_load(&document, arena, source, &limits, error) &&
                 pv_submission_build(&submission, arena, form, document, error) &&
                 pv_collection_add(collection, submission, error);
    pv_arena_free(arena);
    return added;
}

static pv_collection *collection_of(arena_fixture *fixture) {
    pv_collection *collection;
    const pv_form *form = form_of(fixture, form_text);
    pv_error error = {0};
    pv_memory *memory = pv_arena_memory(fixture->arena);
    if (!pv_collection_new(&collection, fixture->arena, form, &error) ||
        !add(collection, memory, form, "first.yaml", first, &error) ||
        !add(collection, memory, form, "second.yaml", second, &error))
        fail_msg("%s", error.message);
    return collection;
}

static void assert_at(const pv_collection *collection, pv_span at, const char *path, uint32_t line, uint32_t column,
                      const char *words) {
    pv_position position = pv_source_locate(collection->source, at.start);
    assert_str(pv_source_path_at(collection->source, at.start), path);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
    assert_covers(collection->source, at, words);
}

static void test_each_place_is_in_its_own_file(void **state) {
    const pv_collection *collection = collection_of(*state);
    assert_int_equal(collection->count, 2);
    const pv_submission *one = collection->entries[0].filing;
    const pv_submission *two = collection->entries[1].filing;
    assert_str(collection->entries[1].path, "second.yaml");
    assert_at(collection, one->fields.values[0].at, "first.yaml", 2, 17, "Ashby");
    assert_at(collection, one->fields.values[1].elements[1].span, "first.yaml", 2, 38, "late");
    assert_at(collection, two->fields.values[0].at, "second.yaml", 3, 17, "barrow");
    assert_at(collection, two->measures[0].at, "second.yaml", 8, 3, "\"1.1\"");
    const pv_response *folded = &two->responses[1];
    assert_str(folded->text.value, "Beans along the wall.");
    pv_span third = folded->words.at[2];
    assert_at(collection, pv_text_locate(&folded->text, third.start, third.end), "second.yaml", 11, 7, "the");
    assert_ptr_equal(two->measures[0].responses, two->responses);
    /* The first response of the second is absent: it would stand after its measure's name. */
    assert_true(two->responses[0].blank);
    assert_int_equal(pv_source_locate(collection->source, two->responses[0].at.start).line, 8);
}

static void test_records_stay_linked_among_themselves(void **state) {
    const pv_collection *collection = collection_of(*state);
    const pv_submission *two = collection->entries[1].filing;
    const pv_record *bed = &two->records[0].records[0];
    const pv_record *crops = two->records[1].records;
    assert_int_equal(two->records[1].count, 2);
    assert_ptr_equal(bed->first_owned, &crops[0]);
    assert_ptr_equal(crops[0].next_owned, &crops[1]);
    assert_ptr_equal(crops[1].owner, bed);
    assert_at(collection, crops[1].values.values[1].at, "second.yaml", 6, 82, "broad");
    /* A nested row's key is said by the row around it, and stands there. */
    assert_at(collection, crops[1].values.values[0].at, "second.yaml", 6, 15, "South");
    const pv_pair *pair = &two->matrices[0].pairs[1];
    assert_int_equal(pair->record_count, 1);
    assert_ptr_equal(pair->records[0], bed);
    assert_str(pair->name, "Barrow, Beans");
    assert_at(collection, pair->at, "second.yaml", 6, 28, "Barrow, kind: Beans");
}

static void test_an_offset_tells_its_submission(void **state) {
    const pv_collection *collection = collection_of(*state);
    const pv_submission *one = collection->entries[0].filing;
    const pv_submission *two = collection->entries[1].filing;
    assert_ptr_equal(pv_collection_at(collection, one->at.start), one);
    assert_ptr_equal(pv_collection_at(collection, collection->entries[0].files.end), one);
    assert_ptr_equal(pv_collection_at(collection, collection->entries[1].files.start), two);
    assert_ptr_equal(pv_collection_at(collection, collection->entries[1].files.end), two);
    assert_ptr_equal(pv_collection_entry_at(collection, two->at.start), &collection->entries[1]);
    assert_null(pv_collection_at(collection, 0));
    assert_null(pv_collection_at(collection, (size_t)collection->entries[1].files.end + 1));
}

static bool collect(pv_arena *arena, pv_error *error) {
    pv_document *document;
    pv_form *form;
    pv_collection *collection;
    return try_document(&document, arena, form_text, error) && pv_form_build(&form, arena, document, error) &&
           pv_collection_new(&collection, arena, form, error) &&
           add(collection, pv_arena_memory(arena), form, "first.yaml", first, error) &&
           add(collection, pv_arena_memory(arena), form, "second.yaml", second, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(collect);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_each_place_is_in_its_own_file),
        arena_test(test_records_stay_linked_among_themselves),
        arena_test(test_an_offset_tells_its_submission),
        cmocka_unit_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
