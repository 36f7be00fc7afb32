#include "text/headings.h"

#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/set.h"
#include "base/utf8.h"
#include "text/markers_p.h"
#include "text/phrasing_p.h"
#include "text/tokens.h"

#define MOST_WORDS 16       /* of a numbered heading */
#define MOST_WORDS_ALONE 10 /* of one without a number, or that ends with a full stop */
#define MOST_WORDS_WEAK 6   /* of one whose words are not capitalised */
#define LONGEST_LINE 400    /* bytes: no heading is longer */

#define WIDE_GAP 3
#define MOST_RUN_IN_WORDS 9
#define EM_DASH 0x2014u

#define FEWEST_LISTED 3 /* headings with nothing between them that make a list */
#define FEWEST_LISTED_WEAK 2

/* What makes words a sentence. */
static const char *const sentence_words[] = {
    "are", "can", "has", "have", "is", "may", "must", "shall", "should", "was", "were", "will",
};

/* What stands where a heading would, and says that there is nothing. */
static const char *const empty_answers[] = {"n/a",           "none",     "not applicable",
                                            "not available", "reserved", "confidential"};

/* What captions begin with: they head a table or figure, no part of the text. */
static const char *const captions[] = {"chart ", "figure ", "table ", "source:"};

/* ---- titles ---- */

/* Whether words look like a title is told from how they are written, not from what they say. */
typedef struct title_shape {
    size_t words;
    size_t longest;  /* letters of the longest word */
    bool capitals;   /* no small letter in it */
    bool title_case; /* every word but the small ones (pv_small_word) begins with a capital or a figure */
    bool opens;      /* begins with a capital */
    bool figures;    /* ends with a figure */
    bool cells;      /* a wide gap, a tab, a bar or a line to fill in: cells of a table, or a form */
    bool clauses;    /* a semicolon, or a word that makes a sentence: "shall", "must", "is" */
    bool colon;      /* one inside: "County: Amador" */
    char end;        /* the last character, when it is one of ".,;:!?"; otherwise NUL */
} title_shape;

static bool is_upper(uint32_t character) {
    return pv_utf8_lower(character) != character;
}

static bool is_lower(uint32_t character) {
    return (character >= 'a' && character <= 'z') ||
           (character >= 0x80 && pv_utf8_is_word_character(character) && !is_upper(character));
}

static bool makes_sentence(pv_str word) {
    return pv_phrasing_is_one_of(word, sentence_words, sizeof sentence_words / sizeof sentence_words[0], pv_str_equal);
}

/* Takes the word [start, end) into shape. */
static void take_word(pv_str text, size_t start, size_t end, title_shape *shape) {
    size_t length;
    uint32_t first = pv_utf8_decode(text, start, &length);
    size_t letters = 0;
    for (size_t at = start; at < end; at += length) {
        uint32_t character = pv_utf8_decode(text, at, &length);
        shape->capitals &= !is_lower(character);
        letters += !(character >= '0' && character <= '9');
    }
    if (letters > shape->longest)
        shape->longest = letters;
    bool glued = start > 0 &&
                 (text.data[start - 1] == '\'' || text.data[start - 1] == '(' || pv_phrasing_glued_before(text, start));
    if (is_lower(first) && !glued && !pv_small_word(pv_str_slice(text, start, end)))
        shape->title_case = false;
    shape->clauses |= makes_sentence(pv_str_slice(text, start, end));
    if (shape->words == 0)
        shape->opens = is_upper(first);
    shape->words++;
}

static bool has_cells(pv_str text) {
    size_t blanks = 0, underscores = 0;
    for (size_t i = 0; i < text.size; i++) {
        blanks = text.data[i] == ' ' ? blanks + 1 : 0;
        underscores = text.data[i] == '_' ? underscores + 1 : 0;
        if (blanks == WIDE_GAP || underscores == 3 || text.data[i] == '\t' || text.data[i] == '|')
            return true;
    }
    return false;
}

static title_shape title_shape_of(pv_str words) {
    title_shape shape = {.capitals = true, .title_case = true, .cells = has_cells(words)};
    size_t end = 0;
    for (size_t at = 0; at < words.size;) {
        end = pv_phrasing_word_end(words, at);
        if (end > at)
            take_word(words, at, end, &shape);
        at = pv_phrasing_step_over(words, at);
    }
    if (words.size > 0) {
        char last = words.data[words.size - 1];
        shape.end = strchr(".,;:!?", last) ? last : '\0';
        shape.figures = last >= '0' && last <= '9';
        size_t colon = pv_str_find(words, PV_STR(":"), 0);
        shape.clauses |= pv_str_find(words, PV_STR(";"), 0) != SIZE_MAX;
        shape.colon = colon != SIZE_MAX && colon + 1 < words.size;
    }
    return shape;
}

/* Whether what stands after offset is a sentence: a blank, then a capital, a figure, a bracket or a quotation mark. */
static bool sentence_at(pv_str text, size_t offset, bool any_case, size_t *after) {
    *after = pv_phrasing_skip_blanks(text, offset);
    if (*after == offset || *after >= text.size)
        return false;
    size_t length;
    uint32_t first = pv_utf8_decode(text, *after, &length);
    return any_case || !is_lower(first);
}

/* Whether the mark at offset closes a title, and what begins after it. */
static bool closes_title(pv_str text, size_t offset, uint32_t mark, size_t length, size_t *after) {
    if (mark == '.')
        return sentence_at(text, offset + length, false, after);
    if (mark == ':')
        return sentence_at(text, offset + length, true, after);
    bool dash = mark == EM_DASH || mark == 0x2013;
    return dash && offset > 0 && text.data[offset - 1] == ' ' && sentence_at(text, offset + length, false, after);
}

/* Bytes of the title that runs into the sentence behind it: "Term" of "Term. This agreement is …",
 * SIZE_MAX when words do not begin so. *after is where the sentence begins. */
static size_t title_runs_in(pv_str words, size_t *after) {
    size_t seen = 0;
    for (size_t at = 0; at < words.size && seen <= MOST_RUN_IN_WORDS;) {
        size_t end = pv_phrasing_word_end(words, at);
        if (end > at) {
            seen++;
            at = end;
            continue;
        }
        size_t length;
        uint32_t mark = pv_utf8_decode(words, at, &length);
        if (mark == '\n' || mark == ';')
            return SIZE_MAX;
        if (closes_title(words, at, mark, length, after)) {
            title_shape shape = title_shape_of(pv_str_slice(words, 0, at));
            bool abbreviated =
                mark == '.' && at > 0 && (at < 2 || words.data[at - 2] == '.' || words.data[at - 2] == ' ');
            return shape.title_case && shape.opens && shape.longest >= 3 && !shape.cells && !abbreviated ? at
                                                                                                         : SIZE_MAX;
        }
        at += length;
    }
    return SIZE_MAX;
}

/* ---- candidates ---- */

typedef enum heading_form { FORM_MARKDOWN, FORM_UNDERLINED, FORM_LABELLED, FORM_CAPITALS, FORM_TITLE } heading_form;

/* A line, or the beginning of one, that is written as a heading; the lines around it have been looked at, the other
 * candidates have not. */
typedef struct heading_candidate {
    heading_form form;
    pv_label label;
    unsigned level; /* of Markdown */
    bool weak;      /* its words are not capitalised */
    bool alone;     /* a label without words */
    bool dropped;
    bool is_known; /* the document says that it is one */
    pv_str made;   /* the number that the program made before it */
    size_t first_line;
    size_t after_line; /* the first line that is not the heading's: the same as first_line when its line goes on */
    pv_span number, title;
    uint32_t end; /* byte after which its body begins */
} heading_candidate;

typedef struct heading_finder {
    pv_str text;
    pv_lines lines;
    const pv_marks *marks;
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
static void set_words(heading_finder *finder, heading_candidate *heading, pv_str words, pv_str title) {
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

static void add(heading_finder *finder, heading_candidate *heading, size_t first_line, size_t after_line,
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
static bool read_marked(heading_finder *finder, pv_str words, heading_candidate *heading) {
    words = without_emphasis(words);
    heading->label = pv_label_read(words);
    settle_letter(finder, &heading->label);
    pv_str title = pv_str_slice(words, heading->label.kind ? heading->label.after : 0, words.size);
    title_shape shape = title_shape_of(title);
    if (words.size == 0 || (shape.end == '.' && shape.words > MOST_WORDS_ALONE && !shape.title_case))
        return false;
    set_words(finder, heading, words, title);
    return heading->title.end > heading->title.start;
}

static bool try_markdown(heading_finder *finder, size_t line) {
    pv_str words = line_str(finder, line);
    heading_candidate heading = {.form = FORM_MARKDOWN, .level = hashes_of(words)};
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
    heading.form = FORM_UNDERLINED;
    heading.level = under.data[0] == '=' ? 1 : 2;
    if (!read_marked(finder, words, &heading))
        return false;
    add(finder, &heading, line, line + 2, finder->lines.lines[line + 1].at.end);
    return true;
}

/* A heading that the document says is one, over as many lines as it has. */
static void add_known(heading_finder *finder, size_t line, const pv_mark *mark) {
    heading_candidate heading = {.form = FORM_MARKDOWN, .level = mark->level, .is_known = true, .made = mark->label};
    pv_str words = pv_str_trim(pv_str_slice(finder->text, mark->at.start, mark->at.end));
    size_t after = line + 1;
    while (after < finder->lines.count && finder->lines.lines[after].at.start < mark->at.end)
        after++;
    heading.label = pv_label_read(words);
    settle_letter(finder, &heading.label);
    set_words(finder, &heading, words, pv_str_slice(words, heading.label.kind ? heading.label.after : 0, words.size));
    if (heading.title.end == heading.title.start)
        heading.title = span_of(finder, words);
    add(finder, &heading, line, after, mark->at.end);
}

/* ---- numbered ---- */

/* Whether the title of a numbered heading, which stands by itself, is one. */
static bool stands_as_title(const heading_finder *finder, pv_str title, heading_candidate *heading, bool alone) {
    title_shape shape = title_shape_of(title);
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
static bool try_running_in(heading_finder *finder, size_t line, pv_str words, heading_candidate *heading) {
    pv_str title = pv_str_slice(words, heading->label.after, words.size);
    size_t after;
    size_t size = title_runs_in(title, &after);
    if (size == SIZE_MAX || !ends_as_sentence(finder, line))
        return false;
    set_words(finder, heading, words, pv_str_slice(title, 0, size));
    add(finder, heading, line, line, span_of(finder, title).start + (uint32_t)after);
    return true;
}

/* A heading of two lines, the second closing the block. */
static bool try_two_lines(heading_finder *finder, size_t line, pv_str words, heading_candidate *heading) {
    if (!finder->lines.laid_out || silent(finder, line + 1) || !ends_block(finder, line + 1))
        return false;
    pv_span next = finder->lines.lines[line + 1].at;
    pv_str both = pv_str_slice(finder->text, span_of(finder, words).start, next.end);
    title_shape first = title_shape_of(pv_str_slice(words, heading->label.after, words.size));
    title_shape second = title_shape_of(pv_str_slice(finder->text, next.start, next.end));
    bool titled = first.title_case && first.opens && second.title_case && first.end == '\0';
    if (!titled || first.cells || second.cells || (second.end != '\0' && second.end != ':') ||
        first.words + second.words > MOST_WORDS || pv_label_read(line_str(finder, line + 1)).kind != PV_LABEL_NONE)
        return false;
    set_words(finder, heading, both, pv_str_slice(both, heading->label.after, both.size));
    add(finder, heading, line, line + 2, next.end);
    return true;
}

/* "Section 4 of this agreement" and "Section 471(e)" name a place elsewhere: a name's number is followed by a mark, or
 * by a title. */
static bool names_itself(const heading_candidate *heading, pv_str title) {
    title_shape shape = title_shape_of(title);
    return title.size == 0 || heading->label.close != PV_LABEL_OPEN || shape.title_case;
}

static bool try_labelled(heading_finder *finder, size_t line) {
    pv_str words = without_emphasis(line_str(finder, line));
    heading_candidate heading = {.form = FORM_LABELLED, .label = pv_label_read(words)};
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

static bool says_nothing(pv_str words) {
    return pv_phrasing_is_one_of(words, empty_answers, sizeof empty_answers / sizeof empty_answers[0],
                                 pv_str_equal_ascii_folded);
}

static bool is_caption(pv_str words) {
    return pv_phrasing_is_one_of(words, captions, sizeof captions / sizeof captions[0],
                                 pv_str_starts_with_ascii_folded);
}

static void try_unnumbered(heading_finder *finder, size_t line) {
    if (!begins_block(finder, line) || pv_markers_open_with_bullet(line_str(finder, line)))
        return;
    pv_str words = without_emphasis(line_str(finder, line));
    title_shape shape = title_shape_of(words);
    bool closed = shape.end != '\0' && shape.end != ':';
    if (shape.words == 0 || shape.words > MOST_WORDS_ALONE + 4 || shape.cells || shape.clauses || closed ||
        !shape.opens || shape.longest < 4 || says_nothing(words) || is_caption(words) || finder->continues_list)
        return;
    heading_candidate heading = {.form = shape.capitals ? FORM_CAPITALS : FORM_TITLE};
    bool title = shape.title_case && ends_block(finder, line) && shape.words <= MOST_WORDS_ALONE && !shape.figures &&
                 !shape.colon;
    if (!shape.capitals && !title)
        return;
    set_words(finder, &heading, words, words);
    add(finder, &heading, line, line + 1, finder->lines.lines[line].at.end);
}

/* ---- all candidates ---- */

/* Whether a list goes on after line. */
static bool list_goes_on(pv_str line) {
    return pv_str_ends_with(line, PV_STR(";")) || pv_str_ends_with(line, PV_STR(",")) ||
           pv_str_ends_with(line, PV_STR("; and")) || pv_str_ends_with(line, PV_STR("; or")) ||
           pv_str_ends_with(line, PV_STR(", and")) || pv_str_ends_with(line, PV_STR(", or"));
}

static void find_candidates(heading_finder *finder) {
    for (size_t line = 0; line < finder->lines.count; line++) {
        if (line < finder->taken)
            continue;
        const pv_line *at = &finder->lines.lines[line];
        const pv_mark *mark = at->blank ? NULL : pv_marks_at(finder->marks, at->at.start);
        if (mark && mark->kind == PV_MARK_HEADING) {
            add_known(finder, line, mark);
            finder->continues_list = false;
            continue;
        }
        if (silent(finder, line) || mark)
            continue;
        pv_str words = line_str(finder, line);
        bool short_enough = words.size <= LONGEST_LINE;
        if (!contents(finder, line) && !(short_enough && !finder->marks && try_markdown(finder, line)) &&
            !try_labelled(finder, line) && short_enough)
            try_unnumbered(finder, line);
        finder->continues_list = list_goes_on(words);
    }
}

/* The candidates of text, whose lines these are, in text order, in arena. */
static bool find_candidates_in(pv_arena *arena, pv_str text, const pv_marks *marks, const pv_lines *lines,
                               heading_candidate **out, size_t *count, pv_error *error) {
    heading_finder finder = {.text = text, .lines = *lines, .marks = marks, .found = pv_gather_start(arena)};
    find_candidates(&finder);
    *count = finder.found.size / sizeof **out;
    *out = finder.found.failed ? NULL : PV_NEW_ARRAY(arena, heading_candidate, *count);
    if (!*out)
        pv_fail_memory(error);
    else if (*count > 0)
        memcpy(*out, finder.found.data, finder.found.size);
    pv_buf_clear(&finder.found);
    return *out != NULL;
}

/* How outlines nest: what has the smaller rank stands outside. */
enum {
    RANK_MARKDOWN = 0, /* and the level, where levels are told apart */
    RANK_PART = 10,
    RANK_NAMED = 20,
    RANK_ROMAN = 30, /* and lines in capitals */
    RANK_LETTER_OUTSIDE = 35,
    RANK_FIGURE = 40, /* and the level */
    RANK_LETTER_INSIDE = 50,
    RANK_TITLE = 60,
    RANK_SMALL_LETTER = 70,
    RANK_SMALL_ROMAN = 80,
};

#define DEEPEST_FIGURE 9

/* ---- which candidates are headings ---- */

/* Whether nothing is said between candidate and the line where the next begins. */
static bool is_empty(const pv_heading_list *list, const heading_candidate *heading, size_t next_line) {
    if (heading->after_line == heading->first_line)
        return false; /* its line goes on */
    for (size_t line = heading->after_line; line < next_line; line++)
        if (!pv_line_is_silent(&list->lines.lines[line]) && !list->lines.lines[line].contents)
            return false;
    return true;
}

static size_t line_after(const pv_heading_list *list, const heading_candidate *all, size_t count, size_t i) {
    return i + 1 < count ? all[i + 1].first_line : list->lines.count;
}

static bool same_form(const heading_candidate *a, const heading_candidate *b) {
    return a->form == b->form && a->label.kind == b->label.kind && a->label.level == b->label.level && !a->alone &&
           !b->alone;
}

/* Drops members of a list: headings of one form with nothing between them. Markdown says itself what a heading is. */
static void drop_lists(const pv_heading_list *list, heading_candidate *all, size_t count) {
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        bool weak = all[start].weak;
        while (end < count && same_form(&all[start], &all[end]) && is_empty(list, &all[end - 1], all[end].first_line))
            weak |= all[end++].weak;
        bool listed = end - start >= (weak ? FEWEST_LISTED_WEAK : FEWEST_LISTED);
        for (size_t i = start; i < end; i++)
            all[i].dropped |= listed && all[i].form > FORM_UNDERLINED;
        start = end;
    }
}

/* Puts the words of a heading that is a label alone, "Article 2", together with the line of words under it. */
static void join_labels(const pv_heading_list *list, heading_candidate *all, size_t count) {
    for (size_t i = 0; i + 1 < count; i++) {
        heading_candidate *next = &all[i + 1];
        bool joins = all[i].alone && !all[i].dropped && !next->dropped && next->label.kind == PV_LABEL_NONE &&
                     (next->form == FORM_CAPITALS || next->form == FORM_TITLE || next->form == all[i].form) &&
                     is_empty(list, &all[i], next->first_line);
        if (!joins)
            continue;
        next->form = all[i].form;
        next->label = all[i].label;
        next->level = all[i].level;
        next->number = all[i].number;
        next->first_line = all[i].first_line;
        all[i].dropped = true;
    }
}

/* Drops what is left alone at the end: a line of words without a number heads something. */
static void drop_last(const pv_heading_list *list, heading_candidate *all, size_t count) {
    for (size_t i = count; i > 0; i--) {
        heading_candidate *last = &all[i - 1];
        bool bare = (last->form == FORM_TITLE || last->weak) && is_empty(list, last, list->lines.count);
        if (last->dropped)
            continue;
        if (!bare)
            return;
        last->dropped = true;
    }
}

static size_t compact(heading_candidate *all, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!all[i].dropped)
            all[kept++] = all[i];
    return kept;
}

/* Of the tokens of its title. */
static bool key_of(pv_arena *arena, pv_str title, uint64_t *key, pv_error *error) {
    pv_token_list tokens;
    if (!pv_tokens_find(arena, title, &tokens, error))
        return false;
    *key = PV_HASH_SEED;
    for (size_t i = 0; i < tokens.count; i++)
        *key = (*key ^ tokens.tokens[i].hash) * PV_SLOTS_SPREAD;
    return true;
}

static bool is_key(const void *keys, size_t position, const void *wanted) {
    return ((const uint64_t *)keys)[position] == *(const uint64_t *)wanted;
}

/* Drops a heading with nothing under it that comes again later: its lines are a table of contents. */
static bool drop_repeated(pv_heading_list *list, pv_arena *arena, pv_str text, heading_candidate *all, size_t count,
                          pv_error *error) {
    uint64_t *keys = PV_NEW_ARRAY(arena, uint64_t, count);
    pv_set titles = pv_set_in(arena);
    if (!keys)
        return pv_fail_memory(error);
    for (size_t i = count; i > 0; i--) {
        heading_candidate *heading = &all[i - 1];
        uint64_t *key = &keys[i - 1];
        size_t at;
        if (!key_of(arena, pv_str_slice(text, heading->title.start, heading->title.end), key, error) ||
            !pv_set_put(&titles, *key, is_key, keys, key, i - 1, &at, error))
            return false;
        heading->dropped =
            at != i - 1 && !heading->is_known && is_empty(list, heading, line_after(list, all, count, i - 1));
        for (size_t line = heading->first_line; heading->dropped && line < heading->after_line; line++)
            list->lines.lines[line].contents = true;
    }
    return true;
}

/* ---- depths ---- */

typedef struct outline {
    bool levels;        /* Markdown headings of more than one level */
    bool letters_first; /* capital letters stand outside figures */
} outline;

static bool is_marked(const heading_candidate *heading) {
    return heading->form == FORM_MARKDOWN || heading->form == FORM_UNDERLINED;
}

static outline outline_of(const heading_candidate *all, size_t count) {
    outline seen = {0};
    unsigned level = 0;
    bool figures = false;
    for (size_t i = 0; i < count; i++) {
        if (is_marked(&all[i])) {
            seen.levels |= level != 0 && all[i].level != level;
            level = all[i].level;
        }
        figures |= all[i].label.kind == PV_LABEL_FIGURE;
        seen.letters_first |= all[i].label.kind == PV_LABEL_LETTER && !figures;
    }
    return seen;
}

static int rank_of(const heading_candidate *heading, const outline *seen) {
    if (is_marked(heading) && seen->levels)
        return RANK_MARKDOWN + (int)heading->level;
    unsigned level = heading->label.level > DEEPEST_FIGURE ? DEEPEST_FIGURE : heading->label.level;
    switch (heading->label.kind) {
    case PV_LABEL_PART:
        return RANK_PART;
    case PV_LABEL_NAMED:
        return RANK_NAMED;
    case PV_LABEL_ROMAN:
        return RANK_ROMAN;
    case PV_LABEL_LETTER:
        return seen->letters_first ? RANK_LETTER_OUTSIDE : RANK_LETTER_INSIDE;
    case PV_LABEL_FIGURE:
        return RANK_FIGURE + (int)level - 1;
    case PV_LABEL_SMALL_LETTER:
        return RANK_SMALL_LETTER;
    case PV_LABEL_SMALL_ROMAN:
        return RANK_SMALL_ROMAN;
    case PV_LABEL_NONE:
        break;
    }
    return heading->form == FORM_CAPITALS ? RANK_ROMAN : RANK_TITLE;
}

static void set_depths(const heading_candidate *all, size_t count, pv_heading *out) {
    outline seen = outline_of(all, count);
    int open[PV_HEADING_DEPTH_MAX];
    unsigned depth = 0;
    for (size_t i = 0; i < count; i++) {
        int rank = rank_of(&all[i], &seen);
        while (depth > 0 && open[depth - 1] >= rank)
            depth--;
        if (depth < PV_HEADING_DEPTH_MAX)
            open[depth++] = rank;
        out[i].depth = depth;
    }
}

/* ---- parts ---- */

/* Bytes [start, end) of the text without white space at either end. */
static pv_span trimmed(pv_str text, size_t start, size_t end) {
    pv_str words = pv_str_trim(pv_str_slice(text, start, end));
    size_t from = words.size > 0 ? (size_t)(words.data - text.data) : end;
    return (pv_span){(uint32_t)from, (uint32_t)(from + words.size)};
}

static size_t line_start(const pv_heading_list *list, const heading_candidate *heading) {
    return list->lines.lines[heading->first_line].at.start;
}

/* Sets bodies, last heading first: ends[depth] is where the next heading that is not deeper begins. */
static void set_bodies(const pv_heading_list *list, pv_str text, const heading_candidate *all, size_t count,
                       pv_heading *out) {
    size_t ends[PV_HEADING_DEPTH_MAX + 1];
    for (size_t i = 0; i <= PV_HEADING_DEPTH_MAX; i++)
        ends[i] = text.size;
    size_t next = text.size;
    for (size_t i = count; i > 0; i--) {
        pv_heading *heading = &out[i - 1];
        size_t start = all[i - 1].end;
        heading->own = trimmed(text, start, next);
        heading->body = trimmed(text, start, ends[heading->depth]);
        next = line_start(list, &all[i - 1]);
        for (size_t depth = heading->depth; depth <= PV_HEADING_DEPTH_MAX; depth++)
            ends[depth] = next;
    }
}

static uint32_t start_of(const heading_candidate *heading) {
    bool numbered = heading->label.kind != PV_LABEL_NONE && heading->number.start < heading->title.start;
    return numbered ? heading->number.start : heading->title.start;
}

/* Whether anything is said before line that is more than a table of contents. */
static bool says_something(const pv_heading_list *list, size_t line) {
    for (size_t i = 0; i < line; i++)
        if (!pv_line_is_silent(&list->lines.lines[i]) && !list->lines.lines[i].contents)
            return true;
    return false;
}

/* Where the notes begin, which stand behind all else; the end of the text where there are none. */
static size_t notes_start(pv_str text, const pv_marks *marks) {
    size_t start = text.size;
    for (size_t i = marks ? marks->count : 0; i > 0 && marks->marks[i - 1].kind == PV_MARK_NOTE; i--)
        start = marks->marks[i - 1].at.start;
    return start;
}

/* Adds notes as a part without a heading. */
static void add_notes(pv_heading_list *out, pv_heading *part, pv_str text, size_t start) {
    const pv_span notes = trimmed(text, start, text.size);
    if (notes.end == notes.start)
        return;
    const pv_span at = {notes.start, notes.start};
    *part = (pv_heading){.at = at, .number = at, .title = at, .own = notes, .body = notes};
    out->count++;
}

/* notes: where they begin. */
static bool make_parts(pv_heading_list *out, pv_arena *arena, pv_str whole, size_t notes, const heading_candidate *all,
                       size_t count, pv_error *error) {
    const pv_str text = pv_str_slice(whole, 0, notes);
    pv_heading *parts = PV_NEW_ARRAY(arena, pv_heading, count + 2);
    if (!parts)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        parts[i + 1] = (pv_heading){.at = {start_of(&all[i]), all[i].title.end},
                                    .number = all[i].number,
                                    .title = all[i].title,
                                    .is_marked = is_marked(&all[i]),
                                    .level = is_marked(&all[i]) ? all[i].level : 0,
                                    .label = all[i].made};
    set_depths(all, count, parts + 1);
    set_bodies(out, text, all, count, parts + 1);
    size_t first = count > 0 ? line_start(out, &all[0]) : text.size;
    parts[0].own = parts[0].body = trimmed(text, 0, first);
    parts[0].at = parts[0].number = parts[0].title = (pv_span){parts[0].own.start, parts[0].own.start};
    bool opening = says_something(out, count > 0 ? all[0].first_line : out->lines.count);
    out->headings = opening ? parts : parts + 1;
    out->count = opening ? count + 1 : count;
    add_notes(out, &parts[count + 1], whole, notes);
    return true;
}

static bool is_marked_line(pv_str text, const pv_line *line) {
    return hashes_of(pv_str_slice(text, line->at.start, line->at.end)) > 0;
}

static bool find_headings(pv_arena *arena, pv_str text, const pv_marks *marks, bool all_of_them, pv_heading_list *out,
                          pv_error *error) {
    *out = (pv_heading_list){0};
    if (!pv_lines_find(arena, text, &out->lines, error))
        return false;
    heading_candidate *all;
    size_t count;
    for (size_t i = 0; i < out->lines.count && all_of_them; i++)
        out->lines.lines[i].furniture &= !out->lines.lines[i].first || !is_marked_line(text, &out->lines.lines[i]);
    if (!find_candidates_in(arena, text, marks, &out->lines, &all, &count, error))
        return false;
    drop_lists(out, all, count);
    join_labels(out, all, count);
    count = compact(all, count);
    if (!all_of_them && !drop_repeated(out, arena, text, all, count, error))
        return false;
    count = compact(all, count);
    drop_last(out, all, count);
    count = compact(all, count);
    return make_parts(out, arena, text, notes_start(text, marks), all, count, error);
}

bool pv_headings_find(pv_arena *arena, pv_str text, const pv_marks *marks, pv_heading_list *out, pv_error *error) {
    return find_headings(arena, text, marks, false, out, error);
}

bool pv_headings_find_all(pv_arena *arena, pv_str text, const pv_marks *marks, pv_heading_list *out, pv_error *error) {
    return find_headings(arena, text, marks, true, out, error);
}
