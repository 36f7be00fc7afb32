#include "lua/object/class.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include "base/set.h"
#include "base/str.h"
#include "model/message.h"

#define MAX_SUGGESTED_NAMES 256
/* Longest part of an unknown name that is compared and quoted, in bytes: a rule may ask for a megabyte. */
#define MAX_QUOTED_NAME 60
/* Lua keeps one string for each text of at most so many bytes (LUAI_MAXSHORTLEN). */
#define LONGEST_NAME 40

int pv_push_str(lua_State *L, pv_str text) {
    lua_pushlstring(L, text.data, text.size);
    return 1;
}

int pv_push_name(lua_State *L, const char *name) {
    lua_pushstring(L, name);
    return 1;
}

int pv_push_boolean(lua_State *L, bool value) {
    lua_pushboolean(L, value);
    return 1;
}

int pv_push_size(lua_State *L, size_t number) {
    lua_pushinteger(L, (lua_Integer)number);
    return 1;
}

int pv_push_nil(lua_State *L) {
    lua_pushnil(L);
    return 1;
}

int pv_push_slot(lua_State *L, int slot) {
    lua_getiuservalue(L, 1, slot);
    return 1;
}

/* "words", "fields", but not "list of items". */
static bool is_plural(const char *noun) {
    return noun[strlen(noun) - 1] == 's' && !strchr(noun, ' ');
}

/* [-0, +1, m] "a response", "an item", "the list of fields". */
static const char *with_article(lua_State *L, const char *noun) {
    const char *article = is_plural(noun) ? "the list of" : strchr("aeiou", noun[0]) ? "an" : "a";
    return lua_pushfstring(L, "%s %s", article, noun);
}

const char *pv_describe(lua_State *L, int index) {
    const pv_object *object = pv_object_test(L, index);
    if (!object && lua_isnoneornil(L, index))
        return lua_pushliteral(L, "nothing (nil)");
    if (object)
        return with_article(L, object->class->name);
    bool is_list = lua_istable(L, index) && luaL_getmetafield(L, index, "__name") != LUA_TNIL;
    return with_article(L, is_list ? "list" : luaL_typename(L, index));
}

int pv_raise_expected(lua_State *L, int index, const char *what) {
    return luaL_error(L, "expected %s, got %s", what, pv_describe(L, index));
}

/* The beginning of a long name, cut between characters. */
static pv_str quotable(pv_str name) {
    if (name.size <= MAX_QUOTED_NAME)
        return name;
    size_t end = MAX_QUOTED_NAME;
    while (end > 0 && ((unsigned char)name.data[end] & 0xC0) == 0x80)
        end--;
    return pv_str_slice(name, 0, end);
}

int pv_raise_unknown(lua_State *L, const char *owner, pv_str name, const pv_str *names, size_t count) {
    name = quotable(name);
    pv_push_str(L, name);
    const char *asked = lua_tostring(L, -1);
    size_t nearest = pv_suggest(name, names, count);
    if (nearest == SIZE_MAX)
        return luaL_error(L, "%s has no \"%s\"", owner, asked);
    pv_push_str(L, names[nearest]);
    return luaL_error(L, "%s has no \"%s\"%s; did you mean \"%s\"?", owner, asked,
                      pv_message_difference(name, names[nearest]).text, lua_tostring(L, -1));
}

static size_t add_member_names(const pv_member *members, pv_str *names, size_t count, size_t capacity) {
    for (; members->name && count < capacity; members++)
        names[count++] = pv_str_from(members->name);
    return count;
}

/* The object is at index 1, the name that it has not at index 2. */
static int raise_unknown_member(lua_State *L, const pv_class *class) {
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "%s is asked for a name, not for %s", with_article(L, class->name), pv_describe(L, 2));
    pv_str names[MAX_SUGGESTED_NAMES];
    size_t count = add_member_names(class->members, names, 0, MAX_SUGGESTED_NAMES);
    if (class->inherited)
        count = add_member_names(class->inherited, names, count, MAX_SUGGESTED_NAMES);
    if (class->declared_names)
        count += class->declared_names(L, names + count, MAX_SUGGESTED_NAMES - count);
    pv_str name = pv_lua_str(L, 2);
    return pv_raise_unknown(L, with_article(L, class->name), name, names, count);
}

static void require_session(lua_State *L, const pv_class *class) {
    if (class->of_session)
        MAY_RAISE(pv_runtime_require_open(L));
}

/* ---- members by name ---- */

/* Of the members of a class, each by the address of its name: Lua keeps one string for every short text, so that two
 * names are the same where their addresses are. The strings are kept by the list that goes with the table. */
typedef struct member_slot {
    const char *name; /* NULL: free */
    const pv_member *member;
} member_slot;

typedef struct member_table {
    size_t mask;
    member_slot slots[];
} member_table;

static const pv_member *find_member(const member_table *table, const char *name) {
    size_t slot = pv_slots_first((uint64_t)(uintptr_t)name, table->mask);
    while (table->slots[slot].name && table->slots[slot].name != name)
        slot = pv_slots_next(slot, table->mask);
    return table->slots[slot].member;
}

static size_t count_members(const pv_member *members) {
    size_t count = 0;
    while (members && members[count].name)
        count++;
    return count;
}

/* [-0, +0, m] Adds members to the table, and their names to the list on top. Of two that share a name, the later
 * stays. */
static void add_members(lua_State *L, member_table *table, const pv_member *members) {
    for (; members && members->name; members++) {
        assert(strlen(members->name) <= LONGEST_NAME);
        const char *name = lua_pushstring(L, members->name);
        lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
        size_t slot = pv_slots_first((uint64_t)(uintptr_t)name, table->mask);
        while (table->slots[slot].name && table->slots[slot].name != name)
            slot = pv_slots_next(slot, table->mask);
        table->slots[slot] = (member_slot){name, members};
    }
}

/* [-0, +2, m] The table of the members of a class, and the list of their names. */
static void push_members(lua_State *L, const pv_class *class) {
    size_t count = count_members(class->members) + count_members(class->inherited);
    size_t capacity = pv_slots_capacity(count + 1);
    size_t size = sizeof(member_table) + capacity * sizeof(member_slot);
    member_table *table = lua_newuserdatauv(L, size, 0);
    memset(table, 0, size);
    table->mask = capacity - 1;
    lua_createtable(L, (int)count, 0);
    add_members(L, table, class->members);
    add_members(L, table, class->inherited);
}

/* ---- attributes ---- */

int pv_reflect_str(lua_State *L, const pv_object *object, const void *field) {
    (void)object;
    return pv_push_str(L, *(const pv_str *)field);
}

int pv_reflect_boolean(lua_State *L, const pv_object *object, const void *field) {
    (void)object;
    return pv_push_boolean(L, *(const bool *)field);
}

int pv_reflect_size(lua_State *L, const pv_object *object, const void *field) {
    (void)object;
    return pv_push_size(L, *(const size_t *)field);
}

int pv_reflect_unsigned(lua_State *L, const pv_object *object, const void *field) {
    (void)object;
    return pv_push_size(L, *(const uint32_t *)field);
}

/* [-0, +1, v] The attribute of the object at index 1. Returns 1. */
static int push_attribute(lua_State *L, const pv_member *member) {
    if (member->get)
        return member->get(L);
    const pv_object *object = lua_touserdata(L, 1);
    const void *base = member->own ? (const void *)object : ((const pv_handle *)object)->target;
    if (member->pointer > 0)
        memcpy(&base, (const char *)base + member->pointer - 1, sizeof base);
    return member->push(L, object, (const char *)base + member->offset);
}

/* Whether the key at index 2, which names this member or, where it is NULL, one that is declared, gives the same in all
 * submissions on the form. Not where none is open. */
static bool is_same_in_all(lua_State *L, const pv_class *class, const pv_member *member) {
    bool of_form = member ? member->of_form : class->declares_of_form && lua_type(L, 2) == LUA_TSTRING;
    return of_form && pv_runtime_of(L)->submission;
}

/* [-0, +1, v] Pushes the member of the object at index 1 that the key at index 2 names. Returns 1. */
static int push_member(lua_State *L) {
    const pv_class *class = ((const pv_object *)lua_touserdata(L, 1))->class;
    const pv_member *member = NULL;
    int type = lua_type(L, 2);
    if (type == LUA_TSTRING)
        member = find_member(lua_touserdata(L, lua_upvalueindex(1)), lua_tostring(L, 2));
    if (class->of_session && !is_same_in_all(L, class, member))
        MAY_RAISE(pv_runtime_require_open(L));
    if (type == LUA_TSTRING) {
        if (member && !member->method)
            return push_attribute(L, member);
        if (member) {
            lua_pushcfunction(L, member->method);
            return 1;
        }
        if (class->get_declared && class->get_declared(L, pv_lua_str(L, 2)))
            return 1;
    }
    if (type == LUA_TNUMBER && class->index)
        return class->index(L);
    return raise_unknown_member(L, class);
}

/* [-0, +0, -] The object at index 1 is asked for what the key at index 2 names. */
static void note_look(lua_State *L) {
    const pv_object *object = lua_touserdata(L, 1);
    if (object->class->look)
        object->class->look(L, object, lua_type(L, 2) == LUA_TSTRING ? pv_lua_str(L, 2) : PV_STR(""));
    else if (object->has_place)
        pv_runtime_look_at(L, object->place.span);
}

/* __index; upvalue 1 is the table of the members, upvalue 2 keeps their names. */
static int l_object_index(lua_State *L) {
    if (pv_runtime_of(L)->has_doubts)
        note_look(L);
    MAY_RAISE(push_member(L));
    const pv_observer *observer = pv_runtime_of(L)->observer;
    if (observer && observer->member)
        MAY_RAISE(observer->member(pv_runtime_of(L)->observer, L));
    return 1;
}

static int l_object_newindex(lua_State *L) {
    const pv_object *object = lua_touserdata(L, 1);
    return luaL_error(L, "%s is read-only", with_article(L, object->class->name));
}

static void set_function(lua_State *L, const char *event, lua_CFunction function) {
    if (!function)
        return;
    lua_pushcfunction(L, function);
    lua_setfield(L, -2, event);
}

/* [-0, +0, m] Builds the metatable of class. */
static void register_class(lua_State *L, const pv_class *class) {
    lua_createtable(L, 0, 12);
    push_members(L, class);
    lua_pushcclosure(L, l_object_index, 2);
    lua_setfield(L, -2, "__index");
    set_function(L, "__newindex", l_object_newindex);
    set_function(L, "__len", class->length);
    set_function(L, "__tostring", class->to_string);
    if (class->operators)
        luaL_setfuncs(L, class->operators, 0);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pushstring(L, class->name);
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, class);
}

void pv_class_register_all(lua_State *L, const pv_class *const *classes) {
    for (; *classes; classes++)
        register_class(L, *classes);
}

void *pv_check_memory(lua_State *L, void *block) {
    pv_error error = {0};
    if (!block && !pv_fail_memory(&error))
        pv_runtime_raise(L, &error);
    return block;
}

void *pv_class_new(lua_State *L, const pv_class *class, size_t size) {
    pv_object *object = lua_newuserdatauv(L, size, class->slots);
    memset(object, 0, size);
    object->class = class;
    lua_rawgetp(L, LUA_REGISTRYINDEX, class);
    lua_setmetatable(L, -2);
    return object;
}

void pv_object_set_place(pv_object *object, const pv_place *place) {
    if (!place)
        return;
    object->place = *place;
    object->has_place = true;
}

bool pv_push_kept(lua_State *L, const void *address) {
    luaL_checkstack(L, 6, NULL);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, address) != LUA_TNIL)
        return true;
    lua_pop(L, 1);
    return false;
}

void pv_keep(lua_State *L, const void *address) {
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, address);
}

int pv_handle_push(lua_State *L, const pv_class *class, const void *target, const pv_place *place) {
    if (pv_push_kept(L, target))
        return 1;
    pv_handle *handle = pv_class_new(L, class, sizeof *handle);
    handle->target = target;
    pv_object_set_place(&handle->object, place);
    pv_keep(L, target);
    return 1;
}

const void *pv_self(lua_State *L) {
    return ((const pv_handle *)lua_touserdata(L, 1))->target;
}

const void *pv_self_check(lua_State *L, const pv_class *class) {
    return ((const pv_handle *)pv_class_check(L, 1, class))->target;
}

pv_object *pv_object_test(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TUSERDATA ? lua_touserdata(L, index) : NULL;
}

void *pv_class_test(lua_State *L, int index, const pv_class *class) {
    pv_object *object = pv_object_test(L, index);
    return object && object->class == class ? object : NULL;
}

void *pv_class_check(lua_State *L, int index, const pv_class *class) {
    void *object = pv_class_test(L, index, class);
    if (!object) {
        if (lua_isnone(L, index))
            lua_settop(L, index); /* else what is pushed for the message would stand there */
        pv_raise_expected(L, index, with_article(L, class->name));
    }
    require_session(L, class);
    return object;
}

/* ---- what is known without an object ---- */

bool pv_name_list_add(pv_name_list *list, pv_str name) {
    pv_str *added = PV_ARRAY_ADD(list->arena, &list->names);
    if (added)
        *added = name;
    return added;
}

/* ---- lists ---- */

/* Its address is the key of the lists' metatable in the registry. */
static const char list_metatable = 0;

void pv_list_set_metatable(lua_State *L) {
    lua_rawsetp(L, LUA_REGISTRYINDEX, &list_metatable);
}

void pv_list_new(lua_State *L, size_t count) {
    luaL_checkstack(L, 4, NULL);
    lua_createtable(L, count < INT_MAX ? (int)count : INT_MAX, 0);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &list_metatable);
    lua_setmetatable(L, -2);
}

void pv_list_set(lua_State *L, size_t number) {
    lua_rawseti(L, -2, (lua_Integer)number);
}

bool pv_index_argument(lua_State *L, size_t count, size_t *out) {
    lua_Integer number = luaL_checkinteger(L, 2);
    *out = (size_t)number - 1;
    return number >= 1 && (lua_Unsigned)number <= count;
}

/* ---- places ---- */

static uint32_t smaller(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

static uint32_t larger(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

/* source is NULL while no submission is judged: then there is one file. */
static bool is_in_one_file(const pv_source *source, const pv_place *a, const pv_place *b) {
    return !source || pv_source_part(source, a->span.start) == pv_source_part(source, b->span.start);
}

void pv_place_add(const pv_source *source, pv_place *hull, bool *any, pv_place place) {
    if (!*any || (hull->expected_here && !place.expected_here)) {
        *hull = place;
    } else if (hull->expected_here == place.expected_here && !place.expected_here &&
               is_in_one_file(source, hull, &place)) {
        hull->span.start = smaller(hull->span.start, place.span.start);
        hull->span.end = larger(hull->span.end, place.span.end);
    }
    *any = true;
}

static bool place_of_object(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    if (object->has_place) {
        *out = object->place;
        return true;
    }
    return runtime->submission && object->class->find_place && object->class->find_place(runtime, object, out);
}

bool pv_place_of(lua_State *L, int index, pv_place *out) {
    pv_runtime *runtime = pv_runtime_of(L);
    runtime->asks_filing = true;
    const pv_object *object = pv_object_test(L, index);
    if (object)
        return place_of_object(runtime, object, out);
    if (!lua_istable(L, index) || !lua_checkstack(L, 1))
        return false;
    bool any = false;
    index = lua_absindex(L, index);
    lua_Unsigned count = lua_rawlen(L, index);
    for (lua_Unsigned i = 1; i <= count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        pv_place place;
        object = pv_object_test(L, -1);
        if (object && place_of_object(runtime, object, &place))
            pv_place_add(runtime->source, out, &any, place);
        lua_pop(L, 1);
    }
    return any;
}
