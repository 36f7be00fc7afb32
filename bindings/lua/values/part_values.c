#include "lua/values/values_p.h"
#include "text/placement.h"

/* ---- parts ---- */

static bool is_opening(const pv_part *part) {
    return part->heading.depth == 0;
}

/* Where a part stands: at its heading; what stands before the first heading, where it says something. */
static pv_span place_of(const pv_part *part) {
    return is_opening(part) ? part->heading.own : part->heading.at;
}

pv_found pv_part_found(const pv_object *object) {
    const pv_part *part = ((const pv_handle *)object)->target;
    return (pv_found){*object, part->whole, place_of(part)};
}

int pv_push_part(lua_State *L, const pv_part *part) {
    if (pv_push_kept(L, part))
        return 1;
    pv_place place = {pv_text_locate(part->whole, place_of(part).start, place_of(part).end), false};
    return pv_handle_push(L, &pv_part_class, part, &place);
}

int l_text_parts(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_part_list *list = pv_text_parts(L, text);
    PV_PUSH_LIST(L, list->found.count, i, pv_push_part(L, &list->parts[i]));
    return 1;
}

static int get_number(lua_State *L) {
    const pv_part *part = pv_self(L);
    return pv_push_text_if_any(L, part->whole, part->heading.number);
}

static int get_heading(lua_State *L) {
    const pv_part *part = pv_self(L);
    return pv_push_text_if_any(L, part->whole, part->heading.title);
}

/* Makes prose of bytes whose line breaks are layout, once. */
static void fold(lua_State *L, const pv_part *part, pv_span at, pv_part_body *body) {
    if (body->made)
        return;
    pv_arena *arena = pv_runtime_of(L)->session_arena;
    pv_text_charge(L, pv_str_slice(part->whole->value, at.start, at.end));
    pv_text slice;
    pv_error error = {0};
    if (!pv_text_slice(&slice, arena, part->whole, at.start, at.end, &error) ||
        !pv_text_fold(&body->text, arena, &slice, PV_WRAPPING_HARD, &error))
        pv_runtime_raise(L, &error);
    body->text.marks = part->whole->marks;
    body->text.is_prose_of_part = true;
    body->made = true;
}

/* [-0, +1, v] Bytes of a part as prose, which body keeps; NULL: they are prose as they stand. */
static int push_prose(lua_State *L, const pv_part *part, pv_span at, pv_part_body *body) {
    if (!body)
        return pv_push_text_part(L, part->whole, at);
    fold(L, part, at, body);
    pv_place place = {pv_text_locate(part->whole, at.start, at.end), false};
    return pv_push_whole_text(L, &body->text, place);
}

static int get_text(lua_State *L) {
    const pv_part *part = pv_self(L);
    return push_prose(L, part, part->heading.body, part->body);
}

static int get_own(lua_State *L) {
    const pv_part *part = pv_self(L);
    return push_prose(L, part, part->heading.own, part->body ? part->body + 1 : NULL);
}

static int get_label(lua_State *L) {
    const pv_str label = ((const pv_part *)pv_self(L))->heading.label;
    return label.size > 0 ? pv_push_str(L, label) : pv_push_nil(L);
}

static int get_left_out(lua_State *L) {
    const pv_part *part = pv_self(L);
    const pv_marks *marks = part->whole->is_prose_of_part ? NULL : part->whole->marks;
    const size_t count = marks ? marks->count : 0;
    const uint32_t start = is_opening(part) ? part->heading.own.start : part->heading.at.end;
    for (size_t i = pv_marks_after(marks, start > 0 ? start - 1 : 0); i < count; i++) {
        const pv_mark *mark = &marks->marks[i];
        if (mark->kind == PV_MARK_HEADING && mark->at.start >= start)
            break;
        if (mark->kind == PV_MARK_LEFT_OUT && mark->at.start >= start)
            return pv_push_str(L, mark->says);
    }
    return pv_push_nil(L);
}

/* Its heading with its number, as the text writes it. */
static int l_part_to_string(lua_State *L) {
    const pv_part *part = pv_self_check(L, &pv_part_class);
    return pv_push_str(L, pv_str_slice(part->whole->value, part->heading.at.start, part->heading.at.end));
}

static const pv_member part_members[] = {
    {"number", "number: text?", "What its heading is numbered with (\"3.2\", \"Section 4\"), or nil.",
     .get = get_number},
    {"heading", "heading: text?", "The words of its heading; nil for what stands before the first heading of the text.",
     .get = get_heading},
    {"text", "text: text", "What stands under the heading, its sub-parts included, as prose.", .get = get_text},
    {"own", "own: text", "What stands under the heading before the next heading of any depth, as prose.",
     .get = get_own},
    {"marked", "marked: boolean",
     "Whether its author made it a heading, by a style of the word processor or the marks of Markdown; otherwise only "
     "its words look like one.",
     PV_FIELD(boolean, pv_part, heading.is_marked)},
    {"level", "level: integer",
     "The level that its author gave the heading, 1 for the topmost; 0 where it is not marked.",
     PV_FIELD(unsigned, pv_part, heading.level)},
    {"label", "label: string?",
     "The number that a program made before its heading, which is none of its words, or nil.", .get = get_label},
    {"left_out", "left_out: string?",
     "What stands under the heading before the next one and is no text (\"a picture is left out\"), or nil.",
     .get = get_left_out},
    {"depth", "depth: integer",
     "1 for the outermost headings, 2 for those inside them, and so on; 0 before the first heading.",
     PV_FIELD(unsigned, pv_part, heading.depth)},
    PV_MEMBERS_END,
};

const pv_class pv_part_class = {
    .name = "part",
    .doc = "One part of a text: a heading and what stands under it. Its place is its heading.",
    .members = part_members,
    .to_string = l_part_to_string,
    .of_session = true,
};

/* ---- which part is what a row names ---- */

enum { SLOT_ROW = 1, SLOT_NAMES = 2 };

typedef struct pv_alignment_object {
    pv_object object;
    const pv_part *parts; /* of the text, in the session's arena */
    const pv_text *whole;
    pv_row_alignments row; /* all that was found for the row; spans count from the start of whole */
    size_t number;         /* of the one that this is; row.count when there is none */
} pv_alignment_object;

/* ---- the names looked for ---- */

typedef struct name_gathering {
    lua_State *L;
    int names; /* stack index: table of the names */
    size_t row;
} name_gathering;

static void take_name(void *context, pv_str name) {
    name_gathering *gathered = context;
    lua_State *L = gathered->L;
    lua_Integer number = (lua_Integer)lua_rawlen(L, gathered->names) / 2;
    pv_push_str(L, name);
    lua_rawseti(L, gathered->names, number * 2 + 1);
    lua_pushinteger(L, (lua_Integer)gathered->row);
    lua_rawseti(L, gathered->names, number * 2 + 2);
}

/* [-0, +1, v] The table of names and rows, alternately, of the list at index. */
static size_t push_names(lua_State *L, int index) {
    if (!lua_istable(L, index))
        pv_raise_expected(L, index, "a list of rows of a table, or of strings");
    lua_Integer count = luaL_len(L, index);
    lua_newtable(L);
    name_gathering gathered = {.L = L, .names = lua_gettop(L)};
    for (lua_Integer i = 1; i <= count; i++) {
        gathered.row = (size_t)i - 1;
        lua_geti(L, index, i);
        if (pv_class_test(L, -1, &pv_row_class)) {
            pv_row_names(L, lua_gettop(L), take_name, &gathered);
        } else if (lua_type(L, -1) == LUA_TSTRING || pv_text_test(L, -1)) {
            pv_str name;
            name.data = luaL_tolstring(L, -1, &name.size);
            take_name(&gathered, name);
            lua_pop(L, 1);
        } else {
            luaL_error(L, "a text is aligned with rows of a table or strings; number %I is %s", (LUAI_UACINT)i,
                       pv_describe(L, -1));
        }
        lua_pop(L, 1);
    }
    return (size_t)count;
}

/* The names of the table on top, in the call arena; the table keeps their bytes. */
static pv_align_name *read_names(lua_State *L, size_t *count) {
    *count = lua_rawlen(L, -1) / 2;
    pv_align_name *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_align_name, *count));
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i * 2 + 1);
        names[i].name = pv_lua_str(L, -1);
        lua_rawgeti(L, -2, (lua_Integer)i * 2 + 2);
        names[i].row = (size_t)lua_tointeger(L, -1);
        pv_text_charge(L, names[i].name);
        lua_pop(L, 2);
    }
    return names;
}

/* ---- alignments ---- */

/* [-0, +1, m] One of the alignments of a row; names, row: stack indices, absolute. */
static void push_alignment(lua_State *L, const pv_alignment_object *like, size_t number, int names, int row) {
    pv_alignment_object *object = pv_class_new(L, &pv_alignment_class, sizeof *object);
    object->parts = like->parts;
    object->whole = like->whole;
    object->row = like->row;
    object->number = number;
    if (number < object->row.count)
        pv_object_place_in(&object->object, object->whole, object->row.best[number].at);
    lua_pushvalue(L, row);
    lua_setiuservalue(L, -2, SLOT_ROW);
    lua_pushvalue(L, names);
    lua_setiuservalue(L, -2, SLOT_NAMES);
}

/* What a name of a definition stands for. */
typedef struct pv_align_definition {
    pv_str name;
    pv_part_list *(*parts)(lua_State *L, pv_text_object *text);
    bool (*align)(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_token_list *tokens,
                  const pv_align_name *names, size_t name_count, size_t rows, pv_row_alignments **out, pv_error *error);
    size_t work; /* for each part and name, twice over */
} pv_align_definition;

static const pv_align_definition definitions[] = {
    {{PV_ALIGNMENT_VERSION, sizeof PV_ALIGNMENT_VERSION - 1}, pv_text_parts, pv_align, 1},
    {{PV_PLACEMENT_VERSION, sizeof PV_PLACEMENT_VERSION - 1}, pv_text_all_parts, pv_placement_find, 4},
};

/* [-0, +0, v] The definition named at index; the first where none is. */
static const pv_align_definition *check_definition(lua_State *L, int index) {
    if (lua_isnoneornil(L, index))
        return &definitions[0];
    pv_str name = pv_check_str(L, index);
    for (size_t i = 0; i < sizeof definitions / sizeof definitions[0]; i++)
        if (pv_str_equal(name, definitions[i].name))
            return &definitions[i];
    const pv_str names[] = {definitions[0].name, definitions[1].name};
    pv_raise_unknown(L, "the list of definitions of an alignment", name, names, 2);
    return NULL;
}

static pv_row_alignments *find(lua_State *L, pv_text_object *text, const pv_align_definition *by,
                               const pv_part_list *parts, const pv_align_name *names, size_t name_count, size_t rows) {
    const pv_token_list *tokens = pv_text_tokens(L, text);
    MAY_RAISE(pv_runtime_charge(L, tokens->count + parts->found.count * (name_count + 1) * by->work / 2 + 1));
    pv_row_alignments *found;
    pv_error error = {0};
    if (!by->align(pv_runtime_of(L)->call_arena, pv_text_object_str(text), &parts->found, tokens, names, name_count,
                   rows, &found, &error))
        pv_runtime_raise(L, &error);
    return found;
}

int l_text_align(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    const pv_align_definition *by = check_definition(L, 3);
    size_t rows = push_names(L, 2);
    int names_table = lua_gettop(L);
    size_t name_count;
    const pv_align_name *names = read_names(L, &name_count);
    const pv_part_list *parts = by->parts(L, text);
    const pv_row_alignments *found = find(L, text, by, parts, names, name_count, rows);
    pv_list_new(L, rows);
    for (size_t i = 0; i < rows; i++) {
        pv_alignment_object like = {.parts = parts->parts, .whole = text->whole, .row = found[i]};
        for (size_t j = 0; j < like.row.count; j++)
            like.row.best[j].at = pv_text_within(text, like.row.best[j].at);
        lua_geti(L, 2, (lua_Integer)i + 1);
        push_alignment(L, &like, 0, names_table, lua_gettop(L));
        lua_remove(L, -2);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static const pv_alignment_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

/* NULL when no part was found. */
static const pv_alignment *found_by(const pv_alignment_object *object) {
    return object->number < object->row.count ? &object->row.best[object->number] : NULL;
}

static int get_row(lua_State *L) {
    return pv_push_slot(L, SLOT_ROW);
}

static int get_part(lua_State *L) {
    const pv_alignment *found = found_by(self(L));
    return found ? pv_push_part(L, &self(L)->parts[found->part]) : pv_push_nil(L);
}

static int get_confidence(lua_State *L) {
    const pv_alignment *found = found_by(self(L));
    const pv_object *object = &self(L)->object;
    pv_push_decimal(L, (pv_decimal){found ? (int64_t)found->confidence : 0, 2}, true,
                    object->has_place ? &object->place : NULL);
    return 1;
}

static int get_how(lua_State *L) {
    const pv_alignment *found = found_by(self(L));
    return pv_push_name(L, found ? pv_alignment_how_name(found->how) : NULL);
}

/* [-0, +1, m] The name or alias that found was held against. */
static pv_str push_name(lua_State *L, const pv_alignment *found) {
    lua_getiuservalue(L, 1, SLOT_NAMES);
    lua_rawgeti(L, -1, (lua_Integer)found->name * 2 + 1);
    lua_remove(L, -2);
    pv_str name = pv_lua_str(L, -1);
    return name;
}

static int get_name(lua_State *L) {
    const pv_alignment *found = found_by(self(L));
    if (!found)
        return pv_push_nil(L);
    push_name(L, found);
    return 1;
}

static int get_words(lua_State *L) {
    const pv_alignment *found = found_by(self(L));
    pv_str words = PV_STR("");
    pv_error error = {0};
    if (found) {
        pv_str name = push_name(L, found);
        pv_span title = self(L)->parts[found->part].heading.title;
        bool heading = found->how == PV_ALIGNMENT_HEADING || found->how == PV_ALIGNMENT_WORDS;
        pv_span at = heading ? title : found->at;
        if (!pv_alignment_words(pv_runtime_of(L)->call_arena, pv_str_slice(self(L)->whole->value, at.start, at.end),
                                name, &words, &error))
            return pv_runtime_raise(L, &error);
    }
    return pv_push_str(L, words);
}

static int get_others(lua_State *L) {
    lua_getiuservalue(L, 1, SLOT_NAMES);
    lua_getiuservalue(L, 1, SLOT_ROW);
    int row = lua_gettop(L);
    pv_list_new(L, 0);
    for (size_t i = self(L)->number + 1; i < self(L)->row.count; i++) {
        push_alignment(L, self(L), i, row - 1, row);
        pv_list_set(L, i - self(L)->number);
    }
    return 1;
}

static int l_alignment_to_string(lua_State *L) {
    const pv_alignment_object *object = pv_class_check(L, 1, &pv_alignment_class);
    const pv_alignment *found = found_by(object);
    if (!found)
        return pv_push_name(L, "no part");
    pv_push_part(L, &object->parts[found->part]);
    luaL_tolstring(L, -1, NULL);
    get_confidence(L);
    luaL_tolstring(L, -1, NULL);
    lua_pushfstring(L, "%s (%s, %s)", lua_tostring(L, -3), lua_tostring(L, -1), pv_alignment_how_name(found->how));
    return 1;
}

static const pv_member alignment_members[] = {
    {"row", "row: row | text | string", "The row that was looked for.", .get = get_row},
    {"part", "part: part?", "The part that is most likely what the row names, or nil.", .get = get_part},
    {"confidence", "confidence: decimal",
     "How sure that is, as a percentage: 100% when the heading is the row's name or alias; 0% without a part.",
     .get = get_confidence},
    {"how", "how: string?",
     "\"heading\" (it is the name), \"heading words\" (it shares words with it), \"body\" (only the words under it "
     "name the row), by \"align 2\" \"list\" (only an entry of a list names it), or nil.",
     .get = get_how},
    {"words", "words: string", "The words that decided, with commas between.", .get = get_words},
    {"name", "name: string?", "The row's name or alias that the part was held against.", .get = get_name},
    {"others", "others: list of alignment", "Further parts that may be the row, best first.", .get = get_others},
    PV_MEMBERS_END,
};

const pv_class pv_alignment_class = {
    .name = "alignment",
    .doc = "Which part of a text is what a row of a list names. Its place is the part's heading, or the words under it "
           "that name the row.",
    .members = alignment_members,
    .to_string = l_alignment_to_string,
    .slots = 2,
    .of_session = true,
};
