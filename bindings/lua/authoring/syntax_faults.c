/* What Lua's compiler says of a rule file, in the words of its author, at the exact place. */
#include "lua/authoring/authoring_p.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* What is told, and where. */
typedef struct telling {
    const pv_lexemes *file;
    pv_arena *arena;
    pv_str said;      /* by the compiler */
    pv_str near_text; /* the token that it stopped at; empty at the end of the file */
    uint32_t line;
    size_t at;      /* that token; the number of lexemes at the end of the file */
    pv_str message; /* NULL: not yet found */
    size_t offset;
} telling;

/* ---- what the compiler says ---- */

static bool says(const telling *all, const char *words) {
    return pv_str_find(all->said, pv_str_from(words), 0) != SIZE_MAX;
}

/* "… near '}'" gives }, "… near <eof>" nothing. */
static pv_str read_near(pv_str said) {
    const pv_str words = PV_STR(" near '");
    size_t found = SIZE_MAX;
    for (size_t at = 0; (at = pv_str_find(said, words, at)) != SIZE_MAX; at++)
        found = at;
    size_t start = found + words.size;
    return found == SIZE_MAX || said.size < start + 1 ? PV_STR("") : pv_str_slice(said, start, said.size - 1);
}

/* The line in "(to close '{' at line 12)"; 0 where none is said. */
static uint32_t line_of_opening(pv_str said) {
    const pv_str words = PV_STR("at line ");
    size_t at = pv_str_find(said, words, 0);
    unsigned line = 0;
    if (at == SIZE_MAX || sscanf(said.data + at + words.size, "%9u", &line) != 1)
        return 0;
    return line;
}

/* ---- helpers ---- */

static bool is_at(const telling *all, size_t index, const char *text) {
    return pv_lexemes_is(all->file, index, text);
}

static bool is_kind(const telling *all, size_t index, pv_lexeme_kind kind) {
    return index < all->file->count && all->file->at[index].kind == kind;
}

static size_t start_of(const telling *all, size_t index) {
    return index < all->file->count ? all->file->at[index].at.start
                                    : pv_source_text_start(all->file->source) + all->file->source->bytes.size;
}

static size_t end_of(const telling *all, size_t index) {
    return index < all->file->count ? all->file->at[index].at.end : start_of(all, index);
}

/* Whether two lexemes touch. */
static bool touch(const telling *all, size_t first) {
    return first + 1 < all->file->count && end_of(all, first) == start_of(all, first + 1);
}

static uint32_t line_at(const telling *all, size_t index) {
    return index < all->file->count ? all->file->at[index].line : 0;
}

static bool tell(telling *all, size_t offset, pv_str message) {
    all->offset = offset;
    all->message = message;
    return true;
}

static bool tell_token(telling *all, size_t index, const char *message) {
    return tell(all, start_of(all, index), pv_str_from(message));
}

/* Whether a value may end with this lexeme. */
static bool ends_value(const telling *all, size_t index) {
    pv_str text = pv_lexemes_text(all->file, index);
    if (is_kind(all, index, PV_LEXEME_NAME))
        return !pv_lexeme_is_keyword(text) || pv_str_equal(text, PV_STR("end")) || pv_str_equal(text, PV_STR("true")) ||
               pv_str_equal(text, PV_STR("false")) || pv_str_equal(text, PV_STR("nil"));
    if (is_kind(all, index, PV_LEXEME_SYMBOL))
        return text.size == 1 && strchr(")]}", text.data[0]);
    return index < all->file->count;
}

static bool begins_value(const telling *all, size_t index) {
    if (is_kind(all, index, PV_LEXEME_NAME))
        return !pv_lexeme_is_keyword(pv_lexemes_text(all->file, index)) || is_at(all, index, "function") ||
               is_at(all, index, "true") || is_at(all, index, "false") || is_at(all, index, "nil");
    return is_kind(all, index, PV_LEXEME_STRING) || is_kind(all, index, PV_LEXEME_NUMBER) || is_at(all, index, "{") ||
           is_at(all, index, "[");
}

/* ---- characters ---- */

/* Whether this byte of the file stands in a text. */
static bool is_in_text(const telling *all, size_t offset) {
    for (size_t i = 0; i < all->file->count && start_of(all, i) <= offset; i++)
        if (is_kind(all, i, PV_LEXEME_STRING) && end_of(all, i) > offset)
            return true;
    return false;
}

/* A character that is none of ASCII, at or after the place where the compiler stopped. */
static bool tell_character(telling *all) {
    pv_str bytes = all->file->source->bytes;
    unsigned byte = 0;
    if (!pv_str_starts_with(all->near_text, PV_STR("<\\")) || sscanf(all->near_text.data, "<\\%3u>", &byte) != 1)
        return false;
    for (size_t at = pv_source_line_start(all->file->source, all->line), length;
         at < bytes.size && bytes.data[at] != '\n'; at += length) {
        uint32_t found = pv_utf8_decode(bytes, at, &length);
        if (found < 0x80 || (unsigned char)bytes.data[at] != byte || is_in_text(all, at))
            continue;
        bool double_quote = found >= 0x201C && found <= 0x201F;
        bool single_quote = found >= 0x2018 && found <= 0x201B;
        uint32_t seen = pv_utf8_seen_as(found);
        const char *character = bytes.data + at;
        if (double_quote || single_quote || found == 0xAB || found == 0xBB)
            return tell(all, at,
                        pv_arena_format(all->arena,
                                        "the quotation mark %.*s stands here, as word processors write it; "
                                        "write the straight one: %s",
                                        (int)length, character, single_quote ? "'" : "\""));
        if (seen == 0)
            return tell(
                all, at,
                pv_arena_format(all->arena, "U+%04X stands here, which shows nothing; take it out", (unsigned)found));
        if (seen < 0x80)
            return tell(all, at,
                        pv_arena_format(all->arena, "U+%04X stands here, which looks like %s", (unsigned)found,
                                        seen == ' ' ? "a space" : (const char[]){(char)seen, '\0'}));
        if (found == 0x2260)
            return tell(all, at, PV_STR("≠ is no sign of Lua; write ~="));
        if (found == 0x2264 || found == 0x2265)
            return tell(all, at,
                        found == 0x2264 ? PV_STR("≤ is no sign of Lua; write <=")
                                        : PV_STR("≥ is no sign of Lua; write >="));
        return tell(all, at,
                    pv_arena_format(all->arena, "%.*s (U+%04X) cannot stand outside of quotation marks", (int)length,
                                    character, (unsigned)found));
    }
    return false;
}

/* ---- signs of other languages ---- */

static const struct {
    const char *first, *second; /* that touch */
    const char *message;
} foreign_signs[] = {
    {"!", "=", "!= is no sign of Lua; write ~= to ask whether two differ"},
    {"!", "==", "!== is no sign of Lua; write ~= to ask whether two differ"},
    {"&", "&", "&& is no sign of Lua; write and"},
    {"|", "|", "|| is no sign of Lua; write or"},
    {"+", "=", "+= is no sign of Lua; write the sum out: total = total + amount"},
    {"-", "=", "-= is no sign of Lua; write the difference out: total = total - amount"},
    {"*", "=", "*= is no sign of Lua; write the product out: total = total * factor"},
    {"/", "=", "/= is no sign of Lua; write the quotient out, or ~= to ask whether two differ"},
    {"..", "=", "..= is no sign of Lua; write it out: text = text .. more"},
    {"+", "+", "++ is no sign of Lua; write the sum out: count = count + 1"},
    {"<", ">", "<> is no sign of Lua; write ~= to ask whether two differ"},
    {"=", ">", "=> is no sign of Lua; write >= for at least"},
    {"=", "<", "=< is no sign of Lua; write <= for at most"},
    {"==", "=", "=== is no sign of Lua; write == to ask whether two are equal"},
    {":", "=", ":= is no sign of Lua; write = to give a name a value"},
    {"/", "*", "/* begins no comment in Lua; a comment begins with --"},
};

static bool tell_foreign_sign(telling *all) {
    size_t from = all->at > 0 ? all->at - 1 : 0;
    for (size_t i = from; i <= all->at && i < all->file->count; i++)
        for (size_t k = 0; k < sizeof foreign_signs / sizeof *foreign_signs; k++)
            if (is_at(all, i, foreign_signs[k].first) && is_at(all, i + 1, foreign_signs[k].second) && touch(all, i))
                return tell_token(all, i, foreign_signs[k].message);
    if (is_at(all, all->at, "!"))
        return tell_token(all, all->at, "! is no sign of Lua; write not");
    if (is_at(all, all->at, "?"))
        return tell_token(all, all->at,
                          "? is no sign of Lua; write condition and this or that, or if … then … else … end");
    if (is_at(all, all->at, "//") && (all->at == 0 || line_at(all, all->at - 1) != line_at(all, all->at)))
        return tell_token(all, all->at, "// begins no comment in Lua; a comment begins with --");
    return false;
}

static bool tell_equals(telling *all) {
    if (!is_at(all, all->at, "="))
        return false;
    if (says(all, "'then' expected") || says(all, "'do' expected") || says(all, "'end' expected") ||
        says(all, "<eof> expected") || says(all, "'until' expected"))
        return tell_token(all, all->at, "= gives a name a value; write == to ask whether two are equal");
    if (says(all, "')' expected"))
        return tell_token(
            all, all->at,
            "= gives a name a value; write == to ask whether two are equal, and { name = … } for options");
    return false;
}

/* ---- texts ---- */

static bool tell_text(telling *all) {
    if (says(all, "unfinished string")) {
        for (size_t i = 0; i < all->file->count; i++)
            if (is_kind(all, i, PV_LEXEME_STRING) && line_at(all, i) == all->line &&
                pv_str_starts_with(
                    pv_source_slice(all->file->source, (pv_span){(uint32_t)start_of(all, i), (uint32_t)end_of(all, i)}),
                    pv_str_trim(all->near_text)))
                return tell_token(all, i, "the text that begins here has no closing quotation mark on its line");
        return false;
    }
    if (says(all, "unfinished long string") || says(all, "unfinished long comment")) {
        uint32_t line = line_of_opening(all->said);
        pv_str text = pv_source_line(all->file->source, line);
        size_t column = pv_str_find(text, says(all, "comment") ? PV_STR("--[") : PV_STR("["), 0);
        size_t offset = pv_source_line_start(all->file->source, line) + (column == SIZE_MAX ? 0 : column);
        return tell(all, offset,
                    says(all, "comment") ? PV_STR("the comment that begins here is not closed: ]] is missing")
                                         : PV_STR("the text that begins here is not closed: ]] is missing"));
    }
    if (says(all, "invalid escape") || says(all, "hexadecimal digit expected") || says(all, "missing '{'")) {
        size_t slash = SIZE_MAX;
        for (size_t at = 0; (at = pv_str_find(all->near_text, PV_STR("\\"), at)) != SIZE_MAX; at++)
            slash = at;
        pv_str line = pv_source_line(all->file->source, all->line);
        size_t found = slash == SIZE_MAX
                           ? SIZE_MAX
                           : pv_str_find(line, pv_str_slice(all->near_text, slash, all->near_text.size), 0);
        size_t offset = pv_source_line_start(all->file->source, all->line) + (found == SIZE_MAX ? 0 : found);
        return tell(all, offset,
                    PV_STR("a backslash stands between quotation marks before a letter that it does nothing for; write "
                           "two of them, or put a pattern between [[ and ]]"));
    }
    return false;
}

/* Two values that touch where the first is a text: a quotation mark inside ended it. */
static bool tell_quotes_inside(telling *all) {
    size_t before = all->at - 1;
    if (all->at == 0 || all->at >= all->file->count || !is_kind(all, before, PV_LEXEME_STRING) ||
        !is_kind(all, all->at, PV_LEXEME_NAME) || !touch(all, before))
        return false;
    return tell(all, end_of(all, before) - 1,
                pv_arena_format(all->arena,
                                "the text ends here, before %.*s; a quotation mark inside a text is written \\\"",
                                PV_STR_ARG(all->near_text)));
}

/* ---- blocks and brackets that are open ---- */

#define MAX_BLOCKS 200

static bool opens_block(const telling *all, size_t index) {
    return is_at(all, index, "function") || is_at(all, index, "if") || is_at(all, index, "do") ||
           is_at(all, index, "repeat");
}

/* The column of what stands first on the line of a lexeme. */
static size_t indent_of(const telling *all, size_t index) {
    pv_str line = pv_source_line(all->file->source, line_at(all, index));
    size_t indent = 0;
    while (indent < line.size && (line.data[indent] == ' ' || line.data[indent] == '\t'))
        indent++;
    return indent;
}

static bool begins_line(const telling *all, size_t index) {
    return index == 0 || line_at(all, index - 1) != line_at(all, index);
}

/* The bracket that is open where the lexeme `until` begins, and is to be closed: by how far the lines are indented,
 * where another one's closing shows it; the number of lexemes where there is none. */
static size_t find_open_bracket(const telling *all, size_t until) {
    size_t open[MAX_BLOCKS];
    size_t depth = 0;
    size_t found = all->file->count;
    for (size_t i = 0; i < until; i++) {
        pv_str text = pv_lexemes_text(all->file, i);
        if (!is_kind(all, i, PV_LEXEME_SYMBOL) || text.size != 1)
            continue;
        if (strchr("([{", text.data[0]) && depth < MAX_BLOCKS) {
            open[depth++] = i;
        } else if (strchr(")]}", text.data[0]) && depth > 0) {
            depth--;
            if (found == all->file->count && begins_line(all, i) && indent_of(all, i) < indent_of(all, open[depth]))
                found = open[depth];
        }
    }
    if (depth == 0)
        return all->file->count;
    return found < all->file->count && until == all->file->count ? found : open[depth - 1];
}

/* The block whose end is missing: the innermost whose `end`, by how far lines are indented, closes another one; else
 * one that nothing closes. The number of lexemes where none can be told. */
static size_t find_unclosed(const telling *all, size_t until) {
    size_t open[MAX_BLOCKS];
    size_t depth = 0;
    size_t found = all->file->count;
    for (size_t i = 0; i < until; i++) {
        if (opens_block(all, i) && depth < MAX_BLOCKS) {
            open[depth++] = i;
        } else if ((is_at(all, i, "end") || is_at(all, i, "until")) && depth > 0) {
            depth--;
            if (found == all->file->count && begins_line(all, i) && indent_of(all, i) < indent_of(all, open[depth]))
                found = open[depth];
        }
    }
    return found < all->file->count || depth == 0 ? found : open[depth - 1];
}

/* The last `else if` on one line, from the line where the block begins that is not closed. */
static size_t find_else_if(const telling *all, uint32_t line) {
    size_t found = all->file->count;
    for (size_t i = 0; i + 1 < all->file->count && i + 1 < all->at; i++)
        if (is_at(all, i, "else") && is_at(all, i + 1, "if") && line_at(all, i) == line_at(all, i + 1) &&
            line_at(all, i) >= line)
            found = i;
    return found;
}

/* Whether the bracket that the compiler stopped at closes none that is open. */
static bool closes_nothing(const telling *all) {
    static const char pairs[] = "()[]{}";
    size_t open = find_open_bracket(all, all->at);
    const char *closing = all->near_text.size == 1 ? strchr(pairs, all->near_text.data[0]) : NULL;
    if (!closing || !strchr(")]}", *closing) || !is_kind(all, all->at, PV_LEXEME_SYMBOL))
        return false;
    return open == all->file->count || pv_lexemes_text(all->file, open).data[0] != closing[-1];
}

/* The token that the compiler stopped at: of several on its line that are so written the one that the message fits, an
 * `end` being the last. */
static size_t find_token(telling *all) {
    const pv_lexemes *file = all->file;
    size_t first = file->count;
    size_t last = file->count;
    for (all->at = 0; all->at < file->count; all->at++) {
        pv_position end = pv_source_locate(file->source, file->at[all->at].at.end);
        pv_str text = pv_lexemes_text(file, all->at);
        bool is_written = says(all, "malformed number") ? pv_str_starts_with(text, all->near_text)
                                                        : pv_str_equal(text, all->near_text);
        if (end.line != all->line || !is_written)
            continue;
        bool misses_comma =
            says(all, "expected") && all->at > 0 && ends_value(all, all->at - 1) && begins_value(all, all->at);
        if (closes_nothing(all) || misses_comma)
            return all->at;
        first = first == file->count ? all->at : first;
        last = all->at;
    }
    return pv_str_equal(all->near_text, PV_STR("end")) ? last : first;
}

static bool tell_block(telling *all) {
    size_t count = all->file->count;
    bool after_end = all->at > 0 && is_at(all, all->at - 1, "end");
    if (closes_nothing(all))
        return tell(all, start_of(all, all->at),
                    pv_arena_format(all->arena, "this %.*s closes nothing that is open", PV_STR_ARG(all->near_text)));
    if (is_at(all, all->at, "end") && (says(all, "<eof>") || (after_end && says(all, "'}' expected"))))
        return tell_token(all, all->at,
                          "this closes nothing: there is an end too many, or a function, if or do is "
                          "missing above");
    bool ends_early = after_end && says(all, "unexpected symbol");
    if (!says(all, "'end' expected") && !says(all, "'until' expected") && !ends_early)
        return false;
    size_t unclosed = find_unclosed(all, all->at);
    size_t else_if = find_else_if(all, line_at(all, unclosed));
    if (else_if < count)
        return tell_token(all, else_if, "“else if” begins another if, which needs an end of its own; write elseif");
    if (unclosed == count)
        return false;
    pv_str word = pv_lexemes_text(all->file, unclosed);
    return tell(all, start_of(all, unclosed),
                pv_arena_format(all->arena, "the %.*s that begins here has no end", PV_STR_ARG(word)));
}

/* ---- brackets and commas ---- */

static bool tell_missing_comma(telling *all, const char *bracket) {
    if (all->at == 0 || all->at >= all->file->count || !ends_value(all, all->at - 1) || !begins_value(all, all->at))
        return false;
    return tell(
        all, end_of(all, all->at - 1),
        pv_arena_format(all->arena, "a comma%s is missing here, before %.*s", bracket, PV_STR_ARG(all->near_text)));
}

/* `if … {` */
static bool tell_braces(telling *all, size_t open) {
    static const char *const words[] = {"if", "elseif", "else", "while", "for", "function"};
    size_t first = open;
    while (first > 0 && !begins_line(all, first))
        first--;
    bool last = open + 1 < all->file->count && begins_line(all, open + 1);
    for (size_t i = 0; last && i < sizeof words / sizeof *words; i++)
        if (is_at(all, open, "{") && is_at(all, first, words[i]))
            return tell_token(all, open, "a block stands between words in Lua, not in braces: if … then … end");
    return false;
}

/* `my-title = …` in a table. */
static bool tell_key(telling *all) {
    if (!is_at(all, all->at, "=") || all->at < 3 || !is_at(all, all->at - 2, "-") ||
        !is_kind(all, all->at - 3, PV_LEXEME_NAME))
        return false;
    return tell_token(all, all->at - 3, "a key is one word of letters, digits and underscores: my_title");
}

static bool tell_bracket(telling *all) {
    bool curly = says(all, "'}' expected");
    bool round = says(all, "')' expected");
    if (!curly && !round && !says(all, "']' expected") && !(all->near_text.size == 0 && says(all, "unexpected symbol")))
        return false;
    if (tell_quotes_inside(all) || tell_key(all) || (curly && tell_missing_comma(all, "")) ||
        (round && tell_missing_comma(all, " or a closing )")))
        return true;
    size_t open = find_open_bracket(all, all->at);
    if (open == all->file->count)
        return false;
    pv_str bracket = pv_lexemes_text(all->file, open);
    if (tell_braces(all, open))
        return true;
    if (all->at == all->file->count)
        return tell(all, start_of(all, open),
                    pv_arena_format(all->arena, "the %.*s that opens here is not closed", PV_STR_ARG(bracket)));
    return tell(all, start_of(all, all->at),
                pv_arena_format(all->arena, "the %.*s of line %u is not closed before %.*s", PV_STR_ARG(bracket),
                                (unsigned)line_at(all, open), PV_STR_ARG(all->near_text)));
}

/* ---- words that are missing ---- */

static bool tell_missing_word(telling *all) {
    static const char *const words[] = {"then", "do", "in"};
    bool brace = is_at(all, all->at, "{");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char expected[32];
        (void)snprintf(expected, sizeof expected, "'%s' expected", words[i]);
        if (!says(all, expected))
            continue;
        if (brace && i < 2)
            return tell_token(all, all->at, "a block stands between words in Lua, not in braces: if … then … end");
        if (tell_quotes_inside(all))
            return true;
        return tell(all, all->at > 0 ? end_of(all, all->at - 1) : 0,
                    pv_arena_format(all->arena, "%s is missing here", words[i]));
    }
    if (says(all, "'=' or 'in' expected"))
        return tell_token(all, all->at, "a for goes through a list: for _, item in ipairs(list) do … end");
    if (says(all, "<name> expected") && pv_lexeme_is_keyword(all->near_text))
        return tell(all, start_of(all, all->at),
                    pv_arena_format(all->arena, "\"%.*s\" is a word of Lua, and no name", PV_STR_ARG(all->near_text)));
    if (says(all, "<name> expected"))
        return tell_token(all, all->at, "a name is missing here");
    if (says(all, "malformed number"))
        return tell_token(all, all->at, "this is no number; a text stands between quotation marks");
    return false;
}

/* Words of other languages, before what the compiler stopped at. */
static bool tell_foreign_word(telling *all) {
    static const struct {
        const char *word, *message;
    } words[] = {
        {"elif", "elif is no word of Lua; write elseif"},
        {"elsif", "elsif is no word of Lua; write elseif"},
        {"elseIf", "elseIf is no word of Lua; write elseif"},
        {"var", "var is no word of Lua; write local"},
        {"let", "let is no word of Lua; write local"},
        {"const", "const is no word of Lua; write local"},
        {"def", "def is no word of Lua; write local function"},
        {"foreach", "foreach is no word of Lua; write for _, item in ipairs(list) do"},
        {"switch", "switch is no word of Lua; write if … elseif … end"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = all->at > 0 ? all->at - 1 : 0; at <= all->at; at++)
            if (is_at(all, at, words[i].word))
                return tell_token(all, at, words[i].message);
    return false;
}

/* `until = …` in a table. */
static bool tell_reserved_key(telling *all) {
    if (!is_kind(all, all->at, PV_LEXEME_NAME) || !pv_lexeme_is_keyword(all->near_text) ||
        !is_at(all, all->at + 1, "=") || says(all, "<name> expected"))
        return false;
    return tell(all, start_of(all, all->at),
                pv_arena_format(all->arena, "\"%.*s\" is a word of Lua, so the key is written [\"%.*s\"] = …",
                                PV_STR_ARG(all->near_text), PV_STR_ARG(all->near_text)));
}

/* "'=' expected near 'in'" */
static bool tell_expected(telling *all) {
    size_t end = pv_str_find(all->said, PV_STR(" expected"), 0);
    if (says(all, "function arguments expected"))
        return tell_token(all, all->at,
                          "a name after : is called, as in text:words_by(…); a value is asked for with .");
    if (says(all, "<name> or '...' expected"))
        return tell_token(all, all->at, "the name of a parameter is missing here, or a ) before");
    if (end == SIZE_MAX || end < 3 || all->said.data[0] != '\'' || all->at == 0)
        return false;
    return tell(all, end_of(all, all->at - 1),
                pv_arena_format(all->arena, "%.*s is missing here", PV_STR_ARG(pv_str_slice(all->said, 1, end - 1))));
}

static bool tell_what_is_left(telling *all) {
    pv_str token = all->near_text;
    bool at_end = all->at == all->file->count;
    if (tell_expected(all))
        return true;
    if (says(all, "syntax error"))
        return tell(all, all->at > 0 ? start_of(all, all->at - 1) : 0,
                    PV_STR("this does nothing: a value is called, given a name with =, or returned"));
    if (!says(all, "unexpected symbol"))
        return false;
    if (at_end)
        return tell(all, start_of(all, all->file->count), PV_STR("the file ends here, where a value is missing"));
    size_t open = find_open_bracket(all, all->at);
    if (open < all->file->count && tell_braces(all, open))
        return true;
    if (all->at > 0 && ends_value(all, all->at - 1) && begins_value(all, all->at))
        return false;
    if (all->at > 0 && is_kind(all, all->at - 1, PV_LEXEME_SYMBOL) && !ends_value(all, all->at - 1) &&
        !is_at(all, all->at - 1, ",") && !is_at(all, all->at - 1, ";"))
        return tell(all, end_of(all, all->at - 1),
                    pv_arena_format(all->arena, "a value is missing here, after %.*s",
                                    PV_STR_ARG(pv_lexemes_text(all->file, all->at - 1))));
    return tell(
        all, start_of(all, all->at),
        pv_arena_format(all->arena, "%.*s cannot stand here: something is missing before it", PV_STR_ARG(token)));
}

bool pv_lua_tell_syntax(const pv_lexemes *file, uint32_t line, pv_arena *arena, pv_str *message, pv_position *at) {
    telling all = {.file = file, .arena = arena, .said = *message, .line = line};
    all.near_text = read_near(*message);
    all.at = all.near_text.size > 0 ? find_token(&all) : file->count;
    bool told = tell_character(&all) || tell_text(&all) || tell_reserved_key(&all) || tell_foreign_sign(&all) ||
                tell_equals(&all) || tell_foreign_word(&all) || tell_block(&all) || tell_bracket(&all) ||
                tell_missing_word(&all) || tell_what_is_left(&all);
    if (!told) {
        if (all.near_text.size > 0 && all.at < file->count)
            *at = pv_source_locate(file->source, start_of(&all, all.at));
        return true;
    }
    *message = all.message;
    *at = pv_source_locate(file->source, all.offset);
    return all.message.data;
}
