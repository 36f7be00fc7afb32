/* What is read of a document, as lines of JSON: each block of both views, what was left out, the comments; or the one
 * sentence with which it is refused, and status 2. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/docx_p.h"
#include "load/loader.h"
#include "text/words.h"

static const char *const kinds[] = {"heading", "paragraph", "item", "line", "cell", "note", "box", "furniture"};

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

static pv_str read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    size_t capacity = (size_t)1 << 16;
    pv_str bytes = {malloc(capacity), 0};
    for (;;) {
        char *data = (char *)(uintptr_t)bytes.data;
        size_t count = file ? fread(data + bytes.size, 1, capacity - bytes.size, file) : 0;
        bytes.size += count;
        if (count == 0)
            break;
        if (bytes.size == capacity)
            bytes.data = realloc(data, capacity *= 2);
    }
    if (!file || ferror(file)) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    fclose(file);
    return bytes;
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 1;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_limits limits = pv_limits_default();
    pv_error error = {0};
    pv_str path = pv_str_from(argv[1]);
    pv_str bytes = read_file(argv[1]);
    const pv_loader *loader = pv_loader_for(path, bytes, arena, &limits);
    pv_source *source;
    pv_loaded loaded = {0};
    if (!loader->open(&source, arena, path, bytes, &limits, &error) ||
        !loader->load(&loaded, arena, source, NULL, &limits, &error)) {
        printf("{\"refused\": ");
        put_text(pv_str_from(error.message));
        printf("}\n");
    } else if (argc > 2 && strcmp(argv[2], "--time") == 0) {
        printf("%zu blocks, %zu bytes of text, peak %zu\n", loaded.blocks->count, source->bytes.size, memory.peak);
    } else {
        put_blocks("accepted", loaded.blocks);
        if (loaded.blocks->original)
            put_blocks("original", loaded.blocks->original);
        for (size_t i = 0; i < loaded.blocks->left_out_count; i++) {
            printf("{\"left_out\": ");
            put_text(loaded.blocks->left_out[i].what);
            put_member("place", pv_str_from(pv_source_describe(source, loaded.blocks->left_out[i].at.start).text));
            printf("}\n");
        }
        put_comments(pv_docx_of_source(source));
    }
    pv_arena_free(arena);
    free((char *)(uintptr_t)bytes.data);
    if (memory.used > 0) {
        fprintf(stderr, "%zu bytes are left\n", memory.used);
        return 1;
    }
    return error.code == PV_OK ? 0 : 2;
}
