/* Invariant: all that is English in the reading of names stands in naming_english.c, as data: groups of words by what
 * they are to a name, and spellings by the one that stands for them. A word in several groups is all that they say. */
#ifndef PV_TEXT_NAMING_P_H
#define PV_TEXT_NAMING_P_H

#include "text/naming.h"

enum {
    PV_NAMING_HEAD = 1u << 0,        /* what offices are called: "department" */
    PV_NAMING_PLURAL = 1u << 1,      /* ... several of them; the row of spellings gives the one */
    PV_NAMING_TAIL = 1u << 2,        /* what several adjectives may share: "health", "records" */
    PV_NAMING_JOINS = 1u << 3,       /* "and", "or" */
    PV_NAMING_ARTICLE = 1u << 4,     /* "the", "each" */
    PV_NAMING_ONE = 1u << 5,         /* "a" */
    PV_NAMING_PREPOSITION = 1u << 6, /* "of", "for" */
    PV_NAMING_OF = 1u << 7,
    PV_NAMING_WITHIN = 1u << 8,    /* after a name, before whose it is: "of", "at", "within" */
    PV_NAMING_BREAK = 1u << 9,     /* stands in no name and no coordination of names: verbs, pronouns, prepositions */
    PV_NAMING_LOCAL = 1u << 10,    /* "county" */
    PV_NAMING_STATE = 1u << 11,    /* "state", "california" */
    PV_NAMING_FEDERAL = 1u << 12,  /* "federal" */
    PV_NAMING_OURS = 1u << 13,     /* "our" */
    PV_NAMING_PLAN = 1u << 14,     /* whom "our" may stand before, and who speaks: "plan" */
    PV_NAMING_PRIVATE = 1u << 15,  /* "nonprofit" */
    PV_NAMING_ITS = 1u << 16,      /* "its", "their" */
    PV_NAMING_ANOTHER = 1u << 17,  /* "another" */
    PV_NAMING_OWN = 1u << 18,      /* between "our" and what is ours: "own", "new" */
    PV_NAMING_PARTNER = 1u << 19,  /* after it, what follows is not ours: "our partners DPSS and DMH" */
    PV_NAMING_THING = 1u << 20,    /* makes the name before it a thing: "public health emergency" */
    PV_NAMING_SEEKS = 1u << 21,    /* makes the name after it one: "receive social services" */
    PV_NAMING_LEADS = 1u << 22,    /* ... with "to": "access to social services" */
    PV_NAMING_STAFF = 1u << 23,    /* who works there: "staff" */
    PV_NAMING_TIME = 1u << 24,     /* "today's" */
    PV_NAMING_CAPITALS = 1u << 25, /* only in capitals: "US" */
    PV_NAMING_AT = 1u << 28,
    PV_NAMING_FIELD = 1u << 29,   /* "medical": with "and", part of what is done */
    PV_NAMING_SEVERAL = 1u << 30, /* "counties" */
    PV_NAMING_HOUSE = 1u << 27,   /* after "in", ours */
    PV_NAMING_DOTTED = 1u << 26,  /* only with a dot after it: "Co." */
};

/* Words with "|" between. */
typedef struct pv_naming_group {
    pv_naming_kinds kinds;
    pv_str words;
} pv_naming_group;

/* Spellings of one word, with "|" between, the one that stands for them first. They are of the kinds of that one, and
 * of these. */
typedef struct pv_naming_spelling {
    pv_naming_kinds kinds;
    pv_str words;
} pv_naming_spelling;

#define PV_MEMBER_WORDS_MOST 8 /* of a coordination; longer ones are no names */
#define PV_BRACKET_WORDS_MOST 5

/* What stands between a word and the one before it. */
enum {
    PV_GAP_COMMA = 1u << 0,
    PV_GAP_SLASH = 1u << 1,
    PV_GAP_SEMICOLON = 1u << 2, /* with a comma */
    PV_GAP_COLON = 1u << 3,
    PV_GAP_STOP = 1u << 4, /* a sentence or paragraph ends */
    PV_GAP_OPEN = 1u << 5, /* a bracket */
    PV_GAP_CLOSE = 1u << 6,
    PV_GAP_ITEM = 1u << 8,   /* with a comma: a new item of a list */
    PV_GAP_JOINED = 1u << 7, /* no gap: "and" or a slash stands before this member or one after it */
};
/* What no name reaches across, unless one has it. */
#define PV_GAP_BARRIER (PV_GAP_STOP | PV_GAP_SEMICOLON)

static inline bool pv_naming_is(const pv_naming_word *word, pv_naming_kinds kinds) {
    return (word->kinds & kinds) != 0;
}

/* The member of a coordination that begins behind the word before end, a short bracket passed over; the number of all
 * words when none does. */
size_t pv_naming_member_after(const pv_naming *naming, size_t end);
/* Whether a member begins at the word at, or did before "of" and "the" there; of_again: there was an "of". */
bool pv_naming_starts_member(const pv_naming *naming, size_t at, bool *of_again);
/* Whether a name may end before the word end: nothing that it would belong to follows. */
bool pv_naming_ends_at(const pv_naming *naming, size_t end);

extern const pv_naming_group pv_english_naming_groups[];
extern const size_t pv_english_naming_group_count;
extern const pv_naming_spelling pv_english_spellings[];
extern const size_t pv_english_spelling_count;

#endif
