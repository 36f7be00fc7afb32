/* Word documents: the parts of the package that the text is in, and the places of its projection in words. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "load/docx_p.h"
#include "load/links_p.h"
#include "load/loader_p.h"

/* The bytes of a part; .data NULL where there is none of this name. */
static bool unpack(pv_docx *docx, pv_str name, pv_docx_part *out, pv_error *error) {
    *out = (pv_docx_part){.name = name};
    return pv_package_find(&out->entry, docx->package, name, error) &&
           (!out->entry || pv_package_unpack(&out->bytes, docx->arena, docx->package, out->entry, docx->limits, error));
}

/* ---- the parts ---- */

/* A part that says by its content type that it is the main one: where no relationship says it. */
typedef struct main_type {
    pv_arena *arena;
    pv_str name;
} main_type;

static bool on_type(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    main_type *found = payload;
    pv_str type = pv_xml_attribute(reader, PV_XML_NONE, "ContentType");
    bool is_main = pv_str_find(type, PV_STR("wordprocessingml"), 0) != SIZE_MAX ||
                   pv_str_find(type, PV_STR("ms-word"), 0) != SIZE_MAX;
    if (found->name.data || !is_main || !pv_str_ends_with(type, PV_STR(".main+xml")) ||
        !pv_xml_is(name, PV_XML_TYPES, PV_STR("Override")))
        return true;
    found->name = pv_arena_copy(found->arena, pv_xml_attribute(reader, PV_XML_NONE, "PartName"));
    return found->name.data || pv_fail_memory(error);
}

static bool find_main(pv_docx *docx, pv_str *out, pv_error *error) {
    pv_links top;
    pv_docx_part types;
    if (!pv_links_read(&top, docx->arena, docx->package, PV_STR(""), docx->limits, error))
        return false;
    *out = pv_links_target(&top, "officeDocument");
    if (out->data)
        return true;
    main_type found = {.arena = docx->arena};
    pv_xml_handlers handlers = {&found, on_type, NULL, NULL, NULL};
    if (!unpack(docx, PV_STR("[Content_Types].xml"), &types, error) ||
        (types.entry && !pv_xml_read(types.bytes, types.name, &handlers, docx->limits, error)))
        return false;
    *out = found.name.data ? found.name : PV_STR("word/document.xml");
    return true;
}

/* Walks a part, where there is one of this name. */
static bool walk_part(pv_docx *docx, pv_str name, pv_docx_kind kind, bool *is_there, pv_error *error) {
    pv_docx_part part;
    *is_there = false;
    if (!name.data)
        return true;
    if (!unpack(docx, name, &part, error))
        return false;
    if (!part.entry)
        return true;
    pv_docx_part *added = PV_ARRAY_ADD(docx->arena, &docx->parts);
    if (!added)
        return pv_fail_memory(error);
    *added = part;
    *is_there = true;
    return pv_docx_walk(docx, (uint32_t)docx->parts.count - 1, kind, error);
}

/* Styles and lists, which the walk needs. */
static bool read_looks(pv_docx *docx, const pv_links *links, pv_error *error) {
    pv_docx_part styles = {0};
    pv_docx_part lists = {0};
    pv_str styles_name = pv_links_target(links, "styles");
    pv_str lists_name = pv_links_target(links, "numbering");
    return (!styles_name.data || unpack(docx, styles_name, &styles, error)) &&
           pv_docx_styles_read(&docx->styles, docx->arena, styles.bytes, docx->limits, error) &&
           (!lists_name.data || unpack(docx, lists_name, &lists, error)) &&
           pv_docx_lists_read(&docx->lists, docx->arena, lists.bytes, &docx->styles, docx->limits, error);
}

static bool walk_furniture(pv_docx *docx, const pv_links *links, pv_error *error) {
    bool is_there;
    for (size_t i = 0; i < links->count; i++) {
        const pv_link *link = &links->items[i];
        bool is_head = pv_str_equal(link->type, PV_STR("header"));
        if ((is_head || pv_str_equal(link->type, PV_STR("footer"))) && pv_docx_has_furniture(docx, link->id) &&
            !walk_part(docx, link->target, is_head ? PV_DOCX_HEADER : PV_DOCX_FOOTER, &is_there, error))
            return false;
    }
    return true;
}

static bool is_of_comment(const pv_docx *docx, size_t index, uint32_t owner) {
    const pv_docx_paragraph *paragraph = index < docx->paragraphs.count ? &docx->paragraphs.items[index] : NULL;
    return paragraph && paragraph->kind == PV_DOCX_COMMENT && paragraph->owner == owner;
}

static void write_paragraph(pv_buf *out, const pv_docx *docx, const pv_docx_paragraph *paragraph) {
    for (uint32_t i = paragraph->first; i != PV_DOCX_NONE; i = docx->pieces.items[i].next) {
        const pv_docx_piece *piece = &docx->pieces.items[i];
        if (piece->views & PV_DOCX_ACCEPTED)
            pv_buf_append(out, (pv_str){docx->text.data + piece->text, piece->size});
    }
}

/* What comments say: their paragraphs as lines. */
static bool gather_comments(pv_docx *docx, pv_error *error) {
    pv_buf text = pv_buf_on(pv_arena_memory(docx->arena));
    bool succeeded = true;
    for (size_t next = 0; succeeded && next < docx->paragraphs.count;) {
        uint32_t owner = docx->paragraphs.items[next].owner;
        if (owner == PV_DOCX_NONE || !is_of_comment(docx, next, owner)) {
            next++;
            continue;
        }
        pv_buf_reset(&text);
        for (bool is_first = true; is_of_comment(docx, next, owner); next++, is_first = false) {
            pv_buf_append_text(&text, is_first ? "" : "\n");
            write_paragraph(&text, docx, &docx->paragraphs.items[next]);
        }
        pv_str *said = &docx->comments.items[owner].text;
        *said = pv_arena_copy(docx->arena, pv_buf_str(&text));
        succeeded = !text.failed && said->data;
    }
    pv_buf_clear(&text);
    return succeeded || pv_fail_memory(error);
}

static bool read_parts(pv_docx *docx, pv_error *error) {
    pv_links links;
    pv_str main_name;
    bool is_there;
    if (!find_main(docx, &main_name, error) ||
        !pv_links_read(&links, docx->arena, docx->package, main_name, docx->limits, error) ||
        !read_looks(docx, &links, error) || !walk_part(docx, main_name, PV_DOCX_BODY, &is_there, error))
        return false;
    if (!is_there)
        return pv_fail(error, PV_ERROR_SHAPE,
                       "the file is an archive, but not a Word document: the part with its text is not there");
    docx->comments_name = pv_links_target(&links, "comments");
    return walk_part(docx, pv_links_target(&links, "footnotes"), PV_DOCX_FOOTNOTE, &is_there, error) &&
           walk_part(docx, pv_links_target(&links, "endnotes"), PV_DOCX_ENDNOTE, &is_there, error) &&
           walk_furniture(docx, &links, error) &&
           walk_part(docx, docx->comments_name, PV_DOCX_COMMENT, &is_there, error) && gather_comments(docx, error);
}

/* ---- places ---- */

static const pv_docx_ruler *of_docx(const pv_ruler *ruler) {
    return (const pv_docx_ruler *)(const void *)ruler;
}

/* The line of the projection that offset lies in, by index. */
static size_t find_line(const pv_docx_projection *projection, size_t offset) {
    size_t low = 0;
    size_t high = projection->line_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (projection->lines[middle].start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : 0;
}

/* The page that offset lies on: that of the text there, or of its line. */
static uint32_t find_page(const pv_docx_projection *projection, size_t line, size_t offset) {
    size_t low = 0;
    size_t high = projection->origin_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (projection->origins[middle].at <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t page = projection->lines[line].page;
    return low > 0 && projection->origins[low - 1].at >= projection->lines[line].start
               ? projection->origins[low - 1].page
               : page;
}

static void measure(const pv_ruler *ruler, const pv_source *file, size_t offset, pv_spot *out) {
    const pv_docx_projection *projection = &of_docx(ruler)->projection;
    *out = (pv_spot){0};
    if (projection->line_count == 0)
        return;
    size_t at = offset - file->base;
    size_t line = find_line(projection, at);
    out->paragraph = (uint32_t)line + 1;
    out->page = find_page(projection, line, at);
}

static pv_position locate(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    const pv_docx_projection *projection = &of_docx(ruler)->projection;
    if (projection->line_count == 0)
        return (pv_position){1, 1};
    size_t at = offset - file->base;
    size_t line = find_line(projection, at);
    size_t start = projection->lines[line].start;
    size_t end = at < projection->text.size ? at : projection->text.size;
    pv_str before = pv_str_slice(projection->text, start, end > start ? end : start);
    return (pv_position){(uint32_t)line + 1, (uint32_t)pv_utf8_length(before) + 1};
}

static pv_source_place describe(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    const pv_docx_ruler *own = of_docx(ruler);
    pv_source_place place = {"the empty document"};
    pv_spot spot;
    measure(ruler, file, offset, &spot);
    if (spot.paragraph == 0)
        return place;
    const pv_docx_line *line = &own->projection.lines[spot.paragraph - 1];
    char page[24] = "";
    if (spot.page > 0)
        snprintf(page, sizeof page, "page %u, ", spot.page);
    if (line->cell.table > 0)
        snprintf(place.text, sizeof place.text, "%stable %u, row %u, column %u", page, line->cell.table, line->cell.row,
                 line->cell.column);
    else if (line->what && line->number > 0)
        snprintf(place.text, sizeof place.text, "%s %u", line->what, line->number);
    else if (line->what)
        snprintf(place.text, sizeof place.text, "%s", line->what);
    else
        snprintf(place.text, sizeof place.text, "%sparagraph %u", page, spot.paragraph);
    return place;
}

static const pv_ruler *copy_ruler(const pv_ruler *ruler, pv_arena *arena);

static const pv_ruler ruler_of_docx = {.locate = locate, .describe = describe, .spot = measure, .copy = copy_ruler};

static const void *copy_items(pv_arena *arena, const void *items, size_t count, size_t size) {
    void *copied = pv_arena_array(arena, count, size);
    if (copied && count > 0)
        memcpy(copied, items, count * size);
    return copied;
}

static const pv_ruler *copy_ruler(const pv_ruler *ruler, pv_arena *arena) {
    const pv_docx_projection *from = &of_docx(ruler)->projection;
    pv_docx_ruler *copied = PV_NEW(arena, pv_docx_ruler);
    if (!copied)
        return NULL;
    copied->ruler = ruler_of_docx;
    copied->projection = (pv_docx_projection){
        .text = pv_arena_copy(arena, from->text),
        .lines = copy_items(arena, from->lines, from->line_count, sizeof *from->lines),
        .line_count = from->line_count,
        .origins = copy_items(arena, from->origins, from->origin_count, sizeof *from->origins),
        .origin_count = from->origin_count,
    };
    bool is_whole = copied->projection.text.data && copied->projection.lines && copied->projection.origins;
    return is_whole ? &copied->ruler : NULL;
}

/* ---- the loader ---- */

const pv_docx_ruler *pv_docx_of_source(const pv_source *source) {
    return source->ruler && source->ruler->locate == locate ? of_docx(source->ruler) : NULL;
}

bool pv_docx_read(pv_docx *docx, pv_arena *arena, pv_str bytes, const pv_limits *limits, pv_error *error) {
    *docx = (pv_docx){
        .arena = arena,
        .limits = limits,
        .page = 1,
        .text = pv_buf_on(pv_arena_memory(arena)),
        .notes_by_id = pv_set_in(arena),
        .comments_by_id = pv_set_in(arena),
        .furniture_by_id = pv_set_in(arena),
    };
    return pv_package_open(&docx->package, arena, bytes, limits, error) && read_parts(docx, error);
}

static bool open_docx(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                      pv_error *error) {
    pv_docx_ruler *own = PV_NEW(arena, pv_docx_ruler);
    pv_docx *docx = PV_NEW(arena, pv_docx);
    pv_blocks *blocks = NULL;
    *out = NULL;
    if (!own || !docx)
        return pv_fail_memory(error);
    bool is_read = pv_docx_read(docx, arena, bytes, limits, error) &&
                   pv_docx_project(docx, &own->projection, &blocks, &own->original, error);
    pv_buf_clear(&docx->text); /* what of it is text is in the projection */
    if (!is_read)
        return false;
    /* How much text a package may hold was judged as it was unpacked. */
    pv_limits of_text = *limits;
    of_text.source_bytes = limits->unpacked_bytes;
    if (!pv_source_new(out, arena, path, own->projection.text, &of_text, error)) {
        *out = NULL;
        return false;
    }
    own->ruler = ruler_of_docx;
    own->docx = docx;
    own->blocks = blocks;
    blocks->source = *out;
    if (own->original)
        own->original->source = *out;
    (*out)->ruler = &own->ruler;
    return true;
}

static bool load_docx(pv_loaded *out, pv_arena *arena, const pv_source *source, const pv_form *form,
                      const pv_limits *limits, pv_error *error) {
    const pv_docx_ruler *own = pv_docx_of_source(source);
    (void)form, (void)limits;
    if (!own || !own->blocks)
        return pv_fail(error, PV_ERROR_USAGE, "the document was not opened as one");
    out->blocks = PV_NEW(arena, pv_blocks);
    if (!out->blocks)
        return pv_fail_memory(error);
    *out->blocks = *own->blocks;
    return true;
}

static bool recognise_docx(pv_str path, pv_str bytes, pv_arena *scratch, const pv_limits *limits) {
    (void)path, (void)scratch, (void)limits;
    return pv_package_is_likely(bytes) && pv_str_find(bytes, PV_STR("word/"), 0) != SIZE_MAX;
}

static bool glimpse_docx(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload) {
    (void)bytes, (void)scratch, (void)judge, (void)payload;
    return false;
}

static const pv_str endings[] = {PV_STR(".docx"), PV_STR(".docm"), PV_STR(".dotx"), PV_STR(".dotm")};

const pv_loader pv_docx_loader = {
    .format = PV_STR("docx"),
    .title = PV_STR("Word document"),
    .endings = endings,
    .ending_count = sizeof endings / sizeof *endings,
    .is_document = true,
    .recognises = recognise_docx,
    .open = open_docx,
    .load = load_docx,
    .glimpse = glimpse_docx,
};

static const pv_str office_endings[] = {PV_STR(".odt"), PV_STR(".ott"), PV_STR(".fodt"), PV_STR(".rtf"),
                                        PV_STR(".doc")};

const pv_loader pv_office_loader = {
    .format = PV_STR("office"),
    .title = PV_STR("OpenDocument, RTF or Word as it once was"),
    .endings = office_endings,
    .ending_count = sizeof office_endings / sizeof *office_endings,
    .is_document = true,
    .conversion = PV_CONVERSION_DOCX,
    .open = open_docx,
    .load = load_docx,
    .glimpse = glimpse_docx,
};
