#include "load/sheet_styles_p.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/digits.h"

typedef struct custom_format {
    uint64_t id;
    size_t order; /* in which they are described: the last of an id counts */
    pv_number_format format;
} custom_format;

typedef struct described_style {
    uint64_t format;
    uint64_t font;
} described_style;

typedef struct style_reader {
    pv_arena *arena;
    PV_ARRAY(custom_format) formats;
    PV_ARRAY(pv_sheet_style) fonts; /* only whether they strike through is known of them */
    PV_ARRAY(described_style) styles;
    bool in_fonts;
    bool in_cells; /* <cellXfs>, and not the styles that those build on */
} style_reader;

bool pv_sheet_flag(pv_str value) {
    return pv_str_equal(value, PV_STR("1")) || pv_str_equal_ascii_folded(value, PV_STR("true"));
}

bool pv_sheet_mark_is_on(const pv_xml_reader *xml) {
    const pv_str value = pv_xml_attribute(xml, PV_XML_NONE, "val");
    return value.size == 0 || pv_sheet_flag(value);
}

/* Of an attribute; 0 where there is none that is a number. */
static uint64_t number_of(const pv_xml_reader *xml, const char *name) {
    uint64_t number;
    return pv_digits_read(pv_xml_attribute(xml, PV_XML_NONE, name), UINT32_MAX, &number) ? number : 0;
}

static bool add_format(style_reader *all, const pv_xml_reader *xml, pv_error *error) {
    const pv_str code = pv_arena_copy(all->arena, pv_xml_attribute(xml, PV_XML_NONE, "formatCode"));
    const size_t order = all->formats.count;
    custom_format *format = PV_ARRAY_ADD(all->arena, &all->formats);
    if (!format || !code.data)
        return pv_fail_memory(error);
    *format = (custom_format){number_of(xml, "numFmtId"), order, pv_number_format_read(code)};
    return true;
}

static bool add_font(style_reader *all, pv_error *error) {
    const pv_sheet_style *font = PV_ARRAY_ADD(all->arena, &all->fonts);
    return font || pv_fail_memory(error);
}

static bool add_style(style_reader *all, const pv_xml_reader *xml, pv_error *error) {
    described_style *style = PV_ARRAY_ADD(all->arena, &all->styles);
    if (!style)
        return pv_fail_memory(error);
    *style = (described_style){number_of(xml, "numFmtId"), number_of(xml, "fontId")};
    return true;
}

static bool start(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    style_reader *all = payload;
    if (name.space != PV_XML_S)
        return true;
    all->in_cells |= pv_str_equal(name.local, PV_STR("cellXfs"));
    all->in_fonts |= pv_str_equal(name.local, PV_STR("fonts"));
    if (pv_str_equal(name.local, PV_STR("numFmt")))
        return add_format(all, xml, error);
    if (all->in_fonts && pv_str_equal(name.local, PV_STR("font")))
        return add_font(all, error);
    if (all->in_fonts && all->fonts.count > 0 && pv_str_equal(name.local, PV_STR("strike")))
        all->fonts.items[all->fonts.count - 1].is_struck = pv_sheet_mark_is_on(xml);
    return !all->in_cells || !pv_str_equal(name.local, PV_STR("xf")) || add_style(all, xml, error);
}

static bool end(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    style_reader *all = payload;
    (void)xml;
    (void)error;
    if (pv_xml_is(name, PV_XML_S, PV_STR("cellXfs")))
        all->in_cells = false;
    if (pv_xml_is(name, PV_XML_S, PV_STR("fonts")))
        all->in_fonts = false;
    return true;
}

static int by_id(const void *left, const void *right) {
    const custom_format *a = left;
    const custom_format *b = right;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* The last of those with this id, in their order by it; NULL: it is one that need not be described. */
static const custom_format *find_format(const style_reader *all, uint64_t id) {
    size_t low = 0;
    size_t high = all->formats.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (all->formats.items[middle].id <= id)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && all->formats.items[low - 1].id == id ? &all->formats.items[low - 1] : NULL;
}

static bool settle(style_reader *all, pv_sheet_styles *out, pv_error *error) {
    pv_sheet_style *items = PV_NEW_ARRAY(all->arena, pv_sheet_style, all->styles.count);
    if (!items)
        return pv_fail_memory(error);
    if (all->formats.count > 0)
        qsort(all->formats.items, all->formats.count, sizeof *all->formats.items, by_id);
    for (size_t i = 0; i < all->styles.count; i++) {
        const described_style *style = &all->styles.items[i];
        const custom_format *format = find_format(all, style->format);
        items[i].numbers = format ? format->format : pv_number_format_known((uint32_t)style->format);
        items[i].is_struck = style->font < all->fonts.count && all->fonts.items[style->font].is_struck;
    }
    *out = (pv_sheet_styles){items, all->styles.count};
    return true;
}

bool pv_sheet_styles_read(pv_sheet_styles *out, pv_arena *arena, pv_str bytes, pv_str part, const pv_limits *limits,
                          pv_error *error) {
    style_reader all = {.arena = arena};
    const pv_xml_handlers handlers = {.payload = &all, .start = start, .end = end};
    *out = (pv_sheet_styles){0};
    return !bytes.data || (pv_xml_read(bytes, part, &handlers, limits, error) && settle(&all, out, error));
}
