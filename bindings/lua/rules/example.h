/* Invariant: an example is whole once read: its state is one of the four that a rule can give, its keys are known, and
 * every text in it is in the rule set's arena. Whether its ids exist in the form shows when it is run. */
#ifndef PV_LUA_RULES_EXAMPLE_H
#define PV_LUA_RULES_EXAMPLE_H

#include "lua/host/runtime.h"

/* A name and the text given for it: a field, a column, or a response by its full id. */
typedef struct pv_example_entry {
    pv_str name;
    pv_str text;
    const pv_str *elements; /* of a list; else NULL */
    size_t element_count;
} pv_example_entry;

typedef struct pv_example_entries {
    const pv_example_entry *entries; /* sorted by name */
    size_t count;
} pv_example_entries;

typedef struct pv_example_records {
    pv_str kind;
    const pv_example_entries *rows;
    size_t row_count;
} pv_example_records;

typedef struct pv_example pv_example;
struct pv_example {
    pv_state state;
    pv_str item; /* what is judged; empty: chosen when it is run */
    pv_str measure;
    pv_str section;
    size_t record;           /* number of the row judged; 0: the first */
    pv_example_entries pair; /* a row's name by its table; none: the first to which the rule applies */
    pv_str response;
    bool has_response;
    pv_example_entries fields;
    pv_example_entries responses;
    const pv_example_records *records;
    size_t record_count;
    bool has_as_of;
    pv_date as_of; /* the day to judge by */
    pv_str as_of_text;
    bool complete;
    size_t at_word; /* 0: not asked */
    pv_str at_text; /* empty: not asked */
    bool expected_here;
    pv_str message; /* empty: not asked */
    bool has_due;   /* false: not asked */
    pv_date due;
    const pv_example *submissions; /* of a collection: what each of them gives, and nothing else */
    size_t submission_count;
};

typedef struct pv_example_list {
    const pv_example *examples;
    size_t count;
} pv_example_list;

/* [-0, +0, v] Reads the list of examples at index; the fault's message begins with the example's number. */
bool pv_examples_read(lua_State *L, int index, pv_arena *arena, pv_example_list *out, pv_error *error) PV_MUST_CHECK;

#endif
