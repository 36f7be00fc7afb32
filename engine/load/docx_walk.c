/* One walk over the XML of a part, from which its paragraphs come. */
#include <assert.h>
#include <string.h>

#include "base/digits.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "load/docx_p.h"

/* The elements that mean something here. */
typedef enum element {
    ELEMENT_OTHER, /* looked through */
    ELEMENT_ALT_CHUNK,
    ELEMENT_BR,
    ELEMENT_CELL_DEL,
    ELEMENT_CELL_INS,
    ELEMENT_COMMENT,
    ELEMENT_COMMENT_END,
    ELEMENT_COMMENT_MARK,
    ELEMENT_COMMENT_START,
    ELEMENT_CR,
    ELEMENT_DEL,
    ELEMENT_DEL_TEXT,
    ELEMENT_DROP_DOWN,
    ELEMENT_ENDNOTE,
    ELEMENT_ENDNOTE_MARK,
    ELEMENT_FIELD_CHAR,
    ELEMENT_FOOTER_MARK,
    ELEMENT_FOOTNOTE,
    ELEMENT_FOOTNOTE_LOOK,
    ELEMENT_ENDNOTE_LOOK,
    ELEMENT_NUMBER_FORMAT,
    ELEMENT_FOOTNOTE_MARK,
    ELEMENT_FRAME,
    ELEMENT_GRID_BEFORE,
    ELEMENT_GRID_SPAN,
    ELEMENT_HEADER_MARK,
    ELEMENT_ILVL,
    ELEMENT_INS,
    ELEMENT_NUM_ID,
    ELEMENT_OBJECT,
    ELEMENT_OUTLINE,
    ELEMENT_P,
    ELEMENT_PAGE_BREAK,
    ELEMENT_PARAGRAPH_LOOK,
    ELEMENT_PARAGRAPH_STYLE,
    ELEMENT_GRAPHIC,
    ELEMENT_PICTURE,
    ELEMENT_PLACEHOLDER,
    ELEMENT_R,
    ELEMENT_RENDERED_BREAK,
    ELEMENT_RUN_LOOK,
    ELEMENT_RUN_STYLE,
    ELEMENT_SDT,
    ELEMENT_SDT_CONTENT,
    ELEMENT_SDT_LOOK,
    ELEMENT_HYPHEN,
    ELEMENT_SKIPPED, /* nothing in it is shown here */
    ELEMENT_SYMBOL,
    ELEMENT_T,
    ELEMENT_TAB,
    ELEMENT_TABLE,
    ELEMENT_TC,
    ELEMENT_TC_LOOK,
    ELEMENT_TR,
    ELEMENT_TR_LOOK,
    ELEMENT_BOX,
    ELEMENT_VANISH,
    ELEMENT_V_MERGE,
    ELEMENT_ALTERNATE,
    ELEMENT_CHOICE,
    ELEMENT_FALLBACK,
} element;

typedef struct element_name {
    pv_str name;
    element element;
} element_name;

/* Of the namespace of Word; sorted. */
static const element_name names[] = {
    {PV_STR("altChunk"), ELEMENT_ALT_CHUNK},
    {PV_STR("br"), ELEMENT_BR},
    {PV_STR("cellDel"), ELEMENT_CELL_DEL},
    {PV_STR("cellIns"), ELEMENT_CELL_INS},
    {PV_STR("comment"), ELEMENT_COMMENT},
    {PV_STR("commentRangeEnd"), ELEMENT_COMMENT_END},
    {PV_STR("commentRangeStart"), ELEMENT_COMMENT_START},
    {PV_STR("commentReference"), ELEMENT_COMMENT_MARK},
    {PV_STR("cr"), ELEMENT_CR},
    {PV_STR("ddList"), ELEMENT_DROP_DOWN},
    {PV_STR("del"), ELEMENT_DEL},
    {PV_STR("delInstrText"), ELEMENT_SKIPPED},
    {PV_STR("delText"), ELEMENT_DEL_TEXT},
    {PV_STR("endnote"), ELEMENT_ENDNOTE},
    {PV_STR("endnotePr"), ELEMENT_ENDNOTE_LOOK},
    {PV_STR("endnoteReference"), ELEMENT_ENDNOTE_MARK},
    {PV_STR("fldChar"), ELEMENT_FIELD_CHAR},
    {PV_STR("footerReference"), ELEMENT_FOOTER_MARK},
    {PV_STR("footnote"), ELEMENT_FOOTNOTE},
    {PV_STR("footnotePr"), ELEMENT_FOOTNOTE_LOOK},
    {PV_STR("footnoteReference"), ELEMENT_FOOTNOTE_MARK},
    {PV_STR("framePr"), ELEMENT_FRAME},
    {PV_STR("gridBefore"), ELEMENT_GRID_BEFORE},
    {PV_STR("gridSpan"), ELEMENT_GRID_SPAN},
    {PV_STR("headerReference"), ELEMENT_HEADER_MARK},
    {PV_STR("ilvl"), ELEMENT_ILVL},
    {PV_STR("ins"), ELEMENT_INS},
    {PV_STR("instrText"), ELEMENT_SKIPPED},
    {PV_STR("lastRenderedPageBreak"), ELEMENT_RENDERED_BREAK},
    {PV_STR("moveFrom"), ELEMENT_DEL},
    {PV_STR("moveTo"), ELEMENT_INS},
    {PV_STR("noBreakHyphen"), ELEMENT_HYPHEN},
    {PV_STR("numFmt"), ELEMENT_NUMBER_FORMAT},
    {PV_STR("numId"), ELEMENT_NUM_ID},
    {PV_STR("object"), ELEMENT_OBJECT},
    {PV_STR("outlineLvl"), ELEMENT_OUTLINE},
    {PV_STR("p"), ELEMENT_P},
    {PV_STR("pPr"), ELEMENT_PARAGRAPH_LOOK},
    {PV_STR("pPrChange"), ELEMENT_SKIPPED},
    {PV_STR("pStyle"), ELEMENT_PARAGRAPH_STYLE},
    {PV_STR("pageBreakBefore"), ELEMENT_PAGE_BREAK},
    {PV_STR("ptab"), ELEMENT_TAB},
    {PV_STR("r"), ELEMENT_R},
    {PV_STR("rPr"), ELEMENT_RUN_LOOK},
    {PV_STR("rPrChange"), ELEMENT_SKIPPED},
    {PV_STR("rStyle"), ELEMENT_RUN_STYLE},
    {PV_STR("rt"), ELEMENT_SKIPPED},
    {PV_STR("sdt"), ELEMENT_SDT},
    {PV_STR("sdtContent"), ELEMENT_SDT_CONTENT},
    {PV_STR("sdtPr"), ELEMENT_SDT_LOOK},
    {PV_STR("sectPrChange"), ELEMENT_SKIPPED},
    {PV_STR("showingPlcHdr"), ELEMENT_PLACEHOLDER},
    {PV_STR("subDoc"), ELEMENT_ALT_CHUNK},
    {PV_STR("sym"), ELEMENT_SYMBOL},
    {PV_STR("t"), ELEMENT_T},
    {PV_STR("tab"), ELEMENT_TAB},
    {PV_STR("tabs"), ELEMENT_SKIPPED},
    {PV_STR("tbl"), ELEMENT_TABLE},
    {PV_STR("tblGridChange"), ELEMENT_SKIPPED},
    {PV_STR("tblPrChange"), ELEMENT_SKIPPED},
    {PV_STR("tblPrExChange"), ELEMENT_SKIPPED},
    {PV_STR("tc"), ELEMENT_TC},
    {PV_STR("tcPr"), ELEMENT_TC_LOOK},
    {PV_STR("tcPrChange"), ELEMENT_SKIPPED},
    {PV_STR("tr"), ELEMENT_TR},
    {PV_STR("trPr"), ELEMENT_TR_LOOK},
    {PV_STR("trPrChange"), ELEMENT_SKIPPED},
    {PV_STR("txbxContent"), ELEMENT_BOX},
    {PV_STR("vMerge"), ELEMENT_V_MERGE},
    {PV_STR("vanish"), ELEMENT_VANISH},
};
#define NAME_COUNT (sizeof names / sizeof *names)

static element find_element(pv_xml_name name) {
    if (name.space == PV_XML_M)
        return pv_str_equal(name.local, PV_STR("t")) ? ELEMENT_T : ELEMENT_OTHER;
    if (name.space == PV_XML_MC)
        return pv_str_equal(name.local, PV_STR("AlternateContent")) ? ELEMENT_ALTERNATE
               : pv_str_equal(name.local, PV_STR("Choice"))         ? ELEMENT_CHOICE
               : pv_str_equal(name.local, PV_STR("Fallback"))       ? ELEMENT_FALLBACK
                                                                    : ELEMENT_OTHER;
    if (name.space == PV_XML_A || name.space == PV_XML_V)
        return pv_str_equal(name.local, PV_STR("blip")) || pv_str_equal(name.local, PV_STR("imagedata"))
                   ? ELEMENT_PICTURE
               : pv_str_equal(name.local, PV_STR("graphicData")) ? ELEMENT_GRAPHIC
                                                                 : ELEMENT_OTHER;
    if (name.space != PV_XML_W)
        return ELEMENT_OTHER;
    size_t low = 0;
    size_t high = NAME_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = pv_str_compare(names[middle].name, name.local);
        if (order == 0)
            return names[middle].element;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return ELEMENT_OTHER;
}

/* ---- where the walk is ---- */

/* The fields that are open in one view. A field is its instruction, then its result; either may hold others. */
typedef struct open_fields {
    uint64_t in_result; /* a bit for each, the innermost the lowest */
    uint32_t depth;
    uint32_t instructions; /* how many of them are in their instruction */
    uint32_t since;        /* the piece with which that began */
} open_fields;
#define FIELDS_MOST 64 /* inside one another; deeper ones show all they hold */

/* An element that is open. */
typedef struct open_element {
    uint8_t element;
    uint8_t views;
    bool is_skipped;
    bool keeps_space;
    bool is_placeholder; /* of a control: it shows one; of what is in that: it is one */
    bool is_taken;       /* of alternatives: one was */
} open_element;

/* What paragraphs follow one another in: the body, a cell, a box, a note. */
typedef struct story {
    size_t depth; /* of its element */
    pv_docx_kind kind;
    uint32_t owner;
    uint32_t paragraph; /* the one that is open, or PV_DOCX_NONE */
    uint32_t last;      /* the one before, with nothing between, or PV_DOCX_NONE */
    size_t run_style;   /* of the run around it */
    int run_is_hidden;
    uint32_t cell;
    bool has_fields; /* of its own: those around it go on after it */
    open_fields fields[2];
} story;

#define COLUMNS_MOST 1000000 /* those beyond are one */

/* An outermost table. */
typedef struct open_table {
    size_t depth; /* of its element; 0: none is open */
    uint32_t number;
    uint32_t row;
    uint32_t column;     /* where the next cell begins */
    uint32_t row_page;   /* on which the row begins, */
    uint32_t last_page;  /* and the last on which one of its cells ends */
    uint32_t first_cell; /* of the row, in pv_docx.cells, */
    uint32_t above;      /* and of the row above */
} open_table;

typedef struct docx_walk {
    pv_docx *docx;
    pv_arena *arena;
    uint32_t part;
    pv_docx_kind kind;
    PV_ARRAY(open_element) open;
    PV_ARRAY(story) stories;
    open_table table;
    size_t table_depth; /* open tables */
    size_t run_style;   /* of the run that is open */
    int run_is_hidden;
    open_fields fields[2];
    uint32_t text_from; /* the first piece of the w:t that is open */
    bool is_first_text;
} docx_walk;

/* No elements of the part: they stand below all that are open, so that each has one around it. */
#define SENTINELS 2

static open_element *innermost(docx_walk *walk) {
    return &walk->open.items[walk->open.count - 1];
}

/* The element around the innermost; there is always one, by a sentinel. */
static open_element *parent(docx_walk *walk) {
    return &walk->open.items[walk->open.count - 2];
}

static story *current_story(docx_walk *walk) {
    return &walk->stories.items[walk->stories.count - 1];
}

static pv_docx_paragraph *open_paragraph(docx_walk *walk) {
    uint32_t index = current_story(walk)->paragraph;
    return index != PV_DOCX_NONE ? &walk->docx->paragraphs.items[index] : NULL;
}

/* The element around the parent of the innermost, where it is of this kind; else NULL. */
static open_element *grandparent(docx_walk *walk, element wanted) {
    open_element *found = walk->open.count >= 3 ? &walk->open.items[walk->open.count - 3] : NULL;
    return found && found->element == wanted ? found : NULL;
}

static bool is_on(pv_str value) {
    return !pv_str_equal(value, PV_STR("0")) && !pv_str_equal(value, PV_STR("false")) &&
           !pv_str_equal(value, PV_STR("off"));
}

static int64_t number_of(pv_str value, int64_t most, int64_t otherwise) {
    uint64_t number;
    return value.size > 0 && pv_digits_read(value, (uint64_t)most, &number) ? (int64_t)number : otherwise;
}

static pv_str value_of(const pv_xml_reader *reader) {
    return pv_xml_attribute(reader, PV_XML_W, "val");
}

static bool add_omission(docx_walk *walk, const char *what, pv_error *error) {
    pv_docx *docx = walk->docx;
    uint32_t paragraph = current_story(walk)->paragraph;
    if (docx->omissions.count >= docx->limits->problems || current_story(walk)->kind == PV_DOCX_COMMENT)
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

/* ---- stories ---- */

static bool begin_story(docx_walk *walk, pv_docx_kind kind, uint32_t owner, bool has_fields, pv_error *error) {
    story *begun = PV_ARRAY_ADD(walk->arena, &walk->stories);
    if (!begun)
        return pv_fail_memory(error);
    *begun = (story){
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

/* A field that nothing ends was none: what it would have hidden is text. */
static void close_fields(docx_walk *walk) {
    for (size_t view = 0; view < 2; view++) {
        uint8_t bit = (uint8_t)(1U << view);
        if (walk->fields[view].instructions == 0)
            continue;
        for (size_t i = walk->fields[view].since; i < walk->docx->pieces.count; i++) {
            pv_docx_piece *piece = &walk->docx->pieces.items[i];
            piece->views |= piece->by_field & bit;
        }
    }
}

static void end_story(docx_walk *walk) {
    story ended = *current_story(walk);
    if (ended.has_fields) {
        close_fields(walk);
        memcpy(walk->fields, ended.fields, sizeof walk->fields);
    }
    walk->run_style = ended.run_style;
    walk->run_is_hidden = ended.run_is_hidden;
    walk->stories.count--;
}

/* ---- paragraphs ---- */

static bool begin_paragraph(docx_walk *walk, pv_span at, pv_error *error) {
    pv_docx *docx = walk->docx;
    story *around = current_story(walk);
    uint32_t index = (uint32_t)docx->paragraphs.count;
    pv_docx_paragraph *paragraph = PV_ARRAY_ADD(walk->arena, &docx->paragraphs);
    if (!paragraph)
        return pv_fail_memory(error);
    uint8_t views = innermost(walk)->views;
    *paragraph = (pv_docx_paragraph){
        .kind = around->kind,
        .part = walk->part,
        .owner = around->owner,
        .origin = at,
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

static void end_paragraph(docx_walk *walk, pv_span at) {
    pv_docx_paragraph *paragraph = open_paragraph(walk);
    if (paragraph)
        paragraph->origin.end = at.end;
    current_story(walk)->paragraph = PV_DOCX_NONE;
}

/* ---- text ---- */

/* Of a run: hidden by itself; else by one of the styles of run and paragraph, and not by both. */
static bool is_hidden_run(docx_walk *walk) {
    const pv_docx_styles *styles = &walk->docx->styles;
    const pv_docx_paragraph *paragraph = open_paragraph(walk);
    if (walk->run_is_hidden != PV_DOCX_NOT_SAID)
        return walk->run_is_hidden;
    bool by_run = walk->run_style != PV_DOCX_NO_STYLE && styles->list[walk->run_style].look.is_hidden == 1;
    bool by_paragraph =
        paragraph && paragraph->style != PV_DOCX_NO_STYLE && styles->list[paragraph->style].look.is_hidden == 1;
    return by_run != by_paragraph;
}

static uint8_t views_in_instructions(const docx_walk *walk) {
    return (uint8_t)((walk->fields[0].instructions > 0 ? PV_DOCX_ACCEPTED : 0) |
                     (walk->fields[1].instructions > 0 ? PV_DOCX_ORIGINAL : 0));
}

/* Adds what was written at these bytes of the part. */
static bool add_piece(docx_walk *walk, pv_str text, pv_span at, pv_error *error) {
    pv_docx *docx = walk->docx;
    pv_docx_paragraph *paragraph = open_paragraph(walk);
    if (!paragraph || text.size == 0)
        return true;
    bool is_hidden = is_hidden_run(walk);
    if (is_hidden && !add_omission(walk, "hidden text is left out here", error))
        return false;
    uint8_t views = is_hidden ? 0 : innermost(walk)->views;
    uint8_t by_field = views & views_in_instructions(walk);
    views &= (uint8_t)~by_field;
    bool is_exact = at.end - at.start == text.size;
    if (views != PV_DOCX_BOTH && !is_hidden && by_field == 0)
        docx->has_changes = true;
    /* Before the first text of a paragraph it moves to the page that this stands on. */
    if (paragraph->first == PV_DOCX_NONE) {
        paragraph->page = docx->page;
        paragraph->breaks = docx->breaks;
    }
    pv_docx_piece *last = paragraph->last != PV_DOCX_NONE ? &docx->pieces.items[paragraph->last] : NULL;
    bool goes_on = last && paragraph->last + 1 == docx->pieces.count && last->views == views &&
                   last->by_field == by_field && last->is_hidden == is_hidden && last->is_exact && is_exact &&
                   last->origin.end == at.start && last->page == docx->page &&
                   last->text + last->size == docx->text.size && paragraph->last >= walk->text_from;
    if (docx->text.size + text.size > docx->limits->part_bytes)
        return pv_fail(error, PV_ERROR_LIMIT, "the document has more text than the limit of %zu bytes",
                       docx->limits->part_bytes);
    uint32_t text_at = (uint32_t)docx->text.size;
    pv_buf_append(&docx->text, text);
    if (docx->text.failed)
        return pv_fail_memory(error);
    if (goes_on) {
        last->size += (uint32_t)text.size;
        last->origin.end = at.end;
        return true;
    }
    uint32_t index = (uint32_t)docx->pieces.count;
    pv_docx_piece *piece = PV_ARRAY_ADD(walk->arena, &docx->pieces);
    if (!piece)
        return pv_fail_memory(error);
    *piece = (pv_docx_piece){
        .text = text_at,
        .size = (uint32_t)text.size,
        .origin = at,
        .next = PV_DOCX_NONE,
        .page = docx->page,
        .views = views,
        .by_field = by_field,
        .is_exact = is_exact,
        .is_hidden = is_hidden,
    };
    if (paragraph->last != PV_DOCX_NONE)
        docx->pieces.items[paragraph->last].next = index;
    else
        paragraph->first = index;
    paragraph->last = index;
    return true;
}

/* What is text, and is written otherwise here: blanks are spaces, and hyphens are hyphens, whether or not a line may
 * break at them. NULL: it stays. */
static const char *folded(pv_str text, size_t at, size_t *size) {
    static const struct {
        pv_str written;
        const char *text;
    } others[] = {
        {PV_STR("\t"), " "},           {PV_STR("\n"), " "}, {PV_STR("\r"), " "}, {PV_STR("\xC2\xA0"), " "}, /* U+00A0 */
        {PV_STR("\xE2\x80\xAF"), " "},                                                                      /* U+202F */
        {PV_STR("\xE2\x80\x91"), "-"},                                                                      /* U+2011 */
        {PV_STR("\xE2\x80\xA8"), " "},                                                                      /* U+2028 */
        {PV_STR("\xE2\x80\xA9"), " "},                                                                      /* U+2029 */
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        pv_str written = others[i].written;
        if (text.size - at >= written.size && memcmp(text.data + at, written.data, written.size) == 0) {
            *size = written.size;
            return others[i].text;
        }
    }
    return NULL;
}

static bool may_be_folded(char c) {
    return c == '\t' || c == '\n' || c == '\r' || c == '\xC2' || c == '\xE2';
}

static bool add_text(docx_walk *walk, pv_str text, pv_span at, pv_error *error) {
    bool is_exact = at.end - at.start == text.size;
    size_t from = 0;
    for (size_t i = 0; i < text.size;) {
        size_t size;
        const char *other = may_be_folded(text.data[i]) ? folded(text, i, &size) : NULL;
        if (!other) {
            i++;
            continue;
        }
        pv_span before = {at.start + (uint32_t)from, at.start + (uint32_t)i};
        pv_span here = {at.start + (uint32_t)i, at.start + (uint32_t)(i + size)};
        if (!add_piece(walk, pv_str_slice(text, from, i), is_exact ? before : at, error) ||
            !add_piece(walk, pv_str_from(other), is_exact ? here : at, error))
            return false;
        from = i += size;
    }
    return add_piece(walk, pv_str_slice(text, from, text.size),
                     is_exact ? (pv_span){at.start + (uint32_t)from, at.end} : at, error);
}

/* Around a w:t that does not ask for them to be kept, blanks are the file's and not the text's. */
static void trim_text(docx_walk *walk) {
    pv_docx *docx = walk->docx;
    size_t end = docx->pieces.count;
    for (size_t i = walk->text_from; i < end; i++) {
        pv_docx_piece *piece = &docx->pieces.items[i];
        for (; piece->is_exact && piece->size > 0 && docx->text.data[piece->text] == ' '; piece->size--) {
            piece->text++;
            piece->origin.start++;
        }
        if (piece->size > 0)
            break;
    }
    for (size_t i = end; i-- > walk->text_from;) {
        pv_docx_piece *piece = &docx->pieces.items[i];
        for (; piece->is_exact && piece->size > 0 && docx->text.data[piece->text + piece->size - 1] == ' ';
             piece->size--)
            piece->origin.end--;
        if (piece->size > 0)
            break;
    }
}

static bool add_sign(docx_walk *walk, const char *text, const pv_xml_reader *reader, pv_error *error) {
    walk->text_from = (uint32_t)walk->docx->pieces.count;
    return innermost(walk)->is_placeholder || add_piece(walk, pv_str_from(text), pv_xml_at(reader), error);
}

static bool add_symbol(docx_walk *walk, const pv_xml_reader *reader, pv_error *error) {
    pv_str digits = pv_xml_attribute(reader, PV_XML_W, "char");
    uint32_t code = 0;
    for (size_t i = 0; i < digits.size; i++) {
        int digit = pv_hex_value(digits.data[i]);
        if (digit < 0 || code > 0xFFFF)
            return true;
        code = code * 16 + (uint32_t)digit;
    }
    uint32_t shown = pv_docx_symbol(pv_xml_attribute(reader, PV_XML_W, "font"), code);
    if (!shown)
        shown = code;
    bool is_character = shown >= ' ' && shown <= 0x10FFFF && !(shown >= 0xD800 && shown <= 0xDFFF);
    char bytes[5] = {0};
    if (is_character)
        pv_utf8_encode(shown, bytes);
    return !is_character || add_sign(walk, bytes, reader, error);
}

/* ---- fields ---- */

static void change_field(open_fields *fields, pv_str type, uint32_t piece) {
    if (pv_str_equal(type, PV_STR("begin"))) {
        if (fields->depth++ >= FIELDS_MOST)
            return;
        fields->in_result <<= 1;
        if (fields->instructions++ == 0)
            fields->since = piece;
    } else if (fields->depth == 0) {
        return;
    } else if (pv_str_equal(type, PV_STR("separate"))) {
        if (fields->depth <= FIELDS_MOST && !(fields->in_result & 1)) {
            fields->in_result |= 1;
            fields->instructions--;
        }
    } else if (pv_str_equal(type, PV_STR("end"))) {
        if (fields->depth-- > FIELDS_MOST)
            return;
        if (!(fields->in_result & 1))
            fields->instructions--;
        fields->in_result >>= 1;
    }
}

static void see_field(docx_walk *walk, const pv_xml_reader *reader) {
    pv_str type = pv_xml_attribute(reader, PV_XML_W, "fldCharType");
    uint8_t views = innermost(walk)->views;
    for (size_t view = 0; view < 2; view++)
        if (views & (1U << view))
            change_field(&walk->fields[view], type, (uint32_t)walk->docx->pieces.count);
}

/* ---- tables ---- */

static void begin_table(docx_walk *walk) {
    current_story(walk)->last = PV_DOCX_NONE;
    bool is_numbered = current_story(walk)->kind == PV_DOCX_BODY; /* those inside of others too */
    walk->docx->table_count += is_numbered ? 1 : 0;
    if (walk->table_depth++ > 0 || !is_numbered)
        return;
    walk->table = (open_table){
        .depth = walk->open.count,
        .number = walk->docx->table_count,
        .first_cell = (uint32_t)walk->docx->cells.count,
        .above = (uint32_t)walk->docx->cells.count,
    };
}

/* Whether what starts is of the outermost table itself. */
static bool is_of_table(const docx_walk *walk) {
    return walk->table.depth > 0 && walk->table_depth == 1;
}

static void begin_row(docx_walk *walk) {
    if (!is_of_table(walk))
        return;
    walk->table.row++;
    walk->table.column = 1;
    walk->table.above = walk->table.first_cell;
    walk->table.first_cell = (uint32_t)walk->docx->cells.count;
    walk->table.row_page = walk->docx->page;
    walk->table.last_page = walk->docx->page;
}

static void end_row(docx_walk *walk) {
    if (is_of_table(walk))
        walk->docx->page = walk->table.last_page;
}

static bool begin_cell(docx_walk *walk, pv_error *error) {
    const story around = *current_story(walk);
    if (!begin_story(walk, around.kind, around.owner, false, error))
        return false;
    if (!is_of_table(walk))
        return true;
    pv_block_cell *cell = PV_ARRAY_ADD(walk->arena, &walk->docx->cells);
    uint32_t *root = PV_ARRAY_ADD(walk->arena, &walk->docx->roots);
    if (!cell || !root)
        return pv_fail_memory(error);
    *root = (uint32_t)walk->docx->cells.count - 1;
    *cell = (pv_block_cell){walk->table.number, walk->table.row, walk->table.column, 1, 1};
    current_story(walk)->cell = (uint32_t)walk->docx->cells.count - 1;
    walk->docx->page = walk->table.row_page;
    return true;
}

static void end_cell(docx_walk *walk) {
    if (is_of_table(walk)) {
        const pv_block_cell *cell = &walk->docx->cells.items[current_story(walk)->cell];
        if (cell->column < COLUMNS_MOST)
            walk->table.column = cell->column + cell->column_count;
        if (walk->docx->page > walk->table.last_page)
            walk->table.last_page = walk->docx->page;
    }
    end_story(walk);
}

/* A cell that goes on with the one above it: that one, or the one which it goes on with itself, has a row more. */
static void merge_cell(docx_walk *walk, uint32_t index) {
    pv_docx *docx = walk->docx;
    uint32_t column = docx->cells.items[index].column;
    uint32_t low = walk->table.above;
    uint32_t high = walk->table.first_cell;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (docx->cells.items[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == walk->table.first_cell || docx->cells.items[low].column != column)
        return;
    docx->roots.items[index] = docx->roots.items[low];
    docx->cells.items[docx->roots.items[low]].row_count++;
}

static void see_cell_look(docx_walk *walk, element what, const pv_xml_reader *reader) {
    uint32_t index = current_story(walk)->cell;
    if (!is_of_table(walk) || index == PV_DOCX_NONE)
        return;
    if (what == ELEMENT_GRID_SPAN)
        walk->docx->cells.items[index].column_count = (uint32_t)number_of(value_of(reader), 1000, 1);
    else if (!pv_str_equal(value_of(reader), PV_STR("restart")))
        merge_cell(walk, index);
}

/* ---- tracked changes ---- */

/* What is in an insertion or a deletion, is marked as one, or is a row or paragraph so marked. */
static void see_change(docx_walk *walk, element what) {
    uint8_t stays = what == ELEMENT_INS || what == ELEMENT_CELL_INS ? PV_DOCX_ACCEPTED : PV_DOCX_ORIGINAL;
    open_element *changed = innermost(walk);
    if (what == ELEMENT_CELL_INS || what == ELEMENT_CELL_DEL) {
        changed = grandparent(walk, ELEMENT_TC);
    } else if (parent(walk)->element == ELEMENT_TR_LOOK) {
        changed = grandparent(walk, ELEMENT_TR);
    } else if (parent(walk)->element == ELEMENT_RUN_LOOK) {
        pv_docx_paragraph *paragraph = open_paragraph(walk);
        if (paragraph && grandparent(walk, ELEMENT_PARAGRAPH_LOOK)) {
            paragraph->mark_views &= stays;
            walk->docx->has_changes = true;
        }
        return;
    }
    if (changed)
        changed->views &= stays;
}

/* ---- notes and comments ---- */

static bool copy_attribute(pv_str *out, docx_walk *walk, const pv_xml_reader *reader, const char *local,
                           pv_error *error) {
    *out = pv_arena_copy(walk->arena, pv_xml_attribute(reader, PV_XML_W, local));
    return out->data || pv_fail_memory(error);
}

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

static bool begin_note(docx_walk *walk, bool is_end, const pv_xml_reader *reader, pv_error *error) {
    pv_str type = pv_xml_attribute(reader, PV_XML_W, "type");
    if (type.size > 0 && !pv_str_equal(type, PV_STR("normal"))) {
        innermost(walk)->is_skipped = true; /* the line between text and notes */
        return true;
    }
    pv_docx_note *note = PV_ARRAY_ADD(walk->arena, &walk->docx->notes);
    if (!note)
        return pv_fail_memory(error);
    note->is_end = is_end;
    note->first = PV_DOCX_NONE;
    return copy_attribute(&note->id, walk, reader, "id", error) && index_note(walk->docx, error) &&
           begin_story(walk, is_end ? PV_DOCX_ENDNOTE : PV_DOCX_FOOTNOTE, (uint32_t)walk->docx->notes.count - 1, true,
                       error);
}

static bool add_reference(docx_walk *walk, bool is_end, const pv_xml_reader *reader, pv_error *error) {
    pv_docx_reference *reference = PV_ARRAY_ADD(walk->arena, &walk->docx->references);
    if (!reference)
        return pv_fail_memory(error);
    pv_str own = pv_xml_attribute(reader, PV_XML_W, "customMarkFollows");
    reference->is_end = is_end;
    reference->has_own_mark = own.data && is_on(own);
    reference->views = innermost(walk)->views;
    return copy_attribute(&reference->id, walk, reader, "id", error);
}

static bool is_comment(const void *items, size_t position, const void *wanted) {
    return pv_str_equal(((const pv_docx_comment *)items)[position].id, *(const pv_str *)wanted);
}

/* The comment of this id, which is added where it is new; NULL with error filled. */
static pv_docx_comment *need_comment(docx_walk *walk, pv_str id, pv_error *error) {
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
static bool see_comment(docx_walk *walk, element what, const pv_xml_reader *reader, pv_error *error) {
    pv_docx *docx = walk->docx;
    pv_docx_comment *comment = need_comment(walk, pv_xml_attribute(reader, PV_XML_W, "id"), error);
    uint32_t at = (uint32_t)docx->pieces.count;
    if (!comment)
        return false;
    if (what == ELEMENT_COMMENT) {
        comment->is_said = true;
        return copy_attribute(&comment->author, walk, reader, "author", error) &&
               copy_attribute(&comment->date, walk, reader, "date", error) &&
               copy_attribute(&comment->initials, walk, reader, "initials", error) &&
               begin_story(walk, PV_DOCX_COMMENT, (uint32_t)(comment - docx->comments.items), true, error);
    }
    if (comment->at_paragraph == PV_DOCX_NONE)
        comment->at_paragraph = current_story(walk)->paragraph;
    if (what == ELEMENT_COMMENT_START) {
        comment->from = at;
        comment->to = at;
        comment->has_range = true;
    } else if (what == ELEMENT_COMMENT_END && comment->has_range) {
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

static bool add_furniture(docx_walk *walk, const pv_xml_reader *reader, pv_error *error) {
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
static bool see_note_format(docx_walk *walk, const pv_xml_reader *reader, pv_error *error) {
    element around = (element)parent(walk)->element;
    if (around != ELEMENT_FOOTNOTE_LOOK && around != ELEMENT_ENDNOTE_LOOK)
        return true;
    pv_str *format = &walk->docx->note_formats[around == ELEMENT_ENDNOTE_LOOK];
    return format->data || copy_attribute(format, walk, reader, "val", error);
}

/* ---- elements ---- */

static void see_page_break(docx_walk *walk, element what) {
    pv_docx *docx = walk->docx;
    if (walk->kind != PV_DOCX_BODY || current_story(walk)->kind != PV_DOCX_BODY ||
        !(innermost(walk)->views & PV_DOCX_ACCEPTED))
        return;
    if (what == ELEMENT_RENDERED_BREAK) {
        docx->page++;
        docx->has_pages = true;
    } else {
        docx->breaks++;
    }
}

static bool see_break(docx_walk *walk, const pv_xml_reader *reader, pv_error *error) {
    if (pv_str_equal(pv_xml_attribute(reader, PV_XML_W, "type"), PV_STR("page")))
        see_page_break(walk, ELEMENT_BR);
    return add_sign(walk, " ", reader, error);
}

/* What a paragraph, or its mark, says of itself. */
static void see_paragraph_look(docx_walk *walk, element what, const pv_xml_reader *reader) {
    pv_docx_paragraph *paragraph = open_paragraph(walk);
    pv_str value = value_of(reader);
    if (!paragraph)
        return;
    switch (what) {
    case ELEMENT_PARAGRAPH_STYLE: {
        size_t style = pv_docx_style_find(&walk->docx->styles, value, 'p');
        if (style != PV_DOCX_NO_STYLE)
            paragraph->style = style;
        break;
    }
    case ELEMENT_NUM_ID:
        paragraph->look.number = number_of(value, INT32_MAX, 0);
        break;
    case ELEMENT_ILVL:
        paragraph->look.level = (int)number_of(value, 8, 0);
        break;
    case ELEMENT_OUTLINE:
        paragraph->look.outline = (int)number_of(value, 9, PV_DOCX_NOT_SAID);
        break;
    case ELEMENT_FRAME: {
        pv_str drop = pv_xml_attribute(reader, PV_XML_W, "dropCap");
        paragraph->is_drop_cap = drop.size > 0 && !pv_str_equal(drop, PV_STR("none"));
        break;
    }
    case ELEMENT_PAGE_BREAK:
        if (is_on(value) && current_story(walk)->kind == PV_DOCX_BODY) {
            see_page_break(walk, ELEMENT_PAGE_BREAK);
            paragraph->breaks = walk->docx->breaks;
        }
        break;
    default:
        break;
    }
}

static void see_vanish(docx_walk *walk, const pv_xml_reader *reader) {
    bool is_hidden = is_on(value_of(reader));
    pv_docx_paragraph *paragraph = open_paragraph(walk);
    if (parent(walk)->element != ELEMENT_RUN_LOOK)
        return;
    if (grandparent(walk, ELEMENT_R))
        walk->run_is_hidden = is_hidden;
    else if (grandparent(walk, ELEMENT_PARAGRAPH_LOOK) && paragraph)
        paragraph->look.is_hidden = is_hidden;
}

static void see_placeholder(docx_walk *walk, const pv_xml_reader *reader) {
    if (parent(walk)->element != ELEMENT_SDT_LOOK || !is_on(value_of(reader)))
        return;
    open_element *control = grandparent(walk, ELEMENT_SDT);
    if (control)
        control->is_placeholder = true;
}

/* Of several alternatives the first that programs of today understand is shown, and one alone. */
static void see_alternative(docx_walk *walk, element what, const pv_xml_reader *reader) {
    open_element *around = parent(walk);
    bool is_taken = around->element == ELEMENT_ALTERNATE && around->is_taken;
    pv_str requires = pv_xml_attribute(reader, PV_XML_NONE, "Requires");
    bool is_understood = true;
    for (size_t at = 0; what == ELEMENT_CHOICE && at < requires.size;) {
        size_t end = pv_str_find(requires, PV_STR(" "), at);
        end = end == SIZE_MAX ? requires.size : end;
        if (end > at)
            is_understood &= pv_xml_is_understood(reader, pv_str_slice(requires, at, end));
        at = end + 1;
    }
    innermost(walk)->is_skipped |= is_taken || !is_understood;
    around->is_taken |= is_understood;
}

/* Charts and diagrams keep their text in parts of their own. */
static bool see_graphic(docx_walk *walk, const pv_xml_reader *reader, pv_error *error) {
    pv_str uri = pv_xml_attribute(reader, PV_XML_NONE, "uri");
    bool is_chart = pv_str_find(uri, PV_STR("/chart"), 0) != SIZE_MAX;
    bool is_diagram = pv_str_find(uri, PV_STR("/diagram"), 0) != SIZE_MAX;
    return (!is_chart && !is_diagram) || add_omission(walk, "a chart or diagram stands here, which is not read", error);
}

static bool start_shown(docx_walk *walk, element what, const pv_xml_reader *reader, pv_error *error) {
    open_element *own = innermost(walk);
    switch (what) {
    case ELEMENT_P:
        return begin_paragraph(walk, pv_xml_at(reader), error);
    case ELEMENT_R:
        walk->run_style = PV_DOCX_NO_STYLE;
        walk->run_is_hidden = PV_DOCX_NOT_SAID;
        return true;
    case ELEMENT_RUN_STYLE:
        if (grandparent(walk, ELEMENT_R))
            walk->run_style = pv_docx_style_find(&walk->docx->styles, value_of(reader), 'c');
        return true;
    case ELEMENT_T:
    case ELEMENT_DEL_TEXT:
        walk->text_from = (uint32_t)walk->docx->pieces.count;
        if (what == ELEMENT_DEL_TEXT)
            own->views &= PV_DOCX_ORIGINAL;
        return true;
    case ELEMENT_TAB:
        return add_sign(walk, " ", reader, error);
    case ELEMENT_CR:
        return add_sign(walk, " ", reader, error);
    case ELEMENT_BR:
        return see_break(walk, reader, error);
    case ELEMENT_HYPHEN:
        return add_sign(walk, "-", reader, error);
    case ELEMENT_SYMBOL:
        return add_symbol(walk, reader, error);
    case ELEMENT_RENDERED_BREAK:
        see_page_break(walk, what);
        return true;
    case ELEMENT_FIELD_CHAR:
        see_field(walk, reader);
        return true;
    case ELEMENT_INS:
    case ELEMENT_DEL:
    case ELEMENT_CELL_INS:
    case ELEMENT_CELL_DEL:
        see_change(walk, what);
        return true;
    case ELEMENT_TABLE:
        begin_table(walk);
        return true;
    case ELEMENT_TR:
        begin_row(walk);
        return true;
    case ELEMENT_TC:
        return begin_cell(walk, error);
    case ELEMENT_GRID_BEFORE:
        if (is_of_table(walk) && walk->table.column < COLUMNS_MOST)
            walk->table.column += (uint32_t)number_of(value_of(reader), 1000, 0);
        return true;
    case ELEMENT_GRID_SPAN:
    case ELEMENT_V_MERGE:
        see_cell_look(walk, what, reader);
        return true;
    case ELEMENT_BOX:
        return begin_story(walk, current_story(walk)->kind == PV_DOCX_BODY ? PV_DOCX_BOX : current_story(walk)->kind,
                           current_story(walk)->owner, true, error);
    case ELEMENT_FOOTNOTE:
    case ELEMENT_ENDNOTE:
        return begin_note(walk, what == ELEMENT_ENDNOTE, reader, error);
    case ELEMENT_FOOTNOTE_MARK:
    case ELEMENT_ENDNOTE_MARK:
        return add_reference(walk, what == ELEMENT_ENDNOTE_MARK, reader, error);
    case ELEMENT_COMMENT:
    case ELEMENT_COMMENT_START:
    case ELEMENT_COMMENT_END:
    case ELEMENT_COMMENT_MARK:
        return see_comment(walk, what, reader, error);
    case ELEMENT_HEADER_MARK:
    case ELEMENT_FOOTER_MARK:
        return add_furniture(walk, reader, error);
    case ELEMENT_PARAGRAPH_STYLE:
    case ELEMENT_NUM_ID:
    case ELEMENT_ILVL:
    case ELEMENT_OUTLINE:
    case ELEMENT_FRAME:
    case ELEMENT_PAGE_BREAK:
        see_paragraph_look(walk, what, reader);
        return true;
    case ELEMENT_VANISH:
        see_vanish(walk, reader);
        return true;
    case ELEMENT_PLACEHOLDER:
        see_placeholder(walk, reader);
        return true;
    case ELEMENT_CHOICE:
    case ELEMENT_FALLBACK:
        see_alternative(walk, what, reader);
        return true;
    case ELEMENT_ALT_CHUNK:
        return add_omission(walk, "a file that is embedded here is not read", error);
    case ELEMENT_OBJECT:
        return add_omission(walk, "what another program embedded here is not read", error);
    case ELEMENT_NUMBER_FORMAT:
        return see_note_format(walk, reader, error);
    case ELEMENT_GRAPHIC:
        return see_graphic(walk, reader, error);
    case ELEMENT_PICTURE:
        return add_omission(walk, "a picture stands here, which is not read", error);
    case ELEMENT_DROP_DOWN:
        return add_omission(walk, "what is chosen in a drop-down field here is not read", error);
    default:
        return true;
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
    docx_walk *walk = payload;
    element what = find_element(name);
    if (walk->open.count == SENTINELS && walk->kind == PV_DOCX_BODY && !check_root(name, error))
        return false;
    open_element around = *innermost(walk);
    open_element *own = PV_ARRAY_ADD(walk->arena, &walk->open);
    if (!own)
        return pv_fail_memory(error);
    *own = around;
    own->element = (uint8_t)what;
    own->is_taken = false;
    /* A control says before its contents that these are a placeholder. */
    if (around.element == ELEMENT_SDT && what != ELEMENT_SDT_CONTENT)
        own->is_placeholder = false;
    if (what == ELEMENT_SKIPPED)
        own->is_skipped = true;
    if (own->is_skipped)
        return true;
    pv_str space = pv_xml_attribute(reader, PV_XML_XML, "space");
    if (space.data)
        own->keeps_space = pv_str_equal(space, PV_STR("preserve"));
    return start_shown(walk, what, reader, error);
}

static bool on_end(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    docx_walk *walk = payload;
    const open_element own = *innermost(walk);
    (void)name, (void)error;
    if (!own.is_skipped) {
        switch ((element)own.element) {
        case ELEMENT_P:
            end_paragraph(walk, pv_xml_at(reader));
            break;
        case ELEMENT_T:
        case ELEMENT_DEL_TEXT:
            if (!own.keeps_space)
                trim_text(walk);
            walk->text_from = (uint32_t)walk->docx->pieces.count;
            break;
        case ELEMENT_TABLE:
            if (walk->table.depth == walk->open.count)
                walk->table.depth = 0;
            walk->table_depth--;
            break;
        case ELEMENT_TR:
            end_row(walk);
            break;
        case ELEMENT_TC:
            end_cell(walk);
            break;
        case ELEMENT_BOX:
        case ELEMENT_FOOTNOTE:
        case ELEMENT_ENDNOTE:
        case ELEMENT_COMMENT:
            end_story(walk);
            break;
        default:
            break;
        }
    }
    walk->open.count--;
    return true;
}

static bool on_text(void *payload, const pv_xml_reader *reader, pv_str text, pv_error *error) {
    docx_walk *walk = payload;
    const open_element *own = innermost(walk);
    if (own->is_skipped || (own->element != ELEMENT_T && own->element != ELEMENT_DEL_TEXT))
        return true;
    if (own->is_placeholder)
        return add_omission(walk, "a control here shows what is to be entered, and is not filled in", error);
    return add_text(walk, text, pv_xml_at(reader), error);
}

bool pv_docx_walk(pv_docx *docx, uint32_t part, pv_docx_kind kind, pv_error *error) {
    docx_walk walk = {
        .docx = docx,
        .arena = docx->arena,
        .part = part,
        .kind = kind,
        .run_style = PV_DOCX_NO_STYLE,
        .run_is_hidden = PV_DOCX_NOT_SAID,
    };
    pv_xml_handlers handlers = {&walk, on_start, on_end, on_text, &docx->outside};
    for (size_t i = 0; i < SENTINELS; i++) {
        open_element *sentinel = PV_ARRAY_ADD(walk.arena, &walk.open);
        if (!sentinel)
            return pv_fail_memory(error);
        sentinel->views = PV_DOCX_BOTH;
    }
    if (!begin_story(&walk, kind, PV_DOCX_NONE, true, error))
        return false;
    current_story(&walk)->cell = PV_DOCX_NONE;
    const pv_docx_part *own = &docx->parts.items[part];
    if (!pv_xml_read(own->bytes, own->name, &handlers, docx->limits, error))
        return false;
    end_story(&walk);
    return true;
}
