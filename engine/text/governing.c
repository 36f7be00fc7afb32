#include "text/context_p.h"
#include "text/english_p.h"

#define VERB_TOKENS 4 /* adverbs and auxiliaries between a promise and its verb */

/* "will", "plan to": what is promised is the verb after it; not so "goal", or "commit to a". */
static bool takes_verb(const pv_statements *read, const pv_cue *promise) {
    pv_str word = pv_str_slice(read->text, promise->at.start, promise->at.end);
    return (promise->roles & PV_CUE_FINITE) || pv_str_ends_with(word, PV_STR(" to"));
}

/* "will be", "will also", "will jointly": the verb stands behind it. */
static bool is_passed_over(const pv_statements *read, uint32_t token) {
    static const char *const words[] = {"be",    "been",  "have", "also", "all",  "each",     "both",
                                        "then",  "now",   "thus", "soon", "to",   "together", "next",
                                        "again", "still", "only", "too",  "once", "of",       "course"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (pv_reach_is_word(read, token, words[i]))
            return true;
    const pv_cue *cue = pv_reach_cue_over(read, token);
    if (cue && (cue->roles == 0 || (cue->roles & (PV_CUE_CONTRAST | PV_CUE_SUBJECT))))
        return true; /* "will not only", "will nevertheless", "not only will we" */
    return pv_str_ends_with(pv_statements_word(read, token), PV_STR("ly"));
}

/* "survey them and increase access": the verb that what is asked of belongs to is the last that is joined. */
static uint32_t last_joined(const pv_target *of, uint32_t verb) {
    const pv_statements *read = of->read;
    for (uint32_t token = verb + 1; token + 1 < of->first; token++) {
        if (pv_reach_is_word(read, token, "how") || pv_reach_is_word(read, token, "whether"))
            break;
        bool joins = (pv_reach_roles(read, token) & PV_CUE_JOINS) || pv_statements_pause_before(read, token + 1);
        if (joins && (pv_reach_roles(read, token + 1) & PV_CUE_ACTION))
            verb = token + 1;
    }
    return verb;
}

pv_span pv_governing_verb(const pv_target *of, const pv_cue *promise) {
    const pv_statements *read = of->read;
    if (promise->roles & (PV_CUE_ACTION | PV_CUE_CHANGES))
        return promise->at;
    if (!takes_verb(read, promise))
        return (pv_span){0, 0};
    const pv_statement *here = pv_reach_statement(of, of->statement);
    if (promise->statement != of->statement && promise->statement != here->outer && promise->statement != here->lead)
        return (pv_span){0, 0}; /* "we will not rely on mail, but meet": the verb is another */
    uint32_t end = promise->statement == PV_NO_STATEMENT ? 0 : read->statements[promise->statement].end;
    uint32_t token = promise->end;
    while (token < end && token < promise->end + VERB_TOKENS && !pv_statements_pause_before(read, token) &&
           ((token >= of->first && token < of->end) || is_passed_over(read, token)))
        token++;
    if (token >= end || pv_statements_pause_before(read, token) || (token >= of->first && token < of->end) ||
        pv_english_is_determiner(pv_statements_word(read, token)))
        return (pv_span){0, 0};
    return read->tokens->tokens[last_joined(of, token)].at;
}
