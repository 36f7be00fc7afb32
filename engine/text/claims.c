#include "text/claims.h"

#include "base/utf8.h"
#include "text/english_p.h"
#include "text/phrasing_p.h"
#include "text/reach_p.h"

#define NOUN_TOKENS_MAX 8
#define VERB_TOKENS_MAX 24 /* between a verb of change and its quantity */

const char *pv_claim_kind_name(pv_claim_kind kind) {
    static const char *const names[] = {
        [PV_CLAIM_NONE] = "", [PV_CLAIM_CHANGE] = "change", [PV_CLAIM_LEVEL] = "level", [PV_CLAIM_SHARE] = "share"};
    return names[kind];
}

/* ---- comparing ---- */

/* Where the phrase directly before offset begins; SIZE_MAX when it does not stand there. Signs need no blank. */
static size_t phrase_before(pv_str text, size_t offset, pv_str phrase) {
    unsigned char last = (unsigned char)phrase.data[phrase.size - 1];
    bool sign = last >= 0x80 || last == '=' || last == '<' || last == '>' || last == '~';
    if (!sign)
        return pv_phrasing_phrase_before(text, offset, phrase);
    size_t end = pv_phrasing_skip_blanks_back(text, offset);
    bool there = end >= phrase.size && pv_str_equal(pv_str_slice(text, end - phrase.size, end), phrase);
    return there ? end - phrase.size : SIZE_MAX;
}

/* "at a minimum, 20%": where the phrase before a comma begins. */
static size_t phrase_before_comma(pv_str text, size_t offset, pv_str phrase) {
    size_t end = pv_phrasing_skip_blanks_back(text, offset);
    if (end <= phrase.size || text.data[end - 1] != ',')
        return SIZE_MAX;
    size_t start = end - 1 - phrase.size;
    bool there = pv_str_equal_ascii_folded(pv_str_slice(text, start, end - 1), phrase) &&
                 !pv_phrasing_word_character_before(text, start);
    return there ? start : SIZE_MAX;
}

/* How the text compares the number, beginning with an article passed over ("at least a 20%"). */
static pv_qualifier comparator_of(pv_str text, const pv_quantity *quantity) {
    if (quantity->qualifier != PV_QUALIFIER_NONE && quantity->qualifier != PV_QUALIFIER_ABOUT)
        return quantity->qualifier;
    static const pv_str articles[] = {PV_STR("a"), PV_STR("an"), PV_STR("the")};
    size_t start = quantity->at.start;
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        size_t before = pv_phrasing_phrase_before(text, quantity->at.start, articles[i]);
        if (before != SIZE_MAX)
            start = before;
    }
    for (size_t i = 0; i < pv_english_comparing_before_count; i++)
        if (phrase_before(text, start, pv_english_comparing_before[i].phrase) != SIZE_MAX ||
            phrase_before_comma(text, start, pv_english_comparing_before[i].phrase) != SIZE_MAX)
            return pv_english_comparing_before[i].qualifier;
    pv_qualifier nearer = start < quantity->at.start
                              ? pv_qualifier_of(text, (pv_span){(uint32_t)start, quantity->at.end})
                              : PV_QUALIFIER_NONE;
    if (nearer != PV_QUALIFIER_NONE)
        return nearer;
    for (size_t i = 0; i < pv_english_comparing_after_count; i++)
        if (pv_phrasing_phrase_after(text, quantity->at.end, pv_english_comparing_after[i].phrase) != SIZE_MAX)
            return pv_english_comparing_after[i].qualifier;
    return quantity->qualifier;
}

/* ---- words around ---- */

typedef struct surroundings {
    const pv_statements *read;
    uint32_t first; /* token of the quantity */
    uint32_t end;
    uint32_t statement;
    uint32_t before; /* the first token of what compares it, else first */
} surroundings;

static bool is_any(const pv_statements *read, uint32_t token, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_reach_is_word(read, token, words[i]))
            return true;
    return false;
}

static surroundings around(const pv_statements *read, pv_span at) {
    surroundings found = {.read = read, .first = pv_statements_token_at(read, at.start)};
    found.end = found.first;
    while (found.end < read->tokens->count && read->tokens->tokens[found.end].at.start < at.end)
        found.end++;
    found.statement = found.first < read->tokens->count ? read->statement_of[found.first] : PV_NO_STATEMENT;
    found.before = found.first;
    static const char *const comparing[] = {
        "at",         "least",  "most",    "minimum", "maximum",       "of",      "a",       "an",   "no",    "not",
        "less",       "more",   "fewer",   "than",    "lower",         "over",    "about",   "up",   "about", "some",
        "nearly",     "almost", "roughly", "than",    "approximately", "around",  "another", "as",   "much",  "least",
        "just",       "under",  "exactly", "fully",   "upwards",       "between", "the",     "only", "even",  "further",
        "additional", "below"};
    uint32_t least = found.statement == PV_NO_STATEMENT ? found.first : read->statements[found.statement].first;
    while (found.before > least && found.first - found.before < 6 &&
           is_any(read, found.before - 1, comparing, sizeof comparing / sizeof comparing[0]))
        found.before--;
    /* "up to 20%": the "to" goes with "up". */
    if (found.before > least + 1 && pv_reach_is_word(read, found.before - 1, "to") &&
        pv_reach_is_word(read, found.before - 2, "up"))
        found.before -= 2;
    return found;
}

static bool word_before(const surroundings *of, const char *word) {
    return of->before > 0 && of->read->statement_of[of->before - 1] == of->statement &&
           pv_reach_is_word(of->read, of->before - 1, word);
}

/* The last verb or noun of change before the quantity in its statement, or NULL. */
static const pv_cue *change_before(const surroundings *of) {
    const pv_statements *read = of->read;
    uint32_t least = read->statements[of->statement].first;
    for (uint32_t token = of->before; token > least && of->before - token < VERB_TOKENS_MAX; token--) {
        const pv_cue *cue = pv_reach_cue_over(read, token - 1);
        if (cue && (cue->roles & PV_CUE_CHANGES) && cue->statement == of->statement)
            return cue;
    }
    return NULL;
}

static bool is_falling(const pv_statements *read, const pv_cue *cue) {
    static const pv_str falling[] = {PV_STR("reduc"),  PV_STR("decreas"), PV_STR("lower"), PV_STR("cut"),
                                     PV_STR("declin"), PV_STR("drop"),    PV_STR("fall"),  PV_STR("fewer"),
                                     PV_STR("shrink"), PV_STR("halv"),    PV_STR("narrow")};
    pv_str word = pv_str_slice(read->text, cue->at.start, cue->at.end);
    for (size_t i = 0; i < sizeof falling / sizeof falling[0]; i++)
        if (pv_str_starts_with_ascii_folded(word, falling[i]))
            return true;
    return false;
}

/* ---- nouns ---- */

static pv_span span_of(const pv_statements *read, uint32_t first, uint32_t end) {
    if (first >= end)
        return (pv_span){0, 0};
    return (pv_span){read->tokens->tokens[first].at.start, read->tokens->tokens[end - 1].at.end};
}

/* An auxiliary, a pronoun, "and", "which": not "our staff". */
static bool ends_phrase(pv_cue_roles roles) {
    bool pronoun = (roles & PV_CUE_SUBJECT) && !(roles & PV_CUE_NEEDS_CLAUSE);
    return pronoun || (roles & (PV_CUE_FINITE | PV_CUE_JOINS | PV_CUE_RELATIVE));
}

static bool ends_noun(const pv_statements *read, uint32_t token) {
    return pv_statements_pause_before(read, token) || pv_english_is_determiner(pv_statements_word(read, token));
}

/* The noun phrase that begins at token, up to `most`: without its article, up to what says nothing by itself. */
static pv_span noun_at(const pv_statements *read, uint32_t token, uint32_t most) {
    while (token < most && pv_english_is_determiner(pv_statements_word(read, token)))
        token++;
    uint32_t end = token;
    while (end < most && end < token + NOUN_TOKENS_MAX && !(end > token && ends_noun(read, end)) &&
           !pv_english_is_function_word(pv_statements_word(read, end)) && !ends_phrase(pv_reach_roles(read, end)))
        end++;
    return span_of(read, token, end);
}

/* What stands between the verb of change and "by": "increase access by 20%". */
static pv_span object_of(const surroundings *of, const pv_cue *change) {
    uint32_t first = change->end;
    if (pv_reach_is_word(of->read, first, "in") || pv_reach_is_word(of->read, first, "of"))
        first++;
    return noun_at(of->read, first, of->before);
}

/* What stands before the verb: "Membership will grow by 20%". */
static pv_span subject_of(const surroundings *of, const pv_cue *change) {
    const pv_statements *read = of->read;
    uint32_t first = read->statements[of->statement].first;
    uint32_t end = first;
    while (end < change->first && !(pv_reach_roles(read, end) & PV_CUE_FINITE))
        end++;
    while (first < end && (pv_reach_roles(read, first) & (PV_CUE_JOINS | PV_CUE_CONTRAST)))
        first++;
    return noun_at(read, first, end);
}

/* ---- kinds ---- */

static bool is_change_after(const surroundings *of) {
    const pv_statements *read = of->read;
    if (of->end >= read->tokens->count || pv_statements_pause_before(read, of->end))
        return false;
    static const char *const points[] = {"point", "points", "pts"};
    return (pv_reach_roles(read, of->end) & PV_CUE_CHANGES) || is_any(read, of->end, points, 3) ||
           (pv_reach_is_word(read, of->end, "percentage") && is_any(read, of->end + 1, points, 3));
}

static bool is_level_before(const surroundings *of) {
    const pv_statements *read = of->read;
    static const char *const comparing[] = {"least", "most", "a"};
    bool at = of->before < of->first && pv_reach_is_word(read, of->before, "at") &&
              !is_any(read, of->before + 1, comparing, 3);
    if (at || word_before(of, "to") || word_before(of, "level"))
        return true;
    return of->before > 0 && (pv_reach_roles(read, of->before - 1) & PV_CUE_ACHIEVES) &&
           read->statement_of[of->before - 1] == of->statement;
}

/* "+20%", "up 20%", "up by 20%": not "up to 20%". */
static bool is_up(const surroundings *of) {
    const pv_statements *read = of->read;
    uint32_t start = read->tokens->tokens[of->first].at.start;
    if (start > 0 && read->text.data[start - 1] == '+')
        return true;
    uint32_t token = of->first;
    if (token > 0 && pv_reach_is_word(read, token - 1, "by"))
        token--;
    static const char *const made[] = {"make", "makes", "made", "making"};
    return token > 0 && pv_reach_is_word(read, token - 1, "up") && !(token > 1 && is_any(read, token - 2, made, 4));
}

/* Whether what falls is the better for it: "that gap will shrink by 20%", "reduce the shortage by 20%". */
static bool is_of_gap(const surroundings *of, const pv_claim *claim) {
    const pv_statements *read = of->read;
    const pv_statement *here = &read->statements[of->statement];
    for (uint32_t token = here->first; token < here->end && token < of->end + NOUN_TOKENS_MAX; token++) {
        pv_span at = read->tokens->tokens[token].at;
        bool named = token < of->before || (at.start >= claim->of.start && at.end <= claim->of.end);
        if (named && pv_english_is_gap(pv_statements_word(read, token)))
            return true;
    }
    return false;
}

static bool is_additional(const surroundings *of) {
    static const char *const words[] = {"additional", "another", "further"};
    for (uint32_t token = of->before; token < of->first; token++)
        if (is_any(of->read, token, words, 3))
            return true;
    return false;
}

static void read_kind(const surroundings *of, pv_claim *claim) {
    const pv_statements *read = of->read;
    const pv_cue *change = change_before(of);
    bool of_follows = pv_reach_is_word(read, of->end, "of") && !pv_statements_pause_before(read, of->end);
    bool by = word_before(of, "by") || pv_reach_is_word(read, of->before, "by");
    uint32_t end = read->statements[of->statement].end;
    if (change && (by || change->end == of->before || (change->end + 1 == of->before && word_before(of, "of")))) {
        claim->kind = PV_CLAIM_CHANGE;
    } else if (is_change_after(of) || is_additional(of) || is_up(of)) {
        claim->kind = PV_CLAIM_CHANGE;
        change = is_change_after(of) ? pv_reach_cue_over(read, of->end) : change;
    } else if (is_level_before(of)) {
        claim->kind = PV_CLAIM_LEVEL;
    } else if (of_follows) {
        claim->kind = PV_CLAIM_SHARE;
    }
    bool falls = claim->kind == PV_CLAIM_CHANGE && change && is_falling(read, change);
    uint32_t after = of->end;
    static const char *const points[] = {"percentage", "point", "points", "pts"};
    while (after < end && after < of->end + 3 &&
           ((pv_reach_roles(read, after) & PV_CUE_CHANGES) || is_any(read, after, points, 4)))
        after++;
    bool in_follows = after > of->end && pv_reach_is_word(read, after, "in");
    if (of_follows || pv_reach_is_word(read, after, "of") || in_follows)
        claim->of = noun_at(read, after + 1, end);
    else if (claim->kind == PV_CLAIM_CHANGE && change && change->end < of->before)
        claim->of = object_of(of, change);
    bool named = claim->of.end > claim->of.start;
    bool goes_on =
        after < end && read->statement_of[after] == of->statement &&
        (!pv_statements_pause_before(read, after) || read->text.data[read->tokens->tokens[after].at.start - 2] == ',');
    if (!named && claim->kind != PV_CLAIM_NONE && goes_on && (by || after > of->end) &&
        !pv_english_is_deadline(pv_statements_word(read, after)))
        claim->of = noun_at(read, after, end);
    named = claim->of.end > claim->of.start;
    if (!named && claim->kind == PV_CLAIM_CHANGE && change && change->end <= of->before)
        claim->of = subject_of(of, change);
    claim->falls = falls && !is_of_gap(of, claim);
}

/* ---- from a level to a level ---- */

static void set_change(pv_claim *claim, pv_decimal from, pv_decimal to) {
    pv_error error = {0};
    bool falls = pv_decimal_compare(to, from) < 0;
    pv_decimal change;
    if (!pv_decimal_subtract(falls ? from : to, falls ? to : from, &change, &error))
        return;
    claim->kind = PV_CLAIM_CHANGE;
    claim->from_to = true;
    claim->from = from;
    claim->to = to;
    claim->change = change;
    claim->falls = falls;
}

/* What changes, where it is not said behind. of: the first level. */
static void set_object(pv_claim *claim, const surroundings *of) {
    const pv_cue *change = change_before(of);
    if (change && claim->of.end == claim->of.start)
        claim->of = object_of(of, change);
}

/* "from the current 40% of providers to 60%": this is the 60%. */
static void read_from_to(const surroundings *of, const pv_quantity *quantity, const pv_quantity_list *others,
                         pv_claim *claim) {
    const pv_statements *read = of->read;
    if (pv_decimal_compare(quantity->value, quantity->upper) != 0) {
        if (word_before(of, "from"))
            set_change(claim, quantity->value, quantity->upper);
        if (claim->from_to)
            set_object(claim, of);
        return;
    }
    if (!word_before(of, "to"))
        return;
    for (size_t i = others ? others->count : 0; i > 0; i--) {
        const pv_quantity *other = &others->quantities[i - 1];
        if (other->at.end > quantity->at.start)
            continue;
        surroundings before = around(read, other->at);
        uint32_t token = before.before;
        if (token > 0 && (pv_reach_roles(read, token - 1) & PV_CUE_NEAR))
            token = pv_reach_cue_over(read, token - 1)->first;
        bool from = token > 0 && pv_reach_is_word(read, token - 1, "from");
        from |= pv_reach_is_word(read, token, "from");
        if (from && before.statement == of->statement) {
            set_change(claim, other->value, quantity->value);
            set_object(claim, &before);
        }
        return;
    }
}

#define GOAL_TOKENS 4 /* between a goal and its number */

static bool is_goal(const pv_statements *read, uint32_t token) {
    pv_cue_roles roles = pv_reach_roles(read, token);
    return (roles & PV_CUE_PROMISES) && !(roles & (PV_CUE_FINITE | PV_CUE_WEAK));
}

/* "will meet the 20% target", "the 20% will be reached": not so "report on the 20% target". */
static bool is_taken_up(const surroundings *of) {
    const pv_statement *here = &of->read->statements[of->statement];
    for (uint32_t token = of->before; token > here->first && of->before - token < GOAL_TOKENS; token--)
        if (pv_reach_roles(of->read, token - 1) & PV_CUE_ACHIEVES)
            return true;
    for (uint32_t token = of->end; token < here->end && token <= of->end + GOAL_TOKENS; token++)
        if (pv_reach_roles(of->read, token) & PV_CUE_ACHIEVES)
            return true;
    return false;
}

/* "reach 20%", "a target of 20%", "20% is our goal", "Target: 20%". */
static bool is_target(const surroundings *of, bool definite) {
    const pv_statements *read = of->read;
    if (definite)
        return is_taken_up(of);
    if (of->before > 0 && (pv_reach_roles(read, of->before - 1) & PV_CUE_ACHIEVES) &&
        read->statement_of[of->before - 1] == of->statement)
        return true;
    const pv_statement *here = &read->statements[of->statement];
    for (uint32_t token = of->before; token > here->first && of->before - token < GOAL_TOKENS; token--)
        if (is_goal(read, token - 1))
            return true;
    for (uint32_t token = of->end; token < here->end && token < of->end + GOAL_TOKENS; token++)
        if (is_goal(read, token))
            return true;
    if (here->lead == PV_NO_STATEMENT || of->before > here->first + 1)
        return false;
    const pv_statement *lead = &read->statements[here->lead];
    return lead->end - lead->first <= GOAL_TOKENS && is_goal(read, lead->end - 1);
}

pv_claim pv_claim_of(const pv_statements *read, const pv_quantity *quantity, const pv_quantity_list *others) {
    pv_claim claim = {.comparator = comparator_of(read->text, quantity)};
    surroundings of = around(read, quantity->at);
    if (of.statement == PV_NO_STATEMENT)
        return claim;
    read_kind(&of, &claim);
    read_from_to(&of, quantity, others, &claim);
    uint32_t least = read->statements[of.statement].first;
    for (uint32_t token = of.first; token > least && token >= of.before; token--)
        claim.definite |= pv_english_is_definite(pv_statements_word(read, token - 1));
    claim.is_target = is_target(&of, claim.definite);
    return claim;
}
