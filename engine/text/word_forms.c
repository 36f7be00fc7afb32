#include "text/word_forms_p.h"

#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"
#include "text/word_tables_p.h"

#define LONGEST_CHUNK 400 /* bytes of an address */
#define WRAPPED_LINE 40   /* bytes: a shorter line ends because its words do */
#define LONGEST_TAG 120   /* bytes */

typedef struct form_reader {
    pv_str text;
    const pv_heading_list *headings;
    pv_word_form *words;
    size_t count;          /* of words read */
    size_t line;           /* that the next word is looked for in */
    size_t heading;        /* the same */
    const pv_marks *marks; /* or NULL */
    size_t mark;           /* the same */
    uint32_t chunk;        /* where the run of no blanks ends that was looked at last */
    bool chunk_is_prose;
    bool code;    /* between backticks in a line, */
    bool fence;   /* or between lines of three */
    uint32_t tag; /* where a tag ends that was met */
} form_reader;

/* ---- one word ---- */

typedef struct letters {
    unsigned capitals, small, digits;
    bool camel, apostrophe;
    bool first_is_capital;
} letters;

static letters read_letters(pv_str word) {
    letters read = {0};
    for (size_t at = 0; at < word.size;) {
        size_t length;
        const uint32_t character = pv_utf8_decode(word, at, &length);
        if (character >= '0' && character <= '9') {
            read.digits++;
        } else if (pv_is_letter_or_number(character)) {
            const bool capital = pv_utf8_lower(character) != character;
            if (capital && read.small > 0)
                read.camel = true;
            if (capital && at == 0)
                read.first_is_capital = true;
            read.capitals += capital;
            read.small += !capital;
        } else if (pv_is_apostrophe(character)) {
            read.apostrophe = true;
        }
        at += length;
    }
    return read;
}

/* Where the word ends without a closing 's or apostrophe. */
static uint32_t without_owner(pv_str text, pv_span at, bool *owner) {
    size_t end = at.end;
    size_t length;
    *owner = false;
    if (end - at.start > 2 && (text.data[end - 1] == 's' || text.data[end - 1] == 'S')) {
        const size_t before = pv_utf8_previous(text, end - 1);
        if (before > at.start && pv_is_apostrophe(pv_utf8_decode(text, before, &length))) {
            *owner = true;
            return (uint32_t)before;
        }
    }
    return at.end;
}

static bool is_small_s(pv_str text, uint32_t end) {
    return text.data[end - 1] == 's';
}

static uint64_t hash_of_letters(pv_str word) {
    pv_token_hash hash = PV_TOKEN_HASH_NONE;
    for (size_t i = 0; i < word.size; i++)
        if (pv_ascii_is_letter_or_digit(word.data[i]))
            pv_token_hash_add(&hash, pv_ascii_lower(word.data[i]));
    return pv_token_hash_end(&hash);
}

static bool has_dot(pv_str word) {
    return memchr(word.data, '.', word.size) != NULL;
}

static void read_word(form_reader *reader, const pv_token *token, pv_word_form *out) {
    bool owner;
    pv_span at = {token->at.start, without_owner(reader->text, token->at, &owner)};
    const letters read = read_letters(pv_str_slice(reader->text, at.start, at.end));
    *out = (pv_word_form){.key = owner ? token->owner : token->hash, .at = at};
    uint32_t flags = owner ? PV_FORM_OWNER : 0;
    if (has_dot(pv_str_slice(reader->text, at.start, at.end)))
        flags |= PV_FORM_DOTTED;
    if (read.first_is_capital)
        flags |= PV_FORM_CAPITAL;
    if (read.digits > 0)
        flags |= PV_FORM_DIGIT;
    if (read.camel)
        flags |= PV_FORM_CAMEL;
    if (read.capitals == 0)
        flags |= PV_FORM_LOWER;
    if (read.capitals >= 2 && read.small == 0)
        flags |= PV_FORM_UPPER;
    if (read.capitals == 1 && read.small == 0 && read.digits == 0)
        flags |= PV_FORM_LETTER;
    if (read.capitals >= 2 && read.small == 1 && !read.apostrophe && !read.camel && is_small_s(reader->text, at.end)) {
        flags |= PV_FORM_UPPER | PV_FORM_SEVERAL;
        out->at.end--;
        out->key = hash_of_letters(pv_str_slice(reader->text, out->at.start, out->at.end));
    }
    out->flags = flags;
}

/* ---- what parts it from the word before ---- */

typedef enum sign {
    SIGN_NONE, /* emphasis, and what shows nothing */
    SIGN_BLANK,
    SIGN_BREAK,
    SIGN_HYPHEN,
    SIGN_SLASH,
    SIGN_AMPERSAND,
    SIGN_DOT,
    SIGN_COMMA,
    SIGN_OTHER,
    SIGNS,
} sign;

static sign sign_of(uint32_t character) {
    switch (character) {
    case '\n':
        return SIGN_BREAK;
    case '\t':
        return SIGN_OTHER;
    case '-':
    case 0x2010:
    case 0x2011:
        return SIGN_HYPHEN;
    case '/':
        return SIGN_SLASH;
    case '&':
        return SIGN_AMPERSAND;
    case '.':
        return SIGN_DOT;
    case ',':
        return SIGN_COMMA;
    case '*':
    case '_':
    case '\r':
        return SIGN_NONE;
    default:
        if (pv_utf8_is_white_space(character))
            return SIGN_BLANK;
        return pv_utf8_is_invisible(character) ? SIGN_NONE : SIGN_OTHER;
    }
}

typedef struct gap {
    pv_parting parting;
    bool tight;
    bool ends; /* a sentence */
    bool cut;  /* a hyphen, then a line end */
} gap;

/* What one sign, and blanks around it, are. */
static pv_parting parting_of(const unsigned counts[SIGNS], bool tight) {
    if (counts[SIGN_HYPHEN] == 1 && tight)
        return PV_PARTED_HYPHEN;
    if (counts[SIGN_SLASH] == 1)
        return PV_PARTED_SLASH;
    if (counts[SIGN_AMPERSAND] == 1)
        return PV_PARTED_AMPERSAND;
    if (counts[SIGN_DOT] == 1 && !tight)
        return PV_PARTED_DOT;
    return counts[SIGN_COMMA] == 1 ? PV_PARTED_COMMA : PV_PARTED_OTHER;
}

static gap read_gap(pv_str text, uint32_t start, uint32_t end) {
    unsigned counts[SIGNS] = {0};
    gap read = {.parting = PV_PARTED_OTHER};
    if (end == start + 1 && text.data[start] == ' ')
        return (gap){.parting = PV_PARTED_SPACE};
    for (size_t at = start; at < end;) {
        size_t length;
        const uint32_t character = pv_utf8_decode(text, at, &length);
        at += length;
        counts[sign_of(character)]++;
        read.ends |= character == '?' || character == '!' || character == '.' || character == 0x2022;
    }
    unsigned marks = 0;
    for (sign kind = SIGN_HYPHEN; kind < SIGNS; kind++)
        marks += counts[kind];
    read.tight = counts[SIGN_BLANK] + counts[SIGN_BREAK] == 0;
    read.cut = counts[SIGN_HYPHEN] == 1 && counts[SIGN_BREAK] > 0;
    if (marks == 0 && counts[SIGN_BREAK] < 2)
        read.parting = counts[SIGN_BREAK] == 0 ? PV_PARTED_SPACE : PV_PARTED_BREAK;
    else if (marks == 1 && counts[SIGN_BREAK] == 0)
        read.parting = parting_of(counts, read.tight);
    return read;
}

/* ---- where it stands ---- */

/* Whether a run of no blanks is an address, a name of a file, or joined by underscores as names of a program are. */
static bool is_address(pv_str chunk) {
    size_t dots_inside = 0, slashes = 0;
    for (size_t i = 0; i < chunk.size; i++) {
        const char c = chunk.data[i];
        const bool inside = i > 0 && i + 1 < chunk.size && pv_ascii_is_letter_or_digit(chunk.data[i - 1]) &&
                            pv_ascii_is_letter_or_digit(chunk.data[i + 1]);
        if (c == '@' && inside)
            return true;
        if (c == '_' && inside)
            return true;
        if (c == ':' && i + 2 < chunk.size && chunk.data[i + 1] == '/' && chunk.data[i + 2] == '/')
            return true;
        slashes += c == '/';
        if (c == '.' && inside && i >= 2 && i + 2 < chunk.size && pv_ascii_is_letter_or_digit(chunk.data[i - 2]) &&
            pv_ascii_is_letter(chunk.data[i + 1]) && pv_ascii_is_letter(chunk.data[i + 2]))
            dots_inside++;
        if (c == '.' && inside && i >= 2 && pv_ascii_is_letter(chunk.data[i - 1]) &&
            pv_ascii_is_letter(chunk.data[i - 2]) && !pv_ascii_is_letter(chunk.data[i + 1]))
            dots_inside++;
    }
    return dots_inside > 0 || slashes >= 3 || pv_str_starts_with(chunk, PV_STR("/"));
}

static void look_at_chunk(form_reader *reader, uint32_t at) {
    const pv_str text = reader->text;
    if (at < reader->chunk)
        return;
    size_t start = at, end = at;
    while (start > 0 && at - start < LONGEST_CHUNK && text.data[start - 1] != ' ' && text.data[start - 1] != '\n' &&
           text.data[start - 1] != '\t' && text.data[start - 1] != '|' && text.data[start - 1] != '(')
        start--;
    while (end < text.size && end - at < LONGEST_CHUNK && text.data[end] != ' ' && text.data[end] != '\n' &&
           text.data[end] != '\t' && text.data[end] != '|')
        end++;
    reader->chunk = (uint32_t)end;
    reader->chunk_is_prose = !is_address(pv_str_slice(text, start, end));
}

static void pass_marks(form_reader *reader, uint32_t start, uint32_t end) {
    const pv_str text = reader->text;
    for (uint32_t at = start; at < end; at++) {
        const char c = text.data[at];
        if (c == '\n')
            reader->code = false;
        if (c == '`') {
            const bool three = at + 2 < text.size && text.data[at + 1] == '`' && text.data[at + 2] == '`';
            if (three && (at == 0 || text.data[at - 1] == '\n' || text.data[at - 1] == ' '))
                reader->fence = !reader->fence;
            else if (!three)
                reader->code = !reader->code;
            at += three ? 2 : 0;
        }
        const char next = at + 1 < text.size ? text.data[at + 1] : ' ';
        if (c == '<' && (pv_ascii_is_letter(next) || next == '/' || next == '!')) {
            const size_t close = pv_str_find(
                pv_str_slice(text, 0, at + LONGEST_TAG < text.size ? at + LONGEST_TAG : text.size), PV_STR(">"), at);
            if (close != SIZE_MAX)
                reader->tag = (uint32_t)close;
        }
    }
}

/* Moves to the line that holds this byte; whether it is another one. */
static bool move_to_line(form_reader *reader, uint32_t at) {
    const pv_lines *lines = &reader->headings->lines;
    const size_t before = reader->line;
    while (reader->line + 1 < lines->count && lines->lines[reader->line + 1].at.start <= at)
        reader->line++;
    return reader->line != before;
}

/* What the document says of the word at this byte. */
static uint32_t flags_of_mark(form_reader *reader, uint32_t at) {
    const pv_marks *marks = reader->marks;
    if (!marks)
        return 0;
    while (reader->mark < marks->count &&
           (marks->marks[reader->mark].at.end <= at || marks->marks[reader->mark].kind == PV_MARK_LEFT_OUT))
        reader->mark++;
    if (reader->mark == marks->count || marks->marks[reader->mark].at.start > at)
        return 0;
    switch (marks->marks[reader->mark].kind) {
    case PV_MARK_HEADING:
        return PV_FORM_HEADING;
    case PV_MARK_CELL:
        return PV_FORM_CELL;
    case PV_MARK_CODE:
        return PV_FORM_NO_PROSE;
    default:
        return 0;
    }
}

static uint32_t flags_of_place(form_reader *reader, uint32_t at) {
    const pv_heading_list *headings = reader->headings;
    uint32_t flags = flags_of_mark(reader, at);
    while (reader->heading < headings->count && headings->headings[reader->heading].at.end <= at)
        reader->heading++;
    if (reader->heading < headings->count && headings->headings[reader->heading].depth > 0 &&
        headings->headings[reader->heading].at.start <= at)
        flags |= PV_FORM_HEADING;
    if (headings->lines.count > 0) {
        const pv_line *line = &headings->lines.lines[reader->line];
        if (at >= line->at.start && at < line->at.end && (line->furniture || line->contents))
            flags |= PV_FORM_SILENT;
        if (at >= line->at.start && reader->text.data[line->at.start] == '#')
            flags |= PV_FORM_HEADING;
    }
    if (reader->code || reader->fence || at < reader->tag || !reader->chunk_is_prose)
        flags |= PV_FORM_NO_PROSE;
    return flags;
}

/* ---- lines and cells of capitals ---- */

static bool is_cell_break(const pv_word_forms *forms, size_t word) {
    if (word == 0)
        return true;
    for (uint32_t at = forms->words[word - 1].at.end; at < forms->words[word].at.start; at++)
        if (forms->text.data[at] == '|' || forms->text.data[at] == '\t')
            return true;
    return false;
}

/* Marks the words from first to end, of one line or cell, where no small letter is among them. */
static void mark_capitals(form_reader *reader, size_t first, size_t end) {
    size_t capitals = 0, small = 0;
    for (size_t i = first; i < end; i++) {
        capitals += pv_word_form_is(&reader->words[i], PV_FORM_UPPER);
        small += !pv_word_form_is(&reader->words[i], PV_FORM_UPPER | PV_FORM_LETTER | PV_FORM_DIGIT) &&
                 reader->words[i].at.end - reader->words[i].at.start > 1;
    }
    const bool mostly = capitals >= 4 && small * 3 <= end - first;
    if (capitals == 0 || (small * 6 > end - first && !mostly))
        return;
    for (size_t i = first; i < end; i++)
        reader->words[i].flags |= PV_FORM_CAPS_LINE;
}

static void mark_lines(form_reader *reader) {
    size_t first = 0;
    for (size_t i = 1; i <= reader->count; i++) {
        if (i < reader->count && !pv_word_form_is(&reader->words[i], PV_FORM_LINE))
            continue;
        mark_capitals(reader, first, i);
        first = i;
    }
}

/* ---- passages in another language ---- */

#define PASSAGE_WORDS 24 /* on either side of a word */
#define PASSAGE_EXCESS 2 /* by so many its words of another language are more than those of English */
#define RUNNING_BYTES 5  /* of the longest that tell a language */

enum { ENGLISH = 1, FOREIGN = 2 };

static int score_of(const pv_word_table *words, const pv_word_form *word) {
    if (word->at.end - word->at.start > RUNNING_BYTES)
        return 0;
    const uint32_t *language = pv_word_table_find(words, word->key);
    return !language ? 0 : *language == FOREIGN ? 1 : -1;
}

static bool mark_foreign(form_reader *reader, pv_arena *arena, pv_error *error) {
    const pv_str english = pv_english_running_words, foreign = pv_foreign_running_words;
    pv_word_table words;
    if (!pv_word_table_new(&words, arena, pv_count_words(english) + pv_count_words(foreign), error) ||
        !pv_word_table_add(&words, english, ENGLISH, error) || !pv_word_table_add(&words, foreign, FOREIGN, error))
        return false;
    int score = 0;
    size_t begin = 0, end = 0;
    for (size_t i = 0; i < reader->count; i++) {
        for (; end < reader->count && end <= i + PASSAGE_WORDS; end++)
            score += score_of(&words, &reader->words[end]);
        for (; begin + PASSAGE_WORDS < i; begin++)
            score -= score_of(&words, &reader->words[begin]);
        if (score >= PASSAGE_EXCESS)
            reader->words[i].flags |= PV_FORM_FOREIGN;
    }
    return true;
}

/* ---- all words ---- */

/* Whether a line begins with what an item, a cell, a heading or a quotation begins with. */
static bool begins_anew(pv_str text, pv_span line) {
    size_t length;
    const uint32_t first = pv_utf8_decode(text, line.start, &length);
    const size_t digits = pv_digits_end(text, line.start);
    if (digits > line.start && digits + 1 < line.end)
        return (text.data[digits] == '.' || text.data[digits] == ')') && text.data[digits + 1] == ' ';
    switch (first) {
    case '#':
    case '|':
    case 0x2022: /* bullets */
    case 0x2013:
    case 0x25AA:
    case 0x25CF:
    case 0xF0B7:
    case 0xB7:
        return true;
    case '-':
    case '*':
    case '+':
    case '>':
        return line.start + 1 >= line.end || text.data[line.start + 1] == ' ';
    default:
        return false;
    }
}

/* Whether the line before this one was broken to fit a page, so that the words go on. */
static bool goes_on(const form_reader *reader, size_t line_before) {
    const pv_lines *lines = &reader->headings->lines;
    const pv_span at = lines->lines[line_before].at;
    if (begins_anew(reader->text, lines->lines[reader->line].at))
        return false;
    return lines->laid_out && at.end - at.start >= WRAPPED_LINE && reader->text.data[at.start] != '#' &&
           reader->text.data[at.start] != '|';
}

bool pv_word_forms_read(pv_word_forms *out, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                        const pv_heading_list *headings, const pv_marks *marks, pv_error *error) {
    form_reader reader = {.text = text, .headings = headings, .marks = marks};
    reader.words = PV_NEW_ARRAY(arena, pv_word_form, tokens->count);
    if (!reader.words)
        return pv_fail_memory(error);
    uint32_t before = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        pv_word_form *word = &reader.words[i];
        read_word(&reader, &tokens->tokens[i], word);
        const uint32_t start = word->at.start;
        const size_t line_before = reader.line;
        const bool new_line = move_to_line(&reader, start) || i == 0;
        const gap between = read_gap(text, before, start);
        pass_marks(&reader, before, start);
        look_at_chunk(&reader, start);
        word->parting = i == 0 ? PV_PARTED_OTHER : between.parting;
        word->flags |= flags_of_place(&reader, start);
        if (between.tight)
            word->flags |= PV_FORM_TIGHT;
        if (between.cut)
            word->flags |= PV_FORM_CUT;
        if (between.ends || i == 0)
            word->flags |= PV_FORM_STARTS;
        if (new_line && (i == 0 || reader.line != line_before + 1 || !goes_on(&reader, line_before))) {
            word->flags |= PV_FORM_STARTS | PV_FORM_LINE;
            word->parting = PV_PARTED_OTHER;
        }
        const pv_word_forms sofar = {text, reader.words, i + 1};
        if (between.parting == PV_PARTED_OTHER && is_cell_break(&sofar, i))
            word->flags |= PV_FORM_STARTS | PV_FORM_LINE | PV_FORM_CELL;
        before = tokens->tokens[i].at.end;
        reader.count = i + 1;
    }
    mark_lines(&reader);
    *out = (pv_word_forms){text, reader.words, tokens->count};
    return mark_foreign(&reader, arena, error);
}
