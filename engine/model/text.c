#include "model/text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "text/lists.h"
#include "text/words.h"

/* ---- segments ---- */

static bool is_byte_for_byte(const pv_segment *segment) {
    return segment->value.end - segment->value.start == segment->source.end - segment->source.start;
}

/* Index of the segment that holds value byte offset, which must lie inside the value. */
static size_t segment_index(const pv_text *text, size_t offset) {
    size_t low = 0;
    size_t high = text->segment_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->segments[middle].value.start <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The part of a segment that lies in value bytes [start, end): cut on both sides where it is byte for byte, else
 * whole on the side of the source. */
static pv_segment cut_segment(pv_segment segment, size_t start, size_t end) {
    pv_segment part = segment;
    if (start > segment.value.start)
        part.value.start = (uint32_t)start;
    if (end < segment.value.end)
        part.value.end = (uint32_t)end;
    if (is_byte_for_byte(&segment)) {
        part.source.start += part.value.start - segment.value.start;
        part.source.end -= segment.value.end - part.value.end;
    }
    return part;
}

void pv_segments_begin(pv_segment_list *list, pv_arena *arena) {
    list->arena = arena;
    list->items = NULL;
    list->count = 0;
    list->capacity = sizeof list->local / sizeof list->local[0];
    list->covered = 0;
}

static pv_segment *segments_of(pv_segment_list *list) {
    return list->items ? list->items : list->local;
}

static bool grow_list(pv_segment_list *list, pv_error *error) {
    size_t old_size = list->items ? list->capacity * sizeof *list->items : 0;
    size_t new_capacity = list->capacity * 2;
    pv_segment *items =
        pv_memory_resize(pv_arena_memory(list->arena), list->items, old_size, new_capacity * sizeof *items);
    if (!items)
        return pv_fail_memory(error);
    if (!list->items)
        memcpy(items, list->local, list->count * sizeof *items);
    list->items = items;
    list->capacity = new_capacity;
    return true;
}

bool pv_segments_add(pv_segment_list *list, size_t size, pv_span source, pv_error *error) {
    if (size == 0)
        return true;
    pv_segment added = {.value = {list->covered, list->covered + (uint32_t)size}, .source = source};
    list->covered = added.value.end;
    pv_segment *last = list->count > 0 ? &segments_of(list)[list->count - 1] : NULL;
    if (last && last->source.end == source.start && is_byte_for_byte(last) && is_byte_for_byte(&added)) {
        last->value.end = added.value.end;
        last->source.end = source.end;
        return true;
    }
    if (list->count == list->capacity && !grow_list(list, error))
        return false;
    segments_of(list)[list->count++] = added;
    return true;
}

bool pv_segments_add_part(pv_segment_list *list, const pv_text *text, size_t start, size_t end, pv_error *error) {
    if (start == end)
        return true;
    for (size_t i = segment_index(text, start); i < text->segment_count && text->segments[i].value.start < end; i++) {
        pv_segment part = cut_segment(text->segments[i], start, end);
        if (!pv_segments_add(list, part.value.end - part.value.start, part.source, error))
            return false;
    }
    return true;
}

bool pv_segments_finish(pv_segment_list *list, pv_text *out, pv_error *error) {
    pv_segment *kept = PV_NEW_ARRAY(list->arena, pv_segment, list->count);
    if (kept && list->count > 0)
        memcpy(kept, segments_of(list), list->count * sizeof *kept);
    out->segments = kept;
    out->segment_count = kept ? list->count : 0;
    pv_segments_abandon(list);
    return kept || pv_fail_memory(error);
}

bool pv_segments_abandon(pv_segment_list *list) {
    if (list->items)
        pv_memory_free(pv_arena_memory(list->arena), list->items, list->capacity * sizeof *list->items);
    list->items = NULL;
    list->count = 0;
    return false;
}

/* ---- places and parts ---- */

/* The empty place before value byte offset; at the end of the value, after its last byte. */
static pv_span locate_point(const pv_text *text, size_t offset) {
    if (text->segment_count == 0)
        return (pv_span){text->span.start, text->span.start};
    uint32_t at;
    if (offset == text->value.size)
        at = text->segments[text->segment_count - 1].source.end;
    else
        at = cut_segment(text->segments[segment_index(text, offset)], offset, text->value.size).source.start;
    return (pv_span){at, at};
}

pv_span pv_text_locate(const pv_text *text, size_t start, size_t end) {
    assert(start <= end && end <= text->value.size);
    if (start == end)
        return locate_point(text, start);
    pv_segment first = cut_segment(text->segments[segment_index(text, start)], start, end);
    pv_segment last = cut_segment(text->segments[segment_index(text, end - 1)], start, end);
    return (pv_span){first.source.start, last.source.end};
}

/* Gives out, which is value bytes [start, end), the labels that stand before something in them. */
static bool copy_labels(const pv_text *text, size_t start, size_t end, pv_arena *arena, pv_text *out, pv_error *error) {
    size_t count = 0;
    for (size_t i = 0; i < text->label_count; i++)
        count += text->labels[i].at >= start && text->labels[i].at < end;
    if (count == 0)
        return true;
    pv_made_label *labels = PV_NEW_ARRAY(arena, pv_made_label, count);
    if (!labels)
        return pv_fail_memory(error);
    out->labels = labels;
    for (size_t i = 0; i < text->label_count; i++)
        if (text->labels[i].at >= start && text->labels[i].at < end)
            labels[out->label_count++] = (pv_made_label){text->labels[i].at - (uint32_t)start, text->labels[i].label};
    return true;
}

bool pv_text_slice(pv_text *out, pv_arena *arena, const pv_text *text, size_t start, size_t end, pv_error *error) {
    pv_text part = {
        .value = pv_str_slice(text->value, start, end), .span = pv_text_locate(text, start, end), .exact = text->exact};
    if (end - start == text->value.size) {
        part.segments = text->segments;
        part.segment_count = text->segment_count;
        part.labels = text->labels;
        part.label_count = text->label_count;
        part.marks = text->marks;
        part.is_prose_of_part = text->is_prose_of_part;
        *out = part;
        return true;
    }
    pv_segment_list list;
    pv_segments_begin(&list, arena);
    if (!pv_segments_add_part(&list, text, start, end, error))
        return pv_segments_abandon(&list);
    *out = part;
    return pv_segments_finish(&list, out, error) && copy_labels(text, start, end, arena, out, error);
}

bool pv_text_made_from(pv_text *out, pv_arena *arena, pv_str value, pv_span source, pv_error *error) {
    *out = (pv_text){.value = value, .span = source, .exact = true};
    pv_segment_list list;
    pv_segments_begin(&list, arena);
    if (!pv_segments_add(&list, value.size, source, error))
        return pv_segments_abandon(&list);
    return pv_segments_finish(&list, out, error);
}

bool pv_text_verbatim(pv_text *out, pv_arena *arena, pv_str value, size_t base, pv_error *error) {
    assert(base <= UINT32_MAX && value.size <= UINT32_MAX - base);
    return pv_text_made_from(out, arena, value, (pv_span){(uint32_t)base, (uint32_t)(base + value.size)}, error);
}

static bool copy_indents(const pv_text *text, size_t start, size_t end, pv_arena *arena, pv_line_starts *out,
                         pv_error *error) {
    pv_buf found = pv_gather_start(arena);
    for (size_t i = 0; i < text->indent_count; i++) {
        pv_line_indent indent = text->indents[i];
        if (indent.at < start || indent.at >= end)
            continue;
        indent.at -= (uint32_t)start;
        pv_gather_add(&found, &indent, sizeof indent);
    }
    out->indents = pv_gather_finish(&found, arena, sizeof *out->indents, &out->indent_count, error);
    return out->indents != NULL;
}

bool pv_text_line_starts(const pv_text *text, size_t start, size_t end, pv_arena *arena, pv_line_starts *out,
                         pv_error *error) {
    *out = (pv_line_starts){0};
    pv_buf found = pv_gather_start(arena);
    for (size_t i = start < end ? segment_index(text, start) : text->segment_count;
         i < text->segment_count && text->segments[i].value.start < end; i++) {
        const pv_segment *segment = &text->segments[i];
        bool is_joint = segment->value.end == segment->value.start + 1 && !is_byte_for_byte(segment) &&
                        text->value.data[segment->value.start] == ' ';
        if (!is_joint || segment->value.start < start || segment->value.end >= end)
            continue;
        uint32_t at = segment->value.end - (uint32_t)start;
        pv_gather_add(&found, &at, sizeof at);
    }
    out->at = pv_gather_finish(&found, arena, sizeof *out->at, &out->count, error);
    return out->at && copy_indents(text, start, end, arena, out, error);
}

size_t pv_text_label_words(const pv_text *text, size_t start, size_t end) {
    size_t words = 0;
    for (size_t i = 0; i < text->label_count; i++) {
        size_t own = 0;
        pv_error none = {0};
        if (text->labels[i].at >= start && text->labels[i].at < end &&
            pv_words_count(text->labels[i].label, PV_WORD_METHOD_WORD, &own, &none))
            words += own;
    }
    return words;
}

/* ---- lists that made labels enumerate ---- */

/* A part of a text as it reads with its made labels, each followed by a space. */
typedef struct labelled_text {
    const pv_text *text;
    size_t start;
    size_t first; /* of the labels, those in the part */
    size_t end;
    pv_buf bytes;
} labelled_text;

static size_t size_in(const labelled_text *written, size_t label) {
    return written->text->labels[label].label.size + 1;
}

/* Where what stands at offset of the part, or the label before it, begins in the text with labels. */
static uint32_t with_labels(const labelled_text *written, size_t offset) {
    size_t more = 0;
    for (size_t i = written->first; i < written->end && written->text->labels[i].at - written->start < offset; i++)
        more += size_in(written, i);
    return (uint32_t)(offset + more);
}

/* The reverse: within a label, what that stands before. */
static uint32_t without_labels(const labelled_text *written, size_t offset) {
    size_t less = 0;
    for (size_t i = written->first; i < written->end; i++) {
        size_t at = written->text->labels[i].at - written->start;
        if (offset <= at + less)
            break;
        if (offset < at + less + size_in(written, i))
            return (uint32_t)at;
        less += size_in(written, i);
    }
    return (uint32_t)(offset - less);
}

static pv_str write_labels(labelled_text *written, size_t end) {
    size_t done = written->start;
    for (size_t i = written->first; i < written->end; i++) {
        const pv_made_label *label = &written->text->labels[i];
        pv_buf_append(&written->bytes, pv_str_slice(written->text->value, done, label->at));
        pv_buf_append(&written->bytes, label->label);
        pv_buf_append_char(&written->bytes, ' ');
        done = label->at;
    }
    pv_buf_append(&written->bytes, pv_str_slice(written->text->value, done, end));
    return pv_buf_str(&written->bytes);
}

static bool move_starts(const labelled_text *written, pv_arena *arena, pv_line_starts *starts, pv_error *error) {
    uint32_t *at = PV_NEW_ARRAY(arena, uint32_t, starts->count);
    pv_line_indent *indents = PV_NEW_ARRAY(arena, pv_line_indent, starts->indent_count);
    if (!at || !indents)
        return pv_fail_memory(error);
    for (size_t i = 0; i < starts->count; i++)
        at[i] = with_labels(written, starts->at[i]);
    for (size_t i = 0; i < starts->indent_count; i++)
        indents[i] = (pv_line_indent){with_labels(written, starts->indents[i].at), starts->indents[i].columns};
    starts->at = at;
    starts->indents = indents;
    return true;
}

static bool find_labelled_items(labelled_text *written, size_t end, pv_arena *arena, pv_line_starts *starts,
                                pv_list_items *out, pv_error *error) {
    pv_str bytes = pv_arena_copy(arena, write_labels(written, end));
    if (written->bytes.failed || !bytes.data)
        return pv_fail_memory(error);
    if (!move_starts(written, arena, starts, error) || !pv_lists_find(arena, bytes, starts, out, error))
        return false;
    pv_list_item *items = PV_NEW_ARRAY(arena, pv_list_item, out->count);
    if (!items)
        return pv_fail_memory(error);
    for (size_t i = 0; i < out->count; i++) {
        items[i] = out->items[i];
        items[i].marker =
            (pv_span){without_labels(written, items[i].marker.start), without_labels(written, items[i].marker.end)};
        items[i].body =
            (pv_span){without_labels(written, items[i].body.start), without_labels(written, items[i].body.end)};
    }
    out->items = items;
    return true;
}

bool pv_text_find_items(const pv_text *text, size_t start, size_t end, pv_arena *arena, pv_list_items *out,
                        pv_error *error) {
    pv_line_starts starts;
    labelled_text written = {.text = text, .start = start, .bytes = pv_buf_on(pv_arena_memory(arena))};
    if (!pv_text_line_starts(text, start, end, arena, &starts, error))
        return false;
    while (written.first < text->label_count && text->labels[written.first].at < start)
        written.first++;
    written.end = written.first;
    while (written.end < text->label_count && text->labels[written.end].at < end)
        written.end++;
    if (written.end == written.first)
        return pv_lists_find(arena, pv_str_slice(text->value, start, end), &starts, out, error);
    bool found = find_labelled_items(&written, end, arena, &starts, out, error);
    pv_buf_clear(&written.bytes);
    return found;
}

void pv_labelled_count(size_t count, char out[PV_LABELLED_SIZE]) {
    snprintf(out, PV_LABELLED_SIZE, ", %zu with the numbers and bullets that the word processor adds", count);
}

bool pv_text_is_blank(const pv_text *text) {
    for (size_t at = 0, length; at < text->value.size; at += length) {
        uint32_t code_point = pv_utf8_decode(text->value, at, &length);
        bool is_control = code_point < ' ' || code_point == 0x7F;
        if (!pv_utf8_is_white_space(code_point) && !pv_utf8_is_invisible(code_point) && !is_control)
            return false;
    }
    return true;
}

/* ---- folding to prose ---- */

/* A run of white space with line breaks in it, or the end of the text. */
typedef struct line_gap {
    size_t start;
    size_t end;
    size_t breaks;
} line_gap;

typedef struct folding {
    const pv_text *text;
    pv_wrapping wrapping;
    bool is_one_line;    /* but for line breaks that became spaces */
    size_t next_segment; /* where the next line break that became a space is looked for */
    char *bytes;         /* the value being made */
    size_t size;
    pv_segment_list segments;
    pv_buf indents; /* pv_line_indent of the lines that were indented */
    size_t next_label;
    pv_made_label *labels; /* as many as the text has; those before next_label are placed */
} folding;

static bool is_line_break(uint32_t code_point) {
    return (code_point >= '\n' && code_point <= '\r') || code_point == 0x85 || code_point == 0x2028 ||
           code_point == 0x2029;
}

/* Whether bytes [from, end) surely hold no line break, as those of a text whose lines are joined do not. */
static bool is_one_line(pv_str value, size_t from, size_t end) {
    pv_block others = {0};
    for (; from + PV_BLOCK_BYTES <= end; from += PV_BLOCK_BYTES) {
        const pv_block block = pv_block_load(value.data + from);
        others |= pv_block_within(block, '\n', '\r') | pv_block_not_ascii(block);
    }
    bool is = pv_block_bits(others) == 0;
    for (; is && from < end; from++)
        is = (unsigned char)value.data[from] < 0x80 && !is_line_break((unsigned char)value.data[from]);
    return is;
}

/* Start of the first line break in value bytes [from, end), or end. */
static size_t find_line_break(pv_str value, size_t from, size_t end) {
    pv_str part = {value.data, end};
    size_t at = pv_utf8_plain_end(part, from, '\0', '\0');
    for (size_t length; at < end; at = pv_utf8_plain_end(part, at + length, '\0', '\0'))
        if (is_line_break(pv_utf8_decode(part, at, &length)))
            return at;
    return end;
}

/* Start of the white space that ends at offset, no further back than from. */
static size_t white_space_start(pv_str value, size_t from, size_t offset) {
    while (offset > from) {
        size_t length;
        size_t previous = pv_utf8_previous(value, offset);
        if (!pv_utf8_is_white_space(pv_utf8_decode(value, previous, &length)))
            break;
        offset = previous;
    }
    return offset;
}

/* End of the white space that starts at offset; the line breaks in it, CR LF as one. */
static size_t white_space_end(pv_str value, size_t offset, size_t end, size_t *breaks) {
    *breaks = 0;
    for (size_t length; offset < end; offset += length) {
        uint32_t code_point = pv_utf8_decode(value, offset, &length);
        if (!pv_utf8_is_white_space(code_point))
            break;
        bool ends_crlf = code_point == '\n' && offset > 0 && value.data[offset - 1] == '\r';
        *breaks += is_line_break(code_point) && !ends_crlf;
    }
    return offset;
}

static bool is_white_space_at(pv_str value, size_t offset) {
    size_t length;
    return offset < value.size && pv_utf8_is_white_space(pv_utf8_decode(value, offset, &length));
}

/* Start of the first line break in value bytes [from, end) that has become a space, with further white space beside it;
 * or end. Asked for in order. */
static size_t find_joint(folding *fold, size_t from, size_t end) {
    const pv_text *text = fold->text;
    if (fold->wrapping != PV_WRAPPING_JOINED)
        return end;
    for (; fold->next_segment < text->segment_count; fold->next_segment++) {
        const pv_segment *segment = &text->segments[fold->next_segment];
        size_t at = segment->value.start;
        if (at >= end)
            break;
        bool is_joint =
            at > from && segment->value.end == at + 1 && text->value.data[at] == ' ' && !is_byte_for_byte(segment);
        if (is_joint && at + 1 < text->value.size && pv_ascii_is_letter_or_digit(text->value.data[at - 1]) &&
            pv_ascii_is_letter_or_digit(text->value.data[at + 1]))
            continue; /* as nearly all stand */
        if (is_joint && (is_white_space_at(text->value, pv_utf8_previous(text->value, at)) ||
                         is_white_space_at(text->value, at + 1)))
            return at;
    }
    return end;
}

static line_gap next_gap(folding *fold, size_t from, size_t end) {
    line_gap found;
    pv_str value = fold->text->value;
    size_t line_break = fold->is_one_line ? end : find_line_break(value, from, end);
    size_t joint = find_joint(fold, from, line_break);
    line_break = joint < line_break ? joint : line_break;
    found.start = white_space_start(value, from, line_break);
    found.end = white_space_end(value, line_break, end, &found.breaks);
    return found;
}

/* Places the labels before what is kept next: one that stands before white space, before what follows that. */
static void place_labels(folding *fold, size_t start, size_t end) {
    const pv_text *text = fold->text;
    for (; fold->next_label < text->label_count && text->labels[fold->next_label].at < end; fold->next_label++) {
        size_t at = text->labels[fold->next_label].at;
        fold->labels[fold->next_label] = (pv_made_label){(uint32_t)(fold->size + (at > start ? at - start : 0)),
                                                         text->labels[fold->next_label].label};
    }
}

static bool has_label_at(const pv_text *text, size_t offset) {
    for (size_t i = 0; i < text->label_count; i++)
        if (text->labels[i].at == offset)
            return true;
    return false;
}

static bool keep(folding *fold, size_t start, size_t end, pv_error *error) {
    place_labels(fold, start, end);
    memcpy(fold->bytes + fold->size, fold->text->value.data + start, end - start);
    fold->size += end - start;
    return pv_segments_add_part(&fold->segments, fold->text, start, end, error);
}

static bool replace(folding *fold, line_gap old, char separator, pv_error *error) {
    fold->bytes[fold->size++] = separator;
    return pv_segments_add(&fold->segments, 1, pv_text_locate(fold->text, old.start, old.end), error);
}

static pv_str line_at(pv_str value, size_t start, size_t end) {
    size_t line_feed = pv_str_find(pv_str_slice(value, 0, end), PV_STR("\n"), start);
    return pv_str_slice(value, start, line_feed == SIZE_MAX ? end : line_feed);
}

bool pv_text_joins_at_hyphen(pv_str line, pv_str next) {
    static const pv_str not_joined[] = {PV_STR("and "), PV_STR("or "),     PV_STR("to "),
                                        PV_STR("nor "), PV_STR("versus "), PV_STR("through ")};
    if (line.size == 0 || next.size == 0)
        return false;
    size_t hyphen = pv_utf8_previous(line, line.size);
    size_t length;
    uint32_t sign = pv_utf8_decode(line, hyphen, &length);
    bool is_hyphen = sign == '-' || sign == 0x2010 || sign == 0x2011 || sign == 0xAD;
    if (!is_hyphen || hyphen == 0)
        return false;
    for (size_t i = 0; i < sizeof not_joined / sizeof not_joined[0]; i++)
        if (pv_str_starts_with_ascii_folded(next, not_joined[i]))
            return false;
    return pv_utf8_is_word_character(pv_utf8_decode(line, pv_utf8_previous(line, hyphen), &length)) &&
           pv_utf8_is_word_character(pv_utf8_decode(next, 0, &length));
}

/* The blanks that end at offset, from the line break before them or from `from`: a tab counts as four. */
static void keep_indent(folding *fold, size_t from, size_t offset) {
    pv_str value = fold->text->value;
    uint32_t columns = 0;
    while (offset > from) {
        size_t length;
        offset = pv_utf8_previous(value, offset);
        uint32_t code_point = pv_utf8_decode(value, offset, &length);
        if (is_line_break(code_point))
            break;
        columns += code_point == '\t' ? 4 : 1;
    }
    pv_line_indent indent = {(uint32_t)fold->size, columns};
    if (columns > 0)
        pv_gather_add(&fold->indents, &indent, sizeof indent);
}

/* Folds value bytes [from, end), which neither start nor end with white space. */
static bool fold_range(folding *fold, size_t from, size_t end, pv_error *error) {
    pv_str value = fold->text->value;
    while (true) {
        line_gap next = next_gap(fold, from, end);
        if (!keep(fold, from, next.start, error))
            return false;
        if (next.start == end)
            return true;
        bool may_wrap = fold->wrapping == PV_WRAPPING_HARD && next.breaks == 1 && !has_label_at(fold->text, next.end);
        if (may_wrap &&
            pv_text_joins_at_hyphen(pv_str_slice(value, 0, next.start), pv_str_slice(value, next.end, end))) {
            from = next.end;
            continue;
        }
        bool is_wrap = next.breaks == 0 || (may_wrap && !pv_marker_opens(line_at(value, next.end, end)));
        if (!replace(fold, next, is_wrap ? ' ' : '\n', error))
            return false;
        if (!is_wrap)
            keep_indent(fold, next.start, next.end);
        from = next.end;
    }
}

bool pv_text_fold(pv_text *out, pv_arena *arena, const pv_text *text, pv_wrapping wrapping, pv_error *error) {
    size_t breaks;
    size_t start = white_space_end(text->value, 0, text->value.size, &breaks);
    size_t end = white_space_start(text->value, start, text->value.size);
    folding fold = {.text = text, .wrapping = wrapping, .is_one_line = is_one_line(text->value, start, end)};
    if (next_gap(&fold, start, end).start == end)
        return pv_text_slice(out, arena, text, start, end, error);
    fold.bytes = PV_NEW_ARRAY(arena, char, end - start);
    fold.labels = PV_NEW_ARRAY(arena, pv_made_label, text->label_count);
    if (!fold.bytes || !fold.labels)
        return pv_fail_memory(error);
    pv_segments_begin(&fold.segments, arena);
    fold.indents = pv_gather_start(arena);
    keep_indent(&fold, 0, start);
    bool folded = fold_range(&fold, start, end, error);
    *out = (pv_text){
        .value = {fold.bytes, fold.size},
        .span = pv_text_locate(text, start, end),
        .exact = text->exact,
        .labels = fold.labels,
        .label_count = fold.next_label,
    };
    if (!folded) {
        pv_buf_clear(&fold.indents);
        return pv_segments_abandon(&fold.segments);
    }
    out->indents = pv_gather_finish(&fold.indents, arena, sizeof *out->indents, &out->indent_count, error);
    return out->indents ? pv_segments_finish(&fold.segments, out, error) : pv_segments_abandon(&fold.segments);
}

bool pv_text_is_code(const pv_text *text, size_t offset) {
    return text->marks && pv_marks_is_code(text->marks, pv_text_locate(text, offset, offset).start);
}
