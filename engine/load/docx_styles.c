#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "load/docx_p.h"

/* A style being read. */
typedef struct styles_walk {
    pv_arena *arena;
    PV_ARRAY(pv_docx_style) styles;
    pv_docx_style *open; /* the one inside of which we are, or NULL */
    size_t depth;
    size_t skipped_at; /* the depth of what is not looked into; 0: none */
} styles_walk;

static int read_switch(pv_str value) {
    return !(pv_str_equal(value, PV_STR("0")) || pv_str_equal(value, PV_STR("false")) ||
             pv_str_equal(value, PV_STR("off")));
}

static int64_t read_number(pv_str value, int64_t most) {
    uint64_t number;
    return value.size > 0 && pv_digits_read(value, (uint64_t)most, &number) ? (int64_t)number : PV_DOCX_NOT_SAID;
}

/* What an element in the properties of a paragraph or its text says. */
static void read_property(pv_docx_look *look, const pv_xml_reader *reader, pv_str name) {
    pv_str value = pv_xml_attribute(reader, PV_XML_W, "val");
    if (pv_str_equal(name, PV_STR("numId")))
        look->number = read_number(value, INT32_MAX);
    else if (pv_str_equal(name, PV_STR("ilvl")))
        look->level = (int)read_number(value, 8);
    else if (pv_str_equal(name, PV_STR("outlineLvl")))
        look->outline = (int)read_number(value, 9);
    else if (pv_str_equal(name, PV_STR("vanish")))
        look->is_hidden = read_switch(value);
}

static bool begin_style(styles_walk *walk, const pv_xml_reader *reader, pv_error *error) {
    pv_docx_style *style = PV_ARRAY_ADD(walk->arena, &walk->styles);
    if (!style)
        return pv_fail_memory(error);
    pv_str kind = pv_xml_attribute(reader, PV_XML_W, "type");
    pv_str is_default = pv_xml_attribute(reader, PV_XML_W, "default");
    *style = (pv_docx_style){
        .id = pv_arena_copy(walk->arena, pv_xml_attribute(reader, PV_XML_W, "styleId")),
        .kind = kind.size > 0 ? kind.data[0] : 'p',
        .is_default = is_default.data && read_switch(is_default),
        .look = pv_docx_look_unsaid(),
    };
    walk->open = style;
    return style->id.data || pv_fail_memory(error);
}

static bool start_element(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    styles_walk *walk = payload;
    walk->depth++;
    if (walk->skipped_at > 0 || name.space != PV_XML_W)
        return true;
    pv_docx_style *style = walk->open;
    if (!style)
        return !pv_str_equal(name.local, PV_STR("style")) || begin_style(walk, reader, error);
    /* What a table's parts look like is not what its style says of all of them; what was changed is past. */
    if (pv_str_equal(name.local, PV_STR("tblStylePr")) || pv_str_ends_with(name.local, PV_STR("Change"))) {
        walk->skipped_at = walk->depth;
        return true;
    }
    pv_str value = pv_xml_attribute(reader, PV_XML_W, "val");
    pv_str *copied = pv_str_equal(name.local, PV_STR("name"))      ? &style->name
                     : pv_str_equal(name.local, PV_STR("basedOn")) ? &style->based_on
                                                                   : NULL;
    if (copied) {
        *copied = pv_arena_copy(walk->arena, value);
        return copied->data || pv_fail_memory(error);
    }
    read_property(&style->look, reader, name.local);
    return true;
}

static bool end_element(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    styles_walk *walk = payload;
    (void)reader, (void)error;
    if (walk->skipped_at == walk->depth)
        walk->skipped_at = 0;
    else if (walk->skipped_at == 0 && pv_xml_is(name, PV_XML_W, PV_STR("style")))
        walk->open = NULL;
    walk->depth--;
    return true;
}

/* "heading 2" is a heading of level 2 in any language that Word speaks: the names of its own styles are English. */
static int outline_of_name(pv_str name) {
    pv_str prefix = PV_STR("heading ");
    if (!pv_str_starts_with_ascii_folded(name, prefix) || name.size != prefix.size + 1)
        return PV_DOCX_NOT_SAID;
    char digit = name.data[prefix.size];
    return digit >= '1' && digit <= '9' ? digit - '1' : PV_DOCX_NOT_SAID;
}

/* Gives each style what it has from those it is based on. Chains are short, and may be circular in a broken file: no
 * style is met twice on one. */
static void resolve(pv_docx_styles *styles, pv_docx_style *style, unsigned depth) {
    if (style->is_resolved)
        return;
    style->is_resolved = true;
    if (style->look.outline == PV_DOCX_NOT_SAID)
        style->look.outline = outline_of_name(style->name);
    size_t base = style->based_on.size > 0 && depth < 64 ? pv_docx_style_find(styles, style->based_on, style->kind)
                                                         : PV_DOCX_NO_STYLE;
    if (base == PV_DOCX_NO_STYLE)
        return;
    resolve(styles, &styles->list[base], depth + 1);
    const pv_docx_look *from = &styles->list[base].look;
    pv_docx_look *look = &style->look;
    if (look->number == PV_DOCX_NOT_SAID)
        look->number = from->number;
    if (look->level == PV_DOCX_NOT_SAID)
        look->level = from->level;
    if (look->outline == PV_DOCX_NOT_SAID)
        look->outline = from->outline;
    if (look->is_hidden == PV_DOCX_NOT_SAID)
        look->is_hidden = from->is_hidden;
}

typedef struct sorted_style {
    pv_str id;
    char kind;
    size_t index;
} sorted_style;

static int compare_names(pv_str id, char kind, const sorted_style *other) {
    int order = pv_str_compare(id, other->id);
    return order != 0 ? order : (kind > other->kind) - (kind < other->kind);
}

static int compare_styles(const void *a, const void *b) {
    const sorted_style *first = a;
    const sorted_style *second = b;
    int order = compare_names(first->id, first->kind, second);
    return order != 0 ? order : (first->index > second->index) - (first->index < second->index);
}

/* Programs take the first style of an id and kind. */
size_t pv_docx_style_find(const pv_docx_styles *styles, pv_str id, char kind) {
    size_t low = 0;
    size_t high = styles->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const pv_docx_style *style = &styles->list[styles->by_name[middle]];
        sorted_style other = {style->id, style->kind, 0};
        if (compare_names(id, kind, &other) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == styles->count)
        return PV_DOCX_NO_STYLE;
    const pv_docx_style *found = &styles->list[styles->by_name[low]];
    return found->kind == kind && pv_str_equal(found->id, id) ? styles->by_name[low] : PV_DOCX_NO_STYLE;
}

static bool sort_styles(pv_docx_styles *styles, pv_arena *arena, pv_error *error) {
    styles->by_name = PV_NEW_ARRAY(arena, size_t, styles->count);
    sorted_style *order = PV_NEW_ARRAY(arena, sorted_style, styles->count);
    if (!styles->by_name || !order)
        return pv_fail_memory(error);
    for (size_t i = 0; i < styles->count; i++)
        order[i] = (sorted_style){styles->list[i].id, styles->list[i].kind, i};
    qsort(order, styles->count, sizeof *order, compare_styles);
    for (size_t i = 0; i < styles->count; i++)
        styles->by_name[i] = order[i].index;
    return true;
}

bool pv_docx_styles_read(pv_docx_styles *out, pv_arena *arena, pv_str part, const pv_limits *limits, pv_error *error) {
    styles_walk walk = {.arena = arena};
    pv_xml_handlers handlers = {&walk, start_element, end_element, NULL, NULL};
    *out = (pv_docx_styles){.paragraph_default = PV_DOCX_NO_STYLE};
    if (part.size > 0 && !pv_xml_read(part, PV_STR("styles.xml"), &handlers, limits, error))
        return false;
    out->list = walk.styles.items;
    out->count = walk.styles.count;
    if (!sort_styles(out, arena, error))
        return false;
    for (size_t i = 0; i < out->count; i++) {
        pv_docx_style *style = &out->list[i];
        resolve(out, style, 0);
        if (style->is_default && style->kind == 'p' && out->paragraph_default == PV_DOCX_NO_STYLE)
            out->paragraph_default = i;
    }
    return true;
}
