/* A document that is one field of the form: its text, made of its blocks, with marks of what each of them is. */
#include <string.h>

#include "align/answers_p.h"
#include "text/marks.h"

typedef struct whole_builder {
    pv_arena *arena;
    const pv_blocks *blocks;
    pv_buf bytes;
    pv_segment_list segments;
    pv_mark *marks;
    size_t mark_count;
    pv_made_label *labels;
    size_t label_count;
    size_t left_out; /* of what the document left out: the first that is not marked yet */
    const pv_block *before;
    uint32_t end; /* of the source of the block before */
    pv_error *error;
} whole_builder;

/* Whether the bytes of the file are the text itself, as its author wrote it in lines. */
static bool is_verbatim(const pv_blocks *blocks) {
    return pv_str_equal(blocks->format, PV_STR("text"));
}

/* What a page prints around its text is none of it. */
static bool is_of_text(const pv_block *block) {
    return block->kind != PV_BLOCK_FURNITURE && block->text.value.size > 0;
}

static bool is_aside(const pv_block *block) {
    return block->kind == PV_BLOCK_NOTE;
}

/* Lines of a page stay lines, since where its paragraphs end is told by the space between them alone. */
static const char *separator_before(const whole_builder *builder, const pv_block *block) {
    const pv_block *before = builder->before;
    const bool lines = before->kind == PV_BLOCK_LINE && block->kind == PV_BLOCK_LINE;
    const bool same_cell = before->cell.table == block->cell.table && before->cell.row == block->cell.row &&
                           before->cell.column == block->cell.column;
    return lines && !block->is_parted && same_cell ? "\n" : "\n\n";
}

static bool add_bytes(whole_builder *builder, const char *bytes, pv_span source) {
    pv_buf_append(&builder->bytes, pv_str_from(bytes));
    return pv_segments_add(&builder->segments, strlen(bytes), source, builder->error);
}

static uint32_t start_of(const pv_block *block) {
    const bool written = block->label.value.size > 0 && !block->label_is_made;
    return written && block->label.span.start < block->text.span.start ? block->label.span.start
                                                                       : block->text.span.start;
}

static void add_mark(whole_builder *builder, pv_mark mark) {
    builder->marks[builder->mark_count++] = mark;
}

/* Marks what was left out before offset of the source. */
static void mark_left_out(whole_builder *builder, size_t offset) {
    const pv_blocks *blocks = builder->blocks;
    const uint32_t at = builder->segments.covered;
    for (; builder->left_out < blocks->left_out_count && blocks->left_out[builder->left_out].at.start < offset;
         builder->left_out++)
        add_mark(builder,
                 (pv_mark){.at = {at, at}, .kind = PV_MARK_LEFT_OUT, .says = blocks->left_out[builder->left_out].what});
}

/* The kind of mark that tells what a block is; false where it is a paragraph or a line like any other. */
static bool kind_of(const pv_block *block, pv_mark_kind *kind) {
    switch (block->kind) {
    case PV_BLOCK_HEADING:
        *kind = PV_MARK_HEADING;
        return true;
    case PV_BLOCK_NOTE:
        *kind = PV_MARK_NOTE;
        return true;
    case PV_BLOCK_BOX:
        *kind = PV_MARK_BOX;
        return true;
    case PV_BLOCK_LIST_ITEM:
        *kind = PV_MARK_ITEM;
        return true;
    case PV_BLOCK_PARAGRAPH:
    case PV_BLOCK_LINE:
    case PV_BLOCK_CELL:
    case PV_BLOCK_FURNITURE:
        break;
    }
    *kind = block->cell.table > 0 ? PV_MARK_CELL : PV_MARK_CODE;
    return block->cell.table > 0 || block->is_code;
}

static bool add_block(whole_builder *builder, const pv_block *block) {
    const uint32_t start = start_of(block);
    if (!is_aside(block))
        mark_left_out(builder, start);
    if (builder->before) {
        const uint32_t from = builder->end < start ? builder->end : start;
        if (!add_bytes(builder, separator_before(builder, block), (pv_span){from, start}))
            return false;
    }
    const uint32_t at = builder->segments.covered;
    if (block->label.value.size > 0 && !block->label_is_made) {
        pv_buf_append(&builder->bytes, block->label.value);
        if (!pv_segments_add_part(&builder->segments, &block->label, 0, block->label.value.size, builder->error) ||
            !add_bytes(builder, " ", (pv_span){block->label.span.end, block->text.span.start}))
            return false;
    } else if (block->label.value.size > 0 && block->kind != PV_BLOCK_NOTE) {
        builder->labels[builder->label_count++] = (pv_made_label){at, block->label.value};
    }
    pv_buf_append(&builder->bytes, block->text.value);
    if (!pv_segments_add_part(&builder->segments, &block->text, 0, block->text.value.size, builder->error))
        return false;
    builder->before = block;
    builder->end = block->text.span.end;
    pv_mark_kind kind;
    if (kind_of(block, &kind))
        add_mark(builder, (pv_mark){.at = {at, builder->segments.covered},
                                    .kind = kind,
                                    .level = block->level,
                                    .label = block->label_is_made ? block->label.value : (pv_str){0}});
    return true;
}

/* Notes stand behind all else, where a page or a converted file has them at the foot of each page. */
static bool add_blocks(whole_builder *builder) {
    const pv_blocks *blocks = builder->blocks;
    for (size_t i = 0; i < blocks->count; i++)
        if (is_of_text(&blocks->list[i]) && !is_aside(&blocks->list[i]) && !add_block(builder, &blocks->list[i]))
            return false;
    mark_left_out(builder, SIZE_MAX);
    for (size_t i = 0; i < blocks->count; i++)
        if (is_of_text(&blocks->list[i]) && is_aside(&blocks->list[i]) && !add_block(builder, &blocks->list[i]))
            return false;
    return true;
}

static bool finish(whole_builder *builder, pv_span span, pv_text *out) {
    pv_marks *marks = PV_NEW(builder->arena, pv_marks);
    const pv_str value = pv_arena_copy(builder->arena, pv_buf_str(&builder->bytes));
    if (builder->bytes.failed || !value.data || !marks) {
        (void)pv_segments_abandon(&builder->segments);
        return pv_fail_memory(builder->error);
    }
    *marks = (pv_marks){builder->marks, builder->mark_count, builder->blocks->code, builder->blocks->code_count};
    *out = (pv_text){.value = value,
                     .span = span,
                     .exact = true,
                     .labels = builder->labels,
                     .label_count = builder->label_count,
                     .marks = marks};
    return pv_segments_finish(&builder->segments, out, builder->error);
}

bool pv_whole_text(pv_text *out, pv_arena *arena, const pv_blocks *blocks, pv_error *error) {
    const pv_source *source = blocks->source;
    const uint32_t start = (uint32_t)pv_source_text_start(source);
    const pv_span all_of_it = {start, (uint32_t)pv_source_end(source)};
    if (is_verbatim(blocks))
        return pv_text_verbatim(out, arena, pv_source_slice(source, all_of_it), start, error);
    whole_builder builder = {
        .arena = arena,
        .blocks = blocks,
        .bytes = pv_buf_on(pv_arena_memory(arena)),
        .marks = PV_NEW_ARRAY(arena, pv_mark, blocks->count + blocks->left_out_count),
        .labels = PV_NEW_ARRAY(arena, pv_made_label, blocks->count),
        .error = error,
    };
    if (!builder.marks || !builder.labels)
        return pv_fail_memory(error);
    pv_segments_begin(&builder.segments, arena);
    bool done = add_blocks(&builder) || pv_segments_abandon(&builder.segments);
    done = done && finish(&builder, all_of_it, out);
    pv_buf_clear(&builder.bytes);
    return done;
}
