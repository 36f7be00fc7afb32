/* Invariant: one word form for each token of a text, in order: how the word is written (its capitals, without a closing
 * 's), what parts it from the word before, and in what kind of place it stands: in a line of capitals, a heading, what
 * a page prints around its text, or where nothing is prose (code, addresses, names of files, tags). */
#ifndef PV_TEXT_WORD_FORMS_P_H
#define PV_TEXT_WORD_FORMS_P_H

#include "text/headings.h"

/* What stands between a word and the one before it; marks of emphasis are passed over. */
typedef enum pv_parting {
    PV_PARTED_SPACE,     /* blanks in one line */
    PV_PARTED_BREAK,     /* and one line end, in a paragraph that goes on */
    PV_PARTED_HYPHEN,    /* a hyphen alone */
    PV_PARTED_SLASH,     /* a slash alone */
    PV_PARTED_AMPERSAND, /* "&", with blanks around it or without */
    PV_PARTED_DOT,       /* a dot and blanks */
    PV_PARTED_COMMA,     /* a comma and blanks */
    PV_PARTED_OTHER,     /* anything else */
} pv_parting;

enum {
    PV_FORM_CAPITAL = 1u << 0, /* it begins with one */
    PV_FORM_UPPER = 1u << 1, /* all its letters are capitals, but for the "s" of several or of an owner; two at least */
    PV_FORM_SEVERAL = 1u << 2,    /* of one that is UPPER: with that "s" of several */
    PV_FORM_LETTER = 1u << 3,     /* one capital letter and nothing else */
    PV_FORM_LOWER = 1u << 4,      /* no capital in it */
    PV_FORM_DIGIT = 1u << 5,      /* a digit in it */
    PV_FORM_CAMEL = 1u << 6,      /* a capital behind a small letter */
    PV_FORM_OWNER = 1u << 7,      /* it ends in 's */
    PV_FORM_STARTS = 1u << 8,     /* it is the first of a sentence, line or cell */
    PV_FORM_LINE = 1u << 9,       /* the first of a line or cell */
    PV_FORM_CAPS_LINE = 1u << 10, /* its line or cell is all in capitals */
    PV_FORM_HEADING = 1u << 11,   /* it stands in a heading */
    PV_FORM_SILENT = 1u << 12,    /* in what a page prints around its text, or an entry of a table of contents */
    PV_FORM_NO_PROSE = 1u << 13,  /* in code, an address, a name of a file, a tag */
    PV_FORM_TIGHT = 1u << 14,     /* no blank parts it from the word before */
    PV_FORM_CELL = 1u << 15,      /* it stands in a line that has cells */
    PV_FORM_CUT = 1u << 16,       /* a hyphen and a line end part it from the word before */
    PV_FORM_DOTTED = 1u << 17,    /* with a dot after each letter: "U.S." */
    PV_FORM_FOREIGN = 1u << 18,   /* it stands among words of another language */
};

/* Of words by which names are not judged. */
#define PV_FORM_UNJUDGED (PV_FORM_NO_PROSE | PV_FORM_SILENT | PV_FORM_CAPS_LINE | PV_FORM_FOREIGN)

typedef struct pv_word_form {
    uint64_t key; /* hash of the folded word without a closing 's; of one that is SEVERAL, without that "s" */
    pv_span at;   /* bytes, the same */
    uint32_t flags;
    pv_parting parting;
} pv_word_form;

typedef struct pv_word_forms {
    pv_str text;
    const pv_word_form *words;
    size_t count;
} pv_word_forms;

/* Words, with "|" between, that tell a passage in English from one in another language (spelling_english.c). */
extern const pv_str pv_english_running_words;
extern const pv_str pv_foreign_running_words;

/* In arena. tokens are those of text, headings its parts with those that come twice; marks: what the document says of
 * it, or NULL. */
bool pv_word_forms_read(pv_word_forms *out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                        const pv_heading_list *headings, const pv_marks *marks, pv_error *error) PV_MUST_CHECK;

static inline pv_str pv_word_form_str(const pv_word_forms *forms, size_t word) {
    return pv_str_slice(forms->text, forms->words[word].at.start, forms->words[word].at.end);
}

static inline bool pv_word_form_is(const pv_word_form *form, uint32_t flags) {
    return (form->flags & flags) != 0;
}

#endif
