/* Invariant: what a part of the package becomes is its bytes with edits spliced in: each puts something in before a
 * byte, takes bytes out, or both, and nothing else changes. */
#ifndef PV_LOAD_DOCX_ANNOTATE_P_H
#define PV_LOAD_DOCX_ANNOTATE_P_H

#include "base/array.h"
#include "load/annotate.h"
#include "load/docx_p.h"

#define PV_DOCX_W_URI "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

/* ---- what stands where in the main part (docx_part_map.c) ---- */

/* A run that stands in no other: what a box shows is written inside a run of the text around it. */
typedef struct pv_docx_run_place {
    pv_span at;          /* its element */
    pv_span tag;         /* its start tag */
    pv_span look;        /* <rPr> … </rPr>; empty: it has none */
    uint32_t first;      /* where its first content begins, */
    uint32_t last;       /* and its last one ends; first where it has none */
    bool is_highlighted; /* its first part is to be */
    bool is_mark;        /* it only refers to a comment: */
    pv_str comment;      /* this one */
} pv_docx_run_place;

/* A text element of such a run. */
typedef struct pv_docx_text_place {
    pv_span at;   /* its element */
    pv_span tag;  /* its start tag */
    pv_span body; /* its characters */
    size_t run;
    bool keeps_space;
} pv_docx_text_place;

typedef struct pv_docx_paragraph_place {
    pv_span at;
    pv_span tag;
    uint32_t begin; /* after its properties */
    bool is_closed; /* <p/> */
} pv_docx_paragraph_place;

/* An element that marks where a comment begins or ends. */
typedef struct pv_docx_mark_place {
    pv_span at;
    pv_str comment;
} pv_docx_mark_place;

/* What refers to a note. */
typedef struct pv_docx_note_place {
    pv_span at;
    pv_str id;
    bool is_end;
    size_t run;
} pv_docx_note_place;

typedef struct pv_docx_part_map {
    pv_arena *arena;
    pv_str bytes;
    PV_ARRAY(pv_docx_run_place) runs;
    PV_ARRAY(pv_docx_text_place) texts;
    PV_ARRAY(pv_docx_paragraph_place) paragraphs; /* those that stand in no box */
    PV_ARRAY(pv_docx_mark_place) marks;
    PV_ARRAY(pv_docx_note_place) notes;
    PV_ARRAY(pv_span) signs;          /* elements of runs that are one character each */
    uint32_t next_number;             /* above those of all tracked changes, bookmarks and comments */
    PV_ARRAY(pv_str) references;      /* the comments that runs refer to */
    PV_ARRAY(size_t) open_paragraphs; /* indexes */
    PV_ARRAY(bool) spaces;            /* of each open element: blanks at the ends of a text in it are text */
    size_t run_depth;
    size_t in_look;       /* depth inside <rPr> of the run */
    size_t in_properties; /* depth inside <pPr> of the paragraph */
    size_t content_depth; /* inside a child of the run */
    bool in_text;
    bool in_sign;
} pv_docx_part_map;

bool pv_docx_map_part(pv_docx_part_map *out, pv_arena *arena, const pv_docx_part *part, const pv_limits *limits,
                      pv_error *error) PV_MUST_CHECK;

static inline uint32_t pv_docx_end_of(pv_span tag, pv_span started) {
    return tag.end > tag.start ? tag.end : started.end; /* an empty element has one tag */
}

/* ---- edits (docx_annotate.c) ---- */

typedef struct pv_docx_edit {
    uint32_t at;
    uint32_t end;    /* bytes [at, end) are taken out, after the text is put in */
    uint32_t rank;   /* of what is put in at one place: what ends first */
    uint32_t number; /* in the order made */
    pv_str text;
} pv_docx_edit;

typedef struct pv_docx_edits {
    pv_arena *arena;
    PV_ARRAY(pv_docx_edit) list;
} pv_docx_edits;

enum {
    PV_DOCX_RANK_TAG,
    PV_DOCX_RANK_CLOSE,
    PV_DOCX_RANK_END,
    PV_DOCX_RANK_POINT,
    PV_DOCX_RANK_START,
    PV_DOCX_RANK_REOPEN,
    PV_DOCX_RANK_TAKEN
};

bool pv_docx_add_edit(pv_docx_edits *edits, uint32_t at, uint32_t end, uint32_t rank, pv_str text,
                      pv_error *error) PV_MUST_CHECK;
/* What a part becomes, in arena. */
bool pv_docx_apply_edits(pv_str *out, pv_docx_edits *edits, pv_str bytes, pv_error *error) PV_MUST_CHECK;
/* The name in a start tag, as it is written: "w:r". */
pv_str pv_docx_written_name(pv_str tag);

/* ---- the marks of comments in the main part (docx_marks.c) ---- */

/* Where a run is parted, so that something may stand between its two parts. */
typedef struct pv_docx_parting {
    uint32_t at;
    const pv_docx_run_place *run;
    pv_docx_text_place *text; /* that is parted too; NULL: it is between two of the run's contents */
    bool is_highlighted;      /* what follows, to the next pv_docx_parting or the run's end */
} pv_docx_parting;

typedef struct pv_docx_annotator {
    pv_arena *arena;
    const pv_limits *limits;
    const pv_docx_ruler *document;
    const pv_docx *docx;
    const pv_annotation *annotation;
    pv_docx_part_map map;
    pv_docx_edits edits; /* of the main part */
    const char *uri;     /* of its elements */
    pv_str prefix;       /* "w:" where that is declared at its root; else every element declares its own */
    PV_ARRAY(pv_docx_parting) partings;
    PV_ARRAY(uint32_t) opened; /* ends of the tags of empty paragraphs that were opened, a set */
    pv_error *error;
} pv_docx_annotator;

/* Makes the edits by which each remark has its marks, the first numbered first, where it belongs. */
bool pv_docx_mark_all(pv_docx_annotator *all, uint32_t first) PV_MUST_CHECK;

/* ---- the part with the comments, and what names it (docx_comments.c) ---- */

/* Makes the edits by which our earlier comments have no marks any more; *first: the number of the first comment that
 * is added; changes: of the other parts, at most PV_DOCX_CHANGES_MOST. */
#define PV_DOCX_CHANGES_MOST 3
bool pv_docx_change_comments(pv_docx_annotator *all, uint32_t *first, pv_package_change *changes,
                             size_t *count) PV_MUST_CHECK;

#endif
