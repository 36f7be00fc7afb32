/* Blocks as their author wrote them. */
#include "model/blocks.h"

#include <string.h>

#include "base/buf.h"

/* The text of a block but for its prompts. */
static bool take_out_prompts(pv_text *out, pv_arena *arena, const pv_block *block, pv_error *error) {
    const pv_text *text = &block->text;
    char *value = PV_NEW_ARRAY(arena, char, text->value.size + 1);
    pv_segment_list segments;
    size_t size = 0;
    if (!value)
        return pv_fail_memory(error);
    pv_segments_begin(&segments, arena);
    for (size_t i = 0, from = 0; i <= block->prompt_count; i++) {
        const size_t end = i < block->prompt_count ? block->prompts[i].start : text->value.size;
        if (end > from) {
            memcpy(value + size, text->value.data + from, end - from);
            size += end - from;
            if (!pv_segments_add_part(&segments, text, from, end, error))
                return pv_segments_abandon(&segments);
        }
        from = i < block->prompt_count ? block->prompts[i].end : end;
    }
    *out = *text;
    out->value = (pv_str){value, size};
    return pv_segments_finish(&segments, out, error);
}

bool pv_blocks_without_prompts(const pv_blocks **out, pv_arena *arena, const pv_blocks *blocks, pv_error *error) {
    size_t first = 0;
    while (first < blocks->count && blocks->list[first].prompt_count == 0)
        first++;
    *out = blocks;
    if (first == blocks->count)
        return true;
    pv_blocks *made = PV_NEW(arena, pv_blocks);
    pv_block *list = PV_NEW_ARRAY(arena, pv_block, blocks->count);
    if (!made || !list)
        return pv_fail_memory(error);
    memcpy(list, blocks->list, blocks->count * sizeof *list);
    for (size_t i = first; i < blocks->count; i++) {
        if (list[i].prompt_count > 0 && !take_out_prompts(&list[i].text, arena, &blocks->list[i], error))
            return false;
        if (list[i].prompt_count > 0 && list[i].doubt == PV_BLOCK_SURE && !pv_text_is_blank(&list[i].text))
            list[i].doubt = PV_BLOCK_UNFILLED;
        list[i].prompts = NULL;
        list[i].prompt_count = 0;
    }
    *made = *blocks;
    made->list = list;
    *out = made;
    return true;
}
