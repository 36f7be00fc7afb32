/* The relationships of an office file's parts: how one part names another. */
#include "load/links_p.h"

#include <string.h>

#include "base/digits.h"

typedef struct link_reader {
    pv_arena *arena;
    pv_str part; /* whose they are; empty: the package's */
    pv_links *links;
} link_reader;

static size_t last_slash(pv_str text) {
    size_t at = text.size;
    while (at > 0 && text.data[at - 1] != '/')
        at--;
    return at;
}

/* "%20" is a space; what follows # or ? is no part of the name. */
static pv_str decode_target(pv_str target, char *room) {
    size_t size = 0;
    for (size_t i = 0; i < target.size && target.data[i] != '#' && target.data[i] != '?'; i++) {
        bool is_code = target.data[i] == '%' && i + 2 < target.size && pv_hex_value(target.data[i + 1]) >= 0 &&
                       pv_hex_value(target.data[i + 2]) >= 0;
        room[size++] =
            is_code ? (char)(pv_hex_value(target.data[i + 1]) * 16 + pv_hex_value(target.data[i + 2])) : target.data[i];
        i += is_code ? 2 : 0;
    }
    return (pv_str){room, size};
}

/* The name of the part that target means in part: never one outside of the package, whatever it says. */
static pv_str resolve_target(pv_arena *arena, pv_str part, pv_str target) {
    pv_str folder = pv_str_slice(part, 0, last_slash(part));
    char *room = pv_arena_room(arena, target.size + 1);
    char *name = pv_arena_room(arena, folder.size + target.size + 2);
    if (!room || !name)
        return (pv_str){0};
    target = decode_target(target, room);
    bool is_absolute = target.size > 0 && (target.data[0] == '/' || target.data[0] == '\\');
    size_t size = 0;
    if (!is_absolute && folder.size > 0) {
        memcpy(name, folder.data, folder.size);
        size = folder.size; /* ends in a slash */
    }
    for (size_t at = 0; at < target.size;) {
        size_t end = at;
        while (end < target.size && target.data[end] != '/' && target.data[end] != '\\')
            end++;
        pv_str step = pv_str_slice(target, at, end);
        if (pv_str_equal(step, PV_STR(".."))) {
            size = size > 0 ? last_slash((pv_str){name, size - 1}) : 0;
        } else if (step.size > 0 && !pv_str_equal(step, PV_STR("."))) {
            memcpy(name + size, step.data, step.size);
            size += step.size;
            if (end < target.size)
                name[size++] = '/';
        }
        at = end + 1;
    }
    return (pv_str){name, size};
}

static bool on_link(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    link_reader *read = payload;
    if (!pv_xml_is(name, PV_XML_LINKS, PV_STR("Relationship")))
        return true;
    if (pv_str_equal_ascii_folded(pv_xml_attribute(reader, PV_XML_NONE, "TargetMode"), PV_STR("External")))
        return true;
    pv_link *added = PV_ARRAY_ADD(read->arena, read->links);
    if (!added)
        return pv_fail_memory(error);
    pv_str type = pv_xml_attribute(reader, PV_XML_NONE, "Type");
    added->id = pv_arena_copy(read->arena, pv_xml_attribute(reader, PV_XML_NONE, "Id"));
    added->type = pv_arena_copy(read->arena, pv_str_slice(type, last_slash(type), type.size));
    added->target = resolve_target(read->arena, read->part, pv_xml_attribute(reader, PV_XML_NONE, "Target"));
    return (added->id.data && added->type.data && added->target.data) || pv_fail_memory(error);
}

bool pv_links_read(pv_links *out, pv_arena *arena, pv_package *package, pv_str part, const pv_limits *limits,
                   pv_error *error) {
    link_reader read = {.arena = arena, .part = part, .links = out};
    const pv_xml_handlers handlers = {.payload = &read, .start = on_link};
    const size_t base = last_slash(part);
    const pv_str folder = pv_str_slice(part, 0, base);
    const pv_str file = pv_str_slice(part, base, part.size);
    const pv_str name = pv_arena_format(arena, "%.*s_rels/%.*s.rels", PV_STR_ARG(folder), PV_STR_ARG(file));
    const pv_package_entry *entry;
    pv_str bytes;
    *out = (pv_links){0};
    if (!name.data)
        return pv_fail_memory(error);
    if (!pv_package_find(&entry, package, name, error))
        return false;
    return !entry || (pv_package_unpack(&bytes, arena, package, entry, limits, error) &&
                      pv_xml_read(bytes, name, &handlers, limits, error));
}

pv_str pv_links_target(const pv_links *links, const char *type) {
    for (size_t i = 0; i < links->count; i++)
        if (pv_str_equal(links->items[i].type, pv_str_from(type)))
            return links->items[i].target;
    return (pv_str){0};
}
