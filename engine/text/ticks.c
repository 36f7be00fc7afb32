#include "text/ticks.h"

#include "base/array.h"
#include "base/utf8.h"

typedef enum box_state {
    BOX_NONE,
    BOX_TICKED,
    BOX_LEFT,
    BOX_FILLED /* ticked where others are left, else a bullet */
} box_state;

static box_state state_of(uint32_t sign) {
    switch (sign) {
    case 0x2611: /* in a box */
    case 0x2612:
    case 0x2713: /* without one */
    case 0x2714:
    case 0x2717:
    case 0x2718:
    case 0x1F5F7:
    case 0x1F5F9:
    case 0x1F5F5:
    case 0x25C9: /* a filled ring */
    case 0x29BF:
    case 0xF0FE: /* Wingdings */
    case 0xF0FD:
    case 0xF0FC:
    case 0xF0FB:
    case 0xF078:
    case 0xF052: /* Wingdings 2 */
    case 0xF053:
    case 0xF054:
        return BOX_TICKED;
    case 0x2610:
    case 0x25A1:
    case 0x25A2:
    case 0x25FB:
    case 0x25FD:
    case 0x2B1C:
    case 0x274F:
    case 0x2750:
    case 0x2751:
    case 0x2752:
    case 0x25CB: /* rings */
    case 0x25EF:
    case 0xF0A8: /* Wingdings */
    case 0xF06F:
    case 0xF071:
    case 0xF072:
    case 0xF0A3: /* Wingdings 2 */
        return BOX_LEFT;
    case 0x25A0:
    case 0x25FC:
    case 0x2B1B:
    case 0x25CF:
        return BOX_FILLED;
    default:
        return BOX_NONE;
    }
}

static bool is_word(pv_str text, size_t at) {
    size_t length;
    return at < text.size && !pv_utf8_is_white_space(pv_utf8_decode(text, at, &length));
}

/* “[x]”, “( )”, “[]”: in brackets that nothing stands directly after. */
static box_state bracketed(pv_str text, size_t at, size_t *end) {
    const char open = text.data[at];
    const char closing = open == '[' ? ']' : ')';
    if (open != '[' && open != '(')
        return BOX_NONE;
    size_t inner = at + 1;
    while (inner < text.size && text.data[inner] == ' ')
        inner++;
    const bool is_ticked = inner < text.size && (text.data[inner] == 'x' || text.data[inner] == 'X');
    size_t after = inner + is_ticked;
    while (after < text.size && text.data[after] == ' ')
        after++;
    if (after >= text.size || text.data[after] != closing || (!is_ticked && open == '(' && after == at + 1))
        return BOX_NONE;
    /* A function or a list of arguments is none: a box stands by itself. */
    if (at > 0 && is_word(text, at - 1) && (unsigned char)text.data[at - 1] < 0x80)
        return BOX_NONE;
    *end = after + 1;
    return is_ticked ? BOX_TICKED : BOX_LEFT;
}

/* The box at a byte, and where it ends with what shows nothing after it. */
static box_state box_at(pv_str text, size_t at, size_t *end) {
    size_t length;
    const uint32_t sign = pv_utf8_decode(text, at, &length);
    box_state state = state_of(sign);
    *end = at + length;
    if (state == BOX_NONE)
        return sign < 0x80 ? bracketed(text, at, end) : BOX_NONE;
    if (*end < text.size) { /* U+FE0E, U+FE0F: how it is shown */
        const uint32_t next = pv_utf8_decode(text, *end, &length);
        *end += next == 0xFE0E || next == 0xFE0F ? length : 0;
    }
    return state;
}

bool pv_tick_begins(pv_str text, bool *is_ticked, size_t *end) {
    size_t at = 0;
    size_t length;
    while (at < text.size && pv_utf8_is_white_space(pv_utf8_decode(text, at, &length)))
        at += length;
    const box_state state = at < text.size ? box_at(text, at, end) : BOX_NONE;
    *is_ticked = state == BOX_TICKED;
    return state == BOX_TICKED || state == BOX_LEFT;
}

/* The character at start, which may part a box and its words from others; *length: its bytes. */
static bool parts_labels(pv_str text, size_t start, size_t *length) {
    const uint32_t sign = pv_utf8_decode(text, start, length);
    return pv_utf8_is_white_space(sign) || sign == ',' || sign == ';' || sign == '/' || sign == '|';
}

static pv_span trimmed(pv_str text, size_t start, size_t end) {
    size_t length;
    while (start < end && parts_labels(text, start, &length))
        start += length;
    while (end > start && parts_labels(text, pv_utf8_previous(text, end), &length))
        end -= length;
    return (pv_span){(uint32_t)start, (uint32_t)end};
}

typedef struct found_box {
    box_state state;
    size_t start, end;
} found_box;

typedef PV_ARRAY(found_box) found_boxes;

static bool find_boxes(found_boxes *out, pv_arena *arena, pv_str text, pv_error *error) {
    size_t kept = 0;
    bool are_left = false;
    for (size_t at = 0, end; at < text.size; at = end) {
        const box_state state = box_at(text, at, &end);
        if (state == BOX_NONE)
            continue;
        found_box *box = PV_ARRAY_ADD(arena, out);
        if (!box)
            return pv_fail_memory(error);
        *box = (found_box){state, at, end};
        are_left |= state == BOX_LEFT;
    }
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].state != BOX_FILLED || are_left)
            out->items[kept++] = out->items[i];
    out->count = kept;
    return true;
}

bool pv_ticks_find(pv_ticks *out, pv_arena *arena, pv_str text, pv_error *error) {
    found_boxes boxes = {0};
    *out = (pv_ticks){0};
    if (!find_boxes(&boxes, arena, text, error))
        return false;
    if (boxes.count == 0)
        return true;
    pv_tick *list = PV_NEW_ARRAY(arena, pv_tick, boxes.count);
    if (!list)
        return pv_fail_memory(error);
    const found_box *first = &boxes.items[0];
    const found_box *last = &boxes.items[boxes.count - 1];
    const pv_span before = trimmed(text, 0, first->start);
    const pv_span after = trimmed(text, last->end, text.size);
    const bool has_before = before.end > before.start;
    const bool has_after = after.end > after.start;
    const bool words_come_first = has_before && !has_after;
    for (size_t i = 0; i < boxes.count; i++) {
        const found_box *box = &boxes.items[i];
        const size_t from = i > 0 ? boxes.items[i - 1].end : 0;
        const size_t to = i + 1 < boxes.count ? boxes.items[i + 1].start : text.size;
        const bool is_ticked = box->state != BOX_LEFT;
        list[i] = (pv_tick){is_ticked,
                            {(uint32_t)box->start, (uint32_t)box->end},
                            words_come_first ? trimmed(text, from, box->start) : trimmed(text, box->end, to)};
        out->ticked += is_ticked;
    }
    out->list = list;
    out->count = boxes.count;
    out->before = words_come_first ? (pv_span){0, 0} : before;
    out->are_unsure = has_before == has_after && boxes.count > 1 && !has_before;
    return true;
}
