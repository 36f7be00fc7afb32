/* Annotates a Word document at every paragraph that has text: from its second character to its last but one, and at the
 * whole of the first empty one. annotate_all IN OUT [--highlight] */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "load/annotate.h"
#include "load/loader.h"

static void read_all(pv_buf *out, FILE *from) {
    char block[65536];
    for (size_t got; (got = fread(block, 1, sizeof block, from)) > 0;)
        pv_buf_append(out, (pv_str){block, got});
}

/* Inside the first character and the last, where there are more than two. */
static pv_span inside(const pv_block *block) {
    const pv_str text = block->text.value;
    pv_span at = block->text.span;
    size_t length;
    if (text.size == 0)
        return at;
    pv_utf8_decode(text, 0, &length);
    const size_t last = pv_utf8_previous(text, text.size);
    if (last > length)
        at = (pv_span){at.start + (uint32_t)length, at.start + (uint32_t)last};
    return at;
}

static bool annotate(pv_buf *out, pv_arena *arena, pv_str path, pv_str bytes, bool highlights, pv_error *error) {
    static const pv_str lines[] = {PV_STR("Note: 3 < 4 & \"five\""), PV_STR("Rule: test.rule")};
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_loaded loaded = {0};
    const pv_loader *loader = pv_loader_by_name(path);
    if (!loader->open(&source, arena, path, bytes, &limits, error) ||
        !loader->load(&loaded, arena, source, NULL, &limits, error))
        return false;
    pv_comment *comments = PV_NEW_ARRAY(arena, pv_comment, loaded.blocks->count + 1);
    size_t count = 0;
    if (!comments)
        return pv_fail_memory(error);
    for (size_t i = 0; i < loaded.blocks->count; i++)
        comments[count++] =
            (pv_comment){.at = inside(&loaded.blocks->list[i]), .has_place = true, .text = lines, .line_count = 2};
    comments[count++] = (pv_comment){.text = lines, .line_count = 2};
    const pv_annotation annotation = {
        .comments = comments, .count = count, .day = PV_STR("2025-03-14"), .highlights = highlights};
    return pv_annotate_docx(out, arena, source, &annotation, &limits, error);
}

int main(int count, char **arguments) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf bytes = pv_buf_on(&memory);
    pv_buf out = pv_buf_on(&memory);
    pv_error error = {0};
    FILE *from = count > 2 ? fopen(arguments[1], "rb") : NULL;
    if (!from || !arena)
        return 2;
    read_all(&bytes, from);
    fclose(from);
    bool done = annotate(&out, arena, pv_str_from(arguments[1]), pv_buf_str(&bytes), count > 3, &error);
    FILE *to = done ? fopen(arguments[2], "wb") : NULL;
    if (!done)
        printf("error: %s\n", error.message);
    done = to && fwrite(out.data, 1, out.size, to) == out.size;
    done = to && fclose(to) == 0 && done;
    pv_buf_clear(&bytes);
    pv_buf_clear(&out);
    pv_arena_free(arena);
    return done ? 0 : 1;
}
