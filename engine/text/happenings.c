#include "base/utf8.h"
#include "text/periods_p.h"
#include "text/phrasing_p.h"

#define NONE SIZE_MAX
#define MOST_WORDS 30u /* of a clause looked through on either side */
#define MOST_NOUNS 6u  /* of what an adjective is said of */

/* What happens at times, as the verb and the noun have it. */
static const char *const happenings[] = {
    "meet",           "meets",       "meeting",      "meetings",      "met",
    "convene",        "convenes",    "convened",     "convening",     "convenings",
    "call",           "calls",       "conference",   "conferences",   "confer",
    "gather",         "gathers",     "gathering",    "gatherings",    "session",
    "sessions",       "training",    "trainings",    "train",         "trains",
    "trained",        "webinar",     "webinars",     "report",        "reports",
    "reporting",      "reported",    "review",       "reviews",       "reviewed",
    "reviewing",      "update",      "updates",      "updated",       "newsletter",
    "newsletters",    "visit",       "visits",       "audit",         "audits",
    "audited",        "workshop",    "workshops",    "forum",         "forums",
    "event",          "events",      "survey",       "surveys",       "surveyed",
    "assess",         "assessment",  "assessments",  "communicate",   "communication",
    "communications", "contact",     "contacts",     "consult",       "collaborate",
    "publish",        "published",   "send",         "sends",         "sent",
    "submit",         "submits",     "submitted",    "collect",       "collects",
    "collected",      "monitor",     "monitors",     "monitored",     "monitoring",
    "evaluate",       "evaluates",   "evaluated",    "evaluation",    "evaluations",
    "roundtable",     "roundtables", "huddle",       "huddles",       "discussion",
    "discussions",    "discuss",     "presentation", "presentations", "touchpoint",
    "touchpoints",    "bulletin",    "bulletins",    "screening",     "screenings",
    "payment",        "payments",    "pay",          "pays",          "paid",
    "share",          "shares",      "shared",       "provide",       "provided",
    "checkins",       "checkin",     "jom",          "joms",          "committee",
    "committees",     "council",     "councils",     "measure",       "measured",
    "track",          "tracks",      "tracked",      "conduct",       "invoice",
    "invoices",       "appointment", "appointments", "come",          "comes",
};

/* The words that say only that something happens: what does is said before them. */
static const char *const verbs_of_happening[] = {"held",      "occur",     "occurs",   "place",    "conducted",
                                                 "scheduled", "happen",    "happens",  "convened", "hosted",
                                                 "offered",   "completed", "organized"};

/* What ends the nouns behind an adjective. */
static const char *const ends_of_nouns[] = {
    "a",         "an",       "the",        "of",    "in",    "on",    "at",     "by",       "for",       "from",
    "to",        "with",     "and",        "or",    "but",   "nor",   "as",     "than",     "that",      "which",
    "who",       "where",    "when",       "while", "we",    "our",   "they",   "their",    "it",        "its",
    "is",        "are",      "was",        "were",  "be",    "been",  "will",   "would",    "shall",     "can",
    "may",       "must",     "should",     "has",   "have",  "had",   "do",     "does",     "during",    "between",
    "among",     "through",  "across",     "under", "until", "after", "before", "if",       "so",        "then",
    "include",   "includes", "including",  "using", "via",   "per",   "each",   "every",    "into",      "about",
    "regarding", "within",   "thereafter", "this",  "these", "even",  "online", "remotely", "virtually", "together",
    "unless",    "although", "because",    "since",
};

/* What "quarterly" before it says how often, not of what. */
static const char *const manners[] = {"basis", "intervals", "interval", "schedule", "cadence", "frequency", "rate"};

/* What a meeting or a report has. */
static const char *const belongings[] = {
    "minutes",   "notes",    "agenda",    "agendas", "data",         "schedule",    "materials", "summary",
    "summaries", "template", "templates", "results", "findings",     "calendar",    "card",      "cards",
    "cycle",     "process",  "period",    "periods", "requirements", "requirement", "form",      "forms",
    "meeting",   "meetings", "report",    "reports", "call",         "calls",       "session",   "sessions"};

#define IS_ONE_OF(word, words)                                                                                         \
    pv_phrasing_is_one_of(word, words, sizeof(words) / sizeof((words)[0]), pv_str_equal_ascii_folded)

static const pv_span nothing = {0};

static pv_str str_of(pv_str text, pv_span at) {
    return pv_str_slice(text, at.start, at.end);
}

/* Every word of a clause is looked up, and few are found: those with another first letter are passed over first. */
static bool is_happening(pv_str word) {
    char first = word.size > 0 ? pv_ascii_lower(word.data[0]) : '\0';
    for (size_t i = 0; i < sizeof happenings / sizeof happenings[0]; i++)
        if (happenings[i][0] == first && pv_str_equal_ascii_folded(word, pv_str_from(happenings[i])))
            return true;
    return false;
}

static bool is_plural(pv_str word) {
    return word.size > 3 && pv_ascii_lower(word.data[word.size - 1]) == 's' &&
           pv_ascii_lower(word.data[word.size - 2]) != 's';
}

static bool ends_in(pv_str word, pv_str ending) {
    return word.size > ending.size &&
           pv_str_equal_ascii_folded(pv_str_slice(word, word.size - ending.size, word.size), ending);
}

bool pv_happening_is_noun(pv_str word, bool plural) {
    static const char *const verbs[] = {
        "meet",     "meets",   "met",         "convene",     "convenes", "confer", "gather", "gathers", "train",
        "trains",   "consult", "publish",     "send",        "sends",    "sent",   "submit", "submits", "collect",
        "collects", "discuss", "evaluate",    "evaluates",   "assess",   "pay",    "pays",   "paid",    "share",
        "provide",  "conduct", "communicate", "collaborate", "track",    "tracks"};
    return !IS_ONE_OF(word, verbs) && !ends_in(word, PV_STR("ed")) && is_plural(word) == plural;
}

size_t pv_happening_at(pv_str text, size_t offset) {
    size_t end = pv_phrasing_word_end(text, offset);
    pv_str word = pv_str_slice(text, offset, end);
    if (is_happening(word))
        return end;
    size_t rest = end > offset ? pv_phrasing_after_joint(text, end) : NONE; /* "check-in" */
    if (rest == NONE || !pv_str_equal_ascii_folded(word, PV_STR("check")))
        return NONE;
    size_t in = pv_phrasing_word_end(text, rest);
    pv_str ending = pv_str_slice(text, rest, in);
    bool check_in = pv_str_equal_ascii_folded(ending, PV_STR("in")) || pv_str_equal_ascii_folded(ending, PV_STR("ins"));
    return check_in ? in : NONE;
}

/* After what brackets abbreviate: "Committee (TAC) meetings". */
static size_t skip_abbreviation(pv_str text, size_t offset) {
    size_t open = pv_phrasing_skip_blanks(text, offset);
    if (open >= text.size || text.data[open] != '(')
        return offset;
    size_t end = pv_phrasing_word_end(text, open + 1);
    return end < text.size && text.data[end] == ')' && end > open + 1 ? end + 1 : offset;
}

/* The word that blanks or a hyphen join to offset, with all that hyphens join to it ("face-to-face"); empty when there
 * is none. */
static pv_span next_word(pv_str text, size_t offset) {
    size_t start = pv_phrasing_after_joint(text, skip_abbreviation(text, offset));
    if (start == NONE)
        return nothing;
    size_t end = pv_phrasing_word_end(text, start);
    size_t length;
    while (end > start && pv_phrasing_is_hyphen(pv_phrasing_character_at(text, end, &length)) &&
           pv_phrasing_word_character_at(text, end + length))
        end = pv_phrasing_word_end(text, end + length);
    return (pv_span){(uint32_t)start, (uint32_t)end};
}

/* The part of a word that its last hyphen joins: "assessment" of "self-assessment". */
static pv_str last_part(pv_str text, pv_span word) {
    size_t start = word.end;
    while (start > word.start && pv_phrasing_word_character_before(text, start))
        start = pv_utf8_previous(text, start);
    return pv_str_slice(text, start, word.end);
}

/* The noun that an adjective ending at offset is said of: the last of those that follow. A plural is followed by its
 * verb, but for another noun of its kind ("claims reports"); so is what happens, but for what belongs to it ("meeting
 * minutes"). */
static pv_span noun_after(pv_str text, size_t offset) {
    pv_span head = nothing;
    size_t at = offset;
    for (unsigned i = 0; i < MOST_NOUNS; i++) {
        pv_span word = next_word(text, at);
        pv_str letters = str_of(text, word);
        bool noun = is_happening(last_part(text, word)) || is_plural(letters);
        if (word.start == word.end || IS_ONE_OF(letters, ends_of_nouns) ||
            (head.end > 0 && ends_in(letters, PV_STR("ed"))))
            break;
        pv_str last = last_part(text, head);
        if (head.end > 0 && is_happening(last) && !IS_ONE_OF(letters, belongings))
            break;
        if (head.end > 0 && is_plural(last) && !noun)
            break;
        head = word;
        at = word.end;
    }
    return head;
}

static bool ends_clause(char c) {
    return c == '.' || c == ';' || c == ':' || c == '!' || c == '?' || c == '\n';
}

/* Where the clause begins that offset stands in, so many words back at most. */
static size_t clause_start(pv_str text, size_t offset) {
    unsigned words = 0;
    size_t at = offset;
    for (; at > 0 && words < MOST_WORDS; at--) {
        char before = text.data[at - 1];
        if (ends_clause(before) && (before == '\n' || at >= text.size || text.data[at] == ' '))
            break;
        words += before == ' ';
    }
    return at;
}

static size_t clause_end(pv_str text, size_t offset) {
    unsigned words = 0;
    size_t at = offset;
    for (; at < text.size && words < MOST_WORDS; at++) {
        if (ends_clause(text.data[at]) && (at + 1 >= text.size || text.data[at] == '\n' || text.data[at + 1] == ' '))
            break;
        words += text.data[at] == ' ';
    }
    return at;
}

/* The first or the last word for what happens in these bytes. */
static pv_span happening_in(pv_str text, size_t start, size_t end, bool first) {
    pv_span found = nothing;
    for (size_t at = start; at < end && !(first && found.end > 0);) {
        size_t happening = pv_phrasing_word_character_before(text, at) ? NONE : pv_happening_at(text, at);
        if (happening != NONE && happening <= end)
            found = (pv_span){(uint32_t)at, (uint32_t)happening};
        at = happening != NONE ? happening : pv_phrasing_step_over(text, at);
    }
    return found;
}

/* "The meetings … will be held quarterly". */
static bool only_happens(pv_str text, size_t offset) {
    pv_span word = pv_phrasing_word_before(text, offset);
    for (unsigned i = 0; i < 3 && word.start < word.end; i++) {
        if (IS_ONE_OF(str_of(text, word), verbs_of_happening))
            return true;
        word = pv_phrasing_word_before(text, word.start);
    }
    return false;
}

pv_span pv_happening_find(pv_str text, pv_span at, bool adjective) {
    pv_span after = next_word(text, at.end);
    bool manner = IS_ONE_OF(str_of(text, after), manners);
    bool adverb = ends_in(str_of(text, at), PV_STR("nually")) || ends_in(str_of(text, at), PV_STR("nially"));
    pv_span noun = adjective && !manner && !adverb ? noun_after(text, at.end) : nothing;
    if (noun.end > 0)
        return noun;
    size_t start = clause_start(text, at.start);
    pv_span before = happening_in(text, start, at.start, only_happens(text, at.start));
    if (before.end == 0 && pv_str_equal_ascii_folded(str_of(text, after), PV_STR("and")) &&
        is_happening(str_of(text, next_word(text, after.end))))
        return nothing; /* "write quarterly and meet yearly": what is written is not what meets */
    pv_span found = before.end > 0 ? before : happening_in(text, at.end, clause_end(text, at.end), true);
    /* "Meetings: 4x/year", "Frequency of meetings: monthly". */
    bool headed = found.end == 0 && start > 1 && text.data[start - 1] != '\n' &&
                  text.data[pv_phrasing_skip_blanks_back(text, start) - 1] == ':';
    if (!headed)
        return found;
    size_t colon = pv_phrasing_skip_blanks_back(text, start) - 1;
    return happening_in(text, clause_start(text, colon), colon, false);
}
