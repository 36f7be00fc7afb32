/* Any XML as the first sheet of a workbook, before a second that is in order, on a form that is kept as a table and on
 * one that is not: exactly one error, or a tree whose nodes lie in the text of the workbook, or blocks that do, each
 * place with a name; also when an allocation fails. */
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "fuzz_input.h"
#include "load/loader.h"
#include "model/submission.h"

#define MEMORY_LIMIT ((size_t)256 << 20)
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define LINKS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_LINKS "http://schemas.openxmlformats.org/package/2006/relationships"

static const char form_text[] =
    "form: f\n"
    "title: A form\n"
    "fields: { plan: { label: Plan name, type: text }, counties: list, since: date }\n"
    "records:\n"
    "  loan: { label: Loans, key: [party],\n"
    "          columns: { party: { type: text, required: true }, due: date, kept: boolean } }\n"
    "  visit: { of: loan, columns: { due: { type: date, required: true }, share: percentage } }\n";

static const struct {
    const char *name;
    const char *text;
} parts[] = {
    {"_rels/.rels", "<Relationships xmlns='" PACKAGE_LINKS "'><Relationship Id='a' Type='" LINKS
                    "/officeDocument' Target='b.xml'/></Relationships>"},
    {"b.xml", "<workbook xmlns='" MAIN "' xmlns:r='" LINKS "'><sheets><sheet name='Loans' sheetId='1' r:id='s'/>"
              "<sheet name='Visit' sheetId='2' r:id='t'/></sheets></workbook>"},
    {"_rels/b.xml.rels",
     "<Relationships xmlns='" PACKAGE_LINKS "'><Relationship Id='s' Type='" LINKS
     "/worksheet' Target='s.xml'/><Relationship Id='t' Type='" LINKS
     "/worksheet' Target='t.xml'/><Relationship Id='x' Type='" LINKS
     "/sharedStrings' Target='x.xml'/><Relationship Id='y' Type='" LINKS "/styles' Target='y.xml'/></Relationships>"},
    {"t.xml", "<worksheet xmlns='" MAIN "'><sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
              "<row><c t='s'><v>2</v></c><c s='1'><v>45366</v></c></row></sheetData></worksheet>"},
    {"x.xml", "<sst xmlns='" MAIN "'><si><t>Party</t></si><si><t>Due</t></si><si><t>WIC</t></si></sst>"},
    {"y.xml", "<styleSheet xmlns='" MAIN "'><cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='9'/></cellXfs>"
              "</styleSheet>"},
};
#define PART_COUNT (sizeof parts / sizeof *parts)

static void put(pv_buf *out, uint64_t number, size_t bytes) {
    for (size_t i = 0; i < bytes; i++)
        pv_buf_append_char(out, (char)(number >> 8 * i & 0xFF));
}

/* Both headers of a part have these in common. */
static void put_common(pv_buf *out, pv_str name, pv_str content) {
    put(out, 20, 2);
    put(out, 0, 8);
    put(out, crc32_z(0, (const Bytef *)content.data, content.size), 4);
    put(out, content.size, 4);
    put(out, content.size, 4);
    put(out, name.size, 2);
    put(out, 0, 2);
}

static void put_part(pv_buf *out, pv_buf *directory, pv_str name, pv_str content) {
    const size_t start = out->size;
    put(out, 0x04034B50, 4);
    put_common(out, name, content);
    pv_buf_append(out, name);
    pv_buf_append(out, content);
    put(directory, 0x02014B50, 4);
    put(directory, 20, 2);
    put_common(directory, name, content);
    pv_buf_append_repeat(directory, '\0', 10);
    put(directory, start, 4);
    pv_buf_append(directory, name);
}

static void put_package(pv_buf *out, pv_str sheet) {
    pv_buf directory = pv_buf_on(out->memory);
    for (size_t i = 0; i < PART_COUNT; i++)
        put_part(out, &directory, pv_str_from(parts[i].name), pv_str_from(parts[i].text));
    put_part(out, &directory, PV_STR("s.xml"), sheet);
    const size_t start = out->size;
    pv_buf_append(out, pv_buf_str(&directory));
    put(out, 0x06054B50, 4);
    put(out, 0, 4);
    put(out, PART_COUNT + 1, 2);
    put(out, PART_COUNT + 1, 2);
    put(out, directory.size, 4);
    put(out, start, 4);
    put(out, 0, 2);
    pv_buf_clear(&directory);
}

static void check_blocks(const pv_source *source, const pv_blocks *blocks) {
    for (size_t i = 0; i < blocks->count; i++) {
        const pv_block *block = &blocks->list[i];
        const pv_span at = block->text.span;
        REQUIRE(at.start <= at.end && at.end <= source->bytes.size && block->cell.table > 0);
        REQUIRE(i == 0 || at.start >= blocks->list[i - 1].text.span.end);
        REQUIRE(pv_source_spot(source, at.start).cell[0] && pv_source_describe(source, at.start).text[0]);
    }
}

static void check_tree(const pv_source *source, const pv_document *document) {
    for (const pv_node *node = document->root; node; node = fuzz_next_node(node))
        REQUIRE(node->span.start <= node->span.end && node->span.end <= source->bytes.size);
}

static bool read_form(pv_form **out, pv_arena *arena, bool is_table, const pv_limits *limits) {
    pv_source *source;
    pv_document *document;
    pv_error error = {0};
    const pv_str text = pv_arena_format(arena, "%s%s", form_text, is_table ? "csv: { kind: Row }\n" : "");
    return pv_source_new(&source, arena, PV_STR("form.yaml"), text, limits, &error) &&
           pv_yaml_load(&document, arena, source, limits, &error) && pv_form_build(out, arena, document, &error);
}

static bool read_workbook(pv_arena *arena, pv_str bytes, const pv_form *form, const pv_limits *limits,
                          pv_error *error) {
    const pv_loader *loader = pv_loader_by_name(PV_STR("a.xlsx"));
    pv_loaded loaded = {0};
    pv_source *source;
    pv_submission *submission;
    if (!loader->open(&source, arena, PV_STR("a.xlsx"), bytes, limits, error) ||
        !loader->load(&loaded, arena, source, form, limits, error))
        return false;
    REQUIRE(!loaded.tree != !loaded.blocks);
    if (loaded.blocks)
        check_blocks(source, loaded.blocks);
    else
        check_tree(source, loaded.tree);
    if (loaded.tree && !pv_submission_build(&submission, arena, form, loaded.tree, error))
        return false;
    fuzz_arrived();
    return true;
}

static void check_once(pv_str sheet, bool is_table, size_t fail_after) {
    pv_memory memory = pv_memory_with_limit(MEMORY_LIMIT);
    pv_arena *arena = pv_arena_new(&memory);
    pv_limits limits = pv_limits_default();
    pv_buf package = pv_buf_on(&memory);
    pv_form *form;
    pv_error error = {0};
    REQUIRE(arena && read_form(&form, arena, is_table, &limits));
    put_package(&package, sheet);
    memory.fail_after = fail_after;
    const bool read = read_workbook(arena, pv_buf_str(&package), form, &limits, &error);
    REQUIRE(read == (error.code == PV_OK) && read == (error.message[0] == '\0'));
    pv_buf_clear(&package);
    pv_arena_free(arena);
    REQUIRE(memory.used == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    const pv_str sheet = {(const char *)bytes, size};
    check_once(sheet, true, 0);
    check_once(sheet, false, 0);
    check_once(sheet, true, 1 + size % 211);
    return 0;
}
