/* Invariant: what is foreseen of a value holds whenever the rule runs, or nothing is foreseen: a name is judged only
 * where no run could know it. Classes, members and what they give come from the registration records alone. */
#ifndef PV_LUA_AUTHORING_FORESEEN_TYPES_P_H
#define PV_LUA_AUTHORING_FORESEEN_TYPES_P_H

#include "lua/authoring/authoring_p.h"
#include "model/language.h"

/* ---- types (foreseen_types.c) ---- */

typedef enum pv_seen_kind {
    PV_SEEN_UNKNOWN,
    PV_SEEN_NIL,
    PV_SEEN_BOOLEAN,
    PV_SEEN_NUMBER, /* of Lua */
    PV_SEEN_STRING, /* of Lua */
    PV_SEEN_OBJECT, /* of a class */
    PV_SEEN_LIST,
    PV_SEEN_TABLE,    /* a table constructor, where it is written */
    PV_SEEN_FUNCTION, /* of the engine, or a method of one of its values */
    PV_SEEN_CLOSURE,  /* a function of a rule file */
    PV_SEEN_LIBRARY,  /* string, table … */
} pv_seen_kind;

typedef struct pv_seen_field pv_seen_field;
typedef struct pv_seen_closure pv_seen_closure;
typedef struct pv_seen pv_seen;
struct pv_seen {
    pv_seen_kind kind;
    const pv_class *class;             /* of an object */
    const void *of;                    /* of an object: see pv_foreseen */
    const pv_seen *element;            /* of a list; of a method: of the list that it is called on, or NULL */
    const pv_seen *gives;              /* of a function: what it gives, where more is known than its signature says */
    const pv_seen_field *fields;       /* of a table */
    pv_seen_closure *closure;          /* of a closure */
    const pv_language_name *signature; /* of a function; NULL: one of plain Lua */
    const luaL_Reg *library;           /* of a library */
    pv_str choices;                    /* of a string: the type that it is written as, where that names all it may be */
    pv_str name;                       /* of a library, and of a function of plain Lua */
};

/* What is written in a table constructor. */
struct pv_seen_field {
    pv_str name;        /* empty: a value without a name */
    size_t key;         /* the lexeme of the name */
    size_t first, last; /* those of the value */
    pv_seen type;
    const pv_seen_field *next;
};

/* A type that was written before, by where it is written. */
typedef struct pv_seen_memo {
    pv_str written;
    pv_seen type;
} pv_seen_memo;

#define PV_SEEN_MEMOS 256

/* The language, and a form: what all types are made of. */
typedef struct pv_seen_language {
    const pv_form *form;
    const pv_language *language;
    pv_arena *arena;
    pv_seen_memo *memos; /* PV_SEEN_MEMOS, zeroed */
    bool refused;        /* memory was: types are then unknown */
} pv_seen_language;

static const pv_seen PV_SEEN_NOTHING = {.kind = PV_SEEN_UNKNOWN};

/* The type that a signature or pv_foreseen writes; unknown for what may be one of several. element: what "element"
 * stands for, or NULL. */
pv_seen pv_seen_written(pv_seen_language *all, pv_str written, const void *of, const pv_seen *element);
/* The n-th of several types that a signature gives ("response?, similarity?"), from 0; empty past the last. */
pv_str pv_seen_result(pv_str written, size_t number);
/* What either of two is; nil and something is something. */
pv_seen pv_seen_join(pv_seen a, pv_seen b);
bool pv_seen_is_same(pv_seen a, pv_seen b);
/* What object[number], or ipairs, gives. */
pv_seen pv_seen_element(pv_seen_language *all, pv_seen owner);
/* Whether the names of owner are all known without running it, and name is none of them: then names has those that
 * there are, and owner_name says whose ("a response"). Else *out is what it gives. argument: the literal that a method
 * is called with, or empty. */
bool pv_seen_lacks(pv_seen_language *all, pv_seen owner, pv_str name, pv_str argument, pv_seen *out,
                   pv_name_list *names, pv_str *owner_name);
/* Adds what the first argument of this method may be, where that is known. */
void pv_seen_choices(pv_seen_language *all, pv_seen owner, pv_str method, pv_name_list *out);
/* A function of the engine; unknown when there is none. */
pv_seen pv_seen_global(pv_seen_language *all, pv_str name);

/* ---- reading rule files (foreseen_reader.c) ---- */

/* Most parameters of which something is known. */
#define PV_SEEN_PARAMETERS 8

/* What is known of a function of a rule file. It is found out in rounds: each goes by what the round before knew for
 * sure, and gathers from all calls. */
struct pv_seen_closure {
    size_t parameter_count;
    bool escapes, escaped; /* it is called from where nobody sees: in this round, by the last */
    bool in_examples;      /* an example calls it: examples are not read in every round */
    pv_seen gathered[PV_SEEN_PARAMETERS], parameters[PV_SEEN_PARAMETERS];
    pv_seen returned, result;
    struct pv_seen_closure *next;
};

/* A local variable, by the lexeme that declares it. */
typedef struct pv_seen_variable {
    bool assigned; /* also after its declaration */
    pv_seen gathered, type;
    struct pv_seen_variable *next;
} pv_seen_variable;

/* What a file gives those after it. */
typedef struct pv_seen_shared {
    pv_str name;
    pv_seen gathered, type;
} pv_seen_shared;

/* A name that nobody knows. */
typedef struct pv_seen_fault {
    const pv_lexemes *file;
    size_t lexeme;
    pv_str message;
} pv_seen_fault;

/* All files of a pack. */
typedef struct pv_seen_pack {
    pv_seen_language language;
    const pv_catalogue *catalogue;
    const pv_str *globals; /* all names that a function of a rule file finds, sorted */
    size_t global_count;
    bool globals_known; /* false: a file that may share names was not read */
    void *scope;        /* room for the variables of a file being read */
    size_t round;       /* from 0 */
    bool judging;       /* the last round */
    pv_seen_closure *closures;
    pv_seen_variable *variables;
    PV_ARRAY(pv_seen_shared) shared;
    PV_ARRAY(pv_seen_fault) faults;
} pv_seen_pack;

/* One file, with what the rounds keep of it. */
typedef struct pv_seen_file {
    const pv_lexemes *lexemes;
    unsigned char *words; /* what each lexeme is, for the reader */
    void **kept;          /* of each lexeme: its closure or variable */
    bool unreadable;
} pv_seen_file;

/* Fails only for memory. */
bool pv_seen_file_open(pv_seen_file *out, pv_seen_pack *pack, const pv_lexemes *lexemes) PV_MUST_CHECK;
/* One round over a file that compiles; false when it is not understood, and then nothing is judged in it. */
bool pv_seen_file_read(pv_seen_file *file, pv_seen_pack *pack);

/* ---- words that a function knows (foreseen_words.c) ---- */

/* What is wrong with a literal text, or the keys of a table, given for a parameter of this type: a message, and the
 * lexeme to blame in *at. Empty when nothing is, or nothing can be told. given: a string, or a table. function may be
 * empty: of what is compared. */
pv_str pv_seen_misfit(pv_seen_language *all, const pv_lexemes *file, const pv_language_parameter *parameter,
                      pv_str function, size_t lexeme, pv_seen given, size_t *at);

#endif
