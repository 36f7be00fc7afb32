/* Invariant: a value a rule holds is a userdata of exactly one class, read-only (a verdict alone is added to while it
 * is built), and raises once the submission it belongs to is closed. Every full userdata that rules can reach is a
 * pv_object; metatables are built once per state and cannot be reached. A state serves one submission. */
#ifndef PV_LUA_OBJECT_CLASS_H
#define PV_LUA_OBJECT_CLASS_H

#include "base/array.h"
#include "lua/host/runtime.h"

#include <stddef.h>

/* Every userdata of every class starts with this. */
typedef struct pv_object {
    const struct pv_class *class;
    pv_place place; /* where in the submission's source; has_place false for data of the form */
    bool has_place;
} pv_object;

/* An object that stands for one C object of the submission or the form. */
typedef struct pv_handle {
    pv_object object;
    const void *target;
} pv_handle;

/* One name a rule may ask for. The documentation stands in the registration record and nowhere else. */
typedef struct pv_member {
    const char *name;
    const char *signature; /* "words: words", ":find(pattern: pattern): match?" */
    const char *doc;       /* one sentence */
    /* One of these three. A method is called with the object at index 1. */
    lua_CFunction method;
    /* [-0, +1, v] Pushes an attribute of the object at index 1 and returns 1. */
    int (*get)(lua_State *L);
    /* [-0, +1, m] Pushes an attribute that is a field of the C struct, which stands at `field`, and returns 1: PV_FIELD
     * fills it in. */
    int (*push)(lua_State *L, const pv_object *object, const void *field);
    bool own;     /* the field is of the object itself, not of what it stands for */
    bool of_form; /* of a class `of_session`: it is the same in every submission on the form, for the same part of it */
    size_t
        pointer; /* offset, plus one, of the pointer to the struct that has the field; 0: it is where the others are */
    size_t offset;
} pv_member;

/* The field of a struct, of which the type is checked: its offset. */
#define PV_OFFSET(kind, type, field)                                                                                   \
    (offsetof(type, field) + 0 * sizeof((const PV_TYPE_##kind *)0 == &((const type *)0)->field))
/* The end of a member's row: a field of what the object stands for (a pv_handle), of a struct it points to, of the
 * object itself. kind: str, boolean, size, unsigned; and those of the room values. */
#define PV_FIELD(kind, type, field) .push = pv_reflect_##kind, .offset = PV_OFFSET(kind, type, field)
#define PV_FIELD_THROUGH(kind, type, to, pointed, field)                                                               \
    .push = pv_reflect_##kind, .pointer = offsetof(type, to) + 1, .offset = PV_OFFSET(kind, pointed, field)
#define PV_OWN_FIELD(kind, type, field) .push = pv_reflect_##kind, .own = true, .offset = PV_OFFSET(kind, type, field)

#define PV_TYPE_str pv_str
#define PV_TYPE_boolean bool
#define PV_TYPE_size size_t
#define PV_TYPE_unsigned uint32_t
int pv_reflect_str(lua_State *L, const pv_object *object, const void *field);
int pv_reflect_boolean(lua_State *L, const pv_object *object, const void *field);
int pv_reflect_size(lua_State *L, const pv_object *object, const void *field);
int pv_reflect_unsigned(lua_State *L, const pv_object *object, const void *field);

/* What is known of a value before there is one: from the form and the rule alone. */
typedef struct pv_foreseen {
    const char *type; /* as signatures write it: "row", "list of row" */
    const void *of;   /* the part of the form, or the rule, that says which names it has; NULL: not known */
} pv_foreseen;

/* Names in an arena, as they are gathered. */
typedef struct pv_name_list {
    pv_arena *arena;
    PV_ARRAY(pv_str) names;
} pv_name_list;

#define PV_MEMBERS_END                                                                                                 \
    { .name = NULL }

typedef struct pv_class {
    const char *name; /* "response" */
    const char *doc;
    const pv_member *members; /* ends with a NULL name */
    /* Further names that depend on the object (attributes a form declares): pushes the value and returns 1, or returns
     * 0 when the object has no such name. Built-in names come first. May be NULL. */
    int (*get_declared)(lua_State *L, pv_str name);
    /* Where what the object stands for has the values that get_declared serves (see pv_get_attribute): an offset. */
    size_t values;
    /* What is known of get_declared without an object, of one whose `of` is this, or NULL: see pv_foreseen. Both or
     * none are there; without them the declared names are not known before a rule runs.
     * What `name` gives, a method with this first argument: true where more is known than its signature says. */
    bool (*foresee)(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out);
    /* Adds the names there are beyond the members, all that there may be where `of` is NULL; for the name of a method
     * what its first argument may be, or nothing where that may be anything. False for memory. */
    bool (*add_names)(const pv_form *form, const void *of, pv_str method, pv_name_list *out);
    /* The declared names, for suggestions: fills up to capacity, returns how many it filled. May be NULL. */
    size_t (*declared_names)(lua_State *L, pv_str *names, size_t capacity);
    lua_CFunction length;      /* `#`, or NULL */
    lua_CFunction index;       /* `object[integer]`, or NULL; nil past the end, so that ipairs ends */
    const char *element;       /* what it gives: "text"; NULL without index */
    lua_CFunction to_string;   /* tostring and %s */
    const luaL_Reg *operators; /* __add, __lt …, or NULL */
    /* The place of a part of the form in the submission that is open, or NULL. Pure: never raises. */
    bool (*find_place)(const pv_runtime *runtime, const pv_object *object, pv_place *out);
    /* Notes which responses are looked at when this name is asked for (pv_runtime_look); NULL: those whose words are at
     * the object's place. Never raises. */
    void (*look)(lua_State *L, const pv_object *object, pv_str name);
    int slots;             /* Lua values an object keeps (user values) */
    bool of_session;       /* it reads the submission: raises when none is open */
    bool declares_of_form; /* what get_declared gives is `of_form` */
    /* Methods that other classes have too, those of lists: length and index are then set. Ends with a NULL name; may be
     * NULL. */
    const pv_member *inherited;
} pv_class;

/* [-0, +0, m] Prepares a state for objects of these classes, NULL at the end; called once. Every metatable is built
 * here, so that sessions, which start from an image of this state, build none. */
void pv_class_register_all(lua_State *L, const pv_class *const *classes);
/* [-0, +1, m] A zeroed userdata of this class and size (a struct that starts with pv_object). */
void *pv_class_new(lua_State *L, const pv_class *class, size_t size);
/* NULL: the object has no place. */
void pv_object_set_place(pv_object *object, const pv_place *place);
/* [-0, +0, v] block, raising when it is NULL: an arena refused it. */
void *pv_check_memory(lua_State *L, void *block);
/* [-0, +1, m] The object of the session that stands for target (the same response is the same value in Lua), made the
 * first time; place NULL for data of the form. Returns 1. */
int pv_handle_push(lua_State *L, const pv_class *class, const void *target, const pv_place *place);
/* [-0, +0, -] In a getter: what the object at index 1 stands for. */
const void *pv_self(lua_State *L);
/* [-0, +0, v] In a method: the same, after pv_class_check. */
const void *pv_self_check(lua_State *L, const pv_class *class);
/* [-0, +0, -] The object at index when it is of this class, else NULL. */
void *pv_class_test(lua_State *L, int index, const pv_class *class);
/* [-0, +0, v] The same, raising "expected a response, got a text". Raises when the session has ended. */
void *pv_class_check(lua_State *L, int index, const pv_class *class);
/* [-0, +1, m] What the value at index is, for messages: "a response", "an item", "a string", "nothing (nil)". */
const char *pv_describe(lua_State *L, int index);
/* [-0, +0, v] Raises "expected WHAT, got a text" for the value at index. */
int pv_raise_expected(lua_State *L, int index, const char *what);
/* [-0, +0, v] Raises "OWNER has no "name"; did you mean …?" with the nearest of the names. */
int pv_raise_unknown(lua_State *L, const char *owner, pv_str name, const pv_str *names, size_t count);
/* [-0, +0, -] Any engine object at index, or NULL. */
pv_object *pv_object_test(lua_State *L, int index);
/* [-0, +(0|1), -] The value kept in this session for a C address; false when there is none. */
bool pv_push_kept(lua_State *L, const void *address);
/* [-0, +0, m] Keeps the value on top. */
void pv_keep(lua_State *L, const void *address);

/* A list is a Lua table with a metatable; it is made anew each time it is asked for, so what a rule does to it reaches
 * no other rule. */
/* [-1, +0, m] Makes the table on top the metatable of all lists; called once per state. */
void pv_list_set_metatable(lua_State *L);
/* [-0, +1, m] Pushes an empty list table with the list methods (largest, where …) and room for count. */
void pv_list_new(lua_State *L, size_t count);
/* [-1, +0, m] Appends the value on top as the number-th element of the list just below it. */
void pv_list_set(lua_State *L, size_t number);
/* Pushes the list of what `push` pushes for i from 0 to count - 1; may raise when push may. */
#define PV_PUSH_LIST(L, count, i, push)                                                                                \
    do {                                                                                                               \
        pv_list_new(L, count);                                                                                         \
        for (size_t i = 0; i < (count); i++) {                                                                         \
            (void)(push);                                                                                              \
            pv_list_set(L, i + 1);                                                                                     \
        }                                                                                                              \
    } while (0)
/* [-0, +0, v] Whether the number at index 2, of the object at index 1, is one of 1 to count; *out counts from 0. For
 * `index`. */
bool pv_index_argument(lua_State *L, size_t count, size_t *out);

/* For add_names. False when memory is refused. */
bool pv_name_list_add(pv_name_list *list, pv_str name) PV_MUST_CHECK;

/* What a place-taking helper accepts: fills place from any object at index (a table with objects: their hull); false
 * when the value has none. [-0, +0, -] */
bool pv_place_of(lua_State *L, int index, pv_place *out);
/* Widens *hull (unset while *any is false) to take in place; words that are there outweigh what is only expected.
 * What lies in another file than the first does not widen it: a place lies in one file. source: of the submission. */
void pv_place_add(const pv_source *source, pv_place *hull, bool *any, pv_place place);

/* [-0, +1, m] Each returns 1, so that a getter can return it. A NULL name is nil. */
int pv_push_str(lua_State *L, pv_str text);
int pv_push_name(lua_State *L, const char *name);
int pv_push_boolean(lua_State *L, bool value);
int pv_push_size(lua_State *L, size_t number);
int pv_push_nil(lua_State *L);
/* [-0, +1, -] What the object at index 1 keeps in this slot. Returns 1. */
int pv_push_slot(lua_State *L, int slot);

#endif
