/* The XML of office files: names whatever their prefix, the bytes of each piece, and what is refused. */
#include "arena_fixture.h"

#include <string.h>

#include "base/buf.h"
#include "load/xml_p.h"

#define W "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"

static void write_span(pv_buf *out, const pv_xml_reader *reader) {
    pv_span at = pv_xml_at(reader);
    pv_buf_format(out, "@%u-%u ", at.start, at.end);
}

static bool write_start(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    (void)error;
    pv_buf_format(payload, "<%d:%.*s", (int)name.space, PV_STR_ARG(name.local));
    pv_str value = pv_xml_attribute(reader, PV_XML_W, "val");
    pv_str plain = pv_xml_attribute(reader, PV_XML_NONE, "val");
    if (value.data)
        pv_buf_format(payload, " w=%.*s", PV_STR_ARG(value));
    if (plain.data)
        pv_buf_format(payload, " val=%.*s", PV_STR_ARG(plain));
    write_span(payload, reader);
    return true;
}

static bool write_end(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    (void)error;
    pv_buf_format(payload, ">%.*s", PV_STR_ARG(name.local));
    write_span(payload, reader);
    return true;
}

static bool write_text(void *payload, const pv_xml_reader *reader, pv_str text, pv_error *error) {
    (void)error;
    pv_buf_format(payload, "\"%.*s\"", PV_STR_ARG(text));
    write_span(payload, reader);
    return true;
}

static bool read_into(pv_buf *out, pv_str text, size_t *outside, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_xml_handlers handlers = {out, write_start, write_end, write_text, outside};
    return pv_xml_read(text, PV_STR("word/x.xml"), &handlers, &limits, error);
}

static void assert_read(void **state, pv_str text, const char *expected) {
    arena_fixture *fixture = *state;
    pv_buf out = pv_buf_on(&fixture->memory);
    if (!read_into(&out, text, NULL, &fixture->error))
        fail_msg("%s", fixture->error.message);
    assert_string_equal(pv_buf_str(&out).data, expected);
    pv_buf_clear(&out);
}

static void assert_refused(void **state, pv_str text, pv_code code, const char *says) {
    arena_fixture *fixture = *state;
    pv_buf out = pv_buf_on(&fixture->memory);
    fixture->error = (pv_error){0};
    assert_false(read_into(&out, text, NULL, &fixture->error));
    assert_int_equal(fixture->error.code, code);
    if (!strstr(fixture->error.message, says))
        fail_msg("\"%s\" does not hold \"%s\"", fixture->error.message, says);
    pv_buf_clear(&out);
}

static void test_pieces_know_their_bytes(void **state) {
    assert_read(state, PV_STR("<a>b&amp;c<d/></a>"),
                "<0:a@0-3 \"b\"@3-4 \"&\"@4-9 \"c\"@9-10 <0:d@10-14 >d@14-14 >a@14-18 ");
    assert_read(state, PV_STR("\xEF\xBB\xBF<a>\xC3\xA9</a>"), "<0:a@3-6 \"\xC3\xA9\"@6-8 >a@8-12 ");
    assert_read(state, PV_STR("<a>1\r\n2</a>"), "<0:a@0-3 \"1\"@3-4 \"\n\"@4-6 \"2\"@6-7 >a@7-11 ");
    assert_read(state, PV_STR("<a><![CDATA[<b>]]></a>"), "<0:a@0-3 \"<b>\"@12-15 >a@18-22 ");
}

static void test_prefixes_do_not_matter(void **state) {
    assert_read(state, PV_STR("<w:p " W " w:val='1' val='2'/>"), "<7:p w=1 val=2@0-95 >p@95-95 ");
    assert_read(state,
                PV_STR("<q:p xmlns:q='http://schemas.openxmlformats.org/wordprocessingml/2006/main' q:val='1'/>"),
                "<7:p w=1@0-87 >p@87-87 ");
    assert_read(state,
                PV_STR("<p xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main' xmlns:x='urn:x' x:val='3'/>"),
                "<7:p@0-87 >p@87-87 ");
    assert_read(state, PV_STR("<x:p xmlns:x='urn:x' x:val='3'/>"), "<1:p@0-32 >p@32-32 ");
}

static void test_utf16(void **state) {
    assert_read(state, PV_STR("\xFF\xFE<\0a\0>\0b\0<\0/\0a\0>\0"), "<0:a@2-8 \"b\"@8-10 >a@10-18 ");
    assert_read(state, PV_STR("\xFE\xFF\0<\0a\0>\0b\0<\0/\0a\0>"), "<0:a@2-8 \"b\"@8-10 >a@10-18 ");
}

static void test_what_is_refused(void **state) {
    assert_refused(state, PV_STR(""), PV_ERROR_SYNTAX, "not well-formed XML (no element found");
    assert_refused(state, PV_STR("<a><b></a>"), PV_ERROR_SYNTAX, "(mismatched tag at line 1, column 9)");
    assert_refused(state, PV_STR("<a>\xFF</a>"), PV_ERROR_SYNTAX, "not well-formed XML");
    assert_refused(state, PV_STR("<a>\x01</a>"), PV_ERROR_SYNTAX, "not well-formed XML");
    assert_refused(state, PV_STR("<a>&none;</a>"), PV_ERROR_SYNTAX, "undefined entity");
    assert_refused(
        state, PV_STR("<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;'>]><a>&d;</a>"),
        PV_ERROR_REFUSED, "defines XML entities");
    assert_refused(state, PV_STR("<!DOCTYPE a [<!ENTITY % b '<!ENTITY c 1>'>%b;]><a/>"), PV_ERROR_REFUSED,
                   "defines XML entities");
}

static void test_nothing_is_read_from_outside(void **state) {
    arena_fixture *fixture = *state;
    pv_buf out = pv_buf_on(&fixture->memory);
    size_t outside = 0;
    assert_true(read_into(&out, PV_STR("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>1&b;2</a>"), &outside,
                          &fixture->error));
    assert_string_equal(pv_buf_str(&out).data, "<0:a@54-57 \"1\"@57-58 \"2\"@61-62 >a@62-66 ");
    assert_int_equal(outside, 1);
    pv_buf_clear(&out);
    assert_read(state, PV_STR("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "<0:a@40-44 >a@44-44 ");
}

static void test_depth(void **state) {
    arena_fixture *fixture = *state;
    pv_buf text = pv_buf_on(&fixture->memory);
    for (size_t depth = 0; depth < 1000; depth++)
        pv_buf_append_text(&text, "<a>");
    for (size_t depth = 0; depth < 1000; depth++)
        pv_buf_append_text(&text, "</a>");
    pv_buf out = pv_buf_on(&fixture->memory);
    assert_true(read_into(&out, pv_buf_str(&text), NULL, &fixture->error));
    pv_buf_clear(&out);
    pv_buf_reset(&text);
    for (size_t depth = 0; depth < 1001; depth++)
        pv_buf_append_text(&text, "<a>");
    assert_refused(state, pv_buf_str(&text), PV_ERROR_LIMIT, "more than 1000 elements");
    pv_buf_clear(&text);
}

static bool refuse_end(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    (void)reader;
    ++*(size_t *)payload;
    return pv_fail(error, PV_ERROR_SHAPE, "no %.*s", PV_STR_ARG(name.local));
}

static void test_a_handler_ends_the_reading(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    size_t calls = 0;
    pv_xml_handlers handlers = {&calls, refuse_end, refuse_end, NULL, NULL};
    assert_false(pv_xml_read(PV_STR("<a/>"), PV_STR("x"), &handlers, &limits, &fixture->error));
    assert_int_equal(calls, 1);
    assert_string_equal(fixture->error.message, "no a");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_pieces_know_their_bytes),
        arena_test(test_prefixes_do_not_matter),
        arena_test(test_utf16),
        arena_test(test_what_is_refused),
        arena_test(test_nothing_is_read_from_outside),
        arena_test(test_depth),
        arena_test(test_a_handler_ends_the_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
