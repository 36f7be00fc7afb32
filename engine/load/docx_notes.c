/* What stands beside the text of a Word document: notes, comments, running heads and feet. */
#include "base/hash.h"
#include "load/docx_walk_p.h"

/* A note's id is one among those of its kind. */
typedef struct note_name {
    pv_str id;
    bool is_end;
} note_name;

static uint64_t hash_note(note_name name) {
    return pv_hash_byte(pv_hash_continue(PV_HASH_SEED, name.id), name.is_end ? 'e' : 'f');
}

static bool is_note(const void *items, size_t position, const void *wanted) {
    const pv_docx_note *note = &((const pv_docx_note *)items)[position];
    const note_name *name = wanted;
    return note->is_end == name->is_end && pv_str_equal(note->id, name->id);
}

static bool index_note(pv_docx *docx, pv_error *error) {
    const pv_docx_note *last = &docx->notes.items[docx->notes.count - 1];
    note_name name = {last->id, last->is_end};
    size_t at;
    return pv_set_put(&docx->notes_by_id, hash_note(name), is_note, docx->notes.items, &name, docx->notes.count - 1,
                      &at, error);
}

pv_docx_note *pv_docx_note_find(const pv_docx *docx, pv_str id, bool is_end) {
    note_name name = {id, is_end};
    size_t at = pv_set_find(&docx->notes_by_id, hash_note(name), is_note, docx->notes.items, &name);
    return at != PV_SET_NONE ? &docx->notes.items[at] : NULL;
}

bool pv_docx_begin_note(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    bool is_end = what == PV_DOCX_ELEMENT_ENDNOTE;
    pv_str type = pv_xml_attribute(reader, PV_XML_W, "type");
    if (type.size > 0 && !pv_str_equal(type, PV_STR("normal"))) {
        pv_docx_innermost(walk)->is_skipped = true; /* the line between text and notes */
        return true;
    }
    pv_docx_note *note = PV_ARRAY_ADD(walk->arena, &walk->docx->notes);
    if (!note)
        return pv_fail_memory(error);
    note->is_end = is_end;
    note->first = PV_DOCX_NONE;
    return pv_docx_copy_attribute(&note->id, walk, reader, "id", error) && index_note(walk->docx, error) &&
           pv_docx_begin_story(walk, is_end ? PV_DOCX_ENDNOTE : PV_DOCX_FOOTNOTE, (uint32_t)walk->docx->notes.count - 1,
                               true, error);
}

bool pv_docx_see_note_mark(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    pv_docx_reference *reference = PV_ARRAY_ADD(walk->arena, &walk->docx->references);
    if (!reference)
        return pv_fail_memory(error);
    pv_str own = pv_xml_attribute(reader, PV_XML_W, "customMarkFollows");
    reference->is_end = what == PV_DOCX_ELEMENT_ENDNOTE_MARK;
    reference->has_own_mark = own.data && pv_docx_is_on(own);
    reference->views = pv_docx_innermost(walk)->views;
    return pv_docx_copy_attribute(&reference->id, walk, reader, "id", error);
}

static bool is_comment(const void *items, size_t position, const void *wanted) {
    return pv_str_equal(((const pv_docx_comment *)items)[position].id, *(const pv_str *)wanted);
}

/* The comment of this id, which is added where it is new; NULL with error filled. */
static pv_docx_comment *need_comment(pv_docx_walker *walk, pv_str id, pv_error *error) {
    pv_docx *docx = walk->docx;
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, id);
    size_t at = pv_set_find(&docx->comments_by_id, hash, is_comment, docx->comments.items, &id);
    if (at != PV_SET_NONE)
        return &docx->comments.items[at];
    pv_docx_comment *comment = PV_ARRAY_ADD(walk->arena, &docx->comments);
    pv_str copied = pv_arena_copy(walk->arena, id);
    if (!comment || !copied.data) {
        pv_fail_memory(error);
        return NULL;
    }
    *comment = (pv_docx_comment){.id = copied, .at_paragraph = PV_DOCX_NONE};
    return pv_set_add(&docx->comments_by_id, hash, docx->comments.count - 1, error) ? comment : NULL;
}

/* What the text says of a comment comes before what the comment says, in its own part. */
bool pv_docx_see_comment(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    pv_docx *docx = walk->docx;
    pv_docx_comment *comment = need_comment(walk, pv_xml_attribute(reader, PV_XML_W, "id"), error);
    uint32_t at = (uint32_t)docx->pieces.count;
    if (!comment)
        return false;
    if (what == PV_DOCX_ELEMENT_COMMENT) {
        comment->is_said = true;
        return pv_docx_copy_attribute(&comment->author, walk, reader, "author", error) &&
               pv_docx_copy_attribute(&comment->date, walk, reader, "date", error) &&
               pv_docx_copy_attribute(&comment->initials, walk, reader, "initials", error) &&
               pv_docx_begin_story(walk, PV_DOCX_COMMENT, (uint32_t)(comment - docx->comments.items), true, error);
    }
    if (comment->at_paragraph == PV_DOCX_NONE)
        comment->at_paragraph = pv_docx_current_story(walk)->paragraph;
    if (what == PV_DOCX_ELEMENT_COMMENT_START) {
        comment->from = at;
        comment->to = at;
        comment->has_range = true;
    } else if (what == PV_DOCX_ELEMENT_COMMENT_END && comment->has_range) {
        comment->to = at;
    }
    walk->text_from = at; /* what follows is a piece of its own */
    return true;
}

static bool is_furniture(const void *items, size_t position, const void *wanted) {
    return pv_str_equal(((const pv_str *)items)[position], *(const pv_str *)wanted);
}

bool pv_docx_has_furniture(const pv_docx *docx, pv_str id) {
    return pv_set_find(&docx->furniture_by_id, pv_hash_continue(PV_HASH_SEED, id), is_furniture, docx->furniture.items,
                       &id) != PV_SET_NONE;
}

bool pv_docx_see_furniture(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what;
    pv_docx *docx = walk->docx;
    pv_str id = pv_xml_attribute(reader, PV_XML_R, "id");
    if (pv_docx_has_furniture(docx, id))
        return true;
    pv_str *added = PV_ARRAY_ADD(walk->arena, &docx->furniture);
    pv_str copied = pv_arena_copy(walk->arena, id);
    if (!added || !copied.data)
        return pv_fail_memory(error);
    *added = copied;
    return pv_set_add(&docx->furniture_by_id, pv_hash_continue(PV_HASH_SEED, id), docx->furniture.count - 1, error);
}

/* How a section numbers its notes; the first that says it speaks for all. */
bool pv_docx_see_note_format(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what;
    pv_docx_element around = (pv_docx_element)pv_docx_parent(walk)->element;
    if (around != PV_DOCX_ELEMENT_FOOTNOTE_LOOK && around != PV_DOCX_ELEMENT_ENDNOTE_LOOK)
        return true;
    pv_str *format = &walk->docx->note_formats[around == PV_DOCX_ELEMENT_ENDNOTE_LOOK];
    return format->data || pv_docx_copy_attribute(format, walk, reader, "val", error);
}
