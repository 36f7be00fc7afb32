#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "load/loader_p.h"
#include "load/page_layout_p.h"

/* ---- the XML of pdftotext ---- */

/* It is always written in the same way, a tag in a line, and is not always well-formed: what a font makes of a letter
 * may be a control character, half a surrogate or nothing that is a character. So it is read as what it is, the output
 * of one program, and never fails for what a word says. */

typedef struct words_reader {
    pv_arena *arena;
    pv_arena *scratch;
    const pv_limits *limits;
    pv_str xml;
    size_t at;
    pv_buf text; /* of all words */
    PV_ARRAY(pv_page_word) words;
    PV_ARRAY(pv_page_line) lines;
    PV_ARRAY(pv_page) pages;
    bool begins_block; /* the next line */
    bool is_recognised;
    pv_str complaint; /* the first of pdftotext; empty: it had none */
    pv_error *error;
} words_reader;

/* Far beyond any page, and small enough to be multiplied. */
#define MOST_POINTS 100000

/* A number of points as hundredths. */
static bool read_points(pv_str value, int32_t *out) {
    size_t at = 0;
    bool negative = value.size > 0 && value.data[0] == '-';
    int64_t whole = 0;
    size_t digits = 0;
    at += negative;
    for (; at < value.size && value.data[at] >= '0' && value.data[at] <= '9'; at++, digits++)
        whole = whole < 10000 ? whole * 10 + (value.data[at] - '0') : MOST_POINTS;
    whole *= 100;
    if (at < value.size && value.data[at] == '.')
        for (int64_t unit = 10; ++at < value.size && value.data[at] >= '0' && value.data[at] <= '9'; unit /= 10)
            whole += unit * (value.data[at] - '0');
    *out = (int32_t)(negative ? -whole : whole);
    return digits > 0 && at == value.size;
}

/* The attribute of a tag, which has them all, in points. */
static bool attribute(pv_str tag, pv_str name, int32_t *out) {
    size_t start = pv_str_find(tag, name, 0);
    if (start == SIZE_MAX)
        return false;
    start += name.size;
    size_t end = pv_str_find(tag, PV_STR("\""), start);
    return end != SIZE_MAX && read_points(pv_str_slice(tag, start, end), out);
}

static bool fail_damaged(words_reader *reader) {
    return pv_fail(reader->error, PV_ERROR_SYNTAX,
                   "what pdftotext made of it breaks off, so the PDF may be damaged; print or save it anew");
}

/* A line without a word is none. */
static void end_line(words_reader *reader) {
    size_t count = reader->lines.count;
    if (count == 0 || reader->lines.items[count - 1].end > reader->lines.items[count - 1].first)
        return;
    reader->begins_block |= reader->lines.items[count - 1].begins_block;
    reader->lines.count--;
    reader->pages.items[reader->pages.count - 1].end_line--;
}

static bool begin_page(words_reader *reader, pv_str tag) {
    end_line(reader);
    pv_page *page = PV_ARRAY_ADD(reader->scratch, &reader->pages);
    if (!page)
        return pv_fail_memory(reader->error);
    page->first_line = page->end_line = (uint32_t)reader->lines.count;
    return (attribute(tag, PV_STR(" width=\""), &page->width) && attribute(tag, PV_STR(" height=\""), &page->height)) ||
           fail_damaged(reader);
}

static bool begin_line(words_reader *reader) {
    end_line(reader);
    pv_page_line *line = PV_ARRAY_ADD(reader->scratch, &reader->lines);
    if (!line)
        return pv_fail_memory(reader->error);
    if (reader->pages.count == 0)
        return fail_damaged(reader);
    *line = (pv_page_line){(uint32_t)reader->words.count, (uint32_t)reader->words.count, reader->begins_block};
    reader->begins_block = false;
    reader->pages.items[reader->pages.count - 1].end_line++;
    return true;
}

/* A reference to a character at the start of text: what it stands for, and how long it is; 0 when it is none. */
static size_t reference_at(pv_str text, uint32_t *character) {
    static const struct {
        pv_str name;
        char stands_for;
    } names[] = {{PV_STR("&amp;"), '&'},
                 {PV_STR("&lt;"), '<'},
                 {PV_STR("&gt;"), '>'},
                 {PV_STR("&quot;"), '"'},
                 {PV_STR("&apos;"), '\''}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (pv_str_starts_with(text, names[i].name)) {
            *character = (uint32_t)names[i].stands_for;
            return names[i].name.size;
        }
    return 0;
}

/* Whether a character is none that a text holds. */
static bool is_no_text(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE || c == 0xAD;
}

/* Some programs write the letters of a ligature with their bytes in the other order, so that "fi" is 昀椀: the letter
 * then, else 0. */
static char turned_letter(uint32_t c) {
    return (c & 0xFF) == 0 && c >> 8 < 0x80 && pv_ascii_is_letter((char)(c >> 8)) ? (char)(c >> 8) : 0;
}

static bool is_east_asian(uint32_t c) {
    return (c >= 0x2E80 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0) || (c >= 0xF900 && c < 0xFB00);
}

/* Whether a word is of Latin letters and of others that no such word has: then it does not tell its letters. *turned:
 * letters with their bytes turned are among them. */
static bool is_garbled(pv_str word, bool *turned) {
    bool latin = false;
    bool other = false;
    *turned = false;
    for (size_t at = 0, length; at < word.size; at += length) {
        uint32_t c = pv_utf8_decode(word, at, &length);
        if (c < 0x80)
            latin |= pv_ascii_is_letter((char)c);
        else if (turned_letter(c) != 0)
            *turned = true;
        else
            other |= c == 0xFFFD || is_east_asian(c) || (c >= 0xE000 && c < 0xF900);
    }
    *turned &= latin;
    return latin && other;
}

/* The characters of a word; what is none becomes U+FFFD, what shows nothing goes. */
static void append_word(words_reader *reader, pv_str raw, bool turned) {
    for (size_t at = 0, length; at < raw.size; at += length) {
        uint32_t c = pv_utf8_decode(raw, at, &length);
        char bytes[4];
        size_t reference = c == '&' ? reference_at(pv_str_slice(raw, at, raw.size), &c) : 0;
        length = reference > 0 ? reference : length;
        if (c == 0x2028 || c == 0x2029)
            c = ' ';
        if (turned && turned_letter(c) != 0)
            c = (uint32_t)turned_letter(c);
        /* A hyphen that is shown is always another character. */
        if (!is_no_text(c))
            pv_buf_append(&reader->text, (pv_str){bytes, pv_utf8_encode(c, bytes)});
    }
}

static bool add_word(words_reader *reader, pv_str tag, pv_str raw) {
    pv_page_box box;
    if (reader->lines.count == 0 || !attribute(tag, PV_STR(" xMin=\""), &box.left) ||
        !attribute(tag, PV_STR(" yMin=\""), &box.top) || !attribute(tag, PV_STR(" xMax=\""), &box.right) ||
        !attribute(tag, PV_STR(" yMax=\""), &box.bottom))
        return fail_damaged(reader);
    if (reader->words.count >= reader->limits->page_words)
        return pv_fail(reader->error, PV_ERROR_LIMIT, "it has more than the limit of %zu words",
                       reader->limits->page_words);
    size_t start = reader->text.size;
    bool turned;
    bool garbled = is_garbled(raw, &turned);
    append_word(reader, raw, turned);
    if (pv_str_trim(pv_str_slice(pv_buf_str(&reader->text), start, reader->text.size)).size == 0)
        return true;
    pv_page_word *word = PV_ARRAY_ADD(reader->scratch, &reader->words);
    if (!word)
        return pv_fail_memory(reader->error);
    box.right = pv_page_most(box.right, box.left);
    box.bottom = pv_page_most(box.bottom, box.top);
    *word = (pv_page_word){box, (uint32_t)start, (uint32_t)(reader->text.size - start) & INT32_MAX, garbled};
    reader->lines.items[reader->lines.count - 1].end++;
    return true;
}

/* The tag at `at`, which moves behind it; empty when there is no further one. */
static pv_str next_tag(words_reader *reader) {
    const char *from = reader->xml.data + reader->at;
    const char *start = reader->at < reader->xml.size ? memchr(from, '<', reader->xml.size - reader->at) : NULL;
    const char *end = start ? memchr(start, '>', (size_t)(reader->xml.data + reader->xml.size - start)) : NULL;
    if (!end) {
        reader->at = reader->xml.size;
        return PV_STR("");
    }
    reader->at = (size_t)(end + 1 - reader->xml.data);
    return (pv_str){start, (size_t)(end - start)};
}

static bool take_word(words_reader *reader, pv_str tag) {
    size_t start = reader->at;
    pv_str closing = next_tag(reader);
    if (!pv_str_equal(closing, PV_STR("</word")))
        return fail_damaged(reader);
    return add_word(reader, tag, pv_str_slice(reader->xml, start, (size_t)(closing.data - reader->xml.data)));
}

/* What whoever ran the program says of that, before its output. */
static void read_remarks(words_reader *reader) {
    pv_str rest = reader->xml;
    reader->is_recognised = pv_str_starts_with(rest, PV_PAGES_RECOGNISED);
    if (reader->is_recognised)
        rest = pv_str_slice(rest, PV_PAGES_RECOGNISED.size, rest.size);
    size_t end = pv_str_starts_with(rest, PV_PAGES_WITH_ERRORS) ? pv_str_find(rest, PV_STR(" -->"), 0) : SIZE_MAX;
    if (end != SIZE_MAX && end >= PV_PAGES_WITH_ERRORS.size)
        reader->complaint = pv_str_trim(pv_str_slice(rest, PV_PAGES_WITH_ERRORS.size, end));
}

/* All that is between <doc> and </doc>. */
static bool read_words(words_reader *reader) {
    reader->at = pv_str_find(reader->xml, PV_STR("<doc>"), 0);
    if (reader->at == SIZE_MAX)
        return fail_damaged(reader);
    for (;;) {
        pv_str tag = next_tag(reader);
        bool done = true;
        if (tag.size == 0)
            return fail_damaged(reader);
        if (pv_str_starts_with(tag, PV_STR("<word ")))
            done = take_word(reader, tag);
        else if (pv_str_starts_with(tag, PV_STR("<line ")))
            done = begin_line(reader);
        else if (pv_str_starts_with(tag, PV_STR("</line")))
            end_line(reader);
        else if (pv_str_starts_with(tag, PV_STR("<block ")))
            reader->begins_block = true;
        else if (pv_str_starts_with(tag, PV_STR("<page ")))
            done = begin_page(reader, tag);
        else if (pv_str_starts_with(tag, PV_STR("</doc"))) {
            end_line(reader);
            return !reader->text.failed || pv_fail_memory(reader->error);
        }
        if (!done)
            return false;
    }
}

/* ---- the projection, and what its places are called ---- */

typedef struct projected_line {
    uint32_t start; /* in the projection */
    uint32_t word;  /* among those of the projection: where its boxes begin */
    uint32_t page;
    uint32_t line;
} projected_line;

/* A word in the projection. */
typedef struct projected_word {
    uint32_t start;
    uint32_t end;
    pv_page_box box;
} projected_word;

typedef struct page_ruler {
    pv_ruler ruler;
    pv_blocks blocks; /* of the whole document; its source is the one that it is asked of */
    const projected_line *lines;
    size_t count;
    const projected_word *words;
    size_t word_count;
} page_ruler;

/* The last line that begins at or before offset, or NULL. */
static const projected_line *line_at(const page_ruler *ruler, size_t offset) {
    size_t low = 0;
    size_t high = ruler->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ruler->lines[middle].start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &ruler->lines[low - 1] : NULL;
}

/* By line and column of the projection. */
static pv_position locate(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    const page_ruler *pages = (const page_ruler *)ruler;
    const projected_line *line = line_at(pages, offset);
    size_t start = line ? line->start : 0;
    offset = offset < file->bytes.size ? offset : file->bytes.size;
    return (pv_position){line ? (uint32_t)(line - pages->lines) + 1 : 1,
                         (uint32_t)pv_utf8_length(pv_str_slice(file->bytes, start, offset)) + 1};
}

static pv_source_place describe(const pv_ruler *ruler, const pv_source *file, size_t offset) {
    const projected_line *line = line_at((const page_ruler *)ruler, offset);
    pv_source_place place;
    (void)file;
    snprintf(place.text, sizeof place.text, "page %u, line %u", line ? line->page : 1, line ? line->line : 1);
    return place;
}

/* The box is that of the word at the offset. */
static void spot(const pv_ruler *ruler, const pv_source *file, size_t offset, pv_spot *out) {
    const page_ruler *pages = (const page_ruler *)ruler;
    const projected_line *line = line_at(pages, offset);
    (void)file;
    if (!line)
        return;
    out->page = line->page;
    size_t last = line + 1 < pages->lines + pages->count ? line[1].word : pages->word_count;
    const projected_word *word = &pages->words[line->word];
    while (word + 1 < pages->words + last && word->end <= offset)
        word++;
    out->has_box = true;
    out->left = word->box.left;
    out->top = word->box.top;
    out->right = word->box.right;
    out->bottom = word->box.bottom;
}

static const pv_ruler *copy(const pv_ruler *ruler, pv_arena *arena) {
    const page_ruler *from = (const page_ruler *)ruler;
    page_ruler *to = PV_NEW(arena, page_ruler);
    projected_line *lines = PV_NEW_ARRAY(arena, projected_line, from->count);
    projected_word *words = PV_NEW_ARRAY(arena, projected_word, from->word_count);
    if (!to || !lines || !words)
        return NULL;
    if (from->count > 0)
        memcpy(lines, from->lines, from->count * sizeof *lines);
    if (from->word_count > 0)
        memcpy(words, from->words, from->word_count * sizeof *words);
    *to = (page_ruler){
        .ruler = from->ruler, .lines = lines, .count = from->count, .words = words, .word_count = from->word_count};
    return &to->ruler;
}

/* What is made while the lines are written one after another. */
typedef struct projection {
    pv_arena *arena;
    const pv_pages *pages;
    const pv_laid_lines *laid;
    const words_reader *reader;
    PV_ARRAY(pv_left_out) left_out;
    pv_buf text;
    pv_block *blocks;
    projected_line *lines;
    projected_word *words;
    size_t word_count;
} projection;

/* Words [first, end) with the blanks between them, without marks of footnotes. */
static void project_words(projection *out, uint32_t first, uint32_t end) {
    size_t start = out->text.size;
    for (uint32_t i = first; i < end; i++) {
        const pv_page_word *word = &out->pages->words[i];
        if (i > first && out->laid->glue[i] == PV_GLUE_MARK)
            continue;
        if (out->text.size > start && out->laid->glue[i] == PV_GLUE_SPACE)
            pv_buf_append_char(&out->text, ' ');
        size_t at = out->text.size;
        pv_buf_append(&out->text, pv_page_word_text(out->pages, i));
        out->words[out->word_count++] = (projected_word){(uint32_t)at, (uint32_t)out->text.size, word->box};
    }
}

static void project_line(projection *out, size_t index) {
    const pv_laid_line *line = &out->laid->items[index];
    pv_block *block = &out->blocks[index];
    bool has_label = line->has_mark && line->end - line->first > 1;
    out->lines[index] = (projected_line){(uint32_t)out->text.size, (uint32_t)out->word_count, line->page, line->line};
    *block = (pv_block){.kind = line->kind,
                        .is_parted = line->is_parted,
                        .may_go_on = line->may_go_on,
                        .doubt = line->doubt,
                        .page = line->page,
                        .cell = line->cell};
    if (has_label) {
        block->label.span.start = (uint32_t)out->text.size;
        project_words(out, line->first, line->first + 1);
        block->label.span.end = (uint32_t)out->text.size;
        pv_buf_append_char(&out->text, ' ');
    }
    block->text.span.start = (uint32_t)out->text.size;
    project_words(out, line->first + has_label, line->end);
    block->text.span.end = (uint32_t)out->text.size;
    pv_buf_append_char(&out->text, '\n');
}

/* Whether there is a page, which holds no text; out of range: there is none. */
static bool is_empty_page(const pv_pages *pages, uint32_t page) {
    return page > 0 && page <= pages->page_count &&
           pages->pages[page - 1].first_line == pages->pages[page - 1].end_line;
}

/* Lines from an end of a page that what stands in a picture may go on in. */
#define LINES_AT_GAP 2

/* Marks the lines beside a page without text that has pages with text on both sides. */
static bool mark_gaps(projection *made) {
    const pv_pages *pages = made->pages;
    uint32_t *last = PV_NEW_ARRAY(made->reader->scratch, uint32_t, pages->page_count + 1); /* line of each page */
    if (!last)
        return false;
    uint32_t end = 0;
    for (size_t i = 0; i < made->laid->count; i++) {
        const pv_laid_line *line = &made->laid->items[i];
        end = line->page > end ? line->page : end;
        if (line->kind == PV_BLOCK_LINE && line->line > last[line->page])
            last[line->page] = line->line;
    }
    for (size_t i = 0; i < made->laid->count; i++) {
        const pv_laid_line *line = &made->laid->items[i];
        const bool before =
            line->page < end && is_empty_page(pages, line->page + 1) && line->line + LINES_AT_GAP > last[line->page];
        const bool after = line->page > 2 && is_empty_page(pages, line->page - 1) && line->line <= LINES_AT_GAP + 1;
        if (line->kind == PV_BLOCK_LINE && (before || after) && made->blocks[i].doubt == PV_BLOCK_SURE)
            made->blocks[i].doubt = PV_BLOCK_NEXT_TO_GAP;
    }
    return true;
}

static bool verbatim(pv_text *text, pv_arena *arena, pv_str bytes, pv_error *error) {
    pv_span span = text->span;
    return pv_text_verbatim(text, arena, pv_str_slice(bytes, span.start, span.end), span.start, error);
}

static bool leave_out(projection *made, size_t at, pv_str what) {
    pv_left_out *left_out = PV_ARRAY_ADD(made->arena, &made->left_out);
    if (left_out)
        *left_out = (pv_left_out){{(uint32_t)at, (uint32_t)at}, what};
    return left_out && what.data;
}

/* Pages without a word, each where the next one begins, and what the program complained of. */
static bool tell_left_out(projection *made) {
    const pv_pages *pages = made->pages;
    pv_str complaint = made->reader->complaint;
    if (complaint.size > 0 &&
        !leave_out(made, 0,
                   pv_arena_format(made->arena, "the PDF has errors, so text may be missing; pdftotext says: %.*s",
                                   PV_STR_ARG(complaint))))
        return false;
    for (size_t page = 0, line = 0; page < pages->page_count; page++) {
        while (line < made->laid->count && made->laid->items[line].page <= page)
            line++;
        if (pages->pages[page].first_line < pages->pages[page].end_line)
            continue;
        size_t at = line < made->laid->count ? made->lines[line].start : made->text.size;
        if (!leave_out(made, at, pv_arena_format(made->arena, "page %zu holds no text; it may be a picture", page + 1)))
            return false;
    }
    return true;
}

/* The source and its ruler, which keeps the blocks. */
static bool finish_projection(pv_source **out, projection *made, pv_str path, pv_error *error) {
    const pv_limits *limits = made->reader->limits;
    pv_limits own = *limits;
    page_ruler *ruler = PV_NEW(made->arena, page_ruler);
    pv_str bytes = pv_arena_copy(made->arena, pv_buf_str(&made->text));
    own.source_bytes = limits->converted_bytes;
    if (!ruler || !bytes.data || made->text.failed || !tell_left_out(made) || !mark_gaps(made))
        return pv_fail_memory(error);
    if (!pv_source_new(out, made->arena, path, bytes, &own, error))
        return false;
    for (size_t i = 0; i < made->laid->count; i++)
        if (!verbatim(&made->blocks[i].text, made->arena, bytes, error) ||
            (made->blocks[i].label.span.end > 0 && !verbatim(&made->blocks[i].label, made->arena, bytes, error)))
            return false;
    *ruler = (page_ruler){.ruler = {locate, describe, spot, copy},
                          .blocks = {.source = *out,
                                     .format = PV_STR("pdf"),
                                     .list = made->blocks,
                                     .count = made->laid->count,
                                     .left_out = made->left_out.items,
                                     .left_out_count = made->left_out.count,
                                     .is_recognised = made->reader->is_recognised},
                          .lines = made->lines,
                          .count = made->laid->count,
                          .words = made->words,
                          .word_count = made->word_count};
    (*out)->ruler = &ruler->ruler;
    return true;
}

static bool project(pv_source **out, const words_reader *reader, pv_str path, const pv_pages *pages) {
    pv_arena *arena = reader->arena;
    pv_error *error = reader->error;
    pv_laid_lines laid;
    if (!pv_pages_lay_out(&laid, arena, pages, error))
        return false;
    projection made = {
        .arena = arena, .pages = pages, .laid = &laid, .reader = reader, .text = pv_buf_on(pv_arena_memory(arena))};
    made.blocks = PV_NEW_ARRAY(arena, pv_block, laid.count);
    made.lines = PV_NEW_ARRAY(arena, projected_line, laid.count);
    made.words = PV_NEW_ARRAY(arena, projected_word, pages->word_count);
    bool done = made.blocks && made.lines && made.words;
    for (size_t i = 0; done && i < laid.count; i++)
        project_line(&made, i);
    done = done ? finish_projection(out, &made, path, error) : pv_fail_memory(error);
    pv_buf_clear(&made.text);
    return done;
}

/* ---- the loader ---- */

/* A form of the kind that only Acrobat fills in shows this on its one page. */
static bool is_waiting(const words_reader *reader) {
    pv_str text = pv_buf_str(&reader->text);
    return reader->words.count < 400 && pv_str_starts_with(text, PV_STR("Pleasewait...")) &&
           pv_str_find(text, PV_STR("PDFviewer"), 0) != SIZE_MAX;
}

static bool check_text(const words_reader *reader) {
    size_t pages = reader->pages.count;
    if (is_waiting(reader))
        return pv_fail(reader->error, PV_ERROR_SHAPE,
                       "it is a form that only Adobe's programs can open (XFA), and holds no text of its own; open it "
                       "there and print it as a PDF");
    if (reader->words.count > 0)
        return true;
    if (reader->is_recognised)
        return pv_fail(reader->error, PV_ERROR_SHAPE, "no text was recognised on its %zu page%s", pages,
                       pages == 1 ? "" : "s");
    return pv_fail(reader->error, PV_ERROR_SHAPE,
                   "its %zu page%s no text: it may be a scan, which is read with --ocr (that needs tesseract), or "
                   "empty",
                   pages, pages == 1 ? " holds" : "s hold");
}

static bool open_pdf(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                     pv_error *error) {
    *out = NULL;
    if (pv_str_starts_with(bytes, PV_STR("%PDF-")))
        return pv_fail(error, PV_ERROR_SHAPE, "a PDF is read from files, by way of the program pdftotext");
    if (bytes.size > limits->converted_bytes || bytes.size >= UINT32_MAX)
        return pv_fail(error, PV_ERROR_LIMIT, "its words with their places are larger than the limit of %zu bytes",
                       limits->converted_bytes);
    words_reader reader = {.arena = arena,
                           .scratch = pv_arena_new(pv_arena_memory(arena)),
                           .limits = limits,
                           .xml = bytes,
                           .text = pv_buf_on(pv_arena_memory(arena)),
                           .error = error};
    read_remarks(&reader);
    bool done = reader.scratch ? read_words(&reader) && check_text(&reader) : pv_fail_memory(error);
    if (done) {
        const pv_pages pages = {pv_buf_str(&reader.text), reader.words.items, reader.words.count, reader.lines.items,
                                reader.lines.count,       reader.pages.items, reader.pages.count};
        done = project(out, &reader, path, &pages);
    }
    pv_buf_clear(&reader.text);
    pv_arena_free(reader.scratch);
    return done;
}

static bool load_pdf(pv_loaded *out, pv_arena *arena, const pv_source *source, const pv_form *form,
                     const pv_limits *limits, pv_error *error) {
    (void)form;
    (void)limits;
    out->blocks = PV_NEW(arena, pv_blocks);
    if (!out->blocks)
        return pv_fail_memory(error);
    *out->blocks = ((const page_ruler *)source->ruler)->blocks;
    return true;
}

static bool recognises_pdf(pv_str path, pv_str bytes, pv_arena *scratch, const pv_limits *limits) {
    (void)path;
    (void)scratch;
    (void)limits;
    /* What mail programs put before it goes. */
    return pv_str_find(pv_str_slice(bytes, 0, bytes.size < 1024 ? bytes.size : 1024), PV_STR("%PDF-"), 0) != SIZE_MAX;
}

static bool glimpse_nothing(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload) {
    (void)bytes;
    (void)scratch;
    (void)judge;
    (void)payload;
    return false;
}

static const pv_str endings[] = {PV_STR(".pdf")};

const pv_loader pv_pdf_loader = {
    .format = PV_STR("pdf"),
    .title = PV_STR("PDF"),
    .endings = endings,
    .ending_count = sizeof endings / sizeof *endings,
    .is_document = true,
    .conversion = PV_CONVERSION_PDF_WORDS,
    .recognises = recognises_pdf,
    .open = open_pdf,
    .load = load_pdf,
    .glimpse = glimpse_nothing,
};
