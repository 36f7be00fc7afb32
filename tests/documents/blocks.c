/* What a loader gives for a document, for tests. blocks [--json | --quiet] NAME [FILE]: as if the file, or standard
 * input, had that name; of a PDF the words that pdftotext found. Where it is refused: the sentence that says so, and
 * status 2.
 *
 * A line for each block: its kind, its place, how it follows the one before it ("+": it may go on in the next; "/": it
 * is parted), its label and its text. --json: each block of both views as a line of JSON, what was left out and the
 * comments of a Word document. --quiet: how much there is, for measuring. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "load/docx_p.h"
#include "load/loader.h"
#include "text/words.h"

#define MEMORY_LIMIT ((size_t)8 << 30)

static const char *const kinds[] = {"heading", "paragraph", "item", "line", "cell", "note", "box", "furniture"};

/* ---- as lines ---- */

static void put_line(const pv_source *source, const pv_block *block) {
    pv_source_place place = pv_source_describe(source, block->text.span.start);
    printf("%s", kinds[block->kind]);
    if (block->level > 0)
        printf("%u", block->level);
    printf(" [%s", place.text);
    if (block->page > 0 && !strstr(place.text, "page"))
        printf(", page %u", block->page);
    if (block->cell.table > 0)
        printf(", table %u: %u.%u", block->cell.table, block->cell.row, block->cell.column);
    printf("]%s%s ", block->is_parted ? "/" : "", block->may_go_on ? "+" : "");
    if (block->label.value.size > 0)
        printf("<%.*s%s> ", PV_STR_ARG(block->label.value), block->label_is_made ? " made" : "");
    for (size_t i = 0; i < block->text.value.size; i++) {
        char c = block->text.value.data[i];
        if (c == '\n' || c == '\r' || c == '\t')
            fputs(c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r", stdout);
        else
            putchar(c);
    }
    putchar('\n');
}

static void put_lines(const pv_blocks *blocks) {
    for (size_t i = 0; i < blocks->count; i++)
        put_line(blocks->source, &blocks->list[i]);
    for (size_t i = 0; i < blocks->left_out_count; i++)
        printf("left out [%s] %.*s\n", pv_source_describe(blocks->source, blocks->left_out[i].at.start).text,
               PV_STR_ARG(blocks->left_out[i].what));
}

/* ---- as JSON ---- */

static void put_text(pv_str text) {
    putchar('"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void put_member(const char *name, pv_str text) {
    printf(", \"%s\": ", name);
    put_text(text);
}

/* Each byte that stands in the projection as it does in the text, and was not merely there once. */
static void check_places(const pv_source *source, const pv_text *text) {
    for (size_t i = 0; i < text->segment_count; i++) {
        const pv_segment *segment = &text->segments[i];
        pv_str value = pv_str_slice(text->value, segment->value.start, segment->value.end);
        if (segment->source.start != segment->source.end &&
            !pv_str_equal(value, pv_source_slice(source, segment->source))) {
            fprintf(stderr, "the text is not what stands at its place\n");
            exit(1);
        }
    }
}

static void put_blocks(const char *view, const pv_blocks *blocks) {
    for (size_t i = 0; i < blocks->count; i++) {
        const pv_block *block = &blocks->list[i];
        pv_error error = {0};
        size_t words;
        if (!pv_words_count(block->text.value, PV_WORD_METHOD_WORD, &words, &error))
            exit(1);
        check_places(blocks->source, &block->text);
        printf("{\"view\": \"%s\", \"kind\": \"%s\", \"level\": %u, \"page\": %u, \"words\": %zu, \"parted\": %s", view,
               kinds[block->kind], block->level, block->page, words, block->is_parted ? "true" : "false");
        if (block->cell.table > 0)
            printf(", \"cell\": [%u, %u, %u, %u, %u]", block->cell.table, block->cell.row, block->cell.column,
                   block->cell.row_count, block->cell.column_count);
        put_member("text", block->text.value);
        for (size_t k = 0; k < block->prompt_count; k++)
            printf("%s[%u, %u]%s", k == 0 ? ", \"prompts\": [" : ", ", block->prompts[k].start, block->prompts[k].end,
                   k + 1 == block->prompt_count ? "]" : "");
        if (block->label.value.size > 0)
            put_member("label", block->label.value);
        put_member("place", pv_str_from(pv_source_describe(blocks->source, block->text.span.start).text));
        printf("}\n");
    }
}

/* What the comment stands at, paragraphs as lines. */
static void put_anchor(const pv_docx *docx, const pv_docx_projection *projection, const pv_docx_comment *comment) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf text = pv_buf_on(&memory);
    uint32_t line = PV_DOCX_NONE;
    for (uint32_t i = comment->from; comment->has_range && i < comment->to; i++) {
        const pv_docx_piece *piece = &docx->pieces.items[i];
        if (!(piece->views & PV_DOCX_ACCEPTED))
            continue;
        for (size_t k = 0; k < projection->origin_count; k++) {
            const pv_docx_origin *origin = &projection->origins[k];
            if (origin->part != 0 || origin->origin.start != piece->origin.start)
                continue;
            uint32_t own = 0;
            while (own + 1 < projection->line_count && projection->lines[own + 1].start <= origin->at)
                own++;
            pv_buf_append_text(&text, line != PV_DOCX_NONE && line != own ? "\n" : "");
            line = own;
            pv_buf_append(&text, pv_str_slice(projection->text, origin->at, origin->at + origin->size));
        }
    }
    if (text.size > 0)
        put_member("anchor", pv_buf_str(&text));
    pv_buf_clear(&text);
}

static void put_comments(const pv_docx_ruler *ruler) {
    for (size_t i = 0; ruler && i < ruler->docx->comments.count; i++) {
        const pv_docx_comment *comment = &ruler->docx->comments.items[i];
        if (!comment->is_said)
            continue;
        printf("{\"comment\": ");
        put_text(comment->id);
        put_member("author", comment->author);
        put_member("date", comment->date);
        put_member("text", comment->text);
        put_anchor(ruler->docx, &ruler->projection, comment);
        printf("}\n");
    }
}

static void put_json(const pv_blocks *blocks) {
    put_blocks("accepted", blocks);
    if (blocks->original)
        put_blocks("original", blocks->original);
    for (size_t i = 0; i < blocks->left_out_count; i++) {
        printf("{\"left_out\": ");
        put_text(blocks->left_out[i].what);
        put_member("place", pv_str_from(pv_source_describe(blocks->source, blocks->left_out[i].at.start).text));
        printf("}\n");
    }
    put_comments(pv_docx_of_source(blocks->source));
}

/* ---- the program ---- */

typedef enum form_of_output { LINES, JSON, QUIET } form_of_output;

static void read_all(pv_buf *out, FILE *from) {
    char block[65536];
    for (size_t got; (got = fread(block, 1, sizeof block, from)) > 0;)
        pv_buf_append(out, (pv_str){block, got});
}

static bool load(pv_blocks **out, pv_arena *arena, pv_str name, pv_str bytes, bool without_limits, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_loaded loaded = {0};
    const pv_loader *loader = pv_loader_for(name, bytes, arena, &limits);
    if (without_limits)
        limits.source_bytes = limits.converted_bytes = MEMORY_LIMIT;
    if (!loader->open(&source, arena, name, bytes, &limits, error) ||
        !loader->load(&loaded, arena, source, NULL, &limits, error))
        return false;
    *out = loaded.blocks;
    return loaded.blocks || pv_fail(error, PV_ERROR_SHAPE, "it has no blocks");
}

static void put_refusal(form_of_output how, pv_str message) {
    if (how != JSON) {
        printf("error: %.*s\n", PV_STR_ARG(message));
        return;
    }
    printf("{\"refused\": ");
    put_text(message);
    printf("}\n");
}

int main(int count, char **arguments) {
    form_of_output how = LINES;
    if (count > 1 && strncmp(arguments[1], "--", 2) == 0)
        how = strcmp(arguments[1], "--json") == 0 ? JSON : QUIET;
    char **given = arguments + (how != LINES);
    count -= how != LINES;
    FILE *from = count > 2 ? fopen(given[2], "rb") : stdin;
    pv_memory memory = pv_memory_with_limit(MEMORY_LIMIT);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf bytes = pv_buf_on(&memory);
    pv_error error = {0};
    pv_blocks *blocks;
    if (count < 2 || !from || !arena)
        return 1;
    read_all(&bytes, from);
    const bool loaded = load(&blocks, arena, pv_str_from(given[1]), pv_buf_str(&bytes), how == QUIET, &error);
    if (!loaded)
        put_refusal(how, pv_str_from(error.message));
    else if (how == QUIET)
        printf("%zu blocks, peak %zu\n", blocks->count, memory.peak);
    else
        (how == JSON ? put_json : put_lines)(blocks);
    pv_buf_clear(&bytes);
    pv_arena_free(arena);
    if (from != stdin)
        fclose(from);
    if (memory.used > 0) {
        fprintf(stderr, "%zu bytes are left\n", memory.used);
        return 1;
    }
    return loaded ? 0 : 2;
}
