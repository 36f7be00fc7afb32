#include "load/yaml_messages.h"

#include <string.h>

#include "base/utf8.h"

#define TAB_INDENTS "a tab stands where the line is indented; use spaces only"

/* The character at offset; empty at the end of the file. */
static pv_span character_at(const pv_source *source, size_t offset) {
    size_t length = 0;
    if (offset < source->bytes.size)
        pv_utf8_decode(source->bytes, offset, &length);
    return (pv_span){(uint32_t)offset, (uint32_t)(offset + length)};
}

/* From offset to the last character of its line that is not white space. */
static pv_span rest_of_line(const pv_source *source, size_t offset) {
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

static char byte_at(const pv_source *source, size_t offset) {
    return offset < source->bytes.size ? source->bytes.data[offset] : '\0';
}

static bool fail_with_other(pv_error *error, pv_span where, pv_span other, const char *message) {
    pv_fail_at(error, PV_ERROR_SYNTAX, where, "%s", message);
    return pv_error_also_at(error, other);
}

/* A second colon on a line is text; a first one belongs to a key that stands where none can. */
static bool explain_colon(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span colon = character_at(source, problem->at);
    bool is_text = pv_str_find(line_before(source, problem->at), PV_STR(": "), 0) != SIZE_MAX;
    return pv_fail_at(error, PV_ERROR_SYNTAX, colon, "%s",
                      is_text
                          ? "a colon followed by a space cannot stand inside unquoted text; put the text in quotes, "
                            "or begin it on the next line after >-"
                          : "a key cannot stand here, where the text of the line above goes on; line it up with the "
                            "keys beside it, or give the line above its own colon");
}

static bool explain_first_character(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span character = character_at(source, problem->at);
    if (byte_at(source, problem->at) == '\t')
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
    return pv_fail_at(error, PV_ERROR_SYNTAX, rest_of_line(source, at),
                      "text follows a closing %c; write a %c inside the text as %s, or begin the text on the next line "
                      "after >-",
                      quote, quote, quote == '"' ? "\\\"" : "''");
}

/* What stands here has no place. Behind a value it is the rest of a text that should be quoted; at the start of a line it
 * does not line up with what it belongs to, of which `message` speaks. */
static bool explain_out_of_place(const pv_source *source, const pv_yaml_problem *problem, const char *message,
                                 pv_error *error) {
    char quote = closing_quote_before(source, problem->at);
    if (quote)
        return explain_text_after_quote(source, problem->at, quote, error);
    pv_span rest = rest_of_line(source, problem->at);
    if (pv_str_trim(line_before(source, problem->at)).size > 0)
        return pv_fail_at(error, PV_ERROR_SYNTAX, rest,
                          "this does not belong to the value before it; put the whole text in quotes");
    if (!problem->context)
        return pv_fail_at(error, PV_ERROR_SYNTAX, rest, "%s", message);
    return fail_with_other(error, rest, character_at(source, problem->context_at), message);
}

static bool explain_missing_key(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    const char *message = byte_at(source, problem->at) == '-'
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
        error, PV_ERROR_SYNTAX, rest_of_line(source, problem->context_at),
        "this line has no colon, so it is no key, and it is not indented as part of the text above; add the "
        "colon or indent it");
}

/* Brackets: left open when the file ends or another line follows, else broken by what stands in them. */
static bool explain_brackets(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span opening = character_at(source, problem->context_at);
    uint32_t opening_line = pv_source_locate(source, problem->context_at).line;
    if (pv_source_locate(source, problem->at).line != opening_line || problem->at == source->bytes.size)
        return fail_with_other(error, opening, character_at(source, problem->at),
                               byte_at(source, problem->context_at) == '{'
                                   ? "the { opened here is not closed; add the } or put the text in quotes"
                                   : "the [ opened here is not closed; add the ] or put the text in quotes");
    return fail_with_other(
        error, character_at(source, problem->at), opening,
        "this cannot stand between brackets; separate the parts with commas, and put text that holds "
        "punctuation in quotes");
}

static bool explain_missing_value(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span character = character_at(source, problem->at);
    if (character.start == character.end)
        return pv_fail_at(error, PV_ERROR_SYNTAX, character, "the file ends where a value is expected");
    return pv_fail_at(error, PV_ERROR_SYNTAX, character,
                      "a value is expected here, and text cannot begin with %.*s; put it in quotes",
                      PV_STR_ARG(pv_source_slice(source, character)));
}

static bool explain_escape(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    pv_span letter = character_at(source, problem->at + 1);
    return pv_fail_at(error, PV_ERROR_SYNTAX, (pv_span){(uint32_t)problem->at, letter.end},
                      "\\%.*s means nothing in double quotes; write a backslash as \\\\, or use single quotes",
                      PV_STR_ARG(pv_source_slice(source, letter)));
}

static bool explain_control_character(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    size_t length;
    return pv_fail_at(error, PV_ERROR_ENCODING, character_at(source, problem->at),
                      "U+%04X is a control character, which YAML does not allow; remove it",
                      (unsigned)pv_utf8_decode(source->bytes, problem->at, &length));
}

/* Problems whose explanation depends on what stands in the source. */
static const struct {
    const char *problem; /* libyaml's text */
    bool (*explain)(const pv_source *source, const pv_yaml_problem *problem, pv_error *error);
} judged[] = {
    {"control characters are not allowed", explain_control_character},
    {"mapping values are not allowed in this context", explain_colon},
    {"found character that cannot start any token", explain_first_character},
    {"did not find expected key", explain_missing_key},
    {"did not find expected '-' indicator", explain_missing_dash},
    {"did not find expected <document start>", explain_second_root},
    {"could not find expected ':'", explain_missing_colon},
    {"did not find expected ',' or ']'", explain_brackets},
    {"did not find expected ',' or '}'", explain_brackets},
    {"did not find expected node content", explain_missing_value},
    {"found unknown escape character", explain_escape},
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
    {"did not find expected comment or line break", "while scanning a block scalar", WHERE_IT_FAILED,
     "text follows | or > on the same line; begin it on the next line, indented"},
    {"found an indentation indicator equal to 0", NULL, WHERE_IT_FAILED,
     "the number after | or > cannot be 0; leave it out"},
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

static bool fits(const char *expected, const char *actual) {
    return !expected || (actual && strcmp(expected, actual) == 0);
}

bool pv_yaml_explain(const pv_source *source, const pv_yaml_problem *problem, pv_error *error) {
    for (size_t i = 0; i < sizeof judged / sizeof judged[0]; i++)
        if (fits(judged[i].problem, problem->problem))
            return judged[i].explain(source, problem, error);
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (!fits(plain[i].problem, problem->problem) || !fits(plain[i].context, problem->context))
            continue;
        size_t at = plain[i].place == WHERE_IT_BEGAN ? problem->context_at : problem->at;
        return pv_fail_at(error, PV_ERROR_SYNTAX, character_at(source, at), "%s", plain[i].message);
    }
    return pv_fail_at(error, PV_ERROR_SYNTAX, character_at(source, problem->at), "this is not well-formed YAML (%s)",
                      problem->problem ? problem->problem : "no reason given");
}
