/* One walk over the XML of a part, from which its paragraphs come. */
#include <string.h>

#include "base/utf8.h"
#include "load/docx_walk_p.h"

bool pv_docx_add_omission(pv_docx_walker *walk, const char *what, pv_error *error) {
    pv_docx *docx = walk->docx;
    uint32_t paragraph = pv_docx_current_story(walk)->paragraph;
    if (docx->omissions.count >= docx->limits->problems || pv_docx_current_story(walk)->kind == PV_DOCX_COMMENT)
        return true;
    if (docx->omissions.count > 0) {
        const pv_docx_omission *last = &docx->omissions.items[docx->omissions.count - 1];
        if (last->paragraph == paragraph && last->what == what)
            return true;
    }
    pv_docx_omission *omission = PV_ARRAY_ADD(walk->arena, &docx->omissions);
    if (!omission)
        return pv_fail_memory(error);
    *omission = (pv_docx_omission){paragraph, what};
    return true;
}

bool pv_docx_copy_attribute(pv_str *out, pv_docx_walker *walk, const pv_xml_reader *reader, const char *local,
                            pv_error *error) {
    *out = pv_arena_copy(walk->arena, pv_xml_attribute(reader, PV_XML_W, local));
    return out->data || pv_fail_memory(error);
}

/* ---- stories ---- */

bool pv_docx_begin_story(pv_docx_walker *walk, pv_docx_kind kind, uint32_t owner, bool has_fields, pv_error *error) {
    pv_docx_story *begun = PV_ARRAY_ADD(walk->arena, &walk->stories);
    if (!begun)
        return pv_fail_memory(error);
    *begun = (pv_docx_story){
        .depth = walk->open.count,
        .kind = kind,
        .owner = owner,
        .paragraph = PV_DOCX_NONE,
        .last = PV_DOCX_NONE,
        .run_style = walk->run_style,
        .run_is_hidden = walk->run_is_hidden,
        .cell = walk->stories.count > 1 ? walk->stories.items[walk->stories.count - 2].cell : PV_DOCX_NONE,
        .has_fields = has_fields,
    };
    memcpy(begun->fields, walk->fields, sizeof begun->fields);
    if (has_fields)
        memset(walk->fields, 0, sizeof walk->fields);
    return true;
}

void pv_docx_end_story(pv_docx_walker *walk) {
    pv_docx_story ended = *pv_docx_current_story(walk);
    if (ended.has_fields) {
        pv_docx_close_fields(walk);
        memcpy(walk->fields, ended.fields, sizeof walk->fields);
    }
    walk->run_style = ended.run_style;
    walk->run_is_hidden = ended.run_is_hidden;
    walk->stories.count--;
}

/* ---- paragraphs ---- */

static bool begin_paragraph(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what;
    pv_docx *docx = walk->docx;
    pv_docx_story *around = pv_docx_current_story(walk);
    uint32_t index = (uint32_t)docx->paragraphs.count;
    pv_docx_paragraph *paragraph = PV_ARRAY_ADD(walk->arena, &docx->paragraphs);
    if (!paragraph)
        return pv_fail_memory(error);
    uint8_t views = pv_docx_innermost(walk)->views;
    *paragraph = (pv_docx_paragraph){
        .kind = around->kind,
        .part = walk->part,
        .owner = around->owner,
        .origin = pv_xml_at(reader),
        .first = PV_DOCX_NONE,
        .last = PV_DOCX_NONE,
        .following = PV_DOCX_NONE,
        .style = docx->styles.paragraph_default,
        .look = pv_docx_look_unsaid(),
        .views = views,
        .mark_views = PV_DOCX_BOTH,
        .cell = around->cell,
        .page = docx->page,
        .breaks = docx->breaks,
    };
    if (around->last != PV_DOCX_NONE)
        docx->paragraphs.items[around->last].following = index;
    around->paragraph = index;
    around->last = index;
    walk->run_style = PV_DOCX_NO_STYLE;
    walk->run_is_hidden = PV_DOCX_NOT_SAID;
    if (views != PV_DOCX_BOTH)
        docx->has_changes = true;
    if ((around->kind == PV_DOCX_FOOTNOTE || around->kind == PV_DOCX_ENDNOTE) && around->owner != PV_DOCX_NONE) {
        pv_docx_note *note = &docx->notes.items[around->owner];
        note->first = note->first != PV_DOCX_NONE ? note->first : index;
        note->paragraphs = index + 1 - note->first;
    }
    return true;
}

static void end_paragraph(pv_docx_walker *walk, pv_span at) {
    pv_docx_paragraph *paragraph = pv_docx_open_paragraph(walk);
    if (paragraph)
        paragraph->origin.end = at.end;
    pv_docx_current_story(walk)->paragraph = PV_DOCX_NONE;
}

/* ---- tracked changes ---- */

/* What is in an insertion or a deletion, is marked as one, or is a row or paragraph so marked. */
static bool see_change(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)reader, (void)error;
    uint8_t stays =
        what == PV_DOCX_ELEMENT_INS || what == PV_DOCX_ELEMENT_CELL_INS ? PV_DOCX_ACCEPTED : PV_DOCX_ORIGINAL;
    pv_docx_open *changed = pv_docx_innermost(walk);
    if (what == PV_DOCX_ELEMENT_CELL_INS || what == PV_DOCX_ELEMENT_CELL_DEL) {
        changed = pv_docx_grandparent(walk, PV_DOCX_ELEMENT_TC);
    } else if (pv_docx_parent(walk)->element == PV_DOCX_ELEMENT_TR_LOOK) {
        changed = pv_docx_grandparent(walk, PV_DOCX_ELEMENT_TR);
    } else if (pv_docx_parent(walk)->element == PV_DOCX_ELEMENT_RUN_LOOK) {
        pv_docx_paragraph *paragraph = pv_docx_open_paragraph(walk);
        if (paragraph && pv_docx_grandparent(walk, PV_DOCX_ELEMENT_PARAGRAPH_LOOK)) {
            paragraph->mark_views &= stays;
            walk->docx->has_changes = true;
        }
        return true;
    }
    if (changed)
        changed->views &= stays;
    return true;
}

/* ---- elements ---- */

static void count_break(pv_docx_walker *walk, pv_docx_element what) {
    pv_docx *docx = walk->docx;
    if (walk->kind != PV_DOCX_BODY || pv_docx_current_story(walk)->kind != PV_DOCX_BODY ||
        !(pv_docx_innermost(walk)->views & PV_DOCX_ACCEPTED))
        return;
    if (what == PV_DOCX_ELEMENT_RENDERED_BREAK) {
        docx->page++;
        docx->has_pages = true;
    } else {
        docx->breaks++;
    }
}

static bool see_page_break(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)reader, (void)error;
    count_break(walk, what);
    return true;
}

static bool see_break(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    if (pv_str_equal(pv_xml_attribute(reader, PV_XML_W, "type"), PV_STR("page")))
        count_break(walk, what);
    return pv_docx_see_sign(walk, what, reader, error);
}

/* What a paragraph, or its mark, says of itself. */
static bool see_paragraph_look(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader,
                               pv_error *error) {
    (void)error;
    pv_docx_paragraph *paragraph = pv_docx_open_paragraph(walk);
    pv_str value = pv_docx_value_of(reader);
    if (!paragraph)
        return true;
    switch (what) {
    case PV_DOCX_ELEMENT_PARAGRAPH_STYLE: {
        size_t style = pv_docx_style_find(&walk->docx->styles, value, 'p');
        if (style != PV_DOCX_NO_STYLE)
            paragraph->style = style;
        break;
    }
    case PV_DOCX_ELEMENT_NUM_ID:
        paragraph->look.number = pv_docx_number_of(value, INT32_MAX, 0);
        break;
    case PV_DOCX_ELEMENT_ILVL:
        paragraph->look.level = (int)pv_docx_number_of(value, 8, 0);
        break;
    case PV_DOCX_ELEMENT_OUTLINE:
        paragraph->look.outline = (int)pv_docx_number_of(value, 9, PV_DOCX_NOT_SAID);
        break;
    case PV_DOCX_ELEMENT_FRAME: {
        pv_str drop = pv_xml_attribute(reader, PV_XML_W, "dropCap");
        paragraph->is_drop_cap = drop.size > 0 && !pv_str_equal(drop, PV_STR("none"));
        break;
    }
    case PV_DOCX_ELEMENT_PAGE_BREAK:
        if (pv_docx_is_on(value) && pv_docx_current_story(walk)->kind == PV_DOCX_BODY) {
            count_break(walk, what);
            paragraph->breaks = walk->docx->breaks;
        }
        break;
    default:
        break;
    }
    return true;
}

static bool see_vanish(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what, (void)error;
    bool is_hidden = pv_docx_is_on(pv_docx_value_of(reader));
    pv_docx_paragraph *paragraph = pv_docx_open_paragraph(walk);
    if (pv_docx_parent(walk)->element != PV_DOCX_ELEMENT_RUN_LOOK)
        return true;
    if (pv_docx_grandparent(walk, PV_DOCX_ELEMENT_R))
        walk->run_is_hidden = is_hidden;
    else if (pv_docx_grandparent(walk, PV_DOCX_ELEMENT_PARAGRAPH_LOOK) && paragraph)
        paragraph->look.is_hidden = is_hidden;
    return true;
}

static bool see_placeholder(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what, (void)error;
    if (pv_docx_parent(walk)->element != PV_DOCX_ELEMENT_SDT_LOOK || !pv_docx_is_on(pv_docx_value_of(reader)))
        return true;
    pv_docx_open *control = pv_docx_grandparent(walk, PV_DOCX_ELEMENT_SDT);
    if (control)
        control->is_placeholder = true;
    return true;
}

/* Of several alternatives the first that programs of today understand is shown, and one alone. */
static bool see_alternative(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)error;
    pv_docx_open *around = pv_docx_parent(walk);
    bool is_taken = around->element == PV_DOCX_ELEMENT_ALTERNATE && around->is_taken;
    pv_str requires = pv_xml_attribute(reader, PV_XML_NONE, "Requires");
    bool is_understood = true;
    for (size_t at = 0; what == PV_DOCX_ELEMENT_CHOICE && at < requires.size;) {
        size_t end = pv_str_find(requires, PV_STR(" "), at);
        end = end == SIZE_MAX ? requires.size : end;
        if (end > at)
            is_understood &= pv_xml_is_understood(reader, pv_str_slice(requires, at, end));
        at = end + 1;
    }
    pv_docx_innermost(walk)->is_skipped |= is_taken || !is_understood;
    around->is_taken |= is_understood;
    return true;
}

/* Charts and diagrams keep their text in parts of their own. */
static bool see_graphic(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what;
    pv_str uri = pv_xml_attribute(reader, PV_XML_NONE, "uri");
    bool is_chart = pv_str_find(uri, PV_STR("/chart"), 0) != SIZE_MAX;
    bool is_diagram = pv_str_find(uri, PV_STR("/diagram"), 0) != SIZE_MAX;
    return (!is_chart && !is_diagram) ||
           pv_docx_add_omission(walk, "a chart or diagram stands here, which is not read", error);
}

/* Letters along a path are an attribute of a shape. */
static bool see_lettering(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what;
    return pv_xml_attribute(reader, PV_XML_NONE, "string").size == 0 ||
           pv_docx_add_omission(walk, "lettering that is drawn here (WordArt) is not read", error);
}

/* What is shown there and is not read. */
static bool see_omission(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)reader;
    const char *left_out = what == PV_DOCX_ELEMENT_ALT_CHUNK ? "a file that is embedded here is not read"
                           : what == PV_DOCX_ELEMENT_OBJECT  ? "what another program embedded here is not read"
                                                             : "a picture stands here, which is not read";
    return pv_docx_add_omission(walk, left_out, error);
}

static bool begin_run(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what, (void)reader, (void)error;
    walk->run_style = PV_DOCX_NO_STYLE;
    walk->run_is_hidden = PV_DOCX_NOT_SAID;
    return true;
}

static bool see_run_style(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what, (void)error;
    if (pv_docx_grandparent(walk, PV_DOCX_ELEMENT_R))
        walk->run_style = pv_docx_style_find(&walk->docx->styles, pv_docx_value_of(reader), 'c');
    return true;
}

static bool begin_text(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)reader, (void)error;
    walk->text_from = (uint32_t)walk->docx->pieces.count;
    if (what == PV_DOCX_ELEMENT_DEL_TEXT)
        pv_docx_innermost(walk)->views &= PV_DOCX_ORIGINAL;
    return true;
}

static bool begin_box(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    const pv_docx_story *around = pv_docx_current_story(walk);
    (void)what, (void)reader;
    return pv_docx_begin_story(walk, around->kind == PV_DOCX_BODY ? PV_DOCX_BOX : around->kind, around->owner, true,
                               error);
}

static pv_docx_start *const handlers[PV_DOCX_ELEMENT_COUNT] = {
    [PV_DOCX_ELEMENT_ALT_CHUNK] = see_omission,
    [PV_DOCX_ELEMENT_BOX] = begin_box,
    [PV_DOCX_ELEMENT_BR] = see_break,
    [PV_DOCX_ELEMENT_CELL_DEL] = see_change,
    [PV_DOCX_ELEMENT_CELL_INS] = see_change,
    [PV_DOCX_ELEMENT_CHOICE] = see_alternative,
    [PV_DOCX_ELEMENT_COMMENT] = pv_docx_see_comment,
    [PV_DOCX_ELEMENT_COMMENT_END] = pv_docx_see_comment,
    [PV_DOCX_ELEMENT_COMMENT_MARK] = pv_docx_see_comment,
    [PV_DOCX_ELEMENT_COMMENT_START] = pv_docx_see_comment,
    [PV_DOCX_ELEMENT_CR] = pv_docx_see_sign,
    [PV_DOCX_ELEMENT_DEL] = see_change,
    [PV_DOCX_ELEMENT_DEL_TEXT] = begin_text,
    [PV_DOCX_ELEMENT_CHECK_BOX] = pv_docx_begin_form_field,
    [PV_DOCX_ELEMENT_DROP_DOWN] = pv_docx_begin_form_field,
    [PV_DOCX_ELEMENT_FORM_CHOICE] = pv_docx_see_form_choice,
    [PV_DOCX_ELEMENT_FORM_DEFAULT] = pv_docx_see_form_choice,
    [PV_DOCX_ELEMENT_LIST_ENTRY] = pv_docx_see_list_entry,
    [PV_DOCX_ELEMENT_ENDNOTE] = pv_docx_begin_note,
    [PV_DOCX_ELEMENT_ENDNOTE_MARK] = pv_docx_see_note_mark,
    [PV_DOCX_ELEMENT_FALLBACK] = see_alternative,
    [PV_DOCX_ELEMENT_FIELD_CHAR] = pv_docx_see_field,
    [PV_DOCX_ELEMENT_FOOTER_MARK] = pv_docx_see_furniture,
    [PV_DOCX_ELEMENT_FOOTNOTE] = pv_docx_begin_note,
    [PV_DOCX_ELEMENT_FOOTNOTE_MARK] = pv_docx_see_note_mark,
    [PV_DOCX_ELEMENT_FRAME] = see_paragraph_look,
    [PV_DOCX_ELEMENT_GRAPHIC] = see_graphic,
    [PV_DOCX_ELEMENT_GRID_BEFORE] = pv_docx_see_cell_look,
    [PV_DOCX_ELEMENT_GRID_SPAN] = pv_docx_see_cell_look,
    [PV_DOCX_ELEMENT_HEADER_MARK] = pv_docx_see_furniture,
    [PV_DOCX_ELEMENT_HYPHEN] = pv_docx_see_sign,
    [PV_DOCX_ELEMENT_ILVL] = see_paragraph_look,
    [PV_DOCX_ELEMENT_INS] = see_change,
    [PV_DOCX_ELEMENT_LETTERING] = see_lettering,
    [PV_DOCX_ELEMENT_NUMBER_FORMAT] = pv_docx_see_note_format,
    [PV_DOCX_ELEMENT_NUM_ID] = see_paragraph_look,
    [PV_DOCX_ELEMENT_OBJECT] = see_omission,
    [PV_DOCX_ELEMENT_OUTLINE] = see_paragraph_look,
    [PV_DOCX_ELEMENT_P] = begin_paragraph,
    [PV_DOCX_ELEMENT_PAGE_BREAK] = see_paragraph_look,
    [PV_DOCX_ELEMENT_PARAGRAPH_STYLE] = see_paragraph_look,
    [PV_DOCX_ELEMENT_PICTURE] = see_omission,
    [PV_DOCX_ELEMENT_PLACEHOLDER] = see_placeholder,
    [PV_DOCX_ELEMENT_R] = begin_run,
    [PV_DOCX_ELEMENT_RENDERED_BREAK] = see_page_break,
    [PV_DOCX_ELEMENT_RUN_STYLE] = see_run_style,
    [PV_DOCX_ELEMENT_SYMBOL] = pv_docx_see_symbol,
    [PV_DOCX_ELEMENT_T] = begin_text,
    [PV_DOCX_ELEMENT_TAB] = pv_docx_see_sign,
    [PV_DOCX_ELEMENT_TABLE] = pv_docx_begin_table,
    [PV_DOCX_ELEMENT_TC] = pv_docx_begin_cell,
    [PV_DOCX_ELEMENT_TR] = pv_docx_begin_row,
    [PV_DOCX_ELEMENT_VANISH] = see_vanish,
    [PV_DOCX_ELEMENT_V_MERGE] = pv_docx_see_cell_look,
};

/* An element that is shown ends. */
static void end_shown(pv_docx_walker *walk, const pv_docx_open *own, const pv_xml_reader *reader) {
    switch ((pv_docx_element)own->element) {
    case PV_DOCX_ELEMENT_P:
        end_paragraph(walk, pv_xml_at(reader));
        break;
    case PV_DOCX_ELEMENT_T:
    case PV_DOCX_ELEMENT_DEL_TEXT:
        if (!own->keeps_space)
            pv_docx_trim_text(walk);
        walk->text_from = (uint32_t)walk->docx->pieces.count;
        break;
    case PV_DOCX_ELEMENT_CHECK_BOX:
    case PV_DOCX_ELEMENT_DROP_DOWN:
        pv_docx_end_form_field(walk, (pv_docx_element)own->element);
        break;
    case PV_DOCX_ELEMENT_TABLE:
        pv_docx_end_table(walk);
        break;
    case PV_DOCX_ELEMENT_TR:
        pv_docx_end_row(walk);
        break;
    case PV_DOCX_ELEMENT_TC:
        pv_docx_end_cell(walk);
        break;
    case PV_DOCX_ELEMENT_BOX:
    case PV_DOCX_ELEMENT_FOOTNOTE:
    case PV_DOCX_ELEMENT_ENDNOTE:
    case PV_DOCX_ELEMENT_COMMENT:
        pv_docx_end_story(walk);
        break;
    default:
        break;
    }
}

/* The root of the main part. */
static bool check_root(pv_xml_name name, pv_error *error) {
    if (name.space == PV_XML_S)
        return pv_fail(error, PV_ERROR_SHAPE,
                       "the file is a workbook and not a Word document, whatever it is called; call it .xlsx");
    return pv_xml_is(name, PV_XML_W, PV_STR("document")) ||
           pv_fail(error, PV_ERROR_SHAPE,
                   "the file is an office file, but not a Word document: its main part is \"%.*s\"",
                   PV_STR_ARG(pv_utf8_cut(name.local, 60)));
}

static bool on_start(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    pv_docx_walker *walk = payload;
    pv_docx_element what = pv_docx_element_of(name);
    if (walk->open.count == PV_DOCX_SENTINELS && walk->kind == PV_DOCX_BODY && !check_root(name, error))
        return false;
    pv_docx_open around = *pv_docx_innermost(walk);
    pv_docx_open *own = PV_ARRAY_ADD(walk->arena, &walk->open);
    if (!own)
        return pv_fail_memory(error);
    *own = around;
    own->element = (uint8_t)what;
    own->is_taken = false;
    /* A control says before its contents that these are a placeholder. */
    if (around.element == PV_DOCX_ELEMENT_SDT && what != PV_DOCX_ELEMENT_SDT_CONTENT)
        own->is_placeholder = false;
    if (what == PV_DOCX_ELEMENT_SKIPPED)
        own->is_skipped = true;
    if (own->is_skipped)
        return true;
    pv_str space = pv_xml_attribute(reader, PV_XML_XML, "space");
    if (space.data)
        own->keeps_space = pv_str_equal(space, PV_STR("preserve"));
    return !handlers[what] || handlers[what](walk, what, reader, error);
}

static bool on_end(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    pv_docx_walker *walk = payload;
    const pv_docx_open own = *pv_docx_innermost(walk);
    (void)name, (void)error;
    if (!own.is_skipped)
        end_shown(walk, &own, reader);
    walk->open.count--;
    return true;
}

static bool on_text(void *payload, const pv_xml_reader *reader, pv_str text, pv_error *error) {
    pv_docx_walker *walk = payload;
    const pv_docx_open *own = pv_docx_innermost(walk);
    if (own->is_skipped || (own->element != PV_DOCX_ELEMENT_T && own->element != PV_DOCX_ELEMENT_DEL_TEXT))
        return true;
    if (own->is_placeholder &&
        !pv_docx_add_omission(walk, "a control here shows what is to be entered, and is not filled in", error))
        return false;
    return pv_docx_add_text(walk, text, pv_xml_at(reader), error);
}

bool pv_docx_walk(pv_docx *docx, uint32_t part, pv_docx_kind kind, pv_error *error) {
    pv_docx_walker walk = {
        .docx = docx,
        .arena = docx->arena,
        .part = part,
        .kind = kind,
        .run_style = PV_DOCX_NO_STYLE,
        .run_is_hidden = PV_DOCX_NOT_SAID,
    };
    pv_xml_handlers of_xml = {&walk, on_start, on_end, on_text, &docx->outside};
    for (size_t i = 0; i < PV_DOCX_SENTINELS; i++) {
        pv_docx_open *sentinel = PV_ARRAY_ADD(walk.arena, &walk.open);
        if (!sentinel)
            return pv_fail_memory(error);
        sentinel->views = PV_DOCX_BOTH;
    }
    if (!pv_docx_begin_story(&walk, kind, PV_DOCX_NONE, true, error))
        return false;
    pv_docx_current_story(&walk)->cell = PV_DOCX_NONE;
    const pv_docx_part *own = &docx->parts.items[part];
    if (!pv_xml_read(own->bytes, own->name, &of_xml, docx->limits, error))
        return false;
    pv_docx_end_story(&walk);
    return true;
}
