#include "lua/class.h"

static void make_record_list(lua_State *L, const void *address) {
    const pv_record_list *list = address;
    const pv_place place = {list->at, !list->given};
    pv_handle_new(L, &pv_record_list_class, list, &place);
}

void pv_push_record_list(lua_State *L, const pv_record_list *list) {
    pv_class_push_cached(L, list, make_record_list);
}

static int get_given(lua_State *L) {
    const pv_record_list *list = pv_self(L);
    lua_pushboolean(L, list->given);
    return 1;
}

static int get_label(lua_State *L) {
    const pv_record_list *list = pv_self(L);
    return pv_push_str(L, list->spec->label);
}

static int l_record_list_length(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    lua_pushinteger(L, (lua_Integer)list->count);
    return 1;
}

static int l_record_list_index(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    lua_Integer number = luaL_checkinteger(L, 2);
    if (number < 1 || (lua_Unsigned)number > list->count)
        lua_pushnil(L);
    else
        pv_push_record(L, &list->records[number - 1]);
    return 1;
}

static int l_record_list_to_string(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    return pv_push_str(L, list->spec->label);
}

static const pv_member members[] = {
    {"given", "given: boolean", "Whether the submission names the list; it may still be empty.", get_given, NULL},
    {"label", "label: string", "Its label as printed.", get_label, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_record_list_class = {
    .name = "record list",
    .doc = "The records of one kind, in the order given; also a place, and where it is absent, where it should stand.",
    .members = members,
    .length = l_record_list_length,
    .index = l_record_list_index,
    .element = "record",
    .to_string = l_record_list_to_string,
    .of_session = true,
    .inherited = pv_list_members,
};
