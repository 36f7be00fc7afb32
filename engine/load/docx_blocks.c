/* What a reader of one view of a document sees: its paragraphs as blocks, and the projection that these stand in. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "load/docx_p.h"

/* A block whose text is not yet where it stays. */
typedef struct draft {
    pv_block block;
    uint32_t head;  /* its first paragraph */
    uint32_t first; /* the pieces of its text: [first, end) of pieces */
    uint32_t end;
    uint32_t start; /* of its text: in the projection, or in the text of the view */
    uint32_t size;
    bool has_prompts;
} draft;

typedef struct projecting {
    const pv_docx *docx;
    pv_arena *arena;
    pv_docx_view view;
    PV_ARRAY(uint32_t) order;  /* the first paragraphs of what may be blocks */
    PV_ARRAY(uint32_t) pieces; /* of all blocks, one after another */
    PV_ARRAY(draft) drafts;
    PV_ARRAY(pv_docx_line) lines;
    PV_ARRAY(pv_docx_origin) origins;
    pv_buf text;
    bool *is_joined;  /* of each paragraph: it is part of the block of one before it */
    uint32_t *places; /* of each piece: where it stands in the projection, or PV_DOCX_NONE */
    uint32_t *starts; /* of each paragraph: where it stands there */
} projecting;

static const pv_docx_paragraph *paragraph_at(const projecting *p, uint32_t index) {
    return &p->docx->paragraphs.items[index];
}

/* ---- order ---- */

static bool add_to_order(projecting *p, uint32_t index, pv_error *error) {
    uint32_t *added = PV_ARRAY_ADD(p->arena, &p->order);
    if (!added)
        return pv_fail_memory(error);
    *added = index;
    return true;
}

static bool add_kind_to_order(projecting *p, bool is_body, pv_error *error) {
    for (uint32_t i = 0; i < p->docx->paragraphs.count; i++) {
        pv_docx_kind kind = paragraph_at(p, i)->kind;
        bool is_wanted =
            is_body ? kind == PV_DOCX_BODY || kind == PV_DOCX_BOX : kind == PV_DOCX_HEADER || kind == PV_DOCX_FOOTER;
        if (is_wanted && !add_to_order(p, i, error))
            return false;
    }
    return true;
}

/* Notes come in the order of what refers to them, and are numbered by it, but for those with a mark of their own. */
static bool add_notes_to_order(projecting *p, bool is_end, pv_error *error) {
    uint32_t number = 0;
    for (size_t i = 0; i < p->docx->references.count; i++) {
        const pv_docx_reference *reference = &p->docx->references.items[i];
        if (reference->is_end != is_end || !(reference->views & p->view))
            continue;
        pv_docx_note *note = pv_docx_note_find(p->docx, reference->id, is_end);
        number += reference->has_own_mark ? 0 : 1;
        if (!note || note->first == PV_DOCX_NONE || note->number > 0)
            continue;
        note->number = reference->has_own_mark ? PV_DOCX_NONE : number;
        for (uint32_t k = 0; k < note->paragraphs; k++)
            if (!add_to_order(p, note->first + k, error))
                return false;
    }
    return true;
}

static bool make_order(projecting *p, pv_error *error) {
    for (size_t i = 0; i < p->docx->notes.count; i++)
        p->docx->notes.items[i].number = 0;
    return add_kind_to_order(p, true, error) && add_notes_to_order(p, false, error) &&
           add_notes_to_order(p, true, error) && add_kind_to_order(p, false, error);
}

/* ---- blocks ---- */

/* The page is known where the document was laid out by a program that wrote down where each begins: between breaks that
 * its author made may be any number of them. */
static uint32_t page_of(const pv_docx *docx, uint32_t page) {
    return docx->has_pages ? page : 0;
}

/* Adds what paragraph says in the view; *hides: something in it is hidden. */
static bool add_pieces(projecting *p, const pv_docx_paragraph *paragraph, draft *made, bool *hides, pv_error *error) {
    for (uint32_t i = paragraph->first; i != PV_DOCX_NONE; i = p->docx->pieces.items[i].next) {
        const pv_docx_piece *piece = &p->docx->pieces.items[i];
        *hides |= piece->is_hidden;
        if (!(piece->views & p->view) || piece->size == 0)
            continue;
        uint32_t *added = PV_ARRAY_ADD(p->arena, &p->pieces);
        if (!added)
            return pv_fail_memory(error);
        *added = i;
        made->size += piece->size;
        made->has_prompts |= piece->is_prompt;
    }
    made->end = (uint32_t)p->pieces.count;
    return true;
}

static pv_docx_look look_of(const projecting *p, const pv_docx_paragraph *paragraph, pv_str *style_id) {
    pv_docx_look look = paragraph->look;
    *style_id = PV_STR("");
    if (paragraph->style == PV_DOCX_NO_STYLE)
        return look;
    const pv_docx_style *style = &p->docx->styles.list[paragraph->style];
    *style_id = style->id;
    if (look.level == PV_DOCX_NOT_SAID && style->look.number != PV_DOCX_NOT_SAID)
        look.level = pv_docx_lists_level_of(
            p->docx->lists, look.number == PV_DOCX_NOT_SAID ? style->look.number : look.number, style->id);
    if (look.level == PV_DOCX_NOT_SAID)
        look.level = style->look.level;
    if (look.number == PV_DOCX_NOT_SAID)
        look.number = style->look.number;
    if (look.outline == PV_DOCX_NOT_SAID)
        look.outline = style->look.outline;
    return look;
}

/* Of the first paragraph of a note: its number, as it stands in the text. */
static bool make_note_label(const projecting *p, uint32_t index, const pv_docx_paragraph *paragraph, pv_str *out,
                            pv_error *error) {
    const pv_docx_note *note = &p->docx->notes.items[paragraph->owner];
    if (index != note->first || note->number == PV_DOCX_NONE)
        return true;
    pv_str format = p->docx->note_formats[note->is_end];
    pv_buf made = pv_buf_on(pv_arena_memory(p->arena));
    if (!format.data)
        format = note->is_end ? PV_STR("lowerRoman") : PV_STR("decimal");
    pv_docx_write_number(&made, note->number, format);
    if (!made.failed)
        *out = pv_arena_copy(p->arena, pv_buf_str(&made));
    pv_buf_clear(&made);
    return out->data || pv_fail_memory(error);
}

/* What the block is, by the look of the paragraph whose mark ends it. */
static bool judge_block(projecting *p, draft *made, const pv_docx_paragraph *looks, pv_error *error) {
    const pv_docx_paragraph *paragraph = paragraph_at(p, made->head);
    pv_block *block = &made->block;
    pv_str style_id;
    pv_docx_look look = look_of(p, looks, &style_id);
    pv_str label;
    bool is_item;
    if (!pv_docx_lists_next(p->docx->lists, look.number, look.level, p->arena, &label, &is_item, error))
        return false;
    bool is_heading = look.outline >= 0 && look.outline < 9 && made->size > 0;
    switch (paragraph->kind) {
    case PV_DOCX_BOX:
        block->kind = PV_BLOCK_BOX;
        break;
    case PV_DOCX_FOOTNOTE:
    case PV_DOCX_ENDNOTE:
        block->kind = PV_BLOCK_NOTE;
        if (label.size == 0 && !make_note_label(p, made->head, paragraph, &label, error))
            return false;
        break;
    case PV_DOCX_HEADER:
    case PV_DOCX_FOOTER:
        block->kind = PV_BLOCK_FURNITURE;
        break;
    default:
        block->kind = is_heading ? PV_BLOCK_HEADING : is_item ? PV_BLOCK_LIST_ITEM : PV_BLOCK_PARAGRAPH;
    }
    if (block->kind == PV_BLOCK_HEADING)
        block->level = (uint32_t)look.outline + 1;
    else if (block->kind == PV_BLOCK_LIST_ITEM)
        block->level = (look.level > 0 ? (uint32_t)look.level : 0) + 1;
    block->label.value = label;
    block->label_is_made = label.size > 0;
    block->page = page_of(p->docx, paragraph->page);
    if (paragraph->cell != PV_DOCX_NONE)
        block->cell = p->docx->cells.items[paragraph->cell];
    return true;
}

/* Which parts of the text of a block are shown by controls that nobody has filled in. */
static bool find_prompts(projecting *p, draft *made, pv_error *error) {
    uint32_t at = 0;
    pv_span *prompts = PV_NEW_ARRAY(p->arena, pv_span, made->end - made->first);
    if (!prompts)
        return pv_fail_memory(error);
    made->block.prompts = prompts;
    for (uint32_t i = made->first; i < made->end; i++) {
        const pv_docx_piece *piece = &p->docx->pieces.items[p->pieces.items[i]];
        pv_span *last = made->block.prompt_count > 0 ? &prompts[made->block.prompt_count - 1] : NULL;
        if (piece->is_prompt && last && last->end == at)
            last->end += piece->size;
        else if (piece->is_prompt)
            prompts[made->block.prompt_count++] = (pv_span){at, at + piece->size};
        at += piece->size;
    }
    return true;
}

/* The block that begins with paragraph head: with those that follow it where nothing parts them in this view, as behind
 * a deleted mark, or behind letters that are printed large. */
static bool add_block(projecting *p, uint32_t head, pv_error *error) {
    draft made = {.head = head, .first = (uint32_t)p->pieces.count};
    uint32_t current = head;
    const pv_docx_paragraph *looks = paragraph_at(p, head);
    bool hides = false;
    bool goes_on;
    bool is_ended;
    for (;;) {
        const pv_docx_paragraph *paragraph = paragraph_at(p, current);
        uint32_t before = made.size;
        if (!add_pieces(p, paragraph, &made, &hides, error))
            return false;
        if (made.size > before || before == 0)
            looks = paragraph;
        p->starts[current] = (uint32_t)p->text.size;
        is_ended = (paragraph->mark_views & p->view) != 0;
        goes_on = (!is_ended || paragraph->is_drop_cap) && paragraph->following != PV_DOCX_NONE &&
                  (paragraph_at(p, paragraph->following)->views & p->view);
        if (!goes_on)
            break;
        current = paragraph->following;
        p->is_joined[current] = true;
    }
    bool is_nothing = made.size == 0 && (!is_ended || (hides && looks->look.is_hidden == 1));
    if (is_nothing)
        return true;
    draft *added = PV_ARRAY_ADD(p->arena, &p->drafts);
    if (!added)
        return pv_fail_memory(error);
    *added = made;
    added->start = (uint32_t)p->text.size;
    for (uint32_t i = made.first; i < made.end; i++) {
        const pv_docx_piece *piece = &p->docx->pieces.items[p->pieces.items[i]];
        pv_buf_append(&p->text, (pv_str){p->docx->text.data + piece->text, piece->size});
    }
    pv_buf_append_char(&p->text, '\n');
    if (p->text.failed)
        return pv_fail_memory(error);
    return (!added->has_prompts || find_prompts(p, added, error)) && judge_block(p, added, looks, error);
}

static const char *what_is(pv_docx_kind kind) {
    switch (kind) {
    case PV_DOCX_FOOTNOTE:
        return "footnote";
    case PV_DOCX_ENDNOTE:
        return "endnote";
    case PV_DOCX_HEADER:
        return "running head";
    case PV_DOCX_FOOTER:
        return "running foot";
    default:
        return NULL;
    }
}

/* Where the bytes of a block of the accepted view, which stands in the projection, come from. */
static bool add_line(projecting *p, const draft *made, pv_error *error) {
    const pv_docx_paragraph *paragraph = paragraph_at(p, made->head);
    pv_docx_line *line = PV_ARRAY_ADD(p->arena, &p->lines);
    if (!line)
        return pv_fail_memory(error);
    const char *what = what_is(paragraph->kind);
    bool is_note = paragraph->kind == PV_DOCX_FOOTNOTE || paragraph->kind == PV_DOCX_ENDNOTE;
    uint32_t number = is_note ? p->docx->notes.items[paragraph->owner].number : 0;
    *line = (pv_docx_line){
        .start = made->start,
        .paragraph = made->head,
        .page = made->block.page,
        .cell = made->block.cell,
        .what = what,
        .number = number != PV_DOCX_NONE ? number : 0,
    };
    uint32_t at = made->start;
    for (uint32_t i = made->first; i < made->end; i++) {
        const pv_docx_piece *piece = &p->docx->pieces.items[p->pieces.items[i]];
        pv_docx_origin *origin = PV_ARRAY_ADD(p->arena, &p->origins);
        if (!origin)
            return pv_fail_memory(error);
        *origin = (pv_docx_origin){
            .at = at,
            .size = piece->size,
            .origin = piece->origin,
            .part = paragraph->part,
            .page = page_of(p->docx, piece->page),
            .is_exact = piece->is_exact,
        };
        p->places[p->pieces.items[i]] = at;
        at += piece->size;
    }
    return true;
}

static bool add_blocks(projecting *p, pv_error *error) {
    pv_docx_lists_restart(p->docx->lists);
    for (size_t i = 0; i < p->order.count; i++) {
        uint32_t head = p->order.items[i];
        size_t before = p->drafts.count;
        p->starts[head] = p->is_joined[head] ? p->starts[head] : (uint32_t)p->text.size;
        if (p->is_joined[head] || !(paragraph_at(p, head)->views & p->view))
            continue;
        if (!add_block(p, head, error))
            return false;
        if (p->view == PV_DOCX_ACCEPTED && p->drafts.count > before && !add_line(p, &p->drafts.items[before], error))
            return false;
    }
    return true;
}

static void part_blocks(const projecting *p) {
    for (size_t i = 1; i < p->drafts.count; i++) {
        const draft *before = &p->drafts.items[i - 1];
        pv_block *block = &p->drafts.items[i].block;
        uint32_t breaks = paragraph_at(p, before->head)->breaks;
        block->is_parted = before->size == 0 || before->block.page != block->page ||
                           breaks != paragraph_at(p, p->drafts.items[i].head)->breaks;
    }
}

static void place_label(pv_block *block) {
    uint32_t at = block->text.span.start;
    block->label.span = (pv_span){at, at};
}

/* The blocks of the accepted view: their text is that of the projection. */
static bool finish_accepted(const projecting *p, pv_str text, pv_block *list, pv_error *error) {
    for (size_t i = 0; i < p->drafts.count; i++) {
        const draft *made = &p->drafts.items[i];
        pv_block *block = &list[i];
        *block = made->block;
        pv_str value = pv_str_slice(text, made->start, made->start + made->size);
        pv_str label = block->label.value;
        if (!pv_text_verbatim(&block->text, p->arena, value, made->start, error))
            return false;
        pv_span before = {made->start, made->start};
        if (label.size > 0 && !pv_text_made_from(&block->label, p->arena, label, before, error))
            return false;
        place_label(block);
    }
    return true;
}

/* The text of a block of the original view, by where it stands in the projection, or stood: *here is where that was
 * last. */
static bool place_original(const projecting *p, const projecting *accepted, const draft *made, pv_str value,
                           uint32_t *here, pv_text *out, pv_error *error) {
    pv_segment_list segments;
    pv_span span = {UINT32_MAX, 0};
    pv_segments_begin(&segments, p->arena);
    for (uint32_t i = made->first; i < made->end; i++) {
        uint32_t index = p->pieces.items[i];
        const pv_docx_piece *piece = &p->docx->pieces.items[index];
        uint32_t place = accepted->places[index];
        pv_span source = {*here, *here};
        if (place != PV_DOCX_NONE)
            source = (pv_span){place, place + piece->size};
        if (!pv_segments_add(&segments, piece->size, source, error))
            return pv_segments_abandon(&segments);
        *here = source.end;
        span.start = source.start < span.start ? source.start : span.start;
        span.end = source.end > span.end ? source.end : span.end;
    }
    *out = (pv_text){.value = value, .span = made->size > 0 ? span : (pv_span){*here, *here}, .exact = true};
    return pv_segments_finish(&segments, out, error);
}

static bool finish_original(const projecting *p, const projecting *accepted, pv_str text, pv_block *list,
                            pv_error *error) {
    for (size_t i = 0; i < p->drafts.count; i++) {
        const draft *made = &p->drafts.items[i];
        pv_block *block = &list[i];
        *block = made->block;
        uint32_t here = accepted->starts[made->head];
        pv_str label = block->label.value;
        pv_str value = pv_str_slice(text, made->start, made->start + made->size);
        if (!place_original(p, accepted, made, value, &here, &block->text, error))
            return false;
        pv_span before = {block->text.span.start, block->text.span.start};
        if (label.size > 0 && !pv_text_made_from(&block->label, p->arena, label, before, error))
            return false;
        place_label(block);
    }
    return true;
}

/* ---- both views ---- */

static bool begin_view(projecting *p, const pv_docx *docx, pv_docx_view view, pv_error *error) {
    *p = (projecting){
        .docx = docx,
        .arena = docx->arena,
        .view = view,
        .text = pv_buf_on(pv_arena_memory(docx->arena)),
        .is_joined = PV_NEW_ARRAY(docx->arena, bool, docx->paragraphs.count),
        .places = PV_NEW_ARRAY(docx->arena, uint32_t, docx->pieces.count),
        .starts = PV_NEW_ARRAY(docx->arena, uint32_t, docx->paragraphs.count),
    };
    if (!p->is_joined || !p->places || !p->starts)
        return pv_fail_memory(error);
    memset(p->places, 0xFF, docx->pieces.count * sizeof *p->places);
    return make_order(p, error) && add_blocks(p, error);
}

/* The blocks of a view, their texts not yet where they stay; *text: those, in arena. */
static bool make_view(projecting *p, const pv_docx *docx, pv_docx_view view, pv_blocks **out, pv_block **list,
                      pv_str *text, pv_error *error) {
    bool begun = begin_view(p, docx, view, error);
    if (begun) {
        part_blocks(p);
        *text = pv_arena_copy(p->arena, pv_buf_str(&p->text));
    }
    pv_buf_clear(&p->text);
    if (!begun)
        return false;
    *out = PV_NEW(p->arena, pv_blocks);
    *list = PV_NEW_ARRAY(p->arena, pv_block, p->drafts.count);
    if (!text->data || !*out || !*list) {
        pv_fail_memory(error);
        return false;
    }
    (*out)->format = PV_STR("docx");
    (*out)->list = *list;
    (*out)->count = p->drafts.count;
    return true;
}

static bool list_left_out(const projecting *p, pv_blocks *blocks, pv_error *error) {
    const pv_docx *docx = p->docx;
    size_t count = docx->omissions.count + (docx->outside > 0 ? 1 : 0);
    pv_left_out *list = PV_NEW_ARRAY(p->arena, pv_left_out, count);
    if (!list)
        return pv_fail_memory(error);
    for (size_t i = 0; i < docx->omissions.count; i++) {
        const pv_docx_omission *omission = &docx->omissions.items[i];
        uint32_t at = omission->paragraph != PV_DOCX_NONE ? p->starts[omission->paragraph] : 0;
        list[i] = (pv_left_out){{at, at}, pv_str_from(omission->what)};
    }
    if (docx->outside > 0)
        list[count - 1].what = PV_STR("the document refers to text outside of it, which is not read");
    blocks->left_out = list;
    blocks->left_out_count = count;
    return true;
}

bool pv_docx_project(const pv_docx *docx, pv_docx_projection *out, pv_blocks **blocks, pv_blocks **original_out,
                     pv_error *error) {
    projecting accepted;
    projecting original;
    pv_block *list;
    *original_out = NULL;
    pv_str text;
    if (!make_view(&accepted, docx, PV_DOCX_ACCEPTED, blocks, &list, &text, error) ||
        !finish_accepted(&accepted, text, list, error) || !list_left_out(&accepted, *blocks, error))
        return false;
    *out = (pv_docx_projection){
        .text = text,
        .lines = accepted.lines.items,
        .line_count = accepted.lines.count,
        .origins = accepted.origins.items,
        .origin_count = accepted.origins.count,
    };
    if (!docx->has_changes)
        return true;
    if (!make_view(&original, docx, PV_DOCX_ORIGINAL, original_out, &list, &text, error) ||
        !finish_original(&original, &accepted, text, list, error))
        return false;
    (*blocks)->original = *original_out;
    return true;
}
