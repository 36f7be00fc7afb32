/* Invariant: every token of a text stands in exactly one statement, the innermost, and every statement in one sentence.
 * A sentence ends where a reader ends it: not at the dot of an abbreviation, a number or an enumerator, always at the
 * end of a paragraph (a line feed), and each item of a list is one. A statement is a part of it that says something of
 * its own: what stands in brackets or in a longer quotation, a clause with its own subject, what follows a semicolon,
 * a colon or "but". Where that cannot be told it goes on, so that a "not" reaches too far and not too short. */
#ifndef PV_TEXT_STATEMENTS_H
#define PV_TEXT_STATEMENTS_H

#include "text/cues.h"
#include "text/lists.h"

#define PV_NO_STATEMENT UINT32_MAX
/* A sentence of more is not read: what stands in it is unclear. */
#define PV_SENTENCE_TOKENS_MAX 600
#define PV_QUOTATION_TOKENS_MIN 4 /* shorter ones are names and words */

/* How a statement begins. */
typedef enum pv_joint {
    PV_JOINT_SENTENCE, /* with its sentence, or with a sentence inside brackets */
    PV_JOINT_SEMICOLON,
    PV_JOINT_COLON,
    PV_JOINT_CONTRAST,    /* "but", "however" */
    PV_JOINT_COORDINATE,  /* "and" with a subject or an auxiliary of its own */
    PV_JOINT_MAIN,        /* a comma, then a subject: after an introduction, or a clause after a clause */
    PV_JOINT_RELATIVE,    /* "which", "who" */
    PV_JOINT_SUBORDINATE, /* "because", "if" */
    PV_JOINT_BRACKET,
    PV_JOINT_QUOTATION,
} pv_joint;

typedef struct pv_statement {
    pv_joint joint;
    uint32_t first; /* token */
    uint32_t end;   /* after its last; statements inside it lie between */
    uint32_t sentence;
    uint32_t outer;     /* the statement that it stands inside (brackets, quotation, relative clause) */
    uint32_t previous;  /* the one before it in its sentence that it is no part of */
    uint32_t lead;      /* what governs it from before: of an item the words before the list, after a colon those
                          before it */
    uint32_t first_cue; /* index of the first cue at or after its first token */
} pv_statement;

typedef struct pv_text_sentence {
    pv_span at;     /* bytes */
    uint32_t first; /* token */
    uint32_t end;
    bool item;     /* the beginning of a list item */
    bool asked;    /* ends with a question mark */
    bool too_long; /* PV_SENTENCE_TOKENS_MAX was met */
} pv_text_sentence;

typedef struct pv_statements {
    pv_str text;
    const pv_token_list *tokens;
    const pv_cue *cues; /* in order */
    size_t cue_count;
    const pv_statement *statements; /* in the order in which they begin */
    size_t count;
    const pv_text_sentence *sentences;
    size_t sentence_count;
    const uint32_t *statement_of; /* by token: the innermost */
} pv_statements;

/* The statements of text, in arena; tokens and items are those of text, and must live as long. */
bool pv_statements_find(pv_statements **out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                        const pv_list_items *items, const pv_wording *wording, pv_error *error) PV_MUST_CHECK;
/* The first token that does not end before offset; tokens->count when there is none. */
uint32_t pv_statements_token_at(const pv_statements *read, size_t offset);
/* The innermost statement around these bytes; empty where no word stands. */
pv_span pv_statements_around(const pv_statements *read, pv_span at);
/* The sentence around them. */
pv_span pv_sentence_around(const pv_statements *read, pv_span at);
/* The word that a token is. */
pv_str pv_statements_word(const pv_statements *read, uint32_t token);
/* Whether a mark of punctuation stands between the token and the one before it. */
bool pv_statements_pause_before(const pv_statements *read, uint32_t token);

#endif
