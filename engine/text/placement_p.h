/* Invariant: what "align 2" knows of names, parts and titles before it looks at where parts stand; text/placement.h
 * says what it means. A score is a confidence in hundredths of a percent. */
#ifndef PV_TEXT_PLACEMENT_P_H
#define PV_TEXT_PLACEMENT_P_H

#include "text/key_words_p.h"
#include "text/placement.h"

#define PV_PLACE_STYLES 128u

/* A word of a title or name, each once; weight: how much it tells. */
typedef struct pv_place_word {
    uint64_t key, stem; /* as in text/key_words_p.h */
    uint32_t weight;
} pv_place_word;

typedef struct pv_place_words {
    pv_place_word *words;
    size_t count;
    uint32_t total; /* weight of all */
} pv_place_words;

typedef struct pv_place_name {
    pv_key_words ordered;
    pv_place_words words;
    size_t row;
    bool alias;    /* not the row's first name */
    bool numbered; /* its last word is a number: "Pre-print Section 4" */
} pv_place_name;

typedef struct pv_place_part {
    pv_place_words title;
    pv_place_words joined; /* with the title of the next part; empty where the two do not join */
    uint64_t wording;      /* equal for the same words in any order */
    size_t own_first;      /* of the tokens that stand directly under it, among those said */
    size_t own_count;
    size_t said;                    /* tokens under it, its sub-parts included */
    size_t said_again;              /* the same of the later part with its words that has most */
    size_t twins;                   /* parts with its words that are no entries, itself included */
    unsigned ordinal;               /* of its number; 0 without one */
    uint8_t style;                  /* how its heading is written; below PV_PLACE_STYLES */
    bool comes_before, comes_again; /* a part with its words; later, with as much under it */
    bool contents;                  /* a table of contents */
    bool listed;                    /* an entry of a list of headings */
    bool element;                   /* of a list that the end of a page parts */
    bool sentence;
    bool title_page;     /* nothing is said before it, or under it */
    bool named_appendix; /* "Appendix A" */
    bool appendix;       /* stands in the appendices */
} pv_place_part;

/* How well a title is a row's name. */
typedef struct pv_place_match {
    uint64_t mask; /* the words of the title that the name has, by bits */
    uint32_t name;
    uint16_t score;
    bool exact; /* the title has the words of the name, and no others */
} pv_place_match;

/* How often a key stands somewhere. */
typedef struct pv_key_use {
    uint64_t key;
    uint32_t count;
    uint32_t last;
} pv_key_use;

typedef struct pv_key_uses {
    pv_key_use *slots;
    size_t mask;
} pv_key_uses;

typedef struct pv_placer {
    pv_arena *arena;
    pv_str text;
    const pv_heading_list *headings;
    const pv_token_list *tokens;
    pv_token_list said; /* of the tokens those that stand in no line of furniture or contents */
    const pv_align_name *given;
    size_t name_count, row_count, part_count;
    pv_key_uses keys, stems, numbered; /* by rows: words of names, their stems; words of numbered names */
    pv_place_name *names;
    bool *attached; /* per row: a name of it says that it is an appendix */
    pv_place_part *parts;
    pv_place_match *matches; /* row_count for each part */
    size_t *anchors;         /* per row: the first part that may well be it, or part_count */
    pv_row_alignments *rows;
} pv_placer;

/* Fills names, attached and what words weigh. */
bool pv_place_read_names(pv_placer *place, pv_error *error) PV_MUST_CHECK;
/* Fills parts, but for where the appendices are; the names have been read. */
bool pv_place_read_parts(pv_placer *place, pv_error *error) PV_MUST_CHECK;
/* Fills matches: what titles and numbers say, and what kind of heading each is. */
bool pv_place_hold_titles(pv_placer *place, pv_error *error) PV_MUST_CHECK;

bool pv_key_uses_new(pv_arena *arena, size_t keys, pv_key_uses *out, pv_error *error) PV_MUST_CHECK;
/* The entry of key, or the empty one (count 0) where it goes. */
pv_key_use *pv_key_use_of(const pv_key_uses *uses, uint64_t key);

/* An empty list with room for `most` words, in the placer's arena. */
bool pv_place_words_new(const pv_placer *place, size_t most, pv_place_words *out, pv_error *error) PV_MUST_CHECK;
/* Adds a word that out has not yet, while there is room. */
void pv_place_words_add(pv_place_words *out, pv_place_word word);
/* Adds the key words of text. */
void pv_place_words_weigh(const pv_placer *place, pv_str text, const pv_key_words *list, pv_place_words *out);

/* Whether words begin with "appendix" or what else appendices are called. */
bool pv_place_opens_appendix(pv_str words);
/* The words at these bytes of the text. */
pv_str pv_place_words_at(const pv_placer *place, pv_span at);
/* How many of tokens begin in the span, and the first. */
size_t pv_place_tokens(const pv_token_list *tokens, pv_span at, size_t *first);
pv_place_match *pv_place_match_at(const pv_placer *place, size_t part, size_t row);
/* Leaves so many percent of its score. */
void pv_place_leave(pv_place_match *match, unsigned percent);

#endif
