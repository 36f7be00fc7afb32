/* Invariant: "naming 1". A text read for names has the tokens of tokens.h, but one for all spellings of a word: British
 * and American, in full and abbreviated ("Dept."), "&" and "and", one department or several; each with its bytes, with
 * what stands before it and with what the language (naming_english.c) knows of the word. Whose a name is, is told from
 * the words next to it and nothing else: what they leave open is PV_OWNER_NONE. */
#ifndef PV_TEXT_NAMING_H
#define PV_TEXT_NAMING_H

#include "text/tokens.h"

#define PV_NAMING_TAILS 3

/* What a word of the language is to a name. */
typedef uint32_t pv_naming_kinds;

typedef struct pv_naming_word {
    pv_naming_kinds kinds;
    uint16_t gap;    /* what stands between it and the word before it */
    bool opens;      /* it begins a member of a coordination: after a comma, a slash, "and" … */
    bool capital;    /* it begins with one */
    bool possessive; /* it ends in 's */
    /* Where it begins a member: how many words after it the words stand that the members before it may share with it
     * ("social services and public health *departments*"); 0: none. */
    uint8_t tails[PV_NAMING_TAILS];
} pv_naming_word;

typedef struct pv_naming {
    pv_token_list tokens;
    const pv_naming_word *words; /* one for each token */
} pv_naming;

/* Whose a name is, by the words next to it. */
typedef enum pv_owner {
    PV_OWNER_NONE,    /* nothing says */
    PV_OWNER_LOCAL,   /* "the county's", "local" */
    PV_OWNER_STATE,   /* "the State Department of …", "of California" */
    PV_OWNER_FEDERAL, /* "federal", "national" */
    PV_OWNER_OURS,    /* "our own", "the plan's" */
    PV_OWNER_PRIVATE, /* "a nonprofit" */
    PV_OWNER_OTHER,   /* "Health Net's", "their", "another" */
} pv_owner;

typedef struct pv_ownership {
    pv_owner owner;
    pv_span owned_by; /* bytes: the words that say so; empty when nothing does */
    pv_span thing; /* bytes: the word that makes the name a thing spoken of ("public health *emergency*"); or empty */
} pv_ownership;

/* A name found: tokens of a naming. */
typedef struct pv_naming_range {
    uint32_t first, end;     /* the words said */
    uint32_t head, head_end; /* words said before that stand for this name too; equal: none */
    bool plural;             /* it was looked for as several: "public health agencies" */
    uint32_t tail;           /* a word said after it that stands for this name too; 0: none */
} pv_naming_range;

typedef struct pv_lexicon pv_lexicon;

/* The lexicon of the language "en", in arena. */
bool pv_lexicon_build(pv_lexicon **out, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* Reads text, whose tokens these are, in arena. */
bool pv_naming_read(pv_naming *out, const pv_lexicon *lexicon, pv_arena *arena, pv_str text,
                    const pv_token_list *tokens, pv_error *error) PV_MUST_CHECK;
pv_ownership pv_naming_ownership(const pv_naming *naming, const pv_naming_range *name);
/* Whether the name is said of several of its kind ("public health departments") where one was looked for, which a
 * coordination is not. */
bool pv_naming_is_several(const pv_naming *naming, const pv_naming_range *name);
/* The word right behind the name that it may belong to ("public health *strategy*"), in bytes; empty where the name
 * ends there: at punctuation, an office, staff, a word that is in no name. */
pv_span pv_naming_followed_by(const pv_naming *naming, const pv_naming_range *name);
/* What stands in brackets right behind the name, when it is short: "Department of Public Health (*DPH*)"; or empty. */
pv_span pv_naming_gloss(const pv_naming *naming, const pv_naming_range *name);
/* "local", "state" …; NULL for PV_OWNER_NONE. */
const char *pv_owner_name(pv_owner owner);

#endif
