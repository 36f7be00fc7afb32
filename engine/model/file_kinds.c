/* Kinds of files: by the endings of their names, and by what they begin with. */
#include "model/file_kinds.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/decimal.h"

/* ---- the kinds ---- */

enum { ANY = -1 }; /* what first bytes leave open */

typedef enum kind_number {
    KIND_PDF,
    KIND_DOC,
    KIND_DOCX,
    KIND_XLS,
    KIND_XLSX,
    KIND_PPT,
    KIND_PPTX,
    KIND_ODT,
    KIND_ODS,
    KIND_ODP,
    KIND_RTF,
    KIND_TXT,
    KIND_CSV,
    KIND_HTML,
    KIND_XML,
    KIND_JSON,
    KIND_ZIP,
    KIND_PNG,
    KIND_JPG,
    KIND_GIF,
    KIND_TIF,
    KIND_WEBP,
    KIND_HEIC,
    KIND_MP4,
    KIND_MP3,
    KIND_COUNT,
} kind_number;

/* What first bytes tell apart. */
typedef enum family {
    FAMILY_UNKNOWN,
    FAMILY_PDF,
    FAMILY_OLD_OFFICE,
    FAMILY_ZIP,
    FAMILY_RTF,
    FAMILY_TEXT,
    FAMILY_PNG,
    FAMILY_JPG,
    FAMILY_GIF,
    FAMILY_TIF,
    FAMILY_WEBP,
    FAMILY_HEIC,
    FAMILY_MP4,
    FAMILY_MP3,
    FAMILY_OTHER, /* none of the kinds, but known */
} family;

static const pv_file_kind kinds[KIND_COUNT] = {
    [KIND_PDF] = {"pdf", "a PDF file", " pdf "},
    [KIND_DOC] = {"doc", "an older Word document (doc)", " doc "},
    [KIND_DOCX] = {"docx", "a Word document (docx)", " docx "},
    [KIND_XLS] = {"xls", "an older Excel workbook (xls)", " xls "},
    [KIND_XLSX] = {"xlsx", "an Excel workbook (xlsx)", " xlsx "},
    [KIND_PPT] = {"ppt", "an older PowerPoint presentation (ppt)", " ppt "},
    [KIND_PPTX] = {"pptx", "a PowerPoint presentation (pptx)", " pptx "},
    [KIND_ODT] = {"odt", "an OpenDocument text (odt)", " odt "},
    [KIND_ODS] = {"ods", "an OpenDocument spreadsheet (ods)", " ods "},
    [KIND_ODP] = {"odp", "an OpenDocument presentation (odp)", " odp "},
    [KIND_RTF] = {"rtf", "a Rich Text file (rtf)", " rtf "},
    [KIND_TXT] = {"txt", "a plain text (txt)", " txt text "},
    [KIND_CSV] = {"csv", "a table as text (csv)", " csv "},
    [KIND_HTML] = {"html", "a web page (html)", " html htm "},
    [KIND_XML] = {"xml", "an XML file", " xml "},
    [KIND_JSON] = {"json", "a JSON file", " json "},
    [KIND_ZIP] = {"zip", "a ZIP archive", " zip "},
    [KIND_PNG] = {"png", "a PNG picture", " png "},
    [KIND_JPG] = {"jpg", "a JPEG picture (jpg)", " jpg jpeg "},
    [KIND_GIF] = {"gif", "a GIF picture", " gif "},
    [KIND_TIF] = {"tif", "a TIFF picture (tif)", " tif tiff "},
    [KIND_WEBP] = {"webp", "a WebP picture", " webp "},
    [KIND_HEIC] = {"heic", "an HEIC picture", " heic heif "},
    [KIND_MP4] = {"mp4", "an MP4 video", " mp4 m4v "},
    [KIND_MP3] = {"mp3", "an MP3 recording", " mp3 "},
};

static const family families[KIND_COUNT] = {
    [KIND_PDF] = FAMILY_PDF,  [KIND_DOC] = FAMILY_OLD_OFFICE, [KIND_DOCX] = FAMILY_ZIP,  [KIND_XLS] = FAMILY_OLD_OFFICE,
    [KIND_XLSX] = FAMILY_ZIP, [KIND_PPT] = FAMILY_OLD_OFFICE, [KIND_PPTX] = FAMILY_ZIP,  [KIND_ODT] = FAMILY_ZIP,
    [KIND_ODS] = FAMILY_ZIP,  [KIND_ODP] = FAMILY_ZIP,        [KIND_RTF] = FAMILY_RTF,   [KIND_TXT] = FAMILY_TEXT,
    [KIND_CSV] = FAMILY_TEXT, [KIND_HTML] = FAMILY_TEXT,      [KIND_XML] = FAMILY_TEXT,  [KIND_JSON] = FAMILY_TEXT,
    [KIND_ZIP] = FAMILY_ZIP,  [KIND_PNG] = FAMILY_PNG,        [KIND_JPG] = FAMILY_JPG,   [KIND_GIF] = FAMILY_GIF,
    [KIND_TIF] = FAMILY_TIF,  [KIND_WEBP] = FAMILY_WEBP,      [KIND_HEIC] = FAMILY_HEIC, [KIND_MP4] = FAMILY_MP4,
    [KIND_MP3] = FAMILY_MP3,
};

const pv_file_kind *pv_file_kind_at(size_t index) {
    return index < KIND_COUNT ? &kinds[index] : NULL;
}

pv_str pv_file_ending(pv_str name) {
    for (size_t at = name.size; at > 0 && name.data[at - 1] != '/'; at--)
        if (name.data[at - 1] == '.' && at > 1 && name.data[at - 2] != '/')
            return pv_str_slice(name, at, name.size);
    return PV_STR("");
}

/* Whether ending is one of endings. */
static bool has_ending(const char *endings, pv_str ending) {
    char wanted[16];
    int size = snprintf(wanted, sizeof wanted, " %.*s ", PV_STR_ARG(ending));
    if (ending.size == 0 || size < 0 || (size_t)size >= sizeof wanted)
        return false;
    for (char *at = wanted; *at; at++)
        *at = pv_ascii_lower(*at);
    return pv_str_find(pv_str_from(endings), pv_str_from(wanted), 0) != SIZE_MAX;
}

const pv_file_kind *pv_file_kind_of_name(pv_str name) {
    pv_str ending = pv_file_ending(name);
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (has_ending(kinds[i].endings, ending))
            return &kinds[i];
    return NULL;
}

/* ---- first bytes ---- */

/* What a file begins with; at: bytes before it that may be anything. */
typedef struct signature {
    size_t at;
    pv_str bytes;
    family family;
    const char *called; /* NULL: as the one kind of its family is */
} signature;

#define OLD_OFFICE "an older Office file, or one that a password locks"

static const signature signatures[] = {
    {0, PV_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), FAMILY_OLD_OFFICE, OLD_OFFICE},
    {0, PV_STR("PK\x03\x04"), FAMILY_ZIP, NULL},
    {0, PV_STR("PK\x05\x06"), FAMILY_ZIP, NULL}, /* with nothing in it */
    {0, PV_STR("{\\rtf"), FAMILY_RTF, NULL},
    {0, PV_STR("\x89PNG\r\n\x1A\n"), FAMILY_PNG, NULL},
    {0, PV_STR("\xFF\xD8\xFF"), FAMILY_JPG, NULL},
    {0, PV_STR("GIF87a"), FAMILY_GIF, NULL},
    {0, PV_STR("GIF89a"), FAMILY_GIF, NULL},
    {0, PV_STR("II*\0"), FAMILY_TIF, NULL},
    {0, PV_STR("MM\0*"), FAMILY_TIF, NULL},
    {8, PV_STR("WEBP"), FAMILY_WEBP, NULL},
    {4, PV_STR("ftyphei"), FAMILY_HEIC, NULL},
    {4, PV_STR("ftyphev"), FAMILY_HEIC, NULL},
    {4, PV_STR("ftypmif1"), FAMILY_HEIC, NULL},
    {4, PV_STR("ftypqt"), FAMILY_OTHER, "a QuickTime video"},
    {4, PV_STR("ftyp"), FAMILY_MP4, NULL},
    {0, PV_STR("ID3"), FAMILY_MP3, NULL},
    {0, PV_STR("\xFF\xFB"), FAMILY_MP3, NULL},
    {0, PV_STR("\xFF\xF3"), FAMILY_MP3, NULL},
    {0, PV_STR("\xFF\xF2"), FAMILY_MP3, NULL},
    {0, PV_STR("MZ\x90"), FAMILY_OTHER, "a program"},
    {0,
     PV_STR("\x7F"
            "ELF"),
     FAMILY_OTHER, "a program"},
    {0, PV_STR("7z\xBC\xAF\x27\x1C"), FAMILY_OTHER, "a 7-Zip archive"},
    {0, PV_STR("Rar!\x1A\x07"), FAMILY_OTHER, "a RAR archive"},
    {0, PV_STR("\x1F\x8B\x08"), FAMILY_OTHER, "a gzip archive"},
};

/* Readers find a PDF's beginning anywhere in so many bytes. */
#define PDF_WITHIN 1024

static bool is_text(pv_str head) {
    if (pv_str_starts_with(head, PV_STR("\xFF\xFE")) || pv_str_starts_with(head, PV_STR("\xFE\xFF")))
        return true; /* UTF-16 */
    for (size_t i = 0; i < head.size; i++) {
        unsigned char c = (unsigned char)head.data[i];
        if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A)
            return false;
    }
    return true;
}

/* The first kind of a family; NULL: it has none. */
static const pv_file_kind *kind_of_family(family of) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (families[i] == of)
            return &kinds[i];
    return NULL;
}

/* *called: what it is, in words; empty where that cannot be told. */
static family family_of(pv_str head, const char **called) {
    *called = "";
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const signature *each = &signatures[i];
        if (pv_str_starts_with(pv_str_slice(head, each->at < head.size ? each->at : head.size, head.size),
                               each->bytes)) {
            *called = each->called ? each->called : kind_of_family(each->family)->called;
            return each->family;
        }
    }
    size_t pdf = pv_str_find(head, PV_STR("%PDF-"), 0);
    if (pdf < PDF_WITHIN) {
        *called = kinds[KIND_PDF].called;
        return FAMILY_PDF;
    }
    if (!is_text(head))
        return FAMILY_UNKNOWN;
    *called = "plain text";
    return FAMILY_TEXT;
}

/* ---- what is in a ZIP archive ---- */

/* What the names in it say: of Word, Excel and PowerPoint, and of OpenDocument, also without saying which. */
typedef struct zip_content {
    int kind; /* ANY: they leave it open */
    bool office;
    bool open_document;
} zip_content;

static pv_str name_at(pv_str head, size_t at) {
    enum { HEADER_BYTES = 30, NAME_SIZE_AT = 26 };
    if (head.size - at < HEADER_BYTES)
        return PV_STR("");
    size_t size = (size_t)(unsigned char)head.data[at + NAME_SIZE_AT] |
                  (size_t)(unsigned char)head.data[at + NAME_SIZE_AT + 1] << 8;
    size_t start = at + HEADER_BYTES;
    return pv_str_slice(head, start, size < head.size - start ? start + size : head.size);
}

static void note_name(zip_content *content, pv_str name) {
    static const struct {
        pv_str folder;
        int kind;
    } parts[] = {{PV_STR("word/"), KIND_DOCX}, {PV_STR("xl/"), KIND_XLSX},       {PV_STR("ppt/"), KIND_PPTX},
                 {PV_STR("_rels/"), ANY},      {PV_STR("docProps/"), ANY},       {PV_STR("customXml/"), ANY},
                 {PV_STR("[trash]/"), ANY},    {PV_STR("[Content_Types]."), ANY}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (pv_str_starts_with(name, parts[i].folder)) {
            content->office = true;
            if (content->kind == ANY)
                content->kind = parts[i].kind;
        }
    content->open_document |= pv_str_equal(name, PV_STR("content.xml")) ||
                              pv_str_equal(name, PV_STR("META-INF/manifest.xml")) ||
                              pv_str_equal(name, PV_STR("mimetype"));
}

/* An OpenDocument file begins with the name of its kind, not compressed. */
static int kind_by_mimetype(pv_str head) {
    static const struct {
        pv_str name;
        int kind;
    } types[] = {{PV_STR("application/vnd.oasis.opendocument.text"), KIND_ODT},
                 {PV_STR("application/vnd.oasis.opendocument.spreadsheet"), KIND_ODS},
                 {PV_STR("application/vnd.oasis.opendocument.presentation"), KIND_ODP}};
    pv_str name = name_at(head, 0);
    if (!pv_str_equal(name, PV_STR("mimetype")))
        return ANY;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (pv_str_find(pv_str_slice(head, 0, head.size < 256 ? head.size : 256), types[i].name, 0) != SIZE_MAX)
            return types[i].kind;
    return ANY;
}

static zip_content look_into(pv_str head) {
    zip_content content = {.kind = kind_by_mimetype(head)};
    for (size_t at = 0; (at = pv_str_find(head, PV_STR("PK\x03\x04"), at)) != SIZE_MAX; at += 4)
        note_name(&content, name_at(head, at));
    if (!content.office && !content.open_document)
        content.kind = KIND_ZIP;
    return content;
}

/* ---- a kind held against first bytes ---- */

const pv_file_kind *pv_file_kind_of_head(pv_str head) {
    const char *called;
    family found = family_of(head, &called);
    if (found == FAMILY_ZIP) {
        const zip_content content = look_into(head);
        return content.kind == ANY ? NULL : &kinds[content.kind];
    }
    if (found == FAMILY_UNKNOWN || found == FAMILY_OTHER || found == FAMILY_OLD_OFFICE || found == FAMILY_TEXT)
        return NULL;
    return kind_of_family(found);
}

static bool zip_fits(int kind, pv_str head, const char **found) {
    const zip_content content = look_into(head);
    bool open_document = kind == KIND_ODT || kind == KIND_ODS || kind == KIND_ODP;
    *found = content.kind != ANY     ? kinds[content.kind].called
             : content.open_document ? "an OpenDocument file"
                                     : "an Office file";
    if (kind == KIND_ZIP)
        return true;
    if (content.kind != ANY)
        return content.kind == kind;
    return open_document ? content.open_document : content.office;
}

bool pv_file_head_fits(const pv_file_kind *kind, pv_str head, const char **found) {
    int number = (int)(kind - kinds);
    family is = family_of(head, found);
    if (is != FAMILY_ZIP)
        return is == families[number];
    bool fits = zip_fits(number, head, found);
    return fits && families[number] == FAMILY_ZIP;
}

/* ---- sizes ---- */

static const struct {
    pv_str name;
    unsigned bits;
} units[] = {{PV_STR("KB"), 10}, {PV_STR("MB"), 20}, {PV_STR("GB"), 30}};
#define UNITS (sizeof units / sizeof *units)

bool pv_file_size_parse(pv_str text, uint64_t *out) {
    for (size_t i = 0; i < UNITS; i++) {
        pv_decimal number, bytes;
        pv_error failure = {0};
        int64_t whole;
        if (!pv_str_ends_with(text, units[i].name))
            continue;
        pv_str amount = pv_str_trim(pv_str_slice(text, 0, text.size - units[i].name.size));
        if (!pv_decimal_parse(amount, true, &number, &failure) ||
            !pv_decimal_multiply(number, pv_decimal_from_integer((int64_t)1 << units[i].bits), &bytes, &failure))
            return false;
        while (bytes.scale > 0) { /* a part of a byte is none */
            bytes.coefficient /= 10;
            bytes.scale--;
        }
        if (!pv_decimal_to_integer(bytes, &whole) || whole <= 0)
            return false;
        *out = (uint64_t)whole;
        return true;
    }
    return false;
}

pv_file_size pv_file_size_show(uint64_t size) {
    pv_file_size shown;
    size_t unit = UNITS;
    while (unit > 0 && size >> units[unit - 1].bits == 0)
        unit--;
    if (unit == 0) {
        snprintf(shown.text, sizeof shown.text, "%" PRIu64 " byte%s", size, size == 1 ? "" : "s");
        return shown;
    }
    unsigned bits = units[unit - 1].bits;
    uint64_t whole = size >> bits;
    uint64_t rest = size & (((uint64_t)1 << bits) - 1);
    uint64_t tenths = (rest * 10 + ((uint64_t)1 << bits) - 1) >> bits;
    whole += tenths / 10;
    if (tenths % 10 > 0)
        snprintf(shown.text, sizeof shown.text, "%" PRIu64 ".%u %s", whole, (unsigned)(tenths % 10),
                 units[unit - 1].name.data);
    else
        snprintf(shown.text, sizeof shown.text, "%" PRIu64 " %s", whole, units[unit - 1].name.data);
    return shown;
}
