/* Invariant: declarations and examples become data, whole or not at all. Running a rule file again declares the same
 * rules in the same order, so the functions of its n-th declaration belong to the n-th rule it declared when it was
 * read. Whether the ids in an example exist in the form shows when it is run. */
#ifndef PV_LUA_RULES_RULES_H
#define PV_LUA_RULES_RULES_H

#include "lua/object/class.h"
#include "lua/sandbox/sandbox.h"

/* ---- the keys of declarations ---- */

typedef struct pv_declaration_key {
    const char *name;
    int type; /* LUA_TSTRING, …, or one of those below */
    bool required;
    const char *written; /* the type for people and editors: "string", "\"error\" | \"warning\" | \"note\"" */
    const char *doc;     /* one sentence */
} pv_declaration_key;

/* The keys of a rule, of one of its examples, of a finding that it expects, of one of its parameters. Each ends with a
 * NULL name. */
extern const pv_declaration_key pv_rule_keys[], pv_example_keys[], pv_finding_keys[], pv_parameter_keys[];

/* ---- examples: every text in them is in the rule set's arena ---- */

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
    const pv_value *parameters; /* of the rule, as many as it has, in its order; NULL: it sets none */
    bool complete;
    bool unreadable; /* some value in it is none that the form allows, and that is what it is about */
    size_t at_word;  /* 0: not asked */
    pv_str at_text;  /* empty: not asked */
    bool expected_here;
    pv_str message; /* empty: not asked */
    bool has_due;   /* false: not asked */
    pv_date due;
    const pv_example *findings;    /* each one's state, place, message and day; nothing else of it is filled in */
    size_t finding_count;          /* 0: they are not told one by one */
    const pv_example *submissions; /* of a collection: what each of them gives, and nothing else */
    size_t submission_count;
};

typedef struct pv_example_list {
    const pv_example *examples;
    size_t count;
} pv_example_list;

/* ---- the catalogue: every rule whose declaration is whole, sorted by id, and a fault for every file or rule that was
 * refused ---- */

typedef struct pv_rule_file {
    pv_chunk chunk;
    bool compiles;            /* its names can be looked at */
    bool is_whole;            /* it ran to its end: what it shares is known */
    bool runs;                /* false: it is too large, or was stopped; it is not run again */
    size_t first_declaration; /* the number, among all files' declarations, of its first */
} pv_rule_file;

/* How the functions of a rule are called. */
typedef struct pv_rule_functions {
    uint8_t check_arguments; /* of subject, submission and parameters: how many it has a name for */
    uint8_t when_arguments;
    bool has_when;
    bool when_is_closed; /* `when` is there, and knows its arguments and nothing else: no name of the file or of the
                            rule language */
    bool check_is_plain; /* `check` knows its arguments and names of the rule language, and none of the file */
    uint32_t check_line, check_last_line; /* where it stands in its file */
} pv_rule_functions;

typedef struct pv_catalogue {
    pv_rule_file *files;
    size_t file_count;
    pv_rule *rules;               /* sorted by id */
    pv_example_list *examples;    /* of each rule */
    size_t *declarations;         /* of each rule: the number of its declaration */
    pv_rule_functions *functions; /* of each rule */
    size_t rule_count;
    pv_fault *faults; /* in the order in which they were met; those of a declaration are at its first line */
    size_t fault_count;
    bool stopped; /* a file was stopped: what it left in the state must not reach a rule */
    pv_arena *arena;
} pv_catalogue;

/* Runs the files (runtime->files) in runtime's open state, which then has the rules' functions. Fails only for
 * memory. */
bool pv_catalogue_read(pv_catalogue *out, pv_runtime *runtime, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* The names that functions of the rule files find, sorted, in arena: the engine's, and those that files share. NULL
 * when memory is refused. */
const pv_str *pv_catalogue_names(pv_runtime *runtime, pv_arena *arena, size_t *count);
/* Takes out the rules of which refused says so, by their index. */
void pv_catalogue_refuse(pv_catalogue *catalogue, const bool *refused);
/* Runs the files again, in another open state. A file that now faults leaves its rules without functions, which shows
 * when they are run. False when memory is refused. */
bool pv_catalogue_instantiate(pv_catalogue *catalogue, pv_runtime *runtime) PV_MUST_CHECK;
/* [-0, +2, -] Pushes `check` and `when` of a rule, each nil when there is none. */
void pv_catalogue_push_functions(lua_State *L, const pv_catalogue *catalogue, size_t rule_index);

/* rule "id" { … }, at file level. */
int l_rule(lua_State *L);

/* [-0, +1, m] A rule's parameters, as its check and when get them. */
int pv_push_parameters(lua_State *L, const pv_rule *rule);

extern const pv_class pv_parameters_class;

/* ---- the rule set ---- */

/* Everything here is shared, and not changed, by all sessions of the rule set. */
typedef struct pv_lua_ruleset {
    pv_ruleset ruleset;  /* what the engine sees; first, so that either pointer is the other */
    const pv_form *form; /* outlives the rule set */
    pv_limits limits;
    pv_str as_of; /* the day that the next session judges by, or empty */
    bool proven;  /* nothing was found in its files before */
    pv_memory *memory;
    pv_arena *arena;
    pv_compiled *compiled;
    pv_matcher *matcher;
    pv_catalogue catalogue;
    const pv_source *const *files;
    size_t file_count;
    pv_observer *observer;              /* looks on in every session that is opened from now on; NULL: nobody */
    pv_session *idle;                   /* an ended session, kept for its memory */
    const struct pv_plan *const *plans; /* what checks do, where that is known (ruleset/plan_p.h); NULL: not read yet */
    struct pv_settled *settled;         /* what `when` always says (ruleset/settled_p.h); NULL: not looked at yet */
} pv_lua_ruleset;

#endif
