/* Invariant: a walk knows, of each element that is open, the views that what is in it belongs to and whether it is
 * shown at all; of each story (the body, a cell, a box, a note) the paragraph that is open. What an element means is
 * said in one place, its handler, which is asked only where it is shown. */
#ifndef PV_LOAD_DOCX_WALK_P_H
#define PV_LOAD_DOCX_WALK_P_H

#include "load/docx_p.h"

/* The elements that mean something here. */
typedef enum pv_docx_element {
    PV_DOCX_ELEMENT_OTHER, /* looked through */
    PV_DOCX_ELEMENT_ALT_CHUNK,
    PV_DOCX_ELEMENT_BR,
    PV_DOCX_ELEMENT_CELL_DEL,
    PV_DOCX_ELEMENT_CELL_INS,
    PV_DOCX_ELEMENT_CHECK_BOX,
    PV_DOCX_ELEMENT_COMMENT,
    PV_DOCX_ELEMENT_COMMENT_END,
    PV_DOCX_ELEMENT_COMMENT_MARK,
    PV_DOCX_ELEMENT_COMMENT_START,
    PV_DOCX_ELEMENT_CR,
    PV_DOCX_ELEMENT_DEL,
    PV_DOCX_ELEMENT_DEL_TEXT,
    PV_DOCX_ELEMENT_DROP_DOWN,
    PV_DOCX_ELEMENT_ENDNOTE,
    PV_DOCX_ELEMENT_ENDNOTE_MARK,
    PV_DOCX_ELEMENT_FIELD_CHAR,
    PV_DOCX_ELEMENT_FOOTER_MARK,
    PV_DOCX_ELEMENT_FOOTNOTE,
    PV_DOCX_ELEMENT_FOOTNOTE_LOOK,
    PV_DOCX_ELEMENT_ENDNOTE_LOOK,
    PV_DOCX_ELEMENT_NUMBER_FORMAT,
    PV_DOCX_ELEMENT_FOOTNOTE_MARK,
    PV_DOCX_ELEMENT_FORM_CHOICE,  /* of a form field of old: that its box is ticked, which entry is chosen, */
    PV_DOCX_ELEMENT_FORM_DEFAULT, /* and what is where nobody has chosen */
    PV_DOCX_ELEMENT_FRAME,
    PV_DOCX_ELEMENT_LIST_ENTRY,
    PV_DOCX_ELEMENT_GRID_BEFORE,
    PV_DOCX_ELEMENT_GRID_SPAN,
    PV_DOCX_ELEMENT_HEADER_MARK,
    PV_DOCX_ELEMENT_ILVL,
    PV_DOCX_ELEMENT_INS,
    PV_DOCX_ELEMENT_NUM_ID,
    PV_DOCX_ELEMENT_OBJECT,
    PV_DOCX_ELEMENT_OUTLINE,
    PV_DOCX_ELEMENT_P,
    PV_DOCX_ELEMENT_PAGE_BREAK,
    PV_DOCX_ELEMENT_PARAGRAPH_LOOK,
    PV_DOCX_ELEMENT_PARAGRAPH_STYLE,
    PV_DOCX_ELEMENT_GRAPHIC,
    PV_DOCX_ELEMENT_LETTERING, /* drawn along a path (WordArt) */
    PV_DOCX_ELEMENT_PICTURE,
    PV_DOCX_ELEMENT_PLACEHOLDER,
    PV_DOCX_ELEMENT_R,
    PV_DOCX_ELEMENT_RENDERED_BREAK,
    PV_DOCX_ELEMENT_RUN_LOOK,
    PV_DOCX_ELEMENT_RUN_STYLE,
    PV_DOCX_ELEMENT_SDT,
    PV_DOCX_ELEMENT_SDT_CONTENT,
    PV_DOCX_ELEMENT_SDT_LOOK,
    PV_DOCX_ELEMENT_HYPHEN,
    PV_DOCX_ELEMENT_SKIPPED, /* nothing in it is shown here */
    PV_DOCX_ELEMENT_SYMBOL,
    PV_DOCX_ELEMENT_T,
    PV_DOCX_ELEMENT_TAB,
    PV_DOCX_ELEMENT_TABLE,
    PV_DOCX_ELEMENT_TC,
    PV_DOCX_ELEMENT_TC_LOOK,
    PV_DOCX_ELEMENT_TR,
    PV_DOCX_ELEMENT_TR_LOOK,
    PV_DOCX_ELEMENT_BOX,
    PV_DOCX_ELEMENT_VANISH,
    PV_DOCX_ELEMENT_V_MERGE,
    PV_DOCX_ELEMENT_ALTERNATE,
    PV_DOCX_ELEMENT_CHOICE,
    PV_DOCX_ELEMENT_FALLBACK,
    PV_DOCX_ELEMENT_COUNT,
} pv_docx_element;

/* What a name means; PV_DOCX_ELEMENT_OTHER where it means nothing. */
pv_docx_element pv_docx_element_of(pv_xml_name name);

/* The fields that are open in one view. A field is its instruction, then its result; either may hold others. */
typedef struct pv_docx_fields {
    uint64_t in_result; /* a bit for each, the innermost the lowest */
    uint32_t depth;
    uint32_t instructions; /* how many of them are in their instruction */
    uint32_t since;        /* the piece with which that began */
} pv_docx_fields;

/* An element that is open. */
typedef struct pv_docx_open {
    uint8_t element;
    uint8_t views;
    bool is_skipped;
    bool keeps_space;
    bool is_placeholder; /* of a control: it shows one; of what is in that: it is one */
    bool is_taken;       /* of alternatives: one was */
} pv_docx_open;

/* What paragraphs follow one another in: the body, a cell, a box, a note. */
typedef struct pv_docx_story {
    size_t depth; /* of its element */
    pv_docx_kind kind;
    uint32_t owner;
    uint32_t paragraph; /* the one that is open, or PV_DOCX_NONE */
    uint32_t last;      /* the one before, with nothing between, or PV_DOCX_NONE */
    size_t run_style;   /* of the run around it */
    int run_is_hidden;
    uint32_t cell;
    bool has_fields; /* of its own: those around it go on after it */
    pv_docx_fields fields[2];
} pv_docx_story;

/* An outermost table. */
typedef struct pv_docx_open_table {
    size_t depth; /* of its element; 0: none is open */
    uint32_t number;
    uint32_t row;
    uint32_t column;     /* where the next cell begins */
    uint32_t row_page;   /* on which the row begins, */
    uint32_t last_page;  /* and the last on which one of its cells ends */
    uint32_t first_cell; /* of the row, in pv_docx.cells, */
    uint32_t above;      /* and of the row above */
} pv_docx_open_table;

/* A form field of old that is open, of which Word shows what was chosen, and keeps that before its instruction. */
typedef struct pv_docx_form_field {
    PV_ARRAY(pv_str) entries;
    uint32_t chosen;
    bool has_choice; /* chosen is more than its default */
    pv_str shown;    /* once it is known, until the field ends */
} pv_docx_form_field;

typedef struct pv_docx_walker {
    pv_docx *docx;
    pv_arena *arena;
    uint32_t part;
    pv_docx_kind kind;
    PV_ARRAY(pv_docx_open) open;
    PV_ARRAY(pv_docx_story) stories;
    pv_docx_open_table table;
    size_t table_depth; /* open tables */
    size_t run_style;   /* of the run that is open */
    int run_is_hidden;
    pv_docx_fields fields[2];
    pv_docx_form_field form_field;
    uint32_t text_from; /* the first piece of the w:t that is open */
} pv_docx_walker;

/* No elements of the part: they stand below all that are open, so that each has one around it. */
#define PV_DOCX_SENTINELS 2

static inline pv_docx_open *pv_docx_innermost(pv_docx_walker *walk) {
    return &walk->open.items[walk->open.count - 1];
}

/* The element around the innermost; there is always one, by a sentinel. */
static inline pv_docx_open *pv_docx_parent(pv_docx_walker *walk) {
    return &walk->open.items[walk->open.count - 2];
}

static inline pv_docx_story *pv_docx_current_story(pv_docx_walker *walk) {
    return &walk->stories.items[walk->stories.count - 1];
}

static inline pv_docx_paragraph *pv_docx_open_paragraph(pv_docx_walker *walk) {
    uint32_t index = pv_docx_current_story(walk)->paragraph;
    return index != PV_DOCX_NONE ? &walk->docx->paragraphs.items[index] : NULL;
}

/* The element around the parent of the innermost, where it is of this kind; else NULL. */
static inline pv_docx_open *pv_docx_grandparent(pv_docx_walker *walk, pv_docx_element wanted) {
    pv_docx_open *found = walk->open.count >= 3 ? &walk->open.items[walk->open.count - 3] : NULL;
    return found && found->element == wanted ? found : NULL;
}

static inline pv_str pv_docx_value_of(const pv_xml_reader *reader) {
    return pv_xml_attribute(reader, PV_XML_W, "val");
}

/* ---- docx_walk.c ---- */

/* Says that something was left out of the paragraph that is open. what: a literal. */
bool pv_docx_add_omission(pv_docx_walker *walk, const char *what, pv_error *error) PV_MUST_CHECK;
bool pv_docx_copy_attribute(pv_str *out, pv_docx_walker *walk, const pv_xml_reader *reader, const char *local,
                            pv_error *error) PV_MUST_CHECK;
/* A story inside of the one before; has_fields: no field goes on into it. */
bool pv_docx_begin_story(pv_docx_walker *walk, pv_docx_kind kind, uint32_t owner, bool has_fields,
                         pv_error *error) PV_MUST_CHECK;
void pv_docx_end_story(pv_docx_walker *walk);

/* What is done where an element of some kinds starts. */
typedef bool pv_docx_start(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error);

/* ---- docx_text.c ---- */

/* Adds what a w:t holds, written at these bytes of the part. */
bool pv_docx_add_text(pv_docx_walker *walk, pv_str text, pv_span at, pv_error *error) PV_MUST_CHECK;
/* Around a w:t that does not ask for them to be kept, blanks are the file's and not the text's. */
void pv_docx_trim_text(pv_docx_walker *walk);
/* A field that nothing ends was none: what it would have hidden is text. */
void pv_docx_close_fields(pv_docx_walker *walk);
pv_docx_start pv_docx_see_sign;
pv_docx_start pv_docx_see_symbol;
pv_docx_start pv_docx_see_field;
/* A form field of old: what it shows is known where its list or box ends, and stands where the field does. */
pv_docx_start pv_docx_begin_form_field;
pv_docx_start pv_docx_see_form_choice;
pv_docx_start pv_docx_see_list_entry;
void pv_docx_end_form_field(pv_docx_walker *walk, pv_docx_element what);

/* ---- docx_tables.c ---- */

pv_docx_start pv_docx_begin_table;
pv_docx_start pv_docx_begin_row;
pv_docx_start pv_docx_begin_cell;
pv_docx_start pv_docx_see_cell_look;
void pv_docx_end_table(pv_docx_walker *walk);
void pv_docx_end_row(pv_docx_walker *walk);
void pv_docx_end_cell(pv_docx_walker *walk);

/* ---- docx_notes.c ---- */

pv_docx_start pv_docx_begin_note;
pv_docx_start pv_docx_see_note_mark;
pv_docx_start pv_docx_see_note_format;
pv_docx_start pv_docx_see_comment;
pv_docx_start pv_docx_see_furniture;

#endif
