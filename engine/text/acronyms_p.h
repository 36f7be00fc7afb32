/* Invariant: all that is English in the reading of acronyms stands in spelling_english.c, as data: words with "|"
 * between. A mention is a word in capitals, or several that hyphens hold together; what it stands for is told from the
 * words next to it (acronym_expansions.c), and whether it is an acronym at all from the whole text (acronyms.c). */
#ifndef PV_TEXT_ACRONYMS_P_H
#define PV_TEXT_ACRONYMS_P_H

#include "text/acronyms.h"
#include "text/word_forms_p.h"
#include "text/word_tables_p.h"

#define PV_ACRONYM_LETTERS_MOST 12 /* more are a word in capitals */

typedef enum pv_acronym_words {
    PV_ACRONYM_SMALL,    /* words that an acronym may pass over: "of", "and" */
    PV_ACRONYM_KNOWN,    /* what no one expands: "US", "PDF" */
    PV_ACRONYM_EMPHASIS, /* words that are written in capitals to be noticed: "NOT" */
    PV_ACRONYM_UNITS,    /* after a figure: "MB", "AM" */
    PV_ACRONYM_POSTAL,   /* the states' postal codes */
    PV_ACRONYM_DEGREES,  /* after a person's name and a comma: "MD" */
    PV_ACRONYM_CITED,    /* between figures: "45 CFR 1355" */
    PV_ACRONYM_BILLS,    /* before a figure: "AB 2083" */
    PV_ACRONYM_SAYS,     /* behind an acronym in its bracket: "for its Spanish *acronym*" */
    PV_ACRONYM_LEADS,    /* before an acronym in its bracket: "hereafter", "or" */
    PV_ACRONYM_MEANS,    /* between an acronym and its words: "stands for" */
    PV_ACRONYM_WORDS_COUNT,
} pv_acronym_words;

extern const pv_str pv_english_acronym_words[PV_ACRONYM_WORDS_COUNT];

typedef struct pv_acronym_text {
    pv_word_forms forms;
    pv_word_table kinds; /* of words: bits, by pv_acronym_words */
} pv_acronym_text;

typedef struct pv_acronym_mention {
    uint32_t first, end; /* words */
    uint32_t entry;      /* of what is known of its letters (acronyms.c) */
    bool sure;           /* it is an acronym whether expanded or not */
    bool usable;         /* it is one that is used, where it is one */
    bool has_expansion;
    bool is_loose;    /* its letters are told by no words in their order */
    bool in_glossary; /* it begins a line or cell, and a dash or colon follows it */
    pv_span words;    /* its expansion, in bytes */
    uint64_t wording; /* hash of that */
} pv_acronym_mention;

static inline const pv_word_form *pv_acronym_word(const pv_acronym_text *text, size_t word) {
    return &text->forms.words[word];
}

static inline bool pv_acronym_is(const pv_acronym_text *text, size_t word, pv_acronym_words kind) {
    const uint32_t *kinds = pv_word_table_find(&text->kinds, pv_acronym_word(text, word)->key);
    return kinds && (*kinds >> kind & 1) != 0;
}

/* The letters of the words from first to end, small, at most PV_ACRONYM_LETTERS_MOST of them; how many there are. */
size_t pv_acronym_letters(const pv_acronym_text *text, size_t first, size_t end, char letters[PV_ACRONYM_LETTERS_MOST]);

/* Fills in what the text says beside it that it stands for. */
void pv_acronym_expand(const pv_acronym_text *text, pv_acronym_mention *found);
/* Takes what its line says for its expansion: a glossary's, which tells no letters. False where it says nothing. */
bool pv_acronym_take_line(const pv_acronym_text *text, pv_acronym_mention *found);

#endif
