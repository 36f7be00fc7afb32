/* Reads the text of a rule file without running it: its words, its expressions, and the declarations in it. */
#include "lua/authoring/authoring_p.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* Lines that one expression may go on over. */
#define LONGEST_EXPRESSION_LINES 12u
#define LONGEST_EXPRESSION_BYTES ((size_t)140)

/* ---- words ---- */

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
    scanner scan = scanner_of(source);
    size_t capacity = scan.text.size / 4 + 16; /* most are longer: it seldom grows */
    PV_ARRAY(pv_lexeme) lexemes = {PV_NEW_ARRAY(arena, pv_lexeme, capacity), 0, capacity};
    *out = (pv_lexemes){.source = source};
    if (!lexemes.items)
        return pv_fail_memory(error);
    for (pv_lexeme lexeme; next_lexeme(&scan, &lexeme);) {
        pv_lexeme *added = PV_ARRAY_ADD(arena, &lexemes);
        if (!added)
            return pv_fail_memory(error);
        *added = lexeme;
    }
    out->at = lexemes.items;
    out->count = lexemes.count;
    return true;
}

pv_str pv_lexemes_text(const pv_lexemes *lexemes, size_t index) {
    return index < lexemes->count ? pv_source_slice(lexemes->source, lexemes->at[index].at) : PV_STR("");
}

bool pv_lexemes_is(const pv_lexemes *lexemes, size_t index, const char *text) {
    return index < lexemes->count && lexemes->at[index].kind != PV_LEXEME_STRING &&
           pv_str_equal(pv_lexemes_text(lexemes, index), pv_str_from(text));
}

bool pv_lexemes_is_name(const pv_lexemes *lexemes, size_t index, pv_str name) {
    return index < lexemes->count && lexemes->at[index].kind == PV_LEXEME_NAME &&
           pv_str_equal(pv_lexemes_text(lexemes, index), name);
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

/* ---- brackets and operands ---- */

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

bool pv_lexeme_is_keyword(pv_str name) {
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
        return !pv_lexeme_is_keyword(pv_lexemes_text(lexemes, index));
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

/* ---- expressions ---- */

static size_t first_of_line(const pv_lexemes *lexemes, uint32_t line) {
    size_t low = 0;
    size_t high = lexemes->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lexemes->at[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool pv_lexemes_is_after_dot(const pv_lexemes *lexemes, size_t index) {
    return index > 0 && (pv_lexemes_is(lexemes, index - 1, ".") || pv_lexemes_is(lexemes, index - 1, ":"));
}

/* `function f(…)` is no call of f. */
static bool is_definition(const pv_lexemes *lexemes, size_t start) {
    return start > 0 && pv_lexemes_is(lexemes, start - 1, "function");
}

size_t pv_expressions_of_name(const pv_lexemes *lexemes, uint32_t line, pv_str name, bool calls, pv_expression *out,
                              size_t capacity) {
    size_t count = 0;
    for (size_t i = first_of_line(lexemes, line);
         i < lexemes->count && count < capacity && lexemes->at[i].line < line + LONGEST_EXPRESSION_LINES; i++) {
        if (!pv_lexemes_is_name(lexemes, i, name) || (!calls && !pv_lexemes_is_after_dot(lexemes, i)))
            continue;
        size_t start = pv_lexemes_chain_start(lexemes, i);
        size_t last = calls ? pv_lexemes_call_end(lexemes, i) : i;
        if ((calls && last == i) || is_definition(lexemes, start))
            continue;
        if (lexemes->at[i].line == line || lexemes->at[start].line == line)
            out[count++] = (pv_expression){start, last};
    }
    return count;
}

/* The last lexeme of the names, indexes and arguments that follow one another from start. */
static size_t chain_end(const pv_lexemes *lexemes, size_t start) {
    size_t last = start;
    if (pv_lexemes_is(lexemes, start, "("))
        last = pv_lexemes_closing(lexemes, start);
    for (;;) {
        size_t next = last + 1;
        if (pv_lexemes_is(lexemes, next, ".") || pv_lexemes_is(lexemes, next, ":"))
            last = next + 1;
        else if (pv_lexemes_is(lexemes, next, "["))
            last = pv_lexemes_closing(lexemes, next);
        else if (pv_lexemes_call_end(lexemes, last) > last)
            last = pv_lexemes_call_end(lexemes, last);
        else
            return last;
        if (last >= lexemes->count)
            return start;
    }
}

bool pv_expressions_returned(const pv_lexemes *lexemes, uint32_t line, pv_expression *out) {
    for (size_t i = first_of_line(lexemes, line); i + 1 < lexemes->count && lexemes->at[i].line == line; i++)
        if (pv_lexemes_is(lexemes, i, "return")) {
            *out = (pv_expression){i + 1, chain_end(lexemes, i + 1)};
            return out->last > out->first;
        }
    return false;
}

static bool is_bracket(const pv_lexemes *lexemes, size_t index, const char *first, const char *second) {
    return pv_lexemes_is(lexemes, index, first) || pv_lexemes_is(lexemes, index, second);
}

/* Whether a space stands after the lexeme: where the author left one, and for a line break inside of brackets. */
static bool is_spaced(const pv_lexemes *lexemes, size_t index) {
    const pv_lexeme *lexeme = &lexemes->at[index];
    if (lexeme->at.end == lexeme[1].at.start || pv_lexemes_is(lexemes, index + 1, ":"))
        return false;
    bool same_line = lexeme->line == lexeme[1].line;
    return same_line || !(is_bracket(lexemes, index, "(", "[") || is_bracket(lexemes, index + 1, ")", "]"));
}

pv_str pv_expression_text(const pv_lexemes *lexemes, pv_expression expression, pv_arena *arena) {
    pv_buf text = pv_buf_on(pv_arena_memory(arena));
    for (size_t i = expression.first; i <= expression.last; i++) {
        pv_str lexeme = pv_lexemes_text(lexemes, i);
        pv_buf_append(&text, lexeme);
        if (i < expression.last && is_spaced(lexemes, i))
            pv_buf_append_char(&text, ' ');
    }
    pv_str shown = pv_buf_str(&text);
    bool cut = shown.size > LONGEST_EXPRESSION_BYTES;
    if (cut)
        shown = pv_str_slice(shown, 0, pv_utf8_previous(shown, LONGEST_EXPRESSION_BYTES + 1));
    pv_str kept = {NULL, 0};
    if (!text.failed)
        kept = pv_arena_format(arena, "%.*s%s", PV_STR_ARG(shown), cut ? "…" : "");
    pv_buf_clear(&text);
    return kept;
}

/* ---- declarations of rules ---- */

bool pv_lexemes_declaration(const pv_lexemes *lexemes, size_t index, pv_str *id, size_t *last) {
    if (!pv_lexemes_is(lexemes, index, "rule") || !pv_lexemes_string(lexemes, index + 1, id) ||
        !pv_lexemes_is(lexemes, index + 2, "{"))
        return false;
    *last = pv_lexemes_closing(lexemes, index + 2);
    return *last < lexemes->count;
}

pv_str pv_lexemes_rule_at(const pv_lexemes *lexemes, uint32_t offset) {
    for (size_t i = 0; i < lexemes->count && lexemes->at[i].at.start <= offset; i++) {
        pv_str id;
        size_t last;
        if (pv_lexemes_declaration(lexemes, i, &id, &last) && lexemes->at[last].at.end > offset)
            return id;
    }
    return PV_STR("");
}

typedef struct declaration_range {
    size_t first;
    size_t end;
} declaration_range;

/* Lexemes [first, end): from `rule` to after the closing brace of the declaration of rule, which lexemes were read
 * with. */
static declaration_range find_declaration(const pv_lexemes *lexemes, const pv_rule *rule) {
    size_t first = 0;
    while (first < lexemes->count && lexemes->at[first].at.start < rule->at.start)
        first++;
    size_t open = first;
    while (open < lexemes->count && !pv_lexemes_is(lexemes, open, "{"))
        open++;
    size_t close = pv_lexemes_closing(lexemes, open);
    return (declaration_range){first, close < lexemes->count ? close + 1 : lexemes->count};
}

/* ---- places in declarations ---- */

/* The end of what begins at index, which is not part of the table it stands in: brackets, and functions. */
static size_t skip_nested(const pv_lexemes *lexemes, size_t index) {
    if (is_one_of(lexemes, index, "([{"))
        return pv_lexemes_closing(lexemes, index);
    if (!pv_lexemes_is(lexemes, index, "function"))
        return index;
    for (size_t depth = 0; index < lexemes->count; index++) {
        if (pv_lexemes_is(lexemes, index, "function") || pv_lexemes_is(lexemes, index, "if") ||
            pv_lexemes_is(lexemes, index, "do") || pv_lexemes_is(lexemes, index, "repeat"))
            depth++;
        else if ((pv_lexemes_is(lexemes, index, "end") || pv_lexemes_is(lexemes, index, "until")) && --depth == 0)
            break;
    }
    return index;
}

/* `name =` in the table that the brace at open begins, or count. */
static size_t find_key(const pv_lexemes *lexemes, size_t open, pv_str name) {
    size_t close = pv_lexemes_is(lexemes, open, "{") ? pv_lexemes_closing(lexemes, open) : 0;
    for (size_t i = open + 1; i < close; i = skip_nested(lexemes, i) + 1)
        if (pv_lexemes_is_name(lexemes, i, name) && pv_lexemes_is(lexemes, i + 1, "="))
            return i;
    return lexemes->count;
}

/* The first lexeme of the number-th element of the list that the brace at open begins, or count. */
static size_t find_element(const pv_lexemes *lexemes, size_t open, size_t number) {
    size_t close = pv_lexemes_is(lexemes, open, "{") ? pv_lexemes_closing(lexemes, open) : 0;
    size_t count = 0;
    for (size_t i = open + 1; i < close; i = skip_nested(lexemes, i) + 1)
        if ((i == open + 1 || is_one_of(lexemes, i - 1, ",;")) && ++count == number)
            return i;
    return lexemes->count;
}

/* The brace of the declaration that begins at or after an offset. */
static size_t brace_after(const pv_lexemes *lexemes, uint32_t offset) {
    size_t i = 0;
    while (i < lexemes->count && (lexemes->at[i].at.start < offset || !pv_lexemes_is(lexemes, i, "{")))
        i++;
    return i;
}

static size_t find_example(const pv_lexemes *lexemes, size_t brace, size_t number) {
    return find_element(lexemes, find_key(lexemes, brace, PV_STR("examples")) + 2, number);
}

uint32_t pv_lexemes_example(const pv_lexemes *lexemes, const pv_rule *rule, size_t number) {
    size_t found = find_example(lexemes, brace_after(lexemes, rule->at.start), number);
    return found < lexemes->count ? lexemes->at[found].at.start : rule->at.start;
}

/* Takes "example 3: " off the front of a message; 0 when it does not begin so. */
static size_t take_example_number(pv_str *message) {
    static const pv_str words = PV_STR("example ");
    size_t number = 0;
    size_t at = words.size;
    if (!pv_str_starts_with(*message, words))
        return 0;
    for (; at < message->size && is_digit(message->data[at]); at++)
        number = number * 10 + (size_t)(message->data[at] - '0');
    if (!pv_str_starts_with(pv_str_slice(*message, at, message->size), PV_STR(": ")))
        return 0;
    *message = pv_str_slice(*message, at + 2, message->size);
    return number;
}

/* The name that ends with the first byte from start on which is none of a name. */
static pv_str name_from(pv_str message, size_t start) {
    size_t end = start;
    while (end < message.size && (is_name_start(message.data[end]) || is_digit(message.data[end])))
        end++;
    return pv_str_slice(message, start, end);
}

/* Takes `parameter "limit": ` off the front of a message; empty when it does not begin so. */
static pv_str take_parameter_name(pv_str *message) {
    static const pv_str words = PV_STR("parameter \"");
    if (!pv_str_starts_with(*message, words))
        return (pv_str){0};
    pv_str name = name_from(*message, words.size);
    pv_str rest = pv_str_slice(*message, words.size + name.size, message->size);
    if (!pv_str_starts_with(rest, PV_STR("\": ")))
        return (pv_str){0};
    *message = pv_str_slice(rest, sizeof "\": " - 1, rest.size);
    return name;
}

/* The key of the table at open that a message names, in quotes or as its first word. */
static size_t find_named_key(const pv_lexemes *lexemes, size_t open, pv_str message) {
    size_t quote = pv_str_find(message, PV_STR("\""), 0);
    size_t found = lexemes->count;
    if (quote != SIZE_MAX)
        found = find_key(lexemes, open, name_from(message, quote + 1));
    return found < lexemes->count ? found : find_key(lexemes, open, name_from(message, 0));
}

pv_position pv_declaration_fault_place(const pv_lexemes *lexemes, uint32_t line, pv_str message) {
    size_t place = first_of_line(lexemes, line);
    if (place == lexemes->count)
        return (pv_position){line, 1};
    size_t open = brace_after(lexemes, lexemes->at[place].at.start);
    size_t number = take_example_number(&message);
    pv_str parameter = number == 0 ? take_parameter_name(&message) : PV_STR("");
    size_t inner = lexemes->count;
    if (number > 0)
        inner = open = find_example(lexemes, open, number);
    if (parameter.size > 0) {
        inner = find_key(lexemes, find_key(lexemes, open, PV_STR("parameters")) + 2, parameter);
        open = inner + 2;
    }
    size_t key = find_named_key(lexemes, open, message);
    if (key == lexemes->count)
        key = inner;
    return pv_source_locate(lexemes->source, lexemes->at[key < lexemes->count ? key : place].at.start);
}

bool pv_lexemes_is_key(const pv_lexemes *lexemes, size_t index, const char *name) {
    return pv_lexemes_is(lexemes, index, name) && pv_lexemes_is(lexemes, index + 1, "=");
}

static bool is_called(const pv_lexemes *lexemes, size_t index, const char *name) {
    return pv_lexemes_is(lexemes, index, name) && pv_lexemes_is(lexemes, index + 1, "(");
}

static void ask_for(const pv_lexemes *lexemes, size_t index, bool *asked) {
    if (is_called(lexemes, index, "fail"))
        asked[PV_STATE_FAIL] = true;
    else if (is_called(lexemes, index, "review") || is_called(lexemes, index, "instead"))
        asked[PV_STATE_REVIEW] = true;
    else if (is_called(lexemes, index, "not_applicable") || pv_lexemes_is_key(lexemes, index, "when"))
        asked[PV_STATE_NOT_APPLICABLE] = true;
}

size_t pv_lexemes_function_end(const pv_lexemes *lexemes, size_t index) {
    size_t depth = 0;
    for (size_t i = index; i < lexemes->count; i++) {
        depth += pv_lexemes_is(lexemes, i, "function") || pv_lexemes_is(lexemes, i, "if") ||
                 pv_lexemes_is(lexemes, i, "do") || pv_lexemes_is(lexemes, i, "repeat");
        bool ends = pv_lexemes_is(lexemes, i, "end") || pv_lexemes_is(lexemes, i, "until");
        if (ends && --depth == 0)
            return i;
    }
    return lexemes->count;
}

enum { MOST_HELPERS_DEEP = 8 };

static void ask_of_all(const pv_lexemes *lexemes, size_t first, size_t end, unsigned depth, bool *asked);

/* What the helpers of the file give that are called here: of `return review_of(…)`, what review_of gives. */
static void ask_of_helpers(const pv_lexemes *lexemes, size_t call, unsigned depth, bool *asked) {
    pv_str name = pv_lexemes_text(lexemes, call);
    for (size_t i = 2; depth < MOST_HELPERS_DEEP && i < lexemes->count; i++)
        if (pv_lexemes_is_name(lexemes, i, name) && pv_lexemes_is(lexemes, i - 1, "function") &&
            pv_lexemes_is(lexemes, i - 2, "local") && i != call)
            ask_of_all(lexemes, i + 1, pv_lexemes_function_end(lexemes, i - 1), depth + 1, asked);
}

static void ask_of_all(const pv_lexemes *lexemes, size_t first, size_t end, unsigned depth, bool *asked) {
    for (size_t i = first; i < end; i++) {
        if (pv_lexemes_is_key(lexemes, i, "examples"))
            i = pv_lexemes_closing(lexemes, i + 2);
        else if (depth > 0 && lexemes->at[i].kind == PV_LEXEME_NAME && pv_lexemes_is(lexemes, i + 1, "("))
            ask_of_helpers(lexemes, i, depth, asked);
        if (i < end)
            ask_for(lexemes, i, asked);
    }
}

bool pv_declaration_outcomes(const pv_rule *rule, pv_arena *scratch, bool *asked, pv_error *error) {
    pv_lexemes lexemes;
    if (!pv_lexemes_read(&lexemes, scratch, rule->source, error))
        return false;
    declaration_range range = find_declaration(&lexemes, rule);
    asked[PV_STATE_PASS] = true;
    ask_of_all(&lexemes, range.first, range.end, 0, asked);
    if (!asked[PV_STATE_REVIEW] && !asked[PV_STATE_FAIL]) {
        bool helped[PV_STATE_COUNT] = {false};
        ask_of_all(&lexemes, range.first, range.end, 1, helped);
        asked[PV_STATE_REVIEW] = helped[PV_STATE_REVIEW] && !helped[PV_STATE_FAIL];
    }
    if (!asked[PV_STATE_REVIEW])
        asked[PV_STATE_FAIL] = true;
    return true;
}
