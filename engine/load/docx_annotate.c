/* Comments are spliced into the bytes of the main part: nothing of it is written anew. A range begins and ends between
 * two runs; where a word begins within one, the run is parted into two that look the same. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "load/annotate.h"
#include "load/docx_p.h"

#define AUTHOR "proviso"
#define W_URI "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define W_STRICT_URI "http://purl.oclc.org/ooxml/wordprocessingml/main"
#define COMMENTS_KIND "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
#define COMMENTS_STRICT_KIND "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
#define COMMENTS_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
#define LINKS_TYPE "application/vnd.openxmlformats-package.relationships+xml"
#define LINKS_URI "http://schemas.openxmlformats.org/package/2006/relationships"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* ---- what stands where in the main part ---- */

/* A run that stands in no other: what a box shows is written inside a run of the text around it. */
typedef struct run_place {
    pv_span at;          /* its element */
    pv_span tag;         /* its start tag */
    pv_span look;        /* <rPr> … </rPr>; empty: it has none */
    uint32_t first;      /* where its first content begins, */
    uint32_t last;       /* and its last one ends; first where it has none */
    bool is_highlighted; /* its first part is to be */
    bool is_mark;        /* it only refers to a comment: */
    pv_str comment;      /* this one */
} run_place;

/* A text element of such a run. */
typedef struct text_place {
    pv_span at;   /* its element */
    pv_span tag;  /* its start tag */
    pv_span body; /* its characters */
    size_t run;
    bool keeps_space;
} text_place;

typedef struct paragraph_place {
    pv_span at;
    pv_span tag;
    uint32_t begin; /* after its properties */
    bool is_closed; /* <p/> */
} paragraph_place;

/* An element that marks where a comment begins or ends. */
typedef struct mark_place {
    pv_span at;
    pv_str comment;
} mark_place;

typedef struct part_map {
    pv_arena *arena;
    pv_str bytes;
    PV_ARRAY(run_place) runs;
    PV_ARRAY(text_place) texts;
    PV_ARRAY(paragraph_place) paragraphs; /* those that stand in no box */
    PV_ARRAY(mark_place) marks;
    PV_ARRAY(pv_str) references;      /* the comments that runs refer to */
    PV_ARRAY(size_t) open_paragraphs; /* indexes */
    PV_ARRAY(bool) spaces;            /* of each open element: blanks at the ends of a text in it are text */
    size_t run_depth;
    size_t in_look;       /* depth inside <rPr> of the run */
    size_t in_properties; /* depth inside <pPr> of the paragraph */
    size_t content_depth; /* inside a child of the run */
    bool in_text;
} part_map;

static bool is_closed_tag(const part_map *map, pv_span tag) {
    return tag.end - tag.start >= 2 && map->bytes.data[tag.end - 2] == '/';
}

static bool start_run(part_map *map, pv_span tag) {
    if (map->run_depth++ > 0)
        return true;
    run_place *run = PV_ARRAY_ADD(map->arena, &map->runs);
    if (!run)
        return false;
    *run = (run_place){.at = tag, .tag = tag, .look = {tag.end, tag.end}, .first = tag.end, .last = tag.end};
    map->in_look = 0;
    map->content_depth = 0;
    return true;
}

/* A child of the run at hand, at whatever depth. */
static bool start_in_run(part_map *map, const pv_xml_reader *xml, pv_xml_name name, pv_span tag) {
    run_place *run = &map->runs.items[map->runs.count - 1];
    const bool is_own = map->run_depth == 1 && map->content_depth == 0;
    if (map->in_look > 0) {
        map->in_look++;
        return true;
    }
    if (is_own && pv_xml_is(name, PV_XML_W, PV_STR("rPr"))) {
        map->in_look = 1;
        run->look.start = tag.start;
        return true;
    }
    if (is_own) {
        if (run->last == run->first) {
            run->first = tag.start;
            run->is_mark = pv_xml_is(name, PV_XML_W, PV_STR("commentReference"));
        } else {
            run->is_mark = false;
        }
        if (run->is_mark) {
            run->comment = pv_arena_copy(map->arena, pv_xml_attribute(xml, PV_XML_W, "id"));
            if (!run->comment.data)
                return false;
        }
    }
    map->content_depth++;
    if (pv_xml_is(name, PV_XML_W, PV_STR("commentReference"))) {
        pv_str *reference = PV_ARRAY_ADD(map->arena, &map->references);
        if (!reference)
            return false;
        *reference = pv_arena_copy(map->arena, pv_xml_attribute(xml, PV_XML_W, "id"));
        if (!reference->data)
            return false;
    }
    if (is_own && pv_xml_is(name, PV_XML_W, PV_STR("t"))) {
        text_place *text = PV_ARRAY_ADD(map->arena, &map->texts);
        if (!text)
            return false;
        *text = (text_place){.at = tag, .tag = tag, .body = {tag.end, tag.end}, .run = map->runs.count - 1};
        text->keeps_space = map->spaces.items[map->spaces.count - 1];
        map->in_text = true;
    }
    return true;
}

static bool start_paragraph(part_map *map, pv_span tag) {
    size_t *open = PV_ARRAY_ADD(map->arena, &map->open_paragraphs);
    paragraph_place *paragraph = PV_ARRAY_ADD(map->arena, &map->paragraphs);
    if (!open || !paragraph)
        return false;
    *open = map->paragraphs.count - 1;
    *paragraph = (paragraph_place){.at = tag, .tag = tag, .begin = tag.end, .is_closed = is_closed_tag(map, tag)};
    return true;
}

static bool add_mark(part_map *map, const pv_xml_reader *xml, pv_span tag) {
    mark_place *mark = PV_ARRAY_ADD(map->arena, &map->marks);
    if (!mark)
        return false;
    mark->at = tag;
    mark->comment = pv_arena_copy(map->arena, pv_xml_attribute(xml, PV_XML_W, "id"));
    return mark->comment.data != NULL;
}

/* xml:space holds for what is in an element, too. */
static bool open_spaces(part_map *map, const pv_xml_reader *xml) {
    const pv_str said = pv_xml_attribute(xml, PV_XML_XML, "space");
    const bool around = map->spaces.count > 0 && map->spaces.items[map->spaces.count - 1];
    bool *space = PV_ARRAY_ADD(map->arena, &map->spaces);
    if (!space)
        return false;
    *space = said.data ? pv_str_equal(said, PV_STR("preserve")) : around;
    return true;
}

static bool on_start(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    part_map *map = payload;
    const pv_span tag = pv_xml_at(xml);
    bool added = true;
    if (!open_spaces(map, xml))
        return pv_fail_memory(error);
    if (map->in_properties > 0) {
        map->in_properties++;
        return true;
    }
    if (pv_xml_is(name, PV_XML_W, PV_STR("r")))
        added = start_run(map, tag);
    else if (map->run_depth > 0)
        added = start_in_run(map, xml, name, tag);
    else if (pv_xml_is(name, PV_XML_W, PV_STR("p")))
        added = start_paragraph(map, tag);
    else if (pv_xml_is(name, PV_XML_W, PV_STR("pPr")) && map->open_paragraphs.count > 0)
        map->in_properties = 1;
    if (added && (pv_xml_is(name, PV_XML_W, PV_STR("commentRangeStart")) ||
                  pv_xml_is(name, PV_XML_W, PV_STR("commentRangeEnd"))))
        added = add_mark(map, xml, tag);
    return added || pv_fail_memory(error);
}

static uint32_t end_of(pv_span tag, pv_span started) {
    return tag.end > tag.start ? tag.end : started.end; /* an empty element has one tag */
}

static void end_in_run(part_map *map, pv_xml_name name, pv_span tag) {
    run_place *run = &map->runs.items[map->runs.count - 1];
    if (map->in_look > 0) {
        if (--map->in_look == 0)
            run->look.end = tag.end;
        return;
    }
    if (map->content_depth > 0 && --map->content_depth == 0 && map->run_depth == 1)
        run->last = tag.end;
    if (map->in_text && pv_xml_is(name, PV_XML_W, PV_STR("t"))) {
        text_place *text = &map->texts.items[map->texts.count - 1];
        text->at.end = tag.end;
        text->body.end = tag.end > tag.start ? tag.start : text->tag.end;
        map->in_text = false;
    }
}

static bool on_end(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    part_map *map = payload;
    const pv_span tag = pv_xml_at(xml);
    (void)error;
    map->spaces.count--;
    if (map->in_properties > 0) {
        if (--map->in_properties == 0)
            map->paragraphs.items[map->open_paragraphs.items[map->open_paragraphs.count - 1]].begin = tag.end;
        return true;
    }
    if (map->run_depth > 0 && pv_xml_is(name, PV_XML_W, PV_STR("r"))) {
        if (--map->run_depth == 0)
            map->runs.items[map->runs.count - 1].at.end = end_of(tag, map->runs.items[map->runs.count - 1].tag);
        return true;
    }
    if (map->run_depth > 0) {
        end_in_run(map, name, tag);
        return true;
    }
    if (pv_xml_is(name, PV_XML_W, PV_STR("p")) && map->open_paragraphs.count > 0) {
        const size_t index = map->open_paragraphs.items[--map->open_paragraphs.count];
        map->paragraphs.items[index].at.end = end_of(tag, map->paragraphs.items[index].tag);
    }
    return true;
}

static bool map_part(part_map *out, pv_arena *arena, const pv_docx_part *part, const pv_limits *limits,
                     pv_error *error) {
    *out = (part_map){.arena = arena, .bytes = part->bytes};
    const pv_xml_handlers handlers = {.payload = out, .start = on_start, .end = on_end};
    return pv_xml_read(part->bytes, part->name, &handlers, limits, error);
}

/* ---- edits ---- */

typedef struct edit {
    uint32_t at;
    uint32_t end;    /* bytes [at, end) are taken out, after the text is put in */
    uint32_t rank;   /* of what is put in at one place: what ends first */
    uint32_t number; /* in the order made */
    pv_str text;
} edit;

typedef struct edit_list {
    pv_arena *arena;
    PV_ARRAY(edit) list;
} edit_list;

enum { RANK_TAG, RANK_CLOSE, RANK_END, RANK_POINT, RANK_START, RANK_REOPEN, RANK_TAKEN };

static bool add_edit(edit_list *edits, uint32_t at, uint32_t end, uint32_t rank, pv_str text, pv_error *error) {
    edit *added = text.data ? PV_ARRAY_ADD(edits->arena, &edits->list) : NULL;
    if (!added)
        return pv_fail_memory(error);
    *added = (edit){at, end, rank, (uint32_t)edits->list.count, text};
    return true;
}

static int by_place(const void *left, const void *right) {
    const edit *a = left;
    const edit *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* What a part becomes, in arena. */
static bool apply_edits(pv_str *out, edit_list *edits, pv_str bytes, pv_error *error) {
    pv_buf made = pv_buf_on(pv_arena_memory(edits->arena));
    size_t at = 0;
    if (edits->list.count > 0)
        qsort(edits->list.items, edits->list.count, sizeof *edits->list.items, by_place);
    for (size_t i = 0; i < edits->list.count; i++) {
        const edit *each = &edits->list.items[i];
        if (each->at > at) {
            pv_buf_append(&made, pv_str_slice(bytes, at, each->at));
            at = each->at;
        }
        pv_buf_append(&made, each->text);
        if (each->end > at)
            at = each->end;
    }
    pv_buf_append(&made, pv_str_slice(bytes, at, bytes.size));
    *out = (pv_str){0};
    if (!made.failed)
        *out = pv_arena_copy(edits->arena, pv_buf_str(&made));
    pv_buf_clear(&made);
    return out->data || pv_fail_memory(error);
}

/* ---- the marks of a range ---- */

/* Where a run is parted, so that something may stand between its two parts. */
typedef struct parting {
    uint32_t at;
    const run_place *run;
    text_place *text;    /* that is parted too; NULL: it is between two of the run's contents */
    bool is_highlighted; /* what follows, to the next parting or the run's end */
} parting;

typedef struct annotator {
    pv_arena *arena;
    const pv_limits *limits;
    const pv_docx_ruler *document;
    const pv_docx *docx;
    const pv_annotation *annotation;
    part_map map;
    edit_list edits; /* of the main part */
    const char *uri; /* of its elements */
    pv_str prefix;   /* "w:" where that is declared at its root; else every element declares its own */
    PV_ARRAY(parting) partings;
    PV_ARRAY(uint32_t) opened; /* ends of the tags of empty paragraphs that were opened, a set */
    pv_error *error;
} annotator;

static pv_str source_of(const annotator *all, pv_span at) {
    return pv_str_slice(all->map.bytes, at.start, at.end);
}

/* The name in a start tag, as it is written: "w:r". */
static pv_str written_name(pv_str tag) {
    size_t end = 1;
    while (end < tag.size && tag.data[end] != ' ' && tag.data[end] != '/' && tag.data[end] != '>' &&
           tag.data[end] != '\n' && tag.data[end] != '\t' && tag.data[end] != '\r')
        end++;
    return pv_str_slice(tag, 1, end);
}

/* " xmlns:w=…" where the root does not declare it. */
static pv_str declaration(const annotator *all) {
    return all->prefix.size > 0 ? PV_STR("") : pv_arena_format(all->arena, " xmlns:w=\"%s\"", all->uri);
}

static pv_str range_start(const annotator *all, uint32_t id) {
    const pv_str declared = declaration(all);
    return pv_arena_format(all->arena, "<w:commentRangeStart%.*s w:id=\"%u\"/>", PV_STR_ARG(declared), (unsigned)id);
}

static pv_str range_end(const annotator *all, uint32_t id) {
    const pv_str declared = declaration(all);
    return pv_arena_format(all->arena,
                           "<w:commentRangeEnd%.*s w:id=\"%u\"/><w:r%.*s><w:commentReference w:id=\"%u\"/></w:r>",
                           PV_STR_ARG(declared), (unsigned)id, PV_STR_ARG(declared), (unsigned)id);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool keep_space(annotator *all, text_place *text) {
    if (text->keeps_space)
        return true;
    text->keeps_space = true;
    /* Blanks at its ends were none of its text, and stay so. */
    uint32_t first = text->body.start;
    uint32_t last = text->body.end;
    while (first < last && is_blank(all->map.bytes.data[first]))
        first++;
    while (last > first && is_blank(all->map.bytes.data[last - 1]))
        last--;
    return (first == text->body.start ||
            add_edit(&all->edits, text->body.start, first, RANK_TAKEN, PV_STR(""), all->error)) &&
           (last == text->body.end ||
            add_edit(&all->edits, last, text->body.end, RANK_TAKEN, PV_STR(""), all->error)) &&
           add_edit(&all->edits, text->tag.end - 1, text->tag.end - 1, RANK_TAG, PV_STR(" xml:space=\"preserve\""),
                    all->error);
}

static bool part_run(annotator *all, const run_place *run, text_place *text, uint32_t at) {
    const bool within = text && at > text->at.start && at < text->at.end;
    for (size_t i = 0; i < all->partings.count; i++)
        if (all->partings.items[i].at == at)
            return true;
    parting *added = PV_ARRAY_ADD(all->arena, &all->partings);
    if (!added)
        return pv_fail_memory(all->error);
    *added = (parting){.at = at, .run = run, .text = within ? text : NULL};
    return true;
}

/* The index of the last of count spans, size bytes apart, that begins at or before at; SIZE_MAX: none. */
static size_t last_before(const void *spans, size_t count, size_t size, uint32_t at) {
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const pv_span *span = (const pv_span *)(const void *)((const char *)spans + middle * size);
        if (span->start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : SIZE_MAX;
}

static const run_place *run_at(const annotator *all, uint32_t at) {
    const part_map *map = &all->map;
    const size_t found = last_before(map->runs.items, map->runs.count, sizeof(run_place), at);
    return found != SIZE_MAX && at < map->runs.items[found].at.end ? &map->runs.items[found] : NULL;
}

static text_place *text_at(annotator *all, const run_place *run, uint32_t at) {
    part_map *map = &all->map;
    const size_t found = last_before(map->texts.items, map->texts.count, sizeof(text_place), at);
    text_place *text = found != SIZE_MAX ? &map->texts.items[found] : NULL;
    return text && at >= text->body.start && at <= text->body.end && &map->runs.items[text->run] == run ? text : NULL;
}

/* Where in the main part something can stand that is to stand before (or, at_end, after) a byte of a text. */
static bool find_gap(annotator *all, uint32_t at, bool at_end, uint32_t *out) {
    const run_place *run = run_at(all, at_end && at > 0 ? at - 1 : at);
    if (!run)
        return false;
    text_place *text = text_at(all, run, at);
    *out = at;
    if (text && !at_end && at == text->body.start)
        *out = text->at.start;
    if (text && at_end && at == text->body.end)
        *out = text->at.end;
    if (!text)
        *out = at_end ? run->at.end : run->at.start;
    if (*out <= run->first)
        *out = run->at.start;
    if (*out >= run->last)
        *out = run->at.end;
    return *out == run->at.start || *out == run->at.end || part_run(all, run, text, *out);
}

/* ---- where a remark stands ---- */

/* The pieces of the main part in a span of the projection: the first and the last; NULL: there are none. */
static const pv_docx_origin *first_origin(const annotator *all, pv_span at) {
    const pv_docx_projection *projection = &all->document->projection;
    for (size_t i = 0; i < projection->origin_count; i++) {
        const pv_docx_origin *origin = &projection->origins[i];
        if (origin->part == 0 && origin->at + origin->size > at.start && origin->at < at.end && origin->size > 0)
            return origin;
    }
    return NULL;
}

static const pv_docx_origin *last_origin(const annotator *all, pv_span at) {
    const pv_docx_projection *projection = &all->document->projection;
    for (size_t i = projection->origin_count; i-- > 0;) {
        const pv_docx_origin *origin = &projection->origins[i];
        if (origin->part == 0 && origin->at + origin->size > at.start && origin->at < at.end && origin->size > 0)
            return origin;
    }
    return NULL;
}

/* Notes which parts of runs lie between two gaps. */
static void highlight_between(annotator *all, uint32_t start, uint32_t end) {
    part_map *map = &all->map;
    for (size_t i = 0; i < map->runs.count; i++)
        map->runs.items[i].is_highlighted |= map->runs.items[i].at.start >= start && map->runs.items[i].at.start < end;
    for (size_t i = 0; i < all->partings.count; i++)
        all->partings.items[i].is_highlighted |= all->partings.items[i].at >= start && all->partings.items[i].at < end;
}

static bool mark_words(annotator *all, pv_span at, uint32_t id, bool *done) {
    const pv_docx_origin *first = first_origin(all, at);
    const pv_docx_origin *last = last_origin(all, at);
    uint32_t start;
    uint32_t end;
    *done = false;
    if (!first || !last)
        return true;
    const uint32_t skipped = at.start > first->at ? at.start - first->at : 0;
    const uint32_t kept = at.end < last->at + last->size ? at.end - last->at : last->size;
    if (!find_gap(all, first->origin.start + (first->is_exact ? skipped : 0), false, &start) ||
        !find_gap(all, last->is_exact ? last->origin.start + kept : last->origin.end, true, &end))
        return all->error->code == PV_OK;
    *done = true;
    if (all->annotation->highlights)
        highlight_between(all, start, end);
    return add_edit(&all->edits, start, start, RANK_START, range_start(all, id), all->error) &&
           add_edit(&all->edits, end, end, RANK_END, range_end(all, id), all->error);
}

/* The paragraph of the main part that a place of the projection lies in, or the first there is. */
static const paragraph_place *paragraph_at(const annotator *all, uint32_t at) {
    const pv_docx_projection *projection = &all->document->projection;
    const part_map *map = &all->map;
    size_t line = 0;
    while (line + 1 < projection->line_count && projection->lines[line + 1].start <= at)
        line++;
    if (line < projection->line_count) {
        const pv_docx_paragraph *paragraph = &all->docx->paragraphs.items[projection->lines[line].paragraph];
        const size_t index =
            last_before(map->paragraphs.items, map->paragraphs.count, sizeof(paragraph_place), paragraph->origin.start);
        if (paragraph->part == 0 && index != SIZE_MAX)
            return &map->paragraphs.items[index];
    }
    return map->paragraphs.count > 0 ? &map->paragraphs.items[0] : NULL;
}

/* <p/> becomes <p></p>, once. */
static bool open_paragraph(annotator *all, const paragraph_place *paragraph) {
    const pv_str name = written_name(source_of(all, paragraph->tag));
    const uint32_t end = paragraph->tag.end;
    for (size_t i = 0; i < all->opened.count; i++)
        if (all->opened.items[i] == end)
            return true;
    uint32_t *added = PV_ARRAY_ADD(all->arena, &all->opened);
    if (!added)
        return pv_fail_memory(all->error);
    *added = end;
    return add_edit(&all->edits, end - 2, end - 1, RANK_TAG, PV_STR(""), all->error) &&
           add_edit(&all->edits, end, end, RANK_REOPEN, pv_arena_format(all->arena, "</%.*s>", PV_STR_ARG(name)),
                    all->error);
}

static bool mark_paragraph(annotator *all, const pv_comment *remark, uint32_t id) {
    const paragraph_place *paragraph = paragraph_at(all, remark->has_place ? remark->at.start : 0);
    if (!paragraph)
        return pv_fail(all->error, PV_ERROR_REFUSED, "the document has no paragraph that a comment could stand at");
    const pv_str start = range_start(all, id);
    const pv_str end = range_end(all, id);
    const uint32_t at = paragraph->is_closed ? paragraph->tag.end : paragraph->begin;
    if (!start.data || !end.data)
        return pv_fail_memory(all->error);
    if (paragraph->is_closed && !open_paragraph(all, paragraph))
        return false;
    return add_edit(&all->edits, at, at, RANK_POINT,
                    pv_arena_format(all->arena, "%.*s%.*s", PV_STR_ARG(start), PV_STR_ARG(end)), all->error);
}

/* ---- words in yellow ---- */

/* The properties that stand before <highlight> in <rPr>, by its schema. */
static bool stands_before_highlight(pv_str written) {
    static const char *const names[] = {
        "rStyle",  "rFonts",  "b",      "bCs",    "i",        "iCs",     "caps",       "smallCaps", "strike",
        "dstrike", "outline", "shadow", "emboss", "imprint",  "noProof", "snapToGrid", "vanish",    "webHidden",
        "color",   "spacing", "w",      "kern",   "position", "sz",      "szCs"};
    const size_t colon = pv_str_find(written, PV_STR(":"), 0);
    const pv_str name = colon == SIZE_MAX ? written : pv_str_slice(written, colon + 1, written.size);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (pv_str_equal(name, pv_str_from(names[i])))
            return true;
    return false;
}

/* Where <highlight> belongs in a look that is written so; SIZE_MAX: it has one. Its properties are empty elements. */
static size_t place_of_highlight(pv_str look) {
    size_t at = pv_str_find(look, PV_STR(">"), 0) + 1;
    size_t place = at;
    if (pv_str_find(look, PV_STR("highlight"), 0) != SIZE_MAX)
        return SIZE_MAX;
    while (at < look.size && look.data[at] == '<' && look.data[at + 1] != '/') {
        const size_t end = pv_str_find(look, PV_STR(">"), at);
        if (end == SIZE_MAX || look.data[end - 1] != '/')
            break;
        if (!stands_before_highlight(written_name(pv_str_slice(look, at, look.size))))
            break;
        at = end + 1;
        place = at;
    }
    return place;
}

/* A look with yellow behind the text; as it is where it has a colour already, or is written in no usual way. */
static pv_str highlighted(const annotator *all, pv_str look) {
    const pv_str declared = declaration(all);
    if (look.size == 0)
        return pv_arena_format(all->arena, "<w:rPr%.*s><w:highlight w:val=\"yellow\"/></w:rPr>", PV_STR_ARG(declared));
    const size_t place = pv_str_ends_with(look, PV_STR("/>")) ? SIZE_MAX : place_of_highlight(look);
    if (place == SIZE_MAX)
        return look;
    return pv_arena_format(all->arena, "%.*s<w:highlight%.*s w:val=\"yellow\"/>%.*s", (int)place, look.data,
                           PV_STR_ARG(declared), (int)(look.size - place), look.data + place);
}

/* ---- the parts of runs ---- */

static bool write_parting(annotator *all, const parting *each) {
    const pv_str tag = source_of(all, each->run->tag);
    const pv_str name = written_name(tag);
    pv_str look = source_of(all, each->run->look);
    pv_str text_close = PV_STR("");
    pv_str text_open = PV_STR("");
    if (each->is_highlighted)
        look = highlighted(all, look);
    if (each->text) {
        const pv_str text_name = written_name(source_of(all, each->text->tag));
        text_close = pv_arena_format(all->arena, "</%.*s>", PV_STR_ARG(text_name));
        text_open = pv_arena_format(all->arena, "<%.*s xml:space=\"preserve\">", PV_STR_ARG(text_name));
        if (!keep_space(all, each->text))
            return false;
    }
    if (!look.data || !text_close.data || !text_open.data)
        return pv_fail_memory(all->error);
    const pv_str close = pv_arena_format(all->arena, "%.*s</%.*s>", PV_STR_ARG(text_close), PV_STR_ARG(name));
    const pv_str open =
        pv_arena_format(all->arena, "%.*s%.*s%.*s", PV_STR_ARG(tag), PV_STR_ARG(look), PV_STR_ARG(text_open));
    return add_edit(&all->edits, each->at, each->at, RANK_CLOSE, close, all->error) &&
           add_edit(&all->edits, each->at, each->at, RANK_REOPEN, open, all->error);
}

static bool write_partings(annotator *all) {
    for (size_t i = 0; i < all->partings.count; i++)
        if (!write_parting(all, &all->partings.items[i]))
            return false;
    for (size_t i = 0; i < all->map.runs.count; i++) {
        const run_place *run = &all->map.runs.items[i];
        if (run->is_highlighted && run->last > run->first &&
            !add_edit(&all->edits, run->look.start, run->look.end, RANK_TAG,
                      highlighted(all, source_of(all, run->look)), all->error))
            return false;
    }
    return true;
}

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
        map->list.items[map->list.count - 1].at.end = end_of(tag, map->list.items[map->list.count - 1].at);
    return true;
}

static bool is_ours(const comments_map *comments, pv_str id) {
    for (size_t i = 0; i < comments->list.count; i++)
        if (comments->list.items[i].is_ours && pv_str_equal(comments->list.items[i].id, id))
            return true;
    return false;
}

/* Takes the marks of our earlier comments out of the main part. */
static bool take_out_marks(annotator *all, const comments_map *comments) {
    const part_map *map = &all->map;
    for (size_t i = 0; i < map->marks.count; i++)
        if (is_ours(comments, map->marks.items[i].comment) &&
            !add_edit(&all->edits, map->marks.items[i].at.start, map->marks.items[i].at.end, RANK_TAKEN, PV_STR(""),
                      all->error))
            return false;
    for (size_t i = 0; i < map->runs.count; i++)
        if (map->runs.items[i].is_mark && is_ours(comments, map->runs.items[i].comment) &&
            !add_edit(&all->edits, map->runs.items[i].at.start, map->runs.items[i].at.end, RANK_TAKEN, PV_STR(""),
                      all->error))
            return false;
    return true;
}

static void count_id(pv_str written, uint32_t *next) {
    uint64_t id;
    if (pv_digits_read(written, INT32_MAX / 2, &id) && id >= *next)
        *next = (uint32_t)id + 1;
}

/* One more than anybody else's. */
static uint32_t next_id(const annotator *all, const comments_map *comments) {
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

static void write_comment(const annotator *all, pv_buf *out, const pv_comment *remark, uint32_t id) {
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
static bool write_comments(const annotator *all, uint32_t first, pv_str *out) {
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

static bool open_part(annotator *all, pv_str name, part *out) {
    *out = (part){.name = name};
    return name.data ? pv_package_find(&out->entry, all->docx->package, name, all->error) &&
                           (!out->entry || pv_package_unpack(&out->bytes, all->arena, all->docx->package, out->entry,
                                                             all->limits, all->error))
                     : pv_fail_memory(all->error);
}

static bool change_comments(annotator *all, const part *comments, const comments_map *map, pv_str added,
                            pv_package_change *out) {
    *out = (pv_package_change){.entry = comments->entry, .name = comments->name};
    if (!comments->entry) {
        out->content = pv_arena_format(all->arena, XML_HEAD "<w:comments xmlns:w=\"%s\">%.*s</w:comments>", all->uri,
                                       PV_STR_ARG(added));
        return out->content.data || pv_fail_memory(all->error);
    }
    edit_list edits = {.arena = all->arena};
    const pv_str root = pv_str_slice(comments->bytes, map->root.start, map->root.end);
    for (size_t i = 0; i < map->list.count; i++)
        if (map->list.items[i].is_ours && !add_edit(&edits, map->list.items[i].at.start, map->list.items[i].at.end,
                                                    RANK_TAKEN, PV_STR(""), all->error))
            return false;
    if (pv_str_ends_with(root, PV_STR("/>"))) { /* there are none: it is opened */
        const pv_str name = written_name(root);
        const pv_str whole = pv_arena_format(all->arena, ">%.*s</%.*s>", PV_STR_ARG(added), PV_STR_ARG(name));
        if (!add_edit(&edits, map->root.end - 2, map->root.end, RANK_TAG, whole, all->error))
            return false;
    } else if (!add_edit(&edits, map->end, map->end, RANK_START, added, all->error)) {
        return false;
    }
    return apply_edits(&out->content, &edits, comments->bytes, all->error);
}

/* ---- what names that part ---- */

/* Puts element before the end of a part's root; a root without an end, <x/>, is opened. */
static bool put_into_root(annotator *all, const part *named, pv_str element, pv_package_change *out) {
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
    const pv_str name = written_name(pv_str_slice(bytes, at, bytes.size));
    const size_t colon = pv_str_find(name, PV_STR(":"), 0);
    return colon == SIZE_MAX ? PV_STR("") : pv_str_slice(name, 0, colon + 1);
}

static bool name_comments(annotator *all, pv_str main_name, pv_str name, pv_package_change changes[2]) {
    size_t slash = main_name.size;
    part types;
    part links;
    while (slash > 0 && main_name.data[slash - 1] != '/')
        slash--;
    const pv_str link = pv_str_slice(name, slash, name.size);
    const pv_str links_name = pv_arena_format(all->arena, "%.*s_rels/%.*s.rels", (int)slash, main_name.data,
                                              (int)(main_name.size - slash), main_name.data + slash);
    const char *kind = strcmp(all->uri, W_URI) == 0 ? COMMENTS_KIND : COMMENTS_STRICT_KIND;
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

/* ---- the whole ---- */

/* Which namespace the main part is written in, and whether its root calls it "w". */
static void look_at_root(annotator *all) {
    const pv_str bytes = all->map.bytes;
    const size_t root = all->map.paragraphs.count > 0 ? all->map.paragraphs.items[0].at.start : bytes.size;
    const pv_str head = pv_str_slice(bytes, 0, root);
    const bool is_strict = pv_str_find(head, PV_STR(W_STRICT_URI), 0) != SIZE_MAX;
    all->uri = is_strict ? W_STRICT_URI : W_URI;
    const pv_str quoted = is_strict ? PV_STR("xmlns:w=\"" W_STRICT_URI "\"") : PV_STR("xmlns:w=\"" W_URI "\"");
    all->prefix = pv_str_find(head, quoted, 0) != SIZE_MAX ? PV_STR("w:") : PV_STR("");
}

static bool mark_all(annotator *all, uint32_t first) {
    for (size_t i = 0; i < all->annotation->count; i++) {
        const pv_comment *remark = &all->annotation->comments[i];
        bool done = false;
        if (remark->has_place && remark->at.end > remark->at.start &&
            !mark_words(all, remark->at, first + (uint32_t)i, &done))
            return false;
        if (!done && !mark_paragraph(all, remark, first + (uint32_t)i))
            return false;
    }
    return write_partings(all);
}

static pv_str folder_of(pv_str name) {
    size_t slash = name.size;
    while (slash > 0 && name.data[slash - 1] != '/')
        slash--;
    return pv_str_slice(name, 0, slash);
}

static bool annotate(annotator *all, pv_buf *out) {
    const pv_docx_part *main_part = &all->docx->parts.items[0];
    const bool has_comments = all->docx->comments_name.size > 0;
    const pv_str folder = folder_of(main_part->name);
    const pv_str name =
        has_comments ? all->docx->comments_name : pv_arena_format(all->arena, "%.*scomments.xml", PV_STR_ARG(folder));
    comments_map comments = {.arena = all->arena};
    const pv_xml_handlers handlers = {.payload = &comments, .start = on_comment, .end = on_comment_end};
    pv_package_change changes[4] = {{.entry = main_part->entry}};
    size_t count = 2;
    part there;
    pv_str added;
    if (pv_str_starts_with(main_part->bytes, PV_STR("\xFE\xFF")) ||
        pv_str_starts_with(main_part->bytes, PV_STR("\xFF\xFE")))
        return pv_fail(all->error, PV_ERROR_REFUSED, "the document is kept in UTF-16, which is read, but not written");
    if (!map_part(&all->map, all->arena, main_part, all->limits, all->error) || !open_part(all, name, &there) ||
        (there.entry && !pv_xml_read(there.bytes, name, &handlers, all->limits, all->error)))
        return false;
    look_at_root(all);
    const uint32_t first = next_id(all, &comments);
    if (!take_out_marks(all, &comments) || !mark_all(all, first) || !write_comments(all, first, &added) ||
        !apply_edits(&changes[0].content, &all->edits, main_part->bytes, all->error) ||
        !change_comments(all, &there, &comments, added, &changes[1]))
        return false;
    if (!has_comments && !there.entry) {
        if (!name_comments(all, main_part->name, name, &changes[2]))
            return false;
        count = 4;
    }
    return pv_package_rewrite(out, all->arena, all->docx->package, changes, count, all->error);
}

bool pv_annotate_docx(pv_buf *out, pv_arena *scratch, const pv_source *source, const pv_annotation *annotation,
                      const pv_limits *limits, pv_error *error) {
    const pv_docx_ruler *document = pv_docx_of_source(source);
    if (!document || !document->docx)
        return pv_fail(error, PV_ERROR_REFUSED, "comments are written into Word documents (.docx) alone");
    annotator all = {
        .arena = scratch,
        .limits = limits,
        .document = document,
        .docx = document->docx,
        .annotation = annotation,
        .edits = {.arena = scratch},
        .error = error,
    };
    return annotate(&all, out);
}
