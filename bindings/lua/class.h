/* Invariant: a value a rule holds is a userdata of exactly one class, read-only (a verdict alone is added to while it is
 * built), and raises once the submission it belongs to is closed. Every full userdata that rules can reach is a pv_object;
 * metatables are built once per state and cannot be reached. A state serves one submission. */
#ifndef PV_LUA_CLASS_H
#define PV_LUA_CLASS_H

#include "lua/runtime.h"

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
    /* [-0, +1, v] Pushes the attribute of the object at index 1 and returns 1; NULL for a method. */
    int (*get)(lua_State *L);
    /* A lua_CFunction called with the object at index 1; NULL for an attribute. */
    lua_CFunction method;
} pv_member;

#define PV_MEMBERS_END                                                                                                 \
    { NULL, NULL, NULL, NULL, NULL }

typedef struct pv_class {
    const char *name; /* "response" */
    const char *doc;
    const pv_member *members; /* ends with a NULL name */
    /* Further names that depend on the object (attributes a form declares): pushes the value and returns 1, or returns 0 when
     * the object has no such name. Built-in names come first. May be NULL. */
    int (*get_declared)(lua_State *L, pv_str name);
    /* The declared names, for suggestions: fills up to capacity, returns how many it filled. May be NULL. */
    size_t (*declared_names)(lua_State *L, pv_str *names, size_t capacity);
    lua_CFunction length;      /* `#`, or NULL */
    lua_CFunction index;       /* `object[integer]`, or NULL; nil past the end, so that ipairs ends */
    const char *element;       /* what it gives: "text"; NULL without index */
    lua_CFunction to_string;   /* tostring and %s */
    const luaL_Reg *operators; /* __add, __lt …, or NULL */
    /* The place of a part of the form in the submission that is open, or NULL. Pure: never raises. */
    bool (*find_place)(const pv_runtime *runtime, const pv_object *object, pv_place *out);
    int slots;       /* Lua values an object keeps (user values) */
    bool of_session; /* it reads the submission: raises when none is open */
    /* Methods that other classes have too, those of lists: length and index are then set. Ends with a NULL name; may be NULL. */
    const pv_member *inherited;
} pv_class;

/* [-0, +0, m] Prepares a state for objects of these classes, NULL at the end; called once. Every metatable is built here, so
 * that sessions, which start from an image of this state, build none. */
void pv_class_register_all(lua_State *L, const pv_class *const *classes);
/* [-0, +1, m] A zeroed userdata of this class and size (a struct that starts with pv_object). */
void *pv_class_new(lua_State *L, const pv_class *class, size_t size);
/* NULL: the object has no place. */
void pv_object_set_place(pv_object *object, const pv_place *place);
/* [-0, +0, v] block, raising when it is NULL: an arena refused it. */
void *pv_check_memory(lua_State *L, void *block);
/* [-0, +1, m] An object that stands for target; place NULL for data of the form. */
void pv_handle_new(lua_State *L, const pv_class *class, const void *target, const pv_place *place);
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
/* [-0, +1, e] Pushes the cached object for a C address within the session (identity: the same response is the same value in
 * Lua), or calls make to create it. make pushes one userdata. */
void pv_class_push_cached(lua_State *L, const void *address, void (*make)(lua_State *L, const void *address));

/* A list is a Lua table with a metatable; it is made anew each time it is asked for, so what a rule does to it reaches no other
 * rule. */
/* [-1, +0, m] Makes the table on top the metatable of all lists; called once per state. */
void pv_list_set_metatable(lua_State *L);
/* [-0, +1, m] Pushes an empty list table with the list methods (largest, where …) and room for count. */
void pv_list_new(lua_State *L, size_t count);
/* [-1, +0, m] Appends the value on top as the number-th element of the list just below it. */
void pv_list_set(lua_State *L, size_t number);

/* What a place-taking helper accepts: fills place from any object at index (a table with objects: their hull); false when the
 * value has none. [-0, +0, -] (place.c) */
bool pv_place_of(lua_State *L, int index, pv_place *out);
/* Widens *hull (unset while *any is false) to take in place; words that are there outweigh what is only expected.
 * What lies in another file than the first does not widen it: a place lies in one file. source: of the submission. */
void pv_place_add(const pv_source *source, pv_place *hull, bool *any, pv_place place);

/* Pushing the model, [-0, +1, m] each. */
void pv_push_submission(lua_State *L);
void pv_push_one_submission(lua_State *L, const pv_submission *submission);
/* Raises when none is open. */
void pv_push_collection(lua_State *L);
void pv_push_section(lua_State *L, const pv_section *section);
void pv_push_group(lua_State *L, const pv_group *group);
void pv_push_measure(lua_State *L, const pv_filed_measure *measure);
void pv_push_response(lua_State *L, const pv_response *response);
void pv_push_item(lua_State *L, const pv_item *item);
void pv_push_record(lua_State *L, const pv_record *record);
void pv_push_record_list(lua_State *L, const pv_record_list *list);
void pv_push_pair(lua_State *L, const pv_pair *pair);
void pv_push_field(lua_State *L, const pv_value *value);
void pv_push_row(lua_State *L, const pv_value_list *row);
void pv_push_form(lua_State *L);
/* A text over part of the submission; text must live in the session arena. */
void pv_push_text(lua_State *L, const pv_text *text);
/* A decimal with an optional place (NULL: none) and percent sign. */
void pv_push_decimal(lua_State *L, pv_decimal value, bool percentage, const pv_place *place);
/* A date with an optional place. */
void pv_push_date(lua_State *L, pv_date date, const pv_place *place);
/* A rule's parameters. */
void pv_push_parameters(lua_State *L, const pv_rule *rule);
/* Returns 1, so that a getter can return it. */
int pv_push_str(lua_State *L, pv_str text);
/* The methods of lists, and of the classes that inherit them (list.c). */
extern const pv_member pv_list_members[];
/* [-0, +0, m] Builds the metatable of lists; called once per state. */
void pv_list_register(lua_State *L);
/* [-0, +1, v] The subject as a Lua value. */
void pv_push_subject(lua_State *L, const pv_subject *subject);
/* [-0, +1, m] The list of the form's sections. Returns 1. */
int pv_push_sections(lua_State *L);
/* [-0, +1, v] The list of the filed measures of these measures of the form; raises when no submission is open. Returns 1. */
int pv_push_measures(lua_State *L, const pv_measure *const *measures, size_t count);
/* The hull of these measures in the submission that is open; for find_place. */
bool pv_place_of_measures(const pv_runtime *runtime, const pv_measure *const *measures, size_t count, pv_place *out);

extern const pv_class pv_collection_class, pv_submission_class, pv_fields_class, pv_records_class, pv_form_class,
    pv_tables_class, pv_section_class, pv_group_class, pv_measure_class, pv_response_class, pv_item_class,
    pv_field_class, pv_record_class, pv_record_list_class, pv_pair_class, pv_row_class, pv_text_class, pv_words_class,
    pv_characters_class, pv_trick_class, pv_quantity_class, pv_list_item_class, pv_list_items_class, pv_match_class,
    pv_mention_class, pv_similarity_class, pv_decimal_class, pv_date_class, pv_pattern_class, pv_phrases_class,
    pv_verdict_class, pv_related_class, pv_parameters_class, pv_calendar_class, pv_date_mention_class,
    pv_duration_class, pv_frequency_class, pv_part_class, pv_alignment_class, pv_clause_class;

/* [-0, +0, v] Fills out from the verdict at index; false when it is none. Strings go to the call arena. */
bool pv_verdict_read(lua_State *L, int index, pv_outcome *out);

/* Global functions, documented where they are registered (functions.c). */
int l_pattern(lua_State *L);
int l_phrases(lua_State *L);
int l_decimal(lua_State *L);
int l_pass(lua_State *L);
int l_fail(lua_State *L);
int l_review(lua_State *L);
int l_not_applicable(lua_State *L);

#endif
