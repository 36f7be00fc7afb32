#include "model/source.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "model/message.h"

struct pv_cut_answer {
    pv_span at;             /* it and its cuts count from the file's base, so that a copy has the same */
    PV_ARRAY(pv_span) cuts; /* in order */
};

#define USUAL_LINE_BYTES ((size_t)48) /* the table of lines that are longer is made at once */

/* What one walk over the bytes of a file gathers. */
typedef struct byte_walk {
    pv_source *source;
    pv_arena *arena;
    PV_ARRAY(uint32_t) starts; /* of its lines */
    size_t bad_at;             /* the first byte that is NUL or not UTF-8, or SIZE_MAX */
} byte_walk;

static bool add_line(byte_walk *walk, size_t start) {
    if (!PV_ARRAY_RESERVE(walk->arena, &walk->starts))
        return false;
    walk->starts.items[walk->starts.count++] = (uint32_t)start;
    return true;
}

/* A character that readers of plain text do not all take for the same: a control character, a line separator, a byte
 * order mark, one that Unicode says is none. */
static bool is_odd(uint32_t code_point) {
    return (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 || code_point == 0x2029 ||
           code_point == 0xFEFF || (code_point & 0xFFFE) == 0xFFFE;
}

/* The character at offset, which is not ASCII; gives the offset after it. */
static size_t walk_character(byte_walk *walk, size_t at) {
    size_t length;
    uint32_t code_point = pv_utf8_decode(walk->source->bytes, at, &length);
    if (length == 1 && walk->bad_at == SIZE_MAX)
        walk->bad_at = at;
    walk->source->has_odd_characters |= is_odd(code_point);
    return at + length;
}

/* The offset of the first byte at or after from that is not printable ASCII, or the end. */
static size_t printable_end(pv_str bytes, size_t from) {
    for (; from + PV_BYTES_WORD <= bytes.size; from += PV_BYTES_WORD) {
        uint64_t others = pv_bytes_not_printable(pv_bytes_load(bytes.data + from));
        if (others)
            return from + pv_bytes_first(others);
    }
    while (from < bytes.size && bytes.data[from] >= ' ' && bytes.data[from] <= '~')
        from++;
    return from;
}

/* Looks at every byte once: where lines start, whether all is UTF-8 without NUL, whether there are odd characters.
 * False when memory is refused. */
static bool walk_bytes(byte_walk *walk) {
    pv_str bytes = walk->source->bytes;
    size_t at = printable_end(bytes, pv_source_text_start(walk->source) - walk->source->base);
    while (at < bytes.size) {
        char c = bytes.data[at];
        if ((unsigned char)c >= 0x80) {
            at = walk_character(walk, at);
        } else {
            at += c == '\r' && at + 1 < bytes.size && bytes.data[at + 1] == '\n' ? 2 : 1;
            if ((c == '\n' || c == '\r') && !add_line(walk, at))
                return false;
            walk->source->has_odd_characters |= c != '\n' && c != '\r' && c != '\t';
            if (c == '\0' && walk->bad_at == SIZE_MAX)
                walk->bad_at = at - 1;
        }
        at = printable_end(bytes, at);
    }
    return true;
}

static pv_span one_byte_at(size_t offset) {
    return (pv_span){(uint32_t)offset, (uint32_t)offset + 1};
}

/* UTF-16 text has its mark in front, or a zero byte in every character of the Latin alphabet. */
static bool looks_like_utf16(pv_str bytes) {
    if (bytes.size < 2)
        return false;
    return pv_str_starts_with(bytes, PV_STR("\xFF\xFE")) || pv_str_starts_with(bytes, PV_STR("\xFE\xFF")) ||
           (bytes.data[0] == '\0') != (bytes.data[1] == '\0');
}

/* bad_at: the first byte that is NUL or not UTF-8, or SIZE_MAX. */
static bool judge_encoding(pv_str bytes, size_t bad_at, pv_error *error) {
    if (looks_like_utf16(bytes)) {
        return pv_fail_at(error, PV_ERROR_ENCODING, one_byte_at(0),
                          "the file is in UTF-16; save it again with the encoding UTF-8");
    }
    if (bad_at == SIZE_MAX)
        return true;
    if (bytes.data[bad_at] == '\0')
        return pv_fail_at(error, PV_ERROR_ENCODING, one_byte_at(bad_at),
                          "a zero byte stands here, so this is not a text file, or it is damaged");
    return pv_fail_at(error, PV_ERROR_ENCODING, one_byte_at(bad_at),
                      "the byte %02X is not UTF-8 text (the file may be in Windows-1252); save it again with the "
                      "encoding UTF-8",
                      (unsigned)(unsigned char)bytes.data[bad_at]);
}

bool pv_source_check_encoding(pv_str bytes, pv_error *error) {
    const char *nul = bytes.size > 0 ? memchr(bytes.data, '\0', bytes.size) : NULL;
    size_t invalid = pv_utf8_invalid_at(bytes);
    bool is_nul_first = nul && (size_t)(nul - bytes.data) < invalid;
    return judge_encoding(bytes, is_nul_first ? (size_t)(nul - bytes.data) : invalid, error);
}

/* "./-" stays as it is: "-" alone is standard input. */
pv_str pv_path_relative(pv_str path) {
    while (path.size > 2 && path.data[0] == '.' && path.data[1] == '/') {
        pv_str rest = pv_str_slice(path, 2, path.size);
        while (rest.size > 1 && rest.data[0] == '/')
            rest = pv_str_slice(rest, 1, rest.size);
        if (pv_str_equal(rest, PV_STR("-")))
            break;
        path = rest;
    }
    return path;
}

static bool fail_too_large(pv_error *error) {
    return pv_fail(error, PV_ERROR_LIMIT, "a submission and the files beside it are larger than 4 GB");
}

/* A file whose offsets begin at base. *out is set on an encoding error too. */
static bool open_file(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, size_t base, const pv_limits *limits,
                      pv_error *error) {
    *out = NULL;
    if (bytes.size > limits->source_bytes || bytes.size >= UINT32_MAX)
        return pv_fail(error, PV_ERROR_LIMIT, "the file is larger than the limit of %zu bytes", limits->source_bytes);
    if (bytes.size >= UINT32_MAX - base)
        return fail_too_large(error);
    pv_source *source = PV_NEW(arena, pv_source);
    if (!source)
        return pv_fail_memory(error);
    source->path = pv_path_relative(path);
    source->bytes = bytes;
    source->base = (uint32_t)base;
    byte_walk walk = {.source = source, .arena = arena, .bad_at = SIZE_MAX};
    walk.starts.capacity = 1 + bytes.size / USUAL_LINE_BYTES;
    walk.starts.items = pv_arena_room(arena, walk.starts.capacity * sizeof *walk.starts.items);
    if (!walk.starts.items || !add_line(&walk, 0) || !walk_bytes(&walk))
        return pv_fail_memory(error);
    source->line_starts = walk.starts.items;
    source->line_count = walk.starts.count;
    *out = source;
    return judge_encoding(bytes, walk.bad_at, error);
}

bool pv_source_new(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                   pv_error *error) {
    return open_file(out, arena, path, bytes, 0, limits, error);
}

/* ---- attached files ---- */

pv_str pv_source_sibling_name(const pv_source *source, pv_str path) {
    size_t folder = source->path.size;
    path = pv_path_relative(path);
    while (folder > 0 && source->path.data[folder - 1] != '/')
        folder--;
    bool inside = pv_str_starts_with(path, pv_str_slice(source->path, 0, folder));
    return pv_str_slice(path, inside ? folder : 0, path.size);
}

/* What was wrong with a file that is not attached, said without a span, which would be one into no file. */
static bool fail_attaching(const pv_source *file, pv_str path, const pv_error *failure, pv_error *error) {
    if (failure->code == PV_ERROR_MEMORY)
        return pv_fail_memory(error);
    if (!file || !failure->has_where)
        return pv_fail(error, failure->code, "%s: %s", pv_message_quote(path).text, failure->message);
    return pv_fail(error, failure->code, "%s, %s: %s", pv_message_quote(path).text,
                   pv_source_describe(file, file->base + failure->where.start).text, failure->message);
}

/* Where the next file that is attached begins. */
static size_t next_base(const pv_source *source) {
    return pv_source_end(source->attached_count > 0 ? source->attached[source->attached_count - 1] : source) + 1;
}

static bool add_attached(pv_source *source, pv_arena *arena, pv_source *file, pv_error *error) {
    if (source->attached_count == source->attached_capacity &&
        !pv_array_grow(arena, &source->attached, &source->attached_capacity, source->attached_count,
                       sizeof *source->attached))
        return pv_fail_memory(error);
    source->attached[source->attached_count++] = file;
    return true;
}

static bool attach(pv_source *source, pv_arena *arena, pv_str path, pv_str bytes, const pv_ruler *ruler,
                   const pv_limits *limits, const pv_source **out, pv_error *error) {
    pv_source *file;
    pv_error failure = {0};
    *out = NULL;
    if (!open_file(&file, arena, path, bytes, next_base(source), limits, &failure))
        return fail_attaching(file, pv_source_sibling_name(source, path), &failure, error);
    if (!add_attached(source, arena, file, error))
        return false;
    assert(file);
    file->ruler = ruler;
    *out = file;
    return true;
}

bool pv_source_attach(pv_source *source, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                      const pv_source **out, pv_error *error) {
    return attach(source, arena, path, bytes, NULL, limits, out, error);
}

static bool copy_cuts(pv_source *out, pv_arena *arena, const pv_source *file, pv_error *error) {
    const uint32_t base = out->base;
    for (size_t i = 0; i < file->cut_answer_count; i++) {
        const pv_cut_answer *answer = &file->cut_answers[i];
        const pv_span at = {base + answer->at.start, base + answer->at.end};
        for (size_t n = 0; n < answer->cuts.count; n++) {
            const pv_span cut = {base + answer->cuts.items[n].start, base + answer->cuts.items[n].end};
            if (!pv_source_add_cut(out, arena, at, cut, error))
                return false;
        }
    }
    return true;
}

/* The file was within its limits when it was read. */
bool pv_source_attach_copy(pv_source *source, pv_arena *arena, const pv_source *file, const pv_source **out,
                           pv_error *error) {
    pv_limits limits = pv_limits_default();
    limits.source_bytes = limits.attached_bytes = limits.attached_files = SIZE_MAX;
    pv_str path = pv_arena_copy(arena, file->path);
    pv_str bytes = pv_arena_copy(arena, file->bytes);
    const pv_ruler *ruler = file->ruler ? file->ruler->copy(file->ruler, arena) : NULL;
    if (!path.data || !bytes.data || (file->ruler && !ruler))
        return pv_fail_memory(error);
    if (!attach(source, arena, path, bytes, ruler, &limits, out, error))
        return false;
    return copy_cuts(source->attached[source->attached_count - 1], arena, file, error);
}

bool pv_source_attach_outline(pv_source *source, pv_arena *arena, pv_str path, size_t size, pv_source **out,
                              pv_error *error) {
    size_t base = next_base(source);
    if (size >= UINT32_MAX || size >= UINT32_MAX - base)
        return fail_too_large(error);
    pv_source *file = PV_NEW(arena, pv_source);
    pv_str name = pv_arena_copy(arena, path);
    if (!file || !name.data)
        return pv_fail_memory(error);
    *file = (pv_source){.path = name, .bytes.size = size, .base = (uint32_t)base};
    *out = file;
    return add_attached(source, arena, file, error);
}

bool pv_source_fill(pv_source *outline, pv_arena *arena, const pv_source *file, pv_error *error) {
    pv_source filled = *file;
    uint32_t *starts = PV_NEW_ARRAY(arena, uint32_t, file->line_count);
    filled.path = outline->path;
    filled.base = outline->base;
    filled.bytes = pv_arena_copy(arena, file->bytes);
    filled.line_starts = starts;
    filled.ruler = file->ruler ? file->ruler->copy(file->ruler, arena) : NULL;
    filled.attached = NULL;
    filled.attached_count = filled.attached_capacity = 0;
    filled.cut_answers = NULL;
    filled.cut_answer_count = filled.cut_answer_capacity = 0;
    if (!filled.bytes.data || !starts || (file->ruler && !filled.ruler))
        return pv_fail_memory(error);
    memcpy(starts, file->line_starts, file->line_count * sizeof *starts);
    if (!copy_cuts(&filled, arena, file, error))
        return false;
    *outline = filled;
    return true;
}

const pv_source *pv_source_part(const pv_source *source, size_t offset) {
    if (source->attached_count == 0 || offset < source->attached[0]->base)
        return source;
    size_t low = 0;
    size_t high = source->attached_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->attached[middle]->base <= offset)
            low = middle;
        else
            high = middle;
    }
    return source->attached[low];
}

pv_str pv_source_path_at(const pv_source *source, size_t offset) {
    return pv_source_part(source, offset)->path;
}

/* ---- lines and places ---- */

/* Index of the last line that starts at or before offset, which counts from the file's first byte. */
static size_t line_index_of(const pv_source *file, size_t offset) {
    size_t low = 0;
    size_t high = file->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (file->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t pv_source_text_start(const pv_source *file) {
    return file->base + pv_utf8_mark_size(file->bytes);
}

size_t pv_source_end(const pv_source *file) {
    return file->base + file->bytes.size;
}

/* By line and column, which is how a place is called where no ruler says otherwise. */
static pv_position locate_in_lines(const pv_source *file, size_t offset) {
    size_t line = line_index_of(file, offset - file->base);
    size_t start = line > 0 ? file->base + file->line_starts[line] : pv_source_text_start(file);
    size_t before = 0;
    if (offset > start)
        before = pv_utf8_length(pv_str_slice(file->bytes, start - file->base, offset - file->base));
    return (pv_position){(uint32_t)line + 1, (uint32_t)before + 1};
}

pv_position pv_source_locate(const pv_source *source, size_t offset) {
    const pv_source *file = pv_source_part(source, offset);
    assert(offset >= file->base && offset <= pv_source_end(file));
    return file->ruler ? file->ruler->locate(file->ruler, file, offset) : locate_in_lines(file, offset);
}

pv_source_place pv_source_describe(const pv_source *source, size_t offset) {
    const pv_source *file = pv_source_part(source, offset);
    if (file->ruler)
        return file->ruler->describe(file->ruler, file, offset);
    pv_source_place words;
    pv_position at = pv_source_locate(source, offset);
    snprintf(words.text, sizeof words.text, "line %u, column %u", (unsigned)at.line, (unsigned)at.column);
    return words;
}

pv_spot pv_source_spot(const pv_source *source, size_t offset) {
    const pv_source *file = pv_source_part(source, offset);
    pv_spot spot = {0};
    if (file->ruler && file->ruler->spot)
        file->ruler->spot(file->ruler, file, offset, &spot);
    return spot;
}

bool pv_source_has_lines(const pv_source *source, size_t offset) {
    const pv_ruler *ruler = pv_source_part(source, offset)->ruler;
    return !ruler || !ruler->spot;
}

size_t pv_source_line_start(const pv_source *file, uint32_t line) {
    assert(line >= 1);
    return line <= file->line_count ? file->base + file->line_starts[line - 1] : pv_source_end(file);
}

uint32_t pv_source_line_at(const pv_source *file, size_t offset) {
    return (uint32_t)line_index_of(file, offset - file->base) + 1;
}

pv_str pv_source_line(const pv_source *file, uint32_t line) {
    size_t start = pv_source_line_start(file, line) - file->base;
    size_t end = pv_source_line_start(file, line + 1) - file->base;
    if (end > start && file->bytes.data[end - 1] == '\n')
        end--;
    if (end > start && file->bytes.data[end - 1] == '\r')
        end--;
    return pv_str_slice(file->bytes, start, end);
}

pv_str pv_source_slice(const pv_source *source, pv_span span) {
    const pv_source *file = pv_source_part(source, span.start);
    return pv_str_slice(file->bytes, span.start - file->base, span.end - file->base);
}

/* ---- parts ---- */

static bool spans_equal(pv_span a, pv_span b) {
    return a.start == b.start && a.end == b.end;
}

/* The answer last added when it is the one at `at`, else a new one; NULL when memory is refused. */
static pv_cut_answer *cut_answer_at(pv_source *file, pv_arena *arena, pv_span at) {
    const size_t count = file->cut_answer_count;
    if (count > 0 && spans_equal(file->cut_answers[count - 1].at, at))
        return &file->cut_answers[count - 1];
    if (count == file->cut_answer_capacity &&
        !pv_array_grow(arena, &file->cut_answers, &file->cut_answer_capacity, count, sizeof *file->cut_answers))
        return NULL;
    assert(file->cut_answers);
    file->cut_answers[count] = (pv_cut_answer){.at = at};
    file->cut_answer_count++;
    return &file->cut_answers[count];
}

bool pv_source_add_cut(pv_source *file, pv_arena *arena, pv_span answer, pv_span cut, pv_error *error) {
    const pv_span at = {answer.start - file->base, answer.end - file->base};
    const pv_span inside = {cut.start - file->base, cut.end - file->base};
    assert(at.start < inside.start && inside.start < inside.end && inside.end < at.end);
    pv_cut_answer *cut_answer = cut_answer_at(file, arena, at);
    pv_span *added = cut_answer ? PV_ARRAY_ADD(arena, &cut_answer->cuts) : NULL;
    if (!added)
        return pv_fail_memory(error);
    assert(added == cut_answer->cuts.items || added[-1].end < inside.start);
    *added = inside;
    return true;
}

/* How many of the cuts of an answer begin before offset. */
static size_t cuts_before(const pv_cut_answer *answer, size_t offset) {
    size_t low = 0;
    size_t high = answer->cuts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (answer->cuts.items[middle].start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether span begins and ends in parts of the answer, and which of its cuts it reaches over. */
static bool reaches_over(const pv_cut_answer *answer, pv_span span, size_t *first, size_t *end) {
    const pv_span *cuts = answer->cuts.items;
    if (span.start < answer->at.start || span.end > answer->at.end || span.start >= span.end)
        return false;
    *first = cuts_before(answer, (size_t)span.start + 1);
    *end = cuts_before(answer, span.end);
    return (*first == 0 || cuts[*first - 1].end <= span.start) && (*end == 0 || cuts[*end - 1].end < span.end) &&
           *first < *end;
}

pv_parts pv_source_parts(const pv_source *source, pv_span span) {
    const pv_source *file = pv_source_part(source, span.start);
    const pv_span local = {span.start - file->base, span.end - file->base};
    pv_parts parts = {.file = file, .span = span};
    size_t first;
    size_t end;
    for (size_t i = 0; i < file->cut_answer_count && parts.cut_count == 0; i++) {
        if (reaches_over(&file->cut_answers[i], local, &first, &end)) {
            parts.cuts = &file->cut_answers[i].cuts.items[first];
            parts.cut_count = end - first;
        }
    }
    return parts;
}

pv_span pv_parts_at(const pv_parts *parts, size_t index) {
    const pv_source *file = parts->file;
    pv_span part = parts->span;
    if (index > 0)
        part.start = file->base + parts->cuts[index - 1].end;
    if (index < parts->cut_count)
        part.end = file->base + parts->cuts[index].start;
    pv_str words = pv_str_trim(pv_str_slice(file->bytes, part.start - file->base, part.end - file->base));
    const uint32_t start = file->base + (uint32_t)(words.data - file->bytes.data);
    if (index > 0)
        part.start = start;
    if (index < parts->cut_count)
        part.end = start + (uint32_t)words.size;
    return part;
}

pv_str pv_source_words(const pv_source *source, pv_span span, pv_buf *scratch) {
    const pv_parts parts = pv_source_parts(source, span);
    if (parts.cut_count == 0)
        return pv_source_slice(source, span);
    pv_buf_reset(scratch);
    for (size_t i = 0; i < pv_parts_count(&parts); i++) {
        if (i > 0)
            pv_buf_append_char(scratch, '\n');
        pv_buf_append(scratch, pv_source_slice(source, pv_parts_at(&parts, i)));
    }
    return pv_buf_str(scratch);
}
