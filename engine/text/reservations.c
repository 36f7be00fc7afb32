#include "base/utf8.h"
#include "text/context_p.h"
#include "text/english_p.h"

#define SENTENCES_AFTER 2 /* that may take back what was said */
#define FAR_YEAR 2040u    /* later than any plan that is held to reaches */
#define PLACE_TOKENS 4    /* before a place, that may tell that it is somebody's */
#define NUMBER_OF_YEARS 4 /* tokens from "within" to "fifty years" */

static const pv_text_sentence *sentence_at(const pv_target *of, uint32_t index) {
    return &of->read->sentences[index];
}

/* The first cue of the sentence that begins at or after token. */
static size_t first_cue_from(const pv_statements *read, uint32_t token) {
    size_t low = 0, high = read->cue_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (read->cues[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_any_of(const pv_statements *read, uint32_t token, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_reach_is_word(read, token, words[i]))
            return true;
    return false;
}

/* ---- taken back ---- */

/* Whether something begins at token: punctuation stands before it, or a bracket. */
static bool begins_anew(const pv_statements *read, uint32_t token) {
    if (token == 0 || token >= read->tokens->count || pv_statements_pause_before(read, token))
        return true;
    uint32_t statement = read->statement_of[token];
    return statement != PV_NO_STATEMENT && read->statements[statement].first == token;
}

static bool is_digit_at(const pv_statements *read, uint32_t token) {
    if (token >= read->tokens->count)
        return false;
    char first = read->text.data[read->tokens->tokens[token].at.start];
    return first >= '0' && first <= '9';
}

/* "20%, no, 12%". */
static bool is_interjected_no(const pv_statements *read, const pv_cue *cue) {
    return (cue->roles & PV_CUE_DENIES) && pv_reach_is_word(read, cue->first, "no") && cue->end == cue->first + 1 &&
           pv_statements_pause_before(read, cue->first) && begins_anew(read, cue->end);
}

/* Whether a cue in the sentence of the words takes them back. */
static bool takes_back_here(const pv_target *of, const pv_cue *cue) {
    const pv_statements *read = of->read;
    bool after = cue->first >= of->end;
    if (after && is_interjected_no(read, cue))
        return true;
    if (!(cue->roles & PV_CUE_TAKES_BACK))
        return false;
    if (cue->roles & PV_CUE_WHOLE)
        return true;
    if (cue->roles & PV_CUE_NEAR)
        return after;
    return after && begins_anew(read, cue->first) && (begins_anew(read, cue->end) || is_digit_at(read, cue->end));
}

/* Whether a cue in another sentence does: "Correction: …" at the beginning of the next, "the above is no promise"
 * after it, "note to the reviewer: …" before it. */
static bool takes_back_from(const pv_target *of, const pv_cue *cue, uint32_t index, uint32_t home) {
    const pv_statements *read = of->read;
    if (!(cue->roles & PV_CUE_TAKES_BACK))
        return false;
    if (cue->roles & PV_CUE_WHOLE)
        return index > home ? !(cue->roles & PV_CUE_NEAR) : (cue->roles & PV_CUE_NEAR) != 0;
    const pv_text_sentence *sentence = sentence_at(of, index);
    return index == home + 1 && !(cue->roles & PV_CUE_NEAR) && cue->first <= sentence->first + 1 &&
           begins_anew(read, cue->end);
}

static void find_taken_back(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    uint32_t home = pv_reach_statement(of, of->statement)->sentence;
    uint32_t first = home > 0 ? home - 1 : 0;
    for (uint32_t index = first; index <= home + SENTENCES_AFTER && index < read->sentence_count; index++) {
        const pv_text_sentence *sentence = sentence_at(of, index);
        for (size_t i = first_cue_from(read, sentence->first);
             i < read->cue_count && read->cues[i].first < sentence->end; i++) {
            const pv_cue *cue = &read->cues[i];
            if (pv_reach_is_of(of, cue))
                continue;
            if (index == home ? takes_back_here(of, cue) : takes_back_from(of, cue, index, home))
                pv_context_doubt(context, PV_DOUBT_TAKEN_BACK, cue->at);
        }
    }
}

/* ---- loosened by the next sentence ---- */

/* Where the sentence that follows says something of what was said ("this …", "however, … the target …", "our target …",
 * "in practice …"), the token that tells it; UINT32_MAX elsewhere. */
static uint32_t points_back(const pv_statements *read, const pv_text_sentence *sentence) {
    static const char *const in_truth[] = {"practice", "reality", "truth", "fact"};
    pv_str first = pv_statements_word(read, sentence->first);
    if (pv_english_points_back(first))
        return sentence->first;
    bool in = pv_reach_is_word(read, sentence->first, "in");
    if (in && is_any_of(read, sentence->first + 1, in_truth, sizeof in_truth / sizeof in_truth[0]))
        return sentence->first + 1;
    bool contrast = pv_english_contrasts(first);
    if (!contrast && !pv_english_is_definite(first))
        return UINT32_MAX;
    uint32_t most = contrast ? sentence->end : sentence->first + 4;
    for (uint32_t token = sentence->first + 1; token < most && token < sentence->end; token++) {
        pv_str word = pv_statements_word(read, token);
        if (pv_english_is_matter(word) || (contrast && pv_english_points_back(word)))
            return token;
    }
    return UINT32_MAX;
}

/* Whether a cue of such a sentence leaves open or denies what was said; "these may include" does not. */
static bool loosens(const pv_statements *read, const pv_cue *cue) {
    if (cue->roles & (PV_CUE_DENIES | PV_CUE_CONDITIONS))
        return true;
    if (!(cue->roles & PV_CUE_HEDGES))
        return false;
    if (cue->roles & PV_CUE_WHOLE)
        return true;
    return pv_english_loosens(pv_statements_word(read, cue->first)) &&
           !(cue->end < read->tokens->count && pv_english_is_more(pv_statements_word(read, cue->end)));
}

/* "This may turn out to be less.", "But the partners have not agreed to this.", "However, 10% is the better figure." */
static void find_loosened(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    uint32_t next = pv_reach_statement(of, of->statement)->sentence + 1;
    if (next >= read->sentence_count)
        return;
    const pv_text_sentence *sentence = sentence_at(of, next);
    uint32_t back = points_back(read, sentence);
    if (sentence->item || back == UINT32_MAX)
        return;
    unsigned denials = 0;
    const pv_cue *found = NULL;
    for (size_t i = first_cue_from(read, sentence->first); i < read->cue_count && read->cues[i].first < sentence->end;
         i++) {
        const pv_cue *cue = &read->cues[i];
        bool main = cue->statement == read->statement_of[back] || cue->statement == read->statement_of[sentence->first];
        if (!main || !loosens(read, cue))
            continue;
        denials += (cue->roles & PV_CUE_DENIES) != 0;
        found = found ? found : cue;
    }
    if (found && denials != 2) /* "these will not replace": nothing is told */
        pv_context_doubt(context, PV_DOUBT_TAKEN_BACK, found->at);
    for (uint32_t token = sentence->first;
         token < back && pv_english_contrasts(pv_statements_word(read, sentence->first)); token++)
        if (is_digit_at(read, token))
            pv_context_doubt(context, PV_DOUBT_TAKEN_BACK, read->tokens->tokens[token].at);
}

/* ---- notes ---- */

/* A mark that a note may have: "*", "†", "¹"; or 0. */
static bool is_mark(uint32_t character) {
    return character == '*' || character == 0x2020 || character == 0x2021 || character == 0xA7 || character == 0xB9 ||
           character == 0xB2 || character == 0xB3;
}

/* "20%.1": a figure that is set on the end of a sentence. */
static bool is_figure_mark(pv_str text, size_t offset) {
    char c = text.data[offset];
    if (offset == 0 || c < '1' || c > '9' || (offset + 1 < text.size && text.data[offset + 1] > ' '))
        return false;
    char before = text.data[offset - 1];
    return before == '%' || ((before == '.' || before == ')') && offset > 1 && text.data[offset - 2] > '9');
}

/* Where the text of the note with this mark begins, after offset; text.size where there is none. */
static size_t note_at(pv_str text, size_t offset, uint32_t mark) {
    bool figure = mark >= '1' && mark <= '9';
    for (size_t length; offset < text.size; offset += length) {
        if (pv_utf8_decode(text, offset, &length) != mark)
            continue;
        bool begins = text.data[offset - 1] == '\n' || (!figure && text.data[offset - 1] == ' ');
        size_t after = offset + length;
        while (after < text.size && (text.data[after] == ' ' || text.data[after] == '.' || text.data[after] == ':'))
            after++;
        if (begins && after < text.size && text.data[after] != '\n')
            return after;
    }
    return text.size;
}

/* The first mark between the words and the end of their paragraph; *end: after it. 0 where there is none. */
static uint32_t mark_after(pv_str text, size_t offset, size_t *end) {
    for (size_t length; offset < text.size && text.data[offset] != '\n'; offset += length) {
        uint32_t character = pv_utf8_decode(text, offset, &length);
        *end = offset + length;
        if (is_figure_mark(text, offset))
            return character;
        if (is_mark(character) && offset > 0 && text.data[offset - 1] != ' ')
            return character;
    }
    return 0;
}

/* "20%.* / * This is no commitment." */
static void find_note(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    size_t end = 0;
    uint32_t mark = mark_after(read->text, read->tokens->tokens[of->end - 1].at.end, &end);
    if (mark == 0)
        return;
    size_t note = note_at(read->text, end, mark);
    size_t close = pv_str_find(read->text, PV_STR("\n"), note);
    for (size_t i = first_cue_from(read, pv_statements_token_at(read, note)); i < read->cue_count; i++) {
        const pv_cue *cue = &read->cues[i];
        if (close != SIZE_MAX && cue->at.start > close)
            return;
        if (cue->roles & (PV_CUE_DENIES | PV_CUE_HEDGES | PV_CUE_CONDITIONS | PV_CUE_TAKES_BACK))
            pv_context_doubt(context, PV_DOUBT_NOTE, cue->at);
    }
}

/* ---- elsewhere ---- */

/* "as in other counties", "with plans in other counties". */
static bool is_of_others(const pv_statements *read, const pv_cue *cue, uint32_t least) {
    static const char *const words[] = {"as", "like", "unlike", "than", "from", "with", "and", "or"};
    for (uint32_t back = 1; back <= PLACE_TOKENS && cue->first >= least + back; back++)
        if (is_any_of(read, cue->first - back, words, sizeof words / sizeof words[0]))
            return true;
    return false;
}

static void find_elsewhere(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    const pv_text_sentence *sentence = sentence_at(of, pv_reach_statement(of, of->statement)->sentence);
    const pv_cue *other = NULL;
    for (size_t i = first_cue_from(read, sentence->first); i < read->cue_count && read->cues[i].first < sentence->end;
         i++) {
        const pv_cue *cue = &read->cues[i];
        if (cue->statement == PV_NO_STATEMENT)
            continue;
        if ((cue->roles & PV_CUE_HERE) && !(other && cue->first <= other->end + 1))
            return;
        uint32_t from = cue->statement < of->statement ? cue->statement : of->statement;
        uint32_t to = cue->statement < of->statement ? of->statement : cue->statement;
        if ((cue->roles & PV_CUE_ELSEWHERE) && !other && pv_reach_is_held_together(of, from, to) &&
            !is_of_others(read, cue, sentence->first))
            other = cue;
    }
    if (other)
        pv_context_doubt(context, PV_DOUBT_ELSEWHERE, other->at);
}

/* ---- far off ---- */

static uint32_t year_at(const pv_statements *read, uint32_t token) {
    pv_str word = pv_statements_word(read, token);
    uint32_t year = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < '0' || word.data[i] > '9')
            return 0;
        year = year * 10 + (uint32_t)(word.data[i] - '0');
        if (i == 4)
            return 0;
    }
    return word.size == 4 ? year : 0;
}

/* "by 2090": not "2,090", and not "2090 providers". */
static bool is_far_year(const pv_statements *read, uint32_t token) {
    static const char *const before[] = {"by",    "in",     "until", "till",    "from", "after", "before", "year",
                                         "since", "around", "about", "through", "late", "early", "mid"};
    if (token == 0 || year_at(read, token) < FAR_YEAR ||
        !is_any_of(read, token - 1, before, sizeof before / sizeof before[0]))
        return false;
    uint32_t next = token + 1;
    return begins_anew(read, next) || (pv_english_is_function_word(pv_statements_word(read, next)) &&
                                       !pv_reach_is_word(read, next, "to") && !pv_reach_is_word(read, next, "of"));
}

/* "within the next fifty years". */
static bool is_many_years(const pv_statements *read, uint32_t token) {
    static const char *const before[] = {"next", "within", "in", "coming", "after", "another"};
    if (!(pv_reach_is_word(read, token, "years") || pv_reach_is_word(read, token, "yrs")))
        return false; /* as nearly everywhere */
    uint32_t number = token > 0 ? year_at(read, token - 1) : 0;
    bool many = token > 0 && (pv_english_is_many(pv_statements_word(read, token - 1)) || number > 0);
    pv_str word = token > 0 ? pv_statements_word(read, token - 1) : (pv_str){0};
    many |= word.size >= 2 && word.size <= 3 && word.data[0] >= '1' && word.data[0] <= '9' && word.data[1] >= '0' &&
            word.data[1] <= '9';
    if (!many)
        return false;
    for (uint32_t back = 2; back <= NUMBER_OF_YEARS && back <= token; back++)
        if (is_any_of(read, token - back, before, sizeof before / sizeof before[0]))
            return true;
    return false;
}

static void find_far_off(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    const pv_text_sentence *sentence = sentence_at(of, pv_reach_statement(of, of->statement)->sentence);
    for (uint32_t token = sentence->first; token < sentence->end; token++) {
        uint32_t statement = read->statement_of[token];
        if ((token >= of->first && token < of->end) || statement == PV_NO_STATEMENT ||
            !(is_far_year(read, token) || is_many_years(read, token)))
            continue;
        uint32_t from = statement < of->statement ? statement : of->statement;
        uint32_t to = statement < of->statement ? of->statement : statement;
        bool added = token >= of->end && pv_reach_role_between(read, of->end, token, PV_CUE_JOINS);
        if (!added && pv_reach_is_held_together(of, from, to))
            pv_context_doubt(context, PV_DOUBT_FAR_OFF,
                             (pv_span){read->tokens->tokens[token - 1].at.start, read->tokens->tokens[token].at.end});
    }
}

/* ---- garbled ---- */

/* A number that is by itself, or the part of one: "20", "1,0". */
static bool is_number(pv_str word) {
    for (size_t i = 0; i < word.size; i++)
        if ((word.data[i] < '0' || word.data[i] > '9') && word.data[i] != '.' && word.data[i] != ',')
            return false;
    return word.size > 0;
}

/* "Tier 2 25%": a number that names what stands before it. */
static bool is_name(const pv_statements *read, uint32_t number) {
    if (number == 0 || pv_statements_pause_before(read, number))
        return false;
    pv_str word = pv_statements_word(read, number - 1);
    bool capital = word.size > 0 && word.data[0] >= 'A' && word.data[0] <= 'Z';
    return (capital && read->statements[read->statement_of[number]].first < number - 1) || pv_english_is_numbered(word);
}

/* "2 0%": the figure may go on before the blank. */
static void find_garbled(const pv_target *of, pv_context *context) {
    const pv_statements *read = of->read;
    size_t start = read->tokens->tokens[of->first].at.start;
    if (start > 0 && read->text.data[start - 1] == '.')
        start--;
    if (of->first == 0 || !is_digit_at(read, of->first) || read->statement_of[of->first - 1] == PV_NO_STATEMENT)
        return;
    pv_span before = read->tokens->tokens[of->first - 1].at;
    for (size_t i = before.end; i < start; i++)
        if (read->text.data[i] != ' ')
            return;
    uint32_t year = year_at(read, of->first - 1);
    bool is_year = year >= 1900 && year < 2100;
    if (start > before.end && is_number(pv_statements_word(read, of->first - 1)) && !is_year &&
        !is_name(read, of->first - 1))
        pv_context_doubt(context, PV_DOUBT_GARBLED, (pv_span){before.start, read->tokens->tokens[of->end - 1].at.end});
}

void pv_reservations_find(const pv_target *of, pv_context *context) {
    find_garbled(of, context);
    find_taken_back(of, context);
    find_loosened(of, context);
    find_note(of, context);
    find_elsewhere(of, context);
    find_far_off(of, context);
}
