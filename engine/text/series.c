#include "text/series.h"

#include "base/array.h"
#include "base/digits.h"
#include "text/phrasing_p.h"

#define MOST_PARTS 64u /* of one sentence; of more, the first are looked at */
#define FEWEST 3u
#define MOST_WORDS 16u /* in one item: a longer one is more likely a clause */

/* A sentence, and where it is cut. */
typedef struct sentence_parts {
    pv_span parts[MOST_PARTS];
    char after[MOST_PARTS]; /* what cuts it off: ',', ';', ':' or the NUL of its end */
    size_t count;
} sentence_parts;

/* What begins a part that only leads to a series, or sets something off. */
static const char *const leads[] = {
    "in",    "by",       "during",  "through",      "throughout",  "as",           "after",     "before",   "when",
    "while", "if",       "since",   "finally",      "also",        "however",      "currently", "today",    "then",
    "next",  "moreover", "further", "additionally", "furthermore", "therefore",    "because",   "although", "though",
    "once",  "until",    "at",      "on",           "under",       "per",          "to",        "for",      "with",
    "from",  "based",    "within",  "beginning",    "starting",    "specifically", "overall",   "together", "similarly",
    "upon",  "given",    "first",   "second",       "third",
};

/* What begins a part that says something of the one before it. */
static const char *const relatives[] = {
    "which",  "who",       "whom",       "whose",        "where",   "that",  "but",      "so",   "because",
    "while",  "including", "especially", "particularly", "however", "e.g",   "i.e",      "such", "although",
    "though", "we",        "it",         "they",         "this",    "these", "resulting"};

/* What a series is introduced by: the first item begins behind the last of these in its part. */
static const pv_str introductions[] = {
    PV_STR("are"),     PV_STR("is"),   PV_STR("include"),    PV_STR("includes"),  PV_STR("including"),
    PV_STR("such as"), PV_STR("were"), PV_STR("identified"), PV_STR("following"),
};

#define IS_ONE_OF(word, words)                                                                                         \
    pv_phrasing_is_one_of(word, words, sizeof(words) / sizeof((words)[0]), pv_str_equal_ascii_folded)

static pv_str str_of(pv_str text, pv_span at) {
    return pv_str_slice(text, at.start, at.end);
}

static pv_span trimmed(pv_str text, size_t start, size_t end) {
    pv_str body = pv_str_trim(pv_str_slice(text, start, end));
    size_t offset = body.size > 0 ? (size_t)(body.data - text.data) : start;
    return (pv_span){(uint32_t)offset, (uint32_t)(offset + body.size)};
}

static pv_str first_word(pv_str text, pv_span part) {
    return pv_str_slice(text, part.start, pv_phrasing_word_end(text, part.start));
}

static size_t words_in(pv_str part) {
    size_t words = 0;
    for (size_t at = 0; at < part.size;) {
        size_t end = pv_phrasing_word_end(part, at);
        words += end > at;
        at = end > at ? end : pv_phrasing_step_over(part, at);
    }
    return words;
}

/* End of "and" or "or" at the start of the part; its start when there is none. */
static size_t after_conjunction(pv_str text, pv_span part) {
    pv_str word = first_word(text, part);
    bool conjunction = pv_str_equal_ascii_folded(word, PV_STR("and")) || pv_str_equal_ascii_folded(word, PV_STR("or"));
    if (!conjunction && (part.start >= part.end || text.data[part.start] != '&'))
        return part.start;
    size_t after = pv_phrasing_skip_blanks(text, part.start + (conjunction ? word.size : 1));
    return after < part.end ? after : part.end;
}

/* ---- cutting sentences ---- */

static bool ends_sentence(pv_str text, size_t offset) {
    char mark = text.data[offset];
    if (mark == '\n')
        return true;
    if (mark != '.' && mark != '!' && mark != '?')
        return false;
    size_t next = pv_phrasing_skip_blanks(text, offset + 1);
    bool at_end = next >= text.size || text.data[next] == '\n';
    if (at_end || next == offset + 1)
        return at_end;
    bool initial = offset > 0 && text.data[offset - 1] >= 'A' && text.data[offset - 1] <= 'Z' &&
                   !(offset > 1 && pv_phrasing_word_character_before(text, offset - 1));
    return !initial && !(text.data[next] >= 'a' && text.data[next] <= 'z');
}

static bool cuts(pv_str text, size_t offset) {
    char mark = text.data[offset];
    if (mark == ';' || mark == ':')
        return offset + 1 >= text.size || !pv_digit_at(text, offset + 1);
    return mark == ',' && !(pv_digit_at(text, offset + 1) && offset > 0 && pv_digit_at(text, offset - 1));
}

static void add_part(sentence_parts *out, pv_str text, size_t start, size_t end, char mark) {
    pv_span part = trimmed(text, start, end);
    if (part.start == part.end || out->count == MOST_PARTS)
        return;
    out->parts[out->count] = part;
    out->after[out->count++] = mark;
}

/* Cuts the sentence that starts at offset; its end. */
static size_t cut_sentence(pv_str text, size_t offset, sentence_parts *out) {
    out->count = 0;
    size_t open = 0;
    size_t start = offset;
    size_t at = offset;
    for (; at < text.size && !(ends_sentence(text, at) && (open == 0 || text.data[at] == '\n')); at++) {
        char mark = text.data[at];
        open += mark == '(' || mark == '[';
        open -= open > 0 && (mark == ')' || mark == ']');
        if (open > 0 || !cuts(text, at))
            continue;
        add_part(out, text, start, at, mark);
        start = at + 1;
    }
    add_part(out, text, start, at, '\0');
    return at < text.size ? at + 1 : at;
}

/* ---- series of parts ---- */

typedef struct series_scan {
    pv_arena *arena;
    pv_str text;
    pv_buf found; /* of pv_list_items */
    bool refused;
} series_scan;

static void keep_series(series_scan *scan, const pv_span *bodies, size_t count) {
    pv_list_item *items = PV_NEW_ARRAY(scan->arena, pv_list_item, count);
    scan->refused |= !items;
    if (!items)
        return;
    for (size_t i = 0; i < count; i++)
        items[i] = (pv_list_item){
            .style = PV_MARKER_NONE,
            .confidence = PV_ITEM_SERIES,
            .ordinal = (unsigned)i + 1,
            .parent = PV_NO_PARENT,
            .leaf = true,
            .marker = {bodies[i].start, bodies[i].start},
            .body = bodies[i],
        };
    pv_list_items series = {.items = items, .count = count, .leaves = count, .outer = count, .lists = 1};
    pv_gather_add(&scan->found, &series, sizeof series);
}

/* The part without what introduces the series in it: "The gaps are coverage" is "coverage". */
static pv_span without_introduction(pv_str text, pv_span part) {
    pv_str before = pv_str_slice(text, part.start, part.end);
    for (size_t at = before.size; at-- > 1;) {
        if (before.data[at - 1] != ' ')
            continue;
        size_t end = pv_phrasing_skip_blanks_back(before, at);
        char last = end > 0 ? pv_ascii_lower(before.data[end - 1]) : '\0';
        for (size_t i = 0; i < sizeof introductions / sizeof introductions[0]; i++)
            if (introductions[i].data[introductions[i].size - 1] == last &&
                pv_phrasing_phrase_before(before, at, introductions[i]) != SIZE_MAX)
                return trimmed(text, part.start + at, part.end);
    }
    return part;
}

/* Where " and " or " or " cuts the last of a series without a comma before it ("A, B and C"); SIZE_MAX without one. */
static size_t inner_conjunction(pv_str text, pv_span part) {
    static const pv_str conjunctions[] = {PV_STR(" and "), PV_STR(" or "), PV_STR(" & ")};
    size_t bracket = pv_str_find(str_of(text, part), PV_STR("("), 0);
    pv_str outside = pv_str_slice(text, part.start, bracket == SIZE_MAX ? part.end : part.start + bracket);
    for (size_t i = 0; i < sizeof conjunctions / sizeof conjunctions[0]; i++) {
        size_t at = pv_str_find(outside, conjunctions[i], 0);
        if (at != SIZE_MAX)
            return part.start + at;
    }
    return SIZE_MAX;
}

static bool is_item(pv_str text, pv_span body, bool first) {
    size_t words = words_in(str_of(text, body));
    return words > 0 && words <= MOST_WORDS && (first || !IS_ONE_OF(first_word(text, body), relatives));
}

static bool all_begin_alike(pv_str text, const pv_span *bodies, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (!pv_str_equal_ascii_folded(first_word(text, bodies[0]), first_word(text, bodies[i])))
            return false;
    return true;
}

/* Parts from `first` on that commas part, up to the one that a conjunction begins. Where to look on. */
static size_t take_commas(series_scan *scan, const sentence_parts *cut, size_t first) {
    pv_span bodies[MOST_PARTS + 1];
    size_t count = 0;
    bool introduced = first > 0 && cut->after[first - 1] == ':';
    bool concluded = false;
    size_t i = first;
    for (; i < cut->count && !concluded; i++) {
        size_t start = after_conjunction(scan->text, cut->parts[i]);
        pv_span body = {(uint32_t)start, cut->parts[i].end};
        concluded = start > cut->parts[i].start;
        if (!is_item(scan->text, count == 0 ? without_introduction(scan->text, body) : body, count == 0))
            break;
        bodies[count++] = body;
        if (cut->after[i] != ',') {
            i++;
            break;
        }
    }
    if (count >= 2 && !concluded) {
        size_t at = inner_conjunction(scan->text, bodies[count - 1]);
        if (at != SIZE_MAX) {
            pv_span last = trimmed(scan->text, at, bodies[count - 1].end);
            bodies[count] = (pv_span){(uint32_t)after_conjunction(scan->text, last), last.end};
            bodies[count - 1].end = (uint32_t)at;
            count++;
            concluded = true;
        }
    }
    if (count >= FEWEST) {
        bool alike = all_begin_alike(scan->text, bodies, count);
        pv_span first_body = alike ? bodies[0] : without_introduction(scan->text, bodies[0]);
        introduced |= first_body.start > bodies[0].start;
        bodies[0] = first_body;
        if (concluded || introduced || alike)
            keep_series(scan, bodies, count);
    }
    return i > first ? i : first + 1;
}

/* Parts that semicolons part, whatever commas are in them. True when there were enough. */
static bool take_semicolons(series_scan *scan, const sentence_parts *cut) {
    pv_span bodies[MOST_PARTS];
    size_t count = 0;
    size_t semicolons = 0;
    bool introduced = false;
    for (size_t i = 0; i < cut->count; i++) {
        bool begins = i == 0 || cut->after[i - 1] != ',';
        if (cut->after[i] == ':' && semicolons == 0) {
            count = 0;
            introduced = true;
            continue;
        }
        semicolons += cut->after[i] == ';';
        if (begins)
            bodies[count++] = cut->parts[i];
        else if (count > 0)
            bodies[count - 1].end = cut->parts[i].end;
    }
    if (semicolons == 0 || count < (introduced ? 2u : FEWEST) || count != semicolons + 1)
        return false;
    for (size_t i = 0; i < count; i++) {
        bodies[i].start = (uint32_t)after_conjunction(scan->text, bodies[i]);
        if (words_in(str_of(scan->text, bodies[i])) == 0)
            return false;
    }
    keep_series(scan, bodies, count);
    return true;
}

static void look_through(series_scan *scan, const sentence_parts *cut) {
    if (take_semicolons(scan, cut))
        return;
    for (size_t i = 0; i < cut->count;) {
        bool leads_only = IS_ONE_OF(first_word(scan->text, cut->parts[i]), leads) && cut->after[i] == ',';
        i = leads_only || cut->after[i] == ':' ? i + 1 : take_commas(scan, cut, i);
    }
}

bool pv_series_find(pv_arena *arena, pv_str text, pv_series_list *out, pv_error *error) {
    series_scan scan = {.arena = arena, .text = text, .found = pv_gather_start(arena)};
    sentence_parts cut;
    for (size_t offset = 0; offset < text.size;) {
        offset = cut_sentence(text, offset, &cut);
        if (cut.count > 1)
            look_through(&scan, &cut);
    }
    if (scan.refused) {
        pv_buf_clear(&scan.found);
        *out = (pv_series_list){0};
        return pv_fail_memory(error);
    }
    out->series = pv_gather_finish(&scan.found, arena, sizeof *out->series, &out->count, error);
    return out->series != NULL;
}
