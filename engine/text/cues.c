#include "text/cues.h"

#include "base/array.h"
#include "text/english_p.h"

struct pv_wording {
    pv_phrases *set;
    pv_cue_roles *roles; /* by phrase of the set */
};

/* ---- building ---- */

typedef struct wording_builder {
    PV_ARRAY(pv_str) phrases;
    pv_cue_roles *roles; /* of each as it was given */
    size_t added;        /* the first so many are a pack's */
    size_t count;
} wording_builder;

static size_t phrases_in(pv_str words) {
    size_t count = 1;
    for (size_t i = 0; i < words.size; i++)
        count += words.data[i] == '|';
    return count;
}

/* Fills in the phrases of one group; after the last one filled in. */
static size_t take_group(pv_str *phrases, pv_cue_roles *roles, size_t next, const pv_cue_words *group) {
    for (size_t start = 0; start <= group->phrases.size;) {
        size_t end = pv_str_find(group->phrases, PV_STR("|"), start);
        if (end == SIZE_MAX)
            end = group->phrases.size;
        phrases[next] = pv_str_slice(group->phrases, start, end);
        roles[next++] = group->roles;
        start = end + 1;
    }
    return next;
}

/* A phrase given several times is one: what it is found as has the roles of all. What a pack says of it stands. */
static void merge_roles(pv_wording *wording, const uint32_t *found_as, const pv_cue_roles *roles, size_t added,
                        size_t count) {
    for (size_t i = added; i < count; i++)
        if (found_as[i] >= added)
            wording->roles[found_as[i]] |= roles[i];
    for (size_t i = 0; i < added; i++)
        wording->roles[i] = roles[i];
}

static bool build(pv_wording *wording, pv_arena *arena, pv_arena *scratch, const pv_wording_phrase *added,
                  size_t added_count, pv_error *error) {
    size_t count = added_count;
    for (size_t i = 0; i < pv_english_cue_groups; i++)
        count += phrases_in(pv_english_cues[i].phrases);
    pv_str *phrases = PV_NEW_ARRAY(scratch, pv_str, count);
    pv_cue_roles *roles = PV_NEW_ARRAY(scratch, pv_cue_roles, count);
    uint32_t *found_as = PV_NEW_ARRAY(scratch, uint32_t, count);
    wording->roles = PV_NEW_ARRAY(arena, pv_cue_roles, count);
    if (!phrases || !roles || !found_as || !wording->roles)
        return pv_fail_memory(error);
    size_t next = 0;
    for (; next < added_count; next++) {
        phrases[next] = added[next].phrase;
        roles[next] = added[next].roles;
    }
    for (size_t i = 0; i < pv_english_cue_groups; i++)
        next = take_group(phrases, roles, next, &pv_english_cues[i]);
    if (!pv_phrases_build(&wording->set, arena, phrases, count, found_as, error))
        return false;
    merge_roles(wording, found_as, roles, added_count, count);
    return true;
}

bool pv_wording_build(pv_wording **out, pv_arena *arena, const pv_wording_phrase *added, size_t count,
                      pv_error *error) {
    pv_arena *scratch = pv_arena_new(pv_arena_memory(arena));
    *out = PV_NEW(arena, pv_wording);
    if (!scratch || !*out) {
        pv_arena_free(scratch);
        return pv_fail_memory(error);
    }
    bool built = build(*out, arena, scratch, added, count, error);
    pv_arena_free(scratch);
    return built;
}

/* ---- finding ---- */

static bool has_apostrophe(pv_str word) {
    return pv_str_find(word, PV_STR("'"), 0) != SIZE_MAX || pv_str_find(word, PV_STR("\xE2\x80\x99"), 0) != SIZE_MAX;
}

/* "we're" has the letters of "were", and "we'll" those of "well". */
static pv_cue_roles roles_of(const pv_wording *wording, uint32_t phrase, pv_str words) {
    pv_cue_roles roles = wording->roles[phrase];
    if (!(roles & PV_CUE_APOSTROPHE))
        return roles;
    static const pv_cue_roles contracted = PV_CUE_APOSTROPHE | PV_CUE_WEAK | PV_CUE_SUBJECT | PV_CUE_OURS;
    if (has_apostrophe(words))
        return roles & PV_CUE_PAST ? (roles & ~(pv_cue_roles)PV_CUE_PAST) : roles;
    return roles & PV_CUE_PAST ? PV_CUE_PAST | PV_CUE_FINITE
                               : roles & ~(contracted | PV_CUE_FINITE | PV_CUE_PROMISES | PV_CUE_PRESENT);
}

/* "May 2022", "in May": the month. */
static bool is_month(pv_str text, const pv_token_list *tokens, size_t token) {
    const pv_span at = tokens->tokens[token].at;
    if (at.end - at.start != 3 || pv_str_slice(text, at.start, at.end).data[0] != 'M')
        return false;
    if (token + 1 < tokens->count) {
        unsigned char next = (unsigned char)text.data[tokens->tokens[token + 1].at.start];
        if (next >= '0' && next <= '9')
            return true;
    }
    if (token == 0)
        return false;
    pv_span before = tokens->tokens[token - 1].at;
    static const char *const words[] = {"in", "by", "since", "until", "of", "and", "through", "to", "from", "before"};
    pv_str word = pv_str_slice(text, before.start, before.end);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (pv_str_equal_ascii_folded(word, pv_str_from(words[i])))
            return true;
    return false;
}

/* Phrases are found over punctuation; over the end of a sentence or a paragraph there are none. */
static bool goes_over_end(pv_str text, pv_span at) {
    for (size_t i = at.start; i + 1 < at.end; i++) {
        char byte = text.data[i];
        if (byte == '\n' || byte == ';' ||
            ((byte == '.' || byte == '?' || byte == '!' || byte == ':') && text.data[i + 1] == ' '))
            return true;
    }
    return false;
}

static void cut_after_first(pv_cue *cue, pv_str text, const pv_token_list *tokens) {
    cue->end = cue->first + 1;
    cue->at = tokens->tokens[cue->first].at;
    static const char *const denials[] = {"not", "no", "never", "cannot"};
    pv_str word = pv_str_slice(text, cue->at.start, cue->at.end);
    cue->roles = 0;
    for (size_t i = 0; i < sizeof denials / sizeof denials[0]; i++)
        if (pv_str_equal_ascii_folded(word, pv_str_from(denials[i])))
            cue->roles = PV_CUE_DENIES;
}

/* "No. 4": a number, not a denial. */
static bool is_numero(pv_str text, const pv_token_list *tokens, const pv_cue *cue) {
    if (cue->at.end - cue->at.start != 2 || cue->at.end >= text.size || text.data[cue->at.end] != '.' ||
        cue->end >= tokens->count)
        return false;
    char next = text.data[tokens->tokens[cue->end].at.start];
    return (cue->roles & PV_CUE_DENIES) && next >= '0' && next <= '9';
}

/* Whether a mark of punctuation, or the end, follows. */
static bool is_closed(pv_str text, size_t end) {
    return end >= text.size || (text.data[end] != ' ' && text.data[end] != '-' && text.data[end] != '/');
}

bool pv_cues_find(const pv_wording *wording, pv_arena *arena, pv_str text, const pv_token_list *tokens, pv_cue **out,
                  size_t *count, pv_error *error) {
    pv_phrase_match_list found;
    if (!pv_phrases_find(wording->set, tokens, arena, &found, error))
        return false;
    *out = PV_NEW_ARRAY(arena, pv_cue, found.count);
    if (!*out)
        return pv_fail_memory(error);
    size_t token = 0;
    *count = 0;
    for (size_t i = 0; i < found.count; i++) {
        const pv_phrase_match *match = &found.matches[i];
        pv_cue cue = {.at = match->at};
        cue.roles = roles_of(wording, match->phrase, pv_str_slice(text, match->at.start, match->at.end));
        while (tokens->tokens[token].at.start < match->at.start)
            token++;
        cue.first = (uint32_t)token;
        while (token < tokens->count && tokens->tokens[token].at.start < match->at.end)
            token++;
        cue.end = (uint32_t)token;
        if (goes_over_end(text, cue.at))
            cut_after_first(&cue, text, tokens);
        if ((cue.roles & PV_CUE_HEDGES) && cue.end == cue.first + 1 && is_month(text, tokens, cue.first))
            continue;
        if (is_numero(text, tokens, &cue) || ((cue.roles & PV_CUE_CLOSING) && !is_closed(text, cue.at.end)))
            continue;
        (*out)[(*count)++] = cue;
    }
    return true;
}
