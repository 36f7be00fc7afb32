/* What libyaml complains of, and what the filer reads: one sentence that names the likely cause and what to do, at the
 * place where it has to be done. */
#include "load/yaml_problems_p.h"

#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"

#define COMMENT_IN_BRACKETS                                                                                            \
    "a comment begins here, between brackets, and what it holds is not read; put the text in quotes, or the comment "  \
    "on a line of its own"
#define TAB_INDENTS "a tab stands where the line is indented; use spaces only"

pv_span pv_yaml_character_at(const pv_source *source, size_t offset) {
    size_t length = 0;
    if (offset < source->bytes.size)
        pv_utf8_decode(source->bytes, offset, &length);
    return (pv_span){(uint32_t)offset, (uint32_t)(offset + length)};
}

pv_span pv_yaml_rest_of_line(const pv_source *source, size_t offset) {
    pv_position position = pv_source_locate(source, offset);
    size_t end = pv_source_line_start(source, position.line + 1);
    pv_str rest = pv_str_slice(source->bytes, offset, end);
    while (rest.size > 0 && strchr(" \t\r\n", rest.data[rest.size - 1]))
        rest.size--;
    return (pv_span){(uint32_t)offset, (uint32_t)(offset + rest.size)};
}

/* The part of the line of offset that stands before it. */
static pv_str line_before(const pv_source *source, size_t offset) {
    size_t start = pv_source_line_start(source, pv_source_locate(source, offset).line);
    return pv_str_slice(source->bytes, start, offset);
}

char pv_yaml_byte_at(const pv_source *source, size_t offset) {
    return offset < source->bytes.size ? source->bytes.data[offset] : '\0';
}

static bool fail_with_other(pv_error *error, pv_span where, pv_span other, const char *message) {
    pv_fail_at(error, PV_ERROR_SYNTAX, where, "%s", message);
    return pv_error_also_at(error, other);
}

/* A second colon on a line is text; a first one belongs to a key that stands where none can. */
static bool explain_colon(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span colon = pv_yaml_character_at(source, problem->at);
    bool is_text = pv_str_find(line_before(source, problem->at), PV_STR(": "), 0) != SIZE_MAX;
    return pv_fail_at(error, PV_ERROR_SYNTAX, colon, "%s",
                      is_text
                          ? "a colon followed by a space cannot stand inside unquoted text; put the text in quotes, "
                            "or begin it on the next line after >-"
                          : "a key cannot stand here, where the text of the line above goes on; line it up with the "
                            "keys beside it, or give the line above its own colon");
}

static bool explain_first_character(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span character = pv_yaml_character_at(source, problem->at);
    if (pv_yaml_byte_at(source, problem->at) == '\t')
        return pv_fail_at(error, PV_ERROR_SYNTAX, character, TAB_INDENTS);
    return pv_fail_at(error, PV_ERROR_SYNTAX, character, "text cannot begin with %.*s; put it in quotes",
                      PV_STR_ARG(pv_source_slice(source, character)));
}

/* The quote that closes right before offset on the same line, or '\0'. */
static char closing_quote_before(const pv_source *source, size_t offset) {
    pv_str before = pv_str_trim(line_before(source, offset));
    char last = before.size > 0 ? before.data[before.size - 1] : '\0';
    return last == '"' || last == '\'' ? last : '\0';
}

static bool explain_text_after_quote(const pv_source *source, size_t at, char quote, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_SYNTAX, pv_yaml_rest_of_line(source, at),
                      "text follows a closing %c; write a %c inside the text as %s, or begin the text on the next line "
                      "after >-",
                      quote, quote, quote == '"' ? "\\\"" : "''");
}

/* What stands here has no place. Behind a value it is the rest of a text that should be quoted; at the start of a
 * line it does not line up with what it belongs to, of which `message` speaks. */
static bool explain_out_of_place(const pv_source *source, const pv_yaml_problem *problem, const char *message,
                                 pv_error *error) {
    char quote = closing_quote_before(source, problem->at);
    if (quote)
        return explain_text_after_quote(source, problem->at, quote, error);
    pv_span rest = pv_yaml_rest_of_line(source, problem->at);
    if (pv_str_trim(line_before(source, problem->at)).size > 0)
        return pv_fail_at(error, PV_ERROR_SYNTAX, rest,
                          "this does not belong to the value before it; put the whole text in quotes");
    if (!problem->context)
        return pv_fail_at(error, PV_ERROR_SYNTAX, rest, "%s", message);
    return fail_with_other(error, rest, pv_yaml_character_at(source, problem->context_at), message);
}

static bool explain_missing_key(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    const char *message = pv_yaml_byte_at(source, problem->at) == '-'
                              ? "a list item stands where a key is expected; line it up with the items above it, or "
                                "indent it under its key"
                              : "this line does not line up with the keys above it; indent it exactly as they are";
    return explain_out_of_place(source, problem, message, error);
}

static bool explain_missing_dash(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    return explain_out_of_place(
        source, problem,
        "this line stands in a list but does not begin with \"- \"; begin it so, or indent it under "
        "the item it belongs to",
        error);
}

static bool explain_second_root(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    return explain_out_of_place(source, problem,
                                "the document is complete before this line; let all top-level keys start in the same "
                                "column",
                                error);
}

static bool explain_missing_colon(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    return pv_fail_at(
        error, PV_ERROR_SYNTAX, pv_yaml_rest_of_line(source, problem->context_at),
        "this line has no colon, so it is no key, and it is not indented as part of the text above; add the "
        "colon or indent it");
}

/* Whether a comment may be text that lost its quotes: one that begins like #4, or has a bracket that is missed. */
static bool may_be_text(pv_str comment) {
    bool is_apart = comment.size == 1 || strchr(" \t#", comment.data[1]);
    return !is_apart || memchr(comment.data, ']', comment.size) || memchr(comment.data, '}', comment.size);
}

/* The first comment of this kind from offset `from` on, before `end`, that stands in no quotes and on no line of its
 * own; empty when there is none. */
static pv_span comment_between(const pv_source *source, size_t from, size_t end) {
    pv_str bytes = source->bytes;
    char quote = '\0';
    for (size_t at = from + 1; at < end; at++) {
        char c = bytes.data[at];
        bool opens = strchr("[{,: \t\r\n", bytes.data[at - 1]);
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (opens && (c == '"' || c == '\''))
            quote = c;
        else if (c == '#' && strchr(" \t", bytes.data[at - 1]) && pv_str_trim(line_before(source, at)).size > 0 &&
                 may_be_text(pv_source_slice(source, pv_yaml_rest_of_line(source, at))))
            return pv_yaml_rest_of_line(source, at);
        else if (c == '#' && strchr(" \t\r\n", bytes.data[at - 1]))
            at = pv_yaml_rest_of_line(source, at).end - 1;
    }
    return (pv_span){0};
}

/* Brackets: left open when the file ends or another line follows, else broken by what stands in them. */
static bool explain_brackets(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span opening = pv_yaml_character_at(source, problem->context_at);
    uint32_t opening_line = pv_source_locate(source, problem->context_at).line;
    pv_span comment = comment_between(source, problem->context_at, problem->at);
    if (comment.end > 0)
        return fail_with_other(
            error, comment, opening,
            "a comment begins here, between brackets, and what it holds is not read; put the text in "
            "quotes, or the comment on a line of its own");
    if (pv_yaml_byte_at(source, problem->at) == ':' && pv_str_trim(line_before(source, problem->at)).size == 0)
        return pv_fail_at(error, PV_ERROR_SYNTAX, pv_yaml_character_at(source, problem->at),
                          "the colon must follow its key on the same line");
    if (pv_source_locate(source, problem->at).line != opening_line || problem->at == source->bytes.size)
        return fail_with_other(error, opening, pv_yaml_character_at(source, problem->at),
                               pv_yaml_byte_at(source, problem->context_at) == '{'
                                   ? "the { opened here is not closed; add the } or put the text in quotes"
                                   : "the [ opened here is not closed; add the ] or put the text in quotes");
    return fail_with_other(
        error, pv_yaml_character_at(source, problem->at), opening,
        "this cannot stand between brackets; separate the parts with commas, and put text that holds "
        "punctuation in quotes");
}

static bool explain_missing_value(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span character = pv_yaml_character_at(source, problem->at);
    uint32_t line = pv_source_locate(source, problem->at).line;
    pv_span comment = {0};
    if (line > 1 && pv_str_trim(line_before(source, problem->at)).size == 0)
        comment = comment_between(source, pv_source_line_start(source, line - 1), problem->at);
    if (comment.end > 0)
        return pv_fail_at(error, PV_ERROR_SYNTAX, comment, COMMENT_IN_BRACKETS);
    if (character.start == character.end)
        return pv_fail_at(error, PV_ERROR_SYNTAX, character, "the file ends where a value is expected");
    return pv_fail_at(error, PV_ERROR_SYNTAX, character,
                      "a value is expected here, and text cannot begin with %.*s; put it in quotes",
                      PV_STR_ARG(pv_source_slice(source, character)));
}

static bool explain_escape(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span letter = pv_yaml_character_at(source, problem->at + 1);
    return pv_fail_at(error, PV_ERROR_SYNTAX, (pv_span){(uint32_t)problem->at, letter.end},
                      "\\%.*s means nothing in double quotes; write a backslash as \\\\, or use single quotes",
                      PV_STR_ARG(pv_source_slice(source, letter)));
}

/* Text right after | or > is one that begins with it (>50 people); after a blank it may be a block put wrongly. */
static bool explain_text_in_header(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    char sign = pv_yaml_byte_at(source, problem->context_at);
    bool is_apart = strchr(" \t", pv_yaml_byte_at(source, problem->context_at + 1));
    if (is_apart)
        return pv_fail_at(error, PV_ERROR_SYNTAX, pv_yaml_character_at(source, problem->at),
                          "text follows | or > on the same line; begin it on the next line, indented, or put the whole "
                          "text in quotes if the %c belongs to it",
                          sign);
    return pv_fail_at(error, PV_ERROR_SYNTAX, pv_yaml_rest_of_line(source, problem->context_at),
                      "text cannot begin with %c; put it in quotes", sign);
}

static bool explain_control_character(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    size_t length;
    return pv_fail_at(error, PV_ERROR_ENCODING, pv_yaml_character_at(source, problem->at),
                      "U+%04X is a control character, which YAML does not allow; remove it",
                      (unsigned)pv_utf8_decode(source->bytes, problem->at, &length));
}

/* Problems whose explanation depends on what stands in the source. */
static const struct {
    const char *problem; /* libyaml's text */
    bool (*explain)(const pv_source *source, const pv_yaml_problem *problem, pv_error *error);
    /* The place that may be out of order because of what stands before it. */
    enum { NOT_THIS, AT_FAILURE, AT_BEGINNING } earlier;
} judged[] = {
    {"control characters are not allowed", explain_control_character, NOT_THIS},
    {"mapping values are not allowed in this context", explain_colon, AT_FAILURE},
    {"found character that cannot start any token", explain_first_character, NOT_THIS},
    {"did not find expected key", explain_missing_key, AT_FAILURE},
    {"did not find expected '-' indicator", explain_missing_dash, AT_FAILURE},
    {"did not find expected <document start>", explain_second_root, AT_FAILURE},
    {"could not find expected ':'", explain_missing_colon, AT_BEGINNING},
    {"did not find expected ',' or ']'", explain_brackets, NOT_THIS},
    {"did not find expected ',' or '}'", explain_brackets, NOT_THIS},
    {"did not find expected node content", explain_missing_value, NOT_THIS},
    {"found unknown escape character", explain_escape, NOT_THIS},
    {"did not find expected comment or line break", explain_text_in_header, NOT_THIS},
};

#define NO_DIRECTIVES "a line that begins with % is a YAML directive; remove it, or put the text in quotes"
#define NO_TAG "text cannot begin with !; put it in quotes"
#define BAD_ESCAPE "this escape names no character; \\x, \\u and \\U take 2, 4 and 8 hexadecimal digits"

/* Problems that always mean the same, by libyaml's text or, where several come to the same, by what it was reading. */
static const struct {
    const char *problem; /* NULL: any */
    const char *context; /* NULL: any */
    enum { WHERE_IT_FAILED, WHERE_IT_BEGAN } place;
    const char *message;
} plain[] = {
    {"did not find expected hexdecimal number", NULL, WHERE_IT_FAILED, BAD_ESCAPE},
    {"found invalid Unicode character escape code", NULL, WHERE_IT_FAILED, BAD_ESCAPE},
    {"found unexpected end of stream", NULL, WHERE_IT_BEGAN,
     "the quote opened here is never closed; close it, or put text with an apostrophe in double quotes"},
    {"found unexpected document indicator", NULL, WHERE_IT_BEGAN,
     "the quote opened here is not closed before the line that begins with --- or ..."},
    {"block sequence entries are not allowed in this context", NULL, WHERE_IT_FAILED,
     "a list cannot begin on the line of its key; put each \"- \" on a line of its own, or put the text in quotes"},
    {"mapping keys are not allowed in this context", NULL, WHERE_IT_FAILED,
     "text cannot begin with a question mark and a space; put it in quotes"},
    {"found unexpected ':'", NULL, WHERE_IT_FAILED,
     "a colon cannot stand in unquoted text between brackets; put the text in quotes"},
    {"found a tab character that violates indentation", NULL, WHERE_IT_FAILED, TAB_INDENTS},
    {"found a tab character where an indentation space is expected", NULL, WHERE_IT_FAILED, TAB_INDENTS},
    {"found an indentation indicator equal to 0", NULL, WHERE_IT_FAILED,
     "the number after | or > cannot be 0; leave it out, or put the text in quotes if it begins with >0"},
    {NULL, "while scanning an anchor", WHERE_IT_BEGAN, "text cannot begin with &; put it in quotes"},
    {NULL, "while scanning an alias", WHERE_IT_BEGAN, "text cannot begin with *; put it in quotes"},
    {NULL, "while scanning a tag", WHERE_IT_BEGAN, NO_TAG},
    {NULL, "while parsing a tag", WHERE_IT_BEGAN, NO_TAG},
    {"found undefined tag handle", NULL, WHERE_IT_BEGAN, NO_TAG},
    {NULL, "while scanning a directive", WHERE_IT_BEGAN, NO_DIRECTIVES},
    {NULL, "while scanning a %YAML directive", WHERE_IT_BEGAN, NO_DIRECTIVES},
    {NULL, "while scanning a %TAG directive", WHERE_IT_BEGAN, NO_DIRECTIVES},
    {NULL, "while parsing a %TAG directive", WHERE_IT_BEGAN, NO_DIRECTIVES},
    {"found duplicate %YAML directive", NULL, WHERE_IT_FAILED, NO_DIRECTIVES},
    {"found duplicate %TAG directive", NULL, WHERE_IT_FAILED, NO_DIRECTIVES},
    {"found incompatible YAML document", NULL, WHERE_IT_FAILED, NO_DIRECTIVES},
};

/* ---- causes that stand before the place of the complaint ---- */

size_t pv_yaml_skip_blanks(pv_str text, size_t at) {
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\t'))
        at++;
    return at;
}

/* The # of the first comment at or after from: one that a blank stands before; SIZE_MAX when there is none. */
static size_t find_comment(pv_str line, size_t from) {
    for (size_t at = pv_str_find(line, PV_STR("#"), from); at != SIZE_MAX; at = pv_str_find(line, PV_STR("#"), at + 1))
        if (at == 0 || line.data[at - 1] == ' ' || line.data[at - 1] == '\t')
            return at;
    return SIZE_MAX;
}

/* Where the value on a line begins, after dashes and a key; *is_whole: there were none. */
static size_t value_start(pv_str line, bool *is_whole) {
    size_t at = pv_yaml_skip_blanks(line, 0);
    *is_whole = true;
    while (at + 1 < line.size && line.data[at] == '-' && line.data[at + 1] == ' ') {
        at = pv_yaml_skip_blanks(line, at + 1);
        *is_whole = false;
    }
    size_t comment = find_comment(line, at);
    size_t colon = pv_str_find(line, PV_STR(": "), at);
    if (colon == SIZE_MAX || colon > comment)
        return at;
    *is_whole = false;
    return pv_yaml_skip_blanks(line, colon + 1);
}

/* A comment that ended the unquoted text of which the line at `at` would be the rest; empty when there is none. */
static pv_span cutting_comment(const pv_source *source, size_t at) {
    uint32_t line = pv_source_locate(source, at).line;
    size_t indentation = pv_yaml_skip_blanks(pv_source_line(source, line), 0);
    pv_span comment = {0};
    while (line-- > 1) {
        pv_str above = pv_source_line(source, line);
        size_t first = pv_yaml_skip_blanks(above, 0);
        size_t start = pv_source_line_start(source, line);
        bool is_whole;
        if (first == above.size)
            continue;
        if (above.data[first] == '#') {
            comment = pv_yaml_rest_of_line(source, start + first);
            continue;
        }
        size_t value = value_start(above, &is_whole);
        size_t found = find_comment(above, value);
        bool is_plain = value < above.size && value != found && !strchr("\"'[{|>", above.data[value]);
        if (found != SIZE_MAX)
            comment = pv_yaml_rest_of_line(source, start + found);
        return is_plain && (is_whole || indentation > first) ? comment : (pv_span){0};
    }
    return (pv_span){0};
}

size_t pv_yaml_hidden_break_length(pv_str bytes, size_t at) {
    static const char *const breaks[] = {"\u2028", "\u2029", "\xC2\x85"};
    pv_str rest = pv_str_slice(bytes, at, bytes.size);
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (pv_str_starts_with(rest, pv_str_from(breaks[i])))
            return strlen(breaks[i]);
    return 0;
}

/* The first such character on the line of offset, and before it. */
static pv_span hidden_break(const pv_source *source, size_t offset) {
    pv_str before = line_before(source, offset);
    for (size_t at = 0; at < before.size; at++)
        if (pv_yaml_hidden_break_length(before, at) > 0)
            return pv_yaml_character_at(source, offset - before.size + at);
    return (pv_span){0};
}

bool pv_yaml_fail_hidden_break(const pv_source *source, pv_span at, pv_error *error) {
    size_t length;
    return pv_fail_at(error, PV_ERROR_SYNTAX, at,
                      "U+%04X, which shows nothing, ends the line for YAML; put a space in its place",
                      (unsigned)pv_utf8_decode(source->bytes, at.start, &length));
}

/* What does not fit in at `at`, because of something that stands before it. Fills error when there is such a cause. */
static bool blame_earlier(const pv_source *source, size_t at, pv_error *error) {
    pv_span cause = hidden_break(source, at);
    if (cause.end > 0) {
        pv_yaml_fail_hidden_break(source, cause, error);
        return true;
    }
    cause = cutting_comment(source, at);
    if (cause.end > 0)
        fail_with_other(error, cause, pv_yaml_rest_of_line(source, at),
                        "a comment begins here and ends the text, which goes on below; put the whole text in quotes, "
                        "or begin it on the next line after >-");
    return cause.end > 0;
}

static bool fits(const char *expected, const char *actual) {
    return !expected || (actual && strcmp(expected, actual) == 0);
}

bool pv_yaml_explain(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    for (size_t i = 0; i < sizeof judged / sizeof judged[0]; i++) {
        if (!fits(judged[i].problem, problem->problem))
            continue;
        size_t at = judged[i].earlier == AT_BEGINNING ? problem->context_at : problem->at;
        if (judged[i].earlier != NOT_THIS && blame_earlier(source, at, error))
            return false;
        return judged[i].explain(source, problem, error);
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (!fits(plain[i].problem, problem->problem) || !fits(plain[i].context, problem->context))
            continue;
        size_t at = plain[i].place == WHERE_IT_BEGAN ? problem->context_at : problem->at;
        return pv_fail_at(error, PV_ERROR_SYNTAX, pv_yaml_character_at(source, at), "%s", plain[i].message);
    }
    return pv_fail_at(error, PV_ERROR_SYNTAX, pv_yaml_character_at(source, problem->at),
                      "this is not well-formed YAML (%s)", problem->problem ? problem->problem : "no reason given");
}

/* ---- what libyaml does not complain of ---- */

static bool holds_only_breaks(pv_str text) {
    size_t at = 0;
    while (at < text.size && strchr("\r\n", text.data[at]))
        at++;
    return at == text.size;
}

bool pv_yaml_check_empty_block(const pv_source *source, const pv_node *node, int parent_indent, pv_error *error) {
    pv_str bytes = source->bytes;
    bool is_block = node->style == PV_SCALAR_LITERAL || node->style == PV_SCALAR_FOLDED;
    if (!is_block || !holds_only_breaks(node->text.value))
        return true;
    uint32_t line = pv_source_locate(source, node->span.start).line;
    pv_span sign = pv_yaml_rest_of_line(source, node->span.start);
    if (sign.end - sign.start > 1 && pv_digit_at(bytes, sign.start + 1))
        return pv_fail_at(error, PV_ERROR_SYNTAX, sign, "text cannot begin with %c; put it in quotes",
                          bytes.data[sign.start]);
    pv_span longest = {0};
    for (line++; line <= source->line_count; line++) {
        pv_str text = pv_source_line(source, line);
        uint32_t start = (uint32_t)pv_source_line_start(source, line);
        size_t blanks = 0;
        while (blanks < text.size && text.data[blanks] == ' ')
            blanks++;
        if (blanks == text.size && blanks > longest.end - longest.start)
            longest = (pv_span){start, start + (uint32_t)blanks};
        if (blanks == text.size)
            continue;
        if ((int)blanks <= parent_indent || blanks >= longest.end - longest.start)
            break;
        pv_fail_at(error, PV_ERROR_SYNTAX, longest,
                   "this blank line is longer than the indentation of the text below it, which so is no part of the "
                   "block; take its blanks out");
        return pv_error_also_at(error, pv_yaml_rest_of_line(source, start + blanks));
    }
    return true;
}
