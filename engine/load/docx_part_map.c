/* The runs, texts, paragraphs and marks of comments of the main part, by the bytes they stand at. */
#include "base/digits.h"
#include "load/docx_annotate_p.h"

static bool is_closed_tag(const pv_docx_part_map *map, pv_span tag) {
    return tag.end - tag.start >= 2 && map->bytes.data[tag.end - 2] == '/';
}

static bool start_run(pv_docx_part_map *map, pv_span tag) {
    if (map->run_depth++ > 0)
        return true;
    pv_docx_run_place *run = PV_ARRAY_ADD(map->arena, &map->runs);
    if (!run)
        return false;
    *run = (pv_docx_run_place){.at = tag, .tag = tag, .look = {tag.end, tag.end}, .first = tag.end, .last = tag.end};
    map->in_look = 0;
    map->content_depth = 0;
    return true;
}

static bool add_note(pv_docx_part_map *map, const pv_xml_reader *xml, pv_xml_name name, pv_span tag) {
    const bool is_end = pv_xml_is(name, PV_XML_W, PV_STR("endnoteReference"));
    if (!is_end && !pv_xml_is(name, PV_XML_W, PV_STR("footnoteReference")))
        return true;
    pv_docx_note_place *note = PV_ARRAY_ADD(map->arena, &map->notes);
    if (!note)
        return false;
    *note = (pv_docx_note_place){tag, pv_arena_copy(map->arena, pv_xml_attribute(xml, PV_XML_W, "id")), is_end,
                                 map->runs.count - 1};
    return note->id.data != NULL;
}

static bool add_sign(pv_docx_part_map *map, pv_xml_name name, pv_span tag) {
    static const pv_str names[] = {PV_STR("sym"), PV_STR("tab"), PV_STR("br"), PV_STR("cr"), PV_STR("noBreakHyphen")};
    map->in_sign = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        map->in_sign |= pv_xml_is(name, PV_XML_W, names[i]);
    pv_span *sign = map->in_sign ? PV_ARRAY_ADD(map->arena, &map->signs) : NULL;
    if (sign)
        *sign = tag;
    return sign || !map->in_sign;
}

static void count_number(pv_docx_part_map *map, pv_str written) {
    uint64_t number;
    if (pv_digits_read(written, INT32_MAX / 2, &number) && number >= map->next_number)
        map->next_number = (uint32_t)number + 1;
}

/* A child of the run at hand, at whatever depth. */
static bool start_in_run(pv_docx_part_map *map, const pv_xml_reader *xml, pv_xml_name name, pv_span tag) {
    pv_docx_run_place *run = &map->runs.items[map->runs.count - 1];
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
    if (is_own && (!add_note(map, xml, name, tag) || !add_sign(map, name, tag)))
        return false;
    if (is_own && pv_xml_is(name, PV_XML_W, PV_STR("t"))) {
        pv_docx_text_place *text = PV_ARRAY_ADD(map->arena, &map->texts);
        if (!text)
            return false;
        *text = (pv_docx_text_place){.at = tag, .tag = tag, .body = {tag.end, tag.end}, .run = map->runs.count - 1};
        text->keeps_space = map->spaces.items[map->spaces.count - 1];
        map->in_text = true;
    }
    return true;
}

static bool start_paragraph(pv_docx_part_map *map, pv_span tag) {
    size_t *open = PV_ARRAY_ADD(map->arena, &map->open_paragraphs);
    pv_docx_paragraph_place *paragraph = PV_ARRAY_ADD(map->arena, &map->paragraphs);
    if (!open || !paragraph)
        return false;
    *open = map->paragraphs.count - 1;
    *paragraph =
        (pv_docx_paragraph_place){.at = tag, .tag = tag, .begin = tag.end, .is_closed = is_closed_tag(map, tag)};
    return true;
}

static bool add_mark(pv_docx_part_map *map, const pv_xml_reader *xml, pv_span tag) {
    pv_docx_mark_place *mark = PV_ARRAY_ADD(map->arena, &map->marks);
    if (!mark)
        return false;
    mark->at = tag;
    mark->comment = pv_arena_copy(map->arena, pv_xml_attribute(xml, PV_XML_W, "id"));
    return mark->comment.data != NULL;
}

/* xml:space holds for what is in an element, too. */
static bool open_spaces(pv_docx_part_map *map, const pv_xml_reader *xml) {
    const pv_str said = pv_xml_attribute(xml, PV_XML_XML, "space");
    const bool around = map->spaces.count > 0 && map->spaces.items[map->spaces.count - 1];
    bool *space = PV_ARRAY_ADD(map->arena, &map->spaces);
    if (!space)
        return false;
    *space = said.data ? pv_str_equal(said, PV_STR("preserve")) : around;
    return true;
}

static bool on_start(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    pv_docx_part_map *map = payload;
    const pv_span tag = pv_xml_at(xml);
    bool added = true;
    if (!open_spaces(map, xml))
        return pv_fail_memory(error);
    count_number(map, pv_xml_attribute(xml, PV_XML_W, "id"));
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

static void end_in_run(pv_docx_part_map *map, pv_xml_name name, pv_span tag) {
    pv_docx_run_place *run = &map->runs.items[map->runs.count - 1];
    if (map->in_look > 0) {
        if (--map->in_look == 0)
            run->look.end = tag.end;
        return;
    }
    if (map->content_depth > 0 && --map->content_depth == 0 && map->run_depth == 1) {
        run->last = tag.end;
        if (map->in_sign)
            map->signs.items[map->signs.count - 1].end = tag.end;
        map->in_sign = false;
    }
    if (map->in_text && pv_xml_is(name, PV_XML_W, PV_STR("t"))) {
        pv_docx_text_place *text = &map->texts.items[map->texts.count - 1];
        text->at.end = tag.end;
        text->body.end = tag.end > tag.start ? tag.start : text->tag.end;
        map->in_text = false;
    }
}

static bool on_end(void *payload, const pv_xml_reader *xml, pv_xml_name name, pv_error *error) {
    pv_docx_part_map *map = payload;
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
            map->runs.items[map->runs.count - 1].at.end = pv_docx_end_of(tag, map->runs.items[map->runs.count - 1].tag);
        return true;
    }
    if (map->run_depth > 0) {
        end_in_run(map, name, tag);
        return true;
    }
    if (pv_xml_is(name, PV_XML_W, PV_STR("p")) && map->open_paragraphs.count > 0) {
        const size_t index = map->open_paragraphs.items[--map->open_paragraphs.count];
        map->paragraphs.items[index].at.end = pv_docx_end_of(tag, map->paragraphs.items[index].tag);
    }
    return true;
}

bool pv_docx_map_part(pv_docx_part_map *out, pv_arena *arena, const pv_docx_part *part, const pv_limits *limits,
                      pv_error *error) {
    *out = (pv_docx_part_map){.arena = arena, .bytes = part->bytes};
    const pv_xml_handlers handlers = {.payload = out, .start = on_start, .end = on_end};
    return pv_xml_read(part->bytes, part->name, &handlers, limits, error);
}
