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

/* How a submission comes into a collection. */
typedef enum way { WHOLE, IN_OUTLINE, IN_OUTLINE_WITH_BYTES } way;

static bool read_in(pv_arena *arena, const pv_form *form, pv_str path, pv_str yaml, pv_submission **out,
                    pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_document *document;
    return pv_source_new(&source, arena, path, yaml, &limits, error) &&
           pv_yaml_load(&document, arena, source, &limits, error) &&
           pv_submission_build(out, arena, form, document, error);
}

static bool add_outline(pv_collection *collection, const pv_submission *submission, bool with_bytes, pv_error *error) {
    pv_buf frame = pv_buf_on(pv_arena_memory(collection->arena));
    pv_outline_put(&frame, submission, with_bytes);
    pv_str rest = pv_buf_str(&frame);
    bool added = frame.failed ? pv_fail_memory(error) : pv_collection_add_outline(collection, &rest, error);
    assert_true(!added || rest.size == 0);
    pv_buf_clear(&frame);
    return added;
}

/* Adds a submission read in an arena of its own, which is given back before anything is looked at. */
static bool add(pv_collection *collection, way how, const char *path, const char *yaml, pv_error *error) {
    pv_arena *arena = pv_arena_new(pv_arena_memory(collection->arena));
    pv_submission *submission;
    if (!arena)
        return pv_fail_memory(error);
    bool added = read_in(arena, collection->form, pv_str_from(path), pv_str_from(yaml), &submission, error) &&
                 (how == WHOLE ? pv_collection_add(collection, submission, error)
                               : add_outline(collection, submission, how == IN_OUTLINE_WITH_BYTES, error));
    pv_arena_free(arena);
    return added;
}

/* The files as they are when they are read again. */
typedef struct folder {
    const pv_form *form;
    pv_arena *arena;
    const char *texts[2];
    size_t read;
    bool given_bytes;
} folder;

static bool read_again(void *payload, pv_str path, pv_str bytes, const pv_submission **out, pv_error *error) {
    folder *of = payload;
    pv_submission *submission;
    pv_str file = pv_str_from(of->texts[!pv_str_equal(path, PV_STR("first.yaml"))]);
    of->read++;
    of->given_bytes = bytes.size > 0;
    if (!read_in(of->arena, of->form, path, bytes.size > 0 ? bytes : file, &submission, error))
        return false;
    *out = submission;
    return true;
}

static pv_collection *collection_in(arena_fixture *fixture, way how, folder *of) {
    pv_collection *collection;
    const pv_form *form = form_of(fixture, form_text);
    pv_error error = {0};
    if (!pv_collection_new(&collection, fixture->arena, form, &error) ||
        !add(collection, how, "first.yaml", first, &error) || !add(collection, how, "second.yaml", second, &error))
        fail_msg("%s", error.message);
    *of = (folder){.form = form, .arena = fixture->arena, .texts = {first, second}};
    collection->reader = (pv_collection_reader){of, read_again};
    return collection;
}

static pv_collection *collection_of(arena_fixture *fixture) {
    folder unused;
    return collection_in(fixture, WHOLE, &unused);
}

static void assert_at(const pv_collection *collection, pv_span at, const char *path, uint32_t line, uint32_t column,
                      const char *words) {
    pv_position position = pv_source_locate(collection->source, at.start);
    assert_str(pv_source_path_at(collection->source, at.start), path);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
    assert_covers(collection->source, at, words);
}

static void assert_places(const pv_collection *collection) {
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
    pv_span third = pv_word_at(folded->text.value, 3);
    assert_at(collection, pv_text_locate(&folded->text, third.start, third.end), "second.yaml", 11, 7, "the");
    assert_ptr_equal(two->measures[0].responses, two->responses);
    /* The first response of the second is absent: it would stand after its measure's name. */
    assert_true(two->responses[0].blank);
    assert_int_equal(pv_source_locate(collection->source, two->responses[0].at.start).line, 8);
}

static void test_each_place_is_in_its_own_file(void **state) {
    assert_places(collection_of(*state));
}

static void assert_records(const pv_collection *collection) {
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

static void test_records_stay_linked_among_themselves(void **state) {
    assert_records(collection_of(*state));
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

/* ---- outlines ---- */

static void complete_both(pv_collection *collection) {
    pv_error error = {0};
    for (size_t i = 0; i < collection->count; i++)
        assert_true(pv_collection_complete(collection, collection->entries[i].filing->at.start, &error));
}

static void test_an_outline_holds_its_fields_alone(void **state) {
    folder of;
    const pv_collection *collection = collection_in(*state, IN_OUTLINE, &of);
    const pv_submission *one = collection->entries[0].filing;
    const pv_submission *two = collection->entries[1].filing;
    assert_str(collection->entries[1].path, "second.yaml");
    assert_str(pv_source_path_at(collection->source, two->at.start), "second.yaml");
    assert_null(one->responses);
    assert_null(one->records);
    assert_str(one->format, "yaml");
    assert_ptr_equal(pv_collection_at(collection, two->fields.values[0].at.start), two);
    assert_ptr_equal(one->fields.values[0].spec, &of.form->fields[0]);
    assert_ptr_equal(one->fields.values[0].row, &of.form->fields[0].table->rows[0]);
    assert_ptr_equal(two->fields.values[0].row, &of.form->fields[0].table->rows[1]);
    assert_str(two->fields.values[0].text.value, "barrow");
    assert_int_equal(one->fields.values[1].element_count, 2);
    assert_str(one->fields.values[1].elements[1].value, "late");
    assert_false(two->fields.values[1].given);
    assert_int_equal(of.read, 0);
}

static void test_an_outline_is_made_whole(void **state) {
    folder of;
    pv_collection *collection = collection_in(*state, IN_OUTLINE, &of);
    const pv_value *held = collection->entries[0].filing->fields.values;
    complete_both(collection);
    complete_both(collection);
    assert_int_equal(of.read, 2);
    assert_false(of.given_bytes);
    assert_places(collection);
    assert_records(collection);
    assert_ptr_equal(collection->entries[0].filing->fields.values, held); /* which rules may hold */
}

static void test_bytes_that_were_kept_are_read_again(void **state) {
    folder of;
    pv_collection *collection = collection_in(*state, IN_OUTLINE_WITH_BYTES, &of);
    of.texts[0] = of.texts[1] = "form: other\n";
    complete_both(collection);
    assert_true(of.given_bytes);
    assert_places(collection);
}

static void assert_refused(arena_fixture *fixture, const char *text) {
    folder of;
    pv_collection *collection = collection_in(fixture, IN_OUTLINE, &of);
    pv_error error = {0};
    of.texts[1] = text;
    assert_true(pv_collection_complete(collection, collection->entries[0].files.start, &error));
    assert_false(pv_collection_complete(collection, collection->entries[1].files.start, &error));
    assert_int_equal(error.code, PV_ERROR_REFUSED);
    assert_string_equal(error.message, "second.yaml is no longer what it was when it was checked; check again");
    assert_null(collection->entries[1].filing->responses);
}

static void test_a_file_that_has_changed_is_refused(void **state) {
    assert_refused(*state, first);
    assert_refused(*state,
                   "# A comment\r\n"
                   "form: small\r\n"
                   "fields: { town: Barrow }\r\n" /* of the same length */
                   "records:\r\n"
                   "  bed:\r\n"
                   "    - { name: South, town: Barrow, kind: Beans, crop: [{ what: runner }, { what: broad }] }\r\n"
                   "measures:\r\n"
                   "  \"1.1\":\r\n"
                   "    2: >-\r\n"
                   "      Beans along\r\n"
                   "      the wall.\r\n");
}

/* Long fields are words of the submission, and not kept; a submission of them alone is made whole for them. */
static void test_long_fields_are_not_kept(void **state) {
    static char yaml[2000] = "form: small\nfields: { tags: [";
    arena_fixture *fixture = *state;
    pv_collection *collection;
    pv_error error = {0};
    memset(yaml + strlen(yaml), 'x', 1500);
    strcpy(yaml + strlen(yaml), "] }\n");
    assert_true(pv_collection_new(&collection, fixture->arena, form_of(fixture, form_text), &error));
    assert_true(add(collection, IN_OUTLINE, "first.yaml", yaml, &error));
    assert_null(collection->entries[0].filing->fields.values);
    folder of = {.form = collection->form, .arena = fixture->arena, .texts = {yaml, yaml}};
    collection->reader = (pv_collection_reader){&of, read_again};
    complete_both(collection);
    assert_int_equal(collection->entries[0].filing->fields.values[1].elements[0].value.size, 1500);
}

/* What does not apply, and why, and how lines were indented, is of the copy too. */
static const char conditional[] = "form: small\n"
                                  "title: A small form\n"
                                  "fields:\n"
                                  "  kind: { type: text, one_of: [big, small] }\n"
                                  "  size: { type: integer, only_if: { field: kind, is: big } }\n"
                                  "sections: [{ id: \"1\", title: All }]\n"
                                  "measures:\n"
                                  "  - { id: \"1.1\", section: \"1\", title: M, obligation: mandatory,\n"
                                  "      items: [{ id: \"1\", prompt: A, only_if: { field: kind, is: big } }] }\n";

static void test_reasons_and_indents_are_copied(void **state) {
    static const char yaml[] = "form: small\nfields: { kind: small }\nmeasures:\n  \"1.1\":\n    1: |\n      A:\n"
                               "        1) one\n        2) two\n";
    arena_fixture *fixture = *state;
    for (way how = WHOLE; how <= IN_OUTLINE; how++) {
        pv_collection *collection;
        pv_error error = {0};
        assert_true(pv_collection_new(&collection, fixture->arena, form_of(fixture, conditional), &error));
        assert_true(add(collection, how, "first.yaml", yaml, &error));
        folder of = {.form = collection->form, .arena = fixture->arena, .texts = {yaml, yaml}};
        collection->reader = (pv_collection_reader){&of, read_again};
        const pv_submission *one = collection->entries[0].filing;
        assert_true(pv_str_starts_with(one->fields.values[1].why_not, PV_STR("applies only if")));
        complete_both(collection);
        assert_true(pv_str_starts_with(one->responses[0].why_not, PV_STR("applies only if")));
        assert_true(pv_str_starts_with(one->measures[0].why_not, PV_STR("applies only if")));
        assert_int_equal(one->responses[0].text.indent_count, 2);
        assert_int_equal(one->responses[0].text.indents[0].columns, 2);
    }
}

static bool collect_as(pv_arena *arena, way how, pv_error *error) {
    pv_document *document;
    pv_form *form;
    pv_collection *collection;
    if (!try_document(&document, arena, form_text, error) || !pv_form_build(&form, arena, document, error) ||
        !pv_collection_new(&collection, arena, form, error) || !add(collection, how, "first.yaml", first, error) ||
        !add(collection, how, "second.yaml", second, error))
        return false;
    folder of = {.form = form, .arena = arena, .texts = {first, second}};
    collection->reader = (pv_collection_reader){&of, read_again};
    return pv_collection_complete(collection, collection->entries[1].files.start, error);
}

static bool collect(pv_arena *arena, pv_error *error) {
    return collect_as(arena, WHOLE, error);
}

static bool collect_outlines(pv_arena *arena, pv_error *error) {
    return collect_as(arena, IN_OUTLINE_WITH_BYTES, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(collect);
    assert_survives_refused_memory(collect_outlines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_each_place_is_in_its_own_file),      arena_test(test_records_stay_linked_among_themselves),
        arena_test(test_an_offset_tells_its_submission),     arena_test(test_an_outline_holds_its_fields_alone),
        arena_test(test_an_outline_is_made_whole),           arena_test(test_bytes_that_were_kept_are_read_again),
        arena_test(test_a_file_that_has_changed_is_refused), arena_test(test_long_fields_are_not_kept),
        arena_test(test_reasons_and_indents_are_copied),     cmocka_unit_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
