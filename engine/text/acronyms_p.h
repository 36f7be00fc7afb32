/* Invariant: all that is English in the reading of acronyms stands in acronyms_english.c, as data: words with "|"
 * between. */
#ifndef PV_TEXT_ACRONYMS_P_H
#define PV_TEXT_ACRONYMS_P_H

#include "text/acronyms.h"

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

#endif
