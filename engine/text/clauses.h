/* Invariant: "follow 1". A clause is a paragraph of a template without its heading and number; "[…]", "{{…}}" and three
 * or more underscores in it stand for up to PV_FILL_WORDS_MAX words of any kind. It is kept when its words stand in the
 * text in order with nothing between them but what fills it in; case, punctuation, hyphens and line breaks do not
 * matter (tokens.h), what pages print around a text (lines.h) is passed over. Otherwise it is changed when at least
 * half of its words stand in order in the passage that has most of its runs of three words, and missing when they do
 * not. A limit that is met is an error, never "missing". */
#ifndef PV_TEXT_CLAUSES_H
#define PV_TEXT_CLAUSES_H

#include "text/headings.h"
#include "text/tokens.h"

#define PV_CLAUSES_VERSION "follow 1"
#define PV_FILL_WORDS_MAX 60
#define PV_CLAUSE_TOKENS_MAX 1500
#define PV_CLAUSE_STEPS_MAX 10000000 /* of work on one clause */

typedef enum pv_clause_state { PV_CLAUSE_KEPT, PV_CLAUSE_CHANGED, PV_CLAUSE_MISSING } pv_clause_state;

typedef struct pv_clause {
    pv_span at;             /* bytes of the template */
    const pv_token *tokens; /* without what stands to be filled in */
    size_t count;
    const bool *fill; /* count + 1: whether words may be filled in before token n, and at the end */
} pv_clause;

typedef struct pv_clause_list {
    const pv_clause *clauses;
    size_t count;
} pv_clause_list;

/* Words that the clause has and the passage has not, or the other way round. */
typedef struct pv_clause_run {
    bool added;
    pv_span at; /* bytes of the text when added, of the template when not */
} pv_clause_run;

typedef struct pv_clause_result {
    pv_clause_state state;
    /* Words of the clause that stand in the passage, of its words and those put in: hundredths of a percent, cut; 0:
     * missing. */
    unsigned similarity;
    pv_span passage; /* bytes of the text; {0, 0} when missing */
    /* Where the wording first departs: the words put in there, or the word that stands before or after. */
    pv_span departs;
    const pv_clause_run *runs;
    size_t run_count;
    size_t steps; /* of work, for a budget */
} pv_clause_result;

typedef struct pv_clause_index pv_clause_index; /* a text, ready for clauses to be looked for in it */

/* The clauses of a template, in arena. A clause longer than PV_CLAUSE_TOKENS_MAX is PV_ERROR_LIMIT. */
bool pv_clauses_find(pv_arena *arena, pv_str text, pv_clause_list *out, pv_error *error) PV_MUST_CHECK;
/* tokens are those of the text that lines are of; both must outlive the index. */
bool pv_clause_index_build(pv_clause_index **out, pv_arena *arena, const pv_token_list *tokens, const pv_lines *lines,
                           pv_error *error) PV_MUST_CHECK;
/* Holds one clause against the text; the index lends its scratch memory, so one at a time. More work than
 * PV_CLAUSE_STEPS_MAX is PV_ERROR_LIMIT. */
bool pv_clause_hold(pv_clause_index *index, const pv_clause *clause, pv_arena *arena, pv_clause_result *out,
                    pv_error *error) PV_MUST_CHECK;
/* "kept", "changed", "missing". */
const char *pv_clause_state_name(pv_clause_state state);

#endif
