/* Pieces of a text: what stands between two places, around one, between marks. */
#include "lua/values/values_p.h"

/* ---- places in a text ---- */

/* [-0, +0, v] Where the value at index, which has words of the text or a place among them, stands: bytes of its
 * whole. Raises for what stands in another text. */
static pv_span place_argument(lua_State *L, const pv_text_object *self, int index) {
    const pv_object *object = pv_object_test(L, index);
    pv_found found = {0};
    if (lua_isnoneornil(L, index))
        luaL_error(L, "expected a place in the text, got nothing (nil); is the value absent?");
    if (object && object->class == &pv_part_class)
        found = pv_part_found(object);
    else if (object && object->class == &pv_list_item_class)
        found = pv_list_item_whole(object);
    else {
        const pv_text_object *text = pv_text_argument(L, index);
        found.whole = text->whole;
        found.at = text->part;
    }
    bool within = found.whole == self->whole && found.at.start >= self->part.start && found.at.end <= self->part.end;
    if (!within)
        luaL_error(L, "%s does not stand in this text", pv_describe(L, index));
    return found.at;
}

/* [-0, +1, m] These bytes of the whole, without white space at their ends. */
static int push_piece(lua_State *L, const pv_text *whole, pv_span at) {
    pv_str piece = pv_str_trim(pv_str_slice(whole->value, at.start, at.end));
    uint32_t start = piece.size > 0 ? (uint32_t)(piece.data - whole->value.data) : at.start;
    return pv_push_text_part(L, whole, (pv_span){start, start + (uint32_t)piece.size});
}

int l_text_between(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    pv_span first = place_argument(L, self, 2);
    pv_span last = place_argument(L, self, 3);
    if (first.end > last.start)
        return pv_push_nil(L);
    return push_piece(L, self->whole, (pv_span){first.end, last.start});
}

int l_text_before(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    pv_span at = place_argument(L, self, 2);
    return push_piece(L, self->whole, (pv_span){self->part.start, at.start});
}

int l_text_after(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    pv_span at = place_argument(L, self, 2);
    return push_piece(L, self->whole, (pv_span){at.end, self->part.end});
}

/* ---- around a place ---- */

int l_text_paragraph_of(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    pv_span at = place_argument(L, self, 2);
    pv_str bytes = self->whole->value;
    uint32_t start;
    uint32_t end;
    for (start = at.start; start > self->part.start && bytes.data[start - 1] != '\n';)
        start--;
    for (end = at.start; end < self->part.end && bytes.data[end] != '\n';)
        end++;
    MAY_RAISE(pv_runtime_charge(L, (end - start) / 16 + 1));
    return push_piece(L, self->whole, (pv_span){start, end});
}

/* Back over marks that open what begins here. */
static uint32_t with_opening_marks(pv_str text, uint32_t start) {
    static const pv_str marks[] = {PV_STR("("),      PV_STR("["),      PV_STR("\""),     PV_STR("'"),
                                   PV_STR("\u201C"), PV_STR("\u2018"), PV_STR("\u00AB"), PV_STR("$")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (pv_str_ends_with(pv_str_slice(text, 0, start), marks[i])) {
            start -= (uint32_t)marks[i].size;
            i = SIZE_MAX; /* there may be several */
        }
    return start;
}

/* Where the sentence begins and, for the one before it, ends: an item begins after its marker, which is no sentence. */
static uint32_t begin_of(const pv_statements *read, const pv_list_items *items, size_t sentence, uint32_t *before) {
    uint32_t start = with_opening_marks(read->text, read->sentences[sentence].at.start);
    *before = start;
    size_t i = read->sentences[sentence].item ? items->count : 0;
    while (i > 0 && items->items[i - 1].body.start > read->sentences[sentence].at.start)
        i--;
    if (i == 0 || items->items[i - 1].marker.start > items->items[i - 1].body.start)
        return start; /* none, or its marker stands behind it */
    const pv_list_item *item = &items->items[i - 1];
    *before = item->marker.start;
    while (item->parent != PV_NO_PARENT && items->items[item->parent].body.start == *before) {
        item = &items->items[item->parent]; /* "1. a) …" */
        *before = item->marker.start;
    }
    return start;
}

/* The part of a sentence that lies in the text, with the marks that end it; empty where none of it does. */
static pv_span sentence_in(lua_State *L, const pv_text_object *self, const pv_statements *read, size_t sentence) {
    pv_push_text(L, self->whole);
    const pv_list_items *items = pv_text_items(L, lua_touserdata(L, -1));
    lua_pop(L, 1);
    MAY_RAISE(pv_runtime_charge(L, items->count / 4 + 1));
    uint32_t ignored;
    pv_span at = {begin_of(read, items, sentence, &ignored), (uint32_t)read->text.size};
    if (sentence + 1 < read->sentence_count)
        (void)begin_of(read, items, sentence + 1, &at.end);
    at.start = at.start < self->part.start ? self->part.start : at.start;
    at.end = at.end > self->part.end ? self->part.end : at.end;
    return at.start < at.end ? at : (pv_span){0, 0};
}

int l_text_sentence_of(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    pv_span at = place_argument(L, self, 2);
    const pv_statements *read = pv_text_statements(L, self->whole);
    MAY_RAISE(pv_runtime_charge(L, read->sentence_count / 16 + 1));
    for (size_t i = 0; i < read->sentence_count; i++)
        if (i + 1 == read->sentence_count || read->sentences[i + 1].at.start > at.start) {
            pv_span found = sentence_in(L, self, read, i);
            return found.end > found.start ? push_piece(L, self->whole, found) : pv_push_nil(L);
        }
    return pv_push_nil(L);
}

int l_text_sentences(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    const pv_statements *read = pv_text_statements(L, self->whole);
    MAY_RAISE(pv_runtime_charge(L, read->sentence_count + 1));
    pv_list_new(L, read->sentence_count);
    size_t count = 0;
    for (size_t i = 0; i < read->sentence_count; i++) {
        pv_span found = sentence_in(L, self, read, i);
        if (found.end == found.start)
            continue;
        push_piece(L, self->whole, found);
        pv_list_set(L, ++count);
    }
    return 1;
}

int l_text_item_of(lua_State *L) {
    pv_text_object *self = pv_text_self(L);
    pv_span at = place_argument(L, self, 2);
    const pv_list_items *items = pv_text_items(L, self);
    size_t innermost = items->count;
    MAY_RAISE(pv_runtime_charge(L, items->count / 4 + 1));
    for (size_t i = 0; i < items->count; i++) {
        pv_span item = pv_text_within(self, pv_list_item_span(&items->items[i]));
        if (item.start <= at.start && at.start < item.end)
            innermost = i;
    }
    return innermost < items->count ? pv_push_list_item(L, self, &items->items[innermost]) : pv_push_nil(L);
}

/* ---- between marks ---- */

/* [-1, +1, v] The piece, unless nothing stands in it, at the end of the list on top. */
static void add_piece(lua_State *L, const pv_text_object *self, size_t start, size_t end, size_t *count) {
    push_piece(L, self->whole, pv_text_within(self, (pv_span){(uint32_t)start, (uint32_t)end}));
    const pv_text_object *piece = lua_touserdata(L, -1);
    if (piece->part.end > piece->part.start)
        pv_list_set(L, ++*count);
    else
        lua_pop(L, 1);
}

int l_text_split(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    pv_str bytes = pv_text_object_str(self);
    const pv_pattern *pattern = lua_type(L, 2) == LUA_TSTRING ? NULL : pv_pattern_argument(L, 2);
    pv_str mark = pattern ? PV_STR("") : pv_check_str(L, 2);
    if (!pattern && mark.size == 0)
        return luaL_error(L, "a text is split at a mark, like \";\", and not at nothing");
    pv_text_charge(L, bytes);
    pv_list_new(L, 1);
    size_t count = 0;
    size_t start = 0;
    pv_span at;
    for (size_t from = 0; from <= bytes.size;) {
        if (pattern) {
            if (!pv_pattern_search(L, self, pattern, from, &at))
                break;
            from = pv_pattern_after(bytes, at);
        } else {
            size_t found = pv_str_find(bytes, mark, from);
            if (found == SIZE_MAX)
                break;
            at = (pv_span){(uint32_t)found, (uint32_t)(found + mark.size)};
            from = at.end;
        }
        if (at.end == at.start)
            continue; /* where a pattern finds nothing, nothing ends */
        add_piece(L, self, start, at.start, &count);
        start = at.end;
    }
    add_piece(L, self, start, bytes.size, &count);
    return 1;
}
