#include "cli/manifest_edit.h"

static const pv_node *last_rule_file(const pv_document *manifest) {
    const pv_node *last = NULL;
    const pv_node *rules = pv_node_get(manifest->root, PV_STR("rules"));
    for (const pv_node *node = rules ? rules->first : NULL; node; node = node->next)
        last = node;
    return last;
}

/* The manifest with the three texts added at offset at. */
static void write_with(pv_buf *out, pv_str bytes, size_t at, pv_str first, pv_str second, pv_str third) {
    pv_buf_append(out, pv_str_slice(bytes, 0, at));
    pv_buf_append(out, first);
    pv_buf_append(out, second);
    pv_buf_append(out, third);
    pv_buf_append(out, pv_str_slice(bytes, at, bytes.size));
}

bool pv_manifest_add_rule_file(pv_buf *out, const pv_document *manifest, pv_str file, pv_error *error) {
    const pv_source *source = manifest->source;
    const pv_node *last = last_rule_file(manifest);
    if (!last)
        return pv_fail(error, PV_ERROR_SHAPE, "%.*s lists no rule files to add %.*s to", PV_STR_ARG(source->path),
                       PV_STR_ARG(file));
    uint32_t line = pv_source_locate(source, last->span.start).line;
    size_t start = pv_source_line_start(source, line);
    size_t end = start + pv_source_line(source, line).size;
    pv_str before = pv_str_slice(source->bytes, start, last->span.start);
    if (!pv_str_equal(pv_str_trim(before), PV_STR("-"))) { /* in brackets, as in [a.lua, b.lua] */
        write_with(out, source->bytes, last->span.end, PV_STR(", "), file, PV_STR(""));
        return true;
    }
    pv_str line_break = pv_str_slice(source->bytes, end, pv_source_line_start(source, line + 1));
    write_with(out, source->bytes, end, line_break.size ? line_break : PV_STR("\n"), before, file);
    return true;
}
