/* Documents that lie beside a submission: { file: PATH }. */
#include <string.h>

#include "model/message.h"
#include "model/segments.h"
#include "model/submission_reader.h"

/* ---- the text of a file ---- */

/* Every line of the file, its line break made a line feed, as in a document that stands in the submission. bytes has room for
 * all of it. */
static bool add_lines(pv_segment_list *segments, const pv_source *file, char *bytes, size_t *size, pv_error *error) {
    size_t start = pv_source_text_start(file);
    for (uint32_t line = 1; line <= file->line_count; line++) {
        size_t next = pv_source_line_start(file, line + 1);
        size_t end = pv_source_line_start(file, line) + pv_source_line(file, line).size;
        pv_span words = {(uint32_t)start, (uint32_t)(end > start ? end : start)};
        pv_span line_break = {words.end, (uint32_t)next};
        pv_str text = pv_source_slice(file, words);
        if (text.size > 0)
            memcpy(bytes + *size, text.data, text.size);
        *size += text.size;
        if (!pv_segments_add(segments, text.size, words, error))
            return false;
        if (line_break.end > line_break.start) {
            bytes[(*size)++] = '\n';
            if (!pv_segments_add(segments, 1, line_break, error))
                return false;
        }
        start = next;
    }
    return true;
}

static bool text_of_file(pv_text *out, pv_arena *arena, const pv_source *file, pv_error *error) {
    pv_span whole = {(uint32_t)pv_source_text_start(file), (uint32_t)pv_source_end(file)};
    pv_str value = pv_source_slice(file, whole);
    if (memchr(value.data, '\r', value.size) == NULL)
        return pv_text_verbatim(out, arena, value, whole.start, error);
    char *bytes = PV_NEW_ARRAY(arena, char, value.size);
    size_t size = 0;
    if (bytes == NULL)
        return pv_fail_memory(error);
    pv_segment_list segments;
    pv_segments_begin(&segments, arena);
    if (!add_lines(&segments, file, bytes, &size, error))
        return pv_segments_abandon(&segments);
    *out = (pv_text){.value = {bytes, size}, .span = whole, .exact = true};
    return pv_segments_finish(&segments, out, error);
}

/* ---- the value ---- */

static bool add_problem(pv_submission_reader *reader, const pv_value_spec *spec, pv_span at, const char *message) {
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, at, reader->error, "%s: %s",
                           pv_message_quote(spec->name).text, message);
}

static bool read_path(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *path, pv_value *out) {
    const pv_source *file;
    pv_text text;
    pv_error failure = {0};
    pv_span at = pv_text_locate(&path->text, 0, path->text.value.size);
    if (!pv_attachments_open(reader->attachments, pv_node_value(path), &file, &failure)) {
        if (pv_attachments_is_mistake(&failure))
            return add_problem(reader, spec, at, failure.message);
        return failure.code == PV_ERROR_MEMORY ? pv_fail_memory(reader->error)
                                               : pv_fail_at(reader->error, failure.code, at, "%s", failure.message);
    }
    if (!text_of_file(&text, reader->arena, file, reader->error))
        return false;
    out->unreadable = false;
    out->file = file;
    pv_value_set_document(out, &text);
    return true;
}

bool pv_reader_read_file(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *mapping,
                         pv_value *out) {
    static const pv_str part_names[] = {PV_STR("file")};
    const pv_names known = {.names = part_names, .count = 1};
    const pv_node *path = NULL;
    *out = pv_value_absent(spec, mapping->span.start);
    out->given = true;
    out->unreadable = true;
    out->at = out->text.span = mapping->span;
    for (const pv_node *part = mapping->first; part != NULL; part = part->next) {
        if (pv_str_equal(pv_node_value(part->key), part_names[0]))
            path = part;
        else if (!pv_problems_add_unknown(&reader->problems, "a document beside the submission", PV_STR(""), "part",
                                          part->key, &known, "", reader->error))
            return false;
    }
    if (path == NULL && mapping->count > 0) /* there is a problem at each part already */
        return true;
    if (path == NULL)
        return add_problem(reader, spec, mapping->span,
                           "this names no file; write it like { file: letters/first.txt }, or give the text itself");
    if (path->kind != PV_NODE_SCALAR)
        return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, path->span, reader->error,
                               "%s: file is the path of a text file, like letters/first.txt, not %s",
                               pv_message_quote(spec->name).text, pv_message_found(path));
    if (!pv_text_is_blank(&path->text))
        return read_path(reader, spec, path, out);
    pv_value_set_blank(out, spec, path);
    return true;
}
