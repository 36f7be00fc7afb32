#include "text/context_p.h"

#include "text/english_p.h"

#define DEMAND_TOKENS 3 /* between a speaker and what it has */
#define VERB_TOKENS 4   /* adverbs and auxiliaries between a promise and its verb */

static pv_context_kind tense_kind(pv_cue_roles roles) {
    if (roles & PV_CUE_PAST)
        return PV_CONTEXT_PAST;
    if (roles & PV_CUE_PRESENT)
        return PV_CONTEXT_PRESENT;
    return roles & PV_CUE_PROMISES ? PV_CONTEXT_PROMISED : PV_CONTEXT_KINDS;
}

/* Whether a participle is a verb of the past here: not "improved outreach", not "will be increased". */
static bool is_past(const pv_target *of, const pv_cue *cue) {
    const pv_statements *read = of->read;
    if (!(cue->roles & PV_CUE_PARTICIPLE))
        return true;
    if (cue->first > 0) {
        uint32_t before = cue->first - 1;
        if (pv_reach_is_word(read, before, "be") || pv_reach_is_word(read, before, "is") ||
            pv_reach_is_word(read, before, "are") || pv_reach_is_word(read, before, "am") ||
            pv_reach_is_word(read, before, "being") || pv_reach_is_word(read, before, "to") ||
            pv_reach_is_word(read, before, "the") || pv_reach_is_word(read, before, "an") ||
            pv_reach_is_word(read, before, "a"))
            return false;
        pv_cue_roles roles = pv_reach_roles(read, before);
        if ((roles & (PV_CUE_SUBJECT | PV_CUE_RELATIVE)) || pv_reach_is_word(read, before, "that"))
            return true;
        if (cue->first >= of->end)
            return pv_reach_is_word(read, before, "has") || pv_reach_is_word(read, before, "have") ||
                   pv_reach_is_word(read, before, "already");
    }
    return !pv_reach_has_role(of, cue->statement, PV_CUE_PROMISES, cue->first);
}

/* "DHCS's pv_target", "the State plans to": no promise of the filer's. */
static bool is_of_speaker(const pv_target *of, const pv_cue *promise) {
    const pv_statements *read = of->read;
    for (uint32_t back = 1; back <= DEMAND_TOKENS && back <= promise->first; back++) {
        const pv_cue *cue = pv_reach_cue_over(read, promise->first - back);
        if (cue && (cue->roles & PV_CUE_SPEAKER))
            return true;
        if (cue && (cue->roles & (PV_CUE_SUBJECT | PV_CUE_JOINS)))
            return false;
    }
    return false;
}

static bool is_weak(const pv_cue *cue) {
    return (cue->roles & PV_CUE_WEAK) != 0;
}

/* Whether a cue tells the tense of the words; those that follow them do by themselves where they are strong. */
static bool tells_tense(const pv_target *of, const pv_cue *cue) {
    pv_context_kind kind = tense_kind(cue->roles);
    if (kind == PV_CONTEXT_KINDS)
        return false;
    if (cue->roles & PV_CUE_NEAR)
        return cue->end <= of->first && pv_reach_forward(of, cue);
    if (kind == PV_CONTEXT_PROMISED && is_of_speaker(of, cue))
        return false;
    return kind != PV_CONTEXT_PAST || is_past(of, cue);
}

static pv_tense tense_by(const pv_cue *cue) {
    return cue ? (pv_tense){tense_kind(cue->roles), cue, cue->at} : (pv_tense){.kind = PV_CONTEXT_KINDS};
}

/* "access is to increase": what is to be done is asked, not promised. */
static bool is_to(const pv_statements *read, uint32_t to) {
    static const char *const words[] = {"is", "are", "was", "were"};
    for (size_t i = 0; to > 0 && i < sizeof words / sizeof words[0]; i++)
        if (pv_reach_is_word(read, to - 1, words[i]))
            return true;
    return false;
}

/* "to increase access by 20%", "we increase". */
static const pv_cue *purpose_before(const pv_target *of, uint32_t statement) {
    const pv_cue *last = NULL;
    pv_joint joint = pv_reach_statement(of, statement)->joint;
    for (pv_cue_walk walk = pv_reach_walk(of, statement); pv_reach_next(&walk);) {
        const pv_cue *cue = walk.cue;
        if (cue->end > of->first)
            break;
        if (!(cue->roles & PV_CUE_ACTION) || !(cue->roles & (PV_CUE_CHANGES | PV_CUE_ACHIEVES)) || cue->first == 0)
            continue;
        bool ours = joint != PV_JOINT_SUBORDINATE && joint != PV_JOINT_RELATIVE &&
                    (pv_reach_roles(of->read, cue->first - 1) & PV_CUE_OURS);
        bool others = pv_reach_has_role(of, statement, PV_CUE_SPEAKER, cue->first) &&
                      !pv_reach_has_role(of, statement, PV_CUE_OURS, cue->first);
        bool purpose = !others && pv_reach_is_word(of->read, cue->first - 1, "to") && !is_to(of->read, cue->first - 1);
        if (purpose || ours)
            last = cue;
    }
    return last;
}

/* "Capacity grows by 20%", "which closes 20% of the gap": the simple present of a plan, where no auxiliary stands. */
static const pv_cue *plan_before(const pv_target *of, uint32_t statement) {
    if (pv_reach_has_role(of, statement, PV_CUE_FINITE, UINT32_MAX))
        return NULL;
    const pv_cue *last = NULL;
    for (pv_cue_walk walk = pv_reach_walk(of, statement); pv_reach_next(&walk) && walk.cue->end <= of->first;) {
        const pv_cue *cue = walk.cue;
        pv_str word = pv_str_slice(of->read->text, cue->at.start, cue->at.end);
        bool verb = (cue->roles & PV_CUE_CHANGES) && !(cue->roles & PV_CUE_ACTION) &&
                    pv_str_ends_with(word, PV_STR("s")) && !pv_reach_is_word(of->read, cue->end, "of") &&
                    !pv_reach_is_word(of->read, cue->end, "in");
        if (verb && cue->first > pv_reach_statement(of, statement)->first)
            last = cue;
    }
    return last;
}

/* "20% by December": a time to come. */
static pv_span deadline_after(const pv_target *of, uint32_t statement) {
    const pv_statement *here = pv_reach_statement(of, statement);
    for (uint32_t token = of->end > here->first ? of->end : here->first; token + 1 < here->end; token++) {
        bool the = pv_reach_is_word(of->read, token + 1, "the");
        if (pv_reach_is_word(of->read, token, "by") && token + 1 + the < here->end &&
            pv_english_is_deadline(pv_statements_word(of->read, token + 1 + the)))
            return (pv_span){of->read->tokens->tokens[token].at.start,
                             of->read->tokens->tokens[token + 1 + the].at.end};
    }
    return (pv_span){0, 0};
}

/* "Increase access by 20%", as a statement of its own. */
static const pv_cue *imperative(const pv_target *of, uint32_t statement) {
    const pv_statement *here = pv_reach_statement(of, statement);
    if (here->joint == PV_JOINT_RELATIVE || here->joint == PV_JOINT_SUBORDINATE)
        return NULL;
    for (uint32_t token = here->first; token < here->first + 2 && token < here->end; token++) {
        const pv_cue *cue = pv_reach_cue_over(of->read, token);
        if (cue && (cue->roles & PV_CUE_ACTION) && !pv_reach_is_of(of, cue))
            return cue;
        if (cue && !(cue->roles & PV_CUE_JOINS))
            return NULL;
    }
    return NULL;
}

static pv_tense tense_in(const pv_target *of, uint32_t statement) {
    const pv_cue *strong_before = NULL, *strong_after = NULL, *weak_before = NULL, *weak_after = NULL;
    for (pv_cue_walk walk = pv_reach_walk(of, statement); pv_reach_next(&walk);) {
        const pv_cue *cue = walk.cue;
        if (!tells_tense(of, cue))
            continue;
        if (cue->end <= of->first && (cue->roles & PV_CUE_NEAR))
            return tense_by(cue);
        if (cue->end <= of->first)
            *(is_weak(cue) ? &weak_before : &strong_before) = cue;
        else if (!is_weak(cue) && !strong_after)
            strong_after = cue;
        else if (is_weak(cue) && !weak_after)
            weak_after = cue;
    }
    /* "The goal of 20% was missed". */
    bool goal = strong_before && tense_kind(strong_before->roles) == PV_CONTEXT_PROMISED &&
                !(strong_before->roles & PV_CUE_FINITE);
    if (goal && strong_after && (strong_after->roles & PV_CUE_PAST) && (strong_after->roles & PV_CUE_FINITE) &&
        !pv_reach_has_role(of, statement, PV_CUE_OURS, strong_after->first))
        return tense_by(strong_after);
    if (strong_before || strong_after)
        return tense_by(strong_before ? strong_before : strong_after);
    const pv_cue *purpose = purpose_before(of, statement);
    if (purpose && (!weak_before || weak_before->first < purpose->first))
        return (pv_tense){PV_CONTEXT_PROMISED, purpose, purpose->at};
    if (weak_before || weak_after)
        return tense_by(weak_before ? weak_before : weak_after);
    const pv_cue *verb = imperative(of, statement);
    if (!verb)
        verb = plan_before(of, statement);
    if (verb)
        return (pv_tense){PV_CONTEXT_PROMISED, verb, verb->at};
    pv_span deadline = deadline_after(of, statement);
    return (pv_tense){deadline.end > deadline.start ? PV_CONTEXT_PROMISED : PV_CONTEXT_KINDS, NULL, deadline};
}

/* The statement that the words have their tense from where their own has none. */
static uint32_t tense_from(const pv_target *of, uint32_t statement) {
    const pv_statement *here = pv_reach_statement(of, statement);
    if (here->lead != PV_NO_STATEMENT)
        return here->lead;
    if (here->joint == PV_JOINT_BRACKET || here->joint == PV_JOINT_QUOTATION)
        return here->outer;
    bool goes_on = here->joint == PV_JOINT_CONTRAST || here->joint == PV_JOINT_COORDINATE ||
                   here->joint == PV_JOINT_SEMICOLON || here->joint == PV_JOINT_MAIN;
    return goes_on && pv_reach_is_elliptic(of, statement) ? here->previous : PV_NO_STATEMENT;
}

/* "To date, 45% of them are": what introduces a clause tells more of the time than its auxiliary. */
static pv_tense tense_of_introduction(const pv_target *of, uint32_t statement, pv_tense found) {
    const pv_statement *here = pv_reach_statement(of, statement);
    bool told = found.kind == PV_CONTEXT_PROMISED || (found.cue && !is_weak(found.cue));
    if (told || here->joint != PV_JOINT_MAIN || here->previous == PV_NO_STATEMENT ||
        !pv_reach_is_elliptic(of, here->previous))
        return found;
    for (pv_cue_walk walk = pv_reach_walk(of, here->previous); pv_reach_next(&walk);) {
        pv_context_kind kind = tense_kind(walk.cue->roles);
        if ((kind == PV_CONTEXT_PAST || kind == PV_CONTEXT_PRESENT) && !is_weak(walk.cue))
            return tense_by(walk.cue);
    }
    return found;
}

pv_tense pv_tense_find(const pv_target *of, uint32_t *where) {
    uint32_t statement = of->statement;
    pv_tense found = {.kind = PV_CONTEXT_KINDS};
    for (int i = 0; i < PV_REACH_CHAIN_MAX && statement != PV_NO_STATEMENT; i++) {
        *where = statement;
        found = tense_of_introduction(of, statement, tense_in(of, statement));
        if (found.kind != PV_CONTEXT_KINDS)
            return found;
        statement = tense_from(of, statement);
    }
    return found;
}

/* ---- the verb that a promise governs ---- */

/* "will", "plan to": what is promised is the verb after it; not so "goal", or "commit to a". */
static bool takes_verb(const pv_statements *read, const pv_cue *promise) {
    pv_str word = pv_str_slice(read->text, promise->at.start, promise->at.end);
    return (promise->roles & PV_CUE_FINITE) || pv_str_ends_with(word, PV_STR(" to"));
}

/* "will be", "will also", "will jointly": the verb stands behind it. */
static bool is_passed_over(const pv_statements *read, uint32_t token) {
    if (pv_english_stands_before_verb(pv_statements_word(read, token)))
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
