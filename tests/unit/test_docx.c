/* Word documents: what their places are called, where each byte was written, and what the two views share. What is read
 * of which XML is tested by the files of tests/documents/make_docx.py. */
#include "package_fixture.h"

#include <string.h>

#include "load/docx_p.h"
#include "load/loader.h"

#define OPEN                                                                                                           \
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "                              \
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><w:body>"
#define CLOSE "</w:body></w:document>"
#define P(runs) "<w:p>" runs "</w:p>"
#define R(text) "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"
#define DELETED(text) "<w:del w:id='1' w:author='A'><w:r><w:delText>" text "</w:delText></w:r></w:del>"
#define INSERTED(text) "<w:ins w:id='2' w:author='A'>" R(text) "</w:ins>"

/* The bytes of a document whose main part this is, in arena. */
static pv_str package_of(pv_memory *memory, pv_arena *arena, const char *main_part) {
    archive made = archive_begin(memory);
    archive_add(&made, "word/document.xml", pv_str_from(main_part), (entry_form){.deflated = true});
    return archive_end(&made, arena);
}

static const pv_blocks *read_document(arena_fixture *fixture, const char *main_part) {
    static pv_limits limits;
    limits = pv_limits_default();
    const pv_loader *loader = pv_loader_by_name(PV_STR("a.docx"));
    pv_source *source;
    pv_loaded loaded = {0};
    assert_non_null(loader);
    assert_true(loader->is_document);
    pv_str bytes = package_of(&fixture->memory, fixture->arena, main_part);
    if (!loader->open(&source, fixture->arena, PV_STR("a.docx"), bytes, &limits, &fixture->error) ||
        !loader->load(&loaded, fixture->arena, source, NULL, &limits, &fixture->error))
        fail_msg("%s", fixture->error.message);
    assert_ptr_equal(loaded.blocks->source, source);
    return loaded.blocks;
}

static void assert_str_is(pv_str text, const char *expected) {
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static void test_places(void **state) {
    arena_fixture *fixture = *state;
    const pv_blocks *blocks =
        read_document(fixture, OPEN P(R("One \xC3\xA9t\xC3\xA9")) "<w:tbl><w:tr><w:tc>" P(R("a")) "</w:tc><w:tc>" P(
                                   "<w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>") "</w:tc></w:tr></w:tbl>" CLOSE);
    const pv_source *source = blocks->source;
    assert_int_equal(blocks->count, 3);
    assert_str_is(source->bytes, "One \xC3\xA9t\xC3\xA9\na\nb\n");
    assert_string_equal(pv_source_describe(source, 0).text, "page 1, paragraph 1");
    pv_position position = pv_source_locate(source, 7); /* the last letter of the first paragraph */
    assert_int_equal(position.line, 1);
    assert_int_equal(position.column, 7);
    assert_string_equal(pv_source_describe(source, blocks->list[1].text.span.start).text,
                        "page 1, table 1, row 1, column 1");
    pv_spot spot = pv_source_spot(source, blocks->list[2].text.span.start);
    assert_int_equal(spot.page, 2);
    assert_int_equal(spot.paragraph, 3);
    /* Past the end: where the last paragraph is. */
    assert_string_equal(pv_source_describe(source, source->bytes.size).text, "page 2, table 1, row 1, column 2");
}

static void test_a_copy_of_the_source_knows_its_places(void **state) {
    arena_fixture *fixture = *state;
    const pv_source *copy;
    pv_source *other;
    pv_limits limits = pv_limits_default();
    const pv_blocks *blocks = read_document(fixture, OPEN P(R("One")) P(R("Two")) CLOSE);
    assert_true(pv_source_new(&other, fixture->arena, PV_STR("b.yaml"), PV_STR("x"), &limits, &fixture->error));
    assert_true(pv_source_attach_copy(other, fixture->arena, blocks->source, &copy, &fixture->error));
    assert_string_equal(pv_source_describe(other, copy->base + 4).text, "paragraph 2");
    assert_int_equal(pv_source_locate(other, copy->base + 5).column, 2);
}

static void test_an_empty_document_has_a_place(void **state) {
    arena_fixture *fixture = *state;
    const pv_blocks *blocks = read_document(fixture, OPEN CLOSE);
    assert_int_equal(blocks->count, 0);
    assert_string_equal(pv_source_describe(blocks->source, 0).text, "the empty document");
    assert_int_equal(pv_source_locate(blocks->source, 0).line, 1);
    assert_int_equal(pv_source_spot(blocks->source, 0).paragraph, 0);
}

/* Each byte of the projection where it was written in the main part. */
static void test_origins(void **state) {
    arena_fixture *fixture = *state;
    static const char part[] = OPEN P(R("ab") "<w:r><w:tab/><w:t>c&amp;d\xC2\xA0"
                                              "e</w:t></w:r>") CLOSE;
    const pv_blocks *blocks = read_document(fixture, part);
    const pv_docx_ruler *ruler = pv_docx_of_source(blocks->source);
    static const char *const written[] = {"ab", "<w:tab/>", "c", "&amp;", "d", "\xC2\xA0", "e"};
    static const char *const shown[] = {"ab", " ", "c", "&", "d", " ", "e"};
    assert_non_null(ruler);
    assert_str_is(blocks->list[0].text.value, "ab c&d e");
    assert_int_equal(ruler->projection.origin_count, sizeof written / sizeof *written);
    for (size_t i = 0; i < ruler->projection.origin_count; i++) {
        const pv_docx_origin *origin = &ruler->projection.origins[i];
        pv_str bytes = ruler->docx->parts.items[origin->part].bytes;
        assert_str_is(pv_str_slice(bytes, origin->origin.start, origin->origin.end), written[i]);
        assert_str_is(pv_str_slice(ruler->projection.text, origin->at, origin->at + origin->size), shown[i]);
        assert_int_equal(origin->is_exact, strlen(written[i]) == strlen(shown[i]));
    }
}

/* What was deleted has the empty place at which it stood; all else is placed where the accepted view has it. */
static void test_the_original_view_is_placed_in_the_same_source(void **state) {
    arena_fixture *fixture = *state;
    const pv_blocks *blocks =
        read_document(fixture, OPEN P(R("We ") DELETED("may") INSERTED("will") R(" go")) P(DELETED("Gone")) CLOSE);
    assert_non_null(blocks->original);
    assert_ptr_equal(blocks->original->source, blocks->source);
    const pv_text *accepted = &blocks->list[0].text;
    const pv_text *original = &blocks->original->list[0].text;
    assert_str_is(accepted->value, "We will go");
    assert_str_is(original->value, "We may go");
    pv_span deleted = pv_text_locate(original, 3, 6);
    assert_int_equal(deleted.start, 3);
    assert_int_equal(deleted.end, 3);
    pv_span after = pv_text_locate(original, 7, 9);
    assert_str_is(pv_source_slice(blocks->source, after), "go");
    assert_int_equal(original->span.start, 0);
    assert_int_equal(original->span.end, 10);
    const pv_text *gone = &blocks->original->list[1].text;
    assert_str_is(gone->value, "Gone");
    assert_int_equal(gone->span.start, 11);
    assert_int_equal(gone->span.end, 11);
    assert_string_equal(pv_source_describe(blocks->source, gone->span.start).text, "paragraph 2");
}

static void test_what_is_recognised(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    pv_str bytes = package_of(&fixture->memory, fixture->arena, OPEN CLOSE);
    const pv_loader *loader = pv_loader_by_name(PV_STR("A.DOCX"));
    assert_ptr_equal(pv_loader_for(PV_STR("-"), bytes, fixture->arena, &limits), loader);
    assert_ptr_equal(pv_loader_by_name(PV_STR("a.docm")), loader);
    assert_ptr_equal(pv_loader_by_name(PV_STR("a.dotx")), loader);
    assert_ptr_not_equal(pv_loader_for(PV_STR("-"), PV_STR("form: x\n"), fixture->arena, &limits), loader);
}

static bool read_all(pv_arena *arena, pv_error *error) {
    pv_memory elsewhere = pv_memory_with_limit(SIZE_MAX);
    pv_arena *own = pv_arena_new(&elsewhere);
    archive made = archive_begin(&elsewhere);
    pv_limits limits = pv_limits_default();
    archive_add(
        &made, "word/document.xml",
        PV_STR(OPEN P("<w:pPr><w:pStyle w:val='H'/></w:pPr>" R("a") DELETED("b") INSERTED("c")) P(
            "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>" R(
                "d") "<w:r><w:footnoteReference w:id='1'/></w:r><w:commentRangeStart w:id='1'/>"
                     "<w:r><w:rPr><w:vanish/></w:rPr><w:t>e</w:t></w:r>") "<w:tbl><w:tr><w:tc>" P("") "</w:tc>"
                                                                                                      "</w:tr></"
                                                                                                      "w:tbl><w:sectPr>"
                                                                                                      "<w:"
                                                                                                      "headerReference "
                                                                                                      "r:id='rId1'/></"
                                                                                                      "w:"
                                                                                                      "sectPr>" CLOSE),
        (entry_form){.deflated = true});
    archive_add(&made, "word/_rels/document.xml.rels",
                PV_STR("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                       "<Relationship Id='rId1' Type='x/header' Target='header.xml'/>"
                       "<Relationship Id='rId2' Type='x/styles' Target='styles.xml'/>"
                       "<Relationship Id='rId3' Type='x/numbering' Target='numbering.xml'/>"
                       "<Relationship Id='rId4' Type='x/comments' Target='comments.xml'/>"
                       "<Relationship Id='rId5' Type='x/footnotes' Target='footnotes.xml'/></Relationships>"),
                (entry_form){0});
#define ROOT(name, content)                                                                                            \
    "<w:" name " xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>" content "</w:" name ">"
    archive_add(&made, "word/header.xml", PV_STR(ROOT("hdr", P(R("Head")))), (entry_form){0});
    archive_add(
        &made, "word/styles.xml",
        PV_STR(ROOT("styles", "<w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 1'/></w:style>")),
        (entry_form){0});
    archive_add(&made, "word/numbering.xml",
                PV_STR(ROOT("numbering", "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt "
                                         "w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num "
                                         "w:numId='1'><w:abstractNumId w:val='0'/></w:num>")),
                (entry_form){0});
    archive_add(&made, "word/comments.xml", PV_STR(ROOT("comments", "<w:comment w:id='1'>" P(R("why")) "</w:comment>")),
                (entry_form){0});
    archive_add(&made, "word/footnotes.xml",
                PV_STR(ROOT("footnotes", "<w:footnote w:id='1'>" P(R("note")) "</w:footnote>")), (entry_form){0});
    pv_str bytes = archive_end(&made, own);
    const pv_loader *loader = pv_loader_by_name(PV_STR("a.docx"));
    pv_source *source;
    pv_loaded loaded = {0};
    bool succeeded = loader->open(&source, arena, PV_STR("a.docx"), bytes, &limits, error) &&
                     loader->load(&loaded, arena, source, NULL, &limits, error);
    if (succeeded) {
        assert_int_equal(loaded.blocks->count, 5);
        assert_non_null(loaded.blocks->original);
    }
    pv_arena_free(own);
    return succeeded;
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(read_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_places),
        arena_test(test_a_copy_of_the_source_knows_its_places),
        arena_test(test_an_empty_document_has_a_place),
        arena_test(test_origins),
        arena_test(test_the_original_view_is_placed_in_the_same_source),
        arena_test(test_what_is_recognised),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
