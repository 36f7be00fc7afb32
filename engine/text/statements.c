#include "text/statements.h"

#include "base/array.h"
#include "base/utf8.h"
#include "text/english_p.h"
#include "text/phrasing_p.h"

#define FRAMES_MAX 24 /* statements inside one another; deeper ones are read as part of the last */
#define DEPTHS_MAX 16 /* of lists */
#define SUBJECT_TOKENS_MAX 7
#define LEFT_DOUBLE 0x201Cu
#define RIGHT_DOUBLE 0x201Du
#define LEFT_SINGLE 0x2018u
#define RIGHT_SINGLE 0x2019u

/* ---- brackets and quotations ---- */

typedef struct pair {
    uint32_t open;  /* offset of the mark */
    uint32_t close; /* 0: without its other half, and so nothing */
    bool quotation;
} pair;

typedef struct pair_scan {
    pv_str text;
    PV_ARRAY(pair) found;
    uint32_t open[FRAMES_MAX]; /* indices of those that wait for their other half */
    size_t open_count;
} pair_scan;

static bool is_blank_at(pv_str text, size_t offset) {
    size_t length;
    return offset >= text.size || pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length));
}

static bool is_word_before(pv_str text, size_t offset) {
    return pv_phrasing_word_character_before(text, offset);
}

/* What closes the mark opened by character, or 0. */
static uint32_t closing_of(uint32_t character) {
    switch (character) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '{':
        return '}';
    case LEFT_DOUBLE:
        return RIGHT_DOUBLE;
    case LEFT_SINGLE:
        return RIGHT_SINGLE;
    case '"':
    case '\'':
        return character;
    default:
        return 0;
    }
}

static bool opens(pv_str text, size_t offset, uint32_t character, size_t length) {
    if (character == '\'' || character == LEFT_SINGLE || character == '"')
        return !is_word_before(text, offset) && !is_blank_at(text, offset + length);
    return true;
}

/* Whether the mark at offset closes the pair that is open: an apostrophe inside a word does not. */
static bool closes(pair_scan *scan, size_t offset, uint32_t character, size_t length) {
    size_t ignored;
    if (character == '\'' || character == RIGHT_SINGLE) {
        if (pv_phrasing_word_character_at(scan->text, offset + length))
            return false;
    }
    for (size_t i = scan->open_count; i > 0; i--) {
        pair *waiting = &scan->found.items[scan->open[i - 1]];
        if (closing_of(pv_utf8_decode(scan->text, waiting->open, &ignored)) != character)
            continue;
        waiting->close = (uint32_t)offset;
        scan->open_count = i - 1;
        return true;
    }
    return false;
}

static bool scan_mark(pair_scan *scan, pv_arena *arena, size_t offset, uint32_t character, size_t length) {
    bool closing = character == ')' || character == ']' || character == '}' || character == RIGHT_DOUBLE ||
                   character == RIGHT_SINGLE || character == '"' || character == '\'';
    if (closing && closes(scan, offset, character, length))
        return true;
    if (closing_of(character) == 0 || scan->open_count == FRAMES_MAX || !opens(scan->text, offset, character, length))
        return true;
    bool quotation = character != '(' && character != '[' && character != '{';
    pair *added = PV_ARRAY_ADD(arena, &scan->found);
    if (!added)
        return false;
    *added = (pair){(uint32_t)offset, 0, quotation};
    scan->open[scan->open_count++] = (uint32_t)(scan->found.count - 1);
    return true;
}

/* The pairs of marks in text: no pair goes over the end of a paragraph. What lies in a list marker is none. */
static bool find_pairs(pair_scan *scan, pv_arena *arena, const pv_list_items *items, pv_error *error) {
    size_t item = 0;
    for (size_t offset = 0, length; offset < scan->text.size; offset += length) {
        uint32_t character = pv_utf8_decode(scan->text, offset, &length);
        if (character == '\n')
            scan->open_count = 0;
        if (pv_utf8_is_word_character(character) || character == ' ')
            continue;
        while (item < items->count && items->items[item].marker.end <= offset)
            item++;
        if (item < items->count && items->items[item].marker.start <= offset)
            continue;
        if (!scan_mark(scan, arena, offset, character, length))
            return pv_fail_memory(error);
    }
    return true;
}

/* ---- what stands between two tokens ---- */

typedef struct gap {
    bool paragraph;
    bool sentence;
    bool question;
    bool semicolon;
    bool colon;
    bool pause;      /* a comma, or a dash with blanks around it */
    uint32_t closed; /* pairs that close in it */
} gap;

/* ---- the scan ---- */

typedef enum frame_kind { FRAME_OUTER, FRAME_PAIR, FRAME_CLAUSE } frame_kind;

/* A statement that others may stand inside. */
typedef struct frame {
    frame_kind kind;
    uint32_t statement;
    uint32_t close; /* FRAME_PAIR: offset of the mark that closes it */
    bool relative;  /* FRAME_CLAUSE: a relative clause; else a subordinate one after a comma */
} frame;

typedef struct statement_scan {
    pv_arena *arena;
    pv_statements *read;
    PV_ARRAY(pv_statement) statements;
    PV_ARRAY(pv_text_sentence) sentences;
    uint32_t *statement_of;
    pv_cue *cues;
    size_t next_cue;
    const pair_scan *pairs;
    size_t next_pair;
    const pv_list_items *items;
    size_t next_item;
    uint32_t leads[DEPTHS_MAX]; /* of the list at each depth */
    gap before_marker;          /* what stands before the marker that tokens are read of */
    bool in_marker;
    frame frames[FRAMES_MAX];
    size_t frame_count;
    bool failed;
} statement_scan;

pv_str pv_statements_word(const pv_statements *read, uint32_t token) {
    pv_span at = read->tokens->tokens[token].at;
    return pv_str_slice(read->text, at.start, at.end);
}

static bool is_word(const pv_statements *read, uint32_t token, const char *word) {
    return token < read->tokens->count && pv_str_equal_ascii_folded(pv_statements_word(read, token), pv_str_from(word));
}

static bool is_capital_at(pv_str text, size_t offset) {
    size_t length;
    if (offset >= text.size)
        return false;
    uint32_t character = pv_utf8_decode(text, offset, &length);
    return pv_utf8_lower(character) != character;
}

/* Whether the dot, at offset, ends a sentence. next: where the token after it begins. */
static bool dot_ends(const pv_statements *read, uint32_t token, size_t offset, size_t next) {
    pv_str text = read->text;
    size_t after = offset + 1;
    while (after < next &&
           (text.data[after] == '"' || text.data[after] == ')' || text.data[after] == '\'' ||
            (unsigned char)text.data[after] >= 0x80) &&
           !is_blank_at(text, after))
        after++;
    bool blank = is_blank_at(text, after) || after >= text.size;
    bool capital = is_capital_at(text, next);
    if (!blank) { /* "20.5", "health.org"; but "quarterly.We" */
        bool lower = offset > 0 && text.data[offset - 1] >= 'a' && text.data[offset - 1] <= 'z';
        return lower && capital && after == next && next + 1 < text.size && text.data[next + 1] >= 'a' &&
               text.data[next + 1] <= 'z';
    }
    if (token == 0 || read->tokens->tokens[token - 1].at.end != offset)
        return true;
    pv_str word = pv_statements_word(read, token - 1);
    if (pv_english_is_title(word))
        return false;
    bool digit = next < text.size && text.data[next] >= '0' && text.data[next] <= '9';
    if (pv_str_equal_ascii_folded(word, PV_STR("no")) || pv_str_equal_ascii_folded(word, PV_STR("nos")))
        return !digit;
    if (pv_english_is_abbreviation(word) || (word.size == 1 && word.data[0] >= 'A' && word.data[0] <= 'Z'))
        return capital && token < read->tokens->count && pv_english_begins_sentence(pv_statements_word(read, token));
    return true;
}

/* "L.A. We will": the dot belongs to the abbreviation, and ends the sentence all the same. */
static bool abbreviation_ends(const pv_statements *read, uint32_t token) {
    if (token == 0 || token >= read->tokens->count)
        return false;
    pv_str word = pv_statements_word(read, token - 1);
    if (word.size < 3 || word.data[word.size - 1] != '.' || pv_english_is_title(pv_str_slice(word, 0, word.size - 1)))
        return false;
    size_t next = read->tokens->tokens[token].at.start;
    return is_capital_at(read->text, next) && pv_english_begins_sentence(pv_statements_word(read, token));
}

static void read_mark(const pv_statements *read, uint32_t token, size_t offset, uint32_t character, size_t length,
                      size_t next, gap *out) {
    pv_str text = read->text;
    switch (character) {
    case '\n':
        out->paragraph = true;
        break;
    case '.':
        out->sentence |= dot_ends(read, token, offset, next);
        break;
    case 0x2026: /* … */
        out->sentence |= is_capital_at(text, next);
        break;
    case '?':
        out->question = true;
        out->sentence = true;
        break;
    case '!':
        out->sentence = true;
        break;
    case ';':
    case '|': /* the next cell of a row */
        out->semicolon = true;
        break;
    case ':':
        out->colon |= is_blank_at(text, offset + 1);
        break;
    case ',':
        out->pause |= is_blank_at(text, offset + 1) || !pv_phrasing_word_character_at(text, offset + 1) ||
                      !pv_phrasing_word_character_before(text, offset) || text.data[offset + 1] < '0' ||
                      text.data[offset + 1] > '9';
        break;
    case '-':
        out->pause |= (offset > 0 && is_blank_at(text, offset - 1) && is_blank_at(text, offset + 1)) ||
                      (offset + 1 < text.size && text.data[offset + 1] == '-');
        break;
    case 0x2013: /* – */
        out->pause |= offset > 0 && is_blank_at(text, offset - 1) && is_blank_at(text, offset + length);
        break;
    case 0x2014: /* — */
        out->pause = true;
        break;
    default:
        break;
    }
}

static gap read_gap(const pv_statements *read, uint32_t token) {
    gap out = {0};
    size_t offset = token > 0 ? read->tokens->tokens[token - 1].at.end : 0;
    size_t next = token < read->tokens->count ? read->tokens->tokens[token].at.start : read->text.size;
    for (size_t length; offset < next; offset += length) {
        uint32_t character = pv_utf8_decode(read->text, offset, &length);
        if (character != ' ')
            read_mark(read, token, offset, character, length, next, &out);
    }
    out.sentence |= abbreviation_ends(read, token);
    return out;
}

bool pv_statements_pause_before(const pv_statements *read, uint32_t token) {
    gap between = read_gap(read, token);
    return between.paragraph || between.sentence || between.semicolon || between.colon || between.pause;
}

uint32_t pv_statements_token_at(const pv_statements *read, size_t offset) {
    return (uint32_t)PV_SPANS_AFTER(read->tokens->tokens, read->tokens->count, pv_token, offset);
}

pv_span pv_statements_around(const pv_statements *read, pv_span at) {
    uint32_t token = pv_statements_token_at(read, at.start);
    if (token >= read->tokens->count || read->tokens->tokens[token].at.start >= at.end)
        return (pv_span){0, 0};
    const pv_statement *around = &read->statements[read->statement_of[token]];
    pv_span first = read->tokens->tokens[around->first].at;
    return (pv_span){first.start, read->tokens->tokens[around->end - 1].at.end};
}

pv_span pv_sentence_around(const pv_statements *read, pv_span at) {
    uint32_t token = pv_statements_token_at(read, at.start);
    if (token >= read->tokens->count || read->tokens->tokens[token].at.start >= at.end)
        return (pv_span){0, 0};
    return read->sentences[read->statements[read->statement_of[token]].sentence].at;
}

/* ---- where a clause begins ---- */

static const pv_cue *cue_at(const statement_scan *scan, size_t *from, uint32_t token) {
    while (*from < scan->read->cue_count && scan->cues[*from].first < token)
        (*from)++;
    return *from < scan->read->cue_count && scan->cues[*from].first == token ? &scan->cues[*from] : NULL;
}

/* Whether a subject with its verb begins at token; one auxiliary by itself does where may_lack_subject ("and will"). */
static bool begins_clause(const statement_scan *scan, uint32_t token, bool may_lack_subject) {
    const pv_statements *read = scan->read;
    size_t from = scan->next_cue;
    bool speaker = false;
    for (uint32_t i = token; i < token + SUBJECT_TOKENS_MAX && i < read->tokens->count;) {
        if ((i > token && pv_statements_pause_before(read, i)) || is_word(read, i, "that"))
            return false;
        const pv_cue *cue = cue_at(scan, &from, i);
        if (!cue) {
            i++;
            continue;
        }
        if (cue->roles & PV_CUE_FINITE)
            return i > token || may_lack_subject || (cue->roles & PV_CUE_SUBJECT);
        bool pronoun = (cue->roles & PV_CUE_SUBJECT) && !(cue->roles & PV_CUE_NEEDS_CLAUSE);
        bool introduced = i > token && pv_english_is_function_word(pv_statements_word(read, token));
        if (pronoun && (i == token || (introduced && ((cue->roles & PV_CUE_OURS) || is_word(read, i, "they")))))
            return true;
        if (pronoun)
            return false; /* "DPH to close gaps we cannot close" */
        if (speaker && (cue->roles & PV_CUE_ASKS))
            return true;
        if (cue->roles & (PV_CUE_CONTRAST | PV_CUE_RELATIVE | PV_CUE_SUBORDINATE | PV_CUE_JOINS))
            return false;
        speaker |= (cue->roles & PV_CUE_SPEAKER) != 0;
        i = cue->end;
    }
    return false;
}

/* ---- building ---- */

static frame *top(statement_scan *scan) {
    return &scan->frames[scan->frame_count - 1];
}

static uint32_t current(statement_scan *scan) {
    return top(scan)->statement;
}

/* A new statement from token on; PV_NO_STATEMENT when memory is refused. */
static uint32_t add_statement(statement_scan *scan, pv_joint joint, uint32_t token, uint32_t outer, uint32_t previous,
                              uint32_t lead) {
    pv_statement *added = PV_ARRAY_ADD(scan->arena, &scan->statements);
    if (!added) {
        scan->failed = true;
        return PV_NO_STATEMENT;
    }
    *added = (pv_statement){.joint = joint,
                            .first = token,
                            .end = token,
                            .sentence = (uint32_t)(scan->sentences.count - 1),
                            .outer = outer,
                            .previous = previous,
                            .lead = lead,
                            .first_cue = (uint32_t)scan->next_cue};
    return (uint32_t)(scan->statements.count - 1);
}

static void end_sentence(statement_scan *scan, uint32_t token, bool asked) {
    if (scan->sentences.count == 0)
        return;
    pv_text_sentence *last = &scan->sentences.items[scan->sentences.count - 1];
    last->end = token;
    last->asked |= asked;
    last->at.end = scan->read->tokens->tokens[token - 1].at.end;
}

static void begin_sentence(statement_scan *scan, uint32_t token, uint32_t lead, bool item) {
    pv_text_sentence *added = PV_ARRAY_ADD(scan->arena, &scan->sentences);
    if (!added) {
        scan->failed = true;
        return;
    }
    pv_span at = scan->read->tokens->tokens[token].at;
    *added = (pv_text_sentence){.at = at, .first = token, .end = token, .item = item};
    uint32_t statement = add_statement(scan, PV_JOINT_SENTENCE, token, PV_NO_STATEMENT, PV_NO_STATEMENT, lead);
    scan->frames[0] = (frame){.kind = FRAME_OUTER, .statement = statement};
    scan->frame_count = 1;
}

static void push(statement_scan *scan, frame pushed, pv_joint joint, uint32_t token) {
    if (scan->frame_count == FRAMES_MAX)
        return;
    pushed.statement = add_statement(scan, joint, token, current(scan), PV_NO_STATEMENT, PV_NO_STATEMENT);
    scan->frames[scan->frame_count++] = pushed;
}

static void pop_clauses(statement_scan *scan) {
    while (scan->frame_count > 1 && top(scan)->kind == FRAME_CLAUSE)
        scan->frame_count--;
}

/* A statement that takes the place of the current one. */
static void next_statement(statement_scan *scan, pv_joint joint, uint32_t token, bool led) {
    pop_clauses(scan);
    uint32_t before = current(scan);
    uint32_t outer = scan->statements.items[before].outer;
    top(scan)->statement = add_statement(scan, joint, token, outer, before, led ? before : PV_NO_STATEMENT);
}

/* Closes the brackets and quotations that end before token. */
static void close_pairs(statement_scan *scan, size_t offset) {
    for (size_t i = 1; i < scan->frame_count; i++) {
        if (scan->frames[i].kind == FRAME_PAIR && scan->frames[i].close < offset) {
            scan->frame_count = i;
            return;
        }
    }
}

/* Opens those that begin before it. */
static void open_pairs(statement_scan *scan, uint32_t token) {
    const pv_statements *read = scan->read;
    size_t start = read->tokens->tokens[token].at.start;
    for (; scan->next_pair < scan->pairs->found.count; scan->next_pair++) {
        const pair *found = &scan->pairs->found.items[scan->next_pair];
        if (found->open >= start)
            return;
        if (found->close <= start)
            continue; /* nothing stands in it, or it has no other half */
        size_t last = token + PV_QUOTATION_TOKENS_MIN - 1;
        bool is_long = last < read->tokens->count && read->tokens->tokens[last].at.start < found->close;
        if (!found->quotation || is_long)
            push(scan, (frame){.kind = FRAME_PAIR, .close = found->close},
                 found->quotation ? PV_JOINT_QUOTATION : PV_JOINT_BRACKET, token);
    }
}

static bool in_pair(const statement_scan *scan) {
    for (size_t i = 1; i < scan->frame_count; i++)
        if (scan->frames[i].kind == FRAME_PAIR)
            return true;
    return false;
}

/* What an item of a list is governed by: what stands before the list, if no sentence ends there. */
static uint32_t lead_of_item(statement_scan *scan, const pv_list_item *item, const gap *between) {
    bool ended = scan->in_marker ? scan->before_marker.sentence : between->sentence;
    unsigned depth = item->depth < DEPTHS_MAX ? item->depth : DEPTHS_MAX - 1;
    bool begins = item->ordinal == 1 || scan->statements.count == 0;
    if (begins)
        scan->leads[depth] = scan->statements.count == 0 || ended ? PV_NO_STATEMENT : current(scan);
    return scan->leads[depth];
}

/* Whether the body of a list item begins with token; then that item, the innermost. */
static const pv_list_item *item_at(statement_scan *scan, uint32_t token) {
    const pv_list_item *found = NULL;
    size_t start = scan->read->tokens->tokens[token].at.start;
    while (scan->next_item < scan->items->count && scan->items->items[scan->next_item].body.start <= start)
        found = &scan->items->items[scan->next_item++];
    return found;
}

static bool is_in_marker(const statement_scan *scan, uint32_t token) {
    if (scan->next_item == scan->items->count)
        return false;
    pv_span marker = scan->items->items[scan->next_item].marker;
    pv_span at = scan->read->tokens->tokens[token].at;
    return at.start < marker.end && at.end > marker.start;
}

/* Whether the current statement has a verb or a pronoun for its subject already: "Health Net" has not, before "and L.A.
 * Care will". */
static bool has_verb(const statement_scan *scan, uint32_t statement) {
    for (size_t i = scan->statements.items[statement].first_cue; i < scan->next_cue; i++) {
        pv_cue_roles roles = scan->cues[i].roles;
        bool pronoun = (roles & PV_CUE_SUBJECT) && !(roles & PV_CUE_NEEDS_CLAUSE);
        if (scan->cues[i].statement == statement && (pronoun || (roles & (PV_CUE_FINITE | PV_CUE_ASKS))))
            return true;
    }
    return false;
}

/* "and we will" begins a clause whatever stands before it. */
static bool is_pronoun(const statement_scan *scan, uint32_t token) {
    size_t from = scan->next_cue;
    const pv_cue *cue = cue_at(scan, &from, token);
    return cue && (cue->roles & PV_CUE_SUBJECT) && !(cue->roles & PV_CUE_NEEDS_CLAUSE);
}

/* "October", "County": but not a month. */
static bool is_name(const pv_statements *read, uint32_t token) {
    bool abbreviated;
    return is_capital_at(read->text, read->tokens->tokens[token].at.start) &&
           pv_phrasing_month(pv_statements_word(read, token), &abbreviated) == 0;
}

/* "While no contract is signed yet, the Plan meets": what a sentence concedes first ends at the comma before a subject;
 * "although we do not work with DMH, DPH" goes on, and so does "while we will not, as".  */
static bool ends_concession(const statement_scan *scan, uint32_t statement, uint32_t token) {
    const pv_statements *read = scan->read;
    const pv_statement *here = &scan->statements.items[statement];
    bool first = scan->sentences.items[here->sentence].first == here->first;
    if (here->joint == PV_JOINT_RELATIVE || !first || !has_verb(scan, statement) ||
        !pv_english_concedes(pv_statements_word(read, here->first)))
        return false;
    size_t from = here->first_cue;
    for (; from < scan->next_cue; from++)
        if (scan->cues[from].end == token && (scan->cues[from].roles & (PV_CUE_FINITE | PV_CUE_DENIES)))
            return false;
    const pv_cue *cue = cue_at(scan, &from, token);
    bool named = is_name(read, token) && !is_name(read, token - 1);
    return named || pv_english_is_determiner(pv_statements_word(read, token)) ||
           (cue && (cue->roles & (PV_CUE_SUBJECT | PV_CUE_SPEAKER)));
}

/* The statement that a word begins where punctuation begins none. */
static void open_by_word(statement_scan *scan, uint32_t token, const pv_cue *cue, bool pause) {
    pv_cue_roles roles = cue ? cue->roles : 0;
    bool needs = (roles & PV_CUE_NEEDS_CLAUSE) != 0;
    if ((roles & PV_CUE_CONTRAST) && (!needs || begins_clause(scan, cue->end, false))) {
        next_statement(scan, PV_JOINT_CONTRAST, token, false);
    } else if (roles & PV_CUE_RELATIVE) {
        pop_clauses(scan);
        push(scan, (frame){.kind = FRAME_CLAUSE, .relative = true}, PV_JOINT_RELATIVE, token);
    } else if ((roles & PV_CUE_SUBORDINATE) && (!needs || begins_clause(scan, cue->end, false))) {
        if (pause && scan->statements.items[current(scan)].first < token)
            push(scan, (frame){.kind = FRAME_CLAUSE}, PV_JOINT_SUBORDINATE, token);
        else
            next_statement(scan, PV_JOINT_SUBORDINATE, token, false);
    } else if ((roles & PV_CUE_JOINS) && (has_verb(scan, current(scan)) || is_pronoun(scan, cue->end)) &&
               begins_clause(scan, cue->end, true)) {
        next_statement(scan, PV_JOINT_COORDINATE, token, false);
    } else if (pause && (begins_clause(scan, token, false) || ends_concession(scan, current(scan), token))) {
        next_statement(scan, PV_JOINT_MAIN, token, false);
    } else if (pause && top(scan)->kind == FRAME_CLAUSE &&
               (!top(scan)->relative || (roles & PV_CUE_FINITE) || is_word(scan->read, token, "by"))) {
        scan->frame_count--;
    }
}

static void open_within(statement_scan *scan, uint32_t token, const gap *between) {
    size_t from = scan->next_cue;
    const pv_cue *cue = cue_at(scan, &from, token);
    size_t frames = scan->frame_count;
    open_pairs(scan, token);
    if (scan->frame_count > frames)
        return;
    if (between->sentence)
        next_statement(scan, PV_JOINT_SENTENCE, token, false);
    else if (between->semicolon)
        next_statement(scan, PV_JOINT_SEMICOLON, token, false);
    else if (between->colon)
        next_statement(scan, PV_JOINT_COLON, token, true);
    else
        open_by_word(scan, token, cue, between->pause);
}

/* Cuts a sentence that is too long. */
static bool is_too_long(statement_scan *scan, uint32_t token) {
    pv_text_sentence *last = &scan->sentences.items[scan->sentences.count - 1];
    if (token - last->first < PV_SENTENCE_TOKENS_MAX)
        return false;
    last->too_long = true;
    return true;
}

static void take_token(statement_scan *scan, uint32_t token) {
    const pv_statements *read = scan->read;
    gap between = read_gap(read, token);
    const pv_list_item *item = item_at(scan, token);
    close_pairs(scan, read->tokens->tokens[token].at.start);
    bool whole = between.paragraph || (between.sentence && !in_pair(scan));
    if (token == 0 || item || whole || is_too_long(scan, token)) {
        bool cut = token > 0 && !item && !whole;
        uint32_t lead = item ? lead_of_item(scan, item, &between) : PV_NO_STATEMENT;
        end_sentence(scan, token, between.question);
        begin_sentence(scan, token, lead, item != NULL);
        if (scan->failed)
            return;
        scan->sentences.items[scan->sentences.count - 1].too_long = cut;
        open_pairs(scan, token);
    } else {
        open_within(scan, token, &between);
    }
}

/* The token stands in the innermost statement, and so do all that this one stands in reach over it. */
static void place_token(statement_scan *scan, uint32_t token) {
    scan->statement_of[token] = current(scan);
    for (size_t i = 0; i < scan->frame_count; i++)
        scan->statements.items[scan->frames[i].statement].end = token + 1;
}

static bool read_statements(statement_scan *scan, pv_error *error) {
    const pv_statements *read = scan->read;
    for (uint32_t token = 0; token < read->tokens->count; token++) {
        while (scan->next_cue < read->cue_count && scan->cues[scan->next_cue].end <= token)
            scan->next_cue++;
        bool marker = token > 0 && is_in_marker(scan, token);
        if (marker && !scan->in_marker)
            scan->before_marker = read_gap(read, token);
        bool in_cue = scan->next_cue < read->cue_count && scan->cues[scan->next_cue].first < token;
        if (!marker && !in_cue)
            take_token(scan, token);
        scan->in_marker = marker;
        if (scan->failed)
            return pv_fail_memory(error);
        place_token(scan, token);
        if (scan->next_cue < read->cue_count && scan->cues[scan->next_cue].first == token)
            scan->cues[scan->next_cue].statement = marker ? PV_NO_STATEMENT : current(scan);
    }
    if (read->tokens->count > 0) {
        gap last = read_gap(read, (uint32_t)read->tokens->count);
        end_sentence(scan, (uint32_t)read->tokens->count, last.question);
    }
    return true;
}

bool pv_statements_find(pv_statements **out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                        const pv_list_items *items, const pv_wording *wording, pv_error *error) {
    pv_statements *read = PV_NEW(arena, pv_statements);
    uint32_t *statement_of = PV_NEW_ARRAY(arena, uint32_t, tokens->count);
    if (!read || !statement_of)
        return pv_fail_memory(error);
    *out = read;
    *read = (pv_statements){.text = text, .tokens = tokens, .statement_of = statement_of};
    pv_cue *cues;
    pair_scan pairs = {.text = text};
    if (!pv_cues_find(wording, arena, text, tokens, &cues, &read->cue_count, error) ||
        !find_pairs(&pairs, arena, items, error))
        return false;
    read->cues = cues;
    statement_scan scan = {
        .arena = arena, .read = read, .statement_of = statement_of, .cues = cues, .pairs = &pairs, .items = items};
    for (size_t i = 0; i < DEPTHS_MAX; i++)
        scan.leads[i] = PV_NO_STATEMENT;
    if (!read_statements(&scan, error))
        return false;
    read->statements = scan.statements.items;
    read->count = scan.statements.count;
    read->sentences = scan.sentences.items;
    read->sentence_count = scan.sentences.count;
    return true;
}
