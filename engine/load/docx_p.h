/* Invariant: what a Word document says is kept in two steps. First its paragraphs as they stand in the package, each
 * made of pieces that know the bytes of their part, and the views they are text in; then, of one view, the blocks that
 * a reader of it sees. Nothing is said twice, and nothing that is not shown is text. */
#ifndef PV_LOAD_DOCX_P_H
#define PV_LOAD_DOCX_P_H

#include "base/array.h"
#include "base/digits.h"
#include "base/set.h"
#include "load/package_p.h"
#include "load/xml_p.h"
#include "model/blocks.h"

/* ---- values of attributes ---- */

/* A switch is on where it stands, unless it says that it is off. */
static inline bool pv_docx_is_on(pv_str value) {
    return !pv_str_equal(value, PV_STR("0")) && !pv_str_equal(value, PV_STR("false")) &&
           !pv_str_equal(value, PV_STR("off"));
}

static inline int64_t pv_docx_number_of(pv_str value, int64_t most, int64_t otherwise) {
    uint64_t number;
    return value.size > 0 && pv_digits_read(value, (uint64_t)most, &number) ? (int64_t)number : otherwise;
}

/* ---- styles (docx_styles.c) ---- */

#define PV_DOCX_NO_STYLE SIZE_MAX
#define PV_DOCX_NOT_SAID (-1)

/* What a paragraph, or a style, says of itself; PV_DOCX_NOT_SAID where it leaves it to its style. */
typedef struct pv_docx_look {
    int64_t number; /* the list it is an item of (numId); 0: none */
    int level;      /* in that list, 0 the outermost (ilvl) */
    int outline;    /* 0 the topmost heading to 8; 9: no heading */
    int is_hidden;  /* its text (vanish): 0 or 1 */
} pv_docx_look;

static inline pv_docx_look pv_docx_look_unsaid(void) {
    return (pv_docx_look){PV_DOCX_NOT_SAID, PV_DOCX_NOT_SAID, PV_DOCX_NOT_SAID, PV_DOCX_NOT_SAID};
}

typedef struct pv_docx_style {
    pv_str id;
    pv_str name;
    pv_str based_on; /* its id; empty: none */
    char kind;       /* 'p'aragraph, 'c'haracter, 't'able, 'n'umbering */
    bool is_default;
    pv_docx_look look; /* with what it has from the style it is based on */
    bool is_resolved;
} pv_docx_style;

typedef struct pv_docx_styles {
    pv_docx_style *list;
    size_t count;
    size_t paragraph_default; /* or PV_DOCX_NO_STYLE */
    size_t *by_name;          /* sorted by id and kind */
} pv_docx_styles;

/* part: the bytes of styles.xml; empty: there is none. */
bool pv_docx_styles_read(pv_docx_styles *out, pv_arena *arena, pv_str part, const pv_limits *limits,
                         pv_error *error) PV_MUST_CHECK;
/* Its index, or PV_DOCX_NO_STYLE. */
size_t pv_docx_style_find(const pv_docx_styles *styles, pv_str id, char kind);

/* ---- lists (docx_lists.c) ---- */

typedef struct pv_docx_lists pv_docx_lists;
/* part: the bytes of numbering.xml; empty: there is none. */
bool pv_docx_lists_read(pv_docx_lists **out, pv_arena *arena, pv_str part, const pv_docx_styles *styles,
                        const pv_limits *limits, pv_error *error) PV_MUST_CHECK;
/* Forgets all items so far. */
void pv_docx_lists_restart(pv_docx_lists *lists);
/* The level at which a paragraph that says no level of its own is an item of a list, by the style linked to that. */
int pv_docx_lists_level_of(const pv_docx_lists *lists, int64_t number, pv_str style_id);
/* Counts an item, and writes the label that it has; *is_item: false where the list does not exist. */
bool pv_docx_lists_next(pv_docx_lists *lists, int64_t number, int level, pv_arena *arena, pv_str *label, bool *is_item,
                        pv_error *error) PV_MUST_CHECK;

/* A number in one of the formats of lists: "lowerRoman". */
void pv_docx_write_number(pv_buf *out, int64_t number, pv_str format);
/* What is shown for a character of a symbol font, or 0 where it is not known. */
uint32_t pv_docx_symbol(pv_str font, uint32_t code);

/* ---- what stands in the parts (docx_walk.c) ---- */

/* The views of a document with tracked changes, as bits. */
typedef enum pv_docx_view {
    PV_DOCX_ACCEPTED = 1, /* insertions in, deletions out */
    PV_DOCX_ORIGINAL = 2,
    PV_DOCX_BOTH = 3,
} pv_docx_view;

#define PV_DOCX_NONE UINT32_MAX /* of what is numbered by uint32_t: none */

/* Text that was written in one go. */
typedef struct pv_docx_piece {
    uint32_t text; /* its bytes in pv_docx.text */
    uint32_t size;
    pv_span origin;   /* the bytes of its part that it was written with */
    uint32_t next;    /* of its paragraph, or PV_DOCX_NONE */
    uint32_t page;    /* 1-based, by where the document was last laid out */
    uint8_t views;    /* in which it is text: 0 for what is not shown */
    uint8_t by_field; /* the views that it is not text in only because it is the instruction of a field */
    bool is_exact;    /* byte n of it is byte n of its origin */
    bool is_hidden;
    bool is_prompt; /* a control shows it until it is filled in */
} pv_docx_piece;

typedef enum pv_docx_kind {
    PV_DOCX_BODY,
    PV_DOCX_BOX,
    PV_DOCX_FOOTNOTE,
    PV_DOCX_ENDNOTE,
    PV_DOCX_HEADER,
    PV_DOCX_FOOTER,
    PV_DOCX_COMMENT,
} pv_docx_kind;

typedef struct pv_docx_paragraph {
    pv_docx_kind kind;
    uint32_t part;  /* in which it stands: an index of pv_docx.parts */
    uint32_t owner; /* of a note or comment: which (pv_docx.notes, .comments) */
    pv_span origin; /* its element; to where its contents end, where that is not closed yet */
    uint32_t first; /* of its pieces, or PV_DOCX_NONE */
    uint32_t last;
    uint32_t following; /* the next paragraph of the same story with nothing between them, or PV_DOCX_NONE */
    size_t style;
    pv_docx_look look;  /* its own; is_hidden: of its mark */
    uint8_t views;      /* in which it is there */
    uint8_t mark_views; /* in which it ends: 0 bits where its mark is deleted, or not yet inserted */
    bool is_drop_cap;   /* the first letters of the next, printed large */
    uint32_t cell;      /* an index of pv_docx.cells, or PV_DOCX_NONE */
    uint32_t page;      /* 1-based, by where the document was last laid out */
    uint32_t breaks;    /* of pages that its author made before it */
} pv_docx_paragraph;

typedef struct pv_docx_part {
    pv_str name;
    pv_str bytes;
    const pv_package_entry *entry;
} pv_docx_part;

typedef struct pv_docx_note {
    pv_str id;
    bool is_end;         /* an endnote */
    bool has_own_mark;   /* its author wrote what stands for it */
    uint32_t first;      /* of its paragraphs, or PV_DOCX_NONE */
    uint32_t paragraphs; /* how many, one after another */
    uint32_t number;     /* among those of its kind; 0: nothing refers to it in the accepted view */
} pv_docx_note;

typedef struct pv_docx_comment {
    pv_str id;
    pv_str author;
    pv_str date;
    pv_str initials;
    pv_str text;       /* its paragraphs as lines */
    bool is_said;      /* it is there: else only the text refers to it */
    uint32_t from, to; /* the pieces that it is about: [from, to) of pv_docx.pieces */
    bool has_range;
    uint32_t at_paragraph; /* where its mark or its range stands, or PV_DOCX_NONE */
} pv_docx_comment;

typedef struct pv_docx_reference {
    pv_str id;
    bool is_end;
    bool has_own_mark;
    uint8_t views;
} pv_docx_reference;

/* What was left out, in the order of the document. */
typedef struct pv_docx_omission {
    uint32_t paragraph; /* or PV_DOCX_NONE */
    const char *what;
} pv_docx_omission;

typedef struct pv_docx {
    pv_arena *arena;
    const pv_limits *limits;
    pv_package *package;
    pv_docx_styles styles;
    pv_docx_lists *lists;
    pv_buf text;
    PV_ARRAY(pv_docx_piece) pieces;
    PV_ARRAY(pv_docx_paragraph) paragraphs;
    PV_ARRAY(pv_block_cell) cells;
    PV_ARRAY(uint32_t) roots;     /* of each cell, the one that it goes on with: itself mostly */
    PV_ARRAY(pv_docx_part) parts; /* those whose paragraphs are here; the first is the main one */
    PV_ARRAY(pv_docx_note) notes;
    PV_ARRAY(pv_docx_comment) comments;
    PV_ARRAY(pv_docx_reference) references;
    PV_ARRAY(pv_docx_omission) omissions;
    PV_ARRAY(pv_str) furniture; /* the relationships of heads and feet that sections name */
    pv_str comments_name;       /* of the part with its comments; empty: it has none */
    pv_set notes_by_id;
    pv_set comments_by_id;
    pv_set furniture_by_id;
    pv_str note_formats[2]; /* of the numbers of footnotes and endnotes; .data NULL: the usual one */
    uint32_t table_count;
    uint32_t page; /* while walking */
    uint32_t breaks;
    bool has_pages;   /* the document was laid out by a program that wrote where its pages break */
    bool has_changes; /* tracked ones, of text */
    size_t outside;   /* entities that would have had to be read from elsewhere */
} pv_docx;

/* Reads the paragraphs of a part into docx: of the main part, of notes, of a head or foot, of comments. */
bool pv_docx_walk(pv_docx *docx, uint32_t part, pv_docx_kind kind, pv_error *error) PV_MUST_CHECK;

/* The note of this id, or NULL. */
pv_docx_note *pv_docx_note_find(const pv_docx *docx, pv_str id, bool is_end);
/* Whether a section has a head or foot by this relationship. */
bool pv_docx_has_furniture(const pv_docx *docx, pv_str id);

/* ---- blocks (docx_blocks.c) ---- */

/* Where the bytes of the projection were written. */
typedef struct pv_docx_origin {
    uint32_t at; /* in the projection */
    uint32_t size;
    pv_span origin;
    uint32_t part; /* of pv_docx.parts */
    uint32_t page; /* 0: unknown */
    bool is_exact;
} pv_docx_origin;

/* A line of the projection: a block. */
typedef struct pv_docx_line {
    uint32_t start;
    uint32_t paragraph; /* of pv_docx.paragraphs */
    uint32_t page;      /* on which it begins; 0: unknown */
    pv_block_cell cell;
    const char *what; /* "footnote"; NULL: a paragraph of the body */
    uint32_t number;  /* of a note */
} pv_docx_line;

typedef struct pv_docx_projection {
    pv_str text;
    const pv_docx_line *lines;
    size_t line_count;
    const pv_docx_origin *origins; /* in the order of the projection */
    size_t origin_count;
} pv_docx_projection;

/* The projection of the accepted view with its blocks, and those of the original view: NULL where nothing is tracked.
 * Their source is for the caller to set. */
bool pv_docx_project(const pv_docx *docx, pv_docx_projection *out, pv_blocks **blocks, pv_blocks **original,
                     pv_error *error) PV_MUST_CHECK;

/* ---- the document (docx.c) ---- */

/* With this begins the ruler of a source of this loader. */
typedef struct pv_docx_ruler {
    pv_ruler ruler;
    pv_docx_projection projection;
    const pv_docx *docx;     /* NULL in a copy of a source, as what follows */
    const pv_blocks *blocks; /* of the accepted view */
    pv_blocks *original;     /* NULL: nothing is tracked */
} pv_docx_ruler;

/* NULL for a source of another loader. */
const pv_docx_ruler *pv_docx_of_source(const pv_source *source);
/* Reads the package into docx, zeroed or not; docx->text is yours to clear, whatever the outcome. */
bool pv_docx_read(pv_docx *docx, pv_arena *arena, pv_str bytes, const pv_limits *limits, pv_error *error) PV_MUST_CHECK;

#endif
