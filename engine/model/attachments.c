/* The files beside a submission: which may be named, each opened once; and the documents that lie in them. */
#include "model/submission_p.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "model/message.h"

/* A path that was named, and what came of it. */
typedef struct named_file {
    pv_str name;              /* without "." and empty parts */
    bool looked_at;           /* it was not to be read */
    const pv_source *file;    /* NULL: it could not be attached, or was not to be */
    const pv_file_look *look; /* NULL: it could not be looked at, or was not to be */
    pv_code code;             /* then why */
    pv_str message;
    struct named_file *next;
} named_file;

struct pv_attachments {
    pv_arena *arena;
    pv_source *source;
    pv_sibling_reader files;
    const pv_limits *limits;
    named_file *first;
    size_t count;
    size_t bytes; /* read so far, also of what was then refused */
};

pv_attachments *pv_attachments_new(pv_arena *arena, pv_source *source, const pv_sibling_reader *files,
                                   const pv_limits *limits) {
    pv_attachments *attachments = PV_NEW(arena, pv_attachments);
    if (attachments)
        *attachments = (pv_attachments){.arena = arena, .source = source, .files = *files, .limits = limits};
    return attachments;
}

bool pv_attachments_is_mistake(const pv_error *error) {
    return error->code == PV_ERROR_NOT_FOUND || error->code == PV_ERROR_REFUSED || error->code == PV_ERROR_ENCODING;
}

/* ---- paths ---- */

static bool has_control_character(pv_str path) {
    for (size_t at = 0, length; at < path.size; at += length) {
        uint32_t code_point = pv_utf8_decode(path, at, &length);
        if (code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0))
            return true;
    }
    return false;
}

/* End of the part of a path that starts at offset. */
static size_t part_end(pv_str path, size_t offset) {
    size_t end = pv_str_find(path, PV_STR("/"), offset);
    return end == SIZE_MAX ? path.size : end;
}

static bool leads_up(pv_str path) {
    for (size_t start = 0, end; start < path.size; start = end + 1) {
        end = part_end(path, start);
        if (pv_str_equal(pv_str_slice(path, start, end), PV_STR("..")))
            return true;
    }
    return false;
}

#define PATH_BYTES_MOST 4096

static bool check_path(pv_str path, pv_error *error) {
    const pv_quote quoted = pv_message_quote(path);
    if (path.size > PATH_BYTES_MOST) /* before the file system is asked, part by part */
        return pv_fail(error, PV_ERROR_REFUSED, "the path '%s' is longer than %d bytes", quoted.text, PATH_BYTES_MOST);
    if (has_control_character(path))
        return pv_fail(error, PV_ERROR_REFUSED, "the path '%s' has a control character in it", quoted.text);
    if (pv_str_find(path, PV_STR("\\"), 0) != SIZE_MAX)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the path '%s' has a backslash in it; write folders with /, like letters/first.txt",
                       quoted.text);
    if (pv_str_starts_with(path, PV_STR("/")))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the path '%s' begins at the root; write it from the submission's folder, like "
                       "letters/first.txt",
                       quoted.text);
    if (leads_up(path))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the path '%s' leads up with ..; put the file into the submission's folder, or one inside it",
                       quoted.text);
    return true;
}

/* The path without "." and empty parts, so that one file has one name; .data is NULL when memory is refused. */
static pv_str simplify(pv_arena *arena, pv_str path) {
    char *name = PV_NEW_ARRAY(arena, char, path.size + 1);
    size_t size = 0;
    if (!name)
        return (pv_str){0};
    for (size_t start = 0, end; start < path.size; start = end + 1) {
        end = part_end(path, start);
        pv_str part = pv_str_slice(path, start, end);
        if (part.size == 0 || pv_str_equal(part, PV_STR(".")))
            continue;
        if (size > 0)
            name[size++] = '/';
        memcpy(name + size, part.data, part.size);
        size += part.size;
    }
    return (pv_str){name, size};
}

/* ---- files ---- */

static const named_file *find_named(const pv_attachments *attachments, pv_str name, bool looked_at) {
    const named_file *known = attachments->first;
    while (known && (known->looked_at != looked_at || !pv_str_equal(known->name, name)))
        known = known->next;
    return known;
}

static bool check_count(const pv_attachments *attachments, pv_error *error) {
    return attachments->count < attachments->limits->attached_files ||
           pv_fail(error, PV_ERROR_LIMIT, "the submission names more files than the limit of %zu",
                   attachments->limits->attached_files);
}

static bool check_bytes(pv_attachments *attachments, size_t size, pv_error *error) {
    size_t limit = attachments->limits->attached_bytes;
    if (size > limit - attachments->bytes)
        return pv_fail(error, PV_ERROR_LIMIT, "the files beside the submission are larger than the limit of %zu bytes",
                       limit);
    attachments->bytes += size;
    return true;
}

static bool is_blank(const pv_source *file) {
    const pv_text text = {.value =
                              pv_str_slice(file->bytes, pv_source_text_start(file) - file->base, file->bytes.size)};
    return pv_text_is_blank(&text);
}

static bool attach(pv_attachments *attachments, pv_str name, const pv_source **out, pv_error *error) {
    pv_str path = name;
    pv_str bytes = {0};
    if (!attachments->files.read(attachments->files.payload, attachments->arena, name, &path, &bytes, error) ||
        !check_bytes(attachments, bytes.size, error) ||
        !pv_source_attach(attachments->source, attachments->arena, path, bytes, attachments->limits, out, error))
        return false;
    if (is_blank(*out))
        return pv_fail(error, PV_ERROR_REFUSED, "there is no text in the file %s",
                       pv_message_quote(pv_source_sibling_name(attachments->source, path)).text);
    return true;
}

static bool look_at(pv_attachments *attachments, pv_str name, const pv_file_look **out, pv_error *error) {
    const pv_sibling_reader *files = &attachments->files;
    pv_file_look *look = PV_NEW(attachments->arena, pv_file_look);
    if (!look)
        return pv_fail_memory(error);
    bool done = files->look ? files->look(files->payload, attachments->arena, name, look, error)
                            : files->read(files->payload, attachments->arena, name, &look->path, &look->head, error);
    if (!done)
        return false;
    if (!files->look) {
        look->size = look->head.size;
        look->head.size = look->size < PV_FILE_HEAD_BYTES ? look->head.size : PV_FILE_HEAD_BYTES;
    }
    *out = look;
    return look->size > 0 ||
           pv_fail(error, PV_ERROR_REFUSED, "there is nothing in the file %s", pv_message_quote(name).text);
}

/* The entry of a name that is new, whatever comes of it; NULL when memory is refused. */
static named_file *add_named(pv_attachments *attachments, pv_str name, bool looked_at, pv_error *error) {
    named_file *added = PV_NEW(attachments->arena, named_file);
    pv_error failure = {0};
    if (!added) {
        pv_fail_memory(error);
        return NULL;
    }
    *added = (named_file){.name = name, .looked_at = looked_at, .next = attachments->first};
    bool done = looked_at ? look_at(attachments, name, &added->look, &failure)
                          : attach(attachments, name, &added->file, &failure);
    if (!done) {
        added->file = NULL;
        added->look = NULL;
        added->code = failure.code;
        added->message = pv_arena_copy(attachments->arena, pv_str_from(failure.message));
        if (failure.code == PV_ERROR_MEMORY || !added->message.data) {
            pv_fail_memory(error);
            return NULL;
        }
    }
    attachments->first = added;
    attachments->count++;
    return added;
}

/* What came of a path, now or before; NULL: nothing can be said of it, and error is filled. */
static const named_file *find_or_add(pv_attachments *attachments, pv_str path, bool looked_at, pv_error *error) {
    if (!check_path(path, error))
        return NULL;
    pv_str name = simplify(attachments->arena, path);
    if (!name.data || name.size == 0) {
        (void)(name.data ? pv_fail(error, PV_ERROR_REFUSED, "the path '%s' names no file", pv_message_quote(path).text)
                         : pv_fail_memory(error));
        return NULL;
    }
    const named_file *found = find_named(attachments, name, looked_at);
    if (!found && check_count(attachments, error))
        found = add_named(attachments, name, looked_at, error);
    return found;
}

bool pv_attachments_open(pv_attachments *attachments, pv_str path, const pv_source **out, pv_error *error) {
    *out = NULL;
    if (!attachments || !attachments->files.read)
        return pv_fail(error, PV_ERROR_NOT_FOUND,
                       "the file '%s' cannot be looked for here; give the text itself in its place",
                       pv_message_quote(path).text);
    const named_file *found = find_or_add(attachments, path, false, error);
    if (!found)
        return false;
    *out = found->file;
    return found->file || pv_fail(error, found->code, "%.*s", PV_STR_ARG(found->message));
}

bool pv_attachments_look(pv_attachments *attachments, pv_str path, const pv_file_look **out, pv_error *error) {
    *out = NULL;
    if (!attachments->files.read && !attachments->files.look)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "the file '%s' cannot be looked for here",
                       pv_message_quote(path).text);
    const named_file *found = find_or_add(attachments, path, true, error);
    if (!found)
        return false;
    *out = found->look;
    return found->look || pv_fail(error, found->code, "%.*s", PV_STR_ARG(found->message));
}

/* ---- the text of a file ---- */

/* Every line of the file, its line break made a line feed, as in a document that stands in the submission. bytes has
 * room for all of it. */
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
    if (!memchr(value.data, '\r', value.size))
        return pv_text_verbatim(out, arena, value, whole.start, error);
    char *bytes = PV_NEW_ARRAY(arena, char, value.size);
    size_t size = 0;
    if (!bytes)
        return pv_fail_memory(error);
    pv_segment_list segments;
    pv_segments_begin(&segments, arena);
    if (!add_lines(&segments, file, bytes, &size, error))
        return pv_segments_abandon(&segments);
    *out = (pv_text){.value = {bytes, size}, .span = whole, .exact = true};
    return pv_segments_finish(&segments, out, error);
}

/* ---- the value of a document ---- */

bool pv_attachments_is_path(pv_str text) {
    const pv_str endings =
        PV_STR(" txt text md markdown rst pdf doc docx odt rtf htm html xml json yaml yml csv tsv xls "
               "xlsx ods ppt pptx odp png jpg jpeg tif tiff zip eml msg ");
    char ending[16];
    size_t size = 0;
    size_t blanks = 0;
    size_t dot = SIZE_MAX;
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.data[i] < ' ')
            return false;
        blanks += text.data[i] == ' ';
        dot = text.data[i] == '.' ? i : dot;
    }
    if (blanks > 3 || dot == SIZE_MAX || pv_str_find(text, PV_STR("://"), 0) != SIZE_MAX)
        return false;
    if (pv_str_find(text, PV_STR(" "), dot) != SIZE_MAX)
        return false;
    ending[size++] = ' ';
    for (size_t i = dot + 1; i < text.size && size + 1 < sizeof ending; i++)
        ending[size++] = pv_ascii_lower(text.data[i]);
    ending[size++] = ' ';
    return size > 2 && pv_str_find(endings, (pv_str){ending, size}, 0) != SIZE_MAX;
}

static bool add_problem(pv_submission_reader *reader, const pv_value_spec *spec, pv_span at, const char *message) {
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, at, reader->error, "%s: %s",
                           pv_message_label(spec->label, spec->name).text, message);
}

static bool read_path(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *path, pv_value *out) {
    const pv_source *file;
    pv_text text;
    pv_error failure = {0};
    pv_span at = pv_text_locate(&path->text, 0, path->text.value.size);
    if (path->spelling && pv_value_is_failed_formula(pv_node_value(path)))
        return add_problem(reader, spec, at,
                           "this is what a spreadsheet writes where a formula has failed; put the path there");
    if (!pv_attachments_open(reader->attachments, pv_node_value(path), &file, &failure)) {
        if (pv_attachments_is_mistake(&failure))
            return add_problem(reader, spec, at, failure.message);
        return failure.code == PV_ERROR_MEMORY ? pv_fail_memory(reader->error)
                                               : pv_fail_at(reader->error, failure.code, at, "%s", failure.message);
    }
    assert(file);
    if (!text_of_file(&text, reader->arena, file, reader->error))
        return false;
    out->unreadable = false;
    out->file = file;
    pv_value_set_document(out, &text);
    return true;
}

/* The node of the path in { file: PATH }. *out: NULL where there is none, and a problem instead. */
static bool find_path(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *mapping,
                      const char *owner, const char *advice, const pv_node **out) {
    static const pv_str part_names[] = {PV_STR("file")};
    const pv_names known = {.names = part_names, .count = 1};
    *out = NULL;
    for (const pv_node *part = mapping->first; part; part = part->next) {
        if (pv_str_equal(pv_node_value(part->key), part_names[0]))
            *out = part;
        else if (!pv_problems_add_unknown(&reader->problems, owner, PV_STR(""), "part", part->key, &known, "",
                                          reader->error))
            return false;
    }
    return *out || mapping->count > 0 /* there is a problem at each part already */ ||
           add_problem(reader, spec, mapping->span, advice);
}

static void set_unreadable(pv_value *out, const pv_value_spec *spec, pv_span at) {
    *out = pv_value_absent(spec, at.start);
    out->given = true;
    out->unanswered = PV_ANSWERED;
    out->unreadable = true;
    out->at = out->text.span = at;
}

bool pv_reader_read_file(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *mapping,
                         pv_value *out) {
    const pv_node *path;
    set_unreadable(out, spec, mapping->span);
    if (!find_path(reader, spec, mapping, "a document beside the submission",
                   "this names no file; write it like { file: letters/first.txt }, or give the text itself", &path))
        return false;
    if (!path)
        return true;
    if (path->kind != PV_NODE_SCALAR)
        return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, path->span, reader->error,
                               "%s: file is the path of a text file, like letters/first.txt, not %s",
                               pv_message_label(spec->label, spec->name).text, pv_message_found(path));
    if (!pv_reader_check_unquoted(reader, spec->label, spec->name, path))
        return false;
    if (!pv_text_is_blank(&path->text))
        return read_path(reader, spec, path, out);
    pv_value_set_blank(out, spec, path);
    return true;
}

/* ---- the value of a file ---- */

static bool add_file_problem(pv_submission_reader *reader, const pv_value *value, const char *message) {
    return add_problem(reader, value->spec, value->at, message);
}

/* Whether a file that is called one kind begins as it; says so where it does not. */
static bool hold_kinds_together(pv_submission_reader *reader, pv_value *value, const pv_file_look *look) {
    const char *found;
    pv_sentence said;
    pv_str path = pv_str_trim(value->text.value);
    value->size = look->size;
    value->kind = pv_file_kind_of_name(path);
    if (!value->kind) {
        if (pv_file_ending(path).size == 0)
            value->kind = pv_file_kind_of_head(look->head);
        return true;
    }
    if (pv_file_head_fits(value->kind, look->head, &found))
        return true;
    value->unreadable = true;
    snprintf(said.text, sizeof said.text,
             found[0] ? "by its name “%s” is %s, but what it holds is %s; give the file that is meant, or name "
                        "it as what it is"
                      : "by its name “%s” is %s, but it does not begin as one; it may be damaged, or only have been "
                        "renamed%s",
             pv_message_quote(path).text, value->kind->called, found);
    return add_file_problem(reader, value, said.text);
}

/* "plan.pdf, 12 MB": what an example says of a file, which nobody can look at. Without a size it has one byte. */
static bool take_word(pv_submission_reader *reader, pv_value *value) {
    pv_str text = pv_str_trim(value->text.value);
    size_t comma = pv_str_find(text, PV_STR(", "), 0);
    value->size = 1;
    if (comma != SIZE_MAX && pv_file_size_parse(pv_str_trim(pv_str_slice(text, comma + 1, text.size)), &value->size)) {
        const pv_text whole = value->text;
        size_t start = (size_t)(text.data - whole.value.data);
        if (!pv_text_slice(&value->text, reader->arena, &whole, start, start + comma, reader->error))
            return false;
        text = pv_str_slice(text, 0, comma);
    }
    value->kind = pv_file_kind_of_name(text);
    return true;
}

static bool look_at_path(pv_submission_reader *reader, pv_value *value) {
    const pv_file_look *look;
    pv_error failure = {0};
    if (!reader->attachments)
        return take_word(reader, value);
    if (pv_attachments_look(reader->attachments, pv_str_trim(value->text.value), &look, &failure)) {
        assert(look);
        return hold_kinds_together(reader, value, look);
    }
    value->unreadable = true;
    if (pv_attachments_is_mistake(&failure))
        return add_file_problem(reader, value, failure.message);
    return failure.code == PV_ERROR_MEMORY ? pv_fail_memory(reader->error)
                                           : pv_fail_at(reader->error, failure.code, value->at, "%s", failure.message);
}

bool pv_reader_look_at_file(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *node,
                            pv_value *out) {
    const pv_node *path = NULL;
    pv_error failure = {0};
    set_unreadable(out, spec, node->span);
    if (node->kind != PV_NODE_MAPPING)
        path = node;
    else if (!find_path(reader, spec, node, "a file beside the submission",
                        "this names no file; write its path, like letters/plan.pdf", &path))
        return false;
    if (!path)
        return true;
    if (!pv_reader_check_unquoted(reader, spec->label, spec->name, path))
        return false;
    if (pv_node_is_null(path))
        return true;
    if (!pv_value_read(out, reader->arena, spec, path, &failure)) {
        out->at = failure.where;
        return failure.code == PV_ERROR_MEMORY ? pv_fail_memory(reader->error)
                                               : add_file_problem(reader, out, failure.message);
    }
    return pv_value_is_blank(out) || out->accepted || look_at_path(reader, out);
}
