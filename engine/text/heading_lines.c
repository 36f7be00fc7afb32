#include "text/heading_lines.h"

#include <string.h>

#include "text/gather.h"
#include "text/title_shape.h"

#define MOST_WORDS 16       /* of a numbered heading */
#define MOST_WORDS_ALONE 10 /* of one without a number, or that ends with a full stop */
#define MOST_WORDS_WEAK 6   /* of one whose words are not capitalised */
#define LONGEST_LINE 400    /* bytes: no heading is longer */

typedef struct heading_finder {
    pv_str text;
    pv_lines lines;
    pv_buf found;
    unsigned last_letter; /* of the outline so far: tells "I." after "H." from the Roman numeral */
    unsigned last_small_letter;
    size_t taken;        /* lines before this one belong to a heading already */
    bool continues_list; /* the line before closes with a semicolon or comma: a list goes on */
} heading_finder;

static pv_str line_str(const heading_finder *finder, size_t line) {
    pv_span at = finder->lines.lines[line].at;
    return pv_str_slice(finder->text, at.start, at.end);
}

static bool silent(const heading_finder *finder, size_t line) {
    return line >= finder->lines.count || pv_line_is_silent(&finder->lines.lines[line]);
}

static bool contents(const heading_finder *finder, size_t line) {
    return line < finder->lines.count && finder->lines.lines[line].contents;
}

/* Whether nothing that reads on stands before or after the line. Without layout every line is a paragraph. */
static bool begins_block(const heading_finder *finder, size_t line) {
    return !finder->lines.laid_out || line == 0 || silent(finder, line - 1);
}

static bool ends_block(const heading_finder *finder, size_t line) {
    return !finder->lines.laid_out || silent(finder, line + 1);
}

/* Without the marks that Markdown puts around strong words. */
static pv_str without_emphasis(pv_str words) {
    while (words.size > 0 && (words.data[0] == '*' || words.data[0] == '_'))
        words = pv_str_slice(words, 1, words.size);
    while (words.size > 0 && (words.data[words.size - 1] == '*' || words.data[words.size - 1] == '_'))
        words = pv_str_slice(words, 0, words.size - 1);
    return pv_str_trim(words);
}

/* Without a full stop, colon or dash that closes it. */
static pv_str without_close(pv_str title) {
    while (title.size > 0) {
        char last = title.data[title.size - 1];
        if (last != '.' && last != ':' && last != '-' && last != '#' && last != ' ')
            break;
        title = pv_str_slice(title, 0, title.size - 1);
    }
    return title;
}

static pv_span span_of(const heading_finder *finder, pv_str part) {
    size_t start = (size_t)(part.data - finder->text.data);
    return (pv_span){(uint32_t)start, (uint32_t)(start + part.size)};
}

/* "I." after "H." is a letter. */
static void settle_letter(heading_finder *finder, pv_label *label) {
    bool small = label->kind == PV_LABEL_SMALL_LETTER || label->kind == PV_LABEL_SMALL_ROMAN;
    unsigned *last = small ? &finder->last_small_letter : &finder->last_letter;
    if (label->letter > 1 && label->letter == *last + 1) {
        label->kind = small ? PV_LABEL_SMALL_LETTER : PV_LABEL_LETTER;
        label->ordinal = label->letter;
    }
    if (label->kind == PV_LABEL_LETTER || label->kind == PV_LABEL_SMALL_LETTER)
        *last = label->ordinal;
}

static bool is_small(pv_label_kind kind) {
    return kind == PV_LABEL_SMALL_LETTER || kind == PV_LABEL_SMALL_ROMAN;
}

/* Sets number and title of candidate from its words, which may begin with a label. */
static void set_words(heading_finder *finder, pv_heading_candidate *heading, pv_str words, pv_str title) {
    title = without_close(title);
    heading->number = heading->title = span_of(finder, title);
    heading->number.end = heading->number.start;
    if (heading->label.kind == PV_LABEL_NONE)
        return;
    pv_str number = without_close(pv_str_slice(words, 0, heading->label.size));
    if (number.size > 0 && number.data[number.size - 1] == ')')
        number.size--;
    heading->number = span_of(finder, number);
    heading->alone = title.size == 0;
    if (heading->alone)
        heading->title = heading->number;
}

static void add(heading_finder *finder, pv_heading_candidate *heading, size_t first_line, size_t after_line,
                uint32_t end) {
    heading->first_line = first_line;
    heading->after_line = after_line;
    finder->taken = after_line;
    heading->end = end;
    pv_gather_add(&finder->found, heading, sizeof *heading);
}

/* Whether the next line that says something is the next member of a list in which label stands. */
static bool sibling_follows(const heading_finder *finder, size_t line, const pv_label *label) {
    if (silent(finder, line))
        return false;
    pv_label next = pv_label_read(line_str(finder, line));
    if (next.kind == PV_LABEL_NONE || next.close != label->close || next.level != label->level)
        return false;
    return (next.kind == label->kind && next.ordinal == label->ordinal + 1) || next.letter == label->ordinal + 1;
}

/* ---- Markdown ---- */

static unsigned hashes_of(pv_str line) {
    unsigned count = 0;
    while (count < line.size && line.data[count] == '#')
        count++;
    return count >= 1 && count <= 6 && count < line.size && line.data[count] == ' ' ? count : 0;
}

/* Reads words as a Markdown heading's: the author says that they are one, so only a sentence is refused. */
static bool read_marked(heading_finder *finder, pv_str words, pv_heading_candidate *heading) {
    words = without_emphasis(words);
    heading->label = pv_label_read(words);
    settle_letter(finder, &heading->label);
    pv_str title = pv_str_slice(words, heading->label.kind ? heading->label.after : 0, words.size);
    pv_title_shape shape = pv_title_shape_of(title);
    if (words.size == 0 || (shape.end == '.' && shape.words > MOST_WORDS_ALONE && !shape.title_case))
        return false;
    set_words(finder, heading, words, title);
    return heading->title.end > heading->title.start;
}

static bool try_markdown(heading_finder *finder, size_t line) {
    pv_str words = line_str(finder, line);
    pv_heading_candidate heading = {.form = PV_HEADING_MARKDOWN, .level = hashes_of(words)};
    if (heading.level > 0) {
        words = pv_str_trim(pv_str_slice(words, heading.level, words.size));
        if (read_marked(finder, words, &heading))
            add(finder, &heading, line, line + 1, finder->lines.lines[line].at.end);
        return true;
    }
    pv_str under = line + 1 < finder->lines.count ? line_str(finder, line + 1) : (pv_str){0};
    bool rule = under.size >= 3 && finder->lines.lines[line + 1].page && (under.data[0] == '=' || under.data[0] == '-');
    if (!rule || !begins_block(finder, line))
        return false;
    heading.form = PV_HEADING_UNDERLINED;
    heading.level = under.data[0] == '=' ? 1 : 2;
    if (!read_marked(finder, words, &heading))
        return false;
    add(finder, &heading, line, line + 2, finder->lines.lines[line + 1].at.end);
    return true;
}

/* ---- numbered ---- */

/* Whether the title of a numbered heading, which stands by itself, is one. */
static bool stands_as_title(const heading_finder *finder, pv_str title, pv_heading_candidate *heading, bool alone) {
    pv_title_shape shape = pv_title_shape_of(title);
    if (shape.words > MOST_WORDS || shape.cells || shape.clauses || !shape.opens || shape.end == ';' ||
        shape.end == ',')
        return false;
    if (shape.end == '.' && shape.words > MOST_WORDS_ALONE)
        return false;
    if (shape.title_case || (shape.capitals && shape.longest > 1))
        return true;
    heading->weak = true;
    return alone && shape.words <= MOST_WORDS_WEAK && shape.end == '\0' && !is_small(heading->label.kind) &&
           finder->lines.laid_out;
}

/* Whether the words from line on, to the end of their block or the next label, end as a sentence does. */
static bool ends_as_sentence(const heading_finder *finder, size_t line) {
    while (!ends_block(finder, line) && pv_label_read(line_str(finder, line + 1)).kind == PV_LABEL_NONE)
        line++;
    pv_str words = without_emphasis(line_str(finder, line));
    static const char ends[] = ".:;!?,)\"\x9d"; /* the last one closes a quotation mark */
    return words.size > 0 && memchr(ends, words.data[words.size - 1], sizeof ends - 1);
}

/* A heading whose title runs into the paragraph it heads: "2. Term. This agreement …". */
static bool try_running_in(heading_finder *finder, size_t line, pv_str words, pv_heading_candidate *heading) {
    pv_str title = pv_str_slice(words, heading->label.after, words.size);
    size_t after;
    size_t size = pv_title_runs_in(title, &after);
    if (size == SIZE_MAX || !ends_as_sentence(finder, line))
        return false;
    set_words(finder, heading, words, pv_str_slice(title, 0, size));
    add(finder, heading, line, line, span_of(finder, title).start + (uint32_t)after);
    return true;
}

/* A heading of two lines, the second closing the block. */
static bool try_two_lines(heading_finder *finder, size_t line, pv_str words, pv_heading_candidate *heading) {
    if (!finder->lines.laid_out || silent(finder, line + 1) || !ends_block(finder, line + 1))
        return false;
    pv_span next = finder->lines.lines[line + 1].at;
    pv_str both = pv_str_slice(finder->text, span_of(finder, words).start, next.end);
    pv_title_shape first = pv_title_shape_of(pv_str_slice(words, heading->label.after, words.size));
    pv_title_shape second = pv_title_shape_of(pv_str_slice(finder->text, next.start, next.end));
    bool titled = first.title_case && first.opens && second.title_case && first.end == '\0';
    if (!titled || first.cells || second.cells || (second.end != '\0' && second.end != ':') ||
        first.words + second.words > MOST_WORDS || pv_label_read(line_str(finder, line + 1)).kind != PV_LABEL_NONE)
        return false;
    set_words(finder, heading, both, pv_str_slice(both, heading->label.after, both.size));
    add(finder, heading, line, line + 2, next.end);
    return true;
}

/* "Section 4 of this agreement" and "Section 471(e)" name a place elsewhere: a name's number is followed by a mark, or by a
 * title. */
static bool names_itself(const pv_heading_candidate *heading, pv_str title) {
    pv_title_shape shape = pv_title_shape_of(title);
    return title.size == 0 || heading->label.close != PV_LABEL_OPEN || shape.title_case;
}

static bool try_labelled(heading_finder *finder, size_t line) {
    pv_str words = without_emphasis(line_str(finder, line));
    pv_heading_candidate heading = {.form = PV_HEADING_LABELLED, .label = pv_label_read(words)};
    if (heading.label.kind == PV_LABEL_NONE)
        return false;
    settle_letter(finder, &heading.label);
    bool named = heading.label.kind == PV_LABEL_PART || heading.label.kind == PV_LABEL_NAMED;
    pv_str title = pv_str_slice(words, heading.label.after, words.size);
    if (heading.label.close == PV_LABEL_PAREN || finder->continues_list || (named && !names_itself(&heading, title)))
        return true;
    if (!named && title.size == 0)
        return true;
    if (try_running_in(finder, line, words, &heading))
        return true;
    if (!begins_block(finder, line) || sibling_follows(finder, line + 1, &heading.label))
        return true;
    if (title.size > 0 && !stands_as_title(finder, title, &heading, ends_block(finder, line)))
        return true;
    heading.weak = heading.weak && title.size > 0;
    if (!ends_block(finder, line) && try_two_lines(finder, line, words, &heading))
        return true;
    set_words(finder, &heading, words, title);
    add(finder, &heading, line, line + 1, finder->lines.lines[line].at.end);
    return true;
}

/* ---- without a number ---- */

/* What stands where a heading would, and says that there is nothing. */
static bool says_nothing(pv_str words) {
    static const char *const answers[] = {"n/a", "none", "not applicable", "not available", "reserved", "confidential"};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (pv_str_equal_ascii_folded(words, pv_str_from(answers[i])))
            return true;
    return false;
}

/* What captions begin with: they head a table or figure, no part of the text. */
static bool is_caption(pv_str words) {
    static const char *const captions[] = {"chart ", "figure ", "table ", "source:"};
    for (size_t i = 0; i < sizeof captions / sizeof captions[0]; i++)
        if (pv_str_starts_with_ascii_folded(words, pv_str_from(captions[i])))
            return true;
    return false;
}

static void try_unnumbered(heading_finder *finder, size_t line) {
    if (!begins_block(finder, line))
        return;
    pv_str words = without_emphasis(line_str(finder, line));
    pv_title_shape shape = pv_title_shape_of(words);
    bool closed = shape.end != '\0' && shape.end != ':';
    if (shape.words == 0 || shape.words > MOST_WORDS_ALONE + 4 || shape.cells || shape.clauses || closed ||
        !shape.opens || shape.longest < 4 || says_nothing(words) || is_caption(words) || finder->continues_list)
        return;
    pv_heading_candidate heading = {.form = shape.capitals ? PV_HEADING_CAPITALS : PV_HEADING_TITLE};
    bool title = shape.title_case && ends_block(finder, line) && shape.words <= MOST_WORDS_ALONE && !shape.figures &&
                 !shape.colon;
    if (!shape.capitals && !title)
        return;
    set_words(finder, &heading, words, words);
    add(finder, &heading, line, line + 1, finder->lines.lines[line].at.end);
}

/* ---- all of them ---- */

/* Whether a list goes on after line. */
static bool list_goes_on(pv_str line) {
    return pv_str_ends_with(line, PV_STR(";")) || pv_str_ends_with(line, PV_STR(",")) ||
           pv_str_ends_with(line, PV_STR("; and")) || pv_str_ends_with(line, PV_STR("; or")) ||
           pv_str_ends_with(line, PV_STR(", and")) || pv_str_ends_with(line, PV_STR(", or"));
}

static void find_candidates(heading_finder *finder) {
    for (size_t line = 0; line < finder->lines.count; line++) {
        if (silent(finder, line) || line < finder->taken)
            continue;
        pv_str words = line_str(finder, line);
        bool short_enough = words.size <= LONGEST_LINE;
        if (!contents(finder, line) && !(short_enough && try_markdown(finder, line)) && !try_labelled(finder, line) &&
            short_enough)
            try_unnumbered(finder, line);
        finder->continues_list = list_goes_on(words);
    }
}

bool pv_heading_lines_find(pv_arena *arena, pv_str text, const pv_lines *lines, pv_heading_candidate **out,
                           size_t *count, pv_error *error) {
    heading_finder finder = {.text = text, .lines = *lines, .found = pv_gather_start(arena)};
    find_candidates(&finder);
    *count = finder.found.size / sizeof **out;
    *out = finder.found.failed ? NULL : PV_NEW_ARRAY(arena, pv_heading_candidate, *count);
    if (!*out)
        pv_fail_memory(error);
    else if (*count > 0)
        memcpy(*out, finder.found.data, finder.found.size);
    pv_buf_clear(&finder.found);
    return *out != NULL;
}
