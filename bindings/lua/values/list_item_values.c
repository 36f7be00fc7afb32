#include "lua/values/values_p.h"
#include "text/series.h"

#include <string.h>

typedef struct pv_list_item_object {
    pv_object object;
    pv_list_item item; /* spans count from start */
    const pv_text *whole;
    uint32_t start;
} pv_list_item_object;

typedef struct pv_list_items_object {
    pv_object object;
    const pv_text *whole;
    uint32_t start;
    size_t count, leaves, outer, lists;
    pv_list_item items[];
} pv_list_items_object;

static pv_span shifted(pv_span span, uint32_t by) {
    return (pv_span){span.start + by, span.end + by};
}

/* Its marker and what it says, on whichever side of the marker that stands. */
pv_span pv_list_item_span(const pv_list_item *item) {
    bool behind = item->body.start < item->marker.start;
    return (pv_span){behind ? item->body.start : item->marker.start, behind ? item->marker.end : item->body.end};
}

/* [-0, +1, m] */
static int push_items(lua_State *L, const pv_text_object *text, const pv_list_items *found) {
    size_t size = found->count * sizeof found->items[0];
    pv_list_items_object *items = pv_class_new(L, &pv_list_items_class, sizeof *items + size);
    items->whole = text->whole;
    items->start = text->part.start;
    items->count = found->count;
    items->leaves = found->leaves;
    items->outer = found->outer;
    items->lists = found->lists;
    pv_object_set_place(&items->object, &text->object.place);
    if (found->count == 0)
        return 1;
    memcpy(items->items, found->items, size);
    pv_span around = {pv_list_item_span(&found->items[0]).start,
                      pv_list_item_span(&found->items[found->count - 1]).end};
    pv_object_place_in(&items->object, items->whole, shifted(around, items->start));
    return 1;
}

int l_text_items(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    return push_items(L, text, pv_text_items(L, text));
}

int l_text_series(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_series_list found;
    pv_error error = {0};
    if (!pv_series_find(pv_runtime_of(L)->call_arena, bytes, &found, &error))
        pv_runtime_raise(L, &error);
    for (size_t i = 0; i < found.count; i++)
        MAY_RAISE(pv_runtime_charge(L, found.series[i].count * 2));
    PV_PUSH_LIST(L, found.count, i, push_items(L, text, &found.series[i]));
    return 1;
}

static const pv_list_items_object *check_items(lua_State *L) {
    return pv_class_check(L, 1, &pv_list_items_class);
}

static int push_one(lua_State *L, const pv_text *whole, uint32_t start, const pv_list_item *one) {
    pv_list_item_object *item = pv_class_new(L, &pv_list_item_class, sizeof *item);
    item->item = *one;
    item->whole = whole;
    item->start = start;
    pv_object_place_in(&item->object, item->whole, shifted(pv_list_item_span(&item->item), item->start));
    return 1;
}

int pv_push_list_item(lua_State *L, const pv_text_object *text, const pv_list_item *item) {
    return push_one(L, text->whole, text->part.start, item);
}

static int push_item(lua_State *L, const pv_list_items_object *items, size_t index) {
    return push_one(L, items->whole, items->start, &items->items[index]);
}

static int l_items_length(lua_State *L) {
    return pv_push_size(L, check_items(L)->count);
}

static int l_items_index(lua_State *L) {
    const pv_list_items_object *items = check_items(L);
    size_t i;
    return pv_index_argument(L, items->count, &i) ? push_item(L, items, i) : pv_push_nil(L);
}

static bool is_leaf(const pv_list_item *item) {
    return item->leaf;
}

static bool is_outer(const pv_list_item *item) {
    return item->depth == 0;
}

/* [-0, +1, v] The list of the items that keep says yes to, of which there are count. */
static int push_those(lua_State *L, size_t count, bool (*keep)(const pv_list_item *)) {
    const pv_list_items_object *items = check_items(L);
    MAY_RAISE(pv_runtime_charge(L, items->count));
    pv_list_new(L, count);
    size_t number = 0;
    for (size_t i = 0; i < items->count; i++) {
        if (!keep(&items->items[i]))
            continue;
        push_item(L, items, i);
        pv_list_set(L, ++number);
    }
    return 1;
}

static int l_items_leaves_list(lua_State *L) {
    return push_those(L, check_items(L)->leaves, is_leaf);
}

static int l_items_outer_list(lua_State *L) {
    return push_those(L, check_items(L)->outer, is_outer);
}

static const char *confidence_name(pv_item_confidence confidence) {
    static const char *const names[] = {
        [PV_ITEM_MARKED] = "marked",
        [PV_ITEM_LOOSE] = "loose",
        [PV_ITEM_SERIES] = "series",
    };
    return names[confidence];
}

/* The least of them. */
static int get_items_confidence(lua_State *L) {
    const pv_list_items_object *items = lua_touserdata(L, 1);
    pv_item_confidence least = PV_ITEM_MARKED;
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].confidence > least)
            least = items->items[i].confidence;
    return items->count == 0 ? pv_push_nil(L) : pv_push_name(L, confidence_name(least));
}

static int get_irregular(lua_State *L) {
    const pv_list_items_object *items = lua_touserdata(L, 1);
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].order != PV_ITEM_FOLLOWS)
            return push_item(L, items, i);
    return pv_push_nil(L);
}

static int l_items_to_string(lua_State *L) {
    size_t count = check_items(L)->count;
    lua_pushfstring(L, count == 1 ? "%I item" : "%I items", (LUAI_UACINT)count);
    return 1;
}

static const pv_list_item_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int push_part(lua_State *L, pv_span span) {
    return pv_push_text_part(L, self(L)->whole, shifted(span, self(L)->start));
}

static int get_text(lua_State *L) {
    return push_part(L, self(L)->item.body);
}

static int get_marker(lua_State *L) {
    return push_part(L, self(L)->item.marker);
}

/* Where the sentence or part of one begins that ends at `end`. */
static size_t clause_start(pv_str text, size_t floor, size_t end, bool at_semicolon) {
    size_t at = end;
    while (at > floor && text.data[at - 1] != '\n') {
        char sign = text.data[at - 1];
        bool ends = sign == '.' || sign == '!' || sign == '?' || (at_semicolon && sign == ';');
        if (ends && at < text.size && text.data[at] == ' ')
            break;
        at--;
    }
    return at;
}

static bool is_blank_sign(char sign) {
    return sign == ' ' || sign == '\n' || sign == '\t';
}

/* What leads to it: before a list the sentence or line; before one that goes on only what ends with a colon. */
static int get_lead(lua_State *L) {
    const pv_list_item_object *item = self(L);
    pv_str text = item->whole->value;
    bool goes_on = item->item.ordinal != 1 || item->item.order != PV_ITEM_FOLLOWS;
    size_t end = shifted(item->item.marker, item->start).start;
    MAY_RAISE(pv_runtime_charge(L, 1));
    while (end > item->start && is_blank_sign(text.data[end - 1]))
        end--;
    if (goes_on && (end == item->start || text.data[end - 1] != ':'))
        return pv_push_nil(L);
    while (end > item->start && (text.data[end - 1] == ':' || text.data[end - 1] == '.' || text.data[end - 1] == '?'))
        end--;
    size_t start = clause_start(text, item->start, end, goes_on);
    while (start < end && is_blank_sign(text.data[start]))
        start++;
    bool behind = item->item.body.start < item->item.marker.start;
    if (start == end || behind)
        return pv_push_nil(L);
    return pv_push_text_part(L, item->whole, (pv_span){(uint32_t)start, (uint32_t)end});
}

static int get_list(lua_State *L) {
    return pv_push_size(L, self(L)->item.list + 1);
}

static int get_style(lua_State *L) {
    static const char *const names[] = {
        [PV_MARKER_NUMBER] = "number", [PV_MARKER_LETTER] = "letter", [PV_MARKER_ROMAN] = "roman",
        [PV_MARKER_BULLET] = "bullet", [PV_MARKER_WORD] = "word",     [PV_MARKER_NONE] = "none",
    };
    return pv_push_name(L, names[self(L)->item.style]);
}

static int get_confidence(lua_State *L) {
    return pv_push_name(L, confidence_name(self(L)->item.confidence));
}

static int get_order(lua_State *L) {
    const pv_list_item *item = &self(L)->item;
    switch (item->order) {
    case PV_ITEM_FOLLOWS:
        return pv_push_nil(L);
    case PV_ITEM_JUMPS:
        lua_pushfstring(L, "jumps from %d to %d", (int)item->previous, (int)item->ordinal);
        return 1;
    case PV_ITEM_REPEATS:
        lua_pushfstring(L, "repeats %d", (int)item->ordinal);
        return 1;
    case PV_ITEM_GOES_BACK:
        lua_pushfstring(L, "goes back from %d to %d", (int)item->previous, (int)item->ordinal);
        return 1;
    }
    return pv_push_nil(L);
}

static int l_list_item_to_string(lua_State *L) {
    const pv_list_item_object *item = pv_class_check(L, 1, &pv_list_item_class);
    pv_span body = shifted(item->item.body, item->start);
    return pv_push_str(L, pv_str_slice(item->whole->value, body.start, body.end));
}

pv_found pv_list_item_whole(const pv_object *object) {
    const pv_list_item_object *item = (const pv_list_item_object *)object;
    return (pv_found){*object, item->whole, shifted(pv_list_item_span(&item->item), item->start)};
}

static bool is_within(pv_span inner, pv_span outer) {
    return inner.end > inner.start && inner.start >= outer.start && inner.end <= outer.end;
}

/* An item is said as the last word of its first statement is; but where words of its own deny that word, or make it
 * somebody else's, it is its head that they must reach: "train staff who have never used one" is no denial. */
pv_found pv_list_item_found(lua_State *L, const pv_object *object) {
    const pv_list_item_object *item = (const pv_list_item_object *)object;
    const pv_statements *read = pv_text_statements(L, item->whole);
    pv_span body = shifted(item->item.body, item->start);
    uint32_t first = pv_statements_token_at(read, body.start);
    pv_found found = {*object, item->whole, {body.start, body.start}};
    if (first >= read->tokens->count || read->tokens->tokens[first].at.start >= body.end)
        return found;
    uint32_t statement = read->statement_of[first];
    uint32_t last = first;
    for (uint32_t token = first; token < read->statements[statement].end; token++)
        if (read->statement_of[token] == statement && read->tokens->tokens[token].at.end <= body.end)
            last = token;
    found.at = read->tokens->tokens[last].at;
    pv_context context = pv_text_context(L, item->whole, found.at);
    pv_span head = pv_context_head(read, body);
    bool own = is_within(context.trigger[PV_CONTEXT_DENIED], body) ||
               is_within(context.trigger[PV_CONTEXT_ATTRIBUTED], body) ||
               is_within(context.trigger[PV_CONTEXT_UNCLEAR], body);
    if (!own && head.end > head.start) {
        context = pv_text_context(L, item->whole, head); /* "audits are not planned": the last word is of the denial */
        own = pv_context_holds(&context, PV_CONTEXT_DENIED);
    }
    if (own)
        found.at = head;
    return found;
}

static const pv_member item_members[] = {
    {"text", "text: text",
     "What stands after the marker, up to the next item of this or an outer list; or before it (\"connect [step 1], "
     "pay "
     "[step 2]\").",
     .get = get_text},
    {"marker", "marker: text", "The marker as written (\"1)\", \"(a)\", \"•\").", .get = get_marker},
    {"ordinal", "ordinal: integer",
     "Its number in its list as written, 1 for \"a\" and \"First\"; of a bullet the running number.",
     PV_OWN_FIELD(unsigned, pv_list_item_object, item.ordinal)},
    {"list", "list: integer", "Which of the separate outer lists of the text it stands in, from 1.", .get = get_list},
    {"lead", "lead: text?",
     "The words that lead to a list, of its first item: the sentence or line before it; of another item what ends with "
     "a "
     "colon before it (\"1) train 2) pay. Not planned: 3) audit\"); or nil.",
     .get = get_lead},
    {"depth", "depth: integer", "0 in an outer list, 1 in a list inside one of its items, and so on.",
     PV_OWN_FIELD(unsigned, pv_list_item_object, item.depth)},
    {"leaf", "leaf: boolean", "Whether no list is nested in it.",
     PV_OWN_FIELD(boolean, pv_list_item_object, item.leaf)},
    {"style", "style: string",
     "\"number\", \"letter\", \"roman\", \"bullet\", \"word\" (\"First,\", \"Step 2:\"), or \"none\" in a "
     "series.",
     .get = get_style},
    {"confidence", "confidence: string",
     "How surely it is an item: \"marked\"; \"loose\" where its list is marked as few are (\"1)x\", \"Step 1 x\"); "
     "\"series\" where it has no marker (`text:series()`).",
     .get = get_confidence},
    {"order", "order: string?",
     "How its number breaks the order of its list: \"jumps from 2 to 4\", \"repeats 2\", \"goes back from 3 to 2\"; "
     "nil "
     "where it follows.",
     .get = get_order},
    PV_CONTEXT_MEMBERS,
    PV_MEMBERS_END,
};

const pv_class pv_list_item_class = {
    .name = "list item",
    .doc = "One enumerated item of a text.",
    .members = item_members,
    .to_string = l_list_item_to_string,
    .of_session = true,
};

static const pv_member items_members[] = {
    {"leaves", "leaves: integer", "How many items have no list nested in them: what a form counts as steps.",
     PV_OWN_FIELD(size, pv_list_items_object, leaves)},
    {"outer", "outer: integer", "How many items are nested in none: 3 of 1, 2, 3 with a, b under 3.",
     PV_OWN_FIELD(size, pv_list_items_object, outer)},
    {"irregular", "irregular: list item?",
     "The first item whose number does not follow the one before it (its `order` says how), which leaves open how many "
     "there are; nil where all follow.",
     .get = get_irregular},
    {"confidence", "confidence: string?",
     "How surely these are items: that of the least sure one, \"marked\", \"loose\" or \"series\"; nil where there are "
     "none.",
     .get = get_items_confidence},
    {"lists", "lists: integer", "How many separate outer lists there are.",
     PV_OWN_FIELD(size, pv_list_items_object, lists)},
    {"leaves_list", ":leaves_list(): list of list item", "The items that have no list nested in them.",
     .method = l_items_leaves_list},
    {"outer_list", ":outer_list(): list of list item", "The items that are nested in none.",
     .method = l_items_outer_list},
    PV_MEMBERS_END,
};

const pv_class pv_list_items_class = {
    .name = "list of items",
    .doc = "The enumerated items of a text, of all depths, in text order.",
    .members = items_members,
    .length = l_items_length,
    .index = l_items_index,
    .element = "list item",
    .to_string = l_items_to_string,
    .of_session = true,
    .inherited = pv_list_members,
};
