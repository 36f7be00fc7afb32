#include "load/glimpse_p.h"

#include <string.h>

#define LONGEST_KEY ((size_t)64)

/* A text that is looked at, and who judges what is found. */
typedef struct glimpse {
    pv_str text;
    size_t at;
    pv_key_judge judge;
    void *payload;
} glimpse;

/* ---- bytes ---- */

/* In the two-byte encodings every other byte of ASCII is NUL; keys are ASCII. */
static pv_str without_nul(pv_str bytes, pv_arena *scratch) {
    bool has_nul = bytes.size > 0 && memchr(bytes.data, '\0', bytes.size);
    char *copy = has_nul ? pv_arena_alloc(scratch, bytes.size) : NULL;
    size_t size = 0;
    for (size_t i = 0; copy && i < bytes.size; i++)
        if (bytes.data[i] != '\0')
            copy[size++] = bytes.data[i];
    return copy ? (pv_str){copy, size} : bytes;
}

/* Length of a mark of the byte order, of a blank that is no ASCII, or of what shows nothing, at the offset; else 0. */
static size_t unseen_at(pv_str text, size_t at) {
    static const pv_str unseen[] = {PV_STR("\xEF\xBB\xBF"), PV_STR("\xFF\xFE"),     PV_STR("\xFE\xFF"),
                                    PV_STR("\xC2\xA0"),     PV_STR("\xE2\x80\x8B"), PV_STR("\xE3\x80\x80")};
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        if (pv_str_starts_with(pv_str_slice(text, at, text.size), unseen[i]))
            return unseen[i].size;
    return 0;
}

static bool is_one_of(char c, pv_str signs) {
    return memchr(signs.data, c, signs.size) != NULL;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

static pv_str without_front(pv_str text) {
    for (size_t unseen = 1; text.size > 0 && unseen > 0;) {
        unseen = is_blank(text.data[0]) ? 1 : unseen_at(text, 0);
        text = pv_str_slice(text, unseen, text.size);
    }
    return text;
}

/* Without blanks and quotes around it. */
static pv_str bare(pv_str text) {
    text = pv_str_trim(without_front(text));
    while (text.size > 0 && (text.data[0] == '"' || text.data[0] == '\''))
        text = pv_str_slice(text, 1, text.size);
    while (text.size > 0 && (text.data[text.size - 1] == '"' || text.data[text.size - 1] == '\''))
        text = pv_str_slice(text, 0, text.size - 1);
    return pv_str_trim(text);
}

/* ---- a key and what follows it ---- */

/* The value that is written there; null where something else than a scalar follows. */
static pv_str value_of(pv_str written) {
    pv_str text = without_front(written);
    size_t comment = pv_str_find(text, PV_STR(" #"), 0);
    if (comment != SIZE_MAX)
        text = pv_str_slice(text, 0, comment);
    text = pv_str_trim(text);
    if (text.size == 0 || is_one_of(text.data[0], PV_STR("#{[&*!|>")))
        return (pv_str){0};
    return bare(text);
}

static bool ask(const glimpse *of, pv_str key, pv_str value, bool is_key) {
    return key.size > 0 && key.size <= LONGEST_KEY && of->judge(of->payload, key, value, is_key);
}

/* Length of what parts a key from its value at the offset, and whether it does so in YAML. */
static size_t parting_at(pv_str line, size_t at, bool *in_yaml) {
    static const pv_str wide_colon = PV_STR("\xEF\xBC\x9A");
    char c = line.data[at];
    *in_yaml = c == ':' && (at + 1 == line.size || is_blank(line.data[at + 1]));
    if (c == ':' || c == '=')
        return 1;
    return pv_str_starts_with(pv_str_slice(line, at, line.size), wide_colon) ? wide_colon.size : 0;
}

/* What stands before a key and is no part of it: "? ", a tag, an anchor, the "- " of a list. */
static pv_str without_prefix(pv_str line, bool *asks, bool *in_list) {
    for (;;) {
        line = without_front(line);
        size_t end = 0;
        while (end < line.size && !is_blank(line.data[end]))
            end++;
        bool alone = end == 1 && (line.data[0] == '?' || line.data[0] == '-');
        if (!alone && (end == 0 || (line.data[0] != '!' && line.data[0] != '&')))
            return line;
        *asks |= alone && line.data[0] == '?';
        *in_list |= alone && line.data[0] == '-';
        line = pv_str_slice(line, end, line.size);
    }
}

static bool ask_about_line(const glimpse *of, pv_str line) {
    bool asks = false;
    bool in_list = false;
    line = without_prefix(line, &asks, &in_list);
    bool quoted = line.size > 0 && (line.data[0] == '"' || line.data[0] == '\'');
    size_t end = quoted ? 1 : 0;
    while (quoted && end < line.size && line.data[end] != line.data[0])
        end++;
    for (; end < line.size; end++) {
        bool in_yaml;
        size_t parting = parting_at(line, end, &in_yaml);
        if (parting > 0)
            return ask(of, bare(pv_str_slice(line, 0, end)), value_of(pv_str_slice(line, end + parting, line.size)),
                       (in_yaml || quoted) && !in_list);
    }
    if (asks)
        return ask(of, bare(line), (pv_str){0}, true);
    for (end = 0; end < line.size && !is_blank(line.data[end]);)
        end++;
    return end < line.size &&
           ask(of, bare(pv_str_slice(line, 0, end)), value_of(pv_str_slice(line, end, line.size)), false);
}

/* ---- YAML in lines ---- */

static pv_str next_line(glimpse *of) {
    size_t start = of->at;
    size_t end = start;
    while (end < of->text.size && !is_line_end(of->text.data[end]))
        end++;
    of->at = end + 1;
    return pv_str_slice(of->text, start, end);
}

static size_t indentation_of(pv_str line) {
    size_t at = 0;
    while (at < line.size && is_blank(line.data[at]))
        at++;
    return at;
}

static bool is_mark(pv_str text, const char *mark) {
    return pv_str_starts_with(text, pv_str_from(mark)) && (text.size == 3 || is_blank(text.data[3]));
}

/* What a line holds; empty for one of blanks, a comment, a directive, the end of a document, or of a template. */
static pv_str content_of(pv_str line) {
    pv_str text = without_front(line);
    if (is_mark(text, "---"))
        text = without_front(pv_str_slice(text, 3, text.size));
    bool says_nothing = text.size == 0 || text.data[0] == '#' || text.data[0] == '%' || is_mark(text, "...") ||
                        pv_str_starts_with(text, PV_STR("{{")) || pv_str_starts_with(text, PV_STR("{%"));
    return says_nothing ? PV_STR("") : text;
}

static bool glimpse_flow(glimpse *of);

/* A line that stands no further to the right than the first is at the top. */
static bool glimpse_lines(glimpse *of) {
    size_t top = SIZE_MAX;
    while (of->at < of->text.size) {
        size_t start = of->at;
        pv_str line = next_line(of);
        pv_str content = content_of(line);
        if (content.size == 0)
            continue;
        if (top == SIZE_MAX && content.data[0] == '{') {
            of->at = start;
            return glimpse_flow(of);
        }
        if (top == SIZE_MAX)
            top = indentation_of(line);
        if (indentation_of(line) <= top && ask_about_line(of, content))
            return true;
    }
    return false;
}

/* ---- YAML in braces, JSON ---- */

/* From a quote to behind the one that ends it; one that nothing ends on its line ends with that. */
static size_t string_end(pv_str text, size_t at) {
    char quote = text.data[at++];
    while (at < text.size && text.data[at] != quote && !is_line_end(text.data[at]))
        at += quote == '"' && text.data[at] == '\\' && at + 1 < text.size ? 2 : 1;
    return at < text.size ? at + 1 : text.size;
}

static size_t line_end(pv_str text, size_t at) {
    while (at < text.size && !is_line_end(text.data[at]))
        at++;
    return at;
}

static size_t value_end(pv_str text, size_t at) {
    while (at < text.size && is_blank(text.data[at]))
        at++;
    if (at < text.size && (text.data[at] == '"' || text.data[at] == '\''))
        return string_end(text, at);
    while (at < text.size && !is_line_end(text.data[at]) && text.data[at] != ',' && text.data[at] != '}')
        at++;
    return at;
}

/* Whether judge says yes of what may be a key from start to end. */
static bool ask_about_entry(const glimpse *of, size_t start, size_t end, bool is_top) {
    pv_str text = of->text;
    size_t colon = end;
    colon += colon < text.size && text.data[colon] == '"'; /* of a string whose first quote was taken for the last */
    while (colon < text.size && is_blank(text.data[colon]))
        colon++;
    if (colon >= text.size || text.data[colon] != ':')
        return false;
    pv_str value = pv_str_slice(text, colon + 1, value_end(text, colon + 1));
    return ask(of, bare(pv_str_slice(text, start, end)), value_of(value), is_top);
}

/* In a text with a fault in it the count of braces may be wrong, so that a key of any depth is asked about. */
static bool glimpse_flow(glimpse *of) {
    pv_str text = of->text;
    size_t depth = 0;
    size_t at = of->at;
    while (at < text.size) {
        char c = text.data[at];
        size_t start = at;
        bool in_comment = c == '#' || (c == '/' && at + 1 < text.size && text.data[at + 1] == '/');
        depth += c == '{' || c == '[';
        depth -= depth > 0 && (c == '}' || c == ']');
        if (in_comment)
            at = line_end(text, at);
        else if (c == '"' || c == '\'')
            at = string_end(text, at);
        else
            while (at < text.size && !is_blank(text.data[at]) && !is_line_end(text.data[at]) &&
                   !memchr(":,{}[]\"'", text.data[at], 9))
                at++;
        if (at == start)
            at++;
        else if (!in_comment && ask_about_entry(of, start, at, depth <= 1))
            return true;
    }
    return false;
}

bool pv_glimpse_yaml(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload) {
    glimpse of = {.text = without_nul(bytes, scratch), .judge = judge, .payload = payload};
    return glimpse_lines(&of);
}

/* ---- CSV ---- */

/* The next cell of the line that is not blank; empty at the end. */
static pv_str next_cell(pv_str line, size_t *at) {
    pv_str cell = {0};
    while (*at < line.size && cell.size == 0) {
        size_t start = *at;
        bool quoted = false;
        for (; *at < line.size && (quoted || !is_one_of(line.data[*at], PV_STR(",;\t|"))); ++*at)
            quoted ^= line.data[*at] == '"';
        cell = bare(pv_str_slice(line, start, *at));
        ++*at;
    }
    return cell;
}

bool pv_glimpse_csv(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload) {
    glimpse of = {.text = without_nul(bytes, scratch), .judge = judge, .payload = payload};
    while (of.at < of.text.size) {
        pv_str line = next_line(&of);
        size_t at = 0;
        pv_str key = next_cell(line, &at);
        if (key.size == 0)
            continue;
        pv_str value = next_cell(line, &at);
        return value.size > 0 ? ask(&of, key, value, true) : ask_about_line(&of, key);
    }
    return false;
}
