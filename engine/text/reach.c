#include "text/context.h"
#include "text/reach_p.h"

#include "text/english_p.h"

/* ---- looking around ---- */

const pv_statement *pv_reach_statement(const pv_target *of, uint32_t index) {
    return &of->read->statements[index];
}

bool pv_reach_is_of(const pv_target *of, const pv_cue *cue) {
    return cue->first < of->end && cue->end > of->first;
}

pv_cue_walk pv_reach_walk(const pv_target *of, uint32_t statement) {
    return (pv_cue_walk){of, statement, pv_reach_statement(of, statement)->first_cue, NULL};
}

bool pv_reach_next(pv_cue_walk *walk) {
    const pv_statements *read = walk->of->read;
    uint32_t end = read->statements[walk->statement].end;
    while (walk->next < read->cue_count && read->cues[walk->next].first < end) {
        walk->cue = &read->cues[walk->next++];
        if (walk->cue->statement == walk->statement && !pv_reach_is_of(walk->of, walk->cue))
            return true;
    }
    return false;
}

/* Whether one of these roles is in the statement, before token. */
bool pv_reach_has_role(const pv_target *of, uint32_t statement, pv_cue_roles roles, uint32_t before) {
    for (pv_cue_walk walk = pv_reach_walk(of, statement); pv_reach_next(&walk);) {
        const pv_cue *cue = walk.cue;
        if (cue->first < before && (cue->roles & roles))
            return true;
    }
    return false;
}

/* A cue that begins (ends) at token, or NULL. */
const pv_cue *pv_reach_cue_over(const pv_statements *read, uint32_t token) {
    size_t low = 0, high = read->cue_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (read->cues[middle].end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < read->cue_count && read->cues[low].first <= token ? &read->cues[low] : NULL;
}

pv_cue_roles pv_reach_roles(const pv_statements *read, uint32_t token) {
    const pv_cue *cue = token < read->tokens->count ? pv_reach_cue_over(read, token) : NULL;
    return cue ? cue->roles : 0;
}

bool pv_reach_is_word(const pv_statements *read, uint32_t token, const char *word) {
    if (token >= read->tokens->count)
        return false;
    pv_str written = pv_statements_word(read, token);
    return pv_ascii_lower(written.data[0]) == pv_ascii_lower(word[0]) &&
           pv_str_equal_ascii_folded(written, pv_str_from(word));
}

/* Whether there is a pause before one of the tokens after `from` and up to `to`. */
bool pv_reach_pause(const pv_statements *read, uint32_t from, uint32_t to) {
    for (uint32_t token = from; token <= to && token < read->tokens->count; token++)
        if (pv_statements_pause_before(read, token))
            return true;
    return false;
}

bool pv_reach_role_between(const pv_statements *read, uint32_t from, uint32_t to, pv_cue_roles roles) {
    for (uint32_t token = from; token < to; token++)
        if (pv_reach_roles(read, token) & roles)
            return true;
    return false;
}

/* A statement without a subject or an auxiliary, which has its sense from the one before: "but 15%". */
bool pv_reach_is_elliptic(const pv_target *of, uint32_t statement) {
    return !pv_reach_has_role(of, statement, PV_CUE_FINITE | PV_CUE_SUBJECT, UINT32_MAX);
}

/* ---- forward ---- */

/* "We expect 26 and commit to 20%". */
static bool promises_anew(const pv_target *of, const pv_cue *cue) {
    for (uint32_t token = cue->end; token + 1 < of->first; token++)
        if ((pv_reach_roles(of->read, token) & PV_CUE_JOINS) && (pv_reach_roles(of->read, token + 1) & PV_CUE_PROMISES))
            return true;
    return false;
}

/* "replace faxes by quarterly meetings": what takes the place is not denied. */
static bool takes_its_place(const pv_target *of, const pv_cue *cue) {
    static const char *const words[] = {"by", "with"};
    pv_str word = pv_str_slice(of->read->text, cue->at.start, cue->at.end);
    bool replaced = pv_str_starts_with_ascii_folded(word, PV_STR("replac"));
    for (uint32_t token = cue->end; replaced && token < of->first; token++)
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (pv_reach_is_word(of->read, token, words[i]))
                return true;
    return false;
}

bool pv_reach_forward(const pv_target *of, const pv_cue *cue) {
    if (cue->roles & PV_CUE_NEAR)
        return of->first <= cue->end + PV_REACH_NEAR_TOKENS - 1 && !pv_reach_pause(of->read, cue->end, of->first);
    if (cue->roles & PV_CUE_TO_COMMA)
        return !pv_reach_pause(of->read, cue->end, of->first);
    if ((cue->roles & PV_CUE_TO_FINITE) && pv_reach_role_between(of->read, cue->end, of->first, PV_CUE_FINITE))
        return false;
    if ((cue->roles & PV_CUE_HEDGES) && promises_anew(of, cue))
        return false;
    if (takes_its_place(of, cue))
        return false;
    if (!(cue->roles & PV_CUE_TO_VERB))
        return true;
    for (uint32_t token = cue->end; token + 1 < of->first; token++)
        if ((pv_reach_roles(of->read, token) & PV_CUE_JOINS) && (pv_reach_roles(of->read, token + 1) & PV_CUE_ACTION))
            return false;
    return true;
}

/* Whether what is denied before a relative clause is denied in it: "no agency which …", but not ", which will …". */
static bool flows_into(const pv_target *of, uint32_t statement) {
    const pv_statement *inner = pv_reach_statement(of, statement);
    if (inner->joint == PV_JOINT_BRACKET || inner->joint == PV_JOINT_QUOTATION)
        return true;
    return inner->joint == PV_JOINT_RELATIVE && (!pv_statements_pause_before(of->read, inner->first) ||
                                                 !pv_reach_has_role(of, statement, PV_CUE_FINITE, UINT32_MAX));
}

/* A statement with a subject and an auxiliary of its own: "we will meet". */
static bool is_full_clause(const pv_target *of, uint32_t statement) {
    return pv_reach_has_role(of, statement, PV_CUE_FINITE, UINT32_MAX) &&
           pv_reach_has_role(of, statement, PV_CUE_SUBJECT, UINT32_MAX);
}

/* The statement whose forward cues reach all that is in this one, or PV_NO_STATEMENT. */
uint32_t pv_reach_governing(const pv_target *of, uint32_t statement) {
    const pv_statement *inner = pv_reach_statement(of, statement);
    if (inner->lead != PV_NO_STATEMENT)
        return is_full_clause(of, statement) ? PV_NO_STATEMENT : inner->lead;
    return inner->outer != PV_NO_STATEMENT && flows_into(of, statement) ? inner->outer : PV_NO_STATEMENT;
}

/* Whether the statements after `from` and up to `to` are parts of one train of thought. */
bool pv_reach_is_held_together(const pv_target *of, uint32_t from, uint32_t to) {
    for (uint32_t i = from + 1; i <= to; i++) {
        pv_joint joint = pv_reach_statement(of, i)->joint;
        if (joint == PV_JOINT_SEMICOLON || joint == PV_JOINT_CONTRAST)
            return false;
    }
    return true;
}

/* ---- the head of an item ---- */

/* What begins a clause in which another verb than that of the item stands: "who", "why". */
static bool opens_clause(const pv_statements *read, uint32_t token) {
    return pv_english_opens_clause(pv_statements_word(read, token)) ||
           (pv_reach_roles(read, token) & (PV_CUE_RELATIVE | PV_CUE_SUBORDINATE | PV_CUE_CONDITIONS)) != 0;
}

/* The token behind the cues of these roles that stand at token, one after the other. */
static uint32_t after_roles(const pv_statements *read, uint32_t token, uint32_t last, pv_cue_roles roles) {
    while (token <= last && (pv_reach_roles(read, token) & roles))
        token = pv_reach_cue_over(read, token)->end;
    return token;
}

/* The auxiliary of the main verb of the statement that these tokens are of; last + 1 where none is found. */
static uint32_t main_verb(const pv_statements *read, uint32_t first, uint32_t last) {
    for (uint32_t token = first; token <= last; token++) {
        if (read->statement_of[token] != read->statement_of[first])
            continue;
        if (opens_clause(read, token))
            break;
        if (pv_reach_roles(read, token) & PV_CUE_FINITE)
            return token;
    }
    return last + 1;
}

pv_span pv_context_head(const pv_statements *read, pv_span item) {
    uint32_t first = pv_statements_token_at(read, item.start);
    if (first >= read->tokens->count || read->tokens->tokens[first].at.start >= item.end)
        return (pv_span){item.start, item.start};
    uint32_t statement = read->statement_of[first];
    uint32_t last = first;
    for (uint32_t token = first; token < read->statements[statement].end; token++)
        if (read->statement_of[token] == statement && read->tokens->tokens[token].at.end <= item.end)
            last = token;
    bool acts = (pv_reach_roles(read, first) & PV_CUE_ACTION) != 0;
    uint32_t verb = acts ? last + 1 : main_verb(read, first, last);
    uint32_t after = after_roles(read, verb, last, PV_CUE_FINITE | PV_CUE_DENIES);
    if (after <= last)
        return read->tokens->tokens[after].at;
    if (verb <= last && verb > first) /* "audits are not planned" */
        return (pv_span){read->tokens->tokens[first].at.start, read->tokens->tokens[verb - 1].at.end};
    uint32_t head = after_roles(read, first, last, PV_CUE_ACTION | PV_CUE_DENIES | PV_CUE_JOINS);
    head = head > last ? last : head;
    return (pv_span){read->tokens->tokens[head].at.start, read->tokens->tokens[last].at.end};
}
