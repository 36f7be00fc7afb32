#include "text/context_p.h"
#include "text/english_p.h"

#define DEMAND_TOKENS 3 /* between a speaker and what it does or has */
#define BEHIND_TOKENS 4 /* between words and a clause that takes them up */

/* Who asks, and what with: the cue that follows a speaker, near it, with one of these roles. */
static const pv_cue *after_speaker(const pv_statements *read, const pv_cue *speaker, pv_cue_roles roles) {
    for (uint32_t token = speaker->end; token <= speaker->end + DEMAND_TOKENS && token < read->tokens->count;) {
        const pv_cue *cue = pv_reach_cue_over(read, token);
        if (!cue) {
            token++;
            continue;
        }
        if (cue->statement != speaker->statement)
            return NULL;
        if (cue->roles & roles)
            return cue;
        if (cue->roles & (PV_CUE_SUBJECT | PV_CUE_JOINS))
            return NULL;
        token = cue->end;
    }
    return NULL;
}

static pv_span hull(const pv_cue *a, const pv_cue *b) {
    return (pv_span){a->at.start < b->at.start ? a->at.start : b->at.start,
                     a->at.end > b->at.end ? a->at.end : b->at.end};
}

static bool is_participle(const pv_statements *read, const pv_cue *cue) {
    pv_str word = pv_str_slice(read->text, cue->at.start, cue->at.end);
    return (cue->roles & PV_CUE_ASKS) &&
           (pv_str_ends_with(word, PV_STR("ed")) || pv_str_ends_with(word, PV_STR(" for")));
}

/* What is said of the words by somebody else, and whether a promise may make it the filer's own. */
typedef struct attribution {
    bool found;
    bool may_be_adopted;
    pv_span trigger;
} attribution;

static void attribute(attribution *out, pv_span trigger, bool may_be_adopted) {
    if (!out->found || (out->may_be_adopted && !may_be_adopted))
        *out = (attribution){true, may_be_adopted, trigger};
}

static bool is_directly_before(const pv_target *of, uint32_t token) {
    return of->end <= token && token <= of->end + BEHIND_TOKENS && !pv_reach_pause(of->read, of->end, token);
}

/* A speaker in the statement of the words. */
static void attribute_to_speaker(const pv_target *of, const pv_cue *speaker, attribution *out) {
    const pv_statements *read = of->read;
    const pv_cue *asks = after_speaker(read, speaker, PV_CUE_ASKS);
    const pv_cue *demand = after_speaker(read, speaker, PV_CUE_DEMAND);
    const pv_cue *promise = after_speaker(read, speaker, PV_CUE_PROMISES | PV_CUE_PAST | PV_CUE_PRESENT);
    if (speaker->end <= of->first) {
        if (demand && demand->end <= of->first && !asks)
            attribute(out, hull(speaker, demand), true);
        else if (asks && asks->end <= of->first)
            attribute(out, hull(speaker, asks), false);
        else if (promise && (promise->roles & PV_CUE_PROMISES) && promise->end <= of->first)
            attribute(out, hull(speaker, promise), false);
        else if (of->first <= speaker->end + 2 && !pv_reach_pause(read, speaker->end, of->first))
            attribute(out, speaker->at, true);
        return;
    }
    if (speaker->first < of->end)
        return;
    bool what = speaker->first > 0 && pv_reach_is_word(read, speaker->first - 1, "what");
    if (asks && (what || is_directly_before(of, speaker->first)))
        attribute(out, hull(speaker, asks), true);
    static const char *const prepositions[] = {"of", "in", "from", "by", "under", "on"};
    for (size_t i = 0; i < sizeof prepositions / sizeof prepositions[0]; i++)
        if (speaker->first > of->end - 1 && speaker->first <= of->end + 2 &&
            pv_reach_is_word(read, speaker->first - 1, prepositions[i]))
            attribute(out, speaker->at, true);
}

/* "20% required", "20% is expected", "the share asked for". */
static void attribute_by_participle(const pv_target *of, const pv_cue *cue, attribution *out) {
    const pv_statements *read = of->read;
    if (cue->first < of->end || !is_participle(read, cue) || pv_reach_pause(read, of->end, cue->first))
        return;
    bool near = cue->first <= of->end + BEHIND_TOKENS;
    if (near && !pv_reach_role_between(read, of->end, cue->first, PV_CUE_SUBJECT | PV_CUE_PROMISES))
        attribute(out, cue->at, true);
}

/* "as required", "the required": what may stand beside a promise. */
static bool stands_beside_promise(const pv_statements *read, const pv_cue *cue) {
    static const char *const firsts[] = {"as", "the", "per", "according"};
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++)
        if (pv_reach_is_word(read, cue->first, firsts[i]))
            return true;
    return false;
}

/* "20% is what we are asked". */
static bool is_what(const pv_statements *read, uint32_t token) {
    for (uint32_t back = 1; back <= DEMAND_TOKENS && back <= token; back++)
        if (pv_reach_is_word(read, token - back, "what"))
            return true;
    return false;
}

/* "Partners asked for quarterly meetings": whoever asks, it is not the filer that promises. */
static bool asks_for(const pv_target *of, uint32_t statement, const pv_cue *cue) {
    static const char *const words[] = {"ask", "asks", "asked", "asking", "demand", "demands", "demanded"};
    bool asks = false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        asks |= (cue->roles & PV_CUE_ASKS) && pv_reach_is_word(of->read, cue->first, words[i]);
    /* "The county suggests that", "partners say they". */
    asks |= (cue->roles & PV_CUE_ASKS) && cue->end < of->read->tokens->count &&
            pv_english_is_reported(pv_statements_word(of->read, cue->end)) &&
            !pv_statements_pause_before(of->read, cue->end);
    return asks && cue->end <= of->first && cue->first > pv_reach_statement(of, statement)->first &&
           !pv_reach_has_role(of, statement, PV_CUE_OURS, cue->first);
}

/* Of one statement; of: the words, or what follows all of it. */
static void attribute_in(const pv_target *of, uint32_t statement, attribution *out) {
    for (pv_cue_walk walk = pv_reach_walk(of, statement); pv_reach_next(&walk);) {
        const pv_cue *cue = walk.cue;
        if (cue->roles & PV_CUE_SPEAKER)
            attribute_to_speaker(of, cue, out);
        if (cue->roles & PV_CUE_ATTRIBUTES) {
            bool beside = stands_beside_promise(of->read, cue);
            bool what = cue->first >= of->end && is_what(of->read, cue->first);
            if (cue->end <= of->first || beside || what)
                attribute(out, cue->at, beside);
        }
        if (cue->roles & PV_CUE_ASKS)
            attribute_by_participle(of, cue, out);
        if (asks_for(of, statement, cue))
            attribute(out, cue->at, false);
    }
}

/* "the 20%, which DHCS asks for". */
static void attribute_by_clause(const pv_target *of, attribution *out) {
    for (uint32_t token = of->end; token <= of->end + BEHIND_TOKENS && token < of->read->tokens->count; token++) {
        uint32_t index = of->read->statement_of[token];
        const pv_statement *inner = pv_reach_statement(of, index);
        if (inner->joint != PV_JOINT_RELATIVE || inner->outer != of->statement || inner->first != token)
            continue;
        for (pv_cue_walk walk = pv_reach_walk(of, index); pv_reach_next(&walk);) {
            const pv_cue *cue = walk.cue;
            const pv_cue *asks = (cue->roles & PV_CUE_SPEAKER) ? after_speaker(of->read, cue, PV_CUE_ASKS) : NULL;
            if (asks)
                attribute(out, hull(cue, asks), true);
            else if (is_participle(of->read, cue))
                attribute(out, cue->at, true);
        }
    }
}

/* Whether a promise takes up what somebody asks for: "will reach", "commit to". */
static bool is_adopted(const pv_target *of, const pv_tense *found, uint32_t where) {
    if (found->kind != PV_CONTEXT_PROMISED || !found->cue)
        return false;
    if (where != of->statement)
        return true;
    if (found->cue->first >= of->end)
        return false;
    return (found->cue->roles & (PV_CUE_ACHIEVES | PV_CUE_CHANGES)) ||
           pv_reach_role_between(of->read, found->cue->first, of->first, PV_CUE_ACHIEVES | PV_CUE_CHANGES);
}

static bool is_our_promise(const pv_target *of, const pv_tense *found, uint32_t where) {
    if (found->kind != PV_CONTEXT_PROMISED || where != of->statement || !found->cue)
        return false;
    return (found->cue->roles & PV_CUE_PROMISES) || pv_reach_has_role(of, of->statement, PV_CUE_OURS, of->first);
}

/* Who speaks in a quotation, or that somebody does: the first cue that says so around it, or NULL. */
static const pv_cue *speaker_in(const pv_target *of, uint32_t statement) {
    for (pv_cue_walk walk = pv_reach_walk(of, statement); pv_reach_next(&walk);)
        if (walk.cue->roles & (PV_CUE_SPEAKER | PV_CUE_ASKS | PV_CUE_ATTRIBUTES))
            return walk.cue;
    return NULL;
}

/* "Per the RFP, access will grow", "as the form puts it, plans will": whose promise it is is not said. */
static bool is_cited_before(const pv_target *of, uint32_t before) {
    if (pv_reach_statement(of, of->statement)->lead != PV_NO_STATEMENT ||
        pv_reach_has_role(of, of->statement, PV_CUE_OURS, of->first))
        return false;
    for (pv_cue_walk walk = pv_reach_walk(of, before); pv_reach_next(&walk);) {
        const pv_cue *cue = walk.cue;
        bool ours = pv_reach_is_word(of->read, cue->end, "our") || (pv_reach_roles(of->read, cue->end) & PV_CUE_OURS);
        bool as = pv_reach_is_word(of->read, cue->first, "as") || pv_reach_is_word(of->read, cue->first, "the");
        if ((cue->roles & PV_CUE_ATTRIBUTES) && !as && !ours)
            return true;
    }
    return false;
}

static pv_span last_word(const pv_statements *read, uint32_t statement) {
    return read->tokens->tokens[read->statements[statement].end - 1].at;
}

/* "The template reads: …": somebody else's words, to the letter. */
static bool is_quoted_before(const pv_target *of, uint32_t before) {
    uint32_t last = pv_reach_statement(of, before)->end - 1;
    return pv_reach_statement(of, of->statement)->lead == before &&
           pv_english_is_quoting(pv_statements_word(of->read, last)) &&
           !pv_reach_has_role(of, before, PV_CUE_OURS, UINT32_MAX);
}

/* What stands before a list, a colon or a comma, or around a quotation, may be somebody else's. */
static void attribute_from_before(const pv_target *of, const pv_tense *found, uint32_t where, pv_context *context,
                                  attribution *out) {
    const pv_statement *here = pv_reach_statement(of, of->statement);
    uint32_t before = here->lead;
    if (before == PV_NO_STATEMENT && (here->joint == PV_JOINT_MAIN || pv_reach_is_elliptic(of, of->statement)))
        before = here->previous;
    if (here->joint == PV_JOINT_QUOTATION || here->joint == PV_JOINT_BRACKET)
        before = here->outer;
    for (int i = 0; i < PV_REACH_CHAIN_MAX && before != PV_NO_STATEMENT; i++) {
        attribution other = {0};
        attribute_in(of, before, &other);
        const pv_cue *names = here->joint == PV_JOINT_QUOTATION ? speaker_in(of, before) : NULL;
        bool cited = is_cited_before(of, before);
        if (is_quoted_before(of, before)) {
            pv_context_doubt(context, PV_DOUBT_LED, last_word(of->read, before));
        } else if (other.found && (!is_our_promise(of, found, where) || cited)) {
            if (here->lead != PV_NO_STATEMENT && found->kind == PV_CONTEXT_PROMISED && where == of->statement)
                pv_context_doubt(context, PV_DOUBT_LED, other.trigger);
            else
                attribute(out, other.trigger, other.may_be_adopted && !cited);
        } else if (names) {
            attribute(out, names->at, false);
        }
        before = pv_reach_statement(of, before)->lead;
    }
}

void pv_attribution_find(const pv_target *of, const pv_tense *found, uint32_t where, pv_context *context) {
    attribution said = {0};
    attribute_in(of, of->statement, &said);
    attribute_by_clause(of, &said);
    if (!said.found)
        attribute_from_before(of, found, where, context, &said);
    if (said.found && !(said.may_be_adopted && is_adopted(of, found, where)))
        pv_context_set(context, PV_CONTEXT_ATTRIBUTED, said.trigger);
}
