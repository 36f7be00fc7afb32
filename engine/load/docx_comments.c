/* The part with the comments: ours are replaced, those of others stay; and the parts that name it. */
#include <string.h>

#include "base/digits.h"
#include "load/docx_annotate_p.h"

#define AUTHOR "proviso"
#define COMMENTS_KIND "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
#define COMMENTS_STRICT_KIND "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
#define COMMENTS_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
#define LINKS_TYPE "application/vnd.openxmlformats-package.relationships+xml"
#define LINKS_URI "http://schemas.openxmlformats.org/package/2006/relationships"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* ---- comments that are there ---- */

typedef struct comment_place {
    pv_span at;
    pv_str id;
    bool is_ours;
} comment_place;

typedef struct comments_map {
    pv_arena *arena;
    PV_ARRAY(comment_place) list;
    pv_span root; /* its start tag */
    size_t depth;
    uint32_t end; /* where the root's end tag begins */
} comments_map;

static bool on_comment(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    comments_map *map = payload;
    const pv_span tag = pv_xml_at(xml);
    if (map->depth++ == 0)
        map->root = tag;
    if (map->depth != 2 || !pv_xml_is(name, PV_XML_W, PV_STR("comment")))
        return true;
    comment_place *comment = PV_ARRAY_ADD(map->arena, &map->list);
    if (!comment)
        return pv_fail_memory(error);
    comment->at = tag;
    comment->id = pv_arena_copy(map->arena, pv_xml_attribute(xml, PV_XML_W, "id"));
    comment->is_ours = pv_str_equal(pv_xml_attribute(xml, PV_XML_W, "author"), PV_STR(AUTHOR));
    return comment->id.data || pv_fail_memory(error);
}

static bool on_comment_end(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    comments_map *map = payload;
    const pv_span tag = pv_xml_at(xml);
    (void)error;
    if (--map->depth == 0)
        map->end = tag.start;
    if (map->depth == 1 && pv_xml_is(name, PV_XML_W, PV_STR("comment")) && map->list.count > 0)
        map->list.items[map->list.count - 1].at.end = pv_docx_end_of(tag, map->list.items[map->list.count - 1].at);
    return true;
}

static bool is_ours(const comments_map *comments, pv_str id) {
    for (size_t i = 0; i < comments->list.count; i++)
        if (comments->list.items[i].is_ours && pv_str_equal(comments->list.items[i].id, id))
            return true;
    return false;
}

/* Takes the marks of our earlier comments out of the main part. */
static bool take_out_marks(pv_docx_annotator *all, const comments_map *comments) {
    const pv_docx_part_map *map = &all->map;
    for (size_t i = 0; i < map->marks.count; i++)
        if (is_ours(comments, map->marks.items[i].comment) &&
            !pv_docx_add_edit(&all->edits, map->marks.items[i].at.start, map->marks.items[i].at.end, PV_DOCX_RANK_TAKEN,
                              PV_STR(""), all->error))
            return false;
    for (size_t i = 0; i < map->runs.count; i++)
        if (map->runs.items[i].is_mark && is_ours(comments, map->runs.items[i].comment) &&
            !pv_docx_add_edit(&all->edits, map->runs.items[i].at.start, map->runs.items[i].at.end, PV_DOCX_RANK_TAKEN,
                              PV_STR(""), all->error))
            return false;
    return true;
}

static void count_id(pv_str written, uint32_t *next) {
    uint64_t id;
    if (pv_digits_read(written, INT32_MAX / 2, &id) && id >= *next)
        *next = (uint32_t)id + 1;
}

/* One more than anybody else's. */
static uint32_t next_id(const pv_docx_annotator *all, const comments_map *comments) {
    uint32_t next = 0;
    for (size_t i = 0; i < comments->list.count; i++)
        if (!comments->list.items[i].is_ours)
            count_id(comments->list.items[i].id, &next);
    for (size_t i = 0; i < all->map.marks.count; i++)
        if (!is_ours(comments, all->map.marks.items[i].comment))
            count_id(all->map.marks.items[i].comment, &next);
    for (size_t i = 0; i < all->map.references.count; i++)
        if (!is_ours(comments, all->map.references.items[i]))
            count_id(all->map.references.items[i], &next);
    return next;
}

/* ---- the part of the comments ---- */

static void escape(pv_buf *out, pv_str text) {
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.data[i];
        if (c == '&' || c == '<' || c == '>')
            pv_buf_append_text(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
        else if ((unsigned char)c >= 0x20)
            pv_buf_append_char(out, c);
        else
            pv_buf_append_char(out, ' ');
    }
}

static void write_comment(const pv_docx_annotator *all, pv_buf *out, const pv_comment *remark, uint32_t id) {
    pv_buf_format(out, "<w:comment xmlns:w=\"%s\" w:id=\"%u\" w:author=\"" AUTHOR "\"", all->uri, (unsigned)id);
    if (all->annotation->day.size > 0)
        pv_buf_format(out, " w:date=\"%.*sT00:00:00Z\"", PV_STR_ARG(all->annotation->day));
    pv_buf_append_text(out, " w:initials=\"pv\">");
    for (size_t i = 0; i < remark->line_count; i++) {
        pv_buf_append_text(out, i == 0 ? "<w:p><w:r><w:annotationRef/></w:r><w:r><w:t xml:space=\"preserve\">"
                                       : "<w:p><w:r><w:t xml:space=\"preserve\">");
        escape(out, remark->text[i]);
        pv_buf_append_text(out, "</w:t></w:r></w:p>");
    }
    pv_buf_append_text(out, "</w:comment>");
}

/* Ours, one after another, in arena. */
static bool write_comments(const pv_docx_annotator *all, uint32_t first, pv_str *out) {
    pv_buf text = pv_buf_on(pv_arena_memory(all->arena));
    for (size_t i = 0; i < all->annotation->count; i++)
        write_comment(all, &text, &all->annotation->comments[i], first + (uint32_t)i);
    *out = (pv_str){0};
    if (!text.failed)
        *out = pv_arena_copy(all->arena, pv_buf_str(&text));
    pv_buf_clear(&text);
    return out->data || pv_fail_memory(all->error);
}

typedef struct part {
    const pv_package_entry *entry; /* NULL: there is none */
    pv_str name;
    pv_str bytes;
} part;

static bool open_part(pv_docx_annotator *all, pv_str name, part *out) {
    *out = (part){.name = name};
    return name.data ? pv_package_find(&out->entry, all->docx->package, name, all->error) &&
                           (!out->entry || pv_package_unpack(&out->bytes, all->arena, all->docx->package, out->entry,
                                                             all->limits, all->error))
                     : pv_fail_memory(all->error);
}

static bool change_comments(pv_docx_annotator *all, const part *comments, const comments_map *map, pv_str added,
                            pv_package_change *out) {
    *out = (pv_package_change){.entry = comments->entry, .name = comments->name};
    if (!comments->entry) {
        out->content = pv_arena_format(all->arena, XML_HEAD "<w:comments xmlns:w=\"%s\">%.*s</w:comments>", all->uri,
                                       PV_STR_ARG(added));
        return out->content.data || pv_fail_memory(all->error);
    }
    pv_docx_edits edits = {.arena = all->arena};
    const pv_str root = pv_str_slice(comments->bytes, map->root.start, map->root.end);
    for (size_t i = 0; i < map->list.count; i++)
        if (map->list.items[i].is_ours &&
            !pv_docx_add_edit(&edits, map->list.items[i].at.start, map->list.items[i].at.end, PV_DOCX_RANK_TAKEN,
                              PV_STR(""), all->error))
            return false;
    if (pv_str_ends_with(root, PV_STR("/>"))) { /* there are none: it is opened */
        const pv_str name = pv_docx_written_name(root);
        const pv_str whole = pv_arena_format(all->arena, ">%.*s</%.*s>", PV_STR_ARG(added), PV_STR_ARG(name));
        if (!pv_docx_add_edit(&edits, map->root.end - 2, map->root.end, PV_DOCX_RANK_TAG, whole, all->error))
            return false;
    } else if (!pv_docx_add_edit(&edits, map->end, map->end, PV_DOCX_RANK_START, added, all->error)) {
        return false;
    }
    return pv_docx_apply_edits(&out->content, &edits, comments->bytes, all->error);
}

/* ---- what names that part ---- */

/* Puts element before the end of a part's root; a root without an end, <x/>, is opened. */
static bool put_into_root(pv_docx_annotator *all, const part *named, pv_str element, pv_package_change *out) {
    const pv_str bytes = named->bytes;
    size_t at = bytes.size;
    *out = (pv_package_change){.entry = named->entry};
    if (!element.data)
        return pv_fail_memory(all->error);
    while (at > 1 && !(bytes.data[at - 1] == '/' && bytes.data[at - 2] == '<'))
        at--;
    if (at <= 1)
        return pv_fail(all->error, PV_ERROR_REFUSED,
                       "the part %.*s of the document is written in a way that is not known", PV_STR_ARG(named->name));
    out->content = pv_arena_format(all->arena, "%.*s%.*s%.*s", (int)(at - 2), bytes.data, PV_STR_ARG(element),
                                   (int)(bytes.size - (at - 2)), bytes.data + at - 2);
    return out->content.data || pv_fail_memory(all->error);
}

/* The prefix of the root's own name with its colon, "" where it has none. */
static pv_str root_prefix(pv_str bytes) {
    size_t at = 0;
    while (at + 1 < bytes.size && !(bytes.data[at] == '<' && bytes.data[at + 1] != '?' && bytes.data[at + 1] != '!'))
        at++;
    const pv_str name = pv_docx_written_name(pv_str_slice(bytes, at, bytes.size));
    const size_t colon = pv_str_find(name, PV_STR(":"), 0);
    return colon == SIZE_MAX ? PV_STR("") : pv_str_slice(name, 0, colon + 1);
}

/* How much of a part's name is its folder's, with the slash. */
static size_t folder_size(pv_str name) {
    size_t slash = name.size;
    while (slash > 0 && name.data[slash - 1] != '/')
        slash--;
    return slash;
}

static bool name_comments(pv_docx_annotator *all, pv_str main_name, pv_str name, pv_package_change changes[2]) {
    const size_t slash = folder_size(main_name);
    part types;
    part links;
    const pv_str link = pv_str_slice(name, slash, name.size);
    const pv_str links_name = pv_arena_format(all->arena, "%.*s_rels/%.*s.rels", (int)slash, main_name.data,
                                              (int)(main_name.size - slash), main_name.data + slash);
    const char *kind = strcmp(all->uri, PV_DOCX_W_URI) == 0 ? COMMENTS_KIND : COMMENTS_STRICT_KIND;
    if (!open_part(all, PV_STR("[Content_Types].xml"), &types) || !open_part(all, links_name, &links))
        return false;
    if (!types.entry)
        return pv_fail(all->error, PV_ERROR_REFUSED, "the document does not say what its parts are");
    pv_str prefix = root_prefix(types.bytes);
    if (!put_into_root(all, &types,
                       pv_arena_format(all->arena,
                                       "<%.*sOverride PartName=\"/%.*s\" ContentType=\"" COMMENTS_TYPE "\"/>",
                                       PV_STR_ARG(prefix), PV_STR_ARG(name)),
                       &changes[0]))
        return false;
    prefix = links.entry ? root_prefix(links.bytes) : PV_STR("");
    const pv_str element =
        pv_arena_format(all->arena, "<%.*sRelationship Id=\"rIdProvisoComments\" Type=\"%s\" Target=\"%.*s\"/>",
                        PV_STR_ARG(prefix), kind, PV_STR_ARG(link));
    if (links.entry)
        return put_into_root(all, &links, element, &changes[1]);
    changes[1] = (pv_package_change){
        .name = links_name,
        .content =
            element.data
                ? pv_arena_format(all->arena, XML_HEAD "<Relationships xmlns=\"" LINKS_URI "\">%.*s</Relationships>",
                                  PV_STR_ARG(element))
                : (pv_str){0},
    };
    return changes[1].content.data || pv_fail_memory(all->error);
}

bool pv_docx_change_comments(pv_docx_annotator *all, uint32_t *first, pv_package_change *changes, size_t *count) {
    const pv_str main_name = all->docx->parts.items[0].name;
    const bool has_comments = all->docx->comments_name.size > 0;
    const pv_str name =
        has_comments ? all->docx->comments_name
                     : pv_arena_format(all->arena, "%.*scomments.xml", (int)folder_size(main_name), main_name.data);
    comments_map comments = {.arena = all->arena};
    const pv_xml_handlers handlers = {.payload = &comments, .start = on_comment, .end = on_comment_end};
    part there;
    pv_str added;
    if (!open_part(all, name, &there) ||
        (there.entry && !pv_xml_read(there.bytes, name, &handlers, all->limits, all->error)))
        return false;
    *first = next_id(all, &comments);
    *count = 1;
    if (!take_out_marks(all, &comments) || !write_comments(all, *first, &added) ||
        !change_comments(all, &there, &comments, added, &changes[0]))
        return false;
    if (has_comments || there.entry)
        return true;
    *count = 3;
    return name_comments(all, main_name, name, &changes[1]);
}
