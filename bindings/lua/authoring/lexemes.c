#include "lua/authoring/lexemes.h"

#include <string.h>

typedef struct scanner {
    pv_str text;
    size_t at;
    uint32_t line;
} scanner;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char peek(const scanner *scan, size_t ahead) {
    return scan->at + ahead < scan->text.size ? scan->text.data[scan->at + ahead] : '\0';
}

static void skip(scanner *scan, size_t count) {
    for (; count > 0 && scan->at < scan->text.size; count--)
        scan->line += scan->text.data[scan->at++] == '\n';
}

/* How many "=" stand in a long bracket that opens here; SIZE_MAX when none does. */
static size_t long_bracket_level(const scanner *scan) {
    if (peek(scan, 0) != '[')
        return SIZE_MAX;
    size_t level = 0;
    while (peek(scan, 1 + level) == '=')
        level++;
    return peek(scan, 1 + level) == '[' ? level : SIZE_MAX;
}

static bool closes_long_bracket(const scanner *scan, size_t level) {
    if (peek(scan, 0) != ']' || peek(scan, level + 1) != ']')
        return false;
    for (size_t i = 1; i <= level; i++)
        if (peek(scan, i) != '=')
            return false;
    return true;
}

static void skip_long_bracket(scanner *scan, size_t level) {
    skip(scan, level + 2);
    while (scan->at < scan->text.size && !closes_long_bracket(scan, level))
        skip(scan, 1);
    skip(scan, level + 2);
}

static void skip_comment(scanner *scan) {
    skip(scan, 2);
    size_t level = long_bracket_level(scan);
    if (level != SIZE_MAX) {
        skip_long_bracket(scan, level);
        return;
    }
    while (scan->at < scan->text.size && peek(scan, 0) != '\n')
        skip(scan, 1);
}

static void skip_blanks(scanner *scan) {
    for (;;) {
        char c = peek(scan, 0);
        if (scan->at < scan->text.size && (c == ' ' || (c >= '\t' && c <= '\r')))
            skip(scan, 1);
        else if (c == '-' && peek(scan, 1) == '-')
            skip_comment(scan);
        else
            return;
    }
}

static void skip_quoted(scanner *scan) {
    char quote = peek(scan, 0);
    skip(scan, 1);
    while (scan->at < scan->text.size && peek(scan, 0) != quote)
        skip(scan, peek(scan, 0) == '\\' ? 2 : 1);
    skip(scan, 1);
}

static void skip_name(scanner *scan) {
    while (is_name_start(peek(scan, 0)) || is_digit(peek(scan, 0)))
        skip(scan, 1);
}

/* 3, 3.0, 3e-2, 0x1p4: an exponent may bear a sign. */
static void skip_number(scanner *scan) {
    bool hexadecimal = peek(scan, 0) == '0' && (peek(scan, 1) | 0x20) == 'x';
    char exponent = hexadecimal ? 'p' : 'e';
    for (;;) {
        char c = peek(scan, 0);
        if ((c | 0x20) == exponent && (peek(scan, 1) == '-' || peek(scan, 1) == '+'))
            skip(scan, 2);
        else if (is_digit(c) || is_name_start(c) || c == '.')
            skip(scan, 1);
        else
            return;
    }
}

static void skip_symbol(scanner *scan) {
    static const char *const longer[] = {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    pv_str rest = pv_str_slice(scan->text, scan->at, scan->text.size);
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (pv_str_starts_with(rest, pv_str_from(longer[i]))) {
            skip(scan, strlen(longer[i]));
            return;
        }
    skip(scan, 1);
}

/* The next lexeme; false at the end. */
static bool next_lexeme(scanner *scan, pv_lexeme *out) {
    skip_blanks(scan);
    if (scan->at >= scan->text.size)
        return false;
    *out = (pv_lexeme){.at.start = (uint32_t)scan->at, .line = scan->line};
    char c = peek(scan, 0);
    size_t level = long_bracket_level(scan);
    if (is_name_start(c)) {
        out->kind = PV_LEXEME_NAME;
        skip_name(scan);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(scan, 1)))) {
        out->kind = PV_LEXEME_NUMBER;
        skip_number(scan);
    } else if (c == '"' || c == '\'') {
        out->kind = PV_LEXEME_STRING;
        skip_quoted(scan);
    } else if (level != SIZE_MAX) {
        out->kind = PV_LEXEME_STRING;
        skip_long_bracket(scan, level);
    } else {
        out->kind = PV_LEXEME_SYMBOL;
        skip_symbol(scan);
    }
    out->at.end = (uint32_t)scan->at;
    return true;
}

static scanner scanner_of(const pv_source *source) {
    return (scanner){.text = source->bytes, .at = pv_source_text_start(source), .line = 1};
}

bool pv_lexemes_read(pv_lexemes *out, pv_arena *arena, const pv_source *source, pv_error *error) {
    pv_lexeme lexeme;
    size_t count = 0;
    for (scanner scan = scanner_of(source); next_lexeme(&scan, &lexeme);)
        count++;
    pv_lexeme *lexemes = PV_NEW_ARRAY(arena, pv_lexeme, count);
    if (!lexemes)
        return pv_fail_memory(error);
    *out = (pv_lexemes){.source = source, .at = lexemes};
    for (scanner scan = scanner_of(source); out->count < count && next_lexeme(&scan, &lexeme);)
        lexemes[out->count++] = lexeme;
    return true;
}

pv_str pv_lexemes_text(const pv_lexemes *lexemes, size_t index) {
    return index < lexemes->count ? pv_source_slice(lexemes->source, lexemes->at[index].at) : PV_STR("");
}

bool pv_lexemes_is(const pv_lexemes *lexemes, size_t index, const char *text) {
    return index < lexemes->count && lexemes->at[index].kind != PV_LEXEME_STRING &&
           pv_str_equal(pv_lexemes_text(lexemes, index), pv_str_from(text));
}

bool pv_lexemes_string(const pv_lexemes *lexemes, size_t index, pv_str *out) {
    if (index >= lexemes->count || lexemes->at[index].kind != PV_LEXEME_STRING)
        return false;
    scanner scan = {.text = pv_lexemes_text(lexemes, index)};
    size_t level = long_bracket_level(&scan);
    bool is_long = level != SIZE_MAX;
    size_t margin = is_long ? level + 2 : 1;
    *out = pv_str_slice(scan.text, margin, scan.text.size - margin);
    if (!is_long)
        return pv_str_find(*out, PV_STR("\\"), 0) == SIZE_MAX;
    if (pv_str_starts_with(*out, PV_STR("\n"))) /* Lua leaves out a line break right after the bracket */
        *out = pv_str_slice(*out, 1, out->size);
    return true;
}

static bool is_one_of(const pv_lexemes *lexemes, size_t index, const char *symbols) {
    if (index >= lexemes->count || lexemes->at[index].kind != PV_LEXEME_SYMBOL)
        return false;
    pv_str text = pv_lexemes_text(lexemes, index);
    return text.size == 1 && strchr(symbols, text.data[0]);
}

size_t pv_lexemes_closing(const pv_lexemes *lexemes, size_t index) {
    size_t depth = 0;
    for (; index < lexemes->count; index++) {
        if (is_one_of(lexemes, index, "([{"))
            depth++;
        else if (is_one_of(lexemes, index, ")]}") && --depth == 0)
            return index;
    }
    return lexemes->count;
}

size_t pv_lexemes_opening(const pv_lexemes *lexemes, size_t index) {
    size_t depth = 0;
    for (size_t i = index + 1; i-- > 0;) {
        if (is_one_of(lexemes, i, ")]}"))
            depth++;
        else if (is_one_of(lexemes, i, "([{") && --depth == 0)
            return i;
    }
    return lexemes->count;
}

static bool is_keyword(pv_str name) {
    static const char *const keywords[] = {"and",      "break",  "do",   "else", "elseif", "end",  "false", "for",
                                           "function", "goto",   "if",   "in",   "local",  "nil",  "not",   "or",
                                           "repeat",   "return", "then", "true", "until",  "while"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (pv_str_equal(name, pv_str_from(keywords[i])))
            return true;
    return false;
}

/* Whether the lexeme can stand right before arguments, an index or a further name of one expression. */
static bool ends_an_operand(const pv_lexemes *lexemes, size_t index) {
    switch (lexemes->at[index].kind) {
    case PV_LEXEME_NAME:
        return !is_keyword(pv_lexemes_text(lexemes, index));
    case PV_LEXEME_STRING:
        return true;
    case PV_LEXEME_NUMBER:
        return false;
    case PV_LEXEME_SYMBOL:
        return is_one_of(lexemes, index, ")]}");
    }
    return false;
}

/* Takes the operand that ends at index: a name, a string, or everything in brackets. */
static size_t operand_start(const pv_lexemes *lexemes, size_t index) {
    if (!is_one_of(lexemes, index, ")]}"))
        return index;
    size_t opening = pv_lexemes_opening(lexemes, index);
    return opening < lexemes->count ? opening : index;
}

size_t pv_lexemes_chain_start(const pv_lexemes *lexemes, size_t index) {
    size_t start = operand_start(lexemes, index);
    while (start > 0) {
        bool joined = is_one_of(lexemes, start - 1, ".:");
        size_t before = joined ? start - 2 : start - 1;
        bool is_suffix = joined || is_one_of(lexemes, start, "([{") || lexemes->at[start].kind == PV_LEXEME_STRING;
        if (!is_suffix || (joined && start < 2) || !ends_an_operand(lexemes, before))
            break;
        start = operand_start(lexemes, before);
    }
    return start;
}

size_t pv_lexemes_call_end(const pv_lexemes *lexemes, size_t index) {
    size_t next = index + 1;
    if (next >= lexemes->count)
        return index;
    if (lexemes->at[next].kind == PV_LEXEME_STRING)
        return next;
    if (!is_one_of(lexemes, next, "({"))
        return index;
    size_t closing = pv_lexemes_closing(lexemes, next);
    return closing < lexemes->count ? closing : index;
}
