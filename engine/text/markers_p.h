/* Invariant: a marker is what looks like an enumerator by itself, whatever its neighbours say: "1)", "(a)" and "ii)" as
 * a word of their own, bullets and "1:" at the start of a line, "First,", "Step 2:", "[3]", "#4". Not one: a year
 * "(2022)", a plural "(s)", a closing parenthesis "(about 5)", a label "Section 3)". Whether it belongs to a list is
 * for lists.h to say. A label is what a heading may be numbered with, read by itself: "3.", "3.2", "III.", "A.",
 * "Section 4", "Exhibit F". What it is a label of, and whether of a heading at all, is for headings.h to say. */
#ifndef PV_TEXT_MARKERS_P_H
#define PV_TEXT_MARKERS_P_H

#include "base/arena.h"
#include "base/error.h"
#include "text/lists.h"

/* ---- markers ---- */

typedef enum pv_marker_kind {
    PV_MARKER_KIND_NUMBER,
    PV_MARKER_KIND_LETTERS,
    PV_MARKER_KIND_BULLET,
    PV_MARKER_KIND_WORD, /* "First,", "Step 2:" */
} pv_marker_kind;

/* Forms beyond all characters and names: of "1.1" and of "1a)", with what stands before the last member. */
#define PV_FIRST_COMPOUND_FORM 0x200000u
#define PV_FIRST_LETTERED_FORM 0x400000u

typedef struct pv_marker {
    pv_marker_kind kind;
    uint32_t form; /* '(' for "(1)", ')' for "1)", '.' for "1." …; of a bullet or one sign, the character; of a word,
                          what names the item, beyond all characters; of "1.1" and "1a)" PV_FIRST_… */
    bool capital;  /* of letters: "A)", "II)" */
    bool stands_free;   /* white space or the end of the text follows, or what the item says; not more punctuation */
    bool opens_line;    /* a line of the text, or of its source */
    bool wrapped;       /* of its source only */
    bool inside;        /* "1." or a bullet in a line of prose, which takes more than one to be believed */
    bool strict;        /* "A." or "2:" in a line of prose: of a list that begins one, or after a colon, with three */
    bool initial;       /* it may begin a name: "A. Smith" */
    bool loose;         /* written as a list is by few: "1)x", "1.) x", "Step 1 x" */
    bool refers;        /* to what stands elsewhere: "see 3)", "1.1.6 (3)" */
    bool after_number;  /* "issue 12 (2)" */
    unsigned number;    /* of figures and words: their value; of one letter: its place in the alphabet; otherwise 0 */
    unsigned roman;     /* of letters that are a Roman numeral up to xx: its value; otherwise 0 */
    unsigned indent;    /* where it opens a line of the text: the columns before it */
    unsigned paragraph; /* 0-based: how many lines that are not blank end before it */
    pv_span at;
} pv_marker;

typedef struct pv_marker_list {
    const pv_marker *markers;
    size_t count;
} pv_marker_list;

/* All markers of text, in order, in arena. starts may be NULL. */
bool pv_markers_find(pv_arena *arena, pv_str text, const pv_line_starts *starts, pv_marker_list *out,
                     pv_error *error) PV_MUST_CHECK;

/* Whether the line, which has no white space before it, begins with a bullet and a blank. */
bool pv_markers_open_with_bullet(pv_str line);

/* The words that markers are made of, and of one kind or more. */
enum {
    PV_MARKER_WORD_NAME = 1u << 0,    /* "step", "key", "no" */
    PV_MARKER_WORD_ORDINAL = 1u << 1, /* "first", "2nd", "lastly" */
    PV_MARKER_WORD_LEAD = 1u << 2,    /* "the", "in": before an ordinal */
};

/* By first letter, and by last, the lengths of those of a kind, as bits: no other word is looked up. */
#define PV_MARKER_WORD_KINDS 3u
#define PV_MARKER_WORD_LETTERS 32u
typedef struct pv_marker_words {
    uint16_t first[PV_MARKER_WORD_KINDS][PV_MARKER_WORD_LETTERS];
    uint16_t last[PV_MARKER_WORD_KINDS][PV_MARKER_WORD_LETTERS];
} pv_marker_words;

void pv_marker_words_set_up(pv_marker_words *out);
/* The kinds that an ASCII word may be of; nearly always those that it is of. */
unsigned pv_marker_word_kinds(const pv_marker_words *known, pv_str word);
/* The marker in words at offset, which begins a word or a bracket, into out: "First,", "Step 2:", "Our second step is".
 * out says already whether it opens a line. */
bool pv_marker_read_words(const pv_marker_words *known, pv_str text, size_t offset, pv_marker *out);
/* Whether the marker, in words, names its item: "Step 1:", "No. 1:". */
bool pv_marker_is_named(const pv_marker *marker);
/* The value of "one" to "twelve"; 0 for any other word. */
unsigned pv_marker_number_word(pv_str word);
/* Whether the marker, in words, stands in brackets: "[step 3]". */
bool pv_marker_is_bracketed(pv_str text, const pv_marker *marker);

/* Whether a letter, a number, or behind a blank a quotation or a bracket begins what an item says at offset. */
bool pv_marker_item_follows(pv_str text, size_t offset);
/* Whether an item may begin at offset: after the start of a line, punctuation, or a word that leads to one ("and"). */
bool pv_marker_is_led(pv_str text, size_t offset);

/* ---- labels ---- */

/* In the order in which outlines nest them, but that figures and capital letters change places. */
typedef enum pv_label_kind {
    PV_LABEL_NONE,
    PV_LABEL_PART,   /* "Part 2" */
    PV_LABEL_NAMED,  /* "Section 4", "Article IV", "Exhibit F", "Appendix A" */
    PV_LABEL_ROMAN,  /* "III." */
    PV_LABEL_LETTER, /* "B." */
    PV_LABEL_FIGURE, /* "3." and "3.2" */
    PV_LABEL_SMALL_LETTER,
    PV_LABEL_SMALL_ROMAN,
} pv_label_kind;

typedef enum pv_label_close {
    PV_LABEL_OPEN,  /* nothing: "3.2 Training", "Exhibit F" */
    PV_LABEL_DOT,   /* "3." */
    PV_LABEL_PAREN, /* "3)" */
    PV_LABEL_DASH,  /* "Section 4 - ", "Part A: " */
} pv_label_close;

typedef struct pv_label {
    pv_label_kind kind;
    pv_label_close close;
    unsigned level;   /* members: "3.2" has two */
    unsigned ordinal; /* of the last member, from 1 */
    unsigned letter;  /* where one letter is read as a Roman numeral: its place in the alphabet; otherwise 0 */
    size_t size;      /* bytes, with what closes it but without the blanks behind */
    size_t after;     /* offset of what it labels, or the end of the line */
} pv_label;

/* The value of a Roman numeral up to xxxix, in capitals or small letters; 0 for anything else. */
unsigned pv_roman_value(pv_str letters);
/* The label that line begins with; kind PV_LABEL_NONE without one. */
pv_label pv_label_read(pv_str line);

#endif
