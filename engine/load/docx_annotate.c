/* Comments are spliced into the bytes of the main part: nothing of it is written anew. */
#include "load/docx_annotate_p.h"

#include <stdlib.h>

#define W_STRICT_URI "http://purl.oclc.org/ooxml/wordprocessingml/main"

/* ---- edits ---- */

bool pv_docx_add_edit(pv_docx_edits *edits, uint32_t at, uint32_t end, uint32_t rank, pv_str text, pv_error *error) {
    pv_docx_edit *added = text.data ? PV_ARRAY_ADD(edits->arena, &edits->list) : NULL;
    if (!added)
        return pv_fail_memory(error);
    *added = (pv_docx_edit){at, end, rank, (uint32_t)edits->list.count, text};
    return true;
}

static int by_place(const void *left, const void *right) {
    const pv_docx_edit *a = left;
    const pv_docx_edit *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

bool pv_docx_apply_edits(pv_str *out, pv_docx_edits *edits, pv_str bytes, pv_error *error) {
    pv_buf made = pv_buf_on(pv_arena_memory(edits->arena));
    size_t at = 0;
    if (edits->list.count > 0)
        qsort(edits->list.items, edits->list.count, sizeof *edits->list.items, by_place);
    for (size_t i = 0; i < edits->list.count; i++) {
        const pv_docx_edit *each = &edits->list.items[i];
        if (each->at > at) {
            pv_buf_append(&made, pv_str_slice(bytes, at, each->at));
            at = each->at;
        }
        pv_buf_append(&made, each->text);
        if (each->end > at)
            at = each->end;
    }
    pv_buf_append(&made, pv_str_slice(bytes, at, bytes.size));
    *out = (pv_str){0};
    if (!made.failed)
        *out = pv_arena_copy(edits->arena, pv_buf_str(&made));
    pv_buf_clear(&made);
    return out->data || pv_fail_memory(error);
}

pv_str pv_docx_written_name(pv_str tag) {
    size_t end = 1;
    while (end < tag.size && tag.data[end] != ' ' && tag.data[end] != '/' && tag.data[end] != '>' &&
           tag.data[end] != '\n' && tag.data[end] != '\t' && tag.data[end] != '\r')
        end++;
    return pv_str_slice(tag, 1, end);
}

/* ---- the whole ---- */

/* Which namespace the main part is written in, and whether its root calls it "w". */
static void look_at_root(pv_docx_annotator *all) {
    const pv_str bytes = all->map.bytes;
    const size_t root = all->map.paragraphs.count > 0 ? all->map.paragraphs.items[0].at.start : bytes.size;
    const pv_str head = pv_str_slice(bytes, 0, root);
    const bool is_strict = pv_str_find(head, PV_STR(W_STRICT_URI), 0) != SIZE_MAX;
    all->uri = is_strict ? W_STRICT_URI : PV_DOCX_W_URI;
    const pv_str quoted = is_strict ? PV_STR("xmlns:w=\"" W_STRICT_URI "\"") : PV_STR("xmlns:w=\"" PV_DOCX_W_URI "\"");
    all->prefix = pv_str_find(head, quoted, 0) != SIZE_MAX ? PV_STR("w:") : PV_STR("");
}

static bool annotate(pv_docx_annotator *all, pv_buf *out) {
    const pv_docx_part *main_part = &all->docx->parts.items[0];
    pv_package_change changes[1 + PV_DOCX_CHANGES_MOST] = {{.entry = main_part->entry}};
    size_t count;
    uint32_t first;
    if (pv_str_starts_with(main_part->bytes, PV_STR("\xFE\xFF")) ||
        pv_str_starts_with(main_part->bytes, PV_STR("\xFF\xFE")))
        return pv_fail(all->error, PV_ERROR_REFUSED, "the document is kept in UTF-16, which is read, but not written");
    if (!pv_docx_map_part(&all->map, all->arena, main_part, all->limits, all->error))
        return false;
    look_at_root(all);
    return pv_docx_change_comments(all, &first, &changes[1], &count) && pv_docx_mark_all(all, first) &&
           pv_docx_apply_edits(&changes[0].content, &all->edits, main_part->bytes, all->error) &&
           pv_package_rewrite(out, all->arena, all->docx->package, changes, 1 + count, all->error);
}

bool pv_annotate_docx(pv_buf *out, pv_arena *scratch, const pv_source *source, const pv_annotation *annotation,
                      const pv_limits *limits, pv_error *error) {
    const pv_docx_ruler *document = pv_docx_of_source(source);
    if (!document || !document->docx)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "%.*s is no Word document, and comments are written into those alone; save it as .docx and "
                       "annotate that, or see what is found with proviso check",
                       PV_STR_ARG(source->path));
    pv_docx_annotator all = {
        .arena = scratch,
        .limits = limits,
        .document = document,
        .docx = document->docx,
        .annotation = annotation,
        .edits = {.arena = scratch},
        .error = error,
    };
    return annotate(&all, out);
}
