/* Invariant: a cue reaches forward to the end of its statement and into what stands inside it, unless its roles say
 * otherwise (cues.h); nothing here says what it does there. What is asked of is a run of tokens in one statement, whose
 * own words are no cues to it. */
#ifndef PV_TEXT_REACH_P_H
#define PV_TEXT_REACH_P_H

#include "text/statements.h"

#define PV_REACH_CHAIN_MAX 16  /* leads and outer statements looked through */
#define PV_REACH_NEAR_TOKENS 3 /* what a near cue reaches over */

/* What is asked of: tokens first to end of one statement. */
typedef struct pv_target {
    const pv_statements *read;
    uint32_t first;
    uint32_t end;
    uint32_t statement;
} pv_target;

/* The cues of a statement itself, not of those inside it nor in the words asked of, one after the other. */
typedef struct pv_cue_walk {
    const pv_target *of;
    uint32_t statement;
    size_t next;
    const pv_cue *cue;
} pv_cue_walk;

pv_cue_walk pv_reach_walk(const pv_target *of, uint32_t statement);
/* Goes on to the next cue; false where there is none. */
bool pv_reach_next(pv_cue_walk *walk);

/* Whether the cue is one of the words asked of. */
bool pv_reach_is_of(const pv_target *of, const pv_cue *cue);
const pv_statement *pv_reach_statement(const pv_target *of, uint32_t index);
/* Whether a cue with one of these roles is in the statement, before token. */
bool pv_reach_has_role(const pv_target *of, uint32_t statement, pv_cue_roles roles, uint32_t before);
/* The cue that token is in, or NULL; its roles, or 0. */
const pv_cue *pv_reach_cue_over(const pv_statements *read, uint32_t token);
pv_cue_roles pv_reach_roles(const pv_statements *read, uint32_t token);
/* Whether token is this word, in any case. */
bool pv_reach_is_word(const pv_statements *read, uint32_t token, const char *word);
/* Whether there is a pause before one of the tokens from `from` to `to`. */
bool pv_reach_pause(const pv_statements *read, uint32_t from, uint32_t to);
/* Whether one of the tokens from `from` up to `to` has one of these roles. */
bool pv_reach_role_between(const pv_statements *read, uint32_t from, uint32_t to, pv_cue_roles roles);
/* Whether the statement has neither a subject nor an auxiliary, and its sense from the one before: "but 15%". */
bool pv_reach_is_elliptic(const pv_target *of, uint32_t statement);
/* Whether a cue that stands before the words reaches them. */
bool pv_reach_forward(const pv_target *of, const pv_cue *cue);
/* The statement whose forward cues reach all that is in this one, or PV_NO_STATEMENT. */
uint32_t pv_reach_governing(const pv_target *of, uint32_t statement);
/* Whether the statements after `from` and up to `to` are parts of one train of thought. */
bool pv_reach_is_held_together(const pv_target *of, uint32_t from, uint32_t to);

#endif
