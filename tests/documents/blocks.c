/* What a loader gives for a document, for tests: a line for each block: its kind, its place, how it follows the one
 * before it ("+": it may go on in the next; "/": it is parted), its label and its text. The bytes are what the loader
 * opens: of a PDF, the words that pdftotext found. blocks NAME [FILE]: as if the file, or standard input, had that
 * name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "load/loader.h"

#define MEMORY_LIMIT ((size_t)8 << 30)

static const char *const kinds[] = {"heading", "paragraph", "item", "line", "cell", "note", "box", "furniture"};

static void read_all(pv_buf *out, FILE *from) {
    char block[65536];
    for (size_t got; (got = fread(block, 1, sizeof block, from)) > 0;)
        pv_buf_append(out, (pv_str){block, got});
}

static void show_block(const pv_source *source, const pv_block *block) {
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

static bool show(pv_arena *arena, pv_str name, pv_str bytes, bool quiet, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_loaded loaded = {0};
    const pv_loader *loader = pv_loader_for(name, bytes, arena, &limits);
    if (quiet) /* for measuring what no limit should stop */
        limits.source_bytes = limits.converted_bytes = MEMORY_LIMIT;
    if (!loader->open(&source, arena, name, bytes, &limits, error) ||
        !loader->load(&loaded, arena, source, NULL, &limits, error))
        return false;
    if (!loaded.blocks)
        return pv_fail(error, PV_ERROR_SHAPE, "it has no blocks");
    for (size_t i = 0; !quiet && i < loaded.blocks->count; i++)
        show_block(source, &loaded.blocks->list[i]);
    for (size_t i = 0; !quiet && i < loaded.blocks->left_out_count; i++)
        printf("left out [%s] %.*s\n", pv_source_describe(source, loaded.blocks->left_out[i].at.start).text,
               PV_STR_ARG(loaded.blocks->left_out[i].what));
    if (quiet)
        printf("%zu blocks\n", loaded.blocks->count);
    return true;
}

int main(int count, char **arguments) {
    bool quiet = count > 1 && strcmp(arguments[1], "--quiet") == 0;
    char **given = arguments + quiet;
    pv_memory memory = pv_memory_with_limit(MEMORY_LIMIT);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf bytes = pv_buf_on(&memory);
    pv_error error = {0};
    if (count - quiet < 2 || !arena)
        return 2;
    FILE *from = count - quiet > 2 ? fopen(given[2], "rb") : stdin;
    if (!from)
        return 2;
    read_all(&bytes, from);
    bool done = show(arena, pv_str_from(given[1]), pv_buf_str(&bytes), quiet, &error);
    if (!done)
        printf("error: %s\n", error.message);
    pv_buf_clear(&bytes);
    pv_arena_free(arena);
    if (from != stdin)
        fclose(from);
    return done ? 0 : 1;
}
