/* Marks of comments in the main part. A range begins and ends between two runs; where a word begins within one, the run
 * is parted into two that look the same. */
#include "load/docx_annotate_p.h"

static pv_str source_of(const pv_docx_annotator *all, pv_span at) {
    return pv_str_slice(all->map.bytes, at.start, at.end);
}

/* " xmlns:w=…" where the root does not declare it. */
static pv_str declaration(const pv_docx_annotator *all) {
    return all->prefix.size > 0 ? PV_STR("") : pv_arena_format(all->arena, " xmlns:w=\"%s\"", all->uri);
}

static pv_str range_start(const pv_docx_annotator *all, uint32_t id) {
    const pv_str declared = declaration(all);
    return pv_arena_format(all->arena, "<w:commentRangeStart%.*s w:id=\"%u\"/>", PV_STR_ARG(declared), (unsigned)id);
}

static pv_str range_end(const pv_docx_annotator *all, uint32_t id) {
    const pv_str declared = declaration(all);
    return pv_arena_format(all->arena,
                           "<w:commentRangeEnd%.*s w:id=\"%u\"/><w:r%.*s><w:commentReference w:id=\"%u\"/></w:r>",
                           PV_STR_ARG(declared), (unsigned)id, PV_STR_ARG(declared), (unsigned)id);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool keep_space(pv_docx_annotator *all, pv_docx_text_place *text) {
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
            pv_docx_add_edit(&all->edits, text->body.start, first, PV_DOCX_RANK_TAKEN, PV_STR(""), all->error)) &&
           (last == text->body.end ||
            pv_docx_add_edit(&all->edits, last, text->body.end, PV_DOCX_RANK_TAKEN, PV_STR(""), all->error)) &&
           pv_docx_add_edit(&all->edits, text->tag.end - 1, text->tag.end - 1, PV_DOCX_RANK_TAG,
                            PV_STR(" xml:space=\"preserve\""), all->error);
}

static bool part_run(pv_docx_annotator *all, const pv_docx_run_place *run, pv_docx_text_place *text, uint32_t at) {
    const bool within = text && at > text->at.start && at < text->at.end;
    for (size_t i = 0; i < all->partings.count; i++)
        if (all->partings.items[i].at == at)
            return true;
    pv_docx_parting *added = PV_ARRAY_ADD(all->arena, &all->partings);
    if (!added)
        return pv_fail_memory(all->error);
    *added = (pv_docx_parting){.at = at, .run = run, .text = within ? text : NULL};
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

static const pv_docx_run_place *run_at(const pv_docx_annotator *all, uint32_t at) {
    const pv_docx_part_map *map = &all->map;
    const size_t found = last_before(map->runs.items, map->runs.count, sizeof(pv_docx_run_place), at);
    return found != SIZE_MAX && at < map->runs.items[found].at.end ? &map->runs.items[found] : NULL;
}

static pv_docx_text_place *text_at(pv_docx_annotator *all, const pv_docx_run_place *run, uint32_t at) {
    pv_docx_part_map *map = &all->map;
    const size_t found = last_before(map->texts.items, map->texts.count, sizeof(pv_docx_text_place), at);
    pv_docx_text_place *text = found != SIZE_MAX ? &map->texts.items[found] : NULL;
    return text && at >= text->body.start && at <= text->body.end && &map->runs.items[text->run] == run ? text : NULL;
}

static const pv_span *sign_at(const pv_docx_annotator *all, uint32_t at) {
    const pv_docx_part_map *map = &all->map;
    const size_t found = last_before(map->signs.items, map->signs.count, sizeof(pv_span), at);
    return found != SIZE_MAX && at < map->signs.items[found].end ? &map->signs.items[found] : NULL;
}

/* Makes room between two contents of a run, or within a text of it; *out: where. */
static bool place_gap(pv_docx_annotator *all, const pv_docx_run_place *run, pv_docx_text_place *text, uint32_t at,
                      uint32_t *out) {
    const bool is_within = at > run->first && at < run->last;
    *out = is_within ? at : at <= run->first ? run->at.start : run->at.end;
    return !is_within || part_run(all, run, text, at);
}

/* Where in the main part something can stand that is to stand before (or, at_end, after) a byte of a text. */
static bool find_gap(pv_docx_annotator *all, uint32_t at, bool at_end, uint32_t *out) {
    const pv_docx_run_place *run = run_at(all, at_end && at > 0 ? at - 1 : at);
    if (!run)
        return false;
    pv_docx_text_place *text = text_at(all, run, at);
    *out = at;
    if (text && !at_end && at == text->body.start)
        *out = text->at.start;
    if (text && at_end && at == text->body.end)
        *out = text->at.end;
    const pv_span *sign = text ? NULL : sign_at(all, at_end ? at - 1 : at);
    if (sign)
        *out = at_end ? sign->end : sign->start;
    else if (!text)
        *out = at_end ? run->at.end : run->at.start;
    return place_gap(all, run, text, *out, out);
}

/* ---- where a remark stands ---- */

/* The pieces of the main part in a span of the projection: the first and the last; NULL: there are none. */
static const pv_docx_origin *first_origin(const pv_docx_annotator *all, pv_span at) {
    const pv_docx_projection *projection = &all->document->projection;
    for (size_t i = 0; i < projection->origin_count; i++) {
        const pv_docx_origin *origin = &projection->origins[i];
        if (origin->part == 0 && origin->at + origin->size > at.start && origin->at < at.end && origin->size > 0)
            return origin;
    }
    return NULL;
}

static const pv_docx_origin *last_origin(const pv_docx_annotator *all, pv_span at) {
    const pv_docx_projection *projection = &all->document->projection;
    for (size_t i = projection->origin_count; i-- > 0;) {
        const pv_docx_origin *origin = &projection->origins[i];
        if (origin->part == 0 && origin->at + origin->size > at.start && origin->at < at.end && origin->size > 0)
            return origin;
    }
    return NULL;
}

/* Notes which parts of runs lie between two gaps. */
static void highlight_between(pv_docx_annotator *all, uint32_t start, uint32_t end) {
    pv_docx_part_map *map = &all->map;
    for (size_t i = 0; i < map->runs.count; i++)
        map->runs.items[i].is_highlighted |= map->runs.items[i].at.start >= start && map->runs.items[i].at.start < end;
    for (size_t i = 0; i < all->partings.count; i++)
        all->partings.items[i].is_highlighted |= all->partings.items[i].at >= start && all->partings.items[i].at < end;
}

static bool mark_words(pv_docx_annotator *all, pv_span at, uint32_t id, bool *done) {
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
    return pv_docx_add_edit(&all->edits, start, start, PV_DOCX_RANK_START, range_start(all, id), all->error) &&
           pv_docx_add_edit(&all->edits, end, end, PV_DOCX_RANK_END, range_end(all, id), all->error);
}

/* The paragraph that a place of the projection lies in; NULL: there is none. */
static const pv_docx_paragraph *said_at(const pv_docx_annotator *all, uint32_t at) {
    const pv_docx_projection *projection = &all->document->projection;
    size_t line = 0;
    while (line + 1 < projection->line_count && projection->lines[line + 1].start <= at)
        line++;
    return line < projection->line_count ? &all->docx->paragraphs.items[projection->lines[line].paragraph] : NULL;
}

/* A note can have no comment: what is said of it stands at the mark that refers to it. */
static bool mark_note(pv_docx_annotator *all, pv_span at, uint32_t id, bool *done) {
    const pv_docx_paragraph *paragraph = said_at(all, at.start);
    const pv_docx_part_map *map = &all->map;
    if (!paragraph || (paragraph->kind != PV_DOCX_FOOTNOTE && paragraph->kind != PV_DOCX_ENDNOTE))
        return true;
    const pv_docx_note *note = &all->docx->notes.items[paragraph->owner];
    for (size_t i = 0; i < map->notes.count; i++) {
        const pv_docx_note_place *place = &map->notes.items[i];
        if (place->is_end != note->is_end || !pv_str_equal(place->id, note->id))
            continue;
        const pv_docx_run_place *run = &map->runs.items[place->run];
        uint32_t start;
        uint32_t end;
        *done = true;
        return place_gap(all, run, NULL, place->at.start, &start) && place_gap(all, run, NULL, place->at.end, &end) &&
               pv_docx_add_edit(&all->edits, start, start, PV_DOCX_RANK_START, range_start(all, id), all->error) &&
               pv_docx_add_edit(&all->edits, end, end, PV_DOCX_RANK_END, range_end(all, id), all->error);
    }
    return true;
}

/* The paragraph of the main part that a place of the projection lies in, or the first there is. */
static const pv_docx_paragraph_place *paragraph_at(const pv_docx_annotator *all, uint32_t at) {
    const pv_docx_part_map *map = &all->map;
    const pv_docx_paragraph *paragraph = said_at(all, at);
    const size_t index = paragraph ? last_before(map->paragraphs.items, map->paragraphs.count,
                                                 sizeof(pv_docx_paragraph_place), paragraph->origin.start)
                                   : SIZE_MAX;
    if (index != SIZE_MAX && paragraph->part == 0)
        return &map->paragraphs.items[index];
    return map->paragraphs.count > 0 ? &map->paragraphs.items[0] : NULL;
}

/* <p/> becomes <p></p>, once. */
static bool open_paragraph(pv_docx_annotator *all, const pv_docx_paragraph_place *paragraph) {
    const pv_str name = pv_docx_written_name(source_of(all, paragraph->tag));
    const uint32_t end = paragraph->tag.end;
    for (size_t i = 0; i < all->opened.count; i++)
        if (all->opened.items[i] == end)
            return true;
    uint32_t *added = PV_ARRAY_ADD(all->arena, &all->opened);
    if (!added)
        return pv_fail_memory(all->error);
    *added = end;
    return pv_docx_add_edit(&all->edits, end - 2, end - 1, PV_DOCX_RANK_TAG, PV_STR(""), all->error) &&
           pv_docx_add_edit(&all->edits, end, end, PV_DOCX_RANK_REOPEN,
                            pv_arena_format(all->arena, "</%.*s>", PV_STR_ARG(name)), all->error);
}

static bool mark_paragraph(pv_docx_annotator *all, const pv_comment *remark, uint32_t id) {
    const pv_docx_paragraph_place *paragraph = paragraph_at(all, remark->has_place ? remark->at.start : 0);
    if (!paragraph)
        return pv_fail(all->error, PV_ERROR_REFUSED, "the document has no paragraph that a comment could stand at");
    const pv_str start = range_start(all, id);
    const pv_str end = range_end(all, id);
    const uint32_t at = paragraph->is_closed ? paragraph->tag.end : paragraph->begin;
    if (!start.data || !end.data)
        return pv_fail_memory(all->error);
    if (paragraph->is_closed && !open_paragraph(all, paragraph))
        return false;
    return pv_docx_add_edit(&all->edits, at, at, PV_DOCX_RANK_POINT,
                            pv_arena_format(all->arena, "%.*s%.*s", PV_STR_ARG(start), PV_STR_ARG(end)), all->error);
}

/* ---- words in yellow ---- */

/* The properties that stand before <highlight> in <rPr>, by its schema. */
static bool stands_before_highlight(pv_str name) {
    static const char *const names[] = {
        "rStyle",  "rFonts",  "b",      "bCs",    "i",        "iCs",     "caps",       "smallCaps", "strike",
        "dstrike", "outline", "shadow", "emboss", "imprint",  "noProof", "snapToGrid", "vanish",    "webHidden",
        "color",   "spacing", "w",      "kern",   "position", "sz",      "szCs"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (pv_str_equal(name, pv_str_from(names[i])))
            return true;
    return false;
}

/* After the tag that begins at at; SIZE_MAX where it does not end. A value in quotes may hold its sign. */
static size_t after_tag(pv_str look, size_t at) {
    char quote = 0;
    for (; at < look.size; at++) {
        const char c = look.data[at];
        if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        else if (!quote && c == '>')
            return at + 1;
    }
    return SIZE_MAX;
}

static pv_str local_name(pv_str written) {
    const size_t colon = pv_str_find(written, PV_STR(":"), 0);
    return colon == SIZE_MAX ? written : pv_str_slice(written, colon + 1, written.size);
}

/* Where <highlight> belongs in <rPr> … </rPr>: after the last property that stands before it. SIZE_MAX: it has one, or
 * is written in no usual way. */
static size_t place_of_highlight(pv_str look) {
    size_t at = after_tag(look, 0);
    size_t place = at;
    size_t depth = 0;
    bool is_before = false;
    while ((at = pv_str_find(look, PV_STR("<"), at)) != SIZE_MAX) {
        const bool is_end = at + 1 < look.size && look.data[at + 1] == '/';
        if (is_end && depth == 0)
            return place;
        if (at + 1 < look.size && (look.data[at + 1] == '!' || look.data[at + 1] == '?'))
            break;
        const pv_str name = local_name(pv_docx_written_name(pv_str_slice(look, at, look.size)));
        at = after_tag(look, at);
        if (at == SIZE_MAX || (depth == 0 && pv_str_equal(name, PV_STR("highlight"))))
            break;
        if (depth == 0)
            is_before = stands_before_highlight(name);
        depth = is_end ? depth - 1 : look.data[at - 2] == '/' ? depth : depth + 1;
        if (depth == 0 && is_before)
            place = at;
    }
    return SIZE_MAX;
}

/* A look with yellow behind the text; as it is where it has a colour already, or is written in no usual way. */
static pv_str highlighted(const pv_docx_annotator *all, pv_str look) {
    const pv_str declared = declaration(all);
    if (look.size == 0)
        return pv_arena_format(all->arena, "<w:rPr%.*s><w:highlight w:val=\"yellow\"/></w:rPr>", PV_STR_ARG(declared));
    if (pv_str_ends_with(look, PV_STR("/>"))) {
        const pv_str name = pv_docx_written_name(look);
        return pv_arena_format(all->arena, "%.*s><w:highlight%.*s w:val=\"yellow\"/></%.*s>", (int)look.size - 2,
                               look.data, PV_STR_ARG(declared), PV_STR_ARG(name));
    }
    const size_t place = place_of_highlight(look);
    if (place == SIZE_MAX)
        return look;
    return pv_arena_format(all->arena, "%.*s<w:highlight%.*s w:val=\"yellow\"/>%.*s", (int)place, look.data,
                           PV_STR_ARG(declared), (int)(look.size - place), look.data + place);
}

/* A look for a second run: a change of it that is tracked has a number of its own. */
static pv_str renumbered(pv_docx_annotator *all, pv_str look) {
    const size_t change = pv_str_find(look, PV_STR("rPrChange "), 0);
    const size_t id = change == SIZE_MAX ? change : pv_str_find(look, PV_STR(":id="), change);
    if (id == SIZE_MAX || id >= after_tag(look, change))
        return look;
    const size_t first = id + 5;
    size_t last = first;
    while (last < look.size && look.data[last] != look.data[first - 1])
        last++;
    return pv_arena_format(all->arena, "%.*s%u%.*s", (int)first, look.data, (unsigned)all->map.next_number++,
                           (int)(look.size - last), look.data + last);
}

/* ---- the parts of runs ---- */

static bool write_parting(pv_docx_annotator *all, const pv_docx_parting *each) {
    const pv_str tag = source_of(all, each->run->tag);
    const pv_str name = pv_docx_written_name(tag);
    pv_str look = renumbered(all, source_of(all, each->run->look));
    pv_str text_close = PV_STR("");
    pv_str text_open = PV_STR("");
    if (each->is_highlighted)
        look = highlighted(all, look);
    if (each->text) {
        const pv_str text_name = pv_docx_written_name(source_of(all, each->text->tag));
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
    return pv_docx_add_edit(&all->edits, each->at, each->at, PV_DOCX_RANK_CLOSE, close, all->error) &&
           pv_docx_add_edit(&all->edits, each->at, each->at, PV_DOCX_RANK_REOPEN, open, all->error);
}

static bool write_partings(pv_docx_annotator *all) {
    for (size_t i = 0; i < all->partings.count; i++)
        if (!write_parting(all, &all->partings.items[i]))
            return false;
    for (size_t i = 0; i < all->map.runs.count; i++) {
        const pv_docx_run_place *run = &all->map.runs.items[i];
        if (run->is_highlighted && run->last > run->first &&
            !pv_docx_add_edit(&all->edits, run->look.start, run->look.end, PV_DOCX_RANK_TAG,
                              highlighted(all, source_of(all, run->look)), all->error))
            return false;
    }
    return true;
}

bool pv_docx_mark_all(pv_docx_annotator *all, uint32_t first) {
    for (size_t i = 0; i < all->annotation->count; i++) {
        const pv_comment *remark = &all->annotation->comments[i];
        bool done = false;
        if (remark->has_place && remark->at.end > remark->at.start &&
            !mark_words(all, remark->at, first + (uint32_t)i, &done))
            return false;
        if (!done && remark->has_place && !mark_note(all, remark->at, first + (uint32_t)i, &done))
            return false;
        if (!done && !mark_paragraph(all, remark, first + (uint32_t)i))
            return false;
    }
    return write_partings(all);
}
