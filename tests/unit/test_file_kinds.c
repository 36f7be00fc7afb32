/* Kinds of files by name and first bytes, and sizes as a form writes them. */
#include <string.h>

#include "torture.h"

#include "model/file_kinds.h"

static const pv_file_kind *named(const char *name) {
    return pv_file_kind_of_name(pv_str_from(name));
}

static void test_names(void **state) {
    (void)state;
    assert_string_equal(named("plan.pdf")->name, "pdf");
    assert_string_equal(named("a.b/The plan.v2.PDF")->name, "pdf");
    assert_string_equal(named("photo.jpeg")->name, "jpg");
    assert_string_equal(named("page.htm")->name, "html");
    assert_null(named("plan"));
    assert_null(named("folder.pdf/plan"));
    assert_null(named("folder/.pdf")); /* a hidden file without an ending */
    assert_null(named("plan."));
    assert_null(named("plan.pdf docx"));
    assert_null(named("plan.averyverylongending"));
    assert_null(named(""));
}

typedef struct head_case {
    const char *kind;
    pv_str head;
    bool fits;
    const char *found;
} head_case;

static void test_heads(void **state) {
    (void)state;
    static const head_case cases[] = {
        {"a.pdf", PV_STR("%PDF-1.7"), true, NULL},
        {"a.pdf", PV_STR("%PDF"), false, "plain text"},
        {"a.txt", PV_STR("%PDF-1.7"), false, "a PDF file"},
        {"a.txt", PV_STR("caf\xE9, in Latin 1"), true, NULL},
        {"a.txt",
         PV_STR("\xFF\xFE"
                "a\0b\0"),
         true, NULL},
        {"a.csv", PV_STR("a,b\r\n1,2"), true, NULL},
        {"a.csv", PV_STR("a\0b"), false, ""},
        {"a.txt", PV_STR("{\\rtf1"), false, "a Rich Text file (rtf)"},
        {"a.xls", PV_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), true, NULL},
        {"a.tiff", PV_STR("II*\0\x08"), true, NULL},
        {"a.webp", PV_STR("RIFF\x10\0\0\0WEBPVP8 "), true, NULL},
        {"a.heic",
         PV_STR("\0\0\0\x18"
                "ftypheic"),
         true, NULL},
        {"a.mp4",
         PV_STR("\0\0\0\x18"
                "ftypisom"),
         true, NULL},
        {"a.mp4",
         PV_STR("\0\0\0\x14"
                "ftypqt  "),
         false, "a QuickTime video"},
        {"a.zip", PV_STR("PK\005\006"), true, NULL},
        {"a.docx", PV_STR("PK\005\006"), false, "a ZIP archive"},
        {"a.zip", PV_STR("PK\003\004"), true, NULL}, /* cut off before the first name */
        {"a.png", PV_STR(""), false, "plain text"},
        {"a.odt", PV_STR("PK\003\004AAAAAAAAAAAAAAAAAAAAAA\x0B\0\0\0content.xml"), true, NULL},
        {"a.ods", PV_STR("PK\003\004AAAAAAAAAAAAAAAAAAAAAA\x0B\0\0\0content.xml"), true, NULL},
        {"a.docx", PV_STR("PK\003\004AAAAAAAAAAAAAAAAAAAAAA\x0B\0\0\0content.xml"), false, "an OpenDocument file"},
        {"a.odt", PV_STR("PK\003\004AAAAAAAAAAAAAAAAAAAAAA\x0B\0\0\0_rels/.rels"), false, "an Office file"},
        {"a.pptx", PV_STR("PK\003\004AAAAAAAAAAAAAAAAAAAAAA\x0B\0\0\0_rels/.rels"), true, NULL},
        {"a.pptx", PV_STR("PK\003\004AAAAAAAAAAAAAAAAAAAAAA\xFF\xFF\0\0xl/book"), false, "an Excel workbook (xlsx)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = NULL;
        bool fits = pv_file_head_fits(named(cases[i].kind), cases[i].head, &found);
        if (fits != cases[i].fits || (!fits && strcmp(found, cases[i].found) != 0))
            fail_msg("%zu: %s: %s", i, cases[i].kind, found ? found : "");
    }
    assert_string_equal(pv_file_kind_of_head(PV_STR("%PDF-1.7"))->name, "pdf");
    assert_null(pv_file_kind_of_head(PV_STR("a text")));
    assert_null(pv_file_kind_of_head(PV_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")));
}

static void test_sizes(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint64_t size;
        const char *shown;
    } cases[] = {
        {"10 MB", 10485760, "10 MB"},
        {"10MB", 10485760, "10 MB"},
        {"1.5 KB", 1536, "1.5 KB"},
        {"1 GB", 1073741824, "1 GB"},
        {"0.5 KB", 512, "512 bytes"},
        {"1,000 KB", 1024000, "1000 KB"},
        {"0.0001 KB", 0, NULL},
        {"0 MB", 0, NULL},
        {"-1 MB", 0, NULL},
        {"10", 0, NULL},
        {"MB", 0, NULL},
        {"ten MB", 0, NULL},
        {"99999999999999 GB", 0, NULL},
        {"10 MiB", 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t size = 0;
        bool parsed = pv_file_size_parse(pv_str_from(cases[i].text), &size);
        if (parsed != (cases[i].size > 0) || (parsed && size != cases[i].size))
            fail_msg("%s", cases[i].text);
        if (parsed)
            assert_string_equal(pv_file_size_show(size).text, cases[i].shown);
    }
    assert_string_equal(pv_file_size_show(1).text, "1 byte");
    assert_string_equal(pv_file_size_show(10485761).text, "10.1 MB"); /* more than 10 MB, and looks it */
    assert_string_equal(pv_file_size_show(1048575).text, "1024 KB");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
