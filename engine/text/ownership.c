#include "text/naming.h"

#include "text/naming_p.h"

static const char *const owner_names[] = {
    [PV_OWNER_LOCAL] = "local", [PV_OWNER_STATE] = "state",     [PV_OWNER_FEDERAL] = "federal",
    [PV_OWNER_OURS] = "ours",   [PV_OWNER_PRIVATE] = "private", [PV_OWNER_OTHER] = "other",
};

const char *pv_owner_name(pv_owner owner) {
    return owner_names[owner];
}

#define BACK_MOST 5      /* words before a name that are looked at */
#define UNKNOWN_MOST 2   /* of them such as nothing is known of */
#define SERIES_MOST 60   /* words of a coordination before a name */
#define SENTENCE_MOST 60 /* words before "its" in which whose that is must stand */

static pv_span span_of(const pv_naming *naming, size_t first, size_t end) {
    return (pv_span){naming->tokens.tokens[first].at.start, naming->tokens.tokens[end - 1].at.end};
}

static bool range_is(const pv_naming *naming, size_t first, size_t end, pv_naming_kinds kinds) {
    for (size_t at = first; at < end; at++)
        if (pv_naming_is(&naming->words[at], kinds))
            return true;
    return false;
}

/* Whether something local is spoken of before the word at, in its sentence. */
static bool local_before(const pv_naming *naming, size_t at) {
    for (size_t steps = 0; at > 0 && steps < SENTENCE_MOST && !(naming->words[at].gap & PV_GAP_STOP); steps++)
        if (pv_naming_is(&naming->words[--at], PV_NAMING_LOCAL))
            return true;
    return false;
}

/* "Health Net's": the capital words before a possessive belong to it. */
static pv_span possessor(const pv_naming *naming, size_t at) {
    size_t first = at;
    while (first > 0 && at - first < 4 && (naming->words[first].gap & ~PV_GAP_JOINED) == 0 &&
           naming->words[first - 1].capital &&
           !pv_naming_is(&naming->words[first - 1], PV_NAMING_BREAK | PV_NAMING_ARTICLE))
        first--;
    return span_of(naming, first, at + 1);
}

/* What a name is written as, which tells how far the words before it reach. */
typedef enum name_form {
    FORM_ACRONYM, /* never ours: "our DPH liaisons" */
    FORM_OFFICE,  /* "department of public health" */
    FORM_BARE,    /* "public health": a thing, too, which people of a county have */
} name_form;

static name_form form_of(const pv_naming *naming, const pv_naming_range *name) {
    if (name->end == name->first + 1 && naming->tokens.tokens[name->first].capitals)
        return FORM_ACRONYM;
    bool office =
        name->head != name->head_end || name->tail != 0 || range_is(naming, name->first, name->end, PV_NAMING_HEAD);
    return office ? FORM_OFFICE : FORM_BARE;
}

/* Whose what follows the word at is, where that word says so. between: words between it and the name. */
static pv_ownership said_by(const pv_naming *naming, size_t at, size_t between, name_form form) {
    const pv_naming_word *word = &naming->words[at];
    pv_ownership said = {.owned_by = span_of(naming, at, at + 1)};
    bool joined = at > 1 && pv_naming_is(&naming->words[at - 1], PV_NAMING_JOINS);
    if (pv_naming_is(word, PV_NAMING_LOCAL | PV_NAMING_STATE) &&
        (word->possessive || pv_naming_is(word, PV_NAMING_SEVERAL)) && at > 0 &&
        pv_naming_is(&naming->words[at - 1], PV_NAMING_ANOTHER) && word->gap == 0) {
        said.owner = PV_OWNER_OTHER;
        said.owned_by = span_of(naming, at - 1, at + 1);
    } else if (pv_naming_is(word, PV_NAMING_LOCAL) && (between == 0 || word->possessive || form != FORM_BARE))
        said.owner = PV_OWNER_LOCAL;
    else if (pv_naming_is(word, PV_NAMING_STATE))
        said.owner = joined && pv_naming_is(&naming->words[at - 2], PV_NAMING_LOCAL) ? PV_OWNER_LOCAL : PV_OWNER_STATE;
    else if (pv_naming_is(word, PV_NAMING_FEDERAL))
        said.owner = PV_OWNER_FEDERAL;
    else if (pv_naming_is(word, PV_NAMING_PRIVATE))
        said.owner = PV_OWNER_PRIVATE;
    else if (pv_naming_is(word, PV_NAMING_HOUSE) && at > 0 && pv_naming_is(&naming->words[at - 1], PV_NAMING_WITHIN)) {
        said.owner = PV_OWNER_OURS;
        said.owned_by = span_of(naming, at - 1, at + 1);
    } else if (pv_naming_is(word, PV_NAMING_PLAN) ? word->possessive || between == 0
                                                  : pv_naming_is(word, PV_NAMING_OURS) && form != FORM_ACRONYM) {
        said.owner = PV_OWNER_OURS;
    } else if (pv_naming_is(word, PV_NAMING_ITS))
        said.owner = local_before(naming, at) ? PV_OWNER_LOCAL : PV_OWNER_OTHER;
    else if (pv_naming_is(word, PV_NAMING_ANOTHER) && between == 0)
        said.owner = PV_OWNER_OTHER;
    else if (word->possessive && !pv_naming_is(word, PV_NAMING_TIME)) {
        said.owner = PV_OWNER_OTHER;
        said.owned_by = possessor(naming, at);
    }
    return said;
}

/* "Kaiser Permanente Behavioral Health Department"; not so at the beginning of a sentence, where all words have a
 * capital, and "County of San Francisco" is a county. */
static pv_ownership owned_by_name_before(const pv_naming *naming, size_t at, name_form form) {
    const pv_naming_word *words = naming->words;
    bool may_be = words[at].kinds == 0 && words[at].capital && !(words[at].gap & PV_GAP_STOP) &&
                  (form == FORM_OFFICE || (form == FORM_BARE && words[at + 1].capital));
    if (!may_be)
        return (pv_ownership){0};
    pv_ownership said = {.owner = PV_OWNER_OTHER, .owned_by = possessor(naming, at)};
    size_t first = at;
    while (first > 0 && naming->tokens.tokens[first].at.start > said.owned_by.start)
        first--;
    bool of_place = first > 1 && pv_naming_is(&words[first - 1], PV_NAMING_OF) &&
                    pv_naming_is(&words[first - 2], PV_NAMING_LOCAL | PV_NAMING_STATE);
    return of_place ? said_by(naming, first - 2, 0, form) : said;
}

/* What the words directly before the word first say. */
static pv_ownership owned_before(const pv_naming *naming, size_t first, name_form form) {
    size_t unknown = 0;
    for (size_t between = 0; between < BACK_MOST && first > between; between++) {
        size_t at = first - between - 1;
        const pv_naming_word *word = &naming->words[at];
        if ((naming->words[at + 1].gap & ~PV_GAP_JOINED) != 0 ||
            pv_naming_is(word, PV_NAMING_BREAK | PV_NAMING_JOINS | PV_NAMING_PARTNER))
            break;
        pv_ownership said = said_by(naming, at, between, form);
        if (said.owner == PV_OWNER_NONE && between == 0)
            said = owned_by_name_before(naming, at, form);
        if (said.owner != PV_OWNER_NONE)
            return said;
        if (!pv_naming_is(word, PV_NAMING_OWN | PV_NAMING_ARTICLE | PV_NAMING_OF) && ++unknown > UNKNOWN_MOST)
            break;
    }
    return (pv_ownership){0};
}

/* "… at Health Net", "… of Kern" */
static pv_ownership owned_by_name_after(const pv_naming *naming, size_t at) {
    const pv_naming_word *words = naming->words;
    size_t end = at + 1;
    while (end < naming->tokens.count && (words[end].gap & ~PV_GAP_JOINED) == 0 && words[end].capital &&
           !pv_naming_is(&words[end], PV_NAMING_BREAK | PV_NAMING_JOINS | PV_NAMING_ARTICLE))
        end++;
    if (end == at + 1 || !(pv_naming_is(&words[at], PV_NAMING_OF) || pv_naming_is(&words[at], PV_NAMING_AT)))
        return (pv_ownership){0};
    return (pv_ownership){.owner = PV_OWNER_OTHER, .owned_by = span_of(naming, at, end)};
}

/* "… of the State", "… at our plan", "… of the county". */
static pv_ownership owned_after(const pv_naming *naming, size_t end, name_form form) {
    size_t count = naming->tokens.count;
    if (end >= count || naming->words[end].gap != 0 || !pv_naming_is(&naming->words[end], PV_NAMING_WITHIN))
        return (pv_ownership){0};
    bool belongs = pv_naming_is(&naming->words[end], PV_NAMING_OF);
    for (size_t at = end + 1; at < count && at < end + 5 && (naming->words[at].gap & ~PV_GAP_JOINED) == 0; at++) {
        const pv_naming_word *word = &naming->words[at];
        pv_ownership said = {.owned_by = span_of(naming, end, at + 1)};
        if (pv_naming_is(word, PV_NAMING_LOCAL))
            said.owner = PV_OWNER_LOCAL;
        else if (belongs && pv_naming_is(word, PV_NAMING_STATE))
            said.owner = PV_OWNER_STATE;
        else if (belongs && pv_naming_is(word, PV_NAMING_FEDERAL))
            said.owner = PV_OWNER_FEDERAL;
        else if (pv_naming_is(word, PV_NAMING_PLAN))
            said.owner = PV_OWNER_OURS;
        if (said.owner != PV_OWNER_NONE)
            return said;
        if (pv_naming_is(word, PV_NAMING_BREAK | PV_NAMING_JOINS))
            break;
    }
    if (form == FORM_ACRONYM)
        return (pv_ownership){0};
    return owned_by_name_after(naming, end);
}

/* Whether what is local at the word at is said of all that follows: "the county's …", "its …", "county agencies: …". */
static bool heads_series(const pv_naming *naming, size_t at) {
    const pv_naming_word *word = &naming->words[at];
    if (word->possessive || pv_naming_is(word, PV_NAMING_ITS))
        return true;
    for (size_t next = at + 1; next < naming->tokens.count && next <= at + 2; next++)
        if (naming->words[next].gap & (PV_GAP_COLON | PV_GAP_OPEN))
            return true;
    return false;
}

/* "the county's social services, behavioral health and public health": what is said before the first member. What is
 * not local is said of those only that share a word with it. */
static pv_ownership owned_by_series(const pv_naming *naming, size_t first, bool shares) {
    bool of_again;
    if (first == 0 || !(pv_naming_starts_member(naming, first, &of_again) ||
                        (naming->words[first].gap & (PV_GAP_COLON | PV_GAP_OPEN))))
        return (pv_ownership){0};
    for (size_t at = first, steps = 0; at-- > 0 && steps < SERIES_MOST; steps++) {
        const pv_naming_word *word = &naming->words[at];
        if ((naming->words[at + 1].gap & PV_GAP_STOP) || pv_naming_is(word, PV_NAMING_BREAK))
            break;
        pv_ownership said = said_by(naming, at, 0, FORM_OFFICE);
        if ((said.owner == PV_OWNER_LOCAL && heads_series(naming, at)) || (shares && said.owner != PV_OWNER_NONE))
            return said;
    }
    return (pv_ownership){0};
}

static bool has_plural_tail(const pv_naming_word *words, size_t member) {
    for (size_t i = 0; i < PV_NAMING_TAILS && words[member].tails[i] != 0; i++)
        if (words[member].tails[i] != UINT8_MAX &&
            pv_naming_is(&words[member + words[member].tails[i]], PV_NAMING_PLURAL))
            return true;
    return false;
}

/* Whether the members before the name share its plural: the one before has no such word of its own. */
static bool is_shared_plural(const pv_naming *naming, size_t first) {
    const pv_naming_word *words = naming->words;
    if (first == 0 || !words[first].opens || !has_plural_tail(words, first))
        return false;
    for (size_t at = first, steps = 0; at-- > 0 && steps < PV_MEMBER_WORDS_MOST; steps++) {
        if ((words[at + 1].gap & PV_GAP_STOP) || pv_naming_is(&words[at], PV_NAMING_HEAD | PV_NAMING_BREAK))
            return false;
        if (pv_naming_is(&words[at], PV_NAMING_JOINS))
            continue;
        if (naming->tokens.tokens[at].capitals && !(words[at + 1].gap & PV_GAP_CLOSE) && at + 2 >= first)
            return false; /* an acronym shares nothing */
        if (words[at].opens)
            break;
    }
    return true;
}

/* The word that makes a name without an office in it a thing spoken of, or an empty span. */
static pv_span thing_of(const pv_naming *naming, const pv_naming_range *name) {
    size_t first = name->first, end = name->end;
    if (form_of(naming, name) != FORM_BARE)
        return (pv_span){0};
    if (end < naming->tokens.count && (naming->words[end].gap & ~PV_GAP_JOINED) == 0 &&
        pv_naming_is(&naming->words[end], PV_NAMING_THING))
        return span_of(naming, end, end + 1);
    if (first == 0 || naming->words[first].capital || range_is(naming, first, end, PV_NAMING_LOCAL))
        return (pv_span){0};
    size_t before = first - 1;
    if ((naming->words[first].gap & ~PV_GAP_JOINED) != 0)
        return (pv_span){0};
    if (pv_naming_is(&naming->words[before], PV_NAMING_SEEKS))
        return span_of(naming, before, first);
    if (before > 0 && pv_naming_is(&naming->words[before], PV_NAMING_JOINS) && naming->words[before].gap == 0 &&
        pv_naming_is(&naming->words[before - 1], PV_NAMING_FIELD) &&
        (before == 1 || naming->words[before - 1].gap != 0 ||
         pv_naming_is(&naming->words[before - 2], PV_NAMING_BREAK | PV_NAMING_ARTICLE | PV_NAMING_SEEKS)))
        return span_of(naming, before - 1, before + 1); /* "health and social services" */
    for (size_t steps = 0; before > 0 && steps < 5 && (naming->words[before].gap & PV_GAP_STOP) == 0; steps++)
        if (pv_naming_is(&naming->words[--before], PV_NAMING_LEADS))
            return range_is(naming, before + 1, first, PV_NAMING_PREPOSITION) ? span_of(naming, before, before + 1)
                                                                              : (pv_span){0};
    return (pv_span){0};
}

pv_ownership pv_naming_ownership(const pv_naming *naming, const pv_naming_range *name) {
    bool shares = name->tail != 0 || is_shared_plural(naming, name->first);
    size_t first = name->head != name->head_end ? name->head : name->first;
    name_form form = form_of(naming, name);
    pv_ownership said = {0};
    if (range_is(naming, name->first, name->end, PV_NAMING_LOCAL) ||
        range_is(naming, name->head, name->head_end, PV_NAMING_LOCAL))
        said.owner = PV_OWNER_LOCAL;
    if (said.owner == PV_OWNER_NONE && first != name->first)
        said = owned_before(naming, name->first, form);
    if (said.owner == PV_OWNER_NONE)
        said = owned_before(naming, first, form);
    if (said.owner == PV_OWNER_NONE)
        said = owned_after(naming, name->tail != 0 ? name->tail + 1 : name->end, form);
    if (said.owner == PV_OWNER_NONE)
        said = owned_by_series(naming, first, shares);
    if (said.owner == PV_OWNER_NONE && first > 0 && pv_naming_is(&naming->words[first - 1], PV_NAMING_ONE) &&
        range_is(naming, name->first, name->end, PV_NAMING_HEAD)) {
        said.owner = PV_OWNER_OTHER;
        said.owned_by = span_of(naming, first - 1, first);
    }
    said.thing = thing_of(naming, name);
    return said;
}

pv_span pv_naming_followed_by(const pv_naming *naming, const pv_naming_range *name) {
    bool followed = name->tail == 0 && !pv_naming_ends_at(naming, name->end);
    return followed ? naming->tokens.tokens[name->end].at : (pv_span){0};
}

pv_span pv_naming_gloss(const pv_naming *naming, const pv_naming_range *name) {
    size_t count = naming->tokens.count, end = name->end;
    if (end >= count || !(naming->words[end].gap & PV_GAP_OPEN))
        return (pv_span){0};
    for (size_t at = end + 1; at <= count && at <= end + PV_BRACKET_WORDS_MOST; at++)
        if (at == count || (naming->words[at].gap & PV_GAP_CLOSE))
            return span_of(naming, end, at);
    return (pv_span){0};
}

/* Whether a member follows that shares the head which the name begins with. */
static bool begins_series(const pv_naming *naming, const pv_naming_range *name) {
    size_t member = pv_naming_member_after(naming, name->end);
    return pv_naming_is(&naming->words[name->first], PV_NAMING_PLURAL) && member < naming->tokens.count &&
           !pv_naming_is(&naming->words[member], PV_NAMING_BREAK);
}

bool pv_naming_is_several(const pv_naming *naming, const pv_naming_range *name) {
    return !name->plural && name->tail == 0 && name->head == name->head_end &&
           range_is(naming, name->first, name->end, PV_NAMING_PLURAL) && !is_shared_plural(naming, name->first) &&
           !begins_series(naming, name);
}
