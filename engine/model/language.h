/* Invariant: what rules may say, as plain data: every name with its signature and its sentence, exactly as it is
 * registered with the host that runs the rules. Nothing here runs anything; reports write it for people and for
 * editors. */
#ifndef PV_MODEL_LANGUAGE_H
#define PV_MODEL_LANGUAGE_H

#include "model/value.h"

typedef struct pv_language_parameter {
    pv_str name; /* "…": any number of further values */
    pv_str type; /* as written: "phrases | string"; empty when none is written */
    bool optional;
} pv_language_parameter;

/* An attribute, a method or a function. */
typedef struct pv_language_name {
    pv_str name;
    pv_str signature; /* as written */
    pv_str doc;
    bool is_called; /* false: an attribute */
    const pv_language_parameter *parameters;
    size_t parameter_count;
    pv_str result; /* as written: "list of quantity", "match?"; empty when none is written */
} pv_language_name;

typedef struct pv_language_class {
    pv_str name;
    pv_str doc;
    pv_str element; /* what object[integer] gives; empty without elements */
    bool is_list;   /* it has the methods of lists too */
    bool is_open;   /* it has the names that the form declares too */
    const pv_language_name *names;
    size_t name_count;
} pv_language_class;

/* Global functions that belong together. */
typedef struct pv_language_group {
    pv_str title;
    const pv_language_name *functions;
    size_t function_count;
} pv_language_group;

/* A key of a declaration. */
typedef struct pv_language_key {
    pv_str name;
    pv_str type; /* "string", "function" … */
    bool required;
    pv_str doc;
} pv_language_key;

/* What a rule declares: "a rule", "an example", "a parameter". */
typedef struct pv_language_declaration {
    pv_str name;
    const pv_language_key *keys;
    size_t key_count;
} pv_language_declaration;

/* What there is of plain Lua: the names in one of its libraries. */
typedef struct pv_language_library {
    pv_str name; /* "string"; empty for the global functions */
    const pv_str *names;
    size_t name_count;
} pv_language_library;

/* A type of parameters: a text that functions read. */
typedef struct pv_language_reading {
    pv_str type; /* "how often" */
    pv_str doc;
} pv_language_reading;

typedef struct pv_language {
    const pv_language_class *classes;
    size_t class_count;
    const pv_language_name *list_methods;
    size_t list_method_count;
    const pv_language_group *groups;
    size_t group_count;
    const pv_language_reading *readings;
    size_t reading_count;
    const pv_language_declaration *declarations;
    size_t declaration_count;
    const pv_language_library *libraries;
    size_t library_count;
} pv_language;

/* What a value of this type is in a rule, as signatures write it: of a filing ("text"), or of the form ("string"). */
const char *pv_language_type(pv_type type, bool filed);

/* Reads a signature, "words: words", ":find(pattern: pattern): match?" or "at_most(x, limit, noun?): verdict". Texts
 * are borrowed, the list of parameters is in arena. PV_ERROR_SYNTAX when it is none. */
bool pv_language_read_name(pv_language_name *out, pv_arena *arena, pv_str signature, pv_str doc,
                           pv_error *error) PV_MUST_CHECK;

#endif
