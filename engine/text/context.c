#include "text/context_p.h"
#include "text/english_p.h"

const char *pv_context_kind_name(pv_context_kind kind) {
    static const char *const names[PV_CONTEXT_KINDS] = {
        [PV_CONTEXT_DENIED] = "denied",
        [PV_CONTEXT_HEDGED] = "hedged",
        [PV_CONTEXT_ATTRIBUTED] = "attributed",
        [PV_CONTEXT_CONDITIONAL] = "conditional",
        [PV_CONTEXT_PAST] = "past",
        [PV_CONTEXT_PRESENT] = "present",
        [PV_CONTEXT_PROMISED] = "promised",
        [PV_CONTEXT_UNCLEAR] = "unclear",
    };
    return names[kind];
}

const char *pv_doubt_reason(pv_doubt doubt) {
    static const char *const reasons[] = {
        [PV_DOUBT_NONE] = "",
        [PV_DOUBT_DENIED_TWICE] = "it is denied twice",
        [PV_DOUBT_QUOTED] = "it stands in a quotation",
        [PV_DOUBT_ASKED] = "it stands in a question",
        [PV_DOUBT_LED] = "the words before the list are somebody else's",
        [PV_DOUBT_SUBJECT] = "something is denied of what it belongs to",
        [PV_DOUBT_BRACKET] = "a denial follows in brackets",
        [PV_DOUBT_TOO_LONG] = "its sentence is too long to be read",
        [PV_DOUBT_TAKEN_BACK] = "it is taken back",
        [PV_DOUBT_NOTE] = "a note to it takes it back",
        [PV_DOUBT_ELSEWHERE] = "it is said of another place",
        [PV_DOUBT_FAR_OFF] = "its time is out of reach",
        [PV_DOUBT_GARBLED] = "its figure cannot be read",
    };
    return reasons[doubt];
}

bool pv_context_holds(const pv_context *context, pv_context_kind kind) {
    return context->trigger[kind].end > context->trigger[kind].start;
}

bool pv_context_is_asserted(const pv_context *context) {
    return !pv_context_holds(context, PV_CONTEXT_DENIED) && !pv_context_holds(context, PV_CONTEXT_ATTRIBUTED) &&
           !pv_context_holds(context, PV_CONTEXT_UNCLEAR);
}

bool pv_context_is_sure(const pv_context *context) {
    return pv_context_is_asserted(context) && !pv_context_holds(context, PV_CONTEXT_HEDGED) &&
           !pv_context_holds(context, PV_CONTEXT_CONDITIONAL);
}

void pv_context_set(pv_context *context, pv_context_kind kind, pv_span trigger) {
    if (!pv_context_holds(context, kind))
        context->trigger[kind] = trigger;
}

void pv_context_doubt(pv_context *context, pv_doubt why, pv_span trigger) {
    if (context->doubt == PV_DOUBT_NONE) {
        context->doubt = why;
        context->trigger[PV_CONTEXT_UNCLEAR] = trigger;
    }
}

/* ---- denied ---- */

typedef struct denials {
    unsigned count;
    unsigned continued;
    pv_span first;
} denials;

static void count_denial(denials *found, const pv_cue *cue) {
    if (found->count + found->continued == 0)
        found->first = cue->at;
    if (cue->roles & PV_CUE_CONTINUES)
        found->continued++;
    else
        found->count++;
}

/* "does not", "cannot": of what stands before it. The first token of the verb, or NULL's UINT32_MAX. */
static uint32_t verb_denied(const pv_statements *read, const pv_cue *cue) {
    if (cue->roles & PV_CUE_FINITE)
        return cue->first;
    if (cue->first == 0 || !(pv_reach_roles(read, cue->first - 1) & PV_CUE_FINITE))
        return UINT32_MAX;
    return pv_reach_cue_over(read, cue->first - 1)->first;
}

/* A denial after the words: of the subject that they are, or that they stand in. */
static void deny_subject(const pv_target *of, const pv_cue *cue, denials *found, pv_context *context) {
    if (cue->roles & PV_CUE_WHOLE) {
        count_denial(found, cue);
        return;
    }
    uint32_t verb = verb_denied(of->read, cue);
    if (verb == UINT32_MAX || pv_reach_has_role(of, of->statement, PV_CUE_FINITE, of->first))
        return;
    if (verb <= of->end + PV_REACH_NEAR_TOKENS && verb >= of->end)
        count_denial(found, cue);
    else
        pv_context_doubt(context, PV_DOUBT_SUBJECT, cue->at);
}

/* "This is not a pilot: …": what is not so is the pilot. */
static bool denies_noun(const pv_target *of, const pv_cue *cue) {
    return cue->first > 0 && (pv_reach_roles(of->read, cue->first - 1) & PV_CUE_PRESENT) &&
           pv_english_is_determiner(pv_statements_word(of->read, cue->end));
}

static void deny_forward(const pv_target *of, uint32_t statement, bool leads, denials *found) {
    for (pv_cue_walk walk = pv_reach_walk(of, statement); pv_reach_next(&walk);) {
        const pv_cue *cue = walk.cue;
        if (leads && cue->end < of->first && denies_noun(of, cue))
            continue;
        if ((cue->roles & PV_CUE_DENIES) && cue->end <= of->first && pv_reach_forward(of, cue))
            count_denial(found, cue);
    }
}

/* "No agency will meet and will report": the denied subject goes on. */
static void deny_by_subject(const pv_target *of, uint32_t statement, denials *found) {
    uint32_t previous = pv_reach_statement(of, statement)->previous;
    if (previous == PV_NO_STATEMENT)
        return;
    for (pv_cue_walk walk = pv_reach_walk(of, previous); pv_reach_next(&walk);) {
        const pv_cue *cue = walk.cue;
        if (cue->roles & PV_CUE_FINITE)
            return;
        if (cue->roles & PV_CUE_DENIES) {
            count_denial(found, cue);
            return;
        }
    }
}

static void find_denials(const pv_target *of, pv_context *context) {
    denials found = {0};
    uint32_t statement = of->statement;
    for (int i = 0; i < PV_REACH_CHAIN_MAX && statement != PV_NO_STATEMENT; i++) {
        deny_forward(of, statement, statement != of->statement, &found);
        const pv_statement *here = pv_reach_statement(of, statement);
        bool goes_on =
            here->joint == PV_JOINT_COORDINATE && (pv_reach_roles(of->read, here->first + 1) & PV_CUE_FINITE);
        if (goes_on && !(pv_reach_roles(of->read, here->first + 1) & PV_CUE_SUBJECT))
            deny_by_subject(of, statement, &found);
        statement = pv_reach_governing(of, statement);
    }
    for (pv_cue_walk walk = pv_reach_walk(of, of->statement); pv_reach_next(&walk);) {
        const pv_cue *cue = walk.cue;
        if ((cue->roles & PV_CUE_DENIES) && cue->first >= of->end)
            deny_subject(of, cue, &found, context);
    }
    if (found.count >= 2)
        pv_context_doubt(context, PV_DOUBT_DENIED_TWICE, found.first);
    else if (found.count + found.continued > 0)
        pv_context_set(context, PV_CONTEXT_DENIED, found.first);
}

/* "20% (not 15%)", "DMH (not DPH)". */
static bool names_another(const pv_statements *read, const pv_cue *cue) {
    if (cue->end >= read->tokens->count)
        return false;
    char first = read->text.data[read->tokens->tokens[cue->end].at.start];
    return (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z');
}

/* "County Public Health (not yet under contract)". */
static void find_denial_behind(const pv_target *of, pv_context *context) {
    for (uint32_t token = of->end; token <= of->end + 1 && token < of->read->tokens->count; token++) {
        uint32_t index = of->read->statement_of[token];
        const pv_statement *inner = pv_reach_statement(of, index);
        if (inner->joint == PV_JOINT_BRACKET && inner->outer == of->statement && inner->first == token) {
            const pv_cue *cue = pv_reach_cue_over(of->read, token);
            if (cue && (cue->roles & PV_CUE_DENIES) && !names_another(of->read, cue))
                pv_context_doubt(context, PV_DOUBT_BRACKET, cue->at);
        }
    }
}

/* ---- hedged, conditional ---- */

/* "quarterly, and more often if asked": the condition is of what is added. */
static bool is_of_addition(const pv_target *of, const pv_cue *cue) {
    if (pv_statements_pause_before(of->read, cue->first))
        return false;
    for (uint32_t token = of->end; token < cue->first; token++)
        if (((pv_reach_roles(of->read, token) & PV_CUE_JOINS) || pv_reach_is_word(of->read, token, "more")) &&
            pv_statements_pause_before(of->read, token))
            return true;
    return false;
}

/* What stands after the words and is said of what is added to them: "by 20%, and eventually by 30%". */
static bool is_said_of_more(const pv_target *of, const pv_cue *cue) {
    if (cue->first < of->end)
        return false;
    bool joined = cue->first > 0 && (pv_reach_roles(of->read, cue->first - 1) & (PV_CUE_JOINS | PV_CUE_CONTRAST));
    return joined || is_of_addition(of, cue);
}

static void find_hedges(const pv_target *of, pv_context *context) {
    uint32_t statement = of->statement;
    for (int i = 0; i < PV_REACH_CHAIN_MAX && statement != PV_NO_STATEMENT; i++) {
        for (pv_cue_walk walk = pv_reach_walk(of, statement); pv_reach_next(&walk);) {
            const pv_cue *cue = walk.cue;
            bool reaches = ((cue->roles & PV_CUE_WHOLE) && !is_said_of_more(of, cue)) ||
                           (cue->end <= of->first && pv_reach_forward(of, cue));
            /* "20% would be wrong": of what stands before its verb. */
            reaches |= statement == of->statement && cue->first >= of->end && (cue->roles & PV_CUE_FINITE) &&
                       !pv_reach_has_role(of, statement, PV_CUE_FINITE, of->first);
            if ((cue->roles & PV_CUE_HEDGES) && reaches)
                pv_context_set(context, PV_CONTEXT_HEDGED, cue->at);
        }
        const pv_statement *here = pv_reach_statement(of, statement);
        uint32_t next = pv_reach_governing(of, statement);
        if (next == PV_NO_STATEMENT &&
            (here->joint == PV_JOINT_CONTRAST || here->joint == PV_JOINT_COORDINATE ||
             here->joint == PV_JOINT_SEMICOLON) &&
            pv_reach_is_elliptic(of, statement))
            next = here->previous;
        /* "Potentially, access will grow". */
        if (next == PV_NO_STATEMENT && here->joint == PV_JOINT_MAIN && here->previous != PV_NO_STATEMENT &&
            pv_reach_is_elliptic(of, here->previous))
            next = here->previous;
        statement = next;
    }
}

/* "…, we think.", "…, hopefully.", "…, we are told.": words with which the sentence ends. */
static void find_tag(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    const pv_text_sentence *sentence = &read->sentences[pv_reach_statement(of, of->statement)->sentence];
    const pv_cue *cue = pv_reach_cue_over(read, sentence->end - 1);
    if (!cue || !(cue->roles & (PV_CUE_HEDGES | PV_CUE_ATTRIBUTES)) || cue->first < of->end)
        return;
    if (pv_reach_pause(read, cue->first > of->end ? cue->first - 1 : cue->first, cue->first))
        pv_context_set(context, cue->roles & PV_CUE_HEDGES ? PV_CONTEXT_HEDGED : PV_CONTEXT_ATTRIBUTED, cue->at);
}

/* "where schedules permit", "as time allows". */
static bool gives_leave(const pv_statements *read, const pv_cue *cue) {
    if (!pv_reach_is_word(read, cue->first, "where") && !pv_reach_is_word(read, cue->first, "as") &&
        !pv_reach_is_word(read, cue->first, "when"))
        return false;
    for (uint32_t token = cue->end; token < cue->end + PV_REACH_NEAR_TOKENS && token < read->tokens->count; token++)
        if (pv_english_is_leave(pv_statements_word(read, token)))
            return true;
    return false;
}

/* "While budgets are not final, …": what is conceded is not what it is conceded against. */
static bool is_conceded(const pv_target *of, const pv_cue *cue) {
    const pv_statement *there = pv_reach_statement(of, cue->statement);
    return cue->statement != of->statement && there->joint != PV_JOINT_RELATIVE &&
           pv_reach_statement(of, of->statement)->previous == cue->statement &&
           pv_english_concedes(pv_statements_word(of->read, there->first));
}

/* "quarterly (online if the weather is bad)", "in person where the room allows": in which manner, not whether. */
static bool is_of_manner(const pv_target *of, const pv_cue *cue) {
    const pv_statements *read = of->read;
    const pv_statement *there = pv_reach_statement(of, cue->statement);
    while (there->joint != PV_JOINT_BRACKET && there->outer != PV_NO_STATEMENT)
        there = pv_reach_statement(of, there->outer);
    bool bracket = there->joint == PV_JOINT_BRACKET && there->first >= of->end && there->first < cue->first;
    if (bracket && pv_english_is_manner(pv_statements_word(read, there->first)))
        return true;
    return cue->first > 1 && pv_english_is_manner(pv_statements_word(read, cue->first - 1)) &&
           !pv_reach_is_word(read, cue->first - 1, "in") && !pv_reach_is_word(read, cue->first - 1, "more");
}

/* Conditions, and hedges about the whole of a statement, reach over the sentence. */
static void find_conditions(const pv_target *of, uint32_t statement, pv_context *context) {
    const pv_statements *read = of->read;
    const pv_text_sentence *sentence = &read->sentences[pv_reach_statement(of, statement)->sentence];
    const pv_cue *cue = read->cue_count > 0 ? pv_reach_cue_over(read, sentence->first) : NULL;
    size_t next = cue ? (size_t)(cue - read->cues) : pv_reach_statement(of, statement)->first_cue;
    while (next > 0 && read->cues[next - 1].first >= sentence->first)
        next--;
    for (; next < read->cue_count && read->cues[next].first < sentence->end; next++) {
        cue = &read->cues[next];
        bool whole_hedge = ((cue->roles & PV_CUE_HEDGES) && (cue->roles & PV_CUE_WHOLE)) || gives_leave(read, cue);
        if (!((cue->roles & PV_CUE_CONDITIONS) || whole_hedge) || pv_reach_is_of(of, cue) ||
            cue->statement == PV_NO_STATEMENT)
            continue;
        uint32_t from = cue->statement < statement ? cue->statement : statement;
        uint32_t to = cue->statement < statement ? statement : cue->statement;
        if (is_conceded(of, cue) || is_of_manner(of, cue))
            continue;
        if (is_said_of_more(of, cue) || !pv_reach_is_held_together(of, from, to))
            continue;
        pv_context_set(context, whole_hedge ? PV_CONTEXT_HEDGED : PV_CONTEXT_CONDITIONAL, cue->at);
    }
}

/* "Were funds available, we will …". */
static bool is_inverted(const pv_statements *read, const pv_text_sentence *sentence) {
    static const char *const words[] = {"were", "had", "should"};
    bool inverted = false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        inverted |= pv_reach_is_word(read, sentence->first, words[i]);
    return inverted && !sentence->asked;
}

/* "approval of", not "consent form". */
static bool ends_noun(const pv_statements *read, uint32_t token) {
    return token >= read->tokens->count || pv_statements_pause_before(read, token) ||
           pv_english_is_function_word(pv_statements_word(read, token));
}

/* "with the State's approval", "upon DHCS's consent". */
static bool awaits_assent(const pv_statements *read, uint32_t token, uint32_t end) {
    static const char *const words[] = {"with", "upon", "given", "after", "following"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (pv_reach_is_word(read, token, words[i]))
            for (uint32_t next = token + 1; next < end && next <= token + PV_REACH_NEAR_TOKENS; next++)
                if (pv_english_is_assent(pv_statements_word(read, next)))
                    return !pv_reach_pause(read, token + 1, next) && ends_noun(read, next + 1);
    return false;
}

/* Conditions that no word sets by itself. */
static void find_conditions_by_order(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    const pv_statement *here = pv_reach_statement(of, of->statement);
    const pv_text_sentence *sentence = &read->sentences[here->sentence];
    uint32_t first = read->statement_of[sentence->first];
    if (is_inverted(read, sentence) && sentence->first < of->first && first != PV_NO_STATEMENT &&
        first <= of->statement && pv_reach_is_held_together(of, first, of->statement))
        pv_context_set(context, PV_CONTEXT_CONDITIONAL, read->tokens->tokens[sentence->first].at);
    for (uint32_t token = here->first; token + 1 < here->end; token++)
        if (awaits_assent(read, token, here->end))
            pv_context_set(context, PV_CONTEXT_CONDITIONAL,
                           (pv_span){read->tokens->tokens[token].at.start, read->tokens->tokens[token + 1].at.end});
}

/* ---- all together ---- */

/* A paragraph that begins as a mail repeats another: "> We will …", but not "> 20%". */
static bool is_cited(pv_str text, size_t offset) {
    while (offset > 0 && text.data[offset - 1] != '\n')
        offset--;
    if (offset >= text.size || text.data[offset] != '>')
        return false;
    while (offset < text.size && (text.data[offset] == '>' || text.data[offset] == ' '))
        offset++;
    return offset < text.size && (text.data[offset] < '0' || text.data[offset] > '9');
}

static void find_doubts(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    const pv_text_sentence *sentence = &read->sentences[pv_reach_statement(of, of->statement)->sentence];
    pv_span around = read->tokens->tokens[of->first].at;
    if (sentence->too_long)
        pv_context_doubt(context, PV_DOUBT_TOO_LONG, around);
    if (is_cited(read->text, around.start))
        pv_context_doubt(context, PV_DOUBT_QUOTED, around);
    if (sentence->asked)
        pv_context_doubt(context, PV_DOUBT_ASKED, (pv_span){sentence->at.start, sentence->at.end});
    uint32_t statement = of->statement;
    for (int i = 0; i < PV_REACH_CHAIN_MAX && statement != PV_NO_STATEMENT; i++) {
        const pv_statement *here = pv_reach_statement(of, statement);
        bool whole = here->first == of->first && here->end == of->end;
        if (here->joint == PV_JOINT_QUOTATION && !whole && !pv_context_holds(context, PV_CONTEXT_ATTRIBUTED))
            pv_context_doubt(
                context, PV_DOUBT_QUOTED,
                (pv_span){read->tokens->tokens[here->first].at.start, read->tokens->tokens[here->end - 1].at.end});
        statement = here->outer;
    }
}

pv_context pv_context_of(const pv_statements *read, pv_span at) {
    pv_context context = {0};
    uint32_t first = pv_statements_token_at(read, at.start);
    uint32_t end = first;
    while (end < read->tokens->count && read->tokens->tokens[end].at.start < at.end)
        end++;
    if (end == first || read->statement_of[first] == PV_NO_STATEMENT)
        return context;
    pv_target of = {read, first, end, read->statement_of[first]};
    uint32_t where = of.statement;
    pv_tense found = pv_tense_find(&of, &where);
    find_denials(&of, &context);
    find_denial_behind(&of, &context);
    pv_attribution_find(&of, &found, where, &context);
    find_hedges(&of, &context);
    find_tag(&of, &context);
    find_conditions(&of, of.statement, &context);
    find_conditions_by_order(&of, &context);
    uint32_t lead = pv_reach_statement(&of, of.statement)->lead;
    for (int i = 0; i < PV_REACH_CHAIN_MAX && lead != PV_NO_STATEMENT; i++) {
        find_conditions(&of, lead, &context);
        lead = pv_reach_statement(&of, lead)->lead;
    }
    find_doubts(&of, &context);
    pv_reservations_find(&of, &context);
    bool ours = !pv_context_holds(&context, PV_CONTEXT_DENIED) && !pv_context_holds(&context, PV_CONTEXT_ATTRIBUTED) &&
                !pv_context_holds(&context, PV_CONTEXT_UNCLEAR);
    if (found.kind != PV_CONTEXT_KINDS && (found.kind != PV_CONTEXT_PROMISED || ours))
        pv_context_set(&context, found.kind, found.at);
    if (ours && found.kind == PV_CONTEXT_PROMISED && found.cue) {
        context.verb = pv_governing_verb(&of, found.cue);
        const pv_statement *there = pv_reach_statement(&of, where);
        if (there->first < found.cue->first)
            context.promised_by = (pv_span){read->tokens->tokens[there->first].at.start,
                                            read->tokens->tokens[found.cue->first - 1].at.end};
    }
    return context;
}
