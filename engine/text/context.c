#include "text/context.h"

#include "text/english_p.h"

#define CHAIN_MAX 16    /* leads and outer statements looked through */
#define NEAR_TOKENS 3   /* what a near cue reaches over */
#define DEMAND_TOKENS 3 /* between a speaker and what it does or has */
#define BEHIND_TOKENS 4 /* between words and a clause that takes them up */

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

/* ---- looking around ---- */

/* What a context is asked of: tokens first to end of one statement. */
typedef struct target {
    const pv_statements *read;
    uint32_t first;
    uint32_t end;
    uint32_t statement;
} target;

static const pv_statement *statement_of(const target *of, uint32_t index) {
    return &of->read->statements[index];
}

static bool lies_in(const target *of, const pv_cue *cue) {
    return cue->first < of->end && cue->end > of->first;
}

/* The cues of a statement itself, not of those inside it nor in the words asked of, one after the other. */
typedef struct cue_walk {
    const target *of;
    uint32_t statement;
    size_t next;
    const pv_cue *cue;
} cue_walk;

static cue_walk walk_cues(const target *of, uint32_t statement) {
    return (cue_walk){of, statement, statement_of(of, statement)->first_cue, NULL};
}

static bool next_cue(cue_walk *walk) {
    const pv_statements *read = walk->of->read;
    uint32_t end = read->statements[walk->statement].end;
    while (walk->next < read->cue_count && read->cues[walk->next].first < end) {
        walk->cue = &read->cues[walk->next++];
        if (walk->cue->statement == walk->statement && !lies_in(walk->of, walk->cue))
            return true;
    }
    return false;
}

/* Whether one of these roles is in the statement, before token. */
static bool has_role(const target *of, uint32_t statement, pv_cue_roles roles, uint32_t before) {
    for (cue_walk walk = walk_cues(of, statement); next_cue(&walk);) {
        const pv_cue *cue = walk.cue;
        if (cue->first < before && (cue->roles & roles))
            return true;
    }
    return false;
}

/* A cue that begins (ends) at token, or NULL. */
static const pv_cue *cue_from(const pv_statements *read, uint32_t token) {
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

static pv_cue_roles roles_at(const pv_statements *read, uint32_t token) {
    const pv_cue *cue = token < read->tokens->count ? cue_from(read, token) : NULL;
    return cue ? cue->roles : 0;
}

static bool is_word(const pv_statements *read, uint32_t token, const char *word) {
    return token < read->tokens->count && pv_str_equal_ascii_folded(pv_statements_word(read, token), pv_str_from(word));
}

/* Whether there is a pause before one of the tokens after `from` and up to `to`. */
static bool pause_between(const pv_statements *read, uint32_t from, uint32_t to) {
    for (uint32_t token = from; token <= to && token < read->tokens->count; token++)
        if (pv_statements_pause_before(read, token))
            return true;
    return false;
}

static bool role_between(const pv_statements *read, uint32_t from, uint32_t to, pv_cue_roles roles) {
    for (uint32_t token = from; token < to; token++)
        if (roles_at(read, token) & roles)
            return true;
    return false;
}

static void set(pv_context *context, pv_context_kind kind, pv_span trigger) {
    if (!pv_context_holds(context, kind))
        context->trigger[kind] = trigger;
}

static void doubt(pv_context *context, pv_doubt why, pv_span trigger) {
    if (context->doubt == PV_DOUBT_NONE) {
        context->doubt = why;
        context->trigger[PV_CONTEXT_UNCLEAR] = trigger;
    }
}

/* A statement without a subject or an auxiliary, which has its sense from the one before: "but 15%". */
static bool is_elliptic(const target *of, uint32_t statement) {
    return !has_role(of, statement, PV_CUE_FINITE | PV_CUE_SUBJECT, UINT32_MAX);
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
    if (cue->first == 0 || !(roles_at(read, cue->first - 1) & PV_CUE_FINITE))
        return UINT32_MAX;
    return cue_from(read, cue->first - 1)->first;
}

/* A denial after the words: of the subject that they are, or that they stand in. */
static void deny_subject(const target *of, const pv_cue *cue, denials *found, pv_context *context) {
    if (cue->roles & PV_CUE_WHOLE) {
        count_denial(found, cue);
        return;
    }
    uint32_t verb = verb_denied(of->read, cue);
    if (verb == UINT32_MAX || has_role(of, of->statement, PV_CUE_FINITE, of->first))
        return;
    if (verb <= of->end + NEAR_TOKENS && verb >= of->end)
        count_denial(found, cue);
    else
        doubt(context, PV_DOUBT_SUBJECT, cue->at);
}

/* "We expect 26 and commit to 20%". */
static bool promises_anew(const target *of, const pv_cue *cue) {
    for (uint32_t token = cue->end; token + 1 < of->first; token++)
        if ((roles_at(of->read, token) & PV_CUE_JOINS) && (roles_at(of->read, token + 1) & PV_CUE_PROMISES))
            return true;
    return false;
}

static bool reaches_forward(const target *of, const pv_cue *cue) {
    if (cue->roles & PV_CUE_NEAR)
        return of->first <= cue->end + NEAR_TOKENS - 1 && !pause_between(of->read, cue->end, of->first);
    if (cue->roles & PV_CUE_TO_COMMA)
        return !pause_between(of->read, cue->end, of->first);
    if ((cue->roles & PV_CUE_TO_FINITE) && role_between(of->read, cue->end, of->first, PV_CUE_FINITE))
        return false;
    if ((cue->roles & PV_CUE_HEDGES) && promises_anew(of, cue))
        return false;
    if (!(cue->roles & PV_CUE_TO_VERB))
        return true;
    for (uint32_t token = cue->end; token + 1 < of->first; token++)
        if ((roles_at(of->read, token) & PV_CUE_JOINS) && (roles_at(of->read, token + 1) & PV_CUE_ACTION))
            return false;
    return true;
}

/* "This is not a pilot: …": what is not so is the pilot. */
static bool denies_noun(const target *of, const pv_cue *cue) {
    return cue->first > 0 && (roles_at(of->read, cue->first - 1) & PV_CUE_PRESENT) &&
           pv_english_is_determiner(pv_statements_word(of->read, cue->end));
}

static void deny_forward(const target *of, uint32_t statement, bool leads, denials *found) {
    for (cue_walk walk = walk_cues(of, statement); next_cue(&walk);) {
        const pv_cue *cue = walk.cue;
        if (leads && cue->end < of->first && denies_noun(of, cue))
            continue;
        if ((cue->roles & PV_CUE_DENIES) && cue->end <= of->first && reaches_forward(of, cue))
            count_denial(found, cue);
    }
}

/* "No agency will meet and will report": the denied subject goes on. */
static void deny_by_subject(const target *of, uint32_t statement, denials *found) {
    uint32_t previous = statement_of(of, statement)->previous;
    if (previous == PV_NO_STATEMENT)
        return;
    for (cue_walk walk = walk_cues(of, previous); next_cue(&walk);) {
        const pv_cue *cue = walk.cue;
        if (cue->roles & PV_CUE_FINITE)
            return;
        if (cue->roles & PV_CUE_DENIES) {
            count_denial(found, cue);
            return;
        }
    }
}

/* Whether what is denied before a relative clause is denied in it: "no agency which …", but not ", which will …". */
static bool flows_into(const target *of, uint32_t statement) {
    const pv_statement *inner = statement_of(of, statement);
    if (inner->joint == PV_JOINT_BRACKET || inner->joint == PV_JOINT_QUOTATION)
        return true;
    return inner->joint == PV_JOINT_RELATIVE &&
           (!pv_statements_pause_before(of->read, inner->first) || !has_role(of, statement, PV_CUE_FINITE, UINT32_MAX));
}

/* A statement with a subject and an auxiliary of its own: "we will meet". */
static bool is_full_clause(const target *of, uint32_t statement) {
    return has_role(of, statement, PV_CUE_FINITE, UINT32_MAX) && has_role(of, statement, PV_CUE_SUBJECT, UINT32_MAX);
}

/* The statement whose forward cues reach all that is in this one, or PV_NO_STATEMENT. */
static uint32_t governing(const target *of, uint32_t statement) {
    const pv_statement *inner = statement_of(of, statement);
    if (inner->lead != PV_NO_STATEMENT)
        return is_full_clause(of, statement) ? PV_NO_STATEMENT : inner->lead;
    return inner->outer != PV_NO_STATEMENT && flows_into(of, statement) ? inner->outer : PV_NO_STATEMENT;
}

static void find_denials(const target *of, pv_context *context) {
    denials found = {0};
    uint32_t statement = of->statement;
    for (int i = 0; i < CHAIN_MAX && statement != PV_NO_STATEMENT; i++) {
        deny_forward(of, statement, statement != of->statement, &found);
        const pv_statement *here = statement_of(of, statement);
        bool goes_on = here->joint == PV_JOINT_COORDINATE && (roles_at(of->read, here->first + 1) & PV_CUE_FINITE);
        if (goes_on && !(roles_at(of->read, here->first + 1) & PV_CUE_SUBJECT))
            deny_by_subject(of, statement, &found);
        statement = governing(of, statement);
    }
    for (cue_walk walk = walk_cues(of, of->statement); next_cue(&walk);) {
        const pv_cue *cue = walk.cue;
        if ((cue->roles & PV_CUE_DENIES) && cue->first >= of->end)
            deny_subject(of, cue, &found, context);
    }
    if (found.count >= 2)
        doubt(context, PV_DOUBT_DENIED_TWICE, found.first);
    else if (found.count + found.continued > 0)
        set(context, PV_CONTEXT_DENIED, found.first);
}

/* "20% (not 15%)", "DMH (not DPH)". */
static bool names_another(const pv_statements *read, const pv_cue *cue) {
    if (cue->end >= read->tokens->count)
        return false;
    char first = read->text.data[read->tokens->tokens[cue->end].at.start];
    return (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z');
}

/* "County Public Health (not yet under contract)". */
static void find_denial_behind(const target *of, pv_context *context) {
    for (uint32_t token = of->end; token <= of->end + 1 && token < of->read->tokens->count; token++) {
        uint32_t index = of->read->statement_of[token];
        const pv_statement *inner = statement_of(of, index);
        if (inner->joint == PV_JOINT_BRACKET && inner->outer == of->statement && inner->first == token) {
            const pv_cue *cue = cue_from(of->read, token);
            if (cue && (cue->roles & PV_CUE_DENIES) && !names_another(of->read, cue))
                doubt(context, PV_DOUBT_BRACKET, cue->at);
        }
    }
}

/* ---- somebody else's words ---- */

/* Who asks, and what with: the cue that follows a speaker, near it, with one of these roles. */
static const pv_cue *after_speaker(const pv_statements *read, const pv_cue *speaker, pv_cue_roles roles) {
    for (uint32_t token = speaker->end; token <= speaker->end + DEMAND_TOKENS && token < read->tokens->count;) {
        const pv_cue *cue = cue_from(read, token);
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

static bool is_directly_before(const target *of, uint32_t token) {
    return of->end <= token && token <= of->end + BEHIND_TOKENS && !pause_between(of->read, of->end, token);
}

/* A speaker in the statement of the words. */
static void attribute_to_speaker(const target *of, const pv_cue *speaker, attribution *out) {
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
        else if (of->first <= speaker->end + 2 && !pause_between(read, speaker->end, of->first))
            attribute(out, speaker->at, true);
        return;
    }
    if (speaker->first < of->end)
        return;
    bool what = speaker->first > 0 && is_word(read, speaker->first - 1, "what");
    if (asks && (what || is_directly_before(of, speaker->first)))
        attribute(out, hull(speaker, asks), true);
    static const char *const prepositions[] = {"of", "in", "from", "by", "under", "on"};
    for (size_t i = 0; i < sizeof prepositions / sizeof prepositions[0]; i++)
        if (speaker->first > of->end - 1 && speaker->first <= of->end + 2 &&
            is_word(read, speaker->first - 1, prepositions[i]))
            attribute(out, speaker->at, true);
}

/* "20% required", "20% is expected", "the share asked for". */
static void attribute_by_participle(const target *of, const pv_cue *cue, attribution *out) {
    const pv_statements *read = of->read;
    if (cue->first < of->end || !is_participle(read, cue) || pause_between(read, of->end, cue->first))
        return;
    bool near = cue->first <= of->end + BEHIND_TOKENS;
    if (near && !role_between(read, of->end, cue->first, PV_CUE_SUBJECT | PV_CUE_PROMISES))
        attribute(out, cue->at, true);
}

/* "as required", "the required": what may stand beside a promise. */
static bool stands_beside_promise(const pv_statements *read, const pv_cue *cue) {
    static const char *const firsts[] = {"as", "the", "per", "according"};
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++)
        if (is_word(read, cue->first, firsts[i]))
            return true;
    return false;
}

/* Of one statement; of: the words, or what follows all of it. */
static void attribute_in(const target *of, uint32_t statement, attribution *out) {
    for (cue_walk walk = walk_cues(of, statement); next_cue(&walk);) {
        const pv_cue *cue = walk.cue;
        if (cue->roles & PV_CUE_SPEAKER)
            attribute_to_speaker(of, cue, out);
        if (cue->roles & PV_CUE_ATTRIBUTES) {
            bool beside = stands_beside_promise(of->read, cue);
            if (cue->end <= of->first || beside)
                attribute(out, cue->at, beside);
        }
        if (cue->roles & PV_CUE_ASKS)
            attribute_by_participle(of, cue, out);
    }
}

/* "the 20%, which DHCS asks for". */
static void attribute_by_clause(const target *of, attribution *out) {
    for (uint32_t token = of->end; token <= of->end + BEHIND_TOKENS && token < of->read->tokens->count; token++) {
        uint32_t index = of->read->statement_of[token];
        const pv_statement *inner = statement_of(of, index);
        if (inner->joint != PV_JOINT_RELATIVE || inner->outer != of->statement || inner->first != token)
            continue;
        for (cue_walk walk = walk_cues(of, index); next_cue(&walk);) {
            const pv_cue *cue = walk.cue;
            const pv_cue *asks = (cue->roles & PV_CUE_SPEAKER) ? after_speaker(of->read, cue, PV_CUE_ASKS) : NULL;
            if (asks)
                attribute(out, hull(cue, asks), true);
            else if (is_participle(of->read, cue))
                attribute(out, cue->at, true);
        }
    }
}

/* ---- past, present and promised ---- */

typedef struct tense {
    pv_context_kind kind; /* PAST, PRESENT, PROMISED, or PV_CONTEXT_KINDS for none */
    const pv_cue *cue;
    pv_span at;
} tense;

static pv_context_kind tense_kind(pv_cue_roles roles) {
    if (roles & PV_CUE_PAST)
        return PV_CONTEXT_PAST;
    if (roles & PV_CUE_PRESENT)
        return PV_CONTEXT_PRESENT;
    return roles & PV_CUE_PROMISES ? PV_CONTEXT_PROMISED : PV_CONTEXT_KINDS;
}

/* Whether a participle is a verb of the past here: not "improved outreach", not "will be increased". */
static bool is_past(const target *of, const pv_cue *cue) {
    const pv_statements *read = of->read;
    if (!(cue->roles & PV_CUE_PARTICIPLE))
        return true;
    if (cue->first > 0) {
        uint32_t before = cue->first - 1;
        if (is_word(read, before, "be") || is_word(read, before, "is") || is_word(read, before, "are") ||
            is_word(read, before, "am") || is_word(read, before, "being") || is_word(read, before, "to") ||
            is_word(read, before, "the") || is_word(read, before, "an") || is_word(read, before, "a"))
            return false;
        pv_cue_roles roles = roles_at(read, before);
        if ((roles & (PV_CUE_SUBJECT | PV_CUE_RELATIVE)) || is_word(read, before, "that"))
            return true;
        if (cue->first >= of->end)
            return is_word(read, before, "has") || is_word(read, before, "have") || is_word(read, before, "already");
    }
    return !has_role(of, cue->statement, PV_CUE_PROMISES, cue->first);
}

/* "DHCS's target", "the State plans to": no promise of the filer's. */
static bool is_of_speaker(const target *of, const pv_cue *promise) {
    const pv_statements *read = of->read;
    for (uint32_t back = 1; back <= DEMAND_TOKENS && back <= promise->first; back++) {
        const pv_cue *cue = cue_from(read, promise->first - back);
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
static bool tells_tense(const target *of, const pv_cue *cue) {
    pv_context_kind kind = tense_kind(cue->roles);
    if (kind == PV_CONTEXT_KINDS)
        return false;
    if (cue->roles & PV_CUE_NEAR)
        return cue->end <= of->first && reaches_forward(of, cue);
    if (kind == PV_CONTEXT_PROMISED && is_of_speaker(of, cue))
        return false;
    return kind != PV_CONTEXT_PAST || is_past(of, cue);
}

static tense tense_by(const pv_cue *cue) {
    return cue ? (tense){tense_kind(cue->roles), cue, cue->at} : (tense){.kind = PV_CONTEXT_KINDS};
}

/* "to increase access by 20%", "we increase". */
static const pv_cue *purpose_before(const target *of, uint32_t statement) {
    const pv_cue *last = NULL;
    pv_joint joint = statement_of(of, statement)->joint;
    for (cue_walk walk = walk_cues(of, statement); next_cue(&walk);) {
        const pv_cue *cue = walk.cue;
        if (cue->end > of->first)
            break;
        if (!(cue->roles & PV_CUE_ACTION) || !(cue->roles & (PV_CUE_CHANGES | PV_CUE_ACHIEVES)) || cue->first == 0)
            continue;
        bool ours = joint != PV_JOINT_SUBORDINATE && joint != PV_JOINT_RELATIVE &&
                    (roles_at(of->read, cue->first - 1) & PV_CUE_OURS);
        if (is_word(of->read, cue->first - 1, "to") || ours)
            last = cue;
    }
    return last;
}

/* "Capacity grows by 20%", "which closes 20% of the gap": the simple present of a plan, where no auxiliary stands. */
static const pv_cue *plan_before(const target *of, uint32_t statement) {
    if (has_role(of, statement, PV_CUE_FINITE, UINT32_MAX))
        return NULL;
    const pv_cue *last = NULL;
    for (cue_walk walk = walk_cues(of, statement); next_cue(&walk) && walk.cue->end <= of->first;) {
        const pv_cue *cue = walk.cue;
        pv_str word = pv_str_slice(of->read->text, cue->at.start, cue->at.end);
        bool verb = (cue->roles & PV_CUE_CHANGES) && !(cue->roles & PV_CUE_ACTION) &&
                    pv_str_ends_with(word, PV_STR("s")) && !is_word(of->read, cue->end, "of") &&
                    !is_word(of->read, cue->end, "in");
        if (verb && cue->first > statement_of(of, statement)->first)
            last = cue;
    }
    return last;
}

/* "20% by December": a time to come. */
static pv_span deadline_after(const target *of, uint32_t statement) {
    const pv_statement *here = statement_of(of, statement);
    for (uint32_t token = of->end > here->first ? of->end : here->first; token + 1 < here->end; token++) {
        bool the = is_word(of->read, token + 1, "the");
        if (is_word(of->read, token, "by") && token + 1 + the < here->end &&
            pv_english_is_deadline(pv_statements_word(of->read, token + 1 + the)))
            return (pv_span){of->read->tokens->tokens[token].at.start,
                             of->read->tokens->tokens[token + 1 + the].at.end};
    }
    return (pv_span){0, 0};
}

/* "Increase access by 20%", as a statement of its own. */
static const pv_cue *imperative(const target *of, uint32_t statement) {
    const pv_statement *here = statement_of(of, statement);
    if (here->joint == PV_JOINT_RELATIVE || here->joint == PV_JOINT_SUBORDINATE)
        return NULL;
    for (uint32_t token = here->first; token < here->first + 2 && token < here->end; token++) {
        const pv_cue *cue = cue_from(of->read, token);
        if (cue && (cue->roles & PV_CUE_ACTION) && !lies_in(of, cue))
            return cue;
        if (cue && !(cue->roles & PV_CUE_JOINS))
            return NULL;
    }
    return NULL;
}

static tense tense_in(const target *of, uint32_t statement) {
    const pv_cue *strong_before = NULL, *strong_after = NULL, *weak_before = NULL, *weak_after = NULL;
    for (cue_walk walk = walk_cues(of, statement); next_cue(&walk);) {
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
    if (strong_before || strong_after)
        return tense_by(strong_before ? strong_before : strong_after);
    const pv_cue *purpose = purpose_before(of, statement);
    if (purpose && (!weak_before || weak_before->first < purpose->first))
        return (tense){PV_CONTEXT_PROMISED, purpose, purpose->at};
    if (weak_before || weak_after)
        return tense_by(weak_before ? weak_before : weak_after);
    const pv_cue *verb = imperative(of, statement);
    if (!verb)
        verb = plan_before(of, statement);
    if (verb)
        return (tense){PV_CONTEXT_PROMISED, verb, verb->at};
    pv_span deadline = deadline_after(of, statement);
    return (tense){deadline.end > deadline.start ? PV_CONTEXT_PROMISED : PV_CONTEXT_KINDS, NULL, deadline};
}

/* The statement that the words have their tense from where their own has none. */
static uint32_t tense_from(const target *of, uint32_t statement) {
    const pv_statement *here = statement_of(of, statement);
    if (here->lead != PV_NO_STATEMENT)
        return here->lead;
    if (here->joint == PV_JOINT_BRACKET || here->joint == PV_JOINT_QUOTATION)
        return here->outer;
    bool goes_on = here->joint == PV_JOINT_CONTRAST || here->joint == PV_JOINT_COORDINATE ||
                   here->joint == PV_JOINT_SEMICOLON || here->joint == PV_JOINT_MAIN;
    return goes_on && is_elliptic(of, statement) ? here->previous : PV_NO_STATEMENT;
}

/* "To date, 45% of them are": what introduces a clause tells more of the time than its auxiliary. */
static tense tense_of_introduction(const target *of, uint32_t statement, tense found) {
    const pv_statement *here = statement_of(of, statement);
    bool told = found.kind == PV_CONTEXT_PROMISED || (found.cue && !is_weak(found.cue));
    if (told || here->joint != PV_JOINT_MAIN || here->previous == PV_NO_STATEMENT || !is_elliptic(of, here->previous))
        return found;
    for (cue_walk walk = walk_cues(of, here->previous); next_cue(&walk);) {
        pv_context_kind kind = tense_kind(walk.cue->roles);
        if ((kind == PV_CONTEXT_PAST || kind == PV_CONTEXT_PRESENT) && !is_weak(walk.cue))
            return tense_by(walk.cue);
    }
    return found;
}

static tense find_tense(const target *of, uint32_t *where) {
    uint32_t statement = of->statement;
    tense found = {.kind = PV_CONTEXT_KINDS};
    for (int i = 0; i < CHAIN_MAX && statement != PV_NO_STATEMENT; i++) {
        *where = statement;
        found = tense_of_introduction(of, statement, tense_in(of, statement));
        if (found.kind != PV_CONTEXT_KINDS)
            return found;
        statement = tense_from(of, statement);
    }
    return found;
}

/* ---- hedged, conditional ---- */

static void find_hedges(const target *of, pv_context *context) {
    uint32_t statement = of->statement;
    for (int i = 0; i < CHAIN_MAX && statement != PV_NO_STATEMENT; i++) {
        for (cue_walk walk = walk_cues(of, statement); next_cue(&walk);) {
            const pv_cue *cue = walk.cue;
            bool reaches = (cue->roles & PV_CUE_WHOLE) || (cue->end <= of->first && reaches_forward(of, cue));
            if ((cue->roles & PV_CUE_HEDGES) && reaches)
                set(context, PV_CONTEXT_HEDGED, cue->at);
        }
        const pv_statement *here = statement_of(of, statement);
        uint32_t next = governing(of, statement);
        if (next == PV_NO_STATEMENT &&
            (here->joint == PV_JOINT_CONTRAST || here->joint == PV_JOINT_COORDINATE ||
             here->joint == PV_JOINT_SEMICOLON) &&
            is_elliptic(of, statement))
            next = here->previous;
        statement = next;
    }
}

/* Whether the statements after `from` and up to `to` are parts of one train of thought. */
static bool is_held_together(const target *of, uint32_t from, uint32_t to) {
    for (uint32_t i = from + 1; i <= to; i++) {
        pv_joint joint = statement_of(of, i)->joint;
        if (joint == PV_JOINT_SEMICOLON || joint == PV_JOINT_CONTRAST)
            return false;
    }
    return true;
}

/* "quarterly, and more often if asked": the condition is of what is added. */
static bool is_of_addition(const target *of, const pv_cue *cue) {
    if (pv_statements_pause_before(of->read, cue->first))
        return false;
    for (uint32_t token = of->end; token < cue->first; token++)
        if ((roles_at(of->read, token) & PV_CUE_JOINS) && pv_statements_pause_before(of->read, token))
            return true;
    return false;
}

/* "where schedules permit", "as time allows". */
static bool gives_leave(const pv_statements *read, const pv_cue *cue) {
    if (!is_word(read, cue->first, "where") && !is_word(read, cue->first, "as") && !is_word(read, cue->first, "when"))
        return false;
    for (uint32_t token = cue->end; token < cue->end + NEAR_TOKENS && token < read->tokens->count; token++)
        if (pv_english_is_leave(pv_statements_word(read, token)))
            return true;
    return false;
}

/* Conditions, and hedges about the whole of a statement, reach over the sentence. */
static void find_conditions(const target *of, uint32_t statement, pv_context *context) {
    const pv_statements *read = of->read;
    const pv_text_sentence *sentence = &read->sentences[statement_of(of, statement)->sentence];
    const pv_cue *cue = read->cue_count > 0 ? cue_from(read, sentence->first) : NULL;
    size_t next = cue ? (size_t)(cue - read->cues) : statement_of(of, statement)->first_cue;
    while (next > 0 && read->cues[next - 1].first >= sentence->first)
        next--;
    for (; next < read->cue_count && read->cues[next].first < sentence->end; next++) {
        cue = &read->cues[next];
        bool whole_hedge = ((cue->roles & PV_CUE_HEDGES) && (cue->roles & PV_CUE_WHOLE)) || gives_leave(read, cue);
        if (!((cue->roles & PV_CUE_CONDITIONS) || whole_hedge) || lies_in(of, cue) || cue->statement == PV_NO_STATEMENT)
            continue;
        bool after = cue->first >= of->end;
        bool joined = cue->first > 0 && (roles_at(read, cue->first - 1) & (PV_CUE_JOINS | PV_CUE_CONTRAST));
        uint32_t from = cue->statement < statement ? cue->statement : statement;
        uint32_t to = cue->statement < statement ? statement : cue->statement;
        if ((after && (joined || is_of_addition(of, cue))) || !is_held_together(of, from, to))
            continue;
        set(context, whole_hedge ? PV_CONTEXT_HEDGED : PV_CONTEXT_CONDITIONAL, cue->at);
    }
}

/* ---- all together ---- */

/* Whether a promise takes up what somebody asks for: "will reach", "commit to". */
static bool is_adopted(const target *of, const tense *found, uint32_t where) {
    if (found->kind != PV_CONTEXT_PROMISED || !found->cue)
        return false;
    if (where != of->statement)
        return true;
    if (found->cue->first >= of->end)
        return false;
    return (found->cue->roles & (PV_CUE_ACHIEVES | PV_CUE_CHANGES)) ||
           role_between(of->read, found->cue->first, of->first, PV_CUE_ACHIEVES | PV_CUE_CHANGES);
}

static bool is_our_promise(const target *of, const tense *found, uint32_t where) {
    return found->kind == PV_CONTEXT_PROMISED && where == of->statement &&
           has_role(of, of->statement, PV_CUE_OURS | PV_CUE_FINITE, of->first);
}

/* What stands before a list, a colon or a comma, or around a quotation, may be somebody else's. */
static void attribute_from_before(const target *of, const tense *found, uint32_t where, pv_context *context,
                                  attribution *out) {
    const pv_statement *here = statement_of(of, of->statement);
    uint32_t before = here->lead;
    if (before == PV_NO_STATEMENT && (here->joint == PV_JOINT_MAIN || is_elliptic(of, of->statement)))
        before = here->previous;
    if (here->joint == PV_JOINT_QUOTATION || here->joint == PV_JOINT_BRACKET)
        before = here->outer;
    for (int i = 0; i < CHAIN_MAX && before != PV_NO_STATEMENT; i++) {
        attribution other = {0};
        attribute_in(of, before, &other);
        bool names = here->joint == PV_JOINT_QUOTATION &&
                     has_role(of, before, PV_CUE_SPEAKER | PV_CUE_ASKS | PV_CUE_ATTRIBUTES, UINT32_MAX);
        if (other.found && !is_our_promise(of, found, where)) {
            if (here->lead != PV_NO_STATEMENT && found->kind == PV_CONTEXT_PROMISED && where == of->statement)
                doubt(context, PV_DOUBT_LED, other.trigger);
            else
                attribute(out, other.trigger, other.may_be_adopted);
        } else if (names) {
            attribute(out,
                      statement_of(of, before)->first < of->first ? of->read->tokens->tokens[of->first].at
                                                                  : (pv_span){0, 0},
                      false);
        }
        before = statement_of(of, before)->lead;
    }
}

static void find_attribution(const target *of, const tense *found, uint32_t where, pv_context *context) {
    attribution said = {0};
    attribute_in(of, of->statement, &said);
    attribute_by_clause(of, &said);
    if (!said.found)
        attribute_from_before(of, found, where, context, &said);
    if (said.found && !(said.may_be_adopted && is_adopted(of, found, where)))
        set(context, PV_CONTEXT_ATTRIBUTED, said.trigger);
}

static void find_doubts(const target *of, pv_context *context) {
    const pv_statements *read = of->read;
    const pv_text_sentence *sentence = &read->sentences[statement_of(of, of->statement)->sentence];
    pv_span around = read->tokens->tokens[of->first].at;
    if (sentence->too_long)
        doubt(context, PV_DOUBT_TOO_LONG, around);
    if (sentence->asked)
        doubt(context, PV_DOUBT_ASKED, (pv_span){sentence->at.start, sentence->at.end});
    uint32_t statement = of->statement;
    for (int i = 0; i < CHAIN_MAX && statement != PV_NO_STATEMENT; i++) {
        const pv_statement *here = statement_of(of, statement);
        bool whole = here->first == of->first && here->end == of->end;
        if (here->joint == PV_JOINT_QUOTATION && !whole && !pv_context_holds(context, PV_CONTEXT_ATTRIBUTED))
            doubt(context, PV_DOUBT_QUOTED,
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
    target of = {read, first, end, read->statement_of[first]};
    uint32_t where = of.statement;
    tense found = find_tense(&of, &where);
    find_denials(&of, &context);
    find_denial_behind(&of, &context);
    find_attribution(&of, &found, where, &context);
    find_hedges(&of, &context);
    find_conditions(&of, of.statement, &context);
    uint32_t lead = statement_of(&of, of.statement)->lead;
    for (int i = 0; i < CHAIN_MAX && lead != PV_NO_STATEMENT; i++) {
        find_conditions(&of, lead, &context);
        lead = statement_of(&of, lead)->lead;
    }
    find_doubts(&of, &context);
    bool ours = !pv_context_holds(&context, PV_CONTEXT_DENIED) && !pv_context_holds(&context, PV_CONTEXT_ATTRIBUTED) &&
                !pv_context_holds(&context, PV_CONTEXT_UNCLEAR);
    if (found.kind != PV_CONTEXT_KINDS && (found.kind != PV_CONTEXT_PROMISED || ours))
        set(&context, found.kind, found.at);
    if (ours && found.kind == PV_CONTEXT_PROMISED && found.cue) {
        const pv_statement *there = statement_of(&of, where);
        if (there->first < found.cue->first)
            context.promised_by = (pv_span){read->tokens->tokens[there->first].at.start,
                                            read->tokens->tokens[found.cue->first - 1].at.end};
    }
    return context;
}
