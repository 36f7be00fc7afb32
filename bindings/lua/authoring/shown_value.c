#include "lua/authoring/authoring_p.h"

#include <string.h>

#include "base/utf8.h"
#include "lua/filing/filing.h"
#include "lua/values/values.h"

/* Elements of a list that are written out. */
#define ELEMENTS_SHOWN 4

/* ---- writing, cut at the capacity ---- */

static void append(pv_shown_value *out, pv_str text) {
    if (out->cut)
        return;
    size_t room = PV_SHOWN_BYTES - out->size;
    out->cut = text.size > room;
    size_t taken = out->cut ? pv_utf8_previous(text, room + 1) : text.size;
    if (taken > 0)
        memcpy(out->text + out->size, text.data, taken);
    out->size += taken;
    if (!out->cut)
        return;
    memcpy(out->text + out->size, "…", strlen("…"));
    out->size += strlen("…");
}

/* What a rule made with string.char need not be UTF-8, and is printed. */
static void append_printable(pv_shown_value *out, pv_str text) {
    size_t invalid;
    while (!out->cut && (invalid = pv_utf8_invalid_at(text)) != SIZE_MAX) {
        append(out, pv_str_slice(text, 0, invalid));
        append(out, PV_STR("\xEF\xBF\xBD"));
        text = pv_str_slice(text, invalid + 1, text.size);
    }
    append(out, text);
}

static void append_quoted(pv_shown_value *out, pv_str text) {
    append(out, PV_STR("“"));
    append_printable(out, text);
    append(out, PV_STR("”"));
}

/* [-0, +0, m] */
static void append_converted(lua_State *L, int index, pv_shown_value *out) {
    int top = lua_gettop(L);
    pv_str text;
    text.data = pv_sandbox_to_string(L, index, &text.size);
    append_printable(out, text);
    lua_settop(L, top);
}

/* ---- objects and lists ---- */

/* What is nothing but words of the submission is quoted; everything else says itself what it is. */
static bool is_words(const pv_class *class) {
    return class == &pv_text_class || class == &pv_match_class || class == &pv_mention_class ||
           class == &pv_list_item_class;
}

/* [-0, +0, m] "1 word", "2 items" of a list of items, "record list of 3". */
static void append_count(lua_State *L, lua_Integer count, pv_str name, pv_shown_value *out) {
    pv_str list = PV_STR("list of ");
    if (pv_str_starts_with(name, list))
        name = pv_str_slice(name, list.size, name.size);
    bool plural = pv_str_ends_with(name, PV_STR("s"));
    lua_pushfstring(L, plural ? "%I " : " of %I", (LUAI_UACINT)count);
    if (!plural)
        append(out, name);
    append(out, pv_str_from(lua_tostring(L, -1)));
    if (plural)
        append(out, pv_str_slice(name, 0, name.size - (count == 1)));
    lua_pop(L, 1);
}

static void append_object(lua_State *L, int index, const pv_class *class, pv_shown_value *out) {
    if (class->length) {
        append_count(L, luaL_len(L, index), pv_str_from(class->name), out);
        return;
    }
    if (!class->to_string) {
        append(out, pv_str_from(class->name));
        return;
    }
    if (is_words(class)) {
        int top = lua_gettop(L);
        pv_str text;
        text.data = pv_sandbox_to_string(L, index, &text.size);
        append_quoted(out, text);
        lua_settop(L, top);
        return;
    }
    size_t before = out->size;
    append_converted(L, index, out);
    if (out->size == before)
        append(out, PV_STR("blank"));
}

static void append_value(lua_State *L, int index, bool nested, pv_shown_value *out);

static void append_table(lua_State *L, int index, bool nested, pv_shown_value *out) {
    lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    lua_pushnil(L);
    bool empty = !lua_next(L, index);
    if (!empty)
        lua_pop(L, 2);
    if (count == 0 || nested) {
        append(out, empty ? PV_STR("an empty list") : count == 0 ? PV_STR("a table") : PV_STR("a list"));
        return;
    }
    lua_pushfstring(L, "%I: ", (LUAI_UACINT)count);
    append(out, pv_str_from(lua_tostring(L, -1)));
    lua_pop(L, 1);
    for (lua_Integer i = 1; i <= count && i <= ELEMENTS_SHOWN; i++) {
        append(out, i > 1 ? PV_STR(", ") : PV_STR(""));
        lua_rawgeti(L, index, i);
        append_value(L, lua_gettop(L), true, out);
        lua_pop(L, 1);
    }
    append(out, count > ELEMENTS_SHOWN ? PV_STR(", …") : PV_STR(""));
}

/* index is absolute. */
static void append_value(lua_State *L, int index, bool nested, pv_shown_value *out) {
    const pv_object *object = pv_object_test(L, index);
    pv_str text;
    switch (lua_type(L, index)) {
    case LUA_TNONE:
    case LUA_TNIL:
        append(out, PV_STR("nil"));
        return;
    case LUA_TSTRING:
        text = pv_lua_str(L, index);
        append_quoted(out, text);
        return;
    case LUA_TFUNCTION:
        append(out, PV_STR("a function"));
        return;
    case LUA_TTABLE:
        append_table(L, index, nested, out);
        return;
    case LUA_TUSERDATA:
        append_object(L, index, object->class, out);
        return;
    default:
        append_converted(L, index, out);
    }
}

void pv_show_value(lua_State *L, int index, pv_shown_value *out) {
    out->size = 0;
    out->cut = false;
    out->source = NULL;
    index = lua_absindex(L, index);
    luaL_checkstack(L, 12, NULL);
    append_value(L, index, false, out);
    if (lua_type(L, index) != LUA_TNIL && pv_place_of(L, index, &out->at))
        out->source = pv_runtime_of(L)->source;
}

/* ---- where a plain value comes from ---- */

typedef struct form_part {
    pv_span at;
    const pv_value_list *attributes;
} form_part;

/* The part of the form that an object stands for; false when it stands for none. */
static bool form_part_of(const pv_object *object, form_part *out) {
    const void *target = ((const pv_handle *)object)->target;
    if (object->class == &pv_item_class) {
        const pv_item *item = target;
        *out = (form_part){item->at, &item->attributes};
    } else if (object->class == &pv_measure_class) {
        const pv_measure *measure = ((const pv_filed_measure *)target)->measure;
        *out = (form_part){measure->at, &measure->attributes};
    } else if (object->class == &pv_section_class) {
        const pv_section *section = target;
        *out = (form_part){section->at, &section->attributes};
    } else if (object->class == &pv_group_class) {
        *out = (form_part){((const pv_group *)target)->at, NULL};
    } else if (object->class == &pv_form_class) {
        *out = (form_part){{0, 0}, &((const pv_form *)target)->attributes};
    } else if (object->class == &pv_row_class) {
        *out = (form_part){{0, 0}, target};
    } else {
        return false;
    }
    return true;
}

/* What a measure has of the filing and not of the form. */
static bool is_filed(const pv_object *object, pv_str name) {
    return object->class == &pv_measure_class &&
           (pv_str_equal(name, PV_STR("given")) || pv_str_equal(name, PV_STR("blank")) ||
            pv_str_equal(name, PV_STR("row_name")));
}

static void find_parameter(const pv_object *object, pv_str name, pv_shown_value *out) {
    const pv_parameter *parameter = pv_rule_parameter(((const pv_handle *)object)->target, name);
    if (!parameter || !parameter->source)
        return;
    out->source = parameter->source;
    out->at = (pv_place){parameter->value.at, false};
}

static void find_origin(const pv_runtime *runtime, const pv_object *object, pv_str name, pv_shown_value *out) {
    form_part part;
    if (object->class == &pv_parameters_class) {
        find_parameter(object, name, out);
        return;
    }
    if (!form_part_of(object, &part) || is_filed(object, name)) {
        if (object->has_place) {
            out->source = runtime->source;
            out->at = object->place;
        }
        return;
    }
    const pv_value *value = part.attributes ? pv_value_list_get(part.attributes, name) : NULL;
    bool declared = value && value->given;
    if (!declared && part.at.end == 0)
        return;
    out->source = runtime->form->source;
    out->at = (pv_place){declared ? value->at : part.at, false};
}

void pv_show_member(lua_State *L, int index, int object, pv_str name, pv_shown_value *out) {
    pv_show_value(L, index, out);
    const pv_object *owner = pv_object_test(L, object);
    if (!out->source && owner)
        find_origin(pv_runtime_of(L), owner, name, out);
}
